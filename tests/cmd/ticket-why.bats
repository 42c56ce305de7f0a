#!/usr/bin/env bats
# ticket-why: a deadline explained, day by day.
load ../helper

@test "three working days over National Day 2026, with the Saturday made up for it" {
	printf '%s\n' 'pack: house' 'title: house' 'source: house' 'deadlines:' \
		'  - {rule: usual, kind: repair, start: opened, until: [finished], within: 3 wd, clause: house-1}' >house.yaml
	ledger resident-centre --pack ../house.yaml --person keeper --now '2026-09-01 08:00'
	ticket-open -q --now '2026-09-30 11:25' --kind repair --unit 3-0205 --text 灯坏了 >id
	run --separate-stderr ticket-why --now '2026-10-11 09:00' "$(<id)"
	status_is 0
	output_is 'YL260930001  open  repair, lamp

deadline usual [house-1]
  rule: usual (policy/house.yaml:5)
  set by: opened #1
  start: Wed 2026-09-30 11:25
  counted: 3 wd
    2026-09-30 Wed  worked   not counted
    2026-10-01 Thu  off      not counted  (国庆节)
    2026-10-02 Fri  off      not counted  (国庆节)
    2026-10-03 Sat  off      not counted  (国庆节)
    2026-10-04 Sun  off      not counted  (国庆节)
    2026-10-05 Mon  off      not counted  (国庆节)
    2026-10-06 Tue  off      not counted  (国庆节)
    2026-10-07 Wed  off      not counted  (国庆节)
    2026-10-08 Thu  worked   day 1
    2026-10-09 Fri  worked   day 2
    2026-10-10 Sat  worked   day 3  (a make-up day for 国庆节)
  end: Sat 2026-10-10 18:00
  verdict: OVERDUE by 15 h'
	run --separate-stderr ticket-why --now '2026-10-11 09:00' --due other "$(<id)"
	status_is 2
	output_is ''
	[[ $stderr == 'ticket-why: --due: YL260930001 has no deadline or callback other (there are: '*')' ]]
}

@test "a window, its verdict, and what was extended by whom" {
	ledger service-rules --person keeper --now '2026-09-01 08:00'
	staff-log -q --now '2026-09-01 09:00' joined zhao --name 赵强 --role centre-head
	ticket-open -q --now '2026-11-20 09:00' --kind repair --unit 3-0205 --name 刘 --text 窗户关不上 >id
	staff-log -q --now '2026-09-01 09:00' joined wang --name 王刚 --role worker
	ticket-log -q --by wang --now '2026-11-25 17:00' "$(<id)" extended --set extends=done --set 'until=2026-11-30 18:00' \
		--set approved-by=zhao --reason 等配件
	run --separate-stderr ticket-why --now '2026-11-26 09:00' "$(<id)"
	status_is 0
	[[ $output == *'verdict: withdrawn: extended #2 at Wed 2026-11-25 17:00'* ]]
	[[ $output == *'extended: approved by zhao; 等配件
  end: Mon 2026-11-30 18:00
  verdict: open, 4 days left'* ]]
}

#!/usr/bin/env bats
# ticket-due: open deadlines, and whom to tell of them.
load ../helper

house() {
	cat >house.yaml <<'END'
pack: house
title: house
source: house
steps:
  - {step: chased, by: [desk], needs: [text], clause: house-2}
deadlines:
  - rule: usual
    kind: repair
    start: opened
    until: [finished]
    within: 3 wd
    clause: house-1
    tell:
      - {early: 4 wh, role: department-head}
      - {late: 0 min, role: centre-director}
      - {late: 1 d, role: desk, step: chased}
END
	ledger resident-centre --pack ../house.yaml --person keeper --now '2026-09-01 08:00'
	day=2026-11-02
	at 08:00 staff-log -q joined lihua --role desk --name 李华
	at 08:00 staff-log -q joined zhao --role department-head --department engineering --name 赵强
	at 08:00 staff-log -q joined fang --role centre-director --name 方芳
	at 08:00 staff-log -q joined wang --role worker --name 王刚
	# Monday 09:00: the end is Thursday at close of business
	at 09:00 ticket-open -q --kind repair --unit 3-0205 --text 灯坏了 --by lihua >id
	at 09:01 ticket-assign -q 1 wang --by lihua >/dev/null
}

rows() { columns status,due,ticket,deadline,who,until ticket-due --format csv --now "$@"; }

@test "a deadline nears, passes, and each is told when it is their turn" {
	house
	run rows '2026-11-05 13:00'
	output_is 'due,2026-11-05T18:00:00+08:00,YL261102001,usual,wang,finished'
	# four working hours before 18:00, the break from 12:00 to 13:30 not between: from 14:00
	run rows '2026-11-05 14:00'
	output_is 'tell,2026-11-05T18:00:00+08:00,YL261102001,usual,zhao,told
due,2026-11-05T18:00:00+08:00,YL261102001,usual,wang,finished'
	# told to somebody else it still stands
	day=2026-11-05
	at 14:05 ticket-log -q YL261102001 told --set to=fang --by lihua
	run rows '2026-11-05 14:06'
	[[ ${lines[0]} == tell,* ]]
	at 14:10 ticket-log -q YL261102001 told --set to=zhao --set about=usual --by lihua
	run rows '2026-11-05 14:11'
	output_is 'due,2026-11-05T18:00:00+08:00,YL261102001,usual,wang,finished'
	# exactly at the end nothing has passed, a second later it has
	run rows '2026-11-05 18:00:00'
	output_is 'due,2026-11-05T18:00:00+08:00,YL261102001,usual,wang,finished'
	run rows '2026-11-05 18:00:01'
	output_is 'overdue,2026-11-05T18:00:00+08:00,YL261102001,usual,wang,finished
tell,2026-11-05T18:00:00+08:00,YL261102001,usual,fang,told'
	# a day later the desk owes a chase slip, which its own step settles
	run rows '2026-11-06 18:00:01' --for lihua
	output_is 'tell,2026-11-05T18:00:00+08:00,YL261102001,usual,lihua,chased'
	day=2026-11-06
	at 18:30 ticket-log -q YL261102001 chased --by lihua --text 请速处理
	run rows '2026-11-06 18:31' --for lihua
	output_is ''
	# what is finished is nobody's to be told of
	at 18:40 ticket-log -q YL261102001 finished --by wang --worker wang --work 换灯 --signature 刘 --opinion 好 --phone 13900010002
	run rows '2026-11-06 18:41'
	output_is 'due,2026-11-06T23:59:59+08:00,YL261102001,slip-and-cash,wang,closed
due,2026-11-07T23:59:59+08:00,YL261102001,foreman-copy,wang,copy-given'
	run ledger-check -q --now '2026-11-07 09:00'
	status_is 0
	output_is ''
	# a telling moved by hand is found
	sed -i 's/at: "2026-11-05T14:00:00/at: "2026-11-05T17:00:00/' tickets/2026/11/YL261102001.yaml
	run ledger-check -q --now '2026-11-07 09:00' --format tsv --no-header
	status_is 1
	[[ $output == wrong-duty*'usual: tell does not name the people and times of the rule usual'* ]]
}

@test "--within, --exit-code, and quiet when there is nothing" {
	house
	run ticket-due --now '2026-11-02 10:00' --within 1d
	status_is 0
	output_is ''
	run ticket-due --now '2026-11-02 10:00' --within 3d
	[[ ${lines[1]} == due* ]]
	run ticket-due --now '2026-11-02 10:00' --exit-code
	status_is 0
	run ticket-due --now '2026-11-06 10:00' --exit-code
	status_is 1
	run ticket-due --now '2026-11-06 10:00' --rule H2.A-9
	status_is 0
	output_is ''
	refused 2 'ticket-due: --rule: the policy has no rule or clause house-9 (there are: promised-reply, pass-on, put-right, emergency, slip-and-cash, receipt-taken, foreman-copy, month-reported, month-reviewed, quarter-filed, building-heads, director-told and 20 more; all of them: policy-list)' ticket-due --now '2026-11-06 10:00' --rule house-9
}

@test "a policy that tells a role or by a step nobody knows is refused with its place" {
	house
	sed -i 's/step: chased}/step: chasd}/' policy/house.yaml
	run --separate-stderr ticket-due
	status_is 4
	errors_are 'ticket-due: policy/house.yaml:16:39: step: "chasd" is not a step: no entry under steps names it [house-1]'
}

@test "a deadline that no step can end any more is no work: the ticket was closed without what it waits for" {
	house
	sed -i 's/^deadlines:/&\n  - {rule: sent, kind: complaint, start: opened, until: [assigned], within: 1 h, clause: house-3}/' policy/house.yaml
	at 10:00 ticket-open -q --kind complaint -c noise --unit 3-0205 --text 太吵 --by lihua
	at 10:01 ticket-open -q --kind complaint -c noise --unit 3-0206 --text 太吵 --by lihua
	at 10:30 ticket-close -q 2 --by lihua -r 已劝离 --valid --reason 未巡逻
	prints 'overdue,YL261102003' columns status,ticket ticket-due --now '2026-11-02 11:30' --rule sent --format csv
	prints 'YL261102003' columns ticket ticket-list --now '2026-11-02 11:30' --overdue --kind complaint --format csv
}

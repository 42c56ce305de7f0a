#!/usr/bin/env bats
# callback-log: attempts, answers, and what follows from them.
load ../helper
load ../packs

export day=2026-09-30

# 1 a closed repair, 2 a closed complaint about security
setup_file() {
	resident_centre
	at 09:00 ticket-open -q --by lihua -k repair -c drain -u 3-1201 -n 王女士 -p 13900010001 下水道堵塞
	at 09:05 ticket-assign -q 1 zhaoqiang
	at 10:40 ticket-close -q 1 --by lihua --worker wanggang --work 疏通 --signature 王女士 --opinion 满意 --phone 13900010001 -r 好
	at 09:10 ticket-open -q --by lihua -k complaint -c noise -u 3-0802 -n 何先生 -p 13900010008 楼下太吵
	at 11:20 ticket-close -q 2 --by lihua -r 已劝离 --valid --reason 未巡逻
}

sheet=(--manner visit --quality 4 --effect 4 --satisfaction 5 --signature 王女士 --shortcomings 无 --opinions 无)
bad=(--answer unsatisfied "${sheet[@]}")
repair=tickets/2026/09/YL260930001.yaml

# last FILE: its last document, without head and closing
last() {
	tac "$1" | sed '/^---$/q' | tac | sed '1d; $d; /^\(event\|seq\|site\|at\|recorded\|by\|via\|request-id\):/d'
}

@test "an answer: what is typed, in the schema's order, with what it settles" {
	prints 'YL260930001#5' at 12:00 callback-log 1 --by lihua --answer satisfied "${sheet[@]}" --opinions 快些 -t $'话多\n人好 '
	prints 'signature: 王女士
manner: visit
reached: true
callers:
  - lihua
answer: satisfied
grades:
  quality: 4
  effect: 4
  satisfaction: 5
shortcomings: 无
opinions: 快些
text: |2-
  话多
  人好 
settles:
  - repair' last $repair
}

@test "nobody reached: counted, settles nothing, needs no sheet" {
	prints 'YL260930001#5' at 12:00 callback-log 1 --by lihua --unreached
	prints 'manner: telephone
reached: false
callers:
  - lihua' last $repair
	prints 'YL260930001#6' at 13:00 callback-log 1 --by lihua --unreached -m visit
	prints '2' columns attempts at 13:01 callback-due --rule repair --format csv
	prints 'YL260930001#7' at 14:00 callback-log 1 --by lihua --answer satisfied "${sheet[@]}"
	prints '' at 14:01 callback-due --rule repair
}

@test "callers: who records, or who is named; each only once, and they work here" {
	prints 'YL260930002#3' at 12:00 callback-log 2 --by lihua --answer satisfied "${sheet[@]}" --caller meizhen --caller sunli
	prints '' at 12:01 callback-due --rule ordinary-complaint
	refused 3 'callback-log: YL260930001: callers: nosuch is not in staff.yaml' at 12:00 callback-log 1 --by lihua --answer satisfied "${sheet[@]}" --caller nosuch
	run --separate-stderr at 12:00 callback-log 1 --by lihua --answer satisfied "${sheet[@]}" --caller lihua --caller lihua
	status_is 3
	[[ $stderr == 'callback-log: YL260930001: callers'* ]]
}

@test "a caller, a window, a manner that do not fit: recorded, with a note, and nothing settled" {
	run --separate-stderr at 12:00 callback-log 1 --by meizhen --answer satisfied "${sheet[@]}"
	status_is 0
	output_is 'YL260930001#5'
	errors_are 'callback-log: YL260930001: does not count as the callback repair [H2.C-7 H2.A-4]: it has to be made by desk
callback-log: YL260930001: settles no callback that is owed'
	# -q is about notes alone
	prints 'YL260930001#6' at 12:00 callback-log -q 1 --by meizhen --answer satisfied "${sheet[@]}"
	run --separate-stderr at 12:00 callback-log 1 --by lihua --answer satisfied "${sheet[@]}" -m written
	status_is 0
	[[ $stderr == *': the manner written does not count for it'* ]]
	prints '1,due 2,due' bash -c "paste -sd ' ' <<<'$(columns ticket,status at 12:30 callback-due --format csv | sed 's/YL2609300*//')'"
	# called once more after it is settled: said, not refused
	prints 'YL260930001#8' at 13:00 callback-log 1 --by lihua --answer satisfied "${sheet[@]}"
	run --separate-stderr at 13:01 callback-log 1 --by lihua --answer satisfied "${sheet[@]}"
	status_is 0
	errors_are 'callback-log: YL260930001: settles no callback that is owed'
}

@test "a promised reply and a problem found: each a deadline" {
	prints 'YL260930001#5' at 12:00 callback-log 1 --by lihua --answer satisfied "${sheet[@]}" --promised 16:00 --problem 地漏返水
	prints 'promised: "2026-09-30T16:00:00+08:00"
problem: 地漏返水
settles:
  - repair
due:
  - id: promised-reply
    rule: promised-reply
    clause: H2.A-8
    start: "2026-09-30T12:00:00+08:00"
    until:
      - replied
    at: "2026-09-30T16:00:00+08:00"
  - id: pass-on
    rule: pass-on
    clause: H2.A-9
    start: "2026-09-30T12:00:00+08:00"
    until:
      - passed-on
    at: "2026-10-01T12:00:00+08:00"' bash -c "sed -n '/^promised/,\$p' <<<'$(last $repair)'"
}

@test "two promises on one ticket are two deadlines, and one reply ends both" {
	at 12:00 callback-log -q 1 --by lihua --answer satisfied "${sheet[@]}" --promised 16:00
	at 13:00 callback-log -q 1 --by lihua --answer satisfied "${sheet[@]}" --promised 17:00
	[[ $(at 13:01 ticket-show 1) == *'promised-reply [H2.A-8] 2026-09-30 16:00  open'*'promised-reply-2 [H2.A-8] 2026-09-30 17:00  open'* ]]
	at 16:30 ticket-log -q 1 replied --by lihua -t 可以
	[[ $(at 16:31 ticket-show 1) == *'promised-reply [H2.A-8] 2026-09-30 16:00  LATE'*'promised-reply-2 [H2.A-8] 2026-09-30 17:00  in time'* ]]
}

@test "unsatisfied with a complaint: it is reopened in the same write" {
	run --separate-stderr at 12:00 callback-log 2 --by meizhen --caller meizhen --caller sunli "${bad[@]}" --shortcomings 还吵
	status_is 0
	output_is 'YL260930002#3'
	errors_are 'callback-log: YL260930002: reopened [H2.B-1]'
	prints 'reason: unsatisfied at the callback [H2.B-1]' last tickets/2026/09/YL260930002.yaml
	prints 'open,2' columns state,cycle at 12:01 ticket-list -k complaint --format csv
	[[ ! -e tickets/2026/09/YL260930003.yaml ]]
}

@test "unsatisfied with a repair: a complaint opens, each names the other, and it can be worked on like any" {
	run --separate-stderr at 12:00 callback-log 1 --by lihua "${bad[@]}" --shortcomings 又堵了 --problem 管道老化
	status_is 0
	output_is 'YL260930001#5'
	errors_are 'callback-log: YL260930001: opened YL260930003 for it [H2.B-1]'
	[[ $(last $repair) == 'links:
  - YL260930003
'* ]]
	prints 'id: YL260930003
cause: "YL260930001#5"
kind: complaint
category: other-complaint
severity: ordinary
department: engineering
classified:
  - category
  - severity
customer:
  unit: "3-1201"
  name: 王女士
  phone: "13900010001"
channel: staff
links:
  - YL260930001
text: |2-
  又堵了
  管道老化' last tickets/2026/09/YL260930003.yaml
	prints 'YL260930003#2' at 15:00 ticket-close 3 --by lihua -r 已换管 --valid --reason 老化
	# its own callback is owed by the head of the department complained of
	prints 'head-of:engineering officer' columns roles at 15:01 callback-due --format csv --for zhaoqiang
}

@test "a form that the caller links stays linked beside the complaint, also for a retry" {
	local call=(callback-log 1 --by lihua "${bad[@]}" --request-id r1)
	prints 'YL260930001#5' at 12:00 "${call[@]}" --set links=YL260930002 -q
	[[ $(last $repair) == 'links:
  - YL260930002
  - YL260930003
'* ]]
	prints 'YL260930001#5' at 12:01 "${call[@]}" --set links=YL260930002 -q
	refused 3 'callback-log: YL260930001: --request-id: r1 was recorded as YL260930001#5 with other content: take another id for what is new' \
		at 12:02 "${call[@]}" --set links=YL260930003
	prints '' ledger-check -q --now "$day 12:03"
}

@test "the complaint says something even when the household said nothing" {
	at 12:00 callback-log -q 1 --by lihua "${bad[@]}"
	[[ $(last tickets/2026/09/YL260930003.yaml) == *'text: unsatisfied with YL260930001' ]]
}

@test "a dry run shows all that would be recorded and writes nothing" {
	local before
	before=$(tree_digest)
	run --separate-stderr at 12:00 callback-log 1 --by lihua "${bad[@]}" --dry-run
	status_is 0
	[[ $output == '---
event: callback
seq: 5
'* && $stderr == *'opened YL260930003 for it [H2.B-1]' ]]
	run --separate-stderr at 12:00 callback-log 2 --by meizhen --caller meizhen --caller sunli "${bad[@]}" --dry-run
	[[ $output == *$'\nevent: reopened\nseq: 4\n'* ]]
	diff <(echo "$before") <(tree_digest)
}

# The complaint is written before the reference to it; whoever died in between left the first alone.
crashed() {
	cp $repair before
	cp -a .kefu/marks marks-before
	at 12:00 callback-log -q 1 --by lihua "$@" "${bad[@]}" --shortcomings 又堵了
	mv before $repair
	# nor is its number marked
	rm -r .kefu/marks && mv marks-before .kefu/marks
}

@test "dead between the complaint and the reference: a retry completes it, without a second complaint" {
	crashed
	prints 'YL260930001#5' at 12:30 callback-log -q 1 --by lihua "${bad[@]}" --shortcomings 又堵了
	[[ $(last $repair) == 'links:
  - YL260930003
'* ]]
	[[ $(ls tickets/2026/09) == $'YL260930001.yaml\nYL260930002.yaml\nYL260930003.yaml' ]]
}

@test "the same with other steps in between, days later, and with a request id" {
	crashed --request-id r-1
	at 12:10 ticket-log -q 1 told --by lihua --set to=wenbo
	prints 'YL260930001#6' at '2026-10-05 12:30' callback-log -q YL260930001 --by lihua "${bad[@]}" --shortcomings 又堵了 --request-id r-1
	[[ $(last $repair) == 'links:
  - YL260930003
'* ]]
	prints 'YL260930001#6' at '2026-10-05 12:31' callback-log -q YL260930001 --by lihua "${bad[@]}" --shortcomings 又堵了 --request-id r-1
	[[ $(find tickets -name '*.yaml' | wc -l) == 3 ]]
}

@test "killed at each rename and fsync: the retry completes, and there is one complaint" {
	local kind number
	${CC:-cc} -D_GNU_SOURCE -std=gnu17 -O1 -shared -fPIC -o ../shim.so "$root/tests/fault/shim.c" -ldl
	cp -a . ../kept
	for kind in write fsync rename fsyncdir; do
		for number in 1 2; do
			rm -rf ../again && cp -a ../kept ../again && cd ../again
			run env LD_PRELOAD="$BATS_TEST_TMPDIR/shim.so" SHIM_ROOT="$PWD" SHIM_LOG="$BATS_TEST_TMPDIR/log" SHIM_DIE=$kind:$number \
				ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0" \
				callback-log -q --now "$day 12:00" --request-id r-1 1 --by lihua "${bad[@]}" --shortcomings 又堵了
			[[ $status == 137 ]]
			prints 'YL260930001#5' at 12:01 callback-log -q --request-id r-1 1 --by lihua "${bad[@]}" --shortcomings 又堵了
			[[ $(ls tickets/2026/09) == $'YL260930001.yaml\nYL260930002.yaml\nYL260930003.yaml' ]]
			[[ $(grep -c '^event: callback' $repair) == 1 && $(last $repair) == 'links:
  - YL260930003
'* ]]
		done
	done
}

@test "a second answer as bad as the first is the same matter while that is open" {
	at 12:00 callback-log -q 1 --by lihua "${bad[@]}" --shortcomings 又堵了
	# the first settled the callback; the second settles nothing
	run -0 --separate-stderr at 13:00 callback-log 1 --by lihua "${bad[@]}" --shortcomings 还是堵
	errors_are 'callback-log: YL260930001: settles no callback that is owed
callback-log: YL260930001: unsatisfied; YL260930003 is open for it already [H2.B-1]'
	[[ $(find tickets -name '*.yaml' | wc -l) == 3 ]]
	at 14:00 ticket-close -q 3 --by lihua -r 已疏通 --valid --reason 没通到底
	at 15:00 callback-log -q 1 --by lihua "${bad[@]}" --shortcomings 又堵了
	[[ $(find tickets -name '*.yaml' | wc -l) == 4 ]]
}

@test "the same answer after the work was done again opens another complaint" {
	at 12:00 callback-log -q 1 --by lihua "${bad[@]}" --shortcomings 又堵了
	at 13:00 ticket-log -q 1 reopened --by gaoxia --reason 又堵了 + told --set to=wenbo
	at 14:00 ticket-close -q 1 --by lihua --worker wanggang --work 再疏通 --signature 王女士 --opinion 一般 --phone 13900010001 -r 好
	run --separate-stderr at 15:00 callback-log 1 --by lihua "${bad[@]}" --shortcomings 又堵了
	status_is 0
	errors_are 'callback-log: YL260930001: opened YL260930004 for it [H2.B-1]'
}

@test "a complaint that the disk did not confirm is told of, and its answer is recorded" {
	${CC:-cc} -D_GNU_SOURCE -std=gnu17 -O1 -shared -fPIC -o ../shim.so "$root/tests/fault/shim.c" -ldl
	run --separate-stderr env LD_PRELOAD="$BATS_TEST_TMPDIR/shim.so" SHIM_ROOT="$PWD" SHIM_LOG="$BATS_TEST_TMPDIR/log" SHIM_FAIL=fsyncdir:1:5 \
		ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0" \
		callback-log -q --now "$day 12:00" 1 --by lihua "${bad[@]}" --shortcomings 又堵了
	status_is 6
	output_is 'YL260930001#5'
	errors_are 'callback-log: YL260930003 is written, but whether it outlives a power cut is unknown'
	[[ $(last $repair) == $'links:\n  - YL260930003\n'* ]]
}

@test "a callback recorded afterwards counts from when it was made" {
	run --separate-stderr at '2026-10-05 09:00' callback-log YL260930001 --by lihua --at '2026-10-03 23:59:59' --answer satisfied "${sheet[@]}"
	status_is 0
	[[ $(tail -n 40 $repair) == *$'\nat: "2026-10-03T23:59:59+08:00"\nrecorded: "2026-10-05T09:00:00+08:00"\n'* ]]
	[[ $(at '2026-10-05 09:01' ticket-show YL260930001) == *'repair [H2.C-7 H2.A-4] 2026-10-03 23:59  in time at 2026-10-03 23:59 (#5)'* ]]
	refused 3 'callback-log: YL260930002: --at: 2026-10-06 09:00 is in the future' \
		at '2026-10-05 09:00' callback-log YL260930002 --by lihua --at '2026-10-06 09:00' --unreached
}

@test "usage" {
	refused 2 'callback-log: --answer: “fine” is not one of satisfied|unsatisfied (see callback-log --help)' at 12:00 callback-log 1 --answer fine
	refused 2 'callback-log: give --unreached or --answer, not both' at 12:00 callback-log 1 --unreached --answer satisfied
	refused 2 'callback-log: give the --answer, or --unreached' at 12:00 callback-log 1
	refused 2 'callback-log: there is no ticket YL260930009: 9 alone means a ticket of today; give one of another day in full' at 12:00 callback-log 9 --unreached
	refused 3 'callback-log: YL260930001: promised: the promised time is earlier than the promise' \
		at 12:00 callback-log 1 --by lihua --answer satisfied "${sheet[@]}" --promised 11:59
}

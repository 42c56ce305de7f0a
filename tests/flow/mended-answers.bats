#!/usr/bin/env bats
# Answers of callbacks that were recorded wrongly: corrected, they have the consequences of the right ones. 30 September
# 2026 is a Wednesday.
load ../helper
load ../packs

export day=2026-09-30

# 1 a closed repair and 2 a closed complaint about security, both called, and satisfied
setup_file() {
	resident_centre
	at 09:00 ticket-open -q --by lihua -k repair -c drain -u 3-1201 -n 王女士 -p 13900010001 下水道堵塞
	at 09:05 ticket-assign -q 1 zhaoqiang
	at 10:40 ticket-close -q 1 --by lihua --worker wanggang --work 疏通 --signature 王女士 --opinion 满意 --phone 13900010001 -r 好
	at 09:10 ticket-open -q --by lihua -k complaint -c noise -u 3-0802 -n 何先生 -p 13900010008 楼下太吵
	at 11:20 ticket-close -q 2 --by lihua -r 已劝离 --valid --reason 未巡逻
	at 12:00 callback-log -q 1 --by lihua -a satisfied "${sheet[@]}"
	at 12:00 callback-log -q 2 --by meizhen --caller meizhen --caller sunli -a satisfied "${sheet[@]}"
}

sheet=(--manner visit --quality 4 --effect 4 --satisfaction 5 --signature 王女士 --shortcomings 无 --opinions 无)
repair=tickets/2026/09/YL260930001.yaml
complaint=tickets/2026/09/YL260930002.yaml

# corrects TIME TICKET OPTION...: by the desk
corrects() { at "$1" ticket-log "$2" corrected --by lihua --reason 点错 "${@:3}"; }

# last FILE: its last document, from its reason on, or its own fields
last() {
	tac "$1" | sed '/^---$/q' | tac | sed '1d; $d; /^\(event\|seq\|site\|at\|recorded\|by\|via\|request-id\):/d'
}

# checked TIME: nothing is wrong with the ledger, by any of its checks
checked() { prints '' at "$1" ledger-check -q; }

@test "satisfied is unsatisfied: the complaint is opened again in the same write, and is taken up as one" {
	run --separate-stderr corrects 12:10 2 --set fields.answer=unsatisfied --set fields.shortcomings=夜里还吵
	status_is 0
	output_is 'YL260930002#4'
	errors_are 'ticket-log: YL260930002: set: director-told by 2026-09-30 23:59 [H2.B-1a]
ticket-log: YL260930002: reopened [H2.B-1]'
	prints 'reason: unsatisfied at the callback [H2.B-1]' last $complaint
	prints 'open,2' columns state,cycle at 12:11 ticket-list -k complaint --format csv
	[[ $(at 12:11 ticket-show 2) == *'         answer: satisfied
         grades: quality 4, effect 4, satisfaction 5
         shortcomings: 无
         opinions: 无
         corrected: answer unsatisfied, shortcomings 夜里还吵
  #4   2026-09-30 12:10  corrected  lihua via keeper
         of: 3
         fields: answer unsatisfied, shortcomings 夜里还吵
         reason: 点错
  #5   2026-09-30 12:10  reopened'* ]]
	# it was made in time, whatever the answer
	prints 'ordinary-complaint,1,1' columns rule,called,owed at 12:11 callback-tally --rule ordinary-complaint --format csv
	checked 12:11
	at 12:20 ticket-assign -q 2 zhaoqiang + told --set to=wenbo
	at 12:30 ticket-close -q 2 --by lihua -r 再劝离 --valid --reason 未巡逻
	prints 'ordinary-complaint,due' columns rule,status at 12:31 callback-due --format csv
	checked 12:31
}

@test "satisfied is unsatisfied: a complaint of its own is opened, and the correction names it" {
	run --separate-stderr corrects 12:10 1 --set fields.answer=unsatisfied --set fields.shortcomings=又堵了
	status_is 0
	output_is 'YL260930001#6'
	errors_are 'ticket-log: YL260930001: set: director-told by 2026-09-30 23:59 [H2.B-1a]
ticket-log: YL260930001: opened YL260930003 for it [H2.B-1]'
	prints 'links:
  - YL260930003
of: 5
fields:
  answer: unsatisfied
  shortcomings: 又堵了
reason: 点错
keeps:
  - foreman-copy
due:
  - id: director-told
    rule: director-told
    clause: H2.B-1a
    start: "2026-09-30T12:00:00+08:00"
    until:
      - told
    at: "2026-09-30T23:59:59+08:00"
    to:
      - office-director' last $repair
	prints 'YL260930003,open,又堵了' columns ticket,state,text at 12:11 ticket-list -k complaint --state open --format csv
	[[ $(sed -n 's/^cause: //p' tickets/2026/09/YL260930003.yaml) == '"YL260930001#6"' ]]
	checked 12:11
}

@test "unsatisfied is satisfied: the reopening is taken back, with what it had withdrawn" {
	at 11:30 ticket-open -q --by lihua -k complaint -c noise -u 3-0803 -n 吴女士 -p 13900010009 太吵
	at 11:40 ticket-close -q 3 --by lihua -r 已劝离 --valid --reason 未巡逻
	at 12:00 callback-log -q 3 --by meizhen --caller meizhen --caller sunli -a unsatisfied "${sheet[@]}"
	prints 'open' columns state at 12:01 ticket-list -u 3-0803 --format csv
	run --separate-stderr corrects 12:10 3 --set fields.answer=satisfied
	status_is 0
	output_is 'YL260930003#5'
	errors_are 'ticket-log: YL260930003: withdrawn: director-told, due by 2026-09-30 23:59 [H2.B-1a]'
	prints 'of: 3
fields:
  answer: satisfied
reason: 点错
undoes: 4
keeps: []
withdraws:
  - director-told' last tickets/2026/09/YL260930003.yaml
	prints 'closed,1' columns state,cycle at 12:11 ticket-list -u 3-0803 --state all --format csv
	prints '' at 12:11 callback-due --rule ordinary-complaint
	prints '2,2,0' columns called,owed,late at 12:11 callback-tally --rule ordinary-complaint --format csv
	checked 12:11
	# it can be opened again like any that is closed
	at 12:20 ticket-log -q 3 reopened --by gaoxia --reason 又吵
	prints 'open,2' columns state,cycle at 12:21 ticket-list -u 3-0803 --format csv
	checked 12:21
}

@test "unsatisfied is satisfied: the complaint that was opened for it is voided, once nobody has worked on it" {
	at 12:05 callback-log -q 1 --by lihua -a satisfied "${sheet[@]}"
	corrects 12:10 1 -q --set of=5 --set fields.answer=unsatisfied >/dev/null
	run --separate-stderr corrects 12:20 1 --set of=5 --set fields.answer=satisfied
	status_is 0
	output_is 'YL260930001#8'
	errors_are 'ticket-log: YL260930001: withdrawn: director-told, due by 2026-09-30 23:59 [H2.B-1a]
ticket-log: YL260930001: voided YL260930003, which was opened for the answer'
	prints 'links:
  - YL260930003
of: 5
fields:
  answer: satisfied
reason: 点错
keeps:
  - foreman-copy
withdraws:
  - director-told' last $repair
	prints 'cause: "YL260930001#8"
reason: "the answer of YL260930001#5 was corrected"' last tickets/2026/09/YL260930003.yaml
	prints 'YL260930003,voided' columns ticket,state at 12:21 ticket-list -k complaint --state voided --format csv
	checked 12:21
}

@test "what somebody has worked on since stays, and that is said" {
	corrects 12:10 1 -q --set fields.answer=unsatisfied >/dev/null
	at 12:15 ticket-assign -q 3 zhaoqiang
	run --separate-stderr corrects 12:20 1 --set fields.answer=satisfied
	status_is 0
	errors_are 'ticket-log: YL260930001: withdrawn: director-told, due by 2026-09-30 23:59 [H2.B-1a]
ticket-log: YL260930001: YL260930003, which was opened for the answer, stays: void it if nothing else is in it'
	prints 'open' columns state at 12:21 ticket-list -k complaint --format csv
	corrects 12:10 2 -q --set fields.answer=unsatisfied >/dev/null
	at 12:15 ticket-assign -q 2 zhaoqiang
	run --separate-stderr corrects 12:20 2 --set fields.answer=satisfied
	status_is 0
	errors_are 'ticket-log: YL260930002: it stays reopened (#5): more was recorded since; close it when nothing is left to do
ticket-log: YL260930002: withdrawn: director-told, due by 2026-09-30 23:59 [H2.B-1a]'
	prints 'open,2' columns state,cycle at 12:21 ticket-list -u 3-0802 --format csv
	checked 12:21
}

@test "a reply that was promised, and was not: its deadline follows, by name" {
	at 12:05 callback-log -q 1 --by lihua -a satisfied "${sheet[@]}" --promised 16:00 --problem 地漏返水
	run --separate-stderr corrects 12:10 1 --set fields.promised=17:00
	status_is 0
	output_is 'YL260930001#7'
	errors_are 'ticket-log: YL260930001: moved: promised-reply from 2026-09-30 16:00 to 2026-09-30 17:00 [H2.A-8]'
	prints 'of: 6
fields:
  promised: "2026-09-30T17:00:00+08:00"
reason: 点错
keeps:
  - foreman-copy
  - pass-on
withdraws:
  - promised-reply
due:
  - id: promised-reply
    rule: promised-reply
    clause: H2.A-8
    start: "2026-09-30T12:05:00+08:00"
    until:
      - replied
    at: "2026-09-30T17:00:00+08:00"' last $repair
	[[ $(at 12:11 ticket-why 1 --due promised-reply) == *'
  set by: callback #6
  start: Wed 2026-09-30 12:05
  set again: #7 by lihua; 点错
  it is the time that the step names: callback.promised
  end: Wed 2026-09-30 17:00'* ]]
	checked 12:11
	# judged as the callback would have been: at its own time
	prints 'YL260930001#8' corrects 17:30 1 -q --set fields.promised=17:10
	refused 3 'ticket-log: YL260930001: promised: the promised time is earlier than the promise' corrects 17:30 1 --set fields.promised=11:00
}

@test "which callback is meant is asked where there are several, and has to be one" {
	at 12:05 callback-log -q 1 --by lihua -a satisfied "${sheet[@]}"
	refused 3 'ticket-log: YL260930001: fields.answer: more than one document has it: say which one is wrong with --set of=NUMBER (#5 callback, #6 callback)' \
		corrects 12:10 1 --set fields.answer=unsatisfied
	refused 3 'ticket-log: YL260930001: of: there is no #9 that can be corrected (there are: #1 opened, #2 assigned, #3 finished, #4 closed, #5 callback, #6 callback)' \
		corrects 12:10 1 --set of=9 --set fields.answer=unsatisfied
	refused 3 'ticket-log: YL260930001: fields.answer: #4 (closed) has no such field: correct what is wrong in other documents by itself' \
		corrects 12:10 1 --set of=4 --set fields.answer=unsatisfied
	refused 3 'ticket-log: YL260930001: fields.charge: #5 (callback) has no such field: correct what is wrong in other documents by itself' \
		corrects 12:10 1 --set of=5 --set fields.opinions=快些 --set fields.charge=5
	# a signature on the slip is not that of a callback
	refused 3 'ticket-log: YL260930001: fields.signature: more than one document has it: say which one is wrong with --set of=NUMBER (#3 finished, #5 callback, #6 callback)' \
		corrects 12:10 1 --set fields.signature=王先生
	prints 'YL260930001#7' corrects 12:10 1 --set of=3 --set fields.signature=王先生
	prints '1' grep -c 'corrected: signature 王先生' <(at 12:11 ticket-show 1)
	prints 'YL260930001#8' corrects 12:11 1 --set of=5 --set fields.signature=王女儿
	checked 12:12
}

@test "what is no answer, and what kefu works out, is refused" {
	refused 3 'ticket-log: undoes: kefu fills this field in by itself (allowed: links, of, reason, text, fields)' \
		corrects 12:10 1 --set undoes=3 --set fields.answer=unsatisfied
	refused 3 'ticket-log: YL260930001: fields.answer: "angry" is not one of satisfied, unsatisfied' corrects 12:10 1 --set fields.answer=angry
}

@test "a retry records nothing twice, and another number is another request" {
	prints 'YL260930001#6' corrects 12:10 1 -q --request-id r1 --set fields.answer=unsatisfied
	prints 'YL260930001#6' corrects 12:11 1 -q --request-id r1 --set fields.answer=unsatisfied
	prints 'YL260930001#6' corrects 12:11 1 -q --request-id r1 --set of=5 --set fields.answer=unsatisfied
	refused 3 'ticket-log: YL260930001: --request-id: r1 was recorded as YL260930001#6 with other content: take another id for what is new' \
		corrects 12:11 1 -q --request-id r1 --set of=4 --set fields.answer=unsatisfied
	[[ ! -e tickets/2026/09/YL260930004.yaml ]]
	run --separate-stderr corrects 12:20 1 --dry-run --set fields.answer=satisfied
	status_is 0
	prints 'open' columns state at 12:21 ticket-list -k complaint --format csv
}

@test "what appraises people reads the right answer" {
	corrects 12:10 2 -q --set fields.answer=unsatisfied --set fields.shortcomings=夜里还吵 >/dev/null
	corrects 12:10 1 -q --set fields.answer=unsatisfied --set fields.shortcomings=又堵了 >/dev/null
	run --separate-stderr at 12:11 appraise zhaoqiang --suggest --format csv
	[[ $output == *'YL260930001#5'*'unsatisfied: 又堵了'* ]] || { echo "$output $stderr"; return 1; }
}

@test "a callback that was recorded, or mended, by overriding a rule is counted" {
	cat >>policy/resident-centre.yaml <<-'END'
		phrases:
		  - {phrase: calls, pattern: 不归我们管, step: callback, field: [text, opinions], then: refuse, override: supervisor, clause: O-1}
	END
	refused 3 'ticket-log: YL260930001: #5 would then not be allowed: opinions: "不归我们管" must not be said to a customer [O-1]' \
		corrects 12:10 1 --set fields.opinions=不归我们管
	prints 'YL260930001#6' at 12:10 ticket-log -q 1 corrected --by gaoxia --reason 原话 --set fields.opinions=不归我们管 --override 原话照录
	run --separate-stderr columns rule,called,overridden at 12:11 callback-tally --format csv
	status_is 0
	output_is 'ordinary-complaint,1,0
repair,1,1'
	run --separate-stderr at 12:11 callback-tally
	errors_are 'callback-tally: somebody overrode a rule for this many of these callbacks: 1 (ticket-list --overridden)'
}

@test "nobody was reached after all: the callback is owed again, by name, and the attempt is counted" {
	prints 'repair,1,1' columns rule,called,owed at 12:01 callback-tally --rule repair --format csv
	run --separate-stderr corrects 12:10 1 --set fields.reached=no
	status_is 0
	output_is 'YL260930001#6'
	errors_are 'ticket-log: YL260930001: the callback repair [H2.C-7 H2.A-4] is owed again: nobody was reached'
	prints 'of: 5
fields:
  reached: false
reason: 点错
keeps:
  - foreman-copy
callbacks:
  - id: repair
    rule: repair
    clause: H2.C-7 H2.A-4
    start: "2026-09-30T10:40:00+08:00"
    opens: "2026-09-30T10:40:00+08:00"
    at: "2026-10-03T23:59:59+08:00"
    rate: "1"
    minimum: "0.30"
    who:
      - desk' last $repair
	prints 'repair,due,1' columns rule,status,attempts at 12:11 callback-due --rule repair --format csv
	prints 'repair,0,1' columns rule,called,owed at 12:11 callback-tally --rule repair --format csv
	checked 12:11
	at 12:20 callback-log -q 1 --by lihua -a satisfied "${sheet[@]}"
	prints '' at 12:21 callback-due --rule repair
	prints 'repair,1,1' columns rule,called,owed at 12:21 callback-tally --rule repair --format csv
	checked 12:21
}

@test "somebody was reached, or others called: the callback is made, at the time of the call" {
	at 11:30 ticket-open -q --by lihua -k repair -c drain -u 3-1203 -n 吴女士 -p 13900010009 下水道堵塞
	at 11:31 ticket-assign -q 3 zhaoqiang
	at 11:40 ticket-close -q 3 --by lihua --worker wanggang --work 疏通 --signature 吴女士 --opinion 满意 --phone 13900010009 -r 好
	at 12:00 callback-log -q 3 --by lihua --unreached
	prints '1' columns attempts at 12:01 callback-due --rule repair --format csv
	prints 'YL260930003#6' corrects 12:10 3 --set fields.reached=yes --set fields.answer=satisfied --set fields.grades.quality=4 \
		--set fields.grades.effect=4 --set fields.grades.satisfaction=5 --set fields.signature=吴女士 --set fields.manner=visit \
		--set fields.shortcomings=无 --set fields.opinions=无
	prints '' at 12:11 callback-due --rule repair
	[[ $(at 12:11 ticket-show 3) == *'repair [H2.C-7 H2.A-4] 2026-10-03 23:59  in time at 2026-09-30 12:00 (#5)'$'\n'* ]]
	checked 12:11
	# made by somebody who may not: then it is not made
	run --separate-stderr corrects 12:20 3 --set fields.callers=meizhen
	status_is 0
	errors_are 'ticket-log: YL260930003: the callback repair [H2.C-7 H2.A-4] is owed again: it has to be made by desk'
	prints 'YL260930003' columns ticket at 12:21 callback-due --rule repair --format csv
	prints 'YL260930003#8' corrects 12:30 3 --set fields.callers=lihua
	prints '' at 12:31 callback-due --rule repair
	checked 12:31
}

#!/usr/bin/env bats
# Duties nobody can fulfil: a role nobody has, a department without a head, a caller who left. Said in one line, listed, and shown
# with what waits for them.
load ../helper

# shellcheck disable=SC2034 # for at, of helper.bash
day=2026-11-20

setup_file() {
	mkdir "$BATS_FILE_TMPDIR/ledger" && cd "$BATS_FILE_TMPDIR" || return
	cat >house.yaml <<-'END'
		pack: house
		title: House
		source: agreed here
		roles:
		  - {role: desk, title: Desk, records-for-others: true}
		  - {role: officer, title: Officer}
		  - {role: director, title: Director}
		  - {role: department-head, title: Head}
		departments: [{department: engineering, title: Engineering}, {department: cleaning, title: Cleaning}]
		kinds: [{kind: repair, title: Repair, category: water}, {kind: complaint, title: Complaint, category: noise}]
		categories:
		  - {category: water, kind: repair, title: Water, department: engineering}
		  - {category: dirt, kind: repair, title: Dirt, department: cleaning}
		  - {category: noise, kind: complaint, title: Noise}
		steps:
		  - {step: decided, kind: complaint, by: director, clause: T-1}
		  - {step: ordered, kind: repair, by: [officer, {head-of: department}], clause: T-2}
		  - {step: paid, by: desk, sign: [{field: checked-by, role: [director, officer]}], clause: T-3}
		  - {step: spent, by: desk, countersign: [{role: desk}, {role: officer}], clause: T-4}
		  - {step: opened, by: desk, kind: complaint, clause: T-5}
		  - {step: never, refuse: not here, clause: T-6}
		  - {step: past, by: director, before: "2026-01-01", clause: T-6}
		deadlines:
		  - {rule: decide, kind: complaint, start: opened, until: [decided], within: 1 d, clause: T-7}
		  - {rule: order, kind: repair, start: opened, until: [ordered], within: 1 d, clause: T-8, tell: [{early: 2 h, role: director}]}
		  - {rule: tell, kind: complaint, start: opened, until: [told], to: [director, officer], within: 1 d, clause: T-9}
		callbacks:
		  - {rule: call, kind: complaint, after: [closed], within: 3 d, rate: "1", who: [officer, desk], clause: T-10}
		  - {rule: own, kind: repair, after: [closed], within: 3 d, rate: "1", who: [{head-of: department}], clause: T-11}
		  - {rule: named, kind: repair, after: [assigned], within: 3 d, rate: "1", who: [{person: to}], clause: T-12}
	END
	ledger-init -q ledger --pack house.yaml --site YL --person keeper --test --now '2026-01-05 08:00'
	cd ledger && staff-log -q --now '2026-01-05 08:00' joined lihua --name 李华 --role desk
}

# list [TIME]: clause, where the rule asks, for whom, and the forms in which something waits
list() { columns clause,key,whom,forms at "${1:-12:00}" policy-list --unfilled --format csv; }

all='T-1,by,director,
T-2,by,officer head-of:engineering head-of:cleaning,
T-3,sign,director officer,
T-4,countersign,officer,
T-8,tell,director,
T-9,to,director officer,
T-10,who,officer,
T-11,who,head-of:engineering head-of:cleaning,'

@test "what rules ask for of somebody whom nobody is is listed, each part by itself" {
	prints "$all" list
	# an officer fills what asks for one of several; but a callback takes all
	staff-log -q --now '2026-11-20 12:00' joined meizhen --name 陈美珍 --role officer
	prints 'T-1,by,director,
T-8,tell,director,
T-11,who,head-of:engineering head-of:cleaning,' list
	staff-log -q --now '2026-11-20 12:00' joined wenbo --name 温博 --role director
	staff-log -q --now '2026-11-20 12:00' joined zhaoqiang --name 赵强 --role department-head --department engineering
	prints 'T-11,who,head-of:cleaning,' list
	staff-log -q --now '2026-11-20 12:00' changed zhaoqiang --department cleaning
	prints 'T-11,who,head-of:engineering,' list
	# a head with a department of no rule is none of these; who left is none
	staff-log -q --now '2026-11-20 12:00' joined sunli --name 孙立 --role department-head --department engineering
	prints '' policy-list --unfilled --now '2026-11-20 12:00'
	staff-log -q --now '2026-11-20 12:01' left wenbo
	prints 'T-1,by,director,
T-8,tell,director,' list 12:02
}

@test "who is absent is here where a deputy is; a station is nobody; an administrator only by other roles" {
	staff-log -q --now '2026-11-20 12:00' joined meizhen --name 陈美珍 --role officer
	local without='T-1,by,director,
T-8,tell,director,
T-11,who,head-of:engineering head-of:cleaning,'
	prints "$without" list
	keep staff.yaml
	staff-log -q --now '2026-11-20 12:00' absent meizhen --until '2026-11-22 18:00'
	prints "$all" list
	prints "$without" list '2026-11-22 18:01'
	put_back staff.yaml
	staff-log -q --now '2026-11-20 12:00' absent meizhen --until '2026-11-22 18:00' --deputy lihua
	prints "$without" list
	put_back staff.yaml
	staff-log -q --now '2026-11-20 12:00' joined front --name 前台 --nature station --role director
	prints "$without" list
	staff-log -q --now '2026-11-20 12:00' changed keeper --role administrator --role director
	prints 'T-11,who,head-of:engineering head-of:cleaning,' list
}

@test "said with the count when the ledger is founded, by ledger-check once, and by staff-log when it changes" {
	cp "$BATS_FILE_TMPDIR/house.yaml" ..
	run -0 --separate-stderr ledger-init ../other --pack ../house.yaml --site YL --person keeper --test --now '2026-01-05 08:00'
	[[ ${stderr_lines[-1]} == 'ledger-init: 13 duties nobody here can fulfil: policy-list --unfilled lists them' ]]
	[[ $(policy-list -C ../other --unfilled --now '2026-11-20 12:00' --format csv --no-header | wc -l) == 13 ]]
	run -0 --separate-stderr at 12:00 ledger-check
	output_is ''
	errors_are 'ledger-check: 8 duties nobody here can fulfil: policy-list --unfilled lists them'
	prints '' at 12:00 ledger-check staff.yaml
	run -0 --separate-stderr at 12:00 staff-log joined meizhen --name 陈美珍 --role officer
	errors_are 'staff-log: duties nobody here can fulfil: 3, before: 8 (policy-list --unfilled)'
	# neither made nor ended one
	prints wanggang at 12:00 staff-log joined wanggang --name 王刚 --role desk
	prints wanggang at 12:01 staff-log left wanggang
	run -0 --separate-stderr at 12:02 staff-log changed meizhen --role officer --role director
	errors_are 'staff-log: duties nobody here can fulfil: 1, before: 3 (policy-list --unfilled)'
	# in place of one another
	run -0 --separate-stderr at 12:03 staff-log left meizhen --from '2026-12-01 08:00'
	errors_are 'staff-log: from 2026-12-01 08:00 on: duties nobody here can fulfil: 8, before: 1 (policy-list --unfilled)'
	at 12:04 staff-log -q joined zhaoqiang --name 赵强 --role department-head --department engineering
	run -0 --separate-stderr at 12:05 staff-log joined sunli --name 孙立 --role department-head --department cleaning
	errors_are 'staff-log: no duty is left that nobody here can fulfil'
	# losing one head of two is a change, though it is one duty
	at 12:06 staff-log -q left sunli
	run -0 --separate-stderr at 12:07 staff-log left zhaoqiang
	errors_are 'staff-log: duties nobody here can fulfil: 1, before: 1 (policy-list --unfilled)'
	prints sunli at 12:08 staff-log -q joined sunli --again --name 孙立 --role department-head --department cleaning
	run -0 --separate-stderr at 12:09 staff-log joined x --name X --role desk --dry-run
	errors_are ''
}

@test "what is due and waits for them says so on its line, and policy-list says which forms" {
	at 09:00 ticket-open -q --by lihua -k complaint -u 3-1201 吵
	at 09:01 ticket-open -q --by lihua -k repair -c dirt -u 3-1202 脏
	at 09:02 ticket-close -q 1 --by lihua -r 好
	at 09:03 ticket-close -q 2 --by lihua -r 好
	prints 'decide,,director
tell,director officer,director officer
order,,officer head-of:cleaning' columns rule,roles,unfilled at 09:05 ticket-due --format csv
	prints 'status  due         ticket       deadline  unit    who                       until                                       clause
due     2026-11-21  YL261120001  decide    3-1201                            decided (nobody: director)                  T-7
due     2026-11-21  YL261120001  tell      3-1201  nobody: director,officer  told                                        T-9
due     2026-11-21  YL261120002  order     3-1202                            ordered (nobody: officer,head-of:cleaning)  T-8' at 09:05 ticket-due
	prints 'call,officer desk,officer
own,head-of:cleaning,head-of:cleaning' columns rule,roles,unfilled at 09:05 callback-due --format csv
	run -0 at 09:05 callback-due
	[[ ${lines[1]} == *'  nobody: officer + lihua   T-10' && ${lines[2]} == *'  nobody: head-of:cleaning  T-11' ]]
	prints 'T-1,by,director,YL261120001
T-2,by,officer head-of:engineering head-of:cleaning,YL261120002
T-3,sign,director officer,
T-4,countersign,officer,
T-8,tell,director,
T-9,to,director officer,YL261120001
T-10,who,officer,YL261120001
T-11,who,head-of:engineering head-of:cleaning,YL261120002' list 09:05
	# when it is time to tell, the director is missed there, too
	[[ $(list '2026-11-21 22:00') == *$'\nT-8,tell,director,YL261120002\n'* ]]
	# somebody of them is here: nothing waits for them any more
	at 09:06 staff-log -q joined meizhen --name 陈美珍 --role officer
	prints 'decide,director
tell,
order,' columns rule,unfilled at 09:06 ticket-due --format csv
	at 09:07 ticket-log -q 2 ordered --by meizhen
	prints 'decide,director
tell,' columns rule,unfilled at 09:07 ticket-due --format csv
	# a step that a rule refuses to nobody may end it as well
	at 09:08 staff-log -q joined wenbo --name 温博 --role director
	prints 'decide,
tell,' columns rule,unfilled at 09:08 ticket-due --format csv
}

@test "a step that awaits the signature of nobody" {
	at 09:00 ticket-open -q --by lihua -k repair -u 3-1202 脏
	staff-log -q --now '2026-11-20 09:00' joined wanggang --name 王刚 --role desk
	at 09:02 ticket-log -q 1 spent --by lihua
	[[ $(list 09:05) == *$'\nT-4,countersign,officer,YL261120001\n'* ]]
	run -0 at 09:05 ticket-due
	[[ $output == *'  nobody: officer  '* ]]
}

@test "a caller who left, and for whom nobody stands" {
	at 08:00 staff-log -q joined meizhen --name 陈美珍 --role officer
	at 08:00 staff-log -q joined gaoxia --name 高霞 --role officer
	at 09:00 ticket-open -q --by lihua -k repair -u 3-1202 脏
	at 09:01 ticket-assign -q 1 --by lihua meizhen
	local rows
	rows=$(list 09:05)
	[[ $rows != *T-12* ]]
	at 09:06 staff-log -q left meizhen
	# whoever has a role of theirs calls in their place
	prints "$rows" list 09:06
	at 09:07 staff-log -q left gaoxia
	prints "${all/head-of:cleaning,/head-of:cleaning,YL261120001}
T-12,who,person:meizhen,YL261120001" list 09:07
	run -0 --separate-stderr at 09:07 ledger-check
	errors_are 'ledger-check: 9 duties nobody here can fulfil: policy-list --unfilled lists them'
	prints 'named,person:meizhen' columns rule,unfilled at 09:08 callback-due --format csv
}

@test "of several callers who left, each is listed" {
	sed -i 's/^steps:/&\n  - {step: chosen, by: desk, needs: [callers], clause: T-13}/; s/who: \[{person: to}\]/who: [{person: to}, {named: chosen}]/' policy/house.yaml
	at 08:00 staff-log -q joined meizhen --name 陈美珍 --role officer
	at 08:00 staff-log -q joined gaoxia --name 高霞 --role officer
	at 09:00 ticket-open -q --by lihua -k repair -u 3-1202 脏
	at 09:00 ticket-log -q 1 chosen --by lihua --set callers=gaoxia
	at 09:01 ticket-assign -q 1 --by lihua meizhen
	at 09:06 staff-log -q left meizhen
	at 09:07 staff-log -q left gaoxia
	[[ $(list 09:08 | grep -c '^T-12,who,') == 2 ]]
}

@test "--unfilled beside another list is refused" {
	local option
	for option in --gaps '--clause T-1' '--list steps'; do
		# shellcheck disable=SC2086
		refused 2 "policy-list: --unfilled lists something else than ${option%% *}: leave one out" policy-list --unfilled $option
	done
}

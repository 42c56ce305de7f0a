#!/usr/bin/env bats
# Regulation H3.5 as the pack complaint-handling keeps it: for each clause what is refused, what is accepted, and until when.
# 20 November 2026 is a Friday; of National Day 2026, Thursday 1 to Wednesday 7 October are off and Saturday the 10th is worked.
load ../helper
load ../packs

setup_file() {
	complaint_handling
}

day=2026-11-20
heard=(-u 3-1201 -n 王女士 -p 13900010001 --set first-asked=wanggang)

# A complaint that wanggang heard: options and text follow.
take() {
	local when=$1
	shift
	at "$when" ticket-open -q --by lihua "${heard[@]}" "$@"
}

# log TIME ID STEP PERSON [OPTION...]
log() { at "$1" ticket-log -q "$2" "$3" --by "$4" "${@:5}"; }

# Ticket ID is with security, which is to answer by 18:00; and handled, at the time given.
dispatch() { log "$1" "$2" dispatched lihua --set department=security --set answer-by="$day ${3-18:00}"; }
handle() { log "$1" "$2" finished sunli --result 已劝离; }

# duties TIME ID [RULE]: as ticket-show words them
duties() {
	at "$1" ticket-show "$2" | sed -n 's/^  \([a-z0-9-]* \[.*\)/\1/p' | grep "^${3:-}"
}

@test "[H3.5-1] a complaint is taken with name, address, telephone and subject" {
	local title='ticket-open: a complaint is taken with name, address, telephone and subject: opened needs the'
	refused 3 "$title fields customer.name, customer.phone [H3.5-1]" \
		at 09:00 ticket-open -q --by wanggang -u 3-1201 --set first-asked=wanggang 投诉楼下太吵
	refused 3 "$title field customer.phone [H3.5-1]" \
		at 09:00 ticket-open -q --by wanggang -u 3-1201 -n 王女士 --set first-asked=wanggang 投诉楼下太吵
	refused 3 'ticket-open: a complaint is taken with the unit or the address of whoever complains [H3.5-1]' \
		at 09:00 ticket-open -q --by wanggang -n 王女士 -p 13900010001 --set first-asked=wanggang 投诉楼下太吵
	prints 'YL261120001' at 09:00 ticket-open -q --by wanggang "${heard[@]}" 投诉楼下太吵
	prints 'YL261120002' at 09:00 ticket-open -q --by wanggang -n 路人 -p 13900010009 --set customer.address=对面大楼 \
		--set first-asked=wanggang 投诉楼下太吵
}

@test "[H3.5-1] what is heard reaches the desk within 24 h" {
	local heard_at
	while read -r heard_at verdict; do
		id=$(take 09:00:00 --set heard-at="${heard_at/T/ }" 投诉楼下太吵)
		prints "relay [H3.5-1] $verdict" duties 09:00:00 "$id" relay
	done <<-'END'
		2026-11-19T09:00:00 2026-11-20 09:00  in time at 2026-11-20 09:00 (#1)
		2026-11-19T08:59:59 2026-11-20 08:59  LATE at 2026-11-20 09:00 (#1)
	END
	# heard by the desk itself: nothing to relay
	id=$(take 09:00:00 投诉楼下太吵)
	run duties 09:00 "$id" relay
	output_is ''
}

@test "[H3.5-2] the desk passes a complaint on within 12 h, and asks for an answer by a date" {
	take 09:00 投诉楼下太吵
	prints 'dispatch [H3.5-2] 2026-11-20 21:00  open' duties 21:00:00 YL261120001
	prints 'dispatch [H3.5-2] 2026-11-20 21:00  OVERDUE' duties 21:00:01 YL261120001
	local title='ticket-log: YL261120001: the desk passes it on and asks for an answer by a date: dispatched'
	refused 3 "$title needs the fields department, answer-by [H3.5-2]" log 10:00 1 dispatched lihua
	refused 3 "$title needs the field answer-by [H3.5-2]" log 10:00 1 dispatched lihua --set department=security
	refused 3 "$title is recorded by the role desk, supervisor; sunli does not have it [H3.5-2]" \
		log 10:00 1 dispatched sunli --set department=security --set answer-by=18:00
	refused 3 'ticket-log: YL261120001: no department has been told of it [H3.5-2]' handle 10:00 1
	prints 'YL261120001#2' dispatch 21:00:00 1 23:00
	prints 'dispatch [H3.5-2] 2026-11-20 21:00  in time at 2026-11-20 21:00 (#2)' duties 21:00 YL261120001 'dispatch '
	take 09:00 投诉车位被占
	dispatch 21:00:01 2 23:00
	prints 'dispatch [H3.5-2] 2026-11-20 21:00  LATE at 2026-11-20 21:00 (#2)' duties 21:01 YL261120002 'dispatch '
}

@test "[H3.5-2] the department answers by the date it was given" {
	local end verdict
	while read -r end verdict; do
		id=$(take 09:00 投诉楼下太吵)
		dispatch 10:00 "$id"
		prints 'department-answer [H3.5-2] 2026-11-20 18:00  open' duties 18:00:00 "$id" department-answer
		handle "$end" "$id"
		prints "department-answer [H3.5-2] 2026-11-20 18:00  $verdict" duties 18:01 "$id" department-answer
	done <<-'END'
		18:00:00 in time at 2026-11-20 18:00 (#3)
		18:00:01 LATE at 2026-11-20 18:00 (#3)
	END
}

@test "[H3.5-3] what is unjustified is explained; who is not persuaded sees a department head" {
	take 09:00 投诉楼下太吵
	refused 3 'ticket-log: YL261120001: what is unjustified is explained patiently: explained needs the field text [H3.5-3]' \
		log 09:30 1 explained lihua
	prints 'YL261120001#2' log 09:30 1 explained lihua -t 施工在许可时段内
	prints 'dispatch [H3.5-2] 2026-11-20 21:00  in time at 2026-11-20 09:30 (#2)' duties 10:00 YL261120001
	refused 3 'ticket-close: YL261120001: the desk closes a complaint and says whether it was justified: closed needs the field valid [H3.5-3]' \
		at 10:00 ticket-close 1 --by lihua -r 已解释
	prints 'YL261120001#3' at 10:00 ticket-close 1 --by lihua -r 已解释 --invalid

	take 09:00 投诉物业费涨价，太差
	local title='ticket-log: YL261120002: a department head sees whoever the desk does not persuade: coordinated'
	refused 3 "$title needs unpersuaded first, which is not recorded [H3.5-3]" log 09:30 2 coordinated sunli -t 面谈
	prints 'YL261120002#2' log 09:30 2 unpersuaded lihua -t 仍不接受
	refused 3 'ticket-close: YL261120002: a department head sees whoever the desk does not persuade: closed needs coordinated first, which is not recorded [H3.5-3]' \
		at 10:00 ticket-close 2 --by lihua -r 已解释 --invalid
	refused 3 "$title is recorded by the role department-head; lihua does not have it [H3.5-3]" log 09:40 2 coordinated lihua -t 面谈
	prints 'YL261120002#3' log 11:00 2 coordinated sunli -t 面谈后接受
	prints 'YL261120002#4' at 11:30 ticket-close 2 --by lihua -r 已解释 --invalid
}

@test "[H3.5-3][H3.5-5] nothing is closed that is neither handled nor explained" {
	take 09:00 投诉楼下太吵
	dispatch 10:00 1
	refused 3 'ticket-close: YL261120001: it is neither handled nor explained [H3.5-3 H3.5-5]' at 11:00 ticket-close 1 --by lihua -r 好了 --valid
	handle 11:00 1
	refused 3 'ticket-close: YL261120001: the desk closes what has come back to it: closed needs desk-told first, which is not recorded [H3.5-5]' \
		at 11:01 ticket-close 1 --by lihua -r 好了 --valid
	log 11:02 1 desk-told sunli
	prints 'YL261120001#5' at 11:03 ticket-close 1 --by lihua -r 好了 --valid
}

@test "[H3.5-4] a department that cannot meet the date says so within 2 h of the dispatch" {
	local told verdict
	while read -r told verdict; do
		id=$(take 09:00 投诉楼下太吵)
		dispatch 10:00 "$id"
		[[ $told == - ]] || log "$told" "$id" cannot-meet sunli --reason 人手不足
		handle 18:00:01 "$id"
		prints "cannot-meet [H3.5-4] 2026-11-20 12:00  $verdict" duties 18:01 "$id" cannot-meet
	done <<-'END'
		12:00:00 in time at 2026-11-20 12:00 (#3)
		12:00:01 LATE at 2026-11-20 12:00 (#3)
		- LATE at 2026-11-20 18:00 (#3)
	END
	# who answers in time had nothing to warn of
	id=$(take 09:00 投诉楼下太吵)
	dispatch 10:00 "$id"
	handle 18:00:00 "$id"
	run duties 18:01 "$id" cannot-meet
	output_is ''
	id=$(take 09:00 投诉楼下太吵)
	refused 3 "ticket-log: $id: a department that cannot meet the date says why: cannot-meet needs dispatched first, which is not recorded [H3.5-4]" \
		log 10:00 "$id" cannot-meet sunli --reason 人手不足
	dispatch 10:00 "$id"
	refused 3 "ticket-log: $id: a department that cannot meet the date says why: cannot-meet needs the field reason [H3.5-4]" \
		log 10:01 "$id" cannot-meet sunli
}

@test "[H3.5-5] handled: back to the desk within 2 h" {
	local back verdict
	while read -r back verdict; do
		id=$(take 09:00 投诉楼下太吵)
		dispatch 10:00 "$id"
		refused 3 "ticket-log: $id: what is handled comes back to the desk: desk-told needs finished first, which is not recorded [H3.5-5]" \
			log 10:30 "$id" desk-told sunli
		handle 11:00 "$id"
		log "$back" "$id" desk-told sunli
		prints "back-to-desk [H3.5-5] 2026-11-20 13:00  $verdict" duties 13:01 "$id" back-to-desk
	done <<-'END'
		13:00:00 in time at 2026-11-20 13:00 (#4)
		13:00:01 LATE at 2026-11-20 13:00 (#4)
	END
	id=$(take 09:00 投诉楼下太吵)
	dispatch 10:00 "$id"
	refused 3 "ticket-log: $id: the department says what it has done: finished needs the field result [H3.5-5]" log 11:00 "$id" finished sunli
}

@test "[H3.5-5] called back within 2 wd of what came back to the desk, by the desk; unsatisfied reopens" {
	take 09:00 投诉楼下太吵
	dispatch 10:00 1
	handle 11:00 1
	prints '' at 12:00 callback-due
	log 12:00 1 desk-told sunli
	# Friday: two working days on is Tuesday, when the desk closes
	prints 'due,2026-11-24T18:00:00+08:00,desk,H3.5-5' columns status,due,roles,clause at 12:01 callback-due --format csv
	run --separate-stderr at 13:00 callback-log 1 --by sunli -a satisfied
	errors_are 'callback-log: YL261120001: does not count as the callback complaint-handled [H3.5-5]: it has to be made by desk
callback-log: YL261120001: settles no callback that is owed'
	keep tickets/2026/11/YL261120001.yaml
	prints 'YL261120001#6' at '2026-11-24 18:00:00' callback-log YL261120001 --by lihua -a satisfied
	prints 'complaint-handled [H3.5-5] 2026-11-24 18:00  in time at 2026-11-24 18:00 (#6)' duties '2026-11-25 09:00' YL261120001 complaint-handled
	put_back tickets/2026/11/YL261120001.yaml
	run --separate-stderr at '2026-11-24 18:00:01' callback-log YL261120001 --by lihua -a unsatisfied --shortcomings 还是吵
	errors_are 'callback-log: YL261120001: reopened [H3.5-5]'
	prints 'complaint-handled [H3.5-5] 2026-11-24 18:00  LATE at 2026-11-24 18:00 (#6)' duties '2026-11-25 09:00' YL261120001 complaint-handled
	prints 'open' columns state ticket-list --format csv
}

@test "[H3.5-5] the 2 wd leave National Day out" {
	day=2026-09-30
	take 09:00 投诉楼下太吵
	dispatch 10:00 1
	handle 11:00 1
	log 12:00 1 desk-told sunli
	prints 'complaint-handled [H3.5-5] 2026-10-09 18:00  open' duties 12:01 YL260930001 complaint-handled
}

@test "[H3.5-6] emergencies, grave matters and the developer's are known by their words" {
	local text
	for text in 投诉爆管没人管 投诉：困在电梯里没人管 投诉：再不处理就找媒体 投诉：孩子在泳池受伤 投诉房屋质量太差; do
		id=$(take 09:00 "$text" 2>/dev/null)
		prints 'departments [H3.5-6] 2026-11-20 09:03  open' duties 09:00 "$id" departments
	done
	id=$(take 09:00 投诉楼下太吵)
	prints 'dispatch [H3.5-2] 2026-11-20 21:00  open' duties 09:00 "$id"
	# and has no ladder
	run --separate-stderr log 09:01 "$id" leader-told wenbo --set to=qianjin
	status_is 3
	[[ $stderr == "ticket-log: $id: the policy has no step \"leader-told\" for this complaint"* ]]
}

@test "[H3.5-6] the departments are told within 3 min" {
	take 09:00:00 投诉爆管没人管
	refused 3 'ticket-log: YL261120001: the departments of a grave matter are told at once: departments-told needs the field department [H3.5-6]' \
		log 09:01 1 departments-told lihua
	keep tickets/2026/11/YL261120001.yaml
	prints 'YL261120001#2' log 09:03:00 1 departments-told wanggang --set department=engineering
	prints 'departments [H3.5-6] 2026-11-20 09:03  in time at 2026-11-20 09:03 (#2)' duties 09:10 YL261120001 departments
	put_back tickets/2026/11/YL261120001.yaml
	log 09:03:01 1 departments-told lihua --set department=engineering
	prints 'departments [H3.5-6] 2026-11-20 09:03  LATE at 2026-11-20 09:03 (#2)' duties 09:10 YL261120001 departments
}

# A burst pipe, taken at 09:00; the departments are told at 09:02.
grave() {
	take 09:00 投诉爆管没人管 2>/dev/null
	log 09:02 1 departments-told lihua --set department=engineering
}

@test "[H3.5-6] what the site cannot solve goes to the leader within 5 min of its own receipt" {
	grave
	prints 'leader [H3.5-6] 2026-11-20 09:07  open' duties 09:07:00 YL261120001 leader
	# silence does not end it
	prints 'leader [H3.5-6] 2026-11-20 09:07  OVERDUE' duties 09:07:01 YL261120001 leader
	local title='ticket-log: YL261120001: the head of the site tells the company'\''s leader: leader-told'
	refused 3 "$title needs the field to [H3.5-6]" log 09:05 1 leader-told wenbo
	refused 3 "$title is recorded by the role office-director; lihua does not have it [H3.5-6]" log 09:05 1 leader-told lihua --set to=qianjin
	keep tickets/2026/11/YL261120001.yaml
	prints 'YL261120001#3' log 09:07:00 1 leader-told wenbo --set to=qianjin
	prints 'leader [H3.5-6] 2026-11-20 09:07  in time at 2026-11-20 09:07 (#3)' duties 09:08 YL261120001 'leader '
	put_back tickets/2026/11/YL261120001.yaml
	log 09:07:01 1 leader-told wenbo --set to=qianjin
	prints 'leader [H3.5-6] 2026-11-20 09:07  LATE at 2026-11-20 09:07 (#3)' duties 09:08 YL261120001 'leader '
}

@test "[H3.5-6] what the site solves, and says so, goes no further" {
	take 09:00 投诉爆管没人管
	refused 3 'ticket-log: YL261120001: the site says how it solved it: solved-on-site needs departments-told first, which is not recorded [H3.5-6]' \
		log 09:01 1 solved-on-site wenbo -t 关阀
	log 09:02 1 departments-told lihua --set department=engineering
	refused 3 'ticket-log: YL261120001: the site says how it solved it: solved-on-site needs the field text [H3.5-6]' log 09:05 1 solved-on-site wenbo
	prints 'YL261120001#3' log 09:05 1 solved-on-site zhaoqiang -t 关阀
	prints 'dispatch [H3.5-2] 2026-11-20 21:00  in time at 2026-11-20 09:02 (#2)
departments [H3.5-6] 2026-11-20 09:03  in time at 2026-11-20 09:02 (#2)
leader [H3.5-6] 2026-11-20 09:07  in time at 2026-11-20 09:05 (#3)' duties 09:10 YL261120001
}

@test "[H3.5-6] the leader has a written report within 24 h of his own receipt" {
	local reported verdict
	grave
	log 09:05 1 leader-told wenbo --set to=qianjin
	keep tickets/2026/11/YL261120001.yaml
	while read -r reported verdict; do
		put_back tickets/2026/11/YL261120001.yaml
		refused 3 'ticket-log: YL261120001: the head of the site reports to the leader in writing: leader-report needs the field text [H3.5-6]' \
			log "${reported/T/ }" YL261120001 leader-report wenbo
		log "${reported/T/ }" YL261120001 leader-report wenbo -t 报告
		prints "leader-report [H3.5-6] 2026-11-21 09:05  $verdict" duties '2026-11-21 10:00' YL261120001 leader-report
	done <<-'END'
		2026-11-21T09:05:00 in time at 2026-11-21 09:05 (#4)
		2026-11-21T09:05:01 LATE at 2026-11-21 09:05 (#4)
	END
}

@test "[H3.5-7] what the leader cannot solve goes to the board within 10 min of his own receipt" {
	local told verdict
	grave
	refused 3 'ticket-log: YL261120001: the leader tells the board by telephone: board-told needs leader-told first, which is not recorded [H3.5-7]' \
		log 09:06 1 board-told qianjin --set to=dongmei
	log 09:06 1 leader-told wenbo --set to=qianjin
	refused 3 'ticket-log: YL261120001: the leader tells the board by telephone: board-told is recorded by the role leader; wenbo does not have it [H3.5-7]' \
		log 09:06 1 board-told wenbo --set to=dongmei
	keep tickets/2026/11/YL261120001.yaml
	while read -r told verdict; do
		put_back tickets/2026/11/YL261120001.yaml
		prints 'board [H3.5-7] 2026-11-20 09:16  open' duties 09:16:00 YL261120001 'board '
		log "$told" 1 board-told qianjin --set to=dongmei
		prints "board [H3.5-7] 2026-11-20 09:16  $verdict" duties 09:20 YL261120001 'board '
	done <<-'END'
		09:16:00 in time at 2026-11-20 09:16 (#4)
		09:16:01 LATE at 2026-11-20 09:16 (#4)
	END
	put_back tickets/2026/11/YL261120001.yaml
	prints 'YL261120001#4' log 09:10 1 solved-by-leader qianjin -t 已调人
	prints 'board [H3.5-7] 2026-11-20 09:16  in time at 2026-11-20 09:10 (#4)' duties 09:20 YL261120001 'board '
}

@test "[H3.5-7] the board has a written report within 48 h" {
	local reported verdict
	grave
	log 09:05 1 leader-told wenbo --set to=qianjin
	log 09:10 1 board-told qianjin --set to=dongmei
	keep tickets/2026/11/YL261120001.yaml
	while read -r reported verdict; do
		put_back tickets/2026/11/YL261120001.yaml
		log "${reported/T/ }" YL261120001 board-report qianjin -t 报告
		prints "board-report [H3.5-7] 2026-11-22 09:10  $verdict" duties '2026-11-22 10:00' YL261120001 board-report
	done <<-'END'
		2026-11-22T09:10:00 in time at 2026-11-22 09:10 (#5)
		2026-11-22T09:10:01 LATE at 2026-11-22 09:10 (#5)
	END
}

@test "[H3.5-7] what went to the board is verified within 8 h of handling, by the developer's people with the company, and called back within 2 wd" {
	grave
	log 09:05 1 leader-told wenbo --set to=qianjin
	log 09:10 1 board-told qianjin --set to=dongmei
	log 12:00 1 finished zhaoqiang --result 换管
	local title='ticket-log: YL261120001: the developer'\''s service department verifies it together with the company: '
	refused 3 "${title}verified needs the fields text, checked-by [H3.5-7]" log 13:00 1 verified fangmin
	refused 3 "${title}checked-by has to name a person who signs and has the role supervisor, office-director, leader [H3.5-7]" \
		log 13:00 1 verified fangmin -t 已复验 --set checked-by=lihua
	refused 3 "${title}verified is recorded by the role developer-service; gaoxia does not have it [H3.5-7]" \
		log 13:00 1 verified gaoxia -t 已复验 --set checked-by=wenbo
	keep tickets/2026/11/YL261120001.yaml
	prints 'YL261120001#6' log 20:00:00 1 verified fangmin -t 已复验 --set checked-by=gaoxia
	prints 'verification [H3.5-7] 2026-11-20 20:00  in time at 2026-11-20 20:00 (#6)
complaint-verified [H3.5-7] 2026-11-24 18:00  open' duties 20:01 YL261120001 '\(verification\|complaint-verified\)'
	prints 'YL261120001#7' at '2026-11-24 18:00:00' callback-log YL261120001 --by lihua -a satisfied
	prints 'complaint-verified [H3.5-7] 2026-11-24 18:00  in time at 2026-11-24 18:00 (#7)' duties '2026-11-25 09:00' YL261120001 complaint-verified
	put_back tickets/2026/11/YL261120001.yaml
	log 20:00:01 1 verified fangmin -t 已复验 --set checked-by=gaoxia
	prints 'verification [H3.5-7] 2026-11-20 20:00  LATE at 2026-11-20 20:00 (#6)' duties 20:01 YL261120001 verification
}

@test "[H3.5-7] what never went to the board needs no verification" {
	grave
	log 09:05 1 solved-on-site wenbo -t 关阀
	log 12:00 1 finished zhaoqiang --result 换管
	run duties 12:01 YL261120001 verification
	output_is ''
}

@test "[H3.5-8] who heard it first is named, and told the outcome within 2 h" {
	refused 3 'ticket-open: who heard it first follows it to the end: opened needs the field first-asked [H3.5-8]' \
		at 09:00 ticket-open -q --by lihua -u 3-1201 -n 王女士 -p 13900010001 投诉楼下太吵
	take 09:00 投诉楼下太吵
	log 09:30 1 explained lihua -t 施工在许可时段内
	local title='ticket-log: YL261120001: the outcome goes to who heard it first: '
	refused 3 "${title}first-asked-told needs closed first, which is not recorded [H3.5-8]" log 09:40 1 first-asked-told lihua --set to=wanggang
	at 10:00 ticket-close -q 1 --by lihua -r 已解释 --invalid
	refused 3 "${title}to must be the same as opened.first-asked [H3.5-8]" log 10:10 1 first-asked-told lihua --set to=sunli
	keep tickets/2026/11/YL261120001.yaml
	prints 'YL261120001#4' log 12:00:00 1 first-asked-told lihua --set to=wanggang
	prints 'first-asked [H3.5-8] 2026-11-20 12:00  in time at 2026-11-20 12:00 (#4)' duties 12:01 YL261120001 first-asked
	put_back tickets/2026/11/YL261120001.yaml
	log 12:00:01 1 first-asked-told lihua --set to=wanggang
	prints 'first-asked [H3.5-8] 2026-11-20 12:00  LATE at 2026-11-20 12:00 (#4)' duties 12:01 YL261120001 first-asked
}

@test "after every step of the ladder the ledger checks" {
	grave
	log 09:05 1 leader-told wenbo --set to=qianjin
	log 09:40 1 board-told qianjin --set to=dongmei
	dispatch 10:00 1
	log 18:30 1 finished zhaoqiang --result 换管
	log 18:40 1 desk-told zhaoqiang
	log 19:00 1 verified fangmin -t 已复验 --set checked-by=gaoxia
	at 19:30 ticket-close -q 1 --by lihua -r 已换管 --valid
	log 19:40 1 first-asked-told lihua --set to=wanggang
	at 19:50 callback-log -q 1 --by lihua -a satisfied
	prints '' at '2026-11-21 09:00' ledger-check -q
}
@test "[H3.5-2][H3.5-3][H3.5-4][H3.5-5][H3.5-6][H3.5-7][H3.5-8] each step is for its own roles" {
	local step roles
	take 09:00 投诉爆管没人管
	log 09:02 1 departments-told lihua --set department=engineering
	while read -r step roles; do
		run --separate-stderr log 10:00 1 "$step" wanggang
		status_is 3
		[[ $stderr == *": $step is recorded by the role $roles; wanggang does not have it ["* ]]
	done <<-'END'
		dispatched desk, supervisor
		explained desk, supervisor
		unpersuaded desk, supervisor
		coordinated department-head
		cannot-meet department-head
		finished department-head, office-director, leader
		desk-told department-head, office-director, leader
		solved-on-site office-director, department-head
		leader-told office-director
		leader-report office-director
		solved-by-leader leader
		board-told leader
		board-report leader
		first-asked-told desk, supervisor
	END
}

@test "[H3.5-3] the department head says what was agreed, and the desk does not reopen the argument" {
	take 09:00 投诉物业费涨价，太差
	refused 3 'ticket-log: YL261120001: whoever is not persuaded is sent to a department head: unpersuaded needs the field text [H3.5-3]' \
		log 09:30 1 unpersuaded lihua
	log 09:30 1 unpersuaded lihua -t 仍不接受
	refused 3 'ticket-log: YL261120001: a department head sees whoever the desk does not persuade: coordinated needs the field text [H3.5-3]' \
		log 11:00 1 coordinated sunli
	log 11:00 1 coordinated sunli -t 面谈后接受
	refused 3 'ticket-log: YL261120001: whoever is not persuaded is sent to a department head: coordinated is recorded already, unpersuaded cannot come after it [H3.5-3]' \
		log 11:30 1 unpersuaded lihua -t 又不接受
}

@test "[H3.5-1][H3.5-2] the supervisor may take what lacks a name, and finish what no department had, with a reason" {
	prints 'YL261120001' at 09:00 ticket-open -q --by gaoxia --override 匿名 --set first-asked=gaoxia 投诉楼下太吵
	refused 3 'ticket-log: YL261120001: no department has been told of it [H3.5-2]' log 09:30 1 finished sunli --result 已劝离 --override 当场解决
	people_join gaoxia2 --name 高霞 --role supervisor --role department-head
	prints 'YL261120001#2' log 09:30 1 finished gaoxia2 --result 已劝离 --override 当场解决
}

@test "[H3.5-6] each of its words makes a matter grave" {
	local text
	for text in 物业太差，要起诉 已报警，没人管 业主集体投诉 业主联名投诉 电动车失窃，没人管 电动车被盗，没人管 楼道火灾，没人管; do
		id=$(take 09:00 "$text" 2>/dev/null)
		prints 'departments [H3.5-6] 2026-11-20 09:03  open' duties 09:00 "$id" departments
	done
}

@test "[H3.5-6][H3.5-7] an ordinary matter has no ladder" {
	local step
	take 09:00 投诉楼下太吵
	dispatch 10:00 1
	handle 11:00 1
	for step in departments-told solved-on-site leader-told leader-report solved-by-leader board-told board-report verified; do
		run --separate-stderr log 12:00 1 "$step" keeper --set to=wenbo -t 报告
		status_is 3
		[[ $stderr == "ticket-log: YL261120001: the policy has no step \"$step\" for this complaint"* ]]
	done
	# nor a clock of it, where a house tells its leaders of everything
	cat >"$BATS_TEST_TMPDIR/house.yaml" <<-'END'
		pack: house
		title: House
		source: decided by the head of the site
		steps:
		  - {step: [departments-told, leader-told, board-told], kind: complaint, clause: house-1}
	END
	cd "$BATS_TEST_TMPDIR"
	ledger-init -q house --pack complaint-handling --pack ./house.yaml --site YL --person keeper --test --now '2026-01-05 08:00'
	cd house
	at 09:00 ticket-open -q -u 3-1201 -n 王女士 -p 13900010001 --set first-asked=keeper 投诉楼下太吵
	for step in departments-told leader-told board-told; do
		at 09:01 ticket-log -q 1 "$step" --set to=keeper
	done
	prints 'dispatch [H3.5-2] 2026-11-20 21:00  in time at 2026-11-20 09:01 (#2)' duties 09:02 YL261120001
}

@test "[H3.5-6][H3.5-7] each rung stands on the one below, and says something" {
	local title="ticket-log: YL261120001: the head of the site"
	take 09:00 投诉爆管没人管
	refused 3 "$title tells the company's leader: leader-told needs departments-told first, which is not recorded [H3.5-6]" \
		log 09:01 1 leader-told wenbo --set to=qianjin
	log 09:02 1 departments-told lihua --set department=engineering
	refused 3 "$title reports to the leader in writing: leader-report needs leader-told first, which is not recorded [H3.5-6]" \
		log 09:03 1 leader-report wenbo -t 报告
	title='ticket-log: YL261120001: the leader'
	refused 3 "$title says how it was solved: solved-by-leader needs leader-told first, which is not recorded [H3.5-7]" \
		log 09:03 1 solved-by-leader qianjin -t 已调人
	log 09:05 1 leader-told wenbo --set to=qianjin
	refused 3 "$title says how it was solved: solved-by-leader needs the field text [H3.5-7]" log 09:06 1 solved-by-leader qianjin
	refused 3 "$title tells the board by telephone: board-told needs the field to [H3.5-7]" log 09:06 1 board-told qianjin
	refused 3 "$title reports to the board in writing: board-report needs board-told first, which is not recorded [H3.5-7]" \
		log 09:06 1 board-report qianjin -t 报告
	log 09:07 1 board-told qianjin --set to=dongmei
	refused 3 "$title reports to the board in writing: board-report needs the field text [H3.5-7]" log 09:08 1 board-report qianjin
	refused 3 "ticket-log: YL261120001: the developer's service department verifies it together with the company: verified needs finished first, which is not recorded [H3.5-7]" \
		log 09:08 1 verified fangmin -t 已复验 --set checked-by=wenbo
}

@test "[H3.5-6][H3.5-7] what is handled goes no further up" {
	grave
	log 09:07:00 1 finished zhaoqiang --result 关阀
	prints 'leader [H3.5-6] 2026-11-20 09:07  in time at 2026-11-20 09:07 (#3)' duties 09:10 YL261120001 leader
	take 09:00 投诉爆管没人管
	log 09:02 2 departments-told lihua --set department=engineering
	log 09:05 2 leader-told wenbo --set to=qianjin
	log 09:15:00 2 finished zhaoqiang --result 关阀
	prints 'board [H3.5-7] 2026-11-20 09:15  in time at 2026-11-20 09:15 (#4)' duties 09:20 YL261120002 board
}

@test "[H3.5-5][H3.5-7] each is called back by the desk, also what was verified, and unsatisfied reopens" {
	take 09:00 投诉爆管没人管
	dispatch 09:01 1
	handle 10:00 1
	log 10:01 1 desk-told sunli
	prints 'due,2026-11-24T18:00:00+08:00,desk,H3.5-5' columns status,due,roles,clause at 10:02 callback-due --format csv
	at 10:03 callback-log -q 1 --by lihua -a satisfied
	log 10:04 1 departments-told lihua --set department=engineering
	log 10:05 1 leader-told wenbo --set to=qianjin
	log 10:06 1 board-told qianjin --set to=dongmei
	log 10:07 1 verified fangmin -t 已复验 --set checked-by=wenbo
	prints 'due,2026-11-24T18:00:00+08:00,desk,H3.5-7' columns status,due,roles,clause at 10:08 callback-due --format csv
	run --separate-stderr at 11:00 callback-log 1 --by lihua -a unsatisfied --shortcomings 仍漏
	errors_are 'callback-log: YL261120001: reopened [H3.5-7]'
}

@test "[H3.5-4] who has handled it, or whose part it no longer is, cannot fail to" {
	local title='a department that cannot meet the date says why:'
	take 09:00 投诉楼下太吵
	dispatch 10:00 1
	handle 11:00 1
	refused 3 "ticket-log: YL261120001: $title finished is recorded already, cannot-meet cannot come after it [H3.5-4]" \
		log 11:30 1 cannot-meet sunli --reason 人手不足
	take 09:00 投诉楼下太吵
	dispatch 10:00 2
	log 10:30 2 explained lihua -t 施工在许可时段内
	at 11:00 ticket-close -q 2 --by lihua -r 已解释 --invalid
	refused 3 "ticket-log: YL261120002: $title closed is recorded already, cannot-meet cannot come after it [H3.5-4]" \
		log 11:30 2 cannot-meet sunli --reason 人手不足
}

@test "[H3.5-2][H3.5-3][H3.5-5][H3.5-8] whoever is not persuaded was dealt with in time; the desk closes, the supervisor also what nobody dealt with" {
	take 09:00 投诉楼下太吵
	log 21:00:00 1 unpersuaded lihua -t 仍不接受
	prints 'dispatch [H3.5-2] 2026-11-20 21:00  in time at 2026-11-20 21:00 (#2)' duties 21:01 YL261120001
	take 09:00 投诉车位被占
	refused 3 'ticket-close: YL261120002: the desk closes a complaint and says whether it was justified: closed is recorded by the role desk, supervisor; sunli does not have it [H3.5-3]' \
		at 21:10 ticket-close 2 --by sunli -r 撤诉 --invalid
	refused 3 'ticket-close: YL261120002: it is neither handled nor explained [H3.5-3 H3.5-5]' \
		at 21:10 ticket-close 2 --by lihua -r 撤诉 --invalid --override 撤诉
	prints 'YL261120002#2' at 21:10 ticket-close 2 --by gaoxia -r 撤诉 --invalid --override 撤诉
	refused 3 'ticket-log: YL261120002: the outcome goes to who heard it first: first-asked-told needs the field to [H3.5-8]' \
		log 21:20 2 first-asked-told lihua
}
@test "[H3.5-2] what is explained, or a grave matter's departments know of, has been passed on" {
	take 09:00 投诉楼下太吵
	log 21:00:00 1 explained lihua -t 施工在许可时段内
	prints 'dispatch [H3.5-2] 2026-11-20 21:00  in time at 2026-11-20 21:00 (#2)' duties 21:01 YL261120001
	take 09:00 投诉爆管没人管
	log 21:00:00 2 departments-told lihua --set department=engineering
	prints 'dispatch [H3.5-2] 2026-11-20 21:00  in time at 2026-11-20 21:00 (#2)' duties 21:01 YL261120002 dispatch
}


# pair PACK PACK: a ledger of both, and the people of this pack in it
pair() {
	cd "$BATS_TEST_TMPDIR"
	ledger-init -q "$1+$2" --pack "$1" --pack "$2" --site YL --person keeper --test --now '2026-01-05 08:00' && cd "$1+$2"
	people_join lihua --name 李华 --role desk
	people_join meizhen --name 陈美珍 --role officer
	people_join wanggang --name 王刚 --role worker
	people_join zhaoqiang --name 赵强 --role department-head --department engineering
	people_join wenbo --name 温博 --role office-director
	people_join qianjin --name 钱进 --role leader --role "$3"
}

@test "with the residents' centre, in either order, what both ask for adds up" {
	local packs
	for packs in 'complaint-handling resident-centre' 'resident-centre complaint-handling'; do
		# shellcheck disable=SC2086
		pair $packs manager
		prints 'YL261120001' take 09:00 投诉爆管没人管
		log 09:02 1 departments-told lihua --set department=engineering
		log 09:05 1 solved-on-site wenbo -t 关阀
		log 10:00 1 finished zhaoqiang --result 换管
		log 10:30 1 desk-told zhaoqiang
		refused 3 'ticket-close: YL261120001: a complaint is found valid or not and why: closed needs the field reason [H2.A-11]' \
			at 10:40 ticket-close 1 --by lihua -r 已换管 --valid
		at 10:40 ticket-close -q 1 --by lihua -r 已换管 --valid --reason 管道老化
		prints 'manager,major-complaint,H2.A-1
desk,complaint-handled,H3.5-5' columns roles,rule,clause at 10:41 callback-due --format csv
		prints '' at 10:41 ledger-check -q
	done
}

@test "with the service regulations, in either order, what both ask for adds up" {
	local packs
	for packs in 'complaint-handling service-rules' 'service-rules complaint-handling'; do
		# shellcheck disable=SC2086
		pair $packs director
		prints 'YL261120001' take 09:00 投诉楼下太吵
		prints 'investigate [H3.4-16b] 2026-11-20 23:59  open
dispatch [H3.5-2] 2026-11-20 21:00  open' eval 'duties 09:01 YL261120001 | sort -r'
		log 09:30 1 explained lihua -t 施工在许可时段内 --set answer=satisfied
		log 09:40 1 decided qianjin -t 按解释答复 --set department=engineering
		refused 3 'ticket-close: YL261120001: a complaint closes with a written answer: closed needs answered first, which is not recorded [H3.4-16f]' \
			at 10:00 ticket-close 1 --by lihua -r 已解释 --invalid --reason 时段许可
		log 10:00 1 answered zhaoqiang -t 施工在许可时段内
		prints 'YL261120001#5' at 10:10 ticket-close 1 --by lihua -r 已解释 --invalid --reason 时段许可
		prints 'officer,complaint-answered,H3.4-17' columns roles,rule,clause at 10:41 callback-due --format csv
		prints '' at 10:41 ledger-check -q
	done
}

@test "[ours] records are corrected by those who answer for them" {
	take 09:00 投诉楼下太吵
	dispatch 10:00 1
	handle 11:00 1
	books_mended YL261120001 wanggang 'supervisor, office-director, leader' 'desk, supervisor'
}

#!/usr/bin/env bats
# Regulation H3.5 as the pack complaint-handling keeps it: for each duty what is refused, what is accepted, until when, and who
# has to be told. 20 November 2026 is a Friday; of National Day 2026, Thursday 1 to Wednesday 7 October are off and Saturday the
# 10th is worked.
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
dispatch() {
	log "$1" "$2" dispatched lihua --set to=${4-sunli} --set answer-by="$day ${3-18:00}" -t 属实，一般投诉，劝离
}
handle() { log "$1" "$2" finished sunli --result 已劝离; }

# back TIME ID: the head of security has told the desk, and the desk has looked
back() {
	log "$1" "$2" desk-told sunli
	log "$1" "$2" handling-checked lihua -t 现场已安静
}

# duties TIME ID [RULE]: as ticket-show words them
duties() {
	at "$1" ticket-show "$2" | sed -n 's/^  \([a-z0-9-]* \[.*\)/\1/p' | grep "^${3:-}"
}

# owed TIME [RULE]: what is owed, until when
owed() {
	columns status,due,deadline,until,clause at "$1" ticket-due --format csv | grep ",${2:+$2,}" || :
}

@test "[H3.5-1a] a complaint is taken with name, address, telephone and subject, by others than the desk with the time" {
	local title='ticket-open: a complaint is taken with name, address, telephone and subject: opened needs the'
	local own=(--by wanggang --set first-asked=wanggang)
	refused 3 "$title fields customer.name, customer.phone [H3.5-1a]" \
		at 09:00 ticket-open -q "${own[@]}" --set heard-at=08:50 -u 3-1201 投诉楼下太吵
	refused 3 "$title field customer.phone [H3.5-1a]" \
		at 09:00 ticket-open -q "${own[@]}" --set heard-at=08:50 -u 3-1201 -n 王女士 投诉楼下太吵
	refused 3 'ticket-open: a complaint is taken with the unit or the address of whoever complains [H3.5-1a]' \
		at 09:00 ticket-open -q "${own[@]}" --set heard-at=08:50 -n 王女士 -p 13900010001 投诉楼下太吵
	refused 3 'ticket-open: whoever is not at the desk says with heard-at when it was heard: opened is recorded by the role desk, supervisor; wanggang does not have it [H3.5-1a]' \
		at 09:00 ticket-open -q --by wanggang "${heard[@]}" 投诉楼下太吵
	run --separate-stderr at 09:00 ticket-open -q -k complaint --by lihua "${heard[@]}"
	status_is 2
	prints 'YL261120001' at 09:00 ticket-open -q --by wanggang "${heard[@]}" --set heard-at=08:50 投诉楼下太吵
	prints 'YL261120002' at 09:00 ticket-open -q --by lihua -n 路人 -p 13900010009 --set customer.address=对面大楼 \
		--set first-asked=wanggang 投诉楼下太吵
}

@test "[H3.5-1a] the supervisor may take what lacks a name, with a reason" {
	refused 3 'ticket-open: a complaint is taken with name, address, telephone and subject: opened needs the fields customer.name, customer.phone [H3.5-1a]' \
		at 09:00 ticket-open -q --by lihua --override 匿名 -u 3-1201 --set first-asked=lihua 投诉楼下太吵
	prints 'YL261120001' at 09:00 ticket-open -q --by gaoxia --override 匿名 --set first-asked=gaoxia 投诉楼下太吵
}

@test "[H3.5-1b] what is heard reaches the desk within 24 h" {
	local heard_at verdict
	while read -r heard_at verdict; do
		id=$(take 09:00:00 --set heard-at="${heard_at/T/ }" 投诉楼下太吵)
		prints "relay [H3.5-1b] $verdict" duties 09:00:00 "$id" relay
	done <<-'END'
		2026-11-19T09:00:00 2026-11-20 09:00  in time at 2026-11-20 09:00 (#1)
		2026-11-19T08:59:59 2026-11-20 08:59  LATE at 2026-11-20 09:00 (#1)
	END
	# heard by the desk itself: nothing to relay
	id=$(take 09:00:00 投诉楼下太吵)
	run duties 09:00 "$id" relay
	output_is ''
}

@test "[H3.5-2a H3.5-2c] the desk says what it finds and how to handle it, and asks for an answer by a date" {
	take 09:00 投诉楼下太吵
	local title='ticket-log: YL261120001: the desk passes it on and asks for an answer by a date: dispatched' to=(--set to=sunli)
	refused 3 "$title needs the field answer-by [H3.5-2c]" log 10:00 1 dispatched lihua "${to[@]}" -t 属实，劝离
	refused 3 "$title is recorded by the role desk, supervisor; sunli does not have it [H3.5-2c]" \
		log 10:00 1 dispatched sunli "${to[@]}" --set answer-by=18:00 -t 属实，劝离
	title='ticket-log: YL261120001: the desk analyses kind and degree, and says how to handle it: '
	refused 3 "${title}dispatched needs the field text [H3.5-2a]" log 10:00 1 dispatched lihua "${to[@]}" --set answer-by=18:00
	run --separate-stderr log 10:00 1 dispatched lihua "${to[@]}" --set answer-by=18:00 -t 无
	status_is 3
	[[ $stderr == "$title"*'[H3.5-2a]' ]]
	prints 'YL261120001#2' log 10:00 1 dispatched lihua "${to[@]}" --set answer-by=18:00 -t 属实，一般投诉，劝离
}

@test "[H3.5-2b] a complaint goes to the head of the department concerned within 12 h; nobody else counts" {
	take 09:00 投诉楼下太吵
	prints 'due,2026-11-20T21:00:00+08:00,dispatch,dispatched departments-told explained unpersuaded,H3.5-2b' owed 21:00:00 dispatch
	prints 'overdue,2026-11-20T21:00:00+08:00,dispatch,dispatched departments-told explained unpersuaded,H3.5-2b' owed 21:00:01 dispatch
	local to title='ticket-log: YL261120001: it is passed to the head of the department concerned: dispatched goes to the head of security (sunli);'
	for to in zhaoqiang lihua keeper; do
		refused 3 "$title $to is not [H3.5-2b]" log 20:00 1 dispatched lihua --set to=$to --set answer-by=23:00 -t 属实，劝离
	done
	refused 3 "$title name in to who that is [H3.5-2b]" log 20:00 1 dispatched lihua --set answer-by=23:00 -t 属实，劝离
	refused 3 'ticket-log: YL261120001: no department has been told of it [H3.5-2b]' handle 20:00 1
	prints 'due,2026-11-20T21:00:00+08:00,dispatch,dispatched departments-told explained unpersuaded,H3.5-2b' owed 20:00 dispatch
	prints 'YL261120001#2' dispatch 21:00:00 1 23:00
	prints 'dispatch [H3.5-2b] 2026-11-20 21:00  in time at 2026-11-20 21:00 (#2)' duties 21:00 YL261120001 'dispatch '
	prints '' owed 21:00:01 dispatch
	take 09:00 投诉车位被占
	dispatch 21:00:01 2 23:00
	prints 'dispatch [H3.5-2b] 2026-11-20 21:00  LATE at 2026-11-20 21:00 (#2)' duties 21:01 YL261120002 'dispatch '
}

@test "[H3.5-2b] what is explained, or a grave matter's departments know of, has been passed on" {
	take 09:00 投诉楼下太吵
	log 21:00:00 1 explained lihua -t 施工在许可时段内
	prints 'dispatch [H3.5-2b] 2026-11-20 21:00  in time at 2026-11-20 21:00 (#2)' duties 21:01 YL261120001
	take 09:00 投诉楼下太吵
	log 21:00:00 2 unpersuaded lihua -t 仍不接受
	prints 'dispatch [H3.5-2b] 2026-11-20 21:00  in time at 2026-11-20 21:00 (#2)' duties 21:01 YL261120002
	take 09:00 投诉爆管没人管
	log 21:00:00 3 departments-told lihua --set to=zhaoqiang
	prints 'dispatch [H3.5-2b] 2026-11-20 21:00  in time at 2026-11-20 21:00 (#2)' duties 21:01 YL261120003 dispatch
}

@test "[H3.5-2b] the supervisor may have finished what no department had, with a reason" {
	take 09:00 投诉楼下太吵
	people_join gaoxia2 --name 高霞 --role supervisor --role department-head --department security
	refused 3 'ticket-log: YL261120001: no department has been told of it [H3.5-2b]' log 09:30 1 finished sunli --result 已劝离 --override 当场解决
	prints 'YL261120001#2' log 09:30 1 finished gaoxia2 --result 已劝离 --override 当场解决
}

@test "[H3.5-2d] the department answers by the date it was given, by its own head" {
	local end verdict
	while read -r end verdict; do
		id=$(take 09:00 投诉楼下太吵)
		dispatch 10:00 "$id"
		prints 'due,2026-11-20T18:00:00+08:00,department-answer,finished,H3.5-2d' eval 'owed 18:00:00 department-answer '
		refused 3 "ticket-log: $id: the department says what it has done: finished needs the field result [H3.5-2d]" log 11:00 "$id" finished sunli
		run --separate-stderr log 11:00 "$id" finished zhaoqiang --result 已劝离
		status_is 3
		[[ $stderr == *'finished is recorded by the head of security (sunli)'*'; zhaoqiang is not [H3.5-2d]' ]]
		handle "$end" "$id"
		prints "department-answer [H3.5-2d] 2026-11-20 18:00  $verdict" duties 18:01 "$id" department-answer
		prints '' owed 18:01 department-answer
	done <<-'END'
		18:00:00 in time at 2026-11-20 18:00 (#3)
		18:00:01 LATE at 2026-11-20 18:00 (#3)
	END
}

@test "[H3.5-3a] what is unjustified is explained, on record, before it is closed" {
	take 09:00 投诉楼下太吵
	local title='ticket-log: YL261120001: what is unjustified is explained patiently: explained'
	refused 3 "$title needs the field text [H3.5-3a]" log 09:30 1 explained lihua
	refused 3 "$title is recorded by the role desk, supervisor; sunli does not have it [H3.5-3a]" log 09:30 1 explained sunli -t 施工在许可时段内
	refused 3 'ticket-close: YL261120001: it is neither handled nor explained [H3.5-3a H3.5-5a]' at 09:40 ticket-close 1 --by lihua -r 好了 --valid
	dispatch 09:40 1
	handle 09:45 1
	back 09:50 1
	refused 3 'ticket-close: YL261120001: what is unjustified is explained to whoever complains, before it is closed [H3.5-3a]' \
		at 10:00 ticket-close 1 --by lihua -r 不属实 --invalid
	prints 'YL261120001#6' log 10:00 1 explained lihua -t 施工在许可时段内
	refused 3 'ticket-close: YL261120001: the desk closes a complaint and says whether it was justified: closed needs the field valid [H3.5-3a]' \
		at 10:00 ticket-close 1 --by lihua -r 已解释
	refused 3 'ticket-close: YL261120001: the desk closes a complaint and says whether it was justified: closed is recorded by the role desk, supervisor; sunli does not have it [H3.5-3a]' \
		at 10:00 ticket-close 1 --by sunli -r 已解释 --invalid
	prints 'YL261120001#7' at 10:00 ticket-close 1 --by lihua -r 已解释 --invalid
}

@test "[H3.5-3a] the supervisor may close what nobody dealt with, with a reason" {
	take 09:00 投诉车位被占
	refused 3 'ticket-close: YL261120001: what is unjustified is explained to whoever complains, before it is closed [H3.5-3a]' \
		at 21:10 ticket-close 1 --by lihua -r 查无此事 --invalid --override 查无此事
	prints 'YL261120001#2' at 21:10 ticket-close 1 --by gaoxia -r 查无此事 --invalid --override 查无此事
}

@test "[H3.5-3b] who is not persuaded sees the head of the department, before it is closed" {
	take 09:00 投诉楼下太吵
	local title='ticket-log: YL261120001: the department head sees whoever the desk does not persuade: coordinated'
	refused 3 'ticket-log: YL261120001: whoever is not persuaded is sent to a department head: unpersuaded needs the field text [H3.5-3a H3.5-3b]' \
		log 09:30 1 unpersuaded lihua
	refused 3 "$title needs unpersuaded first, which is not recorded [H3.5-3b]" log 09:30 1 coordinated sunli -t 面谈
	prints 'YL261120001#2' log 09:30 1 unpersuaded lihua -t 仍不接受
	refused 3 'ticket-close: YL261120001: the department head sees whoever the desk does not persuade: closed needs coordinated first, which is not recorded [H3.5-3b]' \
		at 10:00 ticket-close 1 --by lihua -r 已解释 --invalid
	refused 3 "$title is recorded by the head of security (sunli); lihua is not [H3.5-3b]" log 09:40 1 coordinated lihua -t 面谈
	refused 3 "$title is recorded by the head of security (sunli); zhaoqiang is not [H3.5-3b]" log 09:40 1 coordinated zhaoqiang -t 面谈
	refused 3 "$title needs the field text [H3.5-3b]" log 11:00 1 coordinated sunli
	prints 'YL261120001#3' log 11:00 1 coordinated sunli -t 面谈后接受
	refused 3 'ticket-log: YL261120001: whoever is not persuaded is sent to a department head: coordinated is recorded already, unpersuaded cannot come after it [H3.5-3a H3.5-3b]' \
		log 11:30 1 unpersuaded lihua -t 又不接受
	prints 'YL261120001#4' at 11:30 ticket-close 1 --by lihua -r 已解释 --invalid
}

@test "[H3.5-4a] a department that cannot meet the date tells the desk within 2 h of the dispatch, by its own head, with the reason" {
	local told verdict title
	while read -r told verdict; do
		id=$(take 09:00 投诉楼下太吵)
		dispatch 10:00 "$id"
		[[ $told == - ]] || log "$told" "$id" cannot-meet sunli --reason 人手不足
		handle 18:00:01 "$id"
		prints "cannot-meet [H3.5-4a] 2026-11-20 12:00  $verdict" duties 18:01 "$id" cannot-meet
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
	title="ticket-log: $id: a department that cannot meet the date says why: cannot-meet"
	refused 3 "$title needs dispatched first, which is not recorded [H3.5-4a]" log 10:00 "$id" cannot-meet sunli --set to=lihua --reason 人手不足
	dispatch 10:00 "$id"
	refused 3 "$title needs the field reason [H3.5-4a]" log 10:01 "$id" cannot-meet sunli
	refused 3 "$title is recorded by the head of security (sunli); zhaoqiang is not [H3.5-4a]" log 10:01 "$id" cannot-meet zhaoqiang --reason 人手不足
	refused 3 "$title goes to the role desk (lihua) or the role supervisor (gaoxia); wenbo is not [H3.5-4a]" \
		log 10:01 "$id" cannot-meet sunli --set to=wenbo --reason 人手不足
	# whoever passed it on is told, without being named
	log 10:02 "$id" cannot-meet sunli --reason 人手不足
	grep -A12 '^event: cannot-meet' "tickets/2026/11/$id.yaml" | grep -qx 'to: lihua'
}

@test "[H3.5-4a] who has handled it, or whose part it no longer is, cannot fail to" {
	local title='a department that cannot meet the date says why:'
	take 09:00 投诉楼下太吵
	dispatch 10:00 1
	handle 11:00 1
	refused 3 "ticket-log: YL261120001: $title finished is recorded already, cannot-meet cannot come after it [H3.5-4a]" \
		log 11:30 1 cannot-meet sunli --reason 人手不足
	take 09:00 投诉楼下太吵
	dispatch 10:00 2
	log 10:30 2 explained lihua -t 施工在许可时段内
	at 11:00 ticket-close -q 2 --by lihua -r 已解释 --invalid
	refused 3 "ticket-log: YL261120002: $title closed is recorded already, cannot-meet cannot come after it [H3.5-4a]" \
		log 11:30 2 cannot-meet sunli --reason 人手不足
}

@test "[H3.5-4b] the desk tells the customer within 2 h that the date will not be met" {
	local title='ticket-log: YL261120001: the desk tells the customer that the date will not be met: customer-told' told verdict
	take 09:00 投诉楼下太吵
	dispatch 10:00 1
	refused 3 "$title needs cannot-meet first, which is not recorded [H3.5-4b]" log 10:30 1 customer-told lihua -t 明日答复
	log 11:00 1 cannot-meet sunli --reason 人手不足
	prints 'due,2026-11-20T13:00:00+08:00,customer-told,customer-told,H3.5-4b' owed 13:00:00 customer-told
	prints 'overdue,2026-11-20T13:00:00+08:00,customer-told,customer-told,H3.5-4b' owed 13:00:01 customer-told
	refused 3 "$title needs the field text [H3.5-4b]" log 12:00 1 customer-told lihua
	refused 3 "$title is recorded by the role desk, supervisor; sunli does not have it [H3.5-4b]" log 12:00 1 customer-told sunli -t 明日答复
	keep tickets/2026/11/YL261120001.yaml
	while read -r told verdict; do
		put_back tickets/2026/11/YL261120001.yaml
		prints 'YL261120001#4' log "$told" 1 customer-told lihua -t 人手不足，明日上午答复
		prints "customer-told [H3.5-4b] 2026-11-20 13:00  $verdict" duties 13:01 YL261120001 customer-told
		prints '' owed 13:01 customer-told
	done <<-'END'
		13:00:00 in time at 2026-11-20 13:00 (#4)
		13:00:01 LATE at 2026-11-20 13:00 (#4)
	END
}

@test "[H3.5-4c] the department verifies a complaint and organises the work by the next working day" {
	local title='ticket-log: YL261120001: the department verifies a complaint and organises the work: organised' step verdict
	take 09:00 投诉楼下太吵
	refused 3 "$title needs dispatched first, which is not recorded [H3.5-4c]" log 09:30 1 organised sunli -t 属实，已派人
	log 10:00 1 dispatched lihua --set to=sunli --set answer-by='2026-11-27 18:00' -t 属实，一般投诉，劝离
	prints 'due,2026-11-23T18:00:00+08:00,organised,H3.5-4c' eval 'owed "2026-11-23 18:00:00" organised | cut -d, -f1-3,5'
	prints 'overdue,2026-11-23T18:00:00+08:00,organised,H3.5-4c' eval 'owed "2026-11-23 18:00:01" organised | cut -d, -f1-3,5'
	refused 3 "$title is recorded by the head of security (sunli); zhaoqiang is not [H3.5-4c]" log 11:00 1 organised zhaoqiang -t 属实，已派人
	refused 3 "$title needs the field text [H3.5-4c]" log 11:00 1 organised sunli
	keep tickets/2026/11/YL261120001.yaml
	while read -r step verdict; do
		put_back tickets/2026/11/YL261120001.yaml
		log "${step/T/ }" YL261120001 organised sunli -t 属实，已派人
		prints "organised [H3.5-4c] 2026-11-23 18:00  $verdict" duties '2026-11-23 18:01' YL261120001 organised
		prints '' owed '2026-11-23 18:01' organised
	done <<-'END'
		2026-11-23T18:00:00 in time at 2026-11-23 18:00 (#3)
		2026-11-23T18:00:01 LATE at 2026-11-23 18:00 (#3)
	END
	# what is done, or explained, needs no arranging any more
	put_back tickets/2026/11/YL261120001.yaml
	handle 11:00 YL261120001
	prints 'organised [H3.5-4c] 2026-11-23 18:00  in time at 2026-11-20 11:00 (#3)' duties 12:00 YL261120001 organised
	refused 3 "${title%: organised}: finished is recorded already, organised cannot come after it [H3.5-4c]" log 11:30 YL261120001 organised sunli -t 属实，已派人
	put_back tickets/2026/11/YL261120001.yaml
	log 11:00 YL261120001 explained lihua -t 施工在许可时段内
	prints 'organised [H3.5-4c] 2026-11-23 18:00  in time at 2026-11-20 11:00 (#3)' duties 12:00 YL261120001 organised
}

@test "[H3.5-5a] handled: the department's own head tells the desk within 2 h" {
	local told verdict title
	while read -r told verdict; do
		id=$(take 09:00 投诉楼下太吵)
		title="ticket-log: $id: what is handled comes back to the desk: desk-told"
		dispatch 10:00 "$id"
		refused 3 "$title needs finished first, which is not recorded [H3.5-5a]" log 10:30 "$id" desk-told sunli
		handle 11:00 "$id"
		prints 'due,2026-11-20T13:00:00+08:00,back-to-desk,H3.5-5a' eval 'owed 13:00:00 back-to-desk | cut -d, -f1-3,5'
		refused 3 "$title is recorded by the head of security (sunli); zhaoqiang is not [H3.5-5a]" log 11:30 "$id" desk-told zhaoqiang
		refused 3 "$title is recorded by the head of security (sunli); wenbo is not [H3.5-5a]" log 11:30 "$id" desk-told wenbo
		refused 3 "$title goes to the role desk (lihua) or the role supervisor (gaoxia); wanggang is not [H3.5-5a]" \
			log 11:30 "$id" desk-told sunli --set to=wanggang
		refused 3 "ticket-close: $id: the desk closes what has come back to it: closed needs desk-told first, which is not recorded [H3.5-5a]" \
			at 11:40 ticket-close "$id" --by lihua -r 好了 --valid
		log "$told" "$id" desk-told sunli
		prints "back-to-desk [H3.5-5a] 2026-11-20 13:00  $verdict" duties 13:01 "$id" back-to-desk
		prints '' owed 13:01 back-to-desk
	done <<-'END'
		13:00:00 in time at 2026-11-20 13:00 (#4)
		13:00:01 LATE at 2026-11-20 13:00 (#4)
	END
}

@test "[H3.5-5b] the desk verifies what was handled, before it closes" {
	local title='ticket-log: YL261120001: the desk verifies that it was handled: handling-checked'
	take 09:00 投诉楼下太吵
	dispatch 10:00 1
	handle 11:00 1
	refused 3 "$title needs desk-told first, which is not recorded [H3.5-5b]" log 11:10 1 handling-checked lihua -t 现场已安静
	log 11:10 1 desk-told sunli
	refused 3 'ticket-close: YL261120001: the desk closes what it has verified: closed needs handling-checked first, which is not recorded [H3.5-5b]' \
		at 11:20 ticket-close 1 --by lihua -r 好了 --valid
	refused 3 "$title needs the field text [H3.5-5b]" log 11:20 1 handling-checked lihua
	refused 3 "$title is recorded by the role desk, supervisor; sunli does not have it [H3.5-5b]" log 11:20 1 handling-checked sunli -t 现场已安静
	prints 'YL261120001#5' log 11:20 1 handling-checked lihua -t 现场已安静
	prints 'YL261120001#6' at 11:20 ticket-close 1 --by lihua -r 好了 --valid
}

@test "[H3.5-5c] called back within 2 wd of what came back to the desk, by the desk; unsatisfied reopens" {
	take 09:00 投诉楼下太吵
	dispatch 10:00 1
	handle 11:00 1
	prints '' at 12:00 callback-due
	log 12:00 1 desk-told sunli
	# Friday: two working days on is Tuesday, when the desk closes
	prints 'due,2026-11-24T18:00:00+08:00,desk,H3.5-5c' columns status,due,roles,clause at 12:01 callback-due --format csv
	run --separate-stderr at 13:00 callback-log 1 --by sunli -a satisfied
	errors_are 'callback-log: YL261120001: does not count as the callback complaint-handled [H3.5-5c]: it has to be made by desk
callback-log: YL261120001: settles no callback that is owed'
	keep tickets/2026/11/YL261120001.yaml
	prints 'YL261120001#6' at '2026-11-24 18:00:00' callback-log YL261120001 --by lihua -a satisfied
	prints 'complaint-handled [H3.5-5c] 2026-11-24 18:00  in time at 2026-11-24 18:00 (#6)' duties '2026-11-25 09:00' YL261120001 complaint-handled
	put_back tickets/2026/11/YL261120001.yaml
	run --separate-stderr at '2026-11-24 18:00:01' callback-log YL261120001 --by lihua -a unsatisfied --shortcomings 还是吵
	errors_are 'callback-log: YL261120001: reopened [H3.5-5c]'
	prints 'complaint-handled [H3.5-5c] 2026-11-24 18:00  LATE at 2026-11-24 18:00 (#6)' duties '2026-11-25 09:00' YL261120001 complaint-handled
	prints 'open' columns state ticket-list --format csv
}

@test "[H3.5-5c] the 2 wd leave National Day out" {
	day=2026-09-30
	take 09:00 投诉楼下太吵
	dispatch 10:00 1
	handle 11:00 1
	log 12:00 1 desk-told sunli
	prints 'complaint-handled [H3.5-5c] 2026-10-09 18:00  open' duties 12:01 YL260930001 complaint-handled
}

# A burst pipe, taken at 09:00; at 09:02 the department and the head of the site are told.
grave() {
	take 09:00 投诉爆管没人管 2>/dev/null
	departments 09:02 1
	log 09:02 1 site-told lihua --set to=wenbo
}

# departments TIME ID: engineering is told
departments() { log "$1" "$2" departments-told lihua --set to=zhaoqiang; }

# ladder: it went to the leader at 09:05, and to the board at 09:10
ladder() {
	grave
	log 09:05 1 leader-told wenbo --set to=qianjin
	log 09:10 1 board-told qianjin --set to=dongmei
}

@test "[H3.5-6a] emergencies, grave matters and the developer's are known by their words" {
	local text
	for text in 投诉爆管没人管 投诉：困在电梯里没人管 投诉：再不处理就找媒体 投诉：孩子在泳池受伤 投诉房屋质量太差 \
		物业太差，要起诉 已报警，没人管 业主集体投诉 业主联名投诉 电动车失窃，没人管 电动车被盗，没人管 楼道火灾，没人管; do
		id=$(take 09:00 "$text" 2>/dev/null)
		prints 'departments [H3.5-6a] 2026-11-20 09:03  open' duties 09:00 "$id" departments
	done
	id=$(take 09:00 投诉楼下太吵)
	prints 'dispatch [H3.5-2b] 2026-11-20 21:00  open' duties 09:00 "$id"
}

@test "[H3.5-6a] the departments are told within 3 min, by the desk or who heard it; only people there count" {
	local title='ticket-log: YL261120001: the departments of a grave matter are told at once: departments-told' to
	take 09:00:00 投诉爆管没人管
	refused 3 "$title goes to the head of engineering (zhaoqiang); name in to who that is [H3.5-6a]" log 09:01 1 departments-told lihua
	for to in sunli lihua qianjin keeper; do
		run --separate-stderr log 09:01 1 departments-told lihua --set to=$to
		status_is 3
		[[ $stderr == "$title goes to "*"; $to is not [H3.5-6a]" ]]
	done
	refused 3 "$title is recorded by the role desk, supervisor, or by whoever recorded today what it mends; wanggang does not have it, and did not [H3.5-6a]" \
		log 09:01 1 departments-told wanggang --set to=zhaoqiang
	prints 'due,2026-11-20T09:03:00+08:00,departments,H3.5-6a' eval 'owed 09:03:00 departments | cut -d, -f1-3,5'
	keep tickets/2026/11/YL261120001.yaml
	prints 'YL261120001#2' departments 09:03:00 1
	prints 'departments [H3.5-6a] 2026-11-20 09:03  in time at 2026-11-20 09:03 (#2)' duties 09:10 YL261120001 departments
	put_back tickets/2026/11/YL261120001.yaml
	departments 09:03:01 1
	prints 'departments [H3.5-6a] 2026-11-20 09:03  LATE at 2026-11-20 09:03 (#2)' duties 09:10 YL261120001 departments
	prints '' owed 09:10 departments
	# who heard it tells them too; the developer's people are told of what is the developer's
	prints 'YL261120002' at 09:00 ticket-open -q --by wanggang "${heard[@]}" --set heard-at=09:00 投诉房屋质量太差
	prints 'YL261120002#2' log 09:01 2 departments-told wanggang --set to=fangmin
}

@test "[H3.5-6b] the head of the site is told with the departments; only that head counts" {
	take 09:00 投诉爆管没人管
	prints 'due,2026-11-20T09:03:00+08:00,site,H3.5-6b' eval 'owed 09:03:00 site | cut -d, -f1-3,5'
	refused 3 'ticket-log: YL261120001: the head of the site is told: site-told goes to the role office-director (wenbo); zhaoqiang is not [H3.5-6b]' \
		log 09:02 1 site-told lihua --set to=zhaoqiang
	departments 09:02 1
	prints 'YL261120001#3' log 09:03:01 1 site-told lihua --set to=wenbo
	prints 'site [H3.5-6b] 2026-11-20 09:03  LATE at 2026-11-20 09:03 (#3)' duties 09:10 YL261120001 'site '
	# what the site or the department has dealt with waits for nobody
	take 09:00 投诉爆管没人管
	departments 09:02 2
	log 09:03 2 solved-on-site zhaoqiang -t 关阀
	prints 'site [H3.5-6b] 2026-11-20 09:03  in time at 2026-11-20 09:03 (#3)' duties 09:10 YL261120002 'site '
	refused 3 'ticket-log: YL261120002: the head of the site is told: solved-on-site is recorded already, site-told cannot come after it [H3.5-6b]' \
		log 09:04 2 site-told lihua --set to=wenbo
}

@test "[H3.5-6b] what the site cannot solve goes to the leader within 5 min of its head's own receipt; only a leader counts" {
	local to title='ticket-log: YL261120001: the head of the site tells the company'\''s leader: leader-told'
	take 09:00 投诉爆管没人管 2>/dev/null
	refused 3 "$title needs departments-told first, which is not recorded [H3.5-6b]" log 09:01 1 leader-told wenbo --set to=qianjin
	departments 09:02 1
	refused 3 "$title needs site-told first, which is not recorded [H3.5-6b]" log 09:02 1 leader-told wenbo --set to=qianjin
	# the clock is that of the head, whenever the departments were told
	prints '' owed 09:08 leader
	log 09:20 1 site-told lihua --set to=wenbo
	prints 'due,2026-11-20T09:25:00+08:00,leader,H3.5-6b' eval 'owed 09:25:00 leader | cut -d, -f1-3,5'
	# silence does not end it
	prints 'overdue,2026-11-20T09:25:00+08:00,leader,H3.5-6b' eval 'owed 09:25:01 leader | cut -d, -f1-3,5'
	refused 3 "$title goes to the role leader (qianjin); name in to who that is [H3.5-6b]" log 09:21 1 leader-told wenbo
	for to in gaoxia dongmei wenbo keeper; do
		refused 3 "$title goes to the role leader (qianjin); $to is not [H3.5-6b]" log 09:21 1 leader-told wenbo --set to=$to
	done
	refused 3 "$title is recorded by the role office-director; lihua does not have it [H3.5-6b]" log 09:21 1 leader-told lihua --set to=qianjin
	keep tickets/2026/11/YL261120001.yaml
	prints 'YL261120001#4' log 09:25:00 1 leader-told wenbo --set to=qianjin
	prints 'leader [H3.5-6b] 2026-11-20 09:25  in time at 2026-11-20 09:25 (#4)' duties 09:26 YL261120001 'leader '
	prints '' owed 09:26 leader
	put_back tickets/2026/11/YL261120001.yaml
	log 09:25:01 1 leader-told wenbo --set to=qianjin
	prints 'leader [H3.5-6b] 2026-11-20 09:25  LATE at 2026-11-20 09:25 (#4)' duties 09:26 YL261120001 'leader '
}

@test "[H3.5-6b] what the site solves, and says so, goes no further" {
	local title='ticket-log: YL261120001: the site says how it solved it: solved-on-site'
	take 09:00 投诉爆管没人管
	refused 3 "$title needs departments-told first, which is not recorded [H3.5-6b]" log 09:01 1 solved-on-site wenbo -t 关阀
	departments 09:02 1
	log 09:02 1 site-told lihua --set to=wenbo
	refused 3 "$title needs the field text [H3.5-6b]" log 09:05 1 solved-on-site wenbo
	run --separate-stderr log 09:05 1 solved-on-site sunli -t 关阀
	status_is 3
	[[ $stderr == "$title is recorded by "*'; sunli is not [H3.5-6b]' ]]
	prints 'YL261120001#4' log 09:05 1 solved-on-site zhaoqiang -t 关阀
	prints 'dispatch [H3.5-2b] 2026-11-20 21:00  in time at 2026-11-20 09:02 (#2)
departments [H3.5-6a] 2026-11-20 09:03  in time at 2026-11-20 09:02 (#2)
site [H3.5-6b] 2026-11-20 09:03  in time at 2026-11-20 09:02 (#3)
leader [H3.5-6b] 2026-11-20 09:07  in time at 2026-11-20 09:05 (#4)' duties 09:10 YL261120001
	# nor does what is handled by then
	take 09:00 投诉爆管没人管
	departments 09:02 2
	log 09:02 2 site-told lihua --set to=wenbo
	log 09:07:00 2 finished zhaoqiang --result 关阀
	prints 'leader [H3.5-6b] 2026-11-20 09:07  in time at 2026-11-20 09:07 (#4)' duties 09:10 YL261120002 leader
}

@test "[H3.5-6c] the leader has the site's written report within 24 h of the receipt of its head, also when it is reopened" {
	local reported verdict title='ticket-log: YL261120001: the head of the site reports to the leader in writing: leader-report'
	grave
	refused 3 "${title% *} leader-told is recorded 0 times in all, which is less than 1 [H3.5-6c]" log 09:03 1 leader-report wenbo -t 三层进水，已关阀
	log 09:05 1 leader-told wenbo --set to=qianjin
	prints 'due,2026-11-21T09:02:00+08:00,leader-report,leader-report,H3.5-6c' owed '2026-11-21 09:02:00' leader-report
	prints 'overdue,2026-11-21T09:02:00+08:00,leader-report,leader-report,H3.5-6c' owed '2026-11-21 09:02:01' leader-report
	refused 3 "$title is recorded by the role office-director; zhaoqiang does not have it [H3.5-6c]" log 09:30 1 leader-report zhaoqiang -t 三层进水，已关阀
	refused 3 "$title needs the field text [H3.5-6c]" log 09:30 1 leader-report wenbo
	keep tickets/2026/11/YL261120001.yaml
	while read -r reported verdict; do
		put_back tickets/2026/11/YL261120001.yaml
		log "${reported/T/ }" YL261120001 leader-report wenbo -t 三层进水，已关阀
		prints "leader-report [H3.5-6c] 2026-11-21 09:02  $verdict" duties '2026-11-21 10:00' YL261120001 leader-report
		prints '' owed '2026-11-21 10:00' leader-report
	done <<-'END'
		2026-11-21T09:02:00 in time at 2026-11-21 09:02 (#5)
		2026-11-21T09:02:01 LATE at 2026-11-21 09:02 (#5)
	END
	put_back tickets/2026/11/YL261120001.yaml
	log 10:00 YL261120001 finished zhaoqiang --result 换管
	log 10:01 YL261120001 reopened gaoxia --reason 仍漏
	prints 'leader-report [H3.5-6c] 2026-11-21 09:02  open' duties 10:02 YL261120001 leader-report
	log 10:03 YL261120001 leader-report wenbo -t 三层进水，已关阀
	prints 'leader-report [H3.5-6c] 2026-11-21 09:02  in time at 2026-11-20 10:03 (#7)' duties 10:04 YL261120001 leader-report
}

@test "[H3.5-7a] what the leader cannot solve goes to the board within 10 min of the leader's own receipt; only the board counts" {
	local to told verdict title='ticket-log: YL261120001: the leader tells the board by telephone: board-told'
	grave
	refused 3 "$title needs leader-told first, which is not recorded [H3.5-7a]" log 09:06 1 board-told qianjin --set to=dongmei
	log 09:06 1 leader-told wenbo --set to=qianjin
	refused 3 "$title is recorded by the role leader; wenbo does not have it [H3.5-7a]" log 09:06 1 board-told wenbo --set to=dongmei
	for to in gaoxia qianjin baoling keeper; do
		refused 3 "$title goes to the role board (dongmei); $to is not [H3.5-7a]" log 09:06 1 board-told qianjin --set to=$to
	done
	prints 'due,2026-11-20T09:16:00+08:00,board,H3.5-7a' eval 'owed 09:16:00 board | cut -d, -f1-3,5'
	keep tickets/2026/11/YL261120001.yaml
	while read -r told verdict; do
		put_back tickets/2026/11/YL261120001.yaml
		log "$told" 1 board-told qianjin --set to=dongmei
		prints "board [H3.5-7a] 2026-11-20 09:16  $verdict" duties 09:20 YL261120001 'board '
		prints '' owed 09:20 'board'
	done <<-'END'
		09:16:00 in time at 2026-11-20 09:16 (#5)
		09:16:01 LATE at 2026-11-20 09:16 (#5)
	END
	put_back tickets/2026/11/YL261120001.yaml
	title='ticket-log: YL261120001: the leader says how it was solved: solved-by-leader'
	refused 3 "$title needs the field text [H3.5-7a]" log 09:10 1 solved-by-leader qianjin
	refused 3 "$title is recorded by the role leader; wenbo does not have it [H3.5-7a]" log 09:10 1 solved-by-leader wenbo -t 已调人
	prints 'YL261120001#5' log 09:10 1 solved-by-leader qianjin -t 已调人
	prints 'board [H3.5-7a] 2026-11-20 09:16  in time at 2026-11-20 09:10 (#5)' duties 09:20 YL261120001 'board '
	put_back tickets/2026/11/YL261120001.yaml
	log 09:16:00 1 finished zhaoqiang --result 关阀
	prints 'board [H3.5-7a] 2026-11-20 09:16  in time at 2026-11-20 09:16 (#5)' duties 09:20 YL261120001 'board '
	take 09:00 投诉爆管没人管
	departments 09:02 2
	refused 3 'ticket-log: YL261120002: the leader says how it was solved: solved-by-leader needs leader-told first, which is not recorded [H3.5-7a]' \
		log 09:03 2 solved-by-leader qianjin -t 已调人
}

@test "[H3.5-7b] the board has the leader's written report within 48 h of the leader's receipt, also when it is reopened" {
	local reported verdict title='ticket-log: YL261120001: the leader reports to the board in writing: board-report'
	grave
	log 09:05 1 leader-told wenbo --set to=qianjin
	refused 3 "${title% *} board-told is recorded 0 times in all, which is less than 1 [H3.5-7b]" log 09:06 1 board-report qianjin -t 主管爆裂，已换
	log 09:10 1 board-told qianjin --set to=dongmei
	prints 'due,2026-11-22T09:05:00+08:00,board-report,board-report,H3.5-7b' owed '2026-11-22 09:05:00' board-report
	prints 'overdue,2026-11-22T09:05:00+08:00,board-report,board-report,H3.5-7b' owed '2026-11-22 09:05:01' board-report
	refused 3 "$title is recorded by the role leader; wenbo does not have it [H3.5-7b]" log 09:30 1 board-report wenbo -t 主管爆裂，已换
	refused 3 "$title needs the field text [H3.5-7b]" log 09:30 1 board-report qianjin
	keep tickets/2026/11/YL261120001.yaml
	while read -r reported verdict; do
		put_back tickets/2026/11/YL261120001.yaml
		log "${reported/T/ }" YL261120001 board-report qianjin -t 主管爆裂，已换
		prints "board-report [H3.5-7b] 2026-11-22 09:05  $verdict" duties '2026-11-22 10:00' YL261120001 board-report
		prints '' owed '2026-11-22 10:00' board-report
	done <<-'END'
		2026-11-22T09:05:00 in time at 2026-11-22 09:05 (#6)
		2026-11-22T09:05:01 LATE at 2026-11-22 09:05 (#6)
	END
	put_back tickets/2026/11/YL261120001.yaml
	log 10:00 YL261120001 finished zhaoqiang --result 换管
	log 10:01 YL261120001 reopened gaoxia --reason 仍漏
	prints 'board-report [H3.5-7b] 2026-11-22 09:05  open' duties 10:02 YL261120001 board-report
	prints 'due,2026-11-22T09:05:00+08:00,board-report,board-report,H3.5-7b' owed 10:02 board-report
	prints 'YL261120001#8' log 10:03 YL261120001 board-report qianjin -t 主管爆裂，已换
	prints 'board-report [H3.5-7b] 2026-11-22 09:05  in time at 2026-11-20 10:03 (#8)' duties 10:04 YL261120001 board-report
	prints '' at 10:05 ledger-check -q
}

@test "[H3.5-7c] a board leader decides what went to the board, before it is closed" {
	local title='ticket-log: YL261120001: a board leader decides how it is handled: board-decided' step
	ladder
	log 12:00 1 finished zhaoqiang --result 换管
	log 12:01 1 desk-told zhaoqiang --set to=lihua
	log 12:02 1 handling-checked lihua -t 无渗漏
	refused 3 'ticket-close: YL261120001: a board leader decides how it is handled: closed needs board-decided first, which is not recorded [H3.5-7c]' \
		at 12:10 ticket-close 1 --by lihua -r 已换管 --valid
	refused 3 "$title needs the field text [H3.5-7c]" log 12:11 1 board-decided dongmei
	for step in qianjin wenbo baoling; do
		refused 3 "$title is recorded by the role board; $step does not have it [H3.5-7c]" log 12:11 1 board-decided $step -t 更换主管，费用由公司承担
	done
	prints 'YL261120001#9' log 12:11 1 board-decided dongmei -t 更换主管，费用由公司承担
	[[ $(at 12:12 ticket-show 1) == *'text: 更换主管，费用由公司承担'* ]]
	prints 'YL261120001#10' at 12:20 ticket-close 1 --by lihua -r 已换管 --valid
}

@test "[H3.5-7d H3.5-7e] what went to the board is verified within 8 h of handling, by the developer's people together with the company" {
	local signed verdict title='ticket-log: YL261120001: the developer'\''s service department verifies it: verified'
	ladder
	refused 3 "$title needs finished first, which is not recorded [H3.5-7d]" log 11:00 1 verified fangmin -t 会同复验，无渗漏
	log 12:00 1 finished zhaoqiang --result 换管
	prints 'due,2026-11-20T20:00:00+08:00,verification,verified,H3.5-7d' owed 20:00:00 verification
	prints 'overdue,2026-11-20T20:00:00+08:00,verification,verified,H3.5-7d' owed 20:00:01 verification
	refused 3 "$title needs the field text [H3.5-7d]" log 13:00 1 verified fangmin
	refused 3 "$title is recorded by the role developer-service; gaoxia does not have it [H3.5-7d]" log 13:00 1 verified gaoxia -t 会同复验，无渗漏
	# alone it counts for nothing
	run --separate-stderr at 13:00 ticket-log 1 verified --by fangmin -t 会同复验，无渗漏
	status_is 0
	[[ $stderr == 'ticket-log: YL261120001: verified counts when it is signed by '*'[H3.5-7e]'* ]]
	prints 'due,2026-11-20T20:00:00+08:00,verification,verified,H3.5-7d' owed 13:01 verification
	keep tickets/2026/11/YL261120001.yaml
	refused 3 'ticket-log: YL261120001: fangmin recorded #7: another person has to sign it [H3.5-7e]' log 13:10 1 signed fangmin
	for signed in lihua dongmei; do
		refused 3 "ticket-log: YL261120001: #7 (verified) awaits the signature of supervisor or office-director or leader (gaoxia, wenbo, qianjin) [H3.5-7e]; $signed is not" \
			log 13:10 1 signed $signed
	done
	while read -r signed verdict; do
		put_back tickets/2026/11/YL261120001.yaml
		log "$signed" 1 signed gaoxia
		prints "verification [H3.5-7d] 2026-11-20 20:00  $verdict" duties 20:01 YL261120001 verification
		prints '' owed 20:01 verification
	done <<-'END'
		20:00:00 in time at 2026-11-20 20:00 (#9)
		20:00:01 LATE at 2026-11-20 20:00 (#9)
	END
	# both names stand in it
	[[ $(tail -n +2 tickets/2026/11/YL261120001.yaml | sed -n '/^event: verified/,/^---/p') == *fangmin*gaoxia* ]]
}

@test "[H3.5-7d] what never went to the board needs no verification" {
	grave
	log 09:05 1 solved-on-site wenbo -t 关阀
	log 12:00 1 finished zhaoqiang --result 换管
	run duties 12:01 YL261120001 verification
	output_is ''
	run --separate-stderr log 12:02 1 verified fangmin -t 会同复验，无渗漏
	status_is 3
}

@test "[H3.5-7f] what was verified is called back within 2 wd, by the developer's department with the company, not the desk" {
	local due=(columns status,due,roles,clause at 13:30 callback-due --format csv)
	ladder
	log 12:00 1 finished zhaoqiang --result 换管
	log 12:01 1 desk-told zhaoqiang --set to=lihua
	prints '' "${due[@]}"
	log 13:00 1 verified fangmin -t 会同复验，无渗漏
	log 13:10 1 signed wenbo
	prints 'due,2026-11-24T18:00:00+08:00,developer-service office-director,H3.5-7f' "${due[@]}"
	local caller callers
	for callers in 'lihua' 'fangmin' 'wenbo' 'fangmin lihua' 'lihua wenbo'; do
		# shellcheck disable=SC2086,SC2046
		run --separate-stderr at 14:00 callback-log --dry-run 1 --by keeper $(printf -- '--caller %s ' $callers) -a satisfied
		[[ $stderr == *'does not count as the callback complaint-verified [H3.5-7f]: it has to be made by '* ]]
	done
	keep tickets/2026/11/YL261120001.yaml
	prints 'YL261120001#11' at '2026-11-24 18:00:00' callback-log -q YL261120001 --by fangmin --caller fangmin --caller wenbo -a satisfied
	prints 'complaint-verified [H3.5-7f] 2026-11-24 18:00  in time at 2026-11-24 18:00 (#11)' duties '2026-11-25 09:00' YL261120001 complaint-verified
	put_back tickets/2026/11/YL261120001.yaml
	run --separate-stderr at '2026-11-24 18:00:01' callback-log YL261120001 --by fangmin --caller fangmin --caller wenbo -a unsatisfied --shortcomings 仍漏
	errors_are 'callback-log: YL261120001: reopened [H3.5-7f]'
	prints 'complaint-verified [H3.5-7f] 2026-11-24 18:00  LATE at 2026-11-24 18:00 (#11)' duties '2026-11-25 09:00' YL261120001 complaint-verified
}

@test "[H3.5-8a] who heard it first is named, somebody who works here" {
	refused 3 'ticket-open: who heard it first follows it to the end: opened needs the field first-asked [H3.5-8a]' \
		at 09:00 ticket-open -q --by lihua -u 3-1201 -n 王女士 -p 13900010001 投诉楼下太吵
	run --separate-stderr at 09:00 ticket-open -q --by lihua -u 3-1201 -n 王女士 -p 13900010001 --set first-asked=nobody 投诉楼下太吵
	errors_are 'ticket-open: first-asked: nobody is not in staff.yaml'
	prints 'YL261120001' take 09:00 投诉楼下太吵
	[[ $(at 09:01 ticket-show 1) == *'first-asked: wanggang'* ]]
}

@test "[H3.5-8b] the outcome goes to who heard it first within 2 h; only that person counts" {
	local title='ticket-log: YL261120001: the outcome goes to who heard it first: ' told verdict to
	take 09:00 投诉楼下太吵
	log 09:30 1 explained lihua -t 施工在许可时段内
	refused 3 "${title}first-asked-told needs closed first, which is not recorded [H3.5-8b]" log 09:40 1 first-asked-told lihua
	at 10:00 ticket-close -q 1 --by lihua -r 已解释 --invalid
	prints 'due,2026-11-20T12:00:00+08:00,first-asked,first-asked-told,H3.5-8b' owed 12:00:00 first-asked
	for to in sunli lihua keeper; do
		refused 3 "${title}to must be the same as opened.first-asked [H3.5-8b]" log 10:10 1 first-asked-told lihua --set to=$to
	done
	refused 3 "${title}first-asked-told is recorded by the role desk, supervisor; sunli does not have it [H3.5-8b]" log 10:10 1 first-asked-told sunli
	prints 'overdue,2026-11-20T12:00:00+08:00,first-asked,first-asked-told,H3.5-8b' owed 12:00:01 first-asked
	keep tickets/2026/11/YL261120001.yaml
	while read -r told verdict; do
		put_back tickets/2026/11/YL261120001.yaml
		# who it is need not be typed
		prints 'YL261120001#4' log "$told" 1 first-asked-told lihua
		[[ $(at 12:01 ticket-show 1) == *'to: wanggang'* ]]
		prints "first-asked [H3.5-8b] 2026-11-20 12:00  $verdict" duties 12:01 YL261120001 first-asked
		prints '' owed 12:01 first-asked
	done <<-'END'
		12:00:00 in time at 2026-11-20 12:00 (#4)
		12:00:01 LATE at 2026-11-20 12:00 (#4)
	END
}

@test "[H3.5-8b] who heard it first is told of a reopened complaint, too" {
	take 09:00 投诉楼下太吵
	log 09:30 1 explained lihua -t 施工在许可时段内
	at 10:00 ticket-close -q 1 --by lihua -r 已解释 --invalid
	log 10:10 1 reopened gaoxia --reason 仍吵
	log 10:20 1 explained lihua -t 施工在许可时段内
	at 10:30 ticket-close -q 1 --by lihua -r 已解释 --invalid
	refused 3 'ticket-log: YL261120001: the outcome goes to who heard it first: to must be the same as opened.first-asked [H3.5-8b]' \
		log 10:40 1 first-asked-told lihua --set to=sunli
	prints 'YL261120001#7' log 10:40 1 first-asked-told lihua
	[[ $(at 10:41 ticket-show 1) == *'to: wanggang'* ]]
}

# A ledger whose statistics came round on 1 February 2026, a Sunday, and on Monday the 2nd; $week and $month are their tickets.
statistics() {
	at '2026-01-31 00:05' callback-plan -q
	at '2026-02-01 00:05' callback-plan -q
	at '2026-02-02 00:05' callback-plan -q
	week=$(grep -l '^routine: weekly-statistics' tickets/2026/02/* | tail -1 | xargs basename -s .yaml)
	month=$(grep -l '^routine: monthly-statistics' tickets/2026/02/* | tail -1 | xargs basename -s .yaml)
}

# state_of TIME TICKET RULE
state_of() { duties "$1" "$2" "$3" | sed 's/.*\] //'; }

@test "[H3.5-9a] the week's statistics are there on the first working day" {
	local title made verdict
	statistics
	title="ticket-log: $week: statistics, assessment and analysis: statistics-sent"
	prints '2026-02-02 23:59  open' state_of '2026-02-02 23:59:59' "$week" weekly-statistics
	prints '2026-02-02 23:59  OVERDUE' state_of '2026-02-03 00:00:00' "$week" weekly-statistics
	prints "due,2026-02-02T23:59:59+08:00,weekly-statistics,statistics-sent,H3.5-9a" eval "owed '2026-02-02 09:00' weekly-statistics | tail -1"
	refused 3 "$title needs the field text [H3.5-9a H3.5-9b]" log '2026-02-02 10:00' "$week" statistics-sent lihua
	refused 3 "$title is recorded by the role desk, supervisor; wanggang does not have it [H3.5-9a H3.5-9b]" \
		log '2026-02-02 10:00' "$week" statistics-sent wanggang -t 投诉十二件，两件逾期
	refused 3 "ticket-close: $week: only what is done is closed: closed needs statistics-sent first, which is not recorded [H3.5-9a H3.5-9b]" \
		at '2026-02-02 10:00' ticket-close "$week" --by lihua -r 好
	keep "tickets/2026/02/$week.yaml"
	while read -r made verdict; do
		put_back "tickets/2026/02/$week.yaml"
		log "${made/T/ }" "$week" statistics-sent lihua -t 投诉十二件，两件逾期
		prints "2026-02-02 23:59  $verdict" state_of '2026-02-03 09:00' "$week" weekly-statistics
		prints 1 eval "owed '2026-02-03 09:00' weekly-statistics | grep -c 2026-01-26"
		run owed '2026-02-03 09:00' weekly-statistics
		[[ $output != *2026-02-02T* ]]
	done <<-'END'
		2026-02-02T23:59:59 in time at 2026-02-02 23:59 (#2)
		2026-02-03T00:00:00 LATE at 2026-02-03 00:00 (#2)
	END
}

@test "[H3.5-9b] the month's statistics are there by the 5th" {
	local made verdict
	statistics
	prints '2026-02-05 23:59  open' state_of '2026-02-05 23:59:59' "$month" monthly-statistics
	prints '2026-02-05 23:59  OVERDUE' state_of '2026-02-06 00:00:00' "$month" monthly-statistics
	prints "due,2026-02-05T23:59:59+08:00,monthly-statistics,statistics-sent,H3.5-9b" owed '2026-02-02 09:00' monthly-statistics
	refused 3 "ticket-close: $month: only what is done is closed: closed needs statistics-sent first, which is not recorded [H3.5-9a H3.5-9b]" \
		at '2026-02-02 10:00' ticket-close "$month" --by lihua -r 好
	keep "tickets/2026/02/$month.yaml"
	while read -r made verdict; do
		put_back "tickets/2026/02/$month.yaml"
		log "${made/T/ }" "$month" statistics-sent lihua -t 投诉四十件，五件逾期
		prints "2026-02-05 23:59  $verdict" state_of '2026-02-06 09:00' "$month" monthly-statistics
		prints '' owed '2026-02-06 09:00' monthly-statistics
	done <<-'END'
		2026-02-05T23:59:59 in time at 2026-02-05 23:59 (#2)
		2026-02-06T00:00:00 LATE at 2026-02-06 00:00 (#2)
	END
}

@test "[H3.5-9c H3.5-9d H3.5-9e] both statistics go to the board office, the general manager's office and the developer, and to nobody else instead" {
	local ticket rule person clause role
	statistics
	for ticket in "$week" "$month"; do
		log '2026-02-02 10:00' "$ticket" statistics-sent lihua -t 投诉十二件，两件逾期
		while read -r rule person clause role; do
			prints "2026-02-03 18:00  open, to $role" state_of '2026-02-03 18:00:00' "$ticket" $rule
			prints "2026-02-03 18:00  OVERDUE, to $role" state_of '2026-02-03 18:00:01' "$ticket" $rule
			prints "due,$person,told,$clause,$role" eval \
				"columns status,who,until,clause,roles,ticket,deadline at '2026-02-02 11:00' ticket-due --format csv | grep ',$ticket,$rule\$' | cut -d, -f1-5"
		done <<-'END'
			board-office-told baoling H3.5-9c board-office
			manager-office-told zongyu H3.5-9d manager-office
			developer-told fangmin H3.5-9e developer-service
		END
		for person in dongmei qianjin gaoxia; do
			run --separate-stderr log '2026-02-02 11:00' "$ticket" told lihua --set to=$person
			status_is 3
			[[ $stderr == *"; $person is not [H3.5-9"[cde]"]" ]]
			run --separate-stderr at '2026-02-02 11:00' ticket-close "$ticket" --by lihua -r 已报
			status_is 3
			[[ $stderr == *'[H3.5-9c H3.5-9d H3.5-9e]' ]]
		done
	done
	# one by one
	log '2026-02-02 11:00' "$week" told lihua --set to=baoling
	prints '2026-02-03 18:00  in time at 2026-02-02 11:00 (#3)' state_of '2026-02-02 12:00' "$week" board-office-told
	prints '2026-02-03 18:00  open, to manager-office' state_of '2026-02-02 12:00' "$week" manager-office-told
	prints '2026-02-03 18:00  open, to developer-service' state_of '2026-02-02 12:00' "$week" developer-told
	log '2026-02-02 11:10' "$week" told lihua --set to=zongyu
	prints '2026-02-03 18:00  in time at 2026-02-02 11:10 (#4)' state_of '2026-02-02 12:00' "$week" manager-office-told
	log '2026-02-03 18:00:01' "$week" told lihua --set to=fangmin
	prints '2026-02-03 18:00  LATE at 2026-02-03 18:00 (#5)' state_of '2026-02-04 12:00' "$week" developer-told
	at '2026-02-04 12:00' ticket-close -q "$week" --by lihua -r 已报
	# or all three together
	log '2026-02-03 18:00:00' "$month" told lihua --set to=baoling --set to=zongyu --set to=fangmin
	for rule in board-office-told manager-office-told developer-told; do
		prints '2026-02-03 18:00  in time at 2026-02-03 18:00 (#3)' state_of '2026-02-04 12:00' "$month" $rule
	done
	at '2026-02-04 12:00' ticket-close -q "$month" --by lihua -r 已报
	prints '' at '2026-02-04 12:00' ledger-check -q
}

@test "[H3.5-6a H3.5-6b H3.5-7a] an ordinary matter has no ladder" {
	local step
	take 09:00 投诉楼下太吵
	dispatch 10:00 1
	handle 11:00 1
	for step in departments-told site-told solved-on-site leader-told leader-report solved-by-leader board-told board-decided board-report verified; do
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
		  - {step: [departments-told, site-told, leader-told, board-told], kind: complaint, clause: house-1}
	END
	cd "$BATS_TEST_TMPDIR"
	ledger-init -q house --pack complaint-handling --pack ./house.yaml --site YL --person keeper --test --now '2026-01-05 08:00'
	cd house
	at 09:00 ticket-open -q -u 3-1201 -n 王女士 -p 13900010001 --set first-asked=keeper 投诉楼下太吵
	for step in departments-told site-told leader-told board-told; do
		at 09:01 ticket-log -q 1 "$step" --set to=keeper
	done
	prints 'dispatch [H3.5-2b] 2026-11-20 21:00  in time at 2026-11-20 09:01 (#2)' duties 09:02 YL261120001
}

@test "after every step of the ladder the ledger checks" {
	ladder
	dispatch 10:00 1 18:00 zhaoqiang
	log 10:10 1 organised zhaoqiang -t 属实，警戒
	log 10:30 1 cannot-meet zhaoqiang --reason 等配件
	log 10:40 1 customer-told lihua -t 等配件，晚上答复
	log 11:00 1 board-decided dongmei -t 更换主管
	log 18:30 1 finished zhaoqiang --result 换管
	log 18:40 1 desk-told zhaoqiang
	log 18:50 1 handling-checked lihua -t 无渗漏
	log 19:00 1 verified fangmin -t 会同复验，无渗漏
	log 19:10 1 signed gaoxia
	at 19:30 ticket-close -q 1 --by lihua -r 已换管 --valid
	log 19:40 1 first-asked-told lihua
	log 19:41 1 leader-report wenbo -t 主管爆裂，已换
	log 19:42 1 board-report qianjin -t 主管爆裂，已换
	at 19:50 callback-log -q 1 --by fangmin --caller fangmin --caller wenbo -a satisfied
	prints '' at '2026-11-21 09:00' ledger-check -q
	prints '' at '2026-11-21 09:00' ticket-due
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
		log 09:02 1 departments-told lihua --set to=zhaoqiang
		log 09:05 1 solved-on-site wenbo -t 关阀
		log 10:00 1 finished zhaoqiang --result 换管
		log 10:30 1 desk-told zhaoqiang --set to=lihua
		log 10:35 1 handling-checked lihua -t 无渗漏
		refused 3 'ticket-close: YL261120001: a complaint is found valid or not and why: closed needs the field reason [H2.A-11]' \
			at 10:40 ticket-close 1 --by lihua -r 已换管 --valid
		at 10:40 ticket-close -q 1 --by lihua -r 已换管 --valid --reason 管道老化
		prints 'manager,major-complaint,H2.A-1
desk,complaint-handled,H3.5-5c' columns roles,rule,clause at 10:41 callback-due --format csv
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
dispatch [H3.5-2b] 2026-11-20 21:00  open' eval 'duties 09:01 YL261120001 | sort -r'
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

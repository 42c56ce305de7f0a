#!/usr/bin/env bats
# Procedures H0.F and H0.I as the pack zhuhai-service keeps them: for each clause what is refused, what is accepted, and until when.
# 20 November 2026 is a Friday.
load ../helper
load ../packs

setup_file() {
	zhuhai_service
}

day=2026-11-20
caller=(-n 金叶商贸有限公司 -p 02088880001 --set customer.branch=海珠分局)

# log TIME ID STEP PERSON [OPTION...]
log() { at "$1" ticket-log -q "$2" "$3" --by "$4" "${@:5}"; }

# A call at 09:00; its text may follow.
take() { at 09:00 ticket-open -q --by lihua "${caller[@]}" "${1:-读卡器红灯不亮}"; }

# duties TIME ID [RULE]: as ticket-show words them
duties() {
	at "$1" ticket-show "$2" | sed -n 's/^  \([a-z0-9-]* \[.*\)/\1/p' | grep "^${3:-}"
}

@test "[H0.F-1] each forbidden answer is refused, wherever it is said to a customer" {
	local phrase said
	take
	while read -r phrase; do
		said="这个${phrase}啊"
		refused 3 "ticket-log: YL261120001: text: \"$phrase\" must not be said to a customer [H0.F-1]" log 09:10 1 answered lihua -t "$said"
		refused 3 "ticket-log: YL261120001: text: \"$phrase\" must not be said to a customer [H0.F-1]" log 09:10 1 replied lihua -t "$said"
		refused 3 "ticket-log: YL261120001: text: \"$phrase\" must not be said to a customer [H0.F-1]" \
			log 09:10 1 promised lihua --set promised=12:00 --set to=wanggang -t "$said"
		refused 3 "ticket-log: YL261120001: result: \"$phrase\" must not be said to a customer [H0.F-1]" log 09:10 1 finished wanggang --result "$said"
		refused 3 "ticket-close: YL261120001: result: \"$phrase\" must not be said to a customer [H0.F-1]" at 09:10 ticket-close 1 --by lihua -r "$said"
	done <<-'END'
		我们不管
		跟我们没关系
		跟我们没有关系
		没办法解决
		没有办法解决
		随便
		不清楚
		不知道
	END
	prints 'YL261120001#2' log 09:10 1 answered lihua -t 请先重启读卡器
}

@test "[H0.F-1] what the customer said may hold them; the lead may quote with a reason" {
	take 你们的人说不知道，叫我随便找谁
	at 09:05 ticket-log -q 1 answered --by lihua -t 已查明
	prints 'YL261120001#3' at 09:06 callback-log 1 -q --by lihua -a unsatisfied --opinions 上次说跟我们没关系 --shortcomings 说没办法解决
	refused 3 'ticket-log: YL261120001: text: "不知道" must not be said to a customer [H0.F-1]' \
		log 09:10 1 answered lihua -t 就"不知道"一语道歉 --override 引用客户原话
	prints 'YL261120001#4' log 09:10 1 answered gaoxia -t 就"不知道"一语道歉 --override 引用客户原话
	[[ $(ticket-show 1 --format yaml --now "$day 09:11") == *$'override:\n  clauses:\n    - H0.F-1\n  reason: 引用客户原话'* ]]
}

@test "[H0.F-2][H0.I-3] a promise is a deadline, kept or broken to the second" {
	local replied verdict
	take
	refused 3 'ticket-log: YL261120001: a promise has a time: promised needs the field promised [H0.F-2]' log 09:05 1 promised lihua --set to=wanggang
	refused 3 'ticket-log: YL261120001: a named person reproduces the fault: promised needs the field to [H0.I-3]' \
		log 09:05 1 promised lihua --set promised=15:00
	prints 'YL261120001#2' log 09:05 1 promised lihua --set promised=15:00 --set to=wanggang
	keep tickets/2026/11/YL261120001.yaml
	while read -r replied verdict; do
		put_back tickets/2026/11/YL261120001.yaml
		prints 'promise [H0.F-2 H0.I-3] 2026-11-20 15:00  open' duties 15:00:00 YL261120001
		log "$replied" 1 replied wanggang -t 请更新驱动
		prints "promise [H0.F-2 H0.I-3] 2026-11-20 15:00  $verdict" duties 16:00 YL261120001
	done <<-'END'
		15:00:00 in time at 2026-11-20 15:00 (#3)
		15:00:01 LATE at 2026-11-20 15:00 (#3)
	END
	refused 3 'ticket-log: YL261120001: the promised reply: replied needs the field text [H0.F-2]' log 16:00 1 replied wanggang
}

@test "[H0.F-2] so is one made in a callback" {
	take
	at 09:05 ticket-log -q 1 answered --by lihua -t 请重启
	at 10:00 callback-log -q 1 --by lihua -a satisfied --promised '2026-11-21 10:00' 2>/dev/null
	prints 'promise-in-callback [H0.F-2] 2026-11-21 10:00  open' duties '2026-11-21 10:00:00' YL261120001
	prints 'promise-in-callback [H0.F-2] 2026-11-21 10:00  OVERDUE' duties '2026-11-21 10:00:01' YL261120001
	log '2026-11-21 10:00:00' YL261120001 replied lihua -t 已查
	prints 'promise-in-callback [H0.F-2] 2026-11-21 10:00  in time at 2026-11-21 10:00 (#4)' duties '2026-11-21 11:00' YL261120001
}

@test "[H0.I-1] the number of a missed call is noted, and rung back" {
	refused 3 'ticket-open: the number of a missed call is noted: opened needs the field customer.phone [H0.I-1]' \
		at 09:00 ticket-open -q --by lihua 线路占线，未接
	prints 'YL261120001' at 09:00:00 ticket-open -q --by lihua -p 02088880009 线路占线，未接
	prints 'ring-back [H0.I-1] 2026-11-20 09:30  open' duties 09:30:00 YL261120001
	prints 'ring-back [H0.I-1] 2026-11-20 09:30  OVERDUE' duties 09:30:01 YL261120001
	log 09:30:00 1 answered lihua -t 已回电
	prints 'ring-back [H0.I-1] 2026-11-20 09:30  in time at 2026-11-20 09:30 (#2)' duties 10:00 YL261120001
}

@test "[H0.I-2] company, telephone, tax branch and symptoms are recorded" {
	local title='ticket-open: company, telephone, tax branch and symptoms are asked: opened needs the field'
	refused 3 "${title}s customer.name, customer.phone, customer.branch [H0.I-2]" at 09:00 ticket-open -q --by lihua 读卡器红灯不亮
	refused 3 "$title customer.branch [H0.I-2]" at 09:00 ticket-open -q --by lihua -n 金叶商贸 -p 02088880001 读卡器红灯不亮
	prints 'YL261120001' take
	[[ $(ticket-show YL261120001 --format yaml) == *$'customer:\n  name: 金叶商贸有限公司\n  phone: "02088880001"\n  branch: 海珠分局\n'* ]]
}

@test "[H0.I-3] a caller is given to a person, never passed on to another department" {
	take
	local refusal='ticket-assign: YL261120001: a caller is not passed on to another department [H0.I-3]'
	refused 3 "$refusal" at 09:05 ticket-assign 1 wanggang --by lihua -d sales
	refused 3 "$refusal" at 09:05 ticket-assign 1 wanggang --by lihua --team second-line
	refused 3 'ticket-assign: YL261120001: a named person looks into it: assigned needs the field to [H0.I-3]' \
		at 09:05 ticket-assign 1 --by lihua -d sales
	prints 'YL261120001#2' at 09:05 ticket-assign 1 wanggang --by lihua
}

@test "[H0.I-4] a visit is approved by the lead, agreed with the customer and made by then" {
	local visited verdict
	take
	local title='ticket-log: YL261120001: a visit has an agreed time; the last day of the service agreement is asked: visit-agreed needs'
	local visit=(--set agreed-at='2026-11-21 10:00' --set agreement-ends=2026-12-31)
	refused 3 "$title visit-approved first, which is not recorded [H0.I-4]" log 09:10 1 visit-agreed lihua "${visit[@]}"
	refused 3 'ticket-log: YL261120001: the lead approves a visit: visit-approved is recorded by the role supervisor; lihua does not have it [H0.I-4]' \
		log 09:10 1 visit-approved lihua
	prints 'YL261120001#2' log 09:10 1 visit-approved gaoxia
	refused 3 "$title the fields agreed-at, agreement-ends [H0.I-4]" log 09:11 1 visit-agreed lihua
	run --separate-stderr log 09:11 1 visit-agreed lihua --set agreed-at='2026-11-21 10:00' --set agreement-ends=2026-02-30
	status_is 3
	prints 'YL261120001#3' log 09:12 1 visit-agreed lihua "${visit[@]}"
	keep tickets/2026/11/YL261120001.yaml
	while read -r visited verdict; do
		put_back tickets/2026/11/YL261120001.yaml
		refused 3 'ticket-log: YL261120001: the visit is reported with who went and what was done: visited needs the fields workers, work [H0.I-4]' \
			log "2026-11-21 $visited" YL261120001 visited wanggang
		log "2026-11-21 $visited" YL261120001 visited wanggang -w wanggang --work 更换读卡器
		prints "visit [H0.I-4 H0.F-2] 2026-11-21 10:00  $verdict" duties '2026-11-21 11:00' YL261120001
	done <<-'END'
		10:00:00 in time at 2026-11-21 10:00 (#4)
		10:00:01 LATE at 2026-11-21 10:00 (#4)
	END
	refused 3 'ticket-log: YL261120002: the visit is reported with who went and what was done: visited needs visit-agreed first, which is not recorded [H0.I-4]' \
		log 09:20 "$(take)" visited wanggang -w wanggang --work 更换读卡器
}

@test "[H0.I-5] a complaint about a lower unit is explained, and verified with that unit" {
	take 投诉东山服务站上门迟到
	refused 3 'ticket-log: YL261120001: a complaint is explained as far as possible: explained needs the field text [H0.I-5]' log 09:05 1 explained lihua
	refused 3 'ticket-close: YL261120001: a complaint is explained as far as possible: closed needs explained first, which is not recorded [H0.I-5]' \
		at 09:10 ticket-close 1 --by lihua -r 已致歉
	log 09:10 1 explained lihua -t 已致歉并说明
	refused 3 'ticket-close: YL261120001: a complaint about a lower unit is verified with that unit: closed needs verified first, which is not recorded [H0.I-5]' \
		at 09:15 ticket-close 1 --by lihua -r 已致歉
	refused 3 'ticket-log: YL261120001: the lower unit is asked what it says about it: verified needs the field text [H0.I-5]' log 09:20 1 verified lihua
	log 09:20 1 verified lihua -t 服务站承认迟到两小时
	prints 'YL261120001#4' at 09:30 ticket-close 1 --by lihua -r 服务站已道歉
	prints '' at 09:40 ledger-check -q
}

@test "[H0.I-2][H0.I-4][H0.F-2] the lead may take a call without its branch; who answers the telephone makes no visit; an answer says something" {
	prints 'YL261120001' at 09:00 ticket-open -q --by gaoxia -n 金叶商贸 -p 02088880001 --override 外地企业 读卡器红灯不亮
	refused 3 'ticket-log: YL261120001: the customer gets an answer: answered needs the field text [H0.F-2]' log 09:01 1 answered lihua
	log 09:02 1 visit-approved gaoxia
	log 09:03 1 visit-agreed lihua --set agreed-at=10:00 --set agreement-ends=2026-12-31
	refused 3 'ticket-log: YL261120001: the visit is reported with who went and what was done: visited is recorded by the role officer, supervisor; lihua does not have it [H0.I-4]' \
		log 10:00 1 visited lihua -w wanggang --work 更换读卡器
}

@test "[ours] records are corrected by those who answer for them" {
	take
	log 11:00 1 finished wanggang --result 已更换
	books_mended YL261120001 wanggang supervisor 'desk, supervisor'
}

@test "[H0.F-1] neither explained nor given as a reason, not even with one; the lead may quote each" {
	local phrase number=1
	take 投诉上门迟到
	while read -r phrase; do
		refused 3 "ticket-log: YL261120001: text: \"$phrase\" must not be said to a customer [H0.F-1]" log 09:10 1 explained lihua -t "$phrase" --override 引用
		refused 3 "ticket-log: YL261120001: reason: \"$phrase\" must not be said to a customer [H0.F-1]" \
			log 09:10 1 finished wanggang --result 已致歉 --reason "$phrase"
		prints "YL261120001#$((++number))" log 09:10 1 explained gaoxia -t "$phrase" --override 引用
	done <<-'END'
		我们不管
		跟我们没关系
		没办法解决
		随便
		不清楚
		不知道
	END
}

@test "[H0.F-2][H0.I-1][H0.I-2][H0.I-3] an answer keeps a promise, and a reply or a promise rings back" {
	local step
	for step in 'replied -t 已查' 'promised --set promised=15:00 --set to=wanggang'; do
		id=$(at 09:00:00 ticket-open -q --by lihua -p 02088880009 线路占线，未接)
		# shellcheck disable=SC2086 # words
		log 09:30:00 "$id" ${step%% *} wanggang ${step#* }
		prints 'ring-back [H0.I-1] 2026-11-20 09:30  in time at 2026-11-20 09:30 (#2)' duties 10:00 "$id" ring-back
	done
	log 15:00:00 "$id" answered wanggang -t 请更新驱动
	prints 'promise [H0.F-2 H0.I-3] 2026-11-20 15:00  in time at 2026-11-20 15:00 (#3)' duties 16:00 "$id" promise
	at 16:00 callback-log -q "$id" --by lihua -a satisfied --promised 17:00 2>/dev/null
	log 17:00:00 "$id" answered wanggang -t 已查
	prints 'promise-in-callback [H0.F-2] 2026-11-20 17:00  in time at 2026-11-20 17:00 (#5)' duties 18:00 "$id" promise-in
}

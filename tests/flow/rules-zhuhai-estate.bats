#!/usr/bin/env bats
# Procedures H0.D and H0.E as the pack zhuhai-estate keeps them: for each clause what is refused, what is accepted, and until when.
# 20 November 2026 is a Friday.
load ../helper
load ../packs

setup_file() {
	zhuhai_estate
}

# shellcheck disable=SC2034 # for at, of helper.bash
day=2026-11-20

# log TIME ID STEP PERSON [OPTION...]
log() { at "$1" ticket-log -q "$2" "$3" --by "$4" "${@:5}"; }

# A complaint that the desk receives at 10:00; a guest who arrives at 10:00. Options and text follow.
complain() { at 10:00 ticket-open -q --by lihua -n 何先生 -p 13900010008 --set first-asked=lihua "$@"; }
arrive() { at 10:00 ticket-open -q --by lihua -n 周先生 -p 13900010005 "$@" 客人入住; }

# duties TIME ID [RULE]: as ticket-show words them
duties() {
	at "$1" ticket-show "$2" | sed -n 's/^  \([a-z0-9-]* \[.*\)/\1/p' | grep "^${3:-}"
}

@test "[H0.D-1] a file's number is the day and a running number; a VIP's card is kept" {
	prints 'YL261120001' arrive
	prints 'YL261120002' arrive --set customer.card='V 8'
	# shellcheck disable=SC2034 # for at, of helper.bash
	day=2026-11-21
	prints 'YL261121001' arrive
	[[ $(ticket-show YL261120002 --format yaml) == *$'\n  card: V 8\n'* ]]
}

@test "[H0.D-2][H0.D-3] what is raised is recorded the same day, with who received it" {
	local title='ticket-open: what is raised is recorded at once with who received it: opened'
	refused 3 "$title needs the fields customer.name, first-asked [H0.D-2 H0.D-3]" at 10:00 ticket-open -q --by lihua 投诉隔壁太吵
	refused 3 "$title needs the field first-asked [H0.D-2 H0.D-3]" at 10:00 ticket-open -q --by lihua -k visit -n 何先生 来访反映停车难
	refused 3 "$title has to be recorded within 0 d of happening [H0.D-2 H0.D-3]" complain --at '2026-11-19 23:59:59' 投诉隔壁太吵
	prints 'YL261120001' complain --at '2026-11-20 00:00:00' 投诉隔壁太吵
}

@test "[H0.D-2] it is investigated and verified the same day" {
	local when verdict
	complain 投诉隔壁太吵
	refused 3 'ticket-log: YL261120001: what is raised is investigated and verified: investigated needs the field result [H0.D-2]' \
		log 11:00 1 investigated meizhen
	keep tickets/2026/11/YL261120001.yaml
	while read -r when verdict; do
		put_back tickets/2026/11/YL261120001.yaml
		prints 'same-day [H0.D-2] 2026-11-20 23:59  open' duties 23:59:59 YL261120001
		log "${when/T/ }" YL261120001 investigated meizhen --result 属实
		prints "same-day [H0.D-2] 2026-11-20 23:59  $verdict" duties '2026-11-21 09:00' YL261120001
	done <<-'END'
		2026-11-20T23:59:59 in time at 2026-11-20 23:59 (#2)
		2026-11-21T00:00:00 LATE at 2026-11-21 00:00 (#2)
	END
}

@test "[H0.D-2][H0.D-3] the result goes to the head of the department before it is closed" {
	complain 投诉隔壁太吵
	local title='ticket-log: YL261120001: the result goes to the head of the responsible department: reported'
	refused 3 "$title needs investigated first, which is not recorded [H0.D-2]" log 11:00 1 reported lihua --set to=sunli --set department=security
	log 11:00 1 investigated meizhen --result 属实
	refused 3 "$title needs the fields to, department [H0.D-2]" log 11:10 1 reported lihua
	refused 3 'ticket-close: YL261120001: what is raised is investigated and reported before it is closed: closed needs reported first, which is not recorded [H0.D-2 H0.D-3]' \
		at 11:20 ticket-close 1 --by lihua -r 已劝离
	log 11:30 1 reported lihua --set to=sunli --set department=security
	prints 'YL261120001#4' at 11:40 ticket-close 1 --by lihua -r 已劝离
}

@test "[H0.D-2] what cannot be solved, the centre manager decides" {
	complain 投诉隔壁太吵
	log 11:00 1 investigated meizhen --result 属实
	log 11:10 1 reported lihua --set to=sunli --set department=security
	local title='the centre manager decides what could not be solved'
	refused 3 "ticket-log: YL261120001: $title: manager-decided needs unsolved first, which is not recorded [H0.D-2]" log 11:20 1 manager-decided qianjin -t 换房
	refused 3 'ticket-log: YL261120001: what cannot be solved goes to the centre manager: unsolved needs the field text [H0.D-2]' log 11:20 1 unsolved sunli
	log 11:20 1 unsolved sunli -t 对方拒绝配合
	refused 3 "ticket-close: YL261120001: $title: closed needs manager-decided first, which is not recorded [H0.D-2]" at 11:30 ticket-close 1 --by lihua -r 已换房
	refused 3 "ticket-log: YL261120001: $title: manager-decided is recorded by the role manager; gaoxia does not have it [H0.D-2]" log 11:30 1 manager-decided gaoxia -t 换房
	log 11:30 1 manager-decided qianjin -t 换房
	prints 'YL261120001#6' at 11:40 ticket-close 1 --by lihua -r 已换房
}

@test "[H0.D-4] a guest is called the day after leaving, neither earlier nor later" {
	arrive
	prints '' at 11:00 callback-due
	log 12:00 1 left lihua
	refused 3 'ticket-log: YL261120001: a guest leaves once: left is recorded already, left cannot come after it [H0.D-4]' log 12:01 1 left lihua
	prints '' at 23:59:59 callback-due
	run --separate-stderr at 23:59:59 callback-log 1 --by lihua -a satisfied
	[[ $stderr == *'its window opens later, at 2026-11-21T00:00:00+08:00'* ]]
	prints 'due,2026-11-21T23:59:59+08:00,desk,guest,H0.D-4' \
		columns status,due,roles,rule,clause at '2026-11-21 00:00:00' callback-due --format csv
	keep tickets/2026/11/YL261120001.yaml
	prints 'YL261120001#4' at '2026-11-21 23:59:59' callback-log YL261120001 --by lihua -a satisfied
	prints 'guest [H0.D-4] 2026-11-21 00:00 to 2026-11-21 23:59  in time at 2026-11-21 23:59 (#4)' duties '2026-11-22 09:00' YL261120001
	put_back tickets/2026/11/YL261120001.yaml
	prints 'YL261120001#4' at '2026-11-22 00:00:00' callback-log YL261120001 --by lihua -a satisfied
	prints 'guest [H0.D-4] 2026-11-21 00:00 to 2026-11-21 23:59  LATE at 2026-11-22 00:00 (#4)' duties '2026-11-22 09:00' YL261120001
}

@test "[H0.D-4] a VIP guest within 3 d of leaving" {
	arrive --set customer.card=V-8
	log 12:00 1 left lihua
	prints 'vip-guest [H0.D-4] 2026-11-23 23:59  open' duties '2026-11-23 23:59:59' YL261120001
	prints 'vip-guest [H0.D-4] 2026-11-23 23:59  OVERDUE' duties '2026-11-24 00:00:00' YL261120001
	prints 'YL261120001#3' at '2026-11-23 23:59:59' callback-log YL261120001 --by lihua -a satisfied
	prints 'vip-guest [H0.D-4] 2026-11-23 23:59  in time at 2026-11-23 23:59 (#3)' duties '2026-11-24 09:00' YL261120001
}

@test "[H0.D-4] whoever complained within 3 d: a guest of leaving, others of closing" {
	arrive
	complain --set links=YL261120001 投诉客房没热水
	complain 投诉隔壁太吵
	for id in YL261120002 YL261120003; do
		log 11:00 $id investigated meizhen --result 属实
		log 11:10 $id reported lihua --set to=sunli --set department=security
		at 11:20 ticket-close -q $id --by lihua -r 已处理
	done
	prints 'YL261120003,2026-11-23T23:59:59+08:00,complained,H0.D-4' columns ticket,due,rule,clause at 12:00 callback-due --format csv
	log '2026-11-25 12:00' YL261120002 left lihua
	prints 'guest-complained [H0.D-4] 2026-11-28 23:59  open' duties '2026-11-28 23:59:59' YL261120002 guest
	prints 'guest-complained [H0.D-4] 2026-11-28 23:59  OVERDUE' duties '2026-11-29 00:00:00' YL261120002 guest
	prints 'YL261120002#6' at '2026-11-28 23:59:59' callback-log YL261120002 --by lihua -a satisfied
	prints 'guest-complained [H0.D-4] 2026-11-28 23:59  in time at 2026-11-28 23:59 (#6)' duties '2026-11-29 09:00' YL261120002 guest
}

@test "[H0.D-5] a question left open in a callback has a promised time, and that is a deadline" {
	local when verdict
	arrive
	log 12:00 1 left lihua
	at '2026-11-21 09:00' callback-log -q YL261120001 --by lihua -a satisfied --promised '2026-11-21 17:00'
	refused 3 'ticket-log: YL261120001: the promised reply: replied needs the field text [H0.D-5]' log '2026-11-21 10:00' YL261120001 replied lihua
	keep tickets/2026/11/YL261120001.yaml
	while read -r when verdict; do
		put_back tickets/2026/11/YL261120001.yaml
		log "2026-11-21 $when" YL261120001 replied lihua -t 押金已退
		prints "promised [H0.D-5] 2026-11-21 17:00  $verdict" duties '2026-11-21 18:00' YL261120001 promised
	done <<-'END'
		17:00:00 in time at 2026-11-21 17:00 (#4)
		17:00:01 LATE at 2026-11-21 17:00 (#4)
	END
}

@test "[H0.D-6] what is raised again is itemised within a day, each item for its department, answered by its manager" {
	arrive
	log 12:00 1 left lihua
	refused 3 'ticket-log: YL261120001: what is raised again is itemised: itemised needs callback first, which is not recorded [H0.D-6]' \
		log 12:30 1 itemised lihua --set links=YL261120001
	at '2026-11-21 09:00' callback-log -q YL261120001 --by lihua -a unsatisfied --problem '空调响；停车难'
	prints 'itemise [H0.D-6] 2026-11-22 23:59  open' duties '2026-11-22 23:59:59' YL261120001 itemise
	prints 'itemise [H0.D-6] 2026-11-22 23:59  OVERDUE' duties '2026-11-23 00:00:00' YL261120001 itemise
	refused 3 'ticket-open: each item goes to its department: opened needs the fields department, links [H0.D-6]' \
		at '2026-11-21 10:00' ticket-open -q --by lihua -k item -n 周先生 停车难
	prints 'YL261121001' at '2026-11-21 10:00' ticket-open -q --by lihua -k item -n 周先生 -d security --set links=YL261120001 停车难
	refused 3 'ticket-log: YL261120001: what is raised again is itemised: itemised needs the field links [H0.D-6]' \
		log '2026-11-21 10:01' YL261120001 itemised lihua
	prints 'YL261120001#5' log '2026-11-21 10:01' YL261120001 itemised lihua --set links=YL261121001
	prints 'itemise [H0.D-6] 2026-11-22 23:59  in time at 2026-11-21 10:01 (#5)' duties '2026-11-21 11:00' YL261120001 itemise
	local title="YL261121001: the department's manager answers the customer and signs"
	refused 3 "ticket-close: $title: closed needs answered first, which is not recorded [H0.D-6]" \
		at '2026-11-21 11:00' ticket-close YL261121001 --by lihua -r 已安排车位
	refused 3 "ticket-log: $title: answered is recorded by the role department-head; lihua does not have it [H0.D-6]" \
		log '2026-11-21 11:00' YL261121001 answered lihua -t 已安排车位
	prints 'YL261121001#2' log '2026-11-21 11:00' YL261121001 answered sunli -t 已安排车位
	prints 'YL261121001#3' at '2026-11-21 11:10' ticket-close YL261121001 --by lihua -r 已安排车位
	# nothing raised: nothing to itemise
	arrive
	log 12:00 2 left lihua
	at '2026-11-21 09:00' callback-log -q YL261120002 --by lihua -a satisfied
	run duties '2026-11-21 10:00' YL261120002 itemise
	output_is ''
}

@test "[H0.E-2] emergencies are reported to the leaders concerned, and recorded" {
	local when verdict
	prints 'YL261120001' at 10:00 ticket-open -q --by lihua 泳池有人溺水
	refused 3 'ticket-close: YL261120001: an emergency is reported and recorded: closed needs leaders-told first, which is not recorded [H0.E-2]' \
		at 10:30 ticket-close 1 --by lihua -r 已送医
	refused 3 'ticket-log: YL261120001: the leaders concerned are told: leaders-told needs the field to [H0.E-2]' log 10:30 1 leaders-told lihua
	keep tickets/2026/11/YL261120001.yaml
	while read -r when verdict; do
		put_back tickets/2026/11/YL261120001.yaml
		log "$when" 1 leaders-told lihua --set to=qianjin
		prints "tell-leaders [H0.E-2] 2026-11-20 11:00  $verdict" duties 11:01 YL261120001
	done <<-'END'
		11:00:00 in time at 2026-11-20 11:00 (#2)
		11:00:01 LATE at 2026-11-20 11:00 (#2)
	END
	prints 'YL261120001#3' at 11:30 ticket-close 1 --by lihua -r 已送医
}

@test "[H0.E-3] an owner's breach is recorded and reported to the manager" {
	local when verdict
	refused 3 "ticket-open: an owner's breach is recorded: opened needs the field customer.unit [H0.E-3]" at 10:00 ticket-open -q --by lihua 天台违章搭建
	prints 'YL261120001' at 10:00 ticket-open -q --by lihua -u 3-1201 天台违章搭建
	refused 3 "ticket-close: YL261120001: an owner's breach is reported to the manager: closed needs manager-told first, which is not recorded [H0.E-3]" \
		at 10:30 ticket-close 1 --by lihua -r 已拆除
	keep tickets/2026/11/YL261120001.yaml
	while read -r when verdict; do
		put_back tickets/2026/11/YL261120001.yaml
		log "${when/T/ }" YL261120001 manager-told lihua --set to=qianjin
		prints "tell-manager [H0.E-3] 2026-11-21 23:59  $verdict" duties '2026-11-22 09:00' YL261120001
	done <<-'END'
		2026-11-21T23:59:59 in time at 2026-11-21 23:59 (#2)
		2026-11-22T00:00:00 LATE at 2026-11-22 00:00 (#2)
	END
	prints 'YL261120001#3' at '2026-11-22 10:00' ticket-close YL261120001 --by lihua -r 已拆除
	prints '' at '2026-11-22 10:01' ledger-check -q
}

@test "[H0.D-2][H0.D-3][H0.D-4][H0.D-5][H0.D-6] each step is for its own roles" {
	local step roles
	complain 投诉隔壁太吵
	while read -r step roles; do
		run --separate-stderr log 10:00 1 "$step" qianjin 
		status_is 3
		[[ $stderr == *": $step is recorded by the role $roles; qianjin does not have it ["* ]]
	done <<-'END'
		investigated desk, officer, supervisor
		reported desk, officer, supervisor
		unsolved desk, officer, supervisor, department-head
		left desk, officer, supervisor
		replied desk, officer, supervisor, department-head
		itemised desk, officer, supervisor
	END
	refused 3 'ticket-close: YL261120001: what is raised is investigated and reported before it is closed: closed is recorded by the role desk, officer, supervisor; qianjin does not have it [H0.D-2 H0.D-3]' \
		at 10:00 ticket-close 1 --by qianjin -r 已处理
}

@test "[H0.D-2][H0.D-6] items are the desk's; decisions and answers say something; the supervisor may record late" {
	prints 'YL261120001' at 10:00 ticket-open -q --by gaoxia -n 何先生 --set first-asked=lihua --at '2026-11-19 10:00' --override 昨日系统停用 投诉隔壁太吵
	log 11:00 1 investigated meizhen --result 属实
	log 11:20 1 unsolved sunli -t 对方拒绝配合
	refused 3 'ticket-log: YL261120001: the centre manager decides what could not be solved: manager-decided needs the field text [H0.D-2]' log 11:30 1 manager-decided qianjin
	refused 3 'ticket-open: each item goes to its department: opened is recorded by the role desk, officer, supervisor; sunli does not have it [H0.D-6]' \
		at 11:40 ticket-open -q --by sunli -k item -d security --set links=YL261120001 停车难
	at 11:40 ticket-open -q --by lihua -k item -d security --set links=YL261120001 停车难
	local title="YL261120002: the department's manager answers the customer and signs"
	refused 3 "ticket-log: $title: answered needs the field text [H0.D-6]" log 11:50 2 answered sunli
	log 11:50 2 answered sunli -t 已安排
	refused 3 "ticket-close: $title: closed is recorded by the role desk, officer, supervisor; sunli does not have it [H0.D-6]" \
		at 12:00 ticket-close 2 --by sunli -r 已安排
}

@test "[ours] records are corrected by those who answer for them" {
	arrive
	log 11:00 1 finished meizhen --result 已入住
	books_mended YL261120001 meizhen 'supervisor, manager' 'desk, supervisor'
}

@test "[H0.D-2][H0.D-3] a visitor's matter takes the same path; the manager too may record late" {
	local title='ticket-log: YL261120001: the result goes to the head of the responsible department: reported'
	prints 'YL261120001' at 10:00 ticket-open -q --by qianjin -k visit -n 何先生 --set first-asked=lihua --at '2026-11-19 10:00' \
		--override 昨日系统停用 停车难
	prints 'same-day [H0.D-2] 2026-11-19 23:59  OVERDUE' duties 10:01 YL261120001
	refused 3 'ticket-log: YL261120001: what is raised is investigated and verified: investigated needs the field result [H0.D-2]' \
		log 10:10 1 investigated meizhen
	refused 3 "$title needs investigated first, which is not recorded [H0.D-2]" log 10:10 1 reported lihua --set to=sunli --set department=security
	refused 3 'ticket-log: YL261120001: the centre manager decides what could not be solved: manager-decided needs unsolved first, which is not recorded [H0.D-2]' \
		log 10:10 1 manager-decided qianjin -t 扩建
	refused 3 'ticket-log: YL261120001: what cannot be solved goes to the centre manager: unsolved needs the field text [H0.D-2]' log 10:10 1 unsolved sunli
	title='ticket-close: YL261120001: what is raised is investigated and reported before it is closed: closed'
	refused 3 "$title needs investigated first, which is not recorded [H0.D-2 H0.D-3]" at 10:20 ticket-close 1 --by lihua -r 已答复
	log 10:30 1 investigated meizhen --result 属实
	log 10:31 1 reported lihua --set to=sunli --set department=security
	log 10:32 1 unsolved sunli -t 车位不足
	refused 3 'ticket-close: YL261120001: the centre manager decides what could not be solved: closed needs manager-decided first, which is not recorded [H0.D-2]' \
		at 10:40 ticket-close 1 --by lihua -r 已答复
}

@test "[H0.D-4] the desk calls each: VIP guests, guests who complained, whoever complained" {
	arrive --set customer.card=V-8
	complain --set links=YL261120001 投诉客房没热水
	complain 投诉隔壁太吵
	log 12:00 1 left lihua
	log 12:00 2 left lihua
	log 11:00 3 investigated meizhen --result 属实
	log 11:10 3 reported lihua --set to=sunli --set department=security
	at 12:00 ticket-close -q 3 --by lihua -r 已处理
	# who is no guest may go where they like
	log 12:00 3 left lihua
	prints 'YL261120001,due,desk,vip-guest
YL261120002,due,desk,guest-complained
YL261120003,due,desk,complained' eval "columns ticket,status,roles,rule at '2026-11-21 09:00' callback-due --format csv | sort"
}

@test "[H0.E-2][H0.E-3] the desk tells leaders and manager, and closes what they know of" {
	local title
	at 10:00 ticket-open -q --by lihua 泳池有人溺水
	refused 3 'ticket-log: YL261120001: the leaders concerned are told: leaders-told is recorded by the role desk, officer, supervisor; sunli does not have it [H0.E-2]' \
		log 10:10 1 leaders-told sunli --set to=qianjin
	refused 3 'ticket-close: YL261120001: an emergency is reported and recorded: closed is recorded by the role desk, officer, supervisor, manager; sunli does not have it [H0.E-2]' \
		at 10:10 ticket-close 1 --by sunli -r 已送医
	at 10:00 ticket-open -q --by lihua -u 3-1201 天台违章搭建
	title="YL261120002: an owner's breach is reported to the manager:"
	refused 3 "ticket-log: $title manager-told is recorded by the role desk, officer, supervisor; sunli does not have it [H0.E-3]" \
		log 10:10 2 manager-told sunli --set to=qianjin
	refused 3 "ticket-log: $title manager-told needs the field to [H0.E-3]" log 10:10 2 manager-told lihua
	refused 3 "ticket-close: $title closed is recorded by the role desk, officer, supervisor, manager; sunli does not have it [H0.E-3]" \
		at 10:10 ticket-close 2 --by sunli -r 已拆除
}

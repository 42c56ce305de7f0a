#!/usr/bin/env bats
# Regulation H3.11 as the pack mall keeps it: for each clause what is refused, what is accepted, and until when.
# 20 November 2026 is a Friday.
load ../helper
load ../packs

setup_file() {
	mall
}

# shellcheck disable=SC2034 # for at, of helper.bash
day=2026-11-20

# A complaint, taken by the desk at 11:00; and accepted by mall management at 12:00, to be handled by Sunday noon.
take() { at 11:00 ticket-open -q --by lihua -n 王女士 -p 13900010001 投诉买到假货; }
accept() { log 12:00 "$1" taken shangwei --set agreed-at='2026-11-22 12:00'; }

# log TIME ID STEP PERSON [OPTION...]
log() { at "$1" ticket-log -q "$2" "$3" --by "$4" "${@:5}"; }

# duties TIME ID [RULE]: as ticket-show words them
duties() {
	at "$1" ticket-show "$2" | sed -n 's/^  \([a-z0-9-]* \[.*\)/\1/p' | grep "^${3:-}"
}

@test "[H3.11-1] the customer is answered within 24 h of mall management's acceptance, not of the desk's" {
	local answered verdict
	take
	run duties 11:30 YL261120001
	output_is ''
	refused 3 'ticket-log: YL261120001: the customer gets an answer: answered needs taken first, which is not recorded [H3.11-1]' \
		log 11:30 1 answered lihua -t 正在核实
	accept 1
	refused 3 'ticket-log: YL261120001: the customer gets an answer: answered needs the field text [H3.11-1]' log 12:30 1 answered shangwei
	keep tickets/2026/11/YL261120001.yaml
	while read -r answered verdict; do
		put_back tickets/2026/11/YL261120001.yaml
		prints 'mall-answer [H3.11-1 H3.11-2] 2026-11-21 12:00  open' duties '2026-11-21 12:00:00' YL261120001 mall-answer
		log "${answered/T/ }" YL261120001 answered shangwei -t 同意退货
		prints "mall-answer [H3.11-1 H3.11-2] 2026-11-21 12:00  $verdict" duties '2026-11-21 13:00' YL261120001 mall-answer
	done <<-'END'
		2026-11-21T12:00:00 in time at 2026-11-21 12:00 (#3)
		2026-11-21T12:00:01 LATE at 2026-11-21 12:00 (#3)
	END
}

@test "[H3.11-1] mall management sets the time for handling, case by case" {
	local handled verdict
	take
	local title='ticket-log: YL261120001: mall management takes it and sets the time by which it will be handled: '
	refused 3 "${title}taken needs the field agreed-at [H3.11-1]" log 12:00 1 taken shangwei
	refused 3 "${title}taken is recorded by the role mall-management; lihua does not have it [H3.11-1]" \
		log 12:00 1 taken lihua --set agreed-at='2026-11-22 12:00'
	refused 3 'ticket-log: YL261120001: mall management handles it: finished needs taken first, which is not recorded [H3.11-1]' \
		log 12:00 1 finished shangwei --result 已退货
	accept 1
	# set once
	refused 3 "${title}taken is recorded already, taken cannot come after it [H3.11-1]" \
		log 12:30 1 taken shangwei --set agreed-at='2026-11-30 12:00'
	keep tickets/2026/11/YL261120001.yaml
	while read -r handled verdict; do
		put_back tickets/2026/11/YL261120001.yaml
		refused 3 'ticket-log: YL261120001: mall management handles it: finished needs the field result [H3.11-1]' \
			log "${handled/T/ }" YL261120001 finished shangwei
		log "${handled/T/ }" YL261120001 finished shangwei --result 已退货
		prints "mall-handling [H3.11-1 H3.11-2] 2026-11-22 12:00  $verdict" duties '2026-11-22 13:00' YL261120001 mall-handling
	done <<-'END'
		2026-11-22T12:00:00 in time at 2026-11-22 12:00 (#3)
		2026-11-22T12:00:01 LATE at 2026-11-22 12:00 (#3)
	END
}

@test "[H3.11-1] the time for handling moves only when the general manager approves" {
	take
	accept 1
	extend() { at 13:00 ticket-log -q 1 extended --by shangwei --reason 等厂家 --set extends="$1" --set until='2026-11-25 12:00' --set approved-by="$2"; }
	refused 3 'ticket-log: YL261120001: approved-by: an extension to 2026-11-25T12:00:00+08:00 needs the approval of the role general-manager; gaoxia does not have it [H3.11-1]' \
		extend mall-handling gaoxia
	# nor does anybody who has left
	people_join oldlin --name 老林 --role general-manager
	at 12:30 staff-log -q left oldlin
	refused 3 'ticket-log: YL261120001: approved-by: oldlin left on 2026-11-20' extend mall-handling oldlin
	refused 3 'ticket-log: YL261120001: no rule lets the deadline mall-answer be extended (policy-list --list extensions) [H3.11-1 H3.11-2]' extend mall-answer qianjin
	prints 'YL261120001#3' extend mall-handling qianjin
	prints 'mall-handling [H3.11-1 H3.11-2] 2026-11-22 12:00  withdrawn at 2026-11-20 13:00 (#3)
mall-handling [H3.11-1 H3.11-2] 2026-11-25 12:00  open' duties 13:01 YL261120001 mall-handling
}

@test "[H3.11-1][H3.11-2] customer service closes what is answered and handled" {
	take
	accept 1
	local title='ticket-close: YL261120001: what mall management has taken is answered and handled first: '
	refused 3 "${title}closed needs answered first, which is not recorded [H3.11-1]" at 13:00 ticket-close 1 --by lihua -r 已退货
	log 13:00 1 answered shangwei -t 同意退货
	refused 3 "${title}closed needs finished first, which is not recorded [H3.11-1]" at 13:00 ticket-close 1 --by lihua -r 已退货
	log 14:00 1 finished shangwei --result 已退货
	refused 3 'ticket-close: YL261120001: customer service closes: closed is recorded by the role desk, officer, supervisor; shangwei does not have it [H3.11-2]' \
		at 14:10 ticket-close 1 --by shangwei -r 已退货
	prints 'YL261120001#5' at 14:10 ticket-close 1 --by lihua -r 已退货
	prints '' at '2026-11-23 09:00' ticket-due
}

@test "[H3.11-2] overdue and open: a chase slip to mall management" {
	take
	accept 1
	prints '' columns status,deadline,until,roles at '2026-11-21 12:00:00' ticket-due --format csv --rule late-handling
	[[ $(columns status,deadline at '2026-11-21 12:00:00' ticket-due --format csv) != *tell* ]]
	prints 'overdue,mall-answer,answered,
tell,mall-answer,chase-slip,mall-management
due,mall-handling,finished,' columns status,deadline,until,roles at '2026-11-21 12:00:01' ticket-due --format csv
	local title='ticket-log: YL261120001: what is overdue is chased with a slip to mall management: chase-slip'
	refused 3 "$title needs the fields to, text [H3.11-2]" log '2026-11-21 12:10' YL261120001 chase-slip meizhen
	refused 3 "$title is recorded by the role desk, officer, supervisor; shangwei does not have it [H3.11-2]" \
		log '2026-11-21 12:10' YL261120001 chase-slip shangwei --set to=shangwei -t 请尽快答复
	prints 'YL261120001#3' log '2026-11-21 12:10' YL261120001 chase-slip meizhen --set to=shangwei -t 请尽快答复
	# chased, it is still overdue
	prints 'overdue,mall-answer,answered
due,mall-handling,finished' columns status,deadline,until at '2026-11-21 12:11' ticket-due --format csv
}

@test "[H3.11-2] closed but late: an inquiry slip asks why, within a day" {
	take
	accept 1
	refused 3 'ticket-log: YL261120001: what is still open is chased [H3.11-2]' log 12:30 1 inquiry-slip meizhen --set to=shangwei -t 请说明
	log 13:00 1 answered shangwei -t 同意退货
	log '2026-11-22 12:00:01' YL261120001 finished shangwei --result 已退货
	at '2026-11-22 12:30' ticket-close -q YL261120001 --by lihua -r 已退货
	prints 'due,2026-11-23T23:59:59+08:00,late-handling,inquiry-slip,H3.11-2' \
		columns status,due,deadline,until,clause at '2026-11-23 23:59:59' ticket-due --format csv
	prints 'overdue' columns status at '2026-11-24 00:00' ticket-due --format csv
	local title='ticket-log: YL261120001: a slip asks mall management why it was late: inquiry-slip'
	refused 3 "$title needs the fields to, text [H3.11-2]" log '2026-11-23 09:00' YL261120001 inquiry-slip meizhen
	refused 3 "$title is recorded by the role desk, officer, supervisor; shangwei does not have it [H3.11-2]" \
		log '2026-11-23 09:00' YL261120001 inquiry-slip shangwei --set to=shangwei -t 请说明
	prints 'YL261120001#6' log '2026-11-23 09:00' YL261120001 inquiry-slip meizhen --set to=shangwei -t 请说明
	prints '' at '2026-11-23 09:01' ticket-due
	refused 3 'ticket-log: YL261120001: mall management says why it was late: inquiry-answered needs the field reason [H3.11-2]' \
		log '2026-11-23 10:00' YL261120001 inquiry-answered shangwei
	prints 'YL261120001#7' log '2026-11-23 10:00' YL261120001 inquiry-answered shangwei --reason 厂家延误
	prints '' at '2026-11-23 10:01' ledger-check -q
}

@test "[H3.11-2] an answer that came late is asked about too" {
	take
	accept 1
	log '2026-11-21 12:00:01' YL261120001 answered shangwei -t 同意退货
	log '2026-11-21 12:30' YL261120001 finished shangwei --result 已退货
	prints 'due,2026-11-22T23:59:59+08:00,late-answer,inquiry-slip,H3.11-2' \
		columns status,due,deadline,until,clause at '2026-11-21 13:00' ticket-due --format csv
	log '2026-11-22 09:00' YL261120001 inquiry-slip meizhen --set to=shangwei -t 请说明
	prints '' at '2026-11-22 09:01' ticket-due
	prints '' at '2026-11-22 09:01' ledger-check -q
}

@test "[H3.11-2] handled in time: no slip of either kind" {
	take
	accept 1
	log 13:00 1 answered shangwei -t 同意退货
	log '2026-11-22 12:00:00' YL261120001 finished shangwei --result 已退货
	at '2026-11-23 12:30' ticket-close -q YL261120001 --by lihua -r 已退货
	prints '' at '2026-11-30 09:00' ticket-due
}

@test "[H3.11-4] a deduction is proposed with its reason and approved by the general manager" {
	take
	accept 1
	local title='ticket-log: YL261120001: a deduction names whom it falls on and why: '
	refused 3 "${title}deduction-proposed needs finished first, which is not recorded [H3.11-4]" \
		log 13:00 1 deduction-proposed meizhen --reason 售假 -t 商户A，奖金300
	log 14:00 1 finished shangwei --result 已退货
	refused 3 "${title}deduction-proposed needs the fields reason, text [H3.11-4]" log 14:10 1 deduction-proposed meizhen
	refused 3 'ticket-log: YL261120001: the general manager approves the notice of a deduction: deduction-approved needs deduction-proposed first, which is not recorded [H3.11-4]' \
		log 14:10 1 deduction-approved qianjin
	prints 'YL261120001#4' log 14:10 1 deduction-proposed meizhen --reason 售假 -t 商户A，奖金300
	refused 3 'ticket-log: YL261120001: the general manager approves the notice of a deduction: deduction-approved is recorded by the role general-manager; gaoxia does not have it [H3.11-4]' \
		log 14:20 1 deduction-approved gaoxia
	prints 'YL261120001#5' log 14:20 1 deduction-approved qianjin
}

@test "with the residents' centre, in either order, what both ask for adds up" {
	local first second
	while read -r first second; do
		cd "$BATS_TEST_TMPDIR"
		ledger-init -q "$first" --pack "$first" --pack "$second" --site YL --person keeper --test --now '2026-01-05 08:00'
		cd "$first"
		people_join lihua --name 李华 --role desk --department service
		people_join shangwei --name 尚伟 --role mall-management --role department-head --department mall
		at 11:00 ticket-open -q --by lihua -u 1-101 -n 王女士 -p 13900010001 投诉买到假货
		accept 1
		log 13:00 1 answered shangwei -t 同意退货
		log 14:00 1 finished shangwei --result 已退货
		refused 3 'ticket-close: YL261120001: a complaint is found valid or not and why: closed needs the fields valid, reason [H2.A-11]' \
			at 14:10 ticket-close 1 --by lihua -r 已退货
		prints 'YL261120001#5' at 14:10 ticket-close 1 --by lihua -r 已退货 --valid --reason 商户售假
		prints 'head-of:mall officer,ordinary-complaint,H2.A-2' columns roles,rule,clause at 14:11 callback-due --format csv
		prints '' at 14:11 ledger-check -q
	done <<-'END'
		mall resident-centre
		resident-centre mall
	END
}

@test "[ours] records are corrected by those who answer for them" {
	take
	accept 1
	log 14:00 1 finished shangwei --result 已退货
	books_mended YL261120001 shangwei 'supervisor, general-manager' 'desk, supervisor'
}

@test "[H3.11-1] the supervisor may close what was neither answered nor handled, with a reason" {
	take
	accept 1
	refused 3 'ticket-close: YL261120001: what mall management has taken is answered and handled first: closed needs answered first, which is not recorded [H3.11-1]' \
		at 13:00 ticket-close 1 --by lihua -r 撤诉 --override 撤诉
	prints 'YL261120001#3' at 13:00 ticket-close 1 --by gaoxia -r 撤诉 --override 撤诉
}

@test "[H3.11-2] only what was taken is chased, while it is open; mall management answers the slip" {
	take
	local chase=(chase-slip meizhen --set to=shangwei -t 请尽快答复)
	local title='ticket-log: YL261120001: what is overdue is chased with a slip to mall management: '
	refused 3 "${title}chase-slip needs taken first, which is not recorded [H3.11-2]" log 11:30 1 "${chase[@]}"
	accept 1
	log 13:00 1 answered shangwei -t 同意退货
	log 14:00 1 finished shangwei --result 已退货
	at 14:10 ticket-close -q 1 --by lihua -r 已退货
	refused 3 "${title}closed is recorded already, chase-slip cannot come after it [H3.11-2]" log 14:20 1 "${chase[@]}"
	title='ticket-log: YL261120001: mall management says why it was late: inquiry-answered'
	refused 3 "$title needs inquiry-slip first, which is not recorded [H3.11-2]" log 14:20 1 inquiry-answered shangwei --reason 厂家延误
	log 14:20 1 inquiry-slip meizhen --set to=shangwei -t 请说明
	refused 3 "$title is recorded by the role mall-management; meizhen does not have it [H3.11-2]" log 14:30 1 inquiry-answered meizhen --reason 厂家延误
}

@test "[H3.11-2] handling that is overdue is chased too" {
	take
	accept 1
	log 13:00 1 answered shangwei -t 同意退货
	prints 'due,mall-handling,finished,' columns status,deadline,until,roles at '2026-11-22 12:00:00' ticket-due --format csv
	prints 'overdue,mall-handling,finished,
tell,mall-handling,chase-slip,mall-management' columns status,deadline,until,roles at '2026-11-22 12:00:01' ticket-due --format csv
	log '2026-11-22 12:10' YL261120001 chase-slip meizhen --set to=shangwei -t 请尽快处理
	prints 'overdue,mall-handling,finished,' columns status,deadline,until,roles at '2026-11-22 12:11' ticket-due --format csv
}

@test "[H3.11-4] a deduction is proposed by customer service, not by who takes complaints" {
	take
	accept 1
	log 14:00 1 finished shangwei --result 已退货
	refused 3 'ticket-log: YL261120001: a deduction names whom it falls on and why: deduction-proposed is recorded by the role officer, supervisor; lihua does not have it [H3.11-4]' \
		log 14:10 1 deduction-proposed lihua --reason 售假 -t 商户A，奖金300
}

@test "[H3.11-1] mall management, or customer service for it, answers; it alone handles; what it never took just closes" {
	take
	accept 1
	refused 3 'ticket-log: YL261120001: the customer gets an answer: answered is recorded by the role mall-management, officer, desk; gaoxia does not have it [H3.11-1]' \
		log 13:00 1 answered gaoxia -t 同意退货
	refused 3 'ticket-log: YL261120001: mall management handles it: finished is recorded by the role mall-management; lihua does not have it [H3.11-1]' \
		log 13:00 1 finished lihua --result 已退货
	take
	prints 'YL261120002#2' at 13:00 ticket-close 2 --by lihua -r 撤诉
}

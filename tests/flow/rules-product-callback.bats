#!/usr/bin/env bats
# Regulation H3.1 as the pack product-callback keeps it: for each clause what is refused, what is accepted, and until when.
# 20 November 2026 is a Friday.
load ../helper
load ../packs

setup_file() {
	product_callback
}

day=2026-11-20

# log TIME ID STEP PERSON [OPTION...]
log() { at "$1" ticket-log -q "$2" "$3" --by "$4" "${@:5}"; }

# A product that goes live on a day, is number 1 of it; its callback is planned.
install() {
	at "$1 10:00" ticket-open -q --by lihua -n 金叶商贸 -p 02088880001 系统上线 >/dev/null
	log "$1 11:00" 1 live meizhen >/dev/null
}
plan=(--reason 了解使用 --set manner=telephone --set agreed-at='2026-12-21 10:00' -t 基本功能)

# duties TIME ID [RULE]: as ticket-show words them
duties() {
	at "$1" ticket-show "$2" | sed -n 's/^  \([a-z0-9-]* \[.*\)/\1/p' | grep "^${3:-}"
}

@test "[H3.1-1] a customer is known by name and telephone" {
	refused 3 'ticket-open: a customer is known by name and telephone: opened needs the fields customer.name, customer.phone [H3.1-1]' \
		at 10:00 ticket-open -q --by lihua 系统上线
	prints 'YL261120001' at 10:00 ticket-open -q --by lihua -n 金叶商贸 -p 02088880001 系统上线
}

@test "[H3.1-1] the first call comes a month after going live, and has at least a week" {
	local live window
	while read -r live window; do
		install "$live"
		prints "first-call [H3.1-1] $window  open" duties "$live 12:00" "YL${live:2:2}${live:5:2}${live:8:2}001"
	done <<-'END'
		2026-11-20 2026-12-20 00:00 to 2026-12-28 23:59
		2026-01-31 2026-02-28 00:00 to 2026-03-10 23:59
		2026-10-31 2026-11-30 00:00 to 2026-12-08 23:59
	END
	refused 3 'ticket-log: YL261120001: the product is installed or goes live once: live is recorded already, live cannot come after it [H3.1-1]' \
		log 13:00 1 live meizhen
}

@test "[H3.1-1] it is made by telephone, by sales or service, in its window" {
	install "$day"
	log 12:00 1 planned meizhen "${plan[@]}"
	run --separate-stderr at '2026-12-19 23:59:59' callback-log YL261120001 --by meizhen -a satisfied -t 会用
	[[ $stderr == *'its window opens later, at 2026-12-20T00:00:00+08:00'* ]]
	run --separate-stderr at '2026-12-20 10:00' callback-log YL261120001 --by meizhen -m written -a satisfied -t 会用
	[[ $stderr == *'the manner written does not count for it'* ]]
	run --separate-stderr at '2026-12-20 10:00' callback-log YL261120001 --by lihua -a satisfied -t 会用
	[[ $stderr == *'it has to be made by officer'* ]]
	keep tickets/2026/11/YL261120001.yaml
	prints 'YL261120001#7' at '2026-12-28 23:59:59' callback-log YL261120001 --by meizhen -a satisfied -t 会用
	prints 'first-call [H3.1-1] 2026-12-20 00:00 to 2026-12-28 23:59  in time at 2026-12-28 23:59 (#7)' \
		duties '2026-12-29 00:00' YL261120001 first-call
	put_back tickets/2026/11/YL261120001.yaml
	prints 'YL261120001#7' at '2026-12-29 00:00:00' callback-log YL261120001 --by meizhen -a satisfied -t 会用
	prints 'first-call [H3.1-1] 2026-12-20 00:00 to 2026-12-28 23:59  LATE at 2026-12-29 00:00 (#7)' \
		duties '2026-12-29 00:00' YL261120001 first-call
}

@test "[H3.1-1] whoever made a good suggestion is visited, and signs" {
	at 10:00 ticket-open -q --by lihua -n 金叶商贸 -p 02088880001 建议增加批量打印
	prints '' at 10:01 callback-due
	refused 3 'ticket-log: YL261120001: the supervisor finds a suggestion good: found-good is recorded by the role supervisor; meizhen does not have it [H3.1-1]' \
		log 10:05 1 found-good meizhen --reason 多家反映
	log 10:05 1 found-good gaoxia --reason 多家反映
	prints 'due,2026-12-20T23:59:59+08:00,officer,H3.1-1' columns status,due,roles,clause at 10:06 callback-due --format csv
	log 10:10 1 planned meizhen --reason 致谢 --set manner=visit --set agreed-at='2026-11-25 10:00' -t 批量打印
	run --separate-stderr at 11:00 callback-log 1 --by meizhen -a satisfied -t 电话致谢
	[[ $stderr == *'the manner telephone does not count for it'* ]]
	refused 3 'callback-log: YL261120001: the customer signs for a visit: callback needs the field signature [H3.1-1]' \
		at '2026-11-25 10:00' callback-log YL261120001 --by meizhen -m visit -a satisfied -t 面谈
	prints 'YL261120001#5' at '2026-12-20 23:59:59' callback-log YL261120001 --by meizhen -m visit -a satisfied -t 面谈 --signature 吴经理
	prints 'good-suggestion [H3.1-1] 2026-12-20 23:59  in time at 2026-12-20 23:59 (#5)' duties '2026-12-21 09:00' YL261120001 good
}

@test "[H3.1-2] a callback has a plan: purpose, manner, time and content" {
	install "$day"
	refused 3 'callback-log: YL261120001: a callback has a plan: callback needs planned first, which is not recorded [H3.1-2]' \
		at '2026-12-21 10:00' callback-log YL261120001 --by meizhen -a satisfied -t 会用
	local title='ticket-log: YL261120001: a plan names purpose, manner, time and content: planned needs the field'
	refused 3 "${title}s reason, manner, agreed-at, text [H3.1-2]" log 12:00 1 planned meizhen
	refused 3 "$title text [H3.1-2]" log 12:00 1 planned meizhen "${plan[@]:0:6}"
	prints 'YL261120001#3' log 12:00 1 planned meizhen "${plan[@]}"
	prints 'YL261120001#4' at '2026-12-21 10:00' callback-log YL261120001 --by meizhen -a satisfied -t 会用
}

# The first call, on 21 December, a Monday, at 10:00
called() {
	install "$day"
	log 12:00 1 planned meizhen "${plan[@]}"
	at '2026-12-21 10:00' callback-log -q YL261120001 --by meizhen -a satisfied -t 会用
}

@test "[H3.1-3] records are complete the same day" {
	install "$day"
	log 12:00 1 planned meizhen "${plan[@]}"
	refused 3 'callback-log: YL261120001: records are complete the same day: callback has to be recorded within 0 d of happening [H3.1-3]' \
		at '2026-12-22 00:00' callback-log YL261120001 --at '2026-12-21 10:00' --by meizhen -a satisfied -t 会用
	refused 3 'callback-log: YL261120001: records are complete: callback needs the field text [H3.1-3]' \
		at '2026-12-21 10:00' callback-log YL261120001 --by meizhen -a satisfied
	prints 'YL261120001#4' at '2026-12-21 23:59:59' callback-log YL261120001 --at '2026-12-21 10:00' --by meizhen -a satisfied -t 会用
}

@test "[H3.1-3] the report follows the next day" {
	local when verdict
	called
	refused 3 'ticket-log: YL261120001: a callback is reported: reported needs the field text [H3.1-3]' log '2026-12-21 11:00' YL261120001 reported meizhen
	keep tickets/2026/11/YL261120001.yaml
	while read -r when verdict; do
		put_back tickets/2026/11/YL261120001.yaml
		log "${when/T/ }" YL261120001 reported meizhen -t 报告
		prints "callback-report [H3.1-3] 2026-12-22 23:59  $verdict" duties '2026-12-23 09:00' YL261120001 callback-report
	done <<-'END'
		2026-12-22T23:59:59 in time at 2026-12-22 23:59 (#5)
		2026-12-23T00:00:00 LATE at 2026-12-23 00:00 (#5)
	END
}

@test "[H3.1-3] the papers reach the supervisor within 3 d, or a week with consent, and are reviewed" {
	called
	refused 3 'ticket-log: YL261120001: the papers go to the supervisor: submitted needs reported first, which is not recorded [H3.1-3]' \
		log '2026-12-21 11:00' YL261120001 submitted meizhen --set to=gaoxia
	log '2026-12-21 11:00' YL261120001 reported meizhen -t 报告
	prints 'papers [H3.1-3] 2026-12-24 23:59  open' duties '2026-12-24 23:59:59' YL261120001 papers
	prints 'papers [H3.1-3] 2026-12-24 23:59  OVERDUE' duties '2026-12-25 00:00:00' YL261120001 papers
	extend() { at '2026-12-22 10:00' ticket-log -q YL261120001 extended --by meizhen --reason 出差 --set extends=papers --set until="$1" --set approved-by="$2"; }
	refused 3 'ticket-log: YL261120001: approved-by: an extension to 2026-12-28T23:59:59+08:00 needs the approval of the role supervisor; lihua does not have it [H3.1-3]' \
		extend 2026-12-28T23:59:59 lihua
	refused 3 'ticket-log: YL261120001: until: no rule allows an extension that long (policy-list --list extensions) [H3.1-3]' extend 2026-12-29T00:00:00 gaoxia
	prints 'YL261120001#6' extend 2026-12-28T23:59:59 gaoxia
	refused 3 'ticket-log: YL261120001: the supervisor reviews with an opinion: reviewed needs submitted first, which is not recorded [H3.1-3]' \
		log '2026-12-28 10:00' YL261120001 reviewed gaoxia --opinion 好
	prints 'YL261120001#7' log '2026-12-28 23:59:59' YL261120001 submitted meizhen --set to=gaoxia
	prints 'papers [H3.1-3] 2026-12-24 23:59  withdrawn at 2026-12-22 10:00 (#6)
papers [H3.1-3] 2026-12-28 23:59  in time at 2026-12-28 23:59 (#7)' duties '2026-12-29 09:00' YL261120001 papers
	refused 3 'ticket-log: YL261120001: the supervisor reviews with an opinion: reviewed needs the field opinion [H3.1-3]' \
		log '2026-12-29 10:00' YL261120001 reviewed gaoxia
	refused 3 'ticket-log: YL261120001: the supervisor reviews with an opinion: reviewed is recorded by the role supervisor; meizhen does not have it [H3.1-3]' \
		log '2026-12-29 10:00' YL261120001 reviewed meizhen --opinion 好
	prints 'YL261120001#8' log '2026-12-29 10:00' YL261120001 reviewed gaoxia --opinion 好
	prints '' at '2026-12-29 10:01' ledger-check -q
}

@test "[H3.1-3] nobody reached: nothing to report" {
	install "$day"
	log 12:00 1 planned meizhen "${plan[@]}"
	at '2026-12-21 10:00' callback-log -q YL261120001 --by meizhen --unreached
	run duties '2026-12-21 11:00' YL261120001 '\(papers\|callback-report\)'
	output_is ''
}

@test "[ours] records are corrected by those who answer for them" {
	at 10:00 ticket-open -q --by lihua -n 金叶商贸 -p 02088880001 建议增加批量打印
	log 11:00 1 finished meizhen --result 已增加
	books_mended YL261120001 meizhen supervisor 'desk, supervisor'
}

@test "[H3.1-1] whoever sells or serves says that it is live; what makes a suggestion good is said" {
	local person id
	for person in meizhen lihua gaoxia; do
		id=$(at 10:00 ticket-open -q --by lihua -n 金叶商贸 -p 02088880001 系统上线)
		prints "$id#2" log 11:00 "$id" live "$person"
	done
	id=$(at 10:00 ticket-open -q --by lihua -n 金叶商贸 -p 02088880001 建议增加批量打印)
	refused 3 "ticket-log: $id: the supervisor finds a suggestion good: found-good needs the field reason [H3.1-1]" log 11:00 "$id" found-good gaoxia
}

@test "[H3.1-1] each installation gets its first call; who is looked up on site is visited" {
	install "$day"
	prints 'due,2026-12-28T23:59:59+08:00,officer,H3.1-1' columns status,due,roles,clause at '2026-12-20 00:00' callback-due --format csv
	at 10:00 ticket-open -q --by lihua -n 金叶商贸 -p 02088880001 建议增加批量打印
	log 10:05 2 found-good gaoxia --reason 多家反映
	log 10:10 2 planned meizhen --reason 致谢 --set manner=on-site --set agreed-at='2026-11-25 10:00' -t 批量打印
	prints 'YL261120002#4' at '2026-11-25 10:00' callback-log YL261120002 --by meizhen -m on-site -a satisfied -t 面谈 --signature 吴经理
}

@test "[H3.1-2][H3.1-3] plans, reports and papers are the callers'; the supervisor may record a call late, and one without a plan" {
	install "$day"
	refused 3 'ticket-log: YL261120001: a plan names purpose, manner, time and content: planned is recorded by the role officer; lihua does not have it [H3.1-2]' \
		log 12:00 1 planned lihua "${plan[@]}"
	refused 3 'ticket-log: YL261120001: a callback is reported: reported needs callback first, which is not recorded [H3.1-3]' log 12:00 1 reported meizhen -t 报告
	prints 'YL261120001#3' at '2026-12-22 10:00' callback-log YL261120001 --by gaoxia --caller meizhen --at '2026-12-21 10:00' -a satisfied -t 会用 \
		--override 出差补记
	refused 3 'ticket-log: YL261120001: a callback is reported: reported is recorded by the role officer; lihua does not have it [H3.1-3]' \
		log '2026-12-22 10:00' YL261120001 reported lihua -t 报告
	log '2026-12-22 10:00' YL261120001 reported meizhen -t 报告
	local title='ticket-log: YL261120001: the papers go to the supervisor: submitted'
	refused 3 "$title is recorded by the role officer; lihua does not have it [H3.1-3]" log '2026-12-22 11:00' YL261120001 submitted lihua --set to=gaoxia
	refused 3 "$title needs the field to [H3.1-3]" log '2026-12-22 11:00' YL261120001 submitted meizhen
}

#!/usr/bin/env bats
# Work instruction H1 as the pack vanke keeps it: what is refused, what is accepted, and until when.
# 20 November 2026 is a Friday.
load ../helper
load ../packs

setup_file() {
	vanke
}

# shellcheck disable=SC2034 # for at, of helper.bash
day=2026-11-20

# log TIME ID STEP PERSON [OPTION...]
log() { at "$1" ticket-log -q "$2" "$3" --by "$4" "${@:5}"; }
take() { at 09:00 ticket-open -q --by lihua -n 王女士 --channel phone 投诉电梯太吵; }

# duties TIME ID: as ticket-show words them
duties() { at "$1" ticket-show "$2" | sed -n 's/^  \([a-z0-9-]* \[.*\)/\1/p'; }

# Of each kind one, which somebody has dealt with at 11:00.
done_of() {
	local id
	id=$(at 09:00 ticket-open -q --by lihua -k "$1" -n 王女士 --channel letter 大堂里的事)
	log 11:00 "$id" finished wanggang --result 已调整 >/dev/null
	echo "$id"
}

@test "[H1-1a] complaints and suggestions are recorded, with how they came" {
	local kind channel id title='ticket-open: complaints and suggestions are recorded, with how they came: opened needs the field'
	for kind in complaint suggestion; do
		refused 3 "${title}s customer.name, channel [H1-1a]" at 09:00 ticket-open -q --by lihua -k $kind 大堂里的事
		refused 3 "$title channel [H1-1a]" at 09:00 ticket-open -q --by lihua -k $kind -n 王女士 大堂里的事
		refused 3 "$title customer.name [H1-1a]" at 09:00 ticket-open -q --by lihua -k $kind --channel phone 大堂里的事
		for channel in phone letter; do
			id=$(at 09:00 ticket-open -q --by lihua -k $kind -n 王女士 --channel $channel 大堂里的事)
			prints "$kind,$channel,大堂里的事" kept kind,channel,text "$id" opened
		done
	done
}

@test "[H1-1b] what is not solved is reported to the company's leader the same day, and to nobody else" {
	local kind id when verdict who title='what is not solved is reported to the company leader'
	for kind in complaint suggestion; do
		id=$(at 09:00 ticket-open -q --by lihua -k $kind -n 王女士 --channel phone 大堂里的事)
		owed() { columns status,due,ticket at "$1" ticket-due --rule H1-1b --format csv; }
		refused 3 "ticket-log: $id: $title: leader-told needs the field text [H1-1b]" log 10:00 "$id" leader-told lihua --set to=qianjin
		refused 3 "ticket-log: $id: $title: text says nothing: write what was done or found, in some words [H1-1b]" log 10:00 "$id" leader-told lihua --set to=qianjin -t 无
		refused 3 "ticket-log: $id: $title: leader-told is recorded by the role desk, supervisor; wanggang does not have it [H1-1b]" \
			log 10:00 "$id" leader-told wanggang --set to=qianjin -t 需更换主机
		for who in gaoxia wanggang lihua; do
			refused 3 "ticket-log: $id: $title: leader-told goes to the role leader (qianjin); $who is not [H1-1b]" \
				log 10:00 "$id" leader-told lihua --set to=$who -t 需更换主机
			at 10:00 ticket-log -q "$id" told --by lihua --set to=$who
		done
		prints "due,2026-11-20T23:59:59+08:00,$id" owed 23:59:59
		prints "overdue,2026-11-20T23:59:59+08:00,$id" owed '2026-11-21 00:00:00'
		keep "tickets/2026/11/$id.yaml"
		while read -r when verdict; do
			put_back "tickets/2026/11/$id.yaml"
			log "${when/T/ }" "$id" leader-told lihua --set to=qianjin -t 需更换主机
			prints "solve-or-report [H1-1b] 2026-11-20 23:59  $verdict" duties '2026-11-21 09:00' "$id"
			prints '' owed '2026-11-21 09:00'
		done <<-'END'
			2026-11-20T23:59:59 in time at 2026-11-20 23:59 (#5)
			2026-11-21T00:00:00 LATE at 2026-11-21 00:00 (#5)
		END
		put_back "tickets/2026/11/$id.yaml"
		# solved, it need not be
		log 11:00 "$id" finished wanggang --result 已调整
		prints 'solve-or-report [H1-1b] 2026-11-20 23:59  in time at 2026-11-20 11:00 (#5)' duties 12:00 "$id"
	done
}

@test "[H1-1c] the result goes to the household in writing" {
	local kind id manner
	for kind in complaint suggestion; do
		id=$(at 09:00 ticket-open -q --by lihua -k $kind -n 王女士 --channel letter 大堂里的事)
		refused 3 "ticket-log: $id: the result goes to the household: answered needs finished first, which is not recorded [H1-1c]" \
			log 10:00 "$id" answered lihua -t 已调整 --set manner=written
		log 11:00 "$id" finished wanggang --result 已调整
		for manner in telephone visit on-site; do
			refused 3 "ticket-log: $id: the result goes to the household in writing [H1-1c]" log 11:10 "$id" answered lihua -t 已调整 --set manner=$manner
		done
		refused 3 "ticket-log: $id: the result goes to the household: answered needs the fields text, manner [H1-1c]" log 11:10 "$id" answered lihua
		refused 3 "ticket-log: $id: the result goes to the household: answered is recorded by the role desk, supervisor, leader; wanggang does not have it [H1-1c]" \
			log 11:10 "$id" answered wanggang -t 已调整 --set manner=written
		refused 3 "ticket-log: $id: the result goes to the household first: accepted needs answered first, which is not recorded [H1-1c]" \
			log 11:10 "$id" accepted lihua --signature 王女士
		# nor does the leader close it unanswered
		refused 3 "ticket-close: $id: the result goes to the household first: closed needs answered first, which is not recorded [H1-1c]" \
			at 11:10 ticket-close "$id" --by qianjin -r 已调整 --set text=更换减震垫 --override 业户失联
		prints "$id#3" log 11:10 "$id" answered qianjin -t 已调整 --set manner=written
		prints 'written,已调整' kept manner,text "$id" answered
	done
}

@test "[H1-1d] that the household accepts the result is recorded before it is closed; what it will not accept, only the leader closes" {
	local kind id title='the household accepts the result before it is closed'
	for kind in complaint suggestion; do
		id=$(done_of $kind)
		log 11:10 "$id" answered lihua -t 已调整 --set manner=written
		refused 3 "ticket-log: $id: that the household accepts the result is recorded: accepted needs the field signature [H1-1d]" log 11:20 "$id" accepted lihua
		refused 3 "ticket-log: $id: that the household accepts the result is recorded: accepted is recorded by the role desk, supervisor; wanggang does not have it [H1-1d]" \
			log 11:20 "$id" accepted wanggang --signature 王女士
		refused 3 "ticket-close: $id: $title: closed needs accepted first, which is not recorded [H1-1d]" \
			at 11:20 ticket-close "$id" --by lihua -r 已调整 --set text=更换减震垫
		keep "tickets/2026/11/$id.yaml"
		prints "$id#4" log 11:30 "$id" accepted lihua --signature 王女士
		prints 'lihua,王女士' kept by,signature "$id" accepted
		prints "$id#5" at 11:40 ticket-close "$id" --by lihua -r 已调整 --set text=更换减震垫
		put_back "tickets/2026/11/$id.yaml"
		refused 3 "ticket-close: $id: $title: closed needs accepted first, which is not recorded [H1-1d]" \
			at 12:00 ticket-close "$id" --by gaoxia -r 已调整 --set text=更换减震垫 --override 业户失联
		refused 3 "ticket-close: $id: $title: closed is recorded by the role desk, supervisor; qianjin does not have it [H1-1d]" \
			at 12:00 ticket-close "$id" --by qianjin -r 已调整 --set text=更换减震垫
		prints "$id#4" at 12:00 ticket-close "$id" --by qianjin -r 已调整 --set text=更换减震垫 --override 业户失联
	done
	prints '' at 12:01 ledger-check -q
}

@test "[H1-1e] each complaint and suggestion is summed up before it is closed" {
	local kind id
	for kind in complaint suggestion; do
		id=$(done_of $kind)
		log 11:10 "$id" answered lihua -t 已调整 --set manner=written
		log 11:30 "$id" accepted lihua --signature 王女士
		refused 3 "ticket-close: $id: each is summed up: closed needs the field text [H1-1e]" at 11:40 ticket-close "$id" --by lihua -r 已调整
		refused 3 "ticket-close: $id: each is summed up: text says nothing: write what was done or found, in some words [H1-1e]" \
			at 11:40 ticket-close "$id" --by lihua -r 已调整 --set text=无
		prints "$id#5" at 11:40 ticket-close "$id" --by lihua -r 已调整 --set text=主机减震垫老化，列入季度保养
		prints '主机减震垫老化，列入季度保养' kept text "$id" closed
	done
	# and again, where it was reopened
	at 12:00 ticket-log -q "$id" reopened --by gaoxia --reason 又响了
	log 12:10 "$id" finished wanggang --result 已更换
	refused 3 "ticket-log: $id: the result goes to the household first: accepted needs answered first, which is not recorded [H1-1c]" \
		log 12:20 "$id" accepted lihua --signature 王女士
}

@test "[H1-4] each household is called back once a quarter, by the desk" {
	local unit first
	for unit in 1-0101 1-0102; do customer-log -q --now '2026-01-05 09:00' opened $unit --type owner >/dev/null; done
	for first in 2026-04-01 2026-06-10; do callback-plan -q --now "$first 07:00"; done
	owed() { columns status,due,ticket,who at "$1" callback-due --rule H1-4 --format csv; }
	prints $'due,2026-06-30T23:59:59+08:00,1-0101,lihua\ndue,2026-06-30T23:59:59+08:00,1-0102,lihua' owed '2026-06-30 23:59:59'
	prints $'overdue,2026-06-30T23:59:59+08:00,1-0101,lihua\noverdue,2026-06-30T23:59:59+08:00,1-0102,lihua' owed '2026-07-01 00:00:00'
	# by somebody of the desk
	at '2026-06-30 10:00' callback-log 1-0102 --by wanggang -a satisfied 2>errors
	grep -q 'quarterly-call \[H1-4\]: it has to be made by desk' errors
	at '2026-06-30 23:59:59' callback-log -q 1-0101 --by lihua -a satisfied
	prints 'due,2026-06-30T23:59:59+08:00,1-0102,lihua' owed '2026-06-30 23:59:59'
	at '2026-07-01 00:00:00' callback-log -q 1-0102 --by lihua -a satisfied
	prints '' owed '2026-07-01 09:00'
	prints 'quarterly-call [H1-4] 2026-06-30 23:59  in time at 2026-06-30 23:59 (#3)' duties '2026-07-01 09:00' 1-0101
	prints 'quarterly-call [H1-4] 2026-06-30 23:59  LATE at 2026-07-01 00:00 (#4)' duties '2026-07-01 09:00' 1-0102
	# and the next quarter brings the next
	callback-plan -q --now '2026-09-29 07:00'
	[[ $(owed '2026-09-29 09:00') == 'due,2026-09-30T23:59:59+08:00,1-0101,lihua
due,2026-09-30T23:59:59+08:00,1-0102,lihua' ]]
}

@test "[ours] records are corrected by those who answer for them" {
	take
	log 11:00 1 finished wanggang --result 已调整
	books_mended YL261120001 wanggang 'supervisor, leader' 'desk, supervisor'
}

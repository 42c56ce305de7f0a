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

@test "[H1-1] complaints and suggestions are recorded, with how they came" {
	local title='ticket-open: complaints and suggestions are recorded, with how they came: opened needs the field'
	refused 3 "${title}s customer.name, channel [H1-1]" at 09:00 ticket-open -q --by lihua 投诉电梯太吵
	refused 3 "$title channel [H1-1]" at 09:00 ticket-open -q --by lihua -n 王女士 建议多种树
	prints 'YL261120001' take
	prints 'YL261120002' at 09:00 ticket-open -q --by lihua -n 王女士 --channel letter 建议多种树
}

@test "[H1-1] what is not solved is reported to the leader the same day" {
	local when verdict
	take
	refused 3 'ticket-log: YL261120001: what is not solved is reported to the company leader: leader-told needs the fields to, text [H1-1]' \
		log 10:00 1 leader-told lihua
	refused 3 'ticket-log: YL261120001: what is not solved is reported to the company leader: leader-told is recorded by the role desk, supervisor; wanggang does not have it [H1-1]' \
		log 10:00 1 leader-told wanggang --set to=qianjin -t 需更换主机
	keep tickets/2026/11/YL261120001.yaml
	while read -r when verdict; do
		put_back tickets/2026/11/YL261120001.yaml
		prints 'solve-or-report [H1-1] 2026-11-20 23:59  open' duties 23:59:59 YL261120001
		log "${when/T/ }" YL261120001 leader-told lihua --set to=qianjin -t 需更换主机
		prints "solve-or-report [H1-1] 2026-11-20 23:59  $verdict" duties '2026-11-21 09:00' YL261120001
	done <<-'END'
		2026-11-20T23:59:59 in time at 2026-11-20 23:59 (#2)
		2026-11-21T00:00:00 LATE at 2026-11-21 00:00 (#2)
	END
	put_back tickets/2026/11/YL261120001.yaml
	log 11:00 1 finished wanggang --result 已调整
	prints 'solve-or-report [H1-1] 2026-11-20 23:59  in time at 2026-11-20 11:00 (#2)' duties 12:00 YL261120001
}

@test "[H1-1] the result goes to the household in writing; its acceptance is recorded; each is summed up" {
	take
	refused 3 'ticket-log: YL261120001: the result goes to the household: answered needs finished first, which is not recorded [H1-1]' \
		log 10:00 1 answered lihua -t 已调整 --set manner=written
	log 11:00 1 finished wanggang --result 已调整
	refused 3 'ticket-log: YL261120001: the result goes to the household in writing [H1-1]' log 11:10 1 answered lihua -t 已调整 --set manner=telephone
	refused 3 'ticket-log: YL261120001: the result goes to the household: answered needs the fields text, manner [H1-1]' log 11:10 1 answered lihua
	refused 3 'ticket-log: YL261120001: that the household accepts the result is recorded: accepted needs answered first, which is not recorded [H1-1]' \
		log 11:10 1 accepted lihua --signature 王女士
	log 11:10 1 answered lihua -t 已调整 --set manner=written
	refused 3 'ticket-log: YL261120001: that the household accepts the result is recorded: accepted needs the field signature [H1-1]' log 11:20 1 accepted lihua
	local title='ticket-close: YL261120001: each is answered in writing, accepted and summed up: closed'
	refused 3 "$title needs accepted first, which is not recorded [H1-1]" at 11:20 ticket-close 1 --by lihua -r 已调整 --set text=小结
	log 11:30 1 accepted lihua --signature 王女士
	refused 3 "$title needs the field text [H1-1]" at 11:40 ticket-close 1 --by lihua -r 已调整
	prints 'YL261120001#5' at 11:40 ticket-close 1 --by lihua -r 已调整 --set text=主机减震垫老化，列入季度保养
	prints '' at 11:41 ledger-check -q
}

@test "[H1-1] what a household will not accept, only the leader closes" {
	take
	log 11:00 1 finished wanggang --result 已调整
	log 11:10 1 answered lihua -t 已调整 --set manner=written
	refused 3 'ticket-close: YL261120001: each is answered in writing, accepted and summed up: closed needs accepted first, which is not recorded [H1-1]' \
		at 12:00 ticket-close 1 --by gaoxia -r 已调整 --set text=小结 --override 业户失联
	refused 3 'ticket-close: YL261120001: each is answered in writing, accepted and summed up: closed is recorded by the role desk, supervisor; qianjin does not have it [H1-1]' \
		at 12:00 ticket-close 1 --by qianjin -r 已调整 --set text=小结
	prints 'YL261120001#4' at 12:00 ticket-close 1 --by qianjin -r 已调整 --set text=小结 --override 业户失联
}

@test "[H1-1] the department answers, the leader may; the household's acceptance is the department's to record" {
	take
	log 11:00 1 finished wanggang --result 已调整
	refused 3 'ticket-log: YL261120001: the result goes to the household: answered is recorded by the role desk, supervisor, leader; wanggang does not have it [H1-1]' \
		log 11:10 1 answered wanggang -t 已调整 --set manner=written
	prints 'YL261120001#3' log 11:10 1 answered qianjin -t 已调整 --set manner=written
	refused 3 'ticket-log: YL261120001: that the household accepts the result is recorded: accepted is recorded by the role desk, supervisor; wanggang does not have it [H1-1]' \
		log 11:20 1 accepted wanggang --signature 王女士
	prints 'YL261120001#4' log 11:20 1 accepted lihua --signature 王女士
}

@test "[H1-1] suggestions take the same path" {
	at 09:00 ticket-open -q --by lihua -n 王女士 --channel letter 建议多种树
	prints 'solve-or-report [H1-1] 2026-11-20 23:59  open' duties 10:00 YL261120001
	refused 3 'ticket-log: YL261120001: what is not solved is reported to the company leader: leader-told needs the fields to, text [H1-1]' \
		log 10:00 1 leader-told lihua
	refused 3 'ticket-log: YL261120001: the result goes to the household: answered needs finished first, which is not recorded [H1-1]' \
		log 10:00 1 answered lihua -t 采纳 --set manner=written
	log 11:00 1 finished wanggang --result 已补种
	refused 3 'ticket-log: YL261120001: the result goes to the household in writing [H1-1]' log 11:10 1 answered lihua -t 采纳 --set manner=visit
	refused 3 'ticket-log: YL261120001: that the household accepts the result is recorded: accepted needs answered first, which is not recorded [H1-1]' \
		log 11:20 1 accepted lihua --signature 王女士
	refused 3 'ticket-close: YL261120001: each is answered in writing, accepted and summed up: closed needs accepted first, which is not recorded [H1-1]' \
		at 11:30 ticket-close 1 --by lihua -r 已补种 --set text=小结
}

@test "[ours] records are corrected by those who answer for them" {
	take
	log 11:00 1 finished wanggang --result 已调整
	books_mended YL261120001 wanggang 'supervisor, leader' 'desk, supervisor'
}

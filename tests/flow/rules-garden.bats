#!/usr/bin/env bats
# Regulation H3.14 as the pack garden keeps it: for each clause what is refused, what is accepted, and until when.
# 20 November 2026 is a Friday.
load ../helper
load ../packs

setup_file() {
	garden
}

# shellcheck disable=SC2034 # for at, of helper.bash
day=2026-11-20

# log TIME ID STEP PERSON [OPTION...]
log() { at "$1" ticket-log -q "$2" "$3" --by "$4" "${@:5}"; }

# What lihua receives first at 09:00: options and text follow.
take() { at 09:00:00 ticket-open -q --by lihua --set first-asked=lihua -u 3-1201 "$@"; }

# duties TIME ID [RULE]: as ticket-show words them
duties() {
	at "$1" ticket-show "$2" | sed -n 's/^  \([a-z0-9-]* \[.*\)/\1/p' | grep "^${3:-}"
}

@test "[H3.14-2] whoever receives a customer first is responsible, and named" {
	refused 3 'ticket-open: whoever receives a customer first is responsible: opened needs the field first-asked [H3.14-2]' \
		at 09:00 ticket-open -q --by lihua -u 3-1201 建议多种树
	prints 'YL261120001' take 建议多种树
}

@test "[H3.14-2] a suggestion reaches the office and a person is sent within 3 min" {
	local when verdict
	take 建议多种树
	refused 3 'ticket-assign: YL261120001: the office sends a person: assigned needs the field to [H3.14-2]' \
		at 09:01 ticket-assign 1 --by lihua -d greening
	keep tickets/2026/11/YL261120001.yaml
	while read -r when verdict; do
		put_back tickets/2026/11/YL261120001.yaml
		prints 'sent [H3.14-2] 2026-11-20 09:03  open' duties 09:03:00 YL261120001
		at "$when" ticket-assign -q 1 wanggang --by lihua
		prints "sent [H3.14-2] 2026-11-20 09:03  $verdict" duties 09:04 YL261120001
	done <<-'END'
		09:03:00 in time at 2026-11-20 09:03 (#2)
		09:03:01 LATE at 2026-11-20 09:03 (#2)
	END
}

@test "[H3.14-2] the three minutes run from when it was first heard" {
	take --set heard-at='2026-11-20 08:59' 建议多种树
	prints 'sent [H3.14-2] 2026-11-20 09:02  open' duties 09:02:00 YL261120001
	prints 'sent [H3.14-2] 2026-11-20 09:02  OVERDUE' duties 09:02:01 YL261120001
}

@test "[H3.14-3] what is registered is read back to the customer before it is done" {
	take 投诉楼下太吵
	local title='what was registered is read back to the customer to confirm'
	refused 3 "ticket-log: YL261120001: $title: finished needs read-back first, which is not recorded [H3.14-3]" \
		log 09:10 1 finished wanggang --result 已劝离
	refused 3 "ticket-close: YL261120001: $title: closed needs read-back first, which is not recorded [H3.14-3]" \
		at 09:10 ticket-close 1 --by lihua -r 已劝离
	refused 3 "ticket-log: YL261120001: $title: read-back is recorded by the role desk, officer, supervisor; wanggang does not have it [H3.14-3]" \
		log 09:10 1 read-back wanggang
	prints 'YL261120001#2' log 09:10 1 read-back lihua
	prints 'YL261120001#3' log 09:20 1 finished wanggang --result 已劝离
	prints 'YL261120001#4' at 09:21 ticket-close 1 --by lihua -r 已劝离
}

@test "[H3.14-3] what is not solved on the spot has a promised time, and that is a deadline" {
	local when verdict
	take 投诉楼下太吵
	log 09:05 1 read-back lihua
	prints 'solve-or-promise [H3.14-3] 2026-11-20 09:30  open' duties 09:30:00 YL261120001
	prints 'solve-or-promise [H3.14-3] 2026-11-20 09:30  OVERDUE' duties 09:30:01 YL261120001
	refused 3 'ticket-log: YL261120001: what is not solved at once has a promised time: promised needs the field promised [H3.14-3]' \
		log 09:10 1 promised lihua
	log 09:30:00 1 promised lihua --set promised='2026-11-21 12:00'
	keep tickets/2026/11/YL261120001.yaml
	while read -r when verdict; do
		put_back tickets/2026/11/YL261120001.yaml
		log "2026-11-21 $when" YL261120001 finished wanggang --result 已劝离
		prints "solve-or-promise [H3.14-3] 2026-11-20 09:30  in time at 2026-11-20 09:30 (#3)
promised-time [H3.14-3] 2026-11-21 12:00  $verdict" duties '2026-11-21 13:00' YL261120001
	done <<-'END'
		12:00:00 in time at 2026-11-21 12:00 (#4)
		12:00:01 LATE at 2026-11-21 12:00 (#4)
	END
}

# Complaints that closed on 20 November, and the lot of the day after.
eleven_complaints() {
	local number
	for number in 1 2 3 4 5 6 7 8 9 10 11; do
		take 投诉楼下太吵
		log 09:05 "$number" read-back lihua
		at 09:10 ticket-close -q "$number" --by lihua -r 已劝离
	done
	at '2026-11-21 07:00' callback-plan -q
	# shellcheck disable=SC2207 # ids hold no blanks
	drawn=($(columns ticket at '2026-11-21 10:00' callback-due --format csv))
}

@test "[H3.14-4] one complaint in ten is called back, by lot; on site the customer signs" {
	eleven_complaints
	# 10 % of 11 is 1.1: two of them; 30 % of 2 is 0.6: one of these on site
	[[ $(columns status,needed,called,on-site,drawn at '2026-11-21 10:00' callback-due --format csv | uniq -c) == *' 2 due,2,0,1,yes' ]]
	refused 3 "callback-log: ${drawn[0]}: the customer signs for a callback made on site: callback needs the field signature [H3.14-4]" \
		at '2026-11-21 11:00' callback-log "${drawn[0]}" --by meizhen -m on-site -a satisfied
	at '2026-11-21 11:00' callback-log "${drawn[0]}" --by meizhen -m on-site -a satisfied --signature 何先生
	prints 'due,2,1,0' columns status,needed,called,on-site at '2026-11-21 11:01' callback-due --format csv
	at '2026-11-21 11:10' callback-log "${drawn[1]}" --by meizhen -a satisfied
	prints '' at '2026-11-21 11:11' callback-due
	prints '1 of 1,kept,kept' columns on-site,verdict,on-site-verdict at '2026-12-20 09:00' callback-tally --period 2026-12 --format csv
	prints '' at '2026-11-21 11:12' ledger-check -q
}

@test "[H3.14-4] too few calls on site: the others come up as candidates, and in the end it is a breach" {
	eleven_complaints
	at '2026-11-21 11:00' callback-log -q "${drawn[0]}" --by meizhen -a satisfied
	at '2026-11-21 11:01' callback-log -q "${drawn[1]}" --by meizhen -a satisfied
	[[ $(columns status,called,on-site at '2026-11-21 12:00' callback-due --format csv | uniq -c) == *' 9 sample,2,1' ]]
	prints '' at '2026-12-21 09:00' callback-due
	prints '0 of 1,kept,missed' columns on-site,verdict,on-site-verdict at '2026-12-21 09:00' callback-tally --period 2026-12 --format csv
}

@test "[H3.14-2][H3.14-3] complaints, suggestions and requests take the same path" {
	local kind id
	for kind in complaint suggestion request; do
		refused 3 'ticket-open: whoever receives a customer first is responsible: opened needs the field first-asked [H3.14-2]' \
			at 09:00 ticket-open -q --by lihua -k "$kind" -u 3-1201 楼道灯
		id=$(take -k "$kind" 楼道灯)
		refused 3 "ticket-assign: $id: the office sends a person: assigned needs the field to [H3.14-2]" at 09:01 ticket-assign "$id" --by lihua -d greening
		refused 3 "ticket-log: $id: what is not solved at once has a promised time: promised needs the field promised [H3.14-3]" log 09:10 "$id" promised lihua
		refused 3 "ticket-log: $id: what was registered is read back to the customer to confirm: finished needs read-back first, which is not recorded [H3.14-3]" \
			log 09:10 "$id" finished wanggang --result 已更换
		refused 3 "ticket-log: $id: what was registered is read back to the customer to confirm: read-back is recorded by the role desk, officer, supervisor; wanggang does not have it [H3.14-3]" \
			log 09:10 "$id" read-back wanggang
	done
}

@test "[H3.14-3] done or closed on the spot needs no promise; closing keeps one" {
	take -k request 楼道灯
	log 09:05 1 read-back lihua
	log 09:30:00 1 finished wanggang --result 已更换
	prints 'solve-or-promise [H3.14-3] 2026-11-20 09:30  in time at 2026-11-20 09:30 (#3)' duties 10:00 YL261120001
	take 投诉楼下太吵
	log 09:05 2 read-back lihua
	at 09:30:00 ticket-close -q 2 --by lihua -r 已劝离
	prints 'solve-or-promise [H3.14-3] 2026-11-20 09:30  in time at 2026-11-20 09:30 (#3)' duties 10:00 YL261120002 solve
	take 投诉楼下太吵
	log 09:05 3 promised lihua --set promised=12:00
	log 09:06 3 read-back lihua
	at 12:00:00 ticket-close -q 3 --by lihua -r 已劝离
	prints 'promised-time [H3.14-3] 2026-11-20 12:00  in time at 2026-11-20 12:00 (#4)' duties 13:00 YL261120003 promised
}

@test "[H3.14-4] the calls are made within a month of closing, by an officer" {
	take 投诉楼下太吵
	log 09:05 1 read-back lihua
	at 09:10 ticket-close -q 1 --by lihua -r 已劝离
	at '2026-11-21 07:00' callback-plan -q
	prints 'due,2026-12-20T23:59:59+08:00,officer,H3.14-4' columns status,due,roles,clause at '2026-11-21 10:00' callback-due --format csv
}

@test "[ours] the desk closes; records are corrected by those who answer for them" {
	take 投诉楼下太吵
	log 09:05 1 read-back lihua
	refused 3 'ticket-close: YL261120001: the desk closes: closed is recorded by the role desk, officer, supervisor; wanggang does not have it [ours]' \
		at 09:10 ticket-close 1 --by wanggang -r 已劝离
	at 09:10 ticket-close -q 1 --by lihua -r 已劝离
	books_mended YL261120001 wanggang 'supervisor, office-director' 'desk, supervisor'
}

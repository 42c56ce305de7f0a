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

# What is not solved at once, as the desk explains it.
promise=(--set promised='2026-11-21 12:00' -t 需与施工单位协调)

@test "[H3.14-2a] anybody of the office takes a complaint, and is named in it" {
	local who kind
	for kind in complaint suggestion request; do
		refused 3 'ticket-open: whoever receives a customer first is responsible: opened needs the field first-asked [H3.14-2a H3.14-5a]' \
			at 09:00 ticket-open -q --by lihua -k "$kind" -u 3-1201 楼道灯
	done
	refused 3 'ticket-open: first-asked: nobody is not in staff.yaml' \
		at 09:00 ticket-open -q --by lihua --set first-asked=nobody -u 3-1201 投诉楼下太吵
	for who in lihua meizhen wanggang gaoxia sunli; do
		at 09:00 ticket-open -q --by "$who" --set first-asked="$who" -u 3-1201 投诉楼下太吵 >id
		prints "$who,$who" kept by,first-asked "$(<id)" opened
	done
}

@test "[H3.14-2b] the person concerned is told within half an hour: the head of that department, and nobody else" {
	take 投诉楼下太吵
	told() { columns status,due,who at "$1" ticket-due --rule H3.14-2b --format csv; }
	local says='concerned-told: the head of security (sunli) has to be told'
	refused 3 "ticket-log: YL261120001: $says; hemei is not [H3.14-2b]" at 09:10 ticket-log 1 told --by lihua --set to=hemei
	refused 3 "ticket-log: YL261120001: $says; gaoxia, wanggang is not [H3.14-2b]" \
		at 09:10 ticket-log 1 told --by lihua --set to=gaoxia --set to=wanggang
	prints 'due,2026-11-20T09:30:00+08:00,sunli' told 09:30:00
	keep tickets/2026/11/YL261120001.yaml
	# a worker, or another head, has it: the one concerned does not know
	at 09:11 ticket-assign -q 1 wanggang --by lihua
	prints 'overdue,2026-11-20T09:30:00+08:00,sunli' told 09:30:01
	at 09:31 ticket-assign -q 1 hemei --by lihua
	prints 'overdue,2026-11-20T09:30:00+08:00,sunli' told 09:32
	put_back tickets/2026/11/YL261120001.yaml
	at 09:30:00 ticket-log -q 1 told --by wanggang --set to=sunli
	prints '' told 09:30:01
	prints 'concerned-told [H3.14-2b] 2026-11-20 09:30  in time at 2026-11-20 09:30 (#2)' duties 10:00 YL261120001 concerned
	put_back tickets/2026/11/YL261120001.yaml
	at 09:30:01 ticket-assign -q 1 sunli --by lihua
	prints 'concerned-told [H3.14-2b] 2026-11-20 09:30  LATE at 2026-11-20 09:30 (#2)' duties 10:00 YL261120001 concerned
	# and each department has its own
	take 投诉垃圾没人管
	take 投诉电梯没人管
	take 投诉草坪枯死
	take 投诉物业态度
	prints $'hemei\nzhaoqiang\nyulan\nzhuwen' columns who at 09:40 ticket-due --rule H3.14-2b --format csv
}

@test "[H3.14-2c] a suggestion reaches the office and a person is sent within 3 min" {
	local when verdict
	take 建议多种树
	refused 3 'ticket-assign: YL261120001: the office sends a person: assigned needs the field to [H3.14-2c]' \
		at 09:01 ticket-assign 1 --by lihua -d greening
	refused 3 'ticket-assign: YL261120001: the office sends a person: assigned is recorded by the role desk, officer, supervisor, office-director; wanggang does not have it [H3.14-2c]' \
		at 09:01 ticket-assign 1 wanggang --by wanggang
	sent() { columns status,due,ticket at "$1" ticket-due --rule H3.14-2c --format csv; }
	prints 'due,2026-11-20T09:03:00+08:00,YL261120001' sent 09:03:00
	prints 'overdue,2026-11-20T09:03:00+08:00,YL261120001' sent 09:03:01
	keep tickets/2026/11/YL261120001.yaml
	while read -r when verdict; do
		put_back tickets/2026/11/YL261120001.yaml
		prints 'sent [H3.14-2c] 2026-11-20 09:03  open' duties 09:03:00 YL261120001
		at "$when" ticket-assign -q 1 wanggang --by lihua
		prints "sent [H3.14-2c] 2026-11-20 09:03  $verdict" duties 09:04 YL261120001
		prints '' sent 09:04
	done <<-'END'
		09:03:00 in time at 2026-11-20 09:03 (#2)
		09:03:01 LATE at 2026-11-20 09:03 (#2)
	END
}

@test "[H3.14-2c] the three minutes run from when it was first heard" {
	take --set heard-at='2026-11-20 08:59' 建议多种树
	prints 'sent [H3.14-2c] 2026-11-20 09:02  open' duties 09:02:00 YL261120001
	prints 'sent [H3.14-2c] 2026-11-20 09:02  OVERDUE' duties 09:02:01 YL261120001
}

@test "[H3.14-3a] what a customer says is registered at once: within half an hour" {
	local kind
	for kind in complaint suggestion request; do
		refused 3 'ticket-open: what a customer says is registered at once: opened has to be recorded within 30 min of happening [H3.14-3a]' \
			at 09:30:01 ticket-open -q --by lihua -k "$kind" --at '2026-11-20 09:00' --set first-asked=lihua -u 3-1201 楼道灯
	done
	prints 'YL261120001' at 09:30:00 ticket-open -q --by lihua --at '2026-11-20 09:00' --set first-asked=lihua -u 3-1201 投诉楼下太吵
	prints 'YL261120002' at 11:00 ticket-open -q --by gaoxia --at '2026-11-20 09:00' --set first-asked=lihua -u 3-1201 投诉楼下太吵 --override 停电
}

@test "[H3.14-3b] what is registered is read back to the customer before it is done" {
	local kind id title='what was registered is read back to the customer to confirm'
	for kind in complaint suggestion request; do
		id=$(take -k "$kind" 楼道灯)
		refused 3 "ticket-log: $id: $title: finished needs read-back first, which is not recorded [H3.14-3b]" \
			log 09:10 "$id" finished wanggang --result 已更换
		refused 3 "ticket-close: $id: $title: closed needs read-back first, which is not recorded [H3.14-3b]" \
			at 09:10 ticket-close "$id" --by lihua -r 已更换
		refused 3 "ticket-log: $id: $title: read-back is recorded by the role desk, officer, supervisor; wanggang does not have it [H3.14-3b]" \
			log 09:10 "$id" read-back wanggang
		prints "$id#2" log 09:10 "$id" read-back lihua
		prints "$id#3" log 09:20 "$id" finished wanggang --result 已更换
		prints "$id#4" at 09:21 ticket-close "$id" --by lihua -r 已更换
	done
	id=$(take 投诉楼下太吵)
	prints "$id#2" at 09:30 ticket-close "$id" --by gaoxia -r 已劝离 --override 客户已离开
}

@test "[H3.14-3c] what is not solved within half an hour is explained and has a promised time" {
	local kind id when verdict title='what is not solved at once is explained and has a promised time'
	for kind in complaint request; do
		id=$(take -k "$kind" 楼道灯)
		refused 3 "ticket-log: $id: $title: promised needs the field promised [H3.14-3c]" log 09:10 "$id" promised lihua -t 需与施工单位协调
		refused 3 "ticket-log: $id: $title: promised needs the field text [H3.14-3c]" log 09:10 "$id" promised lihua --set promised=12:00
		owes() { columns status,due at "$1" ticket-due --rule H3.14-3c --format csv; }
		prints 'due,2026-11-20T09:30:00+08:00' owes 09:30:00
		prints 'overdue,2026-11-20T09:30:00+08:00' owes 09:30:01
		keep "tickets/2026/11/$id.yaml"
		while read -r when verdict; do
			put_back "tickets/2026/11/$id.yaml"
			log "$when" "$id" promised lihua "${promise[@]}"
			prints "solve-or-promise [H3.14-3c] 2026-11-20 09:30  $verdict" duties 10:00 "$id" solve
			prints '' owes 10:00
		done <<-'END'
			09:30:00 in time at 2026-11-20 09:30 (#2)
			09:30:01 LATE at 2026-11-20 09:30 (#2)
		END
	done
	# done or closed on the spot needs no promise; nor what was promised when it was taken
	take -k request 楼道灯
	log 09:05 3 read-back lihua
	log 09:30:00 3 finished wanggang --result 已更换
	prints 'solve-or-promise [H3.14-3c] 2026-11-20 09:30  in time at 2026-11-20 09:30 (#3)' duties 10:00 YL261120003
	take 投诉楼下太吵
	log 09:05 4 read-back lihua
	at 09:30:00 ticket-close -q 4 --by lihua -r 已劝离
	prints 'solve-or-promise [H3.14-3c] 2026-11-20 09:30  in time at 2026-11-20 09:30 (#3)' duties 10:00 YL261120004 solve
	take --promised 12:00 投诉楼下太吵
	prints '' owes 10:00
}

@test "[H3.14-3d] the promised time of a complaint or wish is a deadline" {
	local kind id when verdict
	for kind in complaint suggestion request; do
		id=$(take -k "$kind" 楼道灯)
		log 09:05 "$id" read-back lihua
		log 09:10 "$id" promised lihua "${promise[@]}"
		owes() { columns status,due at "$1" ticket-due --rule promised-time --format csv; }
		prints 'due,2026-11-21T12:00:00+08:00' owes '2026-11-21 12:00:00'
		prints 'overdue,2026-11-21T12:00:00+08:00' owes '2026-11-21 12:00:01'
		keep "tickets/2026/11/$id.yaml"
		while read -r when verdict; do
			put_back "tickets/2026/11/$id.yaml"
			log "2026-11-21 $when" "$id" finished wanggang --result 已更换
			prints "promised-time [H3.14-3d] 2026-11-21 12:00  $verdict" duties '2026-11-21 13:00' "$id" promised
			put_back "tickets/2026/11/$id.yaml"
			at "2026-11-21 $when" ticket-close -q "$id" --by lihua -r 已更换
			prints "promised-time [H3.14-3d] 2026-11-21 12:00  $verdict" duties '2026-11-21 13:00' "$id" promised
			prints '' owes '2026-11-21 13:00'
		done <<-'END'
			12:00:00 in time at 2026-11-21 12:00 (#4)
			12:00:01 LATE at 2026-11-21 12:00 (#4)
		END
	done
}

@test "[H3.14-3d] a later promise does not undo the first; what is promised when it is taken is owed too" {
	local when verdict
	take 投诉楼下太吵
	log 09:05 1 read-back lihua
	log 09:10 1 promised lihua --set promised=12:00 -t 需与施工单位协调
	log 11:00 1 promised lihua "${promise[@]}"
	keep tickets/2026/11/YL261120001.yaml
	while read -r when verdict; do
		put_back tickets/2026/11/YL261120001.yaml
		log "$when" 1 finished wanggang --result 已劝离
		prints "promised-time [H3.14-3d] 2026-11-20 12:00  $verdict
promised-time-2 [H3.14-3d] 2026-11-21 12:00  in time at 2026-11-20 12:00 (#5)" duties 13:00 YL261120001 promised
	done <<-'END'
		12:00:00 in time at 2026-11-20 12:00 (#5)
		12:00:01 LATE at 2026-11-20 12:00 (#5)
	END
	take --promised 12:00 投诉楼下太吵
	prints '2026-11-20T12:00:00+08:00,YL261120002' columns due,ticket at 10:00 ticket-due --rule promised-at-opening --format csv
}

@test "[H3.14-3e] a complaint is handed to who deals with it, and the form says by whom, to whom and when" {
	local kind id title='the receptionist hands it to who deals with it, who is named'
	for kind in complaint request; do
		id=$(take -k "$kind" 楼道灯)
		refused 3 "ticket-assign: $id: $title: assigned needs the field to [H3.14-3e]" at 09:01 ticket-assign "$id" --by lihua -d security
		refused 3 "ticket-assign: $id: $title: assigned is recorded by the role desk, officer, supervisor, office-director; wanggang does not have it [H3.14-3e]" \
			at 09:01 ticket-assign "$id" wanggang --by wanggang
		prints "$id#2" at 09:06 ticket-assign -q "$id" sunli --by lihua -d security -t 请尽快处理
		prints 'lihua,2026-11-20T09:06:00+08:00,sunli,security,请尽快处理' kept by,at,to,department,text "$id" assigned
	done
}

@test "[H3.14-3f] who deals with it promises a time too, when it takes time" {
	local kind id when verdict title='who deals with it promises a time too'
	for kind in complaint request; do
		id=$(take -k "$kind" 楼道灯)
		log 09:05 "$id" read-back lihua
		refused 3 "ticket-log: $id: $title: time-given needs assigned first, which is not recorded [H3.14-3f]" \
			log 09:06 "$id" time-given wanggang --set promised=11:00
		log 09:06 "$id" promised lihua "${promise[@]}"
		at 09:07 ticket-assign -q "$id" wanggang --by lihua
		refused 3 "ticket-log: $id: $title: finished needs time-given first, which is not recorded [H3.14-3f]" \
			log 10:00 "$id" finished wanggang --result 已更换
		refused 3 "ticket-close: $id: $title: closed needs time-given first, which is not recorded [H3.14-3f]" \
			at 10:00 ticket-close "$id" --by lihua -r 已更换
		refused 3 "ticket-log: $id: $title: time-given needs the field promised [H3.14-3f]" log 09:30 "$id" time-given wanggang
		refused 3 "ticket-log: $id: $title: time-given is recorded by the role worker, officer, department-head; lihua does not have it [H3.14-3f]" \
			log 09:30 "$id" time-given lihua --set promised=11:00
		prints "$id#5" log 09:30 "$id" time-given wanggang --set promised=11:00
		keep "tickets/2026/11/$id.yaml"
		while read -r when verdict; do
			put_back "tickets/2026/11/$id.yaml"
			log "$when" "$id" finished wanggang --result 已更换
			prints "given-time [H3.14-3f] 2026-11-20 11:00  $verdict" duties 12:00 "$id" given
			put_back "tickets/2026/11/$id.yaml"
			at "$when" ticket-close -q "$id" --by lihua -r 已更换
			prints "given-time [H3.14-3f] 2026-11-20 11:00  $verdict" duties 12:00 "$id" given
		done <<-'END'
			11:00:00 in time at 2026-11-20 11:00 (#6)
			11:00:01 LATE at 2026-11-20 11:00 (#6)
		END
	done
	# what was done on the spot, or is the receptionist's own, needs none
	take 投诉楼下太吵
	log 09:05 3 read-back lihua
	at 09:06 ticket-assign -q 3 sunli --by lihua
	prints 'YL261120003#4' log 09:20 3 finished sunli --result 已劝离
	take 投诉楼下太吵
	log 09:05 4 read-back lihua
	log 09:06 4 promised lihua "${promise[@]}"
	prints 'YL261120004#4' log 09:20 4 finished lihua --result 已劝离
	# the supervisor may do without
	take 投诉楼下太吵
	log 09:05 5 read-back lihua
	log 09:06 5 promised lihua "${promise[@]}"
	at 09:07 ticket-assign -q 5 wanggang --by lihua
	prints 'YL261120005#5' at 10:00 ticket-close 5 --by gaoxia -r 已劝离 --override 处理人调离
}

@test "[H3.14-3g] each step of handling is noted in time: within a day, and when it happened stays" {
	local step who options
	take 投诉楼下太吵
	while read -r step who options; do
		refused 3 "ticket-log: YL261120001: each step of handling is noted in time: $step has to be recorded within 1 d of happening [H3.14-3g]" \
			at '2026-11-22 09:00' ticket-log YL261120001 "$step" --by "$who" --at '2026-11-20 10:00' $options
		at '2026-11-21 09:00' ticket-log -q YL261120001 "$step" --by "$who" --at '2026-11-20 10:00' $options
		prints "$who,2026-11-20T10:00:00+08:00,2026-11-21T09:00:00+08:00" kept by,at,recorded YL261120001 "$step"
	done <<-'END'
		read-back lihua
		promised lihua --set promised=2026-11-24T12:00 --text 需与施工单位协调
		introduced lihua --set to=meizhen
		assigned meizhen --set to=sunli
		time-given sunli --set promised=2026-11-23T12:00
		finished sunli --result 已劝离
		closed meizhen --result 已劝离
	END
	prints '' ledger-check -q --now '2026-11-22 09:00'
}

# Complaints that closed on 20 November.
eleven_complaints() {
	local number
	for number in 1 2 3 4 5 6 7 8 9 10 11; do
		take 投诉楼下太吵
		log 09:05 "$number" read-back lihua
		at 09:10 ticket-close -q "$number" --by lihua -r 已劝离
	done
}

# and the lot of the day after
drawn_of_eleven() {
	eleven_complaints
	at '2026-11-21 07:00' callback-plan -q
	# shellcheck disable=SC2207 # ids hold no blanks
	drawn=($(columns ticket at '2026-11-21 10:00' callback-due --format csv))
}

@test "[H3.14-4a] one complaint in ten is called back, and which ones is drawn by lot, and can be drawn again" {
	eleven_complaints
	# 10 % of 11 is 1.1: two of them
	drawn_again 2026-11-21 2
}

@test "[H3.14-4b] at least 30 % of the calls are made on site" {
	drawn_of_eleven
	# 30 % of 2 is 0.6: one of these
	prints $'due,2,0,1,yes\ndue,2,0,1,yes' columns status,needed,called,on-site,drawn at '2026-11-21 10:00' callback-due --format csv
	keep "tickets/2026/11/${drawn[0]}.yaml"
	at '2026-11-21 11:00' callback-log -q "${drawn[0]}" --by meizhen -m on-site -a satisfied --signature 何先生
	prints 'due,2,1,0' columns status,needed,called,on-site at '2026-11-21 11:01' callback-due --format csv
	at '2026-11-21 11:10' callback-log -q "${drawn[1]}" --by meizhen -a satisfied
	prints '' at '2026-11-21 11:11' callback-due
	prints '1 of 1,kept,kept' columns on-site,verdict,on-site-verdict at '2026-12-20 09:00' callback-tally --period 2026-12 --format csv
	prints '' at '2026-11-21 11:12' ledger-check -q
	# by telephone alone the others come up as candidates, and in the end it is a breach
	put_back "tickets/2026/11/${drawn[0]}.yaml"
	at '2026-11-21 11:00' callback-log -q "${drawn[0]}" --by meizhen -a satisfied
	[[ $(columns status,called,on-site at '2026-11-21 12:00' callback-due --format csv | uniq -c) == *' 9 sample,2,1' ]]
	prints '' at '2026-12-21 09:00' callback-due
	prints '0 of 1,kept,missed' columns on-site,verdict,on-site-verdict at '2026-12-21 09:00' callback-tally --period 2026-12 --format csv
}

@test "[H3.14-4c] on site the customer signs, and on a visit; on the telephone nobody does" {
	local manner
	drawn_of_eleven
	keep "tickets/2026/11/${drawn[0]}.yaml"
	for manner in on-site visit; do
		put_back "tickets/2026/11/${drawn[0]}.yaml"
		refused 3 "callback-log: ${drawn[0]}: the customer signs for a callback made on site: callback needs the field signature [H3.14-4c]" \
			at '2026-11-21 11:00' callback-log "${drawn[0]}" --by meizhen -m "$manner" -a satisfied
		at '2026-11-21 11:00' callback-log -q "${drawn[0]}" --by meizhen -m "$manner" -a satisfied --signature 何先生
		prints "${drawn[1]}" columns ticket at '2026-11-21 11:01' callback-due --format csv
		put_back "tickets/2026/11/${drawn[0]}.yaml"
		# nobody was there to sign
		at '2026-11-21 11:00' callback-log -q "${drawn[0]}" --by meizhen -m "$manner" --unreached
	done
	at '2026-11-21 11:10' callback-log -q "${drawn[1]}" --by meizhen -m telephone -a satisfied
}

@test "[H3.14-4] the calls are made within a month of closing, by an officer" {
	take 投诉楼下太吵
	log 09:05 1 read-back lihua
	at 09:10 ticket-close -q 1 --by lihua -r 已劝离
	at '2026-11-21 07:00' callback-plan -q
	prints 'due,2026-12-20T23:59:59+08:00,officer,H3.14-4a H3.14-4b' columns status,due,roles,clause at '2026-11-21 10:00' callback-due --format csv
}

@test "[H3.14-4d] a complaint without handling shows, and one without a record" {
	local what
	take 投诉楼下太吵
	take 投诉楼下太吵
	take 投诉楼下太吵
	take 建议多种树
	for what in 1 2 3; do log 09:05 "$what" read-back lihua; done
	lacking() { columns ticket,deadline,status,due at "$1" ticket-due -q --rule H3.14-4d --format csv; }
	log 10:00 2 finished sunli --result 已劝离
	at 10:00 ticket-close -q 3 --by lihua -r 已劝离
	prints $'YL261120002,noted,due,2026-11-23T17:30:00+08:00
YL261120001,handled,due,2026-12-20T23:59:59+08:00' lacking '2026-11-23 17:30:00'
	prints $'YL261120002,noted,overdue,2026-11-23T17:30:00+08:00
YL261120001,handled,due,2026-12-20T23:59:59+08:00' lacking '2026-11-23 17:30:01'
	at '2026-11-23 17:31' ticket-close -q YL261120002 --by lihua -r 已劝离
	prints 'YL261120001,handled,overdue,2026-12-20T23:59:59+08:00' lacking '2026-12-21 00:00:00'
	at '2026-12-21 09:00' ticket-close -q YL261120001 --by lihua -r 已劝离
	prints '' lacking '2026-12-21 09:01'
}

@test "[H3.14-5a] who is come to takes it; a wish of another's field is taken to that colleague, and the form says so" {
	take --channel desk -k request 车位怎么租
	prints 'desk,lihua,lihua' kept channel,first-asked,by YL261120001 opened
	local kind id title="a wish of another's field is taken to that colleague, who is named"
	for kind in complaint suggestion request; do
		id=$(take --channel desk -k "$kind" 车位怎么租)
		refused 3 "ticket-log: $id: $title: introduced needs the field to [H3.14-5a]" log 09:01 "$id" introduced lihua
		prints "$id#2" log 09:02 "$id" introduced lihua --set to=meizhen -t 车位归她管
		prints 'lihua,2026-11-20T09:02:00+08:00,meizhen,车位归她管' kept by,at,to,text "$id" introduced
		prints 'lihua' kept first-asked "$id" opened
	done
}

@test "[ours] the desk closes; records are corrected by those who answer for them" {
	take 投诉楼下太吵
	log 09:05 1 read-back lihua
	refused 3 'ticket-close: YL261120001: the desk closes: closed is recorded by the role desk, officer, supervisor; wanggang does not have it [ours]' \
		at 09:10 ticket-close 1 --by wanggang -r 已劝离
	at 09:10 ticket-close -q 1 --by lihua -r 已劝离
	books_mended YL261120001 wanggang 'supervisor, office-director' 'desk, supervisor'
}

#!/usr/bin/env bats
# Regulation H3.8 as the pack satisfaction keeps it: for each clause what is refused, what is accepted, and until when.
# 20 November 2026 is a Friday. How answers are counted: tests/cmd/survey-tally.bats.
load ../helper
load ../packs

setup_file() {
	satisfaction
	printf '3-%s\n' 101 102 103 104 >"$BATS_FILE_TMPDIR/units.txt"
}

# shellcheck disable=SC2034 # for at, of helper.bash
day=2026-11-20

plan() { at 09:00 survey-plan -q planned "$1" --questionnaire "$root/examples/satisfaction/questionnaire.yaml" --title 满意度调查 -o "$2" --by fangmin "${@:3}"; }
approve() { at 09:01 survey-plan -q approved "$1" --by qianjin; }
draw() { at 09:02 survey-draw -q "$1" --units "$BATS_FILE_TMPDIR/units.txt" --rate 1 --by lihua; }
issue() { at 09:03 survey-plan -q issued "$1" --by lihua; }

# log TIME ID STEP PERSON [OPTION...]
log() { at "$1" ticket-log -q "$2" "$3" --by "$4" "${@:5}"; }

# duties TIME ID [RULE]: as ticket-show words them
duties() {
	at "$1" ticket-show "$2" | sed -n 's/^  \([a-z0-9-]* \[.*\)/\1/p' | grep "^${3:-}"
}

complain() { at 09:00:00 ticket-open -q -k complaint -u 3-101 -n 何先生 --by lihua 投诉：楼道垃圾没人管; }

@test "[H3.8-1] every half year; for a new service or a special reason too, which is said" {
	refused 3 'survey-plan: s: a new-service survey needs its service [H3.8-1]' plan s new-service
	refused 3 'survey-plan: s: a special survey needs its reason [H3.8-1]' plan s special
	prints 's' plan s special --reason 电梯事故
	prints 'n' plan n new-service --service 家政
	plan h half-yearly && approve h && draw h && issue h
	run --separate-stderr at '2027-05-20 23:59:59' survey-list --exit-code
	status_is 0
	errors_are 'survey-list: the next half-yearly survey is due by 2027-05-20 23:59 [H3.8-1]'
	run --separate-stderr at '2027-05-21 00:00:00' survey-list --exit-code
	status_is 1
	errors_are 'survey-list: the next half-yearly survey was due by 2027-05-20 23:59 [H3.8-1]'
}

@test "[H3.8-2] the sample is drawn by lot, the questionnaire asks what it is to ask, each household once" {
	local part
	for part in customer-type opinion expectation; do
		grep -vE "x-($part|open: $part)" "$root/examples/satisfaction/questionnaire.yaml" >../q.yaml
		run --separate-stderr at 09:00 survey-plan planned s --questionnaire ../q.yaml --title x -o half-yearly --by fangmin
		status_is 3
		[[ $stderr == *"no question is about $part: "*' [H3.8-2]' ]]
	done
	plan s half-yearly && approve s && draw s && issue s
	prints '' survey-draw s --verify
	refused 3 'survey-log: 9-101 was not drawn for s [H3.8-2]' at 10:00 survey-log s 9-101 desk=5 --by lihua
	at 10:00 survey-log -q s 3-101 desk=5 --by lihua
	refused 3 'survey-log: 3-101 has answered already, on 2026-11-20 [H3.8-2]' at 10:01 survey-log s 3-101 desk=4 --by lihua
}

@test "[H3.8-3] answers count for a week; late ones are kept; more than 85 % make it valid" {
	local unit
	plan s half-yearly && approve s && draw s && issue s
	for unit in 101 102 103; do
		at 10:00 survey-log -q s 3-$unit desk=5 --by lihua
	done
	cp -r surveys kept
	at '2026-11-27 23:59:59' survey-log -q s 3-104 desk=5 --by lihua
	prints $'valid,4,0' columns verdict,returned,late at '2026-11-28 09:00' survey-tally s --show summary --format csv -q
	rm -r surveys && mv kept surveys
	at '2026-11-28 00:00:00' survey-log -q s 3-104 desk=5 --by lihua
	prints $'invalid,3,1' columns verdict,returned,late at '2026-11-28 09:00' survey-tally s --show summary --format csv -q
}

@test "[H3.8-4][H3.8-10] a rate is satisfied ratings of all ratings; don't know is none; every grade is counted" {
	local n=0 grade
	plan s half-yearly && approve s && draw s && issue s
	for grade in 4 2 9 5; do
		at 10:00 survey-log -q s "3-10$((++n))" desk="$grade" --by lihua
	done
	refused 3 'survey-log: desk: 8 is not a grade (allowed: 1, 2, 3, 4, 5, 9) [H3.8-4 H3.8-10]' at 10:00 survey-log s 3-101 --correct --reason x desk=8 --by lihua
	run columns service,rated,rate,dissatisfied-rate,clause at 11:00 survey-tally s --format csv
	[[ $output == *'desk,3,0.6667,0.3333,H3.8-4 H3.8-10' ]]
	run columns service,grade,count,share at 11:00 survey-tally s --show grades --format csv
	[[ $output == *$'desk,1,0,0.0000\ndesk,2,1,0.3333\ndesk,3,0,0.0000\ndesk,4,1,0.3333\ndesk,5,1,0.3333\ndesk,9,1,' ]]
}

@test "[H3.8-5] what is to be improved is listed, ties and all" {
	local unit
	plan s half-yearly && approve s && draw s && issue s
	for unit in 101 102 103 104; do
		at 10:00 survey-log -q s 3-$unit desk=5 cleaning=2 greening=1 opinions=常扫 most-dissatisfied=保洁 expectations=车位 --by lihua
	done
	prints 'lowest-rate,cleaning,0.0000,H3.8-5
lowest-rate,greening,0.0000,H3.8-5
highest-dissatisfied,cleaning,1.0000,H3.8-5
highest-dissatisfied,greening,1.0000,H3.8-5
opinion,opinions,4,H3.8-5
expectation,expectations,4,H3.8-5
dissatisfied,most-dissatisfied,4,H3.8-5' columns finding,question,value,clause at 11:00 survey-tally s --show improve --format csv
}

@test "[H3.8-5][H3.8-6] a measure has an owner and a day; done, it is called back like anything else" {
	refused 3 'ticket-open: measures follow from the survey: opened is recorded by the role officer, centre-head, estate-manager; lihua does not have it [H3.8-5 H3.8-6]' \
		at 09:00 ticket-open -q -k measure --by lihua 改进保洁
	prints 'YL261120001' at 09:00 ticket-open -q -k measure --by fangmin 改进保洁
	prints 'measure-owner [H3.8-6] 2026-11-27 23:59  open' duties 09:01 YL261120001
	refused 3 'ticket-log: YL261120001: every measure has a day by which it is done: dated needs assigned first, which is not recorded [H3.8-6]' \
		log 09:02 1 dated fangmin --set answer-by='2026-11-25 18:00'
	refused 3 'ticket-assign: YL261120001: every measure has an owner: assigned needs the field to [H3.8-6]' at 09:02 ticket-assign 1 -d cleaning --by fangmin
	at 09:03 ticket-assign -q 1 wanggang --by fangmin
	refused 3 'ticket-log: YL261120001: every measure has a day by which it is done: dated needs the field answer-by [H3.8-6]' log 09:03 1 dated fangmin
	prints 'YL261120001#3' log 09:04 1 dated fangmin --set answer-by='2026-11-25 18:00'
	prints 'measure [H3.8-6] 2026-11-25 18:00  open' duties '2026-11-25 18:00:00' YL261120001 'measure '
	prints 'measure [H3.8-6] 2026-11-25 18:00  OVERDUE' duties '2026-11-25 18:00:01' YL261120001 'measure '
	refused 3 'ticket-close: YL261120001: the centre closes what its owner has done: closed needs finished first, which is not recorded [H3.8-6]' \
		at 09:05 ticket-close 1 --by fangmin -r 好
	log 10:00 1 finished wanggang --result 每天两次
	at 10:05 ticket-close -q 1 --by fangmin -r 已核对
	prints 'due,YL261120001,meizhen,H3.8-6' columns status,ticket,who,clause at 10:06 callback-due --format csv
	at 11:00 callback-log -q 1 --by meizhen -a satisfied
	prints '' at 11:01 callback-due
	prints '' at 11:01 ledger-check -q
}

@test "[H3.8-7] a complaint is registered in two copies, visited and answered the same day" {
	refused 3 'ticket-open: a complaint is registered with who complains: opened needs the field customer.unit [H3.8-7]' \
		at 09:00 ticket-open -q -k complaint --by lihua 投诉没人管
	complain
	prints $'registered-copy [H3.8-7] 2026-11-20 23:59  open\nvisit [H3.8-7] 2026-11-20 23:59  open' duties '2026-11-20 23:59:59' YL261120001
	prints $'registered-copy [H3.8-7] 2026-11-20 23:59  OVERDUE\nvisit [H3.8-7] 2026-11-20 23:59  OVERDUE' duties '2026-11-21 00:00:00' YL261120001
	refused 3 'ticket-log: YL261120001: the second copy of the slip goes to the department: dispatched needs the field department [H3.8-7]' log 09:10 1 dispatched lihua
	log 09:10 1 dispatched lihua --set department=cleaning
	log 09:30 1 visited lihua -t 已上门
	prints $'registered-copy [H3.8-7] 2026-11-20 23:59  in time at 2026-11-20 09:10 (#2)' duties 10:00 YL261120001 registered
}

@test "[H3.8-7] the slip is back within three working days, or the department explains and the centre notes it" {
	complain
	log 09:10 1 dispatched lihua --set department=cleaning
	keep tickets/2026/11/YL261120001.yaml
	prints 'slip-back [H3.8-7] 2026-11-25 17:30  open' duties '2026-11-25 17:30:00' YL261120001 slip
	prints 'slip-back [H3.8-7] 2026-11-25 17:30  OVERDUE' duties '2026-11-25 17:30:01' YL261120001 slip
	refused 3 'ticket-log: YL261120001: the department sends its slip back with what was done: slip-returned is recorded by the role department-head; lihua does not have it [H3.8-7]' \
		log '2026-11-23 09:00' YL261120001 slip-returned lihua --result 已清
	log '2026-11-25 17:30:00' YL261120001 slip-returned zhaoqiang --result 已清
	prints 'slip-back [H3.8-7] 2026-11-25 17:30  in time at 2026-11-25 17:30 (#3)' duties '2026-11-26 09:00' YL261120001 slip
	put_back tickets/2026/11/YL261120001.yaml
	log '2026-11-24 09:00' YL261120001 delay-explained zhaoqiang --reason 人手不足
	prints 'note [H3.8-7] 2026-11-24 23:59  open' duties '2026-11-24 10:00' YL261120001 note
	prints 'YL261120001#4' log '2026-11-24 11:00' YL261120001 noted fangmin -t 已记录
}

@test "[H3.8-7] valid or not is decided with the cause; what cannot be solved the centre explains" {
	complain
	log 09:10 1 dispatched lihua --set department=cleaning
	refused 3 'ticket-close: YL261120001: whether the complaint is valid is decided with its cause: closed needs visited first, which is not recorded [H3.8-7]' \
		at 09:20 ticket-close 1 --by lihua --valid --reason 漏扫 -r 已清
	log 09:30 1 visited lihua -t 已上门
	refused 3 'ticket-close: YL261120001: whether the complaint is valid is decided with its cause: closed needs the fields valid, reason [H3.8-7]' \
		at 09:40 ticket-close 1 --by lihua -r 已清
	refused 3 'ticket-log: YL261120001: the centre explains to the household what cannot be solved: unsolved needs the field reason [H3.8-7]' log 09:45 1 unsolved lihua
	prints 'YL261120001#4' log 09:45 1 unsolved fangmin --reason 需业委会决定
	prints 'YL261120001#5' at 09:50 ticket-close 1 --by lihua --valid --reason 漏扫 -r 已清
}

@test "[H3.8-9] questionnaire and plan are approved by the estate manager before a draw, and do not change after" {
	plan s half-yearly
	refused 3 'survey-draw: questionnaire and plan of s are not approved yet [H3.8-9]' draw s
	refused 3 'survey-plan: s: questionnaire and plan are approved by another role; fangmin does not have it [H3.8-9]' at 09:01 survey-plan -q approved s --by fangmin
	# the administrator has every role, but not two people's part
	at 09:00 survey-plan -q planned k --questionnaire "$root/examples/satisfaction/questionnaire.yaml" --title x -o half-yearly
	refused 3 'survey-plan: k: keeper planned it: somebody else has to approve it [H3.8-9]' at 09:01 survey-plan -q approved k
	printf '#\n' >>surveys/s/questionnaire.yaml
	local changed='surveys/s/questionnaire.yaml was changed after the survey was planned: restore it as it was [H3.8-9]'
	refused 3 "survey-plan: s: $changed" approve s
	sed -i '$d' surveys/s/questionnaire.yaml
	prints 's#2' approve s
	printf '#\n' >>surveys/s/questionnaire.yaml
	refused 3 "survey-draw: $changed" draw s
}

#!/usr/bin/env bats
# What the calendar asks of the packs, and the steps that answer it.
load ../helper
load ../packs
unset planned

# desk PACK: a ledger of the pack with its people, in the test's own folder
desk() {
	BATS_FILE_TMPDIR=$BATS_TEST_TMPDIR
	"$@"
}

plan() { callback-plan -q --now "$1 06:10" >/dev/null; }

household() { customer-log -q --now '2026-01-05 09:00' opened "$@" >/dev/null; }

# owed DAY COMMAND [OPTION...]: due, form and rule of what it lists
owed() {
	local day=$1 command=$2
	shift 2
	columns due,ticket,rule "$command" --now "$day 09:00" --format csv "$@"
}

@test "[H1-4] each household is called back each quarter, from a day of its own on" {
	desk vanke
	local unit
	for unit in 1-0101 1-0102 1-0103 1-0104; do household $unit; done
	plan 2026-04-01
	[[ $(owed 2026-04-01 callback-due | wc -l) -lt 4 ]]
	plan 2026-06-10
	prints $'2026-06-30T23:59:59+08:00,1-0101,quarterly-call
2026-06-30T23:59:59+08:00,1-0102,quarterly-call
2026-06-30T23:59:59+08:00,1-0103,quarterly-call
2026-06-30T23:59:59+08:00,1-0104,quarterly-call' owed 2026-06-10 callback-due
	[[ $(columns who,clause callback-due --now '2026-06-10 09:00' --format csv | sort -u) == 'lihua,H1-4' ]]
	at '2026-06-30 23:59:59' callback-log -q 1-0101 --by lihua -a satisfied
	[[ $(ticket-show 1-0101 --now '2026-07-01 00:00') == *'quarterly-call [H1-4]'*'in time at 2026-06-30 23:59'* ]]
	# by somebody of the desk
	run --separate-stderr at '2026-06-30 10:00' callback-log 1-0102 --by wanggang -a satisfied
	[[ $stderr == *'it has to be made by desk'* ]]
}

# A visit with its sheet, as H2.A-11 has it
visit=(-m visit -a satisfied --quality 4 --effect 4 --satisfaction 4 --shortcomings 无 --opinions 无 --signature 王)

# visited RULE DAY FORM PERSON OTHER: PERSON makes that visit in time on DAY, the last one, and late the day after; nobody else makes it
visited() {
	local rule=$1 day=$2 form=$3 who=$4 other=$5 file after
	file=$(find customers -name "$form.yaml")
	after=$(date -d "$day + 1 day" +%F)
	# by telephone it is none, nor by somebody else, and it stays owed; nor is it one without its sheet
	run --separate-stderr at "$day 10:00" callback-log "$form" --by "$who" "${visit[@]}" -m telephone
	[[ $stderr == *"$rule [H2.A-7]: the manner telephone does not count for it"* ]]
	run --separate-stderr at "$day 10:00" callback-log "$form" --by "$other" "${visit[@]}"
	[[ $stderr == *"$rule [H2.A-7]: it has to be made by "* ]]
	[[ $(columns ticket callback-due --now "$day 11:00" --rule "$rule" --format csv) == *"$form"* ]]
	keep "$file"
	at "$day 23:59:59" callback-log -q "$form" --by "$who" "${visit[@]}"
	[[ $(ticket-show "$form" --now "$after 09:00") == *"$rule [H2.A-7]"*"in time at $day 23:59"* ]]
	[[ $(columns ticket callback-due --now "$after 09:00" --rule "$rule" --format csv) != *"$form"* ]]
	put_back "$file"
	at "$after 00:00:00" callback-log -q "$form" --by "$who" "${visit[@]}"
	[[ $(ticket-show "$form" --now "$after 09:00") == *"$rule [H2.A-7]"*"LATE at $after 00:00"* ]]
}

@test "[H2.A-7a H2.A-7b] the centre's director and the head of the office each visit each household once a year" {
	desk resident_centre
	people_join ruilan --name 芮兰 --role office-head
	household 3-0101
	household 9-0101
	plan 2027-01-01
	plan 2027-10-31
	local rule person
	while read -r rule person; do
		prints "2027-12-31T23:59:59+08:00,3-0101,$person,H2.A-7
2027-12-31T23:59:59+08:00,9-0101,$person,H2.A-7" columns due,ticket,who,clause callback-due --now '2027-10-31 09:00' --format csv --rule "$rule"
		# not by the office's director, who is somebody else
		visited "$rule" 2027-12-31 3-0101 "$person" wenbo
	done <<-'END'
		centre-visit fangmin
		office-visit ruilan
	END
}

@test "[H2.A-7c] an officer visits in the own area once a quarter" {
	desk resident_centre
	household 3-0101
	household 9-0101
	plan 2026-03-31
	plan 2026-04-01
	prints '2026-06-30T23:59:59+08:00,3-0101,meizhen,H2.A-7' columns due,ticket,who,clause callback-due --now '2026-04-01 09:00' --format csv --rule officer-visit
	visited officer-visit 2026-06-30 3-0101 meizhen fangmin
}

@test "[H2.A-7f] a visit has a sheet like any callback" {
	desk resident_centre
	household 3-0101
	plan 2026-04-01
	local number field
	for ((number = 4; number < ${#visit[@]}; number += 2)); do
		field=${visit[number]#--}
		[[ $number -gt 8 ]] || field=grades.$field
		refused 3 "callback-log: 3-0101: a visit has a sheet like any callback: callback needs the field $field [H2.A-7f]" \
			at '2026-04-03 10:00' callback-log 3-0101 --by meizhen "${visit[@]:0:number}" "${visit[@]:number+2}"
	done
	local short=("${visit[@]:0:10}" --override 家里没人)
	refused 3 'callback-log: 3-0101: a visit has a sheet like any callback: callback needs the fields shortcomings, opinions, signature [H2.A-7f]' \
		at '2026-04-03 10:00' callback-log 3-0101 --by meizhen "${short[@]}"
	prints '3-0101#4' at '2026-04-03 09:00' callback-log -q 3-0101 --by gaoxia "${short[@]}"
	at '2026-04-03 10:00' callback-log -q 3-0101 --by meizhen "${visit[@]}"
	prints '' owed 2026-04-04 callback-due --rule officer-visit
}

@test "[H2.A-7d H2.A-7e] building heads meet each quarter, and what they say is in the record" {
	desk resident_centre
	plan 2026-03-31
	plan 2026-04-01
	prints '2026-06-30T23:59:59+08:00,YL260401003,building-heads' owed 2026-04-01 ticket-due --rule building-heads
	prints 'meeting-held' columns until ticket-due --now '2026-04-01 09:00' --rule building-heads --format csv
	local record=(ticket-log YL260401003 meeting-held --text '楼长七人到会' --set opinion='三栋楼长：电梯常坏，请换配件')
	refused 3 'ticket-log: YL260401003: the building heads meet: meeting-held is recorded by the role centre-director, office-director; lihua does not have it [H2.A-7]' \
		at '2026-04-02 10:00' "${record[@]}" --by lihua
	refused 3 'ticket-log: YL260401003: the building heads meet: meeting-held needs the field text [H2.A-7]' \
		at '2026-04-02 10:00' "${record[@]:0:3}" "${record[@]:5}" --by fangmin
	refused 3 'ticket-log: YL260401003: the building heads meet: meeting-held needs the field opinion [H2.A-7]' \
		at '2026-04-02 10:00' "${record[@]:0:5}" --by fangmin
	keep tickets/2026/04/YL260401003.yaml
	at '2026-06-30 23:59:59' "${record[@]}" --by fangmin -q
	[[ $(ticket-show YL260401003 --now '2026-07-01 09:00') == *'building-heads [H2.A-7] 2026-06-30 23:59  in time'*'opinion: 三栋楼长：电梯常坏，请换配件'* ]]
	prints '' owed 2026-07-01 ticket-due --rule building-heads
	put_back tickets/2026/04/YL260401003.yaml
	at '2026-07-01 00:00:00' "${record[@]}" --by wenbo -q
	[[ $(ticket-show YL260401003 --now '2026-07-01 09:00') == *'building-heads [H2.A-7] 2026-06-30 23:59  LATE'* ]]
}

@test "[H2.A-7] [H2.B-2] [H2.B-3] [H3.4-14] [H3.4-15] [H3.5-9] [H3.8-8] [H3.11-3a] only what is done is closed" {
	local pack routine step clause ticket
	while read -r pack routine step clause; do
		cd "$BATS_TEST_TMPDIR" && rm -rf ledger
		desk "$pack"
		plan 2026-03-31
		plan 2026-04-01
		ticket=$(grep -l "^routine: $routine" -r tickets | sort | tail -1 | xargs basename -s .yaml)
		refused 3 "ticket-close: $ticket: only what is done is closed: closed needs $step first, which is not recorded [$clause]" \
			at '2026-04-01 10:00' ticket-close "$ticket" -r 好
	done <<-'END'
		resident_centre month-review disposed H2.B-2
		resident_centre quarter-filing filed H2.B-3
		resident_centre building-heads meeting-held H2.A-7
		service_rules day-log handed-over H3.4-15a H3.4-15b
		service_rules monthly-report reported H3.4-14
		complaint_handling weekly-statistics statistics-sent H3.5-9a H3.5-9b
		complaint_handling monthly-statistics statistics-sent H3.5-9a H3.5-9b
		satisfaction complaint-summary sent H3.8-8
		mall case-review reviewed H3.11-3a H3.11-7b
	END
}

@test "[H2.B-2e H2.B-2f H2.B-2g] the officer writes the month's analysis by the 5th, the supervisor reviews it, the director disposes of it" {
	desk resident_centre
	plan 2026-04-01
	prints '2026-04-05T23:59:59+08:00,month-reported,reported,H2.B-2e
2026-04-05T23:59:59+08:00,month-reviewed,disposed,H2.B-2' \
		eval "columns due,deadline,until,clause ticket-due --now '2026-04-01 09:00' --format csv | grep month-"
	local review file
	review=$(columns ticket ticket-due --now '2026-04-01 09:00' --format csv --rule month-reviewed)
	file=tickets/2026/04/$review.yaml
	# step PERSON TEXT: at ten on the 3rd
	step() { at '2026-04-03 10:00' ticket-log "$review" "$1" --by "$2" "${@:3}"; }
	refused 3 "ticket-log: $review: the officer writes the analysis: reported is recorded by the role officer; lihua does not have it [H2.B-2e]" \
		step reported lihua -t '回访四十件，两件不满意'
	refused 3 "ticket-log: $review: the officer writes the analysis: reported needs the field text [H2.B-2e]" step reported meizhen
	refused 3 "ticket-log: $review: the month's callbacks are counted and reviewed: reviewed needs reported first, which is not recorded [H2.B-2]" \
		step reviewed gaoxia -t '数据属实'
	refused 3 "ticket-log: $review: what is wrong is dealt with: disposed needs reviewed first, which is not recorded [H2.B-2]" \
		step disposed wenbo -t '三栋地漏全部更换'
	keep "$file"
	at '2026-04-05 23:59:59' ticket-log -q "$review" reported --by meizhen -t '回访四十件，两件不满意'
	[[ $(ticket-show "$review" --now '2026-04-06 09:00') == *'month-reported [H2.B-2e] 2026-04-05 23:59  in time'* ]]
	prints '' owed 2026-04-06 ticket-due --rule month-reported
	put_back "$file"
	at '2026-04-06 00:00:00' ticket-log -q "$review" reported --by meizhen -t '回访四十件，两件不满意'
	[[ $(ticket-show "$review" --now '2026-04-06 09:00') == *'month-reported [H2.B-2e] 2026-04-05 23:59  LATE'* ]]
	put_back "$file"
	step reported meizhen -q -t '回访四十件，两件不满意'
	refused 3 "ticket-log: $review: the month's callbacks are counted and reviewed: reviewed is recorded by the role supervisor; lihua does not have it [H2.B-2]" \
		step reviewed lihua -t '数据属实'
	refused 3 "ticket-log: $review: the month's callbacks are counted and reviewed: reviewed needs the field text [H2.B-2]" step reviewed gaoxia
	prints "$review#3" step reviewed gaoxia -t '数据属实'
	refused 3 "ticket-log: $review: what is wrong is dealt with: disposed is recorded by the role office-director; gaoxia does not have it [H2.B-2]" \
		step disposed gaoxia -t '三栋地漏全部更换'
	refused 3 "ticket-log: $review: what is wrong is dealt with: disposed needs the field text [H2.B-2]" step disposed wenbo
	keep "$file"
	at '2026-04-05 23:59:59' ticket-log -q "$review" disposed --by wenbo -t '三栋地漏全部更换'
	[[ $(ticket-show "$review" --now '2026-04-06 09:00') == *'month-reviewed [H2.B-2] 2026-04-05 23:59  in time'* ]]
	put_back "$file"
	at '2026-04-06 00:00:00' ticket-log -q "$review" disposed --by wenbo -t '三栋地漏全部更换'
	[[ $(ticket-show "$review" --now '2026-04-06 09:00') == *'month-reviewed [H2.B-2] 2026-04-05 23:59  LATE'* ]]
}

@test "[H2.B-2h] each non-conformity that the report lists gets a corrective and a preventive action" {
	desk resident_centre
	plan 2026-04-01
	local review title='each non-conformity gets a corrective and a preventive action'
	review=$(columns ticket ticket-due --now '2026-04-01 09:00' --format csv --rule month-reviewed)
	report() { at '2026-04-03 10:00' ticket-log "$review" "$1" --by "$2" -t '回访四十件，两件不满意' "${@:3}"; }
	refused 3 "ticket-log: $review: $title: reported needs the fields non-conformities.corrective (Corrective action) of \"3-1201 返水\", non-conformities.preventive (Preventive action) of \"3-1201 返水\" [H2.B-2h]" \
		report reported meizhen --set 'non-conformities=3-1201 返水'
	# both, of each of them, and in words
	refused 3 "ticket-log: $review: $title: reported needs the field non-conformities.preventive (Preventive action) of \"5-0301 噪音\" [H2.B-2h]" \
		report reported meizhen --set 'non-conformities=3-1201 返水|重新疏通|每季清掏' --set 'non-conformities=5-0301 噪音|加派夜班'
	run -3 --separate-stderr report reported meizhen --set 'non-conformities=3-1201 返水|无|每季清掏'
	[[ $stderr == *"$title"*'says nothing'*'[H2.B-2h]' ]]
	prints "$review#2" report reported meizhen --set 'non-conformities=3-1201 返水|重新疏通|每季清掏' --set 'non-conformities=5-0301 噪音|加派夜班|夜间巡查'
	[[ $(ticket-show "$review") == *重新疏通*每季清掏*加派夜班*夜间巡查* ]]
	report reviewed gaoxia -q
	# so with what the director adds
	refused 3 "ticket-log: $review: $title: disposed needs the field non-conformities.preventive (Preventive action) of \"楼道灯\" [H2.B-2h]" \
		report disposed wenbo --set 'non-conformities=楼道灯|当日更换'
	prints "$review#4" report disposed wenbo
	# where nothing is wrong there is nothing to do
	at '2026-05-01 00:05' callback-plan -q
	review=$(columns ticket ticket-due --now '2026-05-01 09:00' --format csv --rule month-reviewed | tail -1)
	prints "$review#2" at '2026-05-03 10:00' ticket-log "$review" reported --by meizhen -t 本月全部满意
}

@test "[H2.B-3a] the quarter's papers reach the archive keeper before the 10th, and nobody else counts" {
	desk resident_centre
	people_join dangan --name 档安 --role archive-keeper
	plan 2026-04-01
	local filing who
	filing=$(columns ticket ticket-due --now '2026-04-01 09:00' --format csv --rule quarter-filed)
	file() { ticket-log "$filing" filed --by lihua -t 一季度 "$@"; }
	for who in wenbo gaoxia keeper; do
		refused 3 "ticket-log: $filing: the quarter's papers go to the archive keeper: filed goes to the role archive-keeper (dangan); $who is not [H2.B-3a]" \
			at '2026-04-09 10:00' file --set to=$who
	done
	refused 3 "ticket-log: $filing: the quarter's papers go to the archive keeper: filed goes to the role archive-keeper (dangan); name in to who that is [H2.B-3a]" \
		at '2026-04-09 10:00' file
	prints 'due' columns status ticket-due --now '2026-04-09 23:59:59' --rule quarter-filed --format csv
	prints "$filing#2" at '2026-04-09 23:59:59' file --set to=dangan
	prints '' owed 2026-04-10 ticket-due --rule quarter-filed
}

@test "[H2.B-3] the quarter is filed before the 10th" {
	desk resident_centre
	people_join dangan --name 档安 --role archive-keeper
	plan 2026-04-01
	local filing
	prints '2026-04-09T23:59:59+08:00,filed' columns due,until ticket-due --now '2026-04-01 09:00' --format csv --rule quarter-filed
	filing=$(columns ticket ticket-due --now '2026-04-01 09:00' --format csv --rule quarter-filed)
	refused 3 "ticket-log: $filing: the quarter is filed in the archive: filed is recorded by the role desk, officer, supervisor; qianjin does not have it [H2.B-3]" \
		at '2026-04-09 10:00' ticket-log "$filing" filed --by qianjin -t 一季度
	refused 3 "ticket-log: $filing: the quarter is filed in the archive: filed needs the field text [H2.B-3]" at '2026-04-09 10:00' ticket-log "$filing" filed --by lihua
	at '2026-04-09 23:59:59' ticket-log -q "$filing" filed --by lihua --set to=dangan -t 一季度
	[[ $(ticket-show "$filing" --now '2026-04-10 09:00') == *'quarter-filed [H2.B-3] 2026-04-09 23:59  in time'* ]]
}

@test "[H3.1-1] after going live a call every half year; large customers a visit a year, important ones each half year" {
	desk product_callback
	local number severity
	for severity in usual large important; do
		at '2026-01-31 09:00' ticket-open -q --by lihua -n 客 -p 02088880001 --kind installation -s $severity -t 上线 >/dev/null
	done
	for number in 1 2 3; do at '2026-01-31 10:00' ticket-log -q $number live --by lihua; done
	plan 2026-07-30
	prints '' owed 2026-07-30 callback-due --rule half-year-call
	plan 2026-07-31
	prints $'2026-08-31T23:59:59+08:00,YL260131001,half-year-call\n2026-08-31T23:59:59+08:00,YL260131002,half-year-call\n2026-08-31T23:59:59+08:00,YL260131003,half-year-call' \
		owed 2026-07-31 callback-due --rule half-year-call
	prints '2026-08-31T23:59:59+08:00,YL260131003,important-visit' owed 2026-07-31 callback-due --rule important-visit
	prints '' owed 2026-07-31 callback-due --rule large-visit
	[[ $(columns roles callback-due --now '2026-07-31 09:00' --format csv --rule H3.1-1 | sort -u) == officer ]]
	at '2026-08-01 09:00' ticket-log -q YL260131003 planned --by meizhen --reason 半年 --set manner=visit --set agreed-at='2026-08-02 10:00' -t 例行
	run --separate-stderr at '2026-08-02 10:00' callback-log YL260131003 --by meizhen -m visit -a satisfied -t 好 --signature 吴
	[[ $stderr == *'half-year-call [H3.1-1]: the manner visit does not count for it'* ]]
	prints '' owed 2026-08-02 callback-due --rule important-visit
	run --separate-stderr at '2026-08-02 11:00' callback-log YL260131003 --by meizhen -a satisfied -t 好
	status_is 0
	[[ $(owed 2026-08-03 callback-due --rule half-year-call | wc -l) == 2 ]]
	plan 2027-01-31
	prints '2027-02-28T23:59:59+08:00,YL260131002,large-visit' owed 2027-01-31 callback-due --rule large-visit
	at '2027-02-01 09:00' ticket-log -q YL260131002 planned --by meizhen --reason 年度 --set manner=visit --set agreed-at='2027-02-02 10:00' -t 例行
	run --separate-stderr at '2027-02-02 10:00' callback-log YL260131002 --by meizhen -a satisfied -t 好
	[[ $stderr == *'large-visit [H3.1-1]: the manner telephone does not count for it'* ]]
}

@test "[H3.1-5] [H3.1-6] a fault's cost is proposed to the one at fault; expenses are signed by two, and not beyond the plan" {
	desk product_callback
	people_join zhaoqiang --name 赵强 --role department-head
	people_join qianjin --name 钱进 --role leader
	day=2026-11-20
	at 09:00 ticket-open -q --by lihua -n 客 -p 02088880001 --kind installation -s usual -t 上线 >/dev/null
	refused 3 "ticket-log: YL261120001: the cost of mending a fault is charged to whoever caused it: cost-proposed needs the fields to, charge, reason [H3.1-5]" \
		at 10:00 ticket-log 1 cost-proposed --by gaoxia
	refused 3 "ticket-log: YL261120001: the cost of mending a fault is charged to whoever caused it: cost-proposed is recorded by the role supervisor; meizhen does not have it [H3.1-5]" \
		at 10:00 ticket-log 1 cost-proposed --by meizhen --set to=meizhen --charge 100 --reason 二次上门
	at 10:00 ticket-log -q 1 cost-proposed --by gaoxia --set to=meizhen --charge 100 --reason 二次上门
	local signed=(--set checked-by=zhaoqiang --set approved-by=qianjin --set receipt=FP-1)
	refused 3 'ticket-log: YL261120001: expenses are signed by the department head and the leader: expenses needs planned first, which is not recorded [H3.1-6]' \
		at 10:30 ticket-log 1 expenses --by meizhen --charge 300 "${signed[@]}"
	at 10:40 ticket-log -q 1 planned --by meizhen --reason 年度 --price 300 --set manner=visit --set agreed-at='2026-11-21 10:00' -t 例行
	refused 3 'ticket-log: YL261120001: what goes beyond the plan is not paid: charge is 300.01, which is more than planned.price (300.00) [H3.1-6]' \
		at 11:00 ticket-log 1 expenses --by meizhen --charge 300.01 "${signed[@]}"
	refused 3 'ticket-log: YL261120001: expenses are signed by the department head and the leader: approved-by has to name a person who signs and has the role leader [H3.1-6]' \
		at 11:00 ticket-log 1 expenses --by meizhen --charge 300 --set checked-by=zhaoqiang --set receipt=FP-1
	refused 3 'ticket-log: YL261120001: expenses are signed by the department head and the leader: expenses needs the field receipt [H3.1-6]' \
		at 11:00 ticket-log 1 expenses --by meizhen --charge 300 --set checked-by=zhaoqiang --set approved-by=qianjin
	refused 3 'ticket-log: YL261120001: expenses are signed by the department head and the leader: expenses is recorded by the role officer, desk; gaoxia does not have it [H3.1-6]' \
		at 11:00 ticket-log 1 expenses --by gaoxia --charge 300 "${signed[@]}"
	at 11:00 ticket-log -q 1 expenses --by meizhen --charge 300 "${signed[@]}"
}

@test "[H3.4-14] [H3.4-15] [H3.4-19] the day's log by midnight, the monthly report in the first five days" {
	desk service_rules
	plan 2026-02-01
	prints $'2026-02-01T23:59:59+08:00,YL260201001,day-log\n2026-02-05T23:59:59+08:00,YL260201002,monthly-report' eval 'owed 2026-02-01 ticket-due | sed -n 1,2p'
	at '2026-02-01 18:00' ticket-log -q 1 handed-over --by lihua -t 无 --set passes-on=无
	people_join zhougang --name 周刚 --role night-watch
	at '2026-02-01 18:05' ticket-log -q 1 signed --by zhougang
	refused 3 'ticket-log: YL260201002: services, complaints, timeliness, rework, utility readings and commissions are reported: reported needs the field text [H3.4-14 H3.4-19]' \
		at '2026-02-01 18:00' ticket-log 2 reported --by lihua
	refused 3 'ticket-log: YL260201002: services, complaints, timeliness, rework, utility readings and commissions are reported: reported is recorded by the role desk, supervisor; wanggang does not have it [H3.4-14 H3.4-19]' \
		at '2026-02-01 18:00' ticket-log 2 reported --by wanggang -t 上月服务三十件
	at '2026-02-06 00:00:00' ticket-log -q YL260201002 reported --by lihua -t 上月服务三十件 --set departments=engineering
	[[ $(ticket-show YL260201002 --now '2026-02-06 09:00') == *'monthly-report [H3.4-14] 2026-02-05 23:59  LATE'* ]]
	plan 2026-02-02
	# the settlement copy of what was reported goes to finance
	prints '2026-02-02T23:59:59+08:00,YL260202001,day-log
2026-02-09T18:00:00+08:00,YL260201002,engineering-told
2026-02-09T18:00:00+08:00,YL260201002,finance-told' eval 'owed 2026-02-02 ticket-due | sed -n 1,3p'
}

@test "[H3.4-14] [H3.4-20] [H3.4-21] slips are settled by the month's end, fees collected with the callback" {
	desk service_rules
	day=2026-11-20
	at 09:00 ticket-open -q --by lihua -u 3-0101 -n 王 -k repair -c lamp --charging paid -t 灯坏 >/dev/null
	at 09:01 ticket-assign -q 1 zhaoqiang
	at 09:02 ticket-log -q 1 order-issued --by zhaoqiang
	at 09:03 ticket-log -q 1 quoted --by lihua --price 80 --reason 价目表上没有
	at 09:04 ticket-log -q 1 started --by wanggang
	at 11:00 ticket-log -q 1 finished --by wanggang --worker wanggang --work 换灯管 --material 灯:1 --start 09:30 --end 10:30 --hours 1 \
		--signature 王 --checked-by zhaoqiang --labour 60 --material-cost 20 --charge 80
	prints $'2026-11-20T23:59:59+08:00,completion-reported,completion-reported closed,H3.4-21a\n2026-11-21T23:59:59+08:00,fee-collected,collected,H3.4-20\n2026-11-30T23:59:59+08:00,slip-settled,closed,H3.4-14 H3.4-21' \
		columns due,rule,until,clause ticket-due --now "$day 12:00" --format csv
	refused 3 'ticket-log: YL261120001: what is to be paid is collected at the callback visit: collected needs the field receipt [H3.4-20]' \
		at 12:00 ticket-log 1 collected --by lihua --charge 80
	refused 3 'ticket-log: YL261120001: what is to be paid is collected at the callback visit: collected is recorded by the role desk, worker, officer; gaoxia does not have it [H3.4-20]' \
		at 12:00 ticket-log 1 collected --by gaoxia --charge 80 --set receipt=SJ-1
	at 12:00 ticket-log -q 1 collected --by lihua --charge 80 --set receipt=SJ-1
	at '2026-12-01 00:00:00' ticket-close -q YL261120001 --by lihua -r 好
	[[ $(ticket-show YL261120001 --now '2026-12-01 09:00') == *'slip-settled [H3.4-14 H3.4-21] 2026-11-30 23:59  LATE'*'fee-collected [H3.4-20] 2026-11-21 23:59  in time'* ]]
	# free work has nothing to collect, and what is not finished nothing that was collected
	at '2026-12-01 09:00' ticket-open -q --by lihua -u 3-0101 -n 王 -k repair -c lamp --charging paid -t 灯坏 >/dev/null
	refused 3 'ticket-log: YL261201001: what is to be paid is collected at the callback visit: collected needs finished first, which is not recorded [H3.4-20]' \
		at '2026-12-01 09:10' ticket-log 1 collected --by lihua --charge 80 --set receipt=SJ-2
}

@test "[H3.4-18] the director visits 10 households a month, each area officer 15" {
	desk service_rules
	local number
	for number in 01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16; do printf '%s\n' "3-01$number"; done | sed '1i unit' >units.csv
	customer-import -q units.csv --now '2026-01-05 09:00' >/dev/null
	plan 2026-02-01
	[[ $(owed 2026-02-01 callback-due --rule director-visits | wc -l) == 10 ]]
	[[ $(owed 2026-02-01 callback-due --rule officer-visits | wc -l) == 15 ]]
	[[ $(columns due,who,clause callback-due --now '2026-02-01 09:00' --format csv | sort | uniq -c | xargs) == \
		'15 2026-02-28T23:59:59+08:00,meizhen,H3.4-18 10 2026-02-28T23:59:59+08:00,wenbo,H3.4-18' ]]
	local rule person
	while read -r rule person; do
		run --separate-stderr at '2026-02-02 10:00' callback-log "$(owed 2026-02-02 callback-due --rule $rule | head -1 | cut -d , -f 2)" --by $person -a satisfied
		[[ $stderr == *"$rule [H3.4-18]: the manner telephone does not count for it"* ]]
	done <<-'END'
		director-visits wenbo
		officer-visits meizhen
	END
}

@test "[H3.11-3a] last month's closed cases are reviewed before the 10th" {
	desk mall
	plan 2026-02-01
	prints $'2026-02-09T23:59:59+08:00,YL260201001,cases-reviewed\n2026-02-09T23:59:59+08:00,YL260201001,complaints-reported' owed 2026-02-01 ticket-due
	[[ $(ticket-show YL260201001) == *2026-01* ]]
	local title="ticket-log: YL260201001: last month's closed cases are reviewed for sanctions:"
	refused 3 "$title reviewed needs the field text [H3.11-3a]" at '2026-02-09 10:00' ticket-log YL260201001 reviewed --by gaoxia
	refused 3 "$title text says nothing: write what was done or found, in some words [H3.11-3a]" at '2026-02-09 10:00' ticket-log YL260201001 reviewed --by gaoxia -t .
	refused 3 "$title reviewed is recorded by the role supervisor; lihua does not have it [H3.11-3a]" \
		at '2026-02-09 10:00' ticket-log YL260201001 reviewed --by lihua -t 两件属实
	prints 'due,2026-02-09T23:59:59+08:00' columns status,due at '2026-02-09 23:59:59' ticket-due --rule cases-reviewed --format csv
	prints 'overdue' columns status at '2026-02-10 00:00:00' ticket-due --rule cases-reviewed --format csv
	keep tickets/2026/02/YL260201001.yaml
	at '2026-02-09 23:59:59' ticket-log -q YL260201001 reviewed --by gaoxia -t 两件属实
	prints '' at '2026-02-10 00:00:00' ticket-due --rule cases-reviewed
	[[ $(ticket-show YL260201001 --now '2026-02-10 09:00') == *'cases-reviewed [H3.11-3a] 2026-02-09 23:59  in time'* ]]
	put_back tickets/2026/02/YL260201001.yaml
	at '2026-02-10 00:00:00' ticket-log -q YL260201001 reviewed --by gaoxia -t 两件属实
	[[ $(ticket-show YL260201001 --now '2026-02-10 09:00') == *'cases-reviewed [H3.11-3a] 2026-02-09 23:59  LATE'* ]]
	# where nothing was approved for a sanction, nothing goes to personnel
	at '2026-02-10 09:00' ticket-log -q YL260201001 complaints-reported --by gaoxia --set to=qianjin -t 两件，均为态度 + closed -r 已审视
	prints '' at '2026-02-10 09:01' ticket-due
}

@test "[H3.8-8] last month's complaints are summed up in the first five days, reviewed by the heads, sent to the departments" {
	desk satisfaction
	plan 2026-02-01
	prints $'2026-02-05T23:59:59+08:00,YL260201001,complaints-summed-up\n2026-02-10T23:59:59+08:00,YL260201001,summary-sent' owed 2026-02-01 ticket-due
	refused 3 "ticket-log: YL260201001: the heads review what was summed up: reviewed needs summed-up first, which is not recorded [H3.8-8]" \
		at '2026-02-05 10:00' ticket-log YL260201001 reviewed --by fangmin --opinion 可
	refused 3 "ticket-log: YL260201001: last month's complaints are summed up: summed-up needs the field text [H3.8-8]" \
		at '2026-02-05 10:00' ticket-log YL260201001 summed-up --by lihua
	refused 3 "ticket-log: YL260201001: last month's complaints are summed up: summed-up is recorded by the role desk, officer; wanggang does not have it [H3.8-8]" \
		at '2026-02-05 10:00' ticket-log YL260201001 summed-up --by wanggang -t 三件
	at '2026-02-05 23:59:59' ticket-log -q YL260201001 summed-up --by lihua -t 三件
	refused 3 "ticket-log: YL260201001: the review goes to the departments: sent needs reviewed first, which is not recorded [H3.8-8]" \
		at '2026-02-06 10:00' ticket-log YL260201001 sent --by lihua
	refused 3 "ticket-log: YL260201001: the heads review what was summed up: reviewed is recorded by the role centre-head, estate-manager; lihua does not have it [H3.8-8]" \
		at '2026-02-06 10:00' ticket-log YL260201001 reviewed --by lihua --opinion 可
	refused 3 "ticket-log: YL260201001: the heads review what was summed up: reviewed needs the field opinion [H3.8-8]" \
		at '2026-02-06 10:00' ticket-log YL260201001 reviewed --by fangmin
	at '2026-02-06 10:00' ticket-log -q YL260201001 reviewed --by fangmin --opinion 可
	refused 3 "ticket-log: YL260201001: the review goes to the departments: sent is recorded by the role desk, officer, centre-head; wanggang does not have it [H3.8-8]" \
		at '2026-02-06 11:00' ticket-log YL260201001 sent --by wanggang
	at '2026-02-11 00:00:00' ticket-log -q YL260201001 sent --by lihua
	[[ $(ticket-show YL260201001 --now '2026-02-11 09:00') == *'complaints-summed-up [H3.8-8] 2026-02-05 23:59  in time'*'summary-sent [H3.8-8] 2026-02-10 23:59  LATE'* ]]
}

@test "[H0.D-7] [H0.D-8] a greeting on a guest's birthday; the next stay of whoever was called back is the caller's, proposed" {
	desk zhuhai_estate
	household V-0012 --name 吴女士 --card V-0012 --birthday 11-21
	plan 2026-11-20
	plan 2026-11-21
	prints '2026-11-21T23:59:59+08:00,V-0012,birthday' owed 2026-11-21 callback-due
	prints 'desk' columns roles callback-due --now '2026-11-21 09:00' --format csv
	at '2026-11-21 23:59:59' callback-log -q V-0012 --by lihua -a satisfied
	[[ $(ticket-show V-0012 --now '2026-11-22 09:00') == *'birthday [H0.D-7] 2026-11-21 23:59  in time'* ]]
	day=2026-11-25
	at 09:00 ticket-open -q --by lihua -k stay -n 吴女士 -t 入住 >/dev/null
	refused 3 'ticket-log: YL261125001: the next stay of a guest who was called back counts for the caller: sale-proposed needs the fields to, links, text [H0.D-8]' \
		at 10:00 ticket-log 1 sale-proposed --by gaoxia
	refused 3 'ticket-log: YL261125001: the next stay of a guest who was called back counts for the caller: sale-proposed is recorded by the role desk, officer, supervisor; qianjin does not have it [H0.D-8]' \
		at 10:00 ticket-log 1 sale-proposed --by qianjin --set to=lihua --set links=V-0012 -t 11月
	at 10:00 ticket-log -q 1 sale-proposed --by gaoxia --set to=lihua --set links=V-0012 -t 11月
}

@test "[H0.E-1] rent and fees have their day, are collected or chased; the owner's agreement and covenant are filed" {
	desk zhuhai_estate
	household 5-0801 --type owner
	household 5-0802 --type tenant
	prints '2026-02-05T23:59:59+08:00,5-0801,owner-papers' owed 2026-01-06 ticket-due
	refused 3 "ticket-log: 5-0801: the owner's agreement and covenant are in the file: papers-filed needs the field papers [H0.E-1]" \
		at '2026-02-05 10:00' ticket-log 5-0801 papers-filed --by lihua
	refused 3 "ticket-log: 5-0801: the owner's agreement and covenant are in the file: papers-filed is recorded by the role desk, officer, supervisor; sunli does not have it [H0.E-1]" \
		at '2026-02-05 10:00' ticket-log 5-0801 papers-filed --by sunli --set papers=服务协议
	at '2026-02-05 10:00' ticket-log -q 5-0801 papers-filed --by lihua --set papers=服务协议 --set papers=业主公约
	prints '' owed 2026-02-06 ticket-due
	day=2026-11-20
	refused 3 'ticket-open: a payment has a day by which it is due: opened needs the field agreed-at [H0.E-1]' at 09:00 ticket-open --by lihua -k fee -u 5-0801 -t 管理费
	refused 3 'ticket-open: a payment has a day by which it is due: opened is recorded by the role desk, officer, supervisor; sunli does not have it [H0.E-1]' \
		at 09:00 ticket-open --by sunli -k fee -u 5-0801 --agreed-at '2026-11-25 18:00' -t 管理费
	at 09:00 ticket-open -q --by lihua -k fee -u 5-0801 --agreed-at '2026-11-25 18:00' -t 管理费 >/dev/null
	[[ $(columns status,until ticket-due --now '2026-11-25 18:00:01' --format csv --rule fee) == $'overdue,collected\ntell,chased' ]]
	refused 3 'ticket-log: YL261120001: a payment that is late is chased: chased needs the field text [H0.E-1]' at '2026-11-26 09:00' ticket-log YL261120001 chased --by lihua
	refused 3 'ticket-log: YL261120001: a payment that is late is chased: chased is recorded by the role desk, officer, supervisor; sunli does not have it [H0.E-1]' \
		at '2026-11-26 09:00' ticket-log YL261120001 chased --by sunli -t 催
	at '2026-11-26 09:00' ticket-log -q YL261120001 chased --by lihua -t 催
	refused 3 'ticket-close: YL261120001: rent and fees are collected: closed needs collected first, which is not recorded [H0.E-1]' \
		at '2026-11-26 10:00' ticket-close YL261120001 --by lihua -r x
	refused 3 'ticket-log: YL261120001: a payment has a receipt: collected needs the field receipt [H0.E-1]' \
		at '2026-11-26 10:00' ticket-log YL261120001 collected --by lihua --charge 300
	refused 3 'ticket-log: YL261120001: a payment has a receipt: collected is recorded by the role desk, officer, supervisor; sunli does not have it [H0.E-1]' \
		at '2026-11-26 10:00' ticket-log YL261120001 collected --by sunli --charge 300 --set receipt=SJ-1
	at '2026-11-26 10:00' ticket-log -q YL261120001 collected --by lihua --charge 300 --set receipt=SJ-1
	refused 3 'ticket-log: YL261120001: a payment that is late is chased: collected is recorded already, chased cannot come after it [H0.E-1]' \
		at '2026-11-26 11:00' ticket-log YL261120001 chased --by lihua -t 催
	prints 'YL261120001#4' at '2026-11-26 11:00' ticket-close YL261120001 --by lihua -r 已缴
}

#!/usr/bin/env bats
# What packs say of staff beside appraisals: proposed penalties, degrees, courses and certificates.
load ../helper
load ../packs

# shellcheck disable=SC2034 # for at, of helper.bash
day=2026-11-20
log() { at 09:00 personnel-log "$@"; }

# in_pack NAME: a ledger of that pack with its people
in_pack() {
	export BATS_FILE_TMPDIR=$BATS_TEST_TMPDIR
	"$1"
}

@test "[H3.1-4] penalties are proposed with amount and clause, and never carried out" {
	in_pack product_callback
	run --separate-stderr log meizhen proposed --penalty incomplete-file --cases 3 -r 三户档案缺联系人 --by gaoxia
	status_is 0
	output_is 'meizhen#1'
	errors_are 'personnel-log: meizhen: proposed, not carried out: 3000.00 [H3.1-4]'
	diff - <(tail -n 7 personnel/meizhen.yaml) <<-'END'
		penalty: incomplete-file
		bearer: department
		cases: 3
		reason: 三户档案缺联系人
		amount: "3000.00"
		clause: H3.1-4
		...
	END
	proposes '100.00' false-record
	proposes '500.00, pay-cut, demotion, transfer, dismissal' grave-false-record
	proposes '500.00' complaint-not-called-back --bearer area-manager
	proposes '300.00' complaint-not-called-back --bearer department-manager
	proposes 'dismissal' false-callback --bearer caller
	proposes '500.00' false-callback --bearer department-manager
	refused 3 'personnel-log: bearer: missing: say in which part the person pays (allowed: area-manager, department-manager) [H3.1-4]' log meizhen proposed --penalty complaint-not-called-back -r x --by gaoxia
	refused 3 'personnel-log: bearer: "caller" is not among those who pay it (allowed: area-manager, department-manager) [H3.1-4]' log meizhen proposed --penalty complaint-not-called-back --bearer caller -r x --by gaoxia
	refused 3 'personnel-log: cost: this penalty is a fixed amount: leave the cost out [H3.1-4]' log meizhen proposed --penalty false-record --cost 5 -r x --by gaoxia
	refused 3 'personnel-log: lihua has none of the roles that may record this [H3.1-4]' log meizhen proposed --penalty false-record -r x --by lihua
	# a mistaken count is mended, and computed anew
	log meizhen corrected --of 1 --cases 2 -r 一户已补齐 --by gaoxia >/dev/null
	prints 'incomplete-file department 2000.00' columns what at 10:00 personnel-list meizhen --format csv | head -n 1
	prints '' at 10:00 ledger-check -q
}

# proposes WHAT PENALTY [OPTION...]
proposes() {
	run --separate-stderr log meizhen proposed --penalty "$2" -r 核实 --by gaoxia "${@:3}"
	status_is 0
	errors_are "personnel-log: meizhen: proposed, not carried out: $1 [H3.1-4]"
}

@test "[H3.1-5] another sent to mend one's fault: the cost is charged to the one at fault; good work is commended" {
	in_pack product_callback
	refused 3 'personnel-log: cost: missing: this penalty is the cost that came about [H3.1-5]' log meizhen proposed --penalty mended-by-another -r 返工 --by gaoxia
	run --separate-stderr log meizhen proposed --penalty mended-by-another --cost 1260.5 -r 返工差旅 --by gaoxia
	output_is 'meizhen#1'
	errors_are 'personnel-log: meizhen: proposed, not carried out: 1260.50 [H3.1-5]'
	run --separate-stderr log meizhen proposed --penalty grave-poor-work -r 客户停机一日 --by gaoxia
	errors_are 'personnel-log: meizhen: proposed, not carried out: fine [H3.1-5]'
	prints 'meizhen#3' log meizhen commended --degree commendation -r 客户书面表扬 --by gaoxia
}

@test "[H3.5-10a] sanctions by degree: written warning, demerit, major demerit, demotion in grade, dismissal" {
	in_pack complaint_handling
	local degree number=0
	for degree in warning demerit major-demerit demotion dismissal; do
		number=$((number + 1))
		prints "wanggang#$number" log wanggang sanctioned --degree $degree -r 脱岗，客户被困电梯一小时 --by qianjin
	done
	prints 'wanggang#6' log wanggang sanctioned --degree demerit -r 再次脱岗 --by wenbo
	for degree in major-demerit demotion dismissal; do
		refused 3 'personnel-log: wenbo has none of the roles that may record this [H3.5-10a]' log wanggang sanctioned --degree $degree -r x --by wenbo
	done
	refused 3 'personnel-log: degree: "bonus" is not a sanction [H3.5-10c]' log wanggang sanctioned --degree bonus -r x --by qianjin
	prints 'wanggang#1,sanctioned,warning,H3.5-10a
wanggang#2,sanctioned,demerit,H3.5-10a
wanggang#3,sanctioned,major-demerit,H3.5-10a
wanggang#4,sanctioned,demotion,H3.5-10a
wanggang#5,sanctioned,dismissal,H3.5-10a
wanggang#6,sanctioned,demerit,H3.5-10a' columns record,event,what,clause at 10:00 personnel-list --format csv
	prints '书面警告 记过 记大过 降级 开除' titles_of sanction
}

@test "[H3.5-10c] commendations by degree: commendation, minor merit, major merit, bonus" {
	in_pack complaint_handling
	local degree number=0
	for degree in commendation minor-merit major-merit; do
		number=$((number + 1))
		prints "wanggang#$number" log wanggang commended --degree $degree -r 抢修及时 --by qianjin
	done
	prints 'wanggang#4' log wanggang commended --degree bonus --money 200 -r 抢修及时 --by qianjin
	prints 'wanggang#5' log wanggang commended --degree minor-merit -r 抢修及时 --by wenbo
	for degree in major-merit bonus; do
		refused 3 'personnel-log: wenbo has none of the roles that may record this [H3.5-10c]' log wanggang commended --degree $degree -r x --by wenbo
	done
	refused 3 'personnel-log: degree: "warning" is not a commendation [H3.5-10a]' log wanggang commended --degree warning -r x --by qianjin
	prints 'wanggang#1,commended,commendation,H3.5-10c
wanggang#2,commended,minor-merit,H3.5-10c
wanggang#3,commended,major-merit,H3.5-10c
wanggang#4,commended,bonus 200.00,H3.5-10c
wanggang#5,commended,minor-merit,H3.5-10c' columns record,event,what,clause at 10:00 personnel-list --format csv
	prints 'commendation minor-merit major-merit bonus warning demerit major-demerit demotion dismissal' in_order
}

# titles_of SORT: of the degrees, from the lowest, in Chinese
titles_of() { sed -n "s/.*{degree: .*zh: \([^,]*\),.*of: $1,.*/\1/p" policy/complaint-handling.yaml | xargs; }

in_order() { policy-list --list degrees --format tsv --no-header | cut -f 3 | xargs; }

@test "[H3.4-26b] course hours are recorded, and managers are certified: what is lacking shows" {
	in_pack service_rules
	prints 'basics 2 h,ethics 2 h,etiquette 1 h,iso-9001 1 h,safety 1 h,spirit 1 h' lacking wanggang
	prints 'basics 2 h,ethics 2 h,etiquette 1 h,iso-9001 1 h,manager ,safety 1 h,spirit 1 h' lacking gaoxia
	for course in spirit:1 ethics:1.5 basics:2 etiquette:1 iso-9001:1 safety:1; do
		log wanggang trained --course "${course%:*}" -H "${course#*:}" --passed yes --by fangmin >/dev/null
	done
	prints 'wanggang,ethics,2 h,1.5 h,H3.4-26' columns person,lacks,needs,has,clause at 10:00 personnel-list --lacking wanggang --format csv
	log wanggang trained --course ethics -H 0.5 --passed yes --by fangmin >/dev/null
	prints '' at 10:00 personnel-list --lacking wanggang
	log gaoxia certified --certificate manager --number 粤物-88 --until 2026-12-31 --by fangmin >/dev/null
	prints 'basics 2 h,ethics 2 h,etiquette 1 h,iso-9001 1 h,safety 1 h,spirit 1 h' lacking gaoxia
	# it has run out
	prints 'manager' columns lacks at '2027-01-01 00:00' personnel-list --lacking gaoxia --format csv | grep manager
}

@test "[H3.4-26c] etiquette takes an hour, and what is lacking of it shows" {
	in_pack service_rules
	log wanggang trained --course etiquette -H 0.5 --passed yes --by fangmin >/dev/null
	prints 'wanggang,etiquette,1 h,0.5 h,H3.4-26c' eval "columns person,lacks,needs,has,clause at 10:00 personnel-list --lacking wanggang --format csv | grep etiquette"
	refused 3 'personnel-log: lihua has none of the roles that may record this [H3.4-26c]' \
		log wanggang trained --course etiquette -H 0.5 --passed yes --by lihua
	log wanggang trained --course etiquette -H 0.5 --passed yes --by fangmin >/dev/null
	[[ $(lacking wanggang) != *etiquette* ]]
}

@test "[H3.4-26b H3.4-26c] everybody who works here takes each course; the centre head or the director records it" {
	local person course
	in_pack service_rules
	for person in lihua wanggang zhaoqiang gaoxia meizhen; do
		[[ $(lacking $person | tr , '\n' | sed '/^manager/d' | paste -s -d ,) == 'basics 2 h,ethics 2 h,etiquette 1 h,iso-9001 1 h,safety 1 h,spirit 1 h' ]]
	done
	for course in spirit:1 ethics:2 basics:2 etiquette:1 iso-9001:1 safety:1; do
		log wanggang trained --course "${course%:*}" -H "${course#*:}" --passed yes --by fangmin >/dev/null
		log lihua trained --course "${course%:*}" -H "${course#*:}" --passed yes --by wenbo >/dev/null
	done
	prints '' at 10:00 personnel-list --lacking wanggang
	prints '' at 10:00 personnel-list --lacking lihua
	# and managers are certified
	for person in zhaoqiang gaoxia fangmin wenbo; do [[ $(lacking $person) == *'manager '* ]]; done
	log gaoxia certified --certificate manager --number 粤物-88 --until 2026-12-31 --by wenbo >/dev/null
	[[ $(lacking gaoxia) != *manager* ]]
}

lacking() { columns lacks,needs at 10:00 personnel-list --lacking "$1" --format csv | tr , ' ' | sort | paste -s -d ,; }


#!/usr/bin/env bats
# appraise: a sheet is marked once, confirmed, marked anew or voided; what is wrong is refused in a line.
load ../helper
load ../packs

export day=2026-11-20

setup_file() {
	appraisal
	personnel-log -q --now '2026-11-02 08:00' meizhen commended --degree commendation -r 拾金不昧 --by qianjin >/dev/null
	personnel-log -q --now '2026-11-02 08:00' meizhen sanctioned --degree warning -r 私收费用 --by qianjin >/dev/null
}

mark() { at 09:00 appraise -q --by qianjin meizhen "$@"; }
refuses() { refused 3 "appraise: $1" mark "${@:2}"; }
makes_no_sense() { refused 2 "appraise: $1" mark "${@:2}"; }

@test "a sheet as it stands in its file, and what is said of it" {
	run --separate-stderr at 09:00 appraise meizhen weekly-check --by gaoxia -D attendance：0.5：迟到 -D other/virtue:1:未交还钥匙 --grade management --part theory
	status_is 0
	output_is 'meizhen/2026-W47-weekly-check#1'
	errors_are 'appraise: meizhen/2026-W47-weekly-check: virtue 19/20, diligence 19.5/20, ability 30/30, results 30/30: 98.5, to be confirmed by manager
appraise: meizhen/2026-W47-weekly-check:   attendance  -0.5: 迟到
appraise: meizhen/2026-W47-weekly-check:   other/virtue  -1: 未交还钥匙'
	diff - appraisals/2026/meizhen/2026-W47-weekly-check.yaml <<-'END'
		---
		event: marked
		seq: 1
		id: meizhen/2026-W47-weekly-check
		site: YL
		at: "2026-11-20T09:00:00+08:00"
		by: gaoxia
		via: keeper
		scheme: staff
		sheet: weekly-check
		person: meizhen
		period: "2026-W47"
		grade: management
		part: theory
		deductions:
		  - item: attendance
		    points: "0.5"
		    reason: 迟到
		  - item: other
		    dimension: virtue
		    points: "1"
		    reason: 未交还钥匙
		dimensions:
		  - dimension: virtue
		    points: "19"
		  - dimension: diligence
		    points: "19.5"
		  - dimension: ability
		    points: "30"
		  - dimension: results
		    points: "30"
		score: "98.5"
		component: checks
		weight: "1"
		awaits:
		  - manager
		...
	END
	prints '' at 09:00 ledger-check -q
}

@test "no two sheets for one matter and period, and a retry is none" {
	prints 'meizhen/2026-11-appraisal#1' mark appraisal --request-id r1
	prints 'meizhen/2026-11-appraisal#1' mark 2026-11-appraisal --request-id r1
	refuses '--request-id: r1 was recorded as meizhen/2026-11-appraisal#1 with other content: take another id for what is new [H0.A-1]' appraisal --request-id r1 -D morals:1:x
	refuses 'meizhen/2026-11-appraisal exists already and cannot be begun again [H0.A-1]' appraisal --period 2026-11
	# spot checks may be several, and a retry finds its own
	prints 'meizhen/2026-11-20-spot-check#1' mark spot-check
	prints 'meizhen/2026-11-20-spot-check-2#1' mark spot-check --request-id r2
	prints 'meizhen/2026-11-20-spot-check-3#1' mark 2026-11-20-spot-check
	prints 'meizhen/2026-11-20-spot-check-2#1' mark spot-check --request-id r2
	# after 7 days it is another request
	local late=(appraise -q meizhen spot-check --by qianjin --period 2026-11-20 --request-id r2)
	prints 'meizhen/2026-11-20-spot-check-2#1' at '2026-11-27 09:00:00' "${late[@]}"
	prints 'meizhen/2026-11-20-spot-check-4#1' at '2026-11-27 09:00:01' "${late[@]}"
}

@test "eight at once get eight numbers" {
	for ((i = 0; i < 8; i++)); do
		at 09:00 appraise -q --by qianjin meizhen spot-check >"id$i" &
	done
	wait
	[[ $(cat id? | sort -u | wc -l) == 8 && $(ls appraisals/2026/meizhen | wc -l) == 8 ]]
	grep -qx 'meizhen/2026-11-20-spot-check-8#1' id?
	rm id?
	prints '' at 09:00 ledger-check -q
}

@test "confirmed, marked anew, voided" {
	at 09:00 appraise -q --by gaoxia meizhen appraisal >/dev/null
	refused 3 'appraise: gaoxia marked it: somebody else has to confirm it [H0.A-1]' at 09:10 appraise meizhen appraisal --confirm --by gaoxia
	refused 3 'appraise: lihua has none of the roles that may record this [H0.A-1]' at 09:10 appraise meizhen appraisal --confirm --by lihua
	refused 3 'appraise: meizhen: nobody records this about themselves [H0.A-1]' at 09:10 appraise meizhen appraisal --confirm --by meizhen
	prints 'meizhen/2026-11-appraisal#2' at 09:10 appraise meizhen appraisal --confirm --by qianjin
	refuses 'it does not wait to be confirmed [H0.A-1]' appraisal --confirm
	prints 'meizhen/2026-11-appraisal#3' at 09:20 appraise -q meizhen appraisal --correct 漏记一项 -D morals:1:失信 --by gaoxia
	prints 'not confirmed' columns state at 09:30 appraise-tally -m 2026-11 meizhen --format csv | head -n 1
	prints 'meizhen/2026-11-appraisal#4' at 09:30 appraise meizhen appraisal --confirm --by qianjin
	refused 3 'appraise: gaoxia has none of the roles that may record this [H0.A-1]' at 09:40 appraise meizhen appraisal --void x --by gaoxia
	prints 'meizhen/2026-11-appraisal#5' mark appraisal --void 重复
	refuses 'it is voided already [H0.A-1]' appraisal --void 重复
	refuses 'it is voided [H0.A-1]' appraisal --confirm
	prints 'meizhen/2026-11-appraisal#6' mark appraisal --correct 误作废 -D morals:2:失信
	prints '2026-11-appraisal,98.00
  virtue,18.00
  morals,-2' columns figure,value at 10:00 appraise meizhen 2026-11-appraisal --show --format csv
	prints '' at 10:00 ledger-check -q
}

@test "marks that are none" {
	refuses 'attendance: there is no ticket YL261119001 [H0.A-3]' appraisal -D attendance@YL261119001:1:迟到
	refuses '"dress" is not an item of staff (allowed: morals, service, discipline, relations, attendance, participation, initiative, coordination, professional, organising, managing, innovating, efficiency, training-effect, work-effect, other-results, other/DIMENSION) [H0.A-3]' appraisal -D dress:1:x
	refuses 'attendance: nothing is deducted [H0.A-3]' appraisal -D attendance:0:x
	refuses 'attendance: "1,5" is not a number of points' appraisal -D attendance:1,5:x
	refuses 'attendance: "-1" is not a number of points' appraisal -D attendance:-1:x
	refuses 'attendance: "1e1" is not a number of points' appraisal -D attendance:1e1:x
	refuses 'attendance: 5.1 points deducted, more than its 5 [H0.A-3]' appraisal -D attendance:2.1:x -D attendance:3:y
	refuses 'morals: a dimension is named only for a deduction under other [H0.A-3]' appraisal -D morals/virtue:1:x
	refuses 'staff is marked by deductions, not by scores [H0.A-3]' appraisal -s morals:1:2
	refuses 'grade: "none" is not a grade of this scheme [H0.A-1]' appraisal -g none
	refuses 'part: "none" is not a part of this scheme [H0.A-1]' appraisal --part none
	makes_no_sense '"attendance": give it as ITEM:POINTS:REASON' appraisal -D attendance
	makes_no_sense '"5": give it as POINTS:RECORD, the record as meizhen#3' appraisal --commend 5
	makes_no_sense '"discipline": give it as ITEM:RECORD:REASON, the record as meizhen#3' appraisal -o discipline
	makes_no_sense 'marks are possible only for a new sheet, or with --correct' appraisal --void x -D morals:1:x
}

@test "sheets and periods that are none" {
	makes_no_sense '"monthly" is not a sheet (the sheets: weekly-check, monthly-check, spot-check, appraisal, year-end, ten-items)' monthly
	makes_no_sense '"2026-W54-weekly-check" is not a sheet (the sheets: weekly-check, monthly-check, spot-check, appraisal, year-end, ten-items)' 2026-W54-weekly-check
	makes_no_sense '"2026-13" is not a month like 2026-11' appraisal --period 2026-13
	makes_no_sense '"2025-W53" is not a week like 2026-W47' weekly-check --period 2025-W53
	makes_no_sense '--period: not needed: 2026-11-appraisal names its period already' 2026-11-appraisal --period 2026-10
	makes_no_sense 'say which sheet: PERSON SHEET'
	makes_no_sense 'give only one of --confirm, --correct, --void, --show, --suggest' appraisal --confirm --void x
	makes_no_sense 'meizhen/2026-11-appraisal has no file yet: nothing can be added to it' appraisal --confirm
	refuses '2026-12 has not begun [H0.A-1]' appraisal --period 2026-12
	refuses 'meizhen did not work here in 2025-12 [H0.A-1]' 2025-12-appraisal
}

@test "who is not marked, and who does not mark" {
	refused 3 'appraise: nobody is not in staff.yaml [H0.A-1]' at 09:00 appraise nobody appraisal --by qianjin
	refused 3 'appraise: qianjin has none of the roles that the sheet appraisal is for [H0.A-1]' at 09:00 appraise qianjin appraisal
	refused 3 'appraise: lihua has none of the roles that may record this [H0.A-1]' at 09:00 appraise meizhen appraisal --by lihua
	at 08:00 staff-log -q joined front --name 前台 --nature station --role manager --login nobody-has-it >/dev/null
	refused 3 'appraise: front is a station: this is recorded by a person only [H0.A-1]' at 09:00 appraise meizhen appraisal --by front
	refused 3 'appraise: front is a station, not a person [H0.A-1]' at 09:00 appraise front appraisal --by qianjin
	at 08:30 staff-log -q left meizhen >/dev/null
	refuses 'meizhen does not work here any more [H0.A-1]' appraisal
	# who had left is marked no more, not even for a time when they were here
	refuses 'meizhen does not work here any more [H0.A-1]' 2026-10-appraisal
	# what was done before it was recorded is
	prints 'meizhen/2026-10-appraisal#1' mark 2026-10-appraisal --at '2026-11-20 08:00'
}

@test "--suggest lists what tickets show, and records nothing" {
	local before
	cat >policy/desk.yaml <<-'END'
		pack: desk
		title: Desk
		source: for this test
		kinds: [{kind: complaint, title: Complaint}]
		steps:
		  - {step: replied, clause: D-1}
		deadlines:
		  - {rule: reply, kind: complaint, start: opened, until: [replied, closed], within: 1 h, clause: D-2}
		phrases:
		  - {phrase: shrug, pattern: 不知道, step: replied, field: text, then: warn, clause: D-3}
		callbacks:
		  - {rule: ask, kind: complaint, after: [closed], within: 1 d, rate: "1", who: [officer], clause: D-4}
	END
	sed -i '/^packs:/a \  - desk' kefu.yaml
	at 08:00 ticket-open -q --kind complaint -u 3-1201 夜里太吵 >/dev/null
	at 08:05 ticket-assign 1 meizhen >/dev/null
	at 10:00 ticket-log -q 1 replied --by meizhen --set text=这个我不知道 >/dev/null
	at 10:30 ticket-close -q 1 --by meizhen -r 已劝离 >/dev/null
	at 11:00 callback-log -q 1 --by meizhen -a satisfied --quality 5 --set opinions=很快 >/dev/null
	at '2026-11-16 08:00' ticket-open -q --kind complaint -u 3-1202 电梯异响 >/dev/null
	at '2026-11-16 08:05' ticket-assign 1 meizhen >/dev/null
	at '2026-11-16 08:30' ticket-close -q 1 --by lihua -r 已修 >/dev/null
	before=$(tree_digest)
	prints '2026-11-02 08:00,commended,meizhen#3,,commendation: 拾金不昧,H0.A-5
2026-11-02 08:00,sanctioned,meizhen#4,,warning: 私收费用,H0.A-6
2026-11-17 23:59,callback-missed,YL261116001#3,initiative,"ask not made, owed by officer",D-4
2026-11-20 09:00,late,YL261120001#3,efficiency,reply late: replied,D-2
2026-11-20 10:00,phrase,YL261120001#3,service,"text: ""不知道""",D-3
2026-11-20 11:00,praise,YL261120001#5,service,satisfied: 很快,' suggested --period 2026-11
	prints '2026-11-17 23:59' columns at at 12:00 appraise meizhen --suggest --period 2026-11-17 --format csv
	prints '' at 12:00 appraise meizhen --suggest --period 2026-10
	refused 2 'appraise: nobody is not in staff.yaml' at 12:00 appraise nobody --suggest
	diff <(echo "$before") <(tree_digest)
}

suggested() { at 12:00 appraise meizhen --suggest "$@" --format csv --no-header | tr -d '\r'; }

#!/usr/bin/env bats
# Procedures H0.A as the pack appraisal keeps them, and what other packs say of staff: for each clause what is refused and what is recorded.
load ../helper
load ../packs

# shellcheck disable=SC2034 # for at, of helper.bash
day=2026-11-20

setup_file() {
	appraisal
	personnel-log -q --now '2026-11-02 08:00' meizhen commended --degree commendation -r 拾金不昧 --by qianjin >/dev/null
	personnel-log -q --now '2026-11-02 08:00' meizhen sanctioned --degree warning -r 私收费用 --by qianjin >/dev/null
}

# mark TIME MARKER SHEET [OPTION...]: meizhen
mark() { at "$1" appraise -q --by "$2" meizhen "${@:3}"; }
# says SHEET: its score as recorded last
says() { sed -n 's/^score: "\(.*\)"$/\1/p' "appraisals/2026/meizhen/$1.yaml" | tail -n 1; }
total() { columns person,total,excellent,lacks at "${1:-12:00}" appraise-tally --format csv | sed -n 's/^meizhen,//p'; }

@test "[H0.A-5] [H0.A-6] degrees of commendations and sanctions, each given by the manager" {
	local event degree clause
	while read -r event degree clause; do
		refused 3 "personnel-log: gaoxia has none of the roles that may record this [$clause]" at 09:00 personnel-log meizhen "$event" --degree "$degree" -r x --by gaoxia
		[[ $(at 09:00 personnel-log -q meizhen "$event" --degree "$degree" -r x --by qianjin) == meizhen#* ]]
		[[ $(columns what,clause at 09:01 personnel-list meizhen -e "$event" --format csv | tail -1) == "$degree,$clause" ]]
	done <<-'END'
		commended commendation H0.A-5
		commended minor-merit H0.A-5
		commended major-merit H0.A-5
		sanctioned warning H0.A-6
		sanctioned demerit H0.A-6
		sanctioned dismissal H0.A-6
	END
}

@test "[H0.A-1] five kinds of sheets; a supervisor's are confirmed by the manager, who alone marks the year end; nobody marks themselves" {
	for sheet in weekly-check monthly-check spot-check appraisal; do
		mark 09:00 gaoxia "$sheet" >/dev/null
	done
	refused 3 'appraise: gaoxia has none of the roles that may record this [H0.A-1]' mark 09:00 gaoxia year-end
	prints 'meizhen/2026-year-end#1' mark 09:00 qianjin year-end
	refused 3 'appraise: gaoxia: nobody records this about themselves [H0.A-1]' at 09:00 appraise gaoxia appraisal --by gaoxia
	prints ',,"no checks, no appraisals, 3 not confirmed"' total_csv
	for sheet in weekly-check monthly-check spot-check appraisal; do
		refused 3 'appraise: gaoxia marked it: somebody else has to confirm it [H0.A-1]' mark 10:00 gaoxia "$sheet" --confirm
		mark 10:00 qianjin "$sheet" --confirm >/dev/null
	done
	prints '100.00,,' total
	# operations or management grade; theory, practice or both
	grep -q '^grade: operations$' appraisals/2026/meizhen/2026-11-appraisal.yaml
	grep -q '^part: both$' appraisals/2026/meizhen/2026-11-appraisal.yaml
	at 10:00 appraise -q --by qianjin gaoxia appraisal --part practice >/dev/null
	grep -q '^grade: management$' appraisals/2026/gaoxia/2026-11-appraisal.yaml
	grep -q '^part: practice$' appraisals/2026/gaoxia/2026-11-appraisal.yaml
}

total_csv() { at 12:00 appraise-tally --format csv | tr -d '\r' | sed -n 's/.*,meizhen,.*,100\.00,\(.*\),$/\1/p'; }

@test "[H0.A-2] four dimensions of 20, 20, 30 and 30 in equal shares; the further column reduces a dimension, not below 0" {
	mark 09:00 qianjin appraisal -D other/virtue:20:甲 -D morals:1:乙 >/dev/null
	[[ $(says 2026-11-appraisal) == 80 ]]
	refused 3 'appraise: virtue: 20.5 points deducted, more than its 20 [H0.A-2]' mark 09:00 qianjin monthly-check -D other/virtue:20:甲 -D other/virtue:0.5:乙
	refused 3 'appraise: other: say which dimension the deduction reduces, like other/virtue [H0.A-2]' mark 09:00 qianjin monthly-check -D other:1:甲
	# 5, 5, 7.5, 7.5
	for item in morals:5 attendance:5 professional:7.5 efficiency:7.5; do
		refused 3 "appraise: ${item%:*}: ${item#*:}1 points deducted, more than its ${item#*:} [H0.A-3]" mark 09:00 qianjin monthly-check -D "${item%:*}:${item#*:}1:x" || [[ $item == *:5 ]]
	done
	prints 'meizhen/2026-11-monthly-check#1' mark 09:00 qianjin monthly-check -D morals:5:a -D attendance:5:b -D professional:7.5:c -D efficiency:7.5:d
	[[ $(says 2026-11-monthly-check) == 75 ]]
}

@test "[H0.A-3] marking deducts from items, each with its reason, none below 0" {
	refused 3 'appraise: attendance: a deduction needs a reason [H0.A-3]' mark 09:00 qianjin appraisal -D attendance:1
	refused 3 'appraise: attendance: a deduction needs a reason [H0.A-3]' mark 09:00 qianjin appraisal -D 'attendance:1:  '
	refused 3 'appraise: attendance: 5.5 points deducted, more than its 5 [H0.A-3]' mark 09:00 qianjin appraisal -D attendance:3:迟到 -D attendance:2.5:早退
	refused 3 'appraise: efficiency: there is no ticket YL261120001 [H0.A-3]' mark 09:00 qianjin appraisal -D efficiency@1:2:超时
	at 08:00 ticket-open -q --kind complaint x >/dev/null 2>&1 || {
		mkdir -p tickets/2026/11 # the pack has no tickets of its own
		printf -- '---\n...\n' >tickets/2026/11/YL261120001.yaml
	}
	prints 'meizhen/2026-11-appraisal#1' mark 09:00 qianjin appraisal -D attendance:3:迟到 -D attendance:2:早退 -D efficiency@1:2:超时
	grep -qx '    ticket: YL261120001' appraisals/2026/meizhen/2026-11-appraisal.yaml
	[[ $(says 2026-11-appraisal) == 93 ]]
}

@test "[H0.A-4] 20 % checks, 30 % appraisals, 50 % year end, by weights; exact, rounded only where shown" {
	mark 09:00 qianjin 2026-W45-weekly-check -D morals:1:x >/dev/null
	mark 09:00 qianjin 2026-W46-weekly-check -D morals:2:x >/dev/null
	mark 09:00 qianjin 2026-10-monthly-check >/dev/null
	mark 09:00 qianjin 2026-11-19-spot-check -D morals:5:x >/dev/null
	mark 09:00 qianjin 2026-10-appraisal -D morals:0.25:x >/dev/null
	mark 09:00 qianjin year-end >/dev/null
	# 0.2 · 297/3 + 0.3 · 99.75 + 50 = 99.725, shown as 99.73
	prints '99.73,,' total
	prints '99.725' columns exact at 12:00 appraise-tally meizhen --format csv | tail -n 1
}

@test "[H0.A-5] a commendation adds 1 to 10 points once a sheet; the sheet may pass 100, and a total above 100 is excellent" {
	refused 3 'appraise: commendation: it adds from 1 to 10 points, not 11 [H0.A-5]' mark 09:00 qianjin appraisal --commend 11:3
	refused 3 'appraise: commendation: it adds from 1 to 10 points, not 0.5 [H0.A-5]' mark 09:00 qianjin appraisal --commend 0.5:3
	refused 3 'appraise: meizhen#9: the register of meizhen has no such record (personnel-list meizhen) [H0.A-5]' mark 09:00 qianjin appraisal --commend 5:9
	refused 3 'appraise: lihua#1: the register of meizhen has no such record (personnel-list meizhen) [H0.A-5]' mark 09:00 qianjin appraisal --commend 5:lihua#1
	refused 3 'appraise: meizhen#4 must be a commended document, not a sanctioned one [H0.A-5]' mark 09:00 qianjin appraisal --commend 5:4
	prints 'meizhen/2026-11-appraisal#1' mark 09:00 qianjin appraisal --commend 10:3
	[[ $(says 2026-11-appraisal) == 110 ]]
	refused 3 'appraise: meizhen#3: its points were added on meizhen/2026-11-appraisal already [H0.A-5]' mark 09:00 qianjin year-end --commend 1:3
	# marked anew, it may have them again
	mark 09:30 qianjin appraisal --correct 记错 --commend 1:3 >/dev/null
	mark 09:00 qianjin weekly-check >/dev/null
	mark 09:00 qianjin year-end -D morals:0.6:x >/dev/null
	prints '100.00,,' total # exactly
	mark 09:30 qianjin year-end --correct 记错 -D morals:0.599:x >/dev/null
	prints '100.00,优秀员工,' total # 100.0005: above 100, which rounding does not show
	# a commendation that is voided adds nothing
	at 09:40 personnel-log -q meizhen voided --of 3 -r 误记 --by qianjin >/dev/null
	refused 3 'appraise: meizhen#3 is voided by #5 [H0.A-5]' mark 09:50 qianjin monthly-check --commend 1:3
}

@test "[H0.A-6] an offence takes the whole item, and is refused without a sanction on record" {
	refused 3 'appraise: discipline: an offence needs a sanction on record [H0.A-6]' mark 09:00 qianjin appraisal -o discipline:私收费用
	refused 3 'appraise: discipline: an offence needs a sanction on record [H0.A-6]' mark 09:00 qianjin appraisal -o discipline::私收费用
	refused 3 'appraise: meizhen#3 must be a sanctioned document, not a commended one [H0.A-6]' mark 09:00 qianjin appraisal -o discipline:3:私收费用
	refused 3 'appraise: discipline: an offence needs a reason [H0.A-6]' mark 09:00 qianjin appraisal -o discipline:4:
	prints 'meizhen/2026-11-appraisal#1' mark 09:00 qianjin appraisal -o discipline:4:私收费用 -D discipline:1:迟报
	[[ $(says 2026-11-appraisal) == 95 ]]
}

@test "[H0.A-7] monthly sheet, year-end sheet, month/year table and annual table, readable after two years" {
	mark 09:00 qianjin appraisal -D morals:1:x >/dev/null
	mark 09:00 qianjin year-end >/dev/null
	mark 09:00 qianjin weekly-check >/dev/null
	prints 'meizhen,2026-11-appraisal,99.00' later person,sheet,score --month 2026-11 meizhen
	[[ $(appraise --now '2029-01-05 08:00' meizhen 2026-year-end --show --format tsv --no-header | cut -f 1,2) == $'2026-year-end\t100.00' ]]
	prints '2026-11,99.00,
2026,99.00,99.70' later period,appraisals,total --year 2026 meizhen
	prints 'meizhen,99.70' later person,total --year 2026
}

later() { columns "$1" appraise-tally --now '2029-01-05 08:00' "${@:2}" --format csv | grep -E '^(2026-11|2026,|meizhen,(2026-11-app|99))'; }

@test "[H0.A-8] nobody is appointed or starts in post before induction and post training are passed" {
	people_join xin --name 新人
	refused 3 'personnel-log: xin: nobody becomes desk before the course induction is recorded as passed: run personnel-log xin trained --course induction [H0.A-8]' at 09:00 personnel-log xin appointed --role desk --by qianjin
	refused 3 'staff-log: xin: nobody becomes desk before the course induction is recorded as passed: run personnel-log xin trained --course induction [H0.A-8]' at 09:00 staff-log changed xin --role desk
	refused 3 'staff-log: lai: nobody becomes desk before the course induction is recorded as passed: record joined without the role, then run personnel-log lai trained --course induction [H0.A-8]' at 09:00 staff-log joined lai --name 来 --role desk
	at 09:00 personnel-log xin trained --course induction --passed yes --by gaoxia >/dev/null
	at 09:00 personnel-log xin trained --course post-training --passed no --by gaoxia >/dev/null
	refused 3 'staff-log: xin: nobody becomes desk before the course post-training is recorded as passed: run personnel-log xin trained --course post-training [H0.A-8]' at 09:10 staff-log changed xin --role desk
	at 09:20 personnel-log xin trained --course post-training --passed yes --by gaoxia >/dev/null
	# not before the day of the training
	refused 3 'staff-log: xin: nobody becomes desk before the course induction is recorded as passed: run personnel-log xin trained --course induction [H0.A-8]' at 09:30 staff-log changed xin --role desk --from '2026-11-19 08:00'
	prints 'xin#4' at 09:30 personnel-log xin appointed --role desk --by qianjin
	prints 'xin' at 09:30 staff-log changed xin --role desk
	# who is there already keeps the role, and a training that is voided is none
	at 09:40 personnel-log xin voided --of 1 -r 误记 --by gaoxia >/dev/null
	prints 'xin' at 09:50 staff-log changed xin --role desk --phone 13900010009
	refused 3 'staff-log: xin: nobody becomes officer before the course induction is recorded as passed: run personnel-log xin trained --course induction [H0.A-8]' at 09:50 staff-log changed xin --role desk --role officer
	# a shared login and a service are no persons
	prints 'front' at 09:50 staff-log joined front --name 前台 --nature station --role desk
}

@test "[H0.A-9] what is missing is never counted as 0: the total is incomplete, and has no rank" {
	prints ',,"no checks, no appraisals, no year-end"' raw_total
	mark 09:00 qianjin weekly-check >/dev/null
	mark 09:00 qianjin appraisal >/dev/null
	prints ',,no year-end' raw_total
	mark 09:00 qianjin year-end >/dev/null
	prints '100.00,,' raw_total
	mark 09:10 qianjin appraisal --void 误 >/dev/null
	prints ',,no appraisals' raw_total
}

raw_total() { at 12:00 appraise-tally --format csv | tr -d '\r' | sed -n 's/^[0-9]*,meizhen,陈美珍,[^,]*,[^,]*,[^,]*,\(.*\),[^,]*$/\1/p'; }

@test "[H2.D-1] ten items of ten, a self and a supervisor score and a remark each; the supervisor's counts" {
	local marks=()
	for item in polite patient cooperation handover interest criticism attentive dress study; do
		marks+=(-s "$item:10:9")
	done
	refused 3 'appraise: present: it is not scored [H2.D-1]' mark 09:00 gaoxia ten-items "${marks[@]}"
	refused 3 'appraise: present: a score must be from 0 to 10 [H2.D-1]' mark 09:00 gaoxia ten-items "${marks[@]}" -s present:10.5:9
	refused 3 'appraise: present: it is scored twice [H2.D-1]' mark 09:00 gaoxia ten-items "${marks[@]}" -s present:9:9 -s present:9:8
	refused 3 'appraise: ten-items is marked by scores, not by deductions [H2.D-1]' mark 09:00 gaoxia ten-items -D polite:1:x
	prints 'meizhen/2026-11-ten-items#1' mark 09:00 gaoxia ten-items "${marks[@]}" -s present:10:8.5:午后走神
	[[ $(says 2026-11-ten-items) == 89.5 ]]
	grep -qx '    remark: 午后走神' appraisals/2026/meizhen/2026-11-ten-items.yaml
	prints 'meizhen,89.50' columns person,total at 12:00 appraise-tally --scheme ten-items --format csv | head -n 1
}

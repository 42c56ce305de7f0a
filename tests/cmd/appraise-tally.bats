#!/usr/bin/env bats
# appraise-tally: a year weighed exactly, and explained; what is missing is missing.
load ../helper
load ../packs

export day=2026-12-30

setup_file() {
	appraisal
	mark() { appraise -q --now '2026-12-30 10:00' --by qianjin meizhen "$@" >/dev/null; }
	personnel-log -q --now '2026-03-20 10:00' meizhen commended --degree commendation -r 雨夜救助老人 --by qianjin >/dev/null
	personnel-log -q --now '2026-06-20 10:00' meizhen sanctioned --degree warning -r 私收费用 --by qianjin >/dev/null
	personnel-log -q --now '2026-12-20 10:00' meizhen commended --degree minor-merit -r 年度突出 --by qianjin >/dev/null
	mark 2026-W10-weekly-check -D attendance:0.5:迟到
	mark 2026-W11-weekly-check -D relations:2:与同事争执
	mark 2026-03-monthly-check -D service:2:答复生硬 -D other/diligence:1:未参加消防演练
	mark 2026-03-18-spot-check -D discipline:4:未着工装
	mark 2026-03-appraisal --commend 8:3
	mark 2026-06-appraisal -o discipline:4:私收费用
	mark 2026-year-end --commend 5:5
}

tally() { at 11:00 appraise-tally "$@"; }
# total PERSON: exact, rounded, rank, excellent, lacks
total() { columns person,exact,total,rank,excellent,lacks tally --format csv | sed -n "s/^$1,//p"; }

@test "the year that appraise-tally(1) reckons by hand" {
	prints '   1  meizhen  陈美珍    98.17      101.50    105.00   102.58  Excellent employee' tally_row
	prints '1231/12,102.58,1,优秀员工,' total meizhen
	prints 'total,1231/12,0.20 × checks 589/6 + 0.30 × appraisals 101.5 + 0.50 × year-end 105,,H0.A-4
excellent,,"优秀员工: above 100, unrounded",,H0.A-5
checks,589/6,3 sheets: sum of weight × score 294.5 ÷ sum of weights 3,,H0.A-4
2026-W10-weekly-check,99.5,"weight 1, marked by qianjin",meizhen/2026-W10-weekly-check#1,H0.A-1
  diligence,19.5,of 20,,
  attendance,-0.5,迟到,,H0.A-3
2026-W11-weekly-check,98,"weight 1, marked by qianjin",meizhen/2026-W11-weekly-check#1,H0.A-1
  virtue,18,of 20,,
  relations,-2,与同事争执,,H0.A-3
2026-03-18-spot-check,96,"weight 0, marked by qianjin",meizhen/2026-03-18-spot-check#1,H0.A-1
  virtue,16,of 20,,
  discipline,-4,未着工装,,H0.A-3
2026-03-monthly-check,97,"weight 1, marked by qianjin",meizhen/2026-03-monthly-check#1,H0.A-1
  virtue,18,of 20,,
  diligence,19,of 20,,
  service,-2,答复生硬,,H0.A-3
  other/diligence,-1,未参加消防演练,,H0.A-2
appraisals,101.5,2 sheets: sum of weight × score 203 ÷ sum of weights 2,,H0.A-4
2026-03-appraisal,108,"weight 1, marked by qianjin",meizhen/2026-03-appraisal#1,H0.A-1
  commendation,+8,,meizhen#3,H0.A-5
2026-06-appraisal,95,"weight 1, marked by qianjin",meizhen/2026-06-appraisal#1,H0.A-1
  virtue,15,of 20,,
  discipline,0,私收费用,meizhen#4,H0.A-6
year-end,105,1 sheet: sum of weight × score 105 ÷ sum of weights 1,,H0.A-4
2026-year-end,105,"weight 1, marked by qianjin",meizhen/2026-year-end#1,H0.A-1
  commendation,+5,,meizhen#5,H0.A-5' explained
}

tally_row() { tally | sed -n 2p; }
explained() { at 11:00 appraise-tally --explain meizhen --format csv --no-header | tr -d '\r' | cut -d , -f 2,4-; }

@test "a person's months, the year, and another year" {
	prints '2026-02,,,,
2026-03,98.17,108.00,,
2026-04,,,,' months
	[[ $(tally meizhen | sed -n 3p) == '2026-02  missing     missing   missing' ]]
	refused 2 'appraise-tally: lihua is not marked by staff in 2025' tally lihua --year 2025
	refused 2 'appraise-tally: "26" is not a year like 2026' tally --year 26
	prints 'rank	person	name	checks	appraisals	year-end	total	excellent	lacks	exact' tally --year 2025 --format tsv
}

months() { columns period,checks,appraisals,year-end,total tally meizhen --format csv | sed -n 2,4p; }

@test "the sheets of a month, and those there are none of" {
	prints '2026-03-18-spot-check,16,20,30,30,,96.00,counts
2026-03-appraisal,20,20,30,30,8,108.00,counts
2026-03-monthly-check,18,19,30,30,,97.00,counts' sheets -m 2026-03 meizhen
	prints '2026-06-appraisal,15,20,30,30,,95.00,counts
2026-06-monthly-check,,,,,,,missing' sheets -m 2026-06 meizhen
	# of everybody who was there
	[[ $(tally -m 2026-06 --format tsv --no-header | cut -f 1 | sort -u | xargs) == 'gaoxia lihua meizhen' ]]
	refused 2 'appraise-tally: --month cannot be combined with --year or --explain' tally -m 2026-03 -y 2026
	refused 2 'appraise-tally: "2026-3" is not a month like 2026-11' tally -m 2026-3
}

sheets() { columns sheet,virtue,diligence,ability,results,commendation,score,state tally "$@" --format csv | grep -v weekly; }

@test "a file that cannot be read leaves its person's total missing, and nobody else's" {
	for sheet in 2026-W10-weekly-check 2026-03-appraisal 2026-year-end; do
		at 10:30 appraise -q --by qianjin lihua "$sheet" >/dev/null
	done
	prints '100,100.00,2,,' total lihua
	echo '---' >>appraisals/2026/lihua/2026-03-appraisal.yaml
	run --separate-stderr tally --format tsv --no-header
	status_is 4
	[[ $stderr == 'appraise-tally: appraisals/2026/lihua/2026-03-appraisal.yaml:'* && $output == *'no appraisals, 1 unreadable'* && $output == *1231/12* ]]
	# one that lies elsewhere than it says is no sheet either
	mv appraisals/2026/lihua/2026-W10-weekly-check.yaml appraisals/2026/lihua/2026-W12-weekly-check.yaml
	run --separate-stderr tally --format tsv --no-header
	status_is 4
	[[ $output == *'no checks, no appraisals, 2 unreadable'* ]]
}

@test "two sites that mark one sheet anew at once leave it disputed, until it is marked once more" {
	local sheet=appraisals/2026/meizhen/2026-06-appraisal.yaml
	keep "$sheet"
	at 10:30 appraise -q --by qianjin meizhen 2026-06-appraisal --correct 甲 -D morals:1:甲 >/dev/null
	cp "$sheet" theirs
	put_back "$sheet"
	at 10:30 appraise -q --by qianjin meizhen 2026-06-appraisal --correct 乙 -D morals:2:乙 >/dev/null
	ledger-merge "$sheet" theirs "$sheet"
	rm theirs
	prints ',,,,1 disputed' total meizhen
	prints 'meizhen/2026-06-appraisal#3' at 10:40 appraise -q --by qianjin meizhen 2026-06-appraisal --correct 以此为准 -D morals:1:甲
	prints '6191/60,103.18,1,优秀员工,' total meizhen
}

@test "two clones mark one sheet differently, whatever the numbers: disputed, and said, until one who has both marks it" {
	local eb=$BATS_TEST_TMPDIR/eb
	git init -q -b main . && ledger-init --site YL -q && git add . && git commit -qm begin
	git clone -q . "$eb" && (cd "$eb" && ledger-init --site EB -q && git commit -qam EB)
	git pull -q "$eb" main
	correct() { at "$1" appraise -q --by qianjin "$2" 2026-06-appraisal --correct "$3" -D "morals:$4:甲" >/dev/null && git add . && git commit -qm "$1"; }
	correct 10:30 meizhen 甲 1
	correct 10:31 meizhen 又 2
	(cd "$eb" && correct 10:35 meizhen 乙 3)
	git pull -q --no-rebase "$eb" main
	prints ',,,,1 disputed' total meizhen
	run --separate-stderr ledger-check -q --now "$day 11:00" --format tsv --no-header
	[[ $output == *$'disputed\tappraisals/2026/meizhen/2026-06-appraisal.yaml\t'*' contradicts #2 (corrected, '??'): it does not count until it is marked again or voided'* ]]
	correct 11:00 meizhen 以此为准 1
	prints '6191/60,103.18,1,优秀员工,' total meizhen
	[[ $(ledger-check -q --now "$day 12:00") != *disputed* ]]
	# who had it marks it again
	git -C "$eb" pull -q --no-rebase "$PWD" main
	(cd "$eb" && correct 11:30 meizhen 再看 2)
	git pull -q --no-rebase "$eb" main
	[[ $(ledger-check -q --now "$day 12:00") != *disputed* && $(total meizhen) != *disputed ]]
}

@test "schemes" {
	prints ',,,,no monthly' ten meizhen
	refused 2 'appraise-tally: --scheme: "none" is not a scheme of these packs (they have: staff (Appraisal of staff), ten-items)' tally --scheme none
	cp "$root/examples/mall/policy.yaml" policy/mall.yaml
	sed -i 's/^  - appraisal$/  - mall/' kefu.yaml
	refused 2 'appraise-tally: these packs have no scheme of appraisal' tally
}

ten() { columns person,exact,total,rank,excellent,lacks tally --scheme ten-items --format csv | sed -n "s/^$1,//p"; }

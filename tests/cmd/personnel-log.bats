#!/usr/bin/env bats
# personnel-log: registers of staff, whose documents are mended by later ones.
load ../helper
load ../packs

export day=2026-11-20

setup_file() {
	appraisal
}

log() { at 09:00 personnel-log -q "$@"; }

@test "a register begins with its person's id, and documents are numbered" {
	prints 'lihua#3' log lihua commended --degree commendation -r 拾金不昧 --by qianjin --request-id r1
	diff - <(tail -n 12 personnel/lihua.yaml) <<-'END'
		---
		event: commended
		seq: 3
		site: YL
		at: "2026-11-20T09:00:00+08:00"
		by: qianjin
		via: keeper
		request-id: r1
		degree: commendation
		reason: 拾金不昧
		clause: H0.A-5
		...
	END
	grep -qx 'id: lihua' personnel/lihua.yaml
	# a retry records nothing; another matter under its name is refused
	prints 'lihua#3' log lihua commended --degree commendation -r 拾金不昧 --by qianjin --request-id r1
	refused 3 'personnel-log: --request-id: r1 was recorded as lihua#3 with other content: take another id for what is new' log lihua commended --degree minor-merit -r 拾金不昧 --by qianjin --request-id r1
	prints '' at 09:00 ledger-check -q
}

@test "corrected and voided: the document stays, and counts otherwise" {
	log lihua commended --degree minor-merit -r 拾金不昧 --by qianjin >/dev/null
	prints 'lihua#4' log lihua corrected --of 3 --degree commendation -r 级别录错 --by qianjin
	prints 'commendation,corrected by #4,拾金不昧' columns what,state,reason at 10:00 personnel-list lihua -e commended --format csv
	refused 3 'personnel-log: degree: "warning" is not a commendation [H0.A-6]' log lihua corrected --of 3 --degree warning -r x --by qianjin
	refused 3 'personnel-log: course: unknown field (allowed: event, seq, id, site, at, recorded, by, via, request-id, seen, degree, money, reason, ticket, clause)' \
		log lihua corrected --of 3 --course induction -r x --by qianjin
	prints 'lihua#5' log lihua voided --of 3 -r 误记 --by qianjin
	prints 'commendation,voided by #5,拾金不昧' columns what,state,reason at 10:00 personnel-list lihua -e commended --format csv
	refused 3 'personnel-log: of: lihua#3 is voided already' log lihua voided --of 3 -r x --by qianjin
	refused 3 'personnel-log: of: lihua has no document of that number that can be corrected or voided' log lihua voided --of 5 -r x --by qianjin
	prints '' at 10:00 ledger-check -q
}

@test "what is wrong is refused in a line, and nothing is written" {
	refused 3 'personnel-log: degree: "medal" is not a degree of these packs (allowed: commendation, minor-merit, major-merit, warning, demerit, dismissal)' \
		log lihua commended --degree medal -r x --by qianjin
	refused 3 'personnel-log: degree: "warning" is not a commendation [H0.A-6]' log lihua commended --degree warning -r x --by qianjin
	refused 3 'personnel-log: degree: missing' log lihua commended -r x --by qianjin
	refused 3 'personnel-log: reason: missing' log lihua commended --degree commendation --by qianjin
	refused 3 'personnel-log: gaoxia has none of the roles that may record this [H0.A-5]' log lihua commended --degree commendation -r x --by gaoxia
	refused 3 'personnel-log: qianjin: nobody records this about themselves [H0.A-5]' log qianjin commended --degree commendation -r x --by qianjin
	refused 3 'personnel-log: keeper: nobody records this about themselves [H0.A-5]' log keeper commended --degree commendation -r x --by qianjin
	refused 3 'personnel-log: nobody is not in staff.yaml' log nobody commended --degree commendation -r x --by qianjin
	refused 2 'personnel-log: "../x" cannot be a person'\''s id: small letters, digits, _ . and - only' log ../x commended --degree commendation -r x --by qianjin
	refused 2 'personnel-log: "praised" is not one of registered, commended, sanctioned, trained, certified, appointed, proposed, rated, corrected, voided' log lihua praised
	at 08:00 staff-log -q left lihua >/dev/null
	refused 3 'personnel-log: lihua does not work here any more' log lihua commended --degree commendation -r x --by qianjin
}

@test "through no station" {
	at 08:00 staff-log -q joined front --name 前台 --nature station --role manager --login "$(id -un)-other" >/dev/null
	refused 3 'personnel-log: front is a station: this is recorded by a person only [H0.A-5]' log lihua commended --degree commendation -r x --by front
}

# clones: this ledger, and ../eb with a site code of its own; both are in kefu.yaml
clones() {
	export HOME=$BATS_TEST_TMPDIR
	git init -q -b main . && ledger-init --site YL -q && git add . && git commit -qm begin
	git clone -q . ../eb
	(cd ../eb && ledger-init --site EB -q && git commit -qam 'site EB')
	git pull -q ../eb main
}

# meet: what both have recorded is in both
meet() {
	git add . && git commit -qm news
	(cd ../eb && git add . && git commit -qm news && git pull -q --no-rebase ../ledger main)
	git pull -q ../eb main
}

# in_eb ARGUMENT...: log there
in_eb() { (cd ../eb && log "$@"); }

# finds [PROBLEM...]: what ledger-check says, whichever of two clones' documents stands first
finds() {
	run --separate-stderr ledger-check -q --now '2026-11-20 10:00' --format tsv --no-header
	output=$(cut -f 1,2,5 <<<"$output" | tr '\t' ' ' | sort)
	[[ $# == 0 ]] && { output_is ''; return; }
	local wanted
	[[ ${#lines[@]} == $# ]] || { echo "$output"; return 1; }
	for wanted; do
		[[ $output =~ $wanted ]] || { echo "$output"; return 1; }
	done
}

@test "two clones begin one person's register, and record the same in it: united, named until one of the two is voided" {
	clones
	log -q gaoxia commended --degree commendation -r 拾金不昧 --by qianjin
	log -q meizhen commended --degree commendation -r 热心 --by qianjin
	in_eb -q meizhen commended --degree commendation -r 热心 --by qianjin
	meet
	[[ $(grep -c '^event: commended' personnel/meizhen.yaml) == 2 ]]
	cmp personnel/meizhen.yaml ../eb/personnel/meizhen.yaml
	finds '^disputed personnel/meizhen.yaml #3 \(commended, (YL|EB)\) says what #3 \((EB|YL)\) says, and both count: void one \(personnel-log meizhen voided --of 3 --reason WHY\), or correct one if both are right$'
	log -q meizhen voided --of 3 -r 记了两次 --by qianjin
	finds
}

@test "two clones make something else of one entry: named until somebody who knew of both says what is right; what is voided stays so" {
	log -q lihua commended --degree commendation -r 拾金不昧 --by qianjin
	log -q gaoxia commended --degree commendation -r 拾金不昧 --by qianjin
	log -q meizhen commended --degree commendation -r 拾金不昧 --by qianjin
	clones
	local of=3 gaoxia
	gaoxia=$(grep '^seq: ' personnel/gaoxia.yaml | tail -n 1 | cut -d ' ' -f 2)
	log -q lihua corrected --of $of -r 这样说 --by qianjin --degree commendation
	in_eb -q lihua corrected --of $of -r 那样说 --by qianjin --degree minor-merit
	log -q gaoxia voided --of "$gaoxia" -r 不是 --by qianjin
	in_eb -q gaoxia voided --of "$gaoxia" -r 误记 --by qianjin
	log -q meizhen voided --of $of -r 误记 --by qianjin
	in_eb -q meizhen corrected --of $of -r 级别 --degree minor-merit --by qianjin
	meet
	finds '^disputed personnel/lihua.yaml #4 \(corrected, (YL|EB)\) contradicts #4 \(corrected, (EB|YL)\): record what is right of #3 \(personnel-log lihua corrected or voided\)$'
	log -q lihua corrected --of $of -r 查清 --by qianjin --degree minor-merit
	finds
}

@test "a register that two clones begin is united" {
	clones
	log -q qianjin trained --course induction --passed yes
	in_eb -q qianjin trained --course post-training --passed yes
	meet
	[[ $(grep -c '^event: trained' personnel/qianjin.yaml) == 2 ]]
	cmp personnel/qianjin.yaml ../eb/personnel/qianjin.yaml
	finds
}

#!/usr/bin/env bats
# Whoever may write a file decides what types it holds: no command crashes on one it did not expect, none prints memory.
# KEFU_LONG=1 puts every value at every place.
load ../helper
load everything

setup_file() {
	cd "$BATS_FILE_TMPDIR"
	HOME=$PWD copy_of_ledger "$PWD/ledger" everything_ledger
}

# now COMMAND...: runs it after all that happened
now() { run --separate-stderr "$@" --now '2026-12-30 12:00'; }

# place FILE TEXT: its last line that holds TEXT, as messages have it
place() { echo "$1:$(grep -nF -- "$2" "$1" | tail -1 | cut -d: -f1)"; }

# is_wrong STATUS MESSAGE COMMAND...: it ends so, and says that besides what it may print
is_wrong() {
	local wanted=$1 message=$2
	shift 2
	now "$@"
	status_is "$wanted" && errors_are "$message"
}

# change FILE PERL: over the whole text at once, which is to change something
change() {
	local before
	before=$(<"$1")
	perl -0pi -e "$2" "$1"
	[[ $before != $(<"$1") ]]
}

@test "any value at any place: every command ends with a status of its own" {
	cp -r "$BATS_FILE_TMPDIR/ledger" ../whole
	/usr/bin/python3 "$root/tests/flow/hostile-types.py" "$BATS_FILE_TMPDIR/ledger"
}

@test "what a terminal acts upon, and what nobody sees, in every text: all commands on a terminal show it" {
	/usr/bin/python3 "$root/tests/flow/hostile-text.py" "$BATS_FILE_TMPDIR/ledger"
}

@test "nothing outside the ledger is opened, whatever a value, a reference or a link names" {
	/usr/bin/python3 "$root/tests/flow/hostile-paths.py" "$BATS_FILE_TMPDIR/ledger"
}

@test "staff.yaml: roles and areas are lists of names" {
	printf -- '---\nevent: changed\nseq: 99\nat: "2026-12-01T08:00:00+08:00"\nby: keeper\nperson: lihua\nroles: {a: b}\n...\n' >>staff.yaml
	is_wrong 4 "staff-list: $(place staff.yaml 'roles: {'):8: roles: must be a list, not a map" staff-list
	change staff.yaml 's/roles: \{a: b\}/areas: ["3", [5]]/'
	is_wrong 4 "ticket-list: $(place staff.yaml 'areas: ["3"'):14: areas: must be a string, not a list" ticket-list
}

@test "staff.yaml: who has left leaves no part to somebody they were themselves" {
	printf -- '---\nevent: changed\nseq: 98\nat: "2026-09-01T08:00:00+08:00"\nby: keeper\nperson: fangmin\nroles: ["person:fangmin"]\n...\n' >>staff.yaml
	printf -- '---\nevent: left\nseq: 99\nat: "2026-09-01T09:00:00+08:00"\nby: keeper\nperson: fangmin\n...\n' >>staff.yaml
	change tickets/2026/09/YL260930003.yaml 's/^      - officer$/      - "person:fangmin"/m'
	now callback-due
	status_is 0
}

@test "a register's id that is no text" {
	local file
	for file in appraisals/2026/lihua/2026-06-appraisal.yaml personnel/jiejing.yaml plans/2026/YL2610.yaml surveys/2026h2.yaml \
		surveys/2026h2/frame.yaml surveys/2026h2/answers/3/3-1201.yaml; do
		change "$file" 's/^id: .*$/id: true/m'
		now ledger-check -q --format tsv --no-header "$file"
		status_is 1
		errors_are ''
		output_is "schema	$file	$(grep -n '^id: true' "$file" | cut -d: -f1)	5	id: true is a boolean, not a string: quote it	\N
wrong-id	$file	$(grep -n '^id: true' "$file" | cut -d: -f1)	5	id: is not a text, but the file is $file	\N"
	done
}

@test "a number behind which none can be counted" {
	local file=personnel/jiejing.yaml line
	change "$file" 's/^seq: 2$/seq: 9223372036854775807/m'
	line=$(($(grep -n '^seq: 9223372036854775807' "$file" | cut -d: -f1) - 1))
	is_wrong 4 "personnel-log: $file:$line:1: seq: missing, or not a number from 1 to 1000000000" \
		personnel-log jiejing trained --course induction --passed yes --dry-run
	change plans/2026/YL2610.yaml 's/^chosen-before: 0$/chosen-before: -9223372036854775808/m'
	now ledger-check -q --format tsv --no-header plans/2026/YL2610.yaml
	status_is 1
	errors_are ''
	[[ $output == schema$'\t'plans/2026/YL2610.yaml$'\t'*'chosen-before'* ]]
}

@test "a callback's callers that are no names" {
	local file=tickets/2026/09/YL260930002.yaml line
	change "$file" 's/^callers:\n(  .*\n)*/callers: [true, {}, null]\n/m'
	line=$(grep -n '^callers: \[' "$file" | cut -d: -f1)
	now ledger-check -q --format tsv --no-header "$file"
	status_is 1
	errors_are ''
	output_is "schema	$file	$line	11	callers[0]: true is a boolean, not a string: quote it	\N"
}

@test "a frame and a choice that are no lists of forms" {
	change plans/2026/YL2610.yaml 's/^frame:\n  - .*$/frame: {a: b}/m; s/^chosen:\n  - .*$/chosen: {a: b}/m; s/^event: drawn$/event: dropped/m'
	change tickets/2026/09/YL260930003.yaml 's/^---\nevent: drawn\n.*?\n\.\.\.\n//ms'
	rm plans/2026/YL2611.yaml
	is_wrong 4 "callback-plan: $(place plans/2026/YL2610.yaml 'frame: {'):8: frame: must be a list, not a map" callback-plan
}

@test "a sheet's marks that are no lists" {
	change appraisals/2026/lihua/2026-06-appraisal.yaml 's/^dimensions:\n(  .*\n)*/dimensions: {a: b}\n/m; s/^deductions:\n(  .*\n)*/deductions: {a: b}\n/m'
	now appraise lihua appraisal --period 2026-06 --show
	status_is 0
	[[ $output != *'(null)'* ]]
	now appraise-tally --explain
	status_is 0
}

# --- surveys ---

@test "a sample that is no list of groups" {
	cp surveys/2026h2.yaml whole
	change surveys/2026h2.yaml 's/^sample:\n(  .*\n)*/sample: {a: b}\n/m'
	local said
	said="$(place surveys/2026h2.yaml 'sample: {'):9: sample: must be a list, not a map"
	is_wrong 4 "survey-tally: $said" survey-tally 2026h2
	is_wrong 4 "survey-log: $said" survey-log 2026h2 3-0205 security=5 --dry-run
	is_wrong 4 "survey-draw: $said" survey-draw 2026h2 --verify
	change surveys/2026h2.yaml 's/^sample: .*/sample: []/m'
	is_wrong 1 'survey-draw: drawing again gives another result than the recorded one' survey-draw 2026h2 --verify
	cp whole surveys/2026h2.yaml
	change surveys/2026h2.yaml 's/^strata:\n(  .*\n)*//m'
	is_wrong 1 'survey-draw: drawing again gives another result than the recorded one' survey-draw 2026h2 --verify
}

@test "a draw that nobody can have drawn" {
	cp surveys/2026h2.yaml whole
	local wrong
	for wrong in 'rate "7"' 'rate -0.5' 'seed null'; do
		change surveys/2026h2.yaml "s/^${wrong% *}: .*\$/$wrong/m; s/^${wrong% *} /${wrong% *}: /m"
		is_wrong 4 "survey-draw: $(place surveys/2026h2.yaml "${wrong% *}: ${wrong#* }"):7: ${wrong% *}: no sample can be drawn with this value" survey-draw 2026h2 --verify
		cp whole surveys/2026h2.yaml
	done
	change surveys/2026h2.yaml 's/^rate: .*\n//m; s/^size: 5$/size: 6/m'
	is_wrong 4 "survey-draw: $(place surveys/2026h2.yaml 'size: 6'):7: size: no sample can be drawn with this value" survey-draw 2026h2 --verify
	cp whole surveys/2026h2.yaml
	change surveys/2026h2.yaml 's/^digest: .*$/digest: [7]/m'
	is_wrong 4 "survey-draw: $(place surveys/2026h2.yaml 'digest: [7]'):9: digest: must be text" survey-draw 2026h2 --verify
}

@test "issued, but nobody was drawn" {
	change surveys/2026h2.yaml 's/^event: drawn$/event: dropped/m'
	local line
	line=$(($(grep -n '^event: issued' surveys/2026h2.yaml | cut -d: -f1) - 1))
	is_wrong 4 "survey-tally: surveys/2026h2.yaml:$line:0: it was issued, but no sample was drawn" survey-tally 2026h2
	is_wrong 4 "survey-log: surveys/2026h2.yaml:$line:0: it was issued, but no sample was drawn" survey-log 2026h2 3-0205 security=5 --dry-run
}

@test "answers that are no map of questions" {
	change surveys/2026h2/answers/5/5-0301.yaml 's/^answers:\n(  .*\n)*/answers: [7]\n/m'
	now survey-tally 2026h2
	status_is 4
	[[ $stderr == 'survey-tally: surveys/2026h2/answers/5/5-0301.yaml: answers: missing'$'\n'* ]]
	now survey-log 2026h2 5-0301 --correct security=2 -r x --dry-run
	status_is 3
}

# --- what fuzzers found ---

@test "a form's kind that is no text: no message prints a text that is not there" {
	change customers/3/3-0205.yaml 's/^kind: customer$/kind: {a: b}/m'
	now customer-log changed 3-0205 --rank vip --dry-run
	status_is 3
	[[ $stderr == 'customer-log: 3-0205: the policy has no step "changed" for this form (its steps for this kind: '* ]]
	change tickets/2026/09/YL260930002.yaml 's/^kind: .*$/kind: {a: b}/m'
	now ticket-why YL260930002
	status_is 0
	[[ $output == 'YL260930002  '*'form, '* && $output != *'(null)'* ]]
}

@test "a sheet that says neither who marked it nor what for" {
	local file=appraisals/2026/lihua/2026-06-appraisal.yaml
	change "$file" 's/^by: .*$/by: {a: b}/m; s/^( +)(- )?item: .*$/$1$2item: null/mg; s/^  points: .*$/  points: {a: b}/m'
	now appraise-tally --explain
	status_is 0
	errors_are ''
	[[ $output == *'weight 1, marked by ?'* && $output == *'+?'* && $output != *'(null)'* ]]
}

@test "each line of hostile-commands is one that its command takes" {
	local line
	while IFS= read -r line; do
		[[ $line && $line != [\#[]* ]] || continue
		read -ra words <<<"${line//\{id\}/YL260930002}"
		[[ ${words[0]} == ledger-merge ]] || words+=(--now '2026-12-30 12:00')
		run --separate-stderr "${words[@]}"
		[[ $stderr != *'--help)'* ]]
	done <"$root/tests/flow/hostile-commands"
}

#!/usr/bin/env bats
# Facts that change after a rule fired on them: what is due follows, by name. 20 November 2026 is a Friday.
load ../helper
load ../packs

# shellcheck disable=SC2034 # for at, of helper.bash
day=2026-11-20

setup_file() {
	cat >"$BATS_FILE_TMPDIR/facts.yaml" <<'END'
pack: facts
title: Rules that read each fact
source: tried
roles:
  - {role: desk, title: desk}
  - {role: lead, title: lead}
kinds:
  - {kind: repair, title: repair}
  - {kind: complaint, title: complaint}
categories:
  - {category: pipe, kind: repair, title: pipe, department: security}
  - {category: lift, kind: repair, title: lift, department: security}
  - {category: cleaning, kind: repair, title: cleaning, department: cleaning}
  - {category: noise, kind: complaint, title: noise, department: security}
severities:
  - {severity: usual, title: usual}
  - {severity: grave, title: grave}
match:
  paid: {properties: {charging: {const: paid}}, required: [charging]}
  security: {properties: {department: {const: security}}, required: [department]}
  grave: {properties: {severity: {const: grave}}, required: [severity]}
  owner: {properties: {customer: {properties: {type: {const: owner}}, required: [type]}}, required: [customer]}
  unit-1: {properties: {customer: {properties: {unit: {pattern: '^1-'}}, required: [unit]}}, required: [customer]}
  by-ma: {properties: {assignee: {const: ma}}, required: [assignee]}
  plumbers: {properties: {team: {const: plumbers}}, required: [team]}
  charged: {properties: {document: {required: [charge]}}}
  slip-500: {properties: {steps: {properties: {finished: {properties: {charge: {const: '500.00'}}, required: [charge]}}, required: [finished]}}}
steps:
  - {step: [quoted, consented, paid-up, explained], by: desk, clause: F-0}
deadlines:
  - {rule: r-kind, kind: complaint, start: opened, until: closed, within: 3 d, clause: F-1}
  - {rule: r-category, category: lift, start: opened, until: closed, within: 3 d, clause: F-2}
  - {rule: r-severity, severity: grave, start: opened, until: closed, within: 3 d, clause: F-3}
  - {rule: r-charging, if: paid, start: opened, until: consented, within: 3 d, clause: F-4}
  - {rule: r-department, if: security, start: opened, until: closed, within: 3 d, clause: F-5}
  - {rule: r-customer, if: owner, start: opened, until: closed, within: 3 d, clause: F-6}
  - {rule: r-unit, if: unit-1, start: opened, until: closed, within: 3 d, clause: F-7}
  - {rule: r-person, if: by-ma, start: opened, until: closed, within: 3 d, clause: F-8}
  - {rule: r-team, if: plumbers, start: opened, until: closed, within: 3 d, clause: F-9}
  - {rule: r-assigned, severity: grave, start: assigned, until: closed, within: 3 d, clause: F-10}
  - {rule: r-heard, start: opened.heard-at, until: explained, within: 3 d, clause: F-11}
  - {rule: r-agreed, at: opened.agreed-at, until: explained, clause: F-12}
  - {rule: r-fee, if: charged, start: finished, until: paid-up, within: 3 d, clause: F-13}
  - {rule: grave-first, group: g, if: grave, start: opened, until: explained, within: 1 d, clause: F-14}
  - {rule: usual-first, group: g, start: opened, until: explained, within: 3 d, extend: longer, clause: F-15, tell: [{early: 1 d, role: lead}]}
  - {rule: r-reclassified, start: reclassified, until: explained, within: 3 d, kind: complaint, clause: F-16}
  - {rule: r-reopened, start: reopened, until: explained, within: 3 d, clause: F-17}
  - {rule: r-extended, start: extended, until: explained, within: 3 d, clause: F-18}
extensions:
  - {extend: longer, total: any, by: lead, clause: F-19}
callbacks:
  - {rule: c-grave, if: grave, after: closed, within: 3 d, rate: "1.00", who: [desk], clause: F-20}
  - {rule: c-head, after: closed, within: 3 d, rate: "1.00", who: [{head-of: department}], clause: F-21}
  - {rule: c-reopened, after: reopened, within: 3 d, rate: "1.00", who: [desk], clause: F-22}
  - {rule: c-reclassified, kind: complaint, after: reclassified, within: 3 d, rate: "1.00", who: [desk], clause: F-23}
END
	pack_ledger "$BATS_FILE_TMPDIR/facts.yaml"
	people_join lihua --name 李华 --role desk
	people_join gaoxia --name 高霞 --role lead
	people_join ma --name 马 --role desk
	people_join wu --name 吴 --role desk
	at 09:00 ticket-open -q --by lihua -k repair -c pipe -s usual -u 3-1201 --set heard-at=08:00 \
		--agreed-at '2026-11-30 12:00' 水管漏水 >/dev/null
}

file=tickets/2026/11/YL261120001.yaml

# last KEY [WHAT]: what the last document has in its list at KEY, or WHAT of each entry in it
last() {
	python3 - "$file" "$@" <<'END'
import sys, re
text = open(sys.argv[1]).read().rstrip().split('\n...')[-2]
inside, found = False, []
for line in text.split('\n'):
    if re.match(r'\S', line):
        inside = line.startswith(sys.argv[2] + ':')
    elif inside:
        wanted = r' +(?:- )?%s: "?([^"]*)"?$' % sys.argv[3] if len(sys.argv) > 3 else r' +- ([^:]*)$'
        match = re.match(wanted, line)
        if match:
            found.append(match.group(1))
print(' '.join(found))
END
}

log() { at "$1" ticket-log -q 1 "${@:2}" --by lihua >/dev/null; }
correct() { log "$1" corrected --reason 记错 "${@:2}"; }
class() { log "$1" reclassified --reason 归错 "${@:2}"; }

# A row: what happens before, the document that changes the fact, what is withdrawn by it, the rules of what is set.
@test "each document that changes a fact withdraws and sets, by name, what each rule that reads it would have set" {
	local before change withdrawn deadlines callbacks row=0
	keep "$file"
	while IFS='|' read -r before change withdrawn deadlines callbacks; do
		put_back "$file"
		row=$((row + 1))
		eval "${before:-true}"
		eval "$change"
		echo "row $row: $change: withdraws $(last withdraws); due $(last due rule); callbacks $(last callbacks rule)"
		[[ $(last withdraws) == "$withdrawn" && $(last due rule) == "$deadlines" && $(last callbacks rule) == "$callbacks" ]]
		prints '' ledger-check -q --now '2026-11-20 23:00'
		# the same from the documents alone: what is taken away, or added, is named
		if [[ $withdrawn$deadlines$callbacks ]]; then
			grep -q '^keeps:' "$file"
			sed -i "$(grep -n '^keeps:' "$file" | tail -n 1 | cut -d : -f 1),\$s/^keeps:.*/keeps:\n  - nothing/" "$file"
			run ledger-check -q --now '2026-11-20 23:00'
			[[ $status != 0 && $output == *'nothing does not follow from the facts'* ]]
		fi
	done <<-'END'
		|class 10:00 --set kind=complaint --set category=noise||r-kind r-reclassified|c-reclassified
		class 10:00 --set kind=complaint --set category=noise|class 10:01 --set kind=repair --set category=pipe|r-kind r-reclassified c-reclassified||
		|class 10:00 --set category=lift||r-category|
		class 10:00 --set category=lift|class 10:01 --set category=pipe|r-category||
		|class 10:00 --set severity=grave|g|r-severity grave-first|
		class 10:00 --set severity=grave|class 10:01 --set severity=usual|r-severity g|usual-first|
		|correct 10:00 --set fields.charging=paid||r-charging|
		correct 10:00 --set fields.charging=paid|correct 10:01 --set fields.charging=free|r-charging||
		|log 09:30 quoted --price 10 --set charging=paid||r-charging|
		|class 10:00 --set category=cleaning|r-department||
		class 10:00 --set category=cleaning|class 10:01 --set category=pipe||r-department|
		|at 10:00 ticket-assign -q 1 -d cleaning --by lihua|r-department||
		at 10:00 ticket-assign -q 1 -d cleaning --by lihua|at 10:01 ticket-assign -q 1 -d security --by lihua||r-department|
		|correct 10:00 --set fields.department=cleaning|r-department||
		|correct 10:00 --set fields.customer.type=owner||r-customer|
		correct 10:00 --set fields.customer.type=owner|correct 10:01 --set fields.customer.type=tenant|r-customer||
		|correct 10:00 --set fields.customer.unit=1-1201||r-unit|
		|at 10:00 ticket-assign -q 1 ma --by lihua||r-person|
		at 10:00 ticket-assign -q 1 ma --by lihua|at 10:01 ticket-assign -q 1 wu --by lihua|r-person||
		|at 10:00 ticket-assign -q 1 --team plumbers --by lihua||r-team|
		at 10:00 ticket-assign -q 1 --team plumbers --by lihua|at 10:01 ticket-assign -q 1 --team others --by lihua|r-team||
		at 09:30 ticket-assign -q 1 wu --by lihua|class 10:00 --set severity=grave|g|r-severity grave-first r-assigned|
		|correct 10:00 --set fields.heard-at=07:00|r-heard|r-heard|
		|correct 10:00 --set fields.agreed-at='2026-12-01 12:00'|r-agreed|r-agreed|
		log 09:30 finished|correct 10:00 --set fields.charge=5||r-fee|
		log 09:30 finished --charge 5|correct 10:00 --set fields.charge=6|||
		at 09:30 ticket-close -q 1 -r 好 --by lihua >/dev/null|class 10:00 --set severity=grave|g|r-severity grave-first|c-grave
		at 09:30 ticket-close -q 1 -r 好 --by lihua >/dev/null|class 10:00 --set category=cleaning|c-head||c-head
		at 09:30 ticket-close -q 1 -r 好 --by lihua >/dev/null|correct 10:00 --set fields.department=cleaning|c-head||c-head
		|correct 10:00 --set fields.channel=letter|||
		|log 10:00 told --set to=gaoxia|||
	END
}

@test "moved by mistake and back, a deadline has the end that was approved for it" {
	at 09:30 ticket-log -q 1 extended --by lihua --set approved-by=gaoxia --set extends=g --set until='2026-12-10 18:00' --reason 缺件 >/dev/null
	[[ $(last due rule) == 'usual-first r-extended' ]]
	class 10:00 --set severity=grave
	class 10:01 --set severity=usual
	[[ $(last withdraws) == 'r-severity g' && $(last due rule) == usual-first && $(last due at) == '2026-12-10T18:00:00+08:00 2026-12-09T00:00:00+08:00' ]]
	class 10:02 --set severity=grave
	class 10:03 --set severity=usual
	[[ $(last due at) == '2026-12-10T18:00:00+08:00 2026-12-09T00:00:00+08:00' ]]
	prints '' ledger-check -q --now '2026-11-20 23:00'
	run ticket-why 1 --due g --now '2026-11-20 23:00'
	[[ $output == *'extended: approved by gaoxia; 缺件'*'end: Thu 2026-12-10 18:00'* ]]
	# an end of one's own does not come back
	sed -i "$(grep -n 'at: "2026-12-10T18:00:00' "$file" | tail -n 1 | cut -d : -f 1)s/10T18/11T18/" "$file"
	run ledger-check -q --now '2026-11-20 23:00'
	[[ $status == 1 && $output == *wrong-deadline* ]]
}

@test "told before it was moved and back, nobody is told again" {
	at '2026-11-22 23:59:59' ticket-log -q YL261120001 told --set to=gaoxia --by lihua >/dev/null
	[[ $(last settles) == g-tell-1 ]]
	at '2026-11-23 08:00' ticket-log -q YL261120001 reclassified --set severity=grave --reason x --by lihua
	at '2026-11-23 08:01' ticket-log -q YL261120001 reclassified --set severity=usual --reason x --by lihua
	prints '' columns deadline ticket-due --format csv --now '2026-11-23 08:02' --within 1h
}

@test "what was missed stays missed, and does not read as if it had been done" {
	at '2026-11-27 09:00' ticket-log -q YL261120001 reclassified --set severity=grave --reason x --by lihua
	run ticket-show YL261120001 --now '2026-11-27 10:00'
	[[ $output == *'g [F-15] 2026-11-23 23:59  LATE, not done when reclassified at 2026-11-27 09:00 (#2)'* ]]
	run ticket-why YL261120001 --due g --now '2026-11-27 10:00'
	[[ $output == *'verdict: LATE, not done when reclassified #2 at Fri 2026-11-27 09:00'* ]]
	# and is not set once more on the way back
	at '2026-11-27 09:01' ticket-log -q YL261120001 reclassified --set severity=usual --reason x --by lihua
	[[ $(last due rule) == '' ]]
	prints '' ledger-check -q --now '2026-11-27 23:00'
}

@test "a fee of what turns out to be free is owed no more" {
	correct 09:10 --set fields.charging=paid
	[[ $(last due rule) == r-charging ]]
	prints '2026-11-23T23:59:59+08:00,r-charging' columns due,deadline ticket-due --format csv --rule r-charging --within 30d --now '2026-11-20 10:00'
	correct 10:01 --set fields.charging=free
	[[ $(last withdraws) == r-charging ]]
	prints '' columns due,deadline ticket-due --format csv --rule r-charging --within 30d --now '2026-11-20 10:02'
}

@test "a clock starts by reopened and extended, too, each time" {
	local i
	for i in 1 2; do
		at 1$i:00 ticket-close -q 1 -r 好 --by lihua >/dev/null
		log 1$i:01 reopened --reason 又坏
		[[ $(last due rule) == *r-reopened* && $(last callbacks rule) == c-reopened ]]
	done
	prints '' ledger-check -q --now '2026-11-20 23:00'
}

@test "what never makes anything due is refused when the pack is loaded, with its place" {
	local step why key
	while IFS='|' read -r key step why; do
		if [[ $key == after ]]; then
			sed "s/^  - {rule: c-grave, .*/  - {rule: c-grave, after: $step, within: 3 d, rate: \"1.00\", who: [desk], clause: F-20}/"
		else
			sed "s/^  - {rule: r-kind, .*/  - {rule: r-kind, start: $step, until: closed, within: 3 d, clause: F-1}/"
		fi <"$BATS_FILE_TMPDIR/facts.yaml" >policy/facts.yaml
		run --separate-stderr ticket-list
		status_is 4
		[[ $stderr == *"policy/facts.yaml:"*": $key: $step never makes anything due: $why [F-"* ]]
	done <<-'END'
		start|voided|nothing can be due after it
		start|recomputed|it only moves what is due
		start|imported|what another system opened is set by opened
		after|voided|nothing can be due after it
		after|recomputed|it only moves what is due
	END
}

@test "in a ledger whose schemas know nothing of it, what is due follows all the same" {
	sed -i '/^  keeps:/d' schemas/ticket/*.yaml schemas/customer/*.yaml schemas/fields.yaml
	class 10:00 --set severity=grave
	[[ $(last withdraws) == g && $(last due rule) == 'r-severity grave-first' ]]
	prints '' ledger-check -q --now '2026-11-20 23:00'
	correct 10:01 --set fields.charging=paid
	[[ $(last due rule) == r-charging ]]
	prints '' ledger-check -q --now '2026-11-20 23:00'
}

@test "what another kefu recorded before facts were followed stays right" {
	class 10:00 --set severity=grave
	correct 10:01 --set fields.charging=paid
	# as it was recorded then: a correction set nothing
	python3 - "$file" <<'END'
import re, sys
text = open(sys.argv[1]).read()
head, last = text[:text.rindex('---\n')], text[text.rindex('---\n'):]
last = re.sub(r'(?m)^(keeps|due):\n(?: .*\n)+', '', last)
head = re.sub(r'(?m)^keeps:.*\n(?: .*\n)*', '', head)
open(sys.argv[1], 'w').write(head + last)
END
	prints '' ledger-check -q --now '2026-11-20 23:00'
}

@test "a rule that a pack has replaced since was right when it was recorded" {
	class 10:00 --set category=lift
	class 10:01 --set category=pipe
	sed -i '/rule: r-category,/d' policy/facts.yaml
	run columns problem,clause ledger-check -q --now '2026-11-20 23:00' --format csv
	output_is 'unknown-rule,F-2'
}

@test "what is withdrawn, or left out of it, or somebody else's call is named by ledger-check" {
	local perl
	at 09:30 ticket-close -q 1 -r 好 --by lihua >/dev/null
	class 10:00 --set category=cleaning
	[[ $(last withdraws) == 'r-department c-head' || $(last withdraws) == c-head ]]
	keep "$file"
	while IFS='|' read -r perl what; do
		put_back "$file"
		perl -0pi -e "$perl" "$file"
		run ledger-check -q --now '2026-11-20 23:00'
		echo "$perl: $output" >&2
		[[ $status == 1 && $output == *"$what"* ]]
	done <<-'END'
		s/head-of:cleaning/head-of:security/|c-head: who are not those who follow from the facts
		s/withdraws:\n  - c-head\n//|withdraws: c-head is missing: that is what follows from the facts
		s/(withdraws:\n)/$1  - g\n/|withdraws: g does not follow from the facts
	END
}

@test "a customer's file: what a routine made due goes when it is due no more, and the past is not made up for" {
	cat >>policy/facts.yaml <<'END'
  - {rule: c-round, routine: round, kind: customer, if: owner, after: scheduled, within: 1 mo, rate: "1.00", who: [desk], clause: F-24}
routines:
  - {routine: round, title: Call round, for: form, every: month, kind: customer, clause: F-24}
END
	at '2026-11-20 09:00' customer-log -q opened 3-1201 --name 王 --set customer.type=owner --by lihua >/dev/null
	at '2026-12-01 06:00' callback-plan -q >/dev/null
	file=customers/3/3-1201.yaml
	[[ $(last callbacks rule) == c-round ]]
	at '2026-12-02 09:00' customer-log -q changed 3-1201 --set customer.type=tenant --by lihua >/dev/null
	[[ $(last withdraws) == 'r-customer c-round' ]]
	at '2026-12-03 09:00' customer-log -q changed 3-1201 --set customer.type=owner --by lihua >/dev/null
	[[ $(last callbacks rule) == '' ]]
	prints '' ledger-check -q --now '2026-12-04 09:00'
}

@test "a time that no document of the step can carry never comes, so the pack is refused" {
	sed -i 's/start: opened.heard-at/start: opened.herd-at/' policy/facts.yaml
	run --separate-stderr ticket-list
	status_is 4
	[[ $stderr == *'policy/facts.yaml:'*': start: "herd-at" is not a field of opened [F-11]' ]]
	sed -i 's/start: opened.herd-at/start: opened.heard-at/; s/at: opened.agreed-at/at: finished.agreed-at/' policy/facts.yaml
	run --separate-stderr ticket-list
	status_is 4
	[[ $stderr == *'policy/facts.yaml:'*': at: "agreed-at" is not a field of finished [F-12]' ]]
}

@test "what is owed because another was missed follows the facts, too" {
	sed -i -e 's/step: \[quoted, /&seen, /' -e '/^extensions:/i \
  - {rule: quick, category: cleaning, start: opened, until: seen, within: 1 h, clause: F-30} \
  - {rule: why, if: paid, start: seen, until: explained, within: 1 d, only-if-late: quick, clause: F-31} \
  - {rule: warned, if: paid, start: opened, until: consented, within: 10 min, only-if-late: quick, clause: F-32} \
  - {rule: grave-quick, severity: grave, start: opened, until: seen, within: 30 min, clause: F-33} \
  - {rule: grave-why, start: seen, until: explained, within: 1 d, only-if-late: grave-quick, clause: F-34}' policy/facts.yaml
	at 09:00 ticket-open -q --by lihua -k repair -c cleaning -s usual -u 3-1202 灯坏了 >/dev/null
	file=tickets/2026/11/YL261120002.yaml
	log() { at "$1" ticket-log -q 2 "${@:2}" --by lihua >/dev/null; }
	log 10:30 seen
	[[ $(last due rule) == '' ]]
	# it was paid work all along: the warning is late already, the explanation yet to be given
	correct 11:00 --set fields.charging=paid
	[[ $(last due rule) == 'r-charging why warned' && $(last withdraws) == '' ]]
	run ticket-show 2 --now '2026-11-20 11:00'
	[[ $output == *'warned [F-32] 2026-11-20 09:10  LATE at 2026-11-20 10:30 (#2)'* ]]
	[[ $output == *'why [F-31] 2026-11-21 23:59  open'* ]]
	prints '' ledger-check -q --now '2026-11-20 23:00'
	# it was not: what was late stays so
	correct 11:01 --set fields.charging=free
	[[ $(last withdraws) == 'r-charging why' && $(last due rule) == '' ]]
	prints '' ledger-check -q --now '2026-11-20 23:00'
	correct 11:02 --set fields.charging=paid
	[[ $(last due rule) == 'r-charging why' ]]
	prints '' ledger-check -q --now '2026-11-20 23:00'
	# what was to be done sooner had been missed by the same step
	class 11:03 --set severity=grave
	[[ $(last due rule) == *'grave-quick'*'grave-why' ]]
	run ticket-show 2 --now '2026-11-20 11:03'
	[[ $output == *'grave-quick [F-33] 2026-11-20 09:30  LATE at 2026-11-20 10:30 (#2)'*'grave-why [F-34] 2026-11-21 23:59  open'* ]]
	prints '' ledger-check -q --now '2026-11-20 23:00'
	# a document that leaves one out, or ends it by another step, is named
	keep "$file"
	python3 - "$file" <<'END'
import re, sys
text = open(sys.argv[1]).read()
parts = text.split('...\n')
parts[-2] = re.sub(r'  - id: grave-why\n(    .*\n)+', '', parts[-2])
open(sys.argv[1], 'w').write('...\n'.join(parts))
END
	run columns problem,clause ledger-check -q --now '2026-11-20 23:00' --format csv
	output_is 'missing-deadline,F-34'
}

# told MESSAGE COMMAND...: it succeeds and says just that, and with -q nothing
told() {
	run --separate-stderr "${@:2}"
	status_is 0
	errors_are "$1"
}

@test "a step that changes what is due by a fact says so, one line for each, with the end" {
	mend() { at "$1" ticket-log 1 "${@:2}" --by lihua; }
	told 'ticket-log: YL261120001: set: r-charging by 2026-11-23 23:59 [F-4]' mend 10:00 corrected --reason x --set fields.charging=paid
	told 'ticket-log: YL261120001: withdrawn: r-charging, due by 2026-11-23 23:59 [F-4]' mend 10:01 corrected --reason x --set fields.charging=free
	told 'ticket-log: YL261120001: moved: r-agreed from 2026-11-30 12:00 to 2026-12-01 12:00 [F-12]' \
		mend 10:02 corrected --reason x --set fields.agreed-at='2026-12-01 12:00'
	told 'ticket-log: YL261120001: set: r-severity by 2026-11-23 23:59 [F-3]
ticket-log: YL261120001: moved: g from 2026-11-23 23:59 to 2026-11-21 23:59 [F-14]' mend 10:03 reclassified --reason x --set severity=grave
	told 'ticket-assign: YL261120001: withdrawn: r-department, due by 2026-11-23 23:59 [F-5]' at 10:04 ticket-assign 1 -d cleaning --by lihua
	told '' at 10:05 ticket-assign -q 1 -d security --by lihua
	# what the step is for needs no saying
	told '' mend 10:06 told --set to=gaoxia
	told '' at 10:07 ticket-close 1 -r 好 --by lihua
	told 'ticket-log: YL261120001: set: c-head by 2026-11-23 23:59, made by head-of:cleaning [F-21]' mend 10:08 corrected --reason x --set fields.department=cleaning
	told 'ticket-log: YL261120001: withdrawn: c-grave, due by 2026-11-23 23:59 [F-20]
ticket-log: YL261120001: moved: g from 2026-11-21 23:59 to 2026-11-23 23:59 [F-15]' mend 10:09 reclassified --reason x --set severity=usual
	# a dry run says the same; what would be late at once is said, too
	told 'ticket-log: YL261120001: moved: g from 2026-11-23 23:59 to 2026-11-21 23:59, which is past [F-14]
ticket-log: YL261120001: set: c-grave by 2026-11-23 23:59, made by desk [F-20]' \
		at '2026-11-22 10:10' ticket-log YL261120001 reclassified --dry-run --by lihua --reason x --set severity=grave
	told 'ticket-log: YL261120001: moved: g from 2026-11-23 23:59, which was missed, to 2026-11-21 23:59, which is past [F-14]
ticket-log: YL261120001: set: c-grave by 2026-11-23 23:59, made by desk, which is past [F-20]' \
		at '2026-11-24 10:10' ticket-log YL261120001 reclassified --by lihua --reason x --set severity=grave
}

@test "a rule counts from the day on which its clock starts, for callbacks and for what begins anew" {
	sed -i -e '/^extensions:/i \
  - {rule: until-then, kind: repair, start: reopened, until: explained, within: 1 d, before: "2026-11-25", clause: F-40} \
  - {rule: since-then, kind: repair, start: reopened, until: explained, within: 2 d, from: "2026-11-25", clause: F-41} \
  - {rule: later, start: finished, until: explained, within: 1 d, from: "2026-11-25", clause: F-42}' -e '/^callbacks:/a \
  - {rule: c-before, kind: repair, after: closed, within: 3 d, rate: "1.00", who: [desk], before: "2026-11-25", clause: F-43} \
  - {rule: c-since, kind: repair, after: closed, within: 3 d, rate: "1.00", who: [desk], from: "2026-11-25", clause: F-44}' policy/facts.yaml
	# done on the last day, recorded on the first: the old rules
	at '2026-11-25 09:00' ticket-log -q YL261120001 finished --at '2026-11-24 18:00' --by lihua >/dev/null
	[[ $(last due rule) != *later* ]]
	at '2026-11-25 09:01' ticket-close -q YL261120001 -r 好 --at '2026-11-24 18:30' --by lihua >/dev/null
	[[ $(last callbacks rule) == *c-before* && $(last callbacks rule) != *c-since* ]]
	prints '' ledger-check -q --now '2026-11-25 23:00'
	# a fact that changes afterwards is judged by the day of the clock as well
	at '2026-11-26 09:00' ticket-log -q YL261120001 reclassified --set kind=complaint --set category=noise --reason x --by lihua
	[[ $(last withdraws) == *c-before* ]]
	at '2026-11-26 09:01' ticket-log -q YL261120001 reclassified --set kind=repair --set category=pipe --reason x --by lihua
	[[ $(last callbacks rule) == *c-before* && $(last callbacks rule) != *c-since* ]]
	# a second cycle has its own clock, and its rules
	at '2026-11-26 10:00' ticket-log -q YL261120001 reopened --reason 又坏 --by lihua >/dev/null
	[[ $(last due rule) == *since-then* && $(last due rule) != *until-then* ]]
	at '2026-11-26 11:00' ticket-close -q YL261120001 -r 好 --by lihua >/dev/null
	[[ $(last callbacks rule) == *c-since* && $(last callbacks rule) != *c-before* ]]
	prints '' ledger-check -q --now '2026-11-26 23:00'
}

@test "callbacks of what was imported, or settled, follow the facts as those of steps do" {
	printf '%s\n' 'source: old' 'key: Nr' 'times: ["%Y-%m-%d %H:%M"]' 'owes: [callbacks]' 'fields:' '  at: Opened' '  closed-at: Closed' \
		'  kind: {value: repair}' '  category: {value: pipe}' '  severity: {value: grave}' '  text: {value: x}' >../map.yaml
	printf '%s\n' Nr,Opened,Closed '1,2026-11-18 09:00,2026-11-19 10:00' >../old.csv
	at 10:00 ledger-import -q -m ../map.yaml ../old.csv >/dev/null
	file=tickets/2026/11/YL261118001.yaml
	[[ $(last callbacks rule) == 'c-grave c-head' ]]
	at 11:00 ticket-log -q YL261118001 reclassified --by lihua --set severity=usual --reason x
	[[ $(last withdraws) == *c-grave && $(last callbacks rule) == '' ]]
	prints '' ledger-check -q --now '2026-11-20 23:00'
	at 11:01 ticket-log -q YL261118001 reclassified --by lihua --set severity=grave --reason x
	[[ $(last callbacks rule) == c-grave && $(last callbacks start) == 2026-11-19T10:00:00+08:00 ]]
	prints '' ledger-check -q --now '2026-11-20 23:00'
	# what was to owe nothing still does not
	sed -i '/^owes/d; s/source: old/source: older/' ../map.yaml
	at 11:02 ledger-import -q -m ../map.yaml ../old.csv >/dev/null
	file=tickets/2026/11/YL261118002.yaml
	at 11:03 ticket-log -q YL261118002 reclassified --by lihua --set severity=usual --reason x
	at 11:04 ticket-log -q YL261118002 reclassified --by lihua --set severity=grave --reason x
	[[ $(last callbacks rule) == '' ]]
}

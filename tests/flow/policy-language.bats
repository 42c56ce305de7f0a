#!/usr/bin/env bats
# What a policy can say, tried with a pack made for it.
load ../helper

pack() {
	cat >pack.yaml <<'END'
pack: tried
title: tried
source: tried
roles:
  - {role: desk, title: desk}
  - {role: lead, title: lead}
kinds:
  - {kind: complaint, title: complaint}
match:
  grave: {properties: {severity: {const: grave}}, required: [severity]}
severities:
  - {severity: grave, title: grave}
  - {severity: usual, title: usual}
steps:
  - {step: dispatched, by: [desk], needs: [answer-by], clause: T-1}
  - {step: [handled, cannot-meet, asked-why, leader-told, solved-on-site, answered], by: [desk], clause: T-1}
deadlines:
  - {rule: answer, start: dispatched, until: [handled], within: 24 h, clause: T-2}
  - {rule: warn, start: dispatched, until: [cannot-meet], within: 2 h, only-if-late: answer, clause: T-3}
  - {rule: ask-why, start: handled, until: [asked-why], within: 1 d, only-if-late: answer, clause: T-7}
  # a rung is owed unless the matter was settled below
  - {rule: leader, start: opened, if: grave, until: [leader-told, solved-on-site], within: 5 min, clause: T-4}
phrases:
  - {phrase: not-ours, pattern: '不归我们管|跟我们没关系', step: [answered, closed], field: [text, result], then: refuse, override: [lead], clause: T-5}
  - {phrase: dont-know, pattern: '不知道', step: [answered, closed], field: [text, result], then: warn, clause: T-6}
END
	mkdir ledger && cd ledger && ledger-init --pack ../pack.yaml --site YL --test --person keeper --now '2026-09-01 08:00'
	staff-log -q joined lihua --role desk --name x --now '2026-09-01 08:00' >/dev/null
	staff-log -q joined lead --role lead --role desk --name x --now '2026-09-01 08:00' >/dev/null
	day=2026-09-02
	at 09:00 ticket-open -q --by lihua --kind complaint --text "${1:-跟我们没关系，他们说}" >/dev/null
}

duties() { ticket-show "$@" | sed -n '/^Deadlines/,/^$/p' | grep '^  '; }

@test "a warning is owed, looking back, only when the other deadline was missed" {
	pack
	at 10:00 ticket-log -q 1 dispatched --by lihua --set answer-by='2026-09-03 10:00'
	run duties 1 --now "$day 11:00"
	output_is '  answer [T-2] 2026-09-03 10:00  open'
	ticket-log -q YL260902001 handled --by lihua --now '2026-09-04 10:00'
	run duties YL260902001 --now '2026-09-04 10:00'
	output_is '  answer [T-2] 2026-09-03 10:00  LATE at 2026-09-04 10:00 (#3)
  warn [T-3] 2026-09-02 12:00  LATE at 2026-09-04 10:00 (#3)
  ask-why [T-7] 2026-09-05 23:59  open'
	run ledger-check -q --now '2026-09-05 09:00'
	output_is ''
}

@test "... and is met when the warning had come in time" {
	pack
	at 10:00 ticket-log -q 1 dispatched --by lihua --set answer-by='2026-09-03 10:00'
	at 12:00 ticket-log -q 1 cannot-meet --by lihua
	ticket-log -q YL260902001 handled --by lihua --now '2026-09-04 10:00'
	run duties YL260902001 --now '2026-09-04 10:00'
	output_is '  answer [T-2] 2026-09-03 10:00  LATE at 2026-09-04 10:00 (#4)
  warn [T-3] 2026-09-02 12:00  in time at 2026-09-02 12:00 (#3)
  ask-why [T-7] 2026-09-05 23:59  open'
	run ledger-check -q --now '2026-09-05 09:00'
	output_is ''
}

@test "... and one whose clock is the missing step's own is yet to be done" {
	pack
	at 10:00 ticket-log -q 1 dispatched --by lihua --set answer-by='2026-09-03 10:00'
	ticket-log -q YL260902001 handled --by lihua --now '2026-09-03 10:00:01'
	prints '2026-09-04T23:59:59+08:00,ask-why,asked-why' columns due,deadline,until ticket-due --now '2026-09-04 09:00' --format csv
	ticket-log -q YL260902001 asked-why --by lihua --now '2026-09-04 23:59:59'
	run duties YL260902001
	[[ $output == *$'\n  ask-why [T-7] 2026-09-04 23:59  in time at 2026-09-04 23:59 (#4)' ]]
	run ledger-check -q --now '2026-09-05 09:00'
	output_is ''
}

@test "... and never when the other was met" {
	pack
	at 10:00 ticket-log -q 1 dispatched --by lihua --set answer-by='2026-09-03 10:00'
	at 11:00 ticket-log -q 1 handled --by lihua
	run duties YL260902001
	output_is '  answer [T-2] 2026-09-03 10:00  in time at 2026-09-02 11:00 (#3)'
}

@test "what is written to customers is held against phrases, what they say is not" {
	pack
	refused 3 'ticket-close: YL260902001: result: "不归我们管" must not be said to a customer [T-5]' \
		ticket-close 1 --now "$day 09:10" --by lihua --result 这个不归我们管
	run --separate-stderr ticket-log 1 answered --now "$day 09:10" --by lihua --text 目前还不知道
	status_is 0
	errors_are 'ticket-log: YL260902001: text: "不知道" must not be said to a customer [T-6]'
	run --separate-stderr ticket-close 1 --now "$day 09:20" --by lead --result 这个不归我们管 --override 引用法院判决
	status_is 0
	grep -q 'T-5' tickets/2026/09/YL260902001.yaml
}

@test "a phrase whose pattern runs wild is an error, never a verdict" {
	pack x
	sed -i "s/pattern: '不知道'/pattern: '^(a|aa)+$'/" policy/tried.yaml
	run --separate-stderr ticket-log 1 answered --now "$day 09:10" --by lihua --text "$(printf 'a%.0s' {1..5000})!"
	status_is 4
	[[ $stderr == *policy/tried.yaml:2* && $stderr == *'[T-6]'* ]]
	run ticket-show 1 --now "$day 09:10" --format json
	[[ ${#lines[@]} == 1 ]]
}

# undecided COMMAND...: it ends with 4, one line that says so, prints nothing, and every file is as it was
undecided() {
	tree_digest >"$BATS_TEST_TMPDIR/before"
	run --separate-stderr "$@"
	status_is 4 && output_is '' && [[ ${#stderr_lines[@]} == 1 && $stderr == *'cannot decide whether'*'match limit'* ]] &&
		tree_digest "$BATS_TEST_TMPDIR/before"
}

@test "a pattern that runs wild is an error wherever it is matched: names, conditions, schemas, what rows and people say" {
	pack
	local wild='^(a|aa)+$' text schema=schemas/ticket/step.yaml
	text=$(printf 'a%.0s' {1..5000})!
	cp -r . ../whole
	sed -i "s/{kind: complaint, title: complaint}/{kind: complaint, title: complaint, pattern: '$wild'}/" policy/tried.yaml
	undecided at 10:00 ticket-open -q --by lihua "$text"
	[[ $stderr == *policy/tried.yaml:* ]]
	sed "s/grave: {.*/grave: {properties: {customer: {properties: {address: {pattern: '$wild'}}}}}/" ../whole/policy/tried.yaml >policy/tried.yaml
	undecided at 10:00 ticket-open -q --by lihua -k complaint -u 3-1201 --set "customer.address=${text: -400}" x
	[[ $stderr == *policy/tried.yaml:* ]]
	cp ../whole/policy/tried.yaml policy/
	sed -i "s/^  prose: .*/  prose: {type: string, pattern: '$wild'}/" schemas/fields.yaml
	undecided at 10:00 ticket-open -q --by lihua -k complaint "$text"
	[[ $stderr == *schemas/fields.yaml:* ]]
	cp ../whole/schemas/fields.yaml schemas/
	sed -i "s/^  text: .*/  text: {type: string, not: {pattern: '$wild'}}/" $schema
	undecided at 10:00 ticket-log -q 1 answered --by lihua --set "text=$text"
	[[ $stderr == *schemas/ticket/step.yaml:* ]]
}

@test "what a mapping keeps where it does not fit is not kept where nobody can say" {
	pack
	local text
	text=$(printf 'a%.0s' {1..5000})!
	sed -i "s/^      address: .*/      address: {type: string, pattern: '^(a|aa)+\$'}/" schemas/fields.yaml
	cat >../mapping.yaml <<-'END'
		source: other
		key: id
		fields:
		  at: opened
		  text: text
		  kind: {value: complaint}
		  customer.address: {column: branch, unfit: other}
		times: ['%Y-%m-%d %H:%M']
		other: rest
	END
	printf 'id,opened,text,branch\n1,2026-09-01 09:00,水,%s\n' "$text" >../rows.csv
	tree_digest >../before
	run --separate-stderr at 10:00 ledger-import ../rows.csv --mapping ../mapping.yaml --by keeper
	status_is 4
	output_is ''
	[[ ${stderr_lines[1]} == 'ledger-import: line 2: customer.address: cannot decide whether this is valid: '*'(the schema at schemas/fields.yaml:'"$(grep -n '^      address:' schemas/fields.yaml | cut -d : -f 1)"')' ]]
	[[ ${#stderr_lines[@]} == 2 ]]
	tree_digest ../before
}

@test "--suggest and ledger-check say what could not be decided, and go on" {
	pack
	local text
	text=$(printf 'a%.0s' {1..5000})!
	at 09:10 ticket-log -q 1 answered --by lihua --text "$text"
	at 09:20 ticket-log -q 1 answered --by lihua --text 不知道
	sed -i "s/  - {phrase: not-ours, pattern: '[^']*'/  - {phrase: not-ours, pattern: '^(a|aa)+\$'/" policy/tried.yaml
	run --separate-stderr at 10:00 appraise lihua --suggest --format csv --no-header
	status_is 4
	[[ $output == *不知道* && ${#lines[@]} == 1 ]]
	[[ $stderr == *policy/tried.yaml:2*'cannot decide whether the pattern'*'[T-5]' && ${#stderr_lines[@]} == 1 ]]
	cp "$root/schemas/fields.yaml" kept
	sed -i "s/^  prose: .*/  prose: {type: string, pattern: '^(a|aa)+\$'}/" schemas/fields.yaml
	run --separate-stderr at 10:00 ledger-check -q --format tsv --no-header
	status_is 4
	[[ $output == *$'schema\ttickets/2026/09/YL260902001.yaml\t'*'cannot decide whether'* ]]
}

# routine_pack ENTRY...: a pack with these routines
routine_pack() {
	cat >round.yaml <<'END'
pack: round
title: round
source: round
roles:
  - {role: desk, title: desk}
kinds:
  - {kind: routine, title: routine}
deadlines:
  - {rule: done, routine: report, start: opened, anchor: month end, until: [closed], clause: R-1}
routines:
END
	printf '  - %s\n' "$@" >>round.yaml
}

@test "routines and anchors that make no sense are refused with file, line and what is allowed" {
	local entry message
	while IFS='|' read -r entry message; do
		routine_pack '{routine: report, title: x, for: desk, kind: routine, every: month, clause: R-1}' "$entry"
		run --separate-stderr ledger-init --pack ./round.yaml --site YL there
		status_is 4
		errors_are "ledger-init: $message"
		[[ ! -e there/kefu.yaml ]]
	done <<-'END'
		{routine: report, title: x, for: desk, kind: routine, every: week, clause: R-2}|./round.yaml:12:15: routine: "report" is defined already at ./round.yaml:11 [R-2]
		{routine: other, title: x, for: desk, kind: routine, every: month, clause: R-2}|./round.yaml:12:15: routine: it has no effect, as no deadline or callback has "routine: other" [R-2]
		{routine: other, title: x, for: form, kind: nosuch, every: month, clause: R-2}|./round.yaml:12:49: "nosuch" is not a kind of these packs (allowed: routine) [R-2]
		{routine: other, title: x, for: form, kind: routine, every: 6 mo, clause: R-2}|./round.yaml:12:65: every: "6 mo" needs a start: say with since what it is counted from [R-2]
		{routine: other, title: x, for: form, kind: routine, every: month, since: opened, clause: R-2}|./round.yaml:12:79: since: not allowed with every "month", which starts by the calendar [R-2]
		{routine: other, title: x, for: desk, kind: customer, every: month, clause: R-2}|./round.yaml:12:49: kind: a routine with `for: desk` opens tickets, so it cannot be customer [R-2]
	END
	routine_pack '{routine: report, title: x, for: desk, kind: routine, every: month, clause: R-1}'
	sed -i 's/anchor: month end/anchor: month middle/' round.yaml
	run --separate-stderr ledger-init --pack ./round.yaml --site YL there
	status_is 4
	[[ $stderr == 'ledger-init: ./round.yaml:9:'*'anchor'* ]]
	sed -i 's/routine: report, start/routine: nosuch, start/; s/month middle/month end/' round.yaml
	run --separate-stderr ledger-init --pack ./round.yaml --site YL there
	status_is 4
	[[ $stderr == 'ledger-init: ./round.yaml:9:'*'"nosuch" is not a routine of these packs (allowed: report)'* ]]
}

# with_vehicles: the ledger's schema of packs gets a list that no program knows, and steps a key that refers to it
with_vehicles() {
	python3 - schemas/policy.yaml <<-'END'
		import sys
		path = sys.argv[1]
		text = open(path).read()
		for after, more in (
		        ("\nx-sorts:\n", "  vehicle: {once: true}\n"),
		        ("\nproperties:\n", """  vehicles:
		    type: array
		    items:
		      type: object
		      properties:
		        title: {$ref: '#/$defs/title'}
		        vehicle: {$ref: '#/$defs/name', x-names: vehicle}
		        driver: {$ref: '#/$defs/names', x-refers: {to: role, or: [anybody]}}
		        clause: {$ref: '#/$defs/clause'}
		      required: [vehicle, clause]
		      additionalProperties: false
		"""),
		        ("\n  steps:\n    type: array\n    items:\n      type: object\n      allOf: [{$ref: '#/$defs/selector'}]\n      properties:\n",
		         "        takes: {$ref: '#/$defs/names', x-refers: vehicle}\n")):
		    assert text.count(after) == 1
		    text = text.replace(after, after + more)
		open(path, 'w').write(text)
	END
}

# own LINE...: a second pack of the ledger, of these lines
own() {
	printf '%s\n' 'pack: own' 'title: own' 'source: own' "$@" >policy/own.yaml
	grep -q '^  - own$' kefu.yaml || sed -i '/^packs:/a \  - own' kefu.yaml
}

@test "a list of one's own, and a reference to it, need lines in the schema alone" {
	pack
	with_vehicles
	own vehicles: '  - {title: Van, vehicle: van, driver: [desk, lead], clause: V-1}' '  - {vehicle: bus, driver: anybody, clause: V-2}' \
		steps: '  - {step: handled, takes: [van, bus], clause: V-3}'
	prints 'V-1,vehicles,van,policy/own.yaml:5,Van; driver desk,lead
V-2,vehicles,bus,policy/own.yaml:6,driver anybody' columns clause,list,name,place,rule policy-list --list vehicles --format csv
	prints 'V-3,steps,handled' columns clause,list,name policy-list --clause V-3 --format csv
	prints YL260902002 at 09:30 ticket-open -q --by lihua --kind complaint --text x

	own vehicles: '  - {vehicle: van, clause: V-1}' '  - {vehicle: bus, clause: V-2}' steps: '  - {step: handled, takes: [van, bsu], clause: V-3}'
	refused 4 'ticket-open: policy/own.yaml:8:34: "bsu" is not a vehicle of these packs (allowed: van, bus) [V-3]' \
		at 09:40 ticket-open -q --by lihua --kind complaint --text x
	refused 4 'policy-list: policy/own.yaml:8:34: "bsu" is not a vehicle of these packs (allowed: van, bus) [V-3]' policy-list

	own vehicles: '  - {vehicle: van, driver: boss, clause: V-1}'
	refused 4 'policy-list: policy/own.yaml:5:28: "boss" is not a role of these packs (allowed: anybody, desk, lead) [V-1]' policy-list

	own vehicles: '  - {vehicle: van, clause: V-1}' '  - {clause: V-2, vehicle: van}'
	refused 4 'policy-list: policy/own.yaml:6:28: vehicle: "van" is defined already at policy/own.yaml:5 [V-2]' policy-list

	# another pack takes the place of what has a clause
	own 'vehicles: [{vehicle: van, clause: V-1}, {vehicle: bus, clause: V-2}]'
	printf '%s\n' 'pack: later' 'title: later' 'source: later' 'replaces: [V-1]' 'vehicles: [{vehicle: van, clause: L-1}]' >policy/later.yaml
	sed -i '/^packs:/a \  - later' kefu.yaml
	prints 'L-1,van
V-2,bus' columns clause,name policy-list --list vehicles --format csv
}

@test "a clause may end with the letter of a duty: asked for and replaced with the whole clause, shown as it is" {
	printf '%s\n' 'pack: lettered' 'title: lettered' 'source: lettered' 'roles: [{role: desk, title: desk}]' \
		'kinds: [{kind: repair, title: repair}]' 'steps: [{step: closed, needs: [result], by: desk, clause: L-1b}]' \
		'deadlines: [{rule: usual, start: opened, until: closed, within: 1 d, clause: L-2a}]' >lettered.yaml
	printf '%s\n' 'pack: house' 'title: house' 'source: house' 'replaces: [L-1, L-2b]' >house.yaml
	ledger-init ledger --pack ./lettered.yaml --site YL --test --person keeper --now '2026-09-01 08:00'
	cd ledger
	day=2026-09-02
	at 09:00 ticket-open -q --kind repair --text x
	prints 'usual,L-2a' columns deadline,clause at 10:00 ticket-due --rule L-2 --format csv
	prints 'usual,L-2a' columns deadline,clause at 10:00 ticket-due --rule L-2a --format csv
	refused 2 'ticket-due: --rule: the policy has no rule or clause L-2b (there are: usual, promised-at-opening (Reply promised at the opening); all of them: policy-list)' at 10:00 ticket-due --rule L-2b
	prints 'closed,L-1b' columns name,clause policy-list --clause L-1 --format csv
	staff-log -q joined wang --name x --now '2026-09-01 08:00' >/dev/null
	refused 3 'ticket-close: YL260902001: closed is recorded by the role desk; wang does not have it [L-1b]' at 10:00 ticket-close 1 --by wang -r x
	cp ../house.yaml policy/
	sed -i '/^packs:/,/^[a-z]/s/^  *- lettered/&\n  - house/' kefu.yaml
	prints 'usual,L-2a' columns name,clause policy-list --clause L --format csv
	prints 'YL260902001#2' at 10:00 ticket-close 1 --by wang -r x
}

@test "routines on working days: each of them, or the first one of a period" {
	cat >own.yaml <<-'END'
		pack: own
		title: Own
		source: own
		roles: [{role: desk, title: Desk, records-for-others: true}]
		hours: [{hours: desk, days: working, open: ["08:00-18:00"], business: true}]
		kinds: [{kind: round, title: Round}]
		routines:
		  - {routine: daily, title: 巡查, for: desk, kind: round, every: day, days: working, clause: O-1}
		  - {routine: monthly, title: 月报, for: desk, kind: round, every: month, days: working, about: previous, clause: O-2}
		  - {routine: birthday, title: 生日, for: form, kind: customer, yearly: customer.birthday, days: working, clause: O-3}
		deadlines:
		  - {rule: daily, routine: daily, start: opened, until: [closed], within: 0 wd, clause: O-1}
		  - {rule: monthly, routine: monthly, start: opened, until: [closed], within: 3 wd, clause: O-2}
		callbacks:
		  - {rule: birthday, routine: birthday, after: [scheduled], within: 1 wd, rate: "1", who: [desk], clause: O-3}
	END
	ledger-init -q ledger --site YL --pack ./own.yaml --person lihua --test --now '2026-09-20 08:00'
	cd ledger
	staff-log -q joined cron --name cron --nature service --now '2026-09-20 08:00' >/dev/null
	# 3 October is in National Day's holiday, 8 October is the first day that is worked again
	customer-log -q --now '2026-09-21 09:00' opened 3-0101 --set customer.birthday=10-03 >/dev/null
	local day
	for day in 2026-09-29 2026-09-30 2026-10-01 2026-10-02 2026-10-07 2026-10-08 2026-10-10 2026-10-11; do
		callback-plan -q --by cron --now "$day 06:00" >/dev/null
	done
	# every day since the first plan; Saturday 10 October makes up for days off
	ticket-list --now '2026-10-11 09:00' --format csv >all.csv
	prints '2026-09-29 2026-09-30 2026-10-08 2026-10-09 2026-10-10' \
		echo $(columns text cat all.csv | sed -n 's/巡查 //p' | LC_ALL=C sort)
	# the report about September comes on the first working day of October, and its three working days begin there
	prints 'YL261008002,2026-10-12T18:00:00+08:00' columns ticket,due ticket-due --now '2026-10-11 09:00' --rule monthly --format csv
	[[ $(<all.csv) == *'月报 2026-09'* ]]
	prints '3-0101,2026-10-09T18:00:00+08:00' columns ticket,due callback-due --now '2026-10-08 09:00' --format csv
	ledger-check -q --now '2026-10-11 09:00'
}

@test "a day that the calendar shortens ends business early, and hours by the day of the week count" {
	cat >own.yaml <<-'END'
		pack: own
		title: Own
		source: own
		roles: [{role: desk, title: Desk, records-for-others: true}]
		hours:
		  - hours: desk
		    days: working
		    open: {mon: ["08:00-18:00"], tue: ["08:00-18:00"], wed: ["08:00-18:00"], thu: ["08:00-18:00"], fri: ["08:00-16:00"], make-up: ["09:00-15:00"]}
		    business: true
		  - {hours: night, days: working, open: ["22:00-06:00"]}
		kinds: [{kind: matter, title: Matter}]
		deadlines:
		  - {rule: answer, start: opened, until: [closed], within: 1 wd, clause: O-1}
		  - {rule: watch, start: opened, until: [closed], within: 9 wh, hours: night, clause: O-2}
	END
	ledger-init -q ledger --site YL --pack ./own.yaml --person lihua --test --now '2026-09-20 08:00'
	cd ledger
	printf 'days:\n  - name: 年会\n    short:\n      - "2026-12-18"\n    open:\n      - "08:00-12:00"\n' >policy/calendar-own.yaml
	ticket-open -q -k matter -u 3-0101 --now '2026-12-17 09:00' 一 >/dev/null
	ticket-open -q -k matter -u 3-0101 --now '2026-11-26 09:00' 二 >/dev/null
	prints $'YL261126001,answer,2026-11-27T16:00:00+08:00
YL261126001,watch,2026-11-27T23:00:00+08:00
YL261217001,answer,2026-12-18T12:00:00+08:00
YL261217001,watch,2026-12-21T23:00:00+08:00' columns ticket,deadline,due ticket-due --now '2026-12-17 10:00' --format csv
	[[ $(ticket-why YL261217001 --now '2026-12-17 10:00') == *年会* ]]
	ledger-check -q --now '2026-12-17 10:00'
}

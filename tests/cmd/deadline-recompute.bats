#!/usr/bin/env bats
# deadline-recompute: days off that become known when deadlines stand already, and years whose notice comes late.
load ../helper

setup_file() {
	cd "$BATS_FILE_TMPDIR" || return
	cat >house.yaml <<-'END'
		pack: house
		title: house
		source: house
		kinds: [{kind: job, title: job}, {kind: promise, title: promise}]
		steps:
		  - {step: agreed, kind: promise, clause: house-6}
		deadlines:
		  - {rule: usual, kind: job, start: opened, until: [closed], within: 3 wd, extend: longer, tell: [{early: 1 wd, role: desk}], clause: house-1}
		  - {rule: agreed, kind: promise, at: agreed.agreed-at, until: [closed], clause: house-2}
		extensions:
		  - {extend: longer, total: any, by: centre-director, clause: house-3}
		callbacks:
		  - {rule: ask, kind: job, after: [closed], opens: 1 wd, within: 3 wd, rate: "1", who: [desk], clause: house-4}
	END
	ledger resident-centre --pack ../house.yaml --person keeper --now '2026-09-01 08:00' >/dev/null
	at '2026-09-01 08:00' staff-log -q joined lihua --role desk --name 李华 >/dev/null
	at '2026-09-01 08:00' staff-log -q joined fang --role centre-director --name 方芳 >/dev/null
}

# opened WHEN: a job, its number alone
opened() { at "$1" ticket-open -q -k job -u 3-1201 --by lihua 检查水表; }

# decreed NAME KNOWN DAY...: days off that are added to the ledger's own
decreed() {
	[[ -e policy/calendar-own.yaml ]] || echo 'days:' >policy/calendar-own.yaml
	printf '  - {name: %s, known: "%s", rest: [' "$1" "$2" >>policy/calendar-own.yaml
	printf '"%s", ' "${@:3}" >>policy/calendar-own.yaml
	echo ']}' >>policy/calendar-own.yaml
}

# published YEAR [DAYS]: its notice, with days off
published() {
	printf '  - year: %s\n    source: notice\n    days: [{name: 元旦, rest: ["%s"]}]\n' "$1" "${2:-$1-01-01}" >>policy/calendar.yaml
}

listed() { columns status,ticket,deadline,old,new,why deadline-recompute --format csv --now "$1"; }

clean() { prints '' ledger-check -q --now "$1"; }

@test "a day off decreed later: what was recorded stays right, open deadlines move by a step, closed ones never" {
	opened '2026-12-01 09:00'
	opened '2026-12-01 10:00'
	at '2026-12-01 11:00' ticket-close -q YL261201002 --by lihua -r 已检查 >/dev/null
	decreed 停电 2026-12-02 2026-12-03
	clean '2026-12-02 09:00'
	# the callback of the closed one was due on Friday as well
	prints 'moves,YL261201001,usual,2026-12-04T18:00:00+08:00,2026-12-07T18:00:00+08:00,停电 2026-12-03, known 2026-12-02
moves,YL261201002,ask,2026-12-04T18:00:00+08:00,2026-12-07T18:00:00+08:00,停电 2026-12-03, known 2026-12-02' listed '2026-12-02 09:00'
	prints 'YL261201001#2' at '2026-12-02 09:10' deadline-recompute YL261201001 --by lihua
	diff - <(sed -n '/^event: recomputed/,$p' tickets/2026/12/YL261201001.yaml) <<-END
		event: recomputed
		seq: 2
		site: YL
		at: "2026-12-02T09:10:00+08:00"
		by: lihua
		via: keeper
		reason: 停电 2026-12-03, known 2026-12-02
		moves:
		  - id: usual
		    old: "2026-12-04T18:00:00+08:00"
		    new: "2026-12-07T18:00:00+08:00"
		withdraws:
		  - usual
		due:
		  - id: usual
		    rule: usual
		    clause: house-1
		    start: "2026-12-01T09:00:00+08:00"
		    until:
		      - closed
		    at: "2026-12-07T18:00:00+08:00"
		    tell:
		      - id: usual-tell-1
		        at: "2026-12-04T00:00:00+08:00"
		        who:
		          - desk
		        until: told
		...
	END
	prints 'YL261201002#3' at '2026-12-02 09:11' deadline-recompute --all --by lihua
	# again: nothing is recorded
	prints '' at '2026-12-02 09:12' deadline-recompute --all --by lihua
	run --separate-stderr at '2026-12-02 09:12' deadline-recompute YL261201001 --by lihua
	status_is 0
	output_is ''
	errors_are 'deadline-recompute: YL261201001: the calendar moves none of its deadlines'
	[[ $(ticket-due --format csv --now '2026-12-07 18:00') == *'due,2026-12-07T18:00:00+08:00,YL261201001,usual,'* ]]
	[[ $(callback-due --rule ask --format csv --now '2026-12-07 18:00') == *'due,2026-12-07T18:00:00+08:00,YL261201002,'* ]]
	clean '2027-01-15 12:00'
}

@test "what was recorded on the day itself may go by the calendar of the morning or the evening" {
	opened '2026-12-02 08:30'
	decreed 停电 2026-12-02 2026-12-03
	opened '2026-12-02 17:30'
	clean '2026-12-02 18:00'
	grep -q '^    at: "2026-12-07T18' tickets/2026/12/YL261202001.yaml
	grep -q '^    at: "2026-12-08T18' tickets/2026/12/YL261202002.yaml
	# the day after there is no doubt any more
	opened '2026-12-03 08:30'
	sed -i 's/^    at: "2026-12-08T18/    at: "2026-12-07T18/' tickets/2026/12/YL261203001.yaml
	run ledger-check -q --now '2026-12-03 18:00'
	[[ $status == 1 && $output == *wrong-deadline*YL261203001*'but by the rule usual it should be 2026-12-08T18:00:00+08:00'* ]]
}

@test "of two entries that became known on one day nobody knows which came first" {
	opened '2026-12-01 09:00'
	decreed 停电 2026-12-02 2026-12-03
	opened '2026-12-02 09:00'
	prints 'YL261201001#2' at '2026-12-02 09:10' deadline-recompute --all --by lihua
	decreed 停水 2026-12-02 2026-12-04
	opened '2026-12-02 17:00'
	clean '2026-12-02 18:00'
	prints 'moves,YL261201001,usual,2026-12-07T18:00:00+08:00,2026-12-08T18:00:00+08:00,停水 2026-12-04, known 2026-12-02
moves,YL261202001,usual,2026-12-08T18:00:00+08:00,2026-12-09T18:00:00+08:00,停水 2026-12-04, known 2026-12-02' listed '2026-12-02 18:00'
	at '2026-12-02 18:00' deadline-recompute -q --all --by lihua >/dev/null
	prints '' listed '2026-12-02 18:01'
	clean '2026-12-03 18:00'
}

@test "an entry counts from the day on which it is known, not before" {
	decreed 停电 2026-12-02 2026-12-03
	opened '2026-12-01 23:59:59'
	opened '2026-12-02 00:00:00'
	grep -q '^    at: "2026-12-04T18' tickets/2026/12/YL261201001.yaml
	grep -q '^    at: "2026-12-08T18' tickets/2026/12/YL261202001.yaml
	clean '2026-12-02 18:00'
}

@test "what is recorded afterwards goes by the calendar of the recording, not of what happened" {
	decreed 停电 2026-12-02 2026-12-03
	at '2026-12-02 12:00' ticket-open -q -k job -u 3-1201 --by lihua --at '2026-12-01 09:00' 检查水表
	grep -q '^    at: "2026-12-07T18' tickets/2026/12/YL261202001.yaml
	clean '2026-12-03 18:00'
}

@test "late stays late, and nobody is made late afterwards" {
	opened '2026-12-01 09:00'
	# known before the end, moved after it: the end that was recorded has passed
	decreed 停电 2026-12-02 2026-12-03
	prints '' listed '2026-12-04 18:00:01'
	prints '' at '2026-12-04 18:00:01' deadline-recompute --all --by lihua
	[[ $(ticket-due --format csv --now '2026-12-04 18:00:01') == *overdue,2026-12-04T18:00:00+08:00,YL261201001,* ]]
	# a Saturday worked instead would have ended it on Saturday
	opened '2026-12-10 09:00'
	printf '  - {name: 补班, known: "2026-12-11", work: ["2026-12-12"]}\n' >>policy/calendar-own.yaml
	prints 'moves,YL261210001,usual,2026-12-15T18:00:00+08:00,2026-12-14T18:00:00+08:00,补班 2026-12-12, known 2026-12-11' listed '2026-12-14 18:00:00'
	prints 'stays,YL261210001,usual,2026-12-15T18:00:00+08:00,2026-12-14T18:00:00+08:00,补班 2026-12-12, known 2026-12-11' listed '2026-12-14 18:00:01'
	prints '' at '2026-12-14 18:00:01' deadline-recompute --all --by lihua
	run --separate-stderr at '2026-12-14 18:00:01' ticket-log YL261210001 recomputed --reason x --by lihua
	status_is 3
	[[ $stderr == *'recomputed: no open deadline changes by what the calendar says now' ]]
	clean '2026-12-16 12:00'
}

@test "a dry run writes nothing; --at and both TICKET and --all are refused" {
	opened '2026-12-01 09:00'
	decreed 停电 2026-12-02 2026-12-03
	cp -a . ../before
	run --separate-stderr at '2026-12-02 09:00' deadline-recompute --all --dry-run --by lihua --reason 通知
	status_is 0
	[[ $output == *'event: recomputed'*'reason: 通知'*'new: "2026-12-07T18:00:00+08:00"'* ]]
	refused 2 'deadline-recompute: give tickets or --all, not both' at '2026-12-02 09:00' deadline-recompute --all YL261201001
	refused 3 'deadline-recompute: YL261201001: --at: not possible here: deadlines move at the time it is recorded' \
		at '2026-12-02 09:00' deadline-recompute YL261201001 --by lihua --at '2026-12-01 10:00'
	diff -r . ../before
	# a retry records nothing twice, and says so
	prints 'YL261201001#2' at '2026-12-02 09:00' deadline-recompute YL261201001 --by lihua --request-id a
	run --separate-stderr at '2026-12-02 09:01' ticket-log YL261201001 recomputed --reason '停电 2026-12-03, known 2026-12-02' --by lihua --request-id a
	status_is 0
	output_is 'YL261201001#2'
}

@test "an end that was approved, and a time that a step carries, do not move" {
	opened '2026-12-01 09:00'
	at '2026-12-01 10:00' ticket-log -q YL261201001 extended --by lihua --set extends=usual --set until='2026-12-08 12:00' \
		--set approved-by=fang --reason 缺件 >/dev/null
	at '2026-12-01 09:00' ticket-open -q -k promise -u 3-1201 --by lihua 回话 >/dev/null
	at '2026-12-01 09:01' ticket-log -q YL261201002 agreed --set agreed-at='2026-12-04 18:00' --by lihua >/dev/null
	decreed 停电 2026-12-02 2026-12-03
	prints '' listed '2026-12-02 09:00'
	clean '2026-12-02 09:00'
}

@test "a day off that is revoked: another entry, known later" {
	opened '2026-12-01 09:00'
	decreed 停电 2026-12-01 2026-12-03
	prints 'YL261201001#2' at '2026-12-01 12:00' deadline-recompute --all --by lihua
	printf '  - {name: 来电, known: "2026-12-02", work: ["2026-12-03"]}\n' >>policy/calendar-own.yaml
	prints 'moves,YL261201001,usual,2026-12-07T18:00:00+08:00,2026-12-04T18:00:00+08:00,来电 2026-12-03, known 2026-12-02' listed '2026-12-02 09:00'
	prints 'YL261201001#3' at '2026-12-02 12:00' deadline-recompute --all --by lihua
	prints '' listed '2026-12-02 12:01'
	at '2026-12-04 18:00' ticket-close -q YL261201001 --by lihua -r 已检查 >/dev/null
	[[ $(ticket-show YL261201001 --now '2026-12-05 12:00') == *'usual [house-1] 2026-12-04 18:00  in time'* ]]
	clean '2026-12-05 12:00'
}

@test "an entry that does not say since when it is known is named, and moves nothing until it does" {
	opened '2026-12-01 09:00'
	decreed 停电 2026-12-02 2026-12-03
	sed -i 's/known: "2026-12-02", //' policy/calendar-own.yaml
	run columns text ledger-check -q --format csv --now '2026-12-02 09:00'
	[[ ${lines[0]} == 'usual: at is 2026-12-04T18:00:00+08:00, but by the rule usual it should be 2026-12-07T18:00:00+08:00; it would be right without 停电 (policy/calendar-own.yaml:2): if that became known only later, add known: "YYYY-MM-DD" there' ]]
	prints 'undated,YL261201001,usual,2026-12-04T18:00:00+08:00,2026-12-07T18:00:00+08:00,停电 2026-12-03: policy/calendar-own.yaml:2 does not say since when it is known' listed '2026-12-02 09:00'
	run script -qec "stty cols 90; NO_COLOR=1 deadline-recompute --now '2026-12-02 09:00'" /dev/null </dev/null
	[[ $output == *$'\n''  停电 2026-12-03: policy/calendar-own.yaml:2 does not say since when it is known'* ]]
	run --separate-stderr at '2026-12-02 09:00' deadline-recompute --all --by lihua
	status_is 0
	output_is ''
	errors_are 'deadline-recompute: YL261201001: usual is not moved until the calendar says since when that is known: 停电 2026-12-03: policy/calendar-own.yaml:2 does not say since when it is known'
	sed -i 's/name: 停电, /&known: "2026-12-02", /' policy/calendar-own.yaml
	clean '2026-12-02 09:00'
	prints 'YL261201001#2' at '2026-12-02 09:00' deadline-recompute --all --by lihua
}

@test "the turn of the year: tickets are opened before the notice is out, say that they guess, and are listed once it is" {
	run --separate-stderr at '2026-12-29 09:00' ticket-open -k job -u 3-1201 --by lihua 检查水表
	status_is 0
	output_is 'YL261229001'
	errors_are 'ticket-open: YL261229001: usual is provisional, 2027-01-01 18:00: the days off of 2027 are not published yet, so only its weekends count as off'
	grep -q '^    provisional: true$' tickets/2026/12/YL261229001.yaml
	opened '2026-12-28 09:00' # ends in this year
	run ! grep -q provisional tickets/2026/12/YL261228001.yaml
	clean '2026-12-29 12:00'
	prints '' listed '2026-12-29 12:00'
	published 2027 2027-01-01/2027-01-03
	clean '2026-12-29 13:00'
	prints 'moves,YL261229001,usual,2027-01-01T18:00:00+08:00,2027-01-04T18:00:00+08:00,the days off of 2027 are published' listed '2026-12-29 13:00'
	run --separate-stderr ticket-due --now '2026-12-29 13:00'
	status_is 0
	errors_are 'ticket-due: 1 open deadline or callback was set before days off became known: deadline-recompute lists it'
	prints 'YL261229001#2' at '2026-12-29 13:01' deadline-recompute --all --by lihua
	prints '' listed '2026-12-29 13:02'
	clean '2027-01-15 12:00'
}

@test "a guess that was right is confirmed: the end stands, and is provisional no more" {
	opened '2026-12-30 09:00'
	grep -q '^    at: "2027-01-04T18' tickets/2026/12/YL261230001.yaml
	published 2027 2027-01-02/2027-01-03
	prints 'stands,YL261230001,usual,2027-01-04T18:00:00+08:00,2027-01-04T18:00:00+08:00,the days off of 2027 are published' listed '2026-12-30 12:00'
	prints 'YL261230001#2' at '2026-12-30 12:00' deadline-recompute YL261230001 --by lihua
	[[ $(columns deadline,due,provisional ticket-due --format csv --now '2026-12-30 12:01') == usual,2027-01-04T18:00:00+08:00, ]]
	prints '' listed '2026-12-30 12:01'
	clean '2027-01-15 12:00'
}

@test "a guess that is none is wrong for ever" {
	opened '2026-12-30 09:00'
	sed -i 's/^    at: "2027-01-04T18/    at: "2027-01-06T18/' tickets/2026/12/YL261230001.yaml
	run ledger-check -q --now '2026-12-30 12:00'
	[[ $status == 1 && $output == *wrong-deadline*YL261230001* ]]
	published 2027
	run ledger-check -q --now '2026-12-30 12:00'
	[[ $status == 1 && $output == *wrong-deadline*YL261230001* ]]
	prints '' listed '2026-12-30 12:00'
}

@test "from November on who reads what is due learns that the next year is missing, where something reaches it" {
	at '2026-10-31 12:00' ticket-open -q -k promise -u 3-1201 --by lihua 回话 >/dev/null
	at '2026-10-31 12:00' ticket-log -q YL261031001 agreed --set agreed-at='2026-12-31 23:59:59' --by lihua >/dev/null
	local note='1 open deadline or callback reaches 2027, whose days off are not in policy/calendar.yaml: add them when the notice is out (these ends do not depend on them)'
	quiet() { run --separate-stderr "$@" && status_is 0 && errors_are ''; }
	says() { run --separate-stderr "${@:2}" && status_is 0 && errors_are "$1"; }
	quiet ticket-due --now '2026-11-30 12:00'
	at '2026-10-31 12:00' ticket-open -q -k promise -u 3-1202 --by lihua 回话 >/dev/null
	at '2026-10-31 12:00' ticket-log -q YL261031002 agreed --set agreed-at='2027-01-01 00:00' --by lihua >/dev/null
	quiet ticket-due --now '2026-10-31 23:59:59'
	says "ticket-due: $note" ticket-due --now '2026-11-01 00:00'
	plan_made 2026-10-31
	says "callback-due: $note" callback-due --now '2026-11-01 00:00'
	quiet ticket-due -q --now '2026-11-01 00:00'
	published 2027
	quiet ticket-due --now '2026-11-01 00:00'
}

@test "where an end depends on days off of the next year, the note does not say otherwise" {
	opened '2026-12-30 09:00' # and two working days
	run --separate-stderr ticket-due --now '2026-12-30 12:00'
	errors_are 'ticket-due: 1 open deadline or callback reaches 2027, whose days off are not in policy/calendar.yaml: add them when the notice is out'
}

@test "two clones move the same deadline, or one moves what the other has ended: it is owed once" {
	git init -q -b main . && ledger-init -q --site YL
	git add -A && git commit -qm begun
	opened '2026-12-01 09:00'
	opened '2026-12-01 09:01'
	decreed 停电 2026-12-02 2026-12-03
	git add -A && git commit -qm opened
	git clone -q . ../east
	(cd ../east && ledger-init -q --site EB 2>/dev/null && git commit -qam site)
	at '2026-12-02 09:00' deadline-recompute -q --all --by lihua >/dev/null
	(
		cd ../east
		at '2026-12-02 10:00' deadline-recompute -q YL261201001 --by lihua >/dev/null
		at '2026-12-02 10:00' ticket-close -q YL261201002 --by lihua -r 已检查 >/dev/null
		git commit -qam east
	)
	git commit -qam here
	git pull -q --no-rebase --no-edit ../east HEAD
	[[ $(columns ticket,deadline,due ticket-due --format csv --now '2026-12-02 12:00') == 'YL261201001,usual,2026-12-07T18:00:00+08:00' ]]
	[[ $(ticket-show YL261201002 --now '2026-12-02 12:00' | grep -c 'usual .* in time') == 1 ]]
	prints '' listed '2026-12-02 12:00'
	clean '2026-12-02 12:00'
}

@test "a callback that was tried keeps its tries" {
	opened '2026-12-01 09:00'
	at '2026-12-01 10:00' ticket-close -q YL261201001 --by lihua -r 已检查 >/dev/null
	at '2026-12-02 09:00' callback-log -q YL261201001 --by lihua --unreached >/dev/null
	opened '2026-12-01 11:00'
	decreed 停电 2026-12-02 2026-12-03
	at '2026-12-02 12:00' deadline-recompute -q --all --by lihua >/dev/null
	[[ $(columns ticket,due,attempts callback-due --format csv --now '2026-12-02 12:01' --rule ask) == 'YL261201001,2026-12-07T18:00:00+08:00,1' ]]
	clean '2026-12-02 12:01'
}

@test "what one file refuses, or one that is damaged, does not stop the others" {
	opened '2026-12-01 09:00'
	opened '2026-12-01 09:01'
	opened '2026-12-01 09:02'
	decreed 停电 2026-12-02 2026-12-03
	# two that contradict each other
	at '2026-12-01 10:00' ticket-close -q YL261201001 --by lihua -r 已检查 >/dev/null
	at '2026-12-01 10:00' callback-log -q YL261201001 --by lihua --unreached >/dev/null
	sed -i 's/^event: callback$/event: closed/; /^\(manner\|reached\|callers\):/d; /^  - lihua$/d' tickets/2026/12/YL261201001.yaml
	echo x >>tickets/2026/12/YL261201002.yaml
	run --separate-stderr at '2026-12-02 09:00' deadline-recompute --all --by lihua
	status_is 4
	output_is 'YL261201003#2'
	[[ $stderr == *YL261201002* && $stderr == *'YL261201001: its steps contradict each other'* ]]
}

@test "a ledger of version 0.1 lists, and says what it lacks to move anything" {
	opened '2026-12-01 09:00'
	decreed 停电 2026-12-02 2026-12-03
	rm schemas/ticket/recomputed.yaml
	run listed '2026-12-02 09:00'
	[[ $status == 0 && $output == moves,YL261201001,* ]]
	refused 3 'deadline-recompute: this ledger has no schemas/ticket/recomputed.yaml, as it was made by an earlier version: `ledger-upgrade --write` brings it' \
		at '2026-12-02 09:00' deadline-recompute --all --by lihua
}

@test "what a lot chose stays chosen, a customer's file moves as well, and the policy may say who moves" {
	cat >policy/round.yaml <<-'END'
		pack: round
		title: round
		source: round
		steps:
		  - {step: recomputed, kind: inquiry, by: centre-director, clause: R-1}
		callbacks:
		  - {rule: greeting, routine: greeting, after: [scheduled], within: 3 wd, rate: "1", who: [desk], clause: R-2}
		  - {rule: share, kind: inquiry, after: [closed], opens: 1 wd, within: 5 wd, rate: "0.50", who: [desk], clause: R-3}
		routines:
		  - {routine: greeting, title: greeting, for: form, kind: customer, yearly: customer.birthday, clause: R-2}
	END
	sed -i 's/^packs:$/&\n  - round/' kefu.yaml
	at '2026-11-29 09:00' customer-log -q opened 3-1201 -n 王女士 --birthday 12-01 --by lihua
	local number
	for number in 1 2 3; do
		at '2026-11-30 09:00' ticket-open -q -k inquiry -u "3-$number" --by lihua 何时收费 >/dev/null
		at '2026-11-30 09:10' ticket-close -q "YL26113000$number" -r 已答复 --by lihua >/dev/null
	done
	callback-plan -q --now '2026-12-01 06:00' >/dev/null
	drawn() { columns ticket,due,drawn callback-due --rule share --format csv --now "$1" | grep -v ',no$' | sed 's/,2026-12-0.T18:00:00+08:00//' | sort; }
	drawn '2026-12-02 09:00' >../before
	[[ $(wc -l <../before) == 2 ]]
	decreed 停电 2026-12-02 2026-12-03
	run --separate-stderr at '2026-12-02 09:00' deadline-recompute --all --by lihua
	status_is 3
	output_is '3-1201#3'
	[[ $stderr == *'YL261130001: recomputed is recorded by the role centre-director; lihua does not have it [R-1]'* ]]
	run --separate-stderr at '2026-12-02 09:00' deadline-recompute --all --by fang
	status_is 0
	[[ ${#lines[@]} == 3 ]]
	drawn '2026-12-02 09:01' | diff ../before -
	[[ $(columns ticket,due callback-due --format csv --now '2026-12-02 09:01' --rule greeting) == '3-1201,2026-12-07T18:00:00+08:00' ]]
	[[ $(columns due callback-due --format csv --now '2026-12-02 09:01' --rule share | sort -u) == 2026-12-08T18:00:00+08:00 ]]
	# nothing is drawn twice
	[[ $(callback-plan --now '2026-12-03 06:00' 2>&1) == *' 0 drawn'* ]]
	clean '2026-12-03 12:00'
}

@test "without a calendar what needs none is checked all the same" {
	opened '2026-12-01 09:00'
	at '2026-12-01 09:00' ticket-open -q -k repair -c drain -s ordinary -u 3-1 --by lihua 下水道堵塞 >/dev/null
	sed -i 's/^    at: "2026-12-02T09:00/    at: "2026-12-02T10:00/' tickets/2026/12/*.yaml
	rm policy/calendar.yaml
	run --separate-stderr ledger-check -q --now '2026-12-01 12:00'
	status_is 4
	[[ $output == *calendar.yaml* ]]
	run --separate-stderr deadline-recompute --now '2026-12-01 12:00'
	status_is 4
	[[ $stderr == 'deadline-recompute: policy/calendar.yaml: missing' ]]
}

@test "the daily plan says how many of what it sets are guesses, and they are listed like all others" {
	cat >policy/round.yaml <<-'END'
		pack: round
		title: round
		source: round
		deadlines:
		  - {rule: look, routine: look, start: opened, within: 5 wd, until: [closed], clause: R-1}
		callbacks:
		  - {rule: greeting, routine: greeting, after: [scheduled], within: 3 wd, rate: "1", who: [desk], clause: R-2}
		routines:
		  - {routine: look, title: look, for: desk, kind: job, every: month, clause: R-1}
		  - {routine: greeting, title: greeting, for: form, kind: customer, yearly: customer.birthday, clause: R-2}
	END
	sed -i 's/^packs:$/&\n  - round/' kefu.yaml
	at '2026-12-29 09:00' customer-log -q opened 3-1201 -n 王女士 --birthday 01-01 --by lihua
	callback-plan -q --now '2026-12-31 06:00' >/dev/null
	run --separate-stderr callback-plan --now '2027-01-01 06:00'
	status_is 0
	# the greeting, the look, and one of the packs' own
	[[ $stderr == *'callback-plan: YL2701: deadlines and callbacks that are provisional: 3; days off are not published so far ahead, so only weekends count as off' ]]
	[[ $(cat tickets/2027/01/*.yaml customers/3/*.yaml | grep -c '^    provisional: true$') == 3 ]]
	clean '2027-01-01 12:00'
	published 2027 2027-01-01/2027-01-03
	[[ $(columns ticket,deadline deadline-recompute --format csv --now '2027-01-01 12:00' | grep -c 'look$\|greeting$') == 2 ]]
	run --separate-stderr at '2027-01-01 12:00' deadline-recompute --all --by lihua
	status_is 0
	prints '' listed '2027-01-01 12:01'
	clean '2027-01-01 12:01'
}

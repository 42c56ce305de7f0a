#!/usr/bin/env bats
# callback-plan: what the calendar brings about, for whom, once; lots; and what callback-due says where it was not run.
load ../helper
load ../packs
unset planned # days nobody planned are the matter here

# A pack with one routine of each sort, an officer of building 3 with a deputy at the desk, four customers.
setup_file() {
	cat >"$BATS_FILE_TMPDIR/round.yaml" <<'END'
pack: round
title: round
source: round
roles:
  - {role: desk, title: desk, records-for-others: true}
  - {role: officer, title: officer}
kinds:
  - {kind: routine, title: routine}
  - {kind: machine, title: machine}
  - {kind: party, title: party}
match:
  tenant: {properties: {customer: {properties: {type: {const: tenant}}, required: [type]}}, required: [customer]}
steps:
  - {step: [reported, live], by: [desk], clause: R-1}
deadlines:
  - {rule: report, routine: report, start: opened, anchor: month start + 5 d, until: [reported], clause: R-1}
callbacks:
  - {rule: call, routine: call, after: [scheduled], anchor: quarter end, rate: "1", who: [desk], clause: R-2}
  - {rule: visit, routine: visit, after: [scheduled], anchor: month end, rate: "1", who: [{person: to}], manner: [visit], clause: R-3}
  - {rule: greeting, routine: greeting, after: [scheduled], within: 0 d, rate: "1", who: [desk], clause: R-4}
  - {rule: service, routine: service, after: [scheduled], within: 1 w, rate: "1", who: [desk], clause: R-5}
  - {rule: party, kind: party, after: [finished], within: 1 w, rate: "0.30", who: [desk], clause: R-6}
routines:
  - {routine: report, title: monthly report, for: desk, kind: routine, every: month, clause: R-1}
  - {routine: call, title: call, for: form, kind: customer, unless: tenant, every: quarter, clause: R-2}
  - {routine: visit, title: visit, for: person, role: officer, count: 2, kind: customer, every: month, clause: R-3}
  - {routine: greeting, title: greeting, for: form, kind: customer, yearly: customer.birthday, clause: R-4}
  - {routine: service, title: service, for: form, kind: machine, since: live, every: 6 mo, clause: R-5}
END
	pack_ledger "$BATS_FILE_TMPDIR/round.yaml"
	people_join lihua --name 李华 --role desk
	people_join meizhen --name 陈美珍 --role officer --area 3
	local unit
	for unit in 3-0101 3-0102 3-0103 5-0101; do
		customer-log -q --now '2026-01-05 09:00' opened $unit --name "客$unit" >/dev/null
	done
}

# plan DAY: what it recorded, said in the note
plan() { callback-plan --now "$1 06:10" 2>&1 >/dev/null | sed 's/^callback-plan: [A-Z0-9]*: //'; }

# due DAY [OPTION...]: form and rule of what callback-due lists, in order
due() {
	local day=$1
	shift
	columns status,ticket,rule callback-due --now "$day 09:00" --format csv "$@"
}

@test "a period that began before the ledger owes nothing; the next one does, once" {
	prints '0 scheduled, 0 opened, 0 drawn' plan 2026-01-06
	prints '2 scheduled, 1 opened, 0 drawn' plan 2026-02-01
	prints '0 scheduled, 0 opened, 0 drawn' plan 2026-02-02
}

@test "each form of a kind each quarter, not where a condition says otherwise" {
	plan 2026-03-31
	customer-log -q --now '2026-03-31 12:00' changed 3-0103 --type tenant
	plan 2026-04-01
	prints $'due,3-0101,call\ndue,3-0102,call\ndue,5-0101,call' due 2026-04-01 --rule call
	grep -A1 '^routine: call' customers/3/3-0101.yaml
	prints '2026-06-30T23:59:59+08:00' bash -c "columns() { :; }; callback-due --now '2026-04-01 09:00' --rule call --format tsv --no-header | cut -f 2 | sort -u"
	# the clock starts with the period, whenever the plan was made
	[[ $(grep -c 'start: "2026-04-01T00:00:00+08:00"' customers/3/3-0101.yaml) -ge 1 ]]
	at '2026-04-02 10:00' callback-log -q 3-0101 --by lihua -a satisfied
	prints $'due,3-0102,call\ndue,5-0101,call' due 2026-04-02 --rule call
	# next quarter anew; what was missed stays overdue beside it
	plan 2026-07-01
	[[ $(due 2026-07-01 --rule call | sort | uniq -c) == *'1 overdue,3-0102,call'* ]]
	[[ $(due 2026-07-01 --rule call | grep -c '^due') == 3 ]]
	run ledger-check -q --now '2026-07-01 09:00'
	output_is ''
}

@test "so many customers a month for each officer, in the own area, those first that nobody visited for longest" {
	plan 2026-02-01
	prints $'due,3-0101,visit\ndue,3-0102,visit' due 2026-02-01 --rule visit
	[[ $(columns roles,who callback-due --now '2026-02-01 09:00' --rule visit --format csv | sort -u) == 'person:meizhen,meizhen' ]]
	at '2026-02-03 10:00' callback-log -q 3-0101 --by meizhen -m visit -a satisfied
	plan 2026-03-01
	prints $'overdue,3-0102,visit\ndue,3-0102,visit\ndue,3-0103,visit' due 2026-03-01 --rule visit
	# whom nobody can be sent to is said
	staff-log -q --now '2026-03-05 08:00' joined newcomer --role officer --area 9 --name 新
	run callback-plan --now '2026-03-06 06:10'
	[[ $output == *'visit 2026-03: newcomer has to make 2, but only 0 customers in their areas fit [R-3]'* ]]
}

@test "who is absent is not called for, the deputy is; nobody else's visit counts" {
	plan 2026-02-01
	at '2026-02-02 08:00' staff-log -q absent meizhen --until '2026-02-10 18:00' --deputy lihua
	[[ $(columns who callback-due --now '2026-02-03 09:00' --rule visit --format csv --for lihua | sort -u) == lihua ]]
	[[ $(columns who callback-due --now '2026-02-11 09:00' --rule visit --format csv --for meizhen | sort -u) == meizhen ]]
	people_join other --name 其他 --role officer --area 3
	run --separate-stderr at '2026-02-03 10:00' callback-log 3-0101 --by other -m visit -a satisfied
	[[ $stderr == *'it has to be made by person:meizhen'* ]]
	run --separate-stderr at '2026-02-03 10:01' callback-log 3-0101 --by lihua -m visit -a satisfied
	status_is 0
	[[ $stderr != *'does not count'* ]]
	at '2026-02-04 08:00' staff-log -q back meizhen
	prints 'meizhen' columns who callback-due --now '2026-02-05 09:00' --rule visit --format csv
}

@test "a birthday each year, the 29th of February on the 28th; days that were not planned are caught up with" {
	customer-log -q --now '2026-01-06 09:00' changed 3-0101 --birthday 02-29
	customer-log -q --now '2026-01-06 09:00' changed 3-0102 --birthday 1980-03-01
	plan 2026-02-26
	plan 2026-03-02
	prints $'overdue,3-0101,greeting\noverdue,3-0102,greeting' due 2026-03-02 --rule greeting
	prints $'2026-02-28T23:59:59+08:00\n2026-03-01T23:59:59+08:00' columns due callback-due --now '2026-03-02 09:00' --rule greeting --format csv
	prints 'greeting' bash -c "grep -c 'routine: greeting' customers/3/3-0101.yaml | sed 's/1/greeting/'"
}

@test "every half year after a step; 31 August + 6 months is the last of February" {
	at '2026-08-31 09:00' ticket-open -q --by lihua --kind machine --text 机
	at '2026-08-31 10:00' ticket-log -q 1 live --by lihua
	plan 2026-08-31
	prints '' due 2027-02-27 --rule service
	callback-plan -q --now '2027-02-27 06:10'
	prints '' due 2027-02-27 --rule service
	callback-plan -q --now '2027-02-28 06:10'
	prints 'due,YL260831001,service' due 2027-02-28 --rule service
	callback-plan -q --now '2027-08-31 06:10'
	prints $'overdue,YL260831001,service\ndue,YL260831001,service' due 2027-08-31 --rule service
}

@test "the desk's work is a ticket with a deadline by the calendar; its clock starts with the month" {
	plan 2026-01-20
	plan 2026-02-03
	prints '2026-02-05T23:59:59+08:00,YL260203001,reported,R-1' columns due,ticket,until,clause ticket-due --now '2026-02-03 09:00' --format csv
	grep -A1 '^at: "2026-02-01T00:00:00+08:00"' tickets/2026/02/YL260203001.yaml | grep 'recorded: "2026-02-03T06:10:00+08:00"'
	[[ $(ticket-why YL260203001 --now '2026-02-03 09:00') == *'by the calendar: month start + 5 d'* ]]
	at '2026-02-06 00:00:00' ticket-log -q YL260203001 reported --by lihua
	[[ $(ticket-show YL260203001 --now '2026-02-06 09:00') == *'LATE'* ]]
}

@test "not run for three days: callback-due says so first, as overdue work" {
	plan 2026-02-01
	prints '' bash -c "callback-due --now '2026-02-02 09:00' --format tsv --no-header | grep -c callback-plan | sed 's/^0$//'"
	run callback-due --now '2026-02-04 09:00' --exit-code --no-header
	status_is 1
	[[ ${lines[0]} == 'overdue  2026-02-02  callback-plan  '*'not run since 2026-02-01'*'ours' ]]
	[[ ${lines[1]} == 'due '* ]]
	prints 'overdue,2026-02-02T23:59:59+08:00,callback-plan' bash -c "callback-due --now '2026-02-04 09:00' --format csv --no-header | head -1 | cut -d, -f 1,2,9"
	[[ $(callback-due --now '2026-02-04 09:00' --format ical) == *'SUMMARY:callback-plan not run since 2026-02-01'* ]]
	plan 2026-02-04
	[[ $(due 2026-02-04) != *callback-plan* ]]
	# one that never was run, too
	rm -r plans
	[[ $(due 2026-02-04 | head -1) == 'overdue,,callback-plan' ]]
}

# parties NUMBER DAY: so many end on that day
parties() {
	local number
	for ((number = 1; number <= $1; number++)); do
		at "$2 09:00" ticket-open -q --by lihua --kind party --text 联欢 >/dev/null
		at "$2 09:30" ticket-log -q $number finished --by lihua >/dev/null
	done
}

@test "a lot: the frame of yesterday, its seed and its order are recorded, and everybody can draw again" {
	parties 7 2026-02-10
	prints '' due 2026-02-10 --rule party
	prints '2 scheduled, 1 opened, 3 drawn' plan 2026-02-11
	[[ $(due 2026-02-11 --rule party | grep -c '^due') == 3 ]]
	# in a shell, as the manual has it
	seed=$(sed -n 's/^seed: "*\([0-9a-f]*\)"*$/\1/p' plans/2026/YL2602.yaml)
	sed -n '/^frame:/,/^digest/s/^  - "*\([^"]*\)"*$/\1/p' plans/2026/YL2602.yaml >frame
	[[ $(sed -n 's/^digest: "*\([0-9a-f]*\)"*$/\1/p' plans/2026/YL2602.yaml) == "$(sha256sum <frame | cut -c 1-64)" ]]
	diff <(sed -n '/^chosen:/,/^\.\.\./s/^  - "*\([^"]*\)"*$/\1/p' plans/2026/YL2602.yaml) \
		<(while read -r id; do printf '%s %s\n' "$(printf '%s\n' "$seed" "$id" | sha256sum | cut -c 1-64)" "$id"; done <frame | sort | head -n 3 | cut -d ' ' -f 2)
	# twice the same day: nothing is drawn again
	prints '0 scheduled, 0 opened, 0 drawn' plan 2026-02-11
	run ledger-check -q --now '2026-02-11 09:00'
	output_is ''
}

@test "a lot that is tampered with is found" {
	parties 7 2026-02-10
	plan 2026-02-11
	cp plans/2026/YL2602.yaml whole
	chosen=$(sed -n '/^chosen:/{n;s/^  - "*\([^"]*\)"*$/\1/p}' whole)
	other=$(sed -n '/^frame:/,/^digest/s/^  - "*\([^"]*\)"*$/\1/p' whole | grep -vxF -f <(sed -n '/^chosen:/,/^\.\.\./s/^  - "*\([^"]*\)"*$/\1/p' whole) | head -1)
	sed "/^chosen:/,\$s/$chosen/$other/" whole >plans/2026/YL2602.yaml
	[[ $(ledger-check -q --now '2026-02-11 09:00' --format tsv --no-header | cut -f 1 | sort | uniq -c | xargs) == '2 wrong-draw' ]]
	sed 's/^take: 3/take: 2/' whole >plans/2026/YL2602.yaml
	[[ $(ledger-check -q --now '2026-02-11 09:00' --format tsv --no-header) == *'take: wrong: 0.30 of 7 forms, less the 0 chosen before, is 3'* ]]
	sed "0,/$other/{/$other/d}" whole >plans/2026/YL2602.yaml
	[[ $(ledger-check -q --now '2026-02-11 09:00' --format tsv --no-header) == *'digest: wrong: the frame has the digest'* ]]
}

@test "interrupted after the seed, or after the frame: the next run completes it and draws nothing twice" {
	parties 4 2026-02-10
	cp -a tickets kept
	plan 2026-02-11
	# the power went before the forms had it
	rm -r tickets && cp -a kept tickets
	chosen=$(sed -n '/^chosen:/,/^\.\.\./s/^  - "*\([^"#]*\)#.*$/\1/p' plans/2026/YL2602.yaml | xargs)
	prints '0 scheduled, 1 opened, 2 drawn' plan 2026-02-11
	[[ $(grep -l '^event: drawn' -r tickets | xargs -n 1 basename -s .yaml | sort | xargs) == "$(printf '%s\n' $chosen | sort | xargs)" ]]
	[[ $(grep -c '^event: drawn' plans/2026/YL2602.yaml) == 1 ]]
	# before the seed, and before anything of it was printed
	rm -r tickets .kefu/marks .kefu/marked && cp -a kept tickets
	sed -i '/^event: drawn/,$d' plans/2026/YL2602.yaml && sed -i '$d' plans/2026/YL2602.yaml
	plan 2026-02-11
	[[ $(grep -c '^event: frozen' plans/2026/YL2602.yaml) == 1 && $(grep -c '^event: drawn' plans/2026/YL2602.yaml) == 1 ]]
	run ledger-check -q --now '2026-02-11 09:00'
	output_is ''
}

@test "late entries come into the next frame; somebody missed is replaced while windows are open" {
	parties 3 2026-02-10
	plan 2026-02-11
	first=$(due 2026-02-11 --rule party | cut -d , -f 2)
	at '2026-02-12 09:00' ticket-open -q --by lihua --kind party --at '2026-02-10 08:00' --text 联欢
	at '2026-02-12 09:30' ticket-log -q YL260212001 finished --by lihua --at '2026-02-10 09:00'
	prints '0 scheduled, 0 opened, 1 drawn' plan 2026-02-13
	[[ $(due 2026-02-13 --rule party | grep -c '^due') == 2 ]]
	[[ $(sed -n '/^event: frozen/,/^digest/p' plans/2026/YL2602.yaml | grep -c '^  - ') == 4 ]]
	[[ $first ]]
}

@test "a dry run shows no lot and writes nothing; a year nobody has published is refused for that form alone" {
	parties 4 2026-02-10
	before=$(tree_digest)
	run --separate-stderr callback-plan --dry-run --now '2026-02-11 06:10'
	status_is 0
	[[ $stderr == *', 0 drawn; lots are drawn only when it is recorded'* && $output != *seed* ]]
	diff <(echo "$before") <(tree_digest)
	refused 2 'callback-plan: --at: the plan is made for today only' callback-plan --now '2026-02-11 06:10' --at 05:00
}

@test "a damaged plan: nothing is drawn without it, nor planned where it is to be added to, and it is named once" {
	plan 2026-02-01
	truncate -s 80 plans/2026/YL2602.yaml
	local damage='callback-plan: plans/2026/YL2602.yaml:7:1: cut off in the document that begins at line 1'
	refused 4 "$damage" callback-plan --now '2026-02-02 06:10'
	run --separate-stderr callback-plan --now '2026-03-01 06:10'
	status_is 4
	[[ $output == '' && $(grep -cxF "$damage" <<<"$stderr") == 1 && ! -e plans/2026/YL2603.yaml ]]
}

@test "a damaged plan of another month: nothing is drawn until it is mended" {
	plan 2026-01-06
	parties 7 2026-02-10
	cp plans/2026/YL2601.yaml whole
	truncate -s 80 plans/2026/YL2601.yaml
	run --separate-stderr callback-plan --now '2026-02-11 06:10'
	status_is 4
	run -1 grep -rE '^event: (frozen|drawn)' plans tickets
	mv whole plans/2026/YL2601.yaml
	[[ $(plan 2026-02-11) == *', 3 drawn' ]]
}

@test "what another site has frozen is that site's to draw" {
	parties 4 2026-02-10
	cp -a tickets kept
	plan 2026-02-11
	# as if the plan came from there, where it was interrupted before the seed
	rm -r tickets .kefu/marks .kefu/marked && cp -a kept tickets
	sed -e '/^event: drawn/,$d' -e 's/^id: YL/id: EB/; s/^site: YL/site: EB/' plans/2026/YL2602.yaml | sed '$d' >plans/2026/EB2602.yaml
	rm plans/2026/YL2602.yaml
	sed -i 's/^  - YL$/&\n  - EB/' kefu.yaml
	[[ $(plan 2026-02-11) == *', 2 drawn' ]]
	[[ $(grep -h '^frozen: ' -r plans) == 'frozen: "YL2602#1"' ]]
}

# clones: this ledger, and ../eb with a site code of its own; both are in kefu.yaml
clones() {
	export HOME=$BATS_TEST_TMPDIR
	git init -q -b main . && ledger-init --site YL -q && git add . && git commit -qm begin
	git clone -q . ../eb
	(cd ../eb && ledger-init --site EB -q && git commit -qam 'site EB')
	git pull -q ../eb main
}

commit() { git add . && git commit -qm news; }

@test "two clones draw from the same lots, neither knowing of the other: more is drawn, never less, and later frames ask for less" {
	parties 10 2026-02-10
	clones
	[[ $(plan 2026-02-11) == *', 3 drawn' ]]
	commit
	(cd ../eb && [[ $(plan 2026-02-11) == *', 3 drawn' ]] && commit && git pull -q --no-rebase ../ledger main)
	git pull -q ../eb main
	prints '' ledger-check -q --now '2026-02-11 10:00'
	local drawn number
	drawn=$(sed -n '/^chosen:/,/^\.\.\./s/^  - "*\([^"#]*\)#.*$/\1/p' plans/2026/*.yaml | sort -u | wc -l)
	((drawn >= 3 && drawn <= 6))
	[[ $(due 2026-02-11 --rule party | grep -c '^due') == "$drawn" ]]
	prints "10,3,$drawn" columns finished,owed,drawn callback-tally --now '2026-02-11 10:00' --rule party --format csv
	# of 20 matters 6 are owed
	for ((number = 1; number <= 10; number++)); do
		at '2026-02-11 11:00' ticket-open -q --by lihua --kind party --text 联欢 >/dev/null
		at '2026-02-11 11:30' ticket-log -q $number finished --by lihua >/dev/null
	done
	[[ $(plan 2026-02-12) == *", $((6 - drawn)) drawn" ]]
	prints '' ledger-check -q --now '2026-02-12 10:00'
}

@test "a frame that one clone froze and did not draw before the other drew: both lots count" {
	parties 10 2026-02-10
	clones
	cp -a tickets ../kept
	plan 2026-02-11 >/dev/null
	# interrupted before the seed
	rm -r tickets .kefu/marks .kefu/marked && cp -a ../kept tickets
	sed -i '/^event: drawn/,$d' plans/2026/YL2602.yaml && sed -i '$d' plans/2026/YL2602.yaml
	commit
	(cd ../eb && git pull -q --no-rebase ../ledger main && [[ $(plan 2026-02-11) == *', 3 drawn' ]] && commit)
	plan 2026-02-11 >/dev/null
	commit
	git pull -q --no-rebase ../eb main
	prints '' ledger-check -q --now '2026-02-11 10:00'
	(($(due 2026-02-11 --rule party | grep -c '^due') >= 3))
	[[ $(plan 2026-02-12) == *', 0 drawn' ]]
}

@test "a callback that two clones made due by steps of one number stands in the frame once" {
	parties 1 2026-02-10
	local ticket=tickets/2026/02/YL260210001.yaml
	sed -e '/^---$/,/^\.\.\.$/!d' -e 's/^site: YL/site: EB/; s/^by: lihua$/&\nresult: 另一次/' $ticket | sed '1,/^\.\.\.$/d' >theirs
	cat theirs >>$ticket
	at '2026-02-10 10:00' ticket-log -q 1 settled --by lihua --set state=finished --reason 同一次
	plan 2026-02-11
	[[ $(sed -n '/^event: frozen/,/^digest/p' plans/2026/YL2602.yaml | grep -c '^  - ') == 1 ]]
	grep -qx 'forms: 1' plans/2026/YL2602.yaml
}

@test "a damaged form hides no other, and the day stays unplanned until it is mended" {
	cp customers/3/3-0101.yaml whole
	truncate -s 60 customers/3/3-0101.yaml
	run --separate-stderr callback-plan --now '2026-04-01 06:10'
	status_is 4
	output_is ''
	[[ $stderr == *'customers/3/3-0101.yaml'*'today is not planned until'* ]]
	[[ $(due 2026-04-01 --rule call 2>/dev/null | grep -c '^due') == 3 ]]
	[[ $(due 2026-04-03 2>/dev/null | head -1) == 'overdue,,callback-plan' ]]
	mv whole customers/3/3-0101.yaml
	prints '1 scheduled, 0 opened, 0 drawn' plan 2026-04-01
}

# --- what others record between the reading and the lock ---

# meanwhile WORK COMMAND...: the command; WORK, for the shell, is done just before it gets the lock
meanwhile() {
	local work=$1
	shift
	[[ -e $BATS_FILE_TMPDIR/lock.so ]] ||
		${CC:-cc} -D_GNU_SOURCE -std=gnu17 -O1 -shared -fPIC -o "$BATS_FILE_TMPDIR/lock.so" "$root/tests/fault/lock.c" -ldl
	env LOCK_BEFORE="$work" LD_PRELOAD="$BATS_FILE_TMPDIR/lock.so" \
		ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0" "$@"
}

@test "planned by somebody else in between: nothing twice" {
	run --separate-stderr meanwhile "callback-plan --now '2026-03-01 06:10' >../first 2>../said" callback-plan --now '2026-03-01 06:10'
	status_is 0
	output_is "$(cat ../first)"
	[[ $(cat ../said) == *': 2 scheduled, 1 opened, 0 drawn' && $stderr == *': 0 scheduled, 0 opened, 0 drawn' ]]
	[[ $(grep -rh '^event: scheduled' customers | wc -l) == 2 && $(find tickets -name '*.yaml' | wc -l) == 1 ]]
	[[ $(grep -c '^event: planned' plans/2026/YL2603.yaml) == 1 ]]
}

@test "planned in between by somebody who was killed, wherever that was: nothing twice, and nothing left out" {
	local number shim=$BATS_TEST_TMPDIR/shim.so
	${CC:-cc} -D_GNU_SOURCE -std=gnu17 -O1 -shared -fPIC -o "$shim" "$root/tests/fault/shim.c" -ldl
	cp -a . ../kept
	for number in {1..4}; do
		rm -rf ../again && cp -a ../kept ../again && cd ../again
		run --separate-stderr meanwhile "env LD_PRELOAD=$shim SHIM_ROOT=\$PWD SHIM_LOG=/dev/null SHIM_DIE=rename:$number \
			callback-plan -q --now '2026-03-01 06:10' >/dev/null; [ \$? != 0 ]" callback-plan --now '2026-03-01 06:10'
		status_is 0
		output_is 'YL2603#1'
		[[ $(grep -rh '^event: scheduled' customers | wc -l) == 2 && $(find tickets -name '*.yaml' | wc -l) == 1 ]]
		[[ $(grep -c '^event: planned' plans/2026/YL2603.yaml) == 1 ]]
		run ledger-check -q --now '2026-03-01 09:00'
		output_is ''
	done
}

@test "a customer who leaves in between gets nothing; what the others get stays right" {
	plan 2026-03-31
	run --separate-stderr meanwhile "customer-log -q --now '2026-04-01 06:00' closed 3-0102 --reason x >/dev/null" \
		callback-plan --now '2026-04-01 06:10'
	status_is 0
	# three calls and two visits, without the one who left
	[[ $stderr == *': 5 scheduled, 1 opened, 0 drawn' ]]
	[[ $(grep '^event:' customers/3/3-0102.yaml | tail -1) == 'event: closed' ]]
	run ledger-check -q --now '2026-04-01 09:00'
	output_is ''
}

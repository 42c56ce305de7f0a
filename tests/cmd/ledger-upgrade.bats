#!/usr/bin/env bats
# ledger-upgrade: a ledger of an earlier kefu gets the schemas and packs of this one, and keeps what is its own.
load ../helper
load ../packs

# shellcheck disable=SC2034 # for at, of helper.bash
day=2026-11-20

setup_file() {
	resident_centre
	# what a later kefu ships; that of the ledger was released as 0.1.9
	mkdir "$BATS_FILE_TMPDIR/data" && cp -r "$root"/{schemas,calendar,examples,released} "$BATS_FILE_TMPDIR/data/"
	make -s -C "$BATS_FILE_TMPDIR/data" -f "$root/Makefile" release version=0.1.9
}

setup() {
	test_begins
	cp -a "$BATS_FILE_TMPDIR/ledger" .
	cp -a "$BATS_FILE_TMPDIR/data" .
	export KEFU_DATA=$PWD/data
	cd ledger
	pack=../data/examples/resident-centre/policy.yaml
}

version=$(<"$root/VERSION")

# upgraded [OPTION...]: with the clock of the tests
upgraded() { at 18:00 ledger-upgrade "$@"; }

# shown ROWS [OPTION...]: what is to be done, as change, file, list and name, but for versions
shown() {
	run --separate-stderr upgraded --format csv --no-header "${@:2}"
	[[ $status == 1 ]] || { echo "status $status: $stderr"; return 1; }
	diff <(echo "$1") <(echo "$output" | grep -v '^[a-z]*,kefu.yaml,versions' | cut -d, -f1-4)
}

# written [OPTION...]: all is written, the ledger is clean, and nothing is left to do
written() {
	upgraded --write "$@" >/dev/null
	prints '' ledger-check -q --now "$day 18:01"
	run --separate-stderr upgraded
	status_is 0
	output_is ''
	errors_are 'ledger-upgrade: nothing to do: all is as this kefu ships it, but for what is yours'
}

# of_release VERSION: the ledger as that version would have founded it
of_release() {
	local digest path
	rm -r schemas policy && mkdir policy
	while read -r digest path; do
		[[ $path != policy/* || $path == policy/calendar.yaml || $path == policy/resident-centre.yaml ]] || continue
		mkdir -p "${path%/*}"
		cp "$root/released/text/$digest.yaml" "$path"
	done <"$root/released/$1.sha256"
	sed -i '/^versions:/,$d' kefu.yaml
	[[ $1 == 0.1.0 ]] || printf 'versions:\n  schemas: "%s"\n  calendar: "%s"\n  resident-centre: "%s"\n' "$1" "$1" "$1" >>kefu.yaml
}

@test "git is told of forms that came later; what the organisation has said of them stays" {
	sed -i '/^numbers/d; s/^surveys.*/surveys\/** merge=ours/' .gitattributes
	printf '*.pdf binary' >>.gitattributes # without a line feed
	cp .gitattributes before
	shown 'added,.gitattributes,,'
	written
	diff .gitattributes <(cat before <(printf '\nnumbers/** merge=kefu\n'))
	rm .gitattributes before
	written
	grep -qx 'numbers/\*\* merge=kefu' .gitattributes
}

@test "ledger-check says that a ledger is behind, which is no problem" {
	sed -i 's/resident-centre: ".*"/resident-centre: "0.1.9"/' kefu.yaml
	run --separate-stderr at 10:00 ledger-check
	status_is 0
	output_is ''
	errors_are 'ledger-check: 7 duties nobody here can fulfil: policy-list --unfilled lists them
ledger-check: the rules are those of an earlier kefu: ledger-upgrade shows what is new'
	prints '' at 10:00 ledger-check -q
	written
}

@test "a ledger just founded has nothing to do" {
	refused 0 'ledger-upgrade: nothing to do: all is as this kefu ships it, but for what is yours' upgraded
	refused 0 'ledger-upgrade: nothing to do: all is as this kefu ships it, but for what is yours' upgraded --write
	prints '' upgraded --write -q
}

@test "from each version that was released: shown first, then written; what was recorded stays clean, and steps go on" {
	local manifest from
	export KEFU_DATA=$root
	for manifest in "$root"/released/*.sha256; do
		from=${manifest##*/} from=${from%.sha256}
		rm -rf ../again && cp -a . ../again && cd ../again
		of_release "$from"
		at 09:00 ticket-open -q --by lihua -k repair -u 3-1201 灯坏了 >/dev/null
		prints '' ledger-check -q --now "$day 10:00"
		tree_digest >../before
		run --separate-stderr upgraded
		[[ $from == "$version" && $status == 0 ]] || status_is 1
		diff ../before <(tree_digest)
		run --separate-stderr upgraded --write --dry-run
		diff ../before <(tree_digest)
		[[ $from == "$version" ]] || written
		diff -r "$root/schemas" schemas
		diff "$root/calendar/cn.yaml" policy/calendar.yaml
		[[ $(<kefu.yaml) == *$'\nversions:\n  schemas: "'$version$'"\n  calendar: "'$version$'"\n  resident-centre: "'$version'"' ]]
		prints 'YL261120001#2' at 18:02 ticket-assign -q 1 wanggang --by lihua
		cd ../ledger
	done
}

@test "ledgers of version 0.1 come up to this one, once the copy has a site code" {
	[[ -d $KEFU_TEST_DATA/ledger-1 ]] || skip "no $KEFU_TEST_DATA/ledger-1"
	export KEFU_DATA=$root
	local ledger now=(--now '2027-01-15 12:00') site
	for ledger in "$KEFU_TEST_DATA"/ledger-1/*; do
		cp -r "$ledger" "../${ledger##*/}" && chmod -R u+w "../${ledger##*/}" && cd "../${ledger##*/}"
		refused 3 'ledger-upgrade: this clone has no site code yet: run `ledger-init --site CODE` in it, with a code no other clone uses' \
			ledger-upgrade --write "${now[@]}"
		run --separate-stderr ledger-upgrade "${now[@]}"
		status_is 1
		ledger-init --site QZ 2>/dev/null
		ledger-upgrade --write "${now[@]}" >/dev/null
		prints '' ledger-check -q "${now[@]}"
		refused 0 'ledger-upgrade: nothing to do: all is as this kefu ships it, but for what is yours' ledger-upgrade "${now[@]}"
	done
}

@test "a rule that kefu has changed comes with dates beside the old one, and nothing else in the file changes" {
	local rule='  - {rule: repair, kind: repair, after: [finished], within: 3 d, rate: "1", minimum: "0.30",'
	at 09:00 ticket-open -q --by lihua -k first-aid -u 3-1201 有人晕倒 >/dev/null
	at 09:30 ticket-close -q 1 --by lihua -r 已送医 >/dev/null
	sed -i 's/^  - {rule: first-aid,.*within: 1 w/&@/; s/within: 1 w@/within: 2 d/' "$pack"
	shown 'changed,policy/resident-centre.yaml,callbacks,first-aid'
	[[ $output == *',within: 1 w → 2 d; from 2026-11-21'* ]]
	cp policy/resident-centre.yaml ../before
	written
	diff ../before policy/resident-centre.yaml >../difference || true
	diff - <(sed 1d ../difference) <<-'END'
		<   - {rule: first-aid, title: {zh: 急救病人的回访, en: First aid}, kind: first-aid, after: [finished, closed], within: 1 w, rate: "1", who: [officer], manner: [visit, on-site], unsatisfied: open complaint, unsatisfied-clause: H2.B-1, clause: H2.A-5}
		---
		>   - {rule: first-aid, title: {zh: 急救病人的回访, en: First aid}, kind: first-aid, after: [finished, closed], within: 1 w, rate: "1", who: [officer], manner: [visit, on-site], unsatisfied: open complaint, unsatisfied-clause: H2.B-1, before: "2026-11-21", clause: H2.A-5}
		>   - {rule: first-aid, title: {zh: 急救病人的回访, en: First aid}, kind: first-aid, after: [finished, closed], within: 2 d, rate: "1", who: [officer], manner: [visit, on-site], unsatisfied: open complaint, unsatisfied-clause: H2.B-1, from: "2026-11-21", clause: H2.A-5}
	END
	# today still by the old one, tomorrow by the new one
	at 19:00 ticket-open -q --by lihua -k first-aid -u 3-1202 有人晕倒 >/dev/null
	at 19:30 ticket-close -q 2 --by lihua -r 已送医 >/dev/null
	day=2026-11-21
	at 09:00 ticket-open -q --by lihua -k first-aid -u 3-1203 有人晕倒 >/dev/null
	at 09:30 ticket-close -q 1 --by lihua -r 已送医 >/dev/null
	prints '2026-11-23T23:59:59+08:00,YL261121001
2026-11-27T23:59:59+08:00,YL261120001
2026-11-27T23:59:59+08:00,YL261120002' columns due,ticket callback-due --rule first-aid --within 30d --now '2026-11-21 10:00' --format csv
	prints '' ledger-check -q --now '2026-11-21 10:00'
}

@test "and once more with the next version: each has its days" {
	sed -i '/rule: first-aid,/s/within: 1 w/within: 2 d/' "$pack"
	written
	make -s -C ../data -f "$root/Makefile" release version="$version"
	sed -i '/rule: first-aid,/s/within: 2 d/within: 3 d/' "$pack"
	# on the same day: the second has a day all the same
	written
	[[ $(grep -o 'rule: first-aid.*within: . .\|from: "[-0-9]*"\|before: "[-0-9]*"' policy/resident-centre.yaml | sed 's/.*within/within/' | tr '\n' ' ') == \
		'within: 1 w before: "2026-11-21" within: 2 d from: "2026-11-21" before: "2026-11-22" within: 3 d from: "2026-11-22" ' ]]
	day=2026-12-01
	rm ../data/released/"$version".sha256
	make -s -C ../data -f "$root/Makefile" release version="$version"
	sed -i '/rule: first-aid,/d' "$pack"
	shown 'ended,policy/resident-centre.yaml,callbacks,first-aid'
	[[ $output == *',before 2026-12-02'* ]]
	written
	[[ $(grep -c 'rule: first-aid.*before: "2026-1' policy/resident-centre.yaml) == 3 ]]
}

@test "what is new comes with the day from which it holds; what has no dates is changed where it stands" {
	at 09:00 ticket-open -q --by lihua -k suggestion -u 3-1201 建议装灯 >/dev/null
	sed -i -e '/^  - {rule: promised-reply/i \  # new in this version\n  - {rule: weigh, kind: suggestion, start: opened, until: [replied], within: 2 d, clause: H2.A-8}' \
		-e 's/zh: 维修工,/zh: 工人,/' -e "s/^source: .*/source: H2, second edition/" \
		-e '$a \\nphrases:\n  - {phrase: not-ours, pattern: 不归我们管, step: closed, field: result, then: refuse, clause: H2.A-8}' "$pack"
	shown 'changed,policy/resident-centre.yaml,source,
changed,policy/resident-centre.yaml,roles,worker
added,policy/resident-centre.yaml,deadlines,weigh
added,policy/resident-centre.yaml,phrases,not-ours'
	written
	grep -q '^  - {role: worker, title: {zh: 工人, en: Worker}}$' policy/resident-centre.yaml
	grep -q '^source: H2, second edition$' policy/resident-centre.yaml
	grep -A1 '^deadlines:' policy/resident-centre.yaml | grep -qF '{rule: weigh, kind: suggestion, start: opened, until: [replied], within: 2 d, from: "2026-11-21", clause: H2.A-8}'
	[[ $(tail -n 3 policy/resident-centre.yaml) == $'\nphrases:\n  - {phrase: not-ours, pattern: 不归我们管, step: closed, field: result, then: refuse, from: "2026-11-21", clause: H2.A-8}' ]]
}

@test "what is new is shown word for word" {
	sed -i '$a \\nphrases:\n  - {phrase: not-ours, pattern: "管: new, 啊", step: closed, field: result, then: refuse, clause: H2.A-8}' "$pack"
	prints 'phrase: not-ours; pattern: 管: new, 啊; step: closed; field: result; then: refuse; clause: H2.A-8; from 2026-11-21' \
		text_of phrases
}

# text_of LIST: what is said of the change in that list
text_of() { upgraded -q --format json | jq -r "select(.list == \"$1\").text"; }

@test "a rule that is only called otherwise gets no dates" {
	sed -i 's/en: the promised reply}/en: the reply that was promised}/; s/en: .the regular meeting.*written down.}/en: the meeting decides in writing}/' "$pack"
	sed -i '/step: meeting-decided/s/by: \[manager, /by: [/' policy/resident-centre.yaml
	sed -i 's/resident-centre: ".*"/resident-centre: "0.1.9"/' kefu.yaml
	shown 'changed,policy/resident-centre.yaml,steps,replied
kept,policy/resident-centre.yaml,steps,meeting-decided'
	written
	grep -q '^  - {step: replied, .*title: {zh: 按承诺答复, en: the reply that was promised}, clause: H2.A-8}$' policy/resident-centre.yaml
	[[ $(<policy/resident-centre.yaml) != *before:* ]]
}

@test "a title in other languages is no other rule, with dates neither" {
	sed -i 's/{zh: 按承诺答复, en: \(the promised reply\)}/\1/; s/{zh: 急救病人的回访, en: First aid}/急救/; /rule: repair/s/{zh: 业户报修的回访, en: Repair}/报修/' policy/resident-centre.yaml
	cp policy/resident-centre.yaml "$pack"
	rm ../data/released/0.1.9.sha256
	make -s -C ../data -f "$root/Makefile" release version=0.1.9
	sed -i -e 's/title: the promised reply/title: {zh: 承诺的答复, en: the promised reply}/; s/refuse: {zh: .维修单须[^}]*}/refuse: 请写明无偿或有偿/' \
		-e 's/title: 急救,/title: {zh: 急救回访, en: First aid},/; s/{rule: repair, title: 报修,/{rule: repair, from: "2026-01-01", title: {zh: 报修回访},/' "$pack"
	sed -i 's/{rule: repair, /&from: "2026-01-01", /' policy/resident-centre.yaml
	sed -i 's/resident-centre: ".*"/resident-centre: "0.1.9"/' kefu.yaml
	shown 'changed,policy/resident-centre.yaml,steps,slip-issued
changed,policy/resident-centre.yaml,steps,replied
changed,policy/resident-centre.yaml,callbacks,repair
changed,policy/resident-centre.yaml,callbacks,first-aid'
	written
	[[ $(<policy/resident-centre.yaml) != *before:* ]]
	grep -q '^  - {rule: repair, from: "2026-01-01", title: {zh: 报修回访}, ' policy/resident-centre.yaml
	prints '' ledger-check -q --now '2026-11-21 09:00'
}

@test "hours that change end the deadlines that begin after it, and no others" {
	printf '%s\n' 'pack: house' 'title: h' 'source: h' 'deadlines:' \
		'  - {rule: soon, kind: repair, start: opened, until: [finished], within: 1 wd, clause: h-1}' \
		'  - {rule: hours, kind: repair, start: opened, until: [finished], within: 9 wh, hours: desk, tell: [{early: 1 wh, role: desk}], clause: h-2}' >policy/house.yaml
	sed -i '/^packs:/a \  - house' kefu.yaml
	at 09:00 ticket-open -q --by lihua -k repair -u 3-1201 灯坏了 >/dev/null
	sed -i '/hours: desk/s/13:30-18:00/13:30-17:00/' "$pack"
	shown 'changed,policy/resident-centre.yaml,hours,desk'
	written
	at 18:10 ticket-open -q --by lihua -k repair -u 3-1202 灯坏了 >/dev/null
	day=2026-11-23
	at 09:00 ticket-open -q --by lihua -k repair -u 3-1203 灯坏了 >/dev/null
	# of the first, somebody is to be told by now
	prints '2026-11-23T10:00:00+08:00,YL261120001,hours
2026-11-23T10:00:00+08:00,YL261120001,hours
2026-11-23T18:00:00+08:00,YL261120001,soon
2026-11-23T18:00:00+08:00,YL261120002,soon
2026-11-24T09:30:00+08:00,YL261120002,hours
2026-11-24T11:00:00+08:00,YL261123001,hours
2026-11-24T17:00:00+08:00,YL261123001,soon' columns due,ticket,deadline ticket-due --within 30d --now "$day 09:30" --format csv
	prints '' ledger-check -q --now "$day 09:30"
}

@test "a routine that is spread over the year goes on in the middle of it" {
	local unit
	for unit in 0{1..9} 1{0..9} 2{0..9}; do
		customer-log -q opened "3-01$unit" --by lihua -n x --now '2026-01-06 09:00' >/dev/null
	done
	# who was there before the year began has a day of their own in it
	for day in 2027-0{1,2,3,4}-02; do callback-plan -q --now "$day 18:00" >/dev/null; done
	sed -i '/routine: centre-visit, title/s/title: {[^}]*}/title: 走访/' "$pack"
	upgraded --write >/dev/null
	for day in 2027-04-03 2027-0{5,6,7,8,9}-01 2027-10-01; do callback-plan -q --now "$day 18:00" >/dev/null; done
	grep -c 'routine: centre-visit' customers/3/*.yaml | grep -v ':1$' || :
	[[ $(grep -l 'routine: centre-visit' customers/3/*.yaml | wc -l) == 29 && $(grep -h 'routine: centre-visit' customers/3/*.yaml | wc -l) == 29 ]]
	prints '' ledger-check -q --now '2027-10-01 19:00'
}

@test "what the organisation has changed, added and removed stays, whatever else comes" {
	sed -i /put-right/d "$pack" policy/resident-centre.yaml # which needs passed-on, too
	sed -i -e '/rule: first-aid,/s/within: 1 w/within: 1 d/' -e '/step: passed-on/d' \
		-e '/^repeats:/i # our own\nextensions:\n  - {extend: longer, total: any, by: manager, clause: ours-1}\n' policy/resident-centre.yaml
	sed -i 's/resident-centre: ".*"/resident-centre: "0.1.9"/' kefu.yaml
	sed -i '/rule: pass-on,/s/24 h/48 h/' "$pack"
	run --separate-stderr upgraded --format csv --no-header
	# whoever takes a step away that a deadline waits for is told
	status_is 4
	[[ $stderr == 'ledger-upgrade: policy/resident-centre.yaml:'*': upgraded, the ledger could not be used: until: "passed-on" '*' [H2.A-9]' ]]
	sed -i '/rule: pass-on,/d' policy/resident-centre.yaml
	shown 'kept,policy/resident-centre.yaml,steps,passed-on
kept,policy/resident-centre.yaml,steps,passed-on
conflict,policy/resident-centre.yaml,deadlines,pass-on
kept,policy/resident-centre.yaml,callbacks,first-aid'
}

@test "where both have changed the same, it stays and is named, until somebody decides" {
	sed -i '/rule: first-aid,/s/within: 1 w/within: 1 d/' policy/resident-centre.yaml
	sed -i -e '/rule: first-aid,/s/within: 1 w/within: 3 d/' -e '/rule: project,/s/"0.30"/"0.40"/' "$pack"
	sed -i 's/resident-centre: ".*"/resident-centre: "0.1.9"/' kefu.yaml
	shown 'changed,policy/resident-centre.yaml,callbacks,project
conflict,policy/resident-centre.yaml,callbacks,first-aid'
	[[ $output == *'you have changed it, and kefu has changed within: 1 w → 3 d'* ]]
	run --separate-stderr upgraded --write
	status_is 1
	errors_are 'ledger-upgrade: what is in conflict stays as it is: edit it, then --conflicts keep or take decides'
	[[ $(grep -c 'rule: first-aid,' policy/resident-centre.yaml) == 1 && $(grep -c 'rule: project,' policy/resident-centre.yaml) == 2 ]]
	# its version is not that of this kefu yet
	grep -q 'resident-centre: "0.1.9"' kefu.yaml
	prints '' ledger-check -q --now "$day 18:01"
	shown 'conflict,policy/resident-centre.yaml,callbacks,first-aid'
	cp -a . ../other
	written --conflicts keep
	[[ $(grep -c 'rule: first-aid,' policy/resident-centre.yaml) == 1 ]]
	cd ../other
	written --conflicts take
	grep -q 'rule: first-aid,.*within: 1 d,.*before: "2026-11-21"' policy/resident-centre.yaml
	grep -q 'rule: first-aid,.*within: 3 d,.*from: "2026-11-21"' policy/resident-centre.yaml
}

@test "dates: an end the organisation has set is its own; a rule that ships with dates keeps those to come" {
	sed -i '/rule: first-aid,/s/clause: H2.A-5/before: "2027-06-01", &/' policy/resident-centre.yaml
	sed -i -e '/rule: first-aid,/s/within: 1 w/within: 3 d/' \
		-e '/rule: activity,/{h;s/, clause:/, before: "2027-01-01"&/;p;x;s/within: 1 mo/within: 2 mo/;s/, clause:/, from: "2027-01-01"&/}' "$pack"
	sed -i 's/resident-centre: ".*"/resident-centre: "0.1.9"/' kefu.yaml
	shown 'conflict,policy/resident-centre.yaml,callbacks,first-aid
ended,policy/resident-centre.yaml,callbacks,activity
added,policy/resident-centre.yaml,callbacks,activity'
	cp -a . ../other
	written --conflicts keep
	[[ $(grep -o 'rule: first-aid,.*before: "[-0-9]*"' policy/resident-centre.yaml | sed 's/.*before/before/') == 'before: "2027-06-01"' ]]
	[[ $(grep -o 'rule: activity,.*' policy/resident-centre.yaml | grep -o 'within: . mo\|from: "[-0-9]*"\|before: "[-0-9]*"' | tr '\n' ' ') == \
		'within: 1 mo before: "2027-01-01" within: 2 mo from: "2027-01-01" ' ]]
	cd ../other
	written --conflicts take
	[[ $(grep -o 'rule: first-aid,.*' policy/resident-centre.yaml | grep -o 'within: . .\|from: "[-0-9]*"\|before: "[-0-9]*"' | tr '\n' ' ') == \
		'within: 1 w before: "2026-11-21" within: 3 d from: "2026-11-21" ' ]]
}

@test "a condition that is changed comes under another name, and so do the rules that go by it" {
	at 09:00 ticket-open -q --by lihua -k repair -u 3-1201 -s emergency 爆管 >/dev/null
	sed -i "s/^  charged: .*/  charged: {properties: {document: {required: [charge, receipt]}}}/" "$pack"
	shown 'added,policy/resident-centre.yaml,match,charged-2
changed,policy/resident-centre.yaml,steps,finished'
	written
	grep -q '^  charged-2: {properties: {document: {required: \[charge, receipt\]}}}$' policy/resident-centre.yaml
	grep -q 'if: charged-2, .*from: "2026-11-21"' policy/resident-centre.yaml
	grep -q 'if: charged, .*before: "2026-11-21"' policy/resident-centre.yaml
}

@test "whatever its layout, the pack says the same afterwards, and comments stay where they can" {
	sed -i '/rule: first-aid,/s/within: 1 w/within: 2 d/; s/zh: 维修工,/zh: 工人,/' "$pack"
	sed -i 's/resident-centre: ".*"/resident-centre: "0.1.9"/' kefu.yaml
	local layout
	for layout in block crlf unended inline; do
		rm -rf ../layout && cp -a . ../layout && cd ../layout
		case $layout in
		block)
			perl -CSD -0pi -e 's/^  - \{rule: first-aid, (.*)\}$/"  # ours\n  -   rule: first-aid\n" . join "", map { "      $_\n" } $1 =~ \/((?:\[[^\]]*\]|\{[^}]*\}|[^,\[{])+)(?:, |$)\/g/me; s/\n\n(  # below 30)/\n$1/' policy/resident-centre.yaml ;;
		crlf) sed -i 's/$/\r/' policy/resident-centre.yaml ;;
		unended) perl -pi -e 'chomp if eof' policy/resident-centre.yaml ;;
		inline) perl -0pi -e 's/^roles:\n((?:  - .*\n)+)/my $all = $1; $all =~ s{^  - (.*)\n}{$1, }mg; "roles: [" . substr($all, 0, -2) . "] # ours\n"/me' policy/resident-centre.yaml ;;
		esac
		prints '' ledger-check -q --now "$day 10:00"
		shown 'changed,policy/resident-centre.yaml,roles,worker
changed,policy/resident-centre.yaml,callbacks,first-aid'
		written
		case $layout in
		block) grep -B 5 'before: "2026-11-21"' policy/resident-centre.yaml | grep -q 'within: 1 w' && grep -q '^  # ours$' policy/resident-centre.yaml ;;
		crlf) [[ $(grep -c $'\r$' policy/resident-centre.yaml) == "$(wc -l <policy/resident-centre.yaml)" ]] ;;
		unended) tail -n 1 policy/resident-centre.yaml | grep -q 'survey: topic' ;;
		inline) grep -q '^  - role: worker$' policy/resident-centre.yaml ;;
		esac
		cd ../ledger
	done
}

@test "schemas: what is the ledger's own stays beside what is new, line by line" {
	of_release 0.1.0
	sed -i 's/^  kind: /  floor: {type: string, x-order: 40, title: Our own}\n&/' schemas/ticket/opened.yaml
	sed -i 's/^  test: .*/&\n  our-own: {type: string, x-order: 9}/' schemas/header.yaml
	sed -i 's/^  kind: /  heard: {type: string, x-order: 41, title: New}\n&/; s/^title: .*/title: Another/' ../data/schemas/ticket/opened.yaml
	run --separate-stderr upgraded --format csv --no-header
	status_is 1
	[[ $output == *'conflict,schemas/ticket/opened.yaml,,,"line '*': you have changed it, and so has kefu'* ]]
	grep -q '^added,schemas/header.yaml,properties,versions,' <<<"$output"
	upgraded --write >/dev/null || true
	grep -q our-own schemas/header.yaml
	grep -q versions schemas/header.yaml
	grep -q floor schemas/ticket/opened.yaml
	run -1 grep -q '^  heard: ' schemas/ticket/opened.yaml
	grep -q '^title: Another' schemas/ticket/opened.yaml
	written --conflicts keep
	grep -q floor schemas/ticket/opened.yaml
}

@test "a file of unknown origin is a conflict, and stays" {
	of_release 0.1.0
	printf 'type: object\nproperties: {event: {type: string}}\n' >schemas/mapping.yaml
	printf 'pack: resident-centre\ntitle: t\nsource: s\nroles:\n  - {role: boss, title: Boss}\n' >policy/resident-centre.yaml
	run --separate-stderr upgraded --format csv --no-header
	status_is 1
	[[ $output == *'conflict,schemas/mapping.yaml,,,"no released version of kefu has shipped what it comes from'* ]]
	[[ $output == *'conflict,policy/resident-centre.yaml,,,"no released version of kefu has shipped what it comes from'* ]]
	upgraded --write >/dev/null || true
	[[ $(<schemas/mapping.yaml) == $'type: object\nproperties: {event: {type: string}}' ]]
	grep -q boss policy/resident-centre.yaml
	# the rest is up
	diff "$root/schemas/policy.yaml" schemas/policy.yaml
}

@test "a folder with other schemas and packs alone is enough: what was released is kefu's own" {
	rm -r ../data/released
	sed -i '/rule: first-aid,/s/within: 1 w/within: 2 d/' "$pack"
	of_release 0.1.0
	run --separate-stderr upgraded --format csv --no-header
	status_is 1
	[[ $output == *'changed,policy/resident-centre.yaml,callbacks,first-aid,'*'within: 1 w → 2 d; '*'from 2026-11-21'* ]]
	[[ $output != *kept,* && $output != *conflict,* ]]
	written
	prints '' ledger-init -q --site YL --pack garden --person keeper ../new
}

@test "killed at any write, it is taken up again" {
	local kind number
	of_release 0.1.0
	sed -i '/rule: first-aid,/s/within: 1 w/within: 2 d/' "$pack"
	${CC:-cc} -D_GNU_SOURCE -std=gnu17 -O1 -shared -fPIC -o ../shim.so "$root/tests/fault/shim.c" -ldl
	for kind in write rename syncfs fsync; do
		for number in 1 2 3; do
			rm -rf ../again && cp -a . ../again && cd ../again
			run env LD_PRELOAD=../shim.so SHIM_ROOT="$PWD" SHIM_LOG=/dev/null SHIM_KILL="$kind:$number" \
				ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0" ledger-upgrade --write --now "$day 18:00"
			prints '' ledger-check -q --now "$day 18:01"
			run --separate-stderr upgraded --write
			status_is 0
			prints '' ledger-check -q --now "$day 18:01"
			[[ $(grep -c 'rule: first-aid,' policy/resident-centre.yaml) == 2 && $(<kefu.yaml) == *"schemas: \"$version\""* ]]
			cd ../ledger
		done
	done
}

@test "what cannot be upgraded is said in one line, and nothing is written" {
	cd ..
	refused 2 "ledger-upgrade: no ledger here: no kefu.yaml in this folder or above it (ledger-init makes one)" ledger-upgrade
	cd ledger
	sed -i 's/resident-centre: ".*"/resident-centre: "99.0.0"/' kefu.yaml
	refused 3 "ledger-upgrade: kefu.yaml of this ledger: resident-centre is of kefu 99.0.0, and this is kefu $version: install a newer one" upgraded
	sed -i 's/resident-centre: ".*"/resident-centre: "0.1.0"/; s/^format: 1/format: 2/' kefu.yaml
	refused 4 'ledger-upgrade: kefu.yaml:1:1: this ledger has format 2, this kefu knows formats up to 1: install a newer kefu' upgraded --write
	sed -i 's/^format: 2/format: 1/' kefu.yaml
	cp policy/resident-centre.yaml ../kept
	printf 'pack: [\n' >policy/resident-centre.yaml
	run --separate-stderr upgraded --write
	status_is 4
	[[ $stderr == 'ledger-upgrade: policy/resident-centre.yaml:'* && $stderr != *$'\n'* ]]
	ln -sf ../../kept policy/resident-centre.yaml
	run --separate-stderr upgraded --write
	status_is 4
	[[ $stderr == 'ledger-upgrade: policy/resident-centre.yaml: '* && -L policy/resident-centre.yaml ]]
	rm policy/resident-centre.yaml
	refused 4 'ledger-upgrade: policy/resident-centre.yaml: missing' upgraded --write
	cp ../kept policy/resident-centre.yaml
	rm ../data/released/text/*
	sed -i '1s/^/# ours\n/' policy/resident-centre.yaml
	run --separate-stderr upgraded --write
	status_is 5
	[[ $stderr == "ledger-upgrade: "*"released/text/"*".yaml is missing: kefu is not wholly installed" ]]
}

#!/usr/bin/env bats
# ledger-check finds each kind of damage by its name and place, and nothing besides.
load ../helper
load desk

setup_file() {
	cd "$BATS_FILE_TMPDIR"
	HOME=$PWD copy_of_ledger "$PWD/ledger" desk_ledger
}

setup() {
	test_begins || return
	cp -r "$BATS_FILE_TMPDIR/ledger" "$BATS_TEST_TMPDIR/ledger"
	cd "$BATS_TEST_TMPDIR/ledger"
	folder=tickets/2026/11
	one=$folder/YL261102001.yaml two=$folder/YL261102002.yaml three=$folder/YL261102003.yaml
	four=$folder/YL261102004.yaml five=$folder/YL261102005.yaml linked=$folder/YL261103001.yaml
}

check() {
	run --separate-stderr ledger-check -q --now '2026-11-20 12:00' "$@"
}

# finds STATUS 'NAME FILE[:LINE]'...: exactly these, in this order
finds() {
	check --format tsv --no-header
	status_is "$1"
	shift
	diff -u --label expected --label found <(printf '%s\n' "$@") <(cut -f 1-3 <<<"$output" | sed 's/\t\\N$//; s/\t/ /; s/\t/:/')
	errors_are ''
}

# change FILE PERL: over the whole text at once
change() {
	perl -0pi -e "$2" "$1"
}

@test "nothing is wrong with it as it was recorded" {
	check
	status_is 0
	output_is ''
	errors_are ''
}

# --- files ---

# --- one cause, one line ---

@test "a schema that others and many files need is named once" {
	local schema
	for schema in fields ticket header staff policy calendar mapping renumbered ticket/closed; do
		cp "schemas/$schema.yaml" kept
		sed -i 's/^title: .*/title: {/' "schemas/$schema.yaml"
		check --format tsv --no-header
		status_is 4
		[[ $output == $'schema-file\tschemas/'"$schema"$'.yaml\t'* && ${#lines[@]} == 1 ]] || { echo "$schema: $output"; return 1; }
		mv kept "schemas/$schema.yaml"
	done
}

@test "cut in a line" {
	truncate -s 100 "$one"
	finds 4 "cut-file $one:8"
}

@test "cut in a character" {
	truncate -s $(($(grep -bo 厨 "$one" | cut -d: -f1) + 2)) "$one"
	finds 4 "cut-file $one:18"
}

@test "cut in the last closing line" {
	truncate -s -1 "$two"
	finds 4 "cut-file $two:46"
}

@test "cut at every byte: found wherever no document ends" {
	local LC_ALL=C whole
	whole=$(cat "$three" && echo .)
	for ((cut = 0; cut < ${#whole} - 1; cut++)); do
		printf %s "${whole:0:cut}" >"$three"
		check "$three" --format tsv --no-header
		[[ $status == 4 && $output == cut-file$'\t'* ]] || { echo "cut at $cut: $status $output"; return 1; }
	done
}

@test "an empty file" {
	: >"$three"
	finds 4 "cut-file $three:1"
}

@test "the beginning is gone" {
	sed -i 1,5d "$three"
	finds 4 "cut-file $three:1"
}

@test "the end of a document in the middle is gone" {
	sed -i 36d "$one"
	finds 4 "cut-file $one:36"
}

@test "zeros, as a power cut can leave them" {
	truncate -s +512 "$three"
	finds 4 "cut-file $three:25"
}

@test "bytes that are not UTF-8" {
	change "$three" 's/换/\xbb\xbb/'
	finds 4 "bad-utf8 $three:15"
}

@test "conflict markers" {
	change "$three" 's/text: .*\n/<<<<<<< ours\n$&=======\n$&>>>>>>> theirs\n/'
	finds 4 "conflict-markers $three:15"
	[[ $output == *"conflict markers: git could not merge this file; to unite its sides: ledger-merge $three"* ]]
}

@test "what is left of conflict markers" {
	cp "$three" whole
	change "$three" 's/text: .*\n/$&=======\n/'
	finds 4 "conflict-markers $three:16"
	[[ $output == *'conflict markers: this line is left over from a merge: take it out, after a look at both sides (git log -p)'* ]]
	{ cat whole && echo '>>>>>>> theirs'; } >"$three"
	finds 4 "conflict-markers $three:$(($(wc -l <whole) + 1))"
	{ echo '<<<<<<< HEAD' && cat whole; } >"$three"
	finds 4 "conflict-markers $three:1"
	cp whole "$three" && rm whole
	# in what all forms depend on, too
	change kefu.yaml 's/zone:/<<<<<<< HEAD\nzone:/'
	check --format tsv --no-header
	status_is 4
	[[ $output == *$'conflict-markers\tkefu.yaml\t3\t1\tconflict markers: git could not merge this file: put both sides together by hand, and take these lines out'* ]]
}

@test "a line of a customer's that looks like a conflict is none" {
	change "$three" 's/text: .*\n/text: |2\n  <<<<<<< ours\n  =======\n  >>>>>>> theirs\n/'
	finds 0
	change "$three" 's/\|2\n  <<<<<<< ours\n  =======\n  >>>>>>> theirs\n/"======="\n/'
	finds 0
}

@test "a key twice" {
	change "$three" 's/(kind: repair\n)/$1$1/'
	finds 4 "not-yaml $three:9"
}

@test "an alias" {
	change "$three" 's/site: YL/site: &site YL/'
	finds 4 "not-yaml $three:5"
}

@test "a tag" {
	change "$three" 's/换门锁/!!str 换门锁/'
	finds 4 "not-yaml $three:15"
}

@test "a byte order mark" {
	change "$three" 's/^/\xef\xbb\xbf/'
	finds 4 "not-yaml $three:1"
}

@test "lines that end in CR LF" {
	sed -i 's/$/\r/' "$three"
	finds 4 "not-yaml $three:24"
}

@test "UTF-16" {
	iconv -f UTF-8 -t UTF-16 "$three" >x
	mv x "$three"
	finds 4 "bad-utf8 $three:1"
}

@test "binary rubbish" {
	head -c 5000 "$build/bin/ledger-check" >"$three"
	finds 4 "bad-utf8 $three:1"
}

@test "a form without number or time" {
	change "$three" 's/\nat: .*/\n/'
	finds 4 "schema $three:2"
}

@test "a symbolic link" {
	mv "$three" elsewhere.yaml
	ln -s ../../../elsewhere.yaml "$three"
	finds 4 "symlink $three"
}

@test "a folder that is a symbolic link" {
	mv tickets elsewhere
	ln -s elsewhere tickets
	finds 4 'symlink tickets'
}

@test "what is no form" {
	echo hello >tickets/notes.txt
	cp "$three" tickets/2026/11/notes.yaml
	mkfifo tickets/pipe.yaml
	finds 1 "stray-file tickets/2026/11/notes.yaml" 'stray-file tickets/notes.txt' 'stray-file tickets/pipe.yaml'
}

@test "what begins with a dot is not looked at" {
	echo cut >tickets/.YL261102001.yaml.1.0123456789abcdef.tmp
	mkdir tickets/.git
	echo cut >tickets/.git/x.yaml
	finds 0
}

@test "a form that is too large" {
	truncate -s 5M "$three"
	finds 4 "too-large $three"
}

@test "a form and a folder that cannot be read" {
	# root reads everything: somebody else looks then
	check() {
		local other=()
		[[ $(id -u) == 0 ]] && other=(setpriv --reuid 65534 --regid 65534 --clear-groups)
		run --separate-stderr "${other[@]}" ledger-check -q --now '2026-11-20 12:00' "$@"
	}
	[[ $(id -u) == 0 ]] && chmod o+x "$BATS_RUN_TMPDIR" "${BATS_TEST_TMPDIR%/*}" "$BATS_TEST_TMPDIR"
	check
	[[ $status == 0 ]] || skip 'nobody else can reach this folder'
	chmod 0 "$three" tickets/2026
	finds 4 'unreadable tickets/2026'
	chmod 755 tickets/2026
	finds 4 "unreadable $three"
}

@test "a folder of several logins that their group cannot write" {
	chmod g-w tickets/2026
	find . -type d ! -path './.git*' ! -path . -exec chmod g-s {} +
	finds 0
	find . -type d ! -path './.git*' -exec chmod g+rwxs {} + && find .kefu -type f -exec chmod g+rw {} +
	finds 0
	chmod g-w tickets/2026
	chmod g-s schemas
	chmod g-x policy
	chmod g-r .kefu/lock
	finds 1 'closed-folder .kefu/lock' 'closed-folder policy' 'closed-folder schemas' 'closed-folder tickets/2026'
	check tickets
	status_is 0
	find . -type d ! -path './.git*' -exec chmod g+rwxs {} + && find .kefu -type f -exec chmod g+rw {} +
	chmod g-w .
	finds 1 'closed-folder .'
}

# --- documents ---

@test "a field the schema does not know" {
	change "$three" 's/text: /prize: none\n$&/'
	finds 1 "schema $three:15"
}

@test "a telephone number without its quotes" {
	change "$one" 's/"(13900010001)"/$1/'
	finds 1 "schema $one:15"
}

@test "another style" {
	change "$one" 's/until:\n      - finished/until: [finished]/; s/to: wanggang/to: "wanggang"/'
	finds 1 "not-canonical $one:25" "not-canonical $one:34"
}

@test "keys in another order" {
	change "$three" 's/(kind: .*\n)(category: .*\n)/$2$1/'
	finds 1 "not-canonical $three:8"
}

@test "a comment" {
	change "$three" 's/text: .*/$& # so they said/'
	finds 1 "not-canonical $three:15"
}

@test "two documents swapped" {
	{ sed -n 1,28p "$one"; sed -n 37,44p "$one"; sed -n 29,36p "$one"; sed -n '45,$p' "$one"; } >swapped
	mv swapped "$one"
	finds 1 "out-of-order $one:37"
}

@test "two forms swapped" {
	mv "$two" x && mv "$three" "$two" && mv x "$three"
	finds 1 "wrong-id $two:4" "wrong-id $three:4"
}

@test "a document twice" {
	sed -n 29,36p "$one" >>"$one"
	finds 1 "duplicate-document $one:84"
}

@test "a number twice from one site" {
	sed -n 29,36p "$one" | sed 's/wanggang/lihua/' >double
	sed -i '36r double' "$one"
	check --format tsv --no-header
	status_is 1
	# which of the two comes first is up to their SHA-256
	[[ $(grep -c "^duplicate-seq	$one" <<<"$output") == 1 && $(grep -vcE '^(duplicate-seq|out-of-order)' <<<"$output") == 0 ]]
}

@test "a number twice from two sites is as it should be" {
	change kefu.yaml 's/  - YL\n/  - EB\n$&/'
	sed -n 29,36p "$one" | sed 's/wanggang/lihua/; s/YL/EB/; s/^at: .*T09:10/&:30/; s/:30:00+/:30+/' >double
	sed -i '36r double' "$one"
	cp "$one" theirs
	ledger-merge "$one" theirs
	finds 0
}

@test "a document is gone" {
	sed -i 37,44d "$one"
	finds 1 "missing-seq $one:37"
}

@test "the first document is gone" {
	sed -i 1,23d "$two"
	finds 4 "missing-seq $two:1" "wrong-start $two:2"
}

@test "in the wrong folder" {
	mkdir tickets/2026/12
	mv "$three" tickets/2026/12/
	finds 1 'wrong-folder tickets/2026/12/YL261102003.yaml'
}

@test "under another number" {
	mv "$three" $folder/YL261102009.yaml
	finds 1 "wrong-id $folder/YL261102009.yaml:4"
}

@test "a copy" {
	cp "$three" $folder/YL261102009.yaml
	finds 1 "wrong-id $folder/YL261102009.yaml:4"
}

@test "a number of another day" {
	mv "$three" $folder/YL261109003.yaml
	change $folder/YL261109003.yaml 's/YL261102003/YL261109003/'
	finds 1 "missing-number $three" "missing-number $folder/YL261109001.yaml" "wrong-id $folder/YL261109003.yaml:4"
}

@test "a number of another site" {
	mv "$three" $folder/EB261102003.yaml
	change $folder/EB261102003.yaml 's/YL261102003/EB261102003/'
	finds 1 "missing-number $folder/EB261102001.yaml" "wrong-id $folder/EB261102003.yaml:4" "missing-number $three"
}

# --- what documents speak of ---

@test "a site nobody listed" {
	change "$three" 's/site: YL/site: ZZ/; s/YL2/ZZ2/'
	mv "$three" $folder/ZZ261102003.yaml
	finds 1 "missing-number $three" "missing-number $folder/ZZ261102001.yaml" "unknown-site $folder/ZZ261102003.yaml:5"
}

@test "a clone whose code is not listed" {
	change kefu.yaml 's/  - YL\n/  - EB\n/'
	rm -r tickets
	sed -i 's/site: YL/site: EB/' staff.yaml
	finds 1 'unknown-site .kefu/site' "missing-number $one" "missing-number $linked"
}

@test "a clone without a code" {
	rm .kefu/site
	finds 0
}

@test "a person who was never there" {
	change "$one" 's/to: wanggang/to: wangqiang/'
	finds 1 "unknown-person $one:35"
}

@test "a person who came later" {
	change staff.yaml 's/(seq: 3\n.*\nat: )"2026-10-01T08/$1"2026-11-20T08/'
	finds 1 "unknown-person $one:35" "unknown-person $one:52"
}

@test "a person who had left" {
	change "$one" 's/  - wanggang/  - sun/'
	finds 1 "left-person $one:52"
}

@test "what the check would name is refused when it is recorded" {
	refused() {
		run --separate-stderr ticket-log --now '2026-11-10 09:00' YL261102003 "$@"
		[[ $status == 3 && -z $output ]] || { echo "$*: $status $output $stderr"; return 1; }
	}
	refused started --set workers=wangqiang
	refused started --set workers=sun
	refused corrected --set reason=x --set fields.first-asked=wangqiang
	refused corrected --set reason=x --set fields.first-asked=sun
	refused begun -t x
	refused started -t x --at '2026-11-10 09:01'
	refused started -t x --at '2026-11-01 09:00'
	refused reclassified --set category=noise --set reason=x
	finds 0
}

@test "a person in a correction who was never there" {
	ticket-log --now '2026-11-10 09:00' YL261102003 corrected --set reason=x --set fields.first-asked=wanggang
	change "$three" 's/first-asked: wanggang/first-asked: wangqiang/'
	finds 1 "unknown-person $three:33"
}

@test "a step nobody named" {
	change "$one" 's/event: started/event: begun/'
	finds 1 "unknown-event $one:38"
}

@test "a category nobody named" {
	change "$five" 's/other-complaint/noise/'
	finds 1 "unknown-class $five:9"
}

@test "a link to nowhere" {
	change "$linked" 's/  - YL261102001/  - YL261102111/'
	finds 1 "dangling-reference $linked:23"
}

@test "a cause that is not there" {
	change "$linked" 's/YL261102001#5/YL261102001#6/'
	finds 1 "dangling-reference $linked:9"
}

@test "a cause that knows nothing of it" {
	change "$one" 's/links:\n  - YL261103001\n//'
	finds 1 "dangling-reference $linked:9"
}

@test "a cause that was recorded later than planned is none the worse" {
	change "$linked" 's/YL261102001#5/YL261102001#3/'
	finds 0
}

@test "what is recorded as lost, and is there" {
	mv "$linked" ..
	ledger-log -q --now '2026-11-20 11:00' lost YL261103001 --reason x >/dev/null
	mv ../YL261103001.yaml "$linked"
	finds 1 "not-lost $linked"
	rm "$linked"
	finds 1 "dangling-reference $one:74"
}

@test "a form that is gone" {
	rm "$linked"
	finds 1 "dangling-reference $one:74" "missing-number $linked"
}

@test "a time that has not come" {
	change "$one" 's/2026-11-02T10:00:00/2027-11-02T10:00:00/'
	finds 1 "future-time $one:41"
}

@test "recorded before it happened" {
	change "$one" 's/(at: "2026-11-02T10:00:00.*)/$1\nrecorded: "2026-11-02T09:59:00+08:00"/'
	finds 1 "recorded-before-happened $one:42"
}

@test "a step before the opening" {
	change "$one" 's/2026-11-02T10:00:00/2026-11-01T10:00:00/'
	finds 1 "before-opening $one:41"
}

# --- what is owed ---

@test "a later deadline" {
	change "$one" 's/2026-11-03T09:00:00/2026-11-03T19:00:00/'
	finds 1 "wrong-deadline $one:27"
}

@test "a clock that starts later" {
	change "$one" 's/(start: "2026-11-02T)09/${1}12/; s/2026-11-03T09:00:00/2026-11-03T12:00:00/'
	finds 1 "wrong-deadline $one:24"
}

@test "working hours miscounted" {
	change "$two" 's/2026-11-03T11:30:00/2026-11-03T12:30:00/'
	# the first end, and what the extension found
	finds 1 "wrong-deadline $two:22" "wrong-deadline $two:34"
}

@test "another end than was agreed" {
	change "$three" 's/(    at: "2026-11-0)5/${1}6/'
	finds 1 "wrong-deadline $three:23"
}

@test "another end than was approved" {
	change "$two" 's/(    at: "2026-11-0)6/${1}7/'
	finds 1 "wrong-deadline $two:45"
}

@test "another end after a reclassification" {
	change "$four" 's/(    at: "2026-11-0)3/${1}4/'
	finds 1 "wrong-deadline $four:44"
}

@test "another window" {
	change "$five" 's/(opens: "2026-11-0)3/${1}2/; s/2026-11-09T23/2026-11-10T23/'
	finds 1 "wrong-deadline $five:42" "wrong-deadline $five:43"
}

@test "a deadline taken out" {
	change "$one" 's/due:\n.*?(?=\.\.\.)//s'
	finds 1 "missing-deadline $one:2"
}

@test "a callback taken out" {
	change "$five" 's/callbacks:\n.*?(?=\.\.\.)//s; s/settles:\n.*?(?=\.\.\.)//s'
	finds 1 "missing-deadline $five:29"
}

@test "an easier rule" {
	change "$one" 's/rule: drain\n    clause: D.1/rule: usual\n    clause: D.5/; s/2026-11-03T09:00:00/2026-11-05T18:00:00/'
	finds 1 "missing-deadline $one:2"
}

@test "a rule nobody made" {
	change "$one" 's/rule: drain/rule: drains/'
	finds 1 "missing-deadline $one:2" "unknown-rule $one:22"
}

@test "a rule of the past" {
	change "$four" 's/rule: usual/rule: old-usual/; s/2026-11-05T18:00:00/2026-11-09T18:00:00/'
	# and what was reclassified later withdrew another than this
	finds 1 "missing-deadline $four:2" "rule-not-in-force $four:19" "wrong-duty $four:34" "wrong-duty $four:36"
}

@test "another clause" {
	change "$one" 's/D\.1/D.5/'
	finds 1 "wrong-clause $one:23"
}

@test "another end, share and caller" {
	change "$one" 's/(until:\n      - )finished/${1}started/; s/"0.30"/"0.20"/; s/- desk/- worker/'
	finds 1 "wrong-duty $one:26" "wrong-duty $one:62" "wrong-duty $one:64"
}

@test "settling what is not open" {
	change "$five" 's/settles:\n  - complaint/settles:\n  - complaints/'
	finds 1 "not-open $five:63"
}

@test "steps that contradict each other" {
	change kefu.yaml 's/  - YL\n/  - EB\n$&/'
	sed -n 28,48p "$five" | sed 's/YL/EB/; s/属实/查实/' >double
	sed -i '48r double' "$five"
	cp "$five" theirs
	ledger-merge "$five" theirs
	finds 1 "disputed $five:50"
}

# --- what all forms depend on ---

@test "a header that is cut: the rest is looked at all the same" {
	truncate -s 40 kefu.yaml
	change "$one" 's/to: wanggang/to: wangqiang/'
	finds 4 'header kefu.yaml:1' "unknown-person $one:35"
}

@test "a ledger of a later format" {
	change kefu.yaml 's/format: 1/format: 99/'
	finds 4 'header kefu.yaml:1'
}

@test "no staff" {
	rm staff.yaml
	finds 4 'staff staff.yaml'
}

@test "somebody joins twice" {
	change staff.yaml 's/event: left/event: joined/; s/(person: sun\n)(?!name)/$1name: 孙\n/'
	finds 1 "staff staff.yaml:$(($(grep -n 'seq: 7' staff.yaml | cut -d: -f1) - 2))"
}

@test "somebody stands in who is not there" {
	staff-log -q --now "2026-11-20 11:00" absent wanggang --until '2026-12-20 18:00' --deputy lihua
	staff-log -q --now "2026-11-20 11:00" absent lihua --until '2026-12-20 18:00'
	finds 1 "deputy staff.yaml:$(($(grep -n 'event: absent' staff.yaml | head -1 | cut -d: -f1) - 1))"
}

@test "staff.yaml cut" {
	truncate -s -10 staff.yaml
	finds 4 "cut-file staff.yaml:$(grep -c '' staff.yaml)"
}

@test "a document gone from staff.yaml" {
	change staff.yaml 's/---\nevent: joined\nseq: 4\n.*?\.\.\.\n//s'
	check --format tsv --no-header
	status_is 1
	grep -q '^missing-seq	staff.yaml' <<<"$output"
	grep -q "^unknown-person	$five" <<<"$output"
}

@test "a pack with a mistake" {
	change policy/desk.yaml 's/within: 24 h/within: 24 hours/'
	finds 4 'policy policy/desk.yaml:35'
}

@test "a pack that names what is not there" {
	change policy/desk.yaml 's/extend: work, clause: D.1/extend: more, clause: D.1/'
	finds 4 'policy policy/desk.yaml:35'
}

@test "no calendar" {
	rm policy/calendar.yaml
	finds 4 'calendar policy/calendar.yaml'
}

@test "a year gone from the calendar" {
	cp "$root/calendar/cn.yaml" whole
	perl -0pe 's/^  - year: 2026.*?(?=^\S|^  - year|\z)//ms' whole >policy/calendar.yaml
	run ! cmp -s whole policy/calendar.yaml
	check --format tsv --no-header
	status_is 4
	grep -q "^calendar	$two" <<<"$output"
}

@test "a schema with a mistake, and one that is gone" {
	change schemas/ticket/assigned.yaml 's/properties:/proprieties:/'
	rm schemas/ticket/callback.yaml
	check --format tsv --no-header
	status_is 4
	grep -q '^schema-file	schemas/ticket/assigned.yaml	' <<<"$output"
	grep -q "^schema-file	$one	67" <<<"$output"
}

# --- many at once ---

@test "many damages at once, by any number of threads in the same order" {
	truncate -s 100 "$one"
	change "$two" 's/2026-11-03T11:30:00/2026-11-03T12:30:00/'
	change "$three" 's/换/\xbb\xbb/'
	mkdir tickets/2026/12
	mv "$five" tickets/2026/12/
	echo hello >tickets/notes.txt
	finds 4 "cut-file $one:8" "wrong-deadline $two:22" "wrong-deadline $two:34" "bad-utf8 $three:15" \
		'wrong-folder tickets/2026/12/YL261102005.yaml' 'stray-file tickets/notes.txt'
	local first=$output
	for processor in 0 0-1 0-3 0-7; do
		run taskset -c $processor ledger-check -q --now '2026-11-20 12:00' --format tsv --no-header
		output_is "$first"
	done
}

# --- what is computed ---

# appraised: a sheet in the ledger, by the rules of a second pack
appraised() {
	cp "$root/examples/appraisal/policy.yaml" policy/appraisal.yaml
	sed -i '/^packs:/a \  - appraisal' kefu.yaml
	local clock='2026-11-20 11:00' person
	for person in chengke moguan; do
		staff-log -q --now "$clock" joined $person --name $person >/dev/null
	done
	personnel-log -q --now "$clock" chengke trained --course induction --passed yes >/dev/null
	personnel-log -q --now "$clock" chengke trained --course post-training --passed yes >/dev/null
	personnel-log -q --now "$clock" chengke commended --degree commendation -r 拾金不昧 >/dev/null
	staff-log -q --now "$clock" changed chengke --role desk >/dev/null
	appraise -q --now "$clock" chengke 2026-11-appraisal -D "morals@$(basename -s .yaml "$one"):1:失信" --commend 5:3 >/dev/null
	sheet=appraisals/2026/chengke/2026-11-appraisal.yaml
}

@test "a score that does not follow from its marks" {
	appraised
	check
	status_is 0
	change "$sheet" 's/score: "104"/score: "105"/'
	finds 1 "wrong-score $sheet:$(grep -n '^score:' "$sheet" | cut -d : -f 1)"
	change "$sheet" 's/score: "105"/score: "104"/; s/dimension: virtue\n    points: "19"/dimension: virtue\n    points: "20"/'
	finds 1 "wrong-score $sheet:$(grep -n '^dimensions:' "$sheet" | cut -d : -f 1 | awk '{ print $1 + 1 }')"
	change "$sheet" 's/dimension: virtue\n    points: "20"/dimension: virtue\n    points: "19"/; s/points: "1"\n/points: "6"\n/'
	finds 1 "wrong-score $sheet:2"
}

@test "a sheet that cites what is not there, by a scheme that is not there" {
	appraised
	change "$sheet" 's/chengke#3/chengke#9/'
	finds 1 "dangling-reference $sheet:$(grep -n 'record:' "$sheet" | cut -d : -f 1)"
	change "$sheet" 's/chengke#9/chengke#3/; s/ticket: YL261102001/ticket: YL261102999/'
	finds 1 "dangling-reference $sheet:$(grep -n 'ticket:' "$sheet" | cut -d : -f 1)"
	change "$sheet" 's/ticket: YL261102999/ticket: YL261102001/; s/scheme: staff/scheme: stuff/'
	finds 1 "unknown-rule $sheet:$(grep -n '^scheme:' "$sheet" | cut -d : -f 1)"
}

@test "a sheet under another name, and a register under another's" {
	appraised
	mv "$sheet" appraisals/2026/chengke/2026-10-appraisal.yaml
	finds 1 "wrong-id appraisals/2026/chengke/2026-10-appraisal.yaml:4" "missing-seq $sheet"
	mv appraisals/2026/chengke/2026-10-appraisal.yaml "$sheet"
	cp personnel/chengke.yaml personnel/moguan.yaml
	finds 1 "wrong-id personnel/moguan.yaml:4"
}

@test "a lot that does not follow from its frame and seed, and a form that says another" {
	callback-plan -q --now '2026-11-20 11:00' >/dev/null
	local plan=plans/2026/YL2611.yaml chosen
	check
	status_is 0
	cp "$plan" whole
	change "$plan" 's/digest: .*/"digest: \"" . "0" x 64 . "\""/e'
	finds 1 "wrong-draw $plan:$(grep -n '^digest:' "$plan" | cut -d : -f 1)"
	mv whole "$plan"
	chosen=$(grep -l '^event: drawn' -r tickets)
	change "$chosen" 's/cause: "YL2611#\d+"/cause: "YL2611#99"/'
	finds 1 "dangling-reference $chosen:$(grep -n '^cause: "YL2611' "$chosen" | cut -d : -f 1)"
}

@test "a customer's file under another name, and one that is none" {
	customer-log -q --now '2026-11-20 11:00' opened 3-1201 -n 王女士 >/dev/null
	check
	status_is 0
	mv customers/3/3-1201.yaml customers/3/3-1202.yaml
	finds 1 "missing-seq customers/3/3-1201.yaml" "wrong-id customers/3/3-1202.yaml:4"
	mkdir customers/4 && mv customers/3/3-1202.yaml customers/4/3-1201.yaml
	finds 1 "missing-seq customers/3/3-1201.yaml" "wrong-folder customers/4/3-1201.yaml"
}

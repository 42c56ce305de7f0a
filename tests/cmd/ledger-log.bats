#!/usr/bin/env bats
# ledger-log: what happened to numbers is recorded, and ledger-check is silent about it.
# shellcheck disable=SC2154 # stderr is run's
load ../helper
load ../packs

export day=2026-11-20

setup_file() {
	resident_centre
	cp "$root/examples/appraisal/policy.yaml" policy/appraisal.yaml
	sed -i 's/^packs:$/&\n  - appraisal/' kefu.yaml
	local i
	for i in 1 2 3 4 5; do open "09:0$i"; done >/dev/null
}

open() { at "$1" ticket-open -q --by lihua -k repair -u 3-1201 水管漏水; }
ticket() { echo "tickets/2026/11/YL26112000$1.yaml"; }

# finds LINE...: of ledger-check, as "problem file text"
finds() {
	run --separate-stderr ledger-check -q --now "$day 18:00" --format tsv --no-header
	status_is $(($# > 0))
	errors_are ''
	diff <(cut -f 1,2,5 <<<"$output" | tr '\t' ' ') <(printf '%s\n' "$@")
}

@test "a gap is named until a document says why" {
	finds
	rm "$(ticket 2)" "$(ticket 3)"
	finds "missing-number $(ticket 2) YL261120002 to YL261120003 are missing: record why with \`ledger-log lost YL261120002..3 -r REASON\`"
	prints 'YL#1' at 10:00 ledger-log lost 2 -r 误删 --by lihua
	finds "missing-number $(ticket 3) YL261120003 is missing: record why with \`ledger-log lost YL261120003 -r REASON\`"
	prints 'YL#2' at 10:01 ledger-log lost YL261120003 -r 误删
	finds
	diff numbers/YL.yaml - <<-'END'
		---
		event: lost
		seq: 1
		id: YL
		site: YL
		at: "2026-11-20T10:00:00+08:00"
		by: lihua
		via: keeper
		numbers:
		  - YL261120002
		reason: 误删
		...
		---
		event: lost
		seq: 2
		site: YL
		at: "2026-11-20T10:01:00+08:00"
		by: keeper
		numbers:
		  - YL261120003
		reason: 误删
		...
	END
	# the number is not given again
	prints YL261120006 open 10:02
}

@test "the first of a day, the last, and all of them: in this clone they are missed, elsewhere as far as later ones show it" {
	git init -q . && git config user.name x && git config user.email x@example.org
	rm "$(ticket 1)" "$(ticket 5)"
	finds "missing-number $(ticket 1) YL261120001 is missing: record why with \`ledger-log lost YL261120001 -r REASON\`" "missing-number $(ticket 5) YL261120005 is missing: record why with \`ledger-log lost YL261120005 -r REASON\`"
	git add -A && git commit -qm x && git clone -q . ../clone
	cd ../clone
	finds "missing-number $(ticket 1) YL261120001 is missing: record why with \`ledger-log lost YL261120001 -r REASON\`"
	# git would say of each of them that it was committed
	cd ../ledger && rm -rf .git
	rm -r tickets
	finds "missing-number $(ticket 1) YL261120001 to YL261120005 are missing: record why with \`ledger-log lost YL261120001..5 -r REASON\`"
	prints 'YL#1' at 10:00 ledger-log lost 1..5 -r 硬盘损坏
	finds
}

@test "documents at the end of a file, in it, and the whole file" {
	at 09:10 ticket-assign 1 zhaoqiang
	at 09:11 ticket-assign 1 zhaoqiang
	cp "$(ticket 1)" whole
	sed -i '/^seq: 3$/,$d' "$(ticket 1)" && sed -i '$d' "$(ticket 1)" && sed -i '$d' "$(ticket 1)"
	finds "missing-seq $(ticket 1) given here, and gone: #3 is missing: record why with \`ledger-log lost YL261120001#3 -r REASON\`"
	at 09:12 ticket-assign 1 zhaoqiang
	finds "missing-seq $(ticket 1) #4 follows #2: #3 is missing: record why with \`ledger-log lost YL261120001#3 -r REASON\`"
	prints 'YL#1' at 10:00 ledger-log lost '1#3' -r 误改
	finds
	grep -qx '  - "YL261120001#3"' numbers/YL.yaml
	at 09:13 customer-log opened 3-0101 -n 住户 --by lihua
	at 09:13 customer-log changed 3-0101 -n 住户 --by lihua
	rm customers/3/3-0101.yaml
	finds "missing-seq customers/3/3-0101.yaml given here, and gone with the file: #1 to #2 are missing: record why with \`ledger-log lost 3-0101#1..2 -r REASON\`"
	prints 'YL#2' at 10:01 ledger-log lost '3-0101#1..2' -r 误删
	finds
	at 10:02 customer-log opened 3-0101 -n 住户 --by lihua
	finds
	local last
	last=$(sed -n 's/^seq: //p' staff.yaml | tail -n 1)
	at 10:03 staff-log changed lihua --phone 13900010009 >/dev/null
	sed -i "/^seq: $((last + 1))\$/,\$d" staff.yaml && sed -i '$d' staff.yaml && sed -i '$d' staff.yaml
	finds "missing-seq staff.yaml given here, and gone: #$((last + 1)) is missing: record why with \`ledger-log lost staff.yaml#$((last + 1)) -r REASON\`"
	prints 'YL#3' at 10:04 ledger-log lost "staff.yaml#$((last + 1))" -r 误改
	finds
}

@test "what comes back is named until it is recorded as found" {
	mv "$(ticket 2)" ..
	at 10:00 ledger-log lost 2 -r 误删
	mv ../YL261120002.yaml tickets/2026/11
	finds "not-lost $(ticket 2) YL261120002 is there, but is recorded as lost: record that it was found, with \`ledger-log found YL261120002\`"
	refused 3 'ledger-log: YL261120003 is not recorded as lost' at 10:01 ledger-log found 2..3 -r 备份里找到
	prints 'YL#2' at 10:01 ledger-log found 2 -r 备份里找到
	finds
	# and is lost once more
	rm "$(ticket 2)"
	finds "missing-number $(ticket 2) YL261120002 is missing: record why with \`ledger-log lost YL261120002 -r REASON\`"
	refused 3 'ledger-log: YL261120002 is not recorded as lost' at 10:02 ledger-log found 2 -r x
	prints 'YL#3' at 10:02 ledger-log lost 2 -r 又删了
	refused 3 'ledger-log: YL261120002 is not there' at 10:03 ledger-log found 2 -r x
	finds
	at 10:04 ticket-assign 1 zhaoqiang
	cp "$(ticket 1)" whole
	sed -i '/^seq: 2$/,$d' "$(ticket 1)" && sed -i '$d' "$(ticket 1)" && sed -i '$d' "$(ticket 1)"
	at 10:05 ledger-log lost '1#2' -r x
	cat whole >"$(ticket 1)" && rm whole
	finds "not-lost $(ticket 1) #2 is there, but is recorded as lost: record that it was found, with \`ledger-log found\`"
	at 10:06 ledger-log found '1#2' -r x
	finds
}

@test "what is not so is not recorded" {
	rm "$(ticket 2)"
	refused 3 'ledger-log: YL261120001 is there' at 10:00 ledger-log lost 1..2 -r x
	refused 3 'ledger-log: YL261120006 was not given yet, so it cannot be lost' at 10:00 ledger-log lost 2 6 -r x
	refused 3 'ledger-log: YL261120001#2 was not given yet, so it cannot be lost' at 10:00 ledger-log lost '1#2' -r x
	refused 3 'ledger-log: YL261119001 was not given yet, so it cannot be lost' at 10:00 ledger-log lost YL261119001 -r x
	refused 2 'ledger-log: say why: --reason TEXT' at 10:00 ledger-log lost 2
	local typed
	for typed in x 3-1201 'YL261120002..1' '1#' '1#x' '1#0' 'notes.txt#1' 'policy/mall.yaml#1' '2..' '../staff.yaml#1' $'2\n3' '1#99999999999999999999'; do
		run --separate-stderr at 10:00 ledger-log lost "$typed" -r x
		status_is 2
		output_is ''
		[[ $(wc -l <<<"$stderr") == 1 && $stderr == *': give the number of a ticket '* ]] || [[ $stderr == *'see ledger-log --help'* ]]
	done
	at 10:00 ledger-log lost 2 -r x
	refused 3 'ledger-log: YL261120002 is recorded as lost already' at 10:01 ledger-log lost 2 -r x
	refused 2 "ledger-log: \"gone\" is not one of lost, found, renumbered" at 10:00 ledger-log gone 2 -r x
}

@test "a request is retried, a dry run writes nothing" {
	rm "$(ticket 2)"
	at 10:00 ledger-log lost 2 -r x --dry-run | grep -qx '  - YL261120002'
	[[ ! -e numbers ]]
	prints 'YL#1' at 10:00 ledger-log lost 2 -r x --request-id r-1
	run --separate-stderr at 10:01 ledger-log lost 2 -r x --request-id r-1
	status_is 0
	output_is 'YL#1'
	[[ $(grep -c '^event: lost' numbers/YL.yaml) == 1 ]]
}

@test "two clones that lost the same, and each something of its own, are united" {
	git init -q . && git config user.name x && git config user.email x@example.org
	ledger-init -q --site YL
	rm "$(ticket 2)"
	git add -A && git commit -qm x && git clone -q . ../east && cd ../east
	git config user.name x && git config user.email x@example.org
	ledger-init -q --site EB
	prints EB261120001 open 10:00
	prints EB261120002 open 10:00
	rm tickets/2026/11/EB261120001.yaml
	prints 'EB#1' at 10:01 ledger-log lost 1 YL261120002 -r x
	finds
	git add -A && git commit -qm x
	cd ../ledger
	prints YL261120006 open 10:00
	rm "$(ticket 6)"
	prints 'YL#1' at 10:01 ledger-log lost 2 6 -r x
	git add -A && git commit -qm x
	git pull -q --no-rebase --no-edit ../east HEAD
	finds
	[[ $(ls numbers) == $'EB.yaml\nYL.yaml' ]]
	cd ../east && git pull -q --no-rebase --no-edit ../ledger HEAD
	finds
}

# doubled FILE: the last document of FILE a second time, ten minutes later and with other bytes, as two clones with one
# code or a restored backup leave it
doubled() {
	cp "$1" ../twin
	sed -i 's/T09:10/T09:20/g' ../twin
	ledger-merge "$1" ../twin
}

@test "two documents with one number are told apart" {
	at 09:10 ticket-assign 1 zhaoqiang
	doubled "$(ticket 1)"
	run ledger-check -q --now "$day 18:00" --format tsv --no-header
	[[ $output == duplicate-seq*'`ledger-log renumbered YL261120001#2` tells them apart'* && $(wc -l <<<"$output") == 1 ]]
	cp "$(ticket 1)" before
	run --separate-stderr at 10:00 ledger-log renumbered '1#2'
	status_is 0
	output_is 'YL261120001#4'
	errors_are 'ledger-log: YL261120001: #2 keeps its number; the other one, assigned of 2026-11-20T09:20, is #3 from now on'
	cmp -n "$(stat -c %s before)" before "$(ticket 1)"
	rm before
	finds
	at 10:01 ticket-show 1 >../shown
	grep -q '#3   2026-11-20 09:20  assigned' ../shown
	grep -q '#2   2026-11-20 09:10  assigned' ../shown
	refused 3 'ledger-log: YL261120001#2 is one document only' at 10:02 ledger-log renumbered '1#2'
	refused 3 'ledger-log: there is no YL261120001#9' at 10:02 ledger-log renumbered '1#9'
	refused 2 'ledger-log: "1": give the number that two documents have: YL261121003#4' at 10:02 ledger-log renumbered 1
	prints 'YL261120001#5' at 10:03 ticket-assign 1 zhaoqiang
	# also a closed and a voided ticket can be put right, and stay as they are
	at 09:10 ticket-log -q 2 voided --by gaoxia --set reason=重复
	doubled "$(ticket 2)"
	at 10:00 ledger-log -q renumbered '2#2'
	at 10:01 ticket-log -q 2 settled --by gaoxia --set state=voided --set reason=x # two of them contradict each other
	finds
	at 10:01 ticket-list --state all --format csv | grep -q '^YL261120002,voided'
	# a digest that is nobody's
	sed -i "s/^digest: .*/digest: \"$(printf '0%.0s' {1..64})\"/" "$(ticket 1)"
	run ledger-check -q --now "$day 18:00" --format tsv --no-header
	status_is 1
	[[ $output == *'there is no #2 with this SHA-256'* && $output == *duplicate-seq* ]]
}

@test "what mends a document by its number finds the right one of two" {
	at 09:08 personnel-log wanggang trained --course induction --passed yes --by qianjin
	at 09:10 personnel-log wanggang commended --degree commendation --reason 热心 --by qianjin
	doubled personnel/wanggang.yaml
	run --separate-stderr at 10:00 ledger-log renumbered personnel/wanggang.yaml#2
	status_is 0
	output_is 'personnel/wanggang.yaml#4'
	finds
	prints 'wanggang#5' at 10:01 personnel-log wanggang voided --of 3 --reason 重复 --by qianjin
	at 10:02 personnel-list wanggang --format csv >../listed
	[[ $(grep -c ',commended,' ../listed) == 2 ]]
	grep '#3,' ../listed | grep -q 'voided by #5'
	[[ $(grep '#2,' ../listed) != *voided* ]]
	finds
	# in staff.yaml as well
	at 09:10 staff-log changed lihua --phone 13900010009 >/dev/null
	doubled staff.yaml
	local last
	last=$(sed -n 's/^seq: //p' staff.yaml | tail -n 1)
	at 10:00 ledger-log -q renumbered "staff.yaml#$last"
	finds
	at 10:01 staff-list | grep -q 13900010009
}

@test "a clone that has another's code gets a new one" {
	git init -q . && git config user.name x && git config user.email x@example.org
	ledger-init -q --site YL
	git add -A && git commit -qm x && git clone -q . ../east && cd ../east
	run --separate-stderr ledger-init --site YL --replace
	status_is 0
	errors_are "ledger-init: numbers of YL go on from the highest in this ledger: those that the other clone gave and did not hand over may come again; commit kefu.yaml, which says that the code is this clone's now"
	prints YL261120006 open 10:00
	refused 3 "ledger-init: this clone's site code is YL, and a clone keeps its code; only where another clone has the same, take a new one with --replace" \
		ledger-init --site EB
	run --separate-stderr ledger-init --site EB --replace
	status_is 0
	prints EB261120001 open 10:01
	rm tickets/2026/11/YL261120006.yaml
	refused 3 "ledger-init: YL is another clone's code: take one that kefu.yaml does not list" ledger-init --site YL --replace
}

@test "a ledger of an earlier version says what brings the schemas" {
	rm -r schemas/numbers schemas/renumbered.yaml
	rm "$(ticket 2)"
	refused 3 'ledger-log: this ledger has no schemas/numbers/lost.yaml, as it was made by an earlier version: `ledger-upgrade --write` brings it' \
		at 10:00 ledger-log lost 2 -r x
	refused 3 'ledger-log: this ledger has no schemas/renumbered.yaml, as it was made by an earlier version: `ledger-upgrade --write` brings it' \
		at 10:00 ledger-log renumbered 1#1
}

@test "parts of a ledger: a folder of tickets shows its gaps, a ticket none" {
	rm "$(ticket 2)"
	run ledger-check -q --now "$day 18:00" --format tsv --no-header tickets/2026/11
	[[ $status == 1 && $output == missing-number* ]]
	prints '' ledger-check -q --now "$day 18:00" 1 3
	prints '' ledger-check -q --now "$day 18:00" staff.yaml
}

@test "a register that is damaged counts as far as it can be read" {
	rm "$(ticket 2)" "$(ticket 3)"
	at 10:00 ledger-log lost 2 -r x
	at 10:00 ledger-log lost 3 -r x
	truncate -s -5 numbers/YL.yaml
	run ledger-check -q --now "$day 18:00" --format tsv --no-header
	status_is 4
	[[ $(cut -f 1,2 <<<"$output" | tr '\t' ' ' | xargs) == "cut-file numbers/YL.yaml missing-number $(ticket 3)" ]]
}

@test "a number far away is one line, whatever lies between" {
	sed 's/YL261120002/YL261120999999/' "$(ticket 2)" >tickets/2026/11/YL261120999999.yaml
	finds "missing-number tickets/2026/11/YL261120006.yaml YL261120006 to YL261120999998 are missing: record why with \`ledger-log lost YL261120006..999998 -r REASON\`"
	at 10:00 ledger-log lost 6..999998 -r x
	finds
	refused 3 'ticket-open: no ticket number of that day is left' open 10:01
}

#!/usr/bin/env bats
# A number that was printed never comes again, whatever became of the files.
# shellcheck disable=SC2154 # stderr is run's
load ../helper
load ../packs

export day=2026-11-20

setup_file() {
	export SHIM=$BATS_FILE_TMPDIR/shim.so
	${CC:-cc} -D_GNU_SOURCE -std=gnu17 -Wall -Wextra -O1 -shared -fPIC -o "$SHIM" "$root/tests/fault/shim.c" -ldl
	resident_centre
	git init -q . && git config user.name desk && git config user.email desk@example.org
	ledger-init -q --site YL # for the merge driver
	git add -A && git commit -qm founded
}

open() { at "${1-09:00}" ticket-open -q --by lihua -k repair -u 3-1201 水管漏水 "${@:2}"; }
assign() { at "${2-09:05}" ticket-assign "$1" zhaoqiang; }

# shimmed [NAME=VALUE...] COMMAND...
shimmed() {
	env LD_PRELOAD="$SHIM" SHIM_ROOT="$PWD" SHIM_LOG=/dev/null \
		ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0" "$@"
}

# each_loss FUNCTION: in a copy of the ledger for each way to lose what was recorded and not committed; FUNCTION gets
# the command that loses it
each_loss() {
	local loss
	cp -a . ../kept
	for loss in 'git stash -q -u' 'git add -A && git stash -q' 'git add -A && git reset -q --hard' \
		'git checkout -qb other && git add -A && git commit -qm other && git checkout -q -' \
		'git clean -qfd && git checkout -q .'; do
		cd .. && rm -rf ledger && cp -a kept ledger && cd ledger
		echo "$loss"
		"$1" "$loss"
	done
}

tickets_lost() {
	prints YL261120001 open
	prints YL261120002 open
	eval "$1"
	[[ ! -e tickets/2026/11/YL261120002.yaml ]]
	prints YL261120003 open
	prints YL261120004 open
}

@test "a ticket's number does not come again" {
	each_loss tickets_lost
	# nor where somebody has removed the file
	rm tickets/2026/11/YL261120004.yaml
	prints YL261120005 open
	rm -r tickets
	prints YL261120006 open
	# the next day begins anew, and a clock that goes back does not go back in numbers
	prints YL261121001 open '2026-11-21 09:00'
	rm -r tickets
	prints YL261120007 open
	prints YL261121002 open '2026-11-21 09:00'
}

steps_lost() {
	prints 'YL261120001#2' assign 1
	prints 'YL261120001#3' assign 1
	eval "$1"
	prints 'YL261120001#4' assign 1
	# who gets back what was lost has both
	prints 'YL261120001#5' assign 1
}

@test "the number of a step does not come again" {
	open
	git add -A && git commit -qm open
	each_loss steps_lost
}

@test "what was put away and comes back keeps its numbers beside the later ones" {
	open
	git add -A && git commit -qm open
	assign 1
	git stash -q
	at 09:06 ticket-log -q 1 told --by lihua --set to=wenbo
	git add -A && git commit -qm told
	git stash pop -q
	[[ $(grep '^seq: ' tickets/2026/11/YL261120001.yaml | xargs) == 'seq: 1 seq: 2 seq: 3' ]]
	prints '' ledger-check -q --now '2026-11-20 12:00'
}

@test "several steps at once go on from the mark, one by one" {
	open
	git add -A && git commit -qm open
	assign 1
	git stash -q
	at 09:10 ticket-close -q 1 --by lihua -r 已通 -w wanggang --work 疏通 --signature 王女士 --opinion 满意 --phone 13900010001
	[[ $(grep '^seq: ' tickets/2026/11/YL261120001.yaml | xargs) == 'seq: 1 seq: 3 seq: 4' ]]
}

register_lost() {
	at 09:00 staff-log changed lihua --phone 13900010009 >/dev/null
	at 09:00 callback-plan -q >/dev/null
	at 09:01 customer-log opened 3-0101 -n 住户 --by lihua >/dev/null
	staff=$(grep -c '^seq: ' staff.yaml)
	eval "$1"
	prints lihua at 09:10 staff-log changed lihua --phone 13900010010
	[[ $(tail -n 20 staff.yaml | sed -n 's/^seq: //p' | tail -1) == $((staff + 1)) ]]
	at 09:10 customer-log opened 3-0101 -n 住户 --by lihua
	grep -qx 'seq: 2' customers/3/3-0101.yaml
	[[ $(grep -c '^id: "3-0101"$' customers/3/3-0101.yaml) == 1 ]]
	prints 'YL2611#2' at 09:10 callback-plan -q
	grep -qx 'id: YL2611' plans/2026/YL2611.yaml
}

@test "nor does that of a document in staff.yaml, a customer's file or a plan" {
	each_loss register_lost
}

@test "a request that is retried after its record was lost is recorded under a new number" {
	prints YL261120001 open 09:00 --request-id r-1
	prints YL261120001 open 09:01 --request-id r-1
	rm -r tickets
	prints YL261120002 open 09:02 --request-id r-1
	prints YL261120002 open 09:03 --request-id r-1
}

@test "an import gives the numbers of a day on from the mark" {
	printf '%s\n' key,at,kind,text '1,2026-10-05 10:00,inquiry,x' '2,2026-10-05 11:00,inquiry,x' >../old.csv
	printf '%s\n' 'source: old' 'key: key' 'times: ["%Y-%m-%d %H:%M"]' 'fields: {at: at, kind: kind, text: text}' >../mapping.yaml
	at 09:00 ledger-import -q ../old.csv -m ../mapping.yaml --rejects ../rejects
	[[ $(ls tickets/2026/10) == $'YL261005001.yaml\nYL261005002.yaml' ]]
	git stash -q -u
	at 09:00 ledger-import -q ../old.csv -m ../mapping.yaml --rejects ../rejects
	[[ $(ls tickets/2026/10) == $'YL261005003.yaml\nYL261005004.yaml' ]]
}

# Killed before each call in turn: a number that was not used comes next, one that was used does not come again.
@test "killed at any moment: no number twice, and none is used up for nothing" {
	local kind number
	open
	cp -a . ../kept
	for kind in create write fsync rename mark fsyncdir; do
		for number in 1 2 3 4; do
			cd .. && rm -rf ledger && cp -a kept ledger && cd ledger
			run shimmed SHIM_DIE=$kind:$number ticket-open -q --by lihua -k repair -u 3-1201 x --now "$day 09:01"
			[[ $status == 137 ]] || continue # not so often
			output_is ''
			last=$(find tickets -name 'YL261120*' | sort | tail -n 1)
			prints "YL26112000$((${last:(-6):1} + 1))" open 09:02
			prints '' ledger-check -q --now "$day 09:03"
			cp -a .kefu ../kefu
			prints "YL26112000$((${last:(-6):1} + 1))#2" assign "$(ls tickets/2026/11 | tail -n 1 | cut -c 1-11)" 09:03
			run shimmed SHIM_DIE=$kind:$number ticket-assign 1 zhaoqiang --now "$day 09:04"
			seq=$(grep -c '^seq: ' tickets/2026/11/YL261120001.yaml)
			prints "YL261120001#$((seq + 1))" assign 1 09:05
			prints '' ledger-check -q --now "$day 09:06"
			rm -r ../kefu
		done
	done
	[[ -e ../kept ]]
}

@test "an import that was killed and is run again leaves no gap" {
	local kind number
	{
		echo key,at,kind,text
		for number in {1..20}; do echo "$number,2026-10-05 10:00,inquiry,x"; done
	} >../old.csv
	printf '%s\n' 'source: old' 'key: key' 'times: ["%Y-%m-%d %H:%M"]' 'fields: {at: at, kind: kind, text: text}' >../mapping.yaml
	cp -a . ../kept
	for kind in create:9 syncfs:1 rename:1 rename:9 mark:2 mark:3 syncfs:2; do
		cd .. && rm -rf ledger && cp -a kept ledger && cd ledger
		run shimmed SHIM_DIE=$kind ledger-import -q ../old.csv -m ../mapping.yaml --rejects ../rejects --now "$day 09:00"
		[[ $status == 137 ]]
		at 09:00 ledger-import -q ../old.csv -m ../mapping.yaml --rejects ../rejects
		[[ $(ls tickets/2026/10 | sed -n '1p;$p' | xargs) == 'YL261005001.yaml YL261005020.yaml' ]]
		[[ $(ls tickets/2026/10 | wc -l) == 20 ]]
	done
}

@test "a mark that cannot be written: nothing is, and no number is used up" {
	open
	local before failing
	before=$(tree_digest)
	# the lock is written first
	for failing in mark:2 fsync:1 rename:1; do
		run --separate-stderr shimmed SHIM_FAIL=$failing:28 ticket-open -q --by lihua -k repair -u 3-1201 x --now "$day 09:01"
		status_is 5
		output_is ''
		[[ $(wc -l <<<"$stderr") == 1 && $stderr == *'No space left on device' ]]
		diff <(echo "$before") <(tree_digest)
	done
	# once the file has its name, the number is printed, and so is the doubt
	run --separate-stderr shimmed SHIM_FAIL=mark:3:5 ticket-open -q --by lihua -k repair -u 3-1201 x --now "$day 09:01"
	status_is 6
	output_is YL261120002
	run --separate-stderr shimmed SHIM_FAIL=fsync:2:5 ticket-open -q --by lihua -k repair -u 3-1201 x --now "$day 09:01"
	status_is 6
	output_is YL261120003
	prints YL261120004 open
}

@test "folders of marks that cannot be written, or are something else" {
	open
	local marks
	rm -r .kefu/marks && echo >.kefu/marks
	refused 4 'ticket-open: .kefu/marks/37: a part of this path is not a folder' open
	rm .kefu/marks && ln -s . .kefu/marks
	run --separate-stderr open
	status_is 4
	[[ $(wc -l <<<"$stderr") == 1 && ! -e tickets/2026/11/YL261120002.yaml ]]
	rm .kefu/marks
}

@test "marks that may not be written: nothing is, and it says so" {
	[[ $(id -u) == 0 ]] || skip 'another user needs root'
	at 09:00 staff-log joined nobody --name 无 --role desk >/dev/null
	open
	local scratch
	scratch=$(mktemp -d -p /dev/shm kefu-numbers.XXXXXX)
	cp -a . "$scratch/ledger" && cp "$build/bin/ticket-open" "$scratch" && cd "$scratch/ledger"
	chmod -R a+rwX .. && chmod -R a-w .kefu/marks
	run --separate-stderr setpriv --reuid nobody --clear-groups ../ticket-open -q -k repair -u 3-1201 x --now "$day 09:01"
	cd / && rm -r "$scratch"
	status_is 5
	output_is ''
	errors_are 'ticket-open: .kefu/marks/37: cannot write: Permission denied'
}

@test "marks that are gone or damaged are said once, and numbers go on from what is there" {
	open
	open
	rm -r .kefu/marks
	run --separate-stderr open
	status_is 0
	output_is YL261120003
	errors_are 'ticket-open: .kefu/marks: is gone: numbers go on from the highest in the ledger; one that was given and is not in it any more may come again'
	prints YL261120004 open
	sed -i '$s/.*/YL261120 4711x/' .kefu/marks/37
	run --separate-stderr open
	status_is 0
	output_is YL261120005
	errors_are 'ticket-open: .kefu/marks/37:2:1: is no mark and is left out: a number that was given, and is not in the ledger any more, may come again'
	prints YL261120006 open
	[[ $(<.kefu/marks/37) != *x* ]]
}

@test "a ledger without marks, as of version 0.1, gets them with its first number" {
	rm -rf .kefu/marks .kefu/marked
	prints YL261120001 open
	rm -r tickets
	prints YL261120002 open
}

@test "a dry run says the number that will be given, and uses none up" {
	open
	rm -r tickets
	at 09:01 ticket-open --dry-run -q --by lihua -k repair -u 3-1201 x | grep -qx 'id: YL261120002'
	at 09:01 ticket-open --dry-run -q --by lihua -k repair -u 3-1201 x | grep -qx 'id: YL261120002'
	prints YL261120002 open
}

@test "two writers at once, after a loss: every number once" {
	open
	open
	rm -r tickets
	for i in {1..8}; do open "09:0$i" >>../"printed-$((i % 2))" & done
	wait
	diff <(sort ../printed-*) <(printf 'YL2611200%02d\n' {3..10})
}

@test "files of marks are tidied up" {
	open
	local i
	for i in {1..400}; do printf 'YL261120001 %d\n' "$i"; done >".kefu/marks/$(basename "$(grep -l . .kefu/marks/* | head -n 1)")"
	assign 1 >/dev/null
	[[ $(cat .kefu/marks/* | wc -c) -lt 8192 ]]
}

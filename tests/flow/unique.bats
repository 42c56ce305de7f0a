#!/usr/bin/env bats
# What only one ticket may have, like the number of a receipt: refused when it is recorded, found where two clones met.
load ../helper

setup_file() {
	cat >"$BATS_FILE_TMPDIR/till.yaml" <<-'END'
		pack: till
		title: Till
		source: a house of its own
		roles:
		  - {role: desk, title: Desk}
		kinds:
		  - {kind: repair, title: Repair, category: other}
		  - {kind: service, title: Service, category: cleaning}
		categories:
		  - {category: other, kind: repair, title: Other}
		  - {category: cleaning, kind: service, title: Cleaning}
		steps:
		  - {step: collected, needs: [receipt], clause: T-1}
		unique:
		  - {unique: receipt, title: a receipt is given once, field: [closed.receipt, collected.receipt], clause: T-2}
		  - {unique: slip, kind: repair, field: finished.requisition, before: "2027-01-01", clause: T-3}
	END
	cd "$BATS_FILE_TMPDIR" || return
	export LOCK=$BATS_FILE_TMPDIR/lock.so
	${CC:-cc} -D_GNU_SOURCE -std=gnu17 -Wall -Wextra -O1 -shared -fPIC -o "$LOCK" "$root/tests/fault/lock.c" -ldl
	ledger-init -q ledger --pack ./till.yaml --site YL --person keeper --test --now '2026-09-01 08:00'
	cd ledger || return
	staff-log -q --now '2026-09-01 08:00' joined lihua --name 李华 --role desk >/dev/null
	ticket-open -q -k repair -u 3-1201 --now '2026-10-20 09:00' 下水道堵塞 >/dev/null
	ticket-open -q -k repair -u 3-1202 --now '2026-11-20 09:00' 灯坏了 >/dev/null
	ticket-open -q -k service -u 3-1203 --now '2026-11-20 09:01' 清洗地毯 >/dev/null
}

# shellcheck disable=SC2034 # for at, of helper.bash
day=2026-11-20
old=YL261020001

@test "a receipt used in one ticket is refused in every other, also of another month" {
	at 10:00 ticket-log -q 1 collected --by lihua --set receipt=R-1001
	refused 3 'ticket-close: YL261120002: a receipt is given once: receipt R-1001 stands in YL261120001#2 already [T-2]' \
		at 10:01 ticket-close 2 --by lihua -r 完工 --receipt R-1001
	refused 3 "ticket-log: $old: a receipt is given once: receipt R-1001 stands in YL261120001#2 already [T-2]" \
		at 10:01 ticket-log $old collected --by lihua --set receipt=R-1001
	prints 'YL261120002#2' at 10:02 ticket-close 2 --by lihua -r 完工 --receipt R-1002
	prints "$old#2" at 10:02 ticket-log $old collected --by lihua --set receipt=R-1003
	refused 3 "ticket-log: YL261120001: a receipt is given once: receipt R-1003 stands in $old#2 already [T-2]" \
		at 10:03 ticket-log 1 collected --by lihua --set receipt=R-1003
	# its own it may say again
	prints 'YL261120001#3' at 10:04 ticket-close 1 --by lihua -r 完工 --receipt R-1001
	prints '' at 11:00 ledger-check -q
}

@test "spaces and full-width characters make no other receipt" {
	at 10:00 ticket-log -q 1 collected --by lihua --set receipt=R-1001
	refused 3 'ticket-log: YL261120002: a receipt is given once: receipt R-1001 stands in YL261120001#2 already [T-2]' \
		at 10:01 ticket-log 2 collected --by lihua --set 'receipt= Ｒ－１００１'
	prints 'YL261120002#2' at 10:01 ticket-log 2 collected --by lihua --set receipt=R-10011
}

@test "a corrected receipt is the one that counts" {
	at 10:00 ticket-log -q 1 collected --by lihua --set receipt=R-1001
	at 10:00 ticket-log -q 2 collected --by lihua --set receipt=R-1002
	refused 3 'ticket-log: YL261120002: a receipt is given once: receipt R-1001 stands in YL261120001#2 already [T-2]' \
		at 10:01 ticket-log 2 corrected --by lihua --reason 写错 --set fields.receipt=R-1001
	at 10:02 ticket-log -q 1 corrected --by lihua --reason 写错 --set fields.receipt=R-1003
	refused 3 'ticket-log: YL261120002: a receipt is given once: receipt R-1003 stands in YL261120001#2 already [T-2]' \
		at 10:03 ticket-log 2 corrected --by lihua --reason 写错 --set fields.receipt=R-1003
	prints 'YL261120002#3' at 10:03 ticket-log 2 corrected --by lihua --reason 写错 --set fields.receipt=R-1001
	prints '' at 11:00 ledger-check -q
}

@test "what a voided ticket had can be used, and what another kind has is no matter" {
	at 10:00 ticket-log -q 1 collected --by lihua --set receipt=R-1001
	at 10:01 ticket-log -q 1 voided --reason 录错
	prints 'YL261120002#2' at 10:02 ticket-log 2 collected --by lihua --set receipt=R-1001
	at 10:03 ticket-log -q $old finished --by lihua --set requisition=L-7
	prints 'YL261120002#3' at 10:04 ticket-log 2 finished --by lihua --set requisition=L-7
	at 10:05 ticket-open -q -k repair -u 3-1204 门坏了
	refused 3 "ticket-log: YL261120003: requisition L-7 stands in $old#2 already [T-3]" \
		at 10:05 ticket-log 3 finished --by lihua --set requisition=L-7
	# from the day on which the rule is no longer in force
	prints 'YL261120003#2' at '2027-01-01 00:00' ticket-log YL261120003 finished --by lihua --set requisition=L-7
	prints '' at '2027-01-01 11:00' ledger-check -q
}

@test "a ticket that becomes one the rule is about brings nothing that another has" {
	at 10:00 ticket-log -q $old finished --by lihua --set requisition=L-7
	at 10:01 ticket-log -q 2 finished --by lihua --set requisition=L-7
	refused 3 "ticket-log: YL261120002: requisition L-7 stands in $old#2 already [T-3]" \
		at 10:02 ticket-log 2 reclassified --by lihua --set kind=repair --set category=other --reason 是报修
	prints 'YL261120002#3' at 10:03 ticket-log 2 corrected --by lihua --reason 写错 --set fields.requisition=L-8
	prints 'YL261120002#4' at 10:04 ticket-log 2 reclassified --by lihua --set kind=repair --set category=other --reason 是报修
	prints '' at 11:00 ledger-check -q
}

@test "the index in .kefu may be gone, damaged or old" {
	at 10:00 ticket-log -q 1 collected --by lihua --set receipt=R-1001
	at 10:00 ticket-log -q 2 collected --by lihua --set receipt=R-1002
	[[ -s .kefu/unique/2026-11 ]]
	cp -a .kefu/unique index
	local damage
	for damage in 'rm -r .kefu/unique' ': >.kefu/unique/2026-11' 'truncate -s -7 .kefu/unique/2026-11' 'head -c 200 /dev/urandom >.kefu/unique/2026-11' \
		'touch -d 2020-01-01 .kefu/unique/2026-11' 'touch .kefu/unique/2026-11'; do
		rm -rf .kefu/unique && cp -a index .kefu/unique
		eval "$damage"
		run --separate-stderr at 10:01 ticket-log $old collected --by lihua --set receipt=R-1001
		status_is 3
		errors_are "ticket-log: $old: a receipt is given once: receipt R-1001 stands in YL261120001#2 already [T-2]"
	done
	# what came in by git, with the folder's time of long ago
	sed 's/R-1001/R-1009/' tickets/2026/11/YL261120001.yaml >new && mv new tickets/2026/11/YL261120001.yaml
	run --separate-stderr at 10:01 ticket-log $old collected --by lihua --set receipt=R-1009
	status_is 3
	# a dry run reads it and writes nothing
	rm -r .kefu/unique index
	refused 3 "ticket-log: $old: a receipt is given once: receipt R-1009 stands in YL261120001#2 already [T-2]" \
		at 10:01 ticket-log $old collected --by lihua --set receipt=R-1009 --dry-run
	prints "$old#2" at 10:02 ticket-log $old collected --by lihua --set receipt=R-1001
	# other rules, other index
	sed -i 's/closed.receipt, collected.receipt/collected.receipt/' policy/till.yaml
	run --separate-stderr at 10:01 ticket-log 2 collected --by lihua --set receipt=R-1009
	status_is 3
}

# watched COMMAND...: runs it at 10:05 with the shim of tests/fault
watched() {
	env LD_PRELOAD="$LOCK" ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0" "$1" --now "$day 10:05" "${@:2}"
}

# under_lock COMMAND...: the same, and prints how many files and folders it opened under the lock, and how many names it read
under_lock() {
	rm -f ../lock.log
	LOCK_LOG=../lock.log watched "$@" >/dev/null
	sort -n ../lock.log | tail -n 1 | cut -d ' ' -f 1,2
}

@test "under the lock no more is read, however many tickets there are, also when there is no index yet" {
	local number few many
	rm -rf .kefu/unique
	few=$(under_lock ticket-log -q 1 collected --by lihua --set receipt=R-1)
	keep tickets/2026/11/YL261120002.yaml
	for number in {101..160}; do sed "s/YL261120002/YL261119$number/" tickets/2026/11/YL261120002.yaml >tickets/2026/11/YL261119$number.yaml; done
	rm -rf .kefu/unique
	many=$(under_lock ticket-log -q 2 collected --by lihua --set receipt=R-2)
	[[ $many == "$few" ]] || { echo "$few, then $many"; false; }
	# the index is there, others have written since
	few=$(under_lock ticket-log -q 1 collected --by lihua --set receipt=R-3)
	for number in {161..220}; do sed "s/YL261120002/YL261119$number/; s/R-2/R-9$number/" tickets/2026/11/YL261120002.yaml >tickets/2026/11/YL261119$number.yaml; done
	many=$(under_lock ticket-log -q 1 collected --by lihua --set receipt=R-4)
	[[ $many == "$few" ]] || { echo "$few, then $many"; false; }
	refused 3 'ticket-log: YL261120001: a receipt is given once: receipt R-9200 stands in YL261119200#2 already [T-2]' \
		at 10:06 ticket-log 1 collected --by lihua --set receipt=R-9200
}

@test "what somebody else records between the look and the lock is known" {
	local before
	for before in "ticket-log -q --now '$day 10:04' YL261120002 collected --by lihua --set receipt=R-1" \
		"rm -r .kefu/unique; ticket-log -q --now '$day 10:04' YL261120002 collected --by lihua --set receipt=R-1" \
		"ticket-open -q --now '$day 10:04' -k repair -u 3-1204 --by lihua 门坏了 + collected --set receipt=R-1"; do
		at 10:00 ticket-log -q $old collected --by lihua --set receipt=R-2
		keep tickets/2026/11/YL261120002.yaml
		run --separate-stderr env LOCK_BEFORE="export PATH='$PATH'; $before >&2" LD_PRELOAD="$LOCK" \
			ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0" ticket-log --now "$day 10:05" 1 collected --by lihua --set receipt=R-1
		echo "$before: $stderr"
		status_is 3
		[[ $stderr == *'a receipt is given once: receipt R-1 stands in YL26112000'[23]'#2 already [T-2]' ]]
		put_back tickets/2026/11/YL261120002.yaml
		rm -f tickets/2026/11/YL261120003.yaml
	done
}

@test "notes of what was never written are passed over, and begin again when they are many" {
	at 10:00 ticket-log -q 2 collected --by lihua --set receipt=R-1
	keep tickets/2026/11/YL261120002.yaml
	at 10:00 ticket-log -q 2 collected --by lihua --set receipt=R-2
	put_back tickets/2026/11/YL261120002.yaml # as if the writer had been killed
	prints 'YL261120001#2' at 10:01 ticket-log 1 collected --by lihua --set receipt=R-2
	local first number
	first=$(head -n 1 .kefu/unique/notes)
	[[ $first == '1 '* ]]
	for number in {1..400}; do echo "YL261119$number 0123456789abcdef0123456789abcdef#2"; done >>.kefu/unique/notes
	# one that may be on its way keeps the index from being saved; behind the next it was written, or never will be
	at 10:02 ticket-log -q 1 collected --by lihua --set receipt=R-3
	[[ $(head -n 1 .kefu/unique/notes) == "$first" ]]
	at 10:02 ticket-log -q 1 collected --by lihua --set receipt=R-4
	[[ $(head -n 1 .kefu/unique/notes) == '2 '* && $(wc -c <.kefu/unique/notes) -lt 200 ]]
	refused 3 'ticket-log: YL261120002: a receipt is given once: receipt R-3 stands in YL261120001#3 already [T-2]' \
		at 10:03 ticket-log 2 collected --by lihua --set receipt=R-3
}

@test "one receipt used in two clones is found, each place" {
	git init -q -b main . && ledger-init -q --site YL && git add . && git commit -qm begin
	git clone -q . ../eb
	(cd ../eb && ledger-init -q --site EB && git commit -qam 'site EB')
	git pull -q ../eb HEAD
	(cd ../eb && at 10:10 ticket-log -q YL261120002 collected --by lihua --set receipt=R-1001 && git add . && git commit -qm eb)
	at 10:05 ticket-log -q 1 collected --by lihua --set receipt=R-1001
	git add . && git commit -qm yl
	prints '' at 11:00 ledger-check -q
	git pull -q --no-rebase ../eb HEAD
	run --separate-stderr at 11:00 ledger-check -q --format csv
	status_is 1
	[[ $output == *'not-unique,tickets/2026/11/YL261120002.yaml,'*'receipt: R-1001 stands in YL261120001#2, too'*T-2* ]]
	[[ $(grep -c not-unique <<<"$output") == 1 ]]
	# once one of them is mended all is well; until then neither is in the way of other steps
	prints 'YL261120001#3' at 11:01 ticket-close YL261120001 --by lihua -r 完工
	prints 'YL261120002#3' at 11:01 ticket-log YL261120002 corrected --by lihua --reason 写错 --set fields.receipt=R-1002
	git add . && git commit -qm mended
	prints '' at 11:02 ledger-check -q
}

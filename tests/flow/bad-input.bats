#!/usr/bin/env bats
# Whatever is typed, cut, mistyped or in the way: one clear line, the right exit status, and every file as it was.
load ../helper
load ../packs

export day=2026-11-20

# Two tickets: a repair and a complaint.
setup_file() {
	resident_centre
	people_join liuyang --name 刘洋 --role worker
	at '2026-10-01 08:00' staff-log -q left liuyang
	at 09:00 ticket-open -q -k repair -c drain -s ordinary -u 3-1201 -p 13900010001 下水道堵塞
	at 09:00 ticket-open -q -k complaint -c noise -s ordinary -u 3-0802 楼下太吵
}

repair=tickets/2026/11/YL261120001.yaml

open() { at 10:00 ticket-open --by lihua -u 3-1201 "$@"; }

@test "a kind, category or severity nobody knows" {
	refused 3 'ticket-open: kind: "repairs" is not known (allowed: first-aid, complaint, repair, project, activity, inquiry, suggestion, request, routine)' \
		open -k repairs x
	refused 3 'ticket-open: category: "drains" is not known for a repair (allowed: flooding, drain (Blocked drain), leak, electric, lamp, lock (Door lock), other-repair)' \
		open -k repair -c drains x
	refused 3 'ticket-open: category: "drain" is not known for a complaint (allowed: noise, cleaning, parking, attitude, other-complaint)' \
		open -k complaint -c drain x
	refused 3 'ticket-open: severity: "major" is not known for a repair (allowed: ordinary, emergency)' open -k repair -s major x
	refused 3 'ticket-open: kind: missing, and the text does not show it; give one of: first-aid, complaint, repair, project, activity, inquiry, suggestion, request, routine' \
		open 你好
}

@test "a category nobody knows is named even where the text says no kind" {
	run --separate-stderr open -c drains 你好
	status_is 3
	[[ $stderr == 'ticket-open: category: "drains" is not known (allowed: '*')' ]]
}

@test "a telephone number, a unit, a channel, a price that are none" {
	refused 3 'ticket-open: customer.phone: "12ab56" does not match the pattern ^\+?[0-9]+(-[0-9]+)*$' open -k repair -p 12ab56 x
	refused 3 'ticket-open: customer.phone: "1234" is shorter than 5 characters' open -k repair -p 1234 x
	refused 3 'ticket-open: customer.unit: "3-!" does not match the pattern ^[0-9A-Za-z\p{Han}]+(-[0-9A-Za-z\p{Han}]+)*$' open -k repair -u '3 栋!' x
	refused 3 'ticket-open: channel: "pigeon" is not one of phone, desk, visit, letter, box, complaint-line, wechat, email, web, patrol, staff, other' \
		open -k repair --channel pigeon x
	refused 3 'ticket-log: YL261120001: price: "1e3" does not match the pattern ^(0|[1-9][0-9]{0,12})\.[0-9]{2}$' at 10:00 ticket-log 1 quoted --price 1e3
	refused 3 'ticket-log: YL261120001: price: "12.345" does not match the pattern ^(0|[1-9][0-9]{0,12})\.[0-9]{2}$' at 10:00 ticket-log 1 quoted --price 12.345
	refused 3 'ticket-log: YL261120001: price: "-12.00" does not match the pattern ^(0|[1-9][0-9]{0,12})\.[0-9]{2}$' at 10:00 ticket-log 1 quoted --price -12
	refused 3 'callback-log: grades.quality: "4.5" is not a whole number' at 10:00 callback-log 1 --answer satisfied --quality 4.5
	refused 3 'callback-log: YL261120001: grades.quality: 6 is more than 5' at 10:00 callback-log 1 --answer satisfied --quality 6
}

@test "a field nobody knows, or that is not for typing" {
	refused 3 'ticket-open: nosuch: unknown field (allowed: kind, category, severity, charging, department, customer, channel, heard-at, first-asked, shop, demand, agreed-at, departments, unclear, promised, unsure, links, matter, text, checked)' \
		open -k repair --set nosuch=1 x
	refused 2 'ticket-open: --set: give FIELD=VALUE, not "nothing"' open -k repair --set nothing x
	refused 3 'ticket-open: customer: is a group of fields: give one of them (customer.…)' open -k repair --set customer=王 x
	refused 3 'ticket-open: customer.age: unknown field (allowed: unit, name, phone, card, address, branch, type, rank, birthday)' open -k repair --set customer.age=40 x
	local field
	for field in event seq id site at recorded by via request-id cause due callbacks withdraws settles override classified; do
		run --separate-stderr open -k repair --set $field=1 x
		status_is 3
		output_is ''
		[[ $stderr == "ticket-open: $field: kefu fills this field in by itself (allowed: "*')' ]]
	done
	[[ $(ls tickets/2026/11) == $'YL261120001.yaml\nYL261120002.yaml' ]]
}

@test "usage: what is missing, too much, or no word the option knows" {
	refused 2 'ticket-open: text is missing: give it as an argument, as - from stdin, or in $EDITOR' open -k repair
	refused 2 'ticket-open: unexpected “y”: it takes [TEXT] (see ticket-open --help)' open -k repair x y
	refused 2 'ticket-open: --charging: “maybe” is not one of free|paid (see ticket-open --help)' open -k repair --charging maybe x
	refused 2 'ticket-close: give --valid or --invalid, not both' at 10:00 ticket-close 2 --valid --invalid -r x
	refused 2 'callback-log: give --unreached or --answer, not both' at 10:00 callback-log 2 --unreached --answer satisfied
	refused 2 'callback-log: give the --answer, or --unreached' at 10:00 callback-log 2
	refused 2 'ticket-log: opened is recorded by ticket-open' at 10:00 ticket-log 1 opened
	refused 2 'ticket-log: callback is recorded by callback-log' at 10:00 ticket-log 1 callback
	refused 2 'ticket-log: imported is recorded by ledger-import' at 10:00 ticket-log 1 imported
}

@test "text that is empty, no UTF-8, with a NUL, or too long" {
	refused 3 'ticket-open: text is empty: nothing is recorded' open -k repair ''
	refused 3 'ticket-open: text is empty: nothing is recorded' open -k repair - </dev/null
	refused 3 'ticket-open: text is not UTF-8 at byte 4' bash -c "$(declare -f at open); day=$day; printf 'abc\\377' | open -k repair -"
	refused 3 'ticket-open: text holds a NUL byte' bash -c "$(declare -f at open); day=$day; printf 'a\\0b' | open -k repair -"
	refused 3 'ticket-open: text is longer than 1048576 bytes' bash -c "$(declare -f at open); day=$day; head -c 1048577 /dev/zero | tr '\\0' x | open -k repair -"
	run --separate-stderr bash -c "$(declare -f at open); day=$day; head -c 200001 /dev/zero | tr '\\0' x | open -k repair -"
	status_is 3
	errors_are 'ticket-open: text: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…" is longer than 200000 characters (it has 200001)'
}

@test "a ticket that is not there, or no number of one" {
	refused 2 'ticket-close: there is no ticket YL261120007: 7 alone means a ticket of today; give one of another day in full' at 10:00 ticket-close 7 -r x
	refused 2 'ticket-assign: there is no ticket AB261120001' at 10:00 ticket-assign AB261120001 wanggang
	refused 2 'ticket-log: there is no ticket YL261199999' at 10:00 ticket-log YL261199999 told --set to=lihua
	local typed
	for typed in '' 0x1 -- ../../kefu YL26112000 yl/261120001 'YL261120001.yaml' 1.0 99999999; do
		run --separate-stderr at 10:00 ticket-show -- "$typed"
		status_is 2
		output_is ''
		[[ $stderr == "ticket-show: \"$typed\" is not a ticket number (like YL261121001, or today's number: 7)" || $stderr == 'ticket-show: TICKET is missing'* ]]
	done
}

@test "closing what is not open, finishing twice, assigning what is closed, reopening what is open" {
	refused 3 'ticket-log: YL261120001: it is open and was not closed: reopened is not possible' at 10:00 ticket-log 1 reopened --reason x
	at 10:00 ticket-close -q 2 -r 已劝离 --valid --reason 未巡逻
	refused 3 'ticket-close: YL261120002: it is closed already: closed is not possible' at 10:01 ticket-close 2 -r x --valid --reason x
	refused 3 'ticket-assign: YL261120002: it is closed already: assigned is not possible' at 10:01 ticket-assign 2 wanggang
	refused 3 'ticket-log: YL261120002: it is closed already: finished is not possible' at 10:01 ticket-log 2 finished
	prints 'YL261120002#3' at 10:02 ticket-log 2 reopened --reason 又吵
	prints 'YL261120002#4' at 10:03 ticket-close 2 -r 已劝离 --valid --reason 未巡逻
	at 10:04 ticket-log -q 1 voided --reason 重复
	refused 3 'ticket-close: YL261120001: it is voided already: closed is not possible' at 10:05 ticket-close 1 -r x
	refused 3 'ticket-log: YL261120001: it is voided already: started is not possible' at 10:05 ticket-log 1 started
}

@test "somebody who left, who is not there yet, whom nobody knows" {
	refused 3 'ticket-assign: YL261120001: to: liuyang left on 2026-10-01' at 10:00 ticket-assign 1 liuyang
	refused 3 'ticket-assign: YL261120001: to: nosuch is not in staff.yaml' at 10:00 ticket-assign 1 nosuch
	at 10:00 staff-log -q joined xinren --name 新人 --from '2026-11-23 08:00'
	refused 3 'ticket-assign: YL261120001: to: xinren was not in staff.yaml yet' at 10:00 ticket-assign 1 xinren
	prints 'YL261120001#2' at '2026-11-23 08:00:00' ticket-assign YL261120001 xinren
	# who was there when it happened may be named afterwards
	at 10:30 staff-log -q left wanggang
	refused 3 'ticket-log: YL261120001: workers: wanggang left on 2026-11-20' at 10:31 ticket-log 1 finished --worker wanggang --work x --signature x --opinion x --phone 12345
	at 10:31 ticket-log -q 1 finished --at 10:29 --worker wanggang --work x --signature x --opinion x --phone 12345
}

@test "a time in the future, none at all, before the ticket was opened, or an end before its beginning" {
	refused 3 'ticket-open: --at: 2026-11-20 10:00:01 is in the future' open -k repair --at '2026-11-20 10:00:01' x
	prints 'YL261120003' open -q -k repair --at '2026-11-20 10:00:00' x
	refused 2 'ticket-open: --at: "tomorrow" is not a time: write 09:02, yesterday 17:30, 2026-11-21 09:02, 2026-11-21 09:02:11 or 2026-11-21T09:02:11+08:00' \
		open -k repair --at tomorrow x
	refused 2 'ticket-open: --at: "2026-02-30 09:00" is not a time: there is no such day' open -k repair --at '2026-02-30 09:00' x
	refused 3 'ticket-assign: YL261120001: --at: this is before the ticket was opened' at 10:00 ticket-assign 1 wanggang --at 08:59:59
	at 10:00 ticket-assign -q 1 zhaoqiang
	refused 3 'ticket-close: YL261120001: end: the work ended before it began' \
		at 10:00 ticket-close 1 --worker wanggang --work x --start 09:30 --end 09:29 --signature x --opinion x --phone 12345 -r x
}

@test "--now sets a writer's clock in ledgers for tests only" {
	sed -i '/^test/d' kefu.yaml
	refused 2 'ticket-open: --now is for ledgers marked `test: true` in kefu.yaml' open -k repair x
	prints 'YL261120001,2026-11-20T09:00:00+08:00' columns ticket,opened at 09:30 ticket-list --kind repair --format csv
}

# Below: damage. A reader says what it can read, names the rest and ends with 4; a writer writes nothing.

# damaged MESSAGE: the repair cannot be added to, the complaint still can be read, and both say why
damaged() {
	refused 4 "ticket-assign: $repair$1" at 10:00 ticket-assign 1 zhaoqiang
	refused 4 "ticket-show: $repair$1" at 10:00 ticket-show 1
	run --separate-stderr columns ticket at 10:00 ticket-list --format csv
	status_is 4
	output_is YL261120002
	errors_are "ticket-list: $repair$1"
	run --separate-stderr at 10:00 callback-due
	status_is 4
	errors_are "callback-due: $repair$1"
}

@test "a file that is cut anywhere but after a document" {
	at 10:00 ticket-assign -q 1 zhaoqiang
	cp $repair whole
	local size length
	size=$(wc -c <whole)
	for ((length = 1; length < size; length += 7)); do
		head -c $length whole >$repair
		# exactly after its first document it is whole; only git could tell
		[[ $(tail -n 1 $repair) == ... ]] && continue
		run --separate-stderr at 10:00 ticket-show 1
		status_is 4
		output_is ''
		[[ $stderr == "ticket-show: $repair:"* && $(wc -l <<<"$stderr") == 1 ]]
	done
	head -c 100 whole >$repair
	rm whole
	damaged ':8:1: cut off in the document that begins at line 1'
}

@test "a file that is empty, no YAML, has a key twice, an alias, a NUL, no UTF-8, or grew beyond measure" {
	cp $repair whole
	: >$repair
	damaged ':1:1: the file is empty'
	echo 'text: {' >$repair
	damaged ':1:1: line 1 must begin a document with "---"'
	sed '3s/.*/&\nseq: 2/' whole >$repair
	damaged ':4:1: key seq appears twice, first in line 3 column 1'
	local seen
	for seen in 's/^text: .*/text: \&a x/' 's/^text: .*/text: !!str x/' 's/^text: .*/text: a\x00b/' 's/^text: .*/text: a\xffb/' \
		's/^at: .*/at: 2026-11-20T09:00:00+08:00/' 's/^at: .*/at: "yesterday"/' 's/^seq: .*/seq: 0/' 's/^event: .*/event: closed/' \
		's/^---$/---\n- a/'; do
		sed "$seen" whole >$repair
		run --separate-stderr at 10:00 ticket-assign 1 zhaoqiang
		status_is 4
		[[ $stderr == "ticket-assign: $repair:"*:*:* && $(wc -l <<<"$stderr") == 1 ]]
	done
	yes '# filler' | head -c 4200000 >$repair
	damaged ': is larger than 4194304 bytes'
}

@test "a file that holds another form than its name says" {
	sed -i 's/^id: .*/id: YL261120009/' $repair
	damaged ':4:5: id: is YL261120009, but the file is YL261120001.yaml'
}

@test "a symbolic link in the tree is never followed" {
	mkdir ../elsewhere && mv $repair ../elsewhere/ && ln -s ../../../../elsewhere/YL261120001.yaml $repair
	local before
	before=$(sha256sum ../elsewhere/*)
	damaged ': is a symbolic link: the ledger holds only plain files'
	diff <(echo "$before") <(sha256sum ../elsewhere/*)
	rm $repair && mv ../elsewhere/YL261120001.yaml $repair
	mv tickets/2026 ../elsewhere/ && ln -s ../../elsewhere/2026 tickets/2026
	refused 4 'ticket-open: tickets/2026: is a symbolic link: the ledger holds only plain files' open -q -k repair x
	refused 4 'ticket-assign: tickets/2026: is a symbolic link: the ledger holds only plain files' at 10:00 ticket-assign 1 zhaoqiang
	refused 4 'callback-due: tickets/2026: is a symbolic link: the ledger holds only plain files' at 10:00 callback-due
	rm tickets/2026 && mv ../elsewhere/2026 tickets/
	mv policy/resident-centre.yaml ../elsewhere/ && ln -s ../../elsewhere/resident-centre.yaml policy/
	refused 4 'ticket-open: policy/resident-centre.yaml: is a symbolic link: the ledger holds only plain files' open -q -k repair x
}

# typo SED MESSAGE: a pack so changed lets nobody write, and the reader says the same
typo() {
	sed -i "$1" policy/resident-centre.yaml
	plan_made "$day"
	refused 4 "ticket-open: policy/resident-centre.yaml:$2" open -q -k repair x
	refused 4 "callback-due: policy/resident-centre.yaml:$2" at 10:00 callback-due
	cp "$BATS_FILE_TMPDIR/ledger/policy/resident-centre.yaml" policy/
}

# place PATTERN [KEY]: line:column of KEY's value in the first line of the pack that holds PATTERN
place() {
	grep -n -m 1 -F -- "$1" "$BATS_FILE_TMPDIR/ledger/policy/resident-centre.yaml" | python3 -c '
import sys
number, line = sys.stdin.readline().rstrip("\n").split(":", 1)
print("%s:%d" % (number, line.index(sys.argv[1]) + 1 + int(sys.argv[2])))' "$2" "${3:-0}"
}

@test "a policy with a typo: file, line, column, clause, and what is allowed" {
	local conditions
	conditions=$(sed -n '/^match:/,/^$/s/^  \([a-z-]*\): .*/\1/p' policy/resident-centre.yaml | paste -sd , | sed 's/,/, /g')
	typo 's/within: 24 h,/within: 24 hours,/' \
		"$(place 'rule: pass-on' '24 h'): deadlines[1].within: \"24 hours\" does not match the pattern ^(0|[1-9][0-9]{0,5}) (min|h|wmin|wh|d|wd|w|mo|y)\$"
	typo 's/by: \[desk, supervisor, duty-lead\]/by: [desk, supervisr, duty-lead]/' \
		"$(place 'by: [desk, supervisor, duty-lead]' 'supervisor'): \"supervisr\" is not a role of these packs (allowed: desk, officer, supervisor, centre-director, office-director, office-head, manager, department-head, duty-lead, worker, repair-foreman, records-clerk, property-assistant, archive-keeper) [H2.C-1 H2.C-2]"
	typo 's/if: paid, needs: \[receipt\]/if: payed, needs: [receipt]/' \
		"$(place 'if: paid, needs: [receipt]' 'paid, needs'): if: \"payed\" is not a condition under match (allowed: $conditions) [H2.C-6]"
	typo 's/until: \[replied\]/until: [repleid]/' \
		"$(place 'rule: promised-reply' 'replied'): until: \"repleid\" is not a step: no entry under steps names it [H2.A-8]"
	typo 's/after: \[quoted\], not-after/after: [qouted], not-after/' \
		"$(place 'after: [quoted], not-after' 'quoted], not'): after: \"qouted\" is not a step: no entry under steps names it [H2.C-5]"
	typo 's/who: \[manager\]/who: [mananger]/' \
		"$(place 'who: [manager]' 'manager]'): \"mananger\" is not a role of these packs (allowed: desk, officer, supervisor, centre-director, office-director, office-head, manager, department-head, duty-lead, worker, repair-foreman, records-clerk, property-assistant, archive-keeper) [H2.A-1]"
	typo 's/unsatisfied: open complaint, unsatisfied-clause: H2.B-1, clause: H2.A-3/unsatisfied: open complain, unsatisfied-clause: H2.B-1, clause: H2.A-3/' \
		"$(place 'rule: project,' 'open complaint'): unsatisfied: \"complain\" is not a kind of these packs (allowed: reopen, open first-aid, open complaint, open repair, open project, open activity, open inquiry, open suggestion, open request, open routine) [H2.A-3]"
	typo 's/needs: \[receipt\]/needs: [reciept]/' "$(place 'needs: [receipt]' 'receipt]'): needs: \"reciept\" is not a field of closed [H2.C-6]"
	run --separate-stderr sed -i 's/^callbacks:/callback:/' policy/resident-centre.yaml
	run --separate-stderr open -q -k repair x
	status_is 4
	[[ $stderr == "ticket-open: policy/resident-centre.yaml:$(place 'callbacks:' callbacks): callback: unknown field (allowed: pack, title, "*')' ]]
}

@test "a pack, a schema, the header or staff.yaml that are missing or damaged" {
	rm policy/resident-centre.yaml
	refused 4 'ticket-open: policy/resident-centre.yaml: missing' open -q -k repair x
	cp "$BATS_FILE_TMPDIR/ledger/policy/resident-centre.yaml" policy/
	mv schemas/fields.yaml .
	run --separate-stderr open -q -k repair x
	status_is 4
	[[ $stderr == 'ticket-open: schemas/'*'missing'* ]]
	mv fields.yaml schemas/
	mv staff.yaml kept
	refused 4 'ticket-open: staff.yaml: missing' open -q -k repair x
	head -c 300 kept >staff.yaml
	run --separate-stderr open -q -k repair x
	status_is 4
	[[ $stderr == 'ticket-open: staff.yaml:'*': cut off in the document that begins at line '* ]]
	mv kept staff.yaml
	cp kefu.yaml kept
	sed -i 's/^format: .*/format: 2/' kefu.yaml
	refused 4 'ticket-open: kefu.yaml:1:1: this ledger has format 2, this kefu knows formats up to 1: install a newer kefu' open -q -k repair x
	sed 's/^name: .*/name: no/' kept >kefu.yaml
	refused 4 'ticket-open: kefu.yaml:2:7: no means different things to different readers: quote it' open -q -k repair x
	sed '/^packs:/,$d' kept >kefu.yaml
	refused 4 'ticket-open: kefu.yaml:1:1: packs: missing' open -q -k repair x
	sed 's/Shanghai/Shangai/' kept >kefu.yaml
	run --separate-stderr open -q -k repair x
	status_is 4
	[[ $stderr == 'ticket-open: kefu.yaml:3:'*': there is no time zone Asia/Shangai in '* ]]
}

@test "no ledger here" {
	cd /
	refused_here() { run --separate-stderr "${@:3}"; status_is "$1" && output_is '' && errors_are "$2"; }
	refused_here 2 'ticket-list: no ledger here: no kefu.yaml in this folder or above it (ledger-init makes one)' ticket-list
	refused_here 2 'ticket-open: /nonexistent: No such file or directory' ticket-open -C /nonexistent -k repair x
	refused_here 2 'callback-due: no ledger here: no kefu.yaml in /dev or above it (ledger-init makes one)' env KEFU_LEDGER=/dev callback-due
}

@test "a clone without a site code opens nothing and says what to run; a reader reads" {
	rm .kefu/site
	local message='this clone has no site code yet: run `ledger-init --site CODE` in it, with a code no other clone uses'
	refused 3 "ticket-open: $message" open -q -k repair x
	refused 3 "ticket-assign: $message" at 10:00 ticket-assign YL261120001 zhaoqiang
	refused 3 "staff-log: $message" at 10:00 staff-log left wanggang
	prints $'YL261120001\nYL261120002' columns ticket at 10:00 ticket-list --format csv
	echo ZZ >.kefu/site
	refused 3 "ticket-open: this clone's site code ZZ is not among the sites in kefu.yaml" open -q -k repair x
	run --separate-stderr at 10:00 ticket-show YL261120001
	status_is 0
}

# Below: the system fails.

# A copy of the programs and of the ledger where another user gets at them.
public_ledger() {
	public=$(mktemp -d -p /dev/shm kefu-public.XXXXXX 2>/dev/null || mktemp -d /tmp/kefu-public.XXXXXX)
	chmod 755 "$public"
	cp -a "$BATS_FILE_TMPDIR/ledger" "$public/ledger"
	mkdir "$public/bin" && cp "$build"/bin/* "$public/bin/" && chmod 755 "$public"/bin/*
	PATH=$public/bin:$PATH
	cd "$public/ledger" || return
}

teardown() {
	cd /
	[[ ! ${mounted-} ]] || umount "$mounted"
	[[ ! ${public-} ]] || rm -rf "$public"
}

as_nobody() { setpriv --reuid nobody --regid "$(id -g nobody)" --clear-groups "$@"; }

@test "no permission to write: 5, named, and nothing is written" {
	[[ $(id -u) == 0 ]] || skip 'changing the user needs root'
	public_ledger
	at 10:00 staff-log -q joined nobody --name 某人 --role desk
	chmod -R a+rX,go-w . && chmod 755 .kefu && find .kefu -type f -exec chmod 644 {} +
	refused 5 'ticket-open: .kefu/lock: cannot lock the ledger: Permission denied' as_nobody ticket-open --now '2026-11-20 10:00' -k repair -u 3-1 x
	chmod 777 .kefu && chmod 666 .kefu/lock
	refused 5 'ticket-open: tickets/2026/11/YL261120003.yaml: cannot write: Permission denied' \
		as_nobody ticket-open -q --now '2026-11-20 10:00' -k repair -u 3-1 x
	refused 5 'ticket-assign: tickets/2026/11/YL261120001.yaml: cannot write: Permission denied' \
		as_nobody ticket-assign --now '2026-11-20 10:00' 1 wanggang
}

@test "no permission to read: the file is named, the others are listed" {
	[[ $(id -u) == 0 ]] || skip 'changing the user needs root'
	public_ledger
	at 10:00 staff-log -q joined nobody --name 某人 --role desk
	chmod -R a+rX . && chmod 777 .kefu && chmod 666 .kefu/lock && chmod 0 $repair
	run --separate-stderr as_nobody ticket-list --now '2026-11-20 10:00' --format tsv --no-header
	[[ $output == YL261120002* && $stderr == "ticket-list: $repair: "*'Permission denied' ]]
	status_is 5
	chmod 0 tickets/2026/11
	run --separate-stderr as_nobody ticket-list --now '2026-11-20 10:00'
	[[ $output == '' && $stderr == "ticket-list: tickets/2026/11: "*'Permission denied' ]]
	status_is 5
}

@test "a login that is not in staff.yaml, one that left, a uid without a login" {
	[[ $(id -u) == 0 ]] || skip 'changing the user needs root'
	public_ledger
	chmod -R a+rwX .
	local open=(ticket-open -q --now '2026-11-20 10:00' -k repair -u 3-1 x)
	refused 3 'ticket-open: login nobody is not in staff.yaml: have it entered with staff-log' as_nobody "${open[@]}"
	# $USER and its like are not believed
	refused 3 'ticket-open: login nobody is not in staff.yaml: have it entered with staff-log' \
		as_nobody env USER=root LOGNAME=root USERNAME=root SUDO_USER=root "${open[@]}"
	at 09:30 staff-log -q joined zhoumin --name 周敏 --role desk --login nobody
	prints 'YL261120003' as_nobody "${open[@]}"
	at 09:40 staff-log -q left zhoumin
	refused 3 'ticket-open: login nobody: zhoumin does not work here any more' as_nobody "${open[@]}"
	refused 3 'ticket-open: user id 54321 has no login name on this machine' setpriv --reuid 54321 --clear-groups "${open[@]}"
}

@test "a full disk: nothing written, and it works again when there is room" {
	[[ $(id -u) == 0 ]] || skip 'mounting needs root'
	mkdir ../small
	mount -t tmpfs -o size=512k tmpfs ../small || skip 'no tmpfs here'
	mounted=$BATS_TEST_TMPDIR/small
	cp -a . ../small/ && cd ../small
	cat /dev/zero >filler 2>/dev/null || true
	run --separate-stderr open -q -k repair x
	status_is 5
	output_is ''
	[[ $stderr == 'ticket-open: '*': No space left on device' && $(wc -l <<<"$stderr") == 1 ]]
	refused 5 "ticket-assign: $repair: cannot write: No space left on device" at 10:00 ticket-assign 1 zhaoqiang
	refused 5 'staff-log: staff.yaml: cannot write: No space left on device' at 10:00 staff-log changed wanggang --phone 12345
	rm filler
	prints 'YL261120003' open -q -k repair x
	prints 'YL261120001#2' at 10:00 ticket-assign 1 zhaoqiang
}

# The same and worse without root: the calls themselves fail (tests/fault/shim.c).
shim() {
	[[ -e $BATS_FILE_TMPDIR/shim.so ]] ||
		${CC:-cc} -D_GNU_SOURCE -std=gnu17 -O1 -shared -fPIC -o "$BATS_FILE_TMPDIR/shim.so" "$BATS_TEST_DIRNAME/../fault/shim.c" -ldl
	env LD_PRELOAD="$BATS_FILE_TMPDIR/shim.so" SHIM_ROOT="$PWD" SHIM_LOG="$BATS_TEST_TMPDIR/log" \
		ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0" "$@"
}

@test "write, fsync, rename fail: 5 and nothing is written; after the rename: 6, and the id is told" {
	local failing
	for failing in write:1:28 fsync:1:5 rename:1:13 create:1:122 close:1:5; do
		refused 5 "ticket-assign: $repair: cannot write: $(error_text "${failing##*:}")" \
			shim SHIM_FAIL="$failing" ticket-assign --now '2026-11-20 10:00' 1 zhaoqiang
		run --separate-stderr shim SHIM_FAIL="$failing" ticket-open -q --now '2026-11-20 10:00' -k repair -u 3-1 x
		status_is 5
		output_is ''
	done
	[[ $(ls tickets/2026/11) == $'YL261120001.yaml\nYL261120002.yaml' ]]
	run --separate-stderr shim SHIM_FAIL=fsyncdir:1:5 ticket-open -q --now '2026-11-20 10:00' -k repair -u 3-1 x
	status_is 6
	output_is 'YL261120003'
	[[ $stderr == 'ticket-open: tickets/2026/11/YL261120003.yaml: written, but '* && -e tickets/2026/11/YL261120003.yaml ]]
	run --separate-stderr shim SHIM_FAIL=fsyncdir:1:5 ticket-assign --now '2026-11-20 10:00' 1 zhaoqiang
	status_is 6
	output_is 'YL261120001#2'
}

error_text() { python3 -c 'import os, sys; print(os.strerror(int(sys.argv[1])))' "$1"; }

@test "stdout that cannot be written: 6 when something is recorded, 5 when nothing is" {
	run --separate-stderr bash -c 'ticket-open -q --now "2026-11-20 10:00" -k repair -u 3-1 x >/dev/full'
	status_is 6
	[[ $stderr == 'ticket-open: '*'YL261120003'* && -e tickets/2026/11/YL261120003.yaml ]]
	run --separate-stderr bash -c 'ticket-list --now "2026-11-20 10:00" >/dev/full'
	status_is 5
	run --separate-stderr bash -c 'ticket-list --now "2026-11-20 10:00" | head -c 1; exit ${PIPESTATUS[0]}'
	[[ $stderr == '' ]]
}

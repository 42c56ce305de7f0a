#!/usr/bin/env bats
# Waiting for the household or for parts: nothing pauses, the time waited can be added by who approves that, and lateness by
# waiting is told from lateness of one's own. 20 November 2026 is a Friday.
load ../helper

setup_file() {
	cat >"$BATS_FILE_TMPDIR/own.yaml" <<-'END'
		pack: own
		title: Own
		source: own
		roles:
		  - {role: desk, title: Desk, records-for-others: true}
		  - {role: head, title: Head}
		  - {role: director, title: Director}
		hours: [{hours: desk, days: working, open: ["08:00-12:00", "14:00-18:00"], business: true}]
		kinds: [{kind: matter, title: Matter}]
		deadlines:
		  - {rule: in-days, start: opened, until: [finished], within: 3 wd, extend: days, clause: W-1}
		  - {rule: in-hours, start: opened, until: [finished], within: 8 wh, extend: days, clause: W-2}
		  - {rule: at-once, start: opened, until: [finished], within: 48 h, clause: W-3}
		  - {rule: in-weeks, start: opened, until: [finished], within: 1 w, extend: days, clause: W-4}
		  - {rule: by-calendar, start: opened, anchor: month end, until: [finished], extend: days, clause: W-5}
		extensions:
		  - {extend: days, total: 2 w, by: head, clause: W-6}
		  - {extend: days, total: any, by: director, clause: W-7}
	END
	cd "$BATS_FILE_TMPDIR" || return
	ledger-init ledger --pack ./own.yaml --site YL --person keeper --test --now '2026-01-05 08:00'
	local person
	for person in lihua:desk zhao:head wen:director; do
		staff-log -C ledger -q --now '2026-01-05 08:00' joined "${person%:*}" --name x --role "${person#*:}" >/dev/null
	done
}

# shellcheck disable=SC2034 # for at, of helper.bash
day=2026-11-20

# waits FROM: a ticket of nine o'clock that waits for the household since then
waits() {
	at 09:00 ticket-open -q --by lihua -k matter -u 3-1201 门坏了 >/dev/null
	at "$1" ticket-log -q 1 waiting --by lihua --set waits-for=household --reason 家里没人 >/dev/null
}

# proposed TIME: what kefu proposes when work goes on then, each deadline with the end it would have and who may approve it
proposed() {
	at "$1" ticket-log YL261120001 resumed --by lihua 2>&1 >/dev/null | sed -E -n \
		's/^ticket-log: YL261120001: without the time it waited, ([a-z-]+) \[W-[0-9]\] would end ([0-9: -]+); (no rule|[a-z or]+ may).*/\1 \2 \3/p'
}

@test "on resuming kefu proposes each end later by exactly the time waited, in its own kind of time, and who may approve it" {
	waits 10:00
	# from Friday 10:00 to Tuesday 15:00: 2 working days, 6 + 8 + 5 working hours, 101 hours, 4 days
	prints 'in-days 2026-11-27 18:00 head may
in-hours 2026-11-25 12:00 head may
at-once 2026-11-26 14:00 no rule
in-weeks 2026-12-01 23:59:59 head may
by-calendar 2026-12-04 23:59:59 head may' proposed '2026-11-24 15:00'
}

@test "what was waited within a day is nothing in days" {
	waits 10:00
	prints 'in-hours 2026-11-23 15:00 head may
at-once 2026-11-22 15:00 no rule' proposed 16:00
}

@test "the command that is proposed records it, once the approver signs; nothing has paused before" {
	waits 10:00
	prints $'in-days,2026-11-25T18:00:00+08:00,household\nat-once,2026-11-22T09:00:00+08:00,household' \
		grep -E '^in-days|^at-once' <(columns deadline,due,waits-for at 11:00 ticket-due --format csv | sort -r)
	[[ $(at 11:00 ticket-due) == *'finished (waits for household)'* ]]
	[[ $(at 11:00 ticket-show 1) == *$'\nwaits for household since 2026-11-20 10:00 (#2)\n'* ]]
	local said
	said=$(at '2026-11-24 15:00' ticket-log YL261120001 resumed --by lihua 2>&1 >/dev/null)
	said=$(grep 'in-days' <<<"$said")
	[[ $said == *"head may approve that: ticket-log YL261120001 extended --set extends=in-days --set until='2026-11-27 18:00' --set approved-by=PERSON --reason TEXT" ]]
	said=${said#*: ticket-log}
	refused 3 "ticket-log: YL261120001: approved-by: an extension to 2026-11-27T18:00:00+08:00 needs the approval of the role head; wen does not have it [W-6]" \
		eval "at '2026-11-24 15:01' ticket-log --by lihua ${said//PERSON/wen}"
	prints 'YL261120001#4' eval "at '2026-11-24 15:01' ticket-log --by lihua ${said//PERSON/zhao}"
	[[ $(at '2026-11-24 16:00' ticket-show YL261120001) != *'waits for'* ]]
	# what was approved is not counted once more
	at '2026-11-24 16:00' ticket-log -q YL261120001 waiting --by lihua --set waits-for=parts --reason 等配件 >/dev/null
	[[ $(proposed '2026-11-25 09:00') == *'in-days 2026-11-30 18:00 head may'* ]]
	ledger-check -q --now '2026-11-25 10:00'
}

@test "late by waiting is told from late by us" {
	waits 10:00
	at '2026-11-24 15:00' ticket-log -q YL261120001 resumed --by lihua >/dev/null
	at '2026-11-25 12:00' ticket-log -q YL261120001 finished --by lihua --work 换锁 >/dev/null
	run at '2026-11-25 13:00' ticket-show YL261120001
	[[ $output == *'in-days [W-1] 2026-11-25 18:00  in time at 2026-11-25 12:00 (#4)'$'\n'* ]]
	[[ $output == *'in-hours [W-2] 2026-11-23 09:00  LATE at 2026-11-25 12:00 (#4), by waiting'$'\n'* ]]
	[[ $(at '2026-11-25 13:00' ticket-why YL261120001) == *'waited: for household from Fri 2026-11-20 10:00 to Tue 2026-11-24 15:00 (#2)'*'after it, by waiting'* ]]
	# one second more, and it was not only the wait
	at 09:00 ticket-open -q --by lihua -k matter -u 3-1202 门坏了 >/dev/null
	at 10:00 ticket-log -q 2 waiting --by lihua --set waits-for=household --reason 家里没人 >/dev/null
	at '2026-11-24 15:00' ticket-log -q YL261120002 resumed --by lihua >/dev/null
	at '2026-11-25 12:00:01' ticket-log -q YL261120002 finished --by lihua --work 换锁 >/dev/null
	run at '2026-11-25 13:00' ticket-show YL261120002
	[[ $output == *'in-hours [W-2] 2026-11-23 09:00  LATE at 2026-11-25 12:00 (#4)'$'\n'* ]]
}

@test "a wait begins once, ends once, and ends with the work" {
	at 09:00 ticket-open -q --by lihua -k matter -u 3-1201 门坏了 >/dev/null
	refused 3 'ticket-log: YL261120001: it does not wait for anybody' at 09:30 ticket-log 1 resumed --by lihua
	refused 3 'ticket-log: YL261120001: waits-for: missing' at 09:30 ticket-log 1 waiting --by lihua --reason x
	refused 3 'ticket-log: YL261120001: waits-for: "weather" is not one of household, parts, contractor, department, authority, other' \
		at 09:30 ticket-log 1 waiting --by lihua --reason x --set waits-for=weather
	at 10:00 ticket-log -q 1 waiting --by lihua --set waits-for=parts --reason 等配件 >/dev/null
	refused 3 'ticket-log: YL261120001: it waits for parts already, since 2026-11-20 10:00 (#2): record resumed first' \
		at 10:30 ticket-log 1 waiting --by lihua --set waits-for=household --reason x
	at 11:00 ticket-log -q 1 finished --by lihua --work 换锁 >/dev/null
	refused 3 'ticket-log: YL261120001: it does not wait for anybody' at 11:30 ticket-log 1 resumed --by lihua
	[[ $(at 12:00 ticket-show 1) != *'waits for'* ]]
	ledger-check -q --now '2026-11-20 13:00'
}

@test "conditions see for whom a ticket waits" {
	sed -i -e '/^deadlines:/i match:\n  at-home: {properties: {waits-for: {const: household}}, required: [waits-for]}\nsteps:\n  - {step: visited, kind: matter, if: at-home, clause: W-8}' policy/own.yaml
	at 09:00 ticket-open -q --by lihua -k matter -u 3-1201 门坏了 >/dev/null
	run --separate-stderr at 09:30 ticket-log 1 visited --by lihua
	status_is 3
	at 10:00 ticket-log -q 1 waiting --by lihua --set waits-for=household --reason 家里没人 >/dev/null
	prints 'YL261120001#3' at 10:30 ticket-log 1 visited --by lihua
}

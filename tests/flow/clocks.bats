#!/usr/bin/env bats
# Clocks that begin anew by a named step or run beside others, what outlives a reopening, and what asks for steps before the one at hand.
load ../helper

# shellcheck disable=SC2034 # for at, of helper.bash
day=2026-11-20

setup_file() {
	cat >"$BATS_FILE_TMPDIR/clocks.yaml" <<'END'
pack: clocks
title: Clocks
source: tried
roles:
  - {role: desk, title: desk}
  - {role: lead, title: lead}
kinds:
  - {kind: repair, title: repair}
  - {kind: complaint, title: complaint}
severities:
  - {severity: usual, title: usual}
  - {severity: grave, title: grave}
match:
  grave: {properties: {severity: {const: grave}}, required: [severity]}
  twice: {properties: {earlier: {properties: {events: {contains: {const: chased}}}}}}
steps:
  - {step: [chased, answered, approved, asked, looked-after, fitted, followed-up], by: desk, clause: K-0}
  - {step: carried-out, after: approved, newer: [[approved, carried-out]], title: each time needs a fresh approval, override: lead, clause: K-1}
  - {step: chased, if: twice, needs: [text], clause: K-2}
deadlines:
  - {rule: reply, kind: repair, start: opened, within: 4 h, until: answered, restart: [chased, reopened], clause: K-3}
  - {rule: grave-reply, if: grave, start: opened, within: 2 h, until: answered, restart: chased, clause: K-4}
  - {rule: asked-for, start: asked, within: 1 h, until: answered, clause: K-5}
  - {rule: fit, start: looked-after, within: 1 h, until: fitted, restart: looked-after, clause: K-6}
  - {rule: follow-up, kind: complaint, start: closed, within: 3 d, until: followed-up, survives: reopening, clause: K-7}
  - {rule: grave-follow-up, if: grave, start: closed, within: 1 d, until: followed-up, survives: reopening, clause: K-8}
  - {rule: file, kind: complaint, start: closed, within: 5 d, until: fitted, clause: K-9}
callbacks:
  - {rule: call, kind: complaint, after: closed, within: 3 d, rate: "1", who: [desk], survives: reopening, clause: K-10}
END
}

clocks() {
	ledger "$BATS_FILE_TMPDIR/clocks.yaml" --person keeper --now '2026-09-01 08:00' --quiet
	staff-log -q joined lihua --role desk --name x --now '2026-09-01 08:00' >/dev/null
	staff-log -q joined lead --role lead --role desk --name x --now '2026-09-01 08:00' >/dev/null
	at 09:00 ticket-open -q --by lihua --kind "${1:-repair}" -u 3-1201 水管漏水 >/dev/null
}

duties() { at "$1" ticket-show YL261120001 | sed -n '/^Deadlines/,/^$/p;/^Callbacks/,/^$/p' | grep '^  '; }

log() { at "$1" ticket-log -q YL261120001 "${@:2}" --by lihua; }

@test "a step asks for one that came between it and the last time it was taken" {
	clocks
	run --separate-stderr log 09:10 carried-out
	status_is 3
	log 09:20 approved
	log 09:30 carried-out
	refused 3 'ticket-log: YL261120001: each time needs a fresh approval: approved has to be recorded again after the last carried-out (#3) [K-1]' \
		log 09:40 carried-out
	log 09:50 approved
	log 10:00 carried-out
	at 10:10 ticket-log -q YL261120001 carried-out --by lead --override 急 2>/dev/null
	run -0 at 10:10 ledger-check -q
}

@test "conditions see what happened before the document at hand" {
	clocks
	log 09:10 chased
	refused 3 'ticket-log: YL261120001: chased needs the field text [K-2]' log 09:20 chased
	log 09:20 chased --text 还是没人来
}

@test "a named step sets the running deadline anew, and says so" {
	clocks
	run --separate-stderr -0 at 11:00 ticket-log YL261120001 chased --by lihua
	[[ $stderr == *'moved: reply from 2026-11-20 13:00 to 2026-11-20 15:00 [K-3]'* ]]
	run -0 duties 12:00
	output_is '  reply [K-3] 2026-11-20 13:00  withdrawn at 2026-11-20 11:00 (#2)
  reply [K-3] 2026-11-20 15:00  open'
	run -0 cat tickets/2026/11/YL261120001.yaml
	[[ $output == *'event: chased'*'withdraws:'*'reply'*'due:'*'id: reply'*'start: "2026-11-20T11:00:00+08:00"'* ]]
	# what was missed stays so
	log 16:00 chased --text 又来
	run -0 duties 16:00
	output_is '  reply [K-3] 2026-11-20 13:00  withdrawn at 2026-11-20 11:00 (#2)
  reply [K-3] 2026-11-20 15:00  LATE, not done when chased at 2026-11-20 16:00 (#3)
  reply [K-3] 2026-11-20 20:00  open'
	log 17:00 answered
	# nothing runs, so nothing begins
	log 18:00 chased --text 又来
	run -0 duties 18:00
	[[ $output != *'open'* && $output == *'in time at 2026-11-20 17:00 (#4)'* ]]
	run -0 at 18:00 ledger-check -q
	output_is ''
}

@test "... recorded afterwards, it moves nothing back" {
	clocks
	log 11:00 chased
	log 12:00 chased --at 10:00 --text 先来过
	run -0 duties 12:00
	[[ $output == *'reply [K-3] 2026-11-20 15:00  open' ]]
	[[ $(grep -c open <<<"$output") == 1 ]]
}

@test "... a reopening, too, where the rule names it" {
	clocks
	log 10:00 answered
	at 10:10 ticket-close -q 1 --by lihua -r 已修好
	log 10:20 reopened --reason 又漏
	run -0 duties 10:30
	[[ $output == *'reply [K-3] 2026-11-20 14:20  open' ]]
	[[ $(grep -c open <<<"$output") == 1 ]]
}

@test "facts that change withdraw and set what began anew, from the step it began with" {
	clocks
	log 10:00 chased
	log 10:30 reclassified --set severity=grave --reason 严重
	run -0 duties 10:30
	output_is '  reply [K-3] 2026-11-20 13:00  withdrawn at 2026-11-20 10:00 (#2)
  reply [K-3] 2026-11-20 14:00  open
  grave-reply [K-4] 2026-11-20 12:00  open'
	log 10:40 reclassified --set severity=usual --reason 不严重
	run -0 duties 10:40
	output_is '  reply [K-3] 2026-11-20 13:00  withdrawn at 2026-11-20 10:00 (#2)
  reply [K-3] 2026-11-20 14:00  open
  grave-reply [K-4] 2026-11-20 12:00  withdrawn at 2026-11-20 10:40 (#4)'
	run -0 at 10:40 ledger-check -q
	output_is ''
}

@test "without restart, each time the step sets a further deadline beside those that run" {
	clocks
	log 09:10 asked
	log 09:30 asked
	run -0 duties 09:40
	[[ $output == *'asked-for [K-5] 2026-11-20 10:10  open'*'asked-for-2 [K-5] 2026-11-20 10:30  open' ]]
	log 10:20 answered
	run -0 duties 10:20
	[[ $output == *'asked-for [K-5] 2026-11-20 10:10  LATE'*'asked-for-2 [K-5] 2026-11-20 10:30  in time'* ]]
	# and with it, one
	log 10:30 looked-after
	log 10:50 looked-after
	run -0 duties 10:50
	[[ $output == *'fit [K-6] 2026-11-20 11:50  open' && $output != *fit-2* ]]
	run -0 at 11:00 ledger-check -q
	output_is ''
}

@test "what survives a reopening is owed still, and by its own end" {
	clocks complaint
	at 10:00 ticket-close -q 1 --by lihua -r 已答复
	log 11:00 reopened --reason 不满意
	run -0 duties 11:00
	output_is '  follow-up [K-7] 2026-11-23 23:59  open
  file [K-9] 2026-11-25 23:59  withdrawn at 2026-11-20 11:00 (#3)
  call [K-10] 2026-11-23 23:59  open'
	# a fact that changes in the new cycle reaches it there
	log 11:10 reclassified --set severity=grave --reason 严重
	run -0 duties 11:10
	[[ $output == *'grave-follow-up [K-8] 2026-11-21 23:59  open'* ]]
	log 11:20 reclassified --set severity=usual --reason 不严重
	run -0 duties 11:20
	[[ $output == *'grave-follow-up [K-8] 2026-11-21 23:59  withdrawn'* ]]
	[[ $output == *'follow-up [K-7] 2026-11-23 23:59  open'* ]]
	log 12:00 followed-up
	run -0 duties 12:00
	[[ $output == *'follow-up [K-7] 2026-11-23 23:59  in time'* ]]
	at 12:00 callback-log -q YL261120001 --by lihua --caller lihua --manner telephone --answer satisfied
	run -0 duties 12:00
	[[ $output == *'call [K-10]'*'in time'* ]]
	run -0 at 12:10 ledger-check -q
	output_is ''
}

@test "ledger-check finds a clock that did not begin anew, and what does not survive by the rules" {
	clocks complaint
	at 10:00 ticket-close -q 1 --by lihua -r 已答复
	sed -i '/survives: reopening/d' tickets/2026/11/YL261120001.yaml
	run -1 at 10:00 ledger-check -q
	[[ $output == *'survives is missing, but by the rule follow-up it should be reopening '*K-7* ]]
	[[ $output == *'survives is missing, but by the rule call it should be reopening '*K-10* ]]
	at 10:10 ticket-open -q --by lihua --kind repair -u 3-1202 停电 >/dev/null
	at 11:00 ticket-log -q YL261120002 chased --by lihua
	sed -i '/^event: chased/,$ {/^withdraws/,/T15:00/d}' tickets/2026/11/YL261120002.yaml
	run -1 at 11:00 ledger-check -q tickets/2026/11/YL261120002.yaml
	[[ $output == *'reply: missing: by the rule reply it is due at 2026-11-20T15:00:00+08:00 '*K-3* ]]
	[[ $output == *'withdraws: reply is missing: that is what follows from the facts'* ]]
}

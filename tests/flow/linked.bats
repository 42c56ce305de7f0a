#!/usr/bin/env bats
# Forms that are linked: both say so, conditions see the other, and a step of the one starts a clock of the other.
load ../helper

# shellcheck disable=SC2034 # for at, of helper.bash
day=2026-11-20

setup_file() {
	cat >"$BATS_FILE_TMPDIR/linked.yaml" <<'END'
pack: linked
title: Linked
source: tried
roles:
  - {role: desk, title: desk}
  - {role: lead, title: lead}
kinds:
  - {kind: repair, title: repair}
  - {kind: complaint, title: complaint}
  - {kind: stay, title: stay}
match:
  repair-open:
    required: [linked]
    properties:
      linked: {contains: {properties: {kind: {const: repair}, state: {enum: [open, finished]}}, required: [kind, state]}}
  key-out:
    properties: {linked: {contains: {properties: {steps: {required: [lent]}, events: {not: {contains: {const: handed-in}}}}}}}
    required: [linked]
steps:
  - {step: [checked-out, lent, handed-in, called], by: desk, clause: L-0}
  - {step: closed, kind: complaint, if: repair-open, refuse: the repair it was passed on to is not done, override: lead, clause: L-1}
  - {step: checked-out, kind: stay, if: key-out, refuse: a key is out, clause: L-2}
deadlines:
  - {rule: farewell-call, kind: complaint, start: linked.checked-out, within: 2 h, until: called, clause: L-3}
END
}

linked() {
	ledger "$BATS_FILE_TMPDIR/linked.yaml" --person keeper --now '2026-09-01 08:00' --quiet
	staff-log -q joined lihua --role desk --name x --now '2026-09-01 08:00' >/dev/null
	staff-log -q joined lead --role lead --role desk --name x --now '2026-09-01 08:00' >/dev/null
	at 09:00 ticket-open -q --by lihua -k complaint -u 3-1201 楼道灯坏了没人修 >/dev/null
	at 09:01 ticket-open -q --by lihua -k repair -u 3-1201 楼道灯 --set links=YL261120001 >/dev/null
	at 09:02 ticket-open -q --by lihua -k stay -u 3-1202 入住 >/dev/null
}

file() { cat "tickets/2026/11/YL26112000$1.yaml"; }

@test "both forms say that they are linked, and each is shown with the state of the other" {
	linked
	run -0 file 1
	[[ $output == *'event: linked'*'cause: "YL261120002#1"'*'links:'*'YL261120002'* ]]
	run -0 at 09:10 ticket-show YL261120001
	[[ $output == *$'Linked\n  YL261120002  open  repair  楼道灯\n'* ]]
	run -0 at 09:10 ticket-show YL261120002
	[[ $output == *$'Linked\n  YL261120001  open  complaint  楼道灯坏了没人修\n'* ]]
	# by a step of its own, too, and once
	at 09:20 ticket-log -q YL261120003 linked --by lihua --set links=YL261120001
	at 09:21 ticket-log -q YL261120001 called --by lihua --set links=YL261120003
	[[ $(file 1 | grep -c 'event: linked') == 2 ]]
	[[ $(file 3 | grep -c 'event: linked') == 1 ]]
	run -0 at 09:30 ledger-check -q
	output_is ''
}

@test "what is linked has to be there, and not void; nothing is written otherwise" {
	linked
	at 09:30 ticket-log -q YL261120003 voided --by lihua --reason 重复
	cp -r tickets before
	refused 3 'ticket-open: links: there is no ticket YL261120009' \
		at 09:40 ticket-open -q --by lihua -k repair -u 3-1 x --set links=YL261120009
	refused 3 'ticket-open: links: YL261120003 was voided' \
		at 09:40 ticket-open -q --by lihua -k repair -u 3-1 x --set links=YL261120003
	refused 3 'ticket-log: YL261120001: links: YL261120003 was voided' \
		at 09:40 ticket-log -q YL261120001 called --by lihua --set links=YL261120002 --set links=YL261120003
	refused 3 'ticket-log: YL261120001: links: YL261120001 is this form itself' \
		at 09:40 ticket-log -q YL261120001 called --by lihua --set links=YL261120001
	diff -r before tickets
}

@test "a rule sees the forms that are linked: a complaint waits for the repair it was passed on to" {
	linked
	refused 3 'ticket-close: YL261120001: the repair it was passed on to is not done [L-1]' \
		at 10:00 ticket-close -q YL261120001 --by lihua -r 已转交
	at 10:10 ticket-close -q YL261120002 --by lihua -r 已换灯
	at 10:20 ticket-close -q YL261120001 --by lihua -r 已换灯
	run -0 at 10:30 ledger-check -q
	output_is ''
}

@test "... whoever names whom, and by the steps of the other" {
	linked
	at 10:00 ticket-log -q YL261120002 lent --by lihua --set links=YL261120003
	refused 3 'ticket-log: YL261120003: a key is out [L-2]' at 10:10 ticket-log -q YL261120003 checked-out --by lihua
	at 10:20 ticket-log -q YL261120002 handed-in --by lihua
	at 10:30 ticket-log -q YL261120003 checked-out --by lihua
}

@test "a step of the one starts a clock of the other" {
	linked
	at 09:20 ticket-log -q YL261120003 linked --by lihua --set links=YL261120001 --set links=YL261120002
	run -0 --separate-stderr at 11:00 ticket-log YL261120003 checked-out --by lihua
	[[ $stderr == *'YL261120001 is told of it'* && $stderr != *YL261120002* ]]
	run -0 at 11:10 ticket-show YL261120001
	[[ $output == *'farewell-call [L-3] 2026-11-20 13:00  open'* ]]
	run -0 file 1
	[[ $output == *'cause: "YL261120003#3"'*'step: checked-out'* ]]
	run -0 at 11:20 ledger-check -q
	output_is ''
	sed -i 's/^step: checked-out/step: called/' tickets/2026/11/YL261120001.yaml
	run -1 at 11:20 ledger-check -q
	[[ $output == *'YL261120003#3 is checked-out, not called'* ]]
}

@test "a retry, or one after a power cut between the two files, links and tells once" {
	linked
	at 09:20 ticket-log -q YL261120003 linked --by lihua --set links=YL261120001
	cp tickets/2026/11/YL261120003.yaml kept
	at 11:00 ticket-log -q YL261120003 checked-out --by lihua --request-id r1
	at 11:01 ticket-log -q YL261120003 checked-out --by lihua --request-id r1
	[[ $(file 1 | grep -c 'step: checked-out') == 1 ]]
	# the other form was written first; this one never
	cp kept tickets/2026/11/YL261120003.yaml
	rm -rf .kefu/marks .kefu/mark*
	at 11:02 ticket-log -q YL261120003 checked-out --by lihua --request-id r1
	[[ $(file 1 | grep -c 'step: checked-out') == 1 ]]
}

@test "packs may ask for linked forms in steps and phrases, not where what is owed would follow from them" {
	head -c -1 "$BATS_FILE_TMPDIR/linked.yaml" >pack.yaml
	printf '\n  - {rule: own, start: opened, if: repair-open, within: 2 h, until: called, clause: L-4}\n' >>pack.yaml
	run -4 --separate-stderr ledger-init -q ledger --pack pack.yaml --site YL --person keeper --test --now '2026-09-01 08:00'
	[[ $stderr == *'if: the condition asks for linked forms, which only steps and phrases can: start a deadline with linked.STEP [L-4]' ]]
	sed -i 's/start: opened, if: repair-open/start: linked.chekced-out/' pack.yaml
	run -4 --separate-stderr ledger-init -q ledger --pack pack.yaml --site YL --person keeper --test --now '2026-09-01 08:00'
	[[ $stderr == *'start: "chekced-out" is not a step: no entry under steps names it [L-4]' ]]
	sed -i '$d; s/state: {enum: \[open, finished\]}/stat: {const: open}/' pack.yaml
	run -4 --separate-stderr ledger-init -q ledger --pack pack.yaml --site YL --person keeper --test --now '2026-09-01 08:00'
	[[ $stderr == *'match.repair-open: "stat" is nothing that a linked form shows (allowed: id, kind, category,'* ]]
}

@test "two clones that link meanwhile keep both" {
	linked
	git init -q -b main . && ledger-init --site YL -q
	git add . && git commit -qm one
	cd .. && git clone -q ledger other && cd other
	ledger-init --site EB -q
	git commit -qam two
	cd ../ledger && git pull -q ../other main
	at 09:30 ticket-log -q YL261120002 linked --by lihua --set links=YL261120003
	git add . && git commit -qm three
	cd ../other
	at 09:20 ticket-log -q YL261120001 linked --by lihua --set links=YL261120003
	git add . && git commit -qm four
	cd ../ledger
	git pull -q --no-rebase --no-edit ../other main
	run -0 at 09:40 ticket-show YL261120003
	[[ $output == *$'Linked\n'*YL261120001*YL261120002*$'\nWhat happened'* || $output == *$'Linked\n'*YL261120002*YL261120001*$'\nWhat happened'* ]]
	run -0 at 09:40 ledger-check -q
	output_is ''
}

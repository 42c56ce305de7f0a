#!/usr/bin/env bats
# Keys beside each other in packs: each pair has a meaning that is kept, or is refused where it stands. key-pairs.yaml has them all.
load ../helper

# shellcheck disable=SC2034 # for at, of helper.bash
day=2026-11-20

# pack TEXT: a ledger of the base pack of this table and a pack of those rules
pack() {
	mkdir packs && cp "$BATS_TEST_DIRNAME/key-pairs.base.yaml" packs/base.yaml
	printf 'pack: own\ntitle: X\nsource: X\n%s\n' "$1" >packs/own.yaml
	ledger-init -q ledger --pack packs/base.yaml --pack packs/own.yaml --site YL --person keeper --test --now '2026-09-01 08:00'
	cd ledger || return
}

@test "every pair of keys of every map is decided, and the table is right" {
	pack ''
	run -0 python3 "$BATS_TEST_DIRNAME/key-pairs.py" "$PWD"
	[[ $output =~ ^'key-pairs: '[0-9]+' maps, '[0-9]+' refusals, '[0-9]+' pairs that stand together'$ ]]
}

@test "a pack that contradicts itself is refused when the ledger is founded" {
	mkdir packs && cp "$BATS_TEST_DIRNAME/key-pairs.base.yaml" packs/base.yaml
	printf 'pack: own\ntitle: X\nsource: X\n%s\n' \
		'callbacks: [{rule: own, after: closed, opens: 3 d, within: 1 d, rate: "1", who: [desk], clause: C-1}]' >packs/own.yaml
	refused 4 "ledger-init: packs/own.yaml:4:47: opens: the window closes within \"1 d\", before it opens after \"3 d\" [C-1]" \
		ledger-init -q ledger --pack packs/base.yaml --pack packs/own.yaml --site YL --person keeper --test --now '2026-09-01 08:00'
}

@test "until names the start and another step: again and again, until the other" {
	pack 'deadlines: [{rule: again, start: quoted, until: [quoted, closed], within: 1 d, clause: C-1}]'
	at 09:00 ticket-open -q -k repair -u 3-1201 水管漏水 >/dev/null
	at 10:00 ticket-log -q 1 quoted --set price=80.00
	at '2026-11-21 11:00' ticket-log -q YL261120001 quoted --set price=90.00
	run -0 --separate-stderr at '2026-11-21 12:00' ticket-show YL261120001
	[[ $output == *'again [C-1] 2026-11-21 23:59  in time at 2026-11-21 11:00'*'again [C-1] 2026-11-22 23:59  open'* ]]
}

@test "opens and anchor: the first such moment at or after the window opens closes it" {
	pack 'callbacks: [{rule: own, after: closed, opens: 5 d, anchor: week end, rate: "1", who: [desk], clause: C-1}]'
	at 09:00 ticket-open -q -k repair -u 3-1201 水管漏水 >/dev/null
	at 10:00 ticket-close -q 1 -r 已修好
	run -0 ticket-show --format yaml YL261120001
	[[ $output == *'opens: "2026-11-25T00:00:00+08:00"'*'at: "2026-11-29T23:59:59+08:00"'* ]]
	at 10:00 ledger-check
}

@test "a ledger of version 0.1 keeps rules whose keys say nothing" {
	[[ -e $KEFU_TEST_DATA/ledger-1 ]] || skip "no $KEFU_TEST_DATA/ledger-1"
	cp -r "$KEFU_TEST_DATA/ledger-1/resident-centre" ledger && chmod -R u+w ledger && cd ledger
	ledger-init -q --site YL 2>/dev/null || true
	sed -i '0,/anchor: month start + 5 d/s//&, roll: working-day/' policy/resident-centre.yaml
	sed -i '0,/by: \[desk/s//after: voided, &/' policy/resident-centre.yaml
	policy-list --list deadlines >/dev/null
	# but it is told, with its place, and no problem
	run --separate-stderr ledger-check --now '2027-01-15 12:00'
	status_is 0
	output_is ''
	[[ $(grep -c 'kefu 0.1 took it' <<<"$stderr") == 2 ]]
	[[ $stderr =~ 'ledger-check: policy/resident-centre.yaml:'[0-9]+:[0-9]+': roll: says nothing beside anchor month start + 5 d: such a moment does not move: count it in wd ['.*'kefu 0.1 took it, and ledger-upgrade will not' ]]
	[[ $stderr =~ 'ledger-check: policy/resident-centre.yaml:'[0-9]+:[0-9]+': after: voided is the last that is recorded: nothing comes after it ['.*'kefu 0.1 took it' ]]
	run --separate-stderr ledger-check -q --now '2027-01-15 12:00'
	errors_are ''
}

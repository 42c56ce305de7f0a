#!/bin/bash
# What rules cost: a command with the largest pair of packs against the same with the smallest pack; and closing a ticket that
# is linked with others, of which a rule asks, in a small ledger and in a large one. CPU time; nothing here passes or fails.
set -eu
export PATH="${KEFU_BUILD:?}/bin:$KEFU_BUILD/tools:$PATH" KEFU_DATA=$PWD LC_ALL=C.UTF-8
forms=${KEFU_BENCH_FORMS:-100000}
work=$(mktemp -d "${TMPDIR:-/tmp}/kefu-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
root=$PWD
cd "$work"
now='2026-11-20 12:00'

median() { sort -n "$1" | awk '{v[NR]=$1} END {print NR % 2 ? v[(NR+1)/2] : (v[NR/2]+v[NR/2+1])/2}'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN {printf "%.2f", a / b}'; }
each() { awk -v a="$1" -v b="$2" 'BEGIN {printf "%.4f", a / b}'; }
# cpu COMMAND...: seconds of user and system together
cpu() {
	local TIMEFORMAT='%U %S'
	{ time "$@" >/dev/null 2>&1; } 2>&1 | awk '{print $1 + $2}'
}
init() { ledger-init -q "$@" --site YL --test --person keeper --now '2024-01-01 08:00' 2>/dev/null; }

# the two largest that go together, and the smallest
mapfile -t packs < <(wc -c "$root"/examples/*/policy.yaml | grep -v total | sort -n | awk '{print $2}' | xargs -n1 dirname | xargs -n1 basename)
smallest=${packs[0]}
for ((i = ${#packs[@]} - 1; i > 0; i--)); do
	for ((j = i - 1; j >= 0; j--)); do
		if init pair --pack "${packs[i]}" --pack "${packs[j]}"; then
			pair="${packs[i]} and ${packs[j]}"
			break 2
		fi
		rm -rf pair
	done
done
init one --pack "$smallest"

commands() {
	local n
	ticket-open -C "$1" -q -k complaint -u 3-1201 -n 王 --channel phone --charging free --set first-asked=keeper -t 投诉 --now "$now" >/dev/null || return
	for n in $(seq 10); do
		ticket-log -C "$1" -q YL261120001 told --set to=keeper --text "$n" --now "$now"
		ticket-list -C "$1" --now "$now"
		ticket-due -C "$1" --now "$now"
		ticket-show -C "$1" YL261120001 --now "$now"
	done
	rm -rf "$1"/tickets/2026
}
for _ in 1 2 3 4 5; do
	cpu commands one >>one.times
	cpu commands pair >>pair.times
done
echo "$pair: $(each "$(median pair.times)" 41) s a command; $smallest: $(each "$(median one.times)" 41) s; ratio $(ratio "$(median pair.times)" "$(median one.times)") (aim 3)"

# --- linked forms, which a rule asks about ---

cat >linked.yaml <<'END'
pack: linked
title: Linked
source: none
roles: [{role: desk, title: Desk, records-for-others: true}]
kinds:
  - {kind: repair, title: Repair}
  - {kind: complaint, title: Complaint}
match:
  repair-open:
    required: [linked]
    properties:
      linked:
        contains:
          properties: {kind: {const: repair}, state: {enum: [open, finished]}}
          required: [kind, state]
steps:
  - {step: closed, kind: complaint, if: repair-open, refuse: the repair is not done, clause: L-1}
END
for size in 1000 "$forms"; do
	init "linked-$size" --pack resident-centre --pack ./linked.yaml || init "linked-$size" --pack ./linked.yaml
	(cd "linked-$size" && staff-log -q joined lihua --name x --role desk --now '2024-01-01 09:00' >/dev/null &&
		staff-log -q joined wanggang --name x --role desk --now '2024-01-01 09:00' >/dev/null && make-forms "$size")
done
# prepare LEDGER: $ids are complaints, each about three repairs for which nothing is to be done any more
prepare() {
	local n repair about=()
	ids=()
	for n in 1 2 3; do
		repair=$(ticket-open -C "$1" -q -k repair -u 3-1201 -t 坏了 --now "$now")
		ticket-log -C "$1" -q "$repair" withdrawn --said-by 王 --channel phone --now "$now" >/dev/null
		about+=(--about "$repair")
	done
	for n in 1 2 3 4 5; do
		ids+=("$(ticket-open -C "$1" -q -k complaint -u 3-1201 -t 投诉 "${about[@]}" --now "$now")")
	done
}
close_all() {
	local id
	for id in "${ids[@]}"; do
		ticket-close -C "$1" -q "$id" -r 已办 --valid --reason 已办 --now "$now" || echo "$id was not closed" >&3
	done
}
exec 3>&2
for _ in 1 2 3 4 5; do
	for size in 1000 "$forms"; do
		prepare "linked-$size"
		cpu close_all "linked-$size" >>"closing-$size.times"
	done
done
echo "ticket-close with 3 linked forms: $(each "$(median "closing-$forms.times")" 5) s at $forms tickets, $(each "$(median closing-1000.times)" 5) s at 1000; ratio $(ratio "$(median "closing-$forms.times")" "$(median closing-1000.times)") (aim 1.1)"

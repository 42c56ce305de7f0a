#!/bin/bash
# 100,000 tickets: the daily list against grep over the same tree, memory, and recording against a small ledger.
# Each figure is a ratio within this run; nothing here passes or fails.
set -eu
export PATH="${KEFU_BUILD:?}/bin:$KEFU_BUILD/tools:$PATH" KEFU_DATA=$PWD LC_ALL=C.UTF-8
forms=${KEFU_BENCH_FORMS:-100000}
work=$(mktemp -d "${TMPDIR:-/tmp}/kefu-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work"

# median FILE: of the numbers in it
median() { sort -n "$1" | awk '{v[NR]=$1} END {print NR % 2 ? v[(NR+1)/2] : (v[NR/2]+v[NR/2+1])/2}'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN {printf "%.2f", a / b}'; }
# seconds COMMAND...: wall clock, output thrown away
seconds() {
	local TIMEFORMAT=%R
	{ time "$@" >/dev/null 2>&1; } 2>&1
}

make_ledger() {
	ledger-init "$1" --pack resident-centre --pack service-rules --site YL --test --person keeper --now '2024-01-01 08:00' 2>/dev/null ||
		ledger-init "$1" --pack resident-centre --site YL --test --person keeper --now '2024-01-01 08:00'
	cd "$1"
	for member in 'lihua --role desk --role officer' 'wanggang --role worker' 'zhaoqiang --role duty-lead'; do
		# shellcheck disable=SC2086
		staff-log -q joined $member --name x --now '2024-01-01 09:00' >/dev/null
	done
	make-forms "$2"
	cd ..
}
make_ledger large "$forms"
make_ledger small 1000

now='2026-11-20 12:00'
list() { callback-due -C large --now "$now" --format tsv; }
count() { LC_ALL=C grep -rc '^event: closed' large/tickets; }
list >/dev/null
count >/dev/null
for _ in 1 2 3 4 5; do
	seconds count >>grep.times
	seconds list >>due.times
done
echo "forms: $forms, $(du -sh --apparent-size large/tickets | cut -f1); processors: $(nproc)"
echo "owed: $(list | tail -n +2 | wc -l)"
echo "callback-due: $(median due.times) s; grep -rc: $(median grep.times) s; ratio $(ratio "$(median due.times)" "$(median grep.times)") (aim 1.2)"
echo "callback-due peak memory: $(/usr/bin/python3 - "$now" <<'P'
import resource, subprocess, sys
subprocess.run(["callback-due", "-C", "large", "--now", sys.argv[1], "--format", "tsv"], stdout=subprocess.DEVNULL)
print(round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, 1))
P
) MiB (aim 32)"

# told: a step that changes nothing else, so that it can be recorded again and again
tell() {
	for i in $(seq 20); do
		ticket-log -C "$1" "$2" told --set to=lihua --text "$i" --by lihua --now "$now" >/dev/null
	done
}
for _ in 1 2 3 4 5; do
	for size in small large; do
		id=$(basename "$(ls $size/tickets/2026/*/* | tail -1)" .yaml)
		[[ $size == small ]] && id=$(basename "$(find small/tickets -name '*.yaml' | sort | tail -1)" .yaml)
		seconds tell "$size" "$id" >>"$size.times"
	done
done
echo "ticket-log: $(ratio "$(median large.times)" 20) s at $forms tickets, $(ratio "$(median small.times)" 20) s at 1000; ratio $(ratio "$(median large.times)" "$(median small.times)") (aim 1.1)"

# what was taken away, in a ledger of which little has changed
git -C large init -q
git -C large add -A
git -C large -c user.name=x -c user.email=x@example.org commit -qm all
for file in $(git -C large ls-files tickets | sed -n '1~5000p'); do
	sed -i 's/^by: .*/by: keeper/' "large/$file"
done
since() { ledger-check -C large --now "$now" --since HEAD || [[ $? == 1 ]]; } # which names what was changed
for _ in 1 2 3 4 5; do
	seconds git -C large status --short >>status.times
	seconds since >>since.times
done
echo "ledger-check --since: $(median since.times) s; git status: $(median status.times) s; ratio $(ratio "$(median since.times)" "$(median status.times)") (aim 3)"

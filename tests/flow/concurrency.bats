#!/usr/bin/env bats
# Many clerks at once: everyone succeeds, no number twice, none lost. KEFU_LONG=1: 64 clerks, 50 tickets each.
load ../helper
load ../packs

setup_file() {
	resident_centre
}

export day=2026-11-20

# Each of $clerks runs WORK with its number, all at once; its output goes to out.NUMBER.
all_at_once() {
	local clerk
	exec 7>../gate
	flock 7
	for ((clerk = 0; clerk < clerks; clerk++)); do
		(
			flock -s ../gate true
			"$1" "$clerk" >"../out.$clerk" 2>"../err.$clerk" || echo "status $?" >>"../err.$clerk"
		) 7>&- &
	done
	exec 7>&-
	wait
	cat ../err.* >&2
	[[ -z $(cat ../err.*) ]]
}

@test "tickets opened at once: every printed number exists exactly once, and they run on" {
	local clerks=${KEFU_LONG:+64} each=${KEFU_LONG:+50}
	clerks=${clerks:-16} each=${each:-10}
	opens() {
		local number
		for ((number = 0; number < each; number++)); do
			ticket-open -q --now "$day 09:00" --by lihua -k repair -u "$1-$number" "clerk $1 ticket $number"
		done
	}
	local started=$EPOCHREALTIME
	all_at_once opens
	[[ ! ${KEFU_LONG-} ]] || echo "# $((clerks * each)) tickets in $(python3 -c "print(round($EPOCHREALTIME - $started, 1))") s" >&3
	[[ $(cat ../out.* | wc -l) == $((clerks * each)) ]]
	diff <(cat ../out.* | sort) <(find tickets -name '*.yaml' -printf '%f\n' | sed 's/\.yaml$//' | sort)
	diff <(cat ../out.* | sort -V) <(for ((number = 1; number <= clerks * each; number++)); do printf 'YL261120%03d\n' $number; done)
	# each holds what was said, once, under its own number
	[[ $(columns text at 10:00 ticket-list --format csv | sort -u | wc -l) == $((clerks * each)) ]]
	ledger-check -q --now "$day 10:00"
}

@test "steps on one ticket at once: each stands once, numbered without a gap" {
	local clerks=${KEFU_LONG:+64} each=${KEFU_LONG:+20}
	clerks=${clerks:-12} each=${each:-5}
	at 09:00 ticket-open -q --by lihua -k complaint -u 3-1 x
	tells() {
		local number
		for ((number = 0; number < each; number++)); do
			ticket-log --now "$day 09:01" 1 told --by lihua --set to=wenbo -t "clerk $1 step $number"
		done
	}
	all_at_once tells
	diff <(cat ../out.* | sort -V) <(for ((number = 2; number <= clerks * each + 1; number++)); do echo "YL261120001#$number"; done)
	[[ $(grep -c '^text: clerk' tickets/2026/11/YL261120001.yaml) == $((clerks * each)) ]]
	[[ -z $(grep '^text: clerk' tickets/2026/11/YL261120001.yaml | sort | uniq -d) ]]
}

@test "one request from many clerks at once is recorded once" {
	local clerks=12
	opens() { ticket-open -q --now "$day 09:00" --by lihua --request-id same -k repair -u 3-1 堵了; }
	all_at_once opens
	[[ $(cat ../out.* | sort -u) == YL261120001 && $(find tickets -name '*.yaml' | wc -l) == 1 ]]
}

@test "a request that is recorded after its retry has looked, and before that has the lock, is recorded once" {
	local lock=$BATS_TEST_TMPDIR/lock.so time number
	${CC:-cc} -D_GNU_SOURCE -std=gnu17 -O1 -shared -fPIC -o "$lock" "$root/tests/fault/lock.c" -ldl
	# by a clerk whose clock is the same, still before midnight, or behind it already
	for time in '2026-11-20 23:59' '2026-11-19 23:59' '2026-11-21 00:00'; do
		number=YL$(date -d "$time" +%y%m%d)002
		at "$time" ticket-open -q --by lihua -k inquiry x >/dev/null
		prints "$number" env LOCK_BEFORE="ticket-open -q --now '$time' --by lihua --request-id '${time%% *}' -k repair -u 3-1 堵了 >/dev/null" \
			LD_PRELOAD="$lock" ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0" \
			ticket-open -q --now "$day 23:59" --by lihua --request-id "${time%% *}" -k repair -u 3-1 堵了
		[[ $(find tickets -name "$number.yaml" | wc -l) == 1 && $(grep -rl "request-id: .*${time%% *}" tickets | wc -l) == 1 ]]
	done
}

@test "closing at once: one succeeds, the others are told it is closed" {
	local clerk
	at 09:00 ticket-open -q --by lihua -k complaint -u 3-1 x
	for clerk in {1..10}; do
		ticket-close --now "$day 10:00" 1 --by lihua -r 好 --valid --reason x >../out.$clerk 2>../err.$clerk &
	done
	wait
	[[ $(cat ../out.*) == 'YL261120001#2' ]]
	[[ $(sort -u ../err.*) == 'ticket-close: YL261120001: it is closed already: closed is not possible' && $(cat ../err.* | wc -l) == 9 ]]
}

@test "somebody leaves while others work: no step by them after that" {
	local clerk
	for clerk in {1..8}; do
		(for _ in 1 2 3 4 5; do ticket-open -q --now "$day 09:00" --by meizhen -k inquiry x || true; done >../out.$clerk 2>../err.$clerk) &
	done
	staff-log -q --now "$day 09:00" left meizhen >/dev/null
	wait
	# whoever was let in is recorded, whoever was not is told why
	[[ $(cat ../out.* ../err.* | wc -l) == 40 ]]
	[[ $(cat ../out.* | wc -l) == $(find tickets -name '*.yaml' 2>/dev/null | wc -l) ]]
	[[ -z $(grep -hv -e '--by: meizhen does not work here any more' ../err.*) ]]
	refused 3 'ticket-open: --by: meizhen does not work here any more' at 09:01 ticket-open -k inquiry x --by meizhen
}

@test "readers see whole tickets while clerks write" {
	local clerk
	for clerk in 1 2 3; do
		(for number in {1..15}; do ticket-open -q --now "$day 09:00" --by lihua -k repair -u "$clerk-$number" x; done >/dev/null) &
	done
	for _ in {1..15}; do
		run --separate-stderr at 10:00 ticket-list
		status_is 0
		errors_are ''
		run --separate-stderr at 10:00 callback-due
		status_is 0
	done
	wait
	[[ $(columns ticket at 10:00 ticket-list --format csv | wc -l) == 45 ]]
}

@test "while an import has its turn, clerks record" {
	touch .kefu/turn
	run --separate-stderr flock .kefu/turn timeout 5 ticket-open --now '2026-11-20 09:00' -q -u 3-1201 水管漏水
	status_is 0
	errors_are ''
}

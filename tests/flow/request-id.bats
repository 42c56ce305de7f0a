#!/usr/bin/env bats
# --request-id: whoever is unsure whether something was recorded asks again, and nothing is recorded twice.
load ../helper
load ../packs

export day=2026-11-20

setup_file() {
	resident_centre
	at 08:00 ticket-open -q --by lihua -k complaint -c noise -s ordinary -u 3-0802 楼下太吵
}

complaint=tickets/2026/11/YL261120001.yaml
sheet=(--manner visit --quality 4 --effect 4 --satisfaction 5 --signature 何先生 --shortcomings 无 --opinions 无)

# again COMMAND...: repeats it; it prints the same, says so, and changes no file
again() {
	local before first
	first=$("$@" 2>/dev/null)
	before=$(tree_digest)
	run --separate-stderr "$@"
	status_is 0 && output_is "$first" && [[ $stderr == *': recorded before under this --request-id' ]] && diff <(echo "$before") <(tree_digest)
}

@test "opening: the same number, whatever was found in the text, the next day and under another clock" {
	again at 09:00 ticket-open --by lihua --request-id call-1 -u ３－１２０１ -p '139 0001 0001' 下水道堵塞
	prints 'YL261120002' at 09:30 ticket-open -q --by lihua --request-id call-1 -u 3-1201 -p 13900010001 下水道堵塞
	prints 'YL261120002' at '2026-11-21 00:01' ticket-open -q --by lihua --request-id call-1 -u 3-1201 -p 13900010001 下水道堵塞
	[[ $(ls tickets/2026/11) == $'YL261120001.yaml\nYL261120002.yaml' ]]
}

@test "opening: other content under the same id is refused, whatever differs" {
	at 09:00 ticket-open -q --by lihua --request-id call-1 -u 3-1201 -p 13900010001 下水道堵塞
	local differs
	for differs in '-u 3-1202 -p 13900010001 下水道堵塞' '-u 3-1201 -p 13900010002 下水道堵塞' '-u 3-1201 下水道堵塞' '-u 3-1201 -p 13900010001 下水道堵塞了' \
		'-u 3-1201 -p 13900010001 --channel phone 下水道堵塞' '-u 3-1201 -p 13900010001 -c lamp 下水道堵塞'; do
		# shellcheck disable=SC2086
		refused 3 'ticket-open: --request-id: call-1 was recorded as YL261120002#1 with other content: take another id for what is new' \
			at 09:30 ticket-open --by lihua --request-id call-1 $differs
	done
}

@test "opening: --at belongs to the request when it is given" {
	at 09:00 ticket-open -q --by lihua --request-id call-1 --at 08:40 -u 3-1201 下水道堵塞
	prints 'YL261120002' at 09:30 ticket-open -q --by lihua --request-id call-1 --at 08:40 -u 3-1201 下水道堵塞
	refused 3 'ticket-open: --request-id: call-1 was recorded as YL261120002#1 with other content: take another id for what is new' \
		at 09:30 ticket-open --by lihua --request-id call-1 --at 08:41 -u 3-1201 下水道堵塞
}

@test "after 7 days it is a new request" {
	at '2026-11-20 09:00:00' ticket-open -q --by lihua --request-id call-1 -u 3-1201 下水道堵塞
	prints 'YL261120002' at '2026-11-27 09:00:00' ticket-open -q --by lihua --request-id call-1 -u 3-1201 下水道堵塞
	prints 'YL261127001' at '2026-11-27 09:00:01' ticket-open -q --by lihua --request-id call-1 -u 3-1201 下水道堵塞
	at '2026-11-20 10:00' ticket-assign -q YL261120001 wanggang --request-id job-1
	prints 'YL261120001#2' at '2026-11-27 10:00' ticket-assign -q YL261120001 wanggang --request-id job-1
	prints 'YL261120001#3' at '2026-11-27 10:01' ticket-assign -q YL261120001 wanggang --request-id job-1
}

@test "where clocks are put forward or back, too: days are stepped by the calendar" {
	copy_of_ledger "$BATS_TEST_TMPDIR/berlin" ledger-init --site BE --zone Europe/Berlin --pack "$root/tests/flow/desk.yaml" --test --now '2026-03-01 08:00' -q
	cd "$BATS_TEST_TMPDIR/berlin"
	# the 29th of March 2026 has 23 hours, the 25th of October 25
	at '2026-03-29 12:00' ticket-open -q -k complaint -u 3-1201 --request-id spring x
	prints 'BE260329001' at '2026-03-30 00:30' ticket-open -q -k complaint -u 3-1201 --request-id spring x
	at '2026-10-24 23:50' ticket-open -q -k complaint -u 3-1201 --request-id autumn x
	prints 'BE261024001' at '2026-10-25 23:30' ticket-open -q -k complaint -u 3-1201 --request-id autumn x
	# seven days: to the same time of the day, whatever their hours
	at '2026-03-25 12:00:00' ticket-open -q -k complaint -u 3-1202 --request-id week x
	prints 'BE260325001' at '2026-04-01 12:00:00' ticket-open -q -k complaint -u 3-1202 --request-id week x
	prints 'BE260401001' at '2026-04-01 12:00:01' ticket-open -q -k complaint -u 3-1202 --request-id week x
	prints 'BE260325001#2' at '2026-03-25 12:00:00' ticket-log -q BE260325001 told --set to="$(id -un)" --request-id told
	prints 'BE260325001#2' at '2026-04-01 12:00:00' ticket-log -q BE260325001 told --set to="$(id -un)" --request-id told
	prints 'BE260325001#3' at '2026-04-01 12:00:01' ticket-log -q BE260325001 told --set to="$(id -un)" --request-id told
}

@test "across the turn of a month and a year" {
	at '2026-12-30 23:59' ticket-open -q --by lihua --request-id call-1 -k inquiry x
	prints 'YL261230001' at '2027-01-02 09:00' ticket-open -q --by lihua --request-id call-1 -k inquiry x
	[[ ! -e tickets/2027 ]]
}

@test "steps: assigning, logging, closing with a slip" {
	again at 09:00 ticket-assign 1 wanggang --request-id job-1
	again at 09:01 ticket-log 1 told --by lihua --set to=wenbo --request-id job-2
	again at 09:02 ticket-close 1 --by lihua -r 已劝离 --valid --reason 未巡逻 --request-id job-3
	[[ $(grep -c '^event:' $complaint) == 4 ]]
	refused 3 'ticket-assign: YL261120001: --request-id: job-1 was recorded as YL261120001#2 with other content: take another id for what is new' \
		at 09:05 ticket-assign 1 zhaoqiang --request-id job-1
	refused 3 'ticket-log: YL261120001: --request-id: job-1 was recorded as YL261120001#2 with other content: take another id for what is new' \
		at 09:05 ticket-log 1 told --by lihua --set to=wenbo --request-id job-1
	# what went on meanwhile does not matter
	prints 'YL261120001#2' at 09:10 ticket-assign -q 1 wanggang --request-id job-1
}

@test "steps: a slip and a closing are one request" {
	at 09:00 ticket-open -q --by lihua -k repair -c drain -s ordinary -u 3-1201 下水道堵塞
	at 09:05 ticket-assign -q 2 zhaoqiang
	local slip=(--worker wanggang --work 疏通 --signature 王女士 --opinion 满意 --phone 13900010001)
	again at 10:00 ticket-close 2 --by lihua "${slip[@]}" -r 好 --request-id slip-1
	[[ $(grep -c '^event:' tickets/2026/11/YL261120002.yaml) == 4 ]]
	refused 3 'ticket-close: YL261120002: --request-id: slip-1 was recorded as YL261120002#3 with other content: take another id for what is new' \
		at 10:01 ticket-close 2 --by lihua "${slip[@]}" -r 不好 --request-id slip-1
	refused 3 'ticket-close: YL261120002: --request-id: slip-1 was recorded as YL261120002#3 with other content: take another id for what is new' \
		at 10:01 ticket-close 2 --by lihua "${slip[@]}" --worker lihua -r 好 --request-id slip-1
}

@test "callbacks: a reopening and a linked complaint happen once" {
	at 10:00 ticket-close -q 1 --by lihua -r 已劝离 --valid --reason 未巡逻
	local call=(callback-log 1 --by meizhen --caller meizhen --caller sunli --answer unsatisfied "${sheet[@]}" --shortcomings 还吵 --request-id call-9)
	again at 11:00 "${call[@]}"
	[[ $(grep -c '^event: reopened' $complaint) == 1 ]]
	at 09:00 ticket-open -q --by lihua -k repair -c drain -s ordinary -u 3-1201 下水道堵塞
	at 09:05 ticket-assign -q 2 zhaoqiang
	at 10:00 ticket-close -q 2 --by lihua --worker wanggang --work 疏通 --signature 王女士 --opinion 满意 --phone 13900010001 -r 好
	again at 11:00 callback-log 2 --by lihua --answer unsatisfied "${sheet[@]}" --shortcomings 又堵 --request-id call-10
	[[ $(ls tickets/2026/11 | wc -l) == 3 ]]
}

@test "staff: the same id once; other content is refused; after 7 days anew" {
	again at 09:00 staff-log joined xinren --name 新人 --role desk --request-id hr-1
	refused 3 'staff-log: --request-id: hr-1 was recorded as staff.yaml#11 with other content: take another id for what is new' \
		at 09:01 staff-log joined xinren --name 新人 --role officer --request-id hr-1
	refused 3 'staff-log: --request-id: hr-1 was recorded as staff.yaml#11 with other content: take another id for what is new' \
		at 09:01 staff-log joined other --name 新人 --role desk --request-id hr-1
	prints 'other' at 09:02 staff-log -q joined other --name 新人 --at 08:30 --request-id hr-2
	prints 'other' at 09:03 staff-log -q joined other --name 新人 --at 08:30 --request-id hr-2
	prints 'xinren' at '2026-11-27 09:00:00' staff-log -q joined xinren --name 新人 --role desk --request-id hr-1
	refused 3 'staff-log: xinren joined before and has not left' \
		at '2026-11-27 09:00:01' staff-log joined xinren --name 新人 --role desk --request-id hr-1
}

@test "a retry asks the disk again before it answers" {
	${CC:-cc} -D_GNU_SOURCE -std=gnu17 -O1 -shared -fPIC -o ../shim.so "$root/tests/fault/shim.c" -ldl
	at 09:00 ticket-assign -q 1 wanggang --request-id job-1
	run --separate-stderr env LD_PRELOAD="$BATS_TEST_TMPDIR/shim.so" SHIM_ROOT="$PWD" SHIM_LOG="$BATS_TEST_TMPDIR/log" \
		ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0" SHIM_FAIL=fsync:1:5 \
		ticket-assign --now '2026-11-20 09:01' 1 wanggang --request-id job-1
	status_is 6
	[[ $output != *'#3'* && $(grep -c '^event:' $complaint) == 2 ]]
}

@test "an id that is none; a dry run is no record" {
	run --separate-stderr at 09:00 ticket-assign 1 wanggang --request-id 'a b'
	status_is 3
	[[ $stderr == 'ticket-assign: YL261120001: request-id: "a b" does not match the pattern '* ]]
	at 09:00 ticket-assign -q 1 wanggang --request-id job-1 --dry-run >/dev/null
	prints 'YL261120001#2' at 09:01 ticket-assign 1 wanggang --request-id job-1
}

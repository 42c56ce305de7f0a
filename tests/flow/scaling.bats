#!/usr/bin/env bats
# Nothing is quadratic: what a command has to work with is doubled twice.
load ../helper

@test "with four times as much of anything, no command takes eight times as long" {
	# short: what needs no thousands of files; all of it is in tests/bench/scaling.sh
	local short='^(callback-due × (callbacks and|households)|policy-list|staff-l|ticket-(why|log|assign)|survey-draw × |ledger-merge|ledger-import)'
	run "$root/tests/flow/scaling.py" "$BATS_TEST_TMPDIR" 1 "$short"
	echo "$output"
	status_is 0
}

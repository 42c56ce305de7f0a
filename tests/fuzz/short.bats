#!/usr/bin/env bats
# Every fuzzer for a moment: the same inputs each time, made of its seeds. What breaks one says in which run; that one again:
# build/fuzz-short/NAME RUN 1 tests/fuzz/NAME/*, with KEFU_FUZZ_LEDGER where it needs a ledger (tests/fuzz/ledger.sh).
load ../helper
load ../flow/everything

notations='emit json rows schema yaml'
configured='calendar header policy policy-schema'
recorded='answer customer frame personnel plan questionnaire sheet staff survey ticket'

# fuzzed RUNS NAMES
fuzzed() {
	local name runs=$1
	export KEFU_FUZZ_LEDGER=$BATS_TEST_TMPDIR/ledger
	cd "$root"
	shopt -s nullglob
	for name in $2; do
		echo "fuzzer $name:"
		"$build/fuzz-short/$name" 0 "$runs" tests/fuzz/"$name"/*
	done
}

@test "any bytes in every notation" {
	fuzzed 3000 "$notations"
}

@test "any types in what a ledger is configured by" {
	fuzzed 200 "$configured"
}

@test "any types in what a ledger records, with the commands that read it" {
	copy_of_ledger "$PWD/ledger" everything_ledger
	fuzzed 100 "$recorded"
	[[ -z $(find "$BATS_TEST_TMPDIR" -maxdepth 1 -name 'kefu-fuzz.*') ]]
}

@test "no fuzzer is left out" {
	local files=("$root"/tests/fuzz/*.c)
	files=("${files[@]##*/}")
	diff <(printf "%s\n" "${files[@]%.c}" | sort) <(tr ' ' '\n' <<<"$notations $configured $recorded" | sort)
}

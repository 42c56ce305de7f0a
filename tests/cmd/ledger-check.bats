#!/usr/bin/env bats
# ledger-check: operands, formats, exit status, and the list of names. What it finds: tests/flow/damages.bats.
load ../helper

setup_file() {
	cd "$BATS_FILE_TMPDIR"
	HOME=$PWD ledger resident-centre -q
	for text in 一 二 三; do
		ticket-open -q -k complaint -u 3-1201 -t $text
	done
}

setup() {
	test_begins || return
	cp -r "$BATS_FILE_TMPDIR/ledger" "$BATS_TEST_TMPDIR/ledger"
	cd "$BATS_TEST_TMPDIR/ledger"
	forms=(tickets/*/*/*.yaml)
	id=$(basename "${forms[0]}" .yaml)
}

check() {
	run --separate-stderr ledger-check -q "$@"
}

spoil() {
	sed -i 's/^by: .*/by: nobody/' "$1"
}

@test "nothing to say: nothing is printed" {
	check
	status_is 0
	output_is ''
	errors_are ''
	check --format json
	output_is ''
	check --format tsv
	output_is $'problem\tfile\tline\tcolumn\ttext\tclause'
}

@test "a problem is a line, and the status 1" {
	spoil "${forms[1]}"
	check
	status_is 1
	errors_are ''
	[[ ${#lines[@]} == 2 && ${lines[1]} == "unknown-person  ${forms[1]}:7:5"*"by: nobody was not in staff.yaml at that time" ]]
	check --format json
	status_is 1
	output_is "{\"problem\":\"unknown-person\",\"file\":\"${forms[1]}\",\"line\":7,\"column\":5,\"text\":\"by: nobody was not in staff.yaml at that time\"}"
	check --format tsv --no-header
	output_is "unknown-person	${forms[1]}	7	5	by: nobody was not in staff.yaml at that time	\N"
	check --format csv --no-header
	output_is "unknown-person,${forms[1]},7,5,by: nobody was not in staff.yaml at that time,"$'\r'
}

@test "on a narrow terminal a problem can still be read to its end" {
	spoil "${forms[1]}"
	run script -qec 'stty cols 60; NO_COLOR=1 ledger-check -q' /dev/null </dev/null
	status_is 1
	output=${output//$'\r'/}
	output_is "problem         place                                 clause
  text
unknown-person  ${forms[1]}:7:5
  by: nobody was not in staff.yaml at that time"
	run script -qec 'stty cols 40; NO_COLOR=1 ledger-check -q' /dev/null </dev/null
	[[ $output == *'  by: nobody was not in staff.yaml at'*$'\n''  that time'* ]]
	run script -qec 'stty cols 40; NO_COLOR=1 ledger-check --list' /dev/null </dev/null
	status_is 0
	[[ $output == *contradict* && $output != *…* ]]
}

@test "damage is status 4, whatever else there is" {
	spoil "${forms[1]}"
	truncate -s -1 "${forms[2]}"
	check --format tsv --no-header
	status_is 4
	[[ ${#lines[@]} == 2 ]]
}

@test "only what was asked for" {
	spoil "${forms[0]}"
	spoil "${forms[1]}"
	sed -i 's/^by: .*/by: nobody/' staff.yaml
	for operand in 1 "$id" "${forms[0]}" "./${forms[0]}" "$PWD/${forms[0]}"; do
		check "$operand" --format tsv --no-header
		status_is 1
		[[ ${#lines[@]} == 1 && $output == *"${forms[0]}"* ]] || { echo "$operand: $output"; return 1; }
	done
	check 3
	status_is 0
	check 1 2 --format tsv --no-header
	[[ ${#lines[@]} == 2 ]]
	check tickets --format tsv --no-header
	[[ ${#lines[@]} == 2 ]]
	check staff.yaml --format tsv --no-header
	[[ ${#lines[@]} == 1 && $output == unknown-person$'\t'staff.yaml$'\t'* ]]
	check . --format tsv --no-header
	[[ ${#lines[@]} == 3 ]]
	check kefu.yaml
	status_is 0
	cd "${forms[0]%/*}"
	check "${forms[0]##*/}" --format tsv --no-header
	[[ ${#lines[@]} == 1 ]]
	check ../ --format tsv --no-header
	[[ ${#lines[@]} == 2 ]]
	check
	[[ ${#lines[@]} == 4 ]]
}

@test "what all forms depend on is looked at always" {
	rm policy/calendar.yaml
	check 3 --format tsv --no-header
	status_is 4
	[[ $output == calendar$'\t'policy/calendar.yaml$'\t'* ]]
}

@test "operands that are nothing" {
	check 99
	status_is 2
	output_is ''
	errors_are 'ledger-check: there is no 99'
	check hello
	status_is 2
	[[ $stderr == 'ledger-check: "hello" is not a ticket number'* ]]
	check hello.yaml
	status_is 2
	errors_are 'ledger-check: there is no hello.yaml'
	check ../../../../../../../../etc/passwd
	status_is 2
	[[ $stderr == "ledger-check: ../../../../../../../../etc/passwd is not in the ledger "* ]]
	touch notes.yaml
	check notes.yaml
	status_is 2
	errors_are 'ledger-check: notes.yaml is not a file of documents'
	check ''
	status_is 2
}

@test "an operand that is a link, or no form by its name" {
	mv "${forms[0]}" x
	ln -s "$PWD/x" "${forms[0]}"
	check "${forms[0]}" --format tsv --no-header
	status_is 4
	[[ $output == symlink$'\t'"${forms[0]}"$'\t'* ]]
	echo hello >tickets/notes.txt
	check tickets/notes.txt --format tsv --no-header
	status_is 1
	[[ $output == stray-file$'\t'tickets/notes.txt$'\t'* ]]
}

@test "elsewhere, and nowhere" {
	cd "$BATS_TEST_TMPDIR"
	check -C ledger
	status_is 0
	KEFU_LEDGER=$PWD/ledger check
	status_is 0
	check
	status_is 2
	[[ $stderr == 'ledger-check: no ledger here'* ]]
	check -C ledger --now nonsense
	status_is 2
	[[ $stderr == 'ledger-check: --now: '* ]]
}

@test "by another clock, everything lies ahead" {
	check --now '2020-01-01 00:00' --format tsv --no-header
	status_is 1
	[[ $(cut -f 1 <<<"$output" | sort -u) == future-time ]]
}

@test "text from a form cannot play with the terminal" {
	sed -i 's/^text: .*/text: "\\e[2J"\nprize: "\\u202e"/' "${forms[0]}"
	check
	status_is 1
	[[ $output != *$'\e'* && $output != *$'\xe2\x80\xae'* ]]
}

@test "a ledger nobody may write to" {
	chmod -R a-w .
	check
	status_is 0
	chmod -R u+w .
}

@test "the list of names is the man page's" {
	check --list --format tsv --no-header
	status_is 0
	local list=$output
	diff -u <(echo "$list") <(perl -ne '
		$on = /PROBLEMS/ if /^\.Sh/;
		if ($on && /^\.It Sy (\S+)/) { $name = $1 } elsif ($name && !/^\./) { print "$name\t$_"; undef $name }' "$root/man/ledger-check.1")
	# and every one of them is seeded by a test
	while IFS=$'\t' read -r name _; do
		grep -qE "\"$name |'$name |\\^$name|$name\\$'|finds . \"$name" "$root/tests/flow/damages.bats" ||
			grep -qE "\\b$name( [\$.]|	|\\\\t)" "$root"/tests/flow/{committed,merge,units}.bats ||
			grep -qE "[\"']$name(,|\\\\t)|^$name," "$root"/tests/cmd/survey-*.bats ||
			grep -q ",$name," "$root/tests/flow/mended.bats" ||
			grep -qE "\\b$name\\*" "$root/tests/flow/countersign.bats" ||
			grep -q "'$name," "$root"/tests/flow/{sums,unique,checklists,balances}.bats || { echo "$name is in no test"; return 1; }
	done <<<"$list"
}

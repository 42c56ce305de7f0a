#!/usr/bin/env bats
# tests/rules.py: which duties are held, and that what waits only becomes less.
load ../helper

# A tree of three duties: one is stated and named by a test, one waits, one is on paper.
setup() {
	test_begins
	mkdir -p tests/flow examples/house
	cp "$root/tests/rules.py" tests/
	printf '%s\n' 'H1-1a [refuse] first' 'H1-1b [due] (new) second' 'H1-2 [paper] no trace' >tests/duties
	printf '%s\n' 'H1-1b pack: nobody says it' >tests/waiting
	printf '%s\n' 'steps: [{step: closed, clause: H1-1}]' >examples/house/policy.yaml
	named '[H1-1a] it is so'
}

# named NAME: the only test
named() { printf '%s {\n\ttrue\n}\n' "@test \"$1\"" >tests/flow/house.bats; }

# rules: what rules.py says, and that it is content
rules() { KEFU_TEST_DATA=$PWD/nowhere tests/rules.py; }

# wrong LINE: it is not, and says so
wrong() {
	run rules
	status_is 1
	[[ $'\n'$output$'\n' == *$'\n'"$1"$'\n'* ]] || { echo "$output"; return 1; }
}

@test "every duty of the rulebook is held, waits or is on paper, and the lists are as the rulebook has them" {
	run "$root/tests/rules.py"
	echo "$output" | tail -n 12
	status_is 0
}

@test "a duty is held when a pack states it and a test names its letter" {
	run rules
	status_is 0
	[[ $output == *'H1-1a [refuse] held: first
  house says: closed
  house.bats: it is so
H1-1b [due] (new) waits for pack: nobody says it: second
H1-2 [paper] paper: no trace
'* ]]
	[[ $output == *'
part          duties    held   waits   paper    open
H1                 3       1       1       1       0
all                3       1       1       1       0
'* ]]
	# the whole clause proves none of its letters
	named '[H1-1] it is so'
	wrong 'open: H1-1a'
	# nor does a test by itself
	named '[H1-1a] it is so'
	echo 'steps: []' >examples/house/policy.yaml
	wrong 'open: H1-1a'
	# an entry may name the duty itself, but then no other
	printf '%s\n' 'steps: [{step: closed, clause: H1-1a}]' >examples/house/policy.yaml
	rules
	printf '%s\n' 'steps: [{step: closed, clause: H1-1b}]' >examples/house/policy.yaml
	wrong 'open: H1-1a'
}

@test "what a test names does not wait, and what is in no rulebook is no duty" {
	named '[H1-1a H1-1b] it is so'
	wrong 'named by a test, but in the list of what waits: H1-1b'
	named '[H1-1a][H1-3] it is so'
	wrong 'named by a pack or test, but in no rulebook: H1-3'
	named '[H1-1a] it is so'
	echo 'H1-2 pack' >>tests/waiting
	wrong 'waits, but is no duty or only on paper: H1-2'
	sed -i 's/ no trace//; $!b' tests/duties
	wrong 'on paper without a reason: H1-2'
}

@test "what waits becomes less, never more" {
	git init -q && git add -A && git commit -qm one
	rules
	printf '%s\n' 'H1-1a pack' 'H1-1b language: other words' >tests/waiting
	named '[ours] it is so'
	wrong 'waits anew, though that list only shrinks: H1-1a'
	# nor once it is committed
	git add -A && git commit -qm two
	wrong 'waits anew, though that list only shrinks: H1-1a'
	# what waits for something else is the same; and nothing may wait at all
	echo 'H1-1b language' >tests/waiting
	named '[H1-1a] it is so'
	rules
	: >tests/waiting
	named '[H1-1a H1-1b] it is so'
	rules
	git add -A && git commit -qm three
	echo 'H1-1b language' >tests/waiting
	named '[H1-1a] it is so'
	wrong 'waits anew, though that list only shrinks: H1-1b'
}

@test "ids, tags and marks are the rulebook's" {
	printf -- '- %s\n' 'H1-1a First. [refuse]' 'H1-1b (new) Second (x). [due]' 'H1-2 Third — why [paper]' >RULEBOOK.md
	tests/rules.py RULEBOOK.md
	printf -- '- %s\n' 'H1-1a First. [told]' 'H1-1b Second. [due]' 'H1-3 Third. [list]' >RULEBOOK.md
	run tests/rules.py RULEBOOK.md
	status_is 1
	[[ $output == *$'\nnot as the rulebook has it: H1-1a H1-1b H1-2 H1-3' ]]
}

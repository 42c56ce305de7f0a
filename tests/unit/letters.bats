#!/usr/bin/env bats
# Option letters: one meaning in all commands of a family, and some of them everywhere; read from the commands' own tables.
load ../helper

# FAMILY LETTER NAME COMMAND of every option that every command has; LETTER is - where it has none
table() {
	local command
	for command in $(basename -s .c "$root"/cmd/*.c); do
		"$command" --options | awk -F '\t' -v family="${command%%-*}" -v command="$command" \
			'{ print family, ($1 ? substr($1, 2) : "-"), $2, command }'
	done
}

@test "all commands say which options they have" {
	[[ $(table | cut -d ' ' -f 4 | sort -u) == "$(basename -s .c "$root"/cmd/*.c | LC_ALL=C.UTF-8 sort)" ]]
	[[ $(table | wc -l) -ge 300 ]]
}

@test "a letter means one thing in all commands of a family" {
	run awk '$2 != "-" { key = $1 " -" $2
		if (key in is && is[key] != $3) print $4 ": -" $2 " is " $3 ", in " by[key] " " is[key]
		is[key] = $3; by[key] = $4 }' <(table)
	output_is ''
}

@test "what has a letter in one command of a family has it in all of them" {
	run awk '{ key = $1 " " $3
		if (key in is && is[key] != $2) print $4 ": " $3 " has " $2 ", in " by[key] " " is[key]
		is[key] = $2; by[key] = $4 }' <(table)
	output_is ''
}

@test "-u -n -p -k -c -d -t, and what every command takes, are the same everywhere" {
	[[ $(table | awk '$2 ~ /^[unpkcdtCqh]$/ { print $2, $3 }' | sort -u) == 'C --ledger
c --category
d --department
h --help
k --kind
n --name
p --phone
q --quiet
t --text
u --unit' ]]
}

# old MESSAGE COMMAND LETTER...: a script of 0.1 is told what to write
old() {
	local message=$1
	shift
	run --separate-stderr "$@" </dev/null
	status_is 2 && output_is '' && errors_are "$1: $message (see $1 --help)"
}

@test "a letter of 0.1 that was taken away is refused with what to write instead" {
	old '-m has become -M: write -M or --material' ticket-close 1 -m 胶:1
	old '-m has become -M: write -M or --material' ticket-log 1 finished -qm 胶:1
	old '-m has become --month: write that' ticket-repeats -m 2026-11
	old '-d has become --due: write that' ticket-why 1 -d done
	old '-w has become --within: write that' ticket-due -w 2d
	old '-r has become --rule: write that' ticket-due -r drain
	old '-n has become --customer: write that' ticket-list -n 王
	old '-a has become --all: write that' callback-due -a
	old '-c has become --caller: write that' callback-log 1 -c lihua
	old '-d has become -D: write -D or --deduct' appraise lihua x -d a:1:b
	old '-c has become --commend: write that' appraise lihua x -c 1:2
	old '-p has become --part: write that' appraise lihua x -p theory
	old '-s has become --scheme: write that' appraise-tally -s staff
	old '-d has become --degree: write that' personnel-log lihua commended -d merit
	old '-c has become --course: write that' personnel-log lihua trained -c induction
	old '-p has become --passed: write that' personnel-log lihua trained -p yes
	old '-t has become --ticket: write that' personnel-log lihua sanctioned -t 1
	old '-c has become --clause: write that' policy-list -c H2
	old '-p has become --pack: write that' ledger-init -s YL -p mall
	old '-n has become --size: write that' survey-draw s -n 30
	old '-t has become --type: write that' survey-draw s -t owner
	old '-s has become --stratify: write that' survey-draw s -s area
	old '-c has become --correct: write that' survey-log s 1 -c q=1
	old '-f has become --questionnaire: write that' survey-plan planned s -f q.yaml
	old '-t has become --title: write that' survey-plan planned s -t x
	old '-a has become --against: write that' survey-tally s -a t
}

@test "a letter of 0.1 that means something else now never takes an old script's word for it" {
	local state
	for state in open finished closed voided disputed all; do
		old '-s has become --state: write that' ticket-list -s $state
	done
}

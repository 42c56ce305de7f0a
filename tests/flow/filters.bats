#!/usr/bin/env bats
# Filters: what nothing is called is refused, whatever the command and the option; an empty answer is a true one.
load ../helper

export day=2026-11-20

setup_file() {
	cd "$BATS_FILE_TMPDIR"
	ledger-init -q ledger --pack resident-centre --pack appraisal --site YL --test --person keeper --now '2026-11-20 08:00' 2>/dev/null
	cd ledger
	at 09:00 ticket-open -q --by keeper -k repair -c drain -u 3-1201 -n 王女士 厨房下水道堵塞
	at 09:00 customer-log -q opened 3-1201 --name 王女士
}

# whoever lists, and all they can be asked for
lists() {
	local command
	for command in $(basename -s .c "$root"/cmd/*-{list,due,tally,repeats}.c "$root"/cmd/deadline-recompute.c); do
		"$command" --options | cut -f 2,3 | grep -P '\t.' |
			grep -vE '^--(ledger|now|format|by|at|request-id|reason)' | sed "s/^/$command /"
	done
}

# Which values no form and no rule can have, so that asking for them is a slip. Of a customer's name or a text anything may be
# part, of an expression everything but what is none.
@test "an unknown value in any filter: status 2, one line that begins with the option, no output" {
	local count=0 command option argument value
	while IFS=$' \t' read -r command option argument; do
		for value in nosuch 停车 '' '*' $'\e[2J' '*(['; do
			case $option in
			--unit | --area) [[ $value != nosuch && $value != 停车 ]] || continue ;;
			--customer) [[ ! $value ]] || continue ;;
			--match) [[ $value == '*'* ]] || continue ;;
			esac
			echo "$command $option '$value' ($argument)"
			run --separate-stderr at 12:00 "$command" "$option" "$value"
			status_is 2
			output_is ''
			[[ ${#stderr_lines[@]} == 1 && $stderr == "$command: "* && $stderr != *$'\e'* ]]
			count=$((count + 1))
		done
	done < <(lists)
	[[ $count -gt 150 ]]
}

@test "what a filter refuses says what is allowed, or how to write it" {
	refused 2 'ticket-list: --unit: "*" is no unit: write it like 3-1201, or a building like 3' \
		at 12:00 ticket-list -u '*'
	refused 2 'customer-list: --area: "" is no unit: write it like 3-1201, or a building like 3' \
		at 12:00 customer-list -a ''
	refused 2 'ticket-list: --unit: "3-" is no unit: write it like 3-1201, or a building like 3' at 12:00 ticket-list -u 3-
	refused 2 'ticket-repeats: --unit: "3栋/" is no unit: write it like 3-1201, or a building like 3' \
		at 12:00 ticket-repeats -u '3栋/'
	refused 2 'ticket-list: --customer: it is empty: give part of the name, or the end of the telephone number' \
		at 12:00 ticket-list --customer ''
	local unit
	for unit in 3 3栋 ３-1201; do
		prints YL261120001 columns ticket at 12:00 ticket-list -u "$unit" --format csv
	done
	prints '' at 12:00 ticket-list -u 4 --format csv --no-header
}

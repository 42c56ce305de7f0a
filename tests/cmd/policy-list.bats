#!/usr/bin/env bats
# policy-list: which rules there are, and what they leave open.
load ../helper

@test "rules of a clause, of its part, of a list" {
	ledger resident-centre
	run columns clause,list,name policy-list --format csv --clause H2.A-9
	output_is 'H2.A-9,steps,passed-on
H2.A-9a,steps,passed-on
H2.A-9c,steps,put-right
H2.A-9,deadlines,pass-on
H2.A-9c,deadlines,put-right'
	run columns clause policy-list --format csv --clause H2.C --list callbacks
	output_is 'H2.C-7 H2.A-4'
	# a clause is no part of another that begins with its digits
	run columns clause policy-list --format csv --clause H2.A-1 --list callbacks
	output_is 'H2.A-1'
	for clause in '' H9 H2.A-; do
		run --separate-stderr timeout 10 policy-list --clause "$clause" --format json
		status_is 2
		output_is ''
		[[ $stderr == "policy-list: --clause: no rule is of $clause, or of a part of it (there are: H2.C-1, "*' more; all of them: policy-list)' ]]
	done
	# of another list, it is there all the same
	prints '' policy-list --clause H2.C --list surveys
	run columns name policy-list --format csv --list roles
	[[ ${lines[0]} == desk ]]
	refused 2 'policy-list: --list: “rules” is not one of roles|departments|hours|kinds|categories|severities|prices|checklists|events|steps|unique|balances|deadlines|extensions|callbacks|phrases|repeats|routines|surveys|schemes|degrees|courses|certificates|appointments|penalties|ratings' \
		policy-list --list rules
	refused 2 'policy-list: --list: “rules” is not one of roles|departments|hours|kinds|categories|severities|prices|checklists|events|steps|unique|balances|deadlines|extensions|callbacks|phrases|repeats|routines|surveys|schemes|degrees|courses|certificates|appointments|penalties|ratings' \
		policy-list --list rules --gaps
}

@test "an entry is named by the key that names it, wherever that stands" {
	ledger resident-centre
	sed -i 's/- {role: desk, title: \({[^}]*}\),/- {title: \1, role: desk,/' policy/resident-centre.yaml
	grep -q '{title: .*, role: desk,' policy/resident-centre.yaml
	run columns name policy-list --format csv --list roles
	[[ ${lines[0]} == desk ]]
}

@test "who calls back: by role, by what the ticket concerns, or whom the document sends" {
	ledger resident-centre
	run columns name,rule policy-list --format csv --list callbacks
	[[ $output == *'ordinary-complaint,'*'; who head-of:department,officer'* ]]
	[[ $output == *'officer-visit,'*'; who person:to'* ]]
}

@test "completion offers the lists that the ledger has" {
	ledger resident-centre
	cp "$root/lib/cli/completion.bash" policy-list
	source ./policy-list # named as the command it completes
	COMP_WORDS=(policy-list --list d) COMP_CWORD=2
	_kefu policy-list d --list
	output="${COMPREPLY[*]}"
	output_is 'deadlines departments'
}

@test "every place is where the entry stands" {
	ledger resident-centre
	policy-list --format tsv --no-header --list steps | while IFS=$'\t' read -r _ _ name place _; do
		[[ $place != kefu ]] || continue # of every ledger
		sed -n "${place##*:}p" "${place%:*}" | grep -q "step: \[*${name%%,*}"
	done
}

@test "what is there in every ledger stands in no pack" {
	ledger vanke
	prints $'kefu\tsteps\treplied\tkefu\t按承诺答复' policy-list --format tsv --no-header --list steps --clause kefu
	prints $'kefu\tdeadlines\tpromised-at-opening\tkefu\t受理时承诺的回复; at opened.promised; until replied' \
		policy-list --format tsv --no-header --list deadlines --clause kefu
	run -0 policy-list --clause kefu
	[[ ${lines[1]} == 'kefu    steps      replied              kefu '* ]]
}

@test "what nothing is due for" {
	cat >pack.yaml <<'END'
pack: small
title: small
source: small
roles: [{role: desk, title: desk}]
kinds:
  - {kind: lost, title: lost, severities: [usual, urgent]}
  - {kind: found, title: found}
categories:
  - {category: key, kind: lost, title: key}
  - {category: bag, kind: lost, title: bag}
  - {category: thing, kind: found, title: thing}
severities: [{severity: usual, title: usual}, {severity: urgent, title: urgent}]
deadlines:
  - {rule: look, kind: lost, severity: urgent, start: opened, until: [closed], within: 1 d, clause: A-1}
  - {rule: keep, kind: found, start: opened, until: [closed], within: 1 y, before: 2020-01-01, clause: A-2}
callbacks:
  - {rule: call, kind: lost, category: key, after: closed, within: 3 d, rate: "1", who: [desk], clause: A-3}
END
	sed -i 's/2020-01-01/"2020-01-01"/' pack.yaml
	mkdir ledger && cd ledger && ledger-init --pack ../pack.yaml --site YL
	run columns kind,category,severity,lacks policy-list --gaps --format csv
	output_is 'lost,key,usual,deadline
lost,bag,usual,deadline, callback
lost,bag,urgent,callback
found,thing,,deadline, callback'
}

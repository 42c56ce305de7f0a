#!/bin/bash
# Which clauses of the rulebook which packs state, and which tests hold them: a table, then what is missing. Exit 1 when a
# clause that a pack states has no test. A test says whose it is at the beginning of its name: @test "[H2.C-5] …".
# Usage: tests/rules.sh [RULEBOOK], else $KEFU_TEST_DATA/../RULEBOOK.md
set -u
cd "$(dirname "$0")/.." || exit 2
rulebook=${1:-${KEFU_TEST_DATA:-../shared/data}/../RULEBOOK.md}
sections='^### (H2\.[ABC]|H3\.4) '
clauses='(H2\.[ABC]|H3\.4)-[0-9]+'
if [[ ! -r $rulebook ]]; then
	echo "the rulebook is not here: $rulebook"
	exit 77
fi

# stated CLAUSE: the entries of packs that name it, as "pack: name, name"
stated() {
	local pack entries
	for pack in examples/*/policy.yaml; do
		entries=$(grep -E "clause: (\[.*)?\b${1//./\\.}([],} ]|$)" "$pack" |
			sed -E 's/^ *- \{[a-z-]+: (\[[^]]*\]|[^,]*).*/\1/; s/[][]//g; s/, /+/g' | uniq | paste -sd , | sed 's/,/, /g')
		[[ $entries ]] && printf '%s: %s; ' "$(basename "$(dirname "$pack")")" "$entries"
	done
}

missing='' untested=''
printf '%-9s %5s  %s\n' clause tests 'stated by'
for clause in $(awk -v begin="$sections" '/^###? /{inside = $0 ~ begin} inside' "$rulebook" | grep -Eo "$clauses" | sort -uV); do
	by=$(stated "$clause")
	count=$(cat tests/cmd/*.bats tests/flow/*.bats | grep -Ec "^@test \"(\[[^]]*\])*\[${clause//./\\.}\]")
	printf '%-9s %5d  %s\n' "$clause" "$count" "${by%; }"
	[[ $by ]] || missing+=" $clause"
	[[ $by && $count == 0 ]] && untested+=" $clause"
done
printf '\nno pack states:%s\n' "${missing:- none}"
printf 'stated without a test:%s\n' "${untested:- none}"
[[ ! $untested ]]

#!/usr/bin/env bats
# Exit statuses: each that a page documents can be met, and no command ends with one that its page lacks.
load ../helper
load everything

setup_file() {
	copy_of_ledger "$BATS_FILE_TMPDIR/ledger" everything_ledger
	export SHIM=$BATS_FILE_TMPDIR/shim.so
	${CC:-cc} -D_GNU_SOURCE -std=gnu17 -Wall -Wextra -O1 -shared -fPIC -o "$SHIM" "$root/tests/fault/shim.c" -ldl
	export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0
	# a file between whose sides git left markers, and one whose sides are two forms
	cd "$BATS_FILE_TMPDIR/ledger"
	local one=tickets/2026/09/YL260930001.yaml two=tickets/2026/09/YL260930002.yaml
	{ echo '<<<<<<< ours' && cat $one && echo ======= && cat $one && echo '>>>>>>> theirs'; } >../united.yaml
	{ echo '<<<<<<< ours' && cat $one && echo ======= && cat $two && echo '>>>>>>> theirs'; } >../two.yaml
	{ echo '<<<<<<< ours' && head -n 4 $one && echo ======= && cat $one && echo '>>>>>>> theirs'; } >../cut.yaml
	printf '%s\n' 'pack: cut' 'title: [' >../cut-pack.yaml
	printf '%s\n' unit,name 3-9999,x >../customers.csv
	printf '%s\n' unit,birthday 3-9999,02-30 >../rejected.csv
	printf '%s\n' unit,security 5-0302,nosuch >../answers.csv
	printf '%s\n' 7-0101 7-0102 >../units
	printf '%s\n' unit,when '3-1201,2026-09-01 09:00' >../rows-good.csv
	printf '%s\n' unit,when '3-1201,2026-02-30 09:00' >../rows-bad.csv
	printf '%s\n' 'source: exit' 'key: unit' 'fields: {at: when, kind: {value: complaint}, text: unit}' 'times: ["%Y-%m-%d %H:%M"]' >../map.yaml
}

# What each command is to do, in a copy of the ledger: `*` does what it is for, ends with 0, and is made to fail in the ways
# of status 2, 4, 5 and 6, unless a line of the status says how. `=` in front of a line: it is run as it stands.
cases() {
	cat <<-'END'
		appraise-tally *|appraise-tally
		appraise *|appraise lihua weekly-check --by gaoxia -D service:1:x
		appraise 3|appraise lihua weekly-check --by lihua -D service:1:x
		callback-due *|callback-due
		callback-due 1|callback-due --exit-code
		callback-log *|callback-log YL260930002 --by lihua --unreached
		callback-log 3|callback-log YL260930002 --by lihua -a satisfied --quality 6
		callback-plan *|callback-plan
		callback-plan 3|callback-plan --by nosuch
		callback-tally *|callback-tally -P 2026
		callback-tally 1|callback-tally -P 2026 --exit-code
		customer-import *|customer-import ../customers.csv --by lihua
		customer-import 1|customer-import ../rejected.csv --by lihua
		customer-import 3|customer-import ../answers.csv --by lihua
		customer-list *|customer-list
		customer-log *|customer-log opened 3-9998 --by lihua -n x
		customer-log 3|customer-log opened 3-1201 --by lihua -n x
		deadline-recompute *|decree; deadline-recompute "$inquiry" --by lihua
		deadline-recompute 3|decree; deadline-recompute "$inquiry" --at 09:00 --by lihua
		ledger-check *|ledger-check
		ledger-check 5|rm tickets/2026/09/YL260930001.yaml; ledger-check >/dev/full
		ledger-check 1|rm tickets/2026/09/YL260930001.yaml; ledger-check
		ledger-import *|ledger-import ../rows-good.csv -m ../map.yaml --by lihua
		ledger-import 5|SHIM=syncfs:1 ledger-import ../rows-good.csv -m ../map.yaml --by lihua
		ledger-import 6|SHIM=syncfs:2 ledger-import ../rows-good.csv -m ../map.yaml --by lihua
		ledger-import 1|ledger-import ../rows-bad.csv -m ../map.yaml --rejects ../rejects --by lihua
		ledger-import 3|ledger-import ../customers.csv -m ../map.yaml --by lihua
		ledger-init *|ledger-init --pack resident-centre --site YL ../new
		ledger-init 3|ledger-init --pack resident-centre --site YL .
		ledger-init 4|ledger-init --pack ../cut-pack.yaml --site YL ../new
		ledger-log *|rm tickets/2026/09/YL260930003.yaml; ledger-log lost YL260930003 -r x
		ledger-log 3|ledger-log lost YL260930001 -r x
		ledger-merge *|ledger-merge ../united.yaml
		ledger-merge 3|ledger-merge ../two.yaml
		ledger-merge 4|ledger-merge ../cut.yaml
		ledger-merge 5|ledger-merge ../nosuch
		ledger-upgrade *|ledger-upgrade
		ledger-upgrade 1|sed -i '/^versions:/,$d' kefu.yaml; ledger-upgrade
		ledger-upgrade 3|rm .kefu/site; sed -i '/^versions:/,$d' kefu.yaml; ledger-upgrade --write
		ledger-upgrade 5|sed -i '/^versions:/,$d' kefu.yaml; SHIM=fsync:0 ledger-upgrade --write
		ledger-upgrade 6|sed -i '/^versions:/,$d' kefu.yaml; SHIM=fsyncdir:0 ledger-upgrade --write
		personnel-list *|personnel-list
		personnel-log *|personnel-log lihua commended --degree commendation -r x --by qianjin
		personnel-log 3|personnel-log lihua commended --degree commendation -r x --by lihua
		policy-list *|policy-list
		staff-list *|staff-list
		staff-log *|staff-log changed lihua --phone 13900010008
		staff-log 3|staff-log left nosuch
		survey-draw *|survey-draw 2026h3 --units ../units --rate 1 --by lihua
		survey-draw 1|sed -i 's/^size: /size: 1/' surveys/2026h2.yaml; survey-draw 2026h2 --verify
		survey-draw 3|survey-draw 2026h2 --rate 1 --by lihua
		survey-list *|survey-list
		survey-list 1|survey-list --exit-code --now '2027-12-01 12:00'
		survey-log *|survey-log 2026h2 5-0302 security=4 --by lihua
		survey-log 1|survey-log 2026h2 --from ../answers.csv --by lihua --rejects ../rejects
		survey-log 3|survey-log 2026h3 3-1201 security=4 --by lihua
		survey-plan *|survey-plan voided 2026h3 -r x --by lihua
		survey-plan 3|survey-plan issued 2026h3 --by lihua
		survey-tally *|survey-tally 2026h2
		survey-tally 1|survey-tally 2026h2 --exit-code
		survey-tally 3|survey-tally 2026h3
		ticket-assign *|ticket-assign YL260930003 zhaoqiang --by lihua
		ticket-assign 3|ticket-assign YL260930003 nosuch --by lihua
		ticket-close *|ticket-close YL260930003 -r x --by lihua
		ticket-close 3|ticket-close YL260930001 -r x --by lihua
		ticket-due *|ticket-due
		ticket-due 1|ticket-due --exit-code
		ticket-list *|ticket-list
		ticket-log *|ticket-log YL260930003 told --set to=gaoxia --by lihua
		ticket-log 3|ticket-log YL260930003 told --set to=nosuch --by lihua
		ticket-open *|ticket-open -k inquiry --by lihua x
		ticket-open 3|ticket-open -k nosuch --by lihua x
		ticket-repeats *|ticket-repeats
		ticket-repeats 5|for i in 1 2 3; do ticket-open -q -k complaint -u 3-1201 --by lihua --now '2026-12-01 10:00' x; done; ticket-repeats --now '2026-12-02 12:00' >/dev/full
		ticket-show *|ticket-show YL260930001
		ticket-why *|ticket-why YL260930001
	END
}

# decree: days off become known that move a deadline of the ticket $inquiry
decree() {
	sed -i '0,/^deadlines:/s//&\n  - {rule: answer, kind: inquiry, start: opened, within: 3 wd, until: [closed], clause: R-4}/' policy/resident-centre.yaml
	inquiry=$(ticket-open -q --by lihua -k inquiry --now '2026-12-01 10:00' x)
	printf '%s\n' days: '  - {name: 停电, known: "2026-12-02", rest: ["2026-12-03"]}' >policy/calendar-own.yaml
}

# documented COMMAND: the statuses of its page, in order
documented() { sed -n '/^\.Sh EXIT STATUS/,/^\.Sh EXAMPLES/s/^\.It \([0-9]\)$/\1/p' "$root/man/$1.1" | sort | xargs; }

records() { "$build/bin/$1" --options | grep -q -- '--dry-run'; }

# play STATUS COMMAND LINE: the line, made to fail as the status asks
play() {
	local status=$1 name=$2 line=$3 clock="2026-12-02 12:00" shimmed=
	cp -a "$BATS_FILE_TMPDIR" here && cd here/ledger || return
	# the last command of the line gets the clock
	[[ $line == *--now* || $name == ledger-merge || $name == ledger-init || $line == *ledger-upgrade* ]] || line+=" --now '$clock'"
	[[ $name != ledger-upgrade ]] || line+=" --now '$clock'"
	case $status in
	2) line+=' --no-such-option' ;;
	4) printf 'format: [\n' >kefu.yaml ;;
	5) if [[ $name == ledger-merge ]]; then :; elif records "$name"; then shimmed=fsync:0; else line+=' >/dev/full'; fi ;;
	6) shimmed=fsyncdir:0 ;;
	esac
	if [[ $line == *SHIM=* ]]; then
		shimmed=${line#*SHIM=}
		shimmed=${shimmed%% *}
		line=${line/SHIM=$shimmed /}
	fi
	if [[ $shimmed ]]; then
		line=${line/"$name "/"env LD_PRELOAD=$SHIM SHIM_ROOT=$(dirname "$PWD") SHIM_LOG=$PWD/../log SHIM_FAIL=$shimmed:5 $name "}
	fi
	(eval "$line" >out 2>err) || return
}

@test "every command is in the table" {
	diff <(cases | cut -d ' ' -f 1 | sort -u) <(basename -a "$build"/bin/* | sort)
}

@test "each status that a page documents can be met, and is the one the page says" {
	local name status line found=0 wrong=
	mkdir plays
	while read -r name; do
		for status in $(documented "$name"); do
			line=$(cases | sed -n "s/^$name $status|//p")
			[[ $line || $status == [24560] ]] || { echo "$name $status: no way in the table"; wrong=1; continue; }
			mkdir "plays/$name$status" && pushd "plays/$name$status" >/dev/null
			found=0
			if [[ $line ]]; then play run "$name" "$line"; else play "$status" "$name" "$(cases | sed -n "s/^$name \*|//p")"; fi || found=$?
			[[ $found == "$status" ]] || { echo "$name: $found, not $status: $(head -n 3 err)"; wrong=1; }
			popd >/dev/null
			rm -r "plays/$name$status"
		done
	done < <(cases | cut -d ' ' -f 1 | sort -u)
	[[ ! $wrong ]]
}

# Ways in which anything can fail, whatever the command: name and what is done.
troubles() {
	cat <<-'END'
		no option|line+=' --no-such-option'
		no ledger|cd / && export KEFU_LEDGER=/nosuch
		a header of a newer kefu|sed -i 's/^format: .*/format: 99/' kefu.yaml
		a header that is none|printf 'x: [' >kefu.yaml
		a policy that is none|printf 'x: [' >policy/resident-centre.yaml
		a schema that is none|printf 'x: [' >schemas/fields.yaml
		a cut ticket|truncate -s -5 tickets/2026/09/YL260930001.yaml
		a cut customer|truncate -s -5 customers/3/3-1201.yaml
		a cut register|truncate -s -5 personnel/lihua.yaml
		a cut plan|truncate -s -5 plans/2026/*.yaml
		a cut sheet|for file in appraisals/2026/lihua/*; do truncate -s -5 "$file"; done
		a cut survey|truncate -s -5 surveys/2026h2.yaml
		cut staff|truncate -s -5 staff.yaml
		a questionnaire that was changed|echo '# x' >>surveys/2026h2/questionnaire.yaml
		nobody on the staff|sed -i 's/^person: keeper$/person: somebody/' staff.yaml
		a clone without a site|rm -f .kefu/site
		a full pipe|line+=' >/dev/full'
		no room|shimmed=write:0
		no disk|shimmed=fsync:0
		a disk that is not sure|shimmed=fsyncdir:0
		a folder where a file was|rm staff.yaml && mkdir staff.yaml
	END
}

@test "whatever goes wrong, no command ends with a status that its page lacks, or by a signal" {
	local name line trouble action shimmed fresh found wrong=
	mkdir plays && cd plays
	cp -a "$BATS_FILE_TMPDIR" whole
	while IFS='|' read -r trouble action; do
		rm -rf here && cp -a whole here
		fresh=1
		while read -r name; do
			line=$(cases | sed -n "s/^$name \*|//p")
			[[ $name != deadline-recompute ]] || line=deadline-recompute
			[[ $name != ledger-log ]] || line='ledger-log lost YL260930003 -r x'
			[[ $name == ledger-merge || $name == ledger-init ]] || line+=" --now '2026-12-02 12:00'"
			[[ $fresh || -z $(find here -newer stamp -type f ! -path '*/.kefu/*' -print -quit) ]] || { rm -rf here && cp -a whole here && fresh=1; }
			found=0 shimmed=
			(
				cd here/ledger
				[[ ! $fresh && $action == *.yaml* ]] || eval "$action"
				[[ ! $fresh ]] || touch "$OLDPWD/stamp"
				[[ ! $shimmed ]] || line="env LD_PRELOAD=$SHIM SHIM_ROOT=$(dirname "$PWD") SHIM_LOG=$PWD/../log SHIM_FAIL=$shimmed:5 $line"
				eval "$line"
			) >out 2>err || found=$?
			[[ " $(documented "$name") " == *" $found "* ]] || { echo "$trouble: $name: $found: $(head -n 2 err)"; wrong=1; }
			fresh=
		done < <(cases | cut -d ' ' -f 1 | sort -u)
	done < <(troubles)
	[[ ! $wrong ]]
}

#!/usr/bin/env bats
# Whatever command records something: what its schema forbids, what would read back otherwise and what makes a file
# larger than 4 MiB is refused, and nothing is written.
load ../helper
load ../packs
load ../users

export day=2026-11-20

# The commands and what each writes, a line for each kind of document. COMMAND runs at 12:00 beside what setup_file has
# made. SCHEMA is that of the document; FILE, unless it is -, is the file that the document is added to.
cases() {
	cat <<-'END'
		appraise|3|sheet/marked|-|appraise meizhen appraisal --by qianjin -D attendance:1:x
		appraise|3|sheet/confirmed|appraisals/2026/meizhen/2026-W47-weekly-check.yaml|appraise meizhen weekly-check --confirm --by qianjin
		appraise|3|sheet/corrected|appraisals/2026/meizhen/2026-W47-weekly-check.yaml|appraise meizhen weekly-check --correct x --by qianjin
		appraise|3|sheet/voided|appraisals/2026/meizhen/2026-W47-weekly-check.yaml|appraise meizhen weekly-check --void x --by qianjin
		callback-log|3|ticket/callback|tickets/2026/11/YL261120002.yaml|callback-log 2 --by meizhen --unreached
		callback-log|3|ticket/reopened|tickets/2026/11/YL261120002.yaml|callback-log 2 --by meizhen --caller meizhen --caller sunli -a unsatisfied -m visit --quality 4 --effect 4 --satisfaction 5 --signature x --shortcomings x --opinions x
		callback-plan|3|plan/planned|plans/2026/YL2611.yaml|callback-plan
		callback-plan|3|ticket/scheduled|-|callback-plan
		callback-plan|3|ticket/opened|-|callback-plan
		callback-plan|3|ticket/drawn|-|callback-plan
		callback-plan|3|plan/frozen|-|callback-plan
		callback-plan|3|plan/drawn|-|callback-plan
		customer-import|1|customer/opened|-|customer-import ../customers.csv --by lihua
		customer-import|1|customer/changed|customers/3/3-0101.yaml|customer-import ../customers-changed.csv --by lihua
		customer-log|3|customer/opened|-|customer-log opened 3-0109 --by lihua -n x
		customer-log|3|customer/changed|customers/3/3-0101.yaml|customer-log changed 3-0101 --by lihua -n x
		customer-log|3|customer/closed|customers/3/3-0101.yaml|customer-log closed 3-0101 --by lihua --reason x
		deadline-recompute|3|ticket/recomputed|tickets/2026/11/YL261119002.yaml|deadline-recompute YL261119002 --by lihua
		ledger-import|1|ticket/imported|-|ledger-import ../tickets.csv -m ../mapping.yaml --rejects ../rejects
		ledger-init|3|header|-|ledger-init --site EB
		ledger-log|3|numbers/lost|-|ledger-log lost YL261119004 -r x
		ledger-log|3|numbers/found|numbers/YL.yaml|ledger-log found YL261119003 -r x
		ledger-log|3|renumbered|tickets/2026/11/YL261120003.yaml|ledger-log renumbered 3#2
		ledger-upgrade|3|header|-|ledger-upgrade --write
		personnel-log|3|personnel/commended|personnel/meizhen.yaml|personnel-log meizhen commended --degree commendation -r x --by qianjin
		staff-log|3|staff|staff.yaml|staff-log changed lihua --phone 13900010009
		survey-draw|3|survey/frozen|-|survey-draw approved --units ../approved.units --size 1 --by lihua
		survey-draw|3|survey/drawn|surveys/approved.yaml|survey-draw approved --units ../approved.units --size 1 --by lihua
		survey-log|3|survey/answered|-|survey-log issued 3-0102 security=5 --by lihua
		survey-log|3|survey/corrected|surveys/issued/answers/3/3-0101.yaml|survey-log issued 3-0101 --correct --reason x security=4 --by lihua
		survey-log|3|survey/voided|surveys/issued/answers/3/3-0101.yaml|survey-log issued 3-0101 --void --reason x --by lihua
		survey-log|1|survey/answered|-|survey-log issued --from ../answers.csv --rejects ../rejects --by lihua
		survey-log|1|survey/answered|surveys/issued/answers/3/3-0103.yaml|survey-log issued --from ../answers-again.csv --rejects ../rejects --by lihua
		survey-plan|3|survey/planned|-|survey-plan planned new --questionnaire ../questionnaire.yaml --title x -o half-yearly --by lihua
		survey-plan|3|survey/approved|surveys/planned.yaml|survey-plan approved planned --by fuyun
		survey-plan|3|survey/issued|surveys/drawn.yaml|survey-plan issued drawn --by lihua
		survey-plan|3|survey/voided|surveys/drawn.yaml|survey-plan voided drawn -r x --by lihua
		ticket-assign|3|ticket/assigned|tickets/2026/11/YL261120001.yaml|ticket-assign 1 wanggang
		ticket-close|3|ticket/closed|tickets/2026/11/YL261120001.yaml|ticket-close 1 --by lihua -r x --valid --reason x
		ticket-close|3|ticket/finished|tickets/2026/11/YL261120003.yaml|ticket-close 3 --by lihua -w wanggang --work x --signature x --opinion x --phone 13900010001 -r x
		ticket-log|3|ticket/told|tickets/2026/11/YL261120001.yaml|ticket-log 1 told --by lihua --set to=wenbo
		ticket-log|3|ticket/step|tickets/2026/11/YL261120003.yaml|ticket-log 3 started --by wanggang
		ticket-open|3|ticket/opened|-|ticket-open -k inquiry --by lihua x
	END
}

setup_file() {
	export GARBLER=$BATS_FILE_TMPDIR/garble.so
	export SHIM=$BATS_FILE_TMPDIR/shim.so
	export LOCK=$BATS_FILE_TMPDIR/lock.so
	${CC:-cc} -D_GNU_SOURCE -std=gnu17 -Wall -Wextra -O1 -shared -fPIC -o "$GARBLER" "$root/tests/fault/garble.c" -ldl
	${CC:-cc} -D_GNU_SOURCE -std=gnu17 -Wall -Wextra -O1 -shared -fPIC -o "$LOCK" "$root/tests/fault/lock.c" -ldl
	${CC:-cc} -D_GNU_SOURCE -std=gnu17 -Wall -Wextra -O1 -shared -fPIC -o "$SHIM" "$root/tests/fault/shim.c" -ldl
	# what comes round by itself: a ticket a day, a birthday, a share of the inquiries
	cat >"$BATS_FILE_TMPDIR/round.yaml" <<-'END'
		pack: round
		title: round
		source: round
		kinds: [{kind: routine, title: routine}]
		deadlines:
		  - {rule: look, routine: look, start: opened, within: 0 d, until: [closed], clause: R-1}
		  - {rule: answer, kind: inquiry, start: opened, within: 3 wd, until: [closed], clause: R-4}
		callbacks:
		  - {rule: greeting, routine: greeting, after: [scheduled], within: 0 d, rate: "1", who: [desk], clause: R-2}
		  - {rule: share, kind: inquiry, after: [closed], within: 1 w, rate: "0.30", who: [desk], unsatisfied: open inquiry, clause: R-3}
		routines:
		  - {routine: look, title: look, for: desk, kind: routine, every: day, clause: R-1}
		  - {routine: greeting, title: greeting, for: form, kind: customer, yearly: customer.birthday, clause: R-2}
	END
	resident_centre --pack satisfaction --pack "$BATS_FILE_TMPDIR/round.yaml"
	people_join fuyun --name 付云 --role estate-manager
	# later than the others, who would need its training first
	cp "$root/examples/appraisal/policy.yaml" policy/appraisal.yaml
	sed -i 's/^packs:$/&\n  - appraisal/' kefu.yaml
	local survey
	{
		at '2026-11-18 08:00' customer-log opened 3-0101 --by lihua -n 住户 --birthday 11-20
		callback-plan --now '2026-11-18 18:00'
		at 08:00 ticket-open --by lihua -k complaint -c noise -s ordinary -u 3-0802 -n 何先生 -p 13900010008 楼下太吵
		at 08:01 ticket-open --by lihua -k complaint -c noise -s ordinary -u 3-0803 -n 何先生 -p 13900010008 楼下太吵
		at 08:02 ticket-log 1 visited --by meizhen -t x
		at 08:02 ticket-log 2 visited --by meizhen -t x
		at 08:02 ticket-close 2 --by lihua -r 已劝离 --valid --reason 未巡逻
		at 08:03 ticket-open --by lihua -k repair -c drain -s ordinary -u 3-1201 -n 王女士 -p 13900010001 下水道堵塞
		at 08:04 ticket-assign 3 zhaoqiang
		at '2026-11-19 08:00' ticket-open --by lihua -k inquiry -u 3-0101 x
		at '2026-11-19 08:01' ticket-close YL261119001 --by lihua -r x
		at '2026-11-19 08:02' ticket-open --by lihua -k inquiry -u 3-0102 x
		printf '%s\n' days: '  - {name: 停电, known: "2026-11-20", rest: ["2026-11-23"]}' >policy/calendar-own.yaml
		# one that is lost, one that was found again, and a number that two documents have
		at '2026-11-19 08:02' ticket-open --by lihua -k inquiry -u 3-0101 x
		at '2026-11-19 08:02' ticket-open --by lihua -k inquiry -u 3-0101 x
		mv tickets/2026/11/YL261119003.yaml ..
		rm tickets/2026/11/YL261119004.yaml
		at 08:04 ledger-log lost YL261119003 -r x
		mv ../YL261119003.yaml tickets/2026/11
		sed 's/08:04/08:05/' tickets/2026/11/YL261120003.yaml >../twin.yaml
		ledger-merge tickets/2026/11/YL261120003.yaml ../twin.yaml
		rm ../twin.yaml
		at 08:05 personnel-log meizhen trained --course induction --passed yes --by qianjin
		at 08:06 appraise meizhen weekly-check --by gaoxia -D attendance:0.5:x
		cp "$root/examples/satisfaction/questionnaire.yaml" ..
		printf '%s\n' 3-0101 3-0102 3-0103 >../issued.units
		printf '%s\n' 3-0201 3-0202 >../drawn.units
		printf '%s\n' 3-0301 3-0302 >../approved.units
		for survey in planned approved drawn issued; do
			at 08:10 survey-plan planned $survey --questionnaire ../questionnaire.yaml --title x -o half-yearly --by lihua
			[[ $survey == planned ]] || at 08:11 survey-plan approved $survey --by fuyun
			[[ $survey == planned || $survey == approved ]] || at 08:12 survey-draw $survey --units ../$survey.units --rate 1 --by lihua
		done
		at 08:13 survey-plan issued issued --by lihua
		at 08:14 survey-log issued 3-0101 security=5 --by lihua
		at 08:14 survey-log issued 3-0103 security=5 --by lihua
		at 08:15 survey-log issued 3-0103 --void --reason x --by lihua
	} >/dev/null
	cd ..
	printf '%s\n' unit,name 3-0109,x >customers.csv
	printf '%s\n' unit,name 3-0101,x >customers-changed.csv
	printf '%s\n' unit,security 3-0102,4 >answers.csv
	printf '%s\n' unit,security 3-0103,4 >answers-again.csv
	printf '%s\n' key,at,kind,text '1,2026-11-19 10:00,inquiry,x' >tickets.csv
	printf '%s\n' 'source: old' 'key: key' 'times: ["%Y-%m-%d %H:%M"]' 'fields: {at: at, kind: kind, text: text}' >mapping.yaml
}

# each FUNCTION: called in a fresh copy of the ledger with the parts of every case on stdin
each() {
	local name wanted schema file command number=0 # of the case
	while IFS='|' read -r name wanted schema file command; do
		mkdir -p "$BATS_TEST_TMPDIR/$((++number))"
		cp -a "$BATS_FILE_TMPDIR"/{ledger,*.csv,*.yaml,*.units} "$BATS_TEST_TMPDIR/$number/"
		cd "$BATS_TEST_TMPDIR/$number/ledger"
		echo "$command"
		[[ $name != ledger-upgrade ]] || sed -i '/^versions:/,$d' kefu.yaml # as 0.1 left it
		[[ $name == ledger-init ]] && rm .kefu/site || command+=" --now '$day 12:00'"
		"$1"
	done
}

# What must stay as it is: the tree. A plan and a draw write in several steps, the later ones naming the earlier; there it
# is the documents of the event.
kept() {
	[[ $name == callback-plan || $schema == survey/drawn ]] || { tree_digest; return; }
	local folders=(tickets customers)
	[[ $schema == ticket/* ]] || folders=("${schema%/*}s")
	grep -r "^event: ${schema##*/}\$" "${folders[@]}" | sort
}

# refuses TEXT [ENVIRONMENT]: the command says TEXT, ends with its status, and writes nothing
refuses() {
	local before
	before=$(kept)
	eval "run --separate-stderr ${2-} $command"
	status_is "$wanted"
	# of what stands in a file, the rows that are refused are put aside
	echo "$stderr"
	[[ ! -e ../rejects ]] || cat ../rejects
	[[ $stderr$(cat ../rejects 2>/dev/null) == *"$1"* ]]
	diff <(echo "$before") <(echo "$(kept)")
}

@test "every command that can record something stands in the table" {
	diff <(cases | cut -d '|' -f 1 | sort -u) \
		<(for command in "$build"/bin/*; do "$command" --options | grep -q -- '--dry-run' && basename "$command"; done | sort)
}

writes() {
	touch ../before
	eval "run --separate-stderr $command"
	status_is 0
	[[ $(find . -type f -newer ../before ! -path './.kefu/*') ]]
}

@test "unhindered, each of them writes" {
	each writes < <(cases)
}

# garbling TEXT: what makes a command read that otherwise
garbling() { echo "env LD_PRELOAD=$GARBLER GARBLE='$1' ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0"; }

garbled() {
	local text='site: YL'
	[[ $name == ledger-init ]] && text='- EB'
	[[ $name == ledger-upgrade ]] && text='calendar: "'
	refuses 'cannot be stored unchanged: ' "$(garbling "$text")"
}

@test "what would read back otherwise is not written" {
	each garbled < <(cases)
	local text
	for text in 'site: YL' '- YL'; do
		eval "run --separate-stderr $(garbling "$text") ledger-init ../new --site YL --pack resident-centre"
		status_is 3
		[[ $stderr == *'cannot be stored unchanged: '* && ! -e ../new ]]
	done
}

forbidden() {
	printf 'maxProperties: 1\n' >>"schemas/$schema.yaml"
	[[ $schema != header ]] || wanted=4 # which is then said of the one that is there
	refuses 'has more than 1 field'
}

@test "what its schema forbids is not written" {
	each forbidden < <(cases)
}

too_large() {
	[[ $file == - ]] && return
	local rest=$((4194304 - $(stat -c %s "$file") - 50))
	{ printf -- '---\n# %s\n' "$(head -c $rest /dev/zero | tr '\0' x)" && tail -n +2 "$file"; } >../padded && cat ../padded >"$file"
	refuses 'the file would grow beyond 4194304 bytes'
}

@test "no file grows beyond 4 MiB" {
	each too_large < <(cases)
}

# The disk fails once what is asked for, or its first part, has its name.
unconfirmed() {
	local said=''
	[[ $name == ledger-init ]] && return # which has nothing to print
	# of an import nothing stands in the file before the last call
	local call=fsyncdir:1
	[[ $name == ledger-import || $command == *--from* ]] && call=syncfs:2
	cp -a . ../unhindered
	# the questionnaire and a plan's frames are no documents that anybody asked for
	[[ $name == survey-plan || $name == callback-plan ]] || said=$(cd ../unhindered && eval "$command" 2>/dev/null)
	[[ $name != survey-draw ]] || said='approved/frame#1'
	eval "run --separate-stderr env LD_PRELOAD=$SHIM SHIM_ROOT=\$PWD SHIM_LOG=/dev/null SHIM_FAIL=$call:5 ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0 $command"
	status_is 6
	output_is "$said"
}

@test "what the disk does not confirm is told with status 6, and by its number if it is in place" {
	# one of each command, and of the two ways of survey-log
	each unconfirmed < <(cases | sort -t '|' -k 1,1 -k 2,2 -u)
}

# A ledger that holds much more, of which nothing is asked for: other tickets of these days and of last year, other
# households, people, sheets, surveys, answers and plans.
enlarge() {
	local ids=() id day number area
	for day in 251103 261112 261113 261117 261118 261119 261120; do
		mkdir -p "tickets/20${day:0:2}/${day:2:2}"
		for number in {101..115}; do
			sed "s/YL261120001/YL$day$number/" tickets/2026/11/YL261120001.yaml \
				>"tickets/20${day:0:2}/${day:2:2}/YL$day$number.yaml"
		done
	done
	for area in 3 8; do
		mkdir -p "customers/$area" "surveys/issued/answers/$area"
		for number in {1..15}; do
			sed "/birthday:/d; s/3-0101/$area-90$number/" customers/3/3-0101.yaml >"customers/$area/$area-90$number.yaml"
			sed "s/3-0101/$area-90$number/" surveys/issued/answers/3/3-0101.yaml \
				>"surveys/issued/answers/$area/$area-90$number.yaml"
		done
	done
	for number in {1..15}; do
		mkdir -p "appraisals/2026/meizhen$number"
		sed "s/meizhen/meizhen$number/" personnel/meizhen.yaml >"personnel/meizhen$number.yaml"
		sed "s/meizhen/meizhen$number/" appraisals/2026/meizhen/2026-W47-weekly-check.yaml \
			>"appraisals/2026/meizhen$number/2026-W47-weekly-check.yaml"
		sed "s/^id: planned/&$number/" surveys/planned.yaml >"surveys/planned$number.yaml"
	done
}

# What is opened, and how many names are read, the most in any time that the lock is held.
watched() {
	rm -f ../lock.log
	eval "run --separate-stderr env LOCK_LOG=../lock.log LD_PRELOAD=$LOCK ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0 $command"
	status_is 0
	[[ $command != 'callback-log YL261119001 '* || $stderr == *': opened YL261120'*' for it [R-3]' ]]
	echo "$command: $(sort -n ../lock.log | tail -1 | cut -d ' ' -f 1,2)" >>"$BATS_TEST_TMPDIR/$size"
}

@test "what is read under the lock does not grow with the ledger" {
	# what looks for something among tickets that are there
	more() {
		cases | sort -u -t '|' -k 5
		cat <<-'END'
			ticket-open|0|-|-|ticket-open -k inquiry --by lihua --request-id r-1 x
			callback-log|0|-|-|callback-log YL261119001 --by lihua -a unsatisfied -m telephone --quality 4 --effect 4 --satisfaction 5 --signature x --shortcomings x --opinions x
		END
	}
	size=small
	each watched < <(more)
	cd "$BATS_FILE_TMPDIR"
	rm -r "$BATS_TEST_TMPDIR"/[0-9]*
	cp -a ledger "$BATS_TEST_TMPDIR/kept"
	(cd ledger && enlarge)
	size=large
	each watched < <(more)
	rm -r "$BATS_FILE_TMPDIR/ledger" && mv "$BATS_TEST_TMPDIR/kept" "$BATS_FILE_TMPDIR/ledger"
	# to issue a survey, those are looked at that were issued before: some in a year, however many households there are
	diff <(grep -v '^survey-plan issued drawn ' "$BATS_TEST_TMPDIR/small") <(grep -v '^survey-plan issued drawn ' "$BATS_TEST_TMPDIR/large")
}

# Files that others may read and nobody may write: what the run says, the dry run says.
closed() {
	cp -a "$BATS_TEST_TMPDIR/$number" "$public/" && cd "$public/$number/ledger" || return
	sed -i "s/^login: .*/login: mail/" staff.yaml
	"${as_root[@]}" chown -R mail .. && "${as_root[@]}" chmod -R a-w . && "${as_root[@]}" chmod -R u+w .kefu
	[[ $name != ledger-init ]] || "${as_root[@]}" chmod u-w .kefu
	local said
	run --separate-stderr as mail bash -c "$command"
	said=$status-$stderr
	[[ $said == 5-*': Permission denied' || $said == 5-*$'Permission denied\n'* ]]
	run --separate-stderr as mail bash -c "$command --dry-run"
	diff <(echo "$said") <(echo "$status-$stderr")
}

@test "where the run is not let, the dry run says so in the same words" {
	needs_users
	each closed < <(cases)
}

teardown() {
	users_gone
}

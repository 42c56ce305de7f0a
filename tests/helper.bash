# For every bats file: `load ../helper` and nothing of this machine leaks into the tests.
# Each test has $BATS_TEST_TMPDIR to itself, as home and working directory.
bats_require_minimum_version 1.5.0
# The first test file of a run looks where it is and sets the environment; its tests inherit that.
if [[ ${KEFU_TESTS_SET-} != "$BATS_RUN_TMPDIR" ]]; then
	KEFU_TESTS=$(cd "${BASH_SOURCE[0]%/*}/.." && pwd)
	export KEFU_TESTS KEFU_TESTS_SET=$BATS_RUN_TMPDIR
	export PATH="${KEFU_BUILD:-$KEFU_TESTS/build}/bin:${KEFU_BUILD:-$KEFU_TESTS/build}/tools:$PATH"
	export KEFU_DATA="${KEFU_MUTANT:-$KEFU_TESTS}" # tests/rules-slow changes a copy
	export KEFU_TEST_DATA="${KEFU_TEST_DATA:-$KEFU_TESTS/../shared/data}"
	export LC_ALL=C.UTF-8
	export GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=Desk GIT_AUTHOR_EMAIL=desk@example.org
	export GIT_COMMITTER_NAME=$GIT_AUTHOR_NAME GIT_COMMITTER_EMAIL=$GIT_AUTHOR_EMAIL
	unset TZ KEFU_LEDGER VISUAL EDITOR NO_COLOR COLUMNS POSIXLY_CORRECT LANGUAGE
	# shellcheck disable=SC2046 # names of variables, which a git hook sets
	unset $(git rev-parse --local-env-vars)
fi
root=$KEFU_TESTS
build=${KEFU_BUILD:-$root/build}

# test_begins: the test's own folder. bats traces every command to know where a test fails, a tenth of a millisecond each;
# where it failed can as well be found out when it has.
test_begins() {
	export HOME=$BATS_TEST_TMPDIR TMPDIR=$BATS_TEST_TMPDIR
	if declare -F bats_capture_stack_trace bats_error_trap >/dev/null; then
		trap - DEBUG
		trap 'test_fails || bats_error_trap' ERR
		trap 'test_left=$LINENO' RETURN
		BATS_DEBUG_LAST_STACK_TRACE=() BATS_DEBUG_LASTLAST_STACK_TRACE=()
	fi
	cd "$BATS_TEST_TMPDIR" || return
}

test_fails() {
	local failed=$?
	if [[ ${FUNCNAME[1]} == bats_perform_test ]]; then # by "return 1"
		BATS_DEBUG_LAST_STACK_TRACE=("$test_left $BATS_TEST_NAME $BATS_TEST_SOURCE")
	elif [[ ! ${BATS_DEBUG_LAST_STACK_TRACE_IS_VALID-} ]]; then
		bats_capture_stack_trace
	fi
	return $failed
}

# Where setup_file has made $BATS_FILE_TMPDIR/ledger, each test begins in a copy of it.
setup() {
	test_begins || return
	[[ -d $BATS_FILE_TMPDIR/ledger ]] || return 0
	cp -a "$BATS_FILE_TMPDIR/ledger" . && cd ledger || return
}

# copy_of_ledger FOLDER FUNCTION [ARGUMENT...]: FOLDER becomes a copy of the ledger that `FUNCTION FOLDER ARGUMENT...` makes,
# which it does once in a run
copy_of_ledger() {
	local folder=$1 store=${KEFU_LEDGERS:-$BATS_RUN_TMPDIR/ledgers} kept made
	shift
	[[ ! ${KEFU_MUTANT-} ]] || store=$BATS_RUN_TMPDIR/ledgers # of other rules
	kept=$store/${*//\//%}
	if [[ ! -d $kept ]]; then
		mkdir -p "$store"
		made=$(mktemp -d "$store/.XXXXXX")
		"$1" "$made/ledger" "${@:2}" || return
		# another file of tests may have been quicker
		mv -T "$made/ledger" "$kept" 2>/dev/null || [[ -d $kept ]] || return
		rm -rf "$made"
	fi
	cp -a "$kept" "$folder"
}

# run [! | -STATUS] [--separate-stderr] COMMAND [ARGUMENT...]: what bats' own does, without its detours
run() {
	local run_wanted='' run_apart='' run_flags=$-
	while [[ $1 == [-!]* ]]; do
		case $1 in
		!) run_wanted=! ;;
		--separate-stderr) run_apart=$BATS_RUN_TMPDIR/stderr.$BASHPID ;;
		-*[!-0-9]*) echo "run: $1 is no option here" && return 2 ;;
		*) run_wanted=${1#-} ;;
		esac
		shift
	done
	set +eET
	if [[ $run_apart ]]; then
		output=$("$@" 2>"$run_apart") && status=0 || status=$?
		read -d '' -r stderr <"$run_apart" || : # there is no such end
	else
		output=$("$@" 2>&1) && status=0 || status=$?
	fi
	local IFS=$'\n'
	set -f
	# shellcheck disable=SC2206 # words are what is wanted: one for each line that is not empty
	lines=($output) stderr_lines=(${run_apart:+$stderr})
	set +f
	set "-$run_flags"
	[[ ! $run_wanted || $status == "$run_wanted" || ($run_wanted == ! && $status != 0) ]] ||
		{ echo "run: status $status, not $run_wanted: $output"; return 1; }
}

# ledger PACK [OPTION...]: a ledger of that pack's rules, for tests, and the working directory is in it
ledger() {
	local pack=$1
	shift
	mkdir ledger && cd ledger && ledger-init --pack "$pack" --site YL --test "$@"
}

# What a test calls comes from a package on the list, so that it is there on every machine.
command_not_found_handle() {
	echo "$1: not in tests/packages, and so not found" >&2
	return 127
}

# status_is N, output_is TEXT, errors_are TEXT: of the last `run --separate-stderr`, exactly
status_is() {
	[[ $status == "$1" ]] && return
	printf 'status %s, not %s\nstdout: %s\nstderr: %s\n' "$status" "$1" "$output" "${stderr-}"
	return 1
}

output_is() {
	[[ $output == "$1" ]] && return
	diff -u --label expected --label stdout <(printf '%s\n' "$1") <(printf '%s\n' "$output")
}

errors_are() {
	[[ $stderr == "$1" ]] && return
	diff -u --label expected --label stderr <(printf '%s\n' "$1") <(printf '%s\n' "$stderr")
}

# plan_made DAY: the register says that DAY was planned, as if cron had run callback-plan and nothing had come round
plan_made() {
	local site month=${1:2:2}${1:5:2} path
	site=$(cat .kefu/site)
	path=plans/${1:0:4}/$site$month.yaml
	# what callback-plan wrote stays
	[[ -e $path ]] && ! grep -q '^at: ".*T00:00:00+08:00"$' "$path" && return
	mkdir -p "${path%/*}"
	printf -- '---\nevent: planned\nseq: 1\nid: %s\nsite: %s\nat: "%sT00:00:00+08:00"\nby: keeper\nday: "%s"\nscheduled: 0\nopened: 0\ndrawn: 0\n...\n' \
		"$site$month" "$site" "$1" "$1" >"$path"
}

# at TIME COMMAND [ARGUMENT...]: runs it with that clock: a time of the day in $day, or a day and a time. Where $planned
# says so, each day that callback-due is asked about was planned.
at() {
	local when=$1 command=$2
	shift 2
	[[ $when == *-* ]] || when="$day $when"
	[[ $command == callback-due && ${planned-} ]] && plan_made "${when%% *}"
	"$command" --now "$when" "$@"
}

# tree_digest [FILE]: every name in the ledger and a digest of what each file holds; with FILE, what differs from what it
# was then. The lock is nobody's business.
# With another policy a refusal writes no more than with ours, so tests/rules-slow does without.
tree_digest() {
	[[ ${KEFU_MUTANT-} ]] || tree-digest "$@"
}

# refused STATUS MESSAGE COMMAND [ARGUMENT...]: it ends with that status and that one line, prints nothing, and leaves every file as it was
refused() {
	local wanted=$1 message=$2 before=$BATS_RUN_TMPDIR/digest.$BASHPID
	shift 2
	tree_digest >"$before"
	run --separate-stderr "$@"
	status_is "$wanted" && output_is '' && errors_are "$message" && tree_digest "$before"
}

# prints TEXT COMMAND [ARGUMENT...]: it succeeds, prints exactly that, and says nothing
prints() {
	local wanted=$1
	shift
	run --separate-stderr "$@"
	status_is 0 && output_is "$wanted" && errors_are ''
}

# keep FILE, put_back FILE: FILE as it is now, and again, as if what comes in between had never been recorded
keep() {
	rm -rf kept kept-marks
	cp "$1" kept && cp -a .kefu/marks kept-marks
}
put_back() {
	cp kept "$1" && rm -rf .kefu/marks && cp -a kept-marks .kefu/marks
}

# columns NAMES COMMAND [ARGUMENT...]: those columns of the rows it prints as CSV, without the heading
columns() (
	set -o pipefail
	names=$1
	shift
	"$@" | /usr/bin/python3 -c '
import csv, sys
for row in csv.DictReader(sys.stdin):
	print(",".join(row[name] for name in sys.argv[1].split(",")))' "$names"
)

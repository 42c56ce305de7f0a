# For every bats file: `load ../helper` and nothing of this machine leaks into the tests.
# Each test has $BATS_TEST_TMPDIR to itself, as home and working directory.
bats_require_minimum_version 1.5.0
root=$(cd "${BASH_SOURCE[0]%/*}/.." && pwd)
build=${KEFU_BUILD:-$root/build}

export PATH="$build/bin:$build/tools:$PATH"
export KEFU_DATA="${KEFU_MUTANT:-$root}" # tests/rules-slow changes a copy
export KEFU_TEST_DATA="${KEFU_TEST_DATA:-$root/../shared/data}"
export LC_ALL=C.UTF-8
export GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=Desk GIT_AUTHOR_EMAIL=desk@example.org
export GIT_COMMITTER_NAME=$GIT_AUTHOR_NAME GIT_COMMITTER_EMAIL=$GIT_AUTHOR_EMAIL
unset TZ KEFU_LEDGER VISUAL EDITOR NO_COLOR COLUMNS POSIXLY_CORRECT LANGUAGE
# shellcheck disable=SC2046 # names of variables, which a git hook sets
unset $(git rev-parse --local-env-vars)

# Where setup_file has made $BATS_FILE_TMPDIR/ledger, each test begins in a copy of it.
setup() {
	export HOME=$BATS_TEST_TMPDIR TMPDIR=$BATS_TEST_TMPDIR
	cd "$BATS_TEST_TMPDIR" || return
	[[ -d $BATS_FILE_TMPDIR/ledger ]] || return 0
	cp -a "$BATS_FILE_TMPDIR/ledger" . && cd ledger || return
}

# ledger PACK [OPTION...]: a ledger of that pack's rules, for tests, and the working directory is in it
ledger() {
	local pack=$1
	shift
	mkdir ledger && cd ledger && ledger-init --pack "$pack" --site YL --test "$@"
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

# Every name in the ledger and a digest of what each file holds; the lock is nobody's business.
# With another policy a refusal writes no more than with ours, so tests/rules-slow does without.
tree_digest() {
	[[ ! ${KEFU_MUTANT-} ]] || { echo unseen; return; }
	find . -name .git -prune -o -path ./.kefu/lock -prune -o -printf '%y %m %p %l\n' | sort
	find . -name .git -prune -o -path ./.kefu/lock -prune -o -type f -print0 | sort -z | xargs -0 sha256sum
}

# refused STATUS MESSAGE COMMAND [ARGUMENT...]: it ends with that status and that one line, prints nothing, and leaves every file as it was
refused() {
	local wanted=$1 message=$2 before
	shift 2
	before=$(tree_digest)
	run --separate-stderr "$@"
	status_is "$wanted" && output_is '' && errors_are "$message" && diff <(echo "$before") <(tree_digest)
}

# prints TEXT COMMAND [ARGUMENT...]: it succeeds, prints exactly that, and says nothing
prints() {
	local wanted=$1
	shift
	run --separate-stderr "$@"
	status_is 0 && output_is "$wanted" && errors_are ''
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

# For every bats file: `load ../helper` and nothing of this machine leaks into the tests.
# Each test has $BATS_TEST_TMPDIR to itself, as home and working directory.
bats_require_minimum_version 1.5.0
root=$(cd "${BASH_SOURCE[0]%/*}/.." && pwd)
build=${KEFU_BUILD:-$root/build}

export PATH="$build/bin:$build/tools:$PATH"
export KEFU_DATA="$root"
export KEFU_TEST_DATA="${KEFU_TEST_DATA:-$root/../shared/data}"
export LC_ALL=C.UTF-8
export GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=Desk GIT_AUTHOR_EMAIL=desk@example.org
export GIT_COMMITTER_NAME=$GIT_AUTHOR_NAME GIT_COMMITTER_EMAIL=$GIT_AUTHOR_EMAIL
unset TZ KEFU_LEDGER VISUAL EDITOR NO_COLOR COLUMNS POSIXLY_CORRECT LANGUAGE

setup() {
	export HOME=$BATS_TEST_TMPDIR TMPDIR=$BATS_TEST_TMPDIR
	cd "$BATS_TEST_TMPDIR" || return
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

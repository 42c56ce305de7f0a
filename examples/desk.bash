# For the run.sh of the packs: a ledger in a temporary folder, a clock that the script sets, commands shown as they are typed.
set -u
export LC_ALL=C.UTF-8 GIT_CONFIG_NOSYSTEM=1 NO_COLOR=1
export GIT_AUTHOR_NAME=Desk GIT_AUTHOR_EMAIL=desk@example.org GIT_COMMITTER_NAME=Desk GIT_COMMITTER_EMAIL=desk@example.org
here=$(cd "$(dirname "${BASH_SOURCE[1]}")" && pwd)
build=${KEFU_BUILD:-$here/../../build}
[[ -d $build/bin ]] && PATH=$build/bin:$PATH
[[ -d $here/../../schemas ]] && export KEFU_DATA=${KEFU_DATA-$(cd "$here/../.." && pwd)}
# shellcheck disable=SC2046 # names of variables, which a git hook sets
unset KEFU_LEDGER $(git rev-parse --local-env-vars)
work=$(mktemp -d "${TMPDIR:-/tmp}/kefu-demo.XXXXXX") || exit
trap 'rm -rf "$work"' EXIT
export HOME=$work GIT_CONFIG_GLOBAL=/dev/null

day='' clock=''

# on 2026-09-30: a heading; what follows happens on that day, and cron ran callback-plan in the night
on() {
	day=$1
	printf '\n=== %s ===\n' "$1 ${2-}"
	callback-plan -q --now "$day 00:05" >/dev/null
}

# say TEXT: what goes on at the desk
say() { printf '\n# %s\n' "$*"; }

# type COMMAND...: as a person would type it, in lines a terminal holds
type() {
	local line="$clock \$" word wide
	for word; do
		[[ $word == *[[:space:]\'\"\$\&\;\(\)\<\>\*\?\!\|]* || -z $word ]] && word="'${word//\'/\'\\\'\'}'"
		wide=${line//[[:ascii:]]/}
		if [[ ${#line} -gt 8 && $word == -* ]] && ((${#line} + ${#wide} + ${#word} > 62)); then
			printf '%s \\\n' "$line"
			line='         '
		fi
		line+=" $word"
	done
	printf '%s\n' "$line"
}

# at 09:02 COMMAND...: shown, then run with the clock set
at() {
	clock=$1
	shift
	type "$@"
	local command=$1
	shift
	"$command" --now "$day $clock" "$@" 2>&1
	local status=$?
	((status)) && printf '(exit %d)\n' "$status"
	return 0
}

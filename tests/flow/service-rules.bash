# For the tests of service-rules: requests, slips and what is owed, at the desk of Friday, 20 November 2026.
# shellcheck disable=SC2034 # for the tests
load ../helper
load ../packs

setup_file() {
	service_rules
}

export day=2026-11-20

# A request of Ms Wang's: options and text follow.
take() {
	local when=$1
	shift
	at "$when" ticket-open -q --by lihua -u 3-1201 -n 王女士 "$@"
}

# Ticket ID's department is told, and its head issues the slip.
send() {
	at "$1" ticket-assign -q "$2" zhaoqiang --by lihua
	at "$1" ticket-log -q "$2" order-issued --by zhaoqiang
}

# The slip, as ticket-close and as ticket-log take it
slip=(--worker wanggang --work 疏通 --material 疏通剂:1 --start '2026-11-20 09:10' --end '2026-11-20 10:00' --hours 1.5
	--signature 王女士 --checked-by zhaoqiang)
finished=(finished --by wanggang --worker wanggang --work 疏通 --material 疏通剂:1 --set start='2026-11-20 09:10'
	--set end='2026-11-20 10:00' --hours 1.5 --signature 王女士 --set checked-by=zhaoqiang)

# duties TIME ID: as ticket-show words them, but for who is told at once, when engineering goes, and that completion is reported
duties() {
	at "$1" ticket-show "$2" | sed -n '/^  \(department-told\|engineering-goes\|completion-reported\) /d; s/^  \([a-z0-9-]* \[.*\)/\1/p'
}

# due ID: when its deadlines end, and by which rules, but for who is told at once
due() {
	ticket-show "$1" --format json | python3 -c '
import json, sys
due = json.loads(sys.stdin.readline())["due"]
print(", ".join("%s %s" % (one["rule"], one["at"]) for one in due if one["id"] != "department-told"))'
}

# A finished drain, number 1; then the desk telephones.
finished_drain() {
	take 09:00 下水道堵塞
	send 09:05 1
	at 10:30 ticket-log -q 1 "${finished[@]}"
}

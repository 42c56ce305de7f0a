#!/usr/bin/env bats
# ticket-assign: who deals with a ticket.
load ../helper
load ../packs

export day=2026-11-20
repair=tickets/2026/11/YL261120001.yaml

setup_file() {
	resident_centre
	at 09:00 ticket-open -q --by lihua -k repair -c drain -s ordinary -u 3-1201 下水道堵塞
}

@test "to a person, with a note, or to a team or department" {
	prints 'YL261120001#2' at 09:05 ticket-assign 1 zhaoqiang --by lihua --team night -d engineering -t $'急\n两点后'
	diff - <(tail -n 14 $repair) <<-'END'
		---
		event: assigned
		seq: 2
		site: YL
		at: "2026-11-20T09:05:00+08:00"
		by: lihua
		via: keeper
		department: engineering
		to: zhaoqiang
		team: night
		text: |2-
		  急
		  两点后
		...
	END
	prints 'zhaoqiang,night' columns assignee,team at 09:06 ticket-list --format csv
	prints 'YL261120001#3' at 09:07 ticket-assign 1 --team day
	# it is the team's now, and nobody's in it yet
	prints ',day' columns assignee,team at 09:08 ticket-list --format csv
	prints 'YL261120001#4' at 09:09 ticket-assign 1 wanggang
	prints 'wanggang' columns assignee at 09:10 ticket-list --assignee wanggang --format csv
	refused 3 'ticket-assign: YL261120001: to or team or department: missing' at 09:11 ticket-assign 1
}

@test "afterwards: --at is when it happened, and does not reach behind the opening" {
	prints 'YL261120001#2' at 10:00 ticket-assign 1 zhaoqiang --at 09:30
	[[ $(<$repair) == *$'\nat: "2026-11-20T09:30:00+08:00"\nrecorded: "2026-11-20T10:00:00+08:00"\n'* ]]
	refused 3 'ticket-assign: YL261120001: --at: this is before the ticket was opened' at 10:00 ticket-assign 1 zhaoqiang --at 08:59:59
	refused 3 'ticket-assign: YL261120001: --at: 10:00:01 is in the future' at 10:00 ticket-assign 1 zhaoqiang --at 10:00:01
}

@test "the ticket by its number of today, or whole, in any width" {
	prints 'YL261120001#2' at 10:00 ticket-assign 001 zhaoqiang
	prints 'YL261120001#3' at 10:00 ticket-assign １ wanggang
	prints 'YL261120001#4' at '2026-11-21 10:00' ticket-assign yl261120001 zhaoqiang
	refused 2 'ticket-assign: there is no ticket YL261121001: 1 alone means a ticket of today; give one of another day in full' at '2026-11-21 10:00' ticket-assign 1 zhaoqiang
}

@test "a dry run, usage" {
	local before
	before=$(tree_digest)
	prints '---
event: assigned
seq: 2
site: YL
at: "2026-11-20T09:05:00+08:00"
by: keeper
to: zhaoqiang
...' at 09:05 ticket-assign 1 zhaoqiang --dry-run
	diff <(echo "$before") <(tree_digest)
	refused 2 'ticket-assign: too few operands: it takes TICKET [PERSON] (see ticket-assign --help)' ticket-assign
	refused 2 'ticket-assign: unexpected “x”: it takes TICKET [PERSON] (see ticket-assign --help)' ticket-assign 1 zhaoqiang x
}

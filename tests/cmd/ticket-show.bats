#!/usr/bin/env bats
# ticket-show: the matter, what it owes, what happened.
load ../helper
load ../packs

export day=2026-11-20
repair=tickets/2026/11/YL261120001.yaml

setup_file() {
	resident_centre --pack "$root/examples/resident-centre/house.yaml"
	at 09:02 ticket-open -q --by lihua --at 08:40 -k repair -c drain -s ordinary --channel phone -u 3-1201 -n 王女士 -p 13900010001 $'下水道堵塞\n第二行\e[31m'
	at 09:05 ticket-assign -q 1 zhaoqiang
	at 09:10 ticket-log -q 1 materials-drawn --by wanggang -M 胶:1 --set requisition=L-17
	at 10:00 ticket-close -q 1 --by lihua --worker wanggang --work 疏通 -M 胶:1 --signature 王女士 --opinion 满意 --phone 13900010002 -r 好
	at 11:00 callback-log -q 1 --by lihua --unreached
	at 11:30 ticket-open -q --by lihua -k complaint -c noise -s ordinary -u 3-0802 太吵
}

@test "for people: controls visible, late entry told, the telephone to call, deadlines with their verdicts" {
	prints 'YL261120001  closed  repair, drain (Blocked drain), ordinary
3-1201  王女士  13900010002  assigned to zhaoqiang
  下水道堵塞
  第二行\x1b[31m

Deadlines
  repair-in-three-days [house-1] 2026-11-25 18:00  in time at 2026-11-20 10:00 (#4)
  slip-and-cash [H2.C-6e] 2026-11-20 23:59  in time at 2026-11-20 10:00 (#5)
  foreman-copy [H2.C-9c] 2026-11-21 23:59  open

Callbacks
  repair [H2.C-7 H2.A-4] 2026-11-23 23:59  open, reached nobody 1 times

What happened
  #1   2026-11-20 08:40  opened  lihua via keeper, recorded 2026-11-20 09:02
         department: engineering
         channel: phone
  #2   2026-11-20 09:05  assigned  keeper
         to: zhaoqiang
  #3   2026-11-20 09:10  materials-drawn  wanggang via keeper
         materials: item 胶, quantity 1
         requisition: L-17
  #4   2026-11-20 10:00  finished  lihua via keeper
         workers: wanggang
         work: 疏通
         materials: item 胶, quantity 1
         signature: 王女士
         opinion: 满意
         phone-seen: 13900010002
  #5   2026-11-20 10:00  closed  lihua via keeper
         result: 好
  #6   2026-11-20 11:00  callback  lihua via keeper
         manner: telephone
         reached: no
         callers: lihua' bash -c "ticket-show --now '$day 12:00' 1 | sed 's/  *$//; /classified/d'"
	[[ $(at '2026-11-24 00:00' ticket-show YL261120001) == *'repair [H2.C-7 H2.A-4] 2026-11-23 23:59  OVERDUE'* ]]
}

@test "as the file is, byte for byte; as one JSON object a document" {
	diff $repair <(at 12:00 ticket-show 1 --format yaml)
	run --separate-stderr at 12:00 ticket-show 1 --format json
	[[ $(wc -l <<<"$output") == 6 ]]
	python3 -c '
import json, sys
documents = [json.loads(line) for line in sys.stdin]
assert [one["seq"] for one in documents] == [1, 2, 3, 4, 5, 6]
assert documents[0]["text"] == "下水道堵塞\n第二行\x1b[31m"' <<<"$output"
}

@test "several tickets: an empty line between pages, and only there" {
	[[ $(at 12:00 ticket-show 1 2) == *$'\n\nYL261120002  open'* ]]
	prints '7' bash -c "ticket-show --now '$day 12:00' 1 2 --format json | grep -c ^{"
	prints '7' bash -c "ticket-show --now '$day 12:00' 1 2 --format json | wc -l"
	diff <(cat $repair tickets/2026/11/YL261120002.yaml) <(at 12:00 ticket-show 1 2 --format yaml)
	# one that is damaged or missing does not hide the others
	run --separate-stderr at 12:00 ticket-show 9 2
	status_is 2
	[[ $output == 'YL261120002  open'* ]]
	errors_are 'ticket-show: there is no ticket YL261120009: 9 alone means a ticket of today; give one of another day in full'
	truncate -s 100 $repair
	run --separate-stderr at 12:00 ticket-show 1 2
	status_is 4
	[[ $output == 'YL261120002  open'* && $stderr == "ticket-show: $repair:"* ]]
}

@test "what was written by hand in another style is shown all the same" {
	cat >tickets/2026/11/YL261120007.yaml <<-'END'
		--- {"event": "opened", "seq": 1, id: YL261120007, site: 'YL', at: "2026-11-20T10:00:00+08:00", by: lihua, kind: inquiry, text: "a\tb"}
		...
	END
	run --separate-stderr at 12:00 ticket-show 7
	status_is 0
	[[ $output == 'YL261120007  open  inquiry'* ]]
}

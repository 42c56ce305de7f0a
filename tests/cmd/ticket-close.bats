#!/usr/bin/env bats
# ticket-close: the desk closes a ticket, with its slip where it comes along.
load ../helper
load ../packs

export day=2026-11-20
repair=tickets/2026/11/YL261120001.yaml

setup_file() {
	resident_centre
	at 09:00 ticket-open -q --by lihua -k repair -c drain -s ordinary --charging paid -u 3-1201 下水道堵塞
	at 09:05 ticket-assign -q 1 zhaoqiang --by lihua
	at 09:10 ticket-log -q 1 quoted --by wanggang --price 120 --reason 价目表上没有
	at 09:11 ticket-log -q 1 consented --by wanggang --signature 王女士
	at 09:00 ticket-open -q --by lihua -k complaint -c noise -s ordinary -u 3-0802 楼下太吵
}

@test "with the slip: two documents in one write, in the schema's order, with the callback they owe" {
	at 09:15 ticket-log -q 1 materials-drawn --by wanggang -M 胶:1 -M 管:0.5 --set requisition=L-17
	prints 'YL261120001#6' at 10:40 ticket-close 1 --by lihua --phone '１３９ 0001 0001' --opinion $'满意\n很快' --signature 王女士 \
		--charge 120 --labour 100 --material-cost '¥20' -M 胶:1 -M 管:0.5 --work 疏通 -w wanggang -w zhaoqiang \
		--start 09:20 --end '2026-11-20 10:30' --hours 1.5 --checked-by zhaoqiang -r $'好了 ' --receipt SJ-7 --reason 堵塞
	diff - <(sed -n '/^event: finished/,$p' $repair) <<-'END'
		event: finished
		seq: 6
		site: YL
		at: "2026-11-20T10:40:00+08:00"
		by: lihua
		via: keeper
		workers:
		  - wanggang
		  - zhaoqiang
		work: 疏通
		materials:
		  - item: 胶
		    quantity: "1"
		  - item: 管
		    quantity: "0.5"
		start: "2026-11-20T09:20:00+08:00"
		end: "2026-11-20T10:30:00+08:00"
		hours: "1.5"
		labour: "100.00"
		material: "20.00"
		charge: "120.00"
		signature: 王女士
		opinion: |2-
		  满意
		  很快
		phone-seen: "13900010001"
		checked-by: zhaoqiang
		due:
		  - id: slip-and-cash
		    rule: slip-and-cash
		    clause: H2.C-6e
		    start: "2026-11-20T10:40:00+08:00"
		    until:
		      - closed
		    at: "2026-11-20T23:59:59+08:00"
		  - id: foreman-copy
		    rule: foreman-copy
		    clause: H2.C-9c
		    start: "2026-11-20T10:40:00+08:00"
		    until:
		      - copy-given
		    at: "2026-11-21T23:59:59+08:00"
		callbacks:
		  - id: repair
		    rule: repair
		    clause: H2.C-7 H2.A-4
		    start: "2026-11-20T10:40:00+08:00"
		    opens: "2026-11-20T10:40:00+08:00"
		    at: "2026-11-23T23:59:59+08:00"
		    rate: "1"
		    minimum: "0.30"
		    who:
		      - desk
		...
		---
		event: closed
		seq: 7
		site: YL
		at: "2026-11-20T10:40:00+08:00"
		by: lihua
		via: keeper
		receipt: SJ-7
		result: "好了 "
		reason: 堵塞
		due:
		  - id: receipt-taken
		    rule: receipt-taken
		    clause: H2.C-6g
		    start: "2026-11-20T10:40:00+08:00"
		    until:
		      - receipt-taken
		    at: "2026-11-21T23:59:59+08:00"
		...
	END
}

@test "a slip that is refused leaves no half of it" {
	refused 3 'ticket-close: YL261120001: the desk writes the receipt: closed needs the field receipt [H2.C-6]' \
		at 10:40 ticket-close 1 --by lihua --phone 13900010001 --opinion 满意 --signature 王女士 --charge 120 --work 疏通 -w wanggang -r 好了
	refused 3 'ticket-close: YL261120001: the household pays the price it agreed to: charge is 121.00, which is more than quoted.price (120.00) [H2.C-5]' \
		at 10:40 ticket-close 1 --by lihua --phone 13900010001 --opinion 满意 --signature 王女士 --charge 121 --work 疏通 -w wanggang --receipt 1 -r 好了
	[[ $(grep -c '^event:' $repair) == 4 ]]
}

@test "without a slip: the slip was recorded before" {
	at 10:00 ticket-log -q 1 finished --by wanggang -w wanggang --work 疏通 --signature 王女士 --opinion 满意 --phone 13900010001 --charge 120
	prints 'finished' columns state at 10:01 ticket-list --kind repair --format csv
	prints 'YL261120001#6' at 10:40 ticket-close 1 --by lihua -r 好了 --receipt SJ-7
	prints '' at 10:41 ticket-list --kind repair
}

@test "a complaint: valid or not, and why; the result may come from stdin" {
	prints 'YL261120002#2' bash -c "printf '已劝离\n第二行\n' | ticket-close --now '$day 10:00' 2 --by lihua -r - --invalid --reason 正常走动"
	[[ $(tail -n 6 tickets/2026/11/YL261120002.yaml) == *'...' && $(<tickets/2026/11/YL261120002.yaml) == *$'\nresult: |2-\n  已劝离\n  第二行\nvalid: false\nreason: 正常走动\n'* ]]
}

@test "money as people write it; what is none is refused" {
	local typed
	for typed in 120 120.0 ¥120 ￥１２０．００ 120元; do
		at 10:40 ticket-close --dry-run 1 --by lihua --phone 13900010001 --opinion 满意 --signature 王女士 --charge "$typed" --work 疏通 -w wanggang \
			--receipt 7 -r 好了 | grep -q '^charge: "120.00"$'
	done
	for typed in 1e2 120.001 '1 20 yuan' 00120 120,00 . ''; do
		run --separate-stderr at 10:40 ticket-close 1 --by lihua --phone 13900010001 --opinion 满意 --signature 王女士 --charge "$typed" --work 疏通 \
			-w wanggang --receipt 7 -r 好了
		status_is 3
		[[ $stderr == 'ticket-close: YL261120001: charge'* ]]
	done
}

@test "usage" {
	refused 2 'ticket-close: too few operands: it takes TICKET (see ticket-close --help)' ticket-close
	refused 2 'ticket-close: result is missing: give it as an argument, as - from stdin, or in $EDITOR' at 10:00 ticket-close 2 --valid </dev/null
	refused 2 'ticket-close: give --valid or --invalid, not both' at 10:00 ticket-close 2 --valid --invalid -r x
	refused 2 'ticket-close: there is no ticket YL261120009: 9 alone means a ticket of today; give one of another day in full' at 10:00 ticket-close 9 -r x
}

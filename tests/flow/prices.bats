#!/usr/bin/env bats
# Price lists as data, and reports that have to say something: what is filled in, what is refused, and what corrections and imports do.
load ../helper

setup_file() {
	mkdir -p "$BATS_FILE_TMPDIR/ledger"
	cat >"$BATS_FILE_TMPDIR/shop.yaml" <<-'END'
		pack: shop
		title: Shop
		source: a house of its own
		roles:
		  - {role: desk, title: Desk}
		  - {role: manager, title: Manager}
		kinds:
		  - {kind: repair, title: Repair, category: other}
		  - {kind: service, title: Service, category: cleaning}
		categories:
		  - {category: other, kind: repair, title: Other}
		  - {category: cleaning, kind: service, title: Cleaning}
		prices:
		  - {price: drain, title: a drain cleared, kind: repair, amount: "80.00", before: "2027-01-01", clause: S-1}
		  - {price: drain, title: a drain cleared, kind: repair, amount: "95.00", from: "2027-01-01", clause: S-1}
		  - {price: lamp, title: a lamp changed, amount: "15.50", clause: S-1}
		  - {price: fitter, title: a fitter, amount: "25.00", per: hour, clause: S-1}
		  - {price: paint, title: a wall painted, least: "100.00", most: "180.00", clause: S-1}
		  - {price: removal, title: things removed, least: "50.00", clause: S-1}
		  - {price: advice, title: advice, most: "20.00", clause: S-1}
		  - {price: carpet, title: a carpet cleaned, kind: service, amount: "60.00", clause: S-1}
		steps:
		  - {step: quoted, needs: [price], title: the price follows the list, priced: [price], override: manager, clause: S-2}
		  - {step: [seen, inspected], needs: [text], title: what was found is told, report: true, override: manager, clause: S-3}
		  - {step: noted, needs: [text], clause: S-4}
		  - {step: answered, needs: [text, opinion, signature], report: true, clause: S-5}
	END
	cd "$BATS_FILE_TMPDIR" || return
	rmdir ledger
	ledger-init -q ledger --pack ./shop.yaml --site YL --person keeper --test --now '2026-09-01 08:00'
	cd ledger || return
	staff-log -q --now '2026-09-01 08:00' joined lihua --name 李华 --role desk >/dev/null
	ticket-open -q -k repair -u 3-1201 --now '2026-11-20 09:00' 下水道堵塞 >/dev/null
	ticket-open -q -k service -u 3-1202 --now '2026-11-20 09:01' 清洗地毯 >/dev/null
}

# shellcheck disable=SC2034 # for at, of helper.bash
day=2026-11-20

# document TICKET KEY: the value of KEY in the ticket's last document
document() {
	ticket-show --format json "$1" | python3 -c '
import json, sys
print(json.dumps([json.loads(line) for line in sys.stdin][-1].get(sys.argv[1]), ensure_ascii=False))' "$2"
}

@test "the list's price is filled in for what it is the price of" {
	prints 'YL261120001#2' at 10:00 ticket-log 1 quoted --by lihua --item drain
	prints '"80.00"' document YL261120001 price
	prints '[{"item": "drain"}]' document YL261120001 items
	prints 'YL261120001#3' at 10:01 ticket-log 1 quoted --by lihua --item drain --item lamp:3
	prints '"126.50"' document YL261120001 price
	prints 'YL261120001#4' at 10:02 ticket-log 1 quoted --by lihua --item fitter：1.3333
	prints '"33.33"' document YL261120001 price
	# the price of the day on which it was quoted
	prints 'YL261120001#5' at '2027-01-01 00:00' ticket-log YL261120001 quoted --by lihua --item drain
	prints '"95.00"' document YL261120001 price
	prints '' at '2027-01-01 09:00' ledger-check -q
}

@test "another price is refused, whatever the reason; a role may override it" {
	local price
	for price in 79.99 80.01 0.00 95.00; do
		refused 3 "ticket-log: YL261120001: the price follows the list: price is $price, but the price list has 80.00 for drain [S-2]" \
			at 10:00 ticket-log 1 quoted --by lihua --item drain --price $price --reason 老客户
	done
	refused 3 'ticket-log: YL261120001: the price follows the list: price is 96.00, but the price list has 95.50 for drain, lamp [S-2]' \
		at 10:00 ticket-log 1 quoted --by lihua --item drain --item lamp --price 96
	prints 'YL261120001#2' at 10:00 ticket-log 1 quoted --by lihua --item drain --price 80
	prints 'YL261120001#3' at 10:01 ticket-log 1 quoted --item drain --price 60 --override 我方损坏
	prints '' at 10:05 ledger-check -q
}

@test "a price between two: which one is said, both ends included" {
	refused 3 'ticket-log: YL261120001: the price follows the list: price: say which, as the price list has 100.00 to 180.00 for paint [S-2]' \
		at 10:00 ticket-log 1 quoted --by lihua --item paint
	refused 3 'ticket-log: YL261120001: the price follows the list: price is 99.99, but the price list has 100.00 to 180.00 for paint [S-2]' \
		at 10:00 ticket-log 1 quoted --by lihua --item paint --price 99.99
	refused 3 'ticket-log: YL261120001: the price follows the list: price is 180.01, but the price list has 100.00 to 180.00 for paint [S-2]' \
		at 10:00 ticket-log 1 quoted --by lihua --item paint --price 180.01
	refused 3 'ticket-log: YL261120001: the price follows the list: price is 49.99, but the price list has 50.00 or more for removal [S-2]' \
		at 10:00 ticket-log 1 quoted --by lihua --item removal --price 49.99
	refused 3 'ticket-log: YL261120001: the price follows the list: price is 20.01, but the price list has at most 20.00 for advice [S-2]' \
		at 10:00 ticket-log 1 quoted --by lihua --item advice --price 20.01
	refused 3 'ticket-log: YL261120001: the price follows the list: price is 200.01, but the price list has 100.00 to 200.00 for paint, advice [S-2]' \
		at 10:00 ticket-log 1 quoted --by lihua --item paint --item advice --price 200.01
	for price in 100 180; do
		at 10:00 ticket-log -q 1 quoted --by lihua --item paint --price $price
	done
	at 10:00 ticket-log -q 1 quoted --by lihua --item removal --price 5000
	at 10:00 ticket-log -q 1 quoted --by lihua --item paint:2 --item removal --price 250
	prints '' at 10:05 ledger-check -q
}

@test "what is not on the list is quoted with a reason" {
	refused 3 'ticket-log: YL261120001: the price follows the list: price: name with items what of the price list it is for (drain, lamp, fitter, paint, removal, advice), or with reason why it is not on it [S-2]' \
		at 10:00 ticket-log 1 quoted --by lihua --price 70
	prints 'YL261120001#2' at 10:00 ticket-log 1 quoted --by lihua --price 70 --reason 换锁芯不在价目表上
	refused 3 'ticket-log: YL261120001: items: the price list does not have "lock" for this repair (it has: drain, lamp, fitter, paint, removal, advice)' \
		at 10:01 ticket-log 1 quoted --by lihua --item lock
	# what is for another kind is not for this one
	refused 3 'ticket-log: YL261120001: items: the price list does not have "carpet" for this repair (it has: drain, lamp, fitter, paint, removal, advice)' \
		at 10:01 ticket-log 1 quoted --by lihua --item carpet --price 60
	refused 3 'ticket-log: YL261120002: items: the price list does not have "drain" for this service (it has: lamp, fitter, paint, removal, advice, carpet)' \
		at 10:01 ticket-log 2 quoted --by lihua --item drain
	# and a step whose price no rule is about names only what is there
	refused 3 'ticket-log: YL261120001: items: the price list does not have "lock" for this repair (it has: drain, lamp, fitter, paint, removal, advice)' \
		at 10:01 ticket-log 1 noted --by lihua -t x --item lock
}

@test "a corrected price or item is judged by the list, too" {
	at 10:00 ticket-log -q 1 quoted --by lihua --item drain >/dev/null
	refused 3 'ticket-log: YL261120001: #2 would then not be allowed: the price follows the list: price is 70.00, but the price list has 80.00 for drain [S-2]' \
		at 10:01 ticket-log 1 corrected --by lihua --reason 写错 --set fields.price=70
	prints 'YL261120001#3' at 10:01 ticket-log 1 corrected --by lihua --reason 写错 --set fields.price=80
}

@test "a retry that lets the list say the price is the same request" {
	prints 'YL261120001#2' at 10:00 ticket-log 1 quoted --by lihua --item drain --request-id q-1
	run --separate-stderr at 10:01 ticket-log 1 quoted --by lihua --item drain --request-id q-1
	status_is 0
	output_is 'YL261120001#2'
	errors_are 'ticket-log: YL261120001: recorded before under this --request-id'
	refused 3 'ticket-log: YL261120001: --request-id: q-1 was recorded as YL261120001#2 with other content: take another id for what is new' \
		at 10:02 ticket-log 1 quoted --by lihua --item lamp --request-id q-1
}

@test "policy-list shows the price list" {
	prints 'drain,a drain cleared; kind repair; amount 80.00; before 2027-01-01
drain,a drain cleared; kind repair; amount 95.00; from 2027-01-01
lamp,a lamp changed; amount 15.50
fitter,a fitter; amount 25.00; per hour
paint,a wall painted; least 100.00; most 180.00
removal,things removed; least 50.00
advice,advice; most 20.00
carpet,a carpet cleaned; kind service; amount 60.00' columns name,rule policy-list --list prices --format csv
}

@test "where a report is asked for, text that says nothing is none" {
	local text
	for text in . 。 无 x 好 ok … 12345678 没有 none N/A '- -' 啊啊啊啊 aaaa 👍👍👍 '无。' None! 同上 暂无; do
		refused 3 'ticket-log: YL261120001: what was found is told: text says nothing: write what was done or found, in some words [S-3]' \
			at 10:00 ticket-log 1 seen --by lihua -t "$text"
	done
	refused 3 'ticket-log: YL261120001: what was found is told: text says nothing: write what was done or found, in some words [S-3]' \
		at 10:00 ticket-log 1 inspected --by lihua -t 无
	for text in 已修 done 水管漏水 'fixed it' 換了灯 수리 '无异常，已通知' 'none of the taps leaks'; do
		at 10:01 ticket-log -q 1 seen --by lihua -t "$text"
	done
	# elsewhere none is an honest answer
	at 10:02 ticket-log -q 1 noted --by lihua -t 无
	at 10:02 ticket-log -q 1 noted --by lihua -t none
	# by leave, too
	at 10:03 ticket-log -q 1 seen -t . --override 现场无信号
}

@test "a report is what is told in prose: a signature is a name" {
	refused 3 'ticket-log: YL261120001: opinion says nothing: write what was done or found, in some words [S-5]' \
		at 10:00 ticket-log 1 answered --by lihua -t 已当面解释 --opinion 无 --signature 王
	prints 'YL261120001#2' at 10:00 ticket-log 1 answered --by lihua -t 已当面解释 --opinion 可以接受 --signature 王
	refused 3 'ticket-log: YL261120001: #2 would then not be allowed: opinion says nothing: write what was done or found, in some words [S-5]' \
		at 10:01 ticket-log 1 corrected --by lihua --reason 写错 --set fields.opinion=无
}

@test "a price list that cannot be is refused where it stands" {
	local entry said
	while IFS='|' read -r entry said; do
		cp "$BATS_FILE_TMPDIR/shop.yaml" policy/shop.yaml
		printf '%s\n' "$entry" >>policy/shop.yaml
		run --separate-stderr policy-list
		status_is 4
		errors_are "policy-list: policy/shop.yaml:$(wc -l <policy/shop.yaml):$said"
	done <<-'END'
		  - {step: quoted, priced: [text], clause: S-9}|29: priced: "text" is no amount [S-9]
		  - {step: quoted, priced: [cost], clause: S-9}|29: priced: "cost" is not a field of quoted [S-9]
		  - {step: closed, priced: [receipt], clause: S-9}|28: priced: closed has no items, which the prices would be those of [S-9]
		  - {step: quoted, needs: [price], report: true, clause: S-9}|44: report: it has no effect, as nothing that needs lists is told in prose [S-9]
		  - {step: quoted, report: true, clause: S-9}|28: report: it has no effect, as nothing that needs lists is told in prose [S-9]
	END
}

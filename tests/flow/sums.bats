#!/usr/bin/env bats
# What several steps of a form come to, and how far that may go: deposits, fees collected whole, how often something may happen.
load ../helper

setup_file() {
	cat >"$BATS_FILE_TMPDIR/deposit.yaml" <<-'END'
		pack: deposit
		title: Deposits
		source: a house of its own
		roles:
		  - {role: desk, title: Desk}
		  - {role: manager, title: Manager}
		kinds:
		  - {kind: fitting-out, title: Fitting out, category: flat}
		categories:
		  - {category: flat, kind: fitting-out, title: Flat}
		steps:
		  - {step: deposited, needs: [amount], clause: D-1}
		  - {step: [used, refunded], needs: [amount], caps: [{sum: [used.amount, refunded.amount], at-most: {sum: deposited.amount}}], title: no more is used and refunded than was deposited, override: manager, clause: D-2}
		  - {step: charged, needs: [charge], clause: D-3}
		  - {step: collected, needs: [amount], caps: [{sum: collected.amount, at-most: charged.charge}], clause: D-3}
		  - {step: closed, caps: [{sum: collected.amount, exactly: charged.charge}, {sum: [used.amount, refunded.amount], exactly: {sum: deposited.amount}}], title: all is settled, clause: D-4}
		  - {step: inspected, caps: [{count: inspected, at-most: "2", over: month}, {count: inspected, at-most: "3", over: quarter}, {count: inspected, at-most: "4", over: year}], title: nobody is inspected all the time, clause: D-5}
		  - {step: spent, needs: [amount], caps: [{sum: spent.amount, at-most: "100", over: form}], clause: D-6}
		  - {step: approved, caps: [{count: [inspected, spent], at-least: "2"}], clause: D-7}
	END
	cd "$BATS_FILE_TMPDIR" || return
	ledger-init -q ledger --pack ./deposit.yaml --site YL --person keeper --test --now '2026-09-01 08:00'
	cd ledger || return
	staff-log -q --now '2026-09-01 08:00' joined lihua --name 李华 --role desk >/dev/null
	ticket-open -q -k fitting-out -u 3-1201 --now '2026-11-20 09:00' 装修 >/dev/null
}

# shellcheck disable=SC2034 # for at, of helper.bash
day=2026-11-20

# money STEP AMOUNT [OPTION...]: that step of ticket 1, at 10:00
money() {
	at 10:00 ticket-log YL261120001 "$1" --by lihua --amount "$2" "${@:3}"
}

@test "no more is refunded than was deposited, however often" {
	refused 3 'ticket-log: YL261120001: no more is used and refunded than was deposited: used.amount + refunded.amount comes to 0.01 in all, which is more than 0.00 (deposited.amount) [D-2]' \
		money refunded 0.01
	money deposited 500
	money used 120.10
	refused 3 'ticket-log: YL261120001: no more is used and refunded than was deposited: used.amount + refunded.amount comes to 500.01 in all, which is more than 500.00 (deposited.amount) [D-2]' \
		money refunded 379.91
	prints 'YL261120001#4' money refunded 300
	refused 3 'ticket-log: YL261120001: no more is used and refunded than was deposited: used.amount + refunded.amount comes to 500.01 in all, which is more than 500.00 (deposited.amount) [D-2]' \
		money refunded 79.91
	# the very last cent, and more once more is deposited
	prints 'YL261120001#5' money refunded 79.90
	money deposited 0.01
	prints 'YL261120001#7' money refunded 0.01
	prints '' at 11:00 ledger-check -q
}

@test "a role may override a cap, and ledger-check knows it" {
	money deposited 100
	prints 'YL261120001#3' at 10:00 ticket-log 1 refunded --amount 150 --override 经理同意
	prints '' at 11:00 ledger-check -q
}

@test "a corrected amount is judged with the cap" {
	money deposited 500
	money refunded 200
	money refunded 300
	refused 3 'ticket-log: YL261120001: #4 would then not be allowed: no more is used and refunded than was deposited: used.amount + refunded.amount comes to 500.01 in all, which is more than 500.00 (deposited.amount) [D-2]' \
		at 10:01 ticket-log 1 corrected --by lihua --reason 写错 --set of=3 --set fields.amount=200.01
	refused 3 'ticket-log: YL261120001: #4 would then not be allowed: no more is used and refunded than was deposited: used.amount + refunded.amount comes to 500.00 in all, which is more than 499.99 (deposited.amount) [D-2]' \
		at 10:01 ticket-log 1 corrected --by lihua --reason 写错 --set of=2 --set fields.amount=499.99
	prints 'YL261120001#5' at 10:01 ticket-log 1 corrected --by lihua --reason 写错 --set of=3 --set fields.amount=100
	# and what it leaves can be refunded
	refused 3 'ticket-log: YL261120001: no more is used and refunded than was deposited: used.amount + refunded.amount comes to 500.01 in all, which is more than 500.00 (deposited.amount) [D-2]' \
		money refunded 100.01
	prints 'YL261120001#6' money refunded 100
	prints '' at 11:00 ledger-check -q
}

@test "the whole fee is collected before the matter is closed" {
	at 10:00 ticket-log -q 1 charged --by lihua --charge 90
	money collected 30
	refused 3 'ticket-close: YL261120001: all is settled: collected.amount comes to 30.00 in all, which is not 90.00 (charged.charge) [D-4]' \
		at 10:01 ticket-close 1 --by lihua -r 完工
	money collected 59.99
	refused 3 'ticket-close: YL261120001: all is settled: collected.amount comes to 89.99 in all, which is not 90.00 (charged.charge) [D-4]' \
		at 10:01 ticket-close 1 --by lihua -r 完工
	refused 3 'ticket-log: YL261120001: collected.amount comes to 90.01 in all, which is more than 90.00 (charged.charge) [D-3]' \
		money collected 0.02
	money collected 0.01
	# the latest charge counts
	at 10:02 ticket-log -q 1 charged --by lihua --charge 95
	refused 3 'ticket-close: YL261120001: all is settled: collected.amount comes to 90.00 in all, which is not 95.00 (charged.charge) [D-4]' \
		at 10:03 ticket-close 1 --by lihua -r 完工
	money collected 5
	prints 'YL261120001#8' at 10:04 ticket-close 1 --by lihua -r 完工
	prints '' at 11:00 ledger-check -q
}

@test "where nothing is charged there is nothing to collect" {
	prints 'YL261120001#2' at 10:04 ticket-close 1 --by lihua -r 完工
}

@test "what may happen so many times in a month, a quarter, a year" {
	inspect() { at "$1" ticket-log YL261120001 inspected --by lihua; }
	inspect '2026-11-20 10:00'
	inspect '2026-11-30 23:59:59'
	refused 3 'ticket-log: YL261120001: nobody is inspected all the time: inspected is recorded 3 times in this month, which is more than 2 [D-5]' \
		inspect '2026-11-30 23:59:59'
	prints 'YL261120001#4' inspect '2026-12-01 00:00'
	refused 3 'ticket-log: YL261120001: nobody is inspected all the time: inspected is recorded 4 times in this quarter, which is more than 3 [D-5]' \
		inspect '2026-12-02 00:00'
	# the month is that in which it happened, not that in which it is recorded
	refused 3 'ticket-log: YL261120001: nobody is inspected all the time: inspected is recorded 3 times in this month, which is more than 2 [D-5]' \
		at '2027-01-02 10:00' ticket-log YL261120001 inspected --by lihua --at '2026-11-25 10:00'
	local when
	for when in '2027-01-02 10:00' '2027-01-03 10:00' '2027-04-01 10:00' '2027-07-01 10:00'; do inspect "$when"; done
	refused 3 'ticket-log: YL261120001: nobody is inspected all the time: inspected is recorded 5 times in this year, which is more than 4 [D-5]' \
		inspect '2027-12-31 23:59'
	prints 'YL261120001#9' inspect '2028-01-01 00:00'
	prints '' at '2028-02-01 10:00' ledger-check -q
}

@test "of this cycle, or of all there were" {
	money deposited 100
	money refunded 100
	money spent 60
	at 10:05 ticket-close -q 1 --by lihua -r 完工
	at 10:06 ticket-log -q 1 reopened --reason 返工
	# another cycle has a deposit of its own
	refused 3 'ticket-log: YL261120001: no more is used and refunded than was deposited: used.amount + refunded.amount comes to 10.00 in all, which is more than 0.00 (deposited.amount) [D-2]' \
		at 10:07 ticket-log 1 refunded --by lihua --amount 10
	refused 3 'ticket-log: YL261120001: spent.amount comes to 100.01 in all, which is more than 100.00 [D-6]' \
		at 10:07 ticket-log 1 spent --by lihua --amount 40.01
	prints 'YL261120001#7' at 10:07 ticket-log 1 spent --by lihua --amount 40
	prints '' at 11:00 ledger-check -q
}

@test "at least so many" {
	refused 3 'ticket-log: YL261120001: inspected + spent is recorded 0 times in all, which is less than 2 [D-7]' \
		at 10:00 ticket-log 1 approved --by lihua
	at 10:00 ticket-log -q 1 inspected --by lihua
	refused 3 'ticket-log: YL261120001: inspected + spent is recorded 1 time in all, which is less than 2 [D-7]' \
		at 10:00 ticket-log 1 approved --by lihua
	money spent 1
	prints 'YL261120001#4' at 10:00 ticket-log 1 approved --by lihua
}

@test "two refunds in two clones that together exceed the deposit are found" {
	money deposited 500
	git init -q -b main . && git add . && git commit -qm begin
	git clone -q . ../eb
	(cd ../eb && ledger-init -q --site EB && git commit -qam 'site EB')
	ledger-init -q --site YL
	git pull -q ../eb HEAD
	(cd ../eb && at 10:10 ticket-log -q YL261120001 refunded --by lihua --amount 300 && git add . && git commit -qm eb)
	at 10:05 ticket-log -q 1 refunded --by lihua --amount 200.01
	git add . && git commit -qm yl
	prints '' at 11:00 ledger-check -q
	git pull -q --no-rebase ../eb HEAD
	run --separate-stderr at 11:00 ledger-check -q --format csv
	status_is 1
	[[ $output == *'wrong-amount,tickets/2026/11/YL261120001.yaml,'*'#3 (refunded): no more is used and refunded than was deposited: used.amount + refunded.amount comes to 500.01 in all, which is more than 500.00 (deposited.amount)'*D-2* ]]
	[[ $(grep -c wrong-amount <<<"$output") == 1 ]]
	# and nothing more is refunded
	refused 3 'ticket-log: YL261120001: no more is used and refunded than was deposited: used.amount + refunded.amount comes to 500.02 in all, which is more than 500.00 (deposited.amount) [D-2]' \
		at 11:00 ticket-log YL261120001 refunded --by lihua --amount 0.01
}

@test "a price that an editor changed is found" {
	cat >>policy/deposit.yaml <<-'END'
		  - {step: quoted, needs: [price], priced: [price], clause: D-8}
		prices:
		  - {price: drain, title: Drain, amount: "80.00", clause: D-8}
	END
	at 10:00 ticket-log -q 1 quoted --by lihua --item drain
	prints '' at 11:00 ledger-check -q
	sed -i 's/^price: "80.00"/price: "8.00"/' tickets/2026/11/YL261120001.yaml
	run --separate-stderr at 11:00 ledger-check -q --format csv
	status_is 1
	[[ $output == *'wrong-amount,tickets/2026/11/YL261120001.yaml,'*'#2 (quoted): price is 8.00, but the price list has 80.00 for drain'* ]]
}

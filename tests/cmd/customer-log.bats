#!/usr/bin/env bats
# customer-log, customer-list, customer-import: who lives in which unit, what changes, and rows of another system.
load ../helper
load ../packs

setup_file() { vanke; }

day=2026-03-02

@test "opened once, by the unit in its one written form; changed and shown" {
	prints '3-1201' at 09:00 customer-log opened '３栋１２０１室' --by lihua -n 王女士 -p '139 0001 0001' --type owner --birthday 1980-03-15
	prints '---
event: opened
seq: 1
id: "3-1201"
site: YL
at: "2026-03-02T09:00:00+08:00"
by: lihua
via: keeper
kind: customer
customer:
  unit: "3-1201"
  name: 王女士
  phone: "13900010001"
  type: owner
  birthday: "1980-03-15"
...' cat customers/3/3-1201.yaml
	refused 3 'customer-log: 3-1201 has a file already: record what is new with the step changed' at 09:01 customer-log opened 3-1201 --by lihua
	prints '3-1201#2' at 09:02 customer-log changed 3-1201 --by lihua -p 13900010009
	prints '3-1201,王女士,13900010009,owner,1980-03-15,open' columns unit,name,phone,type,birthday,state customer-list --format csv
	[[ $(ticket-show 3-1201 --now "$day 10:00") == '3-1201  open  customer'$'\n3-1201  王女士  13900010009'* ]]
	prints '5' at 09:03 customer-log opened @5 --by lihua
	prints '5#2' at 09:04 customer-log changed @5 --by lihua -n 五号楼
	prints '' ledger-check -q --now "$day 12:00"
}

@test "a retry records nothing twice; the same id with other content is refused" {
	prints '3-1201' at 09:00 customer-log opened 3-1201 --by lihua -n 王 --request-id r1
	run --separate-stderr at 09:05 customer-log opened 3-1201 --by lihua -n 王 --request-id r1
	status_is 0
	output_is 3-1201
	errors_are 'customer-log: 3-1201: recorded before under this --request-id'
	refused 3 'customer-log: --request-id: r1 was recorded as 3-1201#1 with other content: take another id for what is new' at 09:06 customer-log opened 3-1201 --by lihua -n 李 --request-id r1
}

@test "what makes no sense is refused, and nothing is written" {
	local unit
	for unit in ../../etc/passwd '3/1201' '-3' '3--1' '3-' "$(printf 'a%.0s' {1..200})" '' '3-1201.yaml'; do
		before=$(tree_digest)
		run --separate-stderr at 09:00 customer-log opened -- "$unit"
		[[ $status == [23] && ! $output && $(wc -l <<<"$stderr") == 1 ]] || { echo "$unit: $status $output $stderr"; return 1; }
		diff <(echo "$before") <(tree_digest)
	done
	refused 2 'customer-log: there is no file of customer 9-9: customer-log opened 9-9 begins one' at 09:00 customer-log changed 9-9 --by lihua -n x
	refused 2 'customer-log: callback: another command records this' at 09:00 customer-log callback 3-1201
	at 09:00 customer-log -q opened 3-1201 --by lihua
	run --separate-stderr at 09:01 customer-log changed 3-1201 --by lihua
	status_is 3
	output_is ''
	refused 3 "customer-log: customer.unit: YL260302001 is a ticket's number, not a unit" at 09:01 customer-log opened YL260302001 --by lihua
	at 09:01 customer-log -q voided 3-1201 --by gaoxia --reason 误建
	refused 3 'customer-log: 3-1201: it is voided already: changed is not possible' at 09:02 customer-log changed 3-1201 --by lihua -n x
	prints '' customer-list
	prints '3-1201,voided' columns unit,state customer-list --all --format csv
}

@test "who has gone is called back no more; who comes after them is" {
	at 09:00 customer-log -q opened 3-1201 --by lihua -n 王女士
	at '2026-04-01 00:00' callback-plan -q
	at '2026-06-20 06:00' callback-plan -q
	prints '3-1201' columns ticket at '2026-06-20 09:00' callback-due --format csv
	prints '3-1201#3' at '2026-06-21 09:00' customer-log closed 3-1201 --by lihua --reason 搬走
	prints '' at '2026-06-21 10:00' callback-due
	[[ $(ticket-show 3-1201 --now '2026-06-21 10:00') == *'quarterly-call [H1-4]'*'withdrawn'* ]]
	at '2026-09-20 06:00' callback-plan -q
	prints '' at '2026-09-20 10:00' callback-due
	printf '%s\n' unit,name 3-1201,何先生 >rows.csv
	run --separate-stderr at '2026-09-21 09:00' customer-import rows.csv --by lihua
	status_is 1
	errors_are 'customer-import: rows.csv:2:1: 3-1201 is closed: record a reopened step first'
	prints '3-1201#4' at '2026-09-21 10:00' customer-log reopened 3-1201 --by gaoxia -n 何先生
	at '2026-12-20 06:00' callback-plan -q
	prints '3-1201,何先生' columns ticket,name at '2026-12-20 10:00' callback-due --format csv
	prints '' ledger-check -q --now '2026-12-20 12:00'
}

@test "rows: opened, changed, left as they are; one that cannot be taken hides no other" {
	printf '%s\n' unit,name,phone,type '3-1201,王女士,139 0001 0001,owner' '3-0802,何先生,,tenant' ',无名,,' '5-0301,周先生,abc,' >rows.csv
	run --separate-stderr at 09:00 customer-import rows.csv --by lihua
	status_is 1
	output_is '2 opened, 0 changed, 0 as they were, 2 rejected'
	[[ ${stderr_lines[0]} == 'customer-import: rows.csv:4:1: unit: missing: every row needs the unit of a customer' && ${stderr_lines[1]} == 'customer-import: rows.csv:5:1: '*phone* ]]
	printf '%s\n' unit,phone '3-1201,13900010009' '3-0802,' >more.csv
	prints '0 opened, 1 changed, 1 as they were, 0 rejected' at 09:10 customer-import more.csv --by lihua
	prints $'3-0802,何先生,\n3-1201,王女士,13900010009' columns unit,name,phone customer-list --format csv
	printf '%s\n' unit,colour '3-1201,red' >odd.csv
	refused 3 'customer-import: odd.csv:1:1: there is no column “colour” of customers (unit, name, phone, card, address, branch, type, rank, birthday)' \
		at 09:20 customer-import odd.csv --by lihua
	printf '{"unit":"7-0101","name":"𠮷野家","rank":"vip"}\n' >one.ndjson
	prints '1 opened, 0 changed, 0 as they were, 0 rejected' at 09:30 customer-import one.ndjson --by lihua
	prints '7-0101,𠮷野家,vip' columns unit,name,rank customer-list --rank vip --format csv
	prints '7-0101' columns unit customer-list --area 7 --format csv
	prints '' ledger-check -q --now "$day 12:00"
}

# what the customers' files hold
files() {
	find customers -type f -print0 | sort -z | xargs -0 sha256sum
}

@test "two people in one unit: its file holds one, and the same rows again write nothing, in any order" {
	printf '%s\n' unit,name,phone '3-1201,王女士,13900010001' '3-1201,何先生,13900010002' '3-0802,周先生,' '3-0802,周先生,' '3-0802,,13900010003' >rows.csv
	run --separate-stderr at 09:00 customer-import rows.csv --by lihua
	status_is 1
	output_is '2 opened, 1 changed, 1 as they were, 1 rejected'
	errors_are "customer-import: rows.csv:3:1: name: 3-1201 is in line 2 too, with another name: a customer's file holds one, so leave one of the rows"
	prints $'3-0802,周先生,13900010003\n3-1201,王女士,13900010001' columns unit,name,phone customer-list --format csv
	local order before
	before=$(files)
	for order in 'cat' 'tac'; do
		{ head -1 rows.csv && tail -n +2 rows.csv | $order; } >again.csv
		run --separate-stderr at 09:10 customer-import again.csv --by lihua
		status_is 1
		output_is '0 opened, 0 changed, 4 as they were, 1 rejected'
		[[ $(files) == "$before" ]]
	done
	errors_are "customer-import: again.csv:5:1: name: 3-1201 is in line 6 too, with another name: a customer's file holds one, so leave one of the rows"
	# one more column that is filled is news, once
	sed 's/$/,owner/; 1s/owner$/type/' rows.csv >wider.csv
	run --separate-stderr at 09:20 customer-import wider.csv --by lihua
	output_is '0 opened, 2 changed, 2 as they were, 1 rejected'
	before=$(files)
	run --separate-stderr at 09:30 customer-import wider.csv --by lihua
	output_is '0 opened, 0 changed, 4 as they were, 1 rejected'
	[[ $(files) == "$before" ]]
	prints '' ledger-check -q --now "$day 12:00"
}

@test "rows that repeat in a dry run count once" {
	printf '%s\n' unit,name 3-1201,王女士 3-1201,王女士 >rows.csv
	prints '1 opened, 0 changed, 1 as they were, 0 rejected' at 09:00 customer-import rows.csv --dry-run --by lihua
}

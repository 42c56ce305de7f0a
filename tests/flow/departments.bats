#!/usr/bin/env bats
# Departments that packs declare: nothing names another, and one without a head is found.
load ../helper

# shellcheck disable=SC2034 # for at, of helper.bash
day=2026-11-20

# house DEPARTMENTS: a ledger whose pack has that line
house() {
	cat >house.yaml <<-END
		pack: house
		title: House
		source: agreed here
		roles:
		  - {role: desk, title: Desk, records-for-others: true}
		  - {role: department-head, title: Head}
		$1
		kinds: [{kind: repair, title: Repair, category: water}]
		categories:
		  - {category: water, kind: repair, title: Water, department: engineering}
		  - {category: other, kind: repair, title: Other}
		steps:
		  - {step: order-issued, by: {head-of: department}, clause: T-1}
		  - {step: [corrected, reclassified], by: desk, clause: T-2}
		  - {step: seen, clause: T-3}
	END
	ledger-init -q ledger --pack house.yaml --site YL --person keeper --test --now '2026-01-05 08:00'
	cd ledger || return
	staff-log -q --now '2026-01-05 08:00' joined lihua --name 李华 --role desk
}
declared='departments: [{department: engineering, title: {en: Engineering, zh: 工程部}}, {department: cleaning, title: Cleaning}]'

@test "nobody is of a department that no pack declares, and no ticket" {
	house "$declared"
	local says='department: "cleanin" is not a department of these packs (allowed: engineering, cleaning)'
	refused 3 "staff-log: $says" at 09:00 staff-log joined sunli --name 孙立 --department cleanin
	prints 'sunli' at 09:00 staff-log joined sunli --name 孙立 --department cleaning --role department-head
	refused 3 "staff-log: $says" at 09:00 staff-log changed sunli --department cleanin
	refused 3 "ticket-open: $says" at 09:00 ticket-open --by lihua -k repair -u 3-1201 -t 漏水 --set department=cleanin
	at 09:00 ticket-open -q --by lihua -k repair -u 3-1201 漏水
	refused 3 "ticket-assign: YL261120001: $says" at 09:01 ticket-assign 1 --by lihua --department cleanin
	refused 3 "ticket-log: YL261120001: $says" at 09:01 ticket-log 1 reclassified --by lihua --reason 换 --set category=other --set department=cleanin
	refused 3 "ticket-log: YL261120001: $says" at 09:01 ticket-log 1 corrected --by lihua --reason 错 --set fields.department=cleanin
	prints 'YL261120001#2' at 09:01 ticket-assign 1 --by lihua --department cleaning
	# nor among all that a matter concerns
	refused 3 "ticket-open: $says" at 09:02 ticket-open --by lihua -k repair -u 3-1201 -t 漏水 --set departments=cleaning --set departments=cleanin
	refused 3 "ticket-log: YL261120001: $says" at 09:02 ticket-log 1 seen --set departments=cleanin
	refused 3 "ticket-log: YL261120001: $says" at 09:02 ticket-log 1 corrected --by lihua --reason 错 --set fields.departments=cleanin
	prints 'YL261120002' at 09:02 ticket-open -q --by lihua -k repair -u 3-1201 -t 漏水 --set departments=cleaning --set departments=engineering
	prints 'YL261120001#3' at 09:02 ticket-log 1 seen --set departments=cleaning
}

@test "a pack that declares departments names no other" {
	cat >house.yaml <<-'END'
		pack: house
		title: House
		source: agreed here
		departments: [{department: cleaning, title: Cleaning}]
		kinds: [{kind: repair, title: Repair}]
		categories: [{category: water, kind: repair, title: Water, department: engineering}]
	END
	refused 4 'ledger-init: house.yaml:6:72: "engineering" is not a department of these packs (allowed: cleaning)' \
		ledger-init -q ledger --pack house.yaml --site YL --person keeper --test --now '2026-01-05 08:00'
}

@test "nor does a rule mean the head of another" {
	cat >house.yaml <<-'END'
		pack: house
		title: House
		source: agreed here
		departments: [{department: engineering, title: Engineering}]
		kinds: [{kind: repair, title: Repair}]
		deadlines:
		  - {rule: told, kind: repair, start: opened, until: told, to: [{head-of: department}, {head-of: cleaning}], within: 1 d, clause: T-4}
	END
	refused 4 'ledger-init: house.yaml:7:98: "cleaning" is not a department of these packs (allowed: department, engineering) [T-4]' \
		ledger-init -q ledger --pack house.yaml --site YL --person keeper --test --now '2026-01-05 08:00'
}

@test "a pack that declares none adds those of its categories to those of the others" {
	house "$declared"
	cat >shop.yaml <<-'END'
		pack: shop
		title: Shop
		source: agreed here
		kinds: [{kind: sale, title: Sale}]
		categories: [{category: goods, kind: sale, title: Goods, department: mall}]
	END
	ledger-init -q both --pack policy/house.yaml --pack shop.yaml --site YL --person keeper --test --now '2026-01-05 08:00'
	cd both
	prints 'sunli' at 09:00 staff-log joined sunli --name 孙立 --department mall
	refused 3 'staff-log: department: "shop" is not a department of these packs (allowed: engineering, cleaning)' \
		at 09:00 staff-log joined meili --name 美丽 --department shop
	prints 'YL261120001' at 09:00 ticket-open -q -k sale -c goods 缺货
	[[ $(<tickets/2026/11/YL261120001.yaml) == *$'\ndepartment: mall\n'* ]]
}

@test "where no pack declares any, they are what people write" {
	house ''
	prints 'sunli' at 09:00 staff-log joined sunli --name 孙立 --department anything
	prints 'YL261120001' at 09:00 ticket-open -q --by lihua -k repair -u 3-1201 -t 漏水 --set department=else
	run -0 --separate-stderr at 09:00 ledger-check
	errors_are ''
}

@test "the departments that have no head are listed, and ledger-check says so once: it is no problem" {
	house "$declared"
	run -0 --separate-stderr at 09:00 ledger-check
	output_is ''
	errors_are 'ledger-check: 1 duty nobody here can fulfil: policy-list --unfilled lists it'
	prints 'head-of:engineering head-of:cleaning' columns whom at 09:00 policy-list --unfilled --format csv
	at 09:00 staff-log -q joined sunli --name 孙立 --department cleaning --role department-head
	run -0 --separate-stderr at 09:00 ledger-check
	errors_are 'ledger-check: 1 duty nobody here can fulfil: policy-list --unfilled lists it'
	prints 'head-of:engineering' columns whom at 09:00 policy-list --unfilled --format csv
	at 09:00 staff-log -q joined zhaoqiang --name 赵强 --department engineering --role department-head
	prints '' at 09:01 ledger-check -q
	run -0 --separate-stderr at 09:01 ledger-check
	errors_are ''
}

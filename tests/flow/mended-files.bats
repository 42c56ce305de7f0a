#!/usr/bin/env bats
# What changes a file is judged as what began it would have been: customers' files, and staff.yaml.
load ../helper
load ../packs

export day=2026-11-20

setup_file() {
	cat >"$BATS_FILE_TMPDIR/files.yaml" <<'END'
pack: files
title: What changes must not evade
source: tried
roles:
  - {role: desk, title: desk, records-for-others: true}
  - {role: lead, title: lead}
kinds:
  - {kind: repair, title: repair}
categories:
  - {category: pipe, kind: repair, title: pipe}
match:
  company: {properties: {customer: {properties: {type: {const: company}}, required: [type]}}, required: [customer]}
steps:
  - {step: opened, kind: customer, by: [desk, lead], clause: F-1}
  - {step: opened, kind: customer, if: company, needs: [customer.address], title: a company has an address, override: lead, clause: F-2}
courses:
  - {course: induction, title: induction, by: lead, clause: F-3}
appointments:
  - {appointment: in-post, roles: [desk], courses: [induction], by: [lead], clause: F-3}
END
	pack_ledger "$BATS_FILE_TMPDIR/files.yaml"
	staff-log -q --now "$day 08:00" joined lihua --name 李华 --role lead >/dev/null
	at 09:00 customer-log -q opened 3-1201 -n 王女士 --type owner >/dev/null
}

@test "a customer's file that changes is one that could have been opened" {
	refused 3 'customer-log: 3-1201: #1 would then not be allowed: a company has an address: opened needs the field customer.address [F-2]' \
		at 10:00 customer-log changed 3-1201 --type company
	prints '3-1201#2' at 10:00 customer-log changed 3-1201 --type company --address 建设路1号
	# what is left as it was is not judged again
	prints '3-1201#3' at 10:01 customer-log changed 3-1201 -p 13900010001
	prints '3-1201#4' at 10:02 customer-log changed 3-1201 --type owner
	at 10:03 customer-log -q closed 3-1201 --reason 搬走 >/dev/null
	prints '3-1201#6' at 10:04 customer-log reopened 3-1201 --type company
	prints '' at 10:05 ledger-check -q
}

@test "who may override the rule does, and that is listed" {
	prints '3-1201#2' at 10:00 customer-log changed 3-1201 --type company --override 地址待查
	prints '3-1201#3' at 10:01 customer-log changed 3-1201 -n 王氏公司
	prints '3-1201,#2 changed [F-2], overridden by keeper: 地址待查' columns ticket,overridden at 10:02 ticket-list --overridden --format csv
}

@test "the schema of the opening is that of what changes" {
	sed -i 's|^  customer: .*|  customer: {$ref: "../fields.yaml#/$defs/customer", required: [unit], properties: {type: {enum: [owner, tenant]}}}|' schemas/customer/opened.yaml
	refused 3 'customer-log: customer.type: "company" is not one of owner, tenant' at 10:00 customer-log opened 3-1202 --type company --address 建设路1号
	refused 3 'customer-log: 3-1201: #1 would then not be allowed: customer.type: "company" is not one of owner, tenant' \
		at 10:00 customer-log changed 3-1201 --type company --address 建设路1号
	prints '3-1201#2' at 10:00 customer-log changed 3-1201 --type tenant
}

@test "a file is called by its unit, whatever changes" {
	refused 3 'customer-log: 3-1201: customer.unit: this is the file of 3-1201: open one for 3-1202, and close this one' \
		at 10:00 customer-log changed 3-1201 --set customer.unit=3-1202
	refused 3 'customer-log: 3-1201: customer.unit: this is the file of 3-1201: open one for 3-1202, and close this one' \
		at 10:00 customer-log corrected 3-1201 --set fields.customer.unit=3-1202 --reason 误
	prints '3-1201#2' at 10:00 customer-log corrected 3-1201 --set fields.customer.name=汪女士 --reason 误
}

@test "a login of several people that becomes one person's is trained as one who joins" {
	refused 3 'staff-log: wanggang: nobody becomes desk before the course induction is recorded as passed: record joined without the role, then run personnel-log wanggang trained --course induction [F-3]' \
		staff-log --now "$day 09:00" joined wanggang --name 王刚 --role desk
	staff-log -q --now "$day 09:00" joined front --name 前台 --role desk --nature station >/dev/null
	refused 3 'staff-log: front: nobody becomes desk before the course induction is recorded as passed: run personnel-log front trained --course induction [F-3]' \
		staff-log --now "$day 10:00" changed front --nature person
	prints 'front' staff-log --now "$day 10:00" changed front --phone 13900010001
}

@test "a change in staff.yaml fits the schema of who joins" {
	sed -i 's|^then: {required: \[name\]}|then: {required: [name], properties: {phone: {pattern: "^139"}}}|' schemas/staff.yaml
	refused 3 'staff-log: phone: "13800010001" does not match the pattern ^139' staff-log --now "$day 10:00" joined wang --name 王 --phone 13800010001
	refused 3 'staff-log: nobody could have joined as that: phone: "13800010001" does not match the pattern ^139' \
		staff-log --now "$day 10:00" changed lihua --phone 13800010001
	prints 'lihua' staff-log --now "$day 10:00" changed lihua --phone 13900010001
}

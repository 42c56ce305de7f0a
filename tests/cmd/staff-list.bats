#!/usr/bin/env bats
# staff-list: who works here, as what, now or then.
load ../helper
load ../packs

setup_file() {
	pack_ledger resident-centre
	people_join lihua --name 李华 --role desk --department service --phone 13900010001
	people_join meizhen --name 陈美珍 --role officer --role supervisor --area 3 --area 5
	people_join front --name 前台 --nature station --role desk
	staff-log -q --now '2026-06-01 08:00' left lihua
}

@test "as a table, aligned; who has left is not in it" {
	prints 'person   name    nature   roles               department  areas  phone  since       absent
keeper   keeper  person   administrator                                 2026-01-05
meizhen  陈美珍  person   officer,supervisor              3,5           2026-01-05
front    前台    station  desk                                          2026-01-05' staff-list --now '2026-11-20 11:00'
}

@test "on a narrow terminal no role is cut" {
	staff-log -q --now '2026-11-19 08:00' absent meizhen --until '2026-11-27 18:00' --deputy keeper
	run script -qec "stty cols 64; NO_COLOR=1 staff-list --role officer --now '2026-11-20 11:00'" /dev/null </dev/null
	status_is 0
	output=${output//$'\r'/}
	output_is 'person   name    nature  department  areas  phone  since
  roles
  absent
meizhen  陈美珍  person              3,5           2026-01-05
  officer,supervisor
  until 2026-11-27 18:00, deputy keeper'
}

@test "who is absent, until when, and who acts for them" {
	staff-log -q --now '2026-11-19 08:00' absent meizhen --until '2026-11-27 18:00' --deputy keeper
	prints 'meizhen,until 2026-11-27 18:00, deputy keeper' columns person,absent staff-list --now '2026-11-20 11:00' --role officer --format csv
	prints $'keeper,\nmeizhen,\nfront,' columns person,absent staff-list --now '2026-11-27 18:00:01' --format csv
	staff-log -q --now '2026-11-20 12:00' back meizhen
	prints $'keeper,\nmeizhen,\nfront,' columns person,absent staff-list --now '2026-11-20 12:00' --format csv
}

@test "as it was" {
	prints $'keeper\nlihua\nmeizhen\nfront' columns person staff-list --now '2026-11-20 11:00' --at '2026-06-01 07:59:59' --format csv
	prints $'keeper\nmeizhen\nfront' columns person staff-list --now '2026-11-20 11:00' --at '2026-06-01 08:00' --format csv
	prints '' staff-list --now '2026-11-20 11:00' --at '2026-01-05 07:59:59'
	refused 2 'staff-list: "2026-06-01" is not a time: the time of day is missing' staff-list --now '2026-11-20 11:00' --at 2026-06-01
}

@test "by role, in every format" {
	prints '{"person":"front","name":"前台","nature":"station","roles":"desk","since":"2026-01-05"}' \
		staff-list --now '2026-11-20 11:00' --role desk --format json
	prints 'person	name	nature	roles	department	areas	phone	since	absent
meizhen	陈美珍	person	officer,supervisor	\N	3,5	\N	2026-01-05	\N' staff-list --now '2026-11-20 11:00' --role supervisor --format tsv
	# a slip in a script is not to look like a quiet day
	refused 2 'staff-list: --role: the policy has no "nosuch" (there are: desk, officer, supervisor, centre-director, office-director, office-head, manager, department-head, duty-lead, worker, repair-foreman, records-clerk and 3 more; all of them: policy-list --list roles)' \
		staff-list -q --now '2026-11-20 11:00' --role nosuch
	prints '' staff-list --now '2026-11-20 11:00' --role manager
	# a role that the packs have no more, and somebody had
	sed -i 's/^  - supervisor$/  - steward/' staff.yaml
	prints 'meizhen' columns person staff-list --now '2026-11-20 11:00' --role steward --format csv
}

@test "a damaged staff.yaml is named" {
	truncate -s -5 staff.yaml
	run --separate-stderr staff-list --now '2026-11-20 11:00'
	status_is 4
	[[ $stderr == 'staff-list: staff.yaml:'*': cut off in the document that begins at line '* ]]
}

#!/usr/bin/env bats
# staff-log: who joins, changes, leaves; dated, append-only.
load ../helper
load ../packs

export day=2026-11-20

setup_file() {
	resident_centre
}

who() { columns person,name,roles,areas,department at "${1:-12:00}" staff-list --format csv | grep "^${2:-xin}," || true; }

@test "joined, changed, left, joined again" {
	prints 'xin' at 09:00 staff-log joined xin --name 新人 --role desk --role officer --area ３ --area 5-2 -d service -p '１３９ 0001 0001' --login xin01
	diff - <(tail -n 18 staff.yaml) <<-'END'
		---
		event: joined
		seq: 11
		site: YL
		at: "2026-11-20T09:00:00+08:00"
		by: keeper
		person: xin
		name: 新人
		login: xin01
		roles:
		  - desk
		  - officer
		department: service
		areas:
		  - "3"
		  - "5-2"
		phone: "13900010001"
		...
	END
	prints 'xin' at 10:00 staff-log changed xin --role manager --reason 晋升
	# what is not said stays as it was
	prints 'xin,新人,manager,3,5-2,service' who 12:00
	refused 3 'staff-log: xin joined before and has not left' at 11:00 staff-log joined xin --name 新人
	prints 'xin' at 13:00 staff-log left xin --reason 辞职
	prints '' who 14:00
	prints 'xin,新人,manager,3,5-2,service' who 12:59:59
	refused 3 'staff-log: xin does not work here, so cannot be changed or leave' at 14:00 staff-log changed xin --role desk
	refused 3 'staff-log: xin does not work here, so cannot be changed or leave' at 14:00 staff-log left xin
	refused 3 'staff-log: xin is the id of 新人, who left on 2026-11-20: if they are back, record it with --again; another person gets another id' \
		at 15:00 staff-log joined xin --name 新人 --role desk
	prints 'xin' at 15:00 staff-log joined xin --again --name 新人 --role desk
	prints 'xin,新人,desk,,' who 16:00
}

@test "--from: in force later, or since earlier" {
	prints 'xin' at 09:00 staff-log joined xin --name 新人 --role desk --from '2026-11-23 08:00:00'
	prints '' who '2026-11-23 07:59:59'
	prints 'xin,新人,desk,,' who '2026-11-23 08:00:00'
	prints 'xin' at '2026-11-24 09:00' staff-log changed xin --role officer --from '2026-12-01 00:00'
	prints 'xin,新人,desk,,' who '2026-11-30 23:59:59'
	prints 'xin,新人,officer,,' who '2026-12-01 00:00:00'
}

@test "a day alone: from its beginning, until its end" {
	at 09:00 staff-log -q joined xin --name 新人 --role desk --from 2026-11-23
	prints '' who '2026-11-22 23:59:59'
	prints 'xin,新人,desk,,' who '2026-11-23 00:00:00'
	at 10:00 staff-log -q absent xin --from ２０２６-11-25 --until 2026-11-26
	grep -qx 'until: "2026-11-26T23:59:59+08:00"' staff.yaml
	prints 'xin,新人,desk,,' who '2026-11-24 23:59:59'
	absent() { at "$1" staff-list --format tsv | sed -n 's,^xin\t.*\t,absent: ,p'; }
	prints 'absent: \N' absent '2026-11-24 23:59:59'
	prints 'absent: until 2026-11-26 23:59' absent '2026-11-25 00:00:00'
	prints 'absent: until 2026-11-26 23:59' absent '2026-11-26 23:59:59'
	prints 'absent: \N' absent '2026-11-27 00:00:00'
	refused 3 'staff-log: until: the absence would end before it begins' at 10:00 staff-log absent xin --from 2026-12-02 --until 2026-12-01
}

@test "names, roles, natures, logins that are none" {
	refused 3 'staff-log: person: "王刚" does not match the pattern ^[a-z_][a-z0-9_.-]*$' at 09:00 staff-log joined 王刚 --name x
	refused 3 'staff-log: name: missing' at 09:00 staff-log joined x
	refused 3 'staff-log: roles: "boss" is not a role of these packs (allowed: desk, officer, supervisor, centre-director, office-director, office-head, manager, department-head, duty-lead, worker, repair-foreman, records-clerk, property-assistant, archive-keeper, administrator)' \
		at 09:00 staff-log joined x --name x --role boss
	refused 3 'staff-log: department: "工程" is not a department of these packs (allowed: engineering, cleaning, greening, security, service (Customer service))' at 09:00 staff-log joined x --name x -d 工程
	refused 2 'staff-log: --nature: “robot” is not one of person|service|station (see staff-log --help)' at 09:00 staff-log joined x --name x --nature robot
	refused 2 'staff-log: "fired" is not one of joined, changed, left, absent, back' at 09:00 staff-log fired lihua
	refused 2 'staff-log: from: "2026-12-32" is not a time: there is no such day' at 09:00 staff-log joined x --name x --from 2026-12-32
	refused 2 'staff-log: --at: "2026-11-19" is not a time: the time of day is missing' at 09:00 staff-log joined x --name x --at 2026-11-19
	refused 3 'staff-log: login: lihua is the login of lihua already: give another with --login' at 09:00 staff-log joined x --name x --login lihua
	refused 3 'staff-log: --at: 2026-11-20 09:00:01 is in the future' at 09:00 staff-log joined x --name x --at '2026-11-20 09:00:01'
}

@test "somebody may always do everything" {
	refused 3 'staff-log: nobody would be left with the role administrator: give it to somebody else first (staff-log changed PERSON --role administrator)' at 09:00 staff-log left keeper
	refused 3 'staff-log: nobody would be left with the role administrator: give it to somebody else first (staff-log changed PERSON --role administrator)' at 09:00 staff-log changed keeper --role desk
	at 09:00 staff-log -q joined boss --name 老板 --role administrator --login nobody-has-this --from '2026-11-21 00:00'
	refused 3 'staff-log: nobody would be left with the role administrator: give it to somebody else first (staff-log changed PERSON --role administrator)' at 09:00 staff-log left keeper
	prints 'keeper' at '2026-11-21 09:00' staff-log left keeper
}

@test "a dry run writes nothing" {
	local before
	before=$(tree_digest)
	prints '---
event: left
seq: 11
site: YL
at: "2026-11-20T09:00:00+08:00"
by: keeper
person: wanggang
...' at 09:00 staff-log left wanggang --dry-run
	diff <(echo "$before") <(tree_digest)
}

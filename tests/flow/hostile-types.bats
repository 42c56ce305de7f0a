#!/usr/bin/env bats
# Whoever may write a file decides what types it holds: no reader crashes on one it did not expect, none prints memory.
load ../helper
load everything

setup_file() {
	cd "$BATS_FILE_TMPDIR"
	HOME=$PWD everything_ledger "$PWD/ledger"
}

# now COMMAND...: runs it after all that happened
now() { run --separate-stderr "$@" --now '2026-12-30 12:00'; }

@test "staff.yaml: roles and areas are lists of names" {
	printf -- '---\nevent: changed\nseq: 99\nat: "2026-12-01T08:00:00+08:00"\nby: keeper\nperson: lihua\nroles: {a: b}\n...\n' >>staff.yaml
	now staff-list
	status_is 4
	errors_are "staff-list: staff.yaml:$(grep -n 'roles: {' staff.yaml | cut -d: -f1):8: roles: must be a list, not a map"
	sed -i 's/^roles: {a: b}/areas: ["3", [5]]/' staff.yaml
	now ticket-list
	status_is 4
	errors_are "ticket-list: staff.yaml:$(grep -n 'areas: \["3"' staff.yaml | cut -d: -f1):14: areas: must be a string, not a list"
}

@test "staff.yaml: who has left leaves no part to somebody they were themselves" {
	printf -- '---\nevent: changed\nseq: 98\nat: "2026-09-01T08:00:00+08:00"\nby: keeper\nperson: fangmin\nroles: ["person:fangmin"]\n...\n' >>staff.yaml
	printf -- '---\nevent: left\nseq: 99\nat: "2026-09-01T09:00:00+08:00"\nby: keeper\nperson: fangmin\n...\n' >>staff.yaml
	sed -i 's/^      - officer$/      - "person:fangmin"/' tickets/2026/09/YL260930003.yaml
	grep -q person:fangmin tickets/2026/09/YL260930003.yaml
	now callback-due
	status_is 0
}

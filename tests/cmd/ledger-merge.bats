#!/usr/bin/env bats
# ledger-merge: writes the union, or leaves everything as it was. Through git: tests/flow/merge.bats.
load ../helper

setup() {
	test_begins || return
	mkdir "$BATS_TEST_TMPDIR/work"
	cd "$BATS_TEST_TMPDIR/work"
}

# document SEQ SITE [TEXT]
document() {
	printf -- '---\nevent: %s\nseq: %s\nsite: %s\nat: "2026-11-21T09:00:00+08:00"\ntext: %s\n...\n' \
		"$([[ $1 == 1 ]] && echo opened || echo told)" "$1" "$2" "${3:-x}"
}

merge() {
	run --separate-stderr ledger-merge "$@"
}

@test "the union goes over ours, theirs stays" {
	{ document 1 YL; document 2 YL; document 3 YL; } >ours
	{ document 1 YL; document 2 EB; } >theirs
	cp theirs before
	merge ours theirs tickets/2026/11/YL261121001.yaml
	status_is 0
	output_is ''
	errors_are ''
	[[ $(grep -c '^---$' ours) == 4 && $(grep '^seq' ours | tr -d '\n') == 'seq: 1seq: 2seq: 2seq: 3' ]]
	cmp theirs before
	cp ours once
	merge ours theirs
	status_is 0
	cmp ours once
	merge theirs ours
	cmp theirs once
	[[ $(ls) == $'before\nonce\nours\ntheirs' ]]
}

@test "the mode stays" {
	document 1 YL >ours
	cp ours theirs
	chmod 640 ours
	merge ours theirs
	[[ $(stat -c %a ours) == 640 ]]
}

@test "a file with itself: in order, and each document once" {
	{ document 1 YL; document 3 YL; document 2 YL; document 3 YL; } >ours
	{ document 1 YL; document 2 YL; document 3 YL; } >ordered
	merge ours ours
	status_is 0
	cmp ours ordered
}

@test "two forms: refused, ours untouched" {
	{ document 1 YL 这边; document 2 YL; } >ours
	document 1 YL 那边 >theirs
	cp ours before
	merge ours theirs tickets/2026/11/YL261121001.yaml
	status_is 3
	errors_are 'ledger-merge: tickets/2026/11/YL261121001.yaml: two different forms have this number: each side opened its own'
	cmp ours before
}

@test "damage on either side: named by the path, ours untouched" {
	{ document 1 YL; document 2 YL; } >whole
	head -c 120 whole >short
	cp whole ours
	merge ours short a.yaml
	status_is 4
	errors_are 'ledger-merge: a.yaml:12:1: their side: cut off in the document that begins at line 8'
	cmp ours whole
	merge short ours a.yaml
	status_is 4
	errors_are 'ledger-merge: a.yaml:12:1: our side: cut off in the document that begins at line 8'
	[[ $(stat -c %s short) == 120 ]]
	: >empty
	merge ours empty
	status_is 4
	[[ $stderr == 'ledger-merge: empty'*': their side: the file is empty' ]]
	cmp ours whole
}

@test "what is not there" {
	document 1 YL >ours
	merge ours nowhere
	status_is 5
	errors_are 'ledger-merge: nowhere: is not there'
	merge nowhere ours
	status_is 5
	mkdir folder
	merge ours folder
	[[ $status == 4 || $status == 5 ]]
	merge ours
	status_is 2
	merge
	status_is 2
}

@test "where nothing can be written, nothing is" {
	[[ $(id -u) == 0 ]] && skip 'root writes anywhere'
	mkdir closed
	{ document 1 YL; document 2 YL; } >closed/ours
	{ document 1 YL; document 2 EB; } >theirs
	cp closed/ours before
	chmod 555 closed
	merge closed/ours theirs
	status_is 5
	chmod 755 closed
	cmp closed/ours before
	[[ $(ls closed) == ours ]]
}

@test "what cannot be written whole is not written: ours stays as it was" {
	document 1 YL >ours
	cp ours theirs
	for seq in {2..60}; do
		document $seq YL >>theirs
	done
	cp ours before
	# a full disk, as far as a process can tell: no file beyond 1 KiB
	run --separate-stderr bash -c 'trap "" XFSZ; ulimit -f 1; ledger-merge ours theirs'
	status_is 5
	[[ $stderr == 'ledger-merge: ours: File too large' ]]
	cmp ours before
	[[ $(ls) == $'before\nours\ntheirs' ]]
}

# conflict OURS THEIRS: a file with both, as the merge driver leaves it where it cannot unite them
conflict() {
	echo '<<<<<<< ours'
	cat "$1"
	echo =======
	cat "$2"
	echo '>>>>>>> theirs'
}

@test "one file with conflict markers: its two sides are united" {
	{ document 1 YL; document 2 YL; } >ours
	{ document 1 YL; document 2 EB; document 3 EB; } >theirs
	conflict ours theirs >both
	merge ours theirs
	merge both
	status_is 0
	output_is ''
	errors_are ''
	cmp both ours
	# as git leaves them, with what both began with, and parts that stand on both sides
	{ document 1 YL && echo '<<<<<<< HEAD' && document 2 YL && echo '||||||| base' && document 9 YL && echo ======= && document 2 EB && echo '>>>>>>> eb' && document 3 YL; } >both
	{ document 1 YL; document 2 YL; document 2 EB; document 3 YL; } >wanted
	merge wanted wanted
	merge both
	status_is 0
	cmp both wanted
	printf 'format: 1\n<<<<<<< ours\nsites:\n  - YL\n=======\nsites:\n  - EB\n>>>>>>> theirs\n' >kefu.yaml
	merge kefu.yaml
	status_is 0
	[[ $(<kefu.yaml) == $'format: 1\nsites:\n  - EB\n  - YL' ]]
}

@test "conflict markers that are not whole, or sides that cannot be united: the file stays as it was" {
	{ document 1 YL; document 2 YL; } >ours
	{ document 1 YL 别的; document 2 EB; } >theirs
	conflict ours theirs >both
	refuses() { cp both before && merge both && status_is "$1" && output_is '' && errors_are "$2" && cmp both before; }
	refuses 3 'ledger-merge: both: two different forms have this number: each side opened its own'
	conflict ours ours | sed '$d' >both
	refuses 3 'ledger-merge: both:16:1: conflict markers that are not whole: this one has no end'
	conflict ours ours | sed 1d >both
	refuses 3 'ledger-merge: both:15:1: conflict markers that are not whole, or lie within each other: put both sides together by hand'
	conflict ours ours | grep -v === >both
	refuses 3 'ledger-merge: both:30:1: conflict markers that are not whole, or lie within each other: put both sides together by hand'
	conflict both ours >more && mv more both
	refuses 3 'ledger-merge: both:2:1: conflict markers that are not whole, or lie within each other: put both sides together by hand'
	head -n -1 ours | conflict - ours >both
	refuses 4 'ledger-merge: both:14:1: our side: cut off in the document that begins at line 8'
}

@test "headers: the sites of both, and of each version the later one, the same both ways" {
	header() { printf 'format: 1\nname: kefu\nzone: Asia/Shanghai\nsites:\n  - %s\npacks:\n  - garden\n' "$1"; }
	header YL >ours
	{ header EB; printf 'versions:\n  schemas: "0.10.0"\n  calendar: "0.2.0"\n  garden: "0.2.0"\n'; } >theirs
	cp ours mirrored
	merge ours theirs kefu.yaml
	status_is 0
	diff - ours <<-'END'
		format: 1
		name: kefu
		zone: Asia/Shanghai
		sites:
		  - EB
		  - YL
		packs:
		  - garden
		versions:
		  calendar: "0.2.0"
		  garden: "0.2.0"
		  schemas: "0.10.0"
	END
	cp theirs other
	merge other mirrored kefu.yaml
	cmp other ours
	sed 's/0.10.0/0.9.0/; s/garden: "0.2.0"/garden: "0.3.0"/' theirs >third
	merge third theirs kefu.yaml
	grep -q 'schemas: "0.10.0"' third && grep -q 'garden: "0.3.0"' third
	for wrong in '[x]' x; do
		{ header YL; echo "versions: $wrong"; } >ours
		cp ours before
		merge ours theirs kefu.yaml
		status_is 3
		cmp ours before
	done
}

@test "headers: who took which site, of both; one code taken twice, and what is no list of codes, are refused" {
	header() { # SITES FOUNDED
		printf 'format: 1\nname: kefu\nzone: Asia/Shanghai\nsites: %s\npacks:\n  - garden\n' "$1"
		[[ -z $2 ]] || printf 'founded: %s\n' "$2"
	}
	header '[YL, EB]' '{EB: "0123456789abcdef"}' >ours
	header '[YL, GZ]' '{GZ: "123456789abcdef0"}' >theirs
	merge ours theirs kefu.yaml
	status_is 0
	[[ $(sed -n '/^founded:/,$p' ours) == $'founded:\n  EB: "0123456789abcdef"\n  GZ: "123456789abcdef0"' ]]
	header '[YL, EB]' '{EB: "0123456789abcdef"}' >ours
	header '[YL, EB]' '{EB: "123456789abcdef0"}' >theirs
	cp ours before
	merge ours theirs kefu.yaml
	status_is 3
	errors_are 'ledger-merge: kefu.yaml: two clones took the site code EB: keep one of the two lines under founded, and in the clone that gives way run ledger-init --replace --site CODE with a new code'
	cmp ours before
	local wrong
	for wrong in '[YL, 1]' '[YL, {EB: x}]' '[YL, [EB]]' '[YL, "E B"]' '[YL, eb]' '{YL: x}' YL '[YL, "EB\0"]'; do
		header "$wrong" '' >ours
		cp ours before
		merge ours theirs kefu.yaml
		[[ $status == 3 || $status == 4 ]]
		cmp ours before
		merge theirs ours kefu.yaml
		[[ $status == 3 || $status == 4 ]]
	done
	header '[YL]' '[x]' >ours
	merge ours theirs kefu.yaml
	status_is 3
}

#!/usr/bin/env bats
# What writing promises when the disk, the power or the writer itself fails. KEFU_LONG=1 for the long form.
# shellcheck disable=SC2154 # stderr is run's
load ../helper
load tree

EIO=5 EINTR=4 ENOSPC=28 EDQUOT=122 EACCES=13

setup_file() {
	export SHIM=$BATS_FILE_TMPDIR/shim.so
	${CC:-cc} -D_GNU_SOURCE -std=gnu17 -Wall -Wextra -O1 -shared -fPIC -o "$SHIM" "$BATS_TEST_DIRNAME/shim.c" -ldl
	export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0
}

# In memory where that is possible: what a disk would do is simulated, and need not be waited for.
setup() {
	scratch=$(mktemp -d -p /dev/shm kefu-fault.XXXXXX 2>/dev/null || mktemp -d -p "$BATS_TEST_TMPDIR" fault.XXXXXX)
	cd "$scratch" || return
}

teardown() {
	cd /
	! mountpoint -q "$scratch/tree" || umount "$scratch/tree"
	rm -rf "$scratch"
}

# shimmed [NAME=VALUE...] COMMAND...: under the shim, its log in ./log
shimmed() {
	env LD_PRELOAD="$SHIM" SHIM_ROOT="$PWD/tree" SHIM_LOG="$PWD/log" "$@"
}

cut_power() {
	python3 "$BATS_TEST_DIRNAME/power-cut.py" log "${1:-10}"
}

@test "after a power cut every acknowledged record is there and every file whole" {
	mkdir tree
	local rounds=${KEFU_LONG:+5} round
	for ((round = 0; round < ${rounds:-1}; round++)); do
		shimmed store-driver create tree "tickets/2026/1$round/a.yaml" $'one\n'
		shimmed store-driver append tree "tickets/2026/1$round/a.yaml" "more$round" 20
		shimmed store-driver spread tree visits "v$round" 12
		shimmed store-driver batch tree surveys "s$round" 15
		shimmed store-driver batch tree visits "v$round" 20
		shimmed store-driver append tree kefu.yaml "header$round" 3
	done >/dev/null
	cut_power ${KEFU_LONG:+100}
}

# The same with a safeguard taken away: were these not found, the test above would prove nothing.
@test "power cuts find out when fsync of the file, of the folder, or syncfs is missing" {
	local skipped
	for skipped in fsync fsyncdir; do
		rm -rf tree log && mkdir tree
		shimmed "SHIM_SKIP=$skipped" store-driver spread tree visits v 6 >/dev/null
		run cut_power
		[[ $status == 1 && $output == *" lost"* ]]
	done
	rm -rf tree log && mkdir tree
	shimmed SHIM_SKIP=syncfs store-driver batch tree visits v 6 >/dev/null
	run cut_power
	[[ $status == 1 && $output == *"torn "* ]]
}

@test "every step of the protocol is taken, in order" {
	mkdir tree
	shimmed store-driver create tree tickets/2026/a.yaml x >/dev/null
	shimmed store-driver replace tree tickets/2026/a.yaml y >/dev/null
	shimmed store-driver batch tree tickets b 3 >/dev/null
	run diff - <(sed -E 's/\.[0-9]+\.[0-9a-f]{16}\.tmp/.tmp/' log | cut -f 1-2 | sed 's/\t$//') <<-'END'
		mkdir	.kefu
		mkdir	tickets
		mkdir	tickets/2026
		create	tickets/2026/.a.yaml.tmp
		write	tickets/2026/.a.yaml.tmp
		fsync	tickets/2026/.a.yaml.tmp
		rename	tickets/2026/.a.yaml.tmp
		fsyncdir	tickets/2026
		fsyncdir	tickets
		fsyncdir
		ack
		create	tickets/2026/.a.yaml.tmp
		write	tickets/2026/.a.yaml.tmp
		fsync	tickets/2026/.a.yaml.tmp
		rename	tickets/2026/.a.yaml.tmp
		fsyncdir	tickets/2026
		ack
		mkdir	tickets/m0
		create	tickets/m0/.b-0.yaml.tmp
		write	tickets/m0/.b-0.yaml.tmp
		mkdir	tickets/m1
		create	tickets/m1/.b-1.yaml.tmp
		write	tickets/m1/.b-1.yaml.tmp
		mkdir	tickets/m2
		create	tickets/m2/.b-2.yaml.tmp
		write	tickets/m2/.b-2.yaml.tmp
		syncfs
		rename	tickets/m0/.b-0.yaml.tmp
		rename	tickets/m1/.b-1.yaml.tmp
		rename	tickets/m2/.b-2.yaml.tmp
		syncfs
		ack
		ack
		ack
	END
	printf '%s\n' "$output"
	[[ $status == 0 ]]
}

@test "a retry that finds its record syncs the file and every folder up to the root" {
	tree
	shimmed store-driver sync tree tickets/2026/old.yaml >/dev/null
	run diff <(sed 's/\t$//; s/\t$//' log) - <<-'END'
		fsync	tickets/2026/old.yaml
		fsyncdir	tickets/2026
		fsyncdir	tickets
		fsyncdir
		ack		tickets/2026/old.yaml%09%0a
	END
	printf '%s\n' "$output"
	[[ $status == 0 ]]
	local failing
	for failing in fsync:1 fsyncdir:1 fsyncdir:2 fsyncdir:3; do
		run --separate-stderr shimmed "SHIM_FAIL=$failing:$EIO" store-driver sync tree tickets/2026/old.yaml
		status_is 6
		output_is ''
	done
}

# Below: the kind of call, and how often it happens before the rename when a file is made in two new folders.
@test "a failure before the rename writes nothing, leaves nothing and says 5" {
	tree
	local before kind number error
	before=$(snapshot)
	while read -r kind number; do
		for ((; number; number--)); do
			for error in $EIO ${KEFU_LONG:+$ENOSPC $EDQUOT $EACCES}; do
				run --separate-stderr shimmed "SHIM_FAIL=$kind:$number:$error" \
					store-driver create tree visits/2026/new.yaml text
				status_is 5
				output_is ''
				[[ $(wc -l <<<"$stderr") == 1 ]]
				diff <(echo "$before") <(snapshot)
			done
		done
	done <<-'END'
		open 8
		lock 1
		mark 1
		mkdir 2
		create 1
		write 1
		fsync 1
		close 1
		rename 1
	END
	# And that was all of them: without a failure it works.
	shimmed store-driver create tree visits/2026/new.yaml text
}

@test "a failure after the rename says 6, and the file is there" {
	local number
	for number in 1 2 3; do
		rm -rf tree && tree
		run --separate-stderr shimmed SHIM_FAIL=fsyncdir:$number:$EIO \
			store-driver create tree visits/2026/new.yaml text
		status_is 6
		output_is ''
		[[ $stderr == *"visits/2026/new.yaml: written, but"* && $(<tree/visits/2026/new.yaml) == text ]]
		has_no_temporaries
	done
}

@test "a failed replacement leaves the old file as it was" {
	tree
	local before failing
	before=$(snapshot)
	for failing in create:1 write:1 fsync:1 close:1 rename:1; do
		run --separate-stderr shimmed "SHIM_FAIL=$failing:$EIO" \
			store-driver replace tree tickets/2026/old.yaml new
		status_is 5
		diff <(echo "$before") <(snapshot)
	done
}

@test "a failed batch writes nothing and says 5, or says how much and 6" {
	tree
	local before kind number
	before=$(snapshot)
	while read -r kind number; do
		for ((; number; number--)); do
			run --separate-stderr shimmed "SHIM_FAIL=$kind:$number:$EIO" store-driver batch tree many b 4
			status_is 5
			output_is ''
			diff <(echo "$before") <(snapshot)
		done
	done <<-'END'
		create 4
		write 4
		close 4
		mkdir 4
		syncfs 1
		rename 1
	END
	run --separate-stderr shimmed SHIM_FAIL=rename:3:$EIO store-driver batch tree many b 4
	status_is 6
	output_is ''
	[[ $stderr == *"2 of 4 files written, then: cannot write: Input/output error" ]]
	[[ $(find tree/many -type f | wc -l) == 2 ]] && has_no_temporaries
	run --separate-stderr shimmed SHIM_FAIL=syncfs:2:$EIO store-driver batch tree many b 4
	status_is 6
	output_is ''
	run --separate-stderr store-driver batch tree many b 4
	status_is 0
	[[ $(find tree/many -type f | wc -l) == 4 ]]
}

@test "no failed fsync is tried again" {
	tree
	local kind
	for kind in fsync fsyncdir; do
		rm -f log
		run shimmed "SHIM_FAIL=$kind:1:$EIO" store-driver create tree "$kind/a.yaml" text
		[[ $status == 5 || $status == 6 ]]
		run -1 grep -P "^$kind\t" log
	done
	rm -f log
	run shimmed SHIM_FAIL=syncfs:1:$EIO store-driver batch tree many b 2
	[[ $status == 5 ]]
	run -1 grep -P '^syncfs\t' log
}

@test "short writes and interrupted ones write all the same" {
	mkdir tree
	local text
	text=$(seq 1000)
	shimmed SHIM_SHORT=1 store-driver create tree a.yaml "$text" >/dev/null
	[[ $(<tree/a.yaml) == "$text" ]]
	grep -c ^write log
	run --separate-stderr shimmed SHIM_FAIL=fsync:1:$EINTR store-driver create tree b.yaml text
	status_is 5 # what fsync has promised then, nobody knows
}

# Killed before each call in turn; whoever comes next finds whole files, cleans up, and loses nothing.
@test "a writer killed anywhere leaves whole files, and nothing is lost after it" {
	local kind number
	while read -r kind number; do
		for ((; number; number--)); do
			rm -rf tree log && mkdir tree
			run shimmed "SHIM_DIE=$kind:$number" store-driver spread tree visits dead 2
			[[ $status == 137 ]]
			shimmed store-driver spread tree visits alive 3 >/dev/null
			has_no_temporaries
			cut_power ${KEFU_LONG:+100}
		done
	done <<-'END'
		mkdir 4
		create 2
		write 2
		fsync 2
		rename 2
		fsyncdir 4
		ack 2
	END
	# The safeguard: the next writer syncs what the dead one may not have.
	rm -rf tree log && mkdir tree
	run shimmed SHIM_DIE=fsyncdir:1 store-driver spread tree visits dead 1
	shimmed SHIM_SKIP=syncfs store-driver spread tree visits alive 1 >/dev/null
	run cut_power 50
	[[ $status == 1 && $output == *" lost"* ]]
}

@test "a batch killed anywhere can be taken up again" {
	local kind number
	for kind in create write syncfs rename; do
		for number in 1 2; do
			rm -rf tree log && mkdir tree
			run shimmed "SHIM_DIE=$kind:$number" store-driver batch tree many b 5
			[[ $status == 137 ]]
			shimmed store-driver batch tree many b 5 >/dev/null
			[[ $(find tree/many -type f | wc -l) == 5 ]] && has_no_temporaries
			cut_power
		done
	done
}

@test "a full disk: nothing written, nothing left, and it works again when there is room" {
	[[ $(id -u) == 0 ]] || skip 'mounting needs root'
	mkdir tree
	mount -t tmpfs -o size=64k,nr_inodes=20 tmpfs tree || skip 'no tmpfs here'
	store-driver append tree a.yaml first 1
	local before
	before=$(snapshot)
	run --separate-stderr store-driver create tree new/b.yaml "$(printf 'x%.0s' {1..100000})"
	status_is 5
	errors_are 'store-driver: new/b.yaml: cannot write: No space left on device'
	diff <(echo "$before") <(snapshot)
	run --separate-stderr store-driver batch tree many b 40 # more files than the disk may have
	status_is 5
	diff <(echo "$before") <(snapshot)
	head -c 60000 /dev/zero >tree/filler || true
	cat /dev/zero >tree/filler2 2>/dev/null || true
	run --separate-stderr store-driver append tree a.yaml second 1
	status_is 5
	[[ $(<tree/a.yaml) == first-0 ]]
	rm tree/filler tree/filler2
	store-driver append tree a.yaml second 1
}

# as_clerk USER COMMAND...: without root's powers
as_clerk() {
	setpriv --reuid "$1" --regid "$1" --groups 4000 "${@:2}"
}

#!/usr/bin/env bats
# The list of packages: whatever tests, scripts and recipes call is brought by it, and setup.sh installs what is missing.
load ../helper

needs_dpkg() {
	run "$root/tests/packages.pl" lacking
	[[ $status != 77 ]] || skip "$output"
}

@test "whatever is called comes from a package on the list, or with every Debian" {
	needs_dpkg
	status_is 0
	output_is ''
}

@test "each package on the list is missed when it is taken off" {
	needs_dpkg
	run "$root/tests/packages.pl" each
	status_is 0
	[[ ${#lines[@]} -ge 15 ]]
	local line
	for line in "${lines[@]}"; do
		[[ $line == *$'\t'?* ]] || { echo "nobody would miss: $line"; return 1; }
	done
}

@test "a test finds no program that is not on the list" {
	[[ -d $build/programs && $PATH == *"$build/programs"* ]] || skip 'not run by make check, or where dpkg is not'
	[[ -e $build/programs/jq && -e $build/programs/git && -e $build/programs/sh ]]
	# what a machine may have besides
	local folder path
	for folder in /usr/local/bin /usr/bin /bin /usr/sbin; do
		for path in "$folder"/*; do
			[[ -e $build/programs/${path##*/} ]] || break 2
		done
	done
	run "${path##*/}"
	[[ $status == 127 && $output == *"not in tests/packages"* ]] || { echo "$path: $status: $output"; return 1; }
}

# --- setup.sh ---

# machine [ABSENT...]: a folder of programs for $PATH that has what a probe asks for but these, and nothing of this machine
machine() {
	local name
	mkdir -p here
	for name in bash sh env grep sort mktemp rm tail perl git cmp mandoc msgfmt script mount jq; do
		ln -sf "$(type -P "$name")" here/"$name"
	done
	fake cc 'echo 12'
	fake pkg-config 'echo 99'
	fake bats 'echo Bats 1.8.2'
	fake id 'echo 1000'
	fake sudo 'shift; "$@"'
	fake apt-get 'echo "$*" >>asked'
	for name; do rm -f "here/$name"; done
}

# fake NAME SCRIPT
fake() {
	printf '#!/bin/bash\n%s\n' "$2" >"here/$1"
	chmod +x "here/$1"
}

# sets_up STATUS STDOUT STDERR: setup.sh check on that machine
sets_up() {
	run --separate-stderr env PATH="$PWD/here" CC=cc "$BASH" "$root/tests/setup.sh" check </dev/null
	status_is "$1" && output_is "$2" && errors_are "$3"
}

missing='make check needs packages that are not here, or too old: jq'
installing=$missing$'\nInstalling them first, which takes a minute or two.'

@test "setup: nothing is said where nothing is missing" {
	machine
	sets_up 0 '' ''
	[[ ! -e asked ]]
}

@test "setup: what is missing is installed, with apt-get and sudo" {
	machine jq
	fake apt-get 'echo "$*" >>asked; [[ $* != *install* ]] || printf "#!/bin/bash\necho jq-1.6\n" >here/jq; chmod +x here/jq'
	ln -s "$(type -P chmod)" here/chmod
	sets_up 0 "$installing" ''
	[[ $(<asked) == $'update\n-y -o DPkg::Lock::Timeout=300 --no-install-recommends install jq' ]]
}

@test "setup: Fedora has dnf and names of its own" {
	machine jq apt-get msgfmt script
	fake dnf 'echo "$*" >>asked; exit 1'
	sets_up 1 "make check needs packages that are not here, or too old: gettext jq /usr/bin/script
Installing them first, which takes a minute or two." \
		'make check: dnf failed: is there a network? Then please run, as root: dnf install gettext jq /usr/bin/script'
	[[ $(<asked) == '-y install gettext jq /usr/bin/script' ]]
}

@test "setup: without sudo it says what root has to run" {
	machine jq sudo
	sets_up 1 "$missing" 'make check: there is no sudo here: please run, as root: apt-get install jq'
	[[ ! -e asked ]]
	# who is root needs none
	fake id 'echo 0'
	sets_up 1 "$installing" 'make check: still missing after the installation: jq: please install by hand'
}

@test "setup: sudo that wants a password nobody can type" {
	machine jq
	fake sudo 'echo "sudo: a password is required" >&2; exit 1'
	sets_up 1 "$missing" 'make check: sudo does not let you without a password: please run: sudo apt-get install jq'
}

@test "setup: without network it says so" {
	machine jq
	fake apt-get 'echo "E: Unable to locate package jq" >&2; exit 100'
	sets_up 1 "$installing" \
		'make check: apt-get failed (Unable to locate package jq): is there a network? Then please run, as root: apt-get install jq'
}

@test "setup: a package that is too old, and no newer one to have" {
	machine
	fake bats 'echo Bats 1.2.1'
	fake pkg-config '[[ $* == "--modversion yaml-0.1" ]] && echo 0.1.4 || echo 99'
	sets_up 1 'make check needs packages that are not here, or too old: libyaml-dev bats
Installing them first, which takes a minute or two.' \
		'make check: libyaml-dev is 0.1.4, 0.2.5 or newer is needed; bats is 1.2.1, 1.5.0 or newer is needed; apt-get has no newer one: please install by hand'
}

@test "setup: neither Debian nor Fedora" {
	machine jq apt-get
	sets_up 1 "$missing" 'make check: this is neither Debian, Ubuntu nor Fedora: please install them by hand'
}

@test "setup: demo needs less" {
	machine jq bats mandoc
	run --separate-stderr env PATH="$PWD/here" CC=cc "$BASH" "$root/tests/setup.sh" demo
	status_is 0 && output_is '' && errors_are ''
}

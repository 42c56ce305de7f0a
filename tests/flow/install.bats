#!/usr/bin/env bats
# make install and uninstall: everything lies below DESTDIR and prefix, whatever they are called, and nothing beside it.
load ../helper

setup() {
	test_begins || return
	[[ $build == "$root"/* ]] || skip 'the programs lie outside of the tree'
}

# makes TARGET [VARIABLE=VALUE...]: without compiling anything again
makes() { env -u MAKEFLAGS make -s --no-print-directory -C "$root" -o all BUILD="${build#"$root/"}" "$@"; }

files() { find "$1" \( -type f -o -type l \) -printf '%P\n' | sort; }

@test "a path with spaces and signs is one folder; strangers' files beside it stay" {
	local prefix="$PWD/opt/my  own (kefu) & co; *#,%"
	mkdir -p opt/my/bin 'opt/my  own/bin'
	echo stranger | tee opt/my/bin/ticket-open >'opt/my  own/bin/ticket-open'
	makes install prefix="$prefix"
	[[ $(<opt/my/bin/ticket-open) == stranger && $(<'opt/my  own/bin/ticket-open') == stranger ]]
	[[ $(ls opt) == $'my\nmy  own\n'"${prefix##*/}" && $(ls "$prefix") == $'bin\nshare' ]]
	diff <(ls "$build/bin") <(ls "$prefix/bin")
	[[ -x $prefix/bin/ticket-open && -f $prefix/share/kefu/schemas/header.yaml && -f $prefix/share/man/man1/ticket-open.1 ]]
	[[ -f $prefix/share/man/man7/kefu.7 && -x $prefix/share/kefu/packs/mall/run.sh && ! -x $prefix/share/kefu/packs/mall/policy.yaml ]]
	[[ $(readlink -e "$prefix/share/bash-completion/completions/ticket-open") == "$prefix/share/kefu/completion.bash" ]]
	# and all of it goes again, but for what is not ours
	echo stranger >"$prefix/share/man/man1/mine.1"
	makes uninstall prefix="$prefix"
	[[ $(files "$prefix") == share/man/man1/mine.1 ]]
	[[ $(<opt/my/bin/ticket-open) == stranger && $(<'opt/my  own/bin/ticket-open') == stranger ]]
}

@test "DESTDIR stands before prefix and in no link; it may have spaces, end in a slash or be relative to the tree" {
	local stage
	makes install DESTDIR="$PWD/plain" prefix=/usr
	for stage in 'a stage' 'a stage/'; do
		makes install DESTDIR="$PWD/$stage" prefix=/usr/
		diff <(files plain) <(files 'a stage')
		[[ $(readlink 'a stage/usr/share/bash-completion/completions/ticket-open') == /usr/*share/kefu/completion.bash ]]
		makes uninstall DESTDIR="$PWD/$stage" prefix=/usr/
		[[ -z $(files 'a stage') ]]
	done
	stage=$(realpath --relative-to "$root" "$PWD")
	makes install DESTDIR="$stage/relative" prefix=/usr
	diff <(files plain) <(files relative)
}

# is_refused LINE VARIABLE=VALUE: by install and uninstall, before anything is done
is_refused() {
	local target
	for target in install uninstall; do
		run --separate-stderr makes $target DESTDIR="$PWD/stage" "$2"
		status_is 2 && output_is '' || return
		[[ $stderr == Makefile:*": *** $1.  Stop." ]] || { echo "$stderr"; return 1; }
		[[ -z $(ls -A) ]] || { ls -A; return 1; }
	done
}

@test "what make, a shell or C would take for something else is refused in one line" {
	is_refused 'prefix: give it as an absolute path, like /usr/local' prefix=
	is_refused 'prefix: give it as an absolute path, like /usr/local' prefix=opt/kefu
	is_refused 'prefix: give it as an absolute path, like /usr/local' 'prefix=opt /kefu'
	is_refused 'prefix: give it as an absolute path, like /usr/local' 'prefix=~/kefu'
	local name
	for name in prefix DESTDIR; do
		is_refused "$name: a ' cannot be part of it: name another folder" "$name=/o'brien"
		is_refused "$name: a \" cannot be part of it: name another folder" "$name=/o\"brien"
		is_refused "$name: a \\ cannot be part of it: name another folder" "$name=/o\\brien"
		is_refused "$name: a \$ cannot be part of it: name another folder" "$name=/o\$brien"
		is_refused "$name: a line break cannot be part of it: name another folder" "$name=/o"$'\n'brien
	done
	run --separate-stderr env -u MAKEFLAGS make -s -C "$root" BUILD='a folder' all
	status_is 2
	[[ $stderr == 'Makefile:'*': *** BUILD: give a folder whose path has no space.  Stop.' ]]
}

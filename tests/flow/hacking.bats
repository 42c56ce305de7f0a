#!/usr/bin/env bats
# HACKING.md: whoever adds a form, a clause, a list of rules or a command as it says gets what it shows.
load ../helper

# A copy of the source tree, with what has been built: only what is new is compiled.
setup() {
	test_begins || return
	mkdir -p "$BATS_TEST_TMPDIR/kefu/build/tests"
	cd "$BATS_TEST_TMPDIR/kefu"
	tar -C "$root" --exclude=./build --exclude=./.git -c . | tar -x
	git init -q . # as whoever has cloned it
	cp -a "$build"/{config,lib,cmd,bin,tools,libkefu.a} build
	cp -a "$build/tests/tools" build/tests
	unset BUILD KEFU_BUILD KEFU_DATA KEFU_LEDGERS MAKEFLAGS MAKELEVEL
	make -s tools # nothing, unless it was built otherwise
}

@test "the worked examples run as they stand" {
	./tests/examples.pl HACKING.md
}

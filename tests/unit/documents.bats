#!/usr/bin/env bats
# What the documents of the source tree name is there, and the tables of lib/README.md are whole.
load ../helper

@test "links, paths, headings and tables of the documents are right" {
	prints '' "$root/tests/documents.py"
}

@test "each kind of mistake is told with its place" {
	mkdir -p lib/base cmd man tests/cmd
	printf '%s\n' '# Title' '' '### Deep' '## Twice' '## Twice' '# Another.' '[a](gone.md) [b](#none) [c](b.md#there) `lib/base/gone.c` `cmd/NAME.c` `gone()`' \
		'```' '[not](checked)' '```' 'in text `lib/base/new.c`' '<!-- file: lib/base/new.c -->' '```c' >a.md
	printf '%s\n' 'no title' >b.md
	touch lib/base/err.c cmd/x.c
	printf '%s\n' '# Library' '## Which room may include which' '| room | a |' '|---|---|' '| `base/` | b |' \
		'## Rooms and modules' '| room | module | what |' '|---|---|---|' '| `base/` | mem | storage |' \
		'## Commands and modules' '| command | modules | page | tests |' '|---|---|---|---|' '| `y` | base/err | none | none |' >lib/README.md
	mkdir doc
	printf '%s\n' '# Promises' '- **Kept.** Held by `tests/cmd/x.bats` "all is' '  well", "nothing is"; `gone.c` "a_test".' '- **Not kept.**' \
		'## To come' '- **Nothing yet.**' >doc/promises.md
	printf '@test "%s" {\n}\n' 'all is well' >tests/cmd/x.bats
	run --separate-stderr "$root/tests/documents.py" .
	status_is 1
	errors_are ''
	output_is 'a.md:13: a fenced block is never closed
a.md:3: a heading of level 3 below one of level 1
a.md:5: two headings are called "Twice"
a.md:6: a second title: use ##
a.md:6: a heading ends without a full stop or colon
a.md:7: the link gone.md leads nowhere
a.md:7: the link #none leads to no heading
a.md:7: the link b.md#there leads to no heading
a.md:7: `lib/base/gone.c` is not there
a.md:7: `gone()` is no function of lib or cmd
b.md:1: a document begins with its title: # TITLE
lib/README.md:1: the rooms in the table are not those of tests/unit/layers.bats: base
lib/README.md:9: there is no lib/base/mem.c or .h: take mem out of the table "Rooms and modules"
lib/README.md:9: lib/base/err is named 0 times in the table "Rooms and modules": name it once, in the row of base/, and say in a few words what it is
lib/README.md:13: there is no cmd/y.c: take the row out
lib/README.md:13: x has 0 rows in the table "Commands and modules": give it one, with the modules it uses, its page and its tests
doc/promises.md:2: tests/cmd/x.bats has no test "nothing is"
doc/promises.md:2: gone.c has no test "a_test"
doc/promises.md:4: a promise names the tests that hold it: Held by `FILE` "NAME"'
}

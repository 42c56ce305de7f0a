#!/usr/bin/env bats
# "Norway and friends": what people type comes back as they typed it, from every reader, with its type, in one document.
load ../helper

setup() {
	test_begins || return
	mkdir "$BATS_TEST_TMPDIR/ledger" && cd "$BATS_TEST_TMPDIR/ledger"
	ledger-init --pack "$root/tests/flow/desk.yaml" --site YL --test --now '2026-10-01 08:00' -q
}

# come_back STRINGS.json...: recorded in every free-text field of four commands, and read back
come_back() {
	"$root/tests/flow/text.py" record "$@"
	"$root/tests/flow/text.py" check
	run --separate-stderr ledger-check -q --now '2026-12-01 00:00'
	output_is ''
	status_is 0
}

@test "units, times, octals, floats, words for no and nothing, rare characters, emoji" {
	cat >s.json <<-'JSON'
		["3-1201", "12:30", "0755", "1e5", "no", "~", "𠮷野家", "😀", "NO", "y", "null", ".inf", "0x1F", "1_000", "2026-11-21",
		 "2026-11-21T09:02:11+08:00", "=", "<<", "---", "...", "- a", "? a", "a: b", "a #b", "#a", "[a]", "{a: b}", "&a", "*a", "!a",
		 "%a", "@a", "`a", "|", ">", "'", "\"", "\\", "\\n", " a", "a ", " ", "👨‍👩‍👧", "e\u0301", "שלום", "１２３"]
	JSON
	come_back s.json
}

@test "line breaks of all kinds, controls, what nobody sees" {
	cat >s.json <<-'JSON'
		["a\nb", "a\n\nb\n", "a\n", "\na", "a\n ", " a\nb", "\n", "a\r\nb", "a\rb", "a\tb", "\ta\nb", "---\na\n...\n", "a\n...\n---\nevent: closed\n",
		 "a\u0085b", "a\u2028b", "a\u2029\nb", "\ufeffa", "a\ufeff\nb", "\u202eabc", "a\u0007", "\u001b[31mred", "a\u0001\nb", "\u007f", "a\u00a0", "\ufffd", "\ud83d\ude00\n\ud842\udfb7\n"]
	JSON
	come_back s.json
}

@test "every naughty string" {
	local list=$KEFU_TEST_DATA/naughty-strings/blns.json
	[[ -e $list ]] || skip 'the list of naughty strings is not here'
	/usr/bin/python3 -c 'import json, sys; print(json.dumps([one for one in json.load(sys.stdin) if one]))' <"$list" >s.json
	come_back s.json
}

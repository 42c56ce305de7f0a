#!/usr/bin/env bats
# ticket-open: what is recorded, from what is typed; classification, numbers, text.
load ../helper
load ../packs

setup_file() {
	resident_centre
}

export day=2026-11-20
first=tickets/2026/11/YL261120001.yaml

# open OPTION...: at nine, for lihua
open() { at 09:00 ticket-open --by lihua -k repair -c drain -s ordinary -u 3-1201 "$@"; }

# text NUMBER: of that ticket, as it was recorded, with a dot behind it so that no line break is lost
text() {
	ticket-show "YL261120$(printf %03d "$1")" --format json | python3 -c '
import json, sys
sys.stdout.write(json.loads(sys.stdin.readline())["text"] + ".")'
}

@test "every field, in the schema's order; the number is printed and nothing else" {
	prints 'YL261120001' at 09:02:11 ticket-open --by lihua --at 08:40 -k repair -c drain -s ordinary -u 3-1201 -n 王女士 -p 13900010001 \
		--channel phone --charging paid -d engineering --agreed-at '2026-11-21 14:00' --request-id r-1 \
		--set customer.card=V-7 --set heard-at='2026-11-20 08:30' --set first-asked=wanggang 厨房下水道堵塞
	diff - $first <<-'END'
		---
		event: opened
		seq: 1
		id: YL261120001
		site: YL
		at: "2026-11-20T08:40:00+08:00"
		recorded: "2026-11-20T09:02:11+08:00"
		by: lihua
		via: keeper
		request-id: r-1
		kind: repair
		category: drain
		severity: ordinary
		charging: paid
		department: engineering
		customer:
		  unit: "3-1201"
		  name: 王女士
		  phone: "13900010001"
		  card: V-7
		channel: phone
		heard-at: "2026-11-20T08:30:00+08:00"
		first-asked: wanggang
		agreed-at: "2026-11-21T14:00:00+08:00"
		text: 厨房下水道堵塞
		...
	END
	# nothing is recorded beside the time when they are the same
	at 09:02 ticket-open -q --by lihua --at 09:02 -k inquiry x
	[[ $(<tickets/2026/11/YL261120002.yaml) != *recorded* ]]
}

@test "kind, category and severity are found in the text, and said" {
	run --separate-stderr at 09:00 ticket-open --by lihua -u 3-1201 水管爆了，淹了厨房
	status_is 0
	output_is YL261120001
	errors_are 'ticket-open: YL261120001: not given, so chosen by the policy: kind repair, category flooding, severity emergency'
	[[ $(<$first) == *$'\nkind: repair\ncategory: flooding\nseverity: emergency\ndepartment: engineering\nclassified:\n  - kind\n  - category\n  - severity\n'* ]]
	prints 'YL261120002' at 09:00 ticket-open -q --by lihua -u 3-1201 投诉：楼下太吵
}

@test "what is given stands, whatever the text says" {
	run --separate-stderr at 09:00 ticket-open --by lihua -u 3-1201 -s ordinary 水管爆了
	errors_are 'ticket-open: YL261120001: not given, so chosen by the policy: kind repair, category flooding'
	run --separate-stderr at 09:00 ticket-open --by lihua -u 3-1201 -k complaint 水管爆了没人管
	errors_are 'ticket-open: YL261120002: not given, so chosen by the policy: category other-complaint, severity ordinary'
	prints 'YL261120003' at 09:00 ticket-open --by lihua -u 3-1201 -k repair -c lamp -s ordinary -d security 水管爆了
	[[ $(<tickets/2026/11/YL261120003.yaml) == *$'\ncategory: lamp\nseverity: ordinary\ndepartment: security\ncustomer:'* ]]
	run --separate-stderr at 09:00 ticket-open --by lihua -u 3-1201 -c lamp 你好
	errors_are 'ticket-open: YL261120004: not given, so chosen by the policy: kind repair, severity ordinary'
}

@test "full-width digits and spaces are put right in coded fields" {
	open -q -u ' ３－１２０１　' -p '１３９ 0001－0001' --set customer.card='Ｖ ７' x
	[[ $(<$first) == *$'\n  unit: "3-1201"\n  phone: "1390001-0001"\n  card: "Ｖ ７"\n'* ]]
	prints 'YL261120001' columns ticket at 09:30 ticket-list -u ３－１２０１ --format csv
	prints 'YL261120001#2' at 09:30 ticket-assign ' １ ' zhaoqiang
	prints 'YL261120001#3' at 09:30 ticket-log yl２61120001 quoted --price '￥１２０．５' --reason 价目表上没有
	[[ $(tail -n 3 $first) == $'price: "120.50"\nreason: 价目表上没有\n...' ]]
}

@test "free text is kept to the byte" {
	local number=0 given
	for given in '三　栋　１２０１ ３－１' 'ends in spaces   ' $'tab\tin it\t' $'\n\nbegins with lines' $'ends with them\n\n' $'one\r\ntwo\r\n' \
		$'bell \a and nul-like \x01 and \x7f' '👨‍👩‍👧‍👦 𠮷野家 é é' $'line one\n  indented\nline three ' '--- not a document' \
		'...' '# no comment' 'key: value' '- item' '"quoted" '\''twice'\''' 'no' '1e5' '0x10' '~' 'null' '2026-11-20' '<<: *a' '!!str' \
		$'\xe2\x80\xa8separator\xc2\x85nel\xef\xbb\xbfbom\xe2\x80\xae bidi' '%YAML 1.2' '@at `tick' 'x: {' $'\t' ' '; do
		number=$((number + 1))
		prints "YL261120$(printf %03d $number)" open -q -- "$given"
		[[ $(text $number) == "$given." ]]
	done
}

@test "text from stdin: one closing line break is dropped, no more" {
	printf 'one\ntwo\n' | open -q -
	printf 'one\ntwo\n\n' | open -q -
	printf 'one' | open -q -
	printf '%s' 'after --' | open -q -- -
	[[ $(text 1) == $'one\ntwo.' && $(text 2) == $'one\ntwo\n.' && $(text 3) == one. && $(text 4) == 'after --.' ]]
	# -t does the same, and wins over the operand
	printf 'from stdin' | open -q -t -
	[[ $(text 5) == 'from stdin.' ]]
}

# terminal COMMAND: with a terminal as stdin, as a person has it
terminal() {
	script -qec "$1" /dev/null
}

@test "without text the editor asks, when there is a terminal" {
	cat >edit <<-'END'
		#!/bin/sh
		[ -s "$2" ] && exit 9
		printf '从编辑器\n第二行\n' >"$2.new" && mv "$2.new" "$2"
	END
	chmod +x edit
	EDITOR="$PWD/edit -x" terminal "ticket-open -q --now '$day 09:00' -k repair -u 3-1201"
	[[ $(text 1) == $'从编辑器\n第二行.' ]]
	# $VISUAL before $EDITOR; an editor that fails, or leaves nothing, records nothing
	local before
	before=$(tree_digest)
	run env VISUAL=false EDITOR="$PWD/edit -x" script -qec "ticket-open -q --now '$day 09:00' -k repair -u 3-1201" /dev/null
	status_is 3
	[[ $output == 'ticket-open: the editor failed: nothing is recorded'* ]]
	run env EDITOR=true script -qec "ticket-open -q --now '$day 09:00' -k repair -u 3-1201" /dev/null
	status_is 3
	[[ $output == 'ticket-open: text is empty: nothing is recorded'* ]]
	diff <(echo "$before") <(tree_digest)
	# nothing stays in $TMPDIR
	[[ -z $(find "$TMPDIR" -name 'kefu-*') ]]
}

@test "without text or terminal: usage" {
	EDITOR=true refused 2 'ticket-open: text is missing: give it as an argument, as - from stdin, or in $EDITOR' open -q </dev/null
}

@test "numbers: of today, from 001, beyond 999, from anew the next day" {
	prints 'YL261120001' open -q x
	prints 'YL261120002' open -q x
	prints 'YL261121001' at '2026-11-21 00:00:00' ticket-open -q --by lihua -k inquiry x
	prints 'YL261120003' at '2026-11-20 23:59:59' ticket-open -q --by lihua -k inquiry x
	# late entry: the number is of the day it is recorded
	prints 'YL261121002' at '2026-11-21 00:10' ticket-open -q --by lihua --at '2026-11-20 23:50' -k inquiry x
	prints 'YL261201001' at '2026-12-01 08:00' ticket-open -q --by lihua -k inquiry x
	mv tickets/2026/11/YL261120003.yaml tickets/2026/11/YL261120998.yaml
	sed -i 's/^id: .*/id: YL261120998/' tickets/2026/11/YL261120998.yaml
	prints 'YL261120999' open -q x
	prints 'YL2611201000' open -q x
	prints 'YL2611201001' open -q x
	prints 'YL2611201001#2' at 09:30 ticket-assign 1001 zhaoqiang
}

@test "a number somebody else took is passed over, a gap is not filled" {
	prints 'YL261120001' open -q x
	prints 'YL261120002' open -q x
	rm $first
	prints 'YL261120003' open -q x
	mkdir -p tickets/2026/11/YL261120007.yaml
	prints 'YL261120008' open -q x
	# other clones' numbers do not matter
	cp tickets/2026/11/YL261120002.yaml tickets/2026/11/AB261120050.yaml
	prints 'YL261120009' open -q x
	# and neither do names that are no number of a ticket
	touch tickets/2026/11/YL2611201000000.yaml tickets/2026/11/YL26112099999999999999999999.yaml \
		tickets/2026/11/YL261120900.txt tickets/2026/11/YL26112050.yaml
	prints 'YL261120010' open -q x
}

@test "a dry run says what it would record and writes nothing, not even folders" {
	refused_dry() {
		local before
		before=$(tree_digest)
		run --separate-stderr at 09:00 ticket-open --by lihua -u 3-1201 下水道堵塞 --dry-run
		status_is 0
		diff <(echo "$before") <(tree_digest)
	}
	refused_dry
	errors_are 'ticket-open: YL261120001: not given, so chosen by the policy: kind repair, category drain (Blocked drain), severity ordinary'
	output_is '---
event: opened
seq: 1
id: YL261120001
site: YL
at: "2026-11-20T09:00:00+08:00"
by: lihua
via: keeper
kind: repair
category: drain
severity: ordinary
department: engineering
classified:
  - kind
  - category
  - severity
customer:
  unit: "3-1201"
text: 下水道堵塞
...'
	[[ ! -e tickets ]]
}

@test "what recording adds is what the rules of the moment say" {
	cat >>policy/resident-centre.yaml <<-'END'

	extensions: []
	END
	sed -i 's/^deadlines:/deadlines:\n  - {rule: old, kind: repair, start: opened, until: [finished], within: 2 h, before: "2026-11-20", clause: T.1}\n  - {rule: new, kind: repair, start: opened, until: [finished], within: 1 h, from: "2026-11-20", clause: T.1}/' policy/resident-centre.yaml
	at '2026-11-20 00:10' ticket-open -q --by lihua --at '2026-11-19 23:59:59' -k repair -u 3-1 x
	at '2026-11-20 00:10' ticket-open -q --by lihua --at '2026-11-20 00:00:00' -k repair -u 3-1 x
	[[ $(ticket-show YL261120001) == *'old [T.1] 2026-11-20 01:59'* && $(ticket-show YL261120002) == *'new [T.1] 2026-11-20 01:00'* ]]
}

@test "a year without a published calendar is guessed, and both the command and the deadline say so" {
	sed -i 's/^deadlines:/deadlines:\n  - {rule: old, kind: repair, start: opened, until: [finished], within: 3 wd, clause: T.1}/' policy/resident-centre.yaml
	run --separate-stderr at '2027-02-01 09:00' ticket-open --by lihua -k repair -c drain --severity ordinary -u 3-1 x
	status_is 0
	output_is 'YL270201001'
	errors_are 'ticket-open: YL270201001: old is provisional, 2027-02-04 18:00: the days off of 2027 are not published yet, so only its weekends count as off'
	[[ $(<tickets/2027/02/YL270201001.yaml) == *$'\n    at: "2027-02-04T18:00:00+08:00"\n    provisional: true\n'* ]]
}

@test "a text that is given twice is refused, not half forgotten" {
	run --separate-stderr at '2026-11-20 09:00' ticket-open -k repair -u 3-1 -t 灯坏了 门也坏了
	status_is 2
	output_is ''
	errors_are 'ticket-open: the text is given twice: as --text and as “门也坏了”'
	[[ ! -e tickets ]]
}

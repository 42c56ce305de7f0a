#!/usr/bin/env bats
# What cannot be seen is shown: the table against Unicode's properties, joiners where they belong, terminals.
load ../helper
load ../packs

export day=2026-11-20

# on_terminal SHELL-COMMAND: what it prints on a terminal of its own is in $output
on_terminal() {
	run script -qec "stty cols 200; $1" /dev/null </dev/null
	output=${output//$'\r\n'/$'\n'}
}

@test "hidden is what Unicode says is ignorable, turns text round, separates lines, formats or is no character" {
	hidden-codes >is
	perl -e 'no warnings; for my $code (grep { $_ < 0xd800 || $_ > 0xdfff } 0 .. 0x10ffff) {
		my $c = chr $code;
		printf "%x\n", $code if $c =~ /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Zl}\p{Zp}]/
			|| $c =~ /\p{Noncharacter_Code_Point}/
			|| ($c =~ /\p{Cf}/ && $c !~ /\p{Prepended_Concatenation_Mark}/) }' >should
	[[ $(wc -l <should) -gt 4000 ]]
	run diff should is
	output_is ''
}

@test "characters that nobody sees are shown by their number" {
	prints '水\u200b管\u00ad\u2060\u2064\u180e\ufff9\u115f\u3164' \
		hidden-codes $'水\u200b管\u00ad\u2060\u2064\u180e\ufff9\u115f\u3164'
	prints '\U000e0041\U000e0001\U0001fffe' hidden-codes $'\U000e0041\U000e0001\U0001fffe'
	prints 'a\u200db \u200c x\ufe0f \u200d\u200d 水\u200d' hidden-codes $'a\u200db \u200c x\ufe0f \u200d\u200d 水\u200d'
}

@test "joiners and selectors stay where a script or an emoji needs them" {
	local kept
	for kept in $'می\u200cخواهم' $'क्\u200dष' $'ന്\u200d' $'👨\u200d👩\u200d👧' $'❤\ufe0f\u200d🔥' $'👩🏽\u200d🔧' \
		$'☎\ufe0f' $'1\ufe0f\u20e3' $'葛\U000e0100'; do
		prints "$kept" hidden-codes "$kept"
	done
}

@test "a terminal gets the visible form of every format, a pipe the exact bytes" {
	resident_centre
	at 09:00 ticket-open -q --by lihua -k inquiry $'清\e[2J\u200b\u202e'
	local format
	for format in table tsv csv json yaml; do
		on_terminal "ticket-list --now '2026-11-20 11:00' --format $format"
		[[ $output == *清* ]]
		[[ $output != *$'\e'* && $output != *$'\u200b'* && $output != *$'\u202e'* ]]
	done
	at 11:00 ticket-list --format csv | grep -qF $'清\e[2J\u200b\u202e'
}

@test "names of columns and maps that a form has are shown, too" {
	resident_centre
	local id form
	id=$(at 09:00 ticket-open -q --by lihua -k inquiry 清)
	form=tickets/2026/11/$id.yaml
	sed -i 's/^text: .*/&\n"pri\\e[2Jze":\n  "a\\u200bb": c/' "$form"
	run at 10:00 ticket-show "$id"
	[[ $output == *'pri\x1b[2Jze: a\u200bb c'* ]]
	[[ $output != *$'\e'* && $output != *$'\u200b'* ]]
}

@test "a search finds text in spite of what nobody sees in it" {
	resident_centre
	local id
	id=$(at 09:00 ticket-open -q --by lihua -k inquiry -n $'王\u200b女士' $'下水\u200b道\u2060堵塞')
	prints "$id" columns ticket at 11:00 ticket-list --format csv -m 下水道堵塞
	prints "$id" columns ticket at 11:00 ticket-list --format csv -m $'道\u2060堵'
	prints "$id" columns ticket at 11:00 ticket-list --format csv --customer 王女士
}

#!/usr/bin/env bats
# How many commands each common matter takes with each pack, and how much typing: tests/light.py runs them and counts.
load ../helper

root=$BATS_TEST_DIRNAME/../..
light() { "$root/tests/light.py" "$@"; }

# sequence LINE...: a pack of one matter, these commands
sequence() {
	cat >one.txt <<-'END'
		mall
		  person lihua --name 李华 --role desk
		  person shangwei --name 尚伟 --role mall-management --department mall
		  free-repair: none
		  paid-repair: none
		  complaint: none
		  callback: none
		  inquiry
	END
	printf '    %s\n' "$@" >>one.txt
}

@test "the page is what the script prints, and nothing takes more than it may" {
	light >page
	diff -u "$root/doc/light.md" page
	run -0 light --over
	output_is ''
}

@test "every pack is there" {
	local pack
	for pack in "$root"/examples/*/policy.yaml; do
		pack=${pack%/policy.yaml}
		grep -q -x "${pack##*/}" "$root/tests/light.txt"
	done
}

@test "too many commands, or too many values, are over the limit" {
	sequence 'lihua ticket-open 请问几点关门' 'lihua ticket-close 1 -r 晚上十点'
	run -0 light --over one.txt
	output_is 'mall, inquiry: 2 / 1, at most 1 / 8'
	# a text, a unit, a name, a telephone, a channel, a department; a step, its result and a text
	sequence 'lihua ticket-open 请问几点关门 -u 3-1201 --name=王女士 -p 13900010001 --channel phone -d mall + closed -r 晚上十点 -t x'
	run -0 light --over one.txt
	output_is 'mall, inquiry: 1 / 9, at most 1 / 8'
}

@test "what a word counts: an option with what it is given, one that stands alone, a step; not the ticket, who acts or the +" {
	sequence 'lihua ticket-open 请问几点关门' 'lihua ticket-log 1 told --set to=lihua --set to=shangwei + closed -r 晚上十点'
	run -0 light one.txt
	[[ $output == *$'lihua  1  ticket-open 请问几点关门\nlihua  5  ticket-log 1 told --set to=lihua --set to=shangwei + closed -r 晚上十点\n'* ]]
	sequence 'lihua ticket-open 请问几点关门' 'lihua ticket-close 1 -r 晚上十点 --valid'
	run -0 light one.txt
	[[ $output == *$'lihua  2  ticket-close 1 -r 晚上十点 --valid\n'* ]]
}

@test "a matter that is not closed, or still owes something, is no sequence" {
	sequence 'lihua ticket-open 请问几点关门'
	run light one.txt
	[[ $status == 1 && $output == 'light.py: mall, inquiry: it is not closed' ]]
	sequence 'lihua ticket-open 请问几点关门 --promised 11:00 + closed -r 晚上十点'
	run light one.txt
	[[ $status == 1 && $output == 'light.py: mall, inquiry: ticket-due: '*promised-at-opening* ]]
	sequence 'shangwei ticket-open 投诉衣服褪色 -n 王女士 -p 13900010001 + closed -r 已退换'
	run light one.txt
	[[ $status == 1 && $output == *'closed is recorded by the role'* ]]
}

#!/usr/bin/env bats
# ticket-list: tickets by state, kind, who has them, whose they are, what they say.
load ../helper
load ../packs

export day=2026-11-20

# 1 a closed repair, 2 an open complaint, 3 a finished project, 4 a voided inquiry, 5 an open repair of the day before
setup_file() {
	resident_centre --pack "$root/examples/resident-centre/house.yaml"
	at 09:00 ticket-open -q --by lihua -k repair -c drain -s ordinary -u 3-1201 -n 王女士 -p 13900010001 $'下水道堵塞\n第二行'
	at 09:05 ticket-assign -q 1 zhaoqiang --by lihua --team night
	at 09:10 ticket-open -q --by lihua -k complaint -c noise -s major -u 3-0802 -n 何先生 $'太吵\t了 | "x"'
	at 09:20 ticket-open -q --by meizhen -k project -c other-project -u 12 -n 12栋 外墙
	at 10:00 ticket-close -q 1 --by lihua --worker wanggang --work 疏通 --signature 王女士 --opinion 满意 --phone 13900010002 -r 好
	at 10:10 ticket-open -q --by lihua -k inquiry 几点开门
	at 10:20 ticket-log -q 4 voided --by gaoxia --reason 重复
	at 10:30 ticket-log -q 3 finished --by meizhen --result 好
	at '2026-11-19 16:00' ticket-open -q --by lihua -k repair -c lamp -s ordinary -u 31-1201 灯不亮
	at '2026-11-19 16:05' ticket-assign -q YL261119001 wanggang --by lihua
}

# list [OPTION...]: the numbers, in order
list() { columns ticket at 11:00 ticket-list --format csv "$@" | sed 's/YL2611//' | paste -sd ' '; }

@test "what is not over, by deadline, then in order of opening" {
	prints 'ticket       state     category       due               assignee  unit     name    text
YL261119001  open      Lamp           2026-11-24 18:00  wanggang  31-1201          灯不亮
YL261120002  open      Noise                                      3-0802   何先生  太吵\t了 | "x"
YL261120003  finished  Other project                              12       12栋    外墙' at 11:00 ticket-list
}

@test "by state" {
	prints '20001' list --state closed
	prints '20004' list --state voided
	prints '20003' list --state finished
	prints '19001 20002' list --state open
	prints '20001 20004' list --state voided --state closed
	[[ $(list --state all | wc -w) == 5 ]]
	refused 2 'ticket-list: --state: “shut” is not one of open|finished|closed|voided|disputed|all (see ticket-list --help)' ticket-list --state shut
}

@test "by kind, category, severity, department, assignee, team" {
	prints '19001' list -k repair
	prints '19001' list -c lamp
	prints '20002' list --severity major
	prints '19001 20003' list -d engineering
	prints '19001' list -a wanggang
	prints '20001' list --team night --state all
}

@test "a name that nothing has is refused with what there is, and no other" {
	# a slip in a script is not to look like a quiet day
	local kinds='first-aid, complaint, repair, project, activity, inquiry, suggestion, request, routine'
	refused 2 "ticket-list: --kind: the policy has no \"nosuch\" (there are: $kinds; all of them: policy-list --list kinds)" \
		at 11:00 ticket-list -q -k nosuch --format json
	refused 2 "ticket-list: --kind: the policy has no \"\" (there are: $kinds; all of them: policy-list --list kinds)" \
		at 11:00 ticket-list --kind ''
	run --separate-stderr at 11:00 ticket-list -c 'Blocked drain'
	status_is 2
	output_is ''
	[[ $stderr == 'ticket-list: --category: the policy has no "Blocked drain": that is the title of drain (there are: '*' more; all of them: policy-list --list categories)' ]]
	refused 2 "ticket-list: --kind: the policy has no \"Repair\": that is the title of repair (there are: $kinds; all of them: policy-list --list kinds)" \
		at 11:00 ticket-list -k Repair
	refused 2 'ticket-list: --severity: the policy has no "Major": that is the title of major (there are: ordinary, emergency, major; all of them: policy-list --list severities)' \
		at 11:00 ticket-list -s Major
	refused 2 'ticket-list: --severity: the policy has no "grave" (there are: ordinary, emergency, major; all of them: policy-list --list severities)' \
		at 11:00 ticket-list -s grave
	run --separate-stderr at 11:00 ticket-list -a nobody
	status_is 2
	[[ $stderr == 'ticket-list: --assignee: nobody is not in staff.yaml (there are: '*'; all of them: staff-list)' ]]
	run --separate-stderr at 11:00 ticket-list --for nobody
	status_is 2
	refused 2 'ticket-list: --team: nothing recorded has "day" (there are: night)' at 11:00 ticket-list --team day
	refused 2 'ticket-list: --department: there is no department "garden" (there are: service, engineering, security, cleaning, greening)' \
		at 11:00 ticket-list -d garden
	# known, but without tickets
	prints '' at 11:00 ticket-list -k activity
	prints '' at 11:00 ticket-list -a lihua
	prints '' at 11:00 ticket-list -d service
	prints '' at 11:00 ticket-list -u 9-9999
	prints '' at 11:00 ticket-list --customer nobody
}

@test "what stands in a form can be asked for, whatever the policy says today" {
	# neither the pack nor the staff know them any more
	sed -i 's/^category: lamp$/category: candle/; s/^to: wanggang$/to: gonzo/' tickets/*/*/*.yaml
	[[ $(list -c candle) == 19001 ]]
	[[ $(list -a gonzo) == 19001 ]]
	prints '' at 11:00 ticket-list --state closed -c candle
	# nor does it matter that a later step has changed it
	at 11:01 ticket-log -q 1 reclassified --by lihua --set kind=repair --set category=door --reason x >/dev/null || true
	prints '' at 11:02 ticket-list --state voided -c candle
}

@test "by unit: the unit itself or its building, never another's beginning" {
	prints '20001 20002' list --state all -u 3
	prints '20001' list --state all -u 3-1201
	prints '20001' list --state all -u ３－１２０１
	prints '' list --state all -u 3-12
	prints '19001' list --state all -u 31
	prints '' list --state all -u 1
}

@test "by customer: part of the name, the end of the number that is in use" {
	prints '20002' list --customer 何
	prints '20001' list --state all --customer 0002
	prints '20001' list --state all --customer 13900010002
	prints '' list --state all --customer 0001
	prints '' list --state all --customer 139
}

@test "by what they say, anywhere in them" {
	prints '20002' list -m '^太吵'
	prints '20001' list --state all -m '第.行$'
	prints '20001' list --state all -m 满意
	prints '19001' list -m 灯
	refused 2 'ticket-list: --match: not a regular expression: at offset 1: missing closing parenthesis' ticket-list -m '('
	# a text that cannot be searched to the end is named: that is no answer
	at 10:40 ticket-open -q --by lihua -k inquiry "$(printf 'a%.0s' {1..3000})b"
	run --separate-stderr columns ticket at 11:00 ticket-list -m '^(a+)+$' --format csv
	status_is 4
	output_is ''
	errors_are 'ticket-list: tickets/2026/11/YL261120005.yaml: cannot decide whether the pattern ^(a+)+$ matches: match limit exceeded'
}

@test "by day of opening, both ends included" {
	prints '19001' list --state all --until 2026-11-19
	[[ $(list --state all --since 2026-11-20 | wc -w) == 4 ]]
	prints '19001' list --since 2026-11-19 --until 2026-11-19
	prints '' list --state all --since 2026-11-21
	prints '19001' list --since ２０２６－１１－１９ --until '２０２６-11-19 '
	refused 2 'ticket-list: --since: "yesterday" is not a date: write the date as 2026-11-21' ticket-list --since yesterday
	refused 2 'ticket-list: --until: "2026-02-30" is not a date: there is no such day' ticket-list --until 2026-02-30
}

@test "--overdue: what has a deadline that has passed" {
	prints '' at '2026-11-24 18:00:00' ticket-list --overdue
	prints 'YL261119001,house-1,yes' columns ticket,clause,overdue at '2026-11-24 18:00:01' ticket-list --overdue --format csv
	[[ $(at '2026-11-24 18:00:01' ticket-list) == *'2026-11-24 18:00!'* ]]
}

@test "for programs: every column, exactly" {
	prints 'ticket	state	category	due	assignee	unit	name	text	kind	severity	opened	team	phone	clause	overdue	cycle	overridden	missing	asked-again	asked-at
YL261120001	closed	drain	2026-11-21T23:59:59+08:00	zhaoqiang	3-1201	王女士	下水道堵塞	repair	ordinary	2026-11-20T09:00:00+08:00	night	13900010002	H2.C-9c	\N	1	\N	\N	\N	\N' \
		at 11:00 ticket-list --state closed --format tsv
	prints '{"ticket":"YL261120002","state":"open","category":"noise","unit":"3-0802","name":"何先生","text":"太吵\t了 | \"x\"","kind":"complaint","severity":"major","opened":"2026-11-20T09:10:00+08:00","cycle":1}' \
		at 11:00 ticket-list -k complaint --format json
	prints '' at 11:00 ticket-list -k activity --format json
	prints '' at 11:00 ticket-list -k activity --format table
}

@test "fits a terminal, and leaves numbers whole" {
	at 10:50 ticket-open -q --by lihua -k inquiry 请问游泳池周末开放到几点，小孩要不要带健康证？
	run script -qec "stty cols 88; ticket-list --now '$day 11:00' --state all" /dev/null
	[[ $status == 0 && $output == *YL261120002* && $output == *…* ]]
	python3 -c '
import sys, unicodedata
for line in sys.argv[1].replace("\r", "").split("\n"):
	assert sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line) <= 88, line' "$output"
}

@test "the letters of a unit are the same, large or small" {
	local id
	id=$(at 10:50 ticket-open -q --by lihua -k inquiry -u B-1201 灯)
	prints "${id#YL2611}" list -u b-1201
	prints "${id#YL2611}" list -u B
	[[ $(at 11:00 ticket-list --format csv -u b-1201) == *B-1201* ]]
}

@test "a unit that has a customer is recorded as that customer's is" {
	customer-log -q --now '2026-11-20 10:51' --by lihua opened C-1201 -n 王女士 >/dev/null
	local id
	id=$(at 10:52 ticket-open -q --by lihua -k inquiry -u c-1201 灯)
	[[ $(at 11:00 ticket-list --format csv -u c-1201) == *C-1201* ]]
	run --separate-stderr at 10:53 customer-log -q --by lihua opened c-1201 -n 王女士
	[[ $status != 0 && ! -e customers/c ]]
	[[ $(at 10:54 ticket-show c-1201) == *C-1201* && $(at 10:54 ticket-show @ｃ-1201) == *C-1201* ]]
}

#!/usr/bin/env bats
# callback-due: what is owed, in which order, for whom, in every format.
load ../helper
load ../packs

export day=2026-09-30

# 1 repair in building 3, 2 complaint in 7 about security, 3 project, 4 to 7 activities, a share of which is owed.
setup_file() {
	local number
	resident_centre
	# this house has officers call after an activity, whoever they are
	sed -i 's/{named: callers-named}/officer/' policy/resident-centre.yaml
	people_join baoling --name 鲍玲 --role officer --area 7
	people_join liuyang --name 刘洋 --role officer
	at 08:00 staff-log -q left liuyang
	at 09:00 ticket-open -q --by lihua -k repair -c drain -u 3-1201 -n '王,女;士\' -p 13900010001 下水道堵塞
	at 09:05 ticket-assign -q 1 zhaoqiang
	at 10:40 ticket-close -q 1 --by lihua --worker wanggang --work 疏通 --signature 王女士 --opinion 满意 --phone 13900010001 -r 好
	at 09:10 ticket-open -q --by lihua -k complaint -c noise -u 7-0802 -n 何先生 -p 13900010008 楼下太吵
	at 11:20 ticket-close -q 2 --by lihua -r 已劝离 --valid --reason 未巡逻
	at 09:20 ticket-open -q --by lihua -k project -u 3 -n 3栋 外墙翻新
	at 12:00 ticket-log -q 3 finished --by lihua --result 好
	for number in 4 5 6 7; do
		at 09:30 ticket-open -q --by lihua -k activity -u $number -n $number栋 中秋联欢
		at 13:00 ticket-log -q $number finished --by lihua --result 结束
	done
}

# list TIME [OPTION...]: number and status of what is listed, in order
list() {
	local when=$1
	shift
	columns ticket,status at "$when" callback-due --format csv "$@" | sed 's/^YL2609300*//' | paste -sd ' '
}

@test "overdue first, then by deadline; a share's candidates only while it is not reached" {
	prints '1,due 2,due 4,sample 5,sample 6,sample 7,sample' list '2026-10-02 09:00'
	prints '1,overdue 2,overdue 4,sample 5,sample 6,sample 7,sample' list '2026-10-04 00:00:00'
	prints '1,overdue 2,overdue 3,sample' list '2026-10-31 00:00:00'
	prints '1,overdue 2,overdue' list '2026-12-01 00:00:00'
	at 15:00 callback-log -q 4 --by meizhen -m visit --answer satisfied --quality 4 --effect 4 --satisfaction 4 --signature 业主 --shortcomings 无 --opinions 无
	prints '1,due 2,due 5,sample 6,sample 7,sample' list '2026-10-02 09:00'
	at 15:00 callback-log -q 6 --by meizhen -m visit --answer satisfied --quality 4 --effect 4 --satisfaction 4 --signature 业主 --shortcomings 无 --opinions 无
	prints '1,due 2,due' list '2026-10-02 09:00'
}

@test "as a table for people: aligned by display width, days where it is the day that counts" {
	prints 'status  due         ticket       unit    name       phone        who                            clause
due     2026-10-03  YL260930001  3-1201  王,女;士\  13900010001  lihua                          H2.C-7 H2.A-4
due     2026-10-03  YL260930002  7-0802  何先生     13900010008  sunli + baoling                H2.A-2
sample  2026-10-30  YL260930004  4       4栋                     nobody: officer (0 of 2 done)  H2.A-6
sample  2026-10-30  YL260930005  5       5栋                     meizhen (0 of 2 done)          H2.A-6
sample  2026-10-30  YL260930006  6       6栋                     nobody: officer (0 of 2 done)  H2.A-6
sample  2026-10-30  YL260930007  7       7栋                     baoling (0 of 2 done)          H2.A-6' at '2026-10-02 09:00' callback-due
}

@test "a share that was missed is no work any more: callback-tally has the verdict, called late or not" {
	local verdict=(columns verdict,made,late,needed callback-tally --now '2026-10-31 09:00' --period 2026-10 --rule activity --format csv)
	prints '' at '2026-10-31 00:00' callback-due --rule H2.A-6
	prints '' at '2026-10-31 00:00' callback-due --rule H2.A-6 --for meizhen --all
	prints 'missed,0,0,2' "${verdict[@]}"
	local number
	for number in 4 5 6 7; do
		at '2026-10-31 08:00' callback-log -q YL26093000$number --by meizhen -m visit --answer satisfied --quality 4 --effect 4 --satisfaction 4 --signature 业主 --shortcomings 无 --opinions 无
	done
	prints '' at '2026-10-31 09:00' callback-due --rule H2.A-6
	prints 'missed,0,4,2' "${verdict[@]}"
}

@test "a share that reaches the minimum is kept, though it is below the rate; either way nothing is left to do" {
	local number
	sed -i '/rule: activity,/s/rate: "0.30"/rate: "0.30", minimum: "0.25"/' policy/resident-centre.yaml
	for number in 1 2 3 4; do
		at '2026-10-12 09:00' ticket-open -q --by lihua -k activity -u 8 -n 8栋 中秋联欢
		at '2026-10-12 13:00' ticket-log -q $number finished --by lihua --result 结束
	done
	at '2026-10-13 09:00' callback-log -q YL261012001 --by baoling -m visit --answer satisfied --quality 4 --effect 4 --satisfaction 4 --signature 业主 --shortcomings 无 --opinions 无
	prints '' at '2026-11-13 00:00' callback-due --rule activity
	prints 'kept,1,1' columns verdict,made,needed at '2026-11-13 00:00' callback-tally --period 2026-11 --rule activity --format csv
}

@test "as TSV, CSV, JSON lines and YAML for programs" {
	local one=(callback-due --now '2026-10-02 09:00' --rule repair --format)
	prints 'status	due	ticket	unit	name	phone	who	clause	rule	kind	category	opens	attempts	roles	period	finished	needed	called	on-site	drawn	provisional	unfilled	tries	tries-needed	try-days	days-needed
due	2026-10-03T23:59:59+08:00	YL260930001	3-1201	王,女;士\\	13900010001	lihua	H2.C-7 H2.A-4	repair	repair	drain	2026-09-30T10:40:00+08:00	0	desk	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N' "${one[@]}" tsv
	prints 'status,due,ticket,unit,name,phone,who,clause,rule,kind,category,opens,attempts,roles,period,finished,needed,called,on-site,drawn,provisional,unfilled,tries,tries-needed,try-days,days-needed
due,2026-10-03T23:59:59+08:00,YL260930001,3-1201,"王,女;士\",13900010001,lihua,H2.C-7 H2.A-4,repair,repair,drain,2026-09-30T10:40:00+08:00,0,desk,,,,,,,,,,,,' \
		bash -c '"$@" | tr -d "\r"' - "${one[@]}" csv
	prints '{"status":"due","due":"2026-10-03T23:59:59+08:00","ticket":"YL260930001","unit":"3-1201","name":"王,女;士\\","phone":"13900010001","who":"lihua","clause":"H2.C-7 H2.A-4","rule":"repair","kind":"repair","category":"drain","opens":"2026-09-30T10:40:00+08:00","attempts":0,"roles":"desk"}' "${one[@]}" json
	prints '---
status: due
due: "2026-10-03T23:59:59+08:00"
ticket: YL260930001
unit: "3-1201"
name: 王,女;士\
phone: "13900010001"
who: lihua
clause: H2.C-7 H2.A-4
rule: repair
kind: repair
category: drain
opens: "2026-09-30T10:40:00+08:00"
attempts: 0
roles: desk
...' "${one[@]}" yaml
	prints 'due	2026-10-03T23:59:59+08:00	YL260930001' bash -c '"$@" | cut -f 1-3' - "${one[@]}" tsv --no-header
	refused 2 'callback-due: --format: “xml” is not one of table|tsv|csv|json|yaml|ical (see callback-due --help)' "${one[@]}" xml
}

@test "as a calendar: RFC 5545, with CRLF, folded lines and escaped text" {
	at 09:40 ticket-open -q --by lihua -k complaint -c noise -u 7-0803 -n '很长的名字：广州市天河区阳光花园物业服务中心业主委员会筹备组联络员；𠮷野家😀, Esq.; c/o "Müller"\Söhne' 太吵
	at 11:20 ticket-close -q 8 --by lihua -r 已劝离 --valid --reason 未巡逻
	at '2026-10-04 09:00' callback-due --format ical >todo.ics
	python3 - todo.ics <<-'P'
		import re, sys
		text = open(sys.argv[1], "rb").read()
		assert text.endswith(b"\r\n") and b"\n" not in text.replace(b"\r\n", b"") and b"\r" not in text.replace(b"\r\n", b"")
		for line in text.split(b"\r\n"):
		    assert len(line) <= 75, line
		    line.decode()  # no character is cut
		lines = text.replace(b"\r\n ", b"").decode().split("\r\n")
		assert lines[0] == "BEGIN:VCALENDAR" and lines[-2:] == ["END:VCALENDAR", ""]
		assert lines[1] == "VERSION:2.0" and lines[2].startswith("PRODID:")
		todos = [dict(one.split(":", 1) for one in part.split("\r\n") if one)
		         for part in re.findall("BEGIN:VTODO\r\n(.*?)END:VTODO\r\n", "\r\n".join(lines), re.S)]
		assert len(todos) == 7 and len({todo["UID"] for todo in todos}) == 7
		for todo in todos:
		    for name in ("DTSTAMP", "DTSTART", "DUE"):
		        assert re.fullmatch(r"\d{8}T\d{6}Z", todo[name]), todo
		    assert todo["DTSTAMP"] == "20261004T010000Z" and todo["DTSTART"] < todo["DUE"]
		    for name in ("SUMMARY", "DESCRIPTION"):
		        assert not re.search(r"(?<!\\)(\\\\)*[,;]", todo[name]) and todo[name] == todo[name].strip(), todo[name]
		plain = lambda value: re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value)
		first, long = todos[0], todos[2]
		assert first["DUE"] == "20261003T155959Z" and first["PRIORITY"] == "1"
		assert plain(first["SUMMARY"]) == "repair 3-1201 王,女;士\\ 13900010001", first["SUMMARY"]
		assert plain(long["SUMMARY"]).endswith('𠮷野家😀, Esq.; c/o "Müller"\\Söhne'), long["SUMMARY"]
		assert todos[3]["SUMMARY"] == "activity 4 4栋", todos[3]["SUMMARY"]
	P
}

@test "nothing due: nothing is printed, in every format" {
	local format
	for format in table tsv csv json yaml ical; do
		prints '' at '2026-09-30 08:00' callback-due --rule major-complaint --format $format
	done
	prints '' at '2026-10-02 09:00' callback-due --rule H2.A-5 --exit-code
}

@test "--within: what closes, or opens, by then; overdue always" {
	prints '1,due 2,due' list '2026-10-02 09:00' --within 1d
	prints '' list '2026-10-02 09:00' --within '0 d'
	prints '1,due 2,due' list '2026-10-03 09:00' --within '0 d'
	prints '' list '2026-10-03 09:00' --within 14h
	prints '1,due 2,due' list '2026-10-03 09:00' --within 15h
	# eight working hours from the second day of the holiday reach the 8th
	prints '1,due 2,due' list '2026-10-02 09:00' --within 8wh
	prints '1,overdue 2,overdue 4,sample 5,sample 6,sample 7,sample 3,later' list '2026-10-23 09:00' --within 1w
	prints '1,overdue 2,overdue' list '2026-10-22 09:00' --within 1w
	prints '1,due 2,due 4,sample 5,sample 6,sample 7,sample 3,later' list '2026-10-02 09:00' --all
	refused 2 'callback-due: --within: "2x" is not a duration: the unit is one of min, h, wmin, wh, d, wd, w, mo, y' at '2026-10-02 09:00' callback-due --within 2x
}

@test "--for: by role, area and department; an administrator has no part in it" {
	prints '1,due' list '2026-10-02 09:00' --for lihua
	prints '2,due 7,sample' list '2026-10-02 09:00' --for baoling
	prints '2,due' list '2026-10-02 09:00' --for sunli
	prints '5,sample' list '2026-10-02 09:00' --for meizhen
	prints '3,sample' list '2026-10-30 09:00' --for meizhen --rule project
	prints '' list '2026-10-02 09:00' --for keeper
	prints '' list '2026-10-02 09:00' --for zhaoqiang
	prints '3,sample' list '2026-11-05 09:00' --for meizhen
	refused 2 'callback-due: --for: nosuch is not in staff.yaml: see staff-list for who there is' at '2026-10-02 09:00' callback-due --for nosuch
	refused 2 'callback-due: --for: liuyang does not work here any more' at '2026-10-02 09:00' callback-due --for liuyang
}

@test "--rule: one rule, or one clause, whole" {
	prints '1,due' list '2026-10-02 09:00' --rule repair
	prints '1,due' list '2026-10-02 09:00' --rule H2.C-7
	prints '1,due' list '2026-10-02 09:00' --rule H2.A-4
	prints '2,due' list '2026-10-02 09:00' --rule H2.A-2
	refused 2 'callback-due: --rule: the policy has no rule or clause H2.A (there are: promised-reply, pass-on, put-right, emergency, slip-and-cash, receipt-taken, foreman-copy, month-reported, month-reviewed, quarter-filed, building-heads, director-told and 19 more; all of them: policy-list)' \
		at '2026-10-02 09:00' callback-due --rule H2.A
	refused 2 'callback-due: --rule: the policy has no rule or clause H2 (there are: promised-reply, pass-on, put-right, emergency, slip-and-cash, receipt-taken, foreman-copy, month-reported, month-reviewed, quarter-filed, building-heads, director-told and 19 more; all of them: policy-list)' at '2026-10-02 09:00' callback-due --rule H2
}

@test "--exit-code: 1 when something is overdue, else 0; damage is 4 all the same" {
	run --separate-stderr at '2026-10-03 23:59:59' callback-due --exit-code
	status_is 0
	run --separate-stderr at '2026-10-04 00:00:00' callback-due --exit-code
	status_is 1
	errors_are ''
	run --separate-stderr at '2026-10-04 00:00:00' callback-due --exit-code --rule activity
	status_is 0
	run --separate-stderr at '2026-10-31 00:00:00' callback-due --exit-code --rule activity
	status_is 0
	truncate -s 200 tickets/2026/09/YL260930001.yaml
	run --separate-stderr at '2026-10-04 00:00:00' callback-due --exit-code
	status_is 4
}

@test "a damaged file is named, the rest is listed, and the status is 4" {
	truncate -s 200 tickets/2026/09/YL260930005.yaml
	run --separate-stderr list '2026-10-02 09:00'
	output_is '1,due 2,due 4,sample 6,sample 7,sample'
	run --separate-stderr at '2026-10-02 09:00' callback-due --format tsv
	status_is 4
	[[ $stderr == 'callback-due: tickets/2026/09/YL260930005.yaml:'*': cut off in the document that begins at line 1' ]]
}

@test "attempts that reached nobody are counted; the callback stays owed" {
	at '2026-10-01 09:00' callback-log -q YL260930001 --by lihua --unreached
	at '2026-10-01 15:00' callback-log -q YL260930001 --by lihua --unreached
	prints '2,due' columns attempts,status at '2026-10-02 09:00' callback-due --format csv --rule repair
}

@test "a share is counted by the calendar month the matters ended in" {
	local number
	for number in 1 2 3; do
		at '2026-10-01 00:00:00' ticket-open -q --by lihua -k activity -u $number -n $number栋 国庆联欢
		at '2026-10-01 00:00:00' ticket-log -q $number finished --by lihua --result 结束
	done
	prints $'2026-09,4,2\n2026-10,3,1' bash -c "sort -u <<<'$(columns period,finished,needed at '2026-10-02 09:00' callback-due --format csv --rule activity)'"
	# one that is withdrawn does not count; a window that has closed cannot be made up for
	at '2026-10-02 09:00' ticket-log -q YL261001001 voided --reason 重复
	prints $'2026-10,2,1\n2026-10,2,1' bash -c "grep 2026-10 <<<'$(columns period,finished,needed at '2026-10-02 09:00' callback-due --format csv --rule activity)'"
	at '2026-11-02 09:00' callback-log -q YL261001002 --by meizhen -m visit --answer satisfied --quality 4 --effect 4 --satisfaction 4 --signature 业主 --shortcomings 无 --opinions 无
	prints '' at '2026-11-02 10:00' callback-due --rule activity
	prints '4,2,0' columns finished,owed,called callback-tally --now '2026-11-02 10:00' --period 2026-09 --rule activity --format csv
	prints '2,1,0' columns finished,owed,called callback-tally --now '2026-11-02 10:00' --period 2026-10 --rule activity --format csv
}

@test "reads without a site code and without the right to write" {
	plan_made 2026-10-02
	rm -r .kefu
	unset planned
	prints '1,due 2,due' list '2026-10-02 09:00' --within 1d
	[[ ! -e .kefu ]]
}

@test "help, version, and what it does not take" {
	run --separate-stderr callback-due --help
	status_is 0
	[[ $output == 'Usage: callback-due '* ]]
	refused 2 'callback-due: unexpected “x”: it takes no operands (see callback-due --help)' callback-due x
	refused 2 'callback-due: unknown option --by (see callback-due --help)' callback-due --by lihua
}

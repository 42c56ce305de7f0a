#!/usr/bin/env bats
# What stays as it was: verdicts, breaches, roles, retries. Each of these was once otherwise.
load ../helper

# A resident centre with a house rule of three working days, opened on Wednesday 2 September 2026.
centre() {
	cat >house.yaml <<'END'
pack: house
title: house
source: house
deadlines:
  - {rule: usual, kind: repair, unless: emergency, start: opened, until: [finished], within: 3 wd, clause: house-1}
callbacks:
  - {rule: inquired, kind: inquiry, after: [closed], within: 3 d, rate: "0.10", who: [officer], clause: house-2}
END
	ledger resident-centre --pack ../house.yaml --person keeper --now '2026-09-01 08:00'
	members 'lihua --role desk' 'wang --role worker --department engineering' 'meizhen --role officer' \
		'zhao --role duty-lead --role department-head --department engineering' 'sup --role supervisor --role desk' \
		'sunli --role department-head --department service'
	day=2026-09-02
}

rules() {
	ledger service-rules --person keeper --now '2026-09-01 08:00'
	members 'lihua --role desk' 'wang --role worker' 'head --role department-head --department engineering' \
		'chen --role centre-head' 'dong --role director' 'sup --role supervisor'
	day=2026-09-02
}

members() {
	local member
	for member; do
		# shellcheck disable=SC2086
		staff-log -q joined --name x --now '2026-09-01 09:00' $member >/dev/null
	done
}

lamp() { at 09:00 ticket-open -q --by lihua -u 3-1201 -n 王 --text 客厅灯坏了 "$@"; }
slip=(--worker wang --work 换灯 --signature 王 --opinion 好 --phone 13900010001)
duties() { ticket-show "$@" | sed -n '/^Deadlines/,/^What happened/p;/^Callbacks/,/^What happened/p' | grep '^  ' | sort -u; }

@test "what recording adds by itself is not for typing" {
	centre
	lamp
	local field
	for field in withdraws=usual settles=repair recorded=09:00 cause=YL260902001#1 override.reason=x due=x seq=9 by=zhao; do
		run --separate-stderr ticket-assign 1 zhao --now "$day 09:01" --by lihua --set "$field"
		status_is 3
		[[ $stderr == "ticket-assign: ${field%%[=.]*}: kefu fills this field in by itself (allowed: to, team, department, signed-by, text)" ]]
	done
}

@test "a desk that records for others does not get their right to enter staff, to override, to approve" {
	centre
	staff-log -q --now '2026-09-01 09:00' changed lihua --login kefu-nobody
	staff-log -q --now '2026-09-01 09:00' joined second --name x --role administrator --login kefu-second
	staff-log -q --now '2026-09-01 09:01' changed keeper --role desk
	refused 3 'staff-log: staff is entered by the role administrator; keeper does not have it' \
		staff-log --now "$day 09:00" changed keeper --role administrator --by second
	lamp
	at 09:05 ticket-assign -q 1 zhao --by lihua
	run --separate-stderr ticket-close 1 --now "$day 10:00" --by sup --worker wang --work x --opinion ok --phone 13900010001 \
		--result ok --override 住户拒签
	status_is 3
	[[ $stderr == *'finished needs the field signature [H2.C-6]' ]]
}

@test "who asks for an extension does not record its approval, nor does a station" {
	rules
	lamp
	local extend=(--set extends=done --set 'until=2026-09-10 18:00' --set consent=王 --reason 等配件)
	refused 3 'ticket-log: YL260902001: approved-by: the person who asks must not record the approval: the approver records it, with --by keeper' \
		ticket-log 1 extended --now "$day 10:00" --set approved-by=chen "${extend[@]}"
	at 10:00 ticket-log -q 1 extended --by wang --set approved-by=chen "${extend[@]}"
	staff-log -q --now "$day 10:01" joined boss --name x --role administrator --login kefu-boss
	staff-log -q --now "$day 10:01" changed keeper --nature station
	refused 3 'ticket-log: YL260902001: approved-by: approvals are not recorded at a station (keeper)' \
		ticket-log 1 extended --now "$day 10:05" --by wang --set approved-by=chen "${extend[@]/09-10/09-11}"
}

@test "an extension counts from when it is recorded" {
	rules
	lamp
	run --separate-stderr ticket-log YL260902001 extended --now '2026-09-20 09:00' --at "$day 10:00" --by wang \
		--set approved-by=chen --set extends=done --set 'until=2026-09-25 18:00' --set consent=王 --reason x
	status_is 3
	[[ $stderr == *'--at: not possible here: an extension counts from when it is recorded [H3.4-8]' ]]
	ticket-log -q YL260902001 extended --now '2026-09-20 09:00' --by wang \
		--set approved-by=chen --set extends=done --set 'until=2026-09-25 18:00' --set consent=王 --reason x
	run duties YL260902001 --now '2026-09-20 10:00'
	[[ $output == *'done [H3.4-8 H3.4-13] 2026-09-03 09:00  LATE, not done when extended at 2026-09-20 09:00 (#2)'* ]]
	[[ $output == *'done [H3.4-8 H3.4-13] 2026-09-25 18:00  open'* ]]
}

@test "voiding, reopening and reclassifying do not take a breach back" {
	centre
	lamp
	ticket-log -q YL260902001 voided --by sup --now '2026-09-20 09:00' --reason 重复
	run duties YL260902001
	output_is '  usual [house-1] 2026-09-07 18:00  LATE, not done when voided at 2026-09-20 09:00 (#2)'
	day=2026-09-02
	at 09:10 ticket-open -q --by lihua -u 3-1 --kind complaint --text 太吵 >/dev/null
	at 10:00 ticket-close -q 2 --by lihua --result 已劝 --valid --reason 夜班 >/dev/null
	ticket-log -q YL260902002 reopened --by sup --now '2026-09-20 09:00' --reason 又吵 >/dev/null
	run duties YL260902002
	output_is '  ordinary-complaint [H2.A-2] 2026-09-05 23:59  LATE, not done when reopened at 2026-09-20 09:00 (#3)'
	refused 3 'ticket-log: YL260902002: records are corrected by those who answer for them: voided is recorded by the role supervisor, office-director, centre-director; wang does not have it [ours]' \
		ticket-log YL260902002 voided --by wang --now '2026-09-20 09:00' --reason x
}

@test "reclassified away and back, the deadline stands again; after the work it is met by the work" {
	centre
	lamp
	at 09:10 ticket-log -q 1 reclassified --by lihua --set severity=emergency --reason 冒烟
	at 09:20 ticket-log -q 1 reclassified --by lihua --set severity=ordinary --reason 看错
	run duties YL260902001 --now "$day 09:30"
	output_is '  emergency [H2.C-1c] 2026-09-03 09:00  withdrawn at 2026-09-02 09:20 (#3)
  usual [house-1] 2026-09-07 18:00  open
  usual [house-1] 2026-09-07 18:00  withdrawn at 2026-09-02 09:10 (#2)'
	lamp -s emergency >/dev/null
	at 10:00 ticket-close -q 2 --by lihua "${slip[@]}" --result 好了 >/dev/null
	at 10:20 ticket-log -q 2 reclassified --by lihua --set severity=ordinary --reason 不急
	run duties YL260902002 --now '2026-09-20 10:00'
	[[ $output == *'usual [house-1] 2026-09-07 18:00  in time at 2026-09-02 10:00 (#2)'* ]]
}

@test "reclassified into a kind it does not fit is refused, with what fits" {
	centre
	lamp
	refused 3 'ticket-log: YL260902001: category: "lamp" is not known for a complaint (allowed: noise, cleaning, parking, attitude, other-complaint)' \
		ticket-log 1 reclassified --now "$day 09:10" --by lihua --set kind=complaint --reason x
	refused 3 'ticket-log: YL260902001: severity: "major" is not known for a repair (allowed: ordinary, emergency)' \
		ticket-log 1 reclassified --now "$day 09:10" --by lihua --set severity=major --reason x
	at 09:10 ticket-log -q 1 reclassified --by lihua --set kind=complaint --set category=noise --reason x
}

@test "reclassified to what has an agreed time, the time agreed at the opening counts; without one the usual does" {
	rules
	at 09:00 ticket-open -q --by lihua -u 3-1 -n 王 --category toilet --kind repair --text x >/dev/null
	at 09:10 ticket-log -q 1 reclassified --by lihua --set kind=service --set category=other-service --reason x
	run duties YL260902001 --now "$day 10:00"
	[[ $output == *'done [H3.4-10 H3.4-13] 2026-09-07 18:00  open'* ]]
	at 09:00 ticket-open -q --by lihua -u 3-1 -n 王 --category toilet --kind repair --agreed-at '2026-09-30 12:00' --text x >/dev/null
	at 09:10 ticket-log -q 2 reclassified --by lihua --set kind=service --set category=other-service --reason x
	run duties YL260902002 --now "$day 10:00"
	[[ $output == *'done [H3.4-10 H3.4-13] 2026-09-30 12:00  open'* ]]
}

@test "a complaint found major later is called back by the day it was handled" {
	centre
	at 09:10 ticket-open -q --by lihua -u 3-1 --kind complaint --text 太吵 >/dev/null
	at 10:00 ticket-close -q 1 --by lihua --result 已劝 --valid --reason 夜班 >/dev/null
	ticket-log -q YL260902001 reclassified --now '2026-09-20 09:00' --by lihua --set severity=major --reason 见报
	run duties YL260902001 --now '2026-09-20 10:00'
	output_is '  major-complaint [H2.A-1] 2026-09-05 23:59  OVERDUE
  ordinary-complaint [H2.A-2] 2026-09-05 23:59  LATE, not done when reclassified at 2026-09-20 09:00 (#3)'
}

@test "a share is a share, however it is written" {
	centre
	at 09:00 ticket-open -q --by lihua -u 3-1 --kind inquiry --text 请问几点 >/dev/null
	at 09:10 ticket-close -q 1 --by lihua --result 九点 >/dev/null
	# until the day is over the lot has not been cast
	planned=yes
	prints '' columns status,rule,needed at 10:00 callback-due --format csv
	prints 'sample,inquired,1' columns status,rule,needed at '2026-09-03 10:00' callback-due --format csv
}

@test "nothing happens before the cycle it belongs to" {
	centre
	lamp
	at 09:05 ticket-assign -q 1 zhao --by lihua
	at 10:00 ticket-close -q 1 --by lihua "${slip[@]}" --result 好了 >/dev/null
	ticket-log -q YL260902001 reopened --now '2026-09-05 09:00' --by sup --reason 又坏
	refused 3 'ticket-log: YL260902001: --at: this is before the ticket was opened again' \
		ticket-log YL260902001 finished --now '2026-09-06 10:00' --at '2026-09-03 10:00' --by wang "${slip[@]}"
}

@test "a corrected field leaves the others, and a slip can be corrected" {
	centre
	lamp -p 13900010001
	at 09:05 ticket-assign -q 1 zhao --by lihua
	at 09:06 ticket-log -q 1 corrected --by lihua --set fields.customer.phone=13911112222 --reason 记错
	run ticket-list --now "$day 09:10" --format tsv --no-header
	[[ $output == *$'\t3-1201\t王\t'*13911112222* ]]
	at 10:00 ticket-log -q 1 finished --by wang "${slip[@]}"
	at 10:05 ticket-log -q 1 corrected --by lihua --set fields.signature=王女士 --reason 代签
}

@test "callbacks recorded before a pack is replaced are judged by what they were recorded under" {
	centre
	lamp
	at 09:05 ticket-assign -q 1 zhao --by lihua
	at 10:00 ticket-close -q 1 --by lihua "${slip[@]}" --result 好了 >/dev/null
	sed -i 's/^source: house/&\nreplaces: [H2.C-7, H2.A-4]/' policy/house.yaml
	run --separate-stderr callback-log 1 --now "$day 11:00" --by lihua --answer unsatisfied --manner visit --quality 1 --effect 1 \
		--satisfaction 1 --signature 王 --shortcomings 又坏了 --opinions 无
	status_is 0
	[[ $stderr == *'opened YL260902002 for it [H2.B-1]' ]]
	# one clause of two replaced leaves the rule with the other
	sed -i 's/^replaces: .*/replaces: [H2.A-4]/' policy/house.yaml
	lamp >/dev/null
	at 09:05 ticket-assign -q 3 zhao --by lihua
	at 11:05 ticket-close -q 3 --by lihua "${slip[@]}" --result 好了 >/dev/null
	plan_made "$day"
	run columns rule,clause callback-due --format csv --now "$day 12:00"
	output_is 'repair,H2.C-7'
}

@test "a rule that is changed keeps its name: each clock goes by the entry of the day on which it started" {
	centre
	lamp
	at 09:01 ticket-open -q --by lihua -k inquiry -u 3-1201 --text 问 >/dev/null
	ticket-close -q YL260902002 --by lihua -r 答 --now "$day 09:10" >/dev/null
	sed -i '4,$d' policy/house.yaml
	cat >>policy/house.yaml <<-'END'
		deadlines:
		  - {rule: usual, kind: repair, unless: emergency, start: opened, until: [finished], within: 3 wd, before: "2026-09-03", clause: house-1}
		  - {rule: usual, kind: repair, unless: emergency, start: opened, until: [finished], within: 1 wd, from: "2026-09-03", clause: house-1}
		callbacks:
		  - {rule: inquired, kind: inquiry, after: [closed], within: 3 d, before: "2026-09-03", rate: "0.10", who: [officer], clause: house-2}
		  - {rule: inquired, kind: inquiry, after: [closed], within: 5 d, from: "2026-09-03", rate: "0.20", who: [officer], clause: house-2}
	END
	day=2026-09-03
	lamp
	at 09:01 ticket-open -q --by lihua -k inquiry -u 3-1201 --text 问 >/dev/null
	at 09:10 ticket-close -q 2 --by lihua -r 答 >/dev/null
	prints '' ledger-check -q --now '2026-09-03 10:00'
	prints '2026-09-04T18:00:00+08:00,YL260903001
2026-09-07T18:00:00+08:00,YL260902001' columns due,ticket ticket-due --within 30d --now '2026-09-03 10:00' --format csv
	prints '2026-09-05T23:59:59+08:00,YL260902002
2026-09-08T23:59:59+08:00,YL260903002' columns due,ticket callback-due --rule inquired --within 30d --now '2026-09-03 10:00' --format csv
	# what is reclassified keeps what the entry of its own day set, and gets nothing of the other's
	at 10:01 ticket-log -q YL260902001 reclassified --by lihua --set category=leak --set reason=x
	run ticket-show YL260902001 --now '2026-09-03 10:02'
	[[ $output == *'usual [house-1] 2026-09-07 18:00  open'* ]]
	[[ $(grep -c 'rule: usual' tickets/2026/09/YL260902001.yaml) == 1 ]]
	prints '' ledger-check -q --now '2026-09-03 11:00'
	run --separate-stderr ticket-why YL260902001 --now '2026-09-03 10:02'
	[[ $output == *'rule: usual (policy/house.yaml:5)'* ]]
}

@test "... and a clock that started before its step was recorded goes by the entry of that day" {
	local minutes='s/, clause: H3.14-2/, before: "2026-09-03"&/;p;s/within: 3 min/within: 5 min/;s/before/from/'
	ledger garden --person keeper --now '2026-09-01 08:00'
	members 'lihua --role desk'
	sed -i "/rule: sent-since-heard,/{$minutes}" policy/garden.yaml
	day=2026-09-03
	heard() { at "$1" ticket-open -q --by lihua -k suggestion -u 3 --set first-asked=lihua --set heard-at="$2" 建议; }
	prints YL260903001 heard 00:10 '2026-09-02 23:50'
	prints YL260903002 heard 00:20 '2026-09-03 00:15'
	prints '2026-09-02T23:53:00+08:00,YL260903001
2026-09-03T00:20:00+08:00,YL260903002' columns due,ticket ticket-due --now '2026-09-03 01:00' --rule H3.14-2 --format csv
	prints '' ledger-check -q --now '2026-09-03 01:00'
}

@test "[H2.C-9] material is compared in sum, whatever the order and in however many goes" {
	centre
	lamp
	at 09:05 ticket-assign -q 1 zhao --by lihua
	at 09:10 ticket-log -q 1 materials-drawn --by wang --requisition L1 2>/dev/null || true
	at 09:10 ticket-log -q 1 materials-drawn --by wang --set requisition=L1 --material 灯管:2
	at 09:20 ticket-log -q 1 materials-drawn --by wang --set requisition=L2 --material 镇流器:1
	refused 3 'ticket-log: YL260902001: material used is checked against material drawn: materials: it lists less 灯管 than materials-drawn.materials [H2.C-9]' \
		ticket-log 1 finished --now "$day 10:00" --by wang "${slip[@]}" --material 镇流器:1
	at 10:00 ticket-log -q 1 finished --by wang "${slip[@]}" --material 镇流器:1 --material 灯管:2
}

@test "[H2.C-5] the household pays what it agreed to, and agrees to each new price" {
	centre
	lamp --charging paid
	at 09:05 ticket-assign -q 1 zhao --by lihua
	at 09:10 ticket-log -q 1 quoted --by wang --price 100 --reason 价目表上没有
	at 09:11 ticket-log -q 1 consented --by wang --signature 王
	refused 3 'ticket-log: YL260902001: the household pays the price it agreed to: charge is 900.00, which is more than quoted.price (100.00) [H2.C-5]' \
		ticket-log 1 finished --now "$day 10:00" --by wang "${slip[@]}" --charge 900
	at 10:00 ticket-log -q 1 quoted --by wang --price 900 --reason 价目表上没有
	refused 3 'ticket-log: YL260902001: another price needs another consent: consented (the household agrees) has to be recorded again after the last quoted (#5) [H2.C-5]' \
		ticket-log 1 finished --now "$day 10:05" --by wang "${slip[@]}" --charge 900
	at 10:06 ticket-log -q 1 consented --by wang --signature 王
	at 10:07 ticket-log -q 1 finished --by wang "${slip[@]}" --charge 900
}

@test "[H3.4-7] whoever's matter it is, a return has a cause and its signer" {
	rules
	at 09:00 ticket-open -q --by lihua -u 3-1 -n 王 -d cleaning --kind repair --text 马桶堵了 >/dev/null
	run --separate-stderr ticket-log 1 returned --now "$day 09:10" --by wang
	status_is 3
	[[ $stderr == *'returned is recorded by the role centre-head; wang does not have it [H3.4-7]' ]]
	at 09:20 ticket-log -q 1 returned --by chen --reason 管道老化 --set explained=yes
}

@test "staff: what lies ahead does not leak back, somebody always administers, a login is one person's" {
	centre
	staff-log -q changed wang --role supervisor --from 2026-12-01T00:00:00+08:00 --now "$day 09:00"
	staff-log -q changed wang --phone 13900010009 --now "$day 09:00"
	run columns roles,phone staff-list --format csv --now "$day 10:00" --role worker
	output_is 'worker,13900010009'
	refused 3 'staff-log: nobody would be left with the role administrator: give it to somebody else first (staff-log changed PERSON --role administrator)' \
		staff-log left keeper --from 2026-10-01T00:00:00+08:00 --now "$day 09:00"
	refused 3 "staff-log: login: $(id -un) is the login of keeper already: give another with --login" \
		staff-log joined dup --name d --login "$(id -un)" --now "$day 09:00"
	staff-log -q joined a1 --name a --now "$day 09:00" --request-id s1
	refused 3 'staff-log: --request-id: s1 was recorded as staff.yaml#10 with other content: take another id for what is new' \
		staff-log joined a2 --name a --now "$day 09:00" --request-id s1
}

@test "a retry is a retry of everything that was asked" {
	centre
	lamp --request-id q1 >first
	lamp --request-id q1 >second
	cmp first second
	at 09:05 ticket-assign -q 1 zhao --by lihua
	at 10:00 ticket-log -q 1 finished --by lihua "${slip[@]}" --request-id c1
	refused 3 'ticket-close: YL260902001: --request-id: c1 was recorded as YL260902001#3 with other content: take another id for what is new' \
		ticket-close 1 --now "$day 10:00" --by lihua "${slip[@]}" --result 好了 --request-id c1
}

@test "a search that runs into a limit says so" {
	centre
	printf 'a%.0s' {1..40} >text
	at 09:00 ticket-open -q --by lihua -u 3-1 --kind inquiry "$(<text)ab x" >/dev/null
	run --separate-stderr ticket-list --now "$day 10:00" --match '(a+)+c|b x'
	[[ $status != 0 && $stderr == *YL260902001* || $output == *YL260902001* ]]
}

@test "after two clones finished one ticket, one callback settles both" {
	centre
	git init -q && git add -A && git commit -qm one
	lamp
	at 09:05 ticket-assign -q 1 zhao --by lihua
	git add -A && git commit -qm two
	git clone -q . ../other
	(cd ../other && ledger-init --site EB -q)
	(cd ../other && ticket-log -q YL260902001 finished --now "$day 10:00" --by lihua "${slip[@]}" --opinion 东)
	at 10:01 ticket-log -q YL260902001 finished --by lihua "${slip[@]}"
	cp ../other/tickets/2026/09/YL260902001.yaml theirs
	ledger-merge tickets/2026/09/YL260902001.yaml theirs
	rm theirs
	at 10:10 ticket-log -q YL260902001 settled --by sup --set state=finished --reason 同一件事
	at 10:20 callback-log -q YL260902001 --by lihua --answer satisfied --manner visit --quality 4 --effect 4 --satisfaction 4 --signature 王 --shortcomings 无 --opinions 无
	plan_made "$day"
	run callback-due --now "$day 11:00"
	output_is ''
}

@test "the approver records an approval under their own login" {
	rules
	lamp
	staff-log -q --now "$day 09:01" joined boss --name x --role administrator --login kefu-boss
	staff-log -q --now "$day 09:02" changed keeper --role centre-head
	ticket-log -q 1 extended --now "$day 10:00" --by wang --set approved-by=keeper --set extends=done \
		--set 'until=2026-09-10 18:00' --set consent=王 --reason 等配件
	refused 3 'ticket-log: YL260902001: --by: keeper may not record for others' \
		ticket-log 1 told --now "$day 10:01" --by wang --set to=wang
}

@test "a unit is one number, however it is said" {
	centre
	local unit
	for unit in '3栋1201室' '３号楼-1201' '3座 1201 房' '3-1201'; do
		run at 09:00 ticket-open --dry-run -q --by lihua --kind repair -u "$unit" --text x
		[[ $output == *'unit: "3-1201"'* ]]
	done
}

@test "a ticket that is missing or damaged does not hide the others" {
	centre
	lamp
	run --separate-stderr ticket-show YL260902009 YL260902001
	status_is 2
	[[ $output == 'YL260902001  open'* ]]
	errors_are 'ticket-show: there is no ticket YL260902009'
}

#!/usr/bin/env bats
# Whom steps are for: deadlines that wait until somebody with a role was told, steps that go to roles only, and steps of the head
# of a ticket's department. 20 November 2026 is a Friday.
load ../helper

# shellcheck disable=SC2034 # for at, of helper.bash
day=2026-11-20

setup_file() {
	cat >"$BATS_FILE_TMPDIR/house.yaml" <<-'END'
		pack: house
		title: House
		source: agreed here
		roles:
		  - {role: desk, title: Desk, records-for-others: true}
		  - {role: worker, title: Worker}
		  - {role: duty-lead, title: Lead}
		  - {role: officer, title: Officer}
		  - {role: department-head, title: Head}
		kinds:
		  - {kind: repair, title: Repair}
		  - {kind: complaint, title: Complaint}
		categories:
		  - {category: water, kind: repair, title: Water, department: engineering}
		  - {category: dirt, kind: repair, title: Dirt, department: cleaning}
		  - {category: other, kind: complaint, title: Other}
		steps:
		  - {step: passed-on, kind: complaint, to: duty-lead, needs: [text], title: it is passed to the lead, clause: T-2}
		  - {step: order-issued, by: {head-of: department}, title: the head issues the slip, clause: T-3}
		  - {step: seen, by: [desk, {head-of: department}], clause: T-4}
		  - {step: answered, to: [{head-of: department}], clause: T-5}
		  - {step: let-in, by: {head-of: security}, to: {head-of: cleaning}, title: the guard lets the cleaners in, clause: T-8}
		deadlines:
		  - {rule: lead-told, kind: repair, start: opened, until: [told, assigned], to: [duty-lead], within: 30 min, clause: T-1}
		  - {rule: head-told, kind: repair, start: seen, until: told, to: {head-of: department}, within: 1 h, clause: T-6}
		  - {rule: guard-told, kind: complaint, start: let-in, until: told, to: {head-of: security}, within: 1 h, clause: T-9}
		  - {rule: officer-told, kind: complaint, start: opened, until: told, to: officer, within: 1 h, clause: T-7}
	END
	cd "$BATS_FILE_TMPDIR" || return
	ledger-init -q ledger --pack house.yaml --site YL --person keeper --test --now '2026-01-05 08:00'
	cd ledger || return
	join() { staff-log -q --now '2026-01-05 08:00' joined "$@" >/dev/null; }
	join lihua --name 李华 --role desk
	join wanggang --name 王刚 --role worker --department engineering
	join zhaoqiang --name 赵强 --role department-head --role duty-lead --department engineering
	join sunli --name 孙立 --role department-head --department cleaning
	join meizhen --name 陈美珍 --role officer --area 3
	join gaoxia --name 高霞 --role officer --area 5
}

opened() { at 09:00 ticket-open -q --by lihua "$@" >/dev/null; }
leaking() { opened -k repair -c water -u 3-1201 水管漏水; }

@test "whoever lacks the role does not count, and it stays owed until somebody who has it was told" {
	leaking
	prints 'due,2026-11-20T09:30:00+08:00,lead-told,zhaoqiang,told assigned,T-1,duty-lead' \
		columns status,due,deadline,who,until,clause,roles at 09:10 ticket-due --format csv
	refused 3 'ticket-log: YL261120001: lead-told: the role duty-lead (zhaoqiang) has to be told; wanggang is not [T-1]' \
		at 09:10 ticket-log 1 told --by lihua --set to=wanggang
	# nor does the ticket given to somebody else, or the officer who is an administrator
	prints 'YL261120001#2' at 09:15 ticket-assign 1 wanggang --by lihua
	prints 'overdue' columns status at 09:31 ticket-due --format csv
	prints 'overdue' columns status at 09:31 ticket-due --for zhaoqiang --format csv
	prints '' columns status at 09:31 ticket-due --for wanggang --format csv
	prints 'YL261120001#3' at 09:32 ticket-log 1 told --by lihua --set to=wanggang --set to=zhaoqiang
	prints '' columns status at 09:33 ticket-due --format csv
	run -0 at 09:33 ticket-show 1
	[[ $output == *'lead-told [T-1] 2026-11-20 09:30  LATE at 2026-11-20 09:32 (#3)'* ]]
	at 09:40 ledger-check -q
}

@test "in time at the last second, late one second after" {
	leaking
	keep tickets/2026/11/YL261120001.yaml
	at 09:30:00 ticket-log -q 1 told --by lihua --set to=zhaoqiang
	run -0 at 09:40 ticket-show 1
	[[ $output == *'lead-told [T-1] 2026-11-20 09:30  in time at 2026-11-20 09:30 (#2)'* ]]
	put_back tickets/2026/11/YL261120001.yaml
	at 09:30:01 ticket-log -q 1 told --by lihua --set to=zhaoqiang
	run -0 at 09:40 ticket-show 1
	[[ $output == *'lead-told [T-1] 2026-11-20 09:30  LATE at 2026-11-20 09:30 (#2)'* ]]
}

@test "an assignment to the lead tells them, and so does the lead's own" {
	leaking
	keep tickets/2026/11/YL261120001.yaml
	at 09:10 ticket-assign -q 1 zhaoqiang --by lihua
	prints '' columns status at 09:15 ticket-due --format csv
	put_back tickets/2026/11/YL261120001.yaml
	at 09:10 ticket-assign -q 1 wanggang --by zhaoqiang
	prints '' columns status at 09:15 ticket-due --format csv
	# but nobody tells themself
	put_back tickets/2026/11/YL261120001.yaml
	refused 3 'ticket-log: YL261120001: lead-told: the role duty-lead (zhaoqiang) has to be told; lihua is not [T-1]' \
		at 09:10 ticket-log 1 told --by zhaoqiang --set to=lihua
	at 09:40 ledger-check -q
}

@test "the deputy of who has the role is told in their place" {
	leaking
	at 09:01 staff-log -q absent zhaoqiang --from 2026-11-20 --until 2026-11-21 --deputy wanggang
	prints wanggang columns who at 09:10 ticket-due --format csv
	prints 'YL261120001#2' at 09:15 ticket-log -q 1 told --by lihua --set to=wanggang
	at 09:40 ledger-check -q
}

@test "of several who have the role, the one of that area" {
	opened -k complaint -c other -u 3-1201 太吵
	refused 3 'ticket-log: YL261120001: officer-told: the role officer (meizhen) has to be told; gaoxia is not [T-7]' \
		at 09:10 ticket-log 1 told --by lihua --set to=gaoxia
	prints 'YL261120001#2' at 09:10 ticket-log 1 told --by lihua --set to=meizhen
	# with nothing owed anybody may be told of anything
	prints 'YL261120001#3' at 09:11 ticket-log 1 told --by lihua --set to=wanggang
}

@test "what is told of something else is not refused, and settles nothing" {
	leaking
	prints 'YL261120001#2' at 09:10 ticket-log 1 told --by lihua --set to=wanggang --set about=keys
	prints due columns status at 09:15 ticket-due --format csv
}

@test "the head of a department that the rule names, whatever department the ticket has" {
	staff-log -q --now '2026-01-05 08:00' joined zhoujun --name 周军 --role department-head --department security >/dev/null
	opened -k complaint -c other -u 3-1201 门锁坏了
	at 09:05 ticket-log -q 1 told --by lihua --set to=meizhen
	local says='ticket-log: YL261120001: the guard lets the cleaners in'
	refused 3 "$says: let-in is recorded by the head of security (zhoujun); sunli is not [T-8]" at 09:10 ticket-log 1 let-in --by sunli --set to=sunli
	refused 3 "$says: let-in goes to the head of cleaning (sunli); zhaoqiang is not [T-8]" at 09:10 ticket-log 1 let-in --by zhoujun --set to=zhaoqiang
	refused 3 "$says: let-in goes to the head of cleaning (sunli); name in to who that is [T-8]" at 09:10 ticket-log 1 let-in --by zhoujun
	prints 'YL261120001#3' at 09:10 ticket-log 1 let-in --by zhoujun --set to=sunli
	prints 'guard-told,zhoujun,head-of:security' columns deadline,who,roles at 09:11 ticket-due --format csv
	# another department of the ticket changes nothing
	at 09:12 ticket-assign -q 1 --by lihua --department cleaning
	refused 3 'ticket-log: YL261120001: guard-told: the head of security (zhoujun) has to be told; sunli is not [T-9]' \
		at 09:13 ticket-log 1 told --by lihua --set to=sunli
	prints '' at 09:13 ledger-check -q
	sed -i 's/head-of:security/head-of:engineering/' tickets/2026/11/YL261120001.yaml
	run -1 --separate-stderr at 09:13 ledger-check -q
	[[ $output == *'guard-told: to does not name the people of the rule guard-told'* ]]
	sed -i 's/head-of:engineering/head-of:security/' tickets/2026/11/YL261120001.yaml
	prints 'YL261120001#5' at 09:14 ticket-log 1 told --by lihua --set to=zhoujun
	prints '' columns deadline at 09:16 ticket-due --format csv
}

@test "it follows the department, and what was told before counts" {
	leaking
	at 09:05 ticket-log -q 1 told --by lihua --set to=zhaoqiang
	at 09:10 ticket-log -q 1 seen --by lihua
	prints 'head-told,zhaoqiang,head-of:engineering' columns deadline,who,roles at 09:11 ticket-due --format csv
	at 09:12 ticket-log -q 1 reclassified --by lihua --set category=dirt --reason 弄错了
	prints 'head-told,sunli,head-of:cleaning' columns deadline,who,roles at 09:13 ticket-due --format csv
	refused 3 'ticket-log: YL261120001: head-told: the head of cleaning (sunli) has to be told; zhaoqiang is not [T-6]' \
		at 09:14 ticket-log 1 told --by lihua --set to=zhaoqiang
	prints 'YL261120001#5' at 09:15 ticket-log 1 told --by lihua --set to=sunli
	prints '' columns deadline at 09:16 ticket-due --format csv
	at 09:40 ledger-check -q
}

@test "a ticket that becomes one whose lead has to be told, and was" {
	opened -k complaint -c other -u 3-1201 水管漏水
	at 09:05 ticket-log -q 1 told --by lihua --set to=zhaoqiang --set to=meizhen
	at 09:10 ticket-log -q 1 reclassified --by lihua --set kind=repair --set category=water --reason 是报修
	prints '' columns deadline at 09:11 ticket-due --format csv
	run -0 at 09:33 ticket-show 1
	[[ $output == *'lead-told [T-1] 2026-11-20 09:30  in time at 2026-11-20 09:05 (#2)'* ]]
	at 09:40 ledger-check -q
}

@test "ledger-check finds a telling that settles what it may not, and a recipient that the rule does not have" {
	leaking
	at 09:05 ticket-log -q 1 told --by lihua --set to=zhaoqiang
	keep tickets/2026/11/YL261120001.yaml
	sed -i 's/^\(.*\)zhaoqiang/\1wanggang/' tickets/2026/11/YL261120001.yaml
	run --separate-stderr at 09:40 ledger-check -q
	status_is 1
	output_is 'problem     place                                  text                                          clause
wrong-duty  tickets/2026/11/YL261120001.yaml:37:3  lead-told: told names nobody by whom it ends  T-1'
	put_back tickets/2026/11/YL261120001.yaml
	sed -i 's/duty-lead/worker/' tickets/2026/11/YL261120001.yaml
	run --separate-stderr at 09:40 ledger-check -q
	status_is 1
	output_is 'problem     place                                  text                                                          clause
wrong-duty  tickets/2026/11/YL261120001.yaml:25:7  lead-told: to does not name the people of the rule lead-told  T-1
wrong-duty  tickets/2026/11/YL261120001.yaml:37:3  lead-told: told names nobody by whom it ends                  T-1'
}

@test "a step goes to whom the rule says, and to nobody else" {
	opened -k complaint -c other -u 3-1201 太吵
	refused 3 'ticket-log: YL261120001: it is passed to the lead: passed-on goes to the role duty-lead (zhaoqiang); wanggang is not [T-2]' \
		at 09:10 ticket-log 1 passed-on --by lihua --set to=wanggang -t 请维修查看
	refused 3 'ticket-log: YL261120001: it is passed to the lead: passed-on goes to the role duty-lead (zhaoqiang); name in to who that is [T-2]' \
		at 09:10 ticket-log 1 passed-on --by lihua -t 请维修查看
	prints 'YL261120001#2' at 09:10 ticket-log 1 passed-on --by lihua --set to=zhaoqiang -t 请维修查看
}

@test "the head of the ticket's department records it, and the head of no other" {
	leaking
	refused 3 'ticket-log: YL261120001: the head issues the slip: order-issued is recorded by the head of engineering (zhaoqiang); sunli is not [T-3]' \
		at 09:10 ticket-log 1 order-issued --by sunli
	# not even with the department in the same breath
	refused 3 'ticket-log: YL261120001: the head issues the slip: order-issued is recorded by the head of engineering (zhaoqiang); sunli is not [T-3]' \
		at 09:10 ticket-log 1 order-issued --by sunli --set department=cleaning
	prints 'YL261120001#2' at 09:10 ticket-log 1 order-issued --by zhaoqiang
	refused 3 'ticket-log: YL261120001: seen is recorded by the role desk (lihua) or the head of engineering (zhaoqiang); sunli is not [T-4]' \
		at 09:11 ticket-log 1 seen --by sunli
	prints 'YL261120001#3' at 09:11 ticket-log 1 seen --by lihua
	prints 'YL261120001#4' at 09:11 ticket-log 1 seen --by zhaoqiang
	refused 3 'ticket-log: YL261120001: answered goes to the head of engineering (zhaoqiang); sunli is not [T-5]' \
		at 09:12 ticket-log 1 answered --by lihua --set to=sunli
	prints 'YL261120001#5' at 09:12 ticket-log 1 answered --by lihua --set to=zhaoqiang
}

@test "the deputy of the head counts, and a ticket without a department says so" {
	leaking
	at 09:01 staff-log -q absent zhaoqiang --from 2026-11-20 --until 2026-11-21 --deputy wanggang
	prints 'YL261120001#2' at 09:10 ticket-log -q 1 order-issued --by wanggang
	at 09:12 ticket-open -q --by lihua -k complaint -c other -u 3-1202 太吵
	refused 3 'ticket-log: YL261120002: the head issues the slip: order-issued is recorded by the head of the department, and it has none yet: give it one with ticket-assign --department [T-3]' \
		at 09:13 ticket-log 2 order-issued --by sunli
}

@test "where two clones told the lead, the first telling ends it; where one did, it ends in both" {
	git init -q -b main . && ledger-init --site YL -q
	leaking
	git add . && git commit -qm begin
	git clone -q . ../eb && cd ../eb
	ledger-init --site EB -q && git commit -qam 'site EB'
	at 09:20 ticket-log -q YL261120001 told --by lihua --set to=zhaoqiang
	git commit -qam told
	cd ../ledger
	at 09:25 ticket-log -q 1 told --by lihua --set to=zhaoqiang
	git commit -qam told
	git pull -q --no-rebase ../eb main
	run -0 at 09:40 ticket-show YL261120001
	[[ $output == *'lead-told [T-1] 2026-11-20 09:30  in time at 2026-11-20 09:20 (#2)'* ]]
	prints '' columns deadline at 09:41 ticket-due --format csv
	at 09:40 ledger-check -q
}

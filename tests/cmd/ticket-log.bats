#!/usr/bin/env bats
# ticket-log: steps of a ticket, the policy's and the core's.
load ../helper
load ../packs

export day=2026-11-20
repair=tickets/2026/11/YL261120001.yaml

setup_file() {
	resident_centre
	at 09:00 ticket-open -q --by lihua -k repair -c drain -s ordinary -u 3-1201 -n 王女士 下水道堵塞
	at 09:05 ticket-assign -q 1 zhaoqiang --by lihua
}

# last: the last document, without its head
last() {
	tac $repair | sed '/^---$/q' | tac | sed '1d; $d; /^\(event\|seq\|site\|at\|recorded\|by\|via\|request-id\):/d'
}

@test "fields by option and by --set, lists by repeating, money and quantities as people write them" {
	prints 'YL261120001#3' at 10:00 ticket-log 1 materials-drawn --by wanggang -M 水龙头:2 -M '胶带：0.5' -M 'a:b:3' --set requisition='L 17'
	prints 'materials:
  - item: 水龙头
    quantity: "2"
  - item: 胶带
    quantity: "0.5"
  - item: "a:b"
    quantity: "3"
requisition: L 17' last
	prints 'YL261120001#4' at 10:01 ticket-log 1 quoted --by wanggang --price '１２０元' --reason 价目表上没有 -t $'含\t胶带'
	prints 'price: "120.00"
reason: 价目表上没有
text: "含\t胶带"' last
	refused 2 'ticket-log: materials: "水龙头": give it as item:quantity' at 10:02 ticket-log 1 slip-issued --by zhaoqiang -M 水龙头
	refused 3 'ticket-log: YL261120001: materials[0].quantity: "two" does not match the pattern ^(0|[1-9][0-9]{0,8})(\.[0-9]{1,4})?$' \
		at 10:02 ticket-log 1 slip-issued --by zhaoqiang -M 水龙头:two -w wanggang
}

@test "a step no pack names, or names for other tickets" {
	run --separate-stderr at 10:00 ticket-log 1 slip-isued --by zhaoqiang
	status_is 3
	output_is ''
	[[ $stderr == 'ticket-log: YL261120001: the policy has no step "slip-isued" for this repair (its steps for this kind: '*slip-issued*')' ]]
	at 09:00 ticket-open -q --by lihua -k complaint -c noise -s ordinary -u 3-1 太吵
	run --separate-stderr at 10:00 ticket-log 2 slip-issued --by zhaoqiang
	status_is 3
	[[ $stderr == 'ticket-log: YL261120002: the policy has no step "slip-issued" for this complaint (its steps for this kind: '* && $stderr != *materials-drawn* ]]
	local name
	for name in ../opened Opened 'a b' '' é -x --; do
		run --separate-stderr at 10:00 ticket-log 1 -- "$name"
		[[ $status == 2 || $status == 3 ]]
		output_is ''
		[[ $(wc -l <<<"$stderr") == 1 ]]
	done
	[[ $(grep -c '^event:' $repair) == 2 ]]
}

@test "reclassified: the old deadlines are withdrawn, the new ones set, from the opening on" {
	sed -i 's/^deadlines:/deadlines:\n  - {rule: drain, group: done, kind: repair, category: drain, start: opened, until: [finished], within: 24 h, clause: T.1}\n  - {rule: rest, group: done, kind: repair, start: opened, until: [finished], within: 3 wd, clause: T.2}/' policy/resident-centre.yaml
	at 11:00 ticket-open -q --by lihua -k repair -c drain -s ordinary -u 3-1201 下水道堵塞
	run --separate-stderr at 12:00 ticket-log 2 reclassified --by lihua --set category=lamp --reason 是灯
	status_is 0
	output_is 'YL261120002#2'
	errors_are 'ticket-log: YL261120002: moved: done from 2026-11-21 11:00 to 2026-11-25 18:00 [T.2]'
	run --separate-stderr at 12:01 ticket-show 2
	[[ $output == *'done [T.1] 2026-11-21 11:00  withdrawn at 2026-11-20 12:00 (#2)
  done [T.2] 2026-11-25 18:00  open'* && $output == *'repair, lamp, ordinary'* ]]
	# a kind and a category that do not go together
	run --separate-stderr at 12:02 ticket-log 2 reclassified --by lihua --set kind=complaint --reason x
	status_is 3
	[[ $stderr == 'ticket-log: YL261120002: category: "lamp" is not known for a complaint '* ]]
	refused 3 'ticket-log: YL261120002: kind or category or severity: missing' at 12:02 ticket-log 2 reclassified --by lihua --reason x
}

@test "corrected: the right values in a document of their own; what was recorded stays" {
	prints 'YL261120001#3' at 10:00 ticket-log 1 corrected --by lihua --set fields.customer.phone=13900010002 --reason 听错
	prints '3-1201,王女士,13900010002' columns unit,name,phone at 10:01 ticket-list --format csv
	[[ $(grep -c 13900010002 $repair) == 1 ]]
}

@test "voided: it owes nothing any more, and nothing more can be done to it" {
	prints 'YL261120001#3' at 10:00 ticket-log 1 voided --by gaoxia --reason 重复
	prints '' at 10:01 ticket-list
	prints 'voided' columns state at 10:01 ticket-list --state voided --format csv
	refused 3 'ticket-log: YL261120001: it is voided already: told is not possible' at 10:01 ticket-log 1 told --by lihua --set to=wenbo
}

@test "who mends the books: voiding and reopening is for who answers for them" {
	refused 3 'ticket-log: YL261120001: records are corrected by those who answer for them: voided is recorded by the role supervisor, office-director, centre-director; lihua does not have it [ours]' \
		at 10:00 ticket-log 1 voided --by lihua --reason 重复
	refused 3 'ticket-log: YL261120001: records are corrected by the desk: corrected is recorded by the role desk, supervisor, office-director, centre-director, or by whoever recorded today what it mends; wanggang does not have it, and did not [ours]' \
		at 10:00 ticket-log 1 corrected --by wanggang --set fields.customer.name=王 --reason x
}

@test "reopened: a second cycle with its own clock; it is finished and closed again" {
	local slip=(--worker wanggang --work 疏通 --signature 王女士 --opinion 满意 --phone 13900010001)
	at 10:00 ticket-close -q 1 --by lihua "${slip[@]}" -r 好
	prints 'YL261120001#5' at '2026-11-21 09:00' ticket-log YL261120001 reopened --by gaoxia --reason 又堵
	prints 'open,2' columns state,cycle at '2026-11-21 09:01' ticket-list --format csv
	# what happened in the first cycle has not happened in this one
	refused 3 'ticket-log: YL261120001: work starts when the duty lead has sent somebody: started needs assigned first, which is not recorded [H2.C-2]' \
		at '2026-11-21 09:02' ticket-log YL261120001 started --by wanggang
	refused 3 'ticket-close: YL261120001: --at: this is before the ticket was opened again' \
		at '2026-11-21 10:00' ticket-close YL261120001 --by lihua --at '2026-11-20 12:00' "${slip[@]}" -r 好
	prints 'YL261120001#6' at '2026-11-21 10:00' ticket-close YL261120001 --by lihua "${slip[@]}" -r 好
	prints 'closed,2' columns state,cycle at '2026-11-21 10:01' ticket-list --state closed --format csv
}

@test "two clones that contradict each other: disputed until it is settled" {
	cp $repair common
	at 10:00 ticket-log -q 1 finished --by wanggang --worker wanggang --work 疏通 --signature 王 --opinion 好 --phone 13900010001
	mv $repair theirs
	cp common $repair
	at 10:01 ticket-log -q 1 finished --by wanggang --worker wanggang --work 换管 --signature 王 --opinion 好 --phone 13900010001
	ledger-merge $repair theirs
	rm common theirs
	prints 'disputed' columns state at 10:30 ticket-list --format csv
	run --separate-stderr at 10:30 ticket-log 1 started --by wanggang
	status_is 3
	[[ $stderr == 'ticket-log: YL261120001: its steps contradict each other (#'*'): record a settled step first (`ticket-log YL261120001 settled --set state=STATE --reason WHY`)' ]]
	refused 3 'ticket-log: YL261120001: state: missing' at 10:30 ticket-log 1 settled --by gaoxia --reason 核实
	run --separate-stderr at 10:31 ticket-log 1 settled --by gaoxia --set state=finished --reason 已修好
	status_is 0
	prints 'finished' columns state at 10:32 ticket-list --format csv
	refused 3 'ticket-log: YL261120001: its steps do not contradict each other: there is nothing to settle' \
		at 10:33 ticket-log 1 settled --by gaoxia --set state=open --reason x
}

@test "told: a step that changes nothing else" {
	prints 'YL261120001#3' at 10:00 ticket-log 1 told --by lihua --set to=wenbo --set to=qianjin --set about=repair -t 已告知
	prints 'to:
  - wenbo
  - qianjin
about: repair
text: 已告知' last
	refused 3 'ticket-log: YL261120001: to: missing' at 10:00 ticket-log 1 told --by lihua
}

@test "work is recorded soon after it is done" {
	# an emergency has time; a slip has three days
	local slip=(--worker wanggang --work 疏通 --signature 王女士 --opinion 满意 --phone 13900010001)
	refused 3 'ticket-log: YL261120001: work is recorded soon after it is done: finished has to be recorded within 3 d of happening [H2.C-9]' \
		at '2026-11-24 00:00:00' ticket-log YL261120001 finished --by wanggang --at '2026-11-20 10:00' "${slip[@]}"
	prints 'YL261120001#3' at '2026-11-23 23:59:59' ticket-log YL261120001 finished --by wanggang --at '2026-11-20 10:00' "${slip[@]}"
}

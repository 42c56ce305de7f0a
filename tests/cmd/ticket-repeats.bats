#!/usr/bin/env bats
# [H2.B-2] What comes again: shown when a ticket is opened, listed at month end.
load ../helper

centre() {
	ledger resident-centre --person keeper --now '2026-06-01 08:00'
	staff-log -q joined lihua --role desk --name 李华 --now '2026-06-01 08:00' >/dev/null
}
# opened 'TIME' UNIT KIND CATEGORY TEXT
opened() { ticket-open --now "$1" --by lihua --unit "$2" --kind "$3" --category "$4" --severity ordinary --text "$5"; }

@test "[H2.B-2d] the third repair of one kind in a month is shown when it is opened" {
	centre
	opened '2026-11-02 09:00' 3-1201 repair lamp 客厅灯坏了
	opened '2026-11-05 09:00' 3-1201 repair lock 门锁坏了
	opened '2026-11-10 09:00' 3-1202 repair lamp 灯坏了
	opened '2026-11-12 09:00' 3-1201 repair lamp 卧室灯坏了
	run --separate-stderr opened '2026-11-20 09:00' 3-1201 repair lamp 客厅灯又坏了
	status_is 0
	output_is YL261120001
	errors_are 'ticket-open: YL261120001: same-repair: this is number 3 of the same matter at 3-1201: YL261102001 YL261112001 YL261120001 [H2.B-2]'
	run columns times,unit,category,rule,since,latest,tickets ticket-repeats --format csv --now '2026-11-30 18:00'
	output_is '3,3-1201,lamp,same-repair,2026-11-02,2026-11-20,YL261102001 YL261112001 YL261120001'
	run ticket-repeats --month 2026-10 --now '2026-11-30 18:00'
	status_is 0
	output_is ''
	# what was voided never happened
	ticket-log -q YL261112001 voided --now '2026-11-30 09:00' --reason 重复
	run ticket-repeats --now '2026-11-30 18:00'
	output_is ''
}

@test "[H2.B-2c] a complaint about the same matter twice running counts across months, another between ends it" {
	centre
	opened '2026-10-28 09:00' 3-1201 complaint noise 夜里太吵
	run --separate-stderr opened '2026-11-03 09:00' 3-1201 complaint noise 又太吵
	errors_are 'ticket-open: YL261103001: same-complaint: this is number 2 of the same matter at 3-1201: YL261028001 YL261103001 [H2.B-2]'
	opened '2026-11-04 09:00' 3-1201 complaint parking 车位被占
	run --separate-stderr opened '2026-11-05 09:00' 3-1201 complaint noise 还是吵
	errors_are ''
	# listed in the month of the latest, and in no other
	local row='2,3-1201,noise,same-complaint,2026-10-28,2026-11-03,YL261028001 YL261103001'
	run columns times,unit,category,rule,since,latest,tickets ticket-repeats --format csv --month 2026-11 --now '2026-11-30 18:00'
	output_is "$row"
	run columns times,unit,category,rule,since,latest,tickets ticket-repeats --format csv --month 2026-10 --now '2026-11-30 18:00'
	output_is ''
	# looking back 92 days and no further
	opened '2026-06-10 09:00' 5-101 complaint noise 太吵
	run --separate-stderr opened '2026-09-11 09:00' 5-101 complaint noise 太吵
	errors_are ''
	run --separate-stderr opened '2026-12-12 09:00' 5-101 complaint noise 太吵
	errors_are 'ticket-open: YL261212001: same-complaint: this is number 2 of the same matter at 5-101: YL260911001 YL261212001 [H2.B-2]'
}

@test "[H2.B-2] texts that are much alike are one matter, whatever their category" {
	centre
	opened '2026-11-02 09:00' 3-1201 complaint other-complaint 三楼楼道垃圾长期无人清理，气味很大
	run --separate-stderr opened '2026-11-09 09:00' 3-1201 complaint cleaning 三楼楼道垃圾还是无人清理，气味更大
	[[ $stderr == *'same-complaint: this is number 2'* ]]
	run --separate-stderr opened '2026-11-10 09:00' 3-1201 complaint parking 地库车位被外来车辆占用
	errors_are ''
}

@test "--month takes a month, and damage hides nothing" {
	centre
	refused 2 'ticket-repeats: --month: "2026-13" is not a month like 2026-11' ticket-repeats --month 2026-13
	opened '2026-11-02 09:00' 3-1201 complaint noise 太吵
	opened '2026-11-03 09:00' 3-1201 complaint noise 太吵 2>/dev/null
	mkdir -p tickets/2026/11 && printf -- '---\nevent: op' >tickets/2026/11/YL261104001.yaml
	run --separate-stderr ticket-repeats --now '2026-11-30 18:00' --no-header
	status_is 4
	[[ $output == *'2  3-1201'* && $stderr == *YL261104001.yaml* ]]
}

@test "many tickets of one household: four times as many take nowhere near sixteen times as long" {
	centre
	tickets() { # COUNT: of one unit and month, each with a category of its own and a text like no other
		mkdir -p tickets/2026/11
		/usr/bin/python3 -c '
import random, sys
random.seed(1)
for n in range(int(sys.argv[1])):
    day, number = n % 28 + 1, n // 28 + 1
    text = "".join(chr(0x4e00 + random.randrange(3000)) for _ in range(40))
    with open(f"tickets/2026/11/YL2611{day:02d}{number:03d}.yaml", "w", encoding="utf-8") as file:
        file.write(f"""---
event: opened
seq: 1
id: YL2611{day:02d}{number:03d}
site: YL
at: "2026-11-{day:02d}T09:00:00+08:00"
by: lihua
kind: repair
category: c{n}
severity: ordinary
customer:
  unit: "3-1201"
text: {text}
...
""")' "$1"
	}
	best() { # the shortest of three runs, in milliseconds of the processor
		/usr/bin/python3 -c '
import os, subprocess, sys
def run():
    before = os.times()
    subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system
print(int(1000 * min(run() for _ in range(3))) + 20)' ticket-repeats --now '2026-11-30 18:00'
	}
	tickets 2000
	local few many
	few=$(best)
	tickets 8000
	many=$(best)
	echo "2,000 tickets: $few ms, 8,000: $many ms"
	((many < 9 * few))
}

@test "a matter that was recorded wrongly counts as it was corrected" {
	centre
	opened '2026-11-02 09:00' 3-1201 repair lamp 客厅灯坏了
	opened '2026-11-12 09:00' 3-1201 repair lock 门锁坏了，打不开
	opened '2026-11-20 09:00' 3-1201 repair lamp 卧室灯坏了
	prints '' ticket-repeats --now '2026-11-30 18:00'
	# its category
	ticket-log -q YL261112001 reclassified --now '2026-11-21 09:00' --set category=lamp --reason 是灯 >/dev/null
	run columns tickets ticket-repeats --format csv --now '2026-11-30 18:00'
	output_is 'YL261102001 YL261112001 YL261120001'
	# its unit
	ticket-log -q YL261112001 corrected --now '2026-11-21 09:01' --set fields.customer.unit=3-1202 --reason x >/dev/null
	prints '' ticket-repeats --now '2026-11-30 18:00'
	ticket-log -q YL261112001 corrected --now '2026-11-21 09:02' --set fields.customer.unit=3-1201 --reason x >/dev/null
	run columns tickets ticket-repeats --format csv --now '2026-11-30 18:00'
	output_is 'YL261102001 YL261112001 YL261120001'
	# its kind
	ticket-log -q YL261112001 reclassified --now '2026-11-21 09:03' --set kind=complaint --set category=noise --reason x >/dev/null
	prints '' ticket-repeats --now '2026-11-30 18:00'
}

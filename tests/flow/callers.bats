#!/usr/bin/env bats
# Several households about one matter: who joins and leaves, who is called back, and what becomes of a ticket that is merged into another.
load ../helper

setup_file() {
	cat >"$BATS_FILE_TMPDIR/lift.yaml" <<-'END'
		pack: lift
		title: Lift
		source: a house of its own
		roles:
		  - {role: desk, title: Desk}
		  - {role: manager, title: Manager}
		kinds:
		  - {kind: repair, title: Repair, category: other}
		  - {kind: complaint, title: Complaint, category: noise}
		  - {kind: check, title: Check, category: sampled}
		categories:
		  - {category: other, kind: repair, title: Other}
		  - {category: noise, kind: complaint, title: Noise}
		  - {category: sampled, kind: check, title: Sampled}
		match:
		  another-kind: {properties: {kind: {const: complaint}, linked: {contains: {properties: {kind: {const: repair}}, required: [kind]}}}, required: [kind, linked]}
		  many: {properties: {joined: {minItems: 2}}, required: [joined]}
		  vip: {properties: {customer: {properties: {rank: {const: vip}}, required: [rank]}}, required: [customer]}
		steps:
		  - {step: [replied, answered, looked-at], clause: J-1}
		  - {step: merged, by: desk, title: the desk merges, clause: J-2}
		  - {step: merged, if: another-kind, refuse: a complaint is no repair, override: manager, clause: J-3}
		  - {step: looked-at, unless: many, refuse: nobody looks at what one household reports, clause: J-4}
		deadlines:
		  - {rule: done, kind: [repair, complaint], start: opened, until: finished, within: 2 d, tell: [{early: 1 d, role: manager}], clause: J-5}
		  - {rule: seen, kind: repair, start: opened, until: looked-at, within: 2 h, clause: J-6}
		  - {rule: reply, at: answered.promised, until: replied, clause: J-7}
		callbacks:
		  - {rule: call, kind: [repair, complaint], after: closed, within: 3 d, rate: "1", minimum: "0.90", who: [desk], unsatisfied: reopen, clause: J-8}
		  - {rule: greet, kind: repair, if: vip, after: finished, within: 5 d, rate: "1", who: [manager], unsatisfied: open complaint, clause: J-9}
		  - {rule: sample, kind: check, after: closed, within: 9 d, rate: "0.50", who: [desk], clause: J-10}
		repeats:
		  - {repeat: twice, kind: repair, times: 2, within: 30 d, clause: J-11}
	END
	cd "$BATS_FILE_TMPDIR" || return
	ledger-init -q ledger --pack ./lift.yaml --site YL --person keeper --test --now '2026-09-01 08:00'
	cd ledger || return
	staff-log -q --now '2026-09-01 08:00' joined lihua --name 李华 --role desk >/dev/null
	staff-log -q --now '2026-09-01 08:00' joined qianjin --name 钱进 --role manager >/dev/null
	ticket-open -q --by lihua -k repair -u 3-1201 -n 李 -p 13900010001 --now '2026-11-20 09:00' 电梯停了 >/dev/null
	plan_made 2026-11-20
}

# shellcheck disable=SC2034 # for at, of helper.bash
day=2026-11-20

# joined TICKET TIME UNIT [OPTION...]: that household calls about it
joined() { at "$2" ticket-log -q "$1" joined-by --by lihua -u "$3" "${@:4}"; }

# due TIME: who is to be called back, with which number
due() { columns unit,name,phone,clause at "$1" callback-due --within 9d --format csv; }

# page NAME TICKET: that part of its page
page() { ticket-show "$2" | sed -n "/^$1\$/,/^\$/p"; }

@test "each household is kept with when it called, and each is called back" {
	prints 'YL261120001#2' at 09:30 ticket-log 1 joined-by --by lihua -u 3栋1202室 -n 王 -p '139 0001 0002' --at 09:10
	joined 1 09:31 3-1203
	prints 'YL261120001#4' at 09:32 ticket-log 1 joined-by --by lihua -p 13900010009
	prints 'Joined by
  2026-11-20 09:10  3-1202  王  13900010002 (#2)
  2026-11-20 09:31  3-1203 (#3)
  2026-11-20 09:32  13900010009 (#4)' page 'Joined by' YL261120001
	prints '' due 09:40
	at 10:00 ticket-close -q 1 --by lihua -r 已修好
	prints '3-1201,李,13900010001,J-8
,,13900010009,J-8
3-1202,王,13900010002,J-8
3-1203,,,J-8' due 10:01
	prints '' at 10:02 ledger-check -q
}

@test "who cannot join: somebody there, somebody nobody can call, anybody after the end" {
	joined 1 09:10 3-1202
	refused 3 'ticket-log: YL261120001: joined: 3-1202 has joined already (#2)' joined 1 09:11 3-1202
	refused 3 'ticket-log: YL261120001: joined: 3-1201 called first, and is called back' joined 1 09:11 3-1201
	refused 3 'ticket-log: YL261120001: joined: say the unit or the telephone number of the household: without either nobody can call it back' \
		at 09:11 ticket-log 1 joined-by --by lihua -n 王
	at 09:12 customer-log -q opened 3-1207 -n 周
	refused 3 "ticket-log: 3-1207: joined-by: this is a customer's file, which nobody joins" joined 3-1207 09:13 3-1208
	at 10:00 ticket-close -q 1 --by lihua -r 已修好
	refused 3 'ticket-log: YL261120001: it is closed already: joined-by is not possible' joined 1 10:01 3-1203
	at 10:02 ticket-open -q --by lihua -k repair -u 3-1209 灯坏了 >/dev/null
	at 10:03 ticket-log -q 2 voided --reason 误报
	refused 3 'ticket-log: YL261120002: it is voided already: joined-by is not possible' joined 2 10:04 3-1203
}

@test "an answer is one household's; which one is filled in when only one is left" {
	joined 1 09:10 3-1202 -n 王
	joined 1 09:11 3-1203
	at 10:00 ticket-close -q 1 --by lihua -r 已修好
	refused 3 'callback-log: YL261120001: household: say with --unit whose answer it is (callbacks are owed to 3-1201, 3-1202, 3-1203)' \
		at 10:01 callback-log 1 --by lihua -a satisfied
	refused 3 'callback-log: YL261120001: household: 3-1209 is none of those who called (3-1201, 3-1202, 3-1203)' \
		at 10:01 callback-log 1 --by lihua -a satisfied -u 3-1209
	at 10:01 callback-log -q 1 --by lihua --unreached -u 3-1202
	at 10:02 callback-log -q 1 --by lihua -a satisfied -u 3-1201
	prints '3-1202,1
3-1203,0' columns unit,attempts at 10:02 callback-due --within 9d --format csv
	at 10:03 callback-log -q 1 --by lihua -a satisfied -u '3栋1202室'
	prints 'YL261120001#8' at 10:04 callback-log 1 --by lihua -a satisfied --request-id r-1
	[[ $(ticket-show --format yaml 1 --now '2026-11-20 10:05' | tail -20) == *'household: "3-1203"'* ]]
	prints '' due 10:05
	prints 'call,3,3,3,3,3' columns rule,finished,owed,called,ended,made at 10:06 callback-tally --period 2026-11 --format csv
	run --separate-stderr at 10:07 callback-log 1 --by lihua -a satisfied --request-id r-1
	output_is 'YL261120001#8'
	prints '' at 10:07 ledger-check -q
}

@test "one household that is not satisfied opens it again, and all are called back once more" {
	joined 1 09:10 3-1202
	joined 1 09:11 3-1203
	at 10:00 ticket-close -q 1 --by lihua -r 已修好
	at 10:01 callback-log -q 1 --by lihua -a satisfied -u 3-1201
	run --separate-stderr at 10:02 callback-log 1 --by lihua -a unsatisfied -u 3-1202 --shortcomings 又停了
	errors_are 'callback-log: YL261120001: reopened [J-8]'
	prints '' due 10:03
	at 11:00 ticket-close -q 1 --by lihua -r 换了零件
	prints '3-1201
3-1202
3-1203' columns unit at 11:01 callback-due --within 9d --format csv
	# what the one cycle got stays so
	prints 'call,5,2' columns rule,finished,called at 11:01 callback-tally --period 2026-11 --format csv
	prints '' at 11:02 ledger-check -q
}

@test "a household that leaves is owed nothing any more, and counts nowhere" {
	joined 1 09:10 3-1202
	joined 1 09:11 3-1203
	refused 3 'ticket-log: YL261120001: household: 3-1209 is none of those who called (3-1201, 3-1202, 3-1203)' \
		at 09:12 ticket-log 1 unjoined --by lihua -u 3-1209 --reason 误报
	refused 3 'ticket-log: YL261120001: reason: missing' at 09:12 ticket-log 1 unjoined --by lihua -u 3-1202
	at 09:12 ticket-log -q 1 unjoined --by lihua -u 3-1202 --reason 不用回访
	at 10:00 ticket-close -q 1 --by lihua -r 已修好
	prints '3-1201
3-1203' columns unit at 10:01 callback-due --within 9d --format csv
	# also after the end
	at 10:02 ticket-log -q 1 unjoined --by lihua -u 3-1203 --reason 不用回访
	prints '3-1201' columns unit at 10:03 callback-due --within 9d --format csv
	prints 'call,1' columns rule,finished at 10:03 callback-tally --period 2026-11 --format csv
	refused 3 'callback-log: YL261120001: household: 3-1203 is none of those who called (3-1201)' \
		at 10:04 callback-log 1 --by lihua -a satisfied -u 3-1203
	prints '' at 10:05 ledger-check -q
}

@test "the first caller may leave it to the others; what several wait for is not withdrawn by one" {
	refused 3 'ticket-log: YL261120001: household: nobody but 3-1201 called: record withdrawn' \
		at 09:09 ticket-log 1 unjoined --by lihua -u 3-1201 --reason 自己修好了
	joined 1 09:10 3-1202
	refused 3 'ticket-log: YL261120001: several called about it (3-1201, 3-1202): record unjoined --unit for who waits no more' \
		at 09:11 ticket-log 1 withdrawn --by lihua --said-by 李 --channel phone --reason 不用了
	at 09:12 ticket-log -q 1 unjoined --by lihua -u 3-1201 --reason 不用了
	prints 'seen
done' columns deadline at 09:13 ticket-due --format csv
	at 10:00 ticket-close -q 1 --by lihua -r 已修好
	prints '3-1202' columns unit at 10:01 callback-due --within 9d --format csv
	prints '' at 10:05 ledger-check -q
	at 10:06 ticket-log -q 1 reopened --by lihua --reason 又停了
	joined 1 10:07 3-1201
	at 10:08 ticket-close -q 1 --by lihua -r 已修好
	prints '3-1201
3-1202' columns unit at 10:09 callback-due --within 9d --format csv
	prints '' at 10:10 ledger-check -q
}

@test "who joins when the work is done is called back for that, too; a rule about a customer asks the household" {
	at 09:05 ticket-log -q 1 finished --by lihua --work 换零件
	prints '' due 09:06
	joined 1 09:10 3-1202 --set joined.rank=vip
	prints '3-1202,,,J-9' due 09:11
	run at 09:12 ticket-show --format yaml YL261120001
	[[ $output == *'start: "2026-11-20T09:10:00+08:00"'* ]]
	# its complaint is its own
	at 09:13 callback-log -q 1 --by qianjin -a unsatisfied -u 3-1202 --shortcomings 态度差
	prints 'YL261120002,3-1202,complaint' columns ticket,unit,kind at 09:14 ticket-list --kind complaint --format csv
	prints '' at 09:15 ledger-check -q
}

@test "conditions see who joined" {
	joined 1 09:10 3-1202
	refused 3 'ticket-log: YL261120001: nobody looks at what one household reports [J-4]' at 09:11 ticket-log 1 looked-at --by lihua
	joined 1 09:12 3-1203
	prints 'YL261120001#4' at 09:13 ticket-log 1 looked-at --by lihua
}

@test "a duplicate is merged: its caller is called back from the other ticket, once" {
	at 09:10 ticket-open -q --by lihua -k repair -u 3-1202 -n 王 -p 13900010002 电梯不动 >/dev/null
	joined 2 09:11 3-1203
	prints 'YL261120002#3' at 09:20 ticket-log -q 2 merged --by lihua --into 1
	prints 'Joined by
  2026-11-20 09:10  3-1202  王  13900010002 (#3), from YL261120002
  2026-11-20 09:11  3-1203 (#4), from YL261120002' page 'Joined by' YL261120001
	prints 'Linked
  YL261120002  closed  repair  other  电梯不动' page Linked YL261120001
	run ticket-show YL261120002
	[[ $output == *$'\nmerged into YL261120001\n'* ]]
	# nothing of it stays owed, and what the other owes anyhow is not owed twice
	prints 'YL261120001,seen,3-1201
YL261120001,done,3-1201' columns ticket,deadline,unit at 09:21 ticket-due --format csv
	at 10:00 ticket-close -q 1 --by lihua -r 已修好
	prints '3-1201
3-1202
3-1203' columns unit at 10:01 callback-due --within 9d --format csv
	refused 3 'callback-log: YL261120002: it was merged into YL261120001: everybody is called back from there (callback-log YL261120001 --unit UNIT)' \
		at 10:02 callback-log 2 --by lihua -a satisfied
	refused 3 'ticket-log: YL261120002: it was merged into YL261120001: record finished there, or reopen it if it is another matter' \
		at 10:02 ticket-log 2 finished --by lihua --work 换零件
	prints '' at 10:05 ledger-check -q
}

@test "the same household twice is called back once" {
	at 09:10 ticket-open -q --by lihua -k repair -u 3-1201 -n 李 电梯还没好 >/dev/null
	at 09:20 ticket-log -q 2 merged --by lihua --into 1
	prints '' page 'Joined by' YL261120001
	at 10:00 ticket-close -q 1 --by lihua -r 已修好
	prints '3-1201' columns unit at 10:01 callback-due --within 9d --format csv
	prints '' at 10:05 ledger-check -q
}

@test "what was promised is owed in the other ticket, by name; what ends sooner, too" {
	at 09:10 ticket-open -q --by lihua -k repair -u 3-1202 -n 王 电梯不动 >/dev/null
	at 09:11 ticket-log -q 2 answered --by lihua --set promised=12:00
	# the older one into the newer: its time ends first
	at '2026-11-19 08:00' ticket-open -q --by lihua -k repair -u 3-1203 电梯慢 >/dev/null
	at 09:19 ticket-log -q 2 merged --by lihua --into 1
	at 09:20 ticket-log -q YL261119001 merged --by lihua --into 1
	prints 'tell,done-2,2026-11-21T23:59:59+08:00,3-1203
due,seen,2026-11-20T11:00:00+08:00,3-1201
due,reply,2026-11-20T12:00:00+08:00,3-1202
due,done-2,2026-11-21T23:59:59+08:00,3-1203
due,done,2026-11-22T23:59:59+08:00,3-1201' columns status,deadline,due,unit at 09:21 ticket-due --format csv
	# what was missed there stays missed there, and is not missed here once more
	prints 'seen,LATE' verdict YL261119001 seen
	at 11:30 ticket-log -q 1 replied --by lihua -t 已当面答复业户
	prints 'reply,in time' verdict YL261120001 reply
	at 12:00 ticket-log -q 1 finished --by lihua --work 换零件
	prints '' columns deadline at 12:00 ticket-due --rule done --format csv
	prints '' at 12:01 ledger-check -q
}

# verdict TICKET DEADLINE: how it ended
verdict() { ticket-show "$1" | sed -n "s/^  \($2\) \[[^ ]*\] [^ ]* [^ ]*  \(in time\|LATE\|OVERDUE\|open\|withdrawn\).*/\1,\2/p"; }

@test "what cannot be merged" {
	at 09:10 ticket-open -q --by lihua -k repair -u 3-1202 电梯不动 >/dev/null
	at 09:11 ticket-open -q --by lihua -k repair -u 3-1203 电梯不动 >/dev/null
	at 09:12 ticket-open -q --by lihua -k complaint -u 3-1204 电梯太吵 >/dev/null
	refused 3 'ticket-log: YL261120002: into: YL261120002 is this ticket itself' at 09:20 ticket-log 2 merged --by lihua --into 2
	refused 3 'ticket-log: YL261120002: into: there is no ticket YL261120009' at 09:20 ticket-log 2 merged --by lihua --into 9
	refused 3 'ticket-log: YL261120002: into: missing' at 09:20 ticket-log 2 merged --by lihua
	refused 3 'ticket-log: YL261120002: the desk merges: merged is recorded by the role desk; qianjin does not have it [J-2]' \
		at 09:20 ticket-log 2 merged --by qianjin --into 1
	refused 3 'ticket-log: YL261120004: a complaint is no repair [J-3]' at 09:20 ticket-log 4 merged --by lihua --into 1
	at 09:21 ticket-log -q 2 merged --by lihua --into 1
	refused 3 'ticket-log: YL261120001: into: YL261120002 was merged into YL261120001 itself: take that' at 09:22 ticket-log 1 merged --by lihua --into 2
	refused 3 'ticket-log: YL261120003: into: YL261120002 was merged into YL261120001 itself: take that' at 09:22 ticket-log 3 merged --by lihua --into 2
	refused 3 'ticket-log: YL261120002: it was merged into YL261120001: record merged there, or reopen it if it is another matter' \
		at 09:22 ticket-log 2 merged --by lihua --into 3
	at 09:23 ticket-log -q 3 voided --reason 误报
	refused 3 'ticket-log: YL261120001: into: YL261120003 is voided: nothing goes on there; take another ticket' \
		at 09:24 ticket-log 1 merged --by lihua --into 3
	at 09:30 ticket-close -q 1 --by lihua -r 已修好
	refused 3 'ticket-log: YL261120004: into: YL261120001 is closed: nothing goes on there; reopen it first' \
		at 09:31 ticket-log 4 merged --by lihua --into 1
	refused 3 'ticket-log: YL261120001: it is closed already: merged is not possible' at 09:31 ticket-log 1 merged --by lihua --into 4
}

@test "a ticket joins another as it is opened" {
	prints 'YL261120002' at 09:10 ticket-open -q --by lihua -k repair -u 3-1202 -n 王 --joins 1 电梯不动
	prints 'YL261120002,closed' columns ticket,state at 09:11 ticket-list --state closed --format csv
	at 10:00 ticket-close -q 1 --by lihua -r 已修好
	prints '3-1201
3-1202' columns unit at 10:01 callback-due --within 9d --format csv
	refused 3 'ticket-open: into: YL261120001 is closed: nothing goes on there; reopen it first' \
		at 10:02 ticket-open -q --by lihua -k repair -u 3-1203 --joins 1 电梯不动
	prints '' at 10:05 ledger-check -q
}

@test "a merging that was a mistake is taken back: reopened here, taken out there" {
	at 09:10 ticket-open -q --by lihua -k repair -u 3-1202 灯坏了 >/dev/null
	at 09:20 ticket-log -q 2 merged --by lihua --into 1
	at 09:30 ticket-log -q 2 reopened --by lihua --reason 是另一件事
	at 09:31 ticket-log -q 1 unjoined --by lihua -u 3-1202 --reason 是另一件事
	at 10:00 ticket-close -q 1 --by lihua -r 已修好
	at 10:01 ticket-close -q 2 --by lihua -r 已换灯
	prints 'YL261120001,3-1201
YL261120002,3-1202' columns ticket,unit at 10:02 callback-due --within 9d --format csv
	prints '' at 10:05 ledger-check -q
}

@test "lists and repeats find who joined" {
	joined 1 09:10 3-1202 -n 王小明 -p 13900010002
	prints 'YL261120001' columns ticket at 09:11 ticket-list -u 3-1202 --format csv
	prints 'YL261120001' columns ticket at 09:11 ticket-list --customer 小明 --format csv
	prints 'YL261120001' columns ticket at 09:11 ticket-list --customer 0002 --format csv
	prints '' columns ticket at 09:11 ticket-list -u 3-1203 --format csv
	run --separate-stderr at 10:00 ticket-open -q --by lihua -k repair -u 3-1202 电梯又停了
	prints '3-1202,2,YL261120001 YL261120002' columns unit,times,tickets at 10:01 ticket-repeats --format csv
	# merged, it is still what the household asked for twice, and not three times
	at 10:02 ticket-log -q 2 merged --by lihua --into 1
	prints '3-1202,2,YL261120001 YL261120002' columns unit,times,tickets at 10:03 ticket-repeats --format csv
}

@test "of a share each household is a lot of its own" {
	at 09:10 ticket-open -q --by lihua -k check -u 5-0101 抽查 >/dev/null
	local unit
	for unit in 5-0102 5-0103 5-0104; do joined 2 09:11 $unit; done
	at 10:00 ticket-close -q 2 --by lihua -r 已查
	at '2026-11-21 02:00' callback-plan -q
	grep -A4 '^frame:' plans/2026/YL2611.yaml | diff - <(printf '%s\n' 'frame:' '  - "YL261120002#5"' '  - "YL261120002#5/5-0102"' '  - "YL261120002#5/5-0103"' '  - "YL261120002#5/5-0104"')
	grep -q '^take: 2$' plans/2026/YL2611.yaml
	prints 'sample,4,2,2' columns rule,finished,owed,drawn at '2026-11-21 09:00' callback-tally --period 2026-11 --format csv
	prints '' at '2026-11-21 09:00' ledger-check -q
	# each lot says whose it is
	[[ $(grep -c '^event: drawn' tickets/2026/11/YL261120002.yaml) == 2 ]]
	sed -i '0,/^household: "5-010/s/^household: "5-010./household: "5-0109/' tickets/2026/11/YL261120002.yaml
	run --separate-stderr at '2026-11-21 09:00' ledger-check -q --format csv
	[[ $output == *'wrong-draw,tickets/2026/11/YL261120002.yaml,'* ]]
}

@test "a correction of the household that answered" {
	joined 1 09:10 3-1202
	at 10:00 ticket-close -q 1 --by lihua -r 已修好
	at 10:01 callback-log -q 1 --by lihua -a satisfied -u 3-1202
	prints '3-1201' columns unit at 10:02 callback-due --within 9d --format csv
	at 10:02 callback-log -q 1 --by lihua -a satisfied
	prints '' due 10:03
	prints '' at 10:05 ledger-check -q
}

# clones: this ledger and ../eb, which knows all of it
clones() {
	git init -q -b main . && git add . && git commit -qm begin
	git clone -q . ../eb
	(cd ../eb && ledger-init -q --site EB && git commit -qam 'site EB')
	ledger-init -q --site YL
	git pull -q ../eb HEAD
}

# meet: both have what both recorded
meet() {
	git add . && git commit -qm yl
	(cd ../eb && git add . && git commit -qm eb)
	git pull -q --no-rebase ../eb HEAD
	(cd ../eb && git pull -q --no-rebase ../ledger HEAD)
}

@test "two clones: who joined here and there are all called back, one that joined in both once" {
	clones
	joined YL261120001 09:10 3-1202
	joined YL261120001 09:11 3-1203
	(cd ../eb && joined YL261120001 09:12 3-1203 && joined YL261120001 09:13 3-1204)
	meet
	[[ $(ticket-show YL261120001) == "$(cd ../eb && ticket-show YL261120001)" ]]
	at 10:00 ticket-close -q YL261120001 --by lihua -r 已修好
	prints '3-1201
3-1202
3-1203
3-1204' columns unit at 10:01 callback-due --within 9d --format csv
	prints '' at 10:05 ledger-check -q
}

@test "two clones: one closes what the other has a household join: people decide, and nobody is forgotten" {
	clones
	at 09:10 ticket-close -q YL261120001 --by lihua -r 已修好
	(cd ../eb && joined YL261120001 09:05 3-1202)
	meet
	prints 'YL261120001,disputed' columns ticket,state at 09:20 ticket-list --state disputed --format csv
	[[ $(ticket-show YL261120001) == "$(cd ../eb && ticket-show YL261120001)" ]]
	at 09:30 ticket-log -q YL261120001 settled --set state=closed --reason 已修好
	prints '3-1201
3-1202' columns unit at 09:31 callback-due --within 9d --format csv
}

@test "two clones: two tickets merged into each other are a dispute" {
	at 09:10 ticket-open -q --by lihua -k repair -u 3-1202 电梯不动 >/dev/null
	clones
	at 09:20 ticket-log -q YL261120002 merged --by lihua --into YL261120001
	(cd ../eb && at 09:21 ticket-log -q YL261120001 merged --by lihua --into YL261120002)
	meet
	prints 'YL261120001,disputed
YL261120002,disputed' columns ticket,state at 09:30 ticket-list --state disputed --format csv
}

@test "what an editor changed is found: a callback to nobody, a promise that was not carried, one that is missing" {
	joined 1 09:05 3-1202
	at 09:10 ticket-open -q --by lihua -k repair -u 3-1203 电梯不动 >/dev/null
	at 09:11 ticket-log -q 2 answered --by lihua --set promised=12:00
	at 09:20 ticket-log -q 2 merged --by lihua --into 1
	at 10:00 ticket-close -q 1 --by lihua -r 已修好
	local file=tickets/2026/11/YL261120001.yaml
	cp $file kept
	sed -i 's/household: "3-1202"/household: "3-1299"/' $file
	run --separate-stderr at 10:05 ledger-check -q --format csv
	[[ $output == *"dangling-reference,$file,"*'call-3-1202: household: 3-1299 is none of those who called'* ]]
	[[ $output == *"missing-deadline,$file,"*'call-3-1202: missing: by the rule call it is due at '* ]]
	cp kept $file
	# the end in the list of what is due, and not in that of what came
	python3 - $file <<-'END'
		import sys
		text = open(sys.argv[1]).read()
		at = text.index("due:", text.index("carried:"))
		open(sys.argv[1], "w").write(text[:at] + text[at:].replace("T12:00:00", "T13:00:00", 1))
	END
	run --separate-stderr at 10:05 ledger-check -q --format csv
	[[ $output == *"wrong-deadline,$file,"*'reply: '* ]]
	# both, so that only the other ticket can tell
	cp kept $file
	sed -i 's/T12:00:00+08:00/T13:00:00+08:00/' $file
	run --separate-stderr at 10:05 ledger-check --format csv
	[[ $output == *"wrong-duty,$file,"*'carried: YL261120002 did not owe reply like that when it was merged'*J-7* ]]
}

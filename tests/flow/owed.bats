#!/usr/bin/env bats
# What has to be done before a step (nothing-owed), who may call where a step names that (named), and that an unsatisfied answer
# is not lost whoever has asked. 20 November 2026 is a Friday.
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
		  - {role: officer, title: Officer}
		  - {role: director, title: Director}
		kinds:
		  - {kind: complaint, title: Complaint}
		  - {kind: festival, title: Festival}
		  - {kind: question, title: Question}
		match:
		  unsatisfied: {properties: {document: {properties: {answer: {const: unsatisfied}}, required: [answer]}}}
		steps:
		  - {step: callers-chosen, kind: festival, by: director, needs: [callers], clause: O-1}
		  - {step: replied, by: desk, needs: [text], clause: O-2}
		  - {step: closed, kind: complaint, nothing-owed: [director-told, reply], title: the director knows before it is closed, override: director, clause: O-3}
		deadlines:
		  - {rule: director-told, start: callback, if: unsatisfied, until: told, to: director, within: 0 d, clause: O-4}
		  - {rule: reply, at: callback.promised, until: replied, clause: O-2}
		callbacks:
		  - {rule: festival, kind: festival, after: closed, within: 1 mo, rate: "1", who: [{named: callers-chosen}], unsatisfied: open complaint, clause: O-1}
		  - {rule: complaint, kind: complaint, after: closed, within: 3 d, rate: "1", who: [officer], manner: [visit], unsatisfied: reopen, unsatisfied-clause: O-5, clause: O-6}
	END
	cd "$BATS_FILE_TMPDIR" || return
	ledger-init -q ledger --pack house.yaml --site YL --person keeper --test --now '2026-01-05 08:00'
	cd ledger || return
	join() { staff-log -q --now '2026-01-05 08:00' joined "$@" >/dev/null; }
	join lihua --name 李华 --role desk
	join meizhen --name 陈美珍 --role officer
	join gaoxia --name 高霞 --role officer
	join fangmin --name 方敏 --role director
}

closed() {
	at 09:00 ticket-open -q --by lihua -k "$1" -u 3-1201 --text "${2:-某事}" >/dev/null
	at 10:00 ticket-close -q 1 --by lihua -r 好了 >/dev/null
}

call() { at "$1" callback-log YL261120001 --by "$2" -a "$3" "${@:4}"; }

@test "a step waits until nothing is owed by the deadlines named, however they began" {
	closed complaint
	run -0 --separate-stderr call 11:00 meizhen unsatisfied -m visit --promised '2026-11-24 12:00'
	errors_are 'callback-log: YL261120001: reopened [O-5]'
	# both outlive the reopening; the first is named
	refused 3 'ticket-close: YL261120001: the director knows before it is closed: closed comes after director-told, which is still owed (until 2026-11-20 23:59) [O-3]' \
		at 12:00 ticket-close 1 --by lihua -r 又好了
	at 12:10 ticket-log -q 1 told --by lihua --set to=fangmin
	refused 3 'ticket-close: YL261120001: the director knows before it is closed: closed comes after reply, which is still owed (until 2026-11-24 12:00) [O-3]' \
		at 12:20 ticket-close 1 --by lihua -r 又好了
	at 12:30 ticket-log -q 1 replied --by lihua -t 周一来修
	prints 'YL261120001#7' at 12:40 ticket-close 1 --by lihua -r 又好了
	at 12:50 ledger-check -q
}

@test "what is overdue is still owed; who may override says why" {
	closed complaint
	call 11:00 meizhen unsatisfied -m visit 2>/dev/null
	refused 3 'ticket-close: YL261120001: the director knows before it is closed: closed comes after director-told, which is still owed (until 2026-11-20 23:59) [O-3]' \
		at '2026-11-23 09:00' ticket-close YL261120001 --by lihua -r 又好了
	prints 'YL261120001#5' at '2026-11-23 09:00' ticket-close YL261120001 --by fangmin -r 又好了 --override 我知道
	[[ $(<tickets/2026/11/YL261120001.yaml) == *$'override:\n  clauses:\n    - O-3\n  reason: 我知道\n'* ]]
	at '2026-11-23 09:01' ledger-check -q
}

@test "what was recorded is not judged anew by what came to be owed later" {
	closed complaint
	call 11:00 meizhen satisfied -m visit --promised '2026-11-24 12:00'
	prints 'YL261120001#4' at 11:10 ticket-log 1 corrected --by lihua --set fields.result=修好了 --reason 笔误
}

@test "whom a step has named calls, and nobody else: no officer, no administrator, nobody before anybody is named" {
	closed festival
	prints 'named:callers-chosen,named:callers-chosen' columns who,roles at 10:10 callback-due --format csv
	run -0 --separate-stderr call 10:20 gaoxia satisfied
	errors_are 'callback-log: YL261120001: does not count as the callback festival [O-1]: it has to be made by somebody, whom callers-chosen names
callback-log: YL261120001: settles no callback that is owed'
	at 10:30 ticket-log -q 1 callers-chosen --by fangmin --set callers=gaoxia --set callers=lihua
	prints 'lihua,gaoxia,people:gaoxia,lihua' columns who,roles at 10:40 callback-due --format csv
	local who
	for who in meizhen keeper; do
		run -0 --separate-stderr call 10:50 "$who" satisfied
		errors_are 'callback-log: YL261120001: does not count as the callback festival [O-1]: it has to be made by gaoxia or lihua, whom callers-chosen names
callback-log: YL261120001: settles no callback that is owed'
	done
	# the latest that is named before the call counts
	at 11:00 ticket-log -q 1 callers-chosen --by fangmin --set callers=meizhen
	run -0 --separate-stderr call 11:10 gaoxia satisfied
	[[ $stderr == *'made by meizhen, whom'* ]]
	prints 'YL261120001#9' call 11:20 meizhen satisfied
	prints '' at 11:30 callback-due
	at 11:30 ledger-check -q
}

@test "who is named sees it in the list, and so does who stands in" {
	closed festival
	at 10:30 ticket-log -q 1 callers-chosen --by fangmin --set callers=gaoxia
	prints 'YL261120001' columns ticket at 10:40 callback-due --for gaoxia --format csv
	prints '' columns ticket at 10:40 callback-due --for meizhen --format csv
	prints 'YL261120001' columns ticket at 10:40 ticket-list --for gaoxia --format csv
	prints '' columns ticket at 10:40 ticket-list --for meizhen --format csv
	at 10:41 staff-log -q absent gaoxia --deputy meizhen --reason 休假
	prints 'meizhen' columns who at 10:42 callback-due --format csv
	prints 'YL261120001#4' call 10:43 meizhen satisfied
	at 10:44 ledger-check -q
}

@test "an answer is not lost because somebody else should have asked, or otherwise" {
	closed complaint
	run -0 --separate-stderr call 11:00 lihua unsatisfied -m telephone
	errors_are 'callback-log: YL261120001: does not count as the callback complaint [O-6]: the manner telephone does not count for it
callback-log: YL261120001: settles no callback that is owed
callback-log: YL261120001: reopened [O-5]'
	prints 'open,2' columns state,cycle at 11:10 ticket-list --format csv
	# one that is open is open already
	run -0 --separate-stderr call 11:20 lihua unsatisfied
	[[ $stderr == *'unsatisfied; it is open already [O-5]' ]]
	at 11:30 ledger-check -q
}

@test "nor because the call was made already, or is not yet due" {
	closed festival
	at 10:30 ticket-log -q 1 callers-chosen --by fangmin --set callers=gaoxia
	call 11:00 gaoxia satisfied >/dev/null
	run -0 --separate-stderr call 12:00 meizhen unsatisfied --shortcomings 太吵
	errors_are 'callback-log: YL261120001: settles no callback that is owed
callback-log: YL261120001: opened YL261120002 for it [O-1]'
	at 13:00 ticket-open -q --by lihua -k festival -u 3-1202 --text 灯会 >/dev/null
	run -0 --separate-stderr at 13:10 callback-log 3 --by lihua -a unsatisfied --shortcomings 太挤
	errors_are 'callback-log: YL261120003: settles no callback that is owed
callback-log: YL261120003: opened YL261120004 for it [O-1]'
	at 13:20 ledger-check -q
}

@test "where no rule is about such tickets, kefu says that nothing follows" {
	closed question
	run -0 --separate-stderr call 11:00 meizhen unsatisfied
	errors_are 'callback-log: YL261120001: settles no callback that is owed
callback-log: YL261120001: unsatisfied, but no ticket is reopened or opened for it, as no rule about callbacks of such tickets asks for that'
}

@test "an answer mended afterwards brings back what it brought about" {
	closed festival
	run -0 --separate-stderr call 11:00 lihua unsatisfied --shortcomings 太吵
	[[ $stderr == *'opened YL261120002 for it [O-1]' ]]
	run -0 --separate-stderr at 11:10 ticket-log 1 corrected --by lihua --set fields.answer=satisfied --reason 听错
	[[ $stderr == *'voided YL261120002, which was opened for the answer' ]]
	run -0 --separate-stderr at 11:20 ticket-log 1 corrected --by lihua --set of=3 --set fields.answer=unsatisfied --reason 没听错
	[[ $stderr == *'opened YL261120003 for it [O-1]'* ]]
	at 11:30 ledger-check -q
}

@test "a major matter stays one in the complaint that is opened for it" {
	closed festival
	call 11:00 lihua unsatisfied --shortcomings 踩踏 --matter major 2>/dev/null
	[[ $(<tickets/2026/11/YL261120002.yaml) == *$'\nmatter: major\n'* ]]
}

#!/usr/bin/env bats
# Calls in vain: after so many, on so many days, a callback ends as not reached, which is neither made nor missed.
load ../helper

# house [CALLBACK KEYS]: a ledger whose repairs are called back within 5 days; after 3 calls in vain on 2 days that ends
house() {
	cat >house.yaml <<-END
		pack: house
		title: House
		source: agreed here
		roles:
		  - {role: desk, title: Desk, records-for-others: true}
		  - {role: officer, title: Officer}
		kinds: [{kind: repair, title: Repair, category: water}]
		categories: [{category: water, kind: repair, title: Water}]
		steps:
		  - {step: [corrected, reopened], by: desk, clause: T-2}
		callbacks:
		  - {rule: call, after: [closed], within: 5 d, rate: "1", who: [desk], manner: telephone, attempts: {times: 3, days: 2, clause: T-9}, clause: T-1${1:+, $1}}
	END
	ledger-init -q ledger --pack house.yaml --site YL --person keeper --test --now '2026-01-05 08:00'
	cd ledger || return
	staff-log -q --now '2026-01-05 08:00' joined lihua --name 李华 --role desk >/dev/null
	staff-log -q --now '2026-01-05 08:00' joined gaoxia --name 高霞 --role officer >/dev/null
}

# closed [N]: ticket N, opened and closed on 20 November
closed() {
	local number=${1:-1}
	at "2026-11-20 08:$number" ticket-open -q --by lihua -k repair -u 3-1201 "漏水 $number" >/dev/null
	at "2026-11-20 09:$number" ticket-close -q --by lihua "YL26112000${number#0}" -r 修好 >/dev/null
}

# vain TIME [OPTION...]: a call that reaches nobody
vain() { at "$1" callback-log -q --by lihua "${@:2}" YL261120001 --unreached >/dev/null; }

duty() { at "$1" ticket-show YL261120001 | sed -n 's/^  call \[T-1\] //p'; }

@test "after so many calls in vain, on so many days, it ends as not reached, by that call" {
	house
	closed 01
	run --separate-stderr at '2026-11-20 10:00' callback-log --by lihua YL261120001 --unreached
	errors_are 'callback-log: YL261120001: the callback call was tried 1 of 3 times, on 1 of 2 days [T-9]'
	vain '2026-11-20 11:00'
	vain '2026-11-20 12:00' # the third, but on one day
	prints 'status  due         ticket       unit    name  phone  who                                         clause
due     2026-11-25  YL261120001  3-1201               lihua (tried 3 of 3 times, on 1 of 2 days)  T-1' at '2026-11-20 13:00' callback-due
	[[ $(duty '2026-11-20 13:00') == '2026-11-25 23:59  open, reached nobody 3 times, tried 3 of 3 times on 1 of 2 days [T-9]' ]]
	run --separate-stderr at '2026-11-21 10:00' callback-log --by lihua YL261120001 --unreached
	errors_are 'callback-log: YL261120001: the callback call ends as not reached: tried 4 times on 2 days [T-9]'
	prints '' at '2026-11-21 10:00' callback-due
	prints '' at '2026-12-21 10:00' callback-due
	[[ $(duty '2026-12-21 13:00') == '2026-11-25 23:59  not reached at 2026-11-21 10:00 (#6), reached nobody 4 times, tried 4 of 3 times on 2 of 2 days [T-9]' ]]
	run -0 at '2026-12-21 13:00' ticket-why YL261120001
	[[ $output == *'verdict: not reached: callback #6 at Sat 2026-11-21 10:00'*'not reached: after 3 tries in vain on 2 days [T-9], so far 4 on 2'* ]]
	prints '' at '2026-12-21 13:00' ledger-check -q
}

@test "two on two days are not enough, nor are calls that do not count" {
	house
	closed 01
	vain '2026-11-20 10:00'
	vain '2026-11-21 10:00'
	# by the wrong person, in the wrong manner
	run --separate-stderr at '2026-11-22 10:00' callback-log --by gaoxia YL261120001 --unreached
	errors_are 'callback-log: YL261120001: does not count as a try of the callback call [T-1]: it has to be made by desk'
	run --separate-stderr at '2026-11-22 11:00' callback-log --by lihua -m visit YL261120001 --unreached
	errors_are 'callback-log: YL261120001: does not count as a try of the callback call [T-1]: the manner visit does not count for it'
	[[ $(columns tries,tries-needed,try-days,days-needed at '2026-11-22 12:00' callback-due --format csv) == '2,3,2,2' ]]
	vain '2026-11-22 12:00'
	prints '' at '2026-11-22 13:00' callback-due
	prints '' at '2026-12-21 13:00' ledger-check -q
}

@test "a later call in the window is the callback, and made; after it, what was not reached stays so" {
	house
	closed 01
	vain '2026-11-20 10:00'
	vain '2026-11-21 10:00'
	vain '2026-11-21 11:00'
	keep tickets/2026/11/YL261120001.yaml
	at '2026-11-25 23:59' callback-log -q --by lihua YL261120001 -a satisfied
	[[ $(duty '2026-12-01 09:00') == '2026-11-25 23:59  in time at 2026-11-25 23:59 (#6), reached nobody 3 times, tried 3 of 3 times on 2 of 2 days [T-9]' ]]
	prints '' at '2026-12-21 13:00' ledger-check -q
	put_back tickets/2026/11/YL261120001.yaml
	at '2026-11-26 09:00' callback-log -q --by lihua YL261120001 -a satisfied
	[[ $(duty '2026-12-01 09:00') == '2026-11-25 23:59  not reached at 2026-11-21 11:00 (#5), '* ]]
	prints '' at '2026-12-21 13:00' ledger-check -q
}

@test "tried only after the window it is missed, but no work any more" {
	house
	closed 01
	vain '2026-11-20 10:00'
	vain '2026-11-25 10:00'
	[[ $(columns status at '2026-11-26 09:00' callback-due --format csv) == overdue ]]
	vain '2026-11-26 10:00'
	prints '' at '2026-11-26 10:00' callback-due
	[[ $(duty '2026-12-01 09:00') == '2026-11-25 23:59  not reached at 2026-11-26 10:00 (#5), LATE, '* ]]
	[[ $(columns ended,made,late,unreached,needed,verdict at '2026-12-01 09:00' callback-tally -P 2026-11 --format csv) == '1,0,0,0,1,missed' ]]
}

@test "what was not reached is counted apart, and leaves the rates" {
	house
	local n
	for n in 01 02 03; do closed "$n"; done
	vain '2026-11-20 10:00'
	vain '2026-11-21 10:00'
	vain '2026-11-21 11:00'
	at '2026-11-21 12:00' callback-log -q --by lihua YL261120002 -a satisfied >/dev/null
	# 3 ended, 1 not reached, 1 made, 1 missed: needed are 2
	[[ $(columns finished,owed,called,ended,made,late,unreached,needed,verdict at '2026-12-01 09:00' callback-tally -P 2026-11 --format csv) == '3,2,1,3,1,0,1,2,missed' ]]
	at '2026-11-24 12:00' callback-log -q --by lihua YL261120003 -a satisfied
	[[ $(columns finished,owed,called,ended,made,late,unreached,needed,verdict at '2026-12-01 09:00' callback-tally -P 2026-11 --format csv) == '3,2,2,3,2,0,1,2,kept' ]]
	run -0 at '2026-12-01 09:00' callback-tally -P 2026-11
	[[ ${lines[0]} == *'  unreached' && ${lines[1]} == *'          1' ]]
	# and it is nobody's failure
	at '2026-12-01 09:00' ticket-list --overdue --state all
	[[ -z $output || $output != *YL261120001* ]]
}

@test "corrected: it had been reached, and the callback is made; nobody was, and it is tried" {
	house
	closed 01
	vain '2026-11-20 10:00'
	vain '2026-11-21 10:00'
	vain '2026-11-21 11:00'
	at '2026-11-21 12:00' ticket-log -q YL261120001 corrected --by lihua --of 4 --reason 听错 --set fields.reached=true --set fields.answer=satisfied
	[[ $(duty '2026-11-21 13:00') == '2026-11-25 23:59  in time at 2026-11-21 10:00 (#4), '* ]]
	prints '' at '2026-12-21 13:00' ledger-check -q
	# and back
	at '2026-11-21 13:00' ticket-log -q YL261120001 corrected --by lihua --of 4 --reason 没错 --set fields.reached=false
	at '2026-11-21 14:00' ticket-show YL261120001
	[[ $(duty '2026-11-21 14:00') == *'not reached at 2026-11-21 11:00 (#5)'* ]]
	prints '' at '2026-12-21 13:00' ledger-check -q
}

@test "corrected: somebody else had called, so it is owed again" {
	house
	closed 01
	vain '2026-11-20 10:00'
	vain '2026-11-21 10:00'
	vain '2026-11-21 11:00'
	prints '' at '2026-11-21 12:00' callback-due
	at '2026-11-21 12:00' ticket-log -q YL261120001 corrected --by lihua --of 4 --reason 是高霞 --set fields.callers=gaoxia
	[[ $(columns tries,try-days at '2026-11-21 12:00' callback-due --format csv) == '2,2' ]]
	prints '' at '2026-12-21 13:00' ledger-check -q
	vain '2026-11-22 10:00'
	prints '' at '2026-11-22 12:00' callback-due
	prints '' at '2026-12-21 13:00' ledger-check -q
}

@test "two clones each try: together that is enough; a call in time counts, whichever stands first" {
	house
	closed 01
	git init -q . && ledger-init -q --site YL && git add -A && git commit -qm desk
	git clone -q . ../east
	(cd ../east && ledger-init -q --site EB --now '2026-11-20 09:30' && git add -A && git commit -qm east) 2>/dev/null
	vain '2026-11-20 10:00'
	vain '2026-11-21 10:00'
	(cd ../east && vain '2026-11-21 11:00')
	git add -A && git commit -qm tried
	(cd ../east && git add -A && git commit -qm tried && git pull -q --no-rebase ../ledger HEAD)
	prints '' at '2026-11-21 12:00' callback-due -C ../east
	[[ -n $(at '2026-11-21 12:00' callback-due) ]]
	prints '' at '2026-12-21 13:00' ledger-check -q -C ../east
	# here the call succeeds meanwhile
	at '2026-11-22 10:00' callback-log -q --by lihua YL261120001 -a satisfied
	git add -A && git commit -qm called && git pull -q --no-rebase ../east HEAD
	[[ $(duty '2026-11-22 13:00') == '2026-11-25 23:59  in time at 2026-11-22 10:00 '* ]]
	prints '' at '2026-12-21 13:00' ledger-check -q
}

@test "a share that was drawn and not reached is drawn anew, and never chosen" {
	house
	# the rule of a share
	sed -i 's/rate: "1"/rate: "0.30"/; s/within: 5 d/within: 30 d/' policy/house.yaml
	local n
	for n in 01 02 03 04; do closed "$n"; done
	at '2026-11-21 06:00' callback-plan -q
	local drawn
	mapfile -t drawn < <(grep -l 'event: drawn' tickets/2026/11/*.yaml)
	[[ ${#drawn[@]} == 2 ]]
	local first
	first=$(basename -s .yaml "${drawn[0]}")
	for n in '2026-11-21 10:00' '2026-11-22 10:00' '2026-11-22 11:00'; do
		at "$n" callback-log -q --by lihua "$first" --unreached
	done
	at '2026-11-23 06:00' callback-plan -q
	[[ $(grep -l 'event: drawn' tickets/2026/11/*.yaml | wc -l) == 3 ]]
	prints '' at '2026-11-23 13:00' ledger-check -q
}

@test "ledger-check: a limit that is not the rule's, a try that does not count, one that is left out" {
	house
	closed 01
	vain '2026-11-20 10:00'
	vain '2026-11-21 10:00' --by gaoxia
	local file=tickets/2026/11/YL261120001.yaml
	keep $file
	sed -i 's/times: 3/times: 2/' $file
	[[ $(columns problem,text,clause at '2026-11-21 12:00' ledger-check -q --format csv) == 'wrong-duty,call: attempts is 2 times on 2 days, but by the rule call it should be 3 times on 2 days,T-1' ]]
	put_back $file
	sed -i '/^tries:/,/^  - call/d' $file
	[[ $(columns problem,text at '2026-11-21 12:00' ledger-check -q --format csv) == 'wrong-duty,tries: call is missing: that is what follows from the facts' ]]
	put_back $file
	printf '%s\n' "$(sed '$d' $file)" 'tries:' '  - call' '...' >changed && mv changed $file
	[[ $(columns problem,text at '2026-11-21 12:00' ledger-check -q --format csv) == 'wrong-duty,tries: call does not follow from the facts' ]]
}

@test "what can never be tried as often is refused" {
	local entry
	house
	cd .. && rm -rf ledger
	sed -i 's/days: 2/days: 4/' house.yaml
	refused 4 'ledger-init: house.yaml:12:118: days: 3 calls cannot be on 4 days [T-1]' ledger-init -q ledger --pack house.yaml --site YL --person keeper --test --now '2026-01-05 08:00'
	sed -i 's/times: 3, days: 4/times: 9, days: 7/' house.yaml
	refused 4 'ledger-init: house.yaml:12:118: days: the window from "0 d" to "5 d" does not have 7 days [T-1]' ledger-init -q ledger --pack house.yaml --site YL --person keeper --test --now '2026-01-05 08:00'
	sed -i 's/days: 7/days: 6/' house.yaml
	ledger-init -q ledger --pack house.yaml --site YL --person keeper --test --now '2026-01-05 08:00'
}

#!/usr/bin/env bats
# What a desk does every day: the household asks again, withdraws, is promised a reply at once, complains about a ticket; nothing
# is to be done on site; a slip of the pen is put right. 20 November 2026 is a Friday.
load ../helper
load ../packs

setup_file() {
	cat >"$BATS_FILE_TMPDIR/own.yaml" <<-'END'
		pack: own
		title: Own
		source: own
		roles:
		  - {role: desk, title: Desk, records-for-others: true}
		  - {role: worker, title: Worker}
		  - {role: head, title: Head}
		hours: [{hours: desk, days: working, open: ["08:00-12:00", "14:00-18:00"], business: true}]
		kinds: [{kind: matter, title: Matter}, {kind: other, title: Other}]
		steps:
		  - {step: started, by: worker, not-after: closed, clause: O-1}
		  - {step: finished, needs: [signature], clause: O-2}
		  - {step: closed, after: finished, needs: [receipt], clause: O-3}
		  - {step: [reclassified, corrected], by: [head, {recorded: today}], clause: O-4}
		deadlines:
		  - {rule: there, start: opened, until: [started], within: 1 h, clause: O-5}
		  - {rule: done, start: opened, until: [finished], within: 8 h, clause: O-6}
		  - {rule: head-told, start: opened, until: told, to: head, within: 1 d, survives: reopening, clause: O-7}
		  - {rule: other-done, kind: other, start: opened, until: [finished], within: 2 d, clause: O-8}
		callbacks:
		  - {rule: call, after: closed, within: 3 d, rate: "1", who: [desk], clause: O-9}
	END
	cd "$BATS_FILE_TMPDIR" || return
	ledger-init ledger --pack ./own.yaml --site YL --person keeper --test --now '2026-01-05 08:00'
	local person
	for person in lihua:desk:service meizhen:desk:service wanggang:worker:engineering sunli:worker:security zhao:head:engineering; do
		IFS=: read -r person role department <<<"$person"
		staff-log -C ledger -q --now '2026-01-05 08:00' joined "$person" --name x --role "$role" --department "$department" >/dev/null
	done
}

# shellcheck disable=SC2034 # for at, of helper.bash
day=2026-11-20
file=tickets/2026/11/YL261120001.yaml

# takes [OPTION...]: a ticket of nine o'clock
takes() { at 09:00 ticket-open -q --by lihua -k matter -u 3-1201 门坏了 -d engineering "$@" >/dev/null; }

# verdicts TIME: what has become of each deadline of the ticket
verdicts() { at "$1" ticket-show YL261120001 | sed -n 's/^  \([a-z-]*\).* \[O-[0-9]\] [-0-9]* [:0-9]*  \(in time\|[A-Za-z]*\).*/\1 \2/p'; }

@test "a household that asks again is counted, and nothing else is asked of the clerk" {
	takes
	prints 'YL261120001#2' at 10:00 ticket-log 1 asked-again --by lihua
	prints 'YL261120001#3' at 11:30 ticket-log 1 asked-again --by meizhen --said-by 王先生 --channel phone
	# recorded last, but not the last time
	prints 'YL261120001#4' at 11:31 ticket-log 1 asked-again --by lihua --at 10:30
	prints '3,2026-11-20T11:30:00+08:00' columns asked-again,asked-at at 12:00 ticket-list --format csv
	prints 'there,3,2026-11-20T11:30:00+08:00
done,3,2026-11-20T11:30:00+08:00
head-told,3,2026-11-20T11:30:00+08:00' columns deadline,asked-again,asked-at at 12:00 ticket-due --format csv
	run at 12:00 ticket-list
	[[ ${lines[1]} == *'3, last 2026-11-20 11:30' ]]
	run at 12:00 ticket-due
	[[ ${lines[1]} == *'started (asked again: 3, last 2026-11-20 11:30)'* ]]
	run at 12:00 ticket-show 1
	[[ ${lines[2]} == 'the household has asked again 3 times, last 2026-11-20 11:30 (#3)' ]]
	ledger-check -q --now '2026-11-20 12:00'
}

@test "where nobody has asked again, the lists have no such column" {
	takes
	run at 12:00 ticket-list
	[[ $output != *asked* ]]
	run at 12:00 ticket-due
	[[ $output != *asked* ]]
	run at 12:00 ticket-show 1
	[[ $output != *asked* ]]
}

@test "of equals stands first what was asked about more often, and both lists can be asked for these alone" {
	local n
	for n in 1 2 3; do takes; done
	at 10:00 ticket-log -q 2 asked-again --by lihua
	at 10:00 ticket-log -q 3 asked-again --by lihua
	at 10:01 ticket-log -q 3 asked-again --by lihua
	prints 'YL261120003
YL261120002
YL261120001' columns ticket at 12:00 ticket-list --format csv
	prints 'YL261120003
YL261120002
YL261120001' columns ticket at 12:00 ticket-due --rule done --format csv
	prints 'YL261120003
YL261120002' columns ticket at 12:00 ticket-list --asked-again --format csv
	prints 'YL261120003
YL261120002' columns ticket at 12:00 ticket-due --asked-again --rule done --format csv
}

@test "what is due earlier stands first, however often somebody asks" {
	takes
	at 09:30 ticket-open -q --by lihua -k matter -u 3-1202 窗坏了 >/dev/null
	at 10:00 ticket-log -q 2 asked-again --by lihua
	prints 'YL261120001
YL261120002' columns ticket at 12:00 ticket-due --rule done --format csv
	prints 'YL261120001
YL261120002' columns ticket at 12:00 ticket-list --format csv
}

@test "a closed ticket is not asked about again: reopened, it is counted anew" {
	takes
	at 10:00 ticket-log -q 1 asked-again --by lihua
	at 11:00 ticket-log -q 1 withdrawn --by lihua --said-by 王女士 --channel phone
	refused 3 'ticket-log: YL261120001: it is closed: take it up again (`ticket-log YL261120001 reopened --reason WHY`), or open another about it (`ticket-open --about YL261120001`)' \
		at 11:30 ticket-log 1 asked-again --by lihua
	# what was asked before the closing is told afterwards
	prints 'YL261120001#4' at 11:30 ticket-log 1 asked-again --by lihua --at 10:59
	at 12:00 ticket-log -q 1 reopened --by lihua --reason 还是要修
	run at 12:01 ticket-show 1
	[[ $output != *'has asked again'* ]]
	at 12:02 ticket-log -q 1 asked-again --by lihua
	run at 12:03 ticket-show 1
	[[ $output == *'the household has asked again 1 time, last 2026-11-20 12:02 (#6)'* ]]
	at 13:00 ticket-log -q 1 voided --by lihua --reason 误记
	refused 3 'ticket-log: YL261120001: it is voided already: asked-again is not possible' at 13:01 ticket-log 1 asked-again --by lihua
	ledger-check -q --now '2026-11-20 14:00'
}

@test "a customer's file is not asked about, withdrawn or unneeded" {
	at 09:00 customer-log -q opened 3-1201 --name 王女士 >/dev/null
	refused 3 'customer-log: 3-1201: asked-again is about a ticket: this is the file of a customer' at 09:01 customer-log asked-again 3-1201 --by lihua
	refused 3 'customer-log: 3-1201: withdrawn is about a ticket: this is the file of a customer' \
		at 09:01 customer-log withdrawn 3-1201 --by lihua --set said-by=王女士 --set channel=phone
	refused 3 'customer-log: 3-1201: unneeded is about a ticket: this is the file of a customer' \
		at 09:01 customer-log unneeded 3-1201 --by lihua --set said-by=王女士 --set found=已修好了
}

@test "withdrawn: closed without a slip, by whoever may record for households, saying who said so and how" {
	takes
	refused 3 'ticket-log: YL261120001: withdrawn is recorded by who may record for households (desk); wanggang may not: tell them' \
		at 09:10 ticket-log 1 withdrawn --by wanggang --said-by 王女士 --channel phone
	refused 3 'ticket-log: YL261120001: channel: missing' at 09:10 ticket-log 1 withdrawn --by lihua --said-by 王女士
	refused 3 'ticket-log: YL261120001: said-by: missing' at 09:10 ticket-log 1 withdrawn --by lihua --channel phone
	prints 'YL261120001#2' at 09:30 ticket-log 1 withdrawn --by lihua --said-by 王女士 --channel phone
	prints 'there withdrawn
done withdrawn
head-told open' verdicts 09:31
	prints 'closed' columns state at 09:31 ticket-list --state all --format csv
	prints '' at 12:00 callback-due --within 1w
	run at 09:31 ticket-show 1
	[[ $output == *'  withdrawn  lihua via keeper'*'channel (Channel): phone'*'said-by (Said by): 王女士'* || $output == *'channel: phone'*'said-by: 王女士'* ]]
	# what a rule lets survive is owed all the same
	prints 'YL261120001#3' at 09:40 ticket-log 1 told --by lihua --set to=zhao
	prints 'there withdrawn
done withdrawn
head-told in time' verdicts 09:41
	refused 3 'ticket-log: YL261120001: withdrawn is recorded already, started cannot come after it [O-1]' at 09:50 ticket-log 1 started --by wanggang
	refused 3 'ticket-log: YL261120001: it is closed already: withdrawn is not possible' \
		at 09:50 ticket-log 1 withdrawn --by lihua --said-by 王女士 --channel phone
	ledger-check -q --now '2026-11-20 14:00'
}

@test "what was overdue when the household withdrew stays late" {
	takes
	at 10:00:01 ticket-log -q 1 withdrawn --by lihua --said-by 王女士 --channel phone --at 09:30 >/dev/null
	prints 'there LATE
done withdrawn
head-told open' verdicts 11:00
	run at 11:00 ticket-show 1
	[[ $output == *'LATE, not done when withdrawn at 2026-11-20 09:30 (#2)'* ]]
}

@test "what is finished, closed or settled is not withdrawn" {
	takes
	at 09:30 ticket-log -q 1 finished --by wanggang --signature 王女士
	refused 3 'ticket-log: YL261120001: it is finished already: withdrawn is not possible' \
		at 09:40 ticket-log 1 withdrawn --by lihua --said-by 王女士 --channel phone
	refused 3 'ticket-log: YL261120001: it is finished already: unneeded is not possible' \
		at 09:40 ticket-log 1 unneeded --by wanggang --said-by 王女士 --found 已经修好
}

@test "a fact that is set right afterwards brings nothing back that the withdrawal ended" {
	takes
	at 09:30 ticket-log -q 1 withdrawn --by lihua --said-by 王女士 --channel phone
	at 09:40 ticket-log -q 1 reclassified --by lihua --set kind=other --reason 归类错了
	prints 'there withdrawn
done withdrawn
head-told open' verdicts 09:41
	ledger-check -q --now '2026-11-20 14:00'
}

@test "a pack may owe something after a withdrawal" {
	sed -i 's/after: closed, within/after: [closed, withdrawn], within/' policy/own.yaml
	takes
	at 09:30 ticket-log -q 1 withdrawn --by lihua --said-by 王女士 --channel phone
	prints 'call,2026-11-23T23:59:59+08:00' columns rule,due at 09:31 callback-due --within 1w --format csv
}

@test "unneeded: by who was there, with what was found and who was told, or why nobody was" {
	takes
	refused 3 'ticket-log: YL261120001: unneeded is recorded by who was there: lihua does not have it and is not of its department (`ticket-assign YL261120001 lihua`, or --by WORKER)' \
		at 09:30 ticket-log 1 unneeded --by lihua --found 门已修好 --said-by 王女士
	refused 3 'ticket-log: YL261120001: unneeded is recorded by who was there: sunli does not have it and is not of its department (`ticket-assign YL261120001 sunli`, or --by WORKER)' \
		at 09:30 ticket-log 1 unneeded --by sunli --found 门已修好 --said-by 王女士
	refused 3 'ticket-log: YL261120001: found: missing' at 09:30 ticket-log 1 unneeded --by wanggang --said-by 王女士
	refused 3 'ticket-log: YL261120001: said-by or reason: missing' at 09:30 ticket-log 1 unneeded --by wanggang --found 门已修好
	refused 3 'ticket-log: YL261120001: found says nothing: write what was found on site, in some words' \
		at 09:30 ticket-log 1 unneeded --by wanggang --found 无 --said-by 王女士
	refused 3 'ticket-log: YL261120001: say who of the household was told (--said-by NAME), or in some words why nobody (--reason WHY)' \
		at 09:30 ticket-log 1 unneeded --by wanggang --found 门已修好 --reason .
	prints 'YL261120001#2' at 09:30 ticket-log 1 unneeded --by wanggang --found 门已修好 --reason 家里没有人
	# who goes there is through with the work; nobody has started it
	prints 'there withdrawn
done in time
head-told open' verdicts 09:31
	prints '' at 12:00 callback-due --within 1w
	ledger-check -q --now '2026-11-20 14:00'
}

@test "whoever has the ticket finds it unneeded, too, and what ends late by it is late" {
	takes
	at 09:10 ticket-assign -q 1 sunli --by lihua
	at 17:30 ticket-log -q 1 unneeded --by sunli --found 门已修好 --said-by 王女士 --at 17:00:01
	prints 'there LATE
done LATE
head-told open' verdicts 17:31
	run at 17:31 ticket-show YL261120001
	[[ $output == *'done [O-6] 2026-11-20 17:00  LATE at 2026-11-20 17:00 (#3)'* ]]
}

@test "two desks that hear of one withdrawal agree; closed with a slip and withdrawn do not" {
	git init -q
	ledger-init -q --site YL
	takes
	git add -A
	git commit -qm one
	git clone -q . ../east
	(cd ../east && ledger-init -q --site EB && at 09:30 ticket-log -q YL261120001 withdrawn --by meizhen --said-by 王先生 --channel desk &&
		git add -A && git commit -qm east)
	at 09:20 ticket-log -q 1 withdrawn --by lihua --said-by 王女士 --channel phone
	git add -A
	git commit -qm west
	git pull -q --no-rebase ../east HEAD
	prints 'closed' columns state at 10:00 ticket-list --state all --format csv
	git reset -q --hard HEAD^
	git reset -q --hard "$(git log --format=%h --grep one)"
	at 09:20 ticket-log -q 1 finished --by wanggang --signature 王女士
	git add -A
	git commit -qm west
	git pull -q --no-rebase ../east HEAD
	prints 'disputed' columns state at 10:00 ticket-list --state all --format csv
}

@test "a reply that is promised when the ticket is opened is owed, whatever the packs say, until it is given" {
	refused 3 'ticket-open: promised: the promised time is earlier than the promise' \
		at 09:00 ticket-open -q --by lihua -k matter 门坏了 --promised 08:59
	takes --promised 11:00
	prints 'promised-at-opening,2026-11-20T11:00:00+08:00,replied,kefu' columns deadline,due,until,clause at 09:30 ticket-due --rule kefu --format csv
	at 09:40 ticket-log -q 1 withdrawn --by lihua --said-by 王女士 --channel phone --dry-run >/dev/null
	refused 3 'ticket-log: YL261120001: the promised reply says something: replied needs the field text [kefu]' at 10:00 ticket-log 1 replied --by lihua
	keep "$file"
	at 11:00 ticket-log -q 1 replied --by lihua -t 下午来修
	run at 12:00 ticket-show 1
	[[ $output == *'promised-at-opening'*'[kefu] 2026-11-20 11:00  in time at 2026-11-20 11:00 (#2)'* ]]
	put_back "$file"
	at 11:00:01 ticket-log -q 1 replied --by lihua -t 下午来修
	run at 12:00 ticket-show 1
	[[ $output == *'[kefu] 2026-11-20 11:00  LATE at 2026-11-20 11:00 (#2)'* ]]
	prints '' columns deadline at 12:00 ticket-due --rule kefu --format csv
	ledger-check -q --now '2026-11-20 14:00'
}

@test "a promised reply is owed after the ticket is closed, and not after it is withdrawn" {
	takes --promised 11:00
	at 09:30 ticket-close -q 1 --by lihua -r 修好了 --signature 王女士 --receipt S-1
	prints 'promised-at-opening' columns deadline at 09:31 ticket-due --rule kefu --format csv
	at 09:40 ticket-log -q 1 replied --by lihua -t 已经修好
	prints '' columns deadline at 09:41 ticket-due --rule kefu --format csv
	takes --promised 11:00
	at 09:50 ticket-log -q 2 withdrawn --by lihua --said-by 王女士 --channel phone
	prints '' columns deadline at 09:51 ticket-due --rule kefu --format csv
}

@test "a pack with a rule of its own for the promise takes the place of the common one, and one that replaces the clause does without" {
	sed -i '/^deadlines:/a\  - {rule: own-promise, at: opened.promised, until: [replied, told], clause: O-10}' policy/own.yaml
	sed -i '/^steps:/a\  - {step: replied, by: desk, clause: O-10}' policy/own.yaml
	takes --promised 11:00
	prints 'there
own-promise' columns deadline at 09:30 ticket-due --within 2h --format csv
	sed -i '/own-promise/d; /step: replied/d; s/^source: own/&\nreplaces: [kefu]/' policy/own.yaml
	takes --promised 10:30
	prints 'there
there' columns deadline at 09:50 ticket-due --within 1h --format csv
	refused 3 'ticket-log: YL261120002: the policy has no step "replied" for this matter (its steps for this kind: started)' \
		at 09:51 ticket-log 2 replied --by lihua -t 下午来修
}

@test "a complaint about a ticket is shown by both" {
	takes
	refused 3 'ticket-open: links: there is no ticket YL261120009' at 10:00 ticket-open -q --by lihua -k other 投诉维修太慢 --about 9
	prints YL261120002 at 10:00 ticket-open -q --by lihua -k other 投诉维修太慢 --about 1
	run at 10:01 ticket-show 1
	[[ $output == *$'Linked\n  YL261120002  open  other  '*'投诉维修太慢'* ]]
	run at 10:01 ticket-show 2
	[[ $output == *$'Linked\n  YL261120001  open  matter  '*'门坏了'* ]]
	ledger-check -q --now '2026-11-20 14:00'
}

@test "a slip of the pen is put right by who made it, the same day, in one step and without anybody else" {
	takes
	refused 3 'ticket-log: YL261120001: reclassified is recorded by the role head, or by whoever recorded today what it mends; meizhen does not have it, and did not [O-4]' \
		at 09:30 ticket-log 1 reclassified --by meizhen --set kind=other --reason 归类错了
	prints 'YL261120001#2' at 09:30 ticket-log -q 1 reclassified --by lihua --set kind=other --set department=security --reason 归类错了
	prints 'YL261120001#3' at 23:59 ticket-log 1 corrected --by lihua --set fields.customer.unit=3-1202 --set fields.department=engineering --reason 房号听错
	prints 'other,3-1202' columns kind,unit at 23:59 ticket-list --format csv
	# deadlines have followed
	[[ $(sed -n 's/^  - {*id: //p; s/^- id: //p' "$file") == *other-done* ]]
	for who in lihua meizhen; do
		refused 3 "ticket-log: YL261120001: corrected is recorded by the role head, or by whoever recorded today what it mends; $who does not have it, and did not [O-4]" \
			at '2026-11-21 00:00' ticket-log YL261120001 corrected --by "$who" --set fields.customer.unit=3-1203 --reason 房号听错
	done
	# nor by saying that it happened yesterday
	refused 3 'ticket-log: YL261120001: corrected is recorded by the role head, or by whoever recorded today what it mends; lihua does not have it, and did not [O-4]' \
		at '2026-11-21 00:00' ticket-log YL261120001 corrected --by lihua --at '2026-11-20 23:59' --set fields.customer.unit=3-1203 --reason 房号听错
	prints 'YL261120001#4' at '2026-11-21 08:00' ticket-log YL261120001 corrected --by zhao --set fields.customer.unit=3-1203 --reason 房号听错
	ledger-check -q --now '2026-11-21 14:00'
}

@test "what others recorded is theirs to mend" {
	takes
	at 09:30 ticket-log -q 1 finished --by wanggang --signature 王女士 --opinion 满意
	refused 3 'ticket-log: YL261120001: corrected is recorded by the role head, or by whoever recorded today what it mends; lihua does not have it, and did not [O-4]' \
		at 09:40 ticket-log 1 corrected --by lihua --set fields.opinion=不满意 --reason 记错
	prints 'YL261120001#3' at 09:40 ticket-log 1 corrected --by wanggang --set fields.opinion=不满意 --reason 记错
	# the unit is the opening's
	refused 3 'ticket-log: YL261120001: corrected is recorded by the role head, or by whoever recorded today what it mends; wanggang does not have it, and did not [O-4]' \
		at 09:50 ticket-log 1 corrected --by wanggang --set fields.customer.unit=3-1202 --reason 记错
	# nor is what either corrected before the other's to answer for
	prints 'YL261120001#4' at 09:55 ticket-log 1 corrected --by lihua --set fields.customer.unit=3-1202 --reason 房号听错
	prints 'YL261120001#5' at 09:56 ticket-log 1 corrected --by wanggang --set fields.opinion=一般 --reason 记错
	prints '3-1202' columns unit at 09:57 ticket-list --format csv
	ledger-check -q --now '2026-11-20 10:00'
}

@test "all of it is there with every pack" {
	local pack kind
	while read -r pack kind; do
		ledger-init -q "$pack" --pack "$pack" --site YL --person keeper --test --now '2026-01-05 08:00'
		(
			cd "$pack"
			at 09:00 ticket-open -q -k "$kind" -u 3-1201 -n 王女士 -p 13900010001 --channel phone --set first-asked=keeper \
				--promised 11:00 --text 楼道里有问题 >/dev/null
			at 09:01 ticket-open -q -k "$kind" -u 3-1201 -n 王女士 -p 13900010001 --channel phone --set first-asked=keeper \
				--about 1 --text 又有问题 >/dev/null
			at 09:02 ticket-log -q 1 asked-again >/dev/null
			prints 'YL261120001,promised-at-opening' columns ticket,deadline at 09:30 ticket-due --rule kefu --format csv
			at 09:30 ticket-log -q 1 replied -t 今天来看 >/dev/null
			at 09:31 ticket-log -q 1 withdrawn --said-by 王女士 --channel phone >/dev/null
			at 09:32 ticket-log -q 2 unneeded --found 现场没有问题 --said-by 王女士 >/dev/null
			prints 'YL261120001,closed
YL261120002,closed' columns ticket,state at 09:33 ticket-list --state all --format csv
			prints '' at 09:34 ledger-check -q
		)
	done <<-'END'
		complaint-handling complaint
		garden complaint
		mall complaint
		product-callback installation
		resident-centre complaint
		satisfaction complaint
		service-rules complaint
		vanke complaint
		zhuhai-estate complaint
		zhuhai-service complaint
	END
}

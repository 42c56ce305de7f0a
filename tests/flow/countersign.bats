#!/usr/bin/env bats
# Steps that count only when others have signed them: each by an own login, on paper where the rule says so, outsiders beside.
# 20 November 2026 is a Friday.
load ../helper
load ../users

setup_file() {
	cat >"$BATS_FILE_TMPDIR/own.yaml" <<-'END'
		pack: own
		title: Own
		source: own
		roles:
		  - {role: desk, title: Desk, records-for-others: true}
		  - {role: worker, title: Worker}
		  - {role: department-head, title: Head of a department}
		  - {role: centre-head, title: Head of the centre}
		  - {role: supervisor, title: Supervisor}
		hours: [{hours: desk, days: working, open: ["08:00-12:00", "14:00-18:00"], business: true}]
		kinds: [{kind: matter, title: Matter}, {kind: building, title: Building}]
		categories:
		  - {category: pipe, kind: matter, title: Pipe, department: engineering}
		  - {category: site, kind: building, title: Site}
		steps:
		  - {step: opened, kind: matter, by: desk, clause: S-1}
		  - step: finished
		    kind: matter
		    by: [desk, worker, department-head]
		    needs: [work]
		    countersign: [{head-of: department}, {role: [centre-head, supervisor]}]
		    title: the slip is signed by both heads
		    clause: S-2
		  - {step: closed, kind: matter, by: desk, after: finished, clause: S-3}
		  - {step: limit-set, kind: building, by: department-head, needs: [answer-by], countersign: [{role: department-head, department: other}], title: two departments agree on the limit, clause: S-4}
		  - {step: accepted, kind: building, by: desk, needs: [text], countersign: [{role: centre-head}, {role: supervisor}], paper: true, outsiders: [household, contractor], title: the work is accepted, clause: S-5}
		deadlines:
		  - {rule: finish, kind: matter, start: opened, until: finished, within: 24 h, clause: S-6}
		  - {rule: settle, kind: matter, start: finished, until: closed, within: 24 h, clause: S-7}
		  - {rule: sign, kind: matter, start: proposed, until: [finished, declined], within: 12 h, clause: S-8}
	END
	cd "$BATS_FILE_TMPDIR" || return
	ledger-init ledger --pack ./own.yaml --site YL --person keeper --test --now '2026-01-05 08:00'
	local person id role department
	for person in lihua:desk: wanggang:worker:engineering zhaoqiang:department-head:engineering \
		sunli:department-head:security huang:department-head:engineering qianjin:centre-head: gaoxia:supervisor:; do
		IFS=: read -r id role department <<<"$person"
		staff-log -C ledger -q --now '2026-01-05 08:00' joined "$id" --name x --role "$role" \
			${department:+--department "$department"} >/dev/null
	done
}

# shellcheck disable=SC2034 # for at, of helper.bash
day=2026-11-20

# proposed: a ticket whose slip the desk hands in at half past nine
proposed() {
	at 09:00 ticket-open -q --by lihua -k matter -c pipe -u 3-1201 水管漏水 >/dev/null
	at 09:30 ticket-log -q 1 finished --by lihua -w wanggang --work 换了阀门 "$@" >/dev/null
}

@test "a step that awaits signatures says whose, and counts for nothing until the last has signed" {
	at 09:00 ticket-open -q --by lihua -k matter -c pipe -u 3-1201 水管漏水
	run --separate-stderr at 09:30 ticket-log 1 finished --by lihua -w wanggang --work 换了阀门
	status_is 0
	output_is 'YL261120001#2'
	errors_are 'ticket-log: YL261120001: finished counts when it is signed by the head of engineering (zhaoqiang, huang) [S-2] and centre-head or supervisor (qianjin, gaoxia) [S-2]: ticket-log YL261120001 signed --of=2'
	refused 3 'ticket-close: YL261120001: closed needs finished first, which (#2) awaits the signature of the head of engineering (zhaoqiang, huang) [S-2] and centre-head or supervisor (qianjin, gaoxia) [S-2] [S-3]' \
		at 09:40 ticket-close 1 --by lihua -r 好了
	prints 'YL261120001#3' at 10:00 ticket-log -q 1 signed --by zhaoqiang
	refused 3 'ticket-close: YL261120001: closed needs finished first, which (#2) awaits the signature of centre-head or supervisor (qianjin, gaoxia) [S-2] [S-3]' \
		at 10:10 ticket-close 1 --by lihua -r 好了
	run --separate-stderr at 11:00 ticket-log 1 signed --of 2 --by gaoxia
	status_is 0
	output_is 'YL261120001#4'
	errors_are 'ticket-log: YL261120001: all have signed: finished is recorded as #5'
	# the step counts from the last signature, with all that follows from it
	ticket-show YL261120001 --format json >page.json
	run jq -cs '.[-1] | del(.site)' page.json
	output_is '{"event":"finished","seq":5,"at":"2026-11-20T11:00:00+08:00","by":"lihua","via":"keeper","workers":["wanggang"],"work":"换了阀门","signers":["zhaoqiang","gaoxia"],"proposal":2,"due":[{"id":"settle","rule":"settle","clause":"S-7","start":"2026-11-20T11:00:00+08:00","until":["closed"],"at":"2026-11-21T11:00:00+08:00"}]}'
	prints 'YL261120001#6' at 12:00 ticket-close -q 1 --by lihua -r 好了
	ledger-check -q
}

@test "a deadline that the step ends goes on until the last signature, and is late when that is" {
	proposed
	prints 'sign,,YL261120001,finished#2,3-1201,zhaoqiang,huang,signed,S-2,2026-11-20T09:30:00+08:00
sign,,YL261120001,finished#2,3-1201,qianjin,gaoxia,signed,S-2,2026-11-20T09:30:00+08:00
due,2026-11-20T21:30:00+08:00,YL261120001,sign,3-1201,,finished declined,S-8,2026-11-20T09:30:00+08:00
due,2026-11-21T09:00:00+08:00,YL261120001,finish,3-1201,,finished,S-6,2026-11-20T09:00:00+08:00' \
		columns status,due,ticket,deadline,unit,who,until,clause,start at 10:00 ticket-due --format csv
	at 10:00 ticket-log -q 1 signed --by zhaoqiang >/dev/null
	at '2026-11-21 09:00:01' ticket-log -q YL261120001 signed --by qianjin >/dev/null
	run -0 --separate-stderr at '2026-11-21 10:00' ticket-show YL261120001
	[[ $output == *'finish [S-6] 2026-11-21 09:00  LATE at 2026-11-21 09:00 (#5)'* ]]
}

@test "who has to sign sees it in ticket-due and ticket-list, until they have; ticket-show says since when" {
	proposed
	run -0 --separate-stderr at 10:00 ticket-due --for zhaoqiang
	output_is 'status  due                     ticket       deadline    unit    who              until   clause
sign    since 2026-11-20 09:30  YL261120001  finished#2  3-1201  zhaoqiang,huang  signed  S-2'
	prints 'YL261120001' columns ticket at 10:00 ticket-list --for zhaoqiang --format csv
	prints 'YL261120001' columns ticket at 10:00 ticket-list --for gaoxia --format csv
	prints '' columns ticket at 10:00 ticket-list --for sunli --format csv
	prints '' columns ticket at 10:00 ticket-due --for wanggang --format csv
	run -0 --separate-stderr at 10:00 ticket-show 1
	[[ $output == *$'\nfinished (#2) awaits signatures since 2026-11-20 09:30: the head of engineering (zhaoqiang, huang) [S-2] and centre-head or supervisor (qianjin, gaoxia) [S-2]\n'* ]]
	at 10:30 ticket-log -q 1 signed --by zhaoqiang >/dev/null
	prints '' columns ticket at 11:00 ticket-due --for zhaoqiang --rule S-2 --format csv
	prints '' columns ticket at 11:00 ticket-list --for zhaoqiang --format csv
	prints 'qianjin,gaoxia' columns who at 11:00 ticket-due --rule S-2 --format csv
	at 11:00 ticket-log -q 1 signed --by gaoxia >/dev/null
	prints '' columns who at 11:00 ticket-due --rule S-2 --format csv
	run -0 --separate-stderr at 11:00 ticket-show 1
	[[ $output != *'awaits signatures'* ]]
}

@test "one person signs once, and neither who recorded it nor the head of another department signs" {
	proposed
	refused 3 'ticket-log: YL261120001: #2 (finished) awaits the signature of the head of engineering (zhaoqiang, huang) [S-2] and centre-head or supervisor (qianjin, gaoxia) [S-2]; sunli is not' \
		at 10:00 ticket-log 1 signed --of 2 --by sunli
	at 10:00 ticket-log -q 1 signed --by zhaoqiang >/dev/null
	refused 3 'ticket-log: YL261120001: zhaoqiang has signed #2 already: another person has to sign it [S-2]' \
		at 10:30 ticket-log 1 signed --by zhaoqiang
	# another head of engineering, when that part is signed
	refused 3 'ticket-log: YL261120001: #2 (finished) awaits the signature of centre-head or supervisor (qianjin, gaoxia) [S-2]; huang is not' \
		at 10:30 ticket-log 1 signed --by huang
	at 10:40 ticket-log -q 1 signed --by gaoxia >/dev/null
	refused 3 'ticket-log: YL261120001: of: #2 does not await signatures (what does: nothing)' at 11:00 ticket-log 1 signed --of 2 --by qianjin
	refused 3 'ticket-log: YL261120001: nothing awaits signatures here' at 11:00 ticket-log 1 signed --by qianjin
	# who hands it in is no other person, whatever their role
	at 12:00 ticket-open -q --by lihua -k matter -c pipe -u 3-1202 漏水 >/dev/null
	at 12:01 ticket-log -q 2 finished --by zhaoqiang -w wanggang --work 换了 >/dev/null
	refused 3 'ticket-log: YL261120002: zhaoqiang recorded #2: another person has to sign it [S-2]' at 12:02 ticket-log 2 signed --by zhaoqiang
	at 12:03 ticket-log -q 2 signed --by huang >/dev/null
	ledger-check -q
}

@test "two signers who could take each other's part both sign, whoever comes first" {
	staff-log -q --now '2026-11-20 08:00' changed gaoxia --role supervisor --role department-head --department engineering >/dev/null
	proposed
	at 10:00 ticket-log -q 1 signed --by gaoxia >/dev/null
	at 10:01 ticket-log -q 1 signed --by zhaoqiang >/dev/null
	run jq -cs '.[-1].signers' <(ticket-show YL261120001 --format json)
	output_is '["zhaoqiang","gaoxia"]'
}

@test "the deputy of an absent head signs, and of whoever recorded it nobody" {
	staff-log -q --now '2026-11-20 08:00' absent qianjin --from 2026-11-20 --until 2026-11-25 --deputy sunli >/dev/null
	proposed
	prints 'sunli,gaoxia' columns who at 10:00 ticket-due --for gaoxia --rule S-2 --format csv
	prints 'YL261120001' columns ticket at 10:00 ticket-list --for sunli --format csv
	at 10:00 ticket-log -q 1 signed --by sunli >/dev/null
	at 10:01 ticket-log -q 1 signed --by huang >/dev/null
	run jq -rs '.[-1].event' <(ticket-show YL261120001 --format json)
	output_is finished
}

@test "a matter without a department has no head who could sign" {
	at 09:00 ticket-open -q --by lihua -k building -c site -u 3-1201 外墙 >/dev/null
	at 09:00 ticket-log -q 1 reclassified --by keeper --set kind=matter --set category=pipe --reason x >/dev/null
	at 09:01 ticket-open -q --by lihua -k matter -u 3-1201 -c pipe x >/dev/null
	sed -i '/^department:/d' tickets/2026/11/YL261120002.yaml
	refused 3 'ticket-log: YL261120002: the slip is signed by both heads: finished is signed by the head of the department, and it has none yet: give it one with ticket-assign --department [S-2]' \
		at 09:30 ticket-log 2 finished --by lihua -w wanggang --work x
}

@test "what was refused is refused before anybody is asked to sign" {
	at 09:00 ticket-open -q --by lihua -k matter -c pipe -u 3-1201 水管漏水 >/dev/null
	refused 3 'ticket-log: YL261120001: the slip is signed by both heads: finished needs the field work [S-2]' \
		at 09:30 ticket-log 1 finished --by lihua -w wanggang
}

@test "whoever is asked may decline with a reason; then it is proposed again, and all sign that" {
	proposed
	at 10:00 ticket-log -q 1 signed --by zhaoqiang >/dev/null
	refused 3 'ticket-log: YL261120001: reason: missing' at 10:01 ticket-log 1 declined --by gaoxia
	refused 3 'ticket-log: YL261120001: #2 (finished) awaits the signature of centre-head or supervisor (qianjin, gaoxia) [S-2]; sunli is not' \
		at 10:01 ticket-log 1 declined --by sunli --reason 不对
	prints 'YL261120001#4' at 10:02 ticket-log -q 1 declined --by gaoxia --reason 材料不对
	refused 3 'ticket-log: YL261120001: of: #2 does not await signatures (what does: nothing)' at 10:03 ticket-log 1 signed --of 2 --by qianjin
	prints '' columns who at 10:03 ticket-due --rule S-2 --format csv
	at 10:10 ticket-log -q 1 finished --by lihua -w wanggang --work 换了阀门和垫片 >/dev/null
	prints 'signed,zhaoqiang,huang
signed,qianjin,gaoxia' columns until,who at 10:11 ticket-due --rule S-2 --format csv
	ledger-check -q
}

@test "who proposes it again changes it: the signatures under the other text are none" {
	proposed
	at 10:00 ticket-log -q 1 signed --by zhaoqiang >/dev/null
	run --separate-stderr at 10:10 ticket-log 1 finished --by lihua -w wanggang --work 换了阀门和垫片
	[[ $stderr == *'it takes the place of #2, which awaited signatures: whoever signed that signs again'* ]]
	refused 3 'ticket-log: YL261120001: of: #2 does not await signatures (what does: #4 finished)' at 10:11 ticket-log 1 signed --of 2 --by gaoxia
	at 10:11 ticket-log -q 1 signed --by gaoxia >/dev/null
	prints 'zhaoqiang,huang' columns who at 10:11 ticket-due --rule S-2 --format csv
	at 10:12 ticket-log -q 1 signed --by zhaoqiang >/dev/null
	run jq -cs '.[-1] | .work, .proposal, .signers' <(ticket-show YL261120001 --format json)
	output_is '"换了阀门和垫片"
4
["zhaoqiang","gaoxia"]'
}

@test "a correction of what was signed counts when all have signed it again" {
	proposed
	at 10:00 ticket-log -q 1 signed --by zhaoqiang >/dev/null
	at 10:01 ticket-log -q 1 signed --by gaoxia >/dev/null
	run --separate-stderr at 11:00 ticket-log 1 corrected --by lihua --set fields.work=换了垫片 --reason 写错了
	status_is 0
	errors_are 'ticket-log: YL261120001: corrected counts when it is signed by the head of engineering (zhaoqiang, huang) [S-2] and centre-head or supervisor (qianjin, gaoxia) [S-2]: ticket-log YL261120001 signed --of=6'
	run -0 --separate-stderr at 11:00 ticket-show 1
	[[ $output != *'corrected: work'* ]]
	at 11:01 ticket-log -q 1 signed --by huang >/dev/null
	prints 'YL261120001#8' at 11:02 ticket-log -q 1 signed --by qianjin
	run -0 --separate-stderr at 11:03 ticket-show 1
	[[ $output == *'corrected: work 换了垫片'* ]]
	# what nobody signed is corrected at once
	prints 'YL261120001#10' at 11:10 ticket-log -q 1 corrected --by lihua --set fields.customer.name=王女士 --reason 漏写
	ledger-check -q
}

@test "two departments together: a head of another one signs, no second head of the same" {
	at 09:00 ticket-open -q --by lihua -k building -c site -u 3-1201 外墙 >/dev/null
	run --separate-stderr at 09:10 ticket-log 1 limit-set --by zhaoqiang --set answer-by='2026-12-01 18:00'
	errors_are 'ticket-log: YL261120001: limit-set counts when it is signed by department-head of another department (sunli) [S-4]: ticket-log YL261120001 signed --of=2'
	refused 3 'ticket-log: YL261120001: #2 (limit-set) awaits the signature of department-head of another department (sunli) [S-4]; huang is not' \
		at 09:20 ticket-log 1 signed --by huang
	prints 'YL261120001#3' at 09:30 ticket-log -q 1 signed --by sunli
}

@test "on paper names do where the rule says so; outsiders are named beside; what is missing is awaited" {
	at 09:00 ticket-open -q --by lihua -k building -c site -u 3-1201 外墙 >/dev/null
	refused 3 'ticket-log: YL261120001: the work is accepted: the household signs accepted: say in signature who did [S-5]' \
		at 09:10 ticket-log 1 accepted --by lihua -t 好 --set contractor=张师傅
	refused 3 'ticket-log: YL261120001: the work is accepted: the contractor signs accepted: say in contractor who did [S-5]' \
		at 09:10 ticket-log 1 accepted --by lihua -t 好 --signature 王女士
	refused 3 'ticket-log: YL261120001: the work is accepted: signed-by: it is signed by centre-head (qianjin) and supervisor (gaoxia); sunli is not, or not besides the others [S-5]' \
		at 09:10 ticket-log 1 accepted --by lihua -t 好 --signature 王女士 --set contractor=张师傅 --set signed-by=sunli
	prints 'YL261120001#2' at 09:10 ticket-log -q 1 accepted --by lihua -t 好 --signature 王女士 --set contractor=张师傅 --set signed-by=qianjin --set signed-by=gaoxia
	run jq -cs '.[-1] | .event, ."signed-by", .signature, .contractor' <(ticket-show YL261120001 --format json)
	output_is '"accepted"
["qianjin","gaoxia"]
"王女士"
"张师傅"'
	# one on paper, the other by an own login
	at 10:00 ticket-log -q 1 accepted --by lihua -t 又好 --signature 王女士 --set contractor=张师傅 --set signed-by=qianjin >/dev/null
	prints 'gaoxia' columns who at 10:01 ticket-due --rule S-5 --format csv
	prints 'YL261120001#4' at 10:02 ticket-log -q 1 signed --by gaoxia
	# a correction of what was signed on paper is signed again, on paper too
	prints 'YL261120001#6' at 10:10 ticket-log -q 1 corrected --by keeper --set of=2 --set fields.contractor=李师傅 --set fields.signed-by=qianjin --set fields.signed-by=gaoxia --reason 漏字
	ledger-check -q
}

@test "paper does not do where the rule does not say so, and nowhere without a rule" {
	at 09:00 ticket-open -q --by lihua -k matter -c pipe -u 3-1201 水管漏水 >/dev/null
	refused 3 'ticket-log: YL261120001: the slip is signed by both heads: signed-by: a signature on paper does not count here: everybody signs by an own login, after it is recorded [S-2]' \
		at 09:30 ticket-log 1 finished --by lihua -w wanggang --work x --set signed-by=zhaoqiang --set signed-by=gaoxia
	refused 3 'ticket-log: YL261120001: signed-by: no rule asks for signatures under voided here' \
		at 09:30 ticket-log 1 voided --by lihua --reason x --set signed-by=zhaoqiang
}

@test "a retry finds the step that awaits signatures, and the signature that had it recorded; a dry run writes nothing" {
	at 09:00 ticket-open -q --by lihua -k matter -c pipe -u 3-1201 水管漏水 >/dev/null
	slip=(ticket-log -q 1 finished --by lihua -w wanggang --work 换了阀门)
	run -0 --separate-stderr at 09:30 "${slip[@]}" --dry-run
	[[ $output == $'---\nevent: proposed\nseq: 2\n'*$'\nawaits:\n'* ]]
	[[ $(grep -c '^event:' tickets/2026/11/YL261120001.yaml) == 1 ]]
	prints 'YL261120001#2' at 09:30 "${slip[@]}" --request-id r1
	prints 'YL261120001#2' at 09:31 "${slip[@]}" --request-id r1
	refused 3 'ticket-log: YL261120001: --request-id: r1 was recorded as YL261120001#2 with other content: take another id for what is new' \
		at 09:31 ticket-log -q 1 finished --by lihua -w wanggang --work 别的 --request-id r1
	at 10:00 ticket-log -q 1 signed --by zhaoqiang >/dev/null
	prints 'YL261120001#4' at 10:01 ticket-log -q 1 signed --by gaoxia --request-id r2
	prints 'YL261120001#4' at 10:02 ticket-log -q 1 signed --by gaoxia --request-id r2
	[[ $(grep -c '^event:' tickets/2026/11/YL261120001.yaml) == 5 ]]
}

@test "nobody says by hand what signing says" {
	proposed
	refused 3 'ticket-log: signers: kefu fills this field in by itself (allowed: workers, work, materials, requisition, start, end, hours, labour, material, charge, receipt, signature, opinion, phone-seen, checked-by, items, contractor, signed-by, result, reason, text, checked, unchecked)' \
		at 10:00 ticket-log 1 finished --by lihua --work x --set signers=zhaoqiang
	refused 3 'ticket-log: proposal: kefu fills this field in by itself (allowed: workers, work, materials, requisition, start, end, hours, labour, material, charge, receipt, signature, opinion, phone-seen, checked-by, items, contractor, signed-by, result, reason, text, checked, unchecked)' \
		at 10:00 ticket-log 1 finished --by lihua --work x --set proposal=2
	refused 3 'ticket-log: awaits: kefu fills this field in by itself (allowed: step, fields)' at 10:00 ticket-log 1 proposed --by lihua --set awaits=x
	refused 3 'ticket-log: YL261120001: record the step itself: where others have to sign it, it is proposed' at 10:00 ticket-log 1 proposed --by lihua --set step=closed
}

@test "a proposal whose fields are none is damage, and awaits nothing" {
	proposed
	perl -0pi -e 's/fields:\n  workers:\n    - wanggang\n  work: [^\n]*/fields: x/' tickets/2026/11/YL261120001.yaml
	grep -qx 'fields: x' tickets/2026/11/YL261120001.yaml
	refused 3 'ticket-log: YL261120001: nothing awaits signatures here' at 10:00 ticket-log 1 signed --by zhaoqiang
	run -1 --separate-stderr ledger-check -q --format tsv --no-header
	[[ $(cut -f 1,5 <<<"$output") == schema*'fields: '* ]]
}

@test "the ticket that is voided or opened again awaits no signature any more" {
	proposed
	at 10:00 ticket-log -q 1 voided --by lihua --reason 重复 >/dev/null
	prints '' columns who at 10:01 ticket-due --format csv
	refused 3 'ticket-log: YL261120001: it is voided already: signed is not possible' at 10:02 ticket-log 1 signed --of 2 --by gaoxia
}

@test "in a ledger that is not for tests everybody signs by an own login" {
	needs_users
	mkdir "$public/ledger" && chmod 777 "$public/ledger"
	as root ledger-init "$public/ledger" --pack "$BATS_FILE_TMPDIR/own.yaml" --site YL --person root -q
	as root staff-log -C "$public/ledger" -q joined lihua --name x --role desk >/dev/null
	as root staff-log -C "$public/ledger" -q joined wang --name x --role department-head --department engineering --login mail >/dev/null
	as root staff-log -C "$public/ledger" -q joined gao --name x --role supervisor >/dev/null
	id=$(as root ticket-open -C "$public/ledger" -q --by lihua -k matter -c pipe -u 3-1201 水管漏水)
	as root ticket-log -C "$public/ledger" -q "$id" finished --by lihua --work 换了 >/dev/null
	run -3 --separate-stderr as root ticket-log -C "$public/ledger" "$id" signed --by wang
	errors_are "ticket-log: $id: everybody signs by an own login: wang records it, without --by [S-2]"
	# the login that recorded it for another is no other person
	run -3 --separate-stderr as root ticket-log -C "$public/ledger" "$id" signed
	errors_are "ticket-log: $id: root recorded #2: another person has to sign it [S-2]"
	as root chmod -R a+rwX "$public/ledger"
	run -0 --separate-stderr as mail ticket-log -C "$public/ledger" -q "$id" signed
	output_is "$id#3"
	users_gone
}

@test "two clones have it signed by one each: what was signed by all waits for one of them to sign once more" {
	git init -q -b main . && ledger-init --site YL -q
	proposed
	git add . && git commit -qm begin
	git clone -q . ../eb
	(cd ../eb && ledger-init --site EB -q && git commit -qam 'site EB')
	git pull -q ../eb main
	at 10:00 ticket-log -q 1 signed --by zhaoqiang >/dev/null
	git commit -qam yl
	(cd ../eb && at 10:05 ticket-log -q YL261120001 signed --by gaoxia >/dev/null && git commit -qam eb)
	git pull -q --no-rebase --no-edit ../eb main
	prints 'zhaoqiang,huang
qianjin,gaoxia' columns who at 11:00 ticket-due --rule S-2 --format csv
	run -0 --separate-stderr at 11:00 ticket-show 1
	[[ $output == *'finished (#2) awaits signatures since 2026-11-20 09:30: all have signed, in two clones: one of them signs once more'* ]]
	refused 3 'ticket-close: YL261120001: closed needs finished first, which (#2) awaits the signature of somebody who has signed it, once more [S-3]' \
		at 11:00 ticket-close 1 --by lihua -r 好了
	at 11:01 ticket-log -q 1 signed --by gaoxia >/dev/null
	run jq -cs '.[-1] | .event, .at, .signers' <(ticket-show YL261120001 --format json)
	output_is '"finished"
"2026-11-20T11:01:00+08:00"
["zhaoqiang","gaoxia"]'
	ledger-check -q
}

@test "ledger-check: a step that says other than what was signed, that nobody signed, a signature of nobody who was asked" {
	proposed
	at 10:00 ticket-log -q 1 signed --by zhaoqiang >/dev/null
	at 10:01 ticket-log -q 1 signed --by gaoxia >/dev/null
	file=tickets/2026/11/YL261120001.yaml
	cp "$file" whole
	# the second time that the text stands there
	perl -0pi -e 's/(换了阀门.*)换了阀门/$1换了别的/s' "$file"
	run -1 --separate-stderr ledger-check -q --format tsv --no-header
	[[ $(cut -f 1,5 <<<"$output") == wrong-signature*'proposal: what is recorded is not what #2 says, which was signed' ]]
	cp whole "$file" && sed -i 's/^by: zhaoqiang/by: sunli/' "$file"
	run -1 --separate-stderr ledger-check -q --format tsv --no-header
	[[ $output == *wrong-signature*'of: sunli was not among those whose signatures #2 awaited'*wrong-signature*'#2 was not signed by the head of engineering'* ]]
	cp whole "$file" && sed -i 's/^proposal: 2/proposal: 3/' "$file"
	run -1 --separate-stderr ledger-check -q --format tsv --no-header
	[[ $(cut -f 1,5 <<<"$output") == dangling-reference*'proposal: #3 proposes no step' ]]
}

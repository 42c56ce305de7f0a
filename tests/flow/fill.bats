#!/usr/bin/env bats
# What the ledger knows is not typed again: rules of steps say where a field comes from that a document does not say; evidence is
# never filled in. 20 November 2026 is a Friday.
load ../helper

setup_file() {
	cat >"$BATS_FILE_TMPDIR/own.yaml" <<-'END'
		pack: own
		title: Own
		source: own
		roles:
		  - {role: desk, title: Desk, records-for-others: true}
		  - {role: worker, title: Worker}
		kinds: [{kind: matter, title: Matter}]
		match:
		  paid: {properties: {charging: {const: paid}}, required: [charging]}
		steps:
		  - {step: issued, needs: [workers], clause: F-1}
		  - {step: quoted, needs: [price], clause: F-1}
		  - {step: started, by: [desk, worker], clause: F-1}
		  - {step: finished, needs: [workers, start, end], fill: [[workers, issued.workers], [workers, by], [start, started.at], [end, at]], clause: F-2}
		  - {step: finished, if: paid, needs: [charge], fill: [[charge, quoted.price]], at-most: [[charge, quoted.price]], clause: F-3}
		  - {step: passed, needs: [to, department], fill: [[to, assignee], [department, department]], clause: F-4}
		  - {step: heard-told, needs: [to], fill: [[to, opened.first-asked]], equal: [[to, opened.first-asked]], clause: F-5}
	END
	cd "$BATS_FILE_TMPDIR" || return
	ledger-init ledger --pack ./own.yaml --site YL --person keeper --test --now '2026-01-05 08:00'
	staff-log -C ledger -q --now '2026-01-05 08:00' joined lihua --name x --role desk >/dev/null
	staff-log -C ledger -q --now '2026-01-05 08:00' joined wanggang --name x --role worker >/dev/null
	staff-log -C ledger -q --now '2026-01-05 08:00' joined sunli --name x --role worker >/dev/null
}

# shellcheck disable=SC2034 # for at, of helper.bash
day=2026-11-20
file=tickets/2026/11/YL261120001.yaml

takes() { at 09:00 ticket-open -q --by lihua -k matter -u 3-1201 门坏了 "$@" >/dev/null; }
# says FIELD...: those of the last document
says() {
	python3 - "$file" "$@" <<-'END'
		import sys
		import yaml
		last = list(yaml.load_all(open(sys.argv[1], encoding='utf-8'), yaml.BaseLoader))[-1]
		for field in sys.argv[2:]:
		    print(field, last.get(field))
	END
}

@test "the worker of the slip, when work began, when it ended and what was agreed on come from the ledger" {
	takes --charging paid
	at 09:10 ticket-log -q 1 issued --by lihua -w wanggang + quoted --price 80
	at 09:30 ticket-log -q 1 started --by wanggang
	prints 'YL261120001#5' at 11:00 ticket-log 1 finished --by wanggang --at 10:15
	prints "workers ['wanggang']
start 2026-11-20T09:30:00+08:00
end 2026-11-20T10:15:00+08:00
charge 80.00" says workers start end charge
	ledger-check -q --now '2026-11-20 12:00'
}

@test "what is typed stands, and of several sources the first that says something counts" {
	takes --charging paid
	at 09:10 ticket-log -q 1 quoted --by lihua --price 80 + started
	at 11:00 ticket-log -q 1 finished --by wanggang --start 09:20 --charge 70
	prints "workers ['wanggang']
start 2026-11-20T09:20:00+08:00
charge 70.00" says workers start charge
}

@test "where nothing is known, what is needed is asked for" {
	takes
	refused 3 'ticket-log: YL261120001: finished needs the field start [F-2]' at 11:00 ticket-log 1 finished --by wanggang
	refused 3 'ticket-log: YL261120001: passed needs the fields to, department [F-4]' at 11:00 ticket-log 1 passed --by lihua
	at 11:00 ticket-assign -q 1 sunli -d engineering --by lihua
	prints 'YL261120001#3' at 11:01 ticket-log 1 passed --by lihua
	prints 'to sunli
department engineering' says to department
}

@test "the clock of who was not there says nothing of when the work ended" {
	takes
	at 09:10 ticket-log -q 1 issued --by lihua -w wanggang + started
	refused 3 'ticket-log: YL261120001: finished needs the field end [F-2]' at 11:00 ticket-log 1 finished --by lihua
	prints 'YL261120001#4' at 11:00 ticket-log 1 finished --by lihua --end 10:30
	prints "workers ['wanggang']" says workers
}

@test "only a rule that applies fills in" {
	takes
	at 09:10 ticket-log -q 1 quoted --by lihua --price 80 + started
	at 11:00 ticket-log -q 1 finished --by wanggang
	prints 'charge None' says charge
}

@test "what is filled in is judged like what is typed: who has left is not named" {
	takes
	at 09:10 ticket-log -q 1 issued --by lihua -w wanggang + started
	staff-log -q --now '2026-11-20 10:00' left wanggang --reason 离职
	refused 3 'ticket-log: YL261120001: what is recorded does not hold any more, so type it yourself: workers: wanggang left on 2026-11-20' at 11:00 ticket-log 1 finished --by sunli --end 10:30
	refused 3 'ticket-log: YL261120001: workers: wanggang left on 2026-11-20' at 11:00 ticket-log 1 finished --by sunli --end 10:30 -w wanggang
	prints 'YL261120001#4' at 11:00 ticket-log 1 finished --by sunli -w sunli
}

@test "a retry is the same request, whatever was filled in" {
	takes
	at 09:10 ticket-log -q 1 started --by wanggang
	prints 'YL261120001#3' at 11:00 ticket-log 1 finished --by wanggang --request-id a-1
	prints 'YL261120001#3' at 11:00 ticket-log -q 1 finished --by wanggang --request-id a-1
	refused 3 'ticket-log: YL261120001: --request-id: a-1 was recorded as YL261120001#3 with other content: take another id for what is new' \
		at 11:00 ticket-log 1 finished --by wanggang --request-id a-1 --work 修门
}

@test "a pack that would fill in evidence, or what nobody knows, is refused with its place" {
	local entry says
	cp policy/own.yaml kept
	while IFS='|' read -r entry says; do
		sed "/^steps:/a\\  - {step: finished, fill: $entry, clause: X-1}" kept >policy/own.yaml
		refused 4 "policy-list: policy/own.yaml:11:$says [X-1]" policy-list
	done <<-'END'
		[[signature, opened.customer]]|30: fill: "signature" is evidence, which is told each time
		[[opinion, by]]|30: fill: "opinion" is evidence, which is told each time
		[[phone-seen, opened.phone-seen]]|30: fill: "phone-seen" is evidence, which is told each time
		[[materials, issued.materials]]|30: fill: "materials" is evidence, which is told each time
		[[promised, at]]|30: fill: "promised" is not a field of finished
		[[start, by]]|37: fill: "start" holds a time, and "by" is none
		[[workers, at]]|39: fill: "workers" holds no time, and "at" is none
		[[workers, somebody]]|39: fill: "somebody" is no source (allowed: STEP.FIELD, by, at, assignee, department)
		[[charge, issued.workers]]|38: fill: "issued.workers" is no field for an amount
		[[start, nobody.at]]|37: fill: "nobody.at" is neither a field of finished nor one of a step nobody: no entry under steps names that
	END
}

@test "what the opening said holds after a reopening, which does not say it again" {
	takes --set first-asked=wanggang
	at 09:10 ticket-log -q 1 finished --by wanggang -w wanggang --start 09:00 --end 09:10
	at 09:20 ticket-log -q 1 reopened --by lihua --reason 仍坏
	refused 3 'ticket-log: YL261120001: to must be the same as opened.first-asked [F-5]' \
		at 09:30 ticket-log 1 heard-told --by lihua --set to=sunli
	prints 'YL261120001#4' at 09:30 ticket-log 1 heard-told --by lihua
	prints 'to wanggang' says to
}

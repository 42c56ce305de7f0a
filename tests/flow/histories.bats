#!/usr/bin/env bats
# What random histories (tests/conformance/histories) have brought to light: where commands and manual once differed.
load ../helper

# A ledger of the pack desk.yaml, a repair in it, and the same ledger as another clone has it.
setup() {
	test_begins || return
	cat >house.yaml <<'END'
pack: house
title: house
source: house
steps:
  - {step: finished, after: [started], clause: house-1}
END
	day=2026-11-02
	ledger "$root/tests/flow/desk.yaml" --person keeper --now '2026-11-01 08:00' "$@"
	staff-log -q --now '2026-11-01 08:00' joined wanggang --name 王刚 --role worker >/dev/null
	at 09:00 ticket-open -q -k repair -s ordinary -c lamp -u 3-1201 -t 灯不亮 >/dev/null
	form=tickets/2026/11/YL261102001.yaml
	cp -r . ../other
	sed -i 's/^  - YL$/&\n  - EB/' kefu.yaml ../other/kefu.yaml
	echo EB >../other/.kefu/site
}

elsewhere() { (cd ../other && at "$@"); }
meet() { ledger-merge -q "$form" "../other/$form"; }
owed() { ticket-show YL261102001 --now "$day 20:00" | sed -n '/^Deadlines/,/^What happened/p' | grep '^  '; }

@test "a step that names a team does not assign the ticket to it" {
	at 10:00 ticket-assign 1 --team night
	at 10:01 ticket-log 1 started --set team=day
	run columns team ticket-list --format csv
	output_is night
}

@test "reopened, a ticket is nobody's and no team's" {
	at 10:00 ticket-assign 1 wanggang --team night
	at 10:01 ticket-close 1 --result 好了
	at 10:02 ticket-log 1 reopened --reason 又坏了
	run columns assignee,team,cycle ticket-list --format csv
	output_is ',,2'
}

@test "a reopening ends what the other clone set before it, too" {
	at 10:00 ticket-close 1 --result 好了
	cp "$form" "../other/$form"
	at 11:00 ticket-log 1 told --set to=keeper
	at 11:01 ticket-log 1 reopened --reason 又坏了
	elsewhere 10:30 ticket-log YL261102001 reclassified --set category=drain --reason 看错
	meet
	run owed
	[[ $output == *'done [D.1] 2026-11-03 09:00  withdrawn at 2026-11-02 11:01 (#4)'* ]]
}

@test "what was missed before the other clone reopened stays missed" {
	at 10:00 ticket-close 1 --result 好了
	cp "$form" "../other/$form"
	elsewhere 10:30 ticket-log YL261102001 reclassified --set category=drain --reason 看错
	day=2026-11-04
	at 11:00 ticket-log YL261102001 told --set to=keeper
	at 11:01 ticket-log YL261102001 reopened --reason 又坏了
	meet
	run owed
	[[ $output == *'done [D.1] 2026-11-03 09:00  LATE, not done when reopened at 2026-11-04 11:01 (#4)'* ]]
}

@test "what was promised at the other clone outlives a reopening" {
	at 10:00 ticket-close 1 --result 好了
	cp "$form" "../other/$form"
	at 11:00 ticket-log 1 told --set to=keeper
	at 11:01 ticket-log 1 reopened --reason 又坏了
	elsewhere 10:30 callback-log YL261102001 --answer satisfied --promised "$day 21:00"
	meet
	at 11:05 ticket-log 1 started
	run owed
	[[ $output == *'promised-reply [D.7] 2026-11-02 21:00  open'* ]]
}

@test "a reply given before the promise was recorded, and after it was made, keeps it" {
	at 11:00 ticket-log 1 answered
	at 12:00 callback-log 1 --at 10:05 --answer satisfied --promised "$day 17:00"
	run owed
	[[ $output == *'promised-reply [D.7] 2026-11-02 17:00  in time at 2026-11-02 11:00 (#2)'* ]]
}

@test "a reply that stands first where two clones meet keeps the promise of the other" {
	at 10:00 ticket-log 1 started
	at 10:05 callback-log 1 --answer satisfied --promised "$day 17:00"
	elsewhere 11:00 ticket-log YL261102001 answered
	meet
	run owed
	[[ $output == *'promised-reply [D.7] 2026-11-02 17:00  in time at 2026-11-02 11:00 (#2)'* ]]
}

@test "a reply before the promise does not keep it" {
	at 10:00 ticket-log 1 answered
	at 10:00 callback-log 1 --answer satisfied --promised "$day 17:00"
	run owed
	[[ $output == *'promised-reply [D.7] 2026-11-02 17:00  OVERDUE'* ]]
}

@test "reopened on two sides, the cycle begins with the one that counts" {
	cp ../house.yaml policy/ && sed -i '/^packs:/a \  - house' kefu.yaml
	cp ../house.yaml ../other/policy/ && sed -i '/^packs:/a \  - house' ../other/kefu.yaml
	at 10:00 ticket-close 1 --result 好了
	cp "$form" "../other/$form"
	at 11:00 ticket-log 1 reopened --reason 又坏了
	at 11:01 ticket-log 1 started
	elsewhere 11:00 ticket-log YL261102001 told --set to=keeper
	elsewhere 11:01 ticket-log YL261102001 told --set to=keeper
	elsewhere 11:02 ticket-log YL261102001 reopened --reason 又坏了
	meet
	# which agree
	refused 3 'ticket-log: YL261102001: its steps do not contradict each other: there is nothing to settle' \
		at 12:00 ticket-log 1 settled --set state=open --reason 同一件事
	run columns state,cycle ticket-list --format csv
	output_is open,2
	at 12:01 ticket-log 1 finished
}

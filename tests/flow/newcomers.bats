#!/usr/bin/env bats
# What people stumbled over who used kefu for the first time.
load ../helper

# centre: the pack resident-centre, with people, as two clones would find it
centre() {
	git init -q books && cd books
	ledger-init --pack resident-centre --site YL --test --person keeper --now '2026-09-01 08:00'
	local member
	for member in 'lihua --role desk' 'meizhen --role officer' 'sunli --role department-head --department service' 'wang --role worker'; do
		# shellcheck disable=SC2086
		staff-log -q joined --name x --now '2026-09-01 09:00' $member >/dev/null
	done
	day=2026-09-02
}
complaint() {
	at 09:00 ticket-open -q --by lihua -u 3-1 --kind complaint -d service --text 门禁坏了没人管
	at 10:00 ticket-close -q 1 --by lihua --result 已修 --valid --reason 漏记
}
sheet=(--manner visit --quality 1 --effect 1 --satisfaction 1 --signature 王 --shortcomings 无 --opinions 无)

@test "[H2.A-8] [H2.A-9] what an unsatisfied answer promised and found stays owed when the ticket is reopened" {
	centre
	complaint
	at 11:00 callback-log -q 1 --by meizhen --caller meizhen --caller sunli "${sheet[@]}" --answer unsatisfied \
		--promised '2026-09-04 18:00' --problem 门禁电源松动
	run columns status,due,deadline ticket-due --now "$day 12:00" --format csv
	output_is 'due,2026-09-02T23:59:59+08:00,director-told
due,2026-09-03T11:00:00+08:00,pass-on
due,2026-09-04T18:00:00+08:00,promised-reply'
	run ledger-check -q --now '2026-09-03 09:00'
	output_is ''
}

@test "an unsatisfied answer is not lost because the call does not count" {
	centre
	complaint
	run --separate-stderr callback-log 1 --now "$day 11:00" --by meizhen "${sheet[@]}" --answer unsatisfied
	status_is 0
	[[ $stderr == *'settles no callback that is owed'*'reopened [H2.B-1]' ]]
}

@test "a pack that asks for a field nobody can give makes no ledger" {
	printf '%s\n' 'pack: lost' 'title: lost' 'source: lost' 'kinds: [{kind: found, title: found}]' 'steps:' \
		'  - {step: handed-over, needs: [signature, customer.crad], clause: L-1}' >lost.yaml
	run --separate-stderr ledger-init --pack ./lost.yaml --site LP desk
	status_is 4
	errors_are 'ledger-init: ./lost.yaml:6:44: needs: "customer.crad" is not a field of handed-over [L-1]'
	[[ ! -e desk ]]
}

@test "two sites prepared at once meet in git, both ways the same" {
	centre
	git add -A && git commit -qm one
	git clone -q . ../b && git clone -q . ../c
	(cd ../b && ledger-init -q --site BB && git commit -qam b)
	(cd ../c && ledger-init -q --site CC && git commit -qam c)
	(cd ../b && git pull -q --no-rebase --no-edit ../c HEAD)
	(cd ../c && git pull -q --no-rebase --no-edit ../b HEAD)
	cmp ../b/kefu.yaml ../c/kefu.yaml
	grep -A4 '^sites' ../b/kefu.yaml | tr -d ' \n' | grep -q -- '-BB-CC-YL'
	# anything else that differs is for people
	sed -i 's/^name: .*/name: 东区/' ../b/kefu.yaml
	run --separate-stderr ledger-merge ../b/kefu.yaml ../c/kefu.yaml kefu.yaml
	status_is 3
	errors_are 'ledger-merge: kefu.yaml: the two sides differ in more than their sites: put them together by hand'
}

@test "a clone does not take another's code by mistake" {
	centre
	git add -A && git commit -qm one
	git clone -q . ../b && cd ../b
	run --separate-stderr ledger-init --site YL
	status_is 3
	errors_are "ledger-init: YL is another clone's code: take one of your own, or --replace if that clone is gone for good"
	[[ ! -e .kefu/site ]]
	ledger-init --site YL --replace
	[[ $(<.kefu/site) == YL ]]
}

@test "what ledger-check would find is not recorded" {
	centre
	refused 3 'staff-log: --at: keeper did not work here yet' \
		staff-log joined old --name 老王 --now '2026-09-02 09:00' --at '2026-08-01 09:00'
	complaint
	refused 3 'ticket-log: YL260902001: links: there is no ticket YL260902099' \
		ticket-log 1 voided --now "$day 12:00" --reason 重复 --set links=YL260902099
}

@test "a station is nobody" {
	centre
	staff-log -q joined front --nature station --role desk --name 前台 --now '2026-09-01 09:00'
	complaint
	refused 3 'ticket-open: by: front is a station, not a person' ticket-open --now "$day 12:00" --by front -u 3-1 --kind inquiry x
	run columns who callback-due --now "$day 12:00" --format csv
	[[ $output != *front* ]]
}

@test "a number of a room, however it is said" {
	centre
	local unit
	for unit in '3栋2单元1201室' 3-2-1201 '３幢２单元１２０１'; do
		run at 09:00 ticket-open --dry-run -q --by lihua --kind repair -u "$unit" --text x
		[[ $output == *'unit: "3-2-1201"'* ]]
	done
}

@test "tables fit into 80 columns" {
	centre
	complaint
	at 10:30 ticket-open -q --by lihua -u 3-1 --kind repair --text "$(printf '灯坏了%.0s' {1..50})" >/dev/null
	local command
	for command in 'ticket-list --state all' 'callback-due' staff-list policy-list 'ledger-check --list'; do
		script -qec "stty cols 80; NO_COLOR=1 $command --now '$day 12:00'" /dev/null </dev/null | tr -d '\r' >shown
		[[ $(wc -l <shown) -gt 1 ]] || { echo "$command: $(<shown)"; return 1; }
		python3 - <<-'END'
			import sys, unicodedata
			for line in open("shown", encoding="utf-8"):
			    width = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line.rstrip("\n"))
			    if width > 80: sys.exit(f"{width}: {line}")
		END
	done
}

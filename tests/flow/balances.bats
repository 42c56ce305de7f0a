#!/usr/bin/env bats
# What is given out and has to come back: devices on loan, keys, deposits. By item and person, refused when too much comes back,
# listed over all forms, said when somebody leaves, found where two clones met.
load ../helper

setup_file() {
	mkdir -p "$BATS_FILE_TMPDIR/schemas"
	cat >"$BATS_FILE_TMPDIR/store.yaml" <<-'END'
		pack: store
		title: Store
		source: a house of its own
		roles:
		  - {role: desk, title: Desk}
		  - {role: manager, title: Manager}
		kinds:
		  - {kind: loan, title: Loan, category: device}
		  - {kind: key, title: Key, category: flat-key}
		  - {kind: fitting-out, title: Fitting out, category: flat}
		categories:
		  - {category: device, kind: loan, title: Device}
		  - {category: flat-key, kind: key, title: Key of a flat}
		  - {category: flat, kind: fitting-out, title: Flat}
		steps:
		  - {step: lent, kind: loan, needs: [materials], clause: L-1}
		  - {step: [returned, installed], kind: loan, needs: [materials], clause: L-1}
		  - {step: cancelled, kind: loan, settled: loans, title: the loan slip is cancelled when nothing of it is out, override: manager, clause: L-2}
		  - {step: closed, kind: [loan, key], settled: [loans, keys], clause: L-2}
		  - {step: fetched, kind: key, needs: [papers, to], clause: K-1}
		  - {step: sealed, kind: key, needs: [papers], clause: K-1}
		  - {step: [deposited, used, refunded], kind: fitting-out, needs: [amount], clause: D-1}
		balances:
		  - {balance: loans, title: Devices on loan, kind: loan, out: lent.materials, back: [returned.materials, installed.materials], per: to, clause: L-3}
		  - {balance: keys, title: Keys that are out, kind: key, out: fetched.papers, back: sealed.papers, per: to, clause: K-2}
		  - {balance: deposits, title: Deposits, kind: fitting-out, out: deposited.amount, back: [used.amount, refunded.amount], clause: D-2}
	END
	cd "$BATS_FILE_TMPDIR" || return
	ledger-init -q ledger --pack ./store.yaml --site YL --person keeper --test --now '2026-09-01 08:00'
	cd ledger || return
	local person
	for person in lihua:李华 wanggang:王刚 sunli:孙立; do
		staff-log -q --now '2026-09-01 08:00' joined "${person%:*}" --name "${person#*:}" --role desk >/dev/null
	done
	ticket-open -q -k loan -u 3-1201 -n 王女士 --now '2026-11-20 09:00' 借用开票设备 >/dev/null
	ticket-open -q -k key -u 3-1202 -n 何先生 --now '2026-11-20 09:01' 托管钥匙 >/dev/null
	ticket-open -q -k fitting-out -u 3-1203 -n 周先生 --now '2026-11-20 09:02' 装修 >/dev/null
}

# shellcheck disable=SC2034 # for at, of helper.bash
day=2026-11-20

# step TICKET STEP [OPTION...]: that step at 10:00, quietly
step() {
	at 10:00 ticket-log -q "YL26112000$1" "$2" --by lihua "${@:3}"
}

out() {
	columns person,item,quantity,balance,ticket at 12:00 ticket-list --outstanding --format csv "$@"
}

@test "no more comes back than is out, of the item and of the person" {
	step 1 lent --set to=wanggang --material 打印机:2 --material 税控盘:1.5
	step 1 lent --set to=sunli --material 打印机:1
	refused 3 'ticket-log: YL261120001: Devices on loan: materials takes back 3 打印机 of wanggang; out is 2 打印机 (wanggang), 1 打印机 (sunli) [L-3]' \
		step 1 returned --set to=wanggang --material 打印机:3
	refused 3 'ticket-log: YL261120001: Devices on loan: materials takes back 0.5 电脑; out is 2 打印机 (wanggang), 1.5 税控盘 (wanggang), 1 打印机 (sunli) [L-3]' \
		step 1 returned --material 电脑:0.5
	# the very last of it
	prints 'YL261120001#4' step 1 returned --set to=wanggang --material 打印机:1
	prints 'YL261120001#5' step 1 installed --set to=wanggang --material 打印机:1
	refused 3 'ticket-log: YL261120001: Devices on loan: materials takes back 0.0001 打印机 of wanggang; out is 1 打印机 (sunli) [L-3]' \
		step 1 returned --set to=wanggang --material 打印机:0.0001
	# in one step twice the same
	refused 3 'ticket-log: YL261120001: Devices on loan: materials takes back 1 税控盘 of wanggang; out is 0.5 税控盘 (wanggang) [L-3]' \
		step 1 returned --material 税控盘:1 --material 税控盘:1
	prints '' at 11:00 ledger-check -q
}

@test "whose it is need not be said where one person has it, or where all comes back" {
	step 1 lent --set to=wanggang --material 打印机:2
	prints 'YL261120001#3' step 1 returned --material 打印机:1
	step 1 lent --set to=sunli --material 打印机:1
	refused 3 'ticket-log: YL261120001: Devices on loan: materials takes back 1 打印机: say in to whose; out is 1 打印机 (wanggang), 1 打印机 (sunli) [L-3]' \
		step 1 returned --material 打印机:1
	prints 'YL261120001#5' step 1 returned --material 打印机:2
	[[ -z $(out) ]]
	prints '' at 11:00 ledger-check -q
}

@test "who has it is said when it goes out" {
	refused 3 'ticket-log: YL261120001: Devices on loan: say in to who has it then [L-3]' \
		step 1 lent --material 打印机:2
	step 3 deposited --amount 500
}

@test "a single thing does not go out twice, and comes back once" {
	step 2 fetched --set to=wanggang --set papers=K-101 --set papers=K-102
	refused 3 'ticket-log: YL261120002: Keys that are out: papers gives out K-101, which is out already (wanggang) since #2 [K-2]' \
		step 2 fetched --set to=sunli --set papers=K-101
	refused 3 'ticket-log: YL261120002: Keys that are out: papers takes back K-103; out is K-101 (wanggang), K-102 (wanggang) [K-2]' \
		step 2 sealed --set papers=K-103
	# spaces and full-width characters make no other key
	prints 'YL261120002#3' step 2 sealed --set 'papers= Ｋ－１０１'
	refused 3 'ticket-log: YL261120002: Keys that are out: papers takes back K-101; out is K-102 (wanggang) [K-2]' \
		step 2 sealed --set papers=K-101
	prints 'YL261120002#4' step 2 fetched --set to=sunli --set papers=K-101
	prints '' at 11:00 ledger-check -q
}

@test "a second refund beyond the deposit is refused" {
	refused 3 'ticket-log: YL261120003: Deposits: amount takes back 0.01; out is nothing [D-2]' step 3 refunded --amount 0.01
	step 3 deposited --amount 500
	step 3 used --amount 120.10
	step 3 refunded --amount 300
	refused 3 'ticket-log: YL261120003: Deposits: amount takes back 79.91; out is 79.90 [D-2]' step 3 refunded --amount 79.91
	[[ $(out) == ',,79.90,deposits,YL261120003' ]]
	prints 'YL261120003#5' step 3 refunded --amount 79.90
	refused 3 'ticket-log: YL261120003: Deposits: amount takes back 0.01; out is nothing [D-2]' step 3 refunded --amount 0.01
	prints '' at 11:00 ledger-check -q
}

@test "a step that asks for all to be back is refused while something is out" {
	step 1 lent --set to=wanggang --material 打印机:2
	refused 3 'ticket-log: YL261120001: the loan slip is cancelled when nothing of it is out: cancelled comes when all is back; out is 2 打印机 (wanggang) [L-2]' \
		step 1 cancelled
	refused 3 'ticket-close: YL261120001: closed comes when all is back; out is 2 打印机 (wanggang) [L-2]' \
		at 10:00 ticket-close 1 --by lihua -r 完成
	# several steps in one command, one after the other
	refused 3 'ticket-log: YL261120001: the loan slip is cancelled when nothing of it is out: cancelled comes when all is back; out is 1 打印机 (wanggang) [L-2]' \
		step 1 returned --material 打印机:1 + cancelled
	prints $'YL261120001#3\nYL261120001#4' step 1 returned --material 打印机:2 + cancelled
	prints 'YL261120001#5' at 10:00 ticket-close 1 --by lihua -r 完成
	prints '' at 11:00 ledger-check -q
}

@test "a role overrides that, with a reason" {
	step 1 lent --set to=wanggang --material 打印机:2
	prints 'YL261120001#3' at 10:00 ticket-log -q 1 cancelled --override 设备已报废
	prints '' at 11:00 ledger-check -q
	[[ $(out wanggang) == 'wanggang,打印机,2,loans,YL261120001' ]]
}

@test "of a reopened ticket all counts, of a voided one nothing" {
	step 2 fetched --set to=wanggang --set papers=K-101
	sed -i 's/kind: \[loan, key\], settled: \[loans, keys\]/kind: [loan], settled: [loans]/' policy/store.yaml
	at 10:01 ticket-close -q 2 --by lihua -r 完成
	at 10:02 ticket-log -q 2 reopened --by lihua --reason 未还
	prints 'YL261120002#5' at 10:03 ticket-log -q 2 sealed --by lihua --set papers=K-101
	step 1 lent --set to=wanggang --material 打印机:2
	[[ $(out) == 'wanggang,打印机,2,loans,YL261120001' ]]
	at 10:04 ticket-log -q 1 voided --reason 录错
	[[ -z $(out) && -z $(out --state voided) ]]
	run at 12:00 ticket-show 1
	[[ $output != *'Still out'* ]]
	prints '' at 11:00 ledger-check -q
}

@test "quantities and things count as they were corrected" {
	step 1 lent --set to=wanggang --material 打印机:3
	step 1 returned --material 打印机:2
	refused 3 'ticket-log: YL261120001: #3 would then not be allowed: Devices on loan: materials takes back 2 打印机 of wanggang; out is 1 打印机 (wanggang) [L-3]' \
		step 1 corrected --set of=2 --set fields.materials=打印机:1 --reason 数错
	step 1 corrected --set of=2 --set fields.materials=打印机:2 --reason 数错
	refused 3 'ticket-log: YL261120001: Devices on loan: materials takes back 1 打印机; out is nothing [L-3]' \
		step 1 returned --material 打印机:1
	step 1 corrected --set of=3 --set fields.materials=打印机:0 --reason 数错
	[[ $(out) == 'wanggang,打印机,2,loans,YL261120001' ]]
	prints '' at 11:00 ledger-check -q
}

@test "ticket-show says what is out, with whom, since when" {
	step 1 lent --set to=wanggang --material 打印机:2
	at 10:30 ticket-log -q 1 lent --by lihua --set to=sunli --material 打印机:1
	at 10:40 ticket-log -q 1 returned --by lihua --set to=wanggang --material 打印机:1
	run at 12:00 ticket-show 1
	[[ $output == *$'\n\nStill out\n  loans (Devices on loan) [L-3] 1 打印机 (wanggang) since 2026-11-20 10:00 (#2)\n  loans (Devices on loan) [L-3] 1 打印机 (sunli) since 2026-11-20 10:30 (#3)\n'* ]]
	at 10:50 ticket-log -q 1 returned --by lihua --material 打印机:2
	run at 12:00 ticket-show 1
	[[ $output != *'Still out'* ]]
}

@test "ticket-list --outstanding: over all forms, by person and item" {
	step 1 lent --set to=wanggang --material 打印机:2 --material 税控盘:1.25
	step 1 lent --set to=sunli --material 税控盘:0.5
	step 2 fetched --set to=wanggang --set papers=K-101
	step 3 deposited --amount 500
	prints $'person    item    quantity  balance                   ticket       since             unit    name
                    500.00  deposits                  YL261120003  2026-11-20 10:00  3-1203  周先生
sunli     税控盘       0.5  loans (Devices on loan)   YL261120001  2026-11-20 10:00  3-1201  王女士
wanggang  K-101          1  keys (Keys that are out)  YL261120002  2026-11-20 10:00  3-1202  何先生
wanggang  打印机         2  loans (Devices on loan)   YL261120001  2026-11-20 10:00  3-1201  王女士
wanggang  税控盘      1.25  loans (Devices on loan)   YL261120001  2026-11-20 10:00  3-1201  王女士' \
		at 12:00 ticket-list --outstanding
	prints '{"person":"wanggang","item":"K-101","quantity":"1","balance":"keys","ticket":"YL261120002","since":"2026-11-20T10:00:00+08:00","unit":"3-1202","name":"何先生","kind":"key","state":"open","document":2,"clause":"K-2"}' \
		at 12:00 ticket-list --outstanding wanggang -k key --format json
	[[ $(out sunli) == $'sunli,税控盘,0.5,loans,YL261120001' ]]
	[[ $(out --unit 3-1203) == $',,500.00,deposits,YL261120003' ]]
	# nothing is out with lihua, who is known; nobody is called lihau
	prints '' at 12:00 ticket-list --outstanding lihua
	refused 2 'ticket-list: --outstanding: lihau is not in staff.yaml, and nothing was ever out with them' \
		at 12:00 ticket-list --outstanding lihau
	refused 2 'ticket-list: lihua: a person is named with --outstanding only: what waits for somebody is listed by --for' \
		at 12:00 ticket-list lihua
	# what is closed all the same
	at 11:00 ticket-close -q 3 --by lihua -r 完成
	[[ $(out --state closed) == $',,500.00,deposits,YL261120003' ]]
}

@test "where no pack has balances, that is said" {
	cd .. && ledger-init -q plain --pack garden --site YL --person keeper --test --now '2026-09-01 08:00' && cd plain
	refused 2 'ticket-list: --outstanding: none of these packs says what goes out and comes back (balances)' ticket-list --outstanding
}

@test "who leaves brings back what they have, or says why not, and staff.yaml keeps what it was" {
	step 1 lent --set to=wanggang --material 打印机:2
	step 2 fetched --set to=wanggang --set papers=K-101
	refused 3 'staff-log: still out with wanggang: K-101 of YL261120002, 2 打印机 of YL261120001 (ticket-list --outstanding wanggang): it comes back first, or --reason says what becomes of it [K-2]' \
		at 12:00 staff-log left wanggang
	step 2 sealed --set papers=K-101
	prints 'wanggang' at 12:00 staff-log -q left wanggang --reason 打印机已报失，照价赔偿 --request-id r-1
	run sed -n '/^event: left/,$p' staff.yaml
	[[ $output == *$'\noutstanding:\n  - form: YL261120001\n    balance: loans\n    item: 打印机\n    quantity: "2"\nreason: 打印机已报失，照价赔偿\n'* ]]
	prints '' at 13:00 ledger-check -q
	# a retry is one, whatever has come back since
	at 12:30 ticket-log -q 1 returned --by lihua --material 打印机:1
	prints 'wanggang' at 13:00 staff-log -q left wanggang --reason 打印机已报失，照价赔偿 --request-id r-1
	[[ $(grep -c '^event: left' staff.yaml) == 1 ]]
	# who has nothing leaves as before
	prints 'sunli' at 13:00 staff-log -q left sunli
}

@test "what a leaver has and nobody said is found" {
	git init -q -b main . && ledger-init -q --site YL && git add . && git commit -qm begin
	git clone -q . ../eb
	(cd ../eb && ledger-init -q --site EB && git commit -qam 'site EB')
	git pull -q ../eb HEAD
	(cd ../eb && at 10:00 ticket-log -q YL261120001 lent --by lihua --set to=wanggang --material 打印机:2 && git add . && git commit -qm eb)
	at 11:00 staff-log -q left wanggang
	git add . && git commit -qm yl
	git pull -q --no-rebase ../eb HEAD
	run --separate-stderr at 12:00 ledger-check -q --format csv
	status_is 1
	[[ $output == *'kept-by-leaver,tickets/2026/11/YL261120001.yaml,'*'#2: out is 2 打印机 (wanggang), who left: nothing says so in staff.yaml'*L-3* ]]
	# once it is back, or they are, all is well
	keep tickets/2026/11/YL261120001.yaml
	at 12:10 ticket-log -q YL261120001 returned --by lihua --material 打印机:2
	git add . && git commit -qm back
	prints '' at 13:00 ledger-check -q
}

@test "two clones that take back the same are found, and mended by a correction" {
	step 1 lent --set to=wanggang --material 打印机:2
	git init -q -b main . && ledger-init -q --site YL && git add . && git commit -qm begin
	git clone -q . ../eb
	(cd ../eb && ledger-init -q --site EB && git commit -qam 'site EB')
	git pull -q ../eb HEAD
	(cd ../eb && at 10:10 ticket-log -q YL261120001 returned --by lihua --material 打印机:2 && git add . && git commit -qm eb)
	at 10:05 ticket-log -q 1 returned --by lihua --material 打印机:1
	git add . && git commit -qm yl
	prints '' at 11:00 ledger-check -q
	git pull -q --no-rebase ../eb HEAD
	run --separate-stderr at 11:00 ledger-check -q --format csv
	status_is 1
	[[ $output == *'wrong-balance,tickets/2026/11/YL261120001.yaml,'*' takes back '*' 打印机 of wanggang; out is '*L-3* ]]
	[[ $(grep -c wrong-balance <<<"$output") == 1 ]]
	# what was too much does not make what goes out later come back
	at 11:01 ticket-log -q YL261120001 lent --by lihua --set to=sunli --material 打印机:1
	[[ $(out) == 'sunli,打印机,1,loans,YL261120001' ]]
	prints 'YL261120001#5' at 11:02 ticket-log -q YL261120001 corrected --by lihua --reason 两处各记了一次 --set of=3 --set fields.materials=打印机:0
	git add . && git commit -qm mended
	prints '' at 12:00 ledger-check -q
}

@test "a step of one clone while the other gave something out is found" {
	git init -q -b main . && ledger-init -q --site YL && git add . && git commit -qm begin
	git clone -q . ../eb
	(cd ../eb && ledger-init -q --site EB && git commit -qam 'site EB')
	git pull -q ../eb HEAD
	(cd ../eb && at 10:10 ticket-log -q YL261120001 lent --by lihua --set to=wanggang --material 打印机:2 && git add . && git commit -qm eb)
	at 10:05 ticket-log -q 1 lent --by lihua --set to=sunli --material 打印机:1 + returned --material 打印机:1 + cancelled
	git add . && git commit -qm yl
	git pull -q --no-rebase ../eb HEAD
	run --separate-stderr at 11:00 ledger-check -q --format csv
	status_is 1
	[[ $output == *'wrong-balance,tickets/2026/11/YL261120001.yaml,'*'#4 (cancelled): the loan slip is cancelled when nothing of it is out: cancelled comes when all is back; out is 2 打印机 (wanggang)'*L-2* ]]
}

@test "what an editor took back is found" {
	step 1 lent --set to=wanggang --material 打印机:2
	step 1 returned --material 打印机:2
	prints '' at 11:00 ledger-check -q
	sed -i '0,/quantity: "2"/s//quantity: "1"/' tickets/2026/11/YL261120001.yaml
	run --separate-stderr at 11:00 ledger-check -q --format csv
	status_is 1
	[[ $output == *'wrong-balance,tickets/2026/11/YL261120001.yaml,'*'#3 (returned): Devices on loan: materials takes back 2 打印机 of wanggang; out is 1 打印机 (wanggang)'* ]]
}

@test "a rule that came later counts what went out before it" {
	sed -i 's/per: to, clause: L-3/per: to, from: "2026-11-21", clause: L-3/' policy/store.yaml
	step 1 lent --set to=wanggang --material 打印机:2
	prints 'YL261120001#3' step 1 returned --material 打印机:1
	day=2026-11-21
	refused 3 'ticket-log: YL261120001: Devices on loan: materials takes back 2 打印机 of wanggang; out is 1 打印机 (wanggang) [L-3]' \
		step 1 returned --material 打印机:2
	prints 'YL261120001#4' step 1 returned --material 打印机:1
	prints '' at 13:00 ledger-check -q
}

@test "whose it is that comes back is written down where it is certain, and a retry is one" {
	step 1 lent --set to=wanggang --material 打印机:2
	prints 'YL261120001#3' at 10:00 ticket-log -q YL261120001 returned --by lihua --material 打印机:1 --request-id r-1
	run tail -n 6 tickets/2026/11/YL261120001.yaml
	[[ $output == $'request-id: r-1\nto: wanggang\nmaterials:\n  - item: 打印机\n    quantity: "1"\n...' ]]
	step 1 lent --set to=sunli --material 打印机:1
	prints 'YL261120001#3' at 10:01 ticket-log -q YL261120001 returned --by lihua --material 打印机:1 --request-id r-1
	# so clones that gave some to others meanwhile agree on it
	[[ $(out) == $'sunli,打印机,1,loans,YL261120001\nwanggang,打印机,1,loans,YL261120001' ]]
	# of two items with two people it is not
	at 10:02 ticket-log -q YL261120001 lent --by lihua --set to=sunli --material 税控盘:1
	prints 'YL261120001#6' at 10:03 ticket-log -q YL261120001 returned --by lihua --material 打印机:2 --material 税控盘:1
	[[ $(tail -n 8 tickets/2026/11/YL261120001.yaml) != *to:* ]]
	[[ -z $(out) ]]
}

@test "what a leaver kept comes back in their name" {
	step 1 lent --set to=wanggang --material 打印机:2
	step 1 lent --set to=sunli --material 打印机:1
	at 10:30 staff-log -q left wanggang --reason 打印机暂存家中
	# others do not get things by that
	refused 3 'ticket-log: YL261120001: to: wanggang left on 2026-11-20' \
		at 11:00 ticket-log YL261120001 lent --by lihua --set to=wanggang --material 打印机:1
	prints 'YL261120001#4' at 11:00 ticket-log -q YL261120001 returned --by lihua --set to=wanggang --material 打印机:2
	[[ $(out) == 'sunli,打印机,1,loans,YL261120001' ]]
	refused 3 'ticket-log: YL261120001: to: wangang is not in staff.yaml' \
		at 11:00 ticket-log YL261120001 returned --by lihua --set to=wangang --material 打印机:1
	prints '' at 12:00 ledger-check -q
}

@test "who is named by recording it has it, and anybody brings it back" {
	sed -i 's/per: to, clause: L-3/per: by, clause: L-3/' policy/store.yaml
	at 10:00 ticket-log -q 1 lent --by wanggang --material 打印机:2
	at 10:00 ticket-log -q 1 lent --by sunli --material 打印机:2
	# one's own first
	prints 'YL261120001#4' at 10:01 ticket-log -q 1 returned --by sunli --material 打印机:1
	[[ $(out) == $'sunli,打印机,1,loans,YL261120001\nwanggang,打印机,2,loans,YL261120001' ]]
	# the storekeeper brings back what is left of one person only
	refused 3 'ticket-log: YL261120001: Devices on loan: materials takes back 1 打印机: say in by whose; out is 2 打印机 (wanggang), 1 打印机 (sunli) [L-3]' \
		step 1 returned --material 打印机:1
	prints 'YL261120001#5' at 10:01 ticket-log -q 1 returned --by sunli --material 打印机:1
	prints 'YL261120001#6' step 1 returned --material 打印机:1
	[[ $(out) == 'wanggang,打印机,1,loans,YL261120001' ]]
	prints '' at 12:00 ledger-check -q
}

@test "another entry of that name from a day on counts what went out before" {
	sed -i 's/^  - {balance: loans, \(.*\)back: \[returned.materials, installed.materials\], per: to, clause: L-3}/  - {balance: loans, \1back: returned.materials, per: to, before: "2026-11-21", clause: L-3}\n  - {balance: loans, \1back: [returned.materials, installed.materials], per: to, from: "2026-11-21", clause: L-4}/' policy/store.yaml
	step 1 lent --set to=wanggang --material 打印机:3
	# by the rule of that day installed things are not back
	step 1 installed --material 打印机:1
	[[ $(out) == 'wanggang,打印机,3,loans,YL261120001' ]]
	day=2026-11-21
	[[ $(out) == 'wanggang,打印机,2,loans,YL261120001' ]]
	refused 3 'ticket-log: YL261120001: Devices on loan: materials takes back 3 打印机 of wanggang; out is 2 打印机 (wanggang) [L-4]' \
		step 1 installed --material 打印机:3
	refused 3 'ticket-log: YL261120001: the loan slip is cancelled when nothing of it is out: cancelled comes when all is back; out is 2 打印机 (wanggang) [L-2]' \
		step 1 cancelled
	prints '' at 12:00 ledger-check -q
}

@test "what awaits signatures has not come back yet" {
	sed -i 's/^  - {step: cancelled/  - {step: returned, kind: loan, countersign: [{role: manager}], clause: L-5}\n&/' policy/store.yaml
	staff-log -q --now '2026-11-20 09:30' joined qianjin --name 钱进 --role manager >/dev/null
	step 1 lent --set to=wanggang --material 打印机:2
	at 10:00 ticket-log -q 1 returned --by lihua --material 打印机:2
	[[ $(out) == 'wanggang,打印机,2,loans,YL261120001' ]]
	# nor is more proposed than is out
	refused 3 'ticket-log: YL261120001: Devices on loan: materials takes back 3 打印机 of wanggang; out is 2 打印机 (wanggang) [L-3]' \
		at 10:00 ticket-log 1 returned --by lihua --material 打印机:3
}

@test "of a ticket that came from elsewhere nothing is judged, and what goes out counts" {
	printf 'source: old\nkey: key\ntimes: ["%%Y-%%m-%%d %%H:%%M"]\nfields: {at: at, kind: kind, text: text}\n' >m.yaml
	printf 'key,at,kind,text\n1,2026-10-01 10:00,loan,借用\n' >rows.csv
	at 09:30 ledger-import -q rows.csv -m m.yaml --rejects ../rejects >/dev/null
	rm m.yaml rows.csv
	id=YL261001001
	at 10:00 ticket-log -q "$id" returned --by lihua --material 打印机:1
	at 10:00 ticket-log -q "$id" lent --by lihua --set to=wanggang --material 打印机:1
	[[ $(out) == "wanggang,打印机,1,loans,$id" ]]
	prints '' at 12:00 ledger-check -q
}

@test "what no rule counts any more keeps nothing waiting" {
	step 1 lent --set to=wanggang --material 打印机:2
	sed -i 's/per: to, clause: L-3/per: to, before: "2026-11-21", clause: L-3/' policy/store.yaml
	refused 3 'ticket-log: YL261120001: the loan slip is cancelled when nothing of it is out: cancelled comes when all is back; out is 2 打印机 (wanggang) [L-2]' \
		step 1 cancelled
	day=2026-11-21
	[[ -z $(out) ]]
	prints 'wanggang' at 10:00 staff-log -q left wanggang
	prints 'YL261120001#3' step 1 cancelled
	# and a balance of one kind says nothing of another
	sed -i 's/^  - {step: lent, kind: loan/  - {step: lent, kind: [loan, key]/; s/kind: key, settled: loans/&/; s/{step: sealed, kind: key, needs: \[papers\]/{step: sealed, kind: [key, loan], settled: [loans, keys], needs: [papers]/; s/, before: "2026-11-21"//' policy/store.yaml
	step 2 lent --set to=sunli --material 打印机:1
	prints 'YL261120002#3' step 2 fetched --set to=sunli --set papers=K-101
	prints 'YL261120002#4' step 2 sealed --set papers=K-101
}

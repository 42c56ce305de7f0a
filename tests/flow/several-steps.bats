#!/usr/bin/env bats
# Several steps in one command, each behind a +: all of them or none. 20 November 2026 is a Friday.
load ../helper
load ../packs

setup_file() { resident_centre; }

# shellcheck disable=SC2034 # for at, of helper.bash
day=2026-11-20

take() { at 09:00 ticket-open -q --by lihua -k repair -c drain -u 3-1201 -n 王女士 -p 13900010001 --charging paid 下水道堵塞; }

@test "each is judged as if those before it stood in the file, and each gets its number" {
	take
	prints $'YL261120001#2\nYL261120001#3' at 09:10 ticket-assign 1 --by zhaoqiang wanggang + slip-issued -w wanggang --material 弯头:1
	prints $'YL261120001#4\nYL261120001#5\nYL261120001#6\nYL261120001#7' at 09:30 ticket-log 1 materials-drawn --by wanggang \
		--material 弯头:1 --set requisition=L-7 + quoted --price 80 --reason 价目表上没有 + consented --signature 王女士 + started
	prints $'YL261120001#8\nYL261120001#10' at 10:30 ticket-close 1 --by lihua -r 已疏通 --receipt S-1 -w wanggang --work 疏通 \
		--material 弯头:1 --charge 80 --signature 王女士 --opinion 满意 --phone 13900010001 + told --set to=gaoxia
	run -0 --separate-stderr at 11:00 ticket-show --format yaml 1
	[[ $(sed -n 's/^event: //p' <<<"$output" | xargs) == 'opened assigned slip-issued materials-drawn quoted consented started finished closed told' ]]
	[[ $(sed -n 's/^by: //p' <<<"$output" | xargs) == 'lihua zhaoqiang zhaoqiang wanggang wanggang wanggang wanggang lihua lihua lihua' ]]
	ledger-check -q --now '2026-11-20 12:00'
}

@test "all of them or none" {
	take
	local before
	before=$(<tickets/2026/11/YL261120001.yaml)
	# the last one is refused: consent needs a signature
	refused 3 "ticket-log: YL261120001: the household agrees to the price: consented (the household agrees) needs the field signature [H2.C-5]" \
		at 09:30 ticket-log 1 quoted --by wanggang --price 80 --reason 价目表上没有 + consented
	[[ $(<tickets/2026/11/YL261120001.yaml) == "$before" ]]
	run -0 --separate-stderr at 09:30 ticket-log --dry-run 1 quoted --by wanggang --price 80 --reason 价目表上没有 + consented --signature 王女士
	[[ $output == *'event: quoted'*'event: consented'* && $(<tickets/2026/11/YL261120001.yaml) == "$before" ]]
}

@test "a ticket is opened with its first steps" {
	prints $'YL261120001\nYL261120001#2\nYL261120001#3' at 09:00 ticket-open -q --by lihua -k repair -c drain -u 3-1201 下水道堵塞 \
		+ told --set to=zhaoqiang + assigned --set to=zhaoqiang
	[[ $(grep -c '^event: ' tickets/2026/11/YL261120001.yaml) == 3 ]]
	# a step that is refused leaves no ticket behind, and no gap
	run --separate-stderr at 09:01 ticket-open -q --by lihua -k repair -c drain -u 3-1202 下水道堵塞 + started --by lihua
	status_is 2
	errors_are 'ticket-open: --by is for all steps: give it before the first + (see ticket-open --help)'
	refused 3 'ticket-open: a paid repair needs the household'"'"'s consent before work starts: started needs consented (the household agrees) first, which is not recorded [H2.C-5]' \
		at 09:01 ticket-open -q --by lihua -k repair -c drain -u 3-1202 --charging paid 下水道堵塞 + assigned --set to=wanggang + started
	prints YL261120002 at 09:02 ticket-open -q --by lihua -k repair -c drain -u 3-1202 下水道堵塞
	ledger-check -q --now '2026-11-20 12:00'
}

@test "a retry records nothing twice, and other steps under the same name are refused" {
	open() { at 09:00 ticket-open -q --by lihua -k repair -c drain -u 3-1201 下水道堵塞 --request-id a-1 "$@"; }
	prints $'YL261120001\nYL261120001#2' open + told --set to=zhaoqiang
	prints $'YL261120001\nYL261120001#2' open + told --set to=zhaoqiang
	refused 3 'ticket-open: --request-id: a-1 was recorded as YL261120001#1 with other content: take another id for what is new' open + told --set to=gaoxia
	[[ $(grep -c '^event: ' tickets/2026/11/YL261120001.yaml) == 2 ]]
	log() { at 09:30 ticket-log -q 1 quoted --by wanggang --price 80 --reason 价目表上没有 --request-id a-2 "$@"; }
	prints $'YL261120001#3\nYL261120001#4' log + consented --signature 王女士
	prints $'YL261120001#3\nYL261120001#4' log + consented --signature 王女士
	refused 3 'ticket-log: YL261120001: --request-id: a-2 was recorded as YL261120001#3 with other content: take another id for what is new' log + consented --signature 李先生
}

@test "a callback and what follows from it in one go" {
	take
	at 09:10 ticket-log -q 1 assigned --by zhaoqiang --set to=wanggang >/dev/null
	at 10:00 ticket-log -q 1 quoted --by wanggang --price 80 --reason 价目表上没有 + consented --signature 王女士 + started >/dev/null
	at 10:30 ticket-close -q 1 --by lihua -r 已疏通 --receipt S-1 -w wanggang --work 疏通 --charge 80 --signature 王女士 --opinion 满意 --phone 13900010001 >/dev/null
	prints $'YL261120001#8\nYL261120001#9' at 14:00 callback-log 1 --by lihua -m visit -a satisfied --quality 5 --effect 5 --satisfaction 5 \
		--signature 王女士 --shortcomings 无 --opinions 无 --problem 地漏松动 + passed-on --set to=zhaoqiang -t 地漏松动
	run -0 at 14:01 ticket-show 1
	[[ $output == *'pass-on [H2.A-9'*'in time at 2026-11-20 14:00 (#9)'* ]]
}

@test "usage: what follows a + is one step with its fields" {
	take
	refused 2 'ticket-log: too few operands: it takes STEP (see ticket-log --help)' at 09:30 ticket-log 1 quoted --price 80 --reason 价目表上没有 +
	refused 2 'ticket-log: too few operands: it takes STEP (see ticket-log --help)' at 09:30 ticket-log 1 quoted --price 80 --reason 价目表上没有 + + consented
	refused 2 'ticket-log: unexpected “x”: it takes STEP (see ticket-log --help)' at 09:30 ticket-log 1 quoted --price 80 --reason 价目表上没有 + consented x
	refused 2 'ticket-log: callback is recorded by callback-log' at 09:30 ticket-log 1 quoted --price 80 --reason 价目表上没有 + callback
	refused 2 'ticket-log: unknown option --team (see ticket-log --help)' at 09:30 ticket-log 1 quoted --price 80 --reason 价目表上没有 + assigned --team x
	refused 2 'ticket-due: unexpected “+”: it takes no operands (see ticket-due --help)' ticket-due +
	# a + within a text is none
	prints 'YL261120002' at 09:40 ticket-open -q --by lihua -k repair -c drain -u 3-1202 'A + B 两处漏水'
}

@test "a value that is a + itself is attached to its option; alone it begins the next step" {
	take
	local option
	for option in --text=+ -t+ --set=text=+; do
		run -0 --separate-stderr at 09:10 ticket-log 1 told --by lihua --set to=zhaoqiang $option --dry-run
		[[ $output == *$'\ntext: "+"\n'* ]]
	done
	refused 2 'ticket-log: --text needs TEXT, but the + behind it begins a further step; a + itself is written --text=+ (see ticket-log --help)' \
		at 09:10 ticket-log 1 told --by lihua --set to=zhaoqiang -t + told --set to=gaoxia
	refused 2 'ticket-log: --reason needs TEXT, but the + behind it begins a further step; a + itself is written --reason=+ (see ticket-log --help)' \
		at 09:10 ticket-log 1 told --set to=zhaoqiang + told --set to=gaoxia --reason + told
	# at the end of the line nothing stands behind it
	refused 2 'ticket-log: --text needs TEXT (see ticket-log --help)' at 09:10 ticket-log 1 told --set to=zhaoqiang -t
	run -0 --separate-stderr at 09:11 ticket-open --by lihua -k repair -u 3-1202 --text=+ --dry-run
	[[ $output == *$'\ntext: "+"\n'* ]]
}

#!/usr/bin/env bats
# Who acts: the login, whom it may record for, and what a login that several people share may not do.
load ../helper
load ../packs

export day=2026-11-20

setup_file() {
	service_rules
	# somebody else may do everything from now on; the login that runs the tests becomes what a test needs
	people_join boss --name 老板 --role administrator --login nobody-has-this
	people_join liuyang --name 刘洋 --role worker
	at 08:00 staff-log -q left liuyang
	at 09:00 ticket-open -q --by lihua -k repair -s ordinary -c other-repair -u 3-1201 -n 王女士 门坏了
}

# keeper OPTION...: what the login is from half past nine on
keeper() { at 09:30 staff-log -q changed keeper "$@" >/dev/null; }

extend=(ticket-log 1 extended --reason 等配件 --set extends=done --set until='2026-12-01 12:00')

@test "a person records for themself, without --by, and for nobody else" {
	keeper --role worker
	prints 'YL261120001#2' at 10:00 ticket-log 1 told --set to=lihua --set about=done
	[[ $(<tickets/2026/11/YL261120001.yaml) == *$'\nby: keeper\nto:\n  - lihua\nabout: done\n...' ]]
	# one's own name is no --by for others
	prints 'YL261120001#3' at 10:00 ticket-log 1 told --by keeper --set to=lihua --set about=done
	[[ $(<tickets/2026/11/YL261120001.yaml) == *$'\nby: keeper\nto:\n  - lihua\nabout: done\n...' ]]
	refused 3 'ticket-log: YL261120001: --by: keeper may not record for others' at 10:00 ticket-log 1 told --by lihua --set to=lihua
	refused 3 'ticket-open: --by: keeper may not record for others' at 10:00 ticket-open -q --by lihua -k inquiry -u 3-1 -n 王 x
	refused 3 'ticket-open: requests are taken by the desk: opened is recorded by the role desk; keeper does not have it [H3.4-1a]' \
		at 10:00 ticket-open -q -k repair -u 3-1 -n 王 x
}

@test "a role that records for others: both are recorded, and the one named has to have the step's role" {
	keeper --role desk
	prints 'YL261120001#2' at 10:00 ticket-assign 1 zhaoqiang --by gaoxia
	[[ $(<tickets/2026/11/YL261120001.yaml) == *$'\nby: gaoxia\nvia: keeper\nto: zhaoqiang\nsettles:\n  - department-told\n...' ]]
	refused 3 'ticket-assign: YL261120001: the desk tells the department: assigned is recorded by the role desk, supervisor, department-head; wanggang does not have it [H3.4-1]' \
		at 10:00 ticket-assign 1 zhaoqiang --by wanggang
	refused 3 'ticket-assign: YL261120001: --by: nosuch is not in staff.yaml' at 10:00 ticket-assign 1 zhaoqiang --by nosuch
	refused 3 'ticket-assign: YL261120001: --by: liuyang does not work here any more' at 10:00 ticket-assign 1 zhaoqiang --by liuyang
	refused 3 'staff-log: staff is entered by the role administrator; keeper does not have it' at 10:00 staff-log joined x --name x
	refused 3 'staff-log: staff is entered by the role administrator; keeper does not have it' at 10:00 staff-log joined x --name x --by boss
}

@test "the role counts that somebody has now, not the one to come" {
	at 09:30 staff-log -q changed keeper --role worker --from '2026-11-20 10:00:00' >/dev/null
	prints 'YL261120001#2' at 09:59:59 ticket-assign 1 zhaoqiang
	refused 3 'ticket-assign: YL261120001: the desk tells the department: assigned is recorded by the role desk, supervisor, department-head; keeper does not have it [H3.4-1]' \
		at 10:00:00 ticket-assign 1 zhaoqiang
}

@test "a station needs --by: it is nobody itself" {
	keeper --nature station --role desk
	refused 2 'ticket-assign: keeper is a station several people share: say who you are with --by' at 10:00 ticket-assign 1 zhaoqiang
	refused 2 'ticket-assign: keeper is a station several people share: say who you are with --by' at 10:00 ticket-assign 1 zhaoqiang --by keeper
	refused 2 'ticket-open: keeper is a station several people share: say who you are with --by' at 10:00 ticket-open -k inquiry -u 3-1 -n 王 x
	refused 2 'callback-log: keeper is a station several people share: say who you are with --by' at 10:00 callback-log 1 --unreached
	prints 'YL261120001#2' at 10:00 ticket-assign 1 zhaoqiang --by lihua
	[[ $(<tickets/2026/11/YL261120001.yaml) == *$'\nby: lihua\nvia: keeper\n'* ]]
}

@test "approvals never go through a station" {
	keeper --nature station --role desk
	refused 3 'ticket-log: YL261120001: approved-by: approvals are not recorded at a station (keeper)' \
		at 10:00 "${extend[@]}" --by wanggang --set approved-by=fangmin
	# as the approver themself, or for the director: no
	run --separate-stderr at 10:00 "${extend[@]}" --by fangmin --set approved-by=fangmin
	status_is 3
	[[ $(grep -c '^event:' tickets/2026/11/YL261120001.yaml) == 1 ]]
}

@test "nor do overrides" {
	keeper --nature station --role desk --role supervisor
	run --separate-stderr at 10:00 ticket-open -q --by gaoxia --channel patrol --override 公共部位 大堂下水道堵塞
	status_is 3
	output_is ''
}

@test "an override takes the role of who acts and of the login" {
	keeper --role desk
	at 10:00 ticket-open -q --by lihua -u 3-1201 -n 王女士 -k inquiry 请问几点开门
	refused 3 'ticket-close: YL261120002: work is recorded soon after it is done: closed has to be recorded within 3 d of happening [H3.4-21]' \
		at '2026-11-24 10:00' ticket-close YL261120002 --by gaoxia --at '2026-11-20 11:00' -r 已答复 --override 停电
}

@test "who asks does not approve, at their own login" {
	keeper --role worker
	refused 3 "ticket-log: YL261120001: approved-by: the person who asks must not record the approval: the approver records it, with --by keeper" \
		at 10:00 "${extend[@]}" --set approved-by=fangmin
}

@test "who has the approver's role does not approve what they ask for, at their own login either" {
	keeper --role centre-head
	refused 3 'ticket-log: YL261120001: approved-by: nobody approves their own request [H3.4-6]' at 10:00 "${extend[@]}" --set approved-by=keeper
}

@test "a service acts for itself" {
	keeper --nature service --role desk
	prints 'YL261120001#2' at 10:00 ticket-assign 1 zhaoqiang
}

@test "nobody can be left without an administrator, and no two have one login" {
	refused 3 'staff-log: login: nobody-has-this is the login of boss already: give another with --login' at 10:00 staff-log joined x --name x --login nobody-has-this
	at 10:00 staff-log -q left boss
	refused 3 'staff-log: nobody would be left with the role administrator: give it to somebody else first (staff-log changed PERSON --role administrator)' at 10:01 staff-log left keeper
	refused 3 'staff-log: nobody would be left with the role administrator: give it to somebody else first (staff-log changed PERSON --role administrator)' at 10:01 staff-log changed keeper --role desk
	refused 3 'staff-log: nobody would be left with the role administrator: give it to somebody else first (staff-log changed PERSON --role administrator)' at 10:01 staff-log changed keeper --role desk --from '2027-01-01 00:00'
}

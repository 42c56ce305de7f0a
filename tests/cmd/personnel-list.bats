#!/usr/bin/env bats
# personnel-list: registers as they hold now, and what they lack.
load ../helper
load ../packs

export day=2026-11-20

setup_file() {
	appraisal
}

@test "all registers, or one" {
	prints 'gaoxia#1,trained,induction passed
gaoxia#2,trained,post-training passed
lihua#1,trained,induction passed
lihua#2,trained,post-training passed
meizhen#1,trained,induction passed
meizhen#2,trained,post-training passed' columns record,event,what at 09:00 personnel-list --format csv
	prints 'lihua#1
lihua#2' columns record at 09:00 personnel-list lihua --format csv
	refused 2 'personnel-list: nobody is not in staff.yaml, and has no register (see staff-list and personnel-list)' \
		at 09:00 personnel-list nobody
	refused 2 'personnel-list: nobody is not in staff.yaml, and has no register (see staff-list and personnel-list)' \
		at 09:00 personnel-list --lacking nobody
	refused 2 'personnel-list: --event: there is no event "praised" (there are: appointed, certified, commended, corrected, proposed, rated, registered, sanctioned, trained, voided)' \
		at 09:00 personnel-list --event praised
	# somebody of the staff without a register
	prints '' at 09:00 personnel-list keeper
	prints 'record	at	event	what	state	reason	ticket	by	clause' at 09:00 personnel-list keeper --format tsv
	run --separate-stderr at 09:00 personnel-list ../x
	status_is 2
}

@test "a damaged register hides no other" {
	echo 'x' >>personnel/lihua.yaml
	run --separate-stderr at 09:00 personnel-list --format tsv --no-header
	status_is 4
	[[ $stderr == 'personnel-list: personnel/lihua.yaml:'* && $output == *meizhen#2* && $output != *lihua#1* ]]
}

@test "[H0.C-2] contractors are rated at set intervals; what is due shows" {
	prints 'jiejing#1' at '2026-08-01 09:00' personnel-log jiejing registered --subject contractor -n 洁净 --by gaoxia
	prints '' at '2026-11-01 23:59' personnel-list --lacking
	prints 'jiejing,contractor,by 2026-11-01,,H0.C-2' columns person,lacks,needs,has,clause at '2026-11-02 00:00' personnel-list --lacking --format csv
	prints 'jiejing#2' at '2026-11-02 09:00' personnel-log jiejing rated --rating contractor --result 4 --by gaoxia
	prints '' at '2027-02-02 09:00' personnel-list --lacking
	prints 'jiejing,2026-11-02' columns person,has at '2027-02-03 09:00' personnel-list --lacking --format csv
	refused 3 'personnel-log: result: must be a number from 1 to 5 [H0.C-2]' at '2026-11-03 09:00' personnel-log jiejing rated --rating contractor --result 6 --by gaoxia
	refused 3 'personnel-log: lihua is not registered as contractor [H0.C-2]' at '2026-11-03 09:00' personnel-log lihua rated --rating contractor --result 4 --by gaoxia
	refused 3 'personnel-log: subject: no rule of the policy is about a "vehicle"' at '2026-11-03 09:00' personnel-log lorry registered --subject vehicle -n 货车 --by gaoxia
	refused 3 'personnel-log: lihua is in a register or in staff.yaml already' at '2026-11-03 09:00' personnel-log lihua registered --subject contractor -n x --by gaoxia
}

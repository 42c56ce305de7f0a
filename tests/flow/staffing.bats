#!/usr/bin/env bats
# Who works here when dates, absences and deputies meet: changes that come into force later, absences that overlap,
# deputies of deputies, and what waits for those who are not here.
load ../helper
load ../packs

export day=2026-11-20

setup_file() {
	resident_centre
	# the login that runs the tests is a clerk's from now on, so that what it may do is not an administrator's
	people_join boss --name 老板 --role administrator --login nobody-has-this
	people_join w1 --name 甲 --role worker --department engineering
	people_join w2 --name 乙 --role worker --area 3 --department engineering
	people_join w3 --name 丙 --role worker
	at 09:00 ticket-open -q --by lihua -k repair -c drain -s ordinary -u 3-1201 -n 王女士 下水道堵塞
}

who() { columns person,roles,areas,department at "$1" staff-list --format csv | grep "^$2," || true; }
away() { columns person,absent at "$1" staff-list --format csv | grep "^$2," | cut -d , -f 2- | tr -d '"'; }

# says STATUS MESSAGES COMMAND...: it ends so, and says exactly that on stderr
says() {
	local status_wanted=$1 messages=$2
	shift 2
	run --separate-stderr "$@"
	status_is "$status_wanted"
	errors_are "$messages"
}

# --- dated changes ---

@test "who leaves has left, also when a change was recorded for a later day" {
	at 09:10 staff-log -q changed w2 --area 5 --from '2027-01-10 00:00'
	prints 'w2,worker,5,engineering' who '2027-01-11 10:00' w2
	says 0 'staff-log: w2: #15, which was to hold from 2027-01-10 00:00 on, has no effect' at '2026-12-01 10:00' staff-log left w2
	prints '' who '2027-01-11 10:00' w2
	refused 3 'ticket-assign: YL261120001: to: w2 left on 2026-12-01' at '2027-01-11 10:00' ticket-assign YL261120001 w2
	# nothing is contradicted by that
	prints '' ledger-check -q --now '2027-01-11 10:00'
	# who comes back finds it, and is told so
	says 0 'staff-log: w2: #15, recorded before, holds from 2027-01-10 00:00 on' at '2026-12-20 10:00' staff-log joined w2 --again --role desk --area 7
	prints 'w2,desk,7,' who '2026-12-21 10:00' w2
	prints 'w2,desk,5,' who '2027-01-11 10:00' w2
}

@test "a dated change says only what it changes, whatever is recorded after it" {
	at 09:10 staff-log -q changed w2 --area 5 --from '2027-01-10 00:00'
	at 09:20 staff-log -q changed w2 --role duty-lead
	at 09:30 staff-log -q changed w2 -d security --from '2026-12-15 00:00'
	prints 'w2,worker,3,engineering' who 09:19 w2
	prints 'w2,duty-lead,3,engineering' who 09:20 w2
	prints 'w2,duty-lead,3,security' who '2026-12-15 00:00' w2
	prints 'w2,duty-lead,5,security' who '2027-01-10 00:00' w2
	# in force since an earlier day than what was recorded before it: that keeps what it says
	at '2027-02-01 09:00' staff-log -q changed w2 --role desk --area 9 --from '2027-01-01 00:00'
	prints 'w2,desk,9,security' who '2027-01-05 00:00' w2
	prints 'w2,desk,5,security' who '2027-01-10 00:00' w2
}

@test "nobody leaves before they came, and who is to come can be told not to" {
	at 09:10 staff-log -q joined w9 --name 戊 --role worker --from '2026-12-01 08:00'
	refused 3 'staff-log: person: w9 does not work here before 2026-12-01 08:00' at 09:20 staff-log left w9
	refused 3 'staff-log: person: w9 does not work here before 2026-12-01 08:00' at 09:20 staff-log absent w9
	refused 3 'staff-log: w9 joined before and has not left' at 09:20 staff-log joined w9 --name 戊
	prints w9 at 09:30 staff-log left w9 --from '2026-12-01 08:00'
	prints '' who '2026-12-02 10:00' w9
}

@test "a change from before somebody came says that they were here earlier, and that is said" {
	at 09:10 staff-log -q joined w9 --name 戊 --role worker --from 2026-12-01
	says 0 'staff-log: w9: by this they work here from 2026-11-20 09:20 on, not from 2026-12-01 00:00 on: if that is wrong, record left, and the change with --from' \
		at 09:20 staff-log changed w9 --role desk
	prints 'w9,desk,,' who 09:20 w9
	# as it says
	says 0 'staff-log: w9: #15, recorded before, holds from 2026-12-01 00:00 on' at 09:30 staff-log left w9 --from '2026-11-20 09:20'
	says 0 '' at 09:40 staff-log changed w9 --role desk --from 2026-12-01
	prints '' who '2026-11-30 10:00' w9
	prints 'w9,desk,,' who '2026-12-01 10:00' w9
	prints '' at '2026-12-02 10:00' ledger-check -q
}

# --- ids ---

@test "an id that somebody left behind is theirs: they join again, another person gets another id" {
	at 09:10 ticket-assign 1 w2 >/dev/null
	at 09:20 staff-log -q left w2
	refused 3 'staff-log: w2 is the id of 乙, who left on 2026-11-20: if they are back, record it with --again; another person gets another id' \
		at 10:00 staff-log joined w2 --name 张三 --role worker
	refused 3 'staff-log: name: w2 is 乙: another person gets another id; if they have a new name, record it with changed once they have joined' \
		at 10:00 staff-log joined w2 --again --name 张三 --role worker
	refused 3 'staff-log: --again: w9 has not worked here before: record it without --again' at 10:00 staff-log joined w9 --again --name 张三
	refused 3 'staff-log: w1 joined before and has not left' at 10:00 staff-log joined w1 --again
	refused 2 'staff-log: --again: only who joined can have been here before' at 10:00 staff-log changed w1 --again
	# the name need not be typed, and the tickets are theirs as before
	prints w2 at 10:00 staff-log joined w2 --again --role worker --request-id back
	[[ $(tail -n 14 staff.yaml) == *$'person: w2\nname: 乙\nroles:\n  - worker\n...' ]]
	says 0 'staff-log: w2: recorded before under this --request-id' at 10:01 staff-log joined w2 --again --role worker --request-id back
	prints YL261120001 columns ticket at 10:02 ticket-list --for w2 --format csv
}

@test "ledger-check names whoever joined under another's id, until it is settled" {
	at 09:20 staff-log -q left w2
	at 09:30 staff-log -q joined w2 --again --role worker
	perl -0pi -e 's/(.*)name: 乙/$1name: 张三/s' staff.yaml
	prints "staff,#16: w2 joined as 张三 under the id that 乙 left behind: if that is the same person, record the name with changed" \
		columns problem,text bash -c 'ledger-check -q --now "2026-11-20 10:00" --format csv || true'
	at 10:10 staff-log -q changed w2 --name 张三
	prints '' ledger-check -q --now '2026-11-20 10:20'
}

# --- absences ---

@test "absences add up: the later one does not end the longer one" {
	at 09:10 staff-log -q absent w1 --until '2026-12-10 18:00' --deputy w2
	says 0 'staff-log: w1: absent until 2026-12-10 18:00 all the same, by what was recorded before (staff-log back ends it)
staff-log: w1: w2 stays the deputy' at 09:20 staff-log absent w1 --from '2026-11-25 00:00' --until '2026-11-26 00:00'
	prints 'until 2026-12-10 18:00, deputy w2' away '2026-11-25 12:00' w1
	prints 'until 2026-12-10 18:00, deputy w2' away '2026-11-27 12:00' w1
	prints '' away '2026-12-10 18:00:01' w1
	# longer: who was named stays the deputy
	says 0 'staff-log: w1: w2 stays the deputy' at '2026-12-08 09:00' staff-log absent w1 --until '2026-12-20 18:00'
	prints 'until 2026-12-20 18:00, deputy w2' away '2026-12-09 12:00' w1
	prints 'until 2026-12-20 18:00, deputy w2' away '2026-12-15 12:00' w1
	# another deputy, until they are back
	says 0 'staff-log: w1: absent until 2026-12-20 18:00, as recorded before' at '2026-12-12 09:00' staff-log absent w1 --deputy w3
	prints 'until 2026-12-20 18:00, deputy w3' away '2026-12-15 12:00' w1
	# back earlier: all that have begun by then are over, what is still to come is not
	at '2026-12-13 09:00' staff-log -q absent w1 --from '2027-01-04 00:00' --until '2027-01-05 00:00'
	at '2026-12-14 09:00' staff-log -q back w1
	prints '' away '2026-12-14 09:00' w1
	prints 'until 2026-12-14 08:59, deputy w3' away '2026-12-14 08:59:59' w1
	prints 'until 2027-01-05 00:00' away '2027-01-04 12:00' w1
	prints '' ledger-check -q --now '2027-01-06 12:00'
}

@test "nobody is absent who is not here" {
	at 09:10 staff-log -q left w2
	at 09:10 staff-log -q left w3 --from '2026-12-01 00:00'
	refused 3 'staff-log: person: w2 does not work here any more' at 09:20 staff-log absent w2
	refused 3 'staff-log: person: w3 does not work here any more' at 09:20 staff-log absent w3 --from '2026-12-05 00:00'
	refused 3 'staff-log: person: nosuch is not in staff.yaml' at 09:20 staff-log absent nosuch
	refused 3 'staff-log: deputy: w3 does not work here any more' at 09:20 staff-log absent w1 --from '2026-12-05 00:00' --deputy w3
	refused 3 'staff-log: person: w1 does not work here before 2026-01-05 08:00' at 09:20 staff-log absent w1 --from '2026-01-01 00:00' --until '2026-02-01 00:00'
	# who joins again is here
	at 09:20 staff-log -q absent w1 --deputy gaoxia
	at 09:30 staff-log -q left w1
	at 09:40 staff-log -q joined w1 --again --role worker
	prints '' away 09:41 w1
}

# --- deputies ---

@test "one notion of having a role: deputies of deputies take every step that those may whom they stand in for" {
	at 09:10 ticket-open -q --by lihua -k repair -c drain -s ordinary -u 3-1202 -n 李先生 水管漏水
	at 09:20 staff-log -q changed keeper --role worker --from '2026-11-20 09:30'
	at 09:20 staff-log -q absent gaoxia --from '2026-11-20 10:00' --until '2026-11-20 12:00' --deputy w2
	at 09:20 staff-log -q absent w2 --from '2026-11-20 11:00' --until '2026-11-20 12:00' --deputy keeper
	at 09:20 staff-log -q absent lihua --from '2026-11-20 11:30' --until '2026-11-20 12:00' --deputy keeper
	local no='ticket-assign: YL261120001: the duty lead is told and issues the slip: assigned is recorded by the role desk, supervisor, duty-lead; keeper does not have it [H2.C-1 H2.C-2]'
	refused 3 "$no" at 09:30 ticket-assign 1 wanggang
	refused 3 "$no" at 10:59:59 ticket-assign 1 wanggang
	refused 3 'ticket-assign: YL261120002: --by: keeper may not record for others' at 10:59:59 ticket-assign 2 wanggang --by lihua
	prints 'YL261120001#2' at 11:00 ticket-assign 1 wanggang
	# recording for others, and overrides
	prints 'YL261120002#2' at 11:30 ticket-assign 2 wanggang --by lihua
	refused 3 'ticket-close: YL261120001: the slip comes back signed, with the household'"'"'s opinion and telephone: finished needs the fields workers, work, opinion, phone-seen [H2.C-6]' \
		at 11:40 ticket-close 1 -r 疏通 --signature 王女士
	prints 'YL261120001#3' at 11:40 ticket-close 1 -r 疏通 --signature 王女士 --override 住户不便
	# nobody is an administrator by standing in
	refused 3 'staff-log: staff is entered by the role administrator; keeper does not have it' at 11:50 staff-log left w1
	refused 3 'ticket-assign: YL261120002: the duty lead is told and issues the slip: assigned is recorded by the role desk, supervisor, duty-lead; keeper does not have it [H2.C-1 H2.C-2]' \
		at 12:00:01 ticket-assign 2 wanggang
	# what was done while it was so may be recorded afterwards
	prints 'YL261120002#3' at 13:00 ticket-assign 2 wanggang --at 11:45
}

@test "a circle of deputies is refused when it would come about, and survived where two clones made it" {
	at 09:10 staff-log -q absent w1 --until '2026-12-10 18:00' --deputy w2
	refused 3 'staff-log: deputy: from 2026-11-20 09:20 on the deputies of w2 would stand in for each other in a circle, by way of w1: name somebody who is here' \
		at 09:20 staff-log absent w2 --until '2026-12-01 18:00' --deputy w1
	at 09:30 staff-log -q absent w3 --until '2026-12-01 18:00' --deputy w1
	refused 3 'staff-log: deputy: from 2026-11-20 09:40 on the deputies of w2 would stand in for each other in a circle, by way of w3: name somebody who is here' \
		at 09:40 staff-log absent w2 --until '2026-12-01 18:00' --deputy w3
	# a longer absence can close one, too
	at 09:50 staff-log -q absent w2 --from '2026-12-11 00:00' --until '2026-12-20 18:00' --deputy w1
	refused 3 'staff-log: deputy: from 2026-12-11 00:00 on the deputies of w1 would stand in for each other in a circle, by way of w2: name somebody who is here' \
		at 10:00 staff-log absent w1 --until '2026-12-15 18:00'
	# what no command records
	sed -i 's/"2026-12-11T00:00:00+08:00"/"2026-11-20T09:50:00+08:00"/' staff.yaml
	prints 'until 2026-12-10 18:00, deputy w2: nobody is here' away 10:00 w1
	prints 'YL261120001' columns ticket at 10:00 ticket-list --format csv
	at 10:10 ticket-assign 1 w1 2>/dev/null
	prints 'YL261120001' columns ticket at 10:11 ticket-list --for w2 --format csv
}

@test "a deputy who is absent, too, or leaves: it is said when it is recorded, and by ledger-check" {
	at 09:10 staff-log -q absent w1 --until '2026-12-10 18:00' --deputy w2
	prints '' ledger-check -q --now '2026-11-20 09:11'
	says 0 'staff-log: w2: w2 stands in for w1 until 2026-12-10 18:00: from 2026-11-25 00:00 on w3 does' \
		at 09:20 staff-log absent w2 --from '2026-11-25 00:00' --until '2026-11-30 18:00' --deputy w3
	prints 'until 2026-12-10 18:00, deputy w2, for whom w3' away '2026-11-26 12:00' w1
	prints '' ledger-check -q --now '2026-11-20 09:21'
	says 0 'staff-log: w3: w2 stands in for w1 until 2026-12-10 18:00: from 2026-11-25 00:00 on nobody does: w3 does not work here then (staff-log absent w1 --deputy PERSON names another)
staff-log: w3: w3 stands in for w2 until 2026-11-30 18:00: from 2026-11-25 00:00 on nobody does: w3 does not work here then (staff-log absent w2 --deputy PERSON names another)' \
		at 09:30 staff-log left w3
	prints 'deputy,#15: from 2026-11-25 00:00 on nobody stands in for w1: w3 does not work here then (staff-log absent w1 --deputy PERSON names another)
deputy,#16: from 2026-11-25 00:00 on nobody stands in for w2: w3 does not work here then (staff-log absent w2 --deputy PERSON names another)' \
		columns problem,text bash -c 'ledger-check -q --now "2026-11-20 09:31" --format csv || true'
	prints 'until 2026-11-30 18:00, deputy w3: has left' away '2026-11-26 12:00' w2
	# another for each, and all is well
	at 09:40 staff-log -q absent w2 --from '2026-11-25 00:00' --deputy gaoxia
	prints '' ledger-check -q --now '2026-11-20 09:41'
	prints 'until 2026-12-10 18:00, deputy w2, for whom gaoxia' away '2026-11-26 12:00' w1
	# a deputy without one
	says 0 'staff-log: gaoxia: w2 stands in for w1 until 2026-12-10 18:00: from 2026-11-29 10:00 on nobody does: gaoxia is absent, too (staff-log absent w1 --deputy PERSON names another)
staff-log: gaoxia: gaoxia stands in for w2 until 2026-11-30 18:00: from 2026-11-29 10:00 on nobody does: gaoxia is absent, too (staff-log absent w2 --deputy PERSON names another)
staff-log: duties nobody here can fulfil: 8, before: 7 (policy-list --unfilled)' \
		at '2026-11-29 10:00' staff-log absent gaoxia --until '2026-11-30 10:00'
	# what is past cannot be mended, and is not named
	prints '' ledger-check -q --now '2026-11-30 18:01'
	# named although they are absent for a part of it
	at '2026-11-30 19:00' staff-log -q absent lihua --from '2026-12-01 00:00'
	says 0 'staff-log: sunli: lihua stands in for sunli until 2026-12-10 18:00: from 2026-12-01 00:00 on nobody does: lihua is absent, too (staff-log absent sunli --deputy PERSON names another)' \
		at '2026-11-30 19:10' staff-log absent sunli --until '2026-12-10 18:00' --deputy lihua
}

# --- what waits ---

@test "who leaves or is absent: what is open for them is said, and listed for whoever has gone" {
	local visit=customers/3/3-1201.yaml
	at 09:10 ticket-assign -q 1 w2
	at 09:11 ticket-open -q --by lihua -k repair -c drain -s ordinary -u 3-1202 -n 李先生 水管漏水
	at 09:12 ticket-assign -q 2 w2
	at 09:13 ticket-open -q --by lihua -k repair -c drain -s ordinary -u 3-1203 -n 赵先生 门铃不响
	at 09:14 customer-log -q opened 3-1201 --name 王女士 --by lihua
	# a visit that is w2's by name, as a routine would record it
	perl -0pi -e 's/\.\.\.\n$/callbacks:\n  - id: visit\n    rule: visit\n    clause: R-3\n    start: "2026-11-20T09:14:00+08:00"\n    opens: "2026-11-20T09:14:00+08:00"\n    at: "2026-11-30T23:59:59+08:00"\n    who:\n      - person:w2\n    rate: "1"\n...\n/' $visit
	says 0 'staff-log: w2: open for them: tickets 2, callbacks 1 (ticket-list --for w2)' at 09:20 staff-log absent w2 --until '2026-11-25 18:00' --deputy w3
	local listed=$'3-1201\nYL261120001\nYL261120002'
	prints "$listed" bash -c "$(declare -f at columns); day=$day; columns ticket at 09:21 ticket-list --for w2 --format csv | sort"
	# the deputy has them to deal with meanwhile
	prints "$listed" bash -c "$(declare -f at columns); day=$day; columns ticket at 09:21 ticket-list --for w3 --format csv | sort"
	prints '' at 09:21 ticket-list --for w1
	prints '' at '2026-11-26 09:00' ticket-list --for w3
	says 0 'staff-log: w2: open for them: tickets 2, callbacks 1 (ticket-list --for w2)' at '2026-11-26 10:00' staff-log left w2
	prints "$listed" bash -c "$(declare -f at columns); day=$day; columns ticket at '2026-11-26 10:01' ticket-list --for w2 --format csv | sort"
	prints $'YL261120001\nYL261120002' columns ticket at '2026-11-26 10:01' ticket-list --for w2 --kind repair --format csv
	run --separate-stderr at '2026-11-26 10:01' ticket-list --for nosuch
	status_is 2
	[[ $stderr == 'ticket-list: --for: nosuch is not in staff.yaml (there are: '* ]]
	# nor is it theirs any more what they had to do as a deputy
	at '2026-11-26 10:02' staff-log -q absent w1 --deputy w3
	at '2026-11-26 10:03' ticket-assign -q YL261120003 w1
	prints YL261120003 columns ticket at '2026-11-26 10:03' ticket-list --for w3 --format csv
	says 0 'staff-log: w3: w3 stands in for w1 until they are back: from 2026-11-26 10:04 on nobody does: w3 does not work here then (staff-log absent w1 --deputy PERSON names another)' \
		at '2026-11-26 10:04' staff-log left w3
	prints '' at '2026-11-26 10:05' ticket-list --for w3
	# nothing open, nothing said
	says 0 'staff-log: duties nobody here can fulfil: 8, before: 7 (policy-list --unfilled)' at '2026-11-26 10:10' staff-log left gaoxia
}

@test "work given to somebody absent is said to be; to a team alone it is nobody's" {
	at 09:10 staff-log -q absent w1 --until '2026-12-10 18:00' --deputy w2
	at 09:10 staff-log -q absent w3
	says 0 'ticket-assign: YL261120001: w1 is absent until 2026-12-10 18:00; w2 stands in' at 09:20 ticket-assign 1 w1
	says 0 'ticket-assign: YL261120001: w3 is absent until they are back; nobody stands in' at 09:21 ticket-assign 1 w3
	at 09:21 staff-log -q left sunli --from '2026-11-30 18:00'
	says 0 'ticket-assign: YL261120001: sunli leaves on 2026-11-30' at 09:22 ticket-assign 1 sunli
	says 0 'ticket-log: YL261120001: w1 is absent until 2026-12-10 18:00; w2 stands in' at 09:22 ticket-log 1 told --set to=w1
	says 0 '' at '2026-12-11 09:20' ticket-assign YL261120001 w1
	prints 'w1,' columns assignee,team at '2026-12-11 09:21' ticket-list --format csv
	at '2026-12-11 09:30' ticket-assign -q YL261120001 --team night
	prints ',night' columns assignee,team at '2026-12-11 09:31' ticket-list --format csv
	prints '' at '2026-12-11 09:31' ticket-list --for w1
	at '2026-12-11 09:40' ticket-assign -q YL261120001 w2
	prints 'w2,night' columns assignee,team at '2026-12-11 09:41' ticket-list --format csv
	at '2026-12-11 09:50' ticket-assign -q YL261120001 -d security
	prints ',night' columns assignee,team at '2026-12-11 09:51' ticket-list --format csv
}

@test "what is recorded afterwards takes a ticket from nobody who was assigned later, nor a customer's newer telephone" {
	at 10:00 ticket-assign -q 1 w2 --team day
	says 0 'ticket-assign: YL261120001: w2 has it now, by the assignment of 2026-11-20 10:00' at 10:30 ticket-assign 1 w1 --at 09:30
	prints 'w2,day' columns assignee,team at 10:31 ticket-list --format csv
	prints '' at 10:31 ticket-list --for w1
	# the team of then is no one's who came later, who names none
	at 10:32 ticket-assign -q 1 w3
	at 10:40 ticket-assign -q 1 --team night --at 10:10
	prints 'w3,night' columns assignee,team at 10:41 ticket-list --format csv
	at 09:00 customer-log -q opened 3-1201 --name 王女士 -p 13900010001 --by lihua
	at '2026-11-25 09:00' customer-log -q changed 3-1201 -p 13900010003 --by lihua
	at '2026-11-26 09:00' customer-log -q changed 3-1201 --name 王芳 -p 13900010002 --by lihua --at '2026-11-22 09:00'
	prints '王芳,13900010003' columns name,phone at '2026-11-26 09:01' customer-list --format csv
	prints '' ledger-check -q --now '2026-11-26 09:01'
}

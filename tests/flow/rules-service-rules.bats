#!/usr/bin/env bats
# Regulations H3.4 as the pack service-rules keeps them, clauses 14 to 19 and from 24 on: for each clause what is refused, what
# is accepted, and until when. The others are in rules-service-rules-work.bats.
load service-rules

@test "[H3.4-25c] what a callback brings is sorted and settled within three working days; nothing is owed where it brings nothing" {
	finished_drain
	keep tickets/2026/11/YL261120001.yaml
	at 11:00 callback-log -q 1 --by lihua --answer satisfied --agrees yes --opinions 无 --shortcomings 没有
	prints '' at 12:00 ticket-due --rule H3.4-25c
	local field
	for field in problem opinions shortcomings; do
		put_back tickets/2026/11/YL261120001.yaml
		at 11:00 callback-log -q 1 --by lihua --answer satisfied --agrees yes --$field 楼道灯也坏了
		prints 'due,2026-11-25T18:00:00+08:00,sorted reopened' columns status,due,until at '2026-11-25 18:00:00' ticket-due --rule H3.4-25c --format csv
	done
	prints 'overdue' columns status at '2026-11-25 18:00:01' ticket-due --rule H3.4-25c --format csv
	local title='what a callback brought is sorted: opinion, demand, suggestion or complaint, and what became of it'
	refused 3 "ticket-log: YL261120001: $title: sorted needs the field text [H3.4-25c]" at 12:00 ticket-log YL261120001 sorted --by lihua
	refused 3 "ticket-log: YL261120001: $title: sorted is recorded by the role desk, officer, supervisor; wanggang does not have it [H3.4-25c]" \
		at 12:00 ticket-log YL261120001 sorted --by wanggang -t 另开报修
	keep tickets/2026/11/YL261120001.yaml
	at '2026-11-25 18:00:00' ticket-log -q YL261120001 sorted --by lihua -t 要求：另开报修
	[[ $(duties '2026-11-26 09:00' YL261120001) == *'callback-sorted [H3.4-25c] 2026-11-25 18:00  in time at 2026-11-25 18:00'* ]]
	prints '' at '2026-11-26 09:00' ticket-due --rule H3.4-25c
	put_back tickets/2026/11/YL261120001.yaml
	at '2026-11-25 18:00:01' ticket-log -q YL261120001 sorted --by lihua -t 要求：另开报修
	[[ $(duties '2026-11-26 09:00' YL261120001) == *'callback-sorted [H3.4-25c] 2026-11-25 18:00  LATE at 2026-11-25 18:00'* ]]
}

@test "[H3.4-16i] a suggestion is decided before it is closed" {
	at 09:00 ticket-open -q --by lihua -k suggestion -u 3-1201 --name 王先生 -t 增设晾衣架 >/dev/null
	refused 3 'ticket-close: YL261120001: a suggestion is adopted or a plan ordered before it is closed: closed needs decided first, which is not recorded [H3.4-16i]' \
		at 10:00 ticket-close 1 --by lihua -r 已答复
	at 10:30 ticket-log -q 1 decided --by wenbo -t 采纳，下月安装
	prints 'YL261120001#3' at 11:00 ticket-close 1 --by lihua -r 已采纳
}

@test "[H3.4-14] the desk settles slips that are back, and no others" {
	take 09:00 下水道堵塞
	refused 3 'ticket-close: YL261120001: the desk settles slips: closed is recorded by the role desk, supervisor; wanggang does not have it [H3.4-14]' \
		at 10:00 ticket-close 1 --by wanggang -r 好了
	refused 3 'ticket-close: YL261120001: neither a slip nor a return is recorded [H3.4-5 H3.4-7]' at 10:00 ticket-close 1 --by lihua -r 好了
	send 10:00 1
	prints 'YL261120001#4' at 10:30 ticket-close 1 --by lihua "${slip[@]}" -r 好了
}

@test "[H3.4-16e] a complaint is investigated the same day, decided by the director, answered in writing" {
	take 09:00 投诉保安态度太差
	prints 'investigate 2026-11-20T23:59:59+08:00' due YL261120001
	refused 3 'ticket-log: YL261120001: the director decides and names the department: decided needs investigated first, which is not recorded [H3.4-16]' \
		at 10:00 ticket-log 1 decided --by wenbo -t 道歉 --set department=security
	refused 3 'ticket-log: YL261120001: the result and a proposal go to the director, the same day: investigated needs the fields result, text [H3.4-16]' \
		at 10:00 ticket-log 1 investigated --by meizhen
	prints 'YL261120001#2' at 23:59:59 ticket-log 1 investigated --by meizhen --result 属实 -t 建议道歉
	prints 'investigate [H3.4-16] 2026-11-20 23:59  in time at 2026-11-20 23:59 (#2)
director-informed [H3.4-16c] 2026-11-21 23:59  open, to director' duties '2026-11-21 09:00' YL261120001
	refused 3 'ticket-log: YL261120001: what was investigated is answered as the director decides: answered needs decided first, which is not recorded [H3.4-16]' \
		at '2026-11-21 09:00' ticket-log YL261120001 answered --by lihua -t 已道歉
	refused 3 'ticket-log: YL261120001: the director decides and names the department: decided is recorded by the role director; fangmin does not have it [H3.4-16]' \
		at '2026-11-21 09:00' ticket-log YL261120001 decided --by fangmin -t 道歉 --set department=security
	refused 3 'ticket-log: YL261120001: the director decides and names the department: decided needs the field department [H3.4-16]' \
		at '2026-11-21 09:00' ticket-log YL261120001 decided --by wenbo -t 道歉
	prints 'YL261120001#3' at '2026-11-21 09:00' ticket-log YL261120001 decided --by wenbo -t 道歉 --set department=security
	refused 3 'ticket-close: YL261120001: a complaint closes with a written answer: closed needs answered first, which is not recorded [H3.4-16]' \
		at '2026-11-21 09:30' ticket-close YL261120001 --by lihua -r 已道歉 --valid --reason 态度
	prints 'YL261120001#4' at '2026-11-21 09:30' ticket-log YL261120001 answered --by lihua -t 已道歉
	refused 3 'ticket-close: YL261120001: a complaint closes with a written answer: closed needs the fields valid, reason [H3.4-16]' \
		at '2026-11-21 09:40' ticket-close YL261120001 --by lihua -r 已道歉
	prints 'YL261120001#5' at '2026-11-21 09:40' ticket-close YL261120001 --by lihua -r 已道歉 --valid --reason 态度
}

@test "[H3.4-16b] one second into the next day the investigation is late; explained to satisfaction ends it too" {
	take 09:00 投诉保安态度太差
	prints 'due,2026-11-20T23:59:59+08:00,YL261120001,investigated explained' columns status,due,ticket,until at 09:01 ticket-due --format csv
	keep tickets/2026/11/YL261120001.yaml
	at 23:59:59 ticket-log -q 1 investigated --by meizhen --result 属实 -t 建议道歉
	prints 'investigate [H3.4-16] 2026-11-20 23:59  in time at 2026-11-20 23:59 (#2)
director-informed [H3.4-16c] 2026-11-21 23:59  open, to director' duties '2026-11-21 09:00' YL261120001
	prints '' at '2026-11-21 09:00' ticket-due --rule investigate
	put_back tickets/2026/11/YL261120001.yaml
	at '2026-11-21 00:00:00' ticket-log -q YL261120001 investigated --by meizhen --result 属实 -t 建议道歉
	prints 'investigate [H3.4-16] 2026-11-20 23:59  LATE at 2026-11-21 00:00 (#2)
director-informed [H3.4-16c] 2026-11-22 23:59  open, to director' duties '2026-11-21 09:00' YL261120001
	take 09:00 投诉车位太差
	at 10:00 ticket-log -q 2 explained --by lihua -t 车位按合同分配
	prints 'investigate [H3.4-16] 2026-11-20 23:59  in time at 2026-11-20 10:00 (#2)' duties 10:01 YL261120002
	prints 'YL261120002#3' at 10:02 ticket-log 2 answered --by lihua -t 车位按合同分配
	prints 'YL261120002#4' at 10:03 ticket-close 2 --by lihua -r 已解释 --invalid --reason 合同如此
}

@test "[H3.4-16] suggestions are recorded and decided by the director or the centre head" {
	take 09:00 建议多种树
	refused 3 'ticket-log: YL261120001: suggestions are decided and posted: decided is recorded by the role director, centre-head; lihua does not have it [H3.4-16]' \
		at 10:00 ticket-log 1 decided --by lihua -t 采纳
	refused 3 'ticket-log: YL261120001: suggestions are decided and posted: decided needs the field text [H3.4-16]' at 10:00 ticket-log 1 decided --by wenbo
	prints 'YL261120001#2' at 10:00 ticket-log 1 decided --by fangmin -t 采纳
}

@test "[H3.4-17] every callback matter is dealt with: repairs and complaints alike are called back, and reopened when unsatisfied" {
	finished_drain
	run --separate-stderr at 11:00 callback-log 1 --by lihua --answer unsatisfied --agrees yes --shortcomings 又堵了
	status_is 0
	errors_are 'callback-log: YL261120001: reopened [H3.4-12 H3.4-17]'
	prints 'done [H3.4-8] 2026-11-21 09:00  in time at 2026-11-20 10:30 (#4)
slip-settled [H3.4-14 H3.4-21] 2026-11-30 23:59  withdrawn at 2026-11-20 11:00 (#6)
callback-sorted [H3.4-25c] 2026-11-25 18:00  in time at 2026-11-20 11:00 (#6)
done [H3.4-8] 2026-11-21 11:00  open
completion [H3.4-12 H3.4-17] 2026-11-21 23:59  in time at 2026-11-20 11:00 (#5)' duties 11:01 YL261120001
	take 09:00 投诉车位太差
	at 10:00 ticket-log -q 2 explained --by lihua -t 车位按合同分配
	at 10:02 ticket-log -q 2 answered --by lihua -t 车位按合同分配
	at 10:03 ticket-close -q 2 --by lihua -r 已解释 --invalid --reason 合同如此
	prints 'YL261120002,2026-11-23T23:59:59+08:00,officer,H3.4-17' columns ticket,due,roles,clause at 11:00 callback-due --format csv
}

@test "[H3.4-24] a major complaint is known by its words" {
	run --separate-stderr take 09:00 投诉：再不处理就找媒体
	status_is 0
	[[ $(ticket-show YL261120001 --format yaml) == *$'\nseverity: major\n'* ]]
	take 09:00 投诉：车位太差
	[[ $(ticket-show YL261120002 --format yaml) == *$'\nseverity: ordinary\n'* ]]
}

@test "[H3.4-25b] a question left open in a callback has a promised time, and that is a deadline" {
	finished_drain
	at 11:00 callback-log -q 1 --by lihua --answer satisfied --agrees yes --promised '2026-11-22 12:00'
	[[ $(duties '2026-11-22 12:00:00' YL261120001) == *'reply-promised [H3.4-25] 2026-11-22 12:00  open'* ]]
	[[ $(duties '2026-11-22 12:00:01' YL261120001) == *'reply-promised [H3.4-25] 2026-11-22 12:00  OVERDUE'* ]]
	refused 3 'ticket-log: YL261120001: the promised reply: replied needs the field text [H3.4-25]' \
		at '2026-11-22 10:00' ticket-log YL261120001 replied --by lihua
	prints 'due,2026-11-22T12:00:00+08:00,replied,H3.4-25' columns status,due,until,clause at '2026-11-22 11:00' ticket-due --rule H3.4-25 --format csv
	keep tickets/2026/11/YL261120001.yaml
	at '2026-11-22 12:00:01' ticket-log -q YL261120001 replied --by lihua -t 下周换
	[[ $(duties '2026-11-23 09:00' YL261120001) == *'reply-promised [H3.4-25] 2026-11-22 12:00  LATE at 2026-11-22 12:00 (#6)'* ]]
	put_back tickets/2026/11/YL261120001.yaml
	at '2026-11-22 12:00:00' ticket-log -q YL261120001 replied --by lihua -t 下周换
	prints '' at '2026-11-23 09:00' ticket-due --rule H3.4-25
	[[ $(duties '2026-11-23 09:00' YL261120001) == *'reply-promised [H3.4-25] 2026-11-22 12:00  in time at 2026-11-22 12:00 (#6)'* ]]
}

@test "[ours] records are corrected by those who answer for them" {
	finished_drain
	books_mended YL261120001 wanggang 'supervisor, centre-head, director' 'desk, supervisor, centre-head, director'
}

@test "[H3.4-17] each complaint is called back, and reopened when unsatisfied" {
	take 09:00 投诉车位太差
	at 10:02 ticket-log -q 1 answered --by lihua -t 车位按合同分配
	at 10:03 ticket-close -q 1 --by lihua -r 已解释 --invalid --reason 合同如此
	prints 'due,officer,complaint-answered' columns status,roles,rule at 11:00 callback-due --format csv
	run --separate-stderr at 11:00 callback-log 1 --by meizhen --answer unsatisfied --shortcomings 仍不满
	errors_are 'callback-log: YL261120001: reopened [H3.4-17]'
}

@test "[H3.4-15c] the night watch signs what it took over: until then nothing is handed over" {
	people_join zhougang --name 周刚 --role night-watch
	at '2026-11-20 07:00' callback-plan >/dev/null
	log=$(columns ticket at '2026-11-20 07:00' ticket-due --rule day-log --format csv)
	run --separate-stderr at '2026-11-20 18:00' ticket-log "$log" handed-over --by lihua -t '三号楼下水请夜班留意'
	output_is "$log#2"
	errors_are "ticket-log: $log: handed-over counts when it is signed by night-watch (zhougang) [H3.4-15c]: ticket-log $log signed --of=2"
	refused 3 "ticket-close: $log: only what is done is closed: closed needs handed-over first, which (#2) awaits the signature of night-watch (zhougang) [H3.4-15c] [H3.4-15]" \
		at '2026-11-20 18:01' ticket-close "$log" --by lihua -r 已交班
	refused 3 "ticket-log: $log: lihua recorded #2: another person has to sign it [H3.4-15c]" at '2026-11-20 18:02' ticket-log "$log" signed --by lihua
	refused 3 "ticket-log: $log: #2 (handed-over) awaits the signature of night-watch (zhougang) [H3.4-15c]; wanggang is not" \
		at '2026-11-20 18:02' ticket-log "$log" signed --by wanggang
	prints "$log#3" at '2026-11-20 18:03' ticket-log -q "$log" signed --by zhougang
	prints "$log#5" at '2026-11-20 18:04' ticket-close -q "$log" --by lihua -r 已交班
}

@test "[H3.4-16c] the result of an investigation and the proposal go to the director, and nobody else counts" {
	take 09:00 投诉保安态度太差 >/dev/null
	at 10:00 ticket-log -q 1 investigated --by meizhen --result 属实 -t 建议道歉
	refused 3 'ticket-log: YL261120001: director-informed: the role director (wenbo) has to be told; gaoxia, fangmin is not [H3.4-16c]' \
		at 10:01 ticket-log 1 told --by meizhen --set to=gaoxia --set to=fangmin
	prints 'due,2026-11-21T23:59:59+08:00,director-informed,wenbo,director' \
		columns status,due,deadline,who,roles at 10:02 ticket-due --format csv
	keep tickets/2026/11/YL261120001.yaml
	prints 'YL261120001#3' at '2026-11-21 23:59:59' ticket-log YL261120001 told --by meizhen --set to=wenbo
	[[ $(duties '2026-11-22 09:00' YL261120001) == *'director-informed [H3.4-16c] 2026-11-21 23:59  in time at 2026-11-21 23:59 (#3)'* ]]
	put_back tickets/2026/11/YL261120001.yaml
	# a director who decides knows
	at '2026-11-22 00:00:00' ticket-log -q YL261120001 decided --by wenbo -t 道歉 --set department=security
	[[ $(duties '2026-11-22 09:00' YL261120001) == *'director-informed [H3.4-16c] 2026-11-21 23:59  LATE at 2026-11-22 00:00 (#3)'* ]]
	prints '' at '2026-11-22 09:00' ticket-due --rule director-informed
}

@test "[H3.4-16h] suggestions are reported to the director, and nobody else counts" {
	take 09:00 建议多种树 >/dev/null
	refused 3 'ticket-log: YL261120001: suggestion-told: the role director (wenbo) has to be told; fangmin is not [H3.4-16h]' \
		at 09:30 ticket-log 1 told --by lihua --set to=fangmin
	# the centre head decides, but that is not telling the director
	at 10:00 ticket-log -q 1 decided --by fangmin -t 采纳
	prints 'due,2026-11-21T23:59:59+08:00,suggestion-told,wenbo,director' \
		columns status,due,deadline,who,roles at 10:02 ticket-due --format csv
	prints 'overdue' columns status at '2026-11-22 00:00:00' ticket-due --format csv
	prints 'YL261120001#3' at '2026-11-22 00:00:00' ticket-log YL261120001 told --by lihua --set to=wenbo
	prints '' at '2026-11-22 09:00' ticket-due
}

@test "[H3.4-14g] the settlement copy goes to finance, and only finance counts" {
	people_join jinhua --name 金华 --role finance
	at '2026-11-02 01:00' callback-plan >/dev/null 2>&1
	local report
	report=$(ticket-list --kind routine --format csv --no-header | grep 客户服务月报 | cut -d, -f1)
	at '2026-11-04 09:00' ticket-log -q "$report" reported --by lihua -t '服务三十件，投诉两件'
	refused 3 "ticket-log: $report: finance-told: the role finance (jinhua) has to be told; gaoxia is not [H3.4-14g]" \
		at '2026-11-04 09:10' ticket-log "$report" told --by lihua --set to=gaoxia
	prints 'due,2026-11-05T18:00:00+08:00,finance-told,jinhua,finance' \
		columns status,due,deadline,who,roles at '2026-11-05 18:00:00' ticket-due --rule finance-told --format csv
	prints 'overdue' columns status at '2026-11-05 18:00:01' ticket-due --rule finance-told --format csv
	at '2026-11-05 18:00:01' ticket-log -q "$report" told --by lihua --set to=jinhua
	prints '' at '2026-11-05 18:10' ticket-due --rule finance-told
}

#!/usr/bin/env bash
# A Friday in November 2026: an ordinary complaint, one that is unjustified, and a burst pipe that goes up to the board.
. "$(dirname "$0")/../desk.bash"
cd "$work" || exit

ledger-init -q centre --pack complaint-handling --site YL --name 客户中心 --person keeper --test --now '2026-11-19 08:00'
cd centre || exit
day=2026-11-19 clock=08:00
enter() { staff-log -q --now "$day $clock" joined "$@" >/dev/null; }
enter lihua --name 李华 --role desk
enter wanggang --name 王刚 --role worker --department engineering
enter zhaoqiang --name 赵强 --role department-head --department engineering
enter sunli --name 孙立 --role department-head --department security
enter wenbo --name 温博 --role office-director
enter qianjin --name 钱进 --role leader
enter dongmei --name 董梅 --role board
enter fangmin --name 方敏 --role developer-service
enter gaoxia --name 高霞 --role supervisor

on 2026-11-20 '(Friday)'

say 'What Wang Gang was told on his round yesterday evening reaches the desk this morning: within 24 h. The desk passes it on.'
at 09:00 ticket-open --by lihua --unit 3-0802 --name 何先生 --phone 13900010008 --set heard-at='2026-11-19 19:30' \
	--set first-asked=wanggang '投诉：夜里楼下大排档噪音扰民'
at 09:20 ticket-log 1 dispatched --by lihua --set department=security --set answer-by='2026-11-20 14:00'

say 'What is not justified is explained; whom that does not persuade, a department head sees.'
at 09:30 ticket-open --by lihua --unit 5-0301 --name 周先生 --phone 13900010005 --set first-asked=lihua '投诉：车位被人占用没人管'
at 09:35 ticket-log 2 unpersuaded --by lihua -t 占的是公共车位，先到先停
at 09:36 ticket-close 2 --by lihua -r 已解释 --invalid
at 10:10 ticket-log 2 coordinated --by sunli -t 上门说明，同意登记固定车位
at 10:15 ticket-close 2 --by lihua -r 已解释 --invalid

say 'A pipe bursts. Who was reached, and when, is on record: the departments in 3 min, the leader in 5 of theirs, the board in 10 of his.'
at 10:20 ticket-open --by lihua --unit 2-0101 --name 刘女士 --phone 13900010002 --set first-asked=lihua '投诉：水管爆管，淹了三层楼，没人管'
at 10:22 ticket-log 3 departments-told --by lihua --set department=engineering
at 10:24 ticket-due
at 10:26 ticket-log 3 leader-told --by wenbo --set to=qianjin
at 10:40 ticket-log 3 board-told --by qianjin --set to=dongmei
at 15:00 ticket-log 3 finished --by zhaoqiang --result '换了主管，三层楼都已抽干'
at 15:30 ticket-log 3 desk-told --by zhaoqiang
at 16:00 ticket-log 3 verified --by fangmin --set checked-by=gaoxia -t '会同复验，无渗漏'

say 'Security could not answer by two and never said so: both are late.'
at 16:30 ticket-log 1 finished --by sunli --result '已劝离，夜间增加巡逻'
at 16:40 ticket-log 1 desk-told --by sunli
at 16:50 ticket-close 1 --by lihua -r '已劝离，夜间增加巡逻' --valid
at 16:55 ticket-log 1 first-asked-told --by lihua --set to=wanggang
at 16:56 ticket-show 1

on 2026-11-24 '(Tuesday): what is still owed'
at 09:00 ticket-due
at 09:00 callback-due
say 'One call answers both the department and the verification.'
at 09:10 callback-log YL261120003 --by lihua --answer satisfied
at 09:11 ticket-show YL261120003
at 09:12 ledger-check

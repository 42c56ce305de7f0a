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
enter renhe --name 任和 --role department-head --department service
enter wenbo --name 温博 --role office-director
enter qianjin --name 钱进 --role leader
enter dongmei --name 董梅 --role board
enter fangmin --name 方敏 --role developer-service --role department-head --department developer
enter baoling --name 鲍玲 --role board-office
enter zongyu --name 宗宇 --role manager-office
enter gaoxia --name 高霞 --role supervisor

on 2026-11-20 '(Friday)'

say 'What Wang Gang was told on his round yesterday evening reaches the desk this morning: within 24 h. The desk passes it on.'
at 09:00 ticket-open --by lihua --unit 3-0802 --name 何先生 --phone 13900010008 --set heard-at='2026-11-19 19:30' \
	--set first-asked=wanggang '投诉：夜里楼下大排档噪音扰民'
say 'It goes to the head of the department concerned, with what the desk thinks of it and a date; nobody else counts.'
at 09:19 ticket-log 1 dispatched --by lihua --set to=zhaoqiang --set answer-by='2026-11-20 14:00' -t '属实，一般投诉，劝离并巡查'
at 09:20 ticket-log 1 dispatched --by lihua --set to=sunli --set answer-by='2026-11-20 14:00' -t '属实，一般投诉，劝离并巡查'

say 'What is not justified is explained; whom that does not persuade, the head of the department sees.'
at 09:30 ticket-open --by lihua --unit 5-0301 --name 周先生 --phone 13900010005 --set first-asked=lihua '投诉：车位被人占用没人管'
at 09:35 ticket-log 2 unpersuaded --by lihua -t 占的是公共车位，先到先停
at 09:36 ticket-close 2 --by lihua -r 已解释 --invalid
at 10:10 ticket-log 2 coordinated --by sunli -t 上门说明，同意登记固定车位
at 10:15 ticket-close 2 --by lihua -r 已解释 --invalid

say 'A pipe bursts. The department and the head of the site are told within 3 min, the leader and the board within 5 and 10 of them.'
at 10:20 ticket-open --by lihua --unit 2-0101 --name 刘女士 --phone 13900010002 --set first-asked=lihua '投诉：水管爆管，淹了三层楼，没人管'
at 10:22 ticket-log 3 departments-told --by lihua --set to=zhaoqiang + site-told --set to=wenbo
at 10:24 ticket-due
at 10:26 ticket-log 3 leader-told --by wenbo --set to=qianjin
at 10:35 ticket-log 3 board-told --by qianjin --set to=qianjin
at 10:40 ticket-log 3 board-told --by qianjin --set to=dongmei
at 11:00 ticket-log 3 board-decided --by dongmei -t '更换主管，损失由公司先行赔付'
at 15:00 ticket-log 3 finished --by zhaoqiang --result '换了主管，三层楼都已抽干'
at 15:30 ticket-log 3 desk-told --by zhaoqiang
at 15:40 ticket-log 3 handling-checked --by lihua -t '三层楼均无渗漏'
say 'The developer verifies it together with the company: alone it counts for nothing.'
at 16:00 ticket-log 3 verified --by fangmin -t '会同复验，无渗漏'
at 16:05 ticket-log 3 signed --by wenbo
at 16:10 ticket-close 3 --by lihua -r '换了主管，三层楼都已抽干' --valid + first-asked-told

say 'Security could not answer by two and never said so: both are late.'
at 16:30 ticket-log 1 finished --by sunli --result '已劝离，夜间增加巡逻'
at 16:40 ticket-log 1 desk-told --by sunli
at 16:45 ticket-close 1 --by lihua -r '已劝离，夜间增加巡逻' --valid
at 16:50 ticket-log 1 handling-checked --by lihua -t '九点后已安静'
at 16:51 ticket-close 1 --by lihua -r '已劝离，夜间增加巡逻' --valid + first-asked-told
at 16:56 ticket-show 1

on 2026-11-24 '(Tuesday): what is still owed'
at 09:00 ticket-due
at 09:00 callback-due
say 'Developer and company call back together. She is not satisfied: it is reopened, and both written reports stay owed.'
at 09:10 callback-log YL261120003 --by lihua --answer satisfied --dry-run
at 09:20 callback-log YL261120003 --by fangmin --caller fangmin \
	--caller wenbo --answer unsatisfied --shortcomings '墙面返潮'
at 09:21 ticket-due
at 09:25 ticket-log YL261120003 leader-report --by wenbo -t '主管爆裂，三层进水，已换管，墙面返潮'
at 09:30 ticket-log YL261120003 board-report --by qianjin -t '主管爆裂，三层进水，已换管，墙面返潮'
at 09:31 ticket-show YL261120003
say 'The statistics of last week go to three: the board office, the office of the general manager, the developer.'
at 10:00 ticket-log YL261124001 statistics-sent --by lihua -t '投诉三件：两件属实，一件逾期' \
	+ told --set to=baoling --set to=zongyu
at 10:01 ticket-close YL261124001 --by lihua -r 已报
at 10:05 ticket-log YL261124001 told --by lihua --set to=qianjin
at 10:06 ticket-log YL261124001 told --by lihua --set to=fangmin
at 10:07 ticket-close YL261124001 --by lihua -r 已报
at 10:10 ledger-check

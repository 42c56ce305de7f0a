#!/usr/bin/env bash
# A morning at the desk of a residents' service centre, the day before National Day 2026; the holiday, and the weeks after it.
. "$(dirname "$0")/../desk.bash"
cd "$work" || exit

git init -q centre
ledger-init -q centre --pack resident-centre --pack "$here/house.yaml" --site YL --name 阳光花园服务中心 --person keeper \
	--test --now '2026-09-01 08:00'
cd centre || exit
day=2026-09-01 clock=08:00
enter() { staff-log -q --now "$day $clock" joined "$@" >/dev/null; }
enter lihua --name 李华 --role desk --department service
enter meizhen --name 陈美珍 --role officer --area 3 --area 5 --department service
enter zhaoqiang --name 赵强 --role duty-lead --role department-head --department engineering
enter wanggang --name 王刚 --role worker --department engineering
enter banzhang --name 班长 --role repair-foreman --department engineering
enter sunli --name 孙立 --role department-head --department security
enter hemei --name 何梅 --role department-head --department cleaning
enter gaoxia --name 高霞 --role supervisor
enter wenbo --name 温博 --role office-director
git add -A && git commit -qm 'ledger: rules and staff'

on 2026-09-30 '(Wednesday; National Day is off from Thursday to next Wednesday, Saturday the 10th is worked)'

say 'A pipe bursts at 08:31. The worker runs first; the record is made when there is time.'
at 08:50 ticket-open --by lihua --at 08:31 --unit 5-0301 --name 周先生 --phone 13900010005 --channel phone '水管爆了，水喷到电箱旁边！'
at 08:51 ticket-log 1 started --by wanggang --at 08:33
at 08:55 ticket-assign 1 zhaoqiang --by lihua
at 08:56 ticket-log 1 materials-drawn --by wanggang --material 软管:1 --set requisition=L-0930-01
at 09:30 ticket-close 1 --by lihua --worker wanggang --work '关总阀，更换爆裂的软管' --material 软管:1 \
	--signature 周先生 --opinion 来得快 --phone 13900010005 --result '已止水并更换软管' + copy-given --set to=banzhang

say 'A repair that is paid for: price, consent, work, slip, receipt.'
at 09:35 ticket-open --by lihua --charging paid --unit ３－１２０１ --name 王女士 --phone '139 0001 0001' --channel phone \
	'厨房下水道堵塞，水已漫到客厅。
下午两点后家里有人。'
at 09:36 ticket-assign 2 zhaoqiang --by lihua
at 09:40 ticket-log 2 started --by wanggang
at 09:41 ticket-log 2 quoted --by wanggang --item drain
at 09:42 ticket-log 2 consented --by wanggang --signature 王女士
at 09:43 ticket-log 2 started --by wanggang
at 10:40 ticket-close 2 --by lihua --worker wanggang --work 疏通下水管道 --labour 60 --material-cost 20 --charge 80 \
	--signature 王女士 --opinion 满意 --phone 13900010001 --receipt SJ-0930-01 --result 管道已疏通 + copy-given --set to=banzhang
at 10:44 ticket-log 2 receipt-taken --by wanggang

say 'A complaint.'
at 10:45 ticket-open --by lihua --unit 3-0802 --name 何先生 --phone 13900010008 --channel desk '投诉：夜里楼下大排档噪音扰民，保安不管。'
at 11:20 ticket-close 3 --by lihua --result '已劝离，夜间增加巡逻' --valid --reason 夜班未按时巡逻

say 'A repair that will not be done today: three working days over the holiday.'
at 11:25 ticket-open --by lihua --unit 3-0205 --name 刘女士 --phone 13900010002 --channel phone '客厅灯坏了，不急，节后修也行。'
at 11:26 ticket-assign 4 zhaoqiang --by lihua
at 11:27 ticket-list

say 'A project ends: three in ten of them are called back, from one month after on.'
at 11:30 ticket-open --by meizhen --kind project --unit 3 --name 3栋 '3栋外墙翻新'
at 11:31 ticket-log 5 finished --by meizhen --result '外墙翻新验收合格'
git add -A && git commit -qm 'desk: 30 September'

on 2026-10-02 '(Friday): who is to be called back'
at 09:00 callback-due

say 'The household of the drain is visited, and is not content: a complaint opens by itself, linked to the repair.'
at 10:10 callback-log YL260930002 --by lihua --manner visit --answer unsatisfied --quality 2 --effect 2 --satisfaction 1 \
	--signature 王女士 --shortcomings '疏通后第二天又堵了，地面没有清理干净' --opinions 无
at 10:12 callback-log YL260930001 --by lihua --unreached
say 'An ordinary complaint is called back by the head of the department and an officer together.'
at 10:20 callback-log YL260930003 --by meizhen --manner visit --answer satisfied --quality 4 --effect 4 --satisfaction 4 \
	--signature 何先生 --shortcomings 无 --opinions 无
at 10:21 callback-log YL260930003 --by meizhen --caller meizhen --caller sunli --manner visit --answer satisfied \
	--quality 4 --effect 4 --satisfaction 4 --signature 何先生 --shortcomings 无 --opinions 无
git add -A && git commit -qm 'desk: 2 October'

on 2026-10-03 '(Saturday, off for National Day)'

say 'People are shut in a lift at 21:40. They are let out first; holidays or not, 24 hours run from when it happened.'
at 23:10 ticket-open --by lihua --at 21:40 --unit 3 --name 陆女士 --phone 13900010011 --channel phone '3栋有人困在电梯里！'
at 23:12 ticket-log 1 started --by meizhen --at 21:45
at 23:13 ticket-log 1 started --by wanggang --at 21:45
at 23:14 ticket-due --rule emergency

on 2026-10-05 '(Monday, still off): the people were out in minutes, the lift itself is mended late'
at 09:00 ticket-due --rule emergency --exit-code
at 09:10 ticket-close YL261003001 --by lihua --worker wanggang --work 放出被困人员，调整门锁触点 --result 电梯恢复运行
at 09:11 ticket-close YL261003001 --by lihua --worker wanggang --work 放出被困人员，调整门锁触点 --signature 陆女士 \
	--opinion 人出来得快 --phone 13900010011 --result 电梯恢复运行 + copy-given --set to=banzhang
at 09:12 ticket-due --rule emergency
at 09:13 ticket-show YL261003001

say 'What is no emergency cannot wait for a quiet hour to be recorded.'
at 09:20 ticket-open --by lihua --at '2026-10-03 22:00' --unit 3-0205 --name 刘女士 厨房水龙头坏了，关不紧
at 09:21 ticket-open --by lihua --charging paid --unit 3-0205 --name 刘女士 --phone 13900010002 厨房水龙头坏了，关不紧

on 2026-10-08 '(Thursday, the first working day): the tap'

say 'The duty lead issues the slip; materials leave the store against a requisition, drawn by the worker.'
at 08:40 ticket-assign YL261005001 zhaoqiang --by lihua
at 08:41 ticket-log YL261005001 slip-issued --by lihua --worker wanggang --material 水龙头:1
at 08:42 ticket-log YL261005001 slip-issued --by zhaoqiang --worker wanggang --material 水龙头:1
at 08:50 ticket-log YL261005001 materials-drawn --by wanggang --material 水龙头:1
at 08:51 ticket-log YL261005001 materials-drawn --by wanggang --material 水龙头:1 --set requisition=L-1008-01

say 'The price is that of the list; the household signs for it before work starts.'
at 09:05 ticket-log YL261005001 quoted --by wanggang --item tap --price 40
at 09:06 ticket-log YL261005001 quoted --by wanggang --item tap + started
at 09:07 ticket-log YL261005001 quoted --by wanggang --item tap + consented --signature 刘女士 + started

say 'Charged is what was agreed to, used is what was drawn, and the desk writes the receipt.'
slip=(--worker wanggang --work 更换水龙头 --signature 刘女士 --opinion 满意 --phone 13900010002 --result 已更换)
at 10:00 ticket-close YL261005001 --by lihua --material 水龙头:1 --labour 20 --material-cost 40 --charge 60 --receipt SJ-1008-01 "${slip[@]}"
at 10:01 ticket-close YL261005001 --by lihua --material 水龙头:1 --material 生料带:1 --labour 20 --material-cost 30 --charge 50 \
	--receipt SJ-1008-01 "${slip[@]}"
at 10:02 ticket-close YL261005001 --by lihua --material 水龙头:1 --labour 20 --material-cost 30 --charge 50 "${slip[@]}"
at 10:03 ticket-close YL261005001 --by lihua --material 水龙头:1 --labour 20 --material-cost 30 --charge 50 --receipt SJ-1008-01 "${slip[@]}" + \
	copy-given --set to=banzhang
at 10:20 ticket-log YL261005001 receipt-taken --by wanggang
at 16:00 callback-log YL261005001 --by lihua --manner visit --answer satisfied --quality 5 --effect 5 --satisfaction 5 \
	--signature 刘女士 --shortcomings 无 --opinions 无

at 16:10 callback-log YL261003001 --by lihua --manner on-site --answer satisfied --quality 4 --effect 4 --satisfaction 3 \
	--signature 陆女士 --shortcomings 电梯停了一天半 --opinions 无

say 'A complaint of two departments: rubbish and the guards. The one that answers for it is the cleaning department.'
at 16:30 ticket-open --by lihua --unit 3-0802 --name 何先生 --phone 13900010008 --channel desk --category cleaning \
	--set departments=cleaning --set departments=security 投诉：楼道垃圾没人清，保安也不管。
at 17:30 ticket-close 1 --by lihua --result 已清运 --valid --reason 节日清运少了一班
git add -A && git commit -qm 'desk: 8 October'

on 2026-10-09 '(Friday)'
at 09:00 callback-due

say 'The head of the other department does not count: the head concerned and an officer go together.'
at 09:30 callback-log YL261008001 --by meizhen --caller meizhen --caller sunli --manner visit --answer satisfied \
	--quality 3 --effect 3 --satisfaction 3 --signature 何先生 --shortcomings 无 --opinions 无
at 15:00 callback-log YL261008001 --by meizhen --caller meizhen --caller hemei --manner visit --answer unsatisfied \
	--quality 2 --effect 2 --satisfaction 2 --signature 何先生 --shortcomings 下午又堆满了 --opinions 无

say 'Not satisfied: it is open again, and not closed before the office-director knows. Of the drain he should have known a week ago.'
at 15:10 ticket-due --rule director-told
at 16:30 ticket-close YL261008001 --by lihua --result 每日加清一次 --valid --reason 排班未恢复
at 16:31 ticket-log YL261008001 told --by meizhen --set to=gaoxia
at 16:32 ticket-log YL261008001 told --by meizhen --set to=wenbo
at 16:33 ticket-log YL260930002 told --by lihua --set to=wenbo
at 16:40 ticket-close YL261008001 --by lihua --result 每日加清一次 --valid --reason 排班未恢复

on 2026-10-10 '(Saturday, worked): called back again'
at 09:00 callback-due
at 10:00 callback-log YL261008001 --by meizhen --caller meizhen --caller hemei --manner visit --answer satisfied \
	--quality 4 --effect 4 --satisfaction 4 --signature 何先生 --shortcomings 无 --opinions 无
at 10:01 ticket-show YL261008001
git add -A && git commit -qm 'desk: 10 October'

on 2026-11-04 '(Wednesday): the review of October, due on the 5th'
at 09:00 ticket-due --rule H2.B-2
at 09:01 callback-tally --period 2026-10

say 'The officer writes the analysis: each non-conformity has a corrective and a preventive action.'
at 09:30 ticket-log 1 reported --by lihua --text 十月回访一户逾期，投诉重开一次
at 09:31 ticket-log 1 reported --by meizhen --text 十月回访一户逾期，投诉重开一次 \
	--set non-conformities='5-0301 逾期未回访|本周补访' --set non-conformities='3栋电梯超过24小时修复|已修复|节日备门锁配件'
at 09:32 ticket-log 1 reported --by meizhen --text 十月回访一户逾期，投诉重开一次 \
	--set non-conformities='5-0301 逾期未回访|本周补访|每天早上看应回访名单' --set non-conformities='3栋电梯超过24小时修复|已修复|节日备门锁配件'

say 'The supervisor reviews it, the office-director deals with what is wrong, in this order.'
at 10:00 ticket-log 1 disposed --by wenbo --text 同意，工程部备件
at 10:01 ticket-log 1 reviewed --by meizhen --text 数字与回访记录表相符
at 10:02 ticket-log 1 reviewed --by gaoxia --text 数字与回访记录表相符
at 10:30 ticket-log 1 disposed --by gaoxia --text 同意，工程部备件 --set non-conformities='3栋电梯超过24小时修复|已修复|十一月十五日前备齐配件'
at 10:31 ticket-close 1 --by lihua --result 已办理
at 10:32 ticket-log 1 disposed --by wenbo --text 同意，工程部备件 --set non-conformities='3栋电梯超过24小时修复|已修复|十一月十五日前备齐配件'
at 10:33 ticket-close 1 --by lihua --result 已办理
at 10:34 ticket-show 1
git add -A && git commit -qm 'desk: 4 November'

on 2026-11-05 '(Thursday): a month later'
at 09:00 callback-due --exit-code
at 09:01 ticket-list --overdue

on 2026-11-05 '(the same day): one ticket, as it is read and as git shows it'
at 09:02 ticket-show YL260930002
clock=09:03
type git log -p --format=%s -- tickets/2026/09/YL260930002.yaml
git log -p --format='%s' -- tickets/2026/09/YL260930002.yaml

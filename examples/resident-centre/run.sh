#!/usr/bin/env bash
# A morning at the desk of a residents' service centre, the day before National Day 2026, and what it owes afterwards.
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

on 2026-11-05 '(Thursday): a month later'
at 09:00 callback-due --exit-code
at 09:01 ticket-list --overdue

on 2026-11-05 '(the same day): one ticket, as it is read and as git shows it'
at 09:02 ticket-show YL260930002
clock=09:03
type git log -p --format=%s -- tickets/2026/09/YL260930002.yaml
git log -p --format='%s' -- tickets/2026/09/YL260930002.yaml

#!/usr/bin/env bash
# A Friday at the desk of a property service centre in November 2026, and the week that follows from it.
. "$(dirname "$0")/../desk.bash"
cd "$work" || exit

ledger-init -q centre --pack service-rules --site YL --name 阳光花园服务中心 --person keeper --test --now '2026-11-19 08:00'
cd centre || exit
day=2026-11-19 clock=08:00
enter() { staff-log -q --now "$day $clock" joined "$@" >/dev/null; }
enter lihua --name 李华 --role desk
enter meizhen --name 陈美珍 --role officer --area 3
enter wanggang --name 王刚 --role worker --department engineering
enter zhaoqiang --name 赵强 --role department-head --department engineering
enter sunli --name 孙立 --role department-head --department security
enter hemei --name 何梅 --role department-head --department cleaning
enter gaoxia --name 高霞 --role supervisor
enter fangmin --name 方敏 --role centre-head
enter wenbo --name 温博 --role director
enter zhougang --name 周刚 --role night-watch

on 2026-11-20 '(Friday)'

say 'The desk tells the department within half an hour, and nobody else counts; an assignment tells it.'
at 14:30 ticket-open --by lihua --unit 3-1201 --name 王女士 --phone 13900010001 --channel phone 厨房下水道堵塞
at 14:50 ticket-due --rule H3.4-1c
at 14:51 ticket-log 2 told --by lihua --set to=sunli
at 14:52 ticket-assign 2 zhaoqiang --by lihua

say 'A blocked drain is done within 24 hours, night or not; a lamp within 24 hours that leave out Saturday and Sunday; the rest in 3 working days.'
at 15:00 ticket-open --by lihua --unit 3-0205 --name 刘女士 --phone 13900010002 --channel phone 客厅灯不亮 + assigned --set to=zhaoqiang
at 15:10 ticket-open --by lihua --unit 5-0301 --name 周先生 --phone 13900010005 --channel desk 阳台门坏了，关不上 + \
	assigned --set to=zhaoqiang
at 15:11 ticket-list

say 'The head of the department issues the slip; without it nobody works.'
at 15:13 ticket-log 2 started --by wanggang
at 15:14 ticket-log 2 order-issued --by zhaoqiang
at 15:15 ticket-log 2 started --by wanggang
at 15:17 ticket-log 4 order-issued --by zhaoqiang

say 'The slip comes back: without the department head'\''s check the desk refuses it, and it is owed again.'
at 16:30 ticket-close 2 --by lihua --worker wanggang --work 疏通 --material 疏通剂:1 --start 15:20 --end 16:10 --hours 1.2 \
	--signature 王女士 --result 已疏通
at 16:31 ticket-log 2 slip-refused --by lihua --reason 部门负责人没有签字
at 16:32 ticket-due --rule H3.4-5e
at 16:50 ticket-log 2 slip-back --by lihua --checked-by zhaoqiang
at 16:51 ticket-close 2 --by lihua --worker wanggang --work 疏通 --material 疏通剂:1 --start 15:20 --end 16:10 --hours 1.2 \
	--signature 王女士 --checked-by zhaoqiang --result 已疏通

say 'The door needs a part. Up to two weeks the centre head extends, beyond that the director; nobody for themself.'
at 16:55 ticket-log 4 extended --by wanggang --set extends=done --set until='2026-12-03 18:00' --reason 等配件 --set approved-by=zhaoqiang
at 16:56 ticket-log 4 extended --by wanggang --set extends=done --set until='2026-12-03 18:00' --reason 等配件 --set approved-by=fangmin
at 16:57 ticket-log 4 extended --by fangmin --set extends=done --set until='2026-12-04 18:00' --reason 厂家停产 --set approved-by=fangmin
at 16:58 ticket-log 4 extended --by fangmin --set extends=done --set until='2026-12-20 18:00' --reason 厂家停产 --set approved-by=wenbo

say 'A complaint of two departments: looked into the same day, decided by the director, who coordinates it; the supervisor may not.'
at 17:00 ticket-open --by lihua --unit 3-0802 --name 何先生 --phone 13900010008 --channel complaint-line \
	--set departments=security --set departments=cleaning 投诉：门岗没人管，大堂太差没人扫
at 17:20 ticket-log 5 arranged --by gaoxia --text 请两部门开会
at 17:30 ticket-log 5 decided --by wenbo --set department=security --text 门岗定人，大堂每日扫两次
at 17:40 ticket-log 5 investigated --by meizhen --result 属实 --text 建议门岗定人、增加清扫
at 17:45 ticket-log 5 decided --by wenbo --set department=security --text 门岗定人，大堂每日扫两次 + \
	arranged --text 两部门主管当面商定

say 'The responsible department answers in writing, the desk does not.'
at 17:50 ticket-log 5 answered --by lihua --text 门岗已定人，大堂每日扫两次
at 17:52 ticket-log 5 answered --by sunli --text 门岗已定人，大堂每日扫两次
at 17:53 ticket-close 5 --by lihua --result 已整改 --valid --reason 巡查不足

say 'A suggestion goes to the director. It is adopted, posted, and who made it is named in praise; only then it is closed.'
at 17:54 ticket-open --by lihua --unit 5-0301 --name 周先生 --channel desk 建议在二号门增设晾衣架 + told --set to=wenbo
at 17:56 ticket-log 6 decided --by wenbo --text 采纳，下周安装
at 17:57 ticket-close 6 --by lihua --result 已采纳
at 17:58 ticket-log 6 posted --by lihua --text 一号楼公告栏 --set praised=周先生 + closed --result 已采纳

say 'What the desk is not clear about is promised to nobody: it says that it has to ask first, and the answer is owed.'
at 17:59 ticket-open --by lihua --unit 3-1201 --name 王女士 --channel phone --set unclear=yes 请问阳台可以封吗

say 'What passes to the night watch is in the log, which cron opened this morning; it signs what it took over.'
at 18:00 ticket-log 1 handed-over --by lihua --text 受理六件，办结三件
at 18:01 ticket-log 1 handed-over --by lihua --text 受理六件，办结三件 --set passes-on='门的配件未到；3-1201的下水请夜班留意'
at 18:05 ticket-log 1 signed --by zhougang

on 2026-11-21 '(Saturday): who is to be telephoned'
at 09:00 callback-due

say 'What the household says does not agree with the slip: the area officer is to look.'
at 09:11 callback-log YL261120002 --by lihua --answer satisfied --agrees no --quality 3 --opinions 无 \
	--shortcomings 疏通剂没有用上，水还是慢
at 09:12 ticket-log YL261120002 told --by lihua --set to=meizhen
at 09:13 ticket-due

on 2026-11-23 '(Monday)'

say 'The officer reports. The lamp is dark since Friday 15:00: its circuit is the power company'\''s, it is returned, explained.'
at 10:30 ticket-log YL261120002 site-looked --by meizhen --text 弯头里还有淤泥，已约今天下午
at 14:00 ticket-log YL261120003 returned --by zhaoqiang --reason 线路属供电公司 --set explained=no
at 14:01 ticket-log YL261120003 returned --by zhaoqiang --reason 线路属供电公司 --set explained=yes
at 14:05 ticket-close YL261120003 --by lihua --result 已转供电公司
at 15:01 ticket-due --exit-code
at 15:03 ticket-close YL261120007 --by lihua --result 已答复
at 15:04 ticket-log YL261120007 replied --by lihua --text 须经管理处和设计单位同意 + closed --result 已答复
at 15:05 ticket-show YL261120004

on 2026-11-24 '(Tuesday)'

say 'A paid repair: the price is that of the list, told and agreed to before work.'
at 09:00 ticket-open --by lihua --unit 3-0802 --name 何先生 --phone 13900010008 --charging paid 厨房水龙头漏水 + assigned --set to=zhaoqiang
at 09:05 ticket-log 2 order-issued --by zhaoqiang
at 09:20 ticket-log 2 started --by wanggang
at 09:21 ticket-log 2 quoted --by wanggang --item tap-change --price 40
at 09:22 ticket-log 2 quoted --by wanggang --item tap-change + consented --signature 何先生 + started

say 'The household has to choose a tap: its clock goes on, and by what was waited the centre head extends it.'
at 09:40 ticket-log 2 waiting --by wanggang --set waits-for=household --reason 业主自选龙头
at 15:40 ticket-log 2 resumed --by wanggang
at 15:45 ticket-log 2 extended --by lihua --set extends=done --set until='2026-11-25 15:00' --reason 等业主自选龙头 --set approved-by=fangmin
at 15:46 ticket-log 2 extended --by lihua --set extends=done --set until='2026-11-25 15:00' --reason 等业主自选龙头 --set approved-by=fangmin \
	--set consent=何先生

say 'The slip has labour and material apart; the whole fee is collected with the callback.'
at 16:40 ticket-close 2 --by lihua --worker wanggang --work 更换水龙头 --material 垫圈:1 --start 15:50 --end 16:20 --hours 1 \
	--signature 何先生 --checked-by zhaoqiang --labour 45 --material-cost 5 --charge 50 --result 已更换
at 17:30 ticket-due --rule H3.4-20
at 17:31 callback-log 2 --by lihua --manner visit --answer satisfied --agrees yes --quality 5 --opinions 无 + \
	collected --charge 45 --set receipt=SJ-0031
at 17:32 callback-log 2 --by lihua --manner visit --answer satisfied --agrees yes --quality 5 --opinions 无 + \
	collected --charge 50 --set receipt=SJ-0031

on 2026-11-25 '(Wednesday)'

say 'A contractor is rated before it gets an order; what it did is accepted, and its slip is back the same day.'
at 10:00 ticket-open --by meizhen --kind firm --category curtains 佳华窗饰
at 10:05 ticket-open --by lihua --unit 3-0205 --name 刘女士 书房换窗帘
at 10:06 ticket-log 3 ordered --by lihua --set links=YL261125002
at 10:30 ticket-log 2 rated --by gaoxia --set grades.quality=4 --text 样品合格，有营业执照
at 10:31 ticket-log 3 ordered --by lihua --set links=YL261125002
at 10:50 ticket-log 3 accepted --by meizhen --signature 刘女士
at 10:55 ticket-close 3 --by lihua --result 已换

say 'A cleaning service under an agreement: agreed in writing, and by the day that it names.'
at 11:00 ticket-open --by lihua --unit 5-0301 --name 周先生 --charging paid --kind service --category agreement-service 每周保洁 + \
	assigned --set to=hemei
at 11:10 ticket-log 4 quoted --by hemei --item cleaning:2 + consented --signature 周先生
at 11:11 ticket-log 4 quoted --by hemei --item cleaning:2 + consented --signature 周先生 --set agreed-at='2026-11-27 18:00' + order-issued
at 11:20 ticket-log 4 progress-reported --by hemei --set to=lihua --text 本周三、周五各一小时

on 2026-11-27 '(Friday): two days before the month ends the slip of the agreement is back'
at 16:00 ticket-log YL261125004 finished --by wanggang --charge 80
at 17:00 ticket-log YL261125004 slip-back --by hemei --set papers=保洁协议复印件 --worker wanggang --result 两次全部完成 --set signed-by=gaoxia
at 17:01 ticket-log YL261125004 slip-back --by hemei --set papers=保洁协议复印件 --worker wanggang --result 两次全部完成 \
	--set signed-by=wanggang --set signed-by=fangmin
at 17:10 ticket-close YL261125004 --by lihua --result 本月已完成

on 2026-12-28 '(Monday): the director'\''s month'

say 'Each month the director supervises and analyses, with a measure for each problem; nobody else does, and nothing is left out.'
at 09:00 ticket-due --rule H3.4-29
at 09:10 ticket-log YL261228033 repairs-supervised --by fangmin --text 抽查十单
at 09:11 ticket-log YL261228033 repairs-supervised --by wenbo --text 抽查十单，一单返修 + materials-supervised --text 领料与处置单相符 + \
	papers-supervised --text 十一月资料已归档 + fees-supervised --text 收费与收据相符 + callbacks-supervised --text 抽查五户，记录属实
at 09:12 ticket-close YL261228033 --by lihua --result 已完成
at 09:20 ticket-log YL261228033 repairs-analysed --by wenbo --set problem=下水返修偏多 --set measure=更换疏通设备 + \
	callbacks-analysed --set problem=回访偏晚 --set measure=完工当日回访
at 09:21 ticket-close YL261228033 --by lihua --result 已完成

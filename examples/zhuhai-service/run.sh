#!/usr/bin/env bash
# A Friday on the hotline of a software company in November 2026: a promise kept, one broken, a visit, a complaint.
. "$(dirname "$0")/../desk.bash"
cd "$work" || exit

ledger-init -q hotline --pack zhuhai-service --site RX --name 服务热线 --person keeper --test --now '2026-09-01 08:00'
cd hotline || exit
day=2026-09-01 clock=08:00
enter() { staff-log -q --now "$day $clock" joined "$@" >/dev/null; }
enter lihua --name 李华 --role desk
enter wanggang --name 王刚 --role officer
enter gaoxia --name 高霞 --role supervisor

on 2026-11-20 '(Friday)'

say 'A call that cannot be answered at once: not "I do not know", but a named person and a time.'
at 09:00 ticket-open --by lihua --name 金叶商贸有限公司 --phone 02088880001 --set customer.branch=海珠分局 '开票时读卡器红灯不亮'
at 09:02 ticket-log 1 answered --by lihua -t 这个我们也不知道
at 09:03 ticket-log 1 promised --by lihua --set promised=11:00 --set to=wanggang
at 09:04 ticket-assign 1 wanggang --by lihua --department sales
at 09:05 ticket-assign 1 wanggang --by lihua
at 10:40 ticket-log 1 replied --by wanggang -t 是驱动版本过旧，请按说明更新
at 10:41 ticket-close 1 --by lihua --result 更新驱动后正常

say 'All lines were busy: the number is noted, and rung back. That promise is not kept.'
at 11:00 ticket-open --by lihua --phone 02088880009 '线路占线，未接'
at 11:20 ticket-log 2 promised --by lihua --set promised=14:00 --set to=wanggang
at 14:30 ticket-due
at 14:40 ticket-log 2 replied --by wanggang -t 打印机驱动已发到邮箱

say 'Only a visit helps: the lead approves it, then it is agreed.'
at 15:00 ticket-open --by lihua --name 永兴五金厂 --phone 02088880003 --set customer.branch=番禺分局 '打印发票偏移，需要上门'
at 15:02 ticket-log 3 visit-agreed --by lihua --set agreed-at='2026-11-21 10:00' --set agreement-ends=2026-12-31
at 15:05 ticket-log 3 visit-approved --by gaoxia
at 15:10 ticket-log 3 visit-agreed --by lihua --set agreed-at='2026-11-21 10:00' --set agreement-ends=2026-12-31

say 'A complaint about a service station: explained, verified there, closed.'
at 16:00 ticket-open --by lihua --name 恒丰贸易 --phone 02088880004 '投诉：东山服务站上门迟到两小时'
at 16:10 ticket-log 4 explained --by lihua -t 已致歉，并说明核实后答复
at 16:40 ticket-log 4 verified --by lihua -t 服务站承认途中车辆故障，未及时通知
at 16:45 ticket-close 4 --by lihua --result 服务站已电话道歉

on 2026-11-21 '(Saturday)'
at 09:50 ticket-log RX261120003 visited --by wanggang --worker wanggang --work 调整打印边距，当面测试
at 10:00 ticket-show RX261120002
at 10:01 ticket-show RX261120003
at 10:02 ledger-check

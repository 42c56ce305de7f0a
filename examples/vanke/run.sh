#!/usr/bin/env bash
# A complaint and a suggestion in November 2026: solved or reported, answered in writing, accepted, summed up.
. "$(dirname "$0")/../desk.bash"
cd "$work" || exit

ledger-init -q tower --pack vanke --site WK --name 客服部 --person keeper --test --now '2026-09-01 08:00'
cd tower || exit
day=2026-09-01 clock=08:00
enter() { staff-log -q --now "$day $clock" joined "$@" >/dev/null; }
enter lihua --name 李华 --role desk
enter gaoxia --name 高霞 --role supervisor --department service
enter wanggang --name 王刚 --role worker --department engineering
enter qianjin --name 钱进 --role leader
for unit in 12-06 12-07 20-01; do customer-log -q --now "$day $clock" opened $unit --type owner >/dev/null; done

on 2026-11-20 '(Friday)'

say 'A complaint that the department solves the same day.'
at 09:00 ticket-open --by lihua --unit 12-06 --name 王女士 --channel phone '投诉：电梯运行噪声大'
at 11:00 ticket-log 1 finished --by wanggang --result 已更换减震垫
at 11:10 ticket-log 1 answered --by lihua --text 减震垫已更换，噪声恢复正常 --set manner=telephone
at 11:11 ticket-log 1 answered --by lihua --text 减震垫已更换，噪声恢复正常 --set manner=written
say 'In writing, and accepted by the household; then it is summed up.'
at 11:12 ticket-close 1 --by lihua --result 已更换减震垫 --set text=列入季度保养
at 14:00 ticket-log 1 accepted --by lihua --signature 王女士
at 14:01 ticket-close 1 --by lihua --result 已更换减震垫
at 14:02 ticket-close 1 --by lihua --result 已更换减震垫 --set text=列入季度保养

say 'A suggestion that it cannot settle: the company leader has it the same day.'
at 15:00 ticket-open --by lihua --unit 20-01 --name 何先生 --channel letter '建议大堂增设快递柜'
at 15:01 ticket-due
at 15:55 ticket-log 2 leader-told --by lihua --set to=gaoxia --text 需增加预算，请公司定
at 16:00 ticket-log 2 leader-told --by lihua --set to=qianjin --text 需增加预算，请公司定

on 2026-11-23 '(Monday)'
at 10:00 ticket-log WK261120002 finished --by wanggang --result 公司同意，下月安装
at 10:10 ticket-log WK261120002 answered --by lihua --text 快递柜下月安装 --set manner=written
at 15:00 ticket-log WK261120002 accepted --by lihua --signature 何先生
at 15:05 ticket-close WK261120002 --by lihua --result 下月安装 --set text=业户希望自助服务，可再征集
at 15:06 ticket-show WK261120002

say 'Every household is called back each quarter, from a day of its own on.'
at 15:07 callback-due
at 15:10 callback-log 12-06 --by lihua --answer satisfied --opinions 减震垫很好，没有噪声了
at 15:11 customer-list
at 15:12 ledger-check

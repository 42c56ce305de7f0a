#!/usr/bin/env bash
# Complaints in a mall in November 2026: one handled in time, one that is chased and then asked about.
. "$(dirname "$0")/../desk.bash"
cd "$work" || exit

ledger-init -q mall --pack mall --site MS --name 商场客服部 --person keeper --test --now '2026-11-19 08:00'
cd mall || exit
day=2026-11-19 clock=08:00
enter() { staff-log -q --now "$day $clock" joined "$@" >/dev/null; }
enter lihua --name 李华 --role desk
enter meizhen --name 陈美珍 --role officer
enter shangwei --name 尚伟 --role mall-management --department mall
enter gaoxia --name 高霞 --role supervisor
enter qianjin --name 钱进 --role general-manager

on 2026-11-20 '(Friday)'

say 'The desk takes two complaints. The clocks start when mall management takes them, with the time it sets for each.'
at 11:00 ticket-open --by lihua --name 王女士 --phone 13900010001 '投诉：二楼鞋店买到假货，要求退货'
at 11:20 ticket-open --by lihua --name 何先生 --phone 13900010008 '投诉：餐厅店员态度恶劣'
at 12:00 ticket-log 1 taken --by shangwei --set agreed-at='2026-11-22 12:00'
at 12:05 ticket-log 2 taken --by shangwei --set agreed-at='2026-11-21 12:00'
at 12:10 ticket-due

on 2026-11-21 '(Saturday)'

say 'The first is answered within the 24 hours, and handled. The second is neither: a chase slip.'
at 11:40 ticket-log MS261120001 answered --by shangwei -t 经核实同意全额退货
at 11:50 ticket-log MS261120001 finished --by shangwei --result 已全额退货
at 11:55 ticket-close MS261120001 --by lihua --result 已全额退货
at 12:30 ticket-due
at 12:31 ticket-log MS261120002 chase-slip --by meizhen --set to=shangwei -t 已逾期，请商管部即刻处理并答复客户
at 12:32 ticket-due
at 16:00 ticket-log MS261120002 answered --by shangwei -t 店员已道歉，商户书面检讨
at 16:05 ticket-log MS261120002 finished --by shangwei --result 店员道歉，商户书面检讨
at 16:10 ticket-close MS261120002 --by lihua --result 店员道歉，商户书面检讨

on 2026-11-22 '(Sunday): closed, but late: an inquiry slip asks why'
at 10:00 ticket-due
at 10:05 ticket-log MS261120002 inquiry-slip --by meizhen --set to=shangwei -t 请说明逾期原因
at 11:00 ticket-log MS261120002 inquiry-answered --by shangwei --reason 商户负责人外出
at 11:05 ticket-log MS261120002 deduction-proposed --by meizhen --reason 店员态度恶劣且逾期 -t 餐厅，奖金扣罚200元
at 11:30 ticket-log MS261120002 deduction-approved --by qianjin
at 11:31 ticket-show MS261120002
at 11:32 ledger-check

on 2026-12-01 '(Tuesday): last month'\''s closed cases are due for review before the 10th'
at 09:00 ticket-due
at 10:00 ticket-log 1 reviewed --by gaoxia -t 结案两件，MS261120002逾期，建议扣罚
at 10:05 ticket-log 1 published --by gaoxia
at 10:10 ticket-log 1 sent-to-personnel --by gaoxia --set to=qianjin
at 10:15 ticket-log 1 published --by gaoxia
at 10:16 ticket-why 1

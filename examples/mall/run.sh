#!/usr/bin/env bash
# Complaints in a mall in November 2026: one handled in time, one that nobody accepts until it is chased, and is late then. It is
# asked about; a deduction and a sanction follow.
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
enter renshi --name 任石 --role personnel --department personnel
enter kuaiji --name 会吉 --role accounting --department finance
enter kouwei --name 寇伟 --role deducting --department finance

on 2026-11-20 '(Friday)'

say 'The desk registers two complaints and passes them on. Only mall management counts.'
at 11:00 ticket-open --by lihua --name 王女士 --phone 13900010001 --set shop=华丽鞋店 --set demand=退货 '投诉：二楼鞋店买到假货，要求退货' + passed-on --set to=meizhen
at 11:00 ticket-open --by lihua --name 王女士 --phone 13900010001 --set shop=华丽鞋店 --set demand=退货 '投诉：二楼鞋店买到假货，要求退货' + passed-on --set to=shangwei
at 11:20 ticket-open --by lihua --name 何先生 --phone 13900010008 --set shop=四海餐厅 '投诉：餐厅店员态度恶劣' + passed-on --set to=shangwei

say 'Mall management takes the first, sets the time by which it is handled, and looks into it. The second nobody accepts.'
at 12:00 ticket-log 1 taken --by shangwei
at 12:00 ticket-log 1 taken --by shangwei --set agreed-at='2026-11-22 12:00'
at 12:30 ticket-log 1 answered --by shangwei --result 全额退货
at 12:40 ticket-log 1 examined --by shangwei --result 鞋面系仿制 --reason 进货未查验 --set responsible=华丽鞋店 --set valid=yes
at 12:50 ticket-log 1 answered --by shangwei --result 全额退货
at 12:55 ticket-due

on 2026-11-21 '(Saturday): what nobody accepted is chased'
at 11:21 ticket-due
at 11:25 ticket-log MS261120002 chase-slip --by meizhen --set to=shangwei --set missed=11:20 -t 已逾期，请商管部即刻受理
at 11:40 ticket-log MS261120002 taken --by shangwei --set agreed-at='2026-11-22 12:00'
at 11:45 ticket-log MS261120002 customer-said --by lihua --opinion 要求店员当面道歉 + told --set to=shangwei
at 12:00 ticket-log MS261120001 finished --by shangwei --result 已全额退货
at 12:05 ticket-close MS261120001 --by lihua --result 已全额退货
at 12:06 ticket-log MS261120001 improvement --by lihua --set measure=商户进货须交验货单 + closed --result 已全额退货

on 2026-11-22 '(Sunday): the second is answered and handled too late, and closed; an inquiry slip asks why'
at 12:30 ticket-log MS261120002 examined --by shangwei --result 店员与客户争吵属实 --reason 店员未经培训 --set responsible=四海餐厅 + answered --result 店员当面道歉 + finished --result 店员已道歉
at 12:40 ticket-log MS261120002 improvement --by lihua --reason 个别店员 + closed --result 店员已道歉
at 13:00 ticket-due
at 13:05 ticket-log MS261120002 inquiry-slip --by meizhen --set to=gaoxia --set missed=12:00 -t 请说明逾期原因
at 13:05 ticket-log MS261120002 inquiry-slip --by meizhen --set to=shangwei --set missed=12:00 -t 请说明逾期原因
at 15:00 ticket-log MS261120002 inquiry-answered --by shangwei --reason 商户负责人外出

say 'A deduction: proposed, approved, and its notice copied three times.'
at 15:05 ticket-log MS261120002 deduction-proposed --by meizhen --reason 店员态度恶劣 --set amount=200
at 15:10 ticket-log MS261120002 notice-issued --by meizhen
at 15:30 ticket-log MS261120002 deduction-approved --by qianjin
at 15:35 ticket-log MS261120002 notice-issued --by meizhen --checked copy-own
at 15:36 ticket-log MS261120002 notice-issued --by meizhen --checked copy-own --checked copy-accounting --checked copy-deducting
at 15:40 ticket-log MS261120002 told --by meizhen --set to=kuaiji --set to=kouwei
at 15:45 ticket-show MS261120002

on 2026-11-24 '(Tuesday): the customers are called, and the improvement has its effect'
at 10:00 callback-due
at 10:05 callback-log MS261120001 --by meizhen --answer satisfied
at 10:10 callback-log MS261120002 --by meizhen --answer satisfied
at 11:00 ticket-log MS261120001 effect-confirmed --by meizhen --result 商户已交验货单
at 11:05 ticket-due
at 11:06 ledger-check

on 2026-12-01 '(Tuesday): last month'\''s closed cases are due for review before the 10th'
at 09:00 ticket-due
at 10:00 ticket-log 1 reviewed --by gaoxia -t 结案两件，MS261120002逾期，建议处分
at 10:05 ticket-close 1 --by gaoxia --result 已审视
at 10:10 ticket-log 1 complaints-reported --by gaoxia --set to=qianjin -t 售假一件，态度一件 + closed --result 已审视
at 10:12 ticket-why 1

say 'What is approved for a sanction goes to personnel, nothing else, and to nobody else.'
at 10:15 ticket-log MS261120002 sent-to-personnel --by gaoxia --set to=renshi
at 10:30 ticket-log MS261120002 sanction-approved --by qianjin --reason 商管部未按时受理
at 10:40 ticket-log MS261120002 sent-to-personnel --by gaoxia --set to=kuaiji
at 10:41 ticket-log MS261120002 sent-to-personnel --by gaoxia --set to=renshi
at 16:00 ticket-log MS261120002 published --by renshi -t 通报批评
at 16:05 ticket-due
at 16:06 ledger-check

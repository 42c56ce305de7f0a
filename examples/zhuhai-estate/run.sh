#!/usr/bin/env bash
# Two guests and an owner in November 2026: a complaint, a stay that ends, the call the day after, and what it brings up.
. "$(dirname "$0")/../desk.bash"
cd "$work" || exit

ledger-init -q resort --pack zhuhai-estate --site BX --name 客户服务中心 --person keeper --test --now '2026-09-01 08:00'
cd resort || exit
day=2026-09-01 clock=08:00
enter() { staff-log -q --now "$day $clock" joined "$@" >/dev/null; }
enter lihua --name 李华 --role desk
enter meizhen --name 陈美珍 --role officer
enter sunli --name 孙立 --role department-head --department security
enter qianjin --name 钱进 --role manager

customer-log -q --now "$day $clock" opened A-0102 --name 吴女士 --phone 13900010006 --card V-0012 --birthday 11-21 >/dev/null

on 2026-11-20 '(Friday)'

say 'Two guests arrive, one with a VIP card. The first complains: recorded, investigated and reported the same day.'
at 10:00 ticket-open --by lihua --name 周先生 --phone 13900010005 '周先生入住A栋'
at 10:05 ticket-open --by lihua --name 吴女士 --phone 13900010006 --set customer.card=V-8 '吴女士入住B栋'
at 14:00 ticket-open --by lihua --name 周先生 --phone 13900010005 --set first-asked=lihua --set links=BX261120001 '投诉：隔壁太吵，没人管'
at 15:00 ticket-log 3 investigated --by meizhen --result '属实，隔壁团队聚会'
at 15:10 ticket-log 3 reported --by lihua --set to=sunli --set department=security
at 15:15 ticket-log 3 unsolved --by sunli -t '团队要到半夜，劝阻无效'
at 15:20 ticket-close 3 --by lihua --result 已换到C栋
at 15:30 ticket-log 3 manager-decided --by qianjin -t 换到C栋，免一晚房费
at 15:40 ticket-close 3 --by lihua --result 已换到C栋

say 'An owner builds on the roof: the manager is to know within a day.'
at 16:00 ticket-open --by lihua --unit 5-0801 '天台违章搭建阳光房'
at 16:01 ticket-due

on 2026-11-21 '(Saturday): both guests leave'
at 10:00 customer-list
at 10:01 callback-log A-0102 --by lihua --answer satisfied --text 已致生日祝福
at 11:00 ticket-log BX261120001 left --by lihua
at 11:01 ticket-log BX261120003 left --by lihua
at 11:30 ticket-log BX261120002 left --by lihua
at 11:31 callback-due

on 2026-11-22 '(Sunday): the day after'
at 09:00 callback-due
at 09:10 callback-log BX261120001 --by lihua --answer satisfied --promised '2026-11-22 17:00' --problem '押金未退；停车场太远'
say 'What is raised again: an item each, and the departments'\'' managers answer.'
at 09:20 ticket-open --by lihua --kind item --department security --name 周先生 --set links=BX261120001 '停车场太远'
at 09:21 ticket-log BX261120001 itemised --by lihua --set links=BX261122001
at 10:00 ticket-log 1 answered --by sunli -t 下次可预留近处车位
at 10:05 ticket-close 1 --by lihua --result 已答复
at 16:30 ticket-log BX261120001 replied --by lihua -t 押金已原路退回
at 16:31 ticket-due
at 16:32 ticket-show BX261120001
at 16:33 ledger-check

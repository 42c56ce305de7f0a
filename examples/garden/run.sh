#!/usr/bin/env bash
# A Friday on a housing estate in November 2026: three minutes for a suggestion, complaints solved or promised, and a sample of callbacks.
. "$(dirname "$0")/../desk.bash"
cd "$work" || exit

ledger-init -q garden --pack garden --site LY --name 荔园管理处 --person keeper --test --now '2026-09-01 08:00'
cd garden || exit
day=2026-09-01 clock=08:00
enter() { staff-log -q --now "$day $clock" joined "$@" >/dev/null; }
enter lihua --name 李华 --role desk --department service
enter meizhen --name 陈美珍 --role officer --department service
enter gaoxia --name 高霞 --role supervisor --department service
enter wanggang --name 王刚 --role worker --department engineering
enter zhaoqiang --name 赵强 --role department-head --department engineering
enter sunli --name 孙立 --role department-head --department security
enter hemei --name 何梅 --role department-head --department cleaning
enter yulan --name 玉兰 --role department-head --department greening
enter zhuwen --name 朱文 --role department-head --department service

on 2026-11-20 '(Friday)'

say 'A suggestion, heard at the gate at 08:58: somebody is to be there by 09:01.'
at 09:00 ticket-open --by lihua --unit 3-1201 --name 王女士 --set heard-at='2026-11-20 08:58' --set first-asked=wanggang '建议在南门加一盏灯，夜里太暗'
at 09:01 ticket-assign 1 wanggang --by lihua
at 09:02 ticket-show 1

say 'A complaint: the head of security is told, and of no other department; registered, read back.'
at 09:10 ticket-open --by lihua --unit 3-0802 --name 何先生 --phone 13900010008 --set first-asked=lihua '投诉：楼下太吵，没人管'
at 09:12 ticket-log 2 told --by lihua --set to=hemei
at 09:13 ticket-assign 2 sunli --by lihua
at 09:20 ticket-close 2 --by lihua --result 会去看看
at 09:21 ticket-log 2 read-back --by lihua

say 'Not solved on the spot, it is explained and has a promised time; so has whoever deals with it.'
at 09:25 ticket-log 2 promised --by lihua --set promised='2026-11-20 12:00'
at 09:26 ticket-log 2 promised --by lihua --set promised='2026-11-20 12:00' --text 楼下装修，需与施工单位协调
at 11:20 ticket-log 2 finished --by sunli --result 已劝离，物业夜间加巡
at 11:21 ticket-log 2 time-given --by sunli --set promised='2026-11-20 11:50'
at 11:40 ticket-log 2 finished --by sunli --result 已劝离，物业夜间加巡
at 11:45 ticket-close 2 --by lihua --result 已劝离，物业夜间加巡

say 'At the desk: a wish of another field is taken to the colleague.'
at 13:55 ticket-open --by lihua --unit 5-0301 --name 周先生 --channel desk --kind request --set first-asked=lihua 想办装修手续 + read-back + introduced --set to=meizhen
at 13:58 ticket-log 3 finished --by meizhen --result 已办理 + closed --result 已办理

say 'What was said at noon is not registered in the afternoon.'
at 14:00 ticket-open --by lihua --at '2026-11-20 12:30' --unit 5-0301 --name 周先生 --set first-asked=meizhen '投诉：楼道垃圾堆着没人管'
at 14:01 ticket-open --by lihua --unit 5-0301 --name 周先生 --phone 13900010005 --set first-asked=meizhen '投诉：楼道垃圾堆着没人管' + read-back
at 14:40 ticket-due
at 14:41 ticket-assign 4 hemei --by lihua
at 15:00 ticket-log 4 finished --by hemei --result 已清运

on 2026-11-23 '(Monday): one complaint in ten is called back; which, the lot has said'
at 09:00 callback-due
say 'One that was handled and has no record shows.'
at 09:01 ticket-due --rule H3.14-4d
at 09:05 ticket-close LY261120004 --by lihua --result 已清运
say 'Three in ten of these calls are made on site, and whoever goes there has it signed.'
at 10:10 callback-log LY261120002 --by meizhen --manner on-site --answer satisfied
at 10:11 callback-log LY261120002 --by meizhen --manner on-site --answer satisfied --signature 何先生
at 10:12 callback-due
at 10:13 callback-tally
at 10:14 ledger-check

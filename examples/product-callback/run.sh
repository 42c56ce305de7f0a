#!/usr/bin/env bash
# A product goes live in November 2026: planned, called a month later, reported, reviewed; and a good suggestion is visited.
. "$(dirname "$0")/../desk.bash"
cd "$work" || exit

ledger-init -q product --pack product-callback --site CP --name 客户服务部 --person keeper --test --now '2026-09-01 08:00'
cd product || exit
day=2026-09-01 clock=08:00
enter() { staff-log -q --now "$day $clock" joined "$@" >/dev/null; }
enter lihua --name 李华 --role desk
enter meizhen --name 陈美珍 --role officer
enter gaoxia --name 高霞 --role supervisor

on 2026-11-20 '(Friday)'
at 10:00 ticket-open --by lihua --name 金叶商贸 --phone 02088880001 '开票系统安装上线'
at 16:00 ticket-log 1 live --by meizhen
at 16:10 ticket-log 1 planned --by meizhen --reason 了解使用情况 --set manner=telephone --set agreed-at='2026-12-21 10:00' --text 基本功能是否掌握
at 16:11 callback-due
at 16:11 callback-due --within 6w

on 2026-12-21 '(Monday): a month later'
at 09:00 callback-due
at 10:20 callback-log CP261120001 --by meizhen --answer satisfied
at 10:21 callback-log CP261120001 --by meizhen --answer satisfied --text 开票员已会用，希望批量打印
at 10:30 ticket-open --by lihua --name 金叶商贸 --phone 02088880001 '建议增加批量打印'
at 11:00 ticket-log 1 found-good --by gaoxia --reason 多家客户反映
at 11:01 ticket-due

on 2026-12-22 '(Tuesday): the report, and the papers within three days'
at 15:00 ticket-log CP261120001 reported --by meizhen --text 首次回访报告
at 15:10 ticket-log CP261120001 submitted --by meizhen --set to=gaoxia
at 16:00 ticket-log CP261120001 reviewed --by gaoxia --opinion 建议转研发评估
at 16:01 callback-due

on 2026-12-25 '(Friday): whoever made a good suggestion is visited'
at 09:00 ticket-log CP261221001 planned --by meizhen --reason 致谢并了解需求 --set manner=visit --set agreed-at='2026-12-25 10:00' --text 批量打印
at 11:00 callback-log CP261221001 --by meizhen --manner visit --answer satisfied --text 已确认需求 --signature 吴经理
at 11:01 ticket-show CP261120001
at 11:02 ledger-check

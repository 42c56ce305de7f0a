#!/usr/bin/env bash
# A year of appraisals at a service centre: who may start, checks through the year, an offence, a commendation, and the table of all.
. "$(dirname "$0")/../desk.bash"
cd "$work" || exit

ledger-init -q centre --pack zhuhai-estate --pack appraisal --site ZH --name 客户服务中心 --person keeper --test --now '2026-01-04 08:00'
cd centre || exit
enter() { staff-log -q --now '2026-01-04 08:00' joined "$@" >/dev/null; }
enter qianjin --name 钱进 --role manager
enter gaoxia --name 高霞
enter lihua --name 李华
enter meizhen --name 陈美珍
train() { personnel-log -q --now '2026-01-04 08:05' "$1" trained --course "$2" --passed yes --by qianjin >/dev/null; }
for person in gaoxia lihua; do train $person induction && train $person post-training; done
staff-log -q --now '2026-01-04 08:10' changed gaoxia --role supervisor >/dev/null
staff-log -q --now '2026-01-04 08:10' changed lihua --role desk >/dev/null

on 2026-01-05 '(Monday)'

say 'Nobody starts in post before induction and post training are passed.'
at 08:20 staff-log changed meizhen --role officer
at 08:25 personnel-log meizhen trained --course induction -H 8 --passed yes --by qianjin
at 08:26 personnel-log meizhen trained --course post-training -H 16 --passed yes --by qianjin
at 08:30 personnel-log meizhen appointed --role officer --by qianjin
at 08:31 staff-log changed meizhen --role officer

on 2026-03-13 '(Friday)'

say 'The supervisor checks the week; the manager confirms. Nobody marks themselves, and every deduction has its reason.'
at 17:00 appraise meizhen weekly-check --by gaoxia -D attendance:0.5:迟到 -D other/virtue:1:未按规定交还钥匙
at 17:02 appraise gaoxia weekly-check --by gaoxia
at 17:03 appraise lihua weekly-check --by gaoxia -D service:6:答复生硬
at 17:04 appraise lihua weekly-check --by gaoxia -D service:2
at 17:05 appraise lihua weekly-check --by gaoxia -D service:2:答复生硬
at 17:30 appraise meizhen weekly-check --confirm --by qianjin
at 17:31 appraise lihua weekly-check --confirm --by qianjin

on 2026-03-30 '(Monday)'

say 'A complaint that is hers, looked into a day too late.'
at 09:00 ticket-open -q --by lihua --name 周先生 --channel desk --set first-asked=meizhen '投诉：客房热水不够'
at 09:10 ticket-assign 1 meizhen --by lihua
on 2026-03-31 '(Tuesday)'
at 09:30 ticket-log ZH260330001 investigated --by meizhen --result 锅炉检修，次日恢复
at 09:40 ticket-log ZH260330001 reported --by meizhen --set department=housekeeping --set to=qianjin
at 09:50 ticket-close ZH260330001 --by lihua --result 已恢复

say 'What the month has shown of her: candidates, for somebody to decide.'
at 09:55 appraise meizhen --suggest

say 'A commendation adds points to one sheet; eleven it does not add.'
at 10:00 personnel-log meizhen commended --degree commendation -r 雨夜护送老人 --by qianjin
at 10:05 appraise meizhen appraisal --by qianjin --commend 11:3
at 10:06 appraise meizhen appraisal --by qianjin --commend 8:meizhen#4
at 10:10 appraise lihua appraisal --by qianjin -D professional:1.5:表单漏填

on 2026-06-30 '(Tuesday)'

say 'An offence takes the whole item, and needs its sanction on record.'
at 10:00 appraise lihua appraisal --by qianjin -o discipline:私收费用
at 10:05 personnel-log lihua sanctioned --degree warning -r 私收费用 --by qianjin
at 10:06 appraise lihua appraisal --by qianjin -o discipline:3:私收费用
at 10:08 appraise meizhen appraisal --by qianjin -D organising:0.75:交接不清
at 10:09 personnel-list lihua -e sanctioned

on 2026-12-30 '(Wednesday)'

say 'The year end. A sheet that is missing is missing, not nought.'
at 16:00 appraise meizhen year-end --by gaoxia
at 16:01 appraise meizhen year-end --by qianjin --commend 5:meizhen#4
at 16:02 personnel-log meizhen commended --degree minor-merit -r 全年零投诉 --by qianjin
at 16:03 appraise meizhen year-end --by qianjin --commend 5:meizhen#5
at 16:05 appraise-tally
at 16:10 appraise lihua year-end --by qianjin -D initiative:1.25:主动回访少
at 16:15 appraise-tally
at 16:20 appraise-tally lihua
at 16:25 appraise-tally --explain lihua
at 16:30 appraise-tally --month 2026-06

say 'Ten items, scored twice; the supervisor counts.'
at 16:40 appraise lihua ten-items --by gaoxia -s polite:9:9 -s patient:9:8:急躁 -s cooperation:10:9 -s handover:10:9.5 -s interest:10:10 \
	-s criticism:9:9 -s attentive:9:8.5 -s dress:10:10 -s study:8:8 -s present:10:9
at 16:41 appraise-tally --scheme ten-items

say 'A contractor is rated, too.'
at 16:50 personnel-log jiejing registered --subject contractor -n 洁净保洁公司 --by gaoxia
at 16:51 personnel-log jiejing rated --rating contractor --result 4 --by gaoxia
at 16:59 ledger-check

#!/usr/bin/env bash
# A half-yearly survey on a small estate: approved, drawn, answered, counted; a measure that comes of it; a complaint.
. "$(dirname "$0")/../desk.bash"
cd "$work" || exit

ledger-init -q estate --pack satisfaction --site LY --name 荔园物业 --person keeper --test --now '2026-10-18 08:00'
cd estate || exit
day=2026-10-18 clock=08:00
enter() { staff-log -q --now "$day $clock" joined "$@" >/dev/null; }
enter lihua --name 李华 --role desk
enter meizhen --name 陈美珍 --role officer
enter zhaoqiang --name 赵强 --role department-head --department cleaning
enter wanggang --name 王刚 --role worker --department cleaning
enter fangmin --name 方敏 --role centre-head
enter qianjin --name 钱进 --role estate-manager
cp "$here/questionnaire.yaml" .
printf '3-%s\n' 101 102 201 202 301 302 401 402 501 502 >units.txt
printf '5-%s\n' 101 102 201 202 301 302 401 402 501 502 >>units.txt

on 2026-10-19 '(Monday)'

say 'Form and plan, and what they need before anybody is drawn.'
at 09:00 survey-plan planned 2026h2 --questionnaire questionnaire.yaml --title 下半年满意度调查 -o half-yearly --by fangmin
at 09:05 survey-draw 2026h2 --units units.txt --rate 1 --by lihua
at 09:10 survey-plan approved 2026h2 --by fangmin
at 09:15 survey-plan approved 2026h2 --by qianjin

say 'A small estate asks everybody; anybody can draw again.'
at 09:20 survey-draw 2026h2 --units units.txt --rate 1 --by lihua
at 09:21 survey-draw 2026h2 --verify

on 2026-11-02 '(Monday)'
say 'Last month'\''s complaints, summed up in the first five days; cron has opened the form.'
at 08:30 ticket-log 1 summed-up --by lihua -t 十月无投诉
at 08:40 ticket-log 1 reviewed --by fangmin --opinion 无
at 08:45 ticket-log 1 sent --by lihua

at 09:00 survey-plan issued 2026h2 --by lihua

say 'One answer from each household, by the questionnaire.'
at 10:00 survey-log 2026h2 3-101 customer-type=业主 security=5 cleaning=2 greening=4 repairs=9 desk=5 opinions=楼道要天天扫 --by lihua
at 10:01 survey-log 2026h2 3-101 cleaning=4 --by lihua
at 10:02 survey-log 2026h2 3-102 cleaning=6 --by lihua
at 10:03 survey-log 2026h2 8-101 cleaning=4 --by lihua
{
	echo 'unit,customer-type,security,cleaning,greening,repairs,desk,most-dissatisfied,expectations'
	for unit in $(sed 1d units.txt | head -n 16); do
		echo "$unit,业主,4,2,4,5,5,保洁,"
	done
} >answers.csv
at 17:00 survey-log 2026h2 --from answers.csv --rejects ../rejected.ndjson --by lihua
at 17:01 survey-tally 2026h2 --show summary --format yaml

on 2026-11-09 '(Monday)'
say 'Exactly 85 % are not enough: one more comes on the last day.'
at 23:00 survey-log 2026h2 5-501 customer-type=租户 security=4 cleaning=1 greening=5 repairs=5 desk=4 expectations=多一个停车位 --by lihua

on 2026-11-10 '(Tuesday)'
at 09:00 survey-log 2026h2 5-502 customer-type=租户 cleaning=5 --by lihua
at 09:30 survey-plan closed 2026h2 --by lihua
at 09:40 survey-tally 2026h2

say 'What comes of it: a measure with an owner and a day, and a callback when it is done.'
at 10:00 ticket-open -q -k measure --by fangmin '改进：楼道保洁改为每天两次'
at 10:01 ticket-assign 1 wanggang --by fangmin
at 10:02 ticket-log 1 dated --by fangmin --set answer-by='2026-11-20 18:00'
at 10:03 ticket-due

on 2026-11-20 '(Friday)'
at 15:00 ticket-log LY261110001 finished --by wanggang --result 已排班
at 15:30 ticket-close LY261110001 --by fangmin --result 已核对
at 15:31 callback-due

say 'A complaint: registered, visited and answered the same day, the slip back within three working days.'
at 16:00 ticket-open -q -k complaint -u 5-301 -n 周先生 --by lihua 投诉：楼道垃圾没人管
at 16:05 ticket-log 1 dispatched --by lihua --set department=cleaning
at 16:40 ticket-log 1 visited --by lihua -t 已上门说明
at 16:41 ticket-due
at 17:00 ticket-log 1 slip-returned --by zhaoqiang --result 已清运
at 17:10 ticket-close 1 --by lihua --valid --reason 漏扫 --result 已清运
rm units.txt answers.csv questionnaire.yaml
at 17:20 ledger-check
at 17:21 survey-list

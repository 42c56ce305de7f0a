# A ledger with a file of every family in it, and most events, for tests that read it all. By three packs, in 2026.

# at TIME COMMAND...: runs it at that time
at() {
	local when=$1 command=$2
	shift 2
	"$command" --now "2026-$when" -q "$@" >/dev/null || exit # of the subshell: who calls may have switched off set -e
}

# everything_ledger DIR: makes it
everything_ledger() (
	set -e
	local c='01-05 08:00' person
	mkdir -p "$1"
	cd "$1"
	ledger-init --pack resident-centre --pack satisfaction --pack appraisal --site YL --person keeper --test --now "2026-$c" -q >/dev/null
	at "$c" staff-log joined qianjin --name 钱进 --role manager --role estate-manager --role centre-head
	at "$c" staff-log joined gaoxia --name 高霞
	at "$c" staff-log joined lihua --name 李华 --area 3 --phone 13900010009
	at "$c" staff-log joined fangmin --name 方敏
	at "$c" staff-log joined wanggang --name 王刚 --department engineering
	at "$c" staff-log joined zhaoqiang --name 赵强 --department engineering
	for person in gaoxia lihua fangmin wanggang zhaoqiang; do
		at "$c" personnel-log "$person" trained --course induction --passed yes --by qianjin
		at "$c" personnel-log "$person" trained --course post-training --passed yes --by qianjin
	done
	at "$c" staff-log changed gaoxia --role supervisor
	at "$c" staff-log changed lihua --role desk
	at "$c" staff-log changed fangmin --role centre-director --role centre-head
	at "$c" staff-log changed wanggang --role worker
	at "$c" staff-log changed zhaoqiang --role duty-lead --role department-head
	at '01-06 08:00' staff-log absent wanggang --deputy zhaoqiang
	at '01-07 08:00' staff-log back wanggang
	at '03-13 17:00' appraise lihua weekly-check --by gaoxia -D service:2:答复生硬
	at '03-13 17:30' appraise lihua weekly-check --confirm --by qianjin
	at '03-30 10:00' personnel-log lihua commended --degree commendation -r 雨夜护送老人 --by qianjin
	at '06-30 10:05' personnel-log lihua sanctioned --degree warning -r 私收费用 --by qianjin
	at '06-30 10:06' appraise lihua appraisal --by qianjin -o discipline:4:私收费用 --commend 8:lihua#3 -D professional:1.5:表单漏填
	at '06-30 10:10' personnel-log jiejing registered --subject contractor -n 洁净保洁公司 --by gaoxia
	at '06-30 10:11' personnel-log jiejing rated --rating contractor --result 4 --by gaoxia

	for unit in 3-1201 3-0205 5-0301; do at '09-01 08:00' customer-log opened $unit --name 王女士 --phone 13900010001 --type owner; done
	at '09-01 08:10' customer-log changed 3-1201 --rank vip
	at '09-30 08:50' ticket-open --by lihua -u 5-0301 -n 周先生 -p 13900010005 --channel phone '水管爆了，水喷到电箱旁边！'
	at '09-30 08:51' ticket-log 1 started --by wanggang
	at '09-30 08:52' ticket-assign 1 zhaoqiang --by lihua
	at '09-30 08:53' ticket-log 1 materials-drawn --by wanggang --material 软管:1 --set requisition=L-1
	at '09-30 09:30' ticket-close 1 --by lihua --worker wanggang --work 更换软管 --material 软管:1 --signature 周先生 --opinion 来得快 --phone 13900010005 --result 已止水
	at '09-30 09:35' ticket-open --by lihua --charging paid -u 3-1201 -n 王女士 -p 13900010001 --channel phone '厨房下水道堵塞，水已漫到客厅。'
	at '09-30 09:36' ticket-assign 2 zhaoqiang --by lihua
	at '09-30 09:37' ticket-log 2 corrected --by lihua --set fields.customer.phone=13900010002 --set reason=听错
	at '09-30 09:41' ticket-log 2 quoted --by wanggang --price 120 --reason 深夜加急
	at '09-30 09:42' ticket-log 2 consented --by wanggang --signature 王女士
	at '09-30 10:40' ticket-close 2 --by lihua --worker wanggang --work 疏通下水管道 --labour 100 --material-cost 20 --charge 120 --signature 王女士 --opinion 满意 --phone 13900010001 --receipt SJ-1 --result 已疏通
	at '09-30 11:30' ticket-open --by lihua --kind project -u 3-0205 -n 刘女士 外墙翻新
	at '09-30 11:31' ticket-log 3 finished --by lihua --result 验收合格
	at '10-01 10:10' callback-log YL260930002 --by lihua -m visit -a unsatisfied --quality 2 --effect 2 --satisfaction 1 --signature 王女士 --shortcomings 又堵了 --opinions 无
	at '10-01 10:12' callback-log YL260930001 --by lihua --unreached
	at '10-02 00:05' callback-plan
	at '11-01 00:05' callback-plan

	# rows of other systems
	printf 'unit,name\n3-1201,王女士\n3-9999,\n' >customers.csv
	printf 'unit\n4-0101\n4-0102\n7-0101\n' >more.csv
	printf 'unit,name,phone,when,security\n3-1201,王女士,13900010001,2026-09-01 09:00,5\n3-0205,刘女士,x,2026-02-30,6\n' >rows.csv
	printf 'source: other\nkey: unit\nzone: Asia/Shanghai\nfields:\n  at: when\n  kind: {value: complaint}\n  text: {columns: [name, security], join: " / "}\n  customer.unit: unit\n  customer.phone: {column: phone, unfit: other}\n  category: {column: security, values: {"5": noise}, default: other-complaint}\ntimes: ["%%Y-%%m-%%d %%H:%%M"]\nother: rest\n' >mapping.yaml
	printf '3-%s\n' 1201 0205 0306 >units.txt
	printf '5-%s\n' 0301 0302 >>units.txt
	at '10-19 09:00' survey-plan planned 2026h2 --questionnaire "$root/examples/satisfaction/questionnaire.yaml" --title 满意度调查 -o half-yearly --by fangmin
	at '10-19 09:15' survey-plan approved 2026h2 --by qianjin
	at '10-19 09:20' survey-draw 2026h2 --units units.txt --rate 1 --stratify area --by lihua
	at '11-02 09:00' survey-plan issued 2026h2 --by lihua
	at '11-02 10:00' survey-log 2026h2 3-1201 customer-type=业主 security=5 cleaning=2 greening=4 repairs=9 opinions=楼道要天天扫 --by lihua
	at '11-02 10:10' survey-log 2026h2 3-1201 --correct security=4 -r 看错 --by lihua
	at '11-02 10:01' survey-log 2026h2 5-0301 customer-type=租户 security=3 cleaning=4 most-dissatisfied=保洁 --by lihua
	at '11-10 09:30' survey-plan closed 2026h2 --by lihua
	# one that waits for its sample
	at '12-01 09:00' survey-plan planned 2026h3 --questionnaire "$root/examples/satisfaction/questionnaire.yaml" --title 满意度调查 -o half-yearly --by fangmin
	at '12-01 09:15' survey-plan approved 2026h3 --by qianjin
)

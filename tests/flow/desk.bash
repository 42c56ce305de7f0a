# A ledger with something of everything in it, for tests that damage, merge or read it: by the pack desk.yaml, in November 2026.

# at TIME COMMAND...: runs it at that time
at() {
	local when=$1 command=$2
	shift 2
	"$command" --now "2026-11-$when" -q "$@"
}

# desk_ledger DIR: makes it
desk_ledger() (
	set -e
	mkdir -p "$1"
	cd "$1"
	local clock=2026-10-01\ 08:00
	ledger-init --pack "$root/tests/flow/desk.yaml" --site YL --test --now "$clock" -q
	staff-log --now "$clock" -q joined lihua --name 李华 --role desk --area 3
	staff-log --now "$clock" -q joined wanggang --name 王刚 --role worker --department engineering
	staff-log --now "$clock" -q joined zhao --name 赵 --role department-head --department service
	staff-log --now "$clock" -q joined qian --name 钱 --role manager
	staff-log --now "$clock" -q joined sun --name 孙 --role worker
	at '02 08:00' staff-log left sun

	at '02 09:00' ticket-open -k repair -c drain -s ordinary -u 3-1201 -n 王女士 -p 13900010001 --channel phone -t '厨房下水道堵塞，水已漫到客厅。
下午两点后家里有人。'
	at '02 09:10' ticket-assign 1 wanggang
	at '02 10:00' ticket-log 1 started -t 到场
	at '02 11:00' ticket-log 1 finished --set workers=wanggang --set work=疏通
	at '03 10:00' callback-log YL261102001 --by lihua --manner telephone --answer unsatisfied --shortcomings 地没擦
	at '02 11:30' ticket-open -k repair -c lamp -s ordinary -u 3-1202 -t 楼道灯不亮
	at '02 11:35' ticket-log 2 extended --by lihua --set extends=done --set until=2026-11-06T18:00:00+08:00 --set reason=等灯具 --set approved-by="$(id -un)"
	at '02 12:00' ticket-open -k repair -c agreed -s ordinary -u 3-1203 -t 换门锁 --agreed-at '2026-11-05 10:00'
	at '02 13:00' ticket-open -k repair -s ordinary -u 3-1204 -t 门坏了
	at '02 13:05' ticket-log 4 reclassified --set category=drain --set reason=是下水
	at '02 14:00' ticket-open -k complaint -u 3-1205 -t 太吵
	at '02 15:00' ticket-close 5 --result 已处理 --valid --reason 属实
	at '04 09:00' callback-log YL261102005 --by zhao --caller zhao --caller qian --manner visit --answer satisfied
	at '02 16:00' ticket-open -k complaint -u 3-1206 -t 楼上漏水
	at '02 16:30' ticket-close 6 --result 已处理 --valid --reason 属实
	at '04 09:00' callback-log YL261102006 --by zhao --caller zhao --caller qian --manner visit --answer unsatisfied --promised '2026-11-04 17:00'
	at '02 17:00' ticket-open -k repair -s ordinary -u 3-1207 -t 重复
	at '02 17:10' ticket-log 7 voided --set reason=重复
)

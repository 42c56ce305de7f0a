#!/usr/bin/env bats
# callback-tally: what a period owed by what ended in it, and what it is judged by: the windows that ended in it.
load ../helper
load ../packs

setup_file() { resident_centre; }

day=2026-11-28
sheet=(-a satisfied -m visit --quality 4 --effect 4 --satisfaction 4 --signature 王 --shortcomings 无 --opinions 无)

# repair NUMBER DAY: one that is finished on that day
repair() {
	at "$2 09:00" ticket-open -q --by lihua -u 3-0101 -k repair -c lamp -t 灯坏 >/dev/null
	at "$2 09:05" ticket-assign -q "$1" zhaoqiang
	at "$2 10:00" ticket-log -q "$1" finished --by lihua --worker wanggang --work 换 --signature 王 --opinion 好 --phone 13900010001
}

tally() { columns rule,finished,owed,called,ended,made,late,needed,verdict callback-tally --period "$1" --now "$2" --format csv; }

@test "[H2.A-4a] two verdicts: each repair is owed, three in ten of them are judged, by the window's end" {
	local number
	for number in 1 2 3 4; do repair $number 2026-11-28; done
	# the windows end on 1 December
	prints 'repair,4,4,0,0,0,0,0,' tally 2026-11 '2026-11-29 09:00'
	prints 'repair,0,0,0,4,0,0,2,open' tally 2026-12 '2026-11-29 09:00'
	at '2026-12-01 09:00' callback-log -q YL261128001 --by lihua "${sheet[@]}"
	prints 'repair,0,0,0,4,1,0,2,open' tally 2026-12 '2026-12-01 23:59:59'
	prints 'repair,0,0,0,4,1,0,2,missed' tally 2026-12 '2026-12-02 00:00:00'
	at '2026-12-02 09:00' callback-log -q YL261128002 --by lihua "${sheet[@]}"
	prints 'repair,0,0,0,4,1,1,2,missed' tally 2026-12 '2026-12-02 10:00'
	prints 'repair,4,4,1,0,0,0,0,' tally 2026-11 '2026-12-02 10:00'
	run callback-tally --period 2026-12 --now '2026-12-02 10:00' --exit-code
	status_is 1
	run callback-tally --period 2026-11 --now '2026-12-02 10:00' --exit-code
	status_is 0
	# what is voided counts nowhere
	at '2026-11-30 09:00' ticket-log -q YL261128004 voided --by gaoxia --reason 重复
	prints 'repair,0,0,0,3,1,1,1,kept' tally 2026-12 '2026-12-02 10:00'
}

@test "periods of every sort; what is none is refused" {
	repair 1 2026-11-28
	local period
	for period in 2026 2026-H2 2026-Q4 2026-11 2026-W48 2026-11-28; do
		[[ $(tally $period '2026-11-29 09:00') == repair,1,1,* ]] || { echo "$period"; return 1; }
	done
	refused 2 'callback-tally: "2026-W54" is not a period (write one like 2026-11, 2026-Q4, 2026-H2, 2026-W47, 2026-11-21, 2026)' callback-tally -P 2026-W54
	prints '' callback-tally --period 2025 --now '2026-11-29 09:00'
	prints '' callback-tally --rule H2.A-5 --now '2026-11-29 09:00'
	local rule
	for rule in '' nosuch H2; do
		refused 2 "callback-tally: --rule: the policy has no rule or clause $rule (there are: major-complaint, ordinary-complaint, project, repair, first-aid, activity, centre-visit, office-visit, officer-visit, assistant-visit, department-visit; all of them: policy-list)" \
			timeout 10 callback-tally --rule "$rule" --now '2026-11-29 09:00'
	done
}

@test "of a share whose rule is changed within the month, what its first callback recorded holds" {
	local number
	for number in 1 2 3 4 5 6; do
		at 09:30 ticket-open -q --by lihua -k activity -u $number -n $number栋 中秋联欢 >/dev/null
		at 13:00 ticket-log -q $number finished --by lihua --result 结束
		sed -i '/rule: activity/s/rate: "0.30"/rate: "0.90"/' policy/resident-centre.yaml
	done
	prints 'activity,6,2,0.30' columns rule,finished,owed,rate callback-tally -P 2026-11 --now '2026-11-29 09:00' --format csv
	prints '6,2' bash -c "sort -u <<<'$(columns finished,needed callback-due --now '2026-11-29 09:00' --format csv --rule activity)'"
}

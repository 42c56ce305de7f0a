#!/usr/bin/env bats
# Dates that are none, that have not come yet or lie before what they follow; years that two digits cannot tell apart;
# and when something is recorded whose text took a while to write.
load ../helper
load ../packs

setup_file() {
	pack_ledger resident-centre
	people_join lihua --name 李华 --role desk
	people_join wanggang --name 王刚 --role worker
}

# shellcheck disable=SC2034 # for at, of helper.bash
day=2026-11-20

@test "a birthday is a day that has been, in every way it can come in" {
	local date
	for date in 02-30 13-01 00-10 01-00 04-31 2001-02-29 1900-02-29 2026-13-01 1980-3-15 80-03-15 1899-12-31 tomorrow; do
		refused 3 "customer-log: customer.birthday: \"$date\" is not a day: write it like 1980-03-15, or without the year like 03-15" \
			at 09:00 customer-log opened 3-0101 --by lihua -n 王女士 --birthday "$date"
	done
	for date in 2026-11-21 2030-01-01 2199-12-31; do
		refused 3 "customer-log: customer.birthday: $date lies in the future" \
			at 09:00 customer-log opened 3-0101 --by lihua -n 王女士 --birthday "$date"
	done
	[[ ! -e customers ]]
	printf 'unit,name,birthday\n3-0101,x,02-30\n3-0102,y,2001-02-29\n3-0103,z,2030-01-01\n3-0104,v,2000-02-29\n' >../c.csv
	run --separate-stderr at 09:00 customer-import ../c.csv --by lihua
	[[ $(ls customers/3) == 3-0104.yaml ]]
	refused 3 'ticket-open: customer.birthday: "02-30" is not a day: write it like 1980-03-15, or without the year like 03-15' \
		at 09:00 ticket-open -q -k repair -u 3-0105 --by lihua --set customer.birthday=02-30 灯坏了
	at 09:00 ticket-open -q -k repair -u 3-0105 --by lihua 灯坏了 >/dev/null
	refused 3 'ticket-log: fields.customer.birthday: "02-30" is not a day: write it like 1980-03-15, or without the year like 03-15' \
		at 09:01 ticket-log 1 corrected --by lihua --set fields.customer.birthday=02-30 --reason x
	refused 3 'ticket-log: YL261120001: customer.birthday: 2030-01-01 lies in the future' \
		at 09:01 ticket-log 1 corrected --by lihua --set fields.customer.birthday=2030-01-01 --reason x
	local unit=3-0200
	for date in 02-29 2000-02-29 2026-11-20 1900-01-01 12-31 '１９８０-０３-１５'; do
		unit=${unit%????}$((10#${unit#3-} + 1001))
		at 09:00 customer-log -q opened "$unit" --by lihua -n 王女士 --birthday "$date"
	done
	grep -q '^  birthday: "1980-03-15"$' customers/3/"$unit".yaml
	prints '' ledger-check -q --now "$day 12:00"
}

@test "a ledger whose schema asks less of birthdays refuses them as well" {
	sed -i "s/^      birthday: .*/      birthday: {type: string, pattern: '^([0-9]{4}-)?(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])\$', x-order: 9, title: Birthday}/" schemas/fields.yaml
	refused 3 'customer-log: customer.birthday: there is no day 02-30' \
		at 09:00 customer-log opened 3-0101 --by lihua -n 王女士 --birthday 02-30
	refused 3 'customer-log: customer.birthday: there is no day 2001-02-29' \
		at 09:00 customer-log opened 3-0101 --by lihua -n 王女士 --birthday 2001-02-29
	refused 3 'customer-log: customer.birthday: 2030-01-01 lies in the future' \
		at 09:00 customer-log opened 3-0101 --by lihua -n 王女士 --birthday 2030-01-01
}

@test "a date that somebody wrote into a file by hand is checked as one" {
	at 09:00 customer-log -q opened 3-0101 --by lihua -n 王女士 --birthday 03-15
	local date
	for date in 02-30 2001-02-29 2100-02-29 13-01; do
		sed "s/\"03-15\"/\"$date\"/" customers/3/3-0101.yaml >../one
		cp customers/3/3-0101.yaml ../kept && cp ../one customers/3/3-0101.yaml
		run ledger-check -q --now "$day 12:00"
		[[ $status == 1 && $output == *3-0101.yaml*birthday* ]]
		cp ../kept customers/3/3-0101.yaml
	done
	prints '' ledger-check -q --now "$day 12:00"
}

@test "what is over has been; what is wanted or promised does not lie before it is asked for" {
	at 09:00 ticket-open -q -k repair -u 3-0105 --by lihua 灯坏了 >/dev/null
	refused 3 'ticket-open: heard-at: 2026-11-21T08:00:00+08:00 lies in the future' \
		at 09:00 ticket-open -q -k repair -u 3-0105 --by lihua --set heard-at='2026-11-21 08:00' 灯坏了
	sed -i 's/^steps:/&\n  - {step: dated, kind: repair, clause: T-1}/' policy/resident-centre.yaml
	refused 3 'ticket-log: YL261120001: answer-by: the answer is wanted before it is asked for' \
		at 09:01 ticket-log 1 dated --by lihua --set answer-by='2026-11-20 09:00'
	refused 3 'ticket-close: YL261120001: end: 2026-11-20T10:00:00+08:00 lies in the future' \
		at 09:02 ticket-close 1 --by lihua -r x -w wanggang --work x --start 08:30 --end 10:00 --signature x --opinion x --phone 13900010001
	refused 3 'ticket-close: YL261120001: start: 2026-11-20T10:00:00+08:00 lies in the future' \
		at 09:02 ticket-close 1 --by lihua -r x -w wanggang --work x --start 10:00 --signature x --opinion x --phone 13900010001
	at 09:02 ticket-close -q 1 --by lihua -r x -w wanggang --work x --start 08:30 --end 09:02 --signature x --opinion x --phone 13900010001 >/dev/null
}

@test "a time that is agreed on, and the last day of a certificate, do not lie before their beginning" {
	refused 3 'ticket-open: agreed-at: the time agreed on is earlier than the agreement' \
		at 09:00 ticket-open -q -k repair -u 3-0105 --by lihua --agreed-at 08:59 灯坏了
	prints 'YL261120001' at 09:00 ticket-open -q -k repair -c lamp -s ordinary -u 3-0105 --by lihua --at 08:00 --agreed-at 08:59 灯坏了
	cat >>policy/resident-centre.yaml <<-'END'
		certificates:
		  - {certificate: lift, title: Lift, by: desk, clause: T-3}
		appointments:
		  - {appointment: lifts, roles: duty-lead, certificates: lift, by: desk, clause: T-4}
	END
	local lacks='nobody becomes duty-lead without the certificate lift'
	refused 3 "staff-log: wanggang: $lacks: run personnel-log wanggang certified --certificate lift [T-4]" \
		at 09:00 staff-log changed wanggang --role duty-lead
	refused 3 "staff-log: lai: $lacks: record joined without the role, then run personnel-log lai certified --certificate lift [T-4]" \
		at 09:00 staff-log joined lai --name 来 --role duty-lead
	refused 3 'personnel-log: until: the certificate ended before it was given: say when that was with --at' \
		at 09:00 personnel-log wanggang certified --certificate lift --until 2026-11-19 --by lihua
	refused 3 'personnel-log: until: "2026-02-30" is not a date: there is no such day' \
		at 09:00 personnel-log wanggang certified --certificate lift --until 2026-02-30 --by lihua
	refused 3 'personnel-log: until: "9999-12-31" is not a date: only the years 1900 to 2199 can be written' \
		at 09:00 personnel-log wanggang certified --certificate lift --until 9999-12-31 --by lihua
	at 09:00 personnel-log -q wanggang certified --certificate lift --until 2026-11-20 --by lihua >/dev/null
	at 09:00 staff-log -q changed wanggang --role duty-lead >/dev/null
}

# no_day COMMAND...: its last word, which is no day or time, is refused in one line that repeats it, and nothing is written
no_day() {
	run --separate-stderr "$@"
	[[ ($status == 2 || $status == 3) && ! $output && ${#stderr_lines[@]} == 1 && $stderr == *"\"${*: -1}\" is not a "* ]] ||
		{ echo "$*: $status $output $stderr"; return 1; }
}

@test "no option and no field takes a day, time or period that is none" {
	tree_digest >../before
	local bad option
	for bad in 2026-02-30 2026-02-29 2026-13-01 2026-00-01 2026-01-00 0000-01-01 10000-01-01 26-01-01; do
		for option in 'ticket-list --since' 'ticket-list --until' 'callback-tally -P' 'ticket-repeats --month' 'appraise-tally --month' 'staff-list --at' \
			'staff-log absent wanggang --dry-run --from' 'staff-log absent wanggang --dry-run --until'; do
			# shellcheck disable=SC2086 # words
			no_day at 09:00 $option "$bad"
		done
	done
	for bad in 2026-02-30 2026-02-29 2026-13-01 2026-00-01 2026-01-00 0000-01-01 10000-01-01 26-01-01; do
		for bad in "$bad 09:00" '2026-11-20 24:00' '2026-11-20 23:60' '2026-11-20 09:00:60'; do
			no_day at 09:00 ticket-open --by lihua -k repair -u 3-0105 x --dry-run --at "$bad"
			no_day at 09:00 ticket-open --by lihua -k repair -u 3-0105 x --dry-run --agreed-at "$bad"
			no_day at 09:00 staff-log absent wanggang --dry-run --from "$bad"
			no_day ticket-list --now "$bad"
		done
	done
	tree_digest ../before
}

@test "--since later than --until is refused in one line" {
	at 09:00 ticket-open -q -k repair -u 3-0105 --by lihua 灯坏了 >/dev/null
	refused 2 'ticket-list: --since: 2026-11-21 is later than --until 2026-11-20' ticket-list --since 2026-11-21 --until 2026-11-20
	prints 'YL261120001' columns ticket ticket-list --format csv --since 2026-11-20 --until 2026-11-20
}

@test "a rule that would end before it begins is refused with its place" {
	local from
	for from in 2026-11-21 2026-12-01; do
		sed -i '/rule: never/d' policy/resident-centre.yaml
		sed -i "s/^deadlines:/&\n  - {rule: never, kind: repair, start: opened, until: [closed], within: 3 d, from: \"$from\", before: \"2026-11-21\", clause: T-1}/" policy/resident-centre.yaml
		run --separate-stderr ticket-list
		status_is 4
		[[ $stderr =~ ^ticket-list:\ policy/resident-centre.yaml:[0-9]+:[0-9]+:\ before:\ it\ must\ be\ later\ than\ from ]]
	done
	sed -i 's/from: "2026-12-01", before: "2026-11-21"/from: "2026-11-20", before: "2026-11-21"/' policy/resident-centre.yaml
	prints '' ticket-list
}

@test "who was born on 29 February is greeted on the 28th where there is no 29th" {
	cat >policy/round.yaml <<-'END'
		pack: round
		title: round
		source: round
		callbacks:
		  - {rule: greeting, routine: greeting, after: [scheduled], within: 0 d, rate: "1", who: [desk], clause: R-2}
		routines:
		  - {routine: greeting, title: greeting, for: form, kind: customer, yearly: customer.birthday, clause: R-2}
	END
	sed -i 's/^packs:$/&\n  - round/' kefu.yaml
	at 09:00 customer-log -q opened 3-0101 --by lihua -n 王女士 --birthday 02-29
	at 09:00 customer-log -q opened 3-0102 --by lihua -n 何先生 --birthday 2000-02-29
	at 09:00 customer-log -q opened 3-0103 --by lihua -n 刘女士 --birthday 02-28
	local year month_day
	while read -r year month_day wanted; do
		callback-plan -q --now "$year-$month_day 06:00" >/dev/null
		[[ $(columns ticket,due callback-due --format csv --now "$year-$month_day 09:00" | grep -c "$year-$month_day") == "$wanted" ]]
	done <<-'END'
		2027 02-27 0
		2027 02-28 3
		2027 03-01 0
		2028 02-28 1
		2028 02-29 2
		2028 03-01 0
	END
}

@test "a year that two digits cannot tell from another is refused, before anything is written" {
	local now year
	for now in '2070-01-01 00:00' '2199-12-31 23:59' '1969-12-31 23:59' '1900-01-01 00:00'; do
		year=${now%%-*}
		refused 3 "ticket-open: the time now is the year $year: a ledger can only record the years 1970 to 2069" \
			ticket-open -q -k repair -u 3-0105 --by lihua --now "$now" 灯坏了
		refused 3 "callback-plan: the time now is the year $year: a ledger can only record the years 1970 to 2069" callback-plan --now "$now"
		refused 3 "staff-log: the time now is the year $year: a ledger can only record the years 1970 to 2069" staff-log joined x --name x --role desk --now "$now"
		refused 3 "ledger-init: the time now is the year $year: a ledger can only record the years 1970 to 2069" \
			ledger-init ../new --site YL --pack resident-centre --test --now "$now"
	done
	[[ ! -e tickets && ! -e ../new ]]
	refused 3 'ticket-open: --at is the year 1969: a ledger can only record the years 1970 to 2069' \
		at 09:00 ticket-open -q -k repair -u 3-0105 --by lihua --at '1969-12-31 23:59' 灯坏了
	prints 'YL691231001' ticket-open -q -k repair -u 3-0105 --by lihua --now '2069-12-31 23:59' 灯坏了
	[[ -e tickets/2069/12/YL691231001.yaml ]]
	# who reads may look further ahead
	run callback-due --now '2071-01-01 00:00'
	[[ $status == 0 ]]
}

@test "a clock that stands before the ledger was made is named" {
	refused 3 'ticket-open: the time now is 1970-01-01 08:00, and nobody worked here before 2026-01-05 08:00: set the clock' \
		ticket-open -q -k repair -u 3-0105 --by lihua --now '1970-01-01 08:00' 灯坏了
}

# clocked COMMAND...: with the clock that the file ../clock sets; ON_TERMINAL as well
clocked() { CLOCK_FILE=$PWD/../clock LD_PRELOAD=$BATS_FILE_TMPDIR/clock.so ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0 "$@"; }

# writing SECONDS TEXT COMMAND: COMMAND on a terminal, whose editor takes SECONDS to write TEXT
writing() {
	local seconds=$1 text=$2
	shift 2
	printf '#!/bin/bash\necho $(($(<"$CLOCK_FILE") + %s)) >"$CLOCK_FILE.new" && mv "$CLOCK_FILE.new" "$CLOCK_FILE"\necho %s >"$1"\n' "$seconds" "$text" >../editor
	chmod +x ../editor
	EDITOR=$PWD/../editor clocked script -qec "$*" /dev/null </dev/null >../typed 2>&1
}

real_ledger() {
	${CC:-cc} -D_GNU_SOURCE -std=gnu17 -Wall -Wextra -O1 -shared -fPIC -o "$BATS_FILE_TMPDIR/clock.so" "$root/tests/fault/clock.c" -ldl
	sed -i '/^test: true$/d' kefu.yaml
	date -d "$day 09:00 +08:00" +%s >../clock
}

@test "a text that took a minute to write: it happened when the person began, and was recorded when they ended" {
	real_ledger
	writing 60 灯坏了 ticket-open -q -k repair -u 3-0105 --by lihua
	grep -A1 '^at: "2026-11-20T09:00:00+08:00"$' tickets/2026/11/YL261120001.yaml | grep -qx 'recorded: "2026-11-20T09:01:00+08:00"'
	# nothing was written: one moment
	clocked ticket-open -q -k repair -u 3-0106 --by lihua 门坏了 >/dev/null
	grep -A1 '^at: "2026-11-20T09:01:00+08:00"$' tickets/2026/11/YL261120002.yaml | grep -q '^by: lihua$'
	# what is said to have happened stays so
	writing 60 窗坏了 ticket-open -q -k repair -u 3-0107 --by lihua --at 08:31
	grep -A1 '^at: "2026-11-20T08:31:00+08:00"$' tickets/2026/11/YL261120003.yaml | grep -qx 'recorded: "2026-11-20T09:02:00+08:00"'
	# a clock that is set back meanwhile makes nothing happen after it was recorded
	writing -3600 墙坏了 ticket-open -q -k repair -u 3-0108 --by lihua
	grep -A1 '^at: "2026-11-20T09:02:00+08:00"$' tickets/2026/11/YL261120004.yaml | grep -q '^by: lihua$'
	prints '' ledger-check -q --now '2026-11-20 12:00'
}

@test "past midnight the number is of the day on which it was recorded" {
	real_ledger
	date -d "$day 23:59:30 +08:00" +%s >../clock
	writing 60 灯坏了 ticket-open -q -k repair -u 3-0105 --by lihua
	grep -A1 '^at: "2026-11-20T23:59:30+08:00"$' tickets/2026/11/YL261121001.yaml | grep -qx 'recorded: "2026-11-21T00:00:30+08:00"'
	prints '' ledger-check -q --now '2026-11-21 12:00'
}

@test "in a ledger for tests time passes from --now on" {
	real_ledger
	echo 'test: true' >>kefu.yaml
	writing 90 灯坏了 "ticket-open -q -k repair -u 3-0105 --by lihua --now '$day 15:00'"
	grep -A1 '^at: "2026-11-20T15:00:00+08:00"$' tickets/2026/11/YL261120001.yaml | grep -qx 'recorded: "2026-11-20T15:01:30+08:00"'
}

@test "text that comes slowly through a pipe; an extension counts from when it was recorded all the same" {
	cat >>policy/resident-centre.yaml <<-'END'
		extensions:
		  - {extend: longer, total: any, by: desk, clause: T-2}
	END
	sed -i 's/^deadlines:/&\n  - {rule: usual, kind: repair, start: opened, until: [closed], within: 3 d, extend: longer, clause: T-1}/' policy/resident-centre.yaml
	real_ledger
	export CLOCK_STEP=60
	clocked ticket-open -q -k repair -u 3-0105 --by lihua - <<<灯坏了 >/dev/null
	grep -A1 '^at: "2026-11-20T09:00:00+08:00"$' tickets/2026/11/YL261120001.yaml | grep -qx 'recorded: "2026-11-20T09:01:00+08:00"'
	clocked ticket-log -q 1 extended --by lihua --set extends=usual --set until='2026-11-25 12:00' --set approved-by=keeper \
		--reason 缺件 --text - <<<厂家无货 >/dev/null
	grep -A5 '^event: extended$' tickets/2026/11/YL261120001.yaml | grep -q '^at: "2026-11-20T09:03:00+08:00"$'
	prints '' ledger-check -q --now "$day 12:00"
}

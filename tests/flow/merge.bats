#!/usr/bin/env bats
# Two clones with site codes of their own record, and meet through real git with ledger-merge as its driver.
load ../helper
load desk

setup_file() {
	cd "$BATS_FILE_TMPDIR"
	export HOME=$PWD
	copy_of_ledger "$PWD/yl" desk_ledger
	cd yl
	git init -q -b main . && ledger-init --site YL -q
	git add . && git commit -qm 'begin'
	git clone -q "$BATS_FILE_TMPDIR/yl" "$BATS_FILE_TMPDIR/eb"
	cd "$BATS_FILE_TMPDIR/eb"
	ledger-init --site EB -q
	git commit -qam 'site EB'
	cd "$BATS_FILE_TMPDIR/yl"
	git pull -q "$BATS_FILE_TMPDIR/eb" main
}

# yl and eb: two clones that know each other, both empty of news
setup() {
	test_begins || return
	cp -r "$BATS_FILE_TMPDIR/yl" "$BATS_FILE_TMPDIR/eb" "$BATS_TEST_TMPDIR"
	cd "$BATS_TEST_TMPDIR"
	git -C yl remote add eb "$PWD/eb"
	git -C eb remote add yl "$PWD/yl"
	folder=tickets/2026/11
	four=$folder/YL261102004.yaml
}

# in_yl TIME COMMAND..., in_eb TIME COMMAND...: records there, and commits
in_yl() { in_clone yl "$@"; }
in_eb() { in_clone eb "$@"; }
in_clone() {
	(cd "$1" && at "${@:2}" >>../recorded && git add . && git commit -qm news)
}

# both merge what the other had before
meet() {
	git -C yl fetch -q eb && git -C eb fetch -q yl
	git -C yl merge -qm 'with eb' eb/main && git -C eb merge -qm 'with yl' yl/main
}

same_bytes() {
	diff -r yl/tickets eb/tickets && cmp yl/staff.yaml eb/staff.yaml && cmp yl/kefu.yaml eb/kefu.yaml
}

# every document recorded on either side before they met is in YL now
nothing_lost() {
	local clone file
	for clone in yl eb; do
		for file in $(git -C $clone ls-tree -r --name-only "$1" tickets staff.yaml); do
			git -C $clone show "$1:$file" >before
			perl -e '
				sub documents { local $/; open my $file, "<", $_[0] or die; my %all = map { $_ => 1 } <$file> =~ /^---\n.*?^\.\.\.\n/msg; \%all }
				my ($before, $now) = map { documents($_) } @ARGV;
				$now->{$_} or die "$ARGV[1] lost:\n$_" for keys %$before;' before "yl/$file" || return 1
		done
	done
}

@test "both record on the same forms, and open their own: same bytes, nothing lost" {
	in_yl '05 09:00' ticket-log YL261102004 started -t 永乐去了
	in_eb '05 09:05' ticket-log YL261102004 started -t 二班去了
	in_eb '05 09:10' ticket-log YL261102004 told --set to=lihua -t 已通知
	in_yl '05 09:20' ticket-open -k complaint -u 3-1301 -t 永乐的
	in_eb '05 09:20' ticket-open -k complaint -u 3-1302 -t 二班的
	in_eb '05 09:30' staff-log joined zhou --name 周 --role worker
	in_yl '05 09:30' staff-log joined wu --name 吴 --role worker
	git -C yl tag before && git -C eb tag before
	meet
	same_bytes
	nothing_lost before
	[[ $(grep -c '^seq: 3$' "yl/$four") == 2 && $(grep -c '^seq: 4$' "yl/$four") == 1 ]]
	[[ -e yl/$folder/EB261105001.yaml && -e eb/$folder/YL261105001.yaml ]]
	run --separate-stderr ledger-check -q -C yl --now '2026-11-20 12:00'
	output_is ''
	status_is 0
	# and on they go, numbering after the highest of both
	in_yl '05 10:00' ticket-log YL261102004 finished --set workers=zhou --set work=好了
	[[ $(tail -1 recorded) == YL261102004#5 ]]
}

@test "merging again changes nothing" {
	in_yl '05 09:00' ticket-log YL261102004 started -t 永乐去了
	in_eb '05 09:05' ticket-log YL261102004 started -t 二班去了
	meet
	cp "yl/$four" merged
	in_eb '05 09:10' ticket-log YL261102004 told --set to=lihua -t 已通知
	meet
	meet
	same_bytes
	ledger-merge merged "yl/$four"
	cmp merged "yl/$four"
	ledger-merge merged merged
	cmp merged "yl/$four"
}

@test "both close it: disputed, and a settled step ends that" {
	in_yl '05 09:00' ticket-open -k complaint -u 3-1301 -t 太吵
	meet
	in_yl '05 10:00' ticket-close YL261105001 --result 属实 --valid --reason 属实
	in_eb '05 10:05' ticket-close YL261105001 --result 不属实 --invalid --reason 查无此事
	meet
	same_bytes
	run --separate-stderr ledger-check -q -C yl --now '2026-11-20 12:00' --format tsv --no-header
	status_is 1
	[[ $output == disputed$'\t'$folder/YL261105001.yaml$'\t'*'#2 (closed, '??') contradicts #2 (closed, '??'): record a settled step (`ticket-log YL261105001 settled --set state=STATE --reason WHY`)'* && ${#lines[@]} == 1 ]]
	cd yl
	run --separate-stderr ticket-log --now '2026-11-05 11:00' YL261105001 reopened --set reason=再看
	status_is 3
	[[ $stderr == *'record a settled step first (`ticket-log YL261105001 settled --set state=STATE --reason WHY`)'* ]]
	cd ..
	in_yl '05 11:00' ticket-log YL261105001 settled --set state=closed --set reason=以永乐的为准
	git -C eb pull -q --no-rebase yl main
	same_bytes
	run --separate-stderr ledger-check -q -C eb --now '2026-11-20 12:00'
	output_is ''
	status_is 0
}

@test "what was disputed and settled open can be finished and closed anew" {
	in_yl '05 09:00' ticket-open -k repair -c drain -s ordinary -u 3-1201 -t 堵了
	meet
	in_yl '05 10:00' ticket-log YL261105001 finished --set workers=wanggang --set work=好了
	in_eb '05 10:05' ticket-log YL261105001 finished --set workers=wanggang --set work=换了
	meet
	in_yl '05 11:00' ticket-log YL261105001 settled --set state=open --set reason=都没好
	in_yl '05 12:00' ticket-log YL261105001 finished --set workers=wanggang --set work=真好了
	cd yl
	prints 'finished' columns state ticket-list --now '2026-11-05 13:00' -u 3-1201 --since 2026-11-05 --format csv
	prints 'due,YL261105001' columns status,ticket callback-due --now '2026-11-06 13:00' --format csv --rule repair --for lihua --within 3d
}

@test "settled to a state that no step led to: what would be owed then is owed, what is over then is over" {
	in_yl '05 09:00' ticket-open -k complaint -u 3-1301 -t 太吵
	in_yl '05 09:00' ticket-open -k repair -c drain -s ordinary -u 3-1302 -t 堵了
	meet
	in_yl '05 10:00' ticket-log YL261105001 corrected --set fields.charging=paid --set reason=查过
	in_eb '05 10:05' ticket-log YL261105001 corrected --set fields.charging=free --set reason=查过
	in_yl '05 10:00' ticket-assign YL261105002 wanggang
	in_eb '05 10:00' ticket-assign YL261105002 lihua
	meet
	in_yl '05 11:00' ticket-log YL261105001 settled --set state=closed --set reason=当面解决了
	in_yl '05 11:00' ticket-log YL261105002 settled --set state=finished --set reason=都去过，修好了
	cd yl
	[[ $(ticket-due --now '2026-11-08 12:00') != *YL261105* ]]
	[[ $(ticket-show --now '2026-11-08 12:00' YL261105001) == *'answer [D.6] 2026-11-05 23:59  in time at 2026-11-05 11:00 (#3)'*'complaint [C.2] 2026-11-06 00:00 to 2026-11-12 23:59  open'* ]]
	[[ $(ticket-show --now '2026-11-08 12:00' YL261105002) == *'done [D.1] 2026-11-06 09:00  in time at 2026-11-05 11:00 (#3)'*'repair [C.1] 2026-11-08 23:59  open'* ]]
	prints '' ledger-check -q --now '2026-11-20 12:00'
}

@test "a clone whose clock is behind is told by both clocks, and which site's the other is" {
	in_eb '05 09:20' ticket-open -k complaint -u 3-1302 -t 二班的
	meet
	cd yl
	refused 3 'ticket-log: EB261105001: the clock of this machine says 2026-11-05 09:10, but the ticket was opened at 2026-11-05 09:20, by the clock of the site EB (#1): set the clock that is wrong, and try again' \
		at '05 09:10' ticket-log EB261105001 started -t 去了
	refused 3 'ticket-log: EB261105001: --at: this is before the ticket was opened' \
		at '05 09:30' ticket-log EB261105001 started --at '2026-11-05 09:10' -t 去了
	run --separate-stderr ledger-check -q --now '2026-11-05 09:10' --format tsv --no-header
	[[ $output == *$'at: 2026-11-05T09:20:00+08:00 is in the future, by the clock of the site EB; the clock here says 2026-11-05 09:10'* ]]
	# somebody who joined at the other site meanwhile
	cd ..
	in_eb '05 09:30' staff-log joined zhou --name 周 --role worker --login nobody-here
	meet
	cd yl
	# and who is to record here, by the other site's clock
	sed "s/^name: $(id -un)\$/&\nlogin: somebody-else/" staff.yaml >before
	{ cat before; printf -- '---\nevent: joined\nseq: 99\nsite: EB\nat: "2026-11-05T09:40:00+08:00"\nby: zhou\nperson: me\nname: me\nlogin: %s\nnature: person\nroles:\n  - desk\n...\n' "$(id -un)"; } >after
	keep staff.yaml && cp after staff.yaml
	refused 3 "ticket-log: EB261105001: login $(id -un): me is in staff.yaml from 2026-11-05 09:40 on, and the clock of this machine says 2026-11-05 09:25" \
		at '05 09:25' ticket-log EB261105001 started -t 去了
	put_back staff.yaml
	refused 3 'ticket-log: EB261105001: --by: zhou is in staff.yaml from 2026-11-05 09:30 on, and the clock of this machine says 2026-11-05 09:25' \
		at '05 09:25' ticket-log EB261105001 started --by zhou -t 去了
}

# check_says PATTERN...: ledger-check in YL finds just these problems, a line each
check_says() {
	local wanted
	run --separate-stderr ledger-check -q -C yl --now '2026-11-20 12:00' --format tsv --no-header
	[[ ${#lines[@]} == $# ]] || { echo "$output"; return 1; }
	for wanted; do
		# shellcheck disable=SC2053 # a pattern
		[[ $output == *$wanted* ]] || { echo "$output"; return 1; }
	done
}

@test "one matter closed in two clones is owed one callback, for every reader" {
	in_yl '05 09:00' ticket-open -k complaint -u 3-1301 -t 太吵
	in_yl '05 09:01' ticket-open -k complaint -u 3-1302 -t 太吵
	meet
	in_yl '05 10:00' ticket-close YL261105001 --result 属实 --valid --reason 属实
	in_eb '05 10:05' ticket-close YL261105001 --result 属实 --valid --reason 属实
	# of two numbers as well, and there the second one has the earlier end
	in_yl '06 10:00' ticket-close YL261105002 --result 属实 --valid --reason 属实
	in_eb '05 10:10' ticket-log YL261105002 told --set to=lihua -t 已通知
	in_eb '05 10:15' ticket-close YL261105002 --result 属实 --valid --reason 属实
	meet
	same_bytes
	cd yl
	# both say the same
	refused 3 'ticket-log: YL261105001: its steps do not contradict each other: there is nothing to settle' \
		at '07 11:00' ticket-log YL261105001 settled --set state=closed --set reason=同样
	prints $'closed\nclosed' columns state ticket-list --now '2026-11-07 12:00' --state all --since 2026-11-05 --format csv
	plan_made 2026-11-08
	# with the two complaints of the 2nd, which were called: half of four, not of six
	prints '' callback-due --now '2026-11-08 12:00' --rule complaint
	prints '4,2,4,2,kept' columns finished,owed,ended,needed,verdict callback-tally --now '2026-11-08 12:00' --period 2026-11 --rule complaint --format csv
	[[ $(ticket-show --now '2026-11-08 12:00' YL261105002 | grep -c '^ *complaint ') == 1 ]]
	[[ $(ticket-show --now '2026-11-08 12:00' YL261105002) == *$'\nCallbacks\n'*'2026-11-12 23:59'* ]]
	[[ $(ticket-why --now '2026-11-08 12:00' YL261105002 --due complaint | grep -c '2026-11-12 23:59') == 1 ]]
	rm -r plans
	at '08 12:00' callback-plan -q
	[[ $(sed -n '/^frame:/,/^digest:/p' plans/2026/YL2611.yaml | grep -c YL) == 4 && $(grep -h '^forms:' plans/2026/YL2611.yaml) == 'forms: 4' ]]
	cd .. && git -C yl add . && git -C yl commit -qm plan
	run --separate-stderr ledger-check -q -C yl --now '2026-11-20 12:00'
	output_is ''
}

@test "called back before the other clone's finishing arrived: nothing is owed any more" {
	in_yl '02 14:00' ticket-log YL261102004 finished --set workers=wanggang --set work=好了
	in_yl '03 10:00' callback-log YL261102004 --by lihua --manner telephone --answer satisfied
	in_eb '02 14:00' ticket-log YL261102004 told --set to=lihua -t 已通知
	in_eb '02 14:01' ticket-log YL261102004 told --set to=lihua -t 再通知
	in_eb '02 14:02' ticket-log YL261102004 told --set to=lihua -t 又通知
	in_eb '02 14:05' ticket-log YL261102004 finished --set workers=wanggang --set work=好了
	meet
	same_bytes
	cd yl
	prints '' callback-due --now '2026-11-04 12:00' -q --for lihua --rule repair
	prints '2,2,0' columns ended,made,late callback-tally --now '2026-11-06 12:00' --period 2026-11-05 --rule repair --format csv
}

@test "two clones extend one deadline: disputed, the earlier end counts, and once settled it can be extended again" {
	in_yl '05 09:00' ticket-open -k repair -c drain -s ordinary -u 3-1301 -t 堵了
	in_yl '05 09:00' ticket-open -k repair -c drain -s ordinary -u 3-1302 -t 堵了
	in_yl '05 09:00' ticket-open -k repair -c drain -s ordinary -u 3-1303 -t 堵了
	meet
	extend() { # CLONE NUMBER DAY [TIME]
		in_clone "$1" "05 ${4-10:00}" ticket-log "YL26110500$2" extended --by lihua --set extends=done --set "until=2026-11-$3T18:00:00+08:00" --set reason=等零件 --set approved-by="$(id -un)"
	}
	# whichever stands first in the file by its digest
	extend yl 1 08 && extend eb 1 09
	extend yl 2 09 && extend eb 2 08
	# of two numbers, whichever end is later
	extend yl 3 10 && in_eb '05 10:00' ticket-log YL261105003 told --set to=lihua -t 已通知 && extend eb 3 08 10:05
	in_yl '05 09:00' ticket-open -k repair -c drain -s ordinary -u 3-1304 -t 堵了
	git -C eb pull -q --no-rebase yl main
	extend yl 4 08 && in_eb '05 10:00' ticket-log YL261105004 told --set to=lihua -t 已通知 && extend eb 4 10 10:05
	meet
	same_bytes
	local clone
	for clone in yl eb; do
		prints $'YL261105001,2026-11-08T18:00:00+08:00\nYL261105002,2026-11-08T18:00:00+08:00\nYL261105003,2026-11-08T18:00:00+08:00\nYL261105004,2026-11-08T18:00:00+08:00' \
			bash -c "grep YL261105 <<<'$(columns ticket,due ticket-due -C $clone --now '2026-11-05 12:00' --rule drain --format csv)'"
	done
	check_says "$folder/YL261105001.yaml"*'#2 (extended, '??') contradicts #2 (extended, '??'): meanwhile the earlier end counts; record a settled step (`ticket-log YL261105001 settled --set state=STATE --reason WHY`), and where the later one holds, extend it again' \
		"$folder/YL261105002.yaml" "$folder/YL261105003.yaml"*'#3 (extended, EB) contradicts #2 (extended, YL): meanwhile the earlier end counts' \
		"$folder/YL261105004.yaml"*'#3 (extended, EB) contradicts #2 (extended, YL)'
	[[ $(ticket-show -C yl --now '2026-11-05 12:00' YL261105001) == *$'\ndisputed: #2 (extended, '*'the earlier end counts'* ]]
	[[ $(ticket-show -C yl --now '2026-11-05 12:00' YL261105001 | grep -c '^ *done .*open') == 1 ]]
	prints $'YL261105001\nYL261105002\nYL261105003\nYL261105004' columns ticket ticket-list -C yl --now '2026-11-05 12:00' --state disputed --format csv
	for number in 1 2 3 4; do
		in_yl '05 13:00' ticket-log YL26110500$number settled --set state=open --set reason=两处都批了
	done
	check_says
	extend yl 1 09 14:00
	prints $'YL261105002,2026-11-08T18:00:00+08:00\nYL261105003,2026-11-08T18:00:00+08:00\nYL261105004,2026-11-08T18:00:00+08:00\nYL261105001,2026-11-09T18:00:00+08:00' \
		bash -c "grep YL261105 <<<'$(columns ticket,due ticket-due -C yl --now '2026-11-05 15:00' --rule drain --format csv)'"
	check_says
	# what one knows of the other is no contradiction
	git -C eb pull -q --no-rebase yl main
	extend eb 2 10 14:10
	git -C yl pull -q --no-rebase eb main
	check_says
	[[ $(ticket-show -C yl --now '2026-11-05 15:00' YL261105002) == *'from: 2026-11-08T18:00:00+08:00'* ]]
	in_yl '05 16:00' ticket-log YL261105001 finished --set workers=wanggang --set work=好了
	check_says
}

@test "the same end from both is no dispute" {
	in_yl '05 09:00' ticket-open -k repair -c drain -s ordinary -u 3-1301 -t 堵了
	meet
	local clone
	for clone in yl eb; do
		in_clone $clone '05 10:00' ticket-log YL261105001 extended --by lihua --set extends=done --set until=2026-11-08T18:00:00+08:00 --set reason=$clone --set approved-by="$(id -un)"
	done
	meet
	same_bytes
	check_says
	[[ $(columns ticket ticket-due -C yl --now '2026-11-05 12:00' --rule drain --format csv) == $'YL261102004\nYL261105001' ]]
}

@test "two corrections of one field, two reclassifications, two assignments of one moment: disputed, named, settled; what agrees is none" {
	local number
	for number in 1 2 3 4 5 6 7; do
		in_yl '05 09:00' ticket-open -k repair -c drain -s ordinary -u 3-130$number -t 堵了
	done
	meet
	both() { # NUMBER TIME-OF-EB COMMAND-WITH-%: recorded in YL with the first word of PAIR, in EB with the second
		in_yl '05 10:00' "${@:4:1}" YL26110500$1 "${@:5}" "${2%% *}"
		in_eb "05 $3" "${@:4:1}" YL26110500$1 "${@:5}" "${2##* }"
	}
	both 1 'fields.charging=paid fields.charging=free' 10:05 ticket-log corrected --set reason=查过 --set
	both 2 'category=lamp category=agreed' 10:05 ticket-log reclassified --set reason=不是 --set
	both 3 'wanggang lihua' 10:00 ticket-assign
	both 4 'fields.charging=paid fields.charging=paid' 10:05 ticket-log corrected --set reason=查过 --set
	both 5 'category=lamp category=lamp' 10:05 ticket-log reclassified --set reason=不是 --set
	both 6 'wanggang wanggang' 10:00 ticket-assign
	both 7 'wanggang lihua' 10:05 ticket-assign # the later one has it
	meet
	same_bytes
	check_says "$folder/YL261105001.yaml"*'#2 (corrected, '??') contradicts #2 (corrected, '??'): meanwhile the former counts; record a settled step (`ticket-log YL261105001 settled --set state=STATE --reason WHY`), and where the other holds, record it again' \
		"$folder/YL261105002.yaml"*'#2 (reclassified, '??') contradicts #2 (reclassified, ' \
		"$folder/YL261105003.yaml"*'#2 (assigned, '??') contradicts #2 (assigned, '
	# what counts is what is shown
	local former
	former=$(ticket-show -C yl --now '2026-11-05 12:00' YL261105003 | sed -n 's/^disputed: #2 (assigned, \(..\)).*/\1/p')
	prints "$([[ $former == YL ]] && echo wanggang || echo lihua)" columns assignee ticket-list -C yl -u 3-1303 --since 2026-11-05 --now '2026-11-05 12:00' --format csv
	prints 'lihua' columns assignee ticket-list -C yl -u 3-1307 --since 2026-11-05 --now '2026-11-05 12:00' --format csv
	for number in 1 2 3; do
		in_yl '05 13:00' ticket-log YL26110500$number settled --set state=open --set reason=问过了
	done
	in_yl '05 14:00' ticket-assign YL261105003 lihua
	check_says
}

# of each pair, the one clone has recorded more before, so that the numbers differ; once this, once that
@test "whatever their numbers, steps that exclude each other are disputed; what agrees is not, nor what one knew" {
	local number busy other p=YL2611050
	for number in 01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17; do
		in_yl '05 09:00' ticket-open -k repair -c drain -s ordinary -u 3-13$number -t 堵了
	done
	meet
	for number in 01 02 03 04 05 06 07 08; do
		if ((10#$number % 2)); then busy=yl other=eb; else busy=eb other=yl; fi
		in_clone $busy '05 09:30' ticket-log $p$number told --set to=lihua -t 已通知
		case $number in
		01 | 02) set -- corrected --set fields.charging=paid -- corrected --set fields.charging=free ;;
		03 | 04) set -- reclassified --set category=lamp -- corrected --set fields.charging=free ;; # of different facts
		05 | 06) set -- reclassified --set category=lamp -- reclassified --set category=agreed ;;
		07 | 08) set -- voided -- started ;;
		esac
		local one=() two=()
		while [[ $1 != -- ]]; do one+=("$1") && shift; done
		two=("${@:2}")
		[[ ${one[0]} == started ]] || one+=(--set reason=一)
		[[ ${two[0]} == started ]] || two+=(--set reason=二)
		in_clone $busy '05 10:00' ticket-log $p$number "${one[@]}"
		in_clone $other '05 10:05' ticket-log $p$number "${two[@]}"
	done
	# who took it back before they met says what the other says
	in_yl '05 10:00' ticket-log ${p}09 corrected --set fields.charging=paid --set reason=错
	in_yl '05 10:01' ticket-log ${p}09 corrected --set fields.charging=free --set reason=对
	in_eb '05 10:00' ticket-log ${p}09 told --set to=lihua -t 已通知
	in_eb '05 10:01' ticket-log ${p}09 told --set to=lihua -t 已通知
	in_eb '05 10:05' ticket-log ${p}09 corrected --set fields.charging=free --set reason=对
	# void is void
	in_yl '05 10:00' ticket-log ${p}10 voided --set reason=重复
	in_eb '05 10:05' ticket-log ${p}10 voided --set reason=是重复的
	in_yl '05 10:00' ticket-log ${p}11 told --set to=lihua -t 已通知
	in_yl '05 10:00' ticket-log ${p}11 voided --set reason=重复
	in_eb '05 10:05' ticket-log ${p}11 voided --set reason=重复
	# assigned, finished, then closed: so it could have been; not the other way round
	in_yl '05 10:00' ticket-assign ${p}12 wanggang
	in_eb '05 10:05' ticket-close ${p}12 -r 好了
	in_yl '05 10:05' ticket-assign ${p}13 wanggang
	in_eb '05 10:00' ticket-close ${p}13 -r 好了
	in_eb '05 09:30' ticket-log ${p}14 told --set to=lihua -t 已通知
	in_eb '05 10:00' ticket-log ${p}14 finished --set workers=wanggang --set work=好了
	in_yl '05 10:05' ticket-close ${p}14 -r 好了
	in_yl '05 09:30' ticket-log ${p}15 told --set to=lihua -t 已通知
	in_yl '05 10:05' ticket-log ${p}15 finished --set workers=wanggang --set work=好了
	in_eb '05 10:00' ticket-close ${p}15 -r 好了
	# both finish it alike, one closes it too
	in_yl '05 10:05' ticket-log ${p}16 finished --set workers=wanggang --set work=好了
	in_eb '05 10:00' ticket-log ${p}16 finished --set workers=wanggang --set work=好了
	in_eb '05 10:01' ticket-close ${p}16 -r 好了
	in_yl '05 10:00' ticket-log ${p}17 corrected --set fields.charging=paid --set reason=一
	meet
	same_bytes
	# 17: it had the other's
	in_eb '05 10:10' ticket-log ${p}17 corrected --set fields.charging=free --set reason=二
	git -C yl pull -q --no-rebase eb main
	check_says "${p}01.yaml"*'#3 (corrected, YL) contradicts #2 (corrected, EB)' "${p}02.yaml"*'#3 (corrected, EB) contradicts #2 (corrected, YL)' \
		"${p}05.yaml"*'#3 (reclassified, YL) contradicts #2 (reclassified, EB)' "${p}06.yaml"*'#3 (reclassified, EB) contradicts #2 (reclassified, YL)' \
		"${p}07.yaml"*'#3 (voided, YL) contradicts #2 (started, EB): record a settled step (`ticket-log YL261105007 settled --set state=STATE --reason WHY`)' \
		"${p}08.yaml"*'#3 (voided, EB) contradicts #2 (started, YL)' "${p}13.yaml"*'#2 ('*' contradicts #2 ('* "${p}15.yaml"*'#3 (finished, YL) contradicts #2 (closed, EB)'
	cd yl
	prints $'voided\nvoided\nclosed\nclosed\nclosed' bash -c "ticket-list --now '2026-11-05 12:00' --state all --since 2026-11-05 --format csv | grep -E '0(10|11|12|14|16),' | cut -d , -f 2"
	# what a voiding withdrew is owed again, should it not have been void
	at '05 12:00' ticket-log ${p}07 settled --set state=open --set reason=有人去了
	[[ $(ticket-show --now '2026-11-05 12:00' ${p}07) == *$'\n  done [D.1] 2026-11-06 09:00  open\n'* ]]
	[[ $(ledger-check -q --now '2026-11-20 12:00') != *${p}07* ]]
}

@test "done in two clones, at two times: the earlier one decides, whichever stands first" {
	local p=YL26110500
	for number in 1 2 3; do in_yl '05 09:00' ticket-open -k complaint -u 3-130$number -t 吵; done
	in_yl '05 10:00' ticket-close ${p}3 --result 属实 --valid --reason 属实
	meet
	in_yl '06 10:00' ticket-log ${p}1 answered -t 答复
	in_eb '05 10:00' ticket-log ${p}1 told --set to=lihua -t 已通知
	in_eb '05 11:00' ticket-log ${p}1 answered -t 答复
	in_eb '06 10:00' ticket-log ${p}2 answered -t 答复
	in_yl '05 10:00' ticket-log ${p}2 told --set to=lihua -t 已通知
	in_yl '05 11:00' ticket-log ${p}2 answered -t 答复
	in_yl '14 10:00' callback-log ${p}3 --by zhao --caller zhao --caller qian --manner telephone --answer satisfied
	in_eb '06 09:00' ticket-log ${p}3 told --set to=lihua -t 已通知
	in_eb '06 10:00' callback-log ${p}3 --by zhao --caller zhao --caller qian --manner telephone --answer satisfied
	meet
	same_bytes
	check_says
	for number in 1 2; do
		[[ $(ticket-show -C yl --now '2026-11-06 12:00' $p$number) == *'answer [D.6] 2026-11-05 23:59  in time at 2026-11-05 11:00 (#3)'* ]]
	done
	prints '3,0' columns made,late callback-tally -C yl --now '2026-11-20 12:00' --period 2026-11 --rule complaint --format csv
	# of what one clone did, the first counts: nothing is put right afterwards
	in_yl '06 11:00' ticket-open -k complaint -u 3-1304 -t 吵
	in_yl '07 12:00' ticket-log YL261106001 answered -t 答复
	in_yl '07 13:00' ticket-log YL261106001 answered --at '2026-11-06 12:00' -t 答复
	[[ $(ticket-show -C yl --now '2026-11-07 14:00' YL261106001) == *'answer [D.6] 2026-11-06 23:59  LATE at 2026-11-07 12:00 (#2)'* ]]
}

@test "two clones settle a dispute differently: disputed again" {
	in_yl '05 09:00' ticket-open -k complaint -u 3-1301 -t 太吵
	meet
	in_yl '05 10:00' ticket-close YL261105001 --result 属实 --valid --reason 属实
	in_eb '05 10:05' ticket-close YL261105001 --result 不属实 --invalid --reason 查无此事
	meet
	in_yl '05 10:55' ticket-log YL261105001 told --set to=lihua -t 已通知
	in_yl '05 11:00' ticket-log YL261105001 settled --set state=closed --set reason=永乐说
	in_eb '05 11:05' ticket-log YL261105001 settled --set state=open --set reason=二班说
	meet
	same_bytes
	check_says "$folder/YL261105001.yaml"*'#4 (settled, YL) contradicts #3 (settled, EB): record a settled step (`ticket-log YL261105001 settled --set state=STATE --reason WHY`)'
	in_yl '05 12:00' ticket-log YL261105001 settled --set state=closed --set reason=说好了
	check_says
}

@test "two clones open one customer's file, and change it: united; what differs is disputed" {
	in_yl '05 10:05' customer-log opened 3-1401 -n 王 -p 13900010001
	in_eb '05 10:00' customer-log opened 3-1401 -n 王 -p 13900010001
	in_yl '05 10:00' customer-log opened 3-1402 -n 王 -p 13900010001
	in_eb '05 10:05' customer-log opened 3-1402 -n 李 -p 13900010001
	in_yl '05 10:00' customer-log opened 3-1403 -n 王 -p 13900010001
	meet
	in_yl '05 11:00' customer-log changed 3-1403 -n 王女士
	in_yl '05 11:01' customer-log changed 3-1403 -p 13900010002
	in_eb '05 11:05' customer-log changed 3-1403 -p 13900010003
	meet
	diff -r yl/customers eb/customers
	check_says 'customers/3/3-1402.yaml'*'#1 (opened, '??') contradicts #1 (opened, '??')' 'customers/3/3-1403.yaml'*'#3 (changed, YL) contradicts #2 (changed, EB): meanwhile what happened later counts; record a settled step (`customer-log settled 3-1403 --set state=STATE --reason WHY`), and where the other holds, record it again'
	in_yl '05 12:00' customer-log settled 3-1402 --set state=open --reason 问过
	in_yl '05 12:00' customer-log settled 3-1403 --set state=open --reason 问过
	in_yl '05 12:01' customer-log changed 3-1402 -n 李
	check_says
	in_yl '05 13:00' customer-log changed 3-1403 -p 13900010004
	git -C eb pull -q --no-rebase yl main
	in_eb '05 13:10' customer-log changed 3-1403 -p 13900010005
	git -C yl pull -q --no-rebase eb main
	check_says
	[[ $(columns name,phone customer-list -C yl --format csv) == *$'李,13900010001\n王女士,13900010005' ]]
}

@test "two clones hear different answers to one callback: disputed; unsatisfied opens it again all the same" {
	in_yl '05 09:00' ticket-open -k complaint -u 3-1301 -t 太吵
	in_yl '05 10:00' ticket-close YL261105001 --result 属实 --valid --reason 属实
	meet
	in_yl '06 10:00' callback-log YL261105001 --by zhao --caller zhao --caller qian --manner telephone --answer satisfied
	in_eb '06 10:05' callback-log YL261105001 --by zhao --caller zhao --caller qian --manner telephone --answer unsatisfied
	meet
	same_bytes
	check_says "$folder/YL261105001.yaml"*'#3 (callback, '??') contradicts #3 (callback, '??'): meanwhile the callback counts as made; record a settled step (`ticket-log YL261105001 settled --set state=STATE --reason WHY`)'
	in_yl '06 11:00' ticket-log YL261105001 settled --set state=open --set reason=又问过
	check_says
	prints 'open' columns state ticket-list -C yl -u 3-1301 --now '2026-11-06 12:00' --format csv
	[[ $(ticket-show -C yl --now '2026-11-06 12:00' YL261105001 | head -1) == *'cycle 2'* ]]
	prints '3,3' columns ended,made callback-tally -C yl --now '2026-11-14 12:00' --period 2026-11 --rule complaint --format csv
}

@test "both settle the dispute: still one state, on both sides the same" {
	in_yl '05 09:00' ticket-open -k complaint -u 3-1301 -t 太吵
	meet
	in_yl '05 10:00' ticket-close YL261105001 --result 属实 --valid --reason 属实
	in_eb '05 10:05' ticket-close YL261105001 --result 不属实 --invalid --reason 查无此事
	meet
	in_yl '05 11:00' ticket-log YL261105001 settled --set state=closed --set reason=永乐说
	in_eb '05 11:05' ticket-log YL261105001 settled --set state=open --set reason=二班说
	meet
	same_bytes
	[[ $(ledger-check -q -C yl --now '2026-11-20 12:00') == "$(ledger-check -q -C eb --now '2026-11-20 12:00')" ]]
}

@test "both settle one callback: that is no damage" {
	in_yl '02 14:00' ticket-log YL261102004 finished --set workers=wanggang --set work=好了
	meet
	in_yl '03 10:00' callback-log YL261102004 --by lihua --manner telephone --answer satisfied
	in_eb '03 10:05' callback-log YL261102004 --by lihua --manner visit --answer satisfied
	meet
	same_bytes
	run --separate-stderr ledger-check -q -C yl --now '2026-11-20 12:00'
	output_is ''
	status_is 0
}

@test "both let somebody go: the staff stays readable, and that is one leaving" {
	in_yl '05 09:00' staff-log left wanggang
	in_eb '05 09:00' staff-log left wanggang
	in_eb '05 09:40' staff-log changed lihua --area 4
	meet
	same_bytes
	in_yl '05 10:00' ticket-assign YL261102004 lihua
	cd yl
	run --separate-stderr ticket-assign --now '2026-11-05 10:00' YL261102004 wanggang
	status_is 3
	prints '' ledger-check -q --now '2026-11-20 12:00'
}

@test "one person changed after another clone let them go: the contradiction has a name" {
	in_yl '05 09:00' staff-log left wanggang
	in_eb '05 09:10' staff-log changed lihua --area 4
	in_eb '05 09:20' staff-log changed wanggang --role desk
	meet
	same_bytes
	check_says staff$'\t'staff.yaml$'\t'*'#9: wanggang does not work here, so cannot be changed or leave'
}

@test "two clones say different things of somebody: named, until somebody who knew of both says what is right" {
	in_yl '05 09:00' staff-log joined zhou --name 周 --role worker
	in_eb '05 09:00' staff-log joined zhou --name 周 --role desk
	in_yl '05 09:01' staff-log joined wu --name 吴 --role worker
	in_eb '05 09:01' staff-log joined wu --name 吴 --role worker
	in_yl '05 09:02' staff-log changed lihua --role manager
	in_yl '05 09:03' staff-log changed lihua --area 4
	in_eb '05 09:03' staff-log changed lihua --role worker
	in_yl '05 09:04' staff-log absent wanggang --until '2026-12-01 09:00' --deputy lihua
	in_eb '05 09:05' staff-log absent wanggang --until '2026-12-02 09:00' --deputy zhao
	# of two days the later one counts from then on
	in_yl '05 09:06' staff-log changed qian --role manager --from '2026-11-10 00:00'
	in_eb '05 09:06' staff-log changed qian --role desk --from '2026-11-12 00:00'
	meet
	same_bytes
	check_says disputed$'\t'staff.yaml$'\t'*'#8 (joined, '??') contradicts #'*' (joined, '??'): they say different things of the roles of zhou; record what is right (staff-log changed)' \
		disputed$'\t'staff.yaml$'\t'*'they say different things of the roles of lihua; record what is right (staff-log changed)' \
		disputed$'\t'staff.yaml$'\t'*'#12 (absent, '??') contradicts #'*' (absent, '??'): they say different things of the deputy of wanggang; record what is right (staff-log absent)'
	in_yl '05 10:00' staff-log changed zhou --role worker
	in_yl '05 10:00' staff-log changed lihua --role desk
	in_yl '05 10:00' staff-log absent wanggang --deputy zhao
	check_says
	git -C eb pull -q --no-rebase yl main
	in_eb '05 11:00' staff-log changed lihua --role worker
	git -C yl pull -q --no-rebase eb main
	check_says
}

@test "who is back ends the absences that were known where that was recorded, whatever their numbers" {
	in_yl '05 09:00' staff-log absent wanggang --until '2026-11-20 09:00'
	git -C eb pull -q --no-rebase yl main
	in_yl '05 10:00' staff-log absent wanggang --until '2026-11-30 09:00'
	in_eb '05 10:00' staff-log changed lihua --area 4
	in_eb '05 10:01' staff-log changed lihua --area 3
	in_eb '05 10:02' staff-log back wanggang
	meet
	same_bytes
	[[ $(columns person,absent staff-list -C yl --now '2026-11-05 11:00' --format csv) == *$'\nwanggang,until 2026-11-30 09:00\n'* ]]
	check_says disputed$'\t'staff.yaml$'\t'*'#11 (back, EB) contradicts #9 (absent, YL): they say different things of the absence of wanggang; record what is right (staff-log back)'
	in_yl '05 12:00' staff-log back wanggang
	check_says
}

@test "one number from two sides: a conflict, loudly, and nothing is mixed" {
	# a copy of the folder instead of a clone: both have the code YL
	cp -r yl copy
	git -C yl remote add copy "$PWD/copy"
	in_clone copy '05 09:00' ticket-open -k complaint -u 3-1301 -t 这边的
	in_yl '05 09:01' ticket-open -k complaint -u 3-1302 -t 那边的
	cp yl/$folder/YL261105001.yaml ours
	git -C yl fetch -q copy
	run git -C yl merge -m 'with the copy' copy/main
	[[ $status == 1 ]]
	[[ $output == *"ledger-merge: $folder/YL261105001.yaml: two different forms have this number: each side opened its own"* ]]
	[[ $output == *'CONFLICT'*"$folder/YL261105001.yaml"* ]]
	# both stand in it, each whole
	{ echo '<<<<<<< ours' && cat ours && echo ======= && git -C copy show main:$folder/YL261105001.yaml && echo '>>>>>>> theirs'; } |
		cmp - yl/$folder/YL261105001.yaml
	[[ $(git -C yl ls-files -u | wc -l) == 2 ]]
	git -C yl commit -qam 'whatever'
	run --separate-stderr ledger-check -q -C yl --now '2026-11-20 12:00' --format tsv --no-header
	status_is 4
	[[ ${#lines[@]} == 1 && $output == conflict-markers$'\t'$folder/YL261105001.yaml$'\t1\t'* ]]
}

@test "a damaged side: a conflict, loudly, and both sides stand in the file" {
	in_yl '05 09:00' ticket-log YL261102004 started -t 永乐去了
	(cd eb && sed -i '$d' $four && git commit -qam 'cut by hand')
	cp yl/$four ours
	git -C yl fetch -q eb
	run git -C yl merge -m 'with eb' eb/main
	[[ $status == 1 ]]
	[[ $output == *"ledger-merge: $four:45:1: their side: cut off in the document that begins at line 26"* ]]
	{ echo '<<<<<<< ours' && cat ours && echo ======= && cat eb/$four && echo '>>>>>>> theirs'; } | cmp - yl/$four
	# cut within a line, no mark hangs on to it
	git -C yl merge --abort
	(cd eb && truncate -s -3 $four && git commit -qam 'cut further')
	git -C yl fetch -q eb
	run git -C yl merge -m 'with eb' eb/main
	[[ $(tail -1 yl/$four) == '>>>>>>> theirs' ]]
}

# somewhere_else COMMAND...: git as cron, an editor or a graphical client has it, without kefu in its PATH
somewhere_else() {
	env -i PATH=/usr/bin:/bin HOME="$HOME" GIT_AUTHOR_NAME=x GIT_AUTHOR_EMAIL=x GIT_COMMITTER_NAME=x GIT_COMMITTER_EMAIL=x "$@"
}

# both sides add to a ticket, and to the staff
both_add() {
	in_yl '05 09:00' ticket-log YL261102004 started -t 永乐去了
	in_yl '05 09:30' staff-log joined wu --name 吴 --role worker
	in_eb '05 09:05' ticket-log YL261102004 started -t 二班去了
	in_eb '05 09:30' staff-log joined zhou --name 周 --role worker
	git -C yl tag before && git -C eb tag before
	git -C yl fetch -q eb
}

@test "git without kefu in its PATH merges all the same" {
	both_add
	somewhere_else git -C yl merge -qm 'with eb' eb/main
	nothing_lost before
	prints '' ledger-check -q -C yl --now '2026-11-20 12:00'
}

@test "where ledger-merge is not there, dies or is no program, both sides stay in the file: no commit drops one" {
	local tools=$BATS_TEST_TMPDIR/tools how
	both_add
	mkdir "$tools" && cp "$build/bin/ledger-init" "$build/bin/ledger-merge" "$tools"
	"$tools/ledger-init" yl --site YL
	run --separate-stderr ledger-check -q -C yl --now '2026-11-20 12:00'
	status_is 0
	for how in 'rm ledger-merge' 'printf "#!/bin/sh\nkill -9 \$\$\n" >ledger-merge; chmod +x ledger-merge' \
		'printf "#!/nowhere/sh\n" >ledger-merge; chmod +x ledger-merge' 'printf "#!/bin/sh\nexit 1\n" >ledger-merge; chmod +x ledger-merge'; do
		(cd "$tools" && eval "$how")
		run somewhere_else git -C yl merge -m 'with eb' eb/main
		[[ $status == 1 && $output == *"ledger-merge: $four: both sides stand in it between conflict markers, see ledger-merge(1)"* ]]
		{ echo '<<<<<<< ours' && git -C yl show before:$four && echo ======= && git -C eb show before:$four && echo '>>>>>>> theirs'; } | cmp - yl/$four
		git -C yl commit -qam 'without a look'
		run --separate-stderr ledger-check -q -C yl --now '2026-11-20 12:00' --format tsv --no-header
		status_is 4
		[[ $output == *$'conflict-markers\tstaff.yaml\t1\t1\t'* && $output == *$'conflict-markers\t'$four$'\t1\t1\tconflict markers: git could not merge this file; to unite its sides: ledger-merge '$four$'\t'* ]]
		git -C yl checkout -q before -- staff.yaml
		run --separate-stderr ticket-log -C yl --now '2026-11-20 12:00' YL261102004 told --set to=lihua -t x
		status_is 4
		errors_are "ticket-log: $four:1:1: conflict markers: git could not merge this file; to unite its sides: ledger-merge $four"
		git -C yl reset -q --hard before
	done
	# the message is true
	run somewhere_else git -C yl merge -m 'with eb' eb/main
	(cd yl && ledger-merge $four && ledger-merge staff.yaml && git commit -qam 'with eb')
	nothing_lost before
	prints '' ledger-check -q -C yl --now '2026-11-20 12:00'
}

@test "a ledger-merge that was moved is found in PATH" {
	both_add
	mkdir tools && cp "$build/bin/ledger-init" "$build/bin/ledger-merge" tools && tools/ledger-init yl --site YL && rm -r tools
	run --separate-stderr ledger-check -q -C yl --now '2026-11-20 12:00' --format tsv --no-header
	status_is 1
	output_is $'merge-driver\t.git\t\\N\t\\N\tmerge.kefu.driver names a ledger-merge that is not there any more: run ledger-init --site YL\t\\N'
	git -C yl merge -qm 'with eb' eb/main
	nothing_lost before
	ledger-init yl --site YL
	prints '' ledger-check -q -C yl --now '2026-11-20 12:00'
}

@test "the driver of earlier versions is named, and what it drops; ledger-init renews it" {
	both_add
	git -C yl config merge.kefu.driver 'ledger-merge %A %B %P'
	run somewhere_else git -C yl merge -m 'with eb' eb/main
	[[ $status == 1 ]]
	git -C yl commit -qam 'our side only'
	run --separate-stderr ledger-check -q -C yl --now '2026-11-20 12:00' --format tsv --no-header
	status_is 1
	# (of the staff, the same)
	[[ $output == *"gone-document	$four	"*"YL261102004#3 (started) is gone: it was committed in "* ]]
	[[ $output == *"gone-document	staff.yaml	"*"#"*" (joined) is gone"* ]]
	[[ $output == *'merge-driver	.git	\N	\N	merge.kefu.driver is that of an earlier kefu, by which a merge can lose a side: run ledger-init --site YL	'* ]]
	ledger-init yl --site YL
	git -C yl reset -q --hard before
	somewhere_else git -C yl merge -qm 'with eb' eb/main
	nothing_lost before
	prints '' ledger-check -q -C yl --now '2026-11-20 12:00'
}

@test "attributes by which git would mix documents are named" {
	sed -i '/^tickets/d' yl/.gitattributes
	echo '* merge=union' >>yl/.git/info/attributes
	echo 'staff.yaml merge=kefu' >>yl/.git/info/attributes
	run --separate-stderr ledger-check -q -C yl --now '2026-11-20 12:00' --format tsv --no-header
	status_is 1
	output_is $'merge-driver\t.gitattributes\t\\N\t\\N\tgit merges tickets/** by union, which can mix two documents: the line is to be: tickets/** merge=kefu\t\\N'
	: >yl/.gitattributes
	: >yl/.git/info/attributes
	run --separate-stderr ledger-check -q -C yl --now '2026-11-20 12:00' --format tsv --no-header
	[[ ${#lines[@]} == 2 && $output == *'git merges staff.yaml by lines, which can mix two documents: the line is to be: staff.yaml merge=kefu'* ]]
}

@test "a clone that records and was not told how to merge is named; one that only reads is not" {
	git clone -q yl reader
	prints '' ledger-check -q -C reader --now '2026-11-20 12:00'
	git -C yl config --remove-section merge.kefu
	run --separate-stderr ledger-check -q -C yl --now '2026-11-20 12:00' --format tsv --no-header
	status_is 1
	output_is $'merge-driver\t.git\t\\N\t\\N\tgit was not told to unite files here (merge.kefu.driver): run ledger-init --site YL\t\\N'
}

@test "without the driver, git's own merge is a conflict, not a mixture" {
	in_yl '05 09:00' ticket-log YL261102004 started -t 永乐去了
	in_eb '05 09:05' ticket-log YL261102004 started -t 二班去了
	git -C yl config --remove-section merge.kefu
	git -C yl fetch -q eb
	run git -C yl merge -m 'with eb' eb/main
	[[ $status == 1 ]]
	run --separate-stderr ledger-check -q -C yl --now '2026-11-20 12:00' --format tsv --no-header
	status_is 4
	[[ $output == *conflict-markers$'\t'$four$'\t'* ]]
	# git's own markers, line by line, come apart again as well
	(cd yl && ledger-merge $four)
	git -C yl show main:$four >ours && git -C yl show eb/main:$four >theirs && ledger-merge ours theirs
	cmp ours yl/$four
}

@test "three clones, many forms, in any order: all the same in the end" {
	git clone -q "$PWD/yl" gz
	(cd gz && ledger-init --site GZ -q && git commit -qam 'site GZ')
	git -C yl pull -q "$PWD/gz" main && git -C eb pull -q "$PWD/yl" main
	local clone minute=10
	for round in 1 2 3; do
		for clone in yl eb gz; do
			for form in 1 4 5 6; do
				in_clone $clone "06 $((9 + round)):$((minute++))" ticket-log YL26110200$form told --set to=lihua -t "$clone $round"
			done
			((minute = minute % 40 + 10))
		done
		# who hears from whom changes from round to round
		case $round in
		1) git -C yl pull -q --no-rebase "$PWD/gz" main ;;
		2) git -C gz pull -q --no-rebase "$PWD/eb" main && git -C eb pull -q --no-rebase "$PWD/yl" main ;;
		esac
	done
	for clone in yl eb gz; do
		git -C $clone tag before
	done
	for clone in eb gz; do git -C yl pull -q --no-rebase "$PWD/$clone" main; done
	for clone in gz yl; do git -C eb pull -q --no-rebase "$PWD/$clone" main; done
	for clone in yl eb; do git -C gz pull -q --no-rebase "$PWD/$clone" main; done
	same_bytes
	diff -r yl/tickets gz/tickets
	nothing_lost before
	run --separate-stderr ledger-check -q -C gz --now '2026-11-20 12:00'
	output_is ''
}

@test "two clones take one new site code: a conflict, and the one that gives way records nothing until it has another" {
	local clone
	for clone in one two; do
		git clone -q "$PWD/yl" $clone
		(cd $clone && ledger-init --site GZ -q && git commit -qam 'site GZ')
	done
	git -C yl pull -q "$PWD/one" main
	cd two
	git fetch -q ../yl
	run git merge -m 'with yl' FETCH_HEAD
	[[ $status == 1 && $output == *'ledger-merge: kefu.yaml: two clones took the site code GZ: keep one of the two lines under founded, and in the clone that gives way run ledger-init --replace --site CODE with a new code'* ]]
	[[ $(grep -c '^<<<<<<< \|^>>>>>>> ' kefu.yaml) == 2 && $(git ls-files -u kefu.yaml | wc -l) == 3 ]]
	# theirs stays
	git checkout -q --theirs kefu.yaml && git commit -qam 'with yl: the other has GZ'
	refused 3 "ticket-open: the site code GZ is another clone's, which took it too: run \`ledger-init --replace --site CODE\` in this one, with a code no other clone uses" \
		at '05 09:00' ticket-open -k complaint -u 3-1301 -t 太吵
	refused 3 "ledger-init: GZ is another clone's, which took it too: take a code of your own with --replace" ledger-init --site GZ
	run --separate-stderr ledger-check -q --now '2026-11-20 12:00' --format tsv --no-header
	[[ $output == unknown-site*"the site code GZ is another clone's"* ]]
	run --separate-stderr ledger-init --replace --site SZ
	status_is 0
	git commit -qam 'site SZ'
	prints SZ261105001 at '05 09:00' ticket-open -q -k complaint -u 3-1301 -t 太吵
	prints GZ261105001 at '05 09:00' ticket-open -q -k complaint -u 3-1301 -t 太吵 -C ../one
	cd ../one && git pull -q --no-rebase ../two main
	[[ $(sed -n '/^sites:/,/^packs:/p' kefu.yaml | grep -o '[A-Z][A-Z]' | sort | paste -sd ' ') == 'EB GZ SZ YL' ]]
	[[ $(grep -o '^  [A-Z]*: ' kefu.yaml | sort | tr -d '\n') == '  EB:   GZ:   SZ: ' ]]
	prints '' ledger-check -q --now '2026-11-20 12:00'
}

@test "a code that is taken over from a clone that is gone is gone for that one, should it come back" {
	git clone -q "$PWD/eb" new
	(cd new && ledger-init --replace --site EB -q && git commit -qam 'the new EB')
	git -C eb pull -q --no-rebase "$PWD/new" main
	cd eb
	refused 3 "ticket-open: the site code EB is another clone's, which took it too: run \`ledger-init --replace --site CODE\` in this one, with a code no other clone uses" \
		at '05 09:00' ticket-open -k complaint -u 3-1301 -t 太吵
	prints EB261105001 at '05 09:00' ticket-open -q -k complaint -u 3-1301 -t 太吵 -C ../new
}

#!/usr/bin/env bats
# Titles in several languages: screens show the reader's; what is recorded and what programs get does not depend on it.
load ../helper
load ../packs

setup_file() {
	pack_ledger garden
	cat >policy/house.yaml <<-'END'
		pack: house
		title: {zh: 本项目, en: Our house}
		source: ours
		roles:
		  - {role: gardener, title: {zh: 园丁, en: Gardens}}
		departments:
		  - {department: gardens, title: {zh: 绿化部, en: Green department}}
		  - {department: cleaning, title: {zh: 保洁部, en: Cleaning}}
		  - {department: security, title: {zh: 秩序维护部, en: Security}}
		kinds:
		  - {kind: tree, title: {zh: 树木, en: Trees and hedges}, category: hedge}
		categories:
		  - {category: hedge, kind: tree, title: {zh: 绿篱, en: Hedges}, department: gardens}
		events:
		  - {event: cut, title: {zh: 修剪, en: trimming}}
		steps:
		  - {step: cut, kind: tree, by: gardener, needs: [text], title: {zh: 由园丁修剪, en: gardeners trim}, clause: HS-1}
		  - {step: moved, kind: tree, title: {zh: 不移栽, en: never moved}, refuse: {zh: 请另开一单, en: open another ticket}, clause: HS-4}
		deadlines:
		  - {rule: walked, routine: rounds, start: opened, anchor: day end, until: cut, title: {zh: 当日完成, en: Walked the same day}, clause: HS-2}
		routines:
		  - {routine: rounds, title: {zh: 巡园, en: Rounds}, for: desk, kind: tree, category: hedge, every: day, clause: HS-2}
		certificates:
		  - {certificate: saw, title: {zh: 油锯证, en: Chain saws}, roles: [gardener], by: supervisor, clause: HS-3}
	END
	sed -i 's/^  - garden/&\n  - house/' kefu.yaml
	people_join lihua --name 李华 --role desk
	people_join tao --name 陶 --role gardener --department gardens
}

# The name of the locale is enough: whether it is installed does not matter. By env(1), as bash warns.
# reads LOCALE COMMAND...: on 20 November 2026 at ten
reads() { env LC_ALL="$1" "${@:2}" --now '2026-11-20 10:00'; }

# in_languages COMMAND...: what readers of Chinese, English and German see
in_languages() {
	local locale
	for locale in zh_CN.UTF-8 en_US.UTF-8 de_DE.UTF-8; do
		reads "$locale" "$@"
	done
}

@test "what is recorded is the same, whoever records it" {
	local locale language
	for locale in C C.UTF-8 zh_CN.UTF-8 zh_HK en_US.UTF-8 de_DE; do
		for language in '' zh en:de; do
			cp -a . "$BATS_TEST_TMPDIR/$locale$language"
			(
				cd "$BATS_TEST_TMPDIR/$locale$language" || exit
				export LANGUAGE=$language
				reads "$locale" callback-plan -q
				reads "$locale" ticket-open -q -k tree -u 3-1201 太高
				reads "$locale" ticket-log -q 2 cut --by tao -t 修好了
			)
			diff -r -x lock "$BATS_TEST_TMPDIR/C" "$BATS_TEST_TMPDIR/$locale$language"
		done
	done
	grep -q '^text: 巡园 2026-11-20$' "$BATS_TEST_TMPDIR/C/tickets/2026/11/YL261120001.yaml"
}

@test "the ledger's own language is in kefu.yaml" {
	echo 'language: en' >>kefu.yaml
	reads zh_CN.UTF-8 callback-plan -q
	grep -q '^text: Rounds 2026-11-20$' tickets/2026/11/YL261120001.yaml
	run columns name,rule policy-list --list kinds --format csv
	[[ $output == *'tree,Trees and hedges; kind tree; category hedge'* ]]
	sed -i 's/^language: en/language: Deutsch/' kefu.yaml
	run --separate-stderr policy-list --list kinds
	status_is 4
	[[ $stderr == 'policy-list: kefu.yaml:'*': language: "Deutsch" does not match the pattern ^[a-z]{2,3}$' ]]
}

@test "programs get the same in every language" {
	local locale format
	reads C callback-plan -q
	for format in csv tsv json yaml; do
		reads C policy-list --format "$format" >../policy
		reads C personnel-list --lacking --format "$format" >../lacking
		reads C ticket-list --format "$format" >../list
		reads C ticket-due --format "$format" >../due
		reads C staff-list --format "$format" >../staff
		for locale in C.UTF-8 zh_CN.UTF-8 de_DE.UTF-8; do
			reads "$locale" policy-list --format "$format" | diff ../policy -
			reads "$locale" personnel-list --lacking --format "$format" | diff ../lacking -
			reads "$locale" ticket-list --format "$format" | diff ../list -
			reads "$locale" ticket-due --format "$format" | diff ../due -
			reads "$locale" staff-list --format "$format" | diff ../staff -
		done
	done
	reads C ticket-due --format ical >../due
	reads zh_CN.UTF-8 ticket-due --format ical | diff ../due -
	run columns name,rule policy-list --list roles --format csv
	[[ $output == *'gardener,园丁'* ]]
	prints 'tao,saw,油锯证' columns person,lacks,title personnel-list --lacking --format csv
}

@test "screens show the reader's" {
	reads C ticket-open -q -k tree -u 3-1201 太高
	prints 'ticket       state        category  due  assignee  unit    name  text
YL261120001  open (未结)  绿篱                     3-1201        太高
ticket       state  category  due  assignee  unit    name  text
YL261120001  open   Hedges                   3-1201        太高
ticket       state  category  due  assignee  unit    name  text
YL261120001  open   Hedges                   3-1201        太高' in_languages ticket-list
	prints 'person  name  lacks  title   needs  has  clause
tao     陶    saw    油锯证              HS-3
person  name  lacks  title       needs  has  clause
tao     陶    saw    Chain saws              HS-3
person  name  lacks  title       needs  has  clause
tao     陶    saw    Chain saws              HS-3' in_languages personnel-list --lacking
	LANGUAGE=zh_HK:en run reads en_US.UTF-8 ticket-list
	[[ $output == *绿篱* ]]
	LANGUAGE=zh_HK:en run reads C ticket-list
	[[ $output == *Hedges* ]]
}

# of_readers COMMAND...: for readers of Chinese and of anything else, in this order
of_readers() {
	reads zh_CN.UTF-8 "$@"
	reads de_DE.UTF-8 "$@"
}

@test "a ticket is shown with the titles of kind, category, steps, fields and deadlines" {
	reads C callback-plan -q
	reads C ticket-log -q 1 cut --by tao -t 修好了 --set agreed-at='2026-12-01 09:00'
	run reads zh_CN.UTF-8 ticket-show 1
	output_is "YL261120001  open (未结)  tree (树木), hedge (绿篱)

  巡园 2026-11-20

Deadlines
  walked (当日完成) [HS-2] 2026-11-20 23:59  in time at 2026-11-20 10:00 (#2)

What happened
  #1   2026-11-20 00:00  opened (登记)  keeper, recorded 2026-11-20 10:00
         department (部门): gardens (绿化部)
         channel (来源): staff (员工)
         routine (例行工作): rounds (巡园)
         period (所属时期): 2026-11-20
  #2   2026-11-20 10:00  cut (修剪)  tao via keeper
         agreed-at (约定时间): 2026-12-01T09:00:00+08:00
         text (内容): 修好了"
	run reads de_DE.UTF-8 ticket-show 1
	output_is "YL261120001  open  tree (Trees and hedges), hedge (Hedges)

  巡园 2026-11-20

Deadlines
  walked (Walked the same day) [HS-2] 2026-11-20 23:59  in time at 2026-11-20 10:00 (#2)

What happened
  #1   2026-11-20 00:00  opened  keeper, recorded 2026-11-20 10:00
         department: gardens (Green department)
         channel: staff
         routine: rounds
         period: 2026-11-20
  #2   2026-11-20 10:00  cut (trimming)  tao via keeper
         agreed-at: 2026-12-01T09:00:00+08:00
         text: 修好了"
	run of_readers ticket-why 1
	[[ $output == *'open (未结)  tree (树木), hedge (绿篱)'*'rule: walked (当日完成) ('*'set by: opened (登记) #1'*'in time: cut (修剪) #2 at'*'open  tree (Trees and hedges), hedge'*'cut (trimming) #2'* ]]
}

@test "values of which there are few are shown with titles, and names in lists and maps" {
	reads C ticket-open -q -k tree -u 3-1201 --charging paid --channel complaint-line 太高
	reads C ticket-open -q -k tree -u 3-1202 --set links=1 --set departments=gardens --set departments=security 也高
	reads C ticket-log -q 2 waiting --set waits-for=parts --reason 等梯子
	reads C ticket-log -q 1 corrected --set of=1 --set fields.channel=letter --reason 写错了
	reads C ticket-log -q 1 cut --by tao --set explained=no -t 没人在家
	run reads zh_CN.UTF-8 ticket-show 1
	[[ $output == *'open (未结)  tree (树木), hedge (绿篱), paid (有偿)'*'Linked
  YL261120002  open (未结)  tree (树木)  hedge (绿篱)  也高'*'classified (自动归类): category (类别)'*'channel (来源): complaint-line (投诉电话)'*'corrected: channel (来源) letter (来信)'*'explained (已向业户解释): no (未解释)'* ]]
	run reads zh_CN.UTF-8 ticket-show 2
	[[ $output == *'waits for parts (配件) since'*'departments (涉及部门): gardens (绿化部), security (秩序维护部)'*'waits-for (等待): parts (配件)'* ]]
	run reads de_DE.UTF-8 ticket-show 1
	[[ $output == *'open  tree (Trees and hedges), hedge (Hedges), paid'*'channel: complaint-line'*'explained: no'* ]]
	run reads zh_CN.UTF-8 staff-list
	[[ $output == *'person (个人)'* ]]
	run jq -cs '[.[0].channel, .[0].charging, .[3].explained]' <(reads zh_CN.UTF-8 ticket-show 1 --format json)
	output_is '["complaint-line","paid",false]'
	run columns state reads zh_CN.UTF-8 ticket-list --format csv
	output_is $'open\nopen'
}

@test "lists are shown with titles" {
	reads C callback-plan -q
	prints 'status  due         ticket       deadline           unit  who  until       clause
due     2026-11-20  YL261120001  walked (当日完成)             cut (修剪)  HS-2
status  due         ticket       deadline                      unit  who  until           clause
due     2026-11-20  YL261120001  walked (Walked the same day)             cut (trimming)  HS-2' of_readers ticket-due
	run of_readers staff-list --role gardener
	[[ $output == *'gardener (园丁)'*'gardens (绿化部)'*'gardener (Gardens)'*'gardens (Green department)'* ]]
	run of_readers policy-list --clause HS
	[[ $output == *'由园丁修剪; kind tree'*'gardeners trim; kind tree'* ]]
}

@test "messages and refusals are said with titles" {
	refused 3 'ticket-open: kind: "bush" is not known (allowed: complaint (投诉), suggestion (建议), request (服务需求), tree (树木))' \
		reads zh_CN.UTF-8 ticket-open -k bush -u 3-1201 太高
	run --separate-stderr reads zh_CN.UTF-8 ticket-open -k tree -u 3-1201 太高
	errors_are 'ticket-open: YL261120001: not given, so chosen by the policy: category hedge (绿篱)'
	refused 3 'ticket-log: YL261120001: 由园丁修剪: cut (修剪) is recorded by the role gardener (园丁); lihua does not have it [HS-1]' \
		reads zh_CN.UTF-8 ticket-log 1 cut -t 好了 --by lihua
	refused 3 'ticket-log: YL261120001: gardeners trim: cut (trimming) is recorded by the role gardener (Gardens); lihua does not have it [HS-1]' \
		reads de_DE.UTF-8 ticket-log 1 cut -t 好了 --by lihua
	refused 3 'ticket-log: YL261120001: 由园丁修剪: cut (修剪) needs the field text (内容) [HS-1]' reads zh_CN.UTF-8 ticket-log 1 cut --by tao
	refused 3 'ticket-log: YL261120001: gardeners trim: cut (trimming) needs the field text [HS-1]' reads de_DE.UTF-8 ticket-log 1 cut --by tao
}

@test "why a rule refuses is said in the reader's language" {
	reads C ticket-open -q -k tree -u 3-1201 太高
	refused 3 'ticket-log: YL261120001: 不移栽: 请另开一单 [HS-4]' reads zh_CN.UTF-8 ticket-log 1 moved -t 搬走
	refused 3 'ticket-log: YL261120001: never moved: open another ticket [HS-4]' reads de_DE.UTF-8 ticket-log 1 moved -t 搬走
	run of_readers policy-list --clause HS-4
	[[ $output == *'不移栽; refuse 请另开一单; kind tree'*'never moved; refuse open another ticket; kind tree'* ]]
	prints 'moved,不移栽; refuse 请另开一单; kind tree' columns name,rule reads de_DE.UTF-8 policy-list --clause HS-4 --format csv
	sed -i 's/refuse: {zh: 请另开一单, en: open another ticket}/refuse: 请另开一单/' policy/house.yaml
	refused 3 'ticket-log: YL261120001: never moved: 请另开一单 [HS-4]' reads de_DE.UTF-8 ticket-log 1 moved -t 搬走
	sed -i 's/refuse: 请另开一单/refuse: {zh_CN: 请另开一单}/' policy/house.yaml
	run --separate-stderr policy-list --list roles
	status_is 4
	[[ $stderr == 'policy-list: policy/house.yaml:'*refuse* ]]
}

@test "packs and schemas have every title in Chinese and in English" {
	cp -r "$root/schemas" "$root/examples" .
	prints '' python3 "$BATS_TEST_DIRNAME/titles.py" schemas examples/*/*.yaml
	# and what is taken away is noticed: a title of a pack, of a refusal, of a step, of a field
	sed -i '/^  - {step: assigned, kind: repair/s/title: {[^}]*}, //; s/  - {event: quoted, .*//; s/\(refuse: {zh: .维修单须.*\), en: [^}]*}/\1}/' \
		examples/resident-centre/policy.yaml
	sed -i 's/, x-title: {zh: 报价}//' schemas/fields.yaml
	sed -i '/^x-title:/d' schemas/ticket/told.yaml
	run python3 "$BATS_TEST_DIRNAME/titles.py" schemas examples/{resident-centre,service-rules}/policy.yaml
	status_is 1
	output_is "resident-centre.steps[assigned ['H2.C-1', 'H2.C-2']]: no title
resident-centre.steps[slip-issued H2.C-4a].refuse: not in both languages: {'zh': '维修单须注明无偿或有偿：charging=free 或 charging=paid'}
resident-centre: the step quoted has no title
resident-centre: the step told has no title
service-rules: the step told has no title
fields.yaml:price: title or x-title is missing
ticket/told.yaml: no x-title"
}

@test "a title that is none of these is refused with its place" {
	local title
	while read -r title; do
		sed -i "s/^  - {role: gardener, title: .*/  - {role: gardener, title: $title}/" policy/house.yaml
		run --separate-stderr policy-list --list roles
		status_is 4
		[[ $stderr == 'policy-list: policy/house.yaml:5:'*title* ]]
	done <<-'END'
		{}
		{zh_CN: 园丁}
		{zh: ""}
		{zh: [园丁]}
		[园丁]
		""
	END
}

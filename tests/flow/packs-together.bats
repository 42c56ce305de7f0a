#!/usr/bin/env bats
# Several packs in one ledger: whose rule a document means, what stands aside for what, and that any two go together.
load ../helper
load ../packs

# Two packs that have a rule of the same name, and titles of their own for the same things.
packs_written() {
	cat >one.yaml <<-'END'
		pack: one
		title: One
		source: one
		roles: [{role: desk, title: {zh: 前台, en: Reception}, records-for-others: true}, {role: head, title: Head}]
		kinds: [{kind: repair, title: {zh: 报修, en: Mending}, category: other}]
		categories: [{category: other, kind: repair, title: {zh: 其他, en: Whatever else}}]
		events: [{event: seen, title: {zh: 看过, en: looked at}}]
		steps:
		  - {step: seen, by: [desk], clause: O-1}
		deadlines:
		  - {rule: visit, title: {zh: 一访, en: First visit}, start: opened, until: [seen], within: 1 d, extend: longer, clause: O-2}
		  - {rule: sorry, start: opened, until: [told], within: 4 d, only-if-late: visit, clause: O-3}
		callbacks:
		  - {rule: call, title: Call of one, after: [closed], within: 2 d, rate: "1", who: [desk], clause: O-4}
		extensions: [{extend: longer, title: Longer, total: any, by: [head], clause: O-5}]
	END
	cat >two.yaml <<-'END'
		pack: two
		title: Two
		source: two
		roles: [{role: desk, title: {zh: 服务台, en: Counter}}, {role: chief, title: Chief}]
		kinds: [{kind: repair, title: {zh: 维修, en: Putting right}, severities: [usual], category: other}]
		categories: [{category: other, kind: repair, title: {zh: 杂项, en: All others}, department: engineering}]
		severities: [{severity: usual, title: Usual}]
		events: [{event: seen, title: {zh: 查看, en: gone to see}}]
		steps:
		  - {step: seen, by: [desk, chief], clause: T-1}
		deadlines:
		  - {rule: visit, title: {zh: 二访, en: Second visit}, start: opened, until: [seen], within: 2 d, from: "2026-11-20", clause: T-2}
		  - {rule: sorry, start: opened, until: [told], within: 5 d, only-if-late: visit, from: "2026-11-20", clause: T-3}
		callbacks:
		  - {rule: call, title: Call of two, after: [closed], within: 3 d, rate: "0.50", who: [chief], from: "2026-11-20", clause: T-4}
	END
}

setup_file() {
	cd "$BATS_FILE_TMPDIR" || return
	packs_written
	ledger-init -q ledger --pack ./one.yaml --site YL --person keeper --test --now '2026-01-05 08:00'
	cd ledger || return
	people_join lihua --name 李华 --role desk
	people_join gaoxia --name 高霞 --role head
}

# shellcheck disable=SC2034 # for at, of helper.bash
day=2026-11-20

# The other handbook is taken, too: SECOND, or before the one that is there
take_two() {
	cp "$BATS_FILE_TMPDIR/two.yaml" policy/
	case ${1-} in
	first) sed -i '/^packs:/a \  - two' kefu.yaml ;;
	*) sed -i '/^  - one/a \  - two' kefu.yaml ;;
	esac
	staff-log -q --now '2026-01-05 08:30' joined qianjin --name 钱进 --role chief >/dev/null
}

opened() { at "$1" ticket-open -q --by lihua -k repair -u "$2" -t 灯不亮 >/dev/null; }

# What the ticket's documents say of their rules: id, rule, clause
cited() { sed -n 's/^  - id: //p; s/^    \(rule\|clause\): //p' "tickets/2026/11/$1.yaml" | paste -d' ' - - -; }

@test "documents say of which pack a rule is where two packs have one of its name; where one has it, its name does" {
	opened '2026-11-19 09:00' 3-1201
	prints 'visit visit O-2' cited YL261119001
	take_two
	opened 09:00 3-1202
	prints 'visit one/visit O-2
visit-2 two/visit T-2' cited YL261120001
	at 10:00 ticket-close -q 1 --by lihua -r 好了 >/dev/null
	run cited YL261120001
	[[ $output == *$'\ncall one/call O-4\ncall-2 two/call T-4' ]]
	run -0 --separate-stderr at 10:01 ledger-check
	output_is ''
	# the other pack is given up again
	rm policy/two.yaml
	sed -i '/^  - two/d' kefu.yaml
	opened 11:00 3-1203
	prints 'visit visit O-2' cited YL261120002
	run -0 --separate-stderr columns deadline,rule,clause at 11:01 ticket-due --format csv --rule visit
	output_is 'visit,visit,O-2
visit,visit,O-2
visit,visit,O-2'
}

@test "what was recorded before another pack had a rule of that name is its own pack's: by the clause, whatever the order" {
	local order
	opened '2026-11-19 09:00' 3-1201
	cp -r "$PWD" ../kept
	for order in first second; do
		cd ../kept
		rm -rf ../again
		cp -r . ../again
		cd ../again
		take_two "$order"
		run -0 --separate-stderr at 09:00 ledger-check
		output_is ''
		run -0 at 09:00 ticket-show YL261119001
		[[ $output == *'visit (First visit) [O-2] 2026-11-20 23:59  open'* ]]
		run -0 at 09:00 ticket-why YL261119001
		[[ $output == *'rule: one/visit (First visit) (policy/one.yaml:'*'end: Fri 2026-11-20 23:59'* ]]
		# it can be extended as its pack allows, ends late, and is what only-if-late of its pack asks for
		prints 'YL261119001#2' at 09:01 ticket-log YL261119001 extended --by lihua --set extends=visit --set until='2026-11-21 12:00' --set approved-by=gaoxia --reason 等人
		prints 'visit visit O-2
visit one/visit O-2' cited YL261119001
		at '2026-11-22 09:00' ticket-log -q YL261119001 seen --by lihua >/dev/null
		run cited YL261119001
		[[ ${lines[2]} == 'sorry one/sorry O-3' && ${#lines[@]} == 3 ]]
		run -0 --separate-stderr at '2026-11-22 09:01' ledger-check
		output_is ''
	done
}

@test "a deadline that looks back looks back on that of its own pack" {
	take_two
	opened 09:00 3-1202
	# after a day and before two: only the first visit was late
	at '2026-11-22 09:00' ticket-log -q YL261120001 seen --by lihua >/dev/null
	run cited YL261120001
	output_is 'visit one/visit O-2
visit-2 two/visit T-2
sorry one/sorry O-3'
	opened '2026-11-22 10:00' 3-1203
	at '2026-11-25 09:00' ticket-log -q YL261122001 seen --by lihua >/dev/null
	run cited YL261122001
	output_is 'visit one/visit O-2
visit-2 two/visit T-2
sorry one/sorry O-3
sorry-2 two/sorry T-3'
	run -0 --separate-stderr at '2026-11-25 09:01' ledger-check
	output_is ''
}

@test "a step that waits until nothing is owed waits for the deadline of its own pack" {
	take_two
	sed -i 's/^  - {step: seen,.*/&\n  - {step: told, nothing-owed: visit, clause: T-8}/; s/until: \[seen\], within: 2 d/until: [seen, read], within: 2 d/; s/^steps:/&\n  - {step: read, clause: T-9}/' policy/two.yaml
	opened 09:00 3-1202
	refused 3 'ticket-log: YL261120001: told comes after visit-2 (Second visit), which is still owed (until 2026-11-22 23:59) [T-8]' \
		at 10:00 ticket-log 1 told --by lihua --set to=gaoxia
	at 10:01 ticket-log -q 1 read --by lihua >/dev/null
	# the visit of the other pack is still owed
	prints 'YL261120001#3' at 10:02 ticket-log 1 told --by lihua --set to=gaoxia
}

@test "lists and filters say PACK/RULE where that is needed, and take it with and without its pack" {
	take_two
	opened 09:00 3-1202
	run -0 at 10:00 ticket-due
	output_is "status  due         ticket       deadline                unit    who  until             clause
due     2026-11-21  YL261120001  visit (First visit)     3-1202       seen (looked at)  O-2
due     2026-11-22  YL261120001  visit-2 (Second visit)  3-1202       seen (looked at)  T-2"
	run columns rule,clause at 10:00 ticket-due --format csv --rule visit
	output_is 'one/visit,O-2
two/visit,T-2'
	run columns rule,clause at 10:00 ticket-due --format csv --rule two/visit
	output_is 'two/visit,T-2'
	run columns rule,clause at 10:00 ticket-due --format csv --rule T-2
	output_is 'two/visit,T-2'
	refused 2 'ticket-due: --rule: the policy has no rule or clause three/visit (there are: one/visit (First visit), one/sorry, two/visit (Second visit), two/sorry, promised-at-opening (Reply promised at the opening), one/call (Call of one), two/call (Call of two); all of them: policy-list)' \
		at 10:00 ticket-due --rule three/visit
	run columns clause,name policy-list --format csv --list deadlines
	output_is 'O-2,one/visit
O-3,one/sorry
T-2,two/visit
T-3,two/sorry
kefu,promised-at-opening'
	at 11:00 ticket-close -q 1 --by lihua -r 好了 >/dev/null
	run columns rule at '2026-11-20 12:00' callback-due --format csv --rule one/call
	output_is one/call
	prints '' at '2026-11-20 12:00' callback-due --rule two/call
	at '2026-11-21 09:00' callback-log -q YL261120001 --by qianjin -m telephone -a satisfied >/dev/null
	run columns rule,ended,made at '2026-11-25 09:00' callback-tally --format csv --period 2026-11
	output_is 'one/call,1,0
two/call,1,1'
	run columns rule at '2026-11-25 09:00' callback-tally --format csv --period 2026-11 --rule one/call
	output_is one/call
	run columns rule at '2026-11-25 09:00' callback-tally --format csv --period 2026-11 --rule call
	output_is 'one/call
two/call'
}

@test "a lot of one pack's share is drawn for it alone, also where it began before the other pack came" {
	sed -i 's/within: 2 d, rate: "1", who: \[desk\]/within: 9 d, rate: "0.50", who: [desk]/' policy/one.yaml
	opened '2026-11-18 09:00' 3-1201
	at '2026-11-18 10:00' ticket-close -q 1 --by lihua -r 好了 >/dev/null
	at '2026-11-19 06:00' callback-plan -q >/dev/null
	grep -q '^rule: call$' plans/2026/YL2611.yaml
	take_two
	opened 09:00 3-1202
	at 10:00 ticket-close -q 1 --by lihua -r 好了 >/dev/null
	at '2026-11-21 06:00' callback-plan -q >/dev/null
	run grep '^rule: ' plans/2026/YL2611.yaml
	output_is 'rule: call
rule: call
rule: one/call
rule: two/call
rule: two/call'
	run -0 --separate-stderr at '2026-11-21 06:01' ledger-check
	output_is ''
}

@test "where two packs give a title to the same, that of the first is shown, in the reader's language; what the first leaves open the second says" {
	take_two
	opened 09:00 3-1202
	run -0 at 10:00 ticket-show YL261120001
	[[ ${lines[0]} == 'YL261120001  open  repair (Mending), other (Whatever else), usual' ]]
	grep -q '^department: engineering' tickets/2026/11/YL261120001.yaml
	LC_ALL=zh_CN.UTF-8 run -0 at 10:00 ticket-due --format table
	[[ ${lines[1]} == *'visit (一访)'*'seen (看过)'* ]]
	refused 3 'ticket-log: YL261120001: seen (looked at) is recorded by the role desk (Reception); gaoxia does not have it [O-1]' at 10:00 ticket-log 1 seen --by gaoxia
	sed -i '/^  - two/d; /^packs:/a \  - two' kefu.yaml
	run -0 at 10:00 ticket-show YL261120001
	[[ ${lines[0]} == 'YL261120001  open  repair (Putting right), other (All others), usual' ]]
	LC_ALL=zh_CN.UTF-8 run -0 at 10:00 ticket-due --format table
	[[ ${lines[1]} == *'visit (一访)'*'seen (查看)'* ]]
	refused 3 'ticket-log: YL261120001: seen (gone to see) is recorded by the role desk (Counter), chief; gaoxia does not have it [T-1]' at 10:00 ticket-log 1 seen --by gaoxia
}

@test "a pack's rules of a step stand aside for a pack that replaces them, for the kinds it names; who asks is told" {
	cat >house.yaml <<-'END'
		pack: house
		title: House
		source: decided by the manager
		replaces: [{pack: one, step: seen, kind: repair, reason: {zh: 由值班员查看, en: the head sees it}}]
		steps: [{step: seen, kind: repair, by: [head], clause: H-1}]
	END
	opened 09:00 3-1202
	cp house.yaml policy/
	sed -i '/^  - one/a \  - house' kefu.yaml
	refused 3 'ticket-log: YL261120001: seen (looked at) is recorded by the role head; lihua does not have it [H-1]' at 10:00 ticket-log 1 seen --by lihua
	prints 'clause  list   name  kind    place  by     reason
O-1     steps  seen  repair  one:9  house  the head sees it' policy-list --replaced
	run columns name,rule policy-list --list steps --clause O-1 --format csv
	output_is 'seen,by desk; but seen of repair replaced by house'
	run -0 at 10:00 ticket-why 1
	[[ $output == *$'\n\nreplaced seen (looked at) [O-1]\n  rule: policy/one.yaml:9\n  by: house: the head sees it' ]]
	prints 'YL261120001#2' at 10:00 ticket-log 1 seen --by gaoxia
	run -0 --separate-stderr at 10:01 ledger-check
	output_is ''
	# without what it replaces the same pack contradicts the other, and nothing replaces anything
	sed -i '/^replaces/d' policy/house.yaml
	refused 4 'ticket-due: policy/house.yaml:4:40: by: no role may record seen: policy/one.yaml:9 allows other roles [H-1]' at 10:00 ticket-due
	put_back_house() { cp house.yaml policy/; }
	put_back_house
	sed -i 's/step: seen, kind: repair, reason/step: sene, kind: repair, reason/' policy/house.yaml
	refused 4 'ticket-due: policy/house.yaml:4:42: replaces: the pack one has no rule of the step sene for the kind repair' at 10:00 ticket-due
	put_back_house
	sed -i '1,/^replaces/s/pack: one/pack: house/' policy/house.yaml
	refused 4 'ticket-due: policy/house.yaml:4:19: replaces: house is this pack itself: change its rules instead' at 10:00 ticket-due
	# a pack that is not there has nothing to replace
	put_back_house
	sed -i '1,/^replaces/s/pack: one/pack: absent/; /^steps/d' policy/house.yaml
	prints '' policy-list --replaced
}

@test "many packs, each of which replaces the rules of all before it, are looked through once" {
	local packs=() number before=()
	printf '%s\n' 'pack: p1' 'title: P1' 'source: ours' 'kinds: [{kind: repair, title: Repair}]' 'roles: [{role: desk, title: Desk}]' \
		'events: [{event: seen, title: seen}]' 'steps: [{step: seen, by: [desk], clause: C-1}]' >p1.yaml
	packs=(--pack p1.yaml)
	before=('{pack: p1, step: seen}')
	for number in {2..40}; do
		printf '%s\n' "pack: p$number" "title: P$number" 'source: ours' "replaces: [$(IFS=,; echo "${before[*]}")]" \
			"steps: [{step: seen, by: [desk], clause: C-$number}]" >"p$number.yaml"
		packs+=(--pack "p$number.yaml")
		before+=("{pack: p$number, step: seen}")
	done
	timeout 60 ledger-init -q many "${packs[@]}" --site YL --person keeper --test --now '2026-11-20 08:00'
	# and where the last leads back to the first, that is found
	sed -i "s/^source: ours/&\nreplaces: [{pack: p40, step: seen}]/" many/policy/p1.yaml
	refused 4 'ticket-list: policy/p1.yaml:4:19: replaces: p40 replaces the same in turn, so that no rule would be left' timeout 60 ticket-list -C many
}

@test "a rule that a pack replaces by its clause is said with what set it before" {
	opened 09:00 3-1202
	printf '%s\n' 'pack: house' 'title: House' 'source: ours' 'replaces: [O-2, O-3]' \
		'deadlines: [{rule: look, start: opened, until: [seen], within: 3 d, from: "2026-11-21", clause: H-1}]' >policy/house.yaml
	sed -i '/^  - one/a \  - house' kefu.yaml
	run -0 at 10:00 ticket-why 1
	[[ $output == *'rule: visit (First visit) (policy/one.yaml:11); the pack house has replaced it since'* ]]
	run columns clause,list,name,by policy-list --replaced --format csv
	output_is 'O-2,deadlines,visit,house
O-3,deadlines,sorry,house'
}

# pairs MODE PACK...: what is wrong with packs together, by pairs.py, a line for each
pairs() {
	mkdir together
	run python3 "$BATS_TEST_DIRNAME/pairs.py" "$root" "$PWD/together" "$@"
	output_is ''
	status_is 0
}

packs_that_come_along() { (cd "$root/examples" && printf '%s\n' */policy.yaml | sed 's,/.*,,'); }

@test "every two packs make a ledger, in both orders, in which a complaint and a repair are opened, worked on and closed" {
	mapfile -t packs < <(packs_that_come_along)
	[[ ${#packs[@]} -ge 11 ]]
	pairs "${packs[@]}"
}

@test "every two packs, in both orders: a ticket of each of their kinds is opened, worked on and closed" {
	[[ ${KEFU_LONG-} ]] || skip 'KEFU_LONG=1'
	mapfile -t packs < <(packs_that_come_along)
	pairs --whole "${packs[@]}"
}

@test "four handbooks in one ledger for a week: planned, closed and called back every day, and ledger-check finds nothing" {
	pairs --week resident-centre complaint-handling satisfaction appraisal
}

@test "what is impossible under two packs is found" {
	mkdir -p tree/examples/{one,two}
	cp "$BATS_FILE_TMPDIR/one.yaml" tree/examples/one/policy.yaml
	sed 's/^  - {step: seen,.*/&\n  - {step: closed, kind: repair, after: [seen], clause: T-5}\n  - {step: seen, kind: repair, after: [closed], clause: T-6}/' \
		"$BATS_FILE_TMPDIR/two.yaml" >tree/examples/two/policy.yaml
	local pack
	for pack in one two; do cp tree/examples/$pack/policy.yaml tree/examples/$pack.yaml; done
	cp -r "$root/schemas" "$root/calendar" "$root/released" "$root/VERSION" tree
	KEFU_DATA=$PWD/tree run python3 "$BATS_TEST_DIRNAME/pairs.py" "$PWD/tree" "$PWD" one two
	status_is 1
	output_is 'one+two: seen: ticket-log: YL261120001: seen (looked at) needs closed first, which is not recorded [T-6]'
}

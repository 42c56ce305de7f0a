#!/usr/bin/env bats
# Checklists as data: what documents bring, item by item, what is missing, and what needs all of it.
load ../helper

setup_file() {
	cat >"$BATS_FILE_TMPDIR/house.yaml" <<-'END'
		pack: house
		title: House
		source: a house of its own
		roles:
		  - {role: desk, title: Desk}
		  - {role: manager, title: Manager}
		kinds:
		  - {kind: move-in, title: Moving in, category: flat}
		  - {kind: repair, title: Repair, category: other}
		categories:
		  - {category: flat, kind: move-in, title: Flat}
		  - {category: other, kind: repair, title: Other}
		match:
		  fitted-out: {properties: {events: {contains: {const: fitted}}}, required: [events]}
		  rented: {properties: {customer: {properties: {type: {const: tenant}}, required: [type]}}, required: [customer]}
		  has-keys: {properties: {checked: {contains: {const: keys}}}, required: [checked]}
		checklists:
		  - checklist: papers
		    title: {zh: 入住资料, en: Papers of moving in}
		    kind: move-in
		    items:
		      - {item: id-card, title: {zh: 业主身份证复印件, en: copy of the identity card}}
		      - {item: covenant, title: {zh: 临时管理规约, en: interim covenant}}
		      - {item: fit-out, title: {zh: 装修协议, en: fit-out agreement}, if: fitted-out, unless: rented}
		    clause: L-1
		  - {checklist: tools, title: Tools, kind: repair, over: cycle, items: [{item: ladder, title: a ladder}, {item: keys, title: the keys}], clause: L-2}
		  - {checklist: visit, title: Visit, kind: repair, items: [{item: keys, title: the keys}], before: "2027-01-01", clause: L-3}
		  - {checklist: visit, title: Visit, kind: repair, items: [{item: gloves, title: gloves}], from: "2027-01-01", clause: L-3}
		  - {checklist: file, title: The file, kind: customer, items: [{item: id-card, title: copy of the identity card}, {item: tenancy, title: contract, if: rented}], clause: L-4}
		steps:
		  - {step: [received, fitted], clause: L-5}
		  - {step: closed, kind: move-in, complete: papers, title: all papers are there, override: manager, clause: L-6}
		  - {step: closed, kind: repair, complete: [tools, visit], clause: L-7}
		  - {step: greeted, kind: repair, if: has-keys, refuse: we can come in ourselves, clause: L-8}
		  - {step: greeted, kind: repair, clause: L-8}
		  - {step: handed-over, kind: customer, complete: file, clause: L-9}
		  - {step: month-reviewed, needs: [text, non-conformities.corrective, non-conformities.preventive], report: true, title: what does not conform is mended, clause: L-10}
	END
	cd "$BATS_FILE_TMPDIR" || return
	ledger-init -q ledger --pack ./house.yaml --site YL --person keeper --test --now '2026-09-01 08:00'
	cd ledger || return
	staff-log -q --now '2026-09-01 08:00' joined lihua --name 李华 --role desk >/dev/null
	ticket-open -q -k move-in -u 3-1201 --now '2026-11-20 09:00' 入住 >/dev/null
	ticket-open -q -k repair -u 3-1202 --now '2026-11-20 09:01' 灯坏了 >/dev/null
	customer-log -q opened 3-1201 -n 王 --type owner --now '2026-11-20 09:02' >/dev/null
}

# shellcheck disable=SC2034 # for at, of helper.bash
day=2026-11-20

# received TICKET [OPTION...]: the step `received`, by the desk
received() { at 10:00 ticket-log "$1" received --by lihua "${@:2}"; }

# section NAME TICKET: that part of the ticket's page
section() { ticket-show "$2" | sed -n "/^$1\$/,/^\$/p"; }

@test "what documents bring adds up, and what is missing is named" {
	refused 3 'ticket-close: YL261120001: all papers are there: papers (Papers of moving in) lacks id-card (copy of the identity card), covenant (interim covenant): record what is there with --checked ITEM [L-6]' \
		at 10:00 ticket-close 1 --by lihua -r 已入住
	prints 'YL261120001#2' received 1 --checked id-card
	refused 3 'ticket-close: YL261120001: all papers are there: papers (Papers of moving in) lacks covenant (interim covenant): record what is there with --checked ITEM [L-6]' \
		at 10:00 ticket-close 1 --by lihua -r 已入住
	prints 'Checklists
  papers (Papers of moving in) [L-1] 1 of 2
    checked: id-card (copy of the identity card) (#2)
    missing: covenant (interim covenant)' section Checklists YL261120001
	prints 'YL261120001#3' at 10:01 ticket-close 1 --by lihua -r 已入住 --checked covenant
	prints 'Checklists
  papers (Papers of moving in) [L-1] 2 of 2
    checked: id-card (copy of the identity card) (#2), covenant (interim covenant) (#3)' section Checklists YL261120001
	prints '' at 11:00 ledger-check -q
}

@test "titles in the reader's language" {
	received 1 --checked id-card
	LANGUAGE=zh LANG=C.UTF-8 LC_ALL='' run ticket-show YL261120001
	[[ $output == *'papers (入住资料) [L-1] 1 of 2'*'checked: id-card (业主身份证复印件) (#2)'*'missing: covenant (临时管理规约)'* ]]
	LANGUAGE=zh LANG=C.UTF-8 LC_ALL='' run at 10:00 ticket-close 1 --by lihua -r 已入住
	[[ $output == *'papers (入住资料) lacks covenant (临时管理规约): '* ]]
}

@test "what no checklist asks for is refused, with what is asked for" {
	refused 3 'ticket-log: YL261120001: checked: "idcard" is in no checklist for this move-in (Moving in) (asked for: id-card (copy of the identity card), covenant (interim covenant))' \
		received 1 --checked id-card --checked idcard
	# that of another kind is not for this one
	refused 3 'ticket-log: YL261120001: checked: "ladder" is in no checklist for this move-in (Moving in) (asked for: id-card (copy of the identity card), covenant (interim covenant))' \
		received 1 --checked ladder
	# twice is a slip
	refused 3 'ticket-log: YL261120001: checked[1]: the same as item [0]' received 1 --checked id-card --checked id-card
	# what is asked for at times only may come early
	prints 'YL261120001#2' received 1 --checked fit-out
	# nothing is asked of a kind without a checklist
	sed -i 's/kind: move-in, complete: papers, //; /checklist: papers/,/clause: L-1/d' policy/house.yaml
	refused 3 'ticket-log: YL261120001: checked: there is no checklist for this move-in (Moving in)' received 1 --checked id-card
}

@test "an item is taken back with a reason, and may be checked again" {
	refused 3 'ticket-log: YL261120001: unchecked: "id-card" is not checked, so it cannot be taken back' \
		received 1 --unchecked id-card --reason 不清
	received 1 --checked id-card --checked covenant
	refused 3 'ticket-log: YL261120001: unchecked: say in reason why it is taken back' received 1 --unchecked id-card
	refused 3 'ticket-log: YL261120001: unchecked: "id-card" stands under checked as well' \
		received 1 --unchecked id-card --checked id-card --reason 不清
	prints 'YL261120001#3' received 1 --unchecked id-card --reason 复印件不清
	refused 3 'ticket-close: YL261120001: all papers are there: papers (Papers of moving in) lacks id-card (copy of the identity card): record what is there with --checked ITEM [L-6]' \
		at 10:00 ticket-close 1 --by lihua -r 已入住
	received 1 --checked id-card
	prints 'YL261120001#5' at 10:01 ticket-close 1 --by lihua -r 已入住
	prints '' at 11:00 ledger-check -q
}

@test "an item is asked for only where its conditions say so" {
	received 1 --checked id-card --checked covenant
	at 10:00 ticket-log -q 1 fitted --by lihua
	refused 3 'ticket-close: YL261120001: all papers are there: papers (Papers of moving in) lacks fit-out (fit-out agreement): record what is there with --checked ITEM [L-6]' \
		at 10:00 ticket-close 1 --by lihua -r 已入住
	# a tenant fits nothing out
	at 10:01 ticket-log -q 1 corrected --by lihua --reason 是租户 --set fields.customer.type=tenant
	prints 'YL261120001#5' at 10:01 ticket-close 1 --by lihua -r 已入住
}

@test "a role may override it, and ledger-check knows that" {
	prints 'YL261120001#2' at 10:00 ticket-close 1 -r 已入住 --override 经理同意后补
	prints '' at 11:00 ledger-check -q
}

@test "an item of two checklists counts in both; one is asked for anew in each cycle, the other is not" {
	refused 3 'ticket-close: YL261120002: tools lacks ladder (a ladder), keys (the keys): record what is there with --checked ITEM [L-7]' \
		at 10:00 ticket-close 2 --by lihua -r 已修
	received 2 --checked ladder --checked keys
	prints 'YL261120002#3' at 10:01 ticket-close 2 --by lihua -r 已修
	at 10:02 ticket-log -q 2 reopened --by lihua --reason 又坏了
	refused 3 'ticket-close: YL261120002: tools lacks ladder (a ladder), keys (the keys): record what is there with --checked ITEM [L-7]' \
		at 10:03 ticket-close 2 --by lihua -r 已修
	prints 'Checklists
  tools [L-2] 0 of 2
    missing: ladder (a ladder), keys (the keys)
  visit [L-3] 1 of 1
    checked: keys (the keys) (#2)' section Checklists YL261120002
	at 10:03 ticket-log -q 2 received --by lihua --checked ladder --checked keys
	prints 'YL261120002#6' at 10:04 ticket-close 2 --by lihua -r 已修
	prints '' at 11:00 ledger-check -q
}

@test "what is asked for is what the checklist says on the day of the step" {
	received 2 --checked ladder --checked keys
	refused 3 'ticket-close: YL261120002: visit lacks gloves: record what is there with --checked ITEM [L-7]' \
		at '2027-01-01 00:00' ticket-close YL261120002 --by lihua -r 已修
	prints 'YL261120002#3' at '2026-12-31 23:59:59' ticket-close YL261120002 --by lihua -r 已修
	# what was complete then is so for ever
	prints '' at '2027-01-02 00:00' ledger-check -q
}

@test "conditions see what is checked" {
	prints 'YL261120002#2' at 10:00 ticket-log 2 greeted --by lihua
	received 2 --checked keys
	refused 3 'ticket-log: YL261120002: we can come in ourselves [L-8]' at 10:00 ticket-log 2 greeted --by lihua
	sed -i 's/{const: keys}/{const: kees}/' policy/house.yaml
	run --separate-stderr policy-list
	status_is 4
	[[ $stderr == *'match.has-keys: checked is never "kees"' ]]
}

@test "a customer's file has its papers, too" {
	refused 3 'customer-log: 3-1201: file (The file) lacks id-card (copy of the identity card): record what is there with --checked ITEM [L-9]' \
		at 10:00 customer-log handed-over 3-1201 --by lihua
	prints '3-1201#2' at 10:00 customer-log changed 3-1201 --by lihua --checked id-card
	prints '3-1201#3' at 10:01 customer-log handed-over 3-1201 --by lihua
	at 10:02 customer-log -q changed 3-1201 --by lihua --unchecked id-card --reason 已过期
	prints '3-1201,file: id-card' columns ticket,missing ticket-list --incomplete --unit 3-1201 --kind customer --format csv
	at 10:03 customer-log -q opened 3-1203 -n 李 --type tenant --by lihua --set checked=id-card
	prints '3-1203,file: tenancy' columns ticket,missing ticket-list --incomplete --unit 3-1203 --format csv
	prints '' at 11:00 ledger-check -q
}

@test "ticket-list has what is missing, and lists what lacks something" {
	received 1 --checked id-card
	prints 'YL261120001,papers: covenant
YL261120002,tools: ladder, keys; visit: keys
3-1201,file: id-card' columns ticket,missing ticket-list --incomplete --format csv
	received 1 --checked covenant
	prints 'YL261120001,
YL261120002,tools: ladder, keys; visit: keys' columns ticket,missing ticket-list --format csv
	run at 10:05 ticket-list --incomplete --kind repair
	output_is 'ticket       state  category  due  assignee  unit    name  text    missing
YL261120002  open   Other                    3-1202        灯坏了  tools: ladder, keys; visit: keys'
}

@test "policy-list shows checklists, and where they are asked for" {
	prints 'papers,入住资料; kind move-in; items id-card, covenant, fit-out?
tools,Tools; kind repair; over cycle; items ladder, keys
visit,Visit; kind repair; items keys; before 2027-01-01
visit,Visit; kind repair; items gloves; from 2027-01-01
file,The file; kind customer; items id-card, tenancy?' columns name,rule policy-list --list checklists --format csv
	run policy-list --list steps --clause L-6
	[[ $output == *'all papers are there; kind move-in; complete papers' ]]
}

@test "what an editor changed is found: an item that none has, a closing that lacks some" {
	received 1 --checked id-card --checked covenant
	at 10:01 ticket-close -q 1 --by lihua -r 已入住
	sed -i '/^  - covenant$/d' tickets/2026/11/YL261120001.yaml
	run --separate-stderr at 11:00 ledger-check -q --format csv
	status_is 1
	[[ $output == *'incomplete,tickets/2026/11/YL261120001.yaml,'*'#3 (closed): all papers are there: papers (Papers of moving in) lacks covenant (interim covenant)'*L-6* ]]
	sed -i 's/^  - id-card$/  - passport/' tickets/2026/11/YL261120001.yaml
	run --separate-stderr at 11:00 ledger-check -q --format csv
	[[ $output == *'incomplete,tickets/2026/11/YL261120001.yaml,'*'#2 (received): checked: no checklist has ""passport""'* ]]
}

@test "two clones: what both bring adds up, what one takes back is missing, whoever comes first" {
	received 1 --checked id-card
	git init -q -b main . && git add . && git commit -qm begin
	git clone -q . ../eb
	(cd ../eb && ledger-init -q --site EB && git commit -qam 'site EB')
	ledger-init -q --site YL
	git pull -q ../eb HEAD
	(cd ../eb && at 10:10 ticket-log -q YL261120001 received --by lihua --checked covenant &&
		at 10:12 ticket-log -q YL261120001 received --by lihua --checked id-card && git add . && git commit -qm eb)
	at 10:11 ticket-log -q YL261120001 received --by lihua --unchecked id-card --reason 复印件不清
	git add . && git commit -qm yl
	git pull -q --no-rebase ../eb HEAD
	(cd ../eb && git pull -q --no-rebase ../ledger HEAD)
	prints 'Checklists
  papers (Papers of moving in) [L-1] 1 of 2
    checked: covenant (interim covenant) (#3)
    missing: id-card (copy of the identity card)' section Checklists YL261120001
	[[ $(section Checklists YL261120001) == "$(cd ../eb && section Checklists YL261120001)" ]]
	prints '' at 11:00 ledger-check -q
	refused 3 'ticket-close: YL261120001: all papers are there: papers (Papers of moving in) lacks id-card (copy of the identity card): record what is there with --checked ITEM [L-6]' \
		at 11:00 ticket-close YL261120001 --by lihua -r 已入住
	# whoever knows of it checks it once more
	at 11:00 ticket-log -q YL261120001 received --by lihua --checked id-card
	at 11:01 ticket-close -q YL261120001 --by lihua -r 已入住
	prints '' at 12:00 ledger-check -q
}

@test "two clones: one closes what the other takes back from: found" {
	received 1 --checked id-card --checked covenant
	git init -q -b main . && git add . && git commit -qm begin
	git clone -q . ../eb
	(cd ../eb && ledger-init -q --site EB && git commit -qam 'site EB')
	ledger-init -q --site YL
	git pull -q ../eb HEAD
	at 10:10 ticket-log -q YL261120001 received --by lihua --unchecked id-card --reason 复印件不清
	git add . && git commit -qm yl
	(cd ../eb && at 10:11 ticket-log -q YL261120001 fitted --by lihua && at 10:12 ticket-close -q YL261120001 --by lihua -r 已入住 --checked fit-out &&
		git add . && git commit -qm eb)
	prints '' at 11:00 ledger-check -q
	git pull -q --no-rebase ../eb HEAD
	run --separate-stderr at 11:00 ledger-check -q --format csv
	status_is 1
	[[ $output == *'incomplete,'*'(closed): all papers are there: papers (Papers of moving in) lacks id-card (copy of the identity card)'* ]]
	[[ $(grep -c ^incomplete, <<<"$output") == 1 ]]
}

@test "each non-conformity gets a corrective and a preventive action" {
	local review=(at 10:00 ticket-log 1 month-reviewed --by lihua -t 本月回访情况良好)
	refused 3 'ticket-log: YL261120001: what does not conform is mended: month-reviewed needs the fields non-conformities.corrective (Corrective action) of "灯不亮", non-conformities.preventive (Preventive action) of "灯不亮" [L-10]' \
		"${review[@]}" --set 'non-conformities=灯不亮'
	refused 3 'ticket-log: YL261120001: what does not conform is mended: month-reviewed needs the field non-conformities.preventive (Preventive action) of "门坏" [L-10]' \
		"${review[@]}" --set 'non-conformities=灯不亮|已换灯|每月巡查' --set 'non-conformities=门坏|已修门'
	refused 3 'ticket-log: YL261120001: what does not conform is mended: month-reviewed needs the field non-conformities.corrective (Corrective action) of "门坏" [L-10]' \
		"${review[@]}" --set 'non-conformities=门坏||每月巡查'
	refused 3 'ticket-log: YL261120001: what does not conform is mended: non-conformities.preventive says nothing: write what was done or found, in some words [L-10]' \
		"${review[@]}" --set 'non-conformities=门坏|已修门|无'
	refused 3 'ticket-log: YL261120001: non-conformities[0].what: missing' "${review[@]}" --set 'non-conformities=|已修门|每月巡查'
	prints 'YL261120001#2' "${review[@]}" --set 'non-conformities=灯不亮：三楼 10:30 后 | 已换灯 | 每月巡查' --set 'non-conformities=门坏｜已修门｜每月巡查|双人'
	run ticket-show --format json YL261120001
	[[ $output == *'"non-conformities":[{"what":"灯不亮：三楼 10:30 后","corrective":"已换灯","preventive":"每月巡查"},{"what":"门坏","corrective":"已修门","preventive":"每月巡查|双人"}]'* ]]
	# a month in which all conforms lists none
	prints 'YL261120001#3' "${review[@]}"
	# a correction is judged, too
	refused 3 'ticket-log: YL261120001: #2 would then not be allowed: what does not conform is mended: month-reviewed needs the field non-conformities.preventive (Preventive action) of "门坏" [L-10]' \
		at 10:01 ticket-log 1 corrected --by lihua --reason 写错 --set of=2 --set 'fields.non-conformities=门坏|已修门'
}

@test "a checklist that cannot be is refused where it stands" {
	local key line entry said before # @ in an entry stands where the message points
	while IFS='|' read -r key entry said; do
		cp "$BATS_FILE_TMPDIR/house.yaml" policy/house.yaml
		sed -i "/^$key:/a\\  - ${entry/@/}" policy/house.yaml
		before=${entry%%@*}
		line=$(($(grep -n "^$key:" policy/house.yaml | cut -d: -f1) + 1)):$((${#before} + 5))
		run --separate-stderr policy-list
		status_is 4
		errors_are "policy-list: policy/house.yaml:$line: $said"
	done <<-'END'
		checklists|{checklist: own, title: X, items: [{item: a, title: A}, {item: @a, title: B}], clause: L-9}|item: "a" appears twice [L-9]
		checklists|{checklist: own, title: X, items: [{item: a, title: A, if: @other}], clause: L-9}|if: "other" is not a condition under match (allowed: fitted-out, rented, has-keys) [L-9]
		checklists|{checklist: own, title: X, items: @[], clause: L-9}|checklists[0].items: has fewer than 1 item
		steps|{step: closed, complete: @paper, clause: L-9}|"paper" is not a checklist of these packs (allowed: papers, tools, visit, file) [L-9]
		steps|{step: closed, kind: repair, complete: [visit, @papers], clause: L-9}|complete: "papers" is not for the kinds of forms that this rule is about [L-9]
		steps|{step: received, needs: [@materials.quality], clause: L-9}|needs: "materials.quality" is not a field of received [L-9]
	END
	# what a linked form shows changes behind the back of lists of many forms
	cp "$BATS_FILE_TMPDIR/house.yaml" policy/house.yaml
	sed -i 's/^  fitted-out: .*/  fitted-out: {required: [linked]}/' policy/house.yaml
	run --separate-stderr policy-list
	status_is 4
	[[ $stderr == *'if: an item is asked for by what the form itself shows, and not by what is linked [L-1]' ]]
}

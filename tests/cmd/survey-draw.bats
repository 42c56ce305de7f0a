#!/usr/bin/env bats
# survey-plan and survey-draw: what has to come before a draw, who is in the frame, and that everybody can draw it again.
load ../helper
load ../packs

# Twelve households on file in buildings 1 to 3, owners and tenants in turn; a survey that is planned.
setup_file() {
	local building room
	satisfaction
	for building in 1 2 3; do
		for room in 101 102 201 202; do
			customer "$building-$room" "$([[ $room == *1 ]] && echo owner || echo tenant)"
		done
	done
	plan 2026h1
}

# customer UNIT TYPE: on file since January
customer() {
	mkdir -p "customers/${1%%-*}"
	printf '%s\n' --- 'event: opened' 'seq: 1' "id: \"$1\"" 'site: YL' 'at: "2026-01-06T09:00:00+08:00"' 'by: lihua' 'kind: customer' \
		customer: "  unit: \"$1\"" "  name: 住户$1" "  type: $2" ... >"customers/${1%%-*}/$1.yaml"
}

plan() { survey-plan -q planned "$1" --now "${2:-2026-04-01 09:00}" --questionnaire "$root/examples/satisfaction/questionnaire.yaml" --title 满意度调查 -o half-yearly --by fangmin; }
approve() { survey-plan -q approved "$1" --now "${2:-2026-04-02 09:00}" --by qianjin; }
draw() { survey-draw 2026h1 --now '2026-04-03 09:00' --by lihua "$@"; }

# sample SURVEY: units drawn with area and type
sample() { /usr/bin/python3 -c '
import sys, yaml
for document in yaml.safe_load_all(open(sys.argv[1])):
    for group in document.get("sample", []):
        for unit in group["units"]: print(unit, group.get("area"), group.get("type"), group["population"])' "surveys/$1.yaml"; }

@test "households on file: everybody can draw again, in Python too" {
	approve 2026h1
	prints '2026h1#3' draw --size 5
	prints '' survey-draw 2026h1 --verify
	# with nothing but what is written down
	/usr/bin/python3 - <<-'END'
		import hashlib, yaml
		sha = lambda text: hashlib.sha256(text.encode()).hexdigest()
		drawn = list(yaml.safe_load_all(open('surveys/2026h1.yaml')))[-1]
		frozen = list(yaml.safe_load_all(open('surveys/2026h1/frame.yaml')))[-1]
		units = sorted(u for g in frozen['groups'] for u in g['units'])
		assert len(units) == 12 and drawn['population'] == 12 and frozen['frame'] == 'customers'
		assert sha(''.join(u + '\n' for u in units)) == drawn['digest'] == frozen['digest']
		order = sorted(units, key=lambda u: (sha(drawn['seed'] + '\n' + u + '\n'), u))
		assert sorted(order[:5]) == sorted(u for g in drawn['sample'] for u in g['units']) and drawn['size'] == 5
		assert frozen['at'] <= drawn['at']
	END
	refused 3 'survey-draw: the sample of 2026h1 is drawn already [H3.8-2]' draw --size 5
	prints '' ledger-check -q --now '2026-04-04 09:00'
	# whoever puts another unit in
	local inside outside
	inside=$(sample 2026h1 | head -1 | cut -d ' ' -f 1)
	outside=$(comm -23 <(basename -s .yaml -a customers/*/* | sort) <(sample 2026h1 | cut -d ' ' -f 1 | sort) | head -1)
	local counted
	for counted in population size; do
		cp surveys/2026h1.yaml ../whole
		sed -i "s/^$counted: .*/$counted: 9/" surveys/2026h1.yaml
		run --separate-stderr survey-draw 2026h1 --verify
		status_is 1
		errors_are 'survey-draw: drawing again gives another result than the recorded one'
		[[ $(ledger-check -q --format tsv --no-header --now '2026-12-01 12:00') == $'wrong-sample\tsurveys/2026h1.yaml\t'* ]]
		cp ../whole surveys/2026h1.yaml
	done
	sed -i "s/\"$inside\"/\"$outside\"/" surveys/2026h1.yaml
	run --separate-stderr survey-draw 2026h1 --verify
	status_is 1
	errors_are 'survey-draw: drawing again gives another result than the recorded one'
	run ledger-check -q --now '2026-04-04 09:00' --format tsv --no-header
	[[ $output == $'wrong-sample\tsurveys/2026h1.yaml\t'* ]]
}

@test "strata by area and type, in proportion or by rate; areas and types chosen" {
	approve 2026h1
	cp -r surveys kept
	draw -q --size 6 --stratify both
	[[ $(sample 2026h1 | cut -d ' ' -f 2-4 | sort | uniq -c | tr -s ' ') == $' 1 1 owner 2\n 1 1 tenant 2\n 1 2 owner 2\n 1 2 tenant 2\n 1 3 owner 2\n 1 3 tenant 2' ]]
	prints '' survey-draw 2026h1 --verify
	rm -r surveys && cp -r kept surveys
	# 4 × 0.3 is 1.2: two of each building
	draw -q --rate 0.3 --stratify area
	[[ $(sample 2026h1 | cut -d ' ' -f 2 | uniq -c | tr -s ' ') == $' 2 1\n 2 2\n 2 3' ]]
	prints '' survey-draw 2026h1 --verify
	rm -r surveys && cp -r kept surveys
	# of equal remainders the earlier: 7 of 4, 4, 4 is 3, 2, 2
	draw -q --size 7 --stratify area
	[[ $(sample 2026h1 | cut -d ' ' -f 2 | uniq -c | tr -s ' ') == $' 3 1\n 2 2\n 2 3' ]]
	rm -r surveys && cp -r kept surveys
	draw -q --rate 1 --area 3 --area 1-101 --type owner
	prints $'1-101 1 owner 1\n3-101 3 owner 2\n3-201 3 owner 2' sample 2026h1
}

@test "closed tickets of a period, by kind; those without a unit are counted, households are in once" {
	mkdir -p tickets/2026/03
	ticket() { # NUMBER UNIT CLOSED
		printf '%s\n' --- 'event: opened' 'seq: 1' "id: YL260301$1" 'site: YL' 'at: "2026-03-01T09:00:00+08:00"' 'by: lihua' 'kind: complaint' \
			'category: other-complaint' ${2:+customer: "  unit: \"$2\""} 'text: 投诉' ... >"tickets/2026/03/YL260301$1.yaml"
		[[ -z $3 ]] || printf '%s\n' --- 'event: closed' 'seq: 2' 'site: YL' "at: \"$3+08:00\"" 'by: lihua' 'result: 已处理' 'valid: true' 'reason: x' ... >>"tickets/2026/03/YL260301$1.yaml"
	}
	ticket 001 3-1201 2026-03-02T00:00:00
	ticket 002 3-1201 2026-03-03T09:00:00
	ticket 003 3-1202 2026-03-31T23:59:59
	ticket 004 3-1203 2026-04-01T00:00:00
	ticket 005 3-1204 2026-03-01T23:59:59
	ticket 006 '' 2026-03-03T09:00:00
	ticket 007 3-1205 ''
	ticket 008 3-1206 2026-03-03T09:00:00
	sed -i 's/^event: closed/event: withdrawn/; s/^result: .*/channel: phone/; s/^valid: .*/said-by: 王女士/' tickets/2026/03/YL260301008.yaml
	approve 2026h1
	draw -q --frame tickets --since 2026-03-02 --until 2026-03-31 --kind complaint --rate 1
	prints $'3-1201 3 None 2\n3-1202 3 None 2' sample 2026h1
	grep -q '^without-unit: 1$' surveys/2026h1/frame.yaml
	refused 2 'survey-draw: --kind, --since and --until need --frame tickets' draw --since 2026-03-02 --size 1
}

@test "closed is what the state says: in another system, or by a settled step, and of two closings the first" {
	mkdir -p tickets/2026/03
	imported() { # NUMBER UNIT STATE [FIELD...]
		printf '%s\n' --- 'event: imported' 'seq: 1' "id: YL260301$1" 'site: YL' 'at: "2026-03-01T09:00:00+08:00"' 'recorded: "2026-04-20T09:00:00+08:00"' \
			'by: lihua' 'kind: complaint' customer: "  unit: \"$2\"" 'source:' '  name: old' "  key: \"$1\"" '  digest: "0000000000000000000000000000000000000000000000000000000000000000"' "${@:4}" "state: $3" ... >"tickets/2026/03/YL260301$1.yaml"
	}
	disputed() { # NUMBER UNIT STATE [CLOSED...]
		local closed file=tickets/2026/03/YL260301$1.yaml
		printf '%s\n' --- 'event: opened' 'seq: 1' "id: YL260301$1" 'site: YL' 'at: "2026-03-01T09:00:00+08:00"' 'by: lihua' 'kind: complaint' \
			'category: other-complaint' customer: "  unit: \"$2\"" 'text: 投诉' ... >"$file"
		for closed in "${@:4}"; do
			printf '%s\n' --- 'event: closed' 'seq: 2' 'site: YL' "at: \"$closed+08:00\"" 'by: lihua' 'result: 已处理' 'valid: true' 'reason: x' ... >>"$file"
		done
		printf '%s\n' --- 'event: settled' 'seq: 3' 'site: YL' 'at: "2026-03-20T09:00:00+08:00"' 'by: lihua' 'reason: x' "state: $3" ... >>"$file"
	}
	imported 001 3-1201 closed 'closed-at: "2026-03-15T09:00:00+08:00"'
	imported 002 3-1202 closed 'closed-at: "2026-04-15T09:00:00+08:00"'
	imported 003 3-1203 closed # nobody knows when
	imported 004 3-1204 finished 'finished-at: "2026-03-15T09:00:00+08:00"'
	disputed 005 3-1205 closed
	disputed 006 3-1206 closed 2026-03-05T09:00:00 2026-04-05T09:00:00
	disputed 007 3-1207 open 2026-03-05T09:00:00 2026-03-06T09:00:00
	approve 2026h1
	draw -q --frame tickets --since 2026-03-02 --until 2026-03-31 --rate 1
	prints $'3-1201 3 None 3\n3-1205 3 None 3\n3-1206 3 None 3' sample 2026h1
}

@test "closed in another system that did not say when: in no period, but in the frame of all" {
	mkdir -p tickets/2026/03
	printf '%s\n' --- 'event: imported' 'seq: 1' 'id: YL260301001' 'site: YL' 'at: "2026-03-01T09:00:00+08:00"' 'recorded: "2026-04-20T09:00:00+08:00"' \
		'by: lihua' 'kind: complaint' customer: '  unit: "3-1201"' 'source:' '  name: old' '  key: "1"' '  digest: "0000000000000000000000000000000000000000000000000000000000000000"' 'state: closed' ... >tickets/2026/03/YL260301001.yaml
	approve 2026h1
	draw -q --frame tickets --rate 1
	prints '3-1201 3 None 1' sample 2026h1
}

@test "who was asked within half a year is left out, by when it was issued; voided without being issued nobody was asked" {
	approve 2026h1
	draw -q --rate 1 --area 1
	survey-plan -q issued 2026h1 --now '2026-05-04 09:00' --by lihua
	plan 2026h2 '2026-10-01 09:00' && approve 2026h2 '2026-10-02 09:00'
	plan extra '2026-10-01 09:00' && approve extra '2026-10-02 09:00'
	survey-draw -q extra --rate 1 --area 2 --now '2026-10-03 09:00' --by lihua
	survey-draw -q 2026h2 --rate 1 --now '2026-11-04 23:59:59' --by lihua
	[[ $(sample 2026h2 | cut -d ' ' -f 2 | sort -u) == 3 ]]
	grep -q '^excluded: 8$' surveys/2026h2.yaml
	survey-plan -q voided extra --reason 不做了 --now '2026-11-05 00:00' --by lihua
	plan 2026h3 '2026-10-01 09:00' && approve 2026h3 '2026-10-02 09:00'
	survey-plan -q voided 2026h2 --reason 重抽 --now '2026-11-05 00:00' --by lihua
	survey-draw -q 2026h3 --rate 1 --now '2026-11-05 00:00' --by lihua
	[[ $(sample 2026h3 | wc -l) == 12 ]]
	refused 3 'survey-draw: 2026h2 was voided' survey-draw 2026h2 --size 1 --now '2026-11-05 09:00' --by lihua
}

@test "the frame is on the disk first: one that stands there serves, another takes its place, a dry run asks for no seed" {
	local before
	approve 2026h1
	before=$(tree_digest)
	run --separate-stderr draw --size 3 --dry-run
	status_is 0
	[[ $output == *'event: frozen'* && $output != *seed* ]]
	diff <(echo "$before") <(tree_digest)
	# interrupted after the freezing: what would the disk hold, with no mark of the sample
	cp -a .kefu/marks marks
	draw -q --size 3
	cp surveys/2026h1/frame.yaml frame
	interrupted() {
		perl -0pi -e 's/---\nevent: drawn.*//s' surveys/2026h1.yaml
		rm -r .kefu/marks && cp -a marks .kefu/marks
	}
	interrupted
	draw -q --size 3
	cmp frame surveys/2026h1/frame.yaml
	interrupted
	draw -q --size 3 --area 2
	[[ $(grep -c '^event: frozen' surveys/2026h1/frame.yaml) == 2 && $(sample 2026h1 | cut -d ' ' -f 2 | sort -u) == 2 ]]
	prints '' survey-draw 2026h1 --verify
	prints '' ledger-check -q --now '2026-04-04 09:00'
}

@test "a retry under its request id draws nothing twice" {
	approve 2026h1
	prints '2026h1#3' draw --size 3 --request-id r1
	run --separate-stderr draw --size 3 --request-id r1
	status_is 0
	output_is '2026h1#3'
	refused 3 'survey-draw: --request-id: r1 was recorded as 2026h1#3 with other content: take another id for what is new' draw --size 4 --request-id r1
}

@test "what is no plan: names, occasions, questionnaires" {
	local q=$root/examples/satisfaction/questionnaire.yaml
	planned() { survey-plan planned "$1" --now '2026-04-01 09:00' --title x --questionnaire "$2" -o "$3" --by fangmin "${@:4}"; }
	refused 2 'survey-plan: "2026 H1" is not a name of a survey: small letters, digits and hyphens, like 2026h2' planned '2026 H1' "$q" special
	refused 3 'survey-plan: s: occasion: "yearly" is not an occasion of these packs (allowed: half-yearly, new-service, special)' planned s "$q" yearly
	refused 3 'survey-plan: s: a special survey needs its reason [H3.8-1]' planned s "$q" special
	refused 3 'survey-plan: s: a new-service survey needs its service [H3.8-1]' planned s "$q" new-service
	refused 3 'survey-plan: 2026h1 exists already and cannot be begun again' planned 2026h1 "$q" half-yearly
	refused 2 'survey-plan: say what is asked: --questionnaire FILE' survey-plan planned s --title x -o special --by fangmin --now '2026-04-01 09:00'
	refused 2 'survey-plan: nothing has no file yet: nothing can be added to it' survey-plan approved nothing --by qianjin --now '2026-04-01 09:00'
	sed 's/x-open: opinion/x-open: views/' "$q" >../q.yaml
	run --separate-stderr planned s ../q.yaml half-yearly
	status_is 3
	[[ $stderr == 'survey-plan: ../q.yaml:'*': opinions: x-open is one of opinion, expectation, dissatisfied' ]]
	sed '/x-open: expectation/d' "$q" >../q.yaml
	run --separate-stderr planned s ../q.yaml half-yearly
	status_is 3
	[[ $stderr == 'survey-plan: ../q.yaml:'*': no question is about expectation: mark one with x-open [H3.8-2]' ]]
	sed 's/enum: \[1, 2, 3, 4, 5, 9\]/enum: [1, 2, 3, 9]/' "$q" >../q.yaml
	run --separate-stderr planned s ../q.yaml half-yearly
	status_is 3
	[[ $stderr == 'survey-plan: ../q.yaml:'*': security: its scale lacks the grade 4, which the policy counts as satisfied [H3.8-4 H3.8-10]' ]]
	sed 's/x-unrated: \[9\]/x-unrated: [8]/' "$q" >../q.yaml
	run --separate-stderr planned s ../q.yaml half-yearly
	status_is 3
	[[ $stderr == 'survey-plan: ../q.yaml:'*': security: x-unrated: not one of its grades' ]]
	printf 'a: [\n' >../q.yaml
	run --separate-stderr planned s ../q.yaml half-yearly
	status_is 3
	[[ ! -e surveys/s && ! -e surveys/s.yaml ]]
}

@test "nothing is drawn from a frame that cannot be read whole, is empty or too small" {
	approve 2026h1
	refused 3 'survey-draw: the frame holds 12 units, fewer than the 13 to be drawn' draw --size 13
	refused 3 'survey-draw: the frame is empty: there is no unit to draw from' draw --size 1 --area 9
	refused 2 'survey-draw: say how many to draw: --size NUMBER or --rate RATE' draw
	refused 2 'survey-draw: --rate: "1.5" is not a share above 0 and up to 1, like 0.3' draw --rate 1.5
	printf -- '---\nevent: opened\n' >customers/3/3-301.yaml
	run --separate-stderr draw --size 3
	status_is 4
	[[ $stderr == *customers/3/3-301.yaml* && $stderr == *'nothing was drawn: the files that cannot be read might belong in the frame' && ! -e surveys/2026h1/frame.yaml ]]
}

@test "the list says how far each is, and when the next one is due" {
	approve 2026h1
	draw -q --size 3
	survey-plan -q issued 2026h1 --now '2026-05-04 09:00' --by lihua
	run --separate-stderr survey-list --now '2026-05-20 09:00' --format csv
	output_is $'survey,state,occasion,sent,issued,closes,returned,verdict,title\r\n2026h1,over,half-yearly,3,2026-05-04 09:00,2026-05-11 23:59,,,满意度调查\r'
	errors_are 'survey-list: the next half-yearly survey is due by 2026-11-04 23:59 [H3.8-1]'
	survey-plan -q closed 2026h1 --now '2026-05-20 10:00' --by lihua
	run --separate-stderr survey-list --now '2026-11-05 00:00' --exit-code --format csv --no-header
	status_is 1
	output_is $'2026h1,closed,half-yearly,3,2026-05-04 09:00,2026-05-11 23:59,0,invalid,满意度调查\r'
	errors_are 'survey-list: the next half-yearly survey was due by 2026-11-04 23:59 [H3.8-1]'
}

@test "a deputy takes every step of a survey that whom they stand in for may, and approves nothing that person planned" {
	staff-log -q --now '2026-04-01 09:00' changed qianjin --role estate-manager --role centre-head
	staff-log -q --now '2026-04-01 09:00' absent lihua --until '2026-05-31 18:00' --deputy zhaoqiang
	staff-log -q --now '2026-04-01 09:00' absent zhaoqiang --until '2026-05-31 18:00' --deputy wanggang
	staff-log -q --now '2026-04-01 09:00' absent qianjin --until '2026-04-02 18:00' --deputy wanggang
	staff-log -q --now '2026-04-01 09:00' joined wangwu --name 王五 --role worker
	survey-plan -q planned own --now '2026-04-01 10:00' --questionnaire "$root/examples/satisfaction/questionnaire.yaml" --title 满意度调查 --occasion special --reason 投诉多 --by qianjin
	refused 3 'survey-plan: own: questionnaire and plan are approved by another role; wanggang does not have it [H3.8-9]' \
		survey-plan approved own --now '2026-04-02 09:00' --by wanggang
	prints '2026h1#2' survey-plan approved 2026h1 --now '2026-04-02 09:00' --by wanggang
	refused 3 'survey-draw: surveys are for the role desk, officer, centre-head; wangwu does not have it [ours]' \
		survey-draw 2026h1 --now '2026-04-03 09:00' --size 5 --by wangwu
	prints '2026h1#3' survey-draw 2026h1 --now '2026-04-03 09:00' --size 5 --by wanggang
	prints '2026h1#4' survey-plan issued 2026h1 --now '2026-04-04 09:00' --by wanggang
	refused 3 'survey-plan: 2026h1: surveys are for the role desk, officer, centre-head; wanggang does not have it [ours]' \
		survey-plan closed 2026h1 --now '2026-06-03 09:00' --by wanggang
}

@test "a closing that guesses days off says so, stays as it was issued, and is listed when they become known" {
	sed -i 's/survey: return, within: 1 w/survey: return, within: 10 wd/' policy/satisfaction.yaml
	grep -q 'within: 10 wd' policy/satisfaction.yaml
	printf '%s\n' 3-0101 3-0102 >../units
	plan 2026h2 '2026-12-21 09:00'
	approve 2026h2 '2026-12-21 10:00'
	survey-draw -q 2026h2 --units ../units --rate 1 --now '2026-12-21 11:00' --by lihua
	run --separate-stderr survey-plan issued 2026h2 --now '2026-12-22 09:00' --by lihua
	status_is 0
	errors_are 'survey-plan: 2026h2: the closing is provisional, 2027-01-05: days off are not published so far ahead, so only weekends count as off'
	grep -A2 '^closes: "2027-01-05T' surveys/2026h2.yaml | grep -qx 'provisional: true'
	prints '' ledger-check -q --now '2026-12-22 10:00'
	printf '  - {year: 2027, source: x, days: [{name: 元旦, rest: ["2027-01-01/2027-01-03"]}]}\n' >>policy/calendar.yaml
	run --separate-stderr survey-list --now '2026-12-22 10:00'
	status_is 0
	[[ $stderr == 'survey-list: 2026h2: answers count until 2027-01-05 '*', as it was issued; by the days off known since it would be 2027-01-06 '* ]]
	prints '' ledger-check -q --now '2026-12-22 10:00'
}

@test "--since later than --until, and days that are none, are refused" {
	approve 2026h1
	refused 2 'survey-draw: --since: 2026-03-02 is later than --until 2026-03-01' draw --frame tickets --since 2026-03-02 --until 2026-03-01 --rate 1
	refused 2 'survey-draw: --until: "2026-02-29" is not a date: there is no such day' draw --frame tickets --until 2026-02-29 --rate 1
}

# clones: this ledger, and ../eb with a site code of its own; both are in kefu.yaml
clones() {
	export HOME=$BATS_TEST_TMPDIR
	git init -q -b main . && ledger-init --site YL -q && git add . && git commit -qm begin
	git clone -q . ../eb
	(cd ../eb && ledger-init --site EB -q && git commit -qam 'site EB')
	git pull -q ../eb main
}

commit() { git add . && git commit -qm news; }

@test "drawn in two clones: frames and draws are united, the survey is disputed and named, and voiding it ends that" {
	approve 2026h1
	clones
	draw -q --size 5
	commit
	(cd ../eb && survey-draw -q 2026h1 --now '2026-04-03 09:20' --by lihua --size 5 && commit && git pull -q --no-rebase ../ledger main)
	git pull -q ../eb main
	[[ $(grep -c '^event: frozen' surveys/2026h1/frame.yaml) == 2 && $(grep -c '^event: drawn' surveys/2026h1.yaml) == 2 ]]
	run ledger-check -q --now '2026-04-04 09:00' --format csv --no-header
	status_is 1
	output=$(cut -d , -f 1,2,5 <<<"$output" | sed 's/ of YL contradicts #3 drawn of EB/ of EB contradicts #3 drawn of YL/')
	output_is 'disputed,surveys/2026h1.yaml,#3 drawn of EB contradicts #3 drawn of YL: void it (survey-plan voided 2026h1 --reason WHY)'
	refused 3 'survey-plan: 2026h1: 2026h1 was continued differently in two clones: void it (survey-plan voided 2026h1 --reason WHY)' \
		survey-plan issued 2026h1 --now '2026-04-05 09:00' --by lihua
	survey-plan -q voided 2026h1 --reason 两边各抽一次 --now '2026-04-05 09:00' --by lihua
	prints '' ledger-check -q --now '2026-04-05 09:00'
}

@test "one household drawn by two clones for two surveys is asked once: who issues second draws another sample" {
	approve 2026h1
	plan 2026h2 && approve 2026h2
	clones
	draw -q --rate 1
	commit
	(cd ../eb && survey-draw -q 2026h2 --now '2026-04-03 09:20' --by lihua --rate 1 --area 1 && commit && git pull -q --no-rebase ../ledger main)
	git pull -q ../eb main
	prints '' ledger-check -q --now '2026-04-04 09:00'
	survey-plan -q issued 2026h2 --now '2026-04-04 09:00' --by lihua
	refused 3 'survey-plan: 2026h1: 4 of those it drew were asked by another survey not long ago, which nobody knew when it was drawn: void it (survey-plan voided 2026h1 --reason WHY), and draw another [H3.8-2]' \
		survey-plan issued 2026h1 --now '2026-04-05 09:00' --by lihua
	survey-plan -q voided 2026h1 --reason 重抽 --now '2026-04-05 09:00' --by lihua
	plan 2026h3 '2026-04-05 10:00' && approve 2026h3 '2026-04-05 11:00'
	survey-draw -q 2026h3 --rate 1 --now '2026-04-05 12:00' --by lihua
	survey-plan -q issued 2026h3 --now '2026-04-06 09:00' --by lihua
	prints '' ledger-check -q --now '2026-04-06 09:00'
}

@test "who may plan depends on the occasion alone" {
	planned() { survey-plan planned "$1" --now '2026-04-01 10:00' --questionnaire "$root/examples/satisfaction/questionnaire.yaml" --title x -o "$2" --by lihua; }
	sed -i 's/^surveys:/&\n  - {survey: topic, occasion: topic, by: [supervisor], clause: house-1}/' policy/satisfaction.yaml
	planned 2026h2 half-yearly
	refused 3 'survey-plan: topic: surveys are for the role supervisor; lihua does not have it [house-1]' planned topic topic
}

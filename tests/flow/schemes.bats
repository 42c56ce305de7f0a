#!/usr/bin/env bats
# What a policy can say of appraisals: schemes that do not add up are refused where the ledger is opened, with place and clause.
load ../helper
load ../packs

# shellcheck disable=SC2034 # for at, of helper.bash
day=2026-11-20

setup_file() {
	appraisal
}

# spoilt MESSAGE PERL: the pack changed so cannot be used; what stands in MESSAGE behind the column, the place being that of the text MARK stands for
spoilt() {
	cp "$root/examples/appraisal/policy.yaml" policy/appraisal.yaml
	perl -0pi -e "$2" policy/appraisal.yaml
	run --separate-stderr at 09:00 appraise-tally
	status_is 4
	output_is ''
	[[ $stderr =~ ^appraise-tally:\ policy/appraisal.yaml:[0-9]+:[0-9]+:\ (.*)$ ]]
	[[ ${BASH_REMATCH[1]} == "$1" ]] || { echo "$stderr"; return 1; }
}

staff='H0.A-1 H0.A-2 H0.A-3 H0.A-4 H0.A-5 H0.A-6 H0.A-7 H0.A-9'

@test "[H0.A-2] points that do not add up" {
	spoilt "the dimensions' points add up to 101, not to 100 [$staff]" 's/points: "20"/points: "21"/'
	spoilt "the dimensions' points add up to 100, not to 101 [$staff]" 's/full: "100"/full: "101"/'
	spoilt "the items' points add up to 19, not to 20 [$staff]" 's/(morals, title: \{[^}]*\})/$1, points: "4"/; for my $i (qw(service discipline relations)) { s/($i, title: \{[^}]*\})/$1, points: "5"/ }'
	spoilt "virtue: nothing is left for the items without points [$staff]" 's/(morals, title: \{[^}]*\})/$1, points: "20"/'
	spoilt "ability: equal shares of its points would be no exact decimals: give each item's points [$staff]" 's/ *- \{item: innovating[^\n]*\n//; s/(ability\n.*?points: )"30"/$1"29"/s; s/(results\n.*?points: )"30"/$1"31"/s'
}

@test "[H0.A-4] shares and weights that do not add up" {
	spoilt "the components' shares add up to 0.9, not to 1 [$staff]" 's/share: "0.50"/share: "0.40"/'
	spoilt "component: the weights of \"appraisals\" add up to 0: no sheet would count [$staff]" 's/(component: appraisals, weight: )"1"/$1"0"/'
	spoilt "component: \"exams\" is not a component of this scheme (allowed: checks, appraisals, year-end) [$staff]" 's/component: year-end, weight/component: exams, weight/'
}

@test "names that are none, or twice" {
	spoilt "item: \"morals\" appears in two dimensions [$staff]" 's/item: attendance,/item: morals,/'
	spoilt "item: \"morals\" appears twice [$staff]" 's/item: service, title/item: morals, title/; s/item: service\}/item: morals}/g'
	spoilt "item: \"other\" is the name of the column that the scheme's own other adds [$staff]" 's/item: service, title/item: other, title/; s/\{evidence: (phrase|praise), item: service\}/{evidence: $1, item: morals}/g'
	spoilt "item: \"speed\" is not an item of this scheme (allowed: morals, service, discipline, relations, attendance, participation, initiative, coordination, professional, organising, managing, innovating, efficiency, training-effect, work-effect, other-results) [$staff]" 's/evidence: late, item: efficiency/evidence: late, item: speed/'
	spoilt "\"boss\" is not a role of these packs (allowed: desk, officer, worker, supervisor, manager) [$staff]" 's/period: year, component: year-end, weight: "1", by: \[manager\]/period: year, component: year-end, weight: "1", by: [boss]/'
	spoilt "from: \"warning\" is not a commendation [$staff]" 's/from: commendation/from: warning/'
	spoilt "\"medal\" is not a degree of these packs (allowed: commendation, minor-merit, major-merit, warning, demerit, dismissal) [$staff]" 's/from: commendation/from: medal/'
	spoilt "commendation: least 11 is more than most 10 [$staff]" 's/least: "1", most/least: "11", most/'
	spoilt "sheet: \"appraisal\" is defined already at policy/appraisal.yaml:70 [H2.D-1]" 's/sheet: ten-items,/sheet: appraisal,/'
	spoilt 'scheme: "staff" is defined already at policy/appraisal.yaml:15 [H2.D-1]' 's/scheme: ten-items/scheme: staff/; s/sheet: ten-items,/sheet: ten,/'
	spoilt "\"first-aid\" is not a course of these packs (allowed: induction, post-training) [H0.A-8]" 's/courses: \[induction, /courses: [first-aid, /'
}

@test "a changed scheme is a new one, and each is for the periods that end in its time" {
	perl -0pi -e 's/(  - scheme: ten-items\n)/$1    before: "2026-11-01"\n/; s/(?=\n# commendation or higher)/\n  - scheme: one-item\n    title: One item\n    from: "2026-11-01"\n    full: "10"\n    dimensions: [{dimension: all, title: All, points: "10", items: [{item: all, title: All}]}]\n    deductions: {clause: X-1}\n    components: [{component: months, title: Months, share: "1", clause: X-1}]\n    sheets: [{sheet: one-item, title: One, period: month, component: months, weight: "1", by: [supervisor], clause: X-1}]\n    clause: X-1\n/' policy/appraisal.yaml
	refused 3 'appraise: ten-items is not in force in 2026-11 [H2.D-1]' at 09:00 appraise meizhen ten-items --by gaoxia
	refused 3 'appraise: one-item is not in force in 2026-10 [X-1]' at 09:00 appraise meizhen 2026-10-one-item --by gaoxia
	prints 'meizhen/2026-11-one-item#1' at 09:00 appraise -q meizhen one-item --by gaoxia -D all:2.5:x
	prints 'meizhen,7.50' columns person,total at 10:00 appraise-tally --scheme one-item --format csv | head -n 1
}

@test "a scheme that is changed keeps its name, and so do its sheets: a sheet is marked by the entry of its period" {
	local scored=()
	for item in polite patient cooperation handover interest criticism attentive dress study present; do
		scored+=(-s "$item:9:9")
	done
	at 08:00 appraise -q meizhen 2026-10-ten-items --by gaoxia "${scored[@]}"
	perl -0pi -e 's/(  - scheme: ten-items\n)/$1    before: "2026-11-01"\n/; s/(?=\n# commendation or higher)/\n  - scheme: ten-items\n    title: One item\n    from: "2026-11-01"\n    full: "10"\n    dimensions: [{dimension: all, title: All, points: "10", items: [{item: all, title: All}]}]\n    deductions: {clause: X-1}\n    components: [{component: months, title: Months, share: "1", clause: X-1}]\n    sheets: [{sheet: ten-items, title: One, period: month, component: months, weight: "1", by: [supervisor], clause: X-1}]\n    clause: X-1\n/' policy/appraisal.yaml
	prints 'meizhen/2026-11-ten-items#1' at 09:00 appraise -q meizhen ten-items --by gaoxia -D all:2.5:x
	refused 3 'appraise: ten-items is marked by scores, not by deductions [H2.D-1]' at 09:00 appraise meizhen 2026-09-ten-items --by gaoxia -D all:2.5:x
	prints '' ledger-check -q --now "$day 10:00"
	sed -i 's/^score: .*/score: "8"/' appraisals/2026/meizhen/2026-11-ten-items.yaml
	run at 10:00 ledger-check -q
	[[ $output == *'wrong-score'* ]]
}

@test "[H3.10-6] what is no member of staff is marked out of 100, too: vehicles, by a scheme of their own" {
	cat >policy/lorries.yaml <<-'END'
		pack: lorries
		title: Lorries
		source: H3.10-6, for this test
		schemes:
		  - scheme: vehicles
		    title: Vehicles
		    subject: vehicle
		    full: "100"
		    dimensions:
		      - {dimension: upkeep, title: Upkeep, points: "60", items: [{item: clean, title: Clean}, {item: checked, title: Checked}]}
		      - {dimension: driving, title: Driving, points: "40", items: [{item: safe, title: Safe}]}
		    deductions: {clause: H3.10-6}
		    components: [{component: months, title: Months, share: "1", clause: H3.10-6}]
		    sheets: [{sheet: vehicle, title: Vehicle, period: month, component: months, weight: "1", by: [supervisor], clause: H3.10-6}]
		    clause: H3.10-6
	END
	sed -i '/^packs:/a \  - lorries' kefu.yaml
	refused 3 'appraise: lorry is not registered as vehicle [H3.10-6]' at 09:00 appraise lorry vehicle --by gaoxia
	prints 'lorry#1' at 09:00 personnel-log lorry registered --subject vehicle -n 粤C12345 --by gaoxia
	prints 'lorry/2026-11-vehicle#1' at 09:00 appraise -q lorry vehicle --by gaoxia -D clean:2:车厢未冲洗
	refused 3 'appraise: meizhen is not registered as vehicle [H3.10-6]' at 09:00 appraise meizhen vehicle --by gaoxia
	refused 3 'appraise: lorry is not in staff.yaml [H0.A-1]' at 09:00 appraise lorry appraisal --by gaoxia
	prints '1,lorry,粤C12345,98.00' columns rank,person,name,total at 10:00 appraise-tally --scheme vehicles --format csv
	prints '' at 10:00 ledger-check -q
}

@test "a deputy marks and confirms for who is absent, but not what they marked" {
	at 08:00 appraise -q meizhen appraisal --by gaoxia >/dev/null
	at 08:10 appraise -q lihua appraisal --by qianjin >/dev/null
	at 08:20 staff-log absent qianjin --deputy gaoxia --until '2026-11-21 18:00' >/dev/null
	refused 3 'appraise: gaoxia marked it: somebody else has to confirm it [H0.A-1]' at 09:00 appraise meizhen appraisal --confirm --by gaoxia
	prints 'lihua/2026-year-end#1' at 09:00 appraise -q lihua year-end --by gaoxia
	refused 3 'appraise: gaoxia: nobody records this about themselves [H0.A-1]' at 09:00 appraise gaoxia year-end --by gaoxia
}

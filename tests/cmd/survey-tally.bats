#!/usr/bin/env bats
# survey-log and survey-tally: counts, rates, intervals and changes against an independent count in Python; what is refused.
load ../helper
load ../packs

# A survey of 1000 units, 100 of them drawn and issued, called 2026h1; nobody has answered.
setup_file() {
	local building unit
	satisfaction
	for building in 1 2 3 4; do
		for unit in {101..350}; do
			echo "$building-$unit"
		done
	done >"$BATS_FILE_TMPDIR/units.txt"
	survey-plan -q planned 2026h1 --now '2026-04-01 09:00' --questionnaire "$root/examples/satisfaction/questionnaire.yaml" --title 上半年满意度调查 -o half-yearly --by fangmin
	survey-plan -q approved 2026h1 --now '2026-04-02 09:00' --by qianjin
	survey-draw -q 2026h1 --now '2026-04-03 09:00' --units "$BATS_FILE_TMPDIR/units.txt" --size 100 --stratify area --by lihua
	survey-plan -q issued 2026h1 --now '2026-05-04 09:00' --by lihua
}

# drawn SURVEY: the units drawn
drawn() { /usr/bin/python3 -c '
import sys, yaml
for document in yaml.safe_load_all(open(sys.argv[1])):
    for group in document.get("sample", []):
        print(*group["units"], sep="\n")' "surveys/$1.yaml"; }

# answers COUNT GRADE: rows of the first COUNT of 2026h1, all services with that grade
answers() {
	echo 'unit,customer-type,security,cleaning,greening,repairs,desk'
	drawn 2026h1 | head -n "$1" | sed "s/\$/,业主,$2,$2,$2,$2,$2/"
}

log_file() { survey-log 2026h1 --now '2026-05-05 09:00' --by lihua -q "$@"; }

verdict() { columns verdict,sent,returned,return-rate survey-tally 2026h1 --now "$1" --show summary --format csv -q; }

@test "85 of 100 are not enough, 86 are; once above it is valid at once" {
	answers 85 4 >../answers.csv
	log_file --from ../answers.csv
	prints 'open,100,85,0.8500' verdict '2026-05-11 23:59:59'
	prints 'invalid,100,85,0.8500' verdict '2026-05-12 00:00:00'
	run --separate-stderr survey-tally 2026h1 --now '2026-05-12 09:00' --exit-code
	status_is 1
	errors_are 'survey-tally: 2026h1 is INVALID: no rates are shown'
	[[ $output == *'INVALID: 85 of 100 came back in time, 85.0 %; more than 85.0 % is needed [H3.8-3]'* ]]
	# no rate, interval, mean or bar of any service
	[[ $(sed '/came back/d' <<<"$output") != *%* && $output != *'###'* ]]
	prints ',,,,' columns rate,low,dissatisfied-rate,mean,change survey-tally 2026h1 --now '2026-05-12 09:00' --format csv -q --show services | sort -u
	answers 86 4 >../answers.csv
	prints $'read\t86\nrecorded\t1\nalready\t85\nrejected\t0' log_file --from ../answers.csv
	prints 'valid,100,86,0.8600' verdict '2026-05-06 09:00'
	prints 'valid,100,86,0.8600' verdict '2026-05-12 00:00:00'
	run survey-tally 2026h1 --now '2026-05-12 09:00' --exit-code
	status_is 0
}

@test "late answers are kept and do not count; the figures stand at the closing" {
	local unit
	unit=$(drawn 2026h1 | tail -1)
	answers 86 4 >../answers.csv
	log_file --from ../answers.csv
	run --separate-stderr survey-log 2026h1 "$unit" security=1 --now '2026-05-12 09:00' --by lihua
	status_is 0
	errors_are "survey-log: $unit: late: it is kept and does not count"
	grep -q '^late: true$' surveys/2026h1/answers/*/"$unit.yaml"
	prints 'valid,100,86,0.8600' verdict '2026-05-12 10:00'
	# what came in time may be recorded later
	run --separate-stderr survey-log 2026h1 "$(drawn 2026h1 | sed -n 87p)" security=1 --at '2026-05-11 23:59:59' --now '2026-05-12 09:00' --by lihua
	status_is 0
	errors_are ''
	prints 'valid,100,87,0.8700' verdict '2026-05-12 10:00'
	refused 3 'survey-plan: 2026h1: answers count until 2026-05-11 23:59 [H3.8-3]' survey-plan closed 2026h1 --now '2026-05-11 20:00' --by lihua
	run --separate-stderr survey-plan closed 2026h1 --now '2026-05-12 11:00' --by lihua
	status_is 0
	output_is '2026h1#5'
	errors_are 'survey-plan: 2026h1: 87 of 100 came back in time: valid'
	diff - <(tail -n 6 surveys/2026h1.yaml) <<-'END'
		sent: 100
		returned: 87
		late-answers: 1
		verdict: valid
		clause: H3.8-3
		...
	END
	refused 3 'survey-log: 2026h1 is closed: its answers can no longer be changed [H3.8-3]' \
		survey-log 2026h1 "$(drawn 2026h1 | head -1)" --void --reason x --now '2026-05-12 12:00' --by lihua
	rm surveys/2026h1/answers/1/"$(drawn 2026h1 | head -1).yaml"
	run --separate-stderr survey-tally 2026h1 --now '2026-05-12 12:00' --show summary --format csv
	status_is 4
	errors_are 'survey-tally: surveys/2026h1.yaml:'*': returned: 87 answers had come back in time at the closing, but now there are 86' ||
		[[ $stderr == *'returned: 87 answers had come back in time at the closing, but now there are 86' ]]
}

@test "the same answers again write nothing: repeated rows, another column, another order, whatever became of them" {
	local one two
	one=$(drawn 2026h1 | sed -n 1p) two=$(drawn 2026h1 | sed -n 2p)
	printf '%s\n' unit,security "$one,4" "$one,4" "$one,5" "$two,3" >../answers.csv
	run --separate-stderr log_file --from ../answers.csv
	status_is 1
	output_is $'read\t4\nrecorded\t2\nalready\t1\nrejected\t1'
	[[ $(jq -r .reason ../answers.csv.rejects.ndjson) == "$one is also in line 2, with other answers" ]]
	tree_digest >../before
	# the row that was recorded counts, also behind another
	{ echo unit,security,printed && tail -n +2 ../answers.csv | tac | sed 's/$/,x/'; } >../turned.csv
	run --separate-stderr log_file --from ../turned.csv
	status_is 1
	output_is $'read\t4\nrecorded\t0\nalready\t3\nrejected\t1'
	[[ $(jq -r .reason ../turned.csv.rejects.ndjson) == "$one has answered already, but differently, on 2026-05-05 [H3.8-2]" ]]
	# when it came back tells no answers apart
	printf '%s\n' unit,security,when "$two,3,2026-05-04 10:00" "$two,3,2026-05-05 08:00" >../when.csv
	prints $'read\t2\nrecorded\t0\nalready\t2\nrejected\t0' log_file --from ../when.csv --when when
	tree_digest ../before
	# nor does the import bring back what was mended
	prints "$one#2" log_file "$one" --correct --reason 误读 security=2
	prints "$two#2" log_file "$two" --void --reason 误录
	tree_digest >../before
	run --separate-stderr log_file --from ../answers.csv
	output_is $'read\t4\nrecorded\t0\nalready\t3\nrejected\t1'
	tree_digest ../before
	# who was voided may answer otherwise
	printf '%s\n' unit,security "$two,3" "$two,1" >../answers.csv
	prints $'read\t2\nrecorded\t1\nalready\t1\nrejected\t0' log_file --from ../answers.csv
}

@test "bad input: grades, households, second answers, a questionnaire that was changed" {
	local first
	first=$(drawn 2026h1 | head -1)
	refused 3 'survey-log: security: 6 is not a grade (allowed: 1, 2, 3, 4, 5, 9) [H3.8-4 H3.8-10]' log_file "$first" security=6
	refused 3 'survey-log: security: 0 is not a grade (allowed: 1, 2, 3, 4, 5, 9) [H3.8-4 H3.8-10]' log_file "$first" security=0
	refused 3 'survey-log: security: "好" is not a whole number [H3.8-4 H3.8-10]' log_file "$first" security=好
	refused 3 'survey-log: lifts: unknown field (allowed: customer-type, security, cleaning, greening, repairs, desk, most-dissatisfied, opinions, expectations) [H3.8-2]' \
		log_file "$first" lifts=4
	refused 3 'survey-log: customer-type: "房客" is not one of 业主, 租户, 商户 [H3.8-2]' log_file "$first" customer-type=房客
	refused 3 'survey-log: 9-9999 was not drawn for 2026h1 [H3.8-2]' log_file 9-9999 security=4
	refused 3 'survey-log: 2026h1 was issued on 2026-05-04 09:00: an answer cannot be older [H3.8-3]' log_file "$first" security=4 --at '2026-05-04 08:59'
	refused 3 'survey-log: surveys are for the role desk, officer, centre-head; qianjin does not have it [ours]' \
		survey-log 2026h1 --now '2026-05-05 09:00' --by qianjin "$first" security=4
	prints "$first#1" log_file "$first" security=4
	refused 3 "survey-log: $first has answered already, on 2026-05-05 [H3.8-2]" log_file "$first" security=4
	refused 3 "survey-log: reason: missing" log_file "$first" --correct security=3
	prints "$first#2" log_file "$first" --correct --reason 看错 security= cleaning=2
	run columns service,rated,dissatisfied survey-tally 2026h1 --now '2026-05-05 10:00' --format csv -q
	[[ $output == $'security,0,0\ncleaning,1,1\n'* ]]
	prints "$first#3" log_file "$first" --void --reason 误录
	refused 3 "survey-log: $first has not answered yet: there is nothing to correct or void" log_file "$first" --void --reason 误录
	prints "$first#4" log_file "$first" security=5
	printf '\n' >>surveys/2026h1/questionnaire.yaml
	local changed='surveys/2026h1/questionnaire.yaml was changed after the survey was planned: restore it as it was [H3.8-9]'
	refused 3 "survey-log: $changed" log_file "$(drawn 2026h1 | tail -1)" security=4
	refused 3 "survey-tally: $changed" survey-tally 2026h1 --now '2026-05-05 10:00'
	run --separate-stderr ledger-check -q --now '2026-05-05 10:00' --format tsv --no-header
	[[ $output == $'schema-file\tsurveys/2026h1/questionnaire.yaml\t'* ]]
}

@test "a file: rows that cannot be taken are named, the others are in" {
	local units
	mapfile -t units < <(drawn 2026h1 | head -5)
	cat >../answers.csv <<-END
		Room,When,Q1,cleaning,note
		${units[0]},2026-05-04 10:00,4,9,x
		${units[1]},2026-05-04 10:00,7,4,
		8-0000,2026-05-04 10:00,4,4,
		${units[2]},2026-05-03 10:00,4,4,
		${units[3]},,NA,,
		${units[0]},2026-05-04 10:00,5,5,
		,,,,
		${units[0]},2026-05-04 10:00,4,9,y
		${units[4]},yesterday,4,4,
		${units[4]},2027-01-01 10:00,4,4,
	END
	run --separate-stderr survey-log 2026h1 --from ../answers.csv -u Room -w When --map Q1=security --empty NA --now '2026-05-05 09:00' --by lihua
	status_is 1
	output_is $'read\t10\nrecorded\t1\nalready\t1\nrejected\t8'
	errors_are $'survey-log: columns left out: note\nsurvey-log: rejected rows: ../answers.csv.rejects.ndjson'
	diff - <(/usr/bin/python3 -c 'import json, sys
for line in sys.stdin: row = json.loads(line); print(row["line"], row["reason"])' <../answers.csv.rejects.ndjson) <<-END
		3 security: 7 is not a grade (allowed: 1, 2, 3, 4, 5, 9) [H3.8-4 H3.8-10]
		4 8-0000 was not drawn for 2026h1 [H3.8-2]
		5 2026h1 was issued on 2026-05-04 09:00: an answer cannot be older [H3.8-3]
		6 no question is answered: a blank questionnaire does not count as returned [H3.8-2]
		7 ${units[0]} is also in line 2, with other answers
		8 Room: empty: this column must name the unit
		10 When: "yesterday" is not a time: write 09:02, yesterday 17:30, 2026-11-21 09:02, 2026-11-21 09:02:11 or 2026-11-21T09:02:11+08:00
		11 When: 2027-01-01 10:00 is in the future
	END
	printf '{"unit": "%s", "security": 3, "opinions": "多种树", "desk": null}\n{"unit": "%s", "security": 5}\n' "${units[4]}" "${units[0]}" >../more.ndjson
	run --separate-stderr log_file --from ../more.ndjson
	status_is 1
	output_is $'read\t2\nrecorded\t1\nalready\t0\nrejected\t1'
	grep -qF "${units[0]} has answered already, but differently, on 2026-05-04 [H3.8-2]" ../more.ndjson.rejects.ndjson
	refused 3 'survey-log: ../answers.csv has no column "Raum"' log_file --from ../answers.csv -u Raum
	refused 3 'survey-log: --map: the questionnaire has no question "lifts"' log_file --from ../answers.csv -u Room --map Q1=lifts
	refused 2 'survey-log: --map needs --from' log_file "${units[0]}" --map a=b
	prints '' ledger-check -q --now '2026-05-05 10:00'
}

# oracle SERVICES POPULATION FILE [POPULATION FILE]: what survey-tally should say, counted and worked out by itself: rates and Wilson's and Newcombe's intervals in decimal with 50 digits.
oracle() {
	/usr/bin/python3 - "$@" <<'END'
import csv, sys
from decimal import Decimal as D, getcontext, ROUND_HALF_UP
getcontext().prec = 50
Z = D("1.959963984540054235524594430520551527955550")
def q(x): return str(x.quantize(D("0.0001"), ROUND_HALF_UP)).replace("-0.0000", "0.0000")
def interval(hits, rated, asked, population):
    # n corrected: the population of raters is population * rated / asked
    p = D(hits) / rated
    raters = D(population) * rated / asked
    if raters == rated: return p, p, p
    n = rated / ((raters - rated) / (raters - 1))
    centre = p + Z * Z / (2 * n); half = Z * (p * (1 - p) / n + Z * Z / (4 * n * n)).sqrt()
    return p, max(D(0), (centre - half) / (1 + Z * Z / n)), min(D(1), (centre + half) / (1 + Z * Z / n))
services = sys.argv[1].split(",")
results = []
for population, file in zip(map(int, sys.argv[2::2]), sys.argv[3::2]):
    rows = list(csv.DictReader(open(file)))
    result = {}
    for s in services:
        grades = [int(r[s]) for r in rows if r[s] not in ("", "9")]
        result[s] = (grades, interval(sum(g >= 4 for g in grades), len(grades), len(rows), population), sum(r[s] == "9" for r in rows))
    results.append(result)
for s in services:
    grades, (p, low, high), unrated = results[0][s]
    line = [s, len(grades), unrated, sum(g >= 4 for g in grades), sum(g <= 2 for g in grades), q(p), q(low), q(high),
            q(D(sum(g <= 2 for g in grades)) / len(grades)), q(D(sum(grades)) / len(grades))]
    if len(results) > 1:
        _, (p2, low2, high2), _ = results[1][s]
        d = p - p2
        dl = d - ((p - low) ** 2 + (high2 - p2) ** 2).sqrt(); dh = d + ((high - p) ** 2 + (p2 - low2) ** 2).sqrt()
        name = "same" if d == 0 else "fell" if d < 0 else "rose"
        line += [q(d), q(dl), q(dh), name + ("" if d == 0 or dl > 0 or dh < 0 else "-by-chance")]
    print(",".join(map(str, line)))
END
}

figures=service,rated,unrated,satisfied,dissatisfied,rate,low,high,dissatisfied-rate,mean

# random_answers FILE SEED SHIFT UNIT...: all sorts of grades, of greening lower by SHIFT
random_answers() {
	/usr/bin/python3 - "$@" <<'END'
import random, sys
file, seed, shift, units = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:]
random.seed(seed)
with open(file, "w") as out:
    print("unit,customer-type,security,cleaning,greening,repairs,desk,opinions,most-dissatisfied", file=out)
    for unit in units:
        grades = [random.choice([1, 2, 3, 4, 4, 4, 5, 5, 9]) for _ in range(5)]
        if shift: grades[2] = random.choice([1, 1, 2, 2, 3, 4, 9])
        else: grades[2] = random.choice([3, 4, 4, 5, 5])
        print(unit, random.choice(["业主", "租户"]), *grades, random.choice(["", "多种树"]), random.choice(["", "绿化", "停车"]), sep=",", file=out)
END
}

@test "rates, intervals and changes are those of an independent count; one service fell" {
	local units
	mapfile -t units < <(drawn 2026h1 | head -90)
	random_answers ../first.csv 1 0 "${units[@]}"
	log_file --from ../first.csv
	survey-plan -q closed 2026h1 --now '2026-05-12 09:00' --by lihua
	survey-plan -q planned 2026h2 --now '2026-10-01 09:00' --questionnaire "$root/examples/satisfaction/questionnaire.yaml" --title 下半年满意度调查 -o half-yearly --by fangmin
	survey-plan -q approved 2026h2 --now '2026-10-02 09:00' --by qianjin
	survey-draw -q 2026h2 --now '2026-10-03 09:00' --units "$BATS_FILE_TMPDIR/units.txt" --size 100 --by lihua
	# nobody is asked again within half a year
	[[ -z $(sort <(drawn 2026h1) <(drawn 2026h2) | uniq -d) ]]
	grep -q '^excluded: 100$' surveys/2026h2.yaml
	survey-plan -q issued 2026h2 --now '2026-11-02 09:00' --by lihua
	mapfile -t units < <(drawn 2026h2 | head -95)
	random_answers ../second.csv 2 1 "${units[@]}"
	survey-log -q 2026h2 --from ../second.csv --now '2026-11-03 09:00' --by lihua
	local services=security,cleaning,greening,repairs,desk
	diff <(oracle $services 1000 ../first.csv) <(columns $figures survey-tally 2026h1 --now '2026-11-03 10:00' --format csv)
	# each by the frame it was drawn from
	diff <(oracle $services 900 ../second.csv 1000 ../first.csv) \
		<(columns $figures,change,change-low,change-high,finding survey-tally 2026h2 --now '2026-11-03 10:00' --format csv)
	run columns service,before,finding survey-tally 2026h2 --now '2026-11-03 10:00' --format csv
	[[ $output == *greening,2026h1,fell* ]]
	[[ $(grep -c ',fell$' <<<"$output") == 1 ]]
	run survey-tally 2026h2 --now '2026-11-03 10:00' --show improve --format tsv --no-header
	grep -q $'^fell\tgreening\t绿化\t-[0-9.]*\tsignificant\t' <<<"$output"
	grep -q $'^lowest-rate\tgreening\t' <<<"$output"
	grep -q $'^opinion\topinions\t多种树\t' <<<"$output"
	grep -q $'^dissatisfied\tmost-dissatisfied\t绿化\t' <<<"$output"
	prints '' ledger-check -q --now '2026-11-03 10:00'
}

@test "ties are all listed, types and areas add up to the whole" {
	answers 90 4 | sed '2,41s/4$/2/; 2,41s/业主,4/租户,2/' >../answers.csv
	log_file --from ../answers.csv
	run survey-tally 2026h1 --now '2026-05-06 09:00' --show improve --format tsv --no-header
	output_is $'lowest-rate\tsecurity\t秩序维护\t0.5556\t\\N\t\\N\tH3.8-5
lowest-rate\tdesk\t客户服务\t0.5556\t\\N\t\\N\tH3.8-5
highest-dissatisfied\tsecurity\t秩序维护\t0.4444\t\\N\t\\N\tH3.8-5
highest-dissatisfied\tdesk\t客户服务\t0.4444\t\\N\t\\N\tH3.8-5'
	for part in types areas; do
		survey-tally 2026h1 --now '2026-05-06 09:00' --show $part --format csv | /usr/bin/python3 -c '
import csv, sys
rows = list(csv.DictReader(sys.stdin))
print(sum(int(r["returned"]) for r in rows if r["service"] == "desk"), sum(int(r["satisfied"]) for r in rows if r["service"] == "desk"))'
	done >sums
	diff - sums <<-'END'
		90 50
		90 50
	END
	# of every grade count and share
	run columns service,grade,meaning,count,share survey-tally 2026h1 --now '2026-05-06 09:00' --show grades --format csv
	[[ $output == *$'\ndesk,2,dissatisfied,40,0.4444\n'* && $output == *$'\ndesk,9,no-rating,0,' ]]
}

@test "984 residents' answers: every service counted as Python counts it; 9 is never a rating" {
	local real=$KEFU_TEST_DATA/real/resident-survey.csv services
	[[ -r $real ]] || skip "no $real"
	services=$(head -1 "$real" | tr , '\n' | grep -E '^q[1-3]_' | paste -sd ,)
	{
		printf '%s\n' 'type: object' 'additionalProperties: false' properties: '  method: {type: string, enum: [Web, Mail, Phone], x-customer-type: true}'
		tr , '\n' <<<"$services" | sed 's/.*/  &: {type: integer, enum: [1, 2, 3, 4, 5, 9], x-service: true, x-unrated: [9]}/'
		printf '%s\n' '  city: {type: string, x-open: opinion}' '  zip: {type: string, x-open: expectation}'
	} >../real.yaml
	{ echo unit,area; cut -d , -f 1 "$real" | tail -n +2 | sed 's/$/,kc/'; } >../real-units.csv
	survey-plan -q planned residents --now '2026-05-01 09:00' --questionnaire ../real.yaml --title Residents -o special --reason 'real answers' --by fangmin
	survey-plan -q approved residents --now '2026-05-02 09:00' --by qianjin
	survey-draw -q residents --now '2026-05-03 09:00' --units ../real-units.csv --rate 1 --by lihua
	survey-plan -q issued residents --now '2026-05-04 09:00' --by lihua
	prints $'read\t984\nrecorded\t984\nalready\t0\nrejected\t0' survey-log -q residents --from "$real" --unit id --empty NA --now '2026-05-05 09:00' --by lihua
	diff <(oracle "$services" 984 "$real") <(columns $figures survey-tally residents --now '2026-05-06 09:00' --format csv)
	# and the sums of all, without going through the oracle's code
	diff <(/usr/bin/python3 -c '
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1])))
for s in sys.argv[2].split(","):
    for g in "123459":
        print(s, g, sum(r[s] == g for r in rows), sep=",")' "$real" "$services") \
		<(columns service,grade,count survey-tally residents --now '2026-05-06 09:00' --show grades --format csv)
	diff <(printf 'Mail,378\nPhone,12\nWeb,594\n') <(columns type,returned survey-tally residents --now '2026-05-06 09:00' --show types --format csv | sort -u)
}

@test "what somebody wrote by hand is named and not counted" {
	local units
	mapfile -t units < <(drawn 2026h1 | head -4)
	log_file "${units[0]}" security=4
	log_file "${units[1]}" security=4
	survey-log -q 2026h1 "${units[2]}" security=4 --now '2026-05-12 09:00' --by lihua
	cd surveys/2026h1/answers/1
	sed 's/^id: .*/id: "1-999"/' "${units[1]}.yaml" >1-999.yaml
	sed -i 's/security: 4/security: 7/' "${units[0]}.yaml"
	sed -i '/^late: true/d' "${units[2]}.yaml"
	mkdir ../2 && sed "s/^id: .*/id: \"${units[3]}\"/" "${units[1]}.yaml" >"../2/${units[3]}.yaml"
	cd ../../../..
	prints "wrong-answer,surveys/2026h1/answers/1/${units[0]}.yaml,H3.8-4 H3.8-10
wrong-answer,surveys/2026h1/answers/1/${units[2]}.yaml,
wrong-answer,surveys/2026h1/answers/1/1-999.yaml,H3.8-2
wrong-folder,surveys/2026h1/answers/2/${units[3]}.yaml," check_rows
	run --separate-stderr survey-tally 2026h1 --now '2026-05-12 10:00' --format csv -q
	status_is 4
	[[ $(sed -n 2p <<<"$output" | cut -d , -f 3,5) == security,2 ]]
	[[ $stderr == *"${units[0]}.yaml:"*': security: is not a grade of the questionnaire'* && $stderr == *'1-999 was not drawn'* && $stderr == *'does not belong in this file'* ]]
}

# file by file, whatever the order of their names
check_rows() { ledger-check -q --now '2026-05-12 10:00' --format csv --no-header | sed 's/\(\.yaml\)[:0-9]*/\1/; s/\r$//' |
	/usr/bin/python3 -c 'import csv, sys
for row in sorted(csv.reader(sys.stdin)): print(row[0], row[1], row[-1], sep=",")'; }

@test "a household that answers twice at once answers once" {
	local unit n
	unit=$(drawn 2026h1 | head -1)
	for n in 1 2 3; do
		log_file "$unit" security=$n >"../said.$n" 2>&1 &
	done
	wait
	[[ $(cat ../said.* | grep -c "^$unit#1$") == 1 && $(cat ../said.* | grep -c 'has answered already') == 2 ]]
	[[ $(grep -c '^event: ' "surveys/2026h1/answers/${unit%%-*}/$unit.yaml") == 1 ]]
}

@test "two clones record different things of one answer: disputed, said, and settled by a correction" {
	local units unit file
	mapfile -t units < <(drawn 2026h1 | head -6)
	ledger-init --site YL -q
	git init -q -b main . && ledger-init --site YL -q && git add . && git commit -qm begin
	git clone -q . "$BATS_TEST_TMPDIR/eb" && (cd "$BATS_TEST_TMPDIR/eb" && ledger-init --site EB -q && git commit -qam EB)
	git pull -q "$BATS_TEST_TMPDIR/eb" main
	# the first two answers are known to both
	for unit in "${units[@]:0:4}"; do log_file "$unit" security=4 cleaning=4; done
	git add . && git commit -qm answers && git -C "$BATS_TEST_TMPDIR/eb" pull -q "$PWD" main
	here() { survey-log 2026h1 --now '2026-05-06 09:00' --by lihua -q "$@" && git add . && git commit -qm here; }
	there() { (cd "$BATS_TEST_TMPDIR/eb" && survey-log 2026h1 --now '2026-05-06 10:00' --by lihua -q "$@" && git add . && git commit -qm there); }
	# corrected differently, whatever the numbers; different questions; alike; voided here and corrected there
	here "${units[0]}" --correct security=5 --reason 看错
	here "${units[0]}" --correct cleaning=5 --reason 看错
	here "${units[0]}" --correct security=1 --reason 又看错
	there "${units[0]}" --correct security=2 --reason 看错
	here "${units[1]}" --correct security=5 --reason 看错
	there "${units[1]}" --correct cleaning=2 --reason 看错
	here "${units[2]}" --correct security=5 --reason 看错
	there "${units[2]}" --correct security=5 --reason 看错了
	here "${units[3]}" --void --reason 误录
	there "${units[3]}" --correct security=5 --reason 看错
	# the same household in both
	here "${units[4]}" security=4
	there "${units[4]}" security=2
	here "${units[5]}" security=4
	there "${units[5]}" security=4
	git pull -q --no-rebase "$BATS_TEST_TMPDIR/eb" main
	run --separate-stderr ledger-check -q --now '2026-05-06 12:00' --format tsv --no-header
	[[ ${#lines[@]} == 3 && $(cut -f 1 <<<"$output" | sort -u) == disputed ]] || { echo "$output"; return 1; }
	for unit in "${units[0]}" "${units[3]}" "${units[4]}"; do [[ $output == *"/$unit.yaml"* ]]; done
	[[ $output == *'#2 (corrected, '??') contradicts #2 ('*': meanwhile the former counts; record what is right (survey-log --correct), or void it'* ]]
	prints 3 columns disputed survey-tally 2026h1 --now '2026-05-06 12:00' --show summary --format csv -q
	[[ $(survey-tally 2026h1 --now '2026-05-06 12:00' -q) == *'; disputed (see ledger-check): 3'* ]]
	here "${units[0]}" --correct security=3 --reason 问过
	here "${units[3]}" --correct security=3 --reason 问过 || here "${units[3]}" security=3
	here "${units[4]}" --correct security=3 --reason 问过
	prints '' ledger-check -q --now '2026-05-06 12:00'
	prints 0 columns disputed survey-tally 2026h1 --now '2026-05-06 12:00' --show summary --format csv -q
	# what knows the other contradicts nothing
	git -C "$BATS_TEST_TMPDIR/eb" pull -q --no-rebase "$PWD" main
	there "${units[0]}" --correct security=4 --reason 再问过
	git pull -q --no-rebase "$BATS_TEST_TMPDIR/eb" main
	prints '' ledger-check -q --now '2026-05-06 12:00'
}

#!/usr/bin/env bats
# A unit is one in whichever letters it is written: typed, recorded, imported, drawn, in areas of people. Every reader takes
# them for one, and ledger-check names where they differ.
load ../helper
load ../packs

export day=2026-11-20

setup_file() {
	satisfaction
	survey-plan -q planned 2026h2 --now '2026-10-01 09:00' --questionnaire "$root/examples/satisfaction/questionnaire.yaml" \
		--title 满意度调查 -o half-yearly --by fangmin
	survey-plan -q approved 2026h2 --now '2026-10-02 09:00' --by qianjin
}

draw() { survey-draw -q 2026h2 --now '2026-10-19 09:00' --by lihua --rate 1 "$@"; }

# sampled: units and areas that were drawn
sampled() { /usr/bin/python3 -c '
import yaml
for document in yaml.safe_load_all(open("surveys/2026h2.yaml")):
    for group in document.get("sample", []):
        for unit in group["units"]: print(unit, group["area"])'; }

@test "a frame holds each unit once, and each area in one spelling" {
	printf 'unit,type\nb-1201,\nB-1201,owner\nｂ-1202,\nB-1203,\nc-1,\nC-1,\n' >../frame.csv
	draw --units ../frame.csv --stratify area
	run sampled
	[[ ${#lines[@]} == 4 ]]
	[[ $output == *'B-1201 B'* && $output == *'b-1202 B'* && $output == *'B-1203 B'* ]]
	prints '' survey-draw 2026h2 --verify --now '2026-10-20 09:00'
	run grep -c 'area: ' surveys/2026h2.yaml
	[[ $(grep 'area: ' surveys/2026h2.yaml | sort -u | wc -l) == 2 ]]
}

@test "an area is asked for in any letters" {
	printf 'unit\nB-1201\nb-1202\nC-1\n' >../frame.csv
	draw --units ../frame.csv --area ｂ
	run sampled
	[[ ${#lines[@]} == 2 && $output == *B-1201* && $output == *b-1202* ]]
}

@test "who was drawn answers in any letters, and has one file" {
	printf 'unit\nB-1201\nB-1202\nB-1203\n' >../frame.csv
	draw --units ../frame.csv
	survey-plan -q issued 2026h2 --now '2026-11-02 09:00' --by lihua
	survey-log -q 2026h2 b-1201 security=5 --now '2026-11-02 10:00' --by lihua
	[[ -e surveys/2026h2/answers/B/B-1201.yaml && ! -e surveys/2026h2/answers/b ]]
	run --separate-stderr survey-log -q 2026h2 ｂ－1201 security=4 --now '2026-11-02 10:01' --by lihua
	status_is 3
	survey-log -q 2026h2 b-1201 --correct security=4 -r 看错 --now '2026-11-02 10:02' --by lihua
	printf 'unit,security\nb-1202,5\nB-1202,5\nb-1203,4\n' >../answers.csv
	survey-log -q 2026h2 --from ../answers.csv --now '2026-11-02 10:03' --by lihua
	[[ $(ls surveys/2026h2/answers/B) == $'B-1201.yaml\nB-1202.yaml\nB-1203.yaml' ]]
	prints '' ledger-check -q --now '2026-11-03 09:00'
}

@test "who was asked is not asked again under other letters" {
	printf 'unit\nB-1201\nB-1202\n' >../frame.csv
	draw --units ../frame.csv
	survey-plan -q issued 2026h2 --now '2026-11-02 09:00' --by lihua
	survey-plan -q planned extra --now '2026-11-03 09:00' --questionnaire "$root/examples/satisfaction/questionnaire.yaml" \
		--title 满意度调查 -o half-yearly --by fangmin
	survey-plan -q approved extra --now '2026-11-03 09:10' --by qianjin
	printf 'unit\nb-1201\nb-1202\nb-1203\n' >../again.csv
	survey-draw -q extra --now '2026-11-03 09:20' --by lihua --rate 1 --units ../again.csv
	grep -q '^excluded: 2$' surveys/extra.yaml
}

@test "areas of people and of lists" {
	at 09:00 staff-log -q changed lihua --area b
	at 09:01 customer-log -q opened B-1201 -n 王女士 --by lihua
	at 09:01 customer-log -q opened b-2-1 -n 何先生 --by lihua
	at 09:01 customer-log -q opened 3-1201 -n 刘女士 --by lihua
	local area
	for area in b B Ｂ; do
		prints $'B-1201\nb-2-1' columns unit at 09:02 customer-list --format csv -a "$area"
	done
	prints '3-1201' columns unit at 09:02 customer-list --format csv -a 3栋
}

@test "a customer's file is found with letters large and small, few and many" {
	at 09:01 customer-log -q opened 3-aB1 -n 王女士 --by lihua
	at 09:01 customer-log -q opened GardenVilla-3 -n 王女士 --by lihua
	refused 3 'customer-log: 3-aB1 has a file already: record what is new with the step changed' at 09:02 customer-log opened 3-Ab1 -n 王女士 --by lihua
	refused 3 'customer-log: GardenVilla-3 has a file already: record what is new with the step changed' \
		at 09:02 customer-log opened gardenvilla-3 -n 王女士 --by lihua
	[[ $(ls customers) == $'3\nGardenVilla' ]]
	[[ $(at 09:03 ticket-show 3-AB1) == *3-aB1* ]]
	[[ $(at 09:03 ticket-show GARDENVILLA-3) == *GardenVilla-3* ]]
}

@test "rows that spell one unit in two ways are one customer, tried or taken" {
	printf 'unit,name\nb-1201,王女士\nB-1201,王女士\nB-1202,何先生\nb-1202,何太太\n' >../c.csv
	run --separate-stderr at 09:00 customer-import ../c.csv --by lihua --dry-run
	local tried=$output$stderr
	[[ $tried == *'line 4'* ]]
	run --separate-stderr at 09:00 customer-import ../c.csv --by lihua
	status_is 1
	[[ $(ls customers/*/) == $'customers/B/:\nB-1202.yaml\n\ncustomers/b/:\nb-1201.yaml' ]]
}

@test "ledger-check names what is spelled in two ways" {
	at 09:00 ticket-open -q --by lihua -k complaint -u B-1201 灯
	at 09:01 ticket-open -q --by lihua -k complaint -u b-1201 灯
	at 09:01 ticket-open -q --by lihua -k complaint -u 3-1201 灯
	run --separate-stderr at 10:00 ledger-check -q --format tsv --no-header
	status_is 1
	[[ $output == $'two-spellings\ttickets/2026/11/YL261120002.yaml\t'*$'\tcustomer.unit: b-1201 is the unit that tickets/2026/11/YL261120001.yaml calls B-1201\t\\N' ]]
	[[ ${#lines[@]} == 1 ]]
	at 10:01 ticket-log -q 2 corrected --by lihua --set fields.customer.unit=B-1201 --set reason=笔误
	prints '' at 10:02 ledger-check -q
}

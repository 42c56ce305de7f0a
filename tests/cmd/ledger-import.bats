#!/usr/bin/env bats
# ledger-import: what a mapping can say, what is rejected and why, what is refused as a whole.
bats_require_minimum_version 1.5.0
load ../helper

# The shortest mapping that says something of everything common.
mapping() {
	cat >map.yaml <<'END'
source: old-desk
key: Nr
times: ["%Y-%m-%d %H:%M"]
fields:
  at: Opened
  closed-at: Closed
  kind: {column: Type, values: {投诉: complaint, 报修: repair}}
  customer.unit: Room
  customer.phone: Phone
  text: Text
END
}

heading=Nr,Opened,Closed,Type,Room,Phone,Text

# start: a ledger in ./ledger, the working directory beside it, a mapping
start() {
	(ledger resident-centre "$@")
	export KEFU_LEDGER=$PWD/ledger
	mapping
}

# rows LINE...: old.csv with the heading and these lines
rows() {
	printf '%s\n' "$heading" "$@" >old.csv
}

import() {
	run --separate-stderr ledger-import -q -m map.yaml "$@"
}

# counts READ RECORDED ALREADY REJECTED
counts_are() {
	output_is $'read\t'"$1"$'\nrecorded\t'"$2"$'\nalready\t'"$3"$'\nrejected\t'"$4"
}

# rejected_is LINE REASON: the one row that was rejected
rejected_is() {
	diff -u --label expected --label rejects <(printf '%s: %s\n' "$1" "$2") <(jq -r '"\(.line): \(.reason)"' "${3:-old.csv.rejects.ndjson}")
}

# the tree without what is nobody's business
tree() {
	(cd ledger && find . -path ./.kefu -prune -o -type f -print0 | sort -z | xargs -0 sha256sum)
}

tickets() {
	(cd ledger && find tickets -type f | sort)
}

@test "a row becomes a form that begins with imported" {
	start
	rows '17,2019-02-03 04:05,2019-02-04 10:00,报修,３－１２０１,139 0001 0001,"厨房 漏水"'
	run --separate-stderr ledger-import -m map.yaml old.csv
	status_is 0
	errors_are 'ledger-import: old.csv: read as UTF-8'
	counts_are 1 1 0 0
	[[ $(tickets) == tickets/2019/02/YL190203001.yaml ]]
	output=$(sed 's/^\(recorded: "2\|  digest: \).*/\1…/' ledger/tickets/2019/02/YL190203001.yaml)
	output_is "---
event: imported
seq: 1
id: YL190203001
site: YL
at: \"2019-02-03T04:05:00+08:00\"
recorded: \"2…
by: $(id -un)
source:
  name: old-desk
  key: \"17\"
  digest: …
kind: repair
customer:
  unit: \"3-1201\"
  phone: \"13900010001\"
closed-at: \"2019-02-04T10:00:00+08:00\"
state: closed
text: 厨房 漏水
..."
}

@test "the digest is that of the row's columns as JSON with sorted keys" {
	start
	rows '17,2019-02-03 04:05,,报修,3-1201,,漏水'
	import old.csv
	status_is 0
	local digest
	digest=$(printf %s '{"Closed":"","Nr":"17","Opened":"2019-02-03 04:05","Phone":"","Room":"3-1201","Text":"漏水","Type":"报修"}' | sha256sum)
	grep -q "digest: \"\?${digest%% *}" ledger/tickets/2019/02/YL190203001.yaml
}

@test "the same again records nothing, in whatever order and format" {
	start
	rows 1,'2019-02-03 04:05',,报修,3-1,,one 2,'2019-02-03 04:05',,报修,3-1,,two
	import old.csv
	counts_are 2 2 0 0
	local before
	before=$(tree)
	import old.csv
	status_is 0
	counts_are 2 0 2 0
	rows 2,'2019-02-03 04:05',,报修,3-1,,two 1,'2019-02-03 04:05',,报修,3-1,,one 1,'2019-02-03 04:05',,报修,3-1,,one
	import old.csv
	status_is 0
	counts_are 3 0 3 0
	printf '{"Text":"one","Type":"报修","Nr":"1","Opened":"2019-02-03 04:05","Closed":"","Room":"3-1","Phone":""}\n' >new.ndjson
	import new.ndjson
	status_is 0
	counts_are 1 0 1 0
	[[ $(tree) == "$before" ]]
	[[ ! -e old.csv.rejects.ndjson && ! -e new.ndjson.rejects.ndjson ]]
}

@test "what the mapping does not name tells no rows apart: a column that is new, another that changes, in any order" {
	start
	rows 1,'2019-02-03 04:05',,报修,3-1,,one 2,'2019-02-03 04:06',,报修,3-2,,two 2,'2019-02-03 04:06',,报修,3-2,,two 2,'2019-02-03 04:06',,报修,3-2,,other
	import old.csv
	counts_are 4 2 1 1
	local before rest
	before=$(tree)
	for rest in '' 'other: rest'; do
		echo "$rest" >>map.yaml
		# each row has another value there, also the one that stands twice
		awk -F, -v OFS=, 'NR == 1 { print $0, "Printed"; next } { print $0, NR }' old.csv >wider.csv
		import wider.csv
		counts_are 4 0 3 1
		rejected_is 5 'the key 2 is also in line 3, with other content' wider.csv.rejects.ndjson
		{ head -1 wider.csv && tail -n +2 wider.csv | tac; } >turned.csv
		import turned.csv
		counts_are 4 0 3 1
		rejected_is 2 'the key 2 was recorded before, as YL190203002, with other content' turned.csv.rejects.ndjson
		[[ $(tree) == "$before" ]]
	done
	# but what it does name
	sed 's/,one,/,eins,/' wider.csv >changed.csv
	import changed.csv
	counts_are 4 0 2 2
	# a row that is as it was is known whatever the mapping makes of it by now
	sed -i 's/^fields:/&\n  channel: {value: phone}/' map.yaml
	import old.csv
	counts_are 4 0 3 1
	[[ $(tree) == "$before" ]]
}

@test "rows kept with all their columns are known by what the mapping names" {
	start
	echo 'other: rest' >>map.yaml
	heading+=,Printed
	rows 1,'2019-02-03 04:05',,报修,3-1,,one,7 2,'2019-02-03 04:05',,报修,3-1,,one,7
	import old.csv
	counts_are 2 2 0 0
	sed -i 's/,7$/,8/' old.csv
	import old.csv
	status_is 0
	counts_are 2 0 2 0
}

@test "numbers go on after those of the day" {
	start --zone UTC
	local i all=()
	for ((i = 1; i <= 1001; i++)); do all+=("$i,2019-02-03 04:05,,报修,3-1,,x"); done
	rows "${all[@]}"
	import old.csv
	status_is 0
	[[ $(tickets | tail -n 1) == tickets/2019/02/YL190203999.yaml && -e ledger/tickets/2019/02/YL1902031001.yaml ]]
	rows 2001,'2019-02-03 23:59',,报修,3-1,,x 2002,'2019-02-04 00:00',,报修,3-1,,x 2003,'1970-01-01 00:00',,报修,3-1,,x
	import old.csv
	status_is 0
	[[ -e ledger/tickets/2019/02/YL1902031002.yaml && -e ledger/tickets/2019/02/YL190204001.yaml && -e ledger/tickets/1970/01/YL700101001.yaml ]]
}

@test "a dry run writes nothing at all" {
	start
	rows 1,'2019-02-03 04:05',,报修,3-1,,one 2,never,,报修,3-1,,two
	local before
	before=$(tree; ls ./*.*)
	import --dry-run old.csv
	status_is 1
	counts_are 2 1 0 1
	diff <(echo "$before") <(tree; ls ./*.*)
	import --dry-run --rejects why old.csv
	status_is 1
	rejected_is 3 'at: "never" is not a time: it fits none of the formats of times' why
	[[ -z $(tickets 2>/dev/null) ]]
}

@test "each reason to reject a row" {
	start
	local line
	local -A reasons=(
		[',2019-02-03 04:05,,报修,3-1,,x']='column Nr: empty, but the key of the mapping needs it'
		['1,,,报修,3-1,,x']='at: missing'
		['1,2019-02-30 04:05,,报修,3-1,,x']='at: "2019-02-30 04:05" is not a time: there is no such day'
		['1,2019-02-03 24:05,,报修,3-1,,x']='at: "2019-02-03 24:05" is not a time: there is no such time of day'
		['1,2019-02-03,,报修,3-1,,x']='at: "2019-02-03" is not a time: it fits none of the formats of times'
		['1,2199-02-03 04:05,,报修,3-1,,x']='at: "2199-02-03 04:05" is in the future'
		['1,1969-12-31 23:59,,报修,3-1,,x']='at: the year must be from 1970 to 2069, because ticket numbers hold two digits of it'
		['1,2019-02-03 04:05,2199-01-01 00:00,报修,3-1,,x']='closed-at: "2199-01-01 00:00" is in the future'
		['1,2019-02-03 04:05,2019-02-03 04:04,报修,3-1,,x']='closed-at: 2019-02-03T04:04:00+08:00 is earlier than at (2019-02-03T04:05:00+08:00)'
		['1,2019-02-03 04:05,,求助,3-1,,x']='kind: "求助" is not among the mapping'\''s values (they are: 投诉, 报修)'
		['1,2019-02-03 04:05,,,3-1,,x']='kind: missing'
		['1,2019-02-03 04:05,,报修,3-1,,']='text: missing'
		['1,2019-02-03 04:05,,报修,3/1,,x']='customer.unit: "3/1" does not match the pattern ^[0-9A-Za-z\p{Han}]+(-[0-9A-Za-z\p{Han}]+)*$'
		['1,2019-02-03 04:05,,报修,3-1,没有电话号码,x']='customer.phone: "没有电话号码" does not match the pattern ^\+?[0-9]+(-[0-9]+)*$'
		['1,2019-02-03 04:05,,报修,3-1,,"x']='nothing closes this quotation mark (line 2, column 29)'
		['1,2019-02-03 04:05,,报修,3-1,,x"y']='a quotation mark inside a field that does not begin with one (line 2, column 30)'
		['1,2019-02-03 04:05,,报修,3-1,,x,y']='8 columns, not 7'
		['1,2019-02-03 04:05,,报修,3-1']='5 columns, not 7'
	)
	for line in "${!reasons[@]}"; do
		rows "$line" "2,2019-02-03 04:05,,报修,3-1,,fine"
		import --dry-run --rejects why old.csv
		status_is 1
		counts_are 2 1 0 1
		rejected_is 2 "${reasons[$line]}" why
	done
}

@test "bytes that are not UTF-8, and a NUL, reject their row alone" {
	start
	rows 1,'2019-02-03 04:05',,报修,3-1,,一 2,'2019-02-03 04:05',,报修,3-1,,$'\xe4\xb8' 3,'2019-02-03 04:05',,报修,3-1,,三三
	import old.csv
	status_is 1
	counts_are 3 2 0 1
	rejected_is 3 'column Text: not UTF-8'
	printf '{"Nr":%s,"Opened":"2019-02-03 04:05","Type":"报修","Room":"3-1","Phone":null,"Closed":null,"Text":"%s"}\n' 4 'a\u0000b' 5 ab >nul.ndjson
	import nul.ndjson
	status_is 1
	counts_are 2 1 0 1
	rejected_is 1 'column Text: holds a NUL' nul.ndjson.rejects.ndjson
}

@test "of rows with one key and other content only the first is taken" {
	start
	rows 1,'2019-02-03 04:05',,报修,3-1,,one 1,'2019-02-03 04:05',,报修,3-1,,two 1,'2019-02-03 04:05',,报修,3-1,,one
	import old.csv
	status_is 1
	counts_are 3 1 1 1
	rejected_is 3 'the key 1 is also in line 2, with other content'
	rows 1,'2019-02-03 04:05',,报修,3-1,,three
	import old.csv
	status_is 1
	counts_are 1 0 0 1
	rejected_is 2 'the key 1 was recorded before, as YL190203001, with other content'
	rows 1,'2019-02-03 04:05',,报修,3-1,,three 1,'2019-02-03 04:05',,报修,3-1,,one 1,'2019-02-03 04:05',,报修,3-1,,three
	import old.csv
	status_is 1
	counts_are 3 0 1 2
	output=$(jq -r '"\(.line): \(.reason)"' old.csv.rejects.ndjson)
	output_is '2: the key 1 was recorded before, as YL190203001, with other content
4: the key 1 was recorded before, as YL190203001, with other content'
	sed -i 's/old-desk/another-desk/' map.yaml
	import old.csv
	status_is 1
	counts_are 3 1 1 1
	rejected_is 3 'the key 1 is also in line 2, with other content'
}

@test "a row repeated after it was rejected is rejected too" {
	start
	rows 1,never,,报修,3-1,,one 1,never,,报修,3-1,,one 1,'2019-02-03 04:05',,报修,3-1,,one
	import old.csv
	status_is 1
	counts_are 3 0 0 3
	output=$(jq -r '"\(.line): \(.reason)"' old.csv.rejects.ndjson)
	output_is '2: at: "never" is not a time: it fits none of the formats of times
3: at: "never" is not a time: it fits none of the formats of times
4: the key 1 is also in line 2, with other content'
}

@test "rejected rows hold what was read" {
	start
	rows $'1,never,,报修,3-1,,"two\nlines, ""quoted"""'
	import old.csv
	status_is 1
	output=$(<old.csv.rejects.ndjson)
	output_is '{"line":2,"key":"1","reason":"at: \"never\" is not a time: it fits none of the formats of times","row":{"Nr":"1","Opened":"never","Closed":"","Type":"报修","Room":"3-1","Phone":"","Text":"two\nlines, \"quoted\""}}'
	rows 1,'2019-02-03 04:05',,报修,3-1,,one
	import old.csv
	status_is 0
	[[ -e old.csv.rejects.ndjson && ! -s old.csv.rejects.ndjson ]]
}

@test "a name no pack knows is rejected, with those that are known, unless the mapping lets it in" {
	start
	sed -i 's/kind: .*/kind: Type/' map.yaml
	rows 1,'2019-02-03 04:05',,parking-fee,3-1,,x
	import old.csv
	status_is 1
	[[ $(jq -r .reason old.csv.rejects.ndjson) == 'kind: "parking-fee" is not known (allowed: '*'complaint, repair, '*')' ]]
	echo 'unlisted: true' >>map.yaml
	import old.csv
	status_is 0
	counts_are 1 1 0 0
	rows 2,'2019-02-03 04:05',,Parking,3-1,,x
	import old.csv
	status_is 1
	rejected_is 2 'kind: "Parking" does not match the pattern ^[a-z][a-z0-9]*(-[a-z0-9]+)*$'
}

@test "a word that means nothing leaves the field out, whatever the default is for other words" {
	start
	sed -i '/^fields:/a \  channel: {column: Way, values: {电话: phone, 不详: ""}, default: desk}' map.yaml
	heading+=,Way
	rows '1,2019-02-03 04:05,,报修,3-1,,x,电话' '2,2019-02-03 04:06,,报修,3-1,,x,不详' '3,2019-02-03 04:07,,报修,3-1,,x,当面' '4,2019-02-03 04:08,,报修,3-1,,x,'
	import old.csv
	status_is 0
	output=$(grep -H ^channel ledger/tickets/2019/02/*.yaml | sed 's/.*190203//')
	output_is '001.yaml:channel: phone
003.yaml:channel: desk
004.yaml:channel: desk'
}

@test "what does not fit may be kept under other" {
	start
	sed -i 's/customer.phone: .*/customer.phone: {column: Phone, unfit: other}/; s/customer.unit: .*/customer.unit: {column: Room, unfit: other}/' map.yaml
	rows '1,2019-02-03 04:05,,报修,３栋  1201室,见备注 ,x'
	import old.csv
	status_is 0
	output=$(sed -n '/^kind/,$p' ledger/tickets/2019/02/YL190203001.yaml)
	output_is 'kind: repair
customer:
  unit: "3-1201"
state: open
text: x
other:
  Phone: "见备注 "
...'
}

@test "columns are kept, left out and named" {
	start
	echo 'other: [Remark]' >>map.yaml
	heading+=,Remark,Extra,
	rows '1,2019-02-03 04:05,,报修,3-1,,x,  kept ,lost,z'
	run --separate-stderr ledger-import -m map.yaml old.csv
	status_is 0
	errors_are 'ledger-import: old.csv: read as UTF-8
ledger-import: columns left out: Extra, column-10'
	grep -q '  Remark: "  kept "' ledger/tickets/2019/02/YL190203001.yaml
	sed -i 's/other: .*/other: rest/; s/old-desk/again/' map.yaml
	run --separate-stderr ledger-import -m map.yaml old.csv
	status_is 0
	errors_are 'ledger-import: old.csv: read as UTF-8'
	output=$(sed -n '/^other/,$p' ledger/tickets/2019/02/YL190203002.yaml)
	output_is 'other:
  Remark: "  kept "
  Extra: lost
  column-10: z
...'
}

@test "texts are kept verbatim, joined where asked" {
	start
	sed -i 's/text: .*/text: {columns: [Text, Room, Phone], join: " | "}/' map.yaml
	printf '{"Nr":1.50,"Opened":"\u3000 2019-02-03 04:05","Closed":null,"Type":" 报修 ","Room":"","Phone":"12345","Text":" \\t\\u3000a\\n\\n "}\n' >in.ndjson
	import in.ndjson
	status_is 0
	grep -q 'key: "1.50"' ledger/tickets/2019/02/YL190203001.yaml
	[[ $(/usr/bin/python3 -c 'import sys, yaml; print(ascii(yaml.safe_load(open(sys.argv[1]))["text"]))' ledger/tickets/2019/02/YL190203001.yaml) == "' \\t\\u3000a\\n\\n  | 12345'" ]]
}

@test "GB18030, a BOM, CRLF, tabs, UTF-16: the encoding is found out and said" {
	start
	rows '1,2019-02-03 04:05,,报修,3-1,,𠮷野家的灯坏了'
	# encoded AS NAME TEXT: what is recorded of it
	encoded() {
		run --separate-stderr ledger-import -m map.yaml "$1"
		status_is 0
		errors_are "ledger-import: $1: read as $2"
		counts_are 1 1 0 0
		grep -rq 'text: 𠮷野家的灯坏了$' ledger/tickets
		rm -r ledger/tickets
	}
	iconv -f UTF-8 -t GB18030 old.csv >gb.csv
	encoded gb.csv GB18030
	{ printf '\xef\xbb\xbf' && sed 's/$/\r/' old.csv; } >bom.csv
	encoded bom.csv UTF-8
	tr , '\t' <old.csv >tabs.tsv
	encoded tabs.tsv UTF-8
	{ printf '\xff\xfe' && iconv -f UTF-8 -t UTF-16LE old.csv; } >wide.csv
	encoded wide.csv UTF-16LE
	echo 'encoding: gb18030' >>map.yaml
	run --separate-stderr ledger-import -m map.yaml --encoding utf-8 old.csv
	status_is 0
	errors_are 'ledger-import: old.csv: read as UTF-8'
	run --separate-stderr ledger-import -q -m map.yaml --encoding klingon old.csv
	[[ $status == 2 || $status == 3 ]]
}

@test "CSV without a heading, with another delimiter, from standard input" {
	start
	printf 'columns: [Nr, Opened, Closed, Type, Room, Phone, Text]\ndelimiter: ";"\nformat: csv\n' >>map.yaml
	import - <<<'1;2019-02-03 04:05;;报修;3-1;;a,b'
	status_is 2
	errors_are 'ledger-import: say where rejected rows of stdin go: --rejects FILE'
	import --rejects why - <<<'1;2019-02-03 04:05;;报修;3-1;;a,b'
	status_is 0
	grep -q 'text: a,b$' ledger/tickets/2019/02/YL190203001.yaml
	[[ -e why && ! -s why ]]
}

@test "keys of several columns, formats tried in turn, a zone of their own" {
	start
	cat >map.yaml <<'END'
source: old-desk
key: [Day, Nr]
zone: America/New_York
times: ["%d.%m.%Y %H:%M", "%Y年%m月%d日 %p%I:%M", "%s"]
fields:
  at: Day
  kind: {value: complaint}
  category: {value: noise}
END
	printf '%s\n' Day,Nr '1.2.2019 9:05,1' '2019年2月1日 下午9:05,1' 1549036800,1 '10.3.2019 02:30,1' >old.csv
	import old.csv
	status_is 1
	counts_are 4 3 0 1
	rejected_is 5 'at: "10.3.2019 02:30" is not a time: the clocks skipped it'
	output=$(cat ledger/tickets/2019/02/*.yaml | grep '^at\|key\|department')
	output_is 'at: "2019-02-01T22:05:00+08:00"
  key: "1.2.2019 9:05/1"
department: security
at: "2019-02-02T10:05:00+08:00"
  key: "2019年2月1日 下午9:05/1"
department: security
at: "2019-02-02T00:00:00+08:00"
  key: "1549036800/1"
department: security'
}

@test "states are told from the times, or must agree with them" {
	start
	cat >map.yaml <<'END'
source: old-desk
key: Nr
times: ["%Y-%m-%d"]
fields:
  at: Opened
  finished-at: Finished
  closed-at: Closed
  state: {column: State, values: {done: closed, doing: open, worked: finished, unclear: ""}}
  kind: {value: repair}
END
	printf '%s\n' Nr,Opened,Finished,Closed,State 1,2019-01-01,,, 2,2019-01-01,2019-01-02,, 3,2019-01-01,2019-01-02,2019-01-02,unclear \
		4,2019-01-01,,,done 5,2019-01-01,,2019-01-03,doing 6,2019-01-01,2019-01-03,,doing 7,2019-01-01,2019-01-03,2019-01-02,done >old.csv
	import old.csv
	status_is 1
	counts_are 7 4 0 3
	output=$(cat ledger/tickets/2019/01/*.yaml | sed -n 's/^state: //p')
	output_is $'open\nfinished\nclosed\nclosed'
	rejected_is 6 'state: open, but closed-at says it was closed on 2019-01-03T00:00:00+08:00
7: state: open, but finished-at says it was finished on 2019-01-03T00:00:00+08:00
8: closed-at: 2019-01-02T00:00:00+08:00 is earlier than finished-at (2019-01-03T00:00:00+08:00)'
}

@test "nothing is owed unless the mapping asks; then what the policy says by the imported times" {
	start
	cat >map.yaml <<'END'
source: old-desk
key: Nr
times: ["%Y-%m-%d %H:%M"]
fields:
  at: Opened
  closed-at: Closed
  kind: {value: complaint}
  category: {value: noise}
  severity: {value: ordinary}
END
	printf '%s\n' Nr,Opened,Closed '1,2019-11-19 09:00,2019-11-20 10:00' '2,2019-11-19 09:00,' >old.csv
	import old.csv
	status_is 0
	run ! grep -rq 'callbacks\|due' ledger/tickets
	[[ -z $(callback-due --now '2019-11-25 09:00') ]]
	sed -i 's/old-desk/again/' map.yaml
	echo 'owes: [callbacks, deadlines]' >>map.yaml
	import old.csv
	status_is 0
	output=$(sed -n '/^callbacks/,$p' ledger/tickets/2019/11/YL191119003.yaml)
	output_is 'callbacks:
  - id: ordinary-complaint
    rule: ordinary-complaint
    clause: H2.A-2
    start: "2019-11-20T10:00:00+08:00"
    opens: "2019-11-20T10:00:00+08:00"
    at: "2019-11-23T23:59:59+08:00"
    rate: "1"
    who:
      - "head-of:security"
      - officer
...'
	run ! grep -q callbacks ledger/tickets/2019/11/YL191119004.yaml
	[[ $(callback-due --now '2019-11-22 09:00' --format tsv --no-header) == *YL191119003* ]]
}

@test "a mapping that is wrong is refused with its place and what is allowed" {
	start
	rows '1,2019-02-03 04:05,,报修,3-1,,x'
	# refused SED-SCRIPT MESSAGE: what is said of the mapping changed so
	refused() {
		mapping
		sed -i "$1" map.yaml
		run --separate-stderr ledger-import -q -m map.yaml old.csv
		status_is 4
		errors_are "ledger-import: $2"
	}
	refused 's/customer.phone/customer.fone/' 'map.yaml:9:3: fields."customer.fone": unknown field (allowed: at, kind, category, severity, charging, department, customer.unit, customer.name, customer.phone, customer.card, customer.address, channel, heard-at, agreed-at, finished-at, closed-at, state, result, text)'
	refused 's/^key/keys/' 'map.yaml:2:1: keys: unknown field (allowed: source, format, encoding, delimiter, columns, key, zone, times, fields, other, unlisted, owes)'
	refused 's/%M/%Q/' 'map.yaml:3:9: "%Y-%m-%d %H:%Q": what follows a % is one of YymbdHIpMSzsf%'
	refused 's/at: Opened/at: {column: Opened, values: {a: b}}/' 'map.yaml:5:24: fields.at.values: unknown field (allowed: column, required)'
	refused 's/text: Text/text: {columns: [Text], value: x}/' 'map.yaml:10:9: text: give exactly one of column, columns and value'
	refused 's/text: Text/text: {column: Text, join: x}/' 'map.yaml:10:30: text: join says nothing without columns: there is nothing to join'
	refused 's/text: Text/text: {value: x, default: z}/' 'map.yaml:10:29: text: default says nothing beside value, which is the same for every row'
	refused 's/text: Text/text: {value: x, unfit: other}/' 'map.yaml:10:27: text: unfit says nothing beside value, which is the same for every row'
	refused 's/text: Text/state: {column: Text, default: shut}/' 'map.yaml:10:34: state: "shut" is not one of open, finished, closed'
	refused '$a zone: Asia/Atlantis' 'map.yaml:11:7: there is no time zone Asia/Atlantis in /usr/share/zoneinfo'
	refused '$a delimiter: "x"' 'map.yaml:11:12: delimiter: "x" is not one of ,, ;, |, \t'
	refused '$a encoding: latin' 'map.yaml:11:11: encoding: "latin" is not one of utf-8, utf-16le, utf-16be, gb18030, gbk, gb2312, big5'
	refused '/at: Opened/d' 'map.yaml:5:3: fields.at: missing'
	refused 's/: {column/: [column/' 'map.yaml:7:59: did not find expected '\'','\'' or '\'']'\'' while parsing a flow sequence'
	mapping
	sed -i 's/repair/repairs/' map.yaml
	import old.csv
	status_is 4
	[[ $stderr == 'ledger-import: map.yaml:7:52: kind: "repairs" is not known (allowed: '*'complaint, repair, '*')' ]]
	[[ ! -e ledger/tickets ]]
}

@test "a file that does not fit its mapping is refused as a whole" {
	start
	rows '1,2019-02-03 04:05,,报修,3-1,,x'
	sed -i 's/Phone/phone/' old.csv
	import old.csv
	status_is 3
	errors_are 'ledger-import: map.yaml:9:19: old.csv has no column "Phone" (it has: Nr, Opened, Closed, Type, Room, phone, Text)'
	printf '{"Nr":"1"}\n' >old.ndjson
	import old.ndjson
	status_is 3
	: >empty.csv
	import empty.csv
	status_is 3
	sed 's/Opened/Nr/' old.csv >twice.csv
	import twice.csv
	status_is 3
	[[ $stderr == *'"Nr", appears twice' ]]
	cp old.csv old.xls
	import old.xls
	status_is 2
	import nowhere.csv
	status_is 5
	[[ ! -e ledger/tickets && -z $(ls ./*.rejects.ndjson 2>/dev/null) ]]
}

@test "rejected rows never go into the ledger, nor over what is read, and must have a place before anything is written" {
	start
	rows 1,never,,报修,3-1,,x 2,'2019-02-03 04:05',,报修,3-1,,x
	local before
	before=$(tree)
	import --rejects ledger/why old.csv
	status_is 2
	mkdir inside && ln -s ../ledger inside/link
	import --rejects inside/link/why old.csv
	status_is 2
	cp old.csv ledger/old.csv
	(cd ledger && run --separate-stderr ledger-import -q -m ../map.yaml old.csv && status_is 2)
	rm ledger/old.csv
	import --rejects ./old.csv old.csv
	status_is 2
	import --rejects map.yaml old.csv
	status_is 2
	import --rejects nowhere/why old.csv
	status_is 5
	import --rejects /dev/full old.csv
	status_is 5
	errors_are 'ledger-import: /dev/full: No space left on device'
	[[ $(tree) == "$before" && $(wc -l <old.csv) == 3 ]]
	import --rejects /dev/stderr old.csv
	status_is 1
	[[ $stderr == *'"line":2'* ]]
}

@test "a form that may hold a key and cannot be read stops the import" {
	start
	rows 1,'2019-02-03 04:05',,报修,3-1,,x
	import old.csv
	status_is 0
	head -c 100 ledger/tickets/2019/02/YL190203001.yaml >part
	cp part ledger/tickets/2019/02/YL190203001.yaml
	import old.csv
	status_is 4
	[[ $stderr == 'ledger-import: tickets/2019/02/YL190203001.yaml:'* ]]
	[[ $(tickets | wc -l) == 1 ]]
	# and so does what is no file at all
	rm ledger/tickets/2019/02/YL190203001.yaml
	mkdir -p ledger/tickets/2020/01
	ln -s "$PWD/part" ledger/tickets/2020/01/YL200101001.yaml
	import old.csv
	status_is 4
	[[ $stderr == 'ledger-import: tickets/2020/01/YL200101001.yaml: '* && ! -e ledger/tickets/2019/02/YL190203001.yaml ]]
}

@test "who imports must be known, and may be named" {
	start
	rows 1,'2019-02-03 04:05',,报修,3-1,,x
	import --by nobody-known old.csv
	status_is 3
	errors_are 'ledger-import: --by: nobody-known is not in staff.yaml'
	import
	status_is 2
	run --separate-stderr ledger-import old.csv
	status_is 2
	errors_are 'ledger-import: say what the columns mean: --mapping FILE'
}

@test "steps on an imported ticket are exempt from step rules" {
	start
	rows 1,'2019-02-03 04:05',,报修,3-1,,x
	import old.csv
	status_is 0
	run --separate-stderr ticket-close YL190203001 --result mended
	status_is 0
	output_is 'YL190203001#2'
}

@test "an answer nobody hears is status 6 once something is written" {
	start
	rows 1,'2019-02-03 04:05',,报修,3-1,,x
	status=0
	ledger-import -q -m map.yaml old.csv 2>said >/dev/full || status=$?
	[[ $status == 6 ]]
	[[ $(<said) == 'ledger-import: old.csv is recorded, but stdout cannot be written: No space left on device' ]]
	[[ $(tickets | wc -l) == 1 ]]
}

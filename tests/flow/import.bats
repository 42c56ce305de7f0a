#!/usr/bin/env bats
# Real files of other systems brought in: nothing lost, nothing twice, every text as it was, whatever happens on the way.
bats_require_minimum_version 1.5.0
load ../helper

setup_file() {
	export SHIM=$BATS_FILE_TMPDIR/shim.so
	${CC:-cc} -D_GNU_SOURCE -std=gnu17 -O1 -shared -fPIC -o "$SHIM" "$BATS_TEST_DIRNAME/../fault/shim.c" -ldl
	export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0
}

# begin FILE: a ledger in ./ledger, $KEFU_TEST_DATA/real/FILE and its mapping
begin() {
	file=$KEFU_TEST_DATA/real/$1
	[[ -e $file ]] || skip "no $file"
	map=$BATS_TEST_DIRNAME/${1%.*}.yaml
	(ledger resident-centre)
	export KEFU_LEDGER=$PWD/ledger
}

import() {
	run --separate-stderr ledger-import -q -m "$map" --rejects rejects "$@"
}

# counts READ RECORDED ALREADY REJECTED
counts_are() {
	output_is $'read\t'"$1"$'\nrecorded\t'"$2"$'\nalready\t'"$3"$'\nrejected\t'"$4"
}

# under NAME=VALUE...: the import of $file with the disk misbehaving
under() {
	env LD_PRELOAD="$SHIM" SHIM_ROOT="$PWD/ledger" SHIM_LOG=/dev/null "$@" ledger-import -q -m "$map" --rejects rejects "$file"
}

forms() {
	(cd ledger && { [[ ! -d tickets ]] || find tickets -type f ! -name '.*'; })
}

digest() {
	forms | sort | (cd ledger && xargs sha256sum)
}

has_no_temporaries() {
	[[ -z $(find ledger -name '.*.tmp') ]]
}

# Another reader of YAML, and of CSV and JSON, finds every row and every text.
reads_back() {
	local python=/usr/bin/python3
	"$python" -c 'import yaml' 2>/dev/null || skip 'no PyYAML'
	run "$python" "$BATS_TEST_DIRNAME/read-back.py" "$map" "$file" rejects ledger
	status_is 0
	output_is "$1"
}

@test "10,000 requests of San Francisco: 17 close before they open, the rest is in, every text as it was" {
	begin sf311.csv
	import "$file"
	status_is 1
	counts_are 10000 9983 0 17
	[[ $(jq -r .reason rejects | grep -c '^closed-at: .* is earlier than at (') == 17 ]]
	run --separate-stderr ledger-check -q
	status_is 0
	output_is ''
	reads_back '9983 recorded, 17 rejected, 0 wrong'
	digest >before
	import "$file"
	status_is 1
	counts_are 10000 0 9983 17
	diff before <(digest)
}

@test "495 petitions in Chinese: one key stands there twice with other content" {
	begin complaints-zh.ndjson
	import "$file"
	status_is 1
	counts_are 495 494 0 1
	output=$(jq -r '"\(.line) \(.key): \(.reason)"' rejects)
	output_is '311 37042: the key 37042 is also in line 99, with other content'
	run --separate-stderr ledger-check -q
	status_is 0
	output_is ''
	reads_back '494 recorded, 1 rejected, 0 wrong'
	import "$file"
	status_is 1
	counts_are 495 0 494 1
}

@test "the same petitions in GB18030 and as CSV are the same petitions" {
	begin complaints-zh.ndjson
	import "$file"
	counts_are 495 494 0 1
	iconv -f UTF-8 -t GB18030 "$file" >gb.ndjson
	run --separate-stderr ledger-import -m "$map" --rejects rejects gb.ndjson
	status_is 1
	errors_are 'ledger-import: gb.ndjson: read as GB18030
ledger-import: rejected rows: rejects'
	counts_are 495 0 494 1
	/usr/bin/python3 -c '
import csv, json, sys
rows = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
writer = csv.DictWriter(open(sys.argv[2], "w", encoding="utf-8-sig", newline=""), list(rows[0])[::-1])
writer.writeheader()
writer.writerows(rows)' "$file" zh.csv
	import zh.csv
	status_is 1
	counts_are 495 0 494 1
}

@test "killed at any moment and run again, an import is complete and nothing is in it twice" {
	begin complaints-zh.ndjson
	local moment left
	for moment in create:1 create:300 syncfs:1 rename:1 rename:251 rename:495 syncfs:2; do
		rm -rf ledger/tickets ledger/.kefu/mark* # whose first file takes the first rename
		run under SHIM_DIE="$moment"
		status_is 137
		left=$(forms | wc -l)
		[[ $moment != rename:251 || $left == 249 ]]
		import "$file"
		status_is 1
		counts_are 495 $((494 - left)) "$left" 1
		[[ $(forms | wc -l) == 494 && $(cd ledger && cat tickets/*/*/*.yaml | grep '^  key:' | sort | uniq -d) == '' ]]
		has_no_temporaries
		run --separate-stderr ledger-check -q
		status_is 0
	done
}

@test "a disk that fails before the last moment leaves nothing, after it says so, and the same import completes it" {
	begin complaints-zh.ndjson
	local ENOSPC=28 EIO=5 call
	for call in create:300:$ENOSPC write:200:$EIO syncfs:1:$EIO rename:1:$EIO; do
		run under SHIM_FAIL=$call
		status_is 5
		[[ -z $(forms) ]]
		has_no_temporaries
	done
	run under SHIM_FAIL=rename:100:$EIO
	status_is 6
	[[ $(forms | wc -l) == 99 ]]
	run under SHIM_FAIL=syncfs:2:$EIO
	status_is 6
	[[ $(forms | wc -l) == 494 ]]
	# what the disk had not confirmed, a retry asks for again
	run under SHIM_FAIL=syncfs:2:$EIO
	status_is 6
	import "$file"
	status_is 1
	counts_are 495 0 494 1
}

@test "naughty strings come back as they were" {
	begin complaints-zh.ndjson
	[[ -e $KEFU_TEST_DATA/naughty-strings/blns.json ]] || skip 'no naughty strings'
	cat >naughty.yaml <<'END'
source: naughty
key: id
fields: {at: at, kind: {value: complaint}, text: {column: text, required: false}, result: text}
other: [more]
END
	jq -c 'to_entries[] | {id: "n\(.key)", at: "2020-01-01T00:00:00+08:00", text: .value, more: .value}' \
		"$KEFU_TEST_DATA/naughty-strings/blns.json" >naughty.ndjson
	map=naughty.yaml
	import naughty.ndjson
	status_is 0
	/usr/bin/python3 - naughty.ndjson ledger/tickets/2020/01 <<'END'
import glob, json, sys, yaml
wanted = {row["id"]: row["text"] for row in map(json.loads, open(sys.argv[1], encoding="utf-8", newline="\n"))}
got = {}
for name in glob.glob(sys.argv[2] + "/*.yaml"):
    (form,) = yaml.safe_load_all(open(name, encoding="utf-8", newline=""))
    got[form["source"]["key"]] = form.get("text", "")
    assert form.get("other", {}).get("more", "") == form.get("result", "") == got[form["source"]["key"]]
assert got == wanted
END
	run --separate-stderr ledger-check -q
	status_is 0
}

@test "what an import owes, later steps meet, and closing does not ask for again" {
	(ledger service-rules)
	export KEFU_LEDGER=$PWD/ledger
	cat >map.yaml <<'END'
source: old-desk
key: key
times: ["%Y-%m-%d %H:%M"]
fields:
  at: opened
  agreed-at: agreed
  finished-at: finished
  closed-at: closed
  kind: kind
  category: category
  severity: {value: ordinary}
owes: [callbacks, deadlines]
END
	cat >old.csv <<'END'
key,opened,agreed,finished,closed,kind,category
1,2024-03-04 09:00,,,,repair,lamp
2,2024-03-04 09:00,2024-03-20 12:00,,,service,other-service
3,2024-03-04 09:00,,2024-03-05 09:00,,repair,lock
4,2024-03-04 09:00,,2024-03-05 09:00,2024-03-06 09:00,repair,other-repair
END
	run --separate-stderr ledger-import -q -m map.yaml old.csv
	status_is 0
	run --separate-stderr ledger-check -q
	status_is 0
	output_is ''
	cd ledger/tickets/2024/03
	grep -q 'rule: lamp-or-lock' YL240304001.yaml
	grep -q 'at: "2024-03-20T12:00:00+08:00"' YL240304002.yaml
	# what is done has its slip settled yet
	[[ $(sed -n 's/^ .*rule: //p' YL240304003.yaml | sort | xargs) == 'completion completion-reported slip-settled' ]]
	run ! grep -q '^due' YL240304004.yaml
	[[ $(grep -c 'rule: completion$' YL240304003.yaml) == 1 ]]
	ticket-close YL240304003 --result mended
	[[ $(grep -c 'rule: completion$' YL240304003.yaml) == 1 ]]
	run --separate-stderr ledger-check -q
	status_is 0
}

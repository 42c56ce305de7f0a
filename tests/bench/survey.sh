#!/bin/bash
# 66,690 answers to five questions: survey-tally against grep over the same files, and its memory against a tenth of them.
# Each figure is a ratio within this run; nothing here passes or fails.
set -eu
export PATH="${KEFU_BUILD:?}/bin:$KEFU_BUILD/tools:$PATH" KEFU_DATA=$PWD LC_ALL=C.UTF-8
answers=${KEFU_BENCH_ANSWERS:-66690}
work=$(mktemp -d "${TMPDIR:-/tmp}/kefu-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work"

median() { sort -n "$1" | awk '{v[NR]=$1} END {print NR % 2 ? v[(NR+1)/2] : (v[NR/2]+v[NR/2+1])/2}'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN {printf "%.2f", a / b}'; }
seconds() {
	local TIMEFORMAT=%R
	{ time "$@" >/dev/null 2>&1; } 2>&1
}

# make_survey FOLDER COUNT: that many households drawn, and all of them have answered
make_survey() {
	ledger-init -q "$1" --pack satisfaction --site YL --test --person keeper --now '2026-01-05 08:00'
	cd "$1"
	staff-log -q joined qianjin --name 钱进 --role estate-manager --now '2026-01-05 09:00' >/dev/null
	survey-plan -q planned s --now '2026-11-01 09:00' --questionnaire "$KEFU_DATA/examples/satisfaction/questionnaire.yaml" --title s -o half-yearly >/dev/null
	survey-plan -q approved s --now '2026-11-01 10:00' --by qianjin >/dev/null
	/usr/bin/python3 - "$2" <<'P'
import random, sys
random.seed(5)
units = ["%d-%d%02d" % (1 + i // 300, 1 + i // 10 % 30, 1 + i % 10) for i in range(int(sys.argv[1]))]
open("../units.txt", "w").write("\n".join(units) + "\n")
with open("../answers.csv", "w") as out:
    print("unit,customer-type,security,cleaning,greening,repairs,desk", file=out)
    for unit in units:
        print(unit, random.choice(["业主", "租户", "商户"]), *(random.choice("12344559") for _ in range(5)), sep=",", file=out)
P
	survey-draw -q s --now '2026-11-02 09:00' --units ../units.txt --rate 1 >/dev/null
	survey-plan -q issued s --now '2026-11-03 09:00' >/dev/null
	survey-log -q s --from ../answers.csv --now '2026-11-04 09:00' >/dev/null
	cd ..
}
echo "survey-log --from: $answers answers in $(seconds make_survey large "$answers") s, ledger, draw and all"
make_survey small $((answers / 10))

tally() { survey-tally -C "$1" s --now '2026-11-05 09:00' --format csv; }
count() { LC_ALL=C grep -rc '' large/surveys/s/answers; }
# peak FOLDER: MiB
peak() {
	/usr/bin/python3 - "$1" <<'P'
import resource, subprocess, sys
subprocess.run(["survey-tally", "-C", sys.argv[1], "s", "--now", "2026-11-05 09:00", "--format", "csv"], stdout=subprocess.DEVNULL)
print(round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, 1))
P
}
tally large >/dev/null
count >/dev/null
for _ in 1 2 3 4 5; do
	seconds count >>grep.times
	seconds tally large >>tally.times
done
echo "answers: $(find large/surveys/s/answers -type f | wc -l), $(du -sh --apparent-size large/surveys/s/answers | cut -f1); processors: $(nproc)"
echo "counted: $(tally large | /usr/bin/python3 -c 'import csv, sys; print(sum(int(r["rated"]) + int(r["unrated"]) for r in csv.DictReader(sys.stdin)))') grades"
echo "survey-tally: $(median tally.times) s; grep -rc: $(median grep.times) s; ratio $(ratio "$(median tally.times)" "$(median grep.times)") (aim 3)"
echo "survey-tally peak memory: $(peak large) MiB; of a tenth of the answers $(peak small) MiB"

#!/bin/bash
# Which clauses of the rulebook which packs state, and how many tests hold them: a table, then what is missing. Exit 1 when
# a clause that a pack states has no test. A test says whose it is at the beginning of its name: @test "[H2.C-5] …".
# Usage: tests/rules.sh [RULEBOOK], else $KEFU_TEST_DATA/../RULEBOOK.md
set -u
cd "$(dirname "$0")/.." || exit 2
rulebook=${1:-${KEFU_TEST_DATA:-../shared/data}/../RULEBOOK.md}
if [[ ! -r $rulebook ]]; then
	echo "the rulebook is not here: $rulebook"
	exit 77
fi
exec /usr/bin/python3 - "$rulebook" <<'P'
import collections, glob, os, re, sys, textwrap, yaml

def natural(clause):
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", clause)]

def as_list(value):
    return value if isinstance(value, list) else [value]

clauses = sorted(set(re.findall(r"\bH\d(?:\.[A-Z0-9]+)?-\d+", open(sys.argv[1]).read())), key=natural)
stated = collections.defaultdict(dict)  # clause: pack: names
for path in sorted(glob.glob("examples/*/policy.yaml")):
    pack = yaml.safe_load(open(path))
    for entries in pack.values():
        for entry in entries if isinstance(entries, list) else []:
            if not isinstance(entry, dict) or "clause" not in entry:
                continue
            name = "+".join(as_list(next(iter(entry.values()))))
            for clause in as_list(entry["clause"]) + as_list(entry.get("unsatisfied-clause", [])):
                names = stated[clause].setdefault(os.path.basename(os.path.dirname(path)), [])
                if name not in names:
                    names.append(name)
tests = collections.Counter()
for path in glob.glob("tests/*/*.bats"):
    for names in re.findall(r'^@test "((?:\[[^]]+\])+)', open(path).read(), re.M):
        tests.update(re.findall(r"\[([^]]+)\]", names))

def show(title, names):
    print(textwrap.fill("%s: %s" % (title, " ".join(names) or "none"), 120, subsequent_indent="  ", break_on_hyphens=False))

print("%-8s %5s  %s" % ("clause", "tests", "stated by"))
for clause in clauses:
    if stated[clause] or tests[clause]:
        print("%-8s %5d  %s" % (clause, tests[clause],
              "; ".join("%s: %s" % (pack, ", ".join(names)) for pack, names in stated[clause].items())))
untested = [clause for clause in clauses if stated[clause] and not tests[clause]]
show("no pack states", [clause for clause in clauses if not stated[clause]])
show("tested, but in no rulebook", sorted(clause for clause in tests if re.match(r"H\d", clause) and clause not in clauses))
show("stated, but in no rulebook", sorted(clause for clause in stated if re.match(r"H\d", clause) and stated[clause] and clause not in clauses))
show("stated without a test", untested)
sys.exit(1 if untested else 0)
P

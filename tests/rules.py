#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Which clauses of the rulebook which pack states, and which tests hold them: a table, then what is missing.

A test says whose it is at the beginning of its name: @test "[H2.C-5] …".
Usage: tests/rules.py [RULEBOOK], else $KEFU_TEST_DATA/../RULEBOOK.md. Without one the clauses beyond those required are not shown.
Ends with 1 when a clause that is required has no test or no entry, or one that a pack states has no test."""
import collections
import os
import pathlib
import re
import sys
import textwrap

import yaml

root = pathlib.Path(__file__).resolve().parents[1]

# What has to be kept: the clauses of a part by their numbers.
REQUIRED = {
    "H0.D": range(1, 9), "H0.E": range(1, 4), "H0.F": range(1, 3), "H0.I": range(1, 6),
    "H1": (1, 4),
    "H2.A": range(1, 13), "H2.B": range(1, 4), "H2.C": range(1, 10),
    "H3.1": range(1, 7), "H3.4": range(1, 27), "H3.5": range(1, 11), "H3.8": (7, 8), "H3.11": range(1, 5),
    "H3.14": range(2, 5),
}
# Kept, though no entry of a pack says so.
NO_ENTRY = {
    "H0.D-1": "the ledger itself numbers its forms",
    "H2.C-8": "every reader takes the latest telephone a form holds",
    "H3.4-22": "no entry asks who found it",
}


def natural(clause):
    """For sorting: numbers as numbers."""
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", clause)]


def as_list(value):
    return value if isinstance(value, list) else [value]


def packs():
    """The policy files of the packs, by name."""
    return {path.parent.name: path for path in sorted(root.glob("examples/*/policy.yaml"))}


def named_tests():
    """Of each test that names clauses: its file, its name, the clauses, its title without them, and what it does."""
    for path in sorted(root.glob("tests/*/*.bats")):
        for test in re.finditer(r'^@test "(((?:\[[^]]+\] ?)+)([^\n]*))" \{$(.*?)^\}$', path.read_text("utf-8"), re.M | re.S):
            yield path, test[1], re.findall(r"\[([^]]+)\]", test[2]), test[3], test[4]


def entries():
    """Of each entry that states clauses: its pack, the clauses, and its name."""
    for pack, path in packs().items():
        for part in yaml.safe_load(path.read_text("utf-8")).values():
            for entry in part if isinstance(part, list) else []:
                if isinstance(entry, dict) and "clause" in entry:
                    yield pack, as_list(entry["clause"]) + as_list(entry.get("unsatisfied-clause", [])), \
                        "+".join(as_list(next(iter(entry.values()))))


def main():
    rulebook = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else \
        pathlib.Path(os.environ.get("KEFU_TEST_DATA", root.parent / "shared/data")) / "../RULEBOOK.md"
    required = [f"{part}-{number}" for part, numbers in REQUIRED.items() for number in numbers]
    stated = collections.defaultdict(lambda: collections.defaultdict(dict))  # clause: pack: names
    for pack, clauses, name in entries():
        for clause in clauses:
            stated[clause][pack][name] = True
    tests = collections.defaultdict(list)
    for path, _, clauses, title, _ in named_tests():
        for clause in clauses:
            tests[clause].append(f"{path.name}: {title}")

    for clause in sorted({*stated, *tests}, key=natural):
        print(clause)
        for pack, names in stated[clause].items():
            print(textwrap.fill(f"{pack} says: {', '.join(names)}", 120, initial_indent="  ", subsequent_indent="    "))
        if clause in NO_ENTRY:
            print(f"  no pack says it: {NO_ENTRY[clause]}")
        for test in tests[clause]:
            print(f"  {test}")

    def show(title, clauses):
        clauses = sorted(clauses, key=natural)
        print(textwrap.fill(f"{title}: {' '.join(clauses) or 'none'}", 120, subsequent_indent="  ", break_on_hyphens=False))
        return bool(clauses)

    stated = {clause for clause in stated if stated[clause]}
    tests = {clause for clause in tests if tests[clause]}
    if rulebook.is_file():
        known = set(re.findall(r"\bH\d(?:\.[A-Z0-9]+)?-\d+", rulebook.read_text("utf-8")))
        show("neither required nor kept", known - {*required} - stated - tests)
        show("in no rulebook", {clause for clause in stated | tests if re.match(r"H\d", clause)} - known)
    else:
        print(f"the rulebook is not here: {rulebook}")
    missing = [show("stated without a test", stated - tests - {"ours"}),
               show("required, but no pack states it", {*required} - stated - {*NO_ENTRY}),
               show("required, but no test names it", {*required} - tests)]
    return int(any(missing))


if __name__ == "__main__":
    sys.exit(main())

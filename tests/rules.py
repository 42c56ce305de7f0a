#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Which duties of the rulebook are held: what states each, which tests name it, or what it waits for; then how many, and
what is wrong.

tests/duties has them all. A duty is held when an entry of a pack states it, by the duty's own id or by that of its whole
clause, and a test names it: @test "[H2.C-5b H2.C-5c] …". A clause named without a letter proves none of its duties, but
tells rules-slow that the test is about it. What is not held stands in tests/waiting, from which lines are only taken away.

Usage: tests/rules.py [RULEBOOK], else $KEFU_TEST_DATA/../RULEBOOK.md: where it is, ids and tags have to be its own.
Ends with 1 when a duty is neither held nor waits, or anything else is wrong."""
import collections
import os
import pathlib
import re
import subprocess
import sys
import textwrap

import yaml

root = pathlib.Path(__file__).resolve().parents[1]

TAGS = ("refuse", "due", "told", "list", "figure", "proposal", "record", "draw", "paper")
# What a duty of tests/waiting may wait for.
REASONS = {
    "test": "a pack states it, but no test shows it as its tag demands",
    "pack": "packs could say it by now, and none does",
    "language": "packs cannot say it yet",
    "other-packs": "a pack that is not looked through yet, or not there",
    "registers": "registers",
    "reports": "reports",
    "export": "exports",
    "archive": "the archive",
}
# Held, though no entry of a pack states it: what does it instead.
NO_ENTRY = {
    "H2.A-11a": "each callback of H2.A and H2.C says which manners count, under the clause that owes it",
    "H2.A-11f": "callback-log: each callback is a document of its ticket, with all fields of the sheet",
    "H2.C-7c": "H2.A-11 asks each callback for a signature",
    "H2.C-8b": "callback-due, ticket-list: they take the latest telephone that a form holds",
    "H3.4-22a": "ticket-open: a ticket found on patrol is one like all others",
    "H3.4-31": "ticket-open: what comes by the complaint telephone has that channel",
}
ID = r"H\d(?:\.[A-Z0-9]+)?-\d+[a-z]?"

Duty = collections.namedtuple("Duty", "tag mark words")


def natural(clause):
    """For sorting: numbers as numbers."""
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", clause)]


def as_list(value):
    return value if isinstance(value, list) else [value]


def whole(clause):
    """The clause that a duty is part of: H2.C-5 of H2.C-5b."""
    return re.sub(r"(?<=\d)[a-z]$", "", clause)


def meet(one, other):
    """Whether two clauses are one, or one is part of the other."""
    return one == other or whole(one) == other or one == whole(other)


def lines(text):
    """The lines of a list that are no remarks."""
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def duties():
    """Every duty, by its id."""
    found = {}
    for line in lines((root / "tests/duties").read_text("utf-8")):
        match = re.fullmatch(rf"({ID}) \[({'|'.join(TAGS)})\](?: \((new|corrected)\))?(?: (.+))?", line)
        if not match or match[1] in found:
            sys.exit(f"tests/duties: no duty, or there twice: {line}")
        found[match[1]] = Duty(match[2], match[3] or "", match[4] or "")
    return found


def waits(text):
    """What each duty of such a list waits for, by its id."""
    found = {}
    for line in lines(text):
        match = re.fullmatch(rf"({ID}) (({'|'.join(REASONS)})(?:: .+)?)", line)
        if not match or match[1] in found:
            sys.exit(f"tests/waiting: no duty with what it waits for, or there twice: {line}")
        found[match[1]] = match[2]
    return found


def added(waiting):
    """What waits and did not in every earlier version of the list; nothing where there is no history."""
    def git(*arguments):
        return subprocess.run(["git", "-C", root, *arguments], capture_output=True, text=True, check=False).stdout
    new = set()
    for commit in git("log", "--format=%H", "--", "tests/waiting").split():
        new |= waiting.keys() - waits(git("show", f"{commit}:tests/waiting")).keys()
    return new


def packs():
    """The policy files of the packs, by name."""
    return {path.parent.name: path for path in sorted(root.glob("examples/*/policy.yaml"))}


def named_tests():
    """Of each test that names clauses: its file, its name, the clauses, its title without them, and what it does."""
    for path in sorted(root.glob("tests/*/*.bats")):
        for test in re.finditer(r'^@test "(((?:\[[^]]+\] ?)+)([^\n]*))" \{$(.*?)^\}$', path.read_text("utf-8"), re.M | re.S):
            yield path, test[1], re.findall(r"[^][ ]+", test[2]), test[3], test[4]


def entries():
    """Of each entry that states clauses: its pack, the clauses, and its name."""
    for pack, path in packs().items():
        for part in yaml.safe_load(path.read_text("utf-8")).values():
            for entry in part if isinstance(part, list) else []:
                if isinstance(entry, dict) and "clause" in entry:
                    yield pack, as_list(entry["clause"]) + as_list(entry.get("unsatisfied-clause", [])), \
                        "+".join(as_list(next(iter(entry.values()))))


def rulebook_differs(path, known):
    """The duties of which the rulebook says otherwise."""
    said = {}
    for line in path.read_text("utf-8").splitlines():
        if match := re.fullmatch(rf"- ({ID}) (.*) \[(\w+)\]", line):
            mark = next((mark for mark in ("new", "corrected") if f"({mark})" in match[2]), "")
            said[match[1]] = match[3], mark
    return {duty for duty in said.keys() | known.keys() if duty not in known or said.get(duty) != known[duty][:2]}


def show(title, clauses):
    """Lists what is wrong; whether anything is."""
    clauses = sorted(clauses, key=natural)
    print(textwrap.fill(f"{title}: {' '.join(clauses) or 'none'}", 120, subsequent_indent="  ", break_on_hyphens=False))
    return bool(clauses)


def count(title, names, rows):
    """A table: of each name how many are held, wait, are on paper, are open."""
    columns = ("held", "waits", "paper", "open")
    print("\n" + f"{title:<12}" + "".join(f"{column:>8}" for column in ("duties", *columns)))
    for name in [*sorted(names, key=natural), "all"]:
        found = collections.Counter(state for state, *of in rows if name in (*of, "all"))
        print(f"{name:<12}" + "".join(f"{number:>8}" for number in (found.total(), *(found[column] for column in columns))))


class Book:
    """The duties with what states, names and keeps them waiting."""

    def __init__(self):
        self.duties = duties()
        self.waiting = waits((root / "tests/waiting").read_text("utf-8"))
        self.stated = collections.defaultdict(lambda: collections.defaultdict(dict))  # clause: pack: names
        self.tests = collections.defaultdict(list)
        for pack, clauses, name in entries():
            for clause in clauses:
                self.stated[clause][pack][name] = True
        for path, _, clauses, title, _ in named_tests():
            for clause in dict.fromkeys(clauses):
                self.tests[clause].append(f"{path.name}: {title}")

    def states(self, duty):
        """What states it: names of entries by pack."""
        found = collections.defaultdict(dict)
        for clause in dict.fromkeys((whole(duty), duty)):
            for pack, names in self.stated.get(clause, {}).items():
                found[pack].update(names)
        return found

    def state(self, duty):
        if self.duties[duty].tag == "paper":
            return "paper"
        if duty in self.waiting:
            return "waits"
        return "held" if (duty in NO_ENTRY or self.states(duty)) and self.tests.get(duty) else "open"

    def claimed(self, duty):
        """Whether a test names it by a letter, so that it must not wait."""
        return duty != whole(duty) and duty in self.tests

    def others(self):
        """Clauses that are no duties: those of other books, and whole ones whose duties have letters."""
        return {*self.stated, *self.tests} - self.duties.keys()


def main():
    book = Book()
    for clause in sorted({*book.duties, *book.others()}, key=natural):
        duty = book.duties.get(clause)
        if not duty:
            print(clause)
        else:
            state = book.state(clause)
            state += f" for {book.waiting[clause]}" if state == "waits" else ""
            print(f"{clause} [{duty.tag}]{duty.mark and f' ({duty.mark})'} {state}{duty.words and f': {duty.words}'}")
        if not duty or book.state(clause) in ("held", "open"):
            for pack, names in (book.states(clause) if duty else book.stated.get(clause, {})).items():
                print(textwrap.fill(f"{pack} says: {', '.join(names)}", 120, initial_indent="  ", subsequent_indent="    "))
            if clause in NO_ENTRY:
                print(f"  no pack says it: {NO_ENTRY[clause]}")
        for test in book.tests.get(clause, []):
            print(f"  {test}")

    rows = [(book.state(duty), duty.rsplit("-", 1)[0], of.tag, *(book.waiting.get(duty, "").split(":")[:1]))
            for duty, of in book.duties.items()]
    count("part", {row[1] for row in rows}, rows)
    count("tag", TAGS, rows)
    print("\nwaits for")
    for reason, meaning in REASONS.items():
        print(f"{reason:<12}{sum(row[-1] == reason for row in rows):>8}  {meaning}")
    print()

    rulebook = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else \
        pathlib.Path(os.environ.get("KEFU_TEST_DATA", root.parent / "shared/data")) / "../RULEBOOK.md"
    clauses = {whole(duty) for duty in book.duties} | book.duties.keys()
    named = {clause for clause in {*book.stated, *book.tests} if re.match(r"H\d", clause)}
    wrong = [
        show("open", {duty for duty in book.duties if book.state(duty) == "open"}),
        show("named by a test, but in the list of what waits", {duty for duty in book.waiting if book.claimed(duty)}),
        show("waits, but is no duty or only on paper", {duty for duty in book.waiting if book.duties.get(duty, Duty("paper", "", "")).tag == "paper"}),
        show("waits anew, though that list only shrinks", added(book.waiting)),
        show("on paper without a reason", {duty for duty, of in book.duties.items() if of.tag == "paper" and not of.words}),
        show("named by a pack or test, but in no rulebook", named - clauses),
        show("stated without a test", {clause for clause in book.stated if clause != "ours"
                                      and not any(meet(clause, test) for test in book.tests)}),
    ]
    if rulebook.is_file():
        wrong.append(show("not as the rulebook has it", rulebook_differs(rulebook, book.duties)))
    else:
        print(f"the rulebook is not here: {rulebook}")
    return int(any(wrong))


if __name__ == "__main__":
    sys.exit(main())

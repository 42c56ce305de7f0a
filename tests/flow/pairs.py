#!/usr/bin/env python3
"""Whether packs can be taken together: pairs.py ROOT FOLDER [--whole|--week] PACK...

For each two of the packs, in both orders, it founds a ledger. In one of them somebody who has every role of both opens a
ticket, takes the steps that refusals ask for, and closes it: a complaint and a repair where the two have such kinds,
or, with --whole, a ticket of each kind that either has. It knows which field takes what, and nothing of the packs'
order of steps: that it learns from what is refused. A ticket that cannot be closed is said with what was refused last;
so is whatever ledger-check says. With --week, all the packs are in one ledger, and a week passes there: each day is planned,
a complaint and a repair come in, and whatever callback is due is made. It decides no rule by itself."""

import itertools
import re
import subprocess
import sys

import yaml

DAYS = [f"2026-11-{day}" for day in range(16, 23)]  # Monday to Sunday
PROSE = "已经查明并处理完毕"
# What a field takes. A list is given item by item.
FIELDS = {
    "agreed-at": "{day} 23:00", "answer-by": "{day} 23:00", "promised": "{day} 23:00", "agreement-ends": "2027-11-20",
    "valid": "true", "agrees": "true", "explained": "true", "materials": ["无:0"], "price": "80.00", "charge": "80.00", "labour": "80.00", "material": "0.00",
    "hours": "0.5", "start": "08:31", "end": "08:32", "department": "{department}", "phone-seen": "13900010001", "receipt": "SJ-{number}", "requisition": "L-{number}", "manner": "written", "channel": "desk",
    "customer.name": "王女士", "customer.phone": "13900010001", "customer.unit": "3-1201", "customer.branch": "香洲分局", "signature": "王女士",
    "answer": "satisfied", "first-asked": "lihua", "workers": ["lihua"], "to": "gaoxia", "checked-by": "gaoxia", "approved-by": "gaoxia", "charging": "free", "links": "{first}",
}
PEOPLE = ("lihua", "gaoxia", "meizhen")
TEXTS = {"complaint": "投诉：楼道太吵，没人管", "repair": "客厅的灯坏了，请维修"}


def names(value):
    return [] if value is None else value if isinstance(value, list) else [value]


class Pair:
    def __init__(self, root, folder, packs):
        self.folder, self.packs = folder, packs
        self.rules = [yaml.safe_load((open(f"{root}/examples/{pack}/policy.yaml", encoding="utf-8"))) for pack in packs]
        self.day, self.minute, self.count, self.of, self.first = "2026-11-20", 8 * 60 + 30, 0, "service", None

    def entries(self, key):
        return [entry for pack in self.rules for entry in pack.get(key, [])]

    def run(self, command, *words, step=True):
        self.minute += step
        now = f"{self.day} {self.minute // 60:02}:{self.minute % 60:02}"
        return subprocess.run([command, "-C", self.folder, "-q", "--now", now, *words], capture_output=True, text=True, check=False)

    def found(self, dry=False):
        made = subprocess.run(["ledger-init", "-q", *["--dry-run"] * dry, self.folder, "--site", "YL", "--person", "keeper", "--test", "--now", "2026-01-05 08:00",
                               *(f"--pack={pack}" for pack in self.packs)], capture_output=True, text=True, check=False)
        return made.stderr if made.returncode else ""

    def staff(self):
        """lihua does everything, the others sign for it; all head the department of whatever is at hand."""
        roles = [f"--role={entry['role']}" for entry in {entry["role"]: entry for entry in self.entries("roles")}.values()]
        courses = {name for entry in self.entries("appointments") for name in names(entry.get("courses"))}
        at = ["-C", self.folder, "-q", "--now", "2026-01-05 08:00"]
        for person in PEOPLE:
            commands = [["staff-log", *at, "joined", person, f"--name={person}"]]
            commands += [["personnel-log", *at, person, "trained", f"--course={course}", "--passed=yes"] for course in sorted(courses)]
            for command in commands + [["staff-log", *at, "changed", person, *roles]]:
                subprocess.run(command, capture_output=True, check=True)

    def department(self, ticket):
        """Whoever does everything heads the ticket's department."""
        self.of = ticket.get("department", self.of)
        for person in PEOPLE:
            self.run("staff-log", "changed", person, f"--department={self.of}")

    def value(self, field):
        value = FIELDS.get(field, "5" if field.startswith("grades.") else PROSE)
        return [f"--set={field}={one.format(number=self.count, department=self.of, first=self.first, day=self.day)}" for one in names(value)]

    def asked_by(self, clause_text):
        """What a rule that refuses always wants, by its condition: steps, fields of the document, or facts."""
        for pack in self.rules:
            for rule in pack.get("steps", []):
                said = rule.get("refuse", "")
                if said and clause_text.startswith((said if isinstance(said, str) else said["en"]) + " ["):
                    return [pack.get("match", {}).get(name, {}) for name in names(rule.get("unless"))]
        return []

    def required(self, condition, path=()):
        """The first names that the condition requires, with what they stand in."""
        for name in condition.get("required", []):
            inner = condition.get("properties", {}).get(name)
            if inner is None or not isinstance(inner, dict) or not ({"properties", "required", "anyOf"} & inner.keys()):
                const = inner.get("const", names(inner.get("enum"))[:1]) if isinstance(inner, dict) else None
                yield (*path, name), names(const)
        for name, inner in condition.get("properties", {}).items():
            if isinstance(inner, dict):
                yield from self.required(inner, (*path, name))
        for choice in condition.get("anyOf", [])[:1]:
            yield from self.required(choice, path)

    def wanted(self, condition):
        """What the condition requires, where steps and fields of the document can meet it; else nothing."""
        asked = list(self.required(condition))
        return asked if all(path[0] == "document" or (path[0] == "steps" and len(path) == 2) for path, _ in asked) else []

    def linked(self, condition):
        """The form that the condition wants linked, if it wants one of a kind."""
        asked = condition.get("properties", {}).get("linked", {}).get("contains", {})
        return asked if "const" in asked.get("properties", {}).get("kind", {}) else None

    def take(self, number, step, depth=0):
        """Takes STEP, and before it what it turns out to need; what was refused last, or None."""
        fields, tried = {}, set()
        while True:
            words = [word for name, values in fields.items() for word in (values or self.value(name))]
            head = ["ticket-assign", number, "lihua"] if step == "assigned" else ["ticket-log", number, step]
            said = self.run(*head, "--by=lihua", *words)
            if said.returncode == 0:
                return self.sign(number)
            refused = said.stderr.strip()
            if depth > 12 or refused in tried:
                return f"{step}: {refused}"
            tried.add(refused)
            text = refused.split(": ", 2)[-1]
            if found := re.search(r"needs the fields? ([a-z.,\- ]+?)(?: \[|$)|: ([a-z.-]+): missing$", refused):
                fields.update({name: None for name in (found[1] or found[2]).split(", ")})
            elif found := re.search(r"needs ([^;]+) first, which (?:is|are) not recorded", refused):
                for name in re.sub(r" \([^)]*\)", "", found[1]).split(", "):
                    if wrong := self.take(number, name, depth + 1):
                        return wrong
            elif found := re.search(r"name in to|names nobody|goes to", refused):
                fields["to"] = None
            elif asked := next(filter(None, map(self.wanted, self.asked_by(text))), None):
                for (where, *path), values in asked:
                    name = ".".join(path)
                    if where == "document":
                        fields[name] = [f"--set={name}={value}" for value in values] or None
                    elif wrong := self.take(number, name, depth + 1):
                        return wrong
            elif asked := next(filter(None, map(self.linked, self.asked_by(text))), None):
                other, wrong = self.open(asked["properties"]["kind"]["const"])
                for name in asked["properties"].get("steps", {}).get("required", []):
                    wrong = wrong or self.take(other, name, depth + 1)
                if wrong:
                    return wrong
                fields["links"] = [f"--set=links={other}"]
            else:
                return f"{step}: {refused}"

    def sign(self, number):
        """Whatever awaits a signature is signed by the other one."""
        due = self.run("ticket-due", "--format=csv", "--no-header", step=False).stdout
        for seq in dict.fromkeys(re.findall(rf"^sign,[^,]*,{number},[a-z-]+#(\d+)", due, re.M)):
            said = [self.run("ticket-log", number, "signed", f"--of={seq}", f"--by={person}") for person in PEOPLE[1:]]
            if all(one.returncode for one in said):
                return f"signed: {said[0].stderr.strip()}"
        return None

    def play(self, kind):
        """Opens a ticket of KIND and closes it; what went wrong, or None."""
        number, wrong = self.open(kind)
        return wrong or self.take(number, "closed")

    def open(self, kind):
        """Opens a ticket of KIND: its number, and what went wrong, or None."""
        self.count += 1
        fields, tried = {"charging": ["--set=charging=free"]} if kind == "repair" else {}, set()
        while True:
            words = [word for name, values in fields.items() for word in (values or self.value(name))]
            said = self.run("ticket-open", "--by=lihua", f"--kind={kind}", "--set=customer.unit=3-1201", f"-t={TEXTS.get(kind, '业主来电')}", *words)
            if said.returncode == 0:
                break
            refused = said.stderr.strip()
            found = re.search(r"needs the fields? ([a-z.,\- ]+?)(?: \[|$)", refused)
            if not found or refused in tried:
                return None, f"opened: {refused}"
            tried.add(refused)
            fields.update({name: None for name in found[1].split(", ")})
        number = said.stdout.strip()
        self.first = self.first or number
        with open(f"{self.folder}/tickets/2026/11/{number}.yaml", encoding="utf-8") as file:
            self.department(next(yaml.safe_load_all(file)))
        return number, None

    def answer(self, number):
        """Makes the callbacks that are due about a ticket."""
        fields, tried = {}, set()
        while True:
            words = [word for name, values in fields.items() for word in (values or self.value(name))]
            said = self.run("callback-log", number, "--by=lihua", "--manner=visit", "--answer=satisfied", *words)
            refused = said.stderr.strip()
            if said.returncode == 0:
                return None
            found = re.search(r"needs the fields? ([a-z.,\- ]+?)(?: \[|$)", refused)
            if not found or refused in tried:
                return f"callback: {refused}"
            tried.add(refused)
            fields.update({name: None for name in found[1].split(", ")})

    def week(self):
        """What went wrong in a week, each with its day."""
        for self.day in DAYS:
            self.minute = 8 * 60 + 30
            problems = [self.run("callback-plan").stderr]
            problems += [self.play(kind) for kind in ("complaint", "repair")]
            self.minute += 60
            due = self.run("callback-due", "--format=csv", "--no-header", step=False).stdout
            problems += [self.answer(number) for number in sorted(set(re.findall(r"\bYL\d{9}\b", due)))]
            problems.append(self.check())
            yield from (f"{self.day}: {problem}" for problem in problems if problem)
        tickets = self.run("ticket-list", "--state=closed", "--format=csv", "--no-header", step=False).stdout.count("\n")
        if tickets < 2 * len(DAYS):
            yield f"only {tickets} tickets were closed"

    def check(self):
        said = self.run("ledger-check", "--format=tsv", "--no-header", step=False)
        return said.stdout.strip()


def main():
    root, folder, *rest = sys.argv[1:]
    whole = "--whole" in rest
    packs = [pack for pack in rest if pack[0] != "-"]
    wrong = 0
    if "--week" in rest:
        all_of_them = Pair(root, f"{folder}/week", packs)
        print(all_of_them.found(), end="")
        all_of_them.staff()
        for problem in all_of_them.week():
            print(problem)
            wrong += 1
        return wrong > 0
    for two in itertools.permutations(packs, 2):
        pair = Pair(root, f"{folder}/{'+'.join(two)}", two)
        played = whole or two[0] < two[1]
        problems = [pair.found(dry=not played)]
        if played and not problems[0]:
            pair.staff()
            kinds = list(dict.fromkeys(entry["kind"] for entry in pair.entries("kinds")))
            kinds = [kind for kind in (kinds if whole else ("complaint", "repair")) if kind in kinds and kind != "routine"]
            problems += [pair.play(kind) for kind in kinds]
            problems.append(pair.check())
        for problem in filter(None, problems):
            print(f"{'+'.join(two)}: {problem.strip()}")
            wrong += 1
    return wrong > 0


if __name__ == "__main__":
    sys.exit(main())

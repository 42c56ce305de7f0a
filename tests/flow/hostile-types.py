#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Puts a value of every type at every place of a ledger's files and runs all commands over it.

Usage: tests/flow/hostile-types.py LEDGER...; the ledgers are read, and what is changed is a copy. Every command has to end
with a status of its own (kefu(7)), to say so where it fails, and to print UTF-8. Tickets and customers' files are changed in
copies under numbers of their own, all in one ledger; of other files a few are changed at a time, always the same.
KEFU_LONG=1: every place with every value by itself; HOSTILE=REGEX: only places whose name it fits. What goes wrong is
printed with the place, the value and the command, and the status is then 1."""
import collections
import concurrent.futures
import copy
import glob
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

import yaml

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
long = "KEFU_LONG" in os.environ
NOW = ["--now", "2026-12-30 12:00"]
# A value of each type; an empty text, and one that holds NUL; lists and maps with another type inside; none at all.
VALUES = ["null", "true", "7", '"x"', '"a\\0b"', "[]", '["x"]', '[{"x": "y"}]', '{"x": "y"}', None]
if long:
    VALUES += ["-0.5", '""', "[7]", '[["x"]]', "{}", '{"x": ["y"]}', "9223372036854775807", "-9223372036854775808", '"2199-12-31T23:59:59+08:00"']



def commands():
    """The lines of hostile-commands by the section they are in."""
    sections = {}
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "hostile-commands"), encoding="utf-8") as lines:
        for line in map(str.strip, lines):
            if line.startswith("["):
                sections[line[1:-1]] = section = []
            elif line and not line.startswith("#"):
                section.append(line)
    return sections


FAMILIES = commands()
WHOLE = FAMILIES.pop("all")

def family(path):
    return path.split("/")[0]


class Ledger:
    """Its files as PyYAML's nodes, which keep 0.30 and "7" apart from 0.3 and 7."""

    def __init__(self, folder):
        self.folder = os.path.abspath(folder)
        self.files = {}
        for path in sorted(glob.glob("**/*.yaml", root_dir=folder, recursive=True)):
            # packs are checked by their schema: enough by themselves, too many for every day
            if family(path) != "schemas" and (long or family(path) != "policy"):
                with open(os.path.join(folder, path), encoding="utf-8") as text:
                    self.files[path] = list(yaml.compose_all(text, Loader))


def written(node):
    """In flow style."""
    if isinstance(node, str):
        return node
    if isinstance(node, yaml.MappingNode):
        return "{" + ", ".join(f"{written(key)}: {written(value)}" for key, value in node.value if value is not None) + "}"
    if isinstance(node, yaml.SequenceNode):
        return "[" + ", ".join(written(item) for item in node.value if item is not None) + "]"
    if node.tag != "tag:yaml.org,2002:str":
        return node.value
    return '"' + "".join(f"\\x{ord(c):02x}" if c < " " else "\\" + c if c in '"\\' else c for c in node.value) + '"'


def places(node, path=()):
    """The way to every value in NODE; of a list the first item stands for all."""
    if path:
        yield path
    if isinstance(node, yaml.MappingNode):
        for index, (_, value) in enumerate(node.value):
            yield from places(value, path + (index,))
    elif isinstance(node, yaml.SequenceNode) and node.value:
        yield from places(node.value[0], path + (0,))


def place_name(node, path):
    names = []
    for index in path:
        key, node = node.value[index] if isinstance(node, yaml.MappingNode) else (None, node.value[index])
        names.append(key.value if key else "0")
    return ".".join(names)


def put(node, path, value):
    """NODE with VALUE at PATH."""
    if not path:
        return value
    changed = copy.copy(node)
    changed.value = list(node.value)
    key, old = node.value[path[0]] if isinstance(node, yaml.MappingNode) else (None, node.value[path[0]])
    new = put(old, path[1:], value)
    changed.value[path[0]] = (key, new) if key else new
    return changed


def field(document, key):
    pairs = document.value if isinstance(document, yaml.MappingNode) else ()
    return next((index for index, (name, _) in enumerate(pairs) if name.value == key), None)


class Change:
    """A place of a file."""

    def __init__(self, ledger, name, path, number, way):
        self.name, self.path, self.number, self.way = name, path, number, way
        self.documents = ledger.files[path]

    def text(self, value, called=None):
        """The file with VALUE there, under another id where one is given."""
        documents = list(self.documents)
        at = field(documents[0], "id")
        if called:
            documents[0] = put(documents[0], (at,), f'"{called}"')
        if not called or (self.number, self.way) != (0, (at,)):
            documents[self.number] = put(documents[self.number], self.way, value)
        return "".join(f"---\n{written(document)}\n...\n" for document in documents)

    def clone(self, value, index):
        """The same as a file of its own: where it lies and its text."""
        old = self.documents[0].value[field(self.documents[0], "id")][1].value
        new = f"{old[:-3]}{10000 + index}" if family(self.path) == "tickets" else f"{old.split('-')[0]}-{10000 + index}"
        return self.path.replace(old, new), self.text(value, new)


def changes(ledger):
    """Each kind of place twice: what one document says has not the consequences that it has in another."""
    seen = collections.Counter()
    for path, documents in ledger.files.items():
        for number, document in enumerate(documents):
            at = field(document, "event")
            event = document.value[at][1].value if at is not None else ""
            kind = f"{path if path.count('/') == 0 else family(path)} {event}".strip()
            ways = list(places(document))
            if family(path) == "policy":  # each rule of a list, not only its first
                lists = [(index, value) for index, (_, value) in enumerate(document.value) if isinstance(value, yaml.SequenceNode)]
                ways += [(index, item) + rest for index, value in lists for item, rule in enumerate(value.value) for rest in places(rule)]
            for way in ways:
                name = f"{kind}: {place_name(document, way)}"
                seen[name] += 1
                if seen[name] <= (2 if family(path) != "policy" else 1):
                    yield Change(ledger, name, path, number, way)


class Copy:
    """A copy of a ledger that is changed and mended again."""

    def __init__(self, ledger):
        self.ledger, self.changed = ledger, []
        self.folder = tempfile.mkdtemp(prefix="hostile.")
        shutil.copytree(ledger.folder, self.folder, dirs_exist_ok=True)

    def write(self, path, text):
        with open(os.path.join(self.folder, path), "w", encoding="utf-8") as file:
            file.write(text)
        self.changed.append(path)

    def mend(self):
        for path in self.changed:
            original = os.path.join(self.ledger.folder, path)
            if os.path.exists(original):
                shutil.copyfile(original, os.path.join(self.folder, path))
            elif os.path.exists(os.path.join(self.folder, path)):
                os.remove(os.path.join(self.folder, path))
        self.changed = []

    def wrong(self, command):
        """What is wrong with how COMMAND ends; None when nothing is."""
        arguments = command.split(" ") + (NOW if not command.startswith("ledger-merge") else [])
        try:
            done = subprocess.run(arguments, cwd=self.folder, capture_output=True, stdin=subprocess.DEVNULL, timeout=120)
        except subprocess.TimeoutExpired:
            return "no end"
        said = done.stdout + done.stderr
        if not 0 <= done.returncode <= 6 or b"Sanitizer" in said or b"runtime error" in said:
            return f"status {done.returncode}: {said[-3000:].decode(errors='replace')}"
        try:
            said.decode()
        except UnicodeDecodeError:
            return f"prints what is no text: {said[-300:]!r}"
        lines = done.stderr.decode().splitlines()
        if len(set(lines)) < len(lines):
            return f"says something twice: {lines}"
        return f"status {done.returncode} without a word" if done.returncode >= 2 and not said else None

    def clear(self):
        shutil.rmtree(self.folder)


failures = 0


def report(names, command, what):
    global failures
    failures += 1
    print(f"{names}\n  {command}: {what}", flush=True)


def commands_for(path):
    own = os.path.basename(path)[: -len(".yaml")]
    return [command.format(id=own) for command in FAMILIES.get(family(path), ())]


def look(work, clones, commands):
    """The clones, (change, value, index) each, in one ledger, and what goes wrong there narrowed down by halves."""
    def wrong_with(some, command):
        for change, value, index in some:
            work.write(*change.clone(value, index))
        what = work.wrong(command)
        work.mend()
        return what

    for change, value, index in clones:
        work.write(*change.clone(value, index))
    bad = [command for command in commands if work.wrong(command)]
    work.mend()
    for command in bad:
        some = clones
        while len(some) > 1:
            halves = some[: len(some) // 2], some[len(some) // 2:]
            some = next((half for half in halves if wrong_with(half, command)), None)
            if not some:
                break
        some = some or clones
        report(", ".join(f"{change.name} = {value}" for change, value, _ in some[:3]), command, wrong_with(some, command))


def alone(work, together, value):
    """Changes of different families at once."""
    for change in together:
        work.write(change.path, change.text(value))
    for command in dict.fromkeys(command for change in together for command in commands_for(change.path)):
        what = work.wrong(command)
        if what:
            report(", ".join(f"{change.name} = {value}" for change in together), command, what)
    work.mend()


def main():
    threads = os.cpu_count() or 1
    for folder in sys.argv[1:]:
        ledger = Ledger(folder)
        every = [change for change in changes(ledger) if re.search(os.environ.get("HOSTILE", ""), change.name)]
        cloned = [change for change in every if family(change.path) in ("tickets", "customers")]
        clones = [(change, value, index) for index, (change, value) in enumerate((change, value) for change in cloned for value in VALUES)]
        if long:
            rounds = [([change], value) for change in every for value in VALUES]
        else:
            chance = random.Random(7)
            by_family = {}
            for change in every:
                by_family.setdefault(family(change.path), []).append(change)
            first = [by_family.pop(name, []) for name in ("staff.yaml", "kefu.yaml")]  # which hide all others
            rounds = [([chance.choice(some)], chance.choice(VALUES)) for some in first if some for _ in range(4)]
            rounds += [([chance.choice(some) for some in by_family.values()], chance.choice(VALUES)) for _ in range(4)]
        copies = [Copy(ledger) for _ in range(threads + 1)]
        try:
            with concurrent.futures.ThreadPoolExecutor(threads) as pool:
                tasks = [pool.submit(look, copies[threads], clones, WHOLE)] if clones else []
                tasks += [pool.submit(lambda mine: [alone(copies[mine], *one) for one in rounds[mine::threads]], mine) for mine in range(threads)]
                for task in tasks:
                    task.result()
        finally:
            for work in copies:
                work.clear()
        print(f"{len(every)} places, {len(clones)} changed copies, {len(rounds)} times by themselves", file=sys.stderr)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()

#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Puts what a terminal acts upon, and what nobody sees, into the texts of a ledger and runs all commands on a terminal.

Usage: tests/flow/hostile-text.py LEDGER; what is changed is a copy. First every text that people write, in all files, then
all values of one key, whatever it is for, one key after another (KEFU_LONG=1: every key; else some). Every command has
to end with a status of its own, without a word about memory, and to put nothing on the terminal but text that can be seen.
What goes wrong is printed, and the status is then 1."""
import importlib.util
import os
import pty
import re
import select
import shutil
import sys
import tempfile
import termios
import time
import unicodedata

import yaml

spec = importlib.util.spec_from_file_location("types", os.path.join(os.path.dirname(os.path.abspath(__file__)), "hostile-types.py"))
types = importlib.util.module_from_spec(spec)
spec.loader.exec_module(types)

HOSTILE = "\x1b[2J\x1b]0;x\x07\x9b31m\u202e\u2066\u200b\u00ad\u2028\ufeff\U000e0041\r\n\0\x7f\b\tend"
LINE = HOSTILE.replace("\r\n", "")
LONG = LINE + "x" * 300
NUMBERS = ["9223372036854775808", "1e400", "-1"]
VISIBLE = rb"\x1b[2J"
# What has to have shown such a text, or nothing was tried.
SHOW = {"appraise", "appraise-tally", "callback-due", "customer-list", "personnel-list", "policy-list", "staff-list", "survey-list", "survey-tally",
        "ticket-due", "ticket-list"}
FORMATS = ["table", "tsv", "csv", "json", "yaml"]
# What people write and no rule reads.
PROSE = set("""name title zh en text reason result problem question work measure praised passes-on opinion opinions shortcomings address card
    signature receipt requisition shop demand responsible
    source branch description most-dissatisfied to-improve""".split())
SPOILED_NAMES = ["tickets/2026/09/\x1b[2Jx.yaml", "customers/3/\u202ex.yaml", "surveys/\u200b.yaml", "policy/\x1b[31m.yaml", "\x1b[2J"]


def written(value):
    """A PyYAML node, or a text that stands for itself, in flow style and plain ASCII."""
    if isinstance(value, yaml.MappingNode):
        return "{" + ", ".join(f"{written(key)}: {written(item)}" for key, item in value.value) + "}"
    if isinstance(value, yaml.SequenceNode):
        return "[" + ", ".join(map(written, value.value)) + "]"
    if isinstance(value, yaml.ScalarNode) and value.tag != "tag:yaml.org,2002:str":
        return value.value
    text = value.value if isinstance(value, yaml.ScalarNode) else value
    return '"' + "".join(c if " " <= c <= "~" and c not in '"\\' else f"\\U{ord(c):08x}" for c in text) + '"'


def scalar(text, tag="str"):
    return yaml.ScalarNode("tag:yaml.org,2002:" + tag, text)


def changed(node, wanted, put, key=None):
    """NODE with PUT (old value) wherever WANTED (key) says so."""
    if isinstance(node, yaml.MappingNode):
        pairs = [(scalar(name.value), changed(item, wanted, put, name.value)) for name, item in node.value]
        return yaml.MappingNode(node.tag, [(put(name) if wanted(f"a key: {key}") else name, item) for name, item in pairs])
    if isinstance(node, yaml.SequenceNode):
        return yaml.SequenceNode(node.tag, [changed(item, wanted, put, key) for item in node.value])
    return put(node) if wanted(key) else node


class Work:
    def __init__(self, ledger):
        self.ledger, self.wrong = ledger, 0
        self.shown = set()  # commands that succeeded and showed a hostile text
        self.folder = tempfile.mkdtemp(prefix="hostile.")
        shutil.copytree(ledger.folder, self.folder, dirs_exist_ok=True)

    def write(self, wanted, put, spared="\0"):
        for path, documents in self.ledger.files.items():
            if spared in path:
                continue
            with open(os.path.join(self.folder, path), "w", encoding="ascii") as file:
                new = [changed(document, wanted, put) for document in documents]
                one = types.family(path) in ("policy", "kefu.yaml", "mapping.yaml") or path.endswith("questionnaire.yaml")
                file.write(written(new[0]) + "\n" if one else "".join(f"---\n{written(document)}\n...\n" for document in new))

    def run(self, arguments):
        """Its status and the bytes that it put on a terminal of its own."""
        child, terminal = pty.fork()
        if not child:
            try:
                modes = termios.tcgetattr(1)
                modes[1] &= ~termios.OPOST
                termios.tcsetattr(1, termios.TCSANOW, modes)
                os.chdir(self.folder)
                os.environ.update(NO_COLOR="1", TERM="xterm", COLUMNS="100")
                os.execvp(arguments[0], arguments)
            finally:
                os._exit(127)
        seen, until = b"", time.time() + 120
        while time.time() < until:
            ready, _, _ = select.select([terminal], [], [], until - time.time())
            try:
                more = os.read(terminal, 1 << 16) if ready else b""
            except OSError:  # nobody holds its other side any more
                more = b""
            if not more:
                break
            seen += more
        os.close(terminal)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), seen

    def look(self, what, command, more=()):
        arguments = (command.split(" ") if isinstance(command, str) else command) + list(more)
        if arguments[0] != "ledger-merge":
            arguments += types.NOW
        status, seen = self.run(arguments)
        problem = self.problem(status, seen, "tsv" in more or "--rejects" in arguments)
        if status == 0 and VISIBLE in seen:
            self.shown.add(arguments[0])
        if problem:
            self.wrong += 1
            print(f"{what}: {arguments!r}: {problem}", flush=True)

    @staticmethod
    def problem(status, seen, tabs):
        if not 0 <= status <= 6 or b"Sanitizer" in seen or b"runtime error" in seen:
            return f"status {status}: {seen[-2000:]!r}"
        try:
            text = seen.decode()
        except UnicodeDecodeError:
            return f"no text: {seen[-300:]!r}"
        if "(null)" in text:
            return "a text that is not there"
        for at, c in enumerate(text):
            if c == "\n" or (c == "\t" and tabs):
                continue
            if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") or c == "\u00ad":
                return f"{c!r} in {text[max(0, at - 60):at + 20]!r}"
        return None if seen or status < 2 else f"status {status} without a word"


def all_commands(ledger):
    """Each line of hostile-commands once, for one file of its section."""
    lines = list(types.WHOLE)
    for section, some in types.FAMILIES.items():
        own = [path for path in ledger.files if types.family(path) == section and path.count("/") < 5]
        called = os.path.basename(own[min(1, len(own) - 1)])[:-5] if own else section
        lines += [line.format(id=called) for line in some]
    return list(dict.fromkeys(lines))


def formats(command):
    """Those of a command that only shows something."""
    name = command.split(" ")[0]
    shows = re.search(r"-(list|due|tally|check|why|repeats|show)$", name) or "--suggest" in command or "--show" in command
    return FORMATS if shows and "--format" not in command else [None]


def rows(work):
    """Files of rows whose headings, values and mappings are hostile."""
    hostile = HOSTILE.replace("\0", "").replace("\r\n", "")
    for name, columns in (("calls.csv", ["id", "opened", "text", hostile]), ("customers.csv", ["unit", "name", hostile]), ("units.csv", ["unit", hostile]),
                          ("answers.csv", ["unit", hostile, "security"])):
        with open(os.path.join(work.folder, "..", os.path.basename(work.folder) + name), "w", encoding="utf-8", newline="") as file:
            file.write(",".join(columns) + "\n" + ",".join(["3-1201"] + [hostile] * (len(columns) - 1)) + "\n" + ",".join([hostile] * len(columns)) + "\n")
            yield name, file.name


def main():
    ledger = types.Ledger(sys.argv[1])
    for path in sorted(os.listdir(os.path.join(ledger.folder, "policy"))):
        if path != "calendar.yaml":  # which has no text that is shown
            with open(os.path.join(ledger.folder, "policy", path), encoding="utf-8") as text:
                ledger.files["policy/" + path] = list(yaml.compose_all(text, types.Loader))
    work = Work(ledger)
    commands = all_commands(ledger)
    try:
        for text in LINE, LONG:
            work.write(lambda key: key in PROSE, lambda old, text=text: scalar(old.value + text), "questionnaire")
            for command in commands:
                for form in formats(command) if text is LINE else [None]:
                    work.look("what people write", command, ["--format", form] if form else [])
        if SHOW - work.shown:
            work.wrong += 1
            print(f"shown by {sorted(work.shown)}, but not by {sorted(SHOW - work.shown)}")
        for name, path in rows(work):
            with open(path + ".yaml", "w", encoding="ascii") as mapping:
                mapping.write(f"source: calls\nkey: id\nfields:\n  at: opened\n  text: {written(HOSTILE)}\n  kind: {{column: {written(HOSTILE)}, values: {{{written(HOSTILE)}: x}}}}\n")
            for command in (["ledger-import", path, "--mapping", path + ".yaml", "--dry-run"], ["customer-import", path, "--dry-run"], ["survey-log", "2026h2", "--from", path, "--dry-run"],
                            ["survey-draw", "2026h3", "--units", path, "--rate", "1", "--dry-run"]):
                work.look(name, command)
            os.remove(path)
            os.remove(path + ".yaml")
        for command in commands:  # what is typed is shown again, too
            words = command.split(" ")
            work.look("what is typed", [words[0], HOSTILE.replace("\0", "")] + words[2:])
        shutil.rmtree(work.folder)
        shutil.copytree(ledger.folder, work.folder)
        for name in SPOILED_NAMES:
            os.makedirs(os.path.dirname(os.path.join(work.folder, name)), exist_ok=True)
            with open(os.path.join(work.folder, name), "w", encoding="ascii") as file:
                file.write(HOSTILE.encode("unicode_escape").decode())
        for command in commands:
            work.look("names of files", command)
        for name in SPOILED_NAMES:
            os.remove(os.path.join(work.folder, name))

        keys = sorted({key for documents in ledger.files.values() for document in documents for key in keys_of(document)})
        chosen = keys if types.long else keys[3::14]
        for index, key in enumerate(chosen):
            for value in [scalar(HOSTILE)] + ([scalar(number, "int") for number in NUMBERS] if types.long else [scalar(NUMBERS[index % 3], "int")]):
                work.write(lambda name, key=key: name == key, lambda old, value=value: value)
                for command in commands if types.long else commands[index % 5::5]:
                    work.look(f"{key} = {value.value[:20]!r}", command)
        print(f"{len(commands)} commands, {len(chosen)} of {len(keys)} keys", file=sys.stderr)
    finally:
        shutil.rmtree(work.folder, ignore_errors=True)
    sys.exit(1 if work.wrong else 0)


def keys_of(node, key=None):
    """The names of keys in NODE; "a key: NAME" for the keys themselves of the map that NAME has."""
    if isinstance(node, yaml.MappingNode):
        yield f"a key: {key}"
        for name, item in node.value:
            yield name.value
            yield from keys_of(item, name.value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from keys_of(item, key)


if __name__ == "__main__":
    main()

#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Records strange strings in every free-text field through the commands, then reads the forms with readers that are not
ours. Usage: text.py record STRINGS.json... (in a ledger of the pack desk.yaml) | text.py check. Between them: recorded.json."""
import glob, json, os, subprocess, sys
import yaml

SHORT, LINE = 60, 400  # what the schemas allow in a card and in a line
NOW = ["--now", "2026-11-02 09:00", "-q"]


def run(*command, text=None):
    done = subprocess.run(command, input=text, capture_output=True)
    if done.returncode:
        sys.exit(f"{command!r}: {done.returncode}: {done.stderr.decode(errors='replace')}")
    return done.stdout.decode().strip()


def record(strings):
    """One complaint for each string: opened, a step, closed, called back. What was given goes to recorded.json."""
    given, staff = {}, []
    for number, string in enumerate(strings):
        one_line = "\n" not in string
        short = string if one_line and len(string) <= SHORT else "short"
        line = string if one_line and len(string) <= LINE else "line"
        name = string if one_line and len(string) <= 100 else "name"
        documents = []
        typed = (string + "\n").encode()  # where a dash means standard input

        fields = {"text": string, "customer": {"name": name, "card": short, "address": string[:LINE]}}
        form = run("ticket-open", *NOW, "-k", "complaint", "-u", "3-1201", "--text=" + string, "--name=" + name,
                   "--set", "customer.card=" + short, "--set", "customer.address=" + string[:LINE], text=typed)
        documents.append(fields)

        fields = {key: string for key in ("work", "result", "reason", "problem", "text")}
        fields |= {key: line for key in ("requisition", "receipt", "signature")}
        fields["materials"] = [{"item": name, "quantity": "1"}, {"item": "a:b", "quantity": "2"}]
        sets = [f"{key}={value}" for key, value in fields.items() if isinstance(value, str)]
        run("ticket-log", *NOW, form, "started", *[part for one in sets for part in ("--set", one)],
            "--set", f"materials={name}:1", "--set", "materials=a:b:2")
        documents.append(fields)

        run("ticket-close", *NOW, form, "--result", "-", "--valid", "--reason=" + string, "--receipt=" + line, text=typed)
        documents.append({"result": string, "reason": string, "receipt": line, "valid": True})

        run("callback-log", *NOW, form, "--manner", "visit", "--answer", "satisfied", "--shortcomings=" + string, "--opinions=" + string,
            "--signature=" + line, "--problem=" + string, "--question=" + string, "--promised=2026-11-21T10:00", "--text=" + string, text=typed)
        documents.append({key: string for key in ("shortcomings", "opinions", "problem", "question", "text")} | {"signature": line, "answer": "satisfied"})
        given[form] = documents
        if number % 20 == 0:
            run("staff-log", *NOW, "joined", f"person{number}", "--name=" + name, "--role", "worker", "--reason=" + string)
            staff.append({"person": f"person{number}", "name": name, "reason": string})
    json.dump({"forms": given, "staff": staff}, open("recorded.json", "w"))


def holds(found, wanted):
    """Whether a document holds what was given, with its types."""
    if isinstance(wanted, dict):
        return isinstance(found, dict) and all(key in found and holds(found[key], value) for key, value in wanted.items())
    if isinstance(wanted, list):
        return isinstance(found, list) and len(found) == len(wanted) and all(map(holds, found, wanted))
    return type(found) is type(wanted) and found == wanted


def same(a, b):
    return holds(a, b) and holds(b, a)


def events(documents):
    """What yaml-events prints of these documents."""
    lines = []

    def value(node):
        if isinstance(node, dict):
            lines.append("+MAP")
            for key, item in node.items():
                value(key)
                value(item)
            lines.append("-MAP")
        elif isinstance(node, list):
            lines.append("+SEQ")
            for item in node:
                value(item)
            lines.append("-SEQ")
        else:
            text = json.dumps(node) if not isinstance(node, str) else node
            lines.append("=VAL " + "".join(f"\\x{ord(c):02x}" if c < " " or c == "\\" else c for c in text))

    for document in documents:
        lines.append("+DOC")
        value(document)
        lines.append("-DOC")
    return lines


def read_by_another(files):
    """By the program $KEFU_READER, which prints what it finds in files as JSON; None where none is asked for."""
    reader = os.environ.get("KEFU_READER")
    return json.loads(run(reader, *files)) if reader else None


def check():
    recorded = json.load(open("recorded.json"))
    given = recorded["forms"]
    files = sorted(glob.glob("tickets/*/*/*.yaml"))
    by_another = read_by_another(files)
    wrong = 0

    def tell(file, reader, found):
        nonlocal wrong
        wrong += 1
        print(f"{file}: {reader}: {found!r}")

    for file in files:
        text = open(file, encoding="utf-8", newline="").read()
        documents = list(yaml.safe_load_all(text))
        wanted = given.pop(os.path.basename(file)[:-5])
        if len(documents) != len(wanted) or not all(map(holds, documents, wanted)):
            tell(file, "PyYAML", documents)
        ours = [json.loads(line) for line in run("ticket-show", "--format", "json", os.path.basename(file)[:-5]).split("\n")]
        if not same(ours, documents):
            tell(file, "ticket-show", ours)
        with open(file, "rb") as stream:
            alone = subprocess.run(["yaml-events"], stdin=stream, check=True, capture_output=True).stdout.decode().split("\n")[:-1]
        if alone != events(documents):
            tell(file, "libyaml", alone)
        if by_another and not same(by_another[file], documents):
            tell(file, os.environ["KEFU_READER"], by_another[file])
    staff = list(yaml.safe_load_all(open("staff.yaml", encoding="utf-8", newline="")))[-len(recorded["staff"]):]
    if not all(map(holds, staff, recorded["staff"])):
        tell("staff.yaml", "PyYAML", staff)
    if given:
        tell("tickets", "all", list(given))
    print(f"{len(files)} forms, {wrong} read otherwise")
    sys.exit(wrong > 0)


if sys.argv[1] == "record":
    record([one for file in sys.argv[2:] for one in json.load(open(file))])
else:
    check()

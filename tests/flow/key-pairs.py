#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Holds tests/flow/key-pairs.yaml against the schemas and the commands: every key of every map has its pairs decided there, what is
refused is refused with that place and that sentence, and what is not named is taken.

Usage: tests/flow/key-pairs.py LEDGER, where schemas are those of kefu; its packs are written anew."""
import collections
import itertools
import pathlib
import subprocess
import sys

import yaml

root = pathlib.Path(__file__).resolve().parents[2]
ledger = pathlib.Path(sys.argv[1])
table = yaml.safe_load((root / "tests/flow/key-pairs.yaml").read_text("utf-8"))
HEAD = "pack: own\ntitle: X\nsource: X\n"
wrong = collections.Counter()


def complain(what):
    wrong[what] += 1
    print("key-pairs:", what)


# --- the keys of every map of the schemas ---

def resolved(schema, document):
    while "$ref" in schema:
        file, _, pointer = schema["$ref"].partition("#")
        document = yaml.safe_load((ledger / "schemas" / file).read_text("utf-8")) if file else document
        schema = document
        for part in pointer.strip("/").split("/"):
            schema = schema[part]
    return schema, document


def maps(name, schema, document):
    schema, document = resolved(schema, document)
    properties = {}
    for part in schema.get("allOf", []):
        properties |= resolved(part, document)[0].get("properties", {}) if "$ref" in part else {}
    properties |= schema.get("properties", {})
    if properties:
        yield name, list(properties)
    for key, value in properties.items():
        if isinstance(value, dict):
            # what several fields of a mapping are is decided once
            shared = value.get("$ref", "") if name == "mapping.fields" else ""
            value, inside = resolved(value, document)
            yield from maps(f"mapping.{shared.split('/')[-1]}" if shared else f"{name}.{key}", value, inside)
    if "items" in schema:
        yield from maps(name, schema["items"], document)


found = {}
for file in ("policy", "calendar", "header", "mapping"):
    document = yaml.safe_load((ledger / f"schemas/{file}.yaml").read_text("utf-8"))
    found |= dict(maps(file, document, document))
for name in sorted(found.keys() | table.keys()):
    keys, decided = set(found.get(name, [])), set(table.get(name, {}).get("keys", []))
    for key in sorted(keys - decided):
        complain(f"{name}.{key}: decide in tests/flow/key-pairs.yaml what it means beside each other key")
    for key in sorted(decided - keys):
        complain(f"{name}.{key}: there is no such key in the schema")
    for case in table.get(name, {}).get("refused", []) + table.get(name, {}).get("together", []):
        if not set(case["pair"]) <= decided:
            complain(f"{name}: {case['pair']} are not keys of it")
    for case in table.get(name, {}).get("together", []):
        if not (root / case["by"].split()[0]).exists():
            complain(f"{name}: {case['pair']}: there is no {case['by']}")


# --- what is refused, and what is not ---

def load(text):
    """What a command says of such a pack."""
    (ledger / "policy/own.yaml").write_text(HEAD + text + "\n", "utf-8")
    run = subprocess.run(["policy-list", "-C", ledger], capture_output=True, text=True)
    if run.returncode not in (0, 4) or (run.returncode == 0) != (run.stderr == ""):
        complain(f"status {run.returncode}: {text}")
    return run.stderr.rstrip("\n")


def map_rows(text):
    """What ledger-import says of such a mapping."""
    (ledger.parent / "map.yaml").write_text(text + "\n", "utf-8")
    (ledger.parent / "rows.csv").write_text("id,t,k,x\n1,2026-08-01 09:00:00,repair,word\n", "utf-8")
    run = subprocess.run(["ledger-import", "-q", "-C", ledger, "--dry-run", "--now", "2026-11-20 09:00", "-m", "map.yaml", "rows.csv"],
                         capture_output=True, text=True, cwd=ledger.parent)
    if run.returncode not in (0, 4) or (run.returncode == 0) != (run.stderr == ""):
        complain(f"status {run.returncode}: {text}: {run.stderr}")
    return run.stderr.rstrip("\n")


for name, decided in table.items():
    if not name.startswith("mapping"):
        continue
    for case in decided.get("refused", []):
        said, due = map_rows(case["entry"].replace("@", "", 1)), f"ledger-import: map.yaml:1:{case['entry'].index('@') + 1}: {case['says']}"
        if said != due:
            complain(f"{name}: {case['entry']}\n  says    {said}\n  and not {due}")
    for case in decided.get("together", []):
        if said := map_rows(case["entry"]):
            complain(f"{name}: {case['entry']}\n  says    {said}")

for name, decided in table.items():
    if name.startswith("mapping"):
        continue
    for case in decided.get("refused", []):
        text = case["entry"] + ("\n" + decided["besides"] if "besides" in decided else "")
        column = text.index("@") + 1
        said, due = load(text.replace("@", "", 1)), f"policy-list: policy/own.yaml:4:{column}: {case['says']}"
        if said != due:
            complain(f"{name}: {text}\n  says    {said}\n  and not {due}")
    for case in decided.get("together", []):
        if "entry" in case and (said := load(case["entry"])):
            complain(f"{name}: {case['entry']}\n  says    {said}")


def flow(value):
    return yaml.safe_dump(value, default_flow_style=True, width=10000).strip().removesuffix("...").strip()


# Every two keys that are no pair, in an entry that has what it must and what goes with them. What a pair says may depend on the
# values; two keys exclude each other if the values of the sample do, whatever the entry has besides.
pairs = 0
for name, decided in table.items():
    sample, entries = decided.get("sample"), []
    if not sample:
        continue
    kept, text = name.split(".")[1], ""
    named = {frozenset(case["pair"]) for case in decided["refused"] + decided.get("together", [])}

    def entry_of(wanted, least, number):
        wanted = set(wanted) | set(least)
        entry = {key: sample[key] for key in decided["keys"] if key in wanted}
        for key in [key for key in wanted if key in decided.get("with", {})]:
            entry |= {other: sample[other] for other in decided["with"][key]}
        # entries of one list do not get into each other's way
        for key in ("rule", "phrase", "repeat", "extend", "survey", "rating", "group"):
            if key in entry and (key != "extend" or kept == "extensions"):
                entry[key] = f"own-{number}"
        if kept == "surveys":
            entry["occasion"] = f"occasion-{number}"
        return flow(entry)

    apart = {pair for pair in named if len(pair) == 2
             and all(load(f"{kept}:\n  - {entry_of(pair, least, 0)}") for least in decided["least"])}
    for number, (a, b) in enumerate(itertools.combinations(decided["keys"], 2)):
        if frozenset((a, b)) in named:
            continue
        for least in decided["least"]:
            keys = {a, b, *least}
            if not any(frozenset(pair) in apart for pair in itertools.combinations(keys, 2)):
                break
        else:
            complain(f"{name}: {a} and {b} are taken by no entry that has all it must")
            continue
        text += f"  - {entry_of((a, b), least, number)}\n"
        pairs += 1
    said = load(f"{kept}:\n{text}")
    if said:
        complain(f"{name}: {said}\n  in {text.splitlines()[int(said.split(':')[2]) - 5]}")
print(f"key-pairs: {len(found)} maps, {sum(len(m.get('refused', [])) for m in table.values())} refusals, {pairs} pairs that stand together")
sys.exit(1 if wrong else 0)

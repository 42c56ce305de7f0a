# SPDX-License-Identifier: MIT
# Compares a ledger's imported tickets with the file they came from: another YAML reader, another reader of CSV and JSON.
# Usage: read-back.py MAPPING FILE REJECTS LEDGER. Every row is recorded or rejected, and every text is the row's.
import csv
import datetime
import glob
import hashlib
import json
import os
import sys

import yaml

loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
mapping_path, path, rejects_path, ledger = sys.argv[1:]
mapping = yaml.load(open(mapping_path, encoding="utf-8"), loader)
fields, wrong = mapping["fields"], 0


def complain(key, what, wanted, got):
    global wrong
    wrong += 1
    print(f"{key}: {what}: {got!r}, not {wanted!r}")


def instant(text):
    when = datetime.datetime.fromisoformat(text)
    return when.timestamp() if when.tzinfo else when.replace(tzinfo=datetime.timezone(datetime.timedelta(hours=8))).timestamp()


def joined(row, rule):
    if isinstance(rule, str):
        return row[rule]
    return rule.get("join", "\n").join(row[column] for column in rule["columns"] if row[column])


if path.endswith(".csv"):
    rows = list(csv.DictReader(open(path, encoding="utf-8", newline="")))
else:
    rows = [json.loads(line) for line in open(path, encoding="utf-8", newline="\n")]
rejected = [json.loads(line) for line in open(rejects_path, encoding="utf-8", newline="\n")]

forms = {}
for name in glob.glob(os.path.join(ledger, "tickets", "**", "*.yaml"), recursive=True):
    (form,) = yaml.load_all(open(name, encoding="utf-8", newline=""), loader)
    assert form["source"]["name"] == mapping["source"] and form["source"]["key"] not in forms
    forms[form["source"]["key"]] = form

used = {mapping["key"]}
for rule in fields.values():
    used.update([rule] if isinstance(rule, str) else rule.get("columns", [rule.get("column")]))
kept = [name for name in rows[0] if name not in used] if mapping["other"] == "rest" else mapping["other"]

left = {json.dumps(row["row"], sort_keys=True) for row in rejected}
recorded = [row for row in rows if json.dumps(row, sort_keys=True) not in left]
if len(rows) != len(recorded) + len(rejected) or len(recorded) != len(forms):
    complain("all", "rows", len(rows), (len(forms), len(rejected)))

for row in recorded:
    key = row[mapping["key"]]
    form = forms.get(key, {})
    canonical = json.dumps(row, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    wanted = {
        "text": joined(row, fields["text"]),
        "at": instant(row[fields["at"]]),
        "closed-at": instant(row[fields["closed-at"]]) if row.get(fields.get("closed-at")) else None,
        "result": row.get(fields.get("result")) or None,
        "address": row.get(fields.get("customer.address")) or None,
        "name": row.get(fields.get("customer.name")) or None,
        "other": {name: row[name] for name in kept if row[name]},
        "digest": hashlib.sha256(canonical.encode()).hexdigest(),
    }
    got = {
        "text": form.get("text"),
        "at": instant(form["at"]) if form else None,
        "closed-at": instant(form["closed-at"]) if "closed-at" in form else None,
        "result": form.get("result"),
        "address": form.get("customer", {}).get("address"),
        "name": form.get("customer", {}).get("name"),
        "other": form.get("other", {}),
        "digest": form.get("source", {}).get("digest"),
    }
    for what in wanted:
        if got[what] != wanted[what] or type(got[what]) is not type(wanted[what]):
            complain(key, what, wanted[what], got[what])

print(f"{len(forms)} recorded, {len(rejected)} rejected, {wrong} wrong")
sys.exit(wrong > 0)

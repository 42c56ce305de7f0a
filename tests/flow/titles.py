#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Which titles of packs and schemas are missing, or do not stand in Chinese and in English.

A pack's title is due wherever schemas/policy.yaml lets one stand; a rule that says why it always refuses needs none, but
says it in both. Each name of a step that a pack uses needs one, of its own `events` or of a schema. In schemas of documents
each property has `title` and `x-title`, each schema of an event `x-title`, and each value of an `enum`, and yes and no of a
boolean, a title in `x-values`.

Usage: tests/flow/titles.py SCHEMAS PACK...
Prints a line for each and ends with 1 where there is any."""
import functools
import pathlib
import sys

import yaml

LANGUAGES = ("zh", "en")
# What people write for kefu, and no screen shows.
SETTINGS = ("calendar.yaml", "header.yaml", "mapping.yaml", "policy.yaml")
# The head that other schemas of steps take over; no event.
NO_EVENT = "ticket/step.yaml"

missing = []


class Texts(yaml.SafeLoader):
    """Plain texts for all values: `on` and `no` are names."""


Texts.yaml_implicit_resolvers = {}


@functools.cache
def load(file):
    with open(file, encoding="utf-8") as text:
        return yaml.load(text, Texts)


def pointed(file, ref):
    """The file and the schema that REF, in FILE, leads to."""
    path, _, pointer = ref.partition("#")
    file = (file.parent / path).resolve() if path else file
    schema = load(file)
    for part in pointer.strip("/").split("/"):
        schema = schema[part]
    return file, schema


def chain(file, schema):
    """SCHEMA and what its $ref leads to, one after the other."""
    while True:
        yield file, schema
        if "$ref" not in schema:
            return
        file, schema = pointed(file, schema["$ref"])


def in_both(titles):
    return isinstance(titles, dict) and all(titles.get(language) for language in LANGUAGES)


# --- packs ---

def is_title(schema):
    return schema.get("$ref") in ("#/$defs/title", "#/$defs/refusal")


def walk_pack(policy, schema, value, where, steps):
    """Looks at VALUE of a pack, of which SCHEMA says what may stand there. STEPS gets the names of steps."""
    if is_title(schema):
        if not in_both(value):
            missing.append(f"{where}: not in both languages: {value}")
        return
    for _, schema in chain(policy, schema):
        walk_names(schema, value, steps)
        properties = dict(schema.get("properties", {}))
        for part in schema.get("allOf", []):
            if "$ref" in part:
                properties.update(pointed(policy, part["$ref"])[1].get("properties", {}))
        if isinstance(value, dict):
            if "title" in properties and "title" not in value and "refuse" not in value:
                missing.append(f"{where}: no title")
            for key, part in value.items():
                if isinstance(properties.get(key), dict):
                    walk_pack(policy, properties[key], part, f"{where}.{key}", steps)
        elif isinstance(value, list) and isinstance(schema.get("items"), dict):
            for i, part in enumerate(value):
                walk_pack(policy, schema["items"], part, f"{where}[{called(part, i)}]", steps)


def called(entry, i):
    """The name of ENTRY: that of its first key, and its clause."""
    if not isinstance(entry, dict):
        return i
    return " ".join(str(value) for key, value in entry.items() if key in ("clause", next(iter(entry))))


def walk_names(schema, value, steps):
    """Adds the steps that VALUE names."""
    refers, names = schema.get("x-refers"), schema.get("x-names")
    dotted = isinstance(refers, dict) and refers.get("up-to") == "."
    if names == "step" or refers == "step" or isinstance(refers, dict) and refers.get("to") == "step":
        for name in value if isinstance(value, list) else [value]:
            if isinstance(name, str):
                steps.add(name.split(".")[0] if dotted else name)


def is_called(schemas, pack, step):
    """Whether the events of PACK or a schema have a title of STEP."""
    if any(entry["event"] == step and in_both(entry["title"]) for entry in pack.get("events", [])):
        return True
    kinds = [entry["kind"] for entry in pack.get("kinds", [])] + ["customer", "ticket"]
    files = [schemas / kind / f"{step}.yaml" for kind in kinds]
    return any(file.exists() and load(file).get("x-title", {}).get("zh") for file in files)


def look_at_pack(schemas, file):
    policy, pack, steps = schemas / "policy.yaml", load(file), set()
    if not isinstance(pack, dict) or "pack" not in pack:
        return
    walk_pack(policy, load(policy), pack, pack["pack"], steps)
    for step in sorted(steps):
        # `linked.STEP` is a step of another form, `promised-at-opening` and others of core come with their own
        if step != "linked" and not is_called(schemas, pack, step):
            missing.append(f"{pack['pack']}: the step {step} has no title")


# --- schemas ---

def look_at_property(file, schema, where):
    """What another definition says is missing there, not at each of its uses."""
    for _, part in chain(file, schema):
        if "title" in part or "x-title" in part:
            if part is schema and not (isinstance(part.get("title"), str) and part.get("x-title", {}).get("zh")):
                missing.append(f"{where}: title or x-title is missing")
            return
    missing.append(f"{where}: no title")


def look_at_values(file, schema, where):
    """Values of which there are few, and yes and no, have titles as well: here or where $ref leads to."""
    if schema.get("type") == "boolean" and "const" not in schema:
        values = ("yes", "no")
    else:
        values = schema.get("enum", ()) if where.split(".")[-1] != "event" else ()
    titles = next((part["x-values"] for _, part in chain(file, schema) if "x-values" in part), {})
    for value in values:
        if not in_both(titles.get(value)):
            missing.append(f"{where}: the value {value} has no title in both languages")


def walk_schema(file, schema, where):
    """Looks at the properties below SCHEMA, but for those of other files, which are looked at there."""
    if not isinstance(schema, dict):
        return
    look_at_values(file, schema, where)
    for key, part in schema.get("properties", {}).items():
        if isinstance(part, dict):
            look_at_property(file, part, f"{where}.{key}")
            walk_schema(file, part, f"{where}.{key}")
    walk_schema(file, schema.get("items"), f"{where}[]")


def look_at_schema(schemas, file):
    name, schema = str(file.relative_to(schemas)), load(file)
    if name in SETTINGS:
        return
    if "/" in name and name != NO_EVENT and not schema.get("x-title", {}).get("zh"):
        missing.append(f"{name}: no x-title")
    walk_schema(file, schema, name)
    for key, part in schema.get("$defs", {}).items():
        if "title" in part or "x-title" in part:
            look_at_property(file, part, f"{name}:{key}")
        walk_schema(file, part, f"{name}:{key}")


def main(folder, *packs):
    schemas = pathlib.Path(folder).resolve()
    for file in packs:
        look_at_pack(schemas, pathlib.Path(file))
    for file in sorted(schemas.rglob("*.yaml")):
        look_at_schema(schemas, file)
    print("\n".join(missing), end="\n" if missing else "")
    return bool(missing)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

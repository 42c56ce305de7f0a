#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Whether what the documents of a source tree name is there: links, paths in backticks, headings, and the tables of
lib/README.md. Prints a line for each mistake, with file and line; knows nothing of what the documents mean.

Usage: tests/documents.py [TREE]; ends with 1 when there is a mistake."""
import collections
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[1]).resolve()
mistakes = []  # in the order they are found


def tell(path, line, text):
    mistakes.append(f"{path.relative_to(root)}:{line}: {text}")


def documents():
    """Every document of the tree, the build folder and what is hidden left out."""
    for path in sorted(root.rglob("*.md")):
        if not any(part == "build" or part.startswith(".") for part in path.relative_to(root).parts):
            yield path


def read(path):
    """Its lines with their numbers, and whether each stands in a fenced block."""
    fenced = False
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        fence = line.startswith("```")
        yield number, line, fenced or fence
        fenced ^= fence


def check_fences(path):
    opened = [number for number, line, _ in read(path) if line.startswith("```")]
    if len(opened) % 2:
        tell(path, opened[-1], "a fenced block is never closed")


def anchor(heading):
    """What a heading is called in links, as on GitHub."""
    return re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower()).replace(" ", "-")


def headings(path):
    return [(number, len(match[1]), match[2]) for number, line, fenced in read(path) if not fenced
            for match in [re.match(r"(#+) +(.*)", line)] if match]


def check_headings(path):
    """One title, which comes first; no level left out, none said twice under one heading, no full stop at the end."""
    found = headings(path)
    if not found or found[0][:2] != (1, 1):
        tell(path, 1, "a document begins with its title: # TITLE")
    level, outer = 0, []
    seen = collections.Counter()
    for number, depth, text in found:
        if depth == 1 and number != 1:
            tell(path, number, "a second title: use ##")
        if depth > level + 1:
            tell(path, number, f"a heading of level {depth} below one of level {level}")
        if text.endswith((".", ":")):
            tell(path, number, "a heading ends without a full stop or colon")
        outer = outer[:depth - 1] + [text]
        seen[tuple(outer)] += 1
        if seen[tuple(outer)] == 2:
            tell(path, number, f"two headings are called \"{text}\"")
        level = depth


def check_links(path):
    for number, line, fenced in read(path):
        if fenced:
            continue
        for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`]*`", "", line)):
            if re.match(r"[a-z]+:", target):
                continue
            name, _, part = target.partition("#")
            there = path.parent / name if name else path
            if not there.exists():
                tell(path, number, f"the link {target} leads nowhere")
            elif part and part not in {anchor(text) for _, _, text in headings(there)}:
                tell(path, number, f"the link {target} leads to no heading")


def made_in(path):
    """The files that a worked example of the document makes."""
    return set(re.findall(r"^<!-- file: (\S+)", path.read_text("utf-8"), re.M))


def check_paths(path):
    """A path in backticks that begins with a folder of the tree, or of the document's own, is there. NAME stands for any name.
    A changelog speaks of what was there once."""
    if path.name == "CHANGELOG.md":
        return
    made = made_in(path)
    for number, line, fenced in read(path):
        if fenced:
            continue
        for text in re.findall(r"`([^`\s]+)`", line):
            begin, slash, _ = text.partition("/")
            places = [place for place in {root, path.parent} if slash and begin not in ("", "..", "build") and (place / begin).is_dir()]
            if not places or text in made or re.search(r"[^\w.*/-]", text):
                continue
            wanted = re.sub(r"\b[A-Z][A-Z-]+\b(?!\.md)", "*", text).rstrip("/")
            if not any(any(place.glob(wanted)) for place in places):
                tell(path, number, f"`{text}` is not there")


def check_functions(path, known=[]):
    """A function in backticks, like `form_read()`, is declared or defined somewhere in lib or cmd."""
    if not known:
        known += [{name for file in [*root.glob("lib/*/*.[ch]"), *root.glob("cmd/*.c")] for name in re.findall(r"\b(\w+)\(", file.read_text("utf-8"))}]
    for number, line, fenced in read(path):
        for name in [] if fenced else re.findall(r"`(\w+)\(\)`", line):
            if name not in known[0]:
                tell(path, number, f"`{name}()` is no function of lib or cmd")


def table(path, heading):
    """The cells of the table's rows below a heading of lib/README.md, with their lines."""
    inside = False
    for number, line, _ in read(path):
        if line.startswith("#"):
            inside = line.lstrip("# ") == heading
        elif inside and line.startswith("|") and not re.match(r"\|[-| ]+\|$", line):
            yield number, [cell.strip() for cell in line.strip("|").split("|")]


def names_in(cell):
    return re.findall(r"[\w-]+", re.sub(r"\([^)]*\)", "", cell.replace("`", "")))


def check_rooms():
    """Each room that the test of rooms knows has a row, and no other. Each module of lib is in the table of rooms, under its room, and the table names nothing else."""
    path = root / "lib/README.md"
    layers = root / "tests/unit/layers.bats"
    rooms = set(re.findall(r"^may\[(\w+)\]", layers.read_text("utf-8"), re.M)) if layers.exists() else set()
    listed = [cells[0].strip("`/ ") for _, cells in table(path, "Which room may include which")][1:]
    if sorted(listed) != sorted(rooms):
        tell(path, 1, f"the rooms in the table are not those of tests/unit/layers.bats: {', '.join(sorted(rooms ^ set(listed))) or 'one stands twice'}")
    there = {f"{file.parent.name}/{file.stem}" for file in root.glob("lib/*/*.[ch]")}
    named, room = collections.Counter(), ""
    rows = list(table(path, "Rooms and modules"))[1:]
    for number, cells in rows:
        room = cells[0].strip("`/ ") or room
        for name in names_in(cells[1]):
            named[f"{room}/{name}"] += 1
            if f"{room}/{name}" not in there:
                tell(path, number, f"there is no lib/{room}/{name}.c or .h: take {name} out of the table \"Rooms and modules\"")
    for module in sorted(there):
        if named[module] != 1:
            tell(path, rows[-1][0] if rows else 1, f"lib/{module} is named {named[module]} times in the table \"Rooms and modules\": "
                 f"name it once, in the row of {module.split('/')[0]}/, and say in a few words what it is")


def included(path):
    """The modules a source file includes, those of base left out."""
    return {name for name in re.findall(r'#include "([a-z0-9_]+/[a-z0-9_]+)\.h"', path.read_text("utf-8")) if not name.startswith("base/")}


def reached(modules):
    """Those modules, and what they use in turn; a source file without a header of its own belongs to those of its room that it includes."""
    uses = collections.defaultdict(set)
    for path in root.glob("lib/*/*.[ch]"):
        module, names = f"{path.parent.name}/{path.stem}", included(path)
        uses[module] |= names
        if not path.with_suffix(".h").exists():
            for name in names:
                if name.startswith(f"{path.parent.name}/"):
                    uses[name].add(module)
    known, new = set(), set(modules)
    while new:
        known |= new
        new = {name for module in new for name in uses[module]} - known
    return known


def check_commands():
    """Each command has a row that names the modules it includes, its page and tests that are there; the table names nothing else."""
    path = root / "lib/README.md"
    commands = {file.stem for file in root.glob("cmd/*.c")}
    named = collections.Counter()
    rows = list(table(path, "Commands and modules"))[1:]
    for number, cells in rows:
        command = cells[0].strip("`")
        named[command] += 1
        if command not in commands:
            tell(path, number, f"there is no cmd/{command}.c: take the row out")
            continue
        said, own = set(re.findall(r"[a-z0-9_]+/[a-z0-9_]+", cells[1])), included(root / f"cmd/{command}.c")
        for module in sorted(said - reached(own)):
            tell(path, number, f"{command} does not use lib/{module}: take it out of its row")
        for module in sorted(own - said):
            tell(path, number, f"cmd/{command}.c includes {module}.h: name {module} in its row")
        if f"(../man/{command}.1)" not in cells[2]:
            tell(path, number, f"the row of {command} does not lead to its page: [{command}(1)](../man/{command}.1)")
        if not re.findall(r"\(\.\./tests/\S+\)", cells[3]):
            tell(path, number, f"the row of {command} leads to no test")
    for command in sorted(commands):
        if named[command] != 1:
            tell(path, rows[-1][0] if rows else 1, f"{command} has {named[command]} rows in the table \"Commands and modules\": give it one, with "
                 "the modules it uses, its page and its tests")


def check_promises():
    """Each promise names tests that are there, by file and name, or says that no test can hold it; what is to come is no promise yet."""
    path = root / "doc/promises.md"
    if not path.exists():
        return
    items, part = [], ""
    for number, line, _ in read(path):
        if line.startswith("#"):
            part = line
        elif line.startswith("- ") and part != "## To come":
            items.append((number, line))
        elif line.startswith("  ") and items:
            items[-1] = items[-1][0], f"{items[-1][1]} {line.strip()}"
    for number, text in items:
        promise, held, by = text.rpartition("Held by ")
        if not held and "No test can hold it" not in text:
            tell(path, number, 'a promise names the tests that hold it: Held by `FILE` "NAME"')
        file, inside = None, ""
        for name, title in re.findall(r'`([^`]+)`|"([^"]+)"', by if held else ""):
            if name:
                file, inside = name, (root / name).read_text("utf-8") if (root / name).is_file() else ""
            elif (f'@test "{title}" {{' if str(file).endswith(".bats") else f"{title}(") not in inside:
                tell(path, number, f'{file} has no test "{title}"')


for document in documents():
    check_fences(document)
    check_headings(document)
    check_links(document)
    check_paths(document)
    check_functions(document)
check_rooms()
check_commands()
check_promises()
print(*mistakes, sep="\n", end="\n" if mistakes else "")
sys.exit(bool(mistakes))

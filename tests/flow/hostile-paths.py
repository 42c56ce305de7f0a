#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Has a ledger name files outside itself, wherever a value, a reference or a link could, and runs all commands: none of them
opens what lies outside. The kernel says so: inotify watches the folder that is named.

Usage: tests/flow/hostile-paths.py LEDGER; what is changed is a copy. Prints what was opened, by which command, and ends with 1."""
import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
spec = importlib.util.spec_from_file_location("text", os.path.join(os.path.dirname(os.path.abspath(__file__)), "hostile-text.py"))
text = importlib.util.module_from_spec(spec)
spec.loader.exec_module(text)

IN_ACCESS, IN_OPEN, IN_NONBLOCK = 0x1, 0x20, 0o4000
# Keys whose values name something: a form, a document, a person, a file by its digest, a rule.
NAMES = set("""id links cause to by via packs pack questionnaire rule period survey routine event kind category unit team department form record
    ticket sheet subject person of site sites seen form-id frame sample next previous form""".split())
LINKED = ["tickets/2026/09/YL260930001.yaml", "customers/3/3-1201.yaml", "staff.yaml", "kefu.yaml", "policy/resident-centre.yaml", "policy/calendar.yaml",
          "schemas/fields.yaml", "surveys/2026h2.yaml", "surveys/2026h2", "personnel/lihua.yaml", "plans/2026", "tickets/2026", "customers", "schemas/ticket",
          "appraisals/2026", ".kefu"]


class Watch:
    def __init__(self, folder):
        self.libc = ctypes.CDLL(None, use_errno=True)
        self.fd = self.libc.inotify_init1(IN_NONBLOCK)
        for path, _, _ in os.walk(folder):
            if self.fd < 0 or self.libc.inotify_add_watch(self.fd, os.fsencode(path), IN_OPEN | IN_ACCESS) < 0:
                sys.exit("no inotify here")

    def opened(self):
        """Whether anything was opened since it was asked last."""
        try:
            return bool(os.read(self.fd, 1 << 16))
        except BlockingIOError:
            return False


def main():
    ledger = text.types.Ledger(sys.argv[1])
    outside = tempfile.mkdtemp(prefix="outside.")
    folder = tempfile.mkdtemp(prefix="hostile.")
    wrong = tried = 0
    try:
        shutil.copytree(ledger.folder, os.path.join(outside, "ledger"))
        for name in ("x", "x.yaml", "x.sha256"):
            shutil.copy(os.path.join(ledger.folder, "policy/resident-centre.yaml"), os.path.join(outside, name))
        watch = Watch(outside)
        commands = text.all_commands(ledger)

        def fresh():
            shutil.rmtree(folder)
            shutil.copytree(ledger.folder, folder)

        def look(what, some):
            nonlocal wrong, tried
            for command in some:
                arguments = command.split(" ") + (text.types.NOW if not command.startswith("ledger-merge") else [])
                run = subprocess.run(arguments, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True)
                tried += 1
                if watch.opened() or not 0 <= run.returncode <= 6:
                    wrong += 1
                    print(f"{what}: {command}: status {run.returncode}; opened outside, or died: {run.stderr[-200:]!r}")

        # the watch sees what is opened
        open(os.path.join(outside, "x"), encoding="utf-8").close()
        if not watch.opened():
            sys.exit("inotify says nothing")

        up = os.path.relpath(outside, os.path.join(folder, "tickets/2026/09"))
        for index, value in enumerate([f"{outside}/x", f"{up}/x", f"{up}/ledger/tickets/2026/09/YL260930001", f"{outside}/x#1", "YL260930001/../../../x"]):
            work = text.Work(ledger)
            shutil.rmtree(folder)
            work.write(lambda key: key in NAMES, lambda old, value=value: text.scalar(value), "kefu.yaml")
            os.rename(work.folder, folder)
            look(value, commands)
            fresh()
            header = os.path.join(folder, "kefu.yaml")
            with open(header, encoding="utf-8") as file:
                said = file.read()
            for old in ("- resident-centre", "calendar: cn", "- YL"):
                with open(header, "w", encoding="utf-8") as file:
                    file.write(said.replace(old, f'{old.split(" ")[0]} "{value}"'))
                look(f"kefu.yaml: {old}", commands[index::5])
        for reference in (f"{outside}/x.yaml#/$defs/person", f"file://{outside}/x.yaml#/$defs/person", f"../{os.path.relpath(outside, folder)}/x.yaml#/$defs/person"):
            fresh()
            schema = os.path.join(folder, "schemas/fields.yaml")
            with open(schema, encoding="utf-8") as file:
                said = file.read()
            with open(schema, "w", encoding="utf-8") as file:
                file.write(said.replace("'#/$defs/person'", f"'{reference}'"))
            look(reference, commands[::4])
        for path in LINKED:
            fresh()
            target = os.path.join(folder, path)
            if not os.path.exists(target):
                continue
            shutil.rmtree(target) if os.path.isdir(target) else os.remove(target)
            os.symlink(os.path.join(outside, "ledger", path), target)
            look(f"a link: {path}", commands[::3])
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(outside, ignore_errors=True)
    print(f"{tried} commands", file=sys.stderr)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())

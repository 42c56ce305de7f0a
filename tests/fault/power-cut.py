#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Cuts the power after every step of a log the shim wrote, and looks at what a disk may then hold.

The disk is as unhelpful as POSIX allows: what a file holds is certain only after fsync of the file, a name only
after fsync of its folder, both after syncfs; until then any of a folder's changes may be missing, whatever their
order, and a file may be empty, old, short or zeros. After each cut every acknowledged line has to be in its file,
and every file with a name has to be whole: one of the versions that were renamed to it.

Usage: power-cut.py LOG [STATES-PER-CUT [SEED]]
Prints what it found; ends with 1 when something was lost or torn."""
import os
import random
import sys
from urllib.parse import unquote_to_bytes


class File:
    def __init__(self):
        self.durable = b''
        self.current = b''

    def after_cut(self, chance):
        if self.durable == self.current:
            return self.current
        return chance.choice([self.durable, b'', self.current, bytes(len(self.current)),
                              self.current[:chance.randrange(len(self.current) + 1)]])


class Folder:
    def __init__(self):
        self.durable = {}
        self.current = {}
        self.pending = []  # (name, what it became or None)

    def change(self, *changes):
        """Changes that are made at once or not at all, as rename's are."""
        for name, node in changes:
            apply(self.current, name, node)
        self.pending.append(changes)

    def sync(self):
        self.durable = dict(self.current)
        self.pending = []

    def after_cut(self, chance):
        names = dict(self.durable)
        likelihood = chance.choice([0, 0, 0.5, 1])
        for changes in self.pending:
            if chance.random() < likelihood:
                for name, node in changes:
                    apply(names, name, node)
        return names


def apply(names, name, node):
    if node is None:
        names.pop(name, None)
    else:
        names[name] = node


class Disk:
    def __init__(self):
        self.root = Folder()
        self.versions = {}  # path: every whole text it ever had
        self.acknowledged = []  # (path, line)

    def find(self, path):
        node = self.root
        for name in filter(None, path.split('/')):
            node = node.current[name]
        return node

    def parent(self, path):
        return self.find(os.path.dirname(path)), os.path.basename(path)

    def nodes(self, node):
        yield node
        if isinstance(node, Folder):
            for below in node.current.values():
                yield from self.nodes(below)

    def do(self, kind, path, text):
        if kind == 'create':
            folder, name = self.parent(path)
            folder.change((name, File()))
        elif kind == 'mkdir':
            folder, name = self.parent(path)
            folder.change((name, Folder()))
        elif kind == 'unlink':
            folder, name = self.parent(path)
            folder.change((name, None))
        elif kind == 'write':
            self.find(path).current += text
        elif kind == 'rename':
            folder, name = self.parent(path)
            to_folder, to_name = self.parent(text.decode())
            assert folder is to_folder, 'only renames within a folder are modelled'
            node = folder.current[name]
            folder.change((to_name, node), (name, None))
            self.versions.setdefault(text.decode(), set()).add(node.current)
        elif kind == 'fsync':
            node = self.find(path)
            node.durable = node.current
        elif kind == 'fsyncdir':
            self.find(path).sync()
        elif kind == 'syncfs':
            for node in self.nodes(self.root):
                if isinstance(node, Folder):
                    node.sync()
                else:
                    node.durable = node.current
        elif kind == 'ack':
            for line in text.decode().splitlines():
                path, _, words = line.partition('\t')
                self.acknowledged.append((path, words.encode()))
        else:
            raise ValueError(kind)

    def after_cut(self, chance):
        """path: text of every file with a name."""
        found = {}

        def look(folder, prefix):
            for name, node in folder.after_cut(chance).items():
                if name.startswith('.'):
                    continue
                if isinstance(node, Folder):
                    look(node, prefix + name + '/')
                else:
                    found[prefix + name] = node.after_cut(chance)

        look(self.root, '')
        return found


def main():
    states = int(sys.argv[2]) if len(sys.argv) > 2 else 10
    chance = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    disk = Disk()
    cuts = checked = 0
    lost, torn = set(), set()
    with open(sys.argv[1], encoding='ascii') as log:
        for number, line in enumerate(log, 1):
            kind, path, text = (line.rstrip('\n').split('\t') + [''])[:3]
            disk.do(kind, path, unquote_to_bytes(text))
            for _ in range(states):
                cuts += 1
                found = disk.after_cut(chance)
                for path, words in disk.acknowledged:
                    checked += 1
                    if words not in found.get(path, b'').split(b'\n'):
                        lost.add(f'after step {number}: {path}: {words.decode()}')
                for path, text in found.items():
                    if text not in disk.versions[path]:
                        torn.add(f'after step {number}: {path}')
    for what in sorted(lost)[:5]:
        print('lost', what)
    for what in sorted(torn)[:5]:
        print('torn', what)
    print(f'{cuts} power cuts, {len(disk.acknowledged)} acknowledged records, {checked} looked for: '
          f'{len(lost)} lost, {len(torn)} torn')
    sys.exit(1 if lost or torn else 0)


main()

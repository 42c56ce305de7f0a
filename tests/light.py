#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How many commands, and how much typing, each common matter takes with each pack: runs every sequence of tests/light.txt in a
ledger of its pack, counts, and prints doc/light.md. Needs the commands in PATH. The sequences end when the ticket is closed, or
the callback made, owe nothing by then, and ledger-check has nothing to say of them.

Usage: light.py [--over] [FILE]; with --over, prints only what exceeds its limit; FILE instead of tests/light.txt."""
import collections
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
DAY = '2026-11-20'
MATTERS = [  # name, what it is called, at most so many commands
    ('inquiry', 'an inquiry, answered on the spot', 1),
    ('free-repair', 'a free repair', 5),
    ('paid-repair', 'a paid repair', 8),
    ('complaint', 'an ordinary complaint', 5),
    ('callback', 'a callback', 1),
]
MOST_VALUES = 8


class Wrong(Exception):
    pass


def run(arguments, folder):
    done = subprocess.run(arguments, cwd=folder, capture_output=True, text=True, env=os.environ, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise Wrong(f'{shlex.join(arguments)}: {done.stderr.strip() or done.returncode}')
    return done.stdout


def options_of(command, known={}):
    """The options of COMMAND that take a value, and those that take none."""
    if command not in known:
        known[command] = set(), set()
        for short, long, value in re.findall(r'^  (?:(-\w), |    )(--[a-z-]+)( [^ \n]+)?(?:  |\n|$)', run([command, '--help'], None),
                                             re.M):
            known[command][0 if value else 1].update({short, long} - {''})
    return known[command]


def count_values(words):
    """Every word that somebody types, but for the command, the ticket, the names of options and the +: what a step is called, what
    an option is given, an option that is given nothing, a text."""
    command, *rest = words
    with_value, without = options_of(command)
    count, ticket = 0, command == 'ticket-open'
    rest = iter(rest)
    for word in rest:
        if word == '+':
            with_value, without = options_of('ticket-log')  # those of any step
            continue
        name, _, value = word.partition('=')
        if name in with_value:
            count += 1
            if not value:
                next(rest)
        elif word in without:
            count += 1
        elif word.startswith('-'):
            raise Wrong(f'{command} has no option {word}')
        elif not ticket:
            ticket = True
        else:
            count += 1
    return count


def read_sequences(file):
    """{pack: (people, {matter: [(actor, words)] or the reason why there is none})}, in the order of the file."""
    packs = collections.OrderedDict()
    for number, line in enumerate(pathlib.Path(file).read_text(encoding='utf-8').splitlines(), 1):
        if not line.strip() or line.startswith('#'):
            continue
        indent = len(line) - len(line.lstrip())
        if not indent:
            people, matters = packs.setdefault(line.strip(), ([], {}))
        elif line.startswith('  person '):
            people.append(shlex.split(line)[1:])
        elif indent == 2:
            name, _, reason = line.strip().partition(': ')
            steps = matters[name] = reason or []
        elif indent == 4:
            actor, *words = shlex.split(line)
            steps.append((actor, words))
        else:
            raise Wrong(f'{file}:{number}: not understood')
    return packs


class Ledger:
    def __init__(self, folder, pack, people):
        self.folder, self.minute, self.day = folder, 0, DAY
        run(['ledger-init', '-q', str(folder), '--pack', pack, '--site', 'YL', '--person', 'keeper', '--test', '--now',
             '2026-01-05 08:00'], None)
        for person in people:
            words = person if person[0] == 'personnel-log' else ['staff-log', 'joined', *person]
            run([*words, '-q', '--now', '2026-01-05 08:00'], folder)

    def step(self, actor, words):
        self.minute += 1
        now = f'{self.day} {9 + self.minute // 60:02}:{self.minute % 60:02}'
        ticket = ['YL261120001'] if words[1:2] == ['1'] else words[1:2]
        return run([words[0], '-q', '--by', actor, '--now', now, *ticket, *words[2:]], self.folder)

    def go_on(self, day):
        """To that day, unless it is that already."""
        if day != self.day:
            self.day, self.minute = day, 0

    def has_ended(self, callback):
        now = f'{self.day} 17:00'
        for command in [['ledger-check'], ['ticket-due', '--no-header']] + [['callback-due', '--no-header']] * callback:
            said = run([*command, '--now', now], self.folder)
            said = '\n'.join(line for line in said.splitlines() if 'callback-plan' not in line)
            if said:
                raise Wrong(f'{command[0]}: {said}')
        if 'YL261120001' in run(['ticket-list', '--now', now], self.folder):
            raise Wrong('it is not closed')


def play(pack, people, matters, matter, folder):
    """The commands of one matter, each with the number of its values."""
    ledger = Ledger(folder / f'{pack}-{matter}', pack, people)
    counted = []
    for actor, words in matters[matter]:
        if not actor.startswith('@'):
            ledger.step(actor, words)
            counted.append((actor, words, count_values(words)))
            continue
        if words[0] == 'after':
            for before in matters[words[1]]:
                ledger.step(*before)
        elif words != ['none']:
            ledger.go_on(actor[1:])
            ledger.step(words[0], words[1:])
        ledger.go_on(actor[1:])
    ledger.has_ended(matter == 'callback')
    return counted


def play_all(file):
    played = collections.OrderedDict()
    with tempfile.TemporaryDirectory() as folder:
        for pack, (people, matters) in read_sequences(file).items():
            played[pack] = {}
            for matter, _, _ in MATTERS:
                try:
                    none = isinstance(matters[matter], str)
                    played[pack][matter] = matters[matter] if none else play(pack, people, matters, matter, pathlib.Path(folder))
                except KeyError:
                    raise Wrong(f'{file}: {pack} has no {matter}') from None
                except Wrong as wrong:
                    raise Wrong(f'{pack}, {matter}: {wrong}') from None
    return played


def cell(commands, limit):
    if isinstance(commands, str):
        return '–'
    most = max(values for _, _, values in commands)
    text = f'{len(commands)} / {most}'
    return f'**{text}**' if len(commands) > limit or most > MOST_VALUES else text


HEAD = """# Light enough to use

How many commands a matter takes until it is closed, all who take part together, and how much has to be typed. `tests/light.py`
prints this page: it runs what stands here, in a ledger of the pack, and counts; [a test](../tests/flow/light.bats) sees that the
page is what it prints, and that nothing takes more than it may. At the end nothing is due any more, and `ledger-check` is silent.

Before the stroke stands the number of commands; what one person does at one time is one command. Behind it stands the number of
values in the longest of them: every word that is typed, but for the command, the ticket, the names of options, the `+`, and who
acts, which is the login. So the name of a step counts, and so does an option that stands alone. What the ledger knows is not typed
again: who acts, when, the price of the list, the department of a category, the charge that was agreed on. What is evidence always
is: the signature, what the household says, the telephone on the slip.

"""


def page(played):
    out = [HEAD, '| pack | ' + ' | '.join(what for _, what, _ in MATTERS) + ' |\n', '|---' * (1 + len(MATTERS)) + '|\n',
           '| *at most* | ' + ' | '.join(f'*{most} / {MOST_VALUES}*' for _, _, most in MATTERS) + ' |\n']
    for pack, matters in played.items():
        out.append(f'| [{pack}](../examples/{pack}/policy.yaml) | ' +
                   ' | '.join(cell(matters[name], most) for name, _, most in MATTERS) + ' |\n')
    for pack, matters in played.items():
        out.append(f'\n## {pack}\n')
        for name, what, _ in MATTERS:
            commands = matters[name]
            if isinstance(commands, str):
                out.append(f'\n{what[0].upper()}{what[1:]}: none; {commands}.\n')
                continue
            width = max(len(actor) for actor, _, _ in commands)
            out.append(f'\n{what[0].upper()}{what[1:]}:\n\n```\n')
            for actor, words, values in commands:
                out.append(f'{actor:{width}}  {values}  {" ".join(shown(word) for word in words)}\n')
            out.append('```\n')
    return ''.join(out)


def shown(word):
    return word if re.fullmatch(r'[^\s\'"\\;|&<>()$`#*?~]+', word) else shlex.quote(word)


def main():
    over = '--over' in sys.argv[1:]
    files = [word for word in sys.argv[1:] if word != '--over'] or [HERE / 'light.txt']
    played = play_all(files[0])
    if over:
        for pack, matters in played.items():
            for name, _, most in MATTERS:
                commands = matters[name]
                if not isinstance(commands, str) and '**' in cell(commands, most):
                    print(f'{pack}, {name}: {cell(commands, most).strip("*")}, at most {most} / {MOST_VALUES}')
    else:
        print(page(played), end='')


if __name__ == '__main__':
    try:
        main()
    except Wrong as wrong:
        sys.exit(f'light.py: {wrong}')

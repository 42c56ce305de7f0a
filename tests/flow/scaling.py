#!/usr/bin/python3
"""Whether anything is quadratic: each command with each of its inputs, at a size, twice that and four times that.

scaling.py FOLDER TIMES [PATTERN]: makes ledgers in FOLDER, and prints a line for each pair, with the CPU time, the best of
three runs, at each size, and by how much it grew from the first to the last, less what it takes at any size. In
proportion is 4, quadratic 16; more than 8, three times over, is too much, and ends with 1, as does a command that refuses
its command line or its ledger. TIMES multiplies all sizes. PATTERN chooses pairs by what they are called. What takes less
than 40 ms at the largest size is not judged.
"""
import os
import re
import shutil
import subprocess
import sys

NOW = "2026-11-20 12:00"
LIMIT, WORTH, TRIES = 8, 0.04, 3
folder, times = os.path.abspath(sys.argv[1]), float(sys.argv[2])
wanted = re.compile(sys.argv[3] if len(sys.argv) > 3 else ".")
data = os.environ["KEFU_DATA"]


def run(command, ledger, quiet=True):
    """The CPU time of COMMAND, and its status."""
    out = open(os.path.join(folder, "out"), "w")
    err = open(os.path.join(folder, "err"), "w")
    process = subprocess.Popen(command, cwd=ledger, stdout=out, stderr=err)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime, process.returncode


def made(command, ledger, stamp="2026-01-05 09:00"):
    if run(command + ["--now", stamp], ledger)[1]:
        sys.exit("scaling.py: %s: %s" % (" ".join(command), open(os.path.join(folder, "err")).read()))


def write(path, text, mode="w"):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, mode) as file:
        file.write(text)


def document(**fields):
    """A document as kefu writes it; underscores stand for hyphens."""
    lines = ["---"]
    for key, value in fields.items():
        key = key.replace("_", "-")
        if isinstance(value, list):
            lines += [key + ":"] + ["  - " + one for one in value]
        elif isinstance(value, dict):
            lines += [key + ":"] + ["  %s: %s" % pair for pair in value.items()]
        else:
            lines.append("%s: %s" % (key, value))
    return "\n".join(lines) + "\n...\n"


def at(day, second=0):
    return '"%sT%02d:%02d:%02d+08:00"' % (day, 9 + second // 3600, second // 60 % 60, second % 60)


# --- inputs: each adds N of something to the ledger in the working directory ---

def ticket(number, unit, closed, day="2026-11-19"):
    """A repair that waits for its callback, or a complaint that is open."""
    name = "YL%s%03d" % (day.replace("-", "")[2:], number)
    text = document(event="opened", seq=1, id=name, site="YL", at=at(day, number % 3000), by="lihua",
                    kind="repair" if closed else "complaint", category="drain" if closed else "noise",
                    severity="ordinary", department="engineering",
                    customer={"unit": '"%s"' % unit, "name": "王女士", "phone": '"139%08d"' % number},
                    channel="phone", text="水管漏水 %d" % number)
    if closed:
        text += document(event="finished", seq=2, site="YL", at=at(day, number % 3000 + 600), by="lihua", work="x")
        text = text[:-4] + "callbacks:\n  - id: repair\n    rule: repair\n    clause: H2.C-7 H2.A-4\n    start: %s\n" \
            "    opens: %s\n    at: \"2026-11-22T23:59:59+08:00\"\n    rate: \"1\"\n    minimum: \"0.30\"\n" \
            "    who:\n      - desk\n...\n" % (at(day, number % 3000 + 600), at(day, number % 3000 + 600))
        text += document(event="closed", seq=3, site="YL", at=at(day, number % 3000 + 660), by="lihua", result="x")
    write("tickets/%s/%s.yaml" % (day[:7].replace("-", "/"), name), text)


def callbacks(n):
    for i in range(1, n + 1):
        ticket(i, "%d-%d01" % (i % 20 + 1, i % 30 + 1), True)


def complaints(n):
    for i in range(1, n + 1):
        ticket(i, "%d-%d01" % (i % 20 + 1, i % 30 + 1), False)


def one_unit(n):
    for i in range(1, n + 1):
        ticket(i, "3-0101", False, "2026-%02d-%02d" % (1 + i // 28 % 10, 1 + i % 28))


def documents(n):
    ticket(1, "3-0101", False)
    write("tickets/2026/11/YL261119001.yaml",
          "".join(document(event="told", seq=i + 2, site="YL", at=at("2026-11-19", 60 + i % 3600), by="lihua", to=["wenbo"],
                           text="x%d" % i) for i in range(n)), "a")


def corrections(n):
    ticket(1, "3-0101", False)
    write("tickets/2026/11/YL261119001.yaml",
          "".join(document(event="corrected", seq=i + 2, site="YL", at=at("2026-11-19", 60 + i % 3600), by="lihua",
                           fields={"channel": ["phone", "desk"][i % 2]}, reason="x%d" % i) for i in range(n)), "a")


def staff(event, n, **fields):
    seq = open("staff.yaml").read().count("\nseq: ")
    write("staff.yaml", "".join(
        document(event=event, seq=seq + i + 1, site="YL", at=at("2026-01-06", i % 3600), by="keeper",
                 **{key: value(i) if callable(value) else value for key, value in fields.items()}) for i in range(n)), "a")


def people(n):
    staff("joined", n, person=lambda i: "p%d" % i, name="x", roles=["worker", "officer"], areas=['"3"'],
          department="engineering")


def changes(n):
    staff("changed", n, person="wanggang", phone=lambda i: '"139%08d"' % i)


def absences(n):
    staff("absent", n, person="wanggang", **{
        key: lambda i, minute=minute: '"2026-%02d-%02dT%02d:%s:00+08:00"' % (2 + i // 500 % 9, 1 + i // 18 % 28, i % 18, minute)
        for key, minute in (("from", "00"), ("until", "30"))})


def unit_of(i):
    return "%d-%d%02d" % (1 + i // 300, 1 + i // 10 % 30, 1 + i % 10)


def customers(n):
    for i in range(n):
        unit = unit_of(i)
        write("customers/%s/%s.yaml" % (unit.split("-")[0], unit),
              document(event="opened", seq=1, id='"%s"' % unit, site="YL", at=at("2026-01-06"), by="lihua", kind="customer",
                       customer={"unit": '"%s"' % unit, "name": "x", "birthday": '"11-%02d"' % (1 + i % 30)}))


def history(n):
    customers(1)
    write("customers/1/1-101.yaml",
          "".join(document(event="changed", seq=i + 2, site="YL", at=at("2026-01-06", 60 + i % 3600), by="lihua",
                           customer={"phone": '"139%08d"' % i}) for i in range(n)), "a")


def household_rows(n):
    write("../rows.csv", "unit,name\n" + "".join("%s,x\n" % unit_of(i) for i in range(n)))


def household_again(n):
    write("../rows.csv", "unit,name\n" + "".join("3-0101,x%d\n" % i for i in range(n)))


def ticket_rows(n, same=False):
    write("../mapping.yaml", "source: old\nkey: key\ntimes: [\"%Y-%m-%d %H:%M\"]\n"
          "fields: {at: at, kind: kind, text: text}\n")
    write("../rows.csv", "key,at,kind,text\n" + "".join(
        "%d,2026-%02d-%02d 10:00,inquiry,x\n" % (1 if same else i, 1 + i // 28 % 10, 1 + i % 28) for i in range(n)))


def ticket_again(n):
    ticket_rows(n, True)


def units(n, areas=300):
    write("../units.csv", "unit,area,type\n" + "".join(
        "%s,%d,%s\n" % (unit_of(i), i // areas, ["业主", "租户"][i % 2]) for i in range(n)))


def approved(n, areas):
    """A survey whose sample may be drawn."""
    units(n, areas)
    shutil.copy(data + "/examples/satisfaction/questionnaire.yaml", "../questionnaire.yaml")
    made(["survey-plan", "-q", "planned", "s", "--questionnaire", "../questionnaire.yaml", "--title", "s", "-o",
          "half-yearly"], ".", "2026-11-01 09:00")
    made(["survey-plan", "-q", "approved", "s", "--by", "qianjin"], ".", "2026-11-01 10:00")


def survey(n):
    """Drawn and issued."""
    approved(n, 300)
    made(["survey-draw", "-q", "s", "--units", "../units.csv", "--rate", "1"], ".", "2026-11-02 09:00")
    made(["survey-plan", "-q", "issued", "s"], ".", "2026-11-03 09:00")
    write("../answers.csv", "unit,security,cleaning\n" + "".join("%s,%d,4\n" % (unit_of(i), 1 + i % 5) for i in range(n)))


def answers(n):
    survey(n)
    for i in range(n):
        unit = unit_of(i)
        write("surveys/s/answers/%s/%s.yaml" % (unit.split("-")[0], unit),
              document(event="answered", seq=1, id='"%s"' % unit, site="YL", at=at("2026-11-04"), by="keeper",
                       type=["业主", "租户"][i % 2], area='"%d"' % (i // 300),
                       answers={"security": 1 + i % 5, "cleaning": 4}))


def planned(n):
    survey(1)
    text = re.search(r"---\n.*?\n\.\.\.\n", open("surveys/s.yaml").read(), re.S).group(0)
    os.makedirs("surveys", exist_ok=True)
    for i in range(n):
        write("surveys/t%d.yaml" % i, text.replace("id: s\n", "id: t%d\n" % i))


def register(n):
    write("personnel/wanggang.yaml", "".join(
        document(event="commended", seq=i + 1, **({"id": "wanggang"} if not i else {}), site="YL",
                 at=at("2026-%02d-%02d" % (1 + i // 28 % 10, 1 + i % 28)), by="keeper", degree="commendation", reason="x")
        for i in range(n)))


def registers(n):
    people(n)
    for i in range(n):
        write("personnel/p%d.yaml" % i, document(event="commended", seq=1, id="p%d" % i, site="YL", at=at("2026-02-01"),
                                                 by="keeper", degree="commendation", reason="x"))


def sheets(n):
    """Of one person each day."""
    made(["appraise", "-q", "wanggang", "weekly-check", "--by", "gaoxia", "-D", "attendance:0.5:x"], ".", NOW)
    first = open("appraisals/2026/wanggang/2026-W47-weekly-check.yaml").read()
    people(n)
    for i in range(n):
        for week in (20, 21):
            text = first.replace("wanggang", "p%d" % i).replace("2026-W47", "2026-W%d" % week)
            write("appraisals/2026/p%d/2026-W%d-weekly-check.yaml" % (i, week), text)


def calendar(n):
    """Days off of the ledger's own."""
    days = "".join('  - {name: x%d, known: "2026-01-01", rest: ["%d-%02d-%02d"]}\n'
                   % (i, 2027 + i // 336, 1 + i // 28 % 12, 1 + i % 28) for i in range(n))
    write("policy/calendar-own.yaml", "days:\n" + days)
    complaints(200)


def linked(n):
    """One of n tickets is linked with twenty others, and a rule asks for those."""
    write("policy/more.yaml", "pack: more\ntitle: x\nsource: x\nmatch:\n  waits: {properties: {linked: {contains: {properties: "
          "{state: {const: disputed}}, required: [state]}}}, required: [linked]}\nsteps:\n"
          "  - {step: closed, if: waits, refuse: a linked matter is disputed, clause: R-1}\n")
    write("kefu.yaml", open("kefu.yaml").read().replace("packs:\n", "packs:\n  - more\n"))
    complaints(n)
    write("tickets/2026/11/YL261119001.yaml",
          "".join(document(event="linked", seq=i, site="YL", at=at("2026-11-19", 60 + i), by="lihua", cause="YL261119%03d#2" % i,
                           links=["YL261119%03d" % i]) for i in range(2, 22)), "a")


def households(n):
    """N further households wait for a callback about one ticket."""
    ticket(1, "3-0101", False)
    text = "".join(document(event="joined-by", seq=i + 2, site="YL", at=at("2026-11-19", 60 + i), by="lihua",
                            joined={"unit": '"4-%04d"' % i}) for i in range(n))
    finished = at("2026-11-19", 3600)
    text += document(event="finished", seq=n + 2, site="YL", at=finished, by="lihua", work="x")[:-4] + "callbacks:\n"
    text += "".join("  - id: repair-%d\n    rule: repair\n    clause: H2.C-7 H2.A-4\n    start: %s\n    opens: %s\n"
                    "    at: \"2026-11-22T23:59:59+08:00\"\n    rate: \"1\"\n    minimum: \"0.30\"\n    who:\n      - desk\n"
                    "    household: \"4-%04d\"\n" % (i + 1, finished, finished, i) for i in range(n))
    write("tickets/2026/11/YL261119001.yaml", text + "...\n", "a")


def balances():
    write("policy/more.yaml", "pack: more\ntitle: x\nsource: x\nsteps:\n"
          "  - {step: [lent, returned], needs: [materials], clause: R-1}\n"
          "  - {step: withdrawn, settled: loans, clause: R-1}\n"
          "balances:\n  - {balance: loans, out: lent.materials, back: returned.materials, per: to, clause: R-2}\n")
    write("kefu.yaml", open("kefu.yaml").read().replace("packs:\n", "packs:\n  - more\n"))


def lent(seq, day, item, event="lent"):
    text = document(event=event, seq=seq, site="YL", at=at(day, 60 + seq % 3600), by="lihua", to="wanggang")
    return text[:-4] + "materials:\n  - item: 打印机%d\n    quantity: \"2\"\n...\n" % item


def loans(n):
    """A device of each of n tickets is out."""
    balances()
    complaints(n)
    for i in range(1, n + 1):
        write("tickets/2026/11/YL261119%03d.yaml" % i, lent(2, "2026-11-19", i % 50), "a")


def loans_of_one(n):
    """Of one ticket n devices are out."""
    balances()
    ticket(1, "3-0101", False)
    write("tickets/2026/11/YL261119001.yaml", "".join(lent(i + 2, "2026-11-19", i) for i in range(n)), "a")


def back_and_forth(n):
    """One device n times."""
    balances()
    ticket(1, "3-0101", False)
    write("tickets/2026/11/YL261119001.yaml",
          "".join(lent(i + 2, "2026-11-19", 0, ["lent", "returned"][i % 2]) for i in range(n)), "a")


def rules(n):
    write("policy/more.yaml", "pack: more\ntitle: x\nsource: x\nkinds:\n"
          + "".join("  - {kind: k%d, title: x}\n" % i for i in range(n)) + "deadlines:\n"
          + "".join("  - {rule: r%d, kind: k%d, start: opened, within: 3 d, until: [closed], clause: R-%d}\n" % (i, i, i)
                    for i in range(n)))
    write("kefu.yaml", open("kefu.yaml").read().replace("packs:\n", "packs:\n  - more\n"))


def phrases(n):
    write("policy/more.yaml", "pack: more\ntitle: x\nsource: x\ncategories:\n"
          + "".join("  - {category: c%d, kind: inquiry, title: x, pattern: \"词%d\"}\n" % (i, i) for i in range(n)))
    write("kefu.yaml", open("kefu.yaml").read().replace("packs:\n", "packs:\n  - more\n"))


def lost(n):
    for day in ("2026-11-19",):
        ticket(n + 1, "3-0101", False, day)
    write("numbers/YL.yaml", "".join(
        document(event="lost", seq=i + 1, **({"id": "YL"} if not i else {}), site="YL", at=at("2026-11-20", i % 3600),
                 by="keeper", numbers=["YL261119%03d" % (i + 1)], reason="x") for i in range(n)))


def two_sides(n):
    documents(n)
    one = open("tickets/2026/11/YL261119001.yaml").read()
    write("../theirs.yaml", re.sub(r"text: x(\d)", r"text: y\1", one))


# --- pairs: what they are called, how the input is made, its first size, the command; statuses that are right ---

CHECK = ["ledger-check"]
DRAW = ["survey-draw", "s", "--units", "../units.csv", "--rate", "0.5", "--dry-run"]
PAIRS = [
    ("callback-due × callbacks that are open", callbacks, 1000, ["callback-due"]),
    ("callback-due × people", people, 1000, ["callback-due"]),
    ("callback-due × callbacks and people", lambda n: (callbacks(n), people(2 * n)), 500, ["callback-due"]),
    ("callback-due × absences", lambda n: (callbacks(200), absences(n)), 500, ["callback-due"]),
    ("callback-tally × callbacks", callbacks, 1000, ["callback-tally", "-P", "2026-11"]),
    ("callback-log × documents of the ticket", documents, 500,
     ["callback-log", "YL261119001", "--unreached", "--by", "lihua", "--dry-run"]),
    ("callback-plan × customers", customers, 500, ["callback-plan", "--dry-run"]),
    ("callback-plan × customers and people", lambda n: (customers(n), people(n)), 300, ["callback-plan", "--dry-run"]),
    ("ticket-due × tickets", complaints, 1000, ["ticket-due"]),
    ("ticket-due × tickets and people", lambda n: (complaints(n), people(n)), 500, ["ticket-due"]),
    ("ticket-list × tickets", complaints, 1000, ["ticket-list", "--state", "open"]),
    ("ticket-list --for × tickets and people", lambda n: (complaints(n), people(n)), 500,
     ["ticket-list", "--for", "wanggang"]),
    ("ticket-list --outstanding × tickets", loans, 1000, ["ticket-list", "--outstanding"]),
    ("ticket-list --outstanding × things of one ticket", loans_of_one, 1000, ["ticket-list", "--outstanding", "wanggang"]),
    ("ticket-close of a linked ticket × tickets", linked, 1000,
     ["ticket-close", "YL261119001", "-r", "x", "--by", "lihua", "--dry-run"]),
    ("ticket-log × things that are out", loans_of_one, 1000,
     ["ticket-log", "YL261119001", "returned", "--material", "打印机0:1", "--by", "lihua", "--dry-run"]),
    ("staff-log left × tickets with things", loans, 500, ["staff-log", "left", "wanggang", "--reason", "x", "--dry-run"]),
    ("ledger-check × things that are out", loans_of_one, 500, CHECK),
    ("ledger-check × one thing that comes and goes", back_and_forth, 500, CHECK),
    ("ticket-repeats × tickets of one unit", one_unit, 500, ["ticket-repeats"]),
    ("ticket-repeats × tickets", complaints, 1000, ["ticket-repeats"]),
    ("callback-due × households", households, 250, ["callback-due", "--within", "9d"]),
    ("ledger-check × households", households, 250, CHECK),
    ("ticket-show × households", households, 250, ["ticket-show", "YL261119001"]),
    ("ticket-log × households", households, 250,
     ["ticket-log", "YL261119001", "told", "--set", "to=wenbo", "--by", "lihua", "--dry-run"]),
    ("ticket-show × documents", documents, 1000, ["ticket-show", "YL261119001"]),
    ("ticket-show × corrections", corrections, 500, ["ticket-show", "YL261119001"]),
    ("ticket-why × documents", documents, 1000, ["ticket-why", "YL261119001"]),
    ("ticket-log × documents", documents, 500,
     ["ticket-log", "YL261119001", "told", "--set", "to=wenbo", "--by", "lihua", "--dry-run"]),
    ("ticket-log × corrections", corrections, 300,
     ["ticket-log", "YL261119001", "told", "--set", "to=wenbo", "--by", "lihua", "--dry-run"]),
    ("ticket-assign × people", lambda n: (complaints(1), people(n)), 1000,
     ["ticket-assign", "YL261119001", "wanggang", "--dry-run"]),
    ("ticket-open × tickets", complaints, 1000, ["ticket-open", "-k", "inquiry", "x", "--by", "lihua", "--dry-run"]),
    ("ticket-open --request-id × tickets", complaints, 1000,
     ["ticket-open", "-k", "inquiry", "x", "--by", "lihua", "--request-id", "r", "--dry-run"]),
    ("ticket-open × categories", phrases, 200, ["ticket-open", "x", "--by", "lihua", "--dry-run"]),
    ("deadline-recompute × days off", calendar, 500, ["deadline-recompute"]),
    ("deadline-recompute × tickets", complaints, 500, ["deadline-recompute"]),
    ("customer-list × customers", customers, 1000, ["customer-list"]),
    ("customer-log × documents", history, 500,
     ["customer-log", "changed", "1-101", "-n", "y", "--by", "lihua", "--dry-run"]),
    ("customer-import × rows", household_rows, 500, ["customer-import", "../rows.csv", "--by", "lihua", "--dry-run"]),
    ("customer-import × rows of one unit", household_again, 500,
     ["customer-import", "../rows.csv", "--by", "lihua", "--dry-run"]),
    ("ledger-import × rows", ticket_rows, 500,
     ["ledger-import", "../rows.csv", "-m", "../mapping.yaml", "--rejects", "../rejects", "--dry-run"]),
    ("ledger-import × rows with one key", ticket_again, 500,
     ["ledger-import", "../rows.csv", "-m", "../mapping.yaml", "--rejects", "../rejects", "--dry-run"]),
    ("survey-draw × units", lambda n: approved(n, 300), 1000, DRAW),
    ("survey-draw × areas", lambda n: approved(n, 2), 1000, DRAW),
    ("survey-draw --verify × units", survey, 1000, ["survey-draw", "s", "--verify"]),
    ("survey-log --from × rows", survey, 500, ["survey-log", "s", "--from", "../answers.csv", "--dry-run"]),
    ("survey-tally × answers", answers, 500, ["survey-tally", "s", "--format", "csv"]),
    ("survey-list × surveys", planned, 300, ["survey-list"]),
    ("staff-list × people", people, 1000, ["staff-list"]),
    ("staff-list × changes of one person", changes, 1000, ["staff-list"]),
    ("staff-list × absences of one person", absences, 500, ["staff-list"]),
    ("staff-log × people", people, 1000, ["staff-log", "changed", "wanggang", "--phone", "13900010009", "--dry-run"]),
    ("staff-log × absences", absences, 500,
     ["staff-log", "absent", "wanggang", "--from", "2026-12-01 08:00", "--until", "2026-12-02 08:00", "--dry-run"]),
    ("personnel-list × records of one person", register, 500, ["personnel-list"]),
    ("personnel-list × people", registers, 500, ["personnel-list"]),
    ("personnel-log × records", register, 500,
     ["personnel-log", "wanggang", "commended", "--degree", "commendation", "-r", "x", "--by", "qianjin", "--dry-run"]),
    ("appraise-tally × people", sheets, 200, ["appraise-tally"]),
    ("policy-list × rules", rules, 300, ["policy-list"]),
    ("policy-list --gaps × rules", rules, 100, ["policy-list", "--gaps"]),
    ("policy-list --unfilled × rules", rules, 100, ["policy-list", "--unfilled"]),
    ("policy-list --unfilled × callbacks", callbacks, 300, ["policy-list", "--unfilled"]),
    ("ledger-check × tickets", complaints, 500, CHECK),
    ("ledger-check × callbacks", callbacks, 300, CHECK),
    ("ledger-check × documents", documents, 500, CHECK),
    ("ledger-check × corrections", corrections, 200, CHECK),
    ("ledger-check × people", people, 500, CHECK),
    ("ledger-check × absences", absences, 300, CHECK),
    ("ledger-check × sheets", sheets, 100, CHECK),
    ("ledger-check × records", register, 300, CHECK),
    ("ledger-check × answers", answers, 300, CHECK),
    ("ledger-check × lost numbers", lost, 300, CHECK),
    ("ledger-log × lost numbers", lost, 300, ["ledger-log", "found", "YL261119001", "-r", "x", "--dry-run"]),
    ("ledger-merge × documents", two_sides, 500,
     ["ledger-merge", "tickets/2026/11/YL261119001.yaml", "../theirs.yaml"]),
]


def base():
    ledger = os.path.join(folder, "base/ledger")
    if os.path.exists(ledger):
        return
    os.makedirs(os.path.dirname(ledger))
    made(["ledger-init", "-q", ledger, "--pack", "resident-centre", "--pack", "satisfaction", "--site", "YL", "--test",
          "--person", "keeper"], folder, "2026-01-05 08:00")
    for person in ("lihua --role desk --role estate-manager", "wanggang --role worker --department engineering",
                   "zhaoqiang --role duty-lead --role department-head --department engineering", "gaoxia --role supervisor",
                   "qianjin --role manager --role estate-manager", "wenbo --role office-director"):
        made(["staff-log", "-q", "joined", *person.split(), "--name", "x"], ledger)
    # later than its people, who would need its training first
    shutil.copy(data + "/examples/appraisal/policy.yaml", ledger + "/policy/appraisal.yaml")
    write(ledger + "/kefu.yaml", open(ledger + "/kefu.yaml").read().replace("packs:\n", "packs:\n  - appraisal\n"))


def put(source, to):
    """What no input changes is linked, which is faster."""
    (os.link if re.search("/(schemas|policy)/", source) else shutil.copy2)(source, to)


def measure(make, sizes, command):
    """The times, by how much they grew, and the last status."""
    took = [best(make, size, command) for size in sizes]
    (first, _), (second, _), (last, status) = took
    rest = max(0.0, 2 * first - second)  # what is there at any size is not the input's
    return [one[0] for one in took], (last - rest) / max(first - rest, 1e-3), status


def best(make, size, command):
    ledger = os.path.join(folder, "work/ledger")
    shutil.rmtree(os.path.join(folder, "work"), ignore_errors=True)
    shutil.copytree(os.path.join(folder, "base"), os.path.join(folder, "work"), copy_function=put)
    os.chdir(ledger)
    if size:
        make(size)
    command = command if command[0] in ("ledger-merge",) else command + ["--now", NOW]
    runs = [run(command, ledger) for _ in range(3)]
    return min(one[0] for one in runs), runs[0][1]


def main():
    failed = False
    base()
    for name, make, size, command in PAIRS:
        if not wanted.search(name):
            continue
        sizes = [max(1, int(size * times * factor)) for factor in (1, 2, 4)]
        for _ in range(TRIES):
            took, growth, status = measure(make, sizes, command)
            much = took[-1] >= WORTH and growth > LIMIT
            if not much:
                break
        wrong = status not in (0, 1, 3)
        failed = failed or much or wrong
        print("%-45s %s %5.1f%s%s" % (name, " ".join("%6d: %6.3f s" % pair for pair in zip(sizes, took)), growth,
                                      "  too much" if much else "",
                                      "  status %d: %s" % (status, open(os.path.join(folder, "err")).read())
                                      if wrong else ""), flush=True)
    sys.exit(failed)


main()

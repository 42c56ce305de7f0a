# SPDX-License-Identifier: MIT
"""What a ledger ought to say, by its manual: forms folded, lists, what is due, and what a step makes due.

Slow and plain on purpose, and written from man/ and the headers of lib/, not from the C: where the two differ, one is wrong.
Runs nothing and writes nothing; tests/conformance/histories asks it."""
import calendar
import datetime
import fractions
import functools
import hashlib
import math
import re

import yaml

ZONE = datetime.timezone(datetime.timedelta(hours=8))
ONE_DAY = datetime.timedelta(days=1)
ONE_SECOND = datetime.timedelta(seconds=1)


@functools.lru_cache(maxsize=1 << 18)
def instant(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(ZONE)


def text_of(moment):
    return moment.isoformat(timespec="seconds")


# --- canonical text: kefu-ledger(5), "Canonical text" ---

ORDER = {name: place for place, name in enumerate(
    "event seq id site at recorded by via request-id cause seen kind category severity charging department classified customer "
    "channel heard-at first-asked agreed-at links to team about extends fields state until approved-by consent from price workers "
    "work materials phone-seen result valid reason explained signature manner reached callers answer agrees shortcomings "
    "promised problem text rule period of tries keeps withdraws settles due callbacks".split())}
PARTS = {
    "customer": "unit name phone".split(),
    "due": "id rule clause start until at provisional tell survives to done".split(),
    "tell": "id at who until".split(),
    "callbacks": "id rule clause start opens at rate minimum on-site who provisional survives attempts".split(),
    "attempts": "times days clause".split(),
    "materials": "item quantity".split(),
    "fields": "charging department customer phone-seen result valid".split(),
}
PLAIN = re.compile(r"[A-Za-z\u4e00-\u9fff][A-Za-z0-9\u4e00-\u9fff -]*")
NOT_TEXT = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}


def scalar(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    plain = PLAIN.fullmatch(value.replace(".", "")) and value[-1] not in " ." and value.lower() not in NOT_TEXT
    return value if plain else f'"{value}"'


def lines_of(key, value, indent):
    space = " " * indent
    if isinstance(value, dict):
        yield f"{space}{key}:"
        for part in PARTS.get(key, sorted(value)):
            if part in value:
                yield from lines_of(part, value[part], indent + 2)
    elif isinstance(value, list):
        yield f"{space}{key}:"
        for item in value:
            if isinstance(item, dict):
                inner = [line for part in PARTS[key] if part in item for line in lines_of(part, item[part], indent + 4)]
            else:
                inner = [f"{space}    {scalar(item)}"]
            yield f"{space}  - {inner[0][indent + 4:]}"
            yield from inner[1:]
    elif isinstance(value, str) and "\n" in value:
        yield f"{space}{key}: |2" + ("" if value.endswith("\n") else "-")
        for line in value.splitlines():
            yield f"{space}  {line}" if line else ""
    else:
        yield f"{space}{key}: {scalar(value)}"


class Document:
    """One document: its values, its bytes, and what readers ask of it first."""

    def __init__(self, values, text=None):
        self.values = values
        self.text = text
        if text is None:
            lines = [line for key in sorted(values, key=ORDER.__getitem__) for line in lines_of(key, values[key], 0)]
            self.text = "\n".join(["---", *lines, "...", ""])
        self.digest = hashlib.sha256(self.text.encode()).digest()
        self.event, self.seq = values["event"], values["seq"]
        self.at = instant(values["at"])
        self.recorded = instant(values.get("recorded", values["at"]))

    def get(self, key, otherwise=None):
        return self.values.get(key, otherwise)

    def place(self):
        return self.seq, self.digest


def united(*versions):
    """Two clones' versions of a file: every document once, by seq and SHA-256."""
    return sorted({document.digest: document for version in versions for document in version}.values(), key=Document.place)


@functools.lru_cache(maxsize=1 << 12)
def document_of(text):
    return Document(yaml.safe_load(text), text)


def documents_in(text):
    return [document_of(part) for part in re.findall(r"^---\n.*?^\.\.\.\n", text, re.DOTALL | re.MULTILINE)]


# --- a form, folded: kefu-ledger(5), "States" ---

class Duty:
    def __init__(self, values, callback, document, cycle):
        self.values, self.callback, self.set_by, self.cycle = values, callback, document, cycle
        self.id, self.rule, self.clause = values["id"], values["rule"], values["clause"]
        self.start, self.at = instant(values["start"]), instant(values["at"])
        self.opens = instant(values.get("opens", values["start"]))
        self.tellings = [{**telling, "told": False} for telling in values.get("tell", [])]
        self.verdict, self.ended_by, self.attempts, self.drawn = "open", None, 0, False
        self.tried = []  # the calls in vain that counted while it was owed
        self.counted_as = self  # of what two clones set both, the one with the earlier end

    def end(self, document, verdict):
        self.verdict, self.ended_by = verdict, document

    def end_by(self, document):
        """The first of the events that end it: in time, or late."""
        self.end(document, "in time" if document.at <= self.at else "LATE")

    def withdraw(self, document):
        """No longer owed; what had been missed when that was recorded stays missed."""
        self.end(document, "LATE" if document.recorded > self.at else "withdrawn")

    def ends_with(self, event):
        """Whether it ends by the event alone; where somebody has to be told, only a document does that names it."""
        return not self.callback and "to" not in self.values and event in self.values["until"]

    def was_done(self):
        """Ended by what it asks for, and not by what withdrew it."""
        event = self.ended_by and self.verdict != "not reached" and self.ended_by.event
        return event == "callback" if self.callback else event in self.values["until"]

    def could_not_be_reached(self):
        """Tried often enough in its window: neither made nor missed."""
        return self.verdict == "not reached" and self.ended_by.at <= self.at

    def can_be_made(self, at):
        """Owed; or not reached, and a call at that time is made in the window, or it was missed anyway."""
        return self.verdict == "open" or self.verdict == "not reached" and (at <= self.at or self.ended_by.at > self.at)

    def tries(self, documents):
        """The calls in vain that count for it, as they happened, and the one with which they were enough."""
        limit = self.values.get("attempts")
        calls = [document for document in documents if document.event == "callback" and document.get("reached") is False and
                 self.id in document.get("tries", ()) and document.at >= self.opens] if limit else []
        calls.sort(key=lambda document: document.at)
        for index, call in enumerate(calls):
            if index + 1 >= limit["times"] and days_of(calls[:index + 1]) >= limit["days"]:
                return calls, call
        return calls, None

    def on_site(self):
        """Answered in time where the customer is, and signed."""
        return (self.verdict == "in time" and self.ended_by.get("manner") in ("visit", "on-site") and "signature" in self.ended_by.values)

    def outlives_reopening(self):
        """What a callback promised or found, what a routine scheduled, and what says so is owed all the same."""
        return "survives" in self.values or self.set_by.event == "scheduled" or not self.callback and self.set_by.event == "callback"


def days_of(documents):
    """On how many days, as their times say it."""
    return len({document.get("at")[:10] for document in documents})


class Ticket:
    def __init__(self, documents=()):
        self.documents, self.duties = [], []
        self.state, self.cycle, self.cycle_begin = "open", 1, 0
        self.known, self.customer, self.customer_times = {}, {}, {}
        self.assignee = self.team = self.phone = self.assigned_at = self.team_at = None
        for document in documents:
            self.add(document)

    def callers(self, duty):
        """Who makes a callback: as it says, but where a step names them, those whom the latest such step names."""
        parts = []
        for part in duty.values["who"]:
            step = part[len("named:"):] if part.startswith("named:") else None
            named = [document.get("callers") for document in (mended(self.documents, len(self.documents)) if step else ())
                     if document.event == step and document.get("callers")]
            parts.append("people:" + ",".join(named[-1]) if named else part)
        return parts

    def counted(self):
        """What is owed, each thing once."""
        return [duty for duty in self.duties if duty.counted_as is duty]

    def open_duties(self, identity=None):
        return [duty for duty in self.duties if duty.verdict == "open" and identity in (None, duty.id)]

    def contradicted_by(self, event):
        """A second opening or closing, work that ends twice or after the closing, somebody who is assigned after it, a
        reopening of what is open, anything after a voiding."""
        if self.state == "voided":
            return True
        return event in {"open": {"opened", "reopened"}, "finished": {"opened", "finished"},
                         "closed": {"opened", "assigned", "finished", "closed"}}.get(self.state, ())

    def had(self, document, past):
        """Whether the clone that recorded it had PAST by then, as it says in `seen`; versions before did not say that."""
        if past.seq >= document.seq:
            return False
        if past.get("site") == document.get("site"):
            return True
        if document.get("seen"):
            return document.get("seen").get(past.get("site"), 0) >= past.seq
        return not past.get("seen") or any(one.get("seen") and one.get("site") == document.get("site") for one in self.documents if one is not document)

    def was_unknown(self, document, duty):
        """Whoever wrote the document cannot have known the duty: another clone set it meanwhile, or its end is not later."""
        setter = duty.set_by
        if not self.had(document, setter) and setter is not document:
            return True
        if not setter.event == document.event == "extended" or setter.get("site") == document.get("site") or document.get("seen"):
            return False
        if document.get("from"):
            return not any(one.id == document.get("extends") and one.at == instant(document.get("from")) and
                           (one.verdict == "open" or one.ended_by is document) for one in self.duties)
        return instant(document.get("until")) <= duty.at

    def means(self, document, duty):
        """It names this duty, or one that is counted together with it."""
        return any(not self.was_unknown(document, one) for one in self.duties if one is duty or one.counted_as is duty.counted_as)

    def opposes(self, document):
        """Whether it and one that its clone did not have cannot both be right."""
        event, values = document.event, document.values
        if event == "extended" and any(duty.set_by.event == "extended" and duty.at != instant(values["until"]) and self.was_unknown(document, duty)
                                       for duty in self.open_duties(values["extends"])):
            return True
        cycle = self.documents[self.cycle_begin:]
        for index, past in enumerate(cycle):
            if past.get("site") == document.get("site") or self.had(document, past) or not excludes(past, document):
                continue
            own = [one for one in cycle if one.get("site") == document.get("site")]
            if any(says_the_same(one, past) for one in own + [document]):
                continue
            later = [one for one in cycle[index + 1:] if one.get("site") == past.get("site")]
            if past.event == "corrected" and any(one.event == "corrected" and has_all(one.get("fields"), past.get("fields")) for one in later):
                continue
            if past.event == "reclassified" and any(one.event == "reclassified" and has_all(one.values, past.values) for one in later):
                continue
            if event == "settled" and any(state_said(one) for one in later):
                continue
            return True
        return False

    def can_be_met(self, duty):
        return not all(self.contradicted_by(event) for event in duty.values["until"])

    def learn(self, values, at):
        for key in ("kind", "category", "severity", "charging"):
            if key in values:
                self.known[key] = values[key]
        if "department" in values and not ("to" in values and "department" in self.known):
            self.known["department"] = values["department"]
        if "customer" in values:
            for key, value in values["customer"].items():
                if at >= self.customer_times.get(key, at):
                    self.customer[key], self.customer_times[key] = value, at
            self.phone = self.customer.get("phone", self.phone)
        self.phone = values.get("phone-seen", self.phone)

    def add(self, document):
        event, values = document.event, document.values
        first = not self.documents
        changes = self.state != "disputed"
        if first:
            self.state_by = document
        elif event != "settled" and self.state != "disputed":
            misfit = self.contradicted_by(event)
            excused = misfit and self.state_by.get("site") != document.get("site") and not self.had(document, self.state_by)
            contradicted = misfit and not excused
            changes = not misfit
            if contradicted or self.opposes(document):
                self.state, self.by_answers, changes = "disputed", event == "callback" and not contradicted, False
        disputed = self.state == "disputed"
        self.documents.append(document)
        self.learn(values, document.at)
        if event == "corrected":
            self.learn(values["fields"], document.at)
        if event == "assigned" and document.at >= (self.assigned_at or document.at):
            self.assignee, self.assigned_at = values.get("to"), document.at
        if "team" in values and event == "assigned" and document.at >= (self.team_at or document.at):
            self.team, self.team_at = values["team"], document.at
        if event == "settled":
            self.state, self.state_by = values["state"], document
            if self.opposes(document):
                self.state, self.by_answers = "disputed", False
        if event in ("finished", "closed", "voided") and changes:
            self.state, self.state_by = event, document
        reopens = event == "reopened" and (changes or disputed and self.by_answers)
        if reopens:
            self.state_by = document
            self.state = "disputed" if disputed else "open"
            self.cycle, self.cycle_begin = self.cycle + 1, len(self.documents) - 1
            self.assignee = self.team = None
            self.assigned_at = self.team_at = document.at
        if event == "drawn":
            for duty in self.duties:
                if duty.callback and duty.rule == values["rule"] and duty.set_by.seq == values["of"]:
                    duty.drawn = duty.counted_as.drawn = True
        self.add_duties(document, reopens)

    def done_earlier(self, document, duty):
        """Another clone did it, too, and later: of two ends the earlier one counts."""
        return (duty.verdict in ("in time", "LATE") and duty.was_done() and duty.start <= document.at < duty.ended_by.at and
                duty.ended_by is not document and not self.had(document, duty.ended_by))

    def add_duties(self, document, reopens):
        event = document.event
        for duty in self.duties:
            if duty.ends_with(event) and self.done_earlier(document, duty):
                duty.end_by(document)
        for duty in self.open_duties():
            for telling in duty.tellings:
                if telling["until"] == "told":
                    telling["told"] |= telling["id"] in document.get("settles", ())
                else:
                    telling["told"] |= telling["until"] == event
            if self.state == "voided":
                duty.withdraw(document)
            elif duty.ends_with(event) or event == "settled" and any(
                    duty.ends_with(step) for step in {"finished": ["finished"], "closed": ["finished", "closed"]}.get(self.state, ())):
                duty.end_by(document)
            elif duty.callback and event == "callback" and not document.get("reached"):
                duty.attempts += 1
            elif reopens and not duty.outlives_reopening():
                duty.withdraw(document)
        for duty in self.duties:
            if duty.verdict == "not reached" and event == "callback" and document.get("reached") is False:
                duty.attempts += 1
        for identity in document.get("withdraws", ()):
            for duty in self.open_duties(identity):
                if self.means(document, duty):
                    duty.withdraw(document)
        for identity in document.get("settles", ()):
            for duty in self.duties:
                if duty.id == identity and (duty.can_be_made(document.at) or self.done_earlier(document, duty)) and self.means(document, duty):
                    duty.end_by(document)
        for callback, key in ((False, "due"), (True, "callbacks")):
            for values in document.get(key, ()):
                duty = Duty(values, callback, document, self.cycle)
                if not callback:
                    self.look_back(duty, document)
                    self.take_as_done(duty, document)
                self.join(duty)
                self.duties.append(duty)
        for duty in self.duties:
            self.give_up(duty)

    def give_up(self, duty):
        """So many calls in vain, on so many days, end a callback; one that was made after its window was not reached in it."""
        late = duty.verdict == "LATE" and duty.was_done()
        if duty.verdict not in ("open", "not reached") and not late:
            return
        duty.tried, enough = duty.tries(self.documents)
        if enough and (duty.verdict in ("open", "not reached") or late and enough.at <= duty.at):
            duty.end(enough, "not reached")

    def join(self, duty):
        """Counts it together with the same thing that another document set: ids are given once, callbacks come once in a cycle."""
        for other in self.counted():
            alike = (other.callback, other.id, other.rule) == (duty.callback, duty.id, duty.rule) and other.set_by is not duty.set_by
            if not alike or "withdrawn" in (other.verdict, duty.verdict):
                continue
            if "scheduled" in (other.set_by.event, duty.set_by.event):
                same = other.set_by.event == duty.set_by.event and other.start == duty.start
            else:
                same = other.cycle == duty.cycle if duty.callback else other.verdict == "open" or (
                    other.cycle == duty.cycle and other.was_done() and not self.had(duty.set_by, other.set_by))
            if not same:
                continue
            if duty.verdict == "open" and other.verdict not in ("open", "not reached"):
                duty.end_by(other.ended_by)
            duty.drawn |= other.drawn
            duty.attempts = max(duty.attempts, other.attempts)
            earlier, later = (other, duty) if other.at <= duty.at else (duty, other)
            for one in self.duties + [duty]:
                if one.counted_as is later:
                    one.counted_as = earlier
            return

    def look_back(self, duty, document):
        """What stands before the document that sets the deadline, but happened after its clock began, may have ended it."""
        began_before = duty.start < document.at
        for past in self.documents[self.cycle_begin:]:
            counts = past.at > duty.start or (past.at == duty.start and began_before)
            if past is document:
                counts = began_before
            if counts and duty.verdict == "open" and duty.ends_with(past.event):
                duty.end_by(past)

    def take_as_done(self, duty, document):
        """The document that sets the deadline may say by which one those had been told whom it is for."""
        done = duty.values.get("done") if "to" in duty.values else None
        for past in reversed(self.documents if done else ()):
            if past.seq == done and past.event in duty.values["until"] and (past is document or self.had(document, past)):
                duty.end_by(past)
                return

    def next_deadline(self):
        return min((duty for duty in self.counted() if duty.verdict == "open" and not duty.callback and self.can_be_met(duty)), key=lambda duty: duty.at, default=None)


HEAD = "seq id site at recorded by via request-id cause seen".split()
FOLLOWS = "tries keeps withdraws settles due callbacks override links".split()
MATTER = "kind category severity charging department customer".split()


def says_the_same(one, other):
    """The same event with the same fields; void is void, for whatever reason."""
    content = [{key: value for key, value in document.values.items() if key not in HEAD + FOLLOWS} for document in (one, other)]
    return one.event == other.event and (one.event == "voided" or content[0] == content[1])


def has_all(one, other):
    return all(key in one and (not isinstance(other[key], dict) or has_all(one[key], other[key])) for key in other)


def state_said(document):
    return {"finished": "finished", "closed": "closed", "reopened": "open", "voided": "voided", "settled": document.get("state")}.get(document.event)


def excludes(one, other):
    """Whether two steps of clones that did not know of each other cannot both be right."""
    events, values = {one.event, other.event}, (one.values, other.values)
    states = [state_said(document) for document in (one, other)]
    if "settled" in events:
        return None not in states and states[0] != states[1]
    if "voided" in events:
        voided, step = (one, other) if one.event == "voided" else (other, one)
        return (step.event not in ("voided", "drawn", "scheduled", "recomputed", "renumbered") and
                (state_said(step) is not None or step.at > voided.at))
    if one.event == other.event and states[0]:
        return not says_the_same(one, other)
    if "reopened" in events and None not in states:
        return True
    if "closed" in events and events & {"finished", "assigned"}:
        closed, step = (one, other) if one.event == "closed" else (other, one)
        return step.at > closed.at
    if events == {"assigned"}:
        return one.at == other.at and differ(*values, ["to", "team"])
    if events == {"callback"}:
        return differ(*values, ["answer"]) and bool(set(one.get("settles", ())) & set(other.get("settles", ())))
    if events <= {"corrected", "reclassified"}:
        facts = [document.get("fields") if document.event == "corrected" else document.values for document in (one, other)]
        return differ(*facts, None if events == {"corrected"} else MATTER)
    return False


def differ(one, other, keys=None):
    """Whether both say something of one field, and not the same."""
    return any(differ(one[key], other[key]) if isinstance(one[key], dict) else one[key] != other[key]
               for key in (keys or one) if key in one and key in other)


# --- lists: ticket-list(1), ticket-due(1), callback-due(1), ticket-show(1) ---

def listed(tickets, now):
    rows = []
    for identity, ticket in tickets.items():
        first, due = ticket.documents[0], ticket.next_deadline()
        rows.append({
            "ticket": identity, "state": ticket.state, "category": ticket.known.get("category"),
            "due": due and text_of(due.at), "assignee": ticket.assignee, "unit": ticket.customer.get("unit"),
            "name": ticket.customer.get("name"), "text": first.get("text", "").strip().split("\n")[0] or None,
            "kind": ticket.known.get("kind"), "severity": ticket.known.get("severity"), "opened": text_of(first.at),
            "team": ticket.team, "phone": ticket.phone, "clause": due and due.clause,
            "overdue": "yes" if due and now > due.at else None, "cycle": ticket.cycle,
        })
    return sorted(map(without_none, rows), key=lambda row: (row["opened"], row["ticket"]))


def without_none(row):
    return {key: value for key, value in row.items() if value is not None}


def matter(identity, ticket, duty):
    return {"ticket": identity, "unit": ticket.customer.get("unit"), "name": ticket.customer.get("name"), "phone": ticket.phone,
            "kind": ticket.known.get("kind"), "category": ticket.known.get("category"), "rule": duty.rule, "clause": duty.clause,
            "due": text_of(duty.at), "provisional": "yes" if duty.values.get("provisional") else None}


def covers(areas, unit):
    return not areas or unit is None or any(unit == area or unit.startswith(area + "-") for area in areas)


def people_for(staff, part, unit):
    """Who may call or be told; the role where there is nobody."""
    named = part[len("people:"):].split(",") if part.startswith("people:") else ()
    return ",".join(person for person, member in staff.items() if person in named or is_meant(member, part, unit)) or part


def is_meant(member, part, unit):
    """By role and area, or as the head of a department."""
    if part.startswith("head-of:"):
        return "department-head" in member["roles"] and member.get("department") == part[len("head-of:"):]
    return part in member["roles"] and covers(member.get("areas"), unit)


def missing_of(parts, staff, unit):
    """What nobody is; of several of whom one is enough, all or nothing. Whom a step names is not known before it."""
    return [part for part in parts if not part.startswith("named:") and people_for(staff, part, unit) == part]


def nobody_of(parts, staff, unit):
    missing = missing_of(parts, staff, unit)
    return " ".join(missing) if missing == list(parts) else None


def waits_for_nobody(pack, ticket, step, staff, day):
    """Whom rules ask for so that the ticket takes the step, though nobody is that."""
    found, department = [], f"head-of:{ticket.known.get('department', 'none')}"
    declared = [f"head-of:{entry['department']}" for entry in pack.rules.get("departments", ())]
    for rule in pack.rules["steps"]:
        if step not in names(rule["step"]) or "refuse" in rule or pack.asks(rule, "linked"):
            continue
        asked = [names(rule[key]) for key in ("by", "to") if key in rule]
        asked += [names(entry["role"]) for entry in rule.get("sign", ())]
        asked += [names(entry.get("role", [])) + [{"head-of": "department"}] * ("head-of" in entry) for entry in rule.get("countersign", ())]
        for people in asked:
            if any("recorded" in one for one in people if isinstance(one, dict)):
                continue
            own = {"head-of": "department"}
            roles = [one if isinstance(one, str) else f"head-of:{one['head-of']}" for one in people if one != own]
            heads = missing_of(declared, staff, None) if own in people else None
            if missing_of(roles, staff, None) == roles and (heads is None or department in heads) and pack.applies(rule, pack.view(ticket), day):
                found += roles + ([department] if heads else [])
    return list(dict.fromkeys(found))


def waits_in_vain(pack, ticket, duty, staff, day):
    """Whom an open deadline waits for, where nobody can take any step that would end it."""
    found = []
    for step in duty.values["until"]:
        if not ticket.contradicted_by(step):
            missing = waits_for_nobody(pack, ticket, step, staff, day)
            if not missing:
                return None
            found += missing
    return " ".join(dict.fromkeys(found)) or None


def deadlines_due(tickets, now, staff, pack):
    rows = []
    for identity, ticket in tickets.items():
        for duty in ticket.counted():
            if duty.callback or duty.verdict != "open" or not ticket.can_be_met(duty):
                continue
            row = {**matter(identity, ticket, duty), "deadline": duty.id, "start": text_of(duty.start)}
            to = duty.values.get("to")
            rows.append({**row, "status": "overdue" if now > duty.at else "due",
                         "who": ",".join(people_for(staff, part, row["unit"]) for part in to) if to else ticket.assignee,
                         "roles": " ".join(to) if to else None, "until": " ".join(duty.values["until"]),
                         "unfilled": nobody_of(to, staff, row["unit"]) if to else waits_in_vain(pack, ticket, duty, staff, now.date())})
            for telling in duty.tellings:
                if not telling["told"] and now >= instant(telling["at"]):
                    who = ",".join(people_for(staff, role, row["unit"]) for role in telling["who"])
                    rows.append({**row, "status": "tell", "who": who, "until": telling["until"], "roles": " ".join(telling["who"]),
                                 "unfilled": nobody_of(telling["who"], staff, row["unit"])})
    return list(map(without_none, rows))


def month_of(duty):
    return text_of(duty.start)[:7]


def callbacks_due(tickets, now, staff):
    """With what opens later (--all)."""
    shares, rows, wanting = {}, [], {}
    owed = [(identity, ticket, duty) for identity, ticket in tickets.items() for duty in ticket.counted()
            if duty.callback and duty.verdict != "withdrawn"]
    for _, _, duty in owed:
        if fractions.Fraction(duty.values["rate"]) < 1:
            shares.setdefault((duty.rule, month_of(duty)), []).append(duty)
    figures = {}
    for (rule, month), duties in shares.items():
        rate, on_site = (fractions.Fraction(duties[0].values.get(key, 0)) for key in ("rate", "on-site"))
        reached = [duty for duty in duties if not duty.could_not_be_reached()]
        needed = math.ceil(rate * len(reached))
        called = sum(duty.verdict == "in time" for duty in duties)
        there = max(0, math.ceil(on_site * max(called, needed)) - sum(duty.on_site() for duty in duties))
        figures[rule, month] = {"period": month, "finished": len(duties), "needed": needed, "called": called, "on-site": there}
        drawn = sum(duty.verdict == "open" and now <= duty.at and duty.drawn for duty in duties)
        settled = sum(duty.start.astimezone(ZONE).date() < now.astimezone(ZONE).date() for duty in reached)
        wanting[rule, month] = called + drawn < math.ceil(rate * settled) or called >= needed and there > 0
    for identity, ticket, duty in owed:
        share = figures.get((duty.rule, month_of(duty)), {}) if fractions.Fraction(duty.values["rate"]) < 1 else {}
        status = "later" if now < duty.opens else "overdue" if now > duty.at else "sample" if share and not duty.drawn else "due"
        if duty.verdict != "open":
            continue
        if share and (status == "overdue" or status == "sample" and not wanting[duty.rule, month_of(duty)] or
                      status == "later" and not duty.drawn and share["called"] >= share["needed"]):
            continue
        who, unit = ticket.callers(duty), ticket.customer.get("unit")
        rows.append({**matter(identity, ticket, duty), **share, "status": status, "drawn": "yes" if duty.drawn else None, "opens": text_of(duty.opens),
                     "attempts": duty.attempts, "roles": " ".join(who), **tried(duty),
                     "unfilled": " ".join(missing_of(who, staff, unit)) or None,
                     "who": " + ".join(people_for(staff, part, unit) for part in who)})
    return list(map(without_none, rows))


def tried(duty):
    """How often it was tried, where so many calls in vain end it."""
    limit, calls = duty.values.get("attempts"), duty.tried
    return {"tries": len(calls), "tries-needed": limit["times"], "try-days": days_of(calls), "days-needed": limit["days"]} if limit else {}


RANK = {"overdue": 0, "tell": 1, "due": 2, "sample": 2, "later": 3}


def in_order(rows):
    """Overdue first, then what is to be told, then what is due, then what opens later; by deadline, then by form."""
    places = [(RANK[row["status"]], row["due"], row.get("ticket", "")) for row in rows]
    return places == sorted(places)


def called(name, titles):
    """A name with its title, where that says more than the name."""
    title = titles.get(name, name)
    return name if title.replace(" ", "-").lower() == name else f"{name} ({title})"


def minute(moment):
    return moment.strftime("%Y-%m-%d %H:%M")


def shown(identity, ticket, now, titles):
    """The lines of ticket-show about what is owed, and the documents' first lines. TITLES are of events."""
    lines = [f"{identity}  {ticket.state}"]
    for heading, callback in (("Deadlines", False), ("Callbacks", True)):
        duties = [duty for duty in ticket.counted() if duty.callback == callback]
        lines += [heading] if duties else []
        for duty in duties:
            window = f"{minute(duty.opens)} to " if duty.opens != duty.start else ""
            verdict = "OVERDUE" if duty.verdict == "open" and now > duty.at else duty.verdict
            if duty.verdict == "open" and "to" in duty.values:
                verdict += ", to " + " or ".join(duty.values["to"])
            if duty.ended_by:
                undone = duty.verdict == "LATE" and not duty.was_done()
                verdict += f", not done when {duty.ended_by.event}" if undone else ""
                verdict += f" at {minute(duty.ended_by.at)} (#{duty.ended_by.seq})"
            if duty.verdict == "not reached" and not duty.could_not_be_reached():
                verdict += ", LATE"
            if duty.attempts:
                verdict += f", reached nobody {duty.attempts} times"
            calls = duty.tried
            if calls:
                limit = duty.values["attempts"]
                verdict += f", tried {len(calls)} of {limit['times']} times on {days_of(calls)} of {limit['days']} days"
                verdict += f" [{limit['clause']}]" if "clause" in limit else ""
            if duty.values.get("provisional"):
                verdict += ", provisional"
            lines.append(f"  {duty.id} [{duty.clause}] {window}{minute(duty.at)}  {verdict}")
    lines.append("What happened")
    for document in ticket.documents:
        line = f"  #{document.seq:<3} {minute(document.at)}  {called(document.event, titles)}  {document.get('by')}"
        line += f" via {document.get('via')}" if document.get("via") else ""
        line += f", recorded {minute(document.recorded)}" if document.recorded != document.at else ""
        lines.append(line)
    return lines


# --- time: kefu(7), "Durations", with the days off of calendar/cn.yaml ---

@functools.lru_cache
def file_of(path):
    return yaml.safe_load(path.read_text("utf-8"))


class Calendar:
    def __init__(self, path):
        self.years, self.marked, self.guessed = set(), {}, False
        for year in file_of(path)["years"]:
            self.years.add(year["year"])
            for entry in year["days"]:
                for worked, key in ((False, "rest"), (True, "work")):
                    for span in entry.get(key, ()):
                        first, _, last = span.partition("/")
                        day = datetime.date.fromisoformat(first)
                        while day <= datetime.date.fromisoformat(last or first):
                            self.marked[day] = worked
                            day += ONE_DAY

    def worked(self, day):
        """Of a year that nobody has published the weekends are off, which is a guess."""
        self.guessed |= day.year not in self.years and day not in self.marked
        return self.marked.get(day, day.weekday() < 5)


def clock_time(text, day):
    """A time of day as an instant; 24:00 is the next day's midnight."""
    hour, colon_minute = map(int, text.split(":"))
    return datetime.datetime.combine(day, datetime.time(), ZONE) + datetime.timedelta(hours=hour, minutes=colon_minute)


def midnight_of(day):
    return datetime.datetime.combine(day, datetime.time(23, 59, 59), ZONE)


class Hours:
    """Of the two packs: hours on working days."""

    def __init__(self, days_off, spans):
        self.days_off, self.spans = days_off, [span.split("-") for span in spans]

    def close(self, day):
        return clock_time(self.spans[-1][1], day)

    def spend(self, start, seconds):
        """The instant at which that much working time has passed."""
        left, day = datetime.timedelta(seconds=seconds), start.date()
        while True:
            for opens, closes in self.spans if self.days_off.worked(day) else ():
                begin, end = max(start, clock_time(opens, day)), clock_time(closes, day)
                if begin < end and begin + left <= end:
                    return begin + left
                left -= max(end - begin, datetime.timedelta())
            day += ONE_DAY


def day_after(days_off, start, count, unit):
    """The last day of so many d, w, mo or wd: the day of the start does not count."""
    day = start.date()
    if unit == "mo":
        months = day.year * 12 + day.month - 1 + count
        year, month = divmod(months, 12)
        return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    if unit != "wd":
        return day + ONE_DAY * count * {"d": 1, "w": 7}[unit]
    while count:
        day += ONE_DAY
        count -= days_off.worked(day)
    return day


def deadline_after(days_off, hours, business, start, within):
    """HOURS: those in which wmin and wh count; BUSINESS: those that end a wd."""
    count, unit = within.split()
    count = int(count)
    if unit in ("min", "h"):
        return start + datetime.timedelta(seconds=count * {"min": 60, "h": 3600}[unit])
    if unit in ("wmin", "wh"):
        return (hours or business).spend(start, count * {"wmin": 60, "wh": 3600}[unit])
    day = day_after(days_off, start, count, unit)
    return business.close(day) if unit == "wd" else midnight_of(day)


def window_opens(days_off, start, opens):
    count, unit = opens.split()
    return clock_time("00:00", day_after(days_off, start, int(count), unit))


def period_around(day, period):
    """The first day of the period DAY lies in, and that of the next."""
    if period == "day":
        return day, day + ONE_DAY
    if period == "week":
        monday = day - ONE_DAY * day.weekday()
        return monday, monday + ONE_DAY * 7
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12}[period]
    first = datetime.date(day.year, (day.month - 1) // months * months + 1, 1)
    later = first.year * 12 + first.month - 1 + months
    return first, datetime.date(later // 12, later % 12 + 1, 1)


def anchored(days_off, start, anchor):
    """The first such moment from the start on, the period before being tried first."""
    period, side, *moved = anchor.split()
    first, following = period_around(period_around(start.date(), period)[0] - ONE_DAY, period)
    while True:
        day = (following if side == "end" else first) - ONE_DAY
        if moved:
            direction = ONE_DAY if moved[0] == "+" else -ONE_DAY
            left = int(moved[1])
            while left:
                day += direction
                left -= moved[2] == "d" or days_off.worked(day)
        if midnight_of(day) >= start:
            return midnight_of(day)
        first, following = period_around(following, period)


# --- a pack at work: kefu-policy(5) ---

def names(value):
    return value if isinstance(value, list) else [value]


def valid(schema, value):
    """As much of JSON Schema as the packs' conditions use; a word it does not know is an error."""
    for word, wanted in schema.items():
        if word == "const":
            holds = value == wanted and isinstance(value, bool) == isinstance(wanted, bool)
        elif word == "required":
            holds = not isinstance(value, dict) or all(key in value for key in wanted)
        elif word == "properties":
            holds = not isinstance(value, dict) or all(valid(part, value[key]) for key, part in wanted.items() if key in value)
        elif word == "enum":
            holds = any(valid({"const": one}, value) for one in wanted)
        elif word == "contains":
            holds = not isinstance(value, list) or any(valid(wanted, one) for one in value)
        elif word == "not":
            holds = not valid(wanted, value)
        elif word == "anyOf":
            holds = any(valid(part, value) for part in wanted)
        else:
            raise ValueError(f"the oracle does not know {word}")
        if not holds:
            return False
    return True


class Pack:
    def __init__(self, path, days_off):
        self.rules = file_of(path)
        self.days_off = days_off
        self.hours = {entry["hours"]: Hours(days_off, entry["open"]) for entry in self.rules["hours"]}
        self.business = next(self.hours[entry["hours"]] for entry in self.rules["hours"] if entry.get("business"))

    def titles(self):
        return {entry["event"]: entry["title"]["en"] for entry in self.rules["events"]}

    def find(self, part, key, value):
        return next((entry for entry in self.rules[part] if entry[key] == value), None)

    def classified(self, given):
        """Kind, category and severity of an opening, and the department: given, by pattern, or as usual."""
        kind, category, severity = given.get("kind"), given.get("category"), given.get("severity")

        def by_pattern(part, name):
            for entry in self.rules[part]:
                fits = part == "kinds" or kind is None or kind in names(entry.get("kind", kind))
                if fits and "pattern" in entry and re.search(entry["pattern"], given["text"], re.IGNORECASE):
                    return entry[name]
            return None

        kind = kind or by_pattern("kinds", "kind")
        category = category or by_pattern("categories", "category")
        if kind is None and category:
            kinds = names(self.find("categories", "category", category)["kind"])
            kind = kinds[0] if len(kinds) == 1 else None
        if kind is None:
            return None
        severity = severity or by_pattern("severities", "severity")
        entry = self.find("kinds", "kind", kind)
        if category and not severity:
            severity = self.find("categories", "category", category).get("severity")
        category = category or entry.get("category")
        severity = severity or (entry.get("severities") or [None])[0]
        department = given.get("department") or (self.find("categories", "category", category) or {}).get("department")
        return without_none({"kind": kind, "category": category, "severity": severity, "department": department})

    def view(self, ticket):
        """The folded ticket as conditions see it."""
        steps = {}
        documents = mended(ticket.documents, len(ticket.documents))
        for document in documents[ticket.cycle_begin:]:
            if document.event == "reopened":
                steps["opened"] = document.values
            steps[document.event] = document.values
        return without_none({**ticket.known, "id": ticket.documents[0].get("id"), "customer": ticket.customer or None,
                             "channel": ticket.documents[0].get("channel"), "assignee": ticket.assignee, "team": ticket.team,
                             "state": ticket.state, "imported": False, "cycle": ticket.cycle, "events": list(steps), "steps": steps,
                             "document": ticket.documents[-1].values})

    def asks(self, rule, fact):
        """Whether a condition of the rule looks at the fact."""
        conditions = [self.rules["match"][name] for key in ("if", "unless") for name in names(rule.get(key, []))]
        return any(f"'{fact}'" in str(condition) for condition in conditions)

    def applies(self, rule, view, day):
        if str(day) < rule.get("from", "") or str(day) >= rule.get("before", "9999"):
            return False
        for key in ("kind", "category", "severity"):
            if key in rule and view.get(key) not in names(rule[key]):
                return False
        if "routine" in rule:
            brought = {view["document"].get("routine"), view["steps"].get("opened", {}).get("routine")}
            if not brought & set(names(rule["routine"])):
                return False
        return all(valid(self.rules["match"][name], view) for name in names(rule.get("if", []))) and \
            not any(valid(self.rules["match"][name], view) for name in names(rule.get("unless", [])))

    def deadline(self, rule, start):
        if "anchor" in rule:
            return anchored(self.days_off, start, rule["anchor"])
        return deadline_after(self.days_off, self.hours.get(rule.get("hours")), self.business, start, rule["within"])

    def telling(self, entry, at):
        """From when on somebody is told of a deadline that ends AT: a duration before; or after, when it is no longer in time."""
        count, unit = entry.get("early", entry.get("late")).split()
        if unit not in ("min", "h", "d"):
            raise ValueError(f"the oracle does not tell by {unit}")
        if "late" in entry:
            return at + datetime.timedelta(**{{"min": "minutes", "h": "hours", "d": "days"}[unit]: int(count)}) + ONE_SECOND
        if unit == "d":
            return clock_time("00:00", at.date() - ONE_DAY * int(count))
        return at - datetime.timedelta(**{{"min": "minutes", "h": "hours"}[unit]: int(count)})

    def expected(self, before, document, staff):
        """What DOCUMENT, recorded after the ticket BEFORE, has to withdraw, settle and set."""
        ticket = Ticket([*before, bare(document)]) if before else Ticket([bare(document)])
        prior = Ticket(before) if before else None
        asked = Question(self, prior, ticket, staff)
        event = document.event
        if event == "extended":
            asked.extend()
        else:
            if event in ("voided", "reopened"):
                ended = [duty for duty in prior.open_duties() if event == "voided" or not (duty.outlives_reopening() or duty.ends_with(event))]
                asked.withdraws = {duty.id for duty in ended if duty.at >= document.recorded}
                asked.may_withdraw = {duty.id for duty in ended}
            if event == "callback":
                asked.settle()
            if event == "told":
                asked.settle_tellings()
        if prior:
            asked.settle_told()
        if prior:
            asked.follow()
        asked.set_deadlines()
        asked.set_callbacks()
        return asked


def mended(documents, count):
    """The documents as they would read had nothing been wrong that the first COUNT of them correct."""
    result, begin = list(documents), 0

    def put(index, key, value):
        old = result[index].values.get(key)
        value = {**old, **value} if isinstance(old, dict) and isinstance(value, dict) else value
        result[index] = Document({**result[index].values, key: value}, result[index].text)

    for index, document in enumerate(documents[:count]):
        if document.event == "reopened":
            begin = index
        for key, value in document.get("fields", {}).items() if document.event == "corrected" else ():
            having = [at for at in range(begin, index) if key in result[at].values and result[at].event != "corrected"]
            if key not in ("charging", "department", "customer", "channel") and not having:
                raise ValueError(f"the oracle does not know which document should have had {key}")
            for at in having or [begin]:
                put(at, key, value)
    return result


def bare(document):
    """The document before recording added what follows from it."""
    added = ("tries", "keeps", "withdraws", "settles", "due", "callbacks")
    return Document({key: value for key, value in document.values.items() if key not in added}, document.text)


def steps_of(document):
    """The names by which rules know the document: a reopening opens the next cycle."""
    return {document.event, "opened"} if document.event == "reopened" else {document.event}


def clause_of(rule):
    return " ".join(names(rule["clause"]))


class Question:
    """What the last document of a ticket makes due."""

    def __init__(self, pack, prior, ticket, staff):
        self.pack, self.prior, self.ticket, self.staff = pack, prior, ticket, staff
        self.document, self.view = ticket.documents[-1], pack.view(ticket)
        self.withdraws, self.may_withdraw, self.settles, self.due, self.callbacks = set(), set(), set(), [], []
        self.tries = set()
        self.keeps = None  # named only where facts have changed
        self.refused = False

    def free_id(self, name):
        """Unique among those that are open: NAME, NAME-2, and so on."""
        taken = {entry["id"] for entry in self.due + self.callbacks}
        taken |= {duty.id for duty in self.ticket.open_duties()} - self.withdraws - self.may_withdraw - self.settles
        return next(identity for identity in [name, *(f"{name}-{number}" for number in range(2, 99))] if identity not in taken)

    def last(self, callback, rule, start):
        """The latest duty by this rule in this cycle whose clock began then."""
        return next((duty for duty in reversed(self.ticket.duties)
                     if duty.callback == callback and duty.rule == rule["rule"] and duty.cycle == self.ticket.cycle and
                     duty.start == start), None)

    def started(self, document, view):
        """The deadlines that begin with the document when the ticket is as VIEW says: the rule, and the end where a field names it."""
        groups, started = set(), []
        for rule in self.pack.rules.get("deadlines", ()):
            starts_with, _, field = rule.get("at", rule.get("start")).partition(".")
            group = rule.get("group", rule["rule"])
            if starts_with not in steps_of(document) or group in groups or not self.pack.applies(rule, view, document.at.date()):
                continue
            if not field or field in document.values:
                groups.add(group)
                started.append((rule, instant(document.values[field]) if field else None))
        return started

    def approved(self, rule, start):
        """The end that was last approved for a deadline by the rule."""
        for document in reversed(self.prior.documents):
            for entry in document.get("due", ()) if document.event == "extended" else ():
                if entry["rule"] == rule["rule"] and instant(entry["start"]) == start:
                    return instant(entry["at"])
        return None

    def follow(self):
        """Facts that rules read have changed: each step of the cycle is looked at again, as it was but for the facts."""
        facts = ("kind", "category", "severity", "charging", "department", "customer", "phone", "assignee", "team")
        old_view, documents = self.pack.view(self.prior), self.ticket.documents
        corrects = self.document.event in ("corrected", "reclassified")
        if self.document.event in ("voided", "reopened") or \
                not corrects and all(old_view.get(fact) == self.view.get(fact) for fact in facts):
            return
        wanted = []
        for index in range(self.ticket.cycle_begin, len(documents) - 1):
            sides = []
            for corrections, known in ((len(documents) - 1, old_view), (len(documents), self.view)):
                until_then = mended(documents, corrections)[:index + 1]
                view = self.pack.view(Ticket(until_then))
                view = {key: value for key, value in view.items() if key not in facts}
                sides.append((until_then[-1], {**view, **{fact: known[fact] for fact in facts if fact in known}}))
            self.follow_deadlines(sides, wanted)
            self.follow_callbacks(index, sides, wanted)
        for want in wanted:
            want()
        if corrects or wanted or self.withdraws:
            self.keeps = {duty.id for duty in self.ticket.open_duties()} - self.withdraws

    def follow_deadlines(self, sides, wanted):
        document = sides[1][0]
        before, now = (self.started(*side) for side in sides)

        def want(rule, named):
            at, guessed = (named, False) if named else self.guessing(lambda: self.pack.deadline(rule, document.at))
            approved = self.last(False, rule, document.at) and self.approved(rule, document.at)
            self.add_due(rule, document.at, approved or at, guessed and not approved)

        for rule, end in before:
            same = [(other, named) for other, named in now if other is rule]
            last = self.last(False, rule, document.at)
            others = last and "to" in last.values and last.values["to"] != self.people(rule["to"])
            if same == [(rule, end)] and not others or not last or last.verdict != "open":
                continue
            if same and (self.document.recorded > last.at or self.approved(rule, document.at) == last.at):
                continue
            self.withdraws.add(last.id)
            if same:
                wanted.append(functools.partial(want, *same[0]))
        for rule, end in now:
            last = self.last(False, rule, document.at)
            if not any(other is rule for other, _ in before) and (not last or last.verdict == "withdrawn"):
                wanted.append(functools.partial(want, rule, end))

    def follow_callbacks(self, index, sides, wanted):
        document = sides[1][0]
        for rule in self.pack.rules.get("callbacks", ()):
            earlier = self.ticket.documents[self.ticket.cycle_begin:index]
            if "routine" in rule or not steps_of(document) & set(rule["after"]) or \
                    any(steps_of(one) & set(rule["after"]) for one in earlier):
                continue
            was, now = (self.pack.applies(rule, view, document.at.date()) for _, view in sides)
            last = self.last(True, rule, document.at)
            is_open = last and last.verdict == "open"
            others = is_open and self.document.recorded <= last.at and last.values["who"] != self.callers(rule) and \
                self.view.get("department", sides[0][1].get("department")) != sides[0][1].get("department")
            if was and is_open and (not now or others):
                self.withdraws.add(last.id)
            if now and (others if was else not last or last.verdict == "withdrawn"):
                wanted.append(functools.partial(self.add_callback, rule, document.at))

    def guessing(self, work_out):
        """What WORK_OUT returns, and whether it took a guess at days off."""
        self.pack.days_off.guessed = False
        return work_out(), self.pack.days_off.guessed

    def set_deadlines(self):
        for rule, named in self.started(self.document, self.view):
            at, guessed = (named, False) if named else self.guessing(lambda: self.pack.deadline(rule, self.document.at))
            self.add_due(rule, self.document.at, at, guessed)

    def add_due(self, rule, start, at, guessed):
        due = {"id": self.free_id(rule.get("group", rule["rule"])), "rule": rule["rule"], "clause": clause_of(rule),
               "start": text_of(start), "until": names(rule["until"]), "at": text_of(at)}
        if guessed:
            due["provisional"] = True
        if "survives" in rule:
            due["survives"] = rule["survives"]
        if "to" in rule:
            due["to"] = self.people(rule["to"])
            began = start < self.document.at
            told = [past.seq for past in self.ticket.documents[self.ticket.cycle_begin:]
                    if past.event in due["until"] and (past.at > start or began and past.at == start) and
                    (past is not self.document or began) and self.tells(due["to"], past)]
            if told:
                due["done"] = told[0]
        if "tell" in rule:
            due["tell"] = [{"id": f"{due['id']}-tell-{number}", "at": text_of(self.pack.telling(entry, at)), "who": names(entry["role"]),
                            "until": entry.get("step", "told")} for number, entry in enumerate(rule["tell"], 1)]
        self.due.append(due)

    def set_callbacks(self):
        cycle = self.ticket.documents[self.ticket.cycle_begin:]
        for rule in self.pack.rules.get("callbacks", ()):
            followed = [document for document in cycle if document.event in rule["after"]]
            if followed != [self.document] if "routine" not in rule else self.document not in followed:
                continue
            if self.pack.applies(rule, self.view, self.document.at.date()):
                self.add_callback(rule, self.document.at)

    def people(self, parts):
        department = self.view.get("department", "none")
        return [part if isinstance(part, str) else f"named:{part['named']}" if "named" in part else
                f"head-of:{department if part['head-of'] == 'department' else part['head-of']}" for part in names(parts)]

    def callers(self, rule):
        return self.people(rule["who"])

    def add_callback(self, rule, start):
        (opens, at), guessed = self.guessing(lambda: (
            window_opens(self.pack.days_off, start, rule["opens"]) if "opens" in rule else start, self.pack.deadline(rule, start)))
        who = self.callers(rule)
        self.callbacks.append(without_none({
            "id": self.free_id(rule["rule"]), "rule": rule["rule"], "clause": clause_of(rule), "start": text_of(start),
            "opens": text_of(opens), "at": text_of(at), "rate": rule["rate"],
            "minimum": rule.get("minimum"), "on-site": rule.get("on-site"), "who": who, "provisional": guessed or None,
            "survives": rule.get("survives"), "attempts": self.limit(rule)}))

    def limit(self, rule):
        says = rule.get("attempts")
        return says and without_none({"times": says["times"], "days": says["days"], "clause": clause_of(says) if "clause" in says else None})

    def may_fill(self, parts, callers):
        """Whether the callers, each used once, fill every part."""
        if not parts:
            return True
        return any(self.fits(caller, parts[0]) and self.may_fill(parts[1:], callers[:index] + callers[index + 1:])
                   for index, caller in enumerate(callers))

    def fits(self, person, part):
        member = self.staff[person]
        if part.startswith("people:") or part.startswith("named:"):
            return part.startswith("people:") and person in part[len("people:"):].split(",")
        if "administrator" in member["roles"]:
            return True
        if part.startswith("head-of:"):
            return "department-head" in member["roles"] and member.get("department") == part[len("head-of:"):]
        return part in member["roles"]

    def settle(self):
        """An answer settles every callback whose window is open, whose manner it was, and which those who called may make."""
        reached = self.document.get("reached")
        for duty in self.prior.duties:
            if not duty.callback or not (duty.can_be_made(self.document.at) if reached else
                                         duty.verdict == "open" and duty.counted_as is duty and "attempts" in duty.values):
                continue
            rule = self.pack.find("callbacks", "rule", duty.rule)
            manner = self.document.get("manner") in rule.get("manner", [self.document.get("manner")])
            if self.document.at >= duty.opens and manner and self.may_fill(self.prior.callers(duty), self.document.get("callers")):
                (self.settles if reached else self.tries).add(duty.id)

    def settle_tellings(self):
        """Told were people with a role that is to be told by now, of the deadline it is about, or of any."""
        for duty in self.prior.open_duties():
            for telling in duty.tellings if self.document.get("about", duty.id) == duty.id else ():
                if telling["until"] == "told" and not telling["told"] and self.tells(telling["who"], self.document) and \
                        self.document.at >= instant(telling["at"]):
                    self.settles.add(telling["id"])

    def tells(self, parts, document):
        """Whether it names somebody who is meant, or one of them took the step; but nobody tells themself."""
        people = names(document.get("to", []))
        if document.event != "told":
            people = [*people, document.get("by")]
        unit = self.ticket.customer.get("unit")
        return any(is_meant(self.staff[person], part, unit) for person in people if person in self.staff for part in parts)

    def settle_told(self):
        """A step ends the deadlines that wait for somebody whom it names; told of nobody who is waited for is refused."""
        waiting = False
        for duty in self.prior.counted():
            if duty.verdict != "open" or "to" not in duty.values or self.document.get("about", duty.id) != duty.id or \
                    self.document.at < duty.start or self.document.event not in duty.values["until"]:
                continue
            if self.tells(duty.values["to"], self.document):
                self.settles.add(duty.id)
            else:
                waiting = True
        self.refused = self.document.event == "told" and waiting and not self.settles

    def extend(self):
        duty = self.prior.open_duties(self.document.get("extends"))[-1]
        rule = self.pack.find("deadlines", "rule", duty.rule)
        self.withdraws.add(duty.id)
        self.add_due(rule, duty.start, instant(self.document.get("until")), False)

    def follows(self):
        """What an unsatisfied answer brings about: None, "reopen" or "open KIND"; by the callbacks that it settles, or else by those that
        the ticket has or could have, since no answer is lost."""
        if self.document.get("answer") != "unsatisfied":
            return None
        had = [duty for duty in reversed(self.ticket.duties) if duty.callback]
        rules = [self.pack.find("callbacks", "rule", duty.rule) for duty in [duty for duty in had if duty.id in self.settles] + had]
        rules += [rule for rule in self.pack.rules.get("callbacks", ()) if self.pack.applies(rule, self.view, self.document.at.date())]
        return next((rule["unsatisfied"] for rule in rules if "unsatisfied" in rule), None)

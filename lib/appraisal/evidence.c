// SPDX-License-Identifier: MIT
// What tickets and the personnel register show of a person in a period: candidates for a sheet.
#include "appraisal/evidence.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "book/form.h"
#include "staff/personnel.h"
#include "store/walk.h"
#include "text/pattern.h"

struct worker {
	struct book *book;
	const char *person;
	int64_t since, until;
	struct arena arena;
	struct evidence *items;
	size_t count, room;
};

const char *evidence_name(enum evidence_kind kind)
{
	static const char *const names[] = {"late",   "phrase",    "callback-missed", "unsatisfied",
					    "praise", "commended", "sanctioned"};
	return names[kind];
}

const char *evidence_item(const struct node *scheme, enum evidence_kind kind)
{
	const struct node *map = node_get(scheme, "evidence");
	for (size_t i = 0; i < node_count(map); i++)
		if (node_is_string(node_get(map->list.items[i], "evidence"), evidence_name(kind)))
			return node_text(map->list.items[i], "item");
	return NULL;
}

static bool is_within(const struct worker *worker, int64_t at)
{
	return at >= worker->since && at < worker->until;
}

static void add(struct worker *worker, enum evidence_kind kind, int64_t at, const char *id,
		int64_t seq, const char *what, const char *clause)
{
	if (worker->count == worker->room) {
		worker->room = worker->room ? worker->room * 2 : 16;
		worker->items = mem_grow(worker->items, worker->room, sizeof *worker->items);
	}
	worker->items[worker->count++] =
		(struct evidence){.kind = kind,
				  .at = at,
				  .record = arena_printf(&worker->arena, "%s#%" PRId64, id, seq),
				  .what = arena_dup(&worker->arena, what),
				  .clause = arena_dup(&worker->arena, clause)};
}

/* Whose the ticket was at the instant AT; NULL: nobody's. */
static const char *assignee_at(const struct form *form, int64_t at)
{
	const char *to = NULL;
	for (size_t i = 0; i < form->count && form->documents[i].at <= at; i++) {
		const char *event = form->documents[i].event;
		if (strcmp(event, "assigned") == 0)
			to = node_text(form->documents[i].root, "to");
		else if (strcmp(event, "reopened") == 0)
			to = NULL;
	}
	return to;
}

/* Whether the person dealt with what was called back: the ticket was theirs, or they worked on it.
 */
static bool dealt_with(const struct worker *worker, const struct form *form, int64_t at)
{
	const char *to = assignee_at(form, at);
	bool theirs = to && strcmp(to, worker->person) == 0;
	for (size_t i = 0; i < form->count && form->documents[i].at <= at && !theirs; i++)
		theirs = node_holds(node_get(form->documents[i].root, "workers"), worker->person);
	return theirs;
}

static void look_at_deadline(struct worker *worker, const struct form *form,
			     const struct duty *duty)
{
	const char *to = assignee_at(form, duty->at);
	bool missed = duty->state == DUTY_LATE ||
		      (duty->state == DUTY_OPEN && worker->book->now > duty->at);
	if (!missed || !is_within(worker, duty->at) || !to || strcmp(to, worker->person) != 0)
		return;
	const char *end = duty->ended_by ? duty->ended_by->event : NULL;
	const char *what = arena_printf(
		&worker->arena, end ? "%s late: %s" : "%s late, and still open", duty->id, end);
	add(worker, EVIDENCE_LATE, duty->at, form->id,
	    duty->ended_by ? duty->ended_by->seq : duty->set_by->seq, what, duty->clause);
}

static void look_at_callback(struct worker *worker, const struct form *form,
			     const struct duty *duty)
{
	const struct member *member = staff_find(&worker->book->staff, worker->person, duty->at);
	const char *unit = node_text(form->customer, "unit"), *who = NULL;
	bool missed = duty->state == DUTY_LATE ||
		      (duty->state == DUTY_OPEN && worker->book->now > duty->at);
	/* of a share nobody can say whose it is; who is absent owes nothing */
	if (!missed || !is_within(worker, duty->at) || duty->rate[0] != '1' || !member ||
	    member->left || staff_absence(&worker->book->staff, worker->person, duty->at))
		return;
	for (size_t i = 0; i < node_count(duty->who) && !who; i++)
		if (staff_serves(&worker->book->staff, member, duty->who->list.items[i]->text, unit,
				 duty->at))
			who = duty->who->list.items[i]->text;
	if (!who)
		return;
	const char *what = arena_printf(&worker->arena,
					duty->ended_by ? "%s made late, owed by %s"
						       : "%s not made, owed by %s",
					duty->id, who);
	add(worker, EVIDENCE_CALLBACK_MISSED, duty->at, form->id,
	    duty->ended_by ? duty->ended_by->seq : duty->set_by->seq, what, duty->clause);
}

/* Phrases in what the person recorded: warned of, or recorded against the rule. */
static void look_for_phrases(struct worker *worker, struct form *form,
			     const struct document *document)
{
	const struct policy *policy = worker->book->policy;
	size_t cursor = 0;
	const struct rule *rule;
	while ((rule = policy_next(policy, RULE_PHRASE, &cursor))) {
		const struct node *fields = node_get(rule->node, "field"), *field;
		int day = zone_day(&worker->book->zone, document->at);
		struct err ignored = ERR_INIT;
		bool applies = node_holds(node_get(rule->node, "step"), document->event) &&
			       policy_applies(policy, rule, form_view(form), day, &ignored) ==
				       VERDICT_YES;
		for (size_t i = 0; applies && (field = node_each(fields, i)); i++) {
			const struct node *text = node_path(document->root, field->text);
			size_t start, end;
			if (!text || text->type != NODE_STRING ||
			    pattern_match(rule->pattern, text->text, text->len, &start, &end,
					  &ignored) != PATTERN_YES)
				continue;
			const char *reason =
				node_text(node_get(document->root, "override"), "reason");
			const char *what = arena_printf(
				&worker->arena, "%s: \"%.*s\"%s%s", field->text, (int)(end - start),
				text->text + start, reason ? ", recorded against the rule: " : "",
				reason ? reason : "");
			add(worker, EVIDENCE_PHRASE, document->at, form->id, document->seq, what,
			    rule->clause);
		}
		err_clear(&ignored);
	}
}

static void look_at_answer(struct worker *worker, const struct form *form,
			   const struct document *document)
{
	const struct node *root = document->root, *grades = node_get(root, "grades");
	const char *answer = node_text(root, "answer"), *opinions = node_text(root, "opinions"),
		   *shortcomings = node_text(root, "shortcomings");
	if (!answer || !dealt_with(worker, form, document->at))
		return;
	if (strcmp(answer, "unsatisfied") == 0) {
		const char *why = shortcomings ? shortcomings : opinions;
		add(worker, EVIDENCE_UNSATISFIED, document->at, form->id, document->seq,
		    why ? arena_printf(&worker->arena, "unsatisfied: %s", why) : "unsatisfied",
		    NULL);
		return;
	}
	bool best = false;
	for (size_t i = 0; i < node_count(grades); i++) {
		int64_t grade = 0;
		best = best ||
		       (node_integer(grades, grades->map.pairs[i].key, &grade) && grade == 5);
	}
	if (best || opinions)
		add(worker, EVIDENCE_PRAISE, document->at, form->id, document->seq,
		    opinions ? arena_printf(&worker->arena, "satisfied: %s", opinions)
			     : "satisfied, with the best grade",
		    NULL);
}

static void look_at(void *state, struct form *form)
{
	struct worker *worker = state;
	if (form->state == FORM_VOIDED)
		return;
	for (size_t i = 0; i < form->duty_count; i++) {
		if (form->duties[i].callback)
			look_at_callback(worker, form, &form->duties[i]);
		else
			look_at_deadline(worker, form, &form->duties[i]);
	}
	for (size_t i = 0; i < form->count; i++) {
		const struct document *document = &form->documents[i];
		if (!is_within(worker, document->at))
			continue;
		if (node_is_string(node_get(document->root, "by"), worker->person))
			look_for_phrases(worker, form, document);
		if (document->which == EVENT_CALLBACK)
			look_at_answer(worker, form, document);
	}
}

static void look_at_register(struct worker *worker, struct problems *problems)
{
	struct personnel personnel;
	struct err err = ERR_INIT;
	if (!personnel_read(worker->book, worker->person, &personnel, &err)) {
		problems_add(problems, NULL, &err);
	}
	for (size_t i = 0; i < personnel.count; i++) {
		const struct personnel_entry *entry = &personnel.entries[i];
		bool commended = entry->which == EVENT_COMMENDED;
		if ((!commended && entry->which != EVENT_SANCTIONED) || entry->voided ||
		    !is_within(worker, entry->at))
			continue;
		const char *reason = node_text(entry->root, "reason");
		add(worker, commended ? EVIDENCE_COMMENDED : EVIDENCE_SANCTIONED, entry->at,
		    worker->person, entry->seq,
		    arena_printf(&worker->arena, "%s: %s", node_text(entry->root, "degree"),
				 reason ? reason : ""),
		    node_text(entry->root, "clause"));
	}
	personnel_clear(&personnel);
}

static int compare(const void *a, const void *b)
{
	const struct evidence *x = a, *y = b;
	int order = (x->at > y->at) - (x->at < y->at);
	order = order ? order : strcmp(x->record, y->record);
	return order ? order : (x->kind > y->kind) - (x->kind < y->kind);
}

void evidence_read(struct book *book, const char *person, const struct sheet_period *span,
		   struct evidences *out)
{
	unsigned threads = walk_threads();
	struct worker *workers = mem_array(threads, sizeof *workers);
	void **states = mem_array(threads, sizeof *states);
	*out = (struct evidences){.arenas = mem_array(threads, sizeof *out->arenas),
				  .arena_count = threads};
	for (unsigned t = 0; t < threads; t++) {
		workers[t] = (struct worker){.book = book,
					     .person = person,
					     .since = zone_day_start(&book->zone, span->first),
					     .until = zone_day_start(&book->zone, span->last + 1)};
		states[t] = &workers[t];
	}
	forms_read(book, NULL, states, threads, look_at, &out->problems);
	look_at_register(&workers[0], &out->problems);
	for (unsigned t = 0; t < threads; t++) {
		out->items =
			mem_grow(out->items, out->count + workers[t].count + 1, sizeof *out->items);
		for (size_t i = 0; i < workers[t].count; i++)
			out->items[out->count++] = workers[t].items[i];
		out->arenas[t] = workers[t].arena;
		free(workers[t].items);
	}
	qsort(out->items, out->count, sizeof *out->items, compare);
	free(states);
	free(workers);
}

void evidence_clear(struct evidences *evidences)
{
	for (size_t i = 0; i < evidences->arena_count; i++)
		arena_clear(&evidences->arenas[i]);
	free(evidences->arenas);
	free(evidences->items);
	problems_clear(&evidences->problems);
	*evidences = (struct evidences){0};
}

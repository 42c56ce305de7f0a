// SPDX-License-Identifier: MIT
// What tickets and the personnel register show of a person in a period: candidates for a sheet.
#include "appraisal/evidence.h"

#include <inttypes.h>
#include <string.h>

#include "staff/personnel.h"
#include "text/nothing.h"
#include "text/pattern.h"

/* Whose evidence is looked for, and of when. */
struct wanted {
	const char *person;
	int64_t since, until;
};

const char *evidence_name(enum evidence_kind kind)
{
	static const char *const names[] = {"late",   "phrase",    "callback-missed", "unsatisfied",
					    "praise", "commended", "sanctioned"};
	return names[kind];
}

const char *evidence_item(const struct node *scheme, enum evidence_kind kind)
{
	const struct node *entry;
	for (size_t i = 0; (entry = node_item(node_get(scheme, "evidence"), i)); i++)
		if (node_is_string(node_get(entry, "evidence"), evidence_name(kind)))
			return node_text(entry, "item");
	return NULL;
}

static bool is_within(const struct gatherer *to, int64_t at)
{
	const struct wanted *wanted = to->context;
	return at >= wanted->since && at < wanted->until;
}

static const char *person_of(const struct gatherer *to)
{
	return ((const struct wanted *)to->context)->person;
}

static void add(struct gatherer *to, enum evidence_kind kind, int64_t at, const char *id,
		int64_t seq, const char *what, const char *clause)
{
	struct evidence *evidence = gather_push(to, 0);
	*evidence = (struct evidence){.kind = kind,
				      .at = at,
				      .record = arena_printf(&to->arena, "%s#%" PRId64, id, seq),
				      .what = arena_dup(&to->arena, what),
				      .clause = arena_dup(&to->arena, clause)};
}

/* Whether the person dealt with what was called back: the ticket was theirs, or they worked on it.
 */
static bool dealt_with(const char *person, const struct form *form, int64_t at)
{
	const char *to = form_assignee_at(form, at);
	bool theirs = to && strcmp(to, person) == 0;
	for (size_t i = 0; i < form->count && !theirs; i++)
		theirs = form->documents[i].at <= at &&
			 node_holds(node_get(form->documents[i].root, "workers"), person);
	return theirs;
}

static void look_at_deadline(struct gatherer *to, const struct form *form, const struct duty *duty)
{
	const char *assignee = form_assignee_at(form, duty->at);
	bool missed = duty_is_missed(duty, to->book->now);
	if (!missed || !is_within(to, duty->at) || !assignee ||
	    strcmp(assignee, person_of(to)) != 0)
		return;
	const char *end = duty->ended_by ? duty->ended_by->event : NULL;
	const char *what = arena_printf(&to->scratch,
					!end                  ? "%s late, and still open"
					: duty_was_done(duty) ? "%s late: %s"
							      : "%s late, not done when %s",
					duty->id, end);
	add(to, EVIDENCE_LATE, duty->at, form->id,
	    duty->ended_by ? duty->ended_by->known : duty->set_by->known, what, duty->clause);
}

static void look_at_callback(struct gatherer *to, const struct form *form, const struct duty *duty)
{
	const struct member *member = staff_find(&to->book->staff, person_of(to), duty->at);
	const char *unit = node_text(form->customer, "unit"), *who = NULL;
	bool missed = duty_is_missed(duty, to->book->now);
	/* of a share nobody can say whose it is; who is absent owes nothing */
	if (!missed || !is_within(to, duty->at) || duty->rate[0] != '1' || !member ||
	    member->left || staff_is_absent(&to->book->staff, person_of(to), duty->at))
		return;
	const struct node *callers = form_callers(form, duty, NULL, &to->scratch);
	for (size_t i = 0; (who = node_each_text(callers, &i));)
		if (staff_serves(&to->book->staff, member, who, unit, duty->at))
			break;
	if (!who)
		return;
	const char *what = arena_printf(&to->scratch,
					duty_was_done(duty) ? "%s made late, owed by %s"
							    : "%s not made, owed by %s",
					duty->id, who);
	add(to, EVIDENCE_CALLBACK_MISSED, duty->at, form->id,
	    duty->ended_by ? duty->ended_by->known : duty->set_by->known, what, duty->clause);
}

/* Phrases in what the person recorded: warned of, or recorded against the rule. False with ERR when
 * a condition or pattern of RULE cannot be decided. */
static bool look_for_phrase(struct gatherer *to, struct form *form, const struct document *document,
			    const struct rule *rule, struct err *err)
{
	const struct node *fields = node_get(rule->node, "field");
	const char *field;
	int day = zone_day(&to->book->zone, document->at);
	if (!node_holds(node_get(rule->node, "step"), document->event))
		return true;
	enum verdict verdict = policy_applies(to->book->policy, rule, form_view(form), day, err);
	for (size_t i = 0; verdict == VERDICT_YES && (field = node_each_text(fields, &i));) {
		const struct node *said = node_path(document->root, field);
		const char *text = node_as_text(said);
		struct buf found;
		if (!text || said->type != NODE_STRING)
			continue;
		buf_init(&found);
		enum pattern_result result =
			pattern_search(rule->pattern, text, node_text_len(said), &found, err);
		if (result == PATTERN_YES) {
			const char *reason =
				node_text(node_get(document->root, "override"), "reason");
			add(to, EVIDENCE_PHRASE, document->at, form->id, document->known,
			    arena_printf(&to->scratch, "%s: \"%s\"%s%s", field, found.data,
					 reason ? ", recorded against the rule: " : "",
					 reason ? reason : ""),
			    rule->clause);
		}
		buf_clear(&found);
		if (result == PATTERN_LIMIT) {
			err->status = STATUS_DAMAGED;
			err_place(err, rule->file, rule->node->line, rule->node->column);
			return err_clause(err, rule->clause);
		}
	}
	return verdict != VERDICT_UNKNOWN;
}

static void look_for_phrases(struct gatherer *to, struct form *form,
			     const struct document *document)
{
	size_t cursor = 0;
	const struct rule *rule;
	struct err err = ERR_INIT;
	while ((rule = policy_next(to->book->policy, RULE_PHRASE, &cursor)))
		if (!look_for_phrase(to, form, document, rule, &err))
			gather_once(to, form->file, &err);
}

/* What the household said under KEY; NULL when that is nothing. */
static const char *said_in(const struct node *callback, const char *key)
{
	const char *text = node_text(callback, key);
	return text && !nothing_said(text) ? text : NULL;
}

static void look_at_answer(struct gatherer *to, const struct form *form,
			   const struct document *document)
{
	const struct node *root = document_now(document), *grades = node_get(root, "grades");
	const char *answer = node_text(root, "answer"), *opinions = said_in(root, "opinions"),
		   *shortcomings = said_in(root, "shortcomings");
	if (!answer || !node_true(root, "reached") ||
	    !dealt_with(person_of(to), form, document->at))
		return;
	if (strcmp(answer, "unsatisfied") == 0) {
		const char *why = shortcomings ? shortcomings : opinions;
		add(to, EVIDENCE_UNSATISFIED, document->at, form->id, document->known,
		    why ? arena_printf(&to->scratch, "unsatisfied: %s", why) : "unsatisfied", NULL);
		return;
	}
	bool best = false;
	const struct pair *graded;
	for (size_t i = 0; !best && (graded = node_pair(grades, i)); i++) {
		int64_t grade = 0;
		best = node_integer(grades, graded->key, &grade) && grade == 5;
	}
	if (best || opinions)
		add(to, EVIDENCE_PRAISE, document->at, form->id, document->known,
		    opinions ? arena_printf(&to->scratch, "satisfied: %s", opinions)
			     : "satisfied, with the best grade",
		    NULL);
}

static void look_at(struct gatherer *to, struct form *form)
{
	if (form->state == FORM_VOIDED)
		return;
	size_t cursor = 0;
	const struct duty *duty;
	while ((duty = form_next_duty(form, &cursor))) {
		if (duty->callback)
			look_at_callback(to, form, duty);
		else
			look_at_deadline(to, form, duty);
	}
	for (size_t i = 0; i < form->count; i++) {
		const struct document *document = &form->documents[i];
		if (!is_within(to, document->at))
			continue;
		if (node_is_string(node_get(document->root, "by"), person_of(to)))
			look_for_phrases(to, form, document);
		if (document->which == EVENT_CALLBACK)
			look_at_answer(to, form, document);
	}
}

static void look_at_register(struct gatherer *to)
{
	struct personnel personnel;
	struct err err = ERR_INIT;
	if (!personnel_read(to->book, person_of(to), &personnel, &err))
		gather_problem(to, NULL, &err);
	for (size_t i = 0; i < personnel.count; i++) {
		const struct personnel_entry *entry = &personnel.entries[i];
		bool commended = entry->which == EVENT_COMMENDED;
		if ((!commended && entry->which != EVENT_SANCTIONED) || entry->voided ||
		    !is_within(to, entry->at))
			continue;
		const char *reason = node_text(entry->root, "reason");
		add(to, commended ? EVIDENCE_COMMENDED : EVIDENCE_SANCTIONED, entry->at,
		    person_of(to), entry->seq,
		    arena_printf(&to->scratch, "%s: %s", node_text(entry->root, "degree"),
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
	const struct wanted wanted = {.person = person,
				      .since = zone_day_start(&book->zone, span->first),
				      .until = zone_day_start(&book->zone, span->last + 1)};
	const struct gather gather = {
		.form = look_at,
		.lists = {{.size = sizeof(struct evidence), .order = compare}},
		.context = &wanted};
	struct gathering gathering;
	gather_begin(&gathering, book, &gather);
	look_at_register(&gathering.gatherers[0]);
	gather_read(&gathering);
	gather_end(&gathering, &out->gathered);
	if (out->gathered.once.text)
		problems_add(&out->gathered.problems, NULL, &out->gathered.once);
	out->items = out->gathered.lists[0].items;
	out->count = out->gathered.lists[0].count;
}

void evidence_clear(struct evidences *evidences)
{
	gathered_clear(&evidences->gathered);
	*evidences = (struct evidences){0};
}

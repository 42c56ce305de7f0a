// SPDX-License-Identifier: MIT
// What a plan finds in the forms: callbacks of a share, what routines owe them, who was visited
// when.
#include "callback/plan_forms.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "data/anchor.h"
#include "store/walk.h"
#include "ticket/ticket.h"

struct worker {
	struct book *book;
	const struct span *span;
	struct arena arena;
	struct plan_forms found;
	size_t lot_room, visitable_room, opened_room;
	struct err err; /* the first condition that could not be decided */
};

/* Makes room for one more in an array. */
static void *room_for(void *items, size_t count, size_t *room, size_t size)
{
	if (count < *room)
		return items;
	*room = *room ? *room * 2 : 64;
	return mem_grow(items, *room, size);
}

static const char *keep(struct worker *worker, const char *text)
{
	return arena_dup(&worker->arena, text);
}

/* --- one form --- */

/* The same callback among the last COUNT: two clones may have made it due by documents of one
 * number. */
static struct ticket_lot *lot_of(struct worker *worker, size_t count, const char *id,
				 const char *rule)
{
	for (size_t i = worker->found.lot_count; i-- > worker->found.lot_count - count;)
		if (strcmp(worker->found.lots[i].id, id) == 0 &&
		    strcmp(worker->found.lots[i].rule, rule) == 0)
			return &worker->found.lots[i];
	return NULL;
}

/* Callbacks of a share, by the month their matter ended in. What was voided is not called back,
 * even if it once was. */
static void take_lots(struct worker *worker, const struct form *form)
{
	const struct book *book = worker->book;
	size_t before = worker->found.lot_count;
	if (form->state == FORM_DISPUTED || form->state == FORM_VOIDED)
		return;
	for (size_t i = 0; i < form->duty_count; i++) {
		const struct duty *duty = &form->duties[i];
		if (!duty->callback || duty->rate[0] == '1' || duty->state == DUTY_WITHDRAWN)
			continue;
		struct buf period;
		buf_init(&period);
		period_name(&book->zone, duty->start, PERIOD_MONTH, &period);
		const char *id = arena_printf(&worker->arena, "%s#%lld", form->id,
					      (long long)duty->set_by->seq);
		struct ticket_lot *lot =
			lot_of(worker, worker->found.lot_count - before, id, duty->rule);
		if (!lot) {
			worker->found.lots = room_for(worker->found.lots, worker->found.lot_count,
						      &worker->lot_room, sizeof *lot);
			lot = &worker->found.lots[worker->found.lot_count++];
		}
		*lot = (struct ticket_lot){
			.id = id,
			.rule = keep(worker, duty->rule),
			.clause = keep(worker, duty->clause),
			.rate = keep(worker, duty->rate),
			.before_today = zone_day(&book->zone, duty->start) < worker->span->today,
			.callable = duty->state == DUTY_OPEN && book->now <= duty->at,
			.made = duty->state == DUTY_MET,
			.chosen = duty->drawn != NULL,
			.noted = duty->drawn != NULL};
		memcpy(lot->period, period.data, sizeof lot->period);
		buf_clear(&period);
	}
}

static void take_opened(struct worker *worker, const struct form *form)
{
	const struct node *root = form->documents[0].root;
	const char *routine = node_text(root, "routine"), *period = node_text(root, "period");
	if (!routine || !period)
		return;
	worker->found.opened = room_for(worker->found.opened, worker->found.opened_count,
					&worker->opened_room, sizeof *worker->found.opened);
	worker->found.opened[worker->found.opened_count++] =
		(struct opened_for){keep(worker, routine), keep(worker, period)};
}

static int64_t last_visit(const struct form *form)
{
	for (size_t i = form->count; i-- > 0;) {
		const struct node *root = form->documents[i].root,
				  *manner = node_get(root, "manner"),
				  *reached = node_get(root, "reached");
		if (form->documents[i].which == EVENT_CALLBACK && reached &&
		    reached->type == NODE_BOOL && reached->boolean &&
		    (node_is_string(manner, "visit") || node_is_string(manner, "on-site")))
			return form->documents[i].at;
	}
	return 0;
}

static void take_visitable(struct worker *worker, const struct rule *rule, const struct form *form)
{
	worker->found.visitables = room_for(worker->found.visitables, worker->found.visitable_count,
					    &worker->visitable_room,
					    sizeof *worker->found.visitables);
	struct visitable *visitable = &worker->found.visitables[worker->found.visitable_count++];
	*visitable = (struct visitable){.rule = rule,
					.form = keep(worker, form->id),
					.opened = form->opened_at,
					.visited = last_visit(form)};
	for (size_t i = form->count; i-- > 0 && !visitable->period;) {
		const struct node *root = form->documents[i].root;
		if (!node_is_string(node_get(root, "routine"), node_text(rule->node, "routine")))
			continue;
		visitable->period = keep(worker, node_text(root, "period"));
		visitable->to = keep(worker, node_text(root, "to"));
	}
}

static struct node *scheduled(struct arena *arena, const char *routine, const char *period,
			      const char *to)
{
	struct node *document = ticket_document(arena, event_name(EVENT_SCHEDULED));
	node_add_string(arena, document, "to", to);
	node_add_string(arena, document, "routine", routine);
	node_add_string(arena, document, "period", period);
	return document;
}

static void take_routines(struct worker *worker, struct form *form)
{
	size_t cursor = 0;
	const struct rule *rule;
	struct node *view = NULL;
	while ((rule = policy_next(worker->book->policy, RULE_ROUTINE, &cursor))) {
		enum routine_for whom = routine_for(rule);
		if (whom == ROUTINE_DESK ||
		    !node_is_string(node_get(rule->node, "kind"), form->kind))
			continue;
		view = view ? view : form_view(form);
		struct err err = ERR_INIT;
		enum verdict verdict =
			routine_concerns(worker->book, rule, form, view, worker->span->today, &err);
		if (verdict == VERDICT_YES && whom == ROUTINE_PERSON)
			take_visitable(worker, rule, form);
		if (verdict == VERDICT_YES && whom == ROUTINE_FORM) {
			struct occurrence occurrences[OCCURRENCES_MAX];
			size_t count = routine_occurrences(worker->book, rule, form, view,
							   worker->span, &worker->arena,
							   occurrences, OCCURRENCES_MAX, &err);
			for (size_t i = 0; i < count; i++)
				plan_forms_add(&worker->found, keep(worker, form->id),
					       scheduled(&worker->arena,
							 node_text(rule->node, "routine"),
							 occurrences[i].period, NULL),
					       occurrences[i].at);
		}
		if (err.text) {
			err_place(&err, form->file, 0, 0);
			err_merge(&worker->err, &err);
		}
	}
}

static void look_at(void *state, struct form *form)
{
	struct worker *worker = state;
	take_lots(worker, form);
	take_opened(worker, form);
	if (form->kind)
		take_routines(worker, form);
}

/* --- all of them --- */

/* ALL with what a worker found behind it; frees the worker's. */
static void *gather(void *all, size_t *count, void *found, size_t more, size_t size)
{
	all = mem_grow(all, *count + more + 1, size);
	if (more)
		memcpy((char *)all + *count * size, found, more * size);
	*count += more;
	free(found);
	return all;
}

void plan_forms_read(struct plan_forms *forms, struct book *book, const struct span *span,
		     struct problems *problems)
{
	static const char *const folders[] = {"tickets", "customers", NULL};
	unsigned threads = walk_threads();
	struct worker *workers = mem_array(threads, sizeof *workers);
	void **states = mem_array(threads, sizeof *states);
	struct problems unread;
	*forms = (struct plan_forms){.arenas = mem_array(threads, sizeof *forms->arenas),
				     .arena_count = threads};
	for (unsigned t = 0; t < threads; t++) {
		workers[t] = (struct worker){.book = book, .span = span};
		states[t] = &workers[t];
	}
	forms_read(book, folders, states, threads, look_at, &unread);
	for (size_t i = 0; i < unread.count; i++)
		problems_add(problems, NULL, &unread.items[i]);
	problems_clear(&unread);
	for (unsigned t = 0; t < threads; t++) {
		struct plan_forms *found = &workers[t].found;
		forms->lots = gather(forms->lots, &forms->lot_count, found->lots, found->lot_count,
				     sizeof *found->lots);
		forms->happenings = gather(forms->happenings, &forms->happening_count,
					   found->happenings, found->happening_count,
					   sizeof *found->happenings);
		forms->visitables = gather(forms->visitables, &forms->visitable_count,
					   found->visitables, found->visitable_count,
					   sizeof *found->visitables);
		forms->opened = gather(forms->opened, &forms->opened_count, found->opened,
				       found->opened_count, sizeof *found->opened);
		forms->happening_room = forms->happening_count;
		forms->arenas[t] = workers[t].arena;
		if (workers[t].err.text)
			problems_add(problems, NULL, &workers[t].err);
	}
	lots_sort(forms->lots, forms->lot_count);
	free(states);
	free(workers);
}

void plan_forms_clear(struct plan_forms *forms)
{
	for (size_t i = 0; i < forms->arena_count; i++)
		arena_clear(&forms->arenas[i]);
	free(forms->arenas);
	free(forms->lots);
	free(forms->happenings);
	free(forms->visitables);
	free(forms->opened);
	*forms = (struct plan_forms){0};
}

void plan_forms_add(struct plan_forms *forms, const char *form, struct node *document, int64_t at)
{
	forms->happenings = room_for(forms->happenings, forms->happening_count,
				     &forms->happening_room, sizeof *forms->happenings);
	forms->happenings[forms->happening_count++] =
		(struct happening_of){.form = form, .document = document, .at = at};
}

static int compare_happenings(const void *a, const void *b)
{
	const struct happening_of *x = a, *y = b;
	int forms = strcmp(x->form, y->form);
	if (forms || x->at != y->at)
		return forms ? forms : x->at < y->at ? -1 : 1;
	const char *p = node_text(x->document, "routine"), *q = node_text(y->document, "routine");
	return strcmp(p ? p : "", q ? q : "");
}

size_t plan_forms_sort(struct plan_forms *forms)
{
	if (forms->happening_count)
		qsort(forms->happenings, forms->happening_count, sizeof *forms->happenings,
		      compare_happenings);
	return forms->happening_count;
}

bool plan_forms_choose(struct plan_forms *forms, const char *id, const char *rule,
		       const char *period)
{
	struct ticket_lot *lot = lots_find(forms->lots, forms->lot_count, id, rule, period);
	if (!lot || lot->noted)
		return false;
	lot->chosen = true;
	return true;
}

bool plan_forms_opened(const struct plan_forms *forms, const char *routine, const char *period)
{
	for (size_t i = 0; i < forms->opened_count; i++)
		if (strcmp(forms->opened[i].routine, routine) == 0 &&
		    strcmp(forms->opened[i].period, period) == 0)
			return true;
	return false;
}

/* --- visits --- */

static int compare_visitables(const void *a, const void *b)
{
	const struct visitable *x = *(const struct visitable *const *)a,
			       *y = *(const struct visitable *const *)b;
	return x->visited != y->visited ? (x->visited < y->visited ? -1 : 1)
					: strcmp(x->form, y->form);
}

/* Sends MEMBER to the first COUNT of POOL that lie in their areas and that nobody is sent to yet.
 */
static size_t send(struct plan_forms *forms, struct book *book, struct arena *arena,
		   const struct rule *rule, const struct occurrence *occurrence,
		   const struct member *member, struct visitable **pool, size_t pool_count,
		   size_t count)
{
	const char *routine = node_text(rule->node, "routine");
	size_t sent = 0;
	/* who came in the middle of the period is sent from then on */
	const struct member *then = staff_find(&book->staff, member->id, occurrence->at);
	for (size_t i = 0; i < pool_count && sent < count; i++) {
		struct visitable *visitable = pool[i];
		if (visitable->period || !member_covers(member, visitable->form))
			continue;
		int64_t at = occurrence->at > visitable->opened ? occurrence->at
								: visitable->opened;
		visitable->period = occurrence->period;
		visitable->to = member->id;
		plan_forms_add(forms, visitable->form,
			       scheduled(arena, routine, occurrence->period, member->id),
			       then && !then->left ? at : book->now);
		sent++;
	}
	return sent;
}

void plan_forms_visits(struct plan_forms *forms, struct book *book, struct arena *arena,
		       const struct rule *rule, const struct occurrence *occurrence,
		       struct planned *out)
{
	struct visitable **pool = mem_array(forms->visitable_count + 1, sizeof *pool);
	size_t pool_count = 0, cursor = 0;
	const char *role = node_text(rule->node, "role"),
		   *routine = node_text(rule->node, "routine");
	const struct member *member;
	int64_t count;
	for (size_t i = 0; i < forms->visitable_count; i++) {
		struct visitable *visitable = &forms->visitables[i];
		if (visitable->rule != rule)
			continue;
		if (visitable->period && strcmp(visitable->period, occurrence->period) != 0)
			visitable->period = visitable->to = NULL;
		pool[pool_count++] = visitable;
	}
	if (pool_count)
		qsort(pool, pool_count, sizeof *pool, compare_visitables);
	while (node_integer(rule->node, "count", &count) &&
	       (member = staff_next(&book->staff, book->now, &cursor))) {
		size_t has = 0;
		if (strcmp(member->nature, "person") != 0 || !node_holds(member->roles, role))
			continue;
		for (size_t i = 0; i < pool_count; i++)
			has += pool[i]->to && strcmp(pool[i]->to, member->id) == 0;
		if (has < (size_t)count) {
			size_t sent = send(forms, book, arena, rule, occurrence, member, pool,
					   pool_count, (size_t)count - has);
			out->scheduled += sent;
			has += sent;
		}
		if (has < (size_t)count)
			node_push(
				arena, out->notes,
				node_string(
					arena,
					arena_printf(
						arena,
						"%s %s: %s is to make %lld, and has %zu customers "
						"in their areas for it [%s]",
						routine, occurrence->period, member->id,
						(long long)count, has, rule->clause)));
	}
	free(pool);
}

// SPDX-License-Identifier: MIT
// What a plan finds in the forms: callbacks of a share, what routines owe them, who was visited
// when.
#include "callback/plan_forms.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/sort.h"
#include "data/anchor.h"
#include "ticket/duty.h"
#include "ticket/ticket.h"

enum { LOTS, ADDITIONS, VISITABLES, OPENED };

/* Whether a share is owed of callbacks like DUTY, and it is still owed or was made. */
static bool is_of_share(const struct duty *duty)
{
	return duty->callback && duty->rate[0] != '1' && duty->state != DUTY_WITHDRAWN;
}

/* --- one form --- */

/* Callbacks of a share, by the month their matter ended in. What was voided is not called back,
 * even if it once was. */
static void take_lots(struct gatherer *to, const struct form *form)
{
	const struct book *book = to->book;
	const struct span *span = to->context;
	struct arena *arena = &to->arena;
	if (form->state == FORM_DISPUTED || form->state == FORM_VOIDED)
		return;
	size_t cursor = 0;
	const struct duty *duty;
	while ((duty = form_next_duty(form, &cursor))) {
		if (!is_of_share(duty))
			continue;
		struct buf period;
		buf_init(&period);
		period_name(&book->zone, duty->start, PERIOD_MONTH, &period);
		struct ticket_lot *lot = gather_push(to, LOTS);
		*lot = (struct ticket_lot){
			.id = arena_printf(
				arena, "%s#%lld%s%s", form->id, (long long)duty->set_by->known,
				duty->household ? "/" : "", duty->household ? duty->household : ""),
			.rule = arena_dup(arena, duty_rule_name(book, duty)),
			.clause = arena_dup(arena, duty->clause),
			.rate = arena_dup(arena, duty->rate),
			.before_today = zone_day(&book->zone, duty->start) < span->today,
			.callable = duty->state == DUTY_OPEN && book->now <= duty->at,
			.made = duty->state == DUTY_MET,
			.chosen = duty->drawn != NULL,
			.noted = duty->drawn != NULL,
			.seen = form->count};
		memcpy(lot->period, period.data, sizeof lot->period);
		buf_clear(&period);
	}
}

static void take_opened(struct gatherer *to, const struct form *form)
{
	const struct node *root = form->documents[0].root;
	const char *routine = node_text(root, "routine"), *period = node_text(root, "period");
	if (!routine || !period)
		return;
	struct opened_for *opened = gather_push(to, OPENED);
	*opened =
		(struct opened_for){arena_dup(&to->arena, routine), arena_dup(&to->arena, period)};
}

static int64_t last_visit(const struct form *form)
{
	for (size_t i = form->count; i-- > 0;) {
		const struct node *root = document_now(&form->documents[i]),
				  *manner = node_get(root, "manner");
		if (form->documents[i].which == EVENT_CALLBACK && node_true(root, "reached") &&
		    (node_is_string(manner, "visit") || node_is_string(manner, "on-site")))
			return form->documents[i].at;
	}
	return 0;
}

static void take_visitable(struct gatherer *to, const struct rule *rule, const struct form *form)
{
	struct arena *arena = &to->arena;
	struct visitable *visitable = gather_push(to, VISITABLES);
	*visitable = (struct visitable){.rule = rule,
					.form = arena_dup(arena, form->id),
					.seen = form->count,
					.opened = form->opened_at,
					.visited = last_visit(form)};
	for (size_t i = form->count; i-- > 0 && !visitable->period;) {
		const struct node *root = form->documents[i].root;
		if (!node_is_string(node_get(root, "routine"), node_text(rule->node, "routine")))
			continue;
		visitable->period = arena_dup(arena, node_text(root, "period"));
		visitable->to = arena_dup(arena, node_text(root, "to"));
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

/* What RULE, for forms, has FORM scheduled for. */
static void take_additions(struct gatherer *to, const struct rule *rule, struct form *form,
			   const struct node *view, struct err *err)
{
	struct arena *arena = &to->arena;
	struct occurrence occurrences[OCCURRENCES_MAX];
	size_t count = routine_occurrences(to->book, rule, form, view, to->context, arena,
					   occurrences, OCCURRENCES_MAX, err);
	for (size_t i = 0; i < count; i++) {
		struct form_addition *addition = gather_push(to, ADDITIONS);
		*addition = (struct form_addition){
			.form = arena_dup(arena, form->id),
			.document = scheduled(arena, node_text(rule->node, "routine"),
					      occurrences[i].period, NULL),
			.at = occurrences[i].at,
			.seen = form->count};
	}
}

static void take_routines(struct gatherer *to, struct form *form)
{
	const struct span *span = to->context;
	size_t cursor = 0;
	const struct rule *rule;
	struct node *view = NULL;
	while ((rule = policy_next(to->book->policy, RULE_ROUTINE, &cursor))) {
		enum routine_for whom = routine_for(rule);
		if (whom == ROUTINE_DESK ||
		    !node_is_string(node_get(rule->node, "kind"), form->kind))
			continue;
		view = view ? view : form_view(form);
		struct err err = ERR_INIT;
		enum verdict verdict =
			routine_concerns(to->book, rule, form, view, span->today, &err);
		if (verdict == VERDICT_YES && whom == ROUTINE_PERSON)
			take_visitable(to, rule, form);
		if (verdict == VERDICT_YES && whom == ROUTINE_FORM)
			take_additions(to, rule, form, view, &err);
		if (err.text)
			gather_once(to, form->file, &err);
	}
}

static void look_at(struct gatherer *to, struct form *form)
{
	take_lots(to, form);
	take_opened(to, form);
	if (form->kind)
		take_routines(to, form);
}

/* --- all of them --- */

static int compare_additions(const void *a, const void *b)
{
	const struct form_addition *x = a, *y = b;
	int forms = strcmp(x->form, y->form);
	if (forms || x->at != y->at)
		return forms ? forms : x->at < y->at ? -1 : 1;
	const char *p = node_text(x->document, "routine"), *q = node_text(y->document, "routine");
	return strcmp(p ? p : "", q ? q : "");
}

static int compare_visitables(const void *a, const void *b)
{
	const struct visitable *x = a, *y = b;
	return x->visited != y->visited ? (x->visited < y->visited ? -1 : 1)
					: strcmp(x->form, y->form);
}

static int compare_opened(const void *a, const void *b)
{
	const struct opened_for *x = a, *y = b;
	int routines = strcmp(x->routine, y->routine);
	return routines ? routines : strcmp(x->period, y->period);
}

void plan_forms_read(struct plan_forms *forms, struct book *book, const struct span *span,
		     struct problems *problems)
{
	static const char *const folders[] = {"tickets", "customers", NULL};
	const struct gather gather = {
		.folders = folders,
		.form = look_at,
		.lists = {[LOTS] = {.size = sizeof *forms->lots, .order = lots_compare},
			  [ADDITIONS] = {.size = sizeof *forms->additions,
					 .order = compare_additions},
			  [VISITABLES] = {.size = sizeof *forms->visitables,
					  .order = compare_visitables},
			  [OPENED] = {.size = sizeof *forms->opened, .order = compare_opened}},
		.context = span};
	*forms = (struct plan_forms){0};
	gather_run(book, &gather, &forms->gathered);
	const struct gather_items *lists = forms->gathered.lists;
	forms->lots = lists[LOTS].items;
	forms->lot_count = lists[LOTS].count;
	forms->visitables = lists[VISITABLES].items;
	forms->visitable_count = lists[VISITABLES].count;
	forms->opened = lists[OPENED].items;
	forms->opened_count = lists[OPENED].count;
	forms->additions = gathered_take(&forms->gathered, ADDITIONS, &forms->addition_count);
	problems_take(problems, &forms->gathered.problems);
	if (forms->gathered.once.text)
		problems_add(problems, NULL, &forms->gathered.once);
}

void plan_forms_clear(struct plan_forms *forms)
{
	free(forms->additions);
	gathered_clear(&forms->gathered);
	*forms = (struct plan_forms){0};
}

void plan_forms_add(struct plan_forms *forms, const char *form, struct node *document, int64_t at,
		    size_t seen)
{
	forms->additions =
		mem_room(forms->additions, forms->addition_count, 1, sizeof *forms->additions);
	forms->additions[forms->addition_count++] =
		(struct form_addition){.form = form, .document = document, .at = at, .seen = seen};
}

size_t plan_forms_sort(struct plan_forms *forms)
{
	sort_stable(forms->additions, forms->addition_count, sizeof *forms->additions,
		    compare_additions);
	return forms->addition_count;
}

const struct ticket_lot *plan_forms_choose(struct plan_forms *forms, const char *id,
					   const char *rule, const char *period)
{
	struct ticket_lot *lot = lots_find(forms->lots, forms->lot_count, id, rule, period);
	if (!lot || lot->noted)
		return NULL;
	lot->chosen = true;
	return lot;
}

bool plan_forms_opened(const struct plan_forms *forms, const char *routine, const char *period)
{
	const struct opened_for wanted = {routine, period};
	return forms->opened_count &&
	       bsearch(&wanted, forms->opened, forms->opened_count, sizeof wanted, compare_opened);
}

/* --- visits --- */

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
			       then && !then->left ? at : book->now, visitable->seen);
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
				node_string(arena,
					    arena_printf(arena,
							 "%s %s: %s has to make %lld, but only %zu "
							 "customers in their areas fit [%s]",
							 routine, occurrence->period, member->id,
							 (long long)count, has, rule->clause)));
	}
	free(pool);
}

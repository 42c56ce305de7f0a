// SPDX-License-Identifier: MIT
// What the rules ask of somebody whom nobody here is, with what waits for them. Reads only.
#include "ticket/unfilled_read.h"

#include <string.h>

enum { WAITS, GONE };

/* FORM waits for the item of that number. */
struct wait_for {
	size_t item;
	const char *form;
};

static int order_waits(const void *a, const void *b)
{
	const struct wait_for *x = a, *y = b;
	if (x->item != y->item)
		return x->item < y->item ? -1 : 1;
	return strcmp(x->form, y->form);
}

int unfilled_order_gone(const void *a, const void *b)
{
	const struct unfilled_gone *x = a, *y = b;
	int rules = strcmp(x->rule, y->rule), people = strcmp(x->who, y->who);
	return rules ? rules : people ? people : strcmp(x->form, y->form);
}

void unfilled_take_gone(struct gatherer *to, size_t list, const struct form *form)
{
	const struct duty *duty;
	const char *who;
	for (size_t cursor = 0; (duty = form_next_duty(form, &cursor));) {
		if (duty->state != DUTY_OPEN || !duty->callback)
			continue;
		const struct node *callers = form_callers(form, duty, NULL, &to->scratch);
		for (size_t i = 0; (who = node_each_text(callers, &i));) {
			if (!unfilled_is_gone(to->book, who))
				continue;
			struct unfilled_gone *gone = gather_push(to, list);
			*gone = (struct unfilled_gone){
				.rule = arena_dup(&to->arena, duty->rule),
				.clause = arena_dup(&to->arena, duty->clause),
				.who = arena_dup(&to->arena, who),
				.form = arena_dup(&to->arena, form->id)};
		}
	}
}

static bool is_same_row(const struct unfilled_gone *a, const struct unfilled_gone *b)
{
	return strcmp(a->rule, b->rule) == 0 && strcmp(a->who, b->who) == 0;
}

size_t unfilled_count_gone(const struct unfilled_gone *gone, size_t count)
{
	size_t rows = 0;
	for (size_t i = 0; i < count; i++)
		rows += !i || !is_same_row(&gone[i - 1], &gone[i]);
	return rows;
}

static void look_at(struct gatherer *to, struct form *form)
{
	const struct unfilled_set *set = to->context;
	for (size_t i = 0; i < set->count; i++)
		if (unfilled_waits(to->book, set, &set->items[i], form)) {
			struct wait_for *wait = gather_push(to, WAITS);
			*wait = (struct wait_for){i, arena_dup(&to->arena, form->id)};
		}
	unfilled_take_gone(to, GONE, form);
}

static void add_form(struct arena *arena, const struct node *forms, const char *form)
{
	if (!node_holds(forms, form))
		node_push(arena, (struct node *)forms, node_string(arena, form));
}

static void add_gone(struct unfilled_report *report, const struct book *book,
		     const struct unfilled_gone *gone)
{
	struct arena *arena = &report->set.arena;
	struct node *whom = node_list(arena);
	node_push(arena, whom, node_string(arena, gone->who));
	report->rows[report->count++] =
		(struct unfilled_row){.rule = policy_find(book->policy, RULE_CALLBACK, gone->rule),
				      .list = RULE_CALLBACK,
				      .name = gone->rule,
				      .clause = gone->clause,
				      .key = "who",
				      .whom = whom,
				      .forms = node_list(arena)};
}

void unfilled_read(struct book *book, struct unfilled_report *report)
{
	static const char *const folders[] = {"tickets", "customers", NULL};
	*report = (struct unfilled_report){0};
	unfilled_find(&report->set, book, book->now);
	const struct gather gather = {
		.folders = folders,
		.form = look_at,
		.lists = {[WAITS] = {.size = sizeof(struct wait_for), .order = order_waits},
			  [GONE] = {.size = sizeof(struct unfilled_gone),
				    .order = unfilled_order_gone}},
		.context = &report->set};
	gather_run(book, &gather, &report->gathered);
	struct arena *arena = &report->set.arena;
	const struct wait_for *waits = report->gathered.lists[WAITS].items;
	const struct unfilled_gone *gone = report->gathered.lists[GONE].items;
	size_t gone_count = report->gathered.lists[GONE].count;
	report->rows =
		arena_alloc(arena, (report->set.count + gone_count + 1) * sizeof *report->rows);
	for (size_t i = 0; i < report->set.count; i++) {
		const struct unfilled *item = &report->set.items[i];
		const char *key = policy_list_name(book->policy, item->list);
		struct buf name;
		buf_init(&name);
		node_join(key ? node_get(item->rule->node, key) : NULL, ",", &name);
		report->rows[report->count++] =
			(struct unfilled_row){.rule = item->rule,
					      .list = item->list,
					      .name = arena_dup(arena, name.data),
					      .clause = item->rule->clause,
					      .key = item->key,
					      .whom = item->whom,
					      .forms = node_list(arena)};
		buf_clear(&name);
	}
	for (size_t i = 0; i < report->gathered.lists[WAITS].count; i++)
		add_form(arena, report->rows[waits[i].item].forms, waits[i].form);
	for (size_t i = 0; i < gone_count; i++) {
		if (!i || !is_same_row(&gone[i - 1], &gone[i]))
			add_gone(report, book, &gone[i]);
		add_form(arena, report->rows[report->count - 1].forms, gone[i].form);
	}
}

void unfilled_report_clear(struct unfilled_report *report)
{
	unfilled_clear(&report->set);
	gathered_clear(&report->gathered);
	*report = (struct unfilled_report){0};
}

// SPDX-License-Identifier: MIT
// Which open deadlines and callbacks are others by what is known of the calendar now.
#include "callback/moved.h"

#include <string.h>

const char *moved_name(enum duty_move_how how)
{
	static const char *const names[] = {[DUTY_MOVES] = "moves",
					    [DUTY_STANDS] = "stands",
					    [DUTY_STAYS] = "stays",
					    [DUTY_UNDATED] = "undated"};
	return names[how];
}

bool moved_can(const struct moved *moved)
{
	return moved->how == DUTY_MOVES || moved->how == DUTY_STANDS;
}

static void look_at(struct gatherer *to, struct form *form)
{
	struct arena *arena = &to->arena;
	size_t cursor = 0;
	const struct duty *duty;
	while ((duty = form_next_duty(form, &cursor))) {
		struct duty_move move;
		if (!duty_follows(to->book, arena, duty, &move))
			continue;
		struct moved *moved = gather_push(to, 0);
		*moved = (struct moved){.form = arena_dup(arena, form->id),
					.id = arena_dup(arena, duty->id),
					.rule = arena_dup(arena, duty_rule_name(to->book, duty)),
					.clause = arena_dup(arena, duty->clause),
					.how = move.how,
					.old = duty->at,
					.new = move.due.at,
					.guessed = move.guessed,
					.why = move.why};
	}
}

static int compare_moved(const void *a, const void *b)
{
	const struct moved *x = a, *y = b;
	int forms = strcmp(x->form, y->form);
	return forms ? forms : strcmp(x->id, y->id);
}

void moved_read(struct book *book, const char *form, struct moved_list *list)
{
	static const char *const folders[] = {"tickets", "customers", NULL}, *const none[] = {NULL};
	struct err ignored = ERR_INIT;
	struct buf path;
	buf_init(&path);
	if (form && !book_form_path(form, &path, &ignored)) /* it was read before */
		err_clear(&ignored);
	const char *const files[] = {form ? path.data : NULL, NULL};
	const struct gather gather = {
		.folders = form ? none : folders,
		.files = files,
		.form = look_at,
		.lists = {{.size = sizeof(struct moved), .order = compare_moved}}};
	gather_run(book, &gather, &list->gathered);
	list->items = list->gathered.lists[0].items;
	list->count = list->gathered.lists[0].count;
	buf_clear(&path);
}

void moved_clear(struct moved_list *list)
{
	gathered_clear(&list->gathered);
	*list = (struct moved_list){0};
}

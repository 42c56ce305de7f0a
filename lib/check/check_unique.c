// SPDX-License-Identifier: MIT
// The check that no two tickets have what only one may have. What each clone kept, two together may
// not.
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/sort.h"
#include "check/check_parts.h"
#include "ticket/unique.h"

static void note(void *context, const struct rule *rule, const struct document *document,
		 const char *field, const char *value)
{
	struct checker *checker = context;
	struct arena *arena = &checker->to->arena;
	const char *name = node_text(rule->node, "unique");
	const struct node *at = node_path(document->root, field);
	at = at ? at : document->root;
	*(struct unique_seen *)gather_push(checker->to, CHECK_UNIQUE) =
		(struct unique_seen){.rule = arena_dup(arena, name ? name : ""),
				     .clause = rule->clause,
				     .field = arena_dup(arena, field),
				     .value = arena_dup(arena, value),
				     .file = arena_dup(arena, checker->file),
				     .id = arena_dup(arena, checker->form.id),
				     .seq = document->known,
				     .line = at->line,
				     .column = at->column};
}

void check_unique_seen(struct checker *checker)
{
	if (checker->common->rules_known)
		unique_each(checker->book, &checker->form, note, checker);
}

/* By rule and value, then by ticket. */
int check_order_unique(const void *a, const void *b)
{
	const struct unique_seen *x = a, *y = b;
	int order = strcmp(x->rule, y->rule);
	order = order ? order : strcmp(x->value, y->value);
	order = order ? order : strcmp(x->id, y->id);
	return order ? order : (x->seq > y->seq) - (x->seq < y->seq);
}

void check_unique(struct checker *checker, const struct gathering *gathering)
{
	struct unique_seen *all = NULL;
	size_t count = 0;
	for (unsigned t = 0; t < gathering->threads; t++) {
		const struct gather_items *part = &gathering->gatherers[t].lists[CHECK_UNIQUE];
		all = mem_room(all, count, part->count, sizeof *all);
		if (part->count)
			memcpy(all + count, part->items, part->count * sizeof *all);
		count += part->count;
	}
	sort_stable(all, count, sizeof *all, check_order_unique);
	for (size_t i = 1, first = 0; i < count; i++) {
		const struct unique_seen *one = &all[i], *other = &all[first];
		if (strcmp(one->rule, other->rule) != 0 || strcmp(one->value, other->value) != 0)
			first = i;
		if (first == i || strcmp(one->id, other->id) == 0)
			continue;
		checker->file = one->file;
		struct node at = {.line = one->line, .column = one->column};
		check_tell(checker, PROBLEM_NOT_UNIQUE, &at, one->clause,
			   "%s: %s stands in %s#%" PRId64 ", too", one->field, one->value,
			   other->id, other->seq);
	}
	free(all);
}

// SPDX-License-Identifier: MIT
// The check that one unit is written in one way. Readers take all ways for the same unit; people
// who look for it with other programs do not.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/sort.h"
#include "book/unit.h"
#include "check/check_parts.h"

/* Whether UNIT has characters that can be written in several ways. */
static bool has_ways(const char *unit)
{
	for (; *unit; unit++) {
		unsigned char byte = (unsigned char)*unit, small = byte | 0x20;
		/* full-width forms begin with 0xef */
		if (byte == 0xef || (small >= 'a' && small <= 'z'))
			return true;
	}
	return false;
}

void check_unit_seen(struct checker *checker)
{
	struct arena *arena = &checker->to->arena;
	const struct form *form = &checker->form;
	const struct node *unit = node_get(form->customer, "unit");
	bool of_customer = !book_is_ticket(form->id);
	if (!unit || unit->type != NODE_STRING || !has_ways(node_as_text(unit)) ||
	    form->state == FORM_VOIDED)
		return;
	*(struct unit_seen *)gather_push(checker->to, CHECK_UNITS) =
		(struct unit_seen){.unit = arena_dup(arena, node_as_text(unit)),
				   .file = arena_dup(arena, checker->file),
				   .line = unit->line,
				   .column = unit->column,
				   .of_customer = of_customer};
}

/* A customer's file first, then what was recorded first. */
int check_order_units(const void *a, const void *b)
{
	const struct unit_seen *x = a, *y = b;
	int order = unit_order(x->unit, y->unit);
	if (order)
		return order;
	if (x->of_customer != y->of_customer)
		return x->of_customer ? -1 : 1;
	return strcmp(x->file, y->file);
}

void check_units(struct checker *checker, const struct gathering *gathering)
{
	struct unit_seen *all = NULL;
	size_t count = 0;
	struct buf text;
	for (unsigned t = 0; t < gathering->threads; t++) {
		const struct gather_items *part = &gathering->gatherers[t].lists[CHECK_UNITS];
		all = mem_room(all, count, part->count, sizeof *all);
		if (part->count)
			memcpy(all + count, part->items, part->count * sizeof *all);
		count += part->count;
	}
	sort_stable(all, count, sizeof *all, check_order_units);
	buf_init(&text);
	for (size_t i = 1, first = 0; i < count; i++) {
		if (!unit_same(all[i].unit, all[first].unit))
			first = i;
		if (strcmp(all[i].unit, all[first].unit) == 0)
			continue;
		checker->file = all[i].file;
		buf_reset(&text);
		buf_addf(&text, "customer.unit: %s is the unit that %s calls %s", all[i].unit,
			 all[first].file, all[first].unit);
		check_tell_line(checker, PROBLEM_TWO_SPELLINGS, all[i].line, all[i].column,
				text.data);
	}
	buf_clear(&text);
	free(all);
}

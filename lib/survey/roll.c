// SPDX-License-Identifier: MIT
// Who was drawn for a survey, found quickly.
#include "survey/roll.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "book/unit.h"

static void add(struct roll *roll, const struct node *unit, size_t group)
{
	const char *name = node_as_text(unit);
	size_t len = node_text_len(unit), index = roll->unit_count;
	struct buf folded;
	if (!name || unit->type != NODE_STRING || keys_find(&roll->drawn, name, len, NULL))
		return;
	roll->units = mem_room(roll->units, index, 1, sizeof *roll->units);
	roll->units[roll->unit_count++] = (struct roll_unit){.name = name, .group = group};
	keys_add(&roll->drawn, name, len, index);
	buf_init(&folded);
	unit_fold(name, len, &folded);
	if ((folded.len != len || memcmp(folded.data, name, len) != 0) &&
	    !keys_find(&roll->folded, folded.data, folded.len, NULL))
		keys_add(&roll->folded, arena_dup_len(&roll->arena, folded.data, folded.len),
			 folded.len, index);
	buf_clear(&folded);
}

void roll_make(struct roll *roll, const struct survey *survey)
{
	const struct node *groups = node_get(survey->drawn->root, "sample"), *group, *unit;
	*roll = (struct roll){.group_count = node_item_count(groups), .arena = ARENA_INIT};
	node_integer(survey->drawn->root, "population", &roll->population);
	roll->groups = mem_array(roll->group_count + 1, sizeof *roll->groups);
	for (size_t i = 0; (group = node_item(groups, i)); i++) {
		const struct node *units = node_get(group, "units");
		roll->groups[i] = (struct roll_group){.area = node_text(group, "area"),
						      .type = node_text(group, "type"),
						      .sent = (int64_t)node_item_count(units)};
		node_integer(group, "population", &roll->groups[i].population);
		for (size_t j = 0; (unit = node_item(units, j)); j++)
			add(roll, unit, i);
	}
}

void roll_clear(struct roll *roll)
{
	free(roll->groups);
	free(roll->units);
	keys_clear(&roll->drawn);
	keys_clear(&roll->folded);
	arena_clear(&roll->arena);
	*roll = (struct roll){0};
}

const struct roll_group *roll_find(const struct roll *roll, const char *unit, size_t len,
				   const char **known)
{
	size_t index;
	bool found = keys_find(&roll->drawn, unit, len, &index);
	if (!found) {
		struct buf folded;
		buf_init(&folded);
		unit_fold(unit, len, &folded);
		found = keys_find(&roll->drawn, folded.data, folded.len, &index) ||
			keys_find(&roll->folded, folded.data, folded.len, &index);
		buf_clear(&folded);
	}
	if (found && known)
		*known = roll->units[index].name;
	return found ? &roll->groups[roll->units[index].group] : NULL;
}

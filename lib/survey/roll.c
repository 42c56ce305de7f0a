// SPDX-License-Identifier: MIT
// Who was drawn for a survey, found quickly.
#include "survey/roll.h"

#include <stdlib.h>

#include "base/mem.h"

void roll_make(struct roll *roll, const struct survey *survey)
{
	const struct node *groups = node_get(survey->drawn->root, "sample"), *group;
	*roll = (struct roll){.group_count = node_item_count(groups)};
	node_integer(survey->drawn->root, "population", &roll->population);
	roll->groups = mem_array(roll->group_count + 1, sizeof *roll->groups);
	for (size_t i = 0; (group = node_item(groups, i)); i++) {
		const struct node *units = node_get(group, "units"), *unit;
		roll->groups[i] = (struct roll_group){.area = node_text(group, "area"),
						      .type = node_text(group, "type"),
						      .sent = (int64_t)node_item_count(units)};
		node_integer(group, "population", &roll->groups[i].population);
		for (size_t j = 0; (unit = node_item(units, j)); j++) {
			const char *name = node_as_text(unit);
			size_t len = node_text_len(unit);
			if (name && unit->type == NODE_STRING &&
			    !keys_find(&roll->units, name, len, NULL))
				keys_add(&roll->units, name, len, i);
		}
	}
}

void roll_clear(struct roll *roll)
{
	free(roll->groups);
	keys_clear(&roll->units);
	*roll = (struct roll){0};
}

const struct roll_group *roll_find(const struct roll *roll, const char *unit, size_t len)
{
	size_t group;
	return keys_find(&roll->units, unit, len, &group) ? &roll->groups[group] : NULL;
}

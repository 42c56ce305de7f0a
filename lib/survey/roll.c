// SPDX-License-Identifier: MIT
// Who was drawn for a survey, found quickly.
#include "survey/roll.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static size_t hash(const char *text, size_t len)
{
	uint64_t value = UINT64_C(14695981039346656037); /* FNV-1a */
	for (size_t i = 0; i < len; i++)
		value = (value ^ (unsigned char)text[i]) * UINT64_C(1099511628211);
	return (size_t)(value ^ value >> 32);
}

static size_t slot_of(const struct roll *roll, const char *unit, size_t len)
{
	size_t slot = hash(unit, len) & roll->mask;
	while (roll->units[slot] &&
	       (strncmp(roll->units[slot], unit, len) != 0 || roll->units[slot][len]))
		slot = (slot + 1) & roll->mask;
	return slot;
}

void roll_make(struct roll *roll, const struct survey *survey)
{
	const struct node *groups = node_get(survey->drawn->root, "sample"), *group;
	size_t count = 0, room = 64;
	*roll = (struct roll){.group_count = node_item_count(groups)};
	node_integer(survey->drawn->root, "population", &roll->population);
	for (size_t i = 0; (group = node_item(groups, i)); i++)
		count += node_item_count(node_get(group, "units"));
	while (room < count * 2)
		room *= 2;
	roll->groups = mem_array(roll->group_count + 1, sizeof *roll->groups);
	roll->units = mem_array(room, sizeof *roll->units);
	roll->of = mem_array(room, sizeof *roll->of);
	roll->mask = room - 1;
	for (size_t i = 0; (group = node_item(groups, i)); i++) {
		const struct node *units = node_get(group, "units"), *unit;
		roll->groups[i] = (struct roll_group){.area = node_text(group, "area"),
						      .type = node_text(group, "type"),
						      .sent = (int64_t)node_item_count(units)};
		node_integer(group, "population", &roll->groups[i].population);
		for (size_t j = 0; (unit = node_item(units, j)); j++) {
			const char *name = node_as_text(unit);
			if (!name || unit->type != NODE_STRING)
				continue;
			size_t slot = slot_of(roll, name, node_text_len(unit));
			roll->units[slot] = name;
			roll->of[slot] = (uint32_t)i;
		}
	}
}

void roll_clear(struct roll *roll)
{
	free(roll->groups);
	free(roll->units);
	free(roll->of);
	*roll = (struct roll){0};
}

const struct roll_group *roll_find(const struct roll *roll, const char *unit, size_t len)
{
	size_t slot = slot_of(roll, unit, len);
	return roll->units[slot] ? &roll->groups[roll->of[slot]] : NULL;
}

// SPDX-License-Identifier: MIT
// Brings what kefu has changed in a pack into a ledger's copy of it, entry by entry.
#include "ledger/pack_merge.h"

#include <stdlib.h>
#include <string.h>

#include "data/time.h"
#include "ledger/pack_merge_parts.h"
#include "text/yaml.h"

/* The key of MATCH at which stands what VALUE says: NAME, or NAME-2, NAME-3 of an upgrade. */
static const char *condition_like(const struct node *match, const char *name,
				  const struct node *value)
{
	const struct pair *pair;
	size_t len = strlen(name);
	for (size_t i = 0; (pair = node_pair(match, i)); i++) {
		bool numbered = strncmp(pair->key, name, len) == 0 && pair->key[len] == '-' &&
				pair->key[len + 1] &&
				!pair->key[len + 1 + strspn(pair->key + len + 1, "0123456789")];
		if ((numbered || strcmp(pair->key, name) == 0) &&
		    node_equal_json(pair->value, value))
			return pair->key;
	}
	return NULL;
}

static const char *free_name(struct arena *arena, const struct node *match, const char *name)
{
	const char *free = name;
	for (unsigned number = 2; node_get(match, free); number++)
		free = arena_printf(arena, "%s-%u", name, number);
	return free;
}

/* Conditions have no dates. One that is changed comes under another name, by which the entries of
 * theirs go; what was recorded is held against the old one. RENAMED gets the names of theirs as
 * they are to be in the ledger, BASED those of base as they are there. */
static void merge_conditions(const struct pack_merge *merge, struct node *renamed,
			     struct node *based, struct steps *steps)
{
	static const char key[] = "match";
	struct arena *arena = merge->arena;
	const struct node *base = node_get(merge->base.root, key),
			  *ours = node_get(merge->ours.root, key),
			  *theirs = node_get(merge->theirs.root, key);
	const struct merging merging = {.merge = merge, .key = key};
	size_t last = node_pair_count(ours) ? node_pair_count(ours) - 1 : PACK_FIRST;
	const struct pair *pair;
	for (size_t i = 0; (pair = node_pair(base, i)); i++) {
		const char *stands = condition_like(ours, pair->key, pair->value);
		if (stands && strcmp(stands, pair->key) != 0)
			node_add_string(arena, based, pair->key, stands);
	}
	for (size_t i = 0; (pair = node_pair(theirs, i)); i++) {
		const struct node *was = node_get(base, pair->key);
		const char *stands = condition_like(ours, pair->key, pair->value), *name;
		struct buf text;
		if (stands) {
			if (strcmp(stands, pair->key) != 0)
				node_add_string(arena, renamed, pair->key, stands);
			continue;
		}
		if (was && node_equal_json(was, pair->value)) {
			changes_add(merge->changes, CHANGE_KEPT, merge->file, key, pair->key,
				    node_get(ours, pair->key) ? "yours" : "you have removed it");
			continue;
		}
		buf_init(&text);
		bool clear = !node_get(ours, pair->key) ||
			     (was && condition_like(ours, pair->key, was));
		if (clear || merge->stands == THREE_WAY_THEIRS) {
			name = free_name(arena, ours, pair->key);
			changes_value(pair->value, &text);
			if (strcmp(name, pair->key) != 0)
				node_add_string(arena, renamed, pair->key, name);
			changes_add(merge->changes, CHANGE_ADDED, merge->file, key, name,
				    text.data);
			merging_step(steps, PACK_INSERT, &merging, last, i, NULL);
		} else {
			buf_adds(&text, "you have changed it, and kefu to ");
			changes_value(pair->value, &text);
			changes_add(merge->changes, CHANGE_CONFLICT, merge->file, key, pair->key,
				    text.data);
		}
		buf_clear(&text);
	}
}

/* --- the whole pack --- */

/* What is no list of entries: title, source, replaces. */
static void merge_value(const struct pack_merge *merge, const struct pair *pair,
			struct steps *steps)
{
	const struct node *base = node_get(merge->base.root, pair->key),
			  *ours = node_get(merge->ours.root, pair->key);
	const struct merging merging = {.merge = merge, .key = pair->key};
	struct buf text;
	if (ours && node_equal_json(ours, pair->value))
		return;
	buf_init(&text);
	bool as_it_was = base && node_equal_json(base, pair->value);
	bool clear = (!ours && !base) || (ours && base && node_equal_json(ours, base));
	changes_value(ours, &text);
	buf_adds(&text, as_it_was ? "" : ours ? " → " : "");
	if (!as_it_was)
		changes_value(pair->value, &text);
	if (as_it_was) {
		changes_add(merge->changes, CHANGE_KEPT, merge->file, pair->key, NULL, text.data);
	} else if (clear || merge->stands == THREE_WAY_THEIRS) {
		changes_add(merge->changes, ours ? CHANGE_CHANGED : CHANGE_ADDED, merge->file,
			    pair->key, NULL, text.data);
		merging_step(steps, PACK_SET, &merging, MERGING_NONE, MERGING_NONE, NULL);
	} else {
		changes_add(merge->changes, CHANGE_CONFLICT, merge->file, pair->key, NULL,
			    text.data);
	}
	buf_clear(&text);
}

/* A scheme marks a year, so another one begins with the next. */
static int day_of_list(const struct pack_merge *merge, size_t list)
{
	struct civil civil;
	civil_of_day(merge->day, &civil);
	bool begins = civil.month == 1 && civil.day == 1;
	return list == RULE_SCHEME && !begins ? day_of_civil(civil.year + 1, 1, 1) : merge->day;
}

static void merge_lists(const struct pack_merge *merge, struct steps *steps)
{
	for (size_t i = 0; i < policy_list_count(merge->policy); i++) {
		const char *key = policy_list_key(merge->policy, i),
			   *name = policy_list_name(merge->policy, i);
		const struct schema *entries =
			schema_items(schema_property(merge->schema, key, NULL));
		struct merging merging = {
			.merge = merge,
			.key = key,
			.name = name,
			.dated = entries && schema_property(entries, "from", NULL) &&
				 schema_property(entries, "before", NULL),
			.once = name && i != RULE_STEP,
			.day = day_of_list(merge, i),
			.base = node_get(merge->base.root, key),
			.ours = node_get(merge->ours.root, key),
			.theirs = node_get(merge->theirs.root, key),
		};
		if (merging.base || merging.theirs)
			merging_list(&merging, steps);
	}
}

static bool is_list(const struct pack_merge *merge, const char *key)
{
	for (size_t i = 0; i < policy_list_count(merge->policy); i++)
		if (strcmp(policy_list_key(merge->policy, i), key) == 0)
			return true;
	return strcmp(key, "match") == 0;
}

/* PACK with other names of conditions, read again. */
static struct pack_text rename_in(const struct pack_text *pack, const struct node *names,
				  struct arena *arena)
{
	struct pack_text other = *pack;
	struct err ignored = ERR_INIT;
	struct buf text;
	if (!node_pair_count(names))
		return other;
	buf_init(&text);
	pack_text_rename(pack, names, &text);
	other.text = arena_dup_len(arena, text.data, text.len);
	other.len = text.len;
	if (!yaml_read_one(arena, NULL, other.text, other.len, &other.root, &ignored))
		other = *pack;
	err_clear(&ignored);
	buf_clear(&text);
	return other;
}

bool pack_merge(const struct pack_merge *wanted, struct buf *out)
{
	struct pack_merge merge = *wanted;
	struct node *renamed = node_map(merge.arena), *based = node_map(merge.arena);
	struct steps steps = {0};
	const struct pair *pair;
	merge_conditions(&merge, renamed, based, &steps);
	merge.theirs = rename_in(&merge.theirs, renamed, merge.arena);
	merge.base = rename_in(&merge.base, based, merge.arena);
	for (size_t i = 0; (pair = node_pair(merge.theirs.root, i)); i++)
		if (!is_list(&merge, pair->key))
			merge_value(&merge, pair, &steps);
	merge_lists(&merge, &steps);
	bool done = steps.count && pack_text_apply(&merge.ours, &merge.theirs, steps.items,
						   steps.count, merge.arena, out);
	if (steps.count && !done)
		changes_add(merge.changes, CHANGE_CONFLICT, merge.file, NULL, NULL,
			    "its layout cannot be changed: give each list, and each entry, lines "
			    "of its own");
	free(steps.items);
	return done;
}

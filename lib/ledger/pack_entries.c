// SPDX-License-Identifier: MIT
// Brings the entries of one list of a pack together: which of them became which, and what is to be
// done with each. Changes no text.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "data/time.h"
#include "ledger/pack_merge_parts.h"

static const size_t none = MERGING_NONE;

void merging_step(struct steps *steps, enum pack_action action, const struct merging *merging,
		  size_t ours, size_t theirs, const char *date)
{
	steps->items = mem_room(steps->items, steps->count, 1, sizeof *steps->items);
	steps->items[steps->count++] = (struct pack_step){action, merging->key, ours, theirs, date};
}

/* --- comparing entries --- */

static struct node *without_dates(struct arena *arena, const struct node *list, bool dated)
{
	struct node *plain = node_list(arena);
	const struct node *entry;
	for (size_t i = 0; (entry = node_item(list, i)); i++) {
		struct node *copy = node_copy(arena, entry);
		if (dated) {
			node_remove(copy, "from");
			node_remove(copy, "before");
		}
		node_push(arena, plain, copy);
	}
	return plain;
}

static size_t find(const struct node *list, const struct node *entry)
{
	for (size_t i = 0; i < node_item_count(list); i++)
		if (node_equal_json(node_item(list, i), entry))
			return i;
	return none;
}

/* The day at KEY of an entry; INSTEAD where there is none. */
static int day_of(const struct node *entry, const char *key, int instead)
{
	int day;
	struct err ignored = ERR_INIT;
	const char *date = node_text(entry, key);
	bool known = date && date_parse(date, &day, &ignored);
	err_clear(&ignored);
	return known ? day : instead;
}

/* Whether nobody has ended entry INDEX of ours before the day of the change. */
static bool is_live(const struct merging *merging, size_t index)
{
	return !merging->dated ||
	       day_of(node_item(merging->ours, index), "before", merging->day + 1) > merging->day;
}

/* Of ours one that says what ENTRY says, a live one if there is any. */
static size_t find_ours(const struct merging *merging, const struct node *entry)
{
	size_t found = none;
	for (size_t i = 0; i < node_item_count(merging->plain_ours); i++)
		if (!merging->used[i] &&
		    node_equal_json(node_item(merging->plain_ours, i), entry) &&
		    (found == none || (!is_live(merging, found) && is_live(merging, i))))
			found = i;
	return found;
}

static bool same_name(const struct merging *merging, const struct node *a, const struct node *b)
{
	const struct node *x = merging->name ? node_get(a, merging->name) : NULL,
			  *y = merging->name ? node_get(b, merging->name) : NULL;
	return x && y && node_equal_json(x, y);
}

static size_t likeness(const struct node *a, const struct node *b)
{
	size_t same = 0;
	const struct pair *pair;
	for (size_t i = 0; (pair = node_pair(a, i)); i++) {
		const struct node *other = node_get(b, pair->key);
		same += other && node_equal_json(pair->value, other);
	}
	return same;
}

/* Which entry of FROM became which of TO: for those that are not in both, by name, the most alike
 * first. BECAME[i] is the index in TO, or none. */
static void pair_up(const struct merging *merging, const struct node *from, const struct node *to,
		    size_t *became)
{
	size_t froms = node_item_count(from), tos = node_item_count(to);
	bool *taken = mem_array(tos + 1, sizeof *taken), *gone = mem_array(froms + 1, sizeof *gone);
	for (size_t i = 0; i < froms; i++) {
		became[i] = none;
		gone[i] = find(to, node_item(from, i)) == none;
	}
	for (size_t j = 0; j < tos; j++)
		taken[j] = find(from, node_item(to, j)) != none;
	for (;;) {
		size_t best = 0, best_from = none, best_to = none;
		for (size_t i = 0; i < froms; i++)
			for (size_t j = 0; gone[i] && j < tos; j++) {
				const struct node *a = node_item(from, i), *b = node_item(to, j);
				if (taken[j] || !same_name(merging, a, b) ||
				    (best_from != none && likeness(a, b) <= best))
					continue;
				best = likeness(a, b);
				best_from = i;
				best_to = j;
			}
		if (best_from == none)
			break;
		became[best_from] = best_to;
		gone[best_from] = false;
		taken[best_to] = true;
	}
	free(taken);
	free(gone);
}

/* --- what becomes of an entry --- */

static const char *date_text(const struct merging *merging, int day)
{
	struct buf text;
	buf_init(&text);
	date_format(day, &text);
	const char *kept = arena_dup(merging->merge->arena, text.data);
	buf_clear(&text);
	return kept;
}

static void tell(const struct merging *merging, enum change_kind kind, const struct node *entry,
		 const char *text)
{
	struct buf name;
	buf_init(&name);
	if (merging->name)
		node_join(node_get(entry, merging->name), ", ", &name);
	changes_add(merging->merge->changes, kind, merging->merge->file, merging->key,
		    name.len ? name.data : NULL, text);
	buf_clear(&name);
}

/* Tells how NEWER differs from OLDER, behind PREFIX. */
static void tell_difference(const struct merging *merging, enum change_kind kind,
			    const struct node *older, const struct node *newer, const char *prefix,
			    const char *from)
{
	struct buf text, all;
	buf_init(&text);
	buf_init(&all);
	changes_between(older, newer, &text);
	buf_addf(&all, "%s%s", prefix, text.data);
	if (from)
		buf_addf(&all, "; from %s", from);
	tell(merging, kind, newer ? newer : older, all.data);
	buf_clear(&text);
	buf_clear(&all);
}

/* From when on what takes the place of OURS is in force: never on a day before it was. */
static const char *change_date(const struct merging *merging, size_t ours)
{
	if (!merging->dated)
		return NULL;
	int from = ours == none ? merging->day - 1
				: day_of(node_item(merging->ours, ours), "from", merging->day - 1);
	return date_text(merging, from >= merging->day ? from + 1 : merging->day);
}

/* The date that theirs says it is in force from, if that is yet to come; else DATE. */
static const char *later(const struct node *theirs, const char *date)
{
	const char *own = node_text(theirs, "from");
	return own && strcmp(own, date) > 0 ? own : date;
}

/* Whether theirs ends before it would begin. */
static bool is_over(const struct node *theirs, const char *date)
{
	const char *before = date ? node_text(theirs, "before") : NULL;
	return before && strcmp(before, later(theirs, date)) <= 0;
}

static void add(const struct merging *merging, size_t theirs, size_t behind, struct steps *steps)
{
	const struct node *entry = node_item(merging->theirs, theirs);
	const char *date = change_date(merging, none);
	struct buf text;
	if (is_over(entry, date))
		return;
	date = date ? later(entry, date) : NULL;
	buf_init(&text);
	changes_between(NULL, node_item(merging->plain_theirs, theirs), &text);
	if (date)
		buf_addf(&text, "; from %s", date);
	tell(merging, CHANGE_ADDED, entry, text.data);
	merging_step(steps, PACK_INSERT, merging, behind, theirs, date);
	buf_clear(&text);
}

/* Takes the titles out of ENTRY and of what is in it, and the wording of a refusal. */
static void without_titles(struct arena *arena, struct node *entry)
{
	node_remove(entry, "title");
	if (node_get(entry, "refuse"))
		node_set(arena, entry, "refuse", node_bool(arena, true));
	for (size_t i = 0; i < node_pair_count(entry); i++)
		without_titles(arena, node_pair(entry, i)->value);
	for (size_t i = 0; i < node_item_count(entry); i++)
		without_titles(arena, node_item(entry, i));
}

/* Whether two entries are one rule, which is only called otherwise. */
static bool same_rule(struct arena *arena, const struct node *a, const struct node *b)
{
	struct node *plain[2] = {node_copy(arena, a), node_copy(arena, b)};
	without_titles(arena, plain[0]);
	without_titles(arena, plain[1]);
	return node_equal_json(plain[0], plain[1]);
}

/* Whether theirs can take the place of OURS with the dates that this has. */
static bool keeps_dates(const struct node *ours, const struct node *theirs)
{
	const struct node *from = node_get(theirs, "from"),
			  *ends[] = {node_get(ours, "before"), node_get(theirs, "before")};
	return (!from ||
		(node_get(ours, "from") && node_equal_json(from, node_get(ours, "from")))) &&
	       (ends[0] && ends[1] ? node_equal_json(ends[0], ends[1]) : !ends[0] && !ends[1]);
}

/* Theirs takes the place of OURS, by date where entries have dates and it is another rule. */
static void change(const struct merging *merging, size_t theirs, size_t ours, struct steps *steps)
{
	const struct node *entry = node_item(merging->theirs, theirs),
			  *own = node_item(merging->ours, ours);
	bool renamed = keeps_dates(own, entry) &&
		       same_rule(merging->merge->arena, node_item(merging->plain_ours, ours),
				 node_item(merging->plain_theirs, theirs));
	const char *date = renamed ? NULL : change_date(merging, ours);
	if (date)
		date = later(entry, date);
	tell_difference(merging, CHANGE_CHANGED, node_item(merging->plain_ours, ours),
			node_item(merging->plain_theirs, theirs), "", date);
	if (!date) {
		merging_step(steps, PACK_REPLACE, merging, ours, theirs, node_text(own, "from"));
		return;
	}
	merging_step(steps, PACK_END, merging, ours, none, date);
	if (!is_over(entry, date))
		merging_step(steps, PACK_INSERT, merging, ours, theirs, date);
}

static void end(const struct merging *merging, size_t ours, int day, struct steps *steps)
{
	const char *date = change_date(merging, ours);
	if (day > merging->day)
		date = date_text(merging, day);
	char *text = arena_printf(merging->merge->arena, "before %s", date);
	tell(merging, CHANGE_ENDED, node_item(merging->ours, ours), text);
	merging_step(steps, PACK_END, merging, ours, none, date);
}

/* Both have changed BASE: ours into OURS, or removed it where that is none, and theirs. */
static void conflict(const struct merging *merging, size_t base, size_t theirs, size_t ours,
		     size_t behind, struct steps *steps)
{
	const struct node *was = base == none ? NULL : node_item(merging->plain_base, base),
			  *is = node_item(merging->plain_theirs, theirs);
	if (merging->merge->stands == THREE_WAY_THEIRS) {
		if (ours == none)
			add(merging, theirs, behind, steps);
		else
			change(merging, theirs, ours, steps);
		return;
	}
	if (was && ours != none && same_rule(merging->merge->arena, was, is)) {
		tell_difference(merging, CHANGE_KEPT, was, node_item(merging->plain_ours, ours),
				"yours: ", NULL);
		return;
	}
	tell_difference(merging, CHANGE_CONFLICT, was ? was : node_item(merging->plain_ours, ours),
			is,
			!was           ? "both have added it; kefu's differs by "
			: ours == none ? "you have removed it, kefu has changed "
				       : "you have changed it, and kefu has changed ",
			NULL);
}

/* --- a list --- */

static size_t index_of(const size_t *became, size_t count, size_t wanted)
{
	for (size_t i = 0; i < count; i++)
		if (became[i] == wanted)
			return i;
	return none;
}

/* A live entry of ours that has the name of ENTRY. */
static size_t find_named(const struct merging *merging, const struct node *entry)
{
	for (size_t i = 0; i < node_item_count(merging->ours); i++)
		if (!merging->used[i] && is_live(merging, i) &&
		    same_name(merging, node_item(merging->ours, i), entry))
			return i;
	return none;
}

/* Whether no other entry of theirs has the name of entry THEIRS. */
static bool is_alone(const struct merging *merging, size_t theirs)
{
	for (size_t i = 0; i < node_item_count(merging->theirs); i++)
		if (i != theirs && same_name(merging, node_item(merging->theirs, i),
					     node_item(merging->theirs, theirs)))
			return false;
	return true;
}

/* What theirs has for entry THEIRS; returns the entry of ours behind which the next one comes. */
static size_t merge_entry(const struct merging *merging, size_t theirs, size_t behind,
			  const size_t *changed, const size_t *edited, struct steps *steps)
{
	const struct node *plain = node_item(merging->plain_theirs, theirs),
			  *entry = node_item(merging->theirs, theirs);
	size_t bases = node_item_count(merging->plain_base), base;
	size_t ours = find_ours(merging, plain);
	if (ours != none) {
		merging->used[ours] = true;
		int ends = merging->dated ? day_of(entry, "before", 0) : 0;
		size_t same = ends ? find(merging->plain_base, plain) : none;
		/* theirs has got an end since */
		if (ends && is_live(merging, ours) &&
		    !node_get(node_item(merging->ours, ours), "before") &&
		    !(same != none && node_get(node_item(merging->base, same), "before")))
			end(merging, ours, ends, steps);
		return ours;
	}
	if ((base = find(merging->plain_base, plain)) != none) {
		/* theirs is as it was, so what became of it is the organisation's */
		if (edited[base] != none)
			tell_difference(merging, CHANGE_KEPT, plain,
					node_item(merging->plain_ours, edited[base]),
					"yours: ", NULL);
		else
			tell(merging, CHANGE_KEPT, entry, "you have removed it");
		return edited[base] == none ? behind : edited[base];
	}
	base = index_of(changed, bases, theirs);
	if (base == none) {
		size_t named = merging->once && is_alone(merging, theirs)
				       ? find_named(merging, entry)
				       : none;
		if (named != none)
			conflict(merging, none, theirs, named, behind, steps);
		else
			add(merging, theirs, behind, steps);
		return behind;
	}
	ours = find_ours(merging, node_item(merging->plain_base, base));
	bool live = ours != none && is_live(merging, ours);
	/* an end that is yet to come is the organisation's decision, too */
	bool ends = live && node_get(node_item(merging->ours, ours), "before") &&
		    !node_get(node_item(merging->base, base), "before");
	if (live && !ends) {
		merging->used[ours] = true;
		change(merging, theirs, ours, steps);
		return ours;
	}
	ours = ends ? ours : edited[base];
	conflict(merging, base, theirs, ours, behind, steps);
	return ours == none ? behind : ours;
}

void merging_list(struct merging *merging, struct steps *steps)
{
	struct arena *arena = merging->merge->arena;
	merging->plain_base = without_dates(arena, merging->base, merging->dated);
	merging->plain_ours = without_dates(arena, merging->ours, merging->dated);
	merging->plain_theirs = without_dates(arena, merging->theirs, merging->dated);
	size_t bases = node_item_count(merging->plain_base), behind = PACK_FIRST;
	size_t *changed = mem_array(bases + 1, sizeof *changed),
	       *edited = mem_array(bases + 1, sizeof *edited);
	merging->used = mem_array(node_item_count(merging->ours) + 1, sizeof *merging->used);
	pair_up(merging, merging->plain_base, merging->plain_theirs, changed);
	pair_up(merging, merging->plain_base, merging->plain_ours, edited);
	/* an entry that came by an upgrade is nobody's edit */
	for (size_t i = 0; i < bases; i++)
		if (edited[i] != none &&
		    find(merging->plain_theirs, node_item(merging->plain_ours, edited[i])) != none)
			edited[i] = none;
	for (size_t i = 0; i < node_item_count(merging->theirs); i++)
		behind = merge_entry(merging, i, behind, changed, edited, steps);
	for (size_t i = 0; merging->dated && i < bases; i++) {
		const struct node *plain = node_item(merging->plain_base, i);
		size_t ours = find(merging->plain_theirs, plain) == none && changed[i] == none
				      ? find_ours(merging, plain)
				      : none;
		if (ours != none && is_live(merging, ours))
			end(merging, ours, 0, steps);
	}
	free(merging->used);
	free(changed);
	free(edited);
}

bool pack_has_entry_of(const struct node *ours, const struct node *base)
{
	const struct pair *pair;
	const struct node *entry;
	for (size_t i = 0; (pair = node_pair(base, i)); i++) {
		struct arena arena = ARENA_INIT;
		struct node *plain = without_dates(&arena, node_get(ours, pair->key), true);
		bool found = false;
		for (size_t j = 0; !found && (entry = node_item(pair->value, j)); j++)
			found = find(plain, entry) != none;
		arena_clear(&arena);
		if (found)
			return true;
	}
	return false;
}

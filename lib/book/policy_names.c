// SPDX-License-Identifier: MIT
// Checks names in packs: every name that is used must be defined, and some must not be defined
// twice. Where names stand is what the schema of packs says; no list and no name is known here.
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "book/event.h"
#include "book/form.h"
#include "book/policy_notes.h"
#include "book/policy_parts.h"
#include "book/staff.h"
#include "data/time.h"

/* Where names stand: an entry of a list, or a pack outside of its lists. */
struct entry {
	const char *file;
	const struct node *node;        /* NULL: a pack */
	const struct policy_list *list; /* and these are NULL, too */
	const struct rule *rule;
};

/* A name that is given or used. */
struct mention {
	const struct note *note;
	size_t entry;
	const struct node *map; /* it stands in; or NULL */
	const char *key;        /* it stands at */
	const char *name;       /* without what stands before and behind it */
	struct node value;      /* as written */
};

struct definition {
	const struct sort *sort;
	const struct mention *at;
	const struct definition *next; /* of the same hash, in the order of the packs */
};

struct names {
	const struct policy *policy;
	struct arena arena;
	struct notes notes;
	const char *file; /* of the pack that is read */
	struct entry *entries;
	size_t entry_count;
	struct mention *mentions; /* in the order of the packs and their lines */
	size_t mention_count;
	struct definition *definitions;
	const struct definition **table;
	size_t table_size; /* a power of two */
	struct err *err;
};

/* --- collecting them --- */

/* Whether PLACE is in force, so that its names count. Its entry is then the last of names->entries.
 */
static bool enter(struct names *names, const struct schema_place *place)
{
	const struct schema_place *at = place;
	while (at->outer && at->outer->outer && at->outer->outer->outer)
		at = at->outer;
	bool is_item = at->outer && at->outer->outer && !at->pair;
	struct entry entry = {.file = names->file};
	if (is_item)
		entry.list = policy_list_at(names->policy, at->outer->pair->key);
	if (entry.list)
		entry.node = at->value;
	const struct entry *last = names->entry_count ? &names->entries[names->entry_count - 1]
						      : NULL;
	if (last && last->node == entry.node && last->file == entry.file)
		return true;
	for (size_t i = 0; entry.list && !entry.rule && i < entry.list->rules.count; i++)
		if (entry.list->rules.items[i].node == entry.node)
			entry.rule = &entry.list->rules.items[i];
	if (entry.list && !entry.rule)
		return false; /* another pack has taken its place */
	names->entries = mem_room(names->entries, names->entry_count, 1, sizeof *names->entries);
	names->entries[names->entry_count++] = entry;
	return true;
}

/* The name in TEXT. */
static const char *name_in(struct names *names, const struct note *note, const char *text)
{
	size_t before = note->behind ? strlen(note->behind) : 0;
	const char *name = before && strncmp(text, note->behind, before) == 0 ? text + before
									      : text;
	const char *end = note->up_to ? strstr(name, note->up_to) : NULL;
	return end ? arena_dup_len(&names->arena, name, (size_t)(end - name)) : name;
}

static bool mentioned(void *context, const struct schema_place *place, size_t keyword,
		      const struct node *raw, const char *file)
{
	struct names *names = context;
	const struct note *note = notes_read(&names->notes, keyword, raw, file, names->err);
	if (!note || !enter(names, place))
		return note;
	bool is_key = place->pair && place->value != place->pair->value;
	const struct schema_place *at = is_key ? place->outer : place, *map = place->outer;
	while (at && !at->pair)
		at = at->outer;
	while (map && map->value->type != NODE_MAP)
		map = map->outer;
	const struct node *value;
	for (size_t i = 0; (value = node_each(place->value, i)); i++) {
		if (value->type != NODE_STRING)
			continue;
		names->mentions =
			mem_room(names->mentions, names->mention_count, 1, sizeof *names->mentions);
		names->mentions[names->mention_count++] =
			(struct mention){.note = note,
					 .entry = names->entry_count - 1,
					 .map = map ? map->value : NULL,
					 .key = at ? at->pair->key : "",
					 .name = name_in(names, note, node_as_text(value)),
					 .value = *value};
	}
	return true;
}

static size_t hash_of(const struct names *names, const struct sort *sort, const char *name)
{
	size_t hash = (size_t)(sort - names->notes.sorts) + 1;
	for (; *name; name++)
		hash = (hash ^ (unsigned char)*name) * 0x100000001b3u;
	return (hash ^ hash >> 29) & (names->table_size - 1);
}

static void define_all(struct names *names)
{
	size_t count = 0;
	for (size_t i = 0; i < names->mention_count; i++)
		if (!names->mentions[i].note->refers)
			count += names->mentions[i].note->sort_count;
	for (names->table_size = 64; names->table_size < count * 2;)
		names->table_size *= 2;
	names->table = mem_array(names->table_size, sizeof *names->table);
	names->definitions = mem_array(count + 1, sizeof *names->definitions);
	/* backwards, so that what was given first is found first */
	for (size_t i = names->mention_count; i--;) {
		const struct mention *at = &names->mentions[i];
		for (size_t j = 0; !at->note->refers && j < at->note->sort_count; j++) {
			const struct sort *sort = at->note->sorts[j];
			const struct definition **head =
				&names->table[hash_of(names, sort, at->name)];
			names->definitions[--count] = (struct definition){sort, at, *head};
			*head = &names->definitions[count];
		}
	}
}

/* Whether the name defined at AT is known at FROM. */
static bool is_known_at(const struct sort *sort, const struct mention *at,
			const struct mention *from)
{
	const struct node *of = sort->by ? node_get(at->map, sort->by) : NULL,
			  *limit = sort->by ? node_get(from->map, sort->by) : NULL;
	return (!sort->own || at->entry == from->entry) && (!of || !limit || names_meet(of, limit));
}

/* The first definition of NAME that is known at FROM, beginning with DEFINITION; NULL if none. */
static const struct definition *next_of(const struct definition *definition,
					const struct sort *sort, const char *name,
					const struct mention *from)
{
	while (definition && (definition->sort != sort || strcmp(definition->at->name, name) != 0 ||
			      !is_known_at(sort, definition->at, from)))
		definition = definition->next;
	return definition;
}

static const struct definition *first_of(const struct names *names, const struct sort *sort,
					 const char *name, const struct mention *from)
{
	return next_of(names->table[hash_of(names, sort, name)], sort, name, from);
}

/* --- checking them --- */

/* Places the error at AT, with the clause of its rule. Returns false. */
static bool wrong_at(const struct names *names, const struct mention *at)
{
	const struct entry *entry = &names->entries[at->entry];
	policy_damaged(entry->file, &at->value, names->err);
	return err_clause(names->err, entry->rule ? entry->rule->clause : NULL);
}

/* Names that kefu defines itself. */
static bool is_kefus_own(const struct sort *sort, const char *name)
{
	static const struct {
		const char *sort, *name;
	} own[] = {{"role", ROLE_ADMINISTRATOR}, {"kind", KIND_CUSTOMER}};
	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		if (strcmp(sort->name, own[i].sort) == 0 && strcmp(name, own[i].name) == 0)
			return true;
	enum event event = event_of(name);
	return strcmp(sort->name, "step") == 0 &&
	       (event_is_core(event) || event == EVENT_SCHEDULED);
}

/* Adds what is allowed at AT: words, then names in the order of the packs. */
static void add_allowed(const struct names *names, const struct mention *at, struct buf *out)
{
	size_t begin = out->len;
	node_join(at->note->words, ", ", out);
	for (size_t i = 0; i < at->note->sort_count; i++)
		for (size_t j = 0; j < names->mention_count; j++) {
			const struct sort *sort = at->note->sorts[i];
			const struct mention *given = &names->mentions[j];
			if (!note_gives(given->note, sort))
				continue;
			const struct definition *first = first_of(names, sort, given->name, at);
			if (first && first->at == given)
				buf_addf(out, "%s%s%s", out->len > begin ? ", " : "",
					 at->note->behind ? at->note->behind : "", given->name);
		}
	if (out->len == begin)
		buf_adds(out, "none");
}

/* Adds what is wrong with the name at AT, with "…" in place of the names that are allowed. */
static void add_lack(const struct names *names, const struct mention *at, struct buf *out)
{
	const struct note *note = at->note;
	const struct sort *sort = note->sorts[0];
	const struct policy_list *list = names->entries[at->entry].list;
	const struct node *limit = sort->by ? node_get(at->map, sort->by) : NULL;
	if (sort->says) {
		buf_adds(out, sort->says);
		return;
	}
	buf_adds(out, sort->name[strlen(sort->name) - 1] == 's' ? "is not one of the "
		      : strchr("aeiou", *sort->name)            ? "is not an "
								: "is not a ");
	for (size_t i = 0; i < note->sort_count; i++)
		buf_addf(out, "%s%s", i ? " or " : "", note->sorts[i]->name);
	if (sort->own) {
		buf_addf(out, " of this %s", list && list->sort ? list->sort : "entry");
	} else if (limit) {
		buf_addf(out, " of the %s ", sort->by);
		node_join(limit, " or ", out);
	} else {
		buf_adds(out, " of these packs");
	}
	buf_adds(out, " (allowed: …)");
}

static bool unknown(const struct names *names, const struct mention *at)
{
	static const char mark[] = "…";
	const struct note *note = at->note;
	bool with_key = note->sorts[0]->says || note->sorts[0]->own || note->behind || note->up_to;
	struct buf lack, allowed;
	buf_init(&lack);
	buf_init(&allowed);
	add_lack(names, at, &lack);
	char *gap = strstr(lack.data, mark);
	if (gap) {
		add_allowed(names, at, &allowed);
		*gap = '\0';
	}
	err_set(names->err, STATUS_DAMAGED, "%s%s\"%s\" %s%s%s", with_key ? at->key : "",
		with_key ? ": " : "", note->behind ? at->name : node_as_text(&at->value), lack.data,
		gap ? allowed.data : "", gap ? gap + sizeof mark - 1 : "");
	buf_clear(&lack);
	buf_clear(&allowed);
	return wrong_at(names, at);
}

/* Whether the pack that uses a name of SORT at AT gives such names itself. */
static bool is_given(const struct names *names, const struct sort *sort, const struct mention *at)
{
	const char *pack = names->entries[at->entry].file;
	for (size_t i = 0; i < names->mention_count; i++)
		if (note_gives(names->mentions[i].note, sort) &&
		    names->entries[names->mentions[i].entry].file == pack)
			return true;
	return false;
}

static bool check_use(const struct names *names, const struct mention *at)
{
	if (at->note->words && node_holds(at->note->words, node_as_text(&at->value)))
		return true;
	for (size_t i = 0; i < at->note->sort_count; i++)
		if (first_of(names, at->note->sorts[i], at->name, at) ||
		    is_kefus_own(at->note->sorts[i], at->name) ||
		    (at->note->sorts[i]->free && !is_given(names, at->note->sorts[i], at)))
			return true;
	return unknown(names, at);
}

/* The days the name at AT is in force: those of the entry that it stands in. */
static bool read_days(const struct names *names, const struct mention *at, int *from, int *before)
{
	const struct node *entry = names->entries[at->entry].node;
	const struct node *dates[] = {node_get(entry, "from"), node_get(entry, "before")};
	int *const days[] = {from, before};
	*from = INT_MIN, *before = INT_MAX;
	for (size_t i = 0; i < 2; i++)
		if (dates[i] && !date_parse(node_as_text(dates[i]) ? node_as_text(dates[i]) : "",
					    days[i], names->err))
			return policy_damaged(names->entries[at->entry].file, dates[i], names->err);
	return true;
}

static bool check_once(const struct names *names, const struct mention *at, const struct sort *sort)
{
	int from = INT_MIN, before = INT_MAX, others_from = INT_MIN, others_before = INT_MAX;
	bool dated = sort->once != ONCE_EVER, in_pack = sort->once == ONCE_IN_PACK;
	const char *file = names->entries[at->entry].file;
	if (dated && !read_days(names, at, &from, &before))
		return false;
	for (const struct definition *other = first_of(names, sort, at->name, at);
	     other && other->at < at; other = next_of(other->next, sort, at->name, at)) {
		if (in_pack && names->entries[other->at->entry].file != file)
			continue;
		if (dated && !read_days(names, other->at, &others_from, &others_before))
			return false;
		if (from >= others_before || others_from >= before)
			continue;
		err_set(names->err, STATUS_DAMAGED, "%s: \"%s\" is defined already at %s:%u",
			at->key, at->name, names->entries[other->at->entry].file,
			other->at->value.line);
		return wrong_at(names, at);
	}
	return true;
}

static bool check(const struct names *names, const struct mention *at)
{
	if (at->note->refers)
		return check_use(names, at);
	for (size_t i = 0; i < at->note->sort_count; i++)
		if (at->note->sorts[i]->once && !check_once(names, at, at->note->sorts[i]))
			return false;
	return true;
}

bool names_meet(const struct node *a, const struct node *b)
{
	const char *name;
	for (size_t i = 0; (name = node_each_text(a, &i));)
		if (node_holds(b, name))
			return true;
	return false;
}

/* Reads the names of all packs; STRICT: by all that today's schema says of them. *OWN is the
 * caller's to free, and so is NAMES. */
static bool collect(struct names *names, bool strict, struct schema_set **own)
{
	const char *file = "schemas/policy.yaml";
	const struct policy *policy = names->policy;
	const struct schema *schema = policy->schema;
	bool founded_before = policy_is_old(policy);
	names->notes.arena = &names->arena;
	if (founded_before)
		schema = policy_own_schema(own, names->err);
	bool fit = schema && notes_read_sorts(&names->notes, schema_annotation(schema, "x-sorts"),
					      file, names->err);
	/* a pack that was good when its ledger was founded stays so: this was not asked then */
	for (size_t i = 0; founded_before && !strict && i < names->notes.sort_count; i++) {
		struct sort *sort = &names->notes.sorts[i];
		sort->by = NULL;
		/* documents of then cannot say of which pack a rule is */
		bool cited = strcmp(sort->name, "rule") == 0;
		sort->once = sort->once != ONCE_IN_PACK ? sort->once
			     : cited                    ? ONCE_IN_FORCE
							: ONCE_NOT;
	}
	for (size_t i = 0; fit && i < policy->pack_count; i++) {
		names->file = policy->packs[i].file;
		fit = schema_walk(schema, policy->packs[i].root, note_keywords, NOTE_KEYWORDS,
				  mentioned, names);
	}
	if (fit)
		define_all(names);
	return fit;
}

static void forget(struct names *names, struct schema_set *own)
{
	free(names->entries);
	free(names->mentions);
	free(names->definitions);
	free(names->table);
	notes_clear(&names->notes);
	arena_clear(&names->arena);
	schema_set_free(own);
}

bool policy_names_fit(const struct policy *policy, struct err *err)
{
	struct schema_set *own = NULL;
	struct names names = {.policy = policy, .err = err};
	if (!policy->schema)
		return true; /* there are no packs */
	bool fit = collect(&names, false, &own);
	for (size_t i = 0; fit && i < names.mention_count; i++)
		fit = check(&names, &names.mentions[i]);
	forget(&names, own);
	return fit;
}

void policy_names_tolerated(const struct policy *policy, policy_tolerated tell, void *context)
{
	struct schema_set *own = NULL;
	struct err err = ERR_INIT;
	struct names names = {.policy = policy, .err = &err};
	bool fit = policy->schema && collect(&names, true, &own);
	for (size_t i = 0; fit && i < names.mention_count; i++)
		if (!check(&names, &names.mentions[i])) {
			tell(context, &err);
			err_clear(&err);
		}
	err_clear(&err);
	forget(&names, own);
}

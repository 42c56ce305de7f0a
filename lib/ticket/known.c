// SPDX-License-Identifier: MIT
// Which names forms hold, or have held. Whatever was recorded once can be asked for.
#include "ticket/known.h"

#include <string.h>

#include "book/gather.h"
#include "book/policy.h"

enum { NAMES_MAX = 12 };

struct known {
	const char *name;
};

static const char *const keys[] = {
	[KNOWN_KIND] = "kind",   [KNOWN_CATEGORY] = "category", [KNOWN_SEVERITY] = "severity",
	[KNOWN_ASSIGNEE] = "to", [KNOWN_TEAM] = "team",         [KNOWN_DEPARTMENT] = "department",
	[KNOWN_TYPE] = "type",   [KNOWN_RANK] = "rank",
};

static void add(struct gatherer *to, const char *name)
{
	bool added;
	if (!name || !*name)
		return;
	struct known *known = gather_sum(to, 0, &(struct known){name}, &added);
	if (added)
		known->name = arena_dup(&to->arena, name);
}

static void add_duties(struct gatherer *to, const struct form *form, bool callbacks)
{
	for (size_t i = 0; i < form->duty_count; i++) {
		const struct duty *duty = &form->duties[i];
		if (duty->callback != callbacks)
			continue;
		add(to, duty->rule);
		for (const char *clause = duty->clause; clause && *clause;) {
			size_t len = strcspn(clause, " ");
			add(to, arena_dup_len(&to->scratch, clause, len));
			clause += len + strspn(clause + len, " ");
		}
	}
}

static void look_at(struct gatherer *to, struct form *form)
{
	enum known_field field = *(const enum known_field *)to->context;
	if (field == KNOWN_DEADLINE || field == KNOWN_CALLBACK) {
		add_duties(to, form, field == KNOWN_CALLBACK);
		return;
	}
	const char *key = keys[field];
	for (size_t i = 0; i < form->count; i++) {
		const struct node *root = form->documents[i].root;
		const struct node *corrected = node_get(root, "fields");
		bool customers = field == KNOWN_TYPE || field == KNOWN_RANK;
		add(to, node_text(customers ? node_get(root, "customer") : root, key));
		add(to, node_text(customers ? node_get(corrected, "customer") : corrected, key));
	}
}

static int compare(const void *a, const void *b)
{
	return strcmp(((const struct known *)a)->name, ((const struct known *)b)->name);
}

static void sum(void *into, const void *from)
{
	(void)into; /* each once is enough */
	(void)from;
}

bool known_in_forms(struct book *book, enum known_field field, const char *value, struct buf *names)
{
	static const char *const folders[] = {"tickets", "customers", NULL};
	const struct gather gather = {
		.folders = folders,
		.form = look_at,
		.lists = {{.size = sizeof(struct known), .order = compare, .sum = sum}},
		.context = &field};
	struct gathered gathered;
	gather_run(book, &gather, &gathered);
	const struct known *all = gathered.lists[0].items;
	bool found = false;
	for (size_t i = 0; i < gathered.lists[0].count; i++) {
		found = found || strcmp(all[i].name, value) == 0;
		buf_addf(names, "%s%s", names->len ? ", " : "", all[i].name);
	}
	gathered_clear(&gathered);
	return found;
}

void known_shorten(const char *list, struct buf *out)
{
	size_t count = 0;
	const char *end = list;
	while (*end && count < NAMES_MAX) {
		end += strcspn(end, ",");
		if (++count < NAMES_MAX && *end)
			end += strspn(end, ", ");
	}
	buf_add(out, list, (size_t)(end - list));
	count = 0;
	for (const char *rest = end; (rest = strchr(rest, ',')); rest++)
		count++;
	if (count)
		buf_addf(out, " and %zu more", count);
}

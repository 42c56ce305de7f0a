// SPDX-License-Identifier: MIT
// Checklists of packs, held against what a form's documents have checked.
#include "ticket/checklists.h"

#include <limits.h>
#include <string.h>

#include "book/called.h"
#include "ticket/refusal.h"

static const struct document *last_of(const struct form *form)
{
	return &form->documents[form->count - 1];
}

/* A customer's file is no ticket: a checklist is for it where it names that kind. */
static bool is_for(const struct rule *rule, const char *kind)
{
	const struct node *kinds = node_get(rule->node, "kind");
	return kinds ? kind && node_holds(kinds, kind) : !kind || strcmp(kind, KIND_CUSTOMER) != 0;
}

/* Steps through the checklists that are for forms of KIND on DAY. */
static const struct rule *next_list(const struct book *book, const char *kind, int day,
				    size_t *cursor)
{
	const struct rule *rule;
	while ((rule = policy_next(book->policy, RULE_CHECKLIST, cursor)))
		if (rule_in_force(rule, day) && is_for(rule, kind))
			return rule;
	return NULL;
}

/* Whether ITEM of the checklist LIST is asked for. */
static enum verdict is_asked(const struct book *book, const struct rule *list,
			     const struct node *item, const struct node *view, int day,
			     struct err *err)
{
	const struct rule rule = {.node = item,
				  .file = list->file,
				  .clause = list->clause,
				  .from = INT_MIN,
				  .before = INT_MAX};
	if (!node_get(item, "if") && !node_get(item, "unless"))
		return VERDICT_YES;
	return policy_applies(book->policy, &rule, view, day, err);
}

/* Where what counts for the checklist LIST begins. */
static size_t begin_of(const struct form *form, const struct rule *list)
{
	return node_is_string(node_get(list->node, "over"), "cycle") ? form_cycle_begin(form) : 0;
}

/* ITEM, an entry of a checklist, as messages call it. */
static const char *said(const struct book *book, struct arena *arena, const struct node *item)
{
	const char *name = node_text(item, "item");
	return language_called(arena, name ? name : "", policy_title_of(book->policy, item));
}

static const struct node *find_item(const struct rule *list, const char *name)
{
	const struct node *item;
	for (size_t i = 0; (item = node_item(node_get(list->node, "items"), i)); i++)
		if (node_is_string(node_get(item, "item"), name))
			return item;
	return NULL;
}

/* --- what may be checked --- */

/* NAME, under KEY, is in no checklist for FORM: says what is. */
static bool not_asked(const struct book *book, struct form *form, const char *key, const char *name,
		      int day, struct err *err)
{
	struct arena *arena = &form->arena;
	const struct node *view = form_view(form), *item;
	const struct rule *list;
	struct buf asked;
	buf_init(&asked);
	for (size_t cursor = 0; (list = next_list(book, form->kind, day, &cursor));)
		for (size_t i = 0; (item = node_item(node_get(list->node, "items"), i)); i++) {
			struct err ignored = ERR_INIT;
			if (is_asked(book, list, item, view, day, &ignored) != VERDICT_NO)
				buf_addf(&asked, "%s%s", asked.len ? ", " : "",
					 said(book, arena, item));
			err_clear(&ignored);
		}
	const char *kind = form->kind ? called_name(book, arena, RULE_KIND, form->kind) : "form";
	if (asked.len)
		err_set(err, STATUS_REFUSED,
			"%s: \"%s\" is in no checklist for this %s (asked for: %s)", key, name,
			kind, asked.data);
	else
		err_set(err, STATUS_REFUSED, "%s: there is no checklist for this %s", key, kind);
	buf_clear(&asked);
	return false;
}

bool checklists_fit(const struct book *book, struct form *form, struct err *err)
{
	static const char *const keys[] = {"checked", "unchecked"};
	const struct document *document = last_of(form);
	const struct node *root = document->root, *back = node_get(root, "unchecked");
	int day = zone_day(&book->zone, document->at);
	const char *name;
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		for (size_t j = 0; (name = node_each_text(node_get(root, keys[i]), &j));) {
			const struct rule *list;
			bool known = false;
			for (size_t cursor = 0;
			     !known && (list = next_list(book, form->kind, day, &cursor));)
				known = find_item(list, name) != NULL;
			if (!known)
				return not_asked(book, form, keys[i], name, day, err);
		}
	const struct node *checked = back ? form_checked(form, 0, form->count - 1, &form->arena)
					  : NULL;
	for (size_t j = 0; (name = node_each_text(back, &j));) {
		if (node_holds(node_get(root, "checked"), name))
			return err_set(err, STATUS_REFUSED,
				       "unchecked: \"%s\" stands under checked as well", name);
		if (!node_get(checked, name))
			return err_set(err, STATUS_REFUSED,
				       "unchecked: \"%s\" is not checked, so it cannot be taken "
				       "back",
				       name);
	}
	return !back || node_get(root, "reason") ||
	       err_set(err, STATUS_REFUSED, "unchecked: say in reason why it is taken back");
}

bool checklists_know(const struct book *book, const struct form *form, const char **item)
{
	const struct node *root = last_of(form)->root;
	for (size_t i = 0; (*item = node_each_text(node_get(root, "checked"), &i));)
		if (!policy_has_item(book->policy, *item))
			return false;
	return true;
}

/* --- what is missing --- */

/* Refuses by RULE where LIST lacks something of what CHECKED has. */
static bool list_kept(const struct book *book, const struct form *form, const struct rule *rule,
		      const struct rule *list, const struct node *view, struct err *err)
{
	struct arena arena = ARENA_INIT;
	int day = zone_day(&book->zone, last_of(form)->at);
	const struct node *checked = form_checked(form, begin_of(form, list), form->count, &arena),
			  *item;
	const char *name = node_text(list->node, "checklist");
	struct buf missing;
	bool decided = true;
	buf_init(&missing);
	for (size_t i = 0; decided && (item = node_item(node_get(list->node, "items"), i)); i++) {
		if (node_get(checked, node_text(item, "item")))
			continue;
		enum verdict asked = is_asked(book, list, item, view, day, err);
		decided = asked != VERDICT_UNKNOWN;
		if (asked == VERDICT_YES)
			buf_addf(&missing, "%s%s", missing.len ? ", " : "",
				 said(book, &arena, item));
	}
	bool kept = decided && !missing.len;
	if (decided && !kept)
		rule_refuse(rule, err, "%s lacks %s: record what is there with --checked ITEM",
			    language_called(&arena, name ? name : "", list->title), missing.data);
	buf_clear(&missing);
	arena_clear(&arena);
	return kept;
}

bool checklists_kept(const struct book *book, const struct form *form, const struct rule *rule,
		     const struct node *view, struct err *err)
{
	const struct node *complete = node_get(rule->node, "complete");
	const struct rule *list;
	int day = zone_day(&book->zone, last_of(form)->at);
	for (size_t cursor = 0; complete && (list = next_list(book, form->kind, day, &cursor));)
		if (node_holds(complete, node_text(list->node, "checklist")) &&
		    !list_kept(book, form, rule, list, view, err))
			return false;
	return true;
}

/* --- how a form stands --- */

static void add_item(struct arena *arena, const struct form *form, struct node *items,
		     const struct node *item, const struct node *checked)
{
	struct node *row = node_map(arena);
	int64_t at;
	node_add_string(arena, row, "item", node_text(item, "item"));
	if (node_integer(checked, node_text(item, "item"), &at))
		node_add(arena, row, "seq", node_int(arena, form->documents[at].known));
	node_push(arena, items, row);
}

struct node *checklists_rows(const struct book *book, struct form *form, struct err *err)
{
	struct arena *arena = &form->arena;
	struct node *rows = node_list(arena);
	const struct node *view = NULL, *item;
	int day = zone_day(&book->zone, book->now);
	const struct rule *list;
	for (size_t cursor = 0; (list = next_list(book, form->kind, day, &cursor));) {
		struct node *row = node_map(arena), *items = node_list(arena),
			    *checked = form_checked(form, begin_of(form, list), form->count, arena);
		view = view ? view : form_view(form);
		for (size_t i = 0; (item = node_item(node_get(list->node, "items"), i)); i++)
			if (node_get(checked, node_text(item, "item")) ||
			    is_asked(book, list, item, view, day, err) == VERDICT_YES)
				add_item(arena, form, items, item, checked);
		node_add_string(arena, row, "checklist", node_text(list->node, "checklist"));
		node_add_string(arena, row, "clause", list->clause);
		node_add(arena, row, "items", items);
		if (node_item_count(items))
			node_push(arena, rows, row);
	}
	return rows;
}

void checklists_say_missing(const struct node *rows, struct buf *out)
{
	const struct node *row, *item;
	for (size_t i = 0; (row = node_item(rows, i)); i++) {
		bool first = true;
		for (size_t j = 0; (item = node_item(node_get(row, "items"), j)); j++) {
			if (node_get(item, "seq"))
				continue;
			if (first)
				buf_addf(out, "%s%s: ", out->len ? "; " : "",
					 node_text(row, "checklist"));
			buf_addf(out, "%s%s", first ? "" : ", ", node_text(item, "item"));
			first = false;
		}
	}
}

const char *checklists_title(const struct book *book, const char *checklist, const char *item)
{
	const struct rule *list = policy_find_on(book->policy, RULE_CHECKLIST, checklist,
						 zone_day(&book->zone, book->now));
	const struct node *entry = list ? find_item(list, item) : NULL;
	return entry ? policy_title_of(book->policy, entry) : NULL;
}

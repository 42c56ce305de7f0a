// SPDX-License-Identifier: MIT
// Prices by the price list: fills in what it knows, and compares what was said with it.
#include "ticket/prices.h"

#include <string.h>

#include "base/decimal.h"
#include "ticket/refusal.h"

/* What the items of a document come to. */
struct listed {
	struct decimal *least, *most;
	bool has_most; /* of all of them */
};

static void listed_init(struct listed *listed)
{
	*listed = (struct listed){decimal_new(0), decimal_new(0), true};
}

static void listed_clear(struct listed *listed)
{
	decimal_free(listed->least);
	decimal_free(listed->most);
}

/* Adds QUANTITY times the price at KEY of PRICE, or at `amount`. False: the list does not say. */
static bool add_price(struct decimal *sum, const struct node *price, const char *key,
		      const struct decimal *quantity)
{
	const char *text = node_text(price, "amount");
	text = text ? text : node_text(price, key);
	struct decimal *one = decimal_new(0);
	bool says = text && decimal_set(one, text, strlen(text));
	if (says) {
		decimal_multiply(one, quantity);
		decimal_add(sum, one);
	}
	decimal_free(one);
	return says;
}

/* The entry of the list for ITEM in forms of KIND on DAY; NULL: there is none. */
static const struct rule *price_of(const struct policy *policy, const char *kind, const char *item,
				   int day)
{
	const struct rule *rule = policy_find_on(policy, RULE_PRICE, item, day);
	const struct node *kinds = rule ? node_get(rule->node, "kind") : NULL;
	bool fits = rule && rule_in_force(rule, day) &&
		    (!kinds || (kind && node_holds(kinds, kind)));
	return fits ? rule : NULL;
}

/* Adds "a, b": what the list has for KIND on DAY. */
static void add_names(const struct policy *policy, const char *kind, int day, struct buf *out)
{
	size_t cursor = 0, count = 0;
	const struct rule *rule;
	while ((rule = policy_next(policy, RULE_PRICE, &cursor))) {
		const char *name = node_text(rule->node, "price");
		if (name && price_of(policy, kind, name, day) == rule)
			buf_addf(out, "%s%s", count++ ? ", " : "", name);
	}
	buf_adds(out, count ? "" : "nothing");
}

static bool not_listed(const struct policy *policy, const char *kind, const char *item, int day,
		       struct err *err)
{
	struct buf names;
	buf_init(&names);
	add_names(policy, kind, day, &names);
	err_set(err, STATUS_REFUSED,
		"items: the price list does not have \"%s\" for this %s (it has: %s)", item,
		kind ? kind : "form", names.data);
	buf_clear(&names);
	return false;
}

static bool list_items(const struct policy *policy, const char *kind, const struct node *items,
		       int day, struct listed *listed, struct err *err)
{
	struct decimal *quantity = decimal_new(1);
	const struct node *entry;
	bool done = true;
	for (size_t i = 0; done && (entry = node_item(items, i)); i++) {
		const char *item = node_text(entry, "item"), *many = node_text(entry, "quantity");
		const struct rule *rule = item ? price_of(policy, kind, item, day) : NULL;
		decimal_set_int(quantity, 1);
		if (many)
			decimal_set(quantity, many, strlen(many));
		if (rule) {
			add_price(listed->least, rule->node, "least", quantity);
			listed->has_most &= add_price(listed->most, rule->node, "most", quantity);
		} else {
			done = not_listed(policy, kind, item ? item : "", day, err);
		}
	}
	decimal_free(quantity);
	/* money has no smaller part: an hour and a third at 25.00 is 33.33 */
	struct decimal *sums[] = {listed->least, listed->most};
	for (size_t i = 0; i < 2; i++) {
		struct buf cents;
		buf_init(&cents);
		decimal_format(sums[i], 2, &cents);
		decimal_set(sums[i], cents.data, cents.len);
		buf_clear(&cents);
	}
	return done;
}

/* Whether the list has one price. */
static bool is_one(const struct listed *listed)
{
	return listed->has_most && decimal_compare(listed->least, listed->most) == 0;
}

/* Adds "80.00 for drain", "80.00 to 120.00 for drain, lamp". */
static void add_listed(const struct listed *listed, const struct node *items, struct buf *out)
{
	bool any = decimal_sign(listed->least) == 0;
	if (any && !listed->has_most)
		buf_adds(out, "any price");
	else if (any && !is_one(listed))
		buf_adds(out, "at most ");
	else
		decimal_format(listed->least, 2, out);
	if (!any && !listed->has_most)
		buf_adds(out, " or more");
	if (listed->has_most && !is_one(listed)) {
		buf_adds(out, any ? "" : " to ");
		decimal_format(listed->most, 2, out);
	}
	const struct node *entry;
	for (size_t i = 0; (entry = node_item(items, i)); i++)
		buf_addf(out, "%s%s", i ? ", " : " for ",
			 node_text(entry, "item") ? node_text(entry, "item") : "");
}

static const struct document *last_of(const struct form *form)
{
	return &form->documents[form->count - 1];
}

/* Puts what the list has into the fields that RULE has under `priced` and ROOT does not say. */
static void fill(struct arena *arena, const struct rule *rule, struct node *root,
		 const struct listed *listed)
{
	const char *field;
	for (size_t i = 0; (field = node_each_text(node_get(rule->node, "priced"), &i));) {
		if (node_get(root, field) || strchr(field, '.'))
			continue;
		struct buf text;
		buf_init(&text);
		decimal_format(listed->least, 2, &text);
		node_add_string(arena, root, field, text.data);
		buf_clear(&text);
	}
}

bool prices_fill(const struct book *book, struct arena *arena, struct form *form, struct err *err)
{
	const struct document *document = last_of(form);
	const struct node *items = node_get(document->root, "items");
	int day = zone_day(&book->zone, document->at);
	const struct rule *rule;
	if (!items || form->imported)
		return true;
	struct listed listed;
	listed_init(&listed);
	bool done = list_items(book->policy, form->kind, items, day, &listed, err),
	     one = done && is_one(&listed);
	struct node *view = one ? form_view(form) : NULL;
	for (size_t cursor = 0;
	     one && done && (rule = policy_next(book->policy, RULE_STEP, &cursor));) {
		if (!node_get(rule->node, "priced") ||
		    !node_holds(node_get(rule->node, "step"), document->event))
			continue;
		enum verdict verdict = policy_applies(book->policy, rule, view, day, err);
		done = verdict != VERDICT_UNKNOWN;
		if (verdict == VERDICT_YES)
			fill(arena, rule, document->root, &listed);
	}
	listed_clear(&listed);
	return done;
}

/* Whether the amount at FIELD of ROOT is one that the list has. */
static bool is_listed(const struct rule *rule, const struct node *root, const char *field,
		      const struct listed *listed, struct err *err)
{
	const struct node *value = node_path(root, field);
	const char *text = node_as_text(value);
	struct decimal *is = decimal_new(0);
	bool said = text && decimal_set(is, text, strlen(text)),
	     fits = said && decimal_compare(is, listed->least) >= 0 &&
		    (!listed->has_most || decimal_compare(is, listed->most) <= 0);
	decimal_free(is);
	if (fits)
		return true;
	struct buf list;
	buf_init(&list);
	add_listed(listed, node_get(root, "items"), &list);
	if (said)
		rule_refuse(rule, err, "%s is %s, but the price list has %s", field, text,
			    list.data);
	else
		rule_refuse(rule, err, "%s: say which, as the price list has %s", field, list.data);
	buf_clear(&list);
	return false;
}

/* What is not on the list has no items: then somebody says why it costs that. */
static bool is_explained(const struct book *book, const struct form *form, const struct rule *rule,
			 const struct node *root, const char *field, struct err *err)
{
	if (!node_path(root, field) || node_get(root, "reason"))
		return true;
	struct buf names;
	buf_init(&names);
	add_names(book->policy, form->kind, zone_day(&book->zone, last_of(form)->at), &names);
	rule_refuse(rule, err,
		    "%s: name with items what of the price list it is for (%s), or with reason why "
		    "it is not on it",
		    field, names.data);
	buf_clear(&names);
	return false;
}

bool prices_kept(const struct book *book, const struct form *form, const struct rule *rule,
		 const struct node *view, struct err *err)
{
	const struct node *priced = node_get(rule->node, "priced"),
			  *root = node_get(view, "document"), *items = node_get(root, "items");
	const char *field;
	if (!priced)
		return true;
	struct listed listed;
	listed_init(&listed);
	bool kept = !items || list_items(book->policy, form->kind, items,
					 zone_day(&book->zone, last_of(form)->at), &listed, err);
	for (size_t i = 0; kept && (field = node_each_text(priced, &i));)
		kept = items ? is_listed(rule, root, field, &listed, err)
			     : is_explained(book, form, rule, root, field, err);
	listed_clear(&listed);
	return kept;
}

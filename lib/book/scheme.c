// SPDX-License-Identifier: MIT
// A scheme of appraisal in a policy: its parts, the points of an item, whether the points add up.
#include "book/scheme.h"

#include <string.h>

static const struct node *find(const struct node *list, const char *key, const char *name)
{
	const struct node *part;
	for (size_t i = 0; name && (part = node_item(list, i)); i++)
		if (node_is_string(node_get(part, key), name))
			return part;
	return NULL;
}

const struct node *scheme_dimension(const struct node *scheme, const char *name)
{
	return find(node_get(scheme, "dimensions"), "dimension", name);
}

const struct node *scheme_item(const struct node *scheme, const char *name,
			       const struct node **dimension)
{
	const struct node *dimensions = node_get(scheme, "dimensions"), *item = NULL;
	for (size_t i = 0; !item && (*dimension = node_item(dimensions, i)); i++)
		item = find(node_get(*dimension, "items"), "item", name);
	return item;
}

const struct node *scheme_sheet(const struct node *scheme, const char *name)
{
	return find(node_get(scheme, "sheets"), "sheet", name);
}

struct decimal *scheme_number(const struct node *map, const char *key)
{
	const struct node *value = node_get(map, key);
	const char *text = node_as_text(value);
	if (!text)
		return NULL;
	struct decimal *number = decimal_new(0);
	if (decimal_set(number, text, node_text_len(value)))
		return number;
	decimal_free(number);
	return NULL;
}

/* TO becomes TO plus or minus the number at KEY, if there is one. */
static bool add_number(struct decimal *to, const struct node *map, const char *key, bool minus)
{
	struct decimal *number = scheme_number(map, key);
	if (!number)
		return false;
	if (minus)
		decimal_subtract(to, number);
	else
		decimal_add(to, number);
	decimal_free(number);
	return true;
}

/* The number at KEY of MAP, 0 where it has none: what has to add up does not by itself. */
static struct decimal *number_or_nothing(const struct node *map, const char *key)
{
	struct decimal *number = scheme_number(map, key);
	return number ? number : decimal_new(0);
}

/* The points of the dimension that items with points of their own leave, and how many items have
 * none. */
static struct decimal *left_over(const struct node *dimension, int64_t *sharers)
{
	const struct node *items = node_get(dimension, "items"), *item;
	struct decimal *left = number_or_nothing(dimension, "points");
	*sharers = 0;
	for (size_t i = 0; (item = node_item(items, i)); i++)
		*sharers += !add_number(left, item, "points", true);
	return left;
}

struct decimal *scheme_item_points(const struct node *dimension, const struct node *item)
{
	struct decimal *points = scheme_number(item, "points");
	if (points)
		return points;
	int64_t sharers;
	struct decimal *share = left_over(dimension, &sharers), *by = decimal_new(sharers);
	decimal_divide(share, by);
	decimal_free(by);
	return share;
}

/* --- whether it adds up --- */

static bool damaged(const char *file, const struct node *at, struct err *err)
{
	err->status = STATUS_DAMAGED;
	return err_place(err, file, at ? at->line : 0, at ? at->column : 0);
}

/* The name of a part, for messages. */
static const char *said(const struct node *name)
{
	const char *text = node_as_text(name);
	return text ? text : "";
}

/* Reports that SUM is not NUMBER, as it must be. Returns false. */
static bool off(const char *file, const struct node *at, const char *what,
		const struct decimal *sum, const char *number, struct err *err)
{
	struct buf text;
	buf_init(&text);
	decimal_format_exact(sum, &text);
	err_set(err, STATUS_DAMAGED, "%s add up to %s, not to %s", what, text.data, number);
	buf_clear(&text);
	return damaged(file, at, err);
}

static bool check_items(const char *file, const struct node *dimension, struct err *err)
{
	const struct node *items = node_get(dimension, "items"), *item;
	const char *name = said(node_get(dimension, "dimension"));
	int64_t sharers;
	struct decimal *left = left_over(dimension, &sharers),
		       *whole = number_or_nothing(dimension, "points");
	bool fits = sharers ? decimal_sign(left) > 0 : decimal_sign(left) == 0, finite = true;
	if (!fits && !sharers) {
		decimal_subtract(whole, left);
		off(file, items, "the items' points", whole, said(node_get(dimension, "points")),
		    err);
	} else if (!fits) {
		err_set(err, STATUS_DAMAGED, "%s: nothing is left for the items without points",
			name);
		damaged(file, items, err);
	}
	for (size_t i = 0; fits && finite && (item = node_item(items, i)); i++) {
		struct decimal *points = scheme_item_points(dimension, item);
		finite = decimal_is_finite(points);
		decimal_free(points);
	}
	if (!finite) {
		err_set(err, STATUS_DAMAGED,
			"%s: equal shares of its points would be no exact decimals: give each "
			"item's points",
			name);
		damaged(file, items, err);
	}
	decimal_free(left);
	decimal_free(whole);
	return fits && finite;
}

/* Whether the numbers at KEY of LIST make up WANTED. */
static bool check_sum(const char *file, const struct node *list, const char *key, const char *what,
		      const char *wanted, struct err *err)
{
	struct decimal *sum = decimal_new(0), *whole = decimal_new(0);
	const struct node *part;
	for (size_t i = 0; (part = node_item(list, i)); i++)
		add_number(sum, part, key, false);
	decimal_set(whole, wanted, strlen(wanted)); /* stays 0 where that is no number */
	bool fits = decimal_compare(sum, whole) == 0;
	if (!fits)
		off(file, list, what, sum, wanted, err);
	decimal_free(sum);
	decimal_free(whole);
	return fits;
}

/* Whether no two entries of LIST have one name at KEY. */
static bool check_distinct(const char *file, const struct node *list, const char *key,
			   struct err *err)
{
	const struct node *part;
	for (size_t i = 0; (part = node_item(list, i)); i++) {
		const struct node *name = node_get(part, key);
		if (find(list, key, node_as_text(name)) == part)
			continue;
		err_set(err, STATUS_DAMAGED, "%s: \"%s\" appears twice", key, said(name));
		return damaged(file, name, err);
	}
	return true;
}

static bool check_dimensions(const struct node *scheme, const char *file, struct err *err)
{
	const struct node *dimensions = node_get(scheme, "dimensions"), *dimension;
	for (size_t i = 0; (dimension = node_item(dimensions, i)); i++) {
		const struct node *items = node_get(dimension, "items"), *item, *first;
		if (!check_distinct(file, items, "item", err) || !check_items(file, dimension, err))
			return false;
		for (size_t j = 0; (item = node_item(items, j)); j++) {
			const struct node *name = node_get(item, "item");
			scheme_item(scheme, node_as_text(name), &first);
			bool clashes = node_is_string(name, "other") && node_get(scheme, "other");
			if (first == dimension && !clashes)
				continue;
			err_set(err, STATUS_DAMAGED,
				clashes ? "item: \"%s\" is the name of the column that the "
					  "scheme's own other adds"
					: "item: \"%s\" appears in two dimensions",
				said(name));
			return damaged(file, name, err);
		}
	}
	return check_distinct(file, dimensions, "dimension", err) &&
	       check_sum(file, dimensions, "points", "the dimensions' points",
			 said(node_get(scheme, "full")), err);
}

/* Whether each component has a sheet that weighs something. */
static bool check_components(const struct node *scheme, const char *file, struct err *err)
{
	const struct node *components = node_get(scheme, "components"),
			  *sheets = node_get(scheme, "sheets"), *component, *sheet;
	for (size_t i = 0; (component = node_item(components, i)); i++) {
		const struct node *name = node_get(component, "component");
		struct decimal *weights = decimal_new(0);
		for (size_t j = 0; (sheet = node_item(sheets, j)); j++)
			if (node_identical(node_get(sheet, "component"), name))
				add_number(weights, sheet, "weight", false);
		bool weighs = decimal_sign(weights) > 0;
		decimal_free(weights);
		if (weighs)
			continue;
		err_set(err, STATUS_DAMAGED,
			"component: the weights of \"%s\" add up to 0: no sheet would count",
			said(name));
		return damaged(file, name, err);
	}
	return check_distinct(file, components, "component", err) &&
	       check_sum(file, components, "share", "the components' shares", "1", err);
}

static bool check_commendation(const struct node *scheme, const char *file, struct err *err)
{
	const struct node *commendation = node_get(scheme, "commendation");
	if (!commendation)
		return true;
	struct decimal *least = number_or_nothing(commendation, "least"),
		       *most = number_or_nothing(commendation, "most");
	bool fits = decimal_compare(least, most) <= 0;
	decimal_free(least);
	decimal_free(most);
	if (fits)
		return true;
	err_set(err, STATUS_DAMAGED, "commendation: least %s is more than most %s",
		said(node_get(commendation, "least")), said(node_get(commendation, "most")));
	return damaged(file, commendation, err);
}

bool scheme_adds_up(const struct node *scheme, const char *file, struct err *err)
{
	return check_dimensions(scheme, file, err) && check_components(scheme, file, err) &&
	       check_commendation(scheme, file, err);
}

/* --- clauses --- */

static void add_clauses(const struct node *part, struct buf *out)
{
	node_join(node_get(part, "clause"), " ", out);
}

const char *clause_text(struct arena *arena, const struct node *part)
{
	struct buf text;
	buf_init(&text);
	add_clauses(part, &text);
	const char *kept = arena_dup_len(arena, text.data, text.len);
	buf_clear(&text);
	return kept;
}

bool clause_refuses(struct err *err, const struct node *part)
{
	struct buf text;
	buf_init(&text);
	add_clauses(part, &text);
	if (text.len)
		err_clause(err, text.data);
	buf_clear(&text);
	return false;
}

// SPDX-License-Identifier: MIT
// The marks of a sheet: as people type them, and the score they make by their scheme. Exact
// throughout, rounds nothing.
#include <string.h>

#include "appraisal/sheet.h"
#include "base/decimal.h"
#include "book/scheme.h"
#include "record/value.h"

/* --- as typed --- */

/* The text up to the next colon, ASCII or full-width, and *REST behind it; NULL when there is none.
 */
static char *take_part(struct arena *arena, const char **rest)
{
	const char *narrow = strchr(*rest, ':'), *wide = strstr(*rest, "：");
	const char *end = narrow && (!wide || narrow < wide) ? narrow : wide;
	if (!end)
		return NULL;
	char *part = arena_dup_len(arena, *rest, (size_t)(end - *rest));
	*rest = end + (end == narrow ? 1 : strlen("："));
	return part;
}

static void push_to(struct arena *arena, struct node *document, const char *field,
		    struct node *value)
{
	struct node *list = node_get(document, field);
	if (!list) {
		list = node_list(arena);
		node_add(arena, document, field, list);
	}
	node_push(arena, list, value);
}

static bool is_blank(const char *text)
{
	return !text[strspn(text, " \t\r\n")];
}

/* Whether TEXT can be points: digits with at most four decimals. */
static bool is_points(const char *text)
{
	size_t whole = strspn(text, "0123456789"), decimals = 0;
	if (text[whole] == '.')
		decimals = strspn(text + whole + 1, "0123456789");
	bool plain = whole && whole <= 5 && (whole == 1 || text[0] != '0');
	return plain &&
	       (text[whole] == '.' ? decimals && decimals <= 4 && !text[whole + 1 + decimals]
				   : !text[whole]);
}

static bool take_points(const char *text, const char *item, struct err *err)
{
	return is_points(text) ||
	       err_set(err, STATUS_REFUSED, "%s: \"%s\" is not a number of points", item, text);
}

bool sheet_deduct(struct book *book, struct arena *arena, struct node *document, const char *typed,
		  struct err *err)
{
	const char *rest = typed;
	char *item = take_part(arena, &rest), *points = item ? take_part(arena, &rest) : NULL;
	struct node *deduction = node_map(arena);
	if (item && !points) { /* without a reason, which the scheme will ask for */
		points = arena_dup(arena, rest);
		rest = "";
	}
	if (!item)
		return err_set(err, STATUS_USAGE, "\"%s\": give it as ITEM:POINTS:REASON", typed);
	char *ticket = strchr(item, '@');
	if (ticket)
		*ticket++ = '\0';
	char *dimension = strchr(item, '/');
	if (dimension)
		*dimension++ = '\0';
	if (!take_points(points, item, err))
		return false;
	node_add_string(arena, deduction, "item", item);
	node_add_string(arena, deduction, "dimension", dimension);
	node_add_string(arena, deduction, "points", points);
	if (!is_blank(rest))
		node_add_string(arena, deduction, "reason", rest);
	if (ticket) {
		struct buf id;
		buf_init(&id);
		bool known = value_normal(book, "id", ticket, &id, err);
		node_add_string(arena, deduction, "ticket", id.data);
		buf_clear(&id);
		if (!known)
			return false;
	}
	push_to(arena, document, "deductions", deduction);
	return true;
}

bool sheet_score(struct arena *arena, struct node *document, const char *typed, struct err *err)
{
	const char *rest = typed;
	char *item = take_part(arena, &rest), *self = item ? take_part(arena, &rest) : NULL,
	     *supervisor = self ? take_part(arena, &rest) : NULL;
	if (self && !supervisor) { /* no remark */
		supervisor = arena_dup(arena, rest);
		rest = "";
	}
	if (!self)
		return err_set(
			err, STATUS_USAGE,
			"\"%s\": give it as ITEM:SELF:SUPERVISOR or ITEM:SELF:SUPERVISOR:REMARK",
			typed);
	if (!take_points(self, item, err) || !take_points(supervisor, item, err))
		return false;
	struct node *score = node_map(arena);
	node_add_string(arena, score, "item", item);
	node_add_string(arena, score, "self", self);
	node_add_string(arena, score, "supervisor", supervisor);
	if (!is_blank(rest))
		node_add_string(arena, score, "remark", rest);
	push_to(arena, document, "scores", score);
	return true;
}

/* "lihua#3", or the number alone; NULL when TEXT is neither. */
static const char *record_of(struct arena *arena, const char *person, const char *text)
{
	const char *hash = strchr(text, '#'), *number = hash ? hash + 1 : text;
	if (!*number || strspn(number, "0123456789") != strlen(number) || *number == '0' ||
	    strlen(number) > 7)
		return NULL;
	return hash ? text : arena_printf(arena, "%s#%s", person, number);
}

bool sheet_commend(struct arena *arena, struct node *document, const char *person,
		   const char *typed, struct err *err)
{
	const char *rest = typed;
	char *points = take_part(arena, &rest);
	const char *record = points ? record_of(arena, person, rest) : NULL;
	if (!record)
		return err_set(err, STATUS_USAGE,
			       "\"%s\": give it as POINTS:RECORD, the record as %s#3", typed,
			       person);
	if (!take_points(points, "commendation", err))
		return false;
	struct node *commendation = node_map(arena);
	node_add_string(arena, commendation, "points", points);
	node_add_string(arena, commendation, "record", record);
	node_set(arena, document, "commendation", commendation);
	return true;
}

bool sheet_offence(struct arena *arena, struct node *document, const char *person,
		   const char *typed, struct err *err)
{
	const char *rest = typed, *behind;
	char *item = take_part(arena, &rest);
	if (!item)
		return err_set(err, STATUS_USAGE,
			       "\"%s\": give it as ITEM:RECORD:REASON, the record as %s#3", typed,
			       person);
	behind = rest;
	char *cited = take_part(arena, &behind);
	const char *record = cited ? record_of(arena, person, cited) : NULL;
	const char *reason = record || (cited && is_blank(cited))
				     ? behind
				     : rest; /* without a record, which the scheme will ask for */
	struct node *offence = node_map(arena);
	node_add_string(arena, offence, "item", item);
	if (!is_blank(reason))
		node_add_string(arena, offence, "reason", reason);
	node_add_string(arena, offence, "record", record);
	push_to(arena, document, "offences", offence);
	return true;
}

/* --- the score --- */

static bool refuse(struct err *err, const struct node *part)
{
	return clause_refuses(err, part);
}

/* The part that says how the scheme is marked. */
static const struct node *manner_of(const struct node *scheme)
{
	const struct node *deductions = node_get(scheme, "deductions");
	return deductions ? deductions : node_get(scheme, "scores");
}

static bool unknown_item(const struct node *scheme, const char *item, struct err *err)
{
	const struct node *dimension, *one;
	struct buf allowed;
	buf_init(&allowed);
	for (size_t i = 0; (dimension = node_item(node_get(scheme, "dimensions"), i)); i++)
		for (size_t j = 0; (one = node_item(node_get(dimension, "items"), j)); j++)
			buf_addf(&allowed, "%s%s", allowed.len ? ", " : "", node_text(one, "item"));
	if (node_get(scheme, "other"))
		buf_adds(&allowed, ", other/DIMENSION");
	err_set(err, STATUS_REFUSED, "\"%s\" is not an item of %s (allowed: %s)", item,
		node_text(scheme, "scheme"), allowed.data);
	buf_clear(&allowed);
	return refuse(err, manner_of(scheme));
}

/* The points deducted in ROOT from ITEM, of the further column those that reduce DIMENSION. */
static struct decimal *deducted(const struct node *root, const char *item, const char *dimension)
{
	const struct node *deductions = node_get(root, "deductions");
	struct decimal *sum = decimal_new(0);
	const struct node *deduction;
	for (size_t i = 0; (deduction = node_item(deductions, i)); i++) {
		if (!node_is_string(node_get(deduction, "item"), item) ||
		    (dimension && !node_is_string(node_get(deduction, "dimension"), dimension)))
			continue;
		struct decimal *points = scheme_number(deduction, "points");
		if (points)
			decimal_add(sum, points);
		decimal_free(points);
	}
	return sum;
}

static const struct node *offence_on(const struct node *root, const char *item)
{
	const struct node *offence;
	for (size_t i = 0; (offence = node_item(node_get(root, "offences"), i)); i++)
		if (node_is_string(node_get(offence, "item"), item))
			break;
	return offence;
}

/* Whether no more is taken away than there is. */
static bool check_taken(const struct node *rule, const char *what, const struct decimal *taken,
			const struct decimal *points, struct err *err)
{
	if (decimal_compare(taken, points) <= 0)
		return true;
	struct buf is, has;
	buf_init(&is);
	buf_init(&has);
	decimal_format_exact(taken, &is);
	decimal_format_exact(points, &has);
	err_set(err, STATUS_REFUSED, "%s: %s points deducted, more than its %s", what, is.data,
		has.data);
	buf_clear(&is);
	buf_clear(&has);
	return refuse(err, rule);
}

/* What is left of ITEM is added to TOTAL. */
static bool add_item(const struct node *scheme, const struct node *root,
		     const struct node *dimension, const struct node *item, struct decimal *total,
		     struct err *err)
{
	const char *name = node_text(item, "item");
	struct decimal *points = scheme_item_points(dimension, item),
		       *taken = deducted(root, name, NULL);
	bool fits = check_taken(node_get(scheme, "deductions"), name, taken, points, err);
	decimal_subtract(points, taken);
	if (fits && !offence_on(root, name))
		decimal_add(total, points);
	decimal_free(points);
	decimal_free(taken);
	return fits;
}

/* What the further column takes from DIMENSION is taken from TOTAL, not below 0. */
static bool take_other(const struct node *scheme, const struct node *root,
		       const struct node *dimension, struct decimal *total, struct err *err)
{
	const char *name = node_text(dimension, "dimension");
	struct decimal *points = scheme_number(dimension, "points"),
		       *taken = deducted(root, "other", name);
	bool fits = !node_get(scheme, "other") ||
		    check_taken(node_get(scheme, "other"), name, taken, points, err);
	decimal_subtract(total, taken);
	if (decimal_sign(total) < 0)
		decimal_set_int(total, 0);
	decimal_free(points);
	decimal_free(taken);
	return fits;
}

static bool add_scored(const struct node *scheme, const struct node *root,
		       const struct node *dimension, const struct node *item, struct decimal *total,
		       struct err *err)
{
	const struct node *rule = node_get(scheme, "scores"), *score, *found = NULL;
	const char *name = node_text(item, "item");
	bool twice = false;
	for (size_t i = 0; (score = node_item(node_get(root, "scores"), i)); i++)
		if (node_is_string(node_get(score, "item"), name)) {
			twice = found;
			found = score;
		}
	if (!found || twice) {
		err_set(err, STATUS_REFUSED,
			found ? "%s: it is scored twice" : "%s: it is not scored", name);
		return refuse(err, rule);
	}
	struct decimal *points = scheme_item_points(dimension, item),
		       *self = scheme_number(found, "self");
	struct decimal *supervisor = scheme_number(found, "supervisor");
	bool fits = self && supervisor && decimal_compare(self, points) <= 0 &&
		    decimal_compare(supervisor, points) <= 0;
	if (fits) {
		decimal_add(total,
			    node_is_string(node_get(rule, "counts"), "self") ? self : supervisor);
	} else {
		struct buf text;
		buf_init(&text);
		decimal_format_exact(points, &text);
		err_set(err, STATUS_REFUSED, "%s: a score must be from 0 to %s", name, text.data);
		buf_clear(&text);
	}
	decimal_free(points);
	decimal_free(self);
	decimal_free(supervisor);
	return fits || refuse(err, rule);
}

static bool check_deductions(const struct node *scheme, const struct node *root, struct err *err)
{
	const struct node *deductions = node_get(root, "deductions"),
			  *rule = node_get(scheme, "deductions"),
			  *other = node_get(scheme, "other");
	if (deductions && !rule) {
		err_set(err, STATUS_REFUSED, "%s is marked by scores, not by deductions",
			node_text(scheme, "scheme"));
		return refuse(err, manner_of(scheme));
	}
	const struct node *deduction, *of;
	for (size_t i = 0; (deduction = node_item(deductions, i)); i++) {
		const char *item = node_text(deduction, "item"),
			   *dimension = node_text(deduction, "dimension"),
			   *reason = node_text(deduction, "reason");
		bool further = other && item && strcmp(item, "other") == 0;
		struct decimal *points = scheme_number(deduction, "points");
		bool something = points && decimal_sign(points) > 0;
		decimal_free(points);
		if (further ? dimension && !scheme_dimension(scheme, dimension)
			    : !scheme_item(scheme, item, &of))
			return unknown_item(scheme, further ? dimension : item, err);
		if (further && !dimension)
			err_set(err, STATUS_REFUSED,
				"other: say which dimension the deduction reduces, like other/%s",
				node_text(node_item(node_get(scheme, "dimensions"), 0),
					  "dimension"));
		else if (!further && dimension)
			err_set(err, STATUS_REFUSED,
				"%s: a dimension is named only for a deduction under other", item);
		else if (!reason || is_blank(reason))
			err_set(err, STATUS_REFUSED, "%s: a deduction needs a reason", item);
		else if (!something)
			err_set(err, STATUS_REFUSED, "%s: nothing is deducted", item);
		else
			continue;
		return refuse(err, further && !dimension ? other : rule);
	}
	return true;
}

static bool check_offences(const struct node *scheme, const struct node *root, struct err *err)
{
	const struct node *offences = node_get(root, "offences"),
			  *rule = node_get(scheme, "offences"), *dimension;
	if (offences && !rule)
		return err_set(err, STATUS_REFUSED, "the scheme %s has no offences",
			       node_text(scheme, "scheme"));
	const struct node *offence;
	for (size_t i = 0; (offence = node_item(offences, i)); i++) {
		const char *item = node_text(offence, "item");
		if (!scheme_item(scheme, item, &dimension))
			return unknown_item(scheme, item, err);
		if (offence_on(root, item) != offence)
			err_set(err, STATUS_REFUSED,
				"%s: another offence has taken all its points already", item);
		else if (!node_get(offence, "record"))
			err_set(err, STATUS_REFUSED, "%s: an offence needs a sanction on record",
				item);
		else if (!node_get(offence, "reason"))
			err_set(err, STATUS_REFUSED, "%s: an offence needs a reason", item);
		else
			continue;
		return refuse(err, rule);
	}
	return true;
}

/* What a commendation adds, checked; NULL with ERR when it may not be. */
static struct decimal *commended(const struct node *scheme, const struct node *root,
				 struct err *err)
{
	const struct node *commendation = node_get(root, "commendation"),
			  *rule = node_get(scheme, "commendation");
	if (!commendation)
		return decimal_new(0);
	if (!rule) {
		err_set(err, STATUS_REFUSED, "the scheme %s adds no points for a commendation",
			node_text(scheme, "scheme"));
		return NULL;
	}
	struct decimal *points = scheme_number(commendation, "points"),
		       *least = scheme_number(rule, "least"), *most = scheme_number(rule, "most");
	bool fits = points && decimal_compare(points, least) >= 0 &&
		    decimal_compare(points, most) <= 0;
	decimal_free(least);
	decimal_free(most);
	if (fits)
		return points;
	decimal_free(points);
	err_set(err, STATUS_REFUSED, "commendation: it adds from %s to %s points, not %s",
		node_text(rule, "least"), node_text(rule, "most"),
		node_text(commendation, "points"));
	refuse(err, rule);
	return NULL;
}

static struct node *exact(struct arena *arena, const struct decimal *value)
{
	struct buf text;
	buf_init(&text);
	decimal_format_exact(value, &text);
	struct node *node = node_string(arena, text.data);
	buf_clear(&text);
	return node;
}

/* Whether every score is of an item of SCHEME. */
static bool check_scores(const struct node *scheme, const struct node *root, struct err *err)
{
	const struct node *scores = node_get(root, "scores"), *dimension;
	if (scores && !node_get(scheme, "scores")) {
		err_set(err, STATUS_REFUSED, "%s is marked by deductions, not by scores",
			node_text(scheme, "scheme"));
		return refuse(err, manner_of(scheme));
	}
	const struct node *score;
	for (size_t i = 0; (score = node_item(scores, i)); i++) {
		const char *item = node_text(score, "item");
		if (!scheme_item(scheme, item, &dimension))
			return unknown_item(scheme, item, err);
	}
	return true;
}

bool sheet_compute(struct arena *arena, const struct node *scheme, struct node *root,
		   struct err *err)
{
	const struct node *dimension, *item;
	bool scored = node_get(scheme, "scores");
	if (!check_deductions(scheme, root, err) || !check_scores(scheme, root, err) ||
	    !check_offences(scheme, root, err))
		return false;
	struct decimal *score = commended(scheme, root, err);
	struct node *list = node_list(arena);
	bool done = score;
	for (size_t i = 0; done && (dimension = node_item(node_get(scheme, "dimensions"), i));
	     i++) {
		struct decimal *total = decimal_new(0);
		for (size_t j = 0; done && (item = node_item(node_get(dimension, "items"), j)); j++)
			done = scored ? add_scored(scheme, root, dimension, item, total, err)
				      : add_item(scheme, root, dimension, item, total, err);
		done = done && take_other(scheme, root, dimension, total, err);
		if (done) {
			struct node *left = node_map(arena);
			node_add_string(arena, left, "dimension",
					node_text(dimension, "dimension"));
			node_add(arena, left, "points", exact(arena, total));
			node_push(arena, list, left);
			decimal_add(score, total);
		}
		decimal_free(total);
	}
	if (done) {
		node_set(arena, root, "dimensions", list);
		node_set(arena, root, "score", exact(arena, score));
	}
	decimal_free(score);
	return done;
}

// SPDX-License-Identifier: MIT
// Sums and counts over the documents of a form, against a number, a field or another sum.
#include "ticket/sums.h"

#include <string.h>

#include "base/decimal.h"
#include "ticket/refusal.h"

struct summing {
	const struct book *book;
	struct form *form;
	struct node **roots; /* as corrected */
	const struct rule *rule;
	const struct node *cap;
	struct decimal *scratch;
	unsigned places; /* the most that any amount has */
};

/* Whether DOCUMENT counts, by `over`: the last document of the form says which period it is. */
static bool counts(const struct summing *summing, const struct document *document)
{
	static const struct {
		const char *over;
		int months;
	} periods[] = {{"month", 1}, {"quarter", 3}, {"year", 12}};
	const struct form *form = summing->form;
	const char *over = node_text(summing->cap, "over");
	struct civil day, last;
	if (document->undone || document->which == EVENT_RENUMBERED)
		return false;
	if (!over || strcmp(over, "cycle") == 0)
		return document >= &form->documents[form_cycle_begin(form)];
	zone_civil(&summing->book->zone, document->at, &day);
	zone_civil(&summing->book->zone, form->documents[form->count - 1].at, &last);
	for (size_t i = 0; i < sizeof periods / sizeof *periods; i++)
		if (strcmp(over, periods[i].over) == 0)
			return day.year == last.year &&
			       (day.month - 1) / periods[i].months ==
				       (last.month - 1) / periods[i].months;
	return true;
}

static bool is_step(const struct document *document, const char *step, size_t len)
{
	const char *names[] = {document->event, document_step(document)};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strlen(names[i]) == len && memcmp(names[i], step, len) == 0)
			return true;
	return false;
}

/* The amount at PATH, STEP.FIELD, of the document at INDEX, into the scratch; false: it is of
 * another step, or has none. */
static bool amount_of(struct summing *summing, size_t index, const char *path)
{
	size_t step = strcspn(path, ".");
	if (!path[step] || !is_step(&summing->form->documents[index], path, step))
		return false;
	const struct node *value = node_path(summing->roots[index], path + step + 1);
	const char *text = value && value->type == NODE_STRING ? node_as_text(value) : NULL,
		   *dot = text ? strchr(text, '.') : NULL;
	if (!text || !decimal_set(summing->scratch, text, node_text_len(value)))
		return false;
	if (dot && strlen(dot + 1) > summing->places)
		summing->places = (unsigned)strlen(dot + 1);
	return true;
}

static void add_up(struct summing *summing, const struct node *paths, struct decimal *sum)
{
	const char *path;
	for (size_t i = 0; (path = node_each_text(paths, &i));)
		for (size_t j = 0; j < summing->form->count; j++)
			if (counts(summing, &summing->form->documents[j]) &&
			    amount_of(summing, j, path))
				decimal_add(sum, summing->scratch);
}

static void count_steps(struct summing *summing, const struct node *steps, struct decimal *sum)
{
	const char *step;
	int64_t count = 0;
	for (size_t i = 0; i < summing->form->count; i++) {
		bool counted = false;
		for (size_t j = 0; !counted && (step = node_each_text(steps, &j));)
			counted = is_step(&summing->form->documents[i], step, strlen(step)) &&
				  counts(summing, &summing->form->documents[i]);
		count += counted;
	}
	decimal_set_int(sum, count);
}

/* What LIMIT is now; false where no step says it. */
static bool limit_of(struct summing *summing, const struct node *limit, struct decimal *most)
{
	const struct node *sum = node_get(limit, "sum");
	const char *text = node_as_text(limit);
	if (sum) {
		add_up(summing, sum, most);
		return true;
	}
	if (!text)
		return false;
	if (decimal_set(most, text, strlen(text))) {
		const char *dot = strchr(text, '.');
		if (dot && strlen(dot + 1) > summing->places)
			summing->places = (unsigned)strlen(dot + 1);
		return true;
	}
	for (size_t i = summing->form->count; i-- > 0;)
		if (counts(summing, &summing->form->documents[i]) && amount_of(summing, i, text)) {
			decimal_add(most, summing->scratch);
			return true;
		}
	return false;
}

/* Adds "refunded.amount comes to 600.00 in all, which is more than 500.00 (deposited.amount)". */
static void say(const struct summing *summing, const struct node *limit, const char *than,
		const struct decimal *is, const struct decimal *most, struct buf *out)
{
	const struct node *sum = node_get(summing->cap, "sum"),
			  *names = sum ? sum : node_get(summing->cap, "count"),
			  *of = node_get(limit, "sum") ? node_get(limit, "sum") : limit;
	const char *over = node_text(summing->cap, "over"), *first = node_as_text(of);
	bool period = over && strcmp(over, "cycle") != 0 && strcmp(over, "form") != 0,
	     number = first && *first >= '0' && *first <= '9';
	node_join(names, " + ", out);
	buf_adds(out, sum ? " comes to " : " is recorded ");
	decimal_format(is, sum ? summing->places : 0, out);
	struct decimal *one = decimal_new(1);
	const char *times = sum ? "" : decimal_compare(is, one) == 0 ? " time" : " times";
	decimal_free(one);
	buf_addf(out, "%s in %s%s, which is %s ", times, period ? "this " : "",
		 period ? over : "all", than);
	decimal_format(most, sum ? summing->places : 0, out);
	if (number)
		return;
	buf_adds(out, " (");
	node_join(of, " + ", out);
	buf_adds(out, ")");
}

static bool cap_kept(struct summing *summing, struct err *err)
{
	static const struct {
		const char *key, *than;
		int wrong; /* the sign of what is beyond; 0: any */
	} limits[] = {
		{"at-most", "more than", 1}, {"at-least", "less than", -1}, {"exactly", "not", 0}};
	struct decimal *is = decimal_new(0), *most = decimal_new(0);
	const struct node *sum = node_get(summing->cap, "sum");
	bool kept = true;
	if (sum)
		add_up(summing, sum, is);
	else
		count_steps(summing, node_get(summing->cap, "count"), is);
	for (size_t i = 0; kept && i < sizeof limits / sizeof *limits; i++) {
		const struct node *limit = node_get(summing->cap, limits[i].key);
		decimal_set_int(most, 0);
		if (!limit || !limit_of(summing, limit, most))
			continue;
		int order = decimal_compare(is, most);
		kept = limits[i].wrong ? order * limits[i].wrong <= 0 : order == 0;
		if (kept)
			continue;
		struct buf text;
		buf_init(&text);
		say(summing, limit, limits[i].than, is, most, &text);
		rule_refuse(summing->rule, err, "%s", text.data);
		buf_clear(&text);
	}
	decimal_free(is);
	decimal_free(most);
	return kept;
}

bool sums_kept(const struct book *book, struct form *form, const struct rule *rule, struct err *err)
{
	const struct node *caps = node_get(rule->node, "caps"), *cap;
	bool kept = true;
	if (!caps)
		return true;
	struct summing summing = {.book = book,
				  .form = form,
				  .roots = form_mended(form, form->count, &form->arena),
				  .rule = rule,
				  .scratch = decimal_new(0)};
	for (size_t i = 0; kept && (cap = node_item(caps, i)); i++) {
		summing.cap = cap;
		kept = cap_kept(&summing, err);
	}
	decimal_free(summing.scratch);
	return kept;
}

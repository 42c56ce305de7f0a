// SPDX-License-Identifier: MIT
// How a total came about: its components, their sheets, and what was deducted there and why.
// Computes nothing anew.
#include <inttypes.h>
#include <string.h>

#include "appraisal/marks.h"
#include "book/scheme.h"

struct teller {
	const struct node *scheme;
	const struct marks_names *names;
	marks_tell tell;
	void *state;
	struct arena arena;
};

/* A sheet is a file: what is no text there is shown as a gap. */
static const char *said(const struct node *map, const char *key)
{
	const char *text = node_text(map, key);
	return text ? text : "?";
}

static const char *title_of(const struct teller *teller, const struct node *entry)
{
	return language_choose(teller->names->languages, node_get(entry, "title"), NULL);
}

/* NAME of ENTRY (may be NULL), a part of the scheme. */
static const char *named(struct teller *teller, const char *name, const struct node *entry)
{
	return teller->names->titled
		       ? language_called(&teller->arena, name, title_of(teller, entry))
		       : name;
}

static const char *shown(struct teller *teller, const struct decimal *points)
{
	struct buf text;
	buf_init(&text);
	points_show(points, &text);
	const char *kept = arena_dup(&teller->arena, text.data);
	buf_clear(&text);
	return kept;
}

static const char *exact(struct teller *teller, const struct decimal *points)
{
	struct buf text;
	buf_init(&text);
	decimal_format_exact(points, &text);
	const char *kept = arena_dup(&teller->arena, text.data);
	buf_clear(&text);
	return kept;
}

static const char *clause(struct teller *teller, const struct node *part)
{
	return part ? clause_text(&teller->arena, part) : NULL;
}

static void tell_total(struct teller *teller, const struct marks_person *person)
{
	const struct node *scheme = teller->scheme, *components = node_get(scheme, "components");
	const struct node *excellent = node_get(scheme, "excellent"),
			  *missing = node_get(scheme, "missing");
	struct marks_line line = {.figure = "total",
				  .clause = clause(teller, node_item(components, 0))};
	struct buf from;
	buf_init(&from);
	const struct node *component;
	for (size_t i = 0; person->total && (component = node_item(components, i)); i++)
		buf_addf(&from, "%s%s × %s %s", i ? " + " : "", node_text(component, "share"),
			 named(teller, node_text(component, "component"), component),
			 exact(teller, person->means[i].mean));
	if (!person->total) {
		buf_addf(&from, "incomplete: %s", person->lacks);
		if (missing)
			line.clause = clause(teller, missing);
	} else {
		line.value = shown(teller, person->total);
		line.exact = exact(teller, person->total);
	}
	line.from = from.data;
	teller->tell(teller->state, &line);
	buf_reset(&from);
	if (person->excellent) {
		buf_addf(&from, "%s: above %s, unrounded", title_of(teller, excellent),
			 node_text(excellent, "above"));
		teller->tell(teller->state,
			     &(struct marks_line){.figure = "excellent",
						  .from = from.data,
						  .clause = clause(teller, excellent)});
	}
	buf_clear(&from);
}

static void tell_component(struct teller *teller, const struct node *component,
			   const struct marks_mean *mean)
{
	struct marks_line line = {
		.figure = named(teller, node_text(component, "component"), component),
		.clause = clause(teller, component)};
	struct buf from;
	buf_init(&from);
	if (mean->mean) {
		line.value = shown(teller, mean->mean);
		line.exact = exact(teller, mean->mean);
		buf_addf(&from, "%zu %s: sum of weight × score %s ÷ sum of weights %s", mean->count,
			 mean->count == 1 ? "sheet" : "sheets", exact(teller, mean->sum),
			 exact(teller, mean->weights));
	} else {
		buf_adds(&from, "missing: there is no sheet with a weight above 0");
	}
	if (mean->unconfirmed)
		buf_addf(&from, ", %zu not confirmed", mean->unconfirmed);
	if (mean->disputed)
		buf_addf(&from, ", %zu disputed", mean->disputed);
	line.from = from.data;
	teller->tell(teller->state, &line);
	buf_clear(&from);
}

/* ITEM, or of the further column "other/DIMENSION". */
static const char *item_of(struct teller *teller, const struct node *entry)
{
	const char *item = said(entry, "item"), *dimension = node_text(entry, "dimension");
	const struct node *of, *titled = scheme_item(teller->scheme, item, &of);
	item = named(teller, item, titled);
	return dimension ? arena_printf(&teller->arena, "  %s/%s", item, dimension)
			 : arena_printf(&teller->arena, "  %s", item);
}

static void tell_marks(struct teller *teller, const struct node *root)
{
	const struct node *scheme = teller->scheme, *deductions = node_get(root, "deductions"),
			  *offences = node_get(root, "offences");
	const struct node *scores = node_get(root, "scores"),
			  *commendation = node_get(root, "commendation");
	struct arena *arena = &teller->arena;
	const char *by_self =
		node_is_string(node_path(scheme, "scores.counts"), "self") ? "self" : "supervisor";
	const struct node *entry;
	for (size_t i = 0; (entry = node_item(deductions, i)); i++) {
		const char *points = arena_printf(arena, "-%s", said(entry, "points"));
		struct marks_line line = {
			.figure = item_of(teller, entry),
			.value = points,
			.exact = points,
			.from = node_text(entry, "reason"),
			.record = node_text(entry, "ticket"),
			.clause = clause(teller, node_get(scheme, node_get(entry, "dimension")
									  ? "other"
									  : "deductions"))};
		teller->tell(teller->state, &line);
	}
	for (size_t i = 0; (entry = node_item(offences, i)); i++) {
		struct marks_line line = {.figure = item_of(teller, entry),
					  .value = "0",
					  .exact = "0",
					  .from = node_text(entry, "reason"),
					  .record = node_text(entry, "record"),
					  .clause = clause(teller, node_get(scheme, "offences"))};
		teller->tell(teller->state, &line);
	}
	for (size_t i = 0; (entry = node_item(scores, i)); i++) {
		const char *remark = node_text(entry, "remark");
		struct marks_line line = {
			.figure = item_of(teller, entry),
			.value = node_text(entry, by_self),
			.exact = node_text(entry, by_self),
			.from = arena_printf(arena, "self %s, supervisor %s%s%s",
					     said(entry, "self"), said(entry, "supervisor"),
					     remark ? ": " : "", remark ? remark : ""),
			.clause = clause(teller, node_get(scheme, "scores"))};
		teller->tell(teller->state, &line);
	}
	if (commendation) {
		const char *points = arena_printf(arena, "+%s", said(commendation, "points"));
		struct marks_line line = {
			.figure = "  commendation",
			.value = points,
			.exact = points,
			.record = node_text(commendation, "record"),
			.clause = clause(teller, node_get(scheme, "commendation"))};
		teller->tell(teller->state, &line);
	}
}

/* Dimensions that are not whole. */
static void tell_dimensions(struct teller *teller, const struct node *root)
{
	const struct node *scheme = teller->scheme, *left;
	for (size_t i = 0; (left = node_item(node_get(root, "dimensions"), i)); i++) {
		const struct node *dimension =
			scheme_dimension(scheme, node_text(left, "dimension"));
		struct decimal *points = scheme_number(left, "points"),
			       *whole = dimension ? scheme_number(dimension, "points") : NULL;
		if (points && (!whole || decimal_compare(points, whole) != 0)) {
			struct marks_line line = {
				.figure = arena_printf(
					&teller->arena, "  %s",
					named(teller, said(left, "dimension"), dimension)),
				.value = shown(teller, points),
				.exact = exact(teller, points),
				.from = whole ? arena_printf(&teller->arena, "of %s",
							     said(dimension, "points"))
					      : NULL};
			teller->tell(teller->state, &line);
		}
		decimal_free(points);
		decimal_free(whole);
	}
}

static void tell_sheet(struct teller *teller, const struct marks_sheet *sheet)
{
	const struct node *entry =
		scheme_sheet(teller->scheme, node_text(sheet->sheet.root, "sheet"));
	const char *reason = node_text(sheet->sheet.root, "reason");
	struct buf from;
	buf_init(&from);
	buf_addf(&from, "weight %s, marked by %s", said(sheet->sheet.root, "weight"),
		 sheet->by ? sheet->by : "?");
	if (sheet->confirmed_by)
		buf_addf(&from, ", confirmed by %s", sheet->confirmed_by);
	if (reason)
		buf_addf(&from, ", corrected: %s", reason);
	if (!sheet_counts(&sheet->sheet))
		buf_addf(&from, ", does not count: %s",
			 sheet->sheet.voided     ? "voided"
			 : sheet->sheet.disputed ? "disputed"
						 : "not confirmed");
	struct marks_line line = {.figure = sheet->name,
				  .value = shown(teller, sheet->score),
				  .exact = exact(teller, sheet->score),
				  .from = from.data,
				  .record = arena_printf(&teller->arena, "%s#%" PRId64,
							 sheet->sheet.id, sheet->sheet.seq),
				  .clause = clause(teller, entry)};
	teller->tell(teller->state, &line);
	buf_clear(&from);
	tell_dimensions(teller, sheet->sheet.root);
	tell_marks(teller, sheet->sheet.root);
}

void marks_explain(const struct marks *marks, const struct marks_person *person,
		   const struct marks_names *names, marks_tell tell, void *state)
{
	struct teller teller = {
		.scheme = marks->scheme->node, .names = names, .tell = tell, .state = state};
	const struct node *component;
	tell_total(&teller, person);
	for (size_t i = 0; (component = node_item(node_get(teller.scheme, "components"), i)); i++) {
		const char *name = node_text(component, "component");
		tell_component(&teller, component, &person->means[i]);
		for (size_t j = 0; j < person->count; j++)
			if (strcmp(person->sheets[j]->component, name) == 0)
				tell_sheet(&teller, person->sheets[j]);
	}
	arena_clear(&teller.arena);
}

void marks_explain_sheet(const struct rule *scheme, const struct marks_sheet *sheet,
			 const struct marks_names *names, marks_tell tell, void *state)
{
	struct teller teller = {
		.scheme = scheme->node, .names = names, .tell = tell, .state = state};
	tell_sheet(&teller, sheet);
	arena_clear(&teller.arena);
}

// SPDX-License-Identifier: MIT
// The units a sample may be drawn from: households on file, those whose tickets were closed, or a
// file's.
#include "survey/frame.h"

#include <stdlib.h>
#include <string.h>

#include "base/keys.h"
#include "base/mem.h"
#include "book/unit.h"
#include "data/draw.h"
#include "data/time.h"
#include "record/value.h"
#include "store/file.h"

void frame_add(struct frame *frame, struct frame_unit unit)
{
	frame->units = mem_room(frame->units, frame->count, 1, sizeof *frame->units);
	frame->units[frame->count++] = unit;
}

void frame_clear(struct frame *frame)
{
	free(frame->units);
	gathered_clear(&frame->gathered);
	*frame = (struct frame){0};
}

static int compare_texts(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) : (b != NULL) - (a != NULL);
}

/* By unit; of the same, the one of which more is known first. */
static int compare_units(const void *a, const void *b)
{
	const struct frame_unit *x = a, *y = b;
	int order = strcmp(x->unit, y->unit);
	if (!order)
		order = (!x->type) - (!y->type);
	return order ? order : compare_texts(x->type, y->type);
}

void frame_sort(struct frame *frame)
{
	size_t kept = 0;
	if (frame->count)
		qsort(frame->units, frame->count, sizeof *frame->units, compare_units);
	for (size_t i = 0; i < frame->count; i++)
		if (!kept || strcmp(frame->units[kept - 1].unit, frame->units[i].unit) != 0)
			frame->units[kept++] = frame->units[i];
	frame->count = kept;
}

void frame_digest(const struct frame *frame, char digest[DIGEST_TEXT])
{
	const char **ids = mem_array(frame->count + 1, sizeof *ids);
	for (size_t i = 0; i < frame->count; i++)
		ids[i] = frame->units[i].unit;
	draw_digest(ids, frame->count, digest);
	free(ids);
}

/* --- groups --- */

static int compare_groups(const void *a, const void *b)
{
	const struct frame_unit *x = a, *y = b;
	int order = compare_texts(x->area, y->area);
	if (!order)
		order = compare_texts(x->type, y->type);
	return order ? order : strcmp(x->unit, y->unit);
}

static bool same_group(const struct frame_unit *a, const struct frame_unit *b)
{
	return compare_texts(a->area, b->area) == 0 && compare_texts(a->type, b->type) == 0;
}

struct node *frame_groups(struct arena *arena, const struct frame *frame, const struct frame *of)
{
	struct node *groups = node_list(arena), *units = NULL;
	struct frame_unit *sorted = mem_array(frame->count + 1, sizeof *sorted);
	if (frame->count) {
		memcpy(sorted, frame->units, frame->count * sizeof *sorted);
		qsort(sorted, frame->count, sizeof *sorted, compare_groups);
	}
	for (size_t i = 0; i < frame->count; i++) {
		if (!i || !same_group(&sorted[i - 1], &sorted[i])) {
			struct node *group = node_map(arena);
			int64_t population = 0;
			for (size_t j = 0; of && j < of->count; j++)
				population += same_group(&of->units[j], &sorted[i]);
			node_add_string(arena, group, "area", sorted[i].area);
			node_add_string(arena, group, "type", sorted[i].type);
			if (of)
				node_add(arena, group, "population", node_int(arena, population));
			units = node_list(arena);
			node_add(arena, group, "units", units);
			node_push(arena, groups, group);
		}
		node_push(arena, units, node_string(arena, sorted[i].unit));
	}
	free(sorted);
	return groups;
}

void frame_of_groups(const struct node *groups, struct frame *frame)
{
	const struct node *group, *unit;
	for (size_t i = 0; (group = node_item(groups, i)); i++) {
		const char *area = node_text(group, "area"), *type = node_text(group, "type");
		for (size_t j = 0; (unit = node_item(node_get(group, "units"), j)); j++)
			if (unit->type == NODE_STRING)
				frame_add(frame, (struct frame_unit){.unit = node_as_text(unit),
								     .area = area,
								     .type = type});
	}
	frame_sort(frame);
}

/* --- where units come from --- */

static const char *area_of(struct arena *arena, const char *unit)
{
	struct buf area;
	buf_init(&area);
	const char *kept = survey_area(unit, &area) ? arena_dup(arena, area.data) : NULL;
	buf_clear(&area);
	return kept;
}

/* Whether UNIT lies in one of AREAS: a building, or how units begin. */
static bool in_areas(const struct node *areas, const char *unit, const char *area)
{
	const char *one;
	for (size_t i = 0; (one = node_each_text(areas, &i));) {
		if ((area && unit_same(area, one)) || unit_lies_in(unit, one))
			return true;
	}
	return !areas;
}

/* Which units are wanted. */
struct wanted {
	const struct frame_options *options;
	int64_t since, until; /* when their tickets were closed */
	struct frame *frame;
};

/* AREA may be NULL: then the unit says it. */
static void keep(struct gatherer *to, const char *unit, const char *area, const char *type)
{
	const struct frame_options *options = ((const struct wanted *)to->context)->options;
	struct arena *arena = &to->arena;
	area = area ? arena_dup(arena, area) : area_of(arena, unit);
	if (!in_areas(options->areas, unit, area) ||
	    (options->types && (!type || !node_holds(options->types, type))))
		return;
	struct frame_unit *kept = gather_push(to, 0);
	*kept = (struct frame_unit){
		.unit = arena_dup(arena, unit), .area = area, .type = arena_dup(arena, type)};
}

static void look_at_customer(struct gatherer *to, struct form *form)
{
	const char *unit = node_text(form->customer, "unit"),
		   *type = node_text(form->customer, "type");
	if (form->state != FORM_VOIDED && form->state != FORM_CLOSED)
		keep(to, unit ? unit : form->id, NULL, type);
}

static void look_at_ticket(struct gatherer *to, struct form *form)
{
	const struct wanted *wanted = to->context;
	const struct node *kinds = wanted->options->kinds;
	const char *unit = node_text(form->customer, "unit");
	int64_t *without_unit = to->state;
	/* of what the household withdrew there is nothing to ask */
	bool withdrawn = form->state_by && form->state_by->which == EVENT_WITHDRAWN;
	if (form->state != FORM_CLOSED || withdrawn || form->closed_at < wanted->since ||
	    form->closed_at >= wanted->until ||
	    (kinds && (!form->kind || !node_holds(kinds, form->kind))))
		return;
	if (unit)
		keep(to, unit, NULL, node_text(form->customer, "type"));
	else
		++*without_unit;
}

static void add_without_unit(struct gatherer *to)
{
	((const struct wanted *)to->context)->frame->without_unit += *(int64_t *)to->state;
}

static const char *column(struct book *book, struct arena *arena, const struct row *row,
			  const char *name, const char *normal, struct err *err)
{
	const char *typed = node_text(row->columns, name), *kept = NULL;
	struct buf text;
	if (!typed || !*typed)
		return NULL;
	buf_init(&text);
	if (!normal)
		kept = arena_dup(arena, typed);
	else if (value_normal(book, normal, typed, &text, err))
		kept = arena_dup(arena, text.data);
	buf_clear(&text);
	return kept;
}

static bool look_at_rows(struct gatherer *to, struct err *err)
{
	const struct frame_options *options = ((const struct wanted *)to->context)->options;
	struct arena *arena = &to->scratch;
	struct row row;
	rows_rewind(options->rows);
	while (rows_next(options->rows, arena, &row)) {
		const char *unit = row.columns ? column(to->book, arena, &row, "unit", "unit", err)
					       : NULL;
		if (!unit) {
			err_set(err, STATUS_REFUSED, "%s",
				row.columns ? "the column unit is missing or empty" : row.problem);
			return err_place(err, options->source, (unsigned)row.line, 0);
		}
		keep(to, unit, column(to->book, arena, &row, "area", "unit", err),
		     column(to->book, arena, &row, "type", NULL, err));
		arena_reset(arena);
	}
	return true;
}

static bool day_bound(const struct book *book, const char *name, const char *day, int after,
		      int64_t *at, struct err *err)
{
	int number;
	if (!day)
		return true;
	if (!date_input(day, &number, err))
		return err_prefix(err, name);
	*at = zone_day_start(&book->zone, number + after);
	return true;
}

static bool gather_units(struct book *book, const struct frame_options *options,
			 struct frame *frame, struct problems *problems, struct err *err)
{
	const char *const folders[] = {options->frame, NULL};
	bool customers = strcmp(options->frame, "customers") == 0,
	     rows = strcmp(options->frame, "file") == 0;
	struct wanted wanted = {
		.options = options, .since = INT64_MIN, .until = INT64_MAX, .frame = frame};
	const struct gather gather = {
		.folders = folders,
		.form = customers ? look_at_customer : look_at_ticket,
		.lists = {{.size = sizeof *frame->units, .order = compare_units}},
		.context = &wanted,
		.state_size = sizeof frame->without_unit,
		.close = add_without_unit};
	struct gathering gathering;
	if (!day_bound(book, "--since", options->since, 0, &wanted.since, err) ||
	    !day_bound(book, "--until", options->until, 1, &wanted.until, err))
		return false;
	if (wanted.since >= wanted.until)
		return err_set(err, STATUS_USAGE, "--since: %s is later than --until %s",
			       options->since, options->until);
	gather_begin(&gathering, book, &gather);
	bool done = rows ? look_at_rows(gathering.gatherers, err) : gather_read(&gathering);
	gather_end(&gathering, &frame->gathered);
	frame->units = gathered_take(&frame->gathered, 0, &frame->count);
	problems_take(problems, &frame->gathered.problems);
	return done;
}

/* --- one household, one unit --- */

static int compare_spellings(const void *a, const void *b)
{
	const struct frame_unit *x = a, *y = b;
	int order = unit_order(x->unit, y->unit);
	if (!order)
		order = (!x->type) - (!y->type);
	return order ? order : compare_units(a, b);
}

/* An area is spelled as with the first of its units. */
static void unite_areas(struct frame *frame)
{
	struct arena arena = ARENA_INIT;
	struct keys firsts = {0};
	struct buf folded;
	buf_init(&folded);
	for (size_t i = 0; i < frame->count; i++) {
		const char *area = frame->units[i].area;
		size_t first;
		if (!area)
			continue;
		buf_reset(&folded);
		unit_fold(area, strlen(area), &folded);
		if (keys_find(&firsts, folded.data, folded.len, &first))
			frame->units[i].area = frame->units[first].area;
		else
			keys_add(&firsts, arena_dup_len(&arena, folded.data, folded.len),
				 folded.len, i);
	}
	buf_clear(&folded);
	keys_clear(&firsts);
	arena_clear(&arena);
}

/* Tickets and rows may spell one unit in several ways: of these the entry with more known of it
 * stays. */
static void unite(struct frame *frame)
{
	size_t kept = 0;
	if (frame->count)
		qsort(frame->units, frame->count, sizeof *frame->units, compare_spellings);
	for (size_t i = 0; i < frame->count; i++)
		if (!kept || !unit_same(frame->units[kept - 1].unit, frame->units[i].unit))
			frame->units[kept++] = frame->units[i];
	frame->count = kept;
	unite_areas(frame);
	frame_sort(frame);
}

/* --- who was asked not long ago --- */

static int compare_names(const void *a, const void *b)
{
	return unit_order(*(const char *const *)a, *(const char *const *)b);
}

static void exclude(struct frame *frame, const struct frame *asked)
{
	const char **names = mem_array(asked->count + 1, sizeof *names);
	size_t kept = 0;
	for (size_t i = 0; i < asked->count; i++)
		names[i] = asked->units[i].unit;
	if (asked->count)
		qsort(names, asked->count, sizeof *names, compare_names);
	for (size_t i = 0; i < frame->count; i++) {
		const char *unit = frame->units[i].unit;
		if (asked->count &&
		    bsearch(&unit, names, asked->count, sizeof *names, compare_names))
			frame->excluded++;
		else
			frame->units[kept++] = frame->units[i];
	}
	frame->count = kept;
	free(names);
}

/* Takes out whom OTHER asked, unless that is long enough ago or never came to it. */
static bool exclude_asked(struct book *book, const struct survey *survey,
			  const struct survey *other, struct frame *frame, struct err *err)
{
	struct due until = {.at = INT64_MIN};
	struct frame asked = {0};
	const struct document *when = other->issued ? other->issued : other->drawn;
	if (!other->drawn || (other->state == SURVEY_VOIDED && !other->issued))
		return true;
	if (!survey_deadline(book, survey->occasion, "ask-again-after", when->at, book->now, &until,
			     err))
		return false;
	if (until.at < book->now)
		return true;
	frame_of_groups(node_get(other->drawn->root, "sample"), &asked);
	exclude(frame, &asked);
	frame_clear(&asked);
	return true;
}

/* ISSUED: only by surveys that were issued. */
static bool exclude_recent(struct book *book, const struct survey *survey, bool issued,
			   struct frame *frame, struct err *err)
{
	struct file_names names = {0};
	if (!survey_rule(book, zone_day(&book->zone, book->now), survey->occasion,
			 "ask-again-after"))
		return true;
	bool done = file_list(&book->store.root, "surveys", &names, err) != FILE_FAILED;
	file_names_keep(&names, ".yaml");
	for (size_t i = 0; done && i < names.count; i++) {
		struct survey other = {0};
		if (strcmp(names.items[i], survey->id) != 0)
			done = survey_read(book, names.items[i], &other, err) &&
			       ((issued && !other.issued) ||
				exclude_asked(book, survey, &other, frame, err));
		survey_clear(&other);
	}
	file_names_clear(&names);
	return done;
}

bool frame_gather(struct book *book, const struct survey *survey,
		  const struct frame_options *options, struct frame *frame,
		  struct problems *problems, struct err *err)
{
	if (!gather_units(book, options, frame, problems, err))
		return false;
	unite(frame);
	return exclude_recent(book, survey, false, frame, err);
}

bool frame_not_asked(struct book *book, const struct survey *survey, struct err *err)
{
	struct frame sample = {0};
	frame_of_groups(node_get(survey->drawn->root, "sample"), &sample);
	bool done = exclude_recent(book, survey, true, &sample, err);
	if (done && sample.excluded)
		done = survey_refuse(book, survey, "ask-again-after", err,
				     "%lld of those it drew were asked by another survey not long "
				     "ago, which nobody knew when it was drawn: void it "
				     "(survey-plan voided %s --reason WHY), and draw another",
				     (long long)sample.excluded, survey->id);
	frame_clear(&sample);
	return done;
}

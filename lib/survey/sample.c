// SPDX-License-Identifier: MIT
// Who is asked: a frame of units, frozen on the disk, and a sample drawn from it so that everybody
// can draw it again.
#include "survey/sample.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/mem.h"
#include "data/draw.h"
#include "data/schema.h"
#include "store/file.h"
#include "survey/questionnaire.h"

/* --- allocation --- */

struct remainder {
	int64_t rest;
	size_t stratum;
};

static int compare_remainders(const void *a, const void *b)
{
	const struct remainder *x = a, *y = b;
	if (x->rest != y->rest)
		return x->rest > y->rest ? -1 : 1;
	return (x->stratum > y->stratum) - (x->stratum < y->stratum);
}

void sample_allocate(int64_t size, const int64_t *populations, size_t count, int64_t *sizes)
{
	struct remainder *remainders = mem_array(count + 1, sizeof *remainders);
	int64_t total = 0, left = size;
	for (size_t i = 0; i < count; i++)
		total += populations[i];
	for (size_t i = 0; i < count; i++) {
		sizes[i] = total ? size * populations[i] / total : 0;
		remainders[i] = (struct remainder){
			.rest = total ? size * populations[i] % total : 0, .stratum = i};
		left -= sizes[i];
	}
	if (count)
		qsort(remainders, count, sizeof *remainders, compare_remainders);
	for (size_t i = 0; i < count && left > 0; i++, left--)
		sizes[remainders[i].stratum]++;
	free(remainders);
}

/* ceil(RATE × POPULATION), as every share that is owed is counted. */
static int64_t share_of_population(const char *rate, int64_t population)
{
	struct decimal *share = decimal_new(0), *of = decimal_new(population);
	int64_t size = 0;
	decimal_set(share, rate, strlen(rate));
	decimal_multiply(share, of);
	decimal_ceil(share, &size);
	decimal_free(share);
	decimal_free(of);
	return size;
}

/* --- strata --- */

struct stratum {
	const char *area, *type; /* NULL: whatever it is, or none */
	const char **ids;
	size_t count;
	int64_t size;
};

struct strata {
	struct stratum *items;
	size_t count;
	unsigned by;
};

static bool same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static int compare_strata(const void *a, const void *b)
{
	const struct stratum *x = a, *y = b;
	int order = strcmp(x->area ? x->area : "", y->area ? y->area : "");
	return order ? order : strcmp(x->type ? x->type : "", y->type ? y->type : "");
}

static struct stratum *stratum_of(struct strata *strata, const struct frame_unit *unit)
{
	const char *area = strata->by & STRATIFY_AREA ? unit->area : NULL,
		   *type = strata->by & STRATIFY_TYPE ? unit->type : NULL;
	for (size_t i = strata->count; i-- > 0;)
		if (same(strata->items[i].area, area) && same(strata->items[i].type, type))
			return &strata->items[i];
	strata->items = mem_room(strata->items, strata->count, 1, sizeof *strata->items);
	strata->items[strata->count] = (struct stratum){.area = area, .type = type};
	return &strata->items[strata->count++];
}

static void strata_make(struct strata *strata, const struct frame *frame)
{
	for (size_t i = 0; i < frame->count; i++) {
		struct stratum *stratum = stratum_of(strata, &frame->units[i]);
		stratum->ids = mem_room(stratum->ids, stratum->count, 1, sizeof *stratum->ids);
		stratum->ids[stratum->count++] = frame->units[i].unit;
	}
	if (strata->count)
		qsort(strata->items, strata->count, sizeof *strata->items, compare_strata);
}

static void strata_clear(struct strata *strata)
{
	for (size_t i = 0; i < strata->count; i++)
		free(strata->items[i].ids);
	free(strata->items);
}

static void strata_size(struct strata *strata, int64_t size, const char *rate)
{
	int64_t *populations = mem_array(strata->count + 1, sizeof *populations),
		*sizes = mem_array(strata->count + 1, sizeof *sizes);
	for (size_t i = 0; i < strata->count; i++)
		populations[i] = (int64_t)strata->items[i].count;
	if (!rate)
		sample_allocate(size, populations, strata->count, sizes);
	for (size_t i = 0; i < strata->count; i++)
		strata->items[i].size = rate ? share_of_population(rate, populations[i]) : sizes[i];
	free(populations);
	free(sizes);
}

static int compare_ids(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Draws SIZE (or RATE) units of FRAME with SEED into SAMPLE, whose texts are FRAME's; adds what was
 * drawn how to DOCUMENT. */
static void draw(struct arena *arena, const struct frame *frame, const char *seed, unsigned by,
		 int64_t size, const char *rate, struct node *document, struct frame *sample)
{
	struct strata strata = {.by = by};
	struct node *list = node_list(arena);
	strata_make(&strata, frame);
	strata_size(&strata, size, rate);
	for (size_t i = 0; i < strata.count; i++) {
		struct stratum *stratum = &strata.items[i];
		struct node *entry = node_map(arena);
		node_add_string(arena, entry, "area", stratum->area);
		node_add_string(arena, entry, "type", stratum->type);
		node_add(arena, entry, "population", node_int(arena, (int64_t)stratum->count));
		node_add(arena, entry, "size", node_int(arena, stratum->size));
		node_push(arena, list, entry);
		draw_rank(seed, stratum->ids, stratum->count);
		qsort(stratum->ids, (size_t)stratum->size, sizeof *stratum->ids, compare_ids);
		for (size_t j = 0; j < (size_t)stratum->size; j++)
			frame_add(sample, (struct frame_unit){.unit = stratum->ids[j]});
	}
	frame_sort(sample);
	for (size_t i = 0, j = 0; i < sample->count; i++) {
		while (strcmp(frame->units[j].unit, sample->units[i].unit) != 0)
			j++;
		sample->units[i] = frame->units[j];
	}
	node_set(arena, document, "strata", list);
	node_set(arena, document, "size", node_int(arena, (int64_t)sample->count));
	node_set(arena, document, "sample", frame_groups(arena, sample, frame));
	strata_clear(&strata);
}

/* --- recording --- */

struct drawing {
	struct book *book;
	struct arena *arena;
	const char *id;
	const struct sample_options *options;
	struct frame frame;
	char digest[DIGEST_TEXT];
	struct survey survey; /* as judged last */
};

static bool judge_survey(struct drawing *drawing, const struct documents *documents,
			 struct err *err)
{
	struct survey *survey = &drawing->survey;
	survey_clear(survey);
	if (!survey_fold(survey, drawing->id, documents, err) || !survey_judge_state(survey, err))
		return false;
	if (survey->drawn)
		return survey_refuse(drawing->book, survey, "ask-again-after", err,
				     "the sample of %s is drawn already", drawing->id);
	if (!survey->approved &&
	    survey_rule(drawing->book, zone_day(&drawing->book->zone, survey->planned->at),
			survey->occasion, "approve"))
		return survey_refuse(drawing->book, survey, "approve", err,
				     "questionnaire and plan of %s are not approved yet",
				     drawing->id);
	return questionnaire_unchanged(drawing->book, survey, err);
}

static void add_text(struct arena *arena, struct node *document, const char *key, const char *text)
{
	if (text)
		node_set(arena, document, key, node_string(arena, text));
}

static void add_list(struct arena *arena, struct node *document, const char *key,
		     const struct node *list)
{
	if (node_item_count(list))
		node_set(arena, document, key, node_copy(arena, list));
}

/* What `frozen` says of the frame, without its head. */
static struct node *frozen_document(struct drawing *drawing)
{
	struct arena *arena = drawing->arena;
	const struct frame_options *options = &drawing->options->from;
	struct node *document = node_map(arena);
	node_add_string(arena, document, "event", "frozen");
	node_add_string(arena, document, "frame", options->frame);
	add_list(arena, document, "areas", options->areas);
	add_list(arena, document, "types", options->types);
	add_list(arena, document, "kinds", options->kinds);
	add_text(arena, document, "since", options->since);
	add_text(arena, document, "until", options->until);
	add_text(arena, document, "source", options->source);
	node_add(arena, document, "population", node_int(arena, (int64_t)drawing->frame.count));
	if (drawing->frame.excluded)
		node_add(arena, document, "excluded", node_int(arena, drawing->frame.excluded));
	if (drawing->frame.without_unit)
		node_add(arena, document, "without-unit",
			 node_int(arena, drawing->frame.without_unit));
	node_add_string(arena, document, "digest", drawing->digest);
	node_add(arena, document, "groups", frame_groups(arena, &drawing->frame, NULL));
	return document;
}

/* The latest frame on the disk, in ARENA; NULL when there is none. *FAILED when it cannot be read.
 */
static struct node *read_frame(struct book *book, struct arena *arena, const char *id, bool *failed,
			       struct err *err)
{
	struct arena own = ARENA_INIT;
	struct documents documents = {0};
	struct buf text;
	struct node *latest = NULL;
	const char *path = survey_inner_path(arena, id, "frame.yaml");
	buf_init(&text);
	enum file_result result = file_read(&book->store.root, path, FORM_MAX_BYTES, &text, err);
	*failed = result == FILE_FAILED ||
		  (result == FILE_READ &&
		   !documents_read(&own, path, text.data, text.len, &documents, err));
	if (!*failed && documents.count)
		latest = node_copy(arena, documents.items[documents.count - 1].root);
	buf_clear(&text);
	arena_clear(&own);
	return latest;
}

static bool judge_frozen(const struct recording *recording, struct err *err)
{
	struct drawing *drawing = recording->posting->context;
	struct survey now = {0};
	bool done = survey_judge_actor(drawing->book, &drawing->survey, recording->acting, err) &&
		    survey_read(drawing->book, drawing->id, &now, err) &&
		    (!now.drawn || err_set(err, STATUS_REFUSED, "the sample of %s is drawn already",
					   drawing->id));
	survey_clear(&now);
	return done;
}

/* Puts the frame on the disk, unless it stands there as it is. */
static bool freeze(struct drawing *drawing, const struct request *request, struct recorded *out,
		   struct err *err)
{
	struct node *document = frozen_document(drawing);
	bool failed;
	struct node *latest = read_frame(drawing->book, drawing->arena, drawing->id, &failed, err);
	struct posting posting = {
		.path = survey_inner_path(drawing->arena, drawing->id, "frame.yaml"),
		.id = arena_printf(drawing->arena, "%s/frame", drawing->id),
		.schema = "schemas/survey/frozen.yaml",
		.place = POSTING_EITHER,
		.document = document,
		.judge = judge_frozen,
		.context = drawing,
	};
	if (failed)
		return false;
	if (latest && !request->dry_run &&
	    node_equal_json(document_content(drawing->arena, latest), document))
		return store_sync(&drawing->book->store, posting.path, err);
	/* the request's id is the draw's: of an interrupted one another frame may be frozen under
	 * it again */
	struct request freezing = *request;
	freezing.request_id = NULL;
	return record_document(drawing->book, drawing->arena, &freezing, &posting, out, err);
}

static bool judge_drawn(const struct recording *recording, struct err *err)
{
	struct drawing *drawing = recording->posting->context;
	struct node *document = recording->posting->document;
	const struct sample_options *options = drawing->options;
	struct arena *arena = recording->arena;
	struct frame sample = {0};
	char seed[DIGEST_TEXT];
	bool failed;
	if (!judge_survey(drawing, recording->before, err) ||
	    !survey_judge_actor(drawing->book, &drawing->survey, recording->acting, err))
		return false;
	struct node *frozen = read_frame(drawing->book, arena, drawing->id, &failed, err);
	if (failed || !frozen || !node_is_string(node_get(frozen, "digest"), drawing->digest))
		return failed ? false
			      : err_set(err, STATUS_REFUSED,
					"another frame was frozen in the meantime: run "
					"survey-draw again");
	/* only now, with the frame on the disk, so that nobody can fit a frame to a seed */
	if (!draw_seed(seed, err))
		return false;
	node_set(arena, document, "questionnaire",
		 node_string(arena, drawing->survey.questionnaire));
	node_set(arena, document, "digest", node_string(arena, drawing->digest));
	node_set(arena, document, "population", node_int(arena, (int64_t)drawing->frame.count));
	if (drawing->frame.excluded)
		node_set(arena, document, "excluded", node_int(arena, drawing->frame.excluded));
	node_set(arena, document, "method", node_string(arena, DRAW_METHOD));
	node_set(arena, document, "seed", node_string(arena, seed));
	draw(arena, &drawing->frame, seed, options->stratify, options->size, options->rate,
	     document, &sample);
	frame_clear(&sample);
	return true;
}

static bool draw_sample(struct drawing *drawing, const struct request *request,
			struct recorded *out, struct err *err)
{
	static const char *const added[] = {
		"size",   "questionnaire", "digest", "population", "excluded",
		"method", "seed",          "strata", "sample",     NULL};
	struct arena *arena = drawing->arena;
	const struct sample_options *options = drawing->options;
	struct node *document = node_map(arena), *by = node_list(arena);
	node_add_string(arena, document, "event", "drawn");
	add_text(arena, document, "rate", options->rate);
	if (options->size)
		node_add(arena, document, "size", node_int(arena, options->size));
	if (options->stratify & STRATIFY_AREA)
		node_push(arena, by, node_string(arena, "area"));
	if (options->stratify & STRATIFY_TYPE)
		node_push(arena, by, node_string(arena, "type"));
	add_list(arena, document, "stratified", by);
	struct posting posting = {
		.path = survey_path(arena, drawing->id),
		.id = drawing->id,
		.schema = "schemas/survey/drawn.yaml",
		.place = POSTING_ADDS,
		.added = added,
		.document = document,
		.judge = judge_drawn,
		.context = drawing,
	};
	return record_document(drawing->book, arena, request, &posting, out, err);
}

static bool check_size(struct drawing *drawing, struct err *err)
{
	const struct sample_options *options = drawing->options;
	int64_t count = (int64_t)drawing->frame.count;
	if (!count)
		return err_set(err, STATUS_REFUSED,
			       "the frame is empty: there is no unit to draw from");
	if (options->size > count)
		return err_set(err, STATUS_REFUSED,
			       "the frame holds %" PRId64 " units, fewer than the %" PRId64
			       " to be drawn",
			       count, options->size);
	return true;
}

bool sample_draw(struct book *book, struct arena *arena, const struct request *request,
		 const char *id, const struct sample_options *options, struct problems *problems,
		 struct recorded *out, struct err *err)
{
	struct drawing drawing = {.book = book, .arena = arena, .id = id, .options = options};
	struct survey survey = {0};
	*problems = (struct problems){0};
	/* a retry of a draw that is recorded is told by the recording */
	bool done = survey_read(book, id, &survey, err);
	bool retried = done && survey.drawn && request->request_id;
	done = done && (retried || judge_survey(&drawing, &survey.documents, err)) &&
	       (retried ||
		(frame_gather(book, &survey, &options->from, &drawing.frame, problems, err) &&
		 !problems->count && check_size(&drawing, err)));
	frame_digest(&drawing.frame, drawing.digest);
	done = done && (retried || freeze(&drawing, request, out, err)) &&
	       (request->dry_run && !retried
			? store_may_write(&book->store, survey_path(arena, id), 0, STORE_REPLACE,
					  NULL, err) == STORE_WRITTEN
			: draw_sample(&drawing, request, out, err));
	survey_clear(&survey);
	survey_clear(&drawing.survey);
	frame_clear(&drawing.frame);
	return done;
}

/* --- drawing again --- */

static unsigned stratified(const struct node *drawn)
{
	const struct node *by = node_get(drawn, "stratified");
	return (by && node_holds(by, "area") ? STRATIFY_AREA : 0) |
	       (by && node_holds(by, "type") ? STRATIFY_TYPE : 0);
}

/* The frame among the frozen ones that DRAWN speaks of. */
static struct node *find_frame(struct book *book, struct arena *arena, const char *id,
			       const char *digest, struct err *err)
{
	struct documents documents;
	struct buf text;
	struct node *found = NULL;
	const char *path = arena_printf(&book->arena, "surveys/%s/frame.yaml", id);
	buf_init(&text);
	enum file_result result = file_read(&book->store.root, path, FORM_MAX_BYTES, &text, err);
	if (result == FILE_ABSENT)
		err_set(err, STATUS_DAMAGED, "%s is missing", path);
	if (result == FILE_READ &&
	    documents_read(arena, path, text.data, text.len, &documents, err)) {
		for (size_t i = documents.count; i-- > 0 && !found;)
			if (node_is_string(node_get(documents.items[i].root, "digest"), digest))
				found = documents.items[i].root;
		if (!found)
			err_set(err, STATUS_NO, "there is no frozen frame with the digest %s",
				digest);
	}
	buf_clear(&text);
	return found;
}

/* Whether RATE is a share: from 0 to 1. */
static bool is_share(const char *rate)
{
	struct decimal *share = decimal_new(0), *one = decimal_new(1);
	bool fits = decimal_set(share, rate, strlen(rate)) && decimal_sign(share) >= 0 &&
		    decimal_compare(share, one) <= 0;
	decimal_free(share);
	decimal_free(one);
	return fits;
}

/* Whether what was recorded of a draw from FRAME lets it be drawn again. */
static bool can_draw_again(const struct survey *survey, const struct frame *frame, struct err *err)
{
	const struct node *drawn = survey->drawn->root;
	const char *rate = node_text(drawn, "rate"), *wrong = NULL;
	if (!node_text(drawn, "seed"))
		wrong = "seed";
	else if (rate && !is_share(rate))
		wrong = "rate";
	else if (!rate && (survey->sent < 0 || survey->sent > (int64_t)frame->count))
		wrong = "size";
	if (!wrong)
		return true;
	const struct node *at = node_get(drawn, wrong);
	err_set(err, STATUS_DAMAGED, "%s: no sample can be drawn with this value", wrong);
	return err_place(err, NULL, at ? at->line : drawn->line, at ? at->column : drawn->column);
}

bool sample_verify(struct book *book, const char *id, struct err *err)
{
	struct survey survey;
	struct arena arena = ARENA_INIT, made = ARENA_INIT;
	struct frame frame = {0}, sample = {0};
	char digest[DIGEST_TEXT];
	const char *path = survey_path(&book->arena, id), *recorded = NULL;
	bool done =
		survey_read(book, id, &survey, err) &&
		(survey.drawn || err_set(err, STATUS_REFUSED,
					 "the sample of %s is not drawn yet (survey-draw)", id)) &&
		document_name(path, survey.drawn->root, "digest", &recorded, err);
	const struct node *drawn = done ? survey.drawn->root : NULL,
			  *frozen = done ? find_frame(book, &arena, id, recorded, err) : NULL;
	done = done && frozen;
	if (!done)
		goto out;
	frame_of_groups(node_get(frozen, "groups"), &frame);
	frame_digest(&frame, digest);
	struct node *again = node_map(&made);
	if (strcmp(recorded, digest) != 0) {
		done = err_set(err, STATUS_NO, "digest: wrong: the frame has the digest %s",
			       digest);
		goto out;
	}
	if (!can_draw_again(&survey, &frame, err)) {
		done = err_place(err, path, 0, 0);
		goto out;
	}
	draw(&made, &frame, node_text(drawn, "seed"), stratified(drawn), survey.sent,
	     node_text(drawn, "rate"), again, &sample);
	if (!node_equal_json(node_get(again, "sample"), node_get(drawn, "sample")) ||
	    !node_equal_json(node_get(again, "strata"), node_get(drawn, "strata")) ||
	    !node_equal_json(node_get(again, "size"), node_get(drawn, "size")) ||
	    !node_equal_json(node_int(&made, (int64_t)frame.count), node_get(drawn, "population")))
		done = err_set(err, STATUS_NO,
			       "drawing again gives another result than the recorded one");
out:
	frame_clear(&frame);
	frame_clear(&sample);
	survey_clear(&survey);
	arena_clear(&arena);
	arena_clear(&made);
	return done;
}

// SPDX-License-Identifier: MIT
// The daily plan: what time itself brings about is recorded, lots are drawn.
#include "callback/plan.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/mem.h"
#include "book/form.h"
#include "callback/lots.h"
#include "callback/plan_forms.h"
#include "callback/routine.h"
#include "data/draw.h"
#include "data/time.h"
#include "record/render.h"
#include "store/file.h"
#include "ticket/ticket.h"

bool plan_wanted(const struct policy *policy)
{
	size_t cursor = 0;
	const struct rule *rule;
	if (policy_next(policy, RULE_ROUTINE, &cursor))
		return true;
	for (cursor = 0; (rule = policy_next(policy, RULE_CALLBACK, &cursor));)
		if (node_text(rule->node, "rate")[0] != '1')
			return true;
	return false;
}

const char *plan_path(const struct book *book, struct arena *arena, const char *site,
		      int64_t instant, const char **id)
{
	struct civil civil;
	zone_civil(&book->zone, instant, &civil);
	*id = arena_printf(arena, "%s%02d%02d", site, civil.year % 100, civil.month);
	return arena_printf(arena, "plans/%04d/%s.yaml", civil.year, *id);
}

/* --- the register --- */

enum { MONTHS_READ = 25 }; /* of plans, back from now: the windows of callbacks are shorter */

/* The first instant of the month BACK months before NOW. */
static int64_t month_back(const struct book *book, int back)
{
	struct civil civil;
	zone_civil(&book->zone, book->now, &civil);
	int months = civil.year * 12 + civil.month - 1 - back;
	return zone_day_start(&book->zone, day_of_civil(months / 12, months % 12 + 1, 1));
}

/* A site's plan of a month, as it was read. */
struct plan_file {
	const char *site, *id, *path;
	const struct buf *text;
	const struct documents *documents;
};

/* Calls VISIT with each plan of the last months, the newest month first; with ERR set, PLAN has
 * neither text nor documents. */
static void each_plan(struct book *book,
		      void (*visit)(void *context, const struct plan_file *plan, struct err *err),
		      void *context)
{
	const struct node *sites = node_get(book->header, "sites");
	struct arena arena = ARENA_INIT, paths = ARENA_INIT;
	struct buf text;
	buf_init(&text);
	for (int back = 0; back < MONTHS_READ; back++)
		for (size_t i = 0; i < node_item_count(sites); i++) {
			struct documents documents;
			struct plan_file plan = {.site = node_item_text(sites, i)};
			struct err err = ERR_INIT;
			plan.path = plan_path(book, &paths, plan.site, month_back(book, back),
					      &plan.id);
			enum file_result read = file_read(&book->store.root, plan.path,
							  FORM_MAX_BYTES, &text, &err);
			if (read == FILE_READ && documents_read(&arena, plan.path, text.data,
								text.len, &documents, &err)) {
				plan.text = &text;
				plan.documents = &documents;
			}
			if (read != FILE_ABSENT)
				visit(context, &plan, &err);
			err_clear(&err);
		}
	buf_clear(&text);
	arena_clear(&arena);
	arena_clear(&paths);
}

/* The last day that DOCUMENTS, a plan's, say was planned; 0: none. SEQ, which may be NULL, gets the
 * last document that says so of any day. */
static int last_planned(const struct documents *documents, int64_t *seq)
{
	int last = 0, day;
	for (size_t i = 0; i < documents->count; i++) {
		const struct document *document = &documents->items[i];
		const char *text = node_text(document->root, "day");
		struct err ignored = ERR_INIT;
		if (document->which != EVENT_PLANNED)
			continue;
		if (text && date_parse(text, &day, &ignored) && day > last)
			last = day;
		if (seq)
			*seq = document->seq;
		err_clear(&ignored);
	}
	return last;
}

static void find_last_day(void *context, const struct plan_file *plan, struct err *err)
{
	int *last = context, day = err->text ? 0 : last_planned(plan->documents, NULL);
	*last = day > *last ? day : *last;
}

int plan_last_day(struct book *book)
{
	int last = 0;
	each_plan(book, find_last_day, &last);
	return last;
}

/* --- one run --- */

struct run {
	struct book *book;
	struct arena *arena;
	const struct request *request;
	struct acting acting;
	struct span span;
	struct plan_forms forms;
	struct planned *out;
	const char **framed; /* "rule period form" of every frame, sorted once all plans are read */
	size_t framed_count;
	struct node *lots;     /* list of strings: frames whose lot is drawn, "YL2611#7" */
	struct node *draws;    /* list of documents: draws that were recorded, for the forms that do
				  not say so yet */
	struct node *pending;  /* list of documents: frames whose lot is not drawn */
	const char *path, *id; /* of this month's plan of this site */
	struct buf text;
	int64_t seq;         /* the last in it */
	int64_t planned_seq; /* the last in it by which a day was planned; 0: there is none */
	int last_day;        /* planned by any site; 0: none was */
	struct err *err;
};

static int compare_texts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void add_framed(struct run *run, const char *rule, const char *period, const char *form)
{
	run->framed = mem_room(run->framed, run->framed_count, 1, sizeof *run->framed);
	run->framed[run->framed_count++] = arena_printf(run->arena, "%s %s %s", rule, period, form);
}

static bool is_framed(const struct run *run, const struct ticket_lot *lot)
{
	const char *key = arena_printf(run->arena, "%s %s %s", lot->rule, lot->period, lot->id);
	return run->framed_count &&
	       bsearch(&key, run->framed, run->framed_count, sizeof key, compare_texts);
}

static const char *citation(struct arena *arena, const struct node *document)
{
	int64_t seq = 0;
	node_integer(document, "seq", &seq);
	return arena_printf(arena, "%s#%" PRId64, node_text(document, "id"), seq);
}

/* What earlier runs froze and drew, the last first. The site's own unfinished work is taken up
 * again; another site's is its own. */
static void take_lots(struct run *run, const struct plan_file *plan)
{
	struct arena *arena = run->arena;
	const struct documents *documents = plan->documents;
	bool own = strcmp(plan->site, run->book->site) == 0;
	for (size_t i = documents->count; i-- > 0;) {
		const struct document *document = &documents->items[i];
		bool frozen = document->which == EVENT_FROZEN,
		     drawn = document->which == EVENT_DRAWN;
		const char *rule = node_text(document->root, "rule"),
			   *period = node_text(document->root, "period");
		const struct node *frame = node_get(document->root, "frame"), *form;
		int64_t take;
		if (!(frozen || drawn) || !rule || !period)
			continue;
		struct node *kept = node_copy(arena, document->root);
		node_set(arena, kept, "id", node_string(arena, plan->id));
		if (drawn && node_text(kept, "frozen"))
			node_push(arena, run->lots, node_get(kept, "frozen"));
		if (drawn && own)
			node_push(arena, run->draws, kept);
		for (size_t j = 0; frozen && (form = node_each(frame, j)); j++)
			if (node_as_text(form))
				add_framed(run, rule, period, node_as_text(form));
		if (frozen && own && !node_holds(run->lots, citation(arena, kept)) &&
		    node_integer(kept, "take", &take) && take)
			node_push(arena, run->pending, kept);
	}
}

static void take_plan(void *context, const struct plan_file *plan, struct err *err)
{
	struct run *run = context;
	const struct documents *documents = plan->documents;
	bool adds_to_it = strcmp(plan->path, run->path) == 0;
	if (err->text && adds_to_it)
		err_merge(run->err, err);
	else if (err->text)
		problems_add(&run->out->problems, NULL, err);
	if (!documents)
		return;
	find_last_day(&run->last_day, plan, err);
	take_lots(run, plan);
	if (!adds_to_it)
		return;
	buf_reset(&run->text);
	buf_add(&run->text, plan->text->data, plan->text->len);
	run->seq = documents->items[documents->count - 1].seq;
	last_planned(documents, &run->planned_seq);
}

/* Adds DOCUMENT to this month's plan, in memory. */
static bool add_to_plan(struct run *run, struct node *document)
{
	const char *event = node_text(document, "event");
	const struct schema *schema =
		schema_find(run->book->schemas,
			    arena_printf(run->arena, "schemas/plan/%s.yaml", event), run->err);
	if (!schema)
		return false;
	record_head(run->book, run->arena, run->request, &run->acting, document,
		    run->seq ? NULL : run->id, run->seq + 1);
	if (!render_document(schema, document, &run->text, run->err))
		return err_place(run->err, run->path, 0, 0);
	run->seq++;
	return true;
}

static enum store_result write_plan(struct run *run)
{
	return record_write(run->book, run->request, run->path, &run->text, STORE_REPLACE,
			    run->err);
}

static struct node *share_document(struct run *run, const char *event, const char *rule,
				   const char *clause, const char *period)
{
	struct node *document = ticket_document(run->arena, event);
	node_add_string(run->arena, document, "rule", rule);
	node_add_string(run->arena, document, "clause", clause);
	node_add_string(run->arena, document, "period", period);
	return document;
}

/* Frames first, all of them, on the disk before the first seed is asked for. */
static bool freeze(struct run *run)
{
	struct arena *arena = run->arena;
	struct frame *frames;
	for (size_t i = 0; i < run->forms.lot_count; i++)
		run->forms.lots[i].framed = is_framed(run, &run->forms.lots[i]);
	size_t count = lots_frames(run->forms.lots, run->forms.lot_count, arena, &frames);
	for (size_t i = 0; i < count; i++) {
		const struct frame *frame = &frames[i];
		char digest[DIGEST_TEXT];
		struct node *document = share_document(run, "frozen", frame->rule, frame->clause,
						       frame->period),
			    *ids = node_list(arena);
		node_add_string(arena, document, "rate", frame->rate);
		node_add(arena, document, "forms", node_int(arena, frame->forms));
		node_add(arena, document, "chosen-before", node_int(arena, frame->chosen_before));
		node_add(arena, document, "take", node_int(arena, frame->take));
		for (size_t j = 0; j < frame->count; j++)
			node_push(arena, ids, node_string(arena, frame->ids[j]));
		node_add(arena, document, "frame", ids);
		draw_digest(frame->ids, frame->count, digest);
		node_add_string(arena, document, "digest", digest);
		if (!add_to_plan(run, document))
			return false;
		struct node *kept = node_copy(arena, document);
		node_set(arena, kept, "id", node_string(arena, run->id));
		if (frame->take)
			node_push(arena, run->pending, kept);
	}
	return !count || write_plan(run) == STORE_WRITTEN;
}

/* The lot of a frame that is on the disk. */
static bool draw_frame(struct run *run, const struct node *frozen)
{
	struct arena *arena = run->arena;
	const struct node *frame;
	int64_t take = 0;
	char seed[DIGEST_TEXT];
	const char *id = node_text(frozen, "id"),
		   *path = arena_printf(arena, "plans/20%.2s/%s.yaml", id + strlen(run->book->site),
					id);
	node_integer(frozen, "take", &take);
	if (!node_read_texts(frozen, "frame", path, &frame, run->err) || !draw_seed(seed, run->err))
		return false;
	size_t count = node_item_count(frame);
	const char **ids = arena_alloc(arena, (count + 1) * sizeof *ids);
	for (size_t i = 0; i < count; i++)
		ids[i] = node_item_text(frame, i);
	draw_rank(seed, ids, count);
	struct node *document = share_document(run, "drawn", node_text(frozen, "rule"),
					       node_text(frozen, "clause"),
					       node_text(frozen, "period"));
	struct node *chosen = node_list(arena);
	for (int64_t i = 0; i < take && i < (int64_t)count; i++)
		node_push(arena, chosen, node_string(arena, ids[i]));
	node_add_string(arena, document, "frozen", citation(arena, frozen));
	node_add_string(arena, document, "method", DRAW_METHOD);
	node_add_string(arena, document, "seed", seed);
	node_add(arena, document, "chosen", chosen);
	if (!add_to_plan(run, document))
		return false;
	struct node *kept = node_copy(arena, document);
	node_set(arena, kept, "id", node_string(arena, run->id));
	node_push(arena, run->draws, kept);
	return true;
}

/* The forms that DRAW chose and that do not say so yet get a document. */
static void add_chosen(struct run *run, const struct node *draw)
{
	struct arena *arena = run->arena;
	const char *rule = node_text(draw, "rule"), *period = node_text(draw, "period"), *form;
	for (size_t i = 0; (form = node_each_text(node_get(draw, "chosen"), &i));) {
		const char *hash = strchr(form, '#');
		if (!hash || !plan_forms_choose(&run->forms, form, rule, period))
			continue;
		struct node *document = ticket_document(arena, "drawn");
		node_add_string(arena, document, "cause", citation(arena, draw));
		node_add_string(arena, document, "rule", rule);
		node_add_string(arena, document, "period", period);
		node_add(arena, document, "of", node_int(arena, strtoll(hash + 1, NULL, 10)));
		plan_forms_add(&run->forms, arena_dup_len(arena, form, (size_t)(hash - form)),
			       document, run->book->now);
		run->out->drawn++;
	}
}

/* Draws the lots of all frames that wait for one; what has been drawn so far, by earlier runs too,
 * the forms are to say. */
static bool draw(struct run *run)
{
	bool any = node_item_count(run->pending);
	const struct node *one;
	for (size_t i = 0; (one = node_item(run->pending, i)); i++)
		if (!draw_frame(run, one))
			return false;
	run->pending = node_list(run->arena);
	if (any && write_plan(run) != STORE_WRITTEN)
		return false;
	for (size_t i = 0; (one = node_item(run->draws, i)); i++)
		add_chosen(run, one);
	run->draws = node_list(run->arena);
	return true;
}

/* Whom the routines for persons send where. */
static void add_visits(struct run *run)
{
	struct arena *arena = run->arena;
	struct book *book = run->book;
	size_t cursor = 0;
	const struct rule *rule;
	while ((rule = policy_next(book->policy, RULE_ROUTINE, &cursor))) {
		struct occurrence occurrences[OCCURRENCES_MAX];
		size_t count = routine_for(rule) == ROUTINE_PERSON
				       ? routine_periods(book, rule, &run->span, arena, occurrences,
							 OCCURRENCES_MAX)
				       : 0;
		/* visits of a period that is over are visits nobody can make any more */
		for (size_t i = count ? count - 1 : 0; i < count; i++)
			plan_forms_visits(&run->forms, book, arena, rule, &occurrences[i],
					  run->out);
	}
}

/* The tickets of the desk's routines, each written as it is opened. */
static bool open_tickets(struct run *run)
{
	struct book *book = run->book;
	struct arena *arena = run->arena;
	size_t cursor = 0;
	const struct rule *rule;
	while ((rule = policy_next(book->policy, RULE_ROUTINE, &cursor))) {
		struct occurrence occurrences[OCCURRENCES_MAX];
		const char *routine = node_text(rule->node, "routine");
		if (routine_for(rule) != ROUTINE_DESK)
			continue;
		size_t count = routine_periods(book, rule, &run->span, arena, occurrences,
					       OCCURRENCES_MAX);
		for (size_t i = 0; i < count; i++) {
			struct recorded recorded;
			struct acting acting = run->acting;
			struct node *fields = ticket_document(arena, "opened");
			if (plan_forms_opened(&run->forms, routine, occurrences[i].period))
				continue;
			acting.at = occurrences[i].at;
			static const char *const copied[] = {"kind", "category", "department"};
			for (size_t j = 0; j < 3; j++)
				node_add_string(arena, fields, copied[j],
						node_text(rule->node, copied[j]));
			node_add_string(arena, fields, "channel", "staff");
			node_add_string(arena, fields, "routine", routine);
			node_add_string(arena, fields, "period", occurrences[i].period);
			node_add_string(
				arena, fields, "text",
				arena_printf(arena, "%s %s", node_text(rule->node, "title"),
					     routine_about(book, rule, &occurrences[i], arena)));
			run->out->opened++;
			if (!ticket_open_as(book, arena, run->request, &acting, fields, &recorded,
					    run->err)) {
				if (run->err->status >= STATUS_SYSTEM)
					return false;
				err_prefix(run->err, routine);
				problems_add(&run->out->problems, NULL, run->err);
				run->out->opened--;
			}
		}
	}
	return true;
}

/* Writes all documents that forms get, each form once, with one acknowledgement. */
static bool write_forms(struct run *run)
{
	struct book *book = run->book;
	struct form_addition *all = run->forms.additions;
	size_t count = plan_forms_sort(&run->forms);
	if (!count)
		return true;
	struct store_batch *batch =
		run->request->dry_run ? NULL : store_batch_begin(&book->store, run->err);
	struct buf text, path;
	bool done = batch || run->request->dry_run;
	buf_init(&text);
	buf_init(&path);
	for (size_t begin = 0, end; done && begin < count; begin = end) {
		struct arena scratch = ARENA_INIT;
		for (end = begin + 1; end < count && strcmp(all[begin].form, all[end].form) == 0;
		     end++)
			;
		struct addition *additions =
			arena_alloc(&scratch, (end - begin) * sizeof *additions);
		for (size_t i = begin; i < end; i++)
			additions[i - begin] = (struct addition){
				.document = node_copy(&scratch, all[i].document), .at = all[i].at};
		struct err err = ERR_INIT;
		buf_reset(&text);
		buf_reset(&path);
		if (!ticket_compose(book, &scratch, run->request, &run->acting, all[begin].form,
				    additions, end - begin, &text, &err)) {
			/* one that cannot be planned for hides no other */
			for (size_t i = begin; i < end; i++)
				(*(document_event(all[i].document) == EVENT_DRAWN
					   ? &run->out->drawn
					   : &run->out->scheduled))--;
			problems_add(&run->out->problems, NULL, &err);
		} else {
			done = book_form_path(all[begin].form, &path, run->err) &&
			       (!batch ||
				store_batch_add(batch, path.data, text.data, text.len,
						STORE_REPLACE, run->err) == STORE_WRITTEN);
		}
		arena_clear(&scratch);
	}
	if (batch && done)
		done = store_batch_commit(batch, run->err);
	else
		store_batch_abort(batch);
	buf_clear(&text);
	buf_clear(&path);
	return done;
}

/* The day is planned: the last of the documents, and what the command answers with. */
static bool add_planned(struct run *run, struct recorded *out)
{
	struct arena *arena = run->arena;
	struct planned *planned = run->out;
	/* planned before, and nothing has come since */
	if (run->last_day == run->span.today && run->planned_seq && !planned->scheduled &&
	    !planned->opened && !planned->drawn) {
		out->first = out->last = run->planned_seq;
		out->in_place = true;
		return true;
	}
	struct node *document = ticket_document(arena, "planned");
	struct buf day;
	size_t begins = run->text.len;
	buf_init(&day);
	date_format(run->span.today, &day);
	node_add_string(arena, document, "day", day.data);
	node_add(arena, document, "scheduled", node_int(arena, (int64_t)run->out->scheduled));
	node_add(arena, document, "opened", node_int(arena, (int64_t)run->out->opened));
	node_add(arena, document, "drawn", node_int(arena, (int64_t)run->out->drawn));
	buf_clear(&day);
	if (!add_to_plan(run, document))
		return false;
	out->first = out->last = run->seq;
	out->text = arena_dup_len(arena, run->text.data + begins, run->text.len - begins);
	enum store_result result = write_plan(run);
	out->in_place = record_stands(result, run->err);
	return result == STORE_WRITTEN;
}

/* This month's plan as it is, and what earlier ones say. */
static bool read_plans(struct run *run)
{
	struct book *book = run->book;
	int today = zone_day(&book->zone, book->now);
	run->lots = node_list(run->arena);
	run->draws = node_list(run->arena);
	run->pending = node_list(run->arena);
	run->path = plan_path(book, run->arena, book->site, book->now, &run->id);
	each_plan(book, take_plan, run);
	if (run->framed_count)
		qsort(run->framed, run->framed_count, sizeof *run->framed, compare_texts);
	/* who has never planned begins today; who has not for long does not dig up what is long
	 * over */
	run->span = (struct span){.after = run->last_day ? run->last_day : today - 1,
				  .today = today,
				  .begins = !run->last_day};
	if (run->span.after < today - 366)
		run->span.after = today - 366;
	return !run->err->text;
}

bool plan_run(struct book *book, struct arena *arena, const struct request *request,
	      struct recorded *out, struct planned *planned, struct err *err)
{
	*planned = (struct planned){.notes = node_list(arena)};
	*out = (struct recorded){.notes = node_list(arena)};
	struct run run = {
		.book = book, .arena = arena, .request = request, .out = planned, .err = err};
	buf_init(&run.text);
	bool done = record_begin(book, request, false, &run.acting, err) && read_plans(&run);
	if (done) {
		out->id = run.id;
		/* who was drawn stands in the plans: while one cannot be read, nobody is drawn anew
		 */
		bool may_draw = !request->dry_run && !planned->problems.count;
		plan_forms_read(&run.forms, book, &run.span, &planned->problems);
		planned->scheduled = run.forms.addition_count;
		add_visits(&run);
		/* What an earlier run left undone comes first: it counts for the frames of today. A
		 * dry run must not show a lot that would then be drawn otherwise. */
		done = !may_draw || (draw(&run) && freeze(&run) && draw(&run));
	}
	done = done && write_forms(&run) && open_tickets(&run);
	if (done && !planned->problems.count)
		done = add_planned(&run, out);
	store_unlock(&book->store);
	plan_forms_clear(&run.forms);
	buf_clear(&run.text);
	free(run.framed);
	return done;
}

void planned_clear(struct planned *planned)
{
	problems_clear(&planned->problems);
}

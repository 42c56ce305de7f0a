// SPDX-License-Identifier: MIT
// The daily plan: what time itself brings about is recorded, lots are drawn.
#include "callback/plan.h"

#include <stdlib.h>
#include <string.h>

#include "callback/plan_parts.h"
#include "data/time.h"
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

/* Whom the routines for persons send where. */
static void add_visits(struct plan_run *run)
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

/* How many of the deadlines and callbacks that DOCUMENT sets had to guess days off. */
static size_t guesses_in(const struct node *document)
{
	static const char *const lists[] = {"due", "callbacks"};
	const struct node *entry;
	size_t count = 0;
	for (size_t i = 0; i < 2; i++)
		for (size_t j = 0; (entry = node_item(node_get(document, lists[i]), j)); j++)
			count += node_true(entry, "provisional");
	return count;
}

/* A ticket that came since the forms were read: one of a routine may be of another run, which did
 * not come to its end. */
static bool look_at_new(void *context, const char *path, bool *stop, struct err *err)
{
	struct plan_run *run = context;
	struct arena arena = ARENA_INIT;
	struct documents documents;
	struct buf text;
	buf_init(&text);
	if (file_read(&run->book->store.root, path, FORM_MAX_BYTES, &text, err) == FILE_READ &&
	    documents_read(&arena, path, text.data, text.len, &documents, err) && documents.count)
		run->outdated = *stop = run->outdated ||
					node_text(documents.items[0].root, "routine");
	err_clear(err); /* damage is for the next run, which reads all */
	buf_clear(&text);
	arena_clear(&arena);
	return true;
}

/* What stands in the ledger is in its own language, whoever's cron runs this. */
static const char *title_of(const struct book *book, const struct rule *routine)
{
	return language_choose(&book->own, node_get(routine->node, "title"), NULL);
}

/* Opens the ticket of RULE for OCCURRENCE. */
static bool open_ticket(struct plan_run *run, const struct rule *rule,
			const struct occurrence *occurrence)
{
	static const char *const copied[] = {"kind", "category", "department"};
	struct book *book = run->book;
	struct arena *arena = run->arena;
	struct recorded recorded;
	struct acting acting = run->acting;
	const char *routine = node_text(rule->node, "routine");
	struct node *fields = ticket_document(arena, "opened");
	acting.at = occurrence->at;
	for (size_t i = 0; i < 3; i++)
		node_add_string(arena, fields, copied[i], node_text(rule->node, copied[i]));
	node_add_string(arena, fields, "channel", "staff");
	node_add_string(arena, fields, "routine", routine);
	node_add_string(arena, fields, "period", occurrence->period);
	node_add_string(arena, fields, "text",
			arena_printf(arena, "%s %s", title_of(book, rule),
				     routine_about(book, rule, occurrence, arena)));
	if (ticket_open_as(book, arena, run->request, &acting, &run->recent.months[0], fields,
			   &recorded, run->err)) {
		run->out->opened++;
		run->out->provisional += guesses_in(fields);
		return true;
	}
	if (run->err->status >= STATUS_SYSTEM)
		return false;
	err_prefix(run->err, routine);
	problems_add(&run->out->problems, NULL, run->err);
	return true;
}

/* The tickets of the desk's routines, each written as it is opened. */
static bool open_tickets(struct plan_run *run)
{
	struct book *book = run->book;
	size_t cursor = 0;
	const struct rule *rule;
	if (!recent_each(&run->recent, look_at_new, run, run->err))
		return false;
	while (!run->outdated && (rule = policy_next(book->policy, RULE_ROUTINE, &cursor))) {
		struct occurrence occurrences[OCCURRENCES_MAX];
		size_t count = routine_for(rule) == ROUTINE_DESK
				       ? routine_periods(book, rule, &run->span, run->arena,
							 occurrences, OCCURRENCES_MAX)
				       : 0;
		for (size_t i = 0; i < count; i++)
			if (!plan_forms_opened(&run->forms, node_text(rule->node, "routine"),
					       occurrences[i].period) &&
			    !open_ticket(run, rule, &occurrences[i]))
				return false;
	}
	return true;
}

/* Writes all documents that forms get, each form once, with one acknowledgement. */
static bool write_forms(struct plan_run *run)
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
		int64_t last;
		bool changed = false;
		buf_reset(&text);
		buf_reset(&path);
		bool composed = ticket_compose(book, &scratch, run->request, &run->acting,
					       all[begin].form, additions, end - begin,
					       all[begin].seen, &text, &last, &changed, &err);
		run->outdated = run->outdated || changed;
		if (!composed || changed) {
			for (size_t i = begin; i < end; i++)
				(*(document_event(all[i].document) == EVENT_DRAWN
					   ? &run->out->drawn
					   : &run->out->scheduled))--;
			if (!composed) /* one that cannot be planned for hides no other */
				problems_add(&run->out->problems, NULL, &err);
		} else {
			for (size_t i = 0; i < end - begin; i++)
				run->out->provisional += guesses_in(additions[i].document);
			done = book_form_path(all[begin].form, &path, run->err);
			struct mark mark = record_mark(&scratch, path.data, last);
			done = done && (batch ? store_batch_add(batch, path.data, text.data,
								text.len, STORE_REPLACE, run->err)
					      : store_may_write(&book->store, path.data, text.len,
								STORE_REPLACE, mark.key,
								run->err)) == STORE_WRITTEN;
			if (batch)
				store_batch_mark(batch, &mark);
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
static bool add_planned(struct plan_run *run, struct recorded *out)
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
	if (!plan_register_add(run, document))
		return false;
	out->first = out->last = run->seq;
	out->text = arena_dup_len(arena, run->text.data + begins, run->text.len - begins);
	enum store_result result = plan_register_write(run);
	out->in_place = record_stands(result, run->err);
	return result == STORE_WRITTEN;
}

/* Reads what the plan is made from, and records what has come round: with the lock held from the
 * beginning where WHOLLY, else only while it writes. */
static bool run_once(struct plan_run *run, bool wholly, struct recorded *out)
{
	struct book *book = run->book;
	struct planned *planned = run->out;
	struct err *err = run->err;
	const struct request *request = run->request;
	problems_clear(&planned->problems);
	planned->notes = node_list(run->arena);
	run->outdated = false;
	run->recent = (struct recent){.book = book, .arena = run->arena};
	if ((wholly && !record_begin(book, request, false, &run->acting, err)) ||
	    !recent_look(&run->recent, err) || !plan_register_read(run))
		return false;
	out->id = run->id;
	/* who was drawn stands in the plans: while one cannot be read, nobody is drawn anew */
	bool may_draw = !request->dry_run && !planned->problems.count;
	plan_forms_read(&run->forms, book, &run->span, &planned->problems);
	if (!wholly &&
	    (!record_begin(book, request, false, &run->acting, err) || !plan_register_look(run)))
		return false;
	if (run->outdated)
		return true;
	planned->scheduled += run->forms.addition_count;
	add_visits(run);
	/* What an earlier run left undone comes first: it counts for the frames of today. A dry run
	 * must not show a lot that would then be drawn otherwise. */
	bool done = !may_draw || (plan_draw(run) && plan_draw_freeze(run) && plan_draw(run));
	/* drawing is what would write first */
	if (request->dry_run)
		done = store_may_write(&book->store, run->path, run->text.len, STORE_REPLACE, NULL,
				       err) == STORE_WRITTEN;
	done = done && write_forms(run) && open_tickets(run);
	return !done || run->outdated || planned->problems.count ? done : add_planned(run, out);
}

enum { RUNS_MAX = 4 }; /* the last of which nobody can come in between */

bool plan_run(struct book *book, struct arena *arena, const struct request *request,
	      struct recorded *out, struct planned *planned, struct err *err)
{
	*planned = (struct planned){.notes = node_list(arena)};
	*out = (struct recorded){.notes = node_list(arena)};
	struct acting acting;
	bool done = record_actors(book, request->by, false, &acting, err), again = done;
	if (done && !request->dry_run)
		store_find_left(&book->store);
	/* Reading takes long, and needs no lock. What others have recorded meanwhile on a form that
	 * would get a document, or planned, is left to another run, as after a power cut. */
	for (unsigned runs = 1; again; runs++) {
		struct plan_run run = {.book = book,
				       .arena = arena,
				       .request = request,
				       .out = planned,
				       .err = err};
		buf_init(&run.text);
		done = run_once(&run, runs == RUNS_MAX, out);
		again = done && run.outdated && runs < RUNS_MAX;
		if (done && run.outdated && !again)
			done = err_set(err, STATUS_SYSTEM,
				       "files change although the ledger is locked, by git or an "
				       "editor: run callback-plan again");
		store_unlock(&book->store);
		plan_forms_clear(&run.forms);
		buf_clear(&run.text);
		free(run.framed);
	}
	return done;
}

void planned_clear(struct planned *planned)
{
	problems_clear(&planned->problems);
}

// SPDX-License-Identifier: MIT
// Recording a document in one of the ledger's files: under the lock, by a person, at a time, once.
#include "record/record.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "book/form.h"
#include "book/series.h"
#include "data/time.h"
#include "record/render.h"
#include "record/retry.h"
#include "store/file.h"

void record_note(struct recorded *recorded, struct arena *arena, const char *format, ...)
{
	struct buf text;
	va_list args;
	buf_init(&text);
	va_start(args, format);
	buf_vaddf(&text, format, args);
	va_end(args);
	node_push(arena, recorded->notes, node_string(arena, text.data));
	buf_clear(&text);
}

const struct member *acting_login(const struct acting *acting)
{
	return acting->via ? acting->via : acting->by;
}

bool record_may_for_others(const struct book *book, const struct member *member)
{
	size_t cursor = 0;
	const struct rule *rule;
	if (strcmp(member->nature, "station") == 0 || member_is_administrator(member))
		return true;
	while (book->policy && (rule = policy_next(book->policy, RULE_ROLE, &cursor))) {
		const struct node *role = node_get(rule->node, "role");
		if (node_true(rule->node, "records-for-others") &&
		    policy_find(book->policy, RULE_ROLE, node_as_text(role)) == rule &&
		    staff_has_role(&book->staff, member, role, book->now))
			return true;
	}
	return false;
}

bool record_year(const struct zone *zone, int64_t when, const char *name, struct err *err)
{
	struct civil civil;
	zone_civil(zone, when, &civil);
	return (civil.year >= LEDGER_YEAR_FIRST && civil.year <= LEDGER_YEAR_LAST) ||
	       err_set(err, STATUS_REFUSED,
		       "%s is the year %d: a ledger can only record the years %d to %d", name,
		       civil.year, LEDGER_YEAR_FIRST, LEDGER_YEAR_LAST);
}

/* Nobody has BY for an id now: in another clone, whose clock is ahead, they may have joined. */
static bool refuse_unknown(const struct book *book, const char *by, struct err *err)
{
	const struct member *later = NULL;
	for (size_t i = 0; i < book->staff.count && !later; i++)
		if (strcmp(book->staff.versions[i].id, by) == 0)
			later = &book->staff.versions[i];
	if (!later)
		return err_set(err, STATUS_REFUSED, "--by: %s is not in %s", by, LEDGER_STAFF);
	struct buf from, now;
	buf_init(&from);
	buf_init(&now);
	time_format_short(&book->zone, later->from, &from);
	time_format_short(&book->zone, book->now, &now);
	err_set(err, STATUS_REFUSED,
		"--by: %s is in %s from %s on, and the clock of this machine says %s", by,
		LEDGER_STAFF, from.data, now.data);
	buf_clear(&from);
	buf_clear(&now);
	return false;
}

bool record_actors(struct book *book, const char *by, bool own_approval, struct acting *acting,
		   struct err *err)
{
	*acting = (struct acting){.at = book->now};
	if (!record_year(&book->zone, book->now, "the time now", err))
		return false;
	const struct member *login = acting->by = book_actor(book, err);
	if (!login)
		return false;
	if (!by || strcmp(by, login->id) == 0) {
		if (strcmp(login->nature, "station") == 0)
			return err_set(
				err, STATUS_USAGE,
				"%s is a station several people share: say who you are with --by",
				login->id);
		return true;
	}
	acting->via = login;
	acting->by = staff_find(&book->staff, by, book->now);
	if (!own_approval && !record_may_for_others(book, login))
		return err_set(err, STATUS_REFUSED, "--by: %s may not record for others",
			       login->id);
	if (!acting->by)
		return refuse_unknown(book, by, err);
	if (acting->by->left)
		return err_set(err, STATUS_REFUSED, "--by: %s does not work here any more", by);
	return true;
}

bool record_begin(struct book *book, const struct request *request, bool own_approval,
		  struct acting *acting, struct err *err)
{
	if (request->dry_run
		    ? !store_may_lock(&book->store, err)
		    : !store_lock(&book->store, STORE_PATIENCE_MS, err) || !book_refresh(book, err))
		return false;
	if (!record_actors(book, request->by, own_approval, acting, err))
		return false;
	if (!request->at) {
		acting->at = book->now - request->composed;
		return true;
	}
	if (!time_input(&book->zone, book->now, request->at, &acting->at, err))
		return err_prefix(err, "--at");
	if (!record_year(&book->zone, acting->at, "--at", err))
		return false;
	if (acting->at > book->now)
		return err_set(err, STATUS_REFUSED, "--at: %s is in the future", request->at);
	return true;
}

void record_head(struct book *book, struct arena *arena, const struct request *request,
		 const struct acting *acting, struct node *document, const char *id, int64_t seq)
{
	node_set(arena, document, "seq", node_int(arena, seq));
	if (id)
		node_set(arena, document, "id", node_string(arena, id));
	node_set(arena, document, "site", node_string(arena, book->site));
	node_set(arena, document, "at", book_time(book, arena, acting->at));
	if (acting->at != book->now)
		node_set(arena, document, "recorded", book_time(book, arena, book->now));
	node_set(arena, document, "by", node_string(arena, acting->by->id));
	if (acting->via)
		node_set(arena, document, "via", node_string(arena, acting->via->id));
	if (request->request_id)
		node_set(arena, document, "request-id", node_string(arena, request->request_id));
	if (request->cause && id)
		node_set(arena, document, "cause", node_string(arena, request->cause));
}

void record_seen(const struct book *book, struct arena *arena, const struct schema *schema,
		 const struct document *before, size_t count, struct node *document)
{
	struct node *seen = node_map(arena);
	for (size_t i = 0; i < count; i++) /* in the order of their numbers */
		if (before[i].site && strcmp(before[i].site, book->site) != 0)
			node_set(arena, seen, before[i].site, node_int(arena, before[i].seq));
	node_remove(document, "seen");
	if (!node_pair_count(seen) || !schema_property(schema, "seen", NULL))
		return;
	node_sort_keys(seen);
	node_set(arena, document, "seen", seen);
}

/* --- numbers --- */

struct mark record_mark(struct arena *arena, const char *path, int64_t seq)
{
	const char *series = series_of_file(arena, path);
	if (!book_is_ticket(series) || seq > 1)
		return (struct mark){.key = series, .value = seq};
	const char *day = series_of_day(arena, series);
	return (struct mark){.key = day, .value = strtoll(series + strlen(day), NULL, 10)};
}

bool record_next(const struct book *book, const char *path, int64_t last, int64_t *next,
		 struct err *err)
{
	struct arena arena = ARENA_INIT;
	int64_t given = 0;
	bool done = mark_read(&book->store.root, series_of_file(&arena, path), &given, err);
	*next = (last > given ? last : given) + 1;
	arena_clear(&arena);
	return done;
}

enum store_result record_write(struct book *book, const struct request *request, const char *path,
			       int64_t seq, const struct buf *text, enum store_mode mode,
			       struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct mark mark = record_mark(&arena, path, seq);
	enum store_result result =
		request->dry_run
			? store_may_write(&book->store, path, text->len, mode, mark.key, err)
			: store_write_marked(&book->store, path, text->data, text->len, mode, &mark,
					     err);
	arena_clear(&arena);
	return result;
}

bool record_stands(enum store_result result, const struct err *err)
{
	return result == STORE_WRITTEN ||
	       (result == STORE_FAILED && err->status == STATUS_UNDURABLE);
}

bool record_confirm(struct book *book, const struct request *request, const char *path,
		    struct recorded *out, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct mark mark = record_mark(&arena, path, out->last);
	bool done = request->dry_run || store_sync_marked(&book->store, path, &mark, err);
	out->in_place = done || err->status == STATUS_UNDURABLE;
	arena_clear(&arena);
	return done;
}

/* --- the whole of recording one document --- */

/* Whether the file holds what is asked for. */
static bool find_request(const struct recording *recording, struct err *err)
{
	struct retry retry = {.book = recording->book,
			      .arena = recording->arena,
			      .request = recording->request,
			      .at = recording->acting->at,
			      .documents = &recording->posting->document,
			      .count = 1,
			      .added = recording->posting->added};
	return retry_find(&retry, recording->posting->id, recording->before->items,
			  recording->before->count, recording->out, err);
}

/* Reads what is there; false when the place does not suit. */
static bool read_before(const struct recording *recording, struct arena *scratch, struct buf *text,
			struct documents *before, struct err *err)
{
	const struct posting *posting = recording->posting;
	switch (file_read(&recording->book->store.root, posting->path, FORM_MAX_BYTES, text, err)) {
	case FILE_READ:
		return documents_read(scratch, posting->path, text->data, text->len, before, err);
	case FILE_ABSENT:
		return posting->place != POSTING_ADDS ||
		       err_set(err, STATUS_USAGE, "%s has no file yet: nothing can be added to it",
			       posting->id);
	case FILE_FAILED:
		break;
	}
	return false;
}

/* Renders the document behind TEXT. */
static bool render(const struct recording *recording, struct buf *text, struct err *err)
{
	const struct posting *posting = recording->posting;
	const struct schema *schema = schema_find(recording->book->schemas, posting->schema, err);
	if (!schema)
		return false;
	size_t begins = text->len;
	record_seen(recording->book, recording->arena, schema, recording->before->items,
		    recording->before->count, posting->document);
	if (!render_document(schema, posting->document, text, err))
		return false;
	recording->out->text =
		arena_dup_len(recording->arena, text->data + begins, text->len - begins);
	return !posting->verify || posting->verify(recording, text->data, text->len, err);
}

bool record_document(struct book *book, struct arena *arena, const struct request *request,
		     const struct posting *posting, struct recorded *out, struct err *err)
{
	struct arena scratch = ARENA_INIT;
	struct documents before = {0};
	struct acting acting;
	struct recording recording = {.book = book,
				      .arena = arena,
				      .posting = posting,
				      .request = request,
				      .acting = &acting,
				      .before = &before,
				      .out = out};
	struct buf old, text; /* BEFORE borrows from OLD, so that stays as it is */
	bool done = false;
	*out = (struct recorded){.notes = node_list(arena), .id = arena_dup(arena, posting->id)};
	buf_init(&old);
	buf_init(&text);
	if (!record_begin(book, request, false, &acting, err) ||
	    !read_before(&recording, &scratch, &old, &before, err) ||
	    !find_request(&recording, err))
		goto out;
	if (out->repeated) {
		done = record_confirm(book, request, posting->path, out, err);
		goto out;
	}
	if (before.count && posting->place == POSTING_BEGINS) {
		err_set(err, STATUS_REFUSED, "%s exists already and cannot be begun again",
			posting->id);
		goto out;
	}
	buf_add(&text, old.data, old.len);
	if (!record_next(book, posting->path, before.count ? before.items[before.count - 1].seq : 0,
			 &out->last, err))
		goto out;
	out->first = out->last;
	record_head(book, arena, request, &acting, posting->document,
		    before.count || posting->without_id ? NULL : posting->id, out->first);
	if ((posting->judge && !posting->judge(&recording, err)) || !render(&recording, &text, err))
		goto out;
	enum store_mode mode = before.count ? STORE_REPLACE : STORE_CREATE;
	enum store_result result =
		record_write(book, request, posting->path, out->last, &text, mode, err);
	done = result == STORE_WRITTEN;
	out->in_place = record_stands(result, err);
	if (result == STORE_EXISTS)
		err_set(err, STATUS_REFUSED, "%s exists already and cannot be begun again",
			posting->id);
out:
	store_unlock(&book->store);
	arena_clear(&scratch);
	buf_clear(&old);
	buf_clear(&text);
	return done;
}

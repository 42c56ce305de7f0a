// SPDX-License-Identifier: MIT
// Tickets of the last days that may hold a request or follow from a form. Takes no lock.
#include "ticket/recent.h"

#include <string.h>

#include "book/document.h"
#include "book/form.h"
#include "book/series.h"
#include "record/retry.h"
#include "store/file.h"
#include "store/mark.h"

/* --- before the lock --- */

/* Whether TEXT may say WANTED, in whatever style somebody wrote it. */
static bool may_say(const struct buf *text, const char *wanted)
{
	return wanted && (memmem(text->data, text->len, wanted, strlen(wanted)) ||
			  memchr(text->data, '\\', text->len));
}

bool recent_is_caused_by(const struct document *document, const char *origin)
{
	const char *cause = node_text(document->root, "cause");
	size_t len = strlen(origin);
	return cause && strncmp(cause, origin, len) == 0 && cause[len] == '#';
}

static bool is_wanted(const struct recent *recent, const struct documents *documents)
{
	if (recent->origin && documents->count &&
	    recent_is_caused_by(&documents->items[0], recent->origin))
		return true;
	for (size_t i = 0; recent->request_id && i < documents->count; i++)
		if (retry_remembers(recent->book, &documents->items[i], recent->request_id))
			return true;
	return false;
}

/* Looks at the file at PATH, by means of TEXT and SCRATCH. */
static void look_at(struct recent *recent, const char *path, struct buf *text,
		    struct arena *scratch)
{
	struct documents documents;
	struct err damage = ERR_INIT; /* another form's damage is not this one's */
	if (file_read(&recent->book->store.root, path, FORM_MAX_BYTES, text, &damage) ==
		    FILE_READ &&
	    (may_say(text, recent->request_id) || may_say(text, recent->origin)) &&
	    documents_read(scratch, path, text->data, text->len, &documents, &damage) &&
	    is_wanted(recent, &documents))
		node_push(recent->arena, recent->found, node_string(recent->arena, path));
	err_clear(&damage);
	arena_reset(scratch);
}

/* Looks at this site's tickets of DAY. */
static bool look_at_day(struct recent *recent, const struct civil *day, struct buf *text,
			struct err *err)
{
	const struct book *book = recent->book;
	struct arena scratch = ARENA_INIT;
	struct file_names names = {0};
	struct buf path, date;
	buf_init(&date);
	buf_init(&path);
	buf_addf(&date, "%s%02d%02d%02d", book->site, day->year % 100, day->month, day->day);
	buf_addf(&path, "tickets/%04d/%02d", day->year, day->month);
	size_t folder = path.len;
	bool done = file_list(&book->store.root, path.data, &names, err) != FILE_FAILED;
	for (size_t i = 0; done && i < names.count; i++) {
		if (strncmp(names.items[i], date.data, date.len) != 0)
			continue;
		path.len = folder;
		buf_addf(&path, "/%s", names.items[i]);
		look_at(recent, path.data, text, &scratch);
	}
	file_names_clear(&names);
	buf_clear(&date);
	buf_clear(&path);
	arena_clear(&scratch);
	return done;
}

bool recent_look(struct recent *recent, struct err *err)
{
	const struct book *book = recent->book;
	bool wanted = recent->request_id || recent->origin;
	struct civil today, day;
	struct buf text;
	recent->found = node_list(recent->arena);
	recent->today = zone_day(&book->zone, book->now);
	recent->first = wanted ? zone_day(&book->zone, retry_since(book)) : recent->today - 1;
	civil_of_day(recent->today, &today);
	/* the numbers first: what is taken while the files are read is looked at under the lock */
	bool done = number_read(book, &today, &recent->months[0], err), other = false;
	for (int at = recent->first; done && !other && at <= recent->today + 1; at++) {
		civil_of_day(at, &day);
		other = day.month != today.month;
		done = !other || number_read(book, &day, &recent->months[1], err);
	}
	buf_init(&text);
	for (int at = recent->today; done && wanted && at >= recent->first; at--) {
		civil_of_day(at, &day);
		done = look_at_day(recent, &day, &text, err);
	}
	buf_clear(&text);
	return done;
}

/* --- under the lock --- */

/* Calls VISIT with the tickets of DAY that came since. */
static bool visit_new(const struct recent *recent, const struct civil *day, struct arena *arena,
		      bool (*visit)(void *context, const char *path, bool *stop, struct err *err),
		      void *context, bool *stop, struct err *err)
{
	const struct root *root = &recent->book->store.root;
	struct buf path;
	int64_t given;
	bool done = mark_read(root, series_of_day(arena, number_id(recent->book, arena, day, 0)),
			      &given, err);
	long number = recent->months[recent->months[0].month != day->month].last[day->day];
	buf_init(&path);
	while (done && !*stop) {
		const char *id = number_id(recent->book, arena, day, ++number);
		buf_reset(&path);
		done = book_form_path(id, &path, err);
		/* one behind the mark is of a writer that died before it raised that */
		bool there = done && file_exists(root, path.data);
		if (done && !there && number >= given)
			break;
		done = done && (!there || visit(context, path.data, stop, err));
	}
	buf_clear(&path);
	return done;
}

bool recent_each(const struct recent *recent,
		 bool (*visit)(void *context, const char *path, bool *stop, struct err *err),
		 void *context, struct err *err)
{
	struct arena arena = ARENA_INIT;
	const char *path;
	bool done = true, stop = false;
	for (size_t i = 0; done && !stop && (path = node_each_text(recent->found, &i));)
		done = visit(context, path, &stop, err);
	/* another's clock may be past midnight */
	for (int at = recent->today + 1; done && !stop && at >= recent->first; at--) {
		struct civil day;
		civil_of_day(at, &day);
		done = visit_new(recent, &day, &arena, visit, context, &stop, err);
	}
	arena_clear(&arena);
	return done;
}

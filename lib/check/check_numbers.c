// SPDX-License-Identifier: MIT
// The check of numbers: of a file's documents, and of a day's tickets. What is missing is named,
// unless it is recorded as lost.
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/sort.h"
#include "check/check_parts.h"
#include "store/file.h"
#include "store/mark.h"

/* --- what this clone has given --- */

static void take_mark(void *context, const char *key, int64_t value)
{
	struct given *given = context;
	given->items = mem_room(given->items, given->count, 1, sizeof *given->items);
	given->items[given->count++] =
		(struct given_number){.series = arena_dup(&given->arena, key), .highest = value};
	/* a ticket that has had steps has been there, even if no mark of its day says so */
	if (!book_is_ticket(key))
		return;
	const char *day = series_of_day(&given->arena, key);
	given->items = mem_room(given->items, given->count, 1, sizeof *given->items);
	given->items[given->count++] = (struct given_number){
		.series = day, .highest = strtoll(key + strlen(day), NULL, 10)};
}

/* By series, the highest number first. */
static int compare_given(const void *a, const void *b)
{
	const struct given_number *x = a, *y = b;
	int order = strcmp(x->series, y->series);
	return order ? order : (x->highest < y->highest) - (x->highest > y->highest);
}

void given_read(struct checker *checker, struct given *given)
{
	struct err err = ERR_INIT;
	size_t kept = 0;
	*given = (struct given){.arena = ARENA_INIT};
	checker->file = MARKS_FOLDER;
	if (!mark_each(&checker->book->store.root, take_mark, given, &err))
		check_tell_err(checker, PROBLEM_UNREADABLE, &err);
	if (given->count)
		qsort(given->items, given->count, sizeof *given->items, compare_given);
	for (size_t i = 0; i < given->count; i++)
		if (!kept || strcmp(given->items[kept - 1].series, given->items[i].series) != 0)
			given->items[kept++] = given->items[i];
	given->count = kept;
}

void given_clear(struct given *given)
{
	free(given->items);
	arena_clear(&given->arena);
	*given = (struct given){0};
}

static int64_t highest_given(const struct given *given, const char *series)
{
	const struct given_number wanted = {.series = series, .highest = INT64_MAX};
	size_t at = sort_find(given->items, given->count, sizeof wanted, &wanted, compare_given);
	return at < given->count && strcmp(given->items[at].series, series) == 0
		       ? given->items[at].highest
		       : 0;
}

/* --- a gap --- */

/* Takes the next stretch from *FIRST to LAST that is not recorded as lost; *FIRST moves to its
 * beginning, *END gets its end. False when there is none. */
static bool next_gap(const struct checker *checker, const char *series, int64_t *first,
		     int64_t last, int64_t *end)
{
	const struct accounts *accounts = &checker->common->accounts;
	int64_t until;
	while (*first <= last && accounts_lost(accounts, series, *first, &until)) {
		if (until >= last)
			return false;
		*first = until + 1;
	}
	if (*first > last)
		return false;
	for (*end = *first - 1; *end < last && !accounts_lost(accounts, series, *end + 1, &until);)
		*end = until < last ? until : last;
	return true;
}

/* What the numbers in the file RELATIVE count: of a ticket that lies under another's name, its own.
 * FIRST may be NULL. */
static const char *series_in(struct arena *arena, const char *relative,
			     const struct document *first)
{
	const char *id = first ? node_text(first->root, "id") : NULL;
	return id && book_is_ticket(id) ? id : series_of_file(arena, relative);
}

/* --- the documents of a file --- */

static int compare_known(const void *a, const void *b)
{
	const struct document *x = *(const struct document *const *)a,
			      *y = *(const struct document *const *)b;
	if (x->known != y->known)
		return x->known < y->known ? -1 : 1;
	return (x > y) - (x < y);
}

/* That they are missing, and how ledger-log accounts for them: NUMBER is the first of those to END.
 */
static void add_missing(struct buf *words, const char *number, int64_t first, int64_t end)
{
	buf_addf(words, " %s missing: record why with `ledger-log lost %s",
		 end > first ? "are" : "is", number);
	if (end > first)
		buf_addf(words, "..%" PRId64, end);
	buf_adds(words, " -r REASON`");
}

/* The numbers from FIRST to LAST, which no document has. BEFORE: what this is told behind. */
static void tell_gaps(struct checker *checker, const char *series, int64_t first, int64_t last,
		      unsigned line, const char *before)
{
	struct arena *arena = &checker->to->scratch;
	struct buf words;
	buf_init(&words);
	for (int64_t end; next_gap(checker, series, &first, last, &end); first = end + 1) {
		buf_reset(&words);
		buf_addf(&words, "%s#%" PRId64, before, first);
		if (end > first)
			buf_addf(&words, " to #%" PRId64, end);
		add_missing(&words,
			    arena_printf(arena, "%s#%" PRId64, series_called(arena, checker->file),
					 first),
			    first, end);
		check_tell_line(checker, PROBLEM_MISSING_SEQ, line, line ? 1 : 0, words.data);
	}
	buf_clear(&words);
}

static void check_double(struct checker *checker, const struct document *const *ordered, size_t at)
{
	const struct document *document = ordered[at];
	struct arena *arena = &checker->to->scratch;
	for (size_t i = at; i-- > 0 && ordered[i]->known == document->known;) {
		if (!document_same_site(ordered[i], document))
			continue;
		const char *text = arena_printf(
			arena,
			"#%" PRId64 " is also the number of another document of site %s, at line "
			"%u: do two clones have its code? `ledger-log renumbered %s#%" PRId64
			"` tells them apart",
			document->known, document->site ? document->site : "?", ordered[i]->line,
			series_called(arena, checker->file), document->known);
		check_tell_line(checker, PROBLEM_DUPLICATE_SEQ, document->line, 1, text);
		return;
	}
}

static void check_renumbering(struct checker *checker, struct document *documents, size_t at)
{
	struct renumbering renumbering;
	const struct document *document = &documents[at];
	if (document->which == EVENT_RENUMBERED &&
	    document_renumbering(document->root, &renumbering) &&
	    !document_renumbered(documents, at, &renumbering))
		check_tell(checker, PROBLEM_DANGLING_REFERENCE, node_get(document->root, "digest"),
			   NULL, "there is no #%" PRId64 " with this SHA-256", renumbering.number);
}

void check_numbers(struct checker *checker, struct document *documents, size_t count)
{
	const struct common *common = checker->common;
	struct arena *arena = &checker->to->scratch;
	const char *series = series_in(arena, checker->file, count ? documents : NULL);
	const struct document **ordered = arena_alloc(arena, (count + 1) * sizeof *ordered);
	for (size_t i = 0; i < count; i++)
		ordered[i] = &documents[i];
	qsort(ordered, count, sizeof *ordered, compare_known);
	for (size_t i = 0; i < count; i++) {
		const struct document *document = ordered[i];
		int64_t before = i ? ordered[i - 1]->known : 0, until;
		const char *words =
			i ? arena_printf(arena, "#%" PRId64 " follows #%" PRId64 ": ",
					 document->known, before)
			  : arena_printf(arena, "#%" PRId64 " follows nothing: ", document->known);
		tell_gaps(checker, series, before + 1, document->known - 1, document->line, words);
		check_double(checker, ordered, i);
		check_renumbering(checker, documents, i);
		if (accounts_lost(&common->accounts, series, document->known, &until))
			check_tell_line(checker, PROBLEM_NOT_LOST, document->line, 1,
					arena_printf(arena,
						     "#%" PRId64 " is there, but is recorded as "
						     "lost: record that it was found, with "
						     "`ledger-log found`",
						     document->known));
	}
	int64_t last = count ? ordered[count - 1]->known : 0;
	tell_gaps(checker, series, last + 1, highest_given(&common->given, series), 0,
		  "given here, and gone: ");
}

/* --- the tickets of a day --- */

void check_ticket_seen(struct checker *checker, const char *relative, const struct document *first)
{
	struct arena *arena = &checker->to->arena;
	const char *series = arena_dup(arena, series_in(arena, relative, first));
	if (!book_is_ticket(series))
		return;
	const char *day = series_of_day(arena, series);
	int64_t number = strtoll(series + strlen(day), NULL, 10), until;
	*(struct ticket_seen *)gather_push(checker->to, CHECK_TICKETS) = (struct ticket_seen){
		.series = day, .number = number, .file = arena_dup(arena, relative)};
	if (accounts_lost(&checker->common->accounts, day, number, &until))
		check_tell(checker, PROBLEM_NOT_LOST, NULL, NULL,
			   "%s is there, but is recorded as lost: record that it was found, with "
			   "`ledger-log found %s`",
			   series, series);
}

int check_order_tickets(const void *a, const void *b)
{
	const struct ticket_seen *x = a, *y = b;
	int order = strcmp(x->series, y->series);
	if (order)
		return order;
	return x->number != y->number ? (x->number < y->number ? -1 : 1)
				      : (x->file > y->file) - (x->file < y->file);
}

/* Whether everything in the folder of the ticket's file PATH was read. */
static bool was_read(struct checker *checker, const char *path, const char *const *folders)
{
	struct err ignored = ERR_INIT;
	struct file_names names = {0};
	bool wanted = false;
	for (; *folders && !wanted; folders++) {
		size_t len = strlen(*folders);
		wanted = strncmp(path, *folders, len) == 0 && path[len] == '/';
	}
	if (!wanted)
		return false;
	const char *folder =
		arena_dup_len(&checker->to->scratch, path, (size_t)(strrchr(path, '/') - path));
	bool read = file_list(&checker->book->store.root, folder, &names, &ignored) != FILE_FAILED;
	file_names_clear(&names);
	err_clear(&ignored);
	return read;
}

/* The numbers of SERIES from FIRST to LAST, which no ticket has. */
static void tell_missing(struct checker *checker, const char *series, int64_t first, int64_t last,
			 const char *const *folders)
{
	struct err ignored = ERR_INIT;
	struct buf path, words;
	buf_init(&path);
	buf_init(&words);
	for (int64_t end; next_gap(checker, series, &first, last, &end); first = end + 1) {
		struct arena *arena = &checker->to->scratch;
		const char *id = arena_printf(arena, "%s%03" PRId64, series, first);
		buf_reset(&path);
		if (!book_form_path(id, &path, &ignored) || !was_read(checker, path.data, folders))
			break;
		checker->file = arena_dup(arena, path.data);
		buf_reset(&words);
		buf_adds(&words, id);
		if (end > first)
			buf_addf(&words, " to %s%03" PRId64, series, end);
		add_missing(&words, id, first, end);
		check_tell(checker, PROBLEM_MISSING_NUMBER, NULL, NULL, "%s", words.data);
	}
	err_clear(&ignored);
	buf_clear(&path);
	buf_clear(&words);
}

/* Files of which this clone knows, and which are not there. A ticket is missed by its day. */
static void check_files(struct checker *checker)
{
	const struct given *given = &checker->common->given;
	for (size_t i = 0; i < given->count; i++) {
		const char *series = given->items[i].series;
		if (!strchr(series, '/'))
			continue;
		checker->file = arena_printf(&checker->to->scratch, "%s.yaml", series);
		if (!file_exists(&checker->book->store.root, checker->file))
			tell_gaps(checker, series, 1, given->items[i].highest, 0,
				  "given here, and gone with the file: ");
	}
}

static bool is_day(const char *series)
{
	size_t letters = strspn(series, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
	return letters && strspn(series + letters, "0123456789") == strlen("yymmdd") &&
	       !series[letters + strlen("yymmdd")];
}

void check_days(struct checker *checker, const struct gathering *gathering,
		const char *const *folders, bool whole)
{
	const struct given *given = &checker->common->given;
	struct ticket_seen *all = NULL;
	size_t count = 0;
	for (unsigned t = 0; t < gathering->threads; t++) {
		const struct gather_items *part = &gathering->gatherers[t].lists[CHECK_TICKETS];
		all = mem_room(all, count, part->count, sizeof *all);
		if (part->count)
			memcpy(all + count, part->items, part->count * sizeof *all);
		count += part->count;
	}
	/* of a day that this clone has given numbers of, none may be there any more */
	for (size_t i = 0; i < given->count; i++)
		if (is_day(given->items[i].series)) {
			all = mem_room(all, count, 1, sizeof *all);
			all[count++] = (struct ticket_seen){.series = given->items[i].series,
							    .number = given->items[i].highest + 1,
							    .file = NULL};
		}
	sort_stable(all, count, sizeof *all, check_order_tickets);
	int64_t last = 0; /* of the day, so far: there, or told */
	for (size_t i = 0; i < count; i++) {
		if (!i || strcmp(all[i - 1].series, all[i].series) != 0)
			last = 0;
		int64_t until = all[i].number - 1;
		tell_missing(checker, all[i].series, last + 1, until, folders);
		until = all[i].file ? all[i].number : until;
		last = until > last ? until : last;
	}
	free(all);
	if (whole)
		check_files(checker);
}

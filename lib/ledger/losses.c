// SPDX-License-Identifier: MIT
// What happened to numbers: which are lost and why, which were found again, and which of two
// documents of one number gets another.
#include "ledger/losses.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "book/form.h"
#include "book/series.h"
#include "record/record.h"
#include "store/file.h"
#include "store/mark.h"

/* --- what is there of a series --- */

struct there {
	struct arena arena;
	int64_t *items; /* numbers of documents, in the arena; of tickets none */
	size_t count;
	int64_t highest; /* that is there, or that this clone has given */
};

static int compare_numbers(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

/* Whether ticket NUMBER of the day is there. */
static bool ticket_exists(const struct book *book, struct arena *arena,
			  const struct numbers *numbers, int64_t number)
{
	struct err ignored = ERR_INIT;
	struct buf path;
	buf_init(&path);
	bool exists = book_form_path(arena_printf(arena, "%s%03" PRId64, numbers->series, number),
				     &path, &ignored) &&
		      file_exists(&book->store.root, path.data);
	err_clear(&ignored);
	buf_clear(&path);
	return exists;
}

/* The day's highest ticket. The mark tells, unless another clone gave it, or this one before there
 * were marks: only then are the names in the month's folder read. */
static bool find_highest(const struct book *book, const struct numbers *numbers,
			 struct there *there, struct err *err)
{
	struct file_names names = {0};
	size_t prefix = strlen(numbers->series);
	const char *slash = strrchr(numbers->path, '/');
	const char *folder =
		arena_dup_len(&there->arena, numbers->path, (size_t)(slash - numbers->path));
	if (there->highest >= numbers->last)
		return true;
	bool done = file_list(&book->store.root, folder, &names, err) != FILE_FAILED;
	file_names_keep(&names, ".yaml");
	for (size_t i = 0; i < names.count; i++) {
		if (strncmp(names.items[i], numbers->series, prefix) != 0 ||
		    !book_is_ticket(names.items[i]))
			continue;
		int64_t number = strtoll(names.items[i] + prefix, NULL, 10);
		there->highest = number > there->highest ? number : there->highest;
	}
	file_names_clear(&names);
	return done;
}

static bool find_documents(const struct book *book, const struct numbers *numbers,
			   struct there *there, struct err *err)
{
	struct documents documents = {0};
	struct arena scratch = ARENA_INIT;
	struct buf text;
	buf_init(&text);
	enum file_result result =
		file_read(&book->store.root, numbers->path, FORM_MAX_BYTES, &text, err);
	bool done = result == FILE_ABSENT ||
		    (result == FILE_READ &&
		     documents_read(&scratch, numbers->path, text.data, text.len, &documents, err));
	there->items = arena_alloc(&there->arena, (documents.count + 1) * sizeof *there->items);
	for (size_t i = 0; i < documents.count; i++)
		there->items[there->count++] = documents.items[i].known;
	arena_clear(&scratch);
	buf_clear(&text);
	return done;
}

static bool find_there(const struct book *book, const struct numbers *numbers, struct there *there,
		       struct err *err)
{
	*there = (struct there){.arena = ARENA_INIT};
	if (!mark_read(&book->store.root, numbers->series, &there->highest, err) ||
	    !(numbers->tickets ? find_highest : find_documents)(book, numbers, there, err))
		return false;
	if (there->count)
		qsort(there->items, there->count, sizeof *there->items, compare_numbers);
	if (there->count && there->items[there->count - 1] > there->highest)
		there->highest = there->items[there->count - 1];
	return true;
}

/* --- lost and found --- */

/* One of NUMBERS, as people speak of it. */
static const char *called(struct arena *arena, const struct numbers *numbers, int64_t number)
{
	if (numbers->tickets)
		return arena_printf(arena, "%s%03" PRId64, numbers->series, number);
	return arena_printf(arena, "%s#%" PRId64, series_called(arena, numbers->path), number);
}

static bool check_number(struct arena *arena, const struct numbers *numbers, int64_t number,
			 bool is_there, bool lost, bool loses, const struct there *there,
			 struct err *err)
{
	const char *name = called(arena, numbers, number);
	if (loses && is_there)
		return err_set(err, STATUS_REFUSED, "%s is there", name);
	if (loses && number > there->highest)
		return err_set(err, STATUS_REFUSED, "%s was not given yet, so it cannot be lost",
			       name);
	if (loses && lost)
		return err_set(err, STATUS_REFUSED, "%s is recorded as lost already", name);
	if (!loses && !lost)
		return err_set(err, STATUS_REFUSED, "%s is not recorded as lost", name);
	return loses || is_there || err_set(err, STATUS_REFUSED, "%s is not there", name);
}

static bool check_numbers(const struct recording *recording, const struct numbers *numbers,
			  const struct accounts *accounts, bool loses, struct err *err)
{
	struct there there;
	bool done = find_there(recording->book, numbers, &there, err);
	int64_t until = 0;
	bool lost = false;
	size_t next = 0;
	for (int64_t number = numbers->first; done && number <= numbers->last; number++) {
		while (next < there.count && there.items[next] < number)
			next++;
		bool is_there =
			numbers->tickets
				? ticket_exists(recording->book, &there.arena, numbers, number)
				: next < there.count && there.items[next] == number;
		if (number > until)
			lost = accounts_lost(accounts, numbers->series, number, &until);
		done = check_number(recording->arena, numbers, number, is_there, lost, loses,
				    &there, err);
	}
	arena_clear(&there.arena);
	return done;
}

static bool judge(const struct recording *recording, struct err *err)
{
	struct node *document = recording->posting->document;
	bool loses = document_event(document) == EVENT_LOST, done = true;
	struct accounts accounts;
	const char *text;
	accounts_read(recording->book, &accounts);
	for (size_t i = 0; done && (text = node_each_text(node_get(document, "numbers"), &i));) {
		struct numbers numbers;
		done = numbers_parse(recording->book, recording->arena, text, &numbers, err) &&
		       check_numbers(recording, &numbers, &accounts, loses, err);
	}
	accounts_clear(&accounts);
	return done;
}

bool losses_record(struct book *book, struct arena *arena, const struct request *request,
		   struct node *document, const char *const *typed, size_t count,
		   struct recorded *out, struct err *err)
{
	struct node *all = node_list(arena);
	*out = (struct recorded){.notes = node_list(arena)};
	struct posting posting = {.path = arena_printf(arena, LOST_FOLDER "/%s.yaml", book->site),
				  .id = book->site,
				  .schema = arena_printf(arena, "schemas/numbers/%s.yaml",
							 node_text(document, "event")),
				  .place = POSTING_EITHER,
				  .document = document,
				  .judge = judge};
	for (size_t i = 0; i < count; i++) {
		struct numbers numbers;
		if (!numbers_parse(book, arena, typed[i], &numbers, err))
			return false;
		if (!node_holds(all, numbers.text))
			node_push(arena, all, node_string(arena, numbers.text));
	}
	node_set(arena, document, "numbers", all);
	return book_needs_schema(book, posting.schema, err) &&
	       record_document(book, arena, request, &posting, out, err);
}

/* --- two documents of one number --- */

static bool judge_renumbering(const struct recording *recording, struct err *err)
{
	const struct documents *before = recording->before;
	struct node *document = recording->posting->document;
	struct arena *arena = recording->arena;
	const struct document *last = NULL;
	unsigned char digest[DIGEST_BYTES];
	char digits[DIGEST_TEXT];
	int64_t number = *(const int64_t *)recording->posting->context;
	size_t count = 0;
	for (size_t i = 0; i < before->count; i++) {
		if (before->items[i].known != number)
			continue;
		count++;
		if (!last || before->items[i].recorded >= last->recorded)
			last = &before->items[i];
	}
	if (count < 2)
		return err_set(err, STATUS_REFUSED,
			       count ? "%s#%" PRId64 " is one document only"
				     : "there is no %s#%" PRId64,
			       recording->posting->id, number);
	digest_of(last->text, last->len, digest);
	digest_text(digest, digits);
	/* the number in between is what the other is cited by */
	int64_t as = recording->out->last;
	node_set(arena, document, "number", node_int(arena, last->seq));
	node_set(arena, document, "digest", node_string(arena, digits));
	node_set(arena, document, "as", node_int(arena, as));
	node_set(arena, document, "seq", node_int(arena, as + 1));
	recording->out->first = recording->out->last = as + 1;
	record_note(recording->out, arena,
		    "#%" PRId64 " keeps its number; the other one, %s of %.16s, is #%" PRId64
		    " from now on",
		    number, last->event, node_text(last->root, "at"), as);
	return true;
}

bool losses_renumber(struct book *book, struct arena *arena, const struct request *request,
		     struct node *document, const char *typed, struct recorded *out,
		     struct err *err)
{
	static const char *const added[] = {"number", "digest", "as", NULL};
	struct numbers numbers;
	*out = (struct recorded){.notes = node_list(arena)};
	if (!numbers_parse(book, arena, typed, &numbers, err))
		return false;
	if (numbers.tickets || numbers.last > numbers.first)
		return err_set(err, STATUS_USAGE,
			       "\"%s\": give the number that two documents have: YL261121003#4",
			       typed);
	struct posting posting = {.path = numbers.path,
				  .id = series_called(arena, numbers.path),
				  .schema = "schemas/renumbered.yaml",
				  .place = POSTING_ADDS,
				  .added = added,
				  .document = document,
				  .judge = judge_renumbering,
				  .context = &numbers.first};
	return book_needs_schema(book, posting.schema, err) &&
	       record_document(book, arena, request, &posting, out, err);
}

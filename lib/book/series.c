// SPDX-License-Identifier: MIT
// Series of numbers: a day's tickets, a file's documents; and which numbers are recorded as lost.
#include "book/series.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/sort.h"
#include "book/document.h"
#include "book/family.h"
#include "book/form.h"
#include "store/file.h"
#include "store/mark.h"

#define ENDING ".yaml"

static const char *name_of(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	size_t len = strlen(name), ending = strlen(ENDING);
	return arena_dup_len(arena, name, len > ending ? len - ending : len);
}

const char *series_of_file(struct arena *arena, const char *path)
{
	size_t len = strlen(path), ending = strlen(ENDING);
	const char *name = name_of(arena, path);
	if (strncmp(path, "tickets/", strlen("tickets/")) == 0 && book_is_ticket(name))
		return name;
	return arena_dup_len(arena, path, len > ending ? len - ending : len);
}

const char *series_of_day(struct arena *arena, const char *id)
{
	return arena_dup_len(arena, id, strcspn(id, "0123456789") + strlen("yymmdd"));
}

const char *series_called(struct arena *arena, const char *path)
{
	const struct family *family = family_of(path);
	return family && family->is_form ? name_of(arena, path) : arena_dup(arena, path);
}

/* --- what people type --- */

static bool no_number(const char *typed, struct err *err)
{
	return err_set(
		err, STATUS_USAGE,
		"\"%s\": give the number of a ticket (YL261121003), or of a document "
		"(YL261121003#4, personnel/lihua.yaml#2), or several by ..N behind the first "
		"(YL261121003..7)",
		typed);
}

/* The number that TEXT, of LEN bytes, is; 0 when it is none. */
static int64_t read_number(const char *text, size_t len)
{
	int64_t value = 0;
	for (size_t i = 0; i < len; i++) {
		if (text[i] < '0' || text[i] > '9' || value > MARK_MAX)
			return 0;
		value = value * 10 + (text[i] - '0');
	}
	return value;
}

/* The path of the file that NAME means, by its id or its path. */
static bool find_file(const struct book *book, struct arena *arena, const char *name,
		      const char **path, struct err *err)
{
	bool by_path = file_ends_in(name, ENDING);
	struct buf id, text;
	buf_init(&id);
	buf_init(&text);
	bool done = by_path ? strcmp(name, LEDGER_STAFF) == 0 || family_of(name)
			    : book_resolve_id(book, name, &id, err) &&
				      book_form_path(id.data, &text, err);
	*path = arena_dup(arena, by_path ? name : text.data);
	buf_clear(&id);
	buf_clear(&text);
	return done;
}

bool numbers_parse(const struct book *book, struct arena *arena, const char *typed,
		   struct numbers *numbers, struct err *err)
{
	const char *dots = strstr(typed, "..");
	size_t len = dots ? (size_t)(dots - typed) : strlen(typed);
	const char *hash = memchr(typed, '#', len);
	const char *name = arena_dup_len(arena, typed, hash ? (size_t)(hash - typed) : len);
	*numbers = (struct numbers){.tickets = !hash};
	if (!find_file(book, arena, name, &numbers->path, err)) {
		err_clear(err);
		return no_number(typed, err);
	}
	const char *called = series_called(arena, numbers->path);
	if (hash) {
		numbers->series = series_of_file(arena, numbers->path);
		numbers->first = read_number(hash + 1, len - (size_t)(hash + 1 - typed));
	} else if (book_is_ticket(called)) {
		numbers->series = series_of_day(arena, called);
		const char *number = called + strlen(numbers->series);
		numbers->first = read_number(number, strlen(number));
	}
	numbers->last = dots ? read_number(dots + 2, strlen(dots + 2)) : numbers->first;
	if (numbers->first < 1 || numbers->last < numbers->first)
		return no_number(typed, err);
	struct buf text;
	buf_init(&text);
	buf_adds(&text, called);
	if (hash)
		buf_addf(&text, "#%lld", (long long)numbers->first);
	if (numbers->last > numbers->first)
		buf_addf(&text, "..%lld", (long long)numbers->last);
	numbers->text = arena_dup(arena, text.data);
	buf_clear(&text);
	return true;
}

/* --- numbers that are lost --- */

static int compare_accounts(const void *a, const void *b)
{
	const struct account *x = a, *y = b;
	int order = strcmp(x->series, y->series);
	return order ? order : (x->recorded > y->recorded) - (x->recorded < y->recorded);
}

static void take_document(struct book *book, struct accounts *accounts,
			  const struct document *document)
{
	const struct node *all = node_get(document->root, "numbers");
	const char *text;
	for (size_t i = 0; (text = node_each_text(all, &i));) {
		struct err ignored = ERR_INIT;
		struct numbers numbers;
		if (numbers_parse(book, &accounts->arena, text, &numbers, &ignored)) {
			accounts->items = mem_room(accounts->items, accounts->count, 1,
						   sizeof *accounts->items);
			accounts->items[accounts->count++] =
				(struct account){.series = numbers.series,
						 .first = numbers.first,
						 .last = numbers.last,
						 .recorded = document->recorded,
						 .lost = document->which == EVENT_LOST};
		}
		err_clear(&ignored);
	}
}

void accounts_read(struct book *book, struct accounts *accounts)
{
	struct file_names names = {0};
	struct arena arena = ARENA_INIT;
	struct err ignored = ERR_INIT;
	struct buf path, text;
	*accounts = (struct accounts){.arena = ARENA_INIT};
	buf_init(&path);
	buf_init(&text);
	file_list(&book->store.root, LOST_FOLDER, &names, &ignored);
	file_names_keep(&names, ENDING);
	for (size_t i = 0; i < names.count; i++) {
		struct documents documents = {0};
		buf_reset(&path);
		buf_addf(&path, LOST_FOLDER "/%s" ENDING, names.items[i]);
		if (file_read(&book->store.root, path.data, FORM_MAX_BYTES, &text, &ignored) ==
		    FILE_READ)
			documents_read(&arena, path.data, text.data, text.len, &documents,
				       &ignored);
		for (size_t j = 0; j < documents.count; j++)
			if (documents.items[j].which == EVENT_LOST ||
			    documents.items[j].which == EVENT_FOUND)
				take_document(book, accounts, &documents.items[j]);
		err_clear(&ignored);
		arena_reset(&arena);
	}
	sort_stable(accounts->items, accounts->count, sizeof *accounts->items, compare_accounts);
	err_clear(&ignored);
	file_names_clear(&names);
	arena_clear(&arena);
	buf_clear(&path);
	buf_clear(&text);
}

void accounts_clear(struct accounts *accounts)
{
	free(accounts->items);
	arena_clear(&accounts->arena);
	*accounts = (struct accounts){.arena = ARENA_INIT};
}

bool accounts_lost(const struct accounts *accounts, const char *series, int64_t number,
		   int64_t *until)
{
	const struct account wanted = {.series = series, .recorded = INT64_MIN};
	bool lost = false;
	*until = INT64_MAX;
	for (size_t i = sort_find(accounts->items, accounts->count, sizeof wanted, &wanted,
				  compare_accounts);
	     i < accounts->count; i++) {
		const struct account *account = &accounts->items[i];
		if (strcmp(account->series, series) != 0)
			break;
		bool about = account->first <= number && number <= account->last;
		int64_t change = about ? account->last : account->first - 1;
		if (about)
			lost = account->lost;
		if (change >= number && change < *until)
			*until = change;
	}
	return lost;
}

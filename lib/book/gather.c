// SPDX-License-Identifier: MIT
// Reads many files of a ledger in parallel, without a lock, and collects lists of items that visits
// make of them.
#include "book/gather.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/sort.h"
#include "store/file.h"
#include "store/walk.h"

/* --- for visits --- */

void *gather_push(struct gatherer *to, unsigned list)
{
	struct gather_items *all = &to->lists[list];
	size_t size = to->gather->lists[list].size;
	all->items = mem_room(all->items, all->count, 1, size);
	return memset((char *)all->items + all->count++ * size, 0, size);
}

void *gather_sum(struct gatherer *to, unsigned list, const void *key, bool *added)
{
	const struct gather_list *kind = &to->gather->lists[list];
	size_t low = 0, high = to->lists[list].count;
	*added = false;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		char *item = (char *)to->lists[list].items + middle * kind->size;
		int order = kind->order(item, key);
		if (!order)
			return item;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	gather_push(to, list);
	char *place = (char *)to->lists[list].items + low * kind->size;
	memmove(place + kind->size, place, (to->lists[list].count - 1 - low) * kind->size);
	*added = true;
	return memcpy(place, key, kind->size);
}

void gather_problem(struct gatherer *to, const char *file, struct err *err)
{
	problems_add(&to->problems, file, err);
}

void gather_once(struct gatherer *to, const char *file, struct err *err)
{
	err_place(err, file, 0, 0);
	problem_keep_first(&to->once, err);
}

void gather_stop(struct gatherer *to)
{
	to->stopped = true;
}

/* --- reading --- */

static bool read_form(struct gatherer *to, const char *relative, const char *text, size_t len,
		      struct err *err)
{
	if (!form_read(&to->form, relative, text, len, err) || !form_fits_file(&to->form, err))
		return false;
	to->gather->form(to, &to->form);
	return true;
}

static void tell_unreadable(struct gatherer *to, const char *relative, const struct err *problem)
{
	struct err err = ERR_INIT;
	err_set(&err, problem->status, "%s", problem->text);
	if (to->gather->unreadable)
		to->gather->unreadable(to, relative, &err);
	else
		gather_problem(to, relative, &err);
	err_clear(&err);
}

static bool visit(void *state, const char *relative, const char *text, size_t len,
		  const struct err *problem)
{
	struct gatherer *to = state;
	struct err err = ERR_INIT;
	to->files++;
	arena_reset(&to->scratch);
	if (problem)
		tell_unreadable(to, relative, problem);
	else if (!(to->gather->file ? to->gather->file : read_form)(to, relative, text, len, &err))
		gather_problem(to, relative, &err);
	return !to->stopped;
}

static bool read_file(struct gatherer *to, const char *relative)
{
	struct err err = ERR_INIT;
	struct buf text;
	buf_init(&text);
	bool go_on = true, named = file_ends_in(relative, ".yaml");
	if (!named && !to->gather->pass_strays)
		err_set(&err, STATUS_DAMAGED, "is not named *.yaml");
	if (named &&
	    file_read(&to->book->store.root, relative, FORM_MAX_BYTES, &text, &err) == FILE_READ)
		go_on = visit(to, relative, text.data, text.len, NULL);
	if (err.text)
		go_on = visit(to, relative, NULL, 0, &err);
	err_clear(&err);
	buf_clear(&text);
	return go_on;
}

void gather_begin(struct gathering *gathering, struct book *book, const struct gather *gather)
{
	unsigned threads = gather->threads ? gather->threads : walk_threads();
	*gathering =
		(struct gathering){.gather = gather,
				   .book = book,
				   .gatherers = mem_array(threads, sizeof *gathering->gatherers),
				   .threads = threads};
	for (unsigned t = 0; t < threads; t++) {
		struct gatherer *to = &gathering->gatherers[t];
		*to = (struct gatherer){.book = book,
					.context = gather->context,
					.state = mem_alloc(gather->state_size),
					.gather = gather};
		form_init(&to->form);
		if (gather->open)
			gather->open(to);
	}
}

bool gather_read(struct gathering *gathering)
{
	static const char *const tickets[] = {"tickets", NULL}, *const nothing[] = {NULL};
	const struct gather *gather = gathering->gather;
	void **states = mem_array(gathering->threads, sizeof *states);
	for (unsigned t = 0; t < gathering->threads; t++)
		states[t] = &gathering->gatherers[t];
	struct walk_options walk = {.folders = gather->folders ? gather->folders
					       : gather->form  ? tickets
							       : nothing,
				    .states = states,
				    .threads = gathering->threads,
				    .max = FORM_MAX_BYTES,
				    .strays = !gather->pass_strays,
				    .visit = visit};
	bool go_on = walk_tree(&gathering->book->store.root, &walk);
	for (size_t i = 0; go_on && gather->files && gather->files[i]; i++)
		go_on = read_file(&gathering->gatherers[0], gather->files[i]);
	free(states);
	return go_on;
}

/* --- bringing together --- */

/* Replaces items that the order calls equal by one, their sum. */
static void sum_up(const struct gather_list *kind, struct gather_items *all)
{
	char *items = all->items, *last = items;
	size_t kept = all->count > 0;
	for (size_t i = 1; i < all->count; i++) {
		char *item = items + i * kind->size;
		if (kind->order(last, item) == 0) {
			kind->sum(last, item);
		} else {
			last = items + kept++ * kind->size;
			memmove(last, item, kind->size);
		}
	}
	all->count = kept;
}

static void bring_together(struct gathering *gathering, unsigned list, struct gather_items *all)
{
	const struct gather_list *kind = &gathering->gather->lists[list];
	for (unsigned t = 0; t < gathering->threads; t++) {
		struct gather_items *part = &gathering->gatherers[t].lists[list];
		all->items = mem_room(all->items, all->count, part->count, kind->size);
		if (part->count)
			memcpy((char *)all->items + all->count * kind->size, part->items,
			       part->count * kind->size);
		all->count += part->count;
		free(part->items);
	}
	sort_stable(all->items, all->count, kind->size, kind->order);
	if (kind->sum)
		sum_up(kind, all);
}

void gather_end(struct gathering *gathering, struct gathered *out)
{
	*out = (struct gathered){.arenas = mem_array(gathering->threads, sizeof *out->arenas),
				 .arena_count = gathering->threads};
	for (unsigned t = 0; t < gathering->threads; t++) {
		struct gatherer *to = &gathering->gatherers[t];
		if (gathering->gather->close)
			gathering->gather->close(to);
		out->arenas[t] = to->arena;
		out->files += to->files;
		problems_take(&out->problems, &to->problems);
		problem_keep_first(&out->once, &to->once);
		form_clear(&to->form);
		arena_clear(&to->scratch);
		free(to->state);
	}
	problems_sort(&out->problems);
	for (unsigned list = 0; list < GATHER_LISTS; list++)
		if (gathering->gather->lists[list].size)
			bring_together(gathering, list, &out->lists[list]);
	free(gathering->gatherers);
	*gathering = (struct gathering){0};
}

bool gather_run(struct book *book, const struct gather *gather, struct gathered *out)
{
	struct gathering gathering;
	gather_begin(&gathering, book, gather);
	bool whole = gather_read(&gathering);
	gather_end(&gathering, out);
	return whole;
}

void *gathered_take(struct gathered *gathered, unsigned list, size_t *count)
{
	struct gather_items *all = &gathered->lists[list];
	void *items = all->items;
	*count = all->count;
	*all = (struct gather_items){0};
	return items;
}

void gathered_clear(struct gathered *gathered)
{
	for (unsigned list = 0; list < GATHER_LISTS; list++)
		free(gathered->lists[list].items);
	for (size_t i = 0; i < gathered->arena_count; i++)
		arena_clear(&gathered->arenas[i]);
	free(gathered->arenas);
	problems_clear(&gathered->problems);
	err_clear(&gathered->once);
	*gathered = (struct gathered){0};
}

/* --- folders --- */

const char *const *gather_months(const struct book *book, struct arena *arena, const char *family,
				 int64_t from, int64_t until)
{
	struct civil first, last;
	zone_civil(&book->zone, from, &first);
	zone_civil(&book->zone, until, &last);
	int begin = first.year * 12 + first.month - 1, end = last.year * 12 + last.month;
	const char **folders =
		arena_alloc(arena, (size_t)(end > begin ? end - begin + 1 : 1) * sizeof *folders);
	for (int month = begin; month < end; month++)
		folders[month - begin] =
			arena_printf(arena, "%s/%04d/%02d", family, month / 12, month % 12 + 1);
	return folders;
}

// SPDX-License-Identifier: MIT
// Reads many files of a ledger in parallel, without a lock, and collects lists of items that visits
// make of the files. The lists do not depend on the number of threads. One damaged file never hides
// the others.
//
//	static void look_at(struct gatherer *to, struct form *form)
//	{
//		const char *wanted = to->context;
//		if (form->assignee && strcmp(form->assignee, wanted) == 0) {
//			struct item *item = gather_push(to, 0);
//			*item = (struct item){.id = arena_dup(&to->arena, form->id)};
//		}
//	}
//	…
//	struct gather gather = {.form = look_at,
//				.context = "lihua",
//				.lists = {{.size = sizeof(struct item), .order = compare_items}}};
//	gather_run(book, &gather, &gathered);
#ifndef KEFU_BOOK_GATHER_H
#define KEFU_BOOK_GATHER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/problems.h"
#include "book/book.h"
#include "book/form.h"

enum { GATHER_LISTS = 5 };

/* Items of one kind. */
struct gather_list {
	size_t size; /* of an item in bytes; 0: there is no such list */
	/* The order in which they are handed back. Items that it calls equal stay in the order in
	 * which they were pushed if they come from one file. It should never call items of
	 * different files equal: their order would be left to chance. */
	int (*order)(const void *a, const void *b);
	/* For items that count things (gather_sum), else NULL. Adds FROM to INTO, which ORDER calls
	 * equal, so that one item is handed back instead of both. The sum must be the same in
	 * whatever sequence the parts are added. */
	void (*sum)(void *into, const void *from);
};

/* Items of one list, so far or all of them. */
struct gather_items {
	void *items;
	size_t count;
};

/* What visits work with: one for each thread. */
struct gatherer {
	struct book *book;    /* only read */
	const void *context;  /* as given to the gather; the same for all */
	void *state;          /* STATE_SIZE bytes of this thread's own, zeroed at first */
	struct arena arena;   /* for texts of items: lives as long as what is gathered */
	struct arena scratch; /* empty at the beginning of each visit */
	/* What was pushed here so far; items move when more are pushed. */
	struct gather_items lists[GATHER_LISTS];

	/* for gather.c alone */
	const struct gather *gather;
	struct form form;
	struct problems problems;
	struct err once;
	size_t files;
	bool stopped;
};

/* What to read, and what to call for it. Either FORM or FILE is set. They are called in no
 * particular order, and from several threads at once, but never twice at once with the same
 * gatherer. */
struct gather {
	/* Folders beneath the ledger, ended by NULL; a missing one is empty. With FORM, NULL stands
	 * for all tickets. */
	const char *const *folders;
	/* Single files, ended by NULL; a missing one is passed over. NULL: none. */
	const char *const *files;
	bool pass_strays; /* files not named *.yaml are skipped; else they are problems */
	unsigned threads; /* 0: as many as suit the machine */

	/* Called for each form that can be read and is named after its id; FORM is gone when it
	 * returns. */
	void (*form)(struct gatherer *to, struct form *form);
	/* Called for each file; TEXT is terminated, and gone when it returns. False with ERR when
	 * something is wrong with it: that goes to the problems. */
	bool (*file)(struct gatherer *to, const char *relative, const char *text, size_t len,
		     struct err *err);
	/* Called for each file or folder that cannot be read at all; NULL: what ERR says goes to
	 * the problems. */
	void (*unreadable)(struct gatherer *to, const char *relative, struct err *err);

	struct gather_list lists[GATHER_LISTS];
	const void *context;

	size_t state_size;
	/* Each is called once for each gatherer, one after the other: OPEN before anything is read,
	 * CLOSE after everything was. CLOSE adds up what the states hold, and frees them. */
	void (*open)(struct gatherer *to);
	void (*close)(struct gatherer *to);
};

/* All zero: nothing. */
struct gathered {
	struct gather_items lists[GATHER_LISTS];
	size_t files;             /* that were read, or could not be */
	struct problems problems; /* with files, in the order of problems_sort */
	struct err once;          /* by gather_once, from the first file that has one; or not set */
	struct arena *arenas;     /* of the texts; the first one may be added to */
	size_t arena_count;
};

/* Reads everything and fills OUT. False when a visit called gather_stop: OUT then holds what was
 * collected so far. */
bool gather_run(struct book *book, const struct gather *gather, struct gathered *out);
void gathered_clear(struct gathered *gathered);

/* The items of a list. The caller now owns them: frees them with free(3), may add to them with
 * mem_room. */
void *gathered_take(struct gathered *gathered, unsigned list, size_t *count);

/* --- for visits --- */

/* Adds a zeroed item to the end of LIST; the pointer is valid until another is pushed there. */
void *gather_push(struct gatherer *to, unsigned list);

/* The item of LIST that ORDER calls equal to KEY, to be added to. When there is none yet, a copy of
 * KEY is added and *ADDED becomes true: the caller then puts its texts into the arena. The pointer
 * is valid until another item is added. Only for lists with a SUM; do not use gather_push with
 * these. */
void *gather_sum(struct gatherer *to, unsigned list, const void *key, bool *added);

/* Adds ERR to the problems, and clears it; FILE is its place if it has none. */
void gather_problem(struct gatherer *to, const char *file, struct err *err);

/* For an error that is the fault of the question, not of the file, and so could come up with many
 * files: a pattern that takes too long, a condition that cannot be decided. Only that of the first
 * file, by name, is kept. Clears ERR. */
void gather_once(struct gatherer *to, const char *file, struct err *err);

/* Ends the reading. Files that other threads have begun are still visited. */
void gather_stop(struct gatherer *to);

/* --- step by step, for items that come from elsewhere --- */

/* gather_run is gather_begin, gather_read and gather_end. Between them anything may be pushed to
 * the first gatherer, and gather_read may be left out. GATHER has to live to the end. */
struct gathering {
	const struct gather *gather;
	struct book *book;
	struct gatherer *gatherers;
	unsigned threads;
};
void gather_begin(struct gathering *gathering, struct book *book, const struct gather *gather);
bool gather_read(struct gathering *gathering);
void gather_end(struct gathering *gathering, struct gathered *out);

/* The folders of FAMILY ("tickets") for the months from that of FROM to that of UNTIL, in ARENA,
 * ended by NULL. A form is in the folder of the month in which it got its number. */
const char *const *gather_months(const struct book *book, struct arena *arena, const char *family,
				 int64_t from, int64_t until);

#endif

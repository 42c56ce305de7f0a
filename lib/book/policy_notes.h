// SPDX-License-Identifier: MIT
// What the schema of packs says of names: x-sorts, x-names and x-refers, read. For policy_names.c
// alone; kefu-schema(5) has their meaning.
#ifndef KEFU_BOOK_POLICY_NOTES_H
#define KEFU_BOOK_POLICY_NOTES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/node.h"

enum note_keyword { X_NAMES, X_REFERS, NOTE_KEYWORDS };
extern const char *const note_keywords[NOTE_KEYWORDS];

/* A sort of names. */
struct sort {
	const char *name;
	enum { ONCE_NOT, ONCE_EVER, ONCE_IN_FORCE } once;
	bool own;       /* known only in the entry that gives it */
	const char *by; /* the key beside a name that limits where it is known; or NULL */
	const char
		*says; /* what a message says of another name, "…" being those allowed; or NULL */
};

/* What x-names or x-refers says of a value. */
struct note {
	const struct node *raw;
	bool refers;
	const struct sort **sorts; /* one at least */
	size_t sort_count;
	const struct node *words;   /* that are allowed besides; or NULL */
	const char *behind, *up_to; /* what stands before the name, what ends it; or NULL */
};

/* All borrowed from the schema's tree, or in ARENA. */
struct notes {
	struct arena *arena;
	struct sort *sorts;
	size_t sort_count;
	struct note **notes; /* read so far */
	size_t note_count;
};

/* NOTES is zeroed but for the arena. Fails with STATUS_DAMAGED and the place in FILE, the schema.
 */
bool notes_read_sorts(struct notes *notes, const struct node *sorts, const char *file,
		      struct err *err);
/* RAW, the value of KEYWORD in FILE, as it was read before or is now; NULL with ERR likewise. */
const struct note *notes_read(struct notes *notes, enum note_keyword keyword,
			      const struct node *raw, const char *file, struct err *err);
void notes_clear(struct notes *notes);

/* Whether what NOTE speaks of is a name of SORT. */
bool note_gives(const struct note *note, const struct sort *sort);

#endif

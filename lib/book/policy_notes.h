// SPDX-License-Identifier: MIT
// Reads the annotations about names in the schema of packs: x-sorts, x-names and x-refers,
// explained in kefu-schema(5). For policy_names.c alone.
#ifndef KEFU_BOOK_POLICY_NOTES_H
#define KEFU_BOOK_POLICY_NOTES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/node.h"

enum note_keyword { X_NAMES, X_REFERS, NOTE_KEYWORDS };
extern const char *const note_keywords[NOTE_KEYWORDS];

/* A sort of names, such as roles: an entry of x-sorts. */
struct sort {
	const char *name;
	/* whether a name may be defined again: always, never, only for other days, or only for
	 * other days and in other packs */
	enum { ONCE_NOT, ONCE_EVER, ONCE_IN_FORCE, ONCE_IN_PACK } once;
	bool own;         /* a name is known only in the entry that defines it */
	bool free;        /* where no pack gives a name, any may be used */
	const char *by;   /* the key beside a name that limits where it is known; or NULL */
	const char *says; /* the message about an unknown name, "…" standing for the names that are
			     allowed; NULL: the usual one */
};

/* What x-names or x-refers says about a value: it defines a name, or uses one. */
struct note {
	const struct node *raw;
	bool refers;               /* x-refers */
	const struct sort **sorts; /* at least one */
	size_t sort_count;
	const struct node *words;   /* further words that are allowed; or NULL */
	const char *behind, *up_to; /* the text before the name, and what ends the name; or NULL */
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
/* Reads RAW, the value of KEYWORD in FILE, or returns what an earlier call made of it. NULL with
 * ERR as above. */
const struct note *notes_read(struct notes *notes, enum note_keyword keyword,
			      const struct node *raw, const char *file, struct err *err);
void notes_clear(struct notes *notes);

/* Whether the value that NOTE is about defines a name of SORT. */
bool note_gives(const struct note *note, const struct sort *sort);

#endif

// SPDX-License-Identifier: MIT
// Changes entries in the text of a pack and leaves everything else in it as somebody wrote it:
// comments, order, layout. What comes out is read again and must say what was meant.
#ifndef KEFU_LEDGER_PACK_TEXT_H
#define KEFU_LEDGER_PACK_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/node.h"

/* A pack, as text and as what it says. */
struct pack_text {
	const char *text;
	size_t len;
	struct node *root; /* read from the text, so that its places are those */
};

enum pack_action {
	PACK_END,     /* the entry gets the date `before` */
	PACK_INSERT,  /* theirs comes behind the entry of ours */
	PACK_REPLACE, /* theirs takes the place of the entry of ours */
	PACK_SET,     /* the whole value at the key becomes theirs */
};

#define PACK_FIRST ((size_t)-1) /* before all entries of ours */

/* An entry is an item of the list at KEY of the pack, or a pair of the map there. */
struct pack_step {
	enum pack_action action;
	const char *key;
	size_t ours;      /* which of ours it is about */
	size_t theirs;    /* which of theirs is taken; for PACK_END none */
	const char *date; /* `before` of ours, `from` of theirs ("2026-11-29"); NULL: none */
};

/* OUT gets the text of OURS with the steps taken, in their order, and THEIRS what it took of it.
 * A list or map whose layout cannot be kept is written anew in canonical text; its comments are
 * lost. False, with nothing in OUT, where not even that can be done. */
bool pack_text_apply(const struct pack_text *ours, const struct pack_text *theirs,
		     const struct pack_step *steps, size_t count, struct arena *arena,
		     struct buf *out);

/* OUT gets the text of PACK with every name that is a key of NAMES replaced by its value, where it
 * stands as a key under `match`, or as a value of `if` and `unless` in an entry of a list. */
void pack_text_rename(const struct pack_text *pack, const struct node *names, struct buf *out);

#endif

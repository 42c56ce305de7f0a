// SPDX-License-Identifier: MIT
// What personnel registers lack by the policy: courses and certificates of those who work here,
// ratings that are due. Records nothing.
#ifndef KEFU_STAFF_LACKING_H
#define KEFU_STAFF_LACKING_H

#include "base/arena.h"
#include "base/err.h"
#include "book/book.h"

struct lack {
	const char *person, *name; /* whose register; NAME may be NULL */
	const char *what, *title;  /* course, certificate or rating */
	const char *needs, *has;   /* in words: "2 h", "by 2026-04-05"; NULL: nothing to say */
	const char *clause;
};

/* Calls TELL for everything lacking now, of PERSON or with NULL of everybody, with titles in
 * LANGUAGES. False with ERR if a
 * register cannot be read; TELL was still called for the others. */
bool lacking_find(struct book *book, const char *person, const struct languages *languages,
		  void (*tell)(void *state, const struct lack *lack), void *state, struct err *err);

#endif

// SPDX-License-Identifier: MIT
// Titles in several languages: which languages are wanted, and which of several texts is taken.
// Decides only what is shown: nothing is read or written differently in another language.
#ifndef KEFU_DATA_LANGUAGE_H
#define KEFU_DATA_LANGUAGE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/node.h"

enum {
	LANGUAGE_SIZE = 4, /* two or three small letters and the end: "zh" */
	LANGUAGES_MAX = 8,
};

/* Languages, the one that is wanted most first. */
struct languages {
	char codes[LANGUAGES_MAX][LANGUAGE_SIZE];
	size_t count;
};

/* The reader's languages by the environment: those of LANGUAGE, as gettext(3) takes it, unless the
 * locale is C or POSIX; else that of the locale, which the first of LC_ALL, LC_MESSAGES and LANG
 * that is not empty names. Whether such a locale is installed does not matter. All Chinese
 * languages are zh, C and POSIX are en. */
void languages_read(struct languages *languages);

/* CODE alone. */
void languages_one(struct languages *languages, const char *code);

/* The text of a title, in the first of LANGUAGES that it has, else in English, else in the one
 * given first; NULL where it has none. TITLE is a text for all languages, or a map of one for each;
 * MORE (may be NULL) is such a map beside a TITLE that is then the English one. */
const char *language_choose(const struct languages *languages, const struct node *title,
			    const struct node *more);

/* KEY, and TITLE (may be NULL) behind it where that says more than the key: "Blocked drain" does of
 * `drain`, "Work slip" does not of `work-slip`. In ARENA, or KEY itself. */
const char *language_called(struct arena *arena, const char *key, const char *title);

#endif

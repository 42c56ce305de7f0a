// SPDX-License-Identifier: MIT
// Regular expressions with a limit on the work of a match. Reaching the limit is an error, neither
// "matches" nor "does not match".
#ifndef KEFU_TEXT_PATTERN_H
#define KEFU_TEXT_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

/* A compiled expression: PCRE2 over UTF-8, understood as in ECMA-262 where the
 * two differ (JSON Schema 2020-12, "Regular Expressions"): $ matches only at the very
 * end of the text; \d \w \s \b are ASCII only (for all of Unicode write \p{L},
 * \p{Han}, \p{Nd}, or begin with (*UCP)); \u4e00 and \u{20bb7} are characters. */
struct pattern;

enum { PATTERN_MAX_BYTES = 10000, PATTERN_MAX_NESTING = 100 };

enum pattern_result {
	PATTERN_NO,
	PATTERN_YES,
	PATTERN_LIMIT, /* undecided: too much work or memory, or the subject is not UTF-8; ERR says
			  which */
};

/* NULL with ERR (STATUS_REFUSED, the offset and what is wrong there) when TEXT
 * is not a regular expression. Freed with pattern_free, which accepts NULL. */
struct pattern *pattern_new(const char *text, size_t len, bool caseless, struct err *err);
void pattern_free(struct pattern *pattern);

/* Searches SUBJECT for the first match, anywhere. START and END (each may be
 * NULL) get its bytes [start,end). Several threads may match with one pattern. */
enum pattern_result pattern_match(const struct pattern *pattern, const char *subject, size_t len,
				  size_t *start, size_t *end, struct err *err);

/* The same for a text that people wrote: it is found also in spite of characters that nobody sees
 * (controls, utf8_is_hidden) in it. FOUND (may be NULL) gets the text that matched added. */
enum pattern_result pattern_search(const struct pattern *pattern, const char *subject, size_t len,
				   struct buf *found, struct err *err);

/* The expression's text, borrowed from the pattern. */
const char *pattern_text(const struct pattern *pattern);

#endif

// SPDX-License-Identifier: MIT
// Regular expressions that always come to an end: what needs too much work is an error, never a
// verdict.
#ifndef KEFU_TEXT_PATTERN_H
#define KEFU_TEXT_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/* A compiled expression: PCRE2 over UTF-8, read as ECMA-262 reads it where the
 * two differ (JSON Schema 2020-12, "Regular Expressions"): $ is the very end
 * of the text, \d \w \s \b know ASCII only (\p{L}, \p{Han}, \p{Nd} know more,
 * and (*UCP) at the start switches), \u4e00 and \u{20bb7} are characters. */
struct pattern;

enum { PATTERN_MAX_BYTES = 10000, PATTERN_MAX_NESTING = 100 };

enum pattern_result {
	PATTERN_NO,
	PATTERN_YES,
	PATTERN_LIMIT, /* no verdict: too much work or memory, or the subject is not UTF-8; ERR says
			  which */
};

/* NULL with ERR (STATUS_REFUSED, the offset and what is wrong there) when TEXT
 * is no expression. Freed with pattern_free; NULL is fine there. */
struct pattern *pattern_new(const char *text, size_t len, bool caseless, struct err *err);
void pattern_free(struct pattern *pattern);

/* Searches SUBJECT for the first match, anywhere. START and END (each may be
 * NULL) get its bytes [start,end). Several threads may match with one pattern. */
enum pattern_result pattern_match(const struct pattern *pattern, const char *subject, size_t len,
				  size_t *start, size_t *end, struct err *err);

/* The expression's text, borrowed from the pattern. */
const char *pattern_text(const struct pattern *pattern);

#endif

// SPDX-License-Identifier: MIT
// What an unquoted YAML scalar means, and whether all YAML readers agree on it.
#ifndef KEFU_TEXT_PLAIN_H
#define KEFU_TEXT_PLAIN_H

#include <stdbool.h>
#include <stddef.h>

enum plain {
	PLAIN_STRING,
	PLAIN_NUMBER, /* -?(0|[1-9][0-9]*)(\.[0-9]+)? */
	PLAIN_TRUE,
	PLAIN_FALSE,
	PLAIN_NULL,
	PLAIN_UNCLEAR, /* YAML 1.1, YAML 1.2 and common readers differ, or it is a number that is
			  not plain decimal */
};

/* Sources: YAML 1.1 types (yaml.org/type: bool, float, int, merge, null,
 * timestamp, value), YAML 1.2.2 section 10.3.2 (core schema), and what PyYAML,
 * Psych and js-yaml make of them. Errs on the side of PLAIN_UNCLEAR; the empty
 * text is unclear too. */
enum plain plain_resolve(const char *text, size_t len);

/* Whether the text is a word that some reader of some format takes for a
 * boolean, null or number, in any case: yes, Off, n, NULL, NaN, inf. */
bool plain_is_word(const char *text, size_t len);

#endif

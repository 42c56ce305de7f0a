// SPDX-License-Identifier: MIT
// Checks in linear time how deep the flow collections ([…] and {…}) of one YAML document nest,
// before libyaml reads it.
#ifndef KEFU_TEXT_NESTING_H
#define KEFU_TEXT_NESTING_H

#include <stddef.h>

/* The offset of the '[' or '{' that nests deeper than MAX, or LEN when none
 * does. Brackets in comments, quoted and plain scalars and block scalars do
 * not count. Exact for every text that text/yaml.c accepts; for text that is not
 * YAML the answer may be wrong. (Why: libyaml 0.2.5 walks all open flow
 * collections for every token, and takes 6 s for 80 kB of '['. Block collections
 * cost it nothing; text/yaml.c counts those while it reads.) */
size_t nesting_check(const char *text, size_t len, size_t max);

#endif

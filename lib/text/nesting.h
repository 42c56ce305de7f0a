// SPDX-License-Identifier: MIT
// How deep the flow collections of one YAML document nest, told in linear time before libyaml sees
// it.
#ifndef KEFU_TEXT_NESTING_H
#define KEFU_TEXT_NESTING_H

#include <stddef.h>

/* The offset of the '[' or '{' that nests deeper than MAX, or LEN when none
 * does. Brackets in comments, quoted and plain scalars and block scalars do
 * not count. Exact for every text the reader accepts; text that is no YAML
 * may be judged either way. (libyaml 0.2.5 walks all open flow collections
 * for every token, and takes 6 s for 80 kB of '['. Its block collections
 * cost nothing, the reader counts those as they come.) */
size_t nesting_check(const char *text, size_t len, size_t max);

#endif

// SPDX-License-Identifier: MIT
// Resolves URI references and relative file names against a base (RFC 3986 section 5.2). Fetches
// nothing.
#ifndef KEFU_DATA_URI_H
#define KEFU_DATA_URI_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Sets OUT to REFERENCE resolved against BASE, without dot segments. BASE may be a
 * relative file name or empty; then "x/../../y" becomes "../y", so that whoever opens
 * the file can see that it is outside the root. */
void uri_resolve(const char *base, const char *reference, struct buf *out);

/* Adds TEXT with %41 and the like decoded; false when a % is not followed by
 * two hexadecimal digits. */
bool uri_decode(const char *text, size_t len, struct buf *out);

/* Whether TEXT is a URI reference of RFC 3986; with ABSOLUTE, one with a scheme. */
bool uri_is_valid(const char *text, size_t len, bool absolute);

#endif

// SPDX-License-Identifier: MIT
// Decodes the bytes of foreign files into UTF-8, and says which encoding they were taken for. Never
// replaces or drops a byte.
#ifndef KEFU_TEXT_CHARSET_H
#define KEFU_TEXT_CHARSET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

/* Adds BYTES to UTF8, without the byte order mark they may begin with.
 * WANTED is one of charset_names, in upper or lower case. NULL detects it: by
 * the byte order mark, else UTF-8 if the bytes are valid UTF-8, else GB18030 (which
 * includes GBK and GB2312). UTF-8 with a few damaged bytes still counts as
 * UTF-8 and fails: read as GB18030 it would silently become other characters.
 * TAKEN, when not NULL, gets the name of the encoding (static), also when
 * decoding fails. A failure is STATUS_REFUSED; for a byte that cannot be decoded
 * ERR has its line and column (in characters, from 1), and its offset in the text. */
bool charset_decode(const char *bytes, size_t len, const char *wanted, struct buf *utf8,
		    const char **taken, struct err *err);

/* The encodings that can be asked for, ended by NULL; static. */
const char *const *charset_names(void);

#endif

// SPDX-License-Identifier: MIT
// Bytes from elsewhere into UTF-8, saying what they were taken for. Never replaces or drops a byte.
#ifndef KEFU_TEXT_CHARSET_H
#define KEFU_TEXT_CHARSET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

/* Adds BYTES to UTF8, without the byte order mark they may begin with.
 * WANTED is one of charset_names, in any case, or NULL to find out: what the
 * byte order mark says, else UTF-8 if it is that, else GB18030 (which holds
 * GBK and GB2312). Text that is UTF-8 but for a few bytes is not taken for
 * GB18030: that would turn it into other characters silently. TAKEN, when not
 * NULL, becomes the name of what it was taken for (static), also when that failed.
 * A failure is STATUS_REFUSED; for a byte that cannot be decoded with line
 * and column (in characters, from 1) and the offset in the text. */
bool charset_decode(const char *bytes, size_t len, const char *wanted, struct buf *utf8,
		    const char **taken, struct err *err);

/* Ended by NULL; static. */
const char *const *charset_names(void);

#endif

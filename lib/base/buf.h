// SPDX-License-Identifier: MIT
// The one growing buffer. Always terminated, may hold any bytes.
#ifndef KEFU_BASE_BUF_H
#define KEFU_BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct buf {
	char *data; /* never NULL after buf_init; data[len] is '\0' */
	size_t len;
	size_t cap; /* 0: nothing owned yet */
};

void buf_init(struct buf *buf);
void buf_clear(struct buf *buf);                /* frees; usable again */
void buf_reset(struct buf *buf);                /* empties, keeps the storage */
void buf_reserve(struct buf *buf, size_t more); /* room for MORE bytes and the terminator */
void buf_add(struct buf *buf, const void *bytes, size_t len);
void buf_adds(struct buf *buf, const char *text);
void buf_addc(struct buf *buf, char byte);
void buf_fill(struct buf *buf, char byte, size_t count);
void buf_addf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vaddf(struct buf *buf, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));
char *buf_take(struct buf *buf); /* heap copy the caller frees; leaves BUF empty */

/* Adds TEXT as a person may safely see it on a terminal: controls, line
 * breaks, what utf8_is_hidden_at and bytes that are not UTF-8 appear as \n, \x1b,
 * \u202e, \U000e0041, \xff; everything readable stays as it is. */
void buf_add_visible(struct buf *buf, const char *text, size_t len);

/* Adds TEXT without what nobody sees: utf8_is_hidden, and controls but TAB, LF and CR. For
 * searching. */
void buf_add_seen(struct buf *buf, const char *text, size_t len);

#endif

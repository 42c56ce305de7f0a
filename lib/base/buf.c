// SPDX-License-Identifier: MIT
// The one growing buffer. Always terminated, may hold any bytes.
#include "base/buf.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

/* An empty buffer points here; it is never written through. */
static char empty[1];

void buf_init(struct buf *buf)
{
	*buf = (struct buf){.data = empty};
}

void buf_clear(struct buf *buf)
{
	if (buf->cap)
		free(buf->data);
	buf_init(buf);
}

void buf_reset(struct buf *buf)
{
	buf->len = 0;
	if (buf->cap)
		buf->data[0] = '\0';
}

void buf_reserve(struct buf *buf, size_t more)
{
	size_t need = buf->len + more + 1;
	if (need <= buf->cap)
		return;
	size_t cap = buf->cap ? buf->cap : 64;
	while (cap < need)
		cap = cap > SIZE_MAX / 2 ? need : cap * 2;
	buf->data = mem_grow(buf->cap ? buf->data : NULL, cap, 1);
	buf->data[buf->len] = '\0';
	buf->cap = cap;
}

void buf_add(struct buf *buf, const void *bytes, size_t len)
{
	buf_reserve(buf, len);
	if (len)
		memcpy(buf->data + buf->len, bytes, len);
	buf->len += len;
	buf->data[buf->len] = '\0';
}

void buf_adds(struct buf *buf, const char *text)
{
	buf_add(buf, text, strlen(text));
}

void buf_addc(struct buf *buf, char byte)
{
	buf_add(buf, &byte, 1);
}

void buf_fill(struct buf *buf, char byte, size_t count)
{
	buf_reserve(buf, count);
	memset(buf->data + buf->len, byte, count);
	buf->len += count;
	buf->data[buf->len] = '\0';
}

void buf_vaddf(struct buf *buf, const char *format, va_list args)
{
	/* a first try with room for most texts, a second with room for this one */
	for (size_t room = 128;;) {
		va_list again;
		buf_reserve(buf, room);
		va_copy(again, args);
		int len = vsnprintf(buf->data + buf->len, room + 1, format, again);
		va_end(again);
		if (len < 0) {
			buf->data[buf->len] = '\0';
			return;
		}
		if ((size_t)len <= room) {
			buf->len += (size_t)len;
			return;
		}
		room = (size_t)len;
	}
}

void buf_addf(struct buf *buf, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	buf_vaddf(buf, format, args);
	va_end(args);
}

char *buf_take(struct buf *buf)
{
	char *taken = buf->cap ? buf->data : mem_dup_len("", 0);
	buf_init(buf);
	return taken;
}

void buf_add_visible(struct buf *buf, const char *text, size_t len)
{
	for (size_t i = 0; i < len;) {
		uint32_t code;
		size_t used = utf8_decode(text + i, len - i, &code);
		if (!used) {
			buf_addf(buf, "\\x%02x", (unsigned char)text[i++]);
			continue;
		}
		if (code == '\n')
			buf_adds(buf, "\\n");
		else if (code == '\t')
			buf_adds(buf, "\\t");
		else if (code == '\r')
			buf_adds(buf, "\\r");
		else if (utf8_is_control(code))
			buf_addf(buf, "\\x%02x", (unsigned)code);
		else if (utf8_is_hidden_at(text, len, i, code))
			buf_addf(buf, code > 0xffff ? "\\U%08x" : "\\u%04x", (unsigned)code);
		else
			buf_add(buf, text + i, used);
		i += used;
	}
}

void buf_add_seen(struct buf *buf, const char *text, size_t len)
{
	for (size_t i = 0; i < len;) {
		uint32_t code = 0xfffd;
		size_t used = utf8_decode(text + i, len - i, &code);
		size_t bytes = used ? used : 1;
		bool space = code == '\n' || code == '\t' || code == '\r';
		bool control = !space && utf8_is_control(code);
		if (!control && !utf8_is_hidden(code))
			buf_add(buf, text + i, bytes);
		i += bytes;
	}
}

// SPDX-License-Identifier: MIT
// What went wrong, said once: status, place, clause, one line of text. Never prints.
#include "base/err.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void err_clear(struct err *err)
{
	free(err->file);
	free(err->clause);
	free(err->text);
	*err = (struct err)ERR_INIT;
}

static void err_fill(struct err *err, enum status status, struct buf *raw)
{
	struct buf seen;
	buf_init(&seen);
	buf_add_visible(&seen, raw->data, raw->len);
	err_clear(err);
	err->status = status;
	err->text = buf_take(&seen);
	buf_clear(raw);
}

bool err_set(struct err *err, enum status status, const char *format, ...)
{
	struct buf raw;
	buf_init(&raw);
	va_list args;
	va_start(args, format);
	buf_vaddf(&raw, format, args);
	va_end(args);
	err_fill(err, status, &raw);
	return false;
}

bool err_refuse(struct err *err, const char *clause, const char *format, ...)
{
	struct buf raw;
	buf_init(&raw);
	va_list args;
	va_start(args, format);
	buf_vaddf(&raw, format, args);
	va_end(args);
	err_fill(err, STATUS_REFUSED, &raw);
	return err_clause(err, clause);
}

bool err_system(struct err *err, const char *format, ...)
{
	int code = errno;
	struct buf raw;
	buf_init(&raw);
	va_list args;
	va_start(args, format);
	buf_vaddf(&raw, format, args);
	va_end(args);
	buf_adds(&raw, ": ");
	buf_adds(&raw, strerror(code));
	err_fill(err, STATUS_SYSTEM, &raw);
	return false;
}

bool err_place(struct err *err, const char *file, unsigned line, unsigned column)
{
	if (file && !err->file)
		err->file = mem_dup(file);
	if (line && !err->line) {
		err->line = line;
		err->column = column;
	}
	return false;
}

bool err_clause(struct err *err, const char *clause)
{
	if (clause && !err->clause)
		err->clause = mem_dup(clause);
	return false;
}

bool err_prefix(struct err *err, const char *prefix)
{
	struct buf text;
	buf_init(&text);
	buf_add_visible(&text, prefix, strlen(prefix));
	buf_adds(&text, ": ");
	buf_adds(&text, err->text ? err->text : "");
	free(err->text);
	err->text = buf_take(&text);
	return false;
}

void err_merge(struct err *err, struct err *from)
{
	if (from->text && (!err->text || from->status > err->status)) {
		err_clear(err);
		*err = *from;
		*from = (struct err)ERR_INIT;
	} else {
		err_clear(from);
	}
}

void err_render(const struct err *err, struct buf *out)
{
	if (err->file) {
		buf_add_visible(out, err->file, strlen(err->file));
		if (err->line)
			buf_addf(out, ":%u:%u", err->line, err->column);
		buf_adds(out, ": ");
	}
	buf_adds(out, err->text ? err->text : "unknown error");
	if (err->clause)
		buf_addf(out, " [%s]", err->clause);
}

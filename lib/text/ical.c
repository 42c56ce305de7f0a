// SPDX-License-Identifier: MIT
// iCalendar (RFC 5545) to-dos, for calendars on telephones.
#include "text/ical.h"

#include <string.h>
#include <time.h>

#include "base/utf8.h"

enum { LINE_OCTETS = 75 }; /* section 3.1 */

/* NAME:VALUE, folded between characters. */
static void add_line(struct buf *out, const char *name, const char *value)
{
	struct buf line;
	buf_init(&line);
	buf_addf(&line, "%s:%s", name, value);
	size_t column = 0;
	for (size_t i = 0; i < line.len;) {
		uint32_t code;
		size_t used = utf8_decode(line.data + i, line.len - i, &code);
		used = used ? used : 1;
		if (column + used > LINE_OCTETS) {
			buf_adds(out, "\r\n ");
			column = 1;
		}
		buf_add(out, line.data + i, used);
		column += used;
		i += used;
	}
	buf_adds(out, "\r\n");
	buf_clear(&line);
}

/* Section 3.3.11. Controls other than line breaks have no place in TEXT. */
static void add_text(struct buf *out, const char *name, const char *text)
{
	struct buf value;
	buf_init(&value);
	for (; *text; text++) {
		if (*text == '\n')
			buf_adds(&value, "\\n");
		else if (strchr("\\;,", *text))
			buf_addf(&value, "\\%c", *text);
		else if ((unsigned char)*text >= 0x20 && *text != 0x7f)
			buf_addc(&value, *text);
	}
	add_line(out, name, value.data);
	buf_clear(&value);
}

static void add_time(struct buf *out, const char *name, int64_t instant)
{
	time_t seconds = (time_t)instant;
	struct tm utc;
	char text[32];
	if (gmtime_r(&seconds, &utc) && strftime(text, sizeof text, "%Y%m%dT%H%M%SZ", &utc))
		add_line(out, name, text);
}

void ical_begin(struct buf *out)
{
	add_line(out, "BEGIN", "VCALENDAR");
	add_line(out, "VERSION", "2.0");
	add_line(out, "PRODID", "-//kefu//due//EN");
}

void ical_add(struct buf *out, const struct ical_todo *todo)
{
	add_line(out, "BEGIN", "VTODO");
	add_text(out, "UID", todo->uid);
	add_time(out, "DTSTAMP", todo->stamp);
	/* DUE must be later than DTSTART (section 3.8.2.3) */
	if (todo->start < todo->due)
		add_time(out, "DTSTART", todo->start);
	add_time(out, "DUE", todo->due);
	add_text(out, "SUMMARY", todo->summary);
	if (todo->description)
		add_text(out, "DESCRIPTION", todo->description);
	if (todo->priority) {
		char digit[2] = {(char)('0' + todo->priority), '\0'};
		add_line(out, "PRIORITY", digit);
	}
	add_line(out, "END", "VTODO");
}

void ical_end(struct buf *out)
{
	add_line(out, "END", "VCALENDAR");
}

// SPDX-License-Identifier: MIT
// iCalendar (RFC 5545) to-dos, for calendars on telephones. Only writes.
#ifndef KEFU_TEXT_ICAL_H
#define KEFU_TEXT_ICAL_H

#include <stdint.h>

#include "base/buf.h"

struct ical_todo {
	const char *uid; /* names the to-do for good: written again, it replaces the earlier one */
	int64_t stamp;   /* when this was written, seconds since 1970 */
	int64_t start, due;
	const char *summary, *description; /* DESCRIPTION may be NULL */
	int priority;                      /* 1 (highest) … 9, 0: none (section 3.8.1.9) */
};

void ical_begin(struct buf *out);
void ical_add(struct buf *out, const struct ical_todo *todo);
void ical_end(struct buf *out);

#endif

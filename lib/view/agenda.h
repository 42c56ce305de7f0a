// SPDX-License-Identifier: MIT
// What callback-due and ticket-due show: rows, or to-dos of a calendar.
#ifndef KEFU_VIEW_AGENDA_H
#define KEFU_VIEW_AGENDA_H

#include "base/buf.h"
#include "callback/agenda.h"
#include "view/view.h"

/* One row for each entry; DEADLINES says whether entries are deadlines or callbacks. For people it
 * has the columns they need to act, for programs all that is known. Without entries nothing is
 * written, not even a heading. */
struct table *view_agenda(const struct view_style *style, const struct agenda *agenda,
			  bool deadlines);

/* Adds an iCalendar (RFC 5545) with a to-do for each entry to OUT; nothing when nothing is due. */
void view_agenda_calendar(const struct view_style *style, const struct agenda *agenda,
			  struct buf *out);

#endif

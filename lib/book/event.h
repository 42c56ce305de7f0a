// SPDX-License-Identifier: MIT
// The events that C code knows by name. Every other is a step that a policy names: it has a schema,
// and rules speak of it, but nothing here does.
#ifndef KEFU_BOOK_EVENT_H
#define KEFU_BOOK_EVENT_H

#include <stdbool.h>

/* What a document records. One word may be an event of several families: a lot and a survey's
 * sample are both "drawn". */
enum event {
	/* the core: tickets' and customers' files, with a schema and an effect that are fixed */
	EVENT_OPENED,
	EVENT_IMPORTED,
	EVENT_ASSIGNED,
	EVENT_FINISHED,
	EVENT_CLOSED,
	EVENT_REOPENED,
	EVENT_CALLBACK,
	EVENT_EXTENDED,
	EVENT_TOLD,
	EVENT_DRAWN,
	EVENT_CORRECTED,
	EVENT_RECLASSIFIED,
	EVENT_VOIDED,
	EVENT_SETTLED,
	/* what a routine brings about on a file that is there already, and the daily plan */
	EVENT_SCHEDULED,
	EVENT_PLANNED,
	EVENT_FROZEN,
	/* surveys */
	EVENT_APPROVED,
	EVENT_ISSUED,
	EVENT_ANSWERED,
	/* staff.yaml */
	EVENT_JOINED,
	EVENT_CHANGED,
	EVENT_LEFT,
	EVENT_ABSENT,
	EVENT_BACK,
	/* registers of staff */
	EVENT_REGISTERED,
	EVENT_COMMENDED,
	EVENT_SANCTIONED,
	EVENT_TRAINED,
	EVENT_CERTIFIED,
	EVENT_APPOINTED,
	EVENT_PROPOSED,
	EVENT_RATED,
	/* sheets of an appraisal */
	EVENT_MARKED,
	EVENT_CONFIRMED,
	/* any other */
	EVENT_NAMED,
};

/* The event that NAME is, EVENT_NAMED when it is none of the above; NULL is none. */
enum event event_of(const char *name);

/* What EVENT is called in documents; static, NULL for EVENT_NAMED. */
const char *event_name(enum event event);

/* Whether EVENT is one of the core: its schema and effect are not the policy's to change. */
bool event_is_core(enum event event);

#endif

// SPDX-License-Identifier: MIT
// The events that C code knows by name. Any other event is a step that a policy adds: it has a
// schema and rules about it, but no code of its own.
#ifndef KEFU_BOOK_EVENT_H
#define KEFU_BOOK_EVENT_H

#include <stdbool.h>

/* What a document records. The same word may be an event of several families: "drawn" is both of a
 * lot and of a survey's sample. */
enum event {
	/* the core: events of tickets' and customers' files, with fixed schema and effect */
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
	EVENT_RECOMPUTED,
	EVENT_WAITING,
	EVENT_RESUMED,
	EVENT_LINKED,
	EVENT_PROPOSED, /* a step that awaits signatures; of staff: a penalty */
	EVENT_SIGNED,
	EVENT_DECLINED,
	EVENT_ASKED_AGAIN,
	EVENT_WITHDRAWN, /* by the household */
	EVENT_UNNEEDED,
	EVENT_JOINED_BY, /* of tickets: another household calls about the matter */
	EVENT_UNJOINED,
	EVENT_MERGED,
	EVENT_VOIDED,
	EVENT_SETTLED,
	/* what a routine adds to a file that exists already, and the daily plan */
	EVENT_SCHEDULED,
	EVENT_PLANNED,
	EVENT_FROZEN,
	/* what happened to numbers: in any file, and in the register of lost ones */
	EVENT_RENUMBERED,
	EVENT_LOST,
	EVENT_FOUND,
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
	EVENT_RATED,
	/* sheets of an appraisal */
	EVENT_MARKED,
	EVENT_CONFIRMED,
	/* any other */
	EVENT_NAMED,
};

/* The event called NAME; EVENT_NAMED when it is none of the above, or NULL. */
enum event event_of(const char *name);

/* The name of EVENT in documents; static, NULL for EVENT_NAMED. */
const char *event_name(enum event event);

/* Whether EVENT closes a ticket of which nothing was done: the household withdrew it, or there was
 * nothing to do on site. */
bool event_ends_unworked(enum event event);

/* Whether EVENT is one of the core: no policy can change its schema and effect. */
bool event_is_core(enum event event);

#endif

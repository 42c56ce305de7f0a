// SPDX-License-Identifier: MIT
// The events that C code knows by name.
#include "book/event.h"

#include <stddef.h>
#include <string.h>

static const char *const names[EVENT_NAMED] = {
	[EVENT_OPENED] = "opened",
	[EVENT_IMPORTED] = "imported",
	[EVENT_ASSIGNED] = "assigned",
	[EVENT_FINISHED] = "finished",
	[EVENT_CLOSED] = "closed",
	[EVENT_REOPENED] = "reopened",
	[EVENT_CALLBACK] = "callback",
	[EVENT_EXTENDED] = "extended",
	[EVENT_TOLD] = "told",
	[EVENT_DRAWN] = "drawn",
	[EVENT_CORRECTED] = "corrected",
	[EVENT_RECLASSIFIED] = "reclassified",
	[EVENT_RECOMPUTED] = "recomputed",
	[EVENT_WAITING] = "waiting",
	[EVENT_RESUMED] = "resumed",
	[EVENT_LINKED] = "linked",
	[EVENT_PROPOSED] = "proposed",
	[EVENT_SIGNED] = "signed",
	[EVENT_DECLINED] = "declined",
	[EVENT_ASKED_AGAIN] = "asked-again",
	[EVENT_WITHDRAWN] = "withdrawn",
	[EVENT_UNNEEDED] = "unneeded",
	[EVENT_JOINED_BY] = "joined-by",
	[EVENT_UNJOINED] = "unjoined",
	[EVENT_MERGED] = "merged",
	[EVENT_VOIDED] = "voided",
	[EVENT_SETTLED] = "settled",
	[EVENT_SCHEDULED] = "scheduled",
	[EVENT_PLANNED] = "planned",
	[EVENT_FROZEN] = "frozen",
	[EVENT_APPROVED] = "approved",
	[EVENT_ISSUED] = "issued",
	[EVENT_ANSWERED] = "answered",
	[EVENT_RENUMBERED] = "renumbered",
	[EVENT_LOST] = "lost",
	[EVENT_FOUND] = "found",
	[EVENT_JOINED] = "joined",
	[EVENT_CHANGED] = "changed",
	[EVENT_LEFT] = "left",
	[EVENT_ABSENT] = "absent",
	[EVENT_BACK] = "back",
	[EVENT_REGISTERED] = "registered",
	[EVENT_COMMENDED] = "commended",
	[EVENT_SANCTIONED] = "sanctioned",
	[EVENT_TRAINED] = "trained",
	[EVENT_CERTIFIED] = "certified",
	[EVENT_APPOINTED] = "appointed",
	[EVENT_RATED] = "rated",
	[EVENT_MARKED] = "marked",
	[EVENT_CONFIRMED] = "confirmed",
};

enum event event_of(const char *name)
{
	for (enum event event = 0; name && event < EVENT_NAMED; event++)
		if (name[0] == names[event][0] && strcmp(names[event], name) == 0)
			return event;
	return EVENT_NAMED;
}

const char *event_name(enum event event)
{
	return event < EVENT_NAMED ? names[event] : NULL;
}

bool event_ends_unworked(enum event event)
{
	return event == EVENT_WITHDRAWN || event == EVENT_UNNEEDED;
}

bool event_is_core(enum event event)
{
	return event <= EVENT_SETTLED;
}

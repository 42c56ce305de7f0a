// SPDX-License-Identifier: MIT
// What a document of staff.yaml changes beside itself, in words: who stands in for whom, and what
// was recorded for a later day. Records nothing.
#include <inttypes.h>
#include <string.h>

#include "data/time.h"
#include "staff/roster_parts.h"

const char *roster_time(const struct recording *recording, int64_t instant)
{
	struct buf text;
	buf_init(&text);
	time_format_short(&recording->book->zone, instant, &text);
	const char *kept = arena_dup(recording->arena, text.data);
	buf_clear(&text);
	return kept;
}

/* Who acts for ABSENT at AT, in words. */
static const char *who_acts(const struct recording *recording, const struct staff *staff,
			    const char *absent, int64_t at)
{
	const char *last, *why = "the deputies stand in for each other";
	switch (staff_deputies(staff, absent, at, &last)) {
	case DEPUTY_HERE:
		return arena_printf(recording->arena, "%s does", last);
	case DEPUTY_NONE:
		why = arena_printf(recording->arena, "%s is absent, too", last);
		break;
	case DEPUTY_GONE:
		why = arena_printf(recording->arena, "%s does not work here then", last);
		break;
	case DEPUTY_CIRCLE:
		break;
	}
	return arena_printf(recording->arena,
			    "nobody does: %s (staff-log absent %s --deputy PERSON names another)",
			    why, absent);
}

/* Whether somebody who is absent at AT, with a deputy, has another acting for them than before. */
static bool changes(const struct staff *before, const struct staff *after, const char *absent,
		    int64_t at, bool own)
{
	const char *was, *is;
	const struct member *member = staff_find(after, absent, at);
	if (!member || member->left || !staff_deputised(after, absent, at))
		return false;
	enum deputy_end end = staff_deputies(after, absent, at, &is);
	if (own)
		return end != DEPUTY_HERE;
	return staff_deputies(before, absent, at, &was) != end || strcmp(was, is) != 0;
}

/* For each who is absent: the first moment at which it changes who acts for them. */
static void note_deputies(const struct recording *recording, const struct staff *after,
			  int64_t since)
{
	const struct staff *before = &recording->book->staff;
	const char *person = node_text(recording->posting->document, "person");
	int64_t now = recording->book->now;
	bool *told = arena_alloc(recording->arena, after->away_count * sizeof *told + 1);
	for (int64_t at = since > now ? since : now; at != INT64_MAX;
	     at = staff_next_change(after, at))
		for (size_t i = 0; i < after->away_count; i++) {
			const char *absent = after->away[i]->id;
			bool own = strcmp(absent, person) == 0;
			if (told[i] || !changes(before, after, absent, at, own))
				continue;
			int64_t until = staff_absent_until(after, absent, at);
			const struct absence *named = staff_deputised(after, absent, at);
			record_note(recording->out, recording->arena,
				    "%s stands in for %s until %s: from %s on %s", named->deputy,
				    absent,
				    until == INT64_MAX ? "they are back"
						       : roster_time(recording, until),
				    roster_time(recording, at),
				    who_acts(recording, after, absent, at));
			told[i] = true;
		}
}

/* Who leaves takes with them what was to change later; who joins again finds it. */
static void note_changes(const struct recording *recording, const struct staff *after,
			 int64_t since, bool left)
{
	const struct staff_person *person =
		staff_person(after, node_text(recording->posting->document, "person"));
	for (size_t i = 0; i < person->version_count; i++) {
		const struct member *version = person->versions[i];
		const char *from = roster_time(recording, version->from);
		if (version->from <= since)
			continue;
		if (left && version->left)
			record_note(recording->out, recording->arena,
				    "#%" PRId64 ", which was to hold from %s on, has no effect",
				    version->seq, from);
		else
			record_note(recording->out, recording->arena,
				    "#%" PRId64 ", recorded before, holds from %s on", version->seq,
				    from);
	}
}

/* A change from before they joined says that they were here earlier: most likely a date is missing.
 */
static void note_earlier(const struct recording *recording, const struct staff *after,
			 int64_t since)
{
	const struct staff_person *person =
		staff_person(after, node_text(recording->posting->document, "person"));
	const struct member *first = person->versions[0];
	if (first->event == EVENT_CHANGED && first->from == since && person->version_count > 1)
		record_note(recording->out, recording->arena,
			    "by this they work here from %s on, not from %s on: if that is wrong, "
			    "record left, and the change with --from",
			    roster_time(recording, since),
			    roster_time(recording, person->versions[1]->from));
}

/* An absence that goes on beyond the one recorded, and a deputy who stays. */
static void note_absence(const struct recording *recording, const struct staff *after,
			 int64_t since)
{
	const struct node *document = recording->posting->document;
	const char *person = node_text(document, "person"), *until = node_text(document, "until");
	int64_t whole = staff_absent_until(after, person, since), own = INT64_MAX;
	const struct absence *deputised = staff_deputised(after, person, since);
	struct err ignored = ERR_INIT;
	if (until && time_parse(until, &own, &ignored) && whole > own)
		record_note(recording->out, recording->arena,
			    "absent until %s all the same, by what was recorded before%s",
			    whole == INT64_MAX ? "they are back" : roster_time(recording, whole),
			    whole == INT64_MAX ? "" : " (staff-log back ends it)");
	if (deputised && !node_get(document, "deputy"))
		record_note(recording->out, recording->arena, "%s stays the deputy",
			    deputised->deputy);
	err_clear(&ignored);
}

void roster_notes(const struct recording *recording, const struct staff *after, int64_t since)
{
	enum event event = document_event(recording->posting->document);
	if (event == EVENT_ABSENT)
		note_absence(recording, after, since);
	if (event == EVENT_ABSENT || event == EVENT_LEFT)
		note_deputies(recording, after, since);
	if (event == EVENT_CHANGED)
		note_earlier(recording, after, since);
	if (event == EVENT_JOINED || event == EVENT_LEFT)
		note_changes(recording, after, since, event == EVENT_LEFT);
}

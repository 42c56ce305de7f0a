// SPDX-License-Identifier: MIT
// Retries: whether what is asked for was recorded before, under the same --request-id.
#include "record/retry.h"

#include <inttypes.h>
#include <string.h>

/* By the calendar: a day may have 23 or 25 hours, and tickets are looked for by their day. */
int64_t retry_since(const struct book *book)
{
	struct civil now, then;
	zone_civil(&book->zone, book->now, &now);
	civil_of_day(zone_day(&book->zone, book->now) - RETRY_DAYS, &then);
	then.hour = now.hour;
	then.minute = now.minute;
	then.second = now.second;
	return zone_instant(&book->zone, &then);
}

bool retry_remembers(const struct book *book, const struct document *document,
		     const char *request_id)
{
	return request_id && node_is_string(node_get(document->root, "request-id"), request_id) &&
	       document->recorded >= retry_since(book);
}

/* Whether LIST begins with all that BEGINNING holds. */
static bool begins_with(const struct node *list, const struct node *beginning)
{
	size_t count = node_item_count(beginning);
	bool fits = count && count <= node_item_count(list);
	for (size_t i = 0; fits && i < count; i++)
		fits = node_equal_json(node_item(list, i), node_item(beginning, i));
	return fits;
}

/* Takes out of WAS, a recorded document, what recording has added to IS, what the person gave. */
static void take_out_added(const struct retry *retry, struct node *was, const struct node *is)
{
	/* kind, category and severity, where the text said them */
	const struct node *found = node_get(was, "classified");
	for (size_t i = 0; i < node_item_count(found); i++)
		if (node_item_text(found, i))
			node_remove(was, node_item_text(found, i));
	for (const char *const *name = retry->added; name && *name; name++) {
		struct node *given = node_get(is, *name);
		if (!given)
			node_remove(was, *name);
		else if (begins_with(node_get(was, *name), given))
			node_set(retry->arena, was, *name, given);
	}
}

static bool asks_for(const struct retry *retry, const struct node *recorded,
		     const struct node *document)
{
	struct arena *arena = retry->arena;
	struct node *was = document_content(arena, recorded),
		    *is = document_content(arena, document);
	take_out_added(retry, was, is);
	if (retry->request->at) {
		node_set(arena, was, "at", node_get(recorded, "at"));
		node_set(arena, is, "at", book_time(retry->book, arena, retry->at));
	}
	return node_equal_json(was, is);
}

bool retry_find(const struct retry *retry, const char *id, const struct document *before,
		size_t count, struct recorded *out, struct err *err)
{
	const char *wanted = retry->request->request_id;
	int64_t first = 0, last = 0;
	size_t same = 0;
	for (size_t i = 0; i < count; i++) {
		if (!retry_remembers(retry->book, &before[i], wanted))
			continue;
		first = first ? first : before[i].known;
		last = before[i].known;
		/* what followed by itself stands behind what was asked for */
		if (same < retry->count &&
		    asks_for(retry, before[i].root, retry->documents[same])) {
			if (out->numbers)
				out->numbers[same] = before[i].known;
			same++;
		}
	}
	if (!first)
		return true;
	if (same < retry->count)
		return err_set(err, STATUS_REFUSED,
			       "--request-id: %s was recorded as %s#%" PRId64
			       " with other content: take another id for what is new",
			       wanted, id, first);
	out->first = first;
	out->last = last;
	out->repeated = true;
	return true;
}

// SPDX-License-Identifier: MIT
// Applies a mapping to a row: columns to fields, words to words, times to instants.
#include <string.h>

#include "base/utf8.h"
#include "book/document.h"
#include "data/schema.h"
#include "data/time_read.h"
#include "record/value.h"
#include "text/json.h"
#include "ticket/mapping_parts.h"
#include "ticket/ticket.h"

enum { SHOWN = 60 }; /* columns of a foreign value that a message repeats */

/* The bytes of white space TEXT begins with; U+3000 and U+00A0 count. */
static size_t blank(const char *text, size_t len)
{
	uint32_t code;
	size_t used = utf8_decode(text, len, &code);
	return used && (code == ' ' || code == '\t' || code == '\r' || code == '\n' ||
			code == 0x3000 || code == 0xa0)
		       ? used
		       : 0;
}

static const char *trim(struct arena *arena, const char *text)
{
	size_t len = strlen(text), used, end = 0;
	while ((used = blank(text, len))) {
		text += used;
		len -= used;
	}
	for (size_t i = 0; i < len;) {
		used = blank(text + i, len - i);
		i += used ? used : utf8_decode(text + i, len - i, &(uint32_t){0});
		end = used ? end : i;
	}
	return arena_dup_len(arena, text, end);
}

/* The text of a column; NULL when it is missing, empty or null. */
static bool column_text(struct arena *arena, const struct node *row, const char *column,
			const char **text, struct err *err)
{
	const struct node *value = node_get(row, column);
	*text = NULL;
	if (!value || value->type == NODE_NULL)
		return true;
	struct buf json;
	buf_init(&json);
	bool fine = true;
	*text = node_as_text(value);
	if (*text && strlen(*text) != node_text_len(value)) {
		*text = NULL;
		fine = err_set(err, STATUS_REFUSED, "column %s: holds a NUL", column);
	} else if (!*text) {
		json_write(&json, value);
		*text = arena_dup_len(arena, json.data, json.len);
	}
	buf_clear(&json);
	if (fine && *text && !**text)
		*text = NULL;
	return fine;
}

static bool joined_text(struct arena *arena, const struct node *row,
			const struct mapping_field *field, const char **text, struct err *err)
{
	struct buf joined;
	const char *column, *part;
	bool fine = true;
	if (node_item_count(field->columns) == 1 && node_item_text(field->columns, 0))
		return column_text(arena, row, node_item_text(field->columns, 0), text, err);
	buf_init(&joined);
	for (size_t i = 0; fine && (column = node_each_text(field->columns, &i));) {
		fine = column_text(arena, row, column, &part, err);
		if (fine && part)
			buf_addf(&joined, "%s%s", joined.len ? field->join : "", part);
	}
	*text = joined.len ? arena_dup_len(arena, joined.data, joined.len) : NULL;
	buf_clear(&joined);
	return fine;
}

static bool unknown_word(const struct mapping_field *field, const char *text, struct err *err)
{
	struct buf known;
	buf_init(&known);
	const struct pair *word;
	for (size_t i = 0; known.len < 400 && (word = node_pair(field->values, i)); i++)
		buf_addf(&known, "%s%s", i ? ", " : "", word->key);
	err_set(err, STATUS_REFUSED,
		"%s: \"%.*s\" is not among the mapping's values (they are: %s)", field->path,
		(int)utf8_fit(text, strlen(text), SHOWN), text, known.data);
	buf_clear(&known);
	return false;
}

/* What FIELD gets from ROW, in our words; NULL: nothing. */
static bool field_text(struct arena *arena, const struct node *row,
		       const struct mapping_field *field, const char **text, struct err *err)
{
	*text = field->constant;
	if (field->constant)
		return true;
	if (!joined_text(arena, row, field, text, err))
		return false;
	if (*text && field->nature != FREE)
		*text = trim(arena, *text);
	if (field->values && *text) {
		const struct node *ours = node_get(field->values, *text);
		if (!ours && **text && !field->fallback)
			return unknown_word(field, *text, err);
		*text = node_as_text(ours);
		if (*text && !**text) { /* it means that there is none, and no default */
			*text = NULL;
			return true;
		}
	}
	if (!*text || !**text)
		*text = field->fallback;
	return true;
}

static bool read_time(const struct mapping *mapping, const struct mapping_field *field,
		      const char *text, int64_t *instant, struct err *err)
{
	const char *why = NULL;
	for (const char *const *format = mapping->times; *format; format++) {
		const char *reason;
		enum time_read result = time_read(*format, text, &mapping->zone, instant, &reason);
		if (result == TIME_READ && *instant > mapping->book->now)
			return err_set(err, STATUS_REFUSED, "%s: \"%s\" is in the future",
				       field->path, text);
		if (result == TIME_READ)
			return true;
		if (result == TIME_IMPOSSIBLE && !why)
			why = reason;
	}
	return err_set(err, STATUS_REFUSED, "%s: \"%.*s\" is not a time: %s", field->path,
		       (int)utf8_fit(text, strlen(text), SHOWN), text,
		       why ? why : "it fits none of the formats of times");
}

static struct node *other_of(struct arena *arena, struct node *document)
{
	struct node *other = node_get(document, "other");
	if (!other) {
		other = node_map(arena);
		node_add(arena, document, "other", other);
	}
	return other;
}

static bool keep(struct arena *arena, const struct node *row, const char *column,
		 struct node *document, struct err *err)
{
	const char *text;
	if (!column_text(arena, row, column, &text, err))
		return false;
	if (text && !node_get(node_get(document, "other"), column))
		node_add(arena, other_of(arena, document), arena_dup(arena, column),
			 node_string(arena, text));
	return true;
}

/* Takes PATH out again, and the map it left empty. */
static void take_out(struct node *document, const char *path)
{
	const char *dot = strchr(path, '.');
	if (!dot) {
		node_remove(document, path);
		return;
	}
	struct node *inner = node_get_len(document, path, (size_t)(dot - path));
	node_remove(inner, dot + 1);
	const struct pair *pair;
	for (size_t i = 0; !node_pair_count(inner) && (pair = node_pair(document, i)); i++)
		if (pair->value == inner)
			node_remove(document, pair->key);
}

static bool set_word(const struct mapping *mapping, struct arena *arena, const struct node *row,
		     const struct mapping_field *field, const char *text, struct node *document,
		     struct err *err)
{
	if (value_set(mapping->book, arena, mapping->schema, document, field->path, text, err)) {
		if (schema_check(field->schema, node_path(document, field->path), NULL, err))
			return true;
		err_prefix(err, field->path);
	}
	if (!field->keeps_unfit || err->status != STATUS_REFUSED)
		return false;
	err_clear(err);
	take_out(document, field->path);
	const char *column;
	for (size_t i = 0; (column = node_each_text(field->columns, &i));)
		if (!keep(arena, row, column, document, err))
			return false;
	return true;
}

static bool set_field(const struct mapping *mapping, struct arena *arena, const struct node *row,
		      const struct mapping_field *field, struct node *document,
		      struct mapped_times *times, struct err *err)
{
	const char *text;
	if (!field_text(arena, row, field, &text, err))
		return false;
	if (!text)
		return !field->required || err_set(err, STATUS_REFUSED, "%s: missing", field->path);
	if (field->nature != TIME)
		return set_word(mapping, arena, row, field, text, document, err);
	int64_t instant;
	if (!read_time(mapping, field, text, &instant, err))
		return false;
	node_set(arena, document, field->path, book_time(mapping->book, arena, instant));
	if (strcmp(field->path, "at") == 0)
		times->at = instant;
	else if (strcmp(field->path, "finished-at") == 0)
		times->finished = instant;
	else if (strcmp(field->path, "closed-at") == 0)
		times->closed = instant;
	return true;
}

static bool keep_others(const struct mapping *mapping, struct arena *arena, const struct node *row,
			struct node *document, struct err *err)
{
	const char *column;
	const struct pair *pair;
	for (size_t i = 0; (column = node_each_text(mapping->other, &i));)
		if (!keep(arena, row, column, document, err))
			return false;
	for (size_t i = 0; mapping->keeps_rest && (pair = node_pair(row, i)); i++)
		if (!node_holds(mapping->used, pair->key) &&
		    !keep(arena, row, pair->key, document, err))
			return false;
	return true;
}

static bool in_order(const struct node *document, const char *later, int64_t then,
		     const char *earlier, int64_t before, struct err *err)
{
	if (then == MAPPED_NEVER || before == MAPPED_NEVER || then >= before)
		return true;
	return err_set(err, STATUS_REFUSED, "%s: %s is earlier than %s (%s)", later,
		       node_text(document, later), earlier, node_text(document, earlier));
}

/* The state, told from the times where the row does not say; and whether they agree. */
static bool set_state(struct arena *arena, struct node *document, const struct mapped_times *times,
		      struct err *err)
{
	const char *state = node_text(document, "state");
	bool finished = times->finished != MAPPED_NEVER, closed = times->closed != MAPPED_NEVER;
	if (!in_order(document, "finished-at", times->finished, "at", times->at, err) ||
	    !in_order(document, "closed-at", times->closed, "at", times->at, err) ||
	    !in_order(document, "closed-at", times->closed, "finished-at", times->finished, err))
		return false;
	if (state && closed && strcmp(state, "closed") != 0)
		return err_set(err, STATUS_REFUSED,
			       "state: %s, but closed-at says it was closed on %s", state,
			       node_text(document, "closed-at"));
	if (state && finished && strcmp(state, "open") == 0)
		return err_set(err, STATUS_REFUSED,
			       "state: open, but finished-at says it was finished on %s",
			       node_text(document, "finished-at"));
	if (!state)
		node_add_string(arena, document, "state",
				closed     ? "closed"
				: finished ? "finished"
					   : "open");
	return true;
}

bool mapping_apply(const struct mapping *mapping, struct arena *arena, const struct node *row,
		   struct node *document, struct mapped_times *times, struct err *err)
{
	*times = (struct mapped_times){.finished = MAPPED_NEVER, .closed = MAPPED_NEVER};
	for (size_t i = 0; i < mapping->field_count; i++)
		if (!set_field(mapping, arena, row, &mapping->fields[i], document, times, err))
			return false;
	return set_state(arena, document, times, err) &&
	       keep_others(mapping, arena, row, document, err) &&
	       (mapping->unlisted || ticket_names(mapping->book, document, err));
}

bool mapping_key(const struct mapping *mapping, struct arena *arena, const struct node *row,
		 const char **key, struct err *err)
{
	struct buf joined;
	bool fine = true;
	const char *column, *part;
	buf_init(&joined);
	for (size_t i = 0; fine && (column = node_each_text(mapping->key, &i));) {
		fine = column_text(arena, row, column, &part, err);
		if (fine && !part)
			fine = err_set(err, STATUS_REFUSED,
				       "column %s: empty, but the key of the mapping needs it",
				       column);
		/* a slash within a part may make two keys the same: their digests differ, and one
		 * is rejected */
		if (fine)
			buf_addf(&joined, "%s%s", i > 1 ? "/" : "", part);
	}
	*key = fine ? trim(arena, joined.data) : NULL;
	buf_clear(&joined);
	if (fine && !**key)
		fine = err_set(err, STATUS_REFUSED,
			       "column %s: empty, but the key of the mapping needs it",
			       node_item_text(mapping->key, 0));
	return fine;
}

/* SHA-256 of MAP, a copy that may be changed, as JSON with sorted keys. */
static void digest_map(struct node *map, char digest[DIGEST_TEXT])
{
	unsigned char bytes[DIGEST_BYTES];
	struct buf json;
	buf_init(&json);
	node_sort_keys(map);
	json_write(&json, map);
	digest_of(json.data, json.len, bytes);
	digest_text(bytes, digest);
	buf_clear(&json);
}

void mapping_digest(const struct node *row, char digest[DIGEST_TEXT])
{
	struct arena arena = ARENA_INIT;
	digest_map(node_copy(&arena, row), digest);
	arena_clear(&arena);
}

static bool maps_to(const struct mapping *mapping, const char *path)
{
	for (size_t i = 0; i < mapping->field_count; i++)
		if (strcmp(mapping->fields[i].path, path) == 0)
			return true;
	return false;
}

void mapping_content(const struct mapping *mapping, const struct node *root,
		     char digest[DIGEST_TEXT])
{
	static const char *const derived[] = {"source", "due", "callbacks", "withdraws", "settles"};
	struct arena arena = ARENA_INIT;
	struct node *content = document_content(&arena, root), *other = node_map(&arena);
	const struct pair *pair;
	for (size_t i = 0; i < sizeof derived / sizeof *derived; i++)
		node_remove(content, derived[i]);
	if (!maps_to(mapping, "department")) /* then it is that of the category */
		node_remove(content, "department");
	for (size_t i = 0; (pair = node_pair(node_get(root, "other"), i)); i++)
		if (node_holds(mapping->used, pair->key))
			node_add(&arena, other, pair->key, pair->value);
	node_set(&arena, content, "other", other);
	node_add_string(&arena, content, "at", node_text(root, "at"));
	node_sort_keys(other);
	node_sort_keys(node_get(content, "customer"));
	digest_map(content, digest);
	arena_clear(&arena);
}

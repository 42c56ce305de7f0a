// SPDX-License-Identifier: MIT
// Append-only files: their numbered documents, the order of these, and the union of two versions.
#include "book/document.h"

#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "data/time.h"
#include "text/canon.h"
#include "text/yaml.h"

static bool damaged(const char *file, const struct node *at, struct err *err)
{
	err->status = STATUS_DAMAGED;
	return err_place(err, file, at->line, at->column);
}

bool document_time(const char *file, const struct node *map, const char *key, int64_t *out,
		   struct err *err)
{
	const struct node *value = node_get(map, key);
	const char *text = node_as_text(value);
	if (!text || value->type != NODE_STRING || strlen(text) != node_text_len(value)) {
		err_set(err, STATUS_DAMAGED, value ? "%s: must be a time" : "%s: missing", key);
		return damaged(file, value ? value : map, err);
	}
	if (time_parse(text, out, err))
		return true;
	err_prefix(err, key);
	return damaged(file, value, err);
}

bool document_name(const char *file, const struct node *map, const char *key, const char **out,
		   struct err *err)
{
	const struct node *value = node_get(map, key);
	const char *text = node_as_text(value);
	if (text && *text && value->type == NODE_STRING && strlen(text) == node_text_len(value)) {
		*out = text;
		return true;
	}
	err_set(err, STATUS_DAMAGED, value ? "%s: must be text" : "%s: missing", key);
	return damaged(file, value ? value : map, err);
}

bool document_open(struct document *document, const char *file, struct err *err)
{
	const struct node *root = document->root;
	if (root->type != NODE_MAP) {
		err_set(err, STATUS_DAMAGED, "the document must be a map of fields");
		return damaged(file, root, err);
	}
	if (!node_integer(root, "seq", &document->seq) || document->seq < 1 ||
	    document->seq > SEQ_MAX) {
		err_set(err, STATUS_DAMAGED, "seq: missing, or not a number from 1 to %d", SEQ_MAX);
		return damaged(file, root, err);
	}
	if (!document_name(file, root, "event", &document->event, err) ||
	    !document_time(file, root, "at", &document->at, err))
		return false;
	document->known = document->seq;
	document->which = event_of(document->event);
	document->site = node_text(root, "site");
	document->recorded = document->at;
	return !node_get(root, "recorded") ||
	       document_time(file, root, "recorded", &document->recorded, err);
}

enum event document_event(const struct node *root)
{
	return event_of(node_text(root, "event"));
}

/* What recording says of itself in every document. */
static const char *const head[] = {"seq", "id",  "site",       "at",    "recorded",
				   "by",  "via", "request-id", "cause", "seen"};

static bool is_head(const char *key)
{
	for (size_t i = 0; i < sizeof head / sizeof *head; i++)
		if (strcmp(key, head[i]) == 0)
			return true;
	return false;
}

/* Whether all that A says, by itself, is said by B. */
static bool says_all(const struct node *a, const struct node *b)
{
	static const char *const follows[] = {"keeps",     "withdraws", "settles", "due",
					      "callbacks", "override",  "links",   "tries"};
	const struct pair *pair;
	for (size_t i = 0; (pair = node_pair(a, i)); i++) {
		bool skip = is_head(pair->key);
		for (size_t j = 0; j < sizeof follows / sizeof *follows && !skip; j++)
			skip = strcmp(pair->key, follows[j]) == 0;
		const struct node *other = skip ? NULL : node_get(b, pair->key);
		if (!skip && (!other || !node_identical(pair->value, other)))
			return false;
	}
	return true;
}

bool document_same_content(const struct document *a, const struct document *b)
{
	return says_all(a->root, b->root) && says_all(b->root, a->root);
}

struct node *document_content(struct arena *arena, const struct node *root)
{
	struct node *copy = node_copy(arena, root);
	for (size_t i = 0; i < sizeof head / sizeof *head; i++)
		node_remove(copy, head[i]);
	return copy;
}

const struct node *document_now(const struct document *document)
{
	return document->now ? document->now : document->root;
}

const char *document_step(const struct document *document)
{
	return document->which == EVENT_REOPENED ? event_name(EVENT_OPENED) : document->event;
}

int document_compare(const struct document *a, const struct document *b)
{
	if (a->seq != b->seq)
		return a->seq < b->seq ? -1 : 1;
	unsigned char digest_a[DIGEST_BYTES], digest_b[DIGEST_BYTES];
	digest_of(a->text, a->len, digest_a);
	digest_of(b->text, b->len, digest_b);
	return memcmp(digest_a, digest_b, DIGEST_BYTES);
}

static int compare_documents(const void *a, const void *b)
{
	return document_compare(a, b);
}

/* Of documents that appear more than once, keeps the first. */
static void drop_repeated(struct documents *documents)
{
	size_t kept = 0;
	for (size_t i = 0; i < documents->count; i++) {
		struct document *last = kept ? &documents->items[kept - 1] : NULL,
				*next = &documents->items[i];
		if (!last || document_compare(last, next) != 0) {
			documents->items[kept++] = *next;
			continue;
		}
		struct document first = last->text < next->text ? *last : *next;
		documents->repeated = last->text < next->text ? next->line : last->line;
		*last = first;
	}
	documents->count = kept;
}

bool document_same_site(const struct document *a, const struct document *b)
{
	return a->site && b->site ? strcmp(a->site, b->site) == 0 : a->site == b->site;
}

bool document_knows(const struct document *first, const struct document *document,
		    const struct document *earlier)
{
	int64_t had;
	if (earlier->seq >= document->seq)
		return false;
	if (!document->site || !earlier->site || strcmp(document->site, earlier->site) == 0)
		return true;
	const struct node *seen = node_get(document->root, "seen");
	if (seen)
		return node_integer(seen, earlier->site, &had) && had >= earlier->seq;
	if (!node_get(earlier->root, "seen"))
		return true;
	/* it says nothing where nothing of another site was there; or, if its site has said so
	 * before, because its schema has no place for it */
	for (const struct document *own = document; own-- > first;)
		if (document_same_site(own, document) && node_get(own->root, "seen"))
			return true;
	return false;
}

bool document_renumbering(const struct node *root, struct renumbering *renumbering)
{
	renumbering->digest = node_text(root, "digest");
	return node_integer(root, "number", &renumbering->number) &&
	       node_integer(root, "as", &renumbering->as) && renumbering->as > 0 &&
	       renumbering->as <= SEQ_MAX && renumbering->digest;
}

struct document *document_renumbered(struct document *documents, size_t count,
				     const struct renumbering *renumbering)
{
	unsigned char digest[DIGEST_BYTES];
	char digits[DIGEST_TEXT];
	for (size_t i = 0; i < count; i++) {
		struct document *document = &documents[i];
		if (document->seq != renumbering->number || !document->text)
			continue;
		digest_of(document->text, document->len, digest);
		digest_text(digest, digits);
		if (strcmp(digits, renumbering->digest) == 0)
			return document;
	}
	return NULL;
}

static void renumber(struct documents *documents)
{
	for (size_t i = 0; i < documents->count; i++) {
		struct renumbering renumbering;
		if (documents->items[i].which != EVENT_RENUMBERED ||
		    !document_renumbering(documents->items[i].root, &renumbering))
			continue;
		struct document *document = document_renumbered(documents->items, i, &renumbering);
		if (document)
			document->known = renumbering.as;
	}
}

bool documents_read(struct arena *arena, const char *file, const char *text, size_t len,
		    struct documents *out, struct err *err)
{
	struct yaml_stream stream = {0};
	bool whole = true;
	*out = (struct documents){0};
	if (!canon_read(arena, text, len, &stream)) {
		/* the declined attempt left its work in the arena */
		arena_reset(arena);
		whole = yaml_read(arena, file, text, len, &stream, err);
	}
	out->items = arena_alloc(arena, (stream.count + 1) * sizeof *out->items);
	for (size_t i = 0; i < stream.count; i++) {
		const struct yaml_document *source = &stream.documents[i];
		struct document *document = &out->items[i];
		*document = (struct document){.root = source->root,
					      .text = text + source->begin,
					      .len = source->end - source->begin,
					      .line = source->line};
		if (!document_open(document, file, err))
			return false;
		out->count++;
		out->read_len = source->end;
		if (i && document_compare(document - 1, document) >= 0)
			out->unordered = true;
	}
	if (whole && out->unordered) {
		qsort(out->items, out->count, sizeof *out->items, compare_documents);
		drop_repeated(out);
	}
	renumber(out);
	return whole;
}

/* Whether both begin the file of one thing that has its name from the world, or from a file that
 * both have, as a survey's frame: a unit, a person. Two sites may begin it, and neither takes the
 * other's place. */
static bool begin_the_same(const struct document *a, const struct document *b)
{
	const char *id = node_text(a->root, "id");
	return id && node_is_string(node_get(b->root, "id"), id) && a->site && b->site &&
	       strcmp(a->site, b->site) != 0 && a->which != EVENT_PLANNED &&
	       b->which != EVENT_PLANNED;
}

bool documents_merge(const struct documents *ours, const struct documents *theirs, struct buf *out,
		     struct err *err)
{
	if (!ours->count || !theirs->count ||
	    (document_compare(&ours->items[0], &theirs->items[0]) != 0 &&
	     !begin_the_same(&ours->items[0], &theirs->items[0])))
		return err_set(err, STATUS_REFUSED,
			       "two different forms have this number: each side opened its own");
	size_t i = 0, j = 0;
	while (i < ours->count || j < theirs->count) {
		int order = i == ours->count ? 1
			    : j == theirs->count
				    ? -1
				    : document_compare(&ours->items[i], &theirs->items[j]);
		const struct document *next = order <= 0 ? &ours->items[i] : &theirs->items[j];
		buf_add(out, next->text, next->len);
		i += order <= 0;
		j += order >= 0;
	}
	return true;
}

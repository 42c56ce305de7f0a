// SPDX-License-Identifier: MIT
// Strict YAML reader: any layout is accepted, but no value that readers could understand
// differently. The only includer of <yaml.h>; reads memory, never files.
#include "text/yaml.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "text/conflict.h"
#include "text/nesting.h"
#include "text/plain.h"

/* A map or list whose end has not been read yet. */
struct open_collection {
	struct node *node;
	struct pair
		next; /* of a map: the key whose value comes next; key NULL when a key comes next */
};

struct reader {
	struct arena *arena;
	const char *file;
	const char *text; /* what libyaml sees */
	size_t len;
	unsigned line;        /* of its first line */
	size_t index, offset; /* a character of it and the byte where it begins */
	yaml_parser_t parser;
	struct open_collection open[YAML_MAX_DEPTH];
	size_t depth;
	struct node *root;
	struct err *err;
};

__attribute__((format(printf, 3, 4))) static bool fail(struct reader *reader, yaml_mark_t mark,
						       const char *format, ...)
{
	struct buf text;
	buf_init(&text);
	va_list args;
	va_start(args, format);
	buf_vaddf(&text, format, args);
	va_end(args);
	err_set(reader->err, STATUS_DAMAGED, "%s", text.data);
	buf_clear(&text);
	return err_place(reader->err, reader->file, reader->line + (unsigned)mark.line,
			 (unsigned)mark.column + 1);
}

static const char *shown(struct buf *out, const char *text, size_t len)
{
	size_t fits = utf8_fit(text, len, 40);
	buf_add(out, text, fits);
	if (fits < len)
		buf_adds(out, "…");
	return out->data;
}

/* As fail, with the scalar in question in front, shortened. */
static bool fail_scalar(struct reader *reader, const yaml_event_t *event, const char *problem)
{
	struct buf text;
	buf_init(&text);
	shown(&text, (const char *)event->data.scalar.value, event->data.scalar.length);
	fail(reader, event->start_mark, "%s %s", text.data, problem);
	buf_clear(&text);
	return false;
}

static int order_pairs(const void *a, const void *b)
{
	const struct pair *p = *(const struct pair *const *)a, *q = *(const struct pair *const *)b;
	if (p->key_len != q->key_len)
		return p->key_len < q->key_len ? -1 : 1;
	int order = memcmp(p->key, q->key, p->key_len);
	return order ? order : p < q ? -1 : p > q;
}

static bool same_key(const struct pair *p, const struct pair *q)
{
	return p->key_len == q->key_len && memcmp(p->key, q->key, p->key_len) == 0;
}

/* One of 64, by what most keys of a map differ in. An empty key is terminated, too. */
static unsigned key_bit(const struct pair *pair)
{
	size_t last = pair->key_len ? pair->key_len - 1 : 0;
	return (pair->key_len * 5 + (unsigned char)pair->key[0] * 3 +
		(unsigned char)pair->key[last]) &
	       63;
}

const struct pair *yaml_duplicate_key(const struct node *map, const struct pair **first)
{
	const struct pair *pairs = map->map.pairs, *found = NULL;
	size_t count = map->map.count;
	if (count <= 16) {
		/* a bit for each key, which only few others share */
		uint64_t seen = 0;
		for (size_t i = 0; i < count; i++) {
			uint64_t bit = UINT64_C(1) << key_bit(&pairs[i]);
			for (size_t j = 0; seen & bit && j < i; j++)
				if (same_key(&pairs[i], &pairs[j])) {
					*first = &pairs[j];
					return &pairs[i];
				}
			seen |= bit;
		}
		return NULL;
	}
	const struct pair **sorted = mem_array(count, sizeof *sorted);
	for (size_t i = 0; i < count; i++)
		sorted[i] = &pairs[i];
	qsort(sorted, count, sizeof *sorted, order_pairs);
	for (size_t i = 1; i < count; i++)
		if (same_key(sorted[i - 1], sorted[i]) && (!found || sorted[i] < found)) {
			found = sorted[i];
			*first = sorted[i - 1];
		}
	free(sorted);
	return found;
}

/* The byte before MARK, or LF at the start. Must be called with marks in ascending order, which
 * count characters, not bytes. */
static char byte_before(struct reader *reader, yaml_mark_t mark)
{
	while (reader->index < mark.index && reader->offset < reader->len) {
		do
			reader->offset++;
		while (reader->offset < reader->len &&
		       ((unsigned char)reader->text[reader->offset] & 0xc0) == 0x80);
		reader->index++;
	}
	return reader->offset ? reader->text[reader->offset - 1] : '\n';
}

static bool take_key(struct reader *reader, struct open_collection *inner,
		     const yaml_event_t *event)
{
	const char *text = (const char *)event->data.scalar.value;
	size_t len = event->data.scalar.length;
	bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	if (plain && len == 0)
		return fail(reader, event->start_mark, "a key is missing before \":\"");
	if (byte_before(reader, event->start_mark) == '?')
		return fail(
			reader, event->start_mark,
			"\"?\" just before a key is part of it for some readers only: quote the "
			"key");
	if (plain && len == 2 && memcmp(text, "<<", 2) == 0)
		return fail(reader, event->start_mark,
			    "merge keys (<<) are not allowed: write the fields out");
	if (plain && plain_resolve(text, len) != PLAIN_STRING)
		return fail_scalar(reader, event,
				   "as a key is not a string to every reader: quote it");
	if (memchr(text, '\0', len))
		return fail_scalar(reader, event, "holds a NUL character, which no key may");
	if (len > YAML_MAX_KEY)
		return fail_scalar(reader, event, "is too long for a key");
	inner->next = (struct pair){
		.key = arena_dup_len(reader->arena, text, len),
		.key_len = len,
		.line = reader->line + (unsigned)event->start_mark.line,
		.column = (unsigned)event->start_mark.column + 1,
	};
	return true;
}

/* Puts VALUE where the innermost open map or list expects it. */
static void place(struct reader *reader, struct node *value, yaml_mark_t mark)
{
	value->line = reader->line + (unsigned)mark.line;
	value->column = (unsigned)mark.column + 1;
	if (!reader->depth) {
		reader->root = value;
		return;
	}
	struct open_collection *inner = &reader->open[reader->depth - 1];
	if (inner->node->type == NODE_LIST) {
		node_push(reader->arena, inner->node, value);
		return;
	}
	node_add(reader->arena, inner->node, inner->next.key, value);
	struct pair *added = &inner->node->map.pairs[inner->node->map.count - 1];
	inner->next.value = value;
	*added = inner->next;
	inner->next.key = NULL;
}

static bool take_scalar(struct reader *reader, const yaml_event_t *event)
{
	if (event->data.scalar.anchor)
		return fail(reader, event->start_mark, "anchors (&) are not allowed");
	if (event->data.scalar.tag)
		return fail(reader, event->start_mark, "tags (!) are not allowed");
	struct open_collection *inner = reader->depth ? &reader->open[reader->depth - 1] : NULL;
	if (inner && inner->node->type == NODE_MAP && !inner->next.key)
		return take_key(reader, inner, event);

	const char *text = (const char *)event->data.scalar.value;
	size_t len = event->data.scalar.length;
	struct node *value;
	enum plain plain = PLAIN_STRING;
	if (event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE) {
		if (!len)
			return fail(reader, event->start_mark,
				    inner ? "empty value: remove the field or write \"\""
					  : "the document is empty");
		plain = plain_resolve(text, len);
	}
	switch (plain) {
	case PLAIN_UNCLEAR:
		return fail_scalar(reader, event,
				   "means different things to different readers: quote it");
	case PLAIN_NUMBER:
		value = node_number(reader->arena, text);
		break;
	case PLAIN_TRUE:
	case PLAIN_FALSE:
		value = node_bool(reader->arena, plain == PLAIN_TRUE);
		break;
	case PLAIN_NULL:
		value = node_null(reader->arena);
		break;
	default:
		value = node_string_len(reader->arena, text, len);
		break;
	}
	place(reader, value, event->start_mark);
	return true;
}

static bool open_collection(struct reader *reader, const yaml_event_t *event, bool map)
{
	const yaml_char_t *anchor = map ? event->data.mapping_start.anchor
					: event->data.sequence_start.anchor;
	const yaml_char_t *tag = map ? event->data.mapping_start.tag
				     : event->data.sequence_start.tag;
	if (anchor)
		return fail(reader, event->start_mark, "anchors (&) are not allowed");
	if (tag)
		return fail(reader, event->start_mark, "tags (!) are not allowed");
	if (reader->depth == YAML_MAX_DEPTH)
		return fail(reader, event->start_mark, "nested more than %d deep", YAML_MAX_DEPTH);
	if (reader->depth) {
		struct open_collection *inner = &reader->open[reader->depth - 1];
		if (inner->node->type == NODE_MAP && !inner->next.key)
			return fail(reader, event->start_mark,
				    "a key is a string, not a list or a map");
	}
	struct node *node = map ? node_map(reader->arena) : node_list(reader->arena);
	place(reader, node, event->start_mark);
	reader->open[reader->depth++] = (struct open_collection){.node = node};
	return true;
}

static bool close_map(struct reader *reader)
{
	const struct node *map = reader->open[--reader->depth].node;
	const struct pair *first, *again = yaml_duplicate_key(map, &first);
	if (!again)
		return true;
	struct buf key;
	buf_init(&key);
	shown(&key, again->key, again->key_len);
	err_set(reader->err, STATUS_DAMAGED, "key %s appears twice, first in line %u column %u",
		key.data, first->line, first->column);
	err_place(reader->err, reader->file, again->line, again->column);
	buf_clear(&key);
	return false;
}

static bool take_event(struct reader *reader, const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_SCALAR_EVENT:
		return take_scalar(reader, event);
	case YAML_MAPPING_START_EVENT:
	case YAML_SEQUENCE_START_EVENT:
		return open_collection(reader, event, event->type == YAML_MAPPING_START_EVENT);
	case YAML_MAPPING_END_EVENT:
		return close_map(reader);
	case YAML_SEQUENCE_END_EVENT:
		reader->depth--;
		return true;
	case YAML_ALIAS_EVENT:
		return fail(reader, event->start_mark, "aliases (*) are not allowed");
	case YAML_DOCUMENT_START_EVENT:
		if (reader->root)
			return fail(reader, event->start_mark, "a second document begins here");
		if (event->data.document_start.version_directive ||
		    event->data.document_start.tag_directives.start !=
			    event->data.document_start.tag_directives.end)
			return fail(reader, event->start_mark, "directives (%%) are not allowed");
		return true;
	default:
		return true;
	}
}

static bool fail_parser(struct reader *reader)
{
	const yaml_parser_t *parser = &reader->parser;
	if (parser->error == YAML_MEMORY_ERROR)
		return err_set(reader->err, STATUS_SYSTEM, "out of memory");
	const char *problem = parser->problem ? parser->problem : "not YAML";
	if (parser->context)
		return fail(reader, parser->problem_mark, "%s %s", problem, parser->context);
	return fail(reader, parser->problem_mark, "%s", problem);
}

static bool run_parser(struct reader *reader)
{
	for (;;) {
		yaml_event_t event;
		if (!yaml_parser_parse(&reader->parser, &event))
			return fail_parser(reader);
		bool last = event.type == YAML_STREAM_END_EVENT;
		bool taken = take_event(reader, &event);
		yaml_event_delete(&event);
		if (!taken || last)
			return taken;
	}
}

/* The place of the byte at OFFSET of a text whose first line is LINE. */
static bool fail_at(struct err *err, const char *file, const char *text, size_t offset,
		    unsigned line, const char *problem)
{
	unsigned column = 1;
	for (size_t i = 0; i < offset; i++) {
		if (text[i] == '\n') {
			line++;
			column = 1;
		} else if (((unsigned char)text[i] & 0xc0) != 0x80) {
			column++;
		}
	}
	err_set(err, STATUS_DAMAGED, "%s", problem);
	return err_place(err, file, line, column);
}

/* Characters that may not stand in a file as they are. NULL when CODE may. */
static const char *forbidden(uint32_t code, char next)
{
	if (code == '\r')
		return next == '\n' ? NULL : "a carriage return alone: lines end in LF";
	if (code == 0)
		return "a NUL byte";
	if ((code < 0x20 && code != '\n' && code != '\t') || code == 0x7f ||
	    (code >= 0x80 && code < 0xa0 && code != 0x85))
		return "a control character: write it as an escape in double quotes";
	if (code == 0x85 || code == 0x2028 || code == 0x2029)
		return "a line separator that ends a line for some readers only: write it as an "
		       "escape in double quotes";
	if (code == 0xfeff)
		return "a byte order mark: remove it, or write it as \"\\ufeff\"";
	if (code == 0xfffe || code == 0xffff)
		return "no character (U+FFFE, U+FFFF)";
	return NULL;
}

static bool check_bytes(const char *file, const char *text, size_t len, unsigned line,
			struct err *err)
{
	for (size_t i = 0; i < len;) {
		unsigned char byte = (unsigned char)text[i];
		if (byte >= 0x20 && byte < 0x7f) {
			i++;
			continue;
		}
		uint32_t code;
		size_t used = utf8_decode(text + i, len - i, &code);
		if (!used)
			return fail_at(err, file, text, i, line, "not UTF-8");
		const char *problem = forbidden(code, i + used < len ? text[i + used] : '\0');
		if (problem)
			return fail_at(err, file, text, i, line, problem);
		i += used;
	}
	return true;
}

/* Reads the one document that is all of TEXT, whose first line is LINE. */
static bool read_document(struct arena *arena, const char *file, const char *text, size_t len,
			  unsigned line, struct node **root, struct err *err)
{
	if (!check_bytes(file, text, len, line, err))
		return false;
	size_t deep = nesting_check(text, len, YAML_MAX_DEPTH);
	if (deep < len) {
		struct buf problem;
		buf_init(&problem);
		buf_addf(&problem, "nested more than %d deep", YAML_MAX_DEPTH);
		fail_at(err, file, text, deep, line, problem.data);
		buf_clear(&problem);
		return false;
	}
	struct reader reader = {
		.arena = arena, .file = file, .text = text, .len = len, .line = line, .err = err};
	if (!yaml_parser_initialize(&reader.parser))
		return err_set(err, STATUS_SYSTEM, "out of memory");
	yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&reader.parser, (const unsigned char *)text, len);
	bool read = run_parser(&reader);
	yaml_parser_delete(&reader.parser);
	if (read && !reader.root)
		read = fail_at(err, file, text, 0, line, "the document is empty");
	*root = read ? reader.root : NULL;
	return read;
}

/* The offset just past the line that begins at AT. */
static size_t line_end(const char *text, size_t len, size_t at)
{
	const char *lf = memchr(text + at, '\n', len - at);
	return lf ? (size_t)(lf - text) + 1 : len;
}

/* Whether the line at AT begins with MARKER ("---" or "...") as a marker. */
static bool is_marker(const char *text, size_t len, size_t at, const char *marker)
{
	return len - at >= 3 && memcmp(text + at, marker, 3) == 0 &&
	       (len - at == 3 || memchr(" \t\r\n", text[at + 3], 4));
}

static bool check_whole(const char *file, const char *text, size_t len, struct err *err)
{
	const char *problem = NULL;
	if (len > YAML_MAX_BYTES)
		problem = "larger than 16 MiB";
	else if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
		problem = "begins with a byte order mark: save the file as UTF-8 without BOM";
	else if (len >= 2 && (memcmp(text, "\xff\xfe", 2) == 0 || memcmp(text, "\xfe\xff", 2) == 0))
		problem = "is UTF-16: save the file as UTF-8";
	return !problem || fail_at(err, file, text, 0, 1, problem);
}

/* Finds the end of the document that begins at document->begin. LINE becomes
 * the line after it. */
static bool find_end(const char *file, const char *text, size_t len, struct yaml_document *document,
		     unsigned *line, struct err *err)
{
	size_t at = document->begin;
	for (;;) {
		size_t next = line_end(text, len, at);
		bool whole = next > at && text[next - 1] == '\n';
		if (whole && next - at == 4 && memcmp(text + at, "...", 3) == 0) {
			document->end = next;
			document->closed = true;
			++*line;
			return true;
		}
		if (whole && is_marker(text, len, at, "...")) {
			err_set(err, STATUS_DAMAGED,
				"the line that closes a document is \"...\" and LF, nothing more");
			return err_place(err, file, *line, 1);
		}
		if (at > document->begin && is_marker(text, len, at, "---")) {
			err_set(err, STATUS_DAMAGED,
				"cut off: the document that begins at line %u is not closed by "
				"\"...\" before the next begins",
				document->line);
			return err_place(err, file, *line, 1);
		}
		if (next == len) {
			err_set(err, STATUS_DAMAGED,
				"cut off in the document that begins at line %u", document->line);
			return err_place(err, file, whole ? *line + 1 : *line, 1);
		}
		++*line;
		at = next;
	}
}

void yaml_stream_add(struct arena *arena, struct yaml_stream *stream, struct yaml_document document)
{
	if (stream->count == stream->room) {
		struct yaml_document *old = stream->documents;
		stream->room = stream->room ? stream->room * 2 : 4;
		stream->documents = arena_raw(arena, stream->room * sizeof *old);
		if (stream->count)
			memcpy(stream->documents, old, stream->count * sizeof *old);
	}
	stream->documents[stream->count++] = document;
}

static bool read_stream(struct arena *arena, const char *file, const char *text, size_t len,
			struct yaml_stream *out, struct err *err)
{
	*out = (struct yaml_stream){0};
	if (!check_whole(file, text, len, err))
		return false;
	if (!len)
		return fail_at(err, file, text, 0, 1, "the file is empty");
	unsigned line = 1;
	for (size_t at = 0; at < len; at = out->documents[out->count - 1].end) {
		if (!is_marker(text, len, at, "---")) {
			err_set(err, STATUS_DAMAGED,
				len - at < 3 && memcmp(text + at, "---", len - at) == 0
					? "cut off in the document that begins at line %u"
					: "line %u must begin a document with \"---\"",
				line);
			return err_place(err, file, line, 1);
		}
		struct yaml_document document = {.begin = at, .line = line};
		if (!find_end(file, text, len, &document, &line, err))
			return false;
		if (!read_document(arena, file, text + at, document.end - at, document.line,
				   &document.root, err))
			return false;
		yaml_stream_add(arena, out, document);
	}
	return true;
}

bool yaml_read(struct arena *arena, const char *file, const char *text, size_t len,
	       struct yaml_stream *out, struct err *err)
{
	return read_stream(arena, file, text, len, out, err) ||
	       conflict_explain(file, text, len, true, err);
}

static bool read_one(struct arena *arena, const char *file, const char *text, size_t len,
		     struct node **root, struct err *err)
{
	*root = NULL;
	if (!check_whole(file, text, len, err))
		return false;
	bool begun = false, ended = false;
	for (size_t at = 0; at < len; at = line_end(text, len, at)) {
		if (!begun && text[at] == '%')
			return fail_at(err, file, text, at, 1, "directives (%) are not allowed");
		if (begun && is_marker(text, len, at, "---"))
			return fail_at(err, file, text, at, 1, "a second document begins here");
		if (is_marker(text, len, at, "..."))
			ended = true;
		size_t first = at;
		while (first < len && (text[first] == ' ' || text[first] == '\t'))
			first++;
		bool filled = first < len && !memchr("#\r\n", text[first], 3);
		if (ended && filled && !is_marker(text, len, at, "..."))
			return fail_at(err, file, text, at, 1,
				       "there is text after the document's end");
		begun = begun || filled;
	}
	if (!len || text[len - 1] == '\n')
		return read_document(arena, file, text, len, 1, root, err);
	/* libyaml loses a last line of spaces in a block scalar when no LF ends it */
	struct buf whole;
	buf_init(&whole);
	buf_add(&whole, text, len);
	buf_addc(&whole, '\n');
	bool read = read_document(arena, file, whole.data, whole.len, 1, root, err);
	buf_clear(&whole);
	return read;
}

bool yaml_read_one(struct arena *arena, const char *file, const char *text, size_t len,
		   struct node **root, struct err *err)
{
	return read_one(arena, file, text, len, root, err) ||
	       conflict_explain(file, text, len, false, err);
}

// SPDX-License-Identifier: MIT
// Canonical YAML writer: the same values always give the same bytes. Never writes files.
#include "text/emit.h"

#include <string.h>

#include "base/utf8.h"
#include "text/plain.h"
#include "text/yaml.h"

enum { INDENT = 2 };

/* What a string holds, as far as its notation depends on it. */
struct content {
	bool letter_first;
	bool indicator;  /* ':' or '#' */
	bool line_break; /* LF */
	bool tab;
	bool other;     /* controls, hidden characters, bytes that are not UTF-8 */
	bool ink;       /* anything but LF, TAB and space */
	bool blank_end; /* the last line that holds anything holds only spaces */
};

static struct content content_of(const char *text, size_t len)
{
	struct content content = {0};
	for (size_t i = 0; i < len;) {
		uint32_t code;
		size_t used = utf8_decode(text + i, len - i, &code);
		if (!used)
			code = '\0';
		if (i == 0)
			content.letter_first = utf8_is_letter(code);
		if (code == '\n')
			content.line_break = true;
		else if (code == '\t')
			content.tab = true;
		else if (utf8_is_control(code) || utf8_is_hidden_at(text, len, i, code))
			content.other = true;
		else if (code == ':' || code == '#')
			content.indicator = true;
		if (code != '\n' && code != '\t' && code != ' ')
			content.ink = true;
		if (code != '\n')
			content.blank_end = code == ' ' &&
					    (i == 0 || text[i - 1] == '\n' || content.blank_end);
		i += used ? used : 1;
	}
	return content;
}

static void emit_quoted(struct buf *out, const char *text, size_t len)
{
	buf_addc(out, '"');
	for (size_t i = 0; i < len;) {
		uint32_t code;
		size_t used = utf8_decode(text + i, len - i, &code);
		if (!used) {
			/* stays as it is: the read-back refuses it */
			buf_addc(out, text[i++]);
			continue;
		}
		if (code == '"' || code == '\\')
			buf_addf(out, "\\%c", (int)code);
		else if (code == '\n')
			buf_adds(out, "\\n");
		else if (code == '\t')
			buf_adds(out, "\\t");
		else if (code == '\r')
			buf_adds(out, "\\r");
		else if (utf8_is_control(code))
			buf_addf(out, "\\x%02x", (unsigned)code);
		else if (utf8_is_hidden_at(text, len, i, code))
			buf_addf(out, code > 0xffff ? "\\U%08x" : "\\u%04x", (unsigned)code);
		else
			buf_add(out, text + i, used);
		i += used;
	}
	buf_addc(out, '"');
}

static void emit_literal(struct buf *out, const char *text, size_t len, size_t indent)
{
	const char *chomping = text[len - 1] != '\n'              ? "-"
			       : len > 1 && text[len - 2] == '\n' ? "+"
								  : "";
	buf_addf(out, "|%d%s\n", INDENT, chomping);
	for (size_t at = 0; at < len;) {
		const char *lf = memchr(text + at, '\n', len - at);
		size_t end = lf ? (size_t)(lf - text) : len;
		if (end > at) {
			buf_fill(out, ' ', indent + INDENT);
			buf_add(out, text + at, end - at);
		}
		buf_addc(out, '\n');
		at = end + 1;
	}
}

/* Ends its last line. INDENT is that of the map or list the string is in. */
static void emit_string(struct buf *out, const struct node *string, size_t indent)
{
	const char *text = string->scalar.text;
	size_t len = string->scalar.len;
	struct content content = content_of(text, len);
	/* a block that ends in a line of spaces loses it in some readers (yaml of Node 2.1) */
	if (content.line_break && content.ink && !content.other && !content.blank_end) {
		emit_literal(out, text, len, indent);
		return;
	}
	if (content.letter_first && !content.indicator && !content.line_break && !content.tab &&
	    !content.other && text[len - 1] != ' ' && !plain_is_word(text, len))
		buf_add(out, text, len);
	else
		emit_quoted(out, text, len);
	buf_addc(out, '\n');
}

static bool key_is_plain(const struct pair *pair)
{
	for (size_t i = 0; i < pair->key_len; i++) {
		char byte = pair->key[i];
		bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
			      byte == '_';
		bool later = (byte >= '0' && byte <= '9') || byte == '.' || byte == '-';
		if (!letter && !(i && later))
			return false;
	}
	return pair->key_len && !plain_is_word(pair->key, pair->key_len);
}

static void emit_node(struct buf *out, const struct node *node, size_t indent);

static void emit_map(struct buf *out, const struct node *map, size_t indent)
{
	for (size_t i = 0; i < map->map.count; i++) {
		const struct pair *pair = &map->map.pairs[i];
		const struct node *value = pair->value;
		if (i)
			buf_fill(out, ' ', indent);
		if (key_is_plain(pair))
			buf_add(out, pair->key, pair->key_len);
		else
			emit_quoted(out, pair->key, pair->key_len);
		buf_addc(out, ':');
		if (node_count(value)) {
			buf_addc(out, '\n');
			buf_fill(out, ' ', indent + INDENT);
			emit_node(out, value, indent + INDENT);
		} else {
			buf_addc(out, ' ');
			emit_node(out, value, indent);
		}
	}
}

static void emit_list(struct buf *out, const struct node *list, size_t indent)
{
	for (size_t i = 0; i < list->list.count; i++) {
		const struct node *item = list->list.items[i];
		if (i)
			buf_fill(out, ' ', indent);
		buf_adds(out, "- ");
		emit_node(out, item, node_count(item) ? indent + INDENT : indent);
	}
}

/* Writes NODE at the end of OUT, and ends its last line. INDENT is that of NODE's own lines if it
 * is a map or list with something in it, else that of the map or list around it. */
static void emit_node(struct buf *out, const struct node *node, size_t indent)
{
	switch (node->type) {
	case NODE_NULL:
		buf_adds(out, "null\n");
		break;
	case NODE_BOOL:
		buf_adds(out, node->boolean ? "true\n" : "false\n");
		break;
	case NODE_NUMBER:
		buf_add(out, node->scalar.text, node->scalar.len);
		buf_addc(out, '\n');
		break;
	case NODE_STRING:
		emit_string(out, node, indent);
		break;
	case NODE_LIST:
		if (node->list.count)
			emit_list(out, node, indent);
		else
			buf_adds(out, "[]\n");
		break;
	case NODE_MAP:
		if (node->map.count)
			emit_map(out, node, indent);
		else
			buf_adds(out, "{}\n");
		break;
	}
}

void emit_value(struct buf *out, const struct node *root)
{
	emit_node(out, root, 0);
}

void emit_document(struct buf *out, const struct node *root)
{
	buf_adds(out, "---\n");
	emit_node(out, root, 0);
	buf_adds(out, "...\n");
}

static void add_step(struct buf *path, const struct pair *pair)
{
	if (path->len)
		buf_addc(path, '.');
	buf_add(path, pair->key, pair->key_len);
}

/* Why NODE can have no canonical text, or NULL; PATH then leads to the field. */
static const char *find_unwritable(const struct node *node, struct buf *path)
{
	size_t here = path->len;
	const char *why = NULL;
	if (node->type == NODE_STRING &&
	    utf8_check(node->scalar.text, node->scalar.len) < node->scalar.len)
		return "is not UTF-8";
	if (node->type == NODE_NUMBER &&
	    plain_resolve(node->scalar.text, node->scalar.len) != PLAIN_NUMBER)
		return "is not a plain decimal number";
	for (size_t i = 0; i < node_count(node); i++) {
		if (node->type == NODE_LIST) {
			buf_addf(path, "[%zu]", i);
			why = find_unwritable(node->list.items[i], path);
		} else {
			const struct pair *pair = &node->map.pairs[i];
			add_step(path, pair);
			why = utf8_check(pair->key, pair->key_len) < pair->key_len
				      ? "is a key that is not UTF-8"
				      : find_unwritable(pair->value, path);
		}
		if (why)
			return why;
		path->len = here;
	}
	return NULL;
}

/* Whether the trees differ; PATH then leads to the innermost field that does. */
static bool find_difference(const struct node *a, const struct node *b, struct buf *path)
{
	if (node_identical(a, b))
		return false;
	if (a->type != b->type || node_count(a) != node_count(b))
		return true;
	for (size_t i = 0; i < node_count(a); i++) {
		if (a->type == NODE_LIST) {
			if (node_identical(a->list.items[i], b->list.items[i]))
				continue;
			buf_addf(path, "[%zu]", i);
			return find_difference(a->list.items[i], b->list.items[i], path);
		}
		const struct pair *p = &a->map.pairs[i], *q = &b->map.pairs[i];
		bool renamed = p->key_len != q->key_len || memcmp(p->key, q->key, p->key_len) != 0;
		if (!renamed && node_identical(p->value, q->value))
			continue;
		add_step(path, p);
		return renamed || find_difference(p->value, q->value, path);
	}
	return true;
}

bool emit_check(const char *text, size_t len, const struct node *root, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct buf path;
	buf_init(&path);
	struct yaml_stream stream;
	bool same = false;
	const char *why = find_unwritable(root, &path);
	if (why) {
		err_set(err, STATUS_REFUSED, "cannot be stored unchanged: %s %s", path.data, why);
	} else if (!yaml_read(&arena, NULL, text, len, &stream, err)) {
		err_prefix(err, "cannot be stored unchanged");
		if (err->status == STATUS_DAMAGED)
			err->status = STATUS_REFUSED;
	} else if (stream.count != 1) {
		err_set(err, STATUS_REFUSED,
			"cannot be stored unchanged: %zu documents instead of one", stream.count);
	} else {
		same = !find_difference(root, stream.documents[0].root, &path);
		if (!same)
			err_set(err, STATUS_REFUSED, "cannot be stored unchanged: %s differs",
				path.len ? path.data : "the document");
	}
	buf_clear(&path);
	arena_clear(&arena);
	return same;
}

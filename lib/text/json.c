// SPDX-License-Identifier: MIT
// Reads and writes JSON (RFC 8259), strictly: refuses what two readers could understand
// differently.
#include "text/json.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

struct reader {
	struct arena *arena;
	const char *file;
	const char *at, *end;
	/* The place of MARKED, moved forwards only, so that one endless line
	 * does not cost quadratic time. */
	const char *marked;
	uint32_t line, column;
	unsigned depth;
	struct buf text; /* the string being read */
	struct err *err;
};

static void mark(struct reader *reader)
{
	for (; reader->marked < reader->at; reader->marked++) {
		unsigned char byte = (unsigned char)*reader->marked;
		if (byte == '\n') {
			reader->line++;
			reader->column = 1;
		} else if ((byte & 0xc0) != 0x80) {
			reader->column++;
		}
	}
}

/* Fails at the current place. */
static bool refuse(struct reader *reader, const char *problem)
{
	mark(reader);
	err_set(reader->err, STATUS_REFUSED, "not JSON: %s", problem);
	return err_place(reader->err, reader->file, reader->line, reader->column);
}

static void skip_space(struct reader *reader)
{
	while (reader->at < reader->end && (*reader->at == ' ' || *reader->at == '\t' ||
					    *reader->at == '\n' || *reader->at == '\r'))
		reader->at++;
}

static bool next_is(const struct reader *reader, char byte)
{
	return reader->at < reader->end && *reader->at == byte;
}

static bool read_hex(struct reader *reader, uint32_t *unit)
{
	*unit = 0;
	for (int i = 0; i < 4; i++, reader->at++) {
		char byte = reader->at < reader->end ? *reader->at : '\0';
		uint32_t digit;
		if (byte >= '0' && byte <= '9')
			digit = (uint32_t)(byte - '0');
		else if ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'f')
			digit = (uint32_t)((byte | 0x20) - 'a') + 10;
		else
			return refuse(reader, "\\u needs four hexadecimal digits");
		*unit = *unit << 4 | digit;
	}
	return true;
}

/* After "\u". */
static bool read_code(struct reader *reader)
{
	uint32_t code, low;
	if (!read_hex(reader, &code))
		return false;
	if (code >= 0xdc00 && code <= 0xdfff)
		return refuse(reader, "half a surrogate pair");
	if (code >= 0xd800 && code <= 0xdbff) {
		if (reader->end - reader->at < 2 || reader->at[0] != '\\' || reader->at[1] != 'u')
			return refuse(reader, "half a surrogate pair");
		reader->at += 2;
		if (!read_hex(reader, &low))
			return false;
		if (low < 0xdc00 || low > 0xdfff)
			return refuse(reader, "half a surrogate pair");
		code = 0x10000 + ((code - 0xd800) << 10 | (low - 0xdc00));
	}
	char bytes[4];
	buf_add(&reader->text, bytes, utf8_encode(code, bytes));
	return true;
}

/* After the backslash. */
static bool read_escape(struct reader *reader)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	char byte = reader->at < reader->end ? *reader->at : '\0';
	if (byte == 'u') {
		reader->at++;
		return read_code(reader);
	}
	const char *found = byte ? strchr(from, byte) : NULL;
	if (!found)
		return refuse(reader, "no such escape");
	buf_addc(&reader->text, to[found - from]);
	reader->at++;
	return true;
}

/* At the opening quote. */
static bool read_string(struct reader *reader, const char **text, size_t *len)
{
	buf_reset(&reader->text);
	reader->at++;
	for (;;) {
		const char *plain = reader->at;
		while (reader->at < reader->end && *reader->at != '"' && *reader->at != '\\' &&
		       (unsigned char)*reader->at >= 0x20)
			reader->at++;
		buf_add(&reader->text, plain, (size_t)(reader->at - plain));
		if (reader->at == reader->end)
			return refuse(reader, "a string without its end");
		if (*reader->at == '"')
			break;
		if (*reader->at != '\\')
			return refuse(reader, "a control character in a string");
		reader->at++;
		if (!read_escape(reader))
			return false;
	}
	reader->at++;
	*text = arena_dup_len(reader->arena, reader->text.data, reader->text.len);
	*len = reader->text.len;
	return true;
}

static bool skip_digits(struct reader *reader)
{
	const char *first = reader->at;
	while (reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9')
		reader->at++;
	return reader->at > first || refuse(reader, "a digit is missing");
}

static bool read_number(struct reader *reader, struct node *node)
{
	const char *first = reader->at;
	if (next_is(reader, '-'))
		reader->at++;
	if (next_is(reader, '0'))
		reader->at++;
	else if (!skip_digits(reader))
		return false;
	if (next_is(reader, '.')) {
		reader->at++;
		if (!skip_digits(reader))
			return false;
	}
	if (next_is(reader, 'e') || next_is(reader, 'E')) {
		reader->at++;
		if (next_is(reader, '+') || next_is(reader, '-'))
			reader->at++;
		if (!skip_digits(reader))
			return false;
	}
	node->type = NODE_NUMBER;
	node->scalar.len = (size_t)(reader->at - first);
	node->scalar.text = arena_dup_len(reader->arena, first, node->scalar.len);
	return true;
}

static bool read_word(struct reader *reader, struct node *node)
{
	static const struct {
		const char *word;
		enum node_type type;
		bool value;
	} words[] = {
		{"true", NODE_BOOL, true}, {"false", NODE_BOOL, false}, {"null", NODE_NULL, false}};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t len = strlen(words[i].word);
		if ((size_t)(reader->end - reader->at) < len ||
		    memcmp(reader->at, words[i].word, len) != 0)
			continue;
		reader->at += len;
		node->type = words[i].type;
		if (node->type == NODE_BOOL)
			node->boolean = words[i].value;
		return true;
	}
	return refuse(reader, "a value is missing");
}

static int compare_keys(const void *a, const void *b)
{
	const struct pair *p = *(const struct pair *const *)a, *q = *(const struct pair *const *)b;
	if (p->key_len != q->key_len)
		return p->key_len < q->key_len ? -1 : 1;
	int order = memcmp(p->key, q->key, p->key_len);
	return order ? order : p < q ? -1 : p > q;
}

/* Sorted, so that a hundred thousand keys do not cost quadratic time. */
static bool check_duplicates(struct reader *reader, const struct node *map)
{
	size_t count = map->map.count;
	if (count < 2)
		return true;
	const struct pair **sorted = mem_array(count, sizeof *sorted);
	for (size_t i = 0; i < count; i++)
		sorted[i] = &map->map.pairs[i];
	qsort(sorted, count, sizeof *sorted, compare_keys);
	const struct pair *twice = NULL;
	for (size_t i = 1; i < count; i++) {
		bool same = sorted[i]->key_len == sorted[i - 1]->key_len &&
			    memcmp(sorted[i]->key, sorted[i - 1]->key, sorted[i]->key_len) == 0;
		if (same && (!twice || sorted[i] < twice))
			twice = sorted[i];
	}
	free(sorted);
	if (!twice)
		return true;
	err_set(reader->err, STATUS_REFUSED, "the key \"%s\" appears twice", twice->key);
	return err_place(reader->err, reader->file, twice->line, twice->column);
}

static bool read_value(struct reader *reader, struct node **out);

/* After the opening bracket. */
static bool read_list(struct reader *reader, struct node *list)
{
	list->type = NODE_LIST;
	skip_space(reader);
	if (next_is(reader, ']')) {
		reader->at++;
		return true;
	}
	for (;;) {
		struct node *item;
		if (!read_value(reader, &item))
			return false;
		node_push(reader->arena, list, item);
		skip_space(reader);
		if (next_is(reader, ']')) {
			reader->at++;
			return true;
		}
		if (!next_is(reader, ','))
			return refuse(reader, "a comma or ] is missing");
		reader->at++;
	}
}

static bool read_pair(struct reader *reader, struct node *map)
{
	struct pair pair = {0};
	skip_space(reader);
	if (!next_is(reader, '"'))
		return refuse(reader, "a key is missing");
	mark(reader);
	pair.line = reader->line;
	pair.column = reader->column;
	if (!read_string(reader, &pair.key, &pair.key_len))
		return false;
	skip_space(reader);
	if (!next_is(reader, ':'))
		return refuse(reader, "a colon is missing");
	reader->at++;
	if (!read_value(reader, &pair.value))
		return false;
	node_add(reader->arena, map, pair.key, pair.value);
	map->map.pairs[map->map.count - 1] = pair;
	return true;
}

/* After the opening brace. */
static bool read_map(struct reader *reader, struct node *map)
{
	map->type = NODE_MAP;
	skip_space(reader);
	if (next_is(reader, '}')) {
		reader->at++;
		return true;
	}
	for (;;) {
		if (!read_pair(reader, map))
			return false;
		skip_space(reader);
		if (next_is(reader, '}')) {
			reader->at++;
			return check_duplicates(reader, map);
		}
		if (!next_is(reader, ','))
			return refuse(reader, "a comma or } is missing");
		reader->at++;
	}
}

static bool read_nested(struct reader *reader, struct node *node)
{
	if (reader->depth == JSON_MAX_DEPTH)
		return refuse(reader, "nested too deeply");
	reader->depth++;
	bool is_list = *reader->at++ == '[';
	bool ok = is_list ? read_list(reader, node) : read_map(reader, node);
	reader->depth--;
	return ok;
}

static bool read_value(struct reader *reader, struct node **out)
{
	skip_space(reader);
	if (reader->at == reader->end)
		return refuse(reader, "a value is missing");
	struct node *node = *out = arena_alloc(reader->arena, sizeof *node);
	mark(reader);
	node->line = reader->line;
	node->column = reader->column;
	char byte = *reader->at;
	if (byte == '[' || byte == '{')
		return read_nested(reader, node);
	if (byte == '"') {
		node->type = NODE_STRING;
		return read_string(reader, &node->scalar.text, &node->scalar.len);
	}
	if (byte == '-' || (byte >= '0' && byte <= '9'))
		return read_number(reader, node);
	return read_word(reader, node);
}

static bool read_text(struct reader *reader, const char *text, size_t len, struct node **out)
{
	size_t good = utf8_check(text, len);
	if (good < len) {
		reader->at = text + good;
		return refuse(reader, "bytes that are not UTF-8");
	}
	if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
		return refuse(reader, "a byte order mark");
	if (!read_value(reader, out))
		return false;
	skip_space(reader);
	return reader->at == reader->end || refuse(reader, "something after the value");
}

bool json_read(struct arena *arena, const char *file, const char *text, size_t len,
	       struct node **out, struct err *err)
{
	struct reader reader = {
		.arena = arena,
		.file = file,
		.at = text,
		.end = text + len,
		.marked = text,
		.line = 1,
		.column = 1,
		.err = err,
	};
	buf_init(&reader.text);
	bool ok = read_text(&reader, text, len, out);
	buf_clear(&reader.text);
	return ok;
}

static void write_code(struct buf *out, uint32_t code)
{
	if (code == '\n')
		buf_adds(out, "\\n");
	else if (code == '\t')
		buf_adds(out, "\\t");
	else if (code == '\r')
		buf_adds(out, "\\r");
	else if (code >= 0x10000)
		buf_addf(out, "\\u%04x\\u%04x", (unsigned)(0xd800 + ((code - 0x10000) >> 10)),
			 (unsigned)(0xdc00 + (code & 0x3ff)));
	else
		buf_addf(out, "\\u%04x", (unsigned)code);
}

static void write_string(struct buf *out, const char *text, size_t len)
{
	buf_addc(out, '"');
	size_t plain = 0;
	for (size_t i = 0; i < len;) {
		uint32_t code = 0xfffd;
		size_t used = utf8_decode(text + i, len - i, &code);
		bool special = !used || code == '"' || code == '\\' || utf8_is_control(code) ||
			       utf8_is_hidden_at(text, len, i, code);
		if (!special) {
			i += used;
			continue;
		}
		buf_add(out, text + plain, i - plain);
		if (code == '"' || code == '\\')
			buf_addf(out, "\\%c", (char)code);
		else
			write_code(out, code); /* a byte that is no UTF-8 becomes U+FFFD */
		i += used ? used : 1;
		plain = i;
	}
	buf_add(out, text + plain, len - plain);
	buf_addc(out, '"');
}

void json_write(struct buf *out, const struct node *node)
{
	switch (node->type) {
	case NODE_NULL:
		buf_adds(out, "null");
		break;
	case NODE_BOOL:
		buf_adds(out, node->boolean ? "true" : "false");
		break;
	case NODE_NUMBER:
		buf_add(out, node->scalar.text, node->scalar.len);
		break;
	case NODE_STRING:
		write_string(out, node->scalar.text, node->scalar.len);
		break;
	case NODE_LIST:
		buf_addc(out, '[');
		for (size_t i = 0; i < node->list.count; i++) {
			if (i)
				buf_addc(out, ',');
			json_write(out, node->list.items[i]);
		}
		buf_addc(out, ']');
		break;
	case NODE_MAP:
		buf_addc(out, '{');
		for (size_t i = 0; i < node->map.count; i++) {
			const struct pair *pair = &node->map.pairs[i];
			if (i)
				buf_addc(out, ',');
			write_string(out, pair->key, pair->key_len);
			buf_addc(out, ':');
			json_write(out, pair->value);
		}
		buf_addc(out, '}');
		break;
	}
}

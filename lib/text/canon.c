// SPDX-License-Identifier: MIT
// Fast reader of canonical YAML, as text/emit.h writes it. Declines everything else without saying
// why.
#include "text/canon.h"

#include <string.h>

#include "base/utf8.h"
#include "text/plain.h"

/* Bytes that end a run of ordinary ASCII. LF and the terminator are controls,
 * so no run leaves its line or the text. */
enum { CONTROL = 1, WIDE = 2, QUOTE = 4, INDICATOR = 8, KEY = 16 };

#define ROW(kind) \
	kind, kind, kind, kind, kind, kind, kind, kind, kind, kind, kind, kind, kind, kind, kind, \
		kind

static const unsigned char kinds[256] = {
	ROW(CONTROL),
	ROW(CONTROL),
	/*       !  "      #          $  %  &  '  (  )  *  +  ,  -    .    / */
	0,
	0,
	QUOTE,
	INDICATOR,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	KEY,
	KEY,
	0,
	/* 0-9                                            :          ;  <  =  >  ? */
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	INDICATOR,
	0,
	0,
	0,
	0,
	0,
	/* @ A-O */
	0,
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	/* P-Z                                                 [  \      ]  ^  _ */
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	0,
	QUOTE,
	0,
	0,
	KEY,
	/* ` a-o */
	0,
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	/* p-z                                                 {  |  }  ~  DEL */
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	KEY,
	0,
	0,
	0,
	0,
	CONTROL,
	ROW(WIDE),
	ROW(WIDE),
	ROW(WIDE),
	ROW(WIDE),
	ROW(WIDE),
	ROW(WIDE),
	ROW(WIDE),
	ROW(WIDE),
};

enum { INDENT = 2, NODES_AT_ONCE = 32, PAIRS_AT_FIRST = 8 };

struct cursor {
	struct arena *arena;
	char *at;         /* in the copy, which ends in '\0' */
	char *line_begin; /* of the current line */
	size_t unseen;    /* bytes before AT in this line that are no character of their own */
	size_t indent; /* spaces that begin the current line; AT is past them when a line has begun
			*/
	uint32_t line;
	unsigned depth;
	struct node *nodes, *nodes_end; /* allocated, not yet used */
};

static unsigned char kind(const char *at)
{
	return kinds[(unsigned char)*at];
}

/* Bytes of the character beyond ASCII at AT; 0 when it is not UTF-8 or may
 * not stand in a file as it is (as yaml_read has it). */
static size_t wide_length(const char *at)
{
	const unsigned char *s = (const unsigned char *)at;
#define MORE(i) ((s[i] & 0xc0) == 0x80)
	if (s[0] >= 0xe3 && s[0] <= 0xec)
		return MORE(1) && MORE(2) ? 3 : 0; /* nearly all of Chinese */
	uint32_t code;
	size_t room = !MORE(1) ? 1 : !MORE(2) ? 2 : !MORE(3) ? 3 : 4;
	size_t used = utf8_decode(at, room, &code);
	if (!used || code < 0xa0 || code == 0x2028 || code == 0x2029 || code == 0xfeff ||
	    code == 0xfffe || code == 0xffff)
		return 0;
	return used;
#undef MORE
}

static struct node *new_node(struct cursor *cursor, enum node_type type)
{
	if (cursor->nodes == cursor->nodes_end) {
		cursor->nodes = arena_raw(cursor->arena, NODES_AT_ONCE * sizeof *cursor->nodes);
		cursor->nodes_end = cursor->nodes + NODES_AT_ONCE;
	}
	struct node *node = cursor->nodes++;
	*node = (struct node){
		.type = type,
		.line = cursor->line,
		.column =
			(uint32_t)((size_t)(cursor->at - cursor->line_begin) - cursor->unseen + 1),
	};
	return node;
}

/* Moves from the LF that ends a line into the next line. */
static void begin_line(struct cursor *cursor)
{
	char *at = cursor->at + 1;
	cursor->line++;
	cursor->line_begin = at;
	cursor->unseen = 0;
	while (*at == ' ')
		at++;
	cursor->indent = (size_t)(at - cursor->line_begin);
	cursor->at = at;
}

/* Skips characters that are none of STOP. False at a character that may not stand in a file. */
static inline bool skip_text(char **at, unsigned char stop)
{
	char *s = *at;
	for (;;) {
		while (!(kind(s) & (stop | WIDE)))
			s++;
		if (!(kind(s) & WIDE))
			break;
		size_t used = wide_length(s);
		if (!used)
			return false;
		s += used;
	}
	*at = s;
	return true;
}

static bool hex(const char *at, int count, uint32_t *code)
{
	*code = 0;
	for (int i = 0; i < count; i++) {
		char c = at[i];
		uint32_t digit = c >= '0' && c <= '9'   ? c - '0'
				 : c >= 'a' && c <= 'f' ? c - 'a' + 10
				 : c >= 'A' && c <= 'F' ? c - 'A' + 10
							: 16;
		if (digit == 16)
			return false;
		*code = *code << 4 | digit;
	}
	return true;
}

/* Decodes the escape at *AT to *TO and moves both on. TO is never ahead of AT. */
static bool take_escape(char **at, char **to)
{
	uint32_t code;
	char *s = *at + 2;
	switch ((*at)[1]) {
	case '"':
	case '\\':
		code = (unsigned char)(*at)[1];
		break;
	case 'n':
		code = '\n';
		break;
	case 't':
		code = '\t';
		break;
	case 'r':
		code = '\r';
		break;
	case 'x':
		if (!hex(s, 2, &code))
			return false;
		s += 2;
		break;
	case 'u':
		if (!hex(s, 4, &code) || (code >= 0xd800 && code <= 0xdfff))
			return false;
		s += 4;
		break;
	case 'U':
		if (!hex(s, 8, &code) || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
			return false;
		s += 8;
		break;
	default:
		return false;
	}
	*to += utf8_encode(code, *to);
	*at = s;
	return true;
}

/* A double-quoted scalar, terminated in place; AT ends just past it. */
static bool take_quoted(struct cursor *cursor, const char **text, size_t *len)
{
	char *at = cursor->at + 1, *begin = at, *to = at;
	for (;;) {
		char *from = at;
		if (!skip_text(&at, CONTROL | QUOTE))
			return false;
		if (to != from)
			memmove(to, from, (size_t)(at - from));
		to += at - from;
		if (*at == '"')
			break;
		if (*at != '\\' || !take_escape(&at, &to))
			return false;
	}
	*to = '\0';
	*text = begin;
	*len = (size_t)(to - begin);
	cursor->at = at + 1;
	return true;
}

/* Finds the quote that closes the scalar at AT, or a control character before it. */
static char *quoted_end(char *at)
{
	for (at++; *at != '"' && !(kind(at) & CONTROL); at++)
		if (*at == '\\' && !(kind(at + 1) & CONTROL))
			at++;
	return at;
}

static bool take_string(struct cursor *cursor, struct node **out)
{
	struct node *node = *out = new_node(cursor, NODE_STRING);
	return take_quoted(cursor, &node->scalar.text, &node->scalar.len) && *cursor->at == '\n';
}

/* A literal block whose header begins at AT, in a collection at INDENT. Its
 * lines move together in place; AT ends on the LF of its last line. */
static bool take_literal(struct cursor *cursor, size_t indent, struct node **out)
{
	struct node *node = *out = new_node(cursor, NODE_STRING);
	char *at = cursor->at + 2;
	char chomping = *at == '-' || *at == '+' ? *at++ : '\n';
	if (*at++ != '\n')
		return false;
	char *begin = at, *to = at,
	     *ink = at; /* INK: just past the last character that is no line break */
	indent += INDENT;
	cursor->line++;
	for (;;) {
		if (*at != '\n') {
			size_t spaces = 0;
			while (spaces < indent && at[spaces] == ' ')
				spaces++;
			if (spaces < indent)
				break;
			at += indent;
			char *from = at;
			for (;;) {
				if (!skip_text(&at, CONTROL))
					return false;
				if (*at != '\t')
					break;
				at++;
			}
			if (*at != '\n' || at == from)
				return false;
			memmove(to, from, (size_t)(at - from));
			to += at - from;
			ink = to;
		}
		*to++ = '\n';
		at++;
		cursor->line++;
	}
	if (ink == begin)
		return false;
	if (chomping == '-')
		to = ink;
	else if (chomping == '\n')
		to = ink + 1;
	*to = '\0';
	node->scalar.text = begin;
	node->scalar.len = (size_t)(to - begin);
	cursor->at = at - 1;
	cursor->line--;
	return true;
}

/* Whether plain_resolve need be asked what the LEN bytes at AT, which begin with a letter, mean: no
 * word that means something begins with other letters or is longer. Saves the search through all
 * words for nearly all keys and values. */
static bool may_be_word(const char *at, size_t len)
{
	char second = len > 1 ? at[1] | 0x20 : 0;
	switch (at[0] | 0x20) {
	case 'f': /* false */
		return len == 5 && second == 'a';
	case 'n': /* n, no, null */
		return len == 1 || (len <= 4 && (second == 'o' || second == 'u'));
	case 'o': /* on, off */
		return len <= 3 && (second == 'n' || second == 'f');
	case 't': /* true */
		return len == 4 && second == 'r';
	case 'y': /* y, yes */
		return len == 1 || (len == 3 && second == 'e');
	default:
		return false;
	}
}

static bool take_plain(struct cursor *cursor, struct node **out)
{
	struct node *node = *out = new_node(cursor, NODE_STRING);
	char *begin = cursor->at, *at = begin;
	char first = *begin;
	if (!skip_text(&at, CONTROL | INDICATOR) || *at != '\n' || at == begin || at[-1] == ' ')
		return false;
	size_t len = (size_t)(at - begin);
	bool letter = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z') ||
		      kind(begin) & WIDE;
	bool number = (first >= '0' && first <= '9') || first == '-';
	if (!letter && !number)
		return false;
	enum plain plain = number || may_be_word(begin, len) ? plain_resolve(begin, len)
							     : PLAIN_STRING;
	if (plain == PLAIN_UNCLEAR || (number && plain != PLAIN_NUMBER))
		return false;
	cursor->at = at;
	*at = '\0';
	node->scalar.text = begin;
	node->scalar.len = len;
	if (plain == PLAIN_NUMBER) {
		node->type = NODE_NUMBER;
	} else if (plain == PLAIN_NULL) {
		*node = (struct node){
			.type = NODE_NULL, .line = node->line, .column = node->column};
	} else if (plain != PLAIN_STRING) {
		*node = (struct node){
			.type = NODE_BOOL, .line = node->line, .column = node->column};
		node->boolean = plain == PLAIN_TRUE;
	}
	return true;
}

/* A value on one line, or a literal block, in a collection at INDENT. AT ends
 * on the LF of its last line, which may have become a terminator. */
static bool take_scalar(struct cursor *cursor, size_t indent, struct node **out)
{
	char *at = cursor->at;
	switch (*at) {
	case '"':
		return take_string(cursor, out);
	case '|':
		return at[1] == '2' && take_literal(cursor, indent, out);
	case '[':
	case '{':
		if (at[1] != *at + 2 || at[2] != '\n' || cursor->depth == YAML_MAX_DEPTH)
			return false;
		*out = new_node(cursor, *at == '[' ? NODE_LIST : NODE_MAP);
		cursor->at = at + 2;
		return true;
	default:
		return take_plain(cursor, out);
	}
}

static bool take_block(struct cursor *cursor, size_t indent, struct node **out);

/* A key and its ':'. AT ends just past it. */
static bool take_key(struct cursor *cursor, struct pair *pair)
{
	char *begin = cursor->at;
	pair->line = cursor->line;
	pair->column = (uint32_t)((size_t)(begin - cursor->line_begin) + 1);
	if (*begin == '"') {
		for (const char *s = begin, *end = quoted_end(begin); s < end; s++)
			cursor->unseen += ((unsigned char)*s & 0xc0) == 0x80;
		if (!take_quoted(cursor, &pair->key, &pair->key_len) ||
		    memchr(pair->key, '\0', pair->key_len))
			return false;
	} else {
		while (kind(cursor->at) & KEY)
			cursor->at++;
		pair->key = begin;
		pair->key_len = (size_t)(cursor->at - begin);
		if (!pair->key_len || (*begin >= '-' && *begin <= '9'))
			return false;
		if (may_be_word(begin, pair->key_len) &&
		    plain_resolve(begin, pair->key_len) != PLAIN_STRING)
			return false;
	}
	if (*cursor->at != ':' || cursor->at - begin > YAML_MAX_KEY)
		return false;
	if (*begin != '"')
		*cursor->at = '\0';
	cursor->at++;
	return true;
}

static struct pair *new_pair(struct cursor *cursor, struct node *map)
{
	if (map->map.count == map->map.room) {
		struct pair *old = map->map.pairs;
		map->map.room = map->map.room ? map->map.room * 2 : PAIRS_AT_FIRST;
		map->map.pairs = arena_raw(cursor->arena, map->map.room * sizeof *old);
		if (map->map.count)
			memcpy(map->map.pairs, old, map->map.count * sizeof *old);
	}
	return &map->map.pairs[map->map.count++];
}

/* Whether a further entry of the collection at INDENT begins here. */
static bool goes_on(const struct cursor *cursor, size_t indent)
{
	return cursor->indent == indent && *cursor->at != '\0' &&
	       !(indent == 0 && *cursor->at == '.');
}

static bool take_map(struct cursor *cursor, size_t indent, struct node **out)
{
	struct node *map = *out = new_node(cursor, NODE_MAP);
	do {
		struct pair *pair = new_pair(cursor, map);
		if (!take_key(cursor, pair))
			return false;
		if (*cursor->at == '\n') {
			begin_line(cursor);
			if (cursor->indent != indent + INDENT ||
			    !take_block(cursor, indent + INDENT, &pair->value))
				return false;
		} else {
			if (*cursor->at++ != ' ' || !take_scalar(cursor, indent, &pair->value))
				return false;
			begin_line(cursor);
		}
	} while (goes_on(cursor, indent));
	const struct pair *first;
	return !yaml_duplicate_key(map, &first);
}

/* Whether the item at AT begins a map: whether its first scalar ends in ':'. */
static bool begins_map(const struct cursor *cursor)
{
	char *at = cursor->at;
	if (*at == '"') {
		at = quoted_end(at);
		return *at == '"' && at[1] == ':';
	}
	while (kind(at) & KEY)
		at++;
	return *at == ':';
}

static bool take_list(struct cursor *cursor, size_t indent, struct node **out)
{
	struct node *list = *out = new_node(cursor, NODE_LIST);
	do {
		struct node *item;
		if (cursor->at[0] != '-' || cursor->at[1] != ' ')
			return false;
		cursor->at += 2;
		if ((cursor->at[0] == '-' && cursor->at[1] == ' ') || begins_map(cursor)) {
			if (!take_block(cursor, indent + INDENT, &item))
				return false;
		} else {
			if (!take_scalar(cursor, indent, &item))
				return false;
			begin_line(cursor);
		}
		node_push(cursor->arena, list, item);
	} while (goes_on(cursor, indent));
	return true;
}

/* A filled map or list whose first entry begins at AT. Ends in the first line that is not part of
 * it. */
static bool take_block(struct cursor *cursor, size_t indent, struct node **out)
{
	if (cursor->depth++ == YAML_MAX_DEPTH)
		return false;
	bool list = cursor->at[0] == '-' && cursor->at[1] == ' ';
	bool taken = list ? take_list(cursor, indent, out) : take_map(cursor, indent, out);
	cursor->depth--;
	return taken && cursor->indent <= indent;
}

/* The copy ends in '\0', which is in no marker. */
static bool is_marker(const char *at, const char *marker)
{
	return at[0] == marker[0] && at[1] == marker[1] && at[2] == marker[2] && at[3] == marker[3];
}

static bool take_document(struct cursor *cursor, struct node **root)
{
	if (!is_marker(cursor->at, "---\n"))
		return false;
	cursor->at += 3;
	begin_line(cursor);
	if (*cursor->at == '{' || *cursor->at == '[') {
		if (cursor->indent || !take_scalar(cursor, 0, root))
			return false;
		begin_line(cursor);
	} else if (cursor->indent || !take_block(cursor, 0, root)) {
		return false;
	}
	return cursor->indent == 0 && is_marker(cursor->at, "...\n");
}

bool canon_read(struct arena *arena, const char *text, size_t len, struct yaml_stream *out)
{
	*out = (struct yaml_stream){0};
	if (len < 8 || len > YAML_MAX_BYTES)
		return false;
	char *copy = arena_dup_len(arena, text, len);
	struct cursor cursor = {.arena = arena, .at = copy, .line_begin = copy, .line = 1};
	while (cursor.at < copy + len) {
		struct yaml_document document = {
			.begin = (size_t)(cursor.at - copy), .line = cursor.line, .closed = true};
		if (!take_document(&cursor, &document.root))
			return false;
		cursor.at += 4;
		cursor.line++;
		document.end = (size_t)(cursor.at - copy);
		yaml_stream_add(arena, out, document);
	}
	return true;
}

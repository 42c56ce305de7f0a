// SPDX-License-Identifier: MIT
// What people type, brought into the one written form a schema asks for.
#include "record/value.h"

#include <string.h>

#include "base/utf8.h"
#include "data/time.h"

/* Full-width forms (U+FF01…U+FF5E) become ASCII, other dashes a hyphen, spaces vanish. */
void value_narrow(const char *typed, struct buf *out)
{
	size_t len = strlen(typed);
	for (size_t i = 0; i < len;) {
		uint32_t code;
		size_t used = utf8_decode(typed + i, len - i, &code);
		if (!used) {
			buf_addc(out, typed[i++]);
			continue;
		}
		i += used;
		if (code >= 0xff01 && code <= 0xff5e)
			code -= 0xfee0;
		else if (code >= 0x2010 && code <= 0x2015)
			code = '-';
		if (code == ' ' || code == '\t' || code == 0x3000 || code == 0xa0)
			continue;
		char bytes[4];
		buf_add(out, bytes, utf8_encode(code, bytes));
	}
}

/* "120", "120.5", "¥120" as "120.00"; what is none stays as it is, for the schema to refuse. */
static void normal_money(struct buf *text)
{
	static const char *const signs[] = {"\xc2\xa5", "\xef\xbf\xa5", "元"};
	for (size_t i = 0; i < 3; i++) {
		size_t len = strlen(signs[i]);
		if (text->len > len && i < 2 && memcmp(text->data, signs[i], len) == 0) {
			memmove(text->data, text->data + len, text->len - len + 1);
			text->len -= len;
		} else if (text->len > len && i == 2 &&
			   memcmp(text->data + text->len - len, signs[i], len) == 0) {
			text->len -= len;
			text->data[text->len] = '\0';
		}
	}
	const char *digits = text->data + (text->data[0] == '-');
	size_t whole = strspn(digits, "0123456789");
	const char *rest = digits + whole;
	if (!whole)
		return;
	if (!*rest)
		buf_adds(text, ".00");
	else if (*rest == '.' && strspn(rest + 1, "0123456789") == 1 && !rest[2])
		buf_addc(text, '0');
}

/* "3栋1201室" as "3-1201": what is said of a building or a room is not part of its number. */
static void normal_unit(struct buf *text)
{
	static const char *const buildings[] = {"号楼", "单元", "栋", "幢", "座"},
				 *const rooms[] = {"室", "房", "号"};
	struct buf plain;
	buf_init(&plain);
	for (size_t i = 0; i < text->len;) {
		size_t len = 0;
		for (size_t j = 0; j < 5 && !len && plain.len; j++)
			len = strncmp(text->data + i, buildings[j], strlen(buildings[j])) == 0
				      ? strlen(buildings[j])
				      : 0;
		if (!len) {
			buf_addc(&plain, text->data[i++]);
			continue;
		}
		i += len;
		if (i < text->len && text->data[i] != '-')
			buf_addc(&plain, '-');
	}
	for (size_t j = 0; j < 3; j++) {
		size_t len = strlen(rooms[j]);
		if (plain.len > len && plain.data[plain.len - len - 1] >= '0' &&
		    plain.data[plain.len - len - 1] <= '9' &&
		    strcmp(plain.data + plain.len - len, rooms[j]) == 0) {
			plain.len -= len;
			plain.data[plain.len] = '\0';
		}
	}
	buf_reset(text);
	buf_add(text, plain.data, plain.len);
	buf_clear(&plain);
}

/* Whether TEXT, which a schema wants to be a date, is one: said in better words than a schema's. A
 * birthday may leave out its year; then any year will do, also one that has a 29 February. */
static bool check_date(const char *text, bool birthday, struct err *err)
{
	struct buf whole;
	int day;
	buf_init(&whole);
	buf_addf(&whole, "%s%s", birthday && strlen(text) == strlen("02-29") ? "2000-" : "", text);
	bool done = date_parse(whole.data, &day, err);
	if (!done && birthday) {
		err_clear(err);
		err_set(err, STATUS_REFUSED,
			"\"%s\" is not a day: write it like 1980-03-15, or without the year like "
			"03-15",
			text);
	}
	buf_clear(&whole);
	return done;
}

bool value_normal(struct book *book, const char *normal, const char *typed, struct buf *out,
		  struct err *err)
{
	if (strcmp(normal, "time") == 0) {
		int64_t instant;
		if (!time_input(&book->zone, book->now, typed, &instant, err))
			return false;
		time_format(&book->zone, instant, out);
		return true;
	}
	if (strcmp(normal, "id") == 0)
		return book_resolve_id(book, typed, out, err);
	value_narrow(typed, out);
	if (strcmp(normal, "money") == 0)
		normal_money(out);
	if (strcmp(normal, "unit") == 0) {
		normal_unit(out);
		book_known_unit(book, out);
	}
	bool birthday = strcmp(normal, "birthday") == 0;
	return (!birthday && strcmp(normal, "date") != 0) || check_date(out->data, birthday, err);
}

static bool bool_of(const char *typed, bool *value)
{
	static const char *const yes[] = {"true", "yes", "是"}, *const no[] = {"false", "no", "否"};
	for (size_t i = 0; i < 3; i++) {
		if (strcmp(typed, yes[i]) == 0 || strcmp(typed, no[i]) == 0) {
			*value = strcmp(typed, yes[i]) == 0;
			return true;
		}
	}
	return false;
}

static struct node *value_of(struct book *book, struct arena *arena, const struct schema *schema,
			     const char *name, const char *typed, struct err *err);

static struct node *map_of(struct book *book, struct arena *arena, const struct schema *item,
			   const struct node *names, const char *const *values, size_t count,
			   struct err *err)
{
	struct node *parts = node_map(arena);
	for (size_t i = 0; i < count; i++) {
		const char *name = node_item_text(names, i);
		const struct schema *schema = name ? schema_property(item, name, NULL) : NULL;
		struct node *value = NULL;
		if (!values[i])
			continue;
		if (schema)
			value = value_of(book, arena, schema, name, values[i], err);
		if (!value)
			return NULL;
		node_add(arena, parts, arena_dup(arena, name), value);
	}
	return parts;
}

enum { PARTS = 16 };

static bool is_space(const char *at, size_t len)
{
	static const char wide[] = "\xe3\x80\x80";
	return (len == 1 && (*at == ' ' || *at == '\t')) ||
	       (len == strlen(wide) && memcmp(at, wide, len) == 0);
}

/* PART without the spaces around it; NULL: there is nothing else. */
static const char *trimmed(struct arena *arena, const char *part, size_t len)
{
	static const size_t widths[] = {1, 3};
	for (bool more = true; more;) {
		more = false;
		for (size_t i = 0; i < 2; i++) {
			size_t width = widths[i];
			if (len >= width && is_space(part, width)) {
				part += width;
				len -= width;
				more = true;
			}
			if (len >= width && is_space(part + len - width, width)) {
				len -= width;
				more = true;
			}
		}
	}
	return len ? arena_dup_len(arena, part, len) : NULL;
}

/* "灯不亮|换灯|每月巡查" by x-shorthand and x-between: sentences, which hold colons. What is left
 * out, or empty, is not there. */
static struct node *sentences_of(struct book *book, struct arena *arena, const struct schema *item,
				 const struct node *names, const char *between, const char *typed,
				 struct err *err)
{
	const char *values[PARTS] = {0}, *from = typed;
	size_t count = node_item_count(names) < PARTS ? node_item_count(names) : PARTS;
	struct buf wide; /* as a Chinese keyboard types it: U+FF01 and so on */
	buf_init(&wide);
	char bytes[4];
	buf_add(&wide, bytes, utf8_encode((uint32_t)(unsigned char)*between + 0xfee0, bytes));
	for (size_t i = 0; i < count && from; i++) {
		const char *narrow_cut = strstr(from, between), *wide_cut = strstr(from, wide.data);
		bool is_wide = wide_cut && (!narrow_cut || wide_cut < narrow_cut);
		const char *cut = is_wide ? wide_cut : narrow_cut;
		if (i + 1 == count)
			cut = NULL; /* the last one has the rest */
		values[i] = trimmed(arena, from, cut ? (size_t)(cut - from) : strlen(from));
		from = cut ? cut + (is_wide ? wide.len : strlen(between)) : NULL;
	}
	buf_clear(&wide);
	return map_of(book, arena, item, names, values, count, err);
}

/* "水龙头:2" by x-shorthand: [item, quantity]; the last parts are cut off the end. What need not
 * be there may be left out. */
static struct node *parts_of(struct book *book, struct arena *arena, const struct schema *item,
			     const struct node *names, const char *typed, struct err *err)
{
	char *rest = arena_dup(arena, typed);
	const char *values[PARTS] = {0};
	size_t count = node_item_count(names) < PARTS ? node_item_count(names) : PARTS;
	for (size_t i = count; i-- > 1;) {
		char *colon = strrchr(rest, ':'), *wide = strstr(rest, "：");
		for (char *next = wide; next && (next = strstr(next + 1, "："));)
			wide = next;
		if (!colon && !wide &&
		    !node_holds(schema_annotation(item, "required"), node_item_text(names, i)))
			continue;
		if (!colon && !wide) {
			err_set(err, STATUS_USAGE, "\"%s\": give it as %s:%s", typed,
				node_item_text(names, 0), node_item_text(names, 1));
			return NULL;
		}
		char *cut = wide > colon ? wide : colon;
		values[i] = cut + (cut == wide ? strlen("：") : 1);
		*cut = '\0';
	}
	values[0] = rest;
	return map_of(book, arena, item, names, values, count, err);
}

/* A day alone says enough of a field that is called from or until: its first, its last second. */
static bool day_of(const struct book *book, const char *name, const char *typed, struct buf *out)
{
	struct err ignored = ERR_INIT;
	int day, until = strcmp(name, "until") == 0;
	bool done = (until || strcmp(name, "from") == 0) && date_input(typed, &day, &ignored);
	err_clear(&ignored);
	if (done)
		time_format(&book->zone, zone_day_start(&book->zone, day + until) - until, out);
	return done;
}

/* What was TYPED for the field NAME. */
static struct node *value_of(struct book *book, struct arena *arena, const struct schema *schema,
			     const char *name, const char *typed, struct err *err)
{
	const char *type = schema_type(schema);
	const struct node *normal = schema_annotation(schema, "x-normal");
	if (type && strcmp(type, "boolean") == 0) {
		bool value;
		if (bool_of(typed, &value))
			return node_bool(arena, value);
		err_set(err, STATUS_REFUSED, "give yes or no, not \"%s\"", typed);
		return NULL;
	}
	if (type && (strcmp(type, "integer") == 0 || strcmp(type, "number") == 0)) {
		struct buf plain;
		buf_init(&plain);
		value_narrow(typed, &plain);
		size_t digits = strspn(plain.data, "0123456789");
		struct node *value = digits && digits == plain.len &&
						     (digits == 1 || plain.data[0] != '0')
					     ? node_number(arena, plain.data)
					     : NULL;
		if (!value)
			err_set(err, STATUS_REFUSED, "\"%s\" is not a whole number", typed);
		buf_clear(&plain);
		return value;
	}
	bool date = node_is_string(schema_annotation(schema, "format"), "date");
	const char *way = date                                           ? "date"
			  : node_is_string(normal, node_as_text(normal)) ? node_as_text(normal)
									 : NULL;
	if (!way)
		return node_string(arena, typed);
	struct buf text;
	buf_init(&text);
	bool done = (strcmp(way, "time") == 0 && day_of(book, name, typed, &text)) ||
		    value_normal(book, way, typed, &text, err);
	struct node *value = done ? node_string(arena, text.data) : NULL;
	buf_clear(&text);
	return value;
}

/* Fields that recording adds by itself. */
static bool is_added(const char *name)
{
	static const char *const added[] = {
		"event",    "seq",        "id",       "site",   "at",        "recorded",  "by",
		"via",      "request-id", "cause",    "due",    "callbacks", "withdraws", "settles",
		"override", "classified", "routine",  "period", "moves",     "keeps",     "undoes",
		"seen",     "signers",    "proposal", "awaits", "tries"};
	for (size_t i = 0; i < sizeof added / sizeof *added; i++)
		if (strcmp(name, added[i]) == 0)
			return true;
	return false;
}

static bool unknown_field(const struct schema *schema, const char *name, struct err *err)
{
	const struct node *properties = schema_annotation(schema, "properties");
	struct buf allowed;
	buf_init(&allowed);
	const struct pair *property;
	for (size_t i = 0; (property = node_pair(properties, i)); i++)
		if (!is_added(property->key))
			buf_addf(&allowed, "%s%s", allowed.len ? ", " : "", property->key);
	err_set(err, STATUS_REFUSED, "%s: %s (allowed: %s)", name,
		is_added(name) ? "kefu fills this field in by itself" : "unknown field",
		allowed.data);
	buf_clear(&allowed);
	return false;
}

static bool set_at(struct book *book, struct arena *arena, const struct schema *schema,
		   struct node *document, const char *path, const char *whole, const char *typed,
		   struct err *err);

bool value_set(struct book *book, struct arena *arena, const struct schema *schema,
	       struct node *document, const char *path, const char *typed, struct err *err)
{
	const char *name = arena_dup_len(arena, path, strcspn(path, "."));
	return is_added(name) ? unknown_field(schema, name, err)
			      : set_at(book, arena, schema, document, path, path, typed, err);
}

/* PATH is what is left of WHOLE, which messages name. */
static bool set_at(struct book *book, struct arena *arena, const struct schema *schema,
		   struct node *document, const char *path, const char *whole, const char *typed,
		   struct err *err)
{
	size_t len = strcspn(path, ".");
	char *name = arena_dup_len(arena, path, len);
	const struct schema *property = schema_property(schema, name, NULL);
	if (!property)
		return unknown_field(schema, whole, err);
	const char *type = schema_type(property);
	if (path[len]) {
		struct node *inner = node_get(document, name);
		if (!type || strcmp(type, "object") != 0)
			return err_set(err, STATUS_REFUSED, "%s: %s has no fields of its own",
				       whole, name);
		if (!inner || inner->type != NODE_MAP) {
			inner = node_map(arena);
			node_set(arena, document, name, inner);
		}
		return set_at(book, arena, property, inner, path + len + 1, whole, typed, err);
	}
	if (type && strcmp(type, "array") == 0) {
		const struct schema *item = schema_items(property);
		const struct node *names = schema_annotation(property, "x-shorthand");
		const char *between = node_as_text(schema_annotation(property, "x-between"));
		struct node *list = node_get(document, name), *value = NULL;
		if (item && names && between && *between)
			value = sentences_of(book, arena, item, names, between, typed, err);
		else if (item)
			value = names ? parts_of(book, arena, item, names, typed, err)
				      : value_of(book, arena, item, name, typed, err);
		if (!value)
			return item ? err_prefix(err, whole)
				    : err_set(err, STATUS_REFUSED,
					      "%s: this list cannot be given as text", whole);
		if (!list || list->type != NODE_LIST) {
			list = node_list(arena);
			node_set(arena, document, name, list);
		}
		node_push(arena, list, value);
		return true;
	}
	if (type && strcmp(type, "object") == 0)
		return err_set(err, STATUS_REFUSED,
			       "%s: is a group of fields: give one of them (%s.…)", whole, whole);
	struct node *value = value_of(book, arena, property, name, typed, err);
	if (!value)
		return err_prefix(err, whole);
	node_set(arena, document, name, value);
	return true;
}

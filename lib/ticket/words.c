// SPDX-License-Identifier: MIT
// Tells a text that says something from one that fills a field only.
#include "ticket/words.h"

#include <string.h>

#include "base/utf8.h"
#include "text/nothing.h"
#include "ticket/refusal.h"

enum { ENOUGH = 4, WORD = 2, FIRST_OF_THE_EAST = 0x1100 /* hangul, then kana and Han */ };

/* Letters alone, capitals of ASCII made small: what remains of "无。" and of "N/A". */
static void letters_of(const char *text, struct buf *out)
{
	size_t len = strlen(text), at = 0, one;
	uint32_t code;
	for (; (one = utf8_decode(text + at, len - at, &code)); at += one) {
		char small = (char)(code >= 'A' && code <= 'Z' ? code - 'A' + 'a' : code);
		if (!utf8_is_letter(code))
			continue;
		if (code < 0x80)
			buf_add(out, &small, 1);
		else
			buf_add(out, text + at, one);
	}
}

static bool means_nothing(const char *letters)
{
	static const char *const nothing[] = {"nothing", "null", "blank", "empty", "没有了",
					      "暂无",    "无无", "同上",  "不详",  "不知道",
					      "如上",    "如题", "省略"};
	for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++)
		if (strcmp(letters, nothing[i]) == 0)
			return true;
	return false;
}

bool words_say_something(const char *text)
{
	struct buf letters;
	buf_init(&letters);
	letters_of(text, &letters);
	size_t weight = 0, one;
	uint32_t code, first = 0;
	bool differ = false;
	for (size_t at = 0; (one = utf8_decode(letters.data + at, letters.len - at, &code));
	     at += one) {
		weight += code >= FIRST_OF_THE_EAST ? WORD : 1;
		differ = differ || (first && code != first);
		first = first ? first : code;
	}
	bool says = weight >= ENOUGH && differ && !nothing_said(letters.data) &&
		    !means_nothing(letters.data);
	buf_clear(&letters);
	return says;
}

/* Whether the field at PATH is told in as many lines as it takes. */
static bool is_prose(const struct schema *schema, const char *path)
{
	struct arena arena = ARENA_INIT;
	struct err ignored = ERR_INIT;
	char *rest = arena_dup(&arena, path), *name;
	while (schema && (name = strsep(&rest, "."))) {
		const struct schema *items = schema_items(schema);
		schema = schema_property(items ? items : schema, name, NULL);
	}
	bool prose = schema &&
		     schema_decide(schema, node_string(&arena, "a\nb"), &ignored) == SCHEMA_YES;
	err_clear(&ignored);
	arena_clear(&arena);
	return prose;
}

/* Whether what is told at PATH of AT says something, in each item of lists on the way. */
static bool each_says(const struct node *at, const char *path)
{
	const struct node *item;
	size_t len = strcspn(path, ".");
	if (at->type == NODE_LIST) {
		for (size_t i = 0; (item = node_item(at, i)); i++)
			if (!each_says(item, path))
				return false;
		return true;
	}
	if (!*path)
		return at->type != NODE_STRING || words_say_something(node_as_text(at));
	const struct node *below = node_get_len(at, path, len);
	return !below || each_says(below, path + len + (path[len] == '.'));
}

bool words_kept(const struct book *book, const struct form *form, const struct rule *rule,
		const struct node *view, struct err *err)
{
	const struct document *document = &form->documents[form->count - 1];
	const char *field;
	if (!node_get(rule->node, "report"))
		return true;
	const struct schema *schema = book_event_schema(book, form->kind, document->event, err);
	if (!schema)
		return false;
	for (size_t i = 0; (field = node_each_text(node_get(rule->node, "needs"), &i));) {
		if (is_prose(schema, field) && !each_says(node_get(view, "document"), field))
			return rule_refuse(rule, err,
					   "%s says nothing: write what was done or found, in some "
					   "words",
					   field);
	}
	return true;
}

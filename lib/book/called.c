// SPDX-License-Identifier: MIT
// Names as people are shown them. Reads schemas, and fails for none: a name without a title is
// shown alone.
#include "book/called.h"

#include <string.h>

const char *called_name(const struct book *book, struct arena *arena, enum rule_list list,
			const char *name)
{
	return language_called(arena, name,
			       book->policy ? policy_title(book->policy, list, name) : NULL);
}

const char *called_duty(const struct book *book, struct arena *arena, enum rule_list list,
			const char *rule, const char *id)
{
	const char *name = called_name(book, arena, list, rule);
	return id && name != rule
		       ? language_called(arena, id, policy_title(book->policy, list, rule))
		       : id;
}

/* Joins what SAY makes of each of NAMES. */
static const char *join(const struct book *book, struct arena *arena, const struct node *names,
			const char *between,
			const char *(*say)(const struct book *book, struct arena *arena,
					   const void *context, const char *name),
			const void *context)
{
	struct buf text;
	const char *name;
	buf_init(&text);
	for (size_t i = 0; (name = node_each_text(names, &i));)
		buf_addf(&text, "%s%s", text.len ? between : "", say(book, arena, context, name));
	const char *kept = arena_dup_len(arena, text.data, text.len);
	buf_clear(&text);
	return kept;
}

static const char *say_name(const struct book *book, struct arena *arena, const void *context,
			    const char *name)
{
	return called_name(book, arena, *(const enum rule_list *)context, name);
}

const char *called_names(const struct book *book, struct arena *arena, enum rule_list list,
			 const struct node *names, const char *between)
{
	return join(book, arena, names, between, say_name, &list);
}

/* --- steps and fields --- */

const struct schema *called_schema(const struct book *book, const char *kind, const char *event)
{
	struct err ignored = ERR_INIT;
	const struct schema *schema = book->schemas ? book_event_schema(book, kind, event, &ignored)
						    : NULL;
	err_clear(&ignored);
	return schema;
}

/* EVENT with the x-title of its schema, whose `title` is about the document. */
static const char *by_schema(const struct book *book, struct arena *arena, const char *event,
			     const struct schema *schema)
{
	const struct node *titles = schema ? schema_annotation(schema, "x-title") : NULL;
	return language_called(arena, event, language_choose(&book->reader, titles, NULL));
}

const char *called_step(const struct book *book, struct arena *arena, const char *kind,
			const char *step)
{
	const struct rule *rule = book->policy ? policy_find(book->policy, RULE_EVENT, step) : NULL;
	return rule ? called_name(book, arena, RULE_EVENT, step)
		    : by_schema(book, arena, step, called_schema(book, kind, step));
}

struct of_kind {
	const char *kind;
};

static const char *say_step(const struct book *book, struct arena *arena, const void *context,
			    const char *name)
{
	return called_step(book, arena, ((const struct of_kind *)context)->kind, name);
}

const char *called_steps(const struct book *book, struct arena *arena, const char *kind,
			 const struct node *steps, const char *between)
{
	return join(book, arena, steps, between, say_step, &(struct of_kind){kind});
}

static const struct schema *find(const struct book *book, const char *uri)
{
	struct err ignored = ERR_INIT;
	const struct schema *schema = book->schemas ? schema_find(book->schemas, uri, &ignored)
						    : NULL;
	err_clear(&ignored);
	return schema;
}

const char *called_event(const struct book *book, struct arena *arena, const char *folder,
			 const char *event)
{
	const char *uri = arena_printf(arena, "schemas/%s/%s.yaml", folder, event);
	return by_schema(book, arena, event, find(book, uri));
}

const char *called_key(const struct book *book, struct arena *arena, const struct schema *schema,
		       const char *key)
{
	const struct node *title, *more;
	schema_titles(schema ? schema_property(schema, key, NULL) : NULL, &title, &more);
	return language_called(arena, key, language_choose(&book->reader, title, more));
}

const char *called_value(const struct book *book, struct arena *arena, const struct schema *schema,
			 const char *value)
{
	const struct node *values = schema ? schema_annotation(schema, "x-values") : NULL;
	return language_called(arena, value,
			       language_choose(&book->reader, node_get(values, value), NULL));
}

const char *called_value_of(const struct book *book, struct arena *arena, const char *uri,
			    const char *key, const char *value)
{
	const struct schema *schema = value ? find(book, uri) : NULL;
	return schema ? called_value(book, arena, schema_property(schema, key, NULL), value)
		      : value;
}

const char *called_state(const struct book *book, struct arena *arena, const char *state)
{
	return called_value_of(book, arena, "schemas/ticket/settled.yaml", "state", state);
}

/* What PATH names below SCHEMA; NULL when there is no such thing. */
static const struct schema *below(struct arena *arena, const struct schema *schema,
				  const char *path)
{
	while (schema && *path) {
		size_t len = strcspn(path, ".");
		const struct schema *items = schema_items(schema);
		schema = schema_property(items ? items : schema, arena_dup_len(arena, path, len),
					 NULL);
		path += len + (path[len] == '.');
	}
	return schema;
}

const char *called_field(const struct book *book, struct arena *arena, const char *kind,
			 const char *step, const char *path)
{
	const char *rest = strchr(path, '.');
	const struct schema *schema = below(arena, called_schema(book, kind, step), path);
	const struct node *title, *more;
	if (!schema && rest) {
		const char *other = arena_dup_len(arena, path, (size_t)(rest - path));
		schema = below(arena, called_schema(book, kind, other), rest + 1);
	}
	schema_titles(schema, &title, &more);
	const char *last = strrchr(path, '.') ? strrchr(path, '.') + 1 : path;
	const char *shown = language_choose(&book->reader, title, more);
	return language_called(arena, last, shown) == last
		       ? path
		       : arena_printf(arena, "%s (%s)", path, shown);
}

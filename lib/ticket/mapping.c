// SPDX-License-Identifier: MIT
// Reads a mapping and checks it against the schema of imported tickets. Sees no row.
#include <string.h>

#include "data/schema.h"
#include "data/time_read.h"
#include "record/value.h"
#include "text/yaml.h"
#include "ticket/mapping_parts.h"
#include "ticket/ticket.h"

static enum nature nature_of(const char *path)
{
	static const char *const times[] = {"at", "heard-at", "agreed-at", "finished-at",
					    "closed-at"};
	static const char *const free_texts[] = {"customer.name", "customer.address", "result",
						 "text"};
	for (size_t i = 0; i < sizeof times / sizeof *times; i++)
		if (strcmp(path, times[i]) == 0)
			return TIME;
	for (size_t i = 0; i < sizeof free_texts / sizeof *free_texts; i++)
		if (strcmp(path, free_texts[i]) == 0)
			return FREE;
	return CODED;
}

static const char *const usual_times[] = {"%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%d %H:%M:%S%z",
					  "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", NULL};

static bool damaged(const struct mapping *mapping, const struct node *at, struct err *err)
{
	err->status = STATUS_DAMAGED;
	return err_place(err, mapping->file, at->line, at->column);
}

/* A name or a list of names, as a list. */
static const struct node *list_of(struct mapping *mapping, const struct node *names)
{
	if (!names || names->type == NODE_LIST)
		return names;
	struct node *list = node_list(&mapping->arena);
	node_push(&mapping->arena, list, (struct node *)names);
	return list;
}

static void use(struct mapping *mapping, const struct node *columns)
{
	struct node *column;
	for (size_t i = 0; (column = node_item(columns, i)); i++)
		if (node_as_text(column) && !node_holds(mapping->used, node_as_text(column)))
			node_push(&mapping->arena, (struct node *)mapping->used, column);
}

/* Whether WORD, written in the mapping, can stand in FIELD at all. */
static bool check_word(const struct mapping *mapping, const struct mapping_field *field,
		       const struct node *word, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct node *document = node_map(&arena);
	const char *text = node_as_text(word);
	bool fits = text && !node_text_len(word);
	if (!text) {
		err_set(err, STATUS_DAMAGED, "%s: must be text", field->path);
	} else if (strlen(text) != node_text_len(word)) {
		err_set(err, STATUS_DAMAGED, "%s: holds a NUL", field->path);
	} else if (!fits) {
		fits = value_set(mapping->book, &arena, mapping->schema, document, field->path,
				 text, err) &&
		       schema_check(field->schema, node_path(document, field->path), NULL, err);
		if (!fits)
			err_prefix(err, field->path);
		fits = fits && (mapping->unlisted || ticket_names(mapping->book, document, err));
	}
	arena_clear(&arena);
	return fits || damaged(mapping, word, err);
}

static const struct schema *field_schema(struct mapping *mapping, const char *path, struct err *err)
{
	const struct schema *schema = mapping->schema;
	while (schema && path) {
		size_t len = strcspn(path, ".");
		schema = schema_property(schema, arena_dup_len(&mapping->arena, path, len), NULL);
		if (!schema)
			err_set(err, STATUS_DAMAGED,
				"%s: schemas/ticket/imported.yaml has no such field", path);
		path = path[len] ? path + len + 1 : NULL;
	}
	return schema;
}

/* Whether each key of a field says something beside the others. */
static bool fits_together(const struct mapping *mapping, const struct pair *pair, struct err *err)
{
	static const char *const of_columns[] = {"join", "values", "default", "unfit", "required"};
	const struct node *node = pair->value;
	if (node_get(node, "values") && node_get(node, "unfit")) {
		err_set(err, STATUS_DAMAGED,
			"%s: unfit says nothing beside values: what they mean always fits",
			pair->key);
		return damaged(mapping, node_get(node, "unfit"), err);
	}
	if (node_get(node, "default") && node_true(node, "required") && !node_get(node, "values")) {
		err_set(err, STATUS_DAMAGED,
			"%s: required says nothing beside default, which stands where the column "
			"is empty",
			pair->key);
		return damaged(mapping, node_get(node, "required"), err);
	}
	for (size_t i = 0; i < sizeof of_columns / sizeof *of_columns; i++) {
		const char *key = of_columns[i];
		if (!node_get(node, key) ||
		    (!node_get(node, "value") && (i || node_get(node, "columns"))))
			continue;
		err_set(err, STATUS_DAMAGED,
			i ? "%s: %s says nothing beside value, which is the same for every row"
			  : "%s: %s says nothing without columns: there is nothing to join",
			pair->key, key);
		return damaged(mapping, node_get(node, key), err);
	}
	return true;
}

static bool read_field(struct mapping *mapping, struct mapping_field *field,
		       const struct pair *pair, struct err *err)
{
	const struct node *node = pair->value;
	bool needed = strcmp(pair->key, "at") == 0 || strcmp(pair->key, "kind") == 0 ||
		      strcmp(pair->key, "text") == 0;
	*field = (struct mapping_field){.path = pair->key,
					.nature = nature_of(pair->key),
					.required = needed,
					.join = "\n"};
	field->schema = field_schema(mapping, pair->key, err);
	if (!field->schema)
		return damaged(mapping, node, err);
	if (node->type == NODE_STRING) {
		field->columns = list_of(mapping, node);
		use(mapping, field->columns);
		return true;
	}
	const struct node *column = node_get(node, "column"), *columns = node_get(node, "columns"),
			  *value = node_get(node, "value");
	if (!!column + !!columns + !!value != 1) {
		err_set(err, STATUS_DAMAGED, "%s: give exactly one of column, columns and value",
			pair->key);
		return damaged(mapping, node, err);
	}
	if (!fits_together(mapping, pair, err))
		return false;
	const struct node *fallback = node_get(node, "default");
	field->columns = list_of(mapping, column ? column : columns);
	field->values = node_get(node, "values");
	field->join = node_get(node, "join") ? node_text(node, "join") : field->join;
	field->constant = node_text(node, "value");
	field->fallback = node_text(node, "default");
	field->required = node_get(node, "required") ? node_true(node, "required") : needed;
	field->keeps_unfit = node_is_string(node_get(node, "unfit"), "other");
	use(mapping, field->columns);
	if (needed && strcmp(pair->key, "text") != 0 && !field->required) {
		err_set(err, STATUS_DAMAGED,
			"%s: required cannot be false: every ticket needs this field", pair->key);
		return damaged(mapping, node_get(node, "required"), err);
	}
	if ((value && !check_word(mapping, field, value, err)) ||
	    (fallback && !check_word(mapping, field, fallback, err)))
		return false;
	const struct pair *word;
	for (size_t i = 0; (word = node_pair(field->values, i)); i++)
		if (!check_word(mapping, field, word->value, err))
			return false;
	return true;
}

static bool idle(const struct mapping *mapping, const struct node *root, const char *key,
		 const char *why, struct err *err)
{
	err_set(err, STATUS_DAMAGED, "%s: says nothing %s", key, why);
	return damaged(mapping, node_get(root, key), err);
}

/* Whether each key of the mapping says something beside the others. */
static bool keys_fit_together(const struct mapping *mapping, const struct node *root,
			      struct err *err)
{
	static const char *const of_csv[] = {"columns", "delimiter"};
	bool ndjson = node_is_string(node_get(root, "format"), "ndjson"), offset = true;
	const char *format;
	struct node *column;
	for (size_t i = 0; ndjson && i < sizeof of_csv / sizeof *of_csv; i++)
		if (node_get(root, of_csv[i]))
			return idle(mapping, root, of_csv[i],
				    "beside format ndjson: each row names its columns", err);
	for (size_t i = 0; (format = node_each_text(node_get(root, "times"), &i));)
		offset = offset && (strstr(format, "%z") || strstr(format, "%s"));
	if (node_get(root, "zone") && node_get(root, "times") && offset)
		return idle(mapping, root, "zone", "beside times that all have an offset", err);
	for (size_t i = 0; mapping->columns && (column = node_item(mapping->used, i)); i++)
		if (!node_holds(mapping->columns, node_as_text(column))) {
			err_set(err, STATUS_DAMAGED, "\"%s\" is not one of the columns",
				node_as_text(column));
			return damaged(mapping, column, err);
		}
	return true;
}

static bool read_zone(struct mapping *mapping, const struct node *root, struct err *err)
{
	const char *zone = node_text(root, "zone");
	mapping->zone_open = zone_init(&mapping->zone, zone ? zone : mapping->book->zone.name, err);
	return mapping->zone_open || damaged(mapping, zone ? node_get(root, "zone") : root, err);
}

static bool read_times(struct mapping *mapping, const struct node *root, struct err *err)
{
	const struct node *times;
	if (!node_read_texts(root, "times", mapping->file, &times, err))
		return false;
	const char **formats =
		arena_alloc(&mapping->arena, (node_item_count(times) + 1) * sizeof *formats);
	mapping->times = times ? formats : usual_times;
	for (size_t i = 0; (formats[i] = node_item_text(times, i)); i++) {
		const struct node *format = node_item(times, i);
		if (strlen(formats[i]) != node_text_len(format))
			err_set(err, STATUS_DAMAGED, "times: holds a NUL");
		else if (time_read_check(formats[i], err))
			continue;
		return damaged(mapping, format, err);
	}
	return true;
}

bool mapping_read(struct mapping *mapping, struct book *book, const char *file, const char *text,
		  size_t len, struct err *err)
{
	struct node *root;
	*mapping = (struct mapping){.book = book};
	mapping->file = arena_dup(&mapping->arena, file);
	if (!yaml_read_one(&mapping->arena, mapping->file, text, len, &root, err))
		return false;
	const struct schema *schema = schema_find(book->schemas, "schemas/mapping.yaml", err);
	mapping->schema = schema ? book_event_schema(book, NULL, "imported", err) : NULL;
	if (!mapping->schema)
		return false;
	if (!schema_check(schema, root, mapping->file, err)) {
		err->status = STATUS_DAMAGED;
		return false;
	}
	const struct node *owes = node_get(root, "owes"), *fields = node_get(root, "fields"),
			  *other = node_get(root, "other");
	mapping->source = node_text(root, "source");
	mapping->format = node_text(root, "format");
	mapping->encoding = node_text(root, "encoding");
	mapping->delimiter = node_text(root, "delimiter");
	mapping->key = list_of(mapping, node_get(root, "key"));
	mapping->keeps_rest = node_is_string(other, "rest");
	mapping->other = mapping->keeps_rest ? NULL : other;
	mapping->unlisted = node_true(root, "unlisted");
	mapping->owes_callbacks = node_holds(owes, "callbacks");
	mapping->owes_deadlines = node_holds(owes, "deadlines");
	mapping->used = node_list(&mapping->arena);
	use(mapping, mapping->key);
	if (!node_read_texts(root, "columns", mapping->file, &mapping->columns, err) ||
	    !read_zone(mapping, root, err) || !read_times(mapping, root, err))
		return false;
	const struct pair *field;
	mapping->fields =
		arena_alloc(&mapping->arena, node_pair_count(fields) * sizeof *mapping->fields);
	for (; (field = node_pair(fields, mapping->field_count)); mapping->field_count++)
		if (!read_field(mapping, &mapping->fields[mapping->field_count], field, err))
			return false;
	use(mapping, mapping->other);
	return keys_fit_together(mapping, root, err);
}

void mapping_clear(struct mapping *mapping)
{
	if (mapping->zone_open)
		zone_clear(&mapping->zone);
	arena_clear(&mapping->arena);
	*mapping = (struct mapping){0};
}

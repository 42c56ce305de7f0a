// SPDX-License-Identifier: MIT
// The one way in which a document becomes bytes of the ledger.
#include "record/render.h"

#include "book/form.h"
#include "text/emit.h"
#include "text/yaml.h"

static bool check_size(const struct buf *text, struct err *err)
{
	return text->len <= FORM_MAX_BYTES ||
	       err_set(err, STATUS_REFUSED, "the file would grow beyond %d bytes", FORM_MAX_BYTES);
}

/* Takes back what was added after the first LEN bytes. */
static bool take_back(struct buf *text, size_t len)
{
	text->len = len;
	text->data[len] = '\0';
	return false;
}

bool render_check(const struct schema *schema, struct node *document, struct err *err)
{
	schema_order(schema, document);
	return schema_check(schema, document, NULL, err);
}

bool render_document(const struct schema *schema, struct node *document, struct buf *text,
		     struct err *err)
{
	size_t begins = text->len;
	if (!render_check(schema, document, err))
		return false;
	emit_document(text, document);
	return (emit_check(text->data + begins, text->len - begins, document, err) &&
		check_size(text, err)) ||
	       take_back(text, begins);
}

static bool read_back(const struct node *root, const struct buf *text, size_t begins,
		      struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct node *read;
	bool same =
		yaml_read_one(&arena, NULL, text->data + begins, text->len - begins, &read, err);
	if (!same) {
		err_prefix(err, "cannot be stored unchanged");
		err->status = STATUS_REFUSED;
	} else if (!node_identical(read, root)) {
		same = err_set(err, STATUS_REFUSED,
			       "cannot be stored unchanged: the settings differ");
	}
	arena_clear(&arena);
	return same;
}

bool render_settings(const struct schema *schema, const struct node *root, struct buf *text,
		     struct err *err)
{
	size_t begins = text->len;
	if (!schema_check(schema, root, NULL, err))
		return false;
	emit_value(text, root);
	return (read_back(root, text, begins, err) && check_size(text, err)) ||
	       take_back(text, begins);
}

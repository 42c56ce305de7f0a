// SPDX-License-Identifier: MIT
// What ledger-init shows of the packs that kefu ships. Never prints.
#include "view/packs.h"

#include "data/language.h"
#include "text/yaml.h"

/* The head of the pack NAME, in the arena of SHIPPED; NULL with ERR. */
static const struct node *read_pack(struct shipped *shipped, const char *name, struct err *err)
{
	const char *path = arena_printf(&shipped->arena, "policy/%s.yaml", name);
	struct node *root = NULL;
	struct buf text;
	buf_init(&text);
	enum file_result result = shipped_read(shipped, path, &text, err);
	if (result == FILE_ABSENT)
		err_set(err, STATUS_SYSTEM, "the pack %s is missing: kefu is not wholly installed",
			name);
	if (result == FILE_READ &&
	    !yaml_read_one(&shipped->arena, path,
			   arena_dup_len(&shipped->arena, text.data, text.len), text.len, &root,
			   err))
		root = NULL;
	buf_clear(&text);
	return root;
}

struct table *view_packs(const struct view_style *style, struct shipped *shipped, struct err *err)
{
	static const struct table_column columns[] = {{.name = "pack", .whole = true},
						      {.name = "title"},
						      {.name = "source", .below = true}};
	struct node *names = node_list(&shipped->arena);
	struct languages reader;
	languages_read(&reader);
	shipped_pack_names(shipped, names);
	struct table *table = view_table(style, columns, sizeof columns / sizeof *columns);
	const char *name;
	for (size_t i = 0; (name = node_each_text(names, &i));) {
		const struct node *pack = read_pack(shipped, name, err);
		if (!pack) {
			table_free(table);
			return NULL;
		}
		const char *title = language_choose(&reader, node_get(pack, "title"), NULL);
		table_row(table, (const char *const[]){name, title, node_text(pack, "source")});
	}
	return table;
}

// SPDX-License-Identifier: MIT
// Changes entries in the text of a pack and leaves everything else in it as somebody wrote it.
#include "ledger/pack_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/sort.h"
#include "base/utf8.h"
#include "data/schema.h"
#include "text/emit.h"
#include "text/yaml.h"

/* A text and where its lines begin. */
struct source {
	const struct pack_text *pack;
	size_t *starts; /* of line 1 at index 0; the last one is the end of the text */
	size_t lines;
};

struct edit {
	size_t at, removed;
	char *text; /* heap */
	size_t len;
};

struct edits {
	struct edit *items;
	size_t count;
};

static void source_open(struct source *source, const struct pack_text *pack)
{
	*source = (struct source){.pack = pack};
	for (size_t at = 0;;) {
		source->starts = mem_room(source->starts, source->lines, 1, sizeof(size_t));
		source->starts[source->lines++] = at;
		const char *end = at < pack->len ? memchr(pack->text + at, '\n', pack->len - at)
						 : NULL;
		if (!end)
			break;
		at = (size_t)(end - pack->text) + 1;
	}
	/* the last line may lack its end */
	if (source->starts[source->lines - 1] < pack->len) {
		source->starts = mem_room(source->starts, source->lines, 1, sizeof(size_t));
		source->starts[source->lines++] = pack->len;
	}
}

/* Lines and columns count from 1; past the end is the end. */
static size_t line_at(const struct source *source, size_t line)
{
	return line && line <= source->lines ? source->starts[line - 1] : source->pack->len;
}

/* Columns count characters. */
static size_t place_at(const struct source *source, unsigned line, unsigned column)
{
	size_t at = line_at(source, line);
	uint32_t code;
	for (; column > 1 && at < source->pack->len; column--) {
		size_t used = utf8_decode(source->pack->text + at, source->pack->len - at, &code);
		at += used ? used : 1;
	}
	return at;
}

static size_t spaces_at(const struct source *source, size_t line)
{
	size_t at = line_at(source, line), end = line_at(source, line + 1), count = 0;
	while (at + count < end && source->pack->text[at + count] == ' ')
		count++;
	return count;
}

/* Whether nothing stands in the line but a comment or the mark at a document's end. */
static bool is_idle(const struct source *source, size_t line)
{
	size_t at = line_at(source, line), end = line_at(source, line + 1);
	const char *text = source->pack->text;
	if (end - at >= 3 && memcmp(text + at, "...", 3) == 0)
		return true;
	while (at < end && strchr(" \t\r\n", text[at]))
		at++;
	return at == end || text[at] == '#';
}

/* The line behind the last one that says something, of those from FIRST to before LIMIT. */
static size_t line_behind(const struct source *source, size_t first, size_t limit)
{
	while (limit > first + 1 && is_idle(source, limit - 1))
		limit--;
	return limit;
}

static const struct pair *root_pair(const struct source *source, const char *key, size_t *index)
{
	const struct pair *pair;
	for (*index = 0; (pair = node_pair(source->pack->root, *index)); ++*index)
		if (strcmp(pair->key, key) == 0)
			return pair;
	return NULL;
}

/* The line before which the pair INDEX of the root ends at the latest. */
static size_t pair_limit(const struct source *source, size_t index)
{
	const struct pair *next = node_pair(source->pack->root, index + 1);
	return next ? next->line : source->lines;
}

static size_t entry_line(const struct node *entries, size_t index)
{
	const struct node *item = node_item(entries, index);
	const struct pair *pair = node_pair(entries, index);
	return item ? item->line : pair ? pair->line : 0;
}

/* Gives the lines of entry INDEX at KEY; false when it does not have lines of its own. */
static bool entry_lines(const struct source *source, const char *key, size_t index, size_t *first,
			size_t *behind)
{
	size_t at;
	const struct pair *pair = root_pair(source, key, &at);
	if (!pair || index >= node_count(pair->value))
		return false;
	*first = entry_line(pair->value, index);
	size_t limit = index + 1 < node_count(pair->value) ? entry_line(pair->value, index + 1)
							   : pair_limit(source, at);
	if (*first <= pair->line || limit <= *first)
		return false;
	*behind = line_behind(source, *first, limit);
	size_t dash = line_at(source, *first) + spaces_at(source, *first);
	return pair->value->type == NODE_MAP || source->pack->text[dash] == '-';
}

static const char *line_end(const struct source *source)
{
	const char *first = memchr(source->pack->text, '\n', source->pack->len);
	return first && first > source->pack->text && first[-1] == '\r' ? "\r\n" : "\n";
}

/* --- edits --- */

static void edit_add(struct edits *edits, size_t at, size_t removed, const char *text, size_t len)
{
	edits->items = mem_room(edits->items, edits->count, 1, sizeof *edits->items);
	edits->items[edits->count++] = (struct edit){at, removed, mem_dup_len(text, len), len};
}

static void edits_clear(struct edits *edits)
{
	for (size_t i = 0; i < edits->count; i++)
		free(edits->items[i].text);
	free(edits->items);
	*edits = (struct edits){0};
}

static int compare_edits(const void *a, const void *b)
{
	const struct edit *x = a, *y = b;
	return (x->at > y->at) - (x->at < y->at);
}

/* Adds the text from BEGIN to END with its edits to OUT; false when two of them overlap. */
static bool edits_apply(struct edits *edits, const char *text, size_t begin, size_t end,
			struct buf *out)
{
	size_t at = begin;
	sort_stable(edits->items, edits->count, sizeof *edits->items, compare_edits);
	for (size_t i = 0; i < edits->count; i++) {
		const struct edit *edit = &edits->items[i];
		if (edit->at < at || edit->at + edit->removed > end)
			return false;
		buf_add(out, text + at, edit->at - at);
		buf_add(out, edit->text, edit->len);
		at = edit->at + edit->removed;
	}
	buf_add(out, text + at, end - at);
	return true;
}

/* KEY of the map ENTRY becomes DATE: before its last key, or in place of the date that is there. */
static void edit_date(const struct source *source, const struct node *entry, const char *key,
		      const char *date, struct edits *edits)
{
	const struct node *is = node_get(entry, key);
	size_t count = node_pair_count(entry);
	struct buf text;
	if (is) {
		edit_add(edits, place_at(source, is->line, is->column) + 1, strlen(date), date,
			 strlen(date));
		return;
	}
	if (!count)
		return;
	const struct pair *last = node_pair(entry, count - 1);
	buf_init(&text);
	if (source->pack->text[place_at(source, entry->line, entry->column)] == '{') {
		buf_addf(&text, "%s: \"%s\", ", key, date);
		edit_add(edits, place_at(source, last->line, last->column), 0, text.data, text.len);
	} else {
		buf_fill(&text, ' ', last->column - 1);
		buf_addf(&text, "%s: \"%s\"%s", key, date, line_end(source));
		edit_add(edits, line_at(source, last->line), 0, text.data, text.len);
	}
	buf_clear(&text);
}

/* --- entries of theirs as lines of ours --- */

/* Adds LINES to OUT, indented by TO spaces where they were by FROM, with the line ends of OURS. */
static void add_indented(const struct source *ours, const struct buf *lines, size_t from, size_t to,
			 struct buf *out)
{
	for (size_t at = 0; at < lines->len;) {
		const char *line = lines->data + at;
		size_t len = strcspn(line, "\n"), spaces = strspn(line, " ");
		at += len + (line[len] == '\n');
		if (len && line[len - 1] == '\r')
			len--;
		size_t cut = spaces < from ? spaces : from;
		if (len > cut)
			buf_fill(out, ' ', to);
		buf_add(out, line + cut, len > cut ? len - cut : 0);
		buf_adds(out, line_end(ours));
	}
}

static bool add_entry(const struct source *ours, const struct source *theirs,
		      const struct pack_step *step, size_t indent, struct buf *out)
{
	size_t first, behind, at;
	struct edits edits = {0};
	struct buf lines;
	if (!entry_lines(theirs, step->key, step->theirs, &first, &behind))
		return false;
	const struct pair *pair = root_pair(theirs, step->key, &at);
	if (step->date)
		edit_date(theirs, node_item(pair->value, step->theirs), "from", step->date, &edits);
	buf_init(&lines);
	bool done = edits_apply(&edits, theirs->pack->text, line_at(theirs, first),
				line_at(theirs, behind), &lines);
	if (done)
		add_indented(ours, &lines, spaces_at(theirs, first), indent, out);
	buf_clear(&lines);
	edits_clear(&edits);
	return done;
}

/* What comes before lines that are added AT: the end of a line that lacks it. */
static void add_break(const struct source *ours, size_t at, struct buf *out)
{
	if (at && ours->pack->text[at - 1] != '\n')
		buf_adds(out, line_end(ours));
}

static bool edit_insert(const struct source *ours, const struct source *theirs,
			const struct pack_step *step, bool begins, struct edits *edits)
{
	size_t index, first, behind, indent = 2, at;
	const struct pair *pair = root_pair(ours, step->key, &index);
	struct buf text;
	buf_init(&text);
	bool done = true;
	if (!pair) { /* behind everything else */
		at = line_at(ours, line_behind(ours, 0, ours->lines));
		add_break(ours, at, &text);
		if (begins)
			buf_addf(&text, "%s%s:%s", line_end(ours), step->key, line_end(ours));
	} else {
		size_t beside = step->ours == PACK_FIRST ? 0 : step->ours;
		done = entry_lines(ours, step->key, beside, &first, &behind);
		if (done) {
			indent = spaces_at(ours, first);
			at = line_at(ours, step->ours == PACK_FIRST ? first : behind);
			add_break(ours, at, &text);
		}
	}
	if (done && (done = add_entry(ours, theirs, step, indent, &text)))
		edit_add(edits, at, 0, text.data, text.len);
	buf_clear(&text);
	return done;
}

static bool edit_replace(const struct source *ours, const struct source *theirs,
			 const struct pack_step *step, struct edits *edits)
{
	size_t first, behind;
	struct buf text;
	if (!entry_lines(ours, step->key, step->ours, &first, &behind))
		return false;
	buf_init(&text);
	bool done = add_entry(ours, theirs, step, spaces_at(ours, first), &text);
	if (done)
		edit_add(edits, line_at(ours, first), line_at(ours, behind) - line_at(ours, first),
			 text.data, text.len);
	buf_clear(&text);
	return done;
}

static bool edit_set(const struct source *ours, const struct source *theirs,
		     const struct pack_step *step, struct edits *edits)
{
	size_t index, source_index;
	const struct pair *was = root_pair(ours, step->key, &index),
			  *is = root_pair(theirs, step->key, &source_index);
	size_t end = line_behind(theirs, is->line, pair_limit(theirs, source_index)), at,
	       removed = 0;
	struct buf lines, text;
	if (was) {
		at = line_at(ours, was->line);
		removed = line_at(ours, line_behind(ours, was->line, pair_limit(ours, index))) - at;
	} else {
		at = line_at(ours, line_behind(ours, 0, ours->lines));
	}
	buf_init(&lines);
	buf_init(&text);
	buf_add(&lines, theirs->pack->text + line_at(theirs, is->line),
		line_at(theirs, end) - line_at(theirs, is->line));
	add_break(ours, at, &text);
	add_indented(ours, &lines, 0, 0, &text);
	edit_add(edits, at, removed, text.data, text.len);
	buf_clear(&lines);
	buf_clear(&text);
	return true;
}

/* --- what is meant --- */

static struct node *dated(struct arena *arena, const struct node *entry, const char *key,
			  const char *date)
{
	struct node *copy = node_copy(arena, entry);
	if (date && copy->type == NODE_MAP)
		node_set(arena, copy, key, node_string(arena, date));
	return copy;
}

static void insert_behind(struct arena *arena, struct node *list, const char *key, size_t index,
			  const struct pack_text *theirs, const struct pack_step *steps,
			  size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (steps[i].action == PACK_INSERT && steps[i].ours == index &&
		    strcmp(steps[i].key, key) == 0)
			node_push(arena, list,
				  dated(arena,
					node_item(node_get(theirs->root, key), steps[i].theirs),
					"from", steps[i].date));
}

/* The list at KEY of ours with all steps taken. */
static struct node *expected_list(struct arena *arena, const struct node *ours, const char *key,
				  const struct pack_text *theirs, const struct pack_step *steps,
				  size_t count)
{
	struct node *list = node_list(arena);
	const struct node *entry;
	insert_behind(arena, list, key, PACK_FIRST, theirs, steps, count);
	for (size_t i = 0; (entry = node_item(ours, i)); i++) {
		const struct node *stands = entry;
		for (size_t j = 0; j < count; j++) {
			const struct pack_step *step = &steps[j];
			if (step->ours != i || strcmp(step->key, key) != 0)
				continue;
			if (step->action == PACK_END)
				stands = dated(arena, stands, "before", step->date);
			if (step->action == PACK_REPLACE)
				stands = dated(arena,
					       node_item(node_get(theirs->root, key), step->theirs),
					       "from", step->date);
		}
		node_push(arena, list, (struct node *)stands);
		insert_behind(arena, list, key, i, theirs, steps, count);
	}
	return list;
}

static struct node *expect(struct arena *arena, const struct pack_text *ours,
			   const struct pack_text *theirs, const struct pack_step *steps,
			   size_t count)
{
	struct node *root = node_copy(arena, ours->root);
	for (size_t i = 0; i < count; i++) {
		const char *key = steps[i].key;
		const struct node *wanted = node_get(theirs->root, key),
				  *is = node_get(ours->root, key);
		if (steps[i].action == PACK_SET) {
			node_set(arena, root, key, node_copy(arena, wanted));
		} else if (wanted && wanted->type == NODE_MAP) {
			const struct pair *pair = node_pair(wanted, steps[i].theirs);
			if (!node_get(root, key))
				node_add(arena, root, key, node_map(arena));
			if (node_get(root, key)->type == NODE_MAP)
				node_set(arena, node_get(root, key), pair->key,
					 node_copy(arena, pair->value));
		} else {
			node_set(arena, root, key,
				 expected_list(arena, is, key, theirs, steps, count));
		}
	}
	return root;
}

static bool says(const struct buf *text, const struct node *expected, struct arena *arena)
{
	struct node *root;
	struct err ignored = ERR_INIT;
	bool same = yaml_read_one(arena, NULL, text->data, text->len, &root, &ignored) &&
		    node_equal_json(root, expected);
	err_clear(&ignored);
	return same;
}

/* --- both ways --- */

/* The edits of steps about keys that ours has, or about those that it lacks: they come at its end,
 * behind what the last of its lists gets there. */
static bool edit_keys(const struct source *ours, const struct source *theirs, bool has,
		      const struct pack_step *steps, size_t count, struct edits *edits)
{
	bool done = true;
	for (size_t i = 0; done && i < count; i++) {
		const struct pack_step *step = &steps[i];
		const struct node *entries = node_get(ours->pack->root, step->key);
		bool begins = true;
		if ((entries != NULL) != has)
			continue;
		for (size_t j = 0; j < i; j++)
			begins = begins && strcmp(steps[j].key, step->key) != 0;
		if (step->action == PACK_END)
			edit_date(ours, node_item(entries, step->ours), "before", step->date,
				  edits);
		else if (step->action == PACK_INSERT)
			done = edit_insert(ours, theirs, step, begins, edits);
		else if (step->action == PACK_REPLACE)
			done = edit_replace(ours, theirs, step, edits);
		else
			done = edit_set(ours, theirs, step, edits);
	}
	return done;
}

static bool edit_lines(const struct source *ours, const struct source *theirs,
		       const struct pack_step *steps, size_t count, struct edits *edits)
{
	return edit_keys(ours, theirs, true, steps, count, edits) &&
	       edit_keys(ours, theirs, false, steps, count, edits);
}

/* Each key that a step is about is written anew. */
static void edit_whole(const struct source *ours, const struct node *expected,
		       const struct pack_step *steps, size_t count, struct arena *arena,
		       struct edits *edits)
{
	for (size_t i = 0; i < count; i++) {
		size_t index, at, removed = 0;
		bool again = false;
		for (size_t j = 0; j < i; j++)
			again = again || strcmp(steps[j].key, steps[i].key) == 0;
		if (again)
			continue;
		struct node *alone = node_map(arena);
		struct buf lines, text;
		const struct pair *pair = root_pair(ours, steps[i].key, &index);
		node_add(arena, alone, steps[i].key, node_get(expected, steps[i].key));
		at = line_at(ours, pair ? pair->line : line_behind(ours, 0, ours->lines));
		if (pair)
			removed = line_at(ours,
					  line_behind(ours, pair->line, pair_limit(ours, index))) -
				  at;
		buf_init(&lines);
		buf_init(&text);
		emit_value(&lines, alone);
		add_break(ours, at, &text);
		add_indented(ours, &lines, 0, 0, &text);
		edit_add(edits, at, removed, text.data, text.len);
		buf_clear(&lines);
		buf_clear(&text);
	}
}

bool pack_text_apply(const struct pack_text *ours, const struct pack_text *theirs,
		     const struct pack_step *steps, size_t count, struct arena *arena,
		     struct buf *out)
{
	struct source here, there;
	struct edits edits = {0};
	const struct node *expected = expect(arena, ours, theirs, steps, count);
	source_open(&here, ours);
	source_open(&there, theirs);
	buf_reset(out);
	bool done = edit_lines(&here, &there, steps, count, &edits) &&
		    edits_apply(&edits, ours->text, 0, ours->len, out) &&
		    says(out, expected, arena);
	if (!done) {
		edits_clear(&edits);
		buf_reset(out);
		edit_whole(&here, expected, steps, count, arena, &edits);
		done = edits_apply(&edits, ours->text, 0, ours->len, out) &&
		       says(out, expected, arena);
	}
	if (!done)
		buf_reset(out);
	edits_clear(&edits);
	free(here.starts);
	free(there.starts);
	return done;
}

/* --- names --- */

/* NAME stands at the place, perhaps in quotes. */
static void edit_name(const struct source *source, unsigned line, unsigned column, const char *name,
		      const struct node *names, struct edits *edits)
{
	const char *other = node_text(names, name);
	size_t at = place_at(source, line, column), len = strlen(name);
	if (!other)
		return;
	if (at < source->pack->len && strchr("'\"", source->pack->text[at]))
		at++;
	if (at + len <= source->pack->len && memcmp(source->pack->text + at, name, len) == 0)
		edit_add(edits, at, len, other, strlen(other));
}

void pack_text_rename(const struct pack_text *pack, const struct node *names, struct buf *out)
{
	static const char *const keys[] = {"if", "unless"};
	struct source source;
	struct edits edits = {0};
	const struct pair *pair;
	const struct node *entry, *value;
	source_open(&source, pack);
	for (size_t i = 0; (pair = node_pair(node_get(pack->root, "match"), i)); i++)
		edit_name(&source, pair->line, pair->column, pair->key, names, &edits);
	for (size_t i = 0; (pair = node_pair(pack->root, i)); i++)
		for (size_t j = 0; (entry = node_item(pair->value, j)); j++)
			for (size_t k = 0; k < 2; k++)
				for (size_t l = 0; (value = node_each(node_get(entry, keys[k]), l));
				     l++)
					if (node_as_text(value))
						edit_name(&source, value->line, value->column,
							  node_as_text(value), names, &edits);
	buf_reset(out);
	if (!edits_apply(&edits, pack->text, 0, pack->len, out)) {
		buf_reset(out);
		buf_add(out, pack->text, pack->len);
	}
	edits_clear(&edits);
	free(source.starts);
}

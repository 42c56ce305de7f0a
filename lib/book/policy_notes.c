// SPDX-License-Identifier: MIT
// Reads the annotations about names in the schema of packs: x-sorts, x-names and x-refers.
#include "book/policy_notes.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

const char *const note_keywords[NOTE_KEYWORDS] = {"x-names", "x-refers"};

static bool damaged(const char *what, const char *due, const struct node *at, const char *file,
		    struct err *err)
{
	err_set(err, STATUS_DAMAGED, "%s: must be %s", what, due);
	return err_place(err, file, at->line, at->column);
}

/* Whether VALUE makes sense at KEY of a sort. */
static bool sort_take(struct sort *sort, const char *key, const struct node *value)
{
	bool yes = node_is_true(value);
	if (strcmp(key, "once") == 0) {
		bool in_pack = node_is_string(value, "in-pack");
		sort->once = yes ? ONCE_EVER : in_pack ? ONCE_IN_PACK : ONCE_IN_FORCE;
		return yes || in_pack || node_is_string(value, "in-force");
	}
	if (strcmp(key, "own") == 0)
		return sort->own = yes;
	if (strcmp(key, "free") == 0)
		return sort->free = yes;
	if (strcmp(key, "by") == 0)
		return (sort->by = node_as_text(value));
	return strcmp(key, "says") == 0 && (sort->says = node_as_text(value));
}

bool notes_read_sorts(struct notes *notes, const struct node *sorts, const char *file,
		      struct err *err)
{
	if (sorts->type != NODE_MAP)
		return damaged("x-sorts", "a map", sorts, file, err);
	const struct pair *pair, *said;
	notes->sorts =
		arena_alloc(notes->arena, (node_pair_count(sorts) + 1) * sizeof *notes->sorts);
	for (; (pair = node_pair(sorts, notes->sort_count)); notes->sort_count++) {
		struct sort *sort = &notes->sorts[notes->sort_count];
		sort->name = pair->key;
		if (pair->value->type != NODE_MAP)
			return damaged(pair->key, "a map", pair->value, file, err);
		for (size_t i = 0; (said = node_pair(pair->value, i)); i++) {
			if (!sort_take(sort, said->key, said->value))
				return damaged(
					pair->key,
					"a map of once (true, in-force or in-pack), own (true), "
					"free (true), by and says",
					said->value, file, err);
		}
	}
	return true;
}

static const struct sort *sort_named(const struct notes *notes, const struct node *name)
{
	for (size_t i = 0; i < notes->sort_count; i++)
		if (node_is_string(name, notes->sorts[i].name))
			return &notes->sorts[i];
	return NULL;
}

static bool read_sorts(struct notes *notes, const struct node *names, const char *keyword,
		       struct note *note, const char *file, struct err *err)
{
	const struct node *name;
	note->sorts = arena_alloc(notes->arena,
				  (node_item_count(names) + 1) * sizeof(const struct sort *));
	for (; (name = node_each(names, note->sort_count)); note->sort_count++) {
		const struct sort *sort = sort_named(notes, name);
		note->sorts[note->sort_count] = sort;
		if (sort)
			continue;
		const char *text = node_as_text(name);
		err_set(err, STATUS_DAMAGED, "%s: \"%s\" is not in x-sorts", keyword,
			text ? text : node_type_name(name->type));
		return err_place(err, file, name->line, name->column);
	}
	return note->sort_count || damaged(keyword, "of one sort at least", note->raw, file, err);
}

const struct note *notes_read(struct notes *notes, enum note_keyword keyword,
			      const struct node *raw, const char *file, struct err *err)
{
	for (size_t i = 0; i < notes->note_count; i++)
		if (notes->notes[i]->raw == raw)
			return notes->notes[i];
	struct note *note = arena_alloc(notes->arena, sizeof *note);
	bool refers = keyword == X_REFERS, is_map = raw->type == NODE_MAP;
	*note = (struct note){.raw = raw,
			      .refers = refers,
			      .words = node_get(raw, "or"),
			      .behind = node_text(raw, "behind"),
			      .up_to = node_text(raw, "up-to")};
	size_t said = (node_get(raw, "to") != NULL) + (note->words != NULL) +
		      (note->behind != NULL) + (note->up_to != NULL);
	if (is_map && (!refers || said != node_pair_count(raw))) {
		damaged(note_keywords[keyword],
			refers ? "one of x-sorts, a list of some, or a map of to, or, behind "
				 "and up-to"
			       : "one of x-sorts or a list of some",
			raw, file, err);
		return NULL;
	}
	if (!read_sorts(notes, is_map ? node_get(raw, "to") : raw, note_keywords[keyword], note,
			file, err))
		return NULL;
	notes->notes = mem_room(notes->notes, notes->note_count, 1, sizeof *notes->notes);
	return notes->notes[notes->note_count++] = note;
}

void notes_clear(struct notes *notes)
{
	free(notes->notes);
}

bool note_gives(const struct note *note, const struct sort *sort)
{
	for (size_t i = 0; !note->refers && i < note->sort_count; i++)
		if (note->sorts[i] == sort)
			return true;
	return false;
}

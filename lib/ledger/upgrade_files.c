// SPDX-License-Identifier: MIT
// What becomes of one file of a ledger that is upgraded: a schema, the calendar, a pack. Writes
// none.
#include <string.h>

#include "data/zone.h"
#include "ledger/pack_merge.h"
#include "ledger/upgrade_parts.h"
#include "store/file.h"
#include "text/yaml.h"

/* A file in one of its versions; TEXT lives in the arena. */
struct version {
	const char *text; /* NULL: there is none */
	size_t len;
	struct node *root; /* NULL until read */
};

/* --- reading --- */

static bool keep(struct upgrading *run, enum file_result result, struct buf *text,
		 struct version *version)
{
	*version = (struct version){0};
	if (result == FILE_READ) {
		version->text = arena_dup_len(&run->arena, text->data, text->len);
		version->len = text->len;
	}
	buf_clear(text);
	return result != FILE_FAILED;
}

static bool read_ours(struct upgrading *run, const char *path, struct version *version)
{
	struct buf text;
	buf_init(&text);
	return keep(run, file_read(&run->book->store.root, path, YAML_MAX_BYTES, &text, run->err),
		    &text, version);
}

static bool read_theirs(struct upgrading *run, const char *path, struct version *version)
{
	struct buf text;
	buf_init(&text);
	return keep(run, shipped_read(&run->shipped, path, &text, run->err), &text, version);
}

static bool read_base(struct upgrading *run, const struct shipped_release *release,
		      const char *path, struct version *version)
{
	struct buf text;
	buf_init(&text);
	return keep(run, shipped_read_release(&run->shipped, release, path, &text, run->err), &text,
		    version);
}

static bool parse(struct upgrading *run, const char *path, struct version *version)
{
	return yaml_read_one(&run->arena, path, version->text, version->len, &version->root,
			     run->err);
}

/* How much of a release's text is in the ledger's; 0 where it is of another origin. */
static size_t kinship(const char *path, const struct version *ours, const struct version *base)
{
	size_t shared = three_way_shared(base->text, base->len, ours->text, ours->len);
	bool is_pack = strncmp(path, "policy/", 7) == 0 && strcmp(path, UPGRADE_CALENDAR) != 0;
	if (is_pack)
		return pack_has_entry_of(ours->root, base->root) ? shared + 1 : 0;
	size_t mine = three_way_shared(ours->text, ours->len, ours->text, ours->len),
	       all = three_way_shared(base->text, base->len, base->text, base->len);
	return shared * 2 >= mine && shared * 4 >= all ? shared : 0;
}

/* BASE gets what the organisation began with: the text of the version that kefu.yaml records under
 * WHAT, or of the one that shares most with the ledger's. Its text is NULL when it is unknown. */
static bool find_base(struct upgrading *run, const char *path, const char *what,
		      const struct version *ours, struct version *base)
{
	const char *recorded = node_text(node_get(run->header, "versions"), what);
	const struct shipped_release *release = shipped_release(&run->shipped, recorded);
	size_t most = 0;
	*base = (struct version){0};
	if (release && !read_base(run, release, path, base))
		return false;
	if (base->text)
		return parse(run, path, base);
	for (size_t i = 0; i < run->shipped.release_count; i++) {
		struct version other;
		if (!read_base(run, &run->shipped.releases[i], path, &other) ||
		    (other.text && !parse(run, path, &other)))
			return false;
		size_t kin = other.text ? kinship(path, ours, &other) : 0;
		if (kin > most) {
			most = kin;
			*base = other;
		}
	}
	return true;
}

static enum three_way_side stands_of(const struct upgrading *run)
{
	return run->options->conflict == UPGRADE_TAKES ? THREE_WAY_THEIRS : THREE_WAY_OURS;
}

void upgrade_plan(struct upgrading *run, const char *path, const char *text, size_t len)
{
	node_set(&run->arena, run->planned, arena_dup(&run->arena, path),
		 node_string_len(&run->arena, text, len));
}

static void tell(struct upgrading *run, enum change_kind kind, const char *path, const char *text)
{
	changes_add(&run->out->changes, kind, path, NULL, NULL, text);
}

/* --- files that are brought together by their lines: schemas, the calendar --- */

enum { TEXT_MAX = 160 }; /* bytes of a part's difference that are shown */

static void tell_part(struct upgrading *run, const char *path, const char *list, const char *name,
		      const struct node *older, const struct node *newer)
{
	struct buf text;
	buf_init(&text);
	if (older && newer && older->type == NODE_MAP) {
		changes_between(older, newer, &text);
	} else {
		changes_value(older, &text);
		buf_adds(&text, older && newer ? " → " : "");
		changes_value(newer, &text);
	}
	if (text.len > TEXT_MAX) {
		size_t len = TEXT_MAX;
		while (len && (text.data[len] & 0xc0) == 0x80)
			len--;
		text.len = len;
		text.data[len] = '\0';
		buf_adds(&text, "…");
	}
	changes_add(&run->out->changes,
		    !older   ? CHANGE_ADDED
		    : !newer ? CHANGE_ENDED
			     : CHANGE_CHANGED,
		    path, list, name, text.data);
	buf_clear(&text);
}

/* The item of LIST whose `year` is that of YEAR. */
static const struct node *same_year(const struct node *list, const struct node *year)
{
	const char *wanted = node_text(year, "year");
	const struct node *item;
	for (size_t i = 0; wanted && (item = node_item(list, i)); i++)
		if (node_text(item, "year") && strcmp(node_text(item, "year"), wanted) == 0)
			return item;
	return NULL;
}

static void tell_years(struct upgrading *run, const char *path, const struct node *older,
		       const struct node *newer)
{
	const struct node *year;
	for (size_t i = 0; (year = node_item(newer, i)); i++) {
		const struct node *was = same_year(older, year);
		if (!was || !node_equal_json(was, year))
			tell_part(run, path, "years", node_text(year, "year"), was, year);
	}
}

/* The parts in which NEWER differs from OLDER: keys, and of maps of parts the keys in them. */
static void tell_parts(struct upgrading *run, const char *path, const struct node *older,
		       const struct node *newer)
{
	static const char *const maps[] = {"properties", "$defs", "x-sorts"};
	const struct node *sides[] = {newer, older};
	const struct pair *pair, *part;
	for (int side = 0; side < 2; side++)
		for (size_t i = 0; (pair = node_pair(sides[side], i)); i++) {
			const struct node *was = node_get(older, pair->key),
					  *is = node_get(newer, pair->key);
			bool has_parts = false;
			if ((side && is) || (was && is && node_equal_json(was, is)))
				continue;
			for (size_t j = 0; j < sizeof maps / sizeof *maps; j++)
				has_parts = has_parts || strcmp(maps[j], pair->key) == 0;
			if (was && is && strcmp(pair->key, "years") == 0)
				tell_years(run, path, was, is);
			else if (was && is && has_parts)
				for (int inner = 0; inner < 2; inner++)
					for (size_t j = 0; (part = node_pair(inner ? was : is, j));
					     j++) {
						const struct node *p = node_get(was, part->key),
								  *q = node_get(is, part->key);
						if ((inner && q) ||
						    (p && q && node_equal_json(p, q)))
							continue;
						tell_part(run, path, pair->key, part->key, p, q);
					}
			else
				tell_part(run, path, pair->key, NULL, was, is);
		}
}

struct collision {
	struct upgrading *run;
	const char *path;
};

static void tell_collision(void *context, unsigned line, unsigned count)
{
	const struct collision *at = context;
	struct upgrading *run = at->run;
	if (run->options->conflict == UPGRADE_TAKES)
		return;
	const char *text =
		count > 1 ? arena_printf(&run->arena,
					 "lines %u to %u: you have changed them, and so has kefu",
					 line, line + count - 1)
		: count ? arena_printf(&run->arena, "line %u: you have changed it, and so has kefu",
				       line)
			: arena_printf(&run->arena,
				       "before line %u: kefu has changed what you have taken out",
				       line);
	tell(run, CHANGE_CONFLICT, at->path, text);
}

/* Unknown where the ledger's text came from: kefu's is taken only if so wanted. */
static void take_whole(struct upgrading *run, const char *path, const struct version *ours,
		       const struct version *theirs)
{
	if (run->options->conflict == UPGRADE_TAKES) {
		tell_parts(run, path, ours->root, theirs->root);
		upgrade_plan(run, path, theirs->text, theirs->len);
		return;
	}
	tell(run, CHANGE_CONFLICT, path,
	     arena_printf(&run->arena,
			  "no released version of kefu has shipped what it comes from, so what you "
			  "have changed cannot be told; the present one differs: %s",
			  run->shipped.folder));
}

static bool merge_lines(struct upgrading *run, const char *path, const struct version *ours,
			const struct version *base, const struct version *theirs)
{
	struct collision at = {run, path};
	struct three_way texts = {.base = base->text,
				  .ours = ours->text,
				  .theirs = theirs->text,
				  .base_len = base->len,
				  .ours_len = ours->len,
				  .theirs_len = theirs->len,
				  .stands = stands_of(run),
				  .conflict = tell_collision,
				  .context = &at};
	struct buf text;
	struct err broken = ERR_INIT;
	buf_init(&text);
	struct version merged = {0};
	if (!three_way_merge(&texts, &text)) {
		take_whole(run, path, ours, theirs);
	} else if (text.len != ours->len || memcmp(text.data, ours->text, text.len) != 0) {
		merged.text = arena_dup_len(&run->arena, text.data, text.len);
		merged.len = text.len;
		if (yaml_read_one(&run->arena, path, merged.text, merged.len, &merged.root,
				  &broken)) {
			tell_parts(run, path, ours->root, merged.root);
			upgrade_plan(run, path, merged.text, merged.len);
		} else {
			tell(run, CHANGE_CONFLICT, path,
			     arena_printf(&run->arena,
					  "what you and kefu have changed does not go together: %s",
					  broken.text));
		}
	}
	err_clear(&broken);
	buf_clear(&text);
	return true;
}

bool upgrade_lines(struct upgrading *run, const char *path, const char *what)
{
	struct version ours, theirs, base;
	if (!read_ours(run, path, &ours) || !read_theirs(run, path, &theirs))
		return false;
	if (!theirs.text)
		return err_set(run->err, STATUS_SYSTEM,
			       "%s is missing in %s: kefu is not wholly installed", path,
			       run->shipped.folder);
	if (!ours.text) {
		tell(run, CHANGE_ADDED, path, "a new file");
		upgrade_plan(run, path, theirs.text, theirs.len);
		return true;
	}
	if (ours.len == theirs.len && memcmp(ours.text, theirs.text, ours.len) == 0)
		return true;
	if (!parse(run, path, &ours) || !parse(run, path, &theirs))
		return false;
	if (shipped_release_of(&run->shipped, path, ours.text, ours.len)) {
		tell_parts(run, path, ours.root, theirs.root);
		upgrade_plan(run, path, theirs.text, theirs.len);
		return true;
	}
	if (!find_base(run, path, what, &ours, &base))
		return false;
	if (!base.text) {
		take_whole(run, path, &ours, &theirs);
		return true;
	}
	if (base.len == theirs.len && memcmp(base.text, theirs.text, base.len) == 0) {
		tell(run, CHANGE_KEPT, path, "yours; kefu's is as it was");
		return true;
	}
	return merge_lines(run, path, &ours, &base, &theirs);
}

/* --- packs --- */

bool upgrade_load(void *context, const char *uri, struct arena *arena, struct node **root,
		  struct err *err)
{
	struct upgrading *run = context;
	const struct node *planned = node_get(run->planned, uri);
	struct buf text;
	buf_init(&text);
	enum file_result result = FILE_READ;
	if (planned)
		buf_add(&text, node_as_text(planned), node_text_len(planned));
	else
		result = file_read(&run->book->store.root, uri, YAML_MAX_BYTES, &text, err);
	if (result == FILE_ABSENT) {
		err_set(err, STATUS_DAMAGED, "missing");
		err_place(err, uri, 0, 0);
	}
	bool done = result == FILE_READ &&
		    yaml_read_one(arena, arena_dup(arena, uri), text.data, text.len, root, err);
	buf_clear(&text);
	return done;
}

/* The lists of packs, by the schema as it will be; NULL, with a conflict, where the pack of this
 * kefu does not fit the ledger's own schema. */
static struct policy *lists_of(struct upgrading *run, const char *path, const char *name,
			       struct version *theirs)
{
	struct err unfit = ERR_INIT;
	struct policy *policy = policy_new(run->schemas);
	if (!policy_add(policy, name, arena_printf(&run->arena, "%s of kefu", path), theirs->root,
			&unfit)) {
		tell(run, CHANGE_CONFLICT, path,
		     arena_printf(&run->arena,
				  "kefu's does not fit schemas/policy.yaml of this ledger: %s",
				  unfit.text));
		policy_free(policy);
		policy = NULL;
	}
	err_clear(&unfit);
	return policy;
}

static void merge_pack(struct upgrading *run, const char *path, const char *name,
		       struct version *ours, struct version *base, struct version *theirs)
{
	struct policy *policy = lists_of(run, path, name, theirs);
	struct buf text;
	if (!policy)
		return;
	struct pack_merge merge = {
		.file = path,
		.base = {base->text, base->len, base->root},
		.ours = {ours->text, ours->len, ours->root},
		.theirs = {theirs->text, theirs->len, theirs->root},
		.policy = policy,
		.schema = schema_find(run->schemas, "schemas/policy.yaml", run->err),
		.day = zone_day(&run->book->zone, run->book->now) + 1,
		.stands = stands_of(run),
		.arena = &run->arena,
		.changes = &run->out->changes,
	};
	buf_init(&text);
	if (pack_merge(&merge, &text))
		upgrade_plan(run, path, text.data, text.len);
	buf_clear(&text);
	policy_free(policy);
}

bool upgrade_pack(struct upgrading *run, const char *name, bool *shipped)
{
	const char *path = arena_printf(&run->arena, "policy/%s.yaml", name);
	struct version ours, theirs, base;
	if (!read_theirs(run, path, &theirs))
		return false;
	*shipped = theirs.text;
	if (!theirs.text)
		return true; /* the organisation's own */
	if (!read_ours(run, path, &ours))
		return false;
	if (!ours.text) {
		err_set(run->err, STATUS_DAMAGED, "missing");
		return err_place(run->err, path, 0, 0);
	}
	if (ours.len == theirs.len && memcmp(ours.text, theirs.text, ours.len) == 0)
		return true;
	if (!parse(run, path, &ours) || !parse(run, path, &theirs))
		return false;
	const struct shipped_release *release =
		shipped_release_of(&run->shipped, path, ours.text, ours.len);
	if (release ? !read_base(run, release, path, &base) || !parse(run, path, &base)
		    : !find_base(run, path, name, &ours, &base))
		return false;
	if (base.text)
		merge_pack(run, path, name, &ours, &base, &theirs);
	else
		take_whole(run, path, &ours, &theirs);
	return true;
}

// SPDX-License-Identifier: MIT
// Values that no two tickets share: where they stand, by an index of each month, which is brought
// up to date by the times and inodes of folders and files.
#include "ticket/unique.h"

#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "record/value.h"
#include "store/file.h"
#include "ticket/refusal.h"

#define INDEX_FOLDER ".kefu/unique"

enum { TOKEN = 32, SETTLED_NS = 1000000000, INDEX_MAX = 64 << 20 };

/* A month's index: the first line tells the rules and the folder's time, each further one a ticket,
 * the state of its file, and its values as DIGEST#DOCUMENT. */
struct month {
	const char *folder; /* "tickets/2026/11" */
	const char *text;   /* without the first line */
	int64_t changed;    /* the folder's time */
	bool fresh;         /* differs from what is saved */
	struct month *next;
};

struct unique_index {
	char rules[DIGEST_TEXT]; /* what the packs say */
	struct month *months;
};

/* --- the values of a form --- */

static bool is_step(const struct document *document, const char *path, size_t len)
{
	return strlen(document->event) == len && memcmp(document->event, path, len) == 0;
}

void unique_each(struct book *book, struct form *form, unique_told tell, void *context)
{
	const struct rule *rule;
	size_t cursor = 0;
	struct node **roots = NULL;
	struct buf value;
	const char *path;
	if (form->state == FORM_VOIDED || !form->count)
		return;
	buf_init(&value);
	while ((rule = policy_next(book->policy, RULE_UNIQUE, &cursor))) {
		const struct node *kinds = node_get(rule->node, "kind");
		if (kinds && (!form->kind || !node_holds(kinds, form->kind)))
			continue;
		roots = roots ? roots : form_mended(form, form->count, &form->arena);
		for (size_t i = 0; (path = node_each_text(node_get(rule->node, "field"), &i));) {
			size_t step = strcspn(path, ".");
			for (size_t j = 0; path[step] && j < form->count; j++) {
				const struct document *document = &form->documents[j];
				const struct node *said = node_path(roots[j], path + step + 1);
				if (document->undone || !is_step(document, path, step) || !said ||
				    said->type != NODE_STRING ||
				    !rule_in_force(rule, zone_day(&book->zone, document->at)))
					continue;
				buf_reset(&value);
				value_narrow(node_as_text(said), &value);
				tell(context, rule, document, path + step + 1, value.data);
			}
		}
	}
	buf_clear(&value);
}

/* The token of VALUE by RULE. */
static void token_of(const struct rule *rule, const char *value, char token[DIGEST_TEXT])
{
	unsigned char digest[DIGEST_BYTES];
	struct buf text;
	const char *name = node_text(rule->node, "unique");
	buf_init(&text);
	buf_addf(&text, "%s %s", name ? name : "", value);
	digest_of(text.data, text.len, digest);
	digest_text(digest, token);
	token[TOKEN] = '\0';
	buf_clear(&text);
}

/* --- the index of a month --- */

static void add_token(void *context, const struct rule *rule, const struct document *document,
		      const char *field, const char *value)
{
	char token[DIGEST_TEXT];
	(void)field;
	token_of(rule, value, token);
	buf_addf(context, " %s#%" PRId64, token, document->known);
}

static int64_t changed_at(const struct stat *state)
{
	return (int64_t)state->st_mtim.tv_sec * SETTLED_NS + state->st_mtim.tv_nsec;
}

static bool state_of(const struct root *root, const char *path, int flags, struct stat *state)
{
	int fd = root_reach(root, path, O_PATH | flags, 0);
	bool done = fd >= 0 && fstat(fd, state) == 0;
	if (fd >= 0)
		close(fd);
	return done;
}

/* The line of ID in TEXT; NULL: there is none. */
static const char *line_of(const char *text, const char *id)
{
	size_t len = strlen(id);
	for (const char *at = text; at && *at; at = strchr(at, '\n') + 1)
		if (strncmp(at, id, len) == 0 && at[len] == ' ')
			return at;
	return NULL;
}

/* Adds the line of the ticket NAME of the folder: the old one where its file is as it was. HINT is
 * where in OLD it is likely to stand. */
static void add_line(struct book *book, const struct month *month, const char *name,
		     const char **hint, const char *old, struct buf *out)
{
	struct buf path, begin, text;
	struct stat state;
	struct form form;
	struct err ignored = ERR_INIT;
	buf_init(&path);
	buf_init(&begin);
	buf_init(&text);
	form_init(&form);
	buf_addf(&path, "%s/%s.yaml", month->folder, name);
	if (!state_of(&book->store.root, path.data, 0, &state))
		goto out;
	buf_addf(&begin, "%s %" PRId64 ".%jd.%ju", name, changed_at(&state),
		 (intmax_t)state.st_size, (uintmax_t)state.st_ino);
	if (!*hint || strncmp(*hint, begin.data, strlen(name)) != 0)
		*hint = line_of(old, name);
	const char *end = *hint ? strchr(*hint, '\n') : NULL;
	if (end && strncmp(*hint, begin.data, begin.len) == 0 &&
	    ((*hint)[begin.len] == ' ' || (*hint)[begin.len] == '\n')) {
		buf_add(out, *hint, (size_t)(end - *hint) + 1);
		*hint = end + 1;
		goto out;
	}
	*hint = end ? end + 1 : *hint;
	buf_add(out, begin.data, begin.len);
	/* what cannot be read has no values here: ledger-check says what is wrong with it */
	if (file_read(&book->store.root, path.data, FORM_MAX_BYTES, &text, &ignored) == FILE_READ &&
	    form_read(&form, path.data, text.data, text.len, &ignored))
		unique_each(book, &form, add_token, out);
	buf_adds(out, "\n");
out:
	err_clear(&ignored);
	form_clear(&form);
	buf_clear(&path);
	buf_clear(&begin);
	buf_clear(&text);
}

/* ".kefu/unique/2026-11" */
static void index_path(const struct month *month, struct buf *out)
{
	buf_adds(out, INDEX_FOLDER "/");
	for (const char *at = month->folder + strlen("tickets/"); *at; at++)
		buf_add(out, *at == '/' ? "-" : at, 1);
}

/* Brings MONTH up to date. */
static void look_at(struct book *book, struct arena *arena, const char *rules, struct month *month)
{
	struct buf path, saved, begin, text;
	struct file_names names = {0};
	struct err ignored = ERR_INIT;
	struct stat state, index;
	buf_init(&path);
	buf_init(&saved);
	buf_init(&begin);
	buf_init(&text);
	index_path(month, &path);
	month->text = "";
	if (!state_of(&book->store.root, month->folder, O_DIRECTORY, &state))
		goto out;
	month->changed = changed_at(&state);
	bool known = file_read(&book->store.root, path.data, INDEX_MAX, &saved, &ignored) ==
			     FILE_READ &&
		     saved.len && saved.data[saved.len - 1] == '\n';
	const char *end = known ? strchr(saved.data, '\n') : NULL,
		   *old = end && strncmp(saved.data, rules, strlen(rules)) == 0 ? end + 1 : "",
		   *hint = old;
	buf_addf(&begin, "%s %" PRId64 "\n", rules, month->changed);
	/* a clock that ticks slowly may show two changes of the folder as one */
	if (*old && strncmp(saved.data, begin.data, begin.len) == 0 &&
	    state_of(&book->store.root, path.data, 0, &index) &&
	    changed_at(&index) - month->changed > SETTLED_NS) {
		month->text = arena_dup(arena, old);
		goto out;
	}
	if (file_list(&book->store.root, month->folder, &names, &ignored) == FILE_READ) {
		file_names_keep(&names, ".yaml");
		for (size_t i = 0; i < names.count; i++)
			add_line(book, month, names.items[i], &hint, old, &text);
	}
	month->text = arena_dup(arena, text.data ? text.data : "");
	month->fresh = true;
out:
	err_clear(&ignored);
	file_names_clear(&names);
	buf_clear(&path);
	buf_clear(&saved);
	buf_clear(&begin);
	buf_clear(&text);
}

/* A digest of what the packs say, since an index made by other rules is of no use. */
static void rules_digest(const struct policy *policy, char out[DIGEST_TEXT])
{
	unsigned char digest[DIGEST_BYTES];
	size_t cursor = 0;
	const struct rule *rule;
	struct buf text;
	buf_init(&text);
	while ((rule = policy_next(policy, RULE_UNIQUE, &cursor))) {
		static const char *const keys[] = {"unique", "kind", "field", "from", "before"};
		for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
			node_join(node_get(rule->node, keys[i]), ",", &text);
			buf_adds(&text, ";");
		}
	}
	digest_of(text.data, text.len, digest);
	digest_text(digest, out);
	buf_clear(&text);
}

static void look_at_year(struct book *book, struct arena *arena, struct unique_index *index,
			 const char *year)
{
	struct file_names months = {0};
	struct err ignored = ERR_INIT;
	const char *folder = arena_printf(arena, "tickets/%s", year);
	if (file_list(&book->store.root, folder, &months, &ignored) == FILE_READ)
		for (size_t i = 0; i < months.count; i++) {
			struct month *month = arena_alloc(arena, sizeof *month);
			*month = (struct month){
				.folder = arena_printf(arena, "%s/%s", folder, months.items[i]),
				.next = index->months};
			look_at(book, arena, index->rules, month);
			index->months = month;
		}
	err_clear(&ignored);
	file_names_clear(&months);
}

static struct unique_index *look(struct book *book, struct arena *arena)
{
	struct unique_index *index = arena_alloc(arena, sizeof *index);
	struct file_names years = {0};
	struct err ignored = ERR_INIT;
	*index = (struct unique_index){0};
	rules_digest(book->policy, index->rules);
	if (file_list(&book->store.root, "tickets", &years, &ignored) == FILE_READ)
		for (size_t i = 0; i < years.count; i++)
			look_at_year(book, arena, index, years.items[i]);
	err_clear(&ignored);
	file_names_clear(&years);
	return index;
}

/* --- judging --- */

struct judging {
	struct book *book;
	struct arena *arena;
	struct unique_index **index;
	struct form *form;
	struct err *err; /* is set once something is not unique */
};

/* The line in which TOKEN stands, of another form than ID; NULL: in none. */
static const char *found_in(const struct month *month, const char *token, const char *id)
{
	size_t len = strlen(id);
	for (const char *at = month->text; (at = strstr(at, token)); at++) {
		const char *line = at;
		while (line > month->text && line[-1] != '\n')
			line--;
		if (strncmp(line, id, len) != 0 || line[len] != ' ')
			return line;
	}
	return NULL;
}

/* Whether the last document makes FORM one that RULE is about: what it had may be another's. */
static bool comes_under(const struct rule *rule, const struct form *form)
{
	const struct node *kinds = node_get(rule->node, "kind");
	const char *before = NULL;
	if (!kinds || form->documents[form->count - 1].which != EVENT_RECLASSIFIED)
		return false;
	for (size_t i = form->count - 1; !before && i-- > 0;)
		before = node_text(form->documents[i].root, "kind");
	return !before || !node_holds(kinds, before);
}

static void judge_value(void *context, const struct rule *rule, const struct document *document,
			const char *field, const char *value)
{
	struct judging *judging = context;
	const struct form *form = judging->form;
	const struct document *last = &form->documents[form->count - 1];
	const struct node *fields = last->which == EVENT_CORRECTED ? node_get(last->root, "fields")
								   : NULL;
	char wanted[DIGEST_TEXT];
	if (judging->err->text ||
	    (document != last && !node_path(fields, field) && !comes_under(rule, form)))
		return;
	if (!*judging->index)
		*judging->index = look(judging->book, judging->arena);
	token_of(rule, value, wanted);
	wanted[TOKEN] = '#';
	wanted[TOKEN + 1] = '\0';
	for (const struct month *month = (*judging->index)->months; month; month = month->next) {
		const char *line = found_in(month, wanted, form->id);
		if (!line)
			continue;
		int id = (int)strcspn(line, " "),
		    seq = (int)strspn(strstr(line, wanted) + strlen(wanted), "0123456789");
		rule_refuse(rule, judging->err, "%s %s stands in %.*s#%.*s already", field, value,
			    id, line, seq, strstr(line, wanted) + strlen(wanted));
		return;
	}
}

bool unique_kept(struct book *book, struct arena *arena, struct unique_index **index,
		 struct form *form, struct err *err)
{
	size_t cursor = 0;
	struct judging judging = {book, arena, index, form, err};
	if (form->imported || !policy_next(book->policy, RULE_UNIQUE, &cursor))
		return true;
	unique_each(book, form, judge_value, &judging);
	return !err->text;
}

void unique_save(struct book *book, const struct unique_index *index)
{
	struct err ignored = ERR_INIT;
	struct buf path, text;
	buf_init(&path);
	buf_init(&text);
	for (const struct month *month = index ? index->months : NULL; month; month = month->next) {
		if (!month->fresh)
			continue;
		buf_reset(&path);
		buf_reset(&text);
		index_path(month, &path);
		buf_addf(&text, "%s %" PRId64 "\n%s", index->rules, month->changed, month->text);
		store_write(&book->store, path.data, text.data, text.len, STORE_REPLACE, &ignored);
		err_clear(&ignored);
	}
	buf_clear(&path);
	buf_clear(&text);
}

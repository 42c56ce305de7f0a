// SPDX-License-Identifier: MIT
// Values that no two tickets share: where they stand, by an index of each month, which is brought
// up to date by the times and inodes of folders and files, and by what writers note under the lock.
#include "ticket/unique.h"

#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "record/value.h"
#include "store/file.h"
#include "ticket/refusal.h"

#define INDEX_FOLDER ".kefu/unique"
#define NOTES INDEX_FOLDER "/notes"
#define FIRST "1" /* how notes begin where there were none; later "2" */

enum {
	TOKEN = 32,
	SETTLED_NS = 1000000000,
	INDEX_MAX = 64 << 20,
	NOTES_MAX = 8 << 10, /* then the index is saved anew, and the notes begin again */
};

/* A month's index: the first line tells the rules and the folder's time, each further one a ticket,
 * the state of its file, and its values as DIGEST#DOCUMENT. */
struct month {
	const char *folder; /* "tickets/2026/11" */
	const char *text;   /* without the first line */
	int64_t changed;    /* the folder's time */
	bool saved;         /* something is, by the same rules */
	bool fresh;         /* differs from what is saved */
	struct month *next;
};

/* Those who hold the lock note what they write, so that whoever looked before knows of it: a first
 * line by which it is known when the notes begin again, then, as in the index of a month, tickets
 * with their values. What is noted need not have come about. */
struct notes {
	const char *begin; /* the first line; NULL: there are none */
	const char *text;  /* all of them */
	size_t len;
};

struct unique_index {
	char rules[DIGEST_TEXT]; /* what the packs say */
	struct month *months;
	struct notes notes; /* as they were before */
	const char *since;  /* those that came since; NULL: nobody has asked */
	bool ahead;         /* it was made before the lock was taken */
	bool quiet;         /* it was asked, and nobody else wrote since it was begun */
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
	month->saved = *old;
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

static struct notes read_notes(struct book *book, struct arena *arena)
{
	struct notes notes = {0};
	struct err ignored = ERR_INIT;
	struct buf text;
	buf_init(&text);
	if (file_read(&book->store.root, NOTES, INDEX_MAX, &text, &ignored) == FILE_READ &&
	    text.len) {
		notes.text = arena_dup_len(arena, text.data, text.len);
		notes.len = text.len;
		notes.begin = arena_dup_len(arena, text.data, strcspn(text.data, "\n"));
	}
	err_clear(&ignored);
	buf_clear(&text);
	return notes;
}

static struct unique_index *look(struct book *book, struct arena *arena)
{
	struct unique_index *index = arena_alloc(arena, sizeof *index);
	struct file_names years = {0};
	struct err ignored = ERR_INIT;
	*index = (struct unique_index){.notes = read_notes(book, arena)};
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

struct asked {
	const struct rule *rule;
	const char *value;
	int64_t seq; /* of the document that says it; 0: none does */
};

static void compare(void *context, const struct rule *rule, const struct document *document,
		    const char *field, const char *value)
{
	struct asked *asked = context;
	(void)field;
	if (rule == asked->rule && strcmp(value, asked->value) == 0)
		asked->seq = document->known;
}

/* Whether the ticket ID has what is asked for: it may have changed since it was looked at, and what
 * is noted may never have been written. */
static bool has_now(struct book *book, const char *id, struct asked *asked)
{
	struct err ignored = ERR_INIT;
	struct buf path, text;
	struct form form;
	buf_init(&path);
	buf_init(&text);
	form_init(&form);
	asked->seq = 0;
	if (book_form_path(id, &path, &ignored) &&
	    file_read(&book->store.root, path.data, FORM_MAX_BYTES, &text, &ignored) == FILE_READ &&
	    form_read(&form, path.data, text.data, text.len, &ignored))
		unique_each(book, &form, compare, asked);
	err_clear(&ignored);
	form_clear(&form);
	buf_clear(&path);
	buf_clear(&text);
	return asked->seq;
}

/* The ticket other than ID of TEXT, lines of tickets, that has TOKEN, and what is asked for to this
 * day; NULL: none has. */
static const char *found_in(struct judging *judging, const char *text, const char *token,
			    struct asked *asked)
{
	for (const char *at = text; (at = strstr(at, token)); at++) {
		const char *line = at;
		while (line > text && line[-1] != '\n')
			line--;
		const char *id = arena_dup_len(judging->arena, line, strcspn(line, " \n"));
		if (strcmp(id, judging->form->id) != 0 && has_now(judging->book, id, asked))
			return id;
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

/* Where the last line begins in NOTES. */
static size_t last_line(const struct notes *notes)
{
	size_t at = notes->len;
	while (at && notes->text[at - 1] == '\n')
		at--;
	while (at && notes->text[at - 1] != '\n')
		at--;
	return at;
}

/* What NOW has since BEFORE; NULL: the notes began again meanwhile. What was noted last by then may
 * not have been written yet. */
static const char *since(const struct notes *before, const struct notes *now)
{
	if (!before->begin)
		return !now->begin ? "" : strncmp(now->begin, FIRST, 1) == 0 ? now->text : NULL;
	if (!now->begin || now->len < before->len || strcmp(before->begin, now->begin) != 0)
		return NULL;
	return now->text + last_line(before);
}

/* Whether what was noted last when INDEX was begun is in it, and so was written by then. */
static bool last_is_seen(const struct unique_index *index)
{
	size_t begin = index->notes.begin ? last_line(&index->notes) : 0;
	const char *line = index->notes.text, *token = begin ? strchr(line + begin, ' ') : NULL;
	char wanted[TOKEN + 1] = "";
	if (!token || strlen(token) <= TOKEN)
		return !begin;
	memcpy(wanted, token + 1, TOKEN);
	for (const struct month *month = index->months; month; month = month->next)
		if (strstr(month->text, wanted))
			return true;
	return false;
}

/* Finds out what came since the index was made, or makes it anew. */
static void catch_up(struct judging *judging)
{
	struct unique_index *index = *judging->index;
	if (index->since)
		return;
	struct notes now = {0};
	if (index->ahead)
		now = read_notes(judging->book, judging->arena);
	const char *more = index->ahead ? since(&index->notes, &now) : "";
	bool quiet = !index->ahead || !more || (now.len == index->notes.len && last_is_seen(index));
	if (!more)
		*judging->index = index = look(judging->book, judging->arena);
	index->since = more ? more : "";
	index->quiet = quiet;
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
	catch_up(judging);
	token_of(rule, value, wanted);
	wanted[TOKEN] = '#';
	wanted[TOKEN + 1] = '\0';
	struct asked asked = {.rule = rule, .value = value};
	const char *id = found_in(judging, (*judging->index)->since, wanted, &asked);
	for (const struct month *month = (*judging->index)->months; !id && month;
	     month = month->next)
		id = found_in(judging, month->text, wanted, &asked);
	if (id)
		rule_refuse(rule, judging->err, "%s %s stands in %s#%" PRId64 " already", field,
			    value, id, asked.seq);
}

/* Whether DOCUMENT says or changes something that has to be unique, or may do so: what signatures
 * complete, and what another kind brings along, stands elsewhere. */
static bool may_say(const struct policy *policy, const struct node *document)
{
	const char *event = node_text(document, "event"), *path;
	const struct node *fields = node_get(document, "fields");
	const struct rule *rule;
	if (event_of(event) == EVENT_RECLASSIFIED || event_of(event) == EVENT_SIGNED)
		return true;
	for (size_t cursor = 0; event && (rule = policy_next(policy, RULE_UNIQUE, &cursor));)
		for (size_t i = 0; (path = node_each_text(node_get(rule->node, "field"), &i));) {
			size_t step = strcspn(path, ".");
			if (path[step] &&
			    (node_path(fields, path + step + 1) ||
			     (strlen(event) == step && memcmp(event, path, step) == 0 &&
			      node_path(document, path + step + 1))))
				return true;
		}
	return false;
}

void unique_look(struct book *book, struct arena *arena, struct unique_index **index,
		 struct node *const *documents, size_t count)
{
	size_t cursor = 0;
	for (size_t i = 0; !*index && i < count && policy_next(book->policy, RULE_UNIQUE, &cursor);
	     i++) {
		if (may_say(book->policy, documents[i])) {
			*index = look(book, arena);
			(*index)->ahead = true;
		}
		cursor = 0;
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

/* A first line that no notes had before. */
static bool add_begin(const char *word, struct buf *out, struct err *err)
{
	uint64_t chance;
	if (getrandom(&chance, sizeof chance, 0) != sizeof chance)
		return err_system(err, "cannot get random bytes");
	buf_addf(out, "%s %016" PRIx64 "\n", word, chance);
	return true;
}

bool unique_note(struct book *book, const struct unique_index *index, struct form *form,
		 const char *id, struct err *err)
{
	struct buf text, values;
	bool done = true;
	if (!index)
		return true;
	buf_init(&text);
	buf_init(&values);
	unique_each(book, form, add_token, &values);
	if (values.len) {
		struct arena arena = ARENA_INIT;
		bool begun = read_notes(book, &arena).begin;
		arena_clear(&arena);
		done = begun || add_begin(FIRST, &text, err);
		/* a line of its own, also behind one that a writer who was killed left unfinished
		 */
		buf_addf(&text, "\n%s%s\n", id, values.data);
		done = done && store_note(&book->store, NOTES, text.data, text.len, err);
	}
	buf_clear(&text);
	buf_clear(&values);
	return done;
}

void unique_save(struct book *book, const struct unique_index *index)
{
	struct err ignored = ERR_INIT;
	struct buf path, text;
	bool many = index && index->notes.len > NOTES_MAX, saved = true;
	/* what others wrote meanwhile may have left a folder's time as it was: the next one saves
	 */
	if (!index || !index->quiet)
		return;
	buf_init(&path);
	buf_init(&text);
	for (const struct month *month = index->months; month; month = month->next) {
		if (!month->fresh || (month->saved && !many))
			continue;
		buf_reset(&path);
		buf_reset(&text);
		index_path(month, &path);
		buf_addf(&text, "%s %" PRId64 "\n%s", index->rules, month->changed, month->text);
		saved = store_write(&book->store, path.data, text.data, text.len, STORE_REPLACE,
				    &ignored) == STORE_WRITTEN &&
			saved;
		err_clear(&ignored);
	}
	buf_reset(&text);
	if (many && saved && add_begin("2", &text, &ignored))
		store_write(&book->store, NOTES, text.data, text.len, STORE_REPLACE, &ignored);
	err_clear(&ignored);
	buf_clear(&path);
	buf_clear(&text);
}

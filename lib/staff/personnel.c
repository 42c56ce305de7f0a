// SPDX-License-Identifier: MIT
// Personnel registers: commendations, sanctions, training, certificates, appointments, proposed
// penalties, ratings.
#include "staff/personnel.h"

#include <string.h>

#include "base/decimal.h"
#include "book/called.h"
#include "book/scheme.h"
#include "data/time.h"
#include "record/value.h"
#include "staff/personnel_rules.h"
#include "store/file.h"

enum { REGISTER_MAX_BYTES = 4 << 20 };

/* --- reading --- */

static bool is_mending(enum event event)
{
	return event == EVENT_CORRECTED || event == EVENT_VOIDED;
}

/* What of a correction takes the place of what the document said. */
/* Replaces fields of ROOT by those of CORRECTION, except its head and its reason. */
static void overlay(struct arena *arena, struct node *root, const struct node *correction)
{
	static const char *const head[] = {"event", "seq", "id",         "site", "at", "recorded",
					   "by",    "via", "request-id", "seen", "of", "reason"};
	const struct pair *pair;
	for (size_t i = 0; (pair = node_pair(correction, i)); i++) {
		bool is_head = false;
		for (size_t j = 0; j < sizeof head / sizeof *head && !is_head; j++)
			is_head = strcmp(pair->key, head[j]) == 0;
		if (!is_head)
			node_set(arena, root, pair->key, pair->value);
	}
}

static struct personnel_entry *entry_of(const struct personnel *personnel, int64_t seq)
{
	for (size_t i = 0; i < personnel->count; i++)
		if (personnel->entries[i].seq == seq)
			return &personnel->entries[i];
	return NULL;
}

/* Folds DOCUMENTS into OUT, which has its person; entries live in ARENA. */
static void fold(struct arena *arena, const struct documents *documents, struct personnel *out)
{
	out->entries = arena_alloc(arena, (documents->count + 1) * sizeof *out->entries);
	for (size_t i = 0; i < documents->count; i++) {
		const struct document *document = &documents->items[i];
		if (document->which == EVENT_RENUMBERED)
			continue;
		int64_t of = 0;
		struct personnel_entry *mends =
			node_integer(document->root, "of", &of) ? entry_of(out, of) : NULL;
		if (!is_mending(document->which)) {
			out->entries[out->count++] =
				(struct personnel_entry){.event = document->event,
							 .which = document->which,
							 .seq = document->known,
							 .at = document->at,
							 .root = document->root};
		} else if (mends) {
			mends->mended = document->known;
			mends->voided = mends->voided || document->which == EVENT_VOIDED;
			struct node *root = node_copy(arena, mends->root);
			if (!mends->voided)
				overlay(arena, root, document->root);
			mends->root = root;
		}
	}
	for (size_t i = 0; i < out->count; i++)
		if (out->entries[i].which == EVENT_REGISTERED && !out->entries[i].voided) {
			out->subject = node_text(out->entries[i].root, "subject");
			out->name = node_text(out->entries[i].root, "name");
		}
}

static bool path_of(const char *person, struct buf *path, struct err *err)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789_.-";
	if (!*person || !strchr("abcdefghijklmnopqrstuvwxyz_", *person) ||
	    person[strspn(person, allowed)] || strlen(person) > 64)
		return err_set(
			err, STATUS_USAGE,
			"\"%s\" cannot be a person's id: small letters, digits, _ . and - only",
			person);
	buf_addf(path, "personnel/%s.yaml", person);
	return true;
}

bool personnel_read(struct book *book, const char *person, struct personnel *personnel,
		    struct err *err)
{
	struct arena scratch = ARENA_INIT;
	struct documents documents = {0};
	struct buf path, text;
	bool done = false;
	*personnel = (struct personnel){.arena = ARENA_INIT};
	buf_init(&path);
	buf_init(&text);
	if (!path_of(person, &path, err))
		goto out;
	/* documents_read may reset its arena, so what lives on is copied from one of its own */
	switch (file_read(&book->store.root, path.data, REGISTER_MAX_BYTES, &text, err)) {
	case FILE_READ:
		done = documents_read(&scratch, path.data, text.data, text.len, &documents, err);
		break;
	case FILE_ABSENT:
		done = true;
		break;
	case FILE_FAILED:
		break;
	}
	for (size_t i = 0; done && i < documents.count; i++) {
		documents.items[i].root = node_copy(&personnel->arena, documents.items[i].root);
		documents.items[i].event = node_text(documents.items[i].root, "event");
	}
	personnel->person = arena_dup(&personnel->arena, person);
	if (done)
		fold(&personnel->arena, &documents, personnel);
out:
	if (!done)
		personnel_clear(personnel);
	arena_clear(&scratch);
	buf_clear(&path);
	buf_clear(&text);
	return done;
}

void personnel_clear(struct personnel *personnel)
{
	arena_clear(&personnel->arena);
	*personnel = (struct personnel){.arena = ARENA_INIT};
}

const struct personnel_entry *personnel_cited(const struct personnel *personnel, const char *record)
{
	size_t len = strlen(personnel->person);
	if (strncmp(record, personnel->person, len) != 0 || record[len] != '#')
		return NULL;
	int64_t seq = 0;
	const char *digit = record + len + 1;
	for (; *digit >= '0' && *digit <= '9' && seq < 100000000; digit++)
		seq = seq * 10 + (*digit - '0');
	return *digit ? NULL : entry_of(personnel, seq);
}

/* --- what it shows --- */

int personnel_degree(const struct book *book, const char *degree)
{
	const struct rule *wanted = policy_find(book->policy, RULE_DEGREE, degree), *rule;
	size_t cursor = 0;
	int below = 0;
	while (wanted && (rule = policy_next(book->policy, RULE_DEGREE, &cursor)) && rule != wanted)
		below +=
			node_is_string(node_get(rule->node, "of"), node_text(wanted->node, "of")) &&
			policy_find(book->policy, RULE_DEGREE, node_text(rule->node, "degree")) ==
				rule;
	return wanted ? below : -1;
}

struct decimal *personnel_hours(const struct personnel *personnel, const char *course, int64_t at,
				bool *passed)
{
	struct decimal *sum = decimal_new(0);
	*passed = false;
	for (size_t i = 0; i < personnel->count; i++) {
		const struct personnel_entry *entry = &personnel->entries[i];
		if (entry->which != EVENT_TRAINED || entry->voided || entry->at > at ||
		    !node_true(entry->root, "passed") ||
		    !node_is_string(node_get(entry->root, "course"), course))
			continue;
		struct decimal *hours = scheme_number(entry->root, "hours");
		if (hours)
			decimal_add(sum, hours);
		decimal_free(hours);
		*passed = true;
	}
	return sum;
}

bool personnel_certified(const struct book *book, const struct personnel *personnel,
			 const char *certificate, int64_t at)
{
	for (size_t i = 0; i < personnel->count; i++) {
		const struct personnel_entry *entry = &personnel->entries[i];
		const char *until = node_text(entry->root, "until");
		struct err ignored = ERR_INIT;
		int last = 0;
		if (entry->which != EVENT_CERTIFIED || entry->voided || entry->at > at ||
		    !node_is_string(node_get(entry->root, "certificate"), certificate))
			continue;
		bool runs = !until || (date_parse(until, &last, &ignored) &&
				       zone_day(&book->zone, at) <= last);
		err_clear(&ignored);
		if (runs)
			return true;
	}
	return false;
}

/* Whether COURSE is passed with all its hours. */
static bool course_done(const struct book *book, const struct personnel *personnel,
			const char *course, int64_t at)
{
	const struct rule *rule = policy_find(book->policy, RULE_COURSE, course);
	bool passed;
	struct decimal *hours = personnel_hours(personnel, course, at, &passed),
		       *needed = rule ? scheme_number(rule->node, "hours") : NULL;
	bool done = passed && (!needed || decimal_compare(hours, needed) >= 0);
	decimal_free(hours);
	decimal_free(needed);
	return done;
}

/* A register is only for somebody who is in staff.yaml. */
static const char *joins_first(const struct book *book, const struct personnel *personnel)
{
	bool joined = staff_find(&book->staff, personnel->person, INT64_MAX);
	return joined ? "" : "record joined without the role, then ";
}

/* The course or certificate called NAME, which RULE asks of whoever becomes ROLE, is lacking. */
static bool is_lacking(const struct book *book, const struct personnel *personnel,
		       const struct rule *rule, const char *role, enum rule_list list,
		       const char *name, struct err *err)
{
	struct arena arena = ARENA_INIT;
	const char *title = called_name(book, &arena, list, name);
	role = called_name(book, &arena, RULE_ROLE, role);
	if (list == RULE_COURSE)
		err_refuse(err, rule->clause,
			   "%s: nobody becomes %s before the course %s is recorded as passed: "
			   "%srun personnel-log %s trained --course %s",
			   personnel->person, role, title, joins_first(book, personnel),
			   personnel->person, name);
	else
		err_refuse(err, rule->clause,
			   "%s: nobody becomes %s without the certificate %s: "
			   "%srun personnel-log %s certified --certificate %s",
			   personnel->person, role, title, joins_first(book, personnel),
			   personnel->person, name);
	arena_clear(&arena);
	return false;
}

bool personnel_qualifies(const struct book *book, const struct personnel *personnel,
			 const char *role, int64_t at, struct err *err)
{
	int day = zone_day(&book->zone, at);
	size_t cursor = 0;
	const struct rule *rule;
	while ((rule = policy_next(book->policy, RULE_APPOINTMENT, &cursor))) {
		const struct node *roles = node_get(rule->node, "roles");
		const char *name;
		if (day < rule->from || day >= rule->before || (roles && !node_holds(roles, role)))
			continue;
		for (size_t i = 0; (name = node_each_text(node_get(rule->node, "courses"), &i));)
			if (!course_done(book, personnel, name, at))
				return is_lacking(book, personnel, rule, role, RULE_COURSE, name,
						  err);
		for (size_t i = 0;
		     (name = node_each_text(node_get(rule->node, "certificates"), &i));)
			if (!personnel_certified(book, personnel, name, at))
				return is_lacking(book, personnel, rule, role, RULE_CERTIFICATE,
						  name, err);
	}
	return true;
}

/* --- recording --- */

bool personnel_field(struct book *book, struct arena *arena, struct node *document,
		     const char *field, const char *typed, struct err *err)
{
	static const char *const computed[] = {"measures", "amount", "clause"};
	const char *uri =
		arena_printf(arena, "schemas/personnel/%s.yaml", node_text(document, "event"));
	const struct schema *schema = schema_find(book->schemas, uri, err);
	for (size_t i = 0; i < sizeof computed / sizeof *computed; i++)
		if (strcmp(field, computed[i]) == 0)
			return err_set(err, STATUS_REFUSED,
				       "%s: kefu fills this field in by itself", field);
	return schema && value_set(book, arena, schema, document, field, typed, err);
}

bool personnel_may(const struct recording *recording, const char *person, const struct node *roles,
		   const struct node *part, struct err *err)
{
	const struct acting *acting = recording->acting;
	const struct member *both[] = {acting->by, acting_login(acting)};
	const char *const about[] = {person, NULL};
	for (size_t i = 0; i < 2; i++) {
		const struct member *member = both[i];
		bool has = staff_may_approve(&recording->book->staff, member, roles, about,
					     acting->at);
		if (strcmp(member->id, person) == 0)
			err_set(err, STATUS_REFUSED, "%s: nobody records this about themselves",
				person);
		else if (strcmp(member->nature, "person") != 0)
			err_set(err, STATUS_REFUSED,
				"%s is a %s: this is recorded by a person only", member->id,
				member->nature);
		else if (!has)
			err_set(err, STATUS_REFUSED,
				"%s has none of the roles that may record this", member->id);
		else
			continue;
		return clause_refuses(err, part);
	}
	const struct member *then = staff_find(&recording->book->staff, acting->by->id, acting->at);
	if (then && !then->left)
		return true;
	err_set(err, STATUS_REFUSED, "--at: %s did not work here then", acting->by->id);
	return clause_refuses(err, part);
}

/* Whether the register is of somebody who works here, or of what is registered. */
static bool check_person(const struct recording *recording, const struct personnel *personnel,
			 enum event event, struct err *err)
{
	const struct member *member =
		staff_find(&recording->book->staff, personnel->person, recording->acting->at);
	if (event == EVENT_REGISTERED) {
		if (recording->before->count ||
		    staff_find(&recording->book->staff, personnel->person, INT64_MAX))
			return err_set(err, STATUS_REFUSED,
				       "%s is in a register or in staff.yaml already",
				       personnel->person);
		return true;
	}
	if (personnel->subject || is_mending(event))
		return true;
	if (!member)
		return err_set(err, STATUS_REFUSED, "%s is not in %s", personnel->person,
			       LEDGER_STAFF);
	if (member->left)
		return err_set(err, STATUS_REFUSED, "%s does not work here any more",
			       personnel->person);
	return strcmp(member->nature, "person") == 0 ||
	       err_set(err, STATUS_REFUSED, "%s is a %s, not a person", personnel->person,
		       member->nature);
}

/* The document that DOCUMENT mends; NULL with ERR when it cannot be mended. */
static const struct personnel_entry *find_mended(const struct personnel *personnel,
						 const struct node *document, struct err *err)
{
	int64_t of = 0;
	const struct personnel_entry *entry =
		node_integer(document, "of", &of) ? entry_of(personnel, of) : NULL;
	if (!entry)
		err_set(err, STATUS_REFUSED,
			"of: %s has no document of that number that can be corrected or voided",
			personnel->person);
	else if (entry->voided)
		err_set(err, STATUS_REFUSED, "of: %s#%lld is voided already", personnel->person,
			(long long)of);
	return entry && !entry->voided ? entry : NULL;
}

/* A correction is judged as the document it makes of the one before; what is computed of that goes
 * into it. */
static bool judge_mended(const struct recording *recording, const struct personnel *personnel,
			 struct err *err)
{
	static const char *const computed[] = {"measures", "amount", "clause"};
	struct arena *arena = recording->arena;
	struct node *document = recording->posting->document;
	const struct personnel_entry *entry = find_mended(personnel, document, err);
	if (!entry)
		return false;
	struct node *whole = node_copy(arena, entry->root);
	bool voids = document_event(document) == EVENT_VOIDED;
	const char *uri = arena_printf(arena, "schemas/personnel/%s.yaml", entry->event);
	const struct schema *schema = schema_find(recording->book->schemas, uri, err);
	if (!schema)
		return false;
	if (!voids) {
		for (size_t i = 0; i < sizeof computed / sizeof *computed; i++)
			node_remove(whole, computed[i]);
		overlay(arena, whole, document);
	}
	if (!personnel_judge(recording, personnel, whole, err) ||
	    (!voids && !schema_check(schema, whole, NULL, err)))
		return false;
	for (size_t i = 0; !voids && i < sizeof computed / sizeof *computed; i++)
		if (node_get(whole, computed[i]))
			node_set(arena, document, computed[i], node_get(whole, computed[i]));
	return true;
}

static bool judge(const struct recording *recording, struct err *err)
{
	struct node *document = recording->posting->document;
	enum event event = document_event(document);
	struct personnel personnel = {.arena = ARENA_INIT, .person = recording->posting->id};
	fold(recording->arena, recording->before, &personnel);
	return check_person(recording, &personnel, event, err) &&
	       (is_mending(event) ? judge_mended(recording, &personnel, err)
				  : personnel_judge(recording, &personnel, document, err));
}

bool personnel_record(struct book *book, struct arena *arena, const struct request *request,
		      const char *person, struct node *document, struct recorded *out,
		      struct err *err)
{
	static const char *const added[] = {"measures", "amount", "clause", NULL};
	struct buf path;
	buf_init(&path);
	*out = (struct recorded){.notes = node_list(arena), .id = person};
	struct posting posting = {.id = person,
				  .schema = arena_printf(arena, "schemas/personnel/%s.yaml",
							 node_text(document, "event")),
				  .place = POSTING_EITHER,
				  .added = added,
				  .document = document,
				  .judge = judge};
	bool done = path_of(person, &path, err);
	personnel_defaults(book, arena, document);
	posting.path = path.data;
	done = done && record_document(book, arena, request, &posting, out, err);
	buf_clear(&path);
	return done;
}

// SPDX-License-Identifier: MIT
// Recording who joins, changes and leaves, in staff.yaml, by the same protocol as tickets.
#include "staff/roster.h"

#include <string.h>

#include "data/time.h"
#include "record/value.h"
#include "staff/personnel.h"

bool roster_field(struct book *book, struct arena *arena, struct node *document, const char *field,
		  const char *typed, struct err *err)
{
	const struct schema *schema = schema_find(book->schemas, "schemas/staff.yaml", err);
	return schema && value_set(book, arena, schema, document, field, typed, err);
}

static bool check_roles(const struct book *book, const struct node *document, struct err *err)
{
	const char *role;
	for (size_t i = 0; (role = node_each_text(node_get(document, "roles"), &i));) {
		if (strcmp(role, ROLE_ADMINISTRATOR) == 0 ||
		    policy_find(book->policy, RULE_ROLE, role))
			continue;
		struct buf allowed;
		buf_init(&allowed);
		policy_names(book->policy, RULE_ROLE, NULL, &allowed);
		err_set(err, STATUS_REFUSED,
			"roles: \"%s\" is not a role of these packs (allowed: %s, %s)", role,
			allowed.data, ROLE_ADMINISTRATOR);
		buf_clear(&allowed);
		return false;
	}
	return true;
}

/* Whether at every moment to come somebody is there who may do everything. */
static bool check_administrator(const struct staff *staff, int64_t now, struct err *err)
{
	for (size_t i = 0; i <= staff->count; i++) {
		int64_t when = i < staff->count ? staff->versions[i].from : now;
		size_t cursor = 0;
		const struct member *member = NULL;
		if (when < now)
			continue;
		while ((member = staff_next(staff, when, &cursor)) &&
		       !node_holds(member->roles, ROLE_ADMINISTRATOR))
			;
		if (!member)
			return err_set(err, STATUS_REFUSED, "nobody would be left with the role %s",
				       ROLE_ADMINISTRATOR);
	}
	return true;
}

/* Whether nobody else has PERSON's login, then or later: who acts must be certain. */
static bool check_login(const struct staff *staff, const char *person, int64_t from,
			struct err *err)
{
	const struct member *mine = staff_find(staff, person, from);
	for (size_t i = 0; mine && !mine->left && i <= staff->count; i++) {
		int64_t when = i < staff->count ? staff->versions[i].from : from;
		size_t cursor = 0;
		const struct member *other;
		while (when >= from && (other = staff_next(staff, when, &cursor)))
			if (strcmp(other->id, person) != 0 &&
			    strcmp(other->login, mine->login) == 0)
				return err_set(err, STATUS_REFUSED,
					       "login: %s is the login of %s already", mine->login,
					       other->id);
	}
	return true;
}

static bool is_absence(const struct node *document)
{
	enum event event = document_event(document);
	return event == EVENT_ABSENT || event == EVENT_BACK;
}

/* Whether PERSON works here at AT; FIELD names them in the message. */
static bool check_here(const struct book *book, const char *field, const char *person, int64_t at,
		       struct err *err)
{
	const struct member *member = staff_find(&book->staff, person, at);
	if (!member)
		return err_set(err, STATUS_REFUSED, "%s: %s is not in %s", field, person,
			       LEDGER_STAFF);
	if (member->left)
		return err_set(err, STATUS_REFUSED, "%s: %s does not work here any more", field,
			       person);
	return strcmp(member->nature, "person") == 0 ||
	       err_set(err, STATUS_REFUSED, "%s: %s is a %s, not a person", field, person,
		       member->nature);
}

/* Who is absent, and who acts for them, are here then; the one is not the other. */
static bool check_absence(const struct recording *recording, struct err *err)
{
	const struct node *document = recording->posting->document;
	const char *person = node_text(document, "person"), *deputy = node_text(document, "deputy");
	const char *from = node_text(document, "from"), *until = node_text(document, "until");
	int64_t since = recording->acting->at, end = 0;
	if ((from && !time_parse(from, &since, err)) || (until && !time_parse(until, &end, err)))
		return false;
	if (until && end < since)
		return err_set(err, STATUS_REFUSED,
			       "until: the absence would end before it begins");
	if (deputy && strcmp(deputy, person) == 0)
		return err_set(err, STATUS_REFUSED, "deputy: nobody is their own deputy");
	if (document_event(document) == EVENT_BACK &&
	    !staff_absence(&recording->book->staff, person, since))
		return err_set(err, STATUS_REFUSED, "%s is not absent", person);
	return check_here(recording->book, "person", person, since, err) &&
	       (!deputy || check_here(recording->book, "deputy", deputy, since, err));
}

/* Whether the person is trained for the roles that are new to them. */
static bool check_training(const struct recording *recording, struct err *err)
{
	struct book *book = recording->book;
	const struct node *document = recording->posting->document,
			  *roles = node_get(document, "roles");
	const char *person = node_text(document, "person"), *from = node_text(document, "from"),
		   *nature = node_text(document, "nature");
	struct personnel personnel;
	int64_t since = recording->acting->at;
	size_t cursor = 0;
	if (!node_item_count(roles) || !policy_next(book->policy, RULE_APPOINTMENT, &cursor) ||
	    (nature && strcmp(nature, "person") != 0))
		return true;
	if ((from && !time_parse(from, &since, err)) ||
	    !personnel_read(book, person, &personnel, err))
		return false;
	const struct member *before = staff_find(&book->staff, person, since);
	bool fits = true;
	const char *role;
	for (size_t i = 0; fits && (role = node_each_text(roles, &i));) {
		bool held = before && !before->left && node_holds(before->roles, role);
		bool exempt = held || strcmp(role, ROLE_ADMINISTRATOR) == 0 ||
			      (before && !nature && strcmp(before->nature, "person") != 0);
		fits = exempt || personnel_qualifies(book, &personnel, role, since, err);
	}
	personnel_clear(&personnel);
	return fits;
}

static bool judge(const struct recording *recording, struct err *err)
{
	const struct book *book = recording->book;
	const struct acting *acting = recording->acting;
	/* who acts, and whose login it is: --by lends nobody a role */
	const struct member *both[] = {acting->by, acting_login(acting)};
	for (size_t i = 0; i < 2; i++)
		if (!node_holds(both[i]->roles, ROLE_ADMINISTRATOR))
			return err_set(err, STATUS_REFUSED,
				       "staff is entered by the role %s; %s does not have it",
				       ROLE_ADMINISTRATOR, both[i]->id);
	if (!staff_find(&book->staff, acting->by->id, acting->at))
		return err_set(err, STATUS_REFUSED, "--at: %s did not work here yet",
			       acting->by->id);
	if (is_absence(recording->posting->document))
		return check_absence(recording, err);
	return check_roles(book, recording->posting->document, err) &&
	       check_training(recording, err);
}

static bool verify(const struct recording *recording, const char *text, size_t len, struct err *err)
{
	struct staff after;
	const char *from = node_text(recording->posting->document, "from");
	int64_t since = recording->acting->at;
	bool done = false;
	staff_init(&after);
	if (!staff_read(&after, LEDGER_STAFF, text, len, err))
		goto out;
	if (is_absence(recording->posting->document)) {
		done = true;
		goto out;
	}
	const struct member *last = &after.versions[after.count - 1];
	if (last->contradiction)
		err_set(err, STATUS_REFUSED, "%s %s", last->id, last->contradiction);
	else
		done = check_administrator(&after, recording->book->now, err) &&
		       (!from || time_parse(from, &since, err)) &&
		       check_login(&after, last->id, since, err);
out:
	staff_clear(&after);
	return done;
}

bool roster_record(struct book *book, struct arena *arena, const struct request *request,
		   struct node *document, struct recorded *out, struct err *err)
{
	struct posting posting = {.path = LEDGER_STAFF,
				  .id = LEDGER_STAFF,
				  .schema = "schemas/staff.yaml",
				  .place = POSTING_ADDS,
				  .without_id = true,
				  .document = document,
				  .judge = judge,
				  .verify = verify};
	bool done = record_document(book, arena, request, &posting, out, err);
	out->id = node_text(document, "person");
	return done;
}

// SPDX-License-Identifier: MIT
// Recording who joins, changes and leaves, in staff.yaml, by the same protocol as tickets.
#include "staff/roster.h"

#include <string.h>

#include "data/time.h"
#include "record/value.h"
#include "staff/personnel.h"
#include "staff/roster_parts.h"

bool roster_field(struct book *book, struct arena *arena, struct node *document, const char *field,
		  const char *typed, struct err *err)
{
	const struct schema *schema = schema_find(book->schemas, "schemas/staff.yaml", err);
	return schema && value_set(book, arena, schema, document, field, typed, err);
}

/* What was asked for besides the document. */
struct asked {
	bool again;
	struct node *outstanding; /* NULL: nothing */
};

static const struct asked *asked_of(const struct recording *recording)
{
	return recording->posting->context;
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
		       !member_is_administrator(member))
			;
		if (!member)
			return err_set(err, STATUS_REFUSED,
				       "nobody would be left with the role %s: give it to "
				       "somebody else first (staff-log changed PERSON --role %s)",
				       ROLE_ADMINISTRATOR, ROLE_ADMINISTRATOR);
	}
	return true;
}

/* Whether nobody else has PERSON's login, then or later: who acts must be certain. */
static bool check_login(const struct staff *staff, const char *person, int64_t from,
			struct err *err)
{
	for (size_t i = 0; i <= staff->count; i++) {
		int64_t when = i < staff->count ? staff->versions[i].from : from;
		size_t cursor = 0;
		const struct member *mine, *other;
		if (when < from || !(mine = staff_find(staff, person, when)) || mine->left)
			continue;
		while ((other = staff_next(staff, when, &cursor)))
			if (strcmp(other->id, person) != 0 &&
			    strcmp(other->login, mine->login) == 0)
				return err_set(err, STATUS_REFUSED,
					       "login: %s is the login of %s already: "
					       "give another with --login",
					       mine->login, other->id);
	}
	return true;
}

/* When the document comes into force. */
static bool find_since(const struct recording *recording, int64_t *since, struct err *err)
{
	const char *from = node_text(recording->posting->document, "from");
	*since = recording->acting->at;
	return !from || time_parse(from, since, err);
}

/* Whether PERSON works here at AT; FIELD names them in the message. */
static bool check_here(const struct recording *recording, const char *field, const char *person,
		       int64_t at, struct err *err)
{
	const struct book *book = recording->book;
	const struct member *member = staff_find(&book->staff, person, at);
	const struct staff_person *known = staff_person(&book->staff, person);
	if (!member && known)
		return err_set(err, STATUS_REFUSED, "%s: %s does not work here before %s", field,
			       person, roster_time(recording, known->versions[0]->from));
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

/* Another deputy for somebody who is absent is one until they are back, if nothing else is said. */
static void complete_absence(const struct recording *recording, int64_t since)
{
	struct node *document = recording->posting->document;
	const char *person = node_text(document, "person");
	int64_t until = staff_absent_until(&recording->book->staff, person, since);
	if (!node_get(document, "deputy") || node_get(document, "until") || until < since ||
	    until == INT64_MAX)
		return;
	node_set(recording->arena, document, "until",
		 book_time(recording->book, recording->arena, until));
	record_note(recording->out, recording->arena, "absent until %s, as recorded before",
		    roster_time(recording, until));
}

/* Who is absent, and who acts for them, are here then; the one is not the other. */
static bool check_absence(const struct recording *recording, int64_t since, struct err *err)
{
	const struct node *document = recording->posting->document;
	const char *person = node_text(document, "person"), *deputy = node_text(document, "deputy");
	const char *until = node_text(document, "until");
	int64_t end = 0;
	if (until && !time_parse(until, &end, err))
		return false;
	if (until && end < since)
		return err_set(err, STATUS_REFUSED,
			       "until: the absence would end before it begins");
	if (deputy && strcmp(deputy, person) == 0)
		return err_set(err, STATUS_REFUSED, "deputy: nobody is their own deputy");
	if (document_event(document) == EVENT_BACK &&
	    !staff_is_absent(&recording->book->staff, person, since))
		return err_set(err, STATUS_REFUSED, "%s is not absent", person);
	if (!check_here(recording, "person", person, since, err) ||
	    (deputy && !check_here(recording, "deputy", deputy, since, err)))
		return false;
	if (document_event(document) == EVENT_ABSENT)
		complete_absence(recording, since);
	return true;
}

/* Who joins under an id that somebody left behind has what stands open for that person: it has to
 * be the same one. */
static bool check_joining(const struct recording *recording, int64_t since, struct err *err)
{
	struct node *document = recording->posting->document;
	bool again = asked_of(recording)->again;
	const char *person = node_text(document, "person"), *name = node_text(document, "name");
	const struct member *before = staff_find(&recording->book->staff, person, since);
	if (again && !before)
		return err_set(err, STATUS_REFUSED,
			       "--again: %s has not worked here before: record it without --again",
			       person);
	if (again && !before->left)
		return err_set(err, STATUS_REFUSED, "%s joined before and has not left", person);
	if (!before || !before->left)
		return true;
	if (!again)
		return err_set(err, STATUS_REFUSED,
			       "%s is the id of %s, who left on %.10s: if they are back, record it "
			       "with --again; another person gets another id",
			       person, before->name, roster_time(recording, before->left_at));
	if (name && strcmp(name, before->name) != 0)
		return err_set(err, STATUS_REFUSED,
			       "name: %s is %s: another person gets another id; if they have a new "
			       "name, record it with changed once they have joined",
			       person, before->name);
	if (!name)
		node_add_string(recording->arena, document, "name", before->name);
	return true;
}

/* Whether the person is trained for the roles that are new to them: all that they have, where it
 * was the login of no person until now. */
static bool check_training(const struct recording *recording, int64_t since, struct err *err)
{
	struct book *book = recording->book;
	const struct node *document = recording->posting->document,
			  *roles = node_get(document, "roles");
	const char *person = node_text(document, "person"), *nature = node_text(document, "nature");
	const struct member *before = staff_find(&book->staff, person, since);
	bool becomes = nature && strcmp(nature, "person") == 0 && before && !before->left &&
		       strcmp(before->nature, "person") != 0;
	struct personnel personnel;
	size_t cursor = 0;
	if (becomes && !roles)
		roles = before->roles;
	if (!node_item_count(roles) || !policy_next(book->policy, RULE_APPOINTMENT, &cursor) ||
	    (nature && strcmp(nature, "person") != 0))
		return true;
	if (!personnel_read(book, person, &personnel, err))
		return false;
	bool fits = true;
	const char *role;
	for (size_t i = 0; fits && (role = node_each_text(roles, &i));) {
		bool held = before && !before->left && !becomes && node_holds(before->roles, role);
		bool exempt = held || strcmp(role, ROLE_ADMINISTRATOR) == 0 ||
			      (before && !nature && strcmp(before->nature, "person") != 0);
		fits = exempt || personnel_qualifies(book, &personnel, role, since, err);
	}
	personnel_clear(&personnel);
	return fits;
}

static void add_text(struct arena *arena, struct node *map, const char *key, const char *text)
{
	if (text && !node_get(map, key))
		node_add_string(arena, map, key, text);
}

/* What somebody who is BEFORE and changes as DOCUMENT says (NULL: not at all) would have joined as.
 */
static struct node *joined_as(const struct recording *recording, const struct member *before,
			      const struct node *document)
{
	struct arena *arena = recording->arena;
	struct node *whole = node_copy(arena, recording->posting->document);
	static const char *const said[] = {"name",       "login", "nature", "roles",
					   "department", "areas", "phone"};
	node_set(arena, whole, "event", node_string(arena, event_name(EVENT_JOINED)));
	for (size_t i = 0; !document && i < sizeof said / sizeof *said; i++)
		node_remove(whole, said[i]);
	add_text(arena, whole, "name", before->name);
	add_text(arena, whole, "login", strcmp(before->login, before->id) ? before->login : NULL);
	add_text(arena, whole, "nature", strcmp(before->nature, "person") ? before->nature : NULL);
	add_text(arena, whole, "department", before->department);
	add_text(arena, whole, "phone", before->phone);
	if (before->roles && !node_get(whole, "roles"))
		node_add(arena, whole, "roles", node_copy(arena, before->roles));
	if (before->areas && !node_get(whole, "areas"))
		node_add(arena, whole, "areas", node_copy(arena, before->areas));
	return whole;
}

/* Whether somebody could have joined as what a change makes of them; what was as wrong before is
 * not judged again. */
static bool check_change(const struct recording *recording, int64_t since, struct err *err)
{
	const struct node *document = recording->posting->document;
	const struct member *before =
		staff_find(&recording->book->staff, node_text(document, "person"), since);
	struct err old = ERR_INIT;
	const struct schema *schema =
		schema_find(recording->book->schemas, recording->posting->schema, err);
	if (!schema || !before || before->left) /* what is no change is told when all is folded */
		return schema;
	struct node *then = joined_as(recording, before, NULL),
		    *now = joined_as(recording, before, document);
	bool fine = schema_check(schema, now, NULL, err) ||
		    (!schema_check(schema, then, NULL, &old) && strcmp(old.text, err->text) == 0);
	if (fine)
		err_clear(err);
	else
		err_prefix(err, "nobody could have joined as that");
	err_clear(&old);
	return fine;
}

/* What is still out with who leaves stays written beside that. A ledger that was not brought up to
 * this version cannot say it. */
static bool keep_outstanding(const struct recording *recording, struct err *err)
{
	struct node *outstanding = asked_of(recording)->outstanding;
	const struct schema *schema =
		schema_find(recording->book->schemas, recording->posting->schema, err);
	if (schema && outstanding && schema_property(schema, "outstanding", NULL))
		node_add(recording->arena, recording->posting->document, "outstanding",
			 outstanding);
	return schema;
}

static bool judge(const struct recording *recording, struct err *err)
{
	const struct book *book = recording->book;
	const struct acting *acting = recording->acting;
	/* who acts, and whose login it is: --by lends nobody a role */
	const struct member *both[] = {acting->by, acting_login(acting)};
	for (size_t i = 0; i < 2; i++)
		if (!member_is_administrator(both[i]))
			return err_set(err, STATUS_REFUSED,
				       "staff is entered by the role %s; %s does not have it",
				       ROLE_ADMINISTRATOR, both[i]->id);
	if (!staff_find(&book->staff, acting->by->id, acting->at))
		return err_set(err, STATUS_REFUSED, "--at: %s did not work here yet",
			       acting->by->id);
	const struct node *document = recording->posting->document;
	int64_t since;
	if (!find_since(recording, &since, err))
		return false;
	switch (document_event(document)) {
	case EVENT_ABSENT:
	case EVENT_BACK:
		return check_absence(recording, since, err);
	case EVENT_LEFT:
		if (!keep_outstanding(recording, err))
			return false;
		/* what they are afterwards is found when all is folded */
		return staff_find(&book->staff, node_text(document, "person"), since) ||
		       check_here(recording, "person", node_text(document, "person"), since, err);
	case EVENT_JOINED:
		if (!check_joining(recording, since, err))
			return false;
		break;
	case EVENT_CHANGED:
		if (!check_change(recording, since, err))
			return false;
		break;
	default:
		break;
	}
	return check_roles(book, document, err) &&
	       policy_has_department(book->policy, node_text(document, "department"), err) &&
	       check_training(recording, since, err);
}

/* Whether the deputies of who is absent lead to somebody, not round in a circle. */
static bool check_circle(const struct recording *recording, const struct staff *after,
			 int64_t since, struct err *err)
{
	const char *person = node_text(recording->posting->document, "person"), *last;
	for (int64_t at = since, end = staff_absent_until(after, person, since);
	     at <= end && at != INT64_MAX; at = staff_next_change(after, at))
		if (staff_deputies(after, person, at, &last) == DEPUTY_CIRCLE)
			return err_set(err, STATUS_REFUSED,
				       "deputy: from %s on the deputies of %s would stand in for "
				       "each other in a circle, by way of %s: name somebody who is "
				       "here",
				       roster_time(recording, at), person,
				       staff_deputised(after, person, at)->deputy);
	return true;
}

static bool verify(const struct recording *recording, const char *text, size_t len, struct err *err)
{
	struct staff after;
	const struct node *document = recording->posting->document;
	enum event event = document_event(document);
	int64_t since;
	bool done = false;
	staff_init(&after);
	if (!staff_read(&after, LEDGER_STAFF, text, len, err) ||
	    !find_since(recording, &since, err))
		goto out;
	if (event == EVENT_ABSENT || event == EVENT_BACK) {
		done = event == EVENT_BACK || check_circle(recording, &after, since, err);
		goto out;
	}
	const struct member *last = &after.versions[after.count - 1];
	if (last->contradiction)
		err_set(err, STATUS_REFUSED, "%s %s", last->id, last->contradiction);
	else
		done = check_administrator(&after, recording->book->now, err) &&
		       check_login(&after, last->id, since, err);
out:
	if (done)
		roster_notes(recording, &after, since);
	staff_clear(&after);
	return done;
}

bool roster_record(struct book *book, struct arena *arena, const struct request *request,
		   struct node *document, bool again, struct node *outstanding,
		   struct recorded *out, struct err *err)
{
	static const char *const added[] = {"name", "until", "outstanding", NULL};
	struct asked asked = {again, outstanding};
	struct posting posting = {.path = LEDGER_STAFF,
				  .id = LEDGER_STAFF,
				  .schema = "schemas/staff.yaml",
				  .place = POSTING_ADDS,
				  .without_id = true,
				  .document = document,
				  .added = added,
				  .judge = judge,
				  .verify = verify,
				  .context = &asked};
	bool done = record_document(book, arena, request, &posting, out, err);
	out->id = node_text(document, "person");
	return done;
}

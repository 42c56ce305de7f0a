// SPDX-License-Identifier: MIT
// Who signs a step besides whoever records it. One person signs once, and has a role by themself or
// by standing in for somebody, as everywhere.
#include "ticket/countersign.h"

#include <inttypes.h>
#include <string.h>

#include "book/whom.h"

struct node *countersign_parts(struct arena *arena, const struct rule *rule, const char *department)
{
	struct node *parts = node_list(arena);
	const struct node *asked;
	for (size_t i = 0; (asked = node_item(node_get(rule->node, "countersign"), i)); i++) {
		struct node *part = node_map(arena), *roles = node_list(arena);
		const char *role;
		for (size_t j = 0; (role = node_each_text(node_get(asked, "role"), &j));)
			node_push(arena, roles, node_string(arena, role));
		if (node_get(asked, "head-of") && !department)
			return NULL;
		if (node_get(asked, "head-of"))
			node_push(arena, roles, node_string(arena, whom_head(arena, department)));
		node_add(arena, part, "role", roles);
		node_add_string(arena, part, "department", node_text(asked, "department"));
		node_add_string(arena, part, "clause", rule->clause);
		node_push(arena, parts, part);
	}
	return parts;
}

/* --- who fits --- */

static bool has_one_of(const struct member *member, const struct node *roles)
{
	const char *role;
	for (size_t i = 0; (role = node_each_text(roles, &i));)
		if (strcmp(role, ROLE_ADMINISTRATOR) != 0 && member_fits(member, role))
			return true;
	return false;
}

bool countersign_fits(const struct book *book, const struct node *part, const char *person,
		      int64_t at)
{
	const struct staff *staff = &book->staff;
	const struct member *member = staff_find(staff, person, at);
	const char *role;
	if (!member || member->left || strcmp(member->nature, "person") != 0)
		return false;
	for (size_t i = 0; (role = node_each_text(node_get(part, "role"), &i));)
		if (staff_fits(staff, member, role, at))
			return true;
	return member_is_administrator(member);
}

/* The department for which SIGNER signs PART: their own, or that of whom they stand in for. NULL:
 * none. */
static const char *department_of(const struct book *book, const struct node *part,
				 const struct signer *signer)
{
	const struct staff *staff = &book->staff;
	const struct node *roles = node_get(part, "role");
	const struct member *member = staff_find(staff, signer->person, signer->at), *absent;
	size_t cursor = 0;
	if (!member || !part || has_one_of(member, roles) || member_is_administrator(member))
		return member ? member->department : NULL;
	while ((absent = staff_next_absent(staff, member, signer->at, NULL, &cursor)))
		if (has_one_of(absent, roles))
			return absent->department;
	return member->department;
}

/* --- who signs what --- */

struct matching {
	const struct book *book;
	const struct node *parts;
	const struct signer *by, *signers;
	size_t count;
	int *taken; /* of each part */
};

static bool is_another(const char *department, const char *other)
{
	return !other || strcmp(department, other) != 0;
}

/* Whether SIGNER's department for PART is none of whoever else signs, or records. */
static bool is_of_other(const struct matching *matching, const struct node *part, size_t signer)
{
	const char *own = department_of(matching->book, part, &matching->signers[signer]);
	if (!node_get(part, "department"))
		return true;
	if (!own || !is_another(own, department_of(matching->book, NULL, matching->by)))
		return false;
	for (size_t i = 0; i < matching->count; i++)
		if (i != signer &&
		    !is_another(own, department_of(matching->book, part, &matching->signers[i])))
			return false;
	return true;
}

/* Finds a part for SIGNER, moving others where they can sign another. TRIED has a bit for each part
 * that was asked already. */
static bool place(struct matching *matching, size_t signer, uint64_t *tried)
{
	const struct signer *one = &matching->signers[signer];
	const struct node *part;
	for (size_t i = 0; i < COUNTERSIGN_MAX && (part = node_item(matching->parts, i)); i++) {
		if (*tried >> i & 1 ||
		    !countersign_fits(matching->book, part, one->person, one->at) ||
		    !is_of_other(matching, part, signer))
			continue;
		*tried |= UINT64_C(1) << i;
		if (matching->taken[i] >= 0 && !place(matching, (size_t)matching->taken[i], tried))
			continue;
		matching->taken[i] = (int)signer;
		return true;
	}
	return false;
}

size_t countersign_match(const struct book *book, const struct node *parts, const struct signer *by,
			 const struct signer *signers, size_t count, int *taken)
{
	struct matching matching = {book, parts, by, signers, count, taken};
	size_t used = 0;
	for (size_t i = 0; i < node_item_count(parts); i++)
		taken[i] = -1;
	for (size_t i = 0; i < count; i++) {
		uint64_t tried = 0;
		used += place(&matching, i, &tried);
	}
	return used;
}

/* Who has signed PROPOSAL; SIGNERS has room for COUNTERSIGN_MAX. */
static size_t signers_of(const struct form *form, const struct proposal *proposal,
			 struct signer *signers)
{
	size_t count = 0, cursor = 0;
	const struct document *document;
	while (count < COUNTERSIGN_MAX &&
	       (document = form_next_signature(form, proposal, &cursor))) {
		const char *person = node_text(document->root, "by");
		size_t known = 0;
		while (known < count && strcmp(signers[known].person, person) != 0)
			known++;
		if (known == count)
			signers[count++] = (struct signer){person, document->at};
	}
	return count;
}

/* Whether PROPOSAL asks for more signatures than there can be: a document of no rule. */
static bool is_oversized(const struct proposal *proposal)
{
	return node_item_count(proposal->awaits) > COUNTERSIGN_MAX;
}

/* How many of PROPOSAL's signatures count; TAKEN has room for COUNTERSIGN_MAX. */
static size_t match(const struct book *book, const struct form *form,
		    const struct proposal *proposal, int *taken)
{
	struct signer signers[COUNTERSIGN_MAX], by = {proposal->by, proposal->document->at};
	if (is_oversized(proposal))
		return 0;
	size_t count = signers_of(form, proposal, signers);
	return countersign_match(book, proposal->awaits, &by, signers, count, taken);
}

struct node *countersign_missing(const struct book *book, struct arena *arena,
				 const struct form *form, const struct proposal *proposal)
{
	struct node *missing = node_list(arena);
	int taken[COUNTERSIGN_MAX];
	if (is_oversized(proposal))
		return missing;
	match(book, form, proposal, taken);
	for (size_t i = 0; i < node_item_count(proposal->awaits); i++)
		if (taken[i] < 0)
			node_push(arena, missing, node_item(proposal->awaits, i));
	return missing;
}

/* Whether PERSON has a part in PROPOSAL already: recorded it, or has signed it. */
static bool has_part(const struct book *book, const struct form *form,
		     const struct proposal *proposal, const char *person)
{
	const char *via = node_text(proposal->document->root, "via");
	const struct document *document;
	if (strcmp(person, proposal->by) == 0 || (via && !book->test && strcmp(person, via) == 0))
		return true;
	for (size_t cursor = 0; (document = form_next_signature(form, proposal, &cursor));)
		if (node_is_string(node_get(document->root, "by"), person))
			return true;
	return false;
}

bool countersign_is_barred(const struct book *book, const struct form *form,
			   const struct proposal *proposal, const struct node *part,
			   const char *person, int64_t at)
{
	struct signer signers[COUNTERSIGN_MAX + 1], by = {proposal->by, proposal->document->at};
	if (has_part(book, form, proposal, person))
		return true;
	size_t count = signers_of(form, proposal, signers);
	const struct matching matching = {
		.book = book, .by = &by, .signers = signers, .count = count + 1};
	signers[count] = (struct signer){person, at};
	return !is_of_other(&matching, part, count);
}

/* --- what is said --- */

void countersign_say(const struct book *book, const struct form *form,
		     const struct proposal *proposal, const struct node *part, int64_t at,
		     struct buf *out)
{
	const struct member *member;
	const char *role;
	size_t cursor = 0, count = 0;
	for (size_t i = 0; (role = node_each_text(node_get(part, "role"), &i)); count++) {
		const char *head = whom_department(role);
		buf_addf(out, "%s%s%s", count ? " or " : "", head ? "the head of " : "",
			 head ? head : role);
	}
	if (node_get(part, "department"))
		buf_adds(out, " of another department");
	const char *between = " (";
	while ((member = staff_next(&book->staff, at, &cursor))) {
		if (member_is_administrator(member) ||
		    staff_is_absent(&book->staff, member->id, at) ||
		    !countersign_fits(book, part, member->id, at) ||
		    (proposal && countersign_is_barred(book, form, proposal, part, member->id, at)))
			continue;
		buf_addf(out, "%s%s", between, member->id);
		between = ", ";
	}
	buf_adds(out, between[0] == ' ' ? " (nobody)" : ")");
}

void countersign_say_missing(const struct book *book, const struct form *form,
			     const struct proposal *proposal, int64_t at, struct buf *out)
{
	struct arena arena = ARENA_INIT;
	const struct node *missing = countersign_missing(book, &arena, form, proposal), *part;
	for (size_t i = 0; (part = node_item(missing, i)); i++) {
		const char *clause = node_text(part, "clause");
		buf_adds(out, i ? " and " : "");
		countersign_say(book, form, proposal, part, at, out);
		if (clause)
			buf_addf(out, " [%s]", clause);
	}
	arena_clear(&arena);
}

static const char *clause_of(const struct node *parts)
{
	const char *clause = node_text(node_item(parts, 0), "clause");
	return clause ? clause : "ours";
}

/* --- signing --- */

/* Whether BY may sign PROPOSAL: somebody is asked whom they can be. */
static bool is_asked(const struct book *book, const struct form *form,
		     const struct proposal *proposal, const char *by, int64_t at)
{
	struct arena arena = ARENA_INIT;
	const struct node *missing = countersign_missing(book, &arena, form, proposal), *part;
	bool asked = false;
	for (size_t i = 0; (part = node_item(missing, i)); i++)
		asked = asked || countersign_fits(book, part, by, at);
	arena_clear(&arena);
	return asked;
}

static bool refuse_number(const struct form *form, int64_t number, struct err *err)
{
	struct buf names;
	struct proposal proposal;
	buf_init(&names);
	for (size_t cursor = 0; form_next_open_proposal(form, &cursor, &proposal);)
		buf_addf(&names, "%s#%" PRId64 " %s", names.len ? ", " : "",
			 proposal.document->known, proposal.step);
	if (number)
		err_set(err, STATUS_REFUSED,
			"of: #%" PRId64 " does not await signatures (what does: %s)", number,
			names.len ? names.data : "nothing");
	else if (names.len)
		err_set(err, STATUS_REFUSED,
			"more than one step awaits signatures: say which with --of NUMBER (%s)",
			names.data);
	else
		err_set(err, STATUS_REFUSED, "nothing awaits signatures here");
	buf_clear(&names);
	return false;
}

bool countersign_aim(const struct book *book, struct arena *arena, const struct form *form,
		     const char *by, int64_t at, struct node *document, struct err *err)
{
	struct proposal proposal;
	const struct document *any = NULL, *asked = NULL;
	size_t count = 0, mine = 0;
	if (node_get(document, "of"))
		return true;
	for (size_t cursor = 0; form_next_open_proposal(form, &cursor, &proposal); count++) {
		any = proposal.document;
		if (!is_asked(book, form, &proposal, by, at))
			continue;
		asked = proposal.document;
		mine++;
	}
	const struct document *aim = mine == 1 ? asked : count == 1 ? any : NULL;
	if (!aim)
		return refuse_number(form, 0, err);
	node_set(arena, document, "of", node_int(arena, aim->known));
	return true;
}

static bool find_open(const struct form *form, const struct document *document,
		      struct proposal *proposal)
{
	const struct document *wanted = form_proposal_of(form, document, "of");
	for (size_t cursor = 0; form_next_open_proposal(form, &cursor, proposal);)
		if (proposal->document == wanted)
			return true;
	return false;
}

/* As PROPOSAL was before the last document of FORM, which signs or declines it. */
static struct form without_last(const struct form *form)
{
	struct form before = *form;
	before.count--;
	return before;
}

/* Why the signature, the last document of FORM, which BY records, is none. */
static bool check_signature(const struct book *book, const struct form *form,
			    const struct proposal *proposal, const struct member *by,
			    struct err *err)
{
	const struct form before = without_last(form);
	const struct document *document = &form->documents[form->count - 1];
	struct arena arena = ARENA_INIT;
	const struct node *missing = countersign_missing(book, &arena, &before, proposal);
	const char *clause = clause_of(node_item_count(missing) ? missing : proposal->awaits);
	int64_t number = proposal->document->known;
	struct buf who;
	int taken[COUNTERSIGN_MAX];
	bool fine = true;
	size_t signed_before = match(book, &before, proposal, taken);
	buf_init(&who);
	/* two clones had it signed, and none of them by all: whoever signs again has it recorded */
	if (!node_item_count(missing) && has_part(book, &before, proposal, by->id) &&
	    strcmp(by->id, proposal->by) != 0)
		goto out;
	if (strcmp(by->id, proposal->by) == 0 ||
	    (has_part(book, &before, proposal, by->id) &&
	     node_is_string(node_get(proposal->document->root, "via"), by->id))) {
		fine = err_refuse(err, clause,
				  "%s recorded #%" PRId64 ": another person has to sign it", by->id,
				  number);
	} else if (has_part(book, &before, proposal, by->id)) {
		fine = err_refuse(err, clause,
				  "%s has signed #%" PRId64
				  " already: another person has to sign it",
				  by->id, number);
	} else if (match(book, form, proposal, taken) <= signed_before) {
		countersign_say_missing(book, &before, proposal, document->at, &who);
		fine = err_refuse(err, NULL,
				  "#%" PRId64 " (%s) awaits the signature of %s; %s is not", number,
				  proposal->step, who.len ? who.data : "nobody", by->id);
	}
out:
	buf_clear(&who);
	arena_clear(&arena);
	return fine;
}

bool countersign_allowed(const struct book *book, const struct form *form, const struct member *by,
			 const struct member *login, struct err *err)
{
	const struct document *document = &form->documents[form->count - 1];
	struct form before = without_last(form);
	struct proposal proposal;
	int64_t number = 0;
	bool declines = document->which == EVENT_DECLINED;
	if (document->which != EVENT_SIGNED && !declines)
		return true;
	node_integer(document->root, "of", &number);
	const struct document *wanted = form_proposal_of(form, document, "of");
	bool open = false;
	for (size_t cursor = 0; !open && form_next_open_proposal(&before, &cursor, &proposal);)
		open = proposal.document == wanted;
	if (!open)
		return refuse_number(&before, number, err);
	if (document->at < proposal.document->at)
		return err_set(err, STATUS_REFUSED,
			       "--at: this is before #%" PRId64 " was recorded", number);
	if (declines && strcmp(by->id, proposal.by) == 0)
		return true;
	if (login != by && !book->test)
		return err_refuse(err, clause_of(proposal.awaits),
				  "everybody signs by an own login: %s records it, without --by",
				  by->id);
	if (!declines)
		return check_signature(book, form, &proposal, by, err);
	if (is_asked(book, &before, &proposal, by->id, document->at))
		return true;
	struct buf who;
	buf_init(&who);
	countersign_say_missing(book, &before, &proposal, document->at, &who);
	err_refuse(err, NULL, "#%" PRId64 " (%s) awaits the signature of %s; %s is not", number,
		   proposal.step, who.len ? who.data : "nobody", by->id);
	buf_clear(&who);
	return false;
}

bool countersign_completes(const struct book *book, struct arena *arena, const struct form *form,
			   struct proposal *proposal, struct node **step)
{
	const struct document *document = &form->documents[form->count - 1];
	struct signer signers[COUNTERSIGN_MAX];
	int taken[COUNTERSIGN_MAX];
	if (document->which != EVENT_SIGNED || !find_open(form, document, proposal) ||
	    is_oversized(proposal))
		return false;
	size_t parts = node_item_count(proposal->awaits);
	if (match(book, form, proposal, taken) < parts)
		return false;
	signers_of(form, proposal, signers);
	struct node *people = node_list(arena);
	for (size_t i = 0; i < parts; i++)
		node_push(arena, people, node_string(arena, signers[taken[i]].person));
	*step = node_copy(arena, proposal->fields);
	node_set(arena, *step, "event", node_string(arena, proposal->step));
	node_set(arena, *step, "signers", people);
	node_set(arena, *step, "proposal", node_int(arena, proposal->document->known));
	return true;
}

struct node *countersign_proposal(struct arena *arena, const struct node *step,
				  const struct node *awaits)
{
	static const char *const head[] = {"seq", "site", "at",         "recorded",
					   "by",  "via",  "request-id", "seen"},
				 *const worked_out[] = {"due",    "callbacks", "withdraws",
							"moves",  "settles",   "keeps",
							"undoes", "override",  "tries"};
	struct node *proposal = node_map(arena), *fields = node_copy(arena, step);
	node_add_string(arena, proposal, "event", event_name(EVENT_PROPOSED));
	for (size_t i = 0; i < sizeof head / sizeof *head; i++) {
		struct node *value = node_get(step, head[i]);
		if (value)
			node_add(arena, proposal, head[i], value);
		node_remove(fields, head[i]);
	}
	if (node_get(step, "override"))
		node_add(arena, proposal, "override", node_get(step, "override"));
	for (size_t i = 0; i < sizeof worked_out / sizeof *worked_out; i++)
		node_remove(fields, worked_out[i]);
	node_remove(fields, "event");
	node_remove(fields, "cause");
	node_add_string(arena, proposal, "step", node_text(step, "event"));
	node_add(arena, proposal, "fields", fields);
	node_add(arena, proposal, "awaits", node_copy(arena, awaits));
	return proposal;
}

// SPDX-License-Identifier: MIT
// The check of appraisal sheets: that what is recorded as computed follows from the marks, and that
// what they cite is there.
#include <inttypes.h>
#include <string.h>

#include "appraisal/sheet.h"
#include "check/check_parts.h"
#include "staff/personnel.h"
#include "store/file.h"

static void check_score(struct checker *checker, const struct rule *scheme, struct node *root)
{
	static const char *const computed[] = {"dimensions", "score"};
	struct node *again = node_copy(&checker->to->scratch, root);
	struct err err = ERR_INIT;
	node_remove(again, "dimensions");
	node_remove(again, "score");
	if (!sheet_compute(&checker->to->scratch, scheme->node, again, &err)) {
		check_tell(checker, PROBLEM_WRONG_SCORE, root, err.clause, "%s", err.text);
		err_clear(&err);
		return;
	}
	for (size_t i = 0; i < 2; i++) {
		const struct node *is = node_get(root, computed[i]),
				  *follows = node_get(again, computed[i]);
		if (is && !node_equal_json(is, follows)) {
			check_tell(checker, PROBLEM_WRONG_SCORE, is, scheme->clause,
				   "%s: wrong: by the marks it is %s", computed[i],
				   i && follows ? node_as_text(follows) : "another");
			return;
		}
	}
}

static void check_ticket(struct checker *checker, const struct node *ticket)
{
	struct err ignored = ERR_INIT;
	struct buf path;
	const char *id = node_as_text(ticket);
	buf_init(&path);
	if (id && !(book_form_path(id, &path, &ignored) &&
		    file_exists(&checker->book->store.root, path.data)))
		check_tell(checker, PROBLEM_DANGLING_REFERENCE, ticket, NULL,
			   "ticket: there is no ticket %s", id);
	err_clear(&ignored);
	buf_clear(&path);
}

static void check_record(struct checker *checker, const struct personnel *personnel,
			 const struct node *record)
{
	const char *cited = node_as_text(record);
	if (cited && !personnel_cited(personnel, cited))
		check_tell(checker, PROBLEM_DANGLING_REFERENCE, record, NULL,
			   "record: there is no record %s", cited);
}

static void check_references(struct checker *checker, const struct node *root)
{
	const struct node *offences = node_get(root, "offences"), *one;
	const char *person = node_text(root, "person");
	struct personnel personnel;
	struct err err = ERR_INIT;
	for (size_t i = 0; (one = node_item(node_get(root, "deductions"), i)); i++)
		check_ticket(checker, node_get(one, "ticket"));
	if (!person || (!offences && !node_get(root, "commendation")))
		return;
	/* a register that is damaged is a problem of its own */
	if (personnel_read(checker->book, person, &personnel, &err)) {
		check_record(checker, &personnel, node_path(root, "commendation.record"));
		for (size_t i = 0; (one = node_item(offences, i)); i++)
			check_record(checker, &personnel, node_get(one, "record"));
	}
	err_clear(&err);
	personnel_clear(&personnel);
}

static void check_dispute(struct checker *checker, const struct documents *documents)
{
	struct sheet sheet;
	sheet_fold(documents, &sheet);
	if (sheet.disputed)
		check_tell(checker, PROBLEM_DISPUTED, sheet.disputed_by->root, NULL,
			   "#%" PRId64 " (%s, %s) contradicts #%" PRId64
			   " (%s, %s): it does not count until it is marked again or voided",
			   sheet.disputed_by->known, sheet.disputed_by->event,
			   sheet.disputed_by->site ? sheet.disputed_by->site : "-",
			   sheet.disputed_with->known, sheet.disputed_with->event,
			   sheet.disputed_with->site ? sheet.disputed_with->site : "-");
}

void check_sheet(struct checker *checker, const struct documents *documents)
{
	if (documents->count)
		check_dispute(checker, documents);
	for (size_t i = 0; i < documents->count; i++) {
		struct node *root = documents->items[i].root;
		const char *scheme = node_text(root, "scheme");
		if (!node_get(root, "score"))
			continue;
		const struct rule *rule =
			checker->common->rules_known ? sheet_scheme(checker->book, root) : NULL;
		if (rule)
			check_score(checker, rule, root);
		else if (checker->common->rules_known)
			check_tell(checker, PROBLEM_UNKNOWN_RULE, node_get(root, "scheme"), NULL,
				   "scheme: no policy pack has a scheme %s", scheme);
		check_references(checker, root);
	}
}

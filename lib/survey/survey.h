// SPDX-License-Identifier: MIT
// A survey: what its documents come to, where its files are, and which rules apply to it. Only
// reads; survey_plan, sample and answers write.
#ifndef KEFU_SURVEY_SURVEY_H
#define KEFU_SURVEY_SURVEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/digest.h"
#include "base/err.h"
#include "base/node.h"
#include "book/book.h"
#include "book/document.h"

/* The files of a survey:
 *
 * surveys/2026h2.yaml
 *     what happened to it: planned, approved, drawn, issued, closed
 * surveys/2026h2/questionnaire.yaml
 *     what is asked: a JSON Schema, byte for byte as it was handed in
 * surveys/2026h2/frame.yaml
 *     who might be drawn, frozen before the draw
 * surveys/2026h2/answers/3/3-1201.yaml
 *     what a household answered
 */

enum survey_state {
	SURVEY_PLANNED,
	SURVEY_APPROVED,
	SURVEY_DRAWN,
	SURVEY_ISSUED,
	SURVEY_CLOSED,
	SURVEY_VOIDED,
	SURVEY_DISPUTED
};

struct survey {
	struct arena arena;
	const char *id; /* "2026h2" */
	struct documents documents;
	enum survey_state state;
	const struct document *planned, *approved, *drawn, *issued, *closed; /* NULL: not yet */
	const struct document *disputed_by, *disputed_with; /* NULL unless it is disputed: which
							       documents contradict each other */
	const char *title, *occasion, *questionnaire;       /* of `planned`; the last is a digest */
	int64_t closes;                                     /* once issued */
	int64_t sent;                                       /* once drawn: units drawn */
};

const char *survey_state_name(enum survey_state state);

/* Whether ID is a survey's name; STATUS_USAGE otherwise. */
bool survey_is_id(const char *id, struct err *err);

/* In ARENA: surveys/ID.yaml, surveys/ID/REST, and where UNIT's answer lies. */
const char *survey_path(struct arena *arena, const char *id);
const char *survey_inner_path(struct arena *arena, const char *id, const char *rest);
const char *survey_answer_path(struct arena *arena, const char *id, const char *unit);
/* A unit's area: what stands before its first hyphen; false when it has none. */
bool survey_area(const char *unit, struct buf *out);

/* Reads survey ID. STATUS_USAGE when there is none. SURVEY may be cleared after a failure, too. */
bool survey_read(struct book *book, const char *id, struct survey *survey, struct err *err);
void survey_clear(struct survey *survey);

/* Fills SURVEY, which is all zero, from DOCUMENTS, which stay the caller's and must live as long.
 * For judging under the lock. */
bool survey_fold(struct survey *survey, const char *id, const struct documents *documents,
		 struct err *err);

/* --- rules --- */

/* The first rule under `surveys` that is in force on DAY, is for OCCASION and has KEY; NULL when
 * there is none. */
const struct rule *survey_rule(const struct book *book, int day, const char *occasion,
			       const char *key);

/* Sets ERR to STATUS_REFUSED with the clause of the rule that has KEY. Returns false. */
bool survey_refuse(const struct book *book, const struct survey *survey, const char *key,
		   struct err *err, const char *format, ...) __attribute__((format(printf, 5, 6)));

/* When the duration that a rule gives at KEY ends, counted from START by what was known of the
 * calendar at RECORDED, in *DUE, which stays as it was where no rule has KEY. STATUS_REFUSED when
 * the end cannot be computed. */
bool survey_deadline(const struct book *book, const char *occasion, const char *key, int64_t start,
		     int64_t recorded, struct due *due, struct err *err);

/* Whether SURVEY is out, and its answers would count until another time, in *CLOSES, by what is
 * known of the calendar now. */
bool survey_moved(const struct book *book, const struct survey *survey, int64_t *closes);

/* Whether who acts has one of the roles that the rule names at KEY, then, and not by standing in
 * for ASKER (NULL: for whomever); true where no rule has KEY. */
struct acting;
bool survey_allows(const struct book *book, const struct survey *survey, const char *key,
		   const struct acting *acting, const char *asker);

/* Whether who acts has a role that the rule names at `by`; STATUS_REFUSED otherwise. */
bool survey_judge_actor(const struct book *book, const struct survey *survey,
			const struct acting *acting, struct err *err);

/* STATUS_REFUSED for a survey that was voided, and for one that two clones took further in
 * contradicting ways. */
bool survey_judge_state(const struct survey *survey, struct err *err);

#endif

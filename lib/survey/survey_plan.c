// SPDX-License-Identifier: MIT
// Recording what is planned for a survey, approved, issued, closed and voided.
#include "survey/survey_plan.h"

#include <inttypes.h>
#include <string.h>

#include "data/time.h"
#include "record/value.h"
#include "survey/frame.h"
#include "survey/questionnaire.h"
#include "survey/survey.h"
#include "survey/tally.h"

const char *const survey_plan_events[] = {"planned", "approved", "issued",
					  "closed",  "voided",   NULL};

/* What judging one document knows. */
struct planning {
	const char *id;
	const struct survey_handout *handout;
	const struct recording *recording;
	struct survey survey;
};

bool survey_field(struct book *book, struct arena *arena, struct node *document, const char *field,
		  const char *typed, struct err *err)
{
	const char *uri =
		arena_printf(arena, "schemas/survey/%s.yaml", node_text(document, "event"));
	const struct schema *schema = schema_find(book->schemas, uri, err);
	return schema && value_set(book, arena, schema, document, field, typed, err);
}

/* The occasions the rules name; any where they name none. */
static bool judge_occasion(const struct planning *planning, const char *occasion, struct err *err)
{
	const struct book *book = planning->recording->book;
	struct buf names;
	size_t cursor = 0;
	const struct rule *rule;
	const char *one;
	bool known = false;
	buf_init(&names);
	while ((rule = policy_next(book->policy, RULE_SURVEY, &cursor)))
		for (size_t i = 0; (one = node_each_text(node_get(rule->node, "occasion"), &i));) {
			known = known || strcmp(one, occasion) == 0;
			if (!strstr(names.data, one))
				buf_addf(&names, "%s%s", names.len ? ", " : "", one);
		}
	if (!known && names.len)
		err_set(err, STATUS_REFUSED,
			"occasion: \"%s\" is not an occasion of these packs (allowed: %s)",
			occasion, names.data);
	known = known || !names.len;
	buf_clear(&names);
	return known;
}

static bool judge_needs(const struct planning *planning, const struct node *document,
			struct err *err)
{
	const struct rule *rule = survey_rule(
		planning->recording->book,
		zone_day(&planning->recording->book->zone, planning->recording->acting->at),
		planning->survey.occasion, "needs");
	const char *field;
	for (size_t i = 0; rule && (field = node_each_text(node_get(rule->node, "needs"), &i));)
		if (!node_get(document, field))
			return err_refuse(err, rule->clause, "a %s survey needs its %s",
					  planning->survey.occasion, field);
	return true;
}

static bool judge_planned(struct planning *planning, struct node *document, struct err *err)
{
	struct book *book = planning->recording->book;
	struct questionnaire questionnaire;
	const char *occasion = node_text(document, "occasion");
	int day = zone_day(&book->zone, planning->recording->acting->at);
	if (!occasion)
		return err_set(err, STATUS_REFUSED, "occasion: missing");
	if (!judge_occasion(planning, occasion, err) || !judge_needs(planning, document, err))
		return false;
	bool done = questionnaire_parse(&questionnaire, book, planning->handout->file,
					planning->handout->text, planning->handout->len, day,
					occasion, err);
	questionnaire_clear(&questionnaire);
	return done;
}

static bool judge_approved(struct planning *planning, struct node *document, struct err *err)
{
	const struct recording *recording = planning->recording;
	const struct acting *acting = recording->acting;
	const struct survey *survey = &planning->survey;
	const char *planner = node_text(survey->planned->root, "by");
	if (survey->drawn)
		return err_set(err, STATUS_REFUSED, "the sample is drawn already");
	if (!survey_allows(recording->book, survey, "approve", acting, planner))
		return survey_refuse(
			recording->book, survey, "approve", err,
			"questionnaire and plan are approved by another role; %s does not have it",
			acting->by->id);
	if (planner && strcmp(planner, acting->by->id) == 0)
		return survey_refuse(recording->book, survey, "approve", err,
				     "%s planned it: somebody else has to approve it", planner);
	if (strcmp(acting_login(acting)->nature, "station") == 0)
		return err_set(err, STATUS_REFUSED, "approvals are not recorded at a station (%s)",
			       acting_login(acting)->id);
	if (!questionnaire_unchanged(recording->book, survey, err))
		return false;
	node_set(recording->arena, document, "questionnaire",
		 node_string(recording->arena, survey->questionnaire));
	return true;
}

/* Says that the closing at AT took a guess at days off that nobody has published. */
static void say_guess(const struct recording *recording, struct node *document, int64_t at,
		      struct err *err)
{
	struct arena *arena = recording->arena;
	const struct schema *schema =
		schema_find(recording->book->schemas, recording->posting->schema, err);
	/* ledgers of version 0.1 have no place for it */
	if (schema && schema_property(schema, "provisional", NULL))
		node_set(arena, document, "provisional", node_bool(arena, true));
	record_note(
		recording->out, arena,
		"the closing is provisional, %.10s: days off are not published so far ahead, so "
		"only weekends count as off",
		book_time_text(recording->book, arena, at));
}

static bool judge_issued(struct planning *planning, struct node *document, struct err *err)
{
	const struct recording *recording = planning->recording;
	struct book *book = recording->book;
	const struct survey *survey = &planning->survey;
	int64_t at = recording->acting->at;
	struct due closes = {0};
	const struct rule *rule =
		survey_rule(book, zone_day(&book->zone, at), survey->occasion, "within");
	if (survey->issued)
		return err_set(err, STATUS_REFUSED, "was issued already");
	if (!survey->drawn)
		return err_set(err, STATUS_REFUSED, "the sample is not drawn yet (survey-draw)");
	if (at < survey->drawn->at)
		return err_set(err, STATUS_REFUSED, "--at: the sample was not drawn yet");
	if (!rule)
		return err_set(
			err, STATUS_REFUSED,
			"no rule says within which time answers come back (surveys: within)");
	if (!survey_deadline(book, survey->occasion, "within", at, book->now, &closes, err) ||
	    !frame_not_asked(book, survey, err))
		return false;
	node_set(recording->arena, document, "sent", node_int(recording->arena, survey->sent));
	node_set(recording->arena, document, "closes",
		 book_time(book, recording->arena, closes.at));
	if (closes.provisional)
		say_guess(recording, document, closes.at, err);
	node_set(recording->arena, document, "clause", node_string(recording->arena, rule->clause));
	return true;
}

/* The figures stand from here on, so they are written down. */
static bool judge_closed(struct planning *planning, struct node *document, struct err *err)
{
	const struct recording *recording = planning->recording;
	struct arena *arena = recording->arena;
	struct book *book = recording->book;
	const struct survey *survey = &planning->survey;
	struct buf until;
	struct tally tally;
	if (!survey->issued)
		return err_set(err, STATUS_REFUSED, "was not issued yet (survey-plan issued)");
	if (survey->closed)
		return err_set(err, STATUS_REFUSED, "was closed already");
	if (recording->acting->at <= survey->closes) {
		buf_init(&until);
		time_format_short(&book->zone, survey->closes, &until);
		survey_refuse(book, survey, "within", err, "answers count until %s", until.data);
		buf_clear(&until);
		return false;
	}
	bool whole = tally_read(&tally, book, survey, TALLY_GRADES, err) &&
		     !tally.gathered.problems.count;
	if (whole) {
		node_set(arena, document, "sent", node_int(arena, survey->sent));
		node_set(arena, document, "returned", node_int(arena, tally.whole.returned));
		node_set(arena, document, "late-answers", node_int(arena, tally.late));
		node_set(arena, document, "verdict",
			 node_string(arena, tally.verdict == TALLY_VALID ? "valid" : "invalid"));
		if (tally.validity)
			node_set(arena, document, "clause",
				 node_string(arena, tally.validity->clause));
		record_note(recording->out, arena,
			    "%" PRId64 " of %" PRId64 " came back in time: %s",
			    tally.whole.returned, survey->sent,
			    tally.verdict == TALLY_VALID ? "valid" : "INVALID");
	} else if (tally.gathered.problems.count) {
		err_merge(err, &tally.gathered.problems.items[0]);
	}
	tally_clear(&tally);
	return whole;
}

static bool judge_event(struct planning *planning, struct node *document, struct err *err)
{
	static const struct {
		enum event event;
		bool (*judge)(struct planning *planning, struct node *document, struct err *err);
	} events[] = {{EVENT_PLANNED, judge_planned},
		      {EVENT_APPROVED, judge_approved},
		      {EVENT_ISSUED, judge_issued},
		      {EVENT_CLOSED, judge_closed}};
	enum event event = document_event(document);
	if (event != EVENT_PLANNED && event != EVENT_VOIDED &&
	    !survey_judge_state(&planning->survey, err))
		return false;
	for (size_t i = 0; i < sizeof events / sizeof *events; i++)
		if (events[i].event == event)
			return events[i].judge(planning, document, err);
	return planning->survey.state != SURVEY_VOIDED ||
	       err_set(err, STATUS_REFUSED, "was voided already");
}

static bool judge(const struct recording *recording, struct err *err)
{
	struct planning *planning = recording->posting->context;
	struct node *document = recording->posting->document;
	bool approves = document_event(document) == EVENT_APPROVED;
	planning->recording = recording;
	bool done = survey_fold(&planning->survey, planning->id, recording->before, err);
	/* who may plan it depends on what it is for */
	if (document_event(document) == EVENT_PLANNED)
		planning->survey.occasion = node_text(document, "occasion");
	done = done &&
	       (approves ||
		survey_judge_actor(recording->book, &planning->survey, recording->acting, err)) &&
	       judge_event(planning, document, err);
	if (!done && err->status == STATUS_REFUSED && !err->file)
		err_prefix(err, planning->id);
	return done;
}

/* The questionnaire goes in before the plan that names it: a plan without one would be damaged, the
 * other way it is just not there yet. */
static bool verify(const struct recording *recording, const char *text, size_t len, struct err *err)
{
	const struct planning *planning = recording->posting->context;
	(void)text;
	(void)len;
	if (!planning->handout)
		return true;
	const char *path = survey_inner_path(recording->arena, planning->id, "questionnaire.yaml");
	if (recording->request->dry_run)
		return store_may_write(&recording->book->store, path, planning->handout->len,
				       STORE_REPLACE, NULL, err) == STORE_WRITTEN;
	return store_write(&recording->book->store, path, planning->handout->text,
			   planning->handout->len, STORE_REPLACE, err) == STORE_WRITTEN;
}

bool survey_plan(struct book *book, struct arena *arena, const struct request *request,
		 const char *id, struct node *document, const struct survey_handout *handout,
		 struct recorded *out, struct err *err)
{
	static const char *const added[] = {"questionnaire", "sent",         "closes",  "clause",
					    "returned",      "late-answers", "verdict", NULL};
	const char *event = node_text(document, "event");
	struct planning planning = {.id = id, .handout = handout};
	char digest[DIGEST_TEXT];
	if (!survey_is_id(id, err))
		return false;
	if (handout) { /* part of what is asked for, unlike what judging adds */
		questionnaire_digest(handout->text, handout->len, digest);
		node_set(arena, document, "questionnaire", node_string(arena, digest));
	}
	struct posting posting = {
		.path = survey_path(arena, id),
		.id = id,
		.schema = arena_printf(arena, "schemas/survey/%s.yaml", event),
		.place = document_event(document) == EVENT_PLANNED ? POSTING_BEGINS : POSTING_ADDS,
		.added = added,
		.document = document,
		.judge = judge,
		.verify = verify,
		.context = &planning,
	};
	bool done = record_document(book, arena, request, &posting, out, err);
	survey_clear(&planning.survey);
	return done;
}

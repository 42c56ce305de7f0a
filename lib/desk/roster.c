// SPDX-License-Identifier: MIT
// Recording who joins, changes and leaves, in staff.yaml, by the same protocol as tickets.
#include "desk/roster.h"

#include <string.h>

#include "data/time.h"
#include "desk/duty.h"
#include "desk/value.h"
#include "store/file.h"
#include "text/emit.h"

enum { STAFF_MAX_BYTES = 4 << 20, RETRY_SECONDS = 7 * 86400 };

bool roster_field(struct book *book, struct arena *arena, struct node *document, const char *field, const char *typed,
		  struct err *err)
{
	const struct schema *schema = schema_find(book->schemas, "schemas/staff.yaml", err);
	return schema && value_set(book, arena, schema, document, field, typed, err);
}

static bool check_roles(const struct book *book, const struct node *document, struct err *err)
{
	const struct node *roles = node_get(document, "roles");
	for (size_t i = 0; i < node_count(roles); i++) {
		const char *role = roles->list.items[i]->text;
		if (strcmp(role, ROLE_ADMINISTRATOR) == 0 || policy_find(book->policy, RULE_ROLE, role))
			continue;
		struct buf allowed;
		buf_init(&allowed);
		policy_names(book->policy, RULE_ROLE, NULL, &allowed);
		err_set(err, STATUS_REFUSED, "roles: \"%s\" is no role of these packs (allowed: %s, %s)", role, allowed.data, ROLE_ADMINISTRATOR);
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
		while ((member = staff_next(staff, when, &cursor)) && !node_holds(member->roles, ROLE_ADMINISTRATOR))
			;
		if (!member)
			return err_set(err, STATUS_REFUSED, "nobody would be left with the role %s", ROLE_ADMINISTRATOR);
	}
	return true;
}

/* Whether nobody else has PERSON's login, then or later: who acts must be certain. */
static bool check_login(const struct staff *staff, const char *person, int64_t from, struct err *err)
{
	const struct member *mine = staff_find(staff, person, from);
	for (size_t i = 0; mine && !mine->left && i <= staff->count; i++) {
		int64_t when = i < staff->count ? staff->versions[i].from : from;
		size_t cursor = 0;
		const struct member *other;
		while (when >= from && (other = staff_next(staff, when, &cursor)))
			if (strcmp(other->id, person) != 0 && strcmp(other->login, mine->login) == 0)
				return err_set(err, STATUS_REFUSED, "login: %s is %s already", mine->login, other->id);
	}
	return true;
}

/* What was asked for, without what recording adds. */
static struct node *asked(struct arena *arena, const struct node *document, bool with_time)
{
	static const char *const added[] = {"seq", "site", "recorded", "by", "via", "request-id"};
	struct node *copy = node_copy(arena, document);
	for (size_t i = 0; i < sizeof added / sizeof *added; i++)
		node_remove(copy, added[i]);
	if (!with_time)
		node_remove(copy, "at");
	return copy;
}

/* A retry: the newest document under this request id, of the last days. */
static bool find_request(struct arena *arena, const struct documents *documents, const struct request *request,
			 const struct node *document, int64_t now, struct recorded *out, struct err *err)
{
	for (size_t i = documents->count; request->request_id && i-- > 0;) {
		const struct document *old = &documents->items[i];
		const char *id = node_text(old->root, "request-id");
		if (!id || strcmp(id, request->request_id) != 0 || old->recorded < now - RETRY_SECONDS)
			continue;
		if (!node_equal_json(asked(arena, old->root, request->at), asked(arena, document, request->at)))
			return err_set(err, STATUS_REFUSED, "--request-id: %s was recorded for %s with other content", id, node_text(old->root, "person"));
		out->first = out->last = old->seq;
		out->repeated = true;
		break;
	}
	return true;
}

bool roster_record(struct book *book, struct arena *arena, const struct request *request, struct node *document,
		   struct recorded *out, struct err *err)
{
	const struct member *by, *via;
	struct arena scratch = ARENA_INIT;
	struct documents documents;
	struct staff after;
	struct buf text;
	int64_t at = book->now;
	bool done = false;
	*out = (struct recorded){.notes = node_list(arena), .id = node_text(document, "person")};
	staff_init(&after);
	buf_init(&text);
	const struct schema *schema = schema_find(book->schemas, "schemas/staff.yaml", err);
	if (!schema)
		goto out;
	if (!request->dry_run && (!store_lock(&book->store, STORE_PATIENCE_MS, err) || !book_refresh(book, err)))
		goto out;
	if (!ticket_actors(book, request->by, &by, &via, err))
		goto out;
	/* who acts, and whose login it is: --by lends nobody a role */
	const struct member *both[] = {by, via ? via : by};
	for (size_t i = 0; i < 2; i++)
		if (!node_holds(both[i]->roles, ROLE_ADMINISTRATOR)) {
			err_set(err, STATUS_REFUSED, "staff is entered by the role %s; %s does not have it", ROLE_ADMINISTRATOR, both[i]->id);
			goto out;
		}
	if (request->at && !time_input(&book->zone, book->now, request->at, &at, err)) {
		err_prefix(err, "--at");
		goto out;
	}
	if (at > book->now) {
		err_set(err, STATUS_REFUSED, "--at: %s is in the future", request->at);
		goto out;
	}
	if (!staff_find(&book->staff, by->id, at)) {
		err_set(err, STATUS_REFUSED, "--at: %s was not here yet", by->id);
		goto out;
	}
	if (!check_roles(book, document, err))
		goto out;
	if (file_read(&book->store.root, LEDGER_STAFF, STAFF_MAX_BYTES, &text, err) != FILE_READ ||
	    !documents_read(&scratch, LEDGER_STAFF, text.data, text.len, &documents, err))
		goto out;
	node_set(arena, document, "at", duty_time(book, arena, at));
	if (!find_request(arena, &documents, request, document, book->now, out, err))
		goto out;
	if (out->repeated) {
		done = request->dry_run || store_sync(&book->store, LEDGER_STAFF, err);
		goto out;
	}
	out->first = out->last = documents.items[documents.count - 1].seq + 1;
	node_set(arena, document, "seq", node_int(arena, out->first));
	node_set(arena, document, "site", node_string(arena, book->site));
	if (at != book->now)
		node_set(arena, document, "recorded", duty_time(book, arena, book->now));
	node_set(arena, document, "by", node_string(arena, by->id));
	if (via)
		node_set(arena, document, "via", node_string(arena, via->id));
	if (request->request_id)
		node_set(arena, document, "request-id", node_string(arena, request->request_id));
	schema_order(schema, document);
	size_t begins = text.len;
	if (!schema_check(schema, document, NULL, err))
		goto out;
	emit_document(&text, document);
	if (!emit_check(text.data + begins, text.len - begins, document, err))
		goto out;
	if (!staff_read(&after, LEDGER_STAFF, text.data, text.len, err))
		goto out;
	const struct member *last = &after.versions[after.count - 1];
	if (last->contradiction) {
		err_set(err, STATUS_REFUSED, "%s %s", last->id, last->contradiction);
		goto out;
	}
	const char *from = node_text(document, "from");
	int64_t since = at;
	if (!check_administrator(&after, book->now, err) || (from && !time_parse(from, &since, err)) ||
	    !check_login(&after, out->id, since, err))
		goto out;
	out->text = arena_dup_len(arena, text.data + begins, text.len - begins);
	done = request->dry_run ||
	       store_write(&book->store, LEDGER_STAFF, text.data, text.len, STORE_REPLACE, err) == STORE_WRITTEN;
out:
	store_unlock(&book->store);
	arena_clear(&scratch);
	staff_clear(&after);
	buf_clear(&text);
	return done;
}

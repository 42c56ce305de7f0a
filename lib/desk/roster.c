// SPDX-License-Identifier: MIT
// Recording who joins, changes and leaves, in staff.yaml, by the same protocol as tickets.
#include "desk/roster.h"

#include <string.h>

#include "data/time.h"
#include "desk/duty.h"
#include "desk/value.h"
#include "store/file.h"
#include "text/emit.h"

enum { STAFF_MAX_BYTES = 4 << 20 };

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

/* Whether somebody is still there who may do everything. */
static bool check_administrator(const struct staff *staff, int64_t now, struct err *err)
{
	size_t cursor = 0;
	const struct member *member;
	while ((member = staff_next(staff, now, &cursor)))
		if (node_holds(member->roles, ROLE_ADMINISTRATOR))
			return true;
	return err_set(err, STATUS_REFUSED, "nobody would be left with the role %s", ROLE_ADMINISTRATOR);
}

/* A retry: the newest document under this request id. */
static bool find_request(const struct documents *documents, const char *id, struct recorded *out)
{
	for (size_t i = documents->count; id && i-- > 0;) {
		const char *old = node_text(documents->items[i].root, "request-id");
		if (old && strcmp(old, id) == 0) {
			out->first = out->last = documents->items[i].seq;
			return out->repeated = true;
		}
	}
	return false;
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
	if (!node_holds(by->roles, ROLE_ADMINISTRATOR)) {
		err_set(err, STATUS_REFUSED, "staff is entered by the role %s; %s does not have it", ROLE_ADMINISTRATOR, by->id);
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
	if (!check_roles(book, document, err))
		goto out;
	if (file_read(&book->store.root, LEDGER_STAFF, STAFF_MAX_BYTES, &text, err) != FILE_READ ||
	    !documents_read(&scratch, LEDGER_STAFF, text.data, text.len, &documents, err))
		goto out;
	if (find_request(&documents, request->request_id, out)) {
		done = request->dry_run || store_sync(&book->store, LEDGER_STAFF, err);
		goto out;
	}
	out->first = out->last = documents.items[documents.count - 1].seq + 1;
	node_set(arena, document, "seq", node_int(arena, out->first));
	node_set(arena, document, "site", node_string(arena, book->site));
	node_set(arena, document, "at", duty_time(book, arena, at));
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
	if (!check_administrator(&after, book->now, err))
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

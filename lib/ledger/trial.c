// SPDX-License-Identifier: MIT
// Tries schemas, the calendar and packs out together, before they are written. Writes nothing.
#include "ledger/trial.h"

#include "book/policy.h"
#include "data/calendar.h"

static bool calendar_fits(struct schema_set *schemas, schema_loader load, void *context,
			  struct arena *arena, struct err *err)
{
	static const char file[] = "policy/calendar.yaml";
	struct calendar *calendar = calendar_new();
	const struct schema *schema;
	struct node *root;
	bool done = load(context, file, arena, &root, err) &&
		    (schema = schema_find(schemas, "schemas/calendar.yaml", err)) &&
		    schema_check(schema, root, file, err) &&
		    calendar_add(calendar, root, file, err);
	calendar_free(calendar);
	return done;
}

bool trial_passes(struct schema_set *schemas, schema_loader load, void *context,
		  const struct node *packs, const struct node *origins, struct arena *arena,
		  struct err *err)
{
	struct policy *policy = policy_new(schemas);
	const char *name;
	bool done = calendar_fits(schemas, load, context, arena, err);
	for (size_t i = 0; done && (name = node_each_text(packs, &i));) {
		const char *file = arena_printf(arena, "policy/%s.yaml", name),
			   *origin = node_text(origins, file);
		struct node *root;
		done = load(context, file, arena, &root, err) &&
		       policy_add(policy, name, origin ? origin : file, root, err);
	}
	done = done && policy_seal(policy, err);
	policy_free(policy);
	return done;
}

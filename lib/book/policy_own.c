// SPDX-License-Identifier: MIT
// The schema of packs that this kefu founds ledgers with, as part of the program. Says which names
// packs give and use, and is never asked whether a pack is valid.
#include <string.h>

#include "book/policy_parts.h"
#include "text/yaml.h"

/* make runs where these paths begin. */
__asm__(".pushsection .rodata\n"
	"own_policy: .incbin \"schemas/policy.yaml\"\n"
	"own_policy_end:\n"
	"own_fields: .incbin \"schemas/fields.yaml\"\n"
	"own_fields_end:\n"
	".popsection\n");
extern const char own_policy[], own_policy_end[], own_fields[], own_fields_end[];

static bool load(void *context, const char *uri, struct arena *arena, struct node **root,
		 struct err *err)
{
	static const struct {
		const char *uri, *text, *end;
	} files[] = {{"schemas/policy.yaml", own_policy, own_policy_end},
		     {"schemas/fields.yaml", own_fields, own_fields_end}};
	(void)context;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		if (strcmp(uri, files[i].uri) == 0)
			return yaml_read_one(arena, files[i].uri, files[i].text,
					     (size_t)(files[i].end - files[i].text), root, err);
	return err_set(err, STATUS_DAMAGED, "%s: is not part of the program", uri);
}

const struct schema *policy_own_schema(struct schema_set **set, struct err *err)
{
	*set = schema_set_new(load, NULL);
	return schema_find(*set, "schemas/policy.yaml", err);
}

// SPDX-License-Identifier: MIT
// The folders of a ledger that hold files of documents, and the folders with their schemas.
#include "book/family.h"

#include <string.h>

const struct family families[] = {
	{"tickets", "ticket", true},    {"customers", "customer", true},
	{"plans", "plan", false},       {"personnel", "personnel", false},
	{"appraisals", "sheet", false}, {"surveys", "survey", false},
	{"numbers", "numbers", false},  {0},
};

const struct family *family_of(const char *path)
{
	for (const struct family *family = families; family->folder; family++) {
		size_t len = strlen(family->folder);
		if (strncmp(path, family->folder, len) == 0 && (!path[len] || path[len] == '/'))
			return family;
	}
	return NULL;
}

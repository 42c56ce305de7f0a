// SPDX-License-Identifier: MIT
// Which files a check looks at.
#ifndef KEFU_CHECK_SCOPE_H
#define KEFU_CHECK_SCOPE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "book/book.h"
#include "check/committed.h"

struct scope {
	struct arena arena;
	const char **folders; /* of forms, beneath the ledger, closed by NULL; heap */
	const char **files;   /* forms beneath the ledger; heap */
	size_t folder_count, file_count;
	bool staff; /* staff.yaml with its documents */
};

#define SCOPE_INIT \
	{ \
		.arena = ARENA_INIT \
	}

/* Takes what the COUNT operands mean, each a number of a form, a file or a folder, which may also
 * be gone if it was COMMITTED; the whole ledger if there are none. SCOPE is SCOPE_INIT. False with
 * STATUS_USAGE for an operand that means nothing. Clear SCOPE even then. */
bool scope_fill(struct scope *scope, struct book *book, const struct committed_files *committed,
		const char *const *operands, size_t count, struct err *err);

/* What is not looked at is not missing either: it counts as standing. */
void scope_limit(const struct scope *scope, struct committed_files *committed);

/* Leaves in the scope only what is not as it was committed (committed_compare). Files are borrowed
 * from COMMITTED. */
void scope_narrow(struct scope *scope, const struct committed_files *committed);

void scope_clear(struct scope *scope);

#endif

// SPDX-License-Identifier: MIT
// Whether git in this clone unites files of documents, or may lose a side of a merge.
#include <string.h>

#include "check/check_parts.h"
#include "store/driver.h"
#include "store/file.h"

static const char *state_text(enum driver_state state)
{
	switch (state) {
	case DRIVER_MISSING:
		return "git was not told to unite files here (merge.kefu.driver)";
	case DRIVER_OTHER:
		return "merge.kefu.driver is that of an earlier kefu, by which a merge can lose a "
		       "side";
	case DRIVER_GONE:
		return "merge.kefu.driver names a ledger-merge that is not there any more";
	default:
		return NULL;
	}
}

void check_driver(struct checker *checker, const struct git *git)
{
	struct book *book = checker->book;
	struct err err = ERR_INIT;
	struct buf site;
	buf_init(&site);
	enum driver_state state = driver_look(git, &err);
	bool records = file_read(&book->store.root, LEDGER_SITE, 64, &site, &err) == FILE_READ;
	bool alone = !node_item(node_get(book->header, "sites"), 1);
	const char *text = state_text(state);
	checker->file = CHECK_GIT;
	/* where one site is all there is, and in a clone that only reads, nothing is united */
	if (text && (state != DRIVER_MISSING || (records && !alone)))
		check_tell(checker, PROBLEM_MERGE_DRIVER, NULL, NULL,
			   "%s: run ledger-init --site %.*s", text,
			   records ? (int)strcspn(site.data, "\n") : 4,
			   records ? site.data : "CODE");
	err_clear(&err);
	buf_clear(&site);
}

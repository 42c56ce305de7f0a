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

/* By what git merges the file NAME of the ledger, as its attributes say; in OUT. */
static const char *merged_by(const struct git *git, const char *name, struct buf *out)
{
	struct err ignored = ERR_INIT; /* what git cannot read is told already */
	struct buf path;
	buf_init(&path);
	buf_addf(&path, "%s%s", git->prefix, name);
	bool asked = git_read(
		git, (const char *const[]){"check-attr", "-z", "merge", "--", path.data, NULL}, out,
		&ignored);
	buf_clear(&path);
	err_clear(&ignored);
	/* the path, "merge" and the value, each with its NUL */
	size_t at = asked ? strlen(out->data) + 1 + strlen("merge") + 1 : 0;
	return asked && at < out->len ? out->data + at : "kefu";
}

/* Every version of ledger-init has told git to unite these. */
static void check_attributes(struct checker *checker, const struct git *git, bool united)
{
	static const struct {
		const char *file, *line;
	} known[] = {{"tickets/any.yaml", "tickets/**"}, {LEDGER_STAFF, LEDGER_STAFF}};
	struct buf value;
	buf_init(&value);
	checker->file = ".gitattributes";
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		const char *by = merged_by(git, known[i].file, &value);
		bool lines = strcmp(by, "unspecified") == 0;
		if (strcmp(by, "kefu") != 0 && (united || !lines))
			check_tell(checker, PROBLEM_MERGE_DRIVER, NULL, NULL,
				   "git merges %s by %s, which can mix two documents: the line is "
				   "to be: %s merge=kefu",
				   known[i].line, lines ? "lines" : by, known[i].line);
	}
	buf_clear(&value);
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
	check_attributes(checker, git, records && !alone);
	err_clear(&err);
	buf_clear(&site);
}

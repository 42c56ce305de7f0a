// SPDX-License-Identifier: MIT
// For cmocka tests: a ledger in a directory of its own, by the rules of tests/flow/desk.yaml, with
// the book open at it. Whoever runs the test is "keeper" there, an administrator.
#ifndef KEFU_TESTS_LEDGER_H
#define KEFU_TESTS_LEDGER_H

#include "scratch.h"

#include "data/time.h"
#include "ledger/founding.h"
#include "record/record.h"
#include "staff/roster.h"

struct ledger {
	struct scratch *scratch;
	struct book book;
	struct arena arena;
	struct request request; /* what is asked for besides the document; each test's to change */
	struct recorded recorded;
	struct err err;
};

/* The clock is at TIME ("2026-11-02 09:00") from here on. */
static inline void ledger_clock(struct ledger *ledger, const char *time)
{
	assert_true(time_input(&ledger->book.zone, 0, time, &ledger->book.now, &ledger->err));
}

static inline void ledger_join(struct ledger *ledger, const char *person, const char *role)
{
	struct request request = {0};
	struct recorded recorded;
	struct node *document = node_map(&ledger->arena);
	const char *fields[][2] = {{"person", person}, {"name", person}, {"roles", role}};
	node_add_string(&ledger->arena, document, "event", "joined");
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		assert_true(roster_field(&ledger->book, &ledger->arena, document, fields[i][0],
					 fields[i][1], &ledger->err));
	assert_true(roster_record(&ledger->book, &ledger->arena, &request, document, false, NULL,
				  &recorded, &ledger->err));
	assert_true(book_refresh(&ledger->book, &ledger->err));
}

static inline int ledger_setup(void **state)
{
	static const char now[] = "2026-11-02 09:00";
	struct ledger *ledger = calloc(1, sizeof *ledger);
	const char *data = getenv("KEFU_DATA");
	char pack[4096];
	if (scratch_setup((void **)&ledger->scratch))
		return -1;
	data = data ? data : ".";
	snprintf(pack, sizeof pack, "%s/tests/flow/desk.yaml", data);
	const char *packs[] = {pack};
	struct founding founding = {.directory = ledger->scratch->path,
				    .name = "desk",
				    .zone = "Asia/Shanghai",
				    .site = "YL",
				    .person = "keeper",
				    .packs = packs,
				    .pack_count = 1,
				    .test = true,
				    .now = now};
	struct book_options options = {.directory = ledger->scratch->path,
				       .now = now,
				       .writes = true,
				       .parts = BOOK_STAFF | BOOK_POLICY | BOOK_SITE};
	*state = ledger;
	return ledger_found(&founding, &ledger->err) &&
			       book_open(&ledger->book, &options, &ledger->err)
		       ? 0
		       : -1;
}

static inline int ledger_teardown(void **state)
{
	struct ledger *ledger = *state;
	book_close(&ledger->book);
	arena_clear(&ledger->arena);
	err_clear(&ledger->err);
	scratch_teardown((void **)&ledger->scratch);
	free(ledger);
	return 0;
}

/* The bytes of a file of the ledger, in its arena; NULL when there is none. */
static inline char *ledger_text(struct ledger *ledger, const char *relative)
{
	char bytes[1 << 16];
	int fd = openat(ledger->scratch->fd, relative, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return NULL;
	ssize_t got = read(fd, bytes, sizeof bytes);
	close(fd);
	assert_true(got >= 0 && got < (ssize_t)sizeof bytes);
	return arena_dup_len(&ledger->arena, bytes, (size_t)got);
}

#endif

// SPDX-License-Identifier: MIT
// Who works here, by many documents: that reading and asking grow with them, and no faster.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/buf.h"
#include "book/staff.h"

enum { NOON = 1795147200 }; /* 2026-11-20T12:00:00+08:00 */

/* COUNT people of whom each is absent over noon, with the next as the deputy but for every tenth.
 */
static void write_staff(struct buf *text, int count)
{
	int seq = 1;
	for (int i = 0; i < count; i++)
		buf_addf(
			text,
			"---\nevent: joined\nseq: %d\nsite: YL\nat: \"2026-01-05T08:00:00+08:00\"\n"
			"by: p0\nperson: p%d\nname: Person\nroles:\n  - worker\nareas:\n  - \"%d\"\n"
			"...\n",
			seq++, i, i % 10);
	for (int i = 0; i < count; i++)
		if (i % 10 != 9)
			buf_addf(text,
				 "---\nevent: absent\nseq: %d\nsite: YL\nat: "
				 "\"2026-11-%02dT08:00:00+08:00\"\nby: p0\nperson: p%d\nuntil: "
				 "\"2026-12-20T18:00:00+08:00\"\ndeputy: p%d\n...\n",
				 seq++, 1 + i % 19, i, i + 1);
}

static void read_staff(struct staff *staff, int count)
{
	struct err err = ERR_INIT;
	struct buf text;
	buf_init(&text);
	write_staff(&text, count);
	staff_init(staff);
	if (!staff_read(staff, "staff.yaml", text.data, text.len, &err))
		fail_msg("%s", err.text);
	buf_clear(&text);
}

static void the_last_of_a_chain_acts_for_all_of_it(void **state)
{
	struct staff staff;
	struct staff_moment moment;
	(void)state;
	read_staff(&staff, 40);
	staff_moment_take(&moment, &staff, NOON);
	assert_int_equal(moment.count, 4);
	for (size_t i = 0; i < 4; i++) {
		const struct staff_acting *person = &moment.people[i];
		assert_int_equal(person->count, 10);
		/* their own area is 9; they stand in for the others */
		assert_true(staff_moment_serves(&moment, person, "worker", "9-101"));
		assert_true(staff_moment_serves(&moment, person, "worker", "0-101"));
		assert_false(staff_moment_serves(&moment, person, "worker", "10-101"));
		assert_false(staff_moment_serves(&moment, person, "desk", "0-101"));
		assert_true(staff_serves(&staff, person->member, "worker", "0-101", NOON));
	}
	assert_true(staff_moment_serves(&moment, &moment.people[0], "person:p3", NULL));
	assert_false(staff_moment_serves(&moment, &moment.people[0], "person:p13", NULL));
	staff_moment_clear(&moment);
	staff_clear(&staff);
}

/* Seconds of CPU time that it takes to read COUNT people and to find out who acts for whom; the
 * best of three. */
static double seconds(int count)
{
	double best = 0;
	for (int run = 0; run < 3; run++) {
		struct staff staff;
		struct staff_moment moment;
		clock_t begin = clock();
		read_staff(&staff, count);
		staff_moment_take(&moment, &staff, NOON);
		assert_int_equal(moment.count, count / 10);
		staff_moment_clear(&moment);
		double took = (double)(clock() - begin) / CLOCKS_PER_SEC;
		best = run && best < took ? best : took;
		staff_clear(&staff);
	}
	return best;
}

static void twice_the_staff_takes_about_twice_as_long(void **state)
{
	(void)state;
	double once = seconds(4000), twice = seconds(8000);
	if (twice > 3 * once)
		fail_msg("4000 people took %f s, 8000 took %f s", once, twice);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_last_of_a_chain_acts_for_all_of_it),
		cmocka_unit_test(twice_the_staff_takes_about_twice_as_long),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

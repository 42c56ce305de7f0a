// SPDX-License-Identifier: MIT
// book/event: every event has the one name that documents give it.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "book/event.h"

static void every_event_has_its_name(void **state)
{
	(void)state;
	for (enum event event = 0; event < EVENT_NAMED; event++) {
		assert_non_null(event_name(event));
		assert_int_equal(event_of(event_name(event)), event);
	}
	assert_null(event_name(EVENT_NAMED));
}

static void others_are_named_by_policies(void **state)
{
	(void)state;
	static const char *const others[] = {"", "open", "openeds", "Opened", "summed-up", "step"};
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		assert_int_equal(event_of(others[i]), EVENT_NAMED);
	assert_int_equal(event_of(NULL), EVENT_NAMED);
}

static void the_core_is_what_the_design_says(void **state)
{
	(void)state;
	static const char *const core[] = {
		"opened",     "imported",    "assigned",  "finished", "closed",    "reopened",
		"callback",   "extended",    "told",      "drawn",    "corrected", "reclassified",
		"recomputed", "waiting",     "resumed",   "linked",   "proposed",  "signed",
		"declined",   "asked-again", "withdrawn", "unneeded", "joined-by", "unjoined",
		"merged",     "voided",      "settled",
	};
	size_t found = 0;
	for (size_t i = 0; i < sizeof core / sizeof *core; i++)
		assert_true(event_is_core(event_of(core[i])));
	for (enum event event = 0; event <= EVENT_NAMED; event++)
		found += event_is_core(event);
	assert_int_equal(found, sizeof core / sizeof *core);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_event_has_its_name),
		cmocka_unit_test(others_are_named_by_policies),
		cmocka_unit_test(the_core_is_what_the_design_says),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

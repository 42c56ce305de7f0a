// SPDX-License-Identifier: MIT
// text/nothing: what says that there is nothing, and what says something.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text/nothing.h"

static void tells_nothing_from_something(void **state)
{
	static const char *const nothing[] = {"无",    "無",   "没有",  "沒有",
					      " 无。", "无\n", "None.", "none",
					      "",      " ",    ".",     "\u3000无\u3000"};
	static const char *const something[] = {"无水", "没有水",      "无，但慢", "none of it",
						"慢",   "nonetheless", "无 无"};
	(void)state;
	for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++)
		assert_true(nothing_said(nothing[i]));
	for (size_t i = 0; i < sizeof something / sizeof *something; i++)
		assert_false(nothing_said(something[i]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(tells_nothing_from_something)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

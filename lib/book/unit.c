// SPDX-License-Identifier: MIT
// Units are one in whichever letters they are written.
#include "book/unit.h"

#include <string.h>

#include "base/utf8.h"

/* The next character of *TEXT, which moves behind it; 0 at the end. A byte that is no UTF-8 counts
 * as a character beyond all others. */
static uint32_t next(const char **text)
{
	unsigned char byte = (unsigned char)**text;
	uint32_t code = byte;
	size_t used = 1;
	if (!byte)
		return 0;
	if (byte >= 0x80) {
		used = utf8_decode(*text, strnlen(*text, 4), &code);
		if (!used) {
			used = 1;
			code = 0x110000u + byte;
		}
	}
	*text += used;
	if (code >= 0xff01 && code <= 0xff5e)
		code -= 0xfee0;
	return code >= 'A' && code <= 'Z' ? code - 'A' + 'a' : code;
}

int unit_order(const char *a, const char *b)
{
	uint32_t x, y;
	do {
		x = next(&a);
		y = next(&b);
	} while (x == y && x);
	return (x > y) - (x < y);
}

bool unit_same(const char *a, const char *b)
{
	return unit_order(a, b) == 0;
}

bool unit_lies_in(const char *unit, const char *area)
{
	uint32_t wanted, is;
	do {
		wanted = next(&area);
		is = next(&unit);
	} while (wanted == is && wanted);
	return !wanted && (!is || is == '-');
}

void unit_fold(const char *unit, size_t len, struct buf *out)
{
	for (const char *end = unit + len; unit < end;) {
		const char *begin = unit;
		uint32_t code = next(&unit);
		char bytes[4];
		if (unit > end) /* cut within a character */
			return buf_add(out, begin, (size_t)(end - begin));
		if (!code)
			return;
		if (code < 0x110000u)
			buf_add(out, bytes, utf8_encode(code, bytes));
		else
			buf_addc(out, *begin);
	}
}

// SPDX-License-Identifier: MIT
// Decodes the bytes of foreign files into UTF-8. Never replaces or drops a byte.
#include "text/charset.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"

/* A list of our own: iconv's is long, differs by system, and takes suffixes that drop characters.
 */
static const char *const names[] = {"UTF-8", "UTF-16LE", "UTF-16BE", "GB18030",
				    "GBK",   "GB2312",   "Big5",     NULL};
enum { UTF8, UTF16LE, UTF16BE, GB18030, GBK, GB2312 };

const char *const *charset_names(void)
{
	return names;
}

static bool begins(const char *bytes, size_t len, const char *mark)
{
	return len >= strlen(mark) && !memcmp(bytes, mark, strlen(mark));
}

/* Whether BYTES are probably UTF-8 with some damage: two bytes of GBK often
 * happen to be a UTF-8 character of two bytes, hardly ever one of three. */
static bool resembles_utf8(const char *bytes, size_t len)
{
	size_t good = 0, bad = 0;
	for (size_t at = 0; at < len;) {
		uint32_t code;
		size_t used = utf8_decode(bytes + at, len - at, &code);
		good += used > 2;
		bad += !used;
		at += used ? used : 1;
	}
	return good > 4 * bad;
}

static const char *find_out(const char *bytes, size_t len)
{
	if (begins(bytes, len, "\xef\xbb\xbf"))
		return names[UTF8];
	if (begins(bytes, len, "\xff\xfe"))
		return names[UTF16LE];
	if (begins(bytes, len, "\xfe\xff"))
		return names[UTF16BE];
	return utf8_check(bytes, len) == len || resembles_utf8(bytes, len) ? names[UTF8]
									   : names[GB18030];
}

static const char *find_name(const char *wanted)
{
	for (size_t i = 0; names[i]; i++)
		if (!strcasecmp(names[i], wanted))
			return i == GBK || i == GB2312 ? names[GB18030] : names[i];
	return NULL;
}

/* DECODED is what came before the byte at OFFSET. */
static bool undecodable(const char *name, const char *bytes, size_t offset, const char *decoded,
			size_t len, struct err *err)
{
	unsigned line = 1, column = 1;
	for (size_t i = 0; i < len; i++) {
		column += ((unsigned char)decoded[i] & 0xc0) != 0x80;
		if (decoded[i] == '\n') {
			line++;
			column = 1;
		}
	}
	err_set(err, STATUS_REFUSED, "not valid %s: byte 0x%02x at offset %zu", name,
		(unsigned char)bytes[offset], offset);
	return err_place(err, NULL, line, column);
}

static bool convert(const char *name, const char *bytes, size_t len, struct buf *utf8,
		    struct err *err)
{
	iconv_t converter = iconv_open("UTF-8", name);
	if (converter == (iconv_t)-1)
		return err_system(err, "cannot read %s", name);
	const size_t before = utf8->len;
	char *in = (char *)bytes; /* iconv's prototype; it does not write there */
	size_t left = len, result = 0;
	bool done = false;
	/* A last call without input gives out what the converter still holds. */
	for (bool last = false; !done;) {
		buf_reserve(utf8, left + 64);
		char *out = utf8->data + utf8->len;
		size_t room = utf8->cap - 1 - utf8->len;
		result = iconv(converter, last ? NULL : &in, last ? NULL : &left, &out, &room);
		utf8->len = (size_t)(out - utf8->data);
		if (result == (size_t)-1 && errno != E2BIG)
			break;
		if (result != (size_t)-1) {
			done = last;
			last = true;
		}
	}
	utf8->data[utf8->len] = '\0';
	iconv_close(converter);
	if (done)
		return true;
	undecodable(name, bytes, len - left, utf8->data + before, utf8->len - before, err);
	utf8->len = before;
	utf8->data[before] = '\0';
	return false;
}

bool charset_decode(const char *bytes, size_t len, const char *wanted, struct buf *utf8,
		    const char **taken, struct err *err)
{
	static const char mark[] = "\xef\xbb\xbf"; /* U+FEFF */
	const size_t before = utf8->len;
	const char *name = wanted ? find_name(wanted) : find_out(bytes, len);
	if (!name)
		return err_set(err, STATUS_REFUSED, "unknown encoding %s", wanted);
	if (taken)
		*taken = name;
	if (name == names[UTF8]) {
		size_t good = utf8_check(bytes, len);
		if (good < len)
			return undecodable(name, bytes, good, bytes, good, err);
		buf_add(utf8, bytes, len);
	} else if (!convert(name, bytes, len, utf8, err)) {
		return false;
	}
	if (begins(utf8->data + before, utf8->len - before, mark)) {
		utf8->len -= strlen(mark);
		memmove(utf8->data + before, utf8->data + before + strlen(mark),
			utf8->len - before + 1);
	}
	return true;
}

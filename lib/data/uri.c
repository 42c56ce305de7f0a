// SPDX-License-Identifier: MIT
// Resolves URI references and relative file names against a base (RFC 3986 section 5.2).
#include "data/uri.h"

#include <arpa/inet.h>
#include <string.h>

struct part {
	const char *text; /* NULL: not there, which is not the same as empty */
	size_t len;
};

struct uri {
	struct part scheme, authority, path, query, fragment;
};

static bool is_alpha(char byte)
{
	return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
}

static bool is_scheme_byte(char byte)
{
	return is_alpha(byte) || (byte >= '0' && byte <= '9') || byte == '+' || byte == '-' ||
	       byte == '.';
}

static struct part take_until(const char **next, const char *stops)
{
	struct part part = {*next, strcspn(*next, stops)};
	*next += part.len;
	return part;
}

static struct uri take_apart(const char *text)
{
	struct uri uri = {0};
	if (is_alpha(*text)) {
		size_t len = 1;
		while (is_scheme_byte(text[len]))
			len++;
		if (text[len] == ':') {
			uri.scheme = (struct part){text, len};
			text += len + 1;
		}
	}
	if (text[0] == '/' && text[1] == '/') {
		text += 2;
		uri.authority = take_until(&text, "/?#");
	}
	uri.path = take_until(&text, "?#");
	if (*text == '?') {
		text++;
		uri.query = take_until(&text, "#");
	}
	if (*text == '#')
		uri.fragment = (struct part){text + 1, strlen(text + 1)};
	return uri;
}

/* Takes the last segment ("name/") off OUT, not going below FLOOR. False when there is none. */
static bool pop_segment(struct buf *out, size_t floor)
{
	if (out->len == floor)
		return false;
	size_t start = out->len - 1;
	while (start > floor && out->data[start - 1] != '/')
		start--;
	if (out->len - start == 3 && memcmp(out->data + start, "../", 3) == 0)
		return false;
	out->len = start;
	out->data[start] = '\0';
	return true;
}

static void add_path(struct buf *out, const char *path, size_t len)
{
	const char *end = path + len;
	bool absolute = len && *path == '/';
	if (absolute) {
		buf_addc(out, '/');
		path++;
	}
	size_t floor = out->len;
	for (;;) {
		const char *slash = memchr(path, '/', (size_t)(end - path));
		size_t segment = (size_t)((slash ? slash : end) - path);
		if (segment == 2 && memcmp(path, "..", 2) == 0) {
			if (!pop_segment(out, floor) && !absolute)
				buf_adds(out, slash ? "../" : "..");
		} else if (segment != 1 || *path != '.') {
			buf_add(out, path, segment + (slash ? 1 : 0));
		}
		if (!slash)
			return;
		path = slash + 1;
	}
}

static void add_merged(struct buf *out, const struct uri *base, const struct part *path)
{
	struct buf merged;
	buf_init(&merged);
	size_t folder = base->path.len;
	while (folder && base->path.text[folder - 1] != '/')
		folder--;
	if (base->authority.text && !base->path.len)
		buf_addc(&merged, '/');
	buf_add(&merged, base->path.text, folder);
	buf_add(&merged, path->text, path->len);
	add_path(out, merged.data, merged.len);
	buf_clear(&merged);
}

static void add_part(struct buf *out, const char *before, const struct part *part,
		     const char *after)
{
	if (!part->text)
		return;
	buf_adds(out, before);
	buf_add(out, part->text, part->len);
	buf_adds(out, after);
}

void uri_resolve(const char *base_text, const char *reference_text, struct buf *out)
{
	struct uri base = take_apart(base_text), reference = take_apart(reference_text);
	bool own_scheme = reference.scheme.text,
	     own_authority = own_scheme || reference.authority.text;
	buf_reset(out);
	add_part(out, "", own_scheme ? &reference.scheme : &base.scheme, ":");
	add_part(out, "//", own_authority ? &reference.authority : &base.authority, "");
	if (own_authority || (reference.path.len && *reference.path.text == '/'))
		add_path(out, reference.path.text, reference.path.len);
	else if (reference.path.len)
		add_merged(out, &base, &reference.path);
	else
		add_path(out, base.path.text, base.path.len);
	bool own_query = own_authority || reference.path.len || reference.query.text;
	add_part(out, "?", own_query ? &reference.query : &base.query, "");
	add_part(out, "#", &reference.fragment, "");
}

static int hex_digit(char byte)
{
	if (byte >= '0' && byte <= '9')
		return byte - '0';
	if ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'f')
		return (byte | 0x20) - 'a' + 10;
	return -1;
}

bool uri_decode(const char *text, size_t len, struct buf *out)
{
	for (size_t i = 0; i < len; i++) {
		if (text[i] != '%') {
			buf_addc(out, text[i]);
			continue;
		}
		if (len - i < 3 || hex_digit(text[i + 1]) < 0 || hex_digit(text[i + 2]) < 0)
			return false;
		buf_addc(out, (char)(hex_digit(text[i + 1]) << 4 | hex_digit(text[i + 2])));
		i += 2;
	}
	return true;
}

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

/* Unreserved characters, sub-delimiters, what MORE holds, and %41. */
static bool has_only(const struct part *part, const char *more)
{
	for (size_t i = 0; i < part->len; i++) {
		char byte = part->text[i];
		if (byte == '%' && part->len - i >= 3 && hex_digit(part->text[i + 1]) >= 0 &&
		    hex_digit(part->text[i + 2]) >= 0)
			i += 2;
		else if (!is_alpha(byte) && !is_digit(byte) && !strchr("-._~!$&'()*+,;=", byte) &&
			 !strchr(more, byte))
			return false;
	}
	return true;
}

/* What stands between the brackets of a host. */
static bool is_ip_literal(const struct part *part)
{
	char text[INET6_ADDRSTRLEN];
	struct in6_addr address;
	if (part->len > 2 && (*part->text | 0x20) == 'v')
		return has_only(part, ":");
	if (part->len >= sizeof text)
		return false;
	memcpy(text, part->text, part->len);
	text[part->len] = '\0';
	return inet_pton(AF_INET6, text, &address) == 1;
}

static bool is_authority(const struct part *authority)
{
	const char *next = authority->text, *end = next + authority->len,
		   *at = memchr(next, '@', authority->len);
	if (at) {
		struct part user = {next, (size_t)(at - next)};
		if (!has_only(&user, ":"))
			return false;
		next = at + 1;
	}
	const char *close = memrchr(next, ']', (size_t)(end - next));
	if (next < end && *next == '[') {
		if (!close)
			return false;
		struct part literal = {next + 1, (size_t)(close - next - 1)};
		if (!is_ip_literal(&literal))
			return false;
		next = close + 1;
	} else {
		const char *colon = memchr(next, ':', (size_t)(end - next));
		struct part host = {next, (size_t)((colon ? colon : end) - next)};
		if (!has_only(&host, ""))
			return false;
		next += host.len;
	}
	if (next == end)
		return true;
	if (*next++ != ':')
		return false;
	while (next < end && is_digit(*next))
		next++;
	return next == end;
}

bool uri_is_valid(const char *text, size_t len, bool absolute)
{
	if (strlen(text) != len)
		return false;
	struct uri uri = take_apart(text);
	if (!uri.scheme.text) {
		const char *slash = memchr(uri.path.text, '/', uri.path.len),
			   *colon = memchr(uri.path.text, ':', uri.path.len);
		if (absolute || (colon && (!slash || colon < slash)))
			return false;
	}
	return (!uri.authority.text || is_authority(&uri.authority)) &&
	       has_only(&uri.path, ":@/") && has_only(&uri.query, ":@/?") &&
	       has_only(&uri.fragment, ":@/?");
}

// SPDX-License-Identifier: MIT
// The formats that the keyword `format` of JSON Schemas can check.
#ifndef KEFU_DATA_FORMAT_H
#define KEFU_DATA_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

/* Whether TEXT has the format. */
typedef bool (*format_check)(const char *text, size_t len);

/* date, time, date-time (RFC 3339), uuid (RFC 4122), email (RFC 5321 4.1.2),
 * uri, uri-reference (RFC 3986), json-pointer (RFC
 * 6901), regex (text/pattern.h). NULL for any other name. */
format_check format_find(const char *name);

#endif

// SPDX-License-Identifier: MIT
// What reading a mapping and applying it to a row share. For mapping*.c alone.
#ifndef KEFU_TICKET_MAPPING_PARTS_H
#define KEFU_TICKET_MAPPING_PARTS_H

#include <stdbool.h>

#include "ticket/mapping.h"

enum nature {
	CODED, /* spaces around the value are removed */
	FREE,  /* kept word for word */
	TIME,
};

/* How a field of the document gets its value from a row. */
struct mapping_field {
	const char *path; /* "customer.phone" */
	enum nature nature;
	const struct node *columns; /* list of names; NULL: the value is the same for every row */
	const char *join;           /* the text between joined columns */
	const char *constant;       /* the value for every row; NULL: it is in COLUMNS */
	const char *fallback;       /* the value where the row has none; or NULL */
	const struct node *values;  /* foreign word → ours; NULL: words are taken as they come */
	bool required;              /* a row without it is rejected */
	bool keeps_unfit;           /* a value that does not fit is kept under `other` */
	const struct schema *schema;
};

#endif

// SPDX-License-Identifier: MIT
// Whether somebody mends what they recorded themselves, the same day.
#ifndef KEFU_TICKET_OWN_H
#define KEFU_TICKET_OWN_H

#include <stdbool.h>

#include "book/book.h"
#include "book/form.h"

/* Whether BY, who takes the last step of FORM, recorded today what the step is about, as themself
 * or for somebody else: what a correction mends; what any other step is about is how the form was
 * opened. The days are those of the recording, whenever the steps are said to have happened. */
bool own_today(const struct book *book, const struct form *form, const struct member *by);

#endif

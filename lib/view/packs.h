// SPDX-License-Identifier: MIT
// What ledger-init shows of the packs that kefu ships.
#ifndef KEFU_VIEW_PACKS_H
#define KEFU_VIEW_PACKS_H

#include "base/err.h"
#include "ledger/shipped.h"
#include "view/view.h"

/* A pack a row: name, title in the reader's language, whose rules they are. NULL with ERR when one
 * cannot be read; else the caller frees the table. */
struct table *view_packs(const struct view_style *style, struct shipped *shipped, struct err *err);

#endif

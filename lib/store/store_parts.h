// SPDX-License-Identifier: MIT
// What the parts of the store share: folders that are held open, and marks about to be raised. For
// store*.c alone.
#ifndef KEFU_STORE_STORE_PARTS_H
#define KEFU_STORE_STORE_PARTS_H

#include "store/mark.h"
#include "store/store.h"

/* Opens the file RELATIVE for reading and writing, and makes it where it is missing, with its
 * folders, as open as these. *NEW gets how many folders, the innermost first, have to be synced
 * until the file is sure to be found: 0 where it was there. Returns -1 with ERR. */
int store_touch(struct store *store, const char *relative, size_t *new, struct err *err);

/* Syncs the COUNT innermost folders of RELATIVE; false with errno. */
bool store_sync_folders(struct store *store, const char *relative, size_t count);

/* Marks that are written and do not count yet. */
struct marking {
	struct marking_file {
		int fd;
		unsigned file;
		off_t begin; /* where what does not count yet begins */
		char first;  /* the byte that stands there once it counts; 0: nothing is to be added
			      */
		size_t new;  /* folders to sync; see store_touch */
	} * files;
	size_t count;
};

/* Writes COUNT marks behind a zero byte. All that can be found out before numbers are used is found
 * out here: no room, no rights. On failure nothing is left to do. */
bool marking_begin(struct marking *marking, struct store *store, const struct mark *marks,
		   size_t count, struct err *err);

/* Makes them count. With SYNC they are on the disk when it returns; without, the caller syncs the
 * whole file system. False with errno. Either way MARKING is done with. */
bool marking_end(struct marking *marking, struct store *store, bool sync);

/* Takes them back. */
void marking_drop(struct marking *marking, struct store *store);

#endif

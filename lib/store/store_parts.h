// SPDX-License-Identifier: MIT
// What the parts of the store share: folders that are held open, and marks about to be raised. For
// store*.c alone.
#ifndef KEFU_STORE_STORE_PARTS_H
#define KEFU_STORE_STORE_PARTS_H

#include "store/mark.h"
#include "store/store.h"

/* Opens the file RELATIVE for reading and writing. Where it is missing, it is made with its
 * folders, each with the rights that rights_of_new gives. *NEW gets how many folders, counted from
 * the innermost, have to be synced so that the file survives a power cut: 0 where it existed.
 * Returns -1 with ERR. */
int store_touch(struct store *store, const char *relative, size_t *new, struct err *err);

/* Syncs the COUNT innermost folders of RELATIVE; false with errno. */
bool store_sync_folders(struct store *store, const char *relative, size_t count);

/* Marks that are written, but that readers do not count yet: a zero byte stands before them. */
struct marking {
	struct marking_file {
		int fd;
		unsigned file;
		off_t begin; /* where the zero byte stands */
		char first;  /* what replaces it to make them count; 0: nothing was added */
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

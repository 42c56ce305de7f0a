// SPDX-License-Identifier: MIT
// The file of who works here, with any types in any structure: the commands that read it
// end with a status and words of their own.
#include "records.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	return records_begin(argc, argv, "staff.yaml");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return records_fuzz(data, size);
}

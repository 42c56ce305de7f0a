// SPDX-License-Identifier: MIT
// Any schema of packs, as far from a good one as types and structure can be: every command ends
// with a status and words of its own.
#include "ledger.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc, (void)argv;
	fuzz_begin("tests/fuzz/packs/every.yaml");
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return fuzz_file("schemas/policy.yaml", data, size);
}

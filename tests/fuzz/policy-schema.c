// SPDX-License-Identifier: MIT
// Any schema of packs, as far from a good one as types and structure can be: every command ends
// with a status and words of its own.
#define FUZZED "schemas/policy.yaml"
#include "ledger.h"

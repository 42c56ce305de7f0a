// SPDX-License-Identifier: MIT
// Any pack, as far from a good one as types and structure can be: every command ends with a status
// and words of its own.
#define FUZZED "policy/every.yaml"
#include "ledger.h"

// SPDX-License-Identifier: MIT
// Any header, as far from a good one as types and structure can be: every command ends with a
// status and words of its own.
#define FUZZED "kefu.yaml"
#include "ledger.h"

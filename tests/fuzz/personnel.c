// SPDX-License-Identifier: MIT
// A personnel register, with any types in any structure: the commands that read it
// end with a status and words of their own.
#define FUZZED "personnel/*"
#include "records.h"

// SPDX-License-Identifier: MIT
// A customer's file, with any types in any structure: the commands that read it
// end with a status and words of their own.
#define FUZZED "customers/*"
#include "records.h"

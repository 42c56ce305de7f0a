// SPDX-License-Identifier: MIT
// A month's register of planned callbacks, with any types in any structure: the commands that read
// it end with a status and words of their own.
#define FUZZED "plans/*"
#include "records.h"

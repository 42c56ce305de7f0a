// SPDX-License-Identifier: MIT
// The file of who works here, with any types in any structure: the commands that read it
// end with a status and words of their own.
#define FUZZED "staff.yaml"
#include "records.h"

// SPDX-License-Identifier: MIT
// An appraisal's sheet, with any types in any structure: the commands that read it
// end with a status and words of their own.
#define FUZZED "appraisals/*"
#include "records.h"

// SPDX-License-Identifier: MIT
// An answer to a survey, with any types in any structure: the commands that read it
// end with a status and words of their own.
#define FUZZED "surveys/*/answers/*"
#include "records.h"

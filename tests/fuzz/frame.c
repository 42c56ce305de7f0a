// SPDX-License-Identifier: MIT
// A survey's frame, with any types in any structure: the commands that read it
// end with a status and words of their own.
#define FUZZED "surveys/*/frame.yaml"
#include "records.h"

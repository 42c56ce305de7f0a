// SPDX-License-Identifier: MIT
// A survey's questionnaire, with any types in any structure: the commands that read it
// end with a status and words of their own.
#define FUZZED "surveys/*/questionnaire.yaml"
#include "records.h"

#!/bin/bash
# Makes the ledger FOLDER, with something of everything in it, for fuzzers to change: tests/fuzz/ledger.sh FOLDER
set -e
root=$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd)
export PATH="${KEFU_BUILD:-$root/build}/bin:$PATH" KEFU_DATA=$root LC_ALL=C.UTF-8 GIT_CEILING_DIRECTORIES=$root
unset TZ KEFU_LEDGER LANGUAGE
rm -rf "$1"
source "$root/tests/flow/everything.bash"
everything_ledger "$1"

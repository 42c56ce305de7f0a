#!/bin/bash
# Each command with each of its inputs, at twice the sizes of tests/flow/scaling.bats: CPU time, and by how much it grows.
# Nothing here passes or fails.
set -eu
export PATH="${KEFU_BUILD:?}/bin:$KEFU_BUILD/tools:$PATH" KEFU_DATA=$PWD LC_ALL=C.UTF-8
work=$(mktemp -d "${TMPDIR:-/tmp}/kefu-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
tests/flow/scaling.py "$work" 2 "$@" || true

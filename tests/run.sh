#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Builds and runs the whole test suite. Installs what is missing first.
# The last line is "N passed, N failed".
# Usage: sh tests/run.sh [ARGUMENT OF MESON TEST...]

set -u
cd "$(dirname "$0")/.." || exit 1
. tests/setup.sh

finish() {
  echo "$1 passed, $2 failed"
  [ "$2" -eq 0 ]
  exit
}

(install_missing $packages_build $packages_run $packages_test) || finish 0 1
say "building in build/"
build_tree || finish 0 1

say "testing"
# The time limits are those of a machine with nothing else to do.
run_tests build --timeout-multiplier 4 "$@"
finish "$passed" "$failed"

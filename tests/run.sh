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

# count LABEL...: the sum of the numbers behind these labels in the summary.
count() {
  total=0
  for label in "$@"; do
    n=$(sed -n "s/^$label: *\([0-9][0-9]*\).*/\1/p" "$summary" | tail -n 1)
    total=$((total + ${n:-0}))
  done
  echo "$total"
}

(install_missing $packages_build $packages_run $packages_test) || finish 0 1
say "building in build/"
build_tree || finish 0 1

say "testing"
summary=build/meson-logs/run.txt
status=build/meson-logs/run.status
{
  # The time limits are those of a machine with nothing else to do.
  meson test -C build --no-rebuild --print-errorlogs --timeout-multiplier 4 \
    "$@" 2>&1
  echo $? >"$status"
} | tee "$summary"

passed=$(count 'Ok' 'Expected Fail')
failed=$(count 'Fail' 'Unexpected Pass' 'Timeout')
if [ "$(cat "$status")" -ne 0 ] && [ "$failed" -eq 0 ]; then
  failed=1
fi
[ "$passed" -gt 0 ] || [ "$failed" -gt 0 ] || failed=1
finish "$passed" "$failed"

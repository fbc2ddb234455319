#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Measures what the suite covers, and fails below what is promised: src/ 95 % of
# lines and 90 % of branches, gst/ 90 % of lines. What is missing is listed in
# BUILD/coverage-src.txt, -branches.txt and -gst.txt.
# Usage: sh tests/coverage.sh

set -u
cd "$(dirname "$0")/.." || exit 1
. tests/setup.sh
build=${BUILD:-build/coverage}

(install_missing $packages_build $packages_run $packages_test gcovr) || exit 1
# A kernel that is inlined into a hundred others would have its branches counted a
# hundred times, most of them with a constant for a condition.
if [ ! -f "$build/build.ninja" ]; then
  meson setup "$build" -Dbuildtype=debug -Db_coverage=true -Dbenchmarks=disabled \
    -Dc_args='-fprofile-update=atomic -Dalways_inline=unused' || exit 1
fi
meson compile -C "$build" || exit 1
find "$build" -name '*.gcda' -delete
# The check of the plugin's symbols would find gcov's own.
AREASCALE_TEST_PERCENT=25 run_tests "$build" -t 10 --no-suite scripts || exit 1

# measure DIRECTORY [OPTION OF GCOVR...]
measure() {
  directory=$1
  shift
  gcovr --root . --object-directory "$build" --filter "$directory/" \
    --exclude-unreachable-branches "$@" "$build"
}

# figures DIRECTORY [OPTION OF GCOVR...]: on one line
figures() {
  measure "$@" --print-summary --txt "$build/coverage-$1.txt" \
    >"$build/summary-$1.txt" && enough=yes || enough=no
  say "$1/:" $(grep -E '^(lines|branches)' "$build/summary-$1.txt")
  [ $enough = yes ]
}

result=0
measure src --branches --txt "$build/coverage-branches.txt" || result=1
figures src --fail-under-line 95 --fail-under-branch 90 || result=1
figures gst --fail-under-line 90 || result=1
exit $result

#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Builds and runs the whole test suite. Installs what is missing first. A line a stage
# says what it does and how long it took; the last line is "N passed, N failed".
# Usage: sh tests/run.sh [ARGUMENT OF MESON TEST...]

set -u
cd "$(dirname "$0")/.." || exit 1
. tests/setup.sh

all_passed=0 all_failed=0

finish() {
  echo "$all_passed passed, $all_failed failed"
  [ "$all_failed" -eq 0 ]
  exit
}

give_up() {
  all_failed=$((all_failed + 1))
  finish
}

build() {
  mkdir -p build
  begin "building in build/, log in build/build.log"
  if quietly build/build.log build_tree; then
    end "done"
  else
    end "FAILED"
    give_up
  fi
}

# The suites of the build, in its order.
suites() {
  meson test -C build --list 2>/dev/null | sed -n 's/^[^ :]*:\([^ ]*\) .*/\1/p' |
    awk '!seen[$0]++'
}

describe() {
  case $1 in
    kernel) echo "the library gives what the definition says" ;;
    checkasm) echo "every instruction set gives what plain C gives" ;;
    check) echo "caps, frames, metas, events and memory of the element" ;;
    examples) echo "the element among others in pipelines" ;;
    fuzz) echo "inputs that fuzzing found" ;;
    scripts) echo "what the plugin exports" ;;
    *) echo "the tests of that name" ;;
  esac
}

# run TEXT [ARGUMENT OF MESON TEST...]: tests, and their output where one fails. The
# time limits are those of a machine with nothing else to do.
run() {
  begin "$1"
  shift
  run_tests build --timeout-multiplier 4 "$@" >build/run.log
  end "$passed passed, $failed failed"
  [ "$failed" -eq 0 ] || tail -n 60 build/run.log
  all_passed=$((all_passed + passed))
  all_failed=$((all_failed + failed))
}

(install_missing $packages_build $packages_run $packages_test) || give_up
build
if [ $# -gt 0 ]; then
  run "testing" "$@"
else
  for suite in $(suites); do
    run "$suite: $(describe "$suite")" --suite "$suite" --logbase "$suite"
  done
fi
finish

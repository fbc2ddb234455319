#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# What a release must pass beyond a change: hours, on a machine that does nothing else.
# Says in a line what each part does, how it ended and how long it took.
# Usage: bash tests/release.sh [PART...]    all of them when none is named
#
# Executions of the fuzz targets are counted over all processors since the last change of
# a kernel, and what was reached belongs into tests/README.md.

set -u
cd "$(dirname "$0")/.." || exit 1
. tests/setup.sh

logs=build/release
mkdir -p "$logs"
wanted=("$@")
failed=()

# part NAME WHAT COMMAND...
part() {
  local name=$1 what=$2 begin=$SECONDS
  shift 2
  if ((${#wanted[@]})) && [[ " ${wanted[*]} " != *" $name "* ]]; then
    return
  fi
  printf '%-12s %s: ' "$name" "$what"
  if "$@" >"$logs/$name.log" 2>&1; then
    echo "passed, $((SECONDS - begin)) s"
  else
    echo "FAILED, $((SECONDS - begin)) s, log in $logs/$name.log"
    failed+=("$name")
  fi
}

# The version stands in meson.build, and the other places follow it.
same_version() {
  local version
  version=$(sed -n "s/^  version: '\(.*\)',/\1/p" meson.build)
  grep -q "^## $version, [0-9]\{4\}-[0-9]\{2\}-[0-9]\{2\}\$" CHANGELOG.md &&
    head -n 1 debian/changelog | grep -q "^areascale ($version) "
}

part version 'one version in meson.build, CHANGELOG.md and debian/' same_version
part ci 'every stage that a change must pass' bash .ci/run
part soak 'a million frames, thousands of pipelines and states' sh tests/soak.sh
part compare 'random inputs of the library beside the reference, 10^8 of them' \
  build/tests/fuzz/replay-plan --random 100000000 1
part plan 'an hour of the library under sanitizers' sh tests/fuzz.sh 3600 plan
part buffers 'an hour of buffers under sanitizers' sh tests/fuzz.sh 3600 buffers
part sequences 'two hours of sequences under sanitizers' sh tests/fuzz.sh 7200 sequences
part search 'random pairs of caps, 100 000 of them' build/tests/search/search 100000
part benchmark 'the benchmarks and the sweep; writes tables and plots' sh tests/bench.sh

if ((${#failed[@]})); then
  echo "failed: ${failed[*]}"
  exit 1
fi
echo "all parts passed"

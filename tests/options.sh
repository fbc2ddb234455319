#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# What the feature options build, with GStreamer, without it, and without its check
# library: auto takes what is there, enabled insists, disabled leaves it out.
# Usage: sh tests/options.sh

set -u
cd "$(dirname "$0")/.." || exit 1
. tests/setup.sh

(install_missing $packages_build $packages_sanitize g++) || exit 1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# Directories of .pc files that lack some.
mkdir "$work/no-gstreamer" "$work/no-check"
for directory in $(pkg-config --variable pc_path pkg-config | tr : ' '); do
  for file in "$directory"/*.pc; do
    [ ! -f "$file" ] || ln -sf "$file" "$work/no-check/"
  done
done
rm "$work/no-check/gstreamer-check-1.0.pc"

# The targets of a set-up tree that stand for its parts.
parts_of() {
  meson introspect --targets "$1" | python3 -c '
import json, sys
names = {target["name"] for target in json.load(sys.stdin)}
parts = {"gstareascale": "plugin", "test-scale": "tests", "check-element": "element-tests",
         "bench-sweep": "benchmarks", "bench-element": "element-benchmarks",
         "fuzz-plan": "fuzzing"}
print(" ".join(part for name, part in parts.items() if name in names))'
}

# expect PARTS|refused [NAME=VALUE...] [OPTION...]: what a set-up is to have.
expect() {
  expected=$1
  shift
  rm -rf "$work/build"
  if env -u PKG_CONFIG_PATH "$@" "$work/build" >"$work/log" 2>&1; then
    parts=$(parts_of "$work/build")
  else
    parts=refused
  fi
  if [ "$parts" = "$expected" ]; then
    say "$* -> $parts"
  else
    tail -n 5 "$work/log"
    say "$* -> $parts, expected: $expected"
    failed=$((failed + 1))
  fi
}

setup='meson setup'
library='tests benchmarks'
all='plugin tests element-tests benchmarks element-benchmarks'

expect "$all" $setup
expect "$all" $setup -Dplugin=auto
expect "$all" $setup -Dplugin=auto -Dtests=enabled -Dbenchmarks=enabled
expect "$all" $setup --auto-features=enabled
expect 'plugin' $setup --auto-features=disabled
expect 'plugin' $setup -Dplugin=auto -Dtests=disabled -Dbenchmarks=disabled
expect 'plugin tests element-tests' $setup -Dplugin=auto -Dbenchmarks=disabled
expect 'plugin benchmarks element-benchmarks' $setup -Dplugin=auto -Dtests=disabled
expect "$library" $setup -Dplugin=disabled
expect "$library" $setup -Dplugin=disabled -Dtests=enabled -Dbenchmarks=enabled

no=PKG_CONFIG_LIBDIR=$work/no-gstreamer
expect refused "$no" $setup
expect "$library" "$no" $setup -Dplugin=auto
expect "$library" "$no" $setup -Dplugin=auto -Dtests=enabled -Dbenchmarks=enabled
expect refused "$no" $setup -Dplugin=auto --auto-features=enabled

no=PKG_CONFIG_LIBDIR=$work/no-check
expect "plugin $library" "$no" $setup -Dplugin=auto
expect refused "$no" $setup -Dplugin=auto -Dtests=enabled
expect refused "$no" $setup -Dplugin=auto -Dbenchmarks=enabled
expect 'plugin' "$no" $setup -Dplugin=auto -Dtests=disabled -Dbenchmarks=disabled

expect "$library" CC=gcc $setup -Dplugin=disabled -Dfuzzing=auto
expect refused CC=gcc $setup -Dplugin=disabled -Dfuzzing=enabled
expect "$library fuzzing" CC=clang $setup -Dplugin=disabled -Dfuzzing=auto
expect "$library fuzzing" CC=clang $setup -Dplugin=disabled -Dfuzzing=enabled

say "options: $failed failed"
[ "$failed" -eq 0 ]

#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Measures areascale beside its peers. Installs what is missing and builds
# build-bench/ first. Leaves the numbers in docs/benchmark.tsv and docs/sweep.tsv, and
# what is made of them: sections of docs/benchmark.md and README.md, two plots.
# It takes about a quarter of an hour, during which the machine should do nothing else.
# Usage: sh tests/bench.sh

set -u
cd "$(dirname "$0")/.." || exit 1
. tests/setup.sh

build_dir=build-bench
results=$build_dir/benchmark.tsv
sweep=$build_dir/sweep.tsv

# The peers, which can be missing.
packages_bench='g++ libyuv-dev libopencv-imgproc-dev libswscale-dev'

install_missing $packages_build $packages_run
for package in $packages_bench; do
  (install_missing "$package") || say "going on without $package"
done

mkdir -p "$build_dir"
say "building in $build_dir/"
quietly "$build_dir/build.log" build_tree -Dbuildtype=release -Dtests=disabled \
  -Dbenchmarks=enabled || die "the build failed"

say "measuring"
export GST_PLUGIN_PATH="$PWD/$build_dir/gst"
export GST_REGISTRY="$PWD/$build_dir/registry.bin"
{
  python3 -B tests/bench/report.py machine &&
    "$build_dir/tests/bench/bench-element" &&
    "$build_dir/tests/bench/bench-convert" &&
    "$build_dir/tests/bench/bench-plans"
} >"$results" || die "a benchmark failed"
"$build_dir/tests/bench/bench-sweep" >"$sweep" || die "a benchmark failed"

cp "$results" "$sweep" docs || exit 1
python3 -B tests/bench/report.py make || die "no tables were made"
say "tables: docs/benchmark.md, README.md"
say "plots:  docs/benchmark.svg, docs/sweep.svg"

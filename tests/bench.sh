#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Measures areascale beside its peers. Installs what is missing and builds
# build-bench/ first. Leaves docs/benchmark.tsv, the tables made of it in
# docs/benchmark.md and README.md, and docs/benchmark.svg.
# It takes four minutes, during which the machine should do nothing else.
# Usage: sh tests/bench.sh

set -u
cd "$(dirname "$0")/.." || exit 1
. tests/setup.sh

build_dir=build-bench
results=$build_dir/benchmark.tsv

# What can be missing: the peers, and what draws the plot.
packages_bench='g++ libyuv-dev libopencv-imgproc-dev libswscale-dev
python3-matplotlib'

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
  "$build_dir/tests/bench/bench-element" &&
    "$build_dir/tests/bench/bench-kernels"
} >"$results" || die "a benchmark failed"

# The interpreter that python3-matplotlib is for, where there are several.
python=/usr/bin/python3
[ -x "$python" ] || python=python3
"$python" tests/bench/report.py "$results" || die "no tables were made"
cp "$results" docs/benchmark.tsv || exit 1
say "tables: docs/benchmark.md, README.md"
say "plot:   docs/benchmark.svg"

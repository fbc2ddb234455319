#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Fuzzes every target for some time with libFuzzer, AddressSanitizer and
# UndefinedBehaviorSanitizer, from the committed corpus on. What fails stays in
# BUILD/found; new inputs stay in BUILD/corpus.
# Usage: sh tests/fuzz.sh SECONDS [TARGET...]

set -u
seconds=${1:?usage: sh tests/fuzz.sh SECONDS [TARGET...]}
shift
cd "$(dirname "$0")/.." || exit 1
. tests/setup.sh
build=${BUILD:-build/fuzz}
[ $# -gt 0 ] || set -- plan buffers sequences

(install_missing $packages_build clang) || exit 1
# The kernels are all inlined into each other: more optimization, checks of every
# pointer and checks in place take minutes and gigabytes to compile.
flags='-fsanitize=fuzzer-no-link -fno-sanitize-recover=all
-fno-sanitize=null,alignment,object-size,pointer-overflow
-mllvm -asan-instrumentation-with-call-threshold=0'
if [ ! -f "$build/build.ninja" ]; then
  CC=clang meson setup "$build" -Dfuzzing=enabled -Db_lundef=false \
    -Db_sanitize=address,undefined -Doptimization=1 -Dtests=enabled \
    -Dc_args="$(echo $flags)" || exit 1
fi
targets=
for name in "$@"; do
  targets="$targets tests/fuzz/fuzz-$name"
done
ninja -C "$build" $targets || exit 1

export ASAN_OPTIONS=allocator_may_return_null=1
export UBSAN_OPTIONS=print_stacktrace=1
# The element is linked in; nothing else is needed.
export GST_PLUGIN_PATH_1_0= GST_PLUGIN_SYSTEM_PATH_1_0=
export GST_REGISTRY_1_0="$build/fuzz-registry.bin"
failed=0
for name in "$@"; do
  say "fuzzing $name for $seconds s"
  mkdir -p "$build/corpus/$name" "$build/found"
  "$build/tests/fuzz/fuzz-$name" -max_total_time="$seconds" -timeout=60 \
    -rss_limit_mb=4096 -print_final_stats=1 -detect_leaks=0 -max_len=512 \
    -artifact_prefix="$build/found/$name-" \
    "$build/corpus/$name" "tests/fuzz/corpus/$name" || {
    say "$name: see $build/found"
    failed=1
  }
done
exit $failed

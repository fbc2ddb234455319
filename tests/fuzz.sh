#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Fuzzes every target for some time with libFuzzer or AFL++, AddressSanitizer and
# UndefinedBehaviorSanitizer, from the committed corpus on. What fails stays in
# BUILD/found; new inputs stay in BUILD/corpus.
# Usage: [ENGINE=libfuzzer|afl] sh tests/fuzz.sh SECONDS [TARGET...]

set -u
seconds=${1:?usage: [ENGINE=libfuzzer|afl] sh tests/fuzz.sh SECONDS [TARGET...]}
shift
cd "$(dirname "$0")/.." || exit 1
. tests/setup.sh
engine=${ENGINE:-libfuzzer}
[ $# -gt 0 ] || set -- plan buffers sequences

# Comparisons are not traced: what they would teach costs a third of the speed.
case $engine in
  libfuzzer)
    packages_engine=$packages_sanitize
    compiler=clang
    coverage='-fsanitize=fuzzer-no-link -fno-sanitize-coverage=trace-cmp'
    ;;
  afl)
    packages_engine="$packages_sanitize afl++"
    compiler=afl-clang-fast
    coverage=
    ;;
  *) die "not an engine: $engine" ;;
esac
build=${BUILD:-build/fuzz-$engine}

(install_missing $packages_build $packages_engine) || exit 1
if [ ! -f "$build/build.ninja" ]; then
  # In a debug build the kernels are optimized as the rest is: more takes minutes.
  CC=$compiler meson setup "$build" -Dfuzzing=enabled -Db_lundef=false \
    -Db_sanitize=address,undefined -Dbuildtype=debug -Doptimization=2 \
    -Dtests=enabled -Dbenchmarks=disabled -Dc_args="$coverage
      -fno-sanitize-recover=all
      -fno-sanitize=null,alignment,object-size,pointer-overflow" || exit 1
fi
targets=
for name in "$@"; do
  targets="$targets tests/fuzz/fuzz-$name"
done
ninja -C "$build" $targets || exit 1

# Blocks that were freed are few and small: a little memory holds many of them.
export ASAN_OPTIONS=allocator_may_return_null=1:quarantine_size_mb=4:malloc_context_size=8
export UBSAN_OPTIONS=print_stacktrace=1
# The element is linked in; nothing else is needed.
export GST_PLUGIN_PATH_1_0= GST_PLUGIN_SYSTEM_PATH_1_0=
export GST_REGISTRY_1_0="$build/fuzz-registry.bin"

# Longest input of a target, in bytes.
max_length() {
  case $1 in
    plan) echo 96 ;;
    *) echo 512 ;;
  esac
}

run_libfuzzer() {
  # Counts of the library's loops keep thousands of inputs that differ in size
  # alone, and take half of the time.
  counters=1
  [ "$1" != plan ] || counters=0
  mkdir -p "$build/corpus/$1" "$build/found"
  "$build/tests/fuzz/fuzz-$1" -max_total_time="$seconds" -timeout=60 \
    -rss_limit_mb=4096 -print_final_stats=1 -detect_leaks=0 \
    -max_len="$(max_length "$1")" -use_counters=$counters \
    -artifact_prefix="$build/found/$1-" "$build/corpus/$1" "$build/seeds/$1"
}

run_afl() {
  mkdir -p "$build/corpus" "$build/found"
  AFL_AUTORESUME=1 AFL_NO_UI=1 AFL_NO_AFFINITY=1 AFL_SKIP_CPUFREQ=1 \
    AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 \
    ASAN_OPTIONS=$ASAN_OPTIONS:detect_leaks=0:abort_on_error=1:symbolize=0 \
    UBSAN_OPTIONS=abort_on_error=1:symbolize=0 \
    afl-fuzz -V "$seconds" -m none -t 60000 -G "$(max_length "$1")" \
    -i "$build/seeds/$1" -o "$build/corpus/$1" -- \
    "$build/tests/fuzz/fuzz-$1" || return 1
  grep -E '^(execs_done|execs_per_sec|run_time|corpus_count|saved_)' \
    "$build/corpus/$1/default/fuzzer_stats"
  for found in "$build/corpus/$1"/default/crashes/id* \
      "$build/corpus/$1"/default/hangs/id*; do
    [ -e "$found" ] || continue
    cp "$found" "$build/found/$1-$(basename "$found")"
  done
  ! ls "$build/found/$1"-* >/dev/null 2>&1
}

failed=0
for name in "$@"; do
  python3 tests/fuzz/corpus.py unpack "tests/fuzz/corpus/$name.txt" \
    "$build/seeds/$name" || exit 1
  say "fuzzing $name with $engine for $seconds s"
  "run_$engine" "$name" || {
    say "$name: see $build/found"
    failed=1
  }
done
exit $failed

#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Builds with clang's sanitizers and runs the suites under them: AddressSanitizer
# and UndefinedBehaviorSanitizer on everything, with overflow of unsigned integers
# where none is meant to wrap; MemorySanitizer and ThreadSanitizer on the library.
# A quarter of the random cases has to do.
# Usage: sh tests/sanitize.sh [address|memory|thread]...

set -u
cd "$(dirname "$0")/.." || exit 1
. tests/setup.sh
build=${BUILD:-build/sanitize}
[ $# -gt 0 ] || set -- address memory thread

(install_missing $packages_build $packages_run $packages_test $packages_sanitize) ||
  exit 1

# run NAME C_ARGS TESTS [MESON OPTION...]
run() {
  name=$1 c_args=$2 tests=$3
  shift 3
  if [ ! -f "$build/$name/build.ninja" ]; then
    CC=clang CXX=clang++ meson setup "$build/$name" -Db_lundef=false \
      -Dbuildtype=debug -Doptimization=1 -Dbenchmarks=disabled \
      -Dc_args="$c_args" "$@" || return 1
  fi
  meson compile -C "$build/$name" || return 1
  AREASCALE_TEST_PERCENT=25 run_tests "$build/$name" -t 10 $tests
}

common="-fno-sanitize-recover=all -fno-omit-frame-pointer
  -fsanitize-ignorelist=$PWD/tests/sanitize.ignore"
result=0 results=
for name in "$@"; do
  say "sanitizer: $name"
  passed=0 failed=1
  case $name in
    address)
      # The check of the plugin's symbols would find the sanitizers' own.
      ASAN_OPTIONS=allocator_may_return_null=1:detect_leaks=0 \
        UBSAN_OPTIONS=print_stacktrace=1 GST_REGISTRY_FORK=no \
        run address "$common -fsanitize=unsigned-integer-overflow
          -mllvm -asan-instrumentation-with-call-threshold=0" \
        '--no-suite scripts' -Db_sanitize=address,undefined
      ;;
    memory)
      run memory "$common -mllvm -msan-instrumentation-with-call-threshold=0" \
        '' -Db_sanitize=memory -Dplugin=disabled
      ;;
    thread)
      run thread "$common" threads -Db_sanitize=thread -Dplugin=disabled
      ;;
    *) die "not a sanitizer: $name" ;;
  esac
  results="$results
$name: $passed passed, $failed failed"
  [ "$failed" -eq 0 ] || result=1
done
echo "$results"
exit $result

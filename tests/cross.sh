#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests the kernel library for other processors, under qemu-user: the tests of the
# library and checkasm, with the level that each processor must get. Then checkasm
# on this machine's own processor, of 64 and of 32 bits.
# Usage: tests/cross.sh [TARGET...]    all targets when none is named

set -eu
cd "$(dirname "$0")/.."
. tests/setup.sh

# NAME COMPILER LIBRARY LEVEL: a cross build with tests/cross/NAME.ini, and the
# packages that it needs.
cross_targets='aarch64 gcc-aarch64-linux-gnu libc6-dev-arm64-cross neon
armhf gcc-arm-linux-gnueabihf libc6-dev-armhf-cross c
s390x gcc-s390x-linux-gnu libc6-dev-s390x-cross c
i686 gcc-i686-linux-gnu libc6-dev-i386-cross avx2'

# NAME MODEL LEVEL: this machine's build on another model of processor.
models='core2 core2duo c
nehalem Nehalem sse4
sandybridge SandyBridge sse4
haswell Haswell avx2
no-xsave Haswell,-xsave sse4'

# Percent of the usual cases of checkasm.
effort=20

# The library's tests but `scale`, which takes minutes under emulation.
kernel_tests='windows rectangles bands strips paths rounding errors golden header-c'

work=build/cross
failed=
wanted=" $* "

is_wanted() {
  [ "$wanted" = '  ' ] || case $wanted in *" $1 "*) ;; *) false ;; esac
}

# conclude NAME COMMAND...: runs it into a log, and says how it ended.
conclude() {
  name=$1
  shift
  log=$work/$name.log
  if "$@" >"$log" 2>&1; then
    echo "$name: passed: $(grep -h ' passed, ' "$log" | tail -n 1)"
  else
    tail -n 30 "$log" | cut -c 1-200
    echo "$name: FAILED, see $log"
    failed="$failed $name"
  fi
}

# setup_in DIRECTORY MESON OPTION...
setup_in() {
  directory=$1
  shift
  if [ ! -f "$directory/build.ninja" ]; then
    meson setup "$directory" -Dplugin=disabled -Dbuildtype=release "$@"
  fi
}

test_cross() {
  setup_in "$work/$1" --cross-file "tests/cross/$1.ini" &&
    meson compile -C "$work/$1" &&
    meson test -C "$work/$1" --no-rebuild --print-errorlogs \
      --timeout-multiplier 5 $kernel_tests &&
    meson test -C "$work/$1" --no-rebuild checkasm --verbose \
      --timeout-multiplier 5 --test-args "--effort $effort --expect $2"
}

# The best level of this machine's processor, by what the system says of it.
machine_level() {
  flags=" $(sed -n 's/^flags[[:space:]]*: //p' /proc/cpuinfo | head -n 1) "
  level=c
  case $flags in *' sse4_1 '*) level=sse4 ;; esac
  case $flags in *' avx2 '*) level=avx2 ;; esac
  for flag in avx512f avx512bw avx512dq avx512vl; do
    case $flags in *" $flag "*) ;; *) echo "$level" && return ;; esac
  done
  case $flags in
    *' avx512vbmi '*' avx512_vnni '* | *' avx512_vnni '*' avx512vbmi '*) echo avx512icl ;;
    *) echo avx512 ;;
  esac
}

build_native() {
  setup_in "$work/native" && meson compile -C "$work/native" tests/checkasm/checkasm
}

test_model() {
  timeout 900 qemu-x86_64 -cpu "$1" "$work/native/tests/checkasm/checkasm" \
    --effort "$effort" --expect "$2"
}

test_here() {
  timeout 900 "$1/tests/checkasm/checkasm" --expect "$(machine_level)"
}

mkdir -p "$work"
install_missing $packages_build qemu-user

while read -r name compiler library level; do
  is_wanted "$name" || continue
  (install_missing "$compiler" "$library")
  conclude "$name" test_cross "$name" "$level" </dev/null
done <<EOF
$cross_targets
EOF

if [ "$(uname -m)" = x86_64 ]; then
  quietly "$work/native.log" build_native
  while read -r name model level; do
    is_wanted "$name" || continue
    conclude "$name" test_model "$model" "$level" </dev/null
  done <<EOF
$models
EOF
  ! is_wanted native || conclude native test_here "$work/native"
  ! is_wanted i686 || conclude i686-native test_here "$work/i686"
fi

[ -z "$failed" ] || die "failed:$failed"
echo "all targets passed"

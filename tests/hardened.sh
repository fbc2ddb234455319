#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Builds with the hardening flags of Debian's packages, all of them, warnings being
# errors; runs the suite, and sees that the plugin has what the flags promise.
# Usage: sh tests/hardened.sh

set -u
cd "$(dirname "$0")/.." || exit 1
. tests/setup.sh
build=${BUILD:-build/hardened}

(install_missing $packages_build $packages_run $packages_test binutils dpkg-dev) ||
  exit 1
eval "$(DEB_BUILD_MAINT_OPTIONS=hardening=+all dpkg-buildflags --export=sh)"
if [ ! -f "$build/build.ninja" ]; then
  meson setup "$build" --werror -Dbuildtype=plain -Dbenchmarks=disabled || exit 1
fi
meson compile -C "$build" || exit 1
run_tests "$build" -t 5 && result=0 || result=1

# has WHAT PATTERN COMMAND...: the output of a command on the plugin has a line
# that matches.
has() {
  what=$1 pattern=$2
  shift 2
  if "$@" "$build/gst/libgstareascale.so" | grep -Eq "$pattern"; then
    found="$found $what"
  else
    say "the plugin has no $what"
    result=1
  fi
}

found=
has relro GNU_RELRO readelf -lW
has bind-now 'FLAGS.*NOW' readelf -dW
has no-executable-stack 'GNU_STACK.* RW +0x' readelf -lW
has stack-protector __stack_chk_fail nm -D
has fortified-functions '__mem[a-z]+_chk' nm -D
say "the plugin has:$found"
say "hardened build: $passed passed, $failed failed"
exit $result

#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Makes the source tarball, builds it, and uses what it holds as others do: as a Meson
# subproject, and installed, through pkg-config and dependency().
# Usage: sh tests/subproject.sh

set -eu
cd "$(dirname "$0")/.."
. tests/setup.sh

install_missing $packages_build g++ git
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The tarball is made of a repository: a copy of the tree becomes one.
say "making the source tarball"
mkdir "$work/tree" "$work/unpacked"
copy_source "$work/tree"
git -C "$work/tree" init -q
git -C "$work/tree" add -A
git -C "$work/tree" -c user.name=areascale -c user.email=areascale@example.org \
  commit -q -m 'source tree'
quietly "$work/log" meson setup "$work/dist" "$work/tree"
quietly "$work/log" meson dist -C "$work/dist" --no-tests
tar -xf "$work"/dist/meson-dist/areascale-*.tar.xz -C "$work/unpacked" \
  --strip-components=1

say "as a subproject"
cp -r tests/consumer "$work/consumer"
mkdir "$work/consumer/subprojects"
cp -r "$work/unpacked" "$work/consumer/subprojects/areascale"
quietly "$work/log" meson setup "$work/consumer/build" "$work/consumer"
quietly "$work/log" meson compile -C "$work/consumer/build"
meson test -C "$work/consumer/build" --no-rebuild --print-errorlogs

say "installed"
quietly "$work/log" meson setup "$work/build" "$work/unpacked" --prefix="$work/prefix" \
  -Dbuildtype=plain -Dtests=disabled -Dbenchmarks=disabled
quietly "$work/log" meson install -C "$work/build"
rm -rf "$work/consumer/subprojects" "$work/consumer/build"
libdir=$(dirname "$(find "$work/prefix" -name pkgconfig)")
test -f "$libdir/gstreamer-1.0/libgstareascale.so"
export PKG_CONFIG_PATH="$libdir/pkgconfig"
quietly "$work/log" meson setup "$work/consumer/build" "$work/consumer"
quietly "$work/log" meson compile -C "$work/consumer/build"
meson test -C "$work/consumer/build" --no-rebuild --print-errorlogs

#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Builds the Debian packages, asks lintian about them, installs them into bare
# systems, and scales there: by gst-launch-1.0, and by programs in C and C++ that are
# built against the installed library. Needs root, for debootstrap and chroot.
# Usage: sh tests/package.sh [SUITE...]    bookworm when none is named

set -eu
cd "$(dirname "$0")/.."
. tests/setup.sh

[ "$(id -u)" -eq 0 ] || die "debootstrap and chroot need root"
install_missing $packages_build $packages_run debhelper debootstrap dpkg-dev lintian
work=$(mktemp -d)
trap 'rm -rf --one-file-system "$work"' EXIT

build_packages() {
  say "building the packages"
  mkdir "$work/source"
  copy_source "$work/source"
  (cd "$work/source" && DEB_BUILD_OPTIONS=nocheck quietly "$work/build.log" \
    dpkg-buildpackage --unsigned-source --unsigned-changes --build=binary)
  say "asking lintian"
  lintian --allow-root --fail-on error,warning "$work"/areascale_*.changes
}

# inside SUITE COMMAND...
inside() {
  suite=$1
  shift
  chroot "$work/$suite" env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 "$@"
}

# The archive that this machine takes Debian from, also for other suites.
mirror() {
  apt-get indextargets --format '$(REPO_URI)' 'Origin: Debian' 'Created-By: Packages' |
    head -n 1
}

make_root() {
  say "making a bare $1"
  quietly "$work/$1.log" debootstrap --variant=minbase "$1" "$work/$1" "$(mirror)"
  cp /etc/resolv.conf "$work/$1/etc/"
  cp -n /etc/apt/apt.conf.d/* "$work/$1/etc/apt/apt.conf.d/"
  quietly "$work/$1.log" inside "$1" apt-get -q update
}

install_into() {
  say "installing into $1"
  mkdir "$work/$1/packages"
  cp "$work"/gstreamer1.0-areascale_*.deb "$work"/libareascale-dev_*.deb \
    "$work/$1/packages/"
  cp -r tests/consumer "$work/$1/"
  quietly "$work/$1.log" inside "$1" sh -c '
    apt-get -q -y install --no-install-recommends /packages/*.deb \
      gstreamer1.0-tools gstreamer1.0-plugins-base g++ pkg-config'
}

use_in() {
  say "scaling in $1"
  inside "$1" gst-inspect-1.0 areascale | sed -n 's/^ *Long-name/Long-name/p'
  inside "$1" gst-launch-1.0 -q videotestsrc num-buffers=30 ! \
    video/x-raw,format=I420,width=640,height=480 ! areascale ! video/x-raw,width=320 ! \
    filesink location=/scaled.raw
  [ "$(stat -c %s "$work/$1/scaled.raw")" -eq $((30 * 320 * 240 * 3 / 2)) ]
  inside "$1" sh -ec 'cd /consumer
    gcc halve.c $(pkg-config --cflags --libs areascale) -o halve-c && ./halve-c
    g++ halve.cpp $(pkg-config --cflags --libs areascale) -o halve-cpp && ./halve-cpp'
}

build_packages
for suite in "${@:-bookworm}"; do
  make_root "$suite"
  install_into "$suite"
  use_in "$suite"
done

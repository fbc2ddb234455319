#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Scales a video by videoscale and by areascale. Installs and builds what is
# missing first. Leaves demo/scaled.mkv and demo/comparison.png, and prints the
# frame rate of both. Without a video: a moving zone plate.
# Usage: sh tests/demo.sh [VIDEO] [WIDTHxHEIGHT]

set -u
usage="usage: sh tests/demo.sh [VIDEO] [WIDTHxHEIGHT]"

# absolute FILE: a path that holds after a change of directory.
absolute() {
  case $1 in
    /*) echo "$1" ;;
    *) echo "$PWD/$1" ;;
  esac
}

video=
size=
for argument in "$@"; do
  if [ -f "$argument" ]; then
    video=$(absolute "$argument")
  elif echo "$argument" | grep -Eqx '[1-9][0-9]{0,4}x[1-9][0-9]{0,4}'; then
    size=$argument
  else
    echo "$0: neither a video file nor a size: $argument" >&2
    echo "$usage" >&2
    exit 1
  fi
done

cd "$(dirname "$0")/.." || exit 1
. tests/setup.sh

install_missing $packages_build $packages_run $packages_demo
mkdir -p demo
rm -f demo/scaled.mkv demo/comparison.png
say "building in build/, log in demo/build.log"
build_tree >demo/build.log 2>&1 || {
  tail -n 30 demo/build.log >&2
  die "the build failed"
}

say "scaling ${video:-a moving zone plate}"
# A registry of its own: what it finds must be this build's plugin.
GST_PLUGIN_PATH=$PWD/build/gst GST_REGISTRY=$PWD/demo/registry.bin \
  build/tests/examples/demo demo "$video" ${size:+"$size"} ||
  die "the demo failed"
say "video:   demo/scaled.mkv"
say "picture: demo/comparison.png (input, videoscale, areascale)"

#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Runs every block of the documents that can be pasted, as a reader who built the
# project would, and follows the links between documents.
# Usage: sh tests/docs.sh VIDEO [FILE.md...]

set -eu
[ $# -ge 1 ] || { echo "usage: $0 VIDEO [FILE.md...]" >&2; exit 1; }
video=$1
shift
cd "$(dirname "$0")/.."
. tests/setup.sh

install_missing $packages_build $packages_run $packages_demo $packages_examples \
  gstreamer1.0-tools gstreamer1.0-plugins-bad gstreamer1.0-plugins-ugly
build_tree >/dev/null
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A few seconds of the footage, under the name that the documents use.
export GST_REGISTRY="$work/registry.bin"
gst-launch-1.0 -q filesrc location="$video" ! decodebin ! identity eos-after=40 ! \
  videoconvert ! video/x-raw,format=I420 ! x264enc speed-preset=ultrafast ! \
  mp4mux ! filesink location="$work/in.mp4"
# What a reader finds in the top of the tree.
for name in examples tests build docs; do
  ln -s "$PWD/$name" "$work/$name"
done
export GST_PLUGIN_PATH="$PWD/build/gst"
docs=$PWD/tests/docs.py
set -- $(for file in "$@"; do realpath "$file"; done)
cd "$work"
xvfb-run -a -s '-screen 0 1024x768x24 -noreset' /usr/bin/python3 "$docs" "$@"

# What is made from the plugin, whose lists are those of GStreamer 1.22.
case $(gst-inspect-1.0 --version) in
  *1.22.*) /usr/bin/python3 "${docs%docs.py}reference.py" check ;;
esac

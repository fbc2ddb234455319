#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Runs every program of examples/ on a video and looks at what it leaves.
# Usage: sh tests/examples.sh VIDEO

set -eu
[ $# -eq 1 ] || { echo "usage: $0 VIDEO" >&2; exit 1; }
video=$1
cd "$(dirname "$0")/.."
. tests/setup.sh

install_missing $packages_build $packages_run $packages_demo $packages_examples
build_tree >/dev/null
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export GST_PLUGIN_PATH="$PWD/build/gst" GST_REGISTRY="$work/registry.bin"
# Debian's, which has the packages.
python=/usr/bin/python3

# expect PATTERN COMMAND...: a line of its output matches.
expect() {
  pattern=$1
  shift
  "$@" >"$work/output" 2>"$work/errors" || { cat "$work/errors" >&2; return 1; }
  grep -Eq "$pattern" "$work/output" || { cat "$work/output" >&2; return 1; }
}

is_file() {
  [ -s "$1" ] || die "missing or empty: $1"
}

say "frames.c: an application's own frames, in C"
expect '^333x187, 1000 bytes a row: mean 8\.0 127\.[0-9] 127\.[0-9]$' \
  build/examples/frames

say "frames.py: a video as NumPy arrays"
expect '^shape \(250, 333, 3\), strides \(1000, 3, 1\)$' \
  "$python" examples/frames.py "$video"

say "detector.c: planes for a detector, in C"
expect '^corner 114, 640 bytes a row: mean [0-9.]+ [0-9.]+ [0-9.]+$' \
  build/examples/detector "$video"

say "detector.py: the same as NumPy arrays, beside means of full-size frames"
expect '^frame 2 and NumPy: 0\.[0-4][0-9]* levels apart in the mean, 9[0-9.]+ % within 1$' \
  "$python" examples/detector.py "$video"

say "ladder.sh: three previews in one pass"
sh examples/ladder.sh "$video" "$work/ladder"
for width in 640 320 160; do
  is_file "$work/ladder/$width.webm"
done

say "thumbnails.py: one PNG every 20 seconds, a contact sheet"
expect '^4 thumbnails and contact\.png' \
  "$python" examples/thumbnails.py "$video" "$work/thumbnails" 20 160
is_file "$work/thumbnails/0004.png"
is_file "$work/thumbnails/contact.png"

say "live.py: a live source and a viewer that is too slow"
expect "^[1-9][0-9]* frames shown, dropped: .*: [1-9]" "$python" examples/live.py 5

say "compare.py: a window that a key switches"
xvfb-run -a -s '-screen 0 800x600x24 -noreset' sh tests/window.sh "$python" "$work"
contrast() {
  convert "$work/$1.png" -crop 480x270+0+0 -format '%[fx:int(1000*standard_deviation)]' info:
}
# what cannot be shown at that size is grey, where it does not alias
[ "$(contrast videoscale)" -gt $(($(contrast areascale) * 3 / 2)) ] ||
  die "contrast of videoscale $(contrast videoscale), of areascale $(contrast areascale)"

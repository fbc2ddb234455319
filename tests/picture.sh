#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Makes docs/comparison.png: a part of a moving zone plate and of real footage, as they
# are, and at a third of their size by videoscale and by areascale, magnified threefold.
# Usage: sh tests/picture.sh VIDEO

set -eu
[ $# -eq 1 ] || { echo "usage: $0 VIDEO" >&2; exit 1; }
video=$(realpath "$1")
cd "$(dirname "$0")/.."
. tests/setup.sh

install_missing imagemagick
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# row NAME PANEL GEOMETRY: the same part of each of the demo's three panels, of PANEL
# pixels width.
row() {
  for panel in 0 1 2; do
    convert demo/comparison.png -crop "$2x720+$(($2 * panel))+0" +repage \
      -crop "$3" +repage "$work/$1-$panel.png"
  done
}

sh tests/demo.sh
row zone 960 480x360+0+180
sh tests/demo.sh "$video"
row footage 768 480x360+230+60
montage "$work"/zone-?.png "$work"/footage-?.png -tile 3x2 -geometry +4+4 \
  -background white miff:- | convert - -dither None -colors 255 \
  png8:docs/comparison.png
say "docs/comparison.png"

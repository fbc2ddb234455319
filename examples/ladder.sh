#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Encodes a ladder of previews of one video in one pass: 640, 320 and 160 pixels wide.
# Sizes are even, as encoders of 4:2:0 want them, and keep the video's shape.
# Usage: sh examples/ladder.sh VIDEO DIRECTORY

set -eu
[ $# -eq 2 ] || { echo "usage: $0 VIDEO DIRECTORY" >&2; exit 1; }
mkdir -p "$2"

branch() {
  echo "frames. ! queue ! areascale ! video/x-raw,width=$1 ! \
    vp8enc deadline=1 cpu-used=8 ! webmmux ! filesink location=$2/$1.webm"
}

# One decoder feeds all branches; each queue gives its branch a thread.
gst-launch-1.0 -q filesrc location="$1" ! decodebin ! videoconvert ! \
  video/x-raw,format=I420 ! tee name=frames \
  $(branch 640 "$2") $(branch 320 "$2") $(branch 160 "$2")

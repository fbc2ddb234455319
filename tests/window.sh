#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Opens the window of examples/compare.py in the X display there is, presses keys, and
# leaves what stood in it as videoscale.png and areascale.png.
# Usage: sh tests/window.sh PYTHON DIRECTORY

set -eu
python=$1 directory=$2
. tests/setup.sh

# wait_for SCALER: until the program says that it shows it, and a moment longer.
wait_for() {
  left=30
  until grep -q "^$1\$" "$directory/compare.log"; do
    left=$((left - 1))
    [ "$left" -gt 0 ] || { cat "$directory/compare.log" >&2; die "$1 was never shown"; }
    sleep 1
  done
  sleep 2
}

press() {
  xdotool mousemove 200 100 key --window "$window" "$1" 2>/dev/null
}

"$python" examples/compare.py >"$directory/compare.log" 2>&1 &
program=$!
wait_for videoscale
window=$(xdotool search --onlyvisible --name . | head -n 1)
import -window root "$directory/videoscale.png"
press space
wait_for areascale
import -window root "$directory/areascale.png"
press q
wait "$program"

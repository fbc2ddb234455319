#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Makes docs/fidelity.md and docs/fidelity.png: areascale's output beside that of other
# scalers, and what each does to pictures whose right result is known. Takes a minute.
# Usage: sh tests/fidelity.sh VIDEO [DIRECTORY]

set -eu
[ $# -eq 1 ] || [ $# -eq 2 ] || { echo "usage: $0 VIDEO [DIRECTORY]" >&2; exit 1; }
video=$(realpath "$1")
directory=$(realpath "${2:-docs}")
cd "$(dirname "$0")/.."
. tests/setup.sh

install_missing $packages_build $packages_run $packages_fidelity
build_tree >/dev/null
export GST_PLUGIN_PATH="$PWD/$build_dir/gst"
# Debian's, which has the packages.
/usr/bin/python3 -B tests/fidelity/report.py \
  "$video" "$directory"

#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Many frames, many pipelines at once, many changes of state.
# Usage: sh tests/soak.sh [short]    some seconds, or what a release must pass

set -u
length=${1:-long}
cd "$(dirname "$0")/.." || exit 1
. tests/setup.sh

case $length in
  short) frames=50000 pipelines=50 states=50 ;;
  long) frames=1000000 pipelines=2000 states=1000 ;;
  *) die "usage: sh tests/soak.sh [short]" ;;
esac

if [ -z "${BUILD:-}" ]; then
  BUILD=$PWD/build
  (install_missing $packages_build $packages_run $packages_test) || exit 1
  build_tree || exit 1
fi

# The linked element, and GStreamer's own plugins.
export GST_PLUGIN_PATH_1_0=
export GST_REGISTRY_1_0="$BUILD/soak-registry.bin"
export GST_PLUGIN_LOADING_WHITELIST=gstreamer:gst-plugins-base
# One heap, so that memory does not grow by threads coming and going.
export MALLOC_ARENA_MAX=1

soak=$BUILD/tests/soak/soak
failed=0
for element in areascale areaconvertscale; do
  echo "$element"
  for run in "frames $frames" "pipelines $pipelines" "states $states"; do
    AREASCALE_TEST_ELEMENT=$element "$soak" $run || failed=1
  done
done
exit $failed

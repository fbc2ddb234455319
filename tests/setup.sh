# SPDX-License-Identifier: LGPL-2.1-or-later
# Sourced by run.sh, demo.sh, bench.sh and .ci/run from the top of the tree:
# installs what a Debian or Ubuntu machine lacks, and builds into $build_dir.

build_dir=build

packages_build='gcc libc6-dev pkg-config meson ninja-build
libgstreamer1.0-dev libgstreamer-plugins-base1.0-dev'
packages_run='gstreamer1.0-plugins-base gstreamer1.0-plugins-good'
packages_test='g++ libsimde-dev gstreamer1.0-plugins-bad gstreamer1.0-libav'
packages_demo='gstreamer1.0-x gstreamer1.0-libav'

say() {
  echo "==> $*"
}

die() {
  echo "$0: $*" >&2
  exit 1
}

# quietly LOG COMMAND...: the output goes to LOG; its end is shown on failure.
quietly() {
  quiet_log=$1
  shift
  if ! "$@" >"$quiet_log" 2>&1; then
    tail -n 30 "$quiet_log" >&2
    return 1
  fi
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    die "not root and no sudo: cannot run: $*"
  fi
}

apt_get() {
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -q -y -o DPkg::Lock::Timeout=300 "$@"
}

# The packages among the arguments that are not installed.
missing_packages() {
  for package in "$@"; do
    status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) ||
      status=none
    [ "$status" = installed ] || echo "$package"
  done
}

# install_missing PACKAGE...
install_missing() {
  command -v apt-get >/dev/null || return 0
  missing=$(missing_packages "$@")
  [ -n "$missing" ] || return 0
  say "installing" $missing
  install_log=$(mktemp)
  if quietly "$install_log" apt_get update &&
      quietly "$install_log" apt_get install --no-install-recommends $missing; then
    rm -f "$install_log"
  else
    rm -f "$install_log"
    die "installation failed"
  fi
}

# build_tree [MESON OPTION...]: from what is there when possible.
build_tree() {
  if [ ! -f "$build_dir/build.ninja" ]; then
    rm -rf "$build_dir/meson-private"
    meson setup "$build_dir" "$@" || return 1
  fi
  meson compile -C "$build_dir"
}

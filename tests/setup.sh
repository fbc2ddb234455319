# SPDX-License-Identifier: LGPL-2.1-or-later
# Sourced by run.sh, demo.sh, bench.sh and .ci/run from the top of the tree:
# installs what a Debian or Ubuntu machine lacks, and builds into $build_dir.

build_dir=build

packages_build='gcc libc6-dev pkg-config meson ninja-build
libgstreamer1.0-dev libgstreamer-plugins-base1.0-dev'
packages_run='gstreamer1.0-plugins-base gstreamer1.0-plugins-good'
packages_test='g++ libsimde-dev gstreamer1.0-plugins-bad gstreamer1.0-libav'
packages_demo='gstreamer1.0-x gstreamer1.0-libav'
packages_examples='libgstreamer-plugins-base1.0-dev python3-gst-1.0
gir1.2-gst-plugins-base-1.0 python3-numpy xvfb xauth xdotool imagemagick'
packages_fidelity='python3-gst-1.0 gir1.2-gst-plugins-base-1.0 python3-numpy
python3-opencv python3-pil python3-torch libswscale-dev libyuv-dev'
packages_sanitize='clang libclang-rt-dev'

say() {
  echo "==> $*"
}

# begin TEXT, then end RESULT: one line that says what is done while it is done, how it
# ended, and how long it took.
begin() {
  began=$(date +%s)
  printf '==> %s: ' "$*"
}

end() {
  echo "$*, $(($(date +%s) - began)) s"
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

# copy_source DIRECTORY: the files of the tree, without what builds left.
copy_source() {
  if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
    git ls-files -z | tar --null -cf - -T -
  else
    tar --exclude=./build --exclude=./demo -cf - .
  fi | tar -xf - -C "$1"
}

# build_tree [MESON OPTION...]: from what is there when possible.
build_tree() {
  if [ ! -f "$build_dir/build.ninja" ]; then
    rm -rf "$build_dir/meson-private"
    meson setup "$build_dir" "$@" || return 1
  fi
  meson compile -C "$build_dir"
}

# count LABEL...: the sum of the numbers behind these labels in $summary.
count() {
  total=0
  for label in "$@"; do
    n=$(sed -n "s/^$label: *\([0-9][0-9]*\).*/\1/p" "$summary" | tail -n 1)
    total=$((total + ${n:-0}))
  done
  echo "$total"
}

# run_tests BUILD [ARGUMENT OF MESON TEST...]: counts into $passed and $failed;
# fails unless there are tests and all of them passed.
run_tests() {
  summary=$1/meson-logs/run.txt
  status=$1/meson-logs/run.status
  {
    meson test --no-rebuild --print-errorlogs -C "$@" 2>&1
    echo $? >"$status"
  } | tee "$summary"

  passed=$(count 'Ok' 'Expected Fail')
  failed=$(count 'Fail' 'Unexpected Pass' 'Timeout')
  if [ "$(cat "$status")" -ne 0 ] && [ "$failed" -eq 0 ]; then
    failed=1
  fi
  [ "$passed" -gt 0 ] || [ "$failed" -gt 0 ] || failed=1
  [ "$failed" -eq 0 ]
}

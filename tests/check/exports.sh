#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# The plugin exports its two entry points and nothing else.
# Usage: exports.sh PLUGIN NM

found=$("$2" -D --defined-only "$1" | sed 's/.* //' | sort | tr '\n' ' ')
wanted='gst_plugin_areascale_get_desc gst_plugin_areascale_register '
[ "$found" = "$wanted" ] || {
  echo "exported: $found" >&2
  exit 1
}

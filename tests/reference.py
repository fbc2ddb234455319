#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes what the documents say of the plugin, out of the plugin itself:

    docs/formats.md               every raw format, and how it is scaled
    docs/properties.md            every property of every element
    docs/gst_plugins_cache.json   the same for GStreamer's documentation tools

Usage: reference.py write | check

The plugin is the one that GStreamer finds, and GStreamer has to be 1.22: newer ones have
more formats.
"""

import json
import os
import pathlib
import re
import subprocess
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstVideo", "1.0")
from gi.repository import GObject, Gst, GstVideo  # noqa: E402

DOCS = pathlib.Path(__file__).resolve().parent.parent / "docs"
PLUGIN = "areascale"
def elements():
    """The factories of the plugin, by name."""
    features = Gst.Registry.get().get_feature_list_by_plugin(PLUGIN)
    factories = [f for f in features if isinstance(f, Gst.ElementFactory)]
    return sorted((f.load() for f in factories), key=lambda f: f.get_name())


def properties(factory):
    """Its own properties, and those of the classes that it shares with its like."""
    element = factory.create(None)
    foreign = GObject.type_from_name("GstVideoFilter")
    inherited = {p.name for p in GObject.list_properties(foreign)}
    return [p for p in element.list_properties() if p.name not in inherited]


def is_color(param):
    return param.name.endswith("color")


def is_enum(param):
    return param.value_type.is_a(GObject.TYPE_ENUM)


def default_text(param):
    if is_color(param):
        return f"0x{param.default_value:08x}"
    if is_enum(param):
        return param.enum_class(param.default_value).value_nick
    return str(param.default_value).lower()


def values_text(param):
    if is_color(param):
        return "0xAARRGGBB"
    if is_enum(param):
        values = param.enum_class.__enum_values__
        return " \\| ".join(values[v].value_nick for v in sorted(values))
    if param.value_type == GObject.TYPE_BOOLEAN:
        return "true \\| false"
    return f"{param.minimum} … {param.maximum}"


def properties_page():
    lines = ["# Properties", "",
             "Made by `tests/reference.py` from the plugin. All can be set at any time, also",
             "while playing; the next frame uses them. Those marked so follow a GstController",
             "binding.", ""]
    for factory in elements():
        lines += [f"## {factory.get_name()}", "",
                  f"{factory.get_metadata('description')}.", "",
                  "| property | values | default | controlled | meaning |",
                  "|---|---|---|---|---|"]
        for p in properties(factory):
            controlled = "yes" if p.flags & Gst.PARAM_CONTROLLABLE else ""
            lines.append(f"| `{p.name}` | {values_text(p)} | `{default_text(p)}` "
                         f"| {controlled} | {p.blurb} |")
        lines.append("")
    return "\n".join(lines)


def how_scaled(name):
    """The way of a format and the bits of its components, as the element logs them; None
    if it cannot scale it."""
    done = subprocess.run(
        ["gst-launch-1.0", "videotestsrc", "num-buffers=1", "!",
         f"video/x-raw,format={name},width=64,height=48", "!", "areascale", "!",
         "video/x-raw,width=32,height=24", "!", "fakesink"],
        capture_output=True, text=True,
        env={**os.environ, "GST_DEBUG": "GST_PERFORMANCE:4", "GST_DEBUG_NO_COLOR": "1"})
    found = re.search(rf"> ?{re.escape(name)} (\w+), .*?; (.*)", done.stderr)
    if done.returncode or not found:
        return None
    return found[1], sorted({int(b) for b in re.findall(r"(\d+) bits", found[2])})


def sampling(info):
    pairs = {(1, 1): "4:2:0", (1, 0): "4:2:2", (2, 2): "4:1:0", (2, 0): "4:1:1",
             (0, 1): "4:4:0"}
    if info.flags & GstVideo.VideoFormatFlags.GRAY:
        return "grey"
    if not info.flags & GstVideo.VideoFormatFlags.YUV:
        return "RGB"
    return pairs.get((info.w_sub[1], info.h_sub[1]), "4:4:4")


def formats_page():
    lines = ["# Formats", "",
             "Made by `tests/reference.py` from the plugin and GStreamer 1.22. *Native*: the",
             "kernels read and write the format's own memory. *By lines*: each line goes through",
             "GStreamer's unpack and pack functions of the format, at its true depth and on the",
             "chroma's own grid; the result is as exact, and takes longer. `areaconvertscale`",
             "makes each of them from each other, but those that only pass through.", "",
             "| format | samples | bits | alpha | how |", "|---|---|---|---|---|"]
    for name in sorted(map(GstVideo.VideoFormat.to_string, GstVideo.video_formats_raw())):
        info = GstVideo.VideoFormat.get_info(GstVideo.VideoFormat.from_string(name))
        scaled = how_scaled(name)
        alpha = "yes" if info.flags & GstVideo.VideoFormatFlags.ALPHA else ""
        if scaled:
            how = "native" if scaled[0] == "native" else "by lines"
            bits = ", ".join(map(str, scaled[1]))
        else:
            how, bits = "passes through only", ""
        lines.append(f"| {name} | {sampling(info)} | {bits} | {alpha} | {how} |")
    lines.append("")
    return "\n".join(lines)


def hierarchy(kind):
    """Names of a class and those that it derives from."""
    names = []
    while kind != GObject.TYPE_INVALID:
        names.append(kind.name)
        kind = kind.parent
    return names


def cached_property(param):
    entry = {"blurb": param.blurb, "conditionally-available": False, "construct": False,
             "construct-only": False,
             "controllable": bool(param.flags & Gst.PARAM_CONTROLLABLE),
             "default": default_text(param), "mutable": "playing", "readable": True,
             "type": param.value_type.name, "writable": True}
    if hasattr(param, "minimum"):
        entry.update(max=str(param.maximum), min=str(param.minimum))
    return entry


def cached_pad(template):
    return {"caps": template.caps.to_string().replace("; ", "\n"),
            "direction": template.direction.value_nick,
            "presence": template.presence.value_nick}


def cached_element(factory):
    element = factory.create(None)
    return {"author": factory.get_metadata("author"),
            "description": factory.get_metadata("description"),
            "hierarchy": hierarchy(element.__gtype__),
            "klass": factory.get_metadata("klass"),
            "long-name": factory.get_metadata("long-name"),
            "pad-templates": {t.name_template: cached_pad(t)
                              for t in element.get_pad_template_list()},
            "properties": {p.name: cached_property(p) for p in properties(factory)},
            "rank": "none"}


def plugins_cache():
    """The shape of GStreamer's gst_plugins_cache.json."""
    plugin = Gst.Registry.get().find_plugin(PLUGIN)
    entry = {"description": plugin.get_description(),
             "elements": {f.get_name(): cached_element(f) for f in elements()},
             "filename": pathlib.Path(plugin.get_filename()).stem.removeprefix("lib"),
             "license": plugin.get_license(), "other-types": {},
             "package": plugin.get_package(), "source": plugin.get_source(),
             "tracers": {}, "url": plugin.get_origin()}
    return json.dumps({PLUGIN: entry}, indent=4, sort_keys=True, ensure_ascii=False) + "\n"


def main():
    if sys.argv[1:] not in (["write"], ["check"]):
        sys.exit(__doc__)
    Gst.init(None)
    pages = {"formats.md": formats_page, "properties.md": properties_page,
             "gst_plugins_cache.json": plugins_cache}
    stale = []
    for name, make in pages.items():
        if sys.argv[1] == "write":
            (DOCS / name).write_text(make())
        elif (DOCS / name).read_text() != make():
            stale.append(name)
    if stale:
        sys.exit(f"not what the plugin says, make it by tests/reference.py: {', '.join(stale)}")


if __name__ == "__main__":
    main()

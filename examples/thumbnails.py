#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Thumbnails of a video: one PNG a minute, and all of them on a contact sheet.

Usage: thumbnails.py VIDEO DIRECTORY [SECONDS [WIDTH]]

Leaves DIRECTORY/0001.png, 0002.png, … and DIRECTORY/contact.png. Needs
python3-gst-1.0, gir1.2-gst-plugins-base-1.0 and GStreamer's good plugins.
"""

import pathlib
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstApp", "1.0")
from gi.repository import Gst, GstApp  # noqa: E402, F401

COLUMNS = 4


def wait_for(pipeline, kinds):
    """The next message of these kinds; an error ends the program."""
    message = pipeline.get_bus().timed_pop_filtered(
        Gst.CLOCK_TIME_NONE, kinds | Gst.MessageType.ERROR)
    if message.type == Gst.MessageType.ERROR:
        sys.exit(message.parse_error()[0].message)


def thumbnails(video, seconds, width):
    """Yields a PNG of every so many seconds, as bytes."""
    pipeline = Gst.parse_launch(
        "filesrc name=file ! decodebin ! areascale"
        f" ! video/x-raw,width={width},pixel-aspect-ratio=1/1"
        " ! videoconvert ! pngenc ! appsink name=sink sync=false")
    pipeline.get_by_name("file").set_property("location", video)
    sink = pipeline.get_by_name("sink")
    pipeline.set_state(Gst.State.PAUSED)
    try:
        wait_for(pipeline, Gst.MessageType.ASYNC_DONE)
        duration = pipeline.query_duration(Gst.Format.TIME)[1]
        for time in range(0, max(duration, 1), seconds * Gst.SECOND):
            pipeline.seek_simple(Gst.Format.TIME,
                                 Gst.SeekFlags.FLUSH | Gst.SeekFlags.ACCURATE, time)
            wait_for(pipeline, Gst.MessageType.ASYNC_DONE)
            sample = sink.pull_preroll()
            if sample is None:
                break
            buffer = sample.get_buffer()
            yield buffer.extract_dup(0, buffer.get_size())
    finally:
        pipeline.set_state(Gst.State.NULL)


def contact_sheet(directory, count, width):
    """Puts the thumbnails side by side, in rows of COLUMNS."""
    cell = width + 8
    sources = " ".join(
        f"filesrc location={directory / name(i)} ! pngdec ! videoconvert ! sheet."
        for i in range(count))
    height = png_height((directory / name(0)).read_bytes()) + 8
    pads = " ".join(
        f"sink_{i}::xpos={i % COLUMNS * cell + 4} sink_{i}::ypos={i // COLUMNS * height + 4}"
        for i in range(count))
    pipeline = Gst.parse_launch(
        f"compositor name=sheet background=black {pads} ! videoconvert"
        f" ! pngenc snapshot=true ! filesink location={directory / 'contact.png'} {sources}")
    pipeline.set_state(Gst.State.PLAYING)
    wait_for(pipeline, Gst.MessageType.EOS)
    pipeline.set_state(Gst.State.NULL)


def name(index):
    return f"{index + 1:04}.png"


def png_height(png):
    return int.from_bytes(png[20:24], "big")


def main():
    if not 3 <= len(sys.argv) <= 5:
        sys.exit(__doc__)
    video, directory = sys.argv[1], pathlib.Path(sys.argv[2])
    seconds, width = (list(map(int, sys.argv[3:])) + [60, 320][len(sys.argv) - 3:])
    Gst.init(None)
    directory.mkdir(parents=True, exist_ok=True)
    count = 0
    for png in thumbnails(video, seconds, width):
        (directory / name(count)).write_bytes(png)
        count += 1
        print(f"\r{count} thumbnails", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    contact_sheet(directory, count, width)
    print(f"{count} thumbnails and contact.png in {directory}")


if __name__ == "__main__":
    main()

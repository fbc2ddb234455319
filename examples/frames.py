#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Reads a video as NumPy arrays of scaled RGB frames.

Usage: frames.py VIDEO [WIDTH HEIGHT]

Needs python3-gst-1.0, gir1.2-gst-plugins-base-1.0 and python3-numpy. The arrays are
views into GStreamer's memory, nothing is copied: they are valid until the next frame
is asked for. Copy what has to live longer.
"""

import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstApp", "1.0")
gi.require_version("GstVideo", "1.0")
from gi.repository import Gst, GstApp, GstVideo  # noqa: E402, F401
import numpy as np  # noqa: E402
from numpy.lib.stride_tricks import as_strided  # noqa: E402


def rgb_view(data, info, meta):
    """The pixels of a mapped RGB frame, (height, width, 3). Rows are padded to a
    multiple of 4 bytes, or as the frame's own meta says."""
    stride = meta.stride[0] if meta else info.stride[0]
    offset = meta.offset[0] if meta else info.offset[0]
    start = np.frombuffer(data, np.uint8, offset=offset)
    return as_strided(start, (info.height, info.width, 3), (stride, 3, 1), writeable=False)


def frames(video, width, height):
    """Yields the frames of a video, letterboxed into width x height."""
    pipeline = Gst.parse_launch(
        "filesrc name=file ! decodebin ! videoconvert ! video/x-raw,format=RGB"
        " ! areascale n-threads=0"
        f" ! video/x-raw,width={width},height={height},pixel-aspect-ratio=1/1"
        " ! appsink name=sink sync=false max-buffers=4")
    pipeline.get_by_name("file").set_property("location", video)
    sink = pipeline.get_by_name("sink")
    pipeline.set_state(Gst.State.PLAYING)
    try:
        while sample := sink.pull_sample():
            buffer = sample.get_buffer()
            info = GstVideo.VideoInfo.new_from_caps(sample.get_caps())
            ok, mapped = buffer.map(Gst.MapFlags.READ)
            if not ok:
                raise RuntimeError("a frame could not be mapped")
            try:
                yield rgb_view(mapped.data, info, GstVideo.buffer_get_video_meta(buffer))
            finally:
                buffer.unmap(mapped)
        message = pipeline.get_bus().pop_filtered(Gst.MessageType.ERROR)
        if message:
            raise RuntimeError(message.parse_error()[0].message)
    finally:
        pipeline.set_state(Gst.State.NULL)


def main():
    if len(sys.argv) not in (2, 4):
        sys.exit(__doc__)
    width, height = map(int, sys.argv[2:4]) if len(sys.argv) == 4 else (333, 250)
    Gst.init(None)
    count, total = 0, np.zeros(3)
    for frame in frames(sys.argv[1], width, height):
        count += 1
        total += frame.mean(axis=(0, 1))
        if count == 1:
            print(f"shape {frame.shape}, strides {frame.strides}")
        if count % 100 == 0:
            print(f"{count} frames", file=sys.stderr)
    if not count:
        sys.exit("no frame")
    print(f"{count} frames, mean colour {(total / count).round(1)}")


if __name__ == "__main__":
    main()

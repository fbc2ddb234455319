#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Reads a video as arrays that a detector takes: (3, 640, 640) bytes, R, G and B.

Usage: detector.py VIDEO [COUNT]

Each frame is letterboxed in grey of 114, as Ultralytics' models are trained. The arrays
are views into GStreamer's memory, nothing is copied: they are valid until the next frame
is asked for. Prints where the picture lies, and how far the first COUNT frames (3) are
from means of the full-size RGB frame: by the definition in NumPy, and by PyTorch's
interpolate(mode="area") where it is installed. They differ by the rounding of the
full-size pixels, where those are clipped, and where colours change: chroma of 4:2:0 is
averaged on its own grid, not once it is repeated.

Needs python3-gst-1.0, gir1.2-gst-plugins-base-1.0 and python3-numpy.
"""

import itertools
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstApp", "1.0")
gi.require_version("GstVideo", "1.0")
from gi.repository import Gst, GstApp, GstVideo  # noqa: E402, F401
import numpy as np  # noqa: E402
from numpy.lib.stride_tricks import as_strided  # noqa: E402

try:
    import torch
except ImportError:
    torch = None

SIDE = 640
MODEL = f"video/x-raw,format=RGBP,width={SIDE},height={SIDE},pixel-aspect-ratio=1/1"
FULL_SIZE = "video/x-raw,format=RGBP"


def planes_view(data, info, meta):
    """The planes of a mapped RGBP frame, (3, height, width)."""
    layout = meta or info
    offset, stride = layout.offset, layout.stride
    if offset[2] - offset[1] != offset[1] - offset[0]:
        raise RuntimeError("planes are not at one distance from each other")
    start = np.frombuffer(data, np.uint8, offset=offset[0])
    return as_strided(start, (3, info.height, info.width),
                      (offset[1] - offset[0], stride[0], 1), writeable=False)


def frames(video, caps):
    """Yields the frames of a video as these caps want them."""
    pipeline = Gst.parse_launch(
        "filesrc name=file ! decodebin"
        f" ! areaconvertscale border-color=0xff727272 n-threads=0 ! {caps}"
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
                yield planes_view(mapped.data, info,
                                  GstVideo.buffer_get_video_meta(buffer))
            finally:
                buffer.unmap(mapped)
        message = pipeline.get_bus().pop_filtered(Gst.MessageType.ERROR)
        if message:
            raise RuntimeError(message.parse_error()[0].message)
    finally:
        pipeline.set_state(Gst.State.NULL)


def letterbox(width, height):
    """Where a frame of square pixels lies: left, top, width, height."""
    scale = min(SIDE / width, SIDE / height)
    w, h = int(width * scale + 0.5), int(height * scale + 0.5)
    return (SIDE - w) // 2, (SIDE - h) // 2, w, h


def to_frame(box, width, height):
    """A box (x0, y0, x1, y1) that a model found, in pixels of the frame."""
    left, top, w, h = letterbox(width, height)
    across, down = width / w, height / h
    return ((box[0] - left) * across, (box[1] - top) * down,
            (box[2] - left) * across, (box[3] - top) * down)


def windows(size, out):
    """The first and the last input sample of each output sample, the latter excluded."""
    i = np.arange(out)
    return i * size // out, -(-(i + 1) * size // out)


def area(planes, height, width):
    """Means over windows by their definition, not rounded."""
    sums = np.zeros((3, planes.shape[1] + 1, planes.shape[2] + 1))
    sums[:, 1:, 1:] = planes.cumsum(1, dtype=np.int64).cumsum(2)
    top, bottom = windows(planes.shape[1], height)
    left, right = windows(planes.shape[2], width)
    total = (sums[:, bottom][:, :, right] - sums[:, top][:, :, right]
             - sums[:, bottom][:, :, left] + sums[:, top][:, :, left])
    return total / np.outer(bottom - top, right - left)


def torch_area(planes, height, width):
    pixels = torch.from_numpy(planes.astype(np.float32))[None]
    return torch.nn.functional.interpolate(pixels, (height, width), mode="area")[0].numpy()


def compare(frame, full, mean):
    """The mean distance of the picture in a frame from these means, and the share of
    samples that are within a level."""
    left, top, w, h = letterbox(full.shape[2], full.shape[1])
    distance = abs(frame[:, top:top + h, left:left + w] - mean(full, h, w))
    return distance.mean(), (distance <= 1).mean()


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    count = int(sys.argv[2]) if len(sys.argv) == 3 else 3
    Gst.init(None)
    means = {"NumPy": area, **({"PyTorch": torch_area} if torch else {})}
    pairs = zip(frames(sys.argv[1], MODEL), frames(sys.argv[1], FULL_SIZE))
    for number, (frame, full) in enumerate(itertools.islice(pairs, count)):
        height, width = full.shape[1:]
        left, top, w, h = letterbox(width, height)
        if number == 0:
            print(f"shape {frame.shape}, strides {frame.strides}, border {frame[0, 0, 0]}")
            print(f"{width}x{height} lies as {w}x{h} at {left},{top};"
                  f" all of it is {to_frame((left, top, left + w, top + h), width, height)}")
        for name, mean in means.items():
            usual, near = compare(frame, full, mean)
            print(f"frame {number} and {name}: {usual:.2f} levels apart in the mean,"
                  f" {100 * near:.1f} % within 1")


if __name__ == "__main__":
    main()

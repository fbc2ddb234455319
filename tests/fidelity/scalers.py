# SPDX-License-Identifier: LGPL-2.1-or-later
"""Scalers of frames as NumPy arrays, (height, width) or (height, width, components) of
uint8: GStreamer's elements, and what other libraries have. Each is a function of a frame
and an output size (width, height). A module that is not installed is None."""

import ctypes
import ctypes.util
import importlib

import gi
import numpy as np

gi.require_version("Gst", "1.0")
gi.require_version("GstVideo", "1.0")
from gi.repository import Gst, GstVideo  # noqa: E402

Gst.init(None)


def module(name):
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


cv2, torch, Image = module("cv2"), module("torch"), module("PIL.Image")

FORMATS = {1: "GRAY8", 3: "RGB", 4: "RGBA"}


def components(frame):
    return 1 if frame.ndim == 2 else frame.shape[2]


# --- GStreamer ---

def caps_of(video_format, size, fields=""):
    return (f"video/x-raw,format={video_format},width={size[0]},height={size[1]}"
            f",framerate=0/1,pixel-aspect-ratio=1/1{fields}")


def run_element(text, data, in_caps, out_caps):
    """One buffer of bytes through an element; the bytes of the output."""
    pipeline = Gst.parse_launch(
        f'appsrc name=src format=time caps="{in_caps}" ! {text} ! '
        f'appsink name=sink sync=false caps="{out_caps}"')
    pipeline.set_state(Gst.State.PLAYING)
    src, sink = pipeline.get_by_name("src"), pipeline.get_by_name("sink")
    src.emit("push-buffer", Gst.Buffer.new_wrapped(data))
    src.emit("end-of-stream")
    sample = sink.emit("pull-sample")
    message = pipeline.get_bus().pop_filtered(Gst.MessageType.ERROR)
    pipeline.set_state(Gst.State.NULL)
    if sample is None:
        raise RuntimeError(f"{text}: {message.parse_error() if message else 'no frame'}")
    buffer = sample.get_buffer()
    return buffer.extract_dup(0, buffer.get_size())


def plane_stride(row_bytes):
    return (row_bytes + 3) // 4 * 4


def pack(frame):
    rows = frame.reshape(frame.shape[0], -1)
    pad = plane_stride(rows.shape[1]) - rows.shape[1]
    return np.pad(rows, ((0, 0), (0, pad))).tobytes()


def unpack(data, size, n):
    stride = plane_stride(size[0] * n)
    rows = np.frombuffer(data, np.uint8)[:stride * size[1]].reshape(size[1], stride)
    frame = rows[:, :size[0] * n]
    return frame.copy() if n == 1 else frame.reshape(size[1], size[0], n).copy()


def element(text):
    """A scaler that is an element, given as on a command line; it fills the output."""
    def scale(frame, size):
        n = components(frame)
        data = run_element(f"{text} add-borders=false", pack(frame),
                           caps_of(FORMATS[n], frame.shape[1::-1]),
                           caps_of(FORMATS[n], size))
        return unpack(data, size, n)
    return scale


# --- the definitions ---

def to_bytes(mean):
    """Halves round up, as areascale's do."""
    return np.floor(mean + 0.5).clip(0, 255).astype(np.uint8)


def torch_area(frame, size):
    """interpolate(mode="area") in float64; what lies within 1e-6 of a half is one."""
    planes = torch.from_numpy(np.atleast_3d(frame).transpose(2, 0, 1).astype(np.float64))
    mean = torch.nn.functional.interpolate(planes[None], size[::-1], mode="area")[0]
    return to_bytes(mean.numpy().transpose(1, 2, 0) + 1e-6).reshape(
        size[1], size[0], *frame.shape[2:])


def coverage_weights(n_in, n_out):
    """The rows of resize_area along one axis, as TensorFlow defines it."""
    edges = np.arange(n_out + 1) * n_in / n_out
    k = np.arange(n_in)
    overlap = np.minimum(edges[1:, None], k + 1) - np.maximum(edges[:-1, None], k)
    return overlap.clip(0) * n_out / n_in


def coverage_mean(frame, size):
    """TensorFlow's definition of resize_area, in float64."""
    rows = coverage_weights(frame.shape[0], size[1])
    columns = coverage_weights(frame.shape[1], size[0])
    return np.einsum("yr,rc...,xc->yx...", rows, frame.astype(np.float64), columns,
                     optimize=True)


def tensorflow_area(frame, size):
    return to_bytes(coverage_mean(frame, size) + 1e-6)


# --- other libraries ---

def opencv_area(frame, size):
    return cv2.resize(frame, size, interpolation=cv2.INTER_AREA)


def pillow_box(frame, size):
    return np.asarray(Image.fromarray(frame).resize(size, Image.BOX))


def pillow_reduce(frame, size):
    """Whole ratios only, None otherwise."""
    if frame.shape[1] % size[0] or frame.shape[0] % size[1]:
        return None
    factor = frame.shape[1] // size[0], frame.shape[0] // size[1]
    return np.asarray(Image.fromarray(frame).reduce(factor))


def pointer(array, offset=0):
    return ctypes.c_void_p(array.ctypes.data + offset)


def swscale_area(frame, size):
    """libswscale with SWS_AREA and exact rounding."""
    library = ctypes.CDLL(ctypes.util.find_library("swscale"))
    library.av_get_pix_fmt = ctypes.CDLL(ctypes.util.find_library("avutil")).av_get_pix_fmt
    library.sws_getContext.restype = ctypes.c_void_p
    area, accurate = 0x20, 0x40000 | 0x80000
    n = components(frame)
    name = {1: b"gray", 3: b"rgb24", 4: b"rgba"}[n]
    pixels = library.av_get_pix_fmt(name)
    context = ctypes.c_void_p(library.sws_getContext(
        frame.shape[1], frame.shape[0], pixels, size[0], size[1], pixels,
        area | accurate, None, None, None))
    out = np.zeros((size[1], size[0] * n + 64), np.uint8)
    planes, strides = ctypes.c_void_p * 4, ctypes.c_int * 4
    library.sws_scale(context, planes(pointer(frame)), strides(frame.strides[0]), 0,
                      frame.shape[0], planes(pointer(out)), strides(out.strides[0]))
    library.sws_freeContext(context)
    out = out[:, :size[0] * n].copy()
    return out if n == 1 else out.reshape(size[1], size[0], n)


def libyuv_box(frame, size):
    """libyuv's ScalePlane by kFilterBox, a component at a time."""
    box = 3
    library = ctypes.CDLL(ctypes.util.find_library("yuv"))
    planes = []
    for i in range(components(frame)):
        plane = np.ascontiguousarray(np.atleast_3d(frame)[:, :, i])
        out = np.zeros(size[::-1], np.uint8)
        library.ScalePlane(pointer(plane), plane.shape[1], plane.shape[1], plane.shape[0],
                           pointer(out), size[0], size[0], size[1], box)
        planes.append(out)
    return planes[0] if frame.ndim == 2 else np.dstack(planes)

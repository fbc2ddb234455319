# SPDX-License-Identifier: LGPL-2.1-or-later
"""What scalers do to pictures whose right result is known."""

import numpy as np

import scalers

# --- aliasing: a wave, its frequency in cycles an output pixel ---

FREQUENCIES = [0.1, 0.25, 0.4, 0.6, 0.75, 0.9, 1.1, 1.25, 1.4]
WAVE_RATIO = 3


def wave(frequency):
    """A wave along x, 1920 pixels wide, each output row in another phase."""
    x = (np.arange(1920) + 0.5) / WAVE_RATIO
    phase = np.arange(64).repeat(WAVE_RATIO)[:, None] / 64
    signal = np.sin(2 * np.pi * (frequency * x + phase))
    return np.round(127.5 + 120 * signal).astype(np.uint8)


def kept_energy(scale, frequency):
    """Decibels of the wave's energy that the output has, edges left out."""
    frame = wave(frequency)
    out = scale(frame, (frame.shape[1] // WAVE_RATIO, frame.shape[0] // WAVE_RATIO))
    energy = np.var(out[:, 32:-32].astype(float)) / np.var(frame.astype(float))
    return 10 * np.log10(max(energy, 1e-6))


# --- brightness: a checkerboard of single pixels ---

def srgb_to_light(code):
    v = np.asarray(code) / 255
    return np.where(v <= 0.04045, v / 12.92, ((v + 0.055) / 1.055) ** 2.4)


def checkerboard():
    y, x = np.indices((256, 256))
    return np.repeat(((x + y) % 2 * 255).astype(np.uint8)[:, :, None], 3, axis=2)


def brightness(scale):
    """The mean code value of a checkerboard at half its size, and its light in percent
    of that of the checkerboard."""
    out = scale(checkerboard(), (128, 128))[8:-8, 8:-8]
    light = 100 * srgb_to_light(out).mean() / srgb_to_light(checkerboard()).mean()
    return out.mean(), light


# --- fringes: an opaque disc on transparent pixels of another colour ---

SPRITE_SIZE = 264
SPRITE_OUT = (80, 80)


def sprite():
    """Red, on transparent green."""
    y, x = np.indices((SPRITE_SIZE, SPRITE_SIZE)) + 0.5 - SPRITE_SIZE / 2
    inside = np.hypot(x, y) < 0.4 * SPRITE_SIZE
    return np.where(inside[:, :, None], [255, 0, 0, 255], [0, 255, 0, 0]).astype(np.uint8)


def over_grey(rgba):
    alpha = rgba[:, :, 3:] / 255
    return rgba[:, :, :3] * alpha + 128 * (1 - alpha)


def fringe(scale):
    """The most by which a component is off on grey, in levels: beside the mean of the
    sprite on grey."""
    out = over_grey(scale(sprite(), SPRITE_OUT))
    right = over_grey(sprite())
    rows = scalers.coverage_weights(SPRITE_SIZE, SPRITE_OUT[1])
    right = np.einsum("yr,rcn,xc->yxn", rows, right, rows, optimize=True)
    return np.abs(out - right).max()


# --- chroma: an edge of colour on an edge of light ---

EDGE_SIZE = (1280, 64)
EDGE = 601.3  # luma pixels from the left


def covered(n, edge):
    """How much of each of n samples lies left of an edge, in samples from the first."""
    return (edge - np.arange(n)).clip(0, 1)


def levels(part):
    return np.round(64 + 128 * (1 - part)).astype(np.uint8)


def edge_frame():
    """I420, chroma co-sited with the even columns."""
    width, height = EDGE_SIZE
    luma = np.tile(levels(covered(width, EDGE)), height)
    chroma = np.tile(levels(covered(width // 2, (EDGE + 0.5) / 2)), height // 2)
    return np.concatenate([luma, chroma, chroma]).tobytes()


def edge_position(row):
    """Samples from the first edge of the row to the edge in it."""
    low, high = float(row[8]), float(row[-8])
    return ((high - row.astype(float)) / (high - low)).sum()


def colour_shift(text, ratio):
    """How far an element moves colour against light, in output pixels to the right."""
    size = EDGE_SIZE[0] // ratio, EDGE_SIZE[1]
    fields = ",colorimetry=bt709,chroma-site=mpeg2"
    data = scalers.run_element(f"{text} add-borders=false", edge_frame(),
                               scalers.caps_of("I420", EDGE_SIZE, fields),
                               scalers.caps_of("I420", size, fields))
    data = np.frombuffer(data, np.uint8)
    stride = scalers.plane_stride(size[0])
    chroma = stride * size[1]
    luma = edge_position(data[:size[0]])
    colour = edge_position(data[chroma:chroma + size[0] // 2])
    return 2 * colour - 0.5 - luma

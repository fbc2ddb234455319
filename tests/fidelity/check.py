#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Compares areascale with those whose pixels it promises, on noise, at random sizes up
and down: the definitions of PyTorch and TensorFlow, and PyTorch, OpenCV and Pillow
themselves where they are installed.

Usage: check.py [SEED]
"""

import random
import sys

import numpy as np

import scalers

N_SIZES = 24

ADAPTIVE = scalers.element("areascale")
COVERAGE = scalers.element("areascale method=coverage")


def adaptive_area(frame, size):
    """The definition of adaptive_avg_pool2d, in whole numbers."""
    rows = [slice(y * frame.shape[0] // size[1], -(-(y + 1) * frame.shape[0] // size[1]))
            for y in range(size[1])]
    columns = [slice(x * frame.shape[1] // size[0], -(-(x + 1) * frame.shape[1] // size[0]))
               for x in range(size[0])]
    out = np.zeros((size[1], size[0], *frame.shape[2:]), np.uint8)
    for y, row in enumerate(rows):
        for x, column in enumerate(columns):
            window = frame[row, column].astype(np.int64)
            area = window.shape[0] * window.shape[1]
            out[y, x] = (window.sum((0, 1)) * 2 + area) // (2 * area)
    return out


def opencv_shrinks(frame, size):
    """INTER_AREA is an area where it shrinks both sides; None elsewhere."""
    if size[0] > frame.shape[1] or size[1] > frame.shape[0]:
        return None
    return scalers.opencv_area(frame, size)


def is_exact(ours, theirs, _frame):
    return np.array_equal(ours, theirs)


def differs_at_halves(ours, theirs, frame):
    """By one, where the mean is a half to the precision of 32-bit floats."""
    size = ours.shape[1::-1]
    mean = scalers.coverage_mean(frame, size)
    at_half = np.abs(mean - np.floor(mean) - 0.5) < 1e-3
    difference = np.abs(ours.astype(int) - theirs)
    return difference.max() <= 1 and not difference[~at_half].any()


def differs_by_one(ours, theirs, _frame):
    return np.abs(ours.astype(int) - theirs).max() <= 1


# Name, whether it is there, scaler, ours, what must hold. OpenCV rounds halves to even,
# Pillow multiplies by a rounded reciprocal.
PEERS = [
    ("adaptive_avg_pool2d's definition", True, adaptive_area, ADAPTIVE, is_exact),
    ("resize_area's definition", True, scalers.tensorflow_area, COVERAGE, is_exact),
    ("PyTorch", scalers.torch, scalers.torch_area, ADAPTIVE, is_exact),
    ("OpenCV", scalers.cv2, opencv_shrinks, COVERAGE, differs_at_halves),
    ("Pillow", scalers.Image, scalers.pillow_reduce, COVERAGE, differs_by_one),
]


def sizes(seed):
    """Pairs of sizes: any, and whole ratios for those that can do no other."""
    numbers = random.Random(seed)
    side = lambda: numbers.randint(1, 150)
    for i in range(N_SIZES):
        out = side(), side()
        ratio = numbers.randint(1, 6), numbers.randint(1, 6)
        if i % 2:
            yield (out[0] * ratio[0], out[1] * ratio[1]), out
        else:
            yield (side(), side()), out


def check(peer, frames):
    """Prints what the peer says to each frame; whether all is right."""
    name, _, scale, ours, holds = peer
    compared = right = 0
    for frame, size in frames:
        theirs = scale(frame, size)
        if theirs is None:
            continue
        compared += 1
        if holds(ours(frame, size), theirs, frame):
            right += 1
        else:
            print(f"{name}: {frame.shape[1]}x{frame.shape[0]} to {size[0]}x{size[1]} differs")
    print(f"{name}: {right} of {compared} sizes agree")
    return right == compared > 0


def main(seed):
    noise = np.random.default_rng(seed)
    frames = [(noise.integers(0, 256, (*size[::-1], 3), np.uint8), out)
              for size, out in sizes(seed)]
    return 0 if all([check(peer, frames) for peer in PEERS if peer[1]]) else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1))

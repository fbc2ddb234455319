#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Hashes of frames by each mean, in fractions, as the element must make them.

means.py > means.txt

A line is a frame of planar 8-bit YUV:

    FORMAT IN_WIDTH IN_HEIGHT OUT_WIDTH OUT_HEIGHT MODE SITE BOTTOM METHOD KEEP HASH
"""

from fractions import Fraction
from math import floor

# log2 of the luma samples of a row and of a column that share a chroma sample
SUBSAMPLING = {"I420": (1, 1), "Y42B": (1, 0), "Y41B": (2, 0), "YUV9": (2, 2)}
SITES = {"jpeg": (False, False), "mpeg2": (True, False), "cosited": (True, True)}
SIZES = [(37, 22, 15, 9), (24, 16, 37, 25), (33, 19, 12, 19)]


def noise():
    state = 1
    while True:
        state = (state * 1664525 + 1013904223) % 2 ** 32
        yield state >> 24


def centre(k, shared, cosited, field):
    """Where sample k lies, in luma samples of its frame or field."""
    first = Fraction(0) if cosited else Fraction(shared - 1, 2)
    if field is None:
        return shared * k + first + Fraction(1, 2)
    return (shared * (2 * k + field) + first - field) / 2 + Fraction(1, 2)


def intervals(n, luma, shared, cosited, field):
    """The part of the picture, from 0 to 1, that each sample covers."""
    for k in range(n):
        c = centre(k, shared, cosited, field)
        yield (c - Fraction(shared, 2)) / luma, (c + Fraction(shared, 2)) / luma


def weights(sides, shared, cosited, field, keep, coverage):
    """For each output sample: pairs of an input sample and its weight."""
    covered = [list(intervals(n, luma, shared, cosited, field) if keep else
                    intervals(n, n, 1, True, None)) for n, luma in sides]
    for begin, end in covered[1]:
        parts = [(k, min(end, e) - max(begin, b))
                 for k, (b, e) in enumerate(covered[0])]
        parts = [(k, part if coverage else 1) for k, part in parts if part > 0]
        last = len(covered[0]) - 1
        yield parts or [(0 if begin < covered[0][0][0] else last, 1)]


def scale(plane, rows, columns):
    columns = list(columns)
    for row in rows:
        line = []
        for column in columns:
            area = sum(w for _, w in row) * sum(w for _, w in column)
            mean = sum(v * sum(w * plane[y][x] for x, w in column)
                       for y, v in row) / Fraction(area)
            line.append(floor(mean + Fraction(1, 2)))
        yield line


def ceil_div(a, b):
    return -(-a // b)


def frame_hash(fmt, sizes, mode, site, bottom, coverage, keep):
    lines = 2 if mode == "alternate" else 1
    luma = (sizes[0], ceil_div(sizes[1], lines)), (sizes[2], ceil_div(sizes[3], lines))
    values = noise()
    digest = 0xcbf29ce484222325
    for component in range(3):
        w, h = (1 << s if component else 1 for s in SUBSAMPLING[fmt])
        widths, heights = ([ceil_div(size[axis], shared) for size in luma]
                           for axis, shared in ((0, w), (1, h)))
        plane = [[next(values) for _ in range(widths[0])] for _ in range(heights[0])]
        columns = list(weights([(widths[i], luma[i][0]) for i in (0, 1)], w,
                               SITES[site][0], None, keep, coverage))
        out = [None] * heights[1]
        n = 2 if mode == "interleaved" else 1
        for f in range(n):
            field = f if n == 2 else bottom if mode == "alternate" else None
            rows = weights([(len(range(f, heights[i], n)), len(range(f, luma[i][1], n)))
                            for i in (0, 1)], h, SITES[site][1], field, keep, coverage)
            out[f::n] = scale(plane[f::n], rows, columns)
        for value in (value for line in out for value in line):
            digest = (digest ^ value) * 0x100000001b3 % 2 ** 64
    return digest


def main():
    for fmt in SUBSAMPLING:
        for i, sizes in enumerate(SIZES):
            for mode in "progressive", "interleaved", "alternate":
                for bottom in range(2 if mode == "alternate" else 1):
                    site = list(SITES)[(i + bottom + len(mode)) % len(SITES)]
                    for coverage in 0, 1:
                        for keep in 0, 1:
                            print(fmt, *sizes, mode, site, bottom, coverage, keep,
                                  "%016x" % frame_hash(fmt, sizes, mode, site, bottom,
                                                       coverage, keep))


if __name__ == "__main__":
    main()

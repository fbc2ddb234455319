#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""PyTorch's adaptive average as the reference of areascale.

pytorch.py golden              writes golden.txt to standard output
pytorch.py compare TOOL [N [SEED]]
                               compares N random planes with what TOOL
                               (tests/kernel/scale-stream.c) makes of them;
                               exits with 77 when PyTorch is not installed
"""

import random
import struct
import subprocess
import sys

try:
    import torch
except ImportError:
    print("PyTorch is not installed")
    sys.exit(77)

# Means are multiples of 1 / area, and areas stay far below 2^32: this turns a
# tie that came out one rounding error too low into the tie, and nothing else.
TIE = 2.0 ** -33

# (in_width, in_height, out_width, out_height, channels, depth)
GOLDEN = [
    (15, 17, 10, 11, 1, 8),
    (15, 17, 10, 11, 1, 10),
    (15, 17, 10, 11, 1, 16),
    (10, 11, 15, 17, 1, 8),
    (16, 12, 8, 4, 1, 8),
    (13, 9, 7, 5, 2, 8),
    (13, 9, 7, 5, 3, 8),
    (13, 9, 7, 5, 4, 12),
    (31, 1, 9, 1, 1, 8),
    (1, 29, 1, 12, 1, 8),
    (24, 18, 1, 1, 1, 8),
    (3, 2, 7, 5, 1, 8),
    (20, 3, 6, 8, 1, 8),
]


def scale(samples, in_width, in_height, out_width, out_height, channels):
    """floor(mean + 1/2) of every window; samples interleaved, in and out."""
    plane = torch.tensor(samples, dtype=torch.float64)
    plane = plane.reshape(in_height, in_width, channels).permute(2, 0, 1)
    pool = torch.nn.AdaptiveAvgPool2d((out_height, out_width))
    means = pool(plane.unsqueeze(0))[0].permute(1, 2, 0)
    return torch.floor(means + 0.5 + TIE).long().flatten().tolist()


def noise(rng, case):
    in_width, in_height, _, _, channels, depth = case
    return [rng.randrange(1 << depth)
            for _ in range(in_width * in_height * channels)]


def golden():
    rng = random.Random(1)
    for case in GOLDEN:
        samples = noise(rng, case)
        for numbers in (case, samples, scale(samples, *case[:5])):
            print(*numbers)


def random_case(rng):
    def size():
        return rng.randint(1, rng.choice((4, 30, 120)))
    return (size(), size(), size(), size(), rng.randint(1, 4),
            rng.randint(1, 16))


def compare(tool, n=300, seed=1):
    rng = random.Random(seed)
    with subprocess.Popen([tool], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE) as process:
        for _ in range(n):
            case = random_case(rng)
            samples = noise(rng, case)
            process.stdin.write(b"%d %d %d %d %d %d\n" % case)
            process.stdin.write(struct.pack("=%dH" % len(samples), *samples))
            process.stdin.flush()
            expected = scale(samples, *case[:5])
            data = process.stdout.read(2 * len(expected))
            if data != struct.pack("=%dH" % len(expected), *expected):
                print("seed %d: %dx%d -> %dx%d, %d channels, depth %d differs"
                      % (seed, *case))
                return 1
        process.stdin.close()
        if process.wait() != 0:
            print("%s failed" % tool)
            return 1
    print("%d planes are equal (seed %d)" % (n, seed))
    return 0


def main(argv):
    if argv[1:] == ["golden"]:
        golden()
        return 0
    if len(argv) in (3, 4, 5) and argv[1] == "compare":
        return compare(argv[2], *map(int, argv[3:]))
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv))

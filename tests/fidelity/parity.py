# SPDX-License-Identifier: LGPL-2.1-or-later
"""Which scaler gives the samples of which: shares of differing samples, and the largest
difference."""

import numpy as np

import scalers

OURS = {
    "adaptive": scalers.element("areascale"),
    "coverage": scalers.element("areascale method=coverage"),
}

OTHERS = {
    "PyTorch `area`": scalers.torch_area,
    "TensorFlow's `resize_area`": scalers.tensorflow_area,
    "OpenCV `INTER_AREA`": scalers.opencv_area,
    "Pillow `BOX`": scalers.pillow_box,
    "Pillow `reduce`": scalers.pillow_reduce,
    "swscale `area`": scalers.swscale_area,
    "libyuv `kFilterBox`": scalers.libyuv_box,
} | {
    f"videoscale `{method}`": scalers.element(f"videoscale method={method}")
    for method in ["nearest-neighbour", "bilinear", "4-tap", "lanczos", "bilinear2",
                   "mitchell"]
}


def noise(size):
    return np.random.default_rng(1).integers(0, 256, (*size[::-1], 3), np.uint8)


def difference(ours, other):
    """As the tables have it: the same, or how many differ and by how much at most."""
    difference = np.abs(ours.astype(int) - other)
    share = np.count_nonzero(difference) / difference.size
    if share == 0:
        return "the same"
    percent = f"{100 * share:.1f}" if share >= 0.001 else f"{100 * share:.3f}"
    return f"{percent} %, {difference.max()}"


def rows(name, frame, sizes):
    """The cells of each other scaler: at each size, against each method of ours."""
    ours = {size: [scale(frame, size) for scale in OURS.values()] for size in sizes}
    for other, scale in OTHERS.items():
        cells = []
        for size in sizes:
            out = scale(frame, size)
            cells += ["–" if out is None else difference(mine, out) for mine in ours[size]]
        yield f"{name}, {other}", cells


def table(name, frame, sizes):
    """A table in Markdown."""
    heads = [f"{method}, {w}x{h}" for w, h in sizes for method in OURS]
    lines = ["| " + " | ".join([f"{name} {frame.shape[1]}x{frame.shape[0]}"] + heads) + " |",
             "|" + "---|" * (len(heads) + 1)]
    for label, cells in rows(name, frame, sizes):
        lines.append("| " + " | ".join([label.split(", ", 1)[1]] + cells) + " |")
    return "\n".join(lines)

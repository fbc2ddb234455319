# SPDX-License-Identifier: LGPL-2.1-or-later
"""The picture of docs/fidelity.md: what the figures look like."""

import numpy as np
from PIL import Image, ImageDraw

import quality

SIDE = 240
GAP = 4
LABEL = 16


def zone_plate():
    """Rings up to one cycle in 1.2 pixels of the input, at the middle of each side."""
    y, x = np.indices((3 * SIDE, 3 * SIDE)) - 1.5 * SIDE
    phase = np.pi * (x * x + y * y) / (3 * SIDE) * 0.9
    grey = np.round(127.5 + 127 * np.cos(phase)).astype(np.uint8)
    return np.repeat(grey[:, :, None], 3, axis=2)


def zone_panel(scale):
    return scale(zone_plate(), (SIDE, SIDE))


def checker_panel(scale):
    """The scaled checkerboard around a square of the grey that it is of."""
    out = scale(quality.checkerboard(), (128, 128))
    panel = np.repeat(np.repeat(out, 2, 0), 2, 1)[:SIDE, :SIDE].copy()
    panel[SIDE // 3:2 * SIDE // 3, SIDE // 3:2 * SIDE // 3] = 188
    return panel


def sprite_panel(scale):
    out = scale(quality.sprite(), quality.SPRITE_OUT)
    grey = np.round(quality.over_grey(out)).astype(np.uint8)
    return np.repeat(np.repeat(grey, 3, 0), 3, 1)


def montage(rows):
    """rows: each a list of (label, panel)."""
    width = (SIDE + GAP) * len(rows[0]) + GAP
    height = (SIDE + LABEL + GAP) * len(rows) + GAP
    sheet = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(sheet)
    for r, row in enumerate(rows):
        for c, (label, panel) in enumerate(row):
            x, y = GAP + c * (SIDE + GAP), GAP + r * (SIDE + LABEL + GAP)
            draw.text((x, y), label, fill="black")
            sheet.paste(Image.fromarray(panel), (x, y + LABEL))
    return sheet


def save(path, columns):
    """columns: for each row of panels, the scalers beside each other."""
    panels = [zone_panel, checker_panel, sprite_panel]
    rows = [[(name, panel(scale)) for name, scale in column.items()]
            for panel, column in zip(panels, columns)]
    sheet = montage(rows).quantize(255, dither=Image.Dither.NONE)
    sheet.save(path, optimize=True)

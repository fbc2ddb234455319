#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes docs/fidelity.md and docs/fidelity.png.

Usage: report.py VIDEO DIRECTORY
"""

import sys

import parity
import picture
import quality
import scalers

FOOTAGE_SIZES = [(384, 288), (256, 192), (320, 240), (608, 456)]
NOISE_SIZES = [(960, 540), (640, 360), (608, 608)]
RATIOS = [1, 2, 3, 4]

AREASCALE = "areascale"
COVERAGE = "areascale method=coverage"
SITED = "areascale keep-chroma-site=true"
COVERAGE_SITED = "areascale method=coverage keep-chroma-site=true"
LINEAR = "areascale gamma-decode=true"
WEIGHTED = "areascale weight-by-alpha=true"
VIDEOSCALE = "videoscale"

TEXT = """\
# Fidelity

What `areascale` gives beside other scalers, in figures that anybody can make again:

    sh tests/fidelity.sh VIDEO

<!-- Written by tests/fidelity.sh; {versions}. -->

## Whose samples are these?

Each cell: how many samples of an RGB frame differ, and the largest difference. The rows of
PyTorch and TensorFlow are their definitions in 64-bit floats, halves rounded up. OpenCV
computes in 32-bit floats, Pillow rounds after each axis.

{footage}

{noise}

## Aliasing

The energy, in decibels, that is left of a wave after scaling to a third of its width. The
output can show half a cycle a pixel; what is left beyond it is aliased. A box keeps the
fine detail of a picture and damps what it cannot show; wider filters damp more of both.
Two taps damp nothing.

{aliasing}

## Brightness

A checkerboard of single black and white pixels in sRGB, at half its size. Half of its light
is the code 188; the mean of its codes is 128. `gamma-decode` averages light.

{brightness}

## Fringes

An opaque red disc on transparent green pixels, scaled by 3.3 and laid on grey: by how many
levels a component is off at most. `weight-by-alpha` leaves the colour of transparent
pixels out.

{fringes}

## The place of colour

An edge of colour that lies on an edge of light, 4:2:0 with left-sited chroma
(`chroma-site=mpeg2`): by how many hundredths of an output pixel it is moved to the right.
The windows of `adaptive` cover whole samples, so that it keeps the place with
`keep-chroma-site` to the nearest sample; those of `coverage` keep it exactly.

{colour}

## Pictures

A zone plate at a third, a checkerboard around the grey that it is of, a sprite on grey
(three times its size).

![Panels of three scalers each](fidelity.png)
"""


def footage(path):
    """The hundredth frame of a video, RGB."""
    video = scalers.cv2.VideoCapture(path)
    video.set(scalers.cv2.CAP_PROP_POS_FRAMES, 100)
    ok, frame = video.read()
    if not ok:
        sys.exit(f"{path}: cannot read its hundredth frame")
    return frame[:, :, ::-1].copy()


def table(heads, rows):
    lines = ["| " + " | ".join(heads) + " |", "|---" + "|---:" * (len(heads) - 1) + "|"]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def named(*texts):
    return {f"`{text}`": scalers.element(text) for text in texts}


def signed(value, digits):
    """With a minus sign, and none before zero."""
    return f"{round(value, digits) + 0.0:.{digits}f}".replace("-", "−")


def aliasing():
    every = named(AREASCALE, VIDEOSCALE, "videoscale method=bilinear2",
                  "videoscale method=lanczos") | {
        "OpenCV `INTER_AREA`": scalers.opencv_area, "libyuv `kFilterBox`": scalers.libyuv_box}
    return table(["cycles an output pixel"] + [str(f) for f in quality.FREQUENCIES],
                 [[name] + [signed(quality.kept_energy(scale, f), 1) for f
                            in quality.FREQUENCIES] for name, scale in every.items()])


def brightness():
    rows = []
    for name, scale in (named(AREASCALE, LINEAR, VIDEOSCALE, "videoscale gamma-decode=true")
                        | {"OpenCV `INTER_AREA`": scalers.opencv_area,
                           "Pillow `BOX`": scalers.pillow_box}).items():
        code, light = quality.brightness(scale)
        rows.append([name, f"{code:.0f}", f"{light:.0f} %"])
    return table(["scaler", "code", "light"], rows)


def fringes():
    every = named(AREASCALE, COVERAGE, WEIGHTED, f"{WEIGHTED} method=coverage", VIDEOSCALE) | {
        "OpenCV `INTER_AREA`": scalers.opencv_area, "Pillow `BOX`": scalers.pillow_box,
        "swscale `area`": scalers.swscale_area}
    return table(["scaler", "levels"], [[name, f"{quality.fringe(scale):.1f}"]
                                        for name, scale in every.items()])


def colour():
    every = [AREASCALE, COVERAGE, SITED, COVERAGE_SITED, VIDEOSCALE,
             "videoscale method=bilinear2", "videoscale method=lanczos"]
    return table(["element"] + [f"1:{ratio}" for ratio in RATIOS],
                 [[f"`{text}`"] + [signed(100 * quality.colour_shift(text, ratio), 0) for ratio
                                   in RATIOS] for text in every])


def versions():
    return ", ".join([f"GStreamer {'.'.join(map(str, scalers.Gst.version()[:3]))}",
                      f"OpenCV {scalers.cv2.__version__}",
                      f"Pillow {scalers.Image.__version__}",
                      f"PyTorch {scalers.torch.__version__}"])


def main(video, directory):
    print("==> pictures", flush=True)
    element = scalers.element
    picture.save(f"{directory}/fidelity.png", [
        {text: element(text) for text in texts} for texts in [
            [VIDEOSCALE, AREASCALE, "videoscale method=lanczos"],
            [VIDEOSCALE, AREASCALE, LINEAR],
            [VIDEOSCALE, AREASCALE, WEIGHTED]]])
    print("==> tables", flush=True)
    text = TEXT.format(
        versions=versions(),
        footage=parity.table("footage", footage(video), FOOTAGE_SIZES),
        noise=parity.table("noise", parity.noise((1920, 1080)), NOISE_SIZES),
        aliasing=aliasing(), brightness=brightness(), fringes=fringes(), colour=colour())
    with open(f"{directory}/fidelity.md", "w", encoding="utf-8") as file:
        file.write(text)
    print(f"==> {directory}/fidelity.md, {directory}/fidelity.png", flush=True)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])

/* GStreamer areascale: the element that converts formats too
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/**
 * SECTION:element-areaconvertscale
 * @title: areaconvertscale
 * @short_description: scales and converts video by exact area averaging
 *
 * Resizes raw video as #areascale does and converts its format and colours in the
 * same pass over the input, as if the frame had been converted at its full size in
 * exact arithmetic, then averaged, then rounded once.
 *
 * Every component of the input is averaged straight from its own grid to the grid
 * on which the output needs it, by the same windows and #GstAreaTransform:method:
 * of 4:2:0, chroma lands at the full size of an R'G'B', 4:4:4 or grey output and
 * never passes through a grid of 4:2:0 of its size. These means keep 16 bits.
 * Then one matrix, in integers, makes the samples of the output, which are rounded
 * half up and clamped. Chroma of the output that is subsampled is the mean over its
 * own window of the input. The result is the same from every processor and any
 * number of threads.
 *
 * Sizes and borders, interlaced video, buffers, events and changes while playing are
 * those of #areascale. So is its speed where the format stays, and its output.
 *
 * ## Formats
 *
 * All raw formats can be made from all others but RGB8P, whose samples are palette
 * indices and have no mean, and those of floats: these only pass through. Where
 * downstream leaves the format open, that of the input stays; where it cannot, the
 * format is chosen that loses least of the picture: bits of its samples first
 * (grey loses all of its chroma), then resolution of chroma, alpha, exactness of
 * colours (between R'G'B' and Y'CbCr), and at last by what is easily made. Of equal
 * ones downstream's first is taken. Even sizes are chosen where the output's chroma
 * wants them, whatever the input's does.
 *
 * ## Colours
 *
 * Range and matrix are converted, by the caps of both sides: between full and
 * limited range, R'G'B' and Y'CbCr, the matrices of two kinds of Y'CbCr, and grey,
 * which is luma. Transfer functions and primaries are not, as by the defaults of
 * videoconvertscale; with #GstAreaTransform:gamma-decode samples are decoded by the
 * transfer function of the input and encoded by that of the output.
 *
 * Colorimetry that downstream does not fix is that of the input where both are
 * R'G'B', Y'CbCr or grey. Otherwise, where the input's caps name it, transfer
 * function and primaries stay and range and matrix are what is usual; where they do
 * not, the output's caps name none either: R'G'B' is sRGB then, and Y'CbCr what is
 * usual at its size. The chroma site stays where the subsampling does. Without
 * #GstAreaTransform:keep-chroma-site it has no influence on samples.
 *
 * ## Alpha
 *
 * Alpha is averaged and converted as another component.
 * #GstAreaConvertScale:alpha-mode can set it to #GstAreaConvertScale:alpha-value or
 * multiply it by that, where the output has it; where the input has none, it is that
 * value, which is opaque unless it is set.
 * The filler of a format like RGBx is opaque too.
 *
 * The border is drawn in the format of the output: #GstAreaTransform:border-color
 * becomes the same colour by its matrix and range, and in R'G'B' of 8 bits stays what
 * it is to the bit.
 *
 * ## Metas
 *
 * Those that describe colours are dropped when colours are converted; all others
 * become what #areascale makes of them.
 *
 * ## Example launch lines
 * |[
 * gst-launch-1.0 filesrc location=in.mp4 ! decodebin ! areaconvertscale border-color=0xff727272 ! video/x-raw,format=RGBP,width=640,height=640,pixel-aspect-ratio=1/1 ! fakesink
 * ]|
 * Makes what the detectors of Ultralytics are fed with: planes of R, G and B of
 * 640x640, the picture in the middle of grey borders of 114.
 * |[
 * gst-launch-1.0 filesrc location=in.mp4 ! decodebin ! areaconvertscale ! video/x-raw,format=RGB,width=640,height=640,pixel-aspect-ratio=1/1 ! pngenc snapshot=true ! filesink location=out.png
 * ]|
 * Keeps the first frame, with black borders, as a PNG file.
 * |[
 * gst-launch-1.0 filesrc location=in.mp4 ! decodebin ! areaconvertscale method=coverage ! video/x-raw,format=GRAY8,width=320 ! videoconvert ! autovideosink
 * ]|
 * Shows luma in full range, 320 pixels wide.
 * |[
 * gst-launch-1.0 filesrc location=in.mp4 ! decodebin ! areaconvertscale alpha-mode=set alpha-value=0.5 ! video/x-raw,format=AYUV,width=320 ! fakesink
 * ]|
 * Makes frames that a compositor draws half transparent.
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "gstareaconvertscale.h"
#include "settings.h"
#include "templates.h"

struct _GstAreaConvertScale
{
  GstAreaTransform parent;
};

G_DEFINE_TYPE (GstAreaConvertScale, gst_area_convert_scale,
    GST_TYPE_AREA_TRANSFORM);
GST_ELEMENT_REGISTER_DEFINE (areaconvertscale, "areaconvertscale",
    GST_RANK_NONE, GST_TYPE_AREA_CONVERT_SCALE);

static void
gst_area_convert_scale_class_init (GstAreaConvertScaleClass * klass)
{
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);

  gst_element_class_set_static_metadata (element_class,
      "Area-averaging video scaler and converter",
      "Filter/Converter/Video/Scaler/Colorspace",
      "Resizes video by exact area averaging and converts its format",
      "areascale developers");
  gst_area_scale_templates_add (element_class);
  gst_area_scale_settings_install_conversion (G_OBJECT_CLASS (klass));
  GST_AREA_TRANSFORM_CLASS (klass)->changes = GST_AREA_CHANGES_ALL;
}

static void
gst_area_convert_scale_init (GstAreaConvertScale * self)
{
  (void) self;
}

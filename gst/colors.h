/* GStreamer areascale: the colours of one format in those of another
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_SCALE_COLORS_H__
#define __GST_AREA_SCALE_COLORS_H__

#include <gst/video/video.h>
#include "conversion.h"

G_BEGIN_DECLS

/**
 * GST_AREA_SCALE_COLOR_BITS:
 *
 * Coefficients are in units of 2^-14.
 */
#define GST_AREA_SCALE_COLOR_BITS 14

/**
 * GstAreaScaleColorKind:
 * @GST_AREA_SCALE_COLOR_CONSTANT: the same in every pixel
 * @GST_AREA_SCALE_COLOR_STRAIGHT: a component of the input, with the same levels but
 *   for the bits that they have
 * @GST_AREA_SCALE_COLOR_SUM: a weighted sum of components of the input
 *
 * What a component of the output is made of.
 */
typedef enum {
  GST_AREA_SCALE_COLOR_CONSTANT,
  GST_AREA_SCALE_COLOR_STRAIGHT,
  GST_AREA_SCALE_COLOR_SUM,
} GstAreaScaleColorKind;

/**
 * GstAreaScaleColor:
 * @kind: what it is made of
 * @matrix: what each component of the input counts, in units of 2^-14; only one
 *   counts, and as much as it is, when @kind is STRAIGHT; each is below 2^17
 * @offset: what is added, in units of 2^-14 of a level
 *
 * A component of the output. Levels are those of 16 bits: values of a lower depth
 * count as if they were its high bits.
 */
typedef struct {
  GstAreaScaleColorKind kind;
  gint32 matrix[GST_VIDEO_MAX_COMPONENTS];
  gint64 offset;
} GstAreaScaleColor;

/**
 * GstAreaScaleColors:
 * @color: the components of the output, in the order of its format
 *
 * The arithmetic between two formats: ranges, R'G'B' and Y'CbCr by the matrix of
 * either side, grey, alpha. Transfer functions and primaries stay.
 */
typedef struct {
  GstAreaScaleColor color[GST_VIDEO_MAX_COMPONENTS];
} GstAreaScaleColors;

/**
 * gst_area_scale_colors_init:
 * @colors: (out caller-allocates): the colours to fill
 * @in: the negotiated input; a matrix that is not known counts as that of BT.601, a
 *   range that is not known as full
 * @out: the negotiated output
 * @conversion: how the one becomes the other
 *
 * Coefficients are rounded to the nearest, and grey stays grey: those of R'G'B' add
 * up to what they should for luma, and to nothing for chroma.
 */
void gst_area_scale_colors_init (GstAreaScaleColors * colors,
    const GstVideoInfo * in, const GstVideoInfo * out,
    const GstAreaConversion * conversion);

/**
 * gst_area_scale_colors_stay:
 * @in: the negotiated input
 * @out: the negotiated output
 * @conversion: (nullable): how the one becomes the other, %NULL: not at all
 *
 * Returns: whether both have one format, and every component stays what it is
 */
gboolean gst_area_scale_colors_stay (const GstVideoInfo * in,
    const GstVideoInfo * out, const GstAreaConversion * conversion);

G_END_DECLS

#endif /* __GST_AREA_SCALE_COLORS_H__ */

/* GStreamer areascale: transfer functions as tables
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_SCALE_CURVE_H__
#define __GST_AREA_SCALE_CURVE_H__

#include <gst/video/video.h>
#include "areascale.h"

G_BEGIN_DECLS

/**
 * GstAreaScaleCodes:
 * @transfer: the transfer function
 * @n_codes: number of codes, which are 0 to @n_codes - 1
 * @zero: the code of the value 0, which may lie between two codes, or outside
 * @unit: codes from the value 0 to the value 1
 * @steps: codes of a level: of what the format stores
 *
 * Codes of R', G', B' or gray. Values below 0 and above 1 are those of limited
 * range beyond black and white, and of YUV that is no R'G'B'.
 */
typedef struct {
  GstVideoTransferFunction transfer;
  gint n_codes;
  gdouble zero;
  gdouble unit;
  gint steps;
} GstAreaScaleCodes;

/**
 * GstAreaScaleLight:
 * @first: the light that is stored as 0
 * @last: the light that is stored as the highest number
 * @bits: bits of a sample that holds light, 16 or 32
 *
 * How light is stored between decoding and encoding.
 */
typedef struct {
  gdouble first;
  gdouble last;
  gint bits;
} GstAreaScaleLight;

/**
 * gst_area_scale_curve_codes:
 * @codes: (out caller-allocates): the codes of a component
 * @info: a negotiated format of R'G'B' or gray
 * @component: one of its components that is not alpha
 */
void gst_area_scale_curve_codes (GstAreaScaleCodes * codes,
    const GstVideoInfo * info, guint component);

/**
 * gst_area_scale_curve_decode:
 * @transfer: a transfer function
 * @value: R', G', B' or gray
 *
 * What gst_video_transfer_function_decode() says from 0 to 1. Above, the curve
 * goes on along the line through its points at 1023/1024 and 1; below, it is
 * odd: minus the light of minus the value.
 *
 * Returns: the light
 */
gdouble gst_area_scale_curve_decode (GstVideoTransferFunction transfer,
    gdouble value);

/**
 * gst_area_scale_curve_is_linear:
 * @transfer: a transfer function
 *
 * Returns: whether values are light, so that there is nothing to decode
 */
gboolean gst_area_scale_curve_is_linear (GstVideoTransferFunction transfer);

/**
 * gst_area_scale_curve_light:
 * @light: (out caller-allocates): how light is stored that comes from one of
 *   @codes and goes to another
 * @codes: codes
 * @n: how many there are, at least 1
 *
 * 16 bits where each level is at least 4 lights above the one before it, so that
 * rounding them costs at most a quarter of a level; 32 bits otherwise.
 */
void gst_area_scale_curve_light (GstAreaScaleLight * light,
    const GstAreaScaleCodes * codes, guint n);

/**
 * gst_area_scale_curve_new:
 * @codes: the codes
 * @code_bytes: bytes of a sample that holds a code
 * @shift: position of the code's lowest bit in it
 * @light: how light is stored
 *
 * Decoded is the nearest light, encoded the nearest code: that of the value
 * whose light it is. Light of 32 bits rises from every code to the next, be it
 * by 1, so that it comes back as the code it was.
 *
 * Returns: (transfer full) (nullable): a curve, or %NULL without memory
 */
AreascaleCurve *gst_area_scale_curve_new (const GstAreaScaleCodes * codes,
    gint code_bytes, gint shift, const GstAreaScaleLight * light);

G_END_DECLS

#endif /* __GST_AREA_SCALE_CURVE_H__ */

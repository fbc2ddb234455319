/* GStreamer areascale: the display aspect ratio of a frame
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_SCALE_SHAPE_H__
#define __GST_AREA_SCALE_SHAPE_H__

#include <glib.h>

G_BEGIN_DECLS

enum
{
  WIDTH,
  HEIGHT,
  N_AXES
};

/**
 * GstAreaScalePar:
 * @n: numerator, 1 to %G_MAXINT
 * @d: denominator, 1 to %G_MAXINT
 *
 * A pixel aspect ratio.
 */
typedef struct {
  gint n, d;
} GstAreaScalePar;

/**
 * GstAreaScaleShape:
 * @size: width and height in pixels, 1 to 32767
 * @par: the pixel aspect ratio
 *
 * What the display aspect ratio of a frame is made of.
 */
typedef struct {
  gint size[N_AXES];
  GstAreaScalePar par;
} GstAreaScaleShape;

/**
 * gst_area_scale_par_sanitized:
 * @n: numerator of a pixel aspect ratio
 * @d: its denominator
 *
 * Returns: n/d, or 1/1 when that is not positive: 0/1 is how some demuxers
 *   write an unknown ratio
 */
GstAreaScalePar gst_area_scale_par_sanitized (gint n, gint d);

/**
 * gst_area_scale_par_equal:
 * @a: a pixel aspect ratio
 * @b: another one
 *
 * Returns: whether they are the same ratio, in whatever terms
 */
gboolean gst_area_scale_par_equal (const GstAreaScalePar * a,
    const GstAreaScalePar * b);

/**
 * gst_area_scale_shape_ratio:
 * @from: a shape
 * @par: a pixel aspect ratio
 * @ratio: (out caller-allocates): two numbers below 2^77
 *
 * Computes sizes of the same display aspect ratio as @from when the pixel
 * aspect ratio is @par: they are to each other as the two elements of @ratio.
 * These, and so the roundings made from them, are exact when the pixel aspect
 * ratio stays, and otherwise while below 2^53.
 */
void gst_area_scale_shape_ratio (const GstAreaScaleShape * from,
    const GstAreaScalePar * par, gdouble ratio[N_AXES]);

/**
 * gst_area_scale_shape_matching_size:
 * @ratio: from gst_area_scale_shape_ratio()
 * @axis: %WIDTH or %HEIGHT
 * @length: the size along @axis
 *
 * Returns: the size along the other axis that goes with it
 */
gdouble gst_area_scale_shape_matching_size (const gdouble ratio[N_AXES],
    gint axis, gint length);

/**
 * gst_area_scale_shape_matching_par:
 * @from: a shape
 * @size: another size
 * @par: (out): the pixel aspect ratio that gives it the display aspect ratio of
 *   @from, exact where its terms fit, otherwise off by less than 2^-31 of it
 *
 * Returns: %FALSE when no pixel aspect ratio is as small or as large as that;
 *   @par is the limit then
 */
gboolean gst_area_scale_shape_matching_par (const GstAreaScaleShape * from,
    const gint size[N_AXES], GstAreaScalePar * par);

/**
 * gst_area_scale_shape_distortion:
 * @a: a positive ratio
 * @b: another one
 *
 * Returns: how many times the larger one is the smaller one, 1 when they are
 *   equal
 */
gdouble gst_area_scale_shape_distortion (gdouble a, gdouble b);

G_END_DECLS

#endif /* __GST_AREA_SCALE_SHAPE_H__ */

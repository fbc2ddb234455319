/* GStreamer areascale: the light of a format's components, and back
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_SCALE_RGB_H__
#define __GST_AREA_SCALE_RGB_H__

#include "curve.h"

G_BEGIN_DECLS

#define GST_AREA_SCALE_N_COLORS 3

/**
 * GstAreaScaleRgb:
 * @info: the negotiated format
 * @n_curves: 1 when one curve serves all colours, otherwise 3
 * @codes: what the curves are of
 * @code_bytes: bytes of a sample that holds a code
 * @curve: the curves
 * @yuv: (nullable): to R'G'B' and back, %NULL where the components are R'G'B' or
 *   gray themselves
 *
 * How components become light, through R'G'B', and light components. Does not
 * change once it is made.
 */
typedef struct {
  GstVideoInfo info;
  guint n_curves;
  GstAreaScaleCodes codes[GST_AREA_SCALE_N_COLORS];
  gint code_bytes;
  AreascaleCurve *curve[GST_AREA_SCALE_N_COLORS];
  AreascaleYuv *yuv;
} GstAreaScaleRgb;

/**
 * gst_area_scale_rgb_n_lights:
 * @in: the negotiated input
 *
 * Returns: how many rows of light its components become: 1 for gray, otherwise 3
 */
guint gst_area_scale_rgb_n_lights (const GstVideoInfo * in);

/**
 * gst_area_scale_rgb_choose:
 * @rgb: (out caller-allocates): zeroed but for its codes; without its curves yet
 * @info: the negotiated format
 * @n_lights: rows of light that go in or out
 *
 * Returns: %FALSE when its components have several depths and are no R'G'B'
 */
gboolean gst_area_scale_rgb_choose (GstAreaScaleRgb * rgb,
    const GstVideoInfo * info, guint n_lights);

/**
 * gst_area_scale_rgb_init:
 * @rgb: what gst_area_scale_rgb_choose() has chosen; to be cleared in any case
 * @light: how light is stored
 *
 * Returns: %FALSE without memory
 */
gboolean gst_area_scale_rgb_init (GstAreaScaleRgb * rgb,
    const GstAreaScaleLight * light);

/**
 * gst_area_scale_rgb_clear:
 * @rgb: what nothing uses
 */
void gst_area_scale_rgb_clear (GstAreaScaleRgb * rgb);

/**
 * gst_area_scale_rgb_curve:
 * @rgb: curves
 * @color: 0 R', 1 G', 2 B'
 *
 * Returns: the curve of that colour
 */
static inline const AreascaleCurve *
gst_area_scale_rgb_curve (const GstAreaScaleRgb * rgb, guint color)
{
  return rgb->curve[color < rgb->n_curves ? color : 0];
}

G_END_DECLS

#endif /* __GST_AREA_SCALE_RGB_H__ */

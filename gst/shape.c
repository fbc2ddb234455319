/* GStreamer areascale: the display aspect ratio of a frame
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "shape.h"

GstAreaScalePar
gst_area_scale_par_sanitized (gint n, gint d)
{
  GstAreaScalePar par = { n, d };

  if (n <= 0 || d <= 0)
    par.n = par.d = 1;
  return par;
}

gboolean
gst_area_scale_par_equal (const GstAreaScalePar * a, const GstAreaScalePar * b)
{
  /* below 2^62 */
  return (gint64) a->n * b->d == (gint64) b->n * a->d;
}

void
gst_area_scale_shape_ratio (const GstAreaScaleShape * from,
    const GstAreaScalePar * par, gdouble ratio[N_AXES])
{
  ratio[WIDTH] = from->size[WIDTH];
  ratio[HEIGHT] = from->size[HEIGHT];
  if (!gst_area_scale_par_equal (&from->par, par)) {
    ratio[WIDTH] *= (gdouble) from->par.n * par->d;
    ratio[HEIGHT] *= (gdouble) from->par.d * par->n;
  }
}

gdouble
gst_area_scale_shape_matching_size (const gdouble ratio[N_AXES], gint axis,
    gint length)
{
  return length * ratio[!axis] / ratio[axis];
}

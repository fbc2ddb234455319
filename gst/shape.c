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

/* The last convergent of the continued fraction of n/d whose terms fit, and the
 * limits beyond them */
static GstAreaScalePar
par_from_ratio (guint64 n, guint64 d)
{
  guint64 n0 = 0, d0 = 1, n1 = 1, d1 = 0;
  GstAreaScalePar par;

  while (d != 0) {
    guint64 term = n / d, rest = n % d, next;

    if (term > (G_MAXINT - n0) / MAX (n1, 1)
        || term > (G_MAXINT - d0) / MAX (d1, 1))
      break;
    next = term * n1 + n0;
    n0 = n1;
    n1 = next;
    next = term * d1 + d0;
    d0 = d1;
    d1 = next;
    n = d;
    d = rest;
  }
  par.n = d1 == 0 ? G_MAXINT : MAX (n1, 1);
  par.d = n1 == 0 ? G_MAXINT : MAX (d1, 1);
  return par;
}

/* Whether n/d is more than G_MAXINT */
static gboolean
is_beyond_limit (guint64 n, guint64 d)
{
  return n / G_MAXINT > d || (n / G_MAXINT == d && n % G_MAXINT != 0);
}

gboolean
gst_area_scale_shape_matching_par (const GstAreaScaleShape * from,
    const gint size[N_AXES], GstAreaScalePar * par)
{
  /* 15 + 31 + 15 bits */
  guint64 n = (guint64) from->size[WIDTH] * from->par.n * size[HEIGHT];
  guint64 d = (guint64) from->size[HEIGHT] * from->par.d * size[WIDTH];

  *par = par_from_ratio (n, d);
  return !is_beyond_limit (n, d) && !is_beyond_limit (d, n);
}

gdouble
gst_area_scale_shape_distortion (gdouble a, gdouble b)
{
  return a > b ? a / b : b / a;
}

/* GStreamer areascale: the light of a format's components, and back
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <math.h>
#include <string.h>

#include "layout.h"
#include "rgb.h"
#include "siting.h"

/* Y' and the colour differences of a format: the levels of 0, and those from 0 to 1
 * or from -1/2 to 1/2; what R' and B' count for Y'. */
typedef struct
{
  gint depth;
  gint y0, y1, c0, c1;
  gdouble kr, kg, kb;
} Levels;

/* As those of gst_area_scale_curve_codes(). */
static Levels
levels_of (const GstVideoInfo * info)
{
  const GstVideoFormatInfo *finfo = info->finfo;
  gint shift = gst_area_scale_layout_unpacked_bits (finfo) - finfo->depth[0];
  gint offset[GST_VIDEO_MAX_COMPONENTS], scale[GST_VIDEO_MAX_COMPONENTS];
  Levels l = { 0 };

  gst_video_color_range_offsets (info->colorimetry.range,
      gst_video_format_get_info (finfo->unpack_format), offset, scale);
  l.depth = finfo->depth[0];
  l.y0 = offset[0] >> shift;
  l.y1 = scale[0] >> shift;
  l.c0 = offset[1] >> shift;
  l.c1 = scale[1] >> shift;
  if (!gst_video_color_matrix_get_Kr_Kb (info->colorimetry.matrix, &l.kr,
          &l.kb))
    gst_video_color_matrix_get_Kr_Kb (GST_VIDEO_COLOR_MATRIX_BT601, &l.kr,
        &l.kb);
  l.kg = 1 - l.kr - l.kb;
  return l;
}

guint
gst_area_scale_rgb_n_lights (const GstVideoInfo * in)
{
  return GST_VIDEO_INFO_IS_GRAY (in) ? 1 : GST_AREA_SCALE_N_COLORS;
}

static gboolean
has_matrix (const GstVideoInfo * info, guint n_lights)
{
  return GST_VIDEO_INFO_IS_YUV (info) || (GST_VIDEO_INFO_IS_GRAY (info)
      && n_lights > 1);
}

/* So many codes that rounding them changes no level when they come back. */
static gint
steps_of_depth (gint depth)
{
  return depth <= 8 ? 8 : depth <= 12 ? 4 : 2;
}

/* All codes that levels can have, and one on either side for the rounding of
 * coefficients. */
static void
choose_codes (GstAreaScaleCodes * codes, const GstVideoInfo * info)
{
  Levels l = levels_of (info);
  gint steps = steps_of_depth (l.depth), max = (1 << l.depth) - 1;
  gdouble step = 2 * (1 - MIN (l.kr, l.kb)) * l.y1 / l.c1 * steps;
  gdouble low = -steps * l.y0 - step * l.c0;
  gdouble high = steps * (max - l.y0) + step * (max - l.c0);

  codes->transfer = info->colorimetry.transfer;
  codes->zero = 1 - floor (low);
  codes->unit = (gdouble) l.y1 * steps;
  codes->n_codes = (gint) (codes->zero + ceil (high)) + 2;
  codes->steps = steps;
}

gboolean
gst_area_scale_rgb_choose (GstAreaScaleRgb * rgb, const GstVideoInfo * info,
    guint n_lights)
{
  const GstVideoFormatInfo *finfo = info->finfo;
  guint i, n = MIN (finfo->n_components, GST_AREA_SCALE_N_COLORS);
  gboolean alike = TRUE;

  for (i = 1; i < n; i++)
    alike = alike && finfo->depth[i] == finfo->depth[0];

  rgb->info = *info;
  rgb->n_curves = 1;
  rgb->code_bytes = 2;
  if (has_matrix (info, n_lights)) {
    choose_codes (&rgb->codes[0], info);
    rgb->code_bytes = rgb->codes[0].n_codes > 1 << 16 ? 4 : 2;
    return alike;
  }

  rgb->n_curves = alike ? 1 : n;
  for (i = 0; i < rgb->n_curves; i++)
    gst_area_scale_curve_codes (&rgb->codes[i], info, i);
  return TRUE;
}

static gint64
to_fixed (gdouble value, gint bits)
{
  return (gint64) floor (ldexp (value, bits) + 0.5);
}

/* What makes gray of gray, whatever the rounding of the others. */
static void
set_to_rgb (AreascaleYuvSpec * spec, const Levels * l,
    const GstAreaScaleCodes * codes)
{
  gdouble step = (gdouble) l->y1 / l->c1 * codes->steps;
  const gdouble factor[3][2] = {
    {0, 2 * (1 - l->kr) * step},
    {-2 * l->kb * (1 - l->kb) / l->kg * step,
        -2 * l->kr * (1 - l->kr) / l->kg * step},
    {2 * (1 - l->kb) * step, 0},
  };
  gint64 one = G_GINT64_CONSTANT (1) << spec->to_bits;
  gint i;

  for (i = 0; i < 3; i++) {
    gint64 *row = spec->to_rgb[i];

    row[0] = codes->steps * one;
    row[1] = to_fixed (factor[i][0], spec->to_bits);
    row[2] = to_fixed (factor[i][1], spec->to_bits);
    row[3] = (gint64) codes->zero * one - row[0] * l->y0 -
        (row[1] + row[2]) * l->c0;
  }
}

static void
set_from_rgb (AreascaleYuvSpec * spec, const Levels * l,
    const GstAreaScaleCodes * codes)
{
  gdouble u = (gdouble) l->c1 / l->y1 / (2 * (1 - l->kb)) / codes->steps;
  gdouble v = (gdouble) l->c1 / l->y1 / (2 * (1 - l->kr)) / codes->steps;
  const gdouble factor[3][3] = {
    {l->kr / codes->steps, 0, l->kb / codes->steps},
    {-l->kr * u, 0, (1 - l->kb) * u},
    {(1 - l->kr) * v, 0, -l->kb * v},
  };
  gint64 one = G_GINT64_CONSTANT (1) << spec->from_bits;
  gint i;

  for (i = 0; i < 3; i++) {
    gint64 *row = spec->from_rgb[i];
    gint64 gray = i == 0 ? one / codes->steps : 0;

    row[0] = to_fixed (factor[i][0], spec->from_bits);
    row[2] = to_fixed (factor[i][2], spec->from_bits);
    row[1] = gray - row[0] - row[2];
    row[3] = (i == 0 ? l->y0 : l->c0) * one - gray * (gint64) codes->zero;
  }
}

/* Sums of 8 bits fit 32: chroma in 64ths of a level at 4:2:0. */
static gboolean
make_yuv (GstAreaScaleRgb * rgb)
{
  const GstVideoFormatInfo *finfo = rgb->info.finfo;
  gboolean gray = GST_VIDEO_INFO_IS_GRAY (&rgb->info);
  Levels l = levels_of (&rgb->info);
  AreascaleYuvSpec spec = { 0 };
  gint wide = l.depth > 8;

  spec.width = GST_VIDEO_INFO_WIDTH (&rgb->info);
  spec.depth = l.depth;
  spec.w_sub = gray ? 0 : finfo->w_sub[1];
  spec.h_sub = gray ? 0 : finfo->h_sub[1];
  spec.column_site =
      gst_area_scale_siting_of_columns (&rgb->info, spec.w_sub);
  spec.n_codes = rgb->codes[0].n_codes;
  spec.to_bits = wide ? 32 : 10;
  spec.from_bits = wide ? 32 : 19;
  set_to_rgb (&spec, &l, &rgb->codes[0]);
  set_from_rgb (&spec, &l, &rgb->codes[0]);
  areascale_yuv_create (&rgb->yuv, &spec, areascale_cpu_detect (NULL));
  return rgb->yuv != NULL;
}

gboolean
gst_area_scale_rgb_init (GstAreaScaleRgb * rgb,
    const GstAreaScaleLight * light)
{
  guint i;

  for (i = 0; i < rgb->n_curves; i++) {
    rgb->curve[i] = gst_area_scale_curve_new (&rgb->codes[i],
        rgb->code_bytes, 0, light);
    if (rgb->curve[i] == NULL)
      return FALSE;
  }
  return rgb->codes[0].steps == 1 || make_yuv (rgb);
}

void
gst_area_scale_rgb_clear (GstAreaScaleRgb * rgb)
{
  guint i;

  for (i = 0; i < GST_AREA_SCALE_N_COLORS; i++)
    areascale_curve_free (rgb->curve[i]);
  areascale_yuv_free (rgb->yuv);
}

/* GStreamer areascale: the colours of one format in those of another
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <math.h>
#include <string.h>

#include "colors.h"

#define ONE (1 << GST_AREA_SCALE_COLOR_BITS)

#define N_COLORS 3              /* without alpha */

/* What 0 and 1 are in levels: of a colour difference, 0 and a step of 1. */
typedef struct
{
  gint zero;
  gint step;
} Levels;

typedef gdouble Matrix[N_COLORS][N_COLORS];

static gboolean
has_component (const GstVideoInfo * info, guint i)
{
  return i < GST_VIDEO_INFO_N_COMPONENTS (info);
}

/* In levels of 16 bits, those that the range of a lower depth is the high bits of. */
static Levels
levels_of (const GstVideoInfo * info, guint i)
{
  gboolean is_difference = !GST_VIDEO_INFO_IS_RGB (info)
      && (i == GST_VIDEO_COMP_U || i == GST_VIDEO_COMP_V);
  Levels levels = { is_difference ? 0x8000 : 0,
    0x10000 - (0x10000 >> GST_VIDEO_INFO_COMP_DEPTH (info, i))
  };

  if (i != GST_VIDEO_COMP_A
      && info->colorimetry.range == GST_VIDEO_COLOR_RANGE_16_235) {
    levels.zero = is_difference ? 0x8000 : 16 << 8;
    levels.step = is_difference ? 224 << 8 : 219 << 8;
  }
  return levels;
}

static void
get_Kr_Kb (const GstVideoInfo * info, gdouble * kr, gdouble * kb)
{
  if (!gst_video_color_matrix_get_Kr_Kb (info->colorimetry.matrix, kr, kb))
    gst_video_color_matrix_get_Kr_Kb (GST_VIDEO_COLOR_MATRIX_BT601, kr, kb);
}

static gboolean
have_one_matrix (const GstVideoInfo * a, const GstVideoInfo * b)
{
  gdouble a_kr, a_kb, b_kr, b_kb;

  get_Kr_Kb (a, &a_kr, &a_kb);
  get_Kr_Kb (b, &b_kr, &b_kb);
  return a_kr == b_kr && a_kb == b_kb;
}

/* Whether each component means what that with its number means in the other, as far
 * as both have it. */
static gboolean
means_stay (const GstVideoInfo * in, const GstVideoInfo * out)
{
  if (GST_VIDEO_INFO_IS_RGB (in) || GST_VIDEO_INFO_IS_RGB (out))
    return GST_VIDEO_INFO_IS_RGB (in) && GST_VIDEO_INFO_IS_RGB (out);
  return GST_VIDEO_INFO_IS_GRAY (in) || have_one_matrix (in, out);
}

static void
set_identity (Matrix m)
{
  gint i, j;

  for (i = 0; i < N_COLORS; i++) {
    for (j = 0; j < N_COLORS; j++)
      m[i][j] = i == j;
  }
}

static void
set_to_rgb (Matrix m, const GstVideoInfo * info)
{
  gdouble kr, kg, kb;

  if (GST_VIDEO_INFO_IS_RGB (info)) {
    set_identity (m);
    return;
  }

  get_Kr_Kb (info, &kr, &kb);
  kg = 1 - kr - kb;
  m[0][0] = m[1][0] = m[2][0] = 1;
  m[0][1] = 0;
  m[0][2] = 2 * (1 - kr);
  m[1][1] = -2 * kb * (1 - kb) / kg;
  m[1][2] = -2 * kr * (1 - kr) / kg;
  m[2][1] = 2 * (1 - kb);
  m[2][2] = 0;
}

static void
set_from_rgb (Matrix m, const GstVideoInfo * info)
{
  gdouble kr, kg, kb;

  if (GST_VIDEO_INFO_IS_RGB (info)) {
    set_identity (m);
    return;
  }

  get_Kr_Kb (info, &kr, &kb);
  kg = 1 - kr - kb;
  m[0][0] = kr;
  m[0][1] = kg;
  m[0][2] = kb;
  m[1][0] = -kr / (2 * (1 - kb));
  m[1][1] = -kg / (2 * (1 - kb));
  m[1][2] = 0.5;
  m[2][0] = 0.5;
  m[2][1] = -kg / (2 * (1 - kr));
  m[2][2] = -kb / (2 * (1 - kr));
}

/* From one format's components, of 0 to 1 or -1/2 to 1/2, to the other's. */
static void
set_matrix (Matrix m, const GstVideoInfo * in, const GstVideoInfo * out)
{
  Matrix to_rgb, from_rgb;
  gint i, j, k;

  if (means_stay (in, out)) {
    set_identity (m);
    return;
  }

  set_to_rgb (to_rgb, in);
  set_from_rgb (from_rgb, out);
  for (i = 0; i < N_COLORS; i++) {
    for (j = 0; j < N_COLORS; j++) {
      m[i][j] = 0;
      for (k = 0; k < N_COLORS; k++)
        m[i][j] += from_rgb[i][k] * to_rgb[k][j];
    }
  }
}

/* No coefficient of two known matrices and ranges lies so near to the middle of two
 * values that the rounding of another processor's floating point could matter. */
static gint32
to_fixed (gdouble value)
{
  return (gint32) floor (value * ONE + 0.5);
}

/* Makes the coefficients of R'G'B' add up to what the row does, when all three have
 * the same levels: the largest one takes what is missing. */
static void
balance (GstAreaScaleColor * color, const gdouble row[N_COLORS],
    const Levels in[N_COLORS], gint out_step)
{
  gint32 missing =
      to_fixed ((row[0] + row[1] + row[2]) * out_step / in[0].step);
  gint i, largest = 0;

  if (in[0].step != in[1].step || in[0].step != in[2].step)
    return;
  for (i = 0; i < N_COLORS; i++) {
    missing -= color->matrix[i];
    if (ABS (color->matrix[i]) > ABS (color->matrix[largest]))
      largest = i;
  }
  color->matrix[largest] += missing;
}

static GstAreaScaleColorKind
kind_of (const GstAreaScaleColor * color)
{
  guint j, n = 0;
  gboolean whole = TRUE;

  for (j = 0; j < GST_VIDEO_MAX_COMPONENTS; j++) {
    n += color->matrix[j] != 0;
    whole = whole && (color->matrix[j] == 0 || color->matrix[j] == ONE);
  }
  if (n == 0)
    return GST_AREA_SCALE_COLOR_CONSTANT;
  return n == 1 && whole && color->offset == 0 ?
      GST_AREA_SCALE_COLOR_STRAIGHT : GST_AREA_SCALE_COLOR_SUM;
}

static void
set_color (GstAreaScaleColor * color, guint i, const GstVideoInfo * in,
    const GstVideoInfo * out, Matrix m)
{
  Levels to = levels_of (out, i);
  Levels from[N_COLORS] = { {0, 0} };
  guint j, n = MIN (GST_VIDEO_INFO_N_COMPONENTS (in), N_COLORS);

  for (j = 0; j < n; j++) {
    from[j] = levels_of (in, j);
    color->matrix[j] = to_fixed (m[i][j] * to.step / from[j].step);
  }
  if (GST_VIDEO_INFO_IS_RGB (in) && n == N_COLORS)
    balance (color, m[i], from, to.step);

  color->offset = (gint64) to.zero * ONE;
  for (j = 0; j < n; j++)
    color->offset -= (gint64) color->matrix[j] * from[j].zero;
}

static void
set_alpha (GstAreaScaleColor * alpha, const GstVideoInfo * in,
    const GstVideoInfo * out, const GstAreaConversion * conversion)
{
  gint step = levels_of (out, GST_VIDEO_COMP_A).step;
  gboolean counts = has_component (in, GST_VIDEO_COMP_A)
      && conversion->alpha_mode != GST_VIDEO_ALPHA_MODE_SET;
  gint32 value = to_fixed (conversion->alpha_value);

  if (counts && conversion->alpha_mode == GST_VIDEO_ALPHA_MODE_COPY)
    value = ONE;
  if (counts) {
    gint64 from = levels_of (in, GST_VIDEO_COMP_A).step;

    alpha->matrix[GST_VIDEO_COMP_A] =
        (gint32) (((gint64) value * step + from / 2) / from);
  } else {
    alpha->offset = (gint64) value * step;
  }
}

void
gst_area_scale_colors_init (GstAreaScaleColors * colors,
    const GstVideoInfo * in, const GstVideoInfo * out,
    const GstAreaConversion * conversion)
{
  Matrix m;
  guint i;

  memset (colors, 0, sizeof (*colors));
  set_matrix (m, in, out);
  for (i = 0; i < GST_VIDEO_INFO_N_COMPONENTS (out); i++) {
    if (i == GST_VIDEO_COMP_A)
      set_alpha (&colors->color[i], in, out, conversion);
    else
      set_color (&colors->color[i], i, in, out, m);
    colors->color[i].kind = kind_of (&colors->color[i]);
  }
}

gboolean
gst_area_scale_colors_stay (const GstVideoInfo * in, const GstVideoInfo * out,
    const GstAreaConversion * conversion)
{
  GstAreaScaleColors colors;
  guint i;

  if (GST_VIDEO_INFO_FORMAT (in) != GST_VIDEO_INFO_FORMAT (out))
    return FALSE;
  if (conversion == NULL)
    return TRUE;

  gst_area_scale_colors_init (&colors, in, out, conversion);
  for (i = 0; i < GST_VIDEO_INFO_N_COMPONENTS (out); i++) {
    if (colors.color[i].kind != GST_AREA_SCALE_COLOR_STRAIGHT
        || colors.color[i].matrix[i] == 0)
      return FALSE;
  }
  return TRUE;
}

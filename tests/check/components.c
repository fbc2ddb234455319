/* GStreamer areascale: the components of pictures
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "components.h"

/* The unpack functions of some formats read over the end of the last row. */
#define SLACK 0x10000

static gint
unpacked_bits (const GstVideoFormatInfo * finfo)
{
  return finfo->unpack_format == GST_VIDEO_FORMAT_AYUV
      || finfo->unpack_format == GST_VIDEO_FORMAT_ARGB ? 8 : 16;
}

/* Component of a position in an unpacked pixel, -1 for one that is none. */
gint
component_at (const GstVideoFormatInfo * finfo, guint position)
{
  gint i = position == 0 ? 3 : (gint) position - 1;

  return i < (gint) finfo->n_components ? i : -1;
}

gint
depth_at (const GstVideoFormatInfo * finfo, guint position)
{
  gint i = component_at (finfo, position);

  return i < 0 ? unpacked_bits (finfo) : (gint) finfo->depth[i];
}

gint
w_sub_at (const GstVideoFormatInfo * finfo, guint position)
{
  gint i = component_at (finfo, position);

  return i < 0 ? 0 : finfo->w_sub[i];
}

gint
h_sub_at (const GstVideoFormatInfo * finfo, guint position)
{
  gint i = component_at (finfo, position);

  return i < 0 ? 0 : finfo->h_sub[i];
}

/* Formats whose rows have no room for the last V sample at some odd widths. */
gboolean
last_v_is_missing (GstVideoFormat format, gint width)
{
  GstVideoInfo info;

  switch (format) {
    case GST_VIDEO_FORMAT_UYVP:
      /* before GStreamer 1.28 */
      gst_video_info_set_format (&info, format, width, 1);
      return width % 8 == 3
          && GST_VIDEO_INFO_PLANE_STRIDE (&info, 0) < (width + 1) / 2 * 5;
    case GST_VIDEO_FORMAT_NV12_10LE32:
    case GST_VIDEO_FORMAT_NV16_10LE32:
      return width % 6 == 3;
    case GST_VIDEO_FORMAT_NV12_10BE_8L128:
      return width % 2 == 1 && (10 * width + 63) / 64 * 64 < 10 * (width + 1);
    default:
      return FALSE;
  }
}

/* The width to unpack: GStreamer confuses U and V in the last pixel of odd lines
 * of VYUY, and only there; of MT2110T and MT2110R it unpacks whole tiles only. */
static gint
unpacked_width (const Picture * picture)
{
  switch (GST_VIDEO_INFO_FORMAT (&picture->info)) {
    case GST_VIDEO_FORMAT_VYUY:
      return GST_ROUND_UP_2 (picture->width);
#if GST_CHECK_VERSION (1, 24, 0)
    case GST_VIDEO_FORMAT_MT2110T:
    case GST_VIDEO_FORMAT_MT2110R:
      return GST_ROUND_UP_16 (picture->width);
#endif
    default:
      return picture->width;
  }
}

/* Whether a position in an unpacked pixel holds something that is averaged: not
 * where grey pixels have chroma, nor the two bits that belong to no component. */
gboolean
position_counts (const GstVideoFormatInfo * finfo, guint position)
{
#if GST_CHECK_VERSION (1, 28, 0)
  if (finfo->format == GST_VIDEO_FORMAT_BGR10x2_LE
      || finfo->format == GST_VIDEO_FORMAT_RGB10x2_LE)
    return position > 0;
#endif
  return !GST_VIDEO_FORMAT_INFO_IS_GRAY (finfo) || position <= 1;
}

/* Unpacks all lines of a copy that has room behind the last row. */
guint16 *
picture_unpack (const Picture * picture)
{
  const GstVideoFormatInfo *finfo = picture->info.finfo;
  gint bits = unpacked_bits (finfo);
  gsize n = (gsize) picture->width * N_SAMPLES, i;
  guint16 *samples = g_new (guint16, n * picture->height);
  gint width = unpacked_width (picture);
  guint8 *line = g_malloc ((gsize) width * N_SAMPLES * 2);
  gpointer data[GST_VIDEO_MAX_PLANES] = { NULL };
  gint stride[GST_VIDEO_MAX_PLANES] = { 0 };
  gint y;
  guint p;

  for (p = 0; p < finfo->n_planes; p++) {
    stride[p] = picture->frame.stride[p];
    if (GST_VIDEO_FORMAT_INFO_IS_TILED (finfo)) {
      data[p] = g_malloc0 (picture->size[p] + SLACK);
    } else {
      stride[p] = GST_ROUND_UP_8 (picture->row_bytes[p]);
      data[p] = g_malloc0 ((gsize) stride[p] * picture->n_rows[p] + SLACK);
    }
    for (y = 0; y < picture->n_rows[p]; y++)
      memcpy ((guint8 *) data[p] + (gsize) stride[p] * y,
          picture_row (picture, p, y), picture->row_bytes[p]);
  }

  for (y = 0; y < picture->height; y++) {
    finfo->unpack_func (finfo, GST_VIDEO_PACK_FLAG_NONE, line, data, stride,
        0, y, width);
    for (i = 0; i < n; i++)
      samples[n * y + i] = bits == 8 ? line[i] : ((guint16 *) line)[i];
  }

  for (p = 0; p < finfo->n_planes; p++)
    g_free (data[p]);
  g_free (line);
  return samples;
}

void
picture_grid (const Picture * picture, const guint16 * samples,
    guint position, Grid * grid)
{
  const GstVideoFormatInfo *finfo = picture->info.finfo;
  gint w_sub = w_sub_at (finfo, position), h_sub = h_sub_at (finfo, position);
  gint shift = unpacked_bits (finfo) - depth_at (finfo, position);
  gint x, y;

  grid->width = (picture->width + (1 << w_sub) - 1) >> w_sub;
  grid->height = (picture->height + (1 << h_sub) - 1) >> h_sub;
  grid->weight = NULL;
  grid->value = g_new (guint16, (gsize) grid->width * grid->height);
  for (y = 0; y < grid->height; y++) {
    for (x = 0; x < grid->width; x++)
      grid->value[y * grid->width + x] =
          samples[((gsize) (y << h_sub) * picture->width +
              (x << w_sub)) * N_SAMPLES + position] >> shift;
  }
}

/* The V sample that an input row has no room for is the one before. */
void
repeat_last (Grid * grid)
{
  gint y;

  for (y = 0; y < grid->height; y++)
    grid->value[(y + 1) * grid->width - 1] =
        grid->value[(y + 1) * grid->width - 2];
}

/* The border's value by the equations of the standards. */
guint
border_value (const Case * c, const GstVideoFormatInfo * finfo,
    guint position)
{
  static const gdouble coefficients[][2] = {
    [GST_VIDEO_COLOR_MATRIX_FCC] = {0.30, 0.11},
    [GST_VIDEO_COLOR_MATRIX_BT709] = {0.2126, 0.0722},
    [GST_VIDEO_COLOR_MATRIX_BT601] = {0.299, 0.114},
    [GST_VIDEO_COLOR_MATRIX_SMPTE240M] = {0.212, 0.087},
    [GST_VIDEO_COLOR_MATRIX_BT2020] = {0.2627, 0.0593},
  };
  gint depth = depth_at (finfo, position);
  gint max = (1 << depth) - 1;
  gboolean full = c->range != GST_VIDEO_COLOR_RANGE_16_235;
  gdouble step = full ? 1 : (1 << depth) / 256.0;
  gdouble r = ((c->argb >> 16) & 255) / 255.0;
  gdouble g = ((c->argb >> 8) & 255) / 255.0;
  gdouble b = (c->argb & 255) / 255.0;
  gdouble kr = coefficients[c->matrix][0], kb = coefficients[c->matrix][1];
  gdouble y = kr * r + (1 - kr - kb) * g + kb * b;
  gdouble light[N_SAMPLES] = { 0, r, g, b };
  gdouble chroma[N_SAMPLES] = { 0, 0, (b - y) / (2 - 2 * kb),
    (r - y) / (2 - 2 * kr)
  };
  gdouble value;

  if (!GST_VIDEO_FORMAT_INFO_IS_RGB (finfo))
    light[1] = y;

  if (position == 0)
    value = (component_at (finfo, 0) < 0 ? 255 : c->argb >> 24) / 255.0 * max;
  else if (!GST_VIDEO_FORMAT_INFO_IS_RGB (finfo) && position > 1)
    value = (1 << (depth - 1)) + chroma[position] * (full ? max : 224 * step);
  else
    value = full ? light[position] * max : (16 + 219 * light[position]) * step;
  return CLAMP ((gint) (value + 0.5), 0, max);
}

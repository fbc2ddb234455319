/* GStreamer areascale: the colour around the picture
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include "borders.h"

/* R'G'B' as components of a format: R'G'B' itself, or Y' in 0 .. 1 and the
 * colour differences in -0.5 .. 0.5 */
static void
to_components (const GstVideoInfo * info, const gdouble rgb[3],
    gdouble components[3])
{
  gdouble kr, kb, y;

  if (GST_VIDEO_INFO_IS_RGB (info)) {
    memcpy (components, rgb, 3 * sizeof (*rgb));
    return;
  }

  if (!gst_video_color_matrix_get_Kr_Kb (info->colorimetry.matrix, &kr, &kb))
    gst_video_color_matrix_get_Kr_Kb (GST_VIDEO_COLOR_MATRIX_BT601, &kr, &kb);

  y = kr * rgb[0] + (1 - kr - kb) * rgb[1] + kb * rgb[2];
  components[0] = y;
  components[1] = (rgb[2] - y) / (2 * (1 - kb));
  components[2] = (rgb[0] - y) / (2 * (1 - kr));
}

/* The range is defined at the unpacked depth, and the levels of a lower depth
 * are its high bits. */
static guint16
to_sample (gdouble value, gint offset, gint scale, gint shift, gint depth)
{
  gdouble level = (offset >> shift) + (scale >> shift) * value;

  return (guint16) ((guint) CLAMP (level + 0.5, 0, (1 << depth) - 1) << shift);
}

/* Alpha, then the format's components in their order, as samples of an unpacked
 * pixel. */
static void
convert_color (const GstVideoInfo * info, guint32 argb,
    guint16 samples[GST_VIDEO_MAX_COMPONENTS])
{
  const GstVideoFormatInfo *finfo = info->finfo;
  gint bits = gst_area_scale_layout_unpacked_bits (finfo);
  gdouble rgb[3] = { ((argb >> 16) & 0xff) / 255.0,
    ((argb >> 8) & 0xff) / 255.0, (argb & 0xff) / 255.0
  };
  gdouble components[GST_VIDEO_MAX_COMPONENTS];
  gint offset[GST_VIDEO_MAX_COMPONENTS], scale[GST_VIDEO_MAX_COMPONENTS];
  gint i;

  to_components (info, rgb, components);
  components[GST_VIDEO_COMP_A] =
      GST_VIDEO_FORMAT_INFO_N_COMPONENTS (finfo) > GST_VIDEO_COMP_A ?
      (argb >> 24) / 255.0 : 1.0;
  gst_video_color_range_offsets (info->colorimetry.range,
      gst_video_format_get_info (finfo->unpack_format), offset, scale);

  for (i = 0; i < GST_VIDEO_MAX_COMPONENTS; i++) {
    gint depth = i < (gint) finfo->n_components ? (gint) finfo->depth[i] : bits;
    gint position = i == GST_VIDEO_COMP_A ? 0 : i + 1;

    samples[position] = to_sample (components[i], offset[i], scale[i],
        bits - depth, depth);
  }
}

void
gst_area_scale_borders_fill_line (const GstAreaScaleLines * lines,
    const GstVideoInfo * info, guint32 argb, gpointer pixels)
{
  gsize i, n = lines->line_bytes / lines->pixel_bytes * 4;
  guint16 samples[GST_VIDEO_MAX_COMPONENTS];

  convert_color (info, argb, samples);
  for (i = 0; i < n; i++) {
    if (lines->pixel_bytes == 4)
      ((guint8 *) pixels)[i] = (guint8) samples[i % 4];
    else
      ((guint16 *) pixels)[i] = samples[i % 4];
  }
}

/* --- rows of planes --- */

/* A line of border, packed at a width of whole groups: at odd widths the pack
 * functions of NV61 and VYUY confuse U and V. */
gboolean
gst_area_scale_border_init (GstAreaScaleBorder * border,
    const GstAreaScaleLayout * layout, const GstVideoInfo * info)
{
  GstAreaScaleLines *lines = &border->lines;
  guint c;

  border->layout = layout;
  border->info = *info;
  gst_area_scale_lines_init (lines, info);
  border->pixels = g_try_malloc (lines->line_bytes);
  if (border->pixels == NULL)
    return FALSE;

  lines->width = lines->pack_width = GST_ROUND_UP_4 (lines->width);
  for (c = 0; c < layout->n_channels; c++) {
    border->rows.data[c] = g_try_malloc
        (gst_area_scale_channel_row_bytes (&layout->channel[c], lines->width));
    if (border->rows.data[c] == NULL)
      return FALSE;
  }
  return TRUE;
}

void
gst_area_scale_border_clear (GstAreaScaleBorder * border)
{
  gint i;

  for (i = 0; i < GST_VIDEO_MAX_PLANES; i++)
    g_free (border->rows.data[i]);
  g_free (border->pixels);
}

void
gst_area_scale_border_set_color (GstAreaScaleBorder * border, guint32 argb)
{
  gst_area_scale_borders_fill_line (&border->lines, &border->info, argb,
      border->pixels);
  gst_area_scale_lines_pack (&border->lines, &border->rows, 0, border->pixels,
      NULL);
}

void
gst_area_scale_border_draw (const GstAreaScaleBorder * border, guint plane,
    const GstAreaScalePlacement * grid, const GstAreaScaleFrame * frame,
    gint y0, gint y1)
{
  const GstAreaScaleChannel *channel = &border->layout->channel[plane];
  const GstVideoRectangle *content = &grid->content;
  const guint8 *from = border->rows.data[plane];
  gsize left = gst_area_scale_channel_row_bytes (channel, content->x);
  gsize right =
      gst_area_scale_channel_row_bytes (channel, content->x + content->w);
  gsize end = gst_area_scale_channel_row_bytes (channel, grid->out_width);
  gint y;

  for (y = y0; y < y1; y++) {
    guint8 *row =
        (guint8 *) frame->data[plane] + (gssize) frame->stride[plane] * y;

    if (y < content->y || y >= content->y + content->h) {
      memcpy (row, from, end);
    } else {
      memcpy (row, from, left);
      memcpy (row + right, from + right, end - right);
    }
  }
}

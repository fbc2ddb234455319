/* GStreamer areascale: the colour around the picture
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include "borders.h"
#include "layout.h"

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

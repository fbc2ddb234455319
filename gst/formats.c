/* GStreamer areascale: which format loses least
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "formats.h"

#include "engine.h"
#include "layout.h"

#define FAMILY \
  (GST_VIDEO_FORMAT_FLAG_YUV | GST_VIDEO_FORMAT_FLAG_RGB | \
  GST_VIDEO_FORMAT_FLAG_GRAY)

gint
gst_area_loss_compare (const GstAreaLoss * a, const GstAreaLoss * b)
{
  if (a->depth != b->depth)
    return a->depth - b->depth;
  if (a->subsampling != b->subsampling)
    return a->subsampling - b->subsampling;
  if (a->alpha != b->alpha)
    return a->alpha - b->alpha;
  if (a->colour != b->colour)
    return a->colour - b->colour;
  return a->cost - b->cost;
}

static gint
depth_of (const GstVideoFormatInfo * finfo, guint component)
{
  return component < finfo->n_components ? (gint) finfo->depth[component] : 0;
}

static gint
lost_bits (const GstVideoFormatInfo * from, const GstVideoFormatInfo * to,
    guint component)
{
  return MAX (depth_of (from, component) - depth_of (to, component), 0);
}

static gboolean
is_rgb_to_yuv (const GstVideoFormatInfo * from, const GstVideoFormatInfo * to)
{
  return GST_VIDEO_FORMAT_INFO_IS_RGB (from)
      && GST_VIDEO_FORMAT_INFO_IS_YUV (to);
}

static gboolean
has_own_layout (const GstVideoFormatInfo * finfo)
{
  GstAreaScaleLayout layout;

  return gst_area_scale_layout_init_native (&layout, finfo->format);
}

/* How many things change, and a line at a time where the kernels cannot write the
 * planes. */
static gint
cost_of (const GstVideoFormatInfo * from, const GstVideoFormatInfo * to)
{
  return ((from->flags & FAMILY) != (to->flags & FAMILY))
      + (from->depth[0] != to->depth[0])
      + (from->w_sub[1] != to->w_sub[1])
      + (from->h_sub[1] != to->h_sub[1])
      + (depth_of (from, GST_VIDEO_COMP_A) != depth_of (to, GST_VIDEO_COMP_A))
      + !has_own_layout (to);
}

static void
find_loss (const GstVideoFormatInfo * from, const GstVideoFormatInfo * to,
    GstAreaLoss * loss)
{
  guint i;

  memset (loss, 0, sizeof (*loss));
  if (from->format == to->format)
    return;

  for (i = 0; i < GST_VIDEO_COMP_A; i++)
    loss->depth += lost_bits (from, to, i);
  if (depth_of (from, GST_VIDEO_COMP_U) > 0)
    loss->subsampling =
        MAX ((gint) to->w_sub[1] - (gint) from->w_sub[1], 0)
        + MAX ((gint) to->h_sub[1] - (gint) from->h_sub[1], 0);
  loss->alpha = lost_bits (from, to, GST_VIDEO_COMP_A);
  loss->colour = is_rgb_to_yuv (from, to) || is_rgb_to_yuv (to, from);
  loss->cost = 1 + cost_of (from, to);
}

static gboolean
can_become (const GstVideoFormatInfo * from, GstVideoFormat to)
{
  return from->format == to || (gst_area_engine_handles_format (from->format)
      && gst_area_engine_handles_format (to));
}

static void
keep_better (const GstVideoFormatInfo * from, GstVideoFormat next,
    GstVideoFormat * best, GstAreaLoss * loss)
{
  GstAreaLoss of_next;

  if (next == GST_VIDEO_FORMAT_UNKNOWN || !can_become (from, next))
    return;

  find_loss (from, gst_video_format_get_info (next), &of_next);
  if (*best == GST_VIDEO_FORMAT_UNKNOWN
      || gst_area_loss_compare (&of_next, loss) < 0) {
    *best = next;
    *loss = of_next;
  }
}

GstVideoFormat
gst_area_formats_choose (const GstVideoFormatInfo * from,
    const GValue * allowed, GstAreaLoss * loss)
{
  GstVideoFormat best = GST_VIDEO_FORMAT_UNKNOWN, next;
  GstAreaLoss of_next;
  guint i;

  if (allowed == NULL) {
    keep_better (from, from->format, &best, loss);
  } else if (G_VALUE_HOLDS_STRING (allowed)) {
    keep_better (from,
        gst_video_format_from_string (g_value_get_string (allowed)), &best,
        loss);
  } else if (GST_VALUE_HOLDS_LIST (allowed)) {
    for (i = 0; i < gst_value_list_get_size (allowed); i++) {
      next = gst_area_formats_choose (from,
          gst_value_list_get_value (allowed, i), &of_next);
      keep_better (from, next, &best, loss);
    }
  }
  return best;
}

/* GStreamer areascale: where the picture lies in the output
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "placement.h"

#include "shape.h"

void
gst_area_scale_placement_grid (const GstVideoInfo * info, gint * grid_x,
    gint * grid_y)
{
  guint i;

  *grid_x = *grid_y = 1;
  for (i = 0; i < GST_VIDEO_INFO_N_COMPONENTS (info); i++) {
    *grid_x = MAX (*grid_x, 1 << GST_VIDEO_FORMAT_INFO_W_SUB (info->finfo, i));
    *grid_y = MAX (*grid_y, 1 << GST_VIDEO_FORMAT_INFO_H_SUB (info->finfo, i));
  }
  if (GST_VIDEO_INFO_IS_INTERLACED (info))
    *grid_y *= 2;
}

static gboolean
rounds_to (gdouble exact, gint size)
{
  return exact >= size - 0.5 && exact < size + 0.5;
}

/* Centres @content in a frame's side of @frame samples, rounded to @grid */
static void
place_side (gint frame, gdouble content, gint grid, gint * start, gint * length)
{
  gint rounded = (gint) CLAMP (content / grid + 0.5, 1, frame) * grid;

  *length = MIN (rounded, frame);
  *start = (frame - *length) / 2 / grid * grid;
}

void
gst_area_scale_placement_init (GstAreaScalePlacement * placement,
    const GstVideoInfo * in, const GstVideoInfo * out, gboolean add_borders)
{
  GstVideoRectangle *content = &placement->content;
  GstAreaScaleShape from = { {in->width, in->height},
  gst_area_scale_par_sanitized (in->par_n, in->par_d)
  };
  GstAreaScalePar par = gst_area_scale_par_sanitized (out->par_n, out->par_d);
  gdouble ratio[N_AXES], width, height;
  gint grid_x, grid_y;

  placement->in_width = in->width;
  placement->in_height = in->height;
  placement->out_width = content->w = out->width;
  placement->out_height = content->h = out->height;
  content->x = content->y = 0;
  if (!add_borders)
    return;

  gst_area_scale_shape_ratio (&from, &par, ratio);
  width = gst_area_scale_shape_matching_size (ratio, HEIGHT, out->height);
  height = gst_area_scale_shape_matching_size (ratio, WIDTH, out->width);
  if (rounds_to (width, out->width) || rounds_to (height, out->height))
    return;

  gst_area_scale_placement_grid (out, &grid_x, &grid_y);
  if (height < out->height)
    place_side (out->height, height, grid_y, &content->y, &content->h);
  else
    place_side (out->width, width, grid_x, &content->x, &content->w);
}

GstAreaScalePlacement
gst_area_scale_placement_of_buffer (const GstAreaScalePlacement * frame,
    const GstVideoInfo * in, const GstVideoInfo * out)
{
  GstAreaScalePlacement placement = *frame;

  placement.in_height = GST_VIDEO_INFO_FIELD_HEIGHT (in);
  placement.out_height = GST_VIDEO_INFO_FIELD_HEIGHT (out);
  if (GST_VIDEO_INFO_INTERLACE_MODE (out) == GST_VIDEO_INTERLACE_MODE_ALTERNATE) {
    placement.content.y = frame->content.y / 2;
    placement.content.h = (frame->content.h + 1) / 2;
  }
  return placement;
}

GstAreaScalePlacement
gst_area_scale_placement_of_channel (const GstAreaScalePlacement * placement,
    const GstAreaScaleChannel * in, const GstAreaScaleChannel * out)
{
  const GstVideoRectangle *content = &placement->content;
  GstAreaScalePlacement grid;

  grid.in_width = GST_VIDEO_SUB_SCALE (in->w_sub, placement->in_width);
  grid.in_height = GST_VIDEO_SUB_SCALE (in->h_sub, placement->in_height);
  grid.out_width = GST_VIDEO_SUB_SCALE (out->w_sub, placement->out_width);
  grid.out_height = GST_VIDEO_SUB_SCALE (out->h_sub, placement->out_height);
  grid.content.x = content->x >> out->w_sub;
  grid.content.y = content->y >> out->h_sub;
  grid.content.w = GST_VIDEO_SUB_SCALE (out->w_sub, content->w);
  grid.content.h = GST_VIDEO_SUB_SCALE (out->h_sub, content->h);
  return grid;
}

gboolean
gst_area_scale_placement_has_border (const GstAreaScalePlacement * placement)
{
  return placement->content.w != placement->out_width
      || placement->content.h != placement->out_height;
}

gboolean
gst_area_scale_placement_is_identity (const GstAreaScalePlacement * placement)
{
  return placement->in_width == placement->out_width
      && placement->in_height == placement->out_height
      && !gst_area_scale_placement_has_border (placement);
}

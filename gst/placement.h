/* GStreamer areascale: where the picture lies in the output
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_SCALE_PLACEMENT_H__
#define __GST_AREA_SCALE_PLACEMENT_H__

#include <gst/video/video.h>
#include "layout.h"

G_BEGIN_DECLS

/**
 * GstAreaScalePlacement:
 * @in_width: width of the input in pixels
 * @in_height: height of the input in rows
 * @out_width: width of the output in pixels
 * @out_height: height of the output in rows
 * @content: the rectangle of the output that the scaled input fills; the rest is
 *   border
 *
 * Where the picture lies in the output: of whole frames, whose height is that of
 * the caps also for interlaced streams of any mode, or of a buffer, or on the
 * grid of a subsampled channel.
 */
typedef struct {
  gint in_width, in_height;
  gint out_width, out_height;
  GstVideoRectangle content;
} GstAreaScalePlacement;

/**
 * gst_area_scale_placement_grid:
 * @info: a frame
 * @grid_x: (out): the pixels of a row that share a chroma sample
 * @grid_y: (out): the lines that do, those of both fields when it is interlaced
 *
 * Pictures that begin and end on this grid have chroma of their own, and fields
 * that stay what they are.
 */
void gst_area_scale_placement_grid (const GstVideoInfo * info, gint * grid_x,
    gint * grid_y);

/**
 * gst_area_scale_placement_init:
 * @placement: (out caller-allocates): the placement of a frame
 * @in: the negotiated input
 * @out: the negotiated output
 * @add_borders: keep the display aspect ratio by borders where the two differ
 *
 * Computes where the input lies in the output: centred, its start and size on
 * the output's gst_area_scale_placement_grid(), at least one step of it or the
 * whole side. A side that is the nearest to the display aspect ratio has no
 * border.
 */
void gst_area_scale_placement_init (GstAreaScalePlacement * placement,
    const GstVideoInfo * in, const GstVideoInfo * out, gboolean add_borders);

/**
 * gst_area_scale_placement_of_buffer:
 * @frame: the placement of a frame
 * @in: the negotiated input
 * @out: the negotiated output
 *
 * Returns: @frame in lines of a buffer, which in alternate streams holds one
 *   field
 */
GstAreaScalePlacement gst_area_scale_placement_of_buffer
    (const GstAreaScalePlacement * frame, const GstVideoInfo * in,
    const GstVideoInfo * out);

/**
 * gst_area_scale_placement_of_channel:
 * @placement: the placement of a frame or buffer
 * @in: a channel of the input
 * @out: the channel of the output that is made from it
 *
 * Returns: @placement on the grids of these channels
 */
GstAreaScalePlacement gst_area_scale_placement_of_channel
    (const GstAreaScalePlacement * placement, const GstAreaScaleChannel * in,
    const GstAreaScaleChannel * out);

/**
 * gst_area_scale_placement_has_border:
 * @placement: a placement
 *
 * Returns: whether the picture leaves a part of the output
 */
gboolean gst_area_scale_placement_has_border
    (const GstAreaScalePlacement * placement);

/**
 * gst_area_scale_placement_is_identity:
 * @placement: a placement
 *
 * Returns: whether the output is the input
 */
gboolean gst_area_scale_placement_is_identity
    (const GstAreaScalePlacement * placement);

G_END_DECLS

#endif /* __GST_AREA_SCALE_PLACEMENT_H__ */

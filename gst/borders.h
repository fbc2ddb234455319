/* GStreamer areascale: the colour around the picture
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_SCALE_BORDERS_H__
#define __GST_AREA_SCALE_BORDERS_H__

#include <gst/video/video.h>
#include "layout.h"
#include "lines.h"
#include "placement.h"

G_BEGIN_DECLS

/**
 * gst_area_scale_borders_fill_line:
 * @lines: how lines of a format are packed
 * @info: that format with its colorimetry
 * @argb: a colour, 0xAARRGGBB, full range
 * @pixels: a line of unpacked pixels to fill
 *
 * Converts a colour with the range and the matrix of @info, rounding each
 * component once at the depth it has in the format. Alpha is opaque where the
 * format has none, gray is luma.
 */
void gst_area_scale_borders_fill_line (const GstAreaScaleLines * lines,
    const GstVideoInfo * info, guint32 argb, gpointer pixels);

/**
 * GstAreaScaleBorder:
 *
 * The border of frames in a native layout: a row of it for every plane.
 */
typedef struct {
  /*< private >*/
  const GstAreaScaleLayout *layout;
  GstVideoInfo info;
  GstAreaScaleLines lines;
  gpointer pixels;
  GstAreaScaleFrame rows;
} GstAreaScaleBorder;

/**
 * gst_area_scale_border_init:
 * @border: a border, zeroed
 * @layout: the native layout of the frames, which must outlive @border
 * @info: their format and size
 *
 * Returns: %FALSE without memory; @border must be cleared then too
 */
gboolean gst_area_scale_border_init (GstAreaScaleBorder * border,
    const GstAreaScaleLayout * layout, const GstVideoInfo * info);

/**
 * gst_area_scale_border_clear:
 * @border: a border, maybe only zeroed
 */
void gst_area_scale_border_clear (GstAreaScaleBorder * border);

/**
 * gst_area_scale_border_set_color:
 * @border: a border that nothing draws
 * @argb: its colour, 0xAARRGGBB
 */
void gst_area_scale_border_set_color (GstAreaScaleBorder * border,
    guint32 argb);

/**
 * gst_area_scale_border_draw:
 * @border: a border that has a colour
 * @plane: a plane of the layout
 * @grid: where the picture lies on the plane's grid
 * @frame: the frame to draw into
 * @y0: first row to draw
 * @y1: the one behind the last
 *
 * Writes every byte of these rows but those of the picture.
 */
void gst_area_scale_border_draw (const GstAreaScaleBorder * border,
    guint plane, const GstAreaScalePlacement * grid,
    const GstAreaScaleFrame * frame, gint y0, gint y1);

G_END_DECLS

#endif /* __GST_AREA_SCALE_BORDERS_H__ */

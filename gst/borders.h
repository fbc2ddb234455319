/* GStreamer areascale: the colour around the picture
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_SCALE_BORDERS_H__
#define __GST_AREA_SCALE_BORDERS_H__

#include <gst/video/video.h>
#include "lines.h"

G_BEGIN_DECLS

/**
 * gst_area_scale_borders_color:
 * @info: a format with its colorimetry
 * @argb: a colour, 0xAARRGGBB, full range
 * @samples: (out caller-allocates): alpha, then the format's components in
 *   their order, as samples of an unpacked pixel
 *
 * Converts a colour with the range and the matrix of @info, rounding each
 * component once at the depth it has in the format. Alpha is opaque where the
 * format has none, gray is luma.
 */
void gst_area_scale_borders_color (const GstVideoInfo * info, guint32 argb,
    guint16 samples[GST_VIDEO_MAX_COMPONENTS]);

/**
 * gst_area_scale_borders_fill_line:
 * @lines: how lines of a format are packed
 * @samples: a colour from gst_area_scale_borders_color()
 * @pixels: a line of unpacked pixels to fill
 */
void gst_area_scale_borders_fill_line (const GstAreaScaleLines * lines,
    const guint16 samples[GST_VIDEO_MAX_COMPONENTS], gpointer pixels);

G_END_DECLS

#endif /* __GST_AREA_SCALE_BORDERS_H__ */

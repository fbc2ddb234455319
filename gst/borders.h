/* GStreamer areascale: the colour around the picture
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_SCALE_BORDERS_H__
#define __GST_AREA_SCALE_BORDERS_H__

#include <gst/video/video.h>
#include "lines.h"

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

G_END_DECLS

#endif /* __GST_AREA_SCALE_BORDERS_H__ */

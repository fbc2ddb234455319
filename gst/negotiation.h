/* GStreamer areascale: caps in, caps out
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_SCALE_NEGOTIATION_H__
#define __GST_AREA_SCALE_NEGOTIATION_H__

#include <gst/video/video.h>

G_BEGIN_DECLS

/**
 * GstAreaScalePlacement:
 * @in_width: width of an input frame in pixels
 * @in_height: height of an input frame in rows
 * @out_width: width of an output frame in pixels
 * @out_height: height of an output frame in rows
 * @content: the rectangle of the output frame that the scaled input fills, in
 *   pixels; the rest is border
 *
 * Where the picture lies in the output frame. Heights are frame heights, also
 * for interlaced streams of any mode.
 */
typedef struct {
  gint in_width, in_height;
  gint out_width, out_height;
  GstVideoRectangle content;
} GstAreaScalePlacement;

/**
 * gst_area_scale_negotiation_transform_caps:
 * @direction: the pad that @caps are of
 * @caps: caps on that pad; not modified
 * @filter: (nullable): the caps that the result is intersected with, its order
 *   coming first
 *
 * Returns: (transfer full): the caps possible on the other pad
 */
GstCaps *gst_area_scale_negotiation_transform_caps (GstPadDirection direction,
    GstCaps * caps, GstCaps * filter);

/**
 * gst_area_scale_negotiation_fixate_caps:
 * @direction: the pad that @caps are of
 * @caps: fixed caps on that pad
 * @othercaps: (transfer full): what the other pad can do
 *
 * Chooses the size and pixel aspect ratio of the other pad.
 *
 * Returns: (transfer full): fixed caps
 */
GstCaps *gst_area_scale_negotiation_fixate_caps (GstPadDirection direction,
    GstCaps * caps, GstCaps * othercaps);

/**
 * gst_area_scale_negotiation_place:
 * @in: the negotiated input
 * @out: the negotiated output
 * @add_borders: keep the display aspect ratio by borders where the two differ
 * @placement: (out caller-allocates): the result
 *
 * Computes where the input lies in the output: centred, on the chroma grid (and
 * on whole pairs of chroma lines when the lines alternate between fields),
 * at least one line and column.
 */
void gst_area_scale_negotiation_place (const GstVideoInfo * in,
    const GstVideoInfo * out, gboolean add_borders,
    GstAreaScalePlacement * placement);

G_END_DECLS

#endif /* __GST_AREA_SCALE_NEGOTIATION_H__ */

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
 * @direction: the pad that @caps are of; what can be scaled to what is the same
 *   both ways
 * @caps: caps on that pad; not modified
 * @filter: (nullable): the caps that the result is intersected with, its order
 *   coming first
 *
 * Raw video in system memory, also with format:Interlaced and
 * meta:GstVideoOverlayComposition, can take any size, and any pixel aspect
 * ratio where @caps have one; all other fields stay. RGB8P and all other caps
 * features stay as they are, for passthrough only.
 *
 * Returns: (transfer full): the caps possible on the other pad
 */
GstCaps *gst_area_scale_negotiation_transform_caps (GstPadDirection direction,
    GstCaps * caps, GstCaps * filter);

/**
 * gst_area_scale_negotiation_fixate_caps:
 * @direction: the pad that @caps are of
 * @caps: fixed caps on that pad
 * @othercaps: (transfer full): what the other pad can do, the preferred first:
 *   a part of gst_area_scale_negotiation_transform_caps() of @caps
 *
 * Chooses the size and pixel aspect ratio of the other pad so that the display
 * aspect ratio stays, as far as @othercaps allow:
 *
 * - nothing changes where nothing must;
 * - with one side fixed, or limited to other sizes than that of @caps while the
 *   other side is open, the other one follows, rounded to nearest, and the pixel
 *   aspect ratio stays; it is adjusted only when the other side cannot follow;
 * - otherwise the size stays as near as possible and the pixel aspect ratio is
 *   adjusted; where it cannot be, the height or else the width stays and the
 *   other one follows.
 *
 * A pixel aspect ratio of 1/1 is not added to caps that lack the field.
 * Colorimetry is, where the absence of the field would mean another one at the
 * other size.
 *
 * Returns: (transfer full): fixed caps, or empty ones when @othercaps have no
 *   size within 1 .. 32767 or no positive pixel aspect ratio
 */
GstCaps *gst_area_scale_negotiation_fixate_caps (GstPadDirection direction,
    GstCaps * caps, GstCaps * othercaps);

/**
 * gst_area_scale_negotiation_limit:
 * @caps: fixed caps of either pad
 *
 * Returns: (transfer none): what frames of @caps can become, in words for an
 *   error message
 */
const gchar *gst_area_scale_negotiation_limit (GstCaps * caps);

/**
 * gst_area_scale_negotiation_place:
 * @in: the negotiated input
 * @out: the negotiated output
 * @add_borders: keep the display aspect ratio by borders where the two differ
 * @placement: (out caller-allocates): the result
 *
 * Computes where the input lies in the output: centred, its start and size on
 * the chroma grid (and on whole pairs of chroma lines when the stream is
 * interlaced, so that the top border of a field is half of that of the frame),
 * at least one step of that grid or the whole side. A side that is the nearest
 * to the display aspect ratio has no border.
 */
void gst_area_scale_negotiation_place (const GstVideoInfo * in,
    const GstVideoInfo * out, gboolean add_borders,
    GstAreaScalePlacement * placement);

G_END_DECLS

#endif /* __GST_AREA_SCALE_NEGOTIATION_H__ */

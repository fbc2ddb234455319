/* GStreamer areascale: metas and navigation events across a change of size
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_SCALE_METAS_H__
#define __GST_AREA_SCALE_METAS_H__

#include <gst/video/video.h>
#include "placement.h"

G_BEGIN_DECLS

/**
 * GstAreaScaleOverlay:
 * @from: (nullable): an overlay composition in input pixels
 * @to: (nullable): the same in output pixels
 *
 * The overlay of the last frame. While it stays, the frames share one
 * composition, so that whoever draws it sees that nothing has changed. All
 * zeroes is an empty one.
 */
typedef struct {
  GstVideoOverlayComposition *from;
  GstVideoOverlayComposition *to;
} GstAreaScaleOverlay;

/**
 * gst_area_scale_overlay_clear:
 * @overlay: an overlay to forget, because the placement changes
 */
void gst_area_scale_overlay_clear (GstAreaScaleOverlay * overlay);

/**
 * gst_area_scale_metas_handles:
 * @api: the API of a meta
 * @in: the negotiated input
 * @out: the negotiated output
 *
 * Whether metas of @api can come through a change of size, and of colours where
 * those of @in and @out differ: copied or transformed. Those that cannot are dropped, and must not be proposed upstream
 * in an ALLOCATION query. Thread-safe.
 *
 * Returns: %FALSE for metas about the memory or the coded picture, for
 *   GstVideoCropMeta, and for tags of unknown meaning; for metas about colours when
 *   these change
 */
gboolean gst_area_scale_metas_handles (GType api, const GstVideoInfo * in,
    const GstVideoInfo * out);

/**
 * gst_area_scale_metas_transform:
 * @outbuf: the writable output buffer
 * @meta: a meta of @inbuf
 * @inbuf: the input buffer
 * @in: the negotiated input
 * @out: the negotiated output
 * @placement: where the input lies in the output; sizes of at least 1
 * @overlay: (inout): the last overlay with this placement
 *
 * Decides about one meta: puts a transformed one on @outbuf, leaves it to be
 * copied, or drops it. Any values in the meta are allowed. Thread-safe for
 * different output buffers and overlays.
 *
 * Returns: whether the base class shall copy @meta unchanged; %FALSE when it
 *   was transformed or dropped
 */
gboolean gst_area_scale_metas_transform (GstBuffer * outbuf, GstMeta * meta,
    GstBuffer * inbuf, const GstVideoInfo * in, const GstVideoInfo * out,
    const GstAreaScalePlacement * placement, GstAreaScaleOverlay * overlay);

/**
 * gst_area_scale_metas_navigation:
 * @event: (transfer full): a navigation event in output pixels
 * @placement: where the input lies in the output; sizes of at least 1
 *
 * Takes the border off the position, scales it and clamps it to the range from
 * the first to the last pixel, 0 to width - 1 and 0 to height - 1: it names an
 * input pixel whether it is rounded or truncated afterwards.
 *
 * Returns: (transfer full): the event in input pixels; an event without a
 *   position comes back untouched
 */
GstEvent *gst_area_scale_metas_navigation (GstEvent * event,
    const GstAreaScalePlacement * placement);

G_END_DECLS

#endif /* __GST_AREA_SCALE_METAS_H__ */

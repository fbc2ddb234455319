/* GStreamer areascale: metas and navigation events across a change of size
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_SCALE_METAS_H__
#define __GST_AREA_SCALE_METAS_H__

#include <gst/video/video.h>
#include "negotiation.h"

G_BEGIN_DECLS

/**
 * gst_area_scale_metas_transform:
 * @outbuf: the writable output buffer
 * @meta: a meta of @inbuf
 * @inbuf: the input buffer
 * @placement: where the input lies in the output
 * @copy: (out): whether the base class shall copy @meta unchanged
 *
 * Decides about one meta: puts a transformed one on @outbuf, or leaves it to be
 * copied, or drops it. A meta that it transformed itself is never copied too.
 */
void gst_area_scale_metas_transform (GstBuffer * outbuf, GstMeta * meta,
    GstBuffer * inbuf, const GstAreaScalePlacement * placement,
    gboolean * copy);

/**
 * gst_area_scale_metas_navigation:
 * @event: (transfer full): a navigation event in output pixels
 * @placement: where the input lies in the output
 *
 * Returns: (transfer full): the event in input pixels: border taken off, scaled,
 *   clamped to the input; an event without coordinates comes back untouched
 */
GstEvent *gst_area_scale_metas_navigation (GstEvent * event,
    const GstAreaScalePlacement * placement);

G_END_DECLS

#endif /* __GST_AREA_SCALE_METAS_H__ */

/* GStreamer areascale: output buffers that suit downstream
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_SCALE_ALLOCATION_H__
#define __GST_AREA_SCALE_ALLOCATION_H__

#include <gst/base/gstbasetransform.h>

G_BEGIN_DECLS

/**
 * gst_area_scale_allocation_decide:
 * @trans: the element, for the log
 * @query: an ALLOCATION query that downstream has answered
 *
 * Chooses the pool of the output: the first that downstream offers, with its
 * strides, allocator and memory alignment, when it accepts the output's caps,
 * and otherwise an own one. The padding and stride alignment that downstream
 * wants by the parameters of its GstVideoMeta are asked of either, up to 65535.
 *
 * Returns: %TRUE with a configured pool as the first one of @query, %FALSE when
 *   it has no caps of raw video
 */
gboolean gst_area_scale_allocation_decide (GstBaseTransform * trans,
    GstQuery * query);

G_END_DECLS

#endif /* __GST_AREA_SCALE_ALLOCATION_H__ */

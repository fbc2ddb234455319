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
 * @error: set to a GST_RESOURCE_ERROR on failure
 *
 * Chooses the pool of the output: the first that downstream offers, with its
 * strides, allocator and memory alignment, when it accepts the output's caps or
 * makes an offer of its own for them, and otherwise an own one.
 *
 * The padding and stride alignment that downstream wants by the parameters of its
 * GstVideoMeta are asked of either, up to 65535. Where GStreamer's layout of them
 * would not hold the frame, more is asked for to the right and below; tiles have
 * no padding to the left and above, and what no layout can hold is left out.
 * Alignments that are not a power of two less 1, and a maximum of buffers below
 * the minimum, are no wishes but mistakes.
 *
 * Returns: %TRUE with a configured pool as the first one of @query, %FALSE with
 *   @error set when there is none
 */
gboolean gst_area_scale_allocation_decide (GstBaseTransform * trans,
    GstQuery * query, GError ** error);

G_END_DECLS

#endif /* __GST_AREA_SCALE_ALLOCATION_H__ */

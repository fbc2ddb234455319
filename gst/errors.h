/* GStreamer areascale: why frames cannot be scaled
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_SCALE_ERRORS_H__
#define __GST_AREA_SCALE_ERRORS_H__

#include <gst/base/gstbasetransform.h>
#include "negotiation.h"

G_BEGIN_DECLS

/**
 * gst_area_scale_errors_post:
 * @element: an element
 * @error: (transfer full): what is wrong
 *
 * Posts an error message.
 */
void gst_area_scale_errors_post (GstElement * element, GError * error);

/**
 * gst_area_scale_errors_explain_caps:
 * @trans: an element whose source pad has a peer
 * @changes: what may differ between its input and output
 * @caps: caps of its input that were refused
 *
 * Posts an error that says what the peer accepts instead, and what @trans could
 * make of @caps.
 */
void gst_area_scale_errors_explain_caps (GstBaseTransform * trans,
    GstAreaChanges changes, GstCaps * caps);

/**
 * gst_area_scale_errors_refuse_caps:
 * @element: an element
 * @changes: what may differ between its input and output
 * @in: what is to be the negotiated input
 * @out: what is to be the negotiated output
 *
 * Posts an error when frames of @in may not become those of @out.
 *
 * Returns: whether it did
 */
gboolean gst_area_scale_errors_refuse_caps (GstElement * element,
    GstAreaChanges changes, const GstVideoInfo * in, const GstVideoInfo * out);

/**
 * gst_area_scale_errors_explain_pool:
 * @trans: an element that got no output buffer
 *
 * Posts an error when that is for a pool that is active and has none.
 */
void gst_area_scale_errors_explain_pool (GstBaseTransform * trans);

G_END_DECLS

#endif /* __GST_AREA_SCALE_ERRORS_H__ */

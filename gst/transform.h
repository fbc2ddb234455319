/* GStreamer areascale: what the elements are
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_TRANSFORM_H__
#define __GST_AREA_TRANSFORM_H__

#include <gst/video/video.h>
#include <gst/video/gstvideofilter.h>

G_BEGIN_DECLS

#define GST_TYPE_AREA_TRANSFORM (gst_area_transform_get_type ())
G_DECLARE_DERIVABLE_TYPE (GstAreaTransform, gst_area_transform, GST,
    AREA_TRANSFORM, GstVideoFilter)

/**
 * GstAreaTransformClass:
 *
 * Scales frames by an engine: settings, threads, errors, sizes, allocation, metas,
 * navigation and passing through. A subclass adds its metadata, the templates of
 * its pads, transform_caps of #GstBaseTransformClass, and may refuse caps in
 * set_info of #GstVideoFilterClass before it calls its parent's.
 */
struct _GstAreaTransformClass
{
  GstVideoFilterClass parent_class;
};

/**
 * gst_area_transform_refuse:
 * @self: an element that is given caps
 * @format: what is wrong with them, a text for printf() and its arguments
 *
 * Posts the error that explains why caps are refused; no other one is posted
 * about them. To be called from set_info.
 *
 * Returns: %FALSE
 */
gboolean gst_area_transform_refuse (GstAreaTransform * self,
    const gchar * format, ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS

#endif /* __GST_AREA_TRANSFORM_H__ */

/* GStreamer areascale: what the elements are
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_TRANSFORM_H__
#define __GST_AREA_TRANSFORM_H__

#include <gst/video/video.h>
#include <gst/video/gstvideofilter.h>
#include "negotiation.h"

G_BEGIN_DECLS

#define GST_TYPE_AREA_TRANSFORM (gst_area_transform_get_type ())
G_DECLARE_DERIVABLE_TYPE (GstAreaTransform, gst_area_transform, GST,
    AREA_TRANSFORM, GstVideoFilter)

/**
 * GstAreaTransformClass:
 * @changes: what may differ between the input and the output
 *
 * Scales frames by an engine: caps, settings, threads, errors, allocation, metas,
 * navigation and passing through. A subclass adds its metadata, the templates of
 * its pads, what it changes, and properties of its own by the settings.
 */
struct _GstAreaTransformClass
{
  GstVideoFilterClass parent_class;

  GstAreaChanges changes;
};

G_END_DECLS

#endif /* __GST_AREA_TRANSFORM_H__ */

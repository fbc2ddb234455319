/* GStreamer areascale: the element
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_SCALE_H__
#define __GST_AREA_SCALE_H__

#include "transform.h"

G_BEGIN_DECLS

#define GST_TYPE_AREA_SCALE (gst_area_scale_get_type ())
G_DECLARE_FINAL_TYPE (GstAreaScale, gst_area_scale, GST, AREA_SCALE,
    GstAreaTransform)

GST_ELEMENT_REGISTER_DECLARE (areascale);

G_END_DECLS

#endif /* __GST_AREA_SCALE_H__ */

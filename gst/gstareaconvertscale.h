/* GStreamer areascale: the element that converts formats too
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_CONVERT_SCALE_H__
#define __GST_AREA_CONVERT_SCALE_H__

#include "transform.h"

G_BEGIN_DECLS

#define GST_TYPE_AREA_CONVERT_SCALE (gst_area_convert_scale_get_type ())
G_DECLARE_FINAL_TYPE (GstAreaConvertScale, gst_area_convert_scale, GST,
    AREA_CONVERT_SCALE, GstAreaTransform)

GST_ELEMENT_REGISTER_DECLARE (areaconvertscale);

G_END_DECLS

#endif /* __GST_AREA_CONVERT_SCALE_H__ */

/* GStreamer areascale: the debug category
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_SCALE_DEBUG_H__
#define __GST_AREA_SCALE_DEBUG_H__

#include <gst/gst.h>

G_BEGIN_DECLS

#define GST_CAT_DEFAULT gst_area_scale_debug_category ()

/**
 * gst_area_scale_debug_category:
 *
 * Makes the category at the first call. Thread-safe.
 *
 * Returns: (transfer none) (nullable): the category that all files log to, %NULL
 *   in a GStreamer without a log
 */
GstDebugCategory *gst_area_scale_debug_category (void);

G_END_DECLS

#endif /* __GST_AREA_SCALE_DEBUG_H__ */

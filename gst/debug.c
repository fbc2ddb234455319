/* GStreamer areascale: the debug category
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "debug.h"

GstDebugCategory *
gst_area_scale_debug_category (void)
{
#ifdef GST_DISABLE_GST_DEBUG
  return NULL;
#else
  static GstDebugCategory *category;

  if (g_once_init_enter (&category)) {
    GstDebugCategory *made = _gst_debug_category_new ("areascale", 0,
        "area-averaging video scaler");

    g_once_init_leave (&category, made);
  }
  return category;
#endif
}

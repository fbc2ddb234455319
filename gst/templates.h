/* GStreamer areascale: what frames an element takes and makes
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_SCALE_TEMPLATES_H__
#define __GST_AREA_SCALE_TEMPLATES_H__

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * gst_area_scale_templates_add:
 * @klass: the class of an element
 *
 * Adds the templates of its pads: every format that can be scaled, in system
 * memory, and all others with any caps features, to pass through.
 */
void gst_area_scale_templates_add (GstElementClass * klass);

G_END_DECLS

#endif /* __GST_AREA_SCALE_TEMPLATES_H__ */

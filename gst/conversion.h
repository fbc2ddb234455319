/* GStreamer areascale: how one format becomes another
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_SCALE_CONVERSION_H__
#define __GST_AREA_SCALE_CONVERSION_H__

#include <gst/video/video.h>

G_BEGIN_DECLS

/**
 * GstAreaConversion:
 * @alpha_mode: what becomes of alpha, where the output has it:
 *   %GST_VIDEO_ALPHA_MODE_COPY takes the input's; %GST_VIDEO_ALPHA_MODE_SET takes
 *   @alpha_value; %GST_VIDEO_ALPHA_MODE_MULT takes their product
 * @alpha_value: 0.0 to 1.0; it is also the alpha of an input that has none, by any
 *   mode
 *
 * How the samples of one format become those of another, beside what the caps say.
 */
typedef struct {
  GstVideoAlphaMode alpha_mode;
  gdouble alpha_value;
} GstAreaConversion;

G_END_DECLS

#endif /* __GST_AREA_SCALE_CONVERSION_H__ */

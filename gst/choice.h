/* GStreamer areascale: a size and pixel aspect ratio of those allowed
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_SCALE_CHOICE_H__
#define __GST_AREA_SCALE_CHOICE_H__

#include <gst/video/video.h>
#include "shape.h"

G_BEGIN_DECLS

/**
 * GstAreaScaleChoice:
 * @size: (nullable): the widths and heights that are allowed: an integer, a
 *   range with a step, or a list of such; %NULL is any
 * @par: (nullable): the pixel aspect ratios that are allowed: a fraction, a range
 *   or a list of such; %NULL is any
 * @grid: steps of the format's grid, 1 to 8; sizes are multiples of them where
 *   such are allowed near by
 * @frame: (nullable): a frame of the format and interlace mode that the size is
 *   for: only sizes are taken that GStreamer can have frames of
 *
 * What a neighbour allows and a format wants.
 */
typedef struct {
  const GValue *size[N_AXES];
  const GValue *par;
  gint grid[N_AXES];
  const GstVideoInfo *frame;
} GstAreaScaleChoice;

/**
 * gst_area_scale_choice_make:
 * @choice: what is allowed
 * @from: the shape of the other side
 * @to: (out caller-allocates): the chosen shape
 * @fills: (out): whether @to differs in shape from @from by no more than the
 *   rounding of a side that was not fixed, so that a picture of the one fills
 *   the other
 *
 * Chooses as gst_area_scale_negotiation_fixate_caps() says.
 *
 * Returns: %FALSE when no size within 1 .. 32767 that can exist, or no positive
 *   pixel aspect ratio, is allowed; @to and @fills are undefined then
 */
gboolean gst_area_scale_choice_make (const GstAreaScaleChoice * choice,
    const GstAreaScaleShape * from, GstAreaScaleShape * to, gboolean * fills);

G_END_DECLS

#endif /* __GST_AREA_SCALE_CHOICE_H__ */

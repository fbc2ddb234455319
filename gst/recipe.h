/* GStreamer areascale: which means of a frame another is mixed from
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_SCALE_RECIPE_H__
#define __GST_AREA_SCALE_RECIPE_H__

#include <gst/video/video.h>
#include "areascale.h"
#include "conversion.h"
#include "layout.h"
#include "mean.h"

G_BEGIN_DECLS

/**
 * GST_AREA_SCALE_MAX_MIXERS:
 *
 * One for each component, and for the samples of a pixel that are none.
 */
#define GST_AREA_SCALE_MAX_MIXERS (GST_VIDEO_MAX_COMPONENTS + 1)

/**
 * GstAreaScaleMixer:
 * @spec: the arithmetic, and how samples follow each other
 * @grid: the grid of its components in the output, and their depth
 * @is_constant: whether it takes nothing from the means; @spec has an input of which
 *   the samples do not count
 * @channel: of each input, the channel of the recipe
 * @element: of each input, the position in a pixel of that channel's rows
 * @plane: of each output, the plane that it is in; of pixels, 0
 * @offset: of each output, the bytes before it in a pixel
 *
 * Components of the output that are made together.
 */
typedef struct {
  AreascaleMixSpec spec;
  GstAreaScaleChannel grid;
  gboolean is_constant;
  guint channel[GST_VIDEO_MAX_COMPONENTS];
  guint element[GST_VIDEO_MAX_COMPONENTS];
  guint plane[GST_VIDEO_MAX_COMPONENTS];
  gsize offset[GST_VIDEO_MAX_COMPONENTS];
} GstAreaScaleMixer;

/**
 * GstAreaScaleRecipe:
 * @reads_planes: whether the channels of the input are those of its planes, not of its
 *   unpacked pixels
 * @gathers: whether unpacked colours are put beside the alpha that weighs them
 * @writes_planes: whether the mixers write planes of the output, not pixels to pack
 * @in_layout: what of the input is averaged
 * @out_layout: the means: channels with the same samples, each on the grid and with
 *   the depth that are wanted of it
 * @plane: of each channel, the plane of the output that its means are, or -1
 * @n_mixers: number of mixers
 * @mixer: what is made of the other means
 *
 * How a frame is made from the means of another.
 */
typedef struct {
  gboolean reads_planes;
  gboolean gathers;
  gboolean writes_planes;
  GstAreaScaleLayout in_layout;
  GstAreaScaleLayout out_layout;
  gint plane[GST_AREA_SCALE_MAX_CHANNELS];
  guint n_mixers;
  GstAreaScaleMixer mixer[GST_AREA_SCALE_MAX_MIXERS];
} GstAreaScaleRecipe;

/**
 * gst_area_scale_recipe_init:
 * @recipe: (out caller-allocates): the recipe to fill
 * @in: the negotiated input
 * @out: the negotiated output
 * @mean: which mean is taken
 * @conversion: how the one becomes the other
 *
 * A component that stays what it is, is averaged to the depth that it has in the
 * output; all others are made from means of 16 bits.
 *
 * Returns: %FALSE when one of them cannot be averaged
 */
gboolean gst_area_scale_recipe_init (GstAreaScaleRecipe * recipe,
    const GstVideoInfo * in, const GstVideoInfo * out,
    const GstAreaScaleMean * mean, const GstAreaConversion * conversion);

G_END_DECLS

#endif /* __GST_AREA_SCALE_RECIPE_H__ */

/* GStreamer areascale: what of a frame is scaled to what
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_SCALE_PLANS_H__
#define __GST_AREA_SCALE_PLANS_H__

#include <gst/video/video.h>
#include "areascale.h"
#include "layout.h"
#include "mean.h"
#include "placement.h"

G_BEGIN_DECLS

#define GST_AREA_SCALE_MAX_FIELDS 2

/**
 * GstAreaScaleScanning:
 * @GST_AREA_SCALE_PROGRESSIVE: the lines of a frame belong together, or are
 *   those of one field
 * @GST_AREA_SCALE_INTERLACED: those of each field do
 * @GST_AREA_SCALE_BOTTOM_FIELD: they are those of a bottom field, whose chroma
 *   lies elsewhere than that of a top field
 *
 * How a frame is scaled; a mixed stream has the first two kinds, an alternate
 * one the first and, when the site of chroma counts, the last.
 */
typedef enum {
  GST_AREA_SCALE_PROGRESSIVE,
  GST_AREA_SCALE_INTERLACED,
  GST_AREA_SCALE_BOTTOM_FIELD,
  GST_AREA_SCALE_N_SCANNINGS,
} GstAreaScaleScanning;

/**
 * GstAreaScaleField:
 * @plan: (nullable): how it is scaled, %NULL when it has no output rows
 * @in_field: the input's field that it is made from
 * @in_rows: rows of that field
 * @out_rows: rows that it fills in the output
 *
 * One field of one channel. Its rows are every n-th of the channel's grid.
 */
typedef struct {
  AreascalePlan *plan;
  gint in_field;
  gint in_rows;
  gint out_rows;
} GstAreaScaleField;

/**
 * GstAreaScaleScan:
 * @n_fields: number of fields, 0 when frames are never scaled like this
 * @field: each field of each channel
 *
 * The plans for frames of one scanning.
 */
typedef struct {
  gint n_fields;
  GstAreaScaleField field[GST_AREA_SCALE_MAX_FIELDS]
      [GST_AREA_SCALE_MAX_CHANNELS];
} GstAreaScaleScan;

/**
 * GstAreaScalePlans:
 * @in_layout: the channels of the input
 * @out_layout: the channels of the output, as many; each is made from the one of
 *   @in_layout with its number, laid out like that, on its own grid and with its own
 *   depth
 * @mean: which mean is taken
 * @placement: where the picture lies, in lines of a buffer
 * @grid: where each channel lies, on its own grid
 * @scan: the plans for each #GstAreaScaleScanning
 *
 * What of a frame is scaled to what. Does not change once it is made.
 */
typedef struct {
  GstAreaScaleLayout in_layout;
  GstAreaScaleLayout out_layout;
  GstAreaScaleMean mean;
  GstAreaScalePlacement placement;
  GstAreaScalePlacement grid[GST_AREA_SCALE_MAX_CHANNELS];
  GstAreaScaleScan scan[GST_AREA_SCALE_N_SCANNINGS];
} GstAreaScalePlans;

/**
 * gst_area_scale_plans_init:
 * @plans: plans with their layouts, the rest zeroed
 * @in: the negotiated input
 * @out: the negotiated output, of the same interlace mode
 * @placement: where the input lies in the output frame
 * @mean: which mean is taken
 * @error: set to a GST_STREAM_ERROR or GST_RESOURCE_ERROR on failure
 *
 * Makes the plan of every field of every channel.
 *
 * Returns: %FALSE with @error set; @plans must be cleared then too
 */
gboolean gst_area_scale_plans_init (GstAreaScalePlans * plans,
    const GstVideoInfo * in, const GstVideoInfo * out,
    const GstAreaScalePlacement * placement, const GstAreaScaleMean * mean,
    GError ** error);

/**
 * gst_area_scale_plans_row_site:
 * @scanning: a scanning
 * @info: a negotiated format
 * @sub: log2 of the vertical subsampling
 * @field: which of the fields of a buffer
 *
 * Returns: the site of chroma in the rows of a plan, as #GstAreaScaleSide has it
 */
gint gst_area_scale_plans_row_site (GstAreaScaleScanning scanning,
    const GstVideoInfo * info, guint sub, gint field);

/**
 * gst_area_scale_plans_clear:
 * @plans: plans that nothing uses
 */
void gst_area_scale_plans_clear (GstAreaScalePlans * plans);

G_END_DECLS

#endif /* __GST_AREA_SCALE_PLANS_H__ */

/* GStreamer areascale: planes averaged as light
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_SCALE_LIGHT_H__
#define __GST_AREA_SCALE_LIGHT_H__

#include "plans.h"

G_BEGIN_DECLS

/**
 * GstAreaScaleLightRows:
 * @curve: (nullable): the curve of the planes, %NULL where none has light
 * @in_row: where a row of the input's light lies in the memory
 * @out_rows: where rows of the output's light lie in it
 * @memory_size: bytes of memory that a thread needs
 *
 * How rows of planes are decoded, averaged and encoded. Does not change once it
 * is made.
 */
typedef struct {
  AreascaleCurve *curve;
  gsize in_row;
  gsize out_rows;
  gsize memory_size;
} GstAreaScaleLightRows;

/**
 * GstAreaScaleLightTask:
 * @channel: the channel, with light
 * @plan: the plan of a field of it
 * @rect: the part of its output to make
 * @in: row 0 of the field in the input
 * @in_stride: bytes from one row to the next
 * @out: row 0 of its picture in the output
 * @out_stride: bytes from one row to the next
 *
 * What is to be made of a plane. Rows may lie at odd addresses.
 */
typedef struct {
  const GstAreaScaleChannel *channel;
  const AreascalePlan *plan;
  const AreascaleRect *rect;
  const guint8 *in;
  gssize in_stride;
  guint8 *out;
  gssize out_stride;
} GstAreaScaleLightTask;

/**
 * gst_area_scale_light_init_layouts:
 * @in: the negotiated input
 * @out: the negotiated output
 * @in_layout: (inout): its native layout; its channels get light
 * @out_layout: (inout): the same of the output
 *
 * Returns: %FALSE when one curve cannot serve all colours of both, or alpha lies
 *   between them
 */
gboolean gst_area_scale_light_init_layouts (const GstVideoInfo * in,
    const GstVideoInfo * out, GstAreaScaleLayout * in_layout,
    GstAreaScaleLayout * out_layout);

/**
 * gst_area_scale_light_init:
 * @rows: (out caller-allocates): to be cleared in any case
 * @plans: plans of native layouts, with light or without
 * @info: the negotiated output
 *
 * Returns: %FALSE without memory
 */
gboolean gst_area_scale_light_init (GstAreaScaleLightRows * rows,
    const GstAreaScalePlans * plans, const GstVideoInfo * info);

/**
 * gst_area_scale_light_clear:
 * @rows: rows that nothing uses
 */
void gst_area_scale_light_clear (GstAreaScaleLightRows * rows);

/**
 * gst_area_scale_light_scale:
 * @rows: rows with a curve
 * @task: what is to be made
 * @scratch: the scratch of its plan
 * @memory: @memory_size bytes, this thread's own
 */
void gst_area_scale_light_scale (const GstAreaScaleLightRows * rows,
    const GstAreaScaleLightTask * task, guint8 * scratch, guint8 * memory);

G_END_DECLS

#endif /* __GST_AREA_SCALE_LIGHT_H__ */

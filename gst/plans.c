/* GStreamer areascale: what of a frame is scaled to what
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <errno.h>

#include "plans.h"
#include "siting.h"

/* What plans are made for. */
typedef struct
{
  const GstVideoInfo *in;
  const GstVideoInfo *out;
  const GstAreaScaleMean *mean;
} Task;

static gboolean
set_plan_error (gint ret, const AreascaleGeometry * g, GError ** error)
{
  if (ret == -ENOMEM)
    g_set_error_literal (error, GST_RESOURCE_ERROR,
        GST_RESOURCE_ERROR_NO_SPACE_LEFT,
        "Not enough memory to scale frames");
  else
    g_set_error (error, GST_STREAM_ERROR, GST_STREAM_ERROR_FORMAT,
        "Cannot scale %dx%d samples to %dx%d, expected sides of 1 to %d",
        g->in_width, g->in_height, g->out_width, g->out_height,
        AREASCALE_MAX_SIZE);
  return FALSE;
}

/* Rows of every n-th, from the given one on. */
static gint
field_rows (gint rows, gint n_fields, gint field)
{
  return (rows + n_fields - 1 - field) / n_fields;
}

static guint
chroma_w_sub (const GstAreaScaleChannel * channel)
{
  return channel->layout == AREASCALE_LAYOUT_YUYV
      || channel->layout == AREASCALE_LAYOUT_UYVY ? 1 : channel->w_sub;
}

static AreascaleSpans
column_spans (const GstAreaScalePlans * plans, const Task * task, guint c)
{
  guint in_sub = chroma_w_sub (&plans->in_layout.channel[c]);
  guint out_sub = chroma_w_sub (&plans->out_layout.channel[c]);
  GstAreaScaleSide in = { plans->placement.in_width, in_sub,
    gst_area_scale_siting_of_columns (task->in, in_sub)
  };
  GstAreaScaleSide out = { plans->placement.content.w, out_sub,
    gst_area_scale_siting_of_columns (task->out, out_sub)
  };

  return gst_area_scale_siting_spans (&in, &out);
}

gint
gst_area_scale_plans_row_site (GstAreaScaleScanning scanning,
    const GstVideoInfo * info, guint sub, gint f)
{
  if (GST_VIDEO_INFO_INTERLACE_MODE (info) == GST_VIDEO_INTERLACE_MODE_ALTERNATE)
    f = scanning == GST_AREA_SCALE_BOTTOM_FIELD;
  else if (scanning == GST_AREA_SCALE_PROGRESSIVE)
    return gst_area_scale_siting_of_frame_rows (info, sub);
  return gst_area_scale_siting_of_field_rows (info, sub, f);
}

static AreascaleSpans
row_spans (const GstAreaScalePlans * plans, const Task * task,
    GstAreaScaleScanning scanning, gint f, guint c)
{
  const GstAreaScaleScan *scan = &plans->scan[scanning];
  gint in_field = scan->field[f][c].in_field;
  guint in_sub = plans->in_layout.channel[c].h_sub;
  guint out_sub = plans->out_layout.channel[c].h_sub;
  GstAreaScaleSide in = {
    field_rows (plans->placement.in_height, scan->n_fields, in_field), in_sub,
    gst_area_scale_plans_row_site (scanning, task->in, in_sub, in_field)
  };
  GstAreaScaleSide out = {
    field_rows (plans->placement.content.h, scan->n_fields, f), out_sub,
    gst_area_scale_plans_row_site (scanning, task->out, out_sub, f)
  };

  return gst_area_scale_siting_spans (&in, &out);
}

/* Samples that stay as they are lie where they lay. */
static void
set_depths (AreascaleGeometry * geometry, const GstAreaScaleChannel * in,
    const GstAreaScaleChannel * out)
{
  geometry->depth = in->light > 0 ? in->light : in->depth;
  geometry->shift = in->light > 0 ? 0 : in->shift;
  if (out->depth != in->depth || out->shift != in->shift) {
    geometry->out_depth = out->depth;
    geometry->out_shift = out->shift;
  }
}

static gboolean
make_field (GstAreaScalePlans * plans, const Task * task,
    GstAreaScaleScanning scanning, gint f, guint c, GError ** error)
{
  GstAreaScaleScan *scan = &plans->scan[scanning];
  const GstAreaScaleChannel *channel = &plans->in_layout.channel[c];
  const GstAreaScalePlacement *grid = &plans->grid[c];
  GstAreaScaleField *field = &scan->field[f][c];
  AreascaleGeometry geometry = { 0 };
  gint ret;

  field->out_rows = field_rows (grid->content.h, scan->n_fields, f);
  if (field->out_rows == 0)
    return TRUE;

  /* a field that the input has no row of is made from the one that it has */
  field->in_field = f < grid->in_height ? f : 0;
  field->in_rows =
      field_rows (grid->in_height, scan->n_fields, field->in_field);

  geometry.in_width = grid->in_width;
  geometry.in_height = field->in_rows;
  geometry.out_width = grid->content.w;
  geometry.out_height = field->out_rows;
  geometry.layout = channel->layout;
  set_depths (&geometry, channel, &plans->out_layout.channel[c]);
  geometry.method = task->mean->method;
  geometry.alpha = task->mean->weight_by_alpha ? channel->alpha : 0;
  if (task->mean->keep_chroma_site) {
    geometry.x = column_spans (plans, task, c);
    geometry.y = row_spans (plans, task, scanning, f, c);
  }
  ret = areascale_plan_create (&field->plan, &geometry,
      areascale_cpu_detect (NULL));
  if (ret < 0)
    return set_plan_error (ret, &geometry, error);
  return TRUE;
}

static gboolean
make_scan (GstAreaScalePlans * plans, const Task * task,
    GstAreaScaleScanning scanning, gint n_fields, GError ** error)
{
  GstAreaScaleScan *scan = &plans->scan[scanning];
  gint f;
  guint c;

  scan->n_fields = n_fields;
  for (f = 0; f < n_fields; f++) {
    for (c = 0; c < plans->in_layout.n_channels; c++) {
      if (!make_field (plans, task, scanning, f, c, error))
        return FALSE;
    }
  }
  return TRUE;
}

gboolean
gst_area_scale_plans_init (GstAreaScalePlans * plans, const GstVideoInfo * in,
    const GstVideoInfo * out, const GstAreaScalePlacement * placement,
    const GstAreaScaleMean * mean, GError ** error)
{
  const Task task = { in, out, mean };
  GstVideoInterlaceMode mode = GST_VIDEO_INFO_INTERLACE_MODE (in);
  guint c;

  plans->mean = *mean;
  plans->placement = gst_area_scale_placement_of_buffer (placement, in, out);
  for (c = 0; c < plans->in_layout.n_channels; c++)
    plans->grid[c] = gst_area_scale_placement_of_channel (&plans->placement,
        &plans->in_layout.channel[c], &plans->out_layout.channel[c]);

  if (!make_scan (plans, &task, GST_AREA_SCALE_PROGRESSIVE, 1, error))
    return FALSE;
  if (mode == GST_VIDEO_INTERLACE_MODE_PROGRESSIVE)
    return TRUE;
  if (mode == GST_VIDEO_INTERLACE_MODE_ALTERNATE)
    return !mean->keep_chroma_site
        || make_scan (plans, &task, GST_AREA_SCALE_BOTTOM_FIELD, 1, error);
  return make_scan (plans, &task, GST_AREA_SCALE_INTERLACED,
      GST_AREA_SCALE_MAX_FIELDS, error);
}

static void
clear_scan (GstAreaScaleScan * scan)
{
  gint f;
  guint c;

  for (f = 0; f < GST_AREA_SCALE_MAX_FIELDS; f++) {
    for (c = 0; c < GST_AREA_SCALE_MAX_CHANNELS; c++)
      areascale_plan_free (scan->field[f][c].plan);
  }
}

void
gst_area_scale_plans_clear (GstAreaScalePlans * plans)
{
  gint i;

  for (i = 0; i < GST_AREA_SCALE_N_SCANNINGS; i++)
    clear_scan (&plans->scan[i]);
}

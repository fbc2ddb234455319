/* GStreamer areascale: what of a frame is scaled to what
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <errno.h>

#include "plans.h"

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

static gboolean
make_field (GstAreaScalePlans * plans, GstAreaScaleScan * scan, gint f,
    guint c, GError ** error)
{
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
  geometry.depth = channel->depth;
  geometry.shift = channel->shift;
  ret = areascale_plan_create (&field->plan, &geometry,
      areascale_cpu_detect (NULL));
  if (ret < 0)
    return set_plan_error (ret, &geometry, error);
  return TRUE;
}

static gboolean
make_scan (GstAreaScalePlans * plans, GstAreaScaleScanning scanning,
    gint n_fields, GError ** error)
{
  GstAreaScaleScan *scan = &plans->scan[scanning];
  gint f;
  guint c;

  scan->n_fields = n_fields;
  for (f = 0; f < n_fields; f++) {
    for (c = 0; c < plans->in_layout.n_channels; c++) {
      if (!make_field (plans, scan, f, c, error))
        return FALSE;
    }
  }
  return TRUE;
}

gboolean
gst_area_scale_plans_init (GstAreaScalePlans * plans, const GstVideoInfo * in,
    const GstVideoInfo * out, const GstAreaScalePlacement * placement,
    GError ** error)
{
  GstVideoInterlaceMode mode = GST_VIDEO_INFO_INTERLACE_MODE (in);
  guint c;

  plans->placement = gst_area_scale_placement_of_buffer (placement, in, out);
  for (c = 0; c < plans->in_layout.n_channels; c++)
    plans->grid[c] = gst_area_scale_placement_of_channel (&plans->placement,
        &plans->in_layout.channel[c], &plans->out_layout.channel[c]);

  if (!make_scan (plans, GST_AREA_SCALE_PROGRESSIVE, 1, error))
    return FALSE;
  if (mode == GST_VIDEO_INTERLACE_MODE_PROGRESSIVE
      || mode == GST_VIDEO_INTERLACE_MODE_ALTERNATE)
    return TRUE;
  return make_scan (plans, GST_AREA_SCALE_INTERLACED,
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

/* GStreamer areascale: frames through the kernel library
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <errno.h>
#include <string.h>

#include "borders.h"
#include "crew.h"
#include "layout.h"
#include "scaler.h"
#include "scaler-private.h"
#include "unpacked.h"

/* More jobs than threads, so that none waits long for the last one. */
#define JOBS_PER_THREAD 4

static gboolean
set_no_memory (GError ** error)
{
  g_set_error_literal (error, GST_RESOURCE_ERROR,
      GST_RESOURCE_ERROR_NO_SPACE_LEFT, "Not enough memory to scale frames");
  return FALSE;
}

/* Rows of every n-th, from the given one on. */
static gint
field_rows (gint rows, gint n_fields, gint field)
{
  return (rows + n_fields - 1 - field) / n_fields;
}

/* The placement in lines of a buffer, which in alternate streams holds one
 * field. */
static GstAreaScalePlacement
buffer_placement (const GstVideoInfo * in, const GstVideoInfo * out,
    const GstAreaScalePlacement * frame)
{
  GstAreaScalePlacement placement = *frame;

  placement.in_height = GST_VIDEO_INFO_FIELD_HEIGHT (in);
  placement.out_height = GST_VIDEO_INFO_FIELD_HEIGHT (out);
  if (GST_VIDEO_INFO_INTERLACE_MODE (out) ==
      GST_VIDEO_INTERLACE_MODE_ALTERNATE) {
    placement.content.y = frame->content.y / 2;
    placement.content.h = (frame->content.h + 1) / 2;
  }
  return placement;
}

static GstAreaScalePlacement
channel_placement (const GstAreaScaleChannel * channel,
    const GstAreaScalePlacement * frame)
{
  GstAreaScalePlacement grid;

  grid.in_width = GST_VIDEO_SUB_SCALE (channel->w_sub, frame->in_width);
  grid.in_height = GST_VIDEO_SUB_SCALE (channel->h_sub, frame->in_height);
  grid.out_width = GST_VIDEO_SUB_SCALE (channel->w_sub, frame->out_width);
  grid.out_height = GST_VIDEO_SUB_SCALE (channel->h_sub, frame->out_height);
  grid.content.x = frame->content.x >> channel->w_sub;
  grid.content.y = frame->content.y >> channel->h_sub;
  grid.content.w = GST_VIDEO_SUB_SCALE (channel->w_sub, frame->content.w);
  grid.content.h = GST_VIDEO_SUB_SCALE (channel->h_sub, frame->content.h);
  return grid;
}

/* --- plans --- */

static gboolean
set_plan_error (gint ret, const AreascaleGeometry * g, GError ** error)
{
  if (ret == -ENOMEM)
    return set_no_memory (error);

  g_set_error (error, GST_STREAM_ERROR, GST_STREAM_ERROR_FORMAT,
      "Cannot scale %dx%d samples to %dx%d, expected sides of 1 to %d",
      g->in_width, g->in_height, g->out_width, g->out_height,
      AREASCALE_MAX_SIZE);
  return FALSE;
}

static gboolean
make_field (GstAreaScaler * scaler, const Scan * scan, Field * field,
    gint index, guint c, GError ** error)
{
  const GstAreaScaleChannel *channel = &scaler->layout.channel[c];
  const GstAreaScalePlacement *grid = &scaler->grid[c];
  AreascaleGeometry geometry;
  gint ret;

  field->out_rows = field_rows (grid->content.h, scan->n_fields, index);
  if (field->out_rows == 0)
    return TRUE;

  /* a field that the input has no row of is made from the one that it has */
  field->in_field = index < grid->in_height ? index : 0;
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
make_scan (GstAreaScaler * scaler, Scan * scan, gint n_fields, GError ** error)
{
  gint f;
  guint c;

  scan->n_fields = n_fields;
  for (f = 0; f < n_fields; f++) {
    for (c = 0; c < scaler->layout.n_channels; c++) {
      if (!make_field (scaler, scan, &scan->field[f][c], f, c, error))
        return FALSE;
    }
  }
  return TRUE;
}

static gboolean
make_scans (GstAreaScaler * scaler, GstVideoInterlaceMode mode, GError ** error)
{
  if (!make_scan (scaler, &scaler->scan[PROGRESSIVE], 1, error))
    return FALSE;
  if (mode == GST_VIDEO_INTERLACE_MODE_PROGRESSIVE
      || mode == GST_VIDEO_INTERLACE_MODE_ALTERNATE)
    return TRUE;
  return make_scan (scaler, &scaler->scan[INTERLACED], MAX_FIELDS, error);
}

/* --- jobs --- */

/* What a field costs: the bytes that are read and written. */
static gdouble
field_cost (const GstAreaScaler * scaler, const Field * field, guint c)
{
  const GstAreaScalePlacement *grid = &scaler->grid[c];
  const GstAreaScaleChannel *channel = &scaler->layout.channel[c];

  return (gdouble) field->in_rows *
      gst_area_scale_channel_row_bytes (channel, grid->in_width)
      + (gdouble) field->out_rows *
      gst_area_scale_channel_row_bytes (channel, grid->content.w);
}

static gdouble
scan_cost (const GstAreaScaler * scaler, const Scan * scan)
{
  gdouble cost = 0;
  gint f;
  guint c;

  for (f = 0; f < scan->n_fields; f++) {
    for (c = 0; c < scaler->layout.n_channels; c++)
      cost += field_cost (scaler, &scan->field[f][c], c);
  }
  return cost;
}

static guint
max_jobs (const GstAreaScaler * scaler)
{
  return scaler->n_threads == 1 ? 1 : scaler->n_threads * JOBS_PER_THREAD;
}

/* Cuts a field into rows, or into columns when it has fewer rows than jobs. */
static void
add_native_jobs (const GstAreaScaler * scaler, Scan * scan, gint f, guint c,
    gint n_jobs)
{
  const GstAreaScaleChannel *channel = &scaler->layout.channel[c];
  gint width = scaler->grid[c].content.w;
  gint rows = scan->field[f][c].out_rows;
  gint step = gst_area_scale_channel_row_bytes (channel, 1) /
      gst_area_scale_channel_pixel_bytes (channel);
  gint columns = ceil_div (width, step);
  gboolean by_rows = rows >= n_jobs || rows >= columns;
  gint i;

  n_jobs = MIN (n_jobs, by_rows ? rows : columns);
  for (i = 0; i < n_jobs; i++) {
    Job *job = &scan->jobs[scan->n_jobs++];
    AreascaleRect rect = { 0, 0, width, rows };

    if (by_rows) {
      rect.y0 = part_start (rows, i, n_jobs);
      rect.y1 = part_start (rows, i + 1, n_jobs);
    } else {
      rect.x0 = part_start (columns, i, n_jobs) * step;
      rect.x1 = MIN (part_start (columns, i + 1, n_jobs) * step, width);
    }
    job->channel = c;
    job->field = f;
    job->rect = rect;
  }
}

static void
fill_native_jobs (const GstAreaScaler * scaler, Scan * scan)
{
  gdouble share = max_jobs (scaler) / scan_cost (scaler, scan);
  gint f;
  guint c;

  for (c = 0; c < scaler->layout.n_channels; c++) {
    for (f = 0; f < scan->n_fields; f++) {
      const Field *field = &scan->field[f][c];

      if (field->plan != NULL)
        add_native_jobs (scaler, scan, f, c,
            MAX (1, (gint) (field_cost (scaler, field, c) * share)));
    }
  }
}

static gboolean
make_jobs (const GstAreaScaler * scaler, Scan * scan, GError ** error)
{
  /* each share of the jobs is rounded down, or up to one */
  gsize n = (gsize) max_jobs (scaler) + MAX_FIELDS * MAX_CHANNELS;

  scan->jobs = g_try_new0 (Job, n);
  if (scan->jobs == NULL)
    return set_no_memory (error);
  if (scaler->layout.native)
    fill_native_jobs (scaler, scan);
  else
    gst_area_scale_unpacked_fill_jobs (scaler, scan, max_jobs (scaler));
  return TRUE;
}

/* --- memory --- */

/* Fields are scaled one after the other: one scratch serves all. */
static void
reserve_scratch (GstAreaScaler * scaler, const Scan * scan)
{
  gint f;
  guint c;

  for (f = 0; f < scan->n_fields; f++) {
    for (c = 0; c < scaler->layout.n_channels; c++) {
      const AreascalePlan *plan = scan->field[f][c].plan;

      if (plan != NULL)
        scaler->memory_size = MAX (scaler->memory_size,
            areascale_plan_scratch_size (plan));
    }
  }
}

static gboolean
make_workers (GstAreaScaler * scaler, GError ** error)
{
  guint i;

  scaler->memory = g_try_new0 (guint8 *, scaler->n_threads);
  if (scaler->memory == NULL)
    return set_no_memory (error);

  for (i = 0; i < scaler->n_threads; i++) {
    scaler->memory[i] = g_try_malloc0 (scaler->memory_size);
    if (scaler->memory[i] == NULL)
      return set_no_memory (error);
    if (!scaler->layout.native)
      memcpy (scaler->memory[i] + scaler->out_pixels, scaler->border_pixels,
          scaler->out_lines.line_bytes);
  }
  return TRUE;
}

/* --- borders --- */

static gboolean
make_border_pixels (GstAreaScaler * scaler, const GstVideoInfo * out,
    guint32 argb, GError ** error)
{
  guint16 samples[GST_VIDEO_MAX_COMPONENTS];

  scaler->border_pixels = g_try_malloc (scaler->out_lines.line_bytes);
  if (scaler->border_pixels == NULL)
    return set_no_memory (error);

  gst_area_scale_borders_color (out, argb, samples);
  gst_area_scale_borders_fill_line (&scaler->out_lines, samples,
      scaler->border_pixels);
  return TRUE;
}

/* Packs the line of border pixels into a row of each plane. At a width of whole
 * groups: at odd widths the pack functions of NV61 and VYUY confuse U and V. */
static gboolean
make_border_rows (GstAreaScaler * scaler, GError ** error)
{
  GstAreaScaleLines lines = scaler->out_lines;
  GstAreaScaleFrame frame = { 0 };
  guint c;

  lines.width = lines.pack_width = GST_ROUND_UP_4 (lines.width);
  for (c = 0; c < scaler->layout.n_channels; c++) {
    gpointer row = g_try_malloc (gst_area_scale_channel_row_bytes
        (&scaler->layout.channel[c], lines.width));

    if (row == NULL)
      return set_no_memory (error);
    frame.data[c] = scaler->border_rows[c] = row;
  }
  gst_area_scale_lines_pack (&lines, &frame, 0, scaler->border_pixels, NULL);
  return TRUE;
}

static void
draw_border (const GstAreaScaler * scaler, guint c)
{
  const GstAreaScaleChannel *channel = &scaler->layout.channel[c];
  const GstAreaScalePlacement *grid = &scaler->grid[c];
  const GstVideoRectangle *content = &grid->content;
  const guint8 *border = scaler->border_rows[c];
  gsize left = gst_area_scale_channel_row_bytes (channel, content->x);
  gsize right =
      gst_area_scale_channel_row_bytes (channel, content->x + content->w);
  gsize end = gst_area_scale_channel_row_bytes (channel, grid->out_width);
  gint y;

  for (y = 0; y < grid->out_height; y++) {
    guint8 *row = (guint8 *) scaler->out->data[c] +
        (gssize) scaler->out->stride[c] * y;

    if (y < content->y || y >= content->y + content->h) {
      memcpy (row, border, end);
    } else {
      memcpy (row, border, left);
      memcpy (row + right, border + right, end - right);
    }
  }
}

/* --- native formats --- */

static void
scale_rect (const GstAreaScaler * scaler, const Job * job, gpointer scratch)
{
  const Scan *scan = scaler->current;
  const Field *field = &scan->field[job->field][job->channel];
  const GstAreaScaleChannel *channel = &scaler->layout.channel[job->channel];
  const GstVideoRectangle *content = &scaler->grid[job->channel].content;
  guint plane = channel->index;
  gssize in_stride = scaler->in->stride[plane];
  gssize out_stride = scaler->out->stride[plane];
  const guint8 *in = scaler->in->data[plane];
  guint8 *out = scaler->out->data[plane];

  in += in_stride * field->in_field;
  out += out_stride * (content->y + job->field);
  out += content->x * (gsize) gst_area_scale_channel_pixel_bytes (channel);
  areascale_run (field->plan, out, out_stride * scan->n_fields, in,
      in_stride * scan->n_fields, &job->rect, scratch);
}

/* --- scaler --- */

static void
do_job (gpointer user_data, guint worker, guint index)
{
  const GstAreaScaler *scaler = user_data;
  const Job *job = &scaler->current->jobs[index];

  if (scaler->layout.native)
    scale_rect (scaler, job, scaler->memory[worker]);
  else
    gst_area_scale_unpacked_do_job (scaler, job, scaler->memory[worker]);
}

static void
init_geometry (GstAreaScaler * scaler, const GstVideoInfo * in,
    const GstVideoInfo * out, const GstAreaScalePlacement * placement)
{
  const GstVideoRectangle *content;
  guint c;

  scaler->placement = buffer_placement (in, out, placement);
  content = &scaler->placement.content;
  scaler->has_border = content->w < scaler->placement.out_width
      || content->h < scaler->placement.out_height;
  for (c = 0; c < scaler->layout.n_channels; c++)
    scaler->grid[c] = channel_placement (&scaler->layout.channel[c],
        &scaler->placement);

  gst_area_scale_lines_init (&scaler->in_lines, in);
  gst_area_scale_lines_init (&scaler->out_lines, out);
}

static gboolean
make_border (GstAreaScaler * scaler, const GstVideoInfo * out, guint32 argb,
    GError ** error)
{
  if (scaler->layout.native && !scaler->has_border)
    return TRUE;
  if (!make_border_pixels (scaler, out, argb, error))
    return FALSE;
  return !scaler->layout.native || make_border_rows (scaler, error);
}

static gboolean
make_memory (GstAreaScaler * scaler, GError ** error)
{
  guint i;

  if (!scaler->layout.native)
    gst_area_scale_unpacked_reserve_lines (scaler);
  for (i = 0; i < N_SCANS; i++) {
    Scan *scan = &scaler->scan[i];

    if (scan->n_fields == 0)
      continue;
    if (!make_jobs (scaler, scan, error))
      return FALSE;
    if (scaler->layout.native)
      reserve_scratch (scaler, scan);
    else
      gst_area_scale_unpacked_reserve_band (scaler, scan);
  }
  return make_workers (scaler, error);
}

GstAreaScaler *
gst_area_scaler_new (const GstVideoInfo * in, const GstVideoInfo * out,
    const GstAreaScalePlacement * placement, guint32 border_argb,
    guint n_threads, GstTaskPool * pool, GError ** error)
{
  GstAreaScaler *scaler = g_try_new0 (GstAreaScaler, 1);

  if (scaler == NULL) {
    set_no_memory (error);
    return NULL;
  }
  if (!gst_area_scale_layout_init (&scaler->layout,
          GST_VIDEO_INFO_FORMAT (in))) {
    g_set_error (error, GST_STREAM_ERROR, GST_STREAM_ERROR_FORMAT,
        "Frames of format %s cannot be averaged", GST_VIDEO_INFO_NAME (in));
    goto fail;
  }

  scaler->n_threads = n_threads;
  init_geometry (scaler, in, out, placement);
  if (!make_scans (scaler, GST_VIDEO_INFO_INTERLACE_MODE (in), error)
      || !make_border (scaler, out, border_argb, error)
      || !make_memory (scaler, error))
    goto fail;

  scaler->crew = gst_area_scale_crew_new (scaler->n_threads, pool, do_job,
      scaler);
  if (scaler->crew == NULL) {
    set_no_memory (error);
    goto fail;
  }
  return scaler;

fail:
  gst_area_scaler_free (scaler);
  return NULL;
}

static void
clear_scan (Scan * scan)
{
  gint f;
  guint c;

  for (f = 0; f < MAX_FIELDS; f++) {
    for (c = 0; c < MAX_CHANNELS; c++)
      areascale_plan_free (scan->field[f][c].plan);
  }
  g_free (scan->jobs);
}

void
gst_area_scaler_free (GstAreaScaler * scaler)
{
  guint i;

  if (scaler == NULL)
    return;

  gst_area_scale_crew_free (scaler->crew);
  for (i = 0; i < N_SCANS; i++)
    clear_scan (&scaler->scan[i]);
  for (i = 0; scaler->memory != NULL && i < scaler->n_threads; i++)
    g_free (scaler->memory[i]);
  g_free (scaler->memory);
  for (i = 0; i < GST_VIDEO_MAX_PLANES; i++)
    g_free (scaler->border_rows[i]);
  g_free (scaler->border_pixels);
  g_free (scaler);
}

gchar *
gst_area_scaler_describe (const GstAreaScaler * scaler)
{
  const Scan *scan = &scaler->scan[PROGRESSIVE];
  GString *line = g_string_new (NULL);
  guint c;

  g_string_append_printf (line, "%s %s, %s, %u thread%s",
      scaler->layout.finfo->name, scaler->layout.native ? "native" : "unpacked",
      areascale_cpu_name (areascale_plan_cpu (scan->field[0][0].plan)),
      scaler->n_threads, scaler->n_threads == 1 ? "" : "s");
  for (c = 0; c < scaler->layout.n_channels; c++) {
    const AreascalePlan *plan = scan->field[0][c].plan;
    const AreascaleGeometry *g = areascale_plan_geometry (plan);

    g_string_append_printf (line, "; %s %u: %dx%d to %dx%d, %d bits, %s",
        scaler->layout.native ? "plane" : "channel", c, g->in_width,
        g->in_height, g->out_width, g->out_height, g->depth,
        areascale_plan_path (plan));
  }
  return g_string_free (line, FALSE);
}

void
gst_area_scaler_run (GstAreaScaler * scaler, const GstAreaScaleFrame * in,
    const GstAreaScaleFrame * out)
{
  const Scan *interlaced = &scaler->scan[INTERLACED];
  guint c;

  scaler->in = in;
  scaler->out = out;
  scaler->current = in->interlaced && interlaced->n_fields > 0 ? interlaced
      : &scaler->scan[PROGRESSIVE];

  if (scaler->layout.native && scaler->has_border) {
    for (c = 0; c < scaler->layout.n_channels; c++)
      draw_border (scaler, c);
  }
  gst_area_scale_crew_run (scaler->crew, scaler->current->n_jobs);
}

gboolean
gst_area_scaler_pool_failed (const GstAreaScaler * scaler,
    const GstTaskPool * pool)
{
  return gst_area_scale_crew_pool_failed (scaler->crew, pool);
}

gboolean
gst_area_scaler_handles_format (GstVideoFormat format)
{
  GstAreaScaleLayout layout;

  return gst_area_scale_layout_init (&layout, format);
}

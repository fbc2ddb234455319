/* GStreamer areascale: frames whose planes the kernels know
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include "borders.h"
#include "colors.h"
#include "light.h"
#include "way.h"

/* A rectangle of a field's output, in its plan's pixels and rows. */
typedef struct
{
  guint channel;
  gint field;
  AreascaleRect rect;
} Job;

typedef struct
{
  Job *job;
  guint n;
} Jobs;

typedef struct
{
  const GstAreaScalePlans *plans;
  Jobs jobs[GST_AREA_SCALE_N_SCANNINGS];

  /* what lies in a worker's memory behind the scratch of a plan: a row of the
   * input and one of the output, of planes that a frame has at odd addresses */
  gsize in_row;
  gsize out_row;
  gsize memory_size;

  /* of the light of planes; its memory lies behind the scratch too */
  GstAreaScaleLightRows light;

  gboolean has_border;
  GstAreaScaleBorder border;
} Planes;

static gboolean
init_layouts (const GstVideoInfo * in, const GstVideoInfo * out,
    const GstAreaScaleMean * mean, const GstAreaConversion * conversion,
    GstAreaScaleLayout * in_layout, GstAreaScaleLayout * out_layout)
{
  return gst_area_scale_colors_stay (in, out, conversion)
      && gst_area_scale_layout_init_native (in_layout,
      GST_VIDEO_INFO_FORMAT (in))
      && gst_area_scale_layout_init_native (out_layout,
      GST_VIDEO_INFO_FORMAT (out))
      && (!mean->weight_by_alpha
      || gst_area_scale_layout_can_weigh (in_layout));
}

static gboolean
init_light_layouts (const GstVideoInfo * in, const GstVideoInfo * out,
    const GstAreaScaleMean * mean, const GstAreaConversion * conversion,
    GstAreaScaleLayout * in_layout, GstAreaScaleLayout * out_layout)
{
  return init_layouts (in, out, mean, conversion, in_layout, out_layout)
      && gst_area_scale_light_init_layouts (in, out, in_layout, out_layout);
}

static gboolean
has_words (const GstAreaScaleChannel * channel)
{
  return channel->depth > 8;
}

/* --- jobs --- */

/* What a field costs: the bytes that are read and written. */
static gdouble
field_cost (const Planes * planes, const GstAreaScaleField * field, guint c)
{
  const GstAreaScalePlans *plans = planes->plans;
  const GstAreaScalePlacement *grid = &plans->grid[c];

  return (gdouble) field->in_rows *
      gst_area_scale_channel_row_bytes (&plans->in_layout.channel[c],
      grid->in_width) + (gdouble) field->out_rows *
      gst_area_scale_channel_row_bytes (&plans->out_layout.channel[c],
      grid->content.w);
}

static gdouble
scan_cost (const Planes * planes, const GstAreaScaleScan * scan)
{
  gdouble cost = 0;
  gint f;
  guint c;

  for (f = 0; f < scan->n_fields; f++) {
    for (c = 0; c < planes->plans->out_layout.n_channels; c++)
      cost += field_cost (planes, &scan->field[f][c], c);
  }
  return cost;
}

/* Cuts a field into rows, or across them between groups of pixels when it has
 * fewer rows than jobs. */
static void
cut_field (const Planes * planes, Jobs * jobs, gint f, guint c, gint rows,
    gint n_jobs)
{
  const GstAreaScaleChannel *channel = &planes->plans->out_layout.channel[c];
  gint width = planes->plans->grid[c].content.w;
  gint group = gst_area_scale_channel_row_bytes (channel, 1) /
      gst_area_scale_channel_pixel_bytes (channel);
  gint n_groups = (width + group - 1) / group;
  gboolean by_rows = rows >= n_jobs || rows >= n_groups;
  gint i;

  n_jobs = MIN (n_jobs, by_rows ? rows : n_groups);
  for (i = 0; i < n_jobs; i++) {
    Job *job = &jobs->job[jobs->n++];
    AreascaleRect rect = { 0, 0, width, rows };

    if (by_rows) {
      rect.y0 = gst_area_scale_way_part_start (rows, i, n_jobs);
      rect.y1 = gst_area_scale_way_part_start (rows, i + 1, n_jobs);
    } else {
      rect.x0 = gst_area_scale_way_part_start (n_groups, i, n_jobs) * group;
      rect.x1 = gst_area_scale_way_part_start (n_groups, i + 1, n_jobs) * group;
      rect.x1 = MIN (rect.x1, width);
    }
    job->channel = c;
    job->field = f;
    job->rect = rect;
  }
}

static gboolean
make_jobs (const Planes * planes, const GstAreaScaleScan * scan, Jobs * jobs,
    guint max_jobs)
{
  gdouble share = max_jobs / scan_cost (planes, scan);
  gint f;
  guint c;

  /* each share of the jobs is rounded down, or up to one */
  jobs->job = g_try_new0 (Job, (gsize) max_jobs +
      GST_AREA_SCALE_MAX_FIELDS * GST_AREA_SCALE_MAX_CHANNELS);
  if (jobs->job == NULL)
    return FALSE;

  for (c = 0; c < planes->plans->out_layout.n_channels; c++) {
    for (f = 0; f < scan->n_fields; f++) {
      const GstAreaScaleField *field = &scan->field[f][c];

      if (field->plan != NULL)
        cut_field (planes, jobs, f, c, field->out_rows,
            MAX (1, (gint) (field_cost (planes, field, c) * share)));
    }
  }
  return TRUE;
}

/* --- state --- */

static gsize
max_scratch_size (const GstAreaScalePlans * plans, const GstAreaScaleScan * scan)
{
  gsize size = 0;
  gint f;
  guint c;

  for (f = 0; f < scan->n_fields; f++) {
    for (c = 0; c < plans->out_layout.n_channels; c++) {
      const AreascalePlan *plan = scan->field[f][c].plan;

      if (plan != NULL)
        size = MAX (size, areascale_plan_scratch_size (plan));
    }
  }
  return size;
}

static void
max_row_bytes (const GstAreaScalePlans * plans, gsize * in, gsize * out)
{
  guint c;

  *in = *out = 0;
  for (c = 0; c < plans->out_layout.n_channels; c++) {
    const GstAreaScaleChannel *channel = &plans->in_layout.channel[c];
    const GstAreaScalePlacement *grid = &plans->grid[c];

    if (!has_words (channel))
      continue;
    *in = MAX (*in, gst_area_scale_channel_row_bytes (channel,
            grid->in_width));
    *out = MAX (*out, gst_area_scale_channel_row_bytes (channel,
            grid->content.w));
  }
}

/* Fields are scaled one after the other: one scratch serves all. */
static void
init_memory (Planes * planes)
{
  gsize scratch = 0, in, out;
  gint i;

  for (i = 0; i < GST_AREA_SCALE_N_SCANNINGS; i++)
    scratch = MAX (scratch,
        max_scratch_size (planes->plans, &planes->plans->scan[i]));
  max_row_bytes (planes->plans, &in, &out);
  planes->in_row = GST_ROUND_UP_64 (scratch);
  planes->out_row = planes->in_row + GST_ROUND_UP_64 (in);
  planes->memory_size = MAX (planes->out_row + out,
      planes->in_row + planes->light.memory_size);
}

static void
free_state (gpointer state)
{
  Planes *planes = state;
  gint i;

  for (i = 0; i < GST_AREA_SCALE_N_SCANNINGS; i++)
    g_free (planes->jobs[i].job);
  gst_area_scale_border_clear (&planes->border);
  gst_area_scale_light_clear (&planes->light);
  g_free (planes);
}

static gpointer
create (const GstAreaScalePlans * plans, const GstVideoInfo * in,
    const GstVideoInfo * out, const GstAreaConversion * conversion,
    guint max_jobs)
{
  Planes *planes = g_try_new0 (Planes, 1);
  gint i;

  (void) in;
  (void) conversion;
  if (planes == NULL)
    return NULL;

  planes->plans = plans;
  for (i = 0; i < GST_AREA_SCALE_N_SCANNINGS; i++) {
    if (plans->scan[i].n_fields > 0
        && !make_jobs (planes, &plans->scan[i], &planes->jobs[i], max_jobs))
      goto fail;
  }
  planes->has_border =
      gst_area_scale_placement_has_border (&plans->placement);
  if (!gst_area_scale_light_init (&planes->light, plans, out))
    goto fail;
  init_memory (planes);
  if (planes->has_border && !gst_area_scale_border_init (&planes->border,
          &plans->out_layout, out))
    goto fail;
  return planes;

fail:
  free_state (planes);
  return NULL;
}

static void
set_border_color (gpointer state, guint32 argb)
{
  Planes *planes = state;

  if (planes->has_border)
    gst_area_scale_border_set_color (&planes->border, argb);
}

static gsize
memory_size (gconstpointer state)
{
  return ((const Planes *) state)->memory_size;
}

/* --- frames --- */

static guint
begin (gconstpointer state, const GstAreaScaleWork * work)
{
  const Planes *planes = state;
  guint c;

  for (c = 0; planes->has_border && c < planes->plans->out_layout.n_channels;
      c++)
    gst_area_scale_border_draw (&planes->border, c, &planes->plans->grid[c],
        work->out, 0, planes->plans->grid[c].out_height);
  return planes->jobs[work->scanning].n;
}

/* A field's rows in a frame, and what is to be done with them. */
typedef struct
{
  const GstAreaScaleChannel *channel;
  const AreascalePlan *plan;
  const AreascaleRect *rect;
  const guint8 *in;
  guint8 *out;
  gssize in_stride, out_stride;
  gsize in_bytes;
} Rows;

static Rows
job_rows (const Planes * planes, const GstAreaScaleWork * work,
    const Job * job)
{
  const GstAreaScalePlans *plans = planes->plans;
  const GstAreaScaleScan *scan = &plans->scan[work->scanning];
  const GstAreaScaleField *field = &scan->field[job->field][job->channel];
  const GstVideoRectangle *content = &plans->grid[job->channel].content;
  gssize in_stride = work->in->stride[job->channel];
  gssize out_stride = work->out->stride[job->channel];
  Rows rows;

  rows.channel = &plans->out_layout.channel[job->channel];
  rows.plan = field->plan;
  rows.rect = &job->rect;
  rows.in = work->in->data[job->channel];
  rows.in += in_stride * field->in_field;
  rows.in_stride = in_stride * scan->n_fields;
  rows.in_bytes = gst_area_scale_channel_row_bytes
      (&plans->in_layout.channel[job->channel],
      plans->grid[job->channel].in_width);
  rows.out = work->out->data[job->channel];
  rows.out += out_stride * (content->y + job->field);
  rows.out += gst_area_scale_channel_row_bytes (rows.channel, content->x);
  rows.out_stride = out_stride * scan->n_fields;
  return rows;
}

/* Through copies of rows: the kernels take words at even addresses only. */
static void
scale_copies (const Planes * planes, const Rows * rows, guint8 * memory)
{
  const AreascaleRect *rect = rows->rect;
  gsize left = gst_area_scale_channel_row_bytes (rows->channel, rect->x0);
  gsize right = gst_area_scale_channel_row_bytes (rows->channel, rect->x1);
  guint8 *in_row = memory + planes->in_row;
  guint8 *out_row = memory + planes->out_row;
  gint y, row, end;

  for (y = rect->y0; y < rect->y1; y++) {
    areascale_plan_input_rows (rows->plan, y, y + 1, &row, &end);
    areascale_band_begin (rows->plan, y, y + 1, memory);
    for (; row < end; row++) {
      memcpy (in_row, rows->in + rows->in_stride * row, rows->in_bytes);
      areascale_band_feed (rows->plan, in_row, 0, row, 1, memory);
    }
    areascale_band_finish (rows->plan, out_row, 0, memory);
    memcpy (rows->out + rows->out_stride * y + left, out_row + left,
        right - left);
  }
}

static void
scale_light (const Planes * planes, const Rows * rows, guint8 * memory)
{
  GstAreaScaleLightTask task = { rows->channel, rows->plan, rows->rect,
    rows->in, rows->in_stride, rows->out, rows->out_stride
  };

  gst_area_scale_light_scale (&planes->light, &task, memory,
      memory + planes->in_row);
}

static void
do_job (gconstpointer state, const GstAreaScaleWork * work, guint index,
    guint8 * memory)
{
  const Planes *planes = state;
  const Job *job = &planes->jobs[work->scanning].job[index];
  Rows rows = job_rows (planes, work, job);

  if (rows.channel->light > 0)
    scale_light (planes, &rows, memory);
  else if (has_words (rows.channel)
      && !(gst_area_scale_frame_is_even (work->in, job->channel)
          && gst_area_scale_frame_is_even (work->out, job->channel)))
    scale_copies (planes, &rows, memory);
  else
    areascale_run (rows.plan, rows.out, rows.out_stride, rows.in,
        rows.in_stride, rows.rect, memory);
}

#define PLANES_FUNCTIONS \
  .create = create, \
  .free = free_state, \
  .set_border_color = set_border_color, \
  .memory_size = memory_size, \
  .begin = begin, \
  .do_job = do_job

const GstAreaScaleWay gst_area_scale_way_planes = {
  .name = "native",
  .channel_name = "plane",
  .init_layouts = init_layouts,
  PLANES_FUNCTIONS,
};

const GstAreaScaleWay gst_area_scale_way_light_planes = {
  .name = "native",
  .channel_name = "plane",
  .init_layouts = init_light_layouts,
  PLANES_FUNCTIONS,
};

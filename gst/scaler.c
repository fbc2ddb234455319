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
#include "lines.h"
#include "scaler.h"

#define MAX_CHANNELS GST_VIDEO_MAX_COMPONENTS
#define MAX_FIELDS 2

/* More jobs than threads, so that none waits long for the last one. */
#define JOBS_PER_THREAD 4

/* Each thread has its own memory, and more threads than these find no work. */
#define MAX_THREADS 1024

/* Parts of a worker's memory begin on cache lines of their own. */
#define ALIGNMENT 64

/* One field of one channel. Its rows are every n-th of the channel's grid. */
typedef struct
{
  AreascalePlan *plan;          /* NULL: no output rows */
  gint in_field;                /* the input's field that it is made from */
  gint in_rows;
  gint out_rows;

  /* where the state of a band and its output rows lie in a worker's memory */
  gsize scratch;
  gsize rows;
} Field;

/* A rectangle of a field's output, in its plan's pixels and rows; of unpacked
 * formats the lines [y0, y1) of the output frame. */
typedef struct
{
  guint channel;
  gint field;
  AreascaleRect rect;
} Job;

/* How the lines of a frame belong together: all of them, or by fields. */
typedef struct
{
  gint n_fields;                /* 0: frames are never scanned like this */
  Field field[MAX_FIELDS][MAX_CHANNELS];
  gint band_lines;
  Job *jobs;
  guint n_jobs;
} Scan;

enum
{
  PROGRESSIVE,
  INTERLACED,
  N_SCANS
};

struct _GstAreaScaler
{
  GstAreaScaleLayout layout;
  /* where the picture lies, in lines of a buffer, and on each channel's grid */
  GstAreaScalePlacement placement;
  GstAreaScalePlacement grid[MAX_CHANNELS];
  gboolean has_border;
  Scan scan[N_SCANS];

  GstAreaScaleLines in_lines;
  GstAreaScaleLines out_lines;
  /* a line of border: unpacked pixels, and the planes that they pack to */
  gpointer border_pixels;
  gpointer border_rows[GST_VIDEO_MAX_PLANES];

  guint n_threads;
  guint8 **memory;              /* of each worker */
  gsize memory_size;
  gsize in_pixels, out_pixels, samples, bounce;
  GstAreaScaleCrew *crew;

  /* the frame that is being scaled */
  const Scan *current;
  const GstAreaScaleFrame *in;
  const GstAreaScaleFrame *out;
};

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

static gint
ceil_div (gint a, gint b)
{
  return a > 0 ? (a + b - 1) / b : 0;
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

/* The i-th of n equal parts of a length begins here. */
static gint
part_start (gint length, gint i, gint n)
{
  return (gint) ((gint64) length * i / n);
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

/* Lines that share chroma lines, of all fields. */
static gint
group_lines (const GstAreaScaler * scaler, const Scan * scan)
{
  guint c, h_sub = 0;

  for (c = 0; c < scaler->layout.n_channels; c++)
    h_sub = MAX (h_sub, scaler->layout.channel[c].h_sub);
  return scan->n_fields << h_sub;
}

static void
fill_unpacked_jobs (const GstAreaScaler * scaler, Scan * scan)
{
  gint group = group_lines (scaler, scan);
  gint height = scaler->placement.out_height;
  gint n_groups = ceil_div (height, group);
  gint n_jobs = MIN (max_jobs (scaler), (guint) n_groups);
  gint i;

  for (i = 0; i < n_jobs; i++) {
    Job *job = &scan->jobs[scan->n_jobs++];

    job->rect.y0 = part_start (n_groups, i, n_jobs) * group;
    job->rect.y1 = MIN (part_start (n_groups, i + 1, n_jobs) * group, height);
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
    fill_unpacked_jobs (scaler, scan);
  return TRUE;
}

/* --- memory --- */

/* Reserves a part of the workers' memory; returns where it begins. */
static gsize
reserve (GstAreaScaler * scaler, gsize size)
{
  gsize start = scaler->memory_size;

  scaler->memory_size += (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  return start;
}

/* The lines of the output frame that fit into one band of every field. */
static gint
band_lines (const GstAreaScaler * scaler, const Scan * scan)
{
  gint group = group_lines (scaler, scan);
  gint lines = G_MAXINT;
  gint f;
  guint c;

  for (f = 0; f < scan->n_fields; f++) {
    for (c = 0; c < scaler->layout.n_channels; c++) {
      const AreascalePlan *plan = scan->field[f][c].plan;

      if (plan != NULL)
        lines = MIN (lines, (areascale_plan_band_rows (plan) * scan->n_fields)
            << scaler->layout.channel[c].h_sub);
    }
  }
  return lines / group * group;
}

static gsize
channel_content_bytes (const GstAreaScaler * scaler, guint c)
{
  return gst_area_scale_channel_row_bytes (&scaler->layout.channel[c],
      scaler->grid[c].content.w);
}

static void
reserve_band (GstAreaScaler * scaler, Scan * scan)
{
  gint f;
  guint c;

  scan->band_lines = band_lines (scaler, scan);
  for (f = 0; f < scan->n_fields; f++) {
    for (c = 0; c < scaler->layout.n_channels; c++) {
      Field *field = &scan->field[f][c];

      if (field->plan == NULL)
        continue;
      field->scratch =
          reserve (scaler, areascale_plan_scratch_size (field->plan));
      field->rows = reserve (scaler, channel_content_bytes (scaler, c) *
          areascale_plan_band_rows (field->plan));
    }
  }
}

static void
reserve_lines (GstAreaScaler * scaler)
{
  const GstAreaScaleLines *in = &scaler->in_lines, *out = &scaler->out_lines;

  scaler->in_pixels = reserve (scaler, in->line_bytes);
  scaler->out_pixels = reserve (scaler, out->line_bytes);
  scaler->samples = reserve (scaler, in->line_bytes);
  scaler->bounce = reserve (scaler, MAX (in->bounce_bytes, out->bounce_bytes));
}

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

/* --- formats that are unpacked --- */

/* The part of a field that a band needs: output rows [y0, y1), made from the
 * input rows [first, end). Empty when y0 == y1. */
typedef struct
{
  gint y0, y1;
  gint first, end;
} Part;

typedef struct
{
  const GstAreaScaler *scaler;
  guint8 *memory;
  Part part[MAX_FIELDS][MAX_CHANNELS];
  /* input lines [first, end) that one of the parts is made from */
  gint first, end;
} Band;

/* The line of the input frame that a field's row is unpacked from. */
static gint
line_of_row (const GstAreaScaler * scaler, const Field * field, guint c,
    gint row)
{
  return (field->in_field + row * scaler->current->n_fields)
      << scaler->layout.channel[c].h_sub;
}

/* The first row of a field at or below a line of the output frame. */
static gint
row_at_line (const GstAreaScaler * scaler, gint f, guint c, gint line)
{
  const Scan *scan = scaler->current;
  gint y = ceil_div (line, 1 << scaler->layout.channel[c].h_sub);
  gint row = ceil_div (y - scaler->grid[c].content.y - f, scan->n_fields);

  return MIN (row, scan->field[f][c].out_rows);
}

static void
begin_part (Band * band, gint f, guint c, gint line0, gint line1)
{
  const GstAreaScaler *scaler = band->scaler;
  const Field *field = &scaler->current->field[f][c];
  Part *part = &band->part[f][c];

  part->y0 = row_at_line (scaler, f, c, line0);
  part->y1 = row_at_line (scaler, f, c, line1);
  part->first = part->end = 0;
  if (part->y0 == part->y1)
    return;

  areascale_plan_input_rows (field->plan, part->y0, part->y1, &part->first,
      &part->end);
  areascale_band_begin (field->plan, part->y0, part->y1,
      band->memory + field->scratch);
  band->first = MIN (band->first, line_of_row (scaler, field, c, part->first));
  band->end =
      MAX (band->end, line_of_row (scaler, field, c, part->end - 1) + 1);
}

/* The row of a field that is unpacked from an input line, or -1 when the line
 * holds none that its part needs. */
static gint
needed_row (const Band * band, gint f, guint c, gint line)
{
  const GstAreaScaler *scaler = band->scaler;
  const Field *field = &scaler->current->field[f][c];
  const Part *part = &band->part[f][c];
  gint row = (line >> scaler->layout.channel[c].h_sub) /
      scaler->current->n_fields;

  if (row < part->first || row >= part->end
      || line_of_row (scaler, field, c, row) != line)
    return -1;
  return row;
}

/* Where the samples of a channel lie in unpacked pixels: of 16-bit samples with
 * a value of at most 8 bits only the high byte counts. */
static gsize
sample_offset (const GstAreaScaler * scaler,
    const GstAreaScaleChannel * channel)
{
  gsize bytes = scaler->out_lines.pixel_bytes / 4;
  gsize offset = channel->index * bytes;

  if (bytes == 2 && channel->depth <= 8 && G_BYTE_ORDER == G_LITTLE_ENDIAN)
    offset++;
  return offset;
}

#define DEFINE_SPLIT_AND_MERGE(type) \
static void \
split_##type (type * samples, const guint8 * pixels, gsize step, gint n) \
{ \
  gint i; \
\
  for (i = 0; i < n; i++) \
    samples[i] = *(const type *) (pixels + i * step); \
} \
\
static void \
merge_##type (guint8 * pixels, gsize step, const type * samples, guint w_sub, \
    gint n) \
{ \
  gint i; \
\
  for (i = 0; i < n; i++) \
    *(type *) (pixels + i * step) = samples[i >> w_sub]; \
}

DEFINE_SPLIT_AND_MERGE (guint8)
DEFINE_SPLIT_AND_MERGE (guint16)

/* The samples of a channel in the unpacked input line, each of them once. */
static gpointer
split_line (const GstAreaScaler * scaler, guint8 * memory, guint c)
{
  const GstAreaScaleChannel *channel = &scaler->layout.channel[c];
  gsize step = scaler->in_lines.pixel_bytes << channel->w_sub;
  guint8 *pixels = memory + scaler->in_pixels;
  gpointer samples = memory + scaler->samples;
  gint width = scaler->grid[c].in_width;

  if (channel->layout == AREASCALE_LAYOUT_4)
    return pixels;

  pixels += sample_offset (scaler, channel);
  if (channel->depth > 8)
    split_guint16 (samples, pixels, step, width);
  else
    split_guint8 (samples, pixels, step, width);
  return samples;
}

static void
feed_line (Band * band, gint line)
{
  const GstAreaScaler *scaler = band->scaler;
  gboolean is_unpacked = FALSE;
  gint f;
  guint c;

  for (c = 0; c < scaler->layout.n_channels; c++) {
    gpointer samples = NULL;

    for (f = 0; f < scaler->current->n_fields; f++) {
      const Field *field = &scaler->current->field[f][c];
      gint row = needed_row (band, f, c, line);

      if (row < 0)
        continue;
      if (!is_unpacked)
        gst_area_scale_lines_unpack (&scaler->in_lines, scaler->in, line,
            band->memory + scaler->in_pixels, band->memory + scaler->bounce);
      is_unpacked = TRUE;
      if (samples == NULL)
        samples = split_line (scaler, band->memory, c);
      areascale_band_feed (field->plan, samples, 0, row, 1,
          band->memory + field->scratch);
    }
  }
}

/* Puts a row of a channel into the output line, chroma to all pixels that share
 * it. */
static void
merge_row (const GstAreaScaler * scaler, guint8 * memory, guint c,
    gconstpointer row)
{
  const GstAreaScaleChannel *channel = &scaler->layout.channel[c];
  const GstVideoRectangle *content = &scaler->grid[c].content;
  gsize step = scaler->out_lines.pixel_bytes;
  gint x = content->x << channel->w_sub;
  gint n = MIN (content->w << channel->w_sub, scaler->placement.out_width - x);
  guint8 *pixels = memory + scaler->out_pixels + x * step;

  if (channel->layout == AREASCALE_LAYOUT_4) {
    memcpy (pixels, row, n * step);
    return;
  }

  pixels += sample_offset (scaler, channel);
  if (channel->depth > 8)
    merge_guint16 (pixels, step, row, channel->w_sub, n);
  else
    merge_guint8 (pixels, step, row, channel->w_sub, n);
}

static void
write_line (const Band * band, gint line)
{
  const GstAreaScaler *scaler = band->scaler;
  guint8 *pixels = band->memory + scaler->out_pixels;
  guint c;

  if (scaler->has_border)
    memcpy (pixels, scaler->border_pixels, scaler->out_lines.line_bytes);

  for (c = 0; c < scaler->layout.n_channels; c++) {
    const GstVideoRectangle *content = &scaler->grid[c].content;
    gint n_fields = scaler->current->n_fields;
    gint y = (line >> scaler->layout.channel[c].h_sub) - content->y;

    if (y >= 0 && y < content->h) {
      const Field *field = &scaler->current->field[y % n_fields][c];
      const Part *part = &band->part[y % n_fields][c];

      merge_row (scaler, band->memory, c, band->memory + field->rows +
          (y / n_fields - part->y0) * channel_content_bytes (scaler, c));
    }
  }
  gst_area_scale_lines_pack (&scaler->out_lines, scaler->out, line, pixels,
      band->memory + scaler->bounce);
}

/* Makes the lines [line0, line1) of the output frame. */
static void
scale_band (Band * band, gint line0, gint line1)
{
  const GstAreaScaler *scaler = band->scaler;
  const Scan *scan = scaler->current;
  gint f, line;
  guint c;

  band->first = G_MAXINT;
  band->end = 0;
  for (f = 0; f < scan->n_fields; f++) {
    for (c = 0; c < scaler->layout.n_channels; c++)
      begin_part (band, f, c, line0, line1);
  }

  for (line = band->first; line < band->end; line++)
    feed_line (band, line);

  for (f = 0; f < scan->n_fields; f++) {
    for (c = 0; c < scaler->layout.n_channels; c++) {
      const Field *field = &scan->field[f][c];

      if (band->part[f][c].y0 < band->part[f][c].y1)
        areascale_band_finish (field->plan, band->memory + field->rows,
            channel_content_bytes (scaler, c), band->memory + field->scratch);
    }
  }

  for (line = line0; line < line1; line++)
    write_line (band, line);
}

static void
scale_lines (const GstAreaScaler * scaler, const Job * job, guint8 * memory)
{
  gint band_lines = scaler->current->band_lines;
  Band band = {.scaler = scaler,.memory = memory };
  gint line;

  for (line = job->rect.y0; line < job->rect.y1; line += band_lines)
    scale_band (&band, line, MIN (line + band_lines, job->rect.y1));
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
    scale_lines (scaler, job, scaler->memory[worker]);
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
    reserve_lines (scaler);
  for (i = 0; i < N_SCANS; i++) {
    Scan *scan = &scaler->scan[i];

    if (scan->n_fields == 0)
      continue;
    if (!make_jobs (scaler, scan, error))
      return FALSE;
    if (scaler->layout.native)
      reserve_scratch (scaler, scan);
    else
      reserve_band (scaler, scan);
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

  scaler->n_threads = MIN (n_threads, MAX_THREADS);
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
gst_area_scaler_handles_format (GstVideoFormat format)
{
  GstAreaScaleLayout layout;

  return gst_area_scale_layout_init (&layout, format);
}

/* GStreamer areascale: frames of formats that are unpacked
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include "unpacked.h"

/* Parts of a worker's memory begin on cache lines of their own. */
#define ALIGNMENT 64

/* Lines that share chroma lines, of all fields. */
static gint
group_lines (const GstAreaScaler * scaler, const Scan * scan)
{
  guint c, h_sub = 0;

  for (c = 0; c < scaler->layout.n_channels; c++)
    h_sub = MAX (h_sub, scaler->layout.channel[c].h_sub);
  return scan->n_fields << h_sub;
}

void
gst_area_scale_unpacked_fill_jobs (const GstAreaScaler * scaler, Scan * scan,
    gint n_jobs)
{
  gint group = MAX (group_lines (scaler, scan),
      scaler->out_lines.shared_lines);
  gint height = scaler->placement.out_height;
  gint n_groups = ceil_div (height, group);
  gint i;

  n_jobs = MIN (n_jobs, n_groups);
  for (i = 0; i < n_jobs; i++) {
    Job *job = &scan->jobs[scan->n_jobs++];

    job->rect.y0 = part_start (n_groups, i, n_jobs) * group;
    job->rect.y1 = MIN (part_start (n_groups, i + 1, n_jobs) * group, height);
  }
}

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

void
gst_area_scale_unpacked_reserve_band (GstAreaScaler * scaler, Scan * scan)
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

void
gst_area_scale_unpacked_reserve_lines (GstAreaScaler * scaler)
{
  const GstAreaScaleLines *in = &scaler->in_lines, *out = &scaler->out_lines;

  scaler->in_pixels = reserve (scaler, in->line_bytes);
  scaler->out_pixels = reserve (scaler, out->line_bytes);
  scaler->samples = reserve (scaler, in->line_bytes);
  scaler->bounce = reserve (scaler, MAX (in->bounce_bytes, out->bounce_bytes));
}

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

void
gst_area_scale_unpacked_do_job (const GstAreaScaler * scaler, const Job * job,
    guint8 * memory)
{
  gint band_lines = scaler->current->band_lines;
  Band band = {.scaler = scaler,.memory = memory };
  gint line;

  for (line = job->rect.y0; line < job->rect.y1; line += band_lines)
    scale_band (&band, line, MIN (line + band_lines, job->rect.y1));
}

/* GStreamer areascale: lines of pixels scaled
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include "strip.h"

static gint
ceil_div (gint a, gint b)
{
  return a > 0 ? (a + b - 1) / b : 0;
}

/* --- how strips are made --- */

/* Reserves a part of a thread's memory; returns where it begins. Parts begin on
 * cache lines of their own. */
static gsize
reserve (GstAreaScaleStrips * strips, gsize size)
{
  gsize start = strips->memory_size;

  strips->memory_size += GST_ROUND_UP_64 (size);
  return start;
}

static gint
shared_lines (const GstAreaScaleStrips * strips)
{
  const GstAreaScaleLayout *layout = &strips->plans->out_layout;
  guint c, h_sub = 0;

  for (c = 0; c < layout->n_channels; c++)
    h_sub = MAX (h_sub, layout->channel[c].h_sub);
  return strips->scan->n_fields << h_sub;
}

/* The lines of the output that one band of every field holds, at least those that share
 * chroma lines. */
static gint
max_lines (const GstAreaScaleStrips * strips)
{
  const GstAreaScaleLayout *layout = &strips->plans->out_layout;
  const GstAreaScaleScan *scan = strips->scan;
  gint lines = G_MAXINT;
  gint f;
  guint c;

  for (f = 0; f < scan->n_fields; f++) {
    for (c = 0; c < layout->n_channels; c++) {
      const AreascalePlan *plan = scan->field[f][c].plan;

      if (plan != NULL)
        lines = MIN (lines, (areascale_plan_band_rows (plan) * scan->n_fields)
            << layout->channel[c].h_sub);
    }
  }
  g_assert (strips->step <= AREASCALE_MIN_BAND_ROWS * scan->n_fields);
  return lines / strips->step * strips->step;
}

static gsize
content_row_bytes (const GstAreaScaleStrips * strips, guint c)
{
  return gst_area_scale_channel_row_bytes
      (&strips->plans->out_layout.channel[c],
      strips->plans->grid[c].content.w);
}

static void
reserve_memory (GstAreaScaleStrips * strips)
{
  const GstAreaScalePlans *plans = strips->plans;
  gint f;
  guint c;

  strips->samples = reserve (strips,
      plans->placement.in_width * strips->in_pixel_bytes);
  for (f = 0; f < strips->scan->n_fields; f++) {
    for (c = 0; c < plans->out_layout.n_channels; c++) {
      const AreascalePlan *plan = strips->scan->field[f][c].plan;

      if (plan == NULL)
        continue;
      strips->scratch[f][c] =
          reserve (strips, areascale_plan_scratch_size (plan));
      strips->rows[f][c] = reserve (strips, content_row_bytes (strips, c) *
          areascale_plan_band_rows (plan));
    }
  }
}

/* 4 samples of 8 or 16 bits */
static gsize
pixel_bytes (const GstAreaScaleLayout * layout)
{
  return gst_area_scale_layout_unpacked_bits (layout->finfo) / 2;
}

void
gst_area_scale_strips_init (GstAreaScaleStrips * strips,
    const GstAreaScalePlans * plans, GstAreaScaleScanning scanning)
{
  memset (strips, 0, sizeof (*strips));
  strips->plans = plans;
  strips->scan = &plans->scan[scanning];
  strips->in_pixel_bytes = pixel_bytes (&plans->in_layout);
  strips->out_pixel_bytes = pixel_bytes (&plans->out_layout);
  strips->step = shared_lines (strips);
  strips->max_lines = max_lines (strips);
  reserve_memory (strips);
}

/* --- which rows a strip needs --- */

/* The line of the input frame that a field's row is unpacked from. */
static gint
line_of_row (const GstAreaScaleStrips * strips, gint f, guint c, gint row)
{
  const GstAreaScaleScan *scan = strips->scan;

  return (scan->field[f][c].in_field + row * scan->n_fields)
      << strips->plans->in_layout.channel[c].h_sub;
}

/* The first row of a field at or below a line of the output frame. */
static gint
row_at_line (const GstAreaScaleStrips * strips, gint f, guint c, gint line)
{
  const GstAreaScaleScan *scan = strips->scan;
  const GstVideoRectangle *content = &strips->plans->grid[c].content;
  gint y = ceil_div (line, 1 << strips->plans->out_layout.channel[c].h_sub);
  gint row = ceil_div (y - content->y - f, scan->n_fields);

  return MIN (row, scan->field[f][c].out_rows);
}

static void
begin_part (GstAreaScaleStrip * strip, gint f, guint c, gint line0, gint line1)
{
  const GstAreaScaleStrips *strips = strip->strips;
  const AreascalePlan *plan = strips->scan->field[f][c].plan;
  GstAreaScalePart *part = &strip->part[f][c];

  part->y0 = row_at_line (strips, f, c, line0);
  part->y1 = row_at_line (strips, f, c, line1);
  part->first = part->end = 0;
  if (part->y0 == part->y1)
    return;

  areascale_plan_input_rows (plan, part->y0, part->y1, &part->first,
      &part->end);
  areascale_band_begin (plan, part->y0, part->y1,
      strip->memory + strips->scratch[f][c]);
  strip->first = MIN (strip->first, line_of_row (strips, f, c, part->first));
  strip->end =
      MAX (strip->end, line_of_row (strips, f, c, part->end - 1) + 1);
}

void
gst_area_scale_strip_begin (GstAreaScaleStrip * strip,
    const GstAreaScaleStrips * strips, gint line0, gint line1, guint8 * memory)
{
  gint f;
  guint c;

  strip->strips = strips;
  strip->memory = memory;
  strip->first = G_MAXINT;
  strip->end = 0;
  for (f = 0; f < strips->scan->n_fields; f++) {
    for (c = 0; c < strips->plans->out_layout.n_channels; c++)
      begin_part (strip, f, c, line0, line1);
  }
}

/* The row of a field that is unpacked from an input line, or -1 when the line
 * holds none that its part needs. */
static gint
needed_row (const GstAreaScaleStrip * strip, gint f, guint c, gint line)
{
  const GstAreaScaleStrips *strips = strip->strips;
  const GstAreaScalePart *part = &strip->part[f][c];
  gint row = (line >> strips->plans->in_layout.channel[c].h_sub) /
      strips->scan->n_fields;

  if (row < part->first || row >= part->end
      || line_of_row (strips, f, c, row) != line)
    return -1;
  return row;
}

gboolean
gst_area_scale_strip_needs (const GstAreaScaleStrip * strip, gint line)
{
  const GstAreaScaleStrips *strips = strip->strips;
  gint f;
  guint c;

  for (c = 0; c < strips->plans->in_layout.n_channels; c++) {
    for (f = 0; f < strips->scan->n_fields; f++) {
      if (needed_row (strip, f, c, line) >= 0)
        return TRUE;
    }
  }
  return FALSE;
}

/* --- pixels to samples and back --- */

/* Where the samples of a channel lie in unpacked pixels: of 16-bit samples with
 * a value of at most 8 bits only the high byte counts. */
static gsize
sample_offset (const GstAreaScaleChannel * channel, gsize pixel_bytes)
{
  gsize bytes = pixel_bytes / 4;
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

/* The samples of a channel in a line of the input, each of them once. */
static gpointer
split_line (const GstAreaScaleStrip * strip, guint c, guint8 * pixels)
{
  const GstAreaScaleStrips *strips = strip->strips;
  const GstAreaScaleChannel *channel = &strips->plans->in_layout.channel[c];
  gsize step = strips->in_pixel_bytes << channel->w_sub;
  gpointer samples = strip->memory + strips->samples;
  gint width = strips->plans->grid[c].in_width;

  if (channel->layout == AREASCALE_LAYOUT_4)
    return pixels;

  pixels += sample_offset (channel, strips->in_pixel_bytes);
  if (channel->depth > 8)
    split_guint16 (samples, pixels, step, width);
  else
    split_guint8 (samples, pixels, step, width);
  return samples;
}

void
gst_area_scale_strip_feed (GstAreaScaleStrip * strip, gint line,
    gpointer pixels)
{
  const GstAreaScaleStrips *strips = strip->strips;
  gint f;
  guint c;

  for (c = 0; c < strips->plans->in_layout.n_channels; c++) {
    gpointer samples = NULL;

    for (f = 0; f < strips->scan->n_fields; f++) {
      gint row = needed_row (strip, f, c, line);

      if (row < 0)
        continue;
      if (samples == NULL)
        samples = split_line (strip, c, pixels);
      areascale_band_feed (strips->scan->field[f][c].plan, samples, 0, row, 1,
          strip->memory + strips->scratch[f][c]);
    }
  }
}

void
gst_area_scale_strip_finish (GstAreaScaleStrip * strip)
{
  const GstAreaScaleStrips *strips = strip->strips;
  gint f;
  guint c;

  for (f = 0; f < strips->scan->n_fields; f++) {
    for (c = 0; c < strips->plans->out_layout.n_channels; c++) {
      if (strip->part[f][c].y0 < strip->part[f][c].y1)
        areascale_band_finish (strips->scan->field[f][c].plan,
            strip->memory + strips->rows[f][c], content_row_bytes (strips, c),
            strip->memory + strips->scratch[f][c]);
    }
  }
}

/* Puts a row of a channel into a line of the output. */
static void
merge_row (const GstAreaScaleStrips * strips, guint c, gconstpointer row,
    guint8 * pixels)
{
  const GstAreaScaleChannel *channel = &strips->plans->out_layout.channel[c];
  const GstVideoRectangle *content = &strips->plans->grid[c].content;
  gsize step = strips->out_pixel_bytes;
  gint x = content->x << channel->w_sub;
  gint n = MIN (content->w << channel->w_sub,
      strips->plans->placement.out_width - x);

  pixels += x * step;
  if (channel->layout == AREASCALE_LAYOUT_4) {
    memcpy (pixels, row, n * step);
    return;
  }

  pixels += sample_offset (channel, step);
  if (channel->depth > 8)
    merge_guint16 (pixels, step, row, channel->w_sub, n);
  else
    merge_guint8 (pixels, step, row, channel->w_sub, n);
}

void
gst_area_scale_strip_write (const GstAreaScaleStrip * strip, gint line,
    gpointer pixels)
{
  const GstAreaScaleStrips *strips = strip->strips;
  gint n_fields = strips->scan->n_fields;
  guint c;

  for (c = 0; c < strips->plans->out_layout.n_channels; c++) {
    const GstVideoRectangle *content = &strips->plans->grid[c].content;
    gint y = (line >> strips->plans->out_layout.channel[c].h_sub) - content->y;

    if (y >= 0 && y < content->h) {
      gint f = y % n_fields;
      gint row = y / n_fields - strip->part[f][c].y0;

      merge_row (strips, c, strip->memory + strips->rows[f][c] +
          row * content_row_bytes (strips, c), pixels);
    }
  }
}

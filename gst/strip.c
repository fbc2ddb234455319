/* GStreamer areascale: lines of pixels scaled
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include "gather.h"
#include "strip.h"

static gint
ceil_div (gint a, gint b)
{
  return a > 0 ? (a + b - 1) / b : 0;
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

static gboolean
is_gathered (const GstAreaScaleStrips * strips, guint c)
{
  return strips->plans->in_layout.channel[c].n_gathered > 0;
}

static GstAreaScaleGather
gather_of (const GstAreaScaleStrips * strips, gint f, guint c)
{
  const GstAreaScalePlans *plans = strips->plans;
  GstAreaScaleGather gather = { &plans->in_layout.channel[c],
    plans->in_layout.finfo, plans->placement.in_width,
    plans->placement.in_height, strips->scan->n_fields,
    strips->scan->field[f][c].in_field
  };

  return gather;
}

/* The first and the last line of the input frame that a field's row is made from. */
static gint
first_line (const GstAreaScaleStrips * strips, gint f, guint c, gint row)
{
  GstAreaScaleGather gather = gather_of (strips, f, c);

  return is_gathered (strips, c) ? gst_area_scale_gather_first (&gather, row)
      : line_of_row (strips, f, c, row);
}

static gint
last_line (const GstAreaScaleStrips * strips, gint f, guint c, gint row)
{
  GstAreaScaleGather gather = gather_of (strips, f, c);

  return is_gathered (strips, c) ? gst_area_scale_gather_last (&gather, row)
      : line_of_row (strips, f, c, row);
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

  if (strips->of_planes)
    return;

  areascale_plan_input_rows (plan, part->y0, part->y1, &part->first,
      &part->end);
  areascale_band_begin (plan, part->y0, part->y1,
      strip->memory + strips->scratch[f][c]);
  strip->first = MIN (strip->first, first_line (strips, f, c, part->first));
  strip->end = MAX (strip->end, last_line (strips, f, c, part->end - 1) + 1);
}

void
gst_area_scale_strip_begin (GstAreaScaleStrip * strip,
    const GstAreaScaleStrips * strips, gint line0, gint line1,
    const GstAreaScaleFrame * out, guint8 * memory)
{
  gint f;
  guint c;

  strip->strips = strips;
  strip->out = out;
  strip->memory = memory;
  strip->first = G_MAXINT;
  strip->end = 0;
  for (f = 0; f < strips->scan->n_fields; f++) {
    for (c = 0; c < strips->plans->out_layout.n_channels; c++)
      begin_part (strip, f, c, line0, line1);
  }
}

/* The row of a field that an input line is a part of, or -1. */
static gint
row_of_line (const GstAreaScaleStrips * strips, gint f, guint c, gint line)
{
  GstAreaScaleGather gather = gather_of (strips, f, c);
  gint row = (line >> strips->plans->in_layout.channel[c].h_sub) /
      strips->scan->n_fields;

  if (is_gathered (strips, c))
    return gst_area_scale_gather_row (&gather, line);
  return line_of_row (strips, f, c, row) == line ? row : -1;
}

/* The same, or -1 when its part does not need the row. */
static gint
needed_row (const GstAreaScaleStrip * strip, gint f, guint c, gint line)
{
  const GstAreaScalePart *part = &strip->part[f][c];
  gint row = row_of_line (strip->strips, f, c, line);

  return row >= part->first && row < part->end ? row : -1;
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
merge_##type (guint8 * pixels, gsize step, const type * samples, \
    gsize n_interleaved, guint w_sub, gint n) \
{ \
  gint i; \
\
  for (i = 0; i < n; i++) \
    *(type *) (pixels + i * step) = samples[(i >> w_sub) * n_interleaved]; \
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

  pixels += gst_area_scale_channel_pixel_offset (channel, strips->in_pixel_bytes);
  if (channel->depth > 8)
    split_guint16 (samples, pixels, step, width);
  else
    split_guint8 (samples, pixels, step, width);
  return samples;
}

/* Returns: the samples of the row that needs a line, or NULL when it needs more */
static gpointer
gather_line (const GstAreaScaleStrip * strip, gint f, guint c, gint line,
    gconstpointer pixels)
{
  const GstAreaScaleStrips *strips = strip->strips;
  GstAreaScaleGather gather = gather_of (strips, f, c);
  gpointer samples = strip->memory + strips->gathered[f][c];
  gint row = gst_area_scale_gather_row (&gather, line);

  gst_area_scale_gather_line (&gather, line, pixels, samples);
  return line == gst_area_scale_gather_last (&gather, row) ? samples : NULL;
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
      if (is_gathered (strips, c))
        samples = gather_line (strip, f, c, line, pixels);
      else if (samples == NULL)
        samples = split_line (strip, c, pixels);
      if (samples != NULL)
        areascale_band_feed (strips->scan->field[f][c].plan, samples, 0, row,
            1, strip->memory + strips->scratch[f][c]);
    }
  }
}

/* --- rows of the output --- */

static gint
plane_of (const GstAreaScaleStrips * strips, guint c)
{
  return strips->plane != NULL ? strips->plane[c] : -1;
}

/* Whether a channel's rows can be made where the output has them. */
static gboolean
is_in_place (const GstAreaScaleStrip * strip, guint c)
{
  gint plane = plane_of (strip->strips, c);

  return plane >= 0 && (strip->strips->plans->out_layout.channel[c].depth <= 8
      || gst_area_scale_frame_is_even (strip->out, plane));
}

/* Where rows are, the first one being that of output row 0 of a field or of a part. */
typedef struct
{
  guint8 *data;
  gssize stride;
} Rows;

static Rows
rows_in_frame (const GstAreaScaleStrip * strip, gint f, guint c)
{
  const GstAreaScalePlans *plans = strip->strips->plans;
  const GstVideoRectangle *content = &plans->grid[c].content;
  gint plane = plane_of (strip->strips, c);
  gssize stride = strip->out->stride[plane];
  Rows rows = { strip->out->data[plane], stride * strip->strips->scan->n_fields };

  rows.data += stride * (content->y + f) + (gssize)
      gst_area_scale_channel_row_bytes (&plans->out_layout.channel[c],
      content->x);
  return rows;
}

static Rows
rows_in_memory (const GstAreaScaleStrip * strip, gint f, guint c)
{
  Rows rows = { strip->memory + strip->strips->rows[f][c],
    (gssize) strip->strips->row_stride[c]
  };

  return rows;
}

/* Those of a part, from its first row on. */
static Rows
rows_of_part (const GstAreaScaleStrip * strip, gint f, guint c)
{
  Rows rows;

  if (!is_in_place (strip, c))
    return rows_in_memory (strip, f, c);
  rows = rows_in_frame (strip, f, c);
  rows.data += rows.stride * strip->part[f][c].y0;
  return rows;
}

/* Puts the rows of a part where the output has them, when they are not there. */
static void
place_part (const GstAreaScaleStrip * strip, gint f, guint c)
{
  const GstAreaScalePart *part = &strip->part[f][c];
  Rows from, to;
  gint y;

  if (plane_of (strip->strips, c) < 0 || is_in_place (strip, c))
    return;
  from = rows_in_memory (strip, f, c);
  to = rows_in_frame (strip, f, c);
  for (y = part->y0; y < part->y1; y++)
    memcpy (to.data + to.stride * y, from.data + from.stride * (y - part->y0),
        strip->strips->row_bytes[c]);
}

static void
finish_part (const GstAreaScaleStrip * strip, gint f, guint c)
{
  const GstAreaScaleStrips *strips = strip->strips;
  Rows rows = rows_of_part (strip, f, c);

  areascale_band_finish (strips->scan->field[f][c].plan, rows.data,
      rows.stride, strip->memory + strips->scratch[f][c]);
  place_part (strip, f, c);
}

void
gst_area_scale_strip_feed_rows (GstAreaScaleStrip * strip, gint line,
    const gpointer rows[])
{
  const GstAreaScaleStrips *strips = strip->strips;
  gint f;
  guint c;

  for (c = 0; c < strips->plans->in_layout.n_channels; c++) {
    for (f = 0; f < strips->scan->n_fields; f++) {
      gint row = needed_row (strip, f, c, line);

      if (row >= 0)
        areascale_band_feed (strips->scan->field[f][c].plan, rows[c], 0, row, 1,
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
        finish_part (strip, f, c);
    }
  }
}

/* --- planes as they are --- */

static Rows
rows_of_input (const GstAreaScaleStrip * strip, const GstAreaScaleFrame * in,
    gint f, guint c)
{
  const GstAreaScaleScan *scan = strip->strips->scan;
  guint plane = strip->strips->plans->in_layout.channel[c].index;
  Rows rows = { in->data[plane], (gssize) in->stride[plane] * scan->n_fields };

  rows.data += (gssize) in->stride[plane] * scan->field[f][c].in_field;
  return rows;
}

/* The kernels want row 0 of the output, which a part in the memory does not have: they
 * write none before the part's first row. */
static gpointer
row_zero (const Rows * rows, gint first)
{
  guintptr data = (guintptr) rows->data;
  gssize before = rows->stride * first;

  return (gpointer) (before < 0 ? data + (guintptr) -before :
      data - (guintptr) before);
}

static void
average_part (const GstAreaScaleStrip * strip, const Rows * in, gint f,
    guint c)
{
  const GstAreaScaleStrips *strips = strip->strips;
  const GstAreaScalePart *part = &strip->part[f][c];
  Rows out = rows_of_part (strip, f, c);
  AreascaleRect rect = { 0, part->y0, strips->plans->grid[c].content.w,
    part->y1
  };

  areascale_run (strips->scan->field[f][c].plan, row_zero (&out, part->y0),
      out.stride, in->data, in->stride, &rect,
      strip->memory + strips->scratch[f][c]);
}

/* Through copies of rows: the kernels take words at even addresses only. */
static void
average_copies (const GstAreaScaleStrip * strip, const Rows * in, gint f,
    guint c)
{
  const GstAreaScaleStrips *strips = strip->strips;
  const GstAreaScalePlans *plans = strips->plans;
  const AreascalePlan *plan = strips->scan->field[f][c].plan;
  const GstAreaScalePart *part = &strip->part[f][c];
  guint8 *scratch = strip->memory + strips->scratch[f][c];
  guint8 *samples = strip->memory + strips->samples;
  gsize bytes = gst_area_scale_channel_row_bytes
      (&plans->in_layout.channel[c], plans->grid[c].in_width);
  Rows out = rows_of_part (strip, f, c);
  gint y, row, end;

  for (y = part->y0; y < part->y1; y++) {
    areascale_plan_input_rows (plan, y, y + 1, &row, &end);
    areascale_band_begin (plan, y, y + 1, scratch);
    for (; row < end; row++) {
      memcpy (samples, in->data + in->stride * row, bytes);
      areascale_band_feed (plan, samples, 0, row, 1, scratch);
    }
    areascale_band_finish (plan, out.data + out.stride * (y - part->y0), 0,
        scratch);
  }
}

void
gst_area_scale_strip_average (const GstAreaScaleStrip * strip,
    const GstAreaScaleFrame * in)
{
  const GstAreaScaleStrips *strips = strip->strips;
  gint f;
  guint c;

  for (f = 0; f < strips->scan->n_fields; f++) {
    for (c = 0; c < strips->plans->out_layout.n_channels; c++) {
      const GstAreaScaleChannel *channel = &strips->plans->in_layout.channel[c];
      Rows rows = rows_of_input (strip, in, f, c);

      if (strip->part[f][c].y0 == strip->part[f][c].y1)
        continue;
      if (channel->depth > 8
          && !gst_area_scale_frame_is_even (in, channel->index))
        average_copies (strip, &rows, f, c);
      else
        average_part (strip, &rows, f, c);
      place_part (strip, f, c);
    }
  }
}

/* --- what a strip has made --- */

gconstpointer
gst_area_scale_strip_row (const GstAreaScaleStrip * strip, guint c, gint line)
{
  const GstAreaScaleStrips *strips = strip->strips;
  gint h_sub = strips->plans->out_layout.channel[c].h_sub;
  gint y = (line >> h_sub) - strips->plans->grid[c].content.y;
  gint f = y % strips->scan->n_fields;
  Rows rows;

  if (line % (1 << h_sub) != 0 || y < 0
      || y >= strips->plans->grid[c].content.h)
    return NULL;
  rows = rows_in_memory (strip, f, c);
  return rows.data + rows.stride * (y / strips->scan->n_fields -
      strip->part[f][c].y0);
}

/* Puts one of the interleaved samples of a channel into its place in pixels. */
static void
merge_samples (const GstAreaScaleStrips * strips,
    const GstAreaScaleChannel * channel, gint element, gconstpointer row,
    guint8 * pixels, gint n)
{
  guint interleaved = gst_area_scale_channel_samples (channel);
  gsize step = strips->out_pixel_bytes;

  pixels += gst_area_scale_channel_pixel_offset (channel, step);
  if (channel->depth > 8)
    merge_guint16 (pixels, step, (const guint16 *) row + element, interleaved,
        channel->w_sub, n);
  else
    merge_guint8 (pixels, step, (const guint8 *) row + element, interleaved,
        channel->w_sub, n);
}

/* Puts a row of a channel into a line of the output. */
static void
merge_row (const GstAreaScaleStrips * strips, guint c, gconstpointer row,
    guint8 * pixels)
{
  GstAreaScaleChannel channel = strips->plans->out_layout.channel[c];
  const GstVideoRectangle *content = &strips->plans->grid[c].content;
  gsize step = strips->out_pixel_bytes;
  gint x = content->x << channel.w_sub;
  gint n = MIN (content->w << channel.w_sub,
      strips->plans->placement.out_width - x);
  gint i;

  pixels += x * step;
  if (channel.n_gathered > 0) {
    for (i = 1; i <= channel.n_gathered; i++, channel.index++)
      merge_samples (strips, &channel, i, row, pixels, n);
  } else if (channel.layout == AREASCALE_LAYOUT_4) {
    memcpy (pixels, row, n * step);
  } else {
    merge_samples (strips, &channel, 0, row, pixels, n);
  }
}

void
gst_area_scale_strip_write (const GstAreaScaleStrip * strip, gint line,
    gpointer pixels)
{
  const GstAreaScaleStrips *strips = strip->strips;
  guint c;

  for (c = 0; c < strips->plans->out_layout.n_channels; c++) {
    gint h_sub = strips->plans->out_layout.channel[c].h_sub;
    gconstpointer row =
        gst_area_scale_strip_row (strip, c, line >> h_sub << h_sub);

    if (row != NULL)
      merge_row (strips, c, row, pixels);
  }
}

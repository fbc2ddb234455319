/* GStreamer areascale: how lines of pixels, or planes, are scaled in strips
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include "strip.h"

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
band_lines (const GstAreaScaleStrips * strips)
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

/* Planes are scaled one after the other, and one scratch serves all. */
static void
reserve_scratch (GstAreaScaleStrips * strips)
{
  gsize first = strips->memory_size, largest = 0, size;
  gint f;
  guint c;

  for (f = 0; f < strips->scan->n_fields; f++) {
    for (c = 0; c < strips->plans->out_layout.n_channels; c++) {
      const AreascalePlan *plan = strips->scan->field[f][c].plan;

      if (plan == NULL)
        continue;
      size = areascale_plan_scratch_size (plan);
      largest = MAX (largest, size);
      strips->scratch[f][c] =
          strips->of_planes ? first : reserve (strips, size);
    }
  }
  if (strips->of_planes)
    reserve (strips, largest);
}

/* The rows of a channel that some lines have of a field, at most. */
static gint
rows_of_lines (const GstAreaScaleStrips * strips, guint c)
{
  gint lines = strips->scan->n_fields <<
      strips->plans->out_layout.channel[c].h_sub;

  return (strips->max_lines + lines - 1) / lines;
}

static void
reserve_rows (GstAreaScaleStrips * strips)
{
  gint f;
  guint c;

  for (f = 0; f < strips->scan->n_fields; f++) {
    for (c = 0; c < strips->plans->out_layout.n_channels; c++)
      strips->rows[f][c] = reserve (strips,
          strips->row_stride[c] * rows_of_lines (strips, c));
  }
}

/* A row of words that a frame has at odd addresses, or the samples of a line. */
static gsize
samples_bytes (const GstAreaScaleStrips * strips)
{
  const GstAreaScalePlans *plans = strips->plans;
  gsize bytes = plans->placement.in_width * strips->in_pixel_bytes;
  guint c;

  if (!strips->of_planes)
    return bytes;
  for (c = 0, bytes = 0; c < plans->in_layout.n_channels; c++)
    bytes = MAX (bytes, gst_area_scale_channel_row_bytes
        (&plans->in_layout.channel[c], plans->grid[c].in_width));
  return bytes;
}

/* The row of each field that is being gathered. */
static void
reserve_gathered (GstAreaScaleStrips * strips)
{
  const GstAreaScalePlans *plans = strips->plans;
  gint f;
  guint c;

  for (f = 0; f < strips->scan->n_fields; f++) {
    for (c = 0; c < plans->in_layout.n_channels; c++) {
      if (plans->in_layout.channel[c].n_gathered > 0)
        strips->gathered[f][c] =
            reserve (strips, gst_area_scale_channel_row_bytes
            (&plans->in_layout.channel[c], plans->grid[c].in_width));
    }
  }
}

static void
reserve_memory (GstAreaScaleStrips * strips)
{
  strips->samples = reserve (strips, samples_bytes (strips));
  reserve_gathered (strips);
  reserve_scratch (strips);
  reserve_rows (strips);
}

/* 4 samples of 8 or 16 bits */
static gsize
pixel_bytes (const GstAreaScaleLayout * layout)
{
  return gst_area_scale_layout_unpacked_bits (layout->finfo) / 2;
}

/* Rows in the memory begin on cache lines of their own. */
static void
init_rows (GstAreaScaleStrips * strips)
{
  const GstAreaScalePlans *plans = strips->plans;
  guint c;

  for (c = 0; c < plans->out_layout.n_channels; c++) {
    strips->row_bytes[c] = gst_area_scale_channel_row_bytes
        (&plans->out_layout.channel[c], plans->grid[c].content.w);
    strips->row_stride[c] = GST_ROUND_UP_64 (strips->row_bytes[c]);
  }
}

static void
init_strips (GstAreaScaleStrips * strips, const GstAreaScalePlans * plans,
    GstAreaScaleScanning scanning, const gint * plane)
{
  memset (strips, 0, sizeof (*strips));
  strips->plans = plans;
  strips->scan = &plans->scan[scanning];
  strips->plane = plane;
  strips->in_pixel_bytes = pixel_bytes (&plans->in_layout);
  strips->out_pixel_bytes = pixel_bytes (&plans->out_layout);
  strips->step = shared_lines (strips);
  init_rows (strips);
}

void
gst_area_scale_strips_init (GstAreaScaleStrips * strips,
    const GstAreaScalePlans * plans, GstAreaScaleScanning scanning,
    const gint * plane)
{
  init_strips (strips, plans, scanning, plane);
  strips->max_lines = band_lines (strips);
  reserve_memory (strips);
}

void
gst_area_scale_strips_init_planes (GstAreaScaleStrips * strips,
    const GstAreaScalePlans * plans, GstAreaScaleScanning scanning,
    const gint * plane, gint lines)
{
  init_strips (strips, plans, scanning, plane);
  strips->of_planes = TRUE;
  strips->max_lines = GST_ROUND_UP_N (lines, strips->step);
  reserve_memory (strips);
}

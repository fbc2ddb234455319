/* GStreamer areascale: frames that go through lines of pixels
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include "borders.h"
#include "colors.h"
#include "lines.h"
#include "strip.h"
#include "way.h"

/* How the output of one scanning is cut: into jobs of whole steps of lines. */
typedef struct
{
  gint step;
  guint n_jobs;
  GstAreaScaleStrips strips;
} Cut;

typedef struct
{
  GstAreaScaleLines in_lines;
  GstAreaScaleLines out_lines;
  gint out_height;
  Cut cut[GST_AREA_SCALE_N_SCANNINGS];

  /* a line of border */
  gboolean has_border;
  GstVideoInfo border_info;
  gpointer border_pixels;

  /* what lies where in a worker's memory */
  gsize in_pixels;
  gsize out_pixels;
  gsize bounce;
  gsize strip;
  gsize memory_size;
} ByLines;

static gboolean
init_layouts (const GstVideoInfo * in, const GstVideoInfo * out,
    const GstAreaScaleMean * mean, const GstAreaConversion * conversion,
    GstAreaScaleLayout * in_layout, GstAreaScaleLayout * out_layout)
{
  if (!gst_area_scale_colors_stay (in, out, conversion)
      || !gst_area_scale_layout_init_unpacked (in_layout,
          GST_VIDEO_INFO_FORMAT (in))
      || !gst_area_scale_layout_init_unpacked (out_layout,
          GST_VIDEO_INFO_FORMAT (out)))
    return FALSE;
  if (mean->weight_by_alpha)
    gst_area_scale_layout_gather (in_layout, out_layout);
  return TRUE;
}

/* --- state --- */

/* No job shares a chroma line, a pair of fields or a byte with another. */
static void
init_cut (ByLines * bylines, Cut * cut, guint max_jobs)
{
  gint n_steps;

  cut->step = MAX (cut->strips.step, bylines->out_lines.shared_lines);
  n_steps = (bylines->out_height + cut->step - 1) / cut->step;
  cut->n_jobs = MIN (max_jobs, (guint) n_steps);
}

/* Parts of the memory begin on cache lines of their own. */
static void
init_memory (ByLines * bylines, gsize strip_size)
{
  const GstAreaScaleLines *in = &bylines->in_lines;
  const GstAreaScaleLines *out = &bylines->out_lines;
  gsize bounce_bytes = MAX (in->bounce_bytes, out->bounce_bytes);

  bylines->in_pixels = 0;
  bylines->out_pixels = GST_ROUND_UP_64 (in->line_bytes);
  bylines->bounce = bylines->out_pixels + GST_ROUND_UP_64 (out->line_bytes);
  bylines->strip = bylines->bounce + GST_ROUND_UP_64 (bounce_bytes);
  bylines->memory_size = bylines->strip + strip_size;
}

static void
free_state (gpointer state)
{
  ByLines *bylines = state;

  g_free (bylines->border_pixels);
  g_free (bylines);
}

static gpointer
create (const GstAreaScalePlans * plans, const GstVideoInfo * in,
    const GstVideoInfo * out, const GstAreaConversion * conversion,
    guint max_jobs)
{
  ByLines *bylines = g_try_new0 (ByLines, 1);
  gsize strip_size = 0;
  gint i;

  (void) conversion;
  if (bylines == NULL)
    return NULL;

  gst_area_scale_lines_init (&bylines->in_lines, in);
  gst_area_scale_lines_init (&bylines->out_lines, out);
  bylines->out_height = plans->placement.out_height;
  for (i = 0; i < GST_AREA_SCALE_N_SCANNINGS; i++) {
    if (plans->scan[i].n_fields > 0) {
      gst_area_scale_strips_init (&bylines->cut[i].strips, plans, i, NULL);
      init_cut (bylines, &bylines->cut[i], max_jobs);
      strip_size = MAX (strip_size, bylines->cut[i].strips.memory_size);
    }
  }
  init_memory (bylines, strip_size);

  bylines->has_border =
      gst_area_scale_placement_has_border (&plans->placement);
  bylines->border_info = *out;
  bylines->border_pixels = g_try_malloc (bylines->out_lines.line_bytes);
  if (bylines->border_pixels == NULL) {
    free_state (bylines);
    return NULL;
  }
  return bylines;
}

static void
set_border_color (gpointer state, guint32 argb)
{
  ByLines *bylines = state;

  gst_area_scale_borders_fill_line (&bylines->out_lines,
      &bylines->border_info, argb, bylines->border_pixels);
}

static gsize
memory_size (gconstpointer state)
{
  return ((const ByLines *) state)->memory_size;
}

/* --- frames --- */

static guint
begin (gconstpointer state, const GstAreaScaleWork * work)
{
  return ((const ByLines *) state)->cut[work->scanning].n_jobs;
}

static void
draw_border (const ByLines * bylines, guint8 * memory)
{
  memcpy (memory + bylines->out_pixels, bylines->border_pixels,
      bylines->out_lines.line_bytes);
}

/* Makes the lines [line0, line1) of the output: every line of the input that
 * they need goes through the stages up to the scaling, then each of them goes
 * through those behind it. */
static void
make_strip (const ByLines * bylines, const GstAreaScaleWork * work, gint line0,
    gint line1, guint8 * memory)
{
  guint8 *in_pixels = memory + bylines->in_pixels;
  guint8 *out_pixels = memory + bylines->out_pixels;
  guint8 *bounce = memory + bylines->bounce;
  GstAreaScaleStrip strip;
  gint line;

  gst_area_scale_strip_begin (&strip, &bylines->cut[work->scanning].strips,
      line0, line1, NULL, memory + bylines->strip);
  for (line = strip.first; line < strip.end; line++) {
    if (!gst_area_scale_strip_needs (&strip, line))
      continue;
    gst_area_scale_lines_unpack (&bylines->in_lines, work->in, line,
        in_pixels, bounce);
    gst_area_scale_strip_feed (&strip, line, in_pixels);
  }
  gst_area_scale_strip_finish (&strip);

  for (line = line0; line < line1; line++) {
    if (bylines->has_border)
      draw_border (bylines, memory);
    gst_area_scale_strip_write (&strip, line, out_pixels);
    gst_area_scale_lines_pack (&bylines->out_lines, work->out, line,
        out_pixels, bounce);
  }
}

static void
do_job (gconstpointer state, const GstAreaScaleWork * work, guint index,
    guint8 * memory)
{
  const ByLines *bylines = state;
  const Cut *cut = &bylines->cut[work->scanning];
  gint n_steps = (bylines->out_height + cut->step - 1) / cut->step;
  gint first = gst_area_scale_way_part_start (n_steps, index, cut->n_jobs);
  gint last = gst_area_scale_way_part_start (n_steps, index + 1, cut->n_jobs);
  gint end = MIN (last * cut->step, bylines->out_height);
  gint line;

  /* what a format has no component for, as the x of RGBx, is border too */
  draw_border (bylines, memory);
  for (line = first * cut->step; line < end; line += cut->strips.max_lines)
    make_strip (bylines, work, line, MIN (line + cut->strips.max_lines, end),
        memory);
}

const GstAreaScaleWay gst_area_scale_way_bylines = {
  .name = "unpacked",
  .channel_name = "channel",
  .init_layouts = init_layouts,
  .create = create,
  .free = free_state,
  .set_border_color = set_border_color,
  .memory_size = memory_size,
  .begin = begin,
  .do_job = do_job,
};

/* GStreamer areascale: frames of one format that become those of another
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include "borders.h"
#include "lines.h"
#include "recipe.h"
#include "strip.h"
#include "way.h"

/* Lines of a strip of planes: enough for the kernels to work on several rows at once,
 * and few enough for their means to stay in the caches of a core. */
#define STRIP_LINES 16

/* How the output of one scanning is cut: into jobs of whole steps of lines. */
typedef struct
{
  gint step;
  gint lines;                   /* of a strip at most */
  guint n_jobs;
  GstAreaScaleStrips strips;
} Cut;

typedef struct
{
  const GstAreaScalePlans *plans;
  GstAreaScaleRecipe recipe;
  AreascaleMix *mix[GST_AREA_SCALE_MAX_MIXERS];
  GstAreaScalePlacement grid[GST_AREA_SCALE_MAX_MIXERS];
  Cut cut[GST_AREA_SCALE_N_SCANNINGS];
  GstVideoInfo out_info;
  gint out_height;
  gboolean has_border;

  /* of an input that is unpacked, and an output that is packed */
  GstAreaScaleLines in_lines;
  GstAreaScaleLines out_lines;
  gpointer border_pixels;

  /* of an output that is written as it is */
  GstAreaScaleLayout out_planes;
  GstAreaScalePlacement plane_grid[GST_VIDEO_MAX_PLANES];
  gboolean is_mixed[GST_VIDEO_MAX_PLANES];
  GstAreaScaleBorder border;

  /* what lies where in a worker's memory */
  gsize in_pixels;
  gsize out_pixels;
  gsize bounce;
  gsize row;                    /* of each plane, at odd addresses */
  gsize row_bytes;
  gsize strip;
  gsize memory_size;
} Convert;

static gboolean
init_layouts (const GstVideoInfo * in, const GstVideoInfo * out,
    const GstAreaScaleMean * mean, const GstAreaConversion * conversion,
    GstAreaScaleLayout * in_layout, GstAreaScaleLayout * out_layout)
{
  GstAreaScaleRecipe recipe;

  if (conversion == NULL
      || !gst_area_scale_recipe_init (&recipe, in, out, mean, conversion))
    return FALSE;
  *in_layout = recipe.in_layout;
  *out_layout = recipe.out_layout;
  return TRUE;
}

/* --- state --- */

/* The lines of the output that share chroma, of all fields. */
static gint
shared_lines (const GstVideoFormatInfo * finfo, gint n_fields)
{
  guint i, h_sub = 0;

  for (i = 0; i < finfo->n_components; i++)
    h_sub = MAX (h_sub, finfo->h_sub[i]);
  return n_fields << h_sub;
}

/* No job shares a chroma line, a pair of fields or a byte with another. */
static void
init_cut (Convert * convert, GstAreaScaleScanning scanning, guint max_jobs)
{
  Cut *cut = &convert->cut[scanning];
  gint step = shared_lines (convert->out_info.finfo,
      convert->plans->scan[scanning].n_fields);
  gint n_steps;

  if (convert->recipe.reads_planes)
    gst_area_scale_strips_init_planes (&cut->strips, convert->plans, scanning,
        convert->recipe.plane, MAX (STRIP_LINES, step));
  else
    gst_area_scale_strips_init (&cut->strips, convert->plans, scanning,
        convert->recipe.plane);
  cut->lines = cut->strips.max_lines / step * step;

  cut->step = MAX (step, convert->out_lines.shared_lines);
  n_steps = (convert->out_height + cut->step - 1) / cut->step;
  cut->n_jobs = MIN (max_jobs, (guint) n_steps);
}

static gsize
max_row_bytes (const Convert * convert)
{
  gsize bytes = 0;
  guint c;

  for (c = 0; c < convert->out_planes.n_channels; c++)
    bytes = MAX (bytes, gst_area_scale_channel_row_bytes
        (&convert->out_planes.channel[c], convert->plane_grid[c].out_width));
  return GST_ROUND_UP_64 (bytes);
}

/* Parts of the memory begin on cache lines of their own. */
static void
init_memory (Convert * convert)
{
  const GstAreaScaleLines *in = &convert->in_lines;
  const GstAreaScaleLines *out = &convert->out_lines;
  gsize bounce_bytes = MAX (in->bounce_bytes, out->bounce_bytes);
  gsize strip_size = 0;
  gint i;

  for (i = 0; i < GST_AREA_SCALE_N_SCANNINGS; i++)
    strip_size = MAX (strip_size, convert->cut[i].strips.memory_size);
  convert->in_pixels = 0;
  convert->out_pixels = GST_ROUND_UP_64 (in->line_bytes);
  convert->bounce = convert->out_pixels + GST_ROUND_UP_64 (out->line_bytes);
  convert->row = convert->bounce + GST_ROUND_UP_64 (bounce_bytes);
  convert->row_bytes = max_row_bytes (convert);
  convert->strip =
      convert->row + convert->row_bytes * convert->out_planes.n_channels;
  convert->memory_size = convert->strip + strip_size;
}

static void
free_state (gpointer state)
{
  Convert *convert = state;
  guint m;

  for (m = 0; m < GST_AREA_SCALE_MAX_MIXERS; m++)
    areascale_mix_free (convert->mix[m]);
  gst_area_scale_border_clear (&convert->border);
  g_free (convert->border_pixels);
  g_free (convert);
}

static gboolean
init_mixers (Convert * convert)
{
  guint m;

  for (m = 0; m < convert->recipe.n_mixers; m++) {
    const GstAreaScaleMixer *mixer = &convert->recipe.mixer[m];

    convert->grid[m] = gst_area_scale_placement_of_channel
        (&convert->plans->placement, &mixer->grid, &mixer->grid);
    if (areascale_mix_create (&convert->mix[m], &mixer->spec,
            areascale_cpu_detect (NULL)) < 0)
      return FALSE;
  }
  return TRUE;
}

static void
init_planes (Convert * convert)
{
  guint c, m;
  gint i;

  gst_area_scale_layout_init_native (&convert->out_planes,
      GST_VIDEO_INFO_FORMAT (&convert->out_info));
  for (c = 0; c < convert->out_planes.n_channels; c++)
    convert->plane_grid[c] = gst_area_scale_placement_of_channel
        (&convert->plans->placement, &convert->out_planes.channel[c],
        &convert->out_planes.channel[c]);
  for (m = 0; m < convert->recipe.n_mixers; m++) {
    for (i = 0; i < convert->recipe.mixer[m].spec.n_out; i++)
      convert->is_mixed[convert->recipe.mixer[m].plane[i]] = TRUE;
  }
}

static gboolean
init_output (Convert * convert)
{
  convert->has_border =
      gst_area_scale_placement_has_border (&convert->plans->placement);
  if (!convert->recipe.writes_planes) {
    convert->border_pixels = g_try_malloc (convert->out_lines.line_bytes);
    return convert->border_pixels != NULL;
  }

  init_planes (convert);
  return !convert->has_border || gst_area_scale_border_init (&convert->border,
      &convert->out_planes, &convert->out_info);
}

static gpointer
create (const GstAreaScalePlans * plans, const GstVideoInfo * in,
    const GstVideoInfo * out, const GstAreaConversion * conversion,
    guint max_jobs)
{
  Convert *convert = g_try_new0 (Convert, 1);
  gint i;

  if (convert == NULL)
    return NULL;

  convert->plans = plans;
  convert->out_info = *out;
  convert->out_height = plans->placement.out_height;
  gst_area_scale_recipe_init (&convert->recipe, in, out, &plans->mean,
      conversion);
  gst_area_scale_lines_init (&convert->in_lines, in);
  gst_area_scale_lines_init (&convert->out_lines, out);
  for (i = 0; i < GST_AREA_SCALE_N_SCANNINGS; i++) {
    if (plans->scan[i].n_fields > 0)
      init_cut (convert, i, max_jobs);
  }
  if (!init_mixers (convert) || !init_output (convert)) {
    free_state (convert);
    return NULL;
  }
  init_memory (convert);
  return convert;
}

static void
set_border_color (gpointer state, guint32 argb)
{
  Convert *convert = state;

  if (convert->recipe.writes_planes && convert->has_border)
    gst_area_scale_border_set_color (&convert->border, argb);
  if (!convert->recipe.writes_planes)
    gst_area_scale_borders_fill_line (&convert->out_lines,
        &convert->out_info, argb, convert->border_pixels);
}

static gsize
memory_size (gconstpointer state)
{
  return ((const Convert *) state)->memory_size;
}

/* --- means to samples --- */

/* Where a mixer's means of a line are; FALSE when the picture has none there. What is
 * constant is made from anything that is as long as a row of the first channel. */
static gboolean
find_means (const Convert * convert, guint m, const GstAreaScaleStrip * strip,
    gint line, gconstpointer in[GST_VIDEO_MAX_COMPONENTS])
{
  const GstAreaScaleMixer *mixer = &convert->recipe.mixer[m];
  const GstVideoRectangle *content = &convert->grid[m].content;
  gint row = line >> mixer->grid.h_sub;
  gint i;

  if (line % (1 << mixer->grid.h_sub) != 0 || row < content->y
      || row >= content->y + content->h)
    return FALSE;
  if (mixer->is_constant) {
    in[0] = strip->memory;
    return TRUE;
  }
  for (i = 0; i < mixer->spec.n_in; i++)
    in[i] = (const guint8 *) gst_area_scale_strip_row (strip,
        mixer->channel[i], line) +
        mixer->element[i] * (mixer->spec.in_depth > 8 ? 2 : 1);
  return TRUE;
}

/* Mixes a row of the picture into rows that begin at the output's first sample. */
static void
mix_row (const Convert * convert, guint m, guint8 * const rows[],
    const gconstpointer in[])
{
  const GstAreaScaleMixer *mixer = &convert->recipe.mixer[m];
  const GstVideoRectangle *content = &convert->grid[m].content;
  gint bytes = mixer->spec.out_depth > 8 ? 2 : 1;
  gpointer out[GST_VIDEO_MAX_COMPONENTS];
  gint i;

  for (i = 0; i < mixer->spec.n_out; i++)
    out[i] = rows[mixer->plane[i]] + mixer->offset[i] +
        (gsize) content->x * mixer->spec.out_step[i] * bytes;
  areascale_mix_row (convert->mix[m], out, in, content->w);
}

/* --- an output that is packed --- */

static void
draw_border_pixels (const Convert * convert, guint8 * memory)
{
  memcpy (memory + convert->out_pixels, convert->border_pixels,
      convert->out_lines.line_bytes);
}

static void
pack_line (const Convert * convert, const GstAreaScaleWork * work,
    const GstAreaScaleStrip * strip, gint line, guint8 * memory)
{
  guint8 *pixels = memory + convert->out_pixels;
  gconstpointer in[GST_VIDEO_MAX_COMPONENTS];
  guint m;

  if (convert->has_border)
    draw_border_pixels (convert, memory);
  for (m = 0; m < convert->recipe.n_mixers; m++) {
    if (find_means (convert, m, strip, line, in))
      mix_row (convert, m, &pixels, in);
  }
  gst_area_scale_lines_pack (&convert->out_lines, work->out, line, pixels,
      memory + convert->bounce);
}

/* --- an output that is written as it is --- */

static gboolean
begins_row (const Convert * convert, guint plane, gint line)
{
  return line % (1 << convert->out_planes.channel[plane].h_sub) == 0;
}

static guint8 *
row_of_plane (const Convert * convert, const GstAreaScaleFrame * out,
    guint plane, gint line)
{
  gint y = line >> convert->out_planes.channel[plane].h_sub;

  return (guint8 *) out->data[plane] + (gssize) out->stride[plane] * y;
}

static gboolean
is_odd (const Convert * convert, const GstAreaScaleFrame * out, guint plane)
{
  return convert->out_planes.channel[plane].depth > 8
      && !gst_area_scale_frame_is_even (out, plane);
}

static gboolean
is_packed (const GstAreaScaleChannel * channel)
{
  return channel->layout == AREASCALE_LAYOUT_YUYV
      || channel->layout == AREASCALE_LAYOUT_UYVY;
}

/* The unused luma of an odd width of packed 4:2:2 is a copy of the last. */
static void
pad_luma (const Convert * convert, guint8 * row)
{
  const GstAreaScaleChannel *channel = &convert->out_planes.channel[0];
  gint width = convert->plans->placement.out_width;
  gsize bytes = channel->depth > 8 ? 2 : 1;
  guint8 *luma = row + (gsize) (width - 1) * 2 * bytes;

  if (channel->layout == AREASCALE_LAYOUT_UYVY)
    luma += bytes;
  memcpy (luma + 2 * bytes, luma, bytes);
}

/* Copies what the picture has of a row that could not be written where it is. */
static void
place_row (const Convert * convert, guint plane, guint8 * to,
    const guint8 * from)
{
  const GstAreaScaleChannel *channel = &convert->out_planes.channel[plane];
  const GstVideoRectangle *content = &convert->plane_grid[plane].content;
  gsize left = gst_area_scale_channel_row_bytes (channel, content->x);
  gsize right =
      gst_area_scale_channel_row_bytes (channel, content->x + content->w);

  memcpy (to + left, from + left, right - left);
}

static void
finish_row (const Convert * convert, const GstAreaScaleFrame * out,
    guint plane, gint line, guint8 * row)
{
  const GstVideoRectangle *content = &convert->plane_grid[plane].content;
  gint y = line >> convert->out_planes.channel[plane].h_sub;
  gint end = content->x + content->w;

  if (y < content->y || y >= content->y + content->h)
    return;
  if (is_packed (&convert->out_planes.channel[plane]) && end % 2 != 0)
    pad_luma (convert, row);
  if (is_odd (convert, out, plane))
    place_row (convert, plane, row_of_plane (convert, out, plane, line), row);
}

static void
draw_border_rows (const Convert * convert, const GstAreaScaleFrame * out,
    gint line)
{
  guint p;

  for (p = 0; p < convert->out_planes.n_channels; p++) {
    gint y = line >> convert->out_planes.channel[p].h_sub;

    if (begins_row (convert, p, line))
      gst_area_scale_border_draw (&convert->border, p,
          &convert->plane_grid[p], out, y, y + 1);
  }
}

/* Mixes the rows that begin at a line of the output. Those of words at odd addresses
 * are made in the memory. */
static void
write_line (const Convert * convert, const GstAreaScaleWork * work,
    const GstAreaScaleStrip * strip, gint line, guint8 * memory)
{
  guint8 *rows[GST_VIDEO_MAX_PLANES] = { NULL };
  gconstpointer in[GST_VIDEO_MAX_COMPONENTS];
  guint m, p;

  if (convert->has_border)
    draw_border_rows (convert, work->out, line);
  for (p = 0; p < convert->out_planes.n_channels; p++) {
    if (convert->is_mixed[p] && begins_row (convert, p, line))
      rows[p] = is_odd (convert, work->out, p) ?
          memory + convert->row + p * convert->row_bytes :
          row_of_plane (convert, work->out, p, line);
  }
  for (m = 0; m < convert->recipe.n_mixers; m++) {
    if (find_means (convert, m, strip, line, in))
      mix_row (convert, m, rows, in);
  }
  for (p = 0; p < convert->out_planes.n_channels; p++) {
    if (rows[p] != NULL)
      finish_row (convert, work->out, p, line, rows[p]);
  }
}

/* --- frames --- */

static guint
begin (gconstpointer state, const GstAreaScaleWork * work)
{
  return ((const Convert *) state)->cut[work->scanning].n_jobs;
}

static void
unpack_means (const Convert * convert, const GstAreaScaleWork * work,
    GstAreaScaleStrip * strip, guint8 * memory)
{
  guint8 *pixels = memory + convert->in_pixels;
  gint line;

  for (line = strip->first; line < strip->end; line++) {
    if (!gst_area_scale_strip_needs (strip, line))
      continue;
    gst_area_scale_lines_unpack (&convert->in_lines, work->in, line, pixels,
        memory + convert->bounce);
    gst_area_scale_strip_feed (strip, line, pixels);
  }
  gst_area_scale_strip_finish (strip);
}

/* Makes the lines [line0, line1) of the output. */
static void
make_strip (const Convert * convert, const GstAreaScaleWork * work, gint line0,
    gint line1, guint8 * memory)
{
  GstAreaScaleStrip strip;
  gint line;

  gst_area_scale_strip_begin (&strip, &convert->cut[work->scanning].strips,
      line0, line1, work->out, memory + convert->strip);
  if (convert->recipe.reads_planes)
    gst_area_scale_strip_average (&strip, work->in);
  else
    unpack_means (convert, work, &strip, memory);

  for (line = line0; line < line1; line++) {
    if (convert->recipe.writes_planes)
      write_line (convert, work, &strip, line, memory);
    else
      pack_line (convert, work, &strip, line, memory);
  }
}

static void
do_job (gconstpointer state, const GstAreaScaleWork * work, guint index,
    guint8 * memory)
{
  const Convert *convert = state;
  const Cut *cut = &convert->cut[work->scanning];
  gint n_steps = (convert->out_height + cut->step - 1) / cut->step;
  gint first = gst_area_scale_way_part_start (n_steps, index, cut->n_jobs);
  gint last = gst_area_scale_way_part_start (n_steps, index + 1, cut->n_jobs);
  gint end = MIN (last * cut->step, convert->out_height);
  gint line;

  /* what a format has no component for is border too */
  if (!convert->recipe.writes_planes)
    draw_border_pixels (convert, memory);
  for (line = first * cut->step; line < end; line += cut->lines)
    make_strip (convert, work, line, MIN (line + cut->lines, end), memory);
}

const GstAreaScaleWay gst_area_scale_way_convert = {
  .name = "converted",
  .channel_name = "mean",
  .init_layouts = init_layouts,
  .create = create,
  .free = free_state,
  .set_border_color = set_border_color,
  .memory_size = memory_size,
  .begin = begin,
  .do_job = do_job,
};

/* GStreamer areascale: frames averaged as light
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include "borders.h"
#include "colors.h"
#include "rgb.h"
#include "samples.h"
#include "siting.h"
#include "strip.h"
#include "way.h"

/* Rows of chroma that are kept: two of each field. */
#define N_CHROMA_ROWS 4

/* How the output of one scanning is cut: into jobs of whole steps of lines. */
typedef struct
{
  gint step;
  guint n_jobs;
  GstAreaScaleStrips strips;
} Cut;

/* What lies where in a worker's memory. */
typedef struct
{
  gsize samples;
  gsize chroma_tags;
  gsize chroma[N_CHROMA_ROWS][2];
  gsize values;                 /* of a row of luma, of another component, of alpha */
  gsize alpha;
  gsize yuv;
  gsize codes[GST_AREA_SCALE_N_COLORS];
  gsize light[GST_AREA_SCALE_N_COLORS];
  gsize weighed;                /* a row of alpha and light */
  gsize pixels;
  gsize bounce;
  gsize strip;
  gsize size;
} Memory;

typedef struct
{
  const GstAreaScalePlans *plans;
  guint n_lights;
  guint n_grid_channels;        /* with light, on each grid */
  gboolean weighs;              /* each is alpha and light in four samples */
  GstAreaScaleColor alpha;      /* of the output, where it has any */
  gboolean has_alpha;           /* and it is made from the last channel */
  GstAreaScaleRgb in, out;
  GstAreaScaleSamples in_samples, out_samples;
  Cut cut[GST_AREA_SCALE_N_SCANNINGS];
  Memory memory;

  /* a line of border, and the value of each component in it */
  gpointer border_pixels;
  guint16 border[GST_VIDEO_MAX_COMPONENTS];
} Linear;

/* --- layouts: light on the grid of luma, and on that of chroma, and alpha --- */

static void
add_channel (GstAreaScaleLayout * layout, gint bits, guint w_sub, guint h_sub)
{
  GstAreaScaleChannel *channel = &layout->channel[layout->n_channels++];

  memset (channel, 0, sizeof (*channel));
  channel->w_sub = w_sub;
  channel->h_sub = h_sub;
  channel->layout = AREASCALE_LAYOUT_1;
  channel->depth = bits;
}

static void
add_lights (GstAreaScaleLayout * layout, gboolean weighs, guint n, gint bits,
    guint w_sub, guint h_sub)
{
  guint i;

  for (i = 0; i < (weighs ? 1 : n); i++)
    add_channel (layout, bits, w_sub, h_sub);
  if (weighs) {
    layout->channel[layout->n_channels - 1].layout = AREASCALE_LAYOUT_4;
    layout->channel[layout->n_channels - 1].alpha = 1;
  }
}

/* Some formats have it without the flag. */
static gboolean
has_alpha (const GstVideoInfo * info)
{
  return GST_VIDEO_INFO_N_COMPONENTS (info) > GST_VIDEO_COMP_A;
}

/* What becomes of alpha; without a conversion it stays. */
static void
choose_alpha (GstAreaScaleColor * alpha, const GstVideoInfo * in,
    const GstVideoInfo * out, const GstAreaConversion * conversion)
{
  static const GstAreaConversion copy = { GST_VIDEO_ALPHA_MODE_COPY, 1.0 };
  GstAreaScaleColors colors;

  gst_area_scale_colors_init (&colors, in, out,
      conversion != NULL ? conversion : &copy);
  *alpha = colors.color[GST_VIDEO_COMP_A];
}

static gboolean
is_from_alpha (const GstAreaScaleColor * alpha, const GstVideoInfo * out)
{
  return has_alpha (out) && alpha->kind != GST_AREA_SCALE_COLOR_CONSTANT;
}

static gboolean
has_chroma_grid (const GstVideoFormatInfo * finfo)
{
  return GST_VIDEO_FORMAT_INFO_IS_YUV (finfo)
      && (finfo->w_sub[1] > 0 || finfo->h_sub[1] > 0);
}

static gboolean
choose (const GstVideoInfo * in, const GstVideoInfo * out,
    GstAreaScaleRgb * in_rgb, GstAreaScaleRgb * out_rgb,
    GstAreaScaleLight * light)
{
  GstAreaScaleCodes codes[2 * GST_AREA_SCALE_N_COLORS];
  guint n_lights = gst_area_scale_rgb_n_lights (in), i, n = 0;

  if (!gst_area_scale_rgb_choose (in_rgb, in, n_lights)
      || !gst_area_scale_rgb_choose (out_rgb, out, n_lights))
    return FALSE;

  for (i = 0; i < in_rgb->n_curves; i++)
    codes[n++] = in_rgb->codes[i];
  for (i = 0; i < out_rgb->n_curves; i++)
    codes[n++] = out_rgb->codes[i];
  gst_area_scale_curve_light (light, codes, n);
  return TRUE;
}

static gboolean
init_layouts (const GstVideoInfo * in, const GstVideoInfo * out,
    const GstAreaScaleMean * mean, const GstAreaConversion * conversion,
    GstAreaScaleLayout * in_layout, GstAreaScaleLayout * out_layout)
{
  const GstVideoFormatInfo *finfo = out->finfo;
  GstAreaScaleRgb in_rgb = { 0 }, out_rgb = { 0 };
  GstAreaScaleLight light;
  GstAreaScaleColor alpha;
  guint n = gst_area_scale_rgb_n_lights (in);
  gboolean weighs = mean->weight_by_alpha && has_alpha (in);

  if (!gst_area_scale_layout_init_unpacked (in_layout,
          GST_VIDEO_INFO_FORMAT (in))
      || !gst_area_scale_layout_init_unpacked (out_layout,
          GST_VIDEO_INFO_FORMAT (out))
      || !choose (in, out, &in_rgb, &out_rgb, &light))
    return FALSE;

  in_layout->n_channels = out_layout->n_channels = 0;
  add_lights (in_layout, weighs, n, light.bits, 0, 0);
  add_lights (out_layout, weighs, n, light.bits, 0, 0);
  if (has_chroma_grid (finfo)) {
    add_lights (in_layout, weighs, n, light.bits, 0, 0);
    add_lights (out_layout, weighs, n, light.bits, finfo->w_sub[1],
        finfo->h_sub[1]);
  }
  choose_alpha (&alpha, in, out, conversion);
  if (is_from_alpha (&alpha, out)) {
    add_channel (in_layout, in->finfo->depth[GST_VIDEO_COMP_A], 0, 0);
    add_channel (out_layout, alpha.kind == GST_AREA_SCALE_COLOR_STRAIGHT ?
        (gint) finfo->depth[GST_VIDEO_COMP_A] : 16, 0, 0);
  }
  return TRUE;
}

/* --- state --- */

static gsize
reserve (Linear * linear, gsize size)
{
  gsize start = linear->memory.size;

  linear->memory.size += GST_ROUND_UP_64 (size);
  return start;
}

static void
init_memory (Linear * linear, gsize strip_size, gint light_bits)
{
  const GstAreaScalePlacement *placement = &linear->plans->placement;
  gsize width = MAX (placement->in_width, placement->out_width);
  gint code_bytes = MAX (linear->in.code_bytes, linear->out.code_bytes);
  Memory *m = &linear->memory;
  gint i, j;

  m->samples = reserve (linear, linear->in_samples.memory_size);
  m->chroma_tags = reserve (linear, N_CHROMA_ROWS * sizeof (gint));
  for (i = 0; i < N_CHROMA_ROWS; i++) {
    for (j = 0; j < 2; j++)
      m->chroma[i][j] = reserve (linear, width * sizeof (guint16));
  }
  m->values = reserve (linear, width * sizeof (guint16));
  m->alpha = reserve (linear, width * sizeof (guint16));
  if (linear->in.yuv != NULL)
    m->yuv = reserve (linear, areascale_yuv_scratch_size (linear->in.yuv));
  for (i = 0; i < GST_AREA_SCALE_N_COLORS; i++) {
    m->codes[i] = reserve (linear, width * code_bytes);
    m->light[i] = reserve (linear, width * light_bits / 8);
  }
  if (linear->weighs)
    m->weighed = reserve (linear, 4 * width * light_bits / 8);
  m->pixels = reserve (linear, linear->out_samples.lines.line_bytes);
  m->bounce = reserve (linear, linear->out_samples.lines.bounce_bytes);
  m->strip = reserve (linear, strip_size);
}

/* No job shares a chroma line, a pair of fields or a byte with another. */
static void
init_cut (Linear * linear, Cut * cut, guint max_jobs)
{
  gint height = linear->plans->placement.out_height;

  cut->step = MAX (cut->strips.step, linear->out_samples.lines.shared_lines);
  cut->n_jobs = MIN (max_jobs, (guint) (height + cut->step - 1) / cut->step);
}

static void
free_state (gpointer state)
{
  Linear *linear = state;

  gst_area_scale_rgb_clear (&linear->in);
  gst_area_scale_rgb_clear (&linear->out);
  g_free (linear->border_pixels);
  g_free (linear);
}

static gboolean
make_rgb (Linear * linear, const GstVideoInfo * in, const GstVideoInfo * out)
{
  GstAreaScaleLight light;

  return choose (in, out, &linear->in, &linear->out, &light)
      && gst_area_scale_rgb_init (&linear->in, &light)
      && gst_area_scale_rgb_init (&linear->out, &light);
}

static gpointer
create (const GstAreaScalePlans * plans, const GstVideoInfo * in,
    const GstVideoInfo * out, const GstAreaConversion * conversion,
    guint max_jobs)
{
  Linear *linear = g_try_new0 (Linear, 1);
  gsize strip_size = 0;
  gint i;

  if (linear == NULL)
    return NULL;

  linear->plans = plans;
  linear->n_lights = gst_area_scale_rgb_n_lights (in);
  linear->weighs = plans->in_layout.channel[0].alpha > 0;
  linear->n_grid_channels = linear->weighs ? 1 : linear->n_lights;
  choose_alpha (&linear->alpha, in, out, conversion);
  linear->has_alpha = is_from_alpha (&linear->alpha, out);
  gst_area_scale_samples_init (&linear->in_samples, in);
  gst_area_scale_samples_init (&linear->out_samples, out);
  for (i = 0; i < GST_AREA_SCALE_N_SCANNINGS; i++) {
    if (plans->scan[i].n_fields > 0) {
      gst_area_scale_strips_init (&linear->cut[i].strips, plans, i, NULL);
      init_cut (linear, &linear->cut[i], max_jobs);
      strip_size = MAX (strip_size, linear->cut[i].strips.memory_size);
    }
  }
  linear->border_pixels = g_try_malloc (linear->out_samples.lines.line_bytes);
  if (linear->border_pixels == NULL || !make_rgb (linear, in, out)) {
    free_state (linear);
    return NULL;
  }
  init_memory (linear, strip_size, plans->in_layout.channel[0].depth);
  return linear;
}

static void
set_border_color (gpointer state, guint32 argb)
{
  Linear *linear = state;
  guint i;

  gst_area_scale_borders_fill_line (&linear->out_samples.lines, &linear->out.info,
      argb, linear->border_pixels);
  for (i = 0; i < linear->out.info.finfo->n_components; i++)
    linear->border[i] = gst_area_scale_samples_pick (&linear->out_samples, i,
        linear->border_pixels);
}

static gsize
memory_size (gconstpointer state)
{
  return ((const Linear *) state)->memory.size;
}

/* --- input lines --- */

static guint
begin (gconstpointer state, const GstAreaScaleWork * work)
{
  return ((const Linear *) state)->cut[work->scanning].n_jobs;
}

static void
read_values (const Linear * linear, const GstAreaScaleWork * work,
    guint component, gint row, gsize where, guint8 * memory)
{
  gst_area_scale_samples_read (&linear->in_samples, work->in, component, row,
      (guint16 *) (memory + where), memory + linear->memory.samples);
}

/* Puts a row of chroma into the place that it is kept in. */
static gint
keep_chroma (const Linear * linear, const GstAreaScaleWork * work, gint row,
    guint8 * memory)
{
  gint *tags = (gint *) (memory + linear->memory.chroma_tags);
  gint place = row % N_CHROMA_ROWS;

  if (tags[place] != row) {
    read_values (linear, work, GST_VIDEO_COMP_U, row,
        linear->memory.chroma[place][0], memory);
    read_values (linear, work, GST_VIDEO_COMP_V, row,
        linear->memory.chroma[place][1], memory);
    tags[place] = row;
  }
  return place;
}

/* The rows of chroma, of the line's field, that lie above and below a line, and
 * how much the lower one counts. A field that has none takes those of the other. */
static gint
find_chroma (const Linear * linear, const GstAreaScaleWork * work, gint line,
    gint rows[2])
{
  const GstVideoInfo *info = &linear->in.info;
  guint sub = info->finfo->h_sub[1];
  gint n_fields = linear->plans->scan[work->scanning].n_fields;
  gint height = GST_VIDEO_SUB_SCALE (sub, linear->plans->placement.in_height);
  gint f = line % n_fields < height ? line % n_fields : 0;
  gint last = (height - 1 - f) / n_fields;
  gint total = 4 << sub;
  gint at = 4 * (line / n_fields) -
      gst_area_scale_plans_row_site (work->scanning, info, sub, f);
  gint upper = at < 0 ? -1 : at / total;

  if (sub == 0) {
    rows[0] = rows[1] = line;
    return 0;
  }
  rows[0] = CLAMP (upper, 0, last) * n_fields + f;
  rows[1] = CLAMP (upper + 1, 0, last) * n_fields + f;
  return at - upper * total;
}

static void
decode_yuv (const Linear * linear, const GstAreaScaleWork * work, gint line,
    void *const codes[GST_AREA_SCALE_N_COLORS], guint8 * memory)
{
  const Memory *m = &linear->memory;
  const guint16 *u[2], *v[2];
  gint rows[2];
  gint i, weight = find_chroma (linear, work, line, rows);

  for (i = 0; i < 2; i++) {
    gint place = keep_chroma (linear, work, rows[i], memory);

    u[i] = (const guint16 *) (memory + m->chroma[place][0]);
    v[i] = (const guint16 *) (memory + m->chroma[place][1]);
  }
  read_values (linear, work, GST_VIDEO_COMP_Y, line, m->values, memory);
  areascale_yuv_to_rgb (linear->in.yuv, codes,
      (const guint16 *) (memory + m->values), u, v, weight, memory + m->yuv);
}

/* Alpha of up to 8 bits is averaged in bytes. */
static void
narrow_alpha (const Linear * linear, guint8 * memory)
{
  const guint16 *values = (const guint16 *) (memory + linear->memory.alpha);
  guint8 *bytes = memory + linear->memory.alpha;
  gint x;

  if (linear->in.info.finfo->depth[GST_VIDEO_COMP_A] > 8)
    return;
  for (x = 0; x < linear->plans->placement.in_width; x++)
    bytes[x] = (guint8) values[x];
}

static gint
light_bits (const Linear * linear)
{
  return linear->plans->in_layout.channel[0].depth;
}

/* Alpha in the high bits, then the light of the colours. */
static void
weigh (const Linear * linear, guint8 * memory)
{
  const Memory *m = &linear->memory;
  const guint16 *alpha = (const guint16 *) (memory + m->alpha);
  gint bits = light_bits (linear);
  gint shift = bits - linear->in.info.finfo->depth[GST_VIDEO_COMP_A];
  gint width = linear->plans->placement.in_width, x;
  guint i;

  for (i = 0; i <= GST_AREA_SCALE_N_COLORS; i++) {
    const guint8 *light =
        memory + m->light[i == 0 ? 0 : (i - 1) % linear->n_lights];

    for (x = 0; x < width; x++) {
      guint32 value = i == 0 ? (guint32) alpha[x] << shift : bits == 32 ?
          ((const guint32 *) light)[x] : ((const guint16 *) light)[x];

      if (bits == 32)
        ((guint32 *) (memory + m->weighed))[4 * x + i] = value;
      else
        ((guint16 *) (memory + m->weighed))[4 * x + i] = (guint16) value;
    }
  }
}

static void
decode (const Linear * linear, const GstAreaScaleWork * work, gint line,
    guint8 * memory)
{
  const Memory *m = &linear->memory;
  void *codes[GST_AREA_SCALE_N_COLORS];
  guint i;

  for (i = 0; i < GST_AREA_SCALE_N_COLORS; i++)
    codes[i] = memory + m->codes[i];
  if (linear->in.yuv != NULL)
    decode_yuv (linear, work, line, codes, memory);
  for (i = 0; i < linear->n_lights; i++) {
    if (linear->in.yuv == NULL)
      read_values (linear, work, i, line, m->codes[i], memory);
    areascale_curve_decode (gst_area_scale_rgb_curve (&linear->in, i),
        memory + m->light[i], codes[i], linear->plans->placement.in_width);
  }
}

static void
feed_line (const Linear * linear, const GstAreaScaleWork * work,
    GstAreaScaleStrip * strip, gint line, guint8 * memory)
{
  const Memory *m = &linear->memory;
  gpointer rows[GST_AREA_SCALE_MAX_CHANNELS] = { NULL };
  guint i, n = linear->plans->in_layout.n_channels;

  decode (linear, work, line, memory);
  if (linear->weighs || linear->has_alpha)
    read_values (linear, work, GST_VIDEO_COMP_A, line, m->alpha, memory);
  if (linear->weighs)
    weigh (linear, memory);

  for (i = 0; i < n; i++)
    rows[i] = memory + (linear->weighs ? m->weighed :
        m->light[i % linear->n_lights]);
  if (linear->has_alpha) {
    narrow_alpha (linear, memory);
    rows[n - 1] = memory + m->alpha;
  }
  gst_area_scale_strip_feed_rows (strip, line, rows);
}

/* --- output lines --- */

/* A colour's row of light, out of channels of light from the given one on. */
static gconstpointer
light_row (const Linear * linear, const GstAreaScaleStrip * strip,
    guint channel, guint color, gint line, guint8 * memory)
{
  gpointer light = memory + linear->memory.light[color];
  gint width = linear->plans->grid[channel].content.w, x;
  gconstpointer row;

  if (!linear->weighs)
    return gst_area_scale_strip_row (strip, channel + color % linear->n_lights,
        line);

  row = gst_area_scale_strip_row (strip, channel, line);
  for (x = 0; x < width; x++) {
    if (light_bits (linear) == 32)
      ((guint32 *) light)[x] = ((const guint32 *) row)[4 * x + 1 + color];
    else
      ((guint16 *) light)[x] = ((const guint16 *) row)[4 * x + 1 + color];
  }
  return light;
}

static void
encode (const Linear * linear, const GstAreaScaleStrip * strip, guint channel,
    gint line, guint8 * memory)
{
  gint width = linear->plans->grid[channel].content.w;
  guint i, n = linear->out.yuv != NULL ? GST_AREA_SCALE_N_COLORS :
      MIN (linear->out.info.finfo->n_components, GST_AREA_SCALE_N_COLORS);

  for (i = 0; i < n; i++)
    areascale_curve_encode (gst_area_scale_rgb_curve (&linear->out, i),
        memory + linear->memory.codes[i], light_row (linear, strip, channel, i,
            line, memory), width);
}

/* Levels of alpha are those of 16 bits. */
static guint16
alpha_of (const GstAreaScaleColor * alpha, gint64 level, gint depth)
{
  gint shift = GST_AREA_SCALE_COLOR_BITS + 16 - depth;
  gint64 sum = alpha->matrix[GST_VIDEO_COMP_A] * level + alpha->offset;

  return (guint16) MIN ((sum + (G_GINT64_CONSTANT (1) << shift) / 2) >> shift,
      (1 << depth) - 1);
}

static void
make_alpha (const Linear * linear, const GstAreaScaleStrip * strip,
    guint channel, gint line, guint16 * values)
{
  const GstAreaScaleChannel *from = &linear->plans->out_layout.channel[channel];
  gboolean straight = linear->alpha.kind == GST_AREA_SCALE_COLOR_STRAIGHT;
  gint depth = linear->out.info.finfo->depth[GST_VIDEO_COMP_A], x;
  gconstpointer row = linear->has_alpha ?
      gst_area_scale_strip_row (strip, channel, line) : NULL;

  for (x = 0; x < linear->plans->grid[channel].content.w; x++) {
    guint16 level = row == NULL ? 0 : from->depth > 8 ?
        ((const guint16 *) row)[x] : ((const guint8 *) row)[x];

    values[x] = straight ? level : alpha_of (&linear->alpha, level, depth);
  }
}

/* The picture's part of a row of a component. */
static void
make_component (const Linear * linear, const GstAreaScaleStrip * strip,
    guint component, guint channel, gint line, guint16 * values,
    guint8 * memory)
{
  const Memory *m = &linear->memory;
  gint width = linear->plans->grid[channel].content.w;
  const void *codes[GST_AREA_SCALE_N_COLORS];
  guint i;

  for (i = 0; i < GST_AREA_SCALE_N_COLORS; i++)
    codes[i] = memory + m->codes[i];
  if (component == GST_VIDEO_COMP_A) {
    make_alpha (linear, strip, channel, line, values);
  } else if (linear->out.yuv != NULL) {
    areascale_yuv_from_rgb (linear->out.yuv, values, component, codes, width);
  } else {
    memcpy (values, codes[component], width * sizeof (guint16));
  }
}

static void
write_component (const Linear * linear, const GstAreaScaleWork * work,
    const GstAreaScaleStrip * strip, guint component, guint channel, gint line,
    guint8 * memory)
{
  const GstAreaScalePlacement *grid = &linear->plans->grid[channel];
  guint16 *values = (guint16 *) (memory + linear->memory.values);
  gint x;

  for (x = 0; x < grid->out_width; x++)
    values[x] = linear->border[component];
  if (gst_area_scale_strip_row (strip, channel, line) != NULL)
    make_component (linear, strip, component, channel, line,
        values + grid->content.x, memory);
  if (linear->out_samples.is_native)
    gst_area_scale_samples_write (&linear->out_samples, work->out, component,
        line >> linear->out.info.finfo->h_sub[component], values);
  else
    gst_area_scale_samples_merge (&linear->out_samples, component, values,
        memory + linear->memory.pixels);
}

/* The components on the grid of one set of channels; those of chroma lie in the
 * first of the lines that share it. */
static void
write_components (const Linear * linear, const GstAreaScaleWork * work,
    const GstAreaScaleStrip * strip, guint first, guint end, guint channel,
    gint line, guint8 * memory)
{
  gint shared = 1 << linear->plans->out_layout.channel[channel].h_sub;
  guint i;

  if (line % shared != 0)
    return;
  if (first != GST_VIDEO_COMP_A
      && gst_area_scale_strip_row (strip, channel, line) != NULL)
    encode (linear, strip, channel, line, memory);
  for (i = first; i < end; i++)
    write_component (linear, work, strip, i, channel, line, memory);
}

static void
write_line (const Linear * linear, const GstAreaScaleWork * work,
    const GstAreaScaleStrip * strip, gint line, guint8 * memory)
{
  const GstVideoFormatInfo *finfo = linear->out.info.finfo;
  guint n = MIN (finfo->n_components, GST_AREA_SCALE_N_COLORS);
  gboolean apart = has_chroma_grid (finfo);

  write_components (linear, work, strip, 0, apart ? 1 : n, 0, line, memory);
  if (apart)
    write_components (linear, work, strip, 1, n, linear->n_grid_channels,
        line, memory);
  if (has_alpha (&linear->out.info))
    write_components (linear, work, strip, GST_VIDEO_COMP_A,
        GST_VIDEO_COMP_A + 1, linear->has_alpha ?
        linear->plans->out_layout.n_channels - 1 : 0, line, memory);
}

/* --- frames --- */

/* Makes the lines [line0, line1) of the output. */
static void
make_strip (const Linear * linear, const GstAreaScaleWork * work, gint line0,
    gint line1, guint8 * memory)
{
  const Memory *m = &linear->memory;
  GstAreaScaleStrip strip;
  gint line;

  gst_area_scale_strip_begin (&strip, &linear->cut[work->scanning].strips,
      line0, line1, NULL, memory + m->strip);
  for (line = strip.first; line < strip.end; line++) {
    if (gst_area_scale_strip_needs (&strip, line))
      feed_line (linear, work, &strip, line, memory);
  }
  gst_area_scale_strip_finish (&strip);

  for (line = line0; line < line1; line++) {
    write_line (linear, work, &strip, line, memory);
    if (!linear->out_samples.is_native)
      gst_area_scale_lines_pack (&linear->out_samples.lines, work->out, line,
          memory + m->pixels, memory + m->bounce);
  }
}

static void
do_job (gconstpointer state, const GstAreaScaleWork * work, guint index,
    guint8 * memory)
{
  const Linear *linear = state;
  const Cut *cut = &linear->cut[work->scanning];
  gint height = linear->plans->placement.out_height;
  gint n_steps = (height + cut->step - 1) / cut->step;
  gint first = gst_area_scale_way_part_start (n_steps, index, cut->n_jobs);
  gint last = gst_area_scale_way_part_start (n_steps, index + 1, cut->n_jobs);
  gint end = MIN (last * cut->step, height);
  gint *tags = (gint *) (memory + linear->memory.chroma_tags);
  gint i, line;

  for (i = 0; i < N_CHROMA_ROWS; i++)
    tags[i] = -1;
  gst_area_scale_samples_begin (&linear->in_samples,
      memory + linear->memory.samples);
  /* what a format has no component for */
  memcpy (memory + linear->memory.pixels, linear->border_pixels,
      linear->out_samples.lines.line_bytes);
  for (line = first * cut->step; line < end; line += cut->strips.max_lines)
    make_strip (linear, work, line, MIN (line + cut->strips.max_lines, end),
        memory);
}

const GstAreaScaleWay gst_area_scale_way_linear = {
  .name = "linear",
  .channel_name = "channel",
  .init_layouts = init_layouts,
  .create = create,
  .free = free_state,
  .set_border_color = set_border_color,
  .memory_size = memory_size,
  .begin = begin,
  .do_job = do_job,
};

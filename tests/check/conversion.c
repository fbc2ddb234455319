/* GStreamer areascale: what one format is in another, by the standards' equations
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Components are means of exact integers on the grid where the output has them. What
 * stays is compared with them, in integers; for everything else the equations of the
 * standards are evaluated in double precision, whose errors are far below the bound
 * that is allowed.
 */

#include <math.h>
#include <string.h>

#include "conversion.h"

/* How far a value may be from the exact one before it is rounded, in levels of 16 bits:
 * means are rounded to those, at most by 1/2 times the largest sum of coefficients, 3.5;
 * three coefficients by 2^-15 each, of at most 2^16; and one makes up for the rounding
 * of all three. */
#define BOUND 14

/* The exact means of a component of the input on a grid of the output. */
typedef struct
{
  gint width, height;
  guint64 *total, *all;
} Means;

typedef struct
{
  gdouble kr, kb;
} Primaries;

static Primaries
primaries_of (const Case * c)
{
  static const Primaries known[] = {
    [GST_VIDEO_COLOR_MATRIX_FCC] = {0.30, 0.11},
    [GST_VIDEO_COLOR_MATRIX_BT709] = {0.2126, 0.0722},
    [GST_VIDEO_COLOR_MATRIX_BT601] = {0.299, 0.114},
    [GST_VIDEO_COLOR_MATRIX_SMPTE240M] = {0.212, 0.087},
    [GST_VIDEO_COLOR_MATRIX_BT2020] = {0.2627, 0.0593},
  };

  return known[c->matrix];
}

static const GstVideoFormatInfo *
finfo_of (const Case * c)
{
  return gst_video_format_get_info (c->format);
}

static gboolean
is_rgb (const Case * c)
{
  return GST_VIDEO_FORMAT_INFO_IS_RGB (finfo_of (c));
}

static gboolean
is_gray (const Case * c)
{
  return GST_VIDEO_FORMAT_INFO_IS_GRAY (finfo_of (c));
}

static gboolean
is_difference (const Case * c, guint position)
{
  return position > 1 && !is_rgb (c);
}

static gboolean
is_limited (const Case * c, guint position)
{
  return position > 0 && c->range == GST_VIDEO_COLOR_RANGE_16_235;
}

/* The levels of 0, and how many they are to 1. */
static gdouble
zero_level (const Case * c, guint position)
{
  gdouble n_levels = ldexp (1, depth_at (finfo_of (c), position));

  if (is_difference (c, position))
    return n_levels / 2;
  return is_limited (c, position) ? n_levels * 16 / 256 : 0;
}

static gdouble
level_step (const Case * c, guint position)
{
  gdouble n_levels = ldexp (1, depth_at (finfo_of (c), position));

  if (!is_limited (c, position))
    return n_levels - 1;
  return n_levels * (is_difference (c, position) ? 224 : 219) / 256;
}

static void
to_rgb (const Case * c, const gdouble v[N_SAMPLES], gdouble rgb[3])
{
  Primaries p = primaries_of (c);
  gdouble cb = is_gray (c) ? 0 : v[2], cr = is_gray (c) ? 0 : v[3];

  if (is_rgb (c)) {
    memcpy (rgb, v + 1, 3 * sizeof (*rgb));
    return;
  }
  rgb[0] = v[1] + 2 * (1 - p.kr) * cr;
  rgb[2] = v[1] + 2 * (1 - p.kb) * cb;
  rgb[1] = (v[1] - p.kr * rgb[0] - p.kb * rgb[2]) / (1 - p.kr - p.kb);
}

static gdouble
from_rgb (const Case * c, const gdouble rgb[3], guint position)
{
  Primaries p = primaries_of (c);
  gdouble y = p.kr * rgb[0] + (1 - p.kr - p.kb) * rgb[1] + p.kb * rgb[2];

  if (is_rgb (c))
    return rgb[position - 1];
  if (position == 1)
    return y;
  return position == 2 ? (rgb[2] - y) / (2 - 2 * p.kb)
      : (rgb[0] - y) / (2 - 2 * p.kr);
}

/* --- means --- */

static void
average (const Grid * in, gint n_fields, gint field, const Overlap * rows,
    const Overlap * columns, gint x, gint row, guint64 * total, guint64 * all)
{
  const gint64 *row_weight = rows->weight + (gsize) row * rows->n_in;
  const gint64 *weight = columns->weight + (gsize) x * columns->n_in;
  gint i, j;

  *total = *all = 0;
  for (i = rows->first[row]; i < rows->end[row]; i++) {
    for (j = columns->first[x]; j < columns->end[x]; j++) {
      guint64 w = row_weight[i] * weight[j];

      *total += w * in->value[(gsize) (field + i * n_fields) * in->width + j];
      *all += w;
    }
  }
}

static void
average_field (const Conversion * k, const Grid * in, guint in_position,
    guint position, Means * means, gint field)
{
  gboolean by_part = k->in.mean.method == AREASCALE_METHOD_COVERAGE;
  gint lines = k->in.mode == GST_VIDEO_INTERLACE_MODE_ALTERNATE ? 2 : 1;
  gint n_fields = k->in.interlaced ? 2 : 1;
  gint in_field = field < in->height ? field : 0;
  Grid content = { means->width, means->height, NULL, NULL };
  Line in_row = row_of (&k->in, in, w_sub_at (finfo_of (&k->in),
          in_position), k->in.in_width);
  Line out_row = row_of (&k->out, &content, w_sub_at (finfo_of (&k->out),
          position), k->in.content_w);
  Line in_column = column_of (&k->in, in, h_sub_at (finfo_of (&k->in),
          in_position), (k->in.in_height + lines - 1) / lines, in_field);
  Line out_column = column_of (&k->out, &content,
      h_sub_at (finfo_of (&k->out), position),
      (k->in.content_h + lines - 1) / lines, field);
  Overlap columns, rows;
  gint x, row;

  overlap_init (&columns, &in_row, &out_row, by_part);
  overlap_init (&rows, &in_column, &out_column, by_part);
  for (row = 0; row < out_column.n; row++) {
    for (x = 0; x < means->width; x++) {
      gsize at = (gsize) (field + row * n_fields) * means->width + x;

      average (in, n_fields, in_field, &rows, &columns, x, row,
          &means->total[at], &means->all[at]);
    }
  }
  overlap_clear (&columns);
  overlap_clear (&rows);
}

static void
means_init (Means * means, const Conversion * k, const Grid * in,
    guint in_position, guint position)
{
  gint lines = k->in.mode == GST_VIDEO_INTERLACE_MODE_ALTERNATE ? 2 : 1;
  gint w_sub = w_sub_at (finfo_of (&k->out), position);
  gint h_sub = h_sub_at (finfo_of (&k->out), position);
  gint field;

  means->width = (k->in.content_w + (1 << w_sub) - 1) >> w_sub;
  means->height =
      ((k->in.content_h + lines - 1) / lines + (1 << h_sub) - 1) >> h_sub;
  means->total = g_new (guint64, (gsize) means->width * means->height);
  means->all = g_new (guint64, (gsize) means->width * means->height);
  for (field = 0; field < (k->in.interlaced ? 2 : 1); field++) {
    if (field < means->height)
      average_field (k, in, in_position, position, means, field);
  }
}

static void
means_clear (Means * means)
{
  g_free (means->total);
  g_free (means->all);
}

/* --- what a sample has to be --- */

static gboolean
has_alpha (const Case * c)
{
  return component_at (finfo_of (c), 0) >= 0;
}

static gboolean
means_the_same (const Conversion * k)
{
  if (is_rgb (&k->in) || is_rgb (&k->out))
    return is_rgb (&k->in) && is_rgb (&k->out);
  return is_gray (&k->in) || k->in.matrix == k->out.matrix;
}

/* Whether a component is that of the input with its number, in the same levels. */
static gboolean
stays (const Conversion * k, guint position)
{
  gboolean same_depth = depth_at (finfo_of (&k->in), position)
      == depth_at (finfo_of (&k->out), position);

  if (position == 0)
    return has_alpha (&k->in) && same_depth
        && (k->conversion.alpha_mode == GST_VIDEO_ALPHA_MODE_COPY
        || (k->conversion.alpha_mode == GST_VIDEO_ALPHA_MODE_MULT
            && k->conversion.alpha_value == 1));
  if (is_gray (&k->in) && position > 1)
    return FALSE;
  return means_the_same (k) && k->in.range == k->out.range
      && (same_depth || k->in.range == GST_VIDEO_COLOR_RANGE_16_235);
}

static guint
exact_value (const Conversion * k, guint position, const Means * means,
    gsize at)
{
  gint depth = depth_at (finfo_of (&k->in), position);
  gint out_depth = depth_at (finfo_of (&k->out), position);
  guint64 half = means->all[at] << depth;

  return (guint) MIN (((means->total[at] << (out_depth + 1)) + half)
      / (2 * half), (1u << out_depth) - 1);
}

static gdouble
alpha_value (const Conversion * k, gdouble alpha)
{
  if (!has_alpha (&k->in))
    return k->conversion.alpha_value;
  switch (k->conversion.alpha_mode) {
    case GST_VIDEO_ALPHA_MODE_SET:
      return k->conversion.alpha_value;
    case GST_VIDEO_ALPHA_MODE_MULT:
      return alpha * k->conversion.alpha_value;
    default:
      return alpha;
  }
}

/* What colours from 0 to 1, and differences from -1/2 to 1/2, are in the output. */
static gdouble
color_value (const Conversion * k, guint position, const gdouble v[N_SAMPLES])
{
  gdouble rgb[3];

  if (means_the_same (k))
    return v[position];
  to_rgb (&k->in, v, rgb);
  return from_rgb (&k->out, rgb, position);
}

/* In levels of the output, not rounded. */
static gdouble
real_value (const Conversion * k, guint position, const Means * means,
    gsize at)
{
  gdouble v[N_SAMPLES] = { 1, 0, 0, 0 }, value;
  guint i;

  for (i = 0; i < N_SAMPLES; i++) {
    if (means[i].total != NULL)
      v[i] = ((gdouble) means[i].total[at] / means[i].all[at] -
          zero_level (&k->in, i)) / level_step (&k->in, i);
  }
  value = position == 0 ? alpha_value (k, v[0]) : color_value (k, position, v);
  value = zero_level (&k->out, position) +
      value * level_step (&k->out, position);
  return CLAMP (value, 0, ldexp (1, depth_at (finfo_of (&k->out),
              position)) - 1);
}

gdouble
conversion_coefficient (const Conversion * k, guint in_position,
    guint position)
{
  gdouble v[N_SAMPLES] = { 0 };
  gint in_depth = depth_at (finfo_of (&k->in), in_position);
  gint depth = depth_at (finfo_of (&k->out), position);

  v[in_position] = 1;
  return color_value (k, position, v) *
      ldexp (level_step (&k->out, position), 16 - depth) /
      ldexp (level_step (&k->in, in_position), 16 - in_depth);
}

/* --- comparison --- */

static void
fail_sample (const Conversion * k, guint position, gint x, gint y,
    guint value, gdouble expected)
{
  const Case *c = &k->in;

  fail ("%s -> %s, %dx%d -> %dx%d, content %d,%d %dx%d, mode %d%s, %u threads, "
      "range %d -> %d, matrix %d -> %d%s%s, sites %d %d, alpha %d %f: sample %u "
      "at %d,%d is %u, expected %f", gst_video_format_to_string (c->format),
      gst_video_format_to_string (k->out.format), c->in_width, c->in_height,
      c->out_width, c->out_height, c->content_x, c->content_y, c->content_w,
      c->content_h, c->mode, c->interlaced ? " interlaced" : "", c->n_threads,
      c->range, k->out.range, c->matrix, k->out.matrix,
      c->mean.method == AREASCALE_METHOD_COVERAGE ? ", coverage" : "",
      c->mean.keep_chroma_site ? ", chroma site kept" : "", c->site,
      k->out.site, k->conversion.alpha_mode, k->conversion.alpha_value,
      position, x, y, value, expected);
}

static void
check_sample (const Conversion * k, guint position, const Means * means,
    gint x, gint y, guint value, Tally * tally)
{
  gsize at = (gsize) y * means[position].width + x;
  gint depth = depth_at (finfo_of (&k->out), position);
  gdouble real;

  if (stays (k, position)) {
    guint exact = exact_value (k, position, &means[position], at);

    if (value != exact)
      fail_sample (k, position, x, y, value, exact);
    return;
  }
  real = real_value (k, position, means, at);
  if (fabs (value - real) > 0.5 + ldexp (BOUND, depth - 16))
    fail_sample (k, position, x, y, value, real);
  if (depth <= 8) {
    tally->n++;
    tally->n_off += fabs (value - real) > 0.5 + 1e-9;
  }
}

/* The means that a component may be made of. */
static void
means_of_position (const Conversion * k, guint position, const Grid * in,
    Means means[N_SAMPLES])
{
  guint i;

  memset (means, 0, N_SAMPLES * sizeof (*means));
  for (i = 0; i < N_SAMPLES; i++) {
    if (in[i].value != NULL)
      means_init (&means[i], k, &in[i], i, position);
  }
}

static void
check_position (const Conversion * k, guint position, const Grid * in,
    const Grid * out, Tally * tally)
{
  const GstVideoFormatInfo *finfo = finfo_of (&k->out);
  gint lines = k->in.mode == GST_VIDEO_INTERLACE_MODE_ALTERNATE ? 2 : 1;
  gint x0 = k->in.content_x >> w_sub_at (finfo, position);
  gint y0 = k->in.content_y / lines >> h_sub_at (finfo, position);
  guint border = border_value (&k->out, finfo, position);
  gboolean skip_border = is_limited (&k->out, position)
      && depth_at (finfo, position) < 8;
  gint x, y, width = out->width, content_w, content_h;
  Means means[N_SAMPLES];
  guint i;

  if (position == 3 && last_v_is_missing (k->out.format, k->in.out_width))
    width--;
  means_of_position (k, position, in, means);
  content_w = means[1].width;
  content_h = means[1].height;
  if (means[position].total == NULL) {
    means[position].width = content_w;
    means[position].height = content_h;
  }
  for (y = 0; y < out->height; y++) {
    for (x = 0; x < width; x++) {
      guint value = out->value[y * out->width + x];

      if (x >= x0 && x < x0 + content_w && y >= y0 && y < y0 + content_h)
        check_sample (k, position, means, x - x0, y - y0, value, tally);
      else if (!skip_border && value != border)
        fail_sample (k, position, x, y, value, border);
    }
  }
  for (i = 0; i < N_SAMPLES; i++)
    means_clear (&means[i]);
}

static void
take_grids (const Picture * picture, Grid grids[N_SAMPLES])
{
  const GstVideoFormatInfo *finfo = picture->info.finfo;
  guint16 *samples = picture_unpack (picture);
  guint position;

  memset (grids, 0, N_SAMPLES * sizeof (*grids));
  for (position = 0; position < N_SAMPLES; position++) {
    if (position_counts (finfo, position)
        && (position > 0 || component_at (finfo, position) >= 0))
      picture_grid (picture, samples, position, &grids[position]);
  }
  g_free (samples);
}

static void
check_converted (const Conversion * k, const Picture * in,
    const Picture * out, Tally * tally)
{
  Grid from[N_SAMPLES], to[N_SAMPLES];
  guint position;

  take_grids (in, from);
  take_grids (out, to);
  if (last_v_is_missing (k->in.format, k->in.in_width))
    repeat_last (&from[3]);
  for (position = 0; position < N_SAMPLES; position++) {
    if (to[position].value != NULL)
      check_position (k, position, from, &to[position], tally);
  }
  for (position = 0; position < N_SAMPLES; position++) {
    g_free (from[position].value);
    g_free (to[position].value);
  }
}

void
run_converter (const Conversion * k, const Picture * in, const Picture * out,
    guint n_threads)
{
  const Case *c = &k->in;
  GstAreaScalePlacement placement = { c->in_width, c->in_height, c->out_width,
    c->out_height, {c->content_x, c->content_y, c->content_w, c->content_h}
  };
  GError *error = NULL;
  GstAreaEngine *engine;

  engine = gst_area_engine_new (&in->info, &out->info, &placement, &c->mean,
      &k->conversion, c->argb, n_threads, n_threads > 1 ? pool : NULL, &error);
  fail_unless (engine != NULL, "%s", error ? error->message : "no error");
  gst_area_engine_run (engine, &in->frame, &out->frame);
  gst_area_engine_free (engine);
}

/* The definition: on one thread, and with no instruction set. */
static void
run_in_plain_c (const Conversion * k, const Picture * in, const Picture * out)
{
  gchar *cpu = g_strdup (g_getenv ("AREASCALE_CPU"));

  g_setenv ("AREASCALE_CPU", "c", TRUE);
  run_converter (k, in, out, 1);
  if (cpu != NULL)
    g_setenv ("AREASCALE_CPU", cpu, TRUE);
  else
    g_unsetenv ("AREASCALE_CPU");
  g_free (cpu);
}

void
convert_pictures (const Conversion * k, const Picture * in,
    const Picture * out, Tally * tally)
{
  Picture twin;
  guint8 *before[GST_VIDEO_MAX_PLANES] = { NULL };
  Case twin_case = k->out;
  guint p;

  for (p = 0; p < out->info.finfo->n_planes; p++)
    before[p] = g_memdup2 (out->block[p], out->size[p]);
  twin_case.pad = twin_case.flip = FALSE;
  picture_init (&twin, &twin_case, k->out.out_width, k->out.out_height);

  run_converter (k, in, out, k->in.n_threads);
  run_in_plain_c (k, in, &twin);
  check_converted (k, in, out, tally);
  check_bytes (&k->out, out, &twin, before);

  for (p = 0; p < GST_VIDEO_MAX_PLANES; p++)
    g_free (before[p]);
  picture_clear (&twin);
}

void
run_conversion (const Conversion * k, Tally * tally)
{
  Picture in, out;

  picture_init (&in, &k->in, k->in.in_width, k->in.in_height);
  picture_init (&out, &k->out, k->out.out_width, k->out.out_height);
  convert_pictures (k, &in, &out, tally);
  picture_clear (&in);
  picture_clear (&out);
}

/* --- conversions --- */

void
share_geometry (Conversion * k)
{
  Case out = k->in;

  out.format = k->out.format;
  out.range = k->out.range;
  out.matrix = k->out.matrix;
  out.site = k->out.site;
  out.pad = k->out.pad;
  out.flip = k->out.flip;
  k->out = out;
}

static GstVideoChromaSite
any_site (void)
{
  static const GstVideoChromaSite sites[] = { GST_VIDEO_CHROMA_SITE_UNKNOWN,
    GST_VIDEO_CHROMA_SITE_JPEG, GST_VIDEO_CHROMA_SITE_MPEG2,
    GST_VIDEO_CHROMA_SITE_COSITED
  };

  return sites[any_of (0, G_N_ELEMENTS (sites) - 1)];
}

void
any_conversion (Conversion * k, GstVideoFormat in, GstVideoFormat out)
{
  static const GstVideoAlphaMode modes[] = { GST_VIDEO_ALPHA_MODE_COPY,
    GST_VIDEO_ALPHA_MODE_COPY, GST_VIDEO_ALPHA_MODE_SET,
    GST_VIDEO_ALPHA_MODE_MULT
  };

  any_case (&k->out, out);
  any_case (&k->in, in);
  k->in.mean.method = any_of (0, 2) ? AREASCALE_METHOD_ADAPTIVE
      : AREASCALE_METHOD_COVERAGE;
  k->in.mean.keep_chroma_site = any_of (0, 2) == 0;
  k->in.site = any_site ();
  k->out.site = any_site ();
  if (any_of (0, 1)) {
    k->out.range = k->in.range;
    k->out.matrix = k->in.matrix;
  }
  share_geometry (k);
  k->conversion.alpha_mode = modes[any_of (0, G_N_ELEMENTS (modes) - 1)];
  k->conversion.alpha_value = any_of (0, 100) / 100.0;
}

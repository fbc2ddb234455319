/* GStreamer areascale: the mean of light, in floating point
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Every pixel of the input becomes R'G'B' by the equations of the standards, chroma
 * lying where its site says, then light by GStreamer's functions. Means are weighted by
 * the overlap of intervals, and go back by the inverse, which is searched for.
 */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "components.h"
#include "light.h"
#include "lines.h"
#include "overlap.h"

#define N_COLORS 3

typedef struct
{
  gint width, height;           /* lines of a buffer */
  gdouble *value[N_COLORS];     /* R'G'B' or light; of gray the first alone */
} Colors;

/* --- levels --- */

typedef struct
{
  gdouble zero, one;
} Levels;

static Levels
levels_of (const Case * c, const GstVideoFormatInfo * finfo, gint i)
{
  gint depth = finfo->depth[i];
  gboolean chroma = GST_VIDEO_FORMAT_INFO_IS_YUV (finfo) && i > 0;
  Levels levels = { chroma ? 1 << (depth - 1) : 0, (1 << depth) - 1 };

  if (c->range == GST_VIDEO_COLOR_RANGE_16_235) {
    levels.one = ldexp (chroma ? 224 : 219, depth - 8);
    if (!chroma)
      levels.zero = ldexp (16, depth - 8);
  }
  return levels;
}

static void
get_weights (const Case * c, gdouble k[N_COLORS])
{
  static const gdouble red_blue[][2] = {
    [GST_VIDEO_COLOR_MATRIX_FCC] = {0.30, 0.11},
    [GST_VIDEO_COLOR_MATRIX_BT709] = {0.2126, 0.0722},
    [GST_VIDEO_COLOR_MATRIX_BT601] = {0.299, 0.114},
    [GST_VIDEO_COLOR_MATRIX_SMPTE240M] = {0.212, 0.087},
    [GST_VIDEO_COLOR_MATRIX_BT2020] = {0.2627, 0.0593},
  };

  k[0] = red_blue[c->matrix][0];
  k[2] = red_blue[c->matrix][1];
  k[1] = 1 - k[0] - k[2];
}

gboolean
light_is_defined (const Case * c)
{
  const GstVideoFormatInfo *finfo = gst_video_format_get_info (c->format);
  guint i;

  for (i = 0; i < finfo->n_components; i++) {
    if (finfo->depth[i] < 8 && c->range == GST_VIDEO_COLOR_RANGE_16_235)
      return FALSE;
  }
  return !last_v_is_missing (c->format, c->in_width)
      && !last_v_is_missing (c->format, c->out_width);
}

/* --- transfer functions --- */

gdouble
light_decode (GstVideoTransferFunction transfer, gdouble value)
{
  gdouble before, last;

  if (value < 0)
    return -light_decode (transfer, -value);
  if (value <= 1)
    return gst_video_transfer_function_decode (transfer, value);

  before = gst_video_transfer_function_decode (transfer, 1 - 1 / 1024.0);
  last = gst_video_transfer_function_decode (transfer, 1);
  return last + (value - 1) * (last - before) * 1024;
}

static gdouble
light_encode (GstVideoTransferFunction transfer, gdouble light)
{
  gdouble low = -4, high = 4;
  gint i;

  for (i = 0; i < 60; i++) {
    gdouble middle = (low + high) / 2;

    if (light_decode (transfer, middle) < light)
      low = middle;
    else
      high = middle;
  }
  return high;
}

/* --- chroma on the grid of luma --- */

/* Where sample k of a line is, in luma samples of this buffer's field or frame. */
static gdouble
place_of (gint k, gint shared, gboolean cosited, gint field)
{
  gdouble first = cosited ? 0 : (shared - 1) / 2.0;

  if (field < 0)
    return shared * k + first;
  return (shared * (2 * k + field) + first - field) / 2;
}

/* The two samples of n beside a place, and how much the second one counts. */
static gdouble
find_two (gdouble place, gint n, gint shared, gboolean cosited, gint field,
    gint two[2])
{
  gint k = -1;

  while (place_of (k + 1, shared, cosited, field) <= place)
    k++;
  two[0] = CLAMP (k, 0, n - 1);
  two[1] = CLAMP (k + 1, 0, n - 1);
  return (place - place_of (k, shared, cosited, field)) / shared;
}

static gint
count_rows (gint rows, gint n_fields, gint field)
{
  return (rows - field + n_fields - 1) / n_fields;
}

static gdouble
chroma_at (const Case * c, const GstVideoFormatInfo * finfo, const Grid * grid,
    gint x, gint y)
{
  gint n_fields = c->interlaced ? 2 : 1;
  gint f = y % n_fields < grid->height ? y % n_fields : 0;
  gint field = c->mode == GST_VIDEO_INTERLACE_MODE_ALTERNATE ? c->is_bottom :
      c->interlaced ? f : -1;
  gint rows[2], columns[2];
  gdouble down = find_two (y / n_fields, count_rows (grid->height, n_fields,
          f), 1 << finfo->h_sub[1],
      (c->site & GST_VIDEO_CHROMA_SITE_V_COSITED) != 0, finfo->h_sub[1] ? field
      : -1, rows);
  gdouble right = find_two (x, grid->width, 1 << finfo->w_sub[1],
      (c->site & GST_VIDEO_CHROMA_SITE_H_COSITED) != 0, -1, columns);
  gdouble value[2];
  gint i;

  for (i = 0; i < 2; i++) {
    const guint16 *row = grid->value +
        (gsize) (rows[i] * n_fields + f) * grid->width;

    value[i] = (1 - right) * row[columns[0]] + right * row[columns[1]];
  }
  return (1 - down) * value[0] + down * value[1];
}

/* --- colours --- */

static void
colors_init (Colors * colors, gint width, gint height)
{
  gint i;

  colors->width = width;
  colors->height = height;
  for (i = 0; i < N_COLORS; i++)
    colors->value[i] = g_new0 (gdouble, (gsize) width * height);
}

static void
colors_clear (Colors * colors)
{
  gint i;

  for (i = 0; i < N_COLORS; i++)
    g_free (colors->value[i]);
}

static void
get_rgb (const Case * c, const GstVideoFormatInfo * finfo,
    const Grid grids[N_COLORS], gint x, gint y, gdouble rgb[N_COLORS])
{
  gint i, n = MIN (finfo->n_components, N_COLORS);
  gdouble v[N_COLORS] = { 0, 0, 0 }, k[N_COLORS];

  for (i = 0; i < n; i++) {
    Levels levels = levels_of (c, finfo, i);
    gdouble level = GST_VIDEO_FORMAT_INFO_IS_YUV (finfo) && i > 0 ?
        chroma_at (c, finfo, &grids[i], x, y) :
        grids[i].value[y * grids[i].width + x];

    v[i] = (level - levels.zero) / levels.one;
  }
  if (GST_VIDEO_FORMAT_INFO_IS_YUV (finfo)) {
    get_weights (c, k);
    rgb[0] = v[0] + 2 * (1 - k[0]) * v[2];
    rgb[2] = v[0] + 2 * (1 - k[2]) * v[1];
    rgb[1] = (v[0] - k[0] * rgb[0] - k[2] * rgb[2]) / k[1];
  } else {
    memcpy (rgb, v, sizeof (v));
  }
}

static void
colors_decode (Colors * colors, const Case * c, const Picture * picture,
    const Grid grids[N_COLORS])
{
  gint x, y, i;

  colors_init (colors, picture->width, picture->height);
  for (y = 0; y < colors->height; y++) {
    for (x = 0; x < colors->width; x++) {
      gdouble rgb[N_COLORS];

      get_rgb (c, picture->info.finfo, grids, x, y, rgb);
      for (i = 0; i < N_COLORS; i++)
        colors->value[i][y * colors->width + x] =
            light_decode (picture->info.colorimetry.transfer, rgb[i]);
    }
  }
}

/* --- means --- */

typedef struct
{
  Overlap columns, rows;
  gint n_fields, field, in_field;
} Windows;

static void
windows_init (Windows * w, const Case * c, gint in_height, gint content_height,
    gint w_sub, gint h_sub, gint field)
{
  gboolean by_part = c->mean.method == AREASCALE_METHOD_COVERAGE;
  gint width = (c->content_w + (1 << w_sub) - 1) >> w_sub;
  gint n_fields = c->interlaced ? 2 : 1;
  gint in_field = field < in_height ? field : 0;
  gint in_rows = count_rows (in_height, n_fields, in_field);
  gint out_rows = count_rows ((content_height + (1 << h_sub) - 1) >> h_sub,
      n_fields, field);
  gboolean h_cosited = (c->site & GST_VIDEO_CHROMA_SITE_H_COSITED) != 0;
  gboolean v_cosited = (c->site & GST_VIDEO_CHROMA_SITE_V_COSITED) != 0;
  Line in_row = { c->in_width, c->in_width, 1, 0, -1 };
  Line out_row = { width, c->content_w, 1 << w_sub,
    h_cosited ? 0 : (1 << w_sub) - 1, -1
  };
  Line in_column = { in_rows, in_rows, 1, 0, -1 };
  Line out_column = { out_rows, count_rows (content_height, n_fields, field),
    1 << h_sub, v_cosited ? 0 : (1 << h_sub) - 1, -1
  };

  if (h_sub > 0 && c->interlaced)
    out_column.field = field;
  if (h_sub > 0 && c->mode == GST_VIDEO_INTERLACE_MODE_ALTERNATE)
    out_column.field = c->is_bottom;
  w->n_fields = n_fields;
  w->field = field;
  w->in_field = in_field;
  overlap_init (&w->columns, &in_row, &out_row, by_part);
  overlap_init (&w->rows, &in_column, &out_column, by_part);
}

static void
windows_clear (Windows * w)
{
  overlap_clear (&w->columns);
  overlap_clear (&w->rows);
}

/* By weights of its own, or without; where all of them are 0, without. */
static gdouble
mean_of (const Windows * w, const gdouble * value, const gdouble * own,
    gint width, gint x, gint row)
{
  gdouble total = 0, all = 0;
  gint i, j;

  for (i = w->rows.first[row]; i < w->rows.end[row]; i++) {
    const gdouble *line = value + (gsize) (w->in_field + i * w->n_fields) *
        width;

    for (j = w->columns.first[x]; j < w->columns.end[x]; j++) {
      gdouble weight = (gdouble) w->rows.weight[row * w->rows.n_in + i] *
          w->columns.weight[x * w->columns.n_in + j];

      if (own != NULL)
        weight *= own[line + j - value];
      total += weight * line[j];
      all += weight;
    }
  }
  return all == 0 ? mean_of (w, value, NULL, width, x, row) : total / all;
}

/* --- comparison --- */

typedef struct
{
  const Case *c;
  const GstVideoFormatInfo *finfo;
  GstVideoTransferFunction transfer;
  const Colors *light;
  gdouble *alpha_values;        /* of the input */
  const Grid *out;              /* of each position */
  gint content_height;
  gdouble worst;
} Check;

static gdouble
expected_level (const Check * check, gint i, const gdouble rgb[N_COLORS])
{
  const Case *c = check->c;
  Levels levels = levels_of (c, check->finfo, i);
  gdouble k[N_COLORS], y, value = rgb[i];
  gint max = (1 << check->finfo->depth[i]) - 1;

  if (GST_VIDEO_FORMAT_INFO_IS_YUV (check->finfo)) {
    get_weights (c, k);
    y = k[0] * rgb[0] + k[1] * rgb[1] + k[2] * rgb[2];
    value = i == 0 ? y : i == 1 ? (rgb[2] - y) / (2 * (1 - k[2])) :
        (rgb[0] - y) / (2 * (1 - k[0]));
  }
  value = levels.zero + levels.one * value;
  return CLAMP (value, 0, max);
}

static void
check_sample (Check * check, const Windows * w, gint i, gint x, gint row)
{
  const Case *c = check->c;
  const GstVideoFormatInfo *finfo = check->finfo;
  const Grid *grid = &check->out[i == 3 ? 0 : i + 1];
  gint lines = c->mode == GST_VIDEO_INTERLACE_MODE_ALTERNATE ? 2 : 1;
  gint at_x = x + (c->content_x >> finfo->w_sub[i]);
  gint at_y = w->field + row * w->n_fields +
      (c->content_y / lines >> finfo->h_sub[i]);
  guint level = grid->value[at_y * grid->width + at_x];
  gdouble rgb[N_COLORS], expected;
  gchar text[256];
  gint j;

  if (i == GST_VIDEO_COMP_A) {
    expected = mean_of (w, check->alpha_values, NULL, c->in_width, x, row);
    print_case (c, text, sizeof (text));
    fail_unless (level == floor (expected + 0.5 + 1e-9),
        "%s: alpha at %d,%d is %u, expected %g", text, at_x, at_y, level,
        expected);
    return;
  }
  for (j = 0; j < N_COLORS; j++)
    rgb[j] = light_encode (check->transfer, mean_of (w,
            check->light->value[j], c->mean.weight_by_alpha
            && finfo->n_components == 4 ? check->alpha_values : NULL,
            c->in_width, x, row));
  expected = expected_level (check, i, rgb);
  check->worst = MAX (check->worst, fabs (level - expected));
}

static void
check_component (Check * check, gint i)
{
  const GstVideoFormatInfo *finfo = check->finfo;
  gint field, x, row;

  for (field = 0; field < (check->c->interlaced ? 2 : 1); field++) {
    Windows w;

    if (field >= (check->content_height + (1 << finfo->h_sub[i]) -
            1) >> finfo->h_sub[i])
      continue;
    windows_init (&w, check->c, check->light->height, check->content_height,
        finfo->w_sub[i], finfo->h_sub[i], field);
    for (row = 0; row < count_rows ((check->content_height +
                (1 << finfo->h_sub[i]) - 1) >> finfo->h_sub[i], w.n_fields,
            field); row++) {
      for (x = 0; x < (check->c->content_w + (1 << finfo->w_sub[i]) -
              1) >> finfo->w_sub[i]; x++)
        check_sample (check, &w, i, x, row);
    }
    windows_clear (&w);
  }
}

static void
get_grids (const Picture * picture, Grid grids[4])
{
  guint16 *samples = picture_unpack (picture);
  guint i;

  for (i = 0; i < 4; i++)
    picture_grid (picture, samples, i, &grids[i]);
  g_free (samples);
}

static void
free_grids (Grid grids[4])
{
  guint i;

  for (i = 0; i < 4; i++)
    g_free (grids[i].value);
}

static gdouble
compare (const Case * c, const Picture * in, const Picture * out)
{
  gint lines = c->mode == GST_VIDEO_INTERLACE_MODE_ALTERNATE ? 2 : 1;
  gint i, n = (gint) in->info.finfo->n_components;
  gsize j, pixels = (gsize) in->width * in->height;
  Grid in_grids[4], out_grids[4];
  Colors light;
  Check check = { 0 };

  get_grids (in, in_grids);
  get_grids (out, out_grids);
  colors_decode (&light, c, in, in_grids + 1);
  check.c = c;
  check.finfo = in->info.finfo;
  check.transfer = in->info.colorimetry.transfer;
  check.light = &light;
  check.out = out_grids;
  check.content_height = (c->content_h + lines - 1) / lines;
  check.alpha_values = g_new (gdouble, pixels);
  for (j = 0; j < pixels; j++)
    check.alpha_values[j] = in_grids[0].value[j];
  for (i = 0; i < n; i++)
    check_component (&check, i);

  g_free (check.alpha_values);
  colors_clear (&light);
  free_grids (in_grids);
  free_grids (out_grids);
  return check.worst;
}

static void
fail_unless_equal (const Picture * a, const Picture * b)
{
  guint p;
  gint y;

  for (p = 0; p < a->info.finfo->n_planes; p++) {
    for (y = 0; y < a->n_rows[p]; y++)
      fail_unless (memcmp (picture_row (a, p, y), picture_row (b, p, y),
              a->row_bytes[p]) == 0, "%s: threads make a difference",
          a->info.finfo->name);
  }
}

/* A level of a component: any, or of YUV one whose colour is R'G'B' whatever the other
 * two are. */
static guint
any_level (const Case * c, const GstVideoFormatInfo * finfo, gint i,
    LightContent content)
{
  Levels levels = levels_of (c, finfo, i);
  gdouble value = any_of (0, 1000) / 1000.0;

  if (content == LIGHT_FLAT)
    return any_of (0, (1 << finfo->depth[i]) - 1);
  if (GST_VIDEO_FORMAT_INFO_IS_YUV (finfo) && i != GST_VIDEO_COMP_A)
    value = i == 0 ? 0.35 + 0.3 * value : 0.3 * (value - 0.5);
  return levels.zero + levels.one * value;
}

static void
fill_pixel (const Case * c, const GstVideoFormatInfo * finfo, gpointer pixel,
    LightContent content)
{
  gint bits = gst_video_format_get_info (finfo->unpack_format)->bits;
  gint i;

  for (i = 0; i < (gint) finfo->n_components; i++) {
    gint at = i == GST_VIDEO_COMP_A ? 0 : i + 1;
    guint sample = any_level (c, finfo, i, content) << (bits - finfo->depth[i]);

    if (bits == 16)
      ((guint16 *) pixel)[at] = sample;
    else
      ((guint8 *) pixel)[at] = sample;
  }
}

/* New levels in every pixel, or the same everywhere. */
void
light_fill (const Case * c, Picture * picture, LightContent content)
{
  const GstVideoFormatInfo *finfo = picture->info.finfo;
  gboolean flat = content == LIGHT_FLAT || content == LIGHT_FLAT_COLOR;
  GstAreaScaleLines lines;
  guint8 *pixels, *bounce;
  gint x, y;

  gst_area_scale_lines_init (&lines, &picture->info);
  pixels = g_malloc0 (lines.line_bytes);
  bounce = g_malloc0 (lines.bounce_bytes + 1);
  fill_pixel (c, finfo, pixels, content);
  for (y = 0; y < picture->height; y++) {
    for (x = 0; x < picture->width; x++) {
      if (flat && x > 0)
        memcpy (pixels + x * lines.pixel_bytes, pixels, lines.pixel_bytes);
      else if (!flat)
        fill_pixel (c, finfo, pixels + x * lines.pixel_bytes, content);
    }
    gst_area_scale_lines_pack (&lines, &picture->frame, y, pixels, bounce);
  }
  g_free (pixels);
  g_free (bounce);
}

/* Of flat pictures without borders. */
static gdouble
compare_flat (const Picture * in, const Picture * out)
{
  guint16 *a = picture_unpack (in), *b = picture_unpack (out);
  const GstVideoFormatInfo *finfo = in->info.finfo;
  gint bits = gst_video_format_get_info (finfo->unpack_format)->bits;
  gdouble worst = 0;
  gsize i, n = (gsize) out->width * out->height;
  guint c;

  for (i = 0; i < n; i++) {
    for (c = 0; c < finfo->n_components; c++) {
      guint at = c == GST_VIDEO_COMP_A ? 0 : c + 1;

      worst = MAX (worst, abs ((gint) b[4 * i + at] - (gint) a[at]) >>
          (bits - finfo->depth[c]));
    }
  }
  g_free (a);
  g_free (b);
  return worst;
}

gdouble
light_run_case (const Case * c, LightContent content)
{
  Picture in, out, other;
  gdouble worst;

  picture_init (&in, c, c->in_width, c->in_height);
  picture_init (&out, c, c->out_width, c->out_height);
  picture_init (&other, c, c->out_width, c->out_height);
  if (content != LIGHT_NOISE)
    light_fill (c, &in, content);
  run_engine (c, &in, &out, 1);
  run_engine (c, &in, &other, c->n_threads);
  if (!GST_VIDEO_FORMAT_INFO_IS_TILED (in.info.finfo))
    fail_unless_equal (&out, &other);
  worst = content == LIGHT_FLAT ? compare_flat (&in, &out) :
      compare (c, &in, &out);
  picture_clear (&in);
  picture_clear (&out);
  picture_clear (&other);
  return worst;
}

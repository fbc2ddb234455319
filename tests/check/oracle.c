/* GStreamer areascale: the definition on what a format unpacks to
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The oracle knows a format only through its unpack function: components are
 * taken from unpacked lines at their own depth and on their own grid, averaged
 * by the definition spelt out in two loops, and compared with the components of
 * the unpacked output.
 */

#include <string.h>

#include "oracle.h"
#include "overlap.h"

/* The unpack functions of some formats read over the end of the last row. */
#define SLACK 0x10000

#define N_SAMPLES 4

typedef struct
{
  gint width, height;
  guint16 *value;
} Grid;

/* --- components --- */

static gint
unpacked_bits (const GstVideoFormatInfo * finfo)
{
  return finfo->unpack_format == GST_VIDEO_FORMAT_AYUV
      || finfo->unpack_format == GST_VIDEO_FORMAT_ARGB ? 8 : 16;
}

/* Component of a position in an unpacked pixel, -1 for one that is none. */
static gint
component_at (const GstVideoFormatInfo * finfo, guint position)
{
  gint i = position == 0 ? 3 : (gint) position - 1;

  return i < (gint) finfo->n_components ? i : -1;
}

static gint
depth_at (const GstVideoFormatInfo * finfo, guint position)
{
  gint i = component_at (finfo, position);

  return i < 0 ? unpacked_bits (finfo) : (gint) finfo->depth[i];
}

static gint
w_sub_at (const GstVideoFormatInfo * finfo, guint position)
{
  gint i = component_at (finfo, position);

  return i < 0 ? 0 : finfo->w_sub[i];
}

static gint
h_sub_at (const GstVideoFormatInfo * finfo, guint position)
{
  gint i = component_at (finfo, position);

  return i < 0 ? 0 : finfo->h_sub[i];
}

/* Formats whose rows have no room for the last V sample at some odd widths. */
static gboolean
last_v_is_missing (GstVideoFormat format, gint width)
{
  GstVideoInfo info;

  switch (format) {
    case GST_VIDEO_FORMAT_UYVP:
      /* before GStreamer 1.28 */
      gst_video_info_set_format (&info, format, width, 1);
      return width % 8 == 3
          && GST_VIDEO_INFO_PLANE_STRIDE (&info, 0) < (width + 1) / 2 * 5;
    case GST_VIDEO_FORMAT_NV12_10LE32:
    case GST_VIDEO_FORMAT_NV16_10LE32:
      return width % 6 == 3;
    case GST_VIDEO_FORMAT_NV12_10BE_8L128:
      return width % 2 == 1 && (10 * width + 63) / 64 * 64 < 10 * (width + 1);
    default:
      return FALSE;
  }
}

/* The width to unpack: GStreamer confuses U and V in the last pixel of odd lines
 * of VYUY, and only there; of MT2110T and MT2110R it unpacks whole tiles only. */
static gint
unpacked_width (const Picture * picture)
{
  switch (GST_VIDEO_INFO_FORMAT (&picture->info)) {
    case GST_VIDEO_FORMAT_VYUY:
      return GST_ROUND_UP_2 (picture->width);
#if GST_CHECK_VERSION (1, 24, 0)
    case GST_VIDEO_FORMAT_MT2110T:
    case GST_VIDEO_FORMAT_MT2110R:
      return GST_ROUND_UP_16 (picture->width);
#endif
    default:
      return picture->width;
  }
}

/* Whether a position in an unpacked pixel holds something that is averaged: not
 * where grey pixels have chroma, nor the two bits that belong to no component. */
static gboolean
position_counts (const GstVideoFormatInfo * finfo, guint position)
{
#if GST_CHECK_VERSION (1, 28, 0)
  if (finfo->format == GST_VIDEO_FORMAT_BGR10x2_LE
      || finfo->format == GST_VIDEO_FORMAT_RGB10x2_LE)
    return position > 0;
#endif
  return !GST_VIDEO_FORMAT_INFO_IS_GRAY (finfo) || position <= 1;
}

/* Unpacks all lines of a copy that has room behind the last row. */
static guint16 *
picture_unpack (const Picture * picture)
{
  const GstVideoFormatInfo *finfo = picture->info.finfo;
  gint bits = unpacked_bits (finfo);
  gsize n = (gsize) picture->width * N_SAMPLES, i;
  guint16 *samples = g_new (guint16, n * picture->height);
  gint width = unpacked_width (picture);
  guint8 *line = g_malloc ((gsize) width * N_SAMPLES * 2);
  gpointer data[GST_VIDEO_MAX_PLANES] = { NULL };
  gint stride[GST_VIDEO_MAX_PLANES] = { 0 };
  gint y;
  guint p;

  for (p = 0; p < finfo->n_planes; p++) {
    stride[p] = picture->frame.stride[p];
    if (GST_VIDEO_FORMAT_INFO_IS_TILED (finfo)) {
      data[p] = g_malloc0 (picture->size[p] + SLACK);
    } else {
      stride[p] = GST_ROUND_UP_8 (picture->row_bytes[p]);
      data[p] = g_malloc0 ((gsize) stride[p] * picture->n_rows[p] + SLACK);
    }
    for (y = 0; y < picture->n_rows[p]; y++)
      memcpy ((guint8 *) data[p] + (gsize) stride[p] * y,
          picture_row (picture, p, y), picture->row_bytes[p]);
  }

  for (y = 0; y < picture->height; y++) {
    finfo->unpack_func (finfo, GST_VIDEO_PACK_FLAG_NONE, line, data, stride,
        0, y, width);
    for (i = 0; i < n; i++)
      samples[n * y + i] = bits == 8 ? line[i] : ((guint16 *) line)[i];
  }

  for (p = 0; p < finfo->n_planes; p++)
    g_free (data[p]);
  g_free (line);
  return samples;
}

static void
picture_grid (const Picture * picture, const guint16 * samples,
    guint position, Grid * grid)
{
  const GstVideoFormatInfo *finfo = picture->info.finfo;
  gint w_sub = w_sub_at (finfo, position), h_sub = h_sub_at (finfo, position);
  gint shift = unpacked_bits (finfo) - depth_at (finfo, position);
  gint x, y;

  grid->width = (picture->width + (1 << w_sub) - 1) >> w_sub;
  grid->height = (picture->height + (1 << h_sub) - 1) >> h_sub;
  grid->value = g_new (guint16, (gsize) grid->width * grid->height);
  for (y = 0; y < grid->height; y++) {
    for (x = 0; x < grid->width; x++)
      grid->value[y * grid->width + x] =
          samples[((gsize) (y << h_sub) * picture->width +
              (x << w_sub)) * N_SAMPLES + position] >> shift;
  }
}

/* The V sample that an input row has no room for is the one before. */
static void
repeat_last (Grid * grid)
{
  gint y;

  for (y = 0; y < grid->height; y++)
    grid->value[(y + 1) * grid->width - 1] =
        grid->value[(y + 1) * grid->width - 2];
}

/* --- the definition --- */

/* The lines of every n-th, from the given one on. */
static gint
every_nth (gint lines, gint n, gint first)
{
  gint i, found = 0;

  for (i = first; i < lines; i += n)
    found++;
  return found;
}

/* A row of a grid, under @width pixels. */
static Line
row_of (const Case * c, const Grid * grid, gint sub, gint width)
{
  Line line = { grid->width, grid->width, 1, 0, -1 };

  if (c->mean.keep_chroma_site) {
    line.luma = width;
    line.shared = 1 << sub;
    line.site = c->site & GST_VIDEO_CHROMA_SITE_H_COSITED ? 0 : line.shared - 1;
  }
  return line;
}

/* A column of one of the fields of a grid, beside @height lines of a buffer. */
static Line
column_of (const Case * c, const Grid * grid, gint sub, gint height, gint field)
{
  gint n_fields = c->interlaced ? 2 : 1;
  gint n = every_nth (grid->height, n_fields, field);
  Line line = { n, n, 1, 0, -1 };

  if (c->mean.keep_chroma_site) {
    line.luma = every_nth (height, n_fields, field);
    line.shared = 1 << sub;
    line.site = c->site & GST_VIDEO_CHROMA_SITE_V_COSITED ? 0 : line.shared - 1;
    if (c->mode == GST_VIDEO_INTERLACE_MODE_ALTERNATE)
      line.field = c->is_bottom;
    else if (c->interlaced)
      line.field = field;
  }
  return line;
}

/* One sample of one field, whose rows begin at row @field of the input. */
static guint
average (const Grid * in, gint n_fields, gint field, const Overlap * rows,
    const Overlap * columns, gint x, gint row)
{
  const gint64 *row_weight = rows->weight + (gsize) row * rows->n_in;
  const gint64 *weight = columns->weight + (gsize) x * columns->n_in;
  guint64 total = 0, all = 0;
  gint i, j;

  for (i = rows->first[row]; i < rows->end[row]; i++) {
    const guint16 *line = in->value + (gsize) (field + i * n_fields) *
        in->width;
    guint64 sum = 0, area = 0;

    for (j = columns->first[x]; j < columns->end[x]; j++) {
      sum += weight[j] * line[j];
      area += weight[j];
    }
    total += row_weight[i] * sum;
    all += row_weight[i] * area;
  }
  return (2 * total + all) / (2 * all);
}

/* The border's value by the equations of the standards. */
static guint
border_value (const Case * c, const GstVideoFormatInfo * finfo,
    guint position)
{
  static const gdouble coefficients[][2] = {
    [GST_VIDEO_COLOR_MATRIX_FCC] = {0.30, 0.11},
    [GST_VIDEO_COLOR_MATRIX_BT709] = {0.2126, 0.0722},
    [GST_VIDEO_COLOR_MATRIX_BT601] = {0.299, 0.114},
    [GST_VIDEO_COLOR_MATRIX_SMPTE240M] = {0.212, 0.087},
    [GST_VIDEO_COLOR_MATRIX_BT2020] = {0.2627, 0.0593},
  };
  gint depth = depth_at (finfo, position);
  gint max = (1 << depth) - 1;
  gboolean full = c->range != GST_VIDEO_COLOR_RANGE_16_235;
  gdouble step = full ? 1 : (1 << depth) / 256.0;
  gdouble r = ((c->argb >> 16) & 255) / 255.0;
  gdouble g = ((c->argb >> 8) & 255) / 255.0;
  gdouble b = (c->argb & 255) / 255.0;
  gdouble kr = coefficients[c->matrix][0], kb = coefficients[c->matrix][1];
  gdouble y = kr * r + (1 - kr - kb) * g + kb * b;
  gdouble light[N_SAMPLES] = { 0, r, g, b };
  gdouble chroma[N_SAMPLES] = { 0, 0, (b - y) / (2 - 2 * kb),
    (r - y) / (2 - 2 * kr)
  };
  gdouble value;

  if (!GST_VIDEO_FORMAT_INFO_IS_RGB (finfo))
    light[1] = y;

  if (position == 0)
    value = (component_at (finfo, 0) < 0 ? 255 : c->argb >> 24) / 255.0 * max;
  else if (!GST_VIDEO_FORMAT_INFO_IS_RGB (finfo) && position > 1)
    value = (1 << (depth - 1)) + chroma[position] * (full ? max : 224 * step);
  else
    value = full ? light[position] * max : (16 + 219 * light[position]) * step;
  return CLAMP ((gint) (value + 0.5), 0, max);
}

/* --- comparison --- */

static void
print_case (const Case * c, gchar * text, gsize size)
{
  g_snprintf (text, size, "%s %dx%d -> %dx%d, content %d,%d %dx%d, mode %d%s, "
      "%u threads%s%s%s%s, site %d", gst_video_format_to_string (c->format), c->in_width,
      c->in_height, c->out_width, c->out_height, c->content_x, c->content_y,
      c->content_w, c->content_h, c->mode, c->interlaced ? " interlaced" : "",
      c->n_threads, c->pad ? ", padded" : "", c->flip ? ", upside down" : "",
      c->mean.method == AREASCALE_METHOD_COVERAGE ? ", coverage" : "",
      c->mean.keep_chroma_site ? ", chroma site kept" : "", c->site);
}

/* What the picture of a field in the output must be, from a grid of the input. */
static void
fill_field (const Case * c, gint w_sub, gint h_sub, const Grid * in,
    const Grid * content, gint field)
{
  gboolean by_part = c->mean.method == AREASCALE_METHOD_COVERAGE;
  gint lines = c->mode == GST_VIDEO_INTERLACE_MODE_ALTERNATE ? 2 : 1;
  gint n_fields = c->interlaced ? 2 : 1;
  gint in_field = field < in->height ? field : 0;
  Line in_row = row_of (c, in, w_sub, c->in_width);
  Line out_row = row_of (c, content, w_sub, c->content_w);
  Line in_column = column_of (c, in, h_sub, (c->in_height + lines - 1) / lines,
      in_field);
  Line out_column = column_of (c, content, h_sub,
      (c->content_h + lines - 1) / lines, field);
  Overlap columns, rows;
  gint x, row;

  overlap_init (&columns, &in_row, &out_row, by_part);
  overlap_init (&rows, &in_column, &out_column, by_part);
  for (row = 0; row < out_column.n; row++) {
    for (x = 0; x < content->width; x++)
      content->value[(field + row * n_fields) * content->width + x] =
          average (in, n_fields, in_field, &rows, &columns, x, row);
  }
  overlap_clear (&columns);
  overlap_clear (&rows);
}

static void
fill_content (const Case * c, gint w_sub, gint h_sub, const Grid * in,
    Grid * content)
{
  gint lines = c->mode == GST_VIDEO_INTERLACE_MODE_ALTERNATE ? 2 : 1;
  gint field;

  content->width = (c->content_w + (1 << w_sub) - 1) >> w_sub;
  content->height =
      ((c->content_h + lines - 1) / lines + (1 << h_sub) - 1) >> h_sub;
  content->value = g_new (guint16, (gsize) content->width * content->height);
  for (field = 0; field < (c->interlaced ? 2 : 1); field++) {
    if (field < content->height)
      fill_field (c, w_sub, h_sub, in, content, field);
  }
}

static void
check_grid (const Case * c, const GstVideoFormatInfo * finfo,
    guint position, const Grid * in, const Grid * out)
{
  gint w_sub = w_sub_at (finfo, position), h_sub = h_sub_at (finfo, position);
  gint lines = c->mode == GST_VIDEO_INTERLACE_MODE_ALTERNATE ? 2 : 1;
  gint x0 = c->content_x >> w_sub, y0 = c->content_y / lines >> h_sub;
  gint depth = depth_at (finfo, position);
  guint border = border_value (c, finfo, position);
  gint x, y, width = out->width;
  Grid content;
  gchar text[256];

  /* levels of less than 8 bits are cut from those of 8 */
  if (c->range == GST_VIDEO_COLOR_RANGE_16_235 && depth < 8 && position > 0)
    border = G_MAXUINT;
  if (position == 3 && last_v_is_missing (c->format, c->out_width))
    width--;

  fill_content (c, w_sub, h_sub, in, &content);
  for (y = 0; y < out->height; y++) {
    for (x = 0; x < width; x++) {
      guint value = out->value[y * out->width + x];
      guint expected = border;
      gint row = y - y0, column = x - x0;

      if (row >= 0 && row < content.height && column >= 0
          && column < content.width)
        expected = content.value[row * content.width + column];
      else if (border == G_MAXUINT)
        continue;
      if (value != expected) {
        print_case (c, text, sizeof (text));
        fail ("%s: sample %u at %d,%d is %u, expected %u", text, position, x,
            y, value, expected);
      }
    }
  }
  g_free (content.value);
}

static void
check_output (const Case * c, const Picture * in, const Picture * out)
{
  const GstVideoFormatInfo *finfo = in->info.finfo;
  guint16 *in_samples = picture_unpack (in);
  guint16 *out_samples = picture_unpack (out);
  guint position;

  for (position = 0; position < N_SAMPLES; position++) {
    Grid in_grid, out_grid;

    if (!position_counts (finfo, position))
      continue;
    picture_grid (in, in_samples, position, &in_grid);
    picture_grid (out, out_samples, position, &out_grid);
    if (position == 3 && last_v_is_missing (c->format, c->in_width))
      repeat_last (&in_grid);
    check_grid (c, finfo, position, &in_grid, &out_grid);
    g_free (in_grid.value);
    g_free (out_grid.value);
  }
  g_free (in_samples);
  g_free (out_samples);
}

void
run_engine (const Case * c, const Picture * in, const Picture * out,
    guint n_threads)
{
  GstAreaScalePlacement placement = { c->in_width, c->in_height, c->out_width,
    c->out_height, {c->content_x, c->content_y, c->content_w, c->content_h}
  };
  GError *error = NULL;
  GstAreaEngine *engine;

  engine = gst_area_engine_new (&in->info, &out->info, &placement, &c->mean,
      NULL, c->argb, n_threads, n_threads > 1 ? pool : NULL, &error);
  fail_unless (engine != NULL, "%s", error ? error->message : "no error");
  fail_unless (error == NULL);
  gst_area_engine_run (engine, &in->frame, &out->frame);
  gst_area_engine_free (engine);
}

/* Bytes between the rows stay what they were, the rows' own do not depend on
 * what was there: out was scaled into other content than twin. */
static void
check_bytes (const Case * c, const Picture * out, const Picture * twin,
    guint8 * const before[GST_VIDEO_MAX_PLANES])
{
  guint p;
  gint y;
  gchar text[256];

  if (GST_VIDEO_FORMAT_INFO_IS_TILED (out->info.finfo))
    return;

  print_case (c, text, sizeof (text));
  for (p = 0; p < out->info.finfo->n_planes; p++) {
    gsize gap = ABS (out->frame.stride[p]) - out->row_bytes[p];
    gsize first = MIN (picture_row (out, p, 0),
        picture_row (out, p, out->n_rows[p] - 1)) - out->block[p];

    for (y = 0; y < out->n_rows[p]; y++) {
      fail_unless (memcmp (picture_row (out, p, y), picture_row (twin, p, y),
              out->row_bytes[p]) == 0,
          "%s: plane %u row %d: not every byte was written, or another "
          "number of threads wrote others", text, p, y);
    }
    fail_unless (memcmp (out->block[p], before[p], first) == 0,
        "%s: plane %u: written before its first row", text, p);
    for (y = 0; y + 1 < out->n_rows[p]; y++) {
      gsize at = first + (gsize) ABS (out->frame.stride[p]) * y +
          out->row_bytes[p];

      fail_unless (memcmp (out->block[p] + at, before[p] + at, gap) == 0,
          "%s: plane %u: written between rows %d and %d", text, p, y, y + 1);
    }
  }
}

void
run_pictures (const Case * c, const Picture * in, const Picture * out)
{
  Picture twin;
  guint8 *before[GST_VIDEO_MAX_PLANES] = { NULL };
  Case twin_case = *c;
  guint p;

  for (p = 0; p < out->info.finfo->n_planes; p++)
    before[p] = g_memdup2 (out->block[p], out->size[p]);
  twin_case.pad = FALSE;
  twin_case.flip = FALSE;
  picture_init (&twin, &twin_case, c->out_width, c->out_height);

  run_engine (c, in, out, c->n_threads);
  run_engine (c, in, &twin, 1);
  check_output (c, in, out);
  check_bytes (c, out, &twin, before);
  if (!c->pad && !c->flip && GST_VIDEO_FORMAT_INFO_IS_TILED (out->info.finfo)) {
    /* the same content before: the same afterwards, tile padding too */
    for (p = 0; p < out->info.finfo->n_planes; p++)
      memcpy (twin.block[p], before[p], twin.size[p]);
    run_engine (c, in, &twin, 1);
    for (p = 0; p < out->info.finfo->n_planes; p++)
      fail_unless (memcmp (twin.block[p], out->block[p], out->size[p]) == 0);
  }

  for (p = 0; p < GST_VIDEO_MAX_PLANES; p++)
    g_free (before[p]);
  picture_clear (&twin);
}

void
run_case (const Case * c)
{
  Picture in, out;

  picture_init (&in, c, c->in_width, c->in_height);
  picture_init (&out, c, c->out_width, c->out_height);
  run_pictures (c, &in, &out);
  picture_clear (&in);
  picture_clear (&out);
}

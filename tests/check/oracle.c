/* GStreamer areascale: the definition on what a format unpacks to
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The oracle knows a format only through its unpack function: components are
 * taken from unpacked lines at their own depth and on their own grid, averaged
 * by the definition spelt out in two loops, and compared with the components of
 * the unpacked output.
 */

#include <string.h>

#include "alpha.h"
#include "components.h"
#include "number.h"
#include "oracle.h"

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
Line
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
Line
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

/* The same where samples have weights of their own, unless they are all 0. */
static gboolean
weighed_average (const Grid * in, gint n_fields, gint field,
    const Overlap * rows, const Overlap * columns, gint x, gint row,
    guint * value)
{
  const gint64 *row_weight = rows->weight + (gsize) row * rows->n_in;
  const gint64 *weight = columns->weight + (gsize) x * columns->n_in;
  Number total = { {0} }, all = { {0} };
  gint i, j;

  for (i = rows->first[row]; i < rows->end[row]; i++) {
    for (j = columns->first[x]; j < columns->end[x]; j++) {
      gsize at = (gsize) (field + i * n_fields) * in->width + j;
      guint64 own = in->weight[at];

      number_add (&total, own * in->value[at], row_weight[i] * weight[j]);
      number_add (&all, own, row_weight[i] * weight[j]);
    }
  }
  if (number_is_zero (&all))
    return FALSE;
  *value = number_ratio (total, all);
  return TRUE;
}

/* One sample of one field, whose rows begin at row @field of the input. */
static guint
average (const Grid * in, gint n_fields, gint field, const Overlap * rows,
    const Overlap * columns, gint x, gint row)
{
  const gint64 *row_weight = rows->weight + (gsize) row * rows->n_in;
  const gint64 *weight = columns->weight + (gsize) x * columns->n_in;
  guint64 total = 0, all = 0;
  guint value;
  gint i, j;

  if (in->weight != NULL && weighed_average (in, n_fields, field, rows,
          columns, x, row, &value))
    return value;
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

/* --- comparison --- */

void
print_case (const Case * c, gchar * text, gsize size)
{
  g_snprintf (text, size, "%s %dx%d -> %dx%d, content %d,%d %dx%d, mode %d%s, "
      "%u threads%s%s%s%s%s, site %d", gst_video_format_to_string (c->format), c->in_width,
      c->in_height, c->out_width, c->out_height, c->content_x, c->content_y,
      c->content_w, c->content_h, c->mode, c->interlaced ? " interlaced" : "",
      c->n_threads, c->pad ? ", padded" : "", c->flip ? ", upside down" : "",
      c->mean.method == AREASCALE_METHOD_COVERAGE ? ", coverage" : "",
      c->mean.keep_chroma_site ? ", chroma site kept" : "",
      c->mean.weight_by_alpha ? ", weighed by alpha" : "", c->site);
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
    if (c->mean.weight_by_alpha && position > 0 && component_at (finfo, 0) >= 0)
      in_grid.weight = alpha_of_grid (in, in_samples, position, &in_grid);
    check_grid (c, finfo, position, &in_grid, &out_grid);
    g_free (in_grid.value);
    g_free (in_grid.weight);
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
void
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

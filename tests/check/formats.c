/* GStreamer areascale: every format through the scaler
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The oracle knows a format only through its unpack function: components are
 * taken from unpacked lines at their own depth and on their own grid, averaged
 * by the definition spelt out in two loops, and compared with the components of
 * the unpacked output.
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include <gst/check/gstcheck.h>
#include <gst/video/video.h>

#include "rig.h"
#include "scaler.h"

/* The unpack functions of some formats read over the end of the last row. */
#define SLACK 0x10000

#define N_SAMPLES 4

typedef struct
{
  GstVideoInfo info;
  gint width, height;           /* of the buffer: field height when alternate */
  GstAreaScaleFrame frame;
  guint8 *block[GST_VIDEO_MAX_PLANES];
  gsize size[GST_VIDEO_MAX_PLANES];
  gint n_rows[GST_VIDEO_MAX_PLANES];    /* of tiles: 1 */
  gsize row_bytes[GST_VIDEO_MAX_PLANES];
} Picture;

typedef struct
{
  gint width, height;
  guint16 *value;
} Grid;

typedef struct
{
  GstVideoFormat format;
  GstVideoInterlaceMode mode;
  gboolean interlaced;          /* the buffer of a mixed stream */
  gint in_width, in_height, out_width, out_height;
  gint content_x, content_y, content_w, content_h;
  guint32 argb;
  GstVideoColorRange range;
  GstVideoColorMatrix matrix;
  guint n_threads;
  gboolean pad, flip;
} Case;

static GRand *rng;
static GstTaskPool *pool;
static const GstVideoFormat *formats;
static guint n_formats;

static gint
any_of (gint low, gint high)
{
  return g_rand_int_range (rng, low, high + 1);
}

static void
fill_random (guint8 * data, gsize size)
{
  gsize i;

  for (i = 0; i < size; i++)
    data[i] = g_rand_int (rng);
}

/* --- pictures --- */

static gint
plane_shift (const GstVideoFormatInfo * finfo, guint plane)
{
  gint i;

  for (i = finfo->n_components - 1; i >= 0; i--) {
    if (finfo->plane[i] == plane)
      return finfo->h_sub[i];
  }
  return 0;
}

/* Each plane is a block of its own that ends with the last row's last byte. */
static void
picture_init (Picture * picture, const Case * c, gint width, gint height)
{
  const GstVideoFormatInfo *finfo;
  guint p;

  memset (picture, 0, sizeof (*picture));
  fail_unless (gst_video_info_set_interlaced_format (&picture->info,
          c->format, c->mode, width, height));
  picture->info.colorimetry.range = c->range;
  picture->info.colorimetry.matrix = c->matrix;
  finfo = picture->info.finfo;
  picture->width = width;
  picture->height = GST_VIDEO_INFO_FIELD_HEIGHT (&picture->info);
  picture->frame.interlaced = c->interlaced;

  for (p = 0; p < finfo->n_planes; p++) {
    gint stride = GST_VIDEO_INFO_PLANE_STRIDE (&picture->info, p);

    if (GST_VIDEO_FORMAT_INFO_IS_TILED (finfo)) {
      picture->n_rows[p] = 1;
      picture->row_bytes[p] = (gsize) GST_VIDEO_TILE_X_TILES (stride) *
          GST_VIDEO_TILE_Y_TILES (stride) *
          GST_VIDEO_FORMAT_INFO_TILE_SIZE (finfo, p);
      picture->size[p] = picture->row_bytes[p];
    } else {
      picture->n_rows[p] = GST_VIDEO_SUB_SCALE (plane_shift (finfo, p),
          picture->height);
      picture->row_bytes[p] =
          gst_area_scale_frame_row_bytes (&picture->info, p);
      if (c->pad)
        stride = GST_ROUND_UP_8 (stride) + 8 * any_of (0, 3);
      picture->size[p] = (gsize) stride *(picture->n_rows[p] - 1) +
          picture->row_bytes[p];
    }
    picture->block[p] = g_malloc (picture->size[p]);
    fill_random (picture->block[p], picture->size[p]);
    picture->frame.data[p] = picture->block[p];
    picture->frame.stride[p] = stride;
    if (c->flip && !GST_VIDEO_FORMAT_INFO_IS_TILED (finfo)) {
      picture->frame.data[p] =
          picture->block[p] + (gsize) stride *(picture->n_rows[p] - 1);
      picture->frame.stride[p] = -stride;
    }
  }
}

static void
picture_clear (Picture * picture)
{
  guint p;

  for (p = 0; p < GST_VIDEO_MAX_PLANES; p++)
    g_free (picture->block[p]);
}

static guint8 *
picture_row (const Picture * picture, guint p, gint row)
{
  return (guint8 *) picture->frame.data[p] +
      (gssize) picture->frame.stride[p] * row;
}

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
    data[p] = g_malloc0 (picture->size[p] + SLACK);
    stride[p] = picture->frame.stride[p];
    if (!GST_VIDEO_FORMAT_INFO_IS_TILED (finfo))
      stride[p] = ABS (stride[p]);
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

static gint
window_start (gint i, gint in, gint out)
{
  return (gint64) i *in / out;
}

static gint
window_end (gint i, gint in, gint out)
{
  return ((gint64) (i + 1) * in + out - 1) / out;
}

/* One sample of one field: rows field, field + n_fields, ... of the input. */
static guint
average (const Grid * in, gint n_fields, gint field, gint out_width,
    gint out_rows, gint x, gint row)
{
  gint rows = 0, i, j;
  guint64 sum = 0, area = 0;

  for (i = field; i < in->height; i += n_fields)
    rows++;
  if (rows == 0)
    return average (in, n_fields, 0, out_width, out_rows, x, row);

  for (i = window_start (row, rows, out_rows);
      i < window_end (row, rows, out_rows); i++) {
    for (j = window_start (x, in->width, out_width);
        j < window_end (x, in->width, out_width); j++) {
      sum += in->value[(field + i * n_fields) * in->width + j];
      area++;
    }
  }
  return (2 * sum + area) / (2 * area);
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
      "%u threads%s%s", gst_video_format_to_string (c->format), c->in_width,
      c->in_height, c->out_width, c->out_height, c->content_x, c->content_y,
      c->content_w, c->content_h, c->mode, c->interlaced ? " interlaced" : "",
      c->n_threads, c->pad ? ", padded" : "", c->flip ? ", upside down" : "");
}

static void
check_grid (const Case * c, const GstVideoFormatInfo * finfo,
    guint position, const Grid * in, const Grid * out)
{
  gint w_sub = w_sub_at (finfo, position), h_sub = h_sub_at (finfo, position);
  gint lines = c->mode == GST_VIDEO_INTERLACE_MODE_ALTERNATE ? 2 : 1;
  gint x0 = c->content_x >> w_sub, y0 = c->content_y / lines >> h_sub;
  gint w = (c->content_w + (1 << w_sub) - 1) >> w_sub;
  gint h = ((c->content_h + lines - 1) / lines + (1 << h_sub) - 1) >> h_sub;
  gint n_fields = c->interlaced ? 2 : 1;
  gint depth = depth_at (finfo, position);
  guint border = border_value (c, finfo, position);
  gint x, y, width = out->width;
  gchar text[256];

  /* levels of less than 8 bits are cut from those of 8 */
  if (c->range == GST_VIDEO_COLOR_RANGE_16_235 && depth < 8 && position > 0)
    border = G_MAXUINT;
  if (position == 3 && last_v_is_missing (c->format, c->out_width))
    width--;

  for (y = 0; y < out->height; y++) {
    for (x = 0; x < width; x++) {
      guint value = out->value[y * out->width + x];
      guint expected = border;
      gint row = y - y0, column = x - x0;

      if (row >= 0 && row < h && column >= 0 && column < w) {
        gint field = row % n_fields;

        expected = average (in, n_fields, field, w,
            (h + n_fields - 1 - field) / n_fields, column, row / n_fields);
      } else if (border == G_MAXUINT) {
        continue;
      }
      if (value != expected) {
        print_case (c, text, sizeof (text));
        fail ("%s: sample %u at %d,%d is %u, expected %u", text, position, x,
            y, value, expected);
      }
    }
  }
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

static void
scale (const Case * c, const Picture * in, const Picture * out,
    guint n_threads)
{
  GstAreaScalePlacement placement = { c->in_width, c->in_height, c->out_width,
    c->out_height, {c->content_x, c->content_y, c->content_w, c->content_h}
  };
  GError *error = NULL;
  GstAreaScaler *scaler;

  scaler = gst_area_scaler_new (&in->info, &out->info, &placement, c->argb,
      n_threads, n_threads > 1 ? pool : NULL, &error);
  fail_unless (scaler != NULL, "%s", error ? error->message : "no error");
  fail_unless (error == NULL);
  gst_area_scaler_run (scaler, &in->frame, &out->frame);
  gst_area_scaler_free (scaler);
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

    for (y = 0; y < out->n_rows[p]; y++) {
      fail_unless (memcmp (picture_row (out, p, y), picture_row (twin, p, y),
              out->row_bytes[p]) == 0,
          "%s: plane %u row %d: not every byte was written, or another "
          "number of threads wrote others", text, p, y);
    }
    for (y = 0; y + 1 < out->n_rows[p]; y++) {
      gsize at = (gsize) ABS (out->frame.stride[p]) * y + out->row_bytes[p];

      fail_unless (memcmp (out->block[p] + at, before[p] + at, gap) == 0,
          "%s: plane %u: written between rows %d and %d", text, p, y, y + 1);
    }
  }
}

static void
run_case (const Case * c)
{
  Picture in, out, twin;
  guint8 *before[GST_VIDEO_MAX_PLANES] = { NULL };
  Case twin_case = *c;
  guint p;

  picture_init (&in, c, c->in_width, c->in_height);
  picture_init (&out, c, c->out_width, c->out_height);
  for (p = 0; p < out.info.finfo->n_planes; p++)
    before[p] = g_memdup2 (out.block[p], out.size[p]);
  twin_case.pad = FALSE;
  twin_case.flip = FALSE;
  picture_init (&twin, &twin_case, c->out_width, c->out_height);

  scale (c, &in, &out, c->n_threads);
  scale (c, &in, &twin, 1);
  check_output (c, &in, &out);
  check_bytes (c, &out, &twin, before);
  if (!c->pad && !c->flip && GST_VIDEO_FORMAT_INFO_IS_TILED (out.info.finfo)) {
    /* the same content before: the same afterwards, tile padding too */
    for (p = 0; p < out.info.finfo->n_planes; p++)
      memcpy (twin.block[p], before[p], twin.size[p]);
    scale (c, &in, &twin, 1);
    for (p = 0; p < out.info.finfo->n_planes; p++)
      fail_unless (memcmp (twin.block[p], out.block[p], out.size[p]) == 0);
  }

  for (p = 0; p < GST_VIDEO_MAX_PLANES; p++)
    g_free (before[p]);
  picture_clear (&in);
  picture_clear (&out);
  picture_clear (&twin);
}

/* --- cases --- */

/* Small sizes mostly, now and then some that need several tiles and bands. */
static gint
any_size (void)
{
  switch (any_of (0, 7)) {
    case 0:
      return 1;
    case 1:
      return any_of (2, 4);
    case 2:
      return any_of (60, 150);
    default:
      return any_of (3, 40);
  }
}

static void
any_case (Case * c, GstVideoFormat format)
{
  static const guint threads[] = { 1, 2, 3, 7 };

  memset (c, 0, sizeof (*c));
  c->format = format;
  c->mode = GST_VIDEO_INTERLACE_MODE_PROGRESSIVE;
  c->in_width = any_size ();
  c->in_height = any_size ();
  c->out_width = any_of (0, 5) ? any_size () : c->in_width;
  c->out_height = any_of (0, 5) ? any_size () : c->in_height;
  c->content_w = c->out_width;
  c->content_h = c->out_height;
  c->argb = g_rand_int (rng);
  c->range = any_of (0, 1) ? GST_VIDEO_COLOR_RANGE_0_255
      : GST_VIDEO_COLOR_RANGE_16_235;
  c->matrix = any_of (GST_VIDEO_COLOR_MATRIX_FCC,
      GST_VIDEO_COLOR_MATRIX_BT2020);
  c->n_threads = threads[any_of (0, G_N_ELEMENTS (threads) - 1)];
  c->pad = any_of (0, 1);
  c->flip = any_of (0, 3) == 0;
}

static void
any_border (gint frame, gint grid, gint * start, gint * length)
{
  gint n = frame / grid;

  if (n == 0)
    return;
  *start = any_of (0, n - 1) * grid;
  *length = any_of (1, n - *start / grid) * grid;
  if (any_of (0, 2) == 0)
    *length = frame - *start;
}

static void
add_border (Case * c)
{
  gboolean fields = c->mode != GST_VIDEO_INTERLACE_MODE_PROGRESSIVE;

  any_border (c->out_width, 4, &c->content_x, &c->content_w);
  any_border (c->out_height, fields ? 8 : 4, &c->content_y, &c->content_h);
}

static void
add_interlacing (Case * c)
{
  static const GstVideoInterlaceMode modes[] = {
    GST_VIDEO_INTERLACE_MODE_INTERLEAVED, GST_VIDEO_INTERLACE_MODE_MIXED,
    GST_VIDEO_INTERLACE_MODE_FIELDS, GST_VIDEO_INTERLACE_MODE_ALTERNATE
  };

  c->mode = modes[any_of (0, G_N_ELEMENTS (modes) - 1)];
  if (c->mode == GST_VIDEO_INTERLACE_MODE_MIXED)
    c->interlaced = any_of (0, 1);
  else
    c->interlaced = c->mode != GST_VIDEO_INTERLACE_MODE_ALTERNATE;
}

static gboolean
format_of_test (gint i, GstVideoFormat * format)
{
  *format = formats[i];
  /* the same numbers whatever test runs and in which order */
  g_rand_set_seed (rng, 1000 + *format);
  return gst_area_scaler_handles_format (*format);
}

#define N_CASES rig_n_rounds (60)

GST_START_TEST (test_every_format_is_exact)
{
  GstVideoFormat format;
  Case c;
  guint i;

  if (!format_of_test (__i__, &format))
    return;
  for (i = 0; i < N_CASES; i++) {
    any_case (&c, format);
    run_case (&c);
  }
}

GST_END_TEST;

GST_START_TEST (test_windows_never_cross_fields)
{
  GstVideoFormat format;
  Case c;
  guint i;

  if (!format_of_test (__i__, &format))
    return;
  for (i = 0; i < N_CASES; i++) {
    any_case (&c, format);
    add_interlacing (&c);
    run_case (&c);
  }
}

GST_END_TEST;

GST_START_TEST (test_borders_have_the_colour_and_content_is_exact)
{
  GstVideoFormat format;
  Case c;
  guint i;

  if (!format_of_test (__i__, &format))
    return;
  for (i = 0; i < N_CASES; i++) {
    any_case (&c, format);
    if (i % 2)
      add_interlacing (&c);
    add_border (&c);
    run_case (&c);
  }
}

GST_END_TEST;

/* GStreamer 1.30 calls it GST_VIDEO_FORMAT_FLAG_FLOAT. */
#define FLAG_FLOAT (1 << 10)

GST_START_TEST (test_all_raw_formats_but_palettes_and_floats_are_handled)
{
  guint i, n_handled = 0;

  for (i = 0; i < n_formats; i++) {
    gboolean handled = formats[i] != GST_VIDEO_FORMAT_RGB8P
        && !(gst_video_format_get_info (formats[i])->flags & FLAG_FLOAT);

    fail_unless_equals_int (gst_area_scaler_handles_format (formats[i]),
        handled);
    n_handled += handled;
  }
  fail_unless (n_handled >= 110);
  fail_if (gst_area_scaler_handles_format (GST_VIDEO_FORMAT_UNKNOWN));
  fail_if (gst_area_scaler_handles_format (GST_VIDEO_FORMAT_ENCODED));
}

GST_END_TEST;

GST_START_TEST (test_the_longest_lines)
{
  static const GstVideoFormat some[] = { GST_VIDEO_FORMAT_I420,
    GST_VIDEO_FORMAT_UYVY, GST_VIDEO_FORMAT_ARGB64, GST_VIDEO_FORMAT_v210,
    GST_VIDEO_FORMAT_UYVP, GST_VIDEO_FORMAT_NV12_10LE32,
    GST_VIDEO_FORMAT_NV12_10BE_8L128
  };
  const gint longest = 32767;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (some); i++) {
    Case c;

    any_case (&c, some[i]);
    c.n_threads = 3;
    c.in_width = longest;
    c.in_height = 2;
    c.out_width = c.content_w = 5;
    c.out_height = c.content_h = 3;
    run_case (&c);
    c.in_width = 5;
    c.out_width = c.content_w = longest;
    run_case (&c);
  }
}

GST_END_TEST;

static void
check_refused (const GstVideoInfo * in, const GstVideoInfo * out)
{
  GstAreaScalePlacement placement = { in->width, in->height, out->width,
    out->height, {0, 0, out->width, out->height}
  };
  GError *error = NULL;

  fail_unless (gst_area_scaler_new (in, out, &placement, 0, 1, NULL,
          &error) == NULL);
  fail_unless (g_error_matches (error, GST_STREAM_ERROR,
          GST_STREAM_ERROR_FORMAT));
  g_error_free (error);
}

GST_START_TEST (test_what_cannot_be_scaled_is_an_error)
{
  GstVideoInfo small, large, palette;

  gst_video_info_set_format (&small, GST_VIDEO_FORMAT_GRAY8, 8, 8);
  gst_video_info_set_format (&large, GST_VIDEO_FORMAT_GRAY8, 32768, 8);
  gst_video_info_set_format (&palette, GST_VIDEO_FORMAT_RGB8P, 8, 8);
  check_refused (&small, &large);
  check_refused (&large, &small);
  check_refused (&palette, &palette);
}

GST_END_TEST;

static void
check_description (GstVideoFormat format, guint n_threads,
    const gchar * beginning, const gchar * part)
{
  GstVideoInfo info;
  GstAreaScalePlacement placement = { 8, 6, 8, 6, {0, 0, 8, 6} };
  GstAreaScaler *scaler;
  gchar *text;

  gst_video_info_set_format (&info, format, 8, 6);
  scaler = gst_area_scaler_new (&info, &info, &placement, 0, n_threads,
      n_threads > 1 ? pool : NULL, NULL);
  text = gst_area_scaler_describe (scaler);
  fail_unless (g_str_has_prefix (text, beginning), "%s", text);
  fail_unless (strstr (text, part) != NULL, "%s", text);
  g_free (text);
  gst_area_scaler_free (scaler);
}

GST_START_TEST (test_the_description_names_the_path_of_each_plane)
{
  check_description (GST_VIDEO_FORMAT_NV12, 1, "NV12 native, ",
      ", 1 thread; plane 0: 8x6 to 8x6, 8 bits, ");
  check_description (GST_VIDEO_FORMAT_NV12, 1, "NV12 native, ",
      "; plane 1: 4x3 to 4x3, 8 bits, ");
  check_description (GST_VIDEO_FORMAT_v210, 2, "v210 unpacked, ",
      ", 2 threads; channel 0: 8x6 to 8x6, 10 bits, ");
}

GST_END_TEST;

/* Few rows are cut into columns. */
GST_START_TEST (test_more_threads_than_rows)
{
  static const GstVideoFormat some[] = { GST_VIDEO_FORMAT_I420,
    GST_VIDEO_FORMAT_YUY2, GST_VIDEO_FORMAT_UYVY, GST_VIDEO_FORMAT_NV12,
    GST_VIDEO_FORMAT_RGB, GST_VIDEO_FORMAT_P010_10LE, GST_VIDEO_FORMAT_v210,
    GST_VIDEO_FORMAT_NV12_10BE_8L128
  };
  guint i;
  gint rows;

  for (i = 0; i < G_N_ELEMENTS (some); i++) {
    for (rows = 1; rows < 6; rows++) {
      Case c;

      any_case (&c, some[i]);
      c.n_threads = 16;
      c.out_width = c.content_w = any_of (1, 99);
      c.out_height = c.content_h = rows;
      run_case (&c);
    }
  }
}

GST_END_TEST;

/* A pool that takes no task. */
GST_START_TEST (test_a_pool_that_fails_changes_nothing)
{
  GstTaskPool *good = pool;
  Case c;

  any_case (&c, GST_VIDEO_FORMAT_I420);
  c.n_threads = 4;
  pool = gst_task_pool_new ();  /* not prepared */
  run_case (&c);
  gst_object_unref (pool);
  pool = good;
}

GST_END_TEST;

/* A pool that starts its tasks only after the scaler is gone. */
GST_START_TEST (test_a_pool_that_is_late_is_not_waited_for)
{
  GstTaskPool *good = pool;
  Case c;

  any_case (&c, GST_VIDEO_FORMAT_v210);
  c.n_threads = 4;
  pool = gst_shared_task_pool_new ();
  gst_shared_task_pool_set_max_threads (GST_SHARED_TASK_POOL (pool), 0);
  gst_task_pool_prepare (pool, NULL);
  run_case (&c);
  gst_shared_task_pool_set_max_threads (GST_SHARED_TASK_POOL (pool), 2);
  gst_task_pool_cleanup (pool);
  gst_object_unref (pool);
  pool = good;
}

GST_END_TEST;

static void
check_black (GstVideoFormat format, GstVideoColorRange range, gint height,
    const guint8 * expected, gsize n)
{
  Case c;
  Picture in, out;

  any_case (&c, format);
  c.pad = c.flip = FALSE;
  c.range = range;
  c.argb = 0xff000000;
  c.out_width = 32;
  c.out_height = height;
  c.content_x = 8;
  c.content_y = 8;
  c.content_w = 8;
  c.content_h = 8;
  picture_init (&in, &c, c.in_width, c.in_height);
  picture_init (&out, &c, c.out_width, c.out_height);
  scale (&c, &in, &out, 1);
  fail_unless (memcmp (out.block[out.info.finfo->n_planes - 1], expected,
          n) == 0, "%s", gst_video_format_to_string (format));
  picture_clear (&in);
  picture_clear (&out);
}

GST_START_TEST (test_black_borders_in_bytes)
{
  const GstVideoColorRange full = GST_VIDEO_COLOR_RANGE_0_255;
  const GstVideoColorRange limited = GST_VIDEO_COLOR_RANGE_16_235;

  check_black (GST_VIDEO_FORMAT_YUY2, limited, 24,
      (guint8[]) { 16, 128, 16, 128 }, 4);
  check_black (GST_VIDEO_FORMAT_YUY2, full, 24,
      (guint8[]) { 0, 128, 0, 128 }, 4);
  check_black (GST_VIDEO_FORMAT_RGBx, full, 24,
      (guint8[]) { 0, 0, 0, 255 }, 4);
  check_black (GST_VIDEO_FORMAT_ARGB, full, 24,
      (guint8[]) { 255, 0, 0, 0 }, 4);
  check_black (GST_VIDEO_FORMAT_AYUV, limited, 24,
      (guint8[]) { 255, 16, 128, 128 }, 4);
  check_black (GST_VIDEO_FORMAT_GRAY8, full, 24, (guint8[]) { 0, 0 }, 2);
  check_black (GST_VIDEO_FORMAT_GRAY8, limited, 24, (guint8[]) { 16, 16 }, 2);
  check_black (GST_VIDEO_FORMAT_NV12, limited, 24,
      (guint8[]) { 128, 128 }, 2);
  check_black (GST_VIDEO_FORMAT_P010_10LE, limited, 24,
      (guint8[]) { 0, 0x80, 0, 0x80 }, 4);
  check_black (GST_VIDEO_FORMAT_Y210, limited, 24,
      (guint8[]) { 0, 0x10, 0, 0x80 }, 4);
}

GST_END_TEST;

static void
set_up (void)
{
  rng = g_rand_new_with_seed (1);
  pool = gst_shared_task_pool_new ();
  gst_shared_task_pool_set_max_threads (GST_SHARED_TASK_POOL (pool), 3);
  gst_task_pool_prepare (pool, NULL);
}

static void
tear_down (void)
{
  gst_task_pool_cleanup (pool);
  gst_clear_object (&pool);
  g_rand_free (rng);
}

static Suite *
formats_suite (void)
{
  Suite *s = suite_create ("formats");
  TCase *tc = tcase_create ("scaler");

  formats = gst_video_formats_raw (&n_formats);

  suite_add_tcase (s, tc);
  tcase_add_checked_fixture (tc, set_up, tear_down);
  tcase_add_test (tc,
      test_all_raw_formats_but_palettes_and_floats_are_handled);
  tcase_add_loop_test (tc, test_every_format_is_exact, 0, n_formats);
  tcase_add_loop_test (tc, test_windows_never_cross_fields, 0, n_formats);
  tcase_add_loop_test (tc, test_borders_have_the_colour_and_content_is_exact,
      0, n_formats);
  tcase_add_test (tc, test_the_longest_lines);
  tcase_add_test (tc, test_what_cannot_be_scaled_is_an_error);
  tcase_add_test (tc, test_the_description_names_the_path_of_each_plane);
  tcase_add_test (tc, test_more_threads_than_rows);
  tcase_add_test (tc, test_a_pool_that_fails_changes_nothing);
  tcase_add_test (tc, test_a_pool_that_is_late_is_not_waited_for);
  tcase_add_test (tc, test_black_borders_in_bytes);
  return s;
}

GST_CHECK_MAIN (formats);

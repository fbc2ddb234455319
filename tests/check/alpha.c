/* GStreamer areascale: pictures whose alpha weighs
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "alpha.h"

gboolean
format_has_alpha (GstVideoFormat format)
{
  const GstVideoFormatInfo *finfo = gst_video_format_get_info (format);

  return component_at (finfo, 0) >= 0;
}

/* Whether samples of unpacked pixels have 16 bits, not 8. */
static gboolean
is_long (const GstVideoFormatInfo * finfo)
{
  return finfo->unpack_format == GST_VIDEO_FORMAT_AYUV64
      || finfo->unpack_format == GST_VIDEO_FORMAT_ARGB64;
}

static guint
alpha_of_pixel (const Picture * picture, const guint16 * samples, gint x,
    gint y)
{
  const GstVideoFormatInfo *finfo = picture->info.finfo;
  guint alpha = samples[((gsize) y * picture->width + x) * N_SAMPLES];

  return alpha >> ((is_long (finfo) ? 16 : 8) - depth_at (finfo, 0));
}

/* The i-th of the lines that share a row of a grid. */
static gint
line_of (const Picture * picture, gint h_sub, gint row, gint i)
{
  gint n_fields = picture->frame.interlaced ? 2 : 1, field = row % n_fields;
  gint line = field + n_fields * (((row / n_fields) << h_sub) + i);

  while (line >= picture->height)
    line -= n_fields;
  return line;
}

static guint32
alpha_of_sample (const Picture * picture, const guint16 * samples,
    guint position, gint column, gint row)
{
  const GstVideoFormatInfo *finfo = picture->info.finfo;
  gint w_sub = w_sub_at (finfo, position), h_sub = h_sub_at (finfo, position);
  guint32 sum = 0;
  gint i, j;

  for (i = 0; i < 1 << h_sub; i++) {
    for (j = 0; j < 1 << w_sub; j++)
      sum += alpha_of_pixel (picture, samples,
          MIN ((column << w_sub) + j, picture->width - 1),
          line_of (picture, h_sub, row, i));
  }
  return sum;
}

guint32 *
alpha_of_grid (const Picture * picture, const guint16 * samples,
    guint position, const Grid * grid)
{
  guint32 *alpha = g_new0 (guint32, (gsize) grid->width * grid->height);
  gint x, y;

  for (y = 0; y < grid->height; y++) {
    for (x = 0; x < grid->width; x++)
      alpha[y * grid->width + x] =
          alpha_of_sample (picture, samples, position, x, y);
  }
  return alpha;
}

/* --- pictures --- */

typedef guint (*AlphaFunc) (gpointer user_data);

static void
map_alpha (const Picture * picture, AlphaFunc alpha_of, gpointer user_data)
{
  const GstVideoFormatInfo *finfo = picture->info.finfo;
  guint16 *line = g_new (guint16, picture->width * N_SAMPLES);
  gint x, y;

  for (y = 0; y < picture->height; y++) {
    finfo->unpack_func (finfo, GST_VIDEO_PACK_FLAG_NONE, line,
        (gpointer *) picture->frame.data, picture->frame.stride, 0, y,
        picture->width);
    for (x = 0; x < picture->width; x++) {
      guint alpha = alpha_of (user_data);

      if (is_long (finfo))
        line[x * N_SAMPLES] = alpha;
      else
        ((guint8 *) line)[x * N_SAMPLES] = alpha >> 8;
    }
    finfo->pack_func (finfo, GST_VIDEO_PACK_FLAG_NONE, line, 0,
        (gpointer *) picture->frame.data, picture->frame.stride,
        picture->info.chroma_site, y, picture->width);
  }
  g_free (line);
}

typedef struct
{
  gint depth;
  gint left;
  guint alpha;
} Runs;

static guint
alpha_of_runs (gpointer user_data)
{
  Runs *runs = user_data;

  if (runs->left-- == 0) {
    runs->left = any_of (0, 9);
    switch (any_of (0, 3)) {
      case 0:
        runs->alpha = 0;
        break;
      case 1:
        runs->alpha = 1 << (16 - runs->depth);
        break;
      case 2:
        runs->alpha = 0xffff;
        break;
      default:
        runs->alpha = any_of (0, 0xffff);
    }
  }
  return runs->alpha;
}

void
make_runs_of_alpha (const Picture * picture)
{
  Runs runs = { depth_at (picture->info.finfo, 0), 0, 0 };

  map_alpha (picture, alpha_of_runs, &runs);
}

static guint
alpha_of_all (gpointer user_data)
{
  return *(guint *) user_data;
}

void
set_alpha (const Picture * picture, guint alpha)
{
  map_alpha (picture, alpha_of_all, &alpha);
}

/* GStreamer areascale: cases of scaling at random, and their pictures
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "cases.h"

GRand *rng;
GstTaskPool *pool;

gint
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

void
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

void
add_border (Case * c)
{
  gboolean fields = c->mode != GST_VIDEO_INTERLACE_MODE_PROGRESSIVE;

  any_border (c->out_width, 4, &c->content_x, &c->content_w);
  any_border (c->out_height, fields ? 8 : 4, &c->content_y, &c->content_h);
}

void
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
  if (c->mode == GST_VIDEO_INTERLACE_MODE_ALTERNATE)
    c->is_bottom = any_of (0, 1);
}

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

void
picture_init (Picture * picture, const Case * c, gint width, gint height)
{
  const GstVideoFormatInfo *finfo;
  guint p;

  memset (picture, 0, sizeof (*picture));
  fail_unless (gst_video_info_set_interlaced_format (&picture->info,
          c->format, c->mode, width, height));
  picture->info.colorimetry.range = c->range;
  picture->info.colorimetry.matrix = c->matrix;
  if (c->transfer != GST_VIDEO_TRANSFER_UNKNOWN)
    picture->info.colorimetry.transfer = c->transfer;
  finfo = picture->info.finfo;
  picture->width = width;
  picture->height = GST_VIDEO_INFO_FIELD_HEIGHT (&picture->info);
  picture->info.chroma_site = c->site;
  picture->frame.interlaced = c->interlaced;
  picture->frame.is_bottom = c->is_bottom;

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

void
picture_move (Picture * picture, gsize offset, gint gap)
{
  guint p;
  gint y;

  for (p = 0; p < picture->info.finfo->n_planes; p++) {
    gsize stride = ABS (picture->frame.stride[p]) + gap;
    gint last = picture->n_rows[p] - 1;
    gsize size = offset + stride * last + picture->row_bytes[p];
    gboolean flip = picture->frame.stride[p] < 0;
    guint8 *block = g_malloc (size);

    fill_random (block, size);
    for (y = 0; y <= last; y++)
      memcpy (block + offset + stride * (flip ? last - y : y),
          picture_row (picture, p, y), picture->row_bytes[p]);

    g_free (picture->block[p]);
    picture->block[p] = block;
    picture->size[p] = size;
    picture->frame.data[p] = block + offset + (flip ? stride * last : 0);
    picture->frame.stride[p] = flip ? -(gint) stride : (gint) stride;
  }
}

void
picture_clear (Picture * picture)
{
  guint p;

  for (p = 0; p < GST_VIDEO_MAX_PLANES; p++)
    g_free (picture->block[p]);
}

guint8 *
picture_row (const Picture * picture, guint p, gint row)
{
  return (guint8 *) picture->frame.data[p] +
      (gssize) picture->frame.stride[p] * row;
}

void
cases_set_up (void)
{
  rng = g_rand_new_with_seed (1);
  pool = gst_shared_task_pool_new ();
  gst_shared_task_pool_set_max_threads (GST_SHARED_TASK_POOL (pool), 3);
  gst_task_pool_prepare (pool, NULL);
}

void
cases_tear_down (void)
{
  gst_task_pool_cleanup (pool);
  gst_clear_object (&pool);
  g_rand_free (rng);
}

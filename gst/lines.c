/* GStreamer areascale: lines of pixels out of and into frames
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include "layout.h"
#include "lines.h"

/* The widest group of pixels that a format's pack function writes at once. */
#define MAX_GROUP 16

/* NV12_10BE_8L128: columns of 8 bytes and 128 rows follow each other */
#define COLUMN_BYTES 8
#define COLUMN_ROWS 128
#define COLUMN_SIZE (COLUMN_BYTES * COLUMN_ROWS)

static gboolean
is_columns (const GstAreaScaleLines * lines)
{
  return lines->finfo->format == GST_VIDEO_FORMAT_NV12_10BE_8L128;
}

/* Bytes up to the last V sample, and up to the last byte that the unpack and
 * pack functions touch, in a row of a plane that may be too short for it. */
static void
row_needs (const GstAreaScaleLines * lines, gint * v_bytes, gint * bytes)
{
  gint pairs = (lines->width + 1) / 2;

  switch (lines->finfo->format) {
    case GST_VIDEO_FORMAT_UYVP:
      *v_bytes = (pairs - 1) * 5 + 4;
      *bytes = pairs * 5;
      break;
    case GST_VIDEO_FORMAT_NV12_10LE32:
    case GST_VIDEO_FORMAT_NV16_10LE32:
      *v_bytes = *bytes = (2 * pairs + 2) / 3 * 4;
      break;
    case GST_VIDEO_FORMAT_NV12_10BE_8L128:
      *v_bytes = *bytes = (2 * pairs * 10 + 7) / 8;
      break;
    default:
      *v_bytes = *bytes = 0;
      break;
  }
}

static gsize
row_room (const GstAreaScaleLines * lines, const GstVideoInfo * info,
    guint plane)
{
  if (is_columns (lines))
    return GST_VIDEO_TILE_X_TILES (GST_VIDEO_INFO_PLANE_STRIDE (info, plane))
        * COLUMN_BYTES;
  return gst_area_scale_frame_row_bytes (info, plane);
}

/* A plane whose rows are shorter than the unpack and pack functions have it. */
static void
init_short_plane (GstAreaScaleLines * lines, const GstVideoInfo * info)
{
  guint plane = lines->finfo->n_planes - 1;
  gsize room = row_room (lines, info, plane);
  gint v_bytes, bytes;

  row_needs (lines, &v_bytes, &bytes);
  lines->v_is_missing = (gsize) v_bytes > room;
  lines->short_plane = -1;
  if ((gsize) bytes <= room)
    return;

  lines->short_plane = plane;
  lines->row_bytes[plane] = room;
  if (is_columns (lines))
    lines->bounce_bytes = (room / COLUMN_BYTES + 1) * COLUMN_SIZE;
  else
    lines->bounce_bytes = bytes;
}

static gboolean
has_words (const GstVideoFormatInfo * finfo)
{
  guint i;

  for (i = 0; i < finfo->n_components; i++) {
    if (finfo->pixel_stride[i] > 1 && finfo->depth[i] + finfo->shift[i] > 8)
      return TRUE;
  }
  return FALSE;
}

/* Planes of words: one that a frame has at an odd address is bounced. */
static void
init_words (GstAreaScaleLines * lines, const GstVideoInfo * info)
{
  guint plane;

  lines->has_words = has_words (lines->finfo);
  for (plane = 0; lines->has_words && plane < lines->finfo->n_planes; plane++) {
    lines->row_bytes[plane] = gst_area_scale_frame_row_bytes (info, plane);
    lines->bounce[plane] = lines->bounce_bytes;
    lines->bounce_bytes += GST_ROUND_UP_64 (lines->row_bytes[plane]);
  }
}

/* The width of tiles of bit-packed pixels, 0 where there are none. MT2110T and
 * MT2110R are unpacked and packed a whole tile at a time, or not at all. */
static gint
packed_tile_pixels (const GstVideoFormatInfo * finfo)
{
  if (GST_VIDEO_FORMAT_INFO_IS_TILED (finfo) && finfo->pixel_stride[0] == 0)
    return GST_VIDEO_FORMAT_INFO_TILE_WIDTH (finfo, 0);
  return 0;
}

/* Lines of one row of such tiles: MT2110T has the low bits of four in a byte. */
static gint
shared_lines (const GstVideoFormatInfo * finfo)
{
  guint i, lines = 1;

  if (packed_tile_pixels (finfo) == 0)
    return 1;
  for (i = 0; i < finfo->n_components; i++)
    lines = MAX (lines, GST_VIDEO_FORMAT_INFO_TILE_HEIGHT (finfo,
            finfo->plane[i]) << finfo->h_sub[i]);
  return (gint) lines;
}

/* Pixels that are packed together: packed groups and tiles are written to their
 * last byte, planes only to the last sample. */
static gint
group_pixels (const GstVideoFormatInfo * finfo)
{
  gint tile = packed_tile_pixels (finfo);

  if (tile > 0)
    return tile;

  switch (finfo->format) {
    case GST_VIDEO_FORMAT_NV12_10LE40:
#if GST_CHECK_VERSION (1, 28, 0)
    case GST_VIDEO_FORMAT_NV16_10LE40:
#endif
      return 4;
    default:
      break;
  }
  if (finfo->n_planes == 1 && finfo->n_components > 1)
    return 1 << finfo->w_sub[1];
  return 1;
}

void
gst_area_scale_lines_init (GstAreaScaleLines * lines, const GstVideoInfo * info)
{
  const GstVideoFormatInfo *finfo = info->finfo;

  memset (lines, 0, sizeof (*lines));
  lines->finfo = finfo;
  lines->width = GST_VIDEO_INFO_WIDTH (info);
  lines->pixel_bytes = gst_area_scale_layout_unpacked_bits (finfo) / 2;
  lines->line_bytes =
      ((gsize) lines->width + MAX_GROUP - 1) * lines->pixel_bytes;

  lines->pack_width = GST_ROUND_UP_N (lines->width, group_pixels (finfo));
  lines->shared_lines = shared_lines (finfo);
  lines->unpack_width =
      packed_tile_pixels (finfo) > 0 ? lines->pack_width : lines->width;

  init_short_plane (lines, info);
  init_words (lines, info);
}

static gboolean
is_bounced (const GstAreaScaleLines * lines, const GstAreaScaleFrame * frame,
    guint plane)
{
  return (gint) plane == lines->short_plane
      || (lines->has_words && !gst_area_scale_frame_is_even (frame, plane));
}

static guint
plane_h_sub (const GstVideoFormatInfo * finfo, guint plane)
{
  guint i, h_sub = 0;

  for (i = 0; i < finfo->n_components; i++) {
    if (finfo->plane[i] == plane)
      h_sub = finfo->h_sub[i];
  }
  return h_sub;
}

/* The bytes of a row of a bounced plane, in a frame or in the bounce memory. */
typedef struct
{
  guint8 *data;
  gsize chunk_bytes;
  gsize chunk_step;
} Row;

static Row
frame_row (const GstAreaScaleLines * lines, const GstAreaScaleFrame * frame,
    guint plane, gint y)
{
  gint line = y >> plane_h_sub (lines->finfo, plane);
  Row row = { frame->data[plane], lines->row_bytes[plane], 0 };

  if (is_columns (lines)) {
    row.data += (gsize) (line / COLUMN_ROWS) *
        GST_VIDEO_TILE_X_TILES (frame->stride[plane]) * COLUMN_SIZE;
    row.data += line % COLUMN_ROWS * COLUMN_BYTES;
    row.chunk_bytes = COLUMN_BYTES;
    row.chunk_step = COLUMN_SIZE;
  } else {
    row.data += (gssize) frame->stride[plane] * line;
  }
  return row;
}

static Row
bounce_row (const GstAreaScaleLines * lines, guint8 * bounce, guint plane,
    gint y)
{
  Row row = { bounce + lines->bounce[plane], lines->row_bytes[plane], 0 };

  if (is_columns (lines)) {
    gint line = y >> plane_h_sub (lines->finfo, plane);

    row.data += line % COLUMN_ROWS * COLUMN_BYTES;
    row.chunk_bytes = COLUMN_BYTES;
    row.chunk_step = COLUMN_SIZE;
  }
  return row;
}

static void
copy_row (const Row * dest, const Row * src, gsize row_bytes)
{
  gsize i, n = row_bytes / src->chunk_bytes;

  for (i = 0; i < n; i++)
    memcpy (dest->data + i * dest->chunk_step,
        src->data + i * src->chunk_step, src->chunk_bytes);
}

/* The planes to unpack from or pack into: the frame's, or a single row in the
 * bounce memory, which every line falls on. */
static void
choose_planes (const GstAreaScaleLines * lines,
    const GstAreaScaleFrame * frame, guint8 * bounce,
    gpointer data[GST_VIDEO_MAX_PLANES], gint stride[GST_VIDEO_MAX_PLANES])
{
  guint plane;

  memcpy (data, frame->data, sizeof (frame->data));
  memcpy (stride, frame->stride, sizeof (frame->stride));
  for (plane = 0; plane < lines->finfo->n_planes; plane++) {
    if (is_bounced (lines, frame, plane)) {
      data[plane] = bounce + lines->bounce[plane];
      stride[plane] = 0;
    }
  }
}

static void
copy_in (const GstAreaScaleLines * lines, const GstAreaScaleFrame * frame,
    gint y, guint8 * bounce)
{
  guint plane;

  for (plane = 0; plane < lines->finfo->n_planes; plane++) {
    if (is_bounced (lines, frame, plane)) {
      Row from = frame_row (lines, frame, plane, y);
      Row to = bounce_row (lines, bounce, plane, y);

      copy_row (&to, &from, lines->row_bytes[plane]);
    }
  }
}

/* Of the lines that share a row, the first one packs it. */
static void
copy_out (const GstAreaScaleLines * lines, const GstAreaScaleFrame * frame,
    gint y, guint8 * bounce)
{
  guint plane;

  for (plane = 0; plane < lines->finfo->n_planes; plane++) {
    gint shared = 1 << plane_h_sub (lines->finfo, plane);

    if (y % shared == 0 && is_bounced (lines, frame, plane)) {
      Row from = bounce_row (lines, bounce, plane, y);
      Row to = frame_row (lines, frame, plane, y);

      copy_row (&to, &from, lines->row_bytes[plane]);
    }
  }
}

void
gst_area_scale_lines_unpack (const GstAreaScaleLines * lines,
    const GstAreaScaleFrame * frame, gint y, gpointer pixels, gpointer bounce)
{
  gpointer data[GST_VIDEO_MAX_PLANES];
  gint stride[GST_VIDEO_MAX_PLANES];

  choose_planes (lines, frame, bounce, data, stride);
  copy_in (lines, frame, y, bounce);
  lines->finfo->unpack_func (lines->finfo, GST_VIDEO_PACK_FLAG_TRUNCATE_RANGE,
      pixels, data, stride, 0, y, lines->unpack_width);

  if (lines->v_is_missing) {
    guint16 *last = (guint16 *) pixels + (gsize) (lines->width - 1) * 4;

    /* odd widths from 3 up: the pixel two before has another chroma sample */
    last[3] = last[3 - 2 * 4];
  }
}

static void
repeat_last_pixel (const GstAreaScaleLines * lines, guint8 * pixels)
{
  guint8 *last = pixels + (gsize) (lines->width - 1) * lines->pixel_bytes;
  gint x;

  for (x = lines->width; x < lines->pack_width; x++) {
    memcpy (last + lines->pixel_bytes, last, lines->pixel_bytes);
    last += lines->pixel_bytes;
  }
}

void
gst_area_scale_lines_pack (const GstAreaScaleLines * lines,
    const GstAreaScaleFrame * frame, gint y, gpointer pixels, gpointer bounce)
{
  gpointer data[GST_VIDEO_MAX_PLANES];
  gint stride[GST_VIDEO_MAX_PLANES];

  repeat_last_pixel (lines, pixels);
  choose_planes (lines, frame, bounce, data, stride);
  lines->finfo->pack_func (lines->finfo, GST_VIDEO_PACK_FLAG_NONE, pixels, 0,
      data, stride, GST_VIDEO_CHROMA_SITE_UNKNOWN, y, lines->pack_width);
  copy_out (lines, frame, y, bounce);
}

/* GStreamer areascale: mapped and validated video frames
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "frame.h"

/* The bytes of a plane: n_rows runs of row_bytes, stride apart. Tiles are one
 * run. With sizes of at most G_MAXINT every sum below stays under 2^63. */
typedef struct
{
  gint64 n_rows;
  gint64 row_bytes;
  gint64 stride;
} Extent;

#define set_error(error, domain, code, ...) \
  g_set_error (error, GST_ ## domain ## _ERROR, \
      GST_ ## domain ## _ERROR_ ## code, __VA_ARGS__)

static guint
plane_height_shift (const GstVideoFormatInfo * finfo, guint plane)
{
  guint i, shift = 0;

  for (i = 0; i < GST_VIDEO_FORMAT_INFO_N_COMPONENTS (finfo); i++) {
    if (GST_VIDEO_FORMAT_INFO_PLANE (finfo, i) == plane)
      shift = GST_VIDEO_FORMAT_INFO_H_SUB (finfo, i);
  }
  return shift;
}

static gint64
plane_n_rows (const GstVideoInfo * info, guint plane)
{
  return GST_VIDEO_SUB_SCALE (plane_height_shift (info->finfo, plane),
      GST_VIDEO_INFO_FIELD_HEIGHT (info));
}

/* Samples at a constant distance: the components' grid widths times it, so that
 * the x of RGBx and the unused half of an odd packed 4:2:2 pair count too. */
static gint64
plain_row_bytes (const GstVideoInfo * info, guint plane)
{
  const GstVideoFormatInfo *finfo = info->finfo;
  gint64 bytes = 0;
  guint i;

  for (i = 0; i < GST_VIDEO_FORMAT_INFO_N_COMPONENTS (finfo); i++) {
    if (GST_VIDEO_FORMAT_INFO_PLANE (finfo, i) == plane) {
      gint64 width = GST_VIDEO_SUB_SCALE (GST_VIDEO_FORMAT_INFO_W_SUB (finfo,
              i), GST_VIDEO_INFO_WIDTH (info));

      bytes = MAX (bytes, width * GST_VIDEO_FORMAT_INFO_PSTRIDE (finfo, i));
    }
  }
  return bytes;
}

static gint64
groups_row_bytes (gint64 n, gint64 per_group, gint64 group_bytes)
{
  return (n + per_group - 1) / per_group * group_bytes;
}

/* Rows of bit-packed groups; 0 for a format that is not known to be one. */
static gint64
packed_row_bytes (const GstVideoInfo * info, guint plane)
{
  gint64 width = GST_VIDEO_INFO_WIDTH (info);

  switch (GST_VIDEO_INFO_FORMAT (info)) {
    case GST_VIDEO_FORMAT_v210:
      return groups_row_bytes (width, 6, 16);
    case GST_VIDEO_FORMAT_UYVP:
      return groups_row_bytes (width, 2, 5);
    case GST_VIDEO_FORMAT_IYU1:
      return groups_row_bytes (width, 4, 6);
    case GST_VIDEO_FORMAT_NV12_10LE40:
      return groups_row_bytes (width, 4, 5);
    case GST_VIDEO_FORMAT_GRAY10_LE32:
      return groups_row_bytes (width, 3, 4);
    case GST_VIDEO_FORMAT_NV12_10LE32:
    case GST_VIDEO_FORMAT_NV16_10LE32:
      if (plane == 1)
        width = GST_ROUND_UP_2 (width);
      return groups_row_bytes (width, 3, 4);
    default:
      return 0;
  }
}

gsize
gst_area_scale_frame_row_bytes (const GstVideoInfo * info, guint plane)
{
  gint64 stride = GST_VIDEO_INFO_PLANE_STRIDE (info, plane);
  gint64 bytes = plain_row_bytes (info, plane);

  if (bytes == 0)
    bytes = packed_row_bytes (info, plane);
  if (bytes == 0)
    bytes = stride;
  return MIN (bytes, stride);
}

static gboolean
tiled_extent (const GstVideoInfo * info, guint plane, gint stride,
    Extent * extent, GError ** error)
{
  const GstVideoFormatInfo *finfo = info->finfo;
  gint64 tile_size = GST_VIDEO_FORMAT_INFO_TILE_SIZE (finfo, plane);
  gint64 tile_height = GST_VIDEO_FORMAT_INFO_TILE_HEIGHT (finfo, plane);
  gint64 n_x = GST_VIDEO_TILE_X_TILES (stride);
  gint64 n_y = GST_VIDEO_TILE_Y_TILES (stride);
  /* tiles in pairs: an odd number would put the last one out of bounds */
  gint64 multiple = GST_VIDEO_FORMAT_INFO_TILE_MODE (finfo) ==
      GST_VIDEO_TILE_MODE_ZFLIPZ_2X2 ? 2 : 1;
  gint64 need_x =
      GST_VIDEO_TILE_X_TILES (GST_VIDEO_INFO_PLANE_STRIDE (info, plane));
  gint64 need_y = (plane_n_rows (info, plane) + tile_height - 1) / tile_height;

  if (n_x < need_x || n_y < need_y || n_x % multiple != 0) {
    set_error (error, STREAM, FORMAT,
        "Plane %u has %" G_GINT64_FORMAT "x%" G_GINT64_FORMAT
        " tiles, expected at least %" G_GINT64_FORMAT "x%" G_GINT64_FORMAT
        " and a multiple of %" G_GINT64_FORMAT " in a row", plane, n_x, n_y,
        need_x, need_y, multiple);
    return FALSE;
  }

  extent->n_rows = 1;
  extent->row_bytes = n_x * n_y * tile_size;
  extent->stride = 0;
  return TRUE;
}

static gboolean
linear_extent (const GstVideoInfo * info, guint plane, gint stride,
    Extent * extent, GError ** error)
{
  extent->n_rows = plane_n_rows (info, plane);
  extent->row_bytes = gst_area_scale_frame_row_bytes (info, plane);
  extent->stride = stride;

  if (ABS (extent->stride) < extent->row_bytes) {
    set_error (error, STREAM, FORMAT,
        "Plane %u has a stride of %d bytes, expected at least %"
        G_GINT64_FORMAT, plane, stride, extent->row_bytes);
    return FALSE;
  }
  return TRUE;
}

static gboolean
plane_extent (const GstVideoInfo * info, guint plane, gint stride,
    Extent * extent, GError ** error)
{
  if (GST_VIDEO_FORMAT_INFO_IS_TILED (info->finfo))
    return tiled_extent (info, plane, stride, extent, error);
  return linear_extent (info, plane, stride, extent, error);
}

/* The lowest byte and the end of an extent, relative to its first row. */
static void
extent_bounds (const Extent * extent, gint64 * low, gint64 * end)
{
  gint64 last = (extent->n_rows - 1) * extent->stride;

  *low = MIN (last, 0);
  *end = MAX (last, 0) + extent->row_bytes;
}

/* Map functions of GstVideoMeta other than GStreamer's, which those of hardware
 * have, may say where a plane is but not what has been mapped. They are code and
 * no data: a plane is where they say. */
static gboolean
has_bounds (const GstMapInfo * map)
{
  return map->memory != NULL || map->data != NULL || map->size != 0;
}

static gboolean
check_pointer (const GstAreaScaleFrame * frame, guint plane, GError ** error)
{
  if (frame->data[plane] != NULL)
    return TRUE;
  set_error (error, STREAM, FORMAT, "Plane %u was mapped to nowhere", plane);
  return FALSE;
}

/* Whether the mapped memory holds all of a plane. */
static gboolean
check_bounds (const GstAreaScaleFrame * frame, const Extent * extent,
    guint plane, GError ** error)
{
  const GstMapInfo *map = &frame->map[plane];
  guintptr base = (guintptr) map->data;
  guintptr data = (guintptr) frame->data[plane];
  gsize before, after;
  gint64 low, end;

  if (!has_bounds (map))
    return check_pointer (frame, plane, error);
  extent_bounds (extent, &low, &end);

  /* wraps to more than any size when data lies before base */
  before = data - base;
  if (before > map->size) {
    set_error (error, STREAM, FORMAT,
        "Plane %u begins outside the %" G_GSIZE_FORMAT
        " bytes of its memory", plane, map->size);
    return FALSE;
  }

  after = map->size - before;
  if ((guint64) - low > before || (guint64) end > after) {
    set_error (error, STREAM, FORMAT,
        "Plane %u needs %" G_GINT64_FORMAT " bytes before and %"
        G_GINT64_FORMAT " bytes from its first row on, its memory has %"
        G_GSIZE_FORMAT " and %" G_GSIZE_FORMAT "%s", plane, -low, end, before,
        after, frame->meta && gst_buffer_n_memory (frame->buffer) > 1 ?
        "; with GstVideoMeta all of a plane has to lie in one memory" : "");
    return FALSE;
  }
  return TRUE;
}

static gint64
floor_div (gint64 a, gint64 b)
{
  return a / b - (a % b < 0);
}

/* Whether a row of b, whose first row is distance bytes after a's, shares a
 * byte with a row of a. Rows may lie between each other. */
static gboolean
extents_overlap (const Extent * a, const Extent * b, gint64 distance)
{
  gint64 a_low, a_end, b_low, b_end, step, row;

  extent_bounds (a, &a_low, &a_end);
  extent_bounds (b, &b_low, &b_end);
  b_low += distance;
  b_end += distance;
  if (a_end <= b_low || b_end <= a_low)
    return FALSE;

  step = MAX (ABS (b->stride), 1);
  for (row = 0; row < a->n_rows; row++) {
    /* b's rows from its lowest on, those that touch [begin, end) of a's */
    gint64 begin = row * a->stride;
    gint64 end = begin + a->row_bytes;
    gint64 first = floor_div (begin - b_low - b->row_bytes, step) + 1;
    gint64 last = floor_div (end - 1 - b_low, step);

    if (MAX (first, 0) <= MIN (last, b->n_rows - 1))
      return TRUE;
  }
  return FALSE;
}

gboolean
gst_area_scale_frame_fits (const GstVideoInfo * info,
    const GstVideoInfo * layout)
{
  Extent extents[GST_VIDEO_MAX_PLANES];
  guint i, j;

  for (i = 0; i < GST_VIDEO_INFO_N_PLANES (info); i++) {
    gint64 offset = GST_VIDEO_INFO_PLANE_OFFSET (layout, i);
    gint64 low, end;

    if (!plane_extent (info, i, GST_VIDEO_INFO_PLANE_STRIDE (layout, i),
            &extents[i], NULL))
      return FALSE;
    extent_bounds (&extents[i], &low, &end);
    if (offset > G_MAXUINT || offset + low < 0
        || offset + end > (gint64) GST_VIDEO_INFO_SIZE (layout))
      return FALSE;

    for (j = 0; j < i; j++) {
      if (extents_overlap (&extents[j], &extents[i], offset -
              (gint64) GST_VIDEO_INFO_PLANE_OFFSET (layout, j)))
        return FALSE;
    }
  }
  return TRUE;
}

static gboolean
check_overlap (const GstAreaScaleFrame * frame, const Extent * extents,
    guint n_planes, GError ** error)
{
  guint i, j;

  for (i = 1; i < n_planes; i++) {
    for (j = 0; j < i; j++) {
      guintptr from = (guintptr) frame->data[j];
      guintptr to = (guintptr) frame->data[i];
      gint64 distance = to > from ? (gint64) (to - from)
          : -(gint64) (from - to);

      if (extents_overlap (&extents[j], &extents[i], distance)) {
        set_error (error, STREAM, FORMAT,
            "Planes %u and %u overlap, expected an output plane to have its "
            "bytes for itself", j, i);
        return FALSE;
      }
    }
  }
  return TRUE;
}

static gboolean
check_meta (const GstVideoMeta * meta, const GstVideoInfo * info,
    const GstBuffer * buffer, GError ** error)
{
  guint width = GST_VIDEO_INFO_WIDTH (info);
  guint height = GST_VIDEO_INFO_FIELD_HEIGHT (info);

  if (meta->buffer != buffer || meta->map == NULL || meta->unmap == NULL) {
    set_error (error, STREAM, FORMAT,
        "GstVideoMeta cannot be mapped, expected one that belongs to its "
        "buffer and has map functions");
    return FALSE;
  }
  if (meta->format != GST_VIDEO_INFO_FORMAT (info)) {
    set_error (error, STREAM, FORMAT,
        "GstVideoMeta has format number %d, expected %d (%s)", meta->format,
        GST_VIDEO_INFO_FORMAT (info), GST_VIDEO_INFO_NAME (info));
    return FALSE;
  }
  if (meta->n_planes != GST_VIDEO_INFO_N_PLANES (info)) {
    set_error (error, STREAM, FORMAT,
        "GstVideoMeta has %u planes, expected %u", meta->n_planes,
        GST_VIDEO_INFO_N_PLANES (info));
    return FALSE;
  }
  if (meta->width < width || meta->height < height) {
    set_error (error, STREAM, FORMAT,
        "GstVideoMeta has a size of %ux%u, expected at least %ux%u",
        meta->width, meta->height, width, height);
    return FALSE;
  }
  return TRUE;
}

static gboolean
map_failed (GstBuffer * buffer, guint plane, gsize offset, GstMapFlags flags,
    GError ** error)
{
  gboolean write = (flags & GST_MAP_WRITE) != 0;

  g_set_error (error, GST_RESOURCE_ERROR, write ? GST_RESOURCE_ERROR_WRITE :
      GST_RESOURCE_ERROR_READ, "The memory of plane %u, at byte %"
      G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT ", could not be mapped for %s",
      plane, offset, gst_buffer_get_size (buffer),
      write ? "writing" : "reading");
  return FALSE;
}

static gboolean
map_plane_of_meta (GstAreaScaleFrame * frame, guint plane, GstMapFlags flags,
    GError ** error)
{
  if (!gst_video_meta_map (frame->meta, plane, &frame->map[plane],
          &frame->data[plane], &frame->stride[plane], flags))
    return map_failed (frame->buffer, plane, frame->meta->offset[plane], flags,
        error);
  return TRUE;
}

/* The memories that hold a plane: n from the first on, of which it begins after
 * skip bytes. */
typedef struct
{
  guint first, n;
  gsize skip;
} Span;

static gboolean
find_span (GstBuffer * buffer, const GstVideoInfo * info, guint plane,
    Span * span, GError ** error)
{
  gsize offset = GST_VIDEO_INFO_PLANE_OFFSET (info, plane);
  gint64 low, end;
  Extent extent;

  if (!plane_extent (info, plane, GST_VIDEO_INFO_PLANE_STRIDE (info, plane),
          &extent, error))
    return FALSE;
  extent_bounds (&extent, &low, &end);

  if (!gst_buffer_find_memory (buffer, offset, end, &span->first, &span->n,
          &span->skip)) {
    set_error (error, STREAM, FORMAT,
        "Buffer of %" G_GSIZE_FORMAT " bytes is too small: plane %u needs %"
        G_GINT64_FORMAT " bytes from byte %" G_GSIZE_FORMAT " on",
        gst_buffer_get_size (buffer), plane, end, offset);
    return FALSE;
  }
  return TRUE;
}

static gboolean
map_plane_of_info (GstAreaScaleFrame * frame, const GstVideoInfo * info,
    guint plane, GstMapFlags flags, GError ** error)
{
  Span span;

  if (!find_span (frame->buffer, info, plane, &span, error))
    return FALSE;
  if (span.n > 1 && (flags & GST_MAP_WRITE)) {
    set_error (error, STREAM, FORMAT,
        "Plane %u to write is split over %u memories, expected one", plane,
        span.n);
    return FALSE;
  }
  if (!gst_buffer_map_range (frame->buffer, span.first, span.n,
          &frame->map[plane], flags))
    return map_failed (frame->buffer, plane,
        GST_VIDEO_INFO_PLANE_OFFSET (info, plane), flags, error);

  frame->data[plane] = frame->map[plane].data + span.skip;
  frame->stride[plane] = GST_VIDEO_INFO_PLANE_STRIDE (info, plane);
  return TRUE;
}

/* What is written to memories that were merged for one plane would not reach the
 * planes beside it: they become one for all planes. */
static void
join_split_planes (GstBuffer * buffer, const GstVideoInfo * info)
{
  GstMapInfo map;
  Span span;
  guint plane;

  for (plane = 0; plane < GST_VIDEO_INFO_N_PLANES (info); plane++) {
    if (find_span (buffer, info, plane, &span, NULL) && span.n > 1
        && gst_buffer_map (buffer, &map, GST_MAP_WRITE))
      gst_buffer_unmap (buffer, &map);
  }
}

static gboolean
map_plane (GstAreaScaleFrame * frame, const GstVideoInfo * info, guint plane,
    GstMapFlags flags, Extent * extent, GError ** error)
{
  gboolean mapped;

  if (frame->meta)
    mapped = map_plane_of_meta (frame, plane, flags, error);
  else
    mapped = map_plane_of_info (frame, info, plane, flags, error);
  if (!mapped)
    return FALSE;

  frame->n_maps++;
  return plane_extent (info, plane, frame->stride[plane], extent, error)
      && check_bounds (frame, extent, plane, error);
}

static gboolean
frame_is_interlaced (const GstVideoInfo * info, GstBuffer * buffer)
{
  switch (GST_VIDEO_INFO_INTERLACE_MODE (info)) {
    case GST_VIDEO_INTERLACE_MODE_INTERLEAVED:
    case GST_VIDEO_INTERLACE_MODE_FIELDS:
      return TRUE;
    case GST_VIDEO_INTERLACE_MODE_MIXED:
      return GST_BUFFER_FLAG_IS_SET (buffer, GST_VIDEO_BUFFER_FLAG_INTERLACED);
    default:
      return FALSE;
  }
}

static gboolean
frame_is_bottom (const GstVideoInfo * info, GstBuffer * buffer)
{
  return GST_VIDEO_INFO_INTERLACE_MODE (info) ==
      GST_VIDEO_INTERLACE_MODE_ALTERNATE
      && GST_VIDEO_BUFFER_IS_BOTTOM_FIELD (buffer);
}

gboolean
gst_area_scale_frame_map (GstAreaScaleFrame * frame,
    const GstVideoInfo * info, GstBuffer * buffer, GstMapFlags flags,
    GError ** error)
{
  Extent extents[GST_VIDEO_MAX_PLANES];
  guint n_planes = GST_VIDEO_INFO_N_PLANES (info);
  guint plane;

  memset (frame, 0, sizeof (*frame));
  frame->buffer = buffer;
  frame->meta = gst_buffer_get_video_meta (buffer);
  frame->interlaced = frame_is_interlaced (info, buffer);
  frame->is_bottom = frame_is_bottom (info, buffer);

  if ((flags & GST_MAP_WRITE) && !gst_buffer_is_writable (buffer)) {
    set_error (error, RESOURCE, WRITE,
        "The output buffer is shared, expected a writable one");
    return FALSE;
  }
  if (frame->meta && !check_meta (frame->meta, info, buffer, error))
    return FALSE;
  if ((flags & GST_MAP_WRITE) && !frame->meta
      && gst_buffer_n_memory (buffer) > 1)
    join_split_planes (buffer, info);

  for (plane = 0; plane < n_planes; plane++) {
    if (!map_plane (frame, info, plane, flags, &extents[plane], error))
      goto fail;
  }
  if ((flags & GST_MAP_WRITE)
      && !check_overlap (frame, extents, n_planes, error))
    goto fail;
  return TRUE;

fail:
  gst_area_scale_frame_unmap (frame);
  return FALSE;
}

void
gst_area_scale_frame_unmap (GstAreaScaleFrame * frame)
{
  guint plane;

  for (plane = 0; plane < frame->n_maps; plane++) {
    if (frame->meta)
      gst_video_meta_unmap (frame->meta, plane, &frame->map[plane]);
    else
      gst_buffer_unmap (frame->buffer, &frame->map[plane]);
  }
  frame->n_maps = 0;
}

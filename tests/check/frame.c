/* GStreamer areascale: tests of mapped and validated frames
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include <gst/check/gstcheck.h>
#include <gst/video/video.h>

#include "frame.h"

#define SEED 20240229

static void
init_info (GstVideoInfo * info, GstVideoFormat format, gint width, gint height,
    GstVideoInterlaceMode mode)
{
  fail_unless (gst_video_info_set_interlaced_format (info, format, mode, width,
          height));
}

static void
init_progressive (GstVideoInfo * info, GstVideoFormat format, gint width,
    gint height)
{
  init_info (info, format, width, height, GST_VIDEO_INTERLACE_MODE_PROGRESSIVE);
}

static GstVideoMeta *
add_meta (GstBuffer * buffer, GstVideoInfo * info)
{
  return gst_buffer_add_video_meta_full (buffer, GST_VIDEO_FRAME_FLAG_NONE,
      GST_VIDEO_INFO_FORMAT (info), GST_VIDEO_INFO_WIDTH (info),
      GST_VIDEO_INFO_HEIGHT (info), GST_VIDEO_INFO_N_PLANES (info),
      info->offset, info->stride);
}

static gboolean
maps (const GstVideoInfo * info, GstBuffer * buffer, GstMapFlags flags)
{
  GstAreaScaleFrame frame;
  GError *error = NULL;

  if (gst_area_scale_frame_map (&frame, info, buffer, flags, &error)) {
    fail_unless (error == NULL);
    gst_area_scale_frame_unmap (&frame);
    return TRUE;
  }
  fail_unless (error != NULL);
  GST_INFO ("%s", error->message);
  g_error_free (error);
  return FALSE;
}

static void
assert_refused_with (const GstVideoInfo * info, GstBuffer * buffer,
    GstMapFlags flags, GQuark domain, const gchar * words)
{
  GstAreaScaleFrame frame;
  GError *error = NULL;

  fail_if (gst_area_scale_frame_map (&frame, info, buffer, flags, &error));
  fail_unless (error->domain == domain);
  fail_unless (strstr (error->message, words) != NULL, "\"%s\" lacks \"%s\"",
      error->message, words);
  g_error_free (error);
}

static gboolean
is_scalable (GstVideoFormat format)
{
  return format != GST_VIDEO_FORMAT_RGB8P;
}

/* GStreamer's own pack function as the oracle */

#define MAX_PACK_WIDTH 100
#define ROW_ROOM 2048

/* One past the last byte of a plane's row that packing a line can change */
static gsize
packed_end (const GstVideoFormatInfo * finfo, gint width, guint plane)
{
  static guint8 room[GST_VIDEO_MAX_PLANES][ROW_ROOM];
  guint16 pixels[(MAX_PACK_WIDTH + 8) * 4];
  gpointer data[GST_VIDEO_MAX_PLANES];
  gint stride[GST_VIDEO_MAX_PLANES] = { 0 };
  gsize end = 0, i;
  guint run;

  for (run = 0; run < 2; run++) {
    memset (pixels, run ? 0xff : 0, sizeof (pixels));
    memset (room, run ? 0 : 0xff, sizeof (room));
    for (i = 0; i < GST_VIDEO_MAX_PLANES; i++)
      data[i] = room[i];
    finfo->pack_func (finfo, GST_VIDEO_PACK_FLAG_NONE, pixels, 0, data, stride,
        GST_VIDEO_CHROMA_SITE_UNKNOWN, 0, width);
    for (i = 0; i < ROW_ROOM; i++) {
      if (room[plane][i] != (run ? 0 : 0xff))
        end = MAX (end, i + 1);
    }
  }
  return end;
}

GST_START_TEST (test_row_bytes_hold_what_packing_writes)
{
  const GstVideoFormat *formats;
  guint n, i, plane;
  gint width;

  formats = gst_video_formats_raw (&n);
  for (i = 0; i < n; i++) {
    const GstVideoFormatInfo *finfo = gst_video_format_get_info (formats[i]);

    if (!is_scalable (formats[i]) || GST_VIDEO_FORMAT_INFO_IS_TILED (finfo))
      continue;
    for (width = 1; width <= MAX_PACK_WIDTH; width++) {
      GstVideoInfo info;

      init_progressive (&info, formats[i], width, 4);
      for (plane = 0; plane < finfo->n_planes; plane++) {
        gsize bytes = gst_area_scale_frame_row_bytes (&info, plane);
        gsize end = packed_end (finfo, width, plane);

        fail_unless (bytes <= (gsize) info.stride[plane]);
        fail_unless (bytes >= MIN (end, (gsize) info.stride[plane]),
            "%s width %d plane %u: %" G_GSIZE_FORMAT " bytes, %"
            G_GSIZE_FORMAT " written", finfo->name, width, plane, bytes, end);
        /* no more than one group is beside the picture */
        fail_unless (bytes < end + 16, "%s width %d plane %u: %"
            G_GSIZE_FORMAT " bytes, %" G_GSIZE_FORMAT " written",
            finfo->name, width, plane, bytes, end);
      }
    }
  }
}

GST_END_TEST;

/* Every format, and one byte less than it needs */

static gsize
needed_bytes (const GstVideoInfo * info)
{
  const GstVideoFormatInfo *finfo = info->finfo;
  gsize need = 0;
  guint c;

  if (GST_VIDEO_FORMAT_INFO_IS_TILED (finfo)) {
    gint last = GST_VIDEO_INFO_N_PLANES (info) - 1;

    return info->offset[last] +
        (gsize) GST_VIDEO_TILE_X_TILES (info->stride[last]) *
        GST_VIDEO_TILE_Y_TILES (info->stride[last]) *
        GST_VIDEO_FORMAT_INFO_TILE_SIZE (finfo, last);
  }
  for (c = 0; c < finfo->n_components; c++) {
    guint plane = finfo->plane[c];
    gsize rows = GST_VIDEO_INFO_COMP_HEIGHT (info, c);

    need = MAX (need, info->offset[plane] + (rows - 1) * info->stride[plane] +
        gst_area_scale_frame_row_bytes (info, plane));
  }
  return need;
}

static void
check_exact_size (GstVideoInfo * info, gboolean with_meta)
{
  gsize need = needed_bytes (info);
  GstBuffer *exact = gst_buffer_new_allocate (NULL, need, NULL);
  GstBuffer *less = gst_buffer_new_allocate (NULL, need - 1, NULL);

  if (with_meta) {
    add_meta (exact, info);
    add_meta (less, info);
  }
  fail_unless (need <= GST_VIDEO_INFO_SIZE (info));
  fail_unless (maps (info, exact, GST_MAP_READ), "%s %dx%d",
      GST_VIDEO_INFO_NAME (info), info->width, info->height);
  fail_unless (maps (info, exact, GST_MAP_WRITE), "%s %dx%d",
      GST_VIDEO_INFO_NAME (info), info->width, info->height);
  fail_if (maps (info, less, GST_MAP_READ), "%s %dx%d",
      GST_VIDEO_INFO_NAME (info), info->width, info->height);
  fail_if (maps (info, less, GST_MAP_WRITE));

  gst_buffer_unref (less);
  gst_buffer_unref (exact);
}

GST_START_TEST (test_every_format_maps_and_not_with_a_byte_less)
{
  static const GstVideoInterlaceMode modes[] = {
    GST_VIDEO_INTERLACE_MODE_PROGRESSIVE,
    GST_VIDEO_INTERLACE_MODE_INTERLEAVED,
    GST_VIDEO_INTERLACE_MODE_ALTERNATE,
  };
  GRand *rand = g_rand_new_with_seed (SEED);
  const GstVideoFormat *formats;
  guint n, i, m, round;

  formats = gst_video_formats_raw (&n);
  for (i = 0; i < n; i++) {
    for (m = 0; m < G_N_ELEMENTS (modes); m++) {
      for (round = 0; round < 4; round++) {
        GstVideoInfo info;

        if (!is_scalable (formats[i]))
          continue;
        init_info (&info, formats[i], g_rand_int_range (rand, 1, 200),
            g_rand_int_range (rand, 1, 200), modes[m]);
        check_exact_size (&info, round % 2);
      }
    }
  }
  g_rand_free (rand);
}

GST_END_TEST;

/* Planes to write */

typedef struct
{
  gint rows, row_bytes;
} PlaneSize;

static gboolean
bytes_are_shared (const PlaneSize * size, const GstVideoMeta * meta,
    guint8 * marks)
{
  guint plane;
  gint y, x;

  for (plane = 0; plane < meta->n_planes; plane++) {
    for (y = 0; y < size[plane].rows; y++) {
      for (x = 0; x < size[plane].row_bytes; x++) {
        guint8 *mark = marks + (gssize) meta->offset[plane] +
            y * meta->stride[plane] + x;

        if (*mark && *mark != plane + 1)
          return TRUE;
        *mark = plane + 1;
      }
    }
  }
  return FALSE;
}

GST_START_TEST (test_output_planes_overlap_exactly_when_bytes_are_shared)
{
  static const PlaneSize size[3] = { {6, 8}, {3, 4}, {3, 4} };
  GRand *rand = g_rand_new_with_seed (SEED);
  GstVideoInfo info;
  guint round, n_shared = 0;

  init_progressive (&info, GST_VIDEO_FORMAT_I420, 8, 6);
  for (round = 0; round < 20000; round++) {
    GstBuffer *buffer = gst_buffer_new_allocate (NULL, 400, NULL);
    GstVideoMeta *meta = add_meta (buffer, &info);
    guint8 marks[400] = { 0 };
    gboolean shared;
    guint plane;

    for (plane = 0; plane < 3; plane++) {
      gint stride = g_rand_int_range (rand, size[plane].row_bytes, 25);

      meta->offset[plane] = g_rand_int_range (rand, 0, 150);
      meta->stride[plane] = stride;
      if (g_rand_boolean (rand)) {
        meta->offset[plane] += (size[plane].rows - 1) * stride;
        meta->stride[plane] = -stride;
      }
    }
    shared = bytes_are_shared (size, meta, marks);
    n_shared += shared;
    fail_unless (maps (&info, buffer, GST_MAP_READ));
    fail_unless (maps (&info, buffer, GST_MAP_WRITE) == !shared,
        "offsets %" G_GSIZE_FORMAT " %" G_GSIZE_FORMAT " %" G_GSIZE_FORMAT
        " strides %d %d %d", meta->offset[0], meta->offset[1],
        meta->offset[2], meta->stride[0], meta->stride[1], meta->stride[2]);
    gst_buffer_unref (buffer);
  }
  /* both answers were asked for often */
  fail_unless (n_shared > 1000 && n_shared < 19000);
  g_rand_free (rand);
}

GST_END_TEST;

GST_START_TEST (test_shared_output_is_refused)
{
  GstVideoInfo info;
  GstBuffer *buffer;

  init_progressive (&info, GST_VIDEO_FORMAT_GRAY8, 8, 8);
  buffer = gst_buffer_new_allocate (NULL, info.size, NULL);
  gst_buffer_ref (buffer);
  assert_refused_with (&info, buffer, GST_MAP_WRITE, GST_RESOURCE_ERROR,
      "shared");
  fail_unless (maps (&info, buffer, GST_MAP_READ));
  gst_buffer_unref (buffer);
  gst_buffer_unref (buffer);
}

GST_END_TEST;

static GstBuffer *
new_split_buffer (gsize size, gsize first)
{
  GstBuffer *buffer = gst_buffer_new ();

  gst_buffer_append_memory (buffer, gst_allocator_alloc (NULL, first, NULL));
  gst_buffer_append_memory (buffer, gst_allocator_alloc (NULL, size - first,
          NULL));
  return buffer;
}

/* No copies: the pointers lie in the memories that came in */

GST_START_TEST (test_planes_in_their_own_memories_are_not_copied)
{
  GstAreaScaleFrame frame;
  GstVideoInfo info;
  GstMapInfo map;
  GstBuffer *buffer;
  guint i, with_meta;

  init_progressive (&info, GST_VIDEO_FORMAT_NV12, 16, 16);
  for (with_meta = 0; with_meta < 2; with_meta++) {
    buffer = new_split_buffer (info.size, info.offset[1]);
    if (with_meta)
      add_meta (buffer, &info);
    fail_unless (gst_area_scale_frame_map (&frame, &info, buffer,
            GST_MAP_READ, NULL));
    for (i = 0; i < 2; i++) {
      GstMemory *memory = gst_buffer_peek_memory (buffer, i);

      fail_unless (gst_memory_map (memory, &map, GST_MAP_READ));
      fail_unless (frame.data[i] == map.data);
      gst_memory_unmap (memory, &map);
    }
    gst_area_scale_frame_unmap (&frame);
    gst_buffer_unref (buffer);
  }
}

GST_END_TEST;

/* What the caps say about fields */

GST_START_TEST (test_interlaced_by_mode_and_by_buffer_flag)
{
  static const struct
  {
    GstVideoInterlaceMode mode;
    gboolean plain, flagged;
  } cases[] = {
    {GST_VIDEO_INTERLACE_MODE_PROGRESSIVE, FALSE, FALSE},
    {GST_VIDEO_INTERLACE_MODE_INTERLEAVED, TRUE, TRUE},
    {GST_VIDEO_INTERLACE_MODE_MIXED, FALSE, TRUE},
    {GST_VIDEO_INTERLACE_MODE_FIELDS, TRUE, TRUE},
    {GST_VIDEO_INTERLACE_MODE_ALTERNATE, FALSE, FALSE},
  };
  guint i, flagged;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    for (flagged = 0; flagged < 2; flagged++) {
      GstAreaScaleFrame frame;
      GstVideoInfo info;
      GstBuffer *buffer;

      init_info (&info, GST_VIDEO_FORMAT_I420, 16, 16, cases[i].mode);
      buffer = gst_buffer_new_allocate (NULL, info.size, NULL);
      if (flagged)
        GST_BUFFER_FLAG_SET (buffer, GST_VIDEO_BUFFER_FLAG_INTERLACED);
      fail_unless (gst_area_scale_frame_map (&frame, &info, buffer,
              GST_MAP_READ, NULL));
      fail_unless_equals_int (frame.interlaced,
          flagged ? cases[i].flagged : cases[i].plain);
      gst_area_scale_frame_unmap (&frame);
      gst_buffer_unref (buffer);
    }
  }
}

GST_END_TEST;

GST_START_TEST (test_alternate_takes_metas_of_field_and_of_frame_height)
{
  GstVideoInfo info;
  GstBuffer *buffer;
  GstVideoMeta *meta;

  init_info (&info, GST_VIDEO_FORMAT_GRAY8, 16, 17,
      GST_VIDEO_INTERLACE_MODE_ALTERNATE);
  buffer = gst_buffer_new_allocate (NULL, 16 * 9, NULL);
  meta = add_meta (buffer, &info);
  fail_unless (maps (&info, buffer, GST_MAP_READ));
  meta->height = 9;
  fail_unless (maps (&info, buffer, GST_MAP_READ));
  meta->height = 8;
  fail_if (maps (&info, buffer, GST_MAP_READ));
  gst_buffer_unref (buffer);
}

GST_END_TEST;

/* Tiles */

GST_START_TEST (test_tiles_that_do_not_cover_the_frame_are_refused)
{
  static const struct
  {
    GstVideoFormat format;
    gint x_tiles, y_tiles;
    gboolean ok;
  } cases[] = {
    /* 100x70 is 2x3 tiles of 64x32, 4x3 of 32x32 */
    {GST_VIDEO_FORMAT_NV12_64Z32, 2, 3, TRUE},
    {GST_VIDEO_FORMAT_NV12_64Z32, 4, 4, TRUE},
    {GST_VIDEO_FORMAT_NV12_64Z32, 3, 3, FALSE},
    {GST_VIDEO_FORMAT_NV12_64Z32, 1, 3, FALSE},
    {GST_VIDEO_FORMAT_NV12_64Z32, 2, 2, FALSE},
    {GST_VIDEO_FORMAT_NV12_64Z32, 2, -3, FALSE},
    {GST_VIDEO_FORMAT_NV12_64Z32, 0xffff, 0x7fff, FALSE},
    {GST_VIDEO_FORMAT_NV12_32L32, 4, 3, TRUE},
    {GST_VIDEO_FORMAT_NV12_32L32, 5, 3, TRUE},
    {GST_VIDEO_FORMAT_NV12_32L32, 3, 3, FALSE},
    {GST_VIDEO_FORMAT_NV12_32L32, 4, 2, FALSE},
    {GST_VIDEO_FORMAT_NV12_32L32, 4, -1, FALSE},
    {GST_VIDEO_FORMAT_NV12_32L32, 100, 100, FALSE},
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    GstVideoInfo info;
    GstBuffer *buffer;
    GstVideoMeta *meta;

    init_progressive (&info, cases[i].format, 100, 70);
    buffer = gst_buffer_new_allocate (NULL, 100000, NULL);
    meta = add_meta (buffer, &info);
    meta->offset[1] = 40000;
    meta->stride[0] = (gint) ((guint) cases[i].y_tiles << 16 |
        (guint) cases[i].x_tiles);
    fail_unless (maps (&info, buffer, GST_MAP_WRITE) == cases[i].ok,
        "case %u", i);
    gst_buffer_unref (buffer);
  }
}

GST_END_TEST;

/* Messages */

GST_START_TEST (test_errors_name_the_value_and_what_was_expected)
{
  GstVideoInfo info;
  GstBuffer *buffer;
  GstVideoMeta *meta;

  init_progressive (&info, GST_VIDEO_FORMAT_I420, 64, 48);

  buffer = gst_buffer_new_allocate (NULL, 16, NULL);
  assert_refused_with (&info, buffer, GST_MAP_READ, GST_STREAM_ERROR,
      "Buffer of 16 bytes is too small: plane 0 needs 3072 bytes");
  meta = add_meta (buffer, &info);
  assert_refused_with (&info, buffer, GST_MAP_READ, GST_STREAM_ERROR,
      "Plane 0 needs 0 bytes before and 3072 bytes from its first row on, its "
      "memory has 0 and 16");
  meta->stride[0] = -63;
  assert_refused_with (&info, buffer, GST_MAP_READ, GST_STREAM_ERROR,
      "stride of -63 bytes, expected at least 64");
  meta->width = 63;
  assert_refused_with (&info, buffer, GST_MAP_READ, GST_STREAM_ERROR,
      "size of 63x48, expected at least 64x48");
  meta->n_planes = 2;
  assert_refused_with (&info, buffer, GST_MAP_READ, GST_STREAM_ERROR,
      "2 planes, expected 3");
  meta->format = GST_VIDEO_FORMAT_NV12;
  assert_refused_with (&info, buffer, GST_MAP_READ, GST_STREAM_ERROR,
      "expected 2 (I420)");
  gst_buffer_unref (buffer);
}

GST_END_TEST;

static Suite *
frame_suite (void)
{
  Suite *suite = suite_create ("frame");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_add_test (tc, test_row_bytes_hold_what_packing_writes);
  tcase_add_test (tc, test_every_format_maps_and_not_with_a_byte_less);
  tcase_add_test (tc, test_output_planes_overlap_exactly_when_bytes_are_shared);
  tcase_add_test (tc, test_shared_output_is_refused);
  tcase_add_test (tc, test_planes_in_their_own_memories_are_not_copied);
  tcase_add_test (tc, test_interlaced_by_mode_and_by_buffer_flag);
  tcase_add_test (tc, test_alternate_takes_metas_of_field_and_of_frame_height);
  tcase_add_test (tc, test_tiles_that_do_not_cover_the_frame_are_refused);
  tcase_add_test (tc, test_errors_name_the_value_and_what_was_expected);
  return suite;
}

GST_CHECK_MAIN (frame);

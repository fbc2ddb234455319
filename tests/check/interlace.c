/* GStreamer areascale: interlaced streams through the element
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Every field is compared with the definition on that field alone.
 */

#include <string.h>

#include "rig.h"

#define SEED 23

static const gchar *const formats[] = {
  "I420", "NV12", "Y41B", "Y42B", "AYUV", "RGB", "GRAY8", "P010_10LE",
};

/* width and height */
static const struct
{
  gint in[2], out[2];
} sizes[] = {
  {{64, 64}, {32, 32}},
  {{33, 17}, {16, 9}},
  {{16, 9}, {33, 17}},
  {{20, 7}, {7, 20}},
  {{9, 11}, {9, 5}},
  {{8, 1}, {5, 6}},
  {{8, 6}, {5, 1}},
  {{8, 2}, {8, 3}},
  {{8, 3}, {9, 2}},
  {{8, 1}, {3, 1}},
};

static gchar *
caps_of (const gchar * format, const gchar * mode, const gint size[2])
{
  return g_strdup_printf ("video/x-raw%s,format=%s,width=%d,height=%d,"
      "framerate=25/1,pixel-aspect-ratio=1/1,interlace-mode=%s",
      g_str_equal (mode, "alternate") ? "(format:Interlaced)" : "", format,
      size[0], size[1], mode);
}

static void
open_without_borders (Rig * rig, const gchar * format, const gchar * mode,
    guint i)
{
  gchar *in = caps_of (format, mode, sizes[i].in);
  gchar *out = caps_of (format, mode, sizes[i].out);

  rig_open (rig);
  g_object_set (rig->h->element, "add-borders", FALSE, NULL);
  rig_set_out_caps (rig, out);
  rig_set_in_caps (rig, in);
  g_free (out);
  g_free (in);
}

/* Pushes noise with these flags, which must come out again, and compares. */
static void
check_fields (Rig * rig, const GstVideoInfo * in, const GstVideoInfo * out,
    guint flags, gint n_fields)
{
  const guint all = GST_VIDEO_BUFFER_FLAG_INTERLACED |
      GST_VIDEO_BUFFER_FLAG_TFF | GST_VIDEO_BUFFER_FLAG_RFF |
      GST_VIDEO_BUFFER_FLAG_ONEFIELD;
  GstBuffer *inbuf = rig_noise (in, SEED + flags), *outbuf;

  GST_BUFFER_FLAG_SET (inbuf, flags);
  outbuf = gst_harness_push_and_pull (rig->h, gst_buffer_ref (inbuf));
  fail_unless (outbuf != NULL);
  fail_unless_equals_int (GST_BUFFER_FLAGS (outbuf) & all, flags);
  rig_assert_scaled_by_fields (in, inbuf, out, outbuf, n_fields);
  gst_buffer_unref (outbuf);
  gst_buffer_unref (inbuf);
}

#define TOP_FIRST \
    (GST_VIDEO_BUFFER_FLAG_INTERLACED | GST_VIDEO_BUFFER_FLAG_TFF)

GST_START_TEST (test_fields_of_a_frame_equal_the_definition)
{
  static const gchar *const modes[] = { "interleaved", "fields" };
  Rig rig;
  guint f, m;

  for (f = 0; f < G_N_ELEMENTS (formats); f++) {
    for (m = 0; m < G_N_ELEMENTS (modes); m++) {
      open_without_borders (&rig, formats[f], modes[m], __i__);
      check_fields (&rig, &rig.in, &rig.out, TOP_FIRST, 2);
      check_fields (&rig, &rig.in, &rig.out, GST_VIDEO_BUFFER_FLAG_INTERLACED,
          2);
      rig_clear (&rig);
    }
  }
}

GST_END_TEST;

GST_START_TEST (test_frames_of_a_mixed_stream_go_by_their_flags)
{
  Rig rig;
  guint f;

  for (f = 0; f < G_N_ELEMENTS (formats); f++) {
    open_without_borders (&rig, formats[f], "mixed", __i__);
    check_fields (&rig, &rig.in, &rig.out, 0, 1);
    check_fields (&rig, &rig.in, &rig.out, TOP_FIRST, 2);
    check_fields (&rig, &rig.in, &rig.out,
        TOP_FIRST | GST_VIDEO_BUFFER_FLAG_RFF, 2);
    check_fields (&rig, &rig.in, &rig.out, 0, 1);
    rig_clear (&rig);
  }
}

GST_END_TEST;

/* What a buffer of an alternate stream holds, as a frame of its own where the
 * planes lie as they do in the stream. */
static void
field_info (const GstVideoInfo * stream, GstVideoInfo * info)
{
  gst_video_info_set_format (info, GST_VIDEO_INFO_FORMAT (stream),
      GST_VIDEO_INFO_WIDTH (stream), GST_VIDEO_INFO_FIELD_HEIGHT (stream));
  memcpy (info->offset, stream->offset, sizeof (info->offset));
  memcpy (info->stride, stream->stride, sizeof (info->stride));
  info->size = stream->size;
}

GST_START_TEST (test_buffers_of_an_alternate_stream_are_fields)
{
  GstVideoInfo in, out;
  Rig rig;
  guint f;

  for (f = 0; f < G_N_ELEMENTS (formats); f++) {
    open_without_borders (&rig, formats[f], "alternate", __i__);
    field_info (&rig.in, &in);
    field_info (&rig.out, &out);
    check_fields (&rig, &in, &out, GST_VIDEO_BUFFER_FLAG_TOP_FIELD |
        GST_VIDEO_BUFFER_FLAG_INTERLACED, 1);
    check_fields (&rig, &in, &out, GST_VIDEO_BUFFER_FLAG_BOTTOM_FIELD |
        GST_VIDEO_BUFFER_FLAG_INTERLACED, 1);
    rig_clear (&rig);
  }
}

GST_END_TEST;

/* Under borders */

#define TOP 0x40
#define BOTTOM 0xc0
#define BORDER 16

/* I420 whose even luma and chroma lines are TOP and whose odd ones BOTTOM */
static GstBuffer *
two_fields (const GstVideoInfo * info)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, info->size, NULL);
  gint y;
  guint c;

  for (c = 0; c < 3; c++) {
    for (y = 0; y < GST_VIDEO_INFO_COMP_HEIGHT (info, c); y++)
      gst_buffer_memset (buffer, GST_VIDEO_INFO_COMP_OFFSET (info, c) +
          (gsize) y * GST_VIDEO_INFO_COMP_STRIDE (info, c),
          y % 2 ? BOTTOM : TOP, GST_VIDEO_INFO_COMP_STRIDE (info, c));
  }
  return buffer;
}

/* The lines of a component: @y0 of border, @n of picture, and border again. */
static void
assert_lines (const GstVideoFrame * frame, const GstVideoInfo * info, guint c,
    gint y0, gint n, gboolean by_fields)
{
  gint y, x = GST_VIDEO_INFO_COMP_WIDTH (info, c) / 2;

  for (y = 0; y < GST_VIDEO_INFO_COMP_HEIGHT (info, c); y++) {
    const guint8 *line = (guint8 *) GST_VIDEO_FRAME_COMP_DATA (frame, c) +
        y * GST_VIDEO_FRAME_COMP_STRIDE (frame, c);
    guint8 want = c == 0 ? BORDER : 128;

    if (y >= y0 && y < y0 + n)
      want = by_fields && y % 2 ? BOTTOM : TOP;
    fail_unless (line[x] == want, "component %u line %d is %u, not %u", c, y,
        line[x], want);
  }
}

/* 4:3 pictures in frames that are too high by any number of lines: a border of
 * an odd number of lines, or of chroma lines, would swap the fields. */
GST_START_TEST (test_fields_stay_top_and_bottom_under_borders)
{
  gint in[2] = { 64, 48 }, out[2] = { 32, 0 };
  gchar *caps = caps_of ("I420", "interleaved", in);
  GstVideoFrame frame;
  Rig rig;

  rig_open (&rig);
  for (out[1] = 25; out[1] < 65; out[1]++) {
    gchar *out_caps = caps_of ("I420", "interleaved", out);
    gint y0 = (out[1] - 24) / 2 / 4 * 4;
    GstBuffer *outbuf;

    rig_set_out_caps (&rig, out_caps);
    rig_set_in_caps (&rig, caps);
    outbuf = gst_harness_push_and_pull (rig.h, two_fields (&rig.in));
    fail_unless (outbuf != NULL);
    fail_unless (gst_video_frame_map (&frame, &rig.out, outbuf, GST_MAP_READ));
    assert_lines (&frame, &rig.out, 0, y0, 24, TRUE);
    assert_lines (&frame, &rig.out, 1, y0 / 2, 12, TRUE);
    assert_lines (&frame, &rig.out, 2, y0 / 2, 12, TRUE);
    gst_video_frame_unmap (&frame);
    gst_buffer_unref (outbuf);
    g_free (out_caps);
  }
  g_free (caps);
  rig_clear (&rig);
}

GST_END_TEST;

/* 64x48 into 32x40 is 32x24 with 8 lines above and below: 4 lines of a field */
GST_START_TEST (test_borders_of_alternate_fields_are_on_both_sides)
{
  gint in[2] = { 64, 48 }, out[2] = { 32, 40 };
  gchar *in_caps = caps_of ("I420", "alternate", in);
  gchar *out_caps = caps_of ("I420", "alternate", out);
  GstVideoInfo in_field, out_field;
  GstVideoFrame frame;
  GstBuffer *inbuf, *outbuf;
  Rig rig;

  rig_init (&rig, in_caps, out_caps);
  field_info (&rig.in, &in_field);
  field_info (&rig.out, &out_field);
  inbuf = gst_buffer_new_allocate (NULL, in_field.size, NULL);
  gst_buffer_memset (inbuf, 0, TOP, -1);
  outbuf = gst_harness_push_and_pull (rig.h, inbuf);
  fail_unless (outbuf != NULL);
  fail_unless (gst_video_frame_map (&frame, &out_field, outbuf, GST_MAP_READ));
  assert_lines (&frame, &out_field, 0, 4, 12, FALSE);
  assert_lines (&frame, &out_field, 1, 2, 6, FALSE);
  assert_lines (&frame, &out_field, 2, 2, 6, FALSE);
  gst_video_frame_unmap (&frame);
  gst_buffer_unref (outbuf);
  g_free (out_caps);
  g_free (in_caps);
  rig_clear (&rig);
}

GST_END_TEST;

/* What is refused */

GST_START_TEST (test_interlace_modes_are_not_converted)
{
  static const gchar *const modes[] = {
    "progressive", "interleaved", "mixed", "fields", "alternate"
  };
  const gint size[2] = { 16, 16 };
  const gchar *from = modes[__i__ / 5], *to = modes[__i__ % 5];
  gchar *in = caps_of ("I420", from, size), *out = caps_of ("I420", to, size);
  GstFlowReturn ret;
  Rig rig;

  rig_init (&rig, in, out);
  ret = gst_harness_push (rig.h, rig_noise (&rig.in, SEED));
  if (from == to) {
    fail_unless_equals_int (ret, GST_FLOW_OK);
    rig_assert_no_error (&rig);
  } else {
    fail_unless_equals_int (ret, GST_FLOW_NOT_NEGOTIATED);
    rig_assert_error (&rig, "Cannot");
  }
  g_free (out);
  g_free (in);
  rig_clear (&rig);
}

GST_END_TEST;

/* Both fields in one plane, a GstVideoMeta for each */
GST_START_TEST (test_a_meta_for_each_field_is_refused)
{
  const gint size[2] = { 16, 16 }, half[2] = { 8, 8 };
  gchar *in = caps_of ("GRAY8", "fields", size);
  gchar *out = caps_of ("GRAY8", "fields", half);
  gsize offset[GST_VIDEO_MAX_PLANES] = { 0 };
  gint stride[GST_VIDEO_MAX_PLANES] = { 16 };
  GstBuffer *buffer;
  Rig rig;
  gint i;

  rig_init (&rig, in, out);
  buffer = rig_noise (&rig.in, SEED);
  for (i = 0; i < 2; i++) {
    offset[0] = 8 * 16 * i;
    gst_buffer_add_video_meta_full (buffer, GST_VIDEO_FRAME_FLAG_INTERLACED,
        GST_VIDEO_FORMAT_GRAY8, 16, 8, 1, offset, stride)->id = i;
  }
  fail_unless_equals_int (gst_harness_push (rig.h, buffer), GST_FLOW_ERROR);
  rig_assert_error (&rig, "expected at least 16x16");
  g_free (out);
  g_free (in);
  rig_clear (&rig);
}

GST_END_TEST;

static Suite *
interlace_suite (void)
{
  Suite *suite = suite_create ("interlace");
  TCase *tc = tcase_create ("element");
  const gint n = G_N_ELEMENTS (sizes);

  suite_add_tcase (suite, tc);
  tcase_add_loop_test (tc, test_fields_of_a_frame_equal_the_definition, 0, n);
  tcase_add_loop_test (tc, test_frames_of_a_mixed_stream_go_by_their_flags, 0,
      n);
  tcase_add_loop_test (tc, test_buffers_of_an_alternate_stream_are_fields, 0,
      n);
  tcase_add_test (tc, test_fields_stay_top_and_bottom_under_borders);
  tcase_add_test (tc, test_borders_of_alternate_fields_are_on_both_sides);
  tcase_add_loop_test (tc, test_interlace_modes_are_not_converted, 0, 25);
  tcase_add_test (tc, test_a_meta_for_each_field_is_refused);
  return suite;
}

GST_CHECK_MAIN (interlace);

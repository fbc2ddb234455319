/* GStreamer areascale: every format through the engine
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "oracle.h"
#include "rig.h"

static const GstVideoFormat *formats;
static guint n_formats;

static gboolean
format_of_test (gint i, GstVideoFormat * format)
{
  *format = formats[i];
  /* the same numbers whatever test runs and in which order */
  g_rand_set_seed (rng, 1000 + *format);
  return gst_area_engine_handles_format (*format);
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

    fail_unless_equals_int (gst_area_engine_handles_format (formats[i]),
        handled);
    n_handled += handled;
  }
  fail_unless (n_handled >= 110);
  fail_if (gst_area_engine_handles_format (GST_VIDEO_FORMAT_UNKNOWN));
  fail_if (gst_area_engine_handles_format (GST_VIDEO_FORMAT_ENCODED));
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
  run_engine (&c, &in, &out, 1);
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

static Suite *
formats_suite (void)
{
  Suite *suite = suite_create ("formats");
  TCase *tc = tcase_create ("engine");

  formats = gst_video_formats_raw (&n_formats);

  suite_add_tcase (suite, tc);
  tcase_add_checked_fixture (tc, cases_set_up, cases_tear_down);
  tcase_add_test (tc,
      test_all_raw_formats_but_palettes_and_floats_are_handled);
  tcase_add_loop_test (tc, test_every_format_is_exact, 0, n_formats);
  tcase_add_loop_test (tc, test_windows_never_cross_fields, 0, n_formats);
  tcase_add_loop_test (tc, test_borders_have_the_colour_and_content_is_exact,
      0, n_formats);
  tcase_add_test (tc, test_the_longest_lines);
  tcase_add_test (tc, test_black_borders_in_bytes);
  return suite;
}

GST_CHECK_MAIN (formats);

/* GStreamer areascale: the engine beside its pictures
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "oracle.h"

static void
check_refused (const GstVideoInfo * in, const GstVideoInfo * out)
{
  GstAreaScalePlacement placement = { in->width, in->height, out->width,
    out->height, {0, 0, out->width, out->height}
  };
  const GstAreaScaleMean mean = {.method = AREASCALE_METHOD_ADAPTIVE };
  GError *error = NULL;

  fail_unless (gst_area_engine_new (in, out, &placement, &mean, NULL, 0, 1,
          NULL, &error) == NULL);
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
check_description (GstVideoFormat format, GstAreaScaleMean mean,
    guint n_threads, const gchar * beginning, const gchar * part)
{
  GstVideoInfo info;
  GstAreaScalePlacement placement = { 8, 6, 8, 6, {0, 0, 8, 6} };
  GstAreaEngine *engine;
  gchar *text;

  gst_video_info_set_format (&info, format, 8, 6);
  engine = gst_area_engine_new (&info, &info, &placement, &mean, NULL, 0,
      n_threads, n_threads > 1 ? pool : NULL, NULL);
  text = gst_area_engine_describe (engine);
  fail_unless (g_str_has_prefix (text, beginning), "%s", text);
  fail_unless (strstr (text, part) != NULL, "%s", text);
  g_free (text);
  gst_area_engine_free (engine);
}

GST_START_TEST (test_the_description_names_the_path_of_each_plane)
{
  const GstAreaScaleMean usual = {.method = AREASCALE_METHOD_ADAPTIVE };
  const GstAreaScaleMean other = { AREASCALE_METHOD_COVERAGE, TRUE, TRUE, FALSE };

  check_description (GST_VIDEO_FORMAT_NV12, usual, 1, "NV12 native, adaptive, ",
      ", 1 thread; plane 0: 8x6 to 8x6, 8 bits, ");
  check_description (GST_VIDEO_FORMAT_NV12, usual, 1, "NV12 native, adaptive, ",
      "; plane 1: 4x3 to 4x3, 8 bits, ");
  check_description (GST_VIDEO_FORMAT_v210, other, 2,
      "v210 unpacked, coverage, chroma site kept, weighed by alpha, ",
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

/* A pool that starts its tasks only after the engine is gone. */
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

static Suite *
engine_suite (void)
{
  Suite *suite = suite_create ("engine");
  TCase *tc = tcase_create ("engine");

  suite_add_tcase (suite, tc);
  tcase_add_checked_fixture (tc, cases_set_up, cases_tear_down);
  tcase_add_test (tc, test_what_cannot_be_scaled_is_an_error);
  tcase_add_test (tc, test_the_description_names_the_path_of_each_plane);
  tcase_add_test (tc, test_more_threads_than_rows);
  tcase_add_test (tc, test_a_pool_that_fails_changes_nothing);
  tcase_add_test (tc, test_a_pool_that_is_late_is_not_waited_for);
  return suite;
}

GST_CHECK_MAIN (engine);

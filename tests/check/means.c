/* GStreamer areascale: every mean of every format
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "oracle.h"
#include "rig.h"

static const GstVideoFormat *formats;
static guint n_formats;

static const GstVideoChromaSite sites[] = {
  GST_VIDEO_CHROMA_SITE_UNKNOWN, GST_VIDEO_CHROMA_SITE_JPEG,
  GST_VIDEO_CHROMA_SITE_MPEG2, GST_VIDEO_CHROMA_SITE_COSITED,
  GST_VIDEO_CHROMA_SITE_V_COSITED, GST_VIDEO_CHROMA_SITE_DV,
};

#define N_CASES rig_n_rounds (60)

static gboolean
format_of_test (gint i, GstVideoFormat * format)
{
  *format = formats[i];
  /* the same numbers whatever test runs and in which order */
  g_rand_set_seed (rng, 2000 + *format);
  return gst_area_engine_handles_format (*format);
}

static gboolean
is_subsampled (GstVideoFormat format)
{
  const GstVideoFormatInfo *finfo = gst_video_format_get_info (format);
  guint i;

  for (i = 0; i < finfo->n_components; i++) {
    if (finfo->w_sub[i] > 0 || finfo->h_sub[i] > 0)
      return TRUE;
  }
  return FALSE;
}

/* Progressive or in fields, with and without borders. */
static void
run_cases (GstVideoFormat format, AreascaleMethod method, gboolean keep)
{
  Case c;
  guint i;

  for (i = 0; i < N_CASES; i++) {
    any_case (&c, format);
    if (any_of (0, 1))
      add_interlacing (&c);
    if (any_of (0, 3) == 0)
      add_border (&c);
    c.mean.method = method;
    c.mean.keep_chroma_site = keep;
    c.site = sites[any_of (0, G_N_ELEMENTS (sites) - 1)];
    run_case (&c);
  }
}

GST_START_TEST (test_coverage_is_exact)
{
  GstVideoFormat format;

  if (format_of_test (__i__, &format))
    run_cases (format, AREASCALE_METHOD_COVERAGE, FALSE);
}

GST_END_TEST;

GST_START_TEST (test_chroma_sites_are_kept)
{
  GstVideoFormat format;

  if (!format_of_test (__i__, &format) || !is_subsampled (format))
    return;
  run_cases (format, AREASCALE_METHOD_ADAPTIVE, TRUE);
  run_cases (format, AREASCALE_METHOD_COVERAGE, TRUE);
}

GST_END_TEST;

static void
fail_unless_alike (Case * c, gboolean keep)
{
  Picture in, out, other;
  guint p;
  gint y;

  c->pad = c->flip = FALSE;
  picture_init (&in, c, c->in_width, c->in_height);
  picture_init (&out, c, c->out_width, c->out_height);
  picture_init (&other, c, c->out_width, c->out_height);
  run_engine (c, &in, &out, 1);
  c->mean.keep_chroma_site = keep;
  run_engine (c, &in, &other, 1);
  for (p = 0; p < out.info.finfo->n_planes; p++) {
    for (y = 0; y < out.n_rows[p]; y++)
      fail_unless (memcmp (picture_row (&out, p, y), picture_row (&other, p, y),
              out.row_bytes[p]) == 0);
  }
  picture_clear (&in);
  picture_clear (&out);
  picture_clear (&other);
}

GST_START_TEST (test_formats_without_subsampling_ignore_the_site)
{
  GstVideoFormat format;
  Case c;

  if (!format_of_test (__i__, &format) || is_subsampled (format)
      || GST_VIDEO_FORMAT_INFO_IS_TILED (gst_video_format_get_info (format)))
    return;
  any_case (&c, format);
  c.site = GST_VIDEO_CHROMA_SITE_COSITED;
  fail_unless_alike (&c, TRUE);
}

GST_END_TEST;

/* Chroma that is centred in a frame of even size is where its edges put it. */
GST_START_TEST (test_centred_chroma_of_even_frames_is_in_place_already)
{
  static const GstVideoFormat some[] = { GST_VIDEO_FORMAT_I420,
    GST_VIDEO_FORMAT_NV12, GST_VIDEO_FORMAT_Y42B, GST_VIDEO_FORMAT_YUY2,
    GST_VIDEO_FORMAT_v210, GST_VIDEO_FORMAT_P010_10LE
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (some); i++) {
    Case c;

    any_case (&c, some[i]);
    c.in_width = 2 * any_of (1, 30);
    c.in_height = 2 * any_of (1, 30);
    c.out_width = c.content_w = 2 * any_of (1, 30);
    c.out_height = c.content_h = 2 * any_of (1, 30);
    c.site = GST_VIDEO_CHROMA_SITE_JPEG;
    fail_unless_alike (&c, TRUE);
  }
}

GST_END_TEST;

/* The parts that plans are made of have limits. */
GST_START_TEST (test_sites_of_the_longest_lines)
{
  static const GstVideoFormat some[] = { GST_VIDEO_FORMAT_I420,
    GST_VIDEO_FORMAT_YUY2, GST_VIDEO_FORMAT_v210, GST_VIDEO_FORMAT_YUV9
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (some); i++) {
    Case c;

    any_case (&c, some[i]);
    c.site = GST_VIDEO_CHROMA_SITE_COSITED;
    c.mean.method = AREASCALE_METHOD_COVERAGE;
    c.mean.keep_chroma_site = TRUE;
    c.in_width = 32767;
    c.in_height = 2;
    c.out_width = c.content_w = 5;
    c.out_height = c.content_h = 3;
    run_case (&c);
    c.in_width = 5;
    c.out_width = c.content_w = 32767;
    run_case (&c);
  }
}

GST_END_TEST;

static Suite *
means_suite (void)
{
  Suite *suite = suite_create ("means");
  TCase *tc = tcase_create ("engine");

  formats = gst_video_formats_raw (&n_formats);

  suite_add_tcase (suite, tc);
  tcase_add_checked_fixture (tc, cases_set_up, cases_tear_down);
  tcase_add_loop_test (tc, test_coverage_is_exact, 0, n_formats);
  tcase_add_loop_test (tc, test_chroma_sites_are_kept, 0, n_formats);
  tcase_add_loop_test (tc, test_formats_without_subsampling_ignore_the_site,
      0, n_formats);
  tcase_add_test (tc,
      test_centred_chroma_of_even_frames_is_in_place_already);
  tcase_add_test (tc, test_sites_of_the_longest_lines);
  return suite;
}

GST_CHECK_MAIN (means);

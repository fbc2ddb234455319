/* GStreamer areascale: means that alpha weighs, of every format
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "alpha.h"
#include "oracle.h"
#include "rig.h"

static const GstVideoFormat *formats;
static guint n_formats;

static const GstVideoChromaSite sites[] = {
  GST_VIDEO_CHROMA_SITE_JPEG, GST_VIDEO_CHROMA_SITE_MPEG2,
  GST_VIDEO_CHROMA_SITE_COSITED, GST_VIDEO_CHROMA_SITE_V_COSITED
};

#define N_CASES rig_n_rounds (150)

static gboolean
format_of_test (gint i, GstVideoFormat * format)
{
  *format = formats[i];
  /* the same numbers whatever test runs and in which order */
  g_rand_set_seed (rng, 3000 + *format);
  return gst_area_engine_handles_format (*format);
}

/* Progressive or in fields, with and without borders, of each other mean. */
static void
weighed_case (Case * c, GstVideoFormat format)
{
  any_case (c, format);
  if (any_of (0, 1))
    add_interlacing (c);
  if (any_of (0, 3) == 0)
    add_border (c);
  c->mean.method = any_of (0, 1) ? AREASCALE_METHOD_COVERAGE
      : AREASCALE_METHOD_ADAPTIVE;
  c->mean.keep_chroma_site = any_of (0, 1);
  c->mean.weight_by_alpha = TRUE;
  c->site = sites[any_of (0, G_N_ELEMENTS (sites) - 1)];
}

static void
run_runs (const Case * c)
{
  Picture in, out;

  picture_init (&in, c, c->in_width, c->in_height);
  picture_init (&out, c, c->out_width, c->out_height);
  make_runs_of_alpha (&in);
  run_pictures (c, &in, &out);
  picture_clear (&in);
  picture_clear (&out);
}

GST_START_TEST (test_weights_are_exact)
{
  GstVideoFormat format;
  Case c;
  guint i;

  if (!format_of_test (__i__, &format) || !format_has_alpha (format))
    return;
  for (i = 0; i < N_CASES; i++) {
    weighed_case (&c, format);
    if (i % 4 == 0)
      run_case (&c);
    else
      run_runs (&c);
  }
}

GST_END_TEST;

/* Every size to 9x9, in frames and in fields: the last chroma of odd sides. */
GST_START_TEST (test_small_sizes)
{
  GstVideoFormat format;
  gint size;
  Case c;

  if (!format_of_test (__i__, &format) || !format_has_alpha (format))
    return;
  for (size = 0; size < 2 * 81; size++) {
    any_case (&c, format);
    c.mean.weight_by_alpha = TRUE;
    c.in_width = 1 + size % 9;
    c.in_height = 1 + size / 9 % 9;
    c.interlaced = size >= 81;
    c.mode = c.interlaced ? GST_VIDEO_INTERLACE_MODE_INTERLEAVED
        : GST_VIDEO_INTERLACE_MODE_PROGRESSIVE;
    c.out_width = c.content_w = any_of (1, 5);
    c.out_height = c.content_h = any_of (1, 5);
    run_runs (&c);
  }
}

GST_END_TEST;

/* Scales with and without weights. */
static void
fail_unless_alike (Case * c, guint alpha)
{
  Picture in, out, other;
  guint p;
  gint y;

  c->pad = c->flip = FALSE;
  picture_init (&in, c, c->in_width, c->in_height);
  picture_init (&out, c, c->out_width, c->out_height);
  picture_init (&other, c, c->out_width, c->out_height);
  if (format_has_alpha (c->format))
    set_alpha (&in, alpha);
  run_engine (c, &in, &out, 1);
  c->mean.weight_by_alpha = FALSE;
  run_engine (c, &in, &other, 1);
  for (p = 0; p < out.info.finfo->n_planes; p++) {
    for (y = 0; y < out.n_rows[p]; y++)
      fail_unless (memcmp (picture_row (&out, p, y), picture_row (&other, p, y),
              out.row_bytes[p]) == 0, "%s: plane %u row %d",
          gst_video_format_to_string (c->format), p, y);
  }
  picture_clear (&in);
  picture_clear (&out);
  picture_clear (&other);
}

GST_START_TEST (test_opaque_and_invisible_frames_stay_what_they_are)
{
  GstVideoFormat format;
  Case c;
  guint i;

  if (!format_of_test (__i__, &format)
      || GST_VIDEO_FORMAT_INFO_IS_TILED (gst_video_format_get_info (format)))
    return;
  for (i = 0; i < rig_n_rounds (20); i++) {
    weighed_case (&c, format);
    fail_unless_alike (&c, i % 2 ? 0xffff : 0);
  }
}

GST_END_TEST;

static Suite *
weigh_suite (void)
{
  Suite *suite = suite_create ("weigh");
  TCase *tc = tcase_create ("engine");

  formats = gst_video_formats_raw (&n_formats);

  suite_add_tcase (suite, tc);
  tcase_add_checked_fixture (tc, cases_set_up, cases_tear_down);
  tcase_add_loop_test (tc, test_weights_are_exact, 0, n_formats);
  tcase_add_loop_test (tc, test_small_sizes, 0, n_formats);
  tcase_add_loop_test (tc, test_opaque_and_invisible_frames_stay_what_they_are,
      0, n_formats);
  return suite;
}

GST_CHECK_MAIN (weigh);

/* GStreamer areascale: tests of caps that change, and of caps that cannot be
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "rig.h"

#define SEED 11

/* Caps that change */

static gchar *
square_caps (gint size)
{
  return g_strdup_printf ("video/x-raw,format=I420,width=%d,height=%d,"
      "framerate=25/1,pixel-aspect-ratio=1/1", size, size);
}

GST_START_TEST (test_caps_of_either_side_change_without_losing_a_frame)
{
  GRand *rand = g_rand_new_with_seed (SEED);
  Rig rig;
  guint i;

  rig_init (&rig, CAPS ("I420", 64, 64), CAPS ("I420", 32, 32));
  for (i = 0; i < 300; i++) {
    gchar *caps = square_caps (g_rand_int_range (rand, 1, 70));

    if (g_rand_boolean (rand))
      rig_set_in_caps (&rig, caps);
    else
      rig_set_out_caps (&rig, caps);
    g_free (caps);
    rig_check_frame (&rig, i);
  }
  fail_unless_equals_int (gst_harness_buffers_received (rig.h), 300);
  rig_assert_no_error (&rig);
  g_rand_free (rand);
  rig_clear (&rig);
}

GST_END_TEST;

GST_START_TEST (test_passing_through_ends_and_begins_with_the_caps)
{
  Rig rig;
  guint i;

  rig_init (&rig, CAPS ("I420", 64, 64), CAPS ("I420", 64, 64));
  for (i = 0; i < 4; i++) {
    rig_set_in_caps (&rig, CAPS ("I420", 64, 64));
    rig_check_same_buffer (&rig, i);
    rig_set_in_caps (&rig, CAPS ("I420", 65, 65));
    rig_check_frame (&rig, i);
  }
  rig_clear (&rig);
}

GST_END_TEST;

/* Caps that cannot be */

static const struct
{
  const gchar *in, *out, *words, *reason;
} refusals[] = {
  {CAPS ("I420", 64, 64) ",interlace-mode=interleaved",
      CAPS ("I420", 32, 32) ",interlace-mode=progressive", "interleaved",
      "only the size"},
  {CAPS ("RGB8P", 64, 64), CAPS ("RGB8P", 32, 32), "RGB8P", "palette"},
  {CAPS ("I420", 64, 64), "video/x-raw,format=I420,width=32,height=32,"
        "framerate=30/1", "25/1", "only the size"},
  {CAPS_WITH ("memory:GLMemory", "RGBA", 64),
      CAPS_WITH ("memory:GLMemory", "RGBA", 32), "memory:GLMemory",
      "caps features"},
  {CAPS_WITH ("memory:DMABuf", "NV12", 64),
      CAPS_WITH ("memory:DMABuf", "NV12", 32), "memory:DMABuf",
      "caps features"},
  {CAPS_WITH ("memory:VAMemory", "NV12", 64),
      CAPS_WITH ("memory:VAMemory", "NV12", 32), "memory:VAMemory",
      "caps features"},
#if GST_CHECK_VERSION (1, 24, 0)
  {CAPS_WITH ("memory:DMABuf", "DMA_DRM", 64) DRM_FORMAT,
        CAPS_WITH ("memory:DMABuf", "DMA_DRM", 32) DRM_FORMAT, "DMA_DRM",
      "caps features"},
#endif
};

GST_START_TEST (test_refused_caps_are_explained)
{
  GstFlowReturn ret;
  gchar *error;
  Rig rig;

  rig_init (&rig, refusals[__i__].in, refusals[__i__].out);
  ret = gst_harness_push (rig.h, rig_noise (&rig.in, SEED));
  fail_unless_equals_int (ret, GST_FLOW_NOT_NEGOTIATED);
  error = rig_pop_error (&rig);
  fail_unless (error != NULL && strstr (error, refusals[__i__].words) != NULL
      && strstr (error, refusals[__i__].reason) != NULL, "error is: %s", error);
  g_free (error);
  rig_clear (&rig);
}

GST_END_TEST;

GST_START_TEST (test_another_format_is_converted_or_explained)
{
  GstFlowReturn ret;
  Rig rig;

  rig_init (&rig, CAPS ("I420", 64, 64), CAPS ("NV12", 32, 32));
  ret = gst_harness_push (rig.h, rig_noise (&rig.in, SEED));
  if (rig_converts ()) {
    fail_unless_equals_int (ret, GST_FLOW_OK);
    rig_assert_no_error (&rig);
  } else {
    fail_unless_equals_int (ret, GST_FLOW_NOT_NEGOTIATED);
    rig_assert_error (&rig, "only the size and");
  }
  rig_clear (&rig);
}

GST_END_TEST;

GST_START_TEST (test_every_refusal_is_explained)
{
  gchar *error;
  Rig rig;

  rig_init (&rig, CAPS ("RGB", 64, 64), CAPS ("RGB", 32, 32));
  rig_check_frame (&rig, SEED);
  rig_set_in_caps (&rig, CAPS ("RGB8P", 64, 64));
  rig_assert_error (&rig, "RGB8P");
  /* refused caps are sent again with the next event */
  while ((error = rig_pop_error (&rig)))
    g_free (error);
  rig_set_in_caps (&rig, "video/x-raw,format=NV12,width=64,height=64,"
      "framerate=30/1");
  rig_assert_error (&rig, "NV12");
  rig_clear (&rig);
}

GST_END_TEST;

GST_START_TEST (test_downstream_caps_that_become_impossible_are_explained)
{
  GstFlowReturn ret;
  Rig rig;

  rig_init (&rig, CAPS ("I420", 64, 64), CAPS ("I420", 32, 32));
  rig_check_frame (&rig, SEED);
  rig_set_out_caps (&rig, CAPS ("RGB8P", 32, 32));
  ret = gst_harness_push (rig.h, rig_noise (&rig.in, SEED));
  fail_unless_equals_int (ret, GST_FLOW_NOT_NEGOTIATED);
  rig_assert_error (&rig, rig_converts () ? "Cannot convert video" :
      "Cannot scale video");
  rig_clear (&rig);
}

GST_END_TEST;

/* The negotiation never asks for these: the element must not rely on that. */
static void
assert_conversion_refused (GstVideoInfo * in, GstVideoInfo * out,
    const gchar * words)
{
  GstCaps *in_caps = gst_video_info_to_caps (in);
  GstCaps *out_caps = gst_video_info_to_caps (out);
  Rig rig;

  rig_open (&rig);
  fail_if (GST_VIDEO_FILTER_GET_CLASS (rig.h->element)->set_info
      (GST_VIDEO_FILTER (rig.h->element), in_caps, in, out_caps, out));
  rig_assert_error (&rig, words);
  rig_clear (&rig);
  gst_caps_unref (out_caps);
  gst_caps_unref (in_caps);
}

GST_START_TEST (test_nothing_else_is_converted)
{
  GstVideoInfo in, out;

  gst_video_info_set_format (&in, GST_VIDEO_FORMAT_I420, 64, 64);
  gst_video_info_set_format (&out, GST_VIDEO_FORMAT_YV12, 32, 32);
  if (!rig_converts ())
    assert_conversion_refused (&in, &out, "I420 to YV12");

  gst_video_info_set_interlaced_format (&out, GST_VIDEO_FORMAT_I420,
      GST_VIDEO_INTERLACE_MODE_MIXED, 32, 32);
  assert_conversion_refused (&in, &out, "progressive to mixed");
}

GST_END_TEST;

static Suite *
renegotiation_suite (void)
{
  Suite *suite = suite_create ("renegotiation");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_add_test (tc, test_caps_of_either_side_change_without_losing_a_frame);
  tcase_add_test (tc, test_passing_through_ends_and_begins_with_the_caps);
  tcase_add_loop_test (tc, test_refused_caps_are_explained, 0,
      G_N_ELEMENTS (refusals));
  tcase_add_test (tc, test_another_format_is_converted_or_explained);
  tcase_add_test (tc, test_every_refusal_is_explained);
  tcase_add_test (tc,
      test_downstream_caps_that_become_impossible_are_explained);
  tcase_add_test (tc, test_nothing_else_is_converted);
  return suite;
}

GST_CHECK_MAIN (renegotiation);

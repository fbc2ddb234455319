/* GStreamer areascale: tests of events, states and flow returns
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <gst/video/navigation.h>

#include "rig.h"

#define SEED 11

GST_START_TEST (test_eos_and_gap_pass)
{
  GstEvent *event;
  gboolean gap = FALSE, eos = FALSE;
  Rig rig;

  rig_init (&rig, CAPS ("I420", 64, 64), CAPS ("I420", 32, 32));
  rig_check_frame (&rig, SEED);
  fail_unless (gst_harness_push_event (rig.h, gst_event_new_gap (GST_SECOND,
              GST_SECOND)));
  fail_unless (gst_harness_push_event (rig.h, gst_event_new_eos ()));
  while ((event = gst_harness_try_pull_event (rig.h))) {
    gap |= GST_EVENT_TYPE (event) == GST_EVENT_GAP;
    eos |= GST_EVENT_TYPE (event) == GST_EVENT_EOS;
    gst_event_unref (event);
  }
  fail_unless (gap && eos);
  fail_unless_equals_int (gst_harness_push (rig.h, rig_noise (&rig.in, SEED)),
      GST_FLOW_EOS);
  rig_clear (&rig);
}

GST_END_TEST;

GST_START_TEST (test_frames_come_again_after_flush_and_seek)
{
  GstSegment segment;
  GstEvent *event;
  Rig rig;
  guint i;

  rig_init (&rig, CAPS ("I420", 64, 64), CAPS ("I420", 32, 32));
  g_object_set (rig.h->element, "n-threads", 2, NULL);
  gst_segment_init (&segment, GST_FORMAT_TIME);
  for (i = 0; i < 20; i++) {
    rig_check_frame (&rig, i);
    fail_unless (gst_harness_push_upstream_event (rig.h,
            gst_event_new_seek (1.0, GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH,
                GST_SEEK_TYPE_SET, i * GST_SECOND, GST_SEEK_TYPE_NONE, 0)));
    while ((event = gst_harness_try_pull_upstream_event (rig.h))
        && GST_EVENT_TYPE (event) != GST_EVENT_SEEK)
      gst_event_unref (event);
    fail_unless (event != NULL);
    gst_event_unref (event);

    gst_harness_push_event (rig.h, gst_event_new_flush_start ());
    fail_unless_equals_int (gst_harness_push (rig.h, rig_noise (&rig.in, i)),
        GST_FLOW_FLUSHING);
    gst_harness_push_event (rig.h, gst_event_new_flush_stop (TRUE));
    gst_harness_push_event (rig.h, gst_event_new_segment (&segment));
    rig_check_frame (&rig, i);
  }
  rig_assert_no_error (&rig);
  rig_clear (&rig);
}

GST_END_TEST;

GST_START_TEST (test_null_to_playing_repeatedly)
{
  GstSegment segment;
  Rig rig;
  guint i;

  rig_init (&rig, CAPS ("I420", 64, 64), CAPS ("I420", 32, 32));
  g_object_set (rig.h->element, "n-threads", 3, NULL);
  gst_segment_init (&segment, GST_FORMAT_TIME);
  for (i = 0; i < 50; i++) {
    GstCaps *caps = gst_video_info_to_caps (&rig.in);

    rig_check_frame (&rig, i);
    gst_element_set_state (rig.h->element, GST_STATE_NULL);
    gst_element_set_state (rig.h->element, GST_STATE_PLAYING);
    gst_harness_push_event (rig.h, gst_event_new_stream_start ("again"));
    gst_harness_push_event (rig.h, gst_event_new_caps (caps));
    gst_harness_push_event (rig.h, gst_event_new_segment (&segment));
    gst_caps_unref (caps);
  }
  rig_assert_no_error (&rig);
  rig_clear (&rig);
}

GST_END_TEST;

static GstFlowReturn
refuse_buffer (GstPad * pad, GstObject * parent, GstBuffer * buffer)
{
  (void) parent;
  gst_buffer_unref (buffer);
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (pad), "flow-return"));
}

GST_START_TEST (test_every_flow_return_goes_upstream)
{
  static const GstFlowReturn returns[] = {
    GST_FLOW_OK, GST_FLOW_NOT_LINKED, GST_FLOW_FLUSHING, GST_FLOW_EOS,
    GST_FLOW_NOT_NEGOTIATED, GST_FLOW_ERROR, GST_FLOW_NOT_SUPPORTED,
    GST_FLOW_CUSTOM_SUCCESS, GST_FLOW_CUSTOM_SUCCESS_1,
    GST_FLOW_CUSTOM_SUCCESS_2, GST_FLOW_CUSTOM_ERROR,
    GST_FLOW_CUSTOM_ERROR_1, GST_FLOW_CUSTOM_ERROR_2,
  };
  GstFlowReturn expected;
  Rig rig;
  guint i;

  rig_init (&rig, CAPS ("I420", 64, 64), CAPS ("I420", 32, 32));
  gst_pad_set_chain_function (rig.h->sinkpad, refuse_buffer);
  for (i = 0; i < G_N_ELEMENTS (returns); i++) {
    g_object_set_data (G_OBJECT (rig.h->sinkpad), "flow-return",
        GINT_TO_POINTER (returns[i]));
    /* this one means a dropped frame to the base class */
    expected = returns[i] == GST_BASE_TRANSFORM_FLOW_DROPPED ? GST_FLOW_OK
        : returns[i];
    fail_unless_equals_int (gst_harness_push (rig.h, rig_noise (&rig.in, i)),
        expected);
    rig_assert_no_error (&rig);
  }
  rig_clear (&rig);
}

GST_END_TEST;

GST_START_TEST (test_late_frames_are_dropped_and_there_is_no_latency)
{
  GstBuffer *buffer;
  Rig rig;

  rig_init (&rig, CAPS ("I420", 64, 64), CAPS ("I420", 32, 32));
  fail_unless_equals_uint64 (gst_harness_query_latency (rig.h), 0);

  rig_check_frame (&rig, SEED);
  gst_harness_push_upstream_event (rig.h,
      gst_event_new_qos (GST_QOS_TYPE_UNDERFLOW, 2.0, GST_SECOND, GST_SECOND));
  buffer = rig_noise (&rig.in, SEED);
  GST_BUFFER_PTS (buffer) = GST_SECOND;
  fail_unless_equals_int (gst_harness_push (rig.h, buffer), GST_FLOW_OK);
  fail_unless (gst_harness_try_pull (rig.h) == NULL);

  buffer = rig_noise (&rig.in, SEED);
  GST_BUFFER_PTS (buffer) = 10 * GST_SECOND;
  buffer = gst_harness_push_and_pull (rig.h, buffer);
  fail_unless (buffer != NULL);
  gst_buffer_unref (buffer);
  rig_clear (&rig);
}

GST_END_TEST;

GST_START_TEST (test_navigation_arrives_in_input_pixels)
{
  GstEvent *event;
  gdouble x, y;
  Rig rig;

  rig_init (&rig, CAPS ("I420", 64, 64), CAPS ("I420", 32, 32));
  rig_check_frame (&rig, SEED);
  gst_harness_push_upstream_event (rig.h,
      gst_navigation_event_new_mouse_move (8.0, 4.0,
          GST_NAVIGATION_MODIFIER_NONE));
  while ((event = gst_harness_pull_upstream_event (rig.h))
      && GST_EVENT_TYPE (event) != GST_EVENT_NAVIGATION)
    gst_event_unref (event);
  fail_unless (gst_navigation_event_parse_mouse_move_event (event, &x, &y));
  fail_unless (ABS (x - 16) < 1.0 && ABS (y - 8) < 1.0);
  gst_event_unref (event);
  rig_clear (&rig);
}

GST_END_TEST;

static Suite *
states_suite (void)
{
  Suite *suite = suite_create ("states");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_add_test (tc, test_eos_and_gap_pass);
  tcase_add_test (tc, test_frames_come_again_after_flush_and_seek);
  tcase_add_test (tc, test_null_to_playing_repeatedly);
  tcase_add_test (tc, test_every_flow_return_goes_upstream);
  tcase_add_test (tc, test_late_frames_are_dropped_and_there_is_no_latency);
  tcase_add_test (tc, test_navigation_arrives_in_input_pixels);
  return suite;
}

GST_CHECK_MAIN (states);

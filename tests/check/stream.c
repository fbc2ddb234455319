/* GStreamer areascale: a stream that changes all the time
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <malloc.h>

#include "rig.h"

#define SEED 53
#define N_ROUNDS 10000

static const gchar *const formats[] = { "I420", "NV12", "RGBA", "P010_10LE" };

typedef struct
{
  GstSegment segment;
  guint format;
  gint in[2], out[2];
  gboolean interleaved;
} Stream;

static void
set_caps (Rig * rig, const Stream * stream, gboolean input)
{
  const gint *size = input ? stream->in : stream->out;
  gchar *caps = g_strdup_printf ("video/x-raw,format=%s,width=%d,height=%d,"
      "framerate=25/1,pixel-aspect-ratio=1/1,interlace-mode=%s",
      formats[stream->format], size[0], size[1],
      stream->interleaved ? "interleaved" : "progressive");

  if (input)
    rig_set_in_caps (rig, caps);
  else
    rig_set_out_caps (rig, caps);
  g_free (caps);
}

static void
any_size (GRand * rand, gint size[2])
{
  size[0] = g_rand_int_range (rand, 1, 33);
  size[1] = g_rand_int_range (rand, 1, 33);
}

static void
flush (Rig * rig, const Stream * stream)
{
  gst_harness_push_event (rig->h, gst_event_new_flush_start ());
  gst_harness_push_event (rig->h, gst_event_new_flush_stop (TRUE));
  gst_harness_push_event (rig->h, gst_event_new_segment (&stream->segment));
}

static void
restart (Rig * rig, const Stream * stream)
{
  gst_element_set_state (rig->h->element, GST_STATE_READY);
  gst_element_set_state (rig->h->element, GST_STATE_PLAYING);
  gst_harness_push_event (rig->h, gst_event_new_stream_start ("again"));
  set_caps (rig, stream, TRUE);
  gst_harness_push_event (rig->h, gst_event_new_segment (&stream->segment));
}

/* One of the things that happen between two frames */
static void
disturb (Rig * rig, GRand * rand, Stream * stream)
{
  switch (g_rand_int_range (rand, 0, 8)) {
    case 0:
    case 1:
      any_size (rand, stream->in);
      set_caps (rig, stream, TRUE);
      break;
    case 2:
    case 3:
      any_size (rand, stream->out);
      set_caps (rig, stream, FALSE);
      break;
    case 4:
      stream->format = g_rand_int_range (rand, 0, G_N_ELEMENTS (formats));
      stream->interleaved = g_rand_boolean (rand);
      set_caps (rig, stream, FALSE);
      set_caps (rig, stream, TRUE);
      break;
    case 5:
      flush (rig, stream);
      break;
    case 6:
      gst_harness_push_event (rig->h, gst_event_new_eos ());
      flush (rig, stream);
      break;
    default:
      restart (rig, stream);
      break;
  }
}

static void
check_frame (Rig * rig, const Stream * stream, guint32 seed)
{
  GstBuffer *inbuf = rig_noise (&rig->in, seed), *outbuf;

  fail_unless_equals_int (gst_harness_push (rig->h, gst_buffer_ref (inbuf)),
      GST_FLOW_OK);
  outbuf = gst_harness_try_pull (rig->h);
  fail_unless (outbuf != NULL);
  /* of equal sizes the same buffer */
  if (outbuf != inbuf)
    rig_assert_scaled_by_fields (&rig->in, inbuf, &rig->out, outbuf,
        stream->interleaved ? 2 : 1);
  else
    fail_unless (rig->in.width == rig->out.width
        && rig->in.height == rig->out.height);
  gst_buffer_unref (outbuf);
  gst_buffer_unref (inbuf);
}

/* Events of both directions, and messages about states */
static void
drop_events (Rig * rig)
{
  GstMessage *message;
  GstEvent *event;

  while ((event = gst_harness_try_pull_event (rig->h))
      || (event = gst_harness_try_pull_upstream_event (rig->h)))
    gst_event_unref (event);
  while ((message = gst_bus_pop_filtered (rig->bus,
              GST_MESSAGE_STATE_CHANGED)))
    gst_message_unref (message);
}

/* Bytes in use; 0 where the C library does not say */
static gsize
bytes_in_use (void)
{
#if defined (__GLIBC__) && __GLIBC_PREREQ (2, 33)
  return mallinfo2 ().uordblks;
#else
  return 0;
#endif
}

GST_START_TEST (test_ten_thousand_changes_lose_no_frame_and_no_memory)
{
  GRand *rand = g_rand_new_with_seed (SEED);
  Stream stream = { .in = {16, 16},.out = {8, 8} };
  gsize begin = 0, end;
  Rig rig;
  guint i, n = rig_n_rounds (N_ROUNDS);

  gst_segment_init (&stream.segment, GST_FORMAT_TIME);
  rig_open (&rig);
  g_object_set (rig.h->element, "add-borders", FALSE, "n-threads", 2, NULL);
  set_caps (&rig, &stream, FALSE);
  set_caps (&rig, &stream, TRUE);
  for (i = 0; i < n; i++) {
    if (i == n / 5)
      begin = bytes_in_use ();
    disturb (&rig, rand, &stream);
    check_frame (&rig, &stream, i);
    drop_events (&rig);
  }
  end = bytes_in_use ();
  rig_assert_no_error (&rig);
  fail_unless_equals_int (gst_harness_buffers_received (rig.h), n);
  /* 16 bytes a round would be more */
  fail_unless (end < begin + 100000 || n < N_ROUNDS,
      "%" G_GSIZE_FORMAT " bytes, then %" G_GSIZE_FORMAT, begin, end);
  g_rand_free (rand);
  rig_clear (&rig);
}

GST_END_TEST;

static GstEvent *
pull_event_of_type (GstHarness * h, GstEventType type)
{
  GstEvent *event;

  while ((event = gst_harness_try_pull_event (h))) {
    if (GST_EVENT_TYPE (event) == type)
      return event;
    gst_event_unref (event);
  }
  fail ("no event of type %s", gst_event_type_get_name (type));
  return NULL;
}

GST_START_TEST (test_segment_gap_and_tags_pass_unchanged)
{
  GstSegment segment;
  const GstSegment *have;
  GstClockTime time, duration;
  GstEvent *event;
  Rig rig;

  rig_init (&rig, CAPS ("I420", 16, 16), CAPS ("I420", 8, 8));
  rig_check_frame (&rig, SEED);
  drop_events (&rig);

  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.rate = segment.applied_rate = 2.0;
  segment.start = 3 * GST_SECOND;
  segment.time = 5 * GST_SECOND;
  gst_harness_push_event (rig.h, gst_event_new_segment (&segment));
  gst_harness_push_event (rig.h, gst_event_new_gap (4 * GST_SECOND, 40));
  gst_harness_push_event (rig.h, gst_event_new_tag (gst_tag_list_new
          (GST_TAG_TITLE, "title", NULL)));

  event = pull_event_of_type (rig.h, GST_EVENT_SEGMENT);
  gst_event_parse_segment (event, &have);
  fail_unless (gst_segment_is_equal (have, &segment));
  gst_event_unref (event);
  event = pull_event_of_type (rig.h, GST_EVENT_GAP);
  gst_event_parse_gap (event, &time, &duration);
  fail_unless (time == 4 * GST_SECOND && duration == 40);
  gst_event_unref (event);
  gst_event_unref (pull_event_of_type (rig.h, GST_EVENT_TAG));
  rig_clear (&rig);
}

GST_END_TEST;

GST_START_TEST (test_times_flags_and_offsets_of_buffers_stay)
{
  GstBuffer *buffer;
  Rig rig;

  rig_init (&rig, CAPS ("I420", 16, 16), CAPS ("I420", 8, 8));
  buffer = rig_noise (&rig.in, SEED);
  GST_BUFFER_PTS (buffer) = 11;
  GST_BUFFER_DTS (buffer) = 7;
  GST_BUFFER_DURATION (buffer) = 13;
  GST_BUFFER_OFFSET (buffer) = 17;
  GST_BUFFER_OFFSET_END (buffer) = 18;
  GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_DISCONT);
  buffer = gst_harness_push_and_pull (rig.h, buffer);
  fail_unless (GST_BUFFER_PTS (buffer) == 11 && GST_BUFFER_DTS (buffer) == 7);
  fail_unless (GST_BUFFER_DURATION (buffer) == 13);
  fail_unless (GST_BUFFER_OFFSET (buffer) == 17
      && GST_BUFFER_OFFSET_END (buffer) == 18);
  fail_unless (GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_DISCONT));
  gst_buffer_unref (buffer);
  rig_clear (&rig);
}

GST_END_TEST;

GST_START_TEST (test_dropped_frames_are_reported)
{
  GstMessage *message;
  GstFormat format;
  guint64 processed, dropped;
  GstBuffer *buffer;
  Rig rig;

  rig_init (&rig, CAPS ("I420", 16, 16), CAPS ("I420", 8, 8));
  rig_check_frame (&rig, SEED);
  gst_harness_push_upstream_event (rig.h,
      gst_event_new_qos (GST_QOS_TYPE_UNDERFLOW, 2.0, GST_SECOND, GST_SECOND));
  buffer = rig_noise (&rig.in, SEED);
  GST_BUFFER_PTS (buffer) = GST_SECOND;
  fail_unless_equals_int (gst_harness_push (rig.h, buffer), GST_FLOW_OK);
  fail_unless (gst_harness_try_pull (rig.h) == NULL);

  message = gst_bus_pop_filtered (rig.bus, GST_MESSAGE_QOS);
  fail_unless (message != NULL);
  gst_message_parse_qos_stats (message, &format, &processed, &dropped);
  fail_unless_equals_uint64 (dropped, 1);
  gst_message_unref (message);
  rig_clear (&rig);
}

GST_END_TEST;

static Suite *
stream_suite (void)
{
  Suite *suite = suite_create ("stream");
  TCase *tc = tcase_create ("element");

  suite_add_tcase (suite, tc);
  tcase_add_test (tc, test_ten_thousand_changes_lose_no_frame_and_no_memory);
  tcase_add_test (tc, test_segment_gap_and_tags_pass_unchanged);
  tcase_add_test (tc, test_times_flags_and_offsets_of_buffers_stay);
  tcase_add_test (tc, test_dropped_frames_are_reported);
  return suite;
}

GST_CHECK_MAIN (stream);

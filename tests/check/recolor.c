/* GStreamer areascale: what a change of a property makes anew
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "log.h"
#include "rig.h"

static LogLines engines;

static void
set_up (void)
{
  const LogLines none = LOG_ENGINES;

  engines = none;
  log_begin (&engines);
}

static void
tear_down (void)
{
  log_end (&engines);
}

static void
assert_made (gint n)
{
  fail_unless_equals_int (engines.n, n);
}

static GstBuffer *
push_noise (Rig * rig)
{
  return gst_harness_push_and_pull (rig->h, rig_noise (&rig->in, 1));
}

/* The frame of an element that had the colour before its caps. */
static GstBuffer *
frame_of_new_element (const gchar * in_caps, const gchar * out_caps,
    guint color)
{
  GstBuffer *buffer;
  Rig rig;

  rig_open (&rig);
  g_object_set (rig.h->element, "border-color", color, NULL);
  rig_set_out_caps (&rig, out_caps);
  rig_set_in_caps (&rig, in_caps);
  buffer = push_noise (&rig);
  rig_clear (&rig);
  return buffer;
}

static void
assert_same_bytes (GstBuffer * a, GstBuffer * b)
{
  GstMapInfo map;

  fail_unless (gst_buffer_map (b, &map, GST_MAP_READ));
  gst_check_buffer_data (a, map.data, map.size);
  gst_buffer_unmap (b, &map);
}

/* No format has bytes between these rows. */
#define WIDE(format) "video/x-raw,format=" format ",width=96,height=48," \
    "framerate=25/1,pixel-aspect-ratio=1/1"

static const struct
{
  const gchar *in, *out;
} pairs[] = {
  {CAPS ("GRAY8", 64, 64), WIDE ("GRAY8")},
  {CAPS ("I420", 64, 64), WIDE ("I420")},
  {CAPS ("YUY2", 64, 64), WIDE ("YUY2")},
  {CAPS ("RGBA", 64, 64), WIDE ("RGBA")},
  {CAPS ("P010_10LE", 64, 64), WIDE ("P010_10LE")},
  {CAPS ("v210", 64, 64), WIDE ("v210")},
  {CAPS ("NV12_4L4", 64, 64), WIDE ("NV12_4L4")},
};

GST_START_TEST (test_a_colour_makes_no_plan_anew)
{
  static const guint colors[] = { 0xffffffff, 0x80ff0000, 0xff204060, 0 };
  const gchar *in = pairs[__i__].in, *out = pairs[__i__].out;
  Rig rig;
  guint i;
  gint before;

  rig_init (&rig, in, out);
  gst_buffer_unref (push_noise (&rig));
  before = engines.n;
  fail_unless (before > 0);
  for (i = 0; i < G_N_ELEMENTS (colors); i++) {
    GstBuffer *expected, *buffer;

    g_object_set (rig.h->element, "border-color", colors[i], NULL);
    buffer = push_noise (&rig);
    assert_made (before);
    expected = frame_of_new_element (in, out, colors[i]);
    assert_same_bytes (buffer, expected);
    gst_buffer_unref (expected);
    gst_buffer_unref (buffer);
    before = engines.n;
  }
  rig_clear (&rig);
}

GST_END_TEST;

GST_START_TEST (test_a_colour_without_borders_makes_nothing)
{
  Rig rig;
  gint before;

  rig_init (&rig, CAPS ("I420", 64, 64), CAPS ("I420", 32, 32));
  gst_buffer_unref (push_noise (&rig));
  before = engines.n;
  g_object_set (rig.h->element, "border-color", 0xff0000ff, NULL);
  rig_check_frame (&rig, 2);
  assert_made (before);

  /* passing through */
  rig_set_out_caps (&rig, CAPS ("I420", 64, 64));
  gst_buffer_unref (push_noise (&rig));
  assert_made (before);
  g_object_set (rig.h->element, "border-color", 0xff00ff00, NULL);
  rig_check_same_buffer (&rig, 3);
  assert_made (before);
  rig_clear (&rig);
}

GST_END_TEST;

GST_START_TEST (test_add_borders_makes_anew_what_moves)
{
  Rig rig;
  gint before;

  /* of one shape */
  rig_init (&rig, CAPS ("I420", 64, 64), CAPS ("I420", 32, 32));
  gst_buffer_unref (push_noise (&rig));
  before = engines.n;
  g_object_set (rig.h->element, "add-borders", FALSE, NULL);
  rig_check_frame (&rig, 2);
  assert_made (before);

  /* of two shapes: filled now, with borders later */
  rig_set_out_caps (&rig, WIDE ("I420"));
  rig_check_frame (&rig, 3);
  assert_made (before + 1);
  g_object_set (rig.h->element, "add-borders", TRUE, NULL);
  gst_buffer_unref (push_noise (&rig));
  assert_made (before + 2);
  rig_clear (&rig);
}

GST_END_TEST;

GST_START_TEST (test_threads_are_made_anew)
{
  Rig rig;
  gint before;

  rig_init (&rig, CAPS ("I420", 64, 64), WIDE ("I420"));
  gst_buffer_unref (push_noise (&rig));
  before = engines.n;
  g_object_set (rig.h->element, "n-threads", 2, NULL);
  gst_buffer_unref (push_noise (&rig));
  assert_made (before + 1);

  /* both at once */
  g_object_set (rig.h->element, "n-threads", 1, "border-color", 0, NULL);
  gst_buffer_unref (push_noise (&rig));
  assert_made (before + 2);
  rig_clear (&rig);
}

GST_END_TEST;

static Suite *
recolor_suite (void)
{
  Suite *suite = suite_create ("recolor");
  TCase *tc = tcase_create ("element");

  suite_add_tcase (suite, tc);
  tcase_add_checked_fixture (tc, set_up, tear_down);
  tcase_add_loop_test (tc, test_a_colour_makes_no_plan_anew, 0,
      G_N_ELEMENTS (pairs));
  tcase_add_test (tc, test_a_colour_without_borders_makes_nothing);
  tcase_add_test (tc, test_add_borders_makes_anew_what_moves);
  tcase_add_test (tc, test_threads_are_made_anew);
  return suite;
}

GST_CHECK_MAIN (recolor);

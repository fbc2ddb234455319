/* GStreamer areascale: tests of properties that change
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <gst/gstcontrolbinding.h>

#include "rig.h"

#define SEED 11

static void
assert_flat_luma (GstBuffer * buffer, const GstVideoInfo * info, gint x0,
    gint x1, guint8 value)
{
  GstMapInfo map;
  gint x, y;

  fail_unless (gst_buffer_map (buffer, &map, GST_MAP_READ));
  for (y = 0; y < info->height; y++) {
    for (x = x0; x < x1; x++)
      fail_unless_equals_int (map.data[y * info->stride[0] + x], value);
  }
  gst_buffer_unmap (buffer, &map);
}

/* 64x64 into 64x64 with pixels of 2:1 is 32x64 between two borders. */
#define SQUARE CAPS ("I420", 64, 64)
#define WIDE "video/x-raw,format=I420,width=64,height=64,framerate=25/1," \
    "pixel-aspect-ratio=2/1"

static void
check_pillars (Rig * rig, guint8 luma)
{
  GstBuffer *inbuf = rig_noise (&rig->in, SEED);
  GstBuffer *outbuf =
      gst_harness_push_and_pull (rig->h, gst_buffer_ref (inbuf));
  GstBuffer *content;
  GstVideoInfo info;

  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_I420, 32, 64);
  fail_unless (outbuf->pool != NULL);
  content = rig_part (outbuf, &rig->out, &info, 16, 0);
  rig_assert_scaled (&rig->in, inbuf, &info, content);
  assert_flat_luma (outbuf, &rig->out, 0, 16, luma);
  assert_flat_luma (outbuf, &rig->out, 48, 64, luma);
  gst_buffer_unref (content);
  gst_buffer_unref (outbuf);
  gst_buffer_unref (inbuf);
}

GST_START_TEST (test_add_borders_takes_effect_on_the_next_frame)
{
  Rig rig;
  guint i;

  rig_open (&rig);
  g_object_set (rig.h->element, "add-borders", FALSE, NULL);
  rig_set_out_caps (&rig, WIDE);
  rig_set_in_caps (&rig, SQUARE);
  for (i = 0; i < 4; i++) {
    rig_check_same_buffer (&rig, i);
    g_object_set (rig.h->element, "add-borders", TRUE, NULL);
    check_pillars (&rig, 16);
    g_object_set (rig.h->element, "add-borders", FALSE, NULL);
  }
  rig_assert_no_error (&rig);
  rig_clear (&rig);
}

GST_END_TEST;

GST_START_TEST (test_border_color_takes_effect_on_the_next_frame)
{
  Rig rig;

  rig_init (&rig, SQUARE, WIDE);
  check_pillars (&rig, 16);
  g_object_set (rig.h->element, "border-color", 0xffffffff, NULL);
  check_pillars (&rig, 235);
  g_object_set (rig.h->element, "border-color", 0xff000000, NULL);
  check_pillars (&rig, 16);
  rig_clear (&rig);
}

GST_END_TEST;

/* a binding that makes the border white from 1 second of stream time on */

typedef struct
{
  GstControlBinding parent;
} WhiteBinding;

typedef struct
{
  GstControlBindingClass parent_class;
} WhiteBindingClass;

GType white_binding_get_type (void);
G_DEFINE_TYPE (WhiteBinding, white_binding, GST_TYPE_CONTROL_BINDING);

static gboolean
white_binding_sync_values (GstControlBinding * binding, GstObject * object,
    GstClockTime timestamp, GstClockTime last_sync)
{
  (void) binding;
  (void) last_sync;
  g_object_set (object, "border-color",
      timestamp < GST_SECOND ? 0xff000000 : 0xffffffff, NULL);
  return TRUE;
}

static void
white_binding_class_init (WhiteBindingClass * klass)
{
  GST_CONTROL_BINDING_CLASS (klass)->sync_values = white_binding_sync_values;
}

static void
white_binding_init (WhiteBinding * self)
{
  (void) self;
}

GST_START_TEST (test_controlled_property_follows_the_frame_time)
{
  GstBuffer *buffer;
  GstElement *element;
  Rig rig;
  guint i;

  rig_init (&rig, SQUARE, WIDE);
  element = rig.h->element;
  gst_object_add_control_binding (GST_OBJECT (element),
      g_object_new (white_binding_get_type (), "object", element, "name",
          "border-color", NULL));
  for (i = 0; i < 4; i++) {
    buffer = rig_noise (&rig.in, SEED);
    GST_BUFFER_PTS (buffer) = i * GST_SECOND / 2;
    buffer = gst_harness_push_and_pull (rig.h, buffer);
    assert_flat_luma (buffer, &rig.out, 0, 16, i < 2 ? 16 : 235);
    gst_buffer_unref (buffer);
  }
  rig_clear (&rig);
}

GST_END_TEST;

static gint writing;

static gpointer
write_properties (gpointer element)
{
  guint i = 0;

  while (g_atomic_int_get (&writing)) {
    g_object_set (element, "add-borders", i % 2, "border-color", i,
        "n-threads", i % 4, "method", i / 2 % 2, "keep-chroma-site", i / 4 % 2,
        "weight-by-alpha", i / 8 % 2, "gamma-decode", i / 16 % 2, NULL);
    i++;
    g_thread_yield ();
  }
  return NULL;
}

GST_START_TEST (test_properties_written_by_another_thread)
{
  GThread *thread;
  Rig rig;
  guint i;

  rig_init (&rig, CAPS ("I420", 65, 65), WIDE);
  g_atomic_int_set (&writing, TRUE);
  thread = g_thread_new ("writer", write_properties, rig.h->element);
  for (i = 0; i < 300; i++) {
    GstBuffer *outbuf = rig_push_and_pull_noise (&rig, i);

    fail_unless_equals_int (gst_buffer_get_size (outbuf), rig.out.size);
    gst_buffer_unref (outbuf);
  }
  g_atomic_int_set (&writing, FALSE);
  g_thread_join (thread);
  rig_assert_no_error (&rig);
  rig_clear (&rig);
}

GST_END_TEST;

static Suite *
properties_suite (void)
{
  Suite *suite = suite_create ("properties");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_add_test (tc, test_add_borders_takes_effect_on_the_next_frame);
  tcase_add_test (tc, test_border_color_takes_effect_on_the_next_frame);
  tcase_add_test (tc, test_controlled_property_follows_the_frame_time);
  tcase_add_test (tc, test_properties_written_by_another_thread);
  return suite;
}

GST_CHECK_MAIN (properties);

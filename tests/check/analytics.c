/* GStreamer areascale: tests of what analysis says about a frame
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define GST_USE_UNSTABLE_API
#include <gst/analytics/analytics.h>

#include "rig.h"

#define GRAY(width, height) "video/x-raw,format=GRAY8,framerate=25/1," \
    "pixel-aspect-ratio=1/1,width=" G_STRINGIFY (width) ",height=" \
    G_STRINGIFY (height)

/* What comes out of a frame with an object, of a class, at 10,20 30x40 */
static GstBuffer *
push_object (Rig * rig)
{
  GstBuffer *inbuf = rig_noise (&rig->in, 1), *outbuf;
  GstAnalyticsRelationMeta *meta =
      gst_buffer_add_analytics_relation_meta (inbuf);
  GstAnalyticsODMtd object;
  GstAnalyticsClsMtd class;

  fail_unless (gst_analytics_relation_meta_add_od_mtd (meta,
          g_quark_from_static_string ("face"), 10, 20, 30, 40, 0.5, &object));
  fail_unless (gst_analytics_relation_meta_add_one_cls_mtd (meta, 0.25,
          g_quark_from_static_string ("cat"), &class));
  fail_unless (gst_analytics_relation_meta_set_relation (meta,
          GST_ANALYTICS_REL_TYPE_RELATE_TO, object.id, class.id));

  outbuf = gst_harness_push_and_pull (rig->h, inbuf);
  fail_unless (outbuf != NULL);
  return outbuf;
}

static void
fail_unless_object (GstBuffer * buffer, gint x, gint y, gint w, gint h)
{
  GstAnalyticsRelationMeta *meta =
      gst_buffer_get_analytics_relation_meta (buffer);
  GstAnalyticsODMtd object;
  GstAnalyticsClsMtd class;
  gint got_x, got_y, got_w, got_h;
  gfloat confidence;
  gpointer state = NULL;

  fail_unless (meta != NULL);
  fail_unless_equals_int (gst_buffer_get_n_meta (buffer,
          GST_ANALYTICS_RELATION_META_API_TYPE), 1);
  fail_unless_equals_int (gst_analytics_relation_get_length (meta), 2);

  fail_unless (gst_analytics_relation_meta_iterate (meta, &state,
          gst_analytics_od_mtd_get_mtd_type (), &object));
  fail_unless (gst_analytics_od_mtd_get_location (&object, &got_x, &got_y,
          &got_w, &got_h, &confidence));
  fail_unless_equals_int (got_x, x);
  fail_unless_equals_int (got_y, y);
  fail_unless_equals_int (got_w, w);
  fail_unless_equals_int (got_h, h);
  fail_unless_equals_float (confidence, 0.5);

  state = NULL;
  fail_unless (gst_analytics_relation_meta_get_direct_related (meta, object.id,
          GST_ANALYTICS_REL_TYPE_RELATE_TO,
          gst_analytics_cls_mtd_get_mtd_type (), &state, &class));
  fail_unless (gst_analytics_cls_mtd_get_quark (&class, 0) ==
      g_quark_from_static_string ("cat"));
}

GST_START_TEST (objects_grow_with_the_picture)
{
  Rig rig;
  GstBuffer *outbuf;

  rig_init (&rig, GRAY (320, 240), GRAY (640, 480));
  outbuf = push_object (&rig);
  fail_unless_object (outbuf, 20, 40, 60, 80);
  gst_buffer_unref (outbuf);
  rig_clear (&rig);
}

GST_END_TEST;

GST_START_TEST (objects_shrink_with_the_picture)
{
  Rig rig;
  GstBuffer *outbuf;

  rig_init (&rig, GRAY (320, 240), GRAY (160, 120));
  outbuf = push_object (&rig);
  fail_unless_object (outbuf, 5, 10, 15, 20);
  gst_buffer_unref (outbuf);
  rig_clear (&rig);
}

GST_END_TEST;

/* 160x120 at 80,0 */
GST_START_TEST (objects_move_with_the_border_or_are_dropped)
{
  Rig rig;
  GstBuffer *outbuf;

  rig_init (&rig, GRAY (320, 240), GRAY (320, 120));
  outbuf = push_object (&rig);
#if GST_CHECK_VERSION (1, 28, 0)
  fail_unless_object (outbuf, 80 + 5, 10, 15, 20);
#else
  fail_if (gst_buffer_get_analytics_relation_meta (outbuf));
#endif
  gst_buffer_unref (outbuf);
  rig_clear (&rig);
}

GST_END_TEST;

GST_START_TEST (objects_stay_in_a_frame_that_passes_through)
{
  Rig rig;
  GstBuffer *outbuf;

  rig_init (&rig, GRAY (320, 240), GRAY (320, 240));
  outbuf = push_object (&rig);
  fail_unless_object (outbuf, 10, 20, 30, 40);
  gst_buffer_unref (outbuf);
  rig_clear (&rig);
}

GST_END_TEST;

static Suite *
analytics_suite (void)
{
  Suite *s = suite_create ("analytics");
  TCase *tc = tcase_create ("objects");

  suite_add_tcase (s, tc);
  tcase_add_test (tc, objects_grow_with_the_picture);
  tcase_add_test (tc, objects_shrink_with_the_picture);
  tcase_add_test (tc, objects_move_with_the_border_or_are_dropped);
  tcase_add_test (tc, objects_stay_in_a_frame_that_passes_through);
  return s;
}

GST_CHECK_MAIN (analytics);

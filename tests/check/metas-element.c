/* GStreamer areascale: tests of metas through the element
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <gst/check/gstharness.h>

#include "change.h"
#include "rig.h"

static GstHarness *
new_harness (const gchar * in, const gchar * out)
{
  GstHarness *h = gst_harness_new (rig_element_name ());

  gst_harness_set_src_caps_str (h, in);
  gst_harness_set_sink_caps_str (h, out);
  return h;
}

#define GRAY(size) "video/x-raw,format=GRAY8,framerate=25/1," \
    "pixel-aspect-ratio=1/1," size

/* Pushes a buffer whose metas are those of @metas */
static GstBuffer *
push_metas (GstHarness * h, GstBuffer * metas, gsize size)
{
  GstBuffer *buffer = gst_harness_create_buffer (h, size), *out;

  gst_buffer_memset (buffer, 0, 0x55, -1);
  gst_buffer_copy_into (buffer, metas, GST_BUFFER_COPY_META, 0, -1);
  out = gst_harness_push_and_pull (h, buffer);
  fail_unless (out != NULL);
  return out;
}

static void
count_other_metas (GstBuffer * buffer, guint * n)
{
  gpointer state = NULL;
  GstMeta *meta;

  *n = 0;
  while ((meta = gst_buffer_iterate_meta (buffer, &state))) {
    if (meta->info->api == GST_VIDEO_META_API_TYPE)
      continue;
    fail_unless_equals_int (gst_buffer_get_n_meta (buffer, meta->info->api),
        1);
    (*n)++;
  }
}

GST_START_TEST (element_carries_each_meta_once)
{
  GstHarness *h = new_harness (GRAY ("width=320,height=240"),
      GRAY ("width=640,height=480"));
  GstVideoOverlayRectangle *rectangle = new_rectangle (10, 20, 30, 40);
  GstBuffer *metas = gst_buffer_new (), *out;
  static const guint8 cc[] = { 0xfc, 0x94, 0x2c };
  GstVideoRegionOfInterestMeta *region;
  guint n;

  gst_buffer_add_video_region_of_interest_meta (metas, "face", 0, 1, 2, 3);
  add_overlay (metas, rectangle);
  add_affine (metas, some_matrix);
  gst_buffer_add_video_afd_meta (metas, 0, GST_VIDEO_AFD_SPEC_ATSC_A53,
      GST_VIDEO_AFD_4_3_FULL_16_9_FULL);
  gst_buffer_add_video_bar_meta (metas, 0, FALSE, 9, 310);
  gst_buffer_add_video_caption_meta (metas, GST_VIDEO_CAPTION_TYPE_CEA708_RAW,
      cc, sizeof (cc));
  gst_buffer_add_video_time_code_meta_full (metas, 25, 1, NULL, 0, 1, 2, 3, 4,
      0);
  gst_buffer_add_video_crop_meta (metas);

  out = push_metas (h, metas, 320 * 240);
  count_other_metas (out, &n);
  fail_unless_equals_int (n, 7);
  region = (gpointer) gst_buffer_get_meta (out, REGION);
  fail_unless_equals_int (region->x, 0);
  fail_unless_equals_int (region->y, 2);
  fail_unless_equals_int (region->w, 4);
  fail_unless_equals_int (region->h, 6);

  gst_video_overlay_rectangle_unref (rectangle);
  gst_buffer_unref (metas);
  gst_buffer_unref (out);
  gst_harness_teardown (h);
}

GST_END_TEST;

GST_START_TEST (element_moves_region_and_overlay_by_its_borders)
{
  GstHarness *h = new_harness (GRAY ("width=320,height=240"),
      GRAY ("width=320,height=120"));
  GstVideoOverlayRectangle *rectangle = new_rectangle (10, 20, 30, 40);
  GstBuffer *metas = gst_buffer_new (), *out;
  GstVideoRegionOfInterestMeta *region;
  GstVideoOverlayCompositionMeta *overlay;

  gst_buffer_add_video_region_of_interest_meta (metas, "face", 10, 20, 30, 40);
  add_overlay (metas, rectangle);
  out = push_metas (h, metas, 320 * 240);

  /* 160x120 at 80,0 */
  region = (gpointer) gst_buffer_get_meta (out, REGION);
  fail_unless_equals_int (region->x, 80 + 5);
  fail_unless_equals_int (region->y, 10);
  fail_unless_equals_int (region->w, 15);
  fail_unless_equals_int (region->h, 20);
  overlay = (gpointer) gst_buffer_get_meta (out, OVERLAY);
  fail_unless_rectangle (overlay->overlay, 0, 80 + 5, 10, 15, 20);

  gst_video_overlay_rectangle_unref (rectangle);
  gst_buffer_unref (metas);
  gst_buffer_unref (out);
  gst_harness_teardown (h);
}

GST_END_TEST;

#define GRAY_OVERLAY(size) \
    "video/x-raw(memory:SystemMemory,meta:GstVideoOverlayComposition)," \
    "format=GRAY8,framerate=25/1,pixel-aspect-ratio=1/1," size

GST_START_TEST (element_scales_with_the_overlay_feature_in_the_caps)
{
  GstHarness *h = new_harness (GRAY_OVERLAY ("width=320,height=240"),
      GRAY_OVERLAY ("width=640,height=480"));
  GstVideoOverlayRectangle *rectangle = new_rectangle (10, 20, 30, 40);
  GstBuffer *metas = gst_buffer_new (), *out;
  GstVideoOverlayCompositionMeta *overlay;

  add_overlay (metas, rectangle);
  out = push_metas (h, metas, 320 * 240);
  fail_unless_equals_int (gst_buffer_get_size (out), 640 * 480);
  fail_unless_equals_int (gst_buffer_get_n_meta (out, OVERLAY), 1);
  overlay = (gpointer) gst_buffer_get_meta (out, OVERLAY);
  fail_unless_rectangle (overlay->overlay, 0, 20, 40, 60, 80);

  gst_video_overlay_rectangle_unref (rectangle);
  gst_buffer_unref (metas);
  gst_buffer_unref (out);
  gst_harness_teardown (h);
}

GST_END_TEST;

GST_START_TEST (element_scales_all_of_a_cropped_frame)
{
  static const guint8 picture[16] = {
    0, 0, 200, 200, 0, 0, 200, 200, 0, 0, 200, 200, 0, 0, 200, 200
  };
  GstHarness *h = new_harness (GRAY ("width=4,height=4"),
      GRAY ("width=2,height=2"));
  GstBuffer *in = gst_harness_create_buffer (h, 16), *out;
  GstVideoCropMeta *crop = gst_buffer_add_video_crop_meta (in);
  guint8 got[6];

  crop->x = 2;
  crop->width = 2;
  crop->height = 4;
  gst_buffer_fill (in, 0, picture, sizeof (picture));
  out = gst_harness_push_and_pull (h, in);
  fail_unless_equals_int (gst_buffer_extract (out, 0, got, 6), 6);
  /* rows of GRAY8 are padded to four bytes */
  fail_unless_equals_int (got[0], 0);
  fail_unless_equals_int (got[1], 200);
  fail_unless_equals_int (got[4], 0);
  fail_unless_equals_int (got[5], 200);
  fail_if (gst_buffer_get_meta (out, GST_VIDEO_CROP_META_API_TYPE));
  gst_buffer_unref (out);
  gst_harness_teardown (h);
}

GST_END_TEST;

GST_START_TEST (element_proposes_metas_that_come_through)
{
  GstHarness *h = new_harness (GRAY ("width=320,height=240"),
      GRAY ("width=640,height=480"));
  GstBuffer *metas = gst_buffer_new ();
  GstCaps *caps = gst_caps_from_string (GRAY ("width=320,height=240"));
  GstQuery *query = gst_query_new_allocation (caps, FALSE);
  guint n;

  gst_harness_add_propose_allocation_meta (h, OVERLAY, NULL);
  gst_harness_add_propose_allocation_meta (h, REGION, NULL);
  gst_harness_add_propose_allocation_meta (h, GST_VIDEO_CROP_META_API_TYPE,
      NULL);
  gst_buffer_unref (push_metas (h, metas, 320 * 240));

  fail_unless (gst_pad_peer_query (h->srcpad, query));
  fail_unless (gst_query_find_allocation_meta (query, OVERLAY, &n));
  fail_unless (gst_query_find_allocation_meta (query, REGION, &n));
  fail_unless (gst_query_find_allocation_meta (query, GST_VIDEO_META_API_TYPE,
          &n));
  fail_if (gst_query_find_allocation_meta (query, GST_VIDEO_CROP_META_API_TYPE,
          &n));

  gst_query_unref (query);
  gst_caps_unref (caps);
  gst_buffer_unref (metas);
  gst_harness_teardown (h);
}

GST_END_TEST;

/* The composition of the frame that comes out when one with @composition goes
 * in */
static GstVideoOverlayComposition *
push_composition (GstHarness * h, GstVideoOverlayComposition * composition)
{
  GstBuffer *metas = gst_buffer_new (), *out;
  GstVideoOverlayComposition *result;

  gst_buffer_add_video_overlay_composition_meta (metas, composition);
  out = push_metas (h, metas, 320 * 240);
  result = ((GstVideoOverlayCompositionMeta *) gst_buffer_get_meta (out,
          OVERLAY))->overlay;
  gst_video_overlay_composition_ref (result);
  gst_buffer_unref (metas);
  gst_buffer_unref (out);
  return result;
}

/* Whoever draws overlays keeps what it made of a composition, by its sequence
 * number */
GST_START_TEST (element_keeps_the_composition_of_an_overlay_that_stays)
{
  GstHarness *h = new_harness (GRAY ("width=320,height=240"),
      GRAY ("width=320,height=120"));
  GstVideoOverlayRectangle *rectangle = new_rectangle (10, 20, 30, 40);
  GstVideoOverlayComposition *first =
      gst_video_overlay_composition_new (rectangle);
  GstVideoOverlayComposition *second =
      gst_video_overlay_composition_new (rectangle);
  GstVideoOverlayComposition *out[4];
  guint i;

  out[0] = push_composition (h, first);
  out[1] = push_composition (h, first);
  out[2] = push_composition (h, second);
  g_object_set (h->element, "add-borders", FALSE, NULL);
  out[3] = push_composition (h, second);

  fail_unless_equals_int (gst_video_overlay_composition_get_seqnum (out[0]),
      gst_video_overlay_composition_get_seqnum (out[1]));
  fail_if (gst_video_overlay_composition_get_seqnum (out[1]) ==
      gst_video_overlay_composition_get_seqnum (out[2]));
  fail_unless_rectangle (out[1], 0, 80 + 5, 10, 15, 20);
  fail_unless_rectangle (out[2], 0, 80 + 5, 10, 15, 20);
  fail_unless_rectangle (out[3], 0, 10, 10, 30, 20);

  for (i = 0; i < G_N_ELEMENTS (out); i++)
    gst_video_overlay_composition_unref (out[i]);
  gst_video_overlay_composition_unref (second);
  gst_video_overlay_composition_unref (first);
  gst_video_overlay_rectangle_unref (rectangle);
  gst_harness_teardown (h);
}

GST_END_TEST;

static Suite *
metas_element_suite (void)
{
  Suite *suite = suite_create ("metas-element");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_add_test (tc, element_carries_each_meta_once);
  tcase_add_test (tc, element_moves_region_and_overlay_by_its_borders);
  tcase_add_test (tc, element_scales_with_the_overlay_feature_in_the_caps);
  tcase_add_test (tc, element_keeps_the_composition_of_an_overlay_that_stays);
  tcase_add_test (tc, element_scales_all_of_a_cropped_frame);
  tcase_add_test (tc, element_proposes_metas_that_come_through);
  return suite;
}

GST_CHECK_MAIN (metas_element);

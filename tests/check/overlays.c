/* GStreamer areascale: tests of overlay compositions
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "change.h"

/* Where an overlay at the given place comes out */
static void
fail_unless_overlay (Change * c, gint x, gint y, guint w, guint h)
{
  GstVideoOverlayCompositionMeta *out = carried (c, OVERLAY);

  fail_unless_equals_int (gst_video_overlay_composition_n_rectangles
      (out->overlay), 1);
  fail_unless_rectangle (out->overlay, 0, x, y, w, h);
}

GST_START_TEST (overlay_is_scaled_and_moved)
{
  const GstVideoRectangle content = { 40, 30, 160, 60 };
  GstVideoOverlayRectangle *rectangle = new_rectangle (32, -48, 64, 80);
  GstVideoOverlayCompositionMeta *out;
  GstVideoOverlayRectangle *moved;
  Change c;

  gst_video_overlay_rectangle_set_global_alpha (rectangle, 0.25);
  change_init (&c, 320, 240, 240, 120, content);
  add_overlay (c.inbuf, rectangle);
  carry (&c);
  fail_unless_overlay (&c, 40 + 16, 30 - 12, 32, 20);

  out = carried (&c, OVERLAY);
  moved = gst_video_overlay_composition_get_rectangle (out->overlay, 0);
  fail_unless_equals_float (gst_video_overlay_rectangle_get_global_alpha
      (moved), 0.25);
  fail_unless_equals_int (gst_video_overlay_rectangle_get_flags (moved),
      gst_video_overlay_rectangle_get_flags (rectangle));
  gst_video_overlay_rectangle_unref (rectangle);
  change_clear (&c);
}

GST_END_TEST;

GST_START_TEST (overlay_pixels_are_shared_and_input_untouched)
{
  GstVideoOverlayRectangle *rectangle = new_rectangle (10, 20, 4, 4), *moved;
  GstVideoOverlayCompositionMeta *in, *out;
  Change c;

  change_init_full (&c, 320, 240, 640, 480);
  add_overlay (c.inbuf, rectangle);
  carry (&c);

  in = (gpointer) gst_buffer_get_meta (c.inbuf, OVERLAY);
  out = carried (&c, OVERLAY);
  fail_unless_rectangle (in->overlay, 0, 10, 20, 4, 4);
  fail_unless_rectangle (out->overlay, 0, 20, 40, 8, 8);
  moved = gst_video_overlay_composition_get_rectangle (out->overlay, 0);
  fail_unless (gst_video_overlay_rectangle_get_pixels_unscaled_raw (moved,
          GST_VIDEO_OVERLAY_FORMAT_FLAG_PREMULTIPLIED_ALPHA)
      == gst_video_overlay_rectangle_get_pixels_unscaled_raw (rectangle,
          GST_VIDEO_OVERLAY_FORMAT_FLAG_PREMULTIPLIED_ALPHA));
  gst_video_overlay_rectangle_unref (rectangle);
  change_clear (&c);
}

GST_END_TEST;

GST_START_TEST (overlay_neighbours_stay_neighbours)
{
  GstVideoOverlayRectangle *left = new_rectangle (0, 0, 7, 9);
  GstVideoOverlayRectangle *right = new_rectangle (7, 9, 20, 20);
  GstVideoOverlayComposition *composition =
      gst_video_overlay_composition_new (left);
  GstVideoOverlayCompositionMeta *out;
  Change c;

  gst_video_overlay_composition_add_rectangle (composition, right);
  change_init_full (&c, 100, 100, 33, 150);
  gst_buffer_add_video_overlay_composition_meta (c.inbuf, composition);
  carry (&c);

  /* 7 * .33 = 2.31, 27 * .33 = 8.91, 9 * 1.5 = 13.5, 29 * 1.5 = 43.5 */
  out = carried (&c, OVERLAY);
  fail_unless_equals_int (gst_video_overlay_composition_n_rectangles
      (out->overlay), 2);
  fail_unless_rectangle (out->overlay, 0, 0, 0, 2, 14);
  fail_unless_rectangle (out->overlay, 1, 2, 14, 7, 30);
  gst_video_overlay_composition_unref (composition);
  gst_video_overlay_rectangle_unref (left);
  gst_video_overlay_rectangle_unref (right);
  change_clear (&c);
}

GST_END_TEST;

GST_START_TEST (overlay_of_any_value_stays_in_range)
{
  static const struct
  {
    gint in, size, x;
    guint w;
    gint expect_x;
    guint expect_w;
  } cases[] = {
    {1, 32767, G_MAXINT, G_MAXUINT, G_MAXINT, 1},
    {1, 32767, G_MININT, G_MAXUINT, G_MININT, G_MAXINT},
    {1, 32767, 100000, 10, G_MAXINT, 1},
    {32767, 1, G_MAXINT, G_MAXUINT, 65538, 1},
    {32767, 1, G_MININT, 1, -65538, 1},
    {100, 1, 3, 1, 0, 1},
    {100, 1, -51, 1, -1, 1},
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    GstVideoOverlayRectangle *rectangle =
        new_rectangle (cases[i].x, cases[i].x, cases[i].w, cases[i].w);
    Change c;

    change_init_full (&c, cases[i].in, cases[i].in, cases[i].size,
        cases[i].size);
    add_overlay (c.inbuf, rectangle);
    carry (&c);
    fail_unless_overlay (&c, cases[i].expect_x, cases[i].expect_x,
        cases[i].expect_w, cases[i].expect_w);
    gst_video_overlay_rectangle_unref (rectangle);
    change_clear (&c);
  }
}

GST_END_TEST;

GST_START_TEST (overlay_without_area_or_composition_is_left_out)
{
  GstVideoOverlayRectangle *rectangle = new_rectangle (1, 2, 3, 4);
  GstVideoOverlayCompositionMeta *out;
  Change c;

  gst_video_overlay_rectangle_set_render_rectangle (rectangle, 1, 2, 0, 4);
  change_init_full (&c, 320, 240, 640, 480);
  add_overlay (c.inbuf, rectangle);
  gst_buffer_add_meta (c.inbuf, GST_VIDEO_OVERLAY_COMPOSITION_META_INFO, NULL);
  carry (&c);
  out = carried (&c, OVERLAY);
  fail_unless_equals_int (gst_video_overlay_composition_n_rectangles
      (out->overlay), 0);
  gst_video_overlay_rectangle_unref (rectangle);
  change_clear (&c);
}

GST_END_TEST;

static Suite *
overlays_suite (void)
{
  Suite *suite = suite_create ("overlays");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_add_test (tc, overlay_is_scaled_and_moved);
  tcase_add_test (tc, overlay_pixels_are_shared_and_input_untouched);
  tcase_add_test (tc, overlay_neighbours_stay_neighbours);
  tcase_add_test (tc, overlay_of_any_value_stays_in_range);
  tcase_add_test (tc, overlay_without_area_or_composition_is_left_out);
  return suite;
}

GST_CHECK_MAIN (overlays);

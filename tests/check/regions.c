/* GStreamer areascale: tests of regions of interest
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "change.h"

static void
fail_unless_region (Change * c, guint x, guint y, guint w, guint h)
{
  GstVideoRegionOfInterestMeta *region = carried (c, REGION);

  fail_unless_equals_int64 (region->x, x);
  fail_unless_equals_int64 (region->y, y);
  fail_unless_equals_int64 (region->w, w);
  fail_unless_equals_int64 (region->h, h);
}

GST_START_TEST (region_grows_with_the_picture)
{
  Change c;

  change_init_full (&c, 320, 240, 640, 480);
  gst_buffer_add_video_region_of_interest_meta (c.inbuf, "face", 0, 1, 2, 3);
  carry (&c);
  fail_unless_region (&c, 0, 2, 4, 6);
  change_clear (&c);
}

GST_END_TEST;

GST_START_TEST (region_moves_with_the_border)
{
  const GstVideoRectangle content = { 40, 30, 160, 60 };
  Change c;

  change_init (&c, 320, 240, 240, 120, content);
  gst_buffer_add_video_region_of_interest_meta (c.inbuf, "x", 32, 48, 64, 80);
  carry (&c);
  fail_unless_region (&c, 40 + 16, 30 + 12, 32, 20);
  change_clear (&c);
}

GST_END_TEST;

GST_START_TEST (region_keeps_identity_and_params)
{
  GstVideoRegionOfInterestMeta *in, *out;
  GstStructure *param;
  gint qp = 0;
  Change c;

  change_init_full (&c, 320, 240, 640, 480);
  in = gst_buffer_add_video_region_of_interest_meta (c.inbuf, "car", 2, 2, 4,
      4);
  in->id = 7;
  in->parent_id = 3;
  gst_video_region_of_interest_meta_add_param (in,
      gst_structure_new ("roi/x264enc", "delta-qp", G_TYPE_INT, -5, NULL));
  gst_video_region_of_interest_meta_add_param (in,
      gst_structure_new_empty ("other"));
  carry (&c);

  out = carried (&c, REGION);
  fail_unless_equals_int (out->roi_type, g_quark_from_string ("car"));
  fail_unless_equals_int (out->id, 7);
  fail_unless_equals_int (out->parent_id, 3);
  fail_unless_equals_int (g_list_length (out->params), 2);
  param = gst_video_region_of_interest_meta_get_param (out, "roi/x264enc");
  fail_unless (gst_structure_get_int (param, "delta-qp", &qp));
  fail_unless_equals_int (qp, -5);
  /* a copy of its own: it outlives the input */
  fail_if (param == gst_video_region_of_interest_meta_get_param (in,
          "roi/x264enc"));
  change_clear (&c);
}

GST_END_TEST;

/* Whether output pixel o of a size shows any of the input pixels from .. to */
static gboolean
shows (gint o, gint size, gint in, guint from, guint to)
{
  return (guint64) o *in < (guint64) to * size
      && (guint64) (o + 1) * in > (guint64) from *size;
}

static void
fail_unless_covers (gint size, gint in, gint pos, guint from, guint length,
    guint got_from, guint got_length)
{
  gint o;

  for (o = 0; o < size; o++)
    fail_unless_equals_int (length > 0
        && shows (o, size, in, from, from + length),
        got_length > 0 && (guint) (o + pos) >= got_from
        && (guint) (o + pos) < got_from + got_length);
}

GST_START_TEST (region_covers_every_pixel_that_shows_it)
{
  GRand *rand = g_rand_new_with_seed (4);
  gint i;

  for (i = 0; i < 2000; i++) {
    const GstVideoRectangle content = {
      g_rand_int_range (rand, 0, 9), g_rand_int_range (rand, 0, 9),
      g_rand_int_range (rand, 1, 90), g_rand_int_range (rand, 1, 90)
    };
    const gint in_w = g_rand_int_range (rand, 1, 90);
    const gint in_h = g_rand_int_range (rand, 1, 90);
    const guint x = g_rand_int_range (rand, 0, in_w);
    const guint y = g_rand_int_range (rand, 0, in_h);
    const guint w = g_rand_int_range (rand, 0, in_w - x + 1);
    const guint h = g_rand_int_range (rand, 0, in_h - y + 1);
    GstVideoRegionOfInterestMeta *out;
    Change c;

    change_init (&c, in_w, in_h, content.w + 20, content.h + 20, content);
    gst_buffer_add_video_region_of_interest_meta (c.inbuf, "x", x, y, w, h);
    carry (&c);
    out = carried (&c, REGION);
    fail_unless_covers (content.w, in_w, content.x, x, w, out->x, out->w);
    fail_unless_covers (content.h, in_h, content.y, y, h, out->y, out->h);
    change_clear (&c);
  }
  g_rand_free (rand);
}

GST_END_TEST;

GST_START_TEST (nested_regions_stay_nested)
{
  gpointer state = NULL;
  GstVideoRegionOfInterestMeta *face, *eye, *in;
  Change c;

  /* the eye is on the last pixel of the face, the scale is not an integer */
  change_init_full (&c, 320, 240, 97, 31);
  in = gst_buffer_add_video_region_of_interest_meta (c.inbuf, "face", 11, 13,
      50, 60);
  in->id = 1;
  in = gst_buffer_add_video_region_of_interest_meta (c.inbuf, "eye", 60, 72, 1,
      1);
  in->id = 2;
  in->parent_id = 1;
  carry (&c);

  fail_unless_equals_int (gst_buffer_get_n_meta (c.outbuf, REGION), 2);
  face = (gpointer) gst_buffer_iterate_meta (c.outbuf, &state);
  eye = (gpointer) gst_buffer_iterate_meta (c.outbuf, &state);
  if (face->id != 1) {
    gpointer other = face;

    face = eye;
    eye = other;
  }
  fail_unless_equals_int (face->id, 1);
  fail_unless_equals_int (eye->parent_id, 1);
  fail_unless (eye->w > 0 && eye->h > 0);
  fail_unless (eye->x >= face->x && eye->x + eye->w <= face->x + face->w);
  fail_unless (eye->y >= face->y && eye->y + eye->h <= face->y + face->h);
  change_clear (&c);
}

GST_END_TEST;

GST_START_TEST (region_never_leaves_the_picture)
{
  static const guint values[] = {
    0, 1, 319, 320, 321, 32767, G_MAXINT, (guint) G_MAXINT + 1, G_MAXUINT - 1,
    G_MAXUINT
  };
  const GstVideoRectangle content = { 6, 4, 32000, 100 };
  const guint n = G_N_ELEMENTS (values);
  guint i;

  for (i = 0; i < n * n; i++) {
    const guint start = values[i / n], length = values[i % n];
    GstVideoRegionOfInterestMeta *out;
    Change c;

    change_init (&c, 320, 240, 32012, 108, content);
    gst_buffer_add_video_region_of_interest_meta (c.inbuf, "x", start, start,
        length, length);
    carry (&c);
    out = carried (&c, REGION);
    fail_unless (out->x >= 6 && out->x <= 32006);
    fail_unless (out->y >= 4 && out->y <= 104);
    fail_unless (out->w <= 32006 - out->x);
    fail_unless (out->h <= 104 - out->y);
    /* what touches the picture is not lost */
    fail_unless_equals_int (out->w > 0, start < 320 && length > 0);
    fail_unless_equals_int (out->h > 0, start < 240 && length > 0);
    change_clear (&c);
  }
}

GST_END_TEST;

static Suite *
regions_suite (void)
{
  Suite *suite = suite_create ("regions");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_add_test (tc, region_grows_with_the_picture);
  tcase_add_test (tc, region_moves_with_the_border);
  tcase_add_test (tc, region_keeps_identity_and_params);
  tcase_add_test (tc, region_covers_every_pixel_that_shows_it);
  tcase_add_test (tc, nested_regions_stay_nested);
  tcase_add_test (tc, region_never_leaves_the_picture);
  return suite;
}

GST_CHECK_MAIN (regions);

/* GStreamer areascale: samples of 16 bits at odd addresses
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "oracle.h"
#include "rig.h"

static const GstVideoFormat *formats;
static guint n_formats;

static gboolean
has_words (const GstVideoFormatInfo * finfo)
{
  guint i;

  for (i = 0; i < finfo->n_components; i++) {
    if (finfo->depth[i] > 8 && finfo->pixel_stride[i] > 1)
      return TRUE;
  }
  return FALSE;
}

/* Words at odd addresses, at every second row only, or at both. */
static void
move_oddly (Picture * picture)
{
  static const struct
  {
    gsize offset;
    gint gap;
  } ways[] = { {1, 0}, {0, 1}, {1, 1}, {3, 6}, {2, 3} };
  guint i = any_of (0, G_N_ELEMENTS (ways) - 1);

  picture_move (picture, ways[i].offset, ways[i].gap);
}

static void
run_odd (const Case * c)
{
  Picture in, out;
  gint sides = any_of (1, 3);

  picture_init (&in, c, c->in_width, c->in_height);
  picture_init (&out, c, c->out_width, c->out_height);
  if (sides & 1)
    move_oddly (&in);
  if (sides & 2)
    move_oddly (&out);
  run_pictures (c, &in, &out);
  picture_clear (&in);
  picture_clear (&out);
}

static void
add_field (Case * c)
{
  c->mode = GST_VIDEO_INTERLACE_MODE_INTERLEAVED;
  c->interlaced = TRUE;
}

static void
frame_it (Case * c)
{
  c->content_x = c->content_y = 8;
  c->content_w = GST_ROUND_UP_4 (c->content_w);
  c->content_h = GST_ROUND_UP_4 (c->content_h);
  c->out_width = c->content_w + 12;
  c->out_height = c->content_h + 20;
}

GST_START_TEST (test_words_may_lie_anywhere)
{
  const GstVideoFormatInfo *finfo =
      gst_video_format_get_info (formats[__i__]);
  Case c;
  guint i;

  if (!has_words (finfo) || !gst_area_engine_handles_format (finfo->format))
    return;
  g_rand_set_seed (rng, 1000 + finfo->format);
  for (i = 0; i < rig_n_rounds (40); i++) {
    any_case (&c, finfo->format);
    if (i % 4 == 1)
      add_field (&c);
    if (i % 4 == 2)
      frame_it (&c);
    run_odd (&c);
  }
}

GST_END_TEST;

/* Few rows are cut into columns. */
GST_START_TEST (test_more_threads_than_rows)
{
  static const GstVideoFormat some[] = { GST_VIDEO_FORMAT_GRAY16_LE,
    GST_VIDEO_FORMAT_GRAY16_BE, GST_VIDEO_FORMAT_P010_10LE,
    GST_VIDEO_FORMAT_Y210, GST_VIDEO_FORMAT_ARGB64
  };
  guint i;
  gint rows;

  for (i = 0; i < G_N_ELEMENTS (some); i++) {
    for (rows = 1; rows < 6; rows++) {
      Case c;

      any_case (&c, some[i]);
      c.n_threads = 16;
      c.out_width = c.content_w = any_of (1, 99);
      c.out_height = c.content_h = rows;
      run_odd (&c);
    }
  }
}

GST_END_TEST;

/* The picture of a PGM file is what follows 15 bytes of header. */
static GstBuffer *
behind_header (GstBuffer * picture)
{
  static const gchar header[] = "P5\n178 9\n65535\n";
  gsize size = strlen (header);
  GstBuffer *file = gst_buffer_new_memdup (header, size);
  GstBuffer *part;

  file = gst_buffer_append (file, gst_buffer_copy_deep (picture));
  gst_buffer_replace_all_memory (file, gst_buffer_get_all_memory (file));
  part = gst_buffer_copy_region (file, GST_BUFFER_COPY_MEMORY, size, -1);
  gst_buffer_unref (file);
  return part;
}

static void
check_file (const gchar * in_caps, const gchar * out_caps)
{
  GstBuffer *plain, *from_plain, *from_file;
  GstMapInfo map;
  Rig rig;

  rig_init (&rig, in_caps, out_caps);
  plain = rig_noise (&rig.in, 1);
  from_file = gst_harness_push_and_pull (rig.h, behind_header (plain));
  from_plain = gst_harness_push_and_pull (rig.h, plain);
  rig_assert_no_error (&rig);

  gst_buffer_map (from_plain, &map, GST_MAP_READ);
  gst_check_buffer_data (from_file, map.data, map.size);
  gst_buffer_unmap (from_plain, &map);
  gst_buffer_unref (from_plain);
  gst_buffer_unref (from_file);
  rig_clear (&rig);
}

GST_START_TEST (test_a_file_whose_header_was_cut_off)
{
  check_file (CAPS ("GRAY16_BE", 178, 9), CAPS ("GRAY16_BE", 50, 4));
  check_file (CAPS ("GRAY16_LE", 178, 9), CAPS ("GRAY16_LE", 50, 4));
}

GST_END_TEST;

static Suite *
odd_addresses_suite (void)
{
  Suite *suite = suite_create ("odd-addresses");
  TCase *tc = tcase_create ("engine");

  formats = gst_video_formats_raw (&n_formats);

  suite_add_tcase (suite, tc);
  tcase_add_checked_fixture (tc, cases_set_up, cases_tear_down);
  tcase_add_loop_test (tc, test_words_may_lie_anywhere, 0, n_formats);
  tcase_add_test (tc, test_more_threads_than_rows);
  tcase_add_test (tc, test_a_file_whose_header_was_cut_off);
  return suite;
}

GST_CHECK_MAIN (odd_addresses);

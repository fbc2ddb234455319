/* GStreamer areascale: the checks that videoscale has, with their pixels
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "rig.h"
#include "engine.h"

#define SEED 41

static const GstVideoFormat *raw_formats;
static guint n_raw_formats;

/* Every format at these sizes, both ways */
static const struct
{
  gint a[2], b[2];
} sizes[] = {
  {{640, 480}, {320, 240}},
  {{640, 480}, {1, 1}},
  {{640, 480}, {320, 1}},
  {{640, 480}, {1, 240}},
  {{641, 481}, {111, 30}},
  {{641, 481}, {30, 111}},
};

static void
set_sizes (Rig * rig, const gchar * format, const gint in[2], const gint out[2])
{
  gchar *caps[2];
  guint i;

  for (i = 0; i < 2; i++)
    caps[i] = g_strdup_printf ("video/x-raw,format=%s,width=%d,height=%d,"
        "framerate=25/1,pixel-aspect-ratio=1/1", format, i ? out[0] : in[0],
        i ? out[1] : in[1]);
  rig_set_out_caps (rig, caps[1]);
  rig_set_in_caps (rig, caps[0]);
  g_free (caps[0]);
  g_free (caps[1]);
}

/* The samples of one line, unpacked, to the end of a tile; what a format's words
 * have below its values is cut off */
static void
unpack_line (const GstVideoFrame * frame, gint y, guint8 * pixels)
{
  const GstVideoFormatInfo *finfo = frame->info.finfo;
  gint n = GST_ROUND_UP_16 (frame->info.width), i;

  finfo->unpack_func (finfo, GST_VIDEO_PACK_FLAG_NONE, pixels, frame->data,
      frame->info.stride, 0, y, n);
  for (i = 0; i < 4 * n && finfo->depth[0] > 8; i++)
    ((guint16 *) pixels)[i] >>= 16 - finfo->depth[0];
}

/* A copy of @buffer's pixels that unpacking may run over the end of */
static GstBuffer *
with_slack (GstBuffer * buffer)
{
  GstBuffer *copy = gst_buffer_copy_deep (buffer);
  GstMemory *slack = gst_allocator_alloc (NULL, 0x10000, NULL);

  gst_buffer_append_memory (copy, slack);
  gst_buffer_memset (copy, gst_buffer_get_size (buffer), 0x55, -1);
  gst_buffer_replace_all_memory (copy, gst_buffer_get_all_memory (copy));
  return copy;
}

/* The first pixel of a frame whose bytes are all 0x55 is each of its pixels,
 * and each of what becomes of them. */
static void
assert_flat (const GstVideoInfo * info, GstBuffer * buffer)
{
  const gint bytes =
      gst_video_format_get_info (info->finfo->unpack_format)->bits / 2;
  gsize n = (gsize) GST_ROUND_UP_16 (info->width) * bytes;
  GstBuffer *expected = gst_buffer_new_allocate (NULL, info->size, NULL);
  GstBuffer *have = with_slack (buffer), *want;
  guint8 *line = g_malloc (n), *first = g_malloc (n);
  GstVideoFrame frame;
  gint x, y;

  gst_buffer_memset (expected, 0, 0x55, -1);
  want = with_slack (expected);
  gst_buffer_unref (expected);
  fail_unless (gst_video_frame_map (&frame, info, want, GST_MAP_READ));
  unpack_line (&frame, 0, first);
  gst_video_frame_unmap (&frame);

  fail_unless (gst_video_frame_map (&frame, info, have, GST_MAP_READ));
  for (y = 0; y < info->height; y++) {
    unpack_line (&frame, y, line);
    for (x = 0; x < info->width; x++) {
      if (memcmp (line + x * bytes, first, bytes) != 0)
        fail ("%s: pixel %d,%d differs", info->finfo->name, x, y);
    }
  }
  gst_video_frame_unmap (&frame);

  g_free (first);
  g_free (line);
  gst_buffer_unref (want);
  gst_buffer_unref (have);
}

static void
check_flat (Rig * rig)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, rig->in.size, NULL);

  gst_buffer_memset (buffer, 0, 0x55, -1);
  buffer = gst_harness_push_and_pull (rig->h, buffer);
  fail_unless (buffer != NULL);
  assert_flat (&rig->out, buffer);
  gst_buffer_unref (buffer);
}

GST_START_TEST (test_all_formats_at_all_sizes)
{
  GstVideoFormat format = raw_formats[__i__];
  const gchar *name = gst_video_format_to_string (format);
  Rig rig;
  guint i;

  if (!gst_area_engine_handles_format (format))
    return;
  rig_open (&rig);
  g_object_set (rig.h->element, "add-borders", FALSE, NULL);
  for (i = 0; i < rig_n_rounds (G_N_ELEMENTS (sizes)); i++) {
    set_sizes (&rig, name, sizes[i].a, sizes[i].b);
    check_flat (&rig);
    set_sizes (&rig, name, sizes[i].b, sizes[i].a);
    check_flat (&rig);
  }
  rig_assert_no_error (&rig);
  rig_clear (&rig);
}

GST_END_TEST;

static const gchar *const noisy_formats[] = {
  "I420", "NV12", "Y444", "AYUV", "RGB", "BGRx", "GRAY8", "GRAY16_LE",
  "P010_10LE", "I420_10LE", "ARGB64",
};

GST_START_TEST (test_noise_at_all_sizes)
{
  const gchar *name = noisy_formats[__i__];
  Rig rig;
  guint i;

  rig_open (&rig);
  g_object_set (rig.h->element, "add-borders", FALSE, NULL);
  for (i = 0; i < rig_n_rounds (G_N_ELEMENTS (sizes)); i++) {
    set_sizes (&rig, name, sizes[i].a, sizes[i].b);
    rig_check_frame (&rig, SEED + i);
    set_sizes (&rig, name, sizes[i].b, sizes[i].a);
    rig_check_frame (&rig, SEED - i);
  }
  rig_clear (&rig);
}

GST_END_TEST;

/* Downstream sees a template's caps on the other side. */
GST_START_TEST (test_templates_allow_every_format_on_both_sides)
{
  GstHarness *h = gst_harness_new (rig_element_name ());
  GstPad *pad = gst_element_get_static_pad (h->element, "src");
  GstCaps *caps = gst_pad_query_caps (pad, NULL);
  guint i;

  for (i = 0; i < n_raw_formats; i++) {
    GstVideoInfo info;
    GstCaps *wanted;

    gst_video_info_set_format (&info, raw_formats[i], 33, 17);
    wanted = gst_video_info_to_caps (&info);
    fail_unless (gst_caps_is_subset (wanted, caps), "%s",
        gst_video_format_to_string (raw_formats[i]));
    gst_caps_unref (wanted);
  }
  gst_caps_unref (caps);
  gst_object_unref (pad);
  gst_harness_teardown (h);
}

GST_END_TEST;

/* The element with a filter of caps after it. */
static GstHarness *
new_filtered_harness (void)
{
  gchar *line = g_strconcat (rig_element_name (),
      " ! capsfilter name=filter", NULL);
  GstHarness *h = gst_harness_new_parse (line);

  g_free (line);
  return h;
}

/* What comes out of one frame of @in through a filter of caps */
static void
assert_negotiates (const gchar * in, const gchar * filter, gint width,
    gint height, gint par_n, gint par_d)
{
  GstHarness *h = new_filtered_harness ();
  GstElement *element = gst_harness_find_element (h, "capsfilter");
  GstVideoInfo info;
  GstBuffer *buffer;
  GstCaps *caps;

  gst_util_set_object_arg (G_OBJECT (element), "caps", filter);
  gst_object_unref (element);
  gst_harness_set_src_caps_str (h, in);
  caps = gst_pad_get_current_caps (h->srcpad);
  fail_unless (gst_video_info_from_caps (&info, caps));
  gst_caps_unref (caps);
  buffer = gst_harness_push_and_pull (h, rig_noise (&info, SEED));
  fail_unless (buffer != NULL);

  caps = gst_pad_get_current_caps (h->sinkpad);
  fail_unless (gst_video_info_from_caps (&info, caps));
  fail_unless_equals_int (info.width, width);
  fail_unless_equals_int (info.height, height);
  fail_unless_equals_int (info.par_n, par_n);
  fail_unless_equals_int (info.par_d, par_d);
  fail_unless_equals_int (gst_buffer_get_size (buffer), info.size);
  gst_caps_unref (caps);
  gst_buffer_unref (buffer);
  gst_harness_teardown (h);
}

GST_START_TEST (test_negotiation_with_a_filter)
{
  assert_negotiates (CAPS ("AYUV", 720, 576), "video/x-raw", 720, 576, 1, 1);
  assert_negotiates (CAPS ("AYUV", 1920, 1080), "video/x-raw,width=320", 320,
      180, 1, 1);
  assert_negotiates (CAPS ("AYUV", 1920, 1080), "video/x-raw,height=240", 427,
      240, 1, 1);
  assert_negotiates ("video/x-raw,format=AYUV,width=720,height=576,"
      "framerate=25/1,pixel-aspect-ratio=16/15",
      "video/x-raw,pixel-aspect-ratio=1/1", 768, 576, 1, 1);
  assert_negotiates (CAPS ("AYUV", 320, 240),
      "video/x-raw,width=640,height=320,pixel-aspect-ratio=[1/2,2/1]", 640,
      320, 2, 3);
  assert_negotiates (CAPS ("AYUV", 640, 480),
      "video/x-raw,width=[1,100],height=[1,100],pixel-aspect-ratio=1/1", 100,
      75, 1, 1);
}

GST_END_TEST;

/* Only the pixel aspect ratio differs: nothing to scale, but borders */
GST_START_TEST (test_base_transform_negotiation)
{
  static const gchar wide[] = "video/x-raw,format=UYVY,width=352,height=288,"
      "framerate=25/1,pixel-aspect-ratio=12/11";
  guint8 pair[4], sides[4] = { 128, 16, 128, 16 };
  GstBuffer *inbuf, *outbuf;
  GstVideoInfo info;
  Rig rig;

  rig_init (&rig, CAPS ("UYVY", 352, 288), wide);
  outbuf = gst_harness_push_and_pull (rig.h, rig_noise (&rig.in, SEED));
  fail_unless (outbuf != NULL);
  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_UYVY, 352, 288);
  fail_unless_equals_int (gst_buffer_get_size (outbuf), info.size);
  gst_buffer_extract (outbuf, 0, pair, 4);
  fail_unless (memcmp (pair, sides, 4) == 0);
  gst_buffer_unref (outbuf);

  g_object_set (rig.h->element, "add-borders", FALSE, NULL);
  inbuf = rig_noise (&rig.in, SEED);
  outbuf = gst_harness_push_and_pull (rig.h, gst_buffer_ref (inbuf));
  fail_unless (outbuf == inbuf);
  gst_buffer_unref (outbuf);
  gst_buffer_unref (inbuf);
  rig_clear (&rig);
}

GST_END_TEST;

#define FIELDS "video/x-raw(format:Interlaced),format=ARGB,framerate=25/1,"
#define FRAMES "video/x-raw,format=ARGB,framerate=25/1,"

GST_START_TEST (test_alternate_negotiation)
{
  static const struct
  {
    const gchar *in, *out;
    GstFlowReturn ret;
  } cases[] = {
    {FIELDS "interlace-mode=alternate,width=1,height=2",
        FRAMES "width=1,height=1", GST_FLOW_NOT_NEGOTIATED},
    {FRAMES "width=1,height=2", FIELDS "interlace-mode=alternate,width=1,"
          "height=1", GST_FLOW_NOT_NEGOTIATED},
    {FIELDS "interlace-mode=alternate,width=1,height=2",
        FIELDS "interlace-mode=alternate,width=1,height=1", GST_FLOW_OK},
  };
  Rig rig;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    rig_init (&rig, cases[i].in, cases[i].out);
    fail_unless_equals_int (gst_harness_push (rig.h, rig_noise (&rig.in, i)),
        cases[i].ret);
    rig_clear (&rig);
  }
}

GST_END_TEST;

GST_START_TEST (test_region_of_interest_through_an_upscale)
{
  GstVideoRegionOfInterestMeta *region;
  GstBuffer *buffer;
  Rig rig;

  rig_init (&rig, "video/x-raw,width=4,height=4,format=GRAY8",
      "video/x-raw,width=8,height=8,format=GRAY8");
  buffer = rig_noise (&rig.in, SEED);
  gst_buffer_add_video_region_of_interest_meta (buffer, "face", 0, 1, 2, 3);
  buffer = gst_harness_push_and_pull (rig.h, buffer);
  fail_unless_equals_int (gst_buffer_get_n_meta (buffer,
          GST_VIDEO_REGION_OF_INTEREST_META_API_TYPE), 1);
  region = gst_buffer_get_video_region_of_interest_meta_id (buffer, 0);
  fail_unless_equals_int (region->x, 0);
  fail_unless_equals_int (region->y, 2);
  fail_unless_equals_int (region->w, 4);
  fail_unless_equals_int (region->h, 6);
  gst_buffer_unref (buffer);
  rig_clear (&rig);
}

GST_END_TEST;

GST_START_TEST (test_filter_caps_change_between_frames)
{
  GstHarness *h = new_filtered_harness ();
  GstElement *filter = gst_harness_find_element (h, "capsfilter");
  gint width;

  gst_harness_set_src_caps_str (h, CAPS ("I420", 64, 32));
  for (width = 2; width < 130; width += 2) {
    gchar *caps = g_strdup_printf ("video/x-raw,width=%d", width);
    GstVideoInfo in, out;
    GstBuffer *inbuf, *outbuf;

    gst_video_info_set_format (&in, GST_VIDEO_FORMAT_I420, 64, 32);
    gst_video_info_set_format (&out, GST_VIDEO_FORMAT_I420, width,
        GST_ROUND_DOWN_2 (width / 2 + 1));
    gst_util_set_object_arg (G_OBJECT (filter), "caps", caps);
    inbuf = rig_noise (&in, width);
    outbuf = gst_harness_push_and_pull (h, gst_buffer_ref (inbuf));
    fail_unless (outbuf != NULL);
    rig_assert_scaled (&in, inbuf, &out, outbuf);
    gst_buffer_unref (outbuf);
    gst_buffer_unref (inbuf);
    g_free (caps);
  }
  gst_object_unref (filter);
  gst_harness_teardown (h);
}

GST_END_TEST;

GST_START_TEST (test_every_change_of_state)
{
  GstElement *element = gst_element_factory_make (rig_element_name (), NULL);
  static const GstState states[] = {
    GST_STATE_READY, GST_STATE_PAUSED, GST_STATE_PLAYING, GST_STATE_NULL,
    GST_STATE_PLAYING, GST_STATE_READY, GST_STATE_NULL
  };
  guint i;

  for (i = 0; i < 5 * G_N_ELEMENTS (states); i++)
    fail_unless_equals_int (gst_element_set_state (element,
            states[i % G_N_ELEMENTS (states)]), GST_STATE_CHANGE_SUCCESS);
  gst_object_unref (element);
}

GST_END_TEST;

static Suite *
videoscale_suite (void)
{
  Suite *suite = suite_create ("videoscale-alike");
  TCase *tc = tcase_create ("general");

  raw_formats = gst_video_formats_raw (&n_raw_formats);

  suite_add_tcase (suite, tc);
  tcase_add_loop_test (tc, test_all_formats_at_all_sizes, 0, n_raw_formats);
  tcase_add_loop_test (tc, test_noise_at_all_sizes, 0,
      G_N_ELEMENTS (noisy_formats));
  tcase_add_test (tc, test_templates_allow_every_format_on_both_sides);
  tcase_add_test (tc, test_negotiation_with_a_filter);
  tcase_add_test (tc, test_base_transform_negotiation);
  tcase_add_test (tc, test_alternate_negotiation);
  tcase_add_test (tc, test_region_of_interest_through_an_upscale);
  tcase_add_test (tc, test_filter_caps_change_between_frames);
  tcase_add_test (tc, test_every_change_of_state);
  return suite;
}

GST_CHECK_MAIN (videoscale);

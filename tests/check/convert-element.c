/* GStreamer areascale: tests of the element that converts formats too
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include <gst/video/navigation.h>

#include "change.h"
#include "rig.h"

#define SEED 17

/* Frames of one size in two formats. */
#define SMALL(format) CAPS (format, 32, 24)

static void
open_rig (Rig * rig, const gchar * in_caps, const gchar * out_caps)
{
  rig_open (rig);
  rig_set_out_caps (rig, out_caps);
  rig_set_in_caps (rig, in_caps);
}

static GstBuffer *
push (Rig * rig, GstBuffer * buffer)
{
  GstBuffer *out = gst_harness_push_and_pull (rig->h, buffer);

  rig_assert_no_error (rig);
  fail_unless (out != NULL);
  return out;
}

/* Every sample of a plane's rectangle has this value. */
static void
assert_flat (GstBuffer * buffer, const GstVideoInfo * info, guint plane,
    gint x, gint y, gint w, gint h, guint8 value)
{
  GstVideoFrame frame;
  gint i, k;

  fail_unless (gst_video_frame_map (&frame, info, buffer, GST_MAP_READ));
  for (i = y; i < y + h; i++) {
    const guint8 *row = (const guint8 *) GST_VIDEO_FRAME_PLANE_DATA (&frame,
        plane) + i * GST_VIDEO_FRAME_PLANE_STRIDE (&frame, plane);

    for (k = x; k < x + w; k++)
      fail_unless (row[k] == value, "plane %u has %u at %d,%d, expected %u",
          plane, row[k], k, i, value);
  }
  gst_video_frame_unmap (&frame);
}

GST_START_TEST (test_registration_and_property_flags)
{
  static const gchar *const names[] = { "alpha-mode", "alpha-value" };
  GstElementFactory *factory = gst_element_factory_find ("areaconvertscale");
  GstElement *element = gst_element_factory_create (factory, NULL);
  gint mode;
  gdouble value;
  guint i;

  fail_unless_equals_int (gst_plugin_feature_get_rank (GST_PLUGIN_FEATURE
          (factory)), GST_RANK_NONE);
  fail_unless_equals_string (gst_element_factory_get_metadata (factory,
          GST_ELEMENT_METADATA_KLASS),
      "Filter/Converter/Video/Scaler/Colorspace");
  fail_unless_equals_string (G_OBJECT_TYPE_NAME (element),
      "GstAreaConvertScale");
  g_object_get (element, "alpha-mode", &mode, "alpha-value", &value, NULL);
  fail_unless_equals_int (mode, GST_VIDEO_ALPHA_MODE_COPY);
  fail_unless_equals_float (value, 1.0);
  for (i = 0; i < G_N_ELEMENTS (names); i++) {
    GParamSpec *spec = g_object_class_find_property (G_OBJECT_GET_CLASS
        (element), names[i]);

    fail_unless (spec->flags & GST_PARAM_MUTABLE_PLAYING);
  }
  gst_object_unref (element);
  gst_object_unref (factory);

  /* and not of the other element */
  element = gst_element_factory_make ("areascale", NULL);
  fail_if (g_object_class_find_property (G_OBJECT_GET_CLASS (element),
          "alpha-mode"));
  gst_object_unref (element);
}

GST_END_TEST;

/* --- borders --- */

/* What detectors of Ultralytics are fed with: 1920x1080 becomes 640x360 from row
 * 140 on, between borders of 114. */
GST_START_TEST (test_letterbox_of_114)
{
  GstBuffer *buffer;
  Rig rig;
  guint plane;

  rig_open (&rig);
  g_object_set (rig.h->element, "border-color", 0xff727272, NULL);
  rig_set_out_caps (&rig, CAPS ("RGBP", 640, 640));
  rig_set_in_caps (&rig, CAPS ("NV12", 1920, 1080));
  buffer = gst_buffer_new_allocate (NULL, rig.in.size, NULL);
  gst_buffer_memset (buffer, 0, 235, rig.in.offset[1]);
  gst_buffer_memset (buffer, rig.in.offset[1], 128, -1);
  buffer = push (&rig, buffer);
  for (plane = 0; plane < 3; plane++) {
    assert_flat (buffer, &rig.out, plane, 0, 0, 640, 140, 114);
    assert_flat (buffer, &rig.out, plane, 0, 140, 640, 360, 255);
    assert_flat (buffer, &rig.out, plane, 0, 500, 640, 140, 114);
  }
  gst_buffer_unref (buffer);
  rig_clear (&rig);
}

GST_END_TEST;

static const struct
{
  const gchar *caps;
  guint n_planes;
  guint8 black[3];
} blacks[] = {
  {CAPS ("RGB", 64, 64), 1, {0}},
  {CAPS ("GRAY8", 64, 64), 1, {0}},
  {CAPS ("GBR", 64, 64), 3, {0, 0, 0}},
  {CAPS ("I420", 64, 64), 3, {16, 128, 128}},
  {CAPS ("Y444", 64, 64) ",colorimetry=(string)1:3:5:1", 3, {0, 128, 128}},
  {CAPS ("NV12", 64, 64), 2, {16, 128}},
};

GST_START_TEST (test_borders_are_black_in_the_format_of_the_output)
{
  GstBuffer *buffer;
  Rig rig;
  guint plane;

  open_rig (&rig, CAPS ("UYVY", 64, 32), blacks[__i__].caps);
  buffer = push (&rig, rig_noise (&rig.in, SEED));
  for (plane = 0; plane < blacks[__i__].n_planes; plane++) {
    gint w = GST_VIDEO_INFO_COMP_WIDTH (&rig.out, plane)
        * GST_VIDEO_INFO_COMP_PSTRIDE (&rig.out, plane);
    gint h = GST_VIDEO_INFO_COMP_HEIGHT (&rig.out, plane);

    assert_flat (buffer, &rig.out, plane, 0, 0, w, h / 4,
        blacks[__i__].black[plane]);
    assert_flat (buffer, &rig.out, plane, 0, h - h / 4, w, h / 4,
        blacks[__i__].black[plane]);
  }
  gst_buffer_unref (buffer);
  rig_clear (&rig);
}

GST_END_TEST;

/* --- passing through --- */

GST_START_TEST (test_what_means_the_same_passes_through)
{
  Rig rig;

  open_rig (&rig, SMALL ("NV12"), SMALL ("NV12"));
  rig_check_same_buffer (&rig, SEED);
  rig_clear (&rig);

  /* transfer functions are not converted */
  open_rig (&rig, SMALL ("NV12") ",colorimetry=(string)2:3:5:1",
      SMALL ("NV12") ",colorimetry=(string)2:3:1:1");
  rig_check_same_buffer (&rig, SEED);
  rig_clear (&rig);

  /* nor is the chroma site, unless it shall be kept */
  open_rig (&rig, SMALL ("I420") ",chroma-site=jpeg,colorimetry=bt709",
      SMALL ("I420") ",chroma-site=mpeg2,colorimetry=bt709");
  rig_check_same_buffer (&rig, SEED);
  g_object_set (rig.h->element, "keep-chroma-site", TRUE, NULL);
  gst_buffer_unref (rig_push_and_pull_noise (&rig, SEED));
  fail_if (gst_base_transform_is_passthrough (GST_BASE_TRANSFORM
          (rig.h->element)));
  rig_clear (&rig);
}

GST_END_TEST;

static const struct
{
  const gchar *in, *out;
} changes[] = {
  {SMALL ("NV12"), SMALL ("I420")},
  {SMALL ("RGB"), SMALL ("BGR")},
  {SMALL ("NV12") ",colorimetry=bt601", SMALL ("NV12") ",colorimetry=bt709"},
  {SMALL ("NV12") ",colorimetry=(string)2:3:5:1",
      SMALL ("NV12") ",colorimetry=(string)1:3:5:1"},
};

GST_START_TEST (test_what_does_not_is_converted)
{
  GstBuffer *in, *out;
  Rig rig;

  open_rig (&rig, changes[__i__].in, changes[__i__].out);
  in = rig_noise (&rig.in, SEED);
  out = push (&rig, gst_buffer_ref (in));
  fail_if (gst_base_transform_is_passthrough (GST_BASE_TRANSFORM
          (rig.h->element)));
  fail_if (in == out);
  gst_buffer_unref (out);
  gst_buffer_unref (in);
  rig_clear (&rig);
}

GST_END_TEST;

/* --- alpha --- */

/* The alpha of the first pixel, and that all others have the same. */
static guint8
flat_alpha (GstBuffer * buffer, const GstVideoInfo * info)
{
  GstVideoFrame frame;
  guint8 alpha;
  gint x, y;

  fail_unless (gst_video_frame_map (&frame, info, buffer, GST_MAP_READ));
  alpha = *(guint8 *) GST_VIDEO_FRAME_COMP_DATA (&frame, GST_VIDEO_COMP_A);
  for (y = 0; y < info->height; y++) {
    const guint8 *row = (const guint8 *) GST_VIDEO_FRAME_COMP_DATA (&frame,
        GST_VIDEO_COMP_A)
        + y * GST_VIDEO_FRAME_COMP_STRIDE (&frame, GST_VIDEO_COMP_A);

    for (x = 0; x < info->width; x++)
      fail_unless_equals_int (row[x * GST_VIDEO_FRAME_COMP_PSTRIDE (&frame,
                  GST_VIDEO_COMP_A)], alpha);
  }
  gst_video_frame_unmap (&frame);
  return alpha;
}

/* Grey frames, of this alpha where they have one. */
static GstBuffer *
grey_frame (const GstVideoInfo * info, guint8 alpha)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, info->size, NULL);
  GstMapInfo map;
  gsize i;

  gst_buffer_memset (buffer, 0, 128, -1);
  if (!GST_VIDEO_INFO_HAS_ALPHA (info))
    return buffer;
  fail_unless (gst_buffer_map (buffer, &map, GST_MAP_WRITE));
  for (i = GST_VIDEO_INFO_COMP_POFFSET (info, GST_VIDEO_COMP_A);
      i < map.size; i += 4)
    map.data[i] = alpha;
  gst_buffer_unmap (buffer, &map);
  return buffer;
}

static guint8
alpha_of_element (const gchar * name, const gchar * in, const gchar * out,
    gint mode, gdouble value, guint8 alpha)
{
  GstHarness *h = gst_harness_new (name);
  GstVideoInfo in_info, out_info;
  GstCaps *caps;
  GstBuffer *buffer;
  guint8 result;

  caps = gst_caps_from_string (in);
  fail_unless (gst_video_info_from_caps (&in_info, caps));
  gst_caps_unref (caps);
  caps = gst_caps_from_string (out);
  fail_unless (gst_video_info_from_caps (&out_info, caps));
  gst_caps_unref (caps);

  g_object_set (h->element, "alpha-mode", mode, "alpha-value", value, NULL);
  gst_harness_set_sink_caps_str (h, out);
  gst_harness_set_src_caps_str (h, in);
  buffer = gst_harness_push_and_pull (h, grey_frame (&in_info, alpha));
  result = flat_alpha (buffer, &out_info);
  gst_buffer_unref (buffer);
  gst_harness_teardown (h);
  return result;
}

static const struct
{
  const gchar *in, *out;
} alphas[] = {
  {SMALL ("ARGB"), SMALL ("RGBA")},
  {SMALL ("AYUV"), SMALL ("BGRA")},
  {SMALL ("BGRA"), SMALL ("AYUV")},
  {SMALL ("RGB"), SMALL ("ARGB")},
  {SMALL ("I420"), SMALL ("AYUV")},
  {SMALL ("ARGB"), CAPS ("ARGB", 16, 12)},
  {SMALL ("NV12"), CAPS ("BGRA", 16, 12)},
};

/* By the words of GstVideoAlphaMode. */
static gdouble
wanted_alpha (const gchar * in, gint mode, gdouble value, guint8 alpha)
{
  gboolean has_alpha = strstr (in, "=A") || strstr (in, "=BGRA");

  if (mode == GST_VIDEO_ALPHA_MODE_SET || !has_alpha)
    return 255 * value;
  return mode == GST_VIDEO_ALPHA_MODE_COPY ? alpha : alpha * value;
}

/* As wanted, and within a level of videoconvertscale, which rounds down, and copies
 * where opaque is to be set. */
static void
check_alpha (const gchar * in, const gchar * out, gint mode, gdouble value,
    guint8 alpha)
{
  gint ours =
      alpha_of_element ("areaconvertscale", in, out, mode, value, alpha);
  gint theirs =
      alpha_of_element ("videoconvertscale", in, out, mode, value, alpha);

  fail_unless (ours == (gint) (wanted_alpha (in, mode, value, alpha) + 0.5),
      "%s to %s, mode %d, value %g: %d became %d", in, out, mode, value, alpha,
      ours);
  fail_unless (ABS (ours - theirs) <= 1
      || (mode == GST_VIDEO_ALPHA_MODE_SET && value == 1),
      "%s to %s, mode %d, value %g: %d became %d, and %d by videoconvertscale",
      in, out, mode, value, alpha, ours, theirs);
}

GST_START_TEST (test_alpha_modes)
{
  static const gdouble values[] = { 0.0, 0.25, 0.5, 1.0 };
  static const guint8 inputs[] = { 0, 77, 200, 255 };
  gint mode;
  guint i, k;

  for (mode = 0; mode < 3; mode++)
    for (i = 0; i < G_N_ELEMENTS (values); i++)
      for (k = 0; k < G_N_ELEMENTS (inputs); k++)
        check_alpha (alphas[__i__].in, alphas[__i__].out, mode, values[i],
            inputs[k]);
}

GST_END_TEST;

GST_START_TEST (test_alpha_changes_while_playing)
{
  GstBuffer *buffer;
  Rig rig;
  guint i;

  open_rig (&rig, SMALL ("RGBA"), SMALL ("RGBA"));
  for (i = 0; i < 4; i++) {
    buffer = push (&rig, grey_frame (&rig.in, 200));
    fail_unless_equals_int (flat_alpha (buffer, &rig.out), 200);
    gst_buffer_unref (buffer);
    fail_unless (gst_base_transform_is_passthrough (GST_BASE_TRANSFORM
            (rig.h->element)));

    g_object_set (rig.h->element, "alpha-mode", GST_VIDEO_ALPHA_MODE_SET,
        "alpha-value", 0.2, NULL);
    buffer = push (&rig, grey_frame (&rig.in, 200));
    fail_unless_equals_int (flat_alpha (buffer, &rig.out), 51);
    gst_buffer_unref (buffer);

    g_object_set (rig.h->element, "alpha-mode", GST_VIDEO_ALPHA_MODE_MULT,
        NULL);
    buffer = push (&rig, grey_frame (&rig.in, 200));
    fail_unless_equals_int (flat_alpha (buffer, &rig.out), 40);
    gst_buffer_unref (buffer);
    g_object_set (rig.h->element, "alpha-mode", GST_VIDEO_ALPHA_MODE_COPY,
        NULL);
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
    g_object_set (element, "alpha-mode", i % 3, "alpha-value", i % 5 / 4.0,
        "border-color", i, "n-threads", i % 4, "method", i / 2 % 2,
        "keep-chroma-site", i / 4 % 2, "add-borders", i / 8 % 2, NULL);
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

  open_rig (&rig, CAPS ("I420", 65, 65), CAPS ("ARGB", 64, 31));
  g_atomic_int_set (&writing, TRUE);
  thread = g_thread_new ("writer", write_properties, rig.h->element);
  for (i = 0; i < rig_n_rounds (300); i++) {
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

/* --- metas and events --- */

/* Adds a meta with a tag of its own to the buffer, one byte of nothing. */
static const GstMetaInfo *
add_tagged (GstBuffer * buffer, const gchar * tag)
{
  static const gchar *tags[] = { NULL, NULL };
  gchar *name = g_strdup_printf ("test-tagged-%s", tag);
  const GstMetaInfo *info = gst_meta_get_info (name);

  tags[0] = tag;
  if (info == NULL)
    info = gst_meta_register_custom (name, tags, NULL, NULL, NULL);
  gst_buffer_add_custom_meta (buffer, name);
  g_free (name);
  return info;
}

/* Whether a meta with this tag comes through. */
static gboolean
comes_through (const gchar * in, const gchar * out, const gchar * tag)
{
  const GstMetaInfo *info;
  GstBuffer *buffer;
  gboolean found;
  Rig rig;

  open_rig (&rig, in, out);
  buffer = rig_noise (&rig.in, SEED);
  info = add_tagged (buffer, tag);
  buffer = push (&rig, buffer);
  found = gst_buffer_get_meta (buffer, info->api) != NULL;
  gst_buffer_unref (buffer);
  rig_clear (&rig);
  return found;
}

GST_START_TEST (test_metas_about_colours_stay_with_the_colours)
{
  static const gchar colours[] = GST_META_TAG_VIDEO_COLORSPACE_STR;
  static const gchar orientation[] = GST_META_TAG_VIDEO_ORIENTATION_STR;
  static const gchar *const others[] = {
    CAPS ("RGB", 16, 12), SMALL ("NV12"),
    SMALL ("I420") ",colorimetry=(string)1:4:0:0"
  };
  guint i;

  fail_unless (comes_through (SMALL ("I420"), CAPS ("I420", 16, 12), colours));
  for (i = 0; i < G_N_ELEMENTS (others); i++) {
    fail_if (comes_through (SMALL ("I420"), others[i], colours));
    fail_unless (comes_through (SMALL ("I420"), others[i], orientation));
  }
}

GST_END_TEST;

/* Of 320x240 into 160 wide pixels between borders of 40 columns. */
GST_START_TEST (test_regions_and_overlays_are_moved)
{
  GstVideoOverlayRectangle *rectangle = new_rectangle (10, 20, 30, 40);
  GstVideoRegionOfInterestMeta *region;
  GstVideoOverlayCompositionMeta *overlay;
  GstBuffer *buffer;
  Rig rig;

  open_rig (&rig, CAPS ("NV12", 320, 240), CAPS ("RGBP", 240, 120));
  buffer = rig_noise (&rig.in, SEED);
  gst_buffer_add_video_region_of_interest_meta (buffer, "car", 10, 20, 30,
      40);
  add_overlay (buffer, rectangle);
  buffer = push (&rig, buffer);
  region = (gpointer) gst_buffer_get_meta (buffer, REGION);
  fail_unless (region->x == 40 + 5 && region->y == 10 && region->w == 15
      && region->h == 20);
  overlay = (gpointer) gst_buffer_get_meta (buffer, OVERLAY);
  fail_unless_rectangle (overlay->overlay, 0, 40 + 5, 10, 15, 20);
  gst_buffer_unref (buffer);
  gst_video_overlay_rectangle_unref (rectangle);
  rig_clear (&rig);
}

GST_END_TEST;

GST_START_TEST (test_navigation_arrives_in_pixels_of_the_input)
{
  GstEvent *event;
  gdouble x, y;
  Rig rig;

  open_rig (&rig, CAPS ("NV12", 320, 240), CAPS ("RGBP", 240, 120));
  gst_buffer_unref (rig_push_and_pull_noise (&rig, SEED));
  gst_harness_push_upstream_event (rig.h,
      gst_navigation_event_new_mouse_move (45, 10,
          GST_NAVIGATION_MODIFIER_NONE));
  do {
    event = gst_harness_pull_upstream_event (rig.h);
    if (GST_EVENT_TYPE (event) == GST_EVENT_NAVIGATION)
      break;
    gst_event_unref (event);
  } while (TRUE);
  fail_unless (gst_navigation_event_parse_mouse_move_event (event, &x, &y));
  fail_unless_equals_float (x, 10);
  fail_unless_equals_float (y, 20);
  gst_event_unref (event);
  rig_clear (&rig);
}

GST_END_TEST;

static Suite *
convert_element_suite (void)
{
  Suite *suite = suite_create ("convert-element");
  TCase *tc = tcase_create ("general");

  g_setenv ("AREASCALE_TEST_ELEMENT", "areaconvertscale", TRUE);
  suite_add_tcase (suite, tc);
  tcase_add_test (tc, test_registration_and_property_flags);
  tcase_add_test (tc, test_letterbox_of_114);
  tcase_add_loop_test (tc, test_borders_are_black_in_the_format_of_the_output,
      0, G_N_ELEMENTS (blacks));
  tcase_add_test (tc, test_what_means_the_same_passes_through);
  tcase_add_loop_test (tc, test_what_does_not_is_converted, 0,
      G_N_ELEMENTS (changes));
  tcase_add_loop_test (tc, test_alpha_modes, 0, G_N_ELEMENTS (alphas));
  tcase_add_test (tc, test_alpha_changes_while_playing);
  tcase_add_test (tc, test_properties_written_by_another_thread);
  tcase_add_test (tc, test_metas_about_colours_stay_with_the_colours);
  tcase_add_test (tc, test_regions_and_overlays_are_moved);
  tcase_add_test (tc, test_navigation_arrives_in_pixels_of_the_input);
  return suite;
}

GST_CHECK_MAIN (convert_element);

/* GStreamer areascale: tests of the element
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "log.h"
#include "rig.h"

#define SEED 11

/* The element's face */

static gint
n_formats (const GstCaps * caps, guint i)
{
  const GValue *formats = gst_structure_get_value (gst_caps_get_structure
      (caps, i), "format");

  return gst_value_list_get_size (formats);
}

static gboolean
template_has (const gchar * pad, const gchar * string)
{
  GstElementFactory *factory = gst_element_factory_find (rig_element_name ());
  GstElement *element = gst_element_factory_create (factory, NULL);
  GstCaps *caps = gst_pad_template_get_caps (gst_element_get_pad_template
      (element, pad));
  GstCaps *wanted = gst_caps_from_string (string);
  gboolean has = gst_caps_is_subset (wanted, caps);

  gst_caps_unref (wanted);
  gst_caps_unref (caps);
  gst_object_unref (element);
  gst_object_unref (factory);
  return has;
}

GST_START_TEST (test_templates_have_every_format_but_the_palette)
{
  GstElement *element = gst_element_factory_make (rig_element_name (), NULL);
  GstCaps *caps = gst_pad_template_get_caps (gst_element_get_pad_template
      (element, "sink"));
  guint n;

  gst_video_formats_raw (&n);
  fail_unless_equals_int (n_formats (caps, 0), n - 1);
  gst_caps_unref (caps);
  gst_object_unref (element);

  fail_unless (template_has ("sink", CAPS ("v210", 32767, 1)));
  fail_unless (template_has ("src", CAPS ("NV12_64Z32", 1, 32767)));
  fail_unless (template_has ("sink",
          "video/x-raw(memory:GLMemory),format=RGBA,width=8,height=8,"
          "framerate=0/1"));
  fail_if (template_has ("sink", CAPS ("I420", 32768, 1)));
  fail_if (template_has ("sink", CAPS ("I420", 0, 1)));
}

GST_END_TEST;

/* Raw video of every format, and of any features: no third copy of the list */
GST_START_TEST (test_templates_look_like_those_of_videoscale)
{
  static const gchar *const pads[] = { "sink", "src" };
  GstElement *ours = gst_element_factory_make (rig_element_name (), NULL);
  GstElement *theirs = gst_element_factory_make ("videoscale", NULL);
  guint i, j;
  gint k;

  for (i = 0; i < G_N_ELEMENTS (pads); i++) {
    GstCaps *caps = gst_pad_template_get_caps (gst_element_get_pad_template
        (ours, pads[i]));
    GstCaps *like = gst_pad_template_get_caps (gst_element_get_pad_template
        (theirs, pads[i]));

    fail_unless_equals_int (gst_caps_get_size (caps), gst_caps_get_size (like));
    for (j = 0; j < gst_caps_get_size (caps); j++) {
      const GstStructure *a = gst_caps_get_structure (caps, j);
      const GstStructure *b = gst_caps_get_structure (like, j);

      fail_unless (gst_caps_features_is_equal (gst_caps_get_features (caps, j),
              gst_caps_get_features (like, j)));
      fail_unless_equals_int (gst_structure_n_fields (a),
          gst_structure_n_fields (b));
      for (k = 0; k < gst_structure_n_fields (a); k++)
        fail_unless_equals_string (gst_structure_nth_field_name (a, k),
            gst_structure_nth_field_name (b, k));
    }
    gst_caps_unref (like);
    gst_caps_unref (caps);
  }
  gst_object_unref (theirs);
  gst_object_unref (ours);
}

GST_END_TEST;

GST_START_TEST (test_registration_and_property_flags)
{
  static const gchar *names[] = { "add-borders", "border-color", "n-threads",
    "method", "keep-chroma-site", "weight-by-alpha", "gamma-decode"
  };
  GstElementFactory *factory = gst_element_factory_find ("areascale");
  GstElement *element = gst_element_factory_create (factory, NULL);
  guint color, n_threads, i;
  gboolean borders, keep, weigh, gamma;
  gint method;

  fail_unless_equals_int (gst_plugin_feature_get_rank (GST_PLUGIN_FEATURE
          (factory)), GST_RANK_NONE);
  fail_unless_equals_string (gst_element_factory_get_metadata (factory,
          GST_ELEMENT_METADATA_KLASS), "Filter/Video/Scaler");
  fail_unless_equals_string (G_OBJECT_TYPE_NAME (element), "GstAreaScale");

  g_object_get (element, "add-borders", &borders, "border-color", &color,
      "n-threads", &n_threads, "method", &method, "keep-chroma-site", &keep,
      "weight-by-alpha", &weigh, "gamma-decode", &gamma, NULL);
  fail_unless (borders && color == 0xff000000 && n_threads == 1);
  fail_unless (method == 0 && !keep && !weigh && !gamma);
  for (i = 0; i < G_N_ELEMENTS (names); i++)
    fail_unless (g_object_class_find_property (G_OBJECT_GET_CLASS (element),
            names[i])->flags & GST_PARAM_MUTABLE_PLAYING);

  gst_object_unref (element);
  gst_object_unref (factory);
}

GST_END_TEST;

/* Frames */

static const gchar *same_caps[] = {
  CAPS ("I420", 33, 17),
  CAPS ("RGB8P", 33, 17),
  CAPS_WITH ("format:Interlaced", "I420", 32) ",interlace-mode=alternate",
  CAPS_WITH ("memory:GLMemory", "RGBA", 32),
  CAPS_WITH ("memory:DMABuf", "NV12", 32),
  CAPS_WITH ("memory:VAMemory", "NV12", 32),
#if GST_CHECK_VERSION (1, 24, 0)
  CAPS_WITH ("memory:DMABuf", "DMA_DRM", 32) DRM_FORMAT,
#endif
  CAPS_WITH ("memory:SystemMemory,meta:GstVideoOverlayComposition", "I420",
      32),
};

GST_START_TEST (test_equal_caps_return_the_same_buffer)
{
  Rig rig;

  rig_init (&rig, same_caps[__i__], same_caps[__i__]);
  rig_check_same_buffer (&rig, SEED);
  rig_clear (&rig);
}

GST_END_TEST;

static const struct
{
  const gchar *in, *out;
} sizes[] = {
  {CAPS ("I420", 640, 480), CAPS ("I420", 320, 240)},
  {CAPS ("I420", 320, 240), CAPS ("I420", 640, 480)},
  {CAPS ("NV12", 641, 481), CAPS ("NV12", 111, 83)},
  {CAPS ("RGBA", 15, 17), CAPS ("RGBA", 10, 11)},
  {CAPS ("GRAY8", 1, 1), CAPS ("GRAY8", 31, 31)},
  {CAPS ("GRAY8", 63, 63), CAPS ("GRAY8", 1, 1)},
  {CAPS ("P010_10LE", 65, 65), CAPS ("P010_10LE", 20, 20)},
  {CAPS ("GRAY16_LE", 65, 65), CAPS ("GRAY16_LE", 20, 20)},
};

GST_START_TEST (test_frames_equal_the_definition)
{
  Rig rig;

  rig_init (&rig, sizes[__i__].in, sizes[__i__].out);
  g_object_set (rig.h->element, "add-borders", FALSE, NULL);
  rig_check_frame (&rig, SEED);
  rig_check_frame (&rig, SEED + 1);
  rig_clear (&rig);
}

GST_END_TEST;

GST_START_TEST (test_thread_counts_make_no_difference)
{
  static const gint counts[] = { 0, 1, 2, 3, 7, 64, 1024 };
  Rig rig;
  guint i;

  rig_init (&rig, CAPS ("I420", 333, 222), CAPS ("I420", 33, 22));
  for (i = 0; i < 2 * G_N_ELEMENTS (counts); i++) {
    g_object_set (rig.h->element, "n-threads",
        counts[i % G_N_ELEMENTS (counts)], NULL);
    rig_check_frame (&rig, SEED + i);
    rig_check_frame (&rig, SEED - i);
  }
  rig_clear (&rig);
}

GST_END_TEST;

GST_START_TEST (test_output_memory_is_used_again)
{
  GHashTable *memories = g_hash_table_new (NULL, NULL);
  Rig rig;
  guint i;

  rig_init (&rig, CAPS ("I420", 64, 64), CAPS ("I420", 16, 16));
  for (i = 0; i < 100; i++) {
    GstBuffer *outbuf = rig_push_and_pull_noise (&rig, i);

    g_hash_table_add (memories, gst_buffer_peek_memory (outbuf, 0));
    gst_buffer_unref (outbuf);
  }
  fail_unless_equals_int (g_hash_table_size (memories), 1);
  g_hash_table_unref (memories);
  rig_clear (&rig);
}

GST_END_TEST;

/* Logs */

GST_START_TEST (test_unknown_instruction_set_is_warned_about)
{
  static const gchar *words[] = { "turbo", "c" };
  LogLines lines = { "areascale", GST_LEVEL_WARNING, "AREASCALE_CPU=turbo", 0 };
  Rig rig;
  guint i;

  log_begin (&lines);
  for (i = 0; i < G_N_ELEMENTS (words); i++) {
    g_setenv ("AREASCALE_CPU", words[i], TRUE);
    rig_init (&rig, CAPS ("I420", 64, 64), CAPS ("I420", 32, 32));
    rig_check_frame (&rig, SEED);
    rig_clear (&rig);
    fail_unless_equals_int (lines.n, 1);
  }
  g_unsetenv ("AREASCALE_CPU");
  log_end (&lines);
}

GST_END_TEST;

GST_START_TEST (test_every_file_logs_to_the_category_of_the_element)
{
  LogLines lines = { "areascale", GST_LEVEL_INFO, "refuses its configuration", 0 };
  GstBufferPool *pool = gst_video_buffer_pool_new ();
  GstCaps *caps = gst_caps_from_string (CAPS ("I420", 48, 32));
  GstStructure *config = gst_buffer_pool_get_config (pool);
  Rig rig;

  /* an active pool takes no other configuration */
  gst_buffer_pool_config_set_params (config, caps, 2304, 0, 0);
  fail_unless (gst_buffer_pool_set_config (pool, config));
  fail_unless (gst_buffer_pool_set_active (pool, TRUE));

  log_begin (&lines);
  rig_open (&rig);
  rig_offer_pool (&rig, pool, 1536);
  rig_set_out_caps (&rig, CAPS ("I420", 32, 32));
  rig_set_in_caps (&rig, CAPS ("I420", 64, 64));
  rig_check_frame (&rig, SEED);
  log_end (&lines);
  fail_unless_equals_int (lines.n, 1);

  rig_clear (&rig);
  gst_buffer_pool_set_active (pool, FALSE);
  gst_object_unref (pool);
  gst_caps_unref (caps);
}

GST_END_TEST;

static Suite *
element_suite (void)
{
  Suite *suite = suite_create ("element");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_add_test (tc, test_templates_have_every_format_but_the_palette);
  tcase_add_test (tc, test_templates_look_like_those_of_videoscale);
  tcase_add_test (tc, test_registration_and_property_flags);
  tcase_add_loop_test (tc, test_equal_caps_return_the_same_buffer, 0,
      G_N_ELEMENTS (same_caps));
  tcase_add_loop_test (tc, test_frames_equal_the_definition, 0,
      G_N_ELEMENTS (sizes));
  tcase_add_test (tc, test_thread_counts_make_no_difference);
  tcase_add_test (tc, test_output_memory_is_used_again);
  tcase_add_test (tc, test_unknown_instruction_set_is_warned_about);
  tcase_add_test (tc, test_every_file_logs_to_the_category_of_the_element);
  return suite;
}

GST_CHECK_MAIN (element);

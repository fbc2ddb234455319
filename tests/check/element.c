/* GStreamer areascale: tests of the element
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include <gst/gstcontrolbinding.h>
#include <gst/video/navigation.h>

#include "rig.h"

#define SEED 11
#define CAPS(format, width, height) "video/x-raw,format=" format ",width=" \
    G_STRINGIFY (width) ",height=" G_STRINGIFY (height) ",framerate=25/1," \
    "pixel-aspect-ratio=1/1"

static GstBuffer *
push_and_pull_noise (Rig * rig, guint32 seed)
{
  return gst_harness_push_and_pull (rig->h, rig_noise (&rig->in, seed));
}

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
  GstElementFactory *factory = gst_element_factory_find ("areascale");
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
  GstElement *element = gst_element_factory_make ("areascale", NULL);
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

GST_START_TEST (test_registration_and_property_flags)
{
  static const gchar *names[] = { "add-borders", "border-color", "n-threads" };
  GstElementFactory *factory = gst_element_factory_find ("areascale");
  GstElement *element = gst_element_factory_create (factory, NULL);
  guint color, n_threads, i;
  gboolean borders;

  fail_unless_equals_int (gst_plugin_feature_get_rank (GST_PLUGIN_FEATURE
          (factory)), GST_RANK_NONE);
  fail_unless_equals_string (gst_element_factory_get_metadata (factory,
          GST_ELEMENT_METADATA_KLASS), "Filter/Video/Scaler");
  fail_unless_equals_string (G_OBJECT_TYPE_NAME (element), "GstAreaScale");

  g_object_get (element, "add-borders", &borders, "border-color", &color,
      "n-threads", &n_threads, NULL);
  fail_unless (borders && color == 0xff000000 && n_threads == 1);
  for (i = 0; i < G_N_ELEMENTS (names); i++)
    fail_unless (g_object_class_find_property (G_OBJECT_GET_CLASS (element),
            names[i])->flags & GST_PARAM_MUTABLE_PLAYING);

  gst_object_unref (element);
  gst_object_unref (factory);
}

GST_END_TEST;

/* Frames */

static void
check_same_buffer (Rig * rig, guint32 seed)
{
  GstBuffer *inbuf = rig_noise (&rig->in, seed);
  GstBuffer *outbuf =
      gst_harness_push_and_pull (rig->h, gst_buffer_ref (inbuf));

  fail_unless (inbuf == outbuf);
  gst_buffer_unref (outbuf);
  gst_buffer_unref (inbuf);
}

#define CAPS_WITH(features, format, width) "video/x-raw(" features "),format=" \
    format ",width=" G_STRINGIFY (width) ",height=32,framerate=25/1"

/* tiles of an AMD GPU: nothing that system memory could hold */
#define DRM_FORMAT ",drm-format=NV12:0x0200000000000101"

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
  check_same_buffer (&rig, SEED);
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
    GstBuffer *outbuf = push_and_pull_noise (&rig, i);

    g_hash_table_add (memories, gst_buffer_peek_memory (outbuf, 0));
    gst_buffer_unref (outbuf);
  }
  fail_unless_equals_int (g_hash_table_size (memories), 1);
  g_hash_table_unref (memories);
  rig_clear (&rig);
}

GST_END_TEST;

/* Caps that change */

static gchar *
square_caps (gint size)
{
  return g_strdup_printf ("video/x-raw,format=I420,width=%d,height=%d,"
      "framerate=25/1,pixel-aspect-ratio=1/1", size, size);
}

GST_START_TEST (test_caps_of_either_side_change_without_losing_a_frame)
{
  GRand *rand = g_rand_new_with_seed (SEED);
  Rig rig;
  guint i;

  rig_init (&rig, CAPS ("I420", 64, 64), CAPS ("I420", 32, 32));
  for (i = 0; i < 300; i++) {
    gchar *caps = square_caps (g_rand_int_range (rand, 1, 70));

    if (g_rand_boolean (rand))
      rig_set_in_caps (&rig, caps);
    else
      rig_set_out_caps (&rig, caps);
    g_free (caps);
    rig_check_frame (&rig, i);
  }
  fail_unless_equals_int (gst_harness_buffers_received (rig.h), 300);
  rig_assert_no_error (&rig);
  g_rand_free (rand);
  rig_clear (&rig);
}

GST_END_TEST;

GST_START_TEST (test_passing_through_ends_and_begins_with_the_caps)
{
  Rig rig;
  guint i;

  rig_init (&rig, CAPS ("I420", 64, 64), CAPS ("I420", 64, 64));
  for (i = 0; i < 4; i++) {
    rig_set_in_caps (&rig, CAPS ("I420", 64, 64));
    check_same_buffer (&rig, i);
    rig_set_in_caps (&rig, CAPS ("I420", 65, 65));
    rig_check_frame (&rig, i);
  }
  rig_clear (&rig);
}

GST_END_TEST;

/* Caps that cannot be */

static const struct
{
  const gchar *in, *out, *words, *reason;
} refusals[] = {
  {CAPS ("I420", 64, 64) ",interlace-mode=interleaved",
      CAPS ("I420", 32, 32) ",interlace-mode=progressive", "interleaved",
      "only the size"},
  {CAPS ("I420", 64, 64), CAPS ("NV12", 32, 32), "I420", "only the size"},
  {CAPS ("RGB8P", 64, 64), CAPS ("RGB8P", 32, 32), "RGB8P", "palette"},
  {CAPS ("I420", 64, 64), "video/x-raw,format=I420,width=32,height=32,"
        "framerate=30/1", "25/1", "only the size"},
  {CAPS_WITH ("memory:GLMemory", "RGBA", 64),
      CAPS_WITH ("memory:GLMemory", "RGBA", 32), "memory:GLMemory",
      "caps features"},
  {CAPS_WITH ("memory:DMABuf", "NV12", 64),
      CAPS_WITH ("memory:DMABuf", "NV12", 32), "memory:DMABuf",
      "caps features"},
  {CAPS_WITH ("memory:VAMemory", "NV12", 64),
      CAPS_WITH ("memory:VAMemory", "NV12", 32), "memory:VAMemory",
      "caps features"},
#if GST_CHECK_VERSION (1, 24, 0)
  {CAPS_WITH ("memory:DMABuf", "DMA_DRM", 64) DRM_FORMAT,
        CAPS_WITH ("memory:DMABuf", "DMA_DRM", 32) DRM_FORMAT, "DMA_DRM",
      "caps features"},
#endif
};

GST_START_TEST (test_refused_caps_are_explained)
{
  GstFlowReturn ret;
  gchar *error;
  Rig rig;

  rig_init (&rig, refusals[__i__].in, refusals[__i__].out);
  ret = gst_harness_push (rig.h, rig_noise (&rig.in, SEED));
  fail_unless_equals_int (ret, GST_FLOW_NOT_NEGOTIATED);
  error = rig_pop_error (&rig);
  fail_unless (error != NULL && strstr (error, refusals[__i__].words) != NULL
      && strstr (error, refusals[__i__].reason) != NULL, "error is: %s", error);
  g_free (error);
  rig_clear (&rig);
}

GST_END_TEST;

GST_START_TEST (test_every_refusal_is_explained)
{
  gchar *error;
  Rig rig;

  rig_init (&rig, CAPS ("RGB", 64, 64), CAPS ("RGB", 32, 32));
  rig_check_frame (&rig, SEED);
  rig_set_in_caps (&rig, CAPS ("I420", 64, 64));
  rig_assert_error (&rig, "I420");
  /* refused caps are sent again with the next event */
  while ((error = rig_pop_error (&rig)))
    g_free (error);
  rig_set_in_caps (&rig, CAPS ("NV12", 64, 64));
  rig_assert_error (&rig, "NV12");
  rig_clear (&rig);
}

GST_END_TEST;

GST_START_TEST (test_downstream_caps_that_become_impossible_are_explained)
{
  GstFlowReturn ret;
  Rig rig;

  rig_init (&rig, CAPS ("I420", 64, 64), CAPS ("I420", 32, 32));
  rig_check_frame (&rig, SEED);
  rig_set_out_caps (&rig, CAPS ("NV12", 32, 32));
  ret = gst_harness_push (rig.h, rig_noise (&rig.in, SEED));
  fail_unless_equals_int (ret, GST_FLOW_NOT_NEGOTIATED);
  rig_assert_error (&rig, "Cannot scale");
  rig_clear (&rig);
}

GST_END_TEST;

/* The negotiation never asks for these: the element must not rely on that. */
static void
assert_conversion_refused (GstVideoInfo * in, GstVideoInfo * out,
    const gchar * words)
{
  GstCaps *in_caps = gst_video_info_to_caps (in);
  GstCaps *out_caps = gst_video_info_to_caps (out);
  Rig rig;

  rig_open (&rig);
  fail_if (GST_VIDEO_FILTER_GET_CLASS (rig.h->element)->set_info
      (GST_VIDEO_FILTER (rig.h->element), in_caps, in, out_caps, out));
  rig_assert_error (&rig, words);
  rig_clear (&rig);
  gst_caps_unref (out_caps);
  gst_caps_unref (in_caps);
}

GST_START_TEST (test_nothing_is_converted)
{
  GstVideoInfo in, out;

  gst_video_info_set_format (&in, GST_VIDEO_FORMAT_I420, 64, 64);
  gst_video_info_set_format (&out, GST_VIDEO_FORMAT_YV12, 32, 32);
  assert_conversion_refused (&in, &out, "I420 to YV12");

  gst_video_info_set_interlaced_format (&out, GST_VIDEO_FORMAT_I420,
      GST_VIDEO_INTERLACE_MODE_MIXED, 32, 32);
  assert_conversion_refused (&in, &out, "progressive to mixed");
}

GST_END_TEST;

/* Properties that change */

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
    check_same_buffer (&rig, i);
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
        "n-threads", i % 4, NULL);
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
    GstBuffer *outbuf = push_and_pull_noise (&rig, i);

    fail_unless_equals_int (gst_buffer_get_size (outbuf), rig.out.size);
    gst_buffer_unref (outbuf);
  }
  g_atomic_int_set (&writing, FALSE);
  g_thread_join (thread);
  rig_assert_no_error (&rig);
  rig_clear (&rig);
}

GST_END_TEST;

/* Events and states */

GST_START_TEST (test_eos_and_gap_pass)
{
  GstEvent *event;
  gboolean gap = FALSE, eos = FALSE;
  Rig rig;

  rig_init (&rig, CAPS ("I420", 64, 64), CAPS ("I420", 32, 32));
  rig_check_frame (&rig, SEED);
  fail_unless (gst_harness_push_event (rig.h, gst_event_new_gap (GST_SECOND,
              GST_SECOND)));
  fail_unless (gst_harness_push_event (rig.h, gst_event_new_eos ()));
  while ((event = gst_harness_try_pull_event (rig.h))) {
    gap |= GST_EVENT_TYPE (event) == GST_EVENT_GAP;
    eos |= GST_EVENT_TYPE (event) == GST_EVENT_EOS;
    gst_event_unref (event);
  }
  fail_unless (gap && eos);
  fail_unless_equals_int (gst_harness_push (rig.h, rig_noise (&rig.in, SEED)),
      GST_FLOW_EOS);
  rig_clear (&rig);
}

GST_END_TEST;

GST_START_TEST (test_frames_come_again_after_flush_and_seek)
{
  GstSegment segment;
  GstEvent *event;
  Rig rig;
  guint i;

  rig_init (&rig, CAPS ("I420", 64, 64), CAPS ("I420", 32, 32));
  g_object_set (rig.h->element, "n-threads", 2, NULL);
  gst_segment_init (&segment, GST_FORMAT_TIME);
  for (i = 0; i < 20; i++) {
    rig_check_frame (&rig, i);
    fail_unless (gst_harness_push_upstream_event (rig.h,
            gst_event_new_seek (1.0, GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH,
                GST_SEEK_TYPE_SET, i * GST_SECOND, GST_SEEK_TYPE_NONE, 0)));
    while ((event = gst_harness_try_pull_upstream_event (rig.h))
        && GST_EVENT_TYPE (event) != GST_EVENT_SEEK)
      gst_event_unref (event);
    fail_unless (event != NULL);
    gst_event_unref (event);

    gst_harness_push_event (rig.h, gst_event_new_flush_start ());
    fail_unless_equals_int (gst_harness_push (rig.h, rig_noise (&rig.in, i)),
        GST_FLOW_FLUSHING);
    gst_harness_push_event (rig.h, gst_event_new_flush_stop (TRUE));
    gst_harness_push_event (rig.h, gst_event_new_segment (&segment));
    rig_check_frame (&rig, i);
  }
  rig_assert_no_error (&rig);
  rig_clear (&rig);
}

GST_END_TEST;

GST_START_TEST (test_null_to_playing_repeatedly)
{
  GstSegment segment;
  Rig rig;
  guint i;

  rig_init (&rig, CAPS ("I420", 64, 64), CAPS ("I420", 32, 32));
  g_object_set (rig.h->element, "n-threads", 3, NULL);
  gst_segment_init (&segment, GST_FORMAT_TIME);
  for (i = 0; i < 50; i++) {
    GstCaps *caps = gst_video_info_to_caps (&rig.in);

    rig_check_frame (&rig, i);
    gst_element_set_state (rig.h->element, GST_STATE_NULL);
    gst_element_set_state (rig.h->element, GST_STATE_PLAYING);
    gst_harness_push_event (rig.h, gst_event_new_stream_start ("again"));
    gst_harness_push_event (rig.h, gst_event_new_caps (caps));
    gst_harness_push_event (rig.h, gst_event_new_segment (&segment));
    gst_caps_unref (caps);
  }
  rig_assert_no_error (&rig);
  rig_clear (&rig);
}

GST_END_TEST;

#if GST_CHECK_VERSION (1, 28, 0)
/* A pool of the application that counts what it is given */
typedef struct
{
  GstSharedTaskPool parent;
  gint n_tasks;
} CountingPool;

typedef GstSharedTaskPoolClass CountingPoolClass;

static GType counting_pool_get_type (void);
G_DEFINE_TYPE (CountingPool, counting_pool, GST_TYPE_SHARED_TASK_POOL);

static gpointer
counting_pool_push (GstTaskPool * pool, GstTaskPoolFunction func,
    gpointer user_data, GError ** error)
{
  g_atomic_int_inc (&((CountingPool *) pool)->n_tasks);
  return GST_TASK_POOL_CLASS (counting_pool_parent_class)->push (pool, func,
      user_data, error);
}

static void
counting_pool_class_init (CountingPoolClass * klass)
{
  GST_TASK_POOL_CLASS (klass)->push = counting_pool_push;
}

static void
counting_pool_init (CountingPool * pool)
{
  pool->n_tasks = 0;
}

/* The number of times that the element asked for a task pool */
static guint
count_requests (Rig * rig)
{
  GstMessage *message;
  const gchar *type;
  guint n = 0;

  while ((message = gst_bus_pop_filtered (rig->bus, GST_MESSAGE_NEED_CONTEXT))) {
    fail_unless (gst_message_parse_context_type (message, &type));
    fail_unless_equals_string (type, GST_TASK_POOL_CONTEXT_TYPE);
    gst_message_unref (message);
    n++;
  }
  return n;
}

static void
restart (Rig * rig)
{
  GstCaps *caps = gst_video_info_to_caps (&rig->in);
  GstSegment segment;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_element_set_state (rig->h->element, GST_STATE_NULL);
  gst_bus_set_flushing (rig->bus, FALSE);
  gst_element_set_state (rig->h->element, GST_STATE_PLAYING);
  gst_harness_push_event (rig->h, gst_event_new_stream_start ("again"));
  gst_harness_push_event (rig->h, gst_event_new_caps (caps));
  gst_harness_push_event (rig->h, gst_event_new_segment (&segment));
  gst_caps_unref (caps);
}

/* A context that is not persistent ends with the element's state NULL. */
GST_START_TEST (test_task_pool_of_the_application_is_used)
{
  const gboolean persistent = __i__;
  CountingPool *pool = g_object_new (counting_pool_get_type (), NULL);
  GstContext *context = gst_context_new (GST_TASK_POOL_CONTEXT_TYPE,
      persistent);
  gint n_tasks;
  Rig rig;

  gst_task_pool_prepare (GST_TASK_POOL (pool), NULL);
  gst_context_set_task_pool (context, GST_TASK_POOL (pool));

  rig_open (&rig);
  g_object_set (rig.h->element, "n-threads", 3, NULL);
  rig_set_out_caps (&rig, CAPS ("I420", 320, 240));
  rig_set_in_caps (&rig, CAPS ("I420", 640, 480));
  rig_check_frame (&rig, SEED);
  fail_unless_equals_int (count_requests (&rig), 1);
  fail_unless_equals_int (g_atomic_int_get (&pool->n_tasks), 0);

  gst_element_set_context (rig.h->element, context);
  rig_check_frame (&rig, SEED + 1);
  n_tasks = g_atomic_int_get (&pool->n_tasks);
  fail_unless (n_tasks > 0);
  fail_unless_equals_int (count_requests (&rig), 0);

  restart (&rig);
  rig_check_frame (&rig, SEED + 2);
  fail_unless_equals_int (count_requests (&rig), !persistent);
  fail_unless_equals_int (g_atomic_int_get (&pool->n_tasks) > n_tasks,
      persistent);

  rig_clear (&rig);
  gst_context_unref (context);
  gst_task_pool_cleanup (GST_TASK_POOL (pool));
  gst_object_unref (pool);
}

GST_END_TEST;
#endif

static GstFlowReturn
refuse_buffer (GstPad * pad, GstObject * parent, GstBuffer * buffer)
{
  (void) parent;
  gst_buffer_unref (buffer);
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (pad), "flow-return"));
}

GST_START_TEST (test_every_flow_return_goes_upstream)
{
  static const GstFlowReturn returns[] = {
    GST_FLOW_OK, GST_FLOW_NOT_LINKED, GST_FLOW_FLUSHING, GST_FLOW_EOS,
    GST_FLOW_NOT_NEGOTIATED, GST_FLOW_ERROR, GST_FLOW_NOT_SUPPORTED,
    GST_FLOW_CUSTOM_SUCCESS, GST_FLOW_CUSTOM_SUCCESS_1,
    GST_FLOW_CUSTOM_SUCCESS_2, GST_FLOW_CUSTOM_ERROR,
    GST_FLOW_CUSTOM_ERROR_1, GST_FLOW_CUSTOM_ERROR_2,
  };
  GstFlowReturn expected;
  Rig rig;
  guint i;

  rig_init (&rig, CAPS ("I420", 64, 64), CAPS ("I420", 32, 32));
  gst_pad_set_chain_function (rig.h->sinkpad, refuse_buffer);
  for (i = 0; i < G_N_ELEMENTS (returns); i++) {
    g_object_set_data (G_OBJECT (rig.h->sinkpad), "flow-return",
        GINT_TO_POINTER (returns[i]));
    /* this one means a dropped frame to the base class */
    expected = returns[i] == GST_BASE_TRANSFORM_FLOW_DROPPED ? GST_FLOW_OK
        : returns[i];
    fail_unless_equals_int (gst_harness_push (rig.h, rig_noise (&rig.in, i)),
        expected);
    rig_assert_no_error (&rig);
  }
  rig_clear (&rig);
}

GST_END_TEST;

GST_START_TEST (test_late_frames_are_dropped_and_there_is_no_latency)
{
  GstBuffer *buffer;
  Rig rig;

  rig_init (&rig, CAPS ("I420", 64, 64), CAPS ("I420", 32, 32));
  fail_unless_equals_uint64 (gst_harness_query_latency (rig.h), 0);

  rig_check_frame (&rig, SEED);
  gst_harness_push_upstream_event (rig.h,
      gst_event_new_qos (GST_QOS_TYPE_UNDERFLOW, 2.0, GST_SECOND, GST_SECOND));
  buffer = rig_noise (&rig.in, SEED);
  GST_BUFFER_PTS (buffer) = GST_SECOND;
  fail_unless_equals_int (gst_harness_push (rig.h, buffer), GST_FLOW_OK);
  fail_unless (gst_harness_try_pull (rig.h) == NULL);

  buffer = rig_noise (&rig.in, SEED);
  GST_BUFFER_PTS (buffer) = 10 * GST_SECOND;
  buffer = gst_harness_push_and_pull (rig.h, buffer);
  fail_unless (buffer != NULL);
  gst_buffer_unref (buffer);
  rig_clear (&rig);
}

GST_END_TEST;

GST_START_TEST (test_navigation_arrives_in_input_pixels)
{
  GstEvent *event;
  gdouble x, y;
  Rig rig;

  rig_init (&rig, CAPS ("I420", 64, 64), CAPS ("I420", 32, 32));
  rig_check_frame (&rig, SEED);
  gst_harness_push_upstream_event (rig.h,
      gst_navigation_event_new_mouse_move (8.0, 4.0,
          GST_NAVIGATION_MODIFIER_NONE));
  while ((event = gst_harness_pull_upstream_event (rig.h))
      && GST_EVENT_TYPE (event) != GST_EVENT_NAVIGATION)
    gst_event_unref (event);
  fail_unless (gst_navigation_event_parse_mouse_move_event (event, &x, &y));
  fail_unless (ABS (x - 16) < 1.0 && ABS (y - 8) < 1.0);
  gst_event_unref (event);
  rig_clear (&rig);
}

GST_END_TEST;

/* Allocation */

GST_START_TEST (test_upstream_is_offered_a_pool_and_video_meta)
{
  GstBufferPool *pool;
  GstCaps *caps;
  GstQuery *query;
  guint size, min, max;
  Rig rig;

  rig_init (&rig, CAPS ("I420", 64, 64), CAPS ("I420", 32, 32));
  rig_check_frame (&rig, SEED);

  caps = gst_video_info_to_caps (&rig.in);
  query = gst_query_new_allocation (caps, TRUE);
  fail_unless (gst_pad_peer_query (rig.h->srcpad, query));
  fail_unless_equals_int (gst_query_get_n_allocation_pools (query), 1);
  gst_query_parse_nth_allocation_pool (query, 0, &pool, &size, &min, &max);
  fail_unless (pool != NULL && size == rig.in.size);
  fail_unless (gst_query_find_allocation_meta (query, GST_VIDEO_META_API_TYPE,
          NULL));
  fail_if (gst_query_find_allocation_meta (query,
          GST_VIDEO_CROP_META_API_TYPE, NULL));
  gst_object_unref (pool);
  gst_query_unref (query);
  gst_caps_unref (caps);
  rig_clear (&rig);
}

GST_END_TEST;

GST_START_TEST (test_only_metas_that_survive_are_proposed_upstream)
{
  static gboolean (*const find) (GstQuery *, GType, guint *) =
      gst_query_find_allocation_meta;
  GstCaps *caps;
  GstQuery *query;
  Rig rig;

  rig_open (&rig);
  gst_harness_add_propose_allocation_meta (rig.h, GST_VIDEO_META_API_TYPE,
      NULL);
  gst_harness_add_propose_allocation_meta (rig.h, GST_VIDEO_CROP_META_API_TYPE,
      NULL);
  gst_harness_add_propose_allocation_meta (rig.h,
      GST_VIDEO_OVERLAY_COMPOSITION_META_API_TYPE, NULL);
  rig_set_out_caps (&rig, CAPS ("I420", 32, 32));
  rig_set_in_caps (&rig, CAPS ("I420", 64, 64));
  rig_check_frame (&rig, SEED);

  caps = gst_video_info_to_caps (&rig.in);
  query = gst_query_new_allocation (caps, TRUE);
  fail_unless (gst_pad_peer_query (rig.h->srcpad, query));
  fail_unless (find (query, GST_VIDEO_OVERLAY_COMPOSITION_META_API_TYPE, NULL));
  fail_if (find (query, GST_VIDEO_CROP_META_API_TYPE, NULL));
  gst_query_unref (query);
  gst_caps_unref (caps);
  rig_clear (&rig);
}

GST_END_TEST;

GST_START_TEST (test_strides_of_the_pool_of_downstream_are_kept)
{
  GstBufferPool *pool = gst_video_buffer_pool_new ();
  GstVideoAlignment align;
  GstStructure *config;
  GstVideoMeta *meta;
  GstBuffer *inbuf, *outbuf;
  GstCaps *caps;
  Rig rig;

  rig_open (&rig);

  caps = gst_caps_from_string (CAPS ("I420", 32, 32));
  gst_video_alignment_reset (&align);
  align.padding_left = 6;
  align.padding_top = 4;
  align.padding_right = 50;
  config = gst_buffer_pool_get_config (pool);
  gst_buffer_pool_config_set_params (config, caps, 1536, 0, 0);
  gst_buffer_pool_config_add_option (config, GST_BUFFER_POOL_OPTION_VIDEO_META);
  gst_buffer_pool_config_add_option (config,
      GST_BUFFER_POOL_OPTION_VIDEO_ALIGNMENT);
  gst_buffer_pool_config_set_video_alignment (config, &align);
  fail_unless (gst_buffer_pool_set_config (pool, config));
  gst_caps_unref (caps);

  rig_offer_pool (&rig, pool, 1536);
  rig_set_out_caps (&rig, CAPS ("I420", 32, 32));
  rig_set_in_caps (&rig, CAPS ("I420", 64, 64));

  inbuf = rig_noise (&rig.in, SEED);
  outbuf = gst_harness_push_and_pull (rig.h, gst_buffer_ref (inbuf));
  fail_unless (outbuf->pool == pool);
  meta = gst_buffer_get_video_meta (outbuf);
  fail_unless (meta != NULL && meta->stride[0] == 88
      && meta->offset[0] == 4 * 88 + 6);
  rig_assert_scaled (&rig.in, inbuf, &rig.out, outbuf);

  gst_buffer_unref (outbuf);
  gst_buffer_unref (inbuf);
  gst_object_unref (pool);
  rig_clear (&rig);
}

GST_END_TEST;

GST_START_TEST (test_alignment_asked_for_by_downstream_is_kept)
{
  GstAllocationParams params;
  GstBuffer *outbuf;
  GstMapInfo map;
  Rig rig;

  rig_open (&rig);
  gst_allocation_params_init (&params);
  params.align = 4095;
  gst_harness_set_propose_allocator (rig.h, NULL, &params);
  rig_set_out_caps (&rig, CAPS ("I420", 32, 32));
  rig_set_in_caps (&rig, CAPS ("I420", 64, 64));

  outbuf = push_and_pull_noise (&rig, SEED);
  fail_unless (gst_buffer_map (outbuf, &map, GST_MAP_READ));
  fail_unless_equals_int (GPOINTER_TO_SIZE (map.data) % 4096, 0);
  gst_buffer_unmap (outbuf, &map);
  gst_buffer_unref (outbuf);
  rig_clear (&rig);
}

GST_END_TEST;

/* Logs */

typedef struct
{
  const gchar *category;
  GstDebugLevel level;
  const gchar *words;
  guint n;
} Lines;

static void
count_lines (GstDebugCategory * category, GstDebugLevel level,
    const gchar * file, const gchar * function, gint line, GObject * object,
    GstDebugMessage * message, gpointer user_data)
{
  Lines *lines = user_data;

  (void) file;
  (void) function;
  (void) line;
  (void) object;
  if (level == lines->level
      && g_str_equal (gst_debug_category_get_name (category), lines->category)
      && strstr (gst_debug_message_get (message), lines->words))
    lines->n++;
}

static void
begin_counting (Lines * lines)
{
  gst_debug_add_log_function (count_lines, lines, NULL);
  gst_debug_set_threshold_for_name (lines->category, lines->level);
}

static void
end_counting (Lines * lines)
{
  gst_debug_set_threshold_for_name (lines->category, GST_LEVEL_NONE);
  gst_debug_remove_log_function (count_lines);
}

GST_START_TEST (test_unknown_instruction_set_is_warned_about)
{
  static const gchar *words[] = { "turbo", "c" };
  Lines lines = { "areascale", GST_LEVEL_WARNING, "AREASCALE_CPU=turbo", 0 };
  Rig rig;
  guint i;

  begin_counting (&lines);
  for (i = 0; i < G_N_ELEMENTS (words); i++) {
    g_setenv ("AREASCALE_CPU", words[i], TRUE);
    rig_init (&rig, CAPS ("I420", 64, 64), CAPS ("I420", 32, 32));
    rig_check_frame (&rig, SEED);
    rig_clear (&rig);
    fail_unless_equals_int (lines.n, 1);
  }
  g_unsetenv ("AREASCALE_CPU");
  end_counting (&lines);
}

GST_END_TEST;

GST_START_TEST (test_every_file_logs_to_the_category_of_the_element)
{
  Lines lines = { "areascale", GST_LEVEL_INFO, "refuses its configuration", 0 };
  GstBufferPool *pool = gst_video_buffer_pool_new ();
  GstCaps *caps = gst_caps_from_string (CAPS ("I420", 32, 32));
  GstStructure *config = gst_buffer_pool_get_config (pool);
  Rig rig;

  /* an active pool takes no other configuration */
  gst_buffer_pool_config_set_params (config, caps, 1536, 0, 0);
  fail_unless (gst_buffer_pool_set_config (pool, config));
  fail_unless (gst_buffer_pool_set_active (pool, TRUE));

  begin_counting (&lines);
  rig_open (&rig);
  rig_offer_pool (&rig, pool, 1536);
  rig_set_out_caps (&rig, CAPS ("I420", 32, 32));
  rig_set_in_caps (&rig, CAPS ("I420", 64, 64));
  rig_check_frame (&rig, SEED);
  end_counting (&lines);
  fail_unless_equals_int (lines.n, 1);

  rig_clear (&rig);
  gst_buffer_pool_set_active (pool, FALSE);
  gst_object_unref (pool);
  gst_caps_unref (caps);
}

GST_END_TEST;

GST_START_TEST (test_plans_are_made_once_for_caps_and_properties)
{
  Lines lines = { "GST_PERFORMANCE", GST_LEVEL_INFO, "I420 native", 0 };
  Rig rig;
  guint i;

  begin_counting (&lines);
  rig_init (&rig, CAPS ("I420", 64, 64), CAPS ("I420", 32, 32));
  for (i = 0; i < 10; i++) {
    g_object_set (rig.h->element, "border-color", 0xff123456, NULL);
    rig_check_frame (&rig, i);
  }
  /* one for the caps, one for the new color */
  fail_unless_equals_int (lines.n, 2);
  rig_clear (&rig);
  end_counting (&lines);
}

GST_END_TEST;

static Suite *
element_suite (void)
{
  Suite *suite = suite_create ("element");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_add_test (tc, test_templates_have_every_format_but_the_palette);
  tcase_add_test (tc, test_registration_and_property_flags);
  tcase_add_loop_test (tc, test_equal_caps_return_the_same_buffer, 0,
      G_N_ELEMENTS (same_caps));
  tcase_add_loop_test (tc, test_frames_equal_the_definition, 0,
      G_N_ELEMENTS (sizes));
  tcase_add_test (tc, test_thread_counts_make_no_difference);
  tcase_add_test (tc, test_output_memory_is_used_again);
  tcase_add_test (tc, test_caps_of_either_side_change_without_losing_a_frame);
  tcase_add_test (tc, test_passing_through_ends_and_begins_with_the_caps);
  tcase_add_loop_test (tc, test_refused_caps_are_explained, 0,
      G_N_ELEMENTS (refusals));
  tcase_add_test (tc, test_every_refusal_is_explained);
  tcase_add_test (tc,
      test_downstream_caps_that_become_impossible_are_explained);
  tcase_add_test (tc, test_nothing_is_converted);
  tcase_add_test (tc, test_add_borders_takes_effect_on_the_next_frame);
  tcase_add_test (tc, test_border_color_takes_effect_on_the_next_frame);
  tcase_add_test (tc, test_controlled_property_follows_the_frame_time);
  tcase_add_test (tc, test_properties_written_by_another_thread);
  tcase_add_test (tc, test_eos_and_gap_pass);
  tcase_add_test (tc, test_frames_come_again_after_flush_and_seek);
  tcase_add_test (tc, test_null_to_playing_repeatedly);
#if GST_CHECK_VERSION (1, 28, 0)
  tcase_add_loop_test (tc, test_task_pool_of_the_application_is_used, 0, 2);
#endif
  tcase_add_test (tc, test_every_flow_return_goes_upstream);
  tcase_add_test (tc, test_late_frames_are_dropped_and_there_is_no_latency);
  tcase_add_test (tc, test_navigation_arrives_in_input_pixels);
  tcase_add_test (tc, test_upstream_is_offered_a_pool_and_video_meta);
  tcase_add_test (tc, test_only_metas_that_survive_are_proposed_upstream);
  tcase_add_test (tc, test_strides_of_the_pool_of_downstream_are_kept);
  tcase_add_test (tc, test_alignment_asked_for_by_downstream_is_kept);
  tcase_add_test (tc, test_unknown_instruction_set_is_warned_about);
  tcase_add_test (tc, test_every_file_logs_to_the_category_of_the_element);
  tcase_add_test (tc, test_plans_are_made_once_for_caps_and_properties);
  return suite;
}

GST_CHECK_MAIN (element);

/* GStreamer areascale: pools that downstream offers, and its wishes for their buffers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "rig.h"

#define SEED 47

#define OUT_CAPS CAPS ("I420", 36, 22)

/* A pool with conditions of its own. */
typedef struct
{
  GstVideoBufferPool parent;
  guint least;                  /* buffers, or it makes a counter-offer */
  gboolean refuses_alignment;
  gboolean refuses_all;
} ParticularPool;

typedef struct
{
  GstVideoBufferPoolClass parent_class;
} ParticularPoolClass;

GType particular_pool_get_type (void);
G_DEFINE_TYPE (ParticularPool, particular_pool, GST_TYPE_VIDEO_BUFFER_POOL);

static gboolean
particular_pool_set_config (GstBufferPool * pool, GstStructure * config)
{
  ParticularPool *self = (ParticularPool *) pool;
  GstCaps *caps;
  guint size, min, max;
  gboolean offers;

  if (self->refuses_all || (self->refuses_alignment
          && gst_buffer_pool_config_has_option (config,
              GST_BUFFER_POOL_OPTION_VIDEO_ALIGNMENT)))
    return FALSE;

  gst_buffer_pool_config_get_params (config, &caps, &size, &min, &max);
  offers = min < self->least;
  if (offers)
    gst_buffer_pool_config_set_params (config, caps, size, self->least, max);
  return GST_BUFFER_POOL_CLASS (particular_pool_parent_class)->set_config (pool,
      config) && !offers;
}

static void
particular_pool_class_init (ParticularPoolClass * klass)
{
  GST_BUFFER_POOL_CLASS (klass)->set_config = particular_pool_set_config;
}

static void
particular_pool_init (ParticularPool * pool)
{
  pool->least = 0;
}

typedef struct
{
  GstBufferPool *pool;          /* NULL: none */
  GstStructure *params;         /* of GstVideoMeta */
} Answer;

static GstPadProbeReturn
answer_allocation (GstPad * pad, GstPadProbeInfo * probe, gpointer user_data)
{
  GstQuery *query = GST_PAD_PROBE_INFO_QUERY (probe);
  const Answer *answer = user_data;

  (void) pad;
  if (GST_QUERY_TYPE (query) != GST_QUERY_ALLOCATION)
    return GST_PAD_PROBE_OK;
  if (answer->pool)
    gst_query_add_allocation_pool (query, answer->pool, 0, 0, 0);
  gst_query_add_allocation_meta (query, GST_VIDEO_META_API_TYPE,
      answer->params);
  return GST_PAD_PROBE_HANDLED;
}

/* One frame out of an element whose downstream answers so. */
static GstBuffer *
scale (const Answer * answer, const gchar * out_caps)
{
  GstBuffer *inbuf, *outbuf;
  Rig rig;

  rig_open (&rig);
  g_object_set (rig.h->element, "add-borders", FALSE, NULL);
  gst_pad_add_probe (rig.h->sinkpad, GST_PAD_PROBE_TYPE_QUERY_DOWNSTREAM,
      answer_allocation, (gpointer) answer, NULL);
  rig_set_out_caps (&rig, out_caps);
  rig_set_in_caps (&rig, CAPS ("I420", 64, 48));
  inbuf = rig_noise (&rig.in, SEED);
  gst_harness_push (rig.h, gst_buffer_ref (inbuf));
  rig_assert_no_error (&rig);
  outbuf = gst_harness_pull (rig.h);
  rig_assert_scaled (&rig.in, inbuf, &rig.out, outbuf);
  gst_buffer_unref (inbuf);
  rig_clear (&rig);
  return outbuf;
}

static GstStructure *
wish_for (guint top, guint mask)
{
  return gst_structure_new ("video-meta", "padding-top", G_TYPE_UINT, top,
      "stride-align0", G_TYPE_UINT, mask, NULL);
}

static ParticularPool *
new_pool (void)
{
  return gst_object_ref_sink (g_object_new (particular_pool_get_type (), NULL));
}

static void
check_meta (GstBuffer * buffer, gint stride, gsize offset)
{
  GstVideoMeta *meta = gst_buffer_get_video_meta (buffer);

  fail_unless (meta != NULL);
  fail_unless_equals_int (meta->stride[0], stride);
  fail_unless_equals_uint64 (meta->offset[0], offset);
}

/* Numbers of buffers that the pool raises are its right. */
GST_START_TEST (test_counter_offer_is_accepted)
{
  const gboolean with_wish = __i__;
  ParticularPool *pool = new_pool ();
  Answer answer = { GST_BUFFER_POOL (pool),
    with_wish ? wish_for (2, 63) : NULL
  };
  GstStructure *config;
  GstBuffer *outbuf;
  guint min;

  pool->least = 3;
  outbuf = scale (&answer, OUT_CAPS);
  fail_unless (outbuf->pool == answer.pool);
  config = gst_buffer_pool_get_config (answer.pool);
  gst_buffer_pool_config_get_params (config, NULL, NULL, &min, NULL);
  fail_unless_equals_int (min, 3);
  gst_structure_free (config);
  if (with_wish) {
    check_meta (outbuf, 128, 2 * 128);
    gst_structure_free (answer.params);
  }
  gst_buffer_unref (outbuf);
  gst_object_unref (pool);
}

GST_END_TEST;

/* The memory of downstream is worth more than the padding that it wants. */
GST_START_TEST (test_pool_that_refuses_the_alignment_is_used_without)
{
  ParticularPool *pool = new_pool ();
  Answer answer = { GST_BUFFER_POOL (pool), wish_for (2, 63) };
  GstBuffer *outbuf;

  pool->refuses_alignment = TRUE;
  outbuf = scale (&answer, OUT_CAPS);
  fail_unless (outbuf->pool == answer.pool);
  check_meta (outbuf, 36, 0);
  gst_buffer_unref (outbuf);
  gst_structure_free (answer.params);
  gst_object_unref (pool);
}

GST_END_TEST;

GST_START_TEST (test_own_pool_has_the_alignment_in_place_of_the_offered_one)
{
  ParticularPool *pool = new_pool ();
  Answer answer = { GST_BUFFER_POOL (pool), wish_for (2, 63) };
  GstBuffer *outbuf;

  pool->refuses_all = TRUE;
  outbuf = scale (&answer, OUT_CAPS);
  fail_unless (outbuf->pool != answer.pool);
  check_meta (outbuf, 128, 2 * 128);
  gst_buffer_unref (outbuf);
  gst_structure_free (answer.params);
  gst_object_unref (pool);
}

GST_END_TEST;

/* A pool that is configured for the output. */
static GstBufferPool *
new_configured_pool (const GstVideoAlignment * align)
{
  GstBufferPool *pool = gst_video_buffer_pool_new ();
  GstStructure *config = gst_buffer_pool_get_config (pool);
  GstCaps *caps = gst_caps_from_string (OUT_CAPS);
  GstVideoInfo info;

  fail_unless (gst_video_info_from_caps (&info, caps));
  gst_buffer_pool_config_set_params (config, caps, info.size, 0, 0);
  if (align) {
    gst_buffer_pool_config_add_option (config,
        GST_BUFFER_POOL_OPTION_VIDEO_META);
    gst_buffer_pool_config_add_option (config,
        GST_BUFFER_POOL_OPTION_VIDEO_ALIGNMENT);
    gst_buffer_pool_config_set_video_alignment (config,
        (GstVideoAlignment *) align);
  }
  fail_unless (gst_buffer_pool_set_config (pool, config));
  gst_caps_unref (caps);
  return pool;
}

/* It takes no other configuration, but the one that it has will do. */
GST_START_TEST (test_active_pool_is_used_as_it_is)
{
  GstBufferPool *pool = new_configured_pool (NULL);
  Answer answer = { pool, NULL };
  GstBuffer *outbuf;

  fail_unless (gst_buffer_pool_set_active (pool, TRUE));
  outbuf = scale (&answer, OUT_CAPS);
  fail_unless (outbuf->pool == pool);
  fail_unless (gst_buffer_get_video_meta (outbuf) == NULL);
  gst_buffer_unref (outbuf);
  gst_buffer_pool_set_active (pool, FALSE);
  gst_object_unref (pool);
}

GST_END_TEST;

/* A pool for any caps says nothing about these. */
GST_START_TEST (test_active_pool_without_caps_is_replaced)
{
  GstBufferPool *pool = gst_buffer_pool_new ();
  GstStructure *config = gst_buffer_pool_get_config (pool);
  Answer answer = { pool, NULL };
  GstBuffer *outbuf;

  gst_buffer_pool_config_set_params (config, NULL, 4096, 0, 0);
  fail_unless (gst_buffer_pool_set_config (pool, config));
  fail_unless (gst_buffer_pool_set_active (pool, TRUE));
  outbuf = scale (&answer, OUT_CAPS);
  fail_unless (outbuf->pool != pool);
  gst_buffer_unref (outbuf);
  gst_buffer_pool_set_active (pool, FALSE);
  gst_object_unref (pool);
}

GST_END_TEST;

/* Parameters that ask for nothing leave the pool what it has. */
GST_START_TEST (test_alignment_of_nothing_changes_no_pool)
{
  const GstVideoAlignment align = {.padding_top = 4,.padding_right = 28 };
  GstBufferPool *pool = new_configured_pool (&align);
  Answer answer = { pool, wish_for (0, 0) };
  GstBuffer *outbuf = scale (&answer, OUT_CAPS);

  fail_unless (outbuf->pool == pool);
  check_meta (outbuf, 64, 4 * 64);
  gst_buffer_unref (outbuf);
  gst_structure_free (answer.params);
  gst_object_unref (pool);
}

GST_END_TEST;

/* 30 000 x 120 pixels in 131 070 lines of padding have more bytes than 32 bits
 * count. */
GST_START_TEST (test_padding_without_room_is_left_out)
{
  Answer answer = { NULL, gst_structure_new ("video-meta",
        "padding-top", G_TYPE_UINT, 65535, "padding-bottom", G_TYPE_UINT,
        65535, NULL)
  };
  GstBuffer *outbuf = scale (&answer, CAPS ("I420", 30000, 120));

  check_meta (outbuf, 30000, 0);
  gst_buffer_unref (outbuf);
  gst_structure_free (answer.params);
}

GST_END_TEST;

static Suite *
offers_suite (void)
{
  Suite *suite = suite_create ("offers");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_add_loop_test (tc, test_counter_offer_is_accepted, 0, 2);
  tcase_add_test (tc, test_pool_that_refuses_the_alignment_is_used_without);
  tcase_add_test (tc,
      test_own_pool_has_the_alignment_in_place_of_the_offered_one);
  tcase_add_test (tc, test_active_pool_is_used_as_it_is);
  tcase_add_test (tc, test_active_pool_without_caps_is_replaced);
  tcase_add_test (tc, test_alignment_of_nothing_changes_no_pool);
  tcase_add_test (tc, test_padding_without_room_is_left_out);
  return suite;
}

GST_CHECK_MAIN (offers);

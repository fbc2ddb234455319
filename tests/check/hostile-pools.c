/* GStreamer areascale: pools of downstream that lie, fail or are merely odd
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Every pool ends in an element error or in the correct frame.
 */

#include "rig.h"

#define SEED 5

typedef struct
{
  GstBufferPool parent;
  gboolean refuses_config;
  gboolean refuses_start;
  gboolean refuses_buffers;
  gboolean read_only;
  const Place *place;           /* with meta when set */
  gsize size;
  guint n_allocated;
  guint n_configured;
} OddPool;

typedef struct
{
  GstBufferPoolClass parent_class;
} OddPoolClass;

GType odd_pool_get_type (void);
G_DEFINE_TYPE (OddPool, odd_pool, GST_TYPE_BUFFER_POOL);
#define ODD_POOL(pool) ((OddPool *) (pool))

static gboolean
odd_pool_set_config (GstBufferPool * pool, GstStructure * config)
{
  ODD_POOL (pool)->n_configured++;
  if (ODD_POOL (pool)->refuses_config)
    return FALSE;
  return GST_BUFFER_POOL_CLASS (odd_pool_parent_class)->set_config (pool,
      config);
}

static gboolean
odd_pool_start (GstBufferPool * pool)
{
  if (ODD_POOL (pool)->refuses_start)
    return FALSE;
  return GST_BUFFER_POOL_CLASS (odd_pool_parent_class)->start (pool);
}

static GstFlowReturn
odd_pool_alloc_buffer (GstBufferPool * pool, GstBuffer ** buffer,
    GstBufferPoolAcquireParams * params)
{
  OddPool *self = ODD_POOL (pool);
  Place place;

  (void) params;
  if (self->refuses_buffers)
    return GST_FLOW_ERROR;

  *buffer = gst_buffer_new_allocate (NULL, self->size, NULL);
  gst_buffer_memset (*buffer, 0, 0xee, self->size);
  if (self->place) {
    place = *self->place;
    GST_META_FLAG_SET (gst_buffer_add_video_meta_full (*buffer,
            GST_VIDEO_FRAME_FLAG_NONE, GST_VIDEO_FORMAT_I420, 8, 5, 3,
            place.offset, place.stride), GST_META_FLAG_POOLED);
  }
  if (self->read_only)
    GST_MINI_OBJECT_FLAG_SET (gst_buffer_peek_memory (*buffer, 0),
        GST_MEMORY_FLAG_READONLY);
  self->n_allocated++;
  return GST_FLOW_OK;
}

static void
odd_pool_class_init (OddPoolClass * klass)
{
  GstBufferPoolClass *pool_class = GST_BUFFER_POOL_CLASS (klass);

  pool_class->set_config = odd_pool_set_config;
  pool_class->start = odd_pool_start;
  pool_class->alloc_buffer = odd_pool_alloc_buffer;
}

static void
odd_pool_init (OddPool * self)
{
  self->size = 76;
}

/* I420 8x5 by default: luma 40 bytes in 6 rows of 8, chroma 12 in rows of 4 */
#define OUT_CAPS CAPS ("I420", 8, 5)
#define OUT_SIZE 72

static OddPool *
new_odd_pool (gsize size, const Place * place)
{
  OddPool *pool = g_object_new (odd_pool_get_type (), NULL);

  gst_object_ref_sink (pool);
  pool->size = size;
  pool->place = place;
  return pool;
}

/* Runs frames into the pool's buffers; the buffers outside the planes must keep
 * their bytes. */
static void
check_pool (OddPool * pool, Ending ending)
{
  GstBuffer *plain;
  GstFlowReturn ret;
  Rig rig;

  rig_open (&rig);
  rig_offer_pool (&rig, GST_BUFFER_POOL (pool), OUT_SIZE);
  rig_set_out_caps (&rig, OUT_CAPS);
  rig_set_in_caps (&rig, CAPS ("I420", 17, 11));

  plain = rig_noise (&rig.in, SEED);
  ret = gst_harness_push (rig.h, gst_buffer_ref (plain));
  if (ending == REFUSED)
    rig_assert_refused (&rig, ret, "pool");
  else
    rig_assert_correct (&rig, ret, plain, "pool");
  gst_buffer_unref (plain);
  rig_clear (&rig);
}

static const struct
{
  Place place;
  Ending ending;
} outputs[] = {
  {{OUT_SIZE, {0, 48, 60}, {8, 4, 4}}, CORRECT},
  {{68, {0, 40, 52}, {8, 4, 4}}, CORRECT},
  {{64, {0, 40, 52}, {8, 4, 4}}, CORRECT},
  {{63, {0, 40, 52}, {8, 4, 4}}, REFUSED},
  {{1000, {500, 10, 200}, {77, 13, 31}}, CORRECT},
  {{100, {32, 48, 60}, {-8, 4, 4}}, CORRECT},
  {{100, {32, 56, 68}, {-8, -4, -4}}, CORRECT},
  {{100, {31, 48, 60}, {-8, 4, 4}}, REFUSED},
  /* chroma in the padding of the luma's rows */
  {{80, {0, 8, 12}, {16, 16, 16}}, CORRECT},
  {{80, {0, 8, 11}, {16, 16, 16}}, REFUSED},
  {{80, {0, 7, 12}, {16, 16, 16}}, REFUSED},
  /* the same bytes for both chroma planes, and for everything */
  {{100, {0, 48, 48}, {8, 4, 4}}, REFUSED},
  {{100, {0, 0, 0}, {8, 4, 4}}, REFUSED},
  {{100, {0, 39, 52}, {8, 4, 4}}, REFUSED},
  {{100, {0, 48, 60}, {8, 4, 3}}, REFUSED},
  {{100, {0, 48, 60}, {0, 4, 4}}, REFUSED},
  {{100, {0, 48, G_MAXSIZE}, {8, 4, 4}}, REFUSED},
};

GST_START_TEST (test_output_planes_of_a_pool)
{
  OddPool *pool = new_odd_pool (outputs[__i__].place.size,
      &outputs[__i__].place);

  check_pool (pool, outputs[__i__].ending);
  fail_unless (pool->n_allocated > 0);
  gst_object_unref (pool);
}

GST_END_TEST;

GST_START_TEST (test_pool_with_too_small_buffers_is_an_error)
{
  OddPool *pool = new_odd_pool (60, NULL);

  check_pool (pool, REFUSED);
  gst_object_unref (pool);
}

GST_END_TEST;

GST_START_TEST (test_pool_of_read_only_memory_is_written_in_a_copy)
{
  OddPool *pool = new_odd_pool (OUT_SIZE, NULL);

  pool->read_only = TRUE;
  check_pool (pool, CORRECT);
  gst_object_unref (pool);
}

GST_END_TEST;

GST_START_TEST (test_pool_that_refuses_its_configuration_is_replaced)
{
  OddPool *pool = new_odd_pool (OUT_SIZE, NULL);

  pool->refuses_config = TRUE;
  check_pool (pool, CORRECT);
  fail_unless (pool->n_configured > 0);
  fail_unless_equals_int (pool->n_allocated, 0);
  gst_object_unref (pool);
}

GST_END_TEST;

GST_START_TEST (test_pool_that_does_not_start_is_an_error)
{
  OddPool *pool = new_odd_pool (OUT_SIZE, NULL);

  pool->refuses_start = TRUE;
  check_pool (pool, REFUSED);
  gst_object_unref (pool);
}

GST_END_TEST;

GST_START_TEST (test_pool_without_buffers_is_an_error)
{
  OddPool *pool = new_odd_pool (OUT_SIZE, NULL);

  pool->refuses_buffers = TRUE;
  check_pool (pool, REFUSED);
  gst_object_unref (pool);
}

GST_END_TEST;

static Suite *
hostile_pools_suite (void)
{
  Suite *suite = suite_create ("hostile-pools");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_add_loop_test (tc, test_output_planes_of_a_pool, 0,
      G_N_ELEMENTS (outputs));
  tcase_add_test (tc, test_pool_with_too_small_buffers_is_an_error);
  tcase_add_test (tc, test_pool_of_read_only_memory_is_written_in_a_copy);
  tcase_add_test (tc, test_pool_that_refuses_its_configuration_is_replaced);
  tcase_add_test (tc, test_pool_that_does_not_start_is_an_error);
  tcase_add_test (tc, test_pool_without_buffers_is_an_error);
  return suite;
}

GST_CHECK_MAIN (hostile_pools);

/* GStreamer areascale: threads of the application
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "counting-pool.h"
#include "log.h"
#include "rig.h"

#define SEED 29
#define CONTEXT_TYPE "gst.task.pool"

/* High enough for several jobs. */
#define IN_CAPS CAPS ("ARGB", 400, 400)
#define OUT_CAPS CAPS ("ARGB", 20, 20)

/* As gst_context_set_task_pool() of GStreamer 1.28 makes them. */
static GstContext *
new_context (GstTaskPool * pool, gboolean persistent)
{
  GstContext *context = gst_context_new (CONTEXT_TYPE, persistent);

#if GST_CHECK_VERSION (1, 28, 0)
  gst_context_set_task_pool (context, pool);
#else
  if (pool)
    gst_structure_set (gst_context_writable_structure (context), "pool",
        GST_TYPE_TASK_POOL, pool, NULL);
#endif
  return context;
}

static void
set_context (Rig * rig, GstTaskPool * pool)
{
  GstContext *context = new_context (pool, TRUE);

  gst_element_set_context (rig->h->element, context);
  gst_context_unref (context);
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
    fail_unless_equals_string (type, CONTEXT_TYPE);
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
GST_START_TEST (test_the_pool_of_a_context_is_used)
{
  const gboolean persistent = __i__;
  GstTaskPool *pool = counting_pool_new (1);
  GstContext *context = new_context (pool, persistent);
  Rig rig;

  gst_task_pool_prepare (pool, NULL);
  rig_open (&rig);
  g_object_set (rig.h->element, "n-threads", 3, NULL);
  rig_set_out_caps (&rig, OUT_CAPS);
  rig_set_in_caps (&rig, IN_CAPS);
  rig_check_frame (&rig, SEED);
  fail_unless_equals_int (count_requests (&rig), 1);

  gst_element_set_context (rig.h->element, context);
  rig_check_frame (&rig, SEED + 1);
  fail_unless_equals_int (counting_pool_take (pool), 2);
  fail_unless_equals_int (count_requests (&rig), 0);

  restart (&rig);
  rig_check_frame (&rig, SEED + 2);
  fail_unless_equals_int (count_requests (&rig), !persistent);
  fail_unless_equals_int (counting_pool_take (pool) > 0, persistent);

  rig_clear (&rig);
  gst_context_unref (context);
  gst_task_pool_cleanup (pool);
  gst_object_unref (pool);
}

GST_END_TEST;

/* What a frame gives to a pool of max_threads that is there before the caps. */
static gint
tasks_of_frame (guint max_threads, const gchar * n_threads)
{
  GstTaskPool *pool = counting_pool_new (max_threads);
  Rig rig;
  gint n;

  gst_task_pool_prepare (pool, NULL);
  rig_open (&rig);
  if (n_threads)
    gst_util_set_object_arg (G_OBJECT (rig.h->element), "n-threads", n_threads);
  set_context (&rig, pool);
  rig_set_out_caps (&rig, OUT_CAPS);
  rig_set_in_caps (&rig, IN_CAPS);
  rig_check_frame (&rig, SEED);
  fail_unless_equals_int (count_requests (&rig), 0);
  n = counting_pool_take (pool);

  rig_clear (&rig);
  gst_task_pool_cleanup (pool);
  gst_object_unref (pool);
  return n;
}

GST_START_TEST (test_the_pool_decides_how_many_unless_the_property_is_set)
{
  const gint n_processors = g_get_num_processors ();
  const gint of_four = MIN (n_processors, 4) - 1;

  fail_unless_equals_int (tasks_of_frame (4, NULL), of_four);
  fail_unless_equals_int (tasks_of_frame (4, "0"), of_four);
  fail_unless_equals_int (tasks_of_frame (4, "1"), 0);
  fail_unless_equals_int (tasks_of_frame (4, "3"), 2);
  fail_unless_equals_int (tasks_of_frame (1, NULL), 0);
  fail_unless_equals_int (tasks_of_frame (1, "3"), 2);
  /* nothing starts there, and without a limit */
  fail_unless_equals_int (tasks_of_frame (0, NULL), 0);
  fail_unless (tasks_of_frame (-1, NULL) < n_processors);
}

GST_END_TEST;

static GstBusSyncReply
answer (GstBus * bus, GstMessage * message, gpointer pool)
{
  (void) bus;
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_NEED_CONTEXT) {
    GstContext *context = new_context (pool, FALSE);

    gst_element_set_context (GST_ELEMENT (GST_MESSAGE_SRC (message)), context);
    gst_context_unref (context);
  }
  return GST_BUS_PASS;
}

/* Applications answer from within the message: the first frame uses the pool,
 * and nothing is made twice. */
GST_START_TEST (test_the_answer_to_the_request_is_used_at_once)
{
  GstTaskPool *pool = counting_pool_new (1);
  LogLines engines = LOG_ENGINES;
  Rig rig;

  gst_task_pool_prepare (pool, NULL);
  rig_open (&rig);
  gst_bus_set_sync_handler (rig.bus, answer, pool, NULL);
  g_object_set (rig.h->element, "n-threads", 2, NULL);
  log_begin (&engines);
  rig_set_out_caps (&rig, OUT_CAPS);
  rig_set_in_caps (&rig, IN_CAPS);
  rig_check_frame (&rig, SEED);
  fail_unless_equals_int (counting_pool_take (pool), 1);
  rig_check_frame (&rig, SEED + 1);
  fail_unless_equals_int (count_requests (&rig), 1);
  fail_unless_equals_int (engines.n, 1);

  log_end (&engines);
  gst_bus_set_sync_handler (rig.bus, NULL, NULL, NULL);
  rig_clear (&rig);
  gst_task_pool_cleanup (pool);
  gst_object_unref (pool);
}

GST_END_TEST;

GST_START_TEST (test_frames_that_pass_through_need_no_pool)
{
  Rig rig;

  rig_init (&rig, IN_CAPS, IN_CAPS);
  rig_check_frame (&rig, SEED);
  fail_unless_equals_int (count_requests (&rig), 0);
  rig_clear (&rig);
}

GST_END_TEST;

/* Contexts of another type change nothing; one whose pool is none, or no pool,
 * takes it away. */
GST_START_TEST (test_contexts_without_a_pool)
{
  GstTaskPool *pool = counting_pool_new (1);
  GstContext *other = gst_context_new ("gst.other", TRUE);
  GstContext *odd = gst_context_new (CONTEXT_TYPE, TRUE);
  Rig rig;

  gst_task_pool_prepare (pool, NULL);
  gst_structure_set (gst_context_writable_structure (odd), "pool",
      G_TYPE_STRING, "none", NULL);
  rig_open (&rig);
  g_object_set (rig.h->element, "n-threads", 2, NULL);
  set_context (&rig, pool);
  gst_element_set_context (rig.h->element, other);
  rig_set_out_caps (&rig, OUT_CAPS);
  rig_set_in_caps (&rig, IN_CAPS);
  rig_check_frame (&rig, SEED);
  fail_unless_equals_int (counting_pool_take (pool), 1);

  gst_element_set_context (rig.h->element, odd);
  rig_check_frame (&rig, SEED);
  set_context (&rig, pool);
  set_context (&rig, NULL);
  rig_check_frame (&rig, SEED);
  fail_unless_equals_int (counting_pool_take (pool), 0);
  fail_unless_equals_int (count_requests (&rig), 2);

  rig_clear (&rig);
  gst_context_unref (odd);
  gst_context_unref (other);
  gst_task_pool_cleanup (pool);
  gst_object_unref (pool);
}

GST_END_TEST;

static Suite *
task_pools_suite (void)
{
  Suite *suite = suite_create ("task-pools");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_add_loop_test (tc, test_the_pool_of_a_context_is_used, 0, 2);
  tcase_add_test (tc,
      test_the_pool_decides_how_many_unless_the_property_is_set);
  tcase_add_test (tc, test_the_answer_to_the_request_is_used_at_once);
  tcase_add_test (tc, test_frames_that_pass_through_need_no_pool);
  tcase_add_test (tc, test_contexts_without_a_pool);
  return suite;
}

GST_CHECK_MAIN (task_pools);

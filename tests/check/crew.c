/* GStreamer areascale: threads of pools that take no tasks
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <gst/check/gstcheck.h>

#include "counting-pool.h"
#include "crew.h"

#define N_JOBS 16
#define N_THREADS 4

/* As CountingPool, but no GstSharedTaskPool. */

typedef struct
{
  GstTaskPool parent;
  gint n_tasks;
} PlainPool;

typedef struct
{
  GstTaskPoolClass parent_class;
} PlainPoolClass;

GType plain_pool_get_type (void);
G_DEFINE_TYPE (PlainPool, plain_pool, GST_TYPE_TASK_POOL);

static gpointer
plain_pool_push (GstTaskPool * pool, GstTaskPoolFunction func,
    gpointer user_data, GError ** error)
{
  ((PlainPool *) pool)->n_tasks++;
  return GST_TASK_POOL_CLASS (plain_pool_parent_class)->push (pool, func,
      user_data, error);
}

static void
plain_pool_class_init (PlainPoolClass * klass)
{
  GST_TASK_POOL_CLASS (klass)->push = plain_pool_push;
}

static void
plain_pool_init (PlainPool * pool)
{
  pool->n_tasks = 0;
}

static gint n_done[N_JOBS];
static gint n_workers_too_high;

static void
do_job (gpointer user_data, guint worker, guint job)
{
  (void) user_data;
  g_atomic_int_inc (&n_done[job]);
  if (worker >= N_THREADS)
    g_atomic_int_inc (&n_workers_too_high);
}

/* Every job is done once by the time that the run ends. */
static void
check_run (GstAreaScaleCrew * crew)
{
  guint i;

  memset (n_done, 0, sizeof (n_done));
  gst_area_scale_crew_run (crew, N_JOBS);
  for (i = 0; i < N_JOBS; i++)
    fail_unless_equals_int (g_atomic_int_get (&n_done[i]), 1);
  fail_unless_equals_int (g_atomic_int_get (&n_workers_too_high), 0);
}

/* Runs with a pool that is not prepared, prepared, and cleaned up. A pool that
 * takes no task is asked for one thread at each run, never given up; tasks that
 * it did not take are not waited for. */
static void
check_pool (GstTaskPool * pool, const gint * n_tasks)
{
  GstAreaScaleCrew *crew =
      gst_area_scale_crew_new (N_THREADS, pool, do_job, NULL);
  guint round;
  gint before;

  for (round = 0; round < 2; round++) {
    for (before = *n_tasks; *n_tasks < before + 3;) {
      gint last = *n_tasks;

      check_run (crew);
      fail_unless_equals_int (*n_tasks, last + 1);
      fail_if (gst_area_scale_crew_pool_failed (crew, pool));
    }

    gst_task_pool_prepare (pool, NULL);
    before = *n_tasks;
    check_run (crew);
    fail_unless_equals_int (*n_tasks, before + N_THREADS - 1);
    fail_if (gst_area_scale_crew_pool_failed (crew, pool));
    gst_task_pool_cleanup (pool);
  }
  gst_area_scale_crew_free (crew);
}

GST_START_TEST (test_shared_pool_that_takes_no_task)
{
  GstTaskPool *pool = counting_pool_new (3);

  check_pool (pool, &((CountingPool *) pool)->n_tasks);
  gst_object_unref (pool);
}

GST_END_TEST;

GST_START_TEST (test_plain_pool_that_takes_no_task)
{
  PlainPool *pool =
      gst_object_ref_sink (g_object_new (plain_pool_get_type (), NULL));

  check_pool (GST_TASK_POOL (pool), &pool->n_tasks);
  gst_object_unref (pool);
}

GST_END_TEST;

static Suite *
crew_suite (void)
{
  Suite *suite = suite_create ("crew");
  TCase *tc = tcase_create ("pools");

  suite_add_tcase (suite, tc);
  tcase_add_test (tc, test_shared_pool_that_takes_no_task);
  tcase_add_test (tc, test_plain_pool_that_takes_no_task);
  return suite;
}

GST_CHECK_MAIN (crew);

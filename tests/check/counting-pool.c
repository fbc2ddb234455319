/* GStreamer areascale: a task pool that counts
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "counting-pool.h"

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

GstTaskPool *
counting_pool_new (guint max_threads)
{
  GstSharedTaskPool *pool = g_object_new (counting_pool_get_type (), NULL);

  gst_shared_task_pool_set_max_threads (pool, max_threads);
  return gst_object_ref_sink (pool);
}

gint
counting_pool_take (GstTaskPool * pool)
{
  CountingPool *self = (CountingPool *) pool;
  gint n = g_atomic_int_get (&self->n_tasks);

  g_atomic_int_add (&self->n_tasks, -n);
  return n;
}

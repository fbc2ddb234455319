/* GStreamer areascale: threads that share a frame's jobs
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "crew.h"
#include "debug.h"

struct _GstAreaScaleCrew
{
  GstAreaScaleCrewFunc func;
  gpointer user_data;
  guint n_threads;
  GstTaskPool *pool;
  gboolean pool_failed;
  gboolean warned;

  gint next_job;                /* atomic */
  guint n_jobs;

  GMutex lock;
  GCond left;
  /* under the lock */
  gboolean freed;
  gboolean open;                /* there may be jobs to take */
  guint n_pending;              /* tasks that the pool has not started yet */
  guint n_entered;              /* workers of this run */
  guint n_working;              /* those that have not left yet */
};

GstAreaScaleCrew *
gst_area_scale_crew_new (guint n_threads, GstTaskPool * pool,
    GstAreaScaleCrewFunc func, gpointer user_data)
{
  GstAreaScaleCrew *crew = g_try_new0 (GstAreaScaleCrew, 1);

  if (crew == NULL)
    return NULL;

  crew->func = func;
  crew->user_data = user_data;
  crew->n_threads = n_threads;
  if (pool != NULL)
    crew->pool = gst_object_ref (pool);
  g_mutex_init (&crew->lock);
  g_cond_init (&crew->left);
  return crew;
}

/* Unlocks a crew, and frees it when neither its owner nor a task has it. */
static void
unlock (GstAreaScaleCrew * crew)
{
  gboolean last = crew->freed && crew->n_pending == 0;

  g_mutex_unlock (&crew->lock);
  if (last) {
    g_mutex_clear (&crew->lock);
    g_cond_clear (&crew->left);
    g_free (crew);
  }
}

void
gst_area_scale_crew_free (GstAreaScaleCrew * crew)
{
  if (crew == NULL)
    return;

  gst_clear_object (&crew->pool);
  g_mutex_lock (&crew->lock);
  crew->freed = TRUE;
  unlock (crew);
}

static void
take_jobs (GstAreaScaleCrew * crew, guint worker)
{
  guint job;

  while ((job = g_atomic_int_add (&crew->next_job, 1)) < crew->n_jobs)
    crew->func (crew->user_data, worker, job);
}

/* Runs in a thread of the pool, perhaps long after the jobs were done. */
static void
help (gpointer user_data)
{
  GstAreaScaleCrew *crew = user_data;

  g_mutex_lock (&crew->lock);
  crew->n_pending--;
  if (crew->open && crew->n_entered < crew->n_threads) {
    guint worker = crew->n_entered++;

    crew->n_working++;
    g_mutex_unlock (&crew->lock);
    take_jobs (crew, worker);
    g_mutex_lock (&crew->lock);
    crew->n_working--;
    g_cond_signal (&crew->left);
  }
  unlock (crew);
}

/* Says once that the pool takes no tasks: it is asked again for every frame. */
static void
warn (GstAreaScaleCrew * crew, const GError * error)
{
  if (!crew->warned)
    GST_WARNING ("the task pool takes no more tasks: %s",
        error ? error->message : "it is not prepared");
  crew->warned = TRUE;
}

/* Whether the pool took a task without complaint. GstSharedTaskPool gives a
 * handle for every task that it queues; other pools need not. A thread that
 * could not be started is reported for a task that is queued nevertheless. */
static gboolean
push_task (GstAreaScaleCrew * crew)
{
  GError *error = NULL;
  gpointer handle;
  gboolean taken;

  g_mutex_lock (&crew->lock);
  crew->n_pending++;
  g_mutex_unlock (&crew->lock);

  handle = gst_task_pool_push (crew->pool, help, crew, &error);
  taken = error == NULL
      && (handle != NULL || !GST_IS_SHARED_TASK_POOL (crew->pool));
  if (handle != NULL)
    gst_task_pool_dispose_handle (crew->pool, handle);
  if (taken)
    return TRUE;

  warn (crew, error);
  crew->pool_failed = error != NULL && error->domain == G_THREAD_ERROR;
  if (!crew->pool_failed) {
    g_mutex_lock (&crew->lock);
    crew->n_pending--;
    g_mutex_unlock (&crew->lock);
  }
  g_clear_error (&error);
  return FALSE;
}

static void
call_helpers (GstAreaScaleCrew * crew)
{
  guint wanted = MIN (crew->n_threads, crew->n_jobs);
  guint n;

  g_mutex_lock (&crew->lock);
  n = 1 + crew->n_pending;
  g_mutex_unlock (&crew->lock);

  while (n < wanted && push_task (crew))
    n++;
}

void
gst_area_scale_crew_run (GstAreaScaleCrew * crew, guint n_jobs)
{
  g_mutex_lock (&crew->lock);
  g_atomic_int_set (&crew->next_job, 0);
  crew->n_jobs = n_jobs;
  crew->n_entered = 1;
  crew->open = TRUE;
  g_mutex_unlock (&crew->lock);

  if (crew->pool != NULL && !crew->pool_failed)
    call_helpers (crew);
  take_jobs (crew, 0);

  g_mutex_lock (&crew->lock);
  crew->open = FALSE;
  while (crew->n_working > 0)
    g_cond_wait (&crew->left, &crew->lock);
  g_mutex_unlock (&crew->lock);
}

gboolean
gst_area_scale_crew_pool_failed (const GstAreaScaleCrew * crew,
    const GstTaskPool * pool)
{
  return crew->pool == pool && crew->pool_failed;
}

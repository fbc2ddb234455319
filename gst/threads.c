/* GStreamer areascale: where the threads of a frame come from
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "debug.h"
#include "engine.h"
#include "threads.h"

/* GStreamer 1.28 and newer name it; contexts themselves are older. */
#ifndef GST_TASK_POOL_CONTEXT_TYPE
#define GST_TASK_POOL_CONTEXT_TYPE "gst.task.pool"
#endif

static void
set_shared (GstAreaScaleThreads * threads, GstElement * element,
    GstTaskPool * pool, gboolean keep)
{
  GstTaskPool *old;

  GST_OBJECT_LOCK (element);
  old = threads->shared;
  threads->shared = pool;
  threads->keeps_shared = keep;
  threads->shared_is_new = TRUE;
  GST_OBJECT_UNLOCK (element);
  gst_clear_object (&old);
}

static GstTaskPool *
get_shared (GstAreaScaleThreads * threads, GstElement * element)
{
  GstTaskPool *pool = NULL;

  GST_OBJECT_LOCK (element);
  if (threads->shared)
    pool = gst_object_ref (threads->shared);
  threads->shared_is_new = FALSE;
  GST_OBJECT_UNLOCK (element);
  return pool;
}

/* The application may answer at once. */
static GstTaskPool *
ask_for_shared (GstAreaScaleThreads * threads, GstElement * element)
{
  GstTaskPool *pool = get_shared (threads, element);

  if (pool != NULL)
    return pool;
  gst_element_post_message (element,
      gst_message_new_need_context (GST_OBJECT (element),
          GST_TASK_POOL_CONTEXT_TYPE));
  return get_shared (threads, element);
}

void
gst_area_scale_threads_set_context (GstAreaScaleThreads * threads,
    GstElement * element, GstContext * context)
{
  const GValue *pool;

  if (!gst_context_has_context_type (context, GST_TASK_POOL_CONTEXT_TYPE))
    return;

  pool = gst_structure_get_value (gst_context_get_structure (context), "pool");
  set_shared (threads, element,
      pool && G_VALUE_HOLDS (pool, GST_TYPE_TASK_POOL) ?
      g_value_dup_object (pool) : NULL, gst_context_is_persistent (context));
}

gboolean
gst_area_scale_threads_is_new (const GstAreaScaleThreads * threads)
{
  return threads->shared_is_new;
}

void
gst_area_scale_threads_drop_shared (GstAreaScaleThreads * threads,
    GstElement * element, gboolean also_kept)
{
  gboolean drop;

  GST_OBJECT_LOCK (element);
  drop = also_kept || !threads->keeps_shared;
  GST_OBJECT_UNLOCK (element);
  if (drop)
    set_shared (threads, element, NULL, FALSE);
}

/* The threads of the pool are one less: the streaming thread works too. */
static GstTaskPool *
get_own (GstAreaScaleThreads * threads, GstElement * element, guint n_threads)
{
  GError *error = NULL;

  if (threads->own == NULL) {
    GstTaskPool *pool = gst_shared_task_pool_new ();

    gst_task_pool_prepare (pool, &error);
    if (error) {
      GST_WARNING_OBJECT (element, "No threads, running on one: %s",
          error->message);
      g_error_free (error);
      gst_object_unref (pool);
      return NULL;
    }
    threads->own = pool;
  }
  gst_shared_task_pool_set_max_threads (GST_SHARED_TASK_POOL (threads->own),
      n_threads - 1);
  return gst_object_ref (threads->own);
}

static guint
count_threads (GstTaskPool * shared, guint setting, gboolean is_default)
{
  guint n_processors = g_get_num_processors ();

  if (GST_IS_SHARED_TASK_POOL (shared) && (is_default || setting == 0))
    return MIN (n_processors,
        gst_shared_task_pool_get_max_threads (GST_SHARED_TASK_POOL (shared)));
  return setting == 0 ? n_processors : setting;
}

GstTaskPool *
gst_area_scale_threads_get (GstAreaScaleThreads * threads,
    GstElement * element, guint setting, gboolean is_default,
    guint * n_threads)
{
  GstTaskPool *pool = ask_for_shared (threads, element);

  *n_threads = CLAMP (count_threads (pool, setting, is_default), 1,
      GST_AREA_ENGINE_MAX_THREADS);
  if (*n_threads == 1)
    gst_clear_object (&pool);
  else if (pool == NULL)
    pool = get_own (threads, element, *n_threads);
  if (pool == NULL)
    *n_threads = 1;
  return pool;
}

GstTaskPool *
gst_area_scale_threads_own (const GstAreaScaleThreads * threads)
{
  return threads->own;
}

void
gst_area_scale_threads_abandon_own (GstAreaScaleThreads * threads)
{
  gst_clear_object (&threads->own);
}

void
gst_area_scale_threads_drop_own (GstAreaScaleThreads * threads)
{
  if (threads->own)
    gst_task_pool_cleanup (threads->own);
  gst_clear_object (&threads->own);
}

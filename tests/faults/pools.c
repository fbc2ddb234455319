/* GStreamer areascale: pools of threads and of buffers that fail
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Linked with --wrap for the functions below.
 */

/* RTLD_NEXT */
#define _GNU_SOURCE

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "outside.h"

void __real_gst_task_pool_prepare (GstTaskPool * pool, GError ** error);
void __real_gst_task_pool_cleanup (GstTaskPool * pool);
void __wrap_gst_task_pool_prepare (GstTaskPool * pool, GError ** error);
void __wrap_gst_task_pool_cleanup (GstTaskPool * pool);
GstBufferPool *__real_gst_video_buffer_pool_new (void);
GstBufferPool *__wrap_gst_video_buffer_pool_new (void);

/* of all libraries: the program's own comes first */
static gboolean threads_fail;
/* The element's pools that are prepared and not cleaned up. */
static gint n_prepared;
/* The element's own pools of buffers cannot be configured. */
static gboolean configurations_fail;

void
__wrap_gst_task_pool_prepare (GstTaskPool * pool, GError ** error)
{
  n_prepared++;
  __real_gst_task_pool_prepare (pool, error);
}

void
__wrap_gst_task_pool_cleanup (GstTaskPool * pool)
{
  n_prepared--;
  __real_gst_task_pool_cleanup (pool);
}

/* A pool that takes no configuration. */

typedef struct
{
  GstBufferPool parent;
} RefusingPool;

typedef struct
{
  GstBufferPoolClass parent_class;
} RefusingPoolClass;

GType refusing_pool_get_type (void);
G_DEFINE_TYPE (RefusingPool, refusing_pool, GST_TYPE_BUFFER_POOL);

static gboolean
refusing_pool_set_config (GstBufferPool * pool, GstStructure * config)
{
  (void) pool;
  (void) config;
  return FALSE;
}

static void
refusing_pool_class_init (RefusingPoolClass * klass)
{
  GST_BUFFER_POOL_CLASS (klass)->set_config = refusing_pool_set_config;
}

static void
refusing_pool_init (RefusingPool * pool)
{
  (void) pool;
}

GstBufferPool *
__wrap_gst_video_buffer_pool_new (void)
{
  if (!configurations_fail)
    return __real_gst_video_buffer_pool_new ();
  return gst_object_ref_sink (g_object_new (refusing_pool_get_type (), NULL));
}

int
pthread_create (pthread_t * thread, const pthread_attr_t * attr,
    void *(*start) (void *), void *arg)
{
  static int (*next) (pthread_t *, const pthread_attr_t *, void *(*)(void *),
      void *);

  if (threads_fail)
    return EAGAIN;
  if (next == NULL)
    *(void **) &next = dlsym (RTLD_NEXT, "pthread_create");
  return next (thread, attr, start, arg);
}

/* GLib keeps threads that have nothing to do. */
static void
end_unused_threads (void)
{
  g_thread_pool_stop_unused_threads ();
  while (g_thread_pool_get_num_unused_threads () > 0)
    g_thread_yield ();
}

static void
set_pool (GstElement * element, GstTaskPool * pool)
{
  GstContext *context = gst_context_new ("gst.task.pool", TRUE);

  gst_structure_set (gst_context_writable_structure (context), "pool",
      GST_TYPE_TASK_POOL, pool, NULL);
  gst_element_set_context (element, context);
  gst_context_unref (context);
}

/* One frame on the element's own threads, then some on those of a pool that can
 * start none. The own pool ends as it would have without that. */
static void
test_own_pool_is_cleaned_up (void)
{
  GstTaskPool *pool = gst_shared_task_pool_new ();
  Rig rig;
  guint i;

  rig_open (&rig);
  g_object_set (rig.h->element, "n-threads", 2, NULL);
  rig_set_out_caps (&rig, "video/x-raw,format=NV12,width=24,height=12");
  rig_set_in_caps (&rig, "video/x-raw,format=NV12,width=65,height=33");
  rig_check_frame (&rig, 1);
  check (n_prepared == 1);

  __real_gst_task_pool_prepare (pool, NULL);
  set_pool (rig.h->element, pool);
  end_unused_threads ();
  threads_fail = TRUE;
  for (i = 0; i < 3; i++)
    rig_check_frame (&rig, i);
  gst_element_set_state (rig.h->element, GST_STATE_READY);
  check (n_prepared == 0);

  /* the task that it has queued needs a thread to end */
  threads_fail = FALSE;
  gst_shared_task_pool_set_max_threads (GST_SHARED_TASK_POOL (pool), 2);
  __real_gst_task_pool_cleanup (pool);
  rig_clear (&rig);
  gst_object_unref (pool);
}

/* An error, and the next frame is right. */
static void
test_no_pool_of_buffers (void)
{
  gchar *error;
  Rig rig;

  rig_open (&rig);
  rig_set_out_caps (&rig, "video/x-raw,format=NV12,width=24,height=12");
  configurations_fail = TRUE;
  rig_set_in_caps (&rig, "video/x-raw,format=NV12,width=65,height=33");
  check (gst_harness_push (rig.h, rig_noise (&rig.in, 1)) != GST_FLOW_OK);
  error = rig_pop_error (&rig);
  check (error && strstr (error, "Cannot configure a pool of output buffers"));
  g_free (error);
  while ((error = rig_pop_error (&rig)))
    g_free (error);

  configurations_fail = FALSE;
  rig_set_in_caps (&rig, "video/x-raw,format=NV12,width=64,height=33");
  rig_check_frame (&rig, 1);
  rig_clear (&rig);
}

int
main (void)
{
  outside_init ();
  test_own_pool_is_cleaned_up ();
  test_no_pool_of_buffers ();
  gst_deinit ();
  return EXIT_SUCCESS;
}

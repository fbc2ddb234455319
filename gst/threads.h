/* GStreamer areascale: where the threads of a frame come from
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_SCALE_THREADS_H__
#define __GST_AREA_SCALE_THREADS_H__

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * GstAreaScaleThreads:
 *
 * The task pool that an application shares by a context of type gst.task.pool,
 * and one of the element's own for when there is none. Zeroed at first.
 */
typedef struct
{
  /*< private >*/
  GstTaskPool *shared;          /* under the element's object lock */
  gboolean keeps_shared;        /* likewise: beyond NULL */
  gboolean shared_is_new;       /* likewise: not taken yet */
  GstTaskPool *own;             /* of the streaming thread */
} GstAreaScaleThreads;

/**
 * gst_area_scale_threads_set_context:
 * @threads: the element's
 * @element: the element, unlocked
 * @context: a context that the element was given
 *
 * Takes the pool of a context of type gst.task.pool, from any thread. One
 * without a pool takes it away. Contexts of other types do nothing.
 */
void gst_area_scale_threads_set_context (GstAreaScaleThreads * threads,
    GstElement * element, GstContext * context);

/**
 * gst_area_scale_threads_is_new:
 * @threads: those of an element that is locked
 *
 * Returns: whether the application has given or taken away a pool since
 *   gst_area_scale_threads_get()
 */
gboolean gst_area_scale_threads_is_new (const GstAreaScaleThreads * threads);

/**
 * gst_area_scale_threads_get:
 * @threads: the element's
 * @element: the element, unlocked
 * @setting: the property n-threads
 * @is_default: nobody has set it
 * @n_threads: (out): the threads that a frame is to have, at least 1
 *
 * Asks the application for a pool by a need-context message unless it has given
 * one; its answer may come from within. A GstSharedTaskPool of the application
 * decides about their number by its maximum, up to one a processor, when
 * @setting is 0 or @is_default. Without one, 0 means one a processor. To be
 * called in the streaming thread.
 *
 * Returns: (transfer full) (nullable): the prepared pool of all of them but the
 *   calling one, %NULL exactly when that is the only one
 */
GstTaskPool *gst_area_scale_threads_get (GstAreaScaleThreads * threads,
    GstElement * element, guint setting, gboolean is_default,
    guint * n_threads);

/**
 * gst_area_scale_threads_own:
 * @threads: the element's
 *
 * Returns: (transfer none) (nullable): the element's own pool
 */
GstTaskPool *gst_area_scale_threads_own (const GstAreaScaleThreads * threads);

/**
 * gst_area_scale_threads_abandon_own:
 * @threads: the element's
 *
 * Leaves the own pool behind as it is: cleaning up waits for its tasks, also for
 * one that was queued though no thread could be started.
 */
void gst_area_scale_threads_abandon_own (GstAreaScaleThreads * threads);

/**
 * gst_area_scale_threads_drop_own:
 * @threads: the element's
 *
 * Ends the own pool once its tasks have ended. To be called when no engine has
 * it.
 */
void gst_area_scale_threads_drop_own (GstAreaScaleThreads * threads);

/**
 * gst_area_scale_threads_drop_shared:
 * @threads: the element's
 * @element: the element, unlocked
 * @also_kept: also one of a persistent context
 *
 * Gives the application's pool up.
 */
void gst_area_scale_threads_drop_shared (GstAreaScaleThreads * threads,
    GstElement * element, gboolean also_kept);

G_END_DECLS

#endif /* __GST_AREA_SCALE_THREADS_H__ */

/* GStreamer areascale: threads that share a frame's jobs
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_SCALE_CREW_H__
#define __GST_AREA_SCALE_CREW_H__

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * GstAreaScaleCrew:
 *
 * The calling thread and tasks of a pool, which take jobs until there are none.
 */
typedef struct _GstAreaScaleCrew GstAreaScaleCrew;

/**
 * GstAreaScaleCrewFunc:
 * @user_data: as given to gst_area_scale_crew_new()
 * @worker: which of the threads calls, below their number; each calls from one
 *   thread at a time
 * @job: the job to do
 */
typedef void (*GstAreaScaleCrewFunc) (gpointer user_data, guint worker,
    guint job);

/**
 * gst_area_scale_crew_new:
 * @n_threads: threads that work, at least 1; worker 0 is the calling one
 * @pool: (nullable): the prepared pool of the others; a reference is taken
 * @func: does a job
 * @user_data: for @func
 *
 * Returns: (transfer full) (nullable): a crew, or %NULL without memory
 */
GstAreaScaleCrew *gst_area_scale_crew_new (guint n_threads, GstTaskPool * pool,
    GstAreaScaleCrewFunc func, gpointer user_data);

/**
 * gst_area_scale_crew_free:
 * @crew: (transfer full) (nullable): a crew that is not running
 *
 * A task that the pool has not started yet is left to it, does nothing when it
 * starts, and frees the last of the crew.
 */
void gst_area_scale_crew_free (GstAreaScaleCrew * crew);

/**
 * gst_area_scale_crew_run:
 * @crew: a crew
 * @n_jobs: number of jobs
 *
 * Does every job once and returns when all are done. The calling thread does
 * what the pool does not: it waits for no task that has not started. A pool that
 * takes no task is asked again at the next run, one that could not start a thread
 * is not.
 */
void gst_area_scale_crew_run (GstAreaScaleCrew * crew, guint n_jobs);

/**
 * gst_area_scale_crew_pool_failed:
 * @crew: a crew that is not running
 * @pool: (nullable): a task pool
 *
 * Returns: whether @pool is the crew's and could not start a thread: it may hold
 *   a task that no thread will ever take
 */
gboolean gst_area_scale_crew_pool_failed (const GstAreaScaleCrew * crew,
    const GstTaskPool * pool);

G_END_DECLS

#endif /* __GST_AREA_SCALE_CREW_H__ */

/* GStreamer areascale: a task pool that counts
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __COUNTING_POOL_H__
#define __COUNTING_POOL_H__

#include <gst/gst.h>

/* A GstSharedTaskPool that counts what it is given. */
typedef struct
{
  GstSharedTaskPool parent;
  gint n_tasks;                 /* atomic */
} CountingPool;

typedef GstSharedTaskPoolClass CountingPoolClass;

/* Not prepared yet. */
GstTaskPool *counting_pool_new (guint max_threads);

/* The tasks since the last call. */
gint counting_pool_take (GstTaskPool * pool);

#endif /* __COUNTING_POOL_H__ */

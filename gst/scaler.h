/* GStreamer areascale: frames through the kernel library
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_SCALE_SCALER_H__
#define __GST_AREA_SCALE_SCALER_H__

#include <gst/video/video.h>
#include "frame.h"
#include "mean.h"
#include "placement.h"

G_BEGIN_DECLS

/**
 * GST_AREA_SCALER_MAX_THREADS:
 *
 * Each thread has its own memory, and more threads than these find no work.
 */
#define GST_AREA_SCALER_MAX_THREADS 1024

/**
 * GstAreaScaler:
 *
 * Scales frames of one negotiated pair of formats: the plans of every plane and
 * field, the border, the scratch memory and the jobs of its threads. Immutable
 * but for the colour of its border and its scratch memory: one frame at a time.
 */
typedef struct _GstAreaScaler GstAreaScaler;

/**
 * gst_area_scaler_new:
 * @in: the negotiated input
 * @out: the negotiated output, of the same format
 * @placement: where the input lies in the output
 * @mean: which mean is taken
 * @border_argb: the colour of the border, 0xAARRGGBB
 * @n_threads: threads that work on a frame, 1 to %GST_AREA_SCALER_MAX_THREADS
 * @pool: (nullable): a prepared task pool to run all but one of them on, NULL
 *   exactly when @n_threads is 1; a reference is taken
 * @error: set to a GST_STREAM_ERROR or GST_RESOURCE_ERROR on failure
 *
 * Returns: (transfer full) (nullable): a scaler, or %NULL with @error set
 */
GstAreaScaler *gst_area_scaler_new (const GstVideoInfo * in,
    const GstVideoInfo * out, const GstAreaScalePlacement * placement,
    const GstAreaScaleMean * mean, guint32 border_argb, guint n_threads, GstTaskPool * pool, GError ** error);

/**
 * gst_area_scaler_free:
 * @scaler: (transfer full) (nullable): a scaler that is not running
 */
void gst_area_scaler_free (GstAreaScaler * scaler);

/**
 * gst_area_scaler_set_border_color:
 * @scaler: a scaler that is not running
 * @border_argb: the colour of the border, 0xAARRGGBB
 *
 * Takes the time of a few lines of the output, and makes nothing else anew.
 */
void gst_area_scaler_set_border_color (GstAreaScaler * scaler,
    guint32 border_argb);

/**
 * gst_area_scaler_describe:
 * @scaler: a scaler
 *
 * Returns: (transfer full): one line for the log: the way (native or through
 *   unpacking), the mean, instruction set, threads, and each plane's kernels
 */
gchar *gst_area_scaler_describe (const GstAreaScaler * scaler);

/**
 * gst_area_scaler_log:
 * @scaler: a scaler
 * @object: the element that it is of
 *
 * Tells the category GST_PERFORMANCE the description, and warns of an
 * environment variable that is not understood.
 */
void gst_area_scaler_log (const GstAreaScaler * scaler, GstObject * object);

/**
 * gst_area_scaler_run:
 * @scaler: a scaler
 * @in: the input frame
 * @out: the output frame, every byte of its rows is written
 *
 * Scales one frame. Cannot fail: everything that it needs was allocated with
 * the scaler; jobs that the task pool does not take run in the calling thread.
 */
void gst_area_scaler_run (GstAreaScaler * scaler, const GstAreaScaleFrame * in,
    const GstAreaScaleFrame * out);

/**
 * gst_area_scaler_pool_failed:
 * @scaler: a scaler that is not running
 * @pool: (nullable): a task pool
 *
 * Returns: whether @pool is the scaler's and could not start a thread: it may
 *   hold a task that no thread will ever take
 */
gboolean gst_area_scaler_pool_failed (const GstAreaScaler * scaler,
    const GstTaskPool * pool);

/**
 * gst_area_scaler_handles_format:
 * @format: a video format
 *
 * Returns: whether frames of @format can be averaged: all raw formats except
 *   RGB8P, whose samples are palette indices, and those with flags that are not
 *   known, as GStreamer 1.30 has for floats
 */
gboolean gst_area_scaler_handles_format (GstVideoFormat format);

G_END_DECLS

#endif /* __GST_AREA_SCALE_SCALER_H__ */

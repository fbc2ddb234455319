/* GStreamer areascale: frames through the kernel library
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_SCALE_ENGINE_H__
#define __GST_AREA_SCALE_ENGINE_H__

#include <gst/video/video.h>
#include "conversion.h"
#include "frame.h"
#include "mean.h"
#include "placement.h"

G_BEGIN_DECLS

/**
 * GST_AREA_ENGINE_MAX_THREADS:
 *
 * Each thread has its own memory, and more threads than these find no work.
 */
#define GST_AREA_ENGINE_MAX_THREADS 1024

/**
 * GstAreaEngine:
 *
 * Scales and converts frames of one negotiated pair of formats: the plans of every plane and
 * field, the border, the scratch memory and the jobs of its threads. Immutable
 * but for the colour of its border and its scratch memory: one frame at a time.
 */
typedef struct _GstAreaEngine GstAreaEngine;

/**
 * gst_area_engine_new:
 * @in: the negotiated input
 * @out: the negotiated output, of the same interlace mode
 * @placement: where the input lies in the output
 * @mean: which mean is taken
 * @conversion: (nullable): how the format of @in becomes that of @out, by the
 *   colorimetry of both; %NULL when they are one format and samples stay what they
 *   are, whatever the colorimetry says
 * @border_argb: the colour of the border, 0xAARRGGBB
 * @n_threads: threads that work on a frame, 1 to %GST_AREA_ENGINE_MAX_THREADS
 * @pool: (nullable): a prepared task pool to run all but one of them on, NULL
 *   exactly when @n_threads is 1; a reference is taken
 * @error: set to a GST_STREAM_ERROR or GST_RESOURCE_ERROR on failure
 *
 * Returns: (transfer full) (nullable): an engine, or %NULL with @error set
 */
GstAreaEngine *gst_area_engine_new (const GstVideoInfo * in,
    const GstVideoInfo * out, const GstAreaScalePlacement * placement,
    const GstAreaScaleMean * mean, const GstAreaConversion * conversion,
    guint32 border_argb, guint n_threads, GstTaskPool * pool, GError ** error);

/**
 * gst_area_engine_free:
 * @engine: (transfer full) (nullable): an engine that is not running
 */
void gst_area_engine_free (GstAreaEngine * engine);

/**
 * gst_area_engine_set_border_color:
 * @engine: an engine that is not running
 * @border_argb: the colour of the border, 0xAARRGGBB
 *
 * Takes the time of a few lines of the output, and makes nothing else anew.
 */
void gst_area_engine_set_border_color (GstAreaEngine * engine,
    guint32 border_argb);

/**
 * gst_area_engine_describe:
 * @engine: an engine
 *
 * Returns: (transfer full): one line for the log: the formats, the way (native,
 *   through unpacking, or converted), the mean, instruction set, threads, and each plane's kernels
 */
gchar *gst_area_engine_describe (const GstAreaEngine * engine);

/**
 * gst_area_engine_log:
 * @engine: an engine
 * @object: the element that it is of
 *
 * Tells the category GST_PERFORMANCE the description, and warns of an
 * environment variable that is not understood.
 */
void gst_area_engine_log (const GstAreaEngine * engine, GstObject * object);

/**
 * gst_area_engine_run:
 * @engine: an engine
 * @in: the input frame
 * @out: the output frame, every byte of its rows is written
 *
 * Scales one frame. Cannot fail: everything that it needs was allocated with
 * the engine; jobs that the task pool does not take run in the calling thread.
 */
void gst_area_engine_run (GstAreaEngine * engine, const GstAreaScaleFrame * in,
    const GstAreaScaleFrame * out);

/**
 * gst_area_engine_run_buffers:
 * @engine: an engine
 * @in: the negotiated input
 * @inbuf: a buffer that may hold anything
 * @out: the negotiated output
 * @outbuf: a writable buffer that may hold anything
 * @error: set to a GST_STREAM_ERROR or GST_RESOURCE_ERROR on failure
 *
 * Does the same with buffers, once they are seen to hold such frames.
 *
 * Returns: %FALSE with @error set when one of them does not
 */
gboolean gst_area_engine_run_buffers (GstAreaEngine * engine,
    const GstVideoInfo * in, GstBuffer * inbuf, const GstVideoInfo * out,
    GstBuffer * outbuf, GError ** error);

/**
 * gst_area_engine_pool_failed:
 * @engine: an engine that is not running
 * @pool: (nullable): a task pool
 *
 * Returns: whether @pool is the engine's and could not start a thread: it may
 *   hold a task that no thread will ever take
 */
gboolean gst_area_engine_pool_failed (const GstAreaEngine * engine,
    const GstTaskPool * pool);

/**
 * gst_area_engine_handles_format:
 * @format: a video format
 *
 * Returns: whether frames of @format can be averaged: all raw formats except
 *   RGB8P, whose samples are palette indices, and those with flags that are not
 *   known, as GStreamer 1.30 has for floats
 */
gboolean gst_area_engine_handles_format (GstVideoFormat format);

G_END_DECLS

#endif /* __GST_AREA_SCALE_ENGINE_H__ */

/* GStreamer areascale: the ways of a frame
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_SCALE_WAY_H__
#define __GST_AREA_SCALE_WAY_H__

#include <gst/video/video.h>
#include "conversion.h"
#include "frame.h"
#include "plans.h"

G_BEGIN_DECLS

/**
 * GstAreaScaleWork:
 * @scanning: how the input is scanned; the plans have it
 * @in: the input frame
 * @out: the output frame that is made from it
 *
 * One frame to scale.
 */
typedef struct {
  GstAreaScaleScanning scanning;
  const GstAreaScaleFrame *in;
  const GstAreaScaleFrame *out;
} GstAreaScaleWork;

/**
 * GstAreaScaleWay:
 * @name: for logs
 * @channel_name: what it calls a channel, for logs
 *
 * How samples come from a frame to the kernels and back. What it needs for one
 * pair of formats and sizes is its state, which only the way itself knows and
 * which does not change while a frame is scaled.
 */
typedef struct {
  const gchar *name;
  const gchar *channel_name;

  /**
   * GstAreaScaleWay.init_layouts:
   * @in: the negotiated input
   * @out: the negotiated output
   * @mean: which mean is taken
   * @conversion: (nullable): how the one becomes the other, as
   *   gst_area_engine_new() has it
   * @in_layout: (out caller-allocates): the channels of the input
   * @out_layout: (out caller-allocates): those of the output, as many
   *
   * Returns: whether this way goes from @in to @out
   */
  gboolean (*init_layouts) (const GstVideoInfo * in, const GstVideoInfo * out,
      const GstAreaScaleMean * mean, const GstAreaConversion * conversion,
      GstAreaScaleLayout * in_layout, GstAreaScaleLayout * out_layout);

  /**
   * GstAreaScaleWay.create:
   * @plans: plans for the layouts of this way, which must outlive the state
   * @in: the negotiated input
   * @out: the negotiated output
   * @conversion: (nullable): as @init_layouts was given it
   * @max_jobs: into how many jobs to cut a frame at most, about
   *
   * The border has no colour yet.
   *
   * Returns: (transfer full) (nullable): the state, or %NULL without memory
   */
  gpointer (*create) (const GstAreaScalePlans * plans,
      const GstVideoInfo * in, const GstVideoInfo * out,
      const GstAreaConversion * conversion, guint max_jobs);

  /**
   * GstAreaScaleWay.free:
   * @state: (transfer full): a state that nothing uses
   */
  void (*free) (gpointer state);

  /**
   * GstAreaScaleWay.set_border_color:
   * @state: a state that no job uses
   * @argb: the colour of the border, 0xAARRGGBB
   */
  void (*set_border_color) (gpointer state, guint32 argb);

  /**
   * GstAreaScaleWay.memory_size:
   * @state: a state
   *
   * Returns: the bytes that a worker needs for its jobs. They are zeroed when
   *   they are made, and keep what jobs leave in them.
   */
  gsize (*memory_size) (gconstpointer state);

  /**
   * GstAreaScaleWay.begin:
   * @state: a state
   * @work: a frame to scale
   *
   * Does what comes before the jobs of a frame.
   *
   * Returns: the number of its jobs
   */
  guint (*begin) (gconstpointer state, const GstAreaScaleWork * work);

  /**
   * GstAreaScaleWay.do_job:
   * @state: a state
   * @work: a frame that has begun
   * @job: one of its jobs
   * @memory: the worker's memory
   *
   * Makes a part of the output that no other job touches; together they write
   * every byte of its rows that @begin did not. Thread-safe for different jobs
   * and memories.
   */
  void (*do_job) (gconstpointer state, const GstAreaScaleWork * work,
      guint job, guint8 * memory);
} GstAreaScaleWay;

/**
 * gst_area_scale_way_planes:
 *
 * The kernels read and write the planes of the frames themselves: from a native
 * format to the same.
 */
extern const GstAreaScaleWay gst_area_scale_way_planes;

/**
 * gst_area_scale_way_light_planes:
 *
 * The same with rows of the planes decoded to light, and encoded: from a native
 * format of R'G'B' or gray, alpha in a plane of its own if any, to the same.
 */
extern const GstAreaScaleWay gst_area_scale_way_light_planes;

/**
 * gst_area_scale_way_bylines:
 *
 * A line at a time through the formats' unpack and pack functions: from any
 * format that can be averaged to the same.
 */
extern const GstAreaScaleWay gst_area_scale_way_bylines;

/**
 * gst_area_scale_way_convert:
 *
 * Means of the input's planes, or of its unpacked pixels, mixed into planes of the
 * output, or pixels to pack: from any format that can be averaged to any other.
 */
extern const GstAreaScaleWay gst_area_scale_way_convert;

/**
 * gst_area_scale_way_linear:
 *
 * Rows of components through R'G'B' to light and back: from any format that can be
 * averaged to any other. Primaries stay.
 */
extern const GstAreaScaleWay gst_area_scale_way_linear;

/**
 * gst_area_scale_way_part_start:
 * @length: a length of at least 0
 * @i: a part, 0 to @n
 * @n: number of parts
 *
 * Returns: where the @i-th of @n equal parts of @length begins
 */
static inline gint
gst_area_scale_way_part_start (gint length, gint i, gint n)
{
  return (gint) ((gint64) length * i / n);
}

G_END_DECLS

#endif /* __GST_AREA_SCALE_WAY_H__ */

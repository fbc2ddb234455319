/* GStreamer areascale: lines of pixels scaled
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_SCALE_STRIP_H__
#define __GST_AREA_SCALE_STRIP_H__

#include "frame.h"
#include "plans.h"

G_BEGIN_DECLS

/**
 * GstAreaScaleStrips:
 * @step: the lines of the output that share rows of subsampled channels, of all
 *   fields; a strip begins at a multiple of them
 * @max_lines: lines of a strip at most, a multiple of @step
 * @memory_size: bytes of memory that a thread needs for a strip
 *
 * How lines of unpacked pixels, or planes, are scaled, a strip at a time: some lines
 * of the output frame, made from all input lines that they need. Does not change once
 * it is made.
 */
typedef struct {
  gint step;
  gint max_lines;
  gsize memory_size;

  /*< private >*/
  const GstAreaScalePlans *plans;
  const GstAreaScaleScan *scan;
  gboolean of_planes;
  const gint *plane;
  gsize in_pixel_bytes;
  gsize out_pixel_bytes;
  /* of the samples that the picture fills, and from one row in the memory to the
   * next */
  gsize row_bytes[GST_AREA_SCALE_MAX_CHANNELS];
  gsize row_stride[GST_AREA_SCALE_MAX_CHANNELS];
  /* where the samples of a channel, those that a field is gathered in, the scratch
   * of its plan, and its output rows lie in the memory */
  gsize samples;
  gsize gathered[GST_AREA_SCALE_MAX_FIELDS][GST_AREA_SCALE_MAX_CHANNELS];
  gsize scratch[GST_AREA_SCALE_MAX_FIELDS][GST_AREA_SCALE_MAX_CHANNELS];
  gsize rows[GST_AREA_SCALE_MAX_FIELDS][GST_AREA_SCALE_MAX_CHANNELS];
} GstAreaScaleStrips;

/**
 * GstAreaScalePart:
 * @y0: first output row of a field
 * @y1: the one behind its last, @y0 when it has none
 * @first: first input row that they are made from
 * @end: the one behind the last, @first when there is none
 *
 * What a strip needs of a field.
 */
typedef struct {
  gint y0, y1;
  gint first, end;
} GstAreaScalePart;

/**
 * GstAreaScaleStrip:
 * @first: first input line that the strip is made from
 * @end: the one behind the last
 *
 * A strip that is being made, by one thread.
 */
typedef struct {
  gint first, end;

  /*< private >*/
  const GstAreaScaleStrips *strips;
  const GstAreaScaleFrame *out;
  guint8 *memory;
  GstAreaScalePart part[GST_AREA_SCALE_MAX_FIELDS]
      [GST_AREA_SCALE_MAX_CHANNELS];
} GstAreaScaleStrip;

/**
 * gst_area_scale_strips_init:
 * @strips: (out caller-allocates): the strips to fill
 * @plans: plans from an unpacked layout, which must outlive @strips
 * @scanning: a scanning that they have
 * @plane: (nullable): of each channel, the plane of the output that its rows are, or
 *   -1; must outlive @strips
 *
 * Strips that are fed with lines of pixels.
 */
void gst_area_scale_strips_init (GstAreaScaleStrips * strips,
    const GstAreaScalePlans * plans, GstAreaScaleScanning scanning,
    const gint * plane);

/**
 * gst_area_scale_strips_init_planes:
 * @strips: (out caller-allocates): the strips to fill
 * @plans: plans from the planes of the input, which must outlive @strips
 * @scanning: a scanning that they have
 * @plane: (nullable): as of gst_area_scale_strips_init()
 * @lines: how many lines a strip shall have, about
 *
 * Strips that are made from a frame's planes.
 */
void gst_area_scale_strips_init_planes (GstAreaScaleStrips * strips,
    const GstAreaScalePlans * plans, GstAreaScaleScanning scanning,
    const gint * plane, gint lines);

/**
 * gst_area_scale_strip_begin:
 * @strip: (out caller-allocates): the strip to begin
 * @strips: how
 * @line0: first line of the output, a multiple of the step
 * @line1: the one behind its last line, at most @max_lines on
 * @out: (nullable): the output frame, where channels are planes of it
 * @memory: @memory_size bytes, this thread's own until the strip is written
 */
void gst_area_scale_strip_begin (GstAreaScaleStrip * strip,
    const GstAreaScaleStrips * strips, gint line0, gint line1,
    const GstAreaScaleFrame * out, guint8 * memory);

/**
 * gst_area_scale_strip_needs:
 * @strip: a strip that was begun
 * @line: a line of the input
 *
 * Returns: whether it holds a row that the strip is made from
 */
gboolean gst_area_scale_strip_needs (const GstAreaScaleStrip * strip,
    gint line);

/**
 * gst_area_scale_strip_feed:
 * @strip: a strip that was begun
 * @line: a line of the input that it needs, all in rising order
 * @pixels: its pixels
 */
void gst_area_scale_strip_feed (GstAreaScaleStrip * strip, gint line,
    gpointer pixels);

/**
 * gst_area_scale_strip_feed_rows:
 * @strip: a strip that was begun
 * @line: a line of the input that it needs, all in rising order
 * @rows: the row of each channel that the line holds; where it holds none that the
 *   strip needs, it may be anything
 */
void gst_area_scale_strip_feed_rows (GstAreaScaleStrip * strip, gint line,
    const gpointer rows[]);

/**
 * gst_area_scale_strip_finish:
 * @strip: a strip that was fed with all that it needs
 */
void gst_area_scale_strip_finish (GstAreaScaleStrip * strip);

/**
 * gst_area_scale_strip_average:
 * @strip: a strip of planes that was begun
 * @in: the input frame
 *
 * Makes the strip; words may lie at odd addresses.
 */
void gst_area_scale_strip_average (const GstAreaScaleStrip * strip,
    const GstAreaScaleFrame * in);

/**
 * gst_area_scale_strip_row:
 * @strip: a strip that is finished
 * @c: a channel
 * @line: one of its lines
 *
 * Returns: (nullable): the channel's row that begins at that line, the samples that
 *   the picture fills, or %NULL when none does
 */
gconstpointer gst_area_scale_strip_row (const GstAreaScaleStrip * strip,
    guint c, gint line);

/**
 * gst_area_scale_strip_write:
 * @strip: a strip that is finished
 * @line: one of its lines
 * @pixels: (inout): the pixels of that line; those that the picture fills are
 *   written, chroma to all pixels that share it
 */
void gst_area_scale_strip_write (const GstAreaScaleStrip * strip, gint line,
    gpointer pixels);

G_END_DECLS

#endif /* __GST_AREA_SCALE_STRIP_H__ */

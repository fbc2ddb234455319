/* GStreamer areascale: rows of the components of a frame
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_SCALE_SAMPLES_H__
#define __GST_AREA_SCALE_SAMPLES_H__

#include "frame.h"
#include "lines.h"

G_BEGIN_DECLS

/**
 * GstAreaScaleSamples:
 * @lines: how lines are unpacked where the planes are not read themselves
 * @is_native: they are: every sample lies in a byte of its own, or in a word of a
 *   plane that it shares with at most one other component
 * @shift: position of the lowest bit of a sample's value, in the planes or the
 *   pixels, whichever are read
 * @pixels: where a line of pixels lies in the memory
 * @bounce: where the memory of the lines does
 * @memory_size: bytes of memory that a thread needs
 *
 * How rows of components are read. Does not change once it is made.
 */
typedef struct {
  GstAreaScaleLines lines;
  gboolean is_native;
  gint shift[GST_VIDEO_MAX_COMPONENTS];
  gsize pixels;
  gsize bounce;
  gsize memory_size;
} GstAreaScaleSamples;

/**
 * gst_area_scale_samples_init:
 * @samples: (out caller-allocates): the samples to fill
 * @info: the negotiated format and size
 */
void gst_area_scale_samples_init (GstAreaScaleSamples * samples,
    const GstVideoInfo * info);

/**
 * gst_area_scale_samples_begin:
 * @samples: samples
 * @memory: @memory_size bytes, zeroed once, this thread's own
 *
 * Forgets the line of pixels that was unpacked last: of another frame.
 */
void gst_area_scale_samples_begin (const GstAreaScaleSamples * samples,
    guint8 * memory);

/**
 * gst_area_scale_samples_read:
 * @samples: samples
 * @frame: the frame to read
 * @component: one of its components
 * @row: a row of its grid
 * @values: (out): the values of the row
 * @memory: as begun
 */
void gst_area_scale_samples_read (const GstAreaScaleSamples * samples,
    const GstAreaScaleFrame * frame, guint component, gint row,
    guint16 * values, guint8 * memory);

/**
 * gst_area_scale_samples_write:
 * @samples: native samples
 * @frame: the frame to write
 * @component: one of its components
 * @row: a row of its grid
 * @values: the values of the row
 */
void gst_area_scale_samples_write (const GstAreaScaleSamples * samples,
    const GstAreaScaleFrame * frame, guint component, gint row,
    const guint16 * values);

/**
 * gst_area_scale_samples_merge:
 * @samples: samples
 * @component: one of their components
 * @values: the values of a row of its grid
 * @pixels: (inout): an unpacked line, of which each pixel gets the value that it
 *   shares
 */
void gst_area_scale_samples_merge (const GstAreaScaleSamples * samples,
    guint component, const guint16 * values, gpointer pixels);

/**
 * gst_area_scale_samples_pick:
 * @samples: samples
 * @component: one of their components
 * @pixels: unpacked pixels
 *
 * Returns: the value of the component in the first of them
 */
guint16 gst_area_scale_samples_pick (const GstAreaScaleSamples * samples,
    guint component, gconstpointer pixels);

G_END_DECLS

#endif /* __GST_AREA_SCALE_SAMPLES_H__ */

/* GStreamer areascale: lines of pixels out of and into frames
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_SCALE_LINES_H__
#define __GST_AREA_SCALE_LINES_H__

#include <gst/video/video.h>
#include "frame.h"

G_BEGIN_DECLS

/**
 * GstAreaScaleLines:
 * @finfo: the format
 * @width: pixels of a line
 * @pixel_bytes: bytes of an unpacked pixel: 4 samples of 8 or 16 bits
 * @line_bytes: bytes of memory that a line of pixels needs
 * @bounce_bytes: bytes of zeroed memory that a thread needs beside it, may be 0
 * @shared_lines: so many lines, counted from the first, may have bytes in
 *   common; only one thread may pack them
 *
 * How lines of one format and width are unpacked and packed.
 */
typedef struct {
  const GstVideoFormatInfo *finfo;
  gint width;
  gsize pixel_bytes;
  gsize line_bytes;
  gsize bounce_bytes;
  gint shared_lines;

  /*< private >*/
  gint unpack_width;
  gint pack_width;
  gint short_plane;             /* its rows end too early; or -1 */
  gboolean v_is_missing;
  gboolean has_words;           /* of 16 bits or more, in rows */
  /* of planes that may be bounced: bytes of a row, and where they lie in the
   * bounce memory */
  gsize row_bytes[GST_VIDEO_MAX_PLANES];
  gsize bounce[GST_VIDEO_MAX_PLANES];
} GstAreaScaleLines;

/**
 * gst_area_scale_lines_init:
 * @lines: (out caller-allocates): the lines to fill
 * @info: the negotiated format and size
 */
void gst_area_scale_lines_init (GstAreaScaleLines * lines,
    const GstVideoInfo * info);

/**
 * gst_area_scale_lines_unpack:
 * @lines: how lines are unpacked
 * @frame: the frame to read
 * @y: its line
 * @pixels: where to put the pixels; chroma samples are repeated for all pixels
 *   that share them, values aligned to the highest bit
 * @bounce: @bounce_bytes of memory, this thread's own
 *
 * Reads nothing outside the row's bytes or tiles. Words may lie at odd addresses.
 * Where the format has no room
 * for the last V sample of an odd width, the one before is taken again.
 */
void gst_area_scale_lines_unpack (const GstAreaScaleLines * lines,
    const GstAreaScaleFrame * frame, gint y, gpointer pixels, gpointer bounce);

/**
 * gst_area_scale_lines_pack:
 * @lines: how lines are packed
 * @frame: the frame to write
 * @y: its line
 * @pixels: the pixels; modified behind the last one
 * @bounce: @bounce_bytes of memory, this thread's own
 *
 * Writes nothing outside the row's bytes or tiles. Words may lie at odd
 * addresses. Chroma comes from the first
 * pixel and, where it has fewer lines, from the first line of those that share
 * it.
 */
void gst_area_scale_lines_pack (const GstAreaScaleLines * lines,
    const GstAreaScaleFrame * frame, gint y, gpointer pixels, gpointer bounce);

G_END_DECLS

#endif /* __GST_AREA_SCALE_LINES_H__ */

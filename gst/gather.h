/* GStreamer areascale: colours beside the alpha that weighs them
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_SCALE_GATHER_H__
#define __GST_AREA_SCALE_GATHER_H__

#include <glib.h>
#include "layout.h"

G_BEGIN_DECLS

/**
 * GstAreaScaleGather:
 * @channel: a channel that is gathered
 * @finfo: its format
 * @width: pixels of a line
 * @height: lines of the input
 * @n_fields: fields of it
 * @field: the one whose rows are gathered
 *
 * How the rows of one field of a channel are put together from unpacked lines: their
 * colours from the line that holds them, and the sum of the alpha of all pixels of
 * the field that share them. Row k of chroma on 1/n of the lines is shared by the
 * lines n k to n k + n - 1 of its field. Where an odd side ends before that, its last
 * pixels count for those that are missing: opaque chroma weighs the same everywhere.
 */
typedef struct {
  const GstAreaScaleChannel *channel;
  const GstVideoFormatInfo *finfo;
  gint width, height;
  gint n_fields, field;
} GstAreaScaleGather;

/**
 * gst_area_scale_gather_first:
 * @gather: how
 * @row: a row of the field
 *
 * Returns: the first line of the frame that the row needs
 */
gint gst_area_scale_gather_first (const GstAreaScaleGather * gather, gint row);

/**
 * gst_area_scale_gather_last:
 * @gather: how
 * @row: a row of the field
 *
 * Returns: the last line of the frame that the row needs
 */
gint gst_area_scale_gather_last (const GstAreaScaleGather * gather, gint row);

/**
 * gst_area_scale_gather_row:
 * @gather: how
 * @line: a line of the frame
 *
 * Returns: the row that needs the line, or -1
 */
gint gst_area_scale_gather_row (const GstAreaScaleGather * gather, gint line);

/**
 * gst_area_scale_gather_line:
 * @gather: how
 * @line: a line that a row needs; all of a row's in rising order
 * @pixels: its pixels
 * @samples: (inout): the samples of that row, which is whole after its last line
 */
void gst_area_scale_gather_line (const GstAreaScaleGather * gather, gint line,
    gconstpointer pixels, gpointer samples);

G_END_DECLS

#endif /* __GST_AREA_SCALE_GATHER_H__ */

/* GStreamer areascale: where chroma lies between luma
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_SCALE_SITING_H__
#define __GST_AREA_SCALE_SITING_H__

#include <gst/video/video.h>
#include "areascale.h"

G_BEGIN_DECLS

/**
 * GstAreaScaleSide:
 * @luma: luma samples of a row, or luma rows of a frame or field, 1 to
 *   %AREASCALE_MAX_SIZE
 * @sub: log2 of those that share a chroma sample, 0 to 2
 * @site: how far a chroma sample lies behind the first luma sample of those that
 *   share it, from centre to centre, in quarters of a luma sample
 *
 * The samples of one axis of the input, or of the output.
 */
typedef struct {
  gint luma;
  guint sub;
  gint site;
} GstAreaScaleSide;

/**
 * gst_area_scale_siting_of_columns:
 * @info: a negotiated format; without a chroma-site it is centred
 * @sub: log2 of the horizontal subsampling
 *
 * Returns: the site in a row, as #GstAreaScaleSide has it
 */
gint gst_area_scale_siting_of_columns (const GstVideoInfo * info, guint sub);

/**
 * gst_area_scale_siting_of_frame_rows:
 * @info: a negotiated format; without a chroma-site it is centred
 * @sub: log2 of the vertical subsampling
 *
 * Chroma of alternate lines (ALT_LINE) counts as that of both is sited.
 *
 * Returns: the site in a column of a frame, as #GstAreaScaleSide has it
 */
gint gst_area_scale_siting_of_frame_rows (const GstVideoInfo * info,
    guint sub);

/**
 * gst_area_scale_siting_of_field_rows:
 * @info: a negotiated format
 * @sub: log2 of the vertical subsampling
 * @field: 0 for top, 1 for bottom
 *
 * Returns: the site in a column of a field, as #GstAreaScaleSide has it
 */
gint gst_area_scale_siting_of_field_rows (const GstVideoInfo * info,
    guint sub, gint field);

/**
 * gst_area_scale_siting_spans:
 * @in: the samples of the input
 * @out: the samples of the output
 *
 * Returns: where the chroma samples of the output lie on the chroma grid of the
 *   input, when luma is scaled from the first edge to the last
 */
AreascaleSpans gst_area_scale_siting_spans (const GstAreaScaleSide * in,
    const GstAreaScaleSide * out);

G_END_DECLS

#endif /* __GST_AREA_SCALE_SITING_H__ */

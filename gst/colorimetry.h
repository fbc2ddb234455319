/* GStreamer areascale: what colours the output's caps mean
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_COLORIMETRY_H__
#define __GST_AREA_COLORIMETRY_H__

#include <gst/video/video.h>

G_BEGIN_DECLS

/**
 * gst_area_colorimetry_changes:
 * @in: the negotiated input
 * @out: the negotiated output
 *
 * Returns: whether what is said of the colours of @in may be wrong of @out, for
 *   the format or the colorimetry
 */
gboolean gst_area_colorimetry_changes (const GstVideoInfo * in,
    const GstVideoInfo * out);

/**
 * gst_area_colorimetry_prefer:
 * @caps: fixed caps of one pad
 * @othercaps: caps of the other pad of one structure, whose format and size are
 *   fixed; writable
 *
 * Where @othercaps offer a choice of colorimetry or chroma site, fixes what is
 * nearest to that of @caps, named or not: what its samples are (matrix and range)
 * before what they mean (transfer function and primaries).
 */
void gst_area_colorimetry_prefer (GstCaps * caps, GstCaps * othercaps);

/**
 * gst_area_colorimetry_transfer:
 * @caps: fixed caps of one pad
 * @result: fixed caps of the other pad; writable
 *
 * Adds the fields that @result lacks, as videoconvertscale does: colorimetry that
 * @caps name is named too, as it is within Y'CbCr, R'G'B' or grey, and with the
 * range and matrix that are usual otherwise; the chroma site that they name, where
 * the subsampling stays. Within one of these families they are also named where
 * their absence would mean others at the new size.
 */
void gst_area_colorimetry_transfer (GstCaps * caps, GstCaps * result);

G_END_DECLS

#endif /* __GST_AREA_COLORIMETRY_H__ */

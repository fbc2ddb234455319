/* GStreamer areascale: which format loses least
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_FORMATS_H__
#define __GST_AREA_FORMATS_H__

#include <gst/video/video.h>

G_BEGIN_DECLS

/**
 * GstAreaLoss:
 * @depth: bits of a pixel that are lost, luma and chroma or colours together: a
 *   picture that becomes grey loses all of its chroma
 * @subsampling: by how many halvings chroma becomes coarser
 * @alpha: bits of alpha that are lost
 * @colour: whether R'G'B' becomes Y'CbCr or the other way round
 * @cost: how much is to be done, in no unit
 *
 * What a picture loses when its format becomes another one. All zeroes is nothing.
 */
typedef struct {
  gint depth, subsampling, alpha, colour, cost;
} GstAreaLoss;

/**
 * gst_area_loss_compare:
 * @a: a loss
 * @b: another one
 *
 * Returns: less than 0 when @a is the smaller one, above 0 when @b is, and 0 when
 *   they are equal: by the members of #GstAreaLoss in their order, a later one
 *   deciding between equal earlier ones
 */
gint gst_area_loss_compare (const GstAreaLoss * a, const GstAreaLoss * b);

/**
 * gst_area_formats_choose:
 * @from: a format
 * @allowed: (nullable): the formats that are allowed, a string or a list of
 *   strings; %NULL is any
 * @loss: (out): what is lost
 *
 * Chooses the one of @allowed that a picture of @from loses least in, of equal
 * ones the first: @from itself where it is allowed.
 *
 * Returns: the format, or %GST_VIDEO_FORMAT_UNKNOWN when there is none in @allowed
 *   that a picture of @from can have; @loss is undefined then
 */
GstVideoFormat gst_area_formats_choose (const GstVideoFormatInfo * from,
    const GValue * allowed, GstAreaLoss * loss);

G_END_DECLS

#endif /* __GST_AREA_FORMATS_H__ */

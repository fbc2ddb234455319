/* GStreamer areascale: caps in, caps out
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_SCALE_NEGOTIATION_H__
#define __GST_AREA_SCALE_NEGOTIATION_H__

#include <gst/video/video.h>

G_BEGIN_DECLS

/**
 * GstAreaChanges:
 * @GST_AREA_CHANGES_NOTHING: frames pass through
 * @GST_AREA_CHANGES_SIZE: the size and the pixel aspect ratio
 * @GST_AREA_CHANGES_ALL: these, the format, the colorimetry and the chroma site
 *
 * What may differ between the input and the output.
 */
typedef enum {
  GST_AREA_CHANGES_NOTHING,
  GST_AREA_CHANGES_SIZE,
  GST_AREA_CHANGES_ALL,
} GstAreaChanges;

/**
 * GstAreaScaleFixation:
 * @in: the input
 * @out: the output
 * @fills: whether the picture shall fill the output although its shape is
 *   another one
 *
 * What a fixation chose. Fixed caps do not say who chose the size, which decides
 * about borders. All zeroes is none.
 */
typedef struct {
  GstVideoInfo in, out;
  gboolean fills;
} GstAreaScaleFixation;

/**
 * gst_area_scale_fixation_init:
 * @fixation: (out caller-allocates): the fixation
 * @direction: the pad that @caps are of
 * @caps: fixed caps on that pad
 * @othercaps: the fixed caps of the other pad
 * @fills: from gst_area_scale_negotiation_fixate_caps()
 */
void gst_area_scale_fixation_init (GstAreaScaleFixation * fixation,
    GstPadDirection direction, GstCaps * caps, GstCaps * othercaps,
    gboolean fills);

/**
 * gst_area_scale_fixation_is_of:
 * @fixation: a fixation
 * @in: the negotiated input
 * @out: the negotiated output
 *
 * Returns: whether @fixation chose these
 */
gboolean gst_area_scale_fixation_is_of (const GstAreaScaleFixation * fixation,
    const GstVideoInfo * in, const GstVideoInfo * out);

/**
 * gst_area_scale_negotiation_transform_caps:
 * @changes: what may differ from @caps
 * @direction: the pad that @caps are of; what can be scaled to what is the same
 *   both ways
 * @caps: caps on that pad; not modified
 * @filter: (nullable): the caps that the result is intersected with, its order
 *   coming first
 *
 * Raw video in system memory, also with format:Interlaced and
 * meta:GstVideoOverlayComposition, can take any size, and any pixel aspect
 * ratio where @caps have one; with %GST_AREA_CHANGES_ALL also any format that
 * gst_area_engine_handles_format() knows, of any colorimetry and chroma site. All
 * other fields stay. Formats that it denies and all other caps features stay as
 * they are, for passthrough only.
 *
 * Returns: (transfer full): the caps possible on the other pad
 */
GstCaps *gst_area_scale_negotiation_transform_caps (GstAreaChanges changes,
    GstPadDirection direction, GstCaps * caps, GstCaps * filter);

/**
 * gst_area_scale_negotiation_fixate_caps:
 * @direction: the pad that @caps are of
 * @caps: fixed caps on that pad
 * @othercaps: (transfer full): what the other pad can do, the preferred first:
 *   a part of gst_area_scale_negotiation_transform_caps() of @caps
 * @fills: (out): whether the picture shall fill the output although its shape
 *   is another one, because that is only the rounding of a size that was chosen
 *   here; %FALSE where the shape stays, and where borders are due
 *
 * Chooses the structure of @othercaps and in it the format that lose least, by
 * gst_area_formats_choose(): of equal structures the first. Then the size and
 * pixel aspect ratio of the other pad are chosen so that the display aspect ratio
 * stays, as far as @othercaps allow:
 *
 * - nothing changes where nothing must;
 * - a side that changes is a multiple of gst_area_scale_placement_grid() where
 *   such sizes are allowed near it, so that 4:2:0 has even sides;
 * - with one side fixed, or limited to other sizes than that of @caps while the
 *   other side has no upper limit, the other one follows, rounded to nearest,
 *   and the pixel aspect ratio stays; it is adjusted only when the other side
 *   cannot follow to the pixel, or to half a step of the grid;
 * - otherwise the size stays as near as possible and the pixel aspect ratio is
 *   adjusted; where it cannot be, the height or else the width stays and the
 *   other one follows;
 * - where neither follows so, each side follows from the other, and that one
 *   again, snapped below and above, and the nearest shape is taken, of equal
 *   ones the largest.
 *
 * The grid and the sizes that GStreamer cannot have frames of are those of the
 * format that was chosen. A pixel aspect ratio of 1/1 is not added to caps that lack
 * the field. Colorimetry and chroma site follow from @caps, by
 * gst_area_colorimetry_prefer() and gst_area_colorimetry_transfer().
 *
 * Returns: (transfer full): fixed caps, or empty ones when @othercaps have no
 *   size within 1 .. 32767 that can exist or no positive pixel aspect ratio
 */
GstCaps *gst_area_scale_negotiation_fixate_caps (GstPadDirection direction,
    GstCaps * caps, GstCaps * othercaps, gboolean * fills);

/**
 * gst_area_scale_negotiation_only_passes:
 * @caps: fixed caps
 *
 * Returns: whether frames of @caps can only pass through, for their format or caps
 *   features
 */
gboolean gst_area_scale_negotiation_only_passes (GstCaps * caps);

/**
 * gst_area_scale_negotiation_limit:
 * @changes: what may differ from @caps
 * @caps: fixed caps of the sink pad
 * @accepted: what the source pad's peer accepts
 *
 * Returns: (transfer none): why frames of @caps cannot become one of @accepted,
 *   in words for an error message
 */
const gchar *gst_area_scale_negotiation_limit (GstAreaChanges changes,
    GstCaps * caps, GstCaps * accepted);

G_END_DECLS

#endif /* __GST_AREA_SCALE_NEGOTIATION_H__ */

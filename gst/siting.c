/* GStreamer areascale: where chroma lies between luma
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "siting.h"

/* In the middle of those that share it, unless the flag says on the first. */
static gint
site_by_flag (const GstVideoInfo * info, guint sub, GstVideoChromaSite flag)
{
  return GST_VIDEO_INFO_CHROMA_SITE (info) & flag ? 0 : 2 * ((1 << sub) - 1);
}

gint
gst_area_scale_siting_of_columns (const GstVideoInfo * info, guint sub)
{
  return site_by_flag (info, sub, GST_VIDEO_CHROMA_SITE_H_COSITED);
}

gint
gst_area_scale_siting_of_frame_rows (const GstVideoInfo * info, guint sub)
{
  return site_by_flag (info, sub, GST_VIDEO_CHROMA_SITE_V_COSITED);
}

/* Row k of a field's chroma is row 2 k + field of the frame's, which lies at luma
 * line W (2 k + field) + s of the frame, W lines sharing it and s being the frame's
 * site. The field's luma line j is line 2 j + field of the frame. So chroma lies at
 * (W (2 k + field) + s - field) / 2 = W k + ((W - 1) field + s) / 2 in lines of the
 * field: centred 4:2:0 at 1/4 of the top field and 3/4 of the bottom one. */
gint
gst_area_scale_siting_of_field_rows (const GstVideoInfo * info, guint sub,
    gint field)
{
  gint frame = gst_area_scale_siting_of_frame_rows (info, sub);

  return (4 * ((1 << sub) - 1) * field + frame) / 2;
}

/* A chroma sample covers as many luma samples as share it, around its centre. Where
 * the first one begins, from the first edge of luma, in quarters of a sample. */
static gint
first_edge (const GstAreaScaleSide * side)
{
  return side->site + 2 - 2 * (1 << side->sub);
}

/* With W luma samples to a chroma sample, whose first begins at t: sample m of the
 * output begins at luma W m + t, so at (W m + t) in / out of the input's luma, where
 * sample ((W m + t) in / out - t) / W of its chroma lies; W and t being those of
 * either side. */
AreascaleSpans
gst_area_scale_siting_spans (const GstAreaScaleSide * in,
    const GstAreaScaleSide * out)
{
  AreascaleSpans spans;

  spans.step = (4 << out->sub) * in->luma;
  spans.offset = first_edge (out) * in->luma - first_edge (in) * out->luma;
  spans.unit = (4 << in->sub) * out->luma;
  return spans;
}

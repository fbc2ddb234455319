/* GStreamer areascale: what a video format is made of
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_SCALE_LAYOUT_H__
#define __GST_AREA_SCALE_LAYOUT_H__

#include <gst/video/video.h>
#include "areascale.h"

G_BEGIN_DECLS

/**
 * GST_AREA_SCALE_MAX_CHANNELS:
 *
 * Four components, those but alpha on two grids each.
 */
#define GST_AREA_SCALE_MAX_CHANNELS 8

/**
 * GstAreaScaleChannel:
 * @index: the plane of a native layout; the position of the sample in the pixel
 *   of an unpacked one
 * @w_sub: log2 of the horizontal subsampling of its grid
 * @h_sub: log2 of the vertical subsampling of its grid
 * @layout: how the samples of a row follow each other
 * @depth: significant bits of a sample
 * @shift: position of the value's lowest bit in the sample
 * @alpha: 1 + which of the samples of a pixel is alpha; 0: none, or not known
 * @n_gathered: how many colours of unpacked pixels, from @index on, are put behind the
 *   sum of the alpha of the pixels that share them; 0: samples are taken as they are
 * @light: bits of the light that the kernels are given instead of these samples, or
 *   0 when they are given the samples
 *
 * Samples on one grid, which the kernels scale together.
 */
typedef struct {
  guint index;
  guint w_sub, h_sub;
  AreascaleLayout layout;
  gint depth, shift;
  gint alpha;
  gint n_gathered;
  gint light;
} GstAreaScaleChannel;

/**
 * GstAreaScaleLayout:
 * @finfo: the format
 * @n_channels: number of channels, at least 1
 * @channel: the channels; of a native layout in the order of the planes
 *
 * A format as the kernels see it: its planes (native), or the pixels that its
 * unpack and pack functions make of a line (unpacked).
 */
typedef struct {
  const GstVideoFormatInfo *finfo;
  guint n_channels;
  GstAreaScaleChannel channel[GST_AREA_SCALE_MAX_CHANNELS];
} GstAreaScaleLayout;

/**
 * GstAreaScaleComponent:
 * @channel: the samples that it is one of
 * @element: its position in a pixel of @channel
 *
 * Where a component of a format is. Of packed 4:2:2 the channel is the same samples
 * in pairs for luma and in fours for chroma.
 */
typedef struct {
  GstAreaScaleChannel channel;
  guint element;
} GstAreaScaleComponent;

/**
 * gst_area_scale_layout_init_native:
 * @layout: (out caller-allocates): the layout to fill
 * @format: a video format
 *
 * Returns: %FALSE when the kernels cannot work on the planes of @format
 *   themselves
 */
gboolean gst_area_scale_layout_init_native (GstAreaScaleLayout * layout,
    GstVideoFormat format);

/**
 * gst_area_scale_layout_init_unpacked:
 * @layout: (out caller-allocates): the layout to fill
 * @format: a video format
 *
 * Returns: %FALSE when frames of @format cannot be averaged: its samples are
 *   palette indices, or it is not a raw format
 */
gboolean gst_area_scale_layout_init_unpacked (GstAreaScaleLayout * layout,
    GstVideoFormat format);

/**
 * gst_area_scale_layout_find_native:
 * @layout: a native layout
 * @i: a component of its format
 *
 * Returns: where the component is in the planes
 */
GstAreaScaleComponent gst_area_scale_layout_find_native
    (const GstAreaScaleLayout * layout, guint i);

/**
 * gst_area_scale_layout_find_unpacked:
 * @finfo: a format that can be averaged
 * @i: a component of it
 *
 * Returns: where the component is in unpacked pixels, a channel of its own
 */
GstAreaScaleComponent gst_area_scale_layout_find_unpacked
    (const GstVideoFormatInfo * finfo, guint i);

/**
 * gst_area_scale_layout_gather:
 * @in_layout: the unpacked layout of a format
 * @out_layout: the same
 *
 * Puts alpha beside all colours, in channels that are gathered, where the kernels could
 * not weigh them otherwise.
 */
void gst_area_scale_layout_gather (GstAreaScaleLayout * in_layout,
    GstAreaScaleLayout * out_layout);

/**
 * gst_area_scale_layout_find_gathered:
 * @finfo: a format that has alpha
 * @i: a component of it
 *
 * Returns: where the component is in channels that are gathered; alpha is in one of
 *   its own
 */
GstAreaScaleComponent gst_area_scale_layout_find_gathered
    (const GstVideoFormatInfo * finfo, guint i);

/**
 * gst_area_scale_layout_can_weigh:
 * @layout: a layout
 *
 * Returns: whether the kernels can weigh all colours of @layout by its alpha: it lies
 *   beside them in one channel, or there is none
 */
gboolean gst_area_scale_layout_can_weigh (const GstAreaScaleLayout * layout);

/**
 * gst_area_scale_layout_unpacked_bits:
 * @finfo: a format
 *
 * Returns: the bits of a sample in an unpacked pixel, 8 or 16
 */
gint gst_area_scale_layout_unpacked_bits (const GstVideoFormatInfo * finfo);

/**
 * gst_area_scale_channel_samples:
 * @channel: a channel
 *
 * Returns: the samples from one pixel of its rows to the next
 */
guint gst_area_scale_channel_samples (const GstAreaScaleChannel * channel);

/**
 * gst_area_scale_channel_pixel_bytes:
 * @channel: a channel
 *
 * Returns: the bytes from one pixel of its rows to the next
 */
guint gst_area_scale_channel_pixel_bytes (const GstAreaScaleChannel * channel);

/**
 * gst_area_scale_channel_pixel_offset:
 * @channel: a channel of an unpacked layout
 * @pixel_bytes: bytes of an unpacked pixel: 4 samples of 8 or 16 bits
 *
 * Returns: the bytes of a pixel before the channel's sample; of 16-bit samples with a
 *   value of at most 8 bits only the high byte counts
 */
gsize gst_area_scale_channel_pixel_offset (const GstAreaScaleChannel * channel,
    gsize pixel_bytes);

/**
 * gst_area_scale_channel_row_bytes:
 * @channel: a channel
 * @width: pixels of its grid
 *
 * Returns: the bytes of a row, with the unused half of an odd 4:2:2 pair
 */
gsize gst_area_scale_channel_row_bytes (const GstAreaScaleChannel * channel,
    gint width);

G_END_DECLS

#endif /* __GST_AREA_SCALE_LAYOUT_H__ */

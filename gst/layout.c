/* GStreamer areascale: what a video format is made of
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include "layout.h"

#define NOT_LINEAR \
  (GST_VIDEO_FORMAT_FLAG_TILED | GST_VIDEO_FORMAT_FLAG_COMPLEX)

/* Those that integer samples can have. The samples of a format with a newer flag
 * may be anything: GStreamer 1.30 has floats. */
#define KNOWN_FLAGS \
  (GST_VIDEO_FORMAT_FLAG_YUV | GST_VIDEO_FORMAT_FLAG_RGB | \
  GST_VIDEO_FORMAT_FLAG_GRAY | GST_VIDEO_FORMAT_FLAG_ALPHA | \
  GST_VIDEO_FORMAT_FLAG_LE | GST_VIDEO_FORMAT_FLAG_COMPLEX | \
  GST_VIDEO_FORMAT_FLAG_UNPACK | GST_VIDEO_FORMAT_FLAG_TILED | \
  GST_VIDEO_FORMAT_FLAG_SUBTILES)

/* How the words of a plane hold the values. */
typedef struct
{
  guint bytes;
  gint shift;
  gboolean little_endian;
} Words;

/* The component that stands for those of a plane, or -1; sets the number of
 * components. All of them must have one depth and one shift. */
static gint
find_components (const GstVideoFormatInfo * finfo, guint plane, guint * n)
{
  gint first = -1;
  guint i;

  *n = 0;
  for (i = 0; i < finfo->n_components; i++) {
    if (finfo->plane[i] != plane)
      continue;
    if (first < 0)
      first = i;
    else if (finfo->depth[i] != finfo->depth[first]
        || finfo->shift[i] != finfo->shift[first])
      return -1;
    (*n)++;
  }
  return first;
}

/* What GstVideoFormatInfo says about words, and where its words differ from it:
 * these two are little-endian without the flag, and the values of Y210 lie in
 * the high bits. */
static Words
words_of_component (const GstVideoFormatInfo * finfo, guint component)
{
  Words words;

  words.shift = finfo->shift[component];
  words.little_endian = GST_VIDEO_FORMAT_INFO_IS_LE (finfo);
  if (finfo->format == GST_VIDEO_FORMAT_Y210) {
    words.shift = 6;
    words.little_endian = TRUE;
  } else if (finfo->format == GST_VIDEO_FORMAT_v216) {
    words.little_endian = TRUE;
  }
  words.bytes = finfo->depth[component] + words.shift > 8 ? 2 : 1;
  return words;
}

static gboolean
is_packed_422 (const GstVideoFormatInfo * finfo, guint n, const Words * words)
{
  return n == 3 && finfo->n_planes == 1 && finfo->w_sub[1] == 1
      && finfo->pixel_stride[0] == 2 * (gint) words->bytes
      && finfo->pixel_stride[1] == 4 * (gint) words->bytes;
}

/* One of the interleaved samples may belong to no component: the x of RGBx. */
static gboolean
is_interleaved (const GstVideoFormatInfo * finfo, guint first, guint n,
    const Words * words)
{
  guint samples = finfo->pixel_stride[first] / words->bytes;

  return finfo->pixel_stride[first] % words->bytes == 0
      && samples >= n && samples <= MIN (n + 1, 4);
}

static AreascaleLayout
interleaved_layout (guint n)
{
  static const AreascaleLayout layouts[] = {
    AREASCALE_LAYOUT_1, AREASCALE_LAYOUT_2, AREASCALE_LAYOUT_3,
    AREASCALE_LAYOUT_4
  };

  return layouts[n - 1];
}

static gboolean
has_alpha (const GstVideoFormatInfo * finfo)
{
  return finfo->n_components > GST_VIDEO_COMP_A;
}

static gboolean
native_channel (GstAreaScaleChannel * channel,
    const GstVideoFormatInfo * finfo, guint plane)
{
  guint n;
  gint first = find_components (finfo, plane, &n);
  Words words;

  if (first < 0)
    return FALSE;

  words = words_of_component (finfo, first);
  if (words.bytes == 2
      && words.little_endian != (G_BYTE_ORDER == G_LITTLE_ENDIAN))
    return FALSE;

  if (is_packed_422 (finfo, n, &words))
    channel->layout = finfo->poffset[0] == 0 ? AREASCALE_LAYOUT_YUYV
        : AREASCALE_LAYOUT_UYVY;
  else if (is_interleaved (finfo, first, n, &words))
    channel->layout =
        interleaved_layout (finfo->pixel_stride[first] / words.bytes);
  else
    return FALSE;

  channel->index = plane;
  channel->w_sub = finfo->w_sub[first];
  channel->h_sub = finfo->h_sub[first];
  channel->depth = finfo->depth[first];
  channel->shift = words.shift;
  channel->light = 0;
  return TRUE;
}

/* The position of a component in an unpacked pixel: alpha comes first. */
static guint
unpacked_position (guint component)
{
  return component == GST_VIDEO_COMP_A ? 0 : component + 1;
}

#define PROBE_PIXELS 2
#define PROBE_SAMPLES 8

/* What the format's unpack function makes of a plane whose samples are 1, 2, 3 and 4
 * in turn: GstVideoFormatInfo does not say for all formats where their components
 * lie. */
static guint
probe_element (const GstVideoFormatInfo * finfo,
    const GstAreaScaleChannel * channel, guint i)
{
  guint16 zeros[PROBE_SAMPLES] = { 0 }, samples[PROBE_SAMPLES];
  guint16 pixels[PROBE_PIXELS * GST_VIDEO_MAX_COMPONENTS];
  gpointer data[GST_VIDEO_MAX_PLANES] = { zeros, zeros, zeros, zeros };
  gint stride[GST_VIDEO_MAX_PLANES] = { 0 };
  gint bits = gst_area_scale_layout_unpacked_bits (finfo);
  guint n, value;

  for (n = 0; n < PROBE_SAMPLES; n++) {
    value = (n % 4 + 1) << channel->shift;
    if (channel->depth > 8)
      samples[n] = value;
    else
      ((guint8 *) samples)[n] = value;
  }
  data[channel->index] = samples;
  finfo->unpack_func (finfo, GST_VIDEO_PACK_FLAG_TRUNCATE_RANGE, pixels, data,
      stride, 0, 0, PROBE_PIXELS);

  value = bits == 8 ? ((guint8 *) pixels)[unpacked_position (i)]
      : pixels[unpacked_position (i)];
  return (value >> (bits - channel->depth)) - 1;
}

static void
unpacked_channel (GstAreaScaleChannel * channel,
    const GstVideoFormatInfo * finfo, guint component)
{
  channel->index = unpacked_position (component);
  channel->w_sub = finfo->w_sub[component];
  channel->h_sub = finfo->h_sub[component];
  channel->layout = AREASCALE_LAYOUT_1;
  channel->depth = finfo->depth[component];
  /* unpacking aligns values to the highest bit */
  channel->shift = (channel->depth > 8 ? 16 : 8) - channel->depth;
  channel->light = 0;
}

/* Whether an unpacked pixel can be averaged whole. */
static gboolean
components_are_alike (const GstVideoFormatInfo * finfo)
{
  guint i;

  if (finfo->n_components < 3 || (finfo->depth[0] > 8) !=
      (gst_area_scale_layout_unpacked_bits (finfo) > 8))
    return FALSE;
  for (i = 0; i < finfo->n_components; i++) {
    if (finfo->depth[i] != finfo->depth[0] || finfo->w_sub[i] != 0
        || finfo->h_sub[i] != 0)
      return FALSE;
  }
  return TRUE;
}

static gboolean
format_is_averageable (const GstVideoFormatInfo * finfo)
{
  guint i;

  if (finfo == NULL || finfo->n_components == 0
      || (finfo->flags & ~KNOWN_FLAGS) != 0
      || finfo->unpack_func == NULL || finfo->pack_func == NULL
      || finfo->pack_lines != 1)
    return FALSE;
  for (i = 0; i < finfo->n_components; i++) {
    if (finfo->depth[i] < 1 || finfo->depth[i] > 16)
      return FALSE;
  }
  return TRUE;
}

static gboolean
init_format (GstAreaScaleLayout * layout, GstVideoFormat format)
{
  memset (layout, 0, sizeof (*layout));
  if (format == GST_VIDEO_FORMAT_UNKNOWN || format == GST_VIDEO_FORMAT_ENCODED)
    return FALSE;

  layout->finfo = gst_video_format_get_info (format);
  return format_is_averageable (layout->finfo);
}

gboolean
gst_area_scale_layout_init_native (GstAreaScaleLayout * layout,
    GstVideoFormat format)
{
  guint plane;

  if (!init_format (layout, format) || (layout->finfo->flags & NOT_LINEAR))
    return FALSE;

  for (plane = 0; plane < layout->finfo->n_planes; plane++) {
    if (!native_channel (&layout->channel[plane], layout->finfo, plane))
      return FALSE;
  }
  layout->n_channels = layout->finfo->n_planes;
  if (layout->n_channels == 1 && has_alpha (layout->finfo))
    layout->channel[0].alpha =
        1 + probe_element (layout->finfo, &layout->channel[0],
        GST_VIDEO_COMP_A);
  return TRUE;
}

gboolean
gst_area_scale_layout_init_unpacked (GstAreaScaleLayout * layout,
    GstVideoFormat format)
{
  guint i;

  if (!init_format (layout, format))
    return FALSE;

  layout->n_channels = layout->finfo->n_components;
  for (i = 0; i < layout->n_channels; i++)
    unpacked_channel (&layout->channel[i], layout->finfo, i);

  if (components_are_alike (layout->finfo)) {
    layout->channel[0].layout = AREASCALE_LAYOUT_4;
    layout->channel[0].index = 0;
    layout->channel[0].alpha = has_alpha (layout->finfo) ? 1 : 0;
    layout->n_channels = 1;
  }
  return TRUE;
}

/* --- where components are --- */

GstAreaScaleComponent
gst_area_scale_layout_find_native (const GstAreaScaleLayout * layout, guint i)
{
  const GstVideoFormatInfo *finfo = layout->finfo;
  GstAreaScaleComponent component = { layout->channel[finfo->plane[i]], 0 };
  GstAreaScaleChannel *channel = &component.channel;

  if (channel->layout == AREASCALE_LAYOUT_YUYV
      || channel->layout == AREASCALE_LAYOUT_UYVY) {
    channel->layout = finfo->w_sub[i] > 0 ? AREASCALE_LAYOUT_4
        : AREASCALE_LAYOUT_2;
    channel->w_sub = finfo->w_sub[i];
  }
  component.element = probe_element (finfo, channel, i);
  return component;
}

GstAreaScaleComponent
gst_area_scale_layout_find_unpacked (const GstVideoFormatInfo * finfo,
    guint i)
{
  GstAreaScaleComponent component = { {0}, 0 };

  unpacked_channel (&component.channel, finfo, i);
  return component;
}

/* --- colours beside alpha --- */

/* The first of the colours that are gathered with one of them. */
static guint
first_gathered (const GstVideoFormatInfo * finfo, guint component)
{
  return finfo->w_sub[1] == 0 && finfo->h_sub[1] == 0 ? 0 : MIN (component, 1);
}

/* The colours that are gathered with one of them, of one depth and on one grid, beside
 * the sum of the alpha of the pixels that share them. In words at least. */
static GstAreaScaleChannel
gathered_channel (const GstVideoFormatInfo * finfo, guint component)
{
  guint first = first_gathered (finfo, component), end = first + 1;
  GstAreaScaleChannel channel = { 0 };

  while (end < GST_VIDEO_COMP_A && first_gathered (finfo, end) == first)
    end++;
  channel.index = unpacked_position (first);
  channel.w_sub = finfo->w_sub[first];
  channel.h_sub = finfo->h_sub[first];
  channel.layout = AREASCALE_LAYOUT_4;
  channel.depth = finfo->depth[GST_VIDEO_COMP_A] + channel.w_sub
      + channel.h_sub;
  channel.depth = MAX (MAX (channel.depth, (gint) finfo->depth[first]), 9);
  channel.alpha = 1;
  channel.n_gathered = end - first;
  return channel;
}

/* The means of what is gathered, as unpacked pixels have them. */
static GstAreaScaleChannel
scattered_channel (const GstAreaScaleChannel * gathered,
    const GstVideoFormatInfo * finfo, guint component)
{
  GstAreaScaleChannel channel = *gathered, unpacked = { 0 };

  unpacked_channel (&unpacked, finfo, component);
  channel.depth = unpacked.depth;
  channel.shift = unpacked.shift;
  return channel;
}

void
gst_area_scale_layout_gather (GstAreaScaleLayout * in_layout,
    GstAreaScaleLayout * out_layout)
{
  const GstVideoFormatInfo *finfo = in_layout->finfo;
  guint i = 0, n = 1;

  if (gst_area_scale_layout_can_weigh (in_layout))
    return;
  unpacked_channel (&in_layout->channel[0], finfo, GST_VIDEO_COMP_A);
  out_layout->channel[0] = in_layout->channel[0];
  while (i < GST_VIDEO_COMP_A) {
    in_layout->channel[n] = gathered_channel (finfo, i);
    out_layout->channel[n] =
        scattered_channel (&in_layout->channel[n], finfo, i);
    i += in_layout->channel[n].n_gathered;
    n++;
  }
  in_layout->n_channels = out_layout->n_channels = n;
}

GstAreaScaleComponent
gst_area_scale_layout_find_gathered (const GstVideoFormatInfo * finfo, guint i)
{
  GstAreaScaleComponent component;

  if (i == GST_VIDEO_COMP_A)
    return gst_area_scale_layout_find_unpacked (finfo, i);
  component.channel = gathered_channel (finfo, i);
  component.element = 1 + i - first_gathered (finfo, i);
  return component;
}

gboolean
gst_area_scale_layout_can_weigh (const GstAreaScaleLayout * layout)
{
  return !has_alpha (layout->finfo)
      || (layout->n_channels == 1 && layout->channel[0].alpha > 0);
}

gint
gst_area_scale_layout_unpacked_bits (const GstVideoFormatInfo * finfo)
{
  return gst_video_format_get_info (finfo->unpack_format)->bits;
}

guint
gst_area_scale_channel_samples (const GstAreaScaleChannel * channel)
{
  static const guint samples[AREASCALE_N_LAYOUTS] = { 1, 2, 3, 4, 2, 2 };

  return samples[channel->layout];
}

guint
gst_area_scale_channel_pixel_bytes (const GstAreaScaleChannel * channel)
{
  return gst_area_scale_channel_samples (channel) *
      (channel->depth > 16 ? 4 : channel->depth > 8 ? 2 : 1);
}

gsize
gst_area_scale_channel_pixel_offset (const GstAreaScaleChannel * channel,
    gsize pixel_bytes)
{
  gsize bytes = pixel_bytes / 4;
  gsize offset = channel->index * bytes;

  if (bytes == 2 && channel->depth <= 8 && G_BYTE_ORDER == G_LITTLE_ENDIAN)
    offset++;
  return offset;
}

gsize
gst_area_scale_channel_row_bytes (const GstAreaScaleChannel * channel,
    gint width)
{
  gsize pixels = width;

  if (channel->layout == AREASCALE_LAYOUT_YUYV
      || channel->layout == AREASCALE_LAYOUT_UYVY)
    pixels = GST_ROUND_UP_2 (pixels);
  return pixels * gst_area_scale_channel_pixel_bytes (channel);
}

/* GStreamer areascale: libswscale's area method, for comparison
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <libswscale/swscale.h>

#include "peers.h"

typedef struct
{
  struct SwsContext *context;
  const GstVideoInfo *in, *out;
} State;

static enum AVPixelFormat
pixel_format (const GstVideoInfo * info)
{
  switch (GST_VIDEO_INFO_FORMAT (info)) {
    case GST_VIDEO_FORMAT_GRAY8:
      return AV_PIX_FMT_GRAY8;
    case GST_VIDEO_FORMAT_I420:
      return AV_PIX_FMT_YUV420P;
    case GST_VIDEO_FORMAT_NV12:
      return AV_PIX_FMT_NV12;
    case GST_VIDEO_FORMAT_BGRx:
      return AV_PIX_FMT_BGR0;
    case GST_VIDEO_FORMAT_RGB:
      return AV_PIX_FMT_RGB24;
    case GST_VIDEO_FORMAT_YUY2:
      return AV_PIX_FMT_YUYV422;
    case GST_VIDEO_FORMAT_I420_10LE:
      return AV_PIX_FMT_YUV420P10LE;
    case GST_VIDEO_FORMAT_P010_10LE:
      return AV_PIX_FMT_P010LE;
    default:
      return AV_PIX_FMT_NONE;
  }
}

static gpointer
swscale_open (const GstVideoInfo * in, const GstVideoInfo * out)
{
  struct SwsContext *context;
  State *s;

  if (pixel_format (in) == AV_PIX_FMT_NONE
      || pixel_format (out) == AV_PIX_FMT_NONE)
    return NULL;
  context = sws_getContext (GST_VIDEO_INFO_WIDTH (in),
      GST_VIDEO_INFO_HEIGHT (in), pixel_format (in), GST_VIDEO_INFO_WIDTH (out),
      GST_VIDEO_INFO_HEIGHT (out), pixel_format (out), SWS_AREA, NULL, NULL,
      NULL);
  if (context == NULL)
    return NULL;
  s = g_new (State, 1);
  s->context = context;
  s->in = in;
  s->out = out;
  return s;
}

static void
swscale_scale (gpointer state, const guint8 * in, guint8 * out)
{
  const State *s = state;
  const guint8 *src[GST_VIDEO_MAX_PLANES] = { NULL, };
  guint8 *dst[GST_VIDEO_MAX_PLANES] = { NULL, };
  guint plane;

  for (plane = 0; plane < GST_VIDEO_INFO_N_PLANES (s->in); plane++)
    src[plane] = in + GST_VIDEO_INFO_PLANE_OFFSET (s->in, plane);
  for (plane = 0; plane < GST_VIDEO_INFO_N_PLANES (s->out); plane++)
    dst[plane] = out + GST_VIDEO_INFO_PLANE_OFFSET (s->out, plane);
  sws_scale (s->context, src, s->in->stride, 0, GST_VIDEO_INFO_HEIGHT (s->in),
      dst, s->out->stride);
}

static void
swscale_close (gpointer state)
{
  State *s = state;

  sws_freeContext (s->context);
  g_free (s);
}

const Peer peer_swscale = {
  "swscale", AV_STRINGIFY (LIBSWSCALE_VERSION), swscale_open, swscale_scale,
  swscale_close
};

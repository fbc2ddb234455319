/* GStreamer areascale: libyuv's box filter, for comparison
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <libyuv.h>

#include "peers.h"

typedef struct
{
  const GstVideoInfo *in, *out;
} State;

/* The arguments that libyuv takes for a plane. */
#define SRC(s, plane, bytes) \
    (gconstpointer) (in + GST_VIDEO_INFO_PLANE_OFFSET ((s)->in, plane)), \
    GST_VIDEO_INFO_PLANE_STRIDE ((s)->in, plane) / (bytes)
#define DST(s, plane, bytes) \
    (gpointer) (out + GST_VIDEO_INFO_PLANE_OFFSET ((s)->out, plane)), \
    GST_VIDEO_INFO_PLANE_STRIDE ((s)->out, plane) / (bytes)
#define SIZE(info) GST_VIDEO_INFO_WIDTH (info), GST_VIDEO_INFO_HEIGHT (info)

static gpointer
libyuv_open (const GstVideoInfo * in, const GstVideoInfo * out)
{
  State *s;

  if (GST_VIDEO_INFO_FORMAT (in) != GST_VIDEO_INFO_FORMAT (out))
    return NULL;
  switch (GST_VIDEO_INFO_FORMAT (in)) {
    case GST_VIDEO_FORMAT_GRAY8:
    case GST_VIDEO_FORMAT_I420:
    case GST_VIDEO_FORMAT_NV12:
    case GST_VIDEO_FORMAT_BGRx:
    case GST_VIDEO_FORMAT_I420_10LE:
      break;
    default:
      return NULL;
  }
  s = g_new (State, 1);
  s->in = in;
  s->out = out;
  return s;
}

static void
libyuv_scale (gpointer state, const guint8 * in, guint8 * out)
{
  const State *s = state;

  switch (GST_VIDEO_INFO_FORMAT (s->in)) {
    case GST_VIDEO_FORMAT_GRAY8:
      ScalePlane (SRC (s, 0, 1), SIZE (s->in), DST (s, 0, 1), SIZE (s->out),
          kFilterBox);
      break;
    case GST_VIDEO_FORMAT_I420:
      I420Scale (SRC (s, 0, 1), SRC (s, 1, 1), SRC (s, 2, 1), SIZE (s->in),
          DST (s, 0, 1), DST (s, 1, 1), DST (s, 2, 1), SIZE (s->out),
          kFilterBox);
      break;
    case GST_VIDEO_FORMAT_NV12:
      NV12Scale (SRC (s, 0, 1), SRC (s, 1, 1), SIZE (s->in),
          DST (s, 0, 1), DST (s, 1, 1), SIZE (s->out), kFilterBox);
      break;
    case GST_VIDEO_FORMAT_BGRx:
      ARGBScale (SRC (s, 0, 1), SIZE (s->in), DST (s, 0, 1), SIZE (s->out),
          kFilterBox);
      break;
    default:
      I420Scale_16 (SRC (s, 0, 2), SRC (s, 1, 2), SRC (s, 2, 2), SIZE (s->in),
          DST (s, 0, 2), DST (s, 1, 2), DST (s, 2, 2), SIZE (s->out),
          kFilterBox);
      break;
  }
}

const Peer peer_libyuv = {
  "libyuv", G_STRINGIFY (LIBYUV_VERSION), libyuv_open, libyuv_scale, g_free
};

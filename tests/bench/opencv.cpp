/* GStreamer areascale: OpenCV's INTER_AREA, for comparison
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <opencv2/imgproc.hpp>

#include "peers.h"

namespace {

struct State
{
  const GstVideoInfo *in, *out;
  int code;                     /* of cvtColor(), or -1 */
  cv::Mat converted;            /* the whole frame */
};

/* A plane as a matrix; its first component has the same number in all formats
 * here. */
cv::Mat
plane_matrix (const GstVideoInfo * info, const guint8 * data, guint plane)
{
  int depth = GST_VIDEO_INFO_COMP_DEPTH (info, plane) > 8 ? CV_16U : CV_8U;
  int channels = GST_VIDEO_INFO_COMP_PSTRIDE (info, plane) /
      (depth == CV_16U ? 2 : 1);

  return cv::Mat (GST_VIDEO_INFO_COMP_HEIGHT (info, plane),
      GST_VIDEO_INFO_COMP_WIDTH (info, plane), CV_MAKETYPE (depth, channels),
      const_cast < guint8 * >(data) + GST_VIDEO_INFO_PLANE_OFFSET (info, plane),
      GST_VIDEO_INFO_PLANE_STRIDE (info, plane));
}

/* How a frame is converted before it is scaled, or -1. */
int
conversion_code (GstVideoFormat in, GstVideoFormat out)
{
  const bool rgb = out == GST_VIDEO_FORMAT_RGB, bgrx = out == GST_VIDEO_FORMAT_BGRx;

  switch (in) {
    case GST_VIDEO_FORMAT_NV12:
      return rgb ? cv::COLOR_YUV2RGB_NV12 : bgrx ? cv::COLOR_YUV2BGRA_NV12 : -1;
    case GST_VIDEO_FORMAT_I420:
      return rgb ? cv::COLOR_YUV2RGB_I420 : bgrx ? cv::COLOR_YUV2BGRA_I420 : -1;
    case GST_VIDEO_FORMAT_YUY2:
      return rgb ? cv::COLOR_YUV2RGB_YUY2 : bgrx ? cv::COLOR_YUV2BGRA_YUY2 : -1;
    default:
      return -1;
  }
}

/* All planes as cvtColor() takes them: one after the other, in one matrix. */
cv::Mat
frame_matrix (const GstVideoInfo * info, const guint8 * data)
{
  const bool packed = GST_VIDEO_INFO_N_PLANES (info) == 1;
  const int height = GST_VIDEO_INFO_HEIGHT (info);

  return cv::Mat (packed ? height : height * 3 / 2, GST_VIDEO_INFO_WIDTH (info),
      packed ? CV_8UC2 : CV_8UC1, const_cast < guint8 * >(data));
}

void
convert_and_scale (State * s, const guint8 * in, guint8 * out)
{
  cv::Mat dst = plane_matrix (s->out, out, 0);

  cv::cvtColor (frame_matrix (s->in, in), s->converted, s->code);
  cv::resize (s->converted, dst, dst.size (), 0, 0, cv::INTER_AREA);
}

gpointer
opencv_open (const GstVideoInfo * in, const GstVideoInfo * out)
{
  const GstVideoFormat format = GST_VIDEO_INFO_FORMAT (in);
  const int code = conversion_code (format, GST_VIDEO_INFO_FORMAT (out));

  if (code < 0 && (format != GST_VIDEO_INFO_FORMAT (out) ||
          format == GST_VIDEO_FORMAT_YUY2))
    return NULL;
  cv::setNumThreads (1);
  return new State { in, out, code, cv::Mat () };
}

void
opencv_scale (gpointer state, const guint8 * in, guint8 * out)
{
  State *s = static_cast < State * >(state);
  guint plane;

  if (s->code >= 0) {
    convert_and_scale (s, in, out);
    return;
  }
  for (plane = 0; plane < GST_VIDEO_INFO_N_PLANES (s->in); plane++) {
    cv::Mat src = plane_matrix (s->in, in, plane);
    cv::Mat dst = plane_matrix (s->out, out, plane);

    cv::resize (src, dst, dst.size (), 0, 0, cv::INTER_AREA);
  }
}

void
opencv_close (gpointer state)
{
  delete static_cast < State * >(state);
}

} /* namespace */

extern "C" const Peer peer_opencv = {
  "OpenCV", CV_VERSION, opencv_open, opencv_scale, opencv_close
};

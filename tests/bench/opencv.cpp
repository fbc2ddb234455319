/* GStreamer areascale: OpenCV's INTER_AREA, for comparison
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <opencv2/imgproc.hpp>

#include "peers.h"

namespace {

struct State
{
  const GstVideoInfo *in, *out;
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

gpointer
opencv_open (const GstVideoInfo * in, const GstVideoInfo * out)
{
  State *s;

  if (GST_VIDEO_INFO_FORMAT (in) == GST_VIDEO_FORMAT_YUY2)
    return NULL;
  cv::setNumThreads (1);
  s = g_new (State, 1);
  s->in = in;
  s->out = out;
  return s;
}

void
opencv_scale (gpointer state, const guint8 * in, guint8 * out)
{
  const State *s = static_cast < const State *>(state);
  guint plane;

  for (plane = 0; plane < GST_VIDEO_INFO_N_PLANES (s->in); plane++) {
    cv::Mat src = plane_matrix (s->in, in, plane);
    cv::Mat dst = plane_matrix (s->out, out, plane);

    cv::resize (src, dst, dst.size (), 0, 0, cv::INTER_AREA);
  }
}

} /* namespace */

extern "C" const Peer peer_opencv = {
  "OpenCV", CV_VERSION, opencv_open, opencv_scale, g_free
};

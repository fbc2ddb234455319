/* areascale: an application that scales frames of its own
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Pushes RGB frames into a pipeline, pulls them out at another size, and prints the
 * mean colour of each. Build it with what pkg-config says about gstreamer-app-1.0 and
 * gstreamer-video-1.0.
 *
 * Usage: frames [COUNT]
 */

#include <stdlib.h>

#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>
#include <gst/video/video.h>

#define IN_WIDTH 1280
#define IN_HEIGHT 720

/* 333 pixels of 3 bytes: GStreamer pads such rows, to 1000 bytes. */
#define PIPELINE \
    "appsrc name=in format=time is-live=false max-buffers=4 block=true" \
    " ! areascale n-threads=0" \
    " ! video/x-raw,width=333,height=187,pixel-aspect-ratio=1/1" \
    " ! appsink name=out sync=false max-buffers=4"

/* A frame whose colours depend on its number */
static GstBuffer *
make_frame (const GstVideoInfo * info, guint n)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, info->size, NULL);
  GstVideoFrame frame;
  gint x, y;

  if (!gst_video_frame_map (&frame, info, buffer, GST_MAP_WRITE)) {
    gst_buffer_unref (buffer);
    return NULL;
  }
  for (y = 0; y < info->height; y++) {
    guint8 *row = (guint8 *) GST_VIDEO_FRAME_PLANE_DATA (&frame, 0)
        + (gsize) y * GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0);

    for (x = 0; x < info->width; x++) {
      row[3 * x] = (guint8) (8 * n);
      row[3 * x + 1] = x % 2 ? 255 : 0;
      row[3 * x + 2] = y % 2 ? 255 : 0;
    }
  }
  gst_video_frame_unmap (&frame);
  GST_BUFFER_PTS (buffer) = n * GST_SECOND / 30;
  GST_BUFFER_DURATION (buffer) = GST_SECOND / 30;
  return buffer;
}

/* Adds up the colours of the visible pixels: a row may be longer than they are. */
static void
print_mean (GstSample * sample)
{
  guint64 sum[3] = { 0, 0, 0 };
  GstVideoInfo info;
  GstVideoFrame frame;
  guint64 n;
  gint x, y;

  if (!gst_video_info_from_caps (&info, gst_sample_get_caps (sample))
      || !gst_video_frame_map (&frame, &info, gst_sample_get_buffer (sample),
          GST_MAP_READ))
    return;
  for (y = 0; y < info.height; y++) {
    const guint8 *row = (const guint8 *) GST_VIDEO_FRAME_PLANE_DATA (&frame, 0)
        + (gsize) y * GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0);

    for (x = 0; x < 3 * info.width; x++)
      sum[x % 3] += row[x];
  }
  n = (guint64) info.width * info.height;
  g_print ("%dx%d, %d bytes a row: mean %.1f %.1f %.1f\n", info.width,
      info.height, GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0),
      (gdouble) sum[0] / n, (gdouble) sum[1] / n, (gdouble) sum[2] / n);
  gst_video_frame_unmap (&frame);
}

static gboolean
push_frame (GstAppSrc * src, const GstVideoInfo * info, guint n)
{
  GstBuffer *buffer = make_frame (info, n);

  return buffer != NULL && gst_app_src_push_buffer (src, buffer) == GST_FLOW_OK;
}

/* Pushes and pulls frame by frame. Returns how many came back. */
static guint
scale_frames (GstElement * pipeline, guint count)
{
  GstElement *src = gst_bin_get_by_name (GST_BIN (pipeline), "in");
  GstElement *sink = gst_bin_get_by_name (GST_BIN (pipeline), "out");
  GstVideoInfo info;
  GstCaps *caps;
  guint n;

  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_RGB, IN_WIDTH, IN_HEIGHT);
  info.fps_n = 30;
  caps = gst_video_info_to_caps (&info);
  gst_app_src_set_caps (GST_APP_SRC (src), caps);
  gst_caps_unref (caps);

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  for (n = 0; n < count; n++) {
    GstSample *sample;

    if (!push_frame (GST_APP_SRC (src), &info, n))
      break;
    sample = gst_app_sink_pull_sample (GST_APP_SINK (sink));
    if (sample == NULL)
      break;
    print_mean (sample);
    gst_sample_unref (sample);
  }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (sink);
  gst_object_unref (src);
  return n;
}

int
main (int argc, char **argv)
{
  GError *error = NULL;
  GstElement *pipeline;
  guint count, scaled;

  gst_init (&argc, &argv);
  count = argc > 1 ? (guint) atoi (argv[1]) : 3;
  pipeline = gst_parse_launch (PIPELINE, &error);
  if (error != NULL) {
    g_printerr ("%s\n", error->message);
    g_error_free (error);
    return EXIT_FAILURE;
  }
  scaled = scale_frames (pipeline, count);
  gst_object_unref (pipeline);
  return scaled == count ? EXIT_SUCCESS : EXIT_FAILURE;
}

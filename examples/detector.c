/* areascale: frames for a detector, in C
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Reads a video as planes of R, G and B of 640x640 bytes, letterboxed in grey of 114,
 * and prints where the picture lies and the mean of each plane. A model would be given
 * the planes where they are. Build it with what pkg-config says about gstreamer-app-1.0
 * and gstreamer-video-1.0.
 *
 * Usage: detector VIDEO [COUNT]
 */

#include <stdlib.h>

#include <gst/app/gstappsink.h>
#include <gst/video/video.h>

#define SIDE 640

#define PIPELINE \
    "filesrc name=file ! decodebin" \
    " ! areaconvertscale name=scale border-color=0xff727272 n-threads=0" \
    " ! video/x-raw,format=RGBP,width=640,height=640,pixel-aspect-ratio=1/1" \
    " ! appsink name=out sync=false max-buffers=4"

/* Where a frame of square pixels lies in the square of the model. */
typedef struct
{
  gint x, y, w, h;
} Letterbox;

static Letterbox
letterbox_of (gint width, gint height)
{
  gdouble scale = MIN ((gdouble) SIDE / width, (gdouble) SIDE / height);
  Letterbox box;

  box.w = (gint) (width * scale + 0.5);
  box.h = (gint) (height * scale + 0.5);
  box.x = (SIDE - box.w) / 2;
  box.y = (SIDE - box.h) / 2;
  return box;
}

/* A position that the model tells, in pixels of the frame. */
static void
to_frame (const Letterbox * box, gint width, gint height, gdouble * x,
    gdouble * y)
{
  *x = (*x - box->x) * width / box->w;
  *y = (*y - box->y) * height / box->h;
}

/* The size of what the decoder makes. */
static gboolean
get_input_size (GstElement * pipeline, gint * width, gint * height)
{
  GstElement *scale = gst_bin_get_by_name (GST_BIN (pipeline), "scale");
  GstPad *pad = gst_element_get_static_pad (scale, "sink");
  GstCaps *caps = gst_pad_get_current_caps (pad);
  gboolean known = caps != NULL
      && gst_structure_get_int (gst_caps_get_structure (caps, 0), "width",
      width)
      && gst_structure_get_int (gst_caps_get_structure (caps, 0), "height",
      height);

  gst_clear_caps (&caps);
  gst_object_unref (pad);
  gst_object_unref (scale);
  return known;
}

static void
print_letterbox (GstElement * pipeline)
{
  gdouble x = SIDE / 2, y = SIDE / 2;
  gint width, height;
  Letterbox box;

  if (!get_input_size (pipeline, &width, &height))
    return;
  box = letterbox_of (width, height);
  to_frame (&box, width, height, &x, &y);
  g_print ("%dx%d lies as %dx%d at %d,%d; the middle is %.1f,%.1f\n", width,
      height, box.w, box.h, box.x, box.y, x, y);
}

static gdouble
mean_of_plane (const GstVideoFrame * frame, guint plane)
{
  guint64 sum = 0;
  gint x, y;

  for (y = 0; y < SIDE; y++) {
    const guint8 *row = (const guint8 *) GST_VIDEO_FRAME_PLANE_DATA (frame,
        plane) + (gsize) y * GST_VIDEO_FRAME_PLANE_STRIDE (frame, plane);

    for (x = 0; x < SIDE; x++)
      sum += row[x];
  }
  return (gdouble) sum / (SIDE * SIDE);
}

static void
print_planes (GstSample * sample)
{
  GstVideoInfo info;
  GstVideoFrame frame;

  if (!gst_video_info_from_caps (&info, gst_sample_get_caps (sample))
      || !gst_video_frame_map (&frame, &info, gst_sample_get_buffer (sample),
          GST_MAP_READ))
    return;
  g_print ("corner %u, %d bytes a row: mean %.1f %.1f %.1f\n",
      *(guint8 *) GST_VIDEO_FRAME_PLANE_DATA (&frame, 0),
      GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0), mean_of_plane (&frame, 0),
      mean_of_plane (&frame, 1), mean_of_plane (&frame, 2));
  gst_video_frame_unmap (&frame);
}

/* Returns how many frames there were, up to @count. */
static guint
read_frames (GstElement * pipeline, const gchar * video, guint count)
{
  GstElement *file = gst_bin_get_by_name (GST_BIN (pipeline), "file");
  GstElement *sink = gst_bin_get_by_name (GST_BIN (pipeline), "out");
  GstSample *sample = NULL;
  guint n;

  g_object_set (file, "location", video, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  for (n = 0; n < count; n++) {
    sample = gst_app_sink_pull_sample (GST_APP_SINK (sink));
    if (sample == NULL)
      break;
    if (n == 0)
      print_letterbox (pipeline);
    print_planes (sample);
    gst_sample_unref (sample);
  }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (sink);
  gst_object_unref (file);
  return n;
}

int
main (int argc, char **argv)
{
  GError *error = NULL;
  GstElement *pipeline;
  guint count, read;

  gst_init (&argc, &argv);
  if (argc < 2) {
    g_printerr ("usage: %s VIDEO [COUNT]\n", argv[0]);
    return EXIT_FAILURE;
  }
  count = argc > 2 ? (guint) atoi (argv[2]) : 3;
  pipeline = gst_parse_launch (PIPELINE, &error);
  if (error != NULL) {
    g_printerr ("%s\n", error->message);
    g_error_free (error);
    return EXIT_FAILURE;
  }
  read = read_frames (pipeline, argv[1], count);
  gst_object_unref (pipeline);
  return read > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

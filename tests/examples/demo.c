/* GStreamer areascale: a video scaled by videoscale and by areascale
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Usage: demo DIRECTORY [VIDEO] [WIDTHxHEIGHT]
 *
 * Leaves scaled.mkv and comparison.png in DIRECTORY.
 */

#include <stdio.h>
#include <stdlib.h>

#include <gst/video/video.h>

#define ZONE_PLATE_FRAMES 240
#define ZONE_PLATE "videotestsrc num-buffers=" G_STRINGIFY (ZONE_PLATE_FRAMES) \
    " pattern=zone-plate kx2=100 ky2=75 kt=4" \
    " ! video/x-raw,format=I420,width=960,height=720,framerate=30/1" \
    ",colorimetry=bt709"

/* The frame that the picture shows; an earlier one when the video is shorter */
#define SNAPSHOT_FRAME 60

/* The largest width to which a small result is magnified */
#define PANEL_WIDTH 960

#define POLL_INTERVAL (200 * GST_MSECOND)

/* What passes a pad: written by the streaming thread */
typedef struct
{
  GstSample *snapshot;
  gint n_frames;                /* atomic */
} Tap;

/* The time that one scaler takes: written by the streaming thread */
typedef struct
{
  Tap tap;
  gint64 entered;
  gint64 busy;
} Stopwatch;

typedef struct
{
  GstElement *pipeline;
  Tap input;
  Stopwatch videoscale, areascale;
  gint width, height;           /* of the result, 0 to choose */
  gint percent;                 /* printed last */
  gint next_report;             /* frames, when the duration is unknown */
} Demo;

static void
tap_see (Tap * tap, GstPad * pad, GstBuffer * buffer)
{
  if (g_atomic_int_add (&tap->n_frames, 1) < SNAPSHOT_FRAME) {
    GstCaps *caps = gst_pad_get_current_caps (pad);

    g_clear_pointer (&tap->snapshot, gst_sample_unref);
    tap->snapshot = gst_sample_new (buffer, caps, NULL, NULL);
    gst_caps_unref (caps);
  }
}

static GstPadProbeReturn
scaler_enter (GstPad * pad, GstPadProbeInfo * info, gpointer user_data)
{
  Stopwatch *watch = user_data;

  (void) pad;
  (void) info;
  watch->entered = g_get_monotonic_time ();

  return GST_PAD_PROBE_OK;
}

static GstPadProbeReturn
scaler_leave (GstPad * pad, GstPadProbeInfo * info, gpointer user_data)
{
  Stopwatch *watch = user_data;

  watch->busy += g_get_monotonic_time () - watch->entered;
  tap_see (&watch->tap, pad, GST_PAD_PROBE_INFO_BUFFER (info));

  return GST_PAD_PROBE_OK;
}

/* Without a wish: a third of the input, on even numbers */
static gint
default_size (gint in)
{
  return MAX (2, (in / 3 + 1) & ~1);
}

static void
set_size (Demo * demo, const gchar * filter_name)
{
  GstElement *filter =
      gst_bin_get_by_name (GST_BIN (demo->pipeline), filter_name);
  GstCaps *caps = gst_caps_new_simple ("video/x-raw", "width", G_TYPE_INT,
      demo->width, "height", G_TYPE_INT, demo->height, NULL);

  g_object_set (filter, "caps", caps, NULL);
  gst_caps_unref (caps);
  gst_object_unref (filter);
}

static void
input_caps (Demo * demo, GstCaps * caps)
{
  GstVideoInfo info;

  if (!gst_video_info_from_caps (&info, caps))
    return;
  if (demo->width == 0) {
    demo->width = default_size (GST_VIDEO_INFO_WIDTH (&info));
    demo->height = default_size (GST_VIDEO_INFO_HEIGHT (&info));
  }
  g_print ("input %dx%d %s, output %dx%d\n", GST_VIDEO_INFO_WIDTH (&info),
      GST_VIDEO_INFO_HEIGHT (&info), GST_VIDEO_INFO_NAME (&info), demo->width,
      demo->height);
  set_size (demo, "size-videoscale");
  set_size (demo, "size-areascale");
}

static GstPadProbeReturn
input_probe (GstPad * pad, GstPadProbeInfo * info, gpointer user_data)
{
  Demo *demo = user_data;

  if (info->type & GST_PAD_PROBE_TYPE_BUFFER) {
    tap_see (&demo->input, pad, GST_PAD_PROBE_INFO_BUFFER (info));
  } else {
    GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);

    if (GST_EVENT_TYPE (event) == GST_EVENT_CAPS) {
      GstCaps *caps;

      gst_event_parse_caps (event, &caps);
      input_caps (demo, caps);
    }
  }

  return GST_PAD_PROBE_OK;
}

static void
add_probe (GstElement * pipeline, const gchar * element_name,
    const gchar * pad_name, GstPadProbeType type, GstPadProbeCallback callback,
    gpointer user_data)
{
  GstElement *element = gst_bin_get_by_name (GST_BIN (pipeline), element_name);
  GstPad *pad = gst_element_get_static_pad (element, pad_name);

  gst_pad_add_probe (pad, type, callback, user_data, NULL);
  gst_object_unref (pad);
  gst_object_unref (element);
}

static void
watch_scaler (GstElement * pipeline, const gchar * name, Stopwatch * watch)
{
  add_probe (pipeline, name, "sink", GST_PAD_PROBE_TYPE_BUFFER, scaler_enter,
      watch);
  add_probe (pipeline, name, "src", GST_PAD_PROBE_TYPE_BUFFER, scaler_leave,
      watch);
}

static GstElement *
parse_pipeline (const gchar * description)
{
  GError *error = NULL;
  GstElement *pipeline = gst_parse_launch (description, &error);

  if (error) {
    g_printerr ("%s\n", error->message);
    g_clear_error (&error);
    gst_clear_object (&pipeline);
  }

  return pipeline;
}

static void
set_location (GstElement * pipeline, const gchar * name, const gchar * dir,
    const gchar * file)
{
  GstElement *element = gst_bin_get_by_name (GST_BIN (pipeline), name);
  gchar *path = dir ? g_build_filename (dir, file, NULL) : g_strdup (file);

  g_object_set (element, "location", path, NULL);
  g_free (path);
  gst_object_unref (element);
}

static void
print_error (GstMessage * message)
{
  GError *error = NULL;
  gchar *debug = NULL;

  gst_message_parse_error (message, &error, &debug);
  g_printerr ("%s: %s\n%s\n", GST_OBJECT_NAME (message->src), error->message,
      debug ? debug : "");
  g_clear_error (&error);
  g_free (debug);
}

/* Plays @pipeline to its end; @progress, if any, is called now and then */
static gboolean
play (GstElement * pipeline, void (*progress) (Demo * demo), Demo * demo)
{
  GstBus *bus = gst_element_get_bus (pipeline);
  GstMessage *message;
  gboolean ok;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while (!(message = gst_bus_timed_pop_filtered (bus, POLL_INTERVAL,
              GST_MESSAGE_EOS | GST_MESSAGE_ERROR))) {
    if (progress)
      progress (demo);
  }
  ok = GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS;
  if (!ok)
    print_error (message);
  gst_message_unref (message);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (bus);

  return ok;
}

/* Returns: how much has been played, or -1 when that is unknown */
static gint
played_percent (Demo * demo)
{
  gint64 position, duration;

  if (!gst_element_query_position (demo->pipeline, GST_FORMAT_TIME, &position)
      || !gst_element_query_duration (demo->pipeline, GST_FORMAT_TIME,
          &duration)
      || position < 0 || duration <= 0)
    return -1;

  return (gint) (100.0 * MIN (position, duration) / duration);
}

/* A line each 10 %, or each doubling of the frames when there is no percentage */
static void
print_progress (Demo * demo)
{
  gint n_frames = g_atomic_int_get (&demo->areascale.tap.n_frames);
  gint percent = played_percent (demo);

  if (percent >= 0 && percent / 10 > demo->percent / 10) {
    demo->percent = percent;
    g_print ("%3d %%, %d frames\n", percent, n_frames);
  } else if (percent < 0 && n_frames >= demo->next_report) {
    demo->next_report = 2 * n_frames;
    g_print ("%d frames\n", n_frames);
  }
}

static void
print_rate (const gchar * name, const Stopwatch * watch)
{
  gint64 busy = MAX (1, watch->busy);

  g_print ("%-10s %8.0f frames/s  (%.3f ms a frame)\n", name,
      watch->tap.n_frames * 1e6 / busy,
      busy / 1e3 / MAX (1, watch->tap.n_frames));
}

static gboolean
scale_video (Demo * demo, const gchar * dir, const gchar * video)
{
  gchar *description = g_strdup_printf ("%s ! tee name=input"
      " input. ! videoscale name=videoscale ! capsfilter name=size-videoscale"
      " ! fakesink async=false sync=false"
      " input. ! areascale name=areascale ! capsfilter name=size-areascale"
      " ! videoconvert ! jpegenc quality=90 ! matroskamux"
      " ! filesink name=sink async=false",
      video ? "filesrc name=source ! decodebin ! videoconvert" : ZONE_PLATE);
  gboolean ok = FALSE;

  demo->pipeline = parse_pipeline (description);
  g_free (description);
  if (!demo->pipeline)
    return FALSE;

  if (video)
    set_location (demo->pipeline, "source", NULL, video);
  set_location (demo->pipeline, "sink", dir, "scaled.mkv");
  add_probe (demo->pipeline, "input", "sink", GST_PAD_PROBE_TYPE_BUFFER |
      GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, input_probe, demo);
  watch_scaler (demo->pipeline, "videoscale", &demo->videoscale);
  watch_scaler (demo->pipeline, "areascale", &demo->areascale);

  ok = play (demo->pipeline, print_progress, demo);
  gst_clear_object (&demo->pipeline);
  if (ok) {
    g_print ("done, %d frames\n", demo->areascale.tap.n_frames);
    print_rate ("videoscale", &demo->videoscale);
    print_rate ("areascale", &demo->areascale);
  }

  return ok && demo->areascale.tap.snapshot;
}

/* One picture of the comparison: magnified by whole pixels, or averaged */
static void
append_panel (GString * description, const gchar * name, GstSample * sample,
    gint width, gint height)
{
  GstVideoInfo info;

  gst_video_info_from_caps (&info, gst_sample_get_caps (sample));
  g_string_append_printf (description, " appsrc name=%s format=time"
      " ! videoconvert ! %s ! video/x-raw,format=BGRx,width=%d,height=%d,"
      "pixel-aspect-ratio=1/1 ! textoverlay text=\"%s %dx%d\" valignment=top"
      " halignment=left font-desc=\"Sans 12\" shaded-background=true"
      " ! comparison.", name,
      GST_VIDEO_INFO_WIDTH (&info) > width ? "areascale add-borders=false" :
      "videoscale method=nearest-neighbour add-borders=false", width, height,
      name, GST_VIDEO_INFO_WIDTH (&info), GST_VIDEO_INFO_HEIGHT (&info));
}

static void
push_snapshot (GstElement * pipeline, const gchar * name, GstSample * sample)
{
  GstElement *source = gst_bin_get_by_name (GST_BIN (pipeline), name);
  GstBuffer *buffer = gst_buffer_copy (gst_sample_get_buffer (sample));
  GstCaps *caps = gst_caps_copy (gst_sample_get_caps (sample));
  GstFlowReturn flow;

  GST_BUFFER_PTS (buffer) = 0;
  GST_BUFFER_DURATION (buffer) = GST_SECOND;
  gst_caps_set_simple (caps, "framerate", GST_TYPE_FRACTION, 1, 1, NULL);
  g_object_set (source, "caps", caps, NULL);
  g_signal_emit_by_name (source, "push-buffer", buffer, &flow);
  g_signal_emit_by_name (source, "end-of-stream", &flow);
  gst_caps_unref (caps);
  gst_buffer_unref (buffer);
  gst_object_unref (source);
}

static gboolean
write_comparison (Demo * demo, const gchar * dir)
{
  const gchar *const names[] = { "input", "videoscale", "areascale" };
  GstSample *const samples[] = { demo->input.snapshot,
    demo->videoscale.tap.snapshot, demo->areascale.tap.snapshot
  };
  GString *description;
  GstElement *pipeline;
  GstVideoInfo input;
  gint magnify, width, height;
  guint i;
  gboolean ok;

  gst_video_info_from_caps (&input, gst_sample_get_caps (samples[0]));
  magnify = MIN (GST_VIDEO_INFO_WIDTH (&input), PANEL_WIDTH) / demo->width;
  magnify = MAX (1, magnify);
  width = magnify * demo->width;
  height = magnify * demo->height;

  description = g_string_new (NULL);
  g_string_append_printf (description, "compositor name=comparison"
      " sink_0::xpos=0 sink_1::xpos=%d sink_2::xpos=%d"
      " ! videoconvert ! pngenc snapshot=true ! filesink name=sink",
      width, 2 * width);
  for (i = 0; i < G_N_ELEMENTS (names); i++)
    append_panel (description, names[i], samples[i], width, height);
  pipeline = parse_pipeline (description->str);
  g_string_free (description, TRUE);
  if (!pipeline)
    return FALSE;

  set_location (pipeline, "sink", dir, "comparison.png");
  for (i = 0; i < G_N_ELEMENTS (names); i++)
    push_snapshot (pipeline, names[i], samples[i]);
  ok = play (pipeline, NULL, NULL);
  gst_object_unref (pipeline);

  return ok;
}

static gboolean
parse_size (Demo * demo, const gchar * text)
{
  gchar rest;

  return sscanf (text, "%5dx%5d%c", &demo->width, &demo->height, &rest) == 2
      && demo->width >= 1 && demo->width <= 32767
      && demo->height >= 1 && demo->height <= 32767;
}

int
main (int argc, char **argv)
{
  Demo demo = { 0, };
  const gchar *video;
  gboolean ok;

  gst_init (&argc, &argv);
  demo.next_report = 25;
  if (argc < 2 || argc > 4 || (argc == 4 && !parse_size (&demo, argv[3]))) {
    g_printerr ("usage: %s DIRECTORY [VIDEO] [WIDTHxHEIGHT]\n", argv[0]);
    return EXIT_FAILURE;
  }
  video = argc > 2 && argv[2][0] ? argv[2] : NULL;

  ok = scale_video (&demo, argv[1], video) && write_comparison (&demo, argv[1]);

  g_clear_pointer (&demo.input.snapshot, gst_sample_unref);
  g_clear_pointer (&demo.videoscale.tap.snapshot, gst_sample_unref);
  g_clear_pointer (&demo.areascale.tap.snapshot, gst_sample_unref);

  return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}

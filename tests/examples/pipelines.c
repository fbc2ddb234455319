/* GStreamer areascale: an example pipeline for each kind of neighbour
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Each line can be given to gst-launch-1.0 as it is; the identity elements
 * named "end" are where the caps are looked at. A pipeline whose elements are
 * not installed is skipped. Arguments are words that the names of the pipelines
 * to run have in them.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gst/gst.h>
#include <gst/video/video.h>

#define TIMEOUT (30 * GST_SECOND)

/* What the examples that read a file read: made by the first pipeline. */
#define FILE_NAME "areascale-example.ogg"

typedef struct
{
  const gchar *name;
  const gchar *line;
  guint n_frames;               /* at "end" */
  gint width, height;
} Example;

static const Example examples[] = {
  {"encoder: theora, to a file",
        "videotestsrc num-buffers=10 ! video/x-raw,width=641,height=481 ! "
        "areascale ! identity name=end ! video/x-raw,width=320 ! theoraenc ! "
        "oggmux ! filesink location=" FILE_NAME,
      10, 320, 240},
  {"autovideosink",
        "videotestsrc num-buffers=5 ! video/x-raw,width=640,height=480 ! "
        "areascale ! identity name=end ! video/x-raw,width=160 ! "
        "videoconvert ! autovideosink sync=false",
      5, 160, 120},
  {"a sink with overlays in its caps",
        "videotestsrc num-buffers=5 ! video/x-raw,width=640,height=480 ! "
        "areascale ! identity name=end ! video/x-raw(ANY),width=160 ! "
        "fakevideosink sync=false",
      5, 160, 120},
  {"playbin with a filter",
        "playbin uri=%s video-filter=\"areascale ! identity name=end ! "
        "capsfilter caps=video/x-raw,width=100\" audio-sink=fakesink "
        "video-sink=\"fakesink sync=false\"",
      10, 100, 75},
  {"decodebin3",
        "filesrc location=" FILE_NAME " ! decodebin3 ! areascale ! "
        "identity name=end ! video/x-raw,width=64,height=48 ! fakesink",
      10, 64, 48},
  {"ladder behind a tee",
        "videotestsrc num-buffers=5 ! video/x-raw,width=640,height=360 ! "
        "tee name=t "
        "t. ! queue ! areascale ! video/x-raw,width=320 ! fakesink async=false "
        "t. ! queue ! areascale n-threads=2 ! video/x-raw,width=160 ! fakesink "
        "async=false "
        "t. ! queue ! areascale ! identity name=end ! video/x-raw,width=80 ! "
        "fakesink async=false",
      5, 80, 45},
  {"compositor",
        "compositor name=mix sink_0::xpos=0 sink_1::xpos=160 ! fakesink "
        "videotestsrc num-buffers=5 ! video/x-raw,width=320,height=240 ! "
        "areascale ! identity name=end ! video/x-raw,width=160 ! mix. "
        "videotestsrc num-buffers=5 pattern=ball ! "
        "video/x-raw,width=320,height=240 ! areascale ! "
        "video/x-raw,width=160 ! mix.",
      5, 160, 120},
  {"encoder: jpeg",
        "videotestsrc num-buffers=5 ! video/x-raw,width=333,height=222 ! "
        "areascale ! identity name=end ! video/x-raw,height=111 ! jpegenc ! "
        "fakesink",
      5, 167, 111},
  {"encoder: vp8, even sizes only",
        "videotestsrc num-buffers=5 ! video/x-raw,width=333,height=221 ! "
        "areascale ! identity name=end ! video/x-raw,width=[2,200,2],"
        "height=[2,200,2],pixel-aspect-ratio=1/1 ! vp8enc deadline=1 ! "
        "webmmux ! fakesink",
      5, 200, 132},
  {"appsink",
        "videotestsrc num-buffers=5 ! video/x-raw,format=RGB,width=640,"
        "height=480 ! areascale ! identity name=end ! "
        "appsink caps=video/x-raw,width=224,height=224,pixel-aspect-ratio=1/1 "
        "sync=false wait-on-eos=false",
      5, 224, 224},
  {"interlaced, alternate fields",
        "videotestsrc num-buffers=10 ! video/x-raw,width=320,height=240 ! "
        "interlace field-pattern=1:1 ! areascale ! identity name=end ! "
        "video/x-raw,width=160,height=120 ! deinterlace ! fakesink",
      0, 160, 120},
};

typedef struct
{
  gint n_frames;                /* atomic */
  GstVideoInfo info;            /* of the last caps */
} Seen;

static GstPadProbeReturn
look (GstPad * pad, GstPadProbeInfo * probe, gpointer user_data)
{
  Seen *seen = user_data;

  (void) pad;
  if (probe->type & GST_PAD_PROBE_TYPE_BUFFER) {
    g_atomic_int_inc (&seen->n_frames);
  } else if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (probe)) ==
      GST_EVENT_CAPS) {
    GstCaps *caps;

    gst_event_parse_caps (GST_PAD_PROBE_INFO_EVENT (probe), &caps);
    gst_video_info_from_caps (&seen->info, caps);
  }
  return GST_PAD_PROBE_OK;
}

static GstElement *
find_end (GstElement * pipeline)
{
  GstElement *end = gst_bin_get_by_name (GST_BIN (pipeline), "end"), *filter;

  if (end != NULL)
    return end;
  g_object_get (pipeline, "video-filter", &filter, NULL);
  end = gst_bin_get_by_name (GST_BIN (filter), "end");
  gst_object_unref (filter);
  return end;
}

static void
print_error (GstMessage * message)
{
  GError *error;
  gchar *debug;

  gst_message_parse_error (message, &error, &debug);
  g_printerr ("  %s\n  %s\n", error->message, debug);
  g_error_free (error);
  g_free (debug);
}

/* Until its end; whether there was no error */
static gboolean
play (GstElement * pipeline)
{
  GstBus *bus = gst_element_get_bus (pipeline);
  GstMessage *message;
  gboolean ok;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message = gst_bus_timed_pop_filtered (bus, TIMEOUT,
      GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  ok = message != NULL && GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS;
  if (message == NULL)
    g_printerr ("  no end within %" GST_TIME_FORMAT "\n",
        GST_TIME_ARGS (TIMEOUT));
  else if (!ok)
    print_error (message);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_clear_message (&message);
  gst_object_unref (bus);
  return ok;
}

static gboolean
is_as_expected (const Example * example, const Seen * seen)
{
  if (seen->n_frames > 0 && (example->n_frames == 0
          || seen->n_frames == (gint) example->n_frames)
      && seen->info.width == example->width
      && seen->info.height == example->height)
    return TRUE;

  g_printerr ("  %d frames of %dx%d, expected %u of %dx%d\n", seen->n_frames,
      seen->info.width, seen->info.height, example->n_frames, example->width,
      example->height);
  return FALSE;
}

/* %NULL when an element is missing */
static GstElement *
launch (const Example * example, GError ** error)
{
  gchar *uri = gst_filename_to_uri (FILE_NAME, NULL);
  gchar *line = g_strdup (example->line);
  GstElement *pipeline;

  if (strstr (line, "%s") != NULL) {
    gchar **parts = g_strsplit (line, "%s", 2);

    g_free (line);
    line = g_strjoinv (uri, parts);
    g_strfreev (parts);
  }
  pipeline = gst_parse_launch_full (line, NULL, GST_PARSE_FLAG_FATAL_ERRORS,
      error);
  g_free (line);
  g_free (uri);
  return pipeline;
}

static gboolean
run (const Example * example)
{
  GError *error = NULL;
  GstElement *pipeline = launch (example, &error), *end;
  Seen seen = { 0 };
  GstPad *pad;
  gboolean ok;

  if (pipeline == NULL) {
    gboolean missing = g_error_matches (error, GST_PARSE_ERROR,
        GST_PARSE_ERROR_NO_SUCH_ELEMENT);

    g_print ("%s: %s: %s\n", missing ? "skipped" : "FAILED", example->name,
        error->message);
    g_error_free (error);
    return missing;
  }
  end = find_end (pipeline);
  pad = gst_element_get_static_pad (end, "src");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER |
      GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, look, &seen, NULL);
  ok = play (pipeline) && is_as_expected (example, &seen);
  g_print ("%s: %s\n", ok ? "passed" : "FAILED", example->name);
  gst_object_unref (pad);
  gst_object_unref (end);
  gst_object_unref (pipeline);
  return ok;
}

/* Automatic choice of a sink ends here, without a display. */
static void
prefer_fake_sink (void)
{
  GstElementFactory *factory = gst_element_factory_find ("fakevideosink");

  if (factory == NULL)
    return;
  gst_plugin_feature_set_rank (GST_PLUGIN_FEATURE (factory), G_MAXINT);
  gst_object_unref (factory);
}

int
main (int argc, char **argv)
{
  gboolean ok = TRUE;
  guint i;

  gst_init (&argc, &argv);
  prefer_fake_sink ();
  for (i = 0; i < G_N_ELEMENTS (examples); i++) {
    if (argc < 2 || strstr (examples[i].name, argv[1]) != NULL)
      ok &= run (&examples[i]);
  }
  remove (FILE_NAME);
  gst_deinit ();
  return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* GStreamer areascale: many frames, many pipelines, many changes of state
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Usage: soak frames N | soak pipelines N | soak states N
 *   frames     N frames through one element, caps and properties changing every
 *              100; the resident memory must not grow by 1 % after the first two
 *              fifths; one frame of each caps is compared with the definition
 *   pipelines  32 pipelines at once, N frames each
 *   states     N times NULL to PLAYING and back
 * AREASCALE_TEST_ELEMENT says with which element; areaconvertscale converts most.
 */

/* sysconf() */
#define _POSIX_C_SOURCE 200809L

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "outside.h"

#define FRAMES_OF_CAPS 100
#define N_PIPELINES 32
#define MAX_SIDE 48

static const struct
{
  const gchar *name;
  /* what the rig can compare */
  gboolean plain;
} formats[] = {
  {"I420", TRUE}, {"NV12", TRUE}, {"RGB", TRUE}, {"AYUV", TRUE},
  {"GRAY16_LE", TRUE}, {"I420_10LE", TRUE}, {"YUY2", FALSE}, {"UYVY", FALSE},
  {"v210", FALSE}, {"UYVP", FALSE}, {"RGB16", FALSE}, {"BGR10A2_LE", FALSE},
  {"NV12_64Z32", FALSE}, {"P010_10LE", FALSE}, {"Y412_BE", FALSE},
  {"A444_10LE", TRUE}, {"IYU1", FALSE}, {"GRAY10_LE32", FALSE},
};

static gsize
resident_bytes (void)
{
  FILE *file = fopen ("/proc/self/statm", "r");
  unsigned long pages = 0;

  check (file != NULL);
  check (fscanf (file, "%*u %lu", &pages) == 1);
  fclose (file);
  return (gsize) pages * (gsize) sysconf (_SC_PAGESIZE);
}

/* --- frames --- */

static gchar *
any_caps (GRand * rand, const gchar * format)
{
  return g_strdup_printf ("video/x-raw,framerate=0/1,format=%s,width=%d,"
      "height=%d", format, g_rand_int_range (rand, 1, MAX_SIDE + 1),
      g_rand_int_range (rand, 1, MAX_SIDE + 1));
}

/* The harness keeps what it was sent. */
static void
drop_events (Rig * rig)
{
  GstMessage *message;
  GstEvent *event;

  while ((event = gst_harness_try_pull_event (rig->h)))
    gst_event_unref (event);
  while ((event = gst_harness_try_pull_upstream_event (rig->h)))
    gst_event_unref (event);
  while ((message = gst_bus_pop (rig->bus))) {
    check (GST_MESSAGE_TYPE (message) != GST_MESSAGE_ERROR);
    gst_message_unref (message);
  }
}

/* Of @format, or of any other one. */
static guint
output_format (GRand * rand, guint format)
{
  guint other = g_rand_int_range (rand, 0, G_N_ELEMENTS (formats));

  return rig_converts () && other % 4 != 0 ? other : format;
}

static void
change_all (Rig * rig, GRand * rand, guint format, guint out_format)
{
  gchar *in = any_caps (rand, formats[format].name);
  gchar *out = any_caps (rand, formats[out_format].name);

  g_object_set (rig->h->element, "add-borders", FALSE, "border-color",
      g_rand_int (rand), "n-threads", g_rand_int_range (rand, 1, 4), NULL);
  /* both sides stay possible while they change one after the other */
  gst_harness_set_sink_caps_str (rig->h, "video/x-raw");
  rig_set_in_caps (rig, in);
  rig_set_out_caps (rig, out);
  g_free (out);
  g_free (in);
}

static void
run_frames_of_caps (Rig * rig, GRand * rand)
{
  guint format = g_rand_int_range (rand, 0, G_N_ELEMENTS (formats));
  guint out_format = output_format (rand, format);
  GstBuffer *inbuf;
  guint i;

  change_all (rig, rand, format, out_format);
  inbuf = rig_noise (&rig->in, g_rand_int (rand));
  for (i = 0; i < FRAMES_OF_CAPS; i++) {
    GstBuffer *outbuf =
        gst_harness_push_and_pull (rig->h, gst_buffer_ref (inbuf));

    check (outbuf != NULL);
    if (i == FRAMES_OF_CAPS / 2)
      g_object_set (rig->h->element, "n-threads",
          g_rand_int_range (rand, 1, 4), NULL);
    if (i == FRAMES_OF_CAPS - 1 && formats[format].plain
        && format == out_format)
      rig_assert_scaled (&rig->in, inbuf, &rig->out, outbuf);
    gst_buffer_unref (outbuf);
  }
  gst_buffer_unref (inbuf);
  drop_events (rig);
}

static void
soak_frames (guint n)
{
  GRand *rand = g_rand_new_with_seed (5);
  guint n_caps = n / FRAMES_OF_CAPS, settled = n_caps / 5 * 2, i;
  gsize before = 0, after;
  Rig rig;

  rig_open (&rig);
  for (i = 0; i < n_caps; i++) {
    /* memory goes back to the system now and then: the most counts */
    if (i <= settled)
      before = MAX (before, resident_bytes ());
    run_frames_of_caps (&rig, rand);
    if (n_caps >= 10 && (i + 1) % (n_caps / 10) == 0)
      g_print ("%u frames, %" G_GSIZE_FORMAT " kB\n", (i + 1) * FRAMES_OF_CAPS,
          resident_bytes () / 1024);
  }
  after = resident_bytes ();
  g_print ("%u frames of %u caps: resident memory %" G_GSIZE_FORMAT " kB to %"
      G_GSIZE_FORMAT " kB\n", n_caps * FRAMES_OF_CAPS, n_caps, before / 1024,
      after / 1024);
  check (after <= before + before / 100);
  rig_clear (&rig);
  g_rand_free (rand);
}

/* --- pipelines --- */

static GstElement *
new_pipeline (guint i, guint n)
{
  const gchar *format = i % 2 ? "I420" : "v210";
  gchar *line = g_strdup_printf ("videotestsrc num-buffers=%u pattern=%u ! "
      "video/x-raw,format=%s,width=%u,height=%u ! %s n-threads=%u ! "
      "video/x-raw,format=%s,width=%u,height=%u ! fakesink sync=false", n,
      i % 20, format, 100 + i, 60 + i, rig_element_name (), 1 + i % 3,
      rig_converts () ? "RGB" : format, 40 + 2 * i, 30 + i);
  GError *error = NULL;
  GstElement *pipeline = gst_parse_launch (line, &error);

  if (error)
    g_error ("%s", error->message);
  g_free (line);
  return pipeline;
}

static void
wait_for_end (GstElement * pipeline)
{
  GstBus *bus = gst_element_get_bus (pipeline);
  GstMessage *message = gst_bus_timed_pop_filtered (bus, 600 * GST_SECOND,
      GST_MESSAGE_EOS | GST_MESSAGE_ERROR);

  check (message != NULL && GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS);
  gst_message_unref (message);
  gst_object_unref (bus);
}

static void
soak_pipelines (guint n)
{
  GstElement *pipelines[N_PIPELINES];
  guint i;

  for (i = 0; i < N_PIPELINES; i++) {
    pipelines[i] = new_pipeline (i, n);
    check (gst_element_set_state (pipelines[i], GST_STATE_PLAYING)
        != GST_STATE_CHANGE_FAILURE);
  }
  for (i = 0; i < N_PIPELINES; i++)
    wait_for_end (pipelines[i]);
  for (i = 0; i < N_PIPELINES; i++) {
    gst_element_set_state (pipelines[i], GST_STATE_NULL);
    gst_object_unref (pipelines[i]);
  }
  g_print ("%d pipelines of %u frames\n", N_PIPELINES, n);
}

/* --- states --- */

static void
soak_states (guint n)
{
  GstElement *pipeline = new_pipeline (1, G_MAXINT);
  guint i;

  for (i = 0; i < n; i++) {
    gst_element_set_state (pipeline, GST_STATE_PLAYING);
    check (gst_element_get_state (pipeline, NULL, NULL, 60 * GST_SECOND)
        == GST_STATE_CHANGE_SUCCESS);
    check (gst_element_set_state (pipeline, GST_STATE_NULL)
        == GST_STATE_CHANGE_SUCCESS);
  }
  gst_object_unref (pipeline);
  g_print ("%u times NULL to PLAYING and back\n", n);
}

int
main (int argc, char **argv)
{
  guint n = argc == 3 ? (guint) strtoul (argv[2], NULL, 10) : 0;

  if (n == 0) {
    g_printerr ("usage: soak frames|pipelines|states N\n");
    return EXIT_FAILURE;
  }
  outside_init ();
  if (strcmp (argv[1], "frames") == 0)
    soak_frames (n);
  else if (strcmp (argv[1], "pipelines") == 0)
    soak_pipelines (n);
  else if (strcmp (argv[1], "states") == 0)
    soak_states (n);
  else
    return EXIT_FAILURE;
  gst_deinit ();
  return EXIT_SUCCESS;
}

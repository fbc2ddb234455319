/* GStreamer areascale: how fast frames become those of another format and size, beside
 * the elements and libraries that do the same
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Usage: convert [SECONDS [FORMAT [convert]]], FORMAT as in "NV12 to RGB"
 */

#include <stdlib.h>

#include "frames.h"

#define SECONDS 1.0

/* One pass, what GStreamer has for it, and two elements in either order */
static const gchar *const elements[] = {
  "areaconvertscale",
  "videoconvertscale n-threads=1",
  "areascale ! videoconvert n-threads=1",
  "videoconvert n-threads=1 ! areascale",
};

static const gchar *const names[] = {
  "areaconvertscale", "videoconvertscale", "scale, convert", "convert, scale"
};

static const GstVideoFormat in_formats[] = {
  GST_VIDEO_FORMAT_NV12,
  GST_VIDEO_FORMAT_I420,
  GST_VIDEO_FORMAT_YUY2,
  GST_VIDEO_FORMAT_I420_10LE,
  GST_VIDEO_FORMAT_P010_10LE,
};

static const GstVideoFormat out_formats[] = {
  GST_VIDEO_FORMAT_RGB,
  GST_VIDEO_FORMAT_BGRx,
  GST_VIDEO_FORMAT_RGBP,
  GST_VIDEO_FORMAT_GRAY8,
  GST_VIDEO_FORMAT_I420,
};

/* With borders above and below, as detectors take them; without; and, last, conversion
 * alone */
static const Size sizes[] = {
  {3840, 2160, 640, 640},
  {3840, 2160, 224, 224},
  {3840, 2160, 1280, 720},
  {1920, 1080, 640, 640},
  {1920, 1080, 224, 224},
  {1920, 1080, 1280, 720},
  {1920, 1080, 1920, 1080},
};

static void
compare (GstVideoFormat in, GstVideoFormat out, const Size * size,
    const gchar * format)
{
  Reel reel;
  ElementRun runs[G_N_ELEMENTS (elements)];
  PeerRun peer_runs[BENCH_MAX_PEERS];
  BenchContestant contestants[BENCH_MAX_CONTESTANTS];
  gint n = 0, n_peers;
  guint i;

  reel_init (&reel, in, out, size);
  contestants[n++] = bench_contestant ("limit", bench_limit_turn, &reel.limit);
  for (i = 0; i < G_N_ELEMENTS (elements); i++) {
    element_init (&runs[i], &reel, elements[i]);
    contestants[n++] = bench_contestant (names[i], element_turn, &runs[i]);
  }
  n_peers = peers_init (peer_runs, &reel, contestants, n);

  reel_measure (&reel, "convert", format, contestants, n + n_peers);

  peers_clear (peer_runs, n_peers);
  for (i = 0; i < G_N_ELEMENTS (elements); i++)
    element_clear (&runs[i]);
  reel_clear (&reel);
}

static void
compare_sizes (GstVideoFormat in, GstVideoFormat out)
{
  gchar *format = g_strdup_printf ("%s to %s", gst_video_format_to_string (in),
      gst_video_format_to_string (out));
  guint s;

  if (bench_wants ("convert", format))
    for (s = 0; s < G_N_ELEMENTS (sizes); s++)
      compare (in, out, &sizes[s], format);
  g_free (format);
}

gint
main (gint argc, gchar ** argv)
{
  guint i, o;

  gst_init (NULL, NULL);
  bench_init (argc, argv, SECONDS);

  for (i = 0; i < G_N_ELEMENTS (in_formats); i++)
    for (o = 0; o < G_N_ELEMENTS (out_formats); o++)
      if (in_formats[i] != out_formats[o])
        compare_sizes (in_formats[i], out_formats[o]);

  gst_deinit ();
  return EXIT_SUCCESS;
}

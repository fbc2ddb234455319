/* GStreamer areascale: frames that must never change, of each mean
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The lines of tests/data/means.txt, which means.py describes. Those with the same
 * caps go through one element, whose properties are set between the frames.
 */

#include <stdio.h>
#include <string.h>

#include "rig.h"

typedef struct
{
  gchar format[8], mode[16], site[16];
  gint in[2], out[2];
  gint bottom, method, keep;
  guint64 hash;
} Entry;

static gboolean
next_entry (FILE * file, Entry * e)
{
  guint64 hash;
  gint n = fscanf (file, "%7s %d %d %d %d %15s %15s %d %d %d %"
      G_GINT64_MODIFIER "x", e->format, &e->in[0], &e->in[1], &e->out[0],
      &e->out[1], e->mode, e->site, &e->bottom, &e->method, &e->keep, &hash);

  if (n == EOF)
    return FALSE;
  fail_unless_equals_int (n, 11);
  e->hash = hash;
  return TRUE;
}

static gchar *
caps_of (const Entry * e, const gint size[2])
{
  return g_strdup_printf ("video/x-raw%s,format=%s,width=%d,height=%d,"
      "framerate=25/1,pixel-aspect-ratio=1/1,interlace-mode=%s,"
      "colorimetry=bt709,chroma-site=%s", g_str_equal (e->mode, "alternate") ?
      "(format:Interlaced)" : "", e->format, size[0], size[1], e->mode,
      e->site);
}

static guint8 *
component_row (GstVideoFrame * frame, guint c, gint y)
{
  return (guint8 *) GST_VIDEO_FRAME_COMP_DATA (frame, c) +
      (gssize) y *GST_VIDEO_FRAME_COMP_STRIDE (frame, c);
}

/* What a buffer holds of it. */
static gint
component_height (const GstVideoInfo * info, guint c)
{
  return GST_VIDEO_SUB_SCALE (GST_VIDEO_FORMAT_INFO_H_SUB (info->finfo, c),
      GST_VIDEO_INFO_FIELD_HEIGHT (info));
}

static GstBuffer *
noise (const GstVideoInfo * info, gboolean bottom)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, info->size, NULL);
  GstVideoFrame frame;
  guint32 state = 1;
  gint x, y;
  guint c;

  fail_unless (gst_video_frame_map (&frame, info, buffer, GST_MAP_WRITE));
  for (c = 0; c < 3; c++) {
    for (y = 0; y < component_height (info, c); y++) {
      for (x = 0; x < GST_VIDEO_INFO_COMP_WIDTH (info, c); x++) {
        state = state * 1664525u + 1013904223u;
        component_row (&frame, c, y)[x] = state >> 24;
      }
    }
  }
  gst_video_frame_unmap (&frame);
  if (GST_VIDEO_INFO_IS_INTERLACED (info))
    GST_BUFFER_FLAG_SET (buffer, GST_VIDEO_BUFFER_FLAG_INTERLACED);
  if (GST_VIDEO_INFO_INTERLACE_MODE (info) == GST_VIDEO_INTERLACE_MODE_ALTERNATE)
    GST_BUFFER_FLAG_SET (buffer, bottom ? GST_VIDEO_BUFFER_FLAG_BOTTOM_FIELD :
        GST_VIDEO_BUFFER_FLAG_TOP_FIELD);
  return buffer;
}

static guint64
hash_of (const GstVideoInfo * info, GstBuffer * buffer)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);
  GstVideoFrame frame;
  gint x, y;
  guint c;

  fail_unless (gst_video_frame_map (&frame, info, buffer, GST_MAP_READ));
  for (c = 0; c < 3; c++) {
    for (y = 0; y < component_height (info, c); y++) {
      for (x = 0; x < GST_VIDEO_INFO_COMP_WIDTH (info, c); x++)
        hash = (hash ^ component_row (&frame, c, y)[x]) *
            G_GUINT64_CONSTANT (0x100000001b3);
    }
  }
  gst_video_frame_unmap (&frame);
  return hash;
}

static void
set_caps (Rig * rig, const Entry * e)
{
  gchar *in = caps_of (e, e->in), *out = caps_of (e, e->out);

  rig_set_out_caps (rig, out);
  rig_set_in_caps (rig, in);
  g_free (in);
  g_free (out);
}

static void
check_entry (Rig * rig, const Entry * e)
{
  GstBuffer *outbuf;

  g_object_set (rig->h->element, "method", e->method, "keep-chroma-site",
      e->keep, NULL);
  outbuf = gst_harness_push_and_pull (rig->h, noise (&rig->in, e->bottom));
  fail_unless (outbuf != NULL);
  fail_unless (hash_of (&rig->out, outbuf) == e->hash,
      "%s %dx%d to %dx%d, %s, %s, bottom %d, method %d, keep %d differs",
      e->format, e->in[0], e->in[1], e->out[0], e->out[1], e->mode, e->site,
      e->bottom, e->method, e->keep);
  gst_buffer_unref (outbuf);
}

GST_START_TEST (test_frames_of_each_mean_stay_what_they_are)
{
  FILE *file = fopen (MEANS_TXT, "r");
  Entry entry;
  Rig rig;
  gint n = 0;

  fail_unless (file != NULL);
  rig_open (&rig);
  g_object_set (rig.h->element, "add-borders", FALSE, NULL);
  while (next_entry (file, &entry)) {
    /* the means of the same frame are four */
    if (n++ % 4 == 0)
      set_caps (&rig, &entry);
    check_entry (&rig, &entry);
  }
  fail_unless (n > 0);
  rig_assert_no_error (&rig);
  rig_clear (&rig);
  fclose (file);
}

GST_END_TEST;

static Suite *
golden_means_suite (void)
{
  Suite *suite = suite_create ("golden-means");
  TCase *tc = tcase_create ("element");

  suite_add_tcase (suite, tc);
  tcase_add_test (tc, test_frames_of_each_mean_stay_what_they_are);
  return suite;
}

GST_CHECK_MAIN (golden_means);

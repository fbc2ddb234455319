/* GStreamer areascale: frames for benchmarks, and who scales them
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "frames.h"

#include <stdlib.h>

#include "bench_config.h"

static const Peer *const peers[] = {
#if BENCH_HAVE_LIBYUV
  &peer_libyuv,
#endif
#if BENCH_HAVE_OPENCV
  &peer_opencv,
#endif
#if BENCH_HAVE_SWSCALE
  &peer_swscale,
#endif
  NULL
};

G_STATIC_ASSERT (G_N_ELEMENTS (peers) <= BENCH_MAX_PEERS + 1);

/* Bits of a 16-bit word that hold values. */
static guint16
sample_mask (const GstVideoInfo * info)
{
  guint depth = GST_VIDEO_INFO_COMP_DEPTH (info, 0);

  return depth == 8 ? 0xffff :
      ((1u << depth) - 1) << GST_VIDEO_FORMAT_INFO_SHIFT (info->finfo, 0);
}

/* The picture at its own aspect ratio in the middle, on whole chroma samples. */
static void
find_content (GstVideoInfo * content, const GstVideoInfo * in,
    const GstVideoInfo * out)
{
  const gint width = GST_VIDEO_INFO_WIDTH (out);
  gint height = width * GST_VIDEO_INFO_HEIGHT (in) / GST_VIDEO_INFO_WIDTH (in);
  gint above, c;

  *content = *out;
  if (height >= GST_VIDEO_INFO_HEIGHT (out))
    return;
  above = (GST_VIDEO_INFO_HEIGHT (out) - height) / 4 * 2;
  gst_video_info_set_format (content, GST_VIDEO_INFO_FORMAT (out), width,
      height);
  for (c = 0; c < (gint) GST_VIDEO_INFO_N_COMPONENTS (out); c++) {
    guint plane = GST_VIDEO_INFO_COMP_PLANE (out, c);

    content->stride[plane] = out->stride[plane];
    content->offset[plane] = out->offset[plane] + out->stride[plane] *
        GST_VIDEO_SUB_SCALE (GST_VIDEO_FORMAT_INFO_H_SUB (out->finfo, c),
        above);
  }
}

static void
fill_frame (Reel * reel, gint i)
{
  GstAllocationParams params = {.align = BENCH_ALIGNMENT - 1 };

  reel->buffers[i] =
      gst_buffer_new_allocate (NULL, reel->limit.in_bytes, &params);
  if (!gst_buffer_map (reel->buffers[i], &reel->maps[i], GST_MAP_WRITE))
    bench_fail ("cannot map a buffer");
  bench_fill (reel->maps[i].data, reel->maps[i].size,
      sample_mask (&reel->in), i);
  gst_buffer_unmap (reel->buffers[i], &reel->maps[i]);
  if (!gst_buffer_map (reel->buffers[i], &reel->maps[i], GST_MAP_READ))
    bench_fail ("cannot map a buffer");
  reel->limit.in[i] = reel->maps[i].data;
  reel->limit.out[i] = reel->result;
}

void
reel_init (Reel * reel, GstVideoFormat in, GstVideoFormat out,
    const Size * size)
{
  gint i;

  gst_video_info_set_format (&reel->in, in, size->in_width, size->in_height);
  gst_video_info_set_format (&reel->out, out, size->out_width,
      size->out_height);
  if (GST_VIDEO_INFO_IS_YUV (&reel->in) && GST_VIDEO_INFO_IS_YUV (&reel->out)) {
    /* Its default depends on the height, and nothing should be converted. */
    reel->out.colorimetry = reel->in.colorimetry;
    reel->out.chroma_site = reel->in.chroma_site;
  }
  find_content (&reel->content, &reel->in, &reel->out);

  reel->result = bench_alloc (GST_VIDEO_INFO_SIZE (&reel->out));
  reel->limit.in_bytes = GST_VIDEO_INFO_SIZE (&reel->in);
  reel->limit.out_bytes = GST_VIDEO_INFO_SIZE (&reel->out);
  for (i = 0; i < BENCH_FRAMES; i++)
    fill_frame (reel, i);
}

void
reel_clear (Reel * reel)
{
  gint i;

  for (i = 0; i < BENCH_FRAMES; i++) {
    gst_buffer_unmap (reel->buffers[i], &reel->maps[i]);
    gst_buffer_unref (reel->buffers[i]);
  }
  free (reel->result);
}

void
reel_measure (const Reel * reel, const gchar * section, const gchar * format,
    BenchContestant * contestants, gint n)
{
  const BenchCase c = {
    section, format,
    GST_VIDEO_INFO_WIDTH (&reel->in), GST_VIDEO_INFO_HEIGHT (&reel->in),
    GST_VIDEO_INFO_WIDTH (&reel->out), GST_VIDEO_INFO_HEIGHT (&reel->out)
  };

  bench_measure (&c, contestants, n);
}

void
element_init (ElementRun * run, const Reel * reel, const gchar * description)
{
  run->reel = reel;
  run->h = gst_harness_new_parse (description);
  gst_harness_set_drop_buffers (run->h, TRUE);
  gst_harness_set_sink_caps (run->h, gst_video_info_to_caps (&reel->out));
  gst_harness_set_src_caps (run->h, gst_video_info_to_caps (&reel->in));
}

void
element_clear (ElementRun * run)
{
  gst_harness_teardown (run->h);
}

void
element_turn (gpointer data, gint frame)
{
  ElementRun *run = data;

  if (gst_harness_push (run->h,
          gst_buffer_ref (run->reel->buffers[frame])) != GST_FLOW_OK)
    bench_fail ("an element did not take a frame");
}

static void
peer_turn (gpointer data, gint frame)
{
  PeerRun *run = data;

  run->peer->scale (run->state, run->reel->maps[frame].data, run->reel->result);
}

gint
peers_init (PeerRun runs[BENCH_MAX_PEERS], const Reel * reel,
    BenchContestant * contestants, gint n)
{
  gint i, n_runs = 0;

  for (i = 0; peers[i] != NULL; i++) {
    PeerRun *run = &runs[n_runs];

    run->reel = reel;
    run->peer = peers[i];
    run->state = peers[i]->open (&reel->in, &reel->content);
    if (run->state == NULL)
      continue;
    contestants[n + n_runs] =
        bench_contestant (peers[i]->name, peer_turn, run);
    n_runs++;
  }
  return n_runs;
}

void
peers_clear (PeerRun * runs, gint n)
{
  while (n-- > 0)
    runs[n].peer->close (runs[n].state);
}

void
print_versions (void)
{
  gchar *gst = gst_version_string ();
  guint i;

  g_print ("# %s\n", gst);
  for (i = 0; peers[i] != NULL; i++)
    g_print ("# %s %s\n", peers[i]->name, peers[i]->version);
  g_free (gst);
}

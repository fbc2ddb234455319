/* GStreamer areascale: how fast the element is, beside its peers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Usage: element [SECONDS [FORMAT [SECTION]]]
 */

#include <stdlib.h>
#include <string.h>

#include <gst/check/gstharness.h>
#include <gst/video/video.h>

#include "areascale.h"
#include "bench.h"
#include "bench_config.h"
#include "peers.h"

#define SECONDS 2.0

/* Frames begin on cache lines. */
#define ALIGNMENT 64

/* In the order of their columns. The limit comes first. */
static const gchar *const elements[] = {
  "areascale add-borders=false",
  "videoscale add-borders=false method=nearest-neighbour",
  "videoscale add-borders=false method=bilinear",
  "videoscale add-borders=false method=bilinear2",
};

static const gchar *const element_names[] = {
  "areascale", "nearest", "bilinear", "bilinear2"
};

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

static const GstVideoFormat formats[] = {
  GST_VIDEO_FORMAT_I420,
  GST_VIDEO_FORMAT_NV12,
  GST_VIDEO_FORMAT_BGRx,
  GST_VIDEO_FORMAT_RGB,
  GST_VIDEO_FORMAT_YUY2,
  GST_VIDEO_FORMAT_GRAY8,
  GST_VIDEO_FORMAT_I420_10LE,
  GST_VIDEO_FORMAT_P010_10LE,
};

typedef struct
{
  gint in_width, in_height, out_width, out_height;
} Size;

static const Size sizes[] = {
  {3840, 2160, 1920, 1080},
  {3840, 2160, 1280, 720},
  {3840, 2160, 640, 360},
  {1920, 1080, 1280, 720},
  {1920, 1080, 854, 480},
};

static const Size thread_sizes[] = {
  {3840, 2160, 1920, 1080},
  {3840, 2160, 1280, 720},
};

/* The first one has nearly no pixels. */
static const Size overhead_sizes[] = {
  {16, 16, 8, 8},
  {1920, 1080, 1280, 720},
};

/* Planar ones, whose planes are easily given to the kernels */
static const GstVideoFormat overhead_formats[] = {
  GST_VIDEO_FORMAT_GRAY8,
  GST_VIDEO_FORMAT_I420,
};

/* Frames in rotation, and one that peers write. */
typedef struct
{
  GstVideoInfo in, out;
  GstBuffer *buffers[BENCH_FRAMES];
  GstMapInfo maps[BENCH_FRAMES];
  guint8 *result;
  BenchLimit limit;
} Reel;

typedef struct
{
  const Reel *reel;
  GstHarness *h;
} ElementRun;

typedef struct
{
  const Reel *reel;
  const Peer *peer;
  gpointer state;
} PeerRun;

/* The planes of a planar format by the kernels alone. */
typedef struct
{
  const Reel *reel;
  AreascalePlan *plans[GST_VIDEO_MAX_PLANES];
  gpointer scratch[GST_VIDEO_MAX_PLANES];
} KernelRun;

static const gchar *
format_name (const Reel * reel)
{
  return GST_VIDEO_INFO_NAME (&reel->in);
}

/* Bits of a 16-bit word that hold values. */
static guint16
sample_mask (const GstVideoInfo * info)
{
  guint depth = GST_VIDEO_INFO_COMP_DEPTH (info, 0);

  return depth == 8 ? 0xffff :
      ((1u << depth) - 1) << GST_VIDEO_FORMAT_INFO_SHIFT (info->finfo, 0);
}

static void
reel_init (Reel * reel, GstVideoFormat format, const Size * size)
{
  GstAllocationParams params = {.align = ALIGNMENT - 1 };
  gint i;

  gst_video_info_set_format (&reel->in, format, size->in_width,
      size->in_height);
  gst_video_info_set_format (&reel->out, format, size->out_width,
      size->out_height);
  /* Its default depends on the height, and nothing should be converted. */
  reel->out.colorimetry = reel->in.colorimetry;
  reel->out.chroma_site = reel->in.chroma_site;

  reel->result = bench_alloc (GST_VIDEO_INFO_SIZE (&reel->out));
  reel->limit.in_bytes = GST_VIDEO_INFO_SIZE (&reel->in);
  reel->limit.out_bytes = GST_VIDEO_INFO_SIZE (&reel->out);
  for (i = 0; i < BENCH_FRAMES; i++) {
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
}

static void
reel_clear (Reel * reel)
{
  gint i;

  for (i = 0; i < BENCH_FRAMES; i++) {
    gst_buffer_unmap (reel->buffers[i], &reel->maps[i]);
    gst_buffer_unref (reel->buffers[i]);
  }
  free (reel->result);
}

static void
element_init (ElementRun * run, const Reel * reel, const gchar * description)
{
  run->reel = reel;
  run->h = gst_harness_new_parse (description);
  gst_harness_set_drop_buffers (run->h, TRUE);
  gst_harness_set_sink_caps (run->h, gst_video_info_to_caps (&reel->out));
  gst_harness_set_src_caps (run->h, gst_video_info_to_caps (&reel->in));
}

static void
element_clear (ElementRun * run)
{
  gst_harness_teardown (run->h);
}

static void
element_turn (gpointer data, gint frame)
{
  ElementRun *run = data;

  if (gst_harness_push (run->h,
          gst_buffer_ref (run->reel->buffers[frame])) != GST_FLOW_OK)
    bench_fail ("an element did not take a frame");
}

static gboolean
peer_init (PeerRun * run, const Reel * reel, const Peer * peer)
{
  run->reel = reel;
  run->peer = peer;
  run->state = peer->open (&reel->in, &reel->out);
  return run->state != NULL;
}

static void
peer_clear (PeerRun * run)
{
  run->peer->close (run->state);
}

static void
peer_turn (gpointer data, gint frame)
{
  PeerRun *run = data;

  run->peer->scale (run->state, run->reel->maps[frame].data, run->reel->result);
}

static void
kernels_init (KernelRun * run, const Reel * reel)
{
  guint i;

  run->reel = reel;
  for (i = 0; i < GST_VIDEO_INFO_N_PLANES (&reel->in); i++) {
    AreascaleGeometry geometry = {
      .in_width = GST_VIDEO_INFO_COMP_WIDTH (&reel->in, i),
      .in_height = GST_VIDEO_INFO_COMP_HEIGHT (&reel->in, i),
      .out_width = GST_VIDEO_INFO_COMP_WIDTH (&reel->out, i),
      .out_height = GST_VIDEO_INFO_COMP_HEIGHT (&reel->out, i),
      .layout = AREASCALE_LAYOUT_1,
      .depth = GST_VIDEO_INFO_COMP_DEPTH (&reel->in, i),
    };

    if (areascale_plan_create (&run->plans[i], &geometry,
            areascale_cpu_detect (NULL)) != 0)
      bench_fail ("cannot plan");
    run->scratch[i] = bench_alloc (areascale_plan_scratch_size (run->plans[i]));
  }
}

static void
kernels_clear (KernelRun * run)
{
  guint i;

  for (i = 0; i < GST_VIDEO_INFO_N_PLANES (&run->reel->in); i++) {
    areascale_plan_free (run->plans[i]);
    free (run->scratch[i]);
  }
}

static void
kernels_turn (gpointer data, gint frame)
{
  KernelRun *run = data;
  const Reel *reel = run->reel;
  guint i;

  for (i = 0; i < GST_VIDEO_INFO_N_PLANES (&reel->in); i++) {
    AreascaleRect rect = {
      .x1 = GST_VIDEO_INFO_COMP_WIDTH (&reel->out, i),
      .y1 = GST_VIDEO_INFO_COMP_HEIGHT (&reel->out, i),
    };

    areascale_run (run->plans[i],
        reel->result + GST_VIDEO_INFO_PLANE_OFFSET (&reel->out, i),
        GST_VIDEO_INFO_PLANE_STRIDE (&reel->out, i),
        reel->maps[frame].data + GST_VIDEO_INFO_PLANE_OFFSET (&reel->in, i),
        GST_VIDEO_INFO_PLANE_STRIDE (&reel->in, i), &rect, run->scratch[i]);
  }
}

static void
measure (const gchar * section, const Reel * reel,
    BenchContestant * contestants, gint n)
{
  const BenchCase c = {
    section, format_name (reel),
    GST_VIDEO_INFO_WIDTH (&reel->in), GST_VIDEO_INFO_HEIGHT (&reel->in),
    GST_VIDEO_INFO_WIDTH (&reel->out), GST_VIDEO_INFO_HEIGHT (&reel->out)
  };

  bench_measure (&c, contestants, n);
}

/* areascale beside everyone else */
static void
compare_peers (GstVideoFormat format, const Size * size)
{
  Reel reel;
  ElementRun element_runs[G_N_ELEMENTS (elements)];
  PeerRun peer_runs[G_N_ELEMENTS (peers)];
  BenchContestant contestants[BENCH_MAX_CONTESTANTS];
  gint n = 0, n_peers = 0;
  guint i;

  reel_init (&reel, format, size);
  contestants[n++] = bench_contestant ("limit", bench_limit_turn, &reel.limit);
  for (i = 0; i < G_N_ELEMENTS (elements); i++) {
    element_init (&element_runs[i], &reel, elements[i]);
    contestants[n++] =
        bench_contestant (element_names[i], element_turn, &element_runs[i]);
  }
  for (i = 0; peers[i] != NULL; i++) {
    PeerRun *run = &peer_runs[n_peers];

    if (!peer_init (run, &reel, peers[i]))
      continue;
    contestants[n++] = bench_contestant (peers[i]->name, peer_turn, run);
    n_peers++;
  }

  measure ("element", &reel, contestants, n);

  while (n_peers > 0)
    peer_clear (&peer_runs[--n_peers]);
  for (i = 0; i < G_N_ELEMENTS (elements); i++)
    element_clear (&element_runs[i]);
  reel_clear (&reel);
}

/* Parts of the limit's work, which two threads take in turns: so that neither
 * waits long for the other. */
#define LIMIT_PARTS 16

/* The limit's work shared by two threads */
typedef struct
{
  BenchLimit parts[LIMIT_PARTS];
  gint frame;
  gint next_part;               /* atomic */
  GThread *helper;
  GMutex lock;
  GCond changed;
  /* under the lock */
  gboolean open;                /* there may be parts to take */
  gboolean helping;
  gboolean ended;
} SharedLimit;

static void
take_parts (SharedLimit * shared)
{
  gint part;

  while ((part = g_atomic_int_add (&shared->next_part, 1)) < LIMIT_PARTS)
    bench_limit_turn (&shared->parts[part], shared->frame);
}

static gpointer
help (gpointer data)
{
  SharedLimit *shared = data;

  g_mutex_lock (&shared->lock);
  while (!shared->ended) {
    if (shared->open) {
      shared->helping = TRUE;
      g_mutex_unlock (&shared->lock);
      take_parts (shared);
      g_mutex_lock (&shared->lock);
      shared->helping = shared->open = FALSE;
      g_cond_broadcast (&shared->changed);
    } else {
      g_cond_wait (&shared->changed, &shared->lock);
    }
  }
  g_mutex_unlock (&shared->lock);
  return NULL;
}

static void
shared_limit_turn (void *data, int frame)
{
  SharedLimit *shared = data;

  g_mutex_lock (&shared->lock);
  shared->frame = frame;
  g_atomic_int_set (&shared->next_part, 0);
  shared->open = TRUE;
  g_cond_broadcast (&shared->changed);
  g_mutex_unlock (&shared->lock);

  take_parts (shared);

  g_mutex_lock (&shared->lock);
  shared->open = FALSE;
  while (shared->helping)
    g_cond_wait (&shared->changed, &shared->lock);
  g_mutex_unlock (&shared->lock);
}

/* Where a part of so many bytes begins */
static gsize
part_begin (gsize bytes, guint part)
{
  return part == LIMIT_PARTS ? bytes :
      bytes / LIMIT_PARTS * part / ALIGNMENT * ALIGNMENT;
}

static void
shared_limit_init (SharedLimit * shared, const BenchLimit * whole)
{
  guint i, part;

  memset (shared, 0, sizeof (*shared));
  for (part = 0; part < LIMIT_PARTS; part++) {
    BenchLimit *limit = &shared->parts[part];
    gsize in = part_begin (whole->in_bytes, part);
    gsize out = part_begin (whole->out_bytes, part);

    limit->in_bytes = part_begin (whole->in_bytes, part + 1) - in;
    limit->out_bytes = part_begin (whole->out_bytes, part + 1) - out;
    for (i = 0; i < BENCH_FRAMES; i++) {
      limit->in[i] = whole->in[i] + in;
      limit->out[i] = whole->out[i] + out;
    }
  }
  g_mutex_init (&shared->lock);
  g_cond_init (&shared->changed);
  shared->helper = g_thread_new ("limit", help, shared);
}

static void
shared_limit_clear (SharedLimit * shared)
{
  g_mutex_lock (&shared->lock);
  shared->ended = TRUE;
  g_cond_broadcast (&shared->changed);
  g_mutex_unlock (&shared->lock);
  g_thread_join (shared->helper);
  g_cond_clear (&shared->changed);
  g_mutex_clear (&shared->lock);
}

/* One thread beside two, of areascale and of the limit */
static void
compare_threads (GstVideoFormat format, const Size * size)
{
  Reel reel;
  SharedLimit shared;
  ElementRun one, two;
  BenchContestant contestants[] = {
    {"limit", bench_limit_turn, &reel.limit, 0},
    {"limit, 2 threads", shared_limit_turn, &shared, 0},
    {"1 thread", element_turn, &one, 0},
    {"2 threads", element_turn, &two, 0},
  };

  reel_init (&reel, format, size);
  shared_limit_init (&shared, &reel.limit);
  element_init (&one, &reel, "areascale n-threads=1");
  element_init (&two, &reel, "areascale n-threads=2");
  measure ("threads", &reel, contestants, G_N_ELEMENTS (contestants));
  element_clear (&two);
  element_clear (&one);
  shared_limit_clear (&shared);
  reel_clear (&reel);
}

/* What a frame costs beyond its kernels */
static void
compare_overhead (GstVideoFormat format, const Size * size)
{
  Reel reel;
  KernelRun kernels;
  ElementRun areascale, videoscale;
  BenchContestant contestants[] = {
    {"kernels", kernels_turn, &kernels, 0},
    {"areascale", element_turn, &areascale, 0},
    {"nearest", element_turn, &videoscale, 0},
  };

  reel_init (&reel, format, size);
  kernels_init (&kernels, &reel);
  element_init (&areascale, &reel, "areascale");
  element_init (&videoscale, &reel, "videoscale method=nearest-neighbour");
  measure ("overhead", &reel, contestants, G_N_ELEMENTS (contestants));
  element_clear (&videoscale);
  element_clear (&areascale);
  kernels_clear (&kernels);
  reel_clear (&reel);
}

/* What is compared, and at what. */
typedef struct
{
  const gchar *name;
  void (*compare) (GstVideoFormat format, const Size * size);
  const GstVideoFormat *formats;
  gsize n_formats;
  const Size *sizes;
  gsize n_sizes;
} Section;

static const Section sections[] = {
  {"element", compare_peers, formats, G_N_ELEMENTS (formats),
      sizes, G_N_ELEMENTS (sizes)},
  {"threads", compare_threads, formats, G_N_ELEMENTS (formats),
      thread_sizes, G_N_ELEMENTS (thread_sizes)},
  {"overhead", compare_overhead, overhead_formats,
        G_N_ELEMENTS (overhead_formats), overhead_sizes,
      G_N_ELEMENTS (overhead_sizes)},
};

static void
measure_section (const Section * section)
{
  gsize f, s;

  for (f = 0; f < section->n_formats; f++) {
    GstVideoFormat format = section->formats[f];

    if (!bench_wants (section->name, gst_video_format_to_string (format)))
      continue;
    for (s = 0; s < section->n_sizes; s++)
      section->compare (format, &section->sizes[s]);
  }
}

static void
print_versions (void)
{
  gchar *gst = gst_version_string ();
  guint i;

  g_print ("# %s\n", gst);
  for (i = 0; peers[i] != NULL; i++)
    g_print ("# %s %s\n", peers[i]->name, peers[i]->version);
  g_free (gst);
}

gint
main (gint argc, gchar ** argv)
{
  guint i;

  gst_init (NULL, NULL);
  print_versions ();
  bench_init (argc, argv, SECONDS);

  for (i = 0; i < G_N_ELEMENTS (sections); i++)
    measure_section (&sections[i]);

  gst_deinit ();
  return EXIT_SUCCESS;
}

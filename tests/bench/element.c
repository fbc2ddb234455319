/* GStreamer areascale: how fast the element is, beside its peers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Usage: element [SECONDS [FORMAT [SECTION]]]
 */

#include <stdlib.h>
#include <string.h>

#include "areascale.h"
#include "bench.h"
#include "frames.h"

#define SECONDS 2.0

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

/* The planes of a planar format by the kernels alone. */
typedef struct
{
  const Reel *reel;
  AreascalePlan *plans[GST_VIDEO_MAX_PLANES];
  gpointer scratch[GST_VIDEO_MAX_PLANES];
} KernelRun;

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

/* areascale beside everyone else */
static void
compare_peers (GstVideoFormat format, const Size * size)
{
  Reel reel;
  ElementRun element_runs[G_N_ELEMENTS (elements)];
  PeerRun peer_runs[BENCH_MAX_PEERS];
  BenchContestant contestants[BENCH_MAX_CONTESTANTS];
  gint n = 0, n_peers;
  guint i;

  reel_init (&reel, format, format, size);
  contestants[n++] = bench_contestant ("limit", bench_limit_turn, &reel.limit);
  for (i = 0; i < G_N_ELEMENTS (elements); i++) {
    element_init (&element_runs[i], &reel, elements[i]);
    contestants[n++] =
        bench_contestant (element_names[i], element_turn, &element_runs[i]);
  }
  n_peers = peers_init (peer_runs, &reel, contestants, n);

  reel_measure (&reel, "element", gst_video_format_to_string (format),
      contestants, n + n_peers);

  peers_clear (peer_runs, n_peers);
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
      bytes / LIMIT_PARTS * part / BENCH_ALIGNMENT * BENCH_ALIGNMENT;
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

  reel_init (&reel, format, format, size);
  shared_limit_init (&shared, &reel.limit);
  element_init (&one, &reel, "areascale n-threads=1");
  element_init (&two, &reel, "areascale n-threads=2");
  reel_measure (&reel, "threads", gst_video_format_to_string (format),
      contestants, G_N_ELEMENTS (contestants));
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

  reel_init (&reel, format, format, size);
  kernels_init (&kernels, &reel);
  element_init (&areascale, &reel, "areascale");
  element_init (&videoscale, &reel, "videoscale method=nearest-neighbour");
  reel_measure (&reel, "overhead", gst_video_format_to_string (format),
      contestants, G_N_ELEMENTS (contestants));
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

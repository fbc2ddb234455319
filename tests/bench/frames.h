/* GStreamer areascale: frames for benchmarks, and who scales them
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __AREASCALE_BENCH_FRAMES_H__
#define __AREASCALE_BENCH_FRAMES_H__

#include <gst/check/gstharness.h>
#include <gst/video/video.h>

#include "bench.h"
#include "peers.h"

G_BEGIN_DECLS

/* Frames begin on cache lines. */
#define BENCH_ALIGNMENT 64

/* Most peers there are. */
#define BENCH_MAX_PEERS 3

typedef struct
{
  gint in_width, in_height, out_width, out_height;
} Size;

/**
 * Reel:
 * @content: the part of @out that the picture fills, without borders
 * @result: a frame that peers write
 *
 * Frames in rotation.
 */
typedef struct
{
  GstVideoInfo in, out, content;
  GstBuffer *buffers[BENCH_FRAMES];
  GstMapInfo maps[BENCH_FRAMES];
  guint8 *result;
  BenchLimit limit;
} Reel;

void reel_init (Reel * reel, GstVideoFormat in, GstVideoFormat out,
    const Size * size);
void reel_clear (Reel * reel);

/* A case of a section, under the name of its formats. */
void reel_measure (const Reel * reel, const gchar * section,
    const gchar * format, BenchContestant * contestants, gint n);

/* An element, or several, that are pushed the frames of a reel. */
typedef struct
{
  const Reel *reel;
  GstHarness *h;
} ElementRun;

void element_init (ElementRun * run, const Reel * reel,
    const gchar * description);
void element_clear (ElementRun * run);

/* A contestant's turn, of an ElementRun. */
void element_turn (gpointer data, gint frame);

/* The peers that can make the frames of a reel. */
typedef struct
{
  const Reel *reel;
  const Peer *peer;
  gpointer state;
} PeerRun;

/* Adds them to the n contestants, and returns how many they are. */
gint peers_init (PeerRun runs[BENCH_MAX_PEERS], const Reel * reel,
    BenchContestant * contestants, gint n);
void peers_clear (PeerRun * runs, gint n);

/* The versions of GStreamer and of all peers, a line each. */
void print_versions (void);

G_END_DECLS

#endif /* __AREASCALE_BENCH_FRAMES_H__ */

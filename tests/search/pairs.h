/* GStreamer areascale: random caps beside random neighbours
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __PAIRS_H__
#define __PAIRS_H__

#include <gst/video/video.h>

#define MAX_SIZE 32767
#define MAX_RUNS 4
#define MAX_RATIOS 3
#define MAX_STRUCTURES 3

enum { WIDE, HIGH, N_SIDES };

/* The multiples of step in min .. max. */
typedef struct
{
  gint min, max, step;
} Run;

/* Of one side; no run is all of 1 .. MAX_SIZE. */
typedef struct
{
  guint n_runs;
  Run run[MAX_RUNS];
} Sizes;

typedef struct
{
  gint n, d;
} Ratio;

typedef enum
{
  ANY_RATIO,
  THESE_RATIOS,
  RATIOS_BETWEEN,               /* the first and the second */
} RatioKind;

typedef struct
{
  RatioKind kind;
  guint n_ratios;
  Ratio ratio[MAX_RATIOS];
} Ratios;

/* What a structure of the neighbour's caps allows, said twice: in its caps, and
 * here for the judge. */
typedef struct
{
  Sizes size[N_SIDES];
  Ratios ratio;
} Limits;

/* A stream, and a neighbour of the element that it enters. */
typedef struct
{
  GstCaps *stream;
  GstCaps *neighbour;
  guint n_limits;
  Limits limits[MAX_STRUCTURES];
} Pair;

void pair_make (Pair * pair, GRand * rand);

void pair_clear (Pair * pair);

/* The same caps with the fields of each structure in another order. */
GstCaps *caps_shuffled (GstCaps * caps, GRand * rand);

gboolean sizes_allow (const Sizes * sizes, gint size);

/* One size alone. */
gboolean sizes_are_fixed (const Sizes * sizes);

gboolean ratios_allow (const Ratios * ratios, gdouble ratio);

/* A number near one, for ratios that are equal but for rounding. */
gboolean about_equal (gdouble a, gdouble b);

#endif /* __PAIRS_H__ */

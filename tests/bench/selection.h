/* areascale: which planes, sizes and instruction sets are measured
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_BENCH_SELECTION_H
#define AREASCALE_BENCH_SELECTION_H

#include <stdbool.h>

#include "areascale.h"
#include "plane.h"

#define SELECTION_MAX_SIZES 128
#define SELECTION_MAX_SOURCES 8

typedef struct Size {
    int width, height;
} Size;

/** What stands beside what. */
typedef enum Comparison {
    COMPARE_LEVELS,
    COMPARE_PATHS,   /**< those that fit, of each level */
    COMPARE_METHODS, /**< of each level */
} Comparison;

/** What is measured. */
typedef struct Selection {
    bool layouts[BENCH_N_LAYOUTS];
    bool depths[17];
    bool levels[AREASCALE_N_CPUS]; /**< those that work here */
    Size sources[SELECTION_MAX_SOURCES];
    int n_sources;
    Size sizes[SELECTION_MAX_SIZES]; /**< none: those that belong to a source */
    int n_sizes;
    AreascaleMethod method;
    int out_depth;  /**< bits of an output sample; 0: as the input's */
    double seconds; /**< for one call of bench_time() */
    Comparison compared;
} Selection;

/** Reads arguments, OPTION VALUE after OPTION VALUE; ends the program when they make
 *  no sense. */
void selection_init(Selection *s, int argc, char **argv);

/** The sizes that a source is scaled to.
 *  @param sizes  set to them; they belong to @p s or to nobody
 *  @return their number */
int selection_sizes(const Selection *s, const Size *source, const Size **sizes);

/** Calls back for every plane: a layout, a depth and a source, without an output. */
void selection_for_each_plane(const Selection *s,
                              void (*plane)(const Selection *s, AreascaleGeometry *g));

#endif /* AREASCALE_BENCH_SELECTION_H */

/* areascale: what a path is
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A *path* is one way of a plane through the kernels: a file path_NAME.c that defines
 * one constant AreascalePath, its tables and its state being its own. To add one:
 *
 *   - declare what its kernels take in kernels/, and enter them in AreascaleDsp, NULL
 *     where an instruction set has none;
 *   - write path_NAME.c, and declare its constant below;
 *   - enter it in areascale_paths (plan.c) and in meson.build.
 *
 * Everything else finds it there: plans take it where it is the cheapest, and tests
 * force it on every geometry that it fits and compare it with the definition.
 */

#ifndef AREASCALE_PATH_H
#define AREASCALE_PATH_H

#include <stdbool.h>
#include <stddef.h>

#include "areascale.h"

/** Alignment of the scratch memory that a path is given. */
#define AREASCALE_SCRATCH_ALIGNMENT 64

/** A rectangle of the output plane to make, and what from. */
typedef struct AreascalePart {
    char *dst; /**< sample 0 of row 0 of the whole output plane */
    ptrdiff_t dst_stride;
    const char *src; /**< sample 0 of row 0 of the whole input plane */
    ptrdiff_t src_stride;
    int y0, y1;    /**< output rows [y0, y1), at least one */
    int s0, s1;    /**< output samples [s0, s1) of each, whole groups, at least one */
    void *scratch; /**< the path's scratch_size() bytes, aligned, of any content */
} AreascalePart;

/** The means that a path can make, in AreascalePath.means. */
enum {
    AREASCALE_MEAN_PLAIN = 1,   /**< all taps of a window weigh the same */
    AREASCALE_MEAN_WEIGHED = 2, /**< they do not, along rows, columns or both */
    AREASCALE_MEAN_LONG = 4,    /**< of samples of more than 16 bits, weighed or not */
    AREASCALE_MEAN_ALPHA = 8,   /**< alpha weighs pixels besides, of any samples */
};

/** How a path makes output rows from input rows that come a few at a time: what the
 *  public areascale_band functions do with the path's scratch. */
typedef struct AreascaleBands {
    void (*begin)(const AreascalePlan *plan, const void *state, int y0, int y1,
                  void *scratch);
    void (*feed)(const AreascalePlan *plan, const void *state, const char *src,
                 ptrdiff_t stride, int row0, int n_rows, void *scratch);
    void (*finish)(const AreascalePlan *plan, const void *state, char *dst,
                   ptrdiff_t stride, void *scratch);
} AreascaleBands;

/** A path. All functions but init() and run() may be NULL, which is to do nothing, and
 *  to need nothing. */
typedef struct AreascalePath {
    const char *name; /**< one word, for who forces it */
    unsigned means;   /**< those of AREASCALE_MEAN_ that it makes */

    /** It makes whole rows only; what is narrower goes to a path that has bands. */
    bool whole_rows;

    /** NULL where it needs all of the input at once. A path that has bands fits every
     *  plane of its means, and makes every part. */
    const AreascaleBands *bands;

    /**
     * Decides whether and how the path makes the plan's plane. This is asked of every
     * path, so it takes a few microseconds and makes no tables.
     *
     * @param plan   has everything but its path
     * @param state  set to what the other functions are given, for clear() to free;
     *               left alone on error
     * @param cost   set to about the nanoseconds that the plane takes; the cheapest
     *               path is taken, of equal ones the first
     * @return 0, -ERANGE (the path does not fit the plane), or -ENOMEM
     */
    int (*init)(const AreascalePlan *plan, void **state, double *cost);

    /** Makes the tables, of the chosen path alone.
     *  @return 0, or -ENOMEM; clear() follows in either case */
    int (*prepare)(const AreascalePlan *plan, void *state);

    /** Bytes of scratch memory of one thread. */
    size_t (*scratch_size)(const AreascalePlan *plan, const void *state);

    /** Makes a part of the output, after prepare(). Several threads may be in it. */
    void (*run)(const AreascalePlan *plan, const void *state, const AreascalePart *part);

    /** Frees what init() and prepare() made. */
    void (*clear)(void *state);

    /** The name with what init() decided, for logs; a static string. NULL: the name. */
    const char *(*describe)(const AreascalePlan *plan, const void *state);
} AreascalePath;

/** @name The paths
 * @{ */
extern const AreascalePath areascale_path_band;  /**< has bands, of plain means */
extern const AreascalePath areascale_path_weigh; /**< has bands, of weighed and long ones */
extern const AreascalePath areascale_path_alpha; /**< has bands, of those alpha weighs */
extern const AreascalePath areascale_path_copy;
extern const AreascalePath areascale_path_halve;
extern const AreascalePath areascale_path_gather;
extern const AreascalePath areascale_path_vmean;
extern const AreascalePath areascale_path_pair;
extern const AreascalePath areascale_path_permute;
extern const AreascalePath areascale_path_strip;
extern const AreascalePath areascale_path_blend;
extern const AreascalePath areascale_path_ribbon;
/** @} */

/** All paths, those with bands first; NULL ends the list. */
extern const AreascalePath *const areascale_paths[];

/**
 * areascale_plan_create() with a path of the caller's choice, for tests and
 * benchmarks.
 *
 * @param path  one of areascale_paths; NULL: the cheapest
 * @return as areascale_plan_create(), and -ERANGE where the path does not fit
 */
int areascale_plan_create_path(AreascalePlan **plan, const AreascaleGeometry *geometry,
                               AreascaleCpu cpu, const AreascalePath *path);

#endif /* AREASCALE_PATH_H */

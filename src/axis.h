/* areascale: the windows of one axis of a plane
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_AXIS_H
#define AREASCALE_AXIS_H

#include <stdbool.h>
#include <stdint.h>

#include "areascale.h"

/** The input positions [start, end) that one output position is the mean of. */
typedef struct AreascaleWindow {
    int32_t start, end;
} AreascaleWindow;

/** Which positions of its windows an axis counts, each of them serving what those
 *  before it serve. A *tap* is a position that counts. */
typedef enum AreascaleTaps {
    AREASCALE_TAPS_SAME, /**< one at the output's own position: the size stays */
    AREASCALE_TAPS_PAIR, /**< the first and the last, which may be one and the same */
    AREASCALE_TAPS_RUN,  /**< all from the first to the last */
} AreascaleTaps;

/** The most classes of an axis: windows of whole positions have two lengths, those at
 *  either end may be cut off, and those past it have one position. */
#define AREASCALE_AXIS_CLASSES 5

/** How @p in positions, rows or columns of one component, become @p out. A *class* is
 *  of windows that are added up and divided alike. */
typedef struct AreascaleAxis {
    int in, out;
    int period;    /**< output positions after which the windows repeat... */
    int in_period; /**< ...so many input positions further on */
    AreascaleTaps taps;
    int n_classes;                            /**< class 0 is that of the first window */
    int class_taps[AREASCALE_AXIS_CLASSES];   /**< taps of a class's windows */
    int class_weight[AREASCALE_AXIS_CLASSES]; /**< of all of a window's taps; that of a
                                                   tap is 1 unless the axis is weighed */
    AreascaleWindow *windows;                 /**< of each output position */
    uint8_t *cls;                             /**< of each output position: its class */

    /* The first tap of a window has the weight of its head, the last one that of its
     * tail, and those between them that of the body; an only tap has its head's. */
    bool weighed;  /**< some weights differ; `taps` is then RUN */
    int body;      /**< at most AREASCALE_MAX_SPAN, as all weights of a window are */
    int32_t *head; /**< of each output position; NULL unless weighed */
    int32_t *tail;
} AreascaleAxis;

/** The spans of @p in positions as @p out, in the smallest numbers; all 0 where they are
 *  those of an axis without spans. */
AreascaleSpans areascale_spans_reduce(AreascaleSpans spans, int in, int out);

/**
 * Makes the windows of an axis as the definition has them; then 0 <= start < end <= in.
 * `taps` is the first that serves all of them.
 *
 * @param axis     filled; areascale_axis_clear() frees what it owns, also after an error
 * @param in, out  1 .. AREASCALE_MAX_SIZE
 * @param method   how the positions of a window count
 * @param spans    as AreascaleGeometry has them
 * @return 0 or -ENOMEM
 */
int areascale_axis_init(AreascaleAxis *axis, int in, int out, AreascaleMethod method,
                        AreascaleSpans spans);

/** Makes the classes of an axis that is not weighed, @p taps being its own or one after
 *  that. */
void areascale_axis_classify(AreascaleAxis *axis, AreascaleTaps taps);

/** Taps of the window of output position @p i. */
static inline int areascale_axis_count(const AreascaleAxis *axis, int i)
{
    return axis->class_taps[axis->cls[i]];
}

/** Taps of all windows together. */
int64_t areascale_axis_total_taps(const AreascaleAxis *axis);

/** The weight of input position @p k in the window of output position @p i, which has
 *  it. */
static inline uint32_t areascale_axis_weight(const AreascaleAxis *axis, int i, int k)
{
    if (!axis->weighed)
        return (uint32_t) areascale_axis_count(axis, i) >
                       (uint32_t) (axis->windows[i].end - axis->windows[i].start)
                   ? 2
                   : 1; /* the only one of a pair counts twice */
    if (k == axis->windows[i].start)
        return (uint32_t) axis->head[i];
    return (uint32_t) (k == axis->windows[i].end - 1 ? axis->tail[i] : axis->body);
}

/** The fewest and the most taps of a class. */
int areascale_axis_min_taps(const AreascaleAxis *axis);
int areascale_axis_max_taps(const AreascaleAxis *axis);

/** The most that the taps of a window weigh together. */
int areascale_axis_max_weight(const AreascaleAxis *axis);

/** Frees the tables. */
void areascale_axis_clear(AreascaleAxis *axis);

#endif /* AREASCALE_AXIS_H */

/* areascale: the windows of one axis of a plane
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_AXIS_H
#define AREASCALE_AXIS_H

#include <stdint.h>

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

/** The most classes of an axis: windows of whole positions have two lengths. */
#define AREASCALE_AXIS_CLASSES 2

/** How @p in positions, rows or columns of one component, become @p out. A *class* is
 *  of windows that are added up and divided alike. */
typedef struct AreascaleAxis {
    int in, out;
    int period;    /**< output positions after which the windows repeat... */
    int in_period; /**< ...so many input positions further on */
    AreascaleTaps taps;
    int n_classes;                          /**< class 0 is that of the first window */
    int class_taps[AREASCALE_AXIS_CLASSES]; /**< taps of a class's windows */
    AreascaleWindow *windows;               /**< of each output position */
    uint8_t *cls;                           /**< of each output position: its class */
} AreascaleAxis;

/**
 * Makes the windows of an axis of the definition: start = floor(i * in / out), end =
 * ceil((i + 1) * in / out); then 0 <= start < end <= in. `taps` is the first that serves
 * all of them.
 *
 * @param axis     filled; areascale_axis_clear() frees what it owns, also after an error
 * @param in, out  1 .. AREASCALE_MAX_SIZE
 * @return 0 or -ENOMEM
 */
int areascale_axis_init(AreascaleAxis *axis, int in, int out);

/** Makes the classes of the axis, @p taps being its own or one after that. */
void areascale_axis_classify(AreascaleAxis *axis, AreascaleTaps taps);

/** Taps of the window of output position @p i. */
static inline int areascale_axis_count(const AreascaleAxis *axis, int i)
{
    return axis->class_taps[axis->cls[i]];
}

/** Taps of all windows together. */
int64_t areascale_axis_total_taps(const AreascaleAxis *axis);

/** The fewest and the most taps of a class. */
int areascale_axis_min_taps(const AreascaleAxis *axis);
int areascale_axis_max_taps(const AreascaleAxis *axis);

/** Frees the tables. */
void areascale_axis_clear(AreascaleAxis *axis);

#endif /* AREASCALE_AXIS_H */

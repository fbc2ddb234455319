/* areascale: the windows of one axis of a plane
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "axis.h"

#include <errno.h>
#include <stdlib.h>

static int greatest_common_divisor(int a, int b)
{
    while (b) {
        const int rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}

/* Steps of in / out, as whole positions and a rest of `out` parts. */
static void fill_windows(AreascaleAxis *axis)
{
    const int step = axis->in / axis->out, step_rest = axis->in % axis->out;
    int at = 0, rest = 0;

    for (int i = 0; i < axis->out; i++) {
        axis->windows[i].start = at;
        at += step;
        rest += step_rest;
        if (rest >= axis->out) {
            at++;
            rest -= axis->out;
        }
        axis->windows[i].end = at + (rest > 0);
    }
}

static AreascaleTaps least_taps(const AreascaleAxis *axis)
{
    if (axis->in == axis->out)
        return AREASCALE_TAPS_SAME;
    for (int i = 0; i < axis->period; i++)
        if (axis->windows[i].end - axis->windows[i].start > 2)
            return AREASCALE_TAPS_RUN;
    return AREASCALE_TAPS_PAIR;
}

int areascale_axis_init(AreascaleAxis *axis, int in, int out)
{
    const int divisor = greatest_common_divisor(in, out);

    *axis = (AreascaleAxis) {
        .in = in,
        .out = out,
        .period = out / divisor,
        .in_period = in / divisor,
        .windows = malloc((size_t) out * sizeof(*axis->windows)),
        .cls = malloc((size_t) out * sizeof(*axis->cls)),
    };
    if (!axis->windows || !axis->cls)
        return -ENOMEM;
    fill_windows(axis);
    areascale_axis_classify(axis, least_taps(axis));
    return 0;
}

static int count_taps(AreascaleTaps taps, AreascaleWindow w)
{
    switch (taps) {
    case AREASCALE_TAPS_SAME:
        return 1;
    case AREASCALE_TAPS_PAIR:
        return 2;
    default:
        return w.end - w.start;
    }
}

void areascale_axis_classify(AreascaleAxis *axis, AreascaleTaps taps)
{
    axis->taps = taps;
    axis->n_classes = 0;
    for (int i = 0; i < axis->out; i++) {
        const int count = count_taps(taps, axis->windows[i]);
        int c = 0;

        while (c < axis->n_classes && axis->class_taps[c] != count)
            c++;
        if (c == axis->n_classes)
            axis->class_taps[axis->n_classes++] = count;
        axis->cls[i] = (uint8_t) c;
    }
}

int64_t areascale_axis_total_taps(const AreascaleAxis *axis)
{
    switch (axis->taps) {
    case AREASCALE_TAPS_SAME:
        return axis->out;
    case AREASCALE_TAPS_PAIR:
        return 2 * (int64_t) axis->out;
    default: /* neighbours share a position where one does not end with a whole one */
        return (int64_t) axis->in + axis->out - axis->out / axis->period;
    }
}

int areascale_axis_min_taps(const AreascaleAxis *axis)
{
    int min = axis->class_taps[0];

    for (int c = 1; c < axis->n_classes; c++)
        if (axis->class_taps[c] < min)
            min = axis->class_taps[c];
    return min;
}

int areascale_axis_max_taps(const AreascaleAxis *axis)
{
    int max = axis->class_taps[0];

    for (int c = 1; c < axis->n_classes; c++)
        if (axis->class_taps[c] > max)
            max = axis->class_taps[c];
    return max;
}

void areascale_axis_clear(AreascaleAxis *axis)
{
    free(axis->windows);
    free(axis->cls);
    *axis = (AreascaleAxis) { 0 };
}

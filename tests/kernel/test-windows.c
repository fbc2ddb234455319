/* areascale: the windows of an axis are those of the definition
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <stdio.h>
#include <stdlib.h>

#include "areascale.h"
#include "axis.h"

static void fail(const char *what, int i, int in, int out)
{
    fprintf(stderr, "window %d of %d -> %d: %s\n", i, in, out, what);
    exit(EXIT_FAILURE);
}

/* start = floor(i * in / out) and end = ceil((i + 1) * in / out), said without
 * a division. */
static void check_window(AreascaleWindow w, int i, int in, int out)
{
    const int64_t low = (int64_t) i * in;
    const int64_t high = ((int64_t) i + 1) * in;

    if ((int64_t) w.start * out > low || ((int64_t) w.start + 1) * out <= low)
        fail("start is not the floor", i, in, out);
    if ((int64_t) w.end * out < high || ((int64_t) w.end - 1) * out >= high)
        fail("end is not the ceiling", i, in, out);
    if (w.start < 0 || w.start >= w.end || w.end > in)
        fail("not inside the input", i, in, out);
}

/* Windows of one class are of one length, and there are no two classes of a length. */
static void check_class(const AreascaleAxis *axis, int i)
{
    const AreascaleWindow w = axis->windows[i];
    const int taps = areascale_axis_count(axis, i);

    if (taps != (axis->taps == AREASCALE_TAPS_RUN    ? w.end - w.start
                 : axis->taps == AREASCALE_TAPS_PAIR ? 2
                                                     : 1))
        fail("number of taps", i, axis->in, axis->out);
    if (w.end - w.start > 2 ? axis->taps != AREASCALE_TAPS_RUN
                            : axis->taps == AREASCALE_TAPS_SAME && w.start != i)
        fail("kind of taps", i, axis->in, axis->out);
    if (axis->n_classes == 2 && axis->class_taps[0] == axis->class_taps[1])
        fail("classes alike", i, axis->in, axis->out);
}

static void check_period(const AreascaleAxis *axis, int i)
{
    const AreascaleWindow w = axis->windows[i];
    const AreascaleWindow later = axis->windows[i + axis->period];

    if (later.start - w.start != axis->in_period || later.end - w.end != axis->in_period)
        fail("not the same a period later", i, axis->in, axis->out);
}

static void check_axis(int in, int out)
{
    AreascaleAxis axis;

    if (areascale_axis_init(&axis, in, out, AREASCALE_METHOD_ADAPTIVE,
                            (AreascaleSpans) { 0, 0, 0 }) < 0)
        fail("no memory", 0, in, out);
    for (int i = 0; i < out; i++) {
        const AreascaleWindow w = axis.windows[i];

        check_window(w, i, in, out);
        /* Neighbours share at most one position and leave none out. */
        if (i > 0 &&
            (w.start > axis.windows[i - 1].end || w.start < axis.windows[i - 1].end - 1))
            fail("gap or overlap", i, in, out);
        check_class(&axis, i);
        if (i + axis.period < out)
            check_period(&axis, i);
    }
    if (axis.windows[0].start != 0 || axis.windows[out - 1].end != in)
        fail("input left out at an end", out - 1, in, out);
    areascale_axis_clear(&axis);
}

int main(void)
{
    for (int in = 1; in <= 512; in++)
        for (int out = 1; out <= 512; out++)
            check_axis(in, out);

    static const int edge[] = { 1,     2,     3,     255,   256,   257,  4096,
                                16383, 16384, 16385, 32765, 32766, 32767 };
    enum { N_EDGE = sizeof(edge) / sizeof(edge[0]) };
    for (int i = 0; i < N_EDGE; i++)
        for (int o = 0; o < N_EDGE; o++)
            check_axis(edge[i], edge[o]);
    return EXIT_SUCCESS;
}

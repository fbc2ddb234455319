/* areascale: the windows of interleaved rows are those of each component's axis
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <stdio.h>
#include <stdlib.h>

#include "columns.h"

static void fail(const char *what, const AreascaleGeometry *g, int s)
{
    fprintf(stderr, "sample %d of %d -> %d, layout %d: %s\n", s, g->in_width, g->out_width,
            (int) g->layout, what);
    exit(EXIT_FAILURE);
}

/* What a sample of a row is: the index-th value of a component of so many. */
typedef struct Value {
    int index, in, out;
} Value;

static bool is_chroma(AreascaleLayout layout, int s)
{
    return layout == AREASCALE_LAYOUT_YUYV   ? s % 2 == 1
           : layout == AREASCALE_LAYOUT_UYVY ? s % 2 == 0
                                             : false;
}

static Value value_at(const AreascaleGeometry *g, int s)
{
    if (g->layout <= AREASCALE_LAYOUT_4)
        return (Value) { s / ((int) g->layout + 1), g->in_width, g->out_width };
    if (is_chroma(g->layout, s))
        return (Value) { s / 4, (g->in_width + 1) / 2, (g->out_width + 1) / 2 };
    return (Value) { s / 2 < g->out_width ? s / 2 : g->out_width - 1, g->in_width,
                     g->out_width };
}

/* The sample that holds the index-th value of the component that sample s is of. */
static int sample_of(const AreascaleGeometry *g, int s, int index)
{
    if (g->layout <= AREASCALE_LAYOUT_4)
        return index * ((int) g->layout + 1) + s % ((int) g->layout + 1);
    if (is_chroma(g->layout, s))
        return index * 4 + s % 4;
    return index * 2 + s % 2;
}

static void check_sample(const AreascaleGeometry *g, const AreascaleColumns *columns, int s)
{
    const Value v = value_at(g, s);
    const int start = (int) ((int64_t) v.index * v.in / v.out);
    const int end = (int) ((((int64_t) v.index + 1) * v.in + v.out - 1) / v.out);
    const int taps = columns->class_taps[columns->cls[s]];

    if (columns->first[s] != sample_of(g, s, start))
        fail("first tap", g, s);
    if (columns->last[s] != sample_of(g, s, end - 1))
        fail("last tap", g, s);
    if (columns->step[s] != sample_of(g, s, start + 1) - sample_of(g, s, start))
        fail("step", g, s);
    if (columns->taps == AREASCALE_TAPS_RUN    ? taps != end - start
        : columns->taps == AREASCALE_TAPS_PAIR ? taps != 2 || end - start > 2
                                               : taps != 1 || columns->first[s] != s)
        fail("number of taps", g, s);
}

static void check_period(const AreascaleGeometry *g, const AreascaleColumns *columns, int s)
{
    const int later = s + columns->period;

    if (columns->first[later] - columns->first[s] != columns->in_period ||
        columns->last[later] - columns->last[s] != columns->in_period ||
        columns->step[later] != columns->step[s] || columns->cls[later] != columns->cls[s])
        fail("not the same a period later", g, s);
}

static void check_row(const AreascaleGeometry *g)
{
    const int n = areascale_row_samples(g->layout, g->out_width);
    AreascaleColumns columns;

    if (areascale_columns_init(&columns, g) < 0)
        fail("no memory", g, 0);
    for (int s = 0; s < n; s++) {
        check_sample(g, &columns, s);
        if (s + columns.period < n)
            check_period(g, &columns, s);
    }
    areascale_columns_clear(&columns);
}

int main(void)
{
    static const int edge[] = { 255, 256, 257, 854, 1080, 1280, 1920, 3840, 32766, 32767 };
    enum { N_EDGE = sizeof(edge) / sizeof(edge[0]) };

    for (int layout = 0; layout < AREASCALE_N_LAYOUTS; layout++) {
        AreascaleGeometry g = { .layout = (AreascaleLayout) layout };

        for (g.in_width = 1; g.in_width <= 100; g.in_width++)
            for (g.out_width = 1; g.out_width <= 100; g.out_width++)
                check_row(&g);
        for (int i = 0; i < N_EDGE * N_EDGE; i++) {
            g.in_width = edge[i % N_EDGE];
            g.out_width = edge[i / N_EDGE];
            check_row(&g);
        }
    }
    return EXIT_SUCCESS;
}

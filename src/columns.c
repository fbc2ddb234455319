/* areascale: the horizontal windows of a plane
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "columns.h"

#include <errno.h>
#include <stdlib.h>

#include "window.h"

static const AreascaleGroup groups[AREASCALE_N_LAYOUTS] = {
    [AREASCALE_LAYOUT_1] = { 1, 1, { { 0, 1, 0 } } },
    [AREASCALE_LAYOUT_2] = { 2, 1, { { 0, 2, 0 }, { 1, 2, 0 } } },
    [AREASCALE_LAYOUT_3] = { 3, 1, { { 0, 3, 0 }, { 1, 3, 0 }, { 2, 3, 0 } } },
    [AREASCALE_LAYOUT_4] = { 4, 1, { { 0, 4, 0 }, { 1, 4, 0 }, { 2, 4, 0 }, { 3, 4, 0 } } },
    [AREASCALE_LAYOUT_YUYV] = { 4, 2, { { 0, 2, 0 }, { 1, 4, 1 }, { 0, 2, 0 }, { 3, 4, 1 } } },
    [AREASCALE_LAYOUT_UYVY] = { 4, 2, { { 0, 4, 1 }, { 1, 2, 0 }, { 2, 4, 1 }, { 1, 2, 0 } } },
};

const AreascaleGroup *areascale_group(AreascaleLayout layout)
{
    return &groups[layout];
}

int areascale_row_samples(AreascaleLayout layout, int width)
{
    const AreascaleGroup *group = &groups[layout];

    return (width + group->n_pixels - 1) / group->n_pixels * group->n_samples;
}

static int ceil_shift(int size, int log2)
{
    return (size + (1 << log2) - 1) >> log2;
}

/* Enters the windows of the component at position p of the group. */
static void fill_component(AreascaleColumns *columns, const AreascaleGroup *group, int p,
                           const AreascaleWindow *windows, int n_windows, int n_samples)
{
    const AreascalePosition *pos = &group->position[p];
    const int per_group = group->n_pixels >> pos->log2_sub;
    const int within = (p - pos->offset) / pos->step;

    for (int s = p, i = within; s < n_samples; s += group->n_samples, i += per_group) {
        /* the unused luma at the end of an odd 4:2:2 row repeats the last one */
        const AreascaleWindow w = windows[i < n_windows ? i : n_windows - 1];

        columns->first[s] = pos->offset + w.start * pos->step;
        columns->last[s] = pos->offset + (w.end - 1) * pos->step;
        columns->step[s] = pos->step;
    }
}

static void fill_windows(AreascaleColumns *columns, const AreascaleGeometry *g,
                         AreascaleWindow *windows)
{
    const AreascaleGroup *group = &groups[g->layout];
    const int n_samples = areascale_row_samples(g->layout, g->out_width);

    for (int p = 0; p < group->n_samples; p++) {
        const int in = ceil_shift(g->in_width, group->position[p].log2_sub);
        const int out = ceil_shift(g->out_width, group->position[p].log2_sub);

        areascale_windows_fill(windows, in, out);
        fill_component(columns, group, p, windows, out, n_samples);
    }
}

/* PAIR serves all windows of one or two taps, also where luma goes up and chroma
 * keeps its width. */
static AreascaleTaps choose_taps(const AreascaleColumns *columns, const AreascaleGeometry *g)
{
    const int n_samples = areascale_row_samples(g->layout, g->out_width);

    /* not where the last sample of a row stands for another one */
    if (g->in_width == g->out_width && g->out_width % groups[g->layout].n_pixels == 0)
        return AREASCALE_TAPS_SAME;
    for (int s = 0; s < n_samples; s++)
        if (columns->last[s] - columns->first[s] > columns->step[s])
            return AREASCALE_TAPS_RUN;
    return AREASCALE_TAPS_PAIR;
}

static int count_taps(const AreascaleColumns *columns, int s)
{
    switch (columns->taps) {
    case AREASCALE_TAPS_SAME:
        return 1;
    case AREASCALE_TAPS_PAIR:
        return 2;
    default:
        return (columns->last[s] - columns->first[s]) / columns->step[s] + 1;
    }
}

/* Numbers the different counts of taps. */
static void classify_samples(AreascaleColumns *columns, int n_samples)
{
    for (int s = 0; s < n_samples; s++) {
        const int taps = count_taps(columns, s);
        int c = 0;

        while (c < columns->n_classes && columns->class_taps[c] != taps)
            c++;
        if (c == columns->n_classes)
            columns->class_taps[columns->n_classes++] = taps;
        columns->cls[s] = (uint8_t) c;
    }
}

static void measure_classes(AreascaleColumns *columns)
{
    int max = columns->class_taps[0];

    columns->min_taps = max;
    for (int c = 1; c < columns->n_classes; c++) {
        if (columns->class_taps[c] < columns->min_taps)
            columns->min_taps = columns->class_taps[c];
        if (columns->class_taps[c] > max)
            max = columns->class_taps[c];
    }
    columns->near_uniform = max - columns->min_taps <= 1;
}

int areascale_columns_init(AreascaleColumns *columns, const AreascaleGeometry *g)
{
    const int n_samples = areascale_row_samples(g->layout, g->out_width);
    const size_t n = (size_t) n_samples;
    AreascaleWindow *windows = malloc((size_t) g->out_width * sizeof(*windows));
    int ret = -ENOMEM;

    *columns = (AreascaleColumns) { 0 };
    columns->first = malloc(n * sizeof(*columns->first));
    columns->last = malloc(n * sizeof(*columns->last));
    columns->cls = malloc(n * sizeof(*columns->cls));
    columns->step = malloc(n * sizeof(*columns->step));
    if (!windows || !columns->first || !columns->last || !columns->cls || !columns->step)
        goto done;

    fill_windows(columns, g, windows);
    columns->taps = choose_taps(columns, g);
    classify_samples(columns, n_samples);
    measure_classes(columns);
    ret = 0;

done:
    free(windows);
    return ret;
}

void areascale_columns_clear(AreascaleColumns *columns)
{
    free(columns->first);
    free(columns->last);
    free(columns->cls);
    free(columns->step);
    *columns = (AreascaleColumns) { 0 };
}

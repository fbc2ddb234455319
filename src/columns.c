/* areascale: axes interleaved as a layout has them
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "columns.h"

#include <errno.h>
#include <stdlib.h>

static const AreascaleGroup groups[AREASCALE_N_LAYOUTS] = {
    [AREASCALE_LAYOUT_1] = { 1, 1, { { 0, 1, 0 } } },
    [AREASCALE_LAYOUT_2] = { 2, 1, { { 0, 2, 0 }, { 1, 2, 0 } } },
    [AREASCALE_LAYOUT_3] = { 3, 1, { { 0, 3, 0 }, { 1, 3, 0 }, { 2, 3, 0 } } },
    [AREASCALE_LAYOUT_4] = { 4, 1, { { 0, 4, 0 }, { 1, 4, 0 }, { 2, 4, 0 }, { 3, 4, 0 } } },
    [AREASCALE_LAYOUT_YUYV] = { 4,
                                2,
                                { { 0, 2, 0 }, { 1, 4, 1 }, { 0, 2, 0 }, { 3, 4, 1 } } },
    [AREASCALE_LAYOUT_UYVY] = { 4,
                                2,
                                { { 0, 4, 1 }, { 1, 2, 0 }, { 2, 4, 1 }, { 1, 2, 0 } } },
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

int areascale_spanned_width(AreascaleLayout layout, int width)
{
    return ceil_shift(width, groups[layout].n_pixels > 1);
}

/* The axes of a row, by log2 of the pixels that share a value. */
typedef struct Axes {
    AreascaleAxis axis[AREASCALE_MAX_AXES];
    int n;
    /* a class of an axis as one of the columns */
    uint8_t cls[AREASCALE_MAX_AXES][AREASCALE_AXIS_CLASSES];
} Axes;

static int axes_init(Axes *axes, const AreascaleGeometry *g)
{
    int ret = 0;

    *axes = (Axes){ .n = groups[g->layout].n_pixels > 1 ? 2 : 1 };
    for (int a = 0; ret == 0 && a < axes->n; a++) {
        const bool is_spanned = a == axes->n - 1;

        ret = areascale_axis_init(&axes->axis[a], ceil_shift(g->in_width, a),
                                  ceil_shift(g->out_width, a), g->method,
                                  is_spanned ? g->x : (AreascaleSpans){ 0 });
    }
    return ret;
}

static void axes_clear(Axes *axes)
{
    for (int a = 0; a < axes->n; a++)
        areascale_axis_clear(&axes->axis[a]);
}

/* The first that serves all axes. */
static AreascaleTaps common_taps(const Axes *axes, const AreascaleGeometry *g)
{
    /* not where the last sample of a row stands for another one */
    AreascaleTaps taps = g->out_width % groups[g->layout].n_pixels ? AREASCALE_TAPS_PAIR
                                                                   : AREASCALE_TAPS_SAME;

    for (int a = 0; a < axes->n; a++)
        if (axes->axis[a].taps > taps)
            taps = axes->axis[a].taps;
    return taps;
}

/* The class of the columns that an axis' class is. */
static int find_class(AreascaleColumns *columns, const AreascaleAxis *axis, int axis_class)
{
    const int taps = axis->class_taps[axis_class], weight = axis->class_weight[axis_class];
    const int body = axis->weighed ? axis->body : 1;
    int c = 0;

    while (c < columns->n_classes &&
           (columns->class_taps[c] != taps || columns->class_weight[c] != weight ||
            columns->class_body[c] != body))
        c++;
    if (c == columns->n_classes) {
        columns->class_taps[c] = taps;
        columns->class_weight[c] = weight;
        columns->class_body[c] = body;
        columns->n_classes++;
    }
    return c;
}

static void make_classes(AreascaleColumns *columns, Axes *axes)
{
    int max = 0;

    for (int a = 0; a < axes->n; a++) {
        if (!axes->axis[a].weighed)
            areascale_axis_classify(&axes->axis[a], columns->taps);
        for (int c = 0; c < axes->axis[a].n_classes; c++)
            axes->cls[a][c] = (uint8_t) find_class(columns, &axes->axis[a], c);
    }
    columns->min_taps = columns->class_taps[0];
    for (int c = 0; c < columns->n_classes; c++) {
        if (columns->class_taps[c] < columns->min_taps)
            columns->min_taps = columns->class_taps[c];
        if (columns->class_taps[c] > max)
            max = columns->class_taps[c];
    }
    columns->near_uniform = max - columns->min_taps <= 1;
}

/* Enters the windows of the component at position p of the group. */
static void fill_component(AreascaleColumns *columns, const AreascaleGroup *group, int p,
                           const Axes *axes, int n_samples)
{
    const AreascalePosition *pos = &group->position[p];
    const AreascaleAxis *axis = &axes->axis[pos->log2_sub];
    const int per_group = group->n_pixels >> pos->log2_sub;
    int i = (p - pos->offset) / pos->step;

    for (int s = p; s < n_samples; s += group->n_samples, i += per_group) {
        /* the unused luma at the end of an odd 4:2:2 row repeats the last one */
        const int at = i < axis->out ? i : axis->out - 1;

        columns->first[s] = pos->offset + axis->windows[at].start * pos->step;
        columns->last[s] = pos->offset + (axis->windows[at].end - 1) * pos->step;
        columns->step[s] = pos->step;
        columns->cls[s] = axes->cls[pos->log2_sub][axis->cls[at]];
        if (columns->weighed) {
            columns->head[s] = axis->weighed ? axis->head[at] : 1;
            columns->tail[s] = axis->weighed ? axis->tail[at] : 1;
        }
    }
}

/* The last axis repeats after its period of groups, and luma's of 4:2:2 does so too where
 * both have one ratio. If they have not, take it that nothing repeats. */
static void find_period(AreascaleColumns *columns, const Axes *axes,
                        const AreascaleGeometry *g)
{
    const AreascaleGroup *group = &groups[g->layout];
    const AreascaleAxis *last = &axes->axis[axes->n - 1];
    const bool one_ratio =
        (int64_t) last->in * g->out_width == (int64_t) last->out * g->in_width;
    const bool one_span = axes->n == 1 || !g->x.unit;

    if (one_ratio && one_span && g->out_width % group->n_pixels == 0) {
        columns->period = last->period * group->n_samples;
        columns->in_period = last->in_period * group->n_samples;
    } else {
        columns->period = areascale_row_samples(g->layout, g->out_width);
        columns->in_period = areascale_row_samples(g->layout, g->in_width);
    }
}

static bool any_weighed(const Axes *axes)
{
    return axes->axis[0].weighed || axes->axis[AREASCALE_MAX_AXES - 1].weighed;
}

static int allocate_weights(AreascaleColumns *columns, size_t n)
{
    columns->head = malloc(n * sizeof(*columns->head));
    columns->tail = malloc(n * sizeof(*columns->tail));
    return columns->head && columns->tail ? 0 : -ENOMEM;
}

static int allocate(AreascaleColumns *columns, size_t n)
{
    *columns = (AreascaleColumns){
        .first = malloc(n * sizeof(*columns->first)),
        .last = malloc(n * sizeof(*columns->last)),
        .cls = malloc(n * sizeof(*columns->cls)),
        .step = malloc(n * sizeof(*columns->step)),
    };
    if (!columns->first || !columns->last || !columns->cls || !columns->step)
        return -ENOMEM;
    return 0;
}

int areascale_columns_init(AreascaleColumns *columns, const AreascaleGeometry *g)
{
    const AreascaleGroup *group = &groups[g->layout];
    const int n_samples = areascale_row_samples(g->layout, g->out_width);
    Axes axes;
    int ret = axes_init(&axes, g);

    *columns = (AreascaleColumns){ 0 };
    if (ret == 0)
        ret = allocate(columns, (size_t) n_samples);
    columns->weighed = any_weighed(&axes);
    if (ret == 0 && columns->weighed)
        ret = allocate_weights(columns, (size_t) n_samples);
    if (ret == 0) {
        columns->taps = common_taps(&axes, g);
        make_classes(columns, &axes);
        for (int p = 0; p < group->n_samples; p++)
            fill_component(columns, group, p, &axes, n_samples);
        find_period(columns, &axes, g);
    }
    axes_clear(&axes);
    return ret;
}

void areascale_columns_clear(AreascaleColumns *columns)
{
    free(columns->first);
    free(columns->last);
    free(columns->cls);
    free(columns->step);
    free(columns->head);
    free(columns->tail);
    *columns = (AreascaleColumns){ 0 };
}

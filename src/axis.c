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
    return abs(a);
}

static AreascaleSpans divide_spans(AreascaleSpans s)
{
    const int divisor =
        greatest_common_divisor(greatest_common_divisor(s.step, s.unit), s.offset);

    return (AreascaleSpans){ s.step / divisor, s.offset / divisor, s.unit / divisor };
}

AreascaleSpans areascale_spans_reduce(AreascaleSpans spans, int in, int out)
{
    const AreascaleSpans plain = divide_spans((AreascaleSpans){ in, 0, out });

    if (!spans.unit)
        return spans;
    spans = divide_spans(spans);
    if (spans.step == plain.step && !spans.offset && spans.unit == plain.unit)
        return (AreascaleSpans){ 0 };
    return spans;
}

/* The spans in numbers. */
static AreascaleSpans explicit_spans(const AreascaleAxis *axis, AreascaleSpans spans)
{
    spans = areascale_spans_reduce(spans, axis->in, axis->out);
    return spans.unit ? spans : divide_spans((AreascaleSpans){ axis->in, 0, axis->out });
}

/* Windows repeat unless the first edge is off the grid, or the last is not its end. */
static void find_period(AreascaleAxis *axis, AreascaleSpans spans)
{
    const bool repeats = !spans.offset && (int64_t) spans.step * axis->out ==
                                              (int64_t) spans.unit * axis->in;

    axis->period = repeats ? spans.unit : axis->out;
    axis->in_period = repeats ? spans.step : axis->in;
}

static int clamp(int v, int min, int max)
{
    return v < min ? min : v > max ? max : v;
}

/* What of a span lies on the input; the nearest position where nothing does. */
static AreascaleWindow cut_window(const AreascaleAxis *axis, int start, int end)
{
    return (AreascaleWindow) { clamp(start, 0, axis->in - 1), clamp(end, 1, axis->in) };
}

/* Steps of step / unit, as whole positions and a rest of `unit` parts. */
static void fill_windows(AreascaleAxis *axis, AreascaleSpans s)
{
    const int step = s.step / s.unit, step_rest = s.step % s.unit;
    int at = s.offset / s.unit, rest = s.offset % s.unit;

    if (rest < 0) {
        at--;
        rest += s.unit;
    }
    for (int i = 0; i < axis->out; i++) {
        const int start = at;

        at += step;
        rest += step_rest;
        if (rest >= s.unit) {
            at++;
            rest -= s.unit;
        }
        axis->windows[i] = cut_window(axis, start, at + (rest > 0));
    }
}

static AreascaleTaps least_taps(const AreascaleAxis *axis)
{
    bool same = axis->in == axis->out;

    for (int i = 0; i < axis->out; i++) {
        const AreascaleWindow w = axis->windows[i];

        if (w.end - w.start > 2)
            return AREASCALE_TAPS_RUN;
        if (w.start != i || w.end != i + 1)
            same = false;
    }
    return same ? AREASCALE_TAPS_SAME : AREASCALE_TAPS_PAIR;
}

/* The part of input position k that lies in the span of output position i, in units. */
static int32_t overlap(AreascaleSpans s, int i, int k)
{
    const int64_t begin = (int64_t) s.step * i + s.offset, end = begin + s.step;
    const int64_t first = (int64_t) s.unit * k, last = first + s.unit;
    const int64_t part = (end < last ? end : last) - (begin > first ? begin : first);

    return part > 0 ? (int32_t) part : s.step;
}

/* Whether the taps of a window do not all weigh the same. */
static bool is_weighed(AreascaleSpans s, int i, AreascaleWindow w)
{
    const int32_t head = overlap(s, i, w.start);

    return w.end - w.start > 1 &&
           (head != overlap(s, i, w.end - 1) || (w.end - w.start > 2 && head != s.unit));
}

static bool any_weighed(const AreascaleAxis *axis, AreascaleSpans spans)
{
    for (int i = 0; i < axis->out; i++)
        if (is_weighed(spans, i, axis->windows[i]))
            return true;
    return false;
}

/* The class of so many taps and so much weight. */
static int find_class(AreascaleAxis *axis, int taps, int weight)
{
    int c = 0;

    while (c < axis->n_classes && (axis->class_weight[c] != weight ||
                                   (!axis->weighed && axis->class_taps[c] != taps)))
        c++;
    if (c == axis->n_classes) {
        axis->class_taps[c] = taps;
        axis->class_weight[c] = weight;
        axis->n_classes++;
    }
    if (axis->class_taps[c] < taps)
        axis->class_taps[c] = taps;
    return c;
}

static int make_weights(AreascaleAxis *axis, AreascaleSpans spans)
{
    axis->weighed = true;
    axis->taps = AREASCALE_TAPS_RUN;
    axis->body = spans.unit;
    axis->head = malloc((size_t) axis->out * sizeof(*axis->head));
    axis->tail = malloc((size_t) axis->out * sizeof(*axis->tail));
    if (!axis->head || !axis->tail)
        return -ENOMEM;
    for (int i = 0; i < axis->out; i++) {
        const AreascaleWindow w = axis->windows[i];
        const int taps = w.end - w.start;

        axis->head[i] = overlap(spans, i, w.start);
        axis->tail[i] = overlap(spans, i, w.end - 1);
        axis->cls[i] = (uint8_t) find_class(
            axis, taps,
            taps == 1 ? axis->head[i]
                      : axis->head[i] + (taps - 2) * axis->body + axis->tail[i]);
    }
    return 0;
}

int areascale_axis_init(AreascaleAxis *axis, int in, int out, AreascaleMethod method,
                        AreascaleSpans spans)
{
    *axis = (AreascaleAxis){
        .in = in,
        .out = out,
        .windows = malloc((size_t) out * sizeof(*axis->windows)),
        .cls = malloc((size_t) out * sizeof(*axis->cls)),
    };
    if (!axis->windows || !axis->cls)
        return -ENOMEM;
    spans = explicit_spans(axis, spans);
    find_period(axis, spans);
    fill_windows(axis, spans);
    if (method == AREASCALE_METHOD_COVERAGE && any_weighed(axis, spans))
        return make_weights(axis, spans);
    areascale_axis_classify(axis, least_taps(axis));
    return 0;
}

static int count_taps(AreascaleTaps taps, AreascaleWindow w)
{
    switch (taps) {
    case AREASCALE_TAPS_SAME: return 1;
    case AREASCALE_TAPS_PAIR: return 2;
    default: return w.end - w.start;
    }
}

void areascale_axis_classify(AreascaleAxis *axis, AreascaleTaps taps)
{
    axis->taps = taps;
    axis->n_classes = 0;
    for (int i = 0; i < axis->out; i++) {
        const int count = count_taps(taps, axis->windows[i]);

        axis->cls[i] = (uint8_t) find_class(axis, count, count);
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

int areascale_axis_max_weight(const AreascaleAxis *axis)
{
    int max = 0;

    for (int c = 0; c < axis->n_classes; c++)
        if (axis->class_weight[c] > max)
            max = axis->class_weight[c];
    return max;
}

void areascale_axis_clear(AreascaleAxis *axis)
{
    free(axis->windows);
    free(axis->cls);
    free(axis->head);
    free(axis->tail);
    *axis = (AreascaleAxis){ 0 };
}

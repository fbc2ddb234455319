/* areascale: the definition, translated literally
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "naive.h"

#include <stdbool.h>
#include <string.h>

#include "number.h"

/* The samples of one component in a row: first, first + step, ... */
typedef struct Component {
    size_t first;
    size_t step;
    int in_width;
    int out_width;
    AreascaleSpans spans; /* of its columns */
} Component;

static bool is_packed_422(AreascaleLayout layout)
{
    return layout == AREASCALE_LAYOUT_YUYV || layout == AREASCALE_LAYOUT_UYVY;
}

static size_t interleaved_components(AreascaleLayout layout)
{
    switch (layout) {
    case AREASCALE_LAYOUT_1: return 1;
    case AREASCALE_LAYOUT_2: return 2;
    case AREASCALE_LAYOUT_3: return 3;
    case AREASCALE_LAYOUT_4: return 4;
    case AREASCALE_LAYOUT_YUYV:
    case AREASCALE_LAYOUT_UYVY: break;
    }
    return 0;
}

size_t naive_row_samples(AreascaleLayout layout, int width)
{
    if (is_packed_422(layout))
        return 4 * (((size_t) width + 1) / 2);
    return interleaved_components(layout) * (size_t) width;
}

int naive_spanned_width(const AreascaleGeometry *g, int width)
{
    return is_packed_422(g->layout) ? (width + 1) / 2 : width;
}

size_t naive_sample_size(int depth)
{
    return depth <= 8 ? 1 : depth <= 16 ? 2 : 4;
}

AreascaleGeometry naive_output(const AreascaleGeometry *g)
{
    AreascaleGeometry output = *g;

    if (g->out_depth) {
        output.depth = g->out_depth;
        output.shift = g->out_shift;
    }
    return output;
}

size_t naive_row_bytes(const AreascaleGeometry *g, int width)
{
    return naive_row_samples(g->layout, width) * naive_sample_size(g->depth);
}

unsigned naive_max_word(const AreascaleGeometry *g)
{
    return (UINT32_MAX >> (32 - g->depth)) << g->shift;
}

unsigned naive_get(const AreascaleGeometry *g, const void *row, size_t index)
{
    uint32_t word32;
    uint16_t word;

    switch (naive_sample_size(g->depth)) {
    case 1:
        return ((const uint8_t *) row)[index];
    case 2:
        memcpy(&word, (const uint8_t *) row + 2 * index, sizeof(word));
        return word;
    default:
        memcpy(&word32, (const uint8_t *) row + 4 * index, sizeof(word32));
        return word32;
    }
}

void naive_put(const AreascaleGeometry *g, void *row, size_t index, unsigned word)
{
    const uint32_t word32 = word;
    const uint16_t word16 = (uint16_t) word;

    switch (naive_sample_size(g->depth)) {
    case 1:
        ((uint8_t *) row)[index] = (uint8_t) word;
        break;
    case 2:
        memcpy((uint8_t *) row + 2 * index, &word16, sizeof(word16));
        break;
    default:
        memcpy((uint8_t *) row + 4 * index, &word32, sizeof(word32));
    }
}

/* One axis: where its output positions lie, and how input positions count. */
typedef struct Axis {
    int64_t in, step, offset, unit;
    bool is_coverage;
} Axis;

static Axis axis_of(int in, int out, AreascaleSpans spans, AreascaleMethod method)
{
    const bool is_coverage = method == AREASCALE_METHOD_COVERAGE;

    if (spans.unit == 0)
        return (Axis){ in, in, 0, out, is_coverage };
    return (Axis){ in, spans.step, spans.offset, spans.unit, is_coverage };
}

/* The part of input position k under output position i, in 1 / unit. */
static int64_t part_under(const Axis *a, int64_t i, int64_t k)
{
    const int64_t begin = a->step * i + a->offset;
    const int64_t end = a->step * (i + 1) + a->offset;
    const int64_t left = begin > k * a->unit ? begin : k * a->unit;
    const int64_t right = end < (k + 1) * a->unit ? end : (k + 1) * a->unit;

    return right > left ? right - left : 0;
}

/* The input position nearest to output position i that lies outside of the input, or -1
 * if it does not. */
static int64_t nearest_inside(const Axis *a, int64_t i)
{
    if (a->step * (i + 1) + a->offset <= 0)
        return 0;
    return a->step * i + a->offset >= a->in * a->unit ? a->in - 1 : -1;
}

static uint64_t weight(const Axis *a, int64_t i, int64_t k)
{
    const int64_t nearest = nearest_inside(a, i);
    const int64_t part = part_under(a, i, k);

    if (nearest >= 0)
        return k == nearest;
    return (uint64_t) (a->is_coverage ? part : part > 0);
}

/* No position before this one counts for output position i... */
static int64_t first_position(const Axis *a, int64_t i)
{
    const int64_t begin = a->step * i + a->offset;
    const int64_t at = begin > 0 ? begin / a->unit : 0;

    return at < a->in ? at : a->in - 1;
}

/* ...and none from this one on. */
static int64_t end_position(const Axis *a, int64_t i)
{
    const int64_t end = a->step * (i + 1) + a->offset;
    const int64_t at = end > 0 ? (end + a->unit - 1) / a->unit : 0;

    return at < 1 ? 1 : at < a->in ? at : a->in;
}

void naive_rows(const AreascaleGeometry *g, int y, int *first, int *end)
{
    const Axis rows = axis_of(g->in_height, g->out_height, g->y, g->method);

    *first = (int) first_position(&rows, y);
    *end = (int) end_position(&rows, y);
}

/* min(floor(sum / area * 2^(out_depth - depth) + 1/2), 2^out_depth - 1) */
static unsigned rounded_mean(uint64_t sum, uint64_t area, int depth, int out_depth)
{
    const uint64_t max = UINT32_MAX >> (32 - out_depth);
    uint64_t mean;

    while (depth < out_depth) {
        sum *= 2;
        depth++;
    }
    while (depth > out_depth) {
        area *= 2;
        depth--;
    }
    mean = (2 * sum + area) / (2 * area);
    return (unsigned) (mean < max ? mean : max);
}

static unsigned window_mean(const AreascaleGeometry *g, const Component *c,
                            const uint8_t *src, ptrdiff_t src_stride, int x, int y)
{
    const Axis columns = axis_of(c->in_width, c->out_width, c->spans, g->method);
    const Axis rows = axis_of(g->in_height, g->out_height, g->y, g->method);
    const unsigned mask = UINT32_MAX >> (32 - g->depth);
    uint64_t high = 0, low = 0, area = 0; /* the sum of upper and lower 16 bits */

    for (int64_t row = first_position(&rows, y); row < end_position(&rows, y); row++) {
        for (int64_t col = first_position(&columns, x); col < end_position(&columns, x);
             col++) {
            const uint64_t w = weight(&rows, y, row) * weight(&columns, x, col);
            const size_t index = c->first + c->step * (size_t) col;

            const unsigned value =
                naive_get(g, src + row * src_stride, index) >> g->shift & mask;

            high += w * (value >> 16);
            low += w * (value & 0xffff);
            area += w;
        }
    }
    /* high is 0 where depths differ */
    low += high % area << 16;
    return (unsigned) (high / area << 16) +
           rounded_mean(low, area, g->depth, naive_output(g).depth);
}

/* Whether alpha weighs the component at this output position; `*mean` is set then. */
static bool alpha_mean(const AreascaleGeometry *g, const Component *c, const uint8_t *src,
                       ptrdiff_t src_stride, int x, int y, unsigned *mean)
{
    const Axis columns = axis_of(c->in_width, c->out_width, c->spans, g->method);
    const Axis rows = axis_of(g->in_height, g->out_height, g->y, g->method);
    const unsigned mask = UINT32_MAX >> (32 - g->depth);
    const AreascaleGeometry output = naive_output(g);
    const unsigned max = UINT32_MAX >> (32 - output.depth);
    Number products = { { 0 } }, alphas = { { 0 } };

    for (int64_t row = first_position(&rows, y); row < end_position(&rows, y); row++) {
        for (int64_t col = first_position(&columns, x); col < end_position(&columns, x);
             col++) {
            const uint64_t w = weight(&rows, y, row) * weight(&columns, x, col);
            const uint8_t *line = src + row * src_stride;
            const size_t pixel = 4 * (size_t) col;
            const uint64_t alpha =
                naive_get(g, line, pixel + (size_t) g->alpha - 1) >> g->shift & mask;
            const uint64_t value = naive_get(g, line, pixel + c->first) >> g->shift & mask;

            number_add(&products, alpha * value, w);
            number_add(&alphas, alpha, w);
        }
    }
    if (number_is_zero(&alphas))
        return false;
    for (int depth = g->depth; depth < output.depth; depth++)
        number_double(&products);
    for (int depth = g->depth; depth > output.depth; depth--)
        number_double(&alphas);
    *mean = (unsigned) number_ratio(products, alphas);
    if (*mean > max)
        *mean = max;
    return true;
}

static unsigned mean_at(const AreascaleGeometry *g, const Component *c, const uint8_t *src,
                        ptrdiff_t src_stride, int x, int y)
{
    const bool is_weighed = g->alpha > 0 && c->first != (size_t) g->alpha - 1;
    unsigned mean;

    if (is_weighed && alpha_mean(g, c, src, src_stride, x, y, &mean))
        return mean;
    return window_mean(g, c, src, src_stride, x, y);
}

static void scale_component(const AreascaleGeometry *g, const Component *c, uint8_t *dst,
                            ptrdiff_t dst_stride, const uint8_t *src, ptrdiff_t src_stride)
{
    const AreascaleGeometry output = naive_output(g);

    for (int y = 0; y < g->out_height; y++) {
        for (int x = 0; x < c->out_width; x++) {
            const unsigned mean = mean_at(g, c, src, src_stride, x, y);
            naive_put(&output, dst + y * dst_stride, c->first + c->step * (size_t) x,
                      mean << output.shift);
        }
    }
}

/* The place after the last luma of a row of odd width holds its copy. */
static void repeat_last_luma(const AreascaleGeometry *g, size_t luma_first, uint8_t *dst,
                             ptrdiff_t dst_stride)
{
    const AreascaleGeometry output = naive_output(g);
    const size_t last = luma_first + 2 * ((size_t) g->out_width - 1);

    for (int y = 0; y < g->out_height; y++) {
        uint8_t *row = dst + y * dst_stride;
        naive_put(&output, row, last + 2, naive_get(&output, row, last));
    }
}

static void scale_packed_422(const AreascaleGeometry *g, uint8_t *dst, ptrdiff_t dst_stride,
                             const uint8_t *src, ptrdiff_t src_stride)
{
    const size_t luma = g->layout == AREASCALE_LAYOUT_YUYV ? 0 : 1;
    const size_t chroma = 1 - luma;
    const int in_chroma_width = (g->in_width + 1) / 2;
    const int out_chroma_width = (g->out_width + 1) / 2;
    const Component components[] = {
        { luma, 2, g->in_width, g->out_width, { 0, 0, 0 } },
        { chroma, 4, in_chroma_width, out_chroma_width, g->x },
        { chroma + 2, 4, in_chroma_width, out_chroma_width, g->x },
    };

    for (int i = 0; i < 3; i++)
        scale_component(g, &components[i], dst, dst_stride, src, src_stride);
    if (g->out_width % 2)
        repeat_last_luma(g, luma, dst, dst_stride);
}

void naive_scale(const AreascaleGeometry *g, void *dst, ptrdiff_t dst_stride,
                 const void *src, ptrdiff_t src_stride)
{
    if (is_packed_422(g->layout)) {
        scale_packed_422(g, dst, dst_stride, src, src_stride);
        return;
    }
    const size_t n = interleaved_components(g->layout);
    for (size_t i = 0; i < n; i++) {
        const Component c = { i, n, g->in_width, g->out_width, g->x };
        scale_component(g, &c, dst, dst_stride, src, src_stride);
    }
}

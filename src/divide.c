/* areascale: the division of window sums by their areas
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "divide.h"

/* The search for divisors of a plane. */
typedef struct Search {
    AreascaleDivisors *divisors;
    int n_rows, n_columns; /* classes */
    uint64_t max_value; /* of quotients, times 2^drop */
    int drop;           /* bits that output samples have less */
} Search;

static int floor_log2(uint64_t v)
{
    int log2 = 0;

    while (v >>= 1)
        log2++;
    return log2;
}

static uint64_t least_area(const Search *s)
{
    uint64_t least = UINT64_MAX;

    for (int r = 0; r < s->n_rows; r++)
        for (int c = 0; c < s->n_columns; c++)
            if (s->divisors->area[r][c] < least)
                least = s->divisors->area[r][c];
    return least;
}

/*
 * Whether reciprocal = ceil(2^shift / area) divides exactly: whether
 *     floor((n * reciprocal) / 2^shift) = floor(n / area)
 * for every n = S + floor(area / 2), S <= max_dividend, and no n exceeds max_sum.
 * With e = reciprocal * area - 2^shift, the left side is
 * floor(n / area + n * e / (area * 2^shift)), and n / area stays at least 1 / area below
 * the next integer: n * e < 2^shift is enough.
 */
static bool is_exact(uint64_t area, uint64_t reciprocal, int shift, uint64_t max_dividend,
                     uint64_t max_sum)
{
    const uint64_t one = 1ULL << shift;
    const uint64_t n = max_dividend + area / 2;
    const uint64_t e = reciprocal * area - one;

    return n <= max_sum && (!e || n < (one + e - 1) / e);
}

/* Takes the reciprocals of this shift, if they all divide exactly. */
static bool take_reciprocals(const Search *s, int shift, uint64_t max_sum)
{
    const uint64_t one = 1ULL << shift;
    AreascaleDivisors *d = s->divisors;

    for (int r = 0; r < s->n_rows; r++) {
        for (int c = 0; c < s->n_columns; c++) {
            const uint64_t area = d->area[r][c];
            const uint64_t reciprocal = (one + area - 1) / area;

            if (!is_exact(area, reciprocal, shift, s->max_value * (area >> s->drop), max_sum))
                return false;
            d->reciprocal[r][c] = (uint32_t) reciprocal;
        }
    }
    d->shift = shift;
    return true;
}

/* Finds reciprocals of at most `bits` bits, the shift being `bits` where that is
 * exact, otherwise as high as the least area allows. */
static bool find_reciprocals(const Search *s, int bits, uint64_t max_sum)
{
    const uint64_t least = least_area(s);

    return least >= 2 && least <= UINT32_MAX &&
           (take_reciprocals(s, bits, max_sum) ||
            take_reciprocals(s, bits + floor_log2(least - 1), max_sum));
}

void areascale_divisors_init(AreascaleDivisors *divisors, const AreascaleAxis *rows,
                             const AreascaleColumns *columns, int depth, int out_depth)
{
    const int lift = out_depth > depth ? out_depth - depth : 0;
    const int drop = out_depth < depth ? depth - out_depth : 0;
    const uint64_t max_value = (1u << depth) - 1;
    const Search s = { divisors, rows->n_classes, columns->n_classes, max_value << lift, drop };
    const bool narrow_sums =
        (uint64_t) areascale_axis_max_weight(rows) * max_value <= UINT16_MAX;

    *divisors = (AreascaleDivisors) { .lift = lift };
    for (int r = 0; r < s.n_rows; r++)
        for (int c = 0; c < s.n_columns; c++)
            divisors->area[r][c] = ((uint64_t) rows->class_weight[r] *
                                    (uint64_t) columns->class_weight[c])
                                   << drop;

    if (narrow_sums && find_reciprocals(&s, 16, UINT16_MAX))
        divisors->arith = AREASCALE_ARITH_NARROW;
    else if (find_reciprocals(&s, 32, UINT32_MAX))
        divisors->arith = narrow_sums ? AREASCALE_ARITH_WIDE16 : AREASCALE_ARITH_WIDE32;
    else
        divisors->arith = AREASCALE_ARITH_EXACT;
}

/*
 * r is 1 / area rounded up. Let q = floor(n / area). Then n * r >= n / area >= q, and
 * rounding keeps that. On the other side n * r <= (q + 1 - 1 / area) * (1 + 2^-23), and
 * rounds to less than q + 1 if it is at most (q + 1) * (1 - 2^-24): if
 * (q + 1) * area * 3 * 2^-24 <= 1. n is a float itself, since n < (max_value + 1) * area.
 */
bool areascale_divides_in_float(uint64_t area, uint64_t max_value)
{
    return (max_value + 1) * area * 3 <= 1 << 24;
}

bool areascale_divisors_in_float(const AreascaleDivisors *divisors, const AreascaleAxis *rows,
                                 const AreascaleColumns *columns, int depth)
{
    const uint64_t max_value = ((1ULL << depth) - 1) << divisors->lift;

    for (int r = 0; r < rows->n_classes; r++)
        for (int c = 0; c < columns->n_classes; c++)
            if (!areascale_divides_in_float(divisors->area[r][c], max_value))
                return false;
    return true;
}

uint32_t areascale_float_reciprocal(uint32_t area)
{
    union {
        float value;
        uint32_t bits; /* those of the next float are 1 more */
    } r = { 1.0f / (float) area };

    if ((double) r.value * area < 1)
        r.bits++;
    return r.bits;
}

/* areascale: sums beyond 64 bits, for references
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "number.h"

void number_add(Number *sum, uint64_t value, uint64_t weight)
{
    for (int i = 0; i < 4; i++)
        sum->digit[i] += (value >> 16 * i & 0xffff) * weight;
}

bool number_is_zero(const Number *n)
{
    for (int i = 0; i < N_DIGITS; i++)
        if (n->digit[i] != 0)
            return false;
    return true;
}

static void carry(Number *n)
{
    for (int i = 0; i + 1 < N_DIGITS; i++) {
        n->digit[i + 1] += n->digit[i] >> 16;
        n->digit[i] &= 0xffff;
    }
}

/* Whether the upper digits of a carried number are 0, and it less than 2^63. */
static bool is_short(const Number *n)
{
    return n->digit[3] < 0x8000 && n->digit[4] == 0 && n->digit[5] == 0 &&
           n->digit[6] == 0 && n->digit[7] == 0;
}

static uint64_t short_value(const Number *n)
{
    return n->digit[3] << 48 | n->digit[2] << 32 | n->digit[1] << 16 | n->digit[0];
}

/* 2 n + bit */
static void append(Number *n, unsigned bit)
{
    for (int i = 0; i < N_DIGITS; i++)
        n->digit[i] *= 2;
    n->digit[0] += bit;
    carry(n);
}

void number_double(Number *n)
{
    append(n, 0);
}

static bool is_less(const Number *a, const Number *b)
{
    int i = N_DIGITS - 1;

    while (i > 0 && a->digit[i] == b->digit[i])
        i--;
    return a->digit[i] < b->digit[i];
}

static void subtract(Number *a, const Number *b)
{
    uint64_t borrow = 0;

    for (int i = 0; i < N_DIGITS; i++) {
        const uint64_t part = b->digit[i] + borrow;

        borrow = a->digit[i] < part;
        a->digit[i] += (borrow << 16);
        a->digit[i] -= part;
    }
}

uint64_t number_ratio(Number a, Number b)
{
    Number rest = { { 0 } };
    uint64_t quotient = 0;

    carry(&a);
    carry(&b);
    if (is_short(&a) && is_short(&b)) {
        const uint64_t n = short_value(&a), d = short_value(&b);

        return n / d + (n % d >= d - n % d);
    }
    for (int bit = 16 * N_DIGITS - 1; bit >= 0; bit--) {
        append(&rest, a.digit[bit / 16] >> bit % 16 & 1);
        quotient *= 2;
        if (!is_less(&rest, &b)) {
            subtract(&rest, &b);
            quotient++;
        }
    }
    number_double(&rest);
    return quotient + !is_less(&rest, &b);
}

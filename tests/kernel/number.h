/* areascale: sums beyond 64 bits, for references
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_TESTS_NUMBER_H
#define AREASCALE_TESTS_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

enum { N_DIGITS = 8 };

/** A number in digits of 16 bits, the lowest first. */
typedef struct Number {
    uint64_t digit[N_DIGITS];
} Number;

/** Adds value times weight; all weights of a sum together are less than 2^47. */
void number_add(Number *sum, uint64_t value, uint64_t weight);

void number_double(Number *n);

bool number_is_zero(const Number *n);

/** floor(a / b + 1/2), which fits. */
uint64_t number_ratio(Number a, Number b);

#endif /* AREASCALE_TESTS_NUMBER_H */

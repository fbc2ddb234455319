/* areascale: units of a row: their loads, picks and divisors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_UNITS_H
#define AREASCALE_UNITS_H

#include "picks.h"

/** What divides the sums of a unit, for the tables to be made. */
typedef struct AreascaleUnitDivisors {
    size_t size; /**< bytes of a unit's: a multiple of AREASCALE_PERMUTE_VECTOR */

    /** Writes those of the unit that begins with output sample @p s. */
    void (*fill)(const void *data, char *divisors, int s);
    const void *data;
} AreascaleUnitDivisors;

/** The tables of a row, in which what is equal is stored once. */
typedef struct AreascaleUnits {
    AreascalePermuteUnit *units;
    AreascalePick *picks; /**< aligned to a vector */
    char *divisors;       /**< aligned to a vector */
    void *memory;         /**< of these three */
} AreascaleUnits;

/**
 * Makes the units of a row.
 *
 * @param units  filled; areascale_units_clear() frees it, also after an error
 * @return 0 or -ENOMEM
 */
int areascale_units_init(AreascaleUnits *units, const AreascalePicking *picking,
                         const AreascaleUnitDivisors *divisors);

void areascale_units_clear(AreascaleUnits *units);

#endif /* AREASCALE_UNITS_H */

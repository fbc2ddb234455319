/* areascale: kernels between codes and light
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A *code* is a sample as a format stores it; its *light* is a number that rises with the
 * code, in proportion to what a display emits.
 */

#ifndef AREASCALE_CURVE_H
#define AREASCALE_CURVE_H

#include <stdint.h>

/** The tables of a curve. Of light up to 16 bits `of_light` has an entry for each light;
 *  of 32 bits one for each value of its upper 16, the first code that light of these can
 *  have, and an entry more. */
typedef struct AreascaleCurveTables {
    int shift;             /**< of a code's lowest bit in the sample */
    uint32_t mask;         /**< 2^n - 1 */
    const void *light;     /**< of each code up to the mask: uint16_t or uint32_t */
    const uint32_t *limit; /**< the least light of each code up to the mask */
    const void *of_light;  /**< of the type of a code */
} AreascaleCurveTables;

/** light[i] = t->light[(codes[i] >> t->shift) & t->mask] */
typedef void (*AreascaleDecodeFn)(void *light, const void *codes, int n,
                                  const AreascaleCurveTables *t);

/** codes[i] = the last code whose limit is not above light[i], << t->shift */
typedef void (*AreascaleEncodeFn)(void *codes, const void *light, int n,
                                  const AreascaleCurveTables *t);

#endif /* AREASCALE_CURVE_H */

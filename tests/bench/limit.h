/* areascale: the work that no scaler can avoid
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_LIMIT_H
#define AREASCALE_LIMIT_H

#include <stddef.h>
#include <stdint.h>

/**
 * Reads the whole input once and writes the whole output once, but for what is
 * left of each behind the last whole vectors. Both are aligned for uint64_t.
 *
 * @param value  what the output depends on beside the input
 * @return what depends on all that was read
 */
typedef uint64_t LimitFunction(uint8_t *out, size_t out_bytes, const uint8_t *in,
                               size_t in_bytes, uint64_t value);

LimitFunction limit_plain;
LimitFunction limit_avx2;
LimitFunction limit_avx512;

#endif /* AREASCALE_LIMIT_H */

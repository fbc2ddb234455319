/* areascale: what the fuzz targets share
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_TESTS_FUZZ_H
#define AREASCALE_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/** The entry points that libFuzzer, AFL++ and replay.c call. A fault ends the
 *  program. */
int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** What is left of an input. Past its end there are zeros. */
typedef struct FuzzInput {
    const uint8_t *data;
    size_t left;
} FuzzInput;

static inline unsigned fuzz_byte(FuzzInput *in)
{
    if (in->left == 0)
        return 0;
    in->left--;
    return *in->data++;
}

static inline unsigned fuzz_word(FuzzInput *in)
{
    const unsigned low = fuzz_byte(in);

    return low | fuzz_byte(in) << 8;
}

static inline uint32_t fuzz_long(FuzzInput *in)
{
    const uint32_t low = fuzz_word(in);

    return low | (uint32_t) fuzz_word(in) << 16;
}

#endif /* AREASCALE_TESTS_FUZZ_H */

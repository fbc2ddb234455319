/* areascale: inputs of a fuzz target, one after the other, without a fuzzer
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Usage: PROGRAM TEXT...
 *        PROGRAM --random COUNT SEED
 * A line of a text is an input in hex, '#' begins a comment. A random input depends
 * on SEED plus its number alone, so that one can be repeated.
 */

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

/* Longest input that is replayed, and that is made at random. */
enum { MAX_INPUT = 4096, MAX_RANDOM = 96 };

static unsigned long n_replayed;

/* The memory has the input's exact size, so that reading past it is found. */
static bool replay(const uint8_t *data, size_t size)
{
    uint8_t *exact = malloc(size ? size : 1);

    if (!exact)
        return false;
    for (size_t i = 0; i < size; i++)
        exact[i] = data[i];
    LLVMFuzzerTestOneInput(exact, size);
    free(exact);
    n_replayed++;
    return true;
}

static bool replay_line(const char *line)
{
    uint8_t data[MAX_INPUT];
    size_t size = 0;
    unsigned byte;
    int n;

    while (size < MAX_INPUT && sscanf(line, "%2x%n", &byte, &n) == 1) {
        data[size++] = (uint8_t) byte;
        line += n;
    }
    if (*line != '\n' && *line != '#' && *line != '\0')
        return false;
    return size == 0 || replay(data, size);
}

static bool replay_text(const char *path)
{
    static char line[2 * MAX_INPUT + 2];
    FILE *file = fopen(path, "r");
    bool ok = file != NULL;

    while (ok && fgets(line, sizeof(line), file))
        ok = replay_line(line);
    if (file)
        fclose(file);
    return ok;
}

/* One step of SplitMix64: https://prng.di.unimi.it/splitmix64.c */
static uint64_t random_next(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static bool replay_random(unsigned long count, uint64_t seed)
{
    enum { REPORT = 1000000 };
    bool ok = true;

    for (unsigned long i = 0; ok && i < count; i++) {
        uint64_t state = seed + i, words[MAX_RANDOM / sizeof(uint64_t)];
        const size_t size = random_next(&state) % (MAX_RANDOM + 1);

        if (i % REPORT == 0)
            fprintf(stderr, "from seed %llu\n", (unsigned long long) (seed + i));
        for (size_t w = 0; w < sizeof(words) / sizeof(*words); w++)
            words[w] = random_next(&state);
        ok = replay((const uint8_t *) words, size);
    }
    return ok;
}

int main(int argc, char **argv)
{
    LLVMFuzzerInitialize(&argc, &argv);
    if (argc == 4 && strcmp(argv[1], "--random") == 0) {
        const bool ok = replay_random(strtoul(argv[2], NULL, 10), strtoull(argv[3], NULL, 10));

        printf("%lu inputs\n", n_replayed);
        return ok ? EXIT_SUCCESS : EXIT_FAILURE;
    }
    for (int i = 1; i < argc; i++) {
        if (!replay_text(argv[i])) {
            fprintf(stderr, "%s: cannot be read\n", argv[i]);
            return EXIT_FAILURE;
        }
    }
    printf("%lu inputs\n", n_replayed);
    return n_replayed ? EXIT_SUCCESS : EXIT_FAILURE;
}

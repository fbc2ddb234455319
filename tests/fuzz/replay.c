/* areascale: inputs of a fuzz target, one after the other, without a fuzzer
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Usage: PROGRAM TEXT...
 * A line of a text is an input in hex, '#' begins a comment.
 */

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "fuzz.h"

/* Longest input that is replayed. */
enum { MAX_INPUT = 4096 };

static unsigned n_replayed;

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

int main(int argc, char **argv)
{
    LLVMFuzzerInitialize(&argc, &argv);
    for (int i = 1; i < argc; i++) {
        if (!replay_text(argv[i])) {
            fprintf(stderr, "%s: cannot be read\n", argv[i]);
            return EXIT_FAILURE;
        }
    }
    printf("%u inputs\n", n_replayed);
    return n_replayed ? EXIT_SUCCESS : EXIT_FAILURE;
}

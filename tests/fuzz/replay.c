/* areascale: inputs of a fuzz target, one after the other, without a fuzzer
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Usage: PROGRAM FILE_OR_DIRECTORY...
 */

/* opendir(), stat() */
#define _POSIX_C_SOURCE 200809L

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "fuzz.h"

/* Longest input that is replayed. */
enum { MAX_INPUT = 1 << 16 };

static unsigned n_replayed;

/* The memory has the input's exact size, so that reading past it is found. */
static bool replay_bytes(FILE *file)
{
    static uint8_t buffer[MAX_INPUT];
    const size_t size = fread(buffer, 1, sizeof(buffer), file);
    uint8_t *exact;

    if (ferror(file) || !(exact = malloc(size ? size : 1)))
        return false;
    for (size_t i = 0; i < size; i++)
        exact[i] = buffer[i];
    LLVMFuzzerTestOneInput(exact, size);
    free(exact);
    n_replayed++;
    return true;
}

static bool replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    bool ok;

    if (!file)
        return false;
    ok = replay_bytes(file);
    fclose(file);
    return ok;
}

static bool replay_directory(const char *path)
{
    DIR *directory = opendir(path);
    struct dirent *entry;
    bool ok = directory != NULL;

    while (ok && (entry = readdir(directory))) {
        char name[4096];

        if (entry->d_name[0] == '.')
            continue;
        ok = snprintf(name, sizeof(name), "%s/%s", path, entry->d_name) <
                 (int) sizeof(name) &&
             replay_file(name);
    }
    if (directory)
        closedir(directory);
    return ok;
}

int main(int argc, char **argv)
{
    LLVMFuzzerInitialize(&argc, &argv);
    for (int i = 1; i < argc; i++) {
        struct stat status;
        const bool ok = stat(argv[i], &status) == 0 &&
                        (S_ISDIR(status.st_mode) ? replay_directory(argv[i])
                                                 : replay_file(argv[i]));
        if (!ok) {
            fprintf(stderr, "%s: cannot be read\n", argv[i]);
            return EXIT_FAILURE;
        }
    }
    printf("%u inputs\n", n_replayed);
    return n_replayed ? EXIT_SUCCESS : EXIT_FAILURE;
}

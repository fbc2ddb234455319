/* areascale: rows in memory that reports every access outside of them
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* MAP_ANONYMOUS */
#define _DEFAULT_SOURCE

#include "guarded.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { UNTOUCHED = 0xa5 };

/* Taller planes are loose: mappings take time, and a process has only so many. */
enum { MAX_GUARDED_ROWS = 40 };

#if defined(__unix__) || defined(__APPLE__)

#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

static size_t page_size(void)
{
    return (size_t) sysconf(_SC_PAGESIZE);
}

static bool map_init(Rows *rows, size_t size)
{
    rows->map_size = size;
    rows->map = mmap(NULL, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return rows->map != MAP_FAILED;
}

static bool allow(uint8_t *begin, size_t size)
{
    return mprotect(begin, size, PROT_READ | PROT_WRITE) == 0;
}

static void map_free(Rows *rows)
{
    munmap(rows->map, rows->map_size);
}

static const char *crash_text = "";

static void on_crash(int signal)
{
    static const char head[] = "crashed in ";

    (void) signal;
    if (write(STDERR_FILENO, head, sizeof(head) - 1) >= 0 &&
        write(STDERR_FILENO, crash_text, strlen(crash_text)) >= 0 &&
        write(STDERR_FILENO, "\n", 1) >= 0)
        _exit(2);
    _exit(3);
}

void report_crashes(const char *what)
{
    static const int signals[] = { SIGSEGV, SIGBUS, SIGILL };
    struct sigaction action = { .sa_handler = on_crash };

    crash_text = what;
    for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
        sigaction(signals[i], &action, NULL);
}

#else

static size_t page_size(void)
{
    return 1;
}

static bool map_init(Rows *rows, size_t size)
{
    rows->map_size = size;
    rows->map = malloc(size);
    return rows->map != NULL;
}

static bool allow(uint8_t *begin, size_t size)
{
    (void) begin;
    (void) size;
    return true;
}

static void map_free(Rows *rows)
{
    free(rows->map);
}

void report_crashes(const char *what)
{
    (void) what;
}

#endif

static size_t round_up(size_t size, size_t unit)
{
    return (size + unit - 1) / unit * unit;
}

/* Blocks of at least `size` bytes, each between two inaccessible pages. */
static void make_blocks(Rows *rows, int n_blocks, size_t size)
{
    const size_t page = page_size();
    bool ok;

    rows->n_blocks = n_blocks;
    rows->block_size = round_up(size, page);
    rows->pitch = rows->block_size + page;
    ok = map_init(rows, page + (size_t) n_blocks * rows->pitch);
    rows->block0 = (uint8_t *) rows->map + page;
    for (int i = 0; ok && i < n_blocks; i++)
        ok = allow(rows->block0 + (size_t) i * rows->pitch, rows->block_size);
    if (!ok) {
        fputs("no memory\n", stderr);
        exit(EXIT_FAILURE);
    }
}

void rows_init(Rows *rows, size_t row_bytes, int height, const RowsShape *shape)
{
    size_t pitch, skip = 0;

    rows->row_bytes = row_bytes;
    rows->height = height;
    if (shape->placement == PLACE_LOOSE || height > MAX_GUARDED_ROWS) {
        pitch = row_bytes + shape->padding;
        make_blocks(rows, 1, shape->offset + pitch * (size_t) height);
        skip = rows->block_size - pitch * (size_t) height;
    } else {
        make_blocks(rows, height, row_bytes);
        pitch = rows->pitch;
        if (shape->placement == PLACE_END)
            skip = rows->block_size - row_bytes;
    }
    rows->row0 = rows->block0 + skip + (shape->upwards ? pitch * (size_t) (height - 1) : 0);
    rows->stride = shape->upwards ? -(ptrdiff_t) pitch : (ptrdiff_t) pitch;
    rows_reset(rows);
}

void rows_free(Rows *rows)
{
    map_free(rows);
}

void rows_reset(Rows *rows)
{
    for (int i = 0; i < rows->n_blocks; i++)
        memset(rows->block0 + (size_t) i * rows->pitch, UNTOUCHED, rows->block_size);
}

bool rows_equal(const Rows *a, const Rows *b)
{
    for (int i = 0; i < a->n_blocks; i++)
        if (memcmp(a->block0 + (size_t) i * a->pitch, b->block0 + (size_t) i * b->pitch,
                   a->block_size) != 0)
            return false;
    return true;
}

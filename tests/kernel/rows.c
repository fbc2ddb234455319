/* areascale: rows in memory that reports every access outside of them
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* MAP_ANONYMOUS */
#define _DEFAULT_SOURCE

#include "rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define HAVE_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAVE_ASAN 1
#endif
#endif

#ifdef HAVE_ASAN
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(address, size) ((void) (address), (void) (size))
#define ASAN_UNPOISON_MEMORY_REGION(address, size) ((void) (address), (void) (size))
#endif

/* What memory holds before it is written. */
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

static void no_memory(size_t size)
{
    fprintf(stderr, "no memory for %zu bytes\n", size);
    exit(EXIT_FAILURE);
}

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
    if (!ok)
        no_memory(rows->map_size);
}

/* Each row in a block of its own. */
static void place_apart(Rows *rows, const RowsShape *shape)
{
    make_blocks(rows, rows->height, rows->row_bytes);
    rows->stride = (ptrdiff_t) rows->pitch;
    rows->row0 = rows->block0;
    if (shape->place == PLACE_END)
        rows->row0 += rows->block_size - rows->row_bytes;
}

/* One after the other at the end of a block. */
static void place_together(Rows *rows, const RowsShape *shape)
{
    const size_t pitch = rows->row_bytes + shape->padding;

    make_blocks(rows, 1, shape->offset + pitch * (size_t) rows->height);
    rows->stride = (ptrdiff_t) pitch;
    rows->row0 = rows->block0 + rows->block_size - pitch * (size_t) rows->height;
}

static void place_exactly(Rows *rows, const RowsShape *shape)
{
    const size_t pitch = rows->row_bytes + shape->padding;

    rows->map = NULL;
    rows->n_blocks = 1;
    rows->block_size = shape->offset + pitch * (size_t) (rows->height - 1) + rows->row_bytes;
    rows->block0 = malloc(rows->block_size);
    if (!rows->block0)
        no_memory(rows->block_size);
    rows->stride = (ptrdiff_t) pitch;
    rows->row0 = rows->block0 + shape->offset;
}

RowsShape random_rows_shape(size_t sample_size, Random *r)
{
    return (RowsShape) {
        .place = (RowsPlace) random_in(r, 0, N_GUARDED_PLACES - 1),
        .offset = sample_size * (size_t) random_in(r, 0, 64),
        .padding = random_in(r, 0, 1) ? sample_size * (size_t) random_in(r, 0, 70) : 0,
        .upwards = random_in(r, 0, 1),
    };
}

void rows_init(Rows *rows, size_t row_bytes, int height, const RowsShape *shape)
{
    rows->row_bytes = row_bytes;
    rows->height = height;
    if (shape->place == PLACE_EXACT)
        place_exactly(rows, shape);
    else if (shape->place == PLACE_LOOSE || height > MAX_GUARDED_ROWS)
        place_together(rows, shape);
    else
        place_apart(rows, shape);
    if (shape->upwards) {
        rows->row0 = rows_at(rows, height - 1);
        rows->stride = -rows->stride;
    }
    rows_reset(rows);
}

void rows_free(Rows *rows)
{
    if (rows->map)
        map_free(rows);
    else
        free(rows->block0);
}

static uint8_t *block_at(const Rows *rows, int i)
{
    return rows->block0 + (size_t) i * rows->pitch;
}

void rows_reset(Rows *rows)
{
    for (int i = 0; i < rows->n_blocks; i++)
        memset(block_at(rows, i), UNTOUCHED, rows->block_size);
}

bool rows_equal(const Rows *a, const Rows *b)
{
    for (int i = 0; i < a->n_blocks; i++)
        if (memcmp(block_at(a, i), block_at(b, i), a->block_size) != 0)
            return false;
    return true;
}

/* Where a row begins in a copy of all accessible memory without gaps. */
static size_t position_of(const Rows *rows, int y)
{
    const size_t at = (size_t) (rows_at(rows, y) - rows->block0);

    return rows->n_blocks == 1 ? at : at / rows->pitch * rows->block_size + at % rows->pitch;
}

bool rows_equal_part(const Rows *a, const Rows *b, int y0, int y1, size_t x0, size_t x1)
{
    const size_t size = (size_t) a->n_blocks * a->block_size;
    uint8_t *wanted = malloc(size);
    bool equal = true;

    if (!wanted)
        no_memory(size);
    memset(wanted, UNTOUCHED, size);
    for (int y = y0; y < y1; y++)
        memcpy(wanted + position_of(b, y) + x0, rows_at(b, y) + x0, x1 - x0);
    for (int i = 0; i < a->n_blocks; i++)
        equal = equal && memcmp(block_at(a, i), wanted + (size_t) i * a->block_size,
                                a->block_size) == 0;
    free(wanted);
    return equal;
}

void rows_fence(const Rows *rows)
{
    for (int i = 0; i < rows->n_blocks; i++)
        ASAN_POISON_MEMORY_REGION(block_at(rows, i), rows->block_size);
    for (int y = 0; y < rows->height; y++)
        ASAN_UNPOISON_MEMORY_REGION(rows_at(rows, y), rows->row_bytes);
}

void rows_unfence(const Rows *rows)
{
    for (int i = 0; i < rows->n_blocks; i++)
        ASAN_UNPOISON_MEMORY_REGION(block_at(rows, i), rows->block_size);
}

Pattern random_pattern(Random *r)
{
    return (Pattern) random_in(r, 0, N_PATTERNS - 1);
}

static unsigned pattern_word(Pattern pattern, int x, int y, unsigned max, Random *r)
{
    switch (pattern) {
    case PATTERN_ZERO: return 0;
    case PATTERN_ONES: return 0xffffffff;
    case PATTERN_MAX: return max;
    case PATTERN_EXTREME: return random_in(r, 0, 1) ? max : 0;
    case PATTERN_STRIPES: return x % 2 ? max : 0;
    case PATTERN_CHECKER: return (x + y) % 2 ? max : 0;
    case PATTERN_NEAR: return random_in(r, 0, 3) ? max : max - (max & -max);
    default: return random_next(r);
    }
}

static void fill_noise(uint8_t *bytes, size_t n, Random *r)
{
    for (size_t i = 0; i < n; i += sizeof(uint32_t)) {
        const uint32_t noise = random_next(r);

        memcpy(bytes + i, &noise, n - i < sizeof(noise) ? n - i : sizeof(noise));
    }
}

static void fill_row(uint8_t *row, size_t bytes, Pattern pattern, int y, size_t sample_size,
                     unsigned max, Random *r)
{
    for (size_t at = 0; at < bytes; at += sample_size) {
        const unsigned word = pattern_word(pattern, (int) (at / sample_size), y, max, r);

        if (sample_size == 1)
            row[at] = (uint8_t) word;
        else if (sample_size == 2)
            memcpy(row + at, &(uint16_t) { (uint16_t) word }, sizeof(uint16_t));
        else
            memcpy(row + at, &(uint32_t) { word }, sizeof(uint32_t));
    }
}

void rows_fill(Rows *rows, Pattern pattern, size_t sample_size, unsigned max, Random *r)
{
    if (rows->n_blocks == 1)
        fill_noise(rows->block0, rows->block_size, r);
    for (int y = 0; y < rows->height; y++) {
        if (pattern != PATTERN_NOISE)
            fill_row(rows_at(rows, y), rows->row_bytes, pattern, y, sample_size, max, r);
        else if (rows->n_blocks > 1)
            fill_noise(rows_at(rows, y), rows->row_bytes, r);
    }
}

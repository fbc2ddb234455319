/* areascale: taps of small windows laid side by side by byte shuffles
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "owords.h"

#include <string.h>

enum {
    MAX_OUTPUTS = 8, /* samples of an oword of slots */
    NOTHING = 0x80,  /* shuffles a zero */
    NO_TAP = INT32_MAX,
};

/* Taps of the output samples of an oword that no load has yet: `left` of each, `step`
 * apart from `next` on. */
typedef struct Taps {
    int n;
    int32_t next[MAX_OUTPUTS], step[MAX_OUTPUTS], left[MAX_OUTPUTS];
    int32_t weight[MAX_OUTPUTS]; /* of the next, where taps are weighed */
    int32_t body[MAX_OUTPUTS], tail[MAX_OUTPUTS]; /* of those after it */
} Taps;

/* Bytes of a slot. */
static int slot_size(const AreascaleOwordRow *row)
{
    return row->weighed ? 2 : row->sample_size;
}

static void set_weights(Taps *taps, const AreascaleColumns *c, int j, int at)
{
    taps->weight[j] = taps->body[j] = taps->tail[j] = 1;
    if (!c->weighed)
        return;
    taps->left[j] = (c->last[at] - c->first[at]) / c->step[at] + 1;
    taps->weight[j] = c->head[at];
    taps->body[j] = c->class_body[c->cls[at]];
    taps->tail[j] = c->tail[at];
}

static Taps taps_of(const AreascaleOwordRow *row, int s)
{
    const AreascaleColumns *c = row->columns;
    Taps taps = { .n = AREASCALE_OWORD / slot_size(row) / row->slots };

    for (int j = 0; j < taps.n; j++) {
        const int at = s + j < row->out_samples ? s + j : row->out_samples - 1;

        taps.next[j] = c->first[at];
        taps.step[j] =
            c->taps == AREASCALE_TAPS_PAIR ? c->last[at] - c->first[at] : c->step[at];
        taps.left[j] = c->class_taps[c->cls[at]];
        set_weights(&taps, c, j, at);
    }
    return taps;
}

/* The lowest of them, NO_TAP if there are none. */
static int lowest_tap(const Taps *taps)
{
    int lowest = NO_TAP;

    for (int j = 0; j < taps->n; j++)
        if (taps->next[j] < lowest)
            lowest = taps->next[j];
    return lowest;
}

/* Picks sample x of a load into a slot. */
static void set_pick(const AreascaleOwordRow *row, uint8_t *pick, int slot, int x)
{
    for (int b = 0; b < row->sample_size; b++)
        pick[slot * slot_size(row) + b] = (uint8_t) (x * row->sample_size + b);
}

/* Takes the next taps of each output sample, at most `most`, that a load covers, and says
 * so in its pick unless that is NULL: taps rise, and none of these lies before the load. */
static void take_taps(const AreascaleOwordRow *row, Taps *taps, int offset, int most,
                      uint8_t *pick, int16_t *weight)
{
    const int end = offset + areascale_oword_samples(row);

    for (int j = 0; j < taps->n; j++) {
        for (int slot = 0; slot < most && taps->next[j] < end; slot++) {
            if (pick)
                set_pick(row, pick, j * row->slots + slot, taps->next[j] - offset);
            if (weight)
                weight[j * row->slots + slot] = (int16_t) taps->weight[j];
            taps->next[j] = --taps->left[j] ? taps->next[j] + taps->step[j] : NO_TAP;
            taps->weight[j] = taps->left[j] == 1 ? taps->tail[j] : taps->body[j];
        }
    }
}

int areascale_oword_find(const AreascaleOwordRow *row, int s, AreascaleOword *picks)
{
    const int last_offset = row->in_samples - areascale_oword_samples(row);
    Taps taps = taps_of(row, s);
    int n, x;

    if (picks) {
        memset(picks, NOTHING, sizeof(*picks));
        memset(picks->weight, 0, sizeof(picks->weight));
    }
    for (n = 0; n < AREASCALE_MAX_OWORD_LOADS && (x = lowest_tap(&taps)) != NO_TAP; n++) {
        const int offset = x < last_offset ? x : last_offset;

        take_taps(row, &taps, offset, row->slots, picks ? picks->pick[n] : NULL,
                  picks && row->weighed ? picks->weight[n] : NULL);
        if (n == 0)
            take_taps(row, &taps, offset, row->singles, picks ? picks->single : NULL, NULL);
        if (picks)
            picks->offset[n] = offset;
    }
    for (int k = n; picks && k < AREASCALE_MAX_OWORD_LOADS; k++)
        picks->offset[k] = picks->offset[0];
    return lowest_tap(&taps) == NO_TAP ? n : AREASCALE_MAX_OWORD_LOADS + 1;
}

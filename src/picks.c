/* areascale: where the taps of a row's output samples lie in vectors of it
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "picks.h"

#include <string.h>

enum { VECTOR = AREASCALE_PERMUTE_VECTOR };

/* The taps of an output sample. */
typedef struct Taps {
    int first, step, n;
    int head, body, tail; /* weights, as AreascaleAxis has them */
} Taps;

static int min_int(int a, int b)
{
    return a < b ? a : b;
}

static int max_int(int a, int b)
{
    return a > b ? a : b;
}

/* Bytes of a sample. */
static int sample_size(const AreascalePicking *p)
{
    return (int) areascale_sample_size(p->plan->in_sample);
}

/* Input samples of a load. */
static int load_samples(const AreascalePicking *p)
{
    return VECTOR / sample_size(p);
}

/* Taps that a pick takes of an output sample. */
static int pick_samples(const AreascalePicking *p)
{
    return p->shape.slots / p->tap_size;
}

static int vector_samples(const AreascalePicking *p)
{
    return VECTOR / p->shape.slots;
}

AreascalePicking areascale_picking(const AreascalePlan *plan, AreascalePermuteShape shape)
{
    AreascalePicking p = { .plan = plan, .shape = shape };

    p.tap_size = sample_size(&p);
    p.clusters = shape.loads < shape.vectors ? shape.loads : shape.vectors;
    p.cluster_picks = shape.vectors * shape.picks / p.clusters;
    p.cluster_loads = shape.loads / p.clusters;
    p.unit_samples = vector_samples(&p) * shape.vectors;
    p.cluster_samples = p.unit_samples / p.clusters;
    p.n_units = (plan->out_samples + p.unit_samples - 1) / p.unit_samples;
    return p;
}

AreascalePicking areascale_picking_weighed(const AreascalePlan *plan,
                                           AreascalePermuteShape shape, int tap_size)
{
    AreascalePicking p = areascale_picking(plan, shape);

    p.tap_size = tap_size;
    p.weighed = true;
    return p;
}

int areascale_picking_begin(const AreascalePicking *p, int unit)
{
    const int last = max_int(p->plan->out_samples - p->unit_samples, 0);

    return min_int(unit * p->unit_samples, last);
}

int areascale_picking_sample(const AreascalePicking *p, int s)
{
    return min_int(s, p->plan->out_samples - 1);
}

static Taps taps_of(const AreascalePicking *p, int s)
{
    const AreascaleColumns *c = &p->plan->columns;
    const int at = areascale_picking_sample(p, s);

    if (c->taps == AREASCALE_TAPS_PAIR)
        return (Taps) { c->first[at], c->last[at] - c->first[at], 2, 1, 1, 1 };
    if (!c->weighed)
        return (Taps) { c->first[at], c->step[at], c->class_taps[c->cls[at]], 1, 1, 1 };
    return (Taps) { c->first[at],
                    c->step[at],
                    (c->last[at] - c->first[at]) / c->step[at] + 1,
                    c->head[at],
                    c->class_body[c->cls[at]],
                    c->tail[at] };
}

/* The lowest tap of a cluster: components take turns, each of them rising. */
static int first_tap(const AreascalePicking *p, int s)
{
    const int32_t *first = p->plan->columns.first;
    int lowest = first[areascale_picking_sample(p, s)];

    for (int i = 1; i < min_int(p->cluster_samples, p->plan->group->n_samples); i++)
        lowest = min_int(lowest, first[areascale_picking_sample(p, s + i)]);
    return lowest;
}

/* The highest tap of a cluster. */
static int last_tap(const AreascalePicking *p, int s)
{
    const int32_t *last = p->plan->columns.last;
    const int end = min_int(s + p->cluster_samples, p->plan->out_samples);
    int highest = 0;

    for (int i = 1; i <= min_int(p->cluster_samples, p->plan->group->n_samples); i++)
        highest = max_int(highest, last[end - i]);
    return highest;
}

/* The lowest tap of a cluster that is not among the first next[] of each output sample; -1
 * if there is none. */
static int lowest_tap(const AreascalePicking *p, int s, const uint8_t *next)
{
    int lowest = -1;

    for (int j = 0; j < p->cluster_samples; j++) {
        const Taps t = taps_of(p, s + j);
        const int x = t.first + next[j] * t.step;

        if (next[j] < t.n && (lowest < 0 || x < lowest))
            lowest = x;
    }
    return lowest;
}

/* Gives a tap with a weight its slot. */
static void set_weighed_slot(const AreascalePicking *p, AreascalePick *pick, int slot,
                             int from, int weight)
{
    const int16_t word = (int16_t) weight;

    if (p->tap_size == 1) {
        pick->from[slot] = (uint8_t) from;
        pick->weight[slot] = (int8_t) weight;
        return;
    }
    pick->from[2 * slot] = (uint8_t) (from * sample_size(p));
    pick->from[2 * slot + 1] = (uint8_t) (from * sample_size(p) + sample_size(p) - 1);
    memcpy(&pick->weight[2 * slot], &word, sizeof(word));
}

/* Gives a tap its slot. */
static void set_slot(const AreascalePicking *p, AreascalePick *pick, int slot, int from)
{
    if (p->plan->in_sample == AREASCALE_SAMPLE_8) {
        pick->from[slot] = (uint8_t) from;
        pick->weight[slot] = 1;
    } else {
        pick->word_from[slot] = (uint16_t) from;
        pick->word_weight[slot] = 1;
    }
}

static int weight_of(Taps t, int tap)
{
    return tap == 0 ? t.head : tap == t.n - 1 ? t.tail : t.body;
}

/* Gives an output sample the taps that a load covers and that no pick before has. `pick`
 * may be NULL. Returns how many it has then. */
static int pick_taps(const AreascalePicking *p, Taps t, int next, int offset, int slot,
                     AreascalePick *pick)
{
    const int end = min_int(next + pick_samples(p), t.n);

    for (; next < end && t.first + next * t.step < offset + load_samples(p); next++, slot++)
        if (pick && p->weighed)
            set_weighed_slot(p, pick, slot, t.first + next * t.step - offset,
                             weight_of(t, next));
        else if (pick)
            set_slot(p, pick, slot, t.first + next * t.step - offset);
    return next;
}

/* One pick for each vector of a cluster, out of a load at `offset`; they are as many as a
 * vector has picks apart. */
static void pick_vectors(const AreascalePicking *p, int s, int offset, uint8_t *next,
                         AreascalePick *picks)
{
    const int n = vector_samples(p);

    for (int j = 0; j < p->cluster_samples; j++)
        next[j] = (uint8_t) pick_taps(p, taps_of(p, s + j), next[j], offset,
                                      j % n * pick_samples(p),
                                      picks ? &picks[j / n * p->shape.picks] : NULL);
}

/* Finds the loads of the cluster from output sample s on, each being used as often as the
 * others. Returns whether all taps have their place. `cluster` may be NULL. */
static bool find_loads(const AreascalePicking *p, int s, AreascaleCluster *cluster)
{
    const int uses = p->shape.picks / p->cluster_loads;
    uint8_t next[VECTOR] = { 0 };

    if (cluster)
        memset(cluster->picks, 0, sizeof(cluster->picks));
    for (int l = 0; l < p->cluster_loads; l++) {
        const int lowest = lowest_tap(p, s, next);
        const int offset = min_int(lowest < 0 ? first_tap(p, s) : lowest,
                                   p->plan->in_samples - load_samples(p));

        for (int k = l * uses; k < (l + 1) * uses; k++)
            pick_vectors(p, s, offset, next, cluster ? &cluster->picks[k] : NULL);
        if (cluster)
            cluster->offset[l] = offset * sample_size(p);
    }
    return lowest_tap(p, s, next) < 0;
}

void areascale_picking_find(const AreascalePicking *p, int s, AreascaleCluster *cluster)
{
    find_loads(p, s, cluster);
}

bool areascale_picking_is_free(const AreascalePicking *p, int s)
{
    return last_tap(p, s) + load_samples(p) <= p->plan->in_samples;
}

/* Whether a shape has a place for all taps of the cluster from s on, if it has slots for
 * so many. */
static bool cluster_fits(const AreascalePicking *p, int s)
{
    if (last_tap(p, s) - first_tap(p, s) < load_samples(p))
        return true;
    return p->cluster_loads > 1 && find_loads(p, s, NULL);
}

/* Units after which units are alike. */
static int unit_period(const AreascalePicking *p)
{
    int period = 1;

    while (period < p->n_units && period * p->unit_samples % p->plan->columns.period)
        period++;
    return period;
}

bool areascale_picking_fits(const AreascalePicking *p)
{
    const AreascaleColumns *c = &p->plan->columns;
    const int period = unit_period(p);

    if (p->plan->in_samples < load_samples(p) || pick_samples(p) < 1)
        return false;
    for (int i = 0; i < c->n_classes; i++)
        if (c->class_taps[i] > pick_samples(p) * p->shape.picks)
            return false;
    for (int unit = 0; unit < p->n_units; unit++) {
        const int begin = areascale_picking_begin(p, unit);

        if (unit >= period && unit < p->n_units - 1)
            continue;
        for (int s = begin; s < begin + p->unit_samples; s += p->cluster_samples)
            if (!cluster_fits(p, s))
                return false;
    }
    return true;
}

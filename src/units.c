/* areascale: units of a row: their loads, picks and divisors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "units.h"

#include <errno.h>
#include <stdlib.h>

enum { VECTOR = AREASCALE_PERMUTE_VECTOR };

/* The tables in the making. */
typedef struct Making {
    AreascaleUnits *tables;
    const AreascalePicking *picking;
    const AreascaleUnitDivisors *divisors;
    int n_picks, n_divisors;
    /* By phase, the output sample modulo the columns' period: what an earlier cluster or
     * unit of this phase has, plus 1; 0: there was none. */
    int32_t *seen_clusters; /* its place, [unit][cluster] */
    int32_t *seen_units;    /* its divisors */
} Making;

/* The output sample with which a cluster begins. */
static int cluster_begin(const Making *m, int unit, int cluster)
{
    return m->tables->units[unit].sample + cluster * m->picking->cluster_samples;
}

/* Takes over the picks of an earlier cluster of the same phase, and its loads moved. */
static void repeat_cluster(Making *m, int u, int cluster, int place)
{
    const AreascalePicking *picking = m->picking;
    const AreascaleColumns *c = &picking->plan->columns;
    const int other_u = place / picking->clusters, other = place % picking->clusters;
    const int further = cluster_begin(m, u, cluster) - cluster_begin(m, other_u, other);
    const int bytes = further / c->period * c->in_period *
                      (int) areascale_sample_size(picking->plan->in_sample);
    const AreascalePermuteUnit *from = &m->tables->units[other_u];
    AreascalePermuteUnit *to = &m->tables->units[u];

    for (int k = 0; k < picking->cluster_picks; k++)
        to->pick[cluster * picking->cluster_picks + k] =
            from->pick[other * picking->cluster_picks + k];
    for (int l = 0; l < picking->cluster_loads; l++)
        to->offset[cluster * picking->cluster_loads + l] =
            from->offset[other * picking->cluster_loads + l] + bytes;
}

static void make_cluster(Making *m, int u, int cluster)
{
    const AreascalePicking *picking = m->picking;
    AreascalePermuteUnit *unit = &m->tables->units[u];
    AreascaleCluster made;

    areascale_picking_find(picking, cluster_begin(m, u, cluster), &made);
    for (int l = 0; l < picking->cluster_loads; l++)
        unit->offset[cluster * picking->cluster_loads + l] = made.offset[l];
    for (int k = 0; k < picking->cluster_picks; k++) {
        unit->pick[cluster * picking->cluster_picks + k] = m->n_picks;
        m->tables->picks[m->n_picks++] = made.picks[k];
    }
}

static void set_cluster(Making *m, int u, int cluster)
{
    const int s = cluster_begin(m, u, cluster);
    int32_t *seen = &m->seen_clusters[s % m->picking->plan->columns.period];

    /* what stands past the row repeats its last sample, not what a period before has */
    if (!areascale_picking_is_free(m->picking, s) ||
        s + m->picking->cluster_samples > m->picking->plan->out_samples) {
        make_cluster(m, u, cluster);
    } else if (*seen) {
        repeat_cluster(m, u, cluster, *seen - 1);
    } else {
        make_cluster(m, u, cluster);
        *seen = u * m->picking->clusters + cluster + 1;
    }
}

static void set_divisors(Making *m, AreascalePermuteUnit *unit)
{
    int32_t *seen = &m->seen_units[unit->sample % m->picking->plan->columns.period];

    if (!*seen) {
        unit->divisor = m->n_divisors++ * (int32_t) m->divisors->size;
        m->divisors->fill(m->divisors->data, m->tables->divisors + unit->divisor,
                          unit->sample);
        *seen = unit->divisor + 1;
    }
    unit->divisor = *seen - 1;
}

/* Room for tables all of which are different. */
static int allocate(const Making *m)
{
    const AreascalePicking *p = m->picking;
    const size_t n_units = (size_t) p->n_units;
    const size_t n_picks = (size_t) (p->clusters * p->cluster_picks);
    const size_t picks = n_units * n_picks * sizeof(AreascalePick);
    const size_t divisors = n_units * m->divisors->size;
    AreascaleUnits *tables = m->tables;

    tables->memory =
        malloc(VECTOR + picks + divisors + n_units * sizeof(*tables->units));
    if (!tables->memory)
        return -ENOMEM;
    tables->picks = areascale_scratch_align(tables->memory);
    tables->divisors = (char *) tables->picks + picks;
    tables->units = (AreascalePermuteUnit *) (tables->divisors + divisors);
    return 0;
}

static void make_units(Making *m)
{
    for (int u = 0; u < m->picking->n_units; u++) {
        AreascalePermuteUnit *unit = &m->tables->units[u];

        *unit = (AreascalePermuteUnit) {
            .sample = areascale_picking_begin(m->picking, u),
        };
        for (int cluster = 0; cluster < m->picking->clusters; cluster++)
            set_cluster(m, u, cluster);
        set_divisors(m, unit);
    }
}

int areascale_units_init(AreascaleUnits *units, const AreascalePicking *picking,
                         const AreascaleUnitDivisors *divisors)
{
    const size_t n_phases = (size_t) picking->plan->columns.period;
    Making m = { .tables = units, .picking = picking, .divisors = divisors };

    *units = (AreascaleUnits) { 0 };
    if (allocate(&m) < 0)
        return -ENOMEM;
    m.seen_clusters = calloc(2 * n_phases, sizeof(*m.seen_clusters));
    if (!m.seen_clusters)
        return -ENOMEM;
    m.seen_units = m.seen_clusters + n_phases;
    make_units(&m);
    free(m.seen_clusters);
    return 0;
}

void areascale_units_clear(AreascaleUnits *units)
{
    free(units->memory);
    *units = (AreascaleUnits) { 0 };
}

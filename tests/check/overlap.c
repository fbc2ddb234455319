/* GStreamer areascale: which input samples count for an output sample
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "overlap.h"

/* From here on positions are quarters of a luma sample of this line's own field or
 * frame, and luma sample j has its centre at 4 j + 2. */

/* Where sample @k of the line has its centre: the line of its frame that it lies at,
 * by halves, first. */
static gint64
centre (const Line * line, gint64 k)
{
  gint64 in_frame;

  if (line->field < 0)
    return 4 * line->shared * k + 2 * line->site + 2;

  in_frame = 2 * line->shared * (2 * k + line->field) + line->site;
  /* luma line 2 j + field of the frame, in halves, is line j of the field */
  return (in_frame - 2 * line->field) + 2;
}

/* Both ends of sample @k. */
static gint64
begin (const Line * line, gint64 k)
{
  return centre (line, k) - 2 * line->shared;
}

static gint64
end (const Line * line, gint64 k)
{
  return centre (line, k) + 2 * line->shared;
}

/* The nearest input sample of an output sample whose interval overlaps none. */
static gint
nearest (const Line * in, const Line * out, gint i)
{
  return begin (out, i) * in->luma < begin (in, 0) * out->luma ? 0 : in->n - 1;
}

static void
fill_row (Overlap * overlap, const Line * in, const Line * out, gint i,
    gboolean by_part)
{
  gint64 *weight = overlap->weight + (gsize) i * in->n;
  gint k;

  overlap->first[i] = overlap->end[i] = -1;
  for (k = 0; k < in->n; k++) {
    /* the same luma, in quarters of 1 / (in times out) of it */
    gint64 from = MAX (begin (out, i) * in->luma, begin (in, k) * out->luma);
    gint64 to = MIN (end (out, i) * in->luma, end (in, k) * out->luma);

    if (to <= from)
      continue;
    weight[k] = by_part ? to - from : 1;
    if (overlap->first[i] < 0)
      overlap->first[i] = k;
    overlap->end[i] = k + 1;
  }
  if (overlap->first[i] < 0) {
    overlap->first[i] = nearest (in, out, i);
    overlap->end[i] = overlap->first[i] + 1;
    weight[overlap->first[i]] = 1;
  }
}

void
overlap_init (Overlap * overlap, const Line * in, const Line * out,
    gboolean by_part)
{
  gint i;

  overlap->n_in = in->n;
  overlap->first = g_new (gint, out->n);
  overlap->end = g_new (gint, out->n);
  overlap->weight = g_new0 (gint64, (gsize) in->n * out->n);
  for (i = 0; i < out->n; i++)
    fill_row (overlap, in, out, i, by_part);
}

void
overlap_clear (Overlap * overlap)
{
  g_free (overlap->first);
  g_free (overlap->end);
  g_free (overlap->weight);
}

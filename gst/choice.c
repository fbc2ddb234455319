/* GStreamer areascale: a size and pixel aspect ratio of those allowed
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "choice.h"

#include <math.h>

#include "areascale.h"

typedef enum
{
  DOWN,
  UP,
  N_DIRECTIONS
} Direction;

/* What a side should be */
typedef struct
{
  const GValue *allowed;        /* NULL: everything */
  gint grid;
  gint limit;                   /* of sizes, 0 .. AREASCALE_MAX_SIZE */
  gdouble exact;
} Target;

/* An allowed size, 0 when there is none, and how far the next one is */
typedef struct
{
  gint size, step;
} Pick;

/* --- sizes --- */

static gint
gcd (gint a, gint b)
{
  return b == 0 ? a : gcd (b, a % b);
}

/* The last multiple of @step in min .. max that is not above @exact, or the
 * first that is not below it; 0 when there is none */
static gint
multiple (gint min, gint max, gint step, gdouble exact, Direction direction)
{
  gint first = (MAX (min, 1) - 1) / step + 1, last = max / step;
  gdouble n = exact / step;

  if (first > last || (direction == DOWN ? n < first : n > last))
    return 0;
  return (gint) CLAMP (direction == DOWN ? floor (n) : ceil (n), first, last)
      * step;
}

/* On the grid where the range has such a size, otherwise off it */
static Pick
pick_in_range (const Target * target, gint min, gint max, gint step,
    Direction direction)
{
  Pick pick;

  /* no size is a multiple of a longer step; the product is below 2^19 */
  step = MIN (step, AREASCALE_MAX_SIZE + 1);
  max = MIN (max, target->limit);
  pick.step = step / gcd (step, target->grid) * target->grid;
  pick.size = multiple (min, max, pick.step, target->exact, direction);
  if (pick.size == 0) {
    pick.step = step;
    pick.size = multiple (min, max, step, target->exact, direction);
  }
  return pick;
}

/* The distance from the target, to which a step of the grid is added off it */
static gdouble
cost (const Target * target, gint size)
{
  return fabs (size - target->exact)
      + (size % target->grid == 0 ? 0 : target->grid);
}

/* Of two as good ones the larger is the better */
static Pick
better (const Target * target, Pick a, Pick b)
{
  gdouble difference;

  if (a.size == 0 || b.size == 0)
    return a.size == 0 ? b : a;
  difference = cost (target, a.size) - cost (target, b.size);
  return difference < 0 || (difference == 0 && a.size > b.size) ? a : b;
}

/* The best size of those allowed that is not above or not below the target */
static Pick
pick_from (const Target * target, const GValue * allowed, Direction direction)
{
  Pick best = { 0, 1 };
  guint i;

  if (allowed == NULL)
    return pick_in_range (target, 1, AREASCALE_MAX_SIZE, 1, direction);
  if (G_VALUE_HOLDS_INT (allowed))
    return pick_in_range (target, g_value_get_int (allowed),
        g_value_get_int (allowed), 1, direction);
  if (GST_VALUE_HOLDS_INT_RANGE (allowed))
    return pick_in_range (target, gst_value_get_int_range_min (allowed),
        gst_value_get_int_range_max (allowed),
        gst_value_get_int_range_step (allowed), direction);
  if (GST_VALUE_HOLDS_LIST (allowed)) {
    for (i = 0; i < gst_value_list_get_size (allowed); i++)
      best = better (target, best, pick_from (target,
              gst_value_list_get_value (allowed, i), direction));
  }
  return best;
}

static Pick
pick (const Target * target, Direction direction)
{
  return pick_from (target, target->allowed, direction);
}

static Pick
pick_nearest (const Target * target)
{
  return better (target, pick (target, UP), pick (target, DOWN));
}

static gint
smallest (const GValue * allowed)
{
  Target target = { allowed, 1, AREASCALE_MAX_SIZE, 1 };

  return pick (&target, UP).size;
}

static gint
largest (const GValue * allowed)
{
  Target target = { allowed, 1, AREASCALE_MAX_SIZE, AREASCALE_MAX_SIZE };

  return pick (&target, DOWN).size;
}

static gboolean
is_fixed (const GValue * allowed)
{
  return smallest (allowed) == largest (allowed);
}

/* Whether there is no upper limit but that of all frames */
static gboolean
is_open (const GValue * allowed)
{
  return allowed == NULL || (GST_VALUE_HOLDS_INT_RANGE (allowed)
      && gst_value_get_int_range_max (allowed) >
      AREASCALE_MAX_SIZE - gst_value_get_int_range_step (allowed));
}

static gboolean
frame_exists (const GstVideoInfo * frame, gint axis, gint size, gint other)
{
  GstVideoInfo info;

  return gst_video_info_set_interlaced_format (&info,
      GST_VIDEO_INFO_FORMAT (frame), GST_VIDEO_INFO_INTERLACE_MODE (frame),
      axis == WIDTH ? size : other, axis == WIDTH ? other : size);
}

/* The largest size along @axis that frames can have beside @other, or 0 */
static gint
limit (const GstAreaScaleChoice * choice, gint axis, gint other)
{
  gint exists = 0, too_large = AREASCALE_MAX_SIZE + 1;

  if (choice->frame == NULL
      || frame_exists (choice->frame, axis, AREASCALE_MAX_SIZE, other))
    return AREASCALE_MAX_SIZE;
  while (too_large - exists > 1) {
    gint size = (exists + too_large) / 2;

    if (frame_exists (choice->frame, axis, size, other))
      exists = size;
    else
      too_large = size;
  }
  return exists;
}

/* --- pixel aspect ratios --- */

static GstAreaScalePar
par_from_value (const GValue * fraction)
{
  GstAreaScalePar par = {
    gst_value_get_fraction_numerator (fraction),
    gst_value_get_fraction_denominator (fraction)
  };

  return par;
}

static GstAreaScalePar
clamp_par (const GstAreaScalePar * par, const GValue * range)
{
  GstAreaScalePar min =
      par_from_value (gst_value_get_fraction_range_min (range));
  GstAreaScalePar max =
      par_from_value (gst_value_get_fraction_range_max (range));

  if ((gint64) par->n * min.d < (gint64) min.n * par->d)
    return min;
  if ((gint64) par->n * max.d > (gint64) max.n * par->d)
    return max;
  return *par;
}

static gdouble
par_distortion (const GstAreaScalePar * a, const GstAreaScalePar * b)
{
  return gst_area_scale_shape_distortion ((gdouble) a->n * b->d,
      (gdouble) b->n * a->d);
}

/* Finds the allowed pixel aspect ratio nearest to @target, by the distortion
 * between them. Returns %FALSE when no positive one is allowed. */
static gboolean
nearest_par (const GValue * allowed, const GstAreaScalePar * target,
    GstAreaScalePar * par)
{
  guint i;

  par->n = 0;
  if (allowed == NULL) {
    *par = *target;
  } else if (GST_VALUE_HOLDS_FRACTION (allowed)) {
    *par = par_from_value (allowed);
  } else if (GST_VALUE_HOLDS_FRACTION_RANGE (allowed)) {
    *par = clamp_par (target, allowed);
  } else if (GST_VALUE_HOLDS_LIST (allowed)) {
    for (i = 0; i < gst_value_list_get_size (allowed); i++) {
      GstAreaScalePar next;

      if (nearest_par (gst_value_list_get_value (allowed, i), target, &next)
          && (par->n == 0
              || par_distortion (&next, target) < par_distortion (par, target)))
        *par = next;
    }
  }
  return par->n > 0;
}

/* --- shapes --- */

/* What the other side should be to go with the side of @to along @axis */
static Target
follower (const GstAreaScaleChoice * choice, const GstAreaScaleShape * from,
    gint axis, const GstAreaScaleShape * to)
{
  Target target = { choice->size[!axis], choice->grid[!axis],
    limit (choice, !axis, to->size[axis]), 0
  };
  gdouble ratio[N_AXES];

  gst_area_scale_shape_ratio (from, &to->par, ratio);
  target.exact = gst_area_scale_shape_matching_size (ratio, axis,
      to->size[axis]);
  return target;
}

/* Whether a side is what its target becomes by rounding, by at most a pixel or
 * half a step of the grid */
static gboolean
keeps_shape (const Target * target, Pick pick)
{
  return fabs (pick.size - target->exact) <=
      MIN (pick.step / 2.0, MAX (target->grid / 2.0, 1));
}

/* Makes the other side of @to follow from its side along @axis. Returns whether
 * that keeps the display aspect ratio. */
static gboolean
follow (const GstAreaScaleChoice * choice, const GstAreaScaleShape * from,
    gint axis, GstAreaScaleShape * to)
{
  Target target = follower (choice, from, axis, to);
  Pick nearest = pick_nearest (&target);

  to->size[!axis] = nearest.size;
  return keeps_shape (&target, nearest);
}

/* Makes the pixel aspect ratio of @to follow from its size. Returns whether
 * that keeps the display aspect ratio. */
static gboolean
follow_par (const GstAreaScaleChoice * choice, const GstAreaScaleShape * from,
    GstAreaScaleShape * to)
{
  GstAreaScalePar target;
  gboolean exact = gst_area_scale_shape_matching_par (from, to->size, &target);

  return nearest_par (choice->par, &target, &to->par) && exact
      && gst_area_scale_par_equal (&to->par, &target);
}

static gdouble
distortion (const GstAreaScaleShape * from, const GstAreaScaleShape * to)
{
  gdouble ratio[N_AXES];

  gst_area_scale_shape_ratio (from, &to->par, ratio);
  return gst_area_scale_shape_distortion (to->size[WIDTH] * ratio[HEIGHT],
      to->size[HEIGHT] * ratio[WIDTH]);
}

static gboolean
is_better (const GstAreaScaleShape * from, const GstAreaScaleShape * a,
    const GstAreaScaleShape * b)
{
  gdouble of_a = distortion (from, a), of_b = distortion (from, b);

  return of_a < of_b || (of_a == of_b && a->size[WIDTH] * a->size[HEIGHT] >
      b->size[WIDTH] * b->size[HEIGHT]);
}

/* Lets the other side follow from the side along @axis of @start, snapped below
 * and above, that side follow in turn, and the pixel aspect ratio from both. The
 * best of these and of @best is left in @best. */
static void
fit_again (const GstAreaScaleChoice * choice, const GstAreaScaleShape * from,
    gint axis, const GstAreaScaleShape * start, GstAreaScaleShape * best)
{
  Target target = follower (choice, from, axis, start);
  Direction direction;

  for (direction = DOWN; direction < N_DIRECTIONS; direction++) {
    GstAreaScaleShape next = *start;

    next.size[!axis] = pick (&target, direction).size;
    if (next.size[!axis] == 0)
      continue;
    follow (choice, from, !axis, &next);
    follow_par (choice, from, &next);
    if (is_better (from, &next, best))
      *best = next;
  }
}

/* One side leads: the pixel aspect ratio of @to stays and the other side follows,
 * and only where the other side cannot, the pixel aspect ratio does */
static void
choose_with_one_side (const GstAreaScaleChoice * choice,
    const GstAreaScaleShape * from, gint axis, GstAreaScaleShape * to)
{
  GstAreaScaleShape start;

  if (follow (choice, from, axis, to) || follow_par (choice, from, to)
      || follow (choice, from, axis, to))
    return;
  start = *to;
  fit_again (choice, from, axis, &start, to);
}

/* Both sides or none lead: keeps the size as far as possible and adjusts
 * the pixel aspect ratio, and where that cannot, keeps the height (because of
 * interlacing) or else the width, and otherwise takes what distorts least */
static void
choose_by_size (const GstAreaScaleChoice * choice,
    const GstAreaScaleShape * from, GstAreaScaleShape * to)
{
  GstAreaScaleShape start, by_width;

  if (follow_par (choice, from, to))
    return;
  start = by_width = *to;
  if (follow (choice, from, HEIGHT, to))
    return;
  if (follow (choice, from, WIDTH, &by_width)) {
    *to = by_width;
    return;
  }
  fit_again (choice, from, HEIGHT, &start, to);
  fit_again (choice, from, WIDTH, &start, to);
}

/* The size as near as possible to that of @from, each side off the grid only
 * where it stays or must. Returns %FALSE when none is allowed. */
static gboolean
choose_size (const GstAreaScaleChoice * choice, const GstAreaScaleShape * from,
    GstAreaScaleShape * to)
{
  gint other = smallest (choice->size[WIDTH]);
  gint axis;

  for (axis = HEIGHT; axis >= WIDTH; axis--) {
    Target target = { choice->size[axis], 1, limit (choice, axis, other),
      from->size[axis]
    };

    to->size[axis] = pick_nearest (&target).size;
    if (to->size[axis] == 0)
      return FALSE;
    if (to->size[axis] != from->size[axis]) {
      target.grid = choice->grid[axis];
      to->size[axis] = pick_nearest (&target).size;
    }
    other = to->size[axis];
  }
  return TRUE;
}

/* Whether the side of @to along @axis is the one below or above what it should
 * be to go with the other side */
static gboolean
is_rounded (const GstAreaScaleChoice * choice, const GstAreaScaleShape * from,
    gint axis, const GstAreaScaleShape * to)
{
  Target target = follower (choice, from, !axis, to);
  Direction direction;

  for (direction = DOWN; direction < N_DIRECTIONS; direction++) {
    Pick rounded = pick (&target, direction);

    if (rounded.size == to->size[axis]
        && fabs (rounded.size - target.exact) < rounded.step)
      return TRUE;
  }
  return FALSE;
}

gboolean
gst_area_scale_choice_make (const GstAreaScaleChoice * choice,
    const GstAreaScaleShape * from, GstAreaScaleShape * to, gboolean * fills)
{
  gboolean leads[N_AXES];
  gint axis;

  if (!nearest_par (choice->par, &from->par, &to->par)
      || !choose_size (choice, from, to))
    return FALSE;
  for (axis = 0; axis < N_AXES; axis++)
    leads[axis] = is_fixed (choice->size[axis])
        || (to->size[axis] != from->size[axis]
        && is_open (choice->size[!axis]));

  if (leads[WIDTH] == leads[HEIGHT])
    choose_by_size (choice, from, to);
  else
    choose_with_one_side (choice, from, leads[WIDTH] ? WIDTH : HEIGHT, to);

  *fills = FALSE;
  for (axis = 0; axis < N_AXES; axis++)
    *fills |= !is_fixed (choice->size[axis])
        && is_rounded (choice, from, axis, to);
  return TRUE;
}

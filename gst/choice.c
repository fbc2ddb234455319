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
  gint limit;                   /* of sizes, 0 .. AREASCALE_MAX_SIZE */
  gdouble exact;
  gint grid;                    /* sizes are multiples of it */
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
  gint first = (MAX (min, 1) - 1) / step + 1, last = max / step, whole;
  gdouble n = exact / step;

  if (first > last || (direction == DOWN ? n < first : n > last))
    return 0;
  n = CLAMP (n, first, last);
  whole = (gint) n;
  return (direction == UP && whole < n ? whole + 1 : whole) * step;
}

static Pick
pick_in_range (const Target * target, gint min, gint max, gint step,
    Direction direction)
{
  Pick pick;

  /* no size is a multiple of a longer step; the product is below 2^19 */
  step = MIN (step, AREASCALE_MAX_SIZE + 1);
  pick.step = step / gcd (step, target->grid) * target->grid;
  pick.size = multiple (min, MIN (max, target->limit), pick.step,
      target->exact, direction);
  return pick;
}

static gdouble
distance (const Target * target, Pick pick)
{
  return fabs (pick.size - target->exact);
}

/* Of two as near ones the larger is the better, also by its step */
static Pick
better (const Target * target, Pick a, Pick b)
{
  gdouble difference = distance (target, a) - distance (target, b);

  if (a.size == 0 || b.size == 0)
    return a.size == 0 ? b : a;
  if (a.size == b.size)
    return a.step > b.step ? a : b;
  return difference < 0 || (difference == 0 && a.size > b.size) ? a : b;
}

/* The nearest size of those allowed that is not above or not below the target */
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

static gboolean
is_nearest_step (const Target * target, Pick pick)
{
  return pick.size != 0 && distance (target, pick) <= pick.step / 2.0;
}

/* On the grid where the target rounds to a size there, or to none at all and
 * such a size is at most a step of the grid farther than others */
static Target
make_target (const GValue * allowed, gint limit, gdouble exact, gint grid)
{
  Target target = { allowed, limit, exact, 1 };
  Pick nearest = pick_nearest (&target), on_grid;

  target.grid = grid;
  on_grid = pick_nearest (&target);
  if (!is_nearest_step (&target, on_grid) && (on_grid.size == 0
          || is_nearest_step (&target, nearest)
          || distance (&target, on_grid) > distance (&target, nearest) + grid))
    target.grid = 1;
  return target;
}

static gint
smallest (const GValue * allowed)
{
  Target target = { allowed, AREASCALE_MAX_SIZE, 1, 1 };

  return pick (&target, UP).size;
}

static gint
largest (const GValue * allowed)
{
  Target target = { allowed, AREASCALE_MAX_SIZE, AREASCALE_MAX_SIZE, 1 };

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
  gdouble ratio[N_AXES], exact;
  gboolean stays;

  gst_area_scale_shape_ratio (from, &to->par, ratio);
  exact = gst_area_scale_shape_matching_size (ratio, axis, to->size[axis]);
  stays = to->size[axis] == from->size[axis]
      && fabs (exact - from->size[!axis]) < 0.5;
  return make_target (choice->size[!axis],
      limit (choice, !axis, to->size[axis]), exact,
      stays ? 1 : choice->grid[!axis]);
}

/* Whether a side is what its target becomes by rounding, by at most a pixel or
 * half a step of the grid */
static gboolean
keeps_shape (const Target * target, Pick pick)
{
  return distance (target, pick) <=
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

/* Keeps @next in @to if it is the better one. Returns whether it is. */
static gboolean
keep_better (const GstAreaScaleShape * from, const GstAreaScaleShape * next,
    GstAreaScaleShape * to)
{
  if (!is_better (from, next, to))
    return FALSE;
  *to = *next;
  return TRUE;
}

/* Lets each side of @to, and the pixel aspect ratio, follow from the others as
 * long as that makes it better */
static void
settle (const GstAreaScaleChoice * choice, const GstAreaScaleShape * from,
    GstAreaScaleShape * to)
{
  GstAreaScaleShape next;
  gboolean improved;
  gint axis;

  do {
    improved = FALSE;
    for (axis = 0; axis < N_AXES; axis++) {
      next = *to;
      follow (choice, from, axis, &next);
      improved |= keep_better (from, &next, to);
    }
    next = *to;
    follow_par (choice, from, &next);
    improved |= keep_better (from, &next, to);
  } while (improved);
}

/* Lets the other side follow from the side along @axis of @start, snapped below
 * and above, and settles from there. The best of these and of @best is left in
 * @best. */
static void
fit_from_side (const GstAreaScaleChoice * choice,
    const GstAreaScaleShape * from, gint axis, const GstAreaScaleShape * start,
    GstAreaScaleShape * best)
{
  Target target = follower (choice, from, axis, start);
  Direction direction;

  for (direction = DOWN; direction < N_DIRECTIONS; direction++) {
    GstAreaScaleShape next = *start;

    next.size[!axis] = pick (&target, direction).size;
    if (next.size[!axis] == 0)
      continue;
    settle (choice, from, &next);
    keep_better (from, &next, best);
  }
}

/* The same from each side, at each pixel aspect ratio of those in @pars */
static void
fit_at_each (const GstAreaScaleChoice * choice, const GstAreaScaleShape * from,
    const GValue * pars, const GstAreaScaleShape * start,
    GstAreaScaleShape * best)
{
  GstAreaScaleShape at = *start;
  guint i;

  if (pars != NULL && GST_VALUE_HOLDS_LIST (pars)) {
    for (i = 0; i < gst_value_list_get_size (pars); i++)
      fit_at_each (choice, from, gst_value_list_get_value (pars, i), start,
          best);
  } else if (nearest_par (pars, &start->par, &at.par)) {
    fit_from_side (choice, from, HEIGHT, &at, best);
    fit_from_side (choice, from, WIDTH, &at, best);
  }
}

/* The size itself, where it is allowed */
static Pick
pick_exactly (Target target, gint size)
{
  Pick none = { 0, 1 }, below;

  target.exact = size;
  if (size % target.grid != 0)
    target.grid = 1;
  below = pick (&target, DOWN);
  return below.size == size ? below : none;
}

/* Whether the side of @to along @axis is rounded from what it should be to go
 * with the other side: by a step of the grid, to the nearest, or to the next */
static gboolean
is_rounded (const GstAreaScaleChoice * choice, const GstAreaScaleShape * from,
    gint axis, const GstAreaScaleShape * to)
{
  Target target = follower (choice, from, !axis, to);
  Pick rounded = pick_exactly (target, to->size[axis]);
  gdouble error = distance (&target, rounded);
  gint next = rounded.size
      + (target.exact > rounded.size ? rounded.step : -rounded.step);

  return error <= MAX (rounded.step / 2.0, choice->grid[axis])
      || (error < rounded.step && pick_exactly (target, next).size != 0);
}

/* Whether a side of @to that was not fixed is rounded */
static gboolean
is_filled (const GstAreaScaleChoice * choice, const GstAreaScaleShape * from,
    const GstAreaScaleShape * to)
{
  gint axis;

  for (axis = 0; axis < N_AXES; axis++) {
    if (!is_fixed (choice->size[axis]) && is_rounded (choice, from, axis, to))
      return TRUE;
  }
  return FALSE;
}

/* Takes what distorts least, at another pixel aspect ratio only where the sides
 * cannot follow at that of @to */
static void
fit_again (const GstAreaScaleChoice * choice, const GstAreaScaleShape * from,
    GstAreaScaleShape * to)
{
  const GstAreaScaleShape start = *to;

  fit_from_side (choice, from, HEIGHT, &start, to);
  fit_from_side (choice, from, WIDTH, &start, to);
  if (!is_filled (choice, from, to))
    fit_at_each (choice, from, choice->par, &start, to);
}

/* One side leads: the pixel aspect ratio of @to stays and the other side follows,
 * and only where the other side cannot, the pixel aspect ratio does */
static void
choose_with_one_side (const GstAreaScaleChoice * choice,
    const GstAreaScaleShape * from, gint axis, GstAreaScaleShape * to)
{
  if (!follow (choice, from, axis, to) && !follow_par (choice, from, to)
      && !follow (choice, from, axis, to))
    fit_again (choice, from, to);
}

/* Both sides or none lead: keeps the size as far as possible and adjusts
 * the pixel aspect ratio, and where that cannot, keeps the height (because of
 * interlacing) or else the width */
static void
choose_by_size (const GstAreaScaleChoice * choice,
    const GstAreaScaleShape * from, GstAreaScaleShape * to)
{
  GstAreaScaleShape by_height, by_width;

  if (follow_par (choice, from, to))
    return;
  by_height = by_width = *to;
  if (follow (choice, from, HEIGHT, &by_height))
    *to = by_height;
  else if (follow (choice, from, WIDTH, &by_width))
    *to = by_width;
  else
    fit_again (choice, from, to);
}

/* The nearest size along @axis beside @other, off the grid only where it stays or
 * must */
static gint
choose_side (const GstAreaScaleChoice * choice, const GstAreaScaleShape * from,
    gint axis, gint other)
{
  gint max = limit (choice, axis, other);
  Target same = make_target (choice->size[axis], max, from->size[axis], 1);
  Target target = make_target (choice->size[axis], max, from->size[axis],
      choice->grid[axis]);
  gint size = pick_nearest (&same).size;

  return size == from->size[axis] ? size : pick_nearest (&target).size;
}

/* The size as near as possible to that of @from. Returns %FALSE when none is
 * allowed. */
static gboolean
choose_size (const GstAreaScaleChoice * choice, const GstAreaScaleShape * from,
    GstAreaScaleShape * to)
{
  to->size[HEIGHT] = choose_side (choice, from, HEIGHT,
      smallest (choice->size[WIDTH]));
  if (to->size[HEIGHT] == 0)
    return FALSE;
  to->size[WIDTH] = choose_side (choice, from, WIDTH, to->size[HEIGHT]);
  return to->size[WIDTH] != 0;
}

static gboolean
is_same (const GstAreaScaleShape * a, const GstAreaScaleShape * b)
{
  return a->size[WIDTH] == b->size[WIDTH] && a->size[HEIGHT] == b->size[HEIGHT]
      && gst_area_scale_par_equal (&a->par, &b->par);
}

gboolean
gst_area_scale_choice_make (const GstAreaScaleChoice * choice,
    const GstAreaScaleShape * from, GstAreaScaleShape * to, gboolean * fills)
{
  gboolean leads[N_AXES];
  gint axis;

  *fills = FALSE;
  if (!nearest_par (choice->par, &from->par, &to->par)
      || !choose_size (choice, from, to))
    return FALSE;
  if (is_same (from, to))
    return TRUE;
  for (axis = 0; axis < N_AXES; axis++)
    leads[axis] = is_fixed (choice->size[axis])
        || (to->size[axis] != from->size[axis]
        && is_open (choice->size[!axis]));

  if (leads[WIDTH] == leads[HEIGHT])
    choose_by_size (choice, from, to);
  else
    choose_with_one_side (choice, from, leads[WIDTH] ? WIDTH : HEIGHT, to);

  *fills = is_filled (choice, from, to);
  return TRUE;
}

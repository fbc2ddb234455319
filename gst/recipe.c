/* GStreamer areascale: which means of a frame another is mixed from
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include "colors.h"
#include "recipe.h"

#define MEAN_BITS 16            /* of what goes through arithmetic */

#define FILLER -1

/* Where samples of the output go. */
typedef struct
{
  gint component;               /* or FILLER */
  GstAreaScaleChannel channel;
  guint plane;
  gsize offset;                 /* bytes before them in a pixel */
  guint step;                   /* samples from one to the next */
} Slot;

/* What a recipe is made from. */
typedef struct
{
  const GstVideoInfo *in;
  GstAreaScaleLayout in_native;
  GstAreaScaleLayout out_native;
  GstAreaScaleColors colors;
} Task;

static gint
sample_bytes (gint depth)
{
  return depth > 8 ? 2 : 1;
}

static gboolean
on_same_grid (const GstAreaScaleChannel * a, const GstAreaScaleChannel * b)
{
  return a->w_sub == b->w_sub && a->h_sub == b->h_sub;
}

/* --- the means that are wanted --- */

static GstAreaScaleComponent
find_input (const GstAreaScaleRecipe * recipe, const Task * task, guint i)
{
  if (recipe->reads_planes)
    return gst_area_scale_layout_find_native (&task->in_native, i);
  return recipe->gathers ?
      gst_area_scale_layout_find_gathered (task->in->finfo, i) :
      gst_area_scale_layout_find_unpacked (task->in->finfo, i);
}

/* The channel of the recipe that has these samples' means of some depth on the grid
 * of a slot. Three components on two grids and alpha are the most there are. */
static guint
want_channel (GstAreaScaleRecipe * recipe, const GstAreaScaleChannel * in,
    const Slot * slot, gint depth)
{
  GstAreaScaleChannel out = *in;
  guint c, n = recipe->in_layout.n_channels;

  out.w_sub = slot->channel.w_sub;
  out.h_sub = slot->channel.h_sub;
  out.depth = depth;
  out.shift = 0;
  for (c = 0; c < n; c++) {
    const GstAreaScaleChannel *other = &recipe->in_layout.channel[c];
    const GstAreaScaleChannel *means = &recipe->out_layout.channel[c];

    if (other->index == in->index && other->layout == in->layout
        && on_same_grid (means, &out) && means->depth == depth)
      return c;
  }

  recipe->in_layout.channel[n] = *in;
  recipe->out_layout.channel[n] = out;
  recipe->plane[n] = -1;
  recipe->in_layout.n_channels = recipe->out_layout.n_channels = n + 1;
  return n;
}

/* --- mixers --- */

static gboolean
mixer_suits (const GstAreaScaleMixer * mixer, const Slot * slot)
{
  return on_same_grid (&mixer->grid, &slot->channel)
      && mixer->grid.depth == slot->channel.depth
      && mixer->grid.shift == slot->channel.shift
      && mixer->spec.n_out < GST_VIDEO_MAX_COMPONENTS;
}

static GstAreaScaleMixer *
add_mixer (GstAreaScaleRecipe * recipe, const Slot * slot, gint in_depth)
{
  GstAreaScaleMixer *mixer = &recipe->mixer[recipe->n_mixers++];

  mixer->grid = slot->channel;
  mixer->spec.in_depth = in_depth;
  mixer->spec.out_depth = slot->channel.depth;
  mixer->spec.out_shift = slot->channel.shift;
  return mixer;
}

static GstAreaScaleMixer *
want_mixer (GstAreaScaleRecipe * recipe, const Slot * slot, gint in_depth)
{
  guint m;

  for (m = 0; m < recipe->n_mixers; m++) {
    if (mixer_suits (&recipe->mixer[m], slot)
        && recipe->mixer[m].spec.in_depth == in_depth)
      return &recipe->mixer[m];
  }
  return add_mixer (recipe, slot, in_depth);
}

static guint
want_input (GstAreaScaleRecipe * recipe, GstAreaScaleMixer * mixer,
    guint channel, guint element)
{
  gint i, n = mixer->spec.n_in;

  for (i = 0; i < n; i++) {
    if (mixer->channel[i] == channel && mixer->element[i] == element)
      return i;
  }
  mixer->channel[n] = channel;
  mixer->element[n] = element;
  mixer->spec.in_step[n] = gst_area_scale_channel_samples
      (&recipe->out_layout.channel[channel]);
  mixer->spec.n_in++;
  return n;
}

static guint
add_output (GstAreaScaleMixer * mixer, const Slot * slot)
{
  guint n = mixer->spec.n_out++;

  mixer->plane[n] = slot->plane;
  mixer->offset[n] = slot->offset;
  mixer->spec.out_step[n] = slot->step;
  return n;
}

static void
add_mixed (GstAreaScaleRecipe * recipe, const Task * task, const Slot * slot)
{
  const GstAreaScaleColor *color = &task->colors.color[slot->component];
  gint depth = color->kind == GST_AREA_SCALE_COLOR_STRAIGHT ?
      slot->channel.depth : MEAN_BITS;
  GstAreaScaleMixer *mixer = want_mixer (recipe, slot, depth);
  guint n = add_output (mixer, slot);
  guint i;

  mixer->spec.offset[n] = color->offset;
  for (i = 0; i < GST_VIDEO_INFO_N_COMPONENTS (task->in); i++) {
    if (color->matrix[i] != 0) {
      GstAreaScaleComponent from = find_input (recipe, task, i);
      guint channel = want_channel (recipe, &from.channel, slot, depth);

      mixer->spec.matrix[n][want_input (recipe, mixer, channel,
              from.element)] = color->matrix[i];
    }
  }
}

/* The first channel has rows that are at least as wide as any. */
static GstAreaScaleMixer *
add_constant_mixer (GstAreaScaleRecipe * recipe, const Slot * slot)
{
  GstAreaScaleMixer *mixer =
      add_mixer (recipe, slot, recipe->out_layout.channel[0].depth);

  mixer->is_constant = TRUE;
  want_input (recipe, mixer, 0, 0);
  return mixer;
}

/* With others on its grid when there are any. */
static void
add_constant (GstAreaScaleRecipe * recipe, const Slot * slot, gint64 offset)
{
  GstAreaScaleMixer *mixer = NULL;
  guint m;

  for (m = 0; mixer == NULL && m < recipe->n_mixers; m++) {
    if (mixer_suits (&recipe->mixer[m], slot))
      mixer = &recipe->mixer[m];
  }
  if (mixer == NULL)
    mixer = add_constant_mixer (recipe, slot);
  /* what is cut off is less than the last bit that counts */
  mixer->spec.offset[add_output (mixer, slot)] =
      offset >> (MEAN_BITS - mixer->spec.in_depth);
}

/* --- the samples of the output --- */

static Slot
plane_slot (const GstAreaScaleComponent * to, gint component)
{
  Slot slot = { component, to->channel, to->channel.index, 0, 0 };

  slot.offset = to->element * sample_bytes (to->channel.depth);
  slot.step = gst_area_scale_channel_samples (&to->channel);
  return slot;
}

/* Chroma that pixels share is taken from the first of them. */
static Slot
pixel_slot (const GstVideoFormatInfo * finfo, gint component)
{
  GstAreaScaleComponent to =
      gst_area_scale_layout_find_unpacked (finfo, component);
  gsize pixel_bytes = gst_area_scale_layout_unpacked_bits (finfo) / 2;
  Slot slot = { component, to.channel, 0, 0, 0 };

  slot.offset = gst_area_scale_channel_pixel_offset (&to.channel, pixel_bytes);
  slot.step = (pixel_bytes / sample_bytes (to.channel.depth))
      << to.channel.w_sub;
  return slot;
}

static guint
find_slots (const GstAreaScaleRecipe * recipe, const Task * task,
    Slot slots[GST_VIDEO_MAX_COMPONENTS])
{
  const GstVideoFormatInfo *finfo = task->out_native.finfo;
  guint i;

  for (i = 0; i < finfo->n_components; i++) {
    if (recipe->writes_planes) {
      GstAreaScaleComponent to =
          gst_area_scale_layout_find_native (&task->out_native, i);

      slots[i] = plane_slot (&to, i);
    } else {
      slots[i] = pixel_slot (finfo, i);
    }
  }
  return finfo->n_components;
}

/* The sample of a plane that is no component, as the x of RGBx, is opaque. */
static void
add_filler (GstAreaScaleRecipe * recipe, const Slot * slots, guint n,
    const GstAreaScaleChannel * channel)
{
  guint samples = gst_area_scale_channel_samples (channel);
  GstAreaScaleComponent filler = { *channel, 0 };
  Slot slot;
  guint i, n_used = 0, elements = samples * (samples - 1) / 2;

  for (i = 0; i < n; i++) {
    if (slots[i].plane == channel->index) {
      n_used++;
      elements -= slots[i].offset / sample_bytes (channel->depth);
    }
  }
  if (n_used == samples)
    return;

  filler.element = elements;
  slot = plane_slot (&filler, FILLER);
  add_constant (recipe, &slot,
      (gint64) (0x10000 - (0x10000 >> channel->depth))
      << GST_AREA_SCALE_COLOR_BITS);
}

static gboolean
is_packed (const GstAreaScaleChannel * channel)
{
  return channel->layout == AREASCALE_LAYOUT_YUYV
      || channel->layout == AREASCALE_LAYOUT_UYVY;
}

static void
add_fillers (GstAreaScaleRecipe * recipe, const Task * task,
    const Slot * slots, guint n)
{
  guint plane;

  for (plane = 0; plane < task->out_native.n_channels; plane++) {
    const GstAreaScaleChannel *channel = &task->out_native.channel[plane];

    if (!is_packed (channel))
      add_filler (recipe, slots, n, channel);
  }
}

/* --- means that are planes of the output --- */

/* Whether a mixer copies a channel's rows, and nothing else, to a plane. */
static gboolean
is_copy (const GstAreaScaleRecipe * recipe, const GstAreaScaleMixer * mixer,
    const GstAreaScaleChannel * plane)
{
  const AreascaleMixSpec *spec = &mixer->spec;
  gint bytes = sample_bytes (spec->out_depth);
  gint i, j;

  if (mixer->is_constant || spec->in_depth != spec->out_depth
      || spec->n_in != spec->n_out
      || spec->n_in != (gint) gst_area_scale_channel_samples (plane)
      || recipe->in_layout.channel[mixer->channel[0]].layout != plane->layout)
    return FALSE;
  for (i = 0; i < spec->n_in; i++) {
    if (mixer->channel[i] != mixer->channel[0]
        || mixer->plane[i] != plane->index || spec->offset[i] != 0
        || mixer->offset[i] != mixer->element[i] * bytes)
      return FALSE;
    for (j = 0; j < spec->n_in; j++) {
      if (spec->matrix[i][j] != (i == j) << GST_AREA_SCALE_COLOR_BITS)
        return FALSE;
    }
  }
  return TRUE;
}

static void
skip_copies (GstAreaScaleRecipe * recipe, const GstAreaScaleLayout * planes)
{
  guint m = 0;

  while (m < recipe->n_mixers) {
    const GstAreaScaleMixer *mixer = &recipe->mixer[m];
    const GstAreaScaleChannel *plane = &planes->channel[mixer->plane[0]];

    if (is_copy (recipe, mixer, plane)) {
      recipe->plane[mixer->channel[0]] = plane->index;
      recipe->out_layout.channel[mixer->channel[0]].shift = plane->shift;
      recipe->mixer[m] = recipe->mixer[--recipe->n_mixers];
    } else {
      m++;
    }
  }
}

gboolean
gst_area_scale_recipe_init (GstAreaScaleRecipe * recipe,
    const GstVideoInfo * in, const GstVideoInfo * out,
    const GstAreaScaleMean * mean, const GstAreaConversion * conversion)
{
  Task task;
  Slot slots[GST_VIDEO_MAX_COMPONENTS];
  guint i, n;

  memset (recipe, 0, sizeof (*recipe));
  task.in = in;
  if (!gst_area_scale_layout_init_unpacked (&recipe->in_layout,
          GST_VIDEO_INFO_FORMAT (in))
      || !gst_area_scale_layout_init_unpacked (&recipe->out_layout,
          GST_VIDEO_INFO_FORMAT (out)))
    return FALSE;
  recipe->in_layout.n_channels = recipe->out_layout.n_channels = 0;

  recipe->reads_planes = gst_area_scale_layout_init_native (&task.in_native,
      GST_VIDEO_INFO_FORMAT (in)) && (!mean->weight_by_alpha
      || gst_area_scale_layout_can_weigh (&task.in_native));
  recipe->gathers = !recipe->reads_planes && mean->weight_by_alpha
      && GST_VIDEO_INFO_N_COMPONENTS (in) > GST_VIDEO_COMP_A;
  recipe->writes_planes = gst_area_scale_layout_init_native (&task.out_native,
      GST_VIDEO_INFO_FORMAT (out));
  gst_area_scale_colors_init (&task.colors, in, out, conversion);

  n = find_slots (recipe, &task, slots);
  for (i = 0; i < n; i++) {
    if (task.colors.color[i].kind != GST_AREA_SCALE_COLOR_CONSTANT)
      add_mixed (recipe, &task, &slots[i]);
  }
  for (i = 0; i < n; i++) {
    if (task.colors.color[i].kind == GST_AREA_SCALE_COLOR_CONSTANT)
      add_constant (recipe, &slots[i], task.colors.color[i].offset);
  }
  if (recipe->writes_planes) {
    add_fillers (recipe, &task, slots, n);
    skip_copies (recipe, &task.out_native);
  }
  return TRUE;
}

/* GStreamer areascale: colours beside the alpha that weighs them
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include "gather.h"

#define N_SAMPLES 4

/* --- lines --- */

/* The line that holds the colours of a row. */
static gint
line_of_colors (const GstAreaScaleGather * gather, gint row)
{
  return (gather->field + row * gather->n_fields) << gather->channel->h_sub;
}

gint
gst_area_scale_gather_first (const GstAreaScaleGather * gather, gint row)
{
  return gather->field +
      (row << gather->channel->h_sub) * gather->n_fields;
}

/* The last line of the field that shares a row, if the picture has it. */
static gint
last_sharing (const GstAreaScaleGather * gather, gint row)
{
  return ((row + 1) << gather->channel->h_sub) - 1;
}

static gint
last_of_field (const GstAreaScaleGather * gather)
{
  return (gather->height - 1 - gather->field) / gather->n_fields;
}

gint
gst_area_scale_gather_last (const GstAreaScaleGather * gather, gint row)
{
  gint last = MIN (last_sharing (gather, row), last_of_field (gather));

  return MAX (line_of_colors (gather, row),
      gather->field + last * gather->n_fields);
}

/* The lines of a row that one of the field stands for. */
static gint
times_of_line (const GstAreaScaleGather * gather, gint row, gint line)
{
  gint of_field = line / gather->n_fields;

  return of_field < last_of_field (gather) ? 1
      : last_sharing (gather, row) - of_field + 1;
}

/* Whether the pixels of a line are the field's. */
static gboolean
is_of_field (const GstAreaScaleGather * gather, gint line)
{
  return line % gather->n_fields == gather->field;
}

gint
gst_area_scale_gather_row (const GstAreaScaleGather * gather, gint line)
{
  gint row = (line / gather->n_fields) >> gather->channel->h_sub;

  return is_of_field (gather, line) || line_of_colors (gather, row) == line
      ? row : -1;
}

/* --- samples --- */

/* What is done with one component of a line: sample i of a row is that of the pixels
 * from i << w_sub on. A line's alpha counts so many times; its last pixel stands for
 * those that are missing behind it. */
typedef struct
{
  void (*add) (gpointer samples, gconstpointer pixels, gint shift, guint w_sub,
      gint n_pixels, gint times);
  void (*take) (gpointer samples, gconstpointer pixels, gint shift,
      guint w_sub, gint n_pixels);
} Access;

/* @shift is to the right, or to the left when it is negative. */
#define DEFINE_ACCESS(name, Pixel, Sample) \
static void \
name##_add (gpointer samples, gconstpointer pixels, gint shift, guint w_sub, \
    gint n_pixels, gint times) \
{ \
  const Pixel *from = pixels; \
  Sample *to = samples; \
  gint i; \
\
  for (i = 0; i < n_pixels; i++) \
    to[(i >> w_sub) * N_SAMPLES] += (from[i * N_SAMPLES] >> shift) * times; \
  for (; i & ((1 << w_sub) - 1); i++) \
    to[(i >> w_sub) * N_SAMPLES] += \
        (from[(n_pixels - 1) * N_SAMPLES] >> shift) * times; \
} \
\
static void \
name##_take (gpointer samples, gconstpointer pixels, gint shift, guint w_sub, \
    gint n_pixels) \
{ \
  const Pixel *from = pixels; \
  Sample *to = samples; \
  gint left = MAX (-shift, 0), right = MAX (shift, 0); \
  gint i; \
\
  for (i = 0; i < n_pixels; i += 1 << w_sub) \
    to[(i >> w_sub) * N_SAMPLES] = \
        (Sample) (from[i * N_SAMPLES] >> right) << left; \
} \
\
static const Access name = { name##_add, name##_take };

DEFINE_ACCESS (bytes_as_words, guint8, guint16)
DEFINE_ACCESS (words, guint16, guint16)
DEFINE_ACCESS (words_as_longs, guint16, guint32)

static const Access *
access_of (const GstAreaScaleGather * gather, gint pixel_bits)
{
  if (pixel_bits == 8)
    return &bytes_as_words;
  return gather->channel->depth > 16 ? &words_as_longs : &words;
}

static void
add_alpha (const GstAreaScaleGather * gather, gconstpointer pixels,
    gpointer samples, gboolean is_first, gint times)
{
  const GstAreaScaleChannel *channel = gather->channel;
  gint bits = gst_area_scale_layout_unpacked_bits (gather->finfo);
  gint n = (gather->width + (1 << channel->w_sub) - 1) >> channel->w_sub;

  if (is_first)
    memset (samples, 0, gst_area_scale_channel_row_bytes (channel, n));
  access_of (gather, bits)->add (samples, pixels,
      bits - gather->finfo->depth[GST_VIDEO_COMP_A], channel->w_sub,
      gather->width, times);
}

/* Unpacked values are aligned to the highest bit, and so are these. */
static void
take_colors (const GstAreaScaleGather * gather, gconstpointer pixels,
    gpointer samples)
{
  const GstAreaScaleChannel *channel = gather->channel;
  gint bits = gst_area_scale_layout_unpacked_bits (gather->finfo);
  gsize sample_bytes = gst_area_scale_channel_pixel_bytes (channel) / N_SAMPLES;
  gint i;

  for (i = 0; i < channel->n_gathered; i++)
    access_of (gather, bits)->take ((guint8 *) samples + (1 + i) * sample_bytes,
        (const guint8 *) pixels + (channel->index + i) * (bits / 8),
        bits - channel->depth, channel->w_sub, gather->width);
}

void
gst_area_scale_gather_line (const GstAreaScaleGather * gather, gint line,
    gconstpointer pixels, gpointer samples)
{
  gint row = gst_area_scale_gather_row (gather, line);

  if (is_of_field (gather, line))
    add_alpha (gather, pixels, samples,
        line == gst_area_scale_gather_first (gather, row),
        times_of_line (gather, row, line));
  if (line == line_of_colors (gather, row))
    take_colors (gather, pixels, samples);
}

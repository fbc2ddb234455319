/* GStreamer areascale: rows of the components of a frame
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include "layout.h"
#include "samples.h"

/* What lies at the start of the memory: the line of the frame that the pixels are
 * of, or -1. */
typedef struct
{
  gint line;
} Unpacked;

static gint
unpacked_shift (const GstVideoFormatInfo * finfo, guint component)
{
  return gst_area_scale_layout_unpacked_bits (finfo) - finfo->depth[component];
}

/* The position of a component in an unpacked pixel: alpha comes first. */
static guint
position_of (guint component)
{
  return component == GST_VIDEO_COMP_A ? 0 : component + 1;
}

static gboolean
is_packed_422 (const GstVideoFormatInfo * finfo)
{
  return finfo->n_planes == 1 && finfo->n_components > 1
      && finfo->w_sub[1] > 0;
}

/* Whether every byte is of a component whose place is known: not the x of RGBx, nor
 * packed words, of which GStreamer does not tell it. */
static gboolean
has_no_gaps (const GstVideoFormatInfo * finfo)
{
  return finfo->n_planes > 1 || (finfo->depth[0] <= 8
      && (is_packed_422 (finfo)
          || finfo->pixel_stride[0] == (gint) finfo->n_components));
}

void
gst_area_scale_samples_init (GstAreaScaleSamples * samples,
    const GstVideoInfo * info)
{
  const GstVideoFormatInfo *finfo = info->finfo;
  GstAreaScaleLayout layout = { 0 };
  guint i;

  memset (samples, 0, sizeof (*samples));
  gst_area_scale_lines_init (&samples->lines, info);
  samples->is_native = has_no_gaps (finfo)
      && gst_area_scale_layout_init_native (&layout, finfo->format);
  for (i = 0; i < finfo->n_components; i++)
    samples->shift[i] = samples->is_native ?
        layout.channel[finfo->plane[i]].shift : unpacked_shift (finfo, i);

  samples->pixels = GST_ROUND_UP_64 (sizeof (Unpacked));
  samples->bounce =
      samples->pixels + GST_ROUND_UP_64 (samples->lines.line_bytes);
  samples->memory_size = samples->bounce + samples->lines.bounce_bytes;
}

void
gst_area_scale_samples_begin (const GstAreaScaleSamples * samples,
    guint8 * memory)
{
  (void) samples;
  ((Unpacked *) memory)->line = -1;
}

/* Every step-th byte or word, which may lie at an odd address. */
static void
split_bytes (guint16 * values, const guint8 * bytes, gsize step, gint shift,
    guint mask, gint n)
{
  gint i;

  for (i = 0; i < n; i++)
    values[i] = (bytes[i * step] >> shift) & mask;
}

static void
split_words (guint16 * values, const guint8 * bytes, gsize step, gint shift,
    guint mask, gint n)
{
  gint i;

  for (i = 0; i < n; i++) {
    guint16 word;

    memcpy (&word, bytes + i * step, sizeof (word));
    values[i] = (word >> shift) & mask;
  }
}

static gint
row_width (const GstAreaScaleSamples * samples, guint component)
{
  return GST_VIDEO_SUB_SCALE (samples->lines.finfo->w_sub[component],
      samples->lines.width);
}

/* GStreamer says of VYUY that U comes first, and of P010, P012 and P016 that V lies
 * at byte 1. */
static gsize
offset_of (const GstVideoFormatInfo * finfo, guint c)
{
  if (finfo->format == GST_VIDEO_FORMAT_VYUY && c > 0)
    return finfo->poffset[GST_VIDEO_COMP_U + GST_VIDEO_COMP_V - c];
  return finfo->depth[c] > 8 ? GST_ROUND_UP_2 (finfo->poffset[c]) :
      finfo->poffset[c];
}

static void
read_plane (const GstAreaScaleSamples * samples,
    const GstAreaScaleFrame * frame, guint c, gint row, guint16 * values)
{
  const GstVideoFormatInfo *finfo = samples->lines.finfo;
  const guint8 *bytes = frame->data[finfo->plane[c]];
  guint mask = (1u << finfo->depth[c]) - 1;
  gint n = row_width (samples, c);

  bytes += (gssize) frame->stride[finfo->plane[c]] * row;
  bytes += offset_of (finfo, c);
  if (finfo->depth[c] > 8)
    split_words (values, bytes, finfo->pixel_stride[c], samples->shift[c],
        mask, n);
  else if (finfo->pixel_stride[c] == 1)
    split_bytes (values, bytes, 1, samples->shift[c], mask, n);
  else
    split_bytes (values, bytes, finfo->pixel_stride[c], samples->shift[c],
        mask, n);
}

static void
unpack (const GstAreaScaleSamples * samples, const GstAreaScaleFrame * frame,
    gint line, guint8 * memory)
{
  Unpacked *unpacked = (Unpacked *) memory;

  if (unpacked->line == line)
    return;
  gst_area_scale_lines_unpack (&samples->lines, frame, line,
      memory + samples->pixels, memory + samples->bounce);
  unpacked->line = line;
}

static void
read_pixels (const GstAreaScaleSamples * samples, guint c, guint16 * values,
    const guint8 * pixels)
{
  const GstVideoFormatInfo *finfo = samples->lines.finfo;
  gsize bytes = samples->lines.pixel_bytes / 4;
  gsize step = samples->lines.pixel_bytes << finfo->w_sub[c];
  guint mask = (1u << finfo->depth[c]) - 1;
  gint n = row_width (samples, c);

  pixels += position_of (c) * bytes;
  if (bytes == 2)
    split_words (values, pixels, step, samples->shift[c], mask, n);
  else
    split_bytes (values, pixels, step, samples->shift[c], mask, n);
}

void
gst_area_scale_samples_read (const GstAreaScaleSamples * samples,
    const GstAreaScaleFrame * frame, guint component, gint row,
    guint16 * values, guint8 * memory)
{
  if (samples->is_native) {
    read_plane (samples, frame, component, row, values);
  } else {
    unpack (samples, frame, row << samples->lines.finfo->h_sub[component],
        memory);
    read_pixels (samples, component, values, memory + samples->pixels);
  }
}

static void
join_bytes (guint8 * bytes, gsize step, const guint16 * values, gint shift,
    gint n)
{
  gint i;

  for (i = 0; i < n; i++)
    bytes[i * step] = (guint8) (values[i] << shift);
}

static void
join_words (guint8 * bytes, gsize step, const guint16 * values, gint shift,
    gint n)
{
  gint i;

  for (i = 0; i < n; i++) {
    guint16 word = (guint16) (values[i] << shift);

    memcpy (bytes + i * step, &word, sizeof (word));
  }
}

/* Behind an odd number of luma samples there is room for one more. */
void
gst_area_scale_samples_write (const GstAreaScaleSamples * samples,
    const GstAreaScaleFrame * frame, guint c, gint row, const guint16 * values)
{
  const GstVideoFormatInfo *finfo = samples->lines.finfo;
  guint8 *bytes = frame->data[finfo->plane[c]];
  gint step = finfo->pixel_stride[c], shift = samples->shift[c];
  gint n = row_width (samples, c);

  bytes += (gssize) frame->stride[finfo->plane[c]] * row;
  bytes += offset_of (finfo, c);
  if (finfo->depth[c] > 8)
    join_words (bytes, step, values, shift, n);
  else if (step == 1)
    join_bytes (bytes, 1, values, shift, n);
  else
    join_bytes (bytes, step, values, shift, n);
  if (is_packed_422 (finfo) && c == 0 && n % 2 != 0)
    join_bytes (bytes + (gsize) n * step, step, values + n - 1, shift, 1);
}

void
gst_area_scale_samples_merge (const GstAreaScaleSamples * samples, guint c,
    const guint16 * values, gpointer pixels)
{
  const GstVideoFormatInfo *finfo = samples->lines.finfo;
  gint shift = unpacked_shift (finfo, c);
  guint position = position_of (c), w_sub = finfo->w_sub[c];
  gint x;

  if (samples->lines.pixel_bytes == 8) {
    for (x = 0; x < samples->lines.width; x++)
      ((guint16 *) pixels)[4 * x + position] = values[x >> w_sub] << shift;
  } else {
    for (x = 0; x < samples->lines.width; x++)
      ((guint8 *) pixels)[4 * x + position] = values[x >> w_sub] << shift;
  }
}

guint16
gst_area_scale_samples_pick (const GstAreaScaleSamples * samples, guint c,
    gconstpointer pixels)
{
  const GstVideoFormatInfo *finfo = samples->lines.finfo;
  guint position = position_of (c);

  return (samples->lines.pixel_bytes == 8 ?
      ((const guint16 *) pixels)[position] :
      ((const guint8 *) pixels)[position]) >> unpacked_shift (finfo, c);
}

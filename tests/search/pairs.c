/* GStreamer areascale: random caps beside random neighbours
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <math.h>
#include <string.h>

#include "pairs.h"

static const gchar *const side_names[N_SIDES] = { "width", "height" };

static gboolean
chance (GRand * rand, gint percent)
{
  return g_rand_int_range (rand, 0, 100) < percent;
}

#define PICK(rand, array) \
  array[g_rand_int_range (rand, 0, G_N_ELEMENTS (array))]

/* --- sizes --- */

static gint
random_size (GRand * rand)
{
  static const gint usual[] = { 160, 176, 240, 288, 320, 352, 360, 480, 540,
    576, 640, 704, 720, 768, 800, 854, 960, 1024, 1080, 1088, 1280, 1440, 1920,
    2160, 2560, 3840
  };
  static const gint edges[] = { 1, 2, 3, 4, 5, 7, 8, 4096, 8192, 16383, 16384,
    32764, 32765, 32766, 32767
  };

  if (chance (rand, 50))
    return PICK (rand, usual);
  if (chance (rand, 15))
    return PICK (rand, edges);
  return g_rand_int_range (rand, 1, chance (rand, 30) ? 64 : 2200);
}

static gint
random_step (GRand * rand)
{
  static const gint steps[] = { 1, 1, 2, 2, 4, 8, 16, 16, 32, 64, 3, 5, 10 };

  return PICK (rand, steps);
}

static Run
random_run (GRand * rand)
{
  gint a = random_size (rand), b = random_size (rand);
  Run run;

  run.step = random_step (rand);
  run.min = chance (rand, 60) ? run.step
      : MAX (MIN (a, b) / run.step, 1) * run.step;
  run.max = (MAX (a, b) / run.step + 1) * run.step;
  if (chance (rand, 10))
    run.max = (chance (rand, 50) ? MAX_SIZE : G_MAXINT) / run.step * run.step;
  if (run.min >= run.max)
    run.max = run.min + run.step;
  return run;
}

static Run
random_value (GRand * rand)
{
  Run run;

  run.min = run.max = random_size (rand);
  run.step = 1;
  return run;
}

static void
append_run (GString * string, const Run * run)
{
  if (run->min == run->max)
    g_string_append_printf (string, "%d", run->min);
  else if (run->step == 1)
    g_string_append_printf (string, "[%d,%d]", run->min, run->max);
  else
    g_string_append_printf (string, "[%d,%d,%d]", run->min, run->max,
        run->step);
}

/* Ranges in lists only where @alone: GStreamer 1.22 makes criticals of them when
 * it compares structures. */
static void
append_sizes (GString * string, GRand * rand, gint side, gboolean alone,
    Sizes * sizes)
{
  guint i;

  sizes->n_runs = 0;
  if (chance (rand, 25))
    return;
  sizes->n_runs = chance (rand, 15) ? g_rand_int_range (rand, 2, MAX_RUNS + 1)
      : 1;
  for (i = 0; i < sizes->n_runs; i++)
    sizes->run[i] = chance (rand, 50) || (sizes->n_runs > 1 && !alone)
        ? random_value (rand) : random_run (rand);

  g_string_append_printf (string, ",%s=%s", side_names[side],
      sizes->n_runs > 1 ? "{" : "");
  for (i = 0; i < sizes->n_runs; i++) {
    g_string_append (string, i > 0 ? "," : "");
    append_run (string, &sizes->run[i]);
  }
  g_string_append (string, sizes->n_runs > 1 ? "}" : "");
}

gboolean
sizes_allow (const Sizes * sizes, gint size)
{
  guint i;

  if (size < 1 || size > MAX_SIZE)
    return FALSE;
  for (i = 0; i < sizes->n_runs; i++) {
    const Run *run = &sizes->run[i];

    if (size >= run->min && size <= run->max && size % run->step == 0)
      return TRUE;
  }
  return sizes->n_runs == 0;
}

gboolean
sizes_are_fixed (const Sizes * sizes)
{
  gint size, n = 0;

  for (size = 1; size <= MAX_SIZE && n < 2; size++)
    n += sizes_allow (sizes, size);
  return n < 2;
}

/* --- pixel aspect ratios --- */

static Ratio
random_ratio (GRand * rand)
{
  static const Ratio usual[] = { {1, 1}, {1, 1}, {1, 1}, {16, 15}, {12, 11},
  {10, 11}, {4, 3}, {64, 45}, {2, 1}, {1, 2}
  };
  static const Ratio edges[] = { {1, G_MAXINT}, {G_MAXINT, 1},
  {G_MAXINT, G_MAXINT - 1}, {65536, 65537}, {G_MAXINT - 1, 3}
  };
  Ratio ratio;

  if (chance (rand, 75))
    return PICK (rand, usual);
  if (chance (rand, 20))
    return PICK (rand, edges);
  ratio.n = g_rand_int_range (rand, 1, 1000);
  ratio.d = g_rand_int_range (rand, 1, 1000);
  return ratio;
}

static gdouble
value_of (const Ratio * ratio)
{
  return (gdouble) ratio->n / ratio->d;
}

static void
append_ratios (GString * string, GRand * rand, Ratios * ratios)
{
  static const gchar *const open[] = { "", "{", "[" };
  static const gchar *const close[] = { "", "}", "]" };
  guint i;

  ratios->kind = ANY_RATIO;
  ratios->n_ratios = 0;
  if (chance (rand, 45))
    return;
  ratios->kind = chance (rand, 85) ? THESE_RATIOS : RATIOS_BETWEEN;
  ratios->n_ratios = ratios->kind == RATIOS_BETWEEN ? 2 : chance (rand, 80)
      ? 1 : g_rand_int_range (rand, 2, MAX_RATIOS + 1);
  for (i = 0; i < ratios->n_ratios; i++)
    ratios->ratio[i] = random_ratio (rand);
  if (ratios->kind == RATIOS_BETWEEN
      && value_of (&ratios->ratio[0]) >= value_of (&ratios->ratio[1]))
    ratios->kind = THESE_RATIOS;

  g_string_append_printf (string, ",pixel-aspect-ratio=%s",
      open[ratios->n_ratios > 1 ? ratios->kind : ANY_RATIO]);
  for (i = 0; i < ratios->n_ratios; i++)
    g_string_append_printf (string, "%s%d/%d", i > 0 ? "," : "",
        ratios->ratio[i].n, ratios->ratio[i].d);
  g_string_append (string,
      close[ratios->n_ratios > 1 ? ratios->kind : ANY_RATIO]);
}

gboolean
about_equal (gdouble a, gdouble b)
{
  return fabs (a / b - 1) < 1e-9;
}

gboolean
ratios_allow (const Ratios * ratios, gdouble ratio)
{
  guint i;

  if (ratios->kind == ANY_RATIO)
    return TRUE;
  if (ratios->kind == RATIOS_BETWEEN)
    return ratio >= value_of (&ratios->ratio[0]) * (1 - 1e-12)
        && ratio <= value_of (&ratios->ratio[1]) * (1 + 1e-12);
  for (i = 0; i < ratios->n_ratios; i++)
    if (about_equal (ratio, value_of (&ratios->ratio[i])))
      return TRUE;
  return FALSE;
}

/* --- caps --- */

/* What may follow the name of a field, often nothing at all. */
static void
append_one (GString * string, GRand * rand, gint percent, const gchar * field,
    const gchar * const *values, guint n)
{
  if (chance (rand, percent))
    g_string_append_printf (string, ",%s=%s", field,
        values[g_rand_int_range (rand, 0, n)]);
}

static const gchar *const features[] = {
  "", "", "", "", "", "(meta:GstVideoOverlayComposition)",
  "(memory:SystemMemory,meta:GstVideoOverlayComposition)", "(memory:GLMemory)",
};

/* Not sRGB, which GStreamer replaces for YUV by what the size means. */
static const gchar *const colorimetries[] = {
  "bt601", "bt709", "bt2020", "smpte240m", "2:4:7:1", "1:4:0:0",
};

static const gchar *const sites[] = { "jpeg", "mpeg2", "dv", "cosited" };

static const gchar *const modes[] = { "progressive", "interleaved", "mixed" };

static const gchar *const rates[] = { "30/1", "25/1", "0/1", "30000/1001" };

static const gchar *
random_format (GRand * rand)
{
  static const gchar *const usual[] = { "I420", "I420", "NV12", "RGB", "BGRx",
    "YUY2", "GRAY8", "P010_10LE", "Y42B", "Y41B", "YUV9", "AYUV", "v210"
  };
  guint n;
  const GstVideoFormat *all = gst_video_formats_raw (&n);

  if (chance (rand, 60))
    return PICK (rand, usual);
  return gst_video_format_to_string (all[g_rand_int_range (rand, 0, n)]);
}

static void
make_stream (GString * string, GRand * rand, const gchar * feature,
    const gchar * format)
{
  Ratio ratio = random_ratio (rand);
  gboolean alternate = *feature == 0 && chance (rand, 7);

  g_string_printf (string, "video/x-raw%s,format=%s,width=%d,height=%d",
      alternate ? "(format:Interlaced)" : feature, format, random_size (rand),
      random_size (rand));
  if (chance (rand, 60))
    g_string_append_printf (string, ",pixel-aspect-ratio=%d/%d", ratio.n,
        ratio.d);
  if (alternate)
    g_string_append (string, ",interlace-mode=alternate");
  else
    append_one (string, rand, 25, "interlace-mode", modes,
        G_N_ELEMENTS (modes));
  append_one (string, rand, 20, "colorimetry", colorimetries,
      G_N_ELEMENTS (colorimetries));
  append_one (string, rand, 15, "chroma-site", sites, G_N_ELEMENTS (sites));
  append_one (string, rand, 80, "framerate", rates, G_N_ELEMENTS (rates));
}

/* The format itself, or a list that it is or is not in. */
static void
append_formats (GString * string, GRand * rand, const gchar * format)
{
  switch (g_rand_int_range (rand, 0, 12)) {
    case 0:
      g_string_append_printf (string, ",format=%s", format);
      break;
    case 1:
      g_string_append_printf (string, ",format={%s,%s,RGB8P}",
          random_format (rand), format);
      break;
    case 2:
      g_string_append_printf (string, ",format={RGB8P,%s}",
          random_format (rand));
      break;
    default:
      break;
  }
}

static void
append_structure (GString * string, GRand * rand, const gchar * feature,
    const gchar * format, gboolean alone, Limits * limits)
{
  static const gchar *const colorimetry_lists[] = {
    "bt601", "bt709", "{bt709,bt601}", "{bt2020,bt709,sRGB}",
  };
  static const gchar *const site_lists[] = { "jpeg", "{mpeg2,jpeg}" };
  static const gchar *const mode_lists[] = {
    "progressive", "{interleaved,mixed,progressive}", "{mixed,alternate}",
  };
  static const gchar *const rate_ranges[] = { "[0/1,60/1]", "[1/1,120/1]" };

  g_string_append_printf (string, "video/x-raw%s",
      chance (rand, 5) ? "(ANY)" : feature);
  append_formats (string, rand, format);
  append_sizes (string, rand, WIDE, alone, &limits->size[WIDE]);
  append_sizes (string, rand, HIGH, alone, &limits->size[HIGH]);
  append_ratios (string, rand, &limits->ratio);
  append_one (string, rand, 8, "colorimetry", colorimetry_lists,
      G_N_ELEMENTS (colorimetry_lists));
  append_one (string, rand, 5, "chroma-site", site_lists,
      G_N_ELEMENTS (site_lists));
  append_one (string, rand, 5, "interlace-mode", mode_lists,
      G_N_ELEMENTS (mode_lists));
  append_one (string, rand, 15, "framerate", rate_ranges,
      G_N_ELEMENTS (rate_ranges));
}

static const gchar *
features_of (GstCaps * caps)
{
  return gst_caps_features_contains (gst_caps_get_features (caps, 0),
      GST_CAPS_FEATURE_FORMAT_INTERLACED) ? "(format:Interlaced)" : NULL;
}

void
pair_make (Pair * pair, GRand * rand)
{
  GString *string = g_string_new (NULL);
  const gchar *feature = PICK (rand, features);
  const gchar *format = random_format (rand);
  guint i;

  make_stream (string, rand, feature, format);
  pair->stream = gst_caps_from_string (string->str);
  if (features_of (pair->stream))
    feature = features_of (pair->stream);

  pair->n_limits = chance (rand, 85) ? 1
      : g_rand_int_range (rand, 2, MAX_STRUCTURES + 1);
  g_string_truncate (string, 0);
  for (i = 0; i < pair->n_limits; i++) {
    g_string_append (string, i > 0 ? ";" : "");
    append_structure (string, rand, feature, format, pair->n_limits == 1,
        &pair->limits[i]);
  }
  pair->neighbour = gst_caps_from_string (string->str);
  if (pair->stream == NULL || pair->neighbour == NULL)
    g_error ("bad caps: %s", string->str);
  g_string_free (string, TRUE);
}

void
pair_clear (Pair * pair)
{
  gst_caps_unref (pair->stream);
  gst_caps_unref (pair->neighbour);
}

GstCaps *
caps_shuffled (GstCaps * caps, GRand * rand)
{
  GstCaps *shuffled = gst_caps_new_empty ();
  guint i;

  for (i = 0; i < gst_caps_get_size (caps); i++) {
    const GstStructure *from = gst_caps_get_structure (caps, i);
    GstStructure *to = gst_structure_new_empty (gst_structure_get_name (from));
    GPtrArray *names = g_ptr_array_new ();
    gint k;

    for (k = 0; k < gst_structure_n_fields (from); k++)
      g_ptr_array_insert (names, g_rand_int_range (rand, 0, k + 1),
          (gpointer) gst_structure_nth_field_name (from, k));
    for (k = 0; k < gst_structure_n_fields (from); k++) {
      const gchar *name = g_ptr_array_index (names, k);

      gst_structure_set_value (to, name, gst_structure_get_value (from, name));
    }
    gst_caps_append_structure_full (shuffled, to,
        gst_caps_features_copy (gst_caps_get_features (caps, i)));
    g_ptr_array_unref (names);
  }
  return shuffled;
}

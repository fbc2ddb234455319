/* GStreamer areascale: a random search over caps
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Usage: search [PAIRS [SEED [ELEMENT]]]
 * Puts areascale or areaconvertscale between PAIRS random streams and neighbours,
 * and prints those of which a property does not hold.
 */

#include <stdlib.h>

#include <gst/base/gstbasetransform.h>

#include "judge.h"
#include "negotiation.h"
#include "engine.h"

#define DEFAULT_PAIRS 5000
#define DEFAULT_SEED 80
#define DEFAULT_ELEMENT "areascale"
#define MAX_PRINTED 20

typedef struct
{
  GRand *rand;
  GstElement *element;
  GstElement *videoscale;       /* or videoconvertscale */
  gboolean converts;
  guint n_linked, n_bordered, n_converted, n_videoscale, n_odd;
} Search;

/* What the neighbour of the pad opposite to @direction can become, the way that
 * the base class finds out. */
static GstCaps *
open_caps (GstElement * element, GstPadDirection direction, GstCaps * caps,
    GstCaps * neighbour)
{
  GstBaseTransform *trans = GST_BASE_TRANSFORM (element);
  GstCaps *templ = gst_pad_get_pad_template_caps (direction == GST_PAD_SINK
      ? trans->srcpad : trans->sinkpad);
  GstCaps *possible =
      GST_BASE_TRANSFORM_GET_CLASS (trans)->transform_caps (trans, direction,
      caps, NULL);
  GstCaps *ours = gst_caps_intersect_full (possible, templ,
      GST_CAPS_INTERSECT_FIRST);
  GstCaps *open = gst_caps_intersect_full (neighbour, ours,
      GST_CAPS_INTERSECT_FIRST);

  gst_caps_unref (ours);
  gst_caps_unref (possible);
  gst_caps_unref (templ);
  return open;
}

static GstCaps *
chosen_caps (GstElement * element, GstPadDirection direction, GstCaps * caps,
    GstCaps * neighbour)
{
  GstBaseTransform *trans = GST_BASE_TRANSFORM (element);
  GstCaps *open = open_caps (element, direction, caps, neighbour);

  if (gst_caps_is_empty (open))
    return open;
  return GST_BASE_TRANSFORM_GET_CLASS (trans)->fixate_caps (trans, direction,
      caps, open);
}

static gboolean
links (GstCaps * result, GstCaps * neighbour)
{
  return gst_caps_is_fixed (result)
      && gst_caps_can_intersect (result, neighbour);
}

/* Where the element places the picture: fixation says whether rounding is
 * filled. */
static void
place (Search * search, const Pair * pair, GstCaps * result,
    GstAreaScalePlacement * placement)
{
  GstCaps *again;
  GstVideoInfo in, out;
  gboolean fills;

  again = gst_area_scale_negotiation_fixate_caps (GST_PAD_SINK, pair->stream,
      open_caps (search->element, GST_PAD_SINK, pair->stream,
          pair->neighbour), &fills);
  gst_caps_unref (again);
  if (gst_video_info_from_caps (&in, pair->stream)
      && gst_video_info_from_caps (&out, result))
    gst_area_scale_placement_init (placement, &in, &out, !fills);
}

static void
check_order_of_fields (Search * search, const Pair * pair, GstCaps * result,
    GString * faults)
{
  GstCaps *stream = caps_shuffled (pair->stream, search->rand);
  GstCaps *neighbour = caps_shuffled (pair->neighbour, search->rand);
  GstCaps *again =
      chosen_caps (search->element, GST_PAD_SINK, stream, neighbour);

  if (!gst_caps_is_equal (again, result))
    g_string_append (faults, "    the order of fields matters\n");
  gst_caps_unref (again);
  gst_caps_unref (neighbour);
  gst_caps_unref (stream);
}

/* What was chosen is chosen again where it is all that is allowed, and the way
 * back is open. */
static void
check_choosing_again (Search * search, const Pair * pair, GstCaps * result,
    GString * faults)
{
  GstCaps *again =
      chosen_caps (search->element, GST_PAD_SINK, pair->stream, result);
  GstCaps *back =
      chosen_caps (search->element, GST_PAD_SRC, result, pair->stream);

  /* a free pixel aspect ratio may become exact */
  if (gst_structure_has_field (gst_caps_get_structure (result, 0),
          "pixel-aspect-ratio") && !gst_caps_is_equal (again, result))
    g_string_append (faults, "    not chosen again\n");
  if (!links (back, pair->stream))
    g_string_append (faults, "    no way back\n");
  gst_caps_unref (back);
  gst_caps_unref (again);
}

/* Towards the sink pad: within the neighbour, and existing. */
static void
check_other_direction (Search * search, const Pair * pair, GString * faults)
{
  GstCaps *result = chosen_caps (search->element, GST_PAD_SRC, pair->stream,
      pair->neighbour);
  GstVideoInfo info;

  if (!gst_caps_is_empty (result) && (!links (result, pair->neighbour)
          || !gst_video_info_from_caps (&info, result)))
    g_string_append (faults, "    not within the neighbour upstream\n");
  gst_caps_unref (result);
}

/* Frames that cannot be averaged, or that are too large. */
static gboolean
is_excused (GstCaps * caps)
{
  GstVideoInfo info;

  return !gst_video_info_from_caps (&info, caps)
      || !gst_area_engine_handles_format (GST_VIDEO_INFO_FORMAT (&info));
}

static void
note_critical (const gchar * domain, GLogLevelFlags level,
    const gchar * message, gpointer seen)
{
  (void) domain;
  (void) message;

  if (level & G_LOG_LEVEL_CRITICAL)
    *(gboolean *) seen = TRUE;
}

/* What videoscale chooses, empty where it makes criticals: of extreme pixel
 * aspect ratios, and of ranges in lists. */
static GstCaps *
chosen_by_videoscale (Search * search, const Pair * pair)
{
  gboolean seen = FALSE;
  GLogLevelFlags fatal = g_log_set_always_fatal (G_LOG_LEVEL_ERROR);
  GLogFunc handler = g_log_set_default_handler (note_critical, &seen);
  GstCaps *result = chosen_caps (search->videoscale, GST_PAD_SINK,
      pair->stream, pair->neighbour);

  g_log_set_default_handler (handler, NULL);
  g_log_set_always_fatal (fatal);
  if (seen) {
    gst_caps_unref (result);
    return gst_caps_new_empty ();
  }
  return result;
}

static void
check_videoscale (Search * search, const Pair * pair, gboolean linked,
    GString * faults)
{
  GstCaps *theirs = chosen_by_videoscale (search, pair);

  if (links (theirs, pair->neighbour) && !is_excused (theirs)
      && !(search->converts && is_excused (pair->stream))) {
    search->n_videoscale++;
    if (!linked)
      g_string_append (faults, "    videoscale links\n");
  }
  gst_caps_unref (theirs);
}

static void
check_result (Search * search, const Pair * pair, GstCaps * result,
    GString * faults)
{
  GstAreaScalePlacement placement = { 0 };

  search->n_linked++;
  place (search, pair, result, &placement);
  search->n_bordered += gst_area_scale_placement_has_border (&placement);
  search->n_converted += judge (pair, search->converts, result, &placement,
      faults);
  check_order_of_fields (search, pair, result, faults);
  check_choosing_again (search, pair, result, faults);
}

static void
report (Search * search, const Pair * pair, GstCaps * result, guint number,
    const GString * faults)
{
  gchar *stream = gst_caps_to_string (pair->stream);
  gchar *neighbour = gst_caps_to_string (pair->neighbour);
  gchar *chosen = gst_caps_to_string (result);

  if (search->n_odd++ < MAX_PRINTED)
    g_print ("pair %u: %s\n  beside %s\n  gives %s\n%s", number, stream,
        neighbour, chosen, faults->str);
  g_free (chosen);
  g_free (neighbour);
  g_free (stream);
}

static void
check_pair (Search * search, guint number)
{
  GString *faults = g_string_new (NULL);
  GstVideoInfo info;
  GstCaps *result;
  gboolean linked, exists;
  Pair pair;

  pair_make (&pair, search->rand);
  result = chosen_caps (search->element, GST_PAD_SINK, pair.stream,
      pair.neighbour);
  linked = links (result, pair.neighbour);
  if (!linked && !gst_caps_is_empty (result))
    g_string_append (faults, "    not within the neighbour\n");
  exists = gst_video_info_from_caps (&info, pair.stream);
  if (exists && linked)
    check_result (search, &pair, result, faults);
  if (exists)
    check_other_direction (search, &pair, faults);
  if (exists)
    check_videoscale (search, &pair, linked, faults);
  if (faults->len > 0)
    report (search, &pair, result, number, faults);

  gst_caps_unref (result);
  pair_clear (&pair);
  g_string_free (faults, TRUE);
}

static guint
argument (int argc, char **argv, int index, guint otherwise)
{
  guint64 number = otherwise;

  if (index < argc && !g_ascii_string_to_unsigned (argv[index], 10, 0,
          G_MAXUINT, &number, NULL)) {
    g_printerr ("usage: search [PAIRS [SEED [ELEMENT]]]\n");
    exit (2);
  }
  return (guint) number;
}

int
main (int argc, char **argv)
{
  guint n_pairs = argument (argc, argv, 1, DEFAULT_PAIRS);
  guint seed = argument (argc, argv, 2, DEFAULT_SEED);
  const gchar *name = argc > 3 ? argv[3] : DEFAULT_ELEMENT;
  Search search = { 0 };
  guint i;

  gst_init (NULL, NULL);
  search.rand = g_rand_new_with_seed (seed);
  search.converts = g_str_equal (name, "areaconvertscale");
  search.element = gst_element_factory_make (name, NULL);
  search.videoscale = gst_element_factory_make (search.converts ?
      "videoconvertscale" : "videoscale", NULL);
  if (search.element == NULL || search.videoscale == NULL) {
    g_printerr ("%s, videoscale or videoconvertscale is missing\n", name);
    return 1;
  }
  gst_object_ref_sink (search.element);
  gst_object_ref_sink (search.videoscale);

  for (i = 0; i < n_pairs; i++)
    check_pair (&search, i);
  g_print ("%u pairs of seed %u: %u linked, %u with borders, %u of other "
      "formats, %u by videoscale; %u odd\n", n_pairs, seed, search.n_linked,
      search.n_bordered, search.n_converted, search.n_videoscale,
      search.n_odd);

  gst_object_unref (search.videoscale);
  gst_object_unref (search.element);
  g_rand_free (search.rand);
  gst_deinit ();
  return search.n_odd > 0;
}

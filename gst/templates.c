/* GStreamer areascale: what frames an element takes and makes
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <gst/video/video.h>

#include "areascale.h"
#include "engine.h"
#include "templates.h"

static void
append_template (GstCaps * caps, const GstVideoFormat * formats, guint n,
    GstCapsFeatures * features)
{
  GstCaps *raw = gst_video_make_raw_caps (formats, n);
  GstStructure *structure = gst_structure_new_empty ("video/x-raw");

  gst_structure_set_value (structure, "format",
      gst_structure_get_value (gst_caps_get_structure (raw, 0), "format"));
  gst_structure_set (structure,
      "width", GST_TYPE_INT_RANGE, 1, AREASCALE_MAX_SIZE,
      "height", GST_TYPE_INT_RANGE, 1, AREASCALE_MAX_SIZE,
      "framerate", GST_TYPE_FRACTION_RANGE, 0, 1, G_MAXINT, 1, NULL);
  gst_caps_append_structure_full (caps, structure, features);
  gst_caps_unref (raw);
}

/* Formats are asked for at run time: a newer GStreamer has more. */
static void
append_scalable (GstCaps * caps)
{
  GArray *formats = g_array_new (FALSE, FALSE, sizeof (GstVideoFormat));
  const GstVideoFormat *all;
  guint i, n;

  all = gst_video_formats_raw (&n);
  for (i = 0; i < n; i++) {
    if (gst_area_engine_handles_format (all[i]))
      g_array_append_val (formats, all[i]);
  }
  append_template (caps, (const GstVideoFormat *) (gpointer) formats->data,
      formats->len, NULL);
  g_array_unref (formats);
}

/* Some of these features can be scaled too. */
static void
append_passable (GstCaps * caps)
{
  const GstVideoFormat *formats = NULL;
  guint n = 0;

#if GST_CHECK_VERSION (1, 24, 0)
  formats = gst_video_formats_any (&n);
#endif
  append_template (caps, formats, n, gst_caps_features_new_any ());
}

static void
add_pad_template (GstElementClass * klass, const gchar * name,
    GstPadDirection direction, GstCaps * caps)
{
  gst_element_class_add_pad_template (klass,
      gst_pad_template_new (name, direction, GST_PAD_ALWAYS, caps));
}

void
gst_area_scale_templates_add (GstElementClass * klass)
{
  GstCaps *caps = gst_caps_new_empty ();

  append_scalable (caps);
  append_passable (caps);
  add_pad_template (klass, "sink", GST_PAD_SINK, caps);
  add_pad_template (klass, "src", GST_PAD_SRC, caps);
  gst_caps_unref (caps);
}

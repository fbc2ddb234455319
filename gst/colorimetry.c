/* GStreamer areascale: what colours the output's caps mean
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "colorimetry.h"

#define COLORIMETRY "colorimetry"
#define CHROMA_SITE "chroma-site"

#define FAMILY \
  (GST_VIDEO_FORMAT_FLAG_YUV | GST_VIDEO_FORMAT_FLAG_RGB | \
  GST_VIDEO_FORMAT_FLAG_GRAY)

static gboolean
are_one_family (const GstVideoInfo * a, const GstVideoInfo * b)
{
  return (a->finfo->flags & FAMILY) == (b->finfo->flags & FAMILY);
}

static gboolean
share_subsampling (const GstVideoInfo * a, const GstVideoInfo * b)
{
  guint i;

  if (!are_one_family (a, b))
    return FALSE;
  for (i = 0; i < GST_VIDEO_COMP_A; i++) {
    if (a->finfo->w_sub[i] != b->finfo->w_sub[i]
        || a->finfo->h_sub[i] != b->finfo->h_sub[i])
      return FALSE;
  }
  return TRUE;
}

gboolean
gst_area_colorimetry_changes (const GstVideoInfo * in,
    const GstVideoInfo * out)
{
  return GST_VIDEO_INFO_FORMAT (in) != GST_VIDEO_INFO_FORMAT (out)
      || !gst_video_colorimetry_is_equal (&in->colorimetry,
      &out->colorimetry);
}

/* What the colours of @from are in a format and size of another family: the range
 * and matrix that are usual there. */
static GstVideoColorimetry
colorimetry_for (const GstVideoInfo * from, const GstVideoInfo * to)
{
  GstVideoColorimetry colorimetry = from->colorimetry;

  if (!are_one_family (from, to)) {
    colorimetry.range = to->colorimetry.range;
    colorimetry.matrix = to->colorimetry.matrix;
  }
  return colorimetry;
}

/* --- a choice of several --- */

static gint
mismatch (const GstVideoColorimetry * wanted, const gchar * name)
{
  GstVideoColorimetry c;

  if (!gst_video_colorimetry_from_string (&c, name))
    return G_MAXINT;
  return 8 * (c.matrix != wanted->matrix) + 4 * (c.range != wanted->range)
      + 2 * (c.transfer != wanted->transfer)
      + (c.primaries != wanted->primaries);
}

static void
prefer_colorimetry (GstStructure * structure,
    const GstVideoColorimetry * wanted)
{
  const GValue *names = gst_structure_get_value (structure, COLORIMETRY);
  const gchar *best = NULL;
  guint i;

  if (names == NULL || !GST_VALUE_HOLDS_LIST (names))
    return;
  for (i = 0; i < gst_value_list_get_size (names); i++) {
    const GValue *value = gst_value_list_get_value (names, i);
    const gchar *name =
        G_VALUE_HOLDS_STRING (value) ? g_value_get_string (value) : NULL;

    if (name != NULL && (best == NULL
            || mismatch (wanted, name) < mismatch (wanted, best)))
      best = name;
  }
  if (best != NULL)
    gst_structure_fixate_field_string (structure, COLORIMETRY, best);
}

static void
prefer_chroma_site (GstStructure * structure, GstVideoChromaSite site)
{
  gchar *name = gst_video_chroma_site_to_string (site);

  if (name != NULL && gst_structure_has_field (structure, CHROMA_SITE))
    gst_structure_fixate_field_string (structure, CHROMA_SITE, name);
  g_free (name);
}

/* What @caps mean without a colorimetry and chroma site of their own. */
static gboolean
usual_info (GstCaps * caps, GstVideoInfo * info)
{
  GstCaps *usual = gst_caps_copy (caps);
  gboolean exists;

  gst_structure_remove_fields (gst_caps_get_structure (usual, 0), COLORIMETRY,
      CHROMA_SITE, NULL);
  usual = gst_caps_fixate (usual);
  exists = gst_video_info_from_caps (info, usual);
  gst_caps_unref (usual);
  return exists;
}

void
gst_area_colorimetry_prefer (GstCaps * caps, GstCaps * othercaps)
{
  GstStructure *structure = gst_caps_get_structure (othercaps, 0);
  GstVideoInfo from, to;
  GstVideoColorimetry wanted;

  if (!gst_video_info_from_caps (&from, caps)
      || !usual_info (othercaps, &to))
    return;

  wanted = colorimetry_for (&from, &to);
  prefer_colorimetry (structure, &wanted);
  prefer_chroma_site (structure,
      share_subsampling (&from, &to) ? from.chroma_site : to.chroma_site);
}

/* --- what is added --- */

static gboolean
has_field (GstCaps * caps, const gchar * field)
{
  return gst_structure_has_field (gst_caps_get_structure (caps, 0), field);
}

static void
copy_field (GstCaps * caps, const gchar * field, GstCaps * result)
{
  gst_caps_set_value (result, field,
      gst_structure_get_value (gst_caps_get_structure (caps, 0), field));
}

static void
set_string (GstCaps * caps, const gchar * field, gchar * value)
{
  if (value != NULL)
    gst_caps_set_simple (caps, field, G_TYPE_STRING, value, NULL);
  g_free (value);
}

static void
transfer_colorimetry (GstCaps * caps, const GstVideoInfo * from,
    GstCaps * result, const GstVideoInfo * to)
{
  gboolean one_family = are_one_family (from, to);
  GstVideoColorimetry wanted = colorimetry_for (from, to);

  if (has_field (result, COLORIMETRY))
    return;
  if (one_family && has_field (caps, COLORIMETRY))
    copy_field (caps, COLORIMETRY, result);
  else if (has_field (caps, COLORIMETRY) || (one_family
          && !gst_video_colorimetry_is_equal (&wanted, &to->colorimetry)))
    set_string (result, COLORIMETRY,
        gst_video_colorimetry_to_string (&wanted));
}

static void
transfer_chroma_site (GstCaps * caps, const GstVideoInfo * from,
    GstCaps * result, const GstVideoInfo * to)
{
  if (has_field (result, CHROMA_SITE) || !share_subsampling (from, to))
    return;
  if (has_field (caps, CHROMA_SITE))
    copy_field (caps, CHROMA_SITE, result);
  else if (from->chroma_site != to->chroma_site)
    set_string (result, CHROMA_SITE,
        gst_video_chroma_site_to_string (from->chroma_site));
}

/* The colorimetry comes first, since naming it leaves the chroma site unknown. */
void
gst_area_colorimetry_transfer (GstCaps * caps, GstCaps * result)
{
  GstVideoInfo from, to;

  if (!gst_video_info_from_caps (&from, caps)
      || !gst_video_info_from_caps (&to, result))
    return;

  transfer_colorimetry (caps, &from, result, &to);
  if (gst_video_info_from_caps (&to, result))
    transfer_chroma_site (caps, &from, result, &to);
}

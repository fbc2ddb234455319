/* GStreamer areascale: why frames cannot be scaled
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "debug.h"
#include "errors.h"
#include "negotiation.h"

void
gst_area_scale_errors_post (GstElement * element, GError * error)
{
  gst_element_message_full (element, GST_MESSAGE_ERROR, error->domain,
      error->code, g_strdup (error->message), NULL, __FILE__, GST_FUNCTION,
      __LINE__);
  g_error_free (error);
}

void
gst_area_scale_errors_explain_caps (GstBaseTransform * trans,
    GstAreaChanges changes, GstCaps * caps)
{
  GstCaps *accepted = gst_pad_peer_query_caps (trans->srcpad, NULL);
  gchar *have = gst_caps_to_string (caps);
  gchar *want = gst_caps_to_string (accepted);

  GST_ELEMENT_ERROR (trans, CORE, NEGOTIATION,
      ("Cannot %s %s to anything that downstream accepts: %s",
          changes == GST_AREA_CHANGES_ALL ? "convert" : "scale", have,
          gst_area_scale_negotiation_limit (changes, caps, accepted)),
      ("downstream accepts: %s", want));
  g_free (want);
  g_free (have);
  gst_caps_unref (accepted);
}

static void
refuse (GstElement * element, const gchar * what, const gchar * in,
    const gchar * out)
{
  GST_ELEMENT_ERROR (element, CORE, NEGOTIATION,
      ("Cannot convert %s %s to %s: input and output must have the same one",
          what, in, out), (NULL));
}

gboolean
gst_area_scale_errors_refuse_caps (GstElement * element,
    GstAreaChanges changes, const GstVideoInfo * in, const GstVideoInfo * out)
{
  if (changes != GST_AREA_CHANGES_ALL
      && GST_VIDEO_INFO_FORMAT (in) != GST_VIDEO_INFO_FORMAT (out))
    refuse (element, "format", GST_VIDEO_INFO_NAME (in),
        GST_VIDEO_INFO_NAME (out));
  else if (in->interlace_mode != out->interlace_mode)
    refuse (element, "interlace-mode",
        gst_video_interlace_mode_to_string (in->interlace_mode),
        gst_video_interlace_mode_to_string (out->interlace_mode));
  else
    return FALSE;
  return TRUE;
}

void
gst_area_scale_errors_explain_pool (GstBaseTransform * trans)
{
  GstBufferPool *pool = gst_base_transform_get_buffer_pool (trans);

  if (pool && gst_buffer_pool_is_active (pool))
    GST_ELEMENT_ERROR (trans, RESOURCE, NO_SPACE_LEFT,
        ("Cannot allocate an output buffer"),
        ("%s has none to give", GST_OBJECT_NAME (pool)));
  gst_clear_object (&pool);
}

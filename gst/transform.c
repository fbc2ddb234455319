/* GStreamer areascale: what the elements are
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include "allocation.h"
#include "colors.h"
#include "debug.h"
#include "errors.h"
#include "metas.h"
#include "negotiation.h"
#include "placement.h"
#include "engine.h"
#include "settings.h"
#include "threads.h"
#include "transform.h"

typedef struct
{
  /* under the object lock */
  GstAreaScaleSettings settings;
  gboolean changed;             /* settings, since configured */
  gboolean negotiated;          /* caps are known, placement is valid */
  GstAreaScalePlacement placement;

  GstAreaScaleThreads threads;

  /* of the streaming thread */
  GstAreaEngine *engine;        /* NULL when passing through */
  GstAreaScaleSettings configured;      /* that it was made with */
  GstAreaScaleOverlay overlay;  /* of the last frame */
  gboolean explained;           /* an error about these caps was posted */
  gboolean fills;               /* the negotiated size is only rounded */
  gboolean only_passes;         /* such frames cannot be averaged */
  GstAreaScaleFixation fixation;        /* the last one */
} GstAreaTransformPrivate, Private;

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (GstAreaTransform, gst_area_transform,
    GST_TYPE_VIDEO_FILTER, G_ADD_PRIVATE (GstAreaTransform)
    gst_area_scale_debug_category ());

static inline Private *
get_private (gpointer self)
{
  return gst_area_transform_get_instance_private (self);
}

static GstAreaChanges
changes_of (gpointer self)
{
  return GST_AREA_TRANSFORM_GET_CLASS (self)->changes;
}

/* properties */

static void
gst_area_transform_set_property (GObject * object, guint prop_id,
    const GValue * value, GParamSpec * pspec)
{
  Private *priv = get_private (object);
  GstAreaScaleSettings before;
  gboolean known;

  GST_OBJECT_LOCK (object);
  before = priv->settings;
  known = gst_area_scale_settings_set (&priv->settings, prop_id, value);
  /* a controller sets the same value at every frame */
  if (!gst_area_scale_settings_equal (&before, &priv->settings))
    priv->changed = TRUE;
  GST_OBJECT_UNLOCK (object);
  if (!known)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
gst_area_transform_get_property (GObject * object, guint prop_id,
    GValue * value, GParamSpec * pspec)
{
  Private *priv = get_private (object);
  gboolean known;

  GST_OBJECT_LOCK (object);
  known = gst_area_scale_settings_get (&priv->settings, prop_id, value);
  GST_OBJECT_UNLOCK (object);
  if (!known)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
gst_area_transform_set_negotiated (GstAreaTransform * self, gboolean negotiated)
{
  Private *priv = get_private (self);
  GST_OBJECT_LOCK (self);
  priv->negotiated = negotiated;
  GST_OBJECT_UNLOCK (self);
}

/* errors */

/* Says why caps were refused when nothing more exact has been said. */
static void
gst_area_transform_explain (GstAreaTransform * self, GstCaps * caps)
{
  Private *priv = get_private (self);

  if (priv->explained
      || GST_PAD_IS_FLUSHING (GST_BASE_TRANSFORM_SRC_PAD (self)))
    return;
  priv->explained = TRUE;
  gst_area_scale_errors_explain_caps (GST_BASE_TRANSFORM (self),
      changes_of (self), caps);
}

/* threads */

static void
gst_area_transform_set_context (GstElement * element, GstContext * context)
{
  Private *priv = get_private (element);

  gst_area_scale_threads_set_context (&priv->threads, element, context);
  GST_ELEMENT_CLASS (gst_area_transform_parent_class)->set_context (element,
      context);
}

static GstStateChangeReturn
gst_area_transform_change_state (GstElement * element,
    GstStateChange transition)
{
  Private *priv = get_private (element);
  GstStateChangeReturn ret = GST_ELEMENT_CLASS
      (gst_area_transform_parent_class)->change_state (element, transition);

  if (transition == GST_STATE_CHANGE_READY_TO_NULL)
    gst_area_scale_threads_drop_shared (&priv->threads, element, FALSE);
  return ret;
}

/* configuration */

/* How formats become each other, %NULL where samples stay what they are. */
static const GstAreaConversion *
conversion_of (GstAreaTransform * self, const GstAreaScaleSettings * settings)
{
  return changes_of (self) == GST_AREA_CHANGES_ALL
      && !get_private (self)->only_passes ? &settings->conversion : NULL;
}

static void
gst_area_transform_drop_engine (GstAreaTransform * self)
{
  Private *priv = get_private (self);

  if (priv->engine && gst_area_engine_pool_failed (priv->engine,
          gst_area_scale_threads_own (&priv->threads)))
    gst_area_scale_threads_abandon_own (&priv->threads);
  gst_area_engine_free (priv->engine);
  priv->engine = NULL;
}

static gboolean
gst_area_transform_make_engine (GstAreaTransform * self,
    const GstVideoInfo * in, const GstVideoInfo * out,
    const GstAreaScaleSettings * settings,
    const GstAreaScalePlacement * placement)
{
  Private *priv = get_private (self);
  GError *error = NULL;
  guint n_threads;
  GstTaskPool *pool = gst_area_scale_threads_get (&priv->threads,
      GST_ELEMENT (self), settings->n_threads, settings->n_threads_is_default,
      &n_threads);

  priv->engine = gst_area_engine_new (in, out, placement, &settings->mean,
      conversion_of (self, settings), settings->border_color, n_threads, pool,
      &error);
  gst_clear_object (&pool);

  if (priv->engine == NULL) {
    priv->explained = TRUE;
    gst_area_scale_errors_post (GST_ELEMENT (self), error);
    return FALSE;
  }
  gst_area_engine_log (priv->engine, GST_OBJECT (self));
  return TRUE;
}

/* Whether the output is the input. */
static gboolean
gst_area_transform_passes (GstAreaTransform * self, const GstVideoInfo * in,
    const GstVideoInfo * out, const GstAreaScaleSettings * settings,
    const GstAreaScalePlacement * placement)
{
  return gst_area_scale_placement_is_identity (placement)
      && gst_area_scale_colors_stay (in, out, conversion_of (self, settings))
      && (!settings->mean.keep_chroma_site
      || in->chroma_site == out->chroma_site);
}

/* Whether the engine of the last configuration, or the lack of one, suits these
 * as long as caps and task pool stay. The colour of its border can be changed. */
static gboolean
gst_area_transform_engine_suits (GstAreaTransform * self,
    const GstAreaScaleSettings * settings,
    const GstAreaScalePlacement * placement, gboolean passthrough)
{
  Private *priv = get_private (self);

  return passthrough == (priv->engine == NULL)
      && memcmp (placement, &priv->placement, sizeof (*placement)) == 0
      && gst_area_scale_settings_suit_engine (settings, &priv->configured);
}

/* Makes everything that depends on caps and properties, and decides about
 * passing through. */
static gboolean
gst_area_transform_configure (GstAreaTransform * self, const GstVideoInfo * in,
    const GstVideoInfo * out, gboolean caps_changed)
{
  Private *priv = get_private (self);
  GstAreaScalePlacement placement;
  GstAreaScaleSettings settings;
  gboolean passthrough, pool_is_new, ok = TRUE;

  GST_OBJECT_LOCK (self);
  settings = priv->settings;
  pool_is_new = gst_area_scale_threads_is_new (&priv->threads);
  priv->changed = FALSE;
  GST_OBJECT_UNLOCK (self);

  gst_area_scale_placement_init (&placement, in, out,
      settings.add_borders && !priv->fills);
  passthrough =
      gst_area_transform_passes (self, in, out, &settings, &placement);
  if (!caps_changed && !pool_is_new
      && gst_area_transform_engine_suits (self, &settings, &placement,
          passthrough)) {
    if (priv->engine)
      gst_area_engine_set_border_color (priv->engine, settings.border_color);
    return TRUE;
  }

  gst_area_transform_drop_engine (self);
  priv->configured = settings;
  gst_area_scale_overlay_clear (&priv->overlay);
  if (!passthrough)
    ok = gst_area_transform_make_engine (self, in, out, &settings, &placement);

  GST_OBJECT_LOCK (self);
  priv->placement = placement;
  priv->changed |= !ok;         /* to be tried again */
  GST_OBJECT_UNLOCK (self);
  gst_base_transform_set_passthrough (GST_BASE_TRANSFORM (self), passthrough);

  GST_DEBUG_OBJECT (self, "%dx%d to %dx%d, content %dx%d at %d,%d%s",
      placement.in_width, placement.in_height, placement.out_width,
      placement.out_height, placement.content.w, placement.content.h,
      placement.content.x, placement.content.y,
      passthrough ? ", passing through" : "");
  return ok;
}

static gboolean
gst_area_transform_set_info (GstVideoFilter * filter, GstCaps * incaps,
    GstVideoInfo * in, GstCaps * outcaps, GstVideoInfo * out)
{
  GstAreaTransform *self = GST_AREA_TRANSFORM (filter);
  Private *priv = get_private (self);
  gboolean refused, ok;

  GST_DEBUG_OBJECT (self, "%" GST_PTR_FORMAT " to %" GST_PTR_FORMAT, incaps,
      outcaps);

  refused = gst_area_scale_errors_refuse_caps (GST_ELEMENT (self),
      changes_of (self), in, out);
  priv->explained |= refused;
  priv->only_passes = gst_area_scale_negotiation_only_passes (incaps);
  priv->fills = gst_area_scale_fixation_is_of (&priv->fixation, in, out)
      && priv->fixation.fills;
  ok = !refused && gst_area_transform_configure (self, in, out, TRUE);
  gst_area_transform_set_negotiated (self, ok);
  return ok;
}

static gboolean
gst_area_transform_stop (GstBaseTransform * trans)
{
  Private *priv = get_private (trans);

  gst_area_transform_drop_engine (GST_AREA_TRANSFORM (trans));
  gst_area_scale_overlay_clear (&priv->overlay);
  gst_area_scale_threads_drop_own (&priv->threads);
  gst_area_transform_set_negotiated (GST_AREA_TRANSFORM (trans), FALSE);
  return TRUE;
}

static void
gst_area_transform_finalize (GObject * object)
{
  Private *priv = get_private (object);

  gst_area_transform_stop (GST_BASE_TRANSFORM (object));
  gst_area_scale_threads_drop_shared (&priv->threads, GST_ELEMENT (object),
      TRUE);
  G_OBJECT_CLASS (gst_area_transform_parent_class)->finalize (object);
}

/* caps */

/* What downstream allows may change while the caps that follow from it stay. */
static void
gst_area_transform_remember (GstAreaTransform * self,
    const GstAreaScaleFixation * fixation)
{
  Private *priv = get_private (self);
  GstVideoFilter *filter = GST_VIDEO_FILTER (self);

  priv->fixation = *fixation;
  if (filter->negotiated && priv->fills != fixation->fills
      && gst_area_scale_fixation_is_of (fixation, &filter->in_info,
          &filter->out_info)) {
    priv->fills = fixation->fills;
    GST_OBJECT_LOCK (self);
    priv->changed = TRUE;
    GST_OBJECT_UNLOCK (self);
  }
}

static GstCaps *
gst_area_transform_transform_caps (GstBaseTransform * trans,
    GstPadDirection direction, GstCaps * caps, GstCaps * filter)
{
  GstCaps *result =
      gst_area_scale_negotiation_transform_caps (changes_of (trans), direction,
      caps, filter);

  GST_LOG_OBJECT (trans, "%" GST_PTR_FORMAT " to %" GST_PTR_FORMAT, caps,
      result);
  return result;
}

static GstCaps *
gst_area_transform_fixate_caps (GstBaseTransform * trans,
    GstPadDirection direction, GstCaps * caps, GstCaps * othercaps)
{
  GstAreaScaleFixation fixation;
  gboolean fills;
  GstCaps *result = gst_area_scale_negotiation_fixate_caps (direction, caps,
      othercaps, &fills);

  if (gst_caps_is_fixed (result)) {
    gst_area_scale_fixation_init (&fixation, direction, caps, result, fills);
    gst_area_transform_remember (GST_AREA_TRANSFORM (trans), &fixation);
  }
  GST_DEBUG_OBJECT (trans, "%" GST_PTR_FORMAT " to %" GST_PTR_FORMAT, caps,
      result);
  return result;
}

/* allocation */

static gboolean
gst_area_transform_filter_meta (GstBaseTransform * trans,
    G_GNUC_UNUSED GstQuery * query, GType api,
    G_GNUC_UNUSED const GstStructure * params)
{
  GstVideoFilter *filter = GST_VIDEO_FILTER (trans);

  return gst_area_scale_metas_handles (api, &filter->in_info,
      &filter->out_info);
}

static gboolean
gst_area_transform_decide_allocation (GstBaseTransform * trans,
    GstQuery * query)
{
  GError *error = NULL;

  if (!gst_area_scale_allocation_decide (trans, query, &error)) {
    get_private (trans)->explained = TRUE;
    gst_area_scale_errors_post (GST_ELEMENT (trans), error);
    return FALSE;
  }
  return GST_BASE_TRANSFORM_CLASS
      (gst_area_transform_parent_class)->decide_allocation (trans, query);
}

/* The base class takes it for granted that the input has caps, which a stop and
 * a start from another thread take away, and says nothing when it gets no
 * buffer. */
static GstFlowReturn
gst_area_transform_prepare_output_buffer (GstBaseTransform * trans,
    GstBuffer * inbuf, GstBuffer ** outbuf)
{
  GstFlowReturn ret;

  if (!gst_base_transform_is_passthrough (trans)
      && !gst_pad_has_current_caps (trans->sinkpad)) {
    *outbuf = NULL;
    return GST_PAD_IS_FLUSHING (trans->sinkpad) ? GST_FLOW_FLUSHING :
        GST_FLOW_NOT_NEGOTIATED;
  }

  ret = GST_BASE_TRANSFORM_CLASS
      (gst_area_transform_parent_class)->prepare_output_buffer (trans, inbuf,
      outbuf);
  if (ret == GST_FLOW_ERROR)
    gst_area_scale_errors_explain_pool (trans);
  return ret;
}

/* events */

static gboolean
gst_area_transform_sink_event (GstBaseTransform * trans, GstEvent * event)
{
  GstAreaTransform *self = GST_AREA_TRANSFORM (trans);
  Private *priv = get_private (self);
  GstCaps *caps = NULL;
  gboolean ok;

  if (GST_EVENT_TYPE (event) == GST_EVENT_CAPS) {
    gst_event_parse_caps (event, &caps);
    gst_caps_ref (caps);
    priv->explained = FALSE;
  }

  ok = GST_BASE_TRANSFORM_CLASS
      (gst_area_transform_parent_class)->sink_event (trans, event);

  if (caps) {
    if (!ok)
      gst_area_transform_explain (self, caps);
    gst_caps_unref (caps);
  }
  return ok;
}

static gboolean
gst_area_transform_src_event (GstBaseTransform * trans, GstEvent * event)
{
  Private *priv = get_private (trans);

  if (GST_EVENT_TYPE (event) == GST_EVENT_NAVIGATION) {
    GstAreaScalePlacement placement;
    gboolean negotiated;

    GST_OBJECT_LOCK (trans);
    placement = priv->placement;
    negotiated = priv->negotiated;
    GST_OBJECT_UNLOCK (trans);

    if (negotiated)
      event = gst_area_scale_metas_navigation (event, &placement);
  }
  return GST_BASE_TRANSFORM_CLASS
      (gst_area_transform_parent_class)->src_event (trans, event);
}

/* frames */

/* Applies properties that were set since the last frame. When that ends or
 * begins passing through, the base class must look for a pool again. */
static gboolean
gst_area_transform_apply_changes (GstAreaTransform * self)
{
  Private *priv = get_private (self);
  GstVideoFilter *filter = GST_VIDEO_FILTER (self);
  GstBaseTransform *trans = GST_BASE_TRANSFORM (self);
  gboolean changed, was_passthrough;

  GST_OBJECT_LOCK (self);
  changed = priv->negotiated && (priv->changed || (priv->engine
          && gst_area_scale_threads_is_new (&priv->threads)));
  GST_OBJECT_UNLOCK (self);
  if (!changed)
    return TRUE;

  was_passthrough = gst_base_transform_is_passthrough (trans);
  if (!gst_area_transform_configure (self, &filter->in_info, &filter->out_info,
          FALSE))
    return FALSE;
  if (gst_base_transform_is_passthrough (trans) != was_passthrough)
    gst_base_transform_reconfigure_src (trans);
  return TRUE;
}

static GstFlowReturn
gst_area_transform_submit_input_buffer (GstBaseTransform * trans,
    gboolean is_discont, GstBuffer * buffer)
{
  GstAreaTransform *self = GST_AREA_TRANSFORM (trans);
  GstFlowReturn ret;

  gst_area_scale_settings_sync (trans, buffer);
  if (!gst_area_transform_apply_changes (self)) {
    gst_buffer_unref (buffer);
    return GST_FLOW_ERROR;
  }

  ret = GST_BASE_TRANSFORM_CLASS
      (gst_area_transform_parent_class)->submit_input_buffer (trans, is_discont,
      buffer);

  if (ret == GST_FLOW_NOT_NEGOTIATED) {
    GstCaps *caps = gst_pad_get_current_caps (trans->sinkpad);

    if (caps) {
      gst_area_transform_explain (self, caps);
      gst_caps_unref (caps);
    }
  }
  return ret;
}

static gboolean
gst_area_transform_transform_meta (GstBaseTransform * trans, GstBuffer * outbuf,
    GstMeta * meta, GstBuffer * inbuf)
{
  Private *priv = get_private (trans);
  GstVideoFilter *filter = GST_VIDEO_FILTER (trans);

  return gst_area_scale_metas_transform (outbuf, meta, inbuf,
      &filter->in_info, &filter->out_info, &priv->placement, &priv->overlay);
}

static GstFlowReturn
gst_area_transform_transform (GstBaseTransform * trans, GstBuffer * inbuf,
    GstBuffer * outbuf)
{
  Private *priv = get_private (trans);
  GstVideoFilter *filter = GST_VIDEO_FILTER (trans);
  GError *error = NULL;

  if (gst_area_engine_run_buffers (priv->engine, &filter->in_info, inbuf,
          &filter->out_info, outbuf, &error))
    return GST_FLOW_OK;
  gst_area_scale_errors_post (GST_ELEMENT (trans), error);
  return GST_FLOW_ERROR;
}

/* class */

static void
gst_area_transform_class_init (GstAreaTransformClass * klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  GstBaseTransformClass *trans_class = GST_BASE_TRANSFORM_CLASS (klass);
  GstVideoFilterClass *filter_class = GST_VIDEO_FILTER_CLASS (klass);

  gst_type_mark_as_plugin_api (GST_TYPE_AREA_TRANSFORM, 0);

  object_class->set_property = gst_area_transform_set_property;
  object_class->get_property = gst_area_transform_get_property;
  object_class->finalize = gst_area_transform_finalize;
  gst_area_scale_settings_install (object_class);

  element_class->set_context =
      GST_DEBUG_FUNCPTR (gst_area_transform_set_context);
  element_class->change_state =
      GST_DEBUG_FUNCPTR (gst_area_transform_change_state);

  trans_class->transform_caps =
      GST_DEBUG_FUNCPTR (gst_area_transform_transform_caps);
  trans_class->fixate_caps =
      GST_DEBUG_FUNCPTR (gst_area_transform_fixate_caps);
  trans_class->filter_meta =
      GST_DEBUG_FUNCPTR (gst_area_transform_filter_meta);
  trans_class->decide_allocation =
      GST_DEBUG_FUNCPTR (gst_area_transform_decide_allocation);
  trans_class->prepare_output_buffer =
      GST_DEBUG_FUNCPTR (gst_area_transform_prepare_output_buffer);
  trans_class->sink_event = GST_DEBUG_FUNCPTR (gst_area_transform_sink_event);
  trans_class->src_event = GST_DEBUG_FUNCPTR (gst_area_transform_src_event);
  trans_class->submit_input_buffer =
      GST_DEBUG_FUNCPTR (gst_area_transform_submit_input_buffer);
  trans_class->transform_meta =
      GST_DEBUG_FUNCPTR (gst_area_transform_transform_meta);
  trans_class->transform = GST_DEBUG_FUNCPTR (gst_area_transform_transform);
  /* GstVideoFilter works in place without a transform_frame, unless this is
   * missing too */
  trans_class->transform_ip = NULL;
  trans_class->stop = GST_DEBUG_FUNCPTR (gst_area_transform_stop);

  filter_class->set_info = GST_DEBUG_FUNCPTR (gst_area_transform_set_info);
}

static void
gst_area_transform_init (GstAreaTransform * self)
{
  Private *priv = get_private (self);

  gst_area_scale_settings_init (&priv->settings);
}

/* GStreamer areascale: the element
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/**
 * SECTION:element-areascale
 * @title: areascale
 * @short_description: scales video by exact area averaging
 *
 * Resizes raw video. Every output sample is the mean of the input samples of
 * its window, rounded once:
 *
 * |[
 * start(i) = floor (i * in / out)    end(i) = ceil ((i + 1) * in / out)
 * ]|
 *
 * for rows and columns alike. These are the windows of PyTorch's
 * adaptive_avg_pool2d, which interpolate(mode="area") calls. Every component is
 * averaged at its own depth and on its own grid, chroma and alpha too; the
 * result is the same from every processor and any number of threads.
 *
 * The element converts nothing: format, colorimetry, frame rate and interlace
 * mode pass through untouched. Where the input's caps leave the colorimetry to
 * the size and the new size would mean another one, the output's caps name it.
 * All raw formats can be scaled but RGB8P, whose samples are palette indices and
 * have no mean, and those of floats. Frames in other memory than the system's
 * (GL, DMABuf, VA and so on) pass through when their size stays, and are refused
 * otherwise.
 *
 * ## Sizes and borders
 *
 * When downstream fixes or limits one side only, the pixel aspect ratio stays and
 * the other side follows from the aspect ratio. When it fixes both, the pixel
 * aspect ratio is adjusted to keep the display aspect ratio; when that is fixed
 * too, #areascale:add-borders keeps the picture's shape by borders in the
 * colour #areascale:border-color, centred on the chroma grid. The colour is
 * converted by the range, matrix and depth of the output's caps; at least one
 * line of the picture stays, however extreme the shapes.
 *
 * ## Interlaced video
 *
 * Interlaced frames (interlace-mode=interleaved and fields) are scaled a field
 * at a time, so that fields never mix in any plane; of interlace-mode=mixed,
 * only the frames that are flagged as interlaced. With interlace-mode=alternate
 * every buffer is a field. Top and bottom stay what they are, also under
 * borders. Interlace modes are not converted: output of another mode than the
 * input's is refused, and so are buffers with a GstVideoMeta for each field.
 *
 * ## Buffers
 *
 * Buffers may have any strides, negative ones too, offsets and paddings by
 * GstVideoMeta and one or more memories, and may be read-only; nothing is
 * copied, except for a plane without GstVideoMeta that spans several memories,
 * and a row at a time of samples of 16 bits at odd addresses.
 * What does not hold the negotiated frame is an element error.
 *
 * Upstream is offered a pool and GstVideoMeta. Downstream's pool is used, with
 * its strides, allocator and alignment, and so are padding and stride alignment
 * in the parameters of its GstVideoMeta.
 *
 * ## Metas and events
 *
 * Regions of interest and overlay compositions are scaled and moved by the
 * border; overlays also as meta:GstVideoOverlayComposition in the caps. Time
 * codes, captions, reference timestamps and other metas that do not depend on
 * the size are kept, those that describe the memory or the coded picture are
 * dropped. GstVideoCropMeta is neither honoured nor proposed upstream: all of the
 * negotiated frame is scaled.
 *
 * Navigation events with a position arrive upstream in input pixels, the border
 * taken off, clamped to the picture. QoS events, gaps and segments are treated
 * as by every #GstVideoFilter; there is no latency.
 *
 * ## Changes while playing
 *
 * Properties may be set at any time and from any thread; the next frame uses
 * them. #areascale:add-borders and #areascale:border-color can be controlled by
 * a #GstController binding. Caps may change between any two frames on both
 * sides.
 *
 * The environment variable AREASCALE_CPU (c, sse4, avx2, avx512 or neon) limits
 * the instruction set. An application may share its threads by a context of
 * type gst.task.pool, which gst_context_set_task_pool() of GStreamer 1.28 makes;
 * the element asks for it by a need-context message. A #GstSharedTaskPool also
 * decides how many threads a frame has, unless #areascale:n-threads is set.
 *
 * ## Example launch lines
 * |[
 * gst-launch-1.0 filesrc location=in.mp4 ! decodebin ! areascale ! video/x-raw,width=320 ! videoconvert ! autovideosink
 * ]|
 * Shows a video 320 pixels wide, its height following from its aspect ratio.
 * |[
 * gst-launch-1.0 videotestsrc ! video/x-raw,width=1920,height=1080 ! areascale border-color=0xff202020 ! video/x-raw,width=800,height=800,pixel-aspect-ratio=1/1 ! videoconvert ! autovideosink
 * ]|
 * Scales to 800x450 with dark grey borders above and below.
 * |[
 * gst-launch-1.0 playbin uri=file:///in.mp4 video-filter="areascale ! capsfilter caps=video/x-raw,width=640"
 * ]|
 * Plays a video 640 pixels wide.
 * |[
 * gst-launch-1.0 filesrc location=in.mp4 ! decodebin ! tee name=t t. ! queue ! areascale ! video/x-raw,height=[2,720,2],width=[2,1280,2],pixel-aspect-ratio=1/1 ! x264enc ! fakesink t. ! queue ! areascale ! video/x-raw,height=[2,360,2],width=[2,640,2],pixel-aspect-ratio=1/1 ! x264enc ! fakesink
 * ]|
 * Encodes two even sizes of the same video.
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include "gstareascale.h"
#include "allocation.h"
#include "areascale.h"
#include "debug.h"
#include "frame.h"
#include "metas.h"
#include "negotiation.h"
#include "placement.h"
#include "scaler.h"
#include "threads.h"

GST_DEBUG_CATEGORY_STATIC (CAT_PERFORMANCE);

#define DEFAULT_ADD_BORDERS TRUE
#define DEFAULT_BORDER_COLOR 0xff000000u
#define DEFAULT_N_THREADS 1

enum
{
  PROP_0,
  PROP_ADD_BORDERS,
  PROP_BORDER_COLOR,
  PROP_N_THREADS,
};

typedef struct
{
  gboolean add_borders;
  guint border_color;
  guint n_threads;
  gboolean n_threads_is_default;        /* nobody has set it */
} Settings;

struct _GstAreaScale
{
  GstVideoFilter parent;

  /* under the object lock */
  Settings settings;
  gboolean changed;             /* settings, since configured */
  gboolean pool_changed;        /* the application's, since it was taken */
  gboolean negotiated;          /* caps are known, placement is valid */
  GstAreaScalePlacement placement;

  GstAreaScaleThreads threads;

  /* of the streaming thread */
  GstAreaScaler *scaler;        /* NULL when passing through */
  Settings configured;          /* that it was made with */
  GstAreaScaleOverlay overlay;  /* of the last frame */
  gboolean explained;           /* an error about these caps was posted */
  gboolean fills;               /* the negotiated size is only rounded */
  GstVideoInfo chosen_in;       /* by the last fixation */
  GstVideoInfo chosen_out;
  gboolean chosen_fills;
};

G_DEFINE_TYPE_WITH_CODE (GstAreaScale, gst_area_scale, GST_TYPE_VIDEO_FILTER,
    gst_area_scale_debug_category ();
    GST_DEBUG_CATEGORY_GET (CAT_PERFORMANCE, "GST_PERFORMANCE"));
GST_ELEMENT_REGISTER_DEFINE (areascale, "areascale", GST_RANK_NONE,
    GST_TYPE_AREA_SCALE);

/* properties */

static void
gst_area_scale_set_property (GObject * object, guint prop_id,
    const GValue * value, GParamSpec * pspec)
{
  GstAreaScale *self = GST_AREA_SCALE (object);
  Settings before;

  GST_OBJECT_LOCK (self);
  before = self->settings;
  switch (prop_id) {
    case PROP_ADD_BORDERS:
      self->settings.add_borders = g_value_get_boolean (value);
      break;
    case PROP_BORDER_COLOR:
      self->settings.border_color = g_value_get_uint (value);
      break;
    case PROP_N_THREADS:
      self->settings.n_threads = g_value_get_uint (value);
      self->settings.n_threads_is_default = FALSE;
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
  }
  /* a controller sets the same value at every frame */
  if (memcmp (&before, &self->settings, sizeof (before)) != 0)
    self->changed = TRUE;
  GST_OBJECT_UNLOCK (self);
}

static void
gst_area_scale_get_property (GObject * object, guint prop_id, GValue * value,
    GParamSpec * pspec)
{
  GstAreaScale *self = GST_AREA_SCALE (object);

  GST_OBJECT_LOCK (self);
  switch (prop_id) {
    case PROP_ADD_BORDERS:
      g_value_set_boolean (value, self->settings.add_borders);
      break;
    case PROP_BORDER_COLOR:
      g_value_set_uint (value, self->settings.border_color);
      break;
    case PROP_N_THREADS:
      g_value_set_uint (value, self->settings.n_threads);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
  }
  GST_OBJECT_UNLOCK (self);
}

/* errors */

static void
gst_area_scale_post_error (GstAreaScale * self, GError * error)
{
  gst_element_message_full (GST_ELEMENT (self), GST_MESSAGE_ERROR,
      error->domain, error->code, g_strdup (error->message), NULL, __FILE__,
      GST_FUNCTION, __LINE__);
  g_error_free (error);
}

/* Says why caps were refused when nothing more exact has been said. */
static void
gst_area_scale_explain (GstAreaScale * self, GstCaps * caps)
{
  GstPad *srcpad = GST_BASE_TRANSFORM_SRC_PAD (self);
  GstCaps *accepted;
  gchar *have, *want;

  if (self->explained || GST_PAD_IS_FLUSHING (srcpad))
    return;
  self->explained = TRUE;

  accepted = gst_pad_peer_query_caps (srcpad, NULL);
  have = gst_caps_to_string (caps);
  want = gst_caps_to_string (accepted);
  GST_ELEMENT_ERROR (self, CORE, NEGOTIATION,
      ("Cannot scale %s to anything that downstream accepts: %s", have,
          gst_area_scale_negotiation_limit (caps, accepted)),
      ("downstream accepts: %s", want));
  g_free (want);
  g_free (have);
  gst_caps_unref (accepted);
}

/* threads */

static void
gst_area_scale_set_context (GstElement * element, GstContext * context)
{
  GstAreaScale *self = GST_AREA_SCALE (element);

  if (gst_area_scale_threads_set_context (&self->threads, element, context)) {
    GST_OBJECT_LOCK (self);
    self->pool_changed = TRUE;
    GST_OBJECT_UNLOCK (self);
  }
  GST_ELEMENT_CLASS (gst_area_scale_parent_class)->set_context (element,
      context);
}

static GstStateChangeReturn
gst_area_scale_change_state (GstElement * element, GstStateChange transition)
{
  GstAreaScale *self = GST_AREA_SCALE (element);
  GstStateChangeReturn ret = GST_ELEMENT_CLASS
      (gst_area_scale_parent_class)->change_state (element, transition);

  if (transition == GST_STATE_CHANGE_READY_TO_NULL)
    gst_area_scale_threads_drop_shared (&self->threads, element, FALSE);
  return ret;
}

/* The application may answer with a pool at once, which is then taken here. */
static GstTaskPool *
gst_area_scale_get_pool (GstAreaScale * self, const Settings * settings,
    guint * n_threads)
{
  GstElement *element = GST_ELEMENT (self);

  gst_area_scale_threads_ask (&self->threads, element);
  GST_OBJECT_LOCK (self);
  self->pool_changed = FALSE;
  GST_OBJECT_UNLOCK (self);
  return gst_area_scale_threads_get (&self->threads, element,
      settings->n_threads, settings->n_threads_is_default, n_threads);
}

/* configuration */

static void
gst_area_scale_drop_scaler (GstAreaScale * self)
{
  if (self->scaler && gst_area_scaler_pool_failed (self->scaler,
          gst_area_scale_threads_own (&self->threads)))
    gst_area_scale_threads_abandon_own (&self->threads);
  gst_area_scaler_free (self->scaler);
  self->scaler = NULL;
}

static void
gst_area_scale_log_scaler (GstAreaScale * self)
{
  const char *unknown;
  gchar *description = gst_area_scaler_describe (self->scaler);

  GST_CAT_INFO_OBJECT (CAT_PERFORMANCE, self, "%s", description);
  g_free (description);

  areascale_cpu_detect (&unknown);
  if (unknown)
    GST_WARNING_OBJECT (self, "AREASCALE_CPU=%s is not an instruction set of "
        "this processor's family (c, sse4, avx2, avx512, neon): ignored",
        unknown);
}

static gboolean
gst_area_scale_make_scaler (GstAreaScale * self, const GstVideoInfo * in,
    const GstVideoInfo * out, const Settings * settings,
    const GstAreaScalePlacement * placement)
{
  GError *error = NULL;
  guint n_threads;
  GstTaskPool *pool = gst_area_scale_get_pool (self, settings, &n_threads);

  self->scaler = gst_area_scaler_new (in, out, placement,
      settings->border_color, n_threads, pool, &error);
  gst_clear_object (&pool);

  if (self->scaler == NULL) {
    self->explained = TRUE;
    gst_area_scale_post_error (self, error);
    return FALSE;
  }
  gst_area_scale_log_scaler (self);
  return TRUE;
}

/* Whether the scaler of the last configuration, or the lack of one, suits these
 * as long as caps and task pool stay. The colour of its border can be changed. */
static gboolean
gst_area_scale_scaler_suits (GstAreaScale * self, const Settings * settings,
    const GstAreaScalePlacement * placement)
{
  gboolean needed = !gst_area_scale_placement_is_identity (placement);

  return needed == (self->scaler != NULL)
      && memcmp (placement, &self->placement, sizeof (*placement)) == 0
      && settings->n_threads == self->configured.n_threads
      && settings->n_threads_is_default ==
      self->configured.n_threads_is_default;
}

/* Makes everything that depends on caps and properties, and decides about
 * passing through. */
static gboolean
gst_area_scale_configure (GstAreaScale * self, const GstVideoInfo * in,
    const GstVideoInfo * out, gboolean caps_changed)
{
  GstAreaScalePlacement placement;
  Settings settings;
  gboolean passthrough, pool_changed, ok = TRUE;

  GST_OBJECT_LOCK (self);
  settings = self->settings;
  pool_changed = self->pool_changed;
  self->changed = self->pool_changed = FALSE;
  GST_OBJECT_UNLOCK (self);

  gst_area_scale_placement_init (&placement, in, out,
      settings.add_borders && !self->fills);
  passthrough = gst_area_scale_placement_is_identity (&placement);
  if (!caps_changed && !pool_changed
      && gst_area_scale_scaler_suits (self, &settings, &placement)) {
    if (self->scaler)
      gst_area_scaler_set_border_color (self->scaler, settings.border_color);
    return TRUE;
  }

  gst_area_scale_drop_scaler (self);
  self->configured = settings;
  gst_area_scale_overlay_clear (&self->overlay);
  if (!passthrough)
    ok = gst_area_scale_make_scaler (self, in, out, &settings, &placement);

  GST_OBJECT_LOCK (self);
  self->placement = placement;
  self->changed |= !ok;         /* to be tried again */
  GST_OBJECT_UNLOCK (self);
  gst_base_transform_set_passthrough (GST_BASE_TRANSFORM (self), passthrough);

  GST_DEBUG_OBJECT (self, "%dx%d to %dx%d, content %dx%d at %d,%d%s",
      placement.in_width, placement.in_height, placement.out_width,
      placement.out_height, placement.content.w, placement.content.h,
      placement.content.x, placement.content.y,
      passthrough ? ", passing through" : "");
  return ok;
}

static void
gst_area_scale_set_negotiated (GstAreaScale * self, gboolean negotiated)
{
  GST_OBJECT_LOCK (self);
  self->negotiated = negotiated;
  GST_OBJECT_UNLOCK (self);
}

static gboolean
gst_area_scale_is_chosen (GstAreaScale * self, const GstVideoInfo * in,
    const GstVideoInfo * out)
{
  return gst_video_info_is_equal (in, &self->chosen_in)
      && gst_video_info_is_equal (out, &self->chosen_out);
}

static gboolean
gst_area_scale_set_info (GstVideoFilter * filter, GstCaps * incaps,
    GstVideoInfo * in, GstCaps * outcaps, GstVideoInfo * out)
{
  GstAreaScale *self = GST_AREA_SCALE (filter);
  gboolean ok;

  GST_DEBUG_OBJECT (self, "%" GST_PTR_FORMAT " to %" GST_PTR_FORMAT, incaps,
      outcaps);

  if (GST_VIDEO_INFO_FORMAT (in) != GST_VIDEO_INFO_FORMAT (out)) {
    GST_ELEMENT_ERROR (self, CORE, NEGOTIATION,
        ("Cannot convert format %s to %s: input and output must have the "
            "same one", GST_VIDEO_INFO_NAME (in), GST_VIDEO_INFO_NAME (out)),
        (NULL));
    goto refused;
  }
  if (GST_VIDEO_INFO_INTERLACE_MODE (in) != GST_VIDEO_INFO_INTERLACE_MODE (out)) {
    GST_ELEMENT_ERROR (self, CORE, NEGOTIATION,
        ("Cannot convert interlace-mode %s to %s: input and output must have "
            "the same one",
            gst_video_interlace_mode_to_string (in->interlace_mode),
            gst_video_interlace_mode_to_string (out->interlace_mode)), (NULL));
    goto refused;
  }
  self->fills = self->chosen_fills && gst_area_scale_is_chosen (self, in, out);
  ok = gst_area_scale_configure (self, in, out, TRUE);
  gst_area_scale_set_negotiated (self, ok);
  return ok;

refused:
  self->explained = TRUE;
  gst_area_scale_set_negotiated (self, FALSE);
  return FALSE;
}

static gboolean
gst_area_scale_stop (GstBaseTransform * trans)
{
  GstAreaScale *self = GST_AREA_SCALE (trans);

  gst_area_scale_drop_scaler (self);
  gst_area_scale_overlay_clear (&self->overlay);
  gst_area_scale_threads_drop_own (&self->threads);
  gst_area_scale_set_negotiated (self, FALSE);
  return TRUE;
}

static void
gst_area_scale_finalize (GObject * object)
{
  GstAreaScale *self = GST_AREA_SCALE (object);

  gst_area_scale_drop_scaler (self);
  gst_area_scale_overlay_clear (&self->overlay);
  gst_area_scale_threads_drop_own (&self->threads);
  gst_area_scale_threads_drop_shared (&self->threads, GST_ELEMENT (self), TRUE);

  G_OBJECT_CLASS (gst_area_scale_parent_class)->finalize (object);
}

/* caps */

static GstCaps *
gst_area_scale_transform_caps (GstBaseTransform * trans,
    GstPadDirection direction, GstCaps * caps, GstCaps * filter)
{
  GstCaps *result =
      gst_area_scale_negotiation_transform_caps (direction, caps, filter);

  GST_LOG_OBJECT (trans, "%" GST_PTR_FORMAT " to %" GST_PTR_FORMAT, caps,
      result);
  return result;
}

/* Fixed caps do not say who chose the size, which decides about borders. What
 * downstream allows may also change while the caps that follow from it stay. */
static void
gst_area_scale_remember_choice (GstAreaScale * self, GstCaps * in,
    GstCaps * out, gboolean fills)
{
  GstVideoFilter *filter = GST_VIDEO_FILTER (self);

  self->chosen_fills = FALSE;
  if (!gst_video_info_from_caps (&self->chosen_in, in)
      || !gst_video_info_from_caps (&self->chosen_out, out))
    return;

  self->chosen_fills = fills;
  if (filter->negotiated && self->fills != fills
      && gst_area_scale_is_chosen (self, &filter->in_info, &filter->out_info)) {
    self->fills = fills;
    GST_OBJECT_LOCK (self);
    self->changed = TRUE;
    GST_OBJECT_UNLOCK (self);
  }
}

static GstCaps *
gst_area_scale_fixate_caps (GstBaseTransform * trans,
    GstPadDirection direction, GstCaps * caps, GstCaps * othercaps)
{
  gboolean fills;
  GstCaps *result = gst_area_scale_negotiation_fixate_caps (direction, caps,
      othercaps, &fills);

  if (gst_caps_is_fixed (result))
    gst_area_scale_remember_choice (GST_AREA_SCALE (trans),
        direction == GST_PAD_SINK ? caps : result,
        direction == GST_PAD_SINK ? result : caps, fills);
  GST_DEBUG_OBJECT (trans, "%" GST_PTR_FORMAT " to %" GST_PTR_FORMAT, caps,
      result);
  return result;
}

/* allocation */

static gboolean
gst_area_scale_filter_meta (GstBaseTransform * trans, GstQuery * query,
    GType api, const GstStructure * params)
{
  (void) trans;
  (void) query;
  (void) params;

  return gst_area_scale_metas_handles (api);
}

static gboolean
gst_area_scale_decide_allocation (GstBaseTransform * trans, GstQuery * query)
{
  if (!gst_area_scale_allocation_decide (trans, query))
    return FALSE;
  return GST_BASE_TRANSFORM_CLASS
      (gst_area_scale_parent_class)->decide_allocation (trans, query);
}

/* The base class says nothing when an active pool has no buffer to give, and
 * takes it for granted that the input has caps, which a stop and a start from
 * another thread take away. */
static GstFlowReturn
gst_area_scale_prepare_output_buffer (GstBaseTransform * trans,
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
      (gst_area_scale_parent_class)->prepare_output_buffer (trans, inbuf,
      outbuf);
  if (ret == GST_FLOW_ERROR) {
    GstBufferPool *pool = gst_base_transform_get_buffer_pool (trans);

    if (pool && gst_buffer_pool_is_active (pool))
      GST_ELEMENT_ERROR (trans, RESOURCE, NO_SPACE_LEFT,
          ("Cannot allocate an output buffer"),
          ("%s has none to give", GST_OBJECT_NAME (pool)));
    gst_clear_object (&pool);
  }
  return ret;
}

/* events */

static gboolean
gst_area_scale_sink_event (GstBaseTransform * trans, GstEvent * event)
{
  GstAreaScale *self = GST_AREA_SCALE (trans);
  GstCaps *caps = NULL;
  gboolean ok;

  if (GST_EVENT_TYPE (event) == GST_EVENT_CAPS) {
    gst_event_parse_caps (event, &caps);
    gst_caps_ref (caps);
    self->explained = FALSE;
  }

  ok = GST_BASE_TRANSFORM_CLASS
      (gst_area_scale_parent_class)->sink_event (trans, event);

  if (caps) {
    if (!ok)
      gst_area_scale_explain (self, caps);
    gst_caps_unref (caps);
  }
  return ok;
}

static gboolean
gst_area_scale_src_event (GstBaseTransform * trans, GstEvent * event)
{
  GstAreaScale *self = GST_AREA_SCALE (trans);

  if (GST_EVENT_TYPE (event) == GST_EVENT_NAVIGATION) {
    GstAreaScalePlacement placement;
    gboolean negotiated;

    GST_OBJECT_LOCK (self);
    placement = self->placement;
    negotiated = self->negotiated;
    GST_OBJECT_UNLOCK (self);

    if (negotiated)
      event = gst_area_scale_metas_navigation (event, &placement);
  }
  return GST_BASE_TRANSFORM_CLASS
      (gst_area_scale_parent_class)->src_event (trans, event);
}

/* frames */

static void
gst_area_scale_sync_controlled (GstBaseTransform * trans, GstBuffer * buffer)
{
  GstClockTime time = GST_CLOCK_TIME_NONE;

  if (trans->segment.format == GST_FORMAT_TIME)
    time = gst_segment_to_stream_time (&trans->segment, GST_FORMAT_TIME,
        GST_BUFFER_TIMESTAMP (buffer));
  if (GST_CLOCK_TIME_IS_VALID (time))
    gst_object_sync_values (GST_OBJECT (trans), time);
}

/* Applies properties that were set since the last frame. When that ends or
 * begins passing through, the base class must look for a pool again. */
static gboolean
gst_area_scale_apply_changes (GstAreaScale * self)
{
  GstVideoFilter *filter = GST_VIDEO_FILTER (self);
  GstBaseTransform *trans = GST_BASE_TRANSFORM (self);
  gboolean changed, was_passthrough;

  GST_OBJECT_LOCK (self);
  changed = (self->changed || self->pool_changed) && self->negotiated;
  GST_OBJECT_UNLOCK (self);
  if (!changed)
    return TRUE;

  was_passthrough = gst_base_transform_is_passthrough (trans);
  if (!gst_area_scale_configure (self, &filter->in_info, &filter->out_info,
          FALSE))
    return FALSE;
  if (gst_base_transform_is_passthrough (trans) != was_passthrough)
    gst_base_transform_reconfigure_src (trans);
  return TRUE;
}

static GstFlowReturn
gst_area_scale_submit_input_buffer (GstBaseTransform * trans,
    gboolean is_discont, GstBuffer * buffer)
{
  GstAreaScale *self = GST_AREA_SCALE (trans);
  GstFlowReturn ret;

  gst_area_scale_sync_controlled (trans, buffer);
  if (!gst_area_scale_apply_changes (self)) {
    gst_buffer_unref (buffer);
    return GST_FLOW_ERROR;
  }

  ret = GST_BASE_TRANSFORM_CLASS
      (gst_area_scale_parent_class)->submit_input_buffer (trans, is_discont,
      buffer);

  if (ret == GST_FLOW_NOT_NEGOTIATED) {
    GstCaps *caps = gst_pad_get_current_caps (trans->sinkpad);

    if (caps) {
      gst_area_scale_explain (self, caps);
      gst_caps_unref (caps);
    }
  }
  return ret;
}

static gboolean
gst_area_scale_transform_meta (GstBaseTransform * trans, GstBuffer * outbuf,
    GstMeta * meta, GstBuffer * inbuf)
{
  GstAreaScale *self = GST_AREA_SCALE (trans);
  GstVideoFilter *filter = GST_VIDEO_FILTER (trans);

  return gst_area_scale_metas_transform (outbuf, meta, inbuf,
      &filter->in_info, &filter->out_info, &self->placement, &self->overlay);
}

static GstFlowReturn
gst_area_scale_transform (GstBaseTransform * trans, GstBuffer * inbuf,
    GstBuffer * outbuf)
{
  GstAreaScale *self = GST_AREA_SCALE (trans);
  GstVideoFilter *filter = GST_VIDEO_FILTER (trans);
  GstAreaScaleFrame in, out;
  GError *error = NULL;

  if (!gst_area_scale_frame_map (&in, &filter->in_info, inbuf, GST_MAP_READ,
          &error))
    goto invalid_input;
  if (!gst_area_scale_frame_map (&out, &filter->out_info, outbuf,
          GST_MAP_WRITE, &error))
    goto invalid_output;

  gst_area_scaler_run (self->scaler, &in, &out);

  gst_area_scale_frame_unmap (&out);
  gst_area_scale_frame_unmap (&in);
  return GST_FLOW_OK;

invalid_output:
  gst_area_scale_frame_unmap (&in);
  g_prefix_error (&error, "Cannot use the output buffer: ");
  gst_area_scale_post_error (self, error);
  return GST_FLOW_ERROR;

invalid_input:
  g_prefix_error (&error, "Cannot use the input buffer: ");
  gst_area_scale_post_error (self, error);
  return GST_FLOW_ERROR;
}

/* class */

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
    if (gst_area_scaler_handles_format (all[i]))
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

static void
gst_area_scale_add_pad_templates (GstElementClass * klass)
{
  GstCaps *caps = gst_caps_new_empty ();

  append_scalable (caps);
  append_passable (caps);
  add_pad_template (klass, "sink", GST_PAD_SINK, caps);
  add_pad_template (klass, "src", GST_PAD_SRC, caps);
  gst_caps_unref (caps);
}

static void
gst_area_scale_install_properties (GObjectClass * klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
      GST_PARAM_MUTABLE_PLAYING;

  /**
   * areascale:add-borders:
   *
   * Keep the picture's shape by borders where the output's size and pixel
   * aspect ratio are both fixed and differ from the input's; fill the whole
   * output otherwise.
   */
  g_object_class_install_property (klass, PROP_ADD_BORDERS,
      g_param_spec_boolean ("add-borders", "Add Borders",
          "Add borders if necessary to keep the display aspect ratio",
          DEFAULT_ADD_BORDERS, flags | GST_PARAM_CONTROLLABLE));

  /**
   * areascale:border-color:
   *
   * Colour of the borders, converted to the format and colorimetry of the
   * output. To a #GstController it is a number of 32 bits, and what lies between
   * two of these numbers is not a blend of the two colours: control it by
   * absolute values (gst_direct_control_binding_new_absolute()) that hold until
   * the next one (%GST_INTERPOLATION_MODE_NONE).
   */
  g_object_class_install_property (klass, PROP_BORDER_COLOR,
      g_param_spec_uint ("border-color", "Border Color",
          "Color of the borders as 0xAARRGGBB (0xff000000 = opaque black)",
          0, G_MAXUINT32, DEFAULT_BORDER_COLOR,
          flags | GST_PARAM_CONTROLLABLE));

  /**
   * areascale:n-threads:
   *
   * Threads that work on one frame, the streaming thread among them. The
   * output does not depend on it. While it is not set, or 0, the maximum of a
   * #GstSharedTaskPool that the application shares takes its place, up to one
   * a processor.
   */
  g_object_class_install_property (klass, PROP_N_THREADS,
      g_param_spec_uint ("n-threads", "Threads",
          "Number of threads that scale a frame (0 = one per processor core)",
          0, GST_AREA_SCALER_MAX_THREADS, DEFAULT_N_THREADS, flags));
}

static void
gst_area_scale_class_init (GstAreaScaleClass * klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  GstBaseTransformClass *trans_class = GST_BASE_TRANSFORM_CLASS (klass);
  GstVideoFilterClass *filter_class = GST_VIDEO_FILTER_CLASS (klass);

  object_class->set_property = gst_area_scale_set_property;
  object_class->get_property = gst_area_scale_get_property;
  object_class->finalize = gst_area_scale_finalize;
  gst_area_scale_install_properties (object_class);

  gst_element_class_set_static_metadata (element_class,
      "Area-averaging video scaler", "Filter/Video/Scaler",
      "Resizes video by exact area averaging", "areascale developers");
  gst_area_scale_add_pad_templates (element_class);
  element_class->set_context = GST_DEBUG_FUNCPTR (gst_area_scale_set_context);
  element_class->change_state =
      GST_DEBUG_FUNCPTR (gst_area_scale_change_state);

  trans_class->transform_caps =
      GST_DEBUG_FUNCPTR (gst_area_scale_transform_caps);
  trans_class->fixate_caps = GST_DEBUG_FUNCPTR (gst_area_scale_fixate_caps);
  trans_class->filter_meta = GST_DEBUG_FUNCPTR (gst_area_scale_filter_meta);
  trans_class->decide_allocation =
      GST_DEBUG_FUNCPTR (gst_area_scale_decide_allocation);
  trans_class->prepare_output_buffer =
      GST_DEBUG_FUNCPTR (gst_area_scale_prepare_output_buffer);
  trans_class->sink_event = GST_DEBUG_FUNCPTR (gst_area_scale_sink_event);
  trans_class->src_event = GST_DEBUG_FUNCPTR (gst_area_scale_src_event);
  trans_class->submit_input_buffer =
      GST_DEBUG_FUNCPTR (gst_area_scale_submit_input_buffer);
  trans_class->transform_meta =
      GST_DEBUG_FUNCPTR (gst_area_scale_transform_meta);
  trans_class->transform = GST_DEBUG_FUNCPTR (gst_area_scale_transform);
  /* GstVideoFilter works in place without a transform_frame, unless this is
   * missing too */
  trans_class->transform_ip = NULL;
  trans_class->stop = GST_DEBUG_FUNCPTR (gst_area_scale_stop);

  filter_class->set_info = GST_DEBUG_FUNCPTR (gst_area_scale_set_info);
}

static void
gst_area_scale_init (GstAreaScale * self)
{
  self->settings.add_borders = DEFAULT_ADD_BORDERS;
  self->settings.border_color = DEFAULT_BORDER_COLOR;
  self->settings.n_threads = DEFAULT_N_THREADS;
  self->settings.n_threads_is_default = TRUE;
}

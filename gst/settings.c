/* GStreamer areascale: the properties that elements share
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "engine.h"
#include "settings.h"

#define DEFAULT_ADD_BORDERS TRUE
#define DEFAULT_BORDER_COLOR 0xff000000u
#define DEFAULT_N_THREADS 1
#define DEFAULT_METHOD AREASCALE_METHOD_ADAPTIVE
#define DEFAULT_KEEP_CHROMA_SITE FALSE
#define DEFAULT_WEIGHT_BY_ALPHA FALSE
#define DEFAULT_ALPHA_MODE GST_VIDEO_ALPHA_MODE_COPY
#define DEFAULT_ALPHA_VALUE 1.0
#define DEFAULT_GAMMA_DECODE FALSE

enum
{
  PROP_0,
  PROP_ADD_BORDERS,
  PROP_BORDER_COLOR,
  PROP_N_THREADS,
  PROP_METHOD,
  PROP_KEEP_CHROMA_SITE,
  PROP_WEIGHT_BY_ALPHA,
  PROP_ALPHA_MODE,
  PROP_ALPHA_VALUE,
  PROP_GAMMA_DECODE,
};

#define FLAGS (G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | \
    GST_PARAM_MUTABLE_PLAYING)

GType
gst_area_scale_method_get_type (void)
{
  static const GEnumValue values[] = {
    {AREASCALE_METHOD_ADAPTIVE,
        "All samples that a window touches count alike (PyTorch)", "adaptive"},
    {AREASCALE_METHOD_COVERAGE,
          "Samples count by their part under the output sample (OpenCV)",
        "coverage"},
    {0, NULL, NULL}
  };
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type,
        g_enum_register_static ("GstAreaScaleMethod", values));
  return type;
}

void
gst_area_scale_settings_init (GstAreaScaleSettings * settings)
{
  settings->add_borders = DEFAULT_ADD_BORDERS;
  settings->border_color = DEFAULT_BORDER_COLOR;
  settings->n_threads = DEFAULT_N_THREADS;
  settings->n_threads_is_default = TRUE;
  settings->mean.method = DEFAULT_METHOD;
  settings->mean.keep_chroma_site = DEFAULT_KEEP_CHROMA_SITE;
  settings->mean.weight_by_alpha = DEFAULT_WEIGHT_BY_ALPHA;
  settings->conversion.alpha_mode = DEFAULT_ALPHA_MODE;
  settings->conversion.alpha_value = DEFAULT_ALPHA_VALUE;
  settings->mean.gamma_decode = DEFAULT_GAMMA_DECODE;
}

void
gst_area_scale_settings_install (GObjectClass * klass)
{
  /**
   * GstAreaTransform:add-borders:
   *
   * Keep the picture's shape by borders where the output's size and pixel
   * aspect ratio are both fixed and differ from the input's; fill the whole
   * output otherwise.
   */
  g_object_class_install_property (klass, PROP_ADD_BORDERS,
      g_param_spec_boolean ("add-borders", "Add Borders",
          "Add borders if necessary to keep the display aspect ratio",
          DEFAULT_ADD_BORDERS, FLAGS | GST_PARAM_CONTROLLABLE));

  /**
   * GstAreaTransform:border-color:
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
          FLAGS | GST_PARAM_CONTROLLABLE));

  /**
   * GstAreaTransform:n-threads:
   *
   * Threads that work on one frame, the streaming thread among them. The
   * output does not depend on it. While it is not set, or 0, the maximum of a
   * #GstSharedTaskPool that the application shares takes its place, up to one
   * a processor.
   */
  g_object_class_install_property (klass, PROP_N_THREADS,
      g_param_spec_uint ("n-threads", "Threads",
          "Number of threads that scale a frame (0 = one per processor core)",
          0, GST_AREA_ENGINE_MAX_THREADS, DEFAULT_N_THREADS, FLAGS));

  gst_type_mark_as_plugin_api (GST_TYPE_AREA_SCALE_METHOD, 0);

  /**
   * GstAreaTransform:method:
   *
   * How the input samples of a window count: all alike, as in PyTorch's
   * adaptive_avg_pool2d, or each by the part of it that lies under the output
   * sample, as in OpenCV's INTER_AREA. Where the sizes divide, both are the
   * same.
   */
  g_object_class_install_property (klass, PROP_METHOD,
      g_param_spec_enum ("method", "Method",
          "How the input samples under an output sample count",
          GST_TYPE_AREA_SCALE_METHOD, DEFAULT_METHOD, FLAGS));

  /**
   * GstAreaTransform:keep-chroma-site:
   *
   * Average subsampled chroma over windows that keep its place beside luma, as
   * chroma-site in the caps tells it, in frames and fields. Otherwise its
   * planes are scaled from edge to edge as those of luma are, which moves
   * chroma that does not lie in the middle of its luma samples. Formats without
   * subsampled chroma ignore it.
   */
  g_object_class_install_property (klass, PROP_KEEP_CHROMA_SITE,
      g_param_spec_boolean ("keep-chroma-site", "Keep Chroma Site",
          "Keep the site of subsampled chroma when averaging",
          DEFAULT_KEEP_CHROMA_SITE, FLAGS));

  /**
   * GstAreaTransform:weight-by-alpha:
   *
   * Weigh pixels by their alpha, so that those which are not seen give no colour
   * to those which are: the mean of a colour's sample times its pixel's alpha,
   * divided by that of alpha, and rounded once; the mean without alpha where all of
   * it is 0. Alpha itself is averaged as ever. Chroma that several pixels share
   * counts by the sum of their alpha. Where everything is opaque this changes
   * nothing, and formats without alpha ignore it. Alpha is taken to be straight:
   * colours that are multiplied by it already need no weights.
   */
  g_object_class_install_property (klass, PROP_WEIGHT_BY_ALPHA,
      g_param_spec_boolean ("weight-by-alpha", "Weight By Alpha",
          "Weigh pixels by their alpha when averaging",
          DEFAULT_WEIGHT_BY_ALPHA, FLAGS));

  /**
   * GstAreaTransform:gamma-decode:
   *
   * Average light: R', G', B' and gray are decoded by the transfer function of
   * the colorimetry in the caps, averaged, and encoded again, all exact but for
   * one rounding. A fine checkerboard of black and white then stays as bright as
   * it is. YUV goes through R'G'B': chroma is put to every luma sample by its
   * site, linearly between the two nearest on either axis, and comes back from
   * windows that keep its site, whatever keep-chroma-site says. Alpha is averaged
   * as it is. Below 0 curves are odd, above 1 straight, so that foot- and
   * headroom and YUV beyond R'G'B' are kept. Where the transfer function is linear,
   * or not known, as that of gray is by default, this changes nothing.
   */
  g_object_class_install_property (klass, PROP_GAMMA_DECODE,
      g_param_spec_boolean ("gamma-decode", "Gamma Decode",
          "Average light: decode by the transfer function, and encode again",
          DEFAULT_GAMMA_DECODE, FLAGS));
}

void
gst_area_scale_settings_install_conversion (GObjectClass * klass)
{
  const GObjectClass *parent = g_type_class_peek_parent (klass);

  /* these are not inherited */
  klass->set_property = parent->set_property;
  klass->get_property = parent->get_property;

  /**
   * GstAreaConvertScale:alpha-mode:
   *
   * What becomes of alpha where the output has it: the input's is copied; or it is
   * set to #GstAreaConvertScale:alpha-value; or the input's is multiplied by that.
   * Where the input has none, it is #GstAreaConvertScale:alpha-value by any mode.
   */
  g_object_class_install_property (klass, PROP_ALPHA_MODE,
      g_param_spec_enum ("alpha-mode", "Alpha Mode",
          "What becomes of alpha where the output has it",
          GST_TYPE_VIDEO_ALPHA_MODE, DEFAULT_ALPHA_MODE, FLAGS));

  /**
   * GstAreaConvertScale:alpha-value:
   *
   * What #GstAreaConvertScale:alpha-mode sets or multiplies by, and the alpha of
   * what has none.
   */
  g_object_class_install_property (klass, PROP_ALPHA_VALUE,
      g_param_spec_double ("alpha-value", "Alpha Value",
          "The alpha that is set, that others are multiplied by, or that of "
          "input without",
          0.0, 1.0, DEFAULT_ALPHA_VALUE, FLAGS));
}

gboolean
gst_area_scale_settings_suit_engine (const GstAreaScaleSettings * a,
    const GstAreaScaleSettings * b)
{
  return memcmp (&a->mean, &b->mean, sizeof (a->mean)) == 0
      && a->conversion.alpha_mode == b->conversion.alpha_mode
      && a->conversion.alpha_value == b->conversion.alpha_value
      && a->n_threads == b->n_threads
      && a->n_threads_is_default == b->n_threads_is_default;
}

gboolean
gst_area_scale_settings_equal (const GstAreaScaleSettings * a,
    const GstAreaScaleSettings * b)
{
  return gst_area_scale_settings_suit_engine (a, b)
      && a->add_borders == b->add_borders
      && a->border_color == b->border_color;
}

gboolean
gst_area_scale_settings_set (GstAreaScaleSettings * settings, guint prop_id,
    const GValue * value)
{
  switch (prop_id) {
    case PROP_ADD_BORDERS:
      settings->add_borders = g_value_get_boolean (value);
      return TRUE;
    case PROP_BORDER_COLOR:
      settings->border_color = g_value_get_uint (value);
      return TRUE;
    case PROP_N_THREADS:
      settings->n_threads = g_value_get_uint (value);
      settings->n_threads_is_default = FALSE;
      return TRUE;
    case PROP_METHOD:
      settings->mean.method = g_value_get_enum (value);
      return TRUE;
    case PROP_KEEP_CHROMA_SITE:
      settings->mean.keep_chroma_site = g_value_get_boolean (value);
      return TRUE;
    case PROP_WEIGHT_BY_ALPHA:
      settings->mean.weight_by_alpha = g_value_get_boolean (value);
      return TRUE;
    case PROP_GAMMA_DECODE:
      settings->mean.gamma_decode = g_value_get_boolean (value);
      return TRUE;
    case PROP_ALPHA_MODE:
      settings->conversion.alpha_mode = g_value_get_enum (value);
      return TRUE;
    case PROP_ALPHA_VALUE:
      settings->conversion.alpha_value = g_value_get_double (value);
      return TRUE;
    default:
      return FALSE;
  }
}

gboolean
gst_area_scale_settings_get (const GstAreaScaleSettings * settings,
    guint prop_id, GValue * value)
{
  switch (prop_id) {
    case PROP_ADD_BORDERS:
      g_value_set_boolean (value, settings->add_borders);
      return TRUE;
    case PROP_BORDER_COLOR:
      g_value_set_uint (value, settings->border_color);
      return TRUE;
    case PROP_N_THREADS:
      g_value_set_uint (value, settings->n_threads);
      return TRUE;
    case PROP_METHOD:
      g_value_set_enum (value, settings->mean.method);
      return TRUE;
    case PROP_KEEP_CHROMA_SITE:
      g_value_set_boolean (value, settings->mean.keep_chroma_site);
      return TRUE;
    case PROP_WEIGHT_BY_ALPHA:
      g_value_set_boolean (value, settings->mean.weight_by_alpha);
      return TRUE;
    case PROP_GAMMA_DECODE:
      g_value_set_boolean (value, settings->mean.gamma_decode);
      return TRUE;
    case PROP_ALPHA_MODE:
      g_value_set_enum (value, settings->conversion.alpha_mode);
      return TRUE;
    case PROP_ALPHA_VALUE:
      g_value_set_double (value, settings->conversion.alpha_value);
      return TRUE;
    default:
      return FALSE;
  }
}

void
gst_area_scale_settings_sync (GstBaseTransform * trans, GstBuffer * buffer)
{
  GstClockTime time = GST_CLOCK_TIME_NONE;

  if (trans->segment.format == GST_FORMAT_TIME)
    time = gst_segment_to_stream_time (&trans->segment, GST_FORMAT_TIME,
        GST_BUFFER_TIMESTAMP (buffer));
  if (GST_CLOCK_TIME_IS_VALID (time))
    gst_object_sync_values (GST_OBJECT (trans), time);
}

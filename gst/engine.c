/* GStreamer areascale: frames through the kernel library
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "crew.h"
#include "curve.h"
#include "debug.h"
#include "layout.h"
#include "plans.h"
#include "engine.h"
#include "way.h"

/* More jobs than threads, so that none waits long for the last one. */
#define JOBS_PER_THREAD 4

struct _GstAreaEngine
{
  GstAreaScaleMean mean;
  GstAreaScalePlans plans;
  const GstAreaScaleWay *way;
  gpointer state;               /* of the way */

  guint n_threads;
  guint8 **memory;              /* of each worker */
  GstAreaScaleCrew *crew;

  GstAreaScaleWork work;        /* the frame that is being scaled */
};

/* The first that goes from one format to the other. */
static gboolean
choose_way (GstAreaEngine * engine, const GstVideoInfo * in,
    const GstVideoInfo * out, const GstAreaScaleMean * mean,
    const GstAreaConversion * conversion)
{
  static const GstAreaScaleWay *const sample_ways[] = {
    &gst_area_scale_way_planes, &gst_area_scale_way_bylines,
    &gst_area_scale_way_convert, NULL
  };
  static const GstAreaScaleWay *const light_ways[] = {
    &gst_area_scale_way_light_planes, &gst_area_scale_way_linear, NULL
  };
  const GstAreaScaleWay *const *ways =
      mean->gamma_decode ? light_ways : sample_ways;
  guint i;

  for (i = 0; ways[i] != NULL; i++) {
    engine->way = ways[i];
    if (engine->way->init_layouts (in, out, mean, conversion,
            &engine->plans.in_layout, &engine->plans.out_layout))
      return TRUE;
  }
  return FALSE;
}

static gboolean
make_memory (GstAreaEngine * engine)
{
  gsize size = engine->way->memory_size (engine->state);
  guint i;

  engine->memory = g_try_new0 (guint8 *, engine->n_threads);
  if (engine->memory == NULL)
    return FALSE;

  for (i = 0; i < engine->n_threads; i++) {
    engine->memory[i] = g_try_malloc0 (size);
    if (engine->memory[i] == NULL)
      return FALSE;
  }
  return TRUE;
}

static void
do_job (gpointer user_data, guint worker, guint job)
{
  const GstAreaEngine *engine = user_data;

  engine->way->do_job (engine->state, &engine->work, job,
      engine->memory[worker]);
}

static gboolean
make_state (GstAreaEngine * engine, const GstVideoInfo * in,
    const GstVideoInfo * out, const GstAreaConversion * conversion,
    GstTaskPool * pool)
{
  guint n = engine->n_threads;

  engine->state = engine->way->create (&engine->plans, in, out,
      conversion, n == 1 ? 1 : n * JOBS_PER_THREAD);
  if (engine->state == NULL || !make_memory (engine))
    return FALSE;

  engine->crew = gst_area_scale_crew_new (n, pool, do_job, engine);
  return engine->crew != NULL;
}

/* Without a curve on either side there is nothing to decode. Where there is,
 * chroma goes to and from luma's grid, by its site. */
static GstAreaScaleMean
effective_mean (const GstAreaScaleMean * mean, const GstVideoInfo * in,
    const GstVideoInfo * out)
{
  GstAreaScaleMean effective = *mean;

  effective.gamma_decode = mean->gamma_decode
      && !(gst_area_scale_curve_is_linear (in->colorimetry.transfer)
      && gst_area_scale_curve_is_linear (out->colorimetry.transfer));
  if (effective.gamma_decode)
    effective.keep_chroma_site = TRUE;
  return effective;
}

static void
set_format_error (const GstVideoInfo * in, const GstVideoInfo * out,
    GError ** error)
{
  if (GST_VIDEO_INFO_FORMAT (in) == GST_VIDEO_INFO_FORMAT (out))
    g_set_error (error, GST_STREAM_ERROR, GST_STREAM_ERROR_FORMAT,
        "Frames of format %s cannot be averaged", GST_VIDEO_INFO_NAME (in));
  else
    g_set_error (error, GST_STREAM_ERROR, GST_STREAM_ERROR_FORMAT,
        "Frames of format %s cannot be averaged and converted to %s",
        GST_VIDEO_INFO_NAME (in), GST_VIDEO_INFO_NAME (out));
}

GstAreaEngine *
gst_area_engine_new (const GstVideoInfo * in, const GstVideoInfo * out,
    const GstAreaScalePlacement * placement, const GstAreaScaleMean * mean,
    const GstAreaConversion * conversion, guint32 border_argb, guint n_threads,
    GstTaskPool * pool, GError ** error)
{
  GstAreaEngine *engine = g_try_new0 (GstAreaEngine, 1);

  if (engine == NULL)
    goto no_memory;
  engine->mean = effective_mean (mean, in, out);
  if (!choose_way (engine, in, out, &engine->mean, conversion)) {
    set_format_error (in, out, error);
    goto fail;
  }

  engine->n_threads = n_threads;
  if (!gst_area_scale_plans_init (&engine->plans, in, out, placement,
          &engine->mean, error))
    goto fail;
  if (!make_state (engine, in, out, conversion, pool))
    goto no_memory;

  gst_area_engine_set_border_color (engine, border_argb);
  return engine;

no_memory:
  g_set_error_literal (error, GST_RESOURCE_ERROR,
      GST_RESOURCE_ERROR_NO_SPACE_LEFT, "Not enough memory to scale frames");
fail:
  gst_area_engine_free (engine);
  return NULL;
}

void
gst_area_engine_free (GstAreaEngine * engine)
{
  guint i;

  if (engine == NULL)
    return;

  gst_area_scale_crew_free (engine->crew);
  for (i = 0; engine->memory != NULL && i < engine->n_threads; i++)
    g_free (engine->memory[i]);
  g_free (engine->memory);
  if (engine->state != NULL)
    engine->way->free (engine->state);
  gst_area_scale_plans_clear (&engine->plans);
  g_free (engine);
}

void
gst_area_engine_set_border_color (GstAreaEngine * engine, guint32 border_argb)
{
  engine->way->set_border_color (engine->state, border_argb);
}

static void
describe_formats (GString * line, const GstAreaScalePlans * plans)
{
  g_string_append (line, plans->in_layout.finfo->name);
  if (plans->out_layout.finfo != plans->in_layout.finfo)
    g_string_append_printf (line, " to %s", plans->out_layout.finfo->name);
}

static void
describe_plan (GString * line, const AreascalePlan * plan)
{
  const AreascaleGeometry *g = areascale_plan_geometry (plan);

  g_string_append_printf (line, "%dx%d to %dx%d, %d", g->in_width,
      g->in_height, g->out_width, g->out_height, g->depth);
  if (g->out_depth != 0 && g->out_depth != g->depth)
    g_string_append_printf (line, " to %d", g->out_depth);
  g_string_append_printf (line, " bits, %s", areascale_plan_path (plan));
}

gchar *
gst_area_engine_describe (const GstAreaEngine * engine)
{
  static const gchar *const method_names[AREASCALE_N_METHODS] = {
    [AREASCALE_METHOD_ADAPTIVE] = "adaptive",
    [AREASCALE_METHOD_COVERAGE] = "coverage",
  };
  const GstAreaScalePlans *plans = &engine->plans;
  const GstAreaScaleScan *scan = &plans->scan[GST_AREA_SCALE_PROGRESSIVE];
  GString *line = g_string_new (NULL);
  guint c;

  describe_formats (line, plans);
  g_string_append_printf (line, " %s, %s%s%s%s, %s, %u thread%s",
      engine->way->name,
      method_names[engine->mean.method],
      engine->mean.keep_chroma_site ? ", chroma site kept" : "",
      engine->mean.weight_by_alpha ? ", weighed by alpha" : "",
      engine->mean.gamma_decode ? ", gamma decoded" : "",
      areascale_cpu_name (areascale_plan_cpu (scan->field[0][0].plan)),
      engine->n_threads, engine->n_threads == 1 ? "" : "s");
  for (c = 0; c < plans->in_layout.n_channels; c++) {
    g_string_append_printf (line, "; %s %u: ", engine->way->channel_name, c);
    describe_plan (line, scan->field[0][c].plan);
  }
  return g_string_free (line, FALSE);
}

void
gst_area_engine_log (const GstAreaEngine * engine, GstObject * object)
{
#ifndef GST_DISABLE_GST_DEBUG
  GstDebugCategory *performance = NULL;
  const char *unknown;
  gchar *description = gst_area_engine_describe (engine);

  GST_DEBUG_CATEGORY_GET (performance, "GST_PERFORMANCE");
  GST_CAT_INFO_OBJECT (performance, object, "%s", description);
  g_free (description);

  areascale_cpu_detect (&unknown);
  if (unknown)
    GST_WARNING_OBJECT (object, "AREASCALE_CPU=%s is not an instruction set of "
        "this processor's family (c, sse4, avx2, avx512, avx512icl, neon): ignored",
        unknown);
#endif
}

/* The first kind of plans serves frames that there are no others for. */
static GstAreaScaleScanning
scanning_of (const GstAreaEngine * engine, const GstAreaScaleFrame * in)
{
  GstAreaScaleScanning scanning = in->interlaced ? GST_AREA_SCALE_INTERLACED
      : in->is_bottom ? GST_AREA_SCALE_BOTTOM_FIELD :
      GST_AREA_SCALE_PROGRESSIVE;

  return engine->plans.scan[scanning].n_fields > 0 ? scanning :
      GST_AREA_SCALE_PROGRESSIVE;
}

void
gst_area_engine_run (GstAreaEngine * engine, const GstAreaScaleFrame * in,
    const GstAreaScaleFrame * out)
{
  GstAreaScaleWork *work = &engine->work;

  work->scanning = scanning_of (engine, in);
  work->in = in;
  work->out = out;
  gst_area_scale_crew_run (engine->crew,
      engine->way->begin (engine->state, work));
}

gboolean
gst_area_engine_run_buffers (GstAreaEngine * engine, const GstVideoInfo * in,
    GstBuffer * inbuf, const GstVideoInfo * out, GstBuffer * outbuf,
    GError ** error)
{
  GstAreaScaleFrame in_frame, out_frame;

  if (!gst_area_scale_frame_map (&in_frame, in, inbuf, GST_MAP_READ, error)) {
    g_prefix_error (error, "Cannot use the input buffer: ");
    return FALSE;
  }
  if (!gst_area_scale_frame_map (&out_frame, out, outbuf, GST_MAP_WRITE,
          error)) {
    gst_area_scale_frame_unmap (&in_frame);
    g_prefix_error (error, "Cannot use the output buffer: ");
    return FALSE;
  }

  gst_area_engine_run (engine, &in_frame, &out_frame);

  gst_area_scale_frame_unmap (&out_frame);
  gst_area_scale_frame_unmap (&in_frame);
  return TRUE;
}

gboolean
gst_area_engine_pool_failed (const GstAreaEngine * engine,
    const GstTaskPool * pool)
{
  return gst_area_scale_crew_pool_failed (engine->crew, pool);
}

gboolean
gst_area_engine_handles_format (GstVideoFormat format)
{
  GstAreaScaleLayout layout;

  return gst_area_scale_layout_init_unpacked (&layout, format);
}

/* GStreamer areascale: frames through the kernel library
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "crew.h"
#include "debug.h"
#include "layout.h"
#include "plans.h"
#include "scaler.h"
#include "way.h"

/* More jobs than threads, so that none waits long for the last one. */
#define JOBS_PER_THREAD 4

struct _GstAreaScaler
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
choose_way (GstAreaScaler * scaler, GstVideoFormat in, GstVideoFormat out)
{
  static const GstAreaScaleWay *const ways[] = {
    &gst_area_scale_way_planes, &gst_area_scale_way_bylines
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (ways); i++) {
    scaler->way = ways[i];
    if (scaler->way->init_layouts (in, out, &scaler->plans.in_layout,
            &scaler->plans.out_layout))
      return TRUE;
  }
  return FALSE;
}

static gboolean
make_memory (GstAreaScaler * scaler)
{
  gsize size = scaler->way->memory_size (scaler->state);
  guint i;

  scaler->memory = g_try_new0 (guint8 *, scaler->n_threads);
  if (scaler->memory == NULL)
    return FALSE;

  for (i = 0; i < scaler->n_threads; i++) {
    scaler->memory[i] = g_try_malloc0 (size);
    if (scaler->memory[i] == NULL)
      return FALSE;
  }
  return TRUE;
}

static void
do_job (gpointer user_data, guint worker, guint job)
{
  const GstAreaScaler *scaler = user_data;

  scaler->way->do_job (scaler->state, &scaler->work, job,
      scaler->memory[worker]);
}

static gboolean
make_state (GstAreaScaler * scaler, const GstVideoInfo * in,
    const GstVideoInfo * out, GstTaskPool * pool)
{
  guint n = scaler->n_threads;

  scaler->state = scaler->way->create (&scaler->plans, in, out,
      n == 1 ? 1 : n * JOBS_PER_THREAD);
  if (scaler->state == NULL || !make_memory (scaler))
    return FALSE;

  scaler->crew = gst_area_scale_crew_new (n, pool, do_job, scaler);
  return scaler->crew != NULL;
}

GstAreaScaler *
gst_area_scaler_new (const GstVideoInfo * in, const GstVideoInfo * out,
    const GstAreaScalePlacement * placement, const GstAreaScaleMean * mean,
    guint32 border_argb, guint n_threads, GstTaskPool * pool, GError ** error)
{
  GstAreaScaler *scaler = g_try_new0 (GstAreaScaler, 1);

  if (scaler == NULL)
    goto no_memory;
  if (!choose_way (scaler, GST_VIDEO_INFO_FORMAT (in),
          GST_VIDEO_INFO_FORMAT (out))) {
    g_set_error (error, GST_STREAM_ERROR, GST_STREAM_ERROR_FORMAT,
        "Frames of format %s cannot be averaged", GST_VIDEO_INFO_NAME (in));
    goto fail;
  }

  scaler->n_threads = n_threads;
  scaler->mean = *mean;
  if (!gst_area_scale_plans_init (&scaler->plans, in, out, placement, mean,
          error))
    goto fail;
  if (!make_state (scaler, in, out, pool))
    goto no_memory;

  gst_area_scaler_set_border_color (scaler, border_argb);
  return scaler;

no_memory:
  g_set_error_literal (error, GST_RESOURCE_ERROR,
      GST_RESOURCE_ERROR_NO_SPACE_LEFT, "Not enough memory to scale frames");
fail:
  gst_area_scaler_free (scaler);
  return NULL;
}

void
gst_area_scaler_free (GstAreaScaler * scaler)
{
  guint i;

  if (scaler == NULL)
    return;

  gst_area_scale_crew_free (scaler->crew);
  for (i = 0; scaler->memory != NULL && i < scaler->n_threads; i++)
    g_free (scaler->memory[i]);
  g_free (scaler->memory);
  if (scaler->state != NULL)
    scaler->way->free (scaler->state);
  gst_area_scale_plans_clear (&scaler->plans);
  g_free (scaler);
}

void
gst_area_scaler_set_border_color (GstAreaScaler * scaler, guint32 border_argb)
{
  scaler->way->set_border_color (scaler->state, border_argb);
}

gchar *
gst_area_scaler_describe (const GstAreaScaler * scaler)
{
  static const gchar *const method_names[AREASCALE_N_METHODS] = {
    [AREASCALE_METHOD_ADAPTIVE] = "adaptive",
    [AREASCALE_METHOD_COVERAGE] = "coverage",
  };
  const GstAreaScalePlans *plans = &scaler->plans;
  const GstAreaScaleScan *scan = &plans->scan[GST_AREA_SCALE_PROGRESSIVE];
  GString *line = g_string_new (NULL);
  guint c;

  g_string_append_printf (line, "%s %s, %s%s, %s, %u thread%s",
      plans->in_layout.finfo->name, scaler->way->name,
      method_names[scaler->mean.method],
      scaler->mean.keep_chroma_site ? ", chroma site kept" : "",
      areascale_cpu_name (areascale_plan_cpu (scan->field[0][0].plan)),
      scaler->n_threads, scaler->n_threads == 1 ? "" : "s");
  for (c = 0; c < plans->in_layout.n_channels; c++) {
    const AreascalePlan *plan = scan->field[0][c].plan;
    const AreascaleGeometry *g = areascale_plan_geometry (plan);

    g_string_append_printf (line, "; %s %u: %dx%d to %dx%d, %d bits, %s",
        scaler->way->channel_name, c, g->in_width, g->in_height, g->out_width,
        g->out_height, g->depth, areascale_plan_path (plan));
  }
  return g_string_free (line, FALSE);
}

void
gst_area_scaler_log (const GstAreaScaler * scaler, GstObject * object)
{
#ifndef GST_DISABLE_GST_DEBUG
  GstDebugCategory *performance = NULL;
  const char *unknown;
  gchar *description = gst_area_scaler_describe (scaler);

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
scanning_of (const GstAreaScaler * scaler, const GstAreaScaleFrame * in)
{
  GstAreaScaleScanning scanning = in->interlaced ? GST_AREA_SCALE_INTERLACED
      : in->is_bottom ? GST_AREA_SCALE_BOTTOM_FIELD :
      GST_AREA_SCALE_PROGRESSIVE;

  return scaler->plans.scan[scanning].n_fields > 0 ? scanning :
      GST_AREA_SCALE_PROGRESSIVE;
}

void
gst_area_scaler_run (GstAreaScaler * scaler, const GstAreaScaleFrame * in,
    const GstAreaScaleFrame * out)
{
  GstAreaScaleWork *work = &scaler->work;

  work->scanning = scanning_of (scaler, in);
  work->in = in;
  work->out = out;
  gst_area_scale_crew_run (scaler->crew,
      scaler->way->begin (scaler->state, work));
}

gboolean
gst_area_scaler_pool_failed (const GstAreaScaler * scaler,
    const GstTaskPool * pool)
{
  return gst_area_scale_crew_pool_failed (scaler->crew, pool);
}

gboolean
gst_area_scaler_handles_format (GstVideoFormat format)
{
  GstAreaScaleLayout layout;

  return gst_area_scale_layout_init_unpacked (&layout, format);
}

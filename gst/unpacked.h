/* GStreamer areascale: frames of formats that are unpacked
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_SCALE_UNPACKED_H__
#define __GST_AREA_SCALE_UNPACKED_H__

#include "scaler-private.h"

G_BEGIN_DECLS

/**
 * gst_area_scale_unpacked_fill_jobs:
 * @scaler: a scaler with its layout and placement
 * @scan: one of its scans, with room for @n_jobs
 * @n_jobs: how many jobs to make at most
 *
 * Cuts the output into jobs of whole lines, none of which shares a chroma line,
 * a pair of fields or a byte with another.
 */
void gst_area_scale_unpacked_fill_jobs (const GstAreaScaler * scaler,
    Scan * scan, gint n_jobs);

/**
 * gst_area_scale_unpacked_reserve_lines:
 * @scaler: a scaler with its lines
 *
 * Reserves a worker's memory for a line of the input and one of the output.
 */
void gst_area_scale_unpacked_reserve_lines (GstAreaScaler * scaler);

/**
 * gst_area_scale_unpacked_reserve_band:
 * @scaler: a scaler with its plans
 * @scan: one of its scans
 *
 * Reserves a worker's memory for a band of every field of every channel.
 */
void gst_area_scale_unpacked_reserve_band (GstAreaScaler * scaler, Scan * scan);

/**
 * gst_area_scale_unpacked_do_job:
 * @scaler: a scaler that is given a frame
 * @job: one of the jobs of the current scan
 * @memory: the worker's memory
 *
 * Makes the output lines of @job, the border too.
 */
void gst_area_scale_unpacked_do_job (const GstAreaScaler * scaler,
    const Job * job, guint8 * memory);

G_END_DECLS

#endif /* __GST_AREA_SCALE_UNPACKED_H__ */

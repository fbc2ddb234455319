/* GStreamer areascale: the properties that elements share
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_SCALE_SETTINGS_H__
#define __GST_AREA_SCALE_SETTINGS_H__

#include <gst/base/gstbasetransform.h>
#include "conversion.h"
#include "mean.h"

G_BEGIN_DECLS

/**
 * GstAreaScaleSettings:
 * @add_borders: the property add-borders
 * @border_color: the property border-color
 * @n_threads: the property n-threads
 * @n_threads_is_default: nobody has set it
 * @mean: the properties method, keep-chroma-site, weight-by-alpha and gamma-decode
 * @conversion: the properties alpha-mode and alpha-value
 *
 * The values of the properties.
 */
typedef struct {
  gboolean add_borders;
  guint border_color;
  guint n_threads;
  gboolean n_threads_is_default;
  GstAreaScaleMean mean;
  GstAreaConversion conversion;
} GstAreaScaleSettings;

/**
 * GST_TYPE_AREA_SCALE_METHOD:
 *
 * The values of #AreascaleMethod.
 */
#define GST_TYPE_AREA_SCALE_METHOD (gst_area_scale_method_get_type ())
GType gst_area_scale_method_get_type (void);

/**
 * gst_area_scale_settings_init:
 * @settings: (out caller-allocates): set to the defaults
 */
void gst_area_scale_settings_init (GstAreaScaleSettings * settings);

/**
 * gst_area_scale_settings_install:
 * @klass: a class that has the properties, by these numbers
 */
void gst_area_scale_settings_install (GObjectClass * klass);

/**
 * gst_area_scale_settings_install_conversion:
 * @klass: a subclass of one that has the properties, whose elements convert
 *   formats too
 */
void gst_area_scale_settings_install_conversion (GObjectClass * klass);

/**
 * gst_area_scale_settings_equal:
 * @a: settings
 * @b: others
 *
 * Returns: whether all properties have the same values
 */
gboolean gst_area_scale_settings_equal (const GstAreaScaleSettings * a,
    const GstAreaScaleSettings * b);

/**
 * gst_area_scale_settings_suit_engine:
 * @a: settings
 * @b: others
 *
 * Returns: whether an engine for the one serves the other as it is, but for the
 *   colour of its border, where the picture lies in the same place
 */
gboolean gst_area_scale_settings_suit_engine (const GstAreaScaleSettings * a,
    const GstAreaScaleSettings * b);

/**
 * gst_area_scale_settings_set:
 * @settings: the settings to change
 * @prop_id: the number of a property
 * @value: its new value
 *
 * Returns: %FALSE when there is no such property
 */
gboolean gst_area_scale_settings_set (GstAreaScaleSettings * settings,
    guint prop_id, const GValue * value);

/**
 * gst_area_scale_settings_get:
 * @settings: settings
 * @prop_id: the number of a property
 * @value: (inout): set to its value
 *
 * Returns: %FALSE when there is no such property
 */
gboolean gst_area_scale_settings_get (const GstAreaScaleSettings * settings,
    guint prop_id, GValue * value);

/**
 * gst_area_scale_settings_sync:
 * @trans: an element that has the properties
 * @buffer: its next input
 *
 * Lets controllers set properties to what they are at the stream time of @buffer.
 */
void gst_area_scale_settings_sync (GstBaseTransform * trans,
    GstBuffer * buffer);

G_END_DECLS

#endif /* __GST_AREA_SCALE_SETTINGS_H__ */

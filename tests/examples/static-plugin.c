/* GStreamer areascale: a program with the plugin linked into it
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <stdlib.h>

#include <gst/gst.h>

GST_PLUGIN_STATIC_DECLARE (areascale);

int
main (int argc, char **argv)
{
  GstElement *element;

  gst_init (&argc, &argv);
  GST_PLUGIN_STATIC_REGISTER (areascale);

  element = gst_element_factory_make ("areascale", NULL);
  if (!element) {
    g_printerr ("no element areascale\n");
    return EXIT_FAILURE;
  }
  gst_object_unref (element);

  return EXIT_SUCCESS;
}

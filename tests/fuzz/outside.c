/* GStreamer areascale: the element outside of the runner of checks
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <stdlib.h>

#include "gstareaconvertscale.h"
#include "gstareascale.h"
#include "outside.h"

/* What the rig's assertions call, in the place of the check library's own
 * functions, which report to the runner. */
void
_mark_point (const char *file, int line)
{
  (void) file;
  (void) line;
}

void
_ck_assert_failed (const char *file, int line, const char *expression, ...)
{
  g_error ("%s:%d: %s", file, line, expression);
}

/* GLib itself ends the program by a trap, which not every fuzzer takes for a
 * fault. */
static void
judge (const gchar * domain, GLogLevelFlags level, const gchar * message,
    gpointer user_data)
{
  (void) user_data;

  if (level & (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR)) {
    g_printerr ("%s: %s\n", domain ? domain : "", message);
    abort ();
  }
}

void
outside_init (void)
{
  g_log_set_default_handler (judge, NULL);
  gst_init (NULL, NULL);
  check (GST_ELEMENT_REGISTER (areascale, NULL));
  check (GST_ELEMENT_REGISTER (areaconvertscale, NULL));
}

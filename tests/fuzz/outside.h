/* GStreamer areascale: the element outside of the runner of checks
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __OUTSIDE_H__
#define __OUTSIDE_H__

#include "rig.h"

/* Ends the program when an assertion of a test does not hold. */
#define check(ok) \
  G_STMT_START { if (!(ok)) g_error ("%s: %s", G_STRLOC, #ok); } G_STMT_END

/* Starts GStreamer with the linked element. Criticals and errors abort from then
 * on, warnings are silent. */
void outside_init (void);

#endif /* __OUTSIDE_H__ */

/* areascale: what the processor and the operating system support
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_CPU_H
#define AREASCALE_CPU_H

#include <stdbool.h>

#include "areascale.h"

/** Whether the kernels of @p cpu may run here: built in, and supported by the
 *  processor and, for the wider registers, by the operating system. Thread-safe. */
bool areascale_cpu_supports(AreascaleCpu cpu);

#endif /* AREASCALE_CPU_H */

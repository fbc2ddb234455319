/* areascale: the public header stands alone
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "areascale.h"

int main(void)
{
    return areascale_cpu_name(AREASCALE_CPU_C) == NULL;
}

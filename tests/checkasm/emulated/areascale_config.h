/* areascale: a library of C and AVX-512 alone
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define AREASCALE_HAVE_SSE4 0
#define AREASCALE_HAVE_AVX2 0
#define AREASCALE_HAVE_AVX512 1
#define AREASCALE_HAVE_AVX512ICL 1
#define AREASCALE_HAVE_NEON 0

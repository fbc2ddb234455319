/* areascale: what kernels ask of the compiler
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_INLINE_H
#define AREASCALE_INLINE_H

/** For functions of which some arguments are constants. */
#define ALWAYS_INLINE static inline __attribute__((always_inline))

/** For functions whose loops need all registers. */
#define NEVER_INLINE static __attribute__((noinline))

#endif /* AREASCALE_INLINE_H */

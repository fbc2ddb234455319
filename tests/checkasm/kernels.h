/* areascale: how each kernel is called at random, checked and timed
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * To check a new kernel, give it a row in kernels.c. A kernel of a new type needs a
 * file kernel_TYPE.c besides, with its KernelKind: how a call of it is made and, where
 * C has no kernel of that type, the plain C that it has to equal.
 */

#ifndef AREASCALE_TESTS_KERNELS_H
#define AREASCALE_TESTS_KERNELS_H

#include "checkasm.h"

/** A kernel of any type: its kind casts it to its own. */
typedef void (*KernelFn)(void);

typedef struct Kernel Kernel;

/** A call of a kernel, with memory of its own. */
typedef struct Call {
    const Kernel *kernel;
    Rows src;
    Rows dst;        /**< what the kernel writes */
    Rows expected;   /**< the same memory for plain C */
    size_t compared; /**< so many bytes of the first row count; 0: all memory */
    void *args;      /**< the kind's */
} Call;

/** What the kernels of a type have in common. */
typedef struct KernelKind {
    /** Makes a call of any shape and content for the check's level, and says with
     *  check_case() which. Widths go by the number of the case. */
    void (*make)(Call *call, Check *check, int n);

    /** Makes a call as planes have it, for timing. */
    void (*make_usual)(Call *call, Check *check);

    void (*run)(const Call *call, KernelFn kernel, const Rows *dst);

    /** Does in plain C what the kernel does. NULL: what C's kernel does. */
    void (*run_plain)(const Call *call, const Rows *dst);

    /** Frees what the arguments point to. NULL: nothing. */
    void (*clear)(Call *call);
} KernelKind;

/** A function of AreascaleDsp. */
struct Kernel {
    const char *name;
    const KernelKind *kind;
    size_t member;   /**< where AreascaleDsp has it */
    int type;        /**< which one of its kind */
    unsigned levels; /**< that have one of their own, a bit for each */
};

/** All kernels. */
extern const Kernel kernels[];
extern const int n_kernels;

/** Calls a kernel often, unless the level has it from one below, and compares what it
 *  writes with what plain C does. */
void check_kernel(Check *check, const Kernel *kernel);

/** The level has every kernel of its own that the list says, and no other. */
void check_table(Check *check);

/** Memory for the arguments of a call, all zero, which goes with the call; ends the
 *  program when there is none. */
void *call_args(Call *call, size_t size);

/** The width of the n-th case: those from 1 to 257 in turn, now and then one up to
 *  @p max. */
int width_of_case(int n, int max, Random *r);

/** @name Kinds, and the types that they know
 * @{ */
extern const KernelKind kind_vsum;
enum { VSUM_8, VSUM_BITS, VSUM_16, VSUM_32 };

extern const KernelKind kind_hsum;
#define HSUM_TYPE(ARITH, SAMPLE) ((int) (ARITH) * AREASCALE_N_SAMPLES + (int) (SAMPLE))

extern const KernelKind kind_gather;
enum { GATHER_8, GATHER_16, GATHER_WIDE, GATHER_FULL };

extern const KernelKind kind_vmean; /**< the type is the sample */

extern const KernelKind kind_halve; /**< the type is the layout */

extern const KernelKind kind_permute;
enum { PERMUTE_8, PERMUTE_8_16 };

extern const KernelKind kind_vweigh;
extern const KernelKind kind_hweigh;
enum { WEIGH_8_32, WEIGH_16_32, WEIGH_8_64, WEIGH_16_64, WEIGH_32_64 };

extern const KernelKind kind_blend; /**< the type is the AreascaleBlendKind */

extern const KernelKind kind_permute_words;
enum { PERMUTE_16, PERMUTE_16_BY_ROWS };

extern const KernelKind kind_ribbon; /**< the type is BITS SLOTS LOADS in decimal */

extern const KernelKind kind_alpha_vsum;
extern const KernelKind kind_alpha_hsum;

extern const KernelKind kind_strip;
/** LOADS 0 stands for one load with singles. */
#define STRIP_TYPE(KIND, SLOTS, LOADS) ((int) (KIND) * 100 + (SLOTS) * 10 + (LOADS))

extern const KernelKind kind_mix;  /**< the type is twice the input sample + the output */
extern const KernelKind kind_take; /**< the type is the sample */
extern const KernelKind kind_weave;
extern const KernelKind kind_shuffle;

extern const KernelKind kind_pair; /**< the type is the output sample */
extern const KernelKind kind_decode; /**< of codes of 8 bits to light of 16 */
/** @} */

#endif /* AREASCALE_TESTS_KERNELS_H */

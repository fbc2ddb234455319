/* areascale: kernels for Advanced SIMD of aarch64
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Little-endian only: lanes are taken for bytes and bytes for lanes.
 */

#include <arm_neon.h>
#include <string.h>

#include "kernels/dsp.h"
#include "kernels/inline.h"

/* One type for the vectors of both steps; loads may have any alignment. */
typedef uint8x16_t VVEC;
typedef uint8x16_t HVEC;

/* Lanes of other sizes. */
static inline uint16x8_t to16(uint8x16_t v) { return vreinterpretq_u16_u8(v); }
static inline uint32x4_t to32(uint8x16_t v) { return vreinterpretq_u32_u8(v); }
static inline uint8x16_t from16(uint16x8_t v) { return vreinterpretq_u8_u16(v); }
static inline uint8x16_t from32(uint32x4_t v) { return vreinterpretq_u8_u32(v); }

/* The vector of the vertical step. */
typedef int16x8_t VCount; /* of a shift to the left */

static inline VVEC vload(const void *p) { return vld1q_u8(p); }
static inline void vstore(void *p, VVEC v) { vst1q_u8(p, v); }
static inline VVEC vzero(void) { return vdupq_n_u8(0); }
static inline VVEC vadd16(VVEC a, VVEC b) { return from16(vaddq_u16(to16(a), to16(b))); }
static inline VVEC vadd32(VVEC a, VVEC b) { return from32(vaddq_u32(to32(a), to32(b))); }
#define vprefetch(p) __builtin_prefetch((const void *) (p), 0, 3)
static inline VCount vcount(int n) { return vdupq_n_s16((int16_t) -n); }
static inline VVEC vmask(unsigned mask) { return from16(vdupq_n_u16((uint16_t) mask)); }

static inline VVEC vvalue(VVEC v, VCount shift, VVEC mask)
{
    return vandq_u8(from16(vshlq_u16(to16(v), shift)), mask);
}

/* The sums of the lower and of the upper half of a vector's samples. */
typedef struct VPair {
    VVEC a, b;
} VPair;

static inline VPair pair8_add(VPair p, VVEC v)
{
    return (VPair) { from16(vaddw_u8(to16(p.a), vget_low_u8(v))),
                     from16(vaddw_high_u8(to16(p.b), v)) };
}

static inline VPair pair16_add(VPair p, VVEC v)
{
    return (VPair) { from32(vaddw_u16(to32(p.a), vget_low_u16(to16(v)))),
                     from32(vaddw_high_u16(to32(p.b), to16(v))) };
}

static inline VPair pair8_lanes(VPair p) { return p; }
static inline VPair pair16_lanes(VPair p) { return p; }

/* The vector of the horizontal step. */
typedef int HCount;

static inline HVEC hload(const void *p) { return vld1q_u8(p); }
static inline void hstore(void *p, HVEC v) { vst1q_u8(p, v); }
static inline void hstore_lower(void *p, HVEC v) { vst1_u8(p, vget_low_u8(v)); }
static inline HVEC hzero(void) { return vdupq_n_u8(0); }
static inline HVEC hset32(uint32_t v) { return from32(vdupq_n_u32(v)); }
static inline HVEC hset16(unsigned v) { return from16(vdupq_n_u16((uint16_t) v)); }
static inline HVEC hand(HVEC a, HVEC b) { return vandq_u8(a, b); }
static inline HVEC hadd16(HVEC a, HVEC b) { return from16(vaddq_u16(to16(a), to16(b))); }
static inline HVEC hadd32(HVEC a, HVEC b) { return from32(vaddq_u32(to32(a), to32(b))); }
static inline HVEC hmin16(HVEC a, HVEC b) { return from16(vminq_u16(to16(a), to16(b))); }
static inline HCount hcount(int n) { return n; }
static inline HVEC hwiden_lo(HVEC v) { return from32(vmovl_u16(vget_low_u16(to16(v)))); }
static inline HVEC hwiden_hi(HVEC v) { return from32(vmovl_high_u16(to16(v))); }
static inline HVEC hnarrow(HVEC lo, HVEC hi) { return from16(vuzp1q_u16(to16(lo), to16(hi))); }
static inline HVEC hpack8(HVEC a, HVEC b) { return vuzp1q_u8(a, b); }
static inline HVEC hupper(HVEC v) { return vextq_u8(v, v, 8); }
static inline HVEC hzip8_lo(HVEC a, HVEC b) { return vzip1q_u8(a, b); }
static inline HVEC hzip8_hi(HVEC a, HVEC b) { return vzip2q_u8(a, b); }
static inline HVEC hzip16_lo(HVEC a, HVEC b) { return from16(vzip1q_u16(to16(a), to16(b))); }
static inline HVEC hzip16_hi(HVEC a, HVEC b) { return from16(vzip2q_u16(to16(a), to16(b))); }
static inline HVEC hzip32_lo(HVEC a, HVEC b) { return from32(vzip1q_u32(to32(a), to32(b))); }
static inline HVEC hzip32_hi(HVEC a, HVEC b) { return from32(vzip2q_u32(to32(a), to32(b))); }

static inline HVEC hsll16(HVEC v, HCount n)
{
    return from16(vshlq_u16(to16(v), vdupq_n_s16((int16_t) n)));
}

static inline HVEC hsll32(HVEC v, HCount n)
{
    return from32(vshlq_u32(to32(v), vdupq_n_s32(n)));
}

static inline HVEC hsrl16(HVEC v, HCount n)
{
    return hsll16(v, -n);
}

static inline HVEC hmulhi16(HVEC a, HVEC b)
{
    const uint32x4_t lo = vmull_u16(vget_low_u16(to16(a)), vget_low_u16(to16(b)));
    const uint32x4_t hi = vmull_high_u16(to16(a), to16(b));

    return from16(vuzp2q_u16(to16(from32(lo)), to16(from32(hi))));
}

static inline HVEC hdiv32(HVEC v, HVEC reciprocal, HCount n)
{
    const int64x2_t down = vdupq_n_s64(-n);
    const uint64x2_t lo = vmull_u32(vget_low_u32(to32(v)), vget_low_u32(to32(reciprocal)));
    const uint64x2_t hi = vmull_high_u32(to32(v), to32(reciprocal));

    return from32(vuzp1q_u32(vreinterpretq_u32_u64(vshlq_u64(lo, down)),
                             vreinterpretq_u32_u64(vshlq_u64(hi, down))));
}

/* An index of 0x80 is out of the table, which gives 0. */
static inline HVEC gpick(HVEC v, HVEC pick) { return vqtbl1q_u8(v, pick); }
static inline HVEC gpairs(HVEC v) { return from16(vpaddlq_u8(v)); }
static inline HVEC gfold(HVEC a, HVEC b) { return from16(vpaddq_u16(to16(a), to16(b))); }
static inline HVEC gfold32(HVEC a, HVEC b) { return from32(vpaddq_u32(to32(a), to32(b))); }
static inline HVEC hquarter(HVEC v) { return from16(vrshrq_n_u16(to16(v), 2)); }

static inline HVEC gvalue(HVEC v, HCount shift, HVEC mask)
{
    return vandq_u8(hsrl16(v, shift), mask);
}

static inline HVEC gpairs_biased(HVEC v, HVEC bias)
{
    return vreinterpretq_u8_s32(vpaddlq_s16(vreinterpretq_s16_u8(veorq_u8(v, bias))));
}

typedef int32x4_t SLift;

static inline SLift slift(int n) { return vdupq_n_s32(n); }
static inline HVEC spairs(HVEC v, SLift n)
{
    return from32(vshlq_u32(vpaddlq_u16(to16(v)), n));
}

static inline HVEC sfold(HVEC a, HVEC b) { return gfold(a, b); }
static inline HVEC sdivide(HVEC v, HVEC reciprocal)
{
    return from32(vcvtq_u32_f32(
        vmulq_f32(vcvtq_f32_u32(to32(v)), vreinterpretq_f32_u8(reciprocal))));
}

static inline HVEC wpairs(HVEC v, HVEC weights)
{
    const int16x8_t a = vreinterpretq_s16_u8(v), b = vreinterpretq_s16_u8(weights);

    return vreinterpretq_u8_s32(vpaddq_s32(vmull_s16(vget_low_s16(a), vget_low_s16(b)),
                                           vmull_high_s16(a, b)));
}

static inline HVEC wmul32(HVEC v, HVEC w) { return from32(vmulq_u32(to32(v), to32(w))); }
static inline HVEC wxor(HVEC a, HVEC b) { return veorq_u8(a, b); }
static inline HVEC spack(HVEC a, HVEC b) { return hpack8(a, b); }
static inline void sstore_half(void *dst, HVEC v) { hstore_lower(dst, v); }

static inline VVEC vodd8(VVEC v) { return from16(vshrq_n_u16(to16(v), 8)); }

static inline VVEC veven8(VVEC all, VVEC odd)
{
    return from16(vsubq_u16(to16(all), vshlq_n_u16(to16(odd), 8)));
}

static inline VVEC vzip8(VVEC even, VVEC odd)
{
    return vorrq_u8(even, from16(vshlq_n_u16(to16(odd), 8)));
}

static inline VVEC vmulhi16(VVEC a, VVEC b) { return hmulhi16(a, b); }
static inline VVEC vsrl16(VVEC v, VCount n) { return from16(vshlq_u16(to16(v), n)); }
static inline VVEC vsll16(VVEC v, VCount n) { return from16(vshlq_u16(to16(v), vnegq_s16(n))); }

/* The vector of mixes. */
typedef uint8x16_t MVEC;
typedef int MCount;

static inline int16x8_t to_s16(uint8x16_t v) { return vreinterpretq_s16_u8(v); }
static inline int32x4_t to_s32(uint8x16_t v) { return vreinterpretq_s32_u8(v); }

static inline MVEC mload(const void *p) { return vld1q_u8(p); }
static inline MVEC mload_bytes(const void *p) { return from16(vmovl_u8(vld1_u8(p))); }
static inline void mstore(void *p, MVEC v) { vst1q_u8(p, v); }
static inline MVEC mset32(uint32_t v) { return from32(vdupq_n_u32(v)); }
static inline MVEC mset16(int v) { return from16(vdupq_n_u16((uint16_t) v)); }
static inline MVEC mxor(MVEC a, MVEC b) { return veorq_u8(a, b); }
static inline MVEC mzip_lo(MVEC a, MVEC b) { return hzip16_lo(a, b); }
static inline MVEC mzip_hi(MVEC a, MVEC b) { return hzip16_hi(a, b); }
static inline MVEC madd32(MVEC a, MVEC b) { return hadd32(a, b); }
static inline MVEC mmin16(MVEC a, MVEC b) { return from16(vminq_u16(to16(a), to16(b))); }
static inline MCount mcount(int n) { return n; }
static inline MVEC msll16(MVEC v, MCount n) { return hsll16(v, n); }

static inline MVEC madd16(MVEC a, MVEC b)
{
    return vreinterpretq_u8_s16(vqaddq_s16(to_s16(a), to_s16(b)));
}

static inline MVEC mshift32(MVEC v, MCount n)
{
    return vreinterpretq_u8_s32(vshlq_s32(to_s32(v), vdupq_n_s32(-n)));
}

static inline MVEC mpack_signed(MVEC lo, MVEC hi)
{
    return vreinterpretq_u8_s16(vqmovn_high_s32(vqmovn_s32(to_s32(lo)), to_s32(hi)));
}

static inline MVEC mpack_unsigned(MVEC lo, MVEC hi)
{
    return from16(vqmovun_high_s32(vqmovun_s32(to_s32(lo)), to_s32(hi)));
}

static inline MVEC mpack_bytes(MVEC a, MVEC b)
{
    return vqmovun_high_s16(vqmovun_s16(to_s16(a)), to_s16(b));
}

static inline MVEC madd_pairs(MVEC sum, MVEC a, MVEC b)
{
    const int16x8_t x = to_s16(a), y = to_s16(b);
    const int32x4_t lo = vmull_s16(vget_low_s16(x), vget_low_s16(y));

    return vreinterpretq_u8_s32(
        vaddq_s32(to_s32(sum), vpaddq_s32(lo, vmull_high_s16(x, y))));
}

static inline HVEC oor(HVEC a, HVEC b) { return vorrq_u8(a, b); }

#include "kernels/vector128_tmpl.c"
#include "kernels/vsum_simd_tmpl.c"
#include "kernels/vmean_simd_tmpl.c"
#include "kernels/hsum_simd_tmpl.c"
#include "kernels/gather_simd_tmpl.c"
#include "kernels/halve_simd_tmpl.c"
#include "kernels/weigh_simd_tmpl.c"
#include "kernels/strip_simd_tmpl.c"
#include "kernels/mix_simd_tmpl.c"
#include "kernels/mix_owords_simd_tmpl.c"
#include "kernels/ribbon_simd_tmpl.c"
#include "kernels/pair_simd_tmpl.c"

/* A pixel's sums, of means that alpha weighs. */
typedef uint32x4_t APIX;
typedef uint32x4_t AVEC;

enum { A_PIXELS = 1 };

static inline VVEC arepeat(const uint8_t *p) { return vload(p); }
static inline VVEC azip_lo(VVEC a, VVEC b) { return vzip1q_u8(a, b); }
static inline VVEC azip_hi(VVEC a, VVEC b) { return vzip2q_u8(a, b); }
static inline VVEC awiden_lo(VVEC v) { return from16(vmovl_u8(vget_low_u8(v))); }
static inline VVEC awiden_hi(VVEC v) { return from16(vmovl_high_u8(v)); }
static inline VVEC apick(VVEC v, VVEC pick) { return vqtbl1q_u8(v, pick); }
static inline VVEC aor(VVEC a, VVEC b) { return vorrq_u8(a, b); }

static inline VVEC amadd(VVEC a, VVEC b)
{
    return from32(vpaddq_u32(vmull_u16(vget_low_u16(to16(a)), vget_low_u16(to16(b))),
                             vmull_high_u16(to16(a), to16(b))));
}

static inline VVEC amul32(VVEC a, uint32_t b) { return from32(vmulq_n_u32(to32(a), b)); }
static inline void aorder(VVEC v[4]) { (void) v; }
static inline APIX apixel(const uint32_t *p) { return vld1q_u32(p); }
static inline APIX aadd_pixel(APIX a, APIX b) { return vaddq_u32(a, b); }
static inline APIX amul_pixel(APIX a, uint32_t b) { return vmulq_n_u32(a, b); }
static inline AVEC ajoin(const APIX *pixels) { return *pixels; }
static inline bool aany_zero(AVEC v) { return vminvq_u32(v) == 0; }

static inline AVEC adivisor(AVEC v, const uint8_t *pick, AVEC area)
{
    return vorrq_u32(to32(vqtbl1q_u8(from32(v), vld1q_u8(pick))), area);
}

/* One step makes 16 bits of the estimate's 8: the quotient is off by less than 1/8, and what
 * it is cut to by one at most. The remainder, which is then at least -d and less than 2 d,
 * tells by what. */
static inline AVEC aquotient(AVEC s, AVEC d)
{
    const float32x4_t divisor = vcvtq_f32_u32(d), estimate = vrecpeq_f32(divisor);
    const float32x4_t reciprocal = vmulq_f32(estimate, vrecpsq_f32(divisor, estimate));
    const uint32x4_t n = vaddq_u32(s, vshrq_n_u32(d, 1));
    const uint32x4_t q = vcvtq_u32_f32(vmulq_f32(vcvtq_f32_u32(n), reciprocal));
    const int32x4_t rest = vreinterpretq_s32_u32(vmlsq_u32(n, q, d));
    const uint32x4_t below = vcltzq_s32(rest);
    const uint32x4_t above = vcgeq_s32(rest, vreinterpretq_s32_u32(d));

    return vsubq_u32(vaddq_u32(q, below), above);
}

static inline void astore(uint8_t *dst, const AVEC *q)
{
    vst1q_u8(dst, vuzp1q_u8(from16(vuzp1q_u16(to16(from32(q[0])), to16(from32(q[1])))),
                            from16(vuzp1q_u16(to16(from32(q[2])), to16(from32(q[3]))))));
}

#include "kernels/alpha_simd_tmpl.c"

void areascale_dsp_init_neon(AreascaleDsp *dsp)
{
    dsp->cpu = AREASCALE_CPU_NEON;
    vsum_init(dsp);
    vmean_init(dsp);
    hsum_init(dsp);
    gather_init(dsp);
    halve_init(dsp);
    weigh_init(dsp);
    strip_init(dsp);
    mix_init(dsp);
    mix_owords_init(dsp);
    ribbon_init(dsp);
    alpha_simd_init(dsp);
    pair_init(dsp);
}

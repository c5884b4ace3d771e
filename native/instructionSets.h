// The kernels, compiled for each instruction set, and the choice among them at run time.
#pragma once
#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "films.h"

namespace pneumoscope {

#pragma GCC push_options
#pragma GCC target("avx512f,avx512bw,avx512dq,avx512vl,fma,prefer-vector-width=512")
namespace avx512 {
#define LANES 16
#include "kernels.h"
// What stands on it.
#include "depthwiseKernels.h"
#include "normalisationKernels.h"
#include "winograd.h"
#undef LANES
}  // namespace avx512
#pragma GCC pop_options

#pragma GCC push_options
#pragma GCC target("avx2,fma")
namespace avx2 {
#define LANES 8
#include "kernels.h"
// What stands on it.
#include "depthwiseKernels.h"
#include "normalisationKernels.h"
#include "winograd.h"
#undef LANES
}  // namespace avx2
#pragma GCC pop_options

struct Kernels {
  const char* name;
  void (*greyForward)(const FilmShape&, const float*, const float*, const float*, bool, float*,
                      uint8_t*);
  void (*greyBackward)(const FilmShape&, const float*, const PooledGradient&, float*, float*);
  void (*filmBackward)(const FilmShape&, const float*, const PooledGradient&, const float*, float*,
                       float*, float*, const Entries&);
  /** Channels that lie together in `filmBackward`'s kernels. */
  int block;
};

/** The forward convolution: of a film, or by tiles. */
struct ForwardKernels {
  void (*blockFilters)(const FilmShape&, int, const float*, float*);
  void (*filmForward)(const FilmShape&, const float*, const float*, const float*, bool, float*,
                      uint8_t*);
  /** Filters that lie together in `filmForward`'s kernel. */
  int filmBlock;
  void (*transformKernel)(const FilmShape&, int, const float*, float*);
  void (*tilesForward)(const FilmShape&, int, const float*, const float*, const float*, bool, int,
                       int, const TileScratch&, float*, uint8_t*);
  /** Filters that lie together in `tilesForward`'s planes. */
  int tileBlock;
};

/** All counts of channels and filters are multiples of this. */
constexpr int kMultiple = 16;

/** So that what older processors compute can be tried on newer ones. */
inline bool isKeptToAvx2() {
  const char* const wish = std::getenv("PNEUMOSCOPE_KERNELS");
  return wish != nullptr && std::strcmp(wish, "avx2") == 0;
}

inline bool hasAvx512() {
  static const bool has = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                          __builtin_cpu_supports("avx512dq") &&
                          __builtin_cpu_supports("avx512vl") && !isKeptToAvx2();
  return has;
}

/** Where `kernelsFor` finds something. */
inline const ForwardKernels& forwardKernelsFor(int filters) {
  using namespace avx512;
  static const ForwardKernels wide{blockFilters,    filmForward<2, 3>, 32,
                                   transformKernel, tilesForward<4>,   64};
  static const ForwardKernels middle{blockFilters,    filmForward<2, 3>, 32,
                                     transformKernel, tilesForward<2>,   32};
  static const ForwardKernels narrow{blockFilters,    filmForward<1, 3>, 16,
                                     transformKernel, tilesForward<1>,   16};
  static const ForwardKernels older{avx2::blockFilters,    avx2::filmForward<2, 1>, 16,
                                    avx2::transformKernel, avx2::tilesForward<2>,   16};
  if (!hasAvx512()) return older;
  return filters % 64 == 0 ? wide : filters % 32 == 0 ? middle : narrow;
}

/** For 16 channels, or for a multiple of 32; null where the processor has neither instruction set.
 */
inline const Kernels* kernelsFor(int channels, int filters) {
  static const bool hasAvx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  static const Kernels wide{"AVX-512", avx512::greyForward<2>, avx512::greyBackward<2>,
                            avx512::filmBackward<2>, 32};
  static const Kernels narrow{"AVX-512", avx512::greyForward<1>, avx512::greyBackward<1>,
                              avx512::filmBackward<1>, 16};
  static const Kernels older{"AVX2", avx2::greyForward<1>, avx2::greyBackward<1>,
                             avx2::filmBackward<1>, 8};
  if (hasAvx512())
    return channels % 32 == 0 || (channels == 1 && filters % 32 == 0) ? &wide : &narrow;
  return hasAvx2 ? &older : nullptr;
}

/** The gradient of a depthwise convolution by its kernel. */
struct DepthwiseKernels {
  void (*frame)(const DepthwiseShape&, const float*, float*);
  void (*addGradient)(const DepthwiseShape&, const float*, const float*, float*);
  /** Channels that are treated together. */
  int lanes;
};

/** Null where the processor has neither instruction set, or there is nothing for such a kernel. */
inline const DepthwiseKernels* depthwiseKernelsFor(int channels, int side) {
  static const DepthwiseKernels wide[] = {
      {avx512::frameChannels, avx512::addDepthwiseGradient<3, 3>, 16},
      {avx512::frameChannels, avx512::addDepthwiseGradient<5, 5>, 16}};
  static const DepthwiseKernels older[] = {
      {avx2::frameChannels, avx2::addDepthwiseGradient<3, 3>, 8},
      {avx2::frameChannels, avx2::addDepthwiseGradient<5, 1>, 8}};
  if (kernelsFor(kMultiple, kMultiple) == nullptr || channels % kMultiple != 0 ||
      (side != 3 && side != 5))
    return nullptr;
  return (hasAvx512() ? wide : older) + (side == 3 ? 0 : 1);
}

/** Batch normalisation with the activation behind it. */
struct NormalisationKernels {
  void (*addMoments)(int, const float*, int, const float*, float*);
  void (*normalise)(int, const float*, int, ChannelScale, Bounds, float*);
  void (*addGradient)(int, const float*, const float*, int, ChannelScale, Bounds, float*);
  void (*spreadGradient)(int, const float*, const float*, int, ChannelScale, Bounds, const float*,
                         const float*, float*);
};

/** Null where the processor has neither instruction set, or channels do not fill its vectors. */
inline const NormalisationKernels* normalisationKernelsFor(int channels) {
  static const NormalisationKernels newest{avx512::addMoments, avx512::normalise,
                                           avx512::addNormalisedGradient,
                                           avx512::spreadNormalisedGradient};
  static const NormalisationKernels older{avx2::addMoments, avx2::normalise,
                                          avx2::addNormalisedGradient,
                                          avx2::spreadNormalisedGradient};
  if (kernelsFor(kMultiple, kMultiple) == nullptr || channels % kMultiple != 0) return nullptr;
  return hasAvx512() ? &newest : &older;
}

}  // namespace pneumoscope

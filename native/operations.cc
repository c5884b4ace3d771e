// TensorFlow operations for a 3×3 convolution with a 2×2 max-pool behind it. A max-pool sends a
// gradient to one place of four, and relu to none where it gave 0, so the gradients of the
// convolution need a quarter of the arithmetic or less: here only these places are visited. On the
// way forward all is pooled as it is computed, by tiles where there is more than one channel.
//
// All tensors have the batch first and the channels last. `pad` is the convolution's: none, or one
// pixel of zeros.

#include "operations.h"

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "depthwise.h"
#include "instructionSets.h"
#include "normalisation.h"
#include "tensors.h"
#include "workers.h"

namespace pneumoscope {
namespace {

/** Attributes of a node. */
struct Options {
  bool hasRelu = false, pads = false, wantsImage = true, isExact = true;

  explicit Options(TF_OpKernelConstruction* construction) {
    read(construction, "relu", hasRelu);
    read(construction, "pad", pads);
    read(construction, "wants_image", wantsImage);
    read(construction, "exact", isExact);
  }
};

/** An image with one pixel of zeros on every side. */
void padImage(const float* image, int rows, int columns, int channels, float* padded) {
  const size_t line = size_t(columns + 2) * channels;
  std::memset(padded, 0, (rows + 2) * line * sizeof(float));
  for (int row = 0; row < rows; row++)
    std::memcpy(padded + (row + 1) * line + channels, image + size_t(row) * columns * channels,
                size_t(columns) * channels * sizeof(float));
}

void cropImage(const float* padded, int rows, int columns, int channels, float* image) {
  const size_t line = size_t(columns + 2) * channels;
  for (int row = 0; row < rows; row++)
    std::memcpy(image + size_t(row) * columns * channels, padded + (row + 1) * line + channels,
                size_t(columns) * channels * sizeof(float));
}

FilmShape shapeOf(const Input& image, int64_t filters, bool pads) {
  const int margin = pads ? 2 : 0;
  return {int(image.side(1)) + margin, int(image.side(2)) + margin, int(image.side(3)),
          int(filters)};
}

bool isUsable(const FilmShape& shape) {
  return shape.height >= 4 && shape.width >= 4 && shape.filters % kMultiple == 0 &&
         (shape.channels == 1 || shape.channels % kMultiple == 0) &&
         kernelsFor(shape.channels, shape.filters) != nullptr;
}

/** Image, kernel, bias → pooled values after bias and relu, and their places. */
void computeGrey(void* given, TF_OpKernelContext* context) {
  const Options& options = *static_cast<Options*>(given);
  const Input image(context, 0), kernel(context, 1), bias(context, 2);
  if (!image.hasSides(4) || !kernel.hasSides(4) || !bias.hasSides(1) || image.side(3) != 1)
    return fail(context, "the first convolution takes grey images");
  const FilmShape shape = shapeOf(image, bias.side(0), options.pads);
  if (!isUsable(shape) || kernel.length() != int64_t(shape.kernelLength()))
    return fail(context, "kernel and image do not fit");
  const int64_t films = image.side(0);
  const std::vector<int64_t> sides{films, shape.pooledRows(), shape.pooledColumns(), shape.filters};
  float* const pooled = allocate<float>(context, 0, TF_FLOAT, sides);
  uint8_t* const places = allocate<uint8_t>(context, 1, TF_UINT8, sides);
  if (pooled == nullptr || places == nullptr) return;
  const size_t length = image.side(1) * image.side(2);
  const Kernels& kernels = *kernelsFor(1, shape.filters);
  Workers::shared().each(int(films), [&](int film) {
    const float* values = image.values<float>() + film * length;
    std::vector<float> padded(options.pads ? shape.imageLength() : 0);
    if (options.pads) padImage(values, image.side(1), image.side(2), 1, padded.data());
    kernels.greyForward(shape, options.pads ? padded.data() : values, kernel.values<float>(),
                        bias.values<float>(), options.hasRelu, pooled + film * shape.pooledLength(),
                        places + film * shape.pooledLength());
  });
}

/** Memory of a thread that is filled anew for every use; its vectors lie on lines of the cache. */
class Lines {
 public:
  float* ofLength(size_t length) {
    if (length > length_) {
      values_.reset(
          static_cast<float*>(std::aligned_alloc(64, (length * sizeof(float) + 63) & ~size_t(63))));
      length_ = length;
      // What no tile fills is multiplied all the same.
      std::fill_n(values_.get(), length, 0.0f);
    }
    return values_.get();
  }

 private:
  struct Free {
    void operator()(float* values) const { std::free(values); }
  };
  std::unique_ptr<float, Free> values_;
  size_t length_ = 0;
};

/** Image, kernel, bias → pooled values after bias and relu, and their places; by tiles unless it is
 * to be exact. */
void computeConvolution(void* given, TF_OpKernelContext* context) {
  const Options& options = *static_cast<Options*>(given);
  const Input image(context, 0), kernel(context, 1), bias(context, 2);
  if (!image.hasSides(4) || !kernel.hasSides(4) || !bias.hasSides(1))
    return fail(context, "the convolution takes images");
  const FilmShape shape = shapeOf(image, bias.side(0), options.pads);
  if (!isUsable(shape) || shape.channels == 1 || kernel.length() != int64_t(shape.kernelLength()))
    return fail(context, "kernel and image do not fit");
  const int64_t films = image.side(0);
  const std::vector<int64_t> sides{films, shape.pooledRows(), shape.pooledColumns(), shape.filters};
  float* const pooled = allocate<float>(context, 0, TF_FLOAT, sides);
  uint8_t* const places = allocate<uint8_t>(context, 1, TF_UINT8, sides);
  if (pooled == nullptr || places == nullptr) return;
  const ForwardKernels& kernels = forwardKernelsFor(shape.filters);
  const size_t length = image.side(1) * image.side(2) * image.side(3);
  Lines lines;
  if (options.isExact) {
    float* const blocked = lines.ofLength(shape.kernelLength());
    kernels.blockFilters(shape, kernels.filmBlock, kernel.values<float>(), blocked);
    return Workers::shared().each(int(films), [&](int film) {
      thread_local Lines padded;
      const float* values = image.values<float>() + film * length;
      if (options.pads) {
        float* const framed = padded.ofLength(shape.imageLength());
        padImage(values, image.side(1), image.side(2), shape.channels, framed);
        values = framed;
      }
      kernels.filmForward(shape, values, blocked, bias.values<float>(), options.hasRelu,
                          pooled + film * shape.pooledLength(),
                          places + film * shape.pooledLength());
    });
  }
  float* const planes = lines.ofLength(size_t(kPlanes) * shape.channels * shape.filters);
  kernels.transformKernel(shape, kernels.tileBlock, kernel.values<float>(), planes);
  const int tiles = shape.tiles(), parts = (tiles + kTilesAtOnce - 1) / kTilesAtOnce;
  Workers::shared().each(int(films) * parts, [&](int number) {
    thread_local Lines pixels, sums;
    const TileScratch scratch{pixels.ofLength(size_t(kPlanes) * kTilesAtOnce * shape.channels),
                              sums.ofLength(size_t(kPlanes) * kTilesAtOnce * kernels.tileBlock)};
    const int film = number / parts, part = number % parts;
    kernels.tilesForward(shape, options.pads ? 1 : 0, image.values<float>() + film * length, planes,
                         bias.values<float>(), options.hasRelu, tiles * part / parts,
                         tiles * (part + 1) / parts, scratch, pooled + film * shape.pooledLength(),
                         places + film * shape.pooledLength());
  });
}

/** Kernels as TensorFlow has them, [9][channels][filters], by blocks of channels, and back. */
void intoBlocks(const FilmShape& shape, int block, const float* from, float* to) {
  for (int tap = 0; tap < kTaps; tap++)
    for (int channel = 0; channel < shape.channels; channel++)
      for (int filter = 0; filter < shape.filters; filter++)
        to[((size_t(channel / block) * shape.filters + filter) * kTaps + tap) * block +
           channel % block] =
            from[(size_t(tap) * shape.channels + channel) * shape.filters + filter];
}
void addFromBlocks(const FilmShape& shape, int block, const float* from, float* to) {
  for (int tap = 0; tap < kTaps; tap++)
    for (int channel = 0; channel < shape.channels; channel++)
      for (int filter = 0; filter < shape.filters; filter++)
        to[(size_t(tap) * shape.channels + channel) * shape.filters + filter] +=
            from[((size_t(channel / block) * shape.filters + filter) * kTaps + tap) * block +
                 channel % block];
}

/** Memory of one piece: its sums, and what a film needs while it is treated. */
struct Scratch {
  std::vector<float> kernelGradient, biasGradient, padded, paddedGradient, values;
  std::vector<int32_t> offsets;
  std::vector<int> counts;
};

/** Image, kernel, gradient, activated, places → gradients by image, kernel and bias. */
void computeGradient(void* given, TF_OpKernelContext* context) {
  const Options& options = *static_cast<Options*>(given);
  const Input image(context, 0), kernel(context, 1), gradient(context, 2), activated(context, 3),
      places(context, 4);
  if (!image.hasSides(4) || !kernel.hasSides(4) || !gradient.hasSides(4))
    return fail(context, "the gradient takes images");
  const FilmShape shape = shapeOf(image, kernel.side(3), options.pads);
  const int64_t films = image.side(0), pooledLength = shape.pooledLength();
  const bool isGrey = shape.channels == 1;
  if (!isUsable(shape) || kernel.length() != int64_t(shape.kernelLength()) ||
      gradient.length() != films * pooledLength || activated.length() != films * pooledLength ||
      places.length() != films * pooledLength)
    return fail(context, "gradient and image do not fit");
  const bool wantsImage = options.wantsImage && !isGrey;
  float* const imageGradient = allocate<float>(
      context, 0, TF_FLOAT,
      wantsImage ? std::vector<int64_t>{films, image.side(1), image.side(2), image.side(3)}
                 : std::vector<int64_t>{0});
  float* const kernelGradient =
      allocate<float>(context, 1, TF_FLOAT, {3, 3, shape.channels, shape.filters});
  float* const biasGradient = allocate<float>(context, 2, TF_FLOAT, {shape.filters});
  if (imageGradient == nullptr && wantsImage) return;
  if (kernelGradient == nullptr || biasGradient == nullptr) return;
  const Kernels& kernels = *kernelsFor(shape.channels, shape.filters);
  std::vector<float> blocked(wantsImage ? shape.kernelLength() : 0);
  if (wantsImage) intoBlocks(shape, kernels.block, kernel.values<float>(), blocked.data());
  const int rows = image.side(1), columns = image.side(2);
  const size_t length = size_t(rows) * columns * shape.channels;
  const int pieces = piecesOf(films);
  std::vector<Scratch> scratches(pieces);
  Workers::shared().each(pieces, [&](int number) {
    Scratch& scratch = scratches[number];
    scratch.kernelGradient.assign(shape.kernelLength(), 0);
    scratch.biasGradient.assign(shape.filters, 0);
    if (options.pads) scratch.padded.resize(shape.imageLength());
    if (options.pads && wantsImage) scratch.paddedGradient.resize(shape.imageLength());
    if (!isGrey) {
      scratch.values.resize(size_t(shape.filters) * kEntries);
      scratch.offsets.resize(size_t(shape.filters) * kEntries);
      scratch.counts.resize(shape.filters);
    }
    const Entries entries{scratch.values.data(), scratch.offsets.data(), scratch.counts.data()};
    const Piece piece = pieceOf(films, pieces, number);
    for (int64_t film = piece.start; film < piece.end; film++) {
      const float* values = image.values<float>() + film * length;
      if (options.pads) padImage(values, rows, columns, shape.channels, scratch.padded.data());
      const float* const framed = options.pads ? scratch.padded.data() : values;
      const PooledGradient pooled{
          gradient.values<float>() + film * pooledLength,
          options.hasRelu ? activated.values<float>() + film * pooledLength : nullptr,
          places.values<uint8_t>() + film * pooledLength};
      if (isGrey) {
        kernels.greyBackward(shape, framed, pooled, scratch.kernelGradient.data(),
                             scratch.biasGradient.data());
        continue;
      }
      float* const own = wantsImage ? imageGradient + film * length : nullptr;
      float* const into = options.pads && wantsImage ? scratch.paddedGradient.data() : own;
      if (into != nullptr) std::memset(into, 0, shape.imageLength() * sizeof(float));
      kernels.filmBackward(shape, framed, pooled, blocked.data(), scratch.kernelGradient.data(),
                           scratch.biasGradient.data(), into, entries);
      if (into != own) cropImage(into, rows, columns, shape.channels, own);
    }
  });
  std::fill_n(kernelGradient, shape.kernelLength(), 0.0f);
  std::fill_n(biasGradient, shape.filters, 0.0f);
  for (const Scratch& scratch : scratches) {
    if (isGrey)
      for (size_t at = 0; at < shape.kernelLength(); at++)
        kernelGradient[at] += scratch.kernelGradient[at];
    else
      addFromBlocks(shape, kernels.block, scratch.kernelGradient.data(), kernelGradient);
    for (int filter = 0; filter < shape.filters; filter++)
      biasGradient[filter] += scratch.biasGradient[filter];
  }
}

}  // namespace

const char* instructionSet() {
  const Kernels* const kernels = kernelsFor(kMultiple, kMultiple);
  return kernels == nullptr ? nullptr : kernels->name;
}

std::string addOperations() {
  const std::vector<const char*> pooled{"pooled: float", "places: uint8"};
  const std::vector<const char*> convolved{"image: float", "kernel: float", "bias: float"};
  const std::vector<const char*> flags{"relu: bool", "pad: bool"};
  std::string reason = addOperation<Options>("PneumoscopeGreyConvolutionPool", convolved, pooled,
                                             flags, computeGrey);
  if (reason.empty())
    reason = addOperation<Options>("PneumoscopeConvolutionPool", convolved, pooled,
                                   {"relu: bool", "pad: bool", "exact: bool"}, computeConvolution);
  if (reason.empty())
    reason = addOperation<Options>(
        "PneumoscopeConvolutionPoolGradient",
        {"image: float", "kernel: float", "gradient: float", "activated: float", "places: uint8"},
        {"image_gradient: float", "kernel_gradient: float", "bias_gradient: float"},
        {"relu: bool", "pad: bool", "wants_image: bool"}, computeGradient);
  if (reason.empty()) reason = addDepthwiseGradient();
  if (reason.empty()) reason = addNormalisation();
  return reason;
}

}  // namespace pneumoscope

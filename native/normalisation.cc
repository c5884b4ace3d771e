// TensorFlow operations for batch normalisation by the batch's own statistics with the activation
// behind it, and for its gradient. Apart, the two read and write the image twice as often, and that
// is all that takes time.
//
// All tensors have the batch first and the channels last. Attributes: the activation (0: none, 1:
// relu, 2: relu6), and ε, which is added to the variance.

#include "normalisation.h"

#include <cmath>
#include <limits>
#include <vector>

#include "instructionSets.h"
#include "tensors.h"
#include "workers.h"

namespace pneumoscope {
namespace {

struct NormalisationOptions {
  float epsilon = 1e-3f;
  Bounds bounds;

  explicit NormalisationOptions(TF_OpKernelConstruction* construction) {
    constexpr float infinity = std::numeric_limits<float>::infinity();
    int activation = 0;
    read(construction, "activation", activation);
    read(construction, "epsilon", epsilon);
    bounds = {activation == 0 ? -infinity : 0, activation == 2 ? 6 : infinity};
  }
};

/** Sums of floats over so many pixels are added up as doubles. */
constexpr int kPixelsAtOnce = 64;

/** Two sums for each channel. */
using Sums = std::vector<double>;

/** Calls `add(from, pixels, sums)` for runs of pixels; gives the sums of all, added piece by piece.
 */
template <typename Add>
Sums sumsOf(int64_t pixels, int channels, const Add& add) {
  const int pieces = piecesOf(pixels);
  std::vector<Sums> parts(pieces, Sums(2 * size_t(channels)));
  Workers::shared().each(pieces, [&](int number) {
    const Piece piece = pieceOf(pixels, pieces, number);
    std::vector<float> sums(2 * size_t(channels));
    for (int64_t from = piece.start; from < piece.end; from += kPixelsAtOnce) {
      std::fill(sums.begin(), sums.end(), 0.0f);
      add(from, int(std::min<int64_t>(kPixelsAtOnce, piece.end - from)), sums.data());
      for (size_t at = 0; at < sums.size(); at++) parts[number][at] += sums[at];
    }
  });
  Sums all(2 * size_t(channels));
  for (const Sums& part : parts)
    for (size_t at = 0; at < all.size(); at++) all[at] += part[at];
  return all;
}

void eachPiece(int64_t pixels, const std::function<void(int64_t, int)>& work) {
  const int pieces = piecesOf(pixels);
  Workers::shared().each(pieces, [&](int number) {
    const Piece piece = pieceOf(pixels, pieces, number);
    work(piece.start, int(piece.end - piece.start));
  });
}

/** γ ÷ √(variance + ε). */
std::vector<float> factorsOf(const float* gamma, const float* variance, int channels,
                             float epsilon) {
  std::vector<float> factors(channels);
  for (int channel = 0; channel < channels; channel++)
    factors[channel] = gamma[channel] / std::sqrt(variance[channel] + epsilon);
  return factors;
}

/** Memory of the first output, of the image's shape. */
float* allocateAs(const Input& image, TF_OpKernelContext* context) {
  return allocate<float>(context, 0, TF_FLOAT,
                         {image.side(0), image.side(1), image.side(2), image.side(3)});
}

bool isUsable(const Input& image, int channels) {
  return image.hasSides(4) && image.length() > 0 && normalisationKernelsFor(channels) != nullptr;
}

/** Image, γ, β → activated values, mean and variance (÷ n) of each channel. */
void computeNormalisation(void* given, TF_OpKernelContext* context) {
  const NormalisationOptions& options = *static_cast<NormalisationOptions*>(given);
  const Input image(context, 0), gamma(context, 1), beta(context, 2);
  const int channels = gamma.hasSides(1) ? int(gamma.side(0)) : 0;
  if (!isUsable(image, channels) || image.side(3) != channels || beta.length() != channels)
    return fail(context, "statistics and image do not fit");
  float* const results = allocateAs(image, context);
  float* const mean = allocate<float>(context, 1, TF_FLOAT, {channels});
  float* const variance = allocate<float>(context, 2, TF_FLOAT, {channels});
  if (results == nullptr || mean == nullptr || variance == nullptr) return;
  const NormalisationKernels& kernels = *normalisationKernelsFor(channels);
  const int64_t pixels = image.length() / channels;
  const float* const values = image.values<float>();
  // Any value of a channel is near its mean, so that squares lose few digits.
  const float* const shift = values;
  const Sums sums = sumsOf(pixels, channels, [&](int64_t from, int count, float* into) {
    kernels.addMoments(channels, values + from * channels, count, shift, into);
  });
  for (int channel = 0; channel < channels; channel++) {
    const double centre = sums[channel] / pixels;
    mean[channel] = float(shift[channel] + centre);
    variance[channel] = float(std::max(0.0, sums[channels + channel] / pixels - centre * centre));
  }
  const std::vector<float> factor =
      factorsOf(gamma.values<float>(), variance, channels, options.epsilon);
  const ChannelScale scale{mean, factor.data(), beta.values<float>()};
  eachPiece(pixels, [&](int64_t from, int count) {
    kernels.normalise(channels, values + from * channels, count, scale, options.bounds,
                      results + from * channels);
  });
}

/** Image, γ, β, mean, variance, gradient by the activated values → gradients by image, γ and β. */
void computeNormalisationGradient(void* given, TF_OpKernelContext* context) {
  const NormalisationOptions& options = *static_cast<NormalisationOptions*>(given);
  const Input image(context, 0), gamma(context, 1), beta(context, 2), mean(context, 3),
      variance(context, 4), gradient(context, 5);
  const int channels = gamma.hasSides(1) ? int(gamma.side(0)) : 0;
  if (!isUsable(image, channels) || image.side(3) != channels ||
      gradient.length() != image.length() || mean.length() != channels ||
      variance.length() != channels || beta.length() != channels)
    return fail(context, "gradient and image do not fit");
  float* const results = allocateAs(image, context);
  float* const gammaGradient = allocate<float>(context, 1, TF_FLOAT, {channels});
  float* const betaGradient = allocate<float>(context, 2, TF_FLOAT, {channels});
  if (results == nullptr || gammaGradient == nullptr || betaGradient == nullptr) return;
  const NormalisationKernels& kernels = *normalisationKernelsFor(channels);
  const int64_t pixels = image.length() / channels;
  const float *const values = image.values<float>(), *const outer = gradient.values<float>();
  const std::vector<float> factor =
      factorsOf(gamma.values<float>(), variance.values<float>(), channels, options.epsilon);
  const ChannelScale scale{mean.values<float>(), factor.data(), beta.values<float>()};
  const Sums sums = sumsOf(pixels, channels, [&](int64_t from, int count, float* into) {
    kernels.addGradient(channels, values + from * channels, outer + from * channels, count, scale,
                        options.bounds, into);
  });
  std::vector<float> meanGradient(channels), slope(channels);
  for (int channel = 0; channel < channels; channel++) {
    const double spread = double(variance.values<float>()[channel]) + options.epsilon;
    betaGradient[channel] = float(sums[channel]);
    gammaGradient[channel] = float(sums[channels + channel] / std::sqrt(spread));
    meanGradient[channel] = float(sums[channel] / pixels);
    slope[channel] = float(sums[channels + channel] / (pixels * spread));
  }
  eachPiece(pixels, [&](int64_t from, int count) {
    kernels.spreadGradient(channels, values + from * channels, outer + from * channels, count,
                           scale, options.bounds, meanGradient.data(), slope.data(),
                           results + from * channels);
  });
}

}  // namespace

std::string addNormalisation() {
  const std::vector<const char*> attributes{"activation: int", "epsilon: float"};
  const std::string reason = addOperation<NormalisationOptions>(
      "PneumoscopeNormalise", {"image: float", "gamma: float", "beta: float"},
      {"activated: float", "mean: float", "variance: float"}, attributes, computeNormalisation);
  if (!reason.empty()) return reason;
  return addOperation<NormalisationOptions>(
      "PneumoscopeNormaliseGradient",
      {"image: float", "gamma: float", "beta: float", "mean: float", "variance: float",
       "gradient: float"},
      {"image_gradient: float", "gamma_gradient: float", "beta_gradient: float"}, attributes,
      computeNormalisationGradient);
}

}  // namespace pneumoscope

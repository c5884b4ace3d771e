// A TensorFlow operation for the gradient of a depthwise convolution by its kernel. TensorFlow's
// own takes some thirty times as long for kernels of 5×5.
//
// All tensors have the batch first and the channels last. Attributes: the kernel's side, the
// stride, and the lines of zeros around the image.

#include "depthwise.h"

#include <vector>

#include "instructionSets.h"
#include "tensors.h"
#include "workers.h"

namespace pneumoscope {
namespace {

struct DepthwiseOptions {
  int side = 3, stride = 1, top = 0, bottom = 0, left = 0, right = 0;

  explicit DepthwiseOptions(TF_OpKernelConstruction* construction) {
    read(construction, "side", side);
    read(construction, "stride", stride);
    read(construction, "top", top);
    read(construction, "bottom", bottom);
    read(construction, "left", left);
    read(construction, "right", right);
  }
};

/** Image [films, rows, columns, channels], gradient by the result → gradient by the kernel
 * [side, side, channels, 1]. */
void computeDepthwiseGradient(void* given, TF_OpKernelContext* context) {
  const DepthwiseOptions& options = *static_cast<DepthwiseOptions*>(given);
  const Input image(context, 0), gradient(context, 1);
  if (!image.hasSides(4) || !gradient.hasSides(4))
    return fail(context, "the gradient takes images");
  const DepthwiseShape shape{int(image.side(1)), int(image.side(2)), int(image.side(3)),
                             options.stride,     options.top,        options.bottom,
                             options.left,       options.right};
  const int side = options.side;
  const DepthwiseKernels* const kernels = depthwiseKernelsFor(shape.channels, side);
  const int64_t films = image.side(0);
  if (kernels == nullptr || gradient.side(0) != films ||
      gradient.side(1) != shape.resultRows(side) || gradient.side(2) != shape.resultColumns(side) ||
      gradient.side(3) != shape.channels)
    return fail(context, "gradient and image do not fit");
  float* const sums = allocate<float>(context, 0, TF_FLOAT, {side, side, shape.channels, 1});
  if (sums == nullptr) return;
  const size_t length = size_t(side) * side * shape.channels;
  const size_t imageLength = size_t(shape.rows) * shape.columns * shape.channels;
  const size_t gradientLength =
      size_t(shape.resultRows(side)) * shape.resultColumns(side) * shape.channels;
  const int pieces = piecesOf(films);
  std::vector<std::vector<float>> parts(pieces);
  Workers::shared().each(pieces, [&](int number) {
    std::vector<float>& part = parts[number];
    part.assign(length, 0);
    std::vector<float> framed(size_t(shape.framedRows()) * shape.framedColumns() * kernels->lanes);
    const Piece piece = pieceOf(films, pieces, number);
    for (int64_t film = piece.start; film < piece.end; film++)
      for (int channel = 0; channel < shape.channels; channel += kernels->lanes) {
        kernels->frame(shape, image.values<float>() + film * imageLength + channel, framed.data());
        kernels->addGradient(shape, framed.data(),
                             gradient.values<float>() + film * gradientLength + channel,
                             part.data() + channel);
      }
  });
  std::fill_n(sums, length, 0.0f);
  for (const std::vector<float>& part : parts)
    for (size_t at = 0; at < length; at++) sums[at] += part[at];
}

}  // namespace

std::string addDepthwiseGradient() {
  return addOperation<DepthwiseOptions>(
      "PneumoscopeDepthwiseKernelGradient", {"image: float", "gradient: float"},
      {"kernel_gradient: float"},
      {"side: int", "stride: int", "top: int", "bottom: int", "left: int", "right: int"},
      computeDepthwiseGradient);
}

}  // namespace pneumoscope

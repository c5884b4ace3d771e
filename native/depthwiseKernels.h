// The gradient of a depthwise convolution by its kernel, for LANES channels of one film. It is
// included once for each instruction set, behind kernels.h; there is no include guard on that
// account.

/** Copies LANES channels of an image into the middle of a frame of zeros. */
static void frameChannels(const DepthwiseShape& shape, const float* image, float* framed) {
  const size_t line = size_t(shape.framedColumns()) * LANES;
  std::memset(framed, 0, shape.framedRows() * line * sizeof(float));
  for (int row = 0; row < shape.rows; row++) {
    float* to = framed + (row + shape.top) * line + shape.left * LANES;
    const float* from = image + size_t(row) * shape.columns * shape.channels;
    for (int column = 0; column < shape.columns; column++, to += LANES, from += shape.channels)
      store(to, load(from));
  }
}

/** kernelGradient [SIDE², channels] += Σ places gradient × window, TOGETHER lines of the kernel at
 * a time: as many as there are registers for. */
template <int SIDE, int TOGETHER>
static void addDepthwiseGradient(const DepthwiseShape& shape, const float* framed,
                                 const float* gradient, float* kernelGradient) {
  static_assert(SIDE % TOGETHER == 0, "all lines come in whole groups");
  const size_t line = size_t(shape.framedColumns()) * LANES;
  const int channels = shape.channels, step = shape.stride * LANES;
  for (int top = 0; top < SIDE; top += TOGETHER) {
    Floats sums[TOGETHER * SIDE];
#pragma GCC unroll 25
    for (int tap = 0; tap < TOGETHER * SIDE; tap++)
      sums[tap] = load(kernelGradient + size_t(top * SIDE + tap) * channels);
    const float* from = gradient;
    for (int row = 0; row < shape.resultRows(SIDE); row++) {
      const float* corner = framed + (row * shape.stride + top) * line;
      for (int column = 0; column < shape.resultColumns(SIDE);
           column++, corner += step, from += channels) {
        const Floats value = load(from);
#pragma GCC unroll 25
        for (int tap = 0; tap < TOGETHER * SIDE; tap++)
          sums[tap] += value * load(corner + tap / SIDE * line + tap % SIDE * LANES);
      }
    }
#pragma GCC unroll 25
    for (int tap = 0; tap < TOGETHER * SIDE; tap++)
      store(kernelGradient + size_t(top * SIDE + tap) * channels, sums[tap]);
  }
}

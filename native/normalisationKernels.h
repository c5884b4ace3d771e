// Batch normalisation with the activation behind it, for a run of pixels with all their channels.
// It is included once for each instruction set, behind kernels.h; there is no include guard on that
// account.

/** Kept to the bounds of an activation. A value that is no number stays, so that it is seen. */
static inline Floats clipped(Floats values, Bounds bounds) {
  values = values < bounds.low ? Floats{} + bounds.low : values;
  return values > bounds.high ? Floats{} + bounds.high : values;
}

/** Adds value − shift and its square to the sums [2, channels], `pixels` pixels of them. */
static void addMoments(int channels, const float* values, int pixels, const float* shift,
                       float* sums) {
  for (int pixel = 0; pixel < pixels; pixel++, values += channels)
    for (int channel = 0; channel < channels; channel += LANES) {
      const Floats value = load(values + channel) - load(shift + channel);
      float* const squares = sums + channels + channel;
      store(sums + channel, load(sums + channel) + value);
      store(squares, load(squares) + value * value);
    }
}

/** (value − mean) × factor + offset, kept to the bounds. */
static void normalise(int channels, const float* values, int pixels, ChannelScale scale,
                      Bounds bounds, float* results) {
  for (int pixel = 0; pixel < pixels; pixel++, values += channels, results += channels)
    for (int channel = 0; channel < channels; channel += LANES) {
      const Floats centred = load(values + channel) - load(scale.mean + channel);
      const Floats scaled = centred * load(scale.factor + channel) + load(scale.offset + channel);
      store(results + channel, clipped(scaled, bounds));
    }
}

/** The gradient by what went into the activation: that behind it, where it neither clips nor ends.
 */
static inline Floats gated(Floats gradient, Floats centred, Floats factor, Floats offset,
                           Bounds bounds) {
  const Floats scaled = centred * factor + offset;
  const Integers passes = (scaled > bounds.low) & (scaled < bounds.high);
  return passes ? gradient : Floats{};
}

/** Adds the gradient and its product with value − mean to the sums [2, channels]. */
static void addNormalisedGradient(int channels, const float* values, const float* gradient,
                                  int pixels, ChannelScale scale, Bounds bounds, float* sums) {
  for (int pixel = 0; pixel < pixels; pixel++, values += channels, gradient += channels)
    for (int channel = 0; channel < channels; channel += LANES) {
      const Floats centred = load(values + channel) - load(scale.mean + channel);
      const Floats inner = gated(load(gradient + channel), centred, load(scale.factor + channel),
                                 load(scale.offset + channel), bounds);
      float* const products = sums + channels + channel;
      store(sums + channel, load(sums + channel) + inner);
      store(products, load(products) + inner * centred);
    }
}

/** factor × (gradient − mean of gradients − (value − mean) × slope). */
static void spreadNormalisedGradient(int channels, const float* values, const float* gradient,
                                     int pixels, ChannelScale scale, Bounds bounds,
                                     const float* meanGradient, const float* slope,
                                     float* results) {
  for (int pixel = 0; pixel < pixels;
       pixel++, values += channels, gradient += channels, results += channels)
    for (int channel = 0; channel < channels; channel += LANES) {
      const Floats factor = load(scale.factor + channel);
      const Floats centred = load(values + channel) - load(scale.mean + channel);
      const Floats inner =
          gated(load(gradient + channel), centred, factor, load(scale.offset + channel), bounds);
      const Floats rest = inner - load(meanGradient + channel) - centred * load(slope + channel);
      store(results + channel, factor * rest);
    }
}

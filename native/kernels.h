// The arithmetic for one film, in vectors of LANES floats. It is included once for each instruction
// set, inside a namespace of that set's name; there is no include guard on that account.

typedef float Floats __attribute__((vector_size(4 * LANES), aligned(4), may_alias));
typedef int32_t Integers __attribute__((vector_size(4 * LANES), aligned(4), may_alias));
typedef uint8_t Bytes __attribute__((vector_size(LANES), aligned(1), may_alias));

static inline Floats load(const float* from) { return *reinterpret_cast<const Floats*>(from); }
static inline void store(float* to, Floats values) { *reinterpret_cast<Floats*>(to) = values; }
static inline Integers loadPlaces(const uint8_t* from) {
  return __builtin_convertvector(*reinterpret_cast<const Bytes*>(from), Integers);
}

/** The largest of four and its place; of equal ones the first. A value that is no number stays, so
 * that it is seen. */
static inline Floats largest(const Floats (&values)[4], Integers& place) {
  Floats best = values[0];
  place = Integers{};
  for (int at = 1; at < 4; at++) {
    const Integers isLarger = (values[at] > best) | (values[at] != values[at]);
    best = isLarger ? values[at] : best;
    place = isLarger ? Integers{} + at : place;
  }
  return best;
}

/** Writes the largest of a window after bias and relu, and its place: max(a, b) + c is max(a + c, b
 * + c), rounding included. */
static inline void writePooled(const Floats (&values)[4], Floats bias, bool hasRelu, float* pooled,
                               uint8_t* places) {
  Integers place;
  Floats result = largest(values, place) + bias;
  if (hasRelu) result = result <= 0.0f ? Floats{} : result;
  store(pooled, result);
  *reinterpret_cast<Bytes*>(places) = __builtin_convertvector(place, Bytes);
}

/** Convolution of a grey film, pool, bias and relu in one. */
template <int VECTORS>
static void greyForward(const FilmShape& shape, const float* image, const float* kernel,
                        const float* bias, bool hasRelu, float* pooled, uint8_t* places) {
  const int filters = shape.filters, width = shape.width;
  for (int filter = 0; filter < filters; filter += VECTORS * LANES) {
    Floats weights[kTaps][VECTORS], offset[VECTORS];
    for (int vector = 0; vector < VECTORS; vector++) {
      offset[vector] = load(bias + filter + vector * LANES);
      for (int tap = 0; tap < kTaps; tap++)
        weights[tap][vector] = load(kernel + tap * filters + filter + vector * LANES);
    }
    for (int row = 0; row < shape.pooledRows(); row++) {
      const float* corner = image + 2 * row * width;
      size_t to = size_t(row) * shape.pooledColumns() * filters + filter;
      for (int column = 0; column < shape.pooledColumns(); column++, corner += 2, to += filters) {
        Floats sums[4][VECTORS] = {};
#pragma GCC unroll 9
        for (int tap = 0; tap < kTaps; tap++)
#pragma GCC unroll 4
          for (int place = 0; place < 4; place++) {
            const float pixel = corner[(tap / 3 + place / 2) * width + tap % 3 + place % 2];
            for (int vector = 0; vector < VECTORS; vector++)
              sums[place][vector] += pixel * weights[tap][vector];
          }
        for (int vector = 0; vector < VECTORS; vector++) {
          const Floats values[4] = {sums[0][vector], sums[1][vector], sums[2][vector],
                                    sums[3][vector]};
          writePooled(values, offset[vector], hasRelu, pooled + to + vector * LANES,
                      places + to + vector * LANES);
        }
      }
    }
  }
}

/** Kernel [9][channels][filters] → [filters ÷ block][9][channels][block]. */
static void blockFilters(const FilmShape& shape, int block, const float* kernel, float* blocked) {
  for (int filter = 0; filter < shape.filters; filter += block)
    for (int tap = 0; tap < kTaps * shape.channels; tap++, blocked += block)
      std::copy_n(kernel + size_t(tap) * shape.filters + filter, block, blocked);
}

/** Pools WINDOWS windows side by side, from the pooled value at `row` and `column` on, for one
 * block of filters. */
template <int VECTORS, int WINDOWS>
static void poolWindows(const FilmShape& shape, const float* image, const float* kernel,
                        const float* bias, bool hasRelu, int row, int column, int filter,
                        float* pooled, uint8_t* places) {
  constexpr int across = 2 * WINDOWS;
  const int channels = shape.channels;
  const size_t line = size_t(shape.width) * channels;
  const float* const corner = image + 2 * row * line + size_t(2 * column) * channels;
  Floats sums[2][across][VECTORS] = {};
  for (int tap = 0; tap < kTaps; tap++) {
    const float* upper = corner + tap / 3 * line + size_t(tap % 3) * channels;
    for (int channel = 0; channel < channels; channel++, upper++, kernel += VECTORS * LANES) {
      Floats weights[VECTORS];
#pragma GCC unroll 2
      for (int vector = 0; vector < VECTORS; vector++)
        weights[vector] = load(kernel + vector * LANES);
#pragma GCC unroll 2
      for (int below = 0; below < 2; below++)
#pragma GCC unroll 6
        for (int at = 0; at < across; at++) {
          const float pixel = upper[below * line + size_t(at) * channels];
#pragma GCC unroll 2
          for (int vector = 0; vector < VECTORS; vector++)
            sums[below][at][vector] += pixel * weights[vector];
        }
    }
  }
  size_t to = (size_t(row) * shape.pooledColumns() + column) * shape.filters + filter;
  for (int window = 0; window < WINDOWS; window++, to += shape.filters)
    for (int vector = 0; vector < VECTORS; vector++) {
      const int left = 2 * window;
      const Floats values[4] = {sums[0][left][vector], sums[0][left + 1][vector],
                                sums[1][left][vector], sums[1][left + 1][vector]};
      writePooled(values, load(bias + filter + vector * LANES), hasRelu,
                  pooled + to + vector * LANES, places + to + vector * LANES);
    }
}

/** Convolution of a film, pool, bias and relu in one. `blocked` as of `blockFilters` with blocks of
 * VECTORS·LANES. */
template <int VECTORS, int WINDOWS>
static void filmForward(const FilmShape& shape, const float* image, const float* blocked,
                        const float* bias, bool hasRelu, float* pooled, uint8_t* places) {
  constexpr int block = VECTORS * LANES;
  for (int filter = 0; filter < shape.filters;
       filter += block, blocked += kTaps * shape.channels * block)
    for (int row = 0; row < shape.pooledRows(); row++) {
      int column = 0;
      for (; column + WINDOWS <= shape.pooledColumns(); column += WINDOWS)
        poolWindows<VECTORS, WINDOWS>(shape, image, blocked, bias, hasRelu, row, column, filter,
                                      pooled, places);
      for (; column < shape.pooledColumns(); column++)
        poolWindows<VECTORS, 1>(shape, image, blocked, bias, hasRelu, row, column, filter, pooled,
                                places);
    }
}

/** Adds the gradients by kernel [9, filters] and bias [filters] of a grey film. */
template <int VECTORS>
static void greyBackward(const FilmShape& shape, const float* image, const PooledGradient& pooled,
                         float* kernelGradient, float* biasGradient) {
  const int filters = shape.filters, width = shape.width;
  for (int filter = 0; filter < filters; filter += VECTORS * LANES) {
    Floats sums[kTaps][VECTORS] = {}, total[VECTORS] = {};
    for (int row = 0; row < shape.pooledRows(); row++) {
      const float* corner = image + 2 * row * width;
      size_t from = size_t(row) * shape.pooledColumns() * filters + filter;
      for (int column = 0; column < shape.pooledColumns(); column++, corner += 2, from += filters) {
        Floats routed[4][VECTORS];
        for (int vector = 0; vector < VECTORS; vector++) {
          const size_t at = from + vector * LANES;
          Floats gradient = load(pooled.gradient + at);
          if (pooled.activated) gradient = load(pooled.activated + at) > 0.0f ? gradient : Floats{};
          total[vector] += gradient;
          const Integers places = loadPlaces(pooled.places + at);
          for (int place = 0; place < 4; place++)
            routed[place][vector] = places == place ? gradient : Floats{};
        }
#pragma GCC unroll 9
        for (int tap = 0; tap < kTaps; tap++)
#pragma GCC unroll 4
          for (int place = 0; place < 4; place++) {
            const float pixel = corner[(tap / 3 + place / 2) * width + tap % 3 + place % 2];
            for (int vector = 0; vector < VECTORS; vector++)
              sums[tap][vector] += pixel * routed[place][vector];
          }
      }
    }
    for (int vector = 0; vector < VECTORS; vector++) {
      const int at = filter + vector * LANES;
      store(biasGradient + at, load(biasGradient + at) + total[vector]);
      for (int tap = 0; tap < kTaps; tap++) {
        float* to = kernelGradient + tap * filters + at;
        store(to, load(to) + sums[tap][vector]);
      }
    }
  }
}

/** The three lines of a window. The compiler is kept from counting each tap's address anew: it has
 * no registers left. */
template <typename Value>
struct Window {
  Value* lines[3];
  size_t step;

  Window(const FilmShape& shape, Value* corner) : step(shape.channels) {
    const size_t line = size_t(shape.width) * shape.channels;
    for (int row = 0; row < 3; row++) {
      lines[row] = corner + row * line;
      asm("" : "+r"(lines[row]));
    }
    asm("" : "+r"(step));
  }
  Value* at(int tap, int vector) const { return lines[tap / 3] + tap % 3 * step + vector * LANES; }
};

/** kernelGradient [9, VECTORS·LANES] += Σ entries value × window of the image. */
template <int VECTORS>
static void addKernelGradient(const FilmShape& shape, const float* image, const float* values,
                              const int32_t* offsets, int count, float* kernelGradient) {
  Floats sums[kTaps][VECTORS];
#pragma GCC unroll 9
  for (int tap = 0; tap < kTaps; tap++)
#pragma GCC unroll 4
    for (int vector = 0; vector < VECTORS; vector++)
      sums[tap][vector] = load(kernelGradient + (tap * VECTORS + vector) * LANES);
  for (int entry = 0; entry < count; entry++) {
    const Floats value = Floats{} + values[entry];
    const Window<const float> window(shape, image + offsets[entry]);
#pragma GCC unroll 9
    for (int tap = 0; tap < kTaps; tap++)
#pragma GCC unroll 4
      for (int vector = 0; vector < VECTORS; vector++)
        sums[tap][vector] += value * load(window.at(tap, vector));
  }
#pragma GCC unroll 9
  for (int tap = 0; tap < kTaps; tap++)
#pragma GCC unroll 4
    for (int vector = 0; vector < VECTORS; vector++)
      store(kernelGradient + (tap * VECTORS + vector) * LANES, sums[tap][vector]);
}

/** Every entry's window of imageGradient += value × kernel [9, VECTORS·LANES]. */
template <int VECTORS>
static void addImageGradient(const FilmShape& shape, const float* kernel, const float* values,
                             const int32_t* offsets, int count, float* imageGradient) {
  Floats weights[kTaps][VECTORS];
#pragma GCC unroll 9
  for (int tap = 0; tap < kTaps; tap++)
#pragma GCC unroll 4
    for (int vector = 0; vector < VECTORS; vector++)
      weights[tap][vector] = load(kernel + (tap * VECTORS + vector) * LANES);
  for (int entry = 0; entry < count; entry++) {
    const Floats value = Floats{} + values[entry];
    const Window<float> window(shape, imageGradient + offsets[entry]);
#pragma GCC unroll 9
    for (int tap = 0; tap < kTaps; tap++)
#pragma GCC unroll 4
      for (int vector = 0; vector < VECTORS; vector++) {
        float* at = window.at(tap, vector);
        store(at, load(at) + value * weights[tap][vector]);
      }
  }
}

/** Sorts a tile's gradients by filter, without the zeros, and adds them to the bias's gradient. */
static void collect(const FilmShape& shape, const PooledGradient& pooled, int top, int bottom,
                    int left, int right, float* biasGradient, const Entries& entries,
                    float* gated) {
  const int filters = shape.filters;
  const int32_t line = shape.width * shape.channels;
  const int32_t places[4] = {0, shape.channels, line, line + shape.channels};
  int32_t corners[kEntries];
  size_t froms[kEntries];
  int count = 0;
  for (int row = top; row < bottom; row++)
    for (int column = left; column < right; column++, count++) {
      corners[count] = 2 * row * line + 2 * column * shape.channels;
      froms[count] = (size_t(row) * shape.pooledColumns() + column) * filters;
    }
  for (int filter = 0; filter < filters; filter += LANES) {
    Floats total = load(biasGradient + filter);
    for (int at = 0; at < count; at++) {
      Floats gradient = load(pooled.gradient + froms[at] + filter);
      if (pooled.activated)
        gradient = load(pooled.activated + froms[at] + filter) > 0.0f ? gradient : Floats{};
      total += gradient;
      store(gated + at * LANES, gradient);
    }
    store(biasGradient + filter, total);
    for (int lane = 0; lane < LANES; lane++) {
      float* values = entries.values + (filter + lane) * kEntries;
      int32_t* offsets = entries.offsets + (filter + lane) * kEntries;
      int kept = 0;
      for (int at = 0; at < count; at++) {
        const float gradient = gated[at * LANES + lane];
        values[kept] = gradient;
        offsets[kept] = corners[at] + places[pooled.places[froms[at] + filter + lane]];
        kept += gradient != 0;
      }
      entries.counts[filter + lane] = kept;
    }
  }
}

/**
 * Adds a film's gradients by kernel and bias, and by its image unless `imageGradient` is null.
 * Kernel and its gradient lie as [channels ÷ block][filters][9][block], block = VECTORS·LANES.
 */
template <int VECTORS>
static void filmBackward(const FilmShape& shape, const float* image, const PooledGradient& pooled,
                         const float* kernel, float* kernelGradient, float* biasGradient,
                         float* imageGradient, const Entries& entries) {
  constexpr int block = VECTORS * LANES;
  alignas(64) float gated[kEntries * LANES];
  for (int top = 0; top < shape.pooledRows(); top += kTileRows)
    for (int left = 0; left < shape.pooledColumns(); left += kTileColumns) {
      const int bottom = std::min(top + kTileRows, shape.pooledRows());
      const int right = std::min(left + kTileColumns, shape.pooledColumns());
      collect(shape, pooled, top, bottom, left, right, biasGradient, entries, gated);
      for (int channel = 0; channel < shape.channels; channel += block)
        for (int filter = 0; filter < shape.filters; filter++) {
          const size_t at = (size_t(channel / block) * shape.filters + filter) * kTaps * block;
          const float* values = entries.values + filter * kEntries;
          const int32_t* offsets = entries.offsets + filter * kEntries;
          addKernelGradient<VECTORS>(shape, image + channel, values, offsets,
                                     entries.counts[filter], kernelGradient + at);
        }
      if (imageGradient == nullptr) continue;
      for (int channel = 0; channel < shape.channels; channel += block)
        for (int filter = 0; filter < shape.filters; filter++) {
          const size_t at = (size_t(channel / block) * shape.filters + filter) * kTaps * block;
          const float* values = entries.values + filter * kEntries;
          const int32_t* offsets = entries.offsets + filter * kEntries;
          addImageGradient<VECTORS>(shape, kernel + at, values, offsets, entries.counts[filter],
                                    imageGradient + channel);
        }
    }
}

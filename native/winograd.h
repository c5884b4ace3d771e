// The 3×3 convolution of one film by tiles of 4×4 results with 36 products each in place of 144:
// F(4×4, 3×3) of Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", 2016, with
// the points 0, ±1, ±2. A tile holds four windows of the 2×2 max-pool, so that pool, bias and relu
// are done before anything is written. It is included once for each instruction set, behind
// kernels.h; there is no include guard on that account. Its rounding is some ten times coarser than
// that of plain sums: enough to predict, but Adam turns gradients near 0 into whole steps, so that
// training does without.

/** Tiles in one product of the innermost loop. */
constexpr int kTileGroup = 6;
static_assert(kTilesAtOnce % kTileGroup == 0, "a scratch holds whole groups");

/** G of the paper on three values: from a line of the kernel to one of six. */
static inline void transformTaps(const Floats (&taps)[3], Floats (&to)[6]) {
  const Floats even = (taps[0] + taps[2]) * (1.0f / 6), odd = taps[1] * (1.0f / 6);
  const Floats far = taps[0] * (1.0f / 24) + taps[2] * (1.0f / 6), farOdd = taps[1] * (1.0f / 12);
  to[0] = taps[0] * 0.25f;
  to[1] = -even - odd;
  to[2] = odd - even;
  to[3] = far + farOdd;
  to[4] = far - farOdd;
  to[5] = taps[2];
}

/** Bᵀ of the paper. */
static inline void transformPixels(const Floats (&pixels)[6], Floats (&to)[6]) {
  const Floats near = pixels[4] - 4.0f * pixels[2], nearOdd = pixels[3] - 4.0f * pixels[1];
  const Floats far = pixels[4] - pixels[2], farOdd = 2.0f * (pixels[3] - pixels[1]);
  to[0] = 4.0f * pixels[0] - 5.0f * pixels[2] + pixels[4];
  to[1] = near + nearOdd;
  to[2] = near - nearOdd;
  to[3] = far + farOdd;
  to[4] = far - farOdd;
  to[5] = 4.0f * pixels[1] - 5.0f * pixels[3] + pixels[5];
}

/** Aᵀ of the paper. */
static inline void transformSums(const Floats (&sums)[6], Floats (&to)[4]) {
  const Floats near = sums[1] + sums[2], nearOdd = sums[1] - sums[2];
  const Floats far = sums[3] + sums[4], farOdd = sums[3] - sums[4];
  to[0] = sums[0] + near + far;
  to[1] = nearOdd + 2.0f * farOdd;
  to[2] = near + 4.0f * far;
  to[3] = nearOdd + 8.0f * farOdd + sums[5];
}

/** Kernel [9][channels][filters] → planes [filters ÷ block][36][channels][block]. */
static void transformKernel(const FilmShape& shape, int block, const float* kernel, float* planes) {
  const int channels = shape.channels, filters = shape.filters;
  for (int channel = 0; channel < channels; channel++)
    for (int filter = 0; filter < filters; filter += LANES) {
      Floats lines[3][6];
      for (int row = 0; row < 3; row++) {
        Floats taps[3];
        for (int column = 0; column < 3; column++)
          taps[column] =
              load(kernel + (size_t(3 * row + column) * channels + channel) * filters + filter);
        transformTaps(taps, lines[row]);
      }
      float* const to = planes + size_t(filter / block) * kPlanes * channels * block +
                        size_t(channel) * block + filter % block;
      for (int column = 0; column < 6; column++) {
        const Floats taps[3] = {lines[0][column], lines[1][column], lines[2][column]};
        Floats result[6];
        transformTaps(taps, result);
        for (int row = 0; row < 6; row++)
          store(to + size_t(6 * row + column) * channels * block, result[row]);
      }
    }
}

/** A tile's 6×6 pixels → its place in [36][kTilesAtOnce][channels]. Outside of the image all is 0.
 */
static void transformTile(const FilmShape& shape, int margin, const float* image, int tileRow,
                          int tileColumn, float* to) {
  // The image's own sides: the shape's count the margin.
  const int rows = shape.height - 2 * margin, columns = shape.width - 2 * margin;
  const int top = 4 * tileRow - margin, left = 4 * tileColumn - margin;
  const int channels = shape.channels;
  for (int channel = 0; channel < channels; channel += LANES) {
    Floats lines[6][6];
    for (int row = 0; row < 6; row++) {
      Floats pixels[6];
      const bool isInside = top + row >= 0 && top + row < rows;
      for (int column = 0; column < 6; column++) {
        const bool isPixel = isInside && left + column >= 0 && left + column < columns;
        pixels[column] =
            isPixel
                ? load(image + (size_t(top + row) * columns + left + column) * channels + channel)
                : Floats{};
      }
      transformPixels(pixels, lines[row]);
    }
    for (int column = 0; column < 6; column++) {
      const Floats pixels[6] = {lines[0][column], lines[1][column], lines[2][column],
                                lines[3][column], lines[4][column], lines[5][column]};
      Floats result[6];
      transformPixels(pixels, result);
      for (int row = 0; row < 6; row++)
        store(to + size_t(6 * row + column) * kTilesAtOnce * channels + channel, result[row]);
    }
  }
}

/** sums [group][block] = pixels [group][channels] × kernel [channels][block], of one plane. */
template <int VECTORS>
static void multiplyPlane(int channels, const float* pixels, const float* kernel, float* sums) {
  Floats total[kTileGroup][VECTORS] = {};
  for (int channel = 0; channel < channels; channel++, kernel += VECTORS * LANES) {
    Floats weights[VECTORS];
#pragma GCC unroll 4
    for (int vector = 0; vector < VECTORS; vector++)
      weights[vector] = load(kernel + vector * LANES);
#pragma GCC unroll 6
    for (int tile = 0; tile < kTileGroup; tile++) {
      const float pixel = pixels[size_t(tile) * channels + channel];
#pragma GCC unroll 4
      for (int vector = 0; vector < VECTORS; vector++)
        total[tile][vector] += pixel * weights[vector];
    }
  }
#pragma GCC unroll 6
  for (int tile = 0; tile < kTileGroup; tile++)
#pragma GCC unroll 4
    for (int vector = 0; vector < VECTORS; vector++)
      store(sums + (tile * VECTORS + vector) * LANES, total[tile][vector]);
}

/** Sums of a tile, [36] with `stride` between, → its 4×4 results. */
static inline void resultsOf(const float* sums, size_t stride, Floats (&results)[4][4]) {
  Floats columns[4][6];
  for (int column = 0; column < 6; column++) {
    const float* const at = sums + column * stride;
    const Floats line[6] = {load(at),
                            load(at + 6 * stride),
                            load(at + 12 * stride),
                            load(at + 18 * stride),
                            load(at + 24 * stride),
                            load(at + 30 * stride)};
    Floats rows[4];
    transformSums(line, rows);
    for (int row = 0; row < 4; row++) columns[row][column] = rows[row];
  }
  for (int row = 0; row < 4; row++) transformSums(columns[row], results[row]);
}

/**
 * Convolution, pool, bias and relu of the tiles from `first` to before `last`, counted row by row.
 * `planes` as of `transformKernel` with blocks of VECTORS·LANES; `margin` is 1 where the
 * convolution pads the image, else 0.
 */
template <int VECTORS>
static void tilesForward(const FilmShape& shape, int margin, const float* image,
                         const float* planes, const float* bias, bool hasRelu, int first, int last,
                         const TileScratch& scratch, float* pooled, uint8_t* places) {
  constexpr int block = VECTORS * LANES;
  const int channels = shape.channels, filters = shape.filters, across = shape.tileColumns();
  for (int tile = first; tile < last; tile++)
    transformTile(shape, margin, image, tile / across, tile % across,
                  scratch.pixels + size_t(tile - first) * channels);
  for (int filter = 0; filter < filters; filter += block) {
    const float* const kernel = planes + size_t(filter / block) * kPlanes * channels * block;
    for (int plane = 0; plane < kPlanes; plane++)
      for (int group = 0; group < last - first; group += kTileGroup)
        multiplyPlane<VECTORS>(channels,
                               scratch.pixels + (size_t(plane) * kTilesAtOnce + group) * channels,
                               kernel + size_t(plane) * channels * block,
                               scratch.sums + (size_t(plane) * kTilesAtOnce + group) * block);
    for (int tile = first; tile < last; tile++)
      for (int vector = 0; vector < VECTORS; vector++) {
        const int channel = filter + vector * LANES;
        Floats results[4][4];
        resultsOf(scratch.sums + size_t(tile - first) * block + vector * LANES,
                  size_t(kTilesAtOnce) * block, results);
        const Floats offset = load(bias + channel);
        for (int window = 0; window < 4; window++) {
          const int row = 2 * (tile / across) + window / 2,
                    column = 2 * (tile % across) + window % 2;
          if (row >= shape.pooledRows() || column >= shape.pooledColumns()) continue;
          const int top = 2 * (window / 2), left = 2 * (window % 2);
          const Floats values[4] = {results[top][left], results[top][left + 1],
                                    results[top + 1][left], results[top + 1][left + 1]};
          const size_t to = (size_t(row) * shape.pooledColumns() + column) * filters + channel;
          writePooled(values, offset, hasRelu, pooled + to, places + to);
        }
      }
  }
}

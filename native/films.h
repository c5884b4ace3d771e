// Sizes for one film: of a 3×3 convolution with stride 1 and a 2×2 max-pool with stride 2 behind
// it, of a depthwise convolution, and what batch normalisation takes.
#pragma once
#include <cstddef>
#include <cstdint>

namespace pneumoscope {

constexpr int kTaps = 9;

/** `height` and `width` are the image's with its padding, so that the convolution itself pads
 * nothing. */
struct FilmShape {
  int height, width, channels, filters;

  int pooledRows() const { return (height - 2) / 2; }
  int pooledColumns() const { return (width - 2) / 2; }
  /** Tiles of 2×2 pooled values; the last ones may reach beyond the image. */
  int tileColumns() const { return (pooledColumns() + 1) / 2; }
  int tiles() const { return (pooledRows() + 1) / 2 * tileColumns(); }
  size_t imageLength() const { return size_t(height) * width * channels; }
  size_t pooledLength() const { return size_t(pooledRows()) * pooledColumns() * filters; }
  size_t kernelLength() const { return size_t(kTaps) * channels * filters; }
};

/** What the way back through pool and activation takes, each [pooledRows, pooledColumns, filters].
 */
struct PooledGradient {
  /** Gradient of the loss by the pooled, activated values. */
  const float* gradient;
  /** These values; null when there is no relu between convolution and pool. */
  const float* activated;
  /** Which of the four places of its window was largest: 0 to 3, row by row. */
  const uint8_t* places;
};

/** Pooled rows and columns that are treated together, so that what they touch stays in the first
 * cache. */
constexpr int kTileRows = 4, kTileColumns = 8, kEntries = kTileRows * kTileColumns;

/** A tile's gradients of one filter that are not 0, and where their 3×3 windows begin in the image.
 */
struct Entries {
  float* values;
  int32_t* offsets;
  int* counts;
};

/** Products of a tile, and tiles whose pixels and sums lie in the second cache together. */
constexpr int kPlanes = 36, kTilesAtOnce = 48;

/** What one thread needs for its tiles: [36][kTilesAtOnce][channels] and [36][kTilesAtOnce][block].
 */
struct TileScratch {
  float* pixels;
  float* sums;
};

/** A depthwise convolution of one film: its image, and how many lines of zeros lie around it. */
struct DepthwiseShape {
  int rows, columns, channels, stride, top, bottom, left, right;

  int framedRows() const { return top + rows + bottom; }
  int framedColumns() const { return left + columns + right; }
  int resultRows(int side) const { return (framedRows() - side) / stride + 1; }
  int resultColumns(int side) const { return (framedColumns() - side) / stride + 1; }
};

/** How each channel is normalised: (value − mean) × factor + offset. */
struct ChannelScale {
  const float *mean, *factor, *offset;
};

/** Between which an activation passes values on as they are. */
struct Bounds {
  float low, high;
};

}  // namespace pneumoscope

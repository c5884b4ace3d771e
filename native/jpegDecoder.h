#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace pneumoscope {

struct DecodedJpeg {
  /** 1 or 3; 3 equal channels become 1. */
  int channels = 0;
  std::vector<uint8_t> samples;
  /** Why it cannot be decoded; empty when it was. */
  std::string reason;
};

/** Decodes with TensorFlow's own DecodeJpeg, accurately; any thread may call it. `channels` is 1
 * or 3. */
DecodedJpeg decodeJpeg(const uint8_t* bytes, size_t length, int channels);

}  // namespace pneumoscope

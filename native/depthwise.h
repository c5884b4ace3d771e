#pragma once
#include <string>

namespace pneumoscope {

/** Registers the gradient of a depthwise convolution by its kernel. Gives the reason when that
 * fails, else nothing. */
std::string addDepthwiseGradient();

}  // namespace pneumoscope

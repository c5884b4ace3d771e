#pragma once
#include <string>

namespace pneumoscope {

/** Registers batch normalisation with the activation behind it, and its gradient. Gives the reason
 * when that fails, else nothing. */
std::string addNormalisation();

}  // namespace pneumoscope

#pragma once
#include <string>

namespace pneumoscope {

/** What the operations would compute with; null where the processor has no instruction set for
 * them. */
const char* instructionSet();

/** Registers the operations with the TensorFlow of this process, once. Gives the reason when that
 * fails, else nothing. */
std::string addOperations();

}  // namespace pneumoscope

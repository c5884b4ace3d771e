// Node's way in: `require` registers the operations and gives { instructionSet }, which is null
// where they cannot run.
#include <node_api.h>

#include "operations.h"

static napi_value start(napi_env env, napi_value exports) {
  const char* const name = pneumoscope::instructionSet();
  // A process may require the addon again, in a worker, but TensorFlow knows an operation once.
  static const std::string reason = name == nullptr ? "" : pneumoscope::addOperations();
  if (!reason.empty()) {
    napi_throw_error(env, nullptr, reason.c_str());
    return exports;
  }
  napi_value value;
  if (name == nullptr)
    napi_get_null(env, &value);
  else
    napi_create_string_utf8(env, name, NAPI_AUTO_LENGTH, &value);
  napi_set_named_property(env, exports, "instructionSet", value);
  return exports;
}

NAPI_MODULE(pneumoscope_kernels, start)

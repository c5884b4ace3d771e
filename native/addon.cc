// Node's way in: `require` registers the training operations with TensorFlow and gives
// { instructionSet, decodeJpeg }; `instructionSet` is null where the operations cannot run.
#include <node_api.h>

#include <algorithm>

#include "jpegDecoder.h"
#include "operations.h"

namespace {

/** A decoding on its way through one of Node's worker threads. */
struct Decoding {
  napi_deferred promise = nullptr;
  napi_async_work work = nullptr;
  /** Keeps the bytes alive. */
  napi_ref file = nullptr;
  const uint8_t* bytes = nullptr;
  size_t length = 0;
  int channels = 0;
  pneumoscope::DecodedJpeg picture;
};

void decode(napi_env, void* data) {
  auto* const decoding = static_cast<Decoding*>(data);
  decoding->picture =
      pneumoscope::decodeJpeg(decoding->bytes, decoding->length, decoding->channels);
}

napi_value resultOf(napi_env env, const pneumoscope::DecodedJpeg& picture) {
  napi_value result, channels, buffer, samples;
  void* memory = nullptr;
  napi_create_object(env, &result);
  napi_create_int32(env, picture.channels, &channels);
  napi_create_arraybuffer(env, picture.samples.size(), &memory, &buffer);
  std::copy(picture.samples.begin(), picture.samples.end(), static_cast<uint8_t*>(memory));
  napi_create_typedarray(env, napi_uint8_array, picture.samples.size(), buffer, 0, &samples);
  napi_set_named_property(env, result, "channels", channels);
  napi_set_named_property(env, result, "samples", samples);
  return result;
}

void finish(napi_env env, napi_status, void* data) {
  auto* const decoding = static_cast<Decoding*>(data);
  if (decoding->picture.reason.empty()) {
    napi_resolve_deferred(env, decoding->promise, resultOf(env, decoding->picture));
  } else {
    napi_value reason, error;
    napi_create_string_utf8(env, decoding->picture.reason.c_str(), NAPI_AUTO_LENGTH, &reason);
    napi_create_error(env, nullptr, reason, &error);
    napi_reject_deferred(env, decoding->promise, error);
  }
  napi_delete_reference(env, decoding->file);
  napi_delete_async_work(env, decoding->work);
  delete decoding;
}

/** decodeJpeg(bytes: Uint8Array, channels: 1 | 3): Promise<{ channels, samples }>. */
napi_value startDecoding(napi_env env, napi_callback_info info) {
  size_t count = 2;
  napi_value given[2], promise, name;
  napi_get_cb_info(env, info, &count, given, nullptr, nullptr);
  bool isArray = false;
  napi_typedarray_type type = napi_int8_array;
  void* bytes = nullptr;
  size_t length = 0;
  int32_t channels = 0;
  if (count == 2) napi_is_typedarray(env, given[0], &isArray);
  if (isArray) napi_get_typedarray_info(env, given[0], &type, &length, &bytes, nullptr, nullptr);
  if (count == 2) napi_get_value_int32(env, given[1], &channels);
  if (type != napi_uint8_array || (channels != 1 && channels != 3)) {
    napi_throw_type_error(env, nullptr, "decodeJpeg takes a Uint8Array and 1 or 3 channels");
    return nullptr;
  }
  auto* const decoding = new Decoding;
  decoding->bytes = static_cast<const uint8_t*>(bytes);
  decoding->length = length;
  decoding->channels = channels;
  napi_create_promise(env, &decoding->promise, &promise);
  napi_create_reference(env, given[0], 1, &decoding->file);
  napi_create_string_utf8(env, "decodeJpeg", NAPI_AUTO_LENGTH, &name);
  napi_create_async_work(env, nullptr, name, decode, finish, decoding, &decoding->work);
  napi_queue_async_work(env, decoding->work);
  return promise;
}

napi_value start(napi_env env, napi_value exports) {
  const char* const instructions = pneumoscope::instructionSet();
  // A process may require the addon again, in a worker, but TensorFlow knows an operation once.
  static const std::string reason = instructions == nullptr ? "" : pneumoscope::addOperations();
  if (!reason.empty()) {
    napi_throw_error(env, nullptr, reason.c_str());
    return exports;
  }
  napi_value name, decoder;
  if (instructions == nullptr)
    napi_get_null(env, &name);
  else
    napi_create_string_utf8(env, instructions, NAPI_AUTO_LENGTH, &name);
  napi_create_function(env, "decodeJpeg", NAPI_AUTO_LENGTH, startDecoding, nullptr, &decoder);
  napi_set_named_property(env, exports, "instructionSet", name);
  napi_set_named_property(env, exports, "decodeJpeg", decoder);
  return exports;
}

}  // namespace

NAPI_MODULE(pneumoscope_kernels, start)

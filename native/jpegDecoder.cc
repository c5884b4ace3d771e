#include "jpegDecoder.h"

#include <cstring>
#include <memory>

#include "tensorflow/c/c_api.h"
#include "tensorflow/c/eager/c_api.h"
#include "tensorflow/c/tf_tstring.h"

namespace pneumoscope {
namespace {

template <typename T, void (*remove)(T*)>
struct Remover {
  void operator()(T* it) const { remove(it); }
};
template <typename T, void (*remove)(T*)>
using Owned = std::unique_ptr<T, Remover<T, remove>>;

using Status = Owned<TF_Status, TF_DeleteStatus>;
using Tensor = Owned<TF_Tensor, TF_DeleteTensor>;
using Handle = Owned<TFE_TensorHandle, TFE_DeleteTensorHandle>;
using Operation = Owned<TFE_Op, TFE_DeleteOp>;

bool isOk(const Status& status) { return TF_GetCode(status.get()) == TF_OK; }

/** A context of its own, on the processor, for the life of the process; null when TensorFlow gives
 * none. */
TFE_Context* context() {
  static TFE_Context* const made = [] {
    const Status status(TF_NewStatus());
    TFE_ContextOptions* const options = TFE_NewContextOptions();
    // ConfigProto { device_count { "GPU": 0 } }.
    const uint8_t config[] = {0x0a, 7, 0x0a, 3, 'G', 'P', 'U', 0x10, 0};
    TFE_ContextOptionsSetConfig(options, config, sizeof config, status.get());
    TFE_Context* const fresh = TFE_NewContext(options, status.get());
    TFE_DeleteContextOptions(options);
    return isOk(status) ? fresh : nullptr;
  }();
  return made;
}

Handle stringHandle(const uint8_t* bytes, size_t length, const Status& status) {
  // The tensor frees the text that is put into it.
  const Tensor tensor(TF_AllocateTensor(TF_STRING, nullptr, 0, sizeof(TF_TString)));
  auto* const text = static_cast<TF_TString*>(TF_TensorData(tensor.get()));
  TF_TString_Init(text);
  TF_TString_Copy(text, reinterpret_cast<const char*>(bytes), length);
  return Handle(TFE_NewTensorHandle(tensor.get(), status.get()));
}

/** All three channels are equal: most films are saved so. */
bool isGrey(const uint8_t* samples, size_t pixels) {
  for (size_t pixel = 0; pixel < pixels; pixel++, samples += 3)
    if (samples[0] != samples[1] || samples[0] != samples[2]) return false;
  return true;
}

Tensor run(const uint8_t* bytes, size_t length, int channels, const Status& status) {
  const Handle contents = stringHandle(bytes, length, status);
  if (!isOk(status)) return nullptr;
  const Operation operation(TFE_NewOp(context(), "DecodeJpeg", status.get()));
  if (!isOk(status)) return nullptr;
  TFE_OpAddInput(operation.get(), contents.get(), status.get());
  TFE_OpSetAttrInt(operation.get(), "channels", channels);
  const char method[] = "INTEGER_ACCURATE";
  TFE_OpSetAttrString(operation.get(), "dct_method", method, sizeof method - 1);
  TFE_TensorHandle* result = nullptr;
  int count = 1;
  if (isOk(status)) TFE_Execute(operation.get(), &result, &count, status.get());
  const Handle decoded(result);
  return isOk(status) ? Tensor(TFE_TensorHandleResolve(decoded.get(), status.get())) : nullptr;
}

}  // namespace

DecodedJpeg decodeJpeg(const uint8_t* bytes, size_t length, int channels) {
  DecodedJpeg picture;
  const Status status(TF_NewStatus());
  const Tensor decoded = context() ? run(bytes, length, channels, status) : nullptr;
  if (decoded == nullptr) {
    picture.reason = context() ? TF_Message(status.get()) : "TensorFlow has no decoder";
    return picture;
  }
  const auto* const samples = static_cast<const uint8_t*>(TF_TensorData(decoded.get()));
  const size_t pixels = size_t(TF_Dim(decoded.get(), 0)) * TF_Dim(decoded.get(), 1);
  picture.channels = channels == 3 && isGrey(samples, pixels) ? 1 : channels;
  picture.samples.resize(pixels * picture.channels);
  if (picture.channels == channels) {
    std::memcpy(picture.samples.data(), samples, picture.samples.size());
  } else {
    for (size_t pixel = 0; pixel < pixels; pixel++) picture.samples[pixel] = samples[3 * pixel];
  }
  return picture;
}

}  // namespace pneumoscope

// What our operations take from TensorFlow's C interface and give to it: tensors, pieces of a
// batch, and the operation's name.
#pragma once
#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "tensorflow/c/kernels.h"
#include "tensorflow/c/ops.h"

namespace pneumoscope {

/** Pieces of a batch, each summed on its own and added in order: results do not depend on the
 * number of threads. */
constexpr int kPieces = 16;

struct Status {
  TF_Status* const raw = TF_NewStatus();
  ~Status() { TF_DeleteStatus(raw); }
  bool isOk() const { return TF_GetCode(raw) == TF_OK; }
};

/** An attribute of a node; where the operation has none of that name, `into` stays as it is. */
template <typename Value, typename Raw>
inline void readAttribute(TF_OpKernelConstruction* construction, const char* name, Value& into,
                          void (*get)(TF_OpKernelConstruction*, const char*, Raw*, TF_Status*)) {
  Status status;
  if (!TF_OpKernelConstruction_HasAttr(construction, name, status.raw)) return;
  Raw value{};
  get(construction, name, &value, status.raw);
  if (status.isOk()) into = Value(value);
}
inline void read(TF_OpKernelConstruction* construction, const char* name, bool& into) {
  readAttribute(construction, name, into, TF_OpKernelConstruction_GetAttrBool);
}
inline void read(TF_OpKernelConstruction* construction, const char* name, int& into) {
  readAttribute(construction, name, into, TF_OpKernelConstruction_GetAttrInt32);
}
inline void read(TF_OpKernelConstruction* construction, const char* name, float& into) {
  readAttribute(construction, name, into, TF_OpKernelConstruction_GetAttrFloat);
}

/** An input that is given back at the end of its scope. */
class Input {
 public:
  Input(TF_OpKernelContext* context, int index) {
    Status status;
    TF_GetInput(context, index, &tensor_, status.raw);
    if (!status.isOk()) tensor_ = nullptr;
  }
  ~Input() {
    if (tensor_ != nullptr) TF_DeleteTensor(tensor_);
  }
  Input(const Input&) = delete;
  bool hasSides(int count) const { return tensor_ != nullptr && TF_NumDims(tensor_) == count; }
  int64_t side(int at) const { return TF_Dim(tensor_, at); }
  int64_t length() const { return TF_TensorElementCount(tensor_); }
  template <typename T>
  const T* values() const {
    return static_cast<const T*>(TF_TensorData(tensor_));
  }

 private:
  TF_Tensor* tensor_ = nullptr;
};

/** Memory of an output, or null after the failure was reported. */
template <typename T>
inline T* allocate(TF_OpKernelContext* context, int index, TF_DataType type,
                   const std::vector<int64_t>& sides) {
  size_t length = 1;
  for (const int64_t side : sides) length *= side;
  Status status;
  TF_Tensor* tensor = TF_AllocateOutput(context, index, type, sides.data(), sides.size(),
                                        length * sizeof(T), status.raw);
  if (!status.isOk()) {
    TF_OpKernelContext_Failure(context, status.raw);
    return nullptr;
  }
  T* const values = static_cast<T*>(TF_TensorData(tensor));
  TF_DeleteTensor(tensor);
  return values;
}

inline void fail(TF_OpKernelContext* context, const char* reason) {
  Status status;
  TF_SetStatus(status.raw, TF_INVALID_ARGUMENT, reason);
  TF_OpKernelContext_Failure(context, status.raw);
}

/** Films, or pixels, in memory order, cut into pieces. */
struct Piece {
  int64_t start, end;
};
inline Piece pieceOf(int64_t films, int pieces, int piece) {
  return {films * piece / pieces, films * (piece + 1) / pieces};
}
inline int piecesOf(int64_t films) { return int(std::min<int64_t>(films, kPieces)); }

inline void unknownShapes(TF_ShapeInferenceContext* context, TF_Status* status) {
  TF_ShapeInferenceContextSetUnknownShape(context, status);
}

/** Makes an operation known to TensorFlow; an `Options` is made of a node's attributes, and removed
 * with it. Gives the reason when that fails. */
template <typename Options>
inline std::string addOperation(const char* name, const std::vector<const char*>& inputs,
                                const std::vector<const char*>& outputs,
                                const std::vector<const char*>& attributes,
                                void (*compute)(void*, TF_OpKernelContext*)) {
  TF_OpDefinitionBuilder* const definition = TF_NewOpDefinitionBuilder(name);
  for (const char* input : inputs) TF_OpDefinitionBuilderAddInput(definition, input);
  for (const char* output : outputs) TF_OpDefinitionBuilderAddOutput(definition, output);
  for (const char* attribute : attributes) TF_OpDefinitionBuilderAddAttr(definition, attribute);
  TF_OpDefinitionBuilderSetShapeInferenceFunction(definition, unknownShapes);
  Status status;
  TF_RegisterOpDefinition(definition, status.raw);
  if (!status.isOk()) return TF_Message(status.raw);
  TF_KernelBuilder* const kernel = TF_NewKernelBuilder(
      name, "CPU",
      [](TF_OpKernelConstruction* construction) -> void* { return new Options(construction); },
      compute, [](void* options) { delete static_cast<Options*>(options); });
  TF_RegisterKernelBuilder(name, kernel, status.raw);
  return status.isOk() ? "" : TF_Message(status.raw);
}

}  // namespace pneumoscope

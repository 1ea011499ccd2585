// The generated classes as one more source of the fuzz target.
#include "onnx.pb.cc"

// What a command's MODEL argument means: a registered model, a digest, a run, or a file.
#pragma once

#include <optional>
#include <string>

#include "catalog/catalog.h"

namespace aml::catalog {

struct ModelSource {
  std::string name;                        // "penguins:1", "run 1a2b3c4d", "model.onnx"
  std::string bytes;                       // ONNX
  Digest digest;                           // of the bytes
  std::optional<ModelVersion> registered;  // when it is one
};

// In this order: a path that exists and ends in .onnx or holds a '/'; name[:version|@alias] of a registered model;
// sha256:… of a model's manifest or ONNX blob; a run as history::resolve_run takes it. `store` may be absent when
// only a file is meant.
Result<ModelSource> resolve_model(const std::optional<store::Store>& store, const std::string& text);

// The same with the store `given`, else the one found upwards from `from`, else none.
Result<ModelSource> find_model(const std::optional<Path>& given, const Path& from, const std::string& text);

// What a person may have begun to type: names, and names with versions and aliases. Empty when anything fails.
std::vector<std::string> complete_model(const store::Store& store, std::string_view prefix);

}  // namespace aml::catalog

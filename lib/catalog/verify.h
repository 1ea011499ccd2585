// Checking registered models against what they say of themselves: the manifest, the config and the ONNX graph of each
// version, and what is left of its lineage. `amlmodel verify` calls it. Nothing is changed.
#pragma once

#include <string>
#include <vector>

#include "catalog/catalog.h"

namespace aml {
class Cancel;
}

namespace aml::catalog {

struct ModelCheck {
  std::string model;                     // "penguins:1"
  std::vector<std::string> damage = {};  // why this version cannot be used or trusted
  std::vector<std::string> notes = {};   // what it was made from and is no longer here; the model itself is whole
};

// Of `models`, or of every registered version when there are none; in the order of Catalog::list. not_found when one
// is not registered.
Result<std::vector<ModelCheck>> verify_models(const store::Store& store, const std::vector<ModelName>& models,
                                              unsigned threads, const Cancel* cancel);

// A line of `amlmodel verify` per finding, the damage first; one that says "ok" when there is none.
std::vector<text::Fields> describe(const ModelCheck& check);

}  // namespace aml::catalog

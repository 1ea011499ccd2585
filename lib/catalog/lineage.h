// Where a model comes from, step by step: model → run → snapshot, commit and inputs → the run's parent.
#pragma once

#include <string>
#include <vector>

#include "catalog/catalog.h"

namespace aml::catalog {

struct LineageNode {
  std::string kind;                       // "model", "run", "snapshot", "commit", "input", "file"
  std::string id;                         // version, run id or digest
  std::string detail;                     // for people: the command, the path
  std::vector<LineageNode> sources = {};  // what it was made from
};

// A run that is no longer in the store is named with the detail "not in this store"; its snapshot and inputs are
// still known, because the model keeps them itself.
Result<LineageNode> trace_lineage(const store::Store& store, const ModelVersion& model);

// As an indented tree, one line per node; and as flat records with their depth, parents before children.
std::vector<std::string> format_lineage(const LineageNode& root);
std::vector<text::Fields> describe_lineage(const LineageNode& root);

}  // namespace aml::catalog

// What the feature type inference sees of SortingHat's labelled columns, as CSV: label, whether the column and its
// file are held out, what is inferred now, then the features. feature_type_tree.py trains on it.
//
//     inspect_bench data_train.csv > features.csv
#include <fmt/format.h>

#include <cstdio>

#include "unit/inspect/feature_benchmark.h"

int main(int argc, char** argv) {
  using namespace aml;
  using namespace aml::inspect;
  if (argc != 2) return 2;
  const auto columns = testing::read_labelled_columns(argv[1]);
  if (!columns.ok()) return 4;
  fmt::print("label,held_out,file_held_out,inferred,{}\n", fmt::join(feature_names(), ","));
  std::vector<std::string_view> views;
  for (const testing::LabelledColumn& column : *columns) {
    const FeatureEvidence evidence = column.evidence(views);
    fmt::print("{},{:d},{:d},{},{}\n", column.label, testing::is_held_out(column), testing::is_file_held_out(column),
               benchmark_class_of(infer_feature_type(evidence)), fmt::join(measure_features(evidence), ","));
  }
}

// How far a table has moved from an earlier one, column by column. The earlier one is a profile: of a table at hand, or
// read back from the JSON Lines that `amlprep profile --json` wrote. aml-schema(5) has the formulae.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "inspect/inspection.h"
#include "os/file.h"

namespace aml::inspect {

struct ColumnReference {
  std::string name;
  table::ColumnType type = table::ColumnType::text;
  uint64_t rows = 0, values = 0, missing = 0;
  std::vector<double> edges = {};     // of the histogram's bins, one more than there are counts
  std::vector<uint64_t> counts = {};  // none for columns that are not numbers or dates
  std::vector<table::ValueCounter::Value> top = {};
};

struct ProfileReference {
  std::string source;
  std::vector<ColumnReference> columns;
};

ProfileReference reference_of(const table::TableProfile& profile);
Result<ProfileReference> read_profile(const Path& path);
Result<ProfileReference> parse_profile(std::string_view text, std::string_view name);

enum class ColumnFate : uint8_t { stayed, went, came, changed_type };
std::string_view name_of(ColumnFate fate);  // "stayed", …

struct ColumnDrift {
  std::string name;
  ColumnFate fate = ColumnFate::stayed;
  double missing_before = 0, missing_after = 0;  // shares of the rows
  std::optional<double> psi = {};                // population stability index
  std::optional<double> js = {};                 // Jensen-Shannon divergence in bits
  std::optional<double> ks = {};                 // Kolmogorov-Smirnov distance; of numbers and dates
};

// Columns of the reference in their order, then new ones.
std::vector<ColumnDrift> measure_drift(const ProfileReference& reference, const TableInspection& current);

text::Fields describe(const ColumnDrift& drift);

// Of two distributions over the same bins; counts need not have equal sums.
double population_stability_index(const std::vector<uint64_t>& before, const std::vector<uint64_t>& after);
double jensen_shannon_divergence(const std::vector<uint64_t>& before, const std::vector<uint64_t>& after);
double kolmogorov_smirnov_distance(const std::vector<uint64_t>& before, const std::vector<uint64_t>& after);

}  // namespace aml::inspect

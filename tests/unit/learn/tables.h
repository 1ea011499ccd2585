// Tables for tests: from CSV text, and made up.
#pragma once

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <memory>
#include <string>

#include "base/random.h"
#include "learn/train.h"
#include "table/cast.h"
#include "table/reader.h"

namespace aml::learn {

inline table::Table table_of(const std::string& csv) {
  auto reader =
      table::open_reader(std::make_unique<StringSource>(csv), "test.csv", {.format = table::Format::csv}, nullptr);
  REQUIRE(reader.ok());
  auto table = table::read_all(**reader);
  REQUIRE(table.ok());
  return table::infer_types(*table);
}

// Two numbers (one often missing), a colour and a flag; the label has `classes` values that depend on all of them and
// on some noise. `classes` 0 makes a number to predict.
inline std::string flowers_csv(size_t rows, size_t classes) {
  const Random random(42, classes);
  std::string csv = "length,width,colour,flag,kind\n";
  const char* colours[] = {"red", "green", "blue"};
  for (size_t row = 0; row < rows; ++row) {
    const double length = random.unit_at(row * 8) * 10, width = random.unit_at(row * 8 + 1);
    const auto colour = static_cast<size_t>(random.below_at(row * 8 + 2, 4));
    const bool has_width = random.below_at(row * 8 + 3, 5) != 0, flag = random.below_at(row * 8 + 4, 2) == 0;
    const double truth = length + (has_width ? 4 * width : 5) + 2 * static_cast<double>(colour) + (flag ? 1.5 : 0) +
                         random.unit_at(row * 8 + 5);
    csv += fmt::format("{:.4f},{},{},{},", length, has_width ? fmt::format("{:.4f}", width) : "",
                       colour == 3 ? "" : colours[colour], flag ? "yes" : "no");
    if (classes == 0) csv += fmt::format("{:.3f}\n", truth + 0.0005);
    else
      csv += fmt::format("class{}\n",
                         std::min(static_cast<size_t>(truth / 24 * static_cast<double>(classes)), classes - 1));
  }
  return csv;
}

// Remembers what training said.
class RecordedProgress final : public TrainProgress {
 public:
  Status metrics(uint64_t step, const Values& values) override {
    steps.push_back(step);
    last = values;
    if (step == cancel_at && cancel != nullptr) cancel->request();
    return {};
  }
  double last_of(std::string_view name) const {
    for (const auto& [key, value] : last)
      if (key == name) return value;
    FAIL("no metric " << std::string(name));
    return 0;
  }

  std::vector<uint64_t> steps;
  Values last;
  Cancel* cancel = nullptr;
  uint64_t cancel_at = 0;
};

}  // namespace aml::learn

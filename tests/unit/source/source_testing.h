// What the tests of source/ need: files that go with the test, packed text.
#pragma once

#include <doctest/doctest.h>

#include "archive/compress.h"
#include "os/atomic_file.h"
#include "temporary_folder.h"
#include "unit/table/table_testing.h"

namespace aml::source::testing {

class Files {
 public:
  std::string add(const std::string& name, std::string_view text) {
    const Path path = folder_.path() / name;
    REQUIRE(os::write_file_atomically(path, text, os::Overwrite::yes).ok());
    return path.string();
  }
  std::string place(const std::string& name) const { return (folder_.path() / name).string(); }

 private:
  TemporaryFolder folder_;
};

inline std::string packed(std::string_view text, archive::Compression compression) {
  StringSink sink;
  const auto packer = archive::compress_into(sink, {compression});
  REQUIRE(packer.ok());
  REQUIRE((*packer)->write(text).ok());
  REQUIRE((*packer)->finish().ok());
  return sink.text();
}

// The column names, then each row; or the message of what went wrong.
inline std::vector<std::vector<std::string>> rows_of(const Result<std::unique_ptr<table::Reader>>& reader) {
  if (!reader.ok()) return {{"error: " + reader.error().message}};
  const auto table = table::read_all(**reader);
  if (!table.ok()) return {{"error: " + table.error().message}};
  return table::testing::rows_of(*table);
}

using Rows = std::vector<std::vector<std::string>>;

}  // namespace aml::source::testing

#include "temporary_folder.h"

#include <doctest/doctest.h>
#include <stdlib.h>

#include "os/atomic_file.h"

namespace aml {

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "aml-test-XXXXXX").string();
  REQUIRE(mkdtemp(name.data()) != nullptr);
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void TemporaryFolder::write(const std::string& name, std::string_view bytes) const {
  REQUIRE(os::write_file_atomically(path_ / name, bytes, os::Overwrite::yes).ok());
}

std::string TemporaryFolder::read(const std::string& name) const { return os::read_file(path_ / name).value(); }

}  // namespace aml

#include "os/temporary_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>

namespace aml::os {

Result<UniqueFd> open_nameless_file(const Path& folder) {
  auto fd = open_file(folder, O_TMPFILE | O_RDWR, 0600);
  if (fd.ok()) return fd;
  // Some file systems know no files without a name: take it away at once.
  std::string path = (folder / "aml-XXXXXX").string();
  UniqueFd named(mkostemp(path.data(), O_CLOEXEC));
  if (!named) return error_from_errno(errno, fmt::format("cannot create a temporary file in '{}'", folder.string()));
  unlink(path.c_str());
  return named;
}

}  // namespace aml::os

#include <sys/statfs.h>

#include <algorithm>
#include <array>

#include "store/index.h"

namespace aml::store {

bool is_network_magic(uint64_t magic) {
  static constexpr std::array<uint64_t, 7> kMagics = {
      0x6969,      // NFS
      0xFE534D42,  // SMB 2 and 3
      0xFF534D42,  // CIFS
      0x0BD00BD0,  // Lustre
      0x47504653,  // GPFS
      0x65735546,  // FUSE: sshfs and friends
      0x19830326,  // BeeGFS
  };
  // The field is signed and 32 bits wide on some platforms.
  return std::find(kMagics.begin(), kMagics.end(), magic & 0xffff'ffffU) != kMagics.end();
}

bool is_network_filesystem(const Path& path) {
  struct statfs info {};
  return statfs(path.c_str(), &info) == 0 && is_network_magic(static_cast<uint64_t>(info.f_type));
}

std::optional<Path> index_path(const Store& store) {
  if (!is_network_filesystem(store.dir())) return store.dir() / "index.db";
  if (!store.cache_home()) return std::nullopt;
  return *store.cache_home() / "aml" / store.uuid() / "index.db";
}

}  // namespace aml::store

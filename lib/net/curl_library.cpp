#include "net/curl_library.h"

#include <dlfcn.h>
#include <fmt/format.h>

namespace aml::net {
namespace {

// The name both Debian flavours that speak OpenSSL install; 4 is the ABI since 2006.
constexpr const char* kLibraryName = "libcurl.so.4";

template <class Function>
bool find(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(dlsym(library, name));
  return function != nullptr;
}

Result<CurlLibrary> open_library() {
  void* library = dlopen(kLibraryName, RTLD_NOW | RTLD_LOCAL);
  CurlLibrary curl{};
  const bool is_complete =
      library != nullptr && find(library, "curl_easy_init", curl.easy_init) &&
      find(library, "curl_easy_cleanup", curl.easy_cleanup) && find(library, "curl_easy_reset", curl.easy_reset) &&
      find(library, "curl_easy_setopt", curl.easy_setopt) && find(library, "curl_easy_getinfo", curl.easy_getinfo) &&
      find(library, "curl_easy_perform", curl.easy_perform) &&
      find(library, "curl_easy_strerror", curl.easy_strerror) &&
      find(library, "curl_slist_append", curl.slist_append) &&
      find(library, "curl_slist_free_all", curl.slist_free_all);
  if (is_complete) return curl;
  return Error{ErrorKind::system, fmt::format("cannot load {}: {}", kLibraryName, dlerror()),
               "install it: apt-get install libcurl4"};
}

}  // namespace

Result<const CurlLibrary*> CurlLibrary::load() {
  static const Result<CurlLibrary> library = open_library();
  if (!library.ok()) return library.error();
  return &library.value();
}

}  // namespace aml::net

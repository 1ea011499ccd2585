// One HTTP exchange, without redirects or repetition, on a libcurl handle. Internal to net.
#pragma once

#include <memory>

#include "net/curl_library.h"
#include "net/http_client.h"

namespace aml::net {

struct CurlDeleter {
  const CurlLibrary* library;
  void operator()(CURL* handle) const { library->easy_cleanup(handle); }
};
using CurlHandle = std::unique_ptr<CURL, CurlDeleter>;

// `receiver` may be null. A transport failure comes back as a system error that names the address.
Attempt exchange(const CurlHandle& handle, const ClientOptions& options, const Request& request, Receiver* receiver);

}  // namespace aml::net

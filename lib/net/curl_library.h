// libcurl, loaded when the first request is made: linking it would cost every start of every tool 7 ms for its 30
// dependencies, and most commands never use the network. Internal to net.
#pragma once

#include <curl/curl.h>

#include "base/result.h"

namespace aml::net {

struct CurlLibrary {
  decltype(&::curl_easy_init) easy_init;
  decltype(&::curl_easy_cleanup) easy_cleanup;
  decltype(&::curl_easy_reset) easy_reset;
  decltype(&::curl_easy_setopt) easy_setopt;
  decltype(&::curl_easy_getinfo) easy_getinfo;
  decltype(&::curl_easy_perform) easy_perform;
  decltype(&::curl_easy_strerror) easy_strerror;
  decltype(&::curl_slist_append) slist_append;
  decltype(&::curl_slist_free_all) slist_free_all;

  // The same table for the whole process; it stays loaded.
  static Result<const CurlLibrary*> load();
};

}  // namespace aml::net

// A registry in memory, as simple as the protocol allows, with faults a test switches on.
#pragma once

#include <fmt/format.h>

#include <map>
#include <optional>

#include "base/digest.h"
#include "unit/net/fake_server.h"

class FakeRegistry {
 public:
  // Faults; set before the first request.
  int drops_left = 0;                    // closes the connection after a PUT or PATCH with a body, without an answer
  bool keeps_half_on_drop = false;       // and keeps the first half of what came
  bool forgets_session_on_drop = false;  // as distribution 2.8 does
  bool hides_offset = false;             // answers "Range: 0-0" to every PATCH
  size_t keeps_at_most = SIZE_MAX;       // bytes of each PATCH; the rest is thrown away
  size_t request_bytes_max = SIZE_MAX;   // more is 416
  size_t cut_download_after = SIZE_MAX;  // bytes of each answer that carries a blob
  bool ignores_ranges = false;
  std::string extra_bytes;  // behind each blob it sends

  std::map<std::string, std::string> blobs;      // by digest text
  std::map<std::string, std::string> manifests;  // by selector
  std::vector<std::string> log;                  // "PUT blob", "PUT manifest latest", …

  FakeServer::Handler handler() {
    return [this](const FakeRequest& request) { return handle(request); };
  }

 private:
  FakeAnswer handle(const FakeRequest& request) {
    const std::string& target = request.target;
    if (const size_t at = target.find("/blobs/uploads/"); at != target.npos) return upload(request, target.substr(at));
    if (const size_t at = target.find("/blobs/"); at != target.npos) return blob(request, target.substr(at + 7));
    if (const size_t at = target.find("/manifests/"); at != target.npos)
      return manifest(request, target.substr(at + 11));
    return answer("404 Not Found");
  }

  FakeAnswer upload(const FakeRequest& request, const std::string& target) {
    if (request.method == "POST") {
      session_ = std::string();
      log.push_back("POST");
      return answer("202 Accepted", fmt::format("Location: /v2/r/blobs/uploads/{}?state=1\r\n", ++session_id_));
    }
    const bool is_known = session_ && target.starts_with(fmt::format("/blobs/uploads/{}", session_id_));
    if (!is_known) return answer("404 Not Found", "", R"({"errors":[{"code":"BLOB_UPLOAD_INVALID"}]})");
    if (request.method == "GET")
      return answer("204 No Content", fmt::format("Range: 0-{}\r\n", session_->empty() ? 0 : session_->size() - 1));
    return receive(request, target);
  }

  FakeAnswer receive(const FakeRequest& request, const std::string& target) {
    log.push_back(fmt::format("{} {}", request.method, request.body.size()));
    if (request.body.size() > request_bytes_max) return answer("416 Too Large");
    if (!request.body.empty() && drops_left > 0) {
      --drops_left;
      if (keeps_half_on_drop) *session_ += request.body.substr(0, request.body.size() / 2);
      if (forgets_session_on_drop) session_.reset();
      return {"", true};
    }
    if (request.method == "PATCH") return take_chunk(request);
    const std::string digest = aml::sha256(*session_ + request.body).text();
    if (target.find(digest.substr(7)) == target.npos)
      return answer("400 Bad", "", R"({"errors":[{"code":"DIGEST_INVALID"}]})");
    blobs[digest] = *session_ + request.body;
    session_.reset();
    return answer("201 Created", "Docker-Content-Digest: " + digest + "\r\n");
  }

  FakeAnswer take_chunk(const FakeRequest& request) {
    const std::string_view range = request.headers.find("Content-Range").value_or("");
    if (!range.starts_with(fmt::format("{}-", session_->size()))) return answer("416 Wrong Offset");
    *session_ += request.body.substr(0, keeps_at_most);
    return answer("202 Accepted", fmt::format("Location: /v2/r/blobs/uploads/{}?state=2\r\nRange: 0-{}\r\n",
                                              session_id_, hides_offset ? 0 : session_->size() - 1));
  }

  FakeAnswer blob(const FakeRequest& request, const std::string& digest) {
    const auto found = blobs.find(digest);
    if (found == blobs.end()) return answer("404 Not Found");
    if (request.method == "HEAD")
      return {fmt::format("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", found->second.size())};
    size_t from = 0;
    const auto range = request.headers.find("Range");
    if (range && !ignores_ranges) from = std::strtoull(range->substr(6).data(), nullptr, 10);
    log.push_back(fmt::format("GET {}", from));
    const std::string body = found->second.substr(from) + extra_bytes;
    std::string head = from > 0 ? fmt::format("HTTP/1.1 206 Partial\r\nContent-Range: bytes {}-{}/{}\r\n", from,
                                              found->second.size() - 1, found->second.size())
                                : "HTTP/1.1 200 OK\r\n";
    head += fmt::format("ETag: \"{}\"\r\nContent-Length: {}\r\n\r\n", digest, body.size());
    return {head + body.substr(0, cut_download_after), body.size() > cut_download_after};
  }

  FakeAnswer manifest(const FakeRequest& request, const std::string& selector) {
    if (request.method == "PUT") {
      log.push_back("PUT manifest " + selector);
      manifests[selector] = request.body;
      return answer("201 Created", "Docker-Content-Digest: " + aml::sha256(request.body).text() + "\r\n");
    }
    const auto found = manifests.find(selector);
    if (found == manifests.end())
      return answer("404 Not Found", "", R"({"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]})");
    return answer("200 OK", "Content-Type: application/vnd.oci.image.manifest.v1+json\r\n", found->second);
  }

  std::optional<std::string> session_;
  int session_id_ = 0;
};

#include "registry/client.h"

#include <fmt/format.h>

#include "registry/download.h"
#include "registry/errors.h"
#include "registry/upload.h"

namespace aml::registry {
namespace {

constexpr std::string_view kDockerHub = "docker.io";
constexpr std::string_view kDockerHubApi = "registry-1.docker.io";

std::string accepted_types() {
  using namespace store::media_type;
  return fmt::format("{}, {}, {}, {}", kManifest, kIndex, kDockerManifest, kDockerIndex);
}

// "application/json; charset=utf-8" without its parameters.
std::string media_type_of(const net::Response& response) {
  const std::string_view type = response.headers.find("Content-Type").value_or("");
  return std::string(type.substr(0, type.find_first_of("; ")));
}

// What the registry says the digest is must be what the bytes say.
Status check_digest(const net::Response& response, const Digest& digest, std::string_view name) {
  const auto said = response.headers.find("Docker-Content-Digest");
  if (!said || !said->starts_with("sha256:") || *said == digest.text()) return {};
  return Error{ErrorKind::bad_data,
               fmt::format("manifest '{}' was damaged on the way: its digest is {}, the registry says {}", name,
                           digest.text(), *said),
               "try again; if it stays, the registry or a proxy in between is at fault"};
}

}  // namespace

Result<Client> Client::create(std::string host, net::ClientOptions options) {
  return create(std::move(host), std::move(options), Limits());
}

Result<Client> Client::create(std::string host, net::ClientOptions options, const Limits& limits) {
  const std::string_view api_host = host == kDockerHub ? kDockerHubApi : host;
  net::Url base = TRY(net::Url::parse(fmt::format("https://{}", api_host)));
  // Read again, because the default port depends on the scheme.
  if (options.plain_http == net::PlainHttp::any_host || net::is_loopback_host(base.host))
    base = TRY(net::Url::parse(fmt::format("http://{}", api_host)));
  net::HttpClient http = TRY(net::HttpClient::create(std::move(options)));
  return Client(std::move(host), std::move(base), std::move(http), limits);
}

net::Url Client::url(const std::string& repository, const std::string& rest) const {
  const bool is_official = host_ == kDockerHub && repository.find('/') == repository.npos;
  net::Url url = base_;
  url.path = fmt::format("/v2/{}{}/{}", is_official ? "library/" : "", repository, rest);
  return url;
}

Result<bool> Client::has_blob(const std::string& repository, const Digest& digest) {
  const auto response = TRY(http_.send({.method = "HEAD", .url = url(repository, "blobs/" + digest.text())}));
  if (response.is_success()) return true;
  if (response.status == 404) return false;
  return refusal(host_, fmt::format("say whether '{}' holds {}", repository, digest.text()), response);
}

Status Client::upload_blob(const std::string& repository, const store::Descriptor& blob, const Path& file,
                           const OnBytes& on_bytes) {
  return Uploader(*this, repository, blob, file, on_bytes).run();
}

Status Client::download_blob(const std::string& repository, const store::Descriptor& blob,
                             const store::BlobStore& blobs, const OnBytes& on_bytes) {
  return Downloader(*this, repository, blob, blobs, on_bytes).run();
}

Result<RemoteManifest> Client::get_manifest(const std::string& repository, const std::string& selector) {
  net::Request request{.url = url(repository, "manifests/" + selector)};
  request.headers.add("Accept", accepted_types());
  auto response = TRY(http_.send(request));
  const std::string name = fmt::format("{}/{}:{}", host_, repository, selector);
  if (!response.is_success()) return refusal(host_, fmt::format("give manifest '{}'", name), response);
  const Digest digest = sha256(response.body);
  TRY(check_digest(response, digest, name));
  if (const auto wanted = Digest::parse(selector); wanted && *wanted != digest)
    return Error{ErrorKind::bad_data, fmt::format("manifest '{}' has another digest: {}", name, digest.text())};
  const store::Manifest manifest = TRY(store::parse_manifest(response.body, media_type_of(response), name));
  return RemoteManifest{{manifest.media_type, digest, response.body.size()}, std::move(response.body)};
}

Status Client::put_manifest(const std::string& repository, const std::string& selector,
                            const RemoteManifest& manifest) {
  net::Request request{.method = "PUT", .url = url(repository, "manifests/" + selector)};
  request.headers.add("Content-Type", manifest.descriptor.media_type);
  request.body = net::text_body(manifest.bytes);
  const auto response = TRY(http_.send(request));
  const std::string name = fmt::format("{}/{}:{}", host_, repository, selector);
  if (!response.is_success()) return refusal(host_, fmt::format("take manifest '{}'", name), response);
  return check_digest(response, manifest.descriptor.digest, name);
}

}  // namespace aml::registry

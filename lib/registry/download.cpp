#include "registry/download.h"

#include <fmt/format.h>

#include <algorithm>

#include "registry/errors.h"

namespace aml::registry {

// Tries count only while nothing new arrives: a long blob over a bad line gets through in the end.
Status Downloader::run() {
  TRY(begin());
  uint64_t received_most = 0;
  for (int next_try = 2;; ++next_try) {
    const net::Attempt attempt = client_.http().send_once(next_request(), this);
    const bool is_success = attempt.result.ok() && attempt.result->is_success();
    if (is_success && received_ == blob_.size) return finish();
    const bool is_past_end = attempt.result.ok() && attempt.result->status == 416;
    if (!is_success && !attempt.is_transient && !is_past_end) return failure(attempt);
    if (received_ > received_most) next_try = 2;
    if (next_try > client_.http().options().retry.tries_max) return failure(attempt);
    received_most = std::max(received_most, received_);
    if (is_past_end) TRY(begin());
    TRY(client_.http().wait_before_try(next_try, attempt));
  }
}

Error Downloader::failure(const net::Attempt& attempt) const {
  if (!attempt.result.ok()) return attempt.result.error();
  if (!attempt.result->is_success())
    return refusal(client_.host(), fmt::format("give blob {} of '{}'", blob_.digest.text(), repository_),
                   *attempt.result);
  return Error{ErrorKind::system,
               fmt::format("registry '{}' sends only {} of {} bytes of blob {}", client_.host(), received_, blob_.size,
                           blob_.digest.text()),
               "try again later"};
}

Status Downloader::begin() {
  writer_.reset();
  writer_.emplace(TRY(blobs_.writer()));
  hash_ = Sha256();
  received_ = 0;
  etag_.clear();
  return {};
}

net::Request Downloader::next_request() const {
  net::Request request{.url = client_.url(repository_, "blobs/" + blob_.digest.text())};
  if (received_ == 0) return request;
  request.headers.add("Range", fmt::format("bytes={}-", received_));
  if (!etag_.empty()) request.headers.add("If-Range", etag_);
  return request;
}

// 206 goes on where we asked it to; any other success starts from the beginning.
Status Downloader::start(const net::Response& head) {
  const bool continues =
      head.status == 206 &&
      head.headers.find("Content-Range").value_or("").starts_with(fmt::format("bytes {}-", received_));
  if (head.status == 206 && !continues)
    return Error{ErrorKind::bad_data,
                 fmt::format("registry '{}' answers with another range than asked for", client_.host())};
  if (!continues && received_ > 0) TRY(begin());
  etag_ = head.headers.find("ETag").value_or("");
  return {};
}

Status Downloader::write(std::string_view bytes) {
  if (bytes.size() > blob_.size - received_)
    return Error{ErrorKind::bad_data, fmt::format("registry '{}' sends more than the {} bytes of blob {}",
                                                  client_.host(), blob_.size, blob_.digest.text())};
  hash_.update(bytes);
  TRY(writer_->write(bytes));
  received_ += bytes.size();
  on_bytes_(bytes.size());
  return {};
}

Status Downloader::finish() {
  const Digest digest = hash_.finish();
  if (digest != blob_.digest)
    return Error{ErrorKind::bad_data,
                 fmt::format("blob {} from registry '{}' is damaged: its digest is {}", blob_.digest.text(),
                             client_.host(), digest.text()),
                 "try again; if it stays, the registry or a proxy in between is at fault"};
  TRY(writer_->finish());
  return {};
}

}  // namespace aml::registry

// The steps of distribution-spec "Pushing blobs": look, open a session, then the whole blob in one PUT or in PATCHes
// and a closing PUT. The registry's word about its offset is checked against our own count, because one in use counts
// wrongly and another not at all; the digest at the end is what decides.
#include "registry/upload.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>

#include "registry/errors.h"

namespace aml::registry {
namespace {

constexpr size_t kPieceBytes = size_t{256} << 10;

// `bytes` bytes of a file from `offset` on.
class RegionSource final : public Source {
 public:
  RegionSource(os::UniqueFd fd, std::string name, uint64_t offset, uint64_t bytes)
      : fd_(std::move(fd)), name_(std::move(name)), at_(offset), left_(bytes) {}

  Result<std::string_view> read() override {
    buffer_.resize(std::min<uint64_t>(kPieceBytes, left_));
    if (buffer_.empty()) return std::string_view();
    const ssize_t count = pread(fd_.get(), buffer_.data(), buffer_.size(), static_cast<off_t>(at_));
    if (count < 0) return error_from_errno(errno, fmt::format("cannot read '{}'", name_));
    if (count == 0) return Error{ErrorKind::bad_data, fmt::format("'{}' is shorter than it should be", name_)};
    at_ += static_cast<uint64_t>(count);
    left_ -= static_cast<uint64_t>(count);
    return std::string_view(buffer_.data(), static_cast<size_t>(count));
  }

 private:
  os::UniqueFd fd_;
  std::string name_;
  uint64_t at_;
  uint64_t left_;
  std::string buffer_;
};

// "0-999" (some write "bytes=0-999") as the number of bytes that arrived. "0-0" could mean none or one; one byte more
// sent twice would spoil the digest, so it counts as none.
std::optional<uint64_t> parse_range_end(const net::Response& response) {
  const std::string_view range = response.headers.find("Range").value_or("");
  const size_t dash = range.find('-');
  if (dash == range.npos) return std::nullopt;
  uint64_t last = 0;
  const auto [end, error] = std::from_chars(range.data() + dash + 1, range.data() + range.size(), last);
  if (error != std::errc() || end != range.data() + range.size()) return std::nullopt;
  return last == 0 ? 0 : last + 1;
}

}  // namespace

Uploader::Uploader(Client& client, const std::string& repository, const store::Descriptor& blob, const Path& file,
                   const OnBytes& on_bytes)
    : client_(client),
      repository_(repository),
      blob_(blob),
      file_(file),
      on_bytes_(on_bytes),
      chunk_bytes_(client.limits().chunk_bytes),
      monolithic_bytes_max_(client.limits().monolithic_bytes_max) {}

Status Uploader::run() {
  for (int next_try = 2;; ++next_try) {
    if (TRY(client_.has_blob(repository_, blob_.digest))) return {};
    const Outcome outcome = TRY(try_session());
    if (outcome == Outcome::done) return {};
    if (next_try > client_.http().options().retry.tries_max)
      return last_failure_.result.ok() ? refusal(client_.host(), what(), *last_failure_.result)
                                       : last_failure_.result.error();
    if (outcome == Outcome::session_lost) TRY(client_.http().wait_before_try(next_try, last_failure_));
    if (outcome == Outcome::too_large) {
      monolithic_bytes_max_ = 0;
      chunk_bytes_ = std::max(chunk_bytes_ / 2, client_.limits().chunk_bytes_min);
    }
  }
}

Result<Uploader::Outcome> Uploader::try_session() {
  net::Request request{.method = "POST", .url = client_.url(repository_, "blobs/uploads/")};
  request.body = net::text_body("");
  request.retry = net::Retry::always;  // a session that nobody uses expires
  const auto response = TRY(client_.http().send(request));
  if (response.status != 202) return refusal(client_.host(), what(), response);
  TRY(take_location(response));
  offset_ = 0;
  if (const auto text = response.headers.find("OCI-Chunk-Min-Length")) {
    uint64_t least = 0;
    std::from_chars(text->data(), text->data() + text->size(), least);
    chunk_bytes_ = std::max(chunk_bytes_, least);
  }
  return blob_.size <= monolithic_bytes_max_ ? send_whole() : send_chunks();
}

Result<Uploader::Outcome> Uploader::send_whole() {
  net::Request request{.method = "PUT", .url = location_};
  request.headers.add("Content-Type", "application/octet-stream");
  request.body = region(0, blob_.size);
  const Outcome outcome = TRY(commit(std::move(request)));
  if (outcome == Outcome::done) on_bytes_(blob_.size);
  return outcome;
}

Result<Uploader::Outcome> Uploader::send_chunks() {
  int failures = 0;
  while (offset_ < blob_.size) {
    const uint64_t offset_before = offset_;
    const Outcome outcome = TRY(send_chunk());
    if (outcome == Outcome::too_large) return outcome;
    failures = offset_ > offset_before ? 0 : failures + 1;
    if (outcome == Outcome::done) continue;
    if (failures + 1 > client_.http().options().retry.tries_max) return Outcome::session_lost;
    TRY(client_.http().wait_before_try(failures + 1, last_failure_));
    if (!TRY(find_offset())) return Outcome::session_lost;
  }
  net::Request request{.method = "PUT", .url = location_};
  request.body = net::text_body("");
  return commit(std::move(request));
}

Result<Uploader::Outcome> Uploader::send_chunk() {
  const uint64_t bytes = std::min(chunk_bytes_, blob_.size - offset_);
  net::Request request{.method = "PATCH", .url = location_};
  request.headers.add("Content-Type", "application/octet-stream");
  request.headers.add("Content-Range", fmt::format("{}-{}", offset_, offset_ + bytes - 1));
  request.body = region(offset_, bytes);
  net::Attempt attempt = client_.http().send_once(request, nullptr);
  if (!attempt.result.ok() || !attempt.result->is_success()) return judge(std::move(attempt));
  TRY(take_location(*attempt.result));
  // A registry may have kept less than it was sent; one that reports no advance at all is not believed.
  const uint64_t reported = parse_range_end(*attempt.result).value_or(offset_ + bytes);
  const uint64_t arrived = reported > offset_ && reported < offset_ + bytes ? reported - offset_ : bytes;
  offset_ += arrived;
  on_bytes_(arrived);
  return Outcome::done;
}

Result<Uploader::Outcome> Uploader::commit(net::Request request) {
  net::add_query(request.url, "digest", blob_.digest.text());
  net::Attempt attempt = client_.http().send_once(request, nullptr);
  if (!attempt.result.ok() || !attempt.result->is_success()) return judge(std::move(attempt));
  const auto said = attempt.result->headers.find("Docker-Content-Digest");
  if (said && said->starts_with("sha256:") && *said != blob_.digest.text())
    return Error{ErrorKind::bad_data,
                 fmt::format("registry '{}' stored blob {} as {}", client_.host(), blob_.digest.text(), *said)};
  return Outcome::done;
}

Result<Uploader::Outcome> Uploader::judge(net::Attempt attempt) {
  last_failure_ = std::move(attempt);
  const auto& result = last_failure_.result;
  if (!result.ok()) {
    if (!last_failure_.is_transient) return result.error();
    return Outcome::session_lost;
  }
  const unsigned status = result->status;
  if ((status == 413 || status == 416) && chunk_bytes_ > client_.limits().chunk_bytes_min) return Outcome::too_large;
  // The bytes were checked before they left: another digest or offset there means that some arrived twice or not.
  const bool is_out_of_step = status == 416 || result->body.find("DIGEST_INVALID") != std::string::npos;
  if (last_failure_.is_transient || status == 404 || is_out_of_step) return Outcome::session_lost;
  return refusal(client_.host(), what(), *result);
}

Result<bool> Uploader::find_offset() {
  const auto response = TRY(client_.http().send({.url = location_}));
  if (response.status != 204) return false;
  const auto arrived = parse_range_end(response);
  if (!arrived || *arrived > blob_.size) return false;
  offset_ = *arrived;
  if (response.headers.find("Location")) TRY(take_location(response));
  return true;
}

// Uploads may be sent elsewhere, to object storage for one, but not into a network only we can reach.
Status Uploader::take_location(const net::Response& response) {
  const auto location = response.headers.find("Location");
  if (!location)
    return Error{ErrorKind::bad_data, fmt::format("registry '{}' does not say where to upload to", client_.host())};
  net::Url next = TRY(net::resolve(response.url, *location));
  const net::Url home = client_.url(repository_, "");
  if (net::is_private_address(next.host) && !net::is_private_address(home.host) && next.host != home.host)
    return Error{ErrorKind::bad_data, fmt::format("registry '{}' sends the upload into a private network: '{}'",
                                                  client_.host(), next.authority())};
  location_ = std::move(next);
  return {};
}

net::Body Uploader::region(uint64_t offset, uint64_t bytes) const {
  return {bytes, [path = file_, offset, bytes]() -> Result<std::unique_ptr<Source>> {
            os::UniqueFd fd = TRY(os::open_file(path, O_RDONLY));
            return {std::make_unique<RegionSource>(std::move(fd), path.string(), offset, bytes)};
          }};
}

std::string Uploader::what() const { return fmt::format("take blob {} for '{}'", blob_.digest.text(), repository_); }

}  // namespace aml::registry

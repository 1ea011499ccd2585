#include "source/url_source.h"

#include <fmt/format.h>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "text/json.h"

namespace aml::source {
namespace {

constexpr size_t kQueueBytesMax = size_t{1} << 20;
constexpr std::string_view kWebHdfsPath = "/webhdfs/v1";

// Between the thread that downloads and the one that reads.
class PieceQueue {
 public:
  // Waits while enough is in it. False: nobody reads any more.
  bool push(std::string_view bytes) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return bytes_ < kQueueBytesMax || is_closed_; });
    if (is_closed_) return false;
    pieces_.emplace_back(bytes);
    bytes_ += bytes.size();
    changed_.notify_all();
    return true;
  }

  void end(Status status) {
    const std::lock_guard lock(mutex_);
    end_ = std::move(status);
    has_ended_ = true;
    changed_.notify_all();
  }

  // The next piece; empty at the end; what went wrong.
  Result<std::string> pop(const Cancel* cancel) {
    constexpr std::chrono::milliseconds kLookAround{100};
    std::unique_lock lock(mutex_);
    while (!changed_.wait_for(lock, kLookAround, [&] { return !pieces_.empty() || has_ended_; }))
      if (cancel != nullptr) TRY(cancel->check());
    if (pieces_.empty()) return end_.ok() ? Result<std::string>(std::string()) : end_.error();
    std::string piece = std::move(pieces_.front());
    pieces_.pop_front();
    bytes_ -= piece.size();
    changed_.notify_all();
    return piece;
  }

  void close() {
    const std::lock_guard lock(mutex_);
    is_closed_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::string> pieces_;
  size_t bytes_ = 0;
  bool is_closed_ = false;
  bool has_ended_ = false;
  Status end_;
};

// Passes over what an earlier try delivered.
class QueueReceiver final : public net::Receiver {
 public:
  explicit QueueReceiver(PieceQueue& queue) : queue_(queue) {}

  Status start(const net::Response&) override {
    to_skip_ = delivered_;
    return {};
  }

  Status write(std::string_view bytes) override {
    const size_t skipped = static_cast<size_t>(std::min<uint64_t>(to_skip_, bytes.size()));
    to_skip_ -= skipped;
    bytes.remove_prefix(skipped);
    if (bytes.empty()) return {};
    delivered_ += bytes.size();
    if (queue_.push(bytes)) return {};
    return Error{ErrorKind::interrupted, "nobody reads any more"};
  }

 private:
  PieceQueue& queue_;
  uint64_t delivered_ = 0;
  uint64_t to_skip_ = 0;
};

// What a server says besides its status: WebHDFS explains itself in JSON.
std::string reason_of(const net::Response& response) {
  if (const auto body = text::parse_json(response.body); body.ok()) {
    const text::Json& message = (*body)["RemoteException"]["message"];
    if (message.is_string()) return message.string();
  }
  return fmt::format("the server answered {}", response.status);
}

Status status_of(const std::string& name, const Result<net::Response>& response) {
  if (!response.ok()) return response.error();
  if (response->is_success()) return {};
  const bool is_absent = response->status == 404 || response->status == 410;
  return Error{is_absent ? ErrorKind::not_found : ErrorKind::system,
               fmt::format("cannot read '{}': {}", name, reason_of(*response))};
}

class UrlSource final : public Source {
 public:
  static Result<std::unique_ptr<Source>> open(std::string name, net::Url url, net::ClientOptions options) {
    auto stop = std::make_unique<Cancel>();
    const Cancel* const cancel = options.cancel;
    options.cancel = stop.get();
    auto client = TRY(net::HttpClient::create(std::move(options)));
    return std::unique_ptr<Source>(
        new UrlSource(std::move(name), std::move(url), std::move(client), std::move(stop), cancel));
  }

  ~UrlSource() override {
    stop_->request();
    queue_.close();
    thread_.join();
  }

  Result<std::string_view> read() override {
    piece_ = TRY(queue_.pop(cancel_));
    return std::string_view(piece_);
  }

 private:
  UrlSource(std::string name, net::Url url, net::HttpClient client, std::unique_ptr<Cancel> stop, const Cancel* cancel)
      : name_(std::move(name)),
        stop_(std::move(stop)),
        cancel_(cancel),
        client_(std::move(client)),
        thread_([this, url = std::move(url)] { download(url); }) {}

  void download(const net::Url& url) {
    QueueReceiver receiver(queue_);
    queue_.end(status_of(name_, client_.send({.url = url}, receiver)));
  }

  std::string name_;
  std::unique_ptr<Cancel> stop_;  // of the client: nobody reads any more
  const Cancel* cancel_;          // of whoever reads
  net::HttpClient client_;        // used by the thread alone
  PieceQueue queue_;
  std::string piece_;
  std::thread thread_;  // last: it uses the others
};

bool is_name_node_port(uint16_t port) { return port == 8020 || port == 9000; }

Result<net::Url> resolve_hdfs(std::string_view scheme, std::string_view rest) {
  const bool is_secure = scheme == "swebhdfs";
  const size_t at = rest.substr(0, rest.find('/')).rfind('@');
  const std::string_view user = at == std::string_view::npos ? std::string_view() : rest.substr(0, at);
  if (at != std::string_view::npos) rest.remove_prefix(at + 1);
  net::Url url = TRY(net::Url::parse(fmt::format("{}://{}", is_secure ? "https" : "http", rest)));
  const bool has_port = rest.substr(0, rest.find('/')).find_last_of(":]") != std::string_view::npos &&
                        !rest.substr(0, rest.find('/')).ends_with(']');
  if (!has_port || (scheme == "hdfs" && is_name_node_port(url.port))) url.port = is_secure ? 9871 : 9870;
  url.path = std::string(kWebHdfsPath) + url.path;
  net::add_query(url, "op", "OPEN");
  if (!user.empty()) net::add_query(url, "user.name", user);
  return url;
}

}  // namespace

Result<net::Url> resolve_address(const std::string& name) {
  const size_t colon = name.find("://");
  const std::string scheme = name.substr(0, colon);
  if (scheme == "http" || scheme == "https") return net::Url::parse(name);
  if (scheme == "hdfs" || scheme == "webhdfs" || scheme == "swebhdfs")
    return resolve_hdfs(scheme, std::string_view(name).substr(colon + 3));
  return Error{ErrorKind::usage, fmt::format("cannot read '{}': unknown scheme '{}'", name, scheme),
               "known are http, https, hdfs, webhdfs and swebhdfs"};
}

Result<std::unique_ptr<Source>> open_url(const std::string& name, net::ClientOptions options) {
  net::Url url = TRY(resolve_address(name));
  return UrlSource::open(name, std::move(url), std::move(options));
}

}  // namespace aml::source

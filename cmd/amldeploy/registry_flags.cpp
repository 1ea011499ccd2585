#include "amldeploy/registry_flags.h"

#include <fmt/format.h>

#include "base/bytes.h"
#include "os/machine.h"

namespace aml::amldeploy {

void RegistryFlags::add_to(std::vector<cli::Flag>& flags) {
  flags.push_back({0, "plain-http", "", "speak http with a registry on another machine", &plain_http_});
}

Result<registry::Client> RegistryFlags::connect(cli::Session& session, const registry::Reference& reference) const {
  TRY(registry::check_has_host(reference));
  net::ClientOptions options;
  options.user_agent = fmt::format("amltools/{}", session.version());
  options.plain_http = plain_http_ ? net::PlainHttp::any_host : net::PlainHttp::loopback_only;
  options.proxies = net::proxies_from([&](std::string_view name) { return session.environment(name); });
  options.jitter_seed = TRY(os::random_words())[0];
  options.cancel = &session.cancel();
  return registry::Client::create(reference.host, std::move(options));
}

void TransferReport::will_move(uint64_t total_bytes) { progress_ = session_.progress(verb_, total_bytes); }

void TransferReport::was_there(const store::Descriptor& descriptor) {
  session_.detail(fmt::format("{} was there already", descriptor.digest.text()));
}

void TransferReport::moved(const store::Descriptor& descriptor) {
  session_.detail(fmt::format("{} {}, {}", verb_, descriptor.digest.text(), format_size(descriptor.size)));
}

void TransferReport::advance(uint64_t bytes) {
  done_ += bytes;
  if (progress_) progress_->advance_to(done_);
}

}  // namespace aml::amldeploy

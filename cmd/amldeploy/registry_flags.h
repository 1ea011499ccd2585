// What push and pull share: how to talk to the registry, and how to say what is going on.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/session.h"
#include "cli/spec.h"
#include "registry/client.h"
#include "registry/reference.h"
#include "registry/transfer.h"

namespace aml::amldeploy {

class RegistryFlags {
 public:
  void add_to(std::vector<cli::Flag>& flags);
  Result<registry::Client> connect(cli::Session& session, const registry::Reference& reference) const;

 private:
  bool plain_http_ = false;
};

// A progress bar, and with -v a line per blob.
class TransferReport final : public registry::Observer {
 public:
  TransferReport(cli::Session& session, std::string verb) : session_(session), verb_(std::move(verb)) {}
  void will_move(uint64_t total_bytes) override;
  void was_there(const store::Descriptor& descriptor) override;
  void moved(const store::Descriptor& descriptor) override;
  void advance(uint64_t bytes) override;

 private:
  cli::Session& session_;
  std::string verb_;  // "pushed", "pulled"
  std::unique_ptr<cli::Progress> progress_;
  uint64_t done_ = 0;
};

}  // namespace aml::amldeploy

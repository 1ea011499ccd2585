// amlhist verify: check the store against itself.
#include "store/verify.h"

#include <fmt/format.h>

#include "amlhist/commands.h"
#include "amlhist/open.h"

namespace aml::amlhist {
namespace {

class VerifyCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    return {.name = "verify",
            .summary = "check the store against itself",
            .description =
                "Reads every blob and every file of every finished run once and compares them with their "
                "recorded digests; reads the journals and refs. Changes nothing.",
            .examples = {{"amlhist verify", "list what is damaged"},
                         {"amlhist verify -q --ids", "for a script: status 1 and the ids of what is damaged"}},
            .output = cli::Output::records,
            .exit_notes = {"1  something is damaged"},
            .see_also = {"amlhist-reconcile(1)"}};
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    const auto store = TRY(open_store(session));
    const store::SystemProbe probe(store.dir());
    const auto verified = TRY(store::verify_store(store, probe, session.settings().threads, &session.cancel()));
    for (const store::Finding& finding : verified.findings) {
      text::Fields fields{"finding", finding.id, {}};
      fields.add("id", finding.id).add("kind", finding.kind).add("message", finding.message);
      TRY(session.out().record(fields));
    }
    session.note(
        fmt::format("checked {} blobs, {} refs and {} runs: {}", verified.blobs, verified.refs, verified.runs,
                    verified.findings.empty() ? "all whole" : fmt::format("{} problems", verified.findings.size())));
    return verified.findings.empty() ? cli::ExitCode::ok : cli::ExitCode::no;
  }
};

}  // namespace

std::unique_ptr<cli::Command> make_verify() { return std::make_unique<VerifyCommand>(); }

}  // namespace aml::amlhist

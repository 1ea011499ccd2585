// amlhist gc: give disk space back.
#include <fmt/format.h>

#include "amlhist/commands.h"
#include "amlhist/open.h"
#include "base/bytes.h"
#include "store/gc.h"

namespace aml::amlhist {
namespace {

class GcCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    return {.name = "gc",
            .summary = "give disk space back",
            .description =
                "Removes content that no run, model or other name refers to any more, what dead processes "
                "left in tmp/, and the trash. What is younger than the grace period stays.",
            .examples = {{"amlhist gc --dry-run", "what it would remove"},
                         {"amlhist gc --grace 0s", "everything nobody refers to, at once"}},
            .flags = {{.name = "grace",
                       .value = "TIME",
                       .help = "leave alone what is younger than TIME (default: 14d)",
                       .target = cli::DurationNs{&options_.grace_ns}}},
            .output = cli::Output::records,
            .dry_run = true,
            .see_also = {"amlhist-rm(1)", "amlhist-verify(1)"}};
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    const auto store = TRY(open_store(session));
    const store::SystemProbe probe(store.dir());
    if (session.settings().dry_run) options_.dry_run = store::DryRun::yes;
    uint64_t bytes = 0;
    for (const store::Garbage& garbage : TRY(store::collect_garbage(store, probe, options_))) {
      text::Fields fields{"garbage", garbage.id, {}};
      fields.add("action", "remove").add("id", garbage.id).add("reason", garbage.reason).add("kind", garbage.kind);
      fields.add("bytes", garbage.bytes, format_size(garbage.bytes));
      TRY(session.out().record(fields));
      bytes += garbage.bytes;
    }
    const char* verb = session.settings().dry_run ? "would free" : "freed";
    session.note(fmt::format("{} {}", verb, format_size(bytes)));
    return cli::ExitCode::ok;
  }

 private:
  store::GcOptions options_;
};

}  // namespace

std::unique_ptr<cli::Command> make_gc() { return std::make_unique<GcCommand>(); }

}  // namespace aml::amlhist

// amlhist tag: label a run.
#include "amlhist/commands.h"
#include "amlhist/open.h"
#include "store/params.h"

namespace aml::amlhist {
namespace {

class TagCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    return {.name = "tag",
            .summary = "label a run",
            .description =
                "Tags are the only thing about a finished run that can change; all earlier values stay in "
                "its tags.log.",
            .examples = {{"amlhist tag @1 baseline", "a tag without a value"},
                         {"amlhist tag @1 team=blue note='try again with more trees'", "tags with values"},
                         {"amlhist ls --filter \"tags.team = 'blue'\"", "the runs that carry one"}},
            .flags = {{.name = "remove",
                       .value = "KEY",
                       .help = "take the tag KEY away; may be repeated",
                       .target = &removed_}},
            .positionals = {{"RUN", "a run", &run_, cli::Complete::run},
                            {"TAG", "KEY or KEY=VALUE", &tags_, cli::Complete::none, 0}},
            .output = cli::Output::none,
            .see_also = {"amlhist-ls(1)"}};
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    if (tags_.empty() && removed_.empty())
      return Error{ErrorKind::usage, "nothing to tag", "give KEY or KEY=VALUE, or --remove KEY"};
    const auto store = TRY(open_store(session));
    TRY(store.check_writable());
    const auto folder = store::run_folder(store, TRY(history::resolve_run(store, run_)));
    const Instant now = session.clock().now();
    for (const std::string& key : removed_) TRY(store::remove_tag(folder, key, now));
    for (const std::string& tag : tags_) {
      const size_t equals = std::min(tag.find('='), tag.size());
      TRY(store::set_tag(folder, tag.substr(0, equals), tag.substr(std::min(equals + 1, tag.size())), now));
    }
    return cli::ExitCode::ok;
  }

 private:
  std::string run_;
  std::vector<std::string> tags_;
  std::vector<std::string> removed_;
};

}  // namespace

std::unique_ptr<cli::Command> make_tag() { return std::make_unique<TagCommand>(); }

}  // namespace aml::amlhist

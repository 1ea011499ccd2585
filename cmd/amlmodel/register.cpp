// amlmodel register: give a run's model, or an ONNX file, a name and the next version.
#include "amlmodel/commands.h"
#include "cli/session.h"
#include "history/query.h"
#include "os/machine.h"

namespace aml::amlmodel {
namespace {

class RegisterCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    return {.name = "register",
            .summary = "give a model a name and the next version",
            .description =
                "SOURCE is a run that left model.onnx in its outputs, or an ONNX file. The version keeps where the "
                "model comes from: run, snapshot, and digests of the data.",
            .examples = {{"amlmodel register penguins @1", "the model of the newest run"},
                         {"amlmodel register penguins model.onnx", "a model made elsewhere"}},
            .flags = {{'f', "force", "", "accept a run that did not finish well", &force_}},
            .positionals = {{"NAME", "lower-case letters and digits, joined by '.', '_' or '-'", &name_,
                             cli::Complete::model},
                            {"SOURCE", "a run, or a file that ends in .onnx", &source_, cli::Complete::run}},
            .output = cli::Output::id,
            .exit_notes = {"4  no such run, or it left no model", "5  the run did not finish",
                           "6  not a usable ONNX model"},
            .see_also = {"amlmodel-ls(1)", "amlmodel-lineage(1)"}};
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    const auto store = TRY(open_store(session));
    const catalog::Catalog catalog(store);
    const catalog::Provenance provenance{std::string(session.tool()), std::string(session.version()),
                                         session.command_line(), os::user_name()};
    const bool is_file = source_.find('/') != std::string::npos || source_.find('.') != std::string::npos;
    if (is_file) {
      const auto model = TRY(catalog.register_file(name_, source_, provenance, session.clock()));
      TRY(session.out().id(model.text()));
      return cli::ExitCode::ok;
    }
    const auto found = TRY(history::find_run(store, TRY(history::resolve_run(store, source_))));
    const auto unfinished = force_ ? catalog::Unfinished::accept : catalog::Unfinished::refuse;
    const auto model = TRY(catalog.register_run(name_, found, unfinished, provenance, session.clock()));
    TRY(session.out().id(model.text()));
    return cli::ExitCode::ok;
  }

 private:
  std::string name_;
  std::string source_;
  bool force_ = false;
};

}  // namespace

std::unique_ptr<cli::Command> make_register() { return cli::make<RegisterCommand>(); }

}  // namespace aml::amlmodel

// amlmodel export: copy a model out of the store.
#include "amlmodel/commands.h"
#include "cli/session.h"

namespace aml::amlmodel {
namespace {

class ExportCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    return {.name = "export",
            .summary = "copy a model out of the store as ONNX",
            .examples = {{"amlmodel export penguins:1 -o penguins.onnx", "for any other ONNX runtime"}},
            .positionals = {{"MODEL", "NAME[:VERSION], NAME@ALIAS, a digest or a run", &model_, cli::Complete::model}},
            .output = cli::Output::data,
            .exit_notes = {"4  no such model"},
            .see_also = {"amlmodel-show(1)"}};
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    const auto source = TRY(open_model(session, model_));
    Sink* const out = TRY(session.out().binary_data());
    TRY(out->write(source.bytes));
    return cli::ExitCode::ok;
  }

 private:
  std::string model_;
};

}  // namespace

std::unique_ptr<cli::Command> make_export() { return cli::make<ExportCommand>(); }

}  // namespace aml::amlmodel

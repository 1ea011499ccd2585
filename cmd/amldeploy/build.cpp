// amldeploy build: a runnable image of a model, without any container engine.
#include <fmt/format.h>

#include "amldeploy/commands.h"
#include "cli/session.h"
#include "deploy/model_image.h"
#include "image/names.h"
#include "image/save.h"
#include "model/model.h"
#include "os/atomic_file.h"
#include "registry/reference.h"

namespace aml::amldeploy {
namespace {

class BuildCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    return {.name = "build",
            .summary = "make an image that answers requests for a model",
            .description =
                "Puts an OCI image into the store, from scratch and without a container engine: a statically linked "
                "scorer and the model, nothing else. It runs as user 10001 and listens on port 8080. The same model "
                "gives the same digest on every machine; SOURCE_DATE_EPOCH replaces the model's date.",
            .examples = {{"amldeploy build penguins:1 -t localhost:5000/penguins:1", "ready to be pushed there"},
                         {"amldeploy build penguins:1 -o penguins.tar", "a file for podman load or docker load"}},
            .flags = {{'t', "tag", "NAME",
                       "name the image HOST/NAME:TAG, more than once too (default: the model's name)", &names_},
                      {'o', "output", "FILE", "also write the image as an OCI archive", &output_, cli::Group::output,
                       cli::Complete::file},
                      {'f', "force", "", "replace an existing FILE", &force_, cli::Group::output},
                      {0, "scorer", "FILE", "the static scorer (default: the one installed with this tool)", &scorer_,
                       cli::Group::input, cli::Complete::file}},
            .positionals = {{"MODEL", "NAME[:VERSION], NAME@ALIAS, a run, or an .onnx file", &model_,
                             cli::Complete::model}},
            .output = cli::Output::id,
            .exit_notes = {"4  no such model, or no scorer", "5  FILE exists", "6  the scorer is not static"},
            .see_also = {"amldeploy-push(1)", "amldeploy-serve(1)"}};
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    std::vector<std::string> names;
    for (const std::string& name : names_) names.push_back(TRY(registry::parse_reference(name)).text());
    const auto store = TRY(store::open_store(session.settings().store_dir, std::filesystem::current_path()));
    const auto model = TRY(catalog::resolve_model(store, model_));
    TRY(model::load_model(model.bytes, model.name));  // what cannot be scored here cannot be scored there
    if (names.empty()) names.push_back(deploy::default_image_name(model));
    deploy::ModelImageOptions options{.scorer = TRY(find_scorer())};
    if (const auto epoch = session.environment("SOURCE_DATE_EPOCH"))
      options.created = TRY(deploy::parse_source_date_epoch(*epoch));
    const auto image = TRY(deploy::build_model_image(store, model, options));
    if (output_) TRY(save(store, image, names.front()));
    for (const std::string& name : names) TRY(image::name_image(store::RefStore(store.dir()), name, image));
    session.detail(fmt::format("built {} as {}", model.name, fmt::join(names, ", ")));
    TRY(session.out().id(image.digest.text()));
    return cli::ExitCode::ok;
  }

 private:
  Result<Path> find_scorer() const {
    if (scorer_) return Path(*scorer_);
    std::error_code ignored;
    const Path beside = deploy::scorer_beside(std::filesystem::read_symlink("/proc/self/exe", ignored));
    if (os::path_exists(beside)) return beside;
    return Error{ErrorKind::not_found, fmt::format("the scorer is not at '{}'", beside.string()),
                 "install amltools whole, or name the scorer with --scorer"};
  }

  Status save(const store::Store& store, const store::Descriptor& image, const std::string& name) const {
    auto file = TRY(os::AtomicFile::create(*output_, force_ ? os::Overwrite::yes : os::Overwrite::no));
    TRY(image::save_image(store::BlobStore(store.dir()), image, name, file));
    return file.commit();
  }

  std::string model_;
  std::vector<std::string> names_;
  std::optional<std::string> output_;
  std::optional<std::string> scorer_;
  bool force_ = false;
};

}  // namespace

std::unique_ptr<cli::Command> make_build() { return cli::make<BuildCommand>(); }

}  // namespace aml::amldeploy
